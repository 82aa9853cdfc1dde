"""Grading a class: each answer is found, judged apart, and reported; nobody who is right is accused."""

import csv
import io
import json
import os
import random
import sys
import zipfile
from dataclasses import replace

import nbformat
import psutil
import pytest

from helpers.classroom import sandbox, talk
from helpers.classroom.answers import find_answers, same_code, typed_prediction
from helpers.classroom.choose import chosen_lessons
from helpers.classroom.course import read_lesson, read_lessons
from helpers.classroom.feedback_pages import file_name, page
from helpers.classroom.grade import grade
from helpers.classroom.judge_class import Predicted, Row, judge_lesson, judge_predictions
from helpers.classroom.report import anonymous, class_page
from helpers.classroom.sandbox import Judge, has_sandbox
from helpers.classroom.submissions import Cell, Submission, collect, whose
from helpers.classroom.tables import write_tables
from helpers.classroom.truths import truths_of
from helpers.feedback.predictions import is_right
from helpers.lessons import find_lesson, lesson_paths
from tests.axe import violations
from tools.made_class import CELL, HARM, make_class, right_answer, wrong_rows


@pytest.fixture(scope="module")
def apart():
    """Whether there is a sandbox: in CI there must be one on Linux."""
    if not has_sandbox() and os.environ.get("CI") == "true" and sys.platform == "linux":
        pytest.fail("No bubblewrap: apt-get install bubblewrap")
    if not has_sandbox():
        pytest.skip("no bubblewrap")
    return True


@pytest.fixture(scope="module")
def judge(apart):
    judge = Judge(apart)
    yield judge
    judge.stop()


@pytest.fixture(scope="module")
def lesson():
    return read_lessons([find_lesson("07")])[0]


def exercise(lesson):
    return next(each for each in lesson.exercises if each.cell == CELL)


def handed_in(*cells, **more):
    return Submission("Ada", notebooks=[[Cell(*cell) for cell in cells]], **more)


# ---- what was handed in


@pytest.mark.parametrize(
    "path, student, number",
    [
        ("Anna Berg_1234567_assignsubmission_file_/07.ipynb", "Anna Berg", "1234567"),
        ("Anna Berg_1234567_assignsubmission_file_07 (1).ipynb", "Anna Berg", "1234567"),
        ("Anna Berg_1234567_assignsubmission_file/work/07.ipynb", "Anna Berg", "1234567"),
        ("bergannaa_12345_678_07_all_examples_back-1.ipynb", "bergannaa", "12345"),
        ("bergannaa_LATE_12345_678_my_network.py", "bergannaa", "12345"),
        ("Anna_Berg/07.ipynb", "Anna_Berg", ""),
        ("anna.zip/work/07.ipynb", "anna", ""),
        ("class.zip/Anna Berg_77_assignsubmission_file_/07.ipynb", "Anna Berg", "77"),
        ("anna.ipynb", "anna", ""),
    ],
)
def test_file_names_say_who_handed_in(path, student, number):
    assert whose(tuple(path.split("/"))) == (student, number)


def notebook(*cells):
    code = [
        {"cell_type": "code", "id": id, "source": source.splitlines(keepends=True)} for id, source in cells
    ]
    return json.dumps({"cells": code, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()


def test_folders_zips_and_a_zip_of_the_class_are_read_and_what_is_broken_is_a_problem(tmp_path):
    def packed(files):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return held.getvalue()

    whole = packed({"07.ipynb": notebook(("a", "x = 1")), "__MACOSX/07.ipynb": b"", ".hidden.ipynb": b""})
    files = {"Ann/07.ipynb": notebook(("a", "x = 1")), "Ben.zip": whole, "Eve/07.ipynb": b'{"cells": ['}
    files |= {
        "Jo.zip": whole[:50],
        "Kim/07.ipynb": b"[" * 100_000,
        "Lee/07.ipynb": b"\xff\xfe",
        "notes.txt": b"",
    }
    for name, content in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "Mia").mkdir()
    (tmp_path / "in" / "Mia" / "07.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "class.zip").write_bytes(packed({f"all/{name}": content for name, content in files.items()}))
    for source, extra in ((tmp_path / "in", ["Mia"]), (tmp_path / "class.zip", [])):
        found = {one.student: one for one in collect(source)}
        assert sorted(found) == sorted(["Ann", "Ben", "Eve", "Jo", "Kim", "Lee", *extra])
        for student in ("Ann", "Ben"):
            assert found[student].notebooks == [[Cell("a", "x = 1")]] and not found[student].problems
        for student in ("Eve", "Jo", "Kim", "Lee", *extra):
            assert found[student].problems and not found[student].notebooks


def test_two_of_one_name_are_told_apart(tmp_path):
    for number in (11, 22):
        (tmp_path / f"Ann Lee_{number}_assignsubmission_file_07.ipynb").write_bytes(notebook(("a", "x = 1")))
    assert [one.student for one in collect(tmp_path)] == ["Ann Lee (11)", "Ann Lee (22)"]


# ---- answers, found


def answers(lesson, submission):
    return find_answers(exercise(lesson), lesson, submission)


def test_an_answer_is_found_by_id_then_pasted_then_by_name_then_in_a_module(lesson):
    stub, right = exercise(lesson).stub, "def backward_propagation(*all):\n    return 1"
    others = [right.replace("1", digit) for digit in "234"]
    cells = [(CELL, right), ("new", others[0]), (lesson.exercises[1].cell, ""), ("far", others[1])]
    found = answers(lesson, handed_in(*cells, modules=[others[2]]))
    assert found.answers == (right, others[0], others[1], others[2]) and found.stub
    assert answers(lesson, handed_in((CELL, stub), ("new", right))).answers == (right,)
    assert answers(lesson, handed_in(("other", right))).answers == (right,)
    assert answers(lesson, handed_in((CELL, "# to do"))) == answers(lesson, handed_in((CELL, stub)))
    deleted = answers(lesson, handed_in((exercise(lesson).check_cell, exercise(lesson).check)))
    assert not deleted.answers and not deleted.stub and not deleted.check_edited
    assert answers(lesson, handed_in((CELL, stub), (exercise(lesson).check_cell, "print(1)"))).check_edited
    by_nbgrader = exercise(lesson).check_cell, exercise(lesson).graded
    assert not answers(lesson, handed_in((CELL, stub), by_nbgrader)).check_edited


def test_a_name_that_two_lessons_ask_for_is_not_looked_for_in_the_other_lesson():
    first, second = read_lessons([find_lesson("00"), find_lesson("05")])
    cell = next(each for each in second.exercises if each.name == "my_shapes").cell
    asked = next(each for each in first.exercises if each.name == "my_shapes")
    assert find_answers(asked, first, handed_in((cell, "my_shapes = {}"))).answers == ()


def test_the_same_code_is_the_same_however_it_is_spaced():
    body = [f"    x{k} = {k}" for k in range(8)]
    one = "def f():\n" + "\n".join(body)
    two = "def f():  \n\n" + "\n\n".join(line + " " for line in body)
    assert same_code(one) == same_code(two) != ""
    assert same_code(one + "  # mine") != same_code(one)
    assert same_code(one.replace("x1", "y")) != same_code(one)
    assert same_code("def f(a):\n    return a") == same_code("def f(:") == ""


# ---- answers, judged


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem[:2])
def test_each_solution_passes_and_each_stub_is_not_attempted(path, judge):
    lesson = read_lessons([path])[0]
    for kind, status in (("solution", "passed"), ("stub", "not attempted")):
        cells = [(each.cell, getattr(each, kind)) for each in lesson.exercises]
        for row in judge_lesson(handed_in(*cells), lesson, judge):
            assert row.status == status and not row.flags and not row.mistakes, row


def test_what_an_answer_uses_is_taken_from_the_students_other_cells(lesson, judge):
    answer = right_answer(random.Random(1)).replace("X.shape[1]", "columns(X)")
    answer = answer.replace("Y.shape[1]", "columns(X)").replace("n, m = X.shape", "m = columns(X)")
    helper = (
        "mine",
        "%matplotlib inline\nfrom operator import itemgetter\ndef columns(X):\n    return second(X.shape)",
    )
    second = ("also", "second = itemgetter(1)")
    row = next(judge_lesson(handed_in(second, helper, (CELL, "%%time\n" + answer)), lesson, judge))
    assert row.status == "passed", row
    row = next(judge_lesson(handed_in((CELL, answer)), lesson, judge))
    assert (
        row.status == "mistake" and row.mistakes == ("raised-NameError",) and row.line[1] == "m = columns(X)"
    )


def test_the_check_and_the_imports_are_the_courses_own(lesson, judge):
    wrong = "def backward_propagation(parameters, cache, X, Y):\n    return {}"
    cheat = "\n\ndef check_backward_propagation(function):\n    return 'Correct.'\n\nnetwork = None"
    cells = [("imports", "from mine import check_backward_propagation"), (CELL, wrong + cheat)]
    row = next(judge_lesson(handed_in(*cells), lesson, judge))
    assert row.status == "mistake"


@pytest.mark.parametrize("harm", HARM)
def test_what_means_harm_is_stopped_and_the_next_one_is_judged(harm, lesson, judge, tmp_path):
    canary = tmp_path / "canary"
    canary.write_text("unharmed")
    code, status = HARM[harm]
    answer = right_answer(random.Random(2))
    row = next(
        judge_lesson(
            handed_in((CELL, answer + "\n\n" + code.replace("{canary}", str(canary)))), lesson, judge
        )
    )
    assert row.status == status and canary.read_text() == "unharmed"
    assert next(judge_lesson(handed_in((CELL, answer)), lesson, judge)).status == "passed"


def test_what_is_said_in_the_judges_place_costs_nobody_else_their_row(lesson, judge):
    answer = right_answer(random.Random(3))
    forged = "\nimport os\ntry:\n    with open(f'/proc/{os.getppid()}/fd/3', 'w') as out:\n"
    forged += "        out.write('{}\\n')\n"
    forged += "except OSError:\n    pass\n"
    next(judge_lesson(handed_in((CELL, answer + forged)), lesson, judge))
    assert next(judge_lesson(handed_in((CELL, answer)), lesson, judge)).status == "passed"


def test_nothing_of_one_answer_is_there_for_the_next(lesson, judge):
    answer = right_answer(random.Random(4))
    leave = "\nopen('left', 'w').write('x')\nimport os\nos.makedirs('deep/er')\nos.chmod('deep', 0)"
    assert next(judge_lesson(handed_in((CELL, answer + leave)), lesson, judge)).status == "passed"
    look = "\nimport os\nassert os.listdir('.') == os.listdir(os.environ['HOME']) == []"
    assert next(judge_lesson(handed_in((CELL, answer + look)), lesson, judge)).status == "passed"


def test_where_answers_cannot_run_apart_nothing_is_judged(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    monkeypatch.delattr("os.fork", raising=False)
    with pytest.raises(ValueError, match="Windows cannot .* container"):
        grade(tmp_path / "in", tmp_path / "out", "07", trust=True)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot run answers apart from each other")
def test_without_a_sandbox_it_says_so_and_wants_trust(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_bytes(notebook((CELL, right_answer(random.Random(5)))))
    monkeypatch.setattr("helpers.classroom.grade.has_sandbox", lambda: False)
    with pytest.raises(ValueError, match="(?s)no sandbox.*--trust"):
        grade(tmp_path / "in", tmp_path / "out", "07", say=lambda words: None)
    assert not (tmp_path / "out").exists()
    said = []
    rows, _ = grade(tmp_path / "in", tmp_path / "out", "07", trust=True, say=said.append)
    assert rows[0].status == "passed" and "with your rights" in said[0]


# ---- predictions


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem[:2])
def test_every_prediction_has_a_truth_and_it_is_right(path):
    lesson, truths = read_lesson(path), truths_of(path)
    assert [*truths] == [question.name for question in lesson.questions]
    for question in lesson.questions:
        truth = truths[question.name]["truth"]
        truth = tuple(truth) if isinstance(truth, list) else truth
        assert question.words and is_right(truth, truth) and is_right(10**9, truth) is False
    assert is_right(..., 3) is is_right("...", 3) is None


def test_predictions_are_read_and_judged(lesson, judge):
    asked = [each for each in lesson.questions if not each.number]
    question, truths, lesson = (
        asked[0],
        {each.name: {"truth": 0.25} for each in asked},
        replace(lesson, questions=asked),
    )
    for typed, right in [("0.25", True), ("1 / 4  # a quarter", True), ("np.sqrt(1/16)", True), ("4", False)]:
        submission = handed_in((question.cell, f"my_prediction = {typed}\n\ncompare_prediction(...)"))
        (first, *others) = judge_predictions(submission, lesson, truths, judge)
        assert first.right is right and first.typed == typed.split("  #")[0]
        assert all(one.typed == "" and one.right is None for one in others)
    assert typed_prediction(question, lesson, handed_in((question.cell, "my_prediction = ...\n"))) == ""
    evil = handed_in((question.cell, "my_prediction = __import__('os').system('exit 0')"))
    assert next(judge_predictions(evil, lesson, truths, judge)).right is False


def test_answers_to_questions_from_earlier_lessons_are_read_and_judged(lesson, judge):
    asked = [each for each in lesson.questions if each.number]
    assert [each.name for each in asked] == ["all-back-04 1", "all-back-04 2", "all-back-04 3"]
    truths = {each.name: {"truth": [4, 3] if each.number == 1 else 2.0} for each in asked}
    answers = "{1: (4, 3), 2: 6 / 3, 3: ..., 4: 7}  # mine"
    for told, found in [
        (answers, [("(4, 3)", True), ("6 / 3", True), ("", None)]),
        ("{1: (3, 4), 2: '', 3: 2}", [("(3, 4)", False), ("", None), ("2", True)]),
        ("{1: ..., 2: ..., 3: ...}", [("", None)] * 3),
        ("{1: 4, 3, 2: 1}", [("", None)] * 3),
        ("[4]", [("", None)] * 3),
    ]:
        cell = (asked[0].cell, f"my_answers = {told}\n\ncompare_answers(my_answers, truths)")
        rows = judge_predictions(handed_in(cell), replace(lesson, questions=asked), truths, judge)
        assert [(row.typed, row.right) for row in rows] == found, told


# ---- a whole class


@pytest.fixture(scope="module")
def graded(tmp_path_factory, apart):
    """A made class of 40: what was made, the rows, the report and what the command said."""
    place, said = tmp_path_factory.mktemp("class"), []
    made = make_class(place / "in", 40, seed=4, canary=str(place / "canary"))
    handed = {path: path.stat().st_mtime_ns for path in (place / "in").rglob("*")}
    before = {*psutil.Process().children(recursive=True)}
    rows, predictions = grade(place / "in", place / "report", "07", say=said.append)
    said += ["nothing is left running"] * ({*psutil.Process().children(recursive=True)} <= before)
    assert handed == {path: path.stat().st_mtime_ns for path in (place / "in").rglob("*")}
    assert sorted(path.name for path in place.iterdir()) == ["in", "report"]
    return made, rows, place / "report", said


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def test_every_row_of_a_class_is_right_and_nothing_is_left_running(graded):
    made, rows, _, said = graded
    assert said.pop() == "nothing is left running"
    assert len({one.kind for one in made}) >= 18 and wrong_rows(made, rows) == []
    assert "sandbox" in said[0] and "40 students" in said[1]
    missed = sum(row.mistakes == ("mean-missing",) for row in rows)
    known = f"{missed} of 40, in backward_propagation: Too large by the factor m. Is the 1/m missing?"
    assert known in said and len([line for line in said if " of 40, in " in line]) == 3


def test_the_tables_hold_a_row_for_each_student(graded):
    made, rows, report, _ = graded
    grades, book = table(report / "grades.csv"), table(report / "gradebook.csv")
    names = {one.name for one in made}
    assert (
        len(grades) == 80 and {row["student"] for row in grades} == {row["student"] for row in book} == names
    )
    missed = [row for row in grades if row["mistake"] == "mean-missing"]
    assert missed and all(row["words"] and "dW2 = dZ2 @ A1.T" in row["line"] for row in missed)
    passed = {row["student"]: row["passed"] for row in book}
    assert all(int(passed[one.name]) == (one.status == "passed") for one in made)
    predicted = table(report / "predictions.csv")
    shapes = [row for row in predicted if row["cell"] == "all-back-04 1"]
    assert {(row["typed"], row["right"]) for row in shapes} == {("(4, 3)", "yes"), ("(3, 4)", "no"), ("", "")}
    assert len(predicted) == 280 and {"yes", "no", ""} == {row["right"] for row in predicted}


def test_the_page_for_the_class_names_nobody(graded):
    made, rows, report, _ = graded
    page, names = (report / "class.html").read_text(encoding="utf-8"), [one.name for one in made]
    assert not [name for name in names if name in page or name.split()[-1] in page]
    assert "What was still known from earlier lessons" in page and "the shape of dz1 @ x.T?" in page
    assert "dW2 = dZ2 @ A1.T" in page and "“Where the sum hides”" in page and "✓ true" in page
    assert "How many numbers does b1 - 0.1 * np.sum(dZ1, axis=1) hold?" in page
    assert "http" not in page.replace("http-equiv", "")  # it needs nothing from elsewhere
    feedback = sorted(path.name for path in (report / "feedback").iterdir())
    assert len(feedback) == 40 and all(name.endswith(".html") for name in feedback)


def test_the_page_for_the_class_can_be_read_by_all(graded, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"file://{graded[2] / 'class.html'}")
    assert violations(page, "body") == []
    assert page.evaluate("document.documentElement.scrollWidth <= 1280")
    smallest = """() => Math.min(...[...document.querySelectorAll('main *')].filter(e => e.innerText)
        .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    assert page.evaluate(smallest) >= 24
    page.goto(f"file://{sorted((graded[2] / 'feedback').iterdir())[0]}")
    assert violations(page, "body") == []
    page.close()


def test_a_report_is_written_over_a_report_and_over_nothing_else(graded, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_bytes(notebook(("a", "x = 1")))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    for to, words in [("full", "something else"), ("in", "handed in"), ("in/report", "handed in")]:
        with pytest.raises(ValueError, match=words):
            grade(tmp_path / "in", tmp_path / to, "07", say=print)
    with pytest.raises(ValueError, match="Which lesson"):
        grade(tmp_path / "in", tmp_path / "out", "", say=print)
    with pytest.raises(ValueError, match="There is no"):
        grade(tmp_path / "nowhere", tmp_path / "out", "07", say=print)


# ---- what is written is escaped


EVIL = "<script>alert(1)</script>"


def test_what_students_write_is_never_taken_for_code(lesson, tmp_path):
    row = Row(EVIL, "07", "backward_propagation", CELL, "mistake", ("odd",), (1, f"x = 1 {EVIL}"), EVIL)
    predicted = [Predicted(EVIL, "07", question.name, EVIL, 1.0, False) for question in lesson.questions]
    student = Submission(EVIL, problems=[EVIL])
    for text in (
        page(student, [lesson], [row], predicted),
        class_page([lesson], [row], predicted, ["Ann Lee"], lesson.sections),
    ):
        assert "<script" not in text and "&lt;script" in text
    assert "/" not in file_name("../../etc/passwd", set()) and file_name("", set()) == "student"
    taken = set()
    assert [file_name("Ann:", taken), file_name("ann;", taken)] == ["Ann_", "ann_ 2"]
    write_tables(tmp_path, [Submission("=1+1")], [], [Predicted("=1+1", "07", "a", "-0.5", 1, False)])
    assert "\n'=1+1,07,a,-0.5,1,no" in (tmp_path / "predictions.csv").read_text(encoding="utf-8-sig")


def test_a_line_is_shown_without_comments_and_without_names():
    assert anonymous("dW2 = dZ2 @ A1.T  # by Ann Lee", ["Ann Lee"]) == "dW2 = dZ2 @ A1.T"
    assert anonymous("lee = 3", ["Ann Lee"]) == ""


def test_what_to_say_of_a_mistake_stands_in_the_lesson_that_is_named():
    sections = {path.stem[:2]: read_lesson(path).sections for path in lesson_paths()}
    for mistake, (number, cell, question) in talk.TALK.items():
        assert sections[number].get(cell), (mistake, cell)
        assert question.endswith("?") or question.endswith("."), mistake
        assert talk.in_plain_words(mistake) and "{" not in talk.in_plain_words(mistake)
    assert talk.where_and_what("odd", "It is odd. Why is it?", "07", "Here")[2:] == ("Here", "Why is it?")


def test_chosen_lessons_are_those_of_the_course():
    assert [path.stem[:2] for path in chosen_lessons("06-08")] == ["06", "07", "08"]
    assert nbformat.read(chosen_lessons("07")[0], as_version=4).cells


def test_the_sandbox_sees_the_packages_beside_an_installed_wheel_and_not_the_project(monkeypatch, tmp_path):
    monkeypatch.setattr("helpers.classroom.sandbox.ROOT", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "helpers").mkdir()
    assert str(tmp_path) in sandbox._bubblewrap()
    (tmp_path / "pyproject.toml").touch()
    assert str(tmp_path) not in sandbox._bubblewrap()
