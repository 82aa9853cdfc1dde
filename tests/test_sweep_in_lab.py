"""A sweep in JupyterLab and in Notebook 7: a click, or Enter, opens the run in the middle in a playground."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers.lessons import METADATA
from tests.in_lab import run_all
from tests.support import MIDDLE, RESTS_ON, rested, start_lab

CELL = """from helpers.widgets import sweep
sweep(learning_rate=[0.1, 1.2], seeds=2, epochs=50, n_points=60)"""


@pytest.fixture(params=["lab/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"])
def page(request, browser, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    nbformat.write(new_notebook(cells=[new_code_cell(CELL)], metadata=METADATA), folder / "one.ipynb")
    process, address = start_lab(folder, "one.ipynb", tmp_path / "home")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(address.replace("lab/tree", request.param))
    page.wait_for_function(RESTS_ON, polling=100)
    run_all(page, 1)
    yield page
    page.close()
    process.terminate()
    process.communicate(timeout=20)


def test_a_click_and_enter_open_a_playground(page):
    view = page.locator(".scene-view").first
    view.locator("[data-touch='value 1']").wait_for(state="attached")
    page.mouse.click(*view.evaluate(MIDDLE, "value 1"))
    page.locator("[role=status]", has_text="Epoch 50").first.wait_for(timeout=20_000)
    rate = page.get_by_label("learning rate", exact=True)
    assert float(rate.first.input_value()) == 1.2
    view.locator("[data-touch='value 0']").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "[...document.querySelectorAll('input')].some(field => field.value == '0.1')", timeout=20_000
    )
    there = page.locator("[role=status]", has_text="Epoch 50")
    assert rested(page, there.count) == 1  # one playground at a time
