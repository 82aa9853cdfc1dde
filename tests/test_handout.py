"""A hand-out: what is in its folder and its zip, and that it runs for a student who has nothing else."""

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import lessons
from helpers.classroom import command
from helpers.classroom.choose import chosen_lessons
from helpers.classroom.handout import build_wheel, make_handout


def tagged(cell, tag):
    cell.metadata["tags"] = [tag]
    return cell


@pytest.fixture
def notebooks(tmp_path):
    """A folder of three small lessons."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for number, name in enumerate(("first", "second", "third")):
        cells = [new_markdown_cell("# A lesson"), tagged(new_code_cell(f"{number} + 1"), "exercise")]
        cells.append(tagged(new_markdown_cell("<details>a hint</details>"), "hints"))
        cells.append(tagged(new_markdown_cell("<details>the solution</details>"), "solution"))
        lessons.write_notebook(new_notebook(cells=cells), folder / f"0{number}_{name}.ipynb")
    return folder


@pytest.fixture(autouse=True)
def one_wheel(monkeypatch, tmp_path):
    """One test builds the wheel, the others have a file in its place."""
    (tmp_path / "helpers-1.0-py3-none-any.whl").write_bytes(b"a wheel")
    found = tmp_path / "helpers-1.0-py3-none-any.whl"
    monkeypatch.setattr("helpers.classroom.handout.build_wheel", lambda place, lessons: found)


@pytest.mark.parametrize(
    "wanted, numbers",
    [
        ("", "012"),
        ("1", "1"),
        ("00-01", "01"),
        ("0-1,2", "012"),
        ("1-", "12"),
        ("01_second", "1"),
        ("2, 00", "02"),
    ],
)
def test_lessons_are_named_by_number_and_range(notebooks, wanted, numbers):
    assert [path.name[1] for path in chosen_lessons(wanted, notebooks)] == [*numbers]


@pytest.mark.parametrize("wanted", ["7", "00-9", "all", ","])
def test_a_lesson_that_is_not_there_is_refused(notebooks, wanted):
    with pytest.raises(ValueError, match="no lesson"):
        chosen_lessons(wanted, notebooks)


def test_a_handout_has_hints_a_version_and_no_solutions(notebooks, tmp_path):
    make_handout(tmp_path / "week1", "00-01", notebooks)
    names = {path.name for path in (tmp_path / "week1").iterdir()}
    assert names == {"00_first.ipynb", "01_second.ipynb", "START.md", "helpers-1.0-py3-none-any.whl"}
    start = (tmp_path / "week1" / "START.md").read_text(encoding="utf-8")
    assert "backprop-by-hand reset 00_first`" in start and "{" not in start
    handout = nbformat.read(tmp_path / "week1" / "01_second.ipynb", as_version=4)
    assert [cell.source for cell in handout.cells] == ["# A lesson", "1 + 1", "<details>a hint</details>"]
    original = nbformat.read(notebooks / "01_second.ipynb", as_version=4)
    stamp = handout.metadata["backprop_by_hand"]
    assert stamp["lesson"] == "01" and stamp["version"] == lessons.version_of(original)
    assert stamp["cells"] == {cell.id: lessons.sum_of(cell) for cell in original.cells}
    original.cells[0].source += " that changed"
    assert stamp["version"] != lessons.version_of(original)


def test_a_handout_written_again_has_nothing_dated_in_its_folder_or_zip(notebooks, tmp_path):
    week = tmp_path / "week1"
    packed, _ = make_handout(week, "", notebooks)
    first = packed.read_bytes()
    assert make_handout(week, "", notebooks)[1] == [] and packed.read_bytes() == first
    for text in ("the teacher's", "the teacher's again"):
        (week / "01_second.ipynb").write_text(text)
        make_handout(week, "00-01", notebooks)
    kept = sorted(path.read_text() for path in (tmp_path / "week1_before").glob("01_second*"))
    assert kept == ["the teacher's", "the teacher's again"]
    expected = ["00_first.ipynb", "01_second.ipynb", "START.md", "helpers-1.0-py3-none-any.whl"]
    assert sorted(path.name for path in week.iterdir()) == expected
    assert zipfile.ZipFile(packed).namelist() == [f"week1/{name}" for name in expected]


def test_a_handout_never_goes_over_the_lessons(notebooks):
    with pytest.raises(ValueError, match="holds the lessons"):
        make_handout(notebooks, "", notebooks)


def test_the_wheel_alone_carries_a_lesson_with_its_data(tmp_path):
    wheel = build_wheel(tmp_path, {"00_first.ipynb": b"{}"})
    files = {name: zipfile.ZipFile(wheel).read(name) for name in zipfile.ZipFile(wheel).namelist()}
    for needed in ("helpers/data/digits.csv", "helpers/widgets/scene_view.js", "helpers/checks.py"):
        assert files[needed] == (lessons.ROOT / needed).read_bytes()
    assert files["notebooks/00_first.ipynb"] == b"{}"
    assert not [name for name in files if "__pycache__" in name]
    code = "from helpers import checks, datasets; print(checks.__file__, datasets.digits()[0].shape)"
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    env = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert str(tmp_path / "installed") in run.stdout and "(64, 1797)" in run.stdout, run.stderr
    (tmp_path / "again").mkdir()
    assert wheel.read_bytes() == build_wheel(tmp_path / "again", {"00_first.ipynb": b"{}"}).read_bytes()
    told = {name.split("/", 1)[1]: content for name, content in files.items() if ".dist-info/" in name}
    assert (
        b"lab = helpers.lessons:lab" in told["entry_points.txt"]
        and b"BSD 3-Clause" in told["licenses/LICENSE"]
    )
    assert re.search(rb"Requires-Dist: ipywidgets<9,>=7\.7", told["METADATA"])
    assert [line.split(",")[0] for line in told["RECORD"].decode().splitlines()] == [*files]


def test_the_wheel_of_a_handout_has_its_lessons_without_solutions(notebooks, tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.classroom.handout.build_wheel", build_wheel)
    make_handout(tmp_path / "week1", "00-01", notebooks)
    (wheel,) = (tmp_path / "week1").glob("*.whl")
    packed = zipfile.ZipFile(wheel)
    names = [name for name in packed.namelist() if name.startswith("notebooks/")]
    assert names == ["notebooks/00_first.ipynb", "notebooks/01_second.ipynb"]
    for name in names:
        assert packed.read(name) == (tmp_path / "week1" / Path(name).name).read_bytes()
        assert b"the solution" not in packed.read(name)


def test_a_wheel_that_is_not_installed_is_said_plainly(tmp_path, monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("helpers.classroom.handout.distribution", missing)
    with pytest.raises(ValueError, match="not installed: python -m pip install"):
        build_wheel(tmp_path, {})


@pytest.mark.parametrize("name", ["helpers.py", "helpers"])
def test_what_hides_the_helpers_is_named_before_lab_starts(tmp_path, name):
    (tmp_path / name).mkdir() if name == "helpers" else (tmp_path / name).write_text("x = 1")
    with pytest.raises(ValueError, match=f"{name} hides the helpers of the course"):
        lessons.open_folder(tmp_path)


def test_lab_opens_any_folder_at_its_first_lesson(notebooks, monkeypatch):
    opened = []
    monkeypatch.setattr(lessons, "open_lab", lambda *told: opened.append(told))
    (notebooks / "00_first.2026-01-01_10-00-00.ipynb").write_text("a dated copy")
    lessons.main(["lab", str(notebooks), "--port=9999"])
    assert opened == [(notebooks.resolve(), "00_first.ipynb", ["--port=9999"])]
    with pytest.raises(SystemExit, match="There is no folder 9999"):
        lessons.main(["lab", "9999"])


def test_an_installed_wheel_works_where_its_command_is_typed(notebooks, tmp_path, monkeypatch):
    assert lessons.working_folder(installed=False) == lessons.ROOT / "my_work" == lessons.MY_WORK
    monkeypatch.chdir(tmp_path)
    assert lessons.working_folder(installed=True) == tmp_path / "my_work"
    monkeypatch.chdir(notebooks)  # as in a hand-out
    assert lessons.working_folder(installed=True) == notebooks


def test_the_one_command_hands_on_to_the_others(monkeypatch, capsys):
    told = []
    monkeypatch.setattr(lessons, "open_folder", lambda *given: told.append(given))
    command.main(["lab", "week1", "--port=9999"])
    assert told == [(Path("week1"), ["--port=9999"])]
    with pytest.raises(SystemExit, match="There is no lesson '77'"):
        command.main(["handout", str(Path("nowhere")), "77"])
    command.main([])
    listed = capsys.readouterr().out
    assert all(f"\n  {name} " in listed for name in ("lab", "reset", "update", "handout", "grade", "print"))
    with pytest.raises(SystemExit, match="There is no command 'bake'"):
        command.main(["bake"])


@pytest.mark.parametrize("name", ["lab", "reset", "update", "handout", "grade", "print"])
def test_the_one_command_names_itself_in_its_help(name, capsys):
    with pytest.raises(SystemExit) as end:
        command.main([name, "--help"])
    assert not end.value.code
    assert capsys.readouterr().out.startswith(f"usage: backprop-by-hand {name} [-h]")


TO_TAKEN = ["handout", "taken/week1"], ["slides", "taken"], ["teacher", "taken/edition"], ["print", "taken"]


@pytest.mark.parametrize("arguments", [["lab"], *([*command, "00"] for command in TO_TAKEN)])
def test_a_folder_that_cannot_be_written_is_said_in_words(arguments, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lessons, "make_ready", lambda: Path("taken/my_work").mkdir())
    with pytest.raises(SystemExit, match="taken.* cannot be used: .*a folder in which you may write"):
        command.main(arguments)


def test_a_folder_is_refused_before_the_work_and_not_after_it(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr("helpers.classroom.teacher.truths_of", lambda path: pytest.fail("it has begun"))
    with pytest.raises(SystemExit, match="edition cannot be used: .*a folder in which you may write"):
        command.main(["teacher", str(tmp_path / "edition"), "00"])


def test_an_error_that_no_file_makes_is_shown_as_it_is():
    with pytest.raises(OSError, match="of ours"), lessons.ending_in_words():
        raise OSError("of ours")
