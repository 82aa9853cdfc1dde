"""How the exercises beside the network's own functions are judged, in the order of the lessons.

A function …_problem(function, sizes, rng) tries a learner's function once and returns a CheckResult that says
what is wrong with it, or None; NotAsAsked where it returns nothing that can be compared.
"""

import copy
from contextlib import suppress
from inspect import signature

import numpy as np

from helpers.activations import sigmoid
from helpers.computation_graph import Node
from helpers.datasets import standardise
from helpers.feedback import mistakes
from helpers.feedback.explain import NO_SOURCE, verdict_case, with_line
from helpers.feedback.known import Case
from helpers.feedback.lines import READ
from helpers.feedback.messages import (
    NOT_ATTEMPTED,
    CheckResult,
    NotAsAsked,
    compare_arrays,
    kind_of,
    not_yet,
    wrong_kind,
)
from helpers.feedback.recognise import agree, as_array, recognise
from helpers.feedback.trace import mended
from helpers.feedback.trials import Sizes, call_quietly, is_pair, try_cases
from helpers.feedback.watched import source_lines
from helpers.feedback.wording import identifiers, in_words
from helpers.gradient_check import relative_error
from helpers.words import listed, number

# Lessons 00 and 05: shapes

SHAPE_RULES = {
    "shape-of-examples": "What belongs to the examples: how many columns, and a row for each what?",
    "shape-of-weights": "Weights: a row for each unit that they lead to. And a column for each what?",
    "shape-of-bias": "A bias: one for each unit of its layer, whatever the number of examples.",
}


def judge_shapes(shapes, n0, n1, n2, m):
    """The CheckResult for shapes, a dict of name: (rows, columns), of a network of these sizes."""
    layer_1, layer_2 = (n1, m), (n2, m)
    truth = {"X": (n0, m), "Y": layer_2, "W1": (n1, n0), "b1": (n1, 1), "Z1": layer_1, "A1": layer_1}
    truth |= {"W2": (n2, n1), "b2": (n2, 1), "Z2": layer_2, "A2": layer_2}
    truth |= {"d" + name: shape for name, shape in truth.items()} | {"W1 @ X": layer_1, "W2 @ A1": layer_2}
    if not (isinstance(shapes, dict) and shapes.keys() <= truth.keys()):
        words = "The names should stay as they were in the cell: only the dots are yours to replace."
        return not_yet("names-differ", words)
    if all(shape is ... for shape in shapes.values()):
        return CheckResult(None, NOT_ATTEMPTED)
    wrong = [name for name, shape in shapes.items() if shape is ... or not _same_shape(shape, truth[name])]
    if not wrong:
        return CheckResult(True, f"All {len(shapes)} shapes are right.")
    right = [name for name in shapes if name not in wrong]
    lines = [f"Right: {listed(right) if right else 'none so far'}. Look again at {listed(wrong)}."]
    turned = [name for name in wrong if _same_shape(shapes[name], truth[name][::-1])]
    lines += [f"{listed(turned)}: rows and columns are exchanged."] if turned else []
    no_shape = [name for name in wrong if shapes[name] is not ... and not _is_shape(shapes[name])]
    no_shapes = (
        f"{listed(no_shape)}: a shape is two whole numbers in brackets, without quotes, such as (2, 4)."
    )
    lines += [no_shapes] if no_shape else []
    found = [kind for kind in SHAPE_RULES if kind in {_kind_of_array(name) for name in wrong}]
    lines += [SHAPE_RULES[kind] for kind in found]
    marks = ["rows-and-columns"] * bool(turned) + ["no-shape"] * bool(no_shape)
    return CheckResult(False, "\n".join(lines), mistakes=(*marks, *found), right=tuple(right))


def _kind_of_array(name):
    """Which of SHAPE_RULES holds for an array of this name."""
    letter = name.removeprefix("d")[0]
    kind = "bias" if letter == "b" else "weights" if letter == "W" and "@" not in name else "examples"
    return f"shape-of-{kind}"


def _is_shape(shape):
    if not isinstance(shape, (tuple, list)) or len(shape) != 2:
        return False
    return all(isinstance(n, (int, np.integer)) for n in shape)


def _same_shape(shape, truth):
    return _is_shape(shape) and tuple(shape) == truth


# Lessons 01 and 02: functions of single numbers


FOLLOWS = "What else is wrong may follow from that."
APART = np.array([0.3, 0.45, 0.8])  # behind the points, so that no wrong formula is right by accident


def judge_numbers(function, table, truth, theirs=None):
    """The CheckResult for a function of numbers, called with five random choices of them.

    table: from mistakes.py, a step for each number returned.  truth: a right function with named arguments.
    theirs: the learner's own function, where function only wraps it and hands it nodes.
    """
    inputs, rng, tries = [*signature(truth).parameters], np.random.default_rng(2), []
    praise = f"{listed(table)} came out right for five random choices of {listed(inputs)}."

    def called(function, _, rng):
        sizes = rng.permutation(np.arange(2, 9))[: len(inputs)] + APART[: len(inputs)]
        x = (sizes * rng.choice([-1, 1], len(inputs))).tolist()
        returned = call_quietly(function, *x, names=inputs)
        tries.append((dict(zip(inputs, x, strict=True)), _numbers(returned, table), np.atleast_1d(truth(*x))))

    result = try_cases(function, called, range(5), rng, praise)
    if not result.passed:
        return result
    return (
        with_line(_numbers_problem(tries, table), theirs or function, _cases(tries, table, theirs)) or result
    )


def _cases(tries, table, of_nodes=False):
    """The Cases of the tries that come out wrong, each with its inputs and results as what is known."""
    cases = []
    for given, returned, truth in tries:
        known = {
            name: np.float64(value) for name, value in (given | dict(zip(table, truth, strict=True))).items()
        }
        arguments = {name: Node(value, name) for name, value in given.items()} if of_nodes else given

        def read(came):
            return _numbers(came.value if of_nodes else came, table)

        cases += [Case(arguments, known, (*table,), read)] if _wrong_names(returned, truth) else []
    return cases[:3]


def _numbers(returned, table):
    """The numbers that a function returned, by name; NotAsAsked where they are not so many numbers."""
    if returned is ...:
        raise NotAsAsked("Your function still returns the dots.", "returns-dots")
    returned = returned if isinstance(returned, (tuple, list)) else [returned]
    if len(returned) != len(table):
        came = kind_of(returned[0]) if len(returned) == 1 else f"{len(returned)} values"
        order = f"{len(table)} values are expected, in this order: {', '.join(table)}."
        order = order if len(table) > 1 else f"one value is expected, {listed(table)}."
        raise NotAsAsked(f"Your function returns {came}; {order}", "number-of-values")
    returned = [
        value.item() if isinstance(value, np.ndarray) and not value.ndim else value for value in returned
    ]
    for name, value in zip(table, returned, strict=True):
        if isinstance(value, Node):
            words = "came as a node of the graph. The arguments of this function are numbers: use those"
            raise NotAsAsked(f"{name} {words}, and functions of np or activations.", "notebooks-nodes")
        if not isinstance(value, (int, float, np.number)):
            raise NotAsAsked(f"{name} should be a number; it came as {kind_of(value)}.", "no-number")
    return dict(zip(table, returned, strict=True))


def _numbers_problem(tries, table):
    """The CheckResult for numbers that are wrong in one of several tries, by the table where it can; or None.

    tries: of each, the inputs and what was returned, both by name, and what is right.
    """
    wrong_in = [_wrong_names(*each[1:]) for each in tries]
    wrong = [name for name in table if any(name in names for names in wrong_in)]
    if not wrong:
        return None
    right = tuple(name for name in table if name not in wrong)
    given, returned, truth = next(each for each, names in zip(tries, wrong_in, strict=True) if names)
    if len(tries) > 1 and all(each[1] == returned for each in tries):
        words = (
            f"Your function returns the same for every {listed(given)}. What does it do with its arguments?"
        )
        return not_yet("same-for-all-inputs", words)
    found = _found_in_all(tries, wrong_in, table)
    if not found and all(np.allclose(sorted(r.values()), sorted(t)) for _, r, t in tries):
        words = f"The numbers are right and their order is not. It should be {', '.join(table)}."
        return not_yet("order", words)
    lines = [f"Right: {listed(right)}."] * bool(right) + in_words(found)
    lines += [FOLLOWS] if found and not {*wrong} <= {name for name, _ in found} else []
    if not found:
        name, at = wrong[0], ", ".join(f"{name} = {number(value, 6)}" for name, value in given.items())
        name = next(name for name in wrong if name in _wrong_names(returned, truth))
        off = number(abs(returned[name] - truth[[*table].index(name)]), 6)
        lines.append(f"For {at} your {name} is {number(returned[name], 6)}, which is off by {off}.")
    return CheckResult(False, "\n".join(lines), mistakes=identifiers(found) or ("not-known",), right=right)


def _wrong_names(returned, truth):
    values = zip(returned, returned.values(), truth, strict=True)
    return [name for name, value, true in values if not relative_error(value, true) < 1e-6]


def _found_in_all(tries, wrong_in, table):
    """The mistakes that explain every one of the tries that came out wrong."""
    found = [
        recognise(table, given, r)[0] for (given, r, _), wrong in zip(tries, wrong_in, strict=True) if wrong
    ]
    return [each for each in found[0] if all(each in others for others in found)]


# Lesson 03: the sigmoid


def sigmoid_problem(function, sizes, rng):
    """What is wrong with a sigmoid(Z) of single numbers and of an array; None where nothing is."""
    tries = []
    for Z in (2.0, -3.0, 0.0, 0.7):
        a = call_quietly(function, Z, names=("Z",))
        a = a.item() if isinstance(a, np.ndarray) and a.size == 1 else a
        tries.append(({"Z": Z}, _numbers(a, mistakes.SIGMOID), [sigmoid(Z)]))
    if found := _numbers_problem(tries, mistakes.SIGMOID):
        return with_line(found, function, _cases(tries, mistakes.SIGMOID))
    Z, right = rng.normal(0, 3, (sizes.n_h, sizes.m)), "Single numbers come out right"
    try:
        A = call_quietly(function, Z.copy())
    except NotAsAsked as refused:
        words = f"{right}; an array of shape {Z.shape} does not.\n{refused}"
        return not_yet(refused.mistake, words, ["single numbers"], refused.line)
    if np.shape(A) != Z.shape:
        words = f"{right}. For an array of shape {Z.shape}, A should have that shape too."
        return not_yet("shape", words, ["single numbers"])
    words = compare_arrays({"A": A}, {"A": sigmoid(Z)}, sizes)
    return not_yet("arrays-differ", words, ["single numbers"]) if words else None


# Lesson 11: standardised sets, and batches


def standardise_problem(function, sizes, rng):
    """What is wrong with a function that standardises two sets; None where nothing is."""
    sets = _two_sets(sizes, rng)
    handed = copy.deepcopy(sets)
    returned = call_quietly(function, *handed.values(), names=[*sets])
    returned = tuple(returned) if isinstance(returned, list) else returned
    if not is_pair(returned):
        return not_yet("no-pair", wrong_kind(returned, "both sets: return X_train, X_test"))
    returned = dict(zip(sets, returned, strict=True))
    truth = dict(zip(sets, standardise(**sets), strict=True))
    right = [name for name in sets if agree(truth[name], returned[name])]
    found, _ = recognise(mistakes.STANDARDISE, sets, returned)
    if words := compare_arrays(returned, truth):
        said = in_words(found) or [words]
        said = "\n".join([f"Right: {listed(right)}."] * bool(found and right) + said)
        marks = identifiers(found) or ("not-known",)
        result = CheckResult(False, said, mistakes=marks, right=tuple(right))
        others = _two_sets(Sizes(4, 6, 1, 3), np.random.default_rng(1))
        return with_line(result, function, [_known_sets(each) for each in (sets, others)])
    if changed := [name for name in sets if not np.array_equal(handed[name], sets[name])]:
        words = f"Right, but it changes {changed[0]}, which you were given. Make new arrays."
        return with_line(not_yet("changed-in-place", words), function, [_known_sets(sets)])
    return None


def _two_sets(sizes, rng):
    """A random training set and a test set, of different widths."""
    widths = {"X_train": sizes.m + 2, "X_test": sizes.n_h}
    return {name: rng.normal(5, 3, (sizes.n_x, m)) for name, m in widths.items()}


def _known_sets(sets):
    """The Case of two sets: their means and deviations are known, with keepdims, and what is right."""
    known = {
        "mean": sets["X_train"].mean(axis=1, keepdims=True),
        "std": sets["X_train"].std(axis=1, keepdims=True),
    }
    truth = dict(zip(sets, standardise(**sets), strict=True))
    asked = {f"{name} standardised": array for name, array in truth.items()}
    return Case(sets, known | asked, (*asked,), lambda returned: dict(zip(asked, returned, strict=True)))


def batches_problem(function, sizes, rng):
    """What is wrong with a function that deals out batches, with its line; None where nothing is."""
    result = _batches_problem(function, sizes, rng)
    if result and "rng-unused" in result.mistakes:
        return result  # by chance an edit might look right

    def is_right(returned):
        if sum(map(len, returned)) != 23:  # it may be millions
            return False
        columns = np.concatenate([[], *returned]).tolist()
        return not (
            _columns_problem(columns, 23, 6) or _lengths_problem(returned, 6) or columns == sorted(columns)
        )

    cases = [
        verdict_case({"m": 23, "batch_size": 6, "rng": np.random.default_rng(seed)}, is_right)
        for seed in (1, 2)
    ]
    return with_line(result, function, cases, mended)


def _batches_problem(function, sizes, rng):
    """What is wrong with a function that deals columns out into batches; None where nothing is."""
    m, size = 20 * sizes.n_h + 3, 2 * sizes.n_x
    returned = call_quietly(function, m, size, rng, names=("m", "batch_size", "rng"))
    batches = returned if isinstance(returned, list) else [None]
    if batches and all(isinstance(batch, (int, np.integer)) for batch in batches):
        words = (
            "Your list holds the column numbers one by one. How does a whole batch become one entry of it?"
        )
        return not_yet("no-columns", words)
    if not all(isinstance(batch, (list, np.ndarray)) for batch in batches):
        return not_yet("no-list", wrong_kind(returned, "a list of arrays with column numbers"))
    if any(as_array(batch).ndim != 1 for batch in batches):
        words = "A batch should be one row of column numbers. Does each list stand in another one?"
        return not_yet("no-columns", words)
    again = call_quietly(function, m, size, rng)
    if not all(np.asarray(batch).dtype.kind in "iu" for batch in batches if len(batch)):
        words = "The batches should hold column numbers, whole numbers. What is in yours?"
        return not_yet("no-columns", words)
    columns, second = (np.concatenate([[], *dealt]).tolist() for dealt in (batches, again))
    return (
        _overlap(batches, m, size)
        or _columns_problem(columns, m, size)
        or _lengths_problem(batches, size)
        or _order_problem(columns, second)
        or _other_chance(function, m, size)
    )


def _overlap(batches, m, size):
    """The CheckResult for batches of which each begins inside the one before; None where none does."""
    lists = [np.asarray(batch).tolist() for batch in batches]
    pairs = [(one, other) for one, other in zip(lists, lists[1:], strict=False) if len(one) > 1 and other]
    if not pairs or not all(other[0] in one[1:] for one, other in pairs):
        return None
    words = f"With m = {m} and batch_size = {size} each batch begins inside the one before it."
    return not_yet("overlap", f"{words} Where should the next one start?")


def _columns_problem(columns, m, size):
    """The CheckResult for columns beyond 0 to m − 1, that come up twice, or never; None where none are."""
    missing, twice = {*range(m)} - {*columns}, len(columns) - len({*columns})
    if beyond := {*columns} - {*range(m)}:
        found = f"the columns are 0 to {m - 1}; yours hold {number(max(beyond, key=abs), 6)} too"
        question = "Where does counting start?" if 0 not in columns else "Where does the last batch end?"
        return not_yet("column-beyond", f"With m = {m} {found}. {question}")
    if twice:
        found = f"{len({*columns})} of the columns come up, some more than once"
        question = "Is the order shuffled once, before it is cut, and does shuffling repeat any?"
        return not_yet("column-twice", f"With m = {m}, {found}. {question}")
    if missing:
        found = f"columns that never come up: {len(missing)}"
        question = "What happens to those left over at the end?"
        question = question if len(missing) < size else "From where to where does each batch reach?"
        return not_yet("column-missing", f"With m = {m}, {found}. {question}")
    return None


def _lengths_problem(batches, batch_size):
    """The CheckResult for batches that have the wrong number of columns; None where none have."""
    lengths = [len(batch) for batch in batches]
    if 0 in lengths:
        return not_yet("batch-empty", "One of the batches is empty. Where does the last one start?")
    if any(n != batch_size for n in lengths[:-1]) or lengths[-1] > batch_size:
        found = f"your batches have {listed(str(n) for n in sorted({*lengths}))} columns"
        words = f"With batch_size = {batch_size} {found}. Which of them may be smaller?"
        return not_yet("batch-size", words)
    return None


def _other_chance(function, m, size):
    """The CheckResult for an order that does not come from rng, with its line; None where it does."""
    one, other = (call_quietly(function, m, size, np.random.default_rng(5)) for _ in range(2))
    if np.array_equal(np.concatenate(one), np.concatenate(other)):
        return None
    words = "Twice an rng with the same seed, and the orders differ: chance does not come from rng alone."
    line = None
    with suppress(*NO_SOURCE):
        lines = source_lines(function).items()
        deals = [each for word in ("random.", "shuffle", "permut") for each in lines if word in each[1]]
        line = deals[0] if deals else None
    said = "\n".join(filter(None, [READ.format(*line) if line else "", words, "What is rng for?"]))
    return not_yet("rng-unused", said, line=line)


def _order_problem(columns, second):
    """The CheckResult for columns that are not shuffled, or not anew when dealt out again; or None."""
    if columns == sorted(columns):
        words = "The columns come in their old order. What should happen to them before they are cut?"
        return not_yet("not-shuffled", words)
    if columns == second:
        words = "The order is the same every time. Where should chance come in, with rng?"
        return not_yet("not-by-chance", words)
    return None
