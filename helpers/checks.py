"""Checks for the exercises: each tries your function on several random inputs and says what it found."""

import html
import traceback
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.activations import sigmoid
from helpers.computation_graph import Node
from helpers.datasets import standardise
from helpers.gradient_check import central_difference, gradient_errors, relative_error

COLOURS = {True: "#009E73", False: "#D55E00", None: "#0072B2"}
WORDS = {True: "Correct.", False: "Not yet.", None: "Not attempted yet."}
SIZES = ((3, 5, 2, 7), (2, 4, 1, 6), (4, 3, 1, 1))  # n_x, n_h, n_y, m: all different, and one with a single example
TO_DO = "Write your lines in the cell above, run it, then run this cell again. You can also read on."


@dataclass
class CheckResult:
    """What a check found: passed is True, False, or None for not attempted; message says the rest."""

    passed: bool | None
    message: str

    def __repr__(self):
        return f"{WORDS[self.passed]} {self.message}"

    def _repr_html_(self):
        return _block(COLOURS[self.passed], WORDS[self.passed], self.message)


@dataclass
class Prediction:
    """What you predicted beside what is true."""

    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        return _block("#CC79A7", "", self.message)


def compare_prediction(prediction, truth):
    """Your prediction, a number or a word, beside the truth; with the dots still there, an invitation to predict."""
    if prediction is ...:
        return Prediction("No prediction yet. Type yours in place of the dots and run this cell again.")
    if isinstance(truth, str):
        same = str(prediction).strip().lower() == truth.lower()
        return Prediction(f"You predicted “{prediction}”. " + ("That is right." if same else f"It is “{truth}”."))
    try:
        difference = abs(float(prediction) - truth)
    except (TypeError, ValueError):
        return Prediction(f"A number is asked for, such as 4 or 0.5, and {prediction!r} is not one. Try again.")
    if difference <= 1e-3 * max(1, abs(truth)):
        return Prediction(f"You predicted {_text(prediction)}. That is right.")
    return Prediction(f"You predicted {_text(prediction)}. It is {_text(truth)}. Before you go on, find out why.")


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
                f"1/1 + e^(−{_text(Z)}) is {_text(1 + np.exp(-Z))}: division comes first, so put brackets round the sum.": np.float64(1 + np.exp(-Z)),
                f"For Z = {_text(Z)} it gives {_text(sigmoid(-Z))}, the sigmoid of −Z: is a minus missing in the exponent?": sigmoid(-Z),
            }
            found = _compare_numbers(a, ("a",), [sigmoid(Z)], f"Z = {_text(Z)}")
            if found:
                return (isinstance(a, float) and _known(a, known)) or found
        Z = rng.normal(0, 3, (sizes[1], sizes[3]))
        try:
            A = function(Z.copy())
        except TypeError as error:
            return f"Single numbers came out right; an array stops it ({error}). np.exp takes whole arrays, math.exp does not."
        return _compare_arrays({"A": A}, {"A": sigmoid(Z)}, sizes)

    result = _check_sizes(problem, "")
    if not result.passed:
        return result
    with np.errstate(all="ignore"):
        finite = np.isfinite(function(np.array([-1000.0, 1000.0]))).all()
    note = "" if finite else " Far out, at Z = −1000 or 1000, it is not a number any more: 1 / (1 + np.exp(-Z)) keeps to 0 and 1 there."
    return CheckResult(True, "Single numbers and arrays came out right." + note)


def check_compute_cost(function):
    """Lesson 03: compute_cost(A2, Y) against the reference on random predictions of several sizes."""

    def problem(sizes, rng):
        n2, m = sizes[2:]
        Y = rng.integers(0, 2, (n2, m))
        A2 = rng.uniform(0.05, 0.95, Y.shape)
        truth = np.float64(network.compute_cost(A2, Y))
        with np.errstate(all="ignore"):
            J = function(A2.copy(), Y.copy())
        if isinstance(J, np.ndarray) and J.ndim:
            return (
                f"J should be one number; for A2 of shape {A2.shape} it has shape {J.shape}. "
                "Multiply entry by entry, with *, and add up all the losses with np.sum."
            )
        if isinstance(J, float) and not np.isfinite(J):
            return f"J is {J}: the logarithm of 0 was taken. Y holds zeros; log goes with A2 and with 1 − A2."
        yes, no = np.sum(Y * np.log(A2)), np.sum((1 - Y) * np.log(1 - A2))
        known = {
            "The size of J is right, its sign is not: is the minus missing?": -truth,
            f"J is m = {m} times too large: is the 1/m missing?": m * truth,
            f"With {n2} rows, J is {n2} times too small: divide by m = {m}, the number of columns, not of entries.": truth / n2,
            f"J was divided by {n2}, the number of rows: m is the number of columns, Y.shape[1].": m * truth / n2,
            "The minus reaches the first term only: put brackets round the sum of both terms.": (no - yes) / m,
            "The minus and the 1/m reach the first term only: put brackets round the sum of both terms.": no - yes / m,
            "Only the examples with y = 1 count: the second term is missing.": -yes / m,
        }
        found = _compare_numbers(J, ("J",), [truth], f"{m} random examples")
        return (found and isinstance(J, float) and _known(J, known)) or found

    return _check_sizes(problem, "The cost came out right")


def check_forward_propagation(function):
    """Lesson 04: forward_propagation(X, parameters) returns A2 and the cache, on random networks of several sizes."""

    def problem(sizes, rng):
        X, _, parameters = _random_case(sizes, rng)
        returned = function(X.copy(), _copies(parameters))
        if not (isinstance(returned, tuple) and len(returned) == 2 and isinstance(returned[1], dict)):
            return _wrong_kind(returned, 'A2 and the cache, a dict: return A2, {"Z1": Z1, …}')
        _, truth = network.forward_propagation(X, parameters)
        found = _compare_arrays({**returned[1], "The returned A2": returned[0]}, {**truth, "The returned A2": truth["A2"]}, sizes)
        return (found and _known_result(returned[1], truth, X, parameters)) or found

    return _check_sizes(problem, "Z1, A1, Z2 and A2 came out right")


def check_hidden_gradient(function):
    """Lesson 05: function(W2, dz2, z1) returns dz1 for one example, against nudges of z1."""

    def problem(sizes, rng):
        _, n1, n2, _ = sizes
        W2, dz2, z1 = rng.standard_normal((n2, n1)), rng.standard_normal((n2, 1)), rng.standard_normal((n1, 1))
        returned = function(W2.copy(), dz2.copy(), z1.copy())
        if not isinstance(returned, np.ndarray):
            return _wrong_kind(returned, "the array dz1")
        truth = central_difference(lambda z1: np.sum(dz2 * (W2 @ np.tanh(z1))), z1)
        known = {
            "dz1 is W2ᵀ dz2 ⊙ g(z1): g stands where g′ belongs.": W2.T @ dz2 * np.tanh(z1),
            "dz1 is W2ᵀ dz2 so far: the slope g′(z1) is missing.": W2.T @ dz2,
            "The slope is 1 − tanh²(z1); you have 1 − z1². Is np.tanh missing?": W2.T @ dz2 * (1 - z1**2),
        }
        return _known(returned, known) or _compare_arrays({"dz1": returned}, {"dz1": truth}, sizes)

    return _check_sizes(problem, "dz1 agrees with nudges")


def check_backward_propagation(function):
    """Lesson 05: backward_propagation(parameters, cache, X, Y) against nudges of every parameter."""

    def problem(sizes, rng):
        X, Y, parameters = _random_case(sizes, rng)
        _, cache = network.forward_propagation(X, parameters)
        grads = function(_copies(parameters), _copies(cache), X.copy(), Y.copy())
        if not isinstance(grads, dict):
            return _wrong_kind(grads, 'the gradients as a dict: return {"dW1": dW1, …}')
        truth = {"d" + name: _nudged(parameters, name, X, Y) for name in ("W2", "b2", "W1", "b1")}
        found = _compare_arrays(grads, truth, sizes)
        return (found and _known_gradient(grads, truth, parameters, cache, X, Y)) or found

    return _check_sizes(problem, "All four gradients agree with nudges")


def check_gradient_checker(function):
    """Lesson 06: function(parameters, grads, cost) returns {"dW1": relative error, …}, for right and for spoiled gradients."""

    def problem(sizes, rng):
        X, Y, parameters = _random_case(sizes, rng)
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
                return _wrong_kind(errors, 'a dict of relative errors: {"dW1": 1e-10, …}')
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
            return f"For {what} your error of {name} is {_text(error)}, it should be below 1e-7. Is every entry nudged, by 1e-5, and the difference divided by 2 × step?"
        if not (abs(error - true) < 1e-3):
            return f"For {what} your error of {name} is {_text(error)}; ‖a − b‖ / (‖a‖ + ‖b‖) is {_text(true)}, over all entries."
    return ""


def check_update_parameters(function):
    """Lesson 07: update_parameters(parameters, grads, learning_rate) returns each parameter one step further down."""

    def problem(sizes, rng):
        _, _, parameters = _random_case(sizes, rng)
        grads = {"d" + name: rng.standard_normal(parameter.shape) for name, parameter in parameters.items()}
        given = _copies(parameters)
        updated = function(given, _copies(grads), 0.3)
        if not isinstance(updated, dict):
            return _wrong_kind(updated, 'the parameters as a dict: return {"W1": W1, …}')
        changed = [name for name in parameters if not np.array_equal(given[name], parameters[name])]
        if changed:
            return f"{_listed(changed)} of the caller changed. Make new arrays, W1 = W1 − …; -= changes the old ones."
        for name, p in parameters.items():
            step = grads["d" + name]
            known = {f"{name} walks uphill: the rule subtracts, it does not add.": p + 0.3 * step}
            known[f"{name} takes the whole gradient as its step: learning_rate is missing."] = p - step
            known[f"{name} is the step alone: subtract it from the old {name}."] = 0.3 * step
            known[f"{name} did not move."] = p
            if found := _known(updated.get(name), known):
                return found
        return _compare_arrays(updated, network.update_parameters(parameters, grads, 0.3), sizes)

    return _check_sizes(problem, "All four parameters take the right step")


def check_training_loop(function):
    """Lesson 07: function(X, Y, n_h, learning_rate, epochs) trains a new network and returns its parameters and costs."""

    def problem(sizes, rng):
        X, Y, _ = _random_case(sizes, rng)
        n_h, learning_rate, epochs = sizes[1], 0.5, 20
        returned = function(X.copy(), Y.copy(), n_h, learning_rate, epochs)
        if not (isinstance(returned, tuple) and len(returned) == 2 and isinstance(returned[0], dict)):
            return _wrong_kind(returned, "the parameters and the list of costs: return parameters, costs")
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
            return f"costs[{first}] should be {_text(costs[first])}; it is {_text(returned[1][first])}. {so_far}."
        return _compare_arrays(returned[0], parameters, sizes)

    return _check_sizes(problem, "Costs and parameters came out as they should")


def check_initialize_parameters(function):
    """Lesson 08: initialize_parameters(n_x, n_h, n_y) returns small random weights and zero biases."""

    def problem(sizes, rng):
        n_x, n_h, n_y = sizes[0], 10 * sizes[1], sizes[2]  # many units, so that the spread can be judged
        parameters = function(n_x, n_h, n_y)
        if not isinstance(parameters, dict):
            return _wrong_kind(parameters, 'the parameters as a dict: return {"W1": W1, …}')
        shapes = network.initialize_parameters(n_x, n_h, n_y)
        biases = {name: np.zeros(shapes[name].shape) for name in ("b1", "b2")}
        weights = {name: parameters.get(name) for name in ("W1", "W2")}
        unlike = [name for name in weights if np.shape(weights[name]) != shapes[name].shape]
        if unlike:
            return f"{unlike[0]} should have shape {shapes[unlike[0]].shape}; it has {np.shape(weights[unlike[0]])}."
        if len(np.unique(weights["W1"], axis=0)) < n_h:
            return "Two rows of W1 are the same, so two hidden units start as twins and stay twins. Are the weights random?"
        spread = [name for name in weights if not 1e-4 < np.std(weights[name]) < 0.5]
        if spread:
            return f"The weights in {spread[0]} spread by {np.std(weights[spread[0]]):.2g}. Random numbers × 0.01 spread by 0.01."
        for name in weights:
            if np.min(weights[name]) >= 0:
                return f"No weight in {name} is negative. Standard normal random numbers have both signs."
        for name, zeros in biases.items():
            if name in parameters and np.shape(parameters[name]) != zeros.shape:
                return f"{name} should have shape {zeros.shape}; it has {np.shape(parameters[name])}."
            if np.any(parameters.get(name, 0)):
                return f"{name} should be all zeros: np.zeros."
        return _compare_arrays(parameters, biases, (n_x, n_h, n_y))

    return _check_sizes(problem, "Shapes, spread and biases are right")


def check_standardise(function):
    """Lesson 09: function(X_train, X_test) returns both with the training set's mean and deviation taken out."""

    def problem(sizes, rng):
        X_train, X_test = (rng.normal(5, 3, (sizes[0], m)) for m in (sizes[3] + 2, sizes[1]))
        returned = function(X_train.copy(), X_test.copy())
        if not (isinstance(returned, tuple) and len(returned) == 2):
            return _wrong_kind(returned, "both sets: return X_train, X_test")
        return _compare_arrays(dict(zip(("X_train", "X_test"), returned)), dict(zip(("X_train", "X_test"), standardise(X_train, X_test))), sizes)

    return _check_sizes(problem, "Both sets came out right, and the test set stayed unseen")


def check_batches(function):
    """Lesson 09: function(m, batch_size, rng) deals the columns 0 to m − 1 out into shuffled batches."""

    def problem(sizes, rng):
        m, batch_size = 20 * sizes[1] + 3, 2 * sizes[0]
        returned = function(m, batch_size, rng)
        if not isinstance(returned, list):
            return _wrong_kind(returned, "a list of arrays with column numbers")
        columns = np.concatenate([np.ravel(batch) for batch in returned]) if returned else np.array([])
        if sorted(columns.tolist()) != list(range(m)):
            return f"With m = {m} the batches hold {len(columns)} columns, {len(set(columns.tolist()))} different ones. Each of 0 to {m - 1} belongs in once."
        lengths = [len(batch) for batch in returned]
        if any(n != batch_size for n in lengths[:-1]) or lengths[-1] > batch_size:
            return f"With batch_size = {batch_size} the batches have {_listed(sorted({str(n) for n in lengths}))} columns; only the last may be smaller."
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
            return CheckResult(False, _what_it_raised(error))
        if found:
            return CheckResult(False, found)
    return CheckResult(True, f"{praise}, for {len(SIZES)} random networks of different sizes.")


def _random_case(sizes, rng):
    n_x, n_h, n_y, m = sizes
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    return rng.standard_normal((n_x, m)), rng.integers(0, 2, (n_y, m)), parameters


def _nudged(parameters, name, X, Y):
    """The gradient of the reference cost by one parameter, from central differences."""

    def cost(value):
        A2, _ = network.forward_propagation(X, {**parameters, name: value})
        return network.compute_cost(A2, Y)

    return central_difference(cost, parameters[name])


def _compare_arrays(arrays, truth, sizes):
    """Words for the first array that is missing, of the wrong shape or wrong; "" where all agree with truth."""
    right = []
    for name, true in truth.items():
        so_far = f"{_listed(right)} came out right. " if right else ""
        if name not in arrays:
            return f"{so_far}{name} is missing in what your function returns."
        array = np.asarray(arrays[name])
        if array.shape != true.shape:
            hint = " Is keepdims=True missing?" if array.shape == true.shape[:1] else ""
            at = ", ".join(f"{name} = {n}" for name, n in zip(("n0", "n1", "n2", "m"), sizes))
            return f"{so_far}{name} should have shape {true.shape} here, with {at}; it has {array.shape}.{hint}"
        if array.dtype.kind not in "fiub" or not np.isfinite(array).all():
            return f"{so_far}{name} should hold finite numbers; it has other entries too."
        if not np.allclose(array, true, rtol=1e-5, atol=1e-7):
            row, column = (int(k) for k in np.unravel_index(np.abs(array - true).argmax(), true.shape))
            return f"{so_far}{name} is not right yet: entry [{row}, {column}] is off by {_text(np.abs(array - true).max())}."
        right.append(name)
    return ""


def _known(array, known):
    """The words of the first known wrong array that array is equal to, or ""."""
    return next((words for words, wrong in known.items() if np.shape(array) == wrong.shape and np.allclose(array, wrong)), "")


def _known_result(cache, truth, X, parameters):
    """Words for a mistake that is often made on the way forward, or ""."""
    Z1, A1, Z2 = truth["Z1"], truth["A1"], truth["Z2"]
    W2, b2 = parameters["W2"], parameters["b2"]
    known = {
        "Z1": {"Z1 is W1 @ X so far: the bias b1 is missing.": parameters["W1"] @ X},
        "A1": {"A1 is sigmoid(Z1): the hidden layer takes np.tanh.": sigmoid(Z1), "A1 is Z1 so far: np.tanh is missing.": Z1},
        "Z2": {"Z2 is made from Z1: the second layer takes A1.": W2 @ Z1 + b2, "Z2 is W2 @ A1 so far: the bias b2 is missing.": W2 @ A1},
        "A2": {"A2 is tanh(Z2): the output takes the sigmoid.": np.tanh(Z2), "A2 is Z2 so far: the sigmoid is missing.": Z2},
    }
    return next(filter(None, (_known(cache.get(name), words) for name, words in known.items())), "")


def _known_gradient(grads, truth, parameters, cache, X, Y):
    """Words for a mistake that is often made in the first wrong gradient, or ""."""
    m = X.shape[1]
    dA1 = parameters["W2"].T @ (cache["A2"] - Y)
    slips = {
        "g stands where g′ belongs": dA1 * cache["A1"],
        "the slope g′(Z1) is missing in dZ1": dA1,
        "g′ is taken at A1 instead of Z1": dA1 * (1 - np.tanh(cache["A1"]) ** 2),
    }
    for name, true in truth.items():
        if np.shape(grads.get(name)) == true.shape and np.allclose(grads[name], true, atol=1e-7):
            continue
        known = {
            f"{name} is m = {m} times too large: is the 1/m missing?": m * true,
            f"{name} has the right size and the opposite sign: is dZ2 = A2 − Y?": -true,
        }
        if name == "dW1":
            known |= {f"dW1 is not right yet: {words}.": dZ1 @ X.T / m for words, dZ1 in slips.items()}
        return _known(grads.get(name), known)
    return ""


def _wrong_kind(returned, expected):
    if returned is None:
        return "Your function returns None: is a return missing at its end?"
    return f"Your function should return {expected}. It returned a {type(returned).__name__}."


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
            return CheckResult(False, _what_it_raised(error))
        at = ", ".join(f"{name} = {_text(value)}" for name, value in zip(inputs, x))
        problem = _compare_numbers(returned, outputs, np.atleast_1d(truth(*x)), at)
        if problem:
            return CheckResult(False, problem)
    return CheckResult(True, f"{_listed(outputs)} came out right for five random choices of {_listed(inputs)}.")


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
            so_far = f"{_listed(right)} came out right. " if right else ""
            return f"{so_far}For {at} your {name} is {_text(value)}, which is off by {_text(abs(value - true))}."
        right.append(name)
    return ""


def _what_it_raised(error):
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "helpers" not in frame.filename]
    line = f" in the line “{frames[-1].line}”" if frames and frames[-1].line else ""
    unfit = isinstance(error, ValueError) and ("mismatch" in str(error) or "broadcast" in str(error))
    hint = ". Two shapes do not fit: is a transpose missing or too many, or does * stand where @ is meant?" if unfit else ""
    if isinstance(error, TypeError) and ("as a data type" in str(error) or "'tuple' object cannot" in str(error)):
        hint = ". A shape is one tuple for rng.standard_normal((2, 3)) and np.zeros((2, 3)): mind the double brackets"
    if isinstance(error, KeyError):
        hint = " is not a name in this dict. Is it the right dict, and is a d missing or too many?"
    return f"Your function stopped with {type(error).__name__}{line}: {error}{hint}"


def _same_shape(shape, truth):
    return isinstance(shape, (tuple, list)) and tuple(shape) == truth


def _text(value):
    return f"{float(value):.6g}".replace("-", "−")


def _listed(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _block(colour, word, message):
    strong = f"<strong>{word}</strong> " if word else ""
    return (
        f'<div style="border-left: 0.4em solid {colour}; padding: 0.3em 0.8em; font-size: 110%">'
        f"{strong}{html.escape(message)}</div>"
    )
