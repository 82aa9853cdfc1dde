"""What the tests in a real JupyterLab share: a notebook that is run, and a widget in its page."""

import re
import time

import numpy as np

from helpers.widgets.playground_controls import BELOW
from tests.support import AT_REST, IDLE, MIDDLE, PROMPTS, WIDGET, rested
from tests.widget_cases import REACH

LABS_OWN = ("debugger state",)  # said by JupyterLab itself when a kernel is restarted
TROUBLE = '.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]'  # errors and warnings
FOCUSED = """() => { const a = document.activeElement;
    if (a.dataset.touch) return "picture: " + a.dataset.touch;
    return (a.labels?.[0] ?? a).innerText + (a.getAttribute("role") == "slider" ? "slider" : ""); }"""
FOCUSED_IN = f"""([widget, place]) => document.querySelectorAll(widget)[place]
    ?.contains(document.activeElement) ? ({FOCUSED})() : null"""
ON_ARROW = """arrow => { const path = arrow.querySelector("path"), matrix = path.getScreenCTM();
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(matrix);
    return [x, y]; }"""
SCALE = "box => [...box.querySelectorAll('svg')].at(-1).getScreenCTM().a"  # of the picture as it is now
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
    page.wait_for_function(done, arg=[numbers, TROUBLE, troubles], timeout=60_000, polling=100)
    page.locator(AT_REST).first.wait_for()
    assert page.locator(TROUBLE).count() == troubles, page.locator(TROUBLE).all_inner_texts()


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


def run_anew(playground):
    """The playground at epoch 0, for a test; afterwards nothing has gone wrong in the page."""
    playground.run_again()
    yield playground
    assert playground.page.problems == []
    assert playground.page.locator(TROUBLE).count() == 0


class Operated:
    """One widget in the page, seen as a learner sees it."""

    def __init__(self, page, place):
        self.page, self.place, self.box = page, place, page.locator(WIDGET).nth(place)
        self.cell = self.box.locator("xpath=ancestor::div[contains(@class, 'jp-CodeCell')]")

    def select(self):
        """Select the widget's cell; all in it is then done with the keyboard alone."""
        self.page.evaluate("document.activeElement.blur()")  # an input of this cell would keep the keys
        self.cell.locator(".jp-InputArea-prompt").click()

    def tab_to(self, label):
        """Press Tab until this control has the focus, from the cell on where the widget has none or ends."""
        focused = self.focused
        if focused is None:
            self.select()
        for _ in range(150):
            if focused == label:
                return
            self.page.keyboard.press("Tab")
            before, focused = focused, self.focused
            if before is not None and focused is None:
                self.select()
        raise AssertionError(f"no control {label!r} is reached with Tab")

    @property
    def focused(self):
        """The name of the control, or of the picture's element, that has the focus; None: not in here."""
        return self.page.evaluate(FOCUSED_IN, [WIDGET, self.place])

    def type(self, label, text):
        self.tab_to(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def press(self, label):
        self.tab_to(label)
        self.page.keyboard.press("Space")

    def comes_to(self, gestures, scene):
        """Do all of these; each changes the picture, and after the last it is this scene."""
        for gesture in gestures:
            before = self.drawn
            self.do(*gesture)
            self.until(lambda before=before: self.drawn != before)
        self.until(lambda: (self.said, self.drawn) == (scene.line, scene.description))

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
            scale = self.box.evaluate(SCALE)
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

    def looks_at_units(self):
        """Point at a unit, and away, and press its key: its map is shown large."""
        self.page.mouse.move(*self.box.evaluate(MIDDLE, "A1[1]"))
        self.until(lambda: "here: A1[1]" in self.text)
        assert self.box.locator(".scene-tip").last.inner_text().startswith("A1[1] = ")
        self.page.mouse.move(*self.box.evaluate(IN_PLANE, [-0.9, 0.9]))
        self.until(lambda: "here:" not in self.text)
        self.do("press", "A1[2]", "m")
        self.until(lambda: "here: A1[2]" in self.text)

    def goes_on(self):
        """Wait until the next frames are there."""
        before = self.drawn
        self.until(lambda: self.drawn != before)
        before = self.drawn
        self.until(lambda: self.drawn != before)

    def rested(self):
        """Wait until it has paused, and return the last epoch: its line then tells of the picture's."""
        self.until(lambda: self.said.startswith(f"Epoch {self.epoch:,}:"))
        rested(self.page, lambda: (self.drawn, self.said))
        return self.epoch

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


def numbers_of(changes):
    return [float(number) for _, _, value in changes for number in np.ravel(value)]
