"""The tables of a report: grades.csv, gradebook.csv and predictions.csv."""

import csv

from helpers.words import number

GRADES = ("student", "lesson", "exercise", "status", "mistake", "line", "words", "flags")
GRADEBOOK = ("student", "number", "attempted", "passed", "exercises", "predicted", "predictions")
PREDICTIONS = ("student", "lesson", "cell", "typed", "truth", "right")
ATTEMPTED = ("passed", "mistake", "syntax error", "crashed", "endless")


def write_tables(folder, submissions, rows, predictions):
    """Write the three tables to a folder, for spreadsheets and for the platform that the class uses."""
    _write(folder / "grades.csv", GRADES, map(_grade, rows))
    _write(folder / "gradebook.csv", GRADEBOOK, gradebook(submissions, rows, predictions))
    _write(folder / "predictions.csv", PREDICTIONS, map(_prediction, predictions))


def gradebook(submissions, rows, predictions):
    """A row for each student: how much was attempted, passed and predicted, of how much."""
    for one in submissions:
        theirs = [row.status for row in rows if row.student == one.student]
        predicted = [each.typed != "" for each in predictions if each.student == one.student]
        attempted = sum(status in ATTEMPTED for status in theirs)
        passed = theirs.count("passed")
        yield one.student, one.number, attempted, passed, len(theirs), sum(predicted), len(predicted)


def _grade(row):
    mistakes, flags = " ".join(row.mistakes), ", ".join(row.flags)
    line = f"{row.line[0]}: {row.line[1]}" if row.line else ""
    return row.student, row.lesson, row.exercise, row.status, mistakes, line, row.words, flags


def _prediction(one):
    right = {True: "yes", False: "no", None: ""}[one.right]
    return one.student, one.lesson, one.cell, one.typed, truth_in_words(one.truth), right


def truth_in_words(truth):
    """A truth as it is shown: a word as it is, a number in six digits."""
    if isinstance(truth, (list, tuple)):
        return f"({', '.join(map(truth_in_words, truth))})"
    return truth if isinstance(truth, str) else number(truth, 6)


def _write(path, names, rows):
    """Write a table that spreadsheets open as it is: with its letters, and with no formula in it."""
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(names)
        table.writerows([_harmless(entry) for entry in row] for row in rows)


def _harmless(entry):
    """An entry that no spreadsheet takes for a formula: what looks like one gets a quote in front."""
    text = str(entry)
    if not text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return text
    try:
        float(text)
        return text
    except ValueError:
        return f"'{text}"
