"""The gradient checker finds right gradients right and wrong ones wrong."""

import numpy as np
import pytest

from helpers import network
from helpers.gradient_check import central_difference, gradient_errors, relative_error

pytestmark = pytest.mark.filterwarnings("error")


def test_central_difference_of_a_number_and_of_an_array():
    assert central_difference(lambda x: x**3, 2) == pytest.approx(12, rel=1e-8)
    assert isinstance(central_difference(lambda x: x**3, 2.0), float)
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    slope = central_difference(lambda x: (x**2).sum(), x)
    np.testing.assert_allclose(slope, 2 * x, rtol=1e-8)
    assert x[0, 0] == 1.0  # the caller's array is left as it was
    np.testing.assert_allclose(central_difference(lambda x: (x**2).sum(), [1, 2]), [2, 4], rtol=1e-8)


def test_the_error_falls_with_the_square_of_the_step():
    errors = [abs(central_difference(np.exp, 1.0, step) - np.e) for step in (1e-2, 1e-3)]
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.01)


def test_relative_error():
    a = np.array([3.0, 4.0])
    assert relative_error(a, a) == 0 == relative_error(np.zeros(3), np.zeros(3))
    assert relative_error(a, -a) == 1 == relative_error(a, np.zeros(2))
    assert relative_error(a, 2 * a) == pytest.approx(1 / 3)
    for bad in (np.nan, np.inf):  # a NaN must never look like agreement
        assert not relative_error(np.array([bad, 1.0]), a) < 1
        assert not relative_error(a, np.array([bad, 1.0])) < 1
    with pytest.raises(ValueError, match=r"\(2,\) and \(2, 1\)"):
        relative_error(a, a.reshape(2, 1))


def example():
    rng = np.random.default_rng(3)
    parameters = network.initialize_parameters(3, 4, 2, seed=2, scale=1)
    X, Y = rng.standard_normal((3, 6)), rng.integers(0, 2, (2, 6))
    A2, cache = network.forward_propagation(X, parameters)
    grads = network.backward_propagation(parameters, cache, X, Y)
    return parameters, grads, lambda p: network.compute_cost(network.forward_propagation(X, p)[0], Y)


def test_gradient_errors_names_the_one_wrong_gradient():
    parameters, grads, cost = example()
    errors = gradient_errors(parameters, grads, cost)
    assert list(errors) == ["dW1", "db1", "dW2", "db2"] and max(errors.values()) < 1e-7
    wrong = gradient_errors(parameters, {**grads, "dW1": grads["dW1"] * 6}, cost)
    assert wrong["dW1"] == pytest.approx(5 / 7, rel=1e-6)
    assert max(wrong[name] for name in ("db1", "dW2", "db2")) < 1e-7


def test_gradient_errors_refuses_what_does_not_fit():
    parameters, grads, cost = example()
    with pytest.raises(ValueError, match="one shape"):
        gradient_errors(parameters, {**grads, "db1": grads["db1"].ravel()}, cost)
    with pytest.raises(ValueError, match="no gradient of b2"):
        gradient_errors(parameters, {name: grads[name] for name in ("dW1", "db1", "dW2")}, cost)
