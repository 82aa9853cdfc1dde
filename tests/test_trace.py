"""The first wrong line is quoted, what is said about it is true, and what is run is left as it was."""

import re
import sys
import threading
import time
from itertools import islice

import numpy as np
import pytest

from helpers.feedback import known
from helpers.feedback.limits import NeverEnds, at_most, where_it_stopped
from helpers.feedback.lines import question
from helpers.feedback.trace import changed_by, first_wrong
from helpers.feedback.watched import watched
from tests import learners, mutations
from tests.mutations import BACKWARD, cases, defined, is_right

VERSIONS = [
    (task, source)
    for task in mutations.VERSIONS
    for source in [*learners.RIGHT[task], *mutations.VERSIONS[task]]
    if task != "compute_cost" or not re.search(r"def \w+\(.*parameters", source)  # called with two arguments
]


def found(source, task="backward_propagation"):
    return first_wrong(defined(source), cases(task), budget=5)  # so that a slow machine finds the same


@pytest.mark.parametrize(("old", "new", "name", "now", "meant"), [
    ("dZ2 = A2 - Y", "dZ2 = Y - A2", "dZ2", "−dZ2", "dZ2"),
    ("dZ2 = A2 - Y", "dZ2 = (A2 - Y) * A2", "dZ2", "dZ2 times A2", "dZ2"),
    ("W2.T @ dZ2 * (1 - A1**2)", "W2.T @ dZ2 * -(A1**2)", "dZ1", "W2ᵀdZ2 times −A1²", "dZ1"),
    ("W2.T @ dZ2 * (1 - A1**2)", "W2.T @ dZ2 * (1 - A1)", "dZ1", "W2ᵀdZ2 times 1 − A1", "dZ1"),
    ("m = X.shape[1]", "m = Y.size", "m", "", "m"),
    ("W2.T @ dZ2 * (1 - A1**2)", "W2.T @ dZ2", "dZ1", "W2ᵀdZ2", "dZ1"),
    ("dW1 = dZ1 @ X.T / m", "dW1 = dZ1 @ X.T", "dW1", "m dW1", "dW1"),
    ("db1 = np.sum(dZ1, axis=1, keepdims=True)", "db1 = np.sum(dZ1)", "db1", "", "db1"),
    ("W2 = parameters", "W2 = cache['A2'] * 0 + 1; W2 = parameters", None, "", ""),
])  # fmt: skip
def test_the_line_its_value_and_what_is_meant(old, new, name, now, meant):
    finding = found(BACKWARD.replace(old, new))
    if name is None:
        assert finding is None
        return
    assert (finding.text, finding.name, finding.now, finding.meant) == (
        next(line.strip() for line in BACKWARD.replace(old, new).splitlines() if new in line),
        *(name, now, meant),
    )
    assert finding.mends >= 1


def test_what_is_filled_entry_by_entry_is_quoted_where_it_is_filled():
    source = BACKWARD.replace(
        "    dW1 = dZ1 @ X.T / m\n",
        """    dW1 = np.zeros((len(dZ1), len(X)))
    for j in range(len(dZ1)):
        for n in range(len(X)):
            for i in range(m):
                dW1[j, n] += dZ1[j, i] / m
""",
    )
    assert found(source).text == "dW1[j, n] += dZ1[j, i] / m"


FORWARD = """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
"""


@pytest.mark.parametrize(("task", "old", "new", "said"), [
    ("backward_propagation", "dW2 = dZ2 @ A1.T / m", "dW2 = dZ2.mean(axis=1, keepdims=True) * W2",
     "Into dW2 go dZ2 and A1; this line is made of dZ2 and W2."),
    ("backward_propagation", "m = X.shape[1]", "m = np.sum(Y)",
     "What is meant there is the number of examples."),
    ("backward_propagation", "dZ2 = A2 - Y", "dZ2 = (A2 > 0.5) - Y", "In it, look at `A2 > 0.5` first."),
    ("backward_propagation", "np.sum(dZ1, axis=1, keepdims=True) / m",
     "np.median(dZ1, axis=1, keepdims=True)", "Is `np.median` the function that is meant?"),
    ("forward_propagation", "A2 = 1 / (1 + np.exp(-Z2))", "A2 = np.exp(Z2) / np.sum(np.exp(Z2), axis=0)",
     "In it the entries of each column sum to 1: what is each of them divided by?"),
    ("forward_propagation", "A2 = 1 / (1 + np.exp(-Z2))", "A2 = np.exp(Z2) / np.sum(np.exp(Z2))",
     "In it all entries together sum to 1: what is each of them divided by?"),
    ("forward_propagation", "A1 = np.tanh(Z1)", "A1 = np.tan(Z1)",
     "Is `np.tan` the function that is meant?"),
])  # fmt: skip
def test_what_no_single_formula_makes_is_told_by_what_is_in_it(task, old, new, said):
    source = {"backward_propagation": BACKWARD, "forward_propagation": FORWARD}[task]
    assert old in source
    assert question(found(source.replace(old, new), task)) == said


SLOPE_IN_TWO = "s = 1 / (1 + np.exp(-cache['Z1']))\n    dZ1 = W2.T @ dZ2 * (1 - s**2)"
MOVED = "parameters['W2'] = W2 = W2 - dW2"


@pytest.mark.parametrize(("lines", "said"), [
    (SLOPE_IN_TWO.replace("exp", "cos"), "s = 1 / (1 + np.cos(-cache['Z1']))"),
    ("dZ1 = W2.T @ dZ2\n    dZ1 *= 1 - A1", "dZ1 *= 1 - A1"),
    ("dZ1, n = W2.T @ dZ2 * (1 - A1), 4", "dZ1, n = W2.T @ dZ2 * (1 - A1), 4"),
    ("n = 4; dZ1 = W2.T @ dZ2 * (1 - A1); k = 5", "n = 4; dZ1 = W2.T @ dZ2 * (1 - A1); k = 5"),
    ("(a, (dZ1, b)) = (1, (W2.T @ dZ2 * A1, 2))", "(a, (dZ1, b)) = (1, (W2.T @ dZ2 * A1, 2))"),
    ("g = lambda a: 1 - a\n    dZ1 = W2.T @ dZ2 * g(A1)", "g = lambda a: 1 - a"),
    (f"{MOVED}\n    dZ1 = W2.T @ dZ2 * (1 - A1**2)", MOVED),
])  # fmt: skip
def test_the_line_is_found_however_it_is_written(lines, said):
    assert found(BACKWARD.replace("dZ1 = W2.T @ dZ2 * (1 - A1**2)", lines)).text == said


def test_the_steps_before_it_are_named_as_right():
    finding = found(BACKWARD.replace("dZ1 = W2.T @ dZ2 * (1 - A1**2)", "dZ1 = W2 * dZ2"))
    assert finding.right == ["dZ2", "dW2", "db2"]


def test_a_right_function_has_no_wrong_line():
    for task, source in VERSIONS:
        function = defined(source)
        if is_right(function, task):
            assert first_wrong(function, cases(task)) is None, source


@pytest.mark.parametrize(("task", "source"), VERSIONS)
def test_a_watched_function_returns_the_same(task, source):
    function = defined(source)
    watch = watched(function)
    for case in cases(task)[2:]:
        one = case.read(function(*known.copied(case.arguments)))
        two = case.read(watch.run(known.copied(case.arguments), None))
        assert one.keys() == two.keys()
        assert all(np.array_equal(one[name], two[name], equal_nan=True) for name in case.asked)


def test_no_trace_function_is_set_and_nothing_of_the_notebook_is_changed():
    function = defined(BACKWARD.replace("A2 - Y", "A2"))
    space, trace = dict(function.__globals__), sys.gettrace()
    case = cases("backward_propagation")
    first_wrong(function, case)
    assert sys.gettrace() is trace and function.__globals__ == space
    assert all(
        np.array_equal(a.known["A2"], b.known["A2"])
        for a, b in zip(case, cases("backward_propagation"), strict=True)
    )


def test_recursion_generators_and_asserts_are_survived():
    source = """
def total(values):
    assert len(values) >= 0
    return values[0] + total(values[1:]) if len(values) else 0

def compute_cost(A2, Y):
    def losses():
        for y, p in zip(Y.ravel(), A2.ravel()):
            yield y * np.log(p) + y * np.log(1 - p)
    return -total([*losses()]) / Y.shape[1]
"""
    assert found(source, "compute_cost").text == "yield y * np.log(p) + y * np.log(1 - p)"


def test_a_function_that_never_returns_is_stopped():
    begun = time.perf_counter()
    finding = found(BACKWARD.replace("m = X.shape[1]", "m = 0\n    while m < 9:\n        m = m * 1"))
    assert isinstance(finding.error, NeverEnds) and finding.text in ("while m < 9:", "m = m * 1")
    assert time.perf_counter() - begun < 5


def spin():
    with at_most(0.05):
        while True:
            try:
                sum(range(100))
            except Exception:
                pass


def test_the_limit_holds_in_other_threads_and_gives_the_signal_back():
    caught = []

    def inside():
        try:
            spin()
        except NeverEnds as error:
            caught.append(error)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join(10)
    inside()
    assert len(caught) == 2


def test_shapes_are_those_of_the_part_that_failed():
    source = """
A1 = np.zeros((7, 7))

def backward_propagation(parameters, cache, X, Y):
    A1 = cache["A1"].T
    W2 = parameters["W2"]
    return W2 @ W2.T, W2 * (A1 + cache["A1"])
"""
    function = defined(source)
    with pytest.raises(ValueError) as caught:
        function(*cases("backward_propagation")[0].arguments.values())
    stop = where_it_stopped(caught.value, lambda name: name.startswith("<a cell"))
    assert (stop.line, stop.part) == (7, 'A1 + cache["A1"]')
    assert stop.shapes == (("A1", (5, 3)), ('cache["A1"]', (3, 5)))


def test_where_lent_arrays_change():
    case = cases("backward_propagation")[0]
    function = defined(BACKWARD.replace("dZ2 = A2 - Y", "dZ2 = A2\n    dZ2 -= Y"))
    assert changed_by(function, case).text == "dZ2 -= Y"
    assert changed_by(defined(BACKWARD), case) is None


def test_hidden_steps_are_recovered_from_what_was_returned():
    case = cases("backward_propagation")[1]
    source = BACKWARD.replace("W2.T @ dZ2", "W2.T @ (dZ2 * A2)")
    steps = known.recovered(defined(source)(*case.arguments.values()), case.arguments)
    assert known.agree(steps["dZ2"], case.known["dZ2"])
    assert known.agree(steps["dZ2 on the way back"], case.known["dZ2"] * case.known["A2"])


def mutants(seed, count, edits=1):
    """Wrong mutants of all right versions, with the finding for each."""
    for k, (task, source) in enumerate(VERSIONS):
        if is_right(defined(mutations.normal(source)), task):
            rng = np.random.default_rng([seed, k])
            for mutant in islice(mutations.mutants(source, rng, edits), count):
                function = defined(mutant.source)
                with at_most(20):
                    if not is_right(function, task):
                        yield task, mutant, first_wrong(function, cases(task), budget=1)


def false_statements(task, mutant, finding):
    """What a finding says that is not so."""
    lines = mutant.source.splitlines()
    if finding.text != lines[finding.line - 1].strip():
        yield "line"
    if set(finding.right) & {name for name, rank in finding.results.items() if rank}:
        yield "right"
    if finding.mend and finding.mend.at not in mutations.normal(mutant.source).replace("\n", ""):
        yield "place of the mend"


def test_an_alarm_that_gets_lost_comes_again():
    def swallowed():
        for _ in range(2):
            try:
                while True:
                    sum(range(100))
            except NeverEnds:  # as a bare except of a learner's does
                pass

    begun = time.perf_counter()
    with at_most(0.05):
        swallowed()
    assert time.perf_counter() - begun < 3


def test_after_a_limit_on_another_thread_a_trace_still_ends():
    """Python 3.11 traces for ever where an exception for a thread is announced and never comes."""

    def limited():
        for seconds in (5, 0.02):
            try:
                with at_most(seconds):
                    time.sleep(0.03 if seconds < 1 else 0)
            except NeverEnds:
                pass

    thread = threading.Thread(target=limited)
    thread.start()
    thread.join()
    seen, before = [], sys.gettrace()
    try:
        with at_most(10):
            sys.settrace(lambda frame, event, _: seen.append(event))
            list(range(3))
            defined("def f():\n    return 1\n")()
    finally:
        sys.settrace(before)
    assert seen


@pytest.mark.skipif(
    sys.version_info < (3, 12), reason="Python 3.12 and newer only can look at each turn of a loop"
)
def test_in_a_browser_an_endless_loop_is_stopped_without_signals_and_threads(monkeypatch):
    def endless():
        try:
            while True:
                pass
        except Exception:
            pass

    monkeypatch.setattr(sys, "platform", "emscripten")
    for seconds in (0.2, 5):  # the second one within the first would wait longer
        with pytest.raises(NeverEnds), at_most(0.2), at_most(seconds):
            endless()
    assert "at_most" not in [sys.monitoring.get_tool(number) for number in range(6)]
    with at_most(0.01):  # what is done in time is not disturbed
        assert sum(range(9)) == 36
