"""The widgets without a browser: every value of every control, what they say, and who owns the state."""

import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import datasets, network, scenes, widgets, words
from helpers.computation_graph import Node, log
from helpers.trainer import Trainer
from helpers.widgets.scene_view import PLAYING
from tests.support import NASTY, assert_legible, random_graph, said, svg, values
from tests.widget_cases import CASES, OWN, PLAYED, SETUP, expected


def opened(name):
    """The explorer of a case, as its cell makes it."""
    names = {}
    exec(SETUP, names)
    return eval(CASES[name][0] if name in CASES else OWN, names)


@pytest.mark.parametrize("name", CASES)
def test_every_control_at_its_lowest_middle_and_highest_value(name):
    explorer = opened(name)
    for key, field in explorer.fields.items():
        for value in values(field):
            field.value = value
            assert "No picture" not in said(explorer), (key, value, said(explorer))
            root = ET.fromstring(svg(explorer))
            assert root.get("role") == "img" and len(said(explorer)) > 20
    assert all(float(n) >= 0 for n in explorer.size)


@pytest.mark.parametrize("name", CASES)
def test_a_widget_shows_what_the_helpers_compute(name):
    explorer, scene = opened(name), expected(name)
    for label, typed in CASES[name][1].items():
        field = explorer.fields[label.replace(" ", "_")]
        field.value = type(field.value)(typed)
    assert svg(explorer) == scene.svg and said(explorer) == scene.line


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("graph", "training")])
def test_scenes_are_legible_at_the_ends(name):
    explorer = opened(name)
    pictures = []
    for field in explorer.fields.values():
        for value in values(field):
            field.value = value
            pictures.append(svg(explorer))
    for picture in pictures:
        assert_legible(
            scenes.Scene(picture, ET.fromstring(picture).find("{http://www.w3.org/2000/svg}desc").text)
        )


@pytest.mark.parametrize("name", PLAYED)
def test_step_and_reset(name):
    explorer = opened(name)
    time_field = explorer.fields["epoch" if "epoch" in explorer.fields else "step"]
    first = svg(explorer)
    explorer.buttons["Step"].click()
    assert time_field.value == time_field.min + time_field.step == explorer.play.value
    assert svg(explorer) != first or name == "starts"  # nothing moves from zero
    explorer.buttons["Step back"].click()
    assert time_field.value == time_field.min
    setattr(explorer.play, PLAYING, True)
    time_field.value = time_field.max
    explorer.buttons["Reset"].click()
    assert not getattr(explorer.play, PLAYING) and time_field.value == explorer.play.value == time_field.min
    assert svg(explorer) == first or name == "training"  # whose curve has become longer


@pytest.mark.parametrize("name", ["descent", "parabola", "valley"])
def test_one_step_is_one(name):
    explorer = opened(name)
    explorer.fields["step"].value = 1
    assert "fter 1 step" in said(explorer) and "1 steps" not in said(explorer)


@pytest.mark.parametrize("name", PLAYED)
def test_the_button_says_what_it_would_do(name):
    explorer = opened(name)
    button, width = explorer.buttons["Play"], explorer.buttons["Play"].layout.width
    assert button.description == "Play"
    setattr(explorer.play, PLAYING, True)
    assert button.description == "Pause"
    explorer.buttons["Step"].click()
    assert button.description == "Play" and button.layout.width == width != "auto"


def test_nothing_jumps_while_a_graph_is_stepped_through():
    explorer = widgets.explore_graph(random_graph(3))
    size = explorer.size
    for step in range(explorer.fields["step"].max + 1):
        explorer.fields["step"].value = step
        assert explorer.size == size


def test_a_graph_is_copied_and_its_inputs_move_at_any_step():
    a, b = Node(2, "a"), Node(3, "b")
    explorer = widgets.explore_graph((a * b).named("J"), b=(0, 10))
    explorer.fields["step"].value = 3
    explorer.fields["b"].value = 7
    assert "J to b: 1 × 2 = 2" in svg(explorer) and "J = a × b = 2 × 7 = 14" in svg(explorer)
    assert b.value == 3 and a.gradient == 0
    assert explorer.fields["b"].max == 10 and explorer.fields["a"].min == -4


def test_a_graph_with_odd_names_forty_nodes_and_no_backward_pass():
    explorer = widgets.explore_graph((Node(1, NASTY) * Node(2, NASTY) * Node(3) + Node(4, "step")).named("J"))
    assert list(explorer.fields) == ["step", NASTY, f"{NASTY} 2", "input", "step 4"]
    assert "<b>" not in explorer.picture.present
    assert widgets.explore_graph(random_graph(1, size=40)).fields["step"].max > 30
    forward = widgets.explore_graph((Node(1, "a") * 2).named("J"), backward=False)
    assert forward.fields["step"].max == 1
    with pytest.raises(ValueError, match="No input is named 'z'; the graph has"):
        widgets.explore_graph(Node(1, "a") * 2, z=(0, 1))


def test_an_error_is_shown_escaped_and_the_next_value_draws_again():
    x = Node(2, "x")
    explorer = widgets.explore_graph(log(x).named("J"))
    before = explorer.picture.present
    explorer.fields["x"].value = -1.0
    assert "No picture for these values" in said(explorer) and "not above 0" in said(explorer)
    assert "Traceback" in said(explorer) and explorer.picture.present == before
    explorer.fields["x"].value = 1.0
    assert "No picture" not in said(explorer)

    def picture(x=0):
        if x:
            raise ValueError(NASTY)
        return scenes.neuron_scene(1, 0, 0)

    explorer = widgets.explore(picture, x=(0, 1))
    explorer.fields["x"].value = 1
    assert "<b>&" not in explorer.line.value.replace("<b>No picture", "") and NASTY in said(explorer)


def test_what_the_first_picture_raises_reaches_the_cell():
    with pytest.raises(ZeroDivisionError):
        widgets.explore(lambda x: 1 / x, x=(0, 1))


def test_a_figure_is_shown_with_its_sentence_and_closed():
    def picture(n=1, kind="up", grid=True, title="t"):
        figure, ax = plt.subplots(figsize=(4, 3))
        ax.plot([0, n])
        return figure, f"{kind}, {n}, {grid}, {title}"

    before = plt.get_fignums()
    explorer = widgets.explore(picture, n=(0, 3), kind=["up", "down"], grid=True, title="")
    assert said(explorer) == "up, 1, True, t" and 'alt="up, 1, True, t"' in explorer.picture.present
    explorer.fields["kind"].value, explorer.fields["title"].value = "down", NASTY
    assert said(explorer) == f"down, 1, True, {NASTY}" and "<b>" not in explorer.picture.present
    assert plt.get_fignums() == before and explorer.size == (400, 300)


@pytest.mark.parametrize(
    "controls, kind, message",
    [
        ({"x": (1,)}, ValueError, "expected"),
        ({"x": []}, ValueError, "list of choices"),
        ({"x": (0.0, 1.0), "play": "x"}, ValueError, "whole numbers"),
        ({"play": "y"}, ValueError, "needs a control y"),
    ],
)
def test_controls_that_cannot_be_made_are_refused(controls, kind, message):
    with pytest.raises(kind, match=message):
        widgets.explore(lambda x=1: scenes.neuron_scene(1, 0, 0), **controls)


def test_what_is_no_function_or_no_picture_is_refused():
    with pytest.raises(TypeError, match="takes a function"):
        widgets.explore(scenes.neuron_scene(1, 0, 0))
    with pytest.raises(TypeError, match="expected a Scene, a Figure"):
        widgets.explore(lambda: 3)


def test_a_choice_can_be_a_dict_and_starts_can_be_given():
    explorer = widgets.explore(
        lambda w, b: scenes.neuron_scene(w, b, 0), starts={"b": 2.5}, w={"flat": 0, "steep": 3}, b=(0, 5, 0.5)
    )
    assert explorer.fields["w"].value == 0 and "z = w x + b = 0 × 0 + 2.5 = 2.5" in said(explorer)


def test_callbacks_from_several_threads_end_with_the_newest_values():
    inside, together = [], []

    def picture(x=0, y=0):
        inside.append(1)
        together.append(len(inside))
        time.sleep(0.002)
        inside.pop()
        return scenes.neuron_scene(x, y, 0)

    explorer = widgets.explore(picture, x=(0, 50), y=(0, 50))

    def move(name):
        for value in range(1, 51):
            explorer.fields[name].value = value

    threads = [threading.Thread(target=move, args=(name,)) for name in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(together) == 1 and said(explorer) == scenes.neuron_scene(50, 50, 0).line


def test_the_stored_text_is_short_and_the_same_every_time():
    for name in CASES:
        texts = {opened(name)._repr_mimebundle_()["text/plain"] for _ in range(2)}
        assert len(texts) == 1 and len(text := texts.pop()) <= 100 and text.startswith("Widget: "), text


def test_closing_stops_playing_and_takes_everything_away():
    explorer = opened("graph")
    explorer.play.playing = True
    explorer.close()
    assert not explorer.play.playing and explorer.comm is explorer.picture.comm is None


def test_a_learning_rate_too_small_too_large_and_right():
    X, Y = datasets.breast_cancer()
    x, _ = datasets.standardise(X[[0]], X[[0]])
    from helpers.descents import settled_at

    stops = {rate: settled_at(scenes.neuron_walk(x, Y, rate, 100)[:, 2], 0.01, 20) for rate in (0.01, 1, 50)}
    assert stops[0.01] is stops[50] is None and stops[1] < 100
    explodes, closes_in = (
        abs(scenes.parabola_walk(rate, 60)[-1, 0] - 5) for rate in (2 / 9 + 0.01, 2 / 9 - 0.01)
    )
    assert explodes > 30 and closes_in < 1


def test_a_walk_of_one_neuron_goes_against_the_measured_slope():
    X, Y = datasets.breast_cancer()
    x, _ = datasets.standardise(X[[0]], X[[0]])
    start = scenes.neuron_walk(x, Y, 0.1, 1)

    def cost(w, b):
        return scenes.neuron_walk(x, Y, 0.1, 0, start=(w, b))[0, 2]

    h = 1e-6
    w, b, _ = start[0]
    slopes = (cost(w + h, b) - cost(w - h, b)) / 2 / h, (cost(w, b + h) - cost(w, b - h)) / 2 / h
    assert start[1, :2] == pytest.approx([w - 0.1 * slopes[0], b - 0.1 * slopes[1]], rel=1e-6)


def test_twins_stay_twins_and_random_units_part():
    X, Y = datasets.flower()
    explorer = widgets.explore_starts(X, Y, epochs=200)
    explorer.fields["start"].value = "all 0.5"
    explorer.fields["epoch"].value = 200
    assert "unit 0, twin of 1, 2, 3" in svg(explorer) and "1 different row of W1" in said(explorer)
    explorer.fields["start"].value = "random × 0.01"
    assert "twin" not in svg(explorer) and "4 different rows of W1 in 4 units" in said(explorer)


def test_the_numbers_of_the_hidden_units_stand_clear_of_their_names():
    X, Y = datasets.flower()
    explorer = widgets.explore_starts(X, Y, epochs=200)
    assert said(explorer).startswith(
        "After 0 steps: saturated (|A1| above 0.99) 4%, mean slope g′(Z1) 0.471,"
    )
    explorer.fields["epoch"].value = 1
    assert said(explorer).startswith("After 1 step: ") and "after 1 step<" in svg(explorer)


def test_live_training_is_the_same_as_training_at_once_and_is_kept():
    X, Y = datasets.flower()
    live, whole = Trainer(), Trainer(epochs=60)
    explorer = widgets.explore_training(live, X, Y, epochs=200)
    for epoch in (0, 20, 60, 10, 60):  # going back trains nothing
        explorer.fields["epoch"].value = epoch
    whole.train(X, Y, progress=False)
    assert len(live.history.cost) == 61 and live.epochs == 1000
    assert all(np.array_equal(live.parameters[name], whole.parameters[name]) for name in whole.parameters)
    again = widgets.explore_training(live, X, Y, epochs=200)
    assert again.fields["epoch"].value == 60 and len(live.history.cost) == 61


def test_the_chain_below_dW1_is_the_entry_of_dW1():
    X, Y = datasets.flower()
    parameters = {
        "W1": np.eye(2),
        "b1": np.zeros((2, 1)),
        "W2": np.array([[1.0, -2.0], [0.5, 1.0]]),
        "b2": np.zeros((2, 1)),
    }
    scene = scenes.passes_scene(parameters, X[:, :3], np.vstack([Y, 1 - Y])[:, :3], 9, 1, (1, 0))
    A2, cache = network.forward_propagation(X[:, :3], parameters)
    grads = network.backward_propagation(parameters, cache, X[:, :3], np.vstack([Y, 1 - Y])[:, :3])
    assert f"= {words.number(float(grads['dW1'][1, 0]))}" in scene.line
    product = scene.line.split("X[0,1] = ")[1].split(" all:")[0]
    factors, result = (text.replace("−", "-").replace("×", "*") for text in product.rsplit(" = ", 1))
    assert eval(factors) == pytest.approx(float(result), rel=2e-3)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda X, Y, p: scenes.passes_scene(p, X, Y), "up to 6"),
        (
            lambda X, Y, p: scenes.passes_scene(p, X[:, :3], Y[:, :3], 11),
            "step is 11; expected .* from 0 to 10",
        ),
        (
            lambda X, Y, p: scenes.address_scene(p, X[:, :3], 1, 4, 1),
            "neuron 1 for example 4 is none of them",
        ),
        (lambda X, Y, p: widgets.explore_passes(p, X[:, :3], Y.T), "one column for each example"),
    ],
)
def test_what_is_not_there_is_refused(call, message):
    X, Y = datasets.flower()
    with pytest.raises(ValueError, match=message):
        call(X, Y, widgets.STARTS["random × 1"](2, 3, 1))


def test_a_scene_takes_at_most_a_few_milliseconds():
    names = {}
    exec(SETUP, names)
    for name in ("graph", "passes", "neuron", "parabola", "address"):
        call = compile(CASES[name][2], name, "eval")
        times = []
        for _ in range(7):
            start = time.perf_counter()
            eval(call, names)
            times.append(time.perf_counter() - start)
        assert min(times) < 0.02, name  # 5 ms on an idle machine, with room for a busy one


def test_the_example_in_the_contributing_guide_runs():
    guide = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = guide.split("## Make a widget")[1].split("```python\n")[1].split("```")[0]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_a_slider_stands_beside_its_typed_input_which_keeps_values_between_the_steps():
    explorer = widgets.explore_neuron()
    for name, typed in explorer.fields.items():
        (box,) = [box for box in explorer.children[0].children if box.children[0].description == name]
        text, slider = box.children
        assert isinstance(slider, ipywidgets.FloatSlider)
        typed.value = 1.23
        assert slider.value == 1.23 and text.value == "1.23"
        slider.value = 1.2  # what the browser makes of it
        assert typed.value == 1.23
        slider.value = 1.3
        assert typed.value == 1.3 and text.value == "1.3"
