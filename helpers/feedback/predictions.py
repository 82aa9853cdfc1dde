"""Predictions: what a learner predicted, a number or a word, beside the truth."""

import re
from dataclasses import dataclass

import numpy as np

from helpers.feedback.messages import html_block, kind_of
from helpers.words import number

NO_PREDICTION = "No prediction yet. Type yours in place of the dots and run this cell again."
POINT = " In Python a decimal has a point."


@dataclass
class Prediction:
    """What you predicted beside what is true."""

    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        return html_block("#CC79A7", "", self.message)


def compare_prediction(prediction, truth, guess=False):
    """Your prediction, a number or a word, beside the truth; with the dots still there, an invitation.

    A number is right if it is the truth in the digits that are shown.  guess: a guess was asked for, so a
    wrong one is followed by no question.
    """
    if is_blank(prediction):
        return Prediction(NO_PREDICTION)
    fits, typed, true = beside(prediction, truth)
    if fits is None:
        return Prediction(typed)
    after = " That is right." if fits else f" It is {true}."
    after += " Before you go on, find out why." * (not fits and not guess and not isinstance(truth, str))
    return Prediction(f"You predicted {typed}.{POINT * (_with_comma(prediction) is not None)}{after}")


def is_right(prediction, truth):
    """Whether a prediction fits the truth, as compare_prediction has it; None where there is none."""
    return None if is_blank(prediction) else bool(beside(prediction, truth)[0])


def is_blank(typed):
    """Whether the dots still stand there, or nothing."""
    return typed is ... or isinstance(typed, str) and not typed.strip(" .…")


def beside(typed, truth):
    """Whether what was typed fits the truth, and both in words; None, and words, where it is no answer."""
    if isinstance(truth, tuple):
        return isinstance(typed, (tuple, list)) and tuple(typed) == truth, repr(typed), repr(truth)
    if isinstance(truth, str):
        same = str(typed).strip(" .\"'“”").lower() == truth.lower()
        return same, f"“{typed}”", f"“{truth}”"
    value = _number_typed(typed)
    if value is None:
        shown = repr(typed) if len(repr(typed)) <= 40 else kind_of(typed)
        return None, f"A number is asked for, such as 4 or 0.5, and {shown} is not one. Try again.", ""
    fits = abs(value - truth) <= 1e-3 * max(1, abs(truth)) or _agree_as_shown(value, float(truth))
    return fits, number(value, 6), number(truth, 6)


def _number_typed(prediction):
    """The number that was meant: also an array of one, text such as "1/2", and 0,7; None if it is none."""
    if isinstance(prediction, (bool, np.bool_)) or np.size(_with_comma(prediction) or prediction) != 1:
        return None
    if isinstance(prediction, np.ndarray):
        prediction = prediction.item()
    try:
        above, _, below = str(_with_comma(prediction) or prediction).replace("−", "-").partition("/")
        value = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return None
    return value if np.isfinite(value) else None


def _with_comma(prediction):
    """A number with a decimal comma as text with a point: "0.7" for 0,7, a tuple in Python; or None."""
    text = prediction if isinstance(prediction, str) else ""
    if isinstance(prediction, tuple) and all(type(part) is int for part in prediction):
        text = ",".join(map(str, prediction))
    return text.strip().replace(",", ".") if re.fullmatch(r"\s*[-−]?\d+,\d+\s*", text) else None


def _agree_as_shown(value, truth):
    """Whether one is the other rounded to its decimals: 0.33 for 1/3, and np.log(0.1) where −2.3 is shown.

    What is typed may be rounded if it has two digits or more; the truth, beside a number with many decimals.
    """
    typed, shown = (len(repr(number).partition(".")[2]) for number in (value, truth))
    if typed >= shown + 3 and not truth.is_integer():
        return round(value, shown) == truth
    digits = repr(value).lstrip("-0.").replace(".", "")
    return len(digits) >= 2 and not value.is_integer() and round(truth, typed) == value
