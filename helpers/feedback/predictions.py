"""Predictions: what a learner predicted, a number or a word, beside the truth."""

from dataclasses import dataclass

import numpy as np

from helpers.feedback.messages import html_block
from helpers.words import number


@dataclass
class Prediction:
    """What you predicted beside what is true."""

    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        return html_block("#CC79A7", "", self.message)


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
        return f"You predicted {number(guess, 6)}. That is right."
    return f"You predicted {number(guess, 6)}. It is {number(truth, 6)}. Before you go on, find out why."


def _is_rounded(guess, truth):
    """Whether guess is the truth rounded to the decimals that were typed, two or more: 0.33 for 1/3."""
    digits = repr(guess).lstrip("-0.").replace(".", "")
    decimals = len(repr(guess).partition(".")[2])
    return len(digits) >= 2 and not guess.is_integer() and round(float(truth), decimals) == guess
