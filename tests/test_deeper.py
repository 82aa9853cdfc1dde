"""Lesson 13: passes of any depth are judged, sizes layer by layer are what the lesson says."""

import numpy as np
import pytest

from helpers import checks, kept, network
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


def test_sqrt_2_over_n_is_wider_by_the_root_of_two():
    wide, narrow = (network.initialize_parameters(3, 4, 1, scale=s) for s in ("sqrt(2/n)", "1/sqrt(n)"))
    assert all(np.allclose(wide[name], np.sqrt(2) * narrow[name]) for name in ("W1", "W2"))
    with pytest.raises(ValueError, match="'1/sqrt\\(n\\)' or 'sqrt\\(2/n\\)'"):
        network.initialize_parameters(3, 4, 1, scale="sqrt(n)")
