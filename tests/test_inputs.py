"""The door of a formula: what comes in is put into form or refused, what goes out holds no NaN."""

import inspect

import numpy as np
import pytest

from helpers import inputs, network

PARAMETERS = network.initialize_parameters(2, 3, 1, scale=1)
X, Y = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[0, 1]])
A2, CACHE = network.forward_propagation(X, PARAMETERS)
GRADS = network.backward_propagation(PARAMETERS, CACHE, X, Y)
CALLS = {
    "initialize_parameters": (2, 3, 1),
    "forward_propagation": (X, PARAMETERS),
    "compute_cost": (A2, Y),
    "backward_propagation": (PARAMETERS, CACHE, X, Y),
    "update_parameters": (PARAMETERS, GRADS, 0.1),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_formula_gives_what_its_door_gives(name):
    function, arguments = getattr(network, name), CALLS[name]
    through_the_door = function(*arguments)
    in_form = (2, (3,), 1) if name == "initialize_parameters" else arguments
    np.testing.assert_equal(function.formula(*in_form), through_the_door)
    by_name = dict(zip(inspect.signature(function).parameters, arguments, strict=False))
    np.testing.assert_equal(function(**by_name), through_the_door)


@pytest.mark.parametrize("name", CALLS)
def test_no_formula_holds_a_check(name):
    source = inspect.getsource(getattr(network, name).formula)
    body = source.partition("\ndef ")[2]
    assert "raise" not in body and "require_" not in body


def test_a_call_with_too_few_arguments_names_the_function_and_its_form():
    with pytest.raises(TypeError, match=r"forward_propagation\(X, parameters, .*missing.*'parameters'"):
        network.forward_propagation(X)


def test_lists_come_in_as_arrays():
    assert network.compute_cost([[0.5, 0.5]], [[0, 1]]) == pytest.approx(np.log(2))
    assert network.compute_cost.formula(np.array([[0.5, 0.5]]), Y) == pytest.approx(np.log(2))


def test_nan_in_a_parameter_is_named_by_what_goes_out():
    spoiled = PARAMETERS | {"b1": np.array([[0.0], [np.nan], [0.0]])}
    with pytest.raises(ValueError, match="b1 has NaN at row 1, column 0"):
        network.forward_propagation(X, spoiled)


def test_numbers_that_overflow_into_nan_are_refused():
    huge = PARAMETERS | {"W1": np.full((3, 2), 1e308), "W2": np.array([[1.0, -1.0, 1.0]])}
    with pytest.raises(ValueError, match="so large that NaN comes out"):
        with np.errstate(all="ignore"):
            network.forward_propagation(abs(X) * 1e9, huge, hidden_activation="relu")


def test_arrays_inside_dicts_and_tuples_are_found_by_name():
    found = inputs.arrays_in({"X": X, "parameters": PARAMETERS, "hidden_activation": "tanh", "pair": (Y, {})})
    assert list(found) == ["X", "W1", "b1", "W2", "b2", "0"]


@pytest.mark.parametrize("n", [True, 2.0, "3", None, 0])
def test_one_rule_for_a_whole_number(n):
    with pytest.raises(ValueError, match="epochs is a whole number from 1 up"):
        inputs.require_whole("epochs", n, 1)
    assert inputs.require_whole("epochs", np.int64(3), 1) == 3


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([[1, 2]], "it has 2. Recode"),
        ([[0.5, 0.2]], "Are these predictions"),
        ([[1, 2, 3, 4, 5, 6]], "2, 3, 4, 5, …"),
    ],
)
def test_one_text_for_labels(labels, words):
    with pytest.raises(ValueError, match=words):
        inputs.require_zeros_and_ones(np.array(labels))
