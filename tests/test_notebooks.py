"""What nbval leaves open, asserted for every lesson as it is committed."""

import ast
import re
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

import nbformat
import pytest

from helpers.lessons import ROOT, lesson_paths, normalise
from tests.support import PICTURES, PYTHON_BLOCK, rounds, shown, tags

# the lessons that follow the pattern; the playground has one of its own
RECUT = ("00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "90")
README = (ROOT / "README.md").read_text(encoding="utf-8")
STAGES = ("exercise", "check", "hints", "solution")


def test_there_are_lessons():
    assert lesson_paths()


@pytest.fixture(params=lesson_paths(), ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


@pytest.fixture
def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_file_is_named_small_and_normalised(path, notebook):
    assert re.fullmatch(r"\d\d_[a-z0-9]+(_[a-z0-9]+)*\.ipynb", path.name)
    assert path.stat().st_size < 600_000
    nbformat.validate(notebook)
    again = nbformat.writes(normalise(notebook)) + "\n"
    assert path.read_text(encoding="utf-8") == again, f"run: make notebooks ONLY={path.name[:2]}"


def test_every_code_cell_was_run_in_order(code):
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


def test_no_error_is_stored_outside_a_tagged_cell(code):
    for cell in code:
        errors = [output.ename for output in cell.outputs if output.output_type == "error"]
        assert not errors or "raises-exception" in tags(cell), cell.source


def test_the_first_code_cell_is_plain_imports(code):
    assert tags(code[0]) == ["imports"]
    assert {type(line) for line in ast.parse(code[0].source).body} <= {ast.Import, ast.ImportFrom}


def test_no_code_cell_is_longer_than_15_lines(code):
    for cell in code:
        assert len(cell.source.splitlines()) <= 15, cell.source


def test_code_cells_have_at_most_5_lines_in_the_median(path, code):
    most = 5 if path.name[:2] in RECUT else 6
    assert median(len(cell.source.splitlines()) for cell in code) <= most


def test_a_lesson_is_no_longer_than_a_learner_lasts(path, notebook):
    """Under 2,000 words without what is folded, and at most 70 cells."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    visible = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
    assert len(visible.split()) < 2000
    assert len(notebook.cells) <= 70


def test_a_lesson_takes_the_minutes_that_it_states(path, notebook):
    """Within a quarter: 130 words a minute, code too; 1.5 for a prediction, 6 an exercise, 2 for a trial."""
    sources = [re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL) for cell in notebook.cells]
    words = sum(len(source.split()) for source in sources)
    tried = sum("**Try two things.**" in source for source in sources)
    roles = Counter(tag for cell in notebook.cells for tag in tags(cell))
    predicted = roles["prediction"] + roles["recall"]
    minutes = words / 130 + 1.5 * predicted + 6 * roles["exercise"] + 2 * tried
    readme = re.search(rf"{re.escape(path.name)}\) \| (\w+) \|", README)[1]
    stated = re.search(r"(\d+) minutes", sources[0])
    assert readme == (stated[1] if stated else "open")
    assert not stated or 0.75 * int(readme) <= minutes <= 1.25 * int(readme), minutes


def test_what_there_is_to_try_has_a_folded_answer(path, notebook):
    asked = [cell.source for cell in notebook.cells if "**Try two things.**" in cell.source]
    for source in asked if path.name[:2] in RECUT else []:
        assert "<details>" in source.split("**Try two things.**")[1], source


def test_a_lesson_opens_with_questions_from_earlier_ones(path, notebook):
    recalled = [cell for cell in notebook.cells[:5] if "recall" in tags(cell)]
    assert len(recalled) == (path.name[:2] in RECUT and path.name[:2] > "01")


def test_every_picture_has_a_text_description(code):
    for output in [output for cell in code for output in cell.outputs]:
        data = output.get("data", {})
        html = data.get("text/html", "")
        descriptions = re.findall(r'<img\b[^>]*\salt="([^"]*)"', html)
        assert len(descriptions) == len(re.findall(r"<img\b", html))
        assert descriptions or not PICTURES & data.keys(), data.get("text/plain")
        assert all(len(description.strip()) > 40 for description in descriptions), descriptions


def test_outputs_name_nothing_of_the_machine_they_were_made_on(code):
    places = [str(place) for place in (ROOT, Path.home(), tempfile.gettempdir())]
    for cell in code:
        text = shown(cell)
        assert not [place for place in places if re.search(re.escape(place) + r"\b", text)], cell.source
        assert not re.search(r"/home/|/Users/|[A-Z]:\\|\bat 0x[0-9a-f]+", text), cell.source


def test_every_exercise_has_its_check_hints_and_solution(notebook):
    for cells in rounds(notebook):
        stages = [tag for cell in cells for tag in tags(cell) if tag in STAGES]
        assert tuple(stages) == STAGES, cells[0].source
        check, hints, solution = (next(cell for cell in cells if stage in tags(cell)) for stage in STAGES[1:])
        assert check.cell_type == cells[0].cell_type == "code"
        assert hints.source.count("<details") == hints.source.count("</details>") >= 2
        assert solution.source.count("<details") == solution.source.count("</details>") == 1
        assert len(PYTHON_BLOCK.findall(solution.source)) == 1


def test_the_exercises_are_stored_as_not_attempted(code):
    for cell in code:
        if "check" in tags(cell):
            assert "not attempted" in shown(cell).lower(), cell.source


def test_no_cell_of_an_exercise_stands_outside_one(notebook):
    inside = sum(len(cells) for cells in rounds(notebook))
    before = notebook.cells[: len(notebook.cells) - inside]
    assert not [cell.source for cell in before if set(STAGES) & set(tags(cell))]
