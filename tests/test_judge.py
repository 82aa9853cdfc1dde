"""The fuzz that judges the judge: what it passes, which line it quotes, and whether what it says is so."""

import numpy as np
import pytest

from helpers.feedback.judge import judge
from tests import learners
from tests.facts import false_statements
from tests.judged import Tally
from tests.mutations import BACKWARD, defined

# what `make soak` does with 2,000 edits


@pytest.mark.parametrize(("edits", "least"), [(1, 0.95), (2, 0.85)])
def test_random_edits_are_judged_and_what_is_said_is_so(edits, least):
    tally = Tally()
    for _ in tally.run(seed=7, times=1, edits=edits):
        pass
    assert tally.misjudged == [] and tally.false == []
    assert tally.wrong > 30 and tally.quoted >= least * tally.wrong, tally


def test_the_facts_find_what_is_false():
    source = BACKWARD.strip().replace("dZ2 = A2 - Y", "dZ2 = Y - A2")
    result = judge("backward_propagation", defined(source))
    assert [*false_statements("backward_propagation", source, result)] == []
    for said in (
        "Right: dZ2.",
        "Right: dW1.",
        "Line 4 is the first that goes wrong: “dZ2 = Y - A2”.",
        "Line 7 is the first that goes wrong: “db2 = np.sum(dZ2, axis=1, keepdims=True) / m”.\nWhat else is"
        " wrong follows from that.",
        "dW2 is 2 times what it should be, in every entry.",
        "db2: too large by the factor m. Is the 1/m missing?",
        "There W2 is (3, 3) and A1 is (4, 3).",
        "With a single example it comes out right.",
        "With one output it comes out right.",
        "`m` is not made in your function; the notebook’s was used.",
        "Is `W3` the name that is meant?",
        "dW1 should have shape (4, 3) here, with n0 = 3, n1 = 5, n2 = 1, m = 7; it has (5, 3).",
    ):
        result.message = said
        assert [*false_statements("backward_propagation", source, result)], said


LESSON = """
A1, A2, Y, m, X3 = np.zeros((2, 3)), np.zeros((1, 3)), np.zeros((1, 3)), 3, np.zeros((2, 3))

"""


UNPACKING = '    A1, A2 = cache["A1"], cache["A2"]\n    m = X.shape[1]\n'


def test_what_comes_from_outside_is_said_first():
    result = judge("backward_propagation", defined(LESSON + BACKWARD.replace(UNPACKING, "")))
    said = result.message.splitlines()
    assert said[0] == "`A2`, `A1` and `m` are not made in your function; the notebook’s were used."
    assert (
        "Take `A2` and `A1` from `cache`." in said
        and "Make `m` inside the function, in a line above." in said
    )
    assert result.mistakes == ("of-the-notebook",) and result.line[1] == "dZ2 = A2 - Y"
    other = judge("backward_propagation", defined(LESSON + BACKWARD.replace("dZ1 @ X.T", "dZ1 @ X3.T")))
    assert other.message.startswith("`X3` is not made in your function; the notebook’s was used.")


def test_an_entry_under_the_name_of_another_is_told_before_where_it_stopped():
    names = 'W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]'
    source = learners.changed(learners.FORWARD, {names: "W1, W2, b1, b2 = parameters.values()"})
    message = judge("forward_propagation", defined(source)).message
    assert message.startswith(
        "Look at line 3 first: “W1, W2, b1, b2 = parameters.values()”.\nThere `W2` is the same"
    )


def test_a_return_in_a_loop_is_asked_about():
    source = learners.changed(learners.LOOP_UPDATE, {"    return new": "        return new"})
    message = judge("update_parameters", defined(source)).message
    assert "Is this line indented as far as it should be?" in message and "“return new”" in message


def test_a_function_without_source_is_told_what_its_steps_were():
    space = {"np": np}
    exec(BACKWARD.replace("W2.T @ dZ2", "W2.T @ -dZ2"), space)
    message = judge("backward_propagation", space["backward_propagation"]).message
    assert "If dW1 is made from dZ1 as it should be, your dZ1 is −dZ1." in message
    assert (
        "The two layers used two different dZ2: for dW2 it is dZ2, on the way back to dZ1 it is −dZ2."
        in message
    )


def test_a_factor_that_changes_with_the_sizes_is_not_told_as_one_of_a_step():
    space = {"np": np}
    exec(learners.changed(BACKWARD, {"m = X.shape[1]": "m = Y.size"}), space)
    message = judge("backward_propagation", space["backward_propagation"]).message
    assert "changes with the sizes" in message and "as it should be" not in message


def test_an_error_of_a_kind_like_that_of_a_stub_is_no_stub():
    source = "class NoInput(NotImplementedError):\n    pass\n"
    source += "def compute_cost(A2, Y):\n    raise NoInput('no input')"
    result = judge("compute_cost", defined(source))
    assert result.passed is False and "stopped with NoInput" in result.message
    assert (
        judge("compute_cost", defined(source.replace("NoInput('no input')", "NotImplementedError"))).passed
        is None
    )


def test_the_result_carries_identifiers_the_line_and_what_is_right():
    source = learners.changed(learners.BACKWARD, {"A1.T / m": "A1.T"})
    result = judge("backward_propagation", defined(source))
    assert result.line == (7, "dW2 = dZ2 @ A1.T") and result.right == ("dZ2", "db2", "dW1", "db1")
