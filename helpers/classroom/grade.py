"""`make grade`: from what was handed in to tables, a page for each student, and one page for the class."""

import os

from helpers.classroom.choose import chosen_lessons
from helpers.classroom.course import read_lesson, read_lessons
from helpers.classroom.feedback_pages import write_feedback
from helpers.classroom.judge_class import STATUSES, judge_class
from helpers.classroom.report import class_page, commonest
from helpers.classroom.sandbox import NO_SANDBOX, has_sandbox
from helpers.classroom.submissions import collect
from helpers.classroom.tables import write_tables
from helpers.classroom.talk import in_plain_words
from helpers.classroom.truths import truths_of
from helpers.lessons import lesson_paths, made_writable
from helpers.words import counted

PAGE, MOST_SAID = "class.html", 3
TRUST = "--trust (with make: TRUST=yes)"
NOT_APART = "Windows cannot run each answer in a process of its own. Grade in a container: see TEACHING.md"


def grade(source, to, wanted, trust=False, say=print):
    """Grade what was handed in and write the report to a folder; say is told what is being done.

    wanted: lessons such as "07" or "00-02".  trust: run answers without a sandbox where there is none.
    """
    if not wanted:
        raise ValueError("Which lesson? Name it: LESSON=07, or LESSON=00-02 for several.")
    paths = chosen_lessons(wanted)
    ready(source, to)
    if not hasattr(os, "fork"):
        raise ValueError(NOT_APART)
    apart = has_sandbox()
    if not apart and not trust:
        raise ValueError(NO_SANDBOX.format(trust=TRUST))
    say("Answers run in a sandbox." if apart else "There is no sandbox: answers run with your rights.")
    submissions, lessons = collect(source), read_lessons(paths)
    made_writable(to)
    say(f"{counted(len(submissions), 'student')} handed in. Judging ...")
    truths = {lesson.number: truths_of(path) for lesson, path in zip(lessons, paths, strict=True)}
    rows, predictions = judge_class(submissions, lessons, truths, apart)
    write_report(to, submissions, lessons, rows, predictions)
    for lesson in lessons:
        for exercise in lesson.exercises:
            statuses = [row.status for row in rows if row.cell == exercise.cell]
            found = [f"{statuses.count(status)} {status}" for status in STATUSES if status in statuses]
            say(f"{lesson.number} {exercise.name}: {', '.join(found)}")
    for sentence in in_sentences(lessons, rows, submissions):
        say(sentence)
    say(f"To project: {to / PAGE}. With names: grades.csv, gradebook.csv, predictions.csv and feedback/.")
    return rows, predictions


def in_sentences(lessons, rows, submissions):
    """The commonest mistakes of a class, three at most, a sentence each: how many made it, where and what."""
    exercises = [exercise for lesson in lessons for exercise in lesson.exercises]
    for mistake in commonest(exercises, rows, [one.student for one in submissions])[:MOST_SAID]:
        words = in_plain_words(mistake.identifier, mistake.words)
        yield f"{mistake.count} of {len(submissions)}, in {mistake.exercise.name}: {words}"


def ready(source, to):
    """See that the report goes to a folder of its own."""
    if to.resolve() == source.resolve() or source.resolve() in to.resolve().parents:
        raise ValueError(f"{to} lies in what was handed in: name another folder for the report.")
    if to.exists() and (not to.is_dir() or any(to.iterdir()) and not (to / PAGE).exists()):
        raise ValueError(f"{to} holds something else than a report: name another folder.")


def write_report(to, submissions, lessons, rows, predictions):
    """Write all of the report to its folder."""
    sections = {}
    for path in lesson_paths():
        sections |= read_lesson(path).sections
    names = [submission.student for submission in submissions]
    write_tables(to, submissions, rows, predictions)
    write_feedback(to / "feedback", submissions, lessons, rows, predictions)
    page = class_page(lessons, rows, predictions, names, sections)
    (to / PAGE).write_text(page, encoding="utf-8")
