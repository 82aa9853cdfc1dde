"""The checks name the mistake that was made and no other, accuse nobody wrongly, and survive everything."""

import random
import re
from functools import wraps
from itertools import chain, combinations

import nbformat
import numpy as np
import pytest

from helpers import network
from helpers.feedback import graphs, harder, harder_training, mistakes
from helpers.feedback.errors import RAISED
from helpers.feedback.judge import FOR_ONE_OUTPUT, judge
from helpers.feedback.messages import CheckResult
from helpers.feedback.tasks import IN_DICT, IN_PLACE, REPLACED, TASKS, case_for
from helpers.feedback.trials import SIZES
from helpers.feedback.wording import WORDS, words_for
from helpers.lessons import find_lesson
from tests import learners
from tests.support import defined

TABLES = {
    "backward_propagation": mistakes.BACKWARD,
    "hidden_gradient": mistakes.HIDDEN,
    "forward_propagation": mistakes.FORWARD,
    "compute_cost": mistakes.COST,
    "update_parameters": mistakes.UPDATE,
    "initialize_parameters": {},
}
PROPERTIES = [*mistakes.INITIAL_SHAPES, *mistakes.INITIAL_WEIGHTS, *mistakes.INITIAL_BIAS]
SMALL = (mistakes.SCALAR_FORWARD, mistakes.OWN_GRAPH, mistakes.SCALAR_BACKWARD, mistakes.USED_TWICE,
         mistakes.SIGMOID, mistakes.STANDARDISE, mistakes.CHECKER, harder.SQUARED_NEURON,
         harder.WEIGHED_EXAMPLES, harder.TWO_HIDDEN_LAYERS, harder.SQUARES, harder.SHORTCUT,
         harder.SLOPE_ALONG, harder_training.MOMENTUM, harder_training.PENALISED, mistakes.SOFTMAX,
         mistakes.SOFTMAX_COST, graphs.OF_AFFINE, {"backward": [*graphs.WALKS, ("backward-not-reset", None)]},
         {"W": harder_training.SCALES},
         {"far out": [(task.far_out[0], None) for task in TASKS.values() if task.far_out]})  # fmt: skip


def mistakes_of(table):
    return {mistake for step in table.values() for line, _ in step for mistake in line.split()}


def words_of(table):
    return set(map(words_for, mistakes_of(table)))


def catalogue(task):
    """All words that a message about this function may hold, without the names that are filled in."""
    words = words_of(TABLES[task]) | {words for kind, _, words in RAISED if not issubclass(kind, SyntaxError)}
    words |= {words_for(mistake) for mistake, _ in PROPERTIES} if task == "initialize_parameters" else set()
    words |= {IN_PLACE} | ({IN_DICT} if not TASKS.get(task, TASKS["compute_cost"]).may_replace else set())
    return {re.sub(r".*\{(names)?\}:? ", "", line) for line in words}


def versions(lists):
    return [(task, *version) for task in lists for version in lists[task]]


@pytest.mark.parametrize(
    ("task", "words", "source", "lines"), versions(learners.WRONG) + versions(learners.RAISING)
)
def test_a_wrong_version_hears_its_mistake_and_no_other(task, words, source, lines, tmp_path):
    result = judge(task, defined(learners.changed(source, lines), tmp_path))
    own = [line for line in catalogue(task) if words in line]
    assert len(own) == 1
    assert result.passed is False
    assert [line for line in catalogue(task) if line in result.message] == own, result.message
    assert "Look again at lesson" in result.message


def test_each_mistake_is_tried_twice():
    tried = [(task, words) for task, words, _, _ in versions(learners.WRONG) + versions(learners.RAISING)]
    for line in set().union(*map(catalogue, TABLES)):
        assert sum(words in line and line in catalogue(task) for task, words in tried) >= 2, line


def fit_together(one, other):
    if {one[0], other[0]} == {"W1 stands where W2", "W2 has moved already"}:
        return False  # these two are one mistake: a W1 that has moved
    a, b = ([m.span() for old in v[2] for m in re.finditer(re.escape(old), v[1])] for v in (one, other))
    apart = all(x[1] <= y[0] or y[1] <= x[0] for x in a for y in b)
    return one[0] != other[0] and apart


@pytest.mark.parametrize("source", [learners.BACKWARD, learners.COURSE_BACKWARD])
def test_of_two_mistakes_one_is_named_and_none_is_invented(source, tmp_path):
    pairs = combinations([version for version in learners.WRONG_BACKWARD if version[1] is source], 2)
    for one, other in random.Random(7).sample([pair for pair in pairs if fit_together(*pair)], 80):
        function = defined(learners.changed(source, {**one[2], **other[2]}), tmp_path)
        message = judge("backward_propagation", function).message
        own = {line for line in catalogue("backward_propagation") if one[0] in line or other[0] in line}
        named = {line for line in catalogue("backward_propagation") if line in message}
        assert named and named <= own, (one, other, message)


@pytest.mark.parametrize(
    ("task", "source"), [(task, source) for task in learners.RIGHT for source in learners.RIGHT[task]]
)
def test_a_right_version_passes_however_it_is_written(task, source, tmp_path, capsys):
    result = judge(task, defined(source, tmp_path))
    assert result.passed is True, result.message
    parts = ("shape == (1, ", "np.log(A2).T", "np.log(A2.T)", "np.mean(losses)", "Y.size", "Y[0, i]")
    one_only = any(part in source for part in parts)
    assert result.one_output is one_only and (FOR_ONE_OUTPUT in result.message) is one_only
    assert capsys.readouterr().out == ""


def backward_with(**changed):
    """The reference, with some of its gradients put through a function."""

    def backward_propagation(*given):
        grads = network.backward_propagation(*given)
        return grads | {name: change(grads[name]) for name, change in changed.items()}

    return backward_propagation


def off_by_one(grad):
    grad[-1, 0] += 1
    return grad


@pytest.mark.parametrize(("function", "words"), [
    (backward_with(dW2=lambda dW2: 3 * dW2), ["dW2 is 3 times what it should be, in every entry."]),
    (backward_with(dW1=lambda dW1: -dW1), ["Right: dW2, db2 and db1. Not right yet:", "dW1 is −1 times"]),
    (backward_with(dW1=off_by_one), ["Right: dW2, db2 and db1. Not right yet: dW1."]),
    (backward_with(dW1=lambda dW1: dW1[:2]), ["dW1 should have shape (4, 5)", "n1 = 4", "it has (2, 5)"]),
    (backward_with(dW1=lambda dW1: dW1 * (dW1.shape == (5, 3))), ["With other sizes it comes out right"]),
    (backward_with(db2=lambda db2: db2 * (len(db2) == 1)), ["With one output it comes out right"]),
])  # fmt: skip
def test_where_no_mistake_is_known_it_is_narrowed_down(function, words):
    message = judge("backward_propagation", function).message
    assert all(part in message for part in words), message


@pytest.mark.parametrize(("lines", "right", "first"), [
    ({"A2 - Y": "Y - A2"}, "", "Line 6 is the first that goes wrong: “dZ2 = Y - A2”.\nThe sign of dZ2"),
    ({"np.tanh(Z1) ** 2": "np.tanh(Z1)"}, "Right: dZ2, dW2 and db2. Not right yet: dW1 and db1.\n",
     "Line 9 is the first that goes wrong: “dZ1 = W2.T @ dZ2 * (1 - np.tanh(Z1))”.\ndZ1: "),
])  # fmt: skip
def test_the_first_gradient_is_blamed_for_those_after_it(lines, right, first, tmp_path):
    message = judge(
        "backward_propagation", defined(learners.changed(learners.BACKWARD, lines), tmp_path)
    ).message
    assert message.startswith(right + first) and "What else is wrong follows from that." in message


def endless(parameters, grads, learning_rate):
    return endless(parameters, grads, learning_rate)


def each(change):
    return lambda parameters, grads, learning_rate: {
        name: change(array) for name, array in parameters.items()
    }


@pytest.mark.parametrize(("function", "words"), [
    (lambda *given: None, "is a return missing"),
    (lambda *given: print("hello"), "is a return missing"),
    (lambda *given: exit(), "Python with it"),
    (lambda *given: "W1", "It returned a str."),
    (lambda *given: ..., "It returned an ellipsis."),
    (lambda *given: (yield 1), "It returned a generator."),
    (lambda *given: {}, "it is empty"),
    (lambda *given: {"W1": 1}, "look for b1, W2 and b2: it has W1"),
    (lambda parameters, grads: {},
     "with parameters, grads and learning_rate, in this order; your function takes par"),
    (lambda grads, parameters, learning_rate: 1 / 0, "takes grads, parameters and learning_rate"),
    (lambda *given: [][0], "stopped with IndexError in line"),
    (each(lambda array: array * np.nan), "W1 should be finite; nan came"),
    (each(lambda array: array + np.inf), "W1 should be finite; inf came"),
    (lambda *given: {name: array.tolist() for name, array in network.update_parameters(*given).items()},
     "W1 is a list"),
    (each(lambda array: [[1], [2, 3]]), "W1 is a list"),
    (each(lambda array: "W1"), "W1 should be an array of numbers; it came as a str"),
    (each(lambda array: None), "W1 should be an array of numbers; it came as None"),
    (each(lambda array: array.astype(int)), "off by"),
    (each(lambda array: array.astype(object)), "its entries are object"),
    (each(lambda array: array + 1j), "its entries are complex128"),
    (endless, "calls itself without end"),
    (dict, "stopped with TypeError"),
    (5, "it was given an int"),
    (None, "it was given None"),
])  # fmt: skip
def test_whatever_it_does_the_lesson_goes_on(function, words, capsys):
    result = judge("update_parameters", function)
    assert isinstance(result, CheckResult) and result.passed is False
    assert words in result.message
    assert capsys.readouterr().out == ""


def test_a_tuple_in_the_wrong_order_is_seen():
    turned = judge(
        "forward_propagation", lambda X, parameters: network.forward_propagation(X, parameters)[::-1]
    )
    assert "The cache comes first there" in turned.message
    other = judge("forward_propagation", lambda X, p: (X, network.forward_propagation(X, p)[1]))
    assert "not the A2 in the cache" in other.message


def test_an_interrupt_is_the_learners():
    def update_parameters(parameters, grads, learning_rate):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judge("update_parameters", update_parameters)


@pytest.mark.parametrize(("task", "sizes"), [(task, sizes) for task in TASKS for sizes in SIZES])
def test_a_copied_answer_does_not_pass(task, sizes):
    """The right answer for one of the networks, whatever comes in."""
    _, answer = case_for(TASKS[task], sizes, network.forward_propagation)
    given = {"compute_cost": lambda: answer["J"], "hidden_gradient": lambda: answer["dz1"],
             "softmax": lambda: answer["A"], "softmax_cost": lambda: answer["J"],
             "forward_propagation": lambda: (answer["A2"], answer)}  # fmt: skip
    assert judge(task, lambda *arguments: given.get(task, lambda: answer)()).passed is False


@pytest.mark.parametrize(("task", "source", "lines"), [
    ("backward_propagation", learners.BACKWARD, {"X.shape[1]": "7"}),
    ("compute_cost", learners.COST, {"Y.shape[1]": "7"}),
    ("update_parameters", learners.UPDATE, {"learning_rate *": "0.3 *"}),
    ("initialize_parameters", learners.INITIAL, {"(n_h, n_x)": "(4, 2)"}),
    ("forward_propagation", learners.FORWARD, {"    Z1 =": "    W1 = W1.reshape(5, 3)\n    Z1 ="}),
])  # fmt: skip
def test_the_sizes_of_the_lesson_are_not_enough(task, source, lines, tmp_path):
    assert judge(task, defined(learners.changed(source, lines), tmp_path)).passed is False


def test_what_to_look_at_is_a_heading_of_that_lesson():
    looks = {look for task in TASKS.values() for look in task.look.values()}
    looks |= {judge("initialize_parameters", dict).message.rsplit("Look again at ")[-1].rstrip(".")}
    for lesson, heading in (re.fullmatch("lesson (..), “(.*)”", look).groups() for look in looks):
        cells = nbformat.read(find_lesson(lesson), as_version=4).cells
        assert any(f"## {heading}" in cell.source.splitlines() for cell in cells), (lesson, heading)


def test_the_words_read_well():
    words = {*WORDS.values(), IN_PLACE, IN_DICT, REPLACED} | {words for _, _, words in RAISED}
    for line in words:
        assert line.endswith((".", "?")) and "!" not in line and len(line) < 140, line
        assert not re.search(r"\{names\} (is|are|has|have)\b", line), line  # one name or several


def test_every_identifier_has_words_and_every_words_a_line_of_a_table():
    used = set().union(
        *map(mistakes_of, chain(TABLES.values(), SMALL)), {mistake for mistake, _ in PROPERTIES}
    )
    assert {mistake for mistake in used if mistake not in WORDS} == {m for m in used if "-for-" in m} - {
        *WORDS
    }
    without_formula = {
        "not-finite-arrays",
        "mean-not-zero",
        "spread-differs",
        "slopes-all-0",
        "names-exchanged",
    }
    assert WORDS.keys() - used == without_formula
    assert all(re.fullmatch(r"[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*", mistake) for mistake in used)


def test_an_update_that_puts_new_arrays_into_its_dict_passes_with_a_note(tmp_path):
    source = learners.LOOP_UPDATE.replace("new = {}", "new = parameters")
    assert REPLACED in judge("update_parameters", defined(source, tmp_path)).message
    assert REPLACED not in judge("update_parameters", defined(learners.LOOP_UPDATE, tmp_path)).message


def test_an_error_in_the_house_is_shown_at_the_learners_line(tmp_path):
    line = "return network.forward_propagation(X.T, parameters)"
    source = f"from helpers import network\ndef forward(X, parameters):\n    {line}\n"
    message = judge("forward_propagation", defined(source, tmp_path)).message
    assert f"in the line “{line}”" in message


def forward_with_slopes(X, parameters):
    """A forward whose cache holds one thing more, where there is one output."""
    A2, cache = network.forward_propagation(X, parameters)
    return A2, cache | ({"D1": 1 - cache["A1"] ** 2} if len(A2) == 1 else {})


def backward_that_needs_slopes(parameters, cache, X, Y):
    assert cache["D1"] is not None
    return network.backward_propagation(parameters, cache, X, Y)


def test_only_a_forward_for_one_output_excuses_an_entry_that_is_missing():
    @wraps(forward_with_slopes)
    def for_one_output(X, parameters):
        return forward_with_slopes(X, parameters)

    refused = judge("backward_propagation", backward_that_needs_slopes, for_one_output)
    assert refused.passed is False and "KeyError" in refused.message
    for_one_output.one_output = True
    passed = judge("backward_propagation", backward_that_needs_slopes, for_one_output)
    assert passed.passed is True and passed.one_output and FOR_ONE_OUTPUT in passed.message


def test_names_that_are_no_strings_are_shown():
    message = judge("update_parameters", lambda *given: {1: 2, None: 3}).message
    assert "look for W1, b1, W2 and b2: it has 1 and None." in message
