"""Checks for the exercises: each tries your function on several random inputs and says what it found."""

# ruff: noqa: I001 (names in few lines)

from dataclasses import dataclass
from inspect import signature

import numpy as np

from helpers import kept, network
from helpers.feedback import mistakes
from helpers.activations import sigmoid
from helpers.computation_graph import Node
from helpers.datasets import standardise
from helpers.feedback.judge import (
    SIZES, TO_DO, CheckResult, NotAsAsked, a_or_an, block, compare_arrays, is_pair, judge, listed, quietly,
    random_case, spoken, text, wrong_kind,
)  # fmt: skip
from helpers.gradient_check import central_difference, gradient_errors, relative_error
from helpers.trainer import Trainer


@dataclass
class Prediction:
    """What you predicted beside what is true."""

    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        return block("#CC79A7", "", self.message)


def compare_prediction(prediction, truth):
    """Your prediction, a number or a word, beside the truth; with the dots still there, an invitation."""
    return Prediction(_prediction_words(prediction, truth))


def _prediction_words(prediction, truth):
    if prediction is ...:
        return "No prediction yet. Type yours in place of the dots and run this cell again."
    if isinstance(truth, str):
        same = str(prediction).strip().lower() == truth.lower()
        return f"You predicted “{prediction}”. " + ("That is right." if same else f"It is “{truth}”.")
    try:
        guess = float(prediction)
    except (TypeError, ValueError):
        guess = np.nan
    if not np.isfinite(guess) or isinstance(prediction, bool):
        comma = " Write it with a point: 0.8." if isinstance(prediction, tuple) else ""
        return f"A number is asked for, such as 4 or 0.5, and {prediction!r} is not one.{comma} Try again."
    if abs(guess - truth) <= 1e-3 * max(1, abs(truth)) or _is_rounded(guess, truth):
        return f"You predicted {text(guess)}. That is right."
    return f"You predicted {text(guess)}. It is {text(truth)}. Before you go on, find out why."


def _is_rounded(guess, truth):
    """Whether guess is the truth rounded to the decimals that were typed, two or more: 0.33 for 1/3."""
    digits = repr(guess).lstrip("-0.").replace(".", "")
    decimals = len(repr(guess).partition(".")[2])
    return len(digits) >= 2 and not guess.is_integer() and round(float(truth), decimals) == guess


def check_shapes(shapes, n0, n1, n2, m):
    """Lessons 00 and 04: shapes, a dict of name: (rows, columns), against a network of these sizes."""
    layer_1, layer_2 = (n1, m), (n2, m)
    truth = {"X": (n0, m), "Y": layer_2, "W1": (n1, n0), "b1": (n1, 1), "Z1": layer_1, "A1": layer_1}
    truth |= {"W2": (n2, n1), "b2": (n2, 1), "Z2": layer_2, "A2": layer_2}
    truth |= {"d" + name: shape for name, shape in truth.items()} | {"W1 @ X": layer_1, "W2 @ A1": layer_2}
    if not (isinstance(shapes, dict) and shapes.keys() <= truth.keys()):
        return CheckResult(False, RENAMED)
    if all(shape is ... for shape in shapes.values()):
        return CheckResult(None, TO_DO)
    wrong = [name for name, shape in shapes.items() if shape is ... or not _same_shape(shape, truth[name])]
    if not wrong:
        return CheckResult(True, f"All {len(shapes)} shapes are right.")
    right = [name for name in shapes if name not in wrong]
    lines = [f"Right: {listed(right) if right else 'none so far'}. Look again at {listed(wrong)}."]
    turned = [name for name in wrong if _same_shape(shapes[name], truth[name][::-1])]
    lines += [f"{listed(turned)}: rows and columns are exchanged."] if turned else []
    lines += [words for kind, words in SHAPE_RULES.items() if any(_kind(name) == kind for name in wrong)]
    return CheckResult(False, "\n".join(lines))


RENAMED = "The names should stay as they were in the cell: only the dots are yours to replace."
SHAPE_RULES = {
    "examples": "What belongs to the examples: how many columns, and a row for each what?",
    "weights": "Weights: a row for each unit that they lead to. And a column for each what?",
    "bias": "A bias: one for each unit of its layer, whatever the number of examples.",
}


def _kind(name):
    letter = name.removeprefix("d")[0]
    return "bias" if letter == "b" else "weights" if letter == "W" and "@" not in name else "examples"


def check_scalar_forward(function):
    """Lesson 01: function(a, b, c) returns u = bc, v = a + u and J = 3v."""
    return _check_numbers(
        function, mistakes.SCALAR_FORWARD, lambda a, b, c: (b * c, a + b * c, 3 * (a + b * c))
    )


def check_own_graph(function):
    """Lesson 01: function(a, b, c), given three nodes, returns the node K = (a − c)² ÷ b."""

    def value(a, b, c):
        K = quietly(function, Node(a, "a"), Node(b, "b"), Node(c, "c"), names=("a", "b", "c"))
        if isinstance(K, Node):
            return K.value
        words = "Your function should return a node, made from the nodes a, b and c with -, ** and /"
        raise NotAsAsked(f"{words}; it returned {a_or_an(K)}.")

    return _check_numbers(value, mistakes.OWN_GRAPH, lambda a, b, c: (a - c) ** 2 / b)


def check_scalar_backward(function):
    """Lesson 02: function(a, b, c) returns the derivatives of J = 3(a + bc) by v, u, a, b and c."""

    def slopes(a, b, c):
        by_a, by_b, by_c = central_difference(lambda x: 3 * (x[0] + x[1] * x[2]), [a, b, c])
        return 3, by_a, by_a, by_b, by_c

    return _check_numbers(function, mistakes.SCALAR_BACKWARD, slopes)


def check_used_twice(function):
    """Lesson 02: function(b, c) returns the derivative of J = (b + c) × b by b."""
    return _check_numbers(
        function, mistakes.USED_TWICE, lambda b, c: central_difference(lambda b: (b + c) * b, b)
    )


def check_sigmoid(function):
    """Lesson 03: sigmoid(Z) for one number and for arrays; what it does far out is noted, not judged."""

    def problem(sizes, rng):
        for Z in (2.0, -3.0, 0.0):
            a = quietly(function, Z, names=("Z",))
            a = a.item() if isinstance(a, np.ndarray) and a.ndim == 0 else a
            if found := _compare_numbers(a, mistakes.SIGMOID, {"Z": Z}, [sigmoid(Z)]):
                return found
        Z, right = rng.normal(0, 3, (sizes[1], sizes[3])), "Single numbers come out right"
        try:
            A = quietly(function, Z.copy())
        except NotAsAsked as words:
            return f"{right}; an array of shape {Z.shape} does not.\n{words}"
        if np.shape(A) != Z.shape:
            return f"{right}. For an array of shape {Z.shape}, A should have that shape too."
        return compare_arrays({"A": A}, {"A": sigmoid(Z)}, sizes)

    result = _check_sizes(problem, "")
    if result.passed:
        result.message = "Single numbers and arrays came out right."
        if not np.isfinite(quietly(function, np.array([-1000.0, 1000.0]))).all():
            result.message += FAR_OUT
    return result


FAR_OUT = " At Z = −1000 or 1000 it is no number any more. Can the exponent be kept from growing?"


def check_compute_cost(function):
    """Lesson 03: compute_cost(A2, Y) against the cross-entropy of random predictions; kept if right."""
    return _judge_and_keep("compute_cost", function)


def check_forward_propagation(function):
    """Lesson 04: forward_propagation(X, parameters) returns A2 and the cache; kept if right."""
    return _judge_and_keep("forward_propagation", function)


def check_backward_propagation(function):
    """Lesson 05: backward_propagation(parameters, cache, X, Y) against nudges; kept if right."""
    return _judge_and_keep("backward_propagation", function)


def check_update_parameters(function):
    """Lesson 07: update_parameters(parameters, grads, learning_rate), one step downhill; kept if right."""
    return _judge_and_keep("update_parameters", function)


def check_initialize_parameters(function):
    """Lesson 08: initialize_parameters(n_x, n_h, n_y), small random weights; kept if right."""
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
    """Lesson 06: function(parameters, grads, cost) returns {"dW1": relative error, …}."""

    def problem(sizes, rng):
        X, Y, parameters = random_case(sizes, rng)
        moves, shared = [0.0], []

        def cost(nudged):
            steps = np.concatenate([np.ravel(nudged[name] - parameters[name]) for name in parameters])
            moves.append(steps[np.abs(steps).argmax()])
            moved = [name for name in given if not np.array_equal(given[name], parameters[name])]
            shared.extend(name for name in moved if nudged[name] is given[name])
            return network.compute_cost(network.forward_propagation(X, nudged)[0], Y)

        right = network.backward_propagation(parameters, network.forward_propagation(X, parameters)[1], X, Y)
        for what, grads in _spoiled(right).items():
            given = _copies(parameters)
            errors = quietly(function, given, _copies(grads), cost, names=("parameters", "grads", "cost"))
            if not isinstance(errors, dict):
                return wrong_kind(errors, 'a dict of relative errors: {"dW1": 1e-10, …}')
            if max(moves) < 1e-12 or min(moves) > -1e-12:
                return UNDONE if shared else ONE_WAY
            if not all(np.allclose(given[name], parameters[name], rtol=0, atol=1e-12) for name in parameters):
                return NOT_PUT_BACK
            if found := _compare_errors(errors, gradient_errors(parameters, grads, cost), what):
                return found
        return ""

    return _check_sizes(problem, "Right gradients pass, and every spoiled one is found")


UNDONE = (
    "The nudges go one way only, and change the array that you were given. A copy of a dict still holds the"
    " old arrays, so a second nudge undoes the first. What makes a new array?"
)
ONE_WAY = "The nudges do not go both ways. At which two places should cost be called for each entry?"
NOT_PUT_BACK = "The parameters are not what they were. How do you nudge a copy, or put each entry back?"


def _spoiled(right):
    """Gradients to try a gradient checker on, right ones first, each under words that follow "For"."""
    cases = {
        "right gradients": right,
        "gradients that are twice too large": {name: 2 * grad for name, grad in right.items()},
        "gradients with the opposite sign": {name: -grad for name, grad in right.items()},
    }
    for name in right:
        wrong = _copies(right)
        wrong[name][-1, -1] += 1
        cases[f"a {name} with a wrong last entry"] = wrong
    return cases


def _compare_errors(errors, truth, what):
    """Words for the first relative error that is wrong; what: words for the gradients, after "For"."""
    if missing := [name for name in truth if name not in errors]:
        has = f"Look for {listed(missing)}; it has {listed([*errors])}."
        return f"The dict should have an error for each gradient. {has}"
    for name, true in truth.items():
        error = errors[name]
        if isinstance(error, (bool, np.bool_)) or not isinstance(error, (int, float, np.number)):
            return f"The error of {name} should be one number; it came as {a_or_an(error)}."
        if abs(error - true) < 1e-3 and (true >= 1e-7 or abs(error) <= 1e-7):
            continue
        said = f"For {what} your error of {name} is {text(error)}"
        if true >= 1e-7:
            hint = "Does it compare all entries, and with both lengths below?"
            return f"{said}, off by {text(abs(error - true))}. {hint}"
        if abs(error - 1 / 3) < 1e-3:
            hint = "How far apart are the two places?"
            return f"{said}, so the slopes are twice or half what they should be. {hint}"
        if abs(error - 1) < 1e-3:
            hint = "Which comes first, up or down, and where are the brackets?"
            return f"{said}: the slopes are nearly 0 or turned round. {hint}"
        return f"{said}; below 1e-7 is expected. Is every entry nudged, and by how much?"
    return ""


def check_training_loop(function):
    """Lesson 07: function(X, Y, n_h, learning_rate, epochs) trains and returns parameters, costs."""

    def problem(sizes, rng):
        X, Y, _ = random_case(sizes, rng)
        n_h, learning_rate, epochs = sizes[1], 0.5, 20
        names = ("X", "Y", "n_h", "learning_rate", "epochs")
        returned = quietly(function, X.copy(), Y.copy(), n_h, learning_rate, epochs, names=names)
        if is_pair(returned) and isinstance(returned[1], dict):
            return "The costs come first there. In which order is the result unpacked: parameters, costs = …?"
        if not is_pair(returned) or not isinstance(returned[0], dict):
            return wrong_kind(returned, "the parameters and the list of costs: return parameters, costs")
        trainer = Trainer(n_h, learning_rate, epochs, patience=epochs + 1)
        costs = trainer.train(X, Y, progress=False).cost[:epochs]
        return _compare_costs(returned[1], costs) or compare_arrays(returned[0], trainer.parameters, sizes)

    return _check_sizes(problem, "Costs and parameters came out as they should")


def _compare_costs(returned, costs):
    """Words for what is wrong with the list of costs; "" where it agrees."""
    numbers = np.asarray(returned) if isinstance(returned, (list, np.ndarray)) else np.array(None)
    if numbers.dtype.kind not in "fiu" or numbers.ndim != 1:
        return "costs should be a list of numbers, one for each epoch. What is in yours?"
    if len(numbers) != len(costs):
        hint = {0: "Where is each cost added to it?", 1: "Does the return stand inside the loop?"}
        said = f"costs should have one number for each of the {len(costs)} epochs; it has {len(numbers)}."
        return f"{said} {hint.get(len(numbers), 'Is the number of epochs fixed?')}"
    if np.ptp(numbers) == 0:
        hint = "Does each epoch go on from what update_parameters returned?"
        return f"The cost is the same in every epoch. {hint}"
    if np.allclose(numbers[:-1], costs[1:], rtol=1e-5):
        return "Each cost comes one epoch too early. Is it computed before or after the update?"
    wrong = np.flatnonzero(~np.isclose(numbers, costs, rtol=1e-5))
    if not wrong.size:
        return ""
    off = f"costs[{wrong[0]}] is off by {text(abs(numbers[wrong[0]] - costs[wrong[0]]))}"
    if wrong[0] == 0:
        return f"{off}, before any update. Which sizes does the network start with?"
    return f"The cost starts right; {off}. What goes into update_parameters?"


def check_standardise(function):
    """Lesson 09: function(X_train, X_test) standardises both by the training set."""

    def problem(sizes, rng):
        X_train, X_test = (rng.normal(5, 3, (sizes[0], m)) for m in (sizes[3] + 2, sizes[1]))
        sets = {"X_train": X_train, "X_test": X_test}
        returned = quietly(function, X_train.copy(), X_test.copy(), names=[*sets])
        if not is_pair(returned):
            return wrong_kind(returned, "both sets: return X_train, X_test")
        returned = dict(zip(sets, returned, strict=True))
        truth = dict(zip(sets, standardise(X_train, X_test), strict=True))
        found, _ = mistakes.recognise(mistakes.STANDARDISE, sets, returned)
        return "\n".join(spoken(found)) or compare_arrays(returned, truth)

    return _check_sizes(problem, "Both sets came out right, and the test set stayed unseen")


def check_batches(function):
    """Lesson 09: function(m, batch_size, rng) deals the columns 0 to m − 1 out into shuffled batches."""

    def problem(sizes, rng):
        m, batch_size = 20 * sizes[1] + 3, 2 * sizes[0]
        returned = quietly(function, m, batch_size, rng, names=("m", "batch_size", "rng"))
        batches = returned if isinstance(returned, list) else [None]
        if not all(isinstance(batch, (list, np.ndarray)) for batch in batches):
            return wrong_kind(returned, "a list of arrays with column numbers")
        again = quietly(function, m, batch_size, rng)
        if not all(np.asarray(batch).dtype.kind in "iu" for batch in returned):
            return "The batches should hold column numbers, whole numbers. What is in yours?"
        columns, second = (np.concatenate([[], *batches]).tolist() for batches in (returned, again))
        return (
            _compare_columns(columns, m)
            or _compare_lengths(returned, batch_size)
            or _compare_order(columns, second)
        )

    return _check_sizes(problem, "Every column is dealt out once, in random order")


def _compare_columns(columns, m):
    missing, twice = {*range(m)} - {*columns}, len(columns) - len({*columns})
    if beyond := {*columns} - {*range(m)}:
        found = f"the columns are 0 to {m - 1}; yours hold {text(max(beyond, key=abs))} too"
        return f"With m = {m} {found}. Where does counting start?"
    if twice:
        found = f"{len({*columns})} of the columns come up, some more than once"
        return f"With m = {m}, {found}. Does shuffling repeat any?"
    if missing:
        found = f"columns that never come up: {len(missing)}"
        return f"With m = {m}, {found}. What happens to those left over at the end?"
    return ""


def _compare_lengths(batches, batch_size):
    lengths = [len(batch) for batch in batches]
    if 0 in lengths:
        return "One of the batches is empty. Where does the last one start?"
    if any(n != batch_size for n in lengths[:-1]) or lengths[-1] > batch_size:
        found = f"your batches have {listed([str(n) for n in sorted({*lengths})])} columns"
        return f"With batch_size = {batch_size} {found}. Which of them may be smaller?"
    return ""


def _compare_order(columns, second):
    if columns == sorted(columns):
        return "The columns come in their old order. What should happen to them before they are cut?"
    if columns == second:
        return "The order is the same every time. Where should chance come in, with rng?"
    return ""


def _check_sizes(problem, praise):
    """Call problem(sizes, rng) for each of SIZES."""
    praise = f"{praise}, for {len(SIZES)} random networks of different sizes."
    return _check(problem, SIZES, np.random.default_rng(3), praise)


def _check(problem, cases, rng, praise):
    """Call problem(case, rng) for each of the cases; it returns words for what is wrong, or ""."""
    for case in cases:
        try:
            found = problem(case, rng)
        except NotImplementedError:
            return CheckResult(None, TO_DO)
        except NotAsAsked as words:
            found = str(words)
        if found:
            return CheckResult(False, found)
    return CheckResult(True, praise)


def _copies(arrays):
    return {name: array.copy() for name, array in arrays.items()}


def _check_numbers(function, table, truth):
    """Call function on five random inputs and compare the numbers it returns with those of truth."""
    inputs = [*signature(truth).parameters]

    def problem(_, rng):
        x = [float(value) for value in rng.integers(2, 9, len(inputs)) * rng.choice([-1, 1], len(inputs))]
        returned = quietly(function, *x, names=inputs)
        return _compare_numbers(returned, table, dict(zip(inputs, x, strict=True)), np.atleast_1d(truth(*x)))

    praise = f"{listed([*table])} came out right for five random choices of {listed(inputs)}."
    return _check(problem, range(5), np.random.default_rng(2), praise)


def _compare_numbers(returned, table, given, truth):
    """Words for what is wrong with the numbers, by the table if it knows it; "" where all are right."""
    if returned is ...:
        return "Your function still returns the dots."
    returned = returned if isinstance(returned, (tuple, list)) else [returned]
    if len(returned) != len(table):
        came = a_or_an(returned[0]) if len(returned) == 1 else f"{len(returned)} values"
        order = f"{len(table)} values are expected, in this order: {', '.join(table)}."
        return f"Your function returns {came}; {order}"
    returned, truth = dict(zip(table, returned, strict=True)), dict(zip(table, truth, strict=True))
    for name, value in returned.items():
        if not isinstance(value, (int, float, np.number)):
            return f"{name} should be a number; it came as {a_or_an(value)}."
    wrong = [name for name in table if not relative_error(returned[name], truth[name]) < 1e-6]
    right = [name for name in table if name not in wrong]
    if not wrong:
        return ""
    found, _ = mistakes.recognise(table, given, returned)
    if not found and np.allclose(sorted(returned.values()), sorted(truth.values())):
        return f"The numbers are right and their order is not. It should be {', '.join(table)}."
    lines = [f"Right: {listed(right)}."] if right else []
    if not found:
        first, at = wrong[0], ", ".join(f"{name} = {text(value)}" for name, value in given.items())
        off = text(abs(returned[first] - truth[first]))
        lines.append(f"For {at} your {first} is {text(returned[first])}, which is off by {off}.")
    return "\n".join([*lines, *spoken(found)])


def _same_shape(shape, truth):
    return isinstance(shape, (tuple, list)) and tuple(shape) == truth
