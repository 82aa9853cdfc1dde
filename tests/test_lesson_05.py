"""The checks of lesson 05 name the mistakes that learners make, and take a right function in any form."""

import numpy as np
import pytest

from helpers.checks import check_backward_propagation, check_hidden_gradient

LINES = {
    "dZ2": "A2 - Y",
    "dW2": "dZ2 @ A1.T / m",
    "db2": "np.sum(dZ2, axis=1, keepdims=True) / m",
    "dZ1": "W2.T @ dZ2 * (1 - A1**2)",
    "dW1": "dZ1 @ X.T / m",
    "db1": "np.sum(dZ1, axis=1, keepdims=True) / m",
}


def backward_with(**changed):
    """Return a backward_propagation made of LINES, some of them exchanged."""

    def backward_propagation(parameters, cache, X, Y):
        names = {**parameters, **cache, "X": X, "Y": Y, "m": X.shape[1], "np": np}
        for name, line in {**LINES, **changed}.items():
            names[name] = eval(line, names)
        return {name: names[name] for name in ("dW1", "db1", "dW2", "db2")}

    return backward_propagation


def test_the_right_gradients_pass():
    assert check_backward_propagation(backward_with()).passed is True
    assert check_backward_propagation(backward_with(dZ1="W2.T @ dZ2 * (1 - np.tanh(Z1)**2)")).passed is True


@pytest.mark.parametrize(("changed", "words"), [
    ({"dW2": "dZ2 @ A1.T"}, "m = 7 times too large"),
    ({"dZ2": "Y - A2"}, "opposite sign"),
    ({"dZ1": "W2.T @ dZ2 * np.tanh(Z1)"}, "g stands where g′ belongs"),
    ({"dZ1": "W2.T @ dZ2 * (1 - np.tanh(A1)**2)"}, "at A1 instead of Z1"),
    ({"dZ1": "W2.T @ dZ2"}, "slope g′(Z1) is missing"),
    ({"db2": "np.sum(dZ2, axis=1) / m"}, "keepdims=True missing"),
    ({"dW2": "dZ2 @ A1 / m"}, "transpose"),
    ({"dW2": "dZ2 * A1.T / m"}, "@"),
    ({"dZ1": "W1.T @ dZ2 * (1 - A1**2)"}, "do not fit"),
    ({"dW1": "dZ1 @ A1.T / m"}, "dW1 should have shape (5, 3)"),
])  # fmt: skip
def test_a_wrong_line_is_named(changed, words):
    result = check_backward_propagation(backward_with(**changed))
    assert result.passed is False and words in result.message


@pytest.mark.parametrize(("function", "passed", "words"), [
    (lambda W2, dz2, z1: W2.T @ dz2 * (1 - np.tanh(z1) ** 2), True, "agrees"),
    (lambda W2, dz2, z1: W2.T @ dz2 * np.tanh(z1), False, "g stands where g′ belongs"),
    (lambda W2, dz2, z1: W2.T @ dz2, False, "slope"),
    (lambda W2, dz2, z1: W2 @ dz2 * (1 - np.tanh(z1) ** 2), False, "transpose"),
    (lambda W2, dz2, z1: None, False, "return"),
])  # fmt: skip
def test_the_hidden_gradient(function, passed, words):
    result = check_hidden_gradient(function)
    assert result.passed is passed and words in result.message
