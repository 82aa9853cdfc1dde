"""How the exercises beside the network's own functions are judged, in the order of the lessons.

A function …_problem(function, sizes, rng) tries a learner's function once and returns words for what is wrong
with it, "" where nothing is; NotAsAsked where it returns nothing that can be compared.
"""

import copy
from inspect import signature

import numpy as np

from helpers import network
from helpers.activations import sigmoid
from helpers.datasets import standardise
from helpers.feedback import mistakes
from helpers.feedback.messages import (
    NOT_ATTEMPTED,
    CheckResult,
    NotAsAsked,
    compare_arrays,
    difference,
    kind_of,
    wrong_kind,
)
from helpers.feedback.recognise import mistakes_in_words, recognise
from helpers.feedback.trials import call_quietly, is_pair, random_case, try_cases
from helpers.gradient_check import central_difference, gradient_errors, relative_error
from helpers.trainer import Trainer
from helpers.words import listed, number

# Lessons 00 and 05: shapes

SHAPE_RULES = {
    "examples": "What belongs to the examples: how many columns, and a row for each what?",
    "weights": "Weights: a row for each unit that they lead to. And a column for each what?",
    "bias": "A bias: one for each unit of its layer, whatever the number of examples.",
}


def judge_shapes(shapes, n0, n1, n2, m):
    """The CheckResult for shapes, a dict of name: (rows, columns), of a network of these sizes."""
    layer_1, layer_2 = (n1, m), (n2, m)
    truth = {"X": (n0, m), "Y": layer_2, "W1": (n1, n0), "b1": (n1, 1), "Z1": layer_1, "A1": layer_1}
    truth |= {"W2": (n2, n1), "b2": (n2, 1), "Z2": layer_2, "A2": layer_2}
    truth |= {"d" + name: shape for name, shape in truth.items()} | {"W1 @ X": layer_1, "W2 @ A1": layer_2}
    if not (isinstance(shapes, dict) and shapes.keys() <= truth.keys()):
        words = "The names should stay as they were in the cell: only the dots are yours to replace."
        return CheckResult(False, words)
    if all(shape is ... for shape in shapes.values()):
        return CheckResult(None, NOT_ATTEMPTED)
    wrong = [name for name, shape in shapes.items() if shape is ... or not _same_shape(shape, truth[name])]
    if not wrong:
        return CheckResult(True, f"All {len(shapes)} shapes are right.")
    right = [name for name in shapes if name not in wrong]
    lines = [f"Right: {listed(right) if right else 'none so far'}. Look again at {listed(wrong)}."]
    turned = [name for name in wrong if _same_shape(shapes[name], truth[name][::-1])]
    lines += [f"{listed(turned)}: rows and columns are exchanged."] if turned else []
    kinds = {_kind_of_array(name) for name in wrong}
    lines += [words for kind, words in SHAPE_RULES.items() if kind in kinds]
    return CheckResult(False, "\n".join(lines))


def _kind_of_array(name):
    """Which of SHAPE_RULES holds for an array of this name."""
    letter = name.removeprefix("d")[0]
    return "bias" if letter == "b" else "weights" if letter == "W" and "@" not in name else "examples"


def _same_shape(shape, truth):
    return isinstance(shape, (tuple, list)) and tuple(shape) == truth


# Lessons 01 and 02: functions of single numbers


def judge_numbers(function, table, truth):
    """The CheckResult for a function of numbers, called with five random choices of them.

    table: from mistakes.py, a step for each number returned.  truth: a right function with named arguments.
    """
    inputs = [*signature(truth).parameters]

    def problem(function, _, rng):
        x = [float(value) for value in rng.integers(2, 9, len(inputs)) * rng.choice([-1, 1], len(inputs))]
        returned = call_quietly(function, *x, names=inputs)
        return _numbers_problem(returned, table, dict(zip(inputs, x, strict=True)), np.atleast_1d(truth(*x)))

    praise = f"{listed(table)} came out right for five random choices of {listed(inputs)}."
    return try_cases(function, problem, range(5), np.random.default_rng(2), praise)


def _numbers_problem(returned, table, given, truth, known=None):
    """Words for what is wrong with the numbers, by the table if it knows it; "" where all are right.

    known: what the table needs besides what the function was given.
    """
    if returned is ...:
        return "Your function still returns the dots."
    returned = returned if isinstance(returned, (tuple, list)) else [returned]
    if len(returned) != len(table):
        came = kind_of(returned[0]) if len(returned) == 1 else f"{len(returned)} values"
        order = f"{len(table)} values are expected, in this order: {', '.join(table)}."
        return f"Your function returns {came}; {order}"
    returned, truth = dict(zip(table, returned, strict=True)), dict(zip(table, truth, strict=True))
    for name, value in returned.items():
        if not isinstance(value, (int, float, np.number)):
            return f"{name} should be a number; it came as {kind_of(value)}."
    wrong = [name for name in table if not relative_error(returned[name], truth[name]) < 1e-6]
    right = [name for name in table if name not in wrong]
    if not wrong:
        return ""
    found, _ = recognise(table, {**given, **(known or {})}, returned)
    if not found and np.allclose(sorted(returned.values()), sorted(truth.values())):
        return f"The numbers are right and their order is not. It should be {', '.join(table)}."
    lines = [f"Right: {listed(right)}."] * bool(right) + mistakes_in_words(found)
    if not found:
        name, at = wrong[0], ", ".join(f"{name} = {number(value, 6)}" for name, value in given.items())
        off = number(abs(returned[name] - truth[name]), 6)
        lines.append(f"For {at} your {name} is {number(returned[name], 6)}, which is off by {off}.")
    return "\n".join(lines)


# Lesson 03: the sigmoid


def sigmoid_problem(function, sizes, rng):
    """Words for what is wrong with a sigmoid(Z) of single numbers and of an array; "" where nothing is."""
    for Z in (2.0, -3.0, 0.0):
        a = call_quietly(function, Z, names=("Z",))
        a = a.item() if isinstance(a, np.ndarray) and a.ndim == 0 else a
        if found := _numbers_problem(a, mistakes.SIGMOID, {"Z": Z}, [sigmoid(Z)]):
            return found
    Z, right = rng.normal(0, 3, (sizes.n_h, sizes.m)), "Single numbers come out right"
    try:
        A = call_quietly(function, Z.copy())
    except NotAsAsked as refused:
        return f"{right}; an array of shape {Z.shape} does not.\n{refused}"
    if np.shape(A) != Z.shape:
        return f"{right}. For an array of shape {Z.shape}, A should have that shape too."
    return compare_arrays({"A": A}, {"A": sigmoid(Z)}, sizes)


# Lessons 03 to 07: the harder exercises


def squared_neuron_problem(function, _, rng):
    """Words for what is wrong with the gradients of one neuron whose loss is ½ (a − y)²; "" if nothing."""
    names = ("w1", "w2", "b", "x1", "x2", "y")
    given = dict(
        zip(names, [*rng.uniform(-1.5, 1.5, 5).round(1).tolist(), int(rng.integers(2))], strict=True)
    )

    def loss(at):
        return (sigmoid(at[0] * given["x1"] + at[1] * given["x2"] + at[2]) - given["y"]) ** 2 / 2

    at = [given[name] for name in ("w1", "w2", "b")]
    truth = central_difference(loss, np.array(at))
    a = sigmoid(at[0] * given["x1"] + at[1] * given["x2"] + at[2])
    returned = call_quietly(function, *given.values(), names=names)
    return _numbers_problem(returned, mistakes.SQUARED_NEURON, given, truth, {"a": float(a)})


def weighted_problem(function, sizes, rng):
    """Words for what is wrong with dW and db of one neuron whose examples are weighed; "" if nothing."""
    X, Y, _ = random_case(sizes._replace(n_y=1), rng)
    W, b, s = rng.standard_normal((1, sizes.n_x)), round(float(rng.normal()), 2), rng.uniform(0.5, 3, Y.shape)

    def cost(W, b):
        A = sigmoid(W @ X + b)
        return -np.sum(s * (Y * np.log(A) + (1 - Y) * np.log(1 - A))) / sizes.m

    truth = {
        "dW": central_difference(lambda W: cost(W, b), W),
        "db": central_difference(lambda b: cost(W, b), b),
    }
    given = {"W": W, "b": b, "X": X, "Y": Y, "s": s}
    return _gradients_problem(
        function, given, truth, mistakes.WEIGHED_EXAMPLES, sizes, {"A": sigmoid(W @ X + b), "m": sizes.m}
    )


def two_hidden_problem(function, sizes, rng):
    """Words for what is wrong with A3 of a network with two hidden layers of tanh units; "" if nothing."""
    X, _, p = random_case(sizes, rng)
    p = {**p, "W2": rng.standard_normal((3, sizes.n_h)), "b2": rng.standard_normal((3, 1))}
    p |= {"W3": rng.standard_normal((sizes.n_y, 3)), "b3": rng.standard_normal((sizes.n_y, 1))}
    A3 = call_quietly(function, X.copy(), copy.deepcopy(p), names=("X", "parameters"))
    A3 = A3[0] if is_pair(A3) else A3
    truth = network.forward_propagation(X, p)[1]
    words = compare_arrays({"A3": A3}, {"A3": truth["A3"]})
    given = {**p, "X": X, "Z1": truth["Z1"], "Z2": truth["Z2"]}
    found = recognise(mistakes.TWO_HIDDEN_LAYERS, given, {"A3": A3})[0] if words else []
    return "\n".join(mistakes_in_words(found)) or words


def squares_problem(function, sizes, rng):
    """Words for what is wrong with dW1 and dW2 of the network of squares, for one example; "" if nothing."""
    sizes = sizes._replace(m=1)
    x, _, p = random_case(sizes, rng)
    W1, W2, y = p["W1"], p["W2"], rng.standard_normal((sizes.n_y, 1))

    def loss(W1, W2):
        return np.sum((W2 @ (W1 @ x) ** 2 - y) ** 2) / 2

    truth = {
        "dW1": central_difference(lambda W: loss(W, W2), W1),
        "dW2": central_difference(lambda W: loss(W1, W), W2),
    }
    z1 = W1 @ x
    known = {"z1": z1, "a1": z1**2, "z2": W2 @ z1**2}
    return _gradients_problem(
        function, {"W1": W1, "W2": W2, "x": x, "y": y}, truth, mistakes.SQUARES, sizes, known
    )


def shortcut_problem(function, sizes, rng):
    """Words for what is wrong with dW1 and dV of a network of sine units with a shortcut; "" if nothing."""
    X, Y, p = random_case(sizes, rng)
    p |= {"V": rng.standard_normal((sizes.n_y, sizes.n_x)) / 2}

    def forward(p):
        Z1 = p["W1"] @ X + p["b1"]
        return {"Z1": Z1, "A1": np.sin(Z1), "A2": sigmoid(p["W2"] @ np.sin(Z1) + p["V"] @ X + p["b2"])}

    def slope(name):
        return central_difference(lambda W: network.compute_cost(forward({**p, name: W})["A2"], Y), p[name])

    truth, cache = {"dW1": slope("W1"), "dV": slope("V")}, forward(p)
    given = {"parameters": p, "cache": cache, "X": X, "Y": Y}
    known = {**p, **cache, "m": sizes.m}
    return _gradients_problem(function, given, truth, mistakes.SHORTCUT, sizes, known)


def _gradients_problem(function, given, truth, table, sizes, known):
    """Words for what is wrong with the gradients that function(*given) returns, by the table if it knows it.

    truth: {"dW": array, …}, in the order in which they are returned.  known: what the table needs besides.
    """
    returned = call_quietly(function, *copy.deepcopy(list(given.values())), names=list(given))
    if isinstance(returned, dict) and returned.keys() == truth.keys():
        returned = tuple(returned[name] for name in truth)
    if not isinstance(returned, tuple) or len(returned) != len(truth):
        return wrong_kind(returned, f"{listed(truth)}: return {', '.join(truth)}")
    wrong = _wrong_ones(returned, truth, sizes)
    if not wrong:
        return ""
    if not _wrong_ones(returned[::-1], truth, sizes):
        return f"The numbers are right and their order is not. It should be {', '.join(truth)}."
    results = dict(zip(truth, returned, strict=True))
    found, unexplained = recognise(table, {**given, **known}, results)
    right = [name for name in truth if name not in wrong]
    lines = [f"Right: {listed(right)}."] * bool(right) + mistakes_in_words(found)
    rest = unexplained if found else wrong
    lines += [difference(name, results[name], np.asarray(truth[name]), sizes) for name in rest[:1]]
    return "\n".join(lines)


def _wrong_ones(returned, truth, sizes):
    """The names of the results that are not as in truth; one number may come as an array that holds it."""
    wrong = []
    for result, (name, true) in zip(returned, truth.items(), strict=True):
        single = np.ndim(true) == 0 and isinstance(result, np.ndarray) and result.size == 1
        if difference(name, result.item() if single else result, np.asarray(true), sizes):
            wrong.append(name)
    return wrong


# Lesson 08: the gradient checker

UNDONE = (
    "The nudges go one way only, and change the array that you were given. A copy of a dict still holds the"
    " old arrays, so a second nudge undoes the first. What makes a new array?"
)
ONE_WAY = "The nudges do not go both ways. At which two places should cost be called for each entry?"
NOT_PUT_BACK = "The parameters are not what they were. How do you nudge a copy, or put each entry back?"


def gradient_checker_problem(function, sizes, rng):
    """Words for what is wrong with a gradient checker on one random network; "" where nothing is."""
    X, Y, parameters = random_case(sizes, rng)
    steps, changed_in_place = [0.0], []  # the largest step of each call of cost; names

    def cost(nudged):
        moved = np.concatenate([np.ravel(nudged[name] - parameters[name]) for name in parameters])
        steps.append(moved[np.abs(moved).argmax()])
        changed = [name for name in given if not np.array_equal(given[name], parameters[name])]
        changed_in_place.extend(name for name in changed if nudged[name] is given[name])
        return network.compute_cost(network.forward_propagation(X, nudged)[0], Y)

    right = network.backward_propagation(parameters, network.forward_propagation(X, parameters)[1], X, Y)
    for what, grads in _gradients_to_try(right).items():
        given, handed = copy.deepcopy((parameters, grads))
        errors = call_quietly(function, given, handed, cost, names=("parameters", "grads", "cost"))
        if not isinstance(errors, dict):
            return wrong_kind(errors, 'a dict of relative errors: {"dW1": 1e-10, …}')
        if max(steps) < 1e-12 or min(steps) > -1e-12:
            return UNDONE if changed_in_place else ONE_WAY
        if not all(np.allclose(given[name], parameters[name], rtol=0, atol=1e-12) for name in parameters):
            return NOT_PUT_BACK
        if found := _errors_problem(errors, gradient_errors(parameters, grads, cost), what):
            return found
    return ""


def _gradients_to_try(right):
    """Gradients to try a gradient checker on, right ones first, each under words that follow "For"."""
    cases = {
        "right gradients": right,
        "gradients that are twice too large": {name: 2 * grad for name, grad in right.items()},
        "gradients with the opposite sign": {name: -grad for name, grad in right.items()},
    }
    for name in right:
        wrong = copy.deepcopy(right)
        wrong[name][-1, -1] += 1
        cases[f"a {name} with a wrong last entry"] = wrong
    return cases


def _errors_problem(errors, truth, what):
    """Words for the first relative error that is wrong; what: words for the gradients, after "For"."""
    if missing := [name for name in truth if name not in errors]:
        has = f"Look for {listed(missing)}; it has {listed(map(str, errors))}."
        return f"The dict should have an error for each gradient. {has}"
    for name, true in truth.items():
        error = errors[name]
        if isinstance(error, (bool, np.bool_)) or not isinstance(error, (int, float, np.number)):
            return f"The error of {name} should be one number; it came as {kind_of(error)}."
        if abs(error - true) < 1e-3 and (true >= 1e-7 or abs(error) <= 1e-7):
            continue
        said = f"For {what} your error of {name} is {number(error, 6)}"
        if true >= 1e-7:
            hint = "Does it compare all entries, and with both lengths below?"
            return f"{said}, off by {number(abs(error - true), 6)}. {hint}"
        if abs(error - 1 / 3) < 1e-3:
            hint = "How far apart are the two places?"
            return f"{said}, so the slopes are twice or half what they should be. {hint}"
        if abs(error - 1) < 1e-3:
            hint = "Which comes first, up or down, and where are the brackets?"
            return f"{said}: the slopes are nearly 0 or turned round. {hint}"
        return f"{said}; below 1e-7 is expected. Is every entry nudged, and by how much?"
    return ""


# Lesson 09: the training loop


def training_loop_problem(function, sizes, rng):
    """Words for what is wrong with a training loop on one random network; "" where nothing is."""
    X, Y, _ = random_case(sizes, rng)
    settings = {"n_h": sizes.n_h, "learning_rate": 0.5, "epochs": 20}
    returned = call_quietly(function, X.copy(), Y.copy(), *settings.values(), names=["X", "Y", *settings])
    if is_pair(returned) and isinstance(returned[1], dict):
        return "The costs come first there. In which order is the result unpacked: parameters, costs = …?"
    if not is_pair(returned) or not isinstance(returned[0], dict):
        return wrong_kind(returned, "the parameters and the list of costs: return parameters, costs")
    trainer = Trainer(**settings, patience=settings["epochs"] + 1)
    costs = trainer.train(X, Y, progress=False).cost[: settings["epochs"]]
    return _costs_problem(returned[1], costs) or compare_arrays(returned[0], trainer.parameters, sizes)


def _costs_problem(returned, costs):
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
    off = f"costs[{wrong[0]}] is off by {number(abs(numbers[wrong[0]] - costs[wrong[0]]), 6)}"
    if wrong[0] == 0:
        return f"{off}, before any update. Which sizes does the network start with?"
    return f"The cost starts right; {off}. What goes into update_parameters?"


# Lesson 11: standardised sets, and batches


def standardise_problem(function, sizes, rng):
    """Words for what is wrong with a function that standardises two sets; "" where nothing is."""
    widths = {"X_train": sizes.m + 2, "X_test": sizes.n_h}
    sets = {name: rng.normal(5, 3, (sizes.n_x, m)) for name, m in widths.items()}
    returned = call_quietly(function, *copy.deepcopy(sets).values(), names=[*sets])
    if not is_pair(returned):
        return wrong_kind(returned, "both sets: return X_train, X_test")
    returned = dict(zip(sets, returned, strict=True))
    truth = dict(zip(sets, standardise(**sets), strict=True))
    found, _ = recognise(mistakes.STANDARDISE, sets, returned)
    return "\n".join(mistakes_in_words(found)) or compare_arrays(returned, truth)


def batches_problem(function, sizes, rng):
    """Words for what is wrong with a function that deals columns out into batches; "" where nothing is."""
    m, size = 20 * sizes.n_h + 3, 2 * sizes.n_x
    returned = call_quietly(function, m, size, rng, names=("m", "batch_size", "rng"))
    batches = returned if isinstance(returned, list) else [None]
    if not all(isinstance(batch, (list, np.ndarray)) for batch in batches):
        return wrong_kind(returned, "a list of arrays with column numbers")
    again = call_quietly(function, m, size, rng)
    if not all(np.asarray(batch).dtype.kind in "iu" for batch in batches):
        return "The batches should hold column numbers, whole numbers. What is in yours?"
    columns, second = (np.concatenate([[], *dealt]).tolist() for dealt in (batches, again))
    return _columns_problem(columns, m) or _lengths_problem(batches, size) or _order_problem(columns, second)


def _columns_problem(columns, m):
    """Words for columns that are beyond 0 to m − 1, come up twice, or never; "" where none are."""
    missing, twice = {*range(m)} - {*columns}, len(columns) - len({*columns})
    if beyond := {*columns} - {*range(m)}:
        found = f"the columns are 0 to {m - 1}; yours hold {number(max(beyond, key=abs), 6)} too"
        return f"With m = {m} {found}. Where does counting start?"
    if twice:
        found = f"{len({*columns})} of the columns come up, some more than once"
        return f"With m = {m}, {found}. Does shuffling repeat any?"
    if missing:
        found = f"columns that never come up: {len(missing)}"
        return f"With m = {m}, {found}. What happens to those left over at the end?"
    return ""


def _lengths_problem(batches, batch_size):
    """Words for batches that have the wrong number of columns; "" where none have."""
    lengths = [len(batch) for batch in batches]
    if 0 in lengths:
        return "One of the batches is empty. Where does the last one start?"
    if any(n != batch_size for n in lengths[:-1]) or lengths[-1] > batch_size:
        found = f"your batches have {listed(str(n) for n in sorted({*lengths}))} columns"
        return f"With batch_size = {batch_size} {found}. Which of them may be smaller?"
    return ""


def _order_problem(columns, second):
    """Words for columns that are not shuffled, or not anew when they are dealt out a second time."""
    if columns == sorted(columns):
        return "The columns come in their old order. What should happen to them before they are cut?"
    if columns == second:
        return "The order is the same every time. Where should chance come in, with rng?"
    return ""
