"""feedback/NAME.html: what one student is told, in the words of the checks."""

import html
import re
from pathlib import Path

from helpers.classroom.tables import truth_in_words

VERDICTS = {
    "passed": "Correct.",
    "mistake": "Not yet.",
    "not attempted": "Not attempted.",
    "missing": "Not found.",
    "syntax error": "Python cannot read it.",
    "crashed": "It stopped.",
    "endless": "It does not end.",
    "unreadable": "It could not be opened.",
}
COLOURS = {"passed": "#00785a", "mistake": "#b04a00"}  # the rest are grey; the word says it, too
STYLE = Path(__file__).with_name("feedback_page.css")


def write_feedback(folder, submissions, lessons, rows, predictions):
    """Write a page for each student to a folder, which then holds these pages alone."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.html"):
        old.unlink()
    taken = set()
    for one in submissions:
        name = file_name(one.student, taken)
        theirs = [row for row in rows if row.student == one.student]
        predicted = [each for each in predictions if each.student == one.student]
        text = page(one, lessons, theirs, predicted)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")


def file_name(student, taken):
    """A name for a student's file that every system allows, and that no other student has."""
    plain = re.sub(r"[^\w ()'-]", "_", student).strip()[:80] or "student"
    name, number = plain, 2
    while name.lower() in taken:
        name, number = f"{plain} {number}", number + 1
    taken.add(name.lower())
    return name


def page(submission, lessons, rows, predictions):
    """The page of one student, as HTML: nothing in it is taken for code."""
    titles = {exercise.cell: exercise.title for lesson in lessons for exercise in lesson.exercises}
    asked = {question.name: question for lesson in lessons for question in lesson.questions}
    who = html.escape(submission.student)
    heading = html.escape(", ".join(f"{lesson.number} {lesson.title}" for lesson in lessons))
    problems = "".join(f"<p>{html.escape(problem)}</p>" for problem in submission.problems)
    exercises = "".join(exercise_block(row, titles[row.cell]) for row in rows)
    table = prediction_table(predictions, asked) if predictions else ""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{who}</title><style>
{STYLE.read_text("utf-8")}</style></head>
<body><main><h1>{heading}</h1><p>{who}</p>{problems}
<h2>Your exercises</h2>{exercises}{table}</main></body></html>
"""


def exercise_block(row, title):
    """What is said of one exercise: its title, the verdict, the words of its check, and the line."""
    colour = COLOURS.get(row.status, "#767676")
    line = f"<pre>{html.escape(f'line {row.line[0]}:  {row.line[1]}')}</pre>" if row.line else ""
    return f"""<section style="border-color: {colour}"><h3>{html.escape(title)}</h3>
<p><strong>{VERDICTS[row.status]}</strong> {html.escape(row.words)}</p>{line}</section>
"""


def prediction_table(predictions, asked):
    """What was predicted, or answered, beside what is true."""
    lines = "".join(
        f"<tr><td>{html.escape(_asked(asked[one.cell].words))}</td><td>{html.escape(one.typed) or '–'}</td>"
        f"<td>{html.escape(truth_in_words(one.truth))}</td></tr>"
        for one in predictions
    )
    head = "<tr><th scope='col'>Question</th><th scope='col'>You</th><th scope='col'>It is</th></tr>"
    return f"<h2>Your predictions and answers</h2><table>{head}{lines}</table>"


def _asked(words):
    return words.replace("**Predict.** ", "").replace("**", "").replace("`", "").replace("$", "")
