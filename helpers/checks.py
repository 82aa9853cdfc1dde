"""Checks for the exercises: each tries your function on several random inputs and says what it found."""

from dataclasses import dataclass

import numpy as np

from helpers import kept, network
from helpers.activations import sigmoid
from helpers.computation_graph import Node
from helpers.datasets import standardise
from helpers.diagnosis import (
    SIZES,
    TO_DO,
    CheckResult,
    NotAsAsked,
    block,
    compare_arrays,
    judge,
    listed,
    quietly,
    random_case,
    text,
    what_it_raised,
    wrong_kind,
)
from helpers.gradient_check import central_difference, gradient_errors, relative_error


@dataclass
class Prediction:
    """What you predicted beside what is true."""

    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        return block("#CC79A7", "", self.message)


def compare_prediction(prediction, truth):
    """Your prediction, a number or a word, beside the truth; with the dots still there, an invitation to predict."""
    if prediction is ...:
        return Prediction("No prediction yet. Type yours in place of the dots and run this cell again.")
    if isinstance(truth, str):
        same = str(prediction).strip().lower() == truth.lower()
        return Prediction(f"You predicted “{prediction}”. " + ("That is right." if same else f"It is “{truth}”."))
    try:
        guess = float(prediction)
    except (TypeError, ValueError):
        guess = np.nan
    if not np.isfinite(guess) or isinstance(prediction, bool):
        comma = " Write it with a point: 0.8." if isinstance(prediction, tuple) else ""
        return Prediction(f"A number is asked for, such as 4 or 0.5, and {prediction!r} is not one.{comma} Try again.")
    if abs(guess - truth) <= 1e-3 * max(1, abs(truth)) or _is_rounded(guess, truth):
        return Prediction(f"You predicted {text(guess)}. That is right.")
    return Prediction(f"You predicted {text(guess)}. It is {text(truth)}. Before you go on, find out why.")


def _is_rounded(guess, truth):
    """Whether guess is the truth rounded to the decimals that were typed, two digits or more: 0.33 for one third."""
    digits = repr(guess).lstrip("-0.").replace(".", "")
    decimals = len(repr(guess).partition(".")[2])
    return len(digits) >= 2 and not guess.is_integer() and round(float(truth), decimals) == guess


def check_shapes(shapes, n0, n1, n2, m):
    """Lessons 00 and 04: shapes, a dict of name: (rows, columns), against a network of these sizes."""
    layer_1, layer_2 = (n1, m), (n2, m)
    truth = {"X": (n0, m), "Y": layer_2, "W1": (n1, n0), "b1": (n1, 1), "Z1": layer_1, "A1": layer_1}
    truth |= {"W2": (n2, n1), "b2": (n2, 1), "Z2": layer_2, "A2": layer_2}
    truth |= {"d" + name: shape for name, shape in truth.items()} | {"W1 @ X": layer_1, "W2 @ A1": layer_2}
    if all(shape is ... for shape in shapes.values()):
        return CheckResult(None, TO_DO)
    wrong = [name for name, shape in shapes.items() if shape is ... or not _same_shape(shape, truth[name])]
    if not wrong:
        return CheckResult(True, f"All {len(shapes)} shapes are right.")
    right = [name for name in shapes if name not in wrong]
    return CheckResult(
        False,
        f"Right: {', '.join(right) or 'none so far'}. Look again at {', '.join(wrong)}: "
        "a row for each unit of its layer; a column for each example, or for each unit that it comes from, or one for a bias.",
    )


def check_scalar_forward(function):
    """Lesson 01: function(a, b, c) returns u = bc, v = a + u and J = 3v."""
    return _check_numbers(function, ("a", "b", "c"), ("u", "v", "J"), lambda a, b, c: (b * c, a + b * c, 3 * (a + b * c)))


def check_own_graph(function):
    """Lesson 01: function(a, b, c), given three nodes, returns the node K = (a − c)² ÷ b."""

    def value(a, b, c):
        K = function(Node(a, "a"), Node(b, "b"), Node(c, "c"))
        if K is None or isinstance(K, Node):
            return K and K.value
        raise TypeError(f"the function should return a node, made from the nodes a, b and c; it returned {K!r}")

    return _check_numbers(value, ("a", "b", "c"), ("K",), lambda a, b, c: (a - c) ** 2 / b)


def check_scalar_backward(function):
    """Lesson 02: function(a, b, c) returns the derivatives of J = 3(a + bc) by v, u, a, b and c."""

    def slopes(a, b, c):
        J = lambda a, b, c: 3 * (a + b * c)
        by_a = central_difference(lambda a: J(a, b, c), a)
        return 3, by_a, by_a, central_difference(lambda b: J(a, b, c), b), central_difference(lambda c: J(a, b, c), c)

    return _check_numbers(function, ("a", "b", "c"), ("dJ_dv", "dJ_du", "dJ_da", "dJ_db", "dJ_dc"), slopes)


def check_used_twice(function):
    """Lesson 02: function(b, c) returns the derivative of J = (b + c) × b by b."""
    return _check_numbers(function, ("b", "c"), ("dJ_db",), lambda b, c: central_difference(lambda b: (b + c) * b, b))


def check_sigmoid(function):
    """Lesson 03: sigmoid(Z) for one number and for arrays; that it stays finite far out is noted, not required."""

    def problem(sizes, rng):
        for Z in (2.0, -3.0, 0.0):
            a = np.asarray(function(Z))[()]
            known = {
                f"1/1 + e^(−{text(Z)}) is {text(1 + np.exp(-Z))}: division comes first, so put brackets round the sum.": np.float64(1 + np.exp(-Z)),
                f"For Z = {text(Z)} it gives {text(sigmoid(-Z))}, the sigmoid of −Z: is a minus missing in the exponent?": sigmoid(-Z),
            }
            found = _compare_numbers(a, ("a",), [sigmoid(Z)], f"Z = {text(Z)}")
            if found:
                return (isinstance(a, float) and _known(a, known)) or found
        Z = rng.normal(0, 3, (sizes[1], sizes[3]))
        try:
            A = function(Z.copy())
        except TypeError as error:
            return f"Single numbers came out right; an array stops it ({error}). np.exp takes whole arrays, math.exp does not."
        return compare_arrays({"A": A}, {"A": sigmoid(Z)}, sizes)

    result = _check_sizes(problem, "")
    if not result.passed:
        return result
    with np.errstate(all="ignore"):
        finite = np.isfinite(function(np.array([-1000.0, 1000.0]))).all()
    note = "" if finite else " Far out, at Z = −1000 or 1000, it is not a number any more: 1 / (1 + np.exp(-Z)) keeps to 0 and 1 there."
    return CheckResult(True, "Single numbers and arrays came out right." + note)


def check_compute_cost(function):
    """Lesson 03: compute_cost(A2, Y) against the cross-entropy of random predictions; kept if right."""
    return _judge_and_keep("compute_cost", function)


def check_forward_propagation(function):
    """Lesson 04: forward_propagation(X, parameters) returns A2 and the cache; kept if right."""
    return _judge_and_keep("forward_propagation", function)


def check_backward_propagation(function):
    """Lesson 05: backward_propagation(parameters, cache, X, Y) against nudges of every parameter; kept if right."""
    return _judge_and_keep("backward_propagation", function)


def check_update_parameters(function):
    """Lesson 07: update_parameters(parameters, grads, learning_rate), each one step further down; kept if right."""
    return _judge_and_keep("update_parameters", function)


def check_initialize_parameters(function):
    """Lesson 08: initialize_parameters(n_x, n_h, n_y), small random weights and zero biases; kept if right."""
    return _judge_and_keep("initialize_parameters", function)


def _judge_and_keep(name, function):
    forward = kept.load().forward_propagation
    result = judge(name, function, forward)
    if result.passed:
        result.message += "\n" + kept.keep(name, function, forward, result.one_output)
    return result


def check_hidden_gradient(function):
    """Lesson 05: function(W2, dz2, z1) returns dz1 for one example, against nudges of z1."""
    return judge("hidden_gradient", function)


def check_gradient_checker(function):
    """Lesson 06: function(parameters, grads, cost) returns {"dW1": relative error, …}, for right and for spoiled gradients."""

    def problem(sizes, rng):
        X, Y, parameters = random_case(sizes, rng)
        moves = [0.0]

        def cost(nudged):
            steps = np.concatenate([np.ravel(nudged[name] - parameters[name]) for name in parameters])
            moves.append(steps[np.abs(steps).argmax()])
            return network.compute_cost(network.forward_propagation(X, nudged)[0], Y)

        right = network.backward_propagation(parameters, network.forward_propagation(X, parameters)[1], X, Y)
        for what, grads in _spoiled(right).items():
            given = _copies(parameters)
            errors = function(given, _copies(grads), cost)
            if not isinstance(errors, dict):
                return wrong_kind(errors, 'a dict of relative errors: {"dW1": 1e-10, …}')
            if max(moves) < 1e-12 or min(moves) > -1e-12:
                return "Your nudges do not go both ways. Call cost with the entry plus the step and with the entry minus the step."
            if not all(np.allclose(given[name], parameters[name], rtol=0, atol=1e-12) for name in parameters):
                return "The caller's parameters changed. Nudge a copy: parameter + nudge is a new array, += changes the old one."
            if found := _compare_errors(errors, gradient_errors(parameters, grads, cost), what):
                return found
        return ""

    return _check_sizes(problem, "Right gradients pass, and every spoiled one is found")


def _spoiled(right):
    """Gradients to try a gradient checker on, right ones first, each under words that follow "For"."""
    cases = {"right gradients": right, "gradients that are twice too large": {name: 2 * grad for name, grad in right.items()}}
    cases["gradients with the opposite sign"] = {name: -grad for name, grad in right.items()}
    for name, grad in right.items():
        wrong = grad.copy()
        wrong[-1, -1] += 1
        cases[f"a {name} with a wrong last entry"] = {**right, name: wrong}
    return cases


def _compare_errors(errors, truth, what):
    for name, true in truth.items():
        error = errors.get(name)
        if not isinstance(error, (int, float, np.number)):
            came = f"an array of shape {np.shape(error)} came" if name in errors else f"its keys are {list(errors)}"
            return f"The dict should hold one number for each gradient, under {list(truth)}; {came}."
        if true < 1e-7 < abs(error):
            return f"For {what} your error of {name} is {text(error)}, it should be below 1e-7. Is every entry nudged, by 1e-5, and the difference divided by 2 × step?"
        if not (abs(error - true) < 1e-3):
            return f"For {what} your error of {name} is {text(error)}; ‖a − b‖ / (‖a‖ + ‖b‖) is {text(true)}, over all entries."
    return ""


def check_training_loop(function):
    """Lesson 07: function(X, Y, n_h, learning_rate, epochs) trains a new network and returns its parameters and costs."""

    def problem(sizes, rng):
        X, Y, _ = random_case(sizes, rng)
        n_h, learning_rate, epochs = sizes[1], 0.5, 20
        returned = function(X.copy(), Y.copy(), n_h, learning_rate, epochs)
        if not (isinstance(returned, tuple) and len(returned) == 2 and isinstance(returned[0], dict)):
            return wrong_kind(returned, "the parameters and the list of costs: return parameters, costs")
        parameters, costs = network.initialize_parameters(len(X), n_h, len(Y)), []
        for _ in range(epochs):
            A2, cache = network.forward_propagation(X, parameters)
            costs.append(network.compute_cost(A2, Y))
            grads = network.backward_propagation(parameters, cache, X, Y)
            parameters = network.update_parameters(parameters, grads, learning_rate)
        if np.shape(returned[1]) != (epochs,):
            return f"costs should be a list of {epochs} numbers, one for each epoch; it has shape {np.shape(returned[1])}."
        if np.ptp(returned[1]) == 0:
            return "The cost is the same in every epoch. Does each epoch go on from what update_parameters returned?"
        wrong = np.flatnonzero(~np.isclose(returned[1], costs, rtol=1e-5))
        if wrong.size:
            first = int(wrong[0])
            so_far = "The costs before it are right" if first else "It is the cost before the first update"
            return f"costs[{first}] should be {text(costs[first])}; it is {text(returned[1][first])}. {so_far}."
        return compare_arrays(returned[0], parameters, sizes)

    return _check_sizes(problem, "Costs and parameters came out as they should")


def check_standardise(function):
    """Lesson 09: function(X_train, X_test) returns both with the training set's mean and deviation taken out."""

    def problem(sizes, rng):
        X_train, X_test = (rng.normal(5, 3, (sizes[0], m)) for m in (sizes[3] + 2, sizes[1]))
        returned = function(X_train.copy(), X_test.copy())
        if not (isinstance(returned, tuple) and len(returned) == 2):
            return wrong_kind(returned, "both sets: return X_train, X_test")
        return compare_arrays(dict(zip(("X_train", "X_test"), returned)), dict(zip(("X_train", "X_test"), standardise(X_train, X_test))), sizes)

    return _check_sizes(problem, "Both sets came out right, and the test set stayed unseen")


def check_batches(function):
    """Lesson 09: function(m, batch_size, rng) deals the columns 0 to m − 1 out into shuffled batches."""

    def problem(sizes, rng):
        m, batch_size = 20 * sizes[1] + 3, 2 * sizes[0]
        returned = function(m, batch_size, rng)
        if not isinstance(returned, list):
            return wrong_kind(returned, "a list of arrays with column numbers")
        columns = np.concatenate([np.ravel(batch) for batch in returned]) if returned else np.array([])
        if sorted(columns.tolist()) != list(range(m)):
            return f"With m = {m} the batches hold {len(columns)} columns, {len(set(columns.tolist()))} different ones. Each of 0 to {m - 1} belongs in once."
        lengths = [len(batch) for batch in returned]
        if any(n != batch_size for n in lengths[:-1]) or lengths[-1] > batch_size:
            return f"With batch_size = {batch_size} the batches have {listed(sorted({str(n) for n in lengths}))} columns; only the last may be smaller."
        return "" if (columns != np.arange(m)).any() else "The columns come in their old order: shuffle them first, with rng.permutation(m)."

    return _check_sizes(problem, "Every column is dealt out once, in random order")


def _check_sizes(problem, praise):
    """Call problem(sizes, rng) for each of SIZES; it returns words for what is wrong, or "" where all is right."""
    rng = np.random.default_rng(3)
    for sizes in SIZES:
        try:
            found = problem(sizes, rng)
        except NotImplementedError:
            return CheckResult(None, TO_DO)
        except Exception as error:
            return CheckResult(False, what_it_raised(error))
        if found:
            return CheckResult(False, found)
    return CheckResult(True, f"{praise}, for {len(SIZES)} random networks of different sizes.")


def _known(array, known):
    """The words of the first known wrong array that array is equal to, or ""."""
    return next((words for words, wrong in known.items() if np.shape(array) == wrong.shape and np.allclose(array, wrong)), "")


def _copies(arrays):
    return {name: array.copy() for name, array in arrays.items()}


def _check_numbers(function, inputs, outputs, truth):
    """Call function on five random inputs and compare the numbers it returns with those of truth."""
    rng = np.random.default_rng(2)
    for _ in range(5):
        x = [float(value) for value in rng.integers(2, 9, len(inputs)) * rng.choice([-1, 1], len(inputs))]
        try:
            returned = function(*x)
        except NotImplementedError:
            return CheckResult(None, TO_DO)
        except Exception as error:
            return CheckResult(False, what_it_raised(error))
        at = ", ".join(f"{name} = {text(value)}" for name, value in zip(inputs, x))
        problem = _compare_numbers(returned, outputs, np.atleast_1d(truth(*x)), at)
        if problem:
            return CheckResult(False, problem)
    return CheckResult(True, f"{listed(outputs)} came out right for five random choices of {listed(inputs)}.")


def _compare_numbers(returned, outputs, expected, at):
    if returned is None:
        return "Your function returns None: is a return missing at its end?"
    if returned is ...:
        return "Your function still returns the dots."
    returned = returned if isinstance(returned, (tuple, list)) else [returned]
    if len(returned) != len(outputs):
        return f"Your function returns {len(returned)} values; {len(outputs)} are expected, in this order: {', '.join(outputs)}."
    right = []
    for name, value, true in zip(outputs, returned, expected):
        if not isinstance(value, (int, float, np.number)):
            return f"{name} should be a number; it came as {value!r}."
        if not relative_error(value, true) < 1e-6:
            so_far = f"{listed(right)} came out right. " if right else ""
            return f"{so_far}For {at} your {name} is {text(value)}, which is off by {text(abs(value - true))}."
        right.append(name)
    return ""


def _same_shape(shape, truth):
    return isinstance(shape, (tuple, list)) and tuple(shape) == truth
