"""The five functions: gradients and cost against independent ones, clear errors for bad input."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.gradient_check import central_difference, relative_error
from helpers.network import (
    accuracy,
    backward_propagation,
    compute_cost,
    forward_propagation,
    initialize_parameters,
    predict,
    update_parameters,
)

pytestmark = pytest.mark.filterwarnings("error")
SOFTPLUS = (lambda Z: np.logaddexp(0, Z), lambda Z: 1 / (1 + np.exp(-Z)))  # an activation of one's own
ACTIVATIONS = {"tanh": "tanh", "sigmoid": "sigmoid", "relu": "relu", "own pair": SOFTPLUS}


def example(n0=2, n1=4, n2=1, m=5, seed=1, scale=1.0):
    rng = np.random.default_rng(seed)
    parameters = initialize_parameters(n0, n1, n2, seed=seed, scale=scale)
    parameters |= {"b1": rng.standard_normal((n1, 1)), "b2": rng.standard_normal((n2, 1))}
    return rng.standard_normal((n0, m)), rng.integers(0, 2, (n2, m)), parameters


def cost_from_Z2(Z2, Y):
    """−log A2 where Y is 1 and −log(1 − A2) where it is 0, without A2: exact near 1, too."""
    return np.logaddexp(0, (1 - 2 * Y) * Z2).sum() / Y.shape[1]


def gradients_and_slopes(X, Y, parameters, hidden):
    _, cache = forward_propagation(X, parameters, hidden_activation=hidden)
    grads = backward_propagation(parameters, cache, X, Y, hidden_activation=hidden)
    slopes = {}
    for name in parameters:

        def cost(value, name=name):
            _, cache = forward_propagation(X, {**parameters, name: value}, hidden_activation=hidden)
            return cost_from_Z2(cache["Z2"], Y)

        slopes["d" + name] = central_difference(cost, parameters[name])
    return grads, slopes, cache


def joined(grads):
    return np.concatenate([grads[name].ravel() for name in ("dW1", "db1", "dW2", "db2")])


@pytest.mark.parametrize("hidden", ACTIVATIONS.values(), ids=ACTIVATIONS)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    n0=st.integers(1, 5),
    n1=st.integers(1, 6),
    n2=st.integers(1, 4),
    m=st.integers(1, 12),
    seed=st.integers(0, 10**6),
)
def test_gradients_agree_with_central_differences(hidden, n0, n1, n2, m, seed):
    X, Y, parameters = example(n0, n1, n2, m, seed)
    grads, slopes, cache = gradients_and_slopes(X, Y, parameters, hidden)
    if hidden == "relu" and abs(cache["Z1"]).min() < 1e-3:
        return  # too near to the kink, which has no slope
    assert all(grads["d" + name].shape == parameters[name].shape for name in parameters)
    assert relative_error(joined(grads), joined(slopes)) <= 1e-7


def test_enough_relu_examples_are_away_from_the_kink():
    counted = 0
    for seed in range(40):
        X, Y, parameters = example(3, 4, 2, 6, seed)
        grads, slopes, cache = gradients_and_slopes(X, Y, parameters, "relu")
        if abs(cache["Z1"]).min() >= 1e-3:
            counted += 1
            assert relative_error(joined(grads), joined(slopes)) <= 1e-7
    assert counted >= 20


def test_a_planted_bug_is_seen_by_this_comparison():
    X, Y, parameters = example()
    slope_for_value = (np.tanh, np.tanh)  # g in place of g'
    grads, slopes, _ = gradients_and_slopes(X, Y, parameters, slope_for_value)
    assert relative_error(grads["dW1"], slopes["dW1"]) > 0.1
    assert relative_error(grads["dW2"], slopes["dW2"]) < 1e-7


def test_initial_parameters():
    parameters = initialize_parameters(3, 400, 2, seed=4)
    assert {name: p.shape for name, p in parameters.items()} == {
        "W1": (400, 3),
        "b1": (400, 1),
        "W2": (2, 400),
        "b2": (2, 1),
    }
    assert not parameters["b1"].any() and not parameters["b2"].any()
    assert parameters["W1"].std() == pytest.approx(0.01, rel=0.1)
    again, other = initialize_parameters(3, 400, 2, seed=4), initialize_parameters(3, 400, 2, seed=5)
    assert (parameters["W1"] == again["W1"]).all() and (parameters["W1"] != other["W1"]).all()
    np.testing.assert_array_equal(
        initialize_parameters(3, 400, 2, seed=4, scale=1)["W1"] * 0.01, parameters["W1"]
    )


def test_forward_propagation_one_example_at_a_time_is_the_same():
    X, _, parameters = example(3, 4, 2, 7)
    A2, cache = forward_propagation(X, parameters)
    for i in range(7):
        z1 = parameters["W1"] @ X[:, i] + parameters["b1"][:, 0]
        z2 = parameters["W2"] @ np.tanh(z1) + parameters["b2"][:, 0]
        np.testing.assert_allclose(cache["Z1"][:, i], z1, rtol=1e-14)
        np.testing.assert_allclose(A2[:, i], 1 / (1 + np.exp(-z2)), rtol=1e-13)
    assert cache["A2"] is A2 and {name: a.shape for name, a in cache.items()} == {
        "Z1": (4, 7),
        "A1": (4, 7),
        "Z2": (2, 7),
        "A2": (2, 7),
    }


@settings(max_examples=60, deadline=None, derandomize=True)
@given(Z2=st.lists(st.floats(-12, 12), min_size=1, max_size=8), n2=st.integers(1, 3), seed=st.integers(0, 99))
def test_cost_agrees_with_one_computed_from_Z2(Z2, n2, seed):
    Z2 = np.tile(Z2, (n2, 1))
    Y = np.random.default_rng(seed).integers(0, 2, Z2.shape)
    cost = compute_cost(1 / (1 + np.exp(-Z2)), Y)
    assert isinstance(cost, float) and math.isclose(cost, cost_from_Z2(Z2, Y), rel_tol=1e-9, abs_tol=1e-12)


def test_cost_is_finite_where_predictions_are_exactly_0_and_1():
    Y = np.array([[1, 0, 1, 0]])
    wrong = compute_cost(np.array([[0.0, 1.0, 0.0, 1.0]]), Y)
    assert 30 < wrong < 1000
    assert 0 <= compute_cost(np.array([[1.0, 0.0, 1.0, 0.0]]), Y) < 1e-15
    assert compute_cost(np.full((1, 4), 0.5), Y) == pytest.approx(math.log(2))


@pytest.mark.parametrize("z", [-1000.0, 1000.0])
def test_a_saturated_network_stays_finite(z):
    X, Y, parameters = example()
    parameters = {**parameters, "b2": np.array([[z]])}
    A2, cache = forward_propagation(X * 1000, parameters)
    grads = backward_propagation(parameters, cache, X * 1000, Y)
    assert math.isfinite(compute_cost(A2, Y))
    assert all(np.isfinite(g).all() for g in grads.values())


def test_update_goes_downhill_and_leaves_its_input_alone():
    X, Y, parameters = example(m=50)
    before = {name: p.copy() for name, p in parameters.items()}
    A2, cache = forward_propagation(X, parameters)
    grads = backward_propagation(parameters, cache, X, Y)
    updated = update_parameters(parameters, grads, 0.1)
    for name in parameters:
        np.testing.assert_array_equal(parameters[name], before[name])
        np.testing.assert_array_equal(updated[name], before[name] - 0.1 * grads["d" + name])
    assert compute_cost(forward_propagation(X, updated)[0], Y) < compute_cost(A2, Y)


def test_predictions():
    X, _, parameters = example(m=40)
    A2, _ = forward_propagation(X, parameters)
    np.testing.assert_array_equal(predict(X, parameters), (A2 > 0.5) * 1)
    half = {**parameters, "W2": np.zeros((1, 4)), "b2": np.zeros((1, 1))}
    assert not predict(X, half).any()  # exactly 0.5 counts as class 0
    X, _, parameters = example(3, 4, 10, 40)
    A2, _ = forward_propagation(X, parameters)
    one_hot = predict(X, parameters)
    assert one_hot.shape == (10, 40) and (one_hot.sum(axis=0) == 1).all()
    np.testing.assert_array_equal(one_hot.argmax(axis=0), A2.argmax(axis=0))
    assert accuracy(A2, one_hot) == 1.0
    assert accuracy(np.array([[0.9, 0.2, 0.7, 0.1]]), np.array([[1, 0, 0, 0]])) == 0.75


def test_other_forms_of_the_same_numbers_give_the_same():
    X, Y, parameters = example(3, 4, 2, 6)
    A2, cache = forward_propagation(X, parameters)
    grads = backward_propagation(parameters, cache, X, Y)
    lists = {name: a.tolist() for name, a in cache.items()}
    assert (forward_propagation(X.tolist(), parameters)[0] == A2).all()
    assert compute_cost(A2.tolist(), Y.tolist()) == compute_cost(A2, Y) == compute_cost(A2, Y.astype(bool))
    for same in (
        backward_propagation(parameters, lists, X.tolist(), Y.tolist()),
        backward_propagation(parameters, cache, X, Y.astype(np.uint8)),
        backward_propagation(parameters, cache, X, Y.astype(float)),
    ):
        assert all((same[name] == grads[name]).all() for name in grads)
    updated = update_parameters(parameters, {name: g.tolist() for name, g in grads.items()}, np.float64(0.5))
    assert (updated["W1"] == parameters["W1"] - 0.5 * grads["dW1"]).all()
    single, _ = forward_propagation(X.astype(np.float32), parameters)
    np.testing.assert_allclose(single, A2, rtol=1e-5)
    assert forward_propagation(X[:, :1], parameters)[0].shape == (2, 1)


X, Y, PARAMETERS = example(2, 4, 1, 5)
A2, CACHE = forward_propagation(X, PARAMETERS)
GRADS = backward_propagation(PARAMETERS, CACHE, X, Y)


def but(original, **changed):
    return {**original, **changed}


def without(original, name):
    return {key: value for key, value in original.items() if key != name}


def with_nan(array):
    array = np.array(array, dtype=float)
    array[0, 1] = np.nan
    return array


BAD_X = {
    "transposed": (X.T, r"X has shape \(5, 2\); examples are columns.*X\.T\?"),
    "other rows": (np.ones((3, 5)), r"X has shape \(3, 5\).*W1 expects 2 rows"),
    "1-D": (np.ones(2), r"X has shape \(2,\).*columns"),
    "3-D": (np.ones((2, 5, 1)), r"X has shape \(2, 5, 1\)"),
    "no example": (np.ones((2, 0)), "no example in it"),
    "NaN": (with_nan(X), "X has NaN at row 0, column 1.*missing values"),
    "strings": (X.astype(str), "X holds numbers; it came with entries of type <U"),
    "objects": (np.array([[None] * 5] * 2), "X holds numbers.*object"),
    "complex": (X.astype(complex), "X holds numbers.*complex"),
    "ragged": ([[1, 2], [3]], "X has rows of different lengths"),
    "None": (None, "X holds numbers"),
}
BAD_Y = {
    "transposed": (Y.T, r"Y has shape \(5, 1\).*Y\.T\?"),
    "1-D": (Y[0], r"Y has shape \(5,\).*Y\.reshape\(1, 5\)"),
    "other examples": (np.ones((1, 4)), r"Y has shape \(1, 4\).*same examples"),
    "labels 1 and 2": (Y + 1, r"each 0 or 1; it has .*2.*Recode"),
    "labels -1 and 1": (2 * Y - 1, r"each 0 or 1; it has -1"),
    "NaN": (with_nan(Y), "each 0 or 1; it has .*nan"),
    "words": (np.where(Y == 1, "yes", "no"), "Y holds numbers.*type <U"),
    "objects": (Y.astype(object), "Y holds numbers.*object"),
    "empty": (np.ones((1, 0)), r"Y has shape \(1, 0\)"),
}
BAD_PARAMETERS = {
    "none": (None, "parameters is a dict.*NoneType"),
    "tuple": ((1, 2), "parameters is a dict.*tuple"),
    "empty": ({}, "it has nothing, not 'W1', 'b1', 'W2', 'b2'"),
    "missing b2": (without(PARAMETERS, "b2"), "not 'b2'.*initialize_parameters"),
    "list": (
        but(PARAMETERS, W1=PARAMETERS["W1"].tolist()),
        r"W1 is an array; it came as list. Try np.array\(W1\)",
    ),
    "1-D bias": (
        but(PARAMETERS, b1=np.zeros(4)),
        r"b1 is an array .* rows and columns; it came with shape \(4,\)",
    ),
    "W2 transposed": (
        but(PARAMETERS, W2=np.ones((4, 1))),
        r"with W1 \(4, 2\) and W2 \(4, 1\).*should be \(4, 4\)",
    ),
    "b1 transposed": (
        but(PARAMETERS, b1=np.zeros((1, 4))),
        r"b1 has shape \(1, 4\).*should be \(4, 1\).*transposed",
    ),
    "b2 of another size": (
        but(PARAMETERS, b2=np.zeros((2, 1))),
        r"b2 has shape \(2, 1\).*should be \(1, 1\)",
    ),
    "no units": (but(PARAMETERS, W1=np.zeros((0, 2))), r"W1 is .* shape \(0, 2\)"),
    "strings": (but(PARAMETERS, W1=PARAMETERS["W1"].astype(str)), "W1 is an array of numbers.*type <U"),
    "complex": (but(PARAMETERS, W2=PARAMETERS["W2"] + 0j), "W2 is an array of numbers.*complex"),
}
NAN_PARAMETERS = but(PARAMETERS, W1=with_nan(PARAMETERS["W1"]))


@pytest.mark.parametrize(("bad", "message"), BAD_X.values(), ids=BAD_X)
@pytest.mark.parametrize(
    "call",
    [
        lambda X: forward_propagation(X, PARAMETERS),
        lambda X: predict(X, PARAMETERS),
        lambda X: backward_propagation(PARAMETERS, CACHE, X, Y),
    ],
    ids=["forward", "predict", "backward"],
)
def test_bad_X(call, bad, message):
    with pytest.raises(ValueError, match=message):
        call(bad)


@pytest.mark.parametrize(("bad", "message"), BAD_Y.values(), ids=BAD_Y)
@pytest.mark.parametrize(
    "call",
    [
        lambda Y: compute_cost(A2, Y),
        lambda Y: backward_propagation(PARAMETERS, CACHE, X, Y),
    ],
    ids=["cost", "backward"],
)
def test_bad_Y(call, bad, message):
    with pytest.raises(ValueError, match=message):
        call(bad)


@pytest.mark.parametrize(("bad", "message"), BAD_PARAMETERS.values(), ids=BAD_PARAMETERS)
@pytest.mark.parametrize(
    "call",
    [
        lambda p: forward_propagation(X, p),
        lambda p: predict(X, p),
        lambda p: backward_propagation(p, CACHE, X, Y),
        lambda p: update_parameters(p, GRADS, 0.1),
    ],
    ids=["forward", "predict", "backward", "update"],
)
def test_bad_parameters(call, bad, message):
    with pytest.raises(ValueError, match=message):
        call(bad)


OTHER = {
    "parameters with NaN": (lambda: forward_propagation(X, NAN_PARAMETERS), "W1 has NaN at row 0, column 1"),
    "A2 above 1": (lambda: compute_cost(A2 + 1, Y), "from 0 to 1; it has entries from 1"),
    "A2 below 0": (lambda: compute_cost(A2 - 1, Y), "from 0 to 1"),
    "A2 with NaN": (lambda: compute_cost(with_nan(A2), Y), "from 0 to 1; it has entries from nan"),
    "A2 1-D": (lambda: compute_cost(A2[0], Y[0]), r"A2 has shape \(5,\); it needs rows and columns"),
    "A2 a number": (lambda: compute_cost(0.5, 1), r"A2 has shape \(\)"),
    "A2 strings": (lambda: compute_cost(A2.astype(str), Y), "A2 holds numbers"),
    "A2 complex": (lambda: compute_cost(A2 + 0j, Y), "A2 holds numbers.*complex"),
    "A2 and Y empty": (lambda: compute_cost(np.ones((1, 0)), np.ones((1, 0))), "no example"),
    "cache of other examples": (
        lambda: backward_propagation(PARAMETERS, forward_propagation(X[:, :3], PARAMETERS)[1], X, Y),
        r"Z1 in the cache has shape \(4, 3\); expected \(4, 5\)",
    ),
    "cache without A1": (lambda: backward_propagation(PARAMETERS, without(CACHE, "A1"), X, Y), "no 'A1'"),
    "cache None": (lambda: backward_propagation(PARAMETERS, None, X, Y), "cache is a dict .*NoneType"),
    "cache and A2 swapped": (
        lambda: backward_propagation(PARAMETERS, A2, X, Y),
        "cache is a dict .*ndarray",
    ),
    "cache with NaN": (
        lambda: backward_propagation(PARAMETERS, but(CACHE, A1=with_nan(CACHE["A1"])), X, Y),
        "A1 has NaN at row 0",
    ),
    "activation unknown": (
        lambda: forward_propagation(X, PARAMETERS, hidden_activation="swish"),
        "'tanh'.*'swish'",
    ),
    "activation None": (lambda: forward_propagation(X, PARAMETERS, hidden_activation=None), "'tanh'.*None"),
    "activation alone": (
        lambda: backward_propagation(PARAMETERS, CACHE, X, Y, hidden_activation=np.tanh),
        r"pair of functions \(g, g_prime\)",
    ),
    "grads empty": (lambda: update_parameters(PARAMETERS, {}, 0.1), "grads has nothing, but no 'dW1'"),
    "grads None": (lambda: update_parameters(PARAMETERS, None, 0.1), "grads is a dict.*NoneType"),
    "dW1 transposed": (
        lambda: update_parameters(PARAMETERS, but(GRADS, dW1=GRADS["dW1"].T), 0.1),
        r"dW1 has shape \(2, 4\).*transpose",
    ),
    "db1 without keepdims": (
        lambda: update_parameters(PARAMETERS, but(GRADS, db1=GRADS["db1"][:, 0]), 0.1),
        "db1.*keepdims=True",
    ),
    "dW1 with NaN": (
        lambda: update_parameters(PARAMETERS, but(GRADS, dW1=with_nan(GRADS["dW1"])), 0.1),
        "dW1 has NaN",
    ),
    "dW1 of strings": (
        lambda: update_parameters(PARAMETERS, but(GRADS, dW1=GRADS["dW1"].astype(str)), 0.1),
        "dW1 holds numbers",
    ),
    "dW1 None": (lambda: update_parameters(PARAMETERS, but(GRADS, dW1=None), 0.1), "dW1 holds numbers"),
}


@pytest.mark.parametrize(("call", "message"), OTHER.values(), ids=OTHER)
def test_other_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("bad", [0, -1, 2.5, True, "4", None, np.nan, [], [4.0], np.array([4])], ids=repr)
@pytest.mark.parametrize("position", [0, 1, 2])
def test_bad_sizes(bad, position):
    sizes = [2, 4, 1]
    sizes[position] = bad
    with pytest.raises(ValueError, match=f"{('n_x', 'n_h', 'n_y')[position]} is a whole number from 1 up"):
        initialize_parameters(*sizes)


@pytest.mark.parametrize(
    "bad", [0, -0.1, np.nan, np.inf, "0.1", None, True, 1j, [0.1], np.array([0.1])], ids=repr
)
def test_bad_learning_rate(bad):
    with pytest.raises(ValueError, match="learning_rate is a number above 0; it came as"):
        update_parameters(PARAMETERS, GRADS, bad)


@pytest.mark.parametrize("bad", [-1, 1.5, "1", None, True], ids=repr)
def test_bad_seed(bad):
    with pytest.raises(ValueError, match="seed is a whole number from 0 up"):
        initialize_parameters(2, 4, 1, seed=bad)


@pytest.mark.parametrize("bad", [-0.1, np.nan, np.inf, "a", True, np.ones(2)], ids=repr)
def test_bad_scale(bad):
    with pytest.raises(ValueError, match="scale is a number from 0 up"):
        initialize_parameters(2, 4, 1, scale=bad)


def test_numpy_numbers_are_numbers():
    assert initialize_parameters(np.int64(2), np.int32(4), 1, seed=np.int64(1))["W1"].shape == (4, 2)
    assert not initialize_parameters(2, 4, 1, scale=0)["W1"].any()


def test_infinite_parameters_are_an_error_not_a_nan():
    overflown = but(PARAMETERS, b1=np.full((4, 1), 20.0), W2=np.array([[np.inf, -np.inf, 1.0, 1.0]]))
    with np.errstate(invalid="ignore"), pytest.raises(ValueError, match="so large.*Standardise X"):
        forward_propagation(X, overflown)


def test_a_pair_in_place_of_A2_and_labels_in_the_wrong_place_are_named():
    """Both are slips that learners make in their own loop: A2 = forward(...), and compute_cost(Y, A2)."""
    parameters = initialize_parameters(2, 3, 1)
    X, Y = np.ones((2, 4)), np.array([[0, 1, 0, 1]])
    pair = forward_propagation(X, parameters)
    with pytest.raises(ValueError, match="returns two things: A2, cache = …"):
        compute_cost(pair, Y)
    with pytest.raises(ValueError, match="Are these predictions\\? A2 comes first, then Y"):
        compute_cost(Y, pair[0])
