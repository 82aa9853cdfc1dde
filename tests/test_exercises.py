"""The checks of the exercises beside the network's functions say what is wrong, and survive everything."""

import linecache
import math

import numpy as np
import pytest

from helpers import checks, network
from helpers.activations import sigmoid, sigmoid_prime
from helpers.checks import check_gradient_checker, compare_answers, compare_prediction
from helpers.computation_graph import Node
from helpers.feedback.messages import CheckResult
from helpers.gradient_check import gradient_errors, relative_error


def loop(X, Y, n_h, learning_rate, epochs, variant):
    """A training loop with one of the mistakes that learners make."""
    parameters, costs = (
        network.initialize_parameters(len(X), 4 if variant == "n_h fixed" else n_h, len(Y)),
        [],
    )
    for _ in range(100 if variant == "epochs fixed" else epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        new = network.update_parameters(parameters, grads, 1.2 if variant == "rate fixed" else learning_rate)
        parameters = parameters if variant == "thrown away" else new
        if variant == "after":
            costs[-1] = network.compute_cost(network.forward_propagation(X, parameters)[0], Y)
        if variant == "early return":
            break
    return {"turned": (costs, parameters), "last": (parameters, costs[-1])}.get(variant, (parameters, costs))


def shuffled(m, size, rng, last=1):
    order = rng.permutation(m)
    return [order[start : start + size] for start in range(0, m - size * (1 - last), size)]


def standardised(X, train, axis=1, keepdims=True):
    return (X - train.mean(axis=axis, keepdims=keepdims)) / train.std(axis=axis, keepdims=keepdims)


def variant(name):
    return lambda *given: loop(*given, name)


@pytest.mark.parametrize(("check", "function", "words"), [
    (checks.check_scalar_forward, lambda a, b, c: (b + c, a + b + c, 3 * (a + b + c)), "u: that is a sum."),
    (checks.check_scalar_forward, lambda a, b, c: 3 * (a + b * c), "a float; 3 values are expected"),
    (checks.check_scalar_forward, lambda a, b, c: (3 * (a + b * c), a + b * c, b * c), "their order is not"),
    (checks.check_scalar_forward, lambda a, b, c: (6, 11, 33), "the same for every a, b and c"),
    (checks.check_scalar_forward, lambda a, b, c: (b * c, a + b * c, c), "off by"),
    (checks.check_own_graph, lambda a, b, c: (a - c) / b, "nothing is squared"),
    (checks.check_own_graph, lambda a, b, c: (a - c) ** 2 * b, "b multiplies"),
    (checks.check_own_graph, lambda a, b, c: 27, "should return a node"),
    (checks.check_own_graph, lambda a, b, c: Node((a.value - c.value) ** 2 / b.value), "remembers nothing"),
    (checks.check_sigmoid, lambda Z: Node(Z), "came as a node of the graph. The arguments of this fu"),
    (checks.check_scalar_backward,
     lambda a, b, c: (3, 1, 1, c, b), "dJ_du and dJ_da: that is the local derivative"),
    (checks.check_scalar_backward,
     lambda a, b, c: (3, 3, 3, 3 * b, 3 * c), "dJ_db and dJ_dc: that is the factor itself"),
    (checks.check_scalar_backward, lambda a, b, c: (3, 3, 3, 6, 9), "the same for every a, b and c"),
    (checks.check_scalar_backward,
     lambda a, b, c: (3, 3, 3, 3 * c, 5), "Right: dJ_dv, dJ_du, dJ_da and dJ_db"),
    (checks.check_scalar_backward,
     lambda a, b, c: (3, 3, 3, 3 + c, 3 + b), "dJ_db and dJ_dc: the two links are added"),
    (checks.check_used_twice, lambda b, c: b + c, "one path"),
    (checks.check_used_twice, lambda b, c: (b + c) * b, "J itself"),
    (checks.check_used_twice, lambda b, c: 2 * b, "c is missing"),
    (checks.check_sigmoid, lambda Z: 1 / 1 + np.exp(-Z), "division comes first"),
    (checks.check_sigmoid, lambda Z: 1 / (1 + np.exp(Z)), "exponent has the wrong sign"),
    (checks.check_sigmoid, lambda Z: 1 / (1 + math.exp(-Z)), "The functions of math take single numbers"),
    (checks.check_sigmoid, np.tanh, "that is tanh"),
    (checks.check_training_loop, variant("n_h fixed"), "before any update"),
    (checks.check_training_loop, variant("thrown away"), "same in every epoch"),
    (checks.check_training_loop, variant("rate fixed"), "What goes into update_parameters?"),
    (checks.check_training_loop, variant("after"), "one epoch too early"),
    (checks.check_training_loop, variant("early return"), "it has 1. Does the return stand inside"),
    (checks.check_training_loop, variant("epochs fixed"), "Is the number of epochs fixed?"),
    (checks.check_training_loop, variant("turned"), "The costs come first"),
    (checks.check_training_loop, variant("last"), "one for each epoch"),
    (checks.check_standardise, lambda train, test: (standardised(train, train), standardised(test, test)),
     "X_test: examples of the test set went into the mean"),
    (checks.check_standardise,
     lambda train, test: (standardised(train, train, 0), standardised(test, test, 0)),
     "X_train and X_test: averaged over the wrong axis"),
    (checks.check_standardise,
     lambda train, test: (standardised(train, train, 1, False), test), "two shapes do not fit"),
    (checks.check_standardise, lambda train, test: train, "both sets"),
    (checks.check_batches,
     lambda m, size, rng: [np.arange(m)[k : k + size] for k in range(0, m, size)], "old order"),
    (checks.check_batches, lambda m, size, rng: shuffled(m, size, rng, last=0), "never come up: 1."),
    (checks.check_batches,
     lambda m, size, rng: shuffled(m, size, np.random.default_rng(1)), "same every time"),
    (checks.check_batches,
     lambda m, size, rng: [rng.integers(0, m, size) for _ in range(0, m, size)], "more than once"),
    (checks.check_batches,
     lambda m, size, rng: [1 + batch for batch in shuffled(m, size, rng)], "counting start"),
    (checks.check_batches, lambda m, size, rng: [rng.permutation(m)], "Which of them may be smaller?"),
    (checks.check_batches, lambda m, size, rng: rng.permutation(m), "It returned an array."),
])  # fmt: skip
def test_a_small_exercise_done_wrongly(check, function, words):
    result = check(function)
    assert result.passed is False and words in result.message, result.message


ALL_CHECKS = [name for name in dir(checks) if name.startswith("check_") and name != "check_shapes"]


@pytest.mark.parametrize("name", ALL_CHECKS)
@pytest.mark.parametrize("returned", [
    None, ..., 0, True, "x", (1, 2), [], {}, [None], (None, {}), ({}, ["x"]), np.array(["a"]),
    np.zeros(3), ([1, 2], [3]),
    [[0, "a"]], dict.fromkeys(("dW1", "db1", "dW2", "db2"), "x"),
], ids=str)  # fmt: skip
def test_any_check_takes_anything(name, returned):
    result = getattr(checks, name)(lambda *given: returned)
    assert isinstance(result, CheckResult) and result.passed is False and "NotAsAsked" not in result.message


SHAPES = {"X": (3, 200), "W1": (5, 3), "b1": (5, 1), "A1": (5, 200), "W2": (1, 5), "dW2": (1, 5)}


@pytest.mark.parametrize(("changed", "words"), [
    ({"W1": (3, 5)}, "W1: rows and columns are exchanged"),
    ({"b1": (5, 200)}, "whatever the number of examples"),
    ({"A1": (5, 1), "X": ...}, "Look again at X and A1."),
    ({"b1": 5}, "Look again at b1."),
    ({"Q": (1, 1)}, "The names should stay"),
])  # fmt: skip
def test_wrong_shapes(changed, words):
    result = checks.check_shapes(SHAPES | changed, n0=3, n1=5, n2=1, m=200)
    assert result.passed is False and words in result.message


# Lesson 06: a gradient checker is taken by what it finds


def checker(slope=None, error=relative_error, places=np.ndindex):
    """Return a gradient checker with one of its parts exchanged."""
    slope = slope or (lambda J, step: (J(step) - J(-step)) / (2 * step))

    def gradient_checker(parameters, grads, cost):
        errors = {}
        for name, parameter in parameters.items():
            slopes = np.zeros(parameter.shape)
            for k in places(parameter.shape):
                nudge = np.zeros(parameter.shape)
                nudge[k] = 1
                slopes[k] = slope(lambda h: cost({**parameters, name: parameter + h * nudge}), 1e-5)  # noqa: B023
            errors["d" + name] = error(grads["d" + name], slopes)
        return errors

    return gradient_checker


def in_place(parameters, grads, cost, put_back=1):
    """Nudge the caller's arrays themselves; with put_back=0 they stay nudged."""
    errors = {}
    for name, parameter in parameters.items():
        slopes = np.zeros(parameter.shape)
        for k in np.ndindex(parameter.shape):
            parameter[k] += 1e-5
            up = cost(parameters)
            parameter[k] -= 2e-5
            slopes[k] = (up - cost(parameters)) / 2e-5
            parameter[k] += put_back * 1e-5
        errors["d" + name] = relative_error(grads["d" + name], slopes)
    return errors


@pytest.mark.parametrize("right", [checker(), gradient_errors, in_place])
def test_a_right_checker_passes(right):
    assert check_gradient_checker(right).passed is True


def copies_the_dict_only(parameters, grads, cost):
    errors = {}
    for name in parameters:
        slope = np.zeros_like(parameters[name])
        for k in np.ndindex(slope.shape):
            up, down = parameters.copy(), parameters.copy()
            up[name][k] += 1e-5
            J_up = cost(up)
            down[name][k] -= 1e-5
            slope[k] = (J_up - cost(down)) / 2e-5
        errors["d" + name] = relative_error(slope, grads["d" + name])
    return errors


@pytest.mark.parametrize(("wrong", "words"), [
    (checker(slope=lambda J, step: (J(step) - J(0)) / step), "both ways"),
    (checker(slope=lambda J, step: (J(1e-8) - J(0)) / 1e-8), "both ways"),
    (checker(slope=lambda J, step: (J(step) - J(-step)) / step), "How far apart"),
    (checker(slope=lambda J, step: (J(1e-12) - J(-1e-12)) / 2e-12), "by how much"),
    (checker(places=lambda shape: [(row, 0) for row in range(shape[0])]), "every entry"),
    (checker(error=lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(b)), "one of the two lengths"),
    (checker(error=lambda a, b: np.abs(a - b).max()), "not relative yet"),
    (checker(error=lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(a + b)), "sum of two lengths"),
    (checker(error=lambda a, b: np.abs(a - b)), "should be one number"),
    (lambda parameters, grads, cost: dict.fromkeys(grads, 0.0), "never calls cost"),
    (lambda *given: in_place(*given, put_back=0), "How do you nudge a copy"),
    (lambda *given: copies_the_dict_only(*given), "A copy of a dict still holds the old arrays"),
    (checker(slope=lambda J, step: (J(step) - J(-step)) / 2 * step), "where are the brackets"),
    (checker(slope=lambda J, step: (J(-step) - J(step)) / (2 * step)), "Which comes first"),
    (lambda *given: None, "return"),
])  # fmt: skip
def test_a_wrong_checker_is_told_what_is_wrong(wrong, words):
    result = check_gradient_checker(wrong)
    assert result.passed is False and words in result.message


@pytest.mark.parametrize("returned", [{}, {1: 0.5}])
def test_a_checker_without_the_errors_is_told_their_names(returned):
    result = check_gradient_checker(lambda *given: gradient_errors(*given) and returned)
    assert "Look for dW1, db1, dW2 and db2" in result.message


def test_the_training_loop_of_the_course_is_right():
    def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
        rng = np.random.default_rng(3)
        parameters = {"W1": rng.standard_normal((n_h, len(X))) * 0.01, "b1": np.zeros((n_h, 1))}
        parameters |= {"W2": rng.standard_normal((len(Y), n_h)) * 0.01, "b2": np.zeros((len(Y), 1))}
        for _ in range(num_iterations):
            A2, cache = network.forward_propagation(X, parameters)
            assert A2.shape == (1, X.shape[1])
            grads = network.backward_propagation(parameters, cache, X, Y)
            parameters = network.update_parameters(parameters, grads, 1.2)
        return parameters

    assert checks.check_training_loop(nn_model).passed is True


def test_a_loop_that_returns_its_first_parameters_alone_is_not_right():
    def train(X, Y, n_h, learning_rate, epochs):
        return network.initialize_parameters(len(X), n_h, len(Y))

    def nn_model(X, Y, n_h, num_iterations=10000):
        return network.initialize_parameters(len(X), n_h, len(Y))

    assert checks.check_training_loop(train).passed is False
    assert checks.check_training_loop(nn_model).passed is False


# The harder exercises, and the questions from earlier lessons


def squared(w1, w2, b, x1, x2, y, slope=lambda a: a * (1 - a), sign=1):
    a = 1 / (1 + math.exp(-(w1 * x1 + w2 * x2 + b)))
    dz = sign * (a - y) * slope(a)
    return x1 * dz, x2 * dz, dz


def weighted(W, b, X, Y, s, share=1, weigh=True):
    dZ = (s if weigh else 1) * (sigmoid(W @ X + b) - Y)
    m = {1: X.shape[1], 0: 1, -1: s.sum()}[share]
    return dZ @ X.T / m, np.sum(dZ) / m


def two_hidden(X, p, g=np.tanh, last=sigmoid):
    A2 = g(p["W2"] @ np.tanh(p["W1"] @ X + p["b1"]) + p["b2"])
    return last(p["W3"] @ A2 + p["b3"])


def squares(W1, W2, x, y, slope=lambda z: 2 * z, last=lambda z: z):
    z1 = W1 @ x
    dz2 = last(W2 @ z1**2) - y
    return W2.T @ dz2 * slope(z1) @ x.T, dz2 @ (z1**2).T


def shortcut(p, cache, X, Y, slope=np.cos, m=None):
    m, dZ2 = m or X.shape[1], cache["A2"] - Y
    return p["W2"].T @ dZ2 * slope(cache["Z1"]) @ X.T / m, dZ2 @ X.T / m


def slope_along(p, grads, cost, direction, step, product=lambda g, d: np.sum(g * d), one_way=False):
    def at(share):
        return cost({name: p[name] + share * direction[name] for name in p})

    nudged = (at(step) - at(0)) / step if one_way else (at(step) - at(-step)) / (2 * step)
    return nudged, sum(product(grads["d" + name], direction[name]) for name in p)


def momentum_step(p, grads, velocity, rate, keep=0.9, share=1, by="velocity", sign=1):
    new = {name: keep * velocity[name] + share * grads[name] for name in grads}
    step = {"velocity": new, "gradient": grads, "old": velocity}[by]
    return {name: p[name] - sign * rate * step["d" + name] for name in p}, new


def deep_start(n_x, n_1, n_2, n_y, scale=lambda n, units: n**-0.5, bias=0.0, mean=0.0):
    rng, sizes, p = np.random.default_rng(1), (n_x, n_1, n_2, n_y), {}
    for layer in (1, 2, 3):
        n, units = sizes[layer - 1 : layer + 1]
        p[f"W{layer}"] = (rng.standard_normal((units, n)) + mean) * scale(n, units)
        p[f"b{layer}"] = np.zeros((units, 1)) + bias
    return p


def penalised(grads, p, l1, l2, one=np.sign, square=lambda w: w, names="W", join=np.add):
    new = dict(grads)
    for name in [name for name in p if name[0] in names]:
        new["d" + name] = join(grads["d" + name], l1 * one(p[name]) + l2 * square(p[name]))
    return new


HARDER = {
    checks.check_penalised_gradients: penalised,
    checks.check_slope_along: slope_along,
    checks.check_momentum_step: momentum_step,
    checks.check_deep_start: deep_start,
    checks.check_squared_neuron: squared,
    checks.check_weighted_gradients: weighted,
    checks.check_two_hidden_layers: two_hidden,
    checks.check_squares_back: squares,
    checks.check_shortcut_back: shortcut,
}


@pytest.mark.parametrize("check", HARDER, ids=lambda check: check.__name__)
def test_a_harder_exercise_done_right(check):
    assert check(HARDER[check]).passed is True


@pytest.mark.parametrize(("check", "wrong", "words"), [
    (checks.check_squared_neuron, {"slope": lambda a: 1}, "dw1, dw2 and db: the slope of the unit"),
    (checks.check_squared_neuron, {"sign": -1}, "the sign is turned round"),
    (checks.check_squared_neuron, {"slope": sigmoid_prime}, "the slope is taken of a"),
    (checks.check_weighted_gradients, {"weigh": False}, "weights s of the examples are left out"),
    (checks.check_weighted_gradients, {"share": 0}, "dW and db: too large by the factor m"),
    (checks.check_weighted_gradients, {"share": -1}, "dW and db: divided by the sum of the weights s"),
    (checks.check_two_hidden_layers, {"g": sigmoid}, "layer 2 has the sigmoid"),
    (checks.check_two_hidden_layers, {"g": lambda Z: Z}, "layer 2 has no activation"),
    (checks.check_two_hidden_layers, {"last": lambda Z: Z}, "that is Z3"),
    (checks.check_squares_back, {"slope": lambda z: 1}, "Right: dW2.\ndW1: the slope of the unit"),
    (checks.check_squares_back, {"slope": lambda z: z**2}, "the unit's answer z1² stands"),
    (checks.check_squares_back, {"last": sigmoid}, "dz2 takes the sigmoid"),
    (checks.check_shortcut_back, {"slope": np.sin}, "Right: dV.\ndW1: sin stands where its slope is meant"),
    (checks.check_shortcut_back, {"slope": lambda Z: 1 - np.sin(Z) ** 2}, "the slope is that of tanh"),
    (checks.check_shortcut_back, {"m": 1}, "too large by the factor m"),
    (checks.check_slope_along, {"one_way": True}, "Right: computed.\nnudged: nudged one way only"),
    (checks.check_slope_along, {"product": lambda g, d: np.sum(g)}, "computed: the gradients alone"),
    (checks.check_slope_along, {"product": lambda g, d: np.sum(abs(g * d))}, "without its sign"),
    (checks.check_momentum_step, {"keep": 0}, "velocity: that is the gradient"),
    (checks.check_momentum_step, {"keep": 1}, "kept as a whole"),
    (checks.check_momentum_step, {"share": 0.1}, "a tenth of the gradient"),
    (checks.check_momentum_step, {"by": "gradient"}, "parameters: moved by the gradient alone"),
    (checks.check_momentum_step, {"by": "old"}, "moved by the old velocity"),
    (checks.check_momentum_step, {"sign": -1}, "that is uphill"),
    (checks.check_momentum_step, {"keep": 0.5}, "dW1 "),
    (checks.check_deep_start, {"scale": lambda n, units: units**-0.5}, "W1: divided by the root of"),
    (checks.check_deep_start, {"scale": lambda n, units: 1 / n}, "Where is the root?"),
    (checks.check_deep_start, {"scale": lambda n, units: 0.01}, "times 0.01, as before"),
    (checks.check_deep_start, {"scale": lambda n, units: 0.5}, "W1: the spread is not 1/√n"),
    (checks.check_deep_start, {"bias": 0.1}, "b1: not zero"),
    (checks.check_deep_start, {"mean": 1.0}, "W1: the mean is not 0"),
    (checks.check_penalised_gradients, {"one": np.ones_like}, "dW1 and dW2: the slope of |w| is 1 every"),
    (checks.check_penalised_gradients, {"one": np.abs}, "dW1 and dW2: |w| itself"),
    (checks.check_penalised_gradients, {"one": lambda w: w}, "dW1 and dW2: w stands where the slope of |w|"),
    (checks.check_penalised_gradients, {"one": np.zeros_like}, "the penalty with l1 is left out"),
    (checks.check_penalised_gradients, {"square": np.zeros_like}, "the penalty with l2 is left out"),
    (checks.check_penalised_gradients, {"square": lambda w: 2 * w}, "l2 is twice what it should be"),
    (checks.check_penalised_gradients, {"square": lambda w: w / 2}, "l2 is half of what it should be"),
    (checks.check_penalised_gradients, {"square": lambda w: w**2 / 2}, "the square itself stands"),
    (checks.check_penalised_gradients, {"join": np.subtract}, "the slope of the penalty is subtracted"),
    (checks.check_penalised_gradients, {"join": lambda g, s: s}, "dW1 and dW2: that is the slope of"),
    (checks.check_penalised_gradients, {"names": "Wb"}, "db1 and db2: they are penalised as well"),
    (checks.check_penalised_gradients, {"names": "W", "square": np.tanh}, "dW1 is not right yet"),
])  # fmt: skip
def test_a_harder_exercise_done_wrongly(check, wrong, words):
    result = check(lambda *given: HARDER[check](*given, **wrong))
    assert result.passed is False and all(line in result.message for line in words.split("\n")), (
        result.message
    )


def test_a_step_with_momentum_leaves_what_it_was_given():
    def in_place(p, grads, velocity, rate):
        new = momentum_step(p, grads, velocity, rate)
        for name, array in velocity.items():
            array[:] = new[1][name]
        return new

    result = checks.check_momentum_step(in_place)
    assert result.passed is False and "it changes velocity" in result.message


def test_penalised_gradients_with_two_mistakes_in_place_or_turned_round():
    def both(grads, p, l1, l2):
        return penalised(grads, p, l1, l2, names="Wb", join=np.subtract)

    def in_place(grads, p, l1, l2):
        for name in ("W1", "W2"):
            grads["d" + name] += l1 * np.sign(p[name]) + l2 * p[name]
        return grads

    found = checks.check_penalised_gradients(both)
    assert found.mistakes == ("penalty-subtracted", "biases-penalised"), found.message
    assert "it changes grads" in checks.check_penalised_gradients(in_place).message
    turned = checks.check_penalised_gradients(lambda grads, p, l1, l2: penalised(grads, p, l2, l1))
    assert turned.mistakes == ("penalties-exchanged",)
    alone = checks.check_penalised_gradients(lambda grads, p, l1, l2: {"dW1": grads["dW1"]})
    assert "look for dW2" in alone.message or "look for db1" in alone.message


def test_a_deep_start_of_fixed_sizes_or_twins_is_told():
    fixed = checks.check_deep_start(lambda *sizes: deep_start(60, 150, 40, 90))
    assert "W1 should have shape (30, 25) for n_x = 25" in fixed.message
    twins = {"scale": lambda n, units: np.zeros((units, n))}
    assert "twins" in checks.check_deep_start(lambda *sizes: deep_start(*sizes, **twins)).message


LESSON = """
a, s, W1, h = Node(5, "a"), Node(6, "s"), np.ones((3, 2)), 0.1
A, dZ = np.ones((1, 3)), np.ones((1, 3))


def answers_at(b):
    return A[0, 0] + b
"""

AS_PASTED = [  # the name of the check, the function, the line that is quoted, what is said
    ("squared_neuron", """
def squared_neuron(w1, w2, b, x1, x2, y):
    dz = (a - y) * a * (1 - a)
    return dz * x1, dz * x2, dz
""", 2, "`a` is not made in your function; the notebook’s was used."),
    ("used_twice", """
def slope_by_b(b, c):
    return s.gradient
""", 2, "`s` is not made in your function"),
    ("weighted_gradients", """
def weighted_gradients(W, b, X, Y, s):
    dW = s * dZ @ X.T / X.shape[1]
    return dW, np.sum(s * dZ) / X.shape[1]
""", 2, "Make `dZ` inside the function"),
    ("two_hidden_layers", """
def two_hidden_layers(X, parameters):
    A1 = np.tanh(W1 @ X + parameters["b1"])
    return W3 @ A1
""", 2, "Take `W1` and `W3` from `parameters`."),
    ("compute_cost", """
def compute_cost(A2, Y):
    losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return np.sum(losses) / Y.shape[1]
""", 2, "Is the argument `A2` meant?"),
    ("weighted_gradients", """
def weighted_gradients(W, b, X, Y, s):
    dZ = s * (answers_at(b) - Y)
    return dZ @ X.T / X.shape[1], np.sum(dZ) / X.shape[1]
""", 7, "Made for the notebook’s own variables: `answers_at`. How is it done with what your"),
    ("compute_cost", """
def compute_cost(A2, Y):
    losses = -np.log([A2[0, 0], 1 - A2[0, 1], A2[0, 2]])
    return losses.mean()
""", 2, "Line 2 takes single entries of `A2` by their numbers."),
    ("update_parameters", """
def update_parameters(parameters, grads, learning_rate):
    b1 = b1 - learning_rate * db1
    return {**parameters, "b1": b1}
""", 2, "Used before it is made: `b1`, first in line 2. Is it in `parameters`?"),
    ("slope_along", """
def slope_along(parameters, grads, cost, direction, step):
    up = {name: parameters[name] + h * direction[name] for name in parameters}
    down = {name: parameters[name] - step * direction[name] for name in parameters}
    nudged = cost(up) - cost(down) / (2 * step)
    return nudged, sum(np.sum(grads["d" + name] * direction[name]) for name in parameters)
""", 4, "From the notebook, first in line 2: `h`. Is that meant?"),
    ("squared_neuron", """
def squared_neuron(w1, w2, b, x1, x2, y):
    a = 1 / (1 + np.exp(-(w1 * x1 + w2 * x2 + b)))
    dz = (a - y) * a * 1 - a
    return dz * x1, dz * x2, dz
""", 3, "What belongs together in `(a - y) * a * 1 - a`"),
    ("training_loop", """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])
""", 2, "network has initialize_parameters: is network. missing in front?"),
    ("initialize_parameters", """
def initialize_parameters(n_x, n_h, n_y):
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    return {name: np.zeros(shape) for name, shape in shapes.items()}
""", 3, "W1 and W2: all zeros."),
    ("momentum_step", """
def momentum_step(parameters, grads, velocity, learning_rate):
    while True:
        learning_rate = learning_rate / 2
""", 3, "did not return within 1.2 seconds"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source", "line", "words"), AS_PASTED)
def test_what_a_new_user_writes_first(name, source, line, words, monkeypatch, tmp_path):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    cell = "<a lesson's cell>"
    linecache.cache[cell] = (len(source), None, source.strip("\n").splitlines(True), cell)
    space = {"np": np, "Node": Node, "network": network}
    linecache.cache["<the lesson>"] = (len(LESSON), None, LESSON.splitlines(True), "<the lesson>")
    exec(compile(LESSON, "<the lesson>", "exec"), space)
    before = {*space}
    exec(compile(source.strip("\n"), cell, "exec"), space)
    (function,) = (space[made] for made in space.keys() - before)
    result = getattr(checks, f"check_{name}")(function)
    assert result.passed is False and words in result.message, result.message
    assert result.line[0] in (line, line - 1 if name == "momentum_step" else line)


def test_batches_in_lists_of_their_own_and_beyond_the_end():
    nested = checks.check_batches(lambda m, size, rng: [[[k]] for k in range(m)])
    assert "Does each list stand in another one?" in nested.message
    beyond = checks.check_batches(
        lambda m, size, rng: [np.arange(k, k + size) for k in range(0, m, size)],
    )
    assert "Where does the last batch end?" in beyond.message


def test_a_velocity_under_the_names_of_parameters_hears_which_names_it_has():
    result = checks.check_momentum_step(lambda p, grads, velocity, rate: (p, p))
    assert "look for dW1, db1, dW2 and db2: it has W1, b1, W2 and b2" in result.message


def test_right_gradients_in_the_wrong_order_or_in_a_dict():
    turned = checks.check_squares_back(lambda *given: squares(*given)[::-1])
    assert turned.message.startswith(
        "The numbers are right and their order is not. It should be dW1, dW2.\nSee line"
    )
    as_dict = checks.check_squares_back(
        lambda *given: dict(zip(("dW1", "dW2"), squares(*given), strict=True))
    )
    assert as_dict.passed


def test_a_guess_is_answered_kindly():
    assert "find out why" in compare_prediction(0.7, 0.47).message
    message = compare_prediction(0.7, 0.47, guess=True).message
    assert message == "You predicted 0.7. It is 0.47."
    assert compare_prediction(0.47, 0.47, guess=True).message == "You predicted 0.47. That is right."


TRUTHS = {
    1: (6, "lesson 01", "b = 2, c = 3: what is bc?"),
    2: ("u", "lesson 02", "Which node stays?"),
    3: ((4, 3), "lesson 06", "dW1 of 3 inputs and 4 units: its shape?"),
}
LATER = {1: (0.5, "lesson 03", "sigmoid(0)?"), 2: (2, "lesson 04", "1 + 1?")}
OPEN, COMES_BACK = {1: ..., 2: ...}, "It comes back in the next lesson."


@pytest.fixture
def nothing_missed(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    return tmp_path / "my_questions.json"


@pytest.mark.parametrize(("answers", "words"), [
    ({1: ..., 2: ..., 3: ...}, "No answers yet."),
    ({1: 6, 2: " U ", 3: (4, 3)}, "1. 6: right.\n2. “ U ”: right.\n3. (4, 3): right."),
    ({1: 5, 2: ..., 3: (3, 4)}, f"1. You wrote 5. It is 6; see lesson 01. {COMES_BACK}"),
    ({1: 5, 2: ..., 3: (3, 4)}, "2. Left out. It was in lesson 02."),
    ({1: 5, 2: ..., 3: (3, 4)}, "3. You wrote (3, 4). It is (4, 3); see lesson 06."),
    ({1: "six", 2: "u", 3: 4}, "1. A number is asked for"),
    ({1: 6}, "Only the dots are yours"),
    (..., "Only the dots are yours"),
])  # fmt: skip
def test_answers_to_questions_from_earlier_lessons(answers, words, nothing_missed):
    assert words in compare_answers(answers, TRUTHS).message


def test_a_missed_question_comes_back_in_the_next_lesson_until_it_is_answered(nothing_missed):
    compare_answers({1: 5, 2: ..., 3: (3, 4)}, TRUTHS)
    assert "back again" not in compare_answers({1: 6, 2: ..., 3: (4, 3)}, TRUTHS).message
    opened = compare_answers(OPEN, LATER).message.splitlines()
    assert opened == [
        "No answers yet. Type yours in place of the dots, or go on.",
        "Missed before, and back again:",
        "3. b = 2, c = 3: what is bc?",
        "4. dW1 of 3 inputs and 4 units: its shape?",
        "To answer, write 3: ..., 4: ... behind the others.",
    ]
    for _ in range(2):  # run again, the numbers stay
        said = compare_answers({**OPEN, 3: 6, 4: (3, 4)}, LATER).message
        assert "3. 6: right." in said and "4. You wrote (3, 4). It is (4, 3); see lesson 06." in said
    third = compare_answers({1: ...}, {1: (7, "lesson 05", "3 + 4?")}).message
    assert "2. dW1 of 3 inputs" in third and "what is bc" not in third
    compare_answers({1: ..., 2: (4, 3)}, {1: (7, "lesson 05", "3 + 4?")})
    assert compare_answers(OPEN, LATER).message.count("\n") == 3  # there it stands as answered still
    assert compare_answers({1: ...}, {1: (8, "lesson 05", "4 + 4?")}).message.count("\n") == 0


def test_where_nothing_is_known_or_can_be_kept_nothing_is_promised(nothing_missed, monkeypatch, tmp_path):
    assert compare_answers(OPEN, LATER).message.count("\n") == 0 and not nothing_missed.exists()
    without_its_line = {key: entry[:2] for key, entry in TRUTHS.items()}
    assert COMES_BACK not in compare_answers({1: 5, 2: "v", 3: 4}, without_its_line).message
    assert "4. No question has this number now." in compare_answers({1: 6, 2: 2, 3: 3, 4: 4}, TRUTHS).message
    nothing_missed.write_text("[{")
    assert compare_answers(OPEN, LATER).message.count("\n") == 0
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "no such folder" / "my_network.py"))
    said = compare_answers({1: 5, 2: ..., 3: ...}, TRUTHS).message
    assert "It is 6; see lesson 01." in said and COMES_BACK not in said
