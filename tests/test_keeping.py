"""What is said to be kept works after a restart, in two notebooks at once, and where the notebook lies."""

import ast
import dis
import inspect
import linecache
import os
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import nbformat
import numpy as np
import pytest

import helpers
from helpers import checks, kept, network
from helpers.activations import sigmoid
from helpers.datasets import flower
from helpers.keeping import loading, my_file
from helpers.keeping.trying import obeying
from helpers.lessons import lesson_paths
from helpers.playground.experiment import Experiment
from helpers.playground.settings import Settings
from helpers.playground.view import words_of
from tests import learners, session
from tests.support import tags
from tools import soak_keeping

ROOT = Path(__file__).parents[1]
COST = """def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]
"""
FORWARD = """def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
"""
UPDATE = """def update_parameters(parameters, grads, learning_rate):
    return {name: p - learning_rate * grads["d" + name] for name, p in parameters.items()}
"""
TIMED = """import functools
def timed(f):
    @functools.wraps(f)
    def g(*a):
        return f(*a)
    return g
@timed
"""
CHECKED = {
    COST: "check_compute_cost(compute_cost)",
    FORWARD: "check_forward_propagation(forward_propagation)",
    UPDATE: "check_update_parameters(update_parameters)",
}
NUMBER = "-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]"


def cost(line="", more=""):
    """The cost with a line before its return, and something after its formula."""
    return COST.replace("    return", f"    {line}\n    return" if line else "    return")[:-1] + more + "\n"


def in_class(head, first):
    return f"class Net:\n    {head}def compute_cost({first}A2, Y):\n        return {NUMBER}\n"


KEPT = {
    "%%time": "%%time\n" + COST,
    "a lambda helper": "sigmoid = lambda z: 1 / (1 + np.exp(-z))\n" + FORWARD,
    "a lambda with a default from a loop": "for k in (1.0, 2.0):\n    if k == 1:\n"
    "        sigmoid = lambda z, k=k: k / (k + np.exp(-z))\n" + FORWARD,
    "a decorator with wraps": TIMED + COST,
    "a decorator without wraps": TIMED.replace("@functools.wraps(f)", "") + COST,
    "two decorated": TIMED.replace("@functools.wraps(f)", "")
    + "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n\n\n@timed\n"
    + FORWARD,
    "np.errstate": "@np.errstate(all='ignore')\n" + COST,
    "a tuple": "CLIP = (1e-15, 1 - 1e-15)\n" + cost("A2 = np.clip(A2, *CLIP)"),
    "a list": "NAMES = ['W1', 'b1', 'W2', 'b2']\n"
    + UPDATE.replace("in parameters.items()", "in [(name, parameters[name]) for name in NAMES]"),
    "a dict of NumPy numbers": "TINY = {'cost': np.finfo(float).eps, 'n': np.int64(2)}\n"
    + cost("A2 = A2 + 0 * TINY['cost']"),
    "infinity": "TOP = float('inf')\n" + cost("A2 = np.clip(A2, 0, TOP)"),
    "from math import inf": "from math import inf\n" + cost("A2 = np.clip(A2, 0, inf)"),
    "from numpy import *": "from numpy import *\n" + COST.replace("np.", ""),
    "lru_cache": "from functools import lru_cache\n@lru_cache\ndef one(k):\n    return k / k\n"
    + cost(more=" * one(3)"),
    "a class": "class Unit:\n    ONE = 1\n    def __call__(self, z):\n"
    "        return self.ONE / (1 + np.exp(-z))\n"
    "sigmoid = Unit()\n" + FORWARD,
    "a dataclass": "from dataclasses import dataclass\n@dataclass\nclass Set:\n    one: float = 1.0\n"
    + cost(more=" * Set().one"),
    "a comment at the left margin": "if True:\n"
    + COST.replace("def", "    def").replace("    return", "# mean\n        return"),
    "a module of one's own beside the notebook": "import pathlib\n"
    "pathlib.Path('mine.py').write_text('ONE = 1.0')\nimport mine\n" + cost(more=" * mine.ONE"),
    "a name in its own text": COST.replace("    return", "    '''from lesson 03'''\n    return"),
}
HANDED_OVER = {
    "a method": (in_class("", "self, "), "Net().compute_cost"),
    "a method of an object that holds a number": (
        in_class("", "self, ").replace("/ Y", "* self.one / Y")
        + "    def __init__(self, one):\n        self.one = one\nnet = Net(1.0)",
        "net.compute_cost",
    ),
    "a static method with text at the left margin": (
        in_class("@staticmethod\n    ", "").replace("return", "'''\nCross-entropy\n'''\n        return"),
        "Net.compute_cost",
    ),
    "a class method": (in_class("@classmethod\n    ", "cls, "), "Net.compute_cost"),
    "an object that is called": (in_class("", "self, ").replace("compute_cost", "__call__"), "Net()"),
    "a partial": (
        "from functools import partial\n" + COST.replace("compute_cost(A2, Y)", "cost(A2, Y, e)"),
        "partial(cost, e=0.0)",
    ),
    "a lambda": ("", f"lambda A2, Y: {NUMBER}"),
    "one of a loop": (
        "costs = []\nfor k in (1, 2):\n    def compute_cost(A2, Y, k=k):\n"
        f"        return k * {NUMBER}\n    costs.append(compute_cost)",
        "costs[0]",
    ),
    "what another function made": (
        f"def make():\n    def inner(A2, Y):\n        return one * {NUMBER}\n    one = 1\n    return inner\n"
        "mine = make()",
        "mine",
    ),
}
REFUSED = {
    "an array": ("E = np.zeros(1)\n" + cost(more=" + E[0]"), "it uses E, which was made elsewhere"),
    "a generator": ("rng = np.random.default_rng(1)\n" + cost(more=" + 0 * rng.normal()"), "it uses rng"),
    "a long list": ("E = [0.0] * 1000\n" + cost(more=" + E[0]"), "it uses E, which was made elsewhere"),
    "a module found here alone": (
        "import sys, pathlib\npathlib.Path('lib').mkdir()\nsys.path.insert(0, 'lib')\n"
        "pathlib.Path('lib/far.py').write_text('ONE = 1.0')\nimport far\n" + cost(more=" * far.ONE"),
        "No module named 'far'. Put its file beside the notebook, or write what you use of it in a cell.",
    ),
    "two of a name": (
        "def log(a):\n    return np.log(a)\nfirst = log\ndef log(a):\n    return np.log(a)\n"
        + COST.replace("Y * np.log", "Y * first").replace("np.log", "log"),
        "two different things called log. Give one of them another name.",
    ),
    "what ends Python": (
        "import os\nME = os.getpid()\n" + cost("if os.getpid() != ME: os._exit(0)"),
        "a fresh Python ended before it was done",
    ),
}
REFERENCE = ("network.compute_cost", "lambda A2, Y: c(A2, Y)", "wrapped", "partial(network.compute_cost)")


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    monkeypatch.chdir(tmp_path)


def place(name):
    return f"import os; os.environ['MY_NETWORK'] = {name + '.py'!r}"


def test_right_functions_are_kept_and_there_after_a_restart(tmp_path):
    cells, names = [], {}
    for number, (what, source) in enumerate(KEPT.items()):
        head = next(head for head in CHECKED if head.splitlines()[0] in source.replace("    def", "def"))
        cells += [place(f"n{number}"), source, CHECKED[head]]
        names[what] = head.splitlines()[0].split("(")[0][4:]
    for number, (what, (source, handed)) in enumerate(HANDED_OVER.items(), start=len(KEPT)):
        cells += [place(f"n{number}"), source, f"check_compute_cost({handed})"]
        names[what] = "compute_cost"
    shown = session.run(tmp_path, cells)[2::3]
    for (what, _), said in zip(names.items(), shown, strict=True):
        assert "It is kept in n" in said, (what, said)
    again = [cell for k in range(len(names)) for cell in (place(f"n{k}"), "print(kept.load().words)")]
    for (what, name), words in zip(names.items(), session.run(tmp_path, again)[1::2], strict=True):
        assert f"Yours: {kept.SHORT[name]}. " in words and "\n" not in words.strip(), (what, words)


def test_what_cannot_be_kept_is_named_with_what_to_do(tmp_path):
    cells = []
    for number, (source, _) in enumerate(REFUSED.values()):
        cells += [place(f"n{number}"), source, "check_compute_cost(compute_cost)"]
    said = dict(zip(REFUSED, session.run(tmp_path, cells)[2::3], strict=True))
    for what, (_, words) in REFUSED.items():
        assert "cannot be kept" in said[what] and words in said[what], (what, said[what])
    assert not list(tmp_path.glob("n?.py")) and not list(tmp_path.glob("*.part"))


def test_the_reference_is_not_called_yours(tmp_path):
    made = "from functools import partial\nfrom helpers.network import compute_cost as c\n"
    made += "def wrapped(A2, Y):\n    return network.compute_cost(A2, Y)"
    for said in session.run(tmp_path, [made, *(f"check_compute_cost({handed})" for handed in REFERENCE)])[1:]:
        assert "It is not kept as yours: the reference's compute_cost, from helpers.network, does" in said
    assert not kept.path().exists()
    text = my_file.merged(
        my_file.TITLE, "compute_cost", "03", "from helpers.network import compute_cost\n", False
    )
    kept.path().write_text(text, encoding="utf-8")
    words = kept.load().words
    assert (
        words.startswith("Yours: none yet.")
        and "compute_cost in my_network.py is not counted as yours" in words
    )


RIGHT = [(name, source) for name in kept.LESSONS for source in learners.RIGHT[name]]
SINGLE = [(name, source) for name, source in RIGHT if "float32" in source]


@pytest.mark.parametrize("name, source", SINGLE)
def test_what_has_seven_digits_is_right_and_told_why_it_is_not_kept(name, source, monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    result = getattr(checks, "check_" + name)(defined(source, sigmoid=sigmoid))
    assert result.passed and kept.SHORT[name] not in kept.load().own
    assert "cannot be kept for the later lessons: it is right to about seven digits" in result.message


@pytest.mark.parametrize("name, source", [each for each in RIGHT if each not in SINGLE])
def test_every_right_version_is_kept_as_it_was_written(name, source, monkeypatch):
    monkeypatch.setattr(sys, "executable", "")  # in this Python, which is faster
    function = defined(source, sigmoid=sigmoid)
    assert "It is kept" in getattr(checks, "check_" + name)(function).message
    assert kept.SHORT[name] in kept.load().own
    assert inspect.getsource(function).strip() in kept.path().read_text(encoding="utf-8")


def test_after_cd_it_is_kept_beside_the_notebook(tmp_path):
    (tmp_path / "data").mkdir()
    *_, said = session.run(tmp_path, ["%cd data", COST, CHECKED[COST]])
    assert "It is kept" in said and [*tmp_path.rglob("my_network.py")] == [tmp_path / "my_network.py"]
    assert "Yours: cost." in session.run(tmp_path, ["print(kept.load().words)"])[0]


def test_the_variable_counts_at_each_call(tmp_path, monkeypatch):
    for name in ("one.py", "two.py"):
        monkeypatch.setenv("MY_NETWORK", str(tmp_path / name))
        assert kept.path() == tmp_path / name
    monkeypatch.delenv("MY_NETWORK")
    monkeypatch.setattr(helpers, "STARTED_IN", str(tmp_path))
    monkeypatch.chdir("/")
    assert kept.path() == tmp_path / "my_network.py"


def test_helpers_can_be_imported_in_a_folder_that_is_gone(tmp_path):
    code = f"import os, sys; os.rmdir(os.getcwd()); sys.path.insert(0, {str(ROOT)!r}); import helpers"
    code += "; assert helpers.STARTED_IN == ''"  # NumPy itself cannot be imported there by Python 3.13.0
    (tmp_path / "gone").mkdir()
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "gone", check=True, timeout=60)


def defined(source, **names):
    """The function that a cell defines, whose text can be read as that of a cell can."""
    file, namespace = f"<cell {hash(source)}>", {"__name__": "__main__", "np": np} | names
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    exec(compile(source, file, "exec"), namespace)
    last = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)][-1]
    return namespace[last.name]


def keep(source, **names):
    function = defined(source, **names)
    return kept.keep(function.__name__, function, network.forward_propagation)


def test_lines_are_those_of_the_file():
    assert "It is kept" in keep(UPDATE)
    assert "It is kept" in keep(cost("if Y.shape[1] > 100: raise ValueError('too many')"))
    mine, text = kept.load(), kept.path().read_text(encoding="utf-8").splitlines()
    try:
        mine.trainer(epochs=1).train(*flower(), progress=False)
    except ValueError as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        assert last.filename == str(kept.path()) and "too many" in last.line
        assert text[last.lineno - 1].strip() == last.line
    else:
        raise AssertionError("the function did not raise")
    lines, first = inspect.getsourcelines(mine.compute_cost)
    assert [line.rstrip() for line in lines] == text[first - 1 : first - 1 + len(lines)]
    spoilt = kept.path().read_text(encoding="utf-8").replace("np.sum(", "np.summ(")
    kept.path().write_text(spoilt, encoding="utf-8")
    words = kept.load().words
    assert "np.summ(Y" in words and "in the line" in words
    kept.path().write_text(
        spoilt.replace("def compute_cost(A2, Y)", "def compute_cost(A2, Y"), encoding="utf-8"
    )
    number = 1 + next(k for k, line in enumerate(text) if line.startswith("def compute_cost"))
    assert f"SyntaxError, line {number} of my_network.py" in kept.load().words


def test_what_was_loaded_from_the_file_can_be_checked_again():
    keep(UPDATE)
    before = kept.path().read_text(encoding="utf-8")
    assert "It is kept" in checks.check_update_parameters(kept.load().update_parameters).message
    assert kept.path().read_text(encoding="utf-8") == before


def test_for_one_output_it_stays_so_when_it_is_kept_again():
    one_only = "def compute_cost(A2, Y):\n    assert len(A2) == 1\n" + COST.split("\n", 1)[1]
    assert checks.check_compute_cost(defined(one_only)).one_output
    loaded = kept.load().compute_cost
    assert loaded.one_output and loaded(np.full((3, 2), 0.5), np.ones((3, 2))) > 2
    assert "It is kept" in checks.check_compute_cost(loaded).message
    assert kept.load().compute_cost.one_output


def test_what_a_kept_function_prints_is_not_seen_when_it_is_loaded(capsys):
    assert "It is kept" in keep(cost("import sys; print('out'); print('err', file=sys.stderr)"))
    assert kept.load().words.startswith("Yours: cost.")
    assert capsys.readouterr() == ("", "")


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "synced").mkdir()
    target = tmp_path / "synced" / "net.py"
    target.write_text("")
    kept.path().symlink_to(target)
    assert "It is kept" in keep(COST)
    assert kept.path().is_symlink() and "compute_cost, from lesson 04" in target.read_text("utf-8")
    assert not list((tmp_path / "synced").glob("*.part"))


def test_an_edit_that_is_saved_meanwhile_is_not_lost(monkeypatch):
    keep(UPDATE)
    tried = loading.try_afresh

    def edit_meanwhile(part, name):
        monkeypatch.setattr(kept, "try_afresh", tried)
        with open(kept.path(), "a", encoding="utf-8") as file:
            file.write("\n# my own note\n")
        return tried(part, name)

    monkeypatch.setattr(kept, "try_afresh", edit_meanwhile)
    assert "It is kept" in keep(COST)
    text = kept.path().read_text(encoding="utf-8")
    assert "# my own note" in text and "def compute_cost" in text


def test_two_notebooks_at_once_lose_nothing(tmp_path):
    slow = UPDATE.replace("    return", "    time.sleep(0.1)\n    return")
    cells = {"import time\n" + slow: CHECKED[UPDATE], COST: CHECKED[COST]}
    cells |= {"sigmoid = lambda z: 1 / (1 + np.exp(-z))\n" + FORWARD: CHECKED[FORWARD]}
    said, folder = [], {"MY_NETWORK": str(kept.path())}
    threads = [
        threading.Thread(target=lambda pair=pair: said.extend(session.run(tmp_path, pair, **folder)[1:]))
        for pair in cells.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 3 and all("It is kept" in words for words in said)
    assert kept.load().words.startswith("Yours: forward, cost, update.")


def test_where_files_cannot_be_locked_a_function_is_kept_all_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(my_file, "fcntl", object())  # in a browser the module is there, and flock is not
    monkeypatch.setattr(my_file, "msvcrt", None)
    with my_file.locked(tmp_path / "my_network.py"):
        part = my_file.write_beside(tmp_path / "my_network.py", "mine")
        my_file.put_in_place(part, tmp_path / "my_network.py")
    assert my_file.read(tmp_path / "my_network.py") == "mine"


def test_what_a_crashed_notebook_had_locked_is_free():
    code = f"""import os, sys; sys.path.insert(0, {str(ROOT)!r})
from helpers import kept
from helpers.keeping import my_file
with my_file.locked(kept.path()):
    my_file.write_beside(kept.path(), "half a fi")
    print("locked", flush=True)
    input()"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "locked\n"
    began = time.monotonic()
    threading.Timer(0.3, process.kill).start()
    assert "It is kept" in keep(COST)
    assert time.monotonic() - began > 0.3
    process.communicate()
    assert not list(kept.path().parent.glob("*.part"))


def test_nothing_that_was_said_to_be_kept_is_lost():
    soak_keeping.keeping(3, seed=3)


def test_a_notebook_that_holds_the_file_for_long_is_named(monkeypatch):
    monkeypatch.setattr(my_file, "PATIENCE", 0.05)
    with my_file.locked(kept.path()):
        assert "another notebook is writing my_network.py" in keep(COST)


def test_where_no_second_python_can_be_started_it_is_tried_in_this_one(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    said = keep(COST)
    assert "It is kept" in said and "No second Python can be started here" in said
    said = keep(UPDATE.replace("    return", "    here.append(1) if here else 1 / 0\n    return"), here=[])
    assert "after a restart it would not work: `here` is not made in your function" in said
    assert kept.load().words.startswith("Yours: cost.")


OLD = f"# ---- compute_cost, from lesson 04 ({my_file.checksum(COST)})\n"
FILE = f"{my_file.TITLE}\n\n{OLD}import numpy as np\n\n{COST}"
STATES = {  # of the file: its bytes, and what is said of the cost in it; "" where it is in use
    "nothing": (b"", "cost (lesson 04)"),
    "Windows line ends": (FILE.replace("\n", "\r\n").encode(), ""),
    "a mark of the byte order": (b"\xef\xbb\xbf" + FILE[FILE.index(OLD) :].encode(), ""),
    "an edit": (FILE.replace("    return", "    # mine\n    return").encode(), ""),
    "imports at the top": (
        FILE.replace("import numpy as np\n\n", "").replace(OLD, "import numpy as np\n" + OLD).encode(),
        "",
    ),
    "another coding": (FILE.encode("utf-16"), "my_network.py cannot be read ("),
    "a syntax error": (FILE.replace("Y):", "Y:").encode(), "SyntaxError, line 10 of my_network.py: '("),
    "a zero byte": (FILE.replace("return", "return \0").encode(), "SyntaxError: source code string cannot"),
    "an edit that is wrong": (FILE.replace("-np", "np").encode(), "The cost has the wrong sign."),
    "no function": (FILE[: FILE.index("def")].encode(), "nothing is called compute_cost any more below"),
    "no line of the check": (
        FILE.replace(OLD, "").encode(),
        "it was not checked. Import it from there",
    ),
    "an error": (FILE.replace("import", "{}['a']\nimport").encode(), "KeyError: 'a'"),
    "an end": (FILE.replace("import", "raise SystemExit(3)\nimport").encode(), "SystemExit: 3"),
    "a question": (FILE.replace("import", "input()\nimport").encode(), "it asks with input(), and nobody is"),
    "no end": (FILE.replace("import", "while True: pass\nimport").encode(), "was not done after 0.3 seconds"),
    "the reference": (f"{OLD}from helpers.network import compute_cost\n".encode(), "is not counted as yours"),
    "a number": (f"{OLD}compute_cost = 3\n".encode(), "it was given an int"),
}


@pytest.mark.parametrize("state", STATES)
def test_whatever_the_file_holds_is_said_and_nothing_is_lost(state, monkeypatch):
    monkeypatch.setattr(sys, "executable", "")  # in this Python, which is faster
    monkeypatch.setattr(loading, "TO_LOAD", 0.3)
    before, said = STATES[state]
    kept.path().write_bytes(before)
    words = kept.load().words
    assert kept.path().read_bytes() == before
    assert said in words if said else words.startswith("Yours: cost. ") and "\n" not in words
    answer = keep(UPDATE)
    if state == "another coding":
        assert said in answer and kept.path().read_bytes() == before
        return
    assert "It is kept" in answer and "update" in kept.load().words.split(".")[0]
    lines = before.decode("utf-8-sig").splitlines()
    assert kept.path().read_text(encoding="utf-8").splitlines()[: len(lines)] == lines or not lines


@pytest.mark.parametrize("left", ["", "import numpy as np\n# a note of mine\n"])
def test_where_the_function_was_deleted_a_new_one_is_kept_and_what_else_is_there_stays(left):
    kept.path().write_text(f"{my_file.TITLE}\n\n{OLD}{left}", encoding="utf-8")
    assert "It is kept" in keep(UPDATE) and "It is kept" in keep(COST)
    assert kept.load().words.startswith("Yours: cost, update. ") and "\n" not in kept.load().words
    text = kept.path().read_text(encoding="utf-8")
    assert left in text and text.count("# ---- update_parameters") == 1


def test_what_a_file_of_ones_own_holds_is_kept_when_it_is_checked(tmp_path):
    kept.path().write_text(f"import numpy as np\n\n{COST}", encoding="utf-8")
    cells = ["print(kept.load().words)", "from my_network import compute_cost", CHECKED[COST]]
    first, _, said = session.run(tmp_path, cells)
    assert "it was not checked. Import it from there, and run check_compute_cost(compute_cost)." in first
    assert "It is kept" in said and kept.load().words.startswith("Yours: cost. ")


def test_a_place_where_nothing_can_be_kept_is_named(tmp_path, monkeypatch):
    def said_of(place):
        monkeypatch.setenv("MY_NETWORK", str(place))
        return kept.load().words.partition("\n")[2], keep(COST)

    (tmp_path / "folder").mkdir()
    (tmp_path / "link.py").symlink_to(tmp_path / "gone" / "net.py")
    (tmp_path / "circle.py").symlink_to(tmp_path / "circle.py")
    (tmp_path / "only_read.py").write_text(FILE, encoding="utf-8")
    (tmp_path / "only_read.py").chmod(0o444)
    for name, words in {
        "folder": "folder is a folder, and a file is needed",
        "gone/net.py": f"net.py has no place: there is no folder {tmp_path / 'gone'}. Make it, or set",
        "link.py": f"link.py has no place: there is no folder {tmp_path / 'gone'}. Make it, or set",
        "circle.py": "circle.py cannot be read (",
    }.items():
        loaded, answer = said_of(tmp_path / name)
        assert words in loaded and words in answer and "cannot be kept" in answer
    loaded, answer = said_of(tmp_path / "only_read.py")
    assert loaded == "" and "only_read.py may only be read. Make it writable" in answer
    assert (tmp_path / "only_read.py").read_text(encoding="utf-8") == FILE


def test_a_function_that_takes_too_long_in_a_fresh_python_is_not_said_to_be_kept(monkeypatch):
    monkeypatch.setattr(loading, "SECONDS", 1)
    said = keep(cost("import os, time; time.sleep(30 * (os.getpid() != ME))"), ME=os.getpid())
    assert "was not done after 1 seconds" in said and not kept.path().exists()


DEEP_FORWARD = """def forward_propagation(X, parameters, hidden_activation="tanh"):
    g = {"tanh": np.tanh, "relu": lambda z: np.maximum(0, z)}[hidden_activation]
    A, cache, L = X, {}, len(parameters) // 2
    for l in range(1, L + 1):
        cache[f"Z{l}"] = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = cache[f"A{l}"] = g(cache[f"Z{l}"]) if l < L else 1 / (1 + np.exp(-cache[f"Z{l}"]))
    return A, cache
"""
DEEP_BACKWARD = """def backward_propagation(parameters, cache, X, Y, hidden_activation="tanh"):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in reversed(range(1, L + 1)):
        grads[f"dW{l}"] = dZ @ (cache[f"A{l - 1}"] if l > 1 else X).T / m
        grads[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            A = cache[f"A{l - 1}"]
            slope = 1 - A**2 if hidden_activation == "tanh" else A > 0
            dZ = parameters[f"W{l}"].T @ dZ * slope
    return grads
"""
INITIALIZE = """def initialize_parameters(n_x, n_h, n_y, seed=3, scale=0.01):
    rng = np.random.default_rng(seed)
    return {"W1": scale * rng.standard_normal((n_h, n_x)), "b1": np.zeros((n_h, 1)),
            "W2": scale * rng.standard_normal((n_y, n_h)), "b2": np.zeros((n_y, 1))}
"""


def test_functions_for_any_number_of_layers_are_used_for_them():
    assert "with any number of layers" in keep(DEEP_FORWARD)
    assert "with any number of layers" in keep(DEEP_BACKWARD)
    keep(UPDATE)
    keep(COST)
    X, Y = flower(80)
    for settings in ({"n_h": (4, 3)}, {"n_h": (4, 3, 2), "hidden_activation": "relu"}):
        trainer = kept.load().trainer(epochs=5, **settings)
        assert trainer.forward and trainer.backward and trainer.update and trainer.cost
        reference = kept.Kept().trainer(epochs=5, **settings)
        for one in (trainer, reference):
            one.train(X, Y, progress=False)
        assert np.allclose(trainer.history.cost, reference.history.cost, rtol=1e-12, atol=0)


def test_one_hidden_layer_only_leaves_more_to_the_reference():
    assert "any number" not in keep(learners.BACKWARD)
    mine = kept.load()
    assert mine.trainer().backward is mine.backward_propagation
    assert mine.trainer(n_h=(4, 3)).backward is None
    wrong_when_deep = DEEP_FORWARD.replace("if l < L", "if l == 1")
    assert obeying("forward_propagation", defined(wrong_when_deep), None, {"n_h": (4, 3)}) is None


@pytest.mark.parametrize(
    "settings",
    [{"seed": 7}, {"scale": 0.5}, {"seed": 2, "scale": 0.1}, {"scale": None}, {"scale": "1/sqrt(n)"}],
)
def test_a_seed_and_a_scale_are_set_where_they_are_taken(settings):
    keep(INITIALIZE)
    mine = kept.load()
    trainer = mine.trainer(epochs=0, **settings)
    if isinstance(settings.get("scale", 1.0), float):
        trainer.train(*flower(20), progress=False)
        expected = mine.initialize_parameters(2, 4, 1, **settings)
        assert all((trainer.parameters[name] == expected[name]).all() for name in expected)
    else:
        assert trainer.initialize is None
    ignores = INITIALIZE.replace("default_rng(seed)", "default_rng(3)")
    asked = {"seed": 7}
    assert obeying("initialize_parameters", defined(ignores), None, asked) is None


def test_a_playground_sets_what_a_function_takes():
    own = {"initialize": defined(INITIALIZE), "forward": defined(DEEP_FORWARD)}
    settings = Settings(seed=7, hidden_activation="relu", n_points=40)
    experiment = Experiment(own=own, settings=settings)
    assert words_of(experiment).startswith("Yours: initialize, forward. Reference: cost, backward, update.")
    assert not experiment.draws_anew
    expected = own["initialize"](2, 4, 1, seed=7)
    assert all((experiment.trainer.parameters[name] == expected[name]).all() for name in expected)
    assert experiment.advance(5) and experiment.epoch == 5


def test_what_old_lessons_wrote_is_read():
    old = "import numpy as np\n\n" + COST
    mark = "# ---- compute_cost, from lesson 03 (61674a0b3caf), for one output\n"
    kept.path().write_text(f"{my_file.TITLE}\n\n{mark}{old}", encoding="utf-8")
    assert kept.load().words.startswith("Yours: cost.") and kept.load().compute_cost.one_output
    assert not my_file.blocks(my_file.read(kept.path()))["compute_cost"].edited


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_no_cell_of_a_lesson_hides_what_the_lesson_needs(path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    code = [compile(c.source, c.id, "exec") for c in cells]
    needed = {name for c, k in zip(cells, code, strict=True) if "imports" in tags(c) for name in stored(k)}
    assert needed
    for cell, compiled in zip(cells, code, strict=True):
        if "imports" not in tags(cell):
            assert not needed & stored(compiled), cell.id


def stored(code):
    """The names that a cell gives a value to."""
    names = {step.argval for step in dis.get_instructions(code) if step.opname == "STORE_NAME"}
    return names - {"error"}  # the imports give it a value for one line only


def test_a_cost_of_the_course_with_three_arguments_is_kept_and_trains():
    source = COST.replace("(A2, Y):", "(A2, Y, parameters):\n    W1 = parameters['W1']")
    result = checks.check_compute_cost(defined(source))
    assert result.passed and "It is kept" in result.message
    cost, (X, Y) = kept.load().compute_cost, flower(40)
    A2 = np.full(Y.shape, 0.25)
    assert cost(A2, Y) == pytest.approx(network.compute_cost(A2, Y))
    history = kept.load().trainer(epochs=3).train(X, Y, progress=False)
    assert history.cost == pytest.approx(kept.Kept().trainer(epochs=3).train(X, Y, progress=False).cost)
