"""Every lesson, run from top to bottom in JupyterLab in a real browser, as a learner would."""

import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright
from test_lessons import start_lab
from test_notebooks import PICTURES

from helpers.lessons import lesson_paths, make_working_copies

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LABS_OWN = ("debugger state",)  # said by JupyterLab itself when a kernel is restarted
IDLE = "Python 3 (ipykernel) | Idle"  # in the status bar: the kernel has answered
TROUBLE = '.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]'  # errors and warnings
PROMPTS = """[...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")]
    .map(prompt => prompt.innerText)"""
BROKEN = """() => [...document.querySelectorAll(".jp-OutputArea img")]
    .filter(image => !(image.complete && image.naturalWidth > 0)).map(image => image.alt)"""


def chromium(playwright):
    """Return where a Chromium is: the one that CHROMIUM names, the system's, or Playwright's own; or None."""
    own = playwright.chromium.executable_path
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return found or (own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            missing = "No Chromium: install it, or run `make browser`, or name it in the variable CHROMIUM."
            pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A running JupyterLab on fresh working copies, all cells in the page at once; its address."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("working_copies")
    settings = home / "JUPYTERLAB_SETTINGS_DIR" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text(json.dumps({"windowingMode": "none"}))
    make_working_copies(folder=folder)
    process, address = start_lab(folder, "00_start_here.ipynb", home)
    yield address
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture
def open_lesson(browser, lab):
    """A function that opens a lesson by name and returns the page; page.problems lists what goes wrong."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.problems = []

    def heard(message):
        if message.type == "error" and not any(phrase in message.text for phrase in LABS_OWN):
            page.problems.append(message.text)

    def open_lesson(name):
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", heard)
        page.goto(lab.replace("00_start_here.ipynb?", f"{name}?reset&"))  # reset: without the last one's tab
        page.get_by_text(IDLE).wait_for()
        return page

    yield open_lesson
    page.close()


def run_all(page, cells, troubles=0):
    """Choose Run > Restart Kernel and Run All Cells and wait for the last number or an error too many."""
    assert set(page.evaluate(PROMPTS)) == {"[ ]:"}, "the working copy has been run before"
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.get_by_text("Restart Kernel and Run All Cells…").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    numbers = [f"[{k}]:" for k in range(1, cells + 1)]
    done = f"""([numbers, selector, troubles]) => {PROMPTS}.join() == numbers.join()
        || document.querySelectorAll(selector).length > troubles"""
    page.wait_for_function(done, arg=[numbers, TROUBLE, troubles], timeout=60_000)
    page.get_by_text(IDLE).wait_for()
    assert page.locator(TROUBLE).count() == troubles, page.locator(TROUBLE).all_inner_texts()


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_lesson_runs_in_jupyterlab(path, open_lesson):
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    outputs = [output for cell in code for output in cell.outputs]
    stored = [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    page = open_lesson(path.name)
    run_all(page, len(code), len(stored))
    pictures = [output for output in outputs if PICTURES & output.get("data", {}).keys()]
    assert page.locator(".jp-OutputArea img").count() >= len(pictures)
    assert page.evaluate(BROKEN) == []
    assert page.problems == []
    assert not page.get_by_text("Jupyter news").is_visible()
