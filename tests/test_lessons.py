"""Working copies and re-execution: nothing that a learner made is lost."""

import re
import signal
import sys
import urllib.request

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import lessons
from tests.support import start_lab

DRAWING = """
import ipywidgets, sys, matplotlib.pyplot as plt
print("one"); print("an error", file=sys.stderr); print("two")
plt.plot([1, 3, 2]); plt.show()
display(ipywidgets.IntSlider())"""


def lesson(*sources):
    solution = new_markdown_cell("<details>the solution</details>", metadata={"tags": ["solution"]})
    hints = new_markdown_cell("<details>a hint</details>", metadata={"tags": ["hints"]})
    code = [new_code_cell(source, metadata={"tags": ["exercise"]}) for source in sources]
    return new_notebook(cells=[new_markdown_cell("# A lesson"), *code, hints, solution])


@pytest.fixture
def notebooks(tmp_path):
    """A folder of two lessons, the first of them executed."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    lessons.write_notebook(lesson("print('hello')", "6 * 7"), folder / "00_first.ipynb")
    lessons.write_notebook(lesson("1 + 1"), folder / "01_second.ipynb")
    lessons.execute(folder / "00_first.ipynb")
    return folder


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_a_working_copy_has_no_outputs_and_the_lesson_keeps_its_own(notebooks, tmp_path):
    copies = lessons.make_working_copies(notebooks, tmp_path / "mine")
    assert [path.name for path in copies] == ["00_first.ipynb", "01_second.ipynb"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code_cells(copies[0]))
    assert [cell.execution_count for cell in code_cells(notebooks / "00_first.ipynb")] == [1, 2]


@pytest.mark.parametrize("mine", ["", '{"cells": [', "not JSON", nbformat.writes(new_notebook())])
def test_a_working_copy_is_never_overwritten(notebooks, tmp_path, mine):
    lessons.make_working_copies(notebooks, tmp_path / "mine")
    first = tmp_path / "mine" / "00_first.ipynb"
    first.write_text(mine)
    assert lessons.make_working_copies(notebooks, tmp_path / "mine") == []
    assert first.read_text() == mine


def test_a_new_lesson_is_added_alone(notebooks, tmp_path):
    lessons.make_working_copies(notebooks, tmp_path / "mine")
    lessons.write_notebook(lesson("2 + 2"), notebooks / "02_third.ipynb")
    new = lessons.make_working_copies(notebooks, tmp_path / "mine")
    assert [path.name for path in new] == ["02_third.ipynb"]


def test_an_interrupt_while_writing_leaves_the_old_file(notebooks, monkeypatch):
    path = notebooks / "00_first.ipynb"
    before = path.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(lessons.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        lessons.write_notebook(new_notebook(), path)
    assert path.read_bytes() == before
    assert lessons.lesson_paths(notebooks) == [path, notebooks / "01_second.ipynb"]


def test_reset_keeps_every_version_even_within_one_second(notebooks, tmp_path):
    folder = tmp_path / "mine"
    lessons.make_working_copies(notebooks, folder)
    for number in range(3):
        (folder / "01_second.ipynb").write_text(f"version {number}")
        fresh, kept = lessons.reset_lesson("1", notebooks, folder)
        assert re.fullmatch(r"01_second\.\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(_\d)?\.ipynb", kept.name)
        assert code_cells(fresh)[0].source == "1 + 1"
    versions = sorted(path.read_text() for path in folder.glob("01_second.2*"))
    assert versions == ["version 0", "version 1", "version 2"]


def test_reset_of_a_lesson_that_was_not_copied_yet(notebooks, tmp_path):
    fresh, kept = lessons.reset_lesson("01_second.ipynb", notebooks, tmp_path / "mine")
    assert fresh.exists() and kept is None


@pytest.mark.parametrize("wanted", ["99", "", "second", "../00_first"])
def test_an_unknown_lesson_is_told_which_there_are(notebooks, tmp_path, wanted):
    with pytest.raises(ValueError, match="00_first, 01_second"):
        lessons.reset_lesson(wanted, notebooks, tmp_path / "mine")


def test_executing_twice_gives_the_same_file(notebooks):
    path = notebooks / "02_drawing.ipynb"
    lessons.write_notebook(lesson(DRAWING), path)
    lessons.execute(path)
    once = path.read_bytes()
    lessons.execute(path)
    assert path.read_bytes() == once
    outputs = code_cells(path)[0].outputs
    kinds = {kind for output in outputs for kind in output.get("data", [output.get("name")])}
    assert {"stdout", "stderr", "image/png", "application/vnd.jupyter.widget-view+json"} <= kinds


def test_a_lesson_that_fails_stays_as_it_was(notebooks):
    path = notebooks / "02_failing.ipynb"
    lessons.write_notebook(lesson("1 / 0"), path)
    before = path.read_bytes()
    with pytest.raises(Exception, match="ZeroDivisionError"):
        lessons.execute(path)
    assert path.read_bytes() == before


def test_a_text_browser_is_never_started(monkeypatch):
    class Browser:
        def __init__(self, name):
            self.name = name

        def open(self, address):
            assert self.name == "firefox"

    monkeypatch.setenv("BROWSER", "set")
    for name, opened in [("w3m", False), ("/usr/bin/lynx", False), ("firefox", True)]:
        monkeypatch.setattr(lessons.webbrowser, "get", lambda name=name: Browser(name))
        assert lessons.open_in_browser("http://localhost") is opened


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send SIGINT to one process alone")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_lab_prints_its_address_last_and_ends_when_told(notebooks, tmp_path, sent):
    lab, address = start_lab(notebooks, "00_first.ipynb", tmp_path)
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200 and "lab/tree/00_first.ipynb" in answer.url
    lab.send_signal(sent)
    rest = lab.communicate(timeout=20)[0]
    assert "http" not in rest and "Traceback" not in rest
    assert lab.returncode == 0


def test_what_lab_prints_says_where_the_lessons_run(capsys):
    lessons.announce("http://localhost:8888/lab", with_browser=False)
    *words, address = capsys.readouterr().out.splitlines()
    assert address == "http://localhost:8888/lab" and "Open the lessons in this JupyterLab" in "".join(words)


def numbered(folder, name, **cells):
    """Write a notebook of these cells: {id: source}, exercises and predictions."""
    notebook = new_notebook()
    for number, source in cells.items():
        cell = new_code_cell(source, metadata={"tags": ["prediction" if "predict" in source else "exercise"]})
        cell["id"] = number
        notebook.cells.append(cell)
    folder.mkdir(exist_ok=True)
    lessons.write_notebook(notebook, folder / name)


PREDICT = "my_prediction = {}\n\ncompare_prediction(my_prediction, {})"


@pytest.fixture
def renumbered(tmp_path):
    """Lessons with new numbers, and a learner's folder with a copy of the old ones."""
    new, mine = tmp_path / "new", tmp_path / "mine"
    numbered(new, "05_forward.ipynb", f1="def forward(X):\n    raise NotImplementedError")
    numbered(
        new,
        "07_all_back.ipynb",
        b1="def backward(cache):\n    raise NotImplementedError",
        b2=PREDICT.format("...", 4),
        b3=PREDICT.format("...", 5),
        b4="def other(a):\n    ...",
    )
    numbered(
        mine,
        "05_backward_propagation.ipynb",
        b1="def backward(cache):\n    return 42",
        b2=PREDICT.format("3", 4),
        b3=PREDICT.format("3", 99),
        b4="def renamed(a, b):\n    return a",
        gone="def gone(): ...",
    )
    return new, mine


def sources(path):
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


def test_answers_in_working_copies_of_another_numbering_go_into_the_new_ones(renumbered):
    new, mine = renumbered
    before = sources(mine / "05_backward_propagation.ipynb")
    copies = lessons.make_working_copies(new, mine)
    assert [path.name for path in copies] == ["05_forward.ipynb", "07_all_back.ipynb"]
    answered = sources(mine / "07_all_back.ipynb")
    assert answered["b1"].endswith("return 42") and answered["b2"] == PREDICT.format("3", 4)
    assert answered["b3"] == PREDICT.format("...", 5)  # another question stands there now
    assert answered["b4"] == "def other(a):\n    ..."
    assert sources(mine / "before" / "05_backward_propagation.ipynb") == before
    assert not (mine / "05_backward_propagation.ipynb").exists()
    assert lessons.make_working_copies(new, mine) == []


def test_what_became_of_older_copies_is_said_once(renumbered):
    assert lessons.make_ready(*renumbered) == [
        "New in mine: 05_forward, 07_all_back",
        "The lessons have new numbers. Your answers are in them; mine/before has 05_backward_propagation.",
    ]
    assert lessons.make_ready(*renumbered) == []


def test_what_is_put_aside_a_second_time_overwrites_nothing(renumbered):
    new, mine = renumbered
    numbered(mine / "before", "05_backward_propagation.ipynb", b1="def backward(cache):\n    return 1")
    lessons.make_working_copies(new, mine)
    kept = [sources(path)["b1"][-2:] for path in (mine / "before").glob("*.ipynb")]
    assert sorted(kept) == [" 1", "42"]


@pytest.mark.parametrize("name", ["05_backward.2026-01-01_10-00-00.ipynb", "05_backward-Copy1.ipynb"])
def test_dated_and_copied_files_stay_where_they_are(renumbered, name):
    new, mine = renumbered
    numbered(mine, name, b1="def backward(cache):\n    return 7")
    lessons.make_working_copies(new, mine)
    assert sources(mine / name)["b1"].endswith("7")


def test_a_file_that_is_no_notebook_stays_where_it_is(renumbered):
    new, mine = renumbered
    (mine / "06_mine.ipynb").write_text("{")
    lessons.make_working_copies(new, mine)
    assert (mine / "06_mine.ipynb").read_text() == "{"


def test_a_widget_whose_kernel_is_gone_says_to_run_its_cell(tmp_path):
    text = {"text/plain": "Widget: graph, moved by step. Run this cell to use it."}
    cell = new_code_cell("explore_graph(J)", outputs=[new_output("display_data", {**text, lessons.VIEW: {}})])
    lessons.write_notebook(new_notebook(cells=[cell, new_code_cell("1")]), tmp_path / "00_mine.ipynb")
    lessons.put_widgets_to_sleep(tmp_path)
    (asleep, _) = code_cells(tmp_path / "00_mine.ipynb")
    assert asleep.outputs[0].data == text
