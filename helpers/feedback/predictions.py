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


def compare_prediction(prediction, truth, guess=False):
    """Your prediction, a number or a word, beside the truth; with the dots still there, an invitation.

    guess: whether nobody can work the answer out beforehand, so that a miss asks for nothing.
    """
    if prediction is ...:
        return Prediction("No prediction yet. Type yours in place of the dots and run this cell again.")
    fits, typed, true = _beside(prediction, truth)
    if fits is None:
        return Prediction(typed)
    if fits:
        return Prediction(f"You predicted {typed}. That is right.")
    after = " A guess was all that was asked for." if guess else ""
    after = after or " Before you go on, find out why." * (not isinstance(truth, str))
    return Prediction(f"You predicted {typed}. It is {true}.{after}")


def compare_answers(answers, truths):
    """Your answers to the questions from earlier lessons, {1: …, 2: …}, beside the truths.

    truths: {1: (what is true, where it was: "lesson 01"), …}.
    """
    if not isinstance(answers, dict) or answers.keys() != truths.keys():
        return Prediction("Only the dots are yours to replace: the numbers in front of them stay.")
    if all(answer is ... for answer in answers.values()):
        return Prediction("No answers yet. Type yours in place of the dots, or go on: they come back later.")
    return Prediction("\n".join(f"{key}. {_answer_words(answers[key], *truths[key])}" for key in truths))


def _answer_words(answer, truth, where):
    if answer is ...:
        return f"Left out. It was in {where}."
    fits, typed, true = _beside(answer, truth)
    if fits is None:
        return typed
    return (
        f"{typed}: right." if fits else f"You wrote {typed}. It is {true}; see {where}. It comes back later."
    )


def _beside(typed, truth):
    """Whether what was typed fits the truth, and both in words; None, and words, where it is no answer."""
    if isinstance(truth, tuple):
        return typed == truth, repr(typed), repr(truth)
    if isinstance(truth, str):
        return str(typed).strip().lower() == truth.lower(), f"“{typed}”", f"“{truth}”"
    try:
        value = float(typed)
    except (TypeError, ValueError):
        value = np.nan
    if not np.isfinite(value) or isinstance(typed, bool):
        comma = " Write it with a point: 0.8." if isinstance(typed, tuple) else ""
        asked = f"A number is asked for, such as 4 or 0.5, and {typed!r} is not one.{comma} Try again."
        return None, asked, ""
    fits = abs(value - truth) <= 1e-3 * max(1, abs(truth)) or _is_rounded(value, truth)
    return fits, number(value, 6), number(truth, 6)


def _is_rounded(guess, truth):
    """Whether guess is the truth rounded to the decimals that were typed, two or more: 0.33 for 1/3."""
    digits = repr(guess).lstrip("-0.").replace(".", "")
    decimals = len(repr(guess).partition(".")[2])
    return len(digits) >= 2 and not guess.is_integer() and round(float(truth), decimals) == guess
