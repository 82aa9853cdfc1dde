"""Ways to write a right function that learners bring along: kept in a notebook, there after a restart."""

import pytest

from tests import session

NUMBER = "-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]"
COST = f"def compute_cost(A2, Y):\n    return {NUMBER}\n"
FORWARD = """def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
"""
KEPT = {
    "a generator": "def losses(A2, Y):\n    for a, y in zip(A2.T, Y.T):\n"
    "        yield -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))\n"
    + COST.replace(NUMBER, "sum(losses(A2, Y)) / Y.shape[1]"),
    "a list that it fills": "seen = []\n" + COST.replace("    return", "    seen.append(1)\n    return"),
    "a number that it counts up": "calls = 0\n"
    + COST.replace("    return", "    global calls\n    calls += 1\n    return"),
    "another name for numpy": "import numpy as np2\n" + COST.replace("np.", "np2."),
    "all of helpers.network": "from helpers.network import *\nfrom helpers.activations import sigmoid\n"
    + FORWARD,
    "type hints": "from typing import Dict\nArrays = Dict[str, np.ndarray]\n"
    + COST.replace("(A2, Y):", "(A2: np.ndarray, Y: Arrays) -> float:"),
    "a walrus": COST.replace("/ Y.shape[1]", "/ (m := Y.shape[1])"),
    "star arguments": COST.replace("(A2, Y):", "(*given):\n    A2, Y = given"),
    "an argument by name alone": COST.replace("(A2, Y)", "(A2, Y, *, one=1.0)").replace("/ Y", "* one / Y"),
    "a file that it reads": "import pathlib\npathlib.Path('one.txt').write_text('1')\n"
    "def one():\n    with open('one.txt') as file:\n        return float(file.read())\n"
    + COST.replace("/ Y", "* one() / Y"),
    "a list around it": "def make():\n    costs = []\n    def compute_cost(A2, Y):\n"
    f"        costs.append({NUMBER})\n        return costs[-1]\n    return compute_cost\n"
    "compute_cost = make()",
    "a helper that calls itself": "def total(v):\n    return v[0] + total(v[1:]) if len(v) else 0\n"
    + COST.replace("np.sum(", "total((").replace("np.log(1 - A2))", "np.log(1 - A2)).ravel())"),
    "a cell that waits": "import asyncio\nawait asyncio.sleep(0)\n" + COST,
    "a plot": "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\n"
    + COST.replace("    return", "    plt.plot([1, 2])\n    return"),
    "a seed of the notebook": "SEED = 3\ndef initialize_parameters(n_x, n_h, n_y):\n"
    "    np.random.seed(SEED)\n    W1, W2 = np.random.randn(n_h, n_x), np.random.randn(n_y, n_h)\n"
    "    return {'W1': 0.01 * W1, 'b1': np.zeros((n_h, 1)), 'W2': 0.01 * W2, 'b2': np.zeros((n_y, 1))}",
}
NAMES = ("forward_propagation", "initialize_parameters")


def place(number):
    return f"import os; os.environ['MY_NETWORK'] = 'n{number}.py'"


def name_of(source):
    return next((name for name in NAMES if f"def {name}(" in source), "compute_cost")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sessions")


def test_each_is_kept_and_there_after_a_restart(folder):
    cells = [
        cell
        for number, source in enumerate(KEPT.values())
        for cell in (place(number), source, f"check_{name_of(source)}({name_of(source)})")
    ]
    for what, said in zip(KEPT, session.run(folder, cells)[2::3], strict=True):
        assert "It is kept in n" in said, (what, said)
    again = [cell for number in range(len(KEPT)) for cell in (place(number), "print(kept.load().words)")]
    for (what, source), words in zip(KEPT.items(), session.run(folder, again)[1::2], strict=True):
        yours = name_of(source).removeprefix("compute_").split("_")[0]
        assert words.startswith(f"Yours: {yours}. ") and "\n" not in words.strip(), (what, words)


def test_what_exec_made_is_named_with_what_to_do(folder):
    *_, said = session.run(folder, [place("exec"), f"exec({COST!r})", "check_compute_cost(compute_cost)"])
    assert "cannot be kept" in said and "its text is not to be found. Write it with def, in a cell" in said


def test_what_a_function_prints_and_logs_is_not_seen_in_its_check(folder):
    noisy = COST.replace(
        "    return",
        "    print('out')\n    print('err', file=sys.stderr)\n    logging.warning('log')\n    return",
    )
    cells = [place("noisy"), "import sys, logging\n" + noisy, "check_compute_cost(compute_cost)"]
    *_, said = session.run(folder, cells)
    assert "It is kept" in said and not [word for word in ("out\n", "err\n", "WARNING") if word in said]
