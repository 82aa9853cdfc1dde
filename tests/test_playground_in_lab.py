"""The playground in JupyterLab and in Notebook 7: one page, whose cell runs again before each test."""

import math

import nbformat
import pytest

from helpers.playground.points import MADE_UP
from helpers.widgets.playground_controls import ABOVE, BELOW, OF_LAYERS, TIMES
from tests.in_lab import TOO_WIDE, TROUBLE, Played, run_all, run_below
from tests.support import EARLY, MIDDLE, RESTS_ON, WIDGET, rested
from tests.widget_cases import TABLE, opened_by, playground_notebook

RESTING = ("output", *OF_LAYERS)  # two classes have one sigmoid, and one hidden layer has no second


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
    assert played.rested() > 100
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
            played.until(lambda: "A1[3]" in played.text and "A1[4]" not in played.text)
        if label == "learning rate":
            played.type(label, "0.01")  # with batches of one example a larger one diverges, which pauses
    played.press("Pause")
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
        played.until(lambda part=part: part in played.field("this playground as code"))


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
    assert played.value("learning rate") == 0.05 and played.focused == "slider"
    power = "() => Number(document.activeElement.ariaValueText)"
    played.until(lambda: abs(played.page.evaluate(power) - math.log10(0.05)) < 0.03)  # it has been told
    values = [0.05]
    for _ in range(8):  # the slider does not fight back
        played.page.keyboard.press("ArrowRight")
        played.until(lambda: played.value("learning rate") != values[-1])
        played.page.wait_for_timeout(120)
        values.append(played.value("learning rate"))
    assert values == sorted(set(values)), values
    assert values[-1] == pytest.approx(0.05 * 10**0.4, rel=0.15)


def test_a_click_in_the_cost_curve_goes_back_to_that_epoch(played):
    played.press("Play")
    played.until(lambda: played.epoch > 300)
    played.page.keyboard.press("Space")
    last = played.rested()
    played.page.mouse.click(*played.box.evaluate(EARLY, "cost curve"))
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


def test_points_by_hand_and_a_csv_file(played, working_copies):
    (working_copies / "mine.csv").write_text(TABLE)
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
    played.press("Copy")
    played.shows("Copied.")
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
    rested(played.page, lambda: played.drawn)
    played.press("Play")
    _, said = rested(played.page, lambda: (played.drawn, played.said))
    assert "your backward" in said
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
        assert played.rested() == 0
    assert run_below(played.page, models) == before


def test_at_150_percent_the_playground_needs_no_sideways_scrolling(played):
    played.page.set_viewport_size({"width": 1280 * 2 // 3, "height": 720 * 2 // 3})
    played.page.wait_for_timeout(500)
    assert played.box.evaluate_all(TOO_WIDE) == 0
    played.page.set_viewport_size({"width": 1400, "height": 1000})


def test_the_playground_in_notebook_7(browser, lab, working_copies):
    """There the arrow keys do not reach a slider's handle, whose typed input does the same."""
    nbformat.write(playground_notebook(), working_copies / "in_notebook_7.ipynb")
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(lab.replace("lab/tree/00_start_here", "notebooks/in_notebook_7"))
    page.wait_for_function(RESTS_ON, polling=100)
    run_all(page, 2)
    played = Played(page)
    played.run_again()
    played.press("Play")
    played.until(lambda: played.epoch > 100)
    assert played.focused == "Pause"
    played.type("hidden units", "4")
    played.goes_on()
    played.until(lambda: "A1[3]" in played.text and played.field("hidden units") == "4")
    played.choose("data set", "xor")
    played.goes_on()
    played.press("Pause")
    assert played.rested() > 0
    for _ in range(2):
        played.press("Play")
        played.goes_on()
        played.run_again()
        assert played.rested() == 0
    assert page.locator(TROUBLE).count() == 0
    page.close()
