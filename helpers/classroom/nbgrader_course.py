"""`make nbgrader`: a folder that nbgrader 0.9 takes as it is, an assignment for each lesson."""

import shutil
import tempfile
from pathlib import Path

import nbformat

from helpers.classroom.choose import chosen_lessons
from helpers.classroom.course import read_lesson
from helpers.classroom.handout import build_wheel
from helpers.classroom.points import MOST
from helpers.lessons import has_tag, stamped, without_solutions, write_notebook

CONFIG = """# nbgrader 0.9 reads this where it is started. Written with the lessons' source/ beside it.
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, DeduplicateIds
from nbgrader.preprocessors import OverwriteCells, OverwriteKernelspec


class WithoutTwins(DeduplicateIds):
    \"""Of a cell that a student pasted a second time the last one counts; one pasted cell stops no batch.\"""

    def preprocess_cell(self, cell, resources, cell_index):
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if not cell.metadata.get("nbgrader", True):  # what is left of a twin, and what nbgrader stops at
            del cell.metadata["nbgrader"]
        return cell, resources


c = get_config()  # noqa: F821  nbgrader brings it
c.CourseDirectory.course_id = "backprop_by_hand"
c.ClearSolutions.code_stub = {"python": ""}  # the stub stands above each solution
c.Execute.timeout = 120  # seconds for a cell
c.Autograde.sanitize_preprocessors = [
    ClearOutput, WithoutTwins, OverwriteKernelspec, OverwriteCells, CheckCellMetadata,
]
"""
HOW = """# A course for nbgrader

Activate an environment that has nbgrader and the lessons (`pip install nbgrader {wheel}`). In this folder:

```
nbgrader generate_assignment {first}
nbgrader autograde {first}
nbgrader export
```

`release/{first}` is for your students. What they hand in goes to `submitted/NAME/{first}/`. Each exercise
gives 1 point for a try and 2 for a right one. nbgrader runs what was handed in with your rights.
"""
SOLVED = """{stub}
### BEGIN SOLUTION
{solution}
### END SOLUTION"""


def write_course(folder, wanted="", say=print):
    """Write source/, nbgrader_config.py, START.md and the wheel to a folder; returns the assignments' paths.

    ValueError where a folder of that name holds something else.
    """
    config = folder / "nbgrader_config.py"
    if folder.exists() and any(folder.iterdir()) and not config.exists():
        raise ValueError(f"{folder} holds something else than a course: name another folder.")
    paths, written = chosen_lessons(wanted), []
    for path in paths:
        place = folder / "source" / path.stem
        place.mkdir(parents=True, exist_ok=True)
        lesson = nbformat.read(path, as_version=4)
        write_notebook(assignment(lesson, path), place / path.name)
        written.append(place / path.name)
        say(str(place))
    with tempfile.TemporaryDirectory() as elsewhere:
        wheel = Path(shutil.copy(build_wheel(Path(elsewhere)), folder))
    config.write_text(CONFIG, encoding="utf-8")
    (folder / "START.md").write_text(HOW.format(wheel=wheel.name, first=paths[0].stem), encoding="utf-8")
    return written


def assignment(lesson, path):
    """A lesson as the instructor's version of an assignment: each exercise solved, each check graded."""
    given = stamped(without_solutions(lesson), lesson, path)
    exercises = read_lesson(path).exercises
    solved, graded = ({getattr(each, part): each for each in exercises} for part in ("cell", "check_cell"))
    for cell in given.cells:
        if exercise := solved.get(cell.id):
            cell.source = SOLVED.format(stub=cell.source.strip(), solution=exercise.solution.strip())
            cell.metadata["nbgrader"] = _asked(cell, solution=True)
        elif exercise := graded.get(cell.id):
            cell.source = exercise.graded
            cell.metadata["nbgrader"] = _asked(cell, grade=True, locked=True) | {"points": MOST}
        elif has_tag(cell, "imports"):
            cell.metadata["nbgrader"] = _asked(cell, locked=True)
    return given


def _asked(cell, grade=False, solution=False, locked=False):
    """nbgrader's notes on a cell, in its third form."""
    kind = {"grade": grade, "solution": solution, "locked": locked, "task": False}
    return kind | {"grade_id": cell.id, "schema_version": 3, "cell_type": cell.cell_type}
