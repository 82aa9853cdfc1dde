"""The six exercises of lessons 12 to 14: what is wrong is named, with its line; right is right."""

from itertools import islice

import numpy as np
import pytest

from helpers import checks, network
from helpers.feedback.limits import NeverEnds, at_most, quiet
from tests import mutations
from tests.learners import changed
from tests.lessons_12_to_14_by_learners import (
    BACK_BY_ROUNDS,
    BACK_WITH_DICTS,
    EXCHANGED,
    LAST_APART,
    MARK,
    ONE_BY_ONE,
    RIGHT,
    WRONG,
)
from tests.support import defined

NAMED = {  # by exercise, in the order of WRONG
    "softmax": [
        "softmax-over-examples", "softmax-over-everything", "softmax-no-maximum", "softmax-sigmoids-shared",
        "softmax-divided-by-maximum", "softmax-maximum-of-rows", "softmax-maximum-on-one-side",
    ],
    "softmax_cost": [
        "cost-mean-missing", "cost-log-of-0", "cost-of-sigmoids", "cost-Y-as-numbers",
        "cost-argmax-wrong-axis", "cost-mean-over-entries", "cost-sign", "cost-own-over-examples",
    ],
    "deep_forward": [
        "count", "names-differ", "tanh-for-sigmoid", "X-for-A1", "sigmoid-for-tanh", "one-hidden-layer-only",
        "dict-made-anew", "output-differs", "bias-missing",
    ],
    "deep_backward": [
        "A2-for-A1", "slope-of-the-next-layer", "slope-missing", "W1-for-W2", "mean-missing", "mean-missing",
        "names-differ", "keepdims-missing", "slope-of-sigmoid", "order-of-the-lines", "dZ2-sign",
        "raised-KeyError",
    ],
    "graph_backward": [
        "backward-overwrites", "backward-wrong-order", "backward-handed-on-twice", "backward-visited-again",
        "backward-node-before-inputs", "backward-not-reset", "backward-output-not-1",
        "backward-value-for-gradient",
    ],
    "affine_back": [
        "product-lies", "shapes-do-not-fit", "sum-wrong-axis", "keepdims-missing", "share-in-the-rule",
        "examples-not-summed", "share-in-the-rule",
    ],
}  # fmt: skip
CASES = [
    (exercise, cause, source, mistake)
    for exercise, mistakes in NAMED.items()
    for (_, cause, source), mistake in zip(
        [wrong for wrong in WRONG if wrong[0] == exercise], mistakes, strict=True
    )
]


@pytest.fixture(autouse=True)
def own_file(monkeypatch, tmp_path):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))


def check(exercise, source, folder):
    return getattr(checks, f"check_{exercise}")(defined(source, folder))


@pytest.mark.parametrize(("exercise", "cause", "source", "mistake"), CASES)
def test_a_wrong_version_is_named_and_its_line_is_quoted(exercise, cause, source, mistake, tmp_path):
    marked = [line.removesuffix(MARK).strip() for line in source.splitlines() if line.endswith(MARK)]
    result = check(exercise, source.replace(MARK, ""), tmp_path)
    assert result.passed is False and mistake in result.mistakes, (result.mistakes, result.message)
    assert result.line and result.line[1] in marked and f"“{result.line[1]}”" in result.message, (
        result.message
    )
    lesson = {"softmax": "12", "softmax_cost": "12", "deep_forward": "13", "deep_backward": "13"}
    assert f"lesson {lesson.get(exercise, '14')}, “" in result.message or result.mistakes == (mistake,)


@pytest.mark.parametrize(("exercise", "source", "right", "wrong", "line"), EXCHANGED)
def test_the_line_in_which_something_is_exchanged_is_quoted(exercise, source, right, wrong, line, tmp_path):
    result = check(exercise, changed(source, {right: wrong}), tmp_path)
    assert result.passed is False and result.line and result.line[1] == line, result.message
    assert check(exercise, source, tmp_path).passed is True


@pytest.mark.parametrize(("exercise", "what", "source"), RIGHT)
def test_a_right_version_is_right(exercise, what, source, tmp_path):
    result = check(exercise, source, tmp_path)
    assert result.passed is True and not result.one_output, result.message


ONE_OUTPUT = """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    assert cache[f"A{L}"].shape == (1, m)
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
    return grads
"""


def test_made_for_one_output_is_right_at_any_depth(tmp_path):
    result = check("deep_backward", ONE_OUTPUT, tmp_path)
    assert result.passed is True and result.one_output, result.message
    assert "Two and three hidden layers came out right as well." in result.message
    wrong = ONE_OUTPUT.replace('parameters[f"W{l}"]', 'parameters["W2"]')
    assert check("deep_backward", wrong, tmp_path).mistakes == ("one-hidden-layer-only",)


@pytest.mark.parametrize("empty", ["{}", "dict()"])
def test_a_dict_made_anew_in_the_loop_is_told(empty, tmp_path):
    again = ONE_OUTPUT.replace("        A = cache", f"        grads = {empty}\n        A = cache")
    result = check("deep_backward", again, tmp_path)
    assert result.mistakes == ("dict-made-anew",) and result.line[1] == f"grads = {empty}", result.message


DEAD = [  # (what is counted, the words)
    ("(A == 0).sum()", "entries of A that are 0"),
    ("(A == 0).all(axis=0).sum()", "columns of A that are 0, examples"),
]


@pytest.mark.parametrize(("counted", "words"), DEAD)
def test_what_else_is_counted_for_dead_units_is_told(counted, words, tmp_path):
    each = f"[int({counted}) for A in (cache[f'A{{k}}'] for k in range(1, len(cache) // 2))]"
    result = check("dead_units", f"def dead_units(cache):\n    return {each}\n", tmp_path)
    assert result.passed is False and words in result.message, result.message
    other = check("dead_units", f"def dead_units(cache):\n    return [0 * n for n in {each}]\n", tmp_path)
    assert other.passed is False and "These are" not in other.message
    single = check("dead_units", f"def dead_units(cache):\n    return {each}[:0]\n", tmp_path)
    assert "a list of 1 whole number; a list of 0 came" in single.message, single.message


KEYS = [  # (what is written, what is written wrongly, the words)
    (
        'cache[f"A{l - 1}"] if l > 1 else X',
        'cache[f"A{l - 1}"]',
        "There is no layer 0. What does layer 1 receive?",
    ),
    ('parameters[f"W{l}"]', 'parameters["W{l}"]', "The braces stand in this name as they are."),
    ('parameters[f"W{l}"]', 'parameters[f"W{l + 1}"]', "The last layer there is 2."),
    ('parameters[f"W{l}"]', 'parameters[f"w{l}"]', "is a d missing or too many?"),
]


@pytest.mark.parametrize(("right", "wrong", "words"), KEYS)
def test_a_layer_that_is_not_there_is_told_by_what_is_wrong_with_its_name(right, wrong, words, tmp_path):
    message = check("deep_backward", changed(ONE_OUTPUT, {right: wrong}), tmp_path).message
    assert words in message, message


def test_a_cache_without_the_last_layer_is_told_what_it_has_itself(tmp_path):
    source = next(source for task, cause, source in WRONG if cause == "range ends one layer early")
    assert (
        "look for Z2: it has Z1 and A1." in check("deep_forward", source.replace(MARK, ""), tmp_path).message
    )


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("L, m, grads = len(parameters) // 2,", "L, m, grads = 2,"), ("range(L, 0, -1)", "range(2, 0, -1)")],
)
def test_a_number_of_layers_that_is_written_out_is_told(right, wrong, tmp_path):
    result = check("deep_backward", changed(ONE_OUTPUT, {right: wrong}), tmp_path)
    assert result.mistakes == ("one-hidden-layer-only",) and wrong in result.line[1], result.message
    assert "counts to 2, however many layers there are" in result.message


# ---- random edits of functions for any depth

EDITED = [("forward", ONE_BY_ONE), ("forward", LAST_APART), ("backward", BACK_BY_ROUNDS),
          ("backward", BACK_WITH_DICTS)]  # fmt: skip


def is_right(which, function):
    """Whether a forward or a backward agrees with helpers.network from one to five hidden layers."""
    rng = np.random.default_rng(8)
    for sizes in ((3, 5, 2), (2, 4, 3, 1), (4, 4, 4, 4), (3, 2, 5, 4, 2), (2, 3, 3, 3, 3, 3, 2)):
        X, Y = rng.standard_normal((sizes[0], 6)), rng.integers(0, 2, (sizes[-1], 6))
        p = network.initialize_parameters(sizes[0], sizes[1:-1], sizes[-1], scale=1)
        A, cache = network.forward_propagation(X, p)
        truth = cache if which == "forward" else network.backward_propagation(p, cache, X, Y)
        try:
            with quiet(), at_most(5):
                given = (X.copy(), dict(p)) if which == "forward" else (dict(p), dict(cache), X, Y)
                returned = function(*given)
                first, found = returned if which == "forward" else (A, returned)
                pairs = [(first, A), *((found[name], true) for name, true in truth.items())]
                if not all(np.shape(one) == true.shape and np.allclose(one, true) for one, true in pairs):
                    return False
        except (Exception, NeverEnds):
            return False
    return True


def test_random_edits_are_judged_rightly_and_most_hear_their_line():
    wrong, quoted = 0, 0
    for k, (which, source) in enumerate(EDITED):
        rng = np.random.default_rng([21, k])
        for mutant in islice(mutations.mutants(mutations.normal(source), rng, 1), 8):
            function = mutations.defined(mutant.source)
            right, result = is_right(which, function), getattr(checks, f"check_deep_{which}")(function)
            assert result.passed is right, (mutant.source, result.message)
            wrong += not right
            quoted += not right and result.line is not None and result.line[0] in mutant.numbers
    assert wrong > 25 and quoted > 0.9 * wrong, (quoted, wrong)
