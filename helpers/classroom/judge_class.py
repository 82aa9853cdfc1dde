"""Judging a class: each answer is found, run apart, and judged by the checks of the course."""

import ast
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue

from helpers.classroom.answers import find_answers, notebooks_of, same_code, typed_prediction
from helpers.classroom.sandbox import Judge, cores
from helpers.feedback.predictions import is_right

STATUSES = (
    "passed",
    "mistake",
    "not attempted",
    "missing",
    "syntax error",
    "crashed",
    "endless",
    "unreadable",
)
REFERENCE, CHECK_EDITED, SAME_CODE = "calls the reference", "check edited", "same code as others"
MISSING = "Nothing that was handed in holds this exercise."


@dataclass(frozen=True)
class Row:
    """What was found of one exercise of one student.

    status: one of STATUSES.  mistakes: identifiers.  line: number and text of the student's line, or None.
    words: the check's own.  flags: of REFERENCE, CHECK_EDITED, SAME_CODE.  code: what was judged.
    """

    student: str
    lesson: str
    exercise: str
    cell: str
    status: str
    mistakes: tuple = ()
    line: tuple | None = None
    words: str = ""
    flags: tuple = ()
    code: str = ""


@dataclass(frozen=True)
class Predicted:
    """A student's prediction, or answer to a question from an earlier lesson.

    cell: the question's name.  typed: as source, "" for none.  right: True, False, or None for none.
    """

    student: str
    lesson: str
    cell: str
    typed: str
    truth: object
    right: bool | None


def judge_class(submissions, lessons, truths, apart):
    """The Rows and the Predicted of all students, in their order.

    lessons: of read_lesson.  truths: {lesson's number: of truths_of}.  apart: whether to use the sandbox.
    """
    free, judges = SimpleQueue(), [Judge(apart) for _ in range(cores())]
    for judge in judges:
        free.put(judge)

    def graded(submission):
        judge = free.get()
        try:
            rows = [row for lesson in lessons for row in judge_lesson(submission, lesson, judge)]
            return rows, [
                predicted
                for lesson in lessons
                for predicted in judge_predictions(submission, lesson, truths[lesson.number], judge)
            ]
        finally:
            free.put(judge)

    try:
        with ThreadPoolExecutor(len(judges)) as pool:
            done = [*pool.map(graded, submissions)]
    finally:
        for judge in judges:
            judge.stop()
    solutions = {same_code(exercise.solution) for lesson in lessons for exercise in lesson.exercises}
    rows = with_same_code([row for rows, _ in done for row in rows], solutions)
    return rows, [predicted for _, found in done for predicted in found]


def judge_lesson(submission, lesson, judge):
    """The Rows of one student for one lesson, one for each exercise."""
    cells = [cell.source for notebook in notebooks_of(lesson, submission) for cell in notebook]
    for exercise in lesson.exercises:
        found = find_answers(exercise, lesson, submission)
        row = Row(submission.student, lesson.number, exercise.name, exercise.cell, "missing", words=MISSING)
        if found.answers:
            yield judge_exercise(row, found, exercise, lesson, (cells, submission.modules), judge)
        elif found.stub:
            yield replace(row, status="not attempted", words="", flags=(CHECK_EDITED,) * found.check_edited)
        elif submission.problems and not submission.notebooks:
            yield replace(row, status="unreadable", words=" ".join(submission.problems))
        else:
            yield row


def judge_exercise(row, found, exercise, lesson, besides, judge):
    """The Row for the best of the answers that were found: the first that passes, else the first."""
    cells, modules = besides
    job = {"imports": lesson.imports, "name": exercise.name, "check": exercise.check, "others": cells}
    job["module"] = "\n\n".join(modules)
    outcomes = []
    for answer in found.answers:
        outcomes.append((judge.ask({**job, "answer": answer}), answer))
        if outcomes[-1][0]["status"] == "passed":
            break
    outcome, answer = outcomes[-1] if outcomes[-1][0]["status"] == "passed" else outcomes[0]
    called = outcome.get("called")
    note = (
        f"\nIn what was handed in it is called {called}, so its own check could not find it."
        if called
        else ""
    )
    flags = (REFERENCE,) * bool(outcome.get("reference")) + (CHECK_EDITED,) * found.check_edited
    line = outcome.get("line")
    return replace(
        row,
        status=outcome["status"],
        mistakes=tuple(outcome.get("mistakes", ())),
        line=tuple(line) if line else None,
        words=outcome["words"] + note,
        flags=flags,
        code=answer,
    )


def with_same_code(rows, solutions):
    """The Rows, flagged where two students have the same code, and it is not the course's own solution."""
    told = [(row.exercise, same_code(row.code)) if row.code else None for row in rows]
    often = Counter(told)
    return [
        replace(row, flags=(*row.flags, SAME_CODE))
        if code and code[1] and code[1] not in solutions and often[code] > 1
        else row
        for row, code in zip(rows, told, strict=True)
    ]


def judge_predictions(submission, lesson, truths, judge):
    """What one student typed in one lesson, a Predicted for each of its questions."""
    for question in lesson.questions:
        typed = typed_prediction(question, lesson, submission)
        truth = truths[question.name]["truth"]
        value = _value(typed, judge) if typed else ...
        right = is_right(value, tuple(truth) if isinstance(truth, list) else truth) if typed else None
        yield Predicted(submission.student, lesson.number, question.name, typed, truth, right)


def _value(typed, judge):
    """The value of what was typed; code that is more than a number or a word is run apart."""
    try:
        return ast.literal_eval(typed)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        value = judge.ask({"typed": typed}).get("value")
        return tuple(value) if isinstance(value, list) else value
