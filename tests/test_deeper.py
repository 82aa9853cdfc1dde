"""Lesson 13: passes of any depth are judged, sizes layer by layer are what the lesson says."""

import numpy as np
import pytest

from helpers import checks, kept, network, scenes
from helpers.gradient_check import central_difference
from helpers.passes import deep_start
from tests.learners import changed
from tests.support import defined

FORWARD = """
import numpy as np
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A, cache = X, {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
"""
BACKWARD = """
import numpy as np
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
    return grads
"""
WRONG_FORWARD = [
    ("names-differ", [("range(1, L + 1)", "range(1, L)")]),
    ("raised-KeyError", [("len(parameters) // 2", "len(parameters)")]),
    ("tanh-for-sigmoid", [("l < L", "l <= L")]),
    ("one-hidden-layer-only", [("if l < L", "if l < 2")]),
]
WRONG_BACKWARD = [
    ("names-differ", [("range(L, 0, -1)", "range(L, 1, -1)")]),
    ("A2-for-A1", [('cache[f"A{l - 1}"] if l > 1 else X', 'cache[f"A{l}"]')]),
    ("mean-missing", [("A.T / m", "A.T")]),
    ("sum-wrong-axis", [("axis=1", "axis=0")]),
    ("slope-of-sigmoid", [("(1 - A**2)", "(A * (1 - A))")]),
    ("one-hidden-layer-only", [('parameters[f"W{l}"]', 'parameters["W2"]')]),
]


@pytest.fixture(autouse=True)
def own_file(monkeypatch, tmp_path):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))


def test_both_are_kept_and_run_deep_networks(tmp_path):
    for check, source in ((checks.check_deep_forward, FORWARD), (checks.check_deep_backward, BACKWARD)):
        result = check(defined(source, tmp_path))
        assert result.passed and "with any number of layers" in result.message, result.message
    assert {"forward", "backward"} <= kept.load().obeying({"n_h": (4, 3, 2)}).keys()


@pytest.mark.parametrize(("mistake", "lines"), WRONG_FORWARD)
def test_a_wrong_forward_is_named(mistake, lines, tmp_path):
    result = checks.check_deep_forward(defined(changed(FORWARD, dict(lines)), tmp_path))
    assert result.passed is False and mistake in result.mistakes, result.message


@pytest.mark.parametrize(("mistake", "lines"), WRONG_BACKWARD)
def test_a_wrong_backward_is_named(mistake, lines, tmp_path):
    result = checks.check_deep_backward(defined(changed(BACKWARD, dict(lines)), tmp_path))
    assert result.passed is False and mistake in result.mistakes, result.message


def test_the_line_that_names_one_layer_is_quoted(tmp_path):
    wrong = changed(BACKWARD, {'parameters[f"W{l}"]': 'parameters["W2"]'})
    assert "names W2, however many layers" in checks.check_deep_backward(defined(wrong, tmp_path)).message


def test_dead_units_are_rows_and_not_entries():
    def right(cache):
        return [int((cache[f"A{k}"] == 0).all(axis=1).sum()) for k in range(1, len(cache) // 2)]

    def entries(cache):
        return [int((cache[f"A{k}"] == 0).sum()) for k in range(1, len(cache) // 2)]

    assert checks.check_dead_units(right).passed
    assert "entries of A" in checks.check_dead_units(entries).message


def test_small_weights_make_dZ_fade_and_all_dW_equally_tiny():
    sizes = deep_start(0.01)
    assert sizes["dZ"][0] < 1e-11 < 0.4 < sizes["dZ"][-1]
    assert max(sizes["dW"][1:8]) < 2 * min(sizes["dW"][1:8]) < 2e-12
    assert deep_start(1, "relu")["dZ"][0] > 1000


def test_an_end_of_the_scale_that_stands_for_more_than_itself_says_so():
    within = scenes.depth_scene(0.01, "tanh", 8)
    assert ">1e-14<" in within.svg and ">1e6<" in within.svg
    below = scenes.depth_scene(0.01, "sigmoid", 12)
    assert "dZ from 2.985e−24" in below.line and ">≤ 1e-14<" in below.svg and ">1e6<" in below.svg
    beyond = scenes.depth_scene(1, "relu", 12)
    assert ">≥ 1e6<" in beyond.svg


def test_one_hidden_layer_is_one():
    assert "× 0.01, 1 hidden layer of 32." in scenes.depth_scene(0.01, "tanh", 1).line


def test_sqrt_2_over_n_is_wider_by_the_root_of_two():
    wide, narrow = (network.initialize_parameters(3, 4, 1, scale=s) for s in ("sqrt(2/n)", "1/sqrt(n)"))
    assert all(np.allclose(wide[name], np.sqrt(2) * narrow[name]) for name in ("W1", "W2"))
    with pytest.raises(ValueError, match="'1/sqrt\\(n\\)' or 'sqrt\\(2/n\\)'"):
        network.initialize_parameters(3, 4, 1, scale="sqrt(n)")


# ---- gradients of random networks: one to five hidden layers, three activations, both outputs


def network_case(seed, logits, apart=0.0):
    """Parameters, X, Y and settings of a random network whose last Z goes up to these logits.

    apart: how far each hidden Z stays from 0, so that no nudge crosses the corner of relu.
    """
    rng = np.random.default_rng(seed)
    sizes = [3, *(int(n) for n in rng.integers(2, 6, 1 + seed % 5)), int(rng.integers(2, 11))]
    k, m = sizes[-1], 1 if seed % 4 == 0 else int(rng.integers(2, 7))
    hidden, output = ("tanh", "relu", "sigmoid")[seed % 3], ("softmax", "sigmoid")[seed // 3 % 2]
    Y = np.eye(k)[:, rng.integers(0, k, m)] if output == "softmax" else rng.integers(0, 2, (k, m))
    settings = {"hidden_activation": hidden, "output": output}
    while True:
        X, parameters = rng.standard_normal((3, m)), {}
        for layer, (before, units) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
            parameters[f"W{layer}"] = rng.standard_normal((units, before)) / np.sqrt(before)
            parameters[f"b{layer}"] = 0.3 * rng.standard_normal((units, 1))
        L = len(sizes) - 1
        cache = network.forward_propagation(X, parameters, **settings)[1]
        if hidden != "relu" or all(abs(cache[f"Z{layer}"]).min() > apart for layer in range(1, L)):
            break
    by = logits / abs(cache[f"Z{L}"]).max()
    return parameters | {f"W{L}": by * parameters[f"W{L}"], f"b{L}": by * parameters[f"b{L}"]}, X, Y, settings


def cost_from_Z(parameters, X, Y, settings):
    """The cost by formulas that take Z and not A, so that it keeps its digits where A is all but 0 or 1."""
    Z = [*network.forward_propagation(X, parameters, **settings)[1].values()][-2]
    if settings["output"] == "sigmoid":
        return np.sum(np.logaddexp(0, Z) - Y * Z) / X.shape[1]
    top = Z.max(axis=0)
    return np.sum(top + np.log(np.exp(Z - top).sum(axis=0)) - (Y * Z).sum(axis=0)) / X.shape[1]


def gradients_of(parameters, X, Y, settings):
    cache = network.forward_propagation(X, parameters, **settings)[1]
    hidden = settings["hidden_activation"]
    return network.backward_propagation(parameters, cache, X, Y, hidden_activation=hidden)


@pytest.mark.parametrize("seed", range(60))
def test_gradients_are_those_of_nudges_for_logits_up_to_100(seed):
    parameters, X, Y, settings = network_case(seed, [1, 10, 100][seed % 7 % 3], apart=0.02)
    grads = gradients_of(parameters, X, Y, settings)
    for name, value in parameters.items():

        def slope(step, name=name, value=value):
            return central_difference(
                lambda p: cost_from_Z({**parameters, name: p}, X, Y, settings), value, step
            )

        wide, half, quarter = slope(4e-4), slope(2e-4), slope(1e-4)
        better, best = (4 * half - wide) / 3, (4 * quarter - half) / 3  # Richardson: errors of order step⁴
        np.testing.assert_allclose(grads["d" + name], (16 * best - better) / 15, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("seed", range(60))
def test_gradients_are_those_of_pytorch_for_logits_up_to_1000(seed):
    torch = pytest.importorskip("torch", reason="PyTorch comes with the bench extra")
    parameters, X, Y, settings = network_case(seed, [1, 30, 1000][seed % 7 % 3])
    theirs = {name: torch.tensor(p, requires_grad=True) for name, p in parameters.items()}
    g, A, L = getattr(torch, settings["hidden_activation"]), torch.tensor(X), len(parameters) // 2
    for layer in range(1, L + 1):
        Z = theirs[f"W{layer}"] @ A + theirs[f"b{layer}"]
        A = g(Z)
    truth = torch.tensor(Y, dtype=torch.float64)
    functional = torch.nn.functional
    if settings["output"] == "softmax":
        loss = functional.cross_entropy(Z.T, truth.argmax(dim=0), reduction="sum")
    else:
        loss = functional.binary_cross_entropy_with_logits(Z, truth, reduction="sum")
    (loss / X.shape[1]).backward()
    for name, gradient in gradients_of(parameters, X, Y, settings).items():
        expected = theirs[name[1:]].grad.numpy()
        np.testing.assert_allclose(gradient, expected, rtol=1e-9, atol=1e-9 * max(1, abs(expected).max()))


def test_the_random_networks_are_of_all_kinds():
    cases = [network_case(seed, 1) for seed in range(60)]
    assert {len(parameters) // 2 for parameters, *_ in cases} == {2, 3, 4, 5, 6}
    assert {len(Y) for _, _, Y, _ in cases} == {*range(2, 11)} and 1 in {X.shape[1] for _, X, *_ in cases}
    assert len({(*settings.values(),) for *_, settings in cases}) == 6
