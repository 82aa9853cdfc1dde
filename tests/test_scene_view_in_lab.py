"""SceneView in JupyterLab and in Notebook 7, from anywidget's wheel, without a network."""

import json

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers.lessons import METADATA
from tests.axe import violations
from tests.support import IDLE, PROMPTS, RESTS_ON, rested, start_lab

SETUP = """
import time
import ipywidgets
from helpers.scenes import Scene
from helpers.widgets.scene_view import SceneView, with_stand_in

def scene(n):
    box = f'<rect data-touch="box" data-label="box = {n}" width="90" height="90" fill="#cde"/>'
    size = 'width="300" height="100" viewBox="0 0 300 100"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}><title>Count</title><desc>{n}</desc>'
    return Scene(f'{svg}{box}<text x="150" y="50">{n}</text></svg>', f"count {n}")
"""
COUNTER = """
count = 0
def touched(event):
    global count
    count += 1
    counter.show(scene(f"{count}: {event.kind} {event.key}"))
counter = SceneView(scene(0), on_touch=touched)
with_stand_in(counter)
"""
PLAYER = """
frames = 0
def frame():
    global frames
    frames += 1
    end = time.perf_counter() + 0.05
    while time.perf_counter() < end:
        pass
    player.show(scene(frames))
def toggled(event):
    player.pause() if player.playing else player.play()
    player.show(scene(frames))
player = SceneView(scene(0), on_touch=toggled, on_frame=frame)
button = ipywidgets.Button(description="Play")
button.on_click(lambda _: player.soon(lambda: toggled(None)))
ipywidgets.VBox([button, with_stand_in(player)])
"""
ENDLESS = """
def for_ever(event):
    endless.show(scene("begun"))
    while True:
        pass
def said(error):
    endless.show(scene(type(error).__name__))
endless = SceneView(scene("endless"), on_touch=for_ever, on_error=said)
with_stand_in(endless)
"""
DRAWING = """
from helpers import datasets, widgets
from helpers.trainer import Trainer
X, Y = datasets.digits()
reader = Trainer(n_h=16, learning_rate=0.3, scale=0.1, epochs=5, batch_size=32, output="softmax")
reader.train(X, Y, progress=False)
widgets.draw_a_digit(reader.probability, X)
"""
LABELS = "view => [...view.querySelectorAll('[data-touch^=pixel]')].map(pixel => pixel.dataset.label)"
PLACE = """(view, [row, column]) => {
    const { x, y, width, height } = view.querySelector("[data-touch^=pixel]").getBoundingClientRect();
    return [x + width * (column + 0.5), y + height * (row + 0.5)];
}"""
CELLS = [SETUP, COUNTER, PLAYER, ENDLESS]
TEXTS = "[...document.querySelectorAll('.scene-view text')].map(text => text.textContent)"
MIDDLE = """view => {
    const box = view.querySelector("rect[data-touch]").getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""
NO_MODULE = {"disabledExtensions": {"anywidget": True}}


def started(tmp_path, config=None, more=()):
    """A JupyterLab with a notebook for each of the two; the process and its address."""
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    if config:
        (home / "JUPYTER_CONFIG_DIR" / "labconfig").mkdir(parents=True)
        (home / "JUPYTER_CONFIG_DIR" / "labconfig" / "page_config.json").write_text(json.dumps(config))
    cells = [new_code_cell(source.strip()) for source in (*CELLS, *more)]
    for name in ("one.ipynb", "two.ipynb"):
        nbformat.write(new_notebook(cells=cells, metadata=METADATA), folder / name)
    return start_lab(folder, "one.ipynb", home)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    process, address = started(tmp_path_factory.mktemp("lab"))
    yield address
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture(scope="module", params=["lab/tree/one", "notebooks/two"], ids=["JupyterLab", "Notebook 7"])
def page(request, browser, lab):
    """The notebook in one of the two, at 1366 × 768, run from top to bottom."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.problems = []
    page.goto(lab.replace("lab/tree/one", request.param))
    run_cells(page)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.wait_for_function(f"{TEXTS}.join() == '0,0,endless'")
    yield page
    page.close()


def run_cells(page, more=0):
    if "/lab/" in page.url:
        page.get_by_text(IDLE).first.wait_for()
    page.wait_for_function(RESTS_ON, polling=100)
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(f"({PROMPTS}).at(-1) == '[{len(CELLS) + more}]:'", timeout=60_000)


def choose(page, menu, entry):
    page.locator(".lm-MenuBar-item", has_text=menu).first.click()
    page.locator(".lm-Menu-item", has_text=entry).first.click()


def view(page, place):
    return page.locator(".scene-view").nth(place)


def shows(page, place, text, timeout=10_000):
    view(page, place).locator("text", has_text=text).wait_for(timeout=timeout)


def shown(page, place):
    return view(page, place).locator("text").text_content().strip()


def touch(page, place):
    """Click in the middle of the box, asked for in one go: while it plays, each frame brings another box."""
    view(page, place).scroll_into_view_if_needed()
    page.mouse.click(*view(page, place).evaluate(MIDDLE))


def test_a_click_arrives_and_the_picture_changes(page):
    before = int(shown(page, 0).split(":")[0])
    touch(page, 0)
    shows(page, 0, f"{before + 1}: click")
    page.wait_for_function("document.querySelectorAll('.scene-stand-in').length == 0")
    assert page.problems == []


def test_no_letter_reaches_jupyter(page):
    cells = page.locator(".jp-CodeCell").count()
    view(page, 0).locator("rect[data-touch]").focus()
    for key in ("x", "d", "d", "b", "a", "ArrowDown", "Enter", "Shift+Enter", "z"):
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    shows(page, 0, "key z")
    assert page.locator(".jp-CodeCell").count() == cells
    assert page.evaluate("document.activeElement.dataset.touch") == "box"
    page.keyboard.press("Tab")
    assert not view(page, 0).evaluate("view => view.contains(document.activeElement)")


def test_it_plays_a_click_is_served_before_frames_and_pauses(page):
    touch(page, 1)
    page.wait_for_function(f"Number({TEXTS}[1]) > 5")
    page.wait_for_timeout(600)  # so that the next is no double click
    touch(page, 1)
    rested(page, lambda: shown(page, 1))


def test_interrupt_ends_what_a_touch_began_and_a_play(page):
    touch(page, 2)
    shows(page, 2, "begun")
    interrupt(page)
    shows(page, 2, "KeyboardInterrupt")
    begun = int(shown(page, 1))
    touch(page, 1)
    page.wait_for_function(f"Number({TEXTS}[1]) > {begun + 5}")
    interrupt(page)
    rested(page, lambda: shown(page, 1))
    touch(page, 0)
    shows(page, 0, "click")  # the kernel is alive


def interrupt(page):
    choose(page, "Kernel", "Interrupt Kernel")


def test_a_page_that_is_loaded_again_shows_the_present_picture_and_goes_on_playing(page):
    count, frames = int(shown(page, 0).split(":")[0]), int(shown(page, 1))
    touch(page, 0)
    shows(page, 0, f"{count + 1}: ")  # a double click, if it comes soon after another
    touch(page, 1)
    page.wait_for_function(f"Number({TEXTS}[1]) > {frames + 5}")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        choose(page, "File", "Save Notebook")
    before, played = shown(page, 0), int(shown(page, 1))
    page.reload()
    shows(page, 0, before, timeout=60_000)
    page.wait_for_function(f"Number({TEXTS}[1]) > {played + 5}")
    touch(page, 1)
    touch(page, 0)
    shows(page, 0, f"{count + 2}: click")
    assert page.locator(".scene-stand-in").count() == 0


@pytest.fixture
def drawing_page(tmp_path, browser):
    process, address = started(tmp_path, more=[DRAWING])
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(address)
    run_cells(page, more=1)
    yield page
    page.close()
    process.terminate()
    process.communicate(timeout=20)


def test_a_digit_is_drawn_by_mouse_and_by_keys_and_read(drawing_page):
    page = drawing_page
    paper = view(page, 3)
    paper.scroll_into_view_if_needed()
    stroke = [(0, 2), (0, 5), (7, 3)]
    page.mouse.move(*paper.evaluate(PLACE, stroke[0]))
    page.mouse.down()
    for place in stroke[1:]:
        page.mouse.move(*paper.evaluate(PLACE, place), steps=6)
    paper.locator("[data-touch='pixel[7, 3]'][data-label$=' 16 of 16']").wait_for()
    assert not paper.locator(".scene-tip").is_visible(), "the words would hide what is drawn"
    page.mouse.up()
    labels = rested(page, lambda: paper.evaluate(LABELS))
    pixels = np.array([int(label.split()[-3]) for label in labels]) / 16
    assert (pixels.reshape(8, 8)[0, 2:6] == 1).all() and pixels.reshape(8, 8)[4:, 6:].sum() == 0
    names = {}
    exec(DRAWING, names)
    texts = paper.locator("text").all_text_contents()
    for output in names["reader"].probability(pixels.reshape(64, 1)).ravel():
        assert f"{output:.3f}" in texts
    page.mouse.click(*paper.evaluate(PLACE, (5, 0)))
    paper.locator("[data-touch='pixel[5, 0]'][data-label$=' 16 of 16']").wait_for()
    for key, label in {"ArrowDown": "6, column 0: 5", "Space": "6, column 0: 16"}.items():
        page.keyboard.press(key)  # the pen is where the click was, and has the focus
        paper.locator(f"[data-touch=pen][data-label='pixel row {label} of 16']").wait_for()
    page.get_by_role("button", name="Clear").click()
    paper.locator("[data-touch='pixel[0, 2]'][data-label$=' 0 of 16']").wait_for()
    page.mouse.click(*paper.evaluate(PLACE, (0, 3)))
    paper.locator("[data-touch=pen][data-label$=' 3: 16 of 16']").wait_for()
    page.keyboard.press("Delete")
    paper.locator("[data-touch=pen][data-label$=' 3: 0 of 16']").wait_for()
    for key, label in {"ArrowRight": "4: 5", "Space": "4: 16", "ArrowDown": "4: 5", "Delete": "4: 0"}.items():
        page.keyboard.press(key)
        paper.locator(f"[data-touch=pen][data-label$='column {label} of 16']").wait_for()
    assert violations(page, ".widget-vbox:has([data-touch=pen])") == []
    page.get_by_role("button", name="Show a test digit").click()
    paper.locator("[data-touch='pixel[0, 3]'][data-label$=' 13 of 16']").wait_for()


def test_without_the_module_the_picture_shows_and_plays(tmp_path, browser):
    process, address = started(
        tmp_path, NO_MODULE, ["from helpers.widgets import explore_neuron\nexplore_neuron()"]
    )
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(address)
    run_cells(page, more=1)
    stand_in = page.locator(".scene-stand-in")
    stand_in.nth(2).wait_for()
    assert page.locator(".scene-view").count() == 0
    assert stand_in.nth(0).get_by_text("without anywidget").is_visible()
    assert not page.get_by_text("Click to show javascript error").first.is_visible()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(f"Number({TEXTS.replace('view', 'stand-in')}[1]) > 5")
    page.get_by_role("button", name="Play").click()
    rested(page, lambda: stand_in.nth(1).locator("text").text_content())
    neuron = stand_in.nth(3)
    assert "x = 2" in neuron.locator("svg").text_content()
    page.get_by_label("x", exact=True).fill("-1.5")
    page.keyboard.press("Tab")
    neuron.locator("text", has_text="x = −1.5").wait_for()
    page.close()
    process.terminate()
    process.communicate(timeout=20)
