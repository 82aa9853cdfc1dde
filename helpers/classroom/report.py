"""class.html: what a class did, on one page to project. It holds no names."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from helpers.classroom.judge_class import STATUSES
from helpers.classroom.tables import truth_in_words
from helpers.classroom.talk import in_plain_words, where_and_what

# of STATUSES, in their order
COLOURS = ("#3fb98f", "#f08a3c", "#c9c9c9", "#e4e4e4", "#f2d64b", "#d99abf", "#7fb8e6", "#ffffff")
MOST_MISTAKES, MOST_BARS = 10, 5
STYLE = Path(__file__).with_name("class_page.css")


@dataclass(frozen=True)
class Mistake:
    """A mistake that several students made: in which exercise, how many, and one line of theirs or ""."""

    identifier: str
    exercise: object
    count: int
    words: str
    line: str


def class_page(lessons, rows, predictions, names, sections):
    """The page, as HTML.

    names: of the students, which must not be in it.  sections: {cell id: heading} of all lessons.
    """
    number = len(names)
    heading = ", ".join(f"{lesson.number} {lesson.title}" for lesson in lessons)
    exercises = [exercise for lesson in lessons for exercise in lesson.exercises]
    bars = "".join(status_bar(exercise, rows) for exercise in exercises)
    found = commonest(exercises, rows, names)
    mistakes = "".join(mistake_block(mistake, number, sections) for mistake in found)
    asked = [question for lesson in lessons for question in lesson.questions]
    recalled, predicted = (
        "".join(
            bars_of(question, predictions, names) for question in asked if bool(question.number) == earlier
        )
        for earlier in (True, False)
    )
    recalled = f"<h2>What was still known from earlier lessons</h2>{recalled}" if recalled else ""
    none = "<p>No mistake that the checks know.</p>"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{_safe(heading)}: the class</title>
<meta name="viewport" content="width=device-width"><style>
{STYLE.read_text("utf-8")}</style></head><body><main>
<h1>{_safe(heading)}</h1><p>{number} handed in</p>
{bars}
<h2>The commonest mistakes</h2>
<ol>{mistakes}</ol>{"" if mistakes else none}
{recalled}
<h2>What was predicted</h2>
{predicted}
</main></body></html>
"""


def status_bar(exercise, rows):
    """One exercise: a bar by status, and below it each status with its number."""
    counts = Counter(row.status for row in rows if row.cell == exercise.cell)
    there = [(status, counts[status], colour) for status, colour in zip(STATUSES, COLOURS, strict=True)]
    there = [(status, count, colour) for status, count, colour in there if count]
    total = sum(counts.values()) or 1
    parts = "".join(
        f'<span style="background: {colour}; flex: {count}">{count if count / total > 0.03 else ""}</span>'
        for _, count, colour in there
    )
    legend = "".join(
        f'<li><i style="background: {colour}"></i> {count} {status}</li>' for status, count, colour in there
    )
    told = ", ".join(f"{count} {status}" for status, count, _ in there)
    return f"""<h2>{_safe(exercise.title)}</h2>
<div class="bar" role="img" aria-label="{_safe(told)}">{parts}</div><ul class="legend">{legend}</ul>
"""


def commonest(exercises, rows, names):
    """The Mistakes that most students made, at most ten, the commonest first."""
    asked, who = {exercise.cell: exercise for exercise in exercises}, {}
    for row in rows:
        for identifier in row.mistakes if row.status != "passed" else ():
            who.setdefault((row.cell, identifier), []).append(row)
    found = []
    for (cell, identifier), theirs in who.items():
        lines = Counter(filter(None, (anonymous(row.line[1], names) for row in theirs if row.line)))
        words = next(filter(None, (anonymous(row.words, names) for row in theirs)), "")
        line = lines.most_common(1)[0][0] if lines else ""
        found.append(Mistake(identifier, asked[cell], len(theirs), words, line))
    return sorted(found, key=lambda mistake: -mistake.count)[:MOST_MISTAKES]


def mistake_block(mistake, number, sections):
    """One mistake: how many made it, its words, a line, where it is explained, and a question to ask."""
    words = in_plain_words(mistake.identifier, mistake.words)
    lesson, cell, section, question = where_and_what(
        mistake.identifier, words, mistake.exercise.lesson, mistake.exercise.title
    )
    section = section or sections.get(cell, "")
    where = f"Explained in lesson {lesson}" + (f", “{section}”" if section else "")
    line = f"<pre>{_safe(mistake.line)}</pre>" if mistake.line else ""
    return f"""<li class="mistake"><p class="count"><b>{mistake.count}</b> of {number}</p>
<div><p class="what">{_safe(words)}</p>{line}
<p class="where">{_safe(where)} · <code>{_safe(mistake.exercise.name)}</code></p>
<p class="ask">{_safe(question)}</p></div></li>
"""


def bars_of(question, predictions, names):
    """One question: a bar for each answer that several gave, the truth marked."""
    ours = [one for one in predictions if one.cell == question.name]
    truth = truth_in_words(ours[0].truth) if ours else ""
    given = Counter("" if one.right else _shown(one.typed, names) for one in ours if one.typed)
    right, silent = given.pop("", 0), sum(not one.typed for one in ours)
    bars = [(truth, right, True), *((typed, n, False) for typed, n in given.most_common(MOST_BARS))]
    others = sum(given.values()) - sum(n for _, n, true in bars if not true)
    bars += [("something else", others, False)] * bool(others)
    most = max(count for _, count, _ in bars) or 1
    lines = "".join(
        f'<li class="{"true" * true}"><span class="typed">{_safe(typed)}{" ✓ true" * true}</span>'
        f'<span class="length" style="width: {600 * count // most}px"></span>{count}</li>'
        for typed, count, true in bars
    )
    left = f"<p>{silent} typed nothing.</p>" if silent else ""
    return f"<h3>{_plain(question.words)}</h3><ul class='told'>{lines}</ul>{left}"


def _shown(typed, names):
    """A prediction as it is grouped and shown: numbers in four digits, words in quotes if nobody's name."""
    try:
        return f"{float(typed):.4g}".replace("-", "−")
    except ValueError:
        return anonymous(typed.strip("\"' ").lower(), names)[:40] or "something else"


def anonymous(text, names):
    """A text without comments; "" where it holds a part of anybody's name."""
    text = re.sub(r"#.*", "", text).strip()
    words = {word.lower() for word in re.findall(r"\w+", text)}
    told = {part.lower() for name in names for part in re.findall(r"\w+", name) if len(part) > 2}
    return "" if words & told else text


def _plain(words):
    """The question of a prediction, without the marks of its text; symbols stay as they are typed."""
    words = re.sub(r"\*\*Predict[^*]*\*\*", "", words)
    words = re.sub(r"\\(times|frac|odot)\b", lambda m: {"times": "×", "odot": "⊙"}.get(m[1], ""), words)
    return _safe(re.sub(r"[`$]|\*\*", "", words).strip())


def _safe(text):
    return html.escape(str(text))
