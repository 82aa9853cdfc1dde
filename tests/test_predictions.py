"""A prediction beside the truth: right as shown is right, and what can be understood is understood."""

import numpy as np
import pytest

from helpers.checks import compare_prediction
from helpers.computation_graph import Node

RIGHT, WRONG = "That is right.", "Before you go on, find out why."


@pytest.mark.parametrize(("prediction", "truth", "words"), [
    (..., 3, "No prediction yet."),
    ("...", 3, "No prediction yet."),
    (3, 3, "You predicted 3. That is right."),
    (-0.33, -1 / 3, "You predicted −0.33. That is right."),
    (0.3, 1 / 3, "You predicted 0.3. It is 0.333333. Before you go on, find out why."),
    ("Up", "up", "You predicted “Up”. That is right."),
    ("up.", "up", RIGHT),
    ("down", "up", "You predicted “down”. It is “up”."),
    (np.log(0.1), -2.3, RIGHT),
    (0.5126, 0.51, "It is 0.51."),
    (0.512600001, 0.51, RIGHT),
    (2.3025, 2, "It is 2."),
    (2.46, 2.5, "It is 2.5."),
    ((0, 7), 0.7, "You predicted 0.7. In Python a decimal has a point. That is right."),
    ("0,7", 0.7, RIGHT),
    ((0, 5), -0.5, "Python reads −0,5 as two numbers, 0 and 5. In Python a decimal has a point. Try again."),
    ("-0,5", -0.5, RIGHT),
    (Node(9, "c"), 9, "and a Node is not one."),
    ("Cross entropy", "cross-entropy", RIGHT),
    ("2 x 7", (2, 7), RIGHT),
    ([2, 7], (2, 7), RIGHT),
    (27, (2, 7), "It is (2, 7)."),
    ("1/2", 0.5, "You predicted 0.5. That is right."),
    ("−4", -4, RIGHT),
    (np.array([[4.0]]), 4, RIGHT),
    (np.float32(0.1), 0.1, RIGHT),
    ("three", 3, "'three' is not one. Try again."),
    ("1/0", 3, "is not one."),
    (True, 1, "True is not one."),
    (None, 1, "None is not one."),
    (np.nan, 1, "nan is not one."),
    ((1, 2, 3), 1, "(1, 2, 3) is not one."),
    (np.arange(30.0), 1, "an array is not one."),
    ({}, 1, "{} is not one."),
])  # fmt: skip
def test_a_prediction_is_set_beside_the_truth(prediction, truth, words):
    assert words in repr(compare_prediction(prediction, truth))


@pytest.mark.parametrize("prediction", [(0, 3), "0,3", "x", (0, 3, 1), np.zeros(3)])
def test_no_hint_holds_the_answer(prediction):
    assert "0.8" not in repr(compare_prediction(prediction, 0.8)).partition("It is")[0]


def test_a_guess_that_was_asked_for_as_a_guess_is_not_questioned():
    assert repr(compare_prediction(9, 4)) == f"You predicted 9. It is 4. {WRONG}"
    assert repr(compare_prediction(9, 4, guess=True)) == "You predicted 9. It is 4."
    assert RIGHT in repr(compare_prediction(4, 4, guess=True))


def test_what_was_typed_is_escaped():
    html = compare_prediction("<script>", "up")._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html
