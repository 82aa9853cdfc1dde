"""A student's answers, found in what was handed in: to each exercise, and to each prediction."""

import ast
import re
from dataclasses import dataclass

from helpers.feedback.cells import defined_in

TO_REPLACE = "# replace this line"  # behind a line of a stub


@dataclass(frozen=True)
class Found:
    """What was found of an exercise: the answers to try in turn, and whether its stub was there."""

    answers: tuple  # the sources of cells
    stub: bool
    check_edited: bool = False


def find_answers(exercise, lesson, submission):
    """The Found for an exercise: by its cell's id, then pasted after it, then by name, then in a .py file."""
    notebooks = notebooks_of(lesson, submission)
    found, is_there = [], False
    for cells in notebooks:
        ours = [k for k, cell in enumerate(cells) if cell.id == exercise.cell]
        is_there = is_there or bool(ours)
        found += [cells[k].source for k in ours]
        if ours:
            found += [source for source in pasted_after(ours[-1], cells, lesson) if defines(source, exercise)]
        found += [cell.source for cell in reversed(cells) if defines(cell.source, exercise)]
    found += [text for text in submission.modules if defines(text, exercise)]
    stub = is_there or any(same_text(source, exercise.stub) for source in found)
    attempted = [source for source in found if tidy(source) and not is_stub(source, exercise)]
    edited = any(
        cell.id == exercise.check_cell
        and not any(same_text(cell.source, check) for check in (exercise.check, exercise.graded))
        for cells in notebooks
        for cell in cells
    )
    return Found(tuple(dict.fromkeys(attempted)), stub, edited)


def notebooks_of(lesson, submission):
    """The notebooks that hold something of a lesson, those with most of its cells first.

    One without any cell of it, and of no other lesson, counts where it defines what an exercise asks for.
    """

    def share(cells):
        ids = {cell.id for cell in cells}
        if ours := len(ids & {*lesson.cells}):
            return ours
        by_name = any(defines(cell.source, exercise) for cell in cells for exercise in lesson.exercises)
        return 0.5 if by_name and not ids & lesson.elsewhere else 0

    return sorted((cells for cells in submission.notebooks if share(cells)), key=share, reverse=True)


def pasted_after(place, cells, lesson):
    """The sources of the cells between an exercise and the next one, which the lesson does not have."""
    others = {exercise.cell for exercise in lesson.exercises}
    for cell in cells[place + 1 :]:
        if cell.id in others:
            return
        if cell.id not in lesson.cells:
            yield cell.source


def defines(source, exercise):
    """Whether a cell defines what an exercise asks for."""
    return exercise.name in source and exercise.name in defined_in(source)


def same_text(one, other):
    """Whether two cells are the same but for blank lines, comments and the space at their lines' ends."""
    return tidy(one) == tidy(other)


def tidy(source):
    """A source without blank lines, comments in lines of their own, and space at its lines' ends."""
    lines = (line.rstrip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


def is_stub(source, exercise):
    """Whether a cell is as the lesson left it."""
    return same_text(source.replace(TO_REPLACE, ""), exercise.stub.replace(TO_REPLACE, ""))


def same_code(source):
    """A text that is the same for code that is the same letter for letter; "" for a handful of lines.

    Space at the ends of lines and empty lines do not count. A few lines come out the same by themselves.
    """
    try:
        tree = ast.parse(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(tree))
    lines = filter(None, map(str.rstrip, source.splitlines()))
    return "\n".join(lines) if statements >= 6 else ""


def without_magics(source):
    """A cell without the lines that IPython alone understands; the others keep their numbers."""
    return re.sub(r"^\s*[%!].*$", "", source, flags=re.MULTILINE)


def typed_prediction(question, lesson, submission):
    """What was typed in answer to a question, as source; "" for the dots, and for an empty text."""
    for cells in notebooks_of(lesson, submission):
        for cell in cells:
            if cell.id == question.cell:
                typed = _recalled(cell, question.number) if question.number else _predicted(cell)
                if typed.strip("'\" ") not in ("", "..."):
                    return typed
    return ""


def _predicted(cell):
    """What stands behind my_prediction = in a cell; "" where nothing does."""
    match = re.search(r"^\s*my_prediction\s*=\s*(.*?)\s*$", cell.source, re.MULTILINE)
    return re.sub(r"\s+#.*$", "", match[1]) if match else ""


def _recalled(cell, number):
    """What stands behind a number in my_answers = {1: …, 2: …}; "" where it cannot be read."""
    try:
        body = ast.parse(without_magics(cell.source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for node in body:
        dict_of = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "my_answers"
        for key, value in zip(*_entries(node.value), strict=True) if dict_of else ():
            if getattr(key, "value", None) == number:
                return ast.unparse(value)
    return ""


def _entries(node):
    """The keys and the values that stand in a dict; two empty lists for anything else."""
    return (node.keys, node.values) if isinstance(node, ast.Dict) else ([], [])
