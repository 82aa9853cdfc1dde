"""What a lesson asks of a student: its exercises and predictions, read from the course's own notebook."""

import ast
import re
from dataclasses import dataclass, replace

import nbformat

from helpers.feedback.cells import defined_in
from helpers.lessons import has_tag, lesson_paths

GRADED = """from helpers.classroom.points import points

points({check})"""
PYTHON_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Exercise:
    """An exercise: its cell, the name that it defines, its stub and solution, and its check's cell."""

    lesson: str  # its number, "07"
    cell: str
    name: str
    title: str  # of the section that it stands in
    stub: str
    solution: str
    check_cell: str
    check: str

    @property
    def graded(self):
        """The check as nbgrader's assignments have it, with points."""
        return GRADED.format(check=self.check.strip())


@dataclass(frozen=True)
class Question:
    """A prediction, or a question from an earlier lesson: its cell, and the words that ask for it."""

    lesson: str
    cell: str
    words: str
    number: int = 0  # of a question from an earlier lesson among those of its cell; 0 for a prediction

    @property
    def name(self):
        """The id of its cell, and behind it the number of a question from an earlier lesson."""
        return f"{self.cell} {self.number}" if self.number else self.cell


@dataclass(frozen=True)
class Lesson:
    """A lesson: number, title, imports, exercises, questions, and the ids of all its cells in order."""

    number: str
    title: str
    imports: str
    exercises: tuple
    questions: tuple
    cells: tuple
    sections: dict  # {cell id: heading of the section that it stands in}
    elsewhere: frozenset = frozenset()  # the ids of the cells of all other lessons


def read_lessons(paths):
    """The Lessons in notebooks of the course; each knows which cells are another one's."""
    ids = {id for path in lesson_paths() for id in read_lesson(path).cells}
    lessons = map(read_lesson, paths)
    return [replace(lesson, elsewhere=frozenset(ids - {*lesson.cells})) for lesson in lessons]


def read_lesson(path):
    """The Lesson in a notebook of the course."""
    cells, number = nbformat.read(path, as_version=4).cells, path.stem[:2]
    sections = _sections(cells)
    imports = next((cell.source for cell in cells if has_tag(cell, "imports")), "")
    exercises = [_exercise(number, cells[k:], sections) for k in _tagged(cells, "exercise")]
    questions = [each for k in _tagged(cells, "recall") for each in _recalled(number, cells[k])]
    questions += [Question(number, cells[k].id, _question(cells[:k])) for k in _tagged(cells, "prediction")]
    ids, title = tuple(cell.id for cell in cells), sections[cells[0].id]
    return Lesson(number, title, imports, tuple(exercises), tuple(questions), ids, sections)


def _tagged(cells, tag):
    return [k for k, cell in enumerate(cells) if has_tag(cell, tag)]


def _exercise(number, cells, sections):
    """The Exercise whose stub is the first of these cells; its check and solution are the next ones."""
    stub = cells[0]
    check = next(cell for cell in cells if has_tag(cell, "check"))
    solution = next((cell.source for cell in cells if has_tag(cell, "solution")), "")
    (name,) = defined_in(stub.source)
    code = "".join(PYTHON_BLOCK.findall(solution)[:1])
    return Exercise(number, stub.id, name, sections[stub.id], stub.source, code, check.id, check.source)


def _sections(cells):
    """{cell id: heading}: the last heading at or above each cell."""
    found, heading = {}, ""
    for cell in cells:
        folded = has_tag(cell, "hints") or has_tag(cell, "solution")
        told = re.findall(r"^#{1,2} (.+)$", cell.source, re.MULTILINE)
        if cell.cell_type == "markdown" and told and not folded:
            heading = told[-1]
        found[cell.id] = heading
    return found


def _recalled(lesson, cell):
    """The Questions from earlier lessons in a cell: of truths = {1: (truth, where, question), …}."""
    for node in ast.parse(cell.source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "truths":
            for key, entry in zip(node.value.keys, node.value.values, strict=True):
                yield Question(lesson, cell.id, ast.literal_eval(entry.elts[2]), key.value)


def _question(cells):
    """What the cells before a prediction ask for: the last part that begins with **Predict.

    Code may stand between, as a training whose end is predicted.
    """
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return next((text[text.rfind("**Predict") :].strip() for text in texts[::-1] if "**Predict" in text), "")
