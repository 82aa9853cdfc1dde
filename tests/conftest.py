"""What tests begin with, and the browser that they drive."""

import os

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from helpers.feedback import hints
from helpers.lessons import make_working_copies
from tests.in_lab import Played, lessons_opened_in, run_all, run_anew
from tests.support import WIDGET, chromium, start_lab
from tests.widget_cases import playground_notebook


@pytest.fixture(autouse=True)
def no_failed_checks():
    """Each test begins as a session does, with no failed check of an exercise."""
    hints.FAILED_CHECKS.clear()


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
def working_copies(tmp_path_factory):
    """The folder that the JupyterLab of these tests shows: fresh working copies."""
    folder = tmp_path_factory.mktemp("working_copies")
    make_working_copies(folder=folder)
    return folder


@pytest.fixture(scope="session")
def lab(working_copies, tmp_path_factory):
    """A running JupyterLab on fresh working copies; its address."""
    process, address = start_lab(working_copies, "00_start_here.ipynb", tmp_path_factory.mktemp("home"))
    yield address
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture(scope="module")
def playground_page(request, browser, lab, working_copies):
    """A notebook with a playground, one for each file of tests, run once."""
    name = f"{request.path.stem}.ipynb"
    nbformat.write(playground_notebook(), working_copies / name)
    for open_lesson in lessons_opened_in(browser, lab):
        page = open_lesson(name)
        page.keyboard.press("Control+b")  # without the list of files there is room
        run_all(page, 2)
        page.locator(WIDGET).locator("svg > desc").last.wait_for(state="attached")
        yield page


@pytest.fixture
def played(playground_page):
    yield from run_anew(Played(playground_page))
