"""Every lesson, run from top to bottom in JupyterLab in a real browser, as a learner would."""

import nbformat
import pytest

from helpers.lessons import lesson_paths
from tests.in_lab import lessons_opened_in, run_all
from tests.support import PICTURES, WIDGET

VIEW = "application/vnd.jupyter.widget-view+json"
BROKEN = """() => [...document.querySelectorAll(".jp-OutputArea img")]
    .filter(image => !(image.complete && image.naturalWidth > 0)).map(image => image.alt)"""


@pytest.fixture
def open_lesson(browser, lab):
    """A function that opens a lesson by name and returns the page; page.problems lists what goes wrong."""
    yield from lessons_opened_in(browser, lab)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_lesson_runs_in_jupyterlab(path, open_lesson):
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    outputs = [output for cell in code for output in cell.outputs]
    stored = [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    page = open_lesson(path.name)
    run_all(page, len(code), len(stored))
    pictures = [output for output in outputs if PICTURES & output.get("data", {}).keys()]
    assert page.locator(".jp-OutputArea img").count() >= len(pictures)
    views = [output for output in outputs if VIEW in output.get("data", {})]
    page.wait_for_function(f"document.querySelectorAll({WIDGET!r}).length == {len(views)}")
    assert page.evaluate(BROKEN) == []
    assert page.problems == []
    assert not page.get_by_text("Jupyter news").is_visible()
