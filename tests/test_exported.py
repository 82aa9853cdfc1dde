"""A playground as a PyTorch script: it ends with the same cost, and what it cannot hold is said."""

import contextlib
import io

import numpy as np
import pytest

from helpers import network
from helpers.checks import check_initialize_parameters
from helpers.playground.experiment import Experiment
from helpers.playground.exported import pytorch_of, training_points
from helpers.playground.settings import Settings
from helpers.widgets import Playground
from tests.support import defined

SMALL = {"n_points": 60, "test_share": 0.25}


def setup(number):
    """Settings for a playground, each number others."""
    rng = np.random.default_rng(number)
    pick = lambda *choices: choices[rng.integers(len(choices))]  # noqa: E731
    optimiser = pick("gradient descent", "momentum", "adam")
    return SMALL | {
        "data": pick("flower", "xor", "arms", "spirals", "arms"),
        "output": pick("softmax", "sigmoid"),
        "n_h": pick(1, 4, (3, 2), (4, 4, 4)),
        "hidden_activation": pick("tanh", "sigmoid", "relu"),
        "extra_inputs": pick((), ("x1²", "x1·x2")),
        "start": pick("random", "random", "constant", "zeros"),
        "scale": pick(None, 0.5, "1/sqrt(n)"),
        "seed": pick(None, 1, 7),
        "batch_size": pick(None, 1, 16),
        "optimiser": optimiser,
        "learning_rate": 0.5 if optimiser == "gradient descent" else 0.02,
        "l1": pick(0.0, 0.001),
        "l2": pick(0.0, 0.01),
        "test_share": pick(0.0, 0.25),
    }


@pytest.mark.parametrize("number", range(20))
def test_the_script_ends_with_the_same_cost(number):
    pytest.importorskip("torch", reason="PyTorch comes with the bench extra")
    e = Experiment({}, Settings(**setup(number)))
    e.advance(25)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(pytorch_of(e), {"__name__": "__main__"})
    cost = e.trainer.history.cost[e.epoch]
    assert float(printed.getvalue().split()[1]) == pytest.approx(cost, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("number", range(20))
def test_the_script_is_short_and_names_the_points(number):
    settings = setup(number)
    e = Experiment({}, Settings(**settings))
    script = pytorch_of(e)
    compile(script, "script", "exec")
    assert len(script.splitlines()) <= 40 and script.count("training_points(") == 1
    call = next(line for line in script.splitlines() if "training_points(" in line).partition(" in ")[2]
    X, Y = eval(call[:-1], {"training_points": training_points})
    np.testing.assert_array_equal(Y, e.Y)
    assert len(X) == 2 + len(e.settings.extra_inputs) and (X[:2] == e.X).all()


@pytest.mark.parametrize(
    "own, changes, words",
    [
        ({}, [(0, "add", (0.5, 0.5, 1)), (2, "learning_rate", 0.1)], r"\(add, learning_rate\) cannot"),
        ({"parameters": network.initialize_parameters(2, 3, 1)}, [], "parameters=… cannot"),
        ({"initialize": lambda n_x, n_h, n_y: network.initialize_parameters(n_x, n_h, n_y)}, [],
         "Your initialize cannot"),
        ({"update": lambda parameters, grads, rate: {k: p - rate * grads["d" + k] / 2
                                                     for k, p in parameters.items()}}, [], "Your update"),
        ({"backward": lambda *given: {k: 2 * d for k, d in network.backward_propagation(*given).items()}}, [],
         "Your backward gives other numbers"),
        ({"cost": lambda A2, Y: float(((A2 - Y) ** 2).mean())}, [], "Your cost gives other numbers"),
    ],
)  # fmt: skip
def test_what_cannot_be_in_a_script_is_said(own, changes, words):
    playground = Playground(**SMALL, **own, changes=changes, epochs=3)
    with pytest.raises(ValueError, match=words):
        playground.to_pytorch()
    playground.close()


def test_inside_an_epoch_there_is_no_script():
    e = Experiment({}, Settings(**SMALL, batch_size=10))
    e.step()
    with pytest.raises(ValueError, match="inside an epoch"):
        pytorch_of(e)


def test_an_initialize_that_is_kept_begins_the_script(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    source = """def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(5)
    return {"W1": rng.standard_normal((n_h, n_x)) * 0.02, "b1": np.zeros((n_h, 1)),
            "W2": rng.standard_normal((n_y, n_h)) * 0.02, "b2": np.zeros((n_y, 1))}
"""
    assert "kept" in check_initialize_parameters(defined(source, tmp_path)).message
    playground = Playground(**SMALL, epochs=5)
    script = playground.to_pytorch()
    assert "from helpers.kept import load" in script
    line = next(line for line in script.splitlines() if line.startswith("start = "))
    made = {}
    exec("from helpers.kept import load\nX, Y = [0, 0], [0]\n" + line, made)
    np.testing.assert_array_equal(made["start"]["W1"], playground.experiment.initial["W1"])
    playground.close()
