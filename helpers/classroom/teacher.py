"""`make teacher`: the teacher's edition, with the answers to all that the lessons ask.

The answers to the predictions are computed when it is written; everything else is read from the lessons.
"""

import re

import nbformat

from helpers.classroom.choose import chosen_lessons
from helpers.classroom.course import read_lesson
from helpers.classroom.tables import truth_in_words
from helpers.classroom.talk import TALK, in_plain_words
from helpers.classroom.truths import truths_of
from helpers.lessons import made_writable

EDITION = "teachers_edition.md"
FOLDED = re.compile(r"<details><summary>.*?</summary>(.*?)</details>", re.DOTALL)


def write_edition(folder, wanted="", say=print):
    """Write the teacher's edition of the chosen lessons, all for "", to a folder; returns its path."""
    paths = chosen_lessons(wanted)
    made_writable(folder)
    parts = ["# Teacher's edition\n\nWith all answers. How to teach with the lessons: TEACHING.md.\n"]
    for path in paths:
        say(path.stem)
        parts.append(chapter(path, truths_of(path)))
    (folder / EDITION).write_text("\n".join(parts), encoding="utf-8")
    return folder / EDITION


def chapter(path, truths):
    """What the teacher's edition says of one lesson.  truths: of truths_of."""
    lesson, cells = read_lesson(path), nbformat.read(path, as_version=4).cells
    goals = re.search(r"\*\*You will\*\*\n(.*)", cells[0].source, re.DOTALL)
    parts = [f"## {lesson.number} {lesson.title}\n", goals[1].strip() + "\n" if goals else ""]
    answered = [
        (question.number, answer_to(question, truths[question.name])) for question in lesson.questions
    ]
    parts += section("From earlier lessons", [line for number, line in answered if number])
    parts += section("Predictions", [line for number, line in answered if not number])
    parts += section("Try two things", [f"- {asked} *{answer}*" for asked, answer in tried(cells)])
    said = [
        f"- {in_plain_words(mistake)} Ask: *{question}*"
        for mistake, (number, _, question) in TALK.items()
        if number == lesson.number
    ]
    parts += section("Where they go wrong, and what to ask", said)
    solutions = [f"{each.title}\n\n```python\n{each.solution.strip()}\n```\n" for each in lesson.exercises]
    return "\n".join(parts + section("Exercises", solutions))


def answer_to(question, truth):
    """A question and its answer, on a line.  truth: one of those of truths_of."""
    guess = " (a guess: nobody can work it out)" * truth["guess"]
    return f"- {_on_one_line(question.words)} **{truth_in_words(truth['truth'])}**{guess}"


def section(heading, lines):
    """A section of a chapter, or nothing where it would be empty."""
    return [f"### {heading}\n", *lines, ""] if lines else []


def tried(cells):
    """(what is to be tried, what is found) for every "Try two things" of a lesson."""
    for k, cell in enumerate(cells):
        if cell.cell_type == "markdown" and "**Try two" in cell.source:
            asked = cell.source[cell.source.index("**Try two") :].partition("<details>")[0]
            found = FOLDED.search(cell.source) or FOLDED.search(cells[k + 2].source)
            yield _on_one_line(asked), _on_one_line(found[1])


def _on_one_line(text):
    return " ".join(text.split())
