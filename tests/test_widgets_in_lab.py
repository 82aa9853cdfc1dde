"""The widgets: one notebook with all of them in JupyterLab, operated with the keyboard alone."""

import os

import nbformat
import pytest

from tests.axe import violations
from tests.in_lab import FOCUSED, ON_ARROW, TOO_WIDE, Operated, lessons_opened_in, run_all, run_below
from tests.support import IDLE, WIDGET, rested
from tests.widget_cases import CASES, PLAYED, TOUCHED, expected, notebook, scene_of


@pytest.fixture(scope="module")
def widgets_page(browser, lab, working_copies):
    """The notebook with all widgets, run once."""
    nbformat.write(notebook(), working_copies / "widgets.ipynb")
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
    widget.until(lambda: widget.value(label) <= 1)  # its first step is 0, or 1
    widget.page.wait_for_timeout(300)
    start, before = widget.value(label), widget.said
    widget.press("Step")
    widget.until(lambda: widget.value(label) > start and widget.said != before)
    step = widget.value(label) - start
    widget.press("Play")
    widget.until(lambda: widget.focused == "Pause")
    widget.until(lambda: widget.value(label) >= start + 3 * step)
    widget.page.keyboard.press("Space")  # the focus is still on it
    widget.until(lambda: widget.focused == "Play")
    rested(widget.page, lambda: (widget.value(label), widget.said), 0.9 if name == "graph" else 0.6)
    widget.press("Reset")
    widget.until(lambda: widget.value(label) == start)


def test_arrow_keys_move_a_slider_and_its_picture(operated):
    widget = operated("neuron")
    before = widget.value("x")
    widget.tab_to("x")
    widget.page.keyboard.press("Tab")
    assert "slider" in widget.page.evaluate(FOCUSED)
    widget.page.keyboard.press("ArrowLeft")
    widget.shows(f"× {before - 0.1:.1f}")
    assert widget.value("x") == pytest.approx(before - 0.1)


@pytest.mark.parametrize("label", ["learning rate", "Play", "start w", "slider"])
def test_no_letter_on_a_control_reaches_jupyter_where_it_would_cut_or_add_cells(label, operated):
    widget = operated("descent")
    widget.run_cell()
    cells = widget.page.locator(".jp-Cell").count()
    widget.tab_to("start w" if label == "slider" else label)
    if label == "slider":
        widget.page.keyboard.press("Tab")
    assert widget.focused == label
    for key in "bax":
        widget.page.keyboard.press(key)
        widget.page.wait_for_timeout(100)
    assert widget.page.locator(".jp-Cell").count() == cells and widget.box.is_visible()
    assert widget.focused == label


@pytest.mark.parametrize("name, how", TOUCHED)
def test_what_is_touched_moves_the_controls_and_the_picture(name, how, operated):
    widget, (gestures, expression) = operated(name), TOUCHED[name, how]
    widget.run_cell()
    widget.comes_to(gestures, scene_of(expression))


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
    widget.press("Reset")
    widget.until(lambda: widget.value("step") == 0)
    widget.press("Play")
    widget.until(lambda: widget.value("step") > 0)
    widget.select()
    widget.page.keyboard.press("Control+Enter")
    widget.shows("Nothing is computed yet.")
    rested(widget.page, lambda: widget.value("step"), 1.5)
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


def test_a_restarted_kernel_leaves_the_page_usable_and_the_picture_says_so(operated):
    widget = operated("graph")
    above = """box => getComputedStyle(box.querySelector(".scene-view"), "::after").content"""
    assert widget.box.evaluate(above) == "none"
    widget.press("Play")
    widget.page.wait_for_timeout(700)
    widget.page.locator(".lm-MenuBar-item", has_text="Kernel").click()
    widget.page.get_by_text("Restart Kernel…", exact=True).click()
    widget.page.locator(".jp-Dialog .jp-mod-accept").click()
    widget.page.wait_for_timeout(1500)
    widget.page.get_by_text(IDLE).wait_for()
    widget.until(lambda: "Run this cell again." in widget.box.evaluate(above), seconds=30)
    assert run_below(widget.page, "6 * 7") == "42"
