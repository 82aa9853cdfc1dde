"""Every lesson, run from top to bottom in JupyterLab in a real browser, as a learner would."""

import json
import os
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright
from test_lessons import start_lab
from test_notebooks import PICTURES
from widget_cases import CASES, PLAYED, expected, notebook

from helpers.lessons import lesson_paths, make_working_copies

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LABS_OWN = ("debugger state",)  # said by JupyterLab itself when a kernel is restarted
IDLE = "Python 3 (ipykernel) | Idle"  # in the status bar: the kernel has answered
TROUBLE = '.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]'  # errors and warnings
PROMPTS = """[...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")]
    .map(prompt => prompt.innerText)"""
VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET = ".jp-OutputArea-output > .widget-vbox"
FOCUSED = """() => { const a = document.activeElement;
    return (a.labels?.[0] ?? a).innerText + (a.getAttribute("role") == "slider" ? "slider" : ""); }"""
PLACE = "(element => [...document.querySelectorAll('.jp-Cell')].indexOf(element.closest('.jp-Cell')))"
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
    nbformat.write(notebook(), folder / "widgets.ipynb")
    process, address = start_lab(folder, "00_start_here.ipynb", home)
    yield address
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture
def open_lesson(browser, lab):
    """A function that opens a lesson by name and returns the page; page.problems lists what goes wrong."""
    yield from lessons_opened_in(browser, lab)


def lessons_opened_in(browser, lab):
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
    views = [output for output in outputs if VIEW in output.get("data", {})]
    page.wait_for_function(f"document.querySelectorAll({WIDGET!r}).length == {len(views)}")
    assert page.evaluate(BROKEN) == []
    assert page.problems == []
    assert not page.get_by_text("Jupyter news").is_visible()


# ---- the widgets: one notebook with all of them, operated with the keyboard alone


class Operated:
    """One widget in the page, seen as a learner sees it."""

    def __init__(self, page, name):
        self.page, self.box = page, page.locator(WIDGET).nth([*CASES, "own"].index(name))
        self.cell = self.box.locator("xpath=ancestor::div[contains(@class, 'jp-CodeCell')]")

    def select(self):
        """Select the widget's cell: Escape for command mode, then j and k, down and up."""
        self.page.keyboard.press("Escape")
        mine = self.box.evaluate(f"box => {PLACE}(box)")
        active = self.page.evaluate(f"() => {PLACE}(document.querySelector('.jp-Cell.jp-mod-active'))")
        for _ in range(abs(mine - active)):
            self.page.keyboard.press("j" if mine > active else "k")

    def tab_to(self, label):
        """Press Tab from the cell, or Shift+Tab back to its start, until this control has the focus."""
        if not self.box.locator(":focus").count():
            self.select()
        while self.box.locator(":focus").count():
            self.page.keyboard.press("Shift+Tab")
        for _ in range(24):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED) == label and self.box.locator(":focus").count():
                return
        raise AssertionError(f"no control {label!r} is reached with Tab")

    def type(self, label, text):
        self.tab_to(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def press(self, label):
        self.tab_to(label)
        self.page.keyboard.press("Space")

    @property
    def said(self):
        return self.box.locator("[role=status]").inner_text()

    @property
    def drawn(self):
        return self.box.locator("svg > desc").text_content()

    def until(self, condition, seconds=10):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, (self.said, "waited in vain")
            self.page.wait_for_timeout(20)

    def value(self, label):
        return float(self.box.get_by_label(label, exact=True).input_value())

    def shows(self, text):
        self.box.locator("[role=status]", has_text=text).wait_for(timeout=5000)


@pytest.fixture(scope="module")
def widgets_page(browser, lab):
    """The notebook with all widgets, run once."""
    for open_lesson in lessons_opened_in(browser, lab):
        page = open_lesson("widgets.ipynb")
        run_all(page, len(notebook().cells))
        page.wait_for_function(f"document.querySelectorAll({WIDGET!r}).length == {len(CASES) + 1}")
        yield page


@pytest.fixture
def operated(widgets_page):
    """A function that finds a widget by name; afterwards nothing has gone wrong in the page."""
    yield lambda name: Operated(widgets_page, name)
    assert widgets_page.problems == []


@pytest.mark.parametrize("name", CASES)
def test_what_is_typed_is_shown_as_the_helpers_compute_it(name, operated):
    widget, scene = operated(name), expected(name)
    for label, text in CASES[name][1].items():
        widget.type(label, text)
    widget.shows(scene.line)
    assert widget.said == scene.line and widget.drawn == scene.description
    for label, text in CASES[name][1].items():  # a slider keeps a typed value that lies between its steps
        assert widget.value(label) == float(text)


@pytest.mark.parametrize("name", PLAYED)
def test_step_play_pause_and_reset(name, operated):
    widget, label = operated(name), "epoch" if name in ("starts", "training") else "step"
    widget.press("Reset")
    widget.page.wait_for_timeout(300)
    start, before = widget.value(label), widget.said
    widget.press("Step")
    widget.until(lambda: widget.value(label) > start and widget.said != before)
    step = widget.value(label) - start
    widget.press("Play")
    widget.until(lambda: widget.value(label) >= start + 3 * step)
    widget.page.keyboard.press("Space")  # the focus is still on Play
    widget.page.wait_for_timeout(500)
    paused = widget.value(label), widget.said
    widget.page.wait_for_timeout(700 if name == "graph" else 300)
    assert paused == (widget.value(label), widget.said)
    widget.press("Reset")
    widget.page.wait_for_timeout(300)
    assert widget.value(label) == start


def test_arrow_keys_move_a_slider_and_its_picture(operated):
    widget = operated("neuron")
    before = widget.value("x")
    widget.tab_to("x")
    widget.page.keyboard.press("Tab")
    assert "slider" in widget.page.evaluate(FOCUSED)
    widget.page.keyboard.press("ArrowLeft")
    widget.shows(f"× {before - 0.1:.1f}")
    assert widget.value("x") == pytest.approx(before - 0.1)


def test_an_error_is_shown_in_the_widget_and_goes_away(operated):
    widget = operated("own")
    widget.type("slope", "0")
    widget.shows("ZeroDivisionError: division by zero")
    assert widget.box.locator("img").is_visible()
    widget.type("slope", "2")
    widget.shows("a line up to 0.500")
    assert widget.box.locator("img").get_attribute("alt") == "a line up to 0.500"


def test_a_cell_that_runs_again_leaves_one_live_copy_that_does_not_play(operated):
    widget = operated("graph")
    widget.press("Play")
    widget.page.wait_for_timeout(800)
    widget.select()
    widget.page.keyboard.press("Control+Enter")
    widget.shows("Nothing is computed yet.")
    widget.page.wait_for_timeout(1500)
    assert widget.cell.locator(WIDGET).count() == 1 and widget.value("step") == 0
    models = "__import__('ipywidgets').widgets.widget._instances.values()"
    live = f"sum(type(w).__name__ == 'Play' for w in {models})"
    assert run_below(widget.page, live) == str(len(PLAYED))


def test_other_cells_run_while_a_widget_plays_and_a_second_copy_is_apart(operated):
    widget = operated("descent")
    widget.press("Play")
    assert run_below(widget.page, "__import__('time').sleep(1) or 'done'") == "'done'"
    widget.until(lambda: widget.value("step") == 100, seconds=20)
    run_below(widget.page, CASES["descent"][0])
    copy = widget.page.locator(WIDGET).last
    copy.get_by_label("step", exact=True).wait_for()
    assert copy.get_by_label("step", exact=True).input_value() == "0" and widget.value("step") == 100


def run_below(page, source):
    """Write source into a new last cell with the keyboard, run it, and return what it shows."""
    page.keyboard.press("Escape")
    page.locator(".jp-Cell").last.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type(source)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.locator(".jp-CodeCell.jp-mod-active .jp-OutputArea-output").wait_for()
    return page.locator(".jp-CodeCell.jp-mod-active .jp-OutputArea-output").inner_text().strip()


def test_at_150_percent_no_widget_needs_sideways_scrolling(operated):
    page = operated("graph").page
    page.set_viewport_size({"width": 1280 * 2 // 3, "height": 720 * 2 // 3})
    page.wait_for_timeout(500)
    too_wide = """outputs => outputs.filter(o => o.scrollWidth > o.clientWidth
        || o.closest(".jp-OutputArea").scrollWidth > o.closest(".jp-OutputArea").clientWidth).length"""
    assert page.locator(WIDGET).evaluate_all(too_wide) == 0
    page.set_viewport_size({"width": 1400, "height": 1000})


def test_axe_finds_nothing_of_our_own_making(operated):
    """ipywidgets gives a slider's handle no name (that is upstream); the typed input beside it has one."""
    axe = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
    if not axe.exists():
        pytest.skip("No axe-core: npm install axe-core, or name axe.min.js in the variable AXE_CORE.")
    page = operated("graph").page
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate(f"""async () => (await axe.run({{include: [[{WIDGET!r}]]}})).violations
        .flatMap(v => v.nodes.map(node => [v.id, node.html]))""")
    assert [one for one in found if "noUi-handle" not in one[1]] == []


def test_a_restarted_kernel_leaves_the_page_usable(operated):
    widget = operated("graph")
    widget.press("Play")
    widget.page.wait_for_timeout(700)
    widget.page.keyboard.press("Escape")
    widget.page.keyboard.type("00")  # restart the kernel
    widget.page.locator(".jp-Dialog .jp-mod-accept").click()
    widget.page.wait_for_timeout(1500)
    widget.page.get_by_text(IDLE).wait_for()
    assert run_below(widget.page, "6 * 7") == "42"
