"""Activations and their slopes: exact where they must be, finite everywhere, never a warning."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.activations import ACTIVATIONS, relu, relu_prime, sigmoid, sigmoid_prime, tanh, tanh_prime
from helpers.gradient_check import central_difference

pytestmark = pytest.mark.filterwarnings("error")
EXTREME = np.array([-1e308, -1000.0, -745.0, -40.0, -1e-300, 0.0, 1e-300, 40.0, 745.0, 1000.0, 1e308])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_finite_and_of_the_same_shape_at_extreme_values(name):
    for function in ACTIVATIONS[name]:
        assert np.isfinite(function(EXTREME)).all()
        assert function(EXTREME.reshape(1, -1)).shape == (1, EXTREME.size)
        assert np.isfinite(function(np.array([-1000, 0, 1000]))).all()  # whole numbers too


def test_exact_values():
    assert (sigmoid(0.0), sigmoid_prime(0.0)) == (0.5, 0.25)
    assert (tanh(0.0), tanh_prime(0.0)) == (0.0, 1.0)
    assert (relu(0.0), relu_prime(0.0)) == (0.0, 0.0)
    assert sigmoid(np.array([-1000.0, 1000.0])).tolist() == [0.0, 1.0]
    assert relu(np.array([-2.0, 3.0])).tolist() == [0.0, 3.0]
    assert relu_prime(np.array([-2.0, 3.0])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("z", [-700.0, -100.0, -30.0, -5.0, -0.1, 0.3, 5.0, 30.0])
def test_sigmoid_is_accurate_far_below_zero(z):
    truth = 1 / (1 + math.exp(-z)) if z > -700 else math.exp(z)
    assert math.isclose(sigmoid(z), truth, rel_tol=1e-12)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(z=st.floats(-20, 20), name=st.sampled_from(sorted(ACTIVATIONS)))
def test_slopes_agree_with_central_differences(z, name):
    g, g_prime = ACTIVATIONS[name]
    if name == "relu" and abs(z) < 1e-3:
        return  # the kink has no slope
    assert math.isclose(g_prime(z), central_difference(g, z), rel_tol=1e-6, abs_tol=1e-9)
