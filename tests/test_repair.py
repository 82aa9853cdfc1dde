"""The smallest edit that mends a line is found, is right on every case, and costs little."""

import ast
import time

import pytest

from helpers.feedback.known import outcome
from helpers.feedback.limits import quiet
from helpers.feedback.repair import search
from helpers.feedback.trace import first_wrong
from helpers.feedback.watched import watched
from tests.mutations import BACKWARD, cases, defined


@pytest.mark.parametrize(("old", "new", "kind", "at"), [
    ("dZ2 @ A1.T", "dZ2 @ A1", "transpose missing", "A1"),
    ("dZ2 = A2 - Y", "dZ2 = Y - A2", "order of the two", "Y - A2"),
    ("dW1 = dZ1 @ X.T", "dW1 = dZ2 @ X.T", "name", "dZ2"),
    ("W2.T @ dZ2", "W2.T * dZ2", "operator", "W2.T * dZ2"),
    ("1 - A1**2", "1 - A1", "power missing", "A1"),
    ("m = X.shape[1]", "m = X.shape[0]", "number", "0"),
    ("db1 = np.sum(dZ1, axis=1, keepdims=True)", "db1 = np.sum(dZ1, axis=0, keepdims=True)",
     "axis or keepdims", "np.sum(dZ1, axis=0, keepdims=True)"),
    ("A1, A2 = cache['A1']", "A1, A2 = cache['A1']", None, None),
    ("dW1 = dZ1 @ X.T / m", "dW1 = dZ1 @ X.T", "factor missing", "dZ1 @ X.T"),
    ('cache["A1"]', 'cache["Z1"]', "key", "'Z1'"),
])  # fmt: skip
def test_the_kind_and_the_place_of_the_edit(old, new, kind, at):
    finding = first_wrong(defined(BACKWARD.replace(old, new)), cases("backward_propagation"), budget=3)
    if kind is None:
        assert finding is None
        return
    assert (finding.mend.kind, finding.mend.at, finding.mend.gain) == (kind, at, 2)


LOOP = """
def compute_cost(A2, Y):
    total = 0
    for i in range(Y.shape[1]):
        for k in range(Y.shape[0]):
            total -= Y[k, i] * np.log(A2[k, i]) + (1 - Y[k, i]) * np.log(1 - A2[k, i])
    return total / Y.shape[1]
"""


@pytest.mark.parametrize(("old", "new", "kind", "line"), [
    ("total -= Y", "total = Y", "operator", 6),
    ("    return total", "            return total", "indentation", 7),
    ("range(Y.shape[0])", "range(Y.shape[1])", "number", 5),
])  # fmt: skip
def test_loops_and_whole_statements(old, new, kind, line):
    finding = first_wrong(defined(LOOP.replace(old, new)), cases("compute_cost"), budget=3)
    assert (finding.mend.kind, finding.line) == (kind, line)


def test_the_search_keeps_its_budget_and_leaves_the_tree_as_it_was():
    watch = watched(defined(BACKWARD.replace("dZ2 = A2 - Y", "dZ2 = np.round(A2) - Y * Y * 0.3")))
    before = {name: ast.dump(tree) for name, tree in watch.trees.items()}
    base = [outcome(watch, case, None)[0] for case in cases("backward_propagation")]
    begun = time.process_time()
    lines = [(watch.main, n) for n in range(2, 13)]
    with quiet():
        found = search(watch, cases("backward_propagation"), base, lines, 0.2)
    assert getattr(found, "gain", 0) < 2
    assert time.process_time() - begun < 0.5
    assert {name: ast.dump(tree) for name, tree in watch.trees.items()} == before
