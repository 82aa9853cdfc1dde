"""The gestures that are tried in JupyterLab one by one, in Notebook 7."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers.lessons import METADATA
from tests.in_lab import ON_ARROW, Operated, Played, numbers_of, run_all, run_anew
from tests.support import EARLY, RESTS_ON, WIDGET, start_lab
from tests.widget_cases import (
    BY_HAND,
    CASES,
    REACH,
    SETUP,
    TOUCHED,
    opened_by,
    playground_notebook,
    scene_of,
)

# all of BY_HAND; what stands in one line is done one after the other to one playground
TOURS = [
    [("a weight's formula", "mouse"), ("a bias's formula", "mouse"), ("a unit's formula", "mouse"),
     ("a weight's formula", "keys"), ("a bias's formula", "keys"), ("a unit's formula", "keys"),
     ("a weight", "dragged"), ("a weight", "typed"), ("a weight", "written"), ("a point", "mouse"),
     ("the example", "mouse")],
    [("a point moved", "mouse"), ("a weight", "keys"), ("a point of the other class", "mouse"),
     ("a point", "keys")],
    [("a point removed", "mouse"), ("a point of class 0", "mouse")],
    [("the example moved", "keys"), ("a point of class 0", "keys")],
    [("a point removed", "keys"), ("the example", "keys"), ("back to an epoch", "keys")],
    [("undo", "of a weight"), ("undo", "of a point moved"), ("undo", "of going back")],
]  # fmt: skip


class WithoutTab:
    """What is named in a picture is given the focus at once, which saves half of the time."""

    def tab_to(self, label):
        name = label.removeprefix("picture: ")
        self.element(name).focus() if name != label else super().tab_to(label)


class Widget(WithoutTab, Operated):
    """One of the widgets, each of which has a cell of its own."""


class Playing(WithoutTab, Played):
    """The playground."""


@pytest.fixture(scope="module")
def open_notebook(browser, tmp_path_factory):
    """A function that opens the notebook of the widgets or the playground's in Notebook 7, and runs it."""
    folder, pages = tmp_path_factory.mktemp("notebooks"), []
    cells = [SETUP, *(CASES[name][0] for name, how in TOUCHED)]
    widgets = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=METADATA)
    notebooks = {"widgets": widgets, "playground": playground_notebook()}
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    process, address = start_lab(folder, "widgets.ipynb", tmp_path_factory.mktemp("home"))

    def opened(name):
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(address.replace("lab/tree/widgets", f"notebooks/{name}"))
        page.wait_for_function(RESTS_ON, polling=100)
        run_all(page, len(notebooks[name].cells))
        page.problems = []  # from now on: when it opens, Notebook 7 has one of its own
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture(scope="module")
def widgets_page(open_notebook):
    page = open_notebook("widgets")
    page.wait_for_function(f"document.querySelectorAll({WIDGET!r}).length == {len(TOUCHED)}")
    return page


@pytest.fixture
def operated(widgets_page):
    """A function that finds the widget of a gesture; afterwards nothing has gone wrong in the page."""
    yield lambda name, how: Widget(widgets_page, [*TOUCHED].index((name, how)))
    assert widgets_page.problems == []


@pytest.mark.parametrize("name, how", TOUCHED)
def test_what_is_touched_moves_the_controls_and_the_picture(name, how, operated):
    widget, (gestures, expression) = operated(name, how), TOUCHED[name, how]
    widget.comes_to(gestures, scene_of(expression))


def test_an_arrow_says_at_once_what_goes_back_along_it(operated):
    widget = operated("graph", "mouse")
    widget.type("step", "5")
    widget.until(lambda: "upstream gradient 3" in widget.said)
    arrow = widget.element("backward 1")
    arrow.evaluate("element => element.scrollIntoView({ block: 'center' })")
    widget.page.mouse.move(*arrow.evaluate(ON_ARROW))
    assert widget.box.locator(".scene-tip").inner_text() == "J to v: upstream 1 × local 3 = 3"


def test_tab_goes_through_all_that_can_be_touched(operated):
    widget = operated("neuron", "keys")
    widget.select()
    found, touched = (
        [],
        widget.box.locator("[data-touch]").evaluate_all(
            "all => all.filter(one => one.tabIndex == 0).map(one => `picture: ${one.dataset.touch}`)"
        ),
    )
    while len(found) < 40 and touched[-1] not in found:
        widget.page.keyboard.press("Tab")
        found.append(widget.focused)
    assert [name for name in found if name in touched] == touched


@pytest.fixture(scope="module")
def playground_page(open_notebook):
    page = open_notebook("playground")
    page.locator(WIDGET).locator("svg > desc").last.wait_for(state="attached")
    return page


@pytest.fixture
def played(playground_page):
    yield from run_anew(Playing(playground_page))


def test_no_gesture_is_left_out():
    assert sorted(key for tour in TOURS for key in tour) == sorted(BY_HAND)


@pytest.mark.parametrize("tour", TOURS, ids=range(1, len(TOURS) + 1))
def test_what_is_done_by_hand_is_what_the_line_of_code_says_and_opens(tour, played):
    told, changes = {}, []
    for key in tour:
        gestures, says = BY_HAND[key]
        for gesture in gestures:
            before = played.code, played.box.locator(".scene-picture").last.inner_html()
            played.by_hand(*gesture)
            played.until(
                lambda b=before: b != (played.code, played.box.locator(".scene-picture").last.inner_html())
            )
        told, changes = told | says, [*changes, *says.get("changes", [])]
        expected = told | {"changes": changes} if changes else told
        arrived = lambda e=expected: agree(opened_by(played.code)[1], e)  # noqa: E731
        if gestures[-1][0] == "double at":
            played.double(gestures[-1], arrived)
        played.until(arrived)
        here, _ = opened_by(played.code)
        played.until(lambda here=here: played.drawn == here.scene.description)


def agree(said, told):
    """Whether a line of code says what was done; places in the plane within a pixel and a half."""
    one, other = (values.get("changes", []) for values in (said, told))
    alike = [change[:2] for change in one] == [change[:2] for change in other]
    near = alike and numbers_of(one) == pytest.approx(numbers_of(other), abs=1.5 * 2 * REACH / 296)
    return near and all(said[k] == told[k] for k in told if k != "changes") and said.keys() == told.keys()


def test_a_unit_is_pointed_at_and_the_cost_curve_clicked(played):
    played.looks_at_units()
    played.box.get_by_role("button", name="Play").click()
    played.until(lambda: played.epoch > 300)
    played.box.get_by_role("button", name="Pause").click()
    last = played.rested()
    played.page.mouse.click(*played.box.evaluate(EARLY, "cost curve"))
    played.until(lambda: played.epoch != last and f"epochs={played.epoch})" in played.code)
    here, _ = opened_by(played.code)
    assert 0 < here.experiment.epoch == played.epoch < last and here.scene.line == played.said.strip()
