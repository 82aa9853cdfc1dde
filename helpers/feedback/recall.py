"""Questions from earlier lessons: what was missed is kept in my_questions.json, and comes back."""

import json

from helpers import kept
from helpers.feedback.predictions import Prediction, beside, is_blank

MOST = 2  # so many missed questions come back at once
NO_ANSWERS = "No answers yet. Type yours in place of the dots, or go on."
DOTS_ALONE = "Only the dots are yours to replace: the numbers in front of them stay."


def compare_answers(answers, truths):
    """Your answers to the questions from earlier lessons, {1: …, 2: …}, beside the truths.

    truths: {1: (what is true, where it was: "lesson 01", the question in a line), …}.  A question that was
    answered wrongly comes back in the next lesson, under the next number, until it is answered there; one
    without its line does not.
    """
    if not isinstance(answers, dict) or not truths.keys() <= answers.keys():
        return Prediction(DOTS_ALONE)
    missed, here = _read(), " ".join(question for entry in truths.values() for question in entry[2:])
    back = [one for one in missed if one["question"] not in here and one["answered in"] in ("", here)][:MOST]
    again = {max(truths) + k: (one["truth"], one["where"]) for k, one in enumerate(back, start=1)}
    asked = truths | again
    fits = {key: _fits(answers.get(key, ...), asked[key][0]) for key in asked}
    for one, key in zip(back, again, strict=True):
        one["answered in"] = here if fits[key] else one["answered in"]
    known = {one["question"] for one in missed}
    wrong = [truths[key] for key in truths if fits[key] is False and truths[key][2:]]
    missed += [_missed(*entry) for entry in wrong if entry[2] not in known]
    comes_back = wrong if _write(missed) else []
    lines = [f"{key}. {_said(answers[key], asked.get(key), asked.get(key) in comes_back)}" for key in answers]
    lines = [NO_ANSWERS] if all(map(is_blank, answers.values())) else lines
    return Prediction("\n".join(lines + _asked_again(back, again.keys() - answers.keys(), max(truths))))


def _fits(answer, truth):
    """Whether an answer is right; None where there is none that can be compared."""
    return None if is_blank(answer) else beside(answer, truth)[0]


def _said(answer, entry, comes_back):
    """Words for one answer.  entry: the truth, where it was, …; None where no question has its number."""
    if entry is None:
        return "No question has this number now."
    truth, where = entry[:2]
    if is_blank(answer):
        return f"Left out. It was in {where}."
    fits, typed, true = beside(answer, truth)
    if fits is None:
        return typed
    if fits:
        return f"{typed}: right."
    return (
        f"You wrote {typed}. It is {true}; see {where}." + " It comes back in the next lesson." * comes_back
    )


def _asked_again(back, new, before):
    """Lines for the missed questions that come back; new: their numbers that have no answer yet."""
    if not new:
        return []
    lines = [f"{before + k}. {one['question']}" for k, one in enumerate(back, start=1) if before + k in new]
    places = ", ".join(f"{key}: ..." for key in sorted(new))
    return ["Missed before, and back again:", *lines, f"To answer, write {places} behind the others."]


def _missed(truth, where, question):
    return {"question": question, "truth": truth, "where": where, "answered in": ""}


def _path():
    return kept.path().with_name("my_questions.json")


def _read():
    """The missed questions, oldest first; [] where there are none, or none that can be read."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
        missed = [_missed(one["truth"], one["where"], one["question"]) | one for one in found]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    for one in missed:
        one["truth"] = tuple(one["truth"]) if isinstance(one["truth"], list) else one["truth"]
    return missed


def _write(missed):
    """Write the missed questions, where they are new; returns whether they are in the file."""
    if missed != _read():
        try:
            _path().write_text(json.dumps(missed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except (OSError, TypeError):
            return False
    return True
