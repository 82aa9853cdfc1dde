"""`make update`: the newer lesson, with all that a learner made; the one from before stays beside it."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import lessons, update
from helpers.classroom.handout import handed_out
from helpers.lessons import lesson_paths

STUB = "def double(x):\n    raise NotImplementedError"
ANSWER = "def double(x):\n    return 2 * x"
PREDICTION = "my_prediction = {}\n\ncompare_prediction(my_prediction, {})"
QUESTIONS = "my_answers = {}\n\ncompare_answers(my_answers, {})"
LESSON = {
    "title": "# A lesson",
    "recall": QUESTIONS.format("{1: ..., 2: ...}", "truths"),
    "shown": "rate = 0.1",
    "predict": PREDICTION.format("...", 4),
    "exercise": STUB,
    "old": "print('an older part')",
    "solution": "<details>the solution</details>",
    "end": "The end.",
}
TEXT = ("title", "solution", "end")
TAGS = {"recall": "recall", "predict": "prediction", "exercise": "exercise", "solution": "solution"}


def write(path, cells):
    """Write a lesson of these cells, {id: source}."""
    notebook = new_notebook()
    for id, source in cells.items():
        cell = new_markdown_cell(source) if id in TEXT else new_code_cell(source)
        cell["id"], cell.metadata["tags"] = id, [TAGS[id]] if id in TAGS else []
        notebook.cells.append(cell)
    path.parent.mkdir(exist_ok=True)
    lessons.write_notebook(notebook, path)
    return path


@pytest.fixture
def place(tmp_path):
    """notebooks/ with one lesson, and mine/ with a learner's copy of it."""
    write(tmp_path / "notebooks" / "02_chain.ipynb", LESSON)
    lessons.make_working_copies(tmp_path / "notebooks", tmp_path / "mine")
    return tmp_path


def sources(path):
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


def edit(path, edited, added=(), stamp=True):
    """Do in a copy what a learner does: edit cells, {id: source}, add some, [(id before, source)]."""
    notebook = nbformat.read(path, as_version=4)
    for id, source in edited.items():
        next(cell for cell in notebook.cells if cell.id == id).source = source
    for before, source in added:
        at = [cell.id for cell in notebook.cells].index(before) + 1 if before else 0
        notebook.cells.insert(at, new_code_cell(source))
    if not stamp:
        del notebook.metadata[lessons.COURSE]
    lessons.write_notebook(notebook, path)


def updated(place, newer, folder="mine"):
    """Write the newer lesson, update, and return the learner's path and the lines that were said."""
    write(place / "notebooks" / "02_chain.ipynb", newer)
    lines = [*update.update_folder(place / folder, place / "notebooks")]
    return place / folder / "02_chain.ipynb", lines


MADE = {
    "recall": QUESTIONS.format("{1: 3, 2: 7}", "truths"),
    "predict": PREDICTION.format("3", 4),
    "exercise": ANSWER,
}


@pytest.mark.parametrize("stamp", [True, False])
def test_answers_and_cells_of_ones_own_come_over_and_the_old_copy_stays(place, stamp):
    mine = place / "mine" / "02_chain.ipynb"
    edit(mine, MADE, [("", "import math"), ("exercise", "double(4)")], stamp)
    before = mine.read_bytes()
    path, lines = updated(place, LESSON | {"title": "# A better lesson", "new": "1 + 1"})
    now = sources(path)
    assert {id: now[id] for id in MADE} == MADE and now["title"] == "# A better lesson" and now["new"]
    assert [*now.values()][0] == "import math"
    order = [*now.values()]
    assert order.index("double(4)") == order.index(ANSWER) + 1
    (kept,) = place.glob("mine/02_chain.2*.ipynb")
    assert kept.read_bytes() == before and kept.name in lines[0]
    assert "3 of your answers, 2 cells of your own" in lines[0]
    assert [*update.update_folder(place / "mine", place / "notebooks")] == []


def test_what_was_not_touched_is_as_the_newer_lesson_has_it(place):
    newer = LESSON | {"exercise": STUB + "  # in one line", "shown": "rate = 0.2"}
    path, lines = updated(place, newer)
    assert sources(path) == newer and "nothing was answered" in lines[0]


def test_what_has_no_place_any_more_is_kept_as_text_behind_its_neighbour(place):
    mine = place / "mine" / "02_chain.ipynb"
    edit(mine, MADE | {"old": "print('mine')", "shown": "rate = 7"})
    newer = {id: source for id, source in LESSON.items() if id != "old"}
    newer |= {"predict": PREDICTION.format("...", 99), "exercise": STUB.replace("double", "triple")}
    path, lines = updated(place, newer | {"shown": "rate = 0.5  # another"})
    now = sources(path)
    assert now["exercise"].startswith("def triple") and now["predict"] == newer["predict"]
    assert now["recall"] == MADE["recall"]
    order = [*now.values()]
    for made, neighbour in [
        (ANSWER, now["exercise"]),
        (MADE["predict"], now["predict"]),
        ("rate = 7", now["shown"]),
        ("print('mine')", ANSWER),
    ]:
        (at,) = [k for k, source in enumerate(order) if f"```python\n{made}\n```" in source]
        assert neighbour in order[at - 1]
    assert "4 cells without a place any more" in lines[0]


def test_a_cell_that_the_learner_edited_and_the_lesson_did_not_stays_theirs(place):
    edit(place / "mine" / "02_chain.ipynb", {"shown": "rate = 7"})
    path, _ = updated(place, LESSON | {"title": "# Other"})
    assert sources(path)["shown"] == "rate = 7"


def test_every_cell_of_a_learner_is_somewhere_after_an_update(place):
    """Whatever is edited, moved, added or gone: each line that they wrote is in the updated copy."""
    mine = place / "mine" / "02_chain.ipynb"
    edit(mine, {id: f"mine_{id} = 1" for id in LESSON}, [(id, f"added_{id} = 1") for id in LESSON])
    path, _ = updated(place, {"title": "# New", "exercise": STUB, "new": "1"})
    text = "\n".join(sources(path).values())
    gone = [id for id in LESSON if f"mine_{id} = 1" not in text or f"added_{id} = 1" not in text]
    assert gone == []


def test_lab_says_what_is_newer(place, capsys, monkeypatch):
    assert lessons.make_ready(place / "notebooks", place / "mine") == []
    write(place / "notebooks" / "02_chain.ipynb", LESSON | {"end": "The end, again."})
    (line,) = lessons.make_ready(place / "notebooks", place / "mine")
    assert line.startswith("Lesson 02 has a newer version.") and "helpers.update 02 --folder" in line
    monkeypatch.setattr(lessons, "MY_WORK", (place / "mine").resolve())
    assert "make update LESSON=02" in lessons.newer_versions(place / "notebooks", place / "mine")[0]
    monkeypatch.setattr(lessons, "INSTALLED", True)  # the wheel has no make
    (line,) = lessons.newer_versions(place / "notebooks", place / "mine")
    assert line.endswith("With your answers: backprop-by-hand update 02")
    monkeypatch.setattr(lessons, "NOTEBOOKS", place / "notebooks")
    monkeypatch.setattr(lessons, "open_lab", lambda *told: None)
    lessons.open_folder(place / "mine")
    assert "Lesson 02 has a newer version." in capsys.readouterr().out


def test_a_folder_from_a_hand_out_is_updated_from_the_next_one(place):
    """The hand-outs have no solutions, and so has what is updated; a hand-out's stamp goes on to the copy."""
    lesson, week = place / "notebooks" / "02_chain.ipynb", place / "week1"
    week.mkdir()
    (week / lesson.name).write_bytes(handed_out(lesson))
    edit(week / lesson.name, MADE)
    write(lesson, LESSON | {"end": "The end, again."})
    for source in ("next", "notebooks"):
        (place / "next").mkdir(exist_ok=True)
        (place / "next" / lesson.name).write_bytes(handed_out(lesson))
        lines = [*update.update_folder(week, place / source)]
        assert len(lines) == (source == "next")  # the second time it is the newest one already
        now = sources(week / lesson.name)
        assert {id: now[id] for id in MADE} == MADE and "solution" not in now and "again" in now["end"]


@pytest.mark.parametrize("content", ["", "{", '{"cells": [', "[1]"])
def test_what_is_no_notebook_is_left_alone(place, content):
    (place / "mine" / "02_chain.ipynb").write_text(content)
    path, lines = updated(place, LESSON | {"end": "The end, again."})
    assert path.read_text() == content and lines == []


def test_the_command_says_what_it_did_and_what_is_missing(place, capsys):
    told = ["--source", str(place / "notebooks"), "--folder", str(place / "mine")]
    update.main(told)
    update.main(["02", *told])
    assert capsys.readouterr().out.splitlines() == [
        "Your lessons are the newest ones.",
        "02_chain.ipynb is the newest version, or no notebook; nothing was changed.",
    ]
    for wrong, words in [
        (["07", *told], "There is no lesson '07'"),
        ([*told[:3], str(place / "nowhere")], "There are no lessons in"),
        (["--source", str(place), *told[2:]], "There are no lessons in"),
    ]:
        with pytest.raises(SystemExit, match=words):
            update.main(wrong)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem[:2])
def test_an_update_of_a_real_lesson_is_the_lesson(path, tmp_path):
    (tmp_path / path.name).write_bytes(handed_out(path))
    mine, lesson = (nbformat.read(each, as_version=4) for each in (tmp_path / path.name, path))
    fresh, carried = update.updated(mine, lesson)
    assert update.said(carried).startswith("nothing of yours")
    assert [cell.source for cell in fresh.cells] == [cell.source for cell in mine.cells]
    assert not lessons.is_older(tmp_path / path.name, path)
