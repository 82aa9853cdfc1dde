"""Every lesson, run from top to bottom in JupyterLab in a real browser, as a learner would."""

import os
import re
import time

import nbformat
import numpy as np
import pytest

from helpers.lessons import lesson_paths, make_working_copies
from helpers.playground.formulas import formula_lines
from helpers.playground.points import MADE_UP
from helpers.widgets.playground_controls import ABOVE, BELOW, OF_LAYERS, TIMES
from tests.axe import violations
from tests.support import AT_REST, IDLE, MIDDLE, PICTURES, PROMPTS, WIDGET, start_lab
from tests.widget_cases import (
    BY_HAND,
    CASES,
    PLAYED,
    REACH,
    TABLE,
    TOUCHED,
    expected,
    notebook,
    opened_by,
    playground_notebook,
    scene_of,
)

LABS_OWN = ("debugger state",)  # said by JupyterLab itself when a kernel is restarted
TROUBLE = '.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]'  # errors and warnings
VIEW = "application/vnd.jupyter.widget-view+json"
RESTING = ("output", *OF_LAYERS)  # two classes have one sigmoid, and one hidden layer has no second
FOCUSED = """() => { const a = document.activeElement;
    if (a.dataset.touch) return "picture: " + a.dataset.touch;
    return (a.labels?.[0] ?? a).innerText + (a.getAttribute("role") == "slider" ? "slider" : ""); }"""
ON_ARROW = """arrow => { const path = arrow.querySelector("path"), matrix = path.getScreenCTM();
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(matrix);
    return [x, y]; }"""
RENEWED = """([widget, before]) => {
    const boxes = [...document.querySelectorAll(widget)];
    return boxes.length == before && !boxes.some(box => box.classList.contains("before")); }"""
IN_PLANE = """(box, [across, up]) => {
    const plane = box.querySelector("[data-touch=plane] rect");
    plane.scrollIntoView({ block: "center" });
    const { x, y, width, height } = plane.getBoundingClientRect();
    return [x + (1 + across) / 2 * width, y + (1 - up) / 2 * height]; }"""
TOO_WIDE = """outputs => outputs.filter(o => o.scrollWidth > o.clientWidth
    || o.closest(".jp-OutputArea").scrollWidth > o.closest(".jp-OutputArea").clientWidth).length"""
BROKEN = """() => [...document.querySelectorAll(".jp-OutputArea img")]
    .filter(image => !(image.complete && image.naturalWidth > 0)).map(image => image.alt)"""


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A running JupyterLab on fresh working copies; its address."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("working_copies")
    make_working_copies(folder=folder)
    nbformat.write(notebook(), folder / "widgets.ipynb")
    for name in ("playground.ipynb", "playground_7.ipynb"):  # JupyterLab saves the first after two minutes
        nbformat.write(playground_notebook(), folder / name)
    (folder / "mine.csv").write_text(TABLE)
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
    page.locator(AT_REST).first.wait_for()
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

    def __init__(self, page, place):
        self.page, self.box = page, page.locator(WIDGET).nth(place)
        self.cell = self.box.locator("xpath=ancestor::div[contains(@class, 'jp-CodeCell')]")

    def select(self):
        """Select the widget's cell; all in it is then done with the keyboard alone."""
        self.page.evaluate("document.activeElement.blur()")  # an input of this cell would keep the keys
        self.cell.locator(".jp-InputArea-prompt").click()

    def tab_to(self, label):
        """Press Tab until this control has the focus, from the cell on where the widget has none or ends."""
        inside = self.focused is not None
        if not inside:
            self.select()
        for _ in range(150):
            if self.focused == label:
                return
            self.page.keyboard.press("Tab")
            if inside and self.focused is None:
                self.select()
            inside = self.focused is not None
        raise AssertionError(f"no control {label!r} is reached with Tab")

    @property
    def focused(self):
        """The name of the control, or of the picture's element, that has the focus; None: not in here."""
        return self.box.evaluate(f"box => box.contains(document.activeElement) ? ({FOCUSED})() : null")

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
        return self.box.locator("svg > desc").last.text_content()

    def until(self, condition, seconds=10):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, (self.said, "waited in vain")
            self.page.wait_for_timeout(20)

    def value(self, label):
        return float(self.box.get_by_label(label, exact=True).input_value())

    def element(self, touch):
        """An element of the picture, by its name."""
        return self.box.locator(f"[data-touch='{touch}']")

    def do(self, gesture, touch, *more):
        """Click or drag an element of the picture with the mouse; press a key or type with the keyboard."""
        if gesture in ("press", "type"):
            self.tab_to(f"picture: {touch}")
            keys = {"press": more or ["Enter"], "type": [*(more or [""])[0], "Enter"]}[gesture]
            for key in keys:
                self.page.keyboard.press(key)
            return
        x, y = self.box.evaluate(MIDDLE, touch)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        if gesture == "drag":
            scale = self.box.locator("svg").last.evaluate("svg => svg.getScreenCTM().a")
            self.page.mouse.move(x + more[0] * scale, y + more[1] * scale, steps=5)
        self.page.mouse.up()

    def run_cell(self):
        """Run the widget's cell once more, so that it stands at its start."""
        self.select()
        before = self.page.locator(WIDGET).count()
        self.box.evaluate("box => box.classList.add('before')")
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function(RENEWED, arg=[WIDGET, before])
        self.box.locator(".scene-view svg").last.wait_for()
        self.page.wait_for_timeout(300)
        views = self.box.locator(".scene-view").count()
        self.until(lambda: self.box.locator("svg").count() == views)  # those that stood in for them are gone

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
    yield lambda name: Operated(widgets_page, [*CASES, "own"].index(name))
    assert widgets_page.problems == []


@pytest.mark.parametrize("name", CASES)
def test_what_is_typed_is_shown_as_the_helpers_compute_it(name, operated):
    widget, scene = operated(name), expected(name)
    for label, text in CASES[name][1].items():
        widget.type(label, text)
    widget.until(lambda: (widget.said, widget.drawn) == (scene.line, scene.description))
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


@pytest.mark.parametrize("name, how", TOUCHED)
def test_what_is_touched_moves_the_controls_and_the_picture(name, how, operated):
    widget, (gestures, expression) = operated(name), TOUCHED[name, how]
    widget.run_cell()
    for gesture in gestures:
        before = widget.drawn
        widget.do(*gesture)
        widget.until(lambda before=before: widget.drawn != before)
    scene = scene_of(expression)
    widget.until(lambda: (widget.said, widget.drawn) == (scene.line, scene.description))


def test_an_arrow_says_at_once_what_goes_back_along_it(operated):
    widget = operated("graph")
    widget.run_cell()
    widget.type("step", "5")
    widget.until(lambda: "upstream gradient 3" in widget.said)
    arrow = widget.element("backward 1")
    arrow.evaluate("element => element.scrollIntoView({ block: 'center' })")
    widget.page.mouse.move(*arrow.evaluate(ON_ARROW))
    assert widget.box.locator(".scene-tip").inner_text() == "J to v: upstream 1 × local 3 = 3"
    widget.page.mouse.down()
    widget.page.mouse.up()
    widget.until(lambda: widget.value("step") == 4)


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


def test_small_matrices_are_multiplied_by_one_core(operated):
    """OpenBLAS spins on all cores for them, and the playground loses a third of its frames."""
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "1")
    asked = "int(__import__('os').environ['OPENBLAS_NUM_THREADS'])"
    assert run_below(operated("graph").page, asked) == threads


def run_below(page, source):
    """Write source into a new last cell with the keyboard, or paste it, run it, and return what it shows."""
    page.evaluate("document.activeElement.blur()")  # an input or a picture would keep the keys
    page.locator(".jp-Cell").last.locator(".jp-InputArea-prompt").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type(source) if source else page.keyboard.press("Control+v")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.locator(".jp-CodeCell.jp-mod-active .jp-OutputArea-output").wait_for()
    return page.locator(".jp-CodeCell.jp-mod-active .jp-OutputArea-output").inner_text().strip()


def test_at_150_percent_no_widget_needs_sideways_scrolling(operated):
    page = operated("graph").page
    page.set_viewport_size({"width": 1280 * 2 // 3, "height": 720 * 2 // 3})
    page.wait_for_timeout(500)
    assert page.locator(WIDGET).evaluate_all(TOO_WIDE) == 0
    page.set_viewport_size({"width": 1400, "height": 1000})


def test_axe_finds_nothing_of_our_own_making(operated):
    """ipywidgets gives a slider's handle no name (that is upstream); the typed input beside it has one."""
    found = violations(operated("graph").page, WIDGET)
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


# ---- the playground: one page, whose cell runs again before each test


class Played(Operated):
    """The playground, seen as a learner sees it."""

    def __init__(self, page):
        super().__init__(page, 0)

    def tab_to(self, label):
        """Unfold what the control is folded into, and press Tab until it has the focus."""
        group = next((name for name, labels in BELOW.items() if label in labels), None)
        named = re.compile(rf"^\s*{re.escape(label)}\s*$")
        control = self.box.locator("label, button").filter(has_text=named).first
        if group and not control.is_visible():
            super().tab_to(group)
            self.page.keyboard.press("Space")
            control.wait_for()
        super().tab_to(label)

    @property
    def epoch(self):
        return int(re.match(r"Epoch ([\d,]+)", self.drawn)[1].replace(",", ""))

    @property
    def text(self):
        return " ".join(self.box.locator("svg").last.text_content().split())

    def field(self, label):
        """What stands in a control, as the page has it."""
        find = """field => field.type == "checkbox" ? field.checked
            : field.options ? field.selectedOptions[0].label.replace(/\\s/g, ' ') : field.value"""
        return self.box.get_by_label(label, exact=True).evaluate(find)

    @property
    def code(self):
        return self.field("this playground as code")

    def by_hand(self, gesture, *what):
        """Do what BY_HAND says; places are those of the plane."""
        if gesture == "button":
            self.box.get_by_role("button", name=what[0], exact=True).click()
        elif gesture == "write":
            self.page.mouse.dblclick(*self.box.evaluate(MIDDLE, what[0]), delay=30)
            self.box.locator(".scene-entry:visible").wait_for()
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(what[1])
            self.page.keyboard.press("Enter")
        elif gesture.endswith("at"):
            self.at_place(gesture.split()[0], *what)
        else:
            self.do(gesture, *what)

    def at_place(self, gesture, x1, x2, *to):
        x, y = self.box.evaluate(IN_PLANE, [x1 / REACH, x2 / REACH])
        self.page.mouse.move(x, y)
        if gesture == "double":
            return self.page.mouse.dblclick(x, y, delay=30)
        if gesture == "shift":
            self.page.keyboard.down("Shift")
        self.page.mouse.down()
        if to:
            self.page.mouse.move(*self.box.evaluate(IN_PLANE, [to[0] / REACH, to[1] / REACH]), steps=4)
        self.page.mouse.up()
        if gesture == "shift":
            self.page.keyboard.up("Shift")

    def options(self, label):
        find = "field => [...field.options ?? []].map(option => option.label.replace(/\\s/g, ' '))"
        return self.box.get_by_label(label, exact=True).evaluate(find)

    def choose(self, label, option):
        """Open the list with Space first: in a closed one JupyterLab takes each letter for a shortcut."""
        self.settled()
        self.press(label)
        self.page.keyboard.type(option.split(" ")[0])
        self.page.keyboard.press("Enter")
        self.until(lambda: self.field(label) == option)

    def settled(self):
        """Wait until the kernel's last answer is in the page: an answer closes a list that is open."""
        before, began = None, time.monotonic()
        since = began
        while time.monotonic() < min(since + 0.3, began + 3):
            now = self.box.inner_html()
            before, since = now, since if now == before else time.monotonic()
            self.page.wait_for_timeout(50)

    def goes_on(self):
        """Wait until the next frames are there."""
        before = self.drawn
        self.until(lambda: self.drawn != before)
        before = self.drawn
        self.until(lambda: self.drawn != before)

    def rests(self):
        before = self.drawn, self.said
        self.page.wait_for_timeout(300)
        return before == (self.drawn, self.said)

    def run_again(self):
        """Run the playground's cell once more, so that it stands at epoch 0."""
        self.run_cell()
        self.until(lambda: self.epoch == 0)

    def double(self, gesture, arrived):
        """Double click until it has come as one: a busy browser may take the two clicks for two."""
        for _ in range(3):
            deadline = time.monotonic() + 3
            while time.monotonic() < deadline:
                if arrived():
                    return
                self.page.wait_for_timeout(50)
            self.by_hand(*gesture)


@pytest.fixture(scope="module")
def playground_page(browser, lab):
    for open_lesson in lessons_opened_in(browser, lab):
        page = open_lesson("playground.ipynb")
        page.keyboard.press("Control+b")  # without the list of files there is room
        run_all(page, 2)
        page.locator(WIDGET).locator("svg > desc").last.wait_for(state="attached")
        yield page


@pytest.fixture
def played(playground_page):
    playground = Played(playground_page)
    playground.run_again()
    yield playground
    assert playground_page.problems == []
    assert playground_page.locator(TROUBLE).count() == 0


def named_stops(playground):
    """All controls by name in the order of Tab; the handles of sliders, which have none, are left out."""
    playground.select()
    names, inside = [], False
    while len(names) < 100:
        playground.page.keyboard.press("Tab")
        name = playground.focused
        if inside and name is None:
            return names
        inside = inside or name is not None
        names += [] if name in (None, "slider") else [name]


def test_every_control_of_the_playground_is_reached_in_order_and_has_a_name(played):
    units = ["X[0]", "X[1]", "A1[0]", "A1[1]", "A1[2]", "A2[0]"]
    touched = [f"picture: {name}" for name in (*units, "plane", "example", "cost curve", "new class")]
    small = [f"picture: data {name}" for name in MADE_UP]
    most_used = [name for label in ABOVE for name in (small if label == "thumbnails" else [label])]
    above, heads = [*TIMES, *most_used, *touched], [*["Fold"], *BELOW, "Larger text"]
    assert named_stops(played) == [*above, *heads]
    for group, labels in BELOW.items():
        played.press(group)
        played.box.get_by_text(labels[0], exact=True).first.wait_for()
        assert named_stops(played) == [*above, *heads, *(label for label in labels if label not in RESTING)]
    played.press("Fold")


def test_the_playground_plays_pauses_and_keeps_the_focus(played):
    played.press("Play")
    played.until(lambda: played.epoch > 100)
    assert played.focused == "Pause"
    played.page.keyboard.press("Space")
    played.page.wait_for_timeout(500)
    assert played.rests() and played.epoch > 100
    assert f"epochs={played.epoch})" in played.field("this playground as code")


def test_one_epoch_one_update_reset_and_a_new_seed(played):
    start = played.text
    played.press("One epoch")
    played.until(lambda: played.epoch == 1)
    played.page.keyboard.press("Space")
    played.until(lambda: played.epoch == 2)
    played.choose("batch size", "32")
    played.press("One update")
    played.until(lambda: "epoch 2 + 1 update" in played.text)
    played.press("Reset")
    played.until(lambda: played.text == start)
    played.press("New seed")
    played.until(lambda: played.text != start and played.epoch == 0)
    assert played.field("seed") == "2" and "seed=2" in played.field("this playground as code")


def test_every_control_of_the_playground_obeys_while_it_trains(played):
    below = [label for name in ("Training", "Picture", "Data", "Network") for label in BELOW[name]]
    played.press("Play")
    for label in ["gradient view", *ABOVE, *below]:
        if label in ("thumbnails", "CSV file", "Open CSV", "hidden layers", *RESTING):
            continue
        played.tab_to(label)
        before, options = played.field(label), played.options(label)
        if isinstance(before, bool):
            played.page.keyboard.press("Space")
        elif options:
            for key in ("Space", "ArrowDown", "Enter"):
                played.page.keyboard.press(key)
        elif label in ("example", "seed"):
            for key in ("Control+a", str(int(before) + 1), "Enter"):
                played.page.keyboard.press(key)
        else:
            played.page.keyboard.press("Tab")
            assert played.focused == "slider"
            played.page.keyboard.press("ArrowRight")
        played.until(lambda before=before, label=label: played.field(label) != before)
        after = options[options.index(before) + 1] if options else played.field(label)
        after = str(int(before) + 1) if label in ("example", "seed") else after
        played.goes_on()
        played.until(lambda label=label, after=after: played.field(label) == after)
        if label == "hidden units":
            assert "A1[3]" in played.text and "A1[4]" not in played.text
        if label == "learning rate":
            played.type(label, "0.01")  # with batches of one example a larger one diverges, which pauses
    said = played.field("this playground as code")
    played.press("Pause")
    played.until(lambda: played.field("this playground as code") != said)
    said = played.field("this playground as code")
    for part in (
        "data='xor'",
        "extra_inputs=('x1²', 'x2²', 'x1·x2')",
        "gradients=True",
        "batch_size=1",
        "l1=0.0001",
        "learning_rate=0.01",
        "two_colours=True",
        "test_points=False",
        "noise=0.25",
        "seed=2",
    ):
        assert part in said, said


def test_a_small_picture_chooses_a_data_set_and_three_classes_have_three_outputs(played):
    played.page.mouse.click(*played.box.evaluate(MIDDLE, "data arms"))
    played.until(lambda: played.field("data set") == "arms" and "A2[2]" in played.text)
    for new_class in (2, 0, 1):
        played.page.mouse.click(*played.box.evaluate(MIDDLE, "new class"))
        played.until(lambda new_class=new_class: f"new points: class {new_class}" in played.text)
    played.type("hidden layers", "2")
    played.until(lambda: "A3[2]" in played.text)
    played.choose("activation of layer 2", "relu")
    played.choose("output", "sigmoid")
    said = "data='arms', n_h=(3, 3), hidden_activation=('tanh', 'relu'), output='sigmoid'"
    played.until(lambda: said in played.code)
    played.press("Undo")
    played.until(lambda: "output=" not in played.code)


def test_a_function_given_by_hand_is_called_for_two_hidden_layers_as_well_and_what_it_cannot_is_said(played):
    played.type("hidden layers", "2")
    played.shows("A2 has (3, 100) as its shape; expected (1, 100), like Y. It came from your forward.")
    played.type("hidden layers", "1")
    played.until(lambda: "A2 has" not in played.said)
    assert played.field("hidden layers") == "1"
    played.press("One epoch")
    played.until(lambda: played.epoch == 1)


def test_what_is_typed_slowly_while_it_trains_is_not_overwritten(played):
    played.press("Play")
    played.tab_to("learning rate")
    played.page.keyboard.press("Control+a")
    for key in "0.05":
        played.page.keyboard.type(key)
        played.goes_on()
    played.page.keyboard.press("Tab")
    played.goes_on()
    assert played.value("learning rate") == 0.05 and played.focused == "slider"
    values = [0.05]
    for _ in range(8):  # the slider does not fight back
        played.page.keyboard.press("ArrowRight")
        played.until(lambda: played.value("learning rate") != values[-1])
        played.page.wait_for_timeout(120)
        values.append(played.value("learning rate"))
    assert values == sorted(set(values)), values
    assert values[-1] == pytest.approx(0.05 * 10**0.4, rel=0.15)


def test_a_formula_a_weight_set_by_hand_and_the_gradient_view(played):
    played.choose("formula of", "W1[0, 0]")
    played.until(lambda: "W1[0, 0] = " in played.text and "dW1[0, 0] = 1/m Σ" in played.text)
    played.type("set it to", "0.25")
    played.press("Set weight")
    played.until(lambda: "W1[0, 0] = 0.25" in played.text)
    played.press("One epoch")
    played.until(lambda: played.epoch == 1 and "W1[0, 0] = 0.25" not in played.text)
    played.press("gradient view")
    played.until(lambda: "Gradients" in played.text and "widest: |dW|" in played.text)
    played.choose("formula of", "nothing")
    played.until(lambda: "1/m Σ" not in played.text)
    played.press("Set weight")
    played.shows("Choose a weight first")


def numbers_of(changes):
    return [float(number) for _, _, value in changes for number in np.ravel(value)]


@pytest.mark.parametrize("what, how", BY_HAND)
def test_what_is_done_by_hand_is_what_the_line_of_code_says_and_opens(what, how, played):
    gestures, told = BY_HAND[what, how]
    for gesture in gestures:
        before = played.code, played.box.locator(".scene-picture").last.inner_html()
        played.by_hand(*gesture)
        played.until(
            lambda b=before: b != (played.code, played.box.locator(".scene-picture").last.inner_html())
        )
    changes = told.get("changes", [])

    def arrived():
        _, said = opened_by(played.code)
        return said.keys() == told.keys() and len(said.get("changes", [])) == len(changes)

    if gestures[-1][0] == "double at":
        played.double(gestures[-1], arrived)
    played.until(arrived)
    played.settled()
    here, said = opened_by(played.code)
    assert {k: v for k, v in said.items() if k != "changes"} == {
        k: v for k, v in told.items() if k != "changes"
    }
    made = said.get("changes", [])
    assert [change[:2] for change in made] == [change[:2] for change in changes]
    assert numbers_of(made) == pytest.approx(numbers_of(changes), abs=1.5 * 2 * REACH / 296)  # pixels
    assert played.drawn == here.scene.description
    formula = formula_lines(here.view, told.get("chosen", ""), told.get("example", 0))
    assert bool(formula) == ("chosen" in told)
    assert all(text[:60] in played.text for text, _ in formula[:2])


def test_a_unit_that_is_pointed_at_shows_its_map_large(played):
    played.until(lambda: "here:" not in played.text)
    played.page.mouse.move(*played.box.evaluate(MIDDLE, "A1[1]"))
    played.until(lambda: "here: A1[1]" in played.text)
    assert played.box.locator(".scene-tip").last.inner_text().startswith("A1[1] = ")
    played.page.mouse.move(*played.box.evaluate(IN_PLANE, [-0.9, 0.9]))
    played.until(lambda: "here:" not in played.text)
    played.do("press", "A1[2]", "m")
    played.until(lambda: "here: A1[2]" in played.text)


def test_a_click_in_the_cost_curve_goes_back_to_that_epoch(played):
    played.press("Play")
    played.until(lambda: played.epoch > 300)
    played.page.keyboard.press("Space")
    played.until(played.rests)
    last = played.epoch
    played.page.mouse.click(*played.box.evaluate(MIDDLE, "cost curve"))
    played.until(lambda: played.epoch != last and f"epochs={played.epoch})" in played.code)
    assert 0 < played.epoch < last
    here, _ = opened_by(played.code)
    assert here.experiment.epoch == played.epoch and here.scene.line == played.said.strip()
    played.press("One epoch")
    played.until(lambda: played.epoch == here.experiment.epoch + 1)
    here.experiment.advance(1)
    assert played.drawn == here.scene.description
    played.press("Undo")
    played.until(lambda: played.epoch == last)


def test_points_by_hand_and_a_csv_file(played):
    points = "300 training points"
    assert points in played.drawn
    for label, text in {"x1": "3", "x2": "-2.5"}.items():
        played.type(label, text)
    played.choose("class", "1")
    played.press("Add point")
    played.until(lambda: "301 training points" in played.drawn)
    played.press("Remove point")
    played.until(lambda: points in played.drawn)
    played.press("Remove point")
    played.shows("There is no training point at")
    played.type("CSV file", "nothing.csv")
    played.shows("nothing.csv")
    assert points in played.drawn and played.field("data set") == "flower"
    played.type("CSV file", "mine.csv")
    played.until(lambda: "30 training points" in played.drawn)
    assert "width <i>, standar" in played.text and played.field("data set") == "mine.csv"


def test_the_copied_line_of_code_opens_the_same_playground(played):
    played.choose("data set", "xor")
    played.press("One epoch")
    played.until(lambda: played.epoch == 1)
    played.tab_to("this playground as code")
    played.page.keyboard.press("Control+a")
    played.page.keyboard.press("Control+c")
    before = played.drawn
    run_below(played.page, None)
    played.until(lambda: played.page.locator(WIDGET).count() == 2)
    copy = played.page.locator(WIDGET).last
    copy.locator("svg > desc").last.wait_for(state="attached")
    assert copy.locator("svg > desc").last.text_content() == before
    played.page.keyboard.type("dd")  # the copy's cell goes


def test_a_function_that_fails_stops_the_play_and_is_named(played):
    played.press("Play")
    played.goes_on()
    assert run_below(played.page, "up = 'up'; up") == "'up'"
    played.shows("ArithmeticError: the flag <is> up. It came from your backward.")
    assert played.rests()
    played.press("Play")
    played.page.wait_for_timeout(400)
    assert "your backward" in played.said and played.rests()
    assert run_below(played.page, "up = False; 'down'") == "'down'"
    played.press("Play")
    played.goes_on()


def test_other_cells_run_while_the_playground_plays_and_a_re_run_leaves_one_copy_that_does_not(played):
    played.press("Play")
    assert run_below(played.page, "__import__('time').sleep(1) or 'done'") == "'done'"
    played.goes_on()
    models = "len(__import__('ipywidgets').widgets.widget._instances)"
    before = run_below(played.page, models)
    for _ in range(2):
        played.run_again()
        assert played.rests() and played.epoch == 0
    assert run_below(played.page, models) == before


def test_at_150_percent_the_playground_needs_no_sideways_scrolling(played):
    played.page.set_viewport_size({"width": 1280 * 2 // 3, "height": 720 * 2 // 3})
    played.page.wait_for_timeout(500)
    assert played.box.evaluate_all(TOO_WIDE) == 0
    played.page.set_viewport_size({"width": 1400, "height": 1000})


def test_the_playground_in_notebook_7(browser, lab):
    """There the arrow keys do not reach a slider's handle, whose typed input does the same."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(lab.replace("lab/tree/00_start_here", "notebooks/playground_7"))
    page.locator(AT_REST).wait_for()
    run_all(page, 2)
    played = Played(page)
    played.run_again()
    played.press("Play")
    played.until(lambda: played.epoch > 100)
    assert played.focused == "Pause"
    played.type("hidden units", "4")
    played.goes_on()
    assert "A1[3]" in played.text and played.field("hidden units") == "4"
    played.choose("data set", "xor")
    played.goes_on()
    played.press("Pause")
    page.wait_for_timeout(500)
    assert played.rests()
    for _ in range(2):
        played.press("Play")
        played.goes_on()
        played.run_again()
        assert played.rests() and played.epoch == 0
    assert page.locator(TROUBLE).count() == 0
    page.close()
