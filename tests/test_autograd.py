"""The graph of matrices gives the gradients written by hand, and PyTorch scripts end with the same cost."""

import contextlib
import io

import numpy as np
import pytest

from helpers import autograd, checks, datasets, network
from helpers.autograd import Matrix, softmax_cross_entropy, summed_to
from helpers.gradient_check import central_difference
from helpers.trainer import Trainer
from tests import graphs_by_learners as learners
from tests.learners import changed
from tests.support import defined

ACTIVATIONS = {"tanh": autograd.tanh, "relu": autograd.relu}


def cost_of(nodes, X, Y, activation):
    """The cost as a node, for a network of any depth."""
    A, L = Matrix(X), len(nodes) // 2
    for l in range(1, L + 1):
        Z = nodes[f"W{l}"] @ A + nodes[f"b{l}"]
        A = ACTIVATIONS[activation](Z)
    return softmax_cross_entropy(Z, Y)


def gradients(parameters, X, Y, activation):
    nodes = {name: Matrix(p) for name, p in parameters.items()}
    cost = cost_of(nodes, X, Y, activation)
    autograd.backward(cost)
    return cost.value.item(), {"d" + name: node.gradient for name, node in nodes.items()}


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("n_h", [3, (4, 3), (3, 2, 5, 4)])
@pytest.mark.parametrize("m", [1, 7])
def test_the_gradients_are_those_written_by_hand(activation, n_h, m):
    rng = np.random.default_rng(m)
    parameters = network.initialize_parameters(2, n_h, 3, scale=1.0)
    X, Y = rng.standard_normal((2, m)), np.eye(3)[:, rng.integers(0, 3, m)]
    hidden = {"hidden_activation": activation}
    A, cache = network.forward_propagation(X, parameters, output="softmax", **hidden)
    by_hand = network.backward_propagation(parameters, cache, X, Y, **hidden)
    cost, found = gradients(parameters, X, Y, activation)
    assert cost == pytest.approx(network.softmax_cost(A, Y), rel=1e-12)
    for name, gradient in by_hand.items():
        assert found[name].shape == gradient.shape
        np.testing.assert_allclose(found[name], gradient, rtol=1e-12, atol=1e-13)


def test_the_digits_train_without_a_backward_written_by_hand_to_the_same_numbers():
    X, Y, *_ = datasets.split(*datasets.digits())
    settings = {"n_h": 16, "learning_rate": 0.3, "scale": 0.1, "batch_size": 64, "epochs": 5}
    settings |= {"output": "softmax"}

    def backward(parameters, cache, X, Y):
        return gradients(parameters, X, Y, "tanh")[1]

    by_graph, by_hand = Trainer(**settings, backward=backward), Trainer(**settings)
    costs = by_graph.train(X, Y, progress=False).cost
    np.testing.assert_allclose(costs, by_hand.train(X, Y, progress=False).cost, rtol=1e-12)
    for name, p in by_hand.parameters.items():
        np.testing.assert_allclose(by_graph.parameters[name], p, rtol=1e-12, atol=1e-12)


def test_a_node_used_twice_adds_up_and_a_second_backward_does_not():
    W = np.array([[0.5, -1.0], [2.0, 0.3]])
    node, Y = Matrix(W), np.array([[1, 0], [0, 1]])
    cost = softmax_cross_entropy(node @ autograd.tanh(node) + node, Y)
    slope = central_difference(lambda W: network.softmax_cost(network.softmax(W @ np.tanh(W) + W), Y), W)
    for _ in range(2):
        autograd.backward(cost)
        np.testing.assert_allclose(node.gradient, slope, rtol=1e-6)


@pytest.mark.parametrize("shape", [(3, 4), (3, 1), (1, 4), (1, 1)])
def test_what_was_broadcast_is_summed(shape):
    rng = np.random.default_rng(3)
    b, Z, Y = rng.standard_normal(shape), rng.standard_normal((3, 4)), np.eye(3)[:, [0, 1, 2, 0]]
    node = Matrix(b)
    autograd.backward(softmax_cross_entropy(Matrix(Z) + node, Y))
    slope = central_difference(lambda b: network.softmax_cost(network.softmax(Z + b), Y), b)
    assert node.gradient.shape == summed_to(Z, shape).shape == shape
    np.testing.assert_allclose(node.gradient, slope, atol=1e-9)


def test_an_array_stands_left_of_a_node():
    node = Matrix(np.ones((2, 1)))
    assert (np.ones((3, 2)) @ node).value.shape == (3, 1)


# ---- PyTorch


def setup(number):
    """One of twenty settings, and the data."""
    rng, softmax = np.random.default_rng(number), number % 2
    data = ["arms(60)", "arms(90, noise=0.4)"] if softmax else ["flower(80)", "moons(60, noise=0.3)"]
    settings = {
        "n_h": [4, (5, 3), (3, 3, 3)][rng.integers(3)], "epochs": int(rng.integers(1, 25)),
        "hidden_activation": ["tanh", "relu", "sigmoid"][number % 3], "seed": int(rng.integers(9)),
        "optimiser": ["gradient descent", "momentum", "adam"][rng.integers(3)], "learning_rate": 0.05,
        "batch_size": [None, 16][rng.integers(2)], "scale": [None, 0.5, "1/sqrt(n)"][rng.integers(3)],
        "l1": [0.0, 0.001][rng.integers(2)], "l2": [0.0, 0.01][rng.integers(2)],
        "output": "softmax" if softmax else "sigmoid",
    }  # fmt: skip
    return settings, data[rng.integers(2)]


BY_HAND = [  # what none of the twenty has
    ({"n_h": (6, 5, 4, 3, 3), "hidden_activation": "relu", "scale": "sqrt(2/n)", "epochs": 15,
      "optimiser": "adam", "learning_rate": 0.01, "batch_size": 7, "l1": 0.001, "l2": 0.01,
      "output": "softmax"}, "arms(50)"),
    ({"n_h": (5, 5), "scale": "sqrt(2/n)", "hidden_activation": "relu", "optimiser": "momentum",
      "learning_rate": 0.02, "batch_size": 1, "epochs": 3}, "spirals(40)"),
    ({"n_h": 8, "output": "softmax", "learning_rate": 0.3, "scale": 0.1, "epochs": 3, "batch_size": 32},
     "digits()"),
    ({"n_h": 8, "optimiser": "adam", "learning_rate": 0.01, "scale": 0.1, "epochs": 3, "batch_size": 64,
      "l2": 0.1}, "digits()"),
]  # fmt: skip
SET_UPS = [*map(setup, range(20)), *BY_HAND]


def test_the_set_ups_are_of_all_kinds():
    settings = [settings for settings, _ in SET_UPS]
    for name, count in (("hidden_activation", 3), ("optimiser", 3), ("output", 2), ("scale", 3)):
        assert len({each.get(name) for each in settings} - {None}) >= count, name
    layers = {1 if isinstance(each["n_h"], int) else len(each["n_h"]) for each in settings}
    assert layers >= {1, 2, 3, 5}
    for name in ("batch_size", "l1", "l2"):
        assert {bool(each.get(name)) for each in settings} == {True, False}
    softmax = [each for each in settings if each.get("output") == "softmax"]
    assert {each.get("optimiser", "gradient descent") for each in softmax} == {
        "gradient descent",
        "momentum",
        "adam",
    }


@pytest.mark.parametrize(("settings", "data"), SET_UPS)
def test_the_pytorch_script_ends_with_the_same_cost(settings, data):
    pytest.importorskip("torch", reason="PyTorch comes with the bench extra")
    trainer = Trainer(**settings)
    history = trainer.train(*eval("datasets." + data), progress=False)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(trainer.to_pytorch(data), {"__name__": "__main__"})
    assert float(printed.getvalue().split()[1]) == pytest.approx(history.cost[-1], rel=1e-6, abs=1e-12)


def test_the_script_of_a_training_that_went_on_ends_where_it_stands():
    pytest.importorskip("torch", reason="PyTorch comes with the bench extra")
    trainer = Trainer(n_h=4, epochs=5, optimiser="adam", learning_rate=0.02, batch_size=16, output="softmax")
    for _ in range(2):
        history = trainer.train(*datasets.arms(60), progress=False)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(trainer.to_pytorch("arms(60)"), {"__name__": "__main__"})
    assert float(printed.getvalue().split()[1]) == pytest.approx(history.cost[-1], rel=1e-6)


@pytest.mark.parametrize(("settings", "data"), SET_UPS)
def test_the_script_is_short_and_python(settings, data):
    script = Trainer(**settings).to_pytorch(data)
    assert len(script.splitlines()) <= 40
    compile(script, "script", "exec")


def refused(words, data="flower()", **settings):
    with pytest.raises(ValueError, match=words):
        Trainer(**settings).to_pytorch(data)


def test_what_cannot_be_exported_is_said():
    refused("Your own update cannot", update=network.update_parameters)
    refused("Your own hidden_activation cannot", hidden_activation=(np.sin, np.cos))
    for data in ("__import__('os')", "flower", "flower(len('a'))", "_one_hot(1, 2)", "os.x()", 3):
        refused("data is a call of a function of helpers.datasets", data)
    trainer = Trainer(batch_size=20)
    trainer.step(*datasets.flower(60))
    with pytest.raises(ValueError, match="inside an epoch"):
        trainer.to_pytorch()


# ---- the exercises


@pytest.mark.parametrize(("check", "source"), [
    (checks.check_graph_backward, learners.BACK), (checks.check_graph_backward, learners.FROM_HOUSE),
    (checks.check_affine_back, learners.AFFINE),
])  # fmt: skip
def test_a_right_version_passes(check, source, tmp_path):
    result = check(defined(source, tmp_path))
    assert result.passed is True, result.message


@pytest.mark.parametrize(("check", "mistake", "source", "lines"), [
    *((checks.check_graph_backward, *version) for version in learners.WRONG_BACK),
    *((checks.check_affine_back, *version) for version in learners.WRONG_AFFINE),
])  # fmt: skip
def test_a_wrong_version_is_named(check, mistake, source, lines, tmp_path):
    result = check(defined(changed(source, lines), tmp_path))
    assert result.passed is False and result.mistakes == (mistake,), (result.mistakes, result.message)
