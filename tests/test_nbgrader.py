"""A course for nbgrader: stubs for students, solutions and graded checks for the teacher, points in parts.

nbgrader itself is tried by `python -m tools.nbgrader_trial FOLDER`, in an environment of its own.
"""

import re
import sys
from types import ModuleType, SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from helpers.classroom import nbgrader_course
from helpers.classroom.course import read_lesson
from helpers.classroom.nbgrader_course import CONFIG, assignment, write_course
from helpers.classroom.points import points
from helpers.feedback.messages import CheckResult
from helpers.lessons import find_lesson, has_tag, lesson_paths

NOTES = {
    "grade",
    "solution",
    "locked",
    "task",
    "grade_id",
    "schema_version",
    "cell_type",
}  # of its third form


def handed_out(source):
    """A cell as nbgrader hands it out: without what stands between its two marks."""
    return re.sub(r"### BEGIN SOLUTION\n.*?\n### END SOLUTION", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem[:2])
def test_students_get_the_stub_and_the_teacher_the_solution(path):
    lesson, exercises = nbformat.read(path, as_version=4), read_lesson(path).exercises
    cells = {cell.id: cell for cell in assignment(lesson, path).cells}
    assert not [cell for cell in cells.values() if has_tag(cell, "solution")]
    for exercise in exercises:
        asked, graded = cells[exercise.cell], cells[exercise.check_cell]
        assert handed_out(asked.source).strip() == exercise.stub.strip()
        compile(asked.source, exercise.name, "exec")
        assert exercise.solution.strip() in asked.source and exercise.check.strip() in graded.source
        assert asked.metadata.nbgrader.solution and not asked.metadata.nbgrader.locked
        notes = graded.metadata.nbgrader
        assert notes.grade and notes.locked and not notes.solution and notes.points == 2
        assert set(notes) == NOTES | {"points"} and set(asked.metadata.nbgrader) == NOTES
    noted = [cell for cell in cells.values() if "nbgrader" in cell.metadata]
    assert len(noted) == len({cell.metadata.nbgrader.grade_id for cell in noted}) >= 2 * len(exercises)
    assert all(cell.metadata.nbgrader.grade_id == cell.id for cell in noted)


@pytest.mark.parametrize("solved", [True, False])
def test_what_is_solved_gets_all_points_and_a_stub_none(solved, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    path, namespace, found = find_lesson("01"), {"__name__": "__main__"}, []
    for cell in assignment(nbformat.read(path, as_version=4), path).cells:
        if cell.cell_type == "code":
            source = cell.source if solved else handed_out(cell.source)
            if cell.metadata.get("nbgrader", {}).get("grade"):
                head, _, last = source.rpartition("\n")
                exec(head, namespace)
                found.append(eval(last, namespace))
            else:
                exec(source, namespace)
    assert found and set(found) == {2 if solved else 0}


def test_points_are_for_trying_and_for_passing_and_the_words_are_shown(monkeypatch):
    shown = []
    monkeypatch.setattr("helpers.classroom.points.display", shown.append)
    results = [CheckResult(passed, "Words.") for passed in (None, False, True)]
    assert [points(result) for result in results] == [0, 1, 2] and shown == results


def test_one_cell_that_was_pasted_stops_no_batch(monkeypatch):
    class DeduplicateIds:
        def preprocess_cell(self, cell, resources, cell_index):
            cell.metadata["nbgrader"] = {}  # as nbgrader 0.9 leaves a twin, and then refuses it
            return cell, resources

    known = ModuleType("nbgrader.preprocessors")
    known.DeduplicateIds = DeduplicateIds
    others = ("CheckCellMetadata", "ClearOutput", "OverwriteCells", "OverwriteKernelspec")
    for name in others:
        setattr(known, name, name)
    monkeypatch.setitem(sys.modules, "nbgrader", ModuleType("nbgrader"))
    monkeypatch.setitem(sys.modules, "nbgrader.preprocessors", known)
    parts = ("CourseDirectory", "ClearSolutions", "Execute", "Autograde")
    config = SimpleNamespace(**{name: SimpleNamespace() for name in parts})
    exec(CONFIG, {"get_config": lambda: config})
    steps = config.Autograde.sanitize_preprocessors
    (twins,) = [step for step in steps if not isinstance(step, str)]
    assert {*steps} - {twins} == {*others} and config.ClearSolutions.code_stub == {"python": ""}
    cell, plain = new_code_cell("1", metadata={"nbgrader": {"grade": True}}), new_code_cell("1")
    assert "nbgrader" not in twins().preprocess_cell(cell, {}, 0)[0].metadata
    monkeypatch.setattr(DeduplicateIds, "preprocess_cell", lambda self, *told: told[:2])
    assert twins().preprocess_cell(plain, {}, 0)[0].metadata == {}


def test_the_course_has_all_that_nbgrader_and_a_student_need(tmp_path, monkeypatch):
    (tmp_path / "a_wheel.whl").write_bytes(b"a wheel")
    monkeypatch.setattr(nbgrader_course, "build_wheel", lambda place: tmp_path / "a_wheel.whl")
    course, said = tmp_path / "course", []
    for _ in range(2):  # written again, it is the same
        write_course(course, "00-01", say=said.append)
        names = sorted(str(path.relative_to(course)) for path in course.rglob("*") if path.is_file())
        assert names == [
            "START.md",
            "a_wheel.whl",
            "nbgrader_config.py",
            "source/00_start_here/00_start_here.ipynb",
            "source/01_computation_graph/01_computation_graph.ipynb",
        ]
    start = (course / "START.md").read_text(encoding="utf-8")
    assert "pip install nbgrader a_wheel.whl" in start and "nbgrader autograde 00_start_here" in start
    with pytest.raises(ValueError, match="something else than a course"):
        write_course(tmp_path, "01")
