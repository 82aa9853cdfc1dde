"""Names that come from elsewhere are found, and nothing is found in right versions."""

import pytest

from helpers.feedback.names import oddities
from tests import learners, mutations
from tests.mutations import cases, defined

FRAME = """
A1, m, EPSILON, X_train = np.zeros((2, 3)), 3, 1e-8, np.zeros((2, 9))

def helper(a):
    return a

def backward_propagation(parameters, cache, X, Y):
    LINES
    return {}
"""


def kinds(lines):
    source = FRAME.replace("LINES", lines.replace("\n", "\n    "))
    found = oddities(defined(source), cases("backward_propagation")[0].arguments)
    return [(odd.kind, odd.name, odd.text, odd.meant) for odd in found]


@pytest.mark.parametrize(("line", "kind", "name", "meant"), [
    ("dW2 = X @ A1.T", "of the notebook", "A1", "cache"),
    ("dW2 = X / m", "of the notebook", "m", ""),
    ("dW1 = Y @ X_train.T", "of the notebook", "X_train", "X"),
    ("dW2 = X @ A2.T", "not defined", "A2", "cache"),
    ("W2 = parameters['W2'].T", "transposed local", "W2", "W2"),
    ("W2 = parameters['W1']", "other entry", "W2", "W1"),
    ("X = np.zeros((2, 3))", "argument overwritten", "X", ""),
    ("dZ1 = 1 - Y ^ 2", "caret", "1 - Y", ""),
    ("dZ2: X - Y", "value unused", "", ""),
    ("X == Y", "value unused", "", ""),
    ("X - Y", "value unused", "", ""),
])  # fmt: skip
def test_each_kind_is_found(line, kind, name, meant):
    assert (kind, name, line, meant) in kinds(line)


@pytest.mark.parametrize(
    "line", ["a = helper(X) + EPSILON", "A1 = cache['A1']; a = A1", "a = X.T", "a = np.sum(X)"]
)
def test_what_is_usual_is_not(line):
    assert kinds(line) == []


def test_a_name_that_is_defined_twice():
    source = "def tanh(z):\n    return z\n\ndef tanh(a, z):\n    return a\n\n"
    source += "def forward_propagation(X, parameters):\n    return tanh(X, parameters)\n"
    (odd,) = oddities(defined(source), cases("forward_propagation")[0].arguments)
    assert (odd.kind, odd.name, odd.line) == ("twice defined", "tanh", 4)


def test_an_argument_that_is_read_by_another_way_is_not_called_unread():
    source = "def forward_propagation(X, parameters):\n    given = {}\n    return X, given\n"
    arguments = cases("forward_propagation")[0].arguments
    assert [odd.kind for odd in oddities(defined(source), arguments)] == ["argument unread"]
    for other in ("locals()", "eval('parameters')"):
        assert oddities(defined(source.replace("{}", other)), arguments) == []


@pytest.mark.parametrize("task", mutations.VERSIONS)
def test_right_versions_have_no_odd_names(task):
    for source in [*learners.RIGHT[task], *mutations.VERSIONS[task]]:
        assert oddities(defined(source), cases(task)[0].arguments) == [], source
