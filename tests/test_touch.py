"""What is touched in a picture moves the controls, and the picture is that of their values."""

import math
import re
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from helpers import datasets, scenes, widgets
from helpers.computation_graph import Node
from helpers.network import initialize_parameters
from helpers.passes import numbers_of_passes, paths_to_weight
from helpers.scenes.paths import path_touched
from helpers.scenes.svg import touchable
from helpers.widgets.numbers import number_typed
from helpers.words import number
from tests.support import NASTY, drag, element_named, said, svg, touch
from tests.widget_cases import CASES, SETUP


@pytest.fixture
def names():
    found = {}
    exec(SETUP, found)
    return found


@pytest.fixture
def opened(names):
    return lambda name: eval(CASES[name][0], names)


def state(explorer):
    return {name: field.value for name, field in explorer.fields.items()}


def touches(explorer):
    return [e.get("data-touch") for e in ET.fromstring(svg(explorer)).iter() if e.get("data-touch")]


@pytest.mark.parametrize("name", CASES)
def test_every_touch_has_a_name_of_its_own_and_words_with_a_number(name, opened):
    explorer = opened(name)
    for step in {*(5, 9)} if "step" in explorer.fields else {0}:
        if step:
            explorer.fields["step"].value = step
        found = touches(explorer)
        assert len(found) == len(set(found))
        assert found or name in ("starts", "training")
        for one in found:
            label = element_named(explorer, one).get("data-label")
            assert any(c.isdigit() for c in label) or "not computed" in label


def test_a_result_and_an_arrow_lead_to_their_steps(names, opened):
    explorer, graph = opened("graph"), names["graph"]
    touch(explorer, "forward 2")
    assert explorer.fields["step"].value == 2 and svg(explorer) == graph(2).svg
    assert element_named(explorer, "forward 3").get("data-label") == "J = not computed yet"
    touch(explorer, "c")
    assert explorer.fields["step"].value == 8 and svg(explorer) == graph(8).svg
    assert "J to v: upstream 1 × local 3 = 3" in svg(explorer)
    touch(explorer, "backward 1")
    assert explorer.fields["step"].value == 4 and "step 5 back, not computed yet" in svg(explorer)
    explorer.play.playing = True
    touch(explorer, "backward 5")
    assert not explorer.play.playing and svg(explorer) == graph(8).svg


def test_an_input_is_dragged_typed_and_moved_by_arrow_keys_at_any_step(names, opened):
    explorer, graph = opened("graph"), names["graph"]
    touch(explorer, "forward 3")
    drag(explorer, "b", (100, 50), (120, 50), (160, 90))
    assert explorer.fields["b"].value == 6.0  # its control goes from −6 to 6: 60 of 240
    assert svg(explorer) == graph(3, b=6.0).svg
    drag(explorer, "b", (100, 50), (-900, 50))
    assert explorer.fields["b"].value == -6.0
    for key, value in {"ArrowRight": -5, "PageUp": 5, "ArrowDown": 4, "End": 6, "Home": -6, "x": -6}.items():
        touch(explorer, "b", "key", key=key)
        assert explorer.fields["b"].value == value
    touch(explorer, "b", "text", text="−2,5")
    assert explorer.fields["b"].value == -2.5 and svg(explorer) == graph(3, b=-2.5).svg
    for text in ("7", "nan", "", "<b>", "x" * 150):
        before = svg(explorer)
        touch(explorer, "b", "text", text=text)
        assert re.fullmatch("b.{,90} It stays −2.5.", said(explorer)) and "<b>" not in explorer.line.value
        assert svg(explorer) == before and explorer.fields["b"].value == -2.5


def test_without_a_backward_pass_no_touch_leads_back():
    explorer = widgets.explore_graph((Node(1, "a") * 2).named("J"), backward=False)
    touch(explorer, "a")
    assert explorer.fields["step"].value == 0
    touch(explorer, "forward 1")
    assert explorer.fields["step"].value == 1 and touches(explorer) == ["a", "forward 1"]


def test_inputs_with_odd_names_are_touched_by_their_own():
    J = (Node(1, NASTY) * Node(2, NASTY) + Node(3, "forward 1") * Node(4, "step")).named("J")
    explorer = widgets.explore_graph(J)
    assert sorted(touches(explorer)) == sorted(
        [*list(explorer.fields)[1:], *(f"forward {k}" for k in (1, 2, 3))]
    )
    for name in list(explorer.fields)[1:]:
        touch(explorer, name, "key", key="ArrowRight")
        assert explorer.fields[name].value == explorer.starts[name] + 1


def test_a_unit_a_column_and_an_entry_choose_the_address(names, opened):
    explorer, X = opened("address"), names["X"][:, :5]
    for name, address in {
        "A2[0]": (2, 1, 1),
        "A2[:, 3]": (2, 4, 1),
        "X[1]": (0, 4, 2),
        "X[0, 2]": (0, 3, 1),
        "A1[2]": (1, 3, 3),
    }.items():
        touch(explorer, name)
        assert tuple(state(explorer).values()) == address
        assert svg(explorer) == scenes.address_scene(names["parameters"], X, *address).svg
    A1 = numbers_of_passes(names["parameters"], X)["A1"]
    assert element_named(explorer, "A1[2]").get("data-label") == f"A1[2] = {number(A1[2, 2])}"
    assert element_named(explorer, "A1[1, 4]").get("data-label") == f"A1[1, 4] = {number(A1[1, 4])}"


def test_a_step_an_example_and_an_entry_of_dW1_are_chosen_in_the_passes(names, opened):
    explorer, data = opened("passes"), (names["X"][:, :4], names["Y"][:, :4])

    def is_drawn(step, example, entry):
        assert list(state(explorer).values()) == [step, example, *entry]
        scene = scenes.passes_scene(names["parameters"], *data, step - 1, example, entry)
        assert svg(explorer) == scene.svg and said(explorer) == scene.line

    touch(explorer, "step 8")
    is_drawn(8, 0, (0, 0))
    assert said(explorer).startswith("Step 8 of 11: dA1 = W2.T @ dZ2;")
    touch(explorer, "dA1[:, 2]")
    is_drawn(8, 2, (0, 0))
    touch(explorer, "step 10")
    touch(explorer, "dW1[2, 1]")
    is_drawn(10, 2, (2, 1))
    dW1 = numbers_of_passes(names["parameters"], *data)["dW1"]
    assert element_named(explorer, "dW1[2, 1]").get("data-label") == f"dW1[2, 1] = {number(dW1[2, 1])}"
    touch(explorer, "X[:, 3]")  # a row of X.T
    is_drawn(10, 3, (2, 1))


def test_the_paths_to_an_entry_add_up_to_it_for_any_sizes():
    rng = np.random.default_rng(3)
    for n0, n1, n2, m in ((2, 3, 1, 5), (1, 1, 2, 3), (4, 2, 3, 2)):
        parameters = initialize_parameters(n0, n1, n2, seed=1, scale=1)
        X, Y = rng.normal(size=(n0, m)), rng.integers(0, 2, (n2, m))
        numbers = numbers_of_passes(parameters, X, Y)
        for j, k in np.ndindex(n1, n0):
            paths = paths_to_weight(numbers, (j, k))
            assert len(paths) == n2 * m
            assert sum(path["so_far"][-1] for path in paths) / m == pytest.approx(numbers["dW1"][j, k])
            for path in paths:
                o, i = path["output"], path["example"]
                assert path["places"] == {"dZ2": (o, i), "W2": (o, j), "g′(Z1)": (j, i), "X": (k, i)}
                assert path["so_far"][-1] == pytest.approx(math.prod(path["factors"].values()))


def test_a_path_and_an_entry_are_chosen_beside_the_matrices(names, opened):
    explorer, data = opened("paths"), (names["X"][:, :4], names["Y"][:, :4])
    for name, chosen in {
        "path 3": (0, 0, 3),
        "dW1[2, 1]": (2, 1, 0),
        "dZ2[0, 1]": (2, 1, 2),
        "X[0, 3]": (2, 0, 4),
        "g′(Z1)[1, 2]": (1, 0, 3),
        "W2[0, 2]": (2, 0, 1),
    }.items():
        touch(explorer, name)
        assert tuple(state(explorer).values()) == chosen, name
        scene = scenes.paths_scene(names["parameters"], *data, chosen[:2], chosen[2])
        assert svg(explorer) == scene.svg and said(explorer) == scene.line
    numbers = numbers_of_passes(names["parameters"], *data)
    x = number(numbers["X"][0, 3], 3)
    assert element_named(explorer, "X[0, 3]").get("data-label") == f"X[0, 3] = {x}"
    label = element_named(explorer, "path 4").get("data-label")
    product = paths_to_weight(numbers, (2, 0))[3]["so_far"][-1]
    assert label.startswith("path 4: example 3: dZ2[0, 3] × W2[0, 2] × g′(Z1)[2, 3] × X[0, 3] = ")
    assert label.endswith(f" = {number(product, 3)}")


def test_with_several_outputs_a_touched_factor_chooses_a_path_that_has_it(names):
    parameters = initialize_parameters(2, 3, 2, seed=1, scale=1)
    numbers = numbers_of_passes(parameters, names["X"][:, :3], np.vstack([names["Y"], names["Y"]])[:, :3])
    paths = paths_to_weight(numbers, (1, 0))
    for touched in ("dZ2[1, 2]", "W2[1, 1]", "g′(Z1)[1, 2]", "X[0, 1]"):
        matrix, place = touched.split("[")
        path = paths[path_touched(touched, n2=2)["path"] - 1]
        assert path["places"][matrix] == tuple(map(int, place[:-1].split(", ")))
    assert path_touched("Y[0, 1]") is None and path_touched("step 3") is None


@pytest.mark.parametrize(
    "entry, path, words",
    [((3, 0), 0, "W1 has the shape (3, 2)"), ((0, 0), 5, "from 0, none, to 4")],
)
def test_a_path_that_is_not_there_is_refused(entry, path, words, names):
    X, Y = names["X"][:, :4], names["Y"][:, :4]
    with pytest.raises(ValueError, match=re.escape(words)):
        scenes.paths_scene(names["parameters"], X, Y, entry, path)
    with pytest.raises(ValueError, match="give 8 paths; up to 6"):
        parameters = initialize_parameters(2, 3, 2, seed=1)
        scenes.paths_scene(parameters, X, np.vstack([Y, Y]))


def test_the_row_and_the_column_that_make_an_entry_of_dW1_light_up(names):
    X, Y = names["X"][:, :4], names["Y"][:, :4]
    numbers = numbers_of_passes(names["parameters"], X, Y)
    scene = scenes.passes_scene(names["parameters"], X, Y, 9, 1, (2, 0))
    parts = scene.svg.split("\n")
    lit = [after for part, after in zip(parts, parts[1:], strict=False) if scenes.NEWEST in part]
    expected = [*numbers["dZ1"][2], *X[0]]
    assert [text.split(">")[1].split("<")[0] for text in lit] == [number(float(v)) for v in expected]
    assert numbers["dW1"][2, 0] == pytest.approx(numbers["dZ1"][2] @ X[0] / 4)


def test_the_point_and_the_numbers_of_a_neuron_are_dragged(opened):
    explorer = opened("neuron")
    for name, left in {"x, sigmoid": 72, "x, tanh": 502}.items():
        for x in (-6.0, -1.5, 4.2):
            drag(explorer, name, (left, 200), (left + 350 * (x + 6) / 12, 100))
            assert explorer.fields["x"].value == x
            assert svg(explorer) == scenes.neuron_scene(0.5, -2.0, x).svg
        touch(explorer, name, "key", key="ArrowLeft")
        assert explorer.fields["x"].value == 4.1
    drag(explorer, "w", (600, 20), (620, 20))
    assert explorer.fields["w"].value == 1.5 and svg(explorer) == scenes.neuron_scene(1.5, -2.0, 4.1).svg
    touch(explorer, "b", "text", text="1.23")
    assert svg(explorer) == scenes.neuron_scene(1.5, 1.23, 4.1).svg


def test_the_start_of_a_descent_is_dragged_over_the_surface(names, opened):
    explorer, data = opened("descent"), (names["radius"], names["malignant"])
    explorer.fields["step"].value, explorer.fields["learning_rate"].value = 20, 1
    surface = scenes.cost_surface(*data)

    def is_drawn(start):
        assert (explorer.fields["start_w"].value, explorer.fields["start_b"].value) == start
        assert svg(explorer) == scenes.descent_scene(surface, scenes.neuron_walk(*data, 1, 20, start)).svg

    drag(explorer, "start", (150, 139), (270, 210), (370, 290))
    is_drawn((9.0, -5.5))
    touch(explorer, "start", "key", key="ArrowLeft")
    touch(explorer, "start", "key", key="ArrowUp")
    is_drawn((8.9, -5.4))
    assert element_named(explorer, "start").get("data-label") == "start: w = 8.9, b = −5.4"
    drag(explorer, "start", (0, 0), (9999, -9999))
    is_drawn((14.0, 8.0))


def test_the_start_in_the_valley_is_dragged_for_each_optimiser(opened):
    explorer = opened("valley")
    for optimiser in ("gradient descent", "momentum", "adam"):
        name = f"{optimiser}, learning rate 0.018"
        explorer.fields["optimiser"].value, explorer.fields["step"].value = optimiser, 20
        drag(explorer, f"start, {name}", (770, 51), (570, 105), (370, 170))
        walk = scenes.valley_walk(optimiser, 0.018, 20, (2.0, -1.2))
        assert state(explorer)["start_0"] == 2.0 and state(explorer)["start_1"] == -1.2
        assert svg(explorer) == scenes.valley_scene({name: walk}).svg


def test_the_start_on_the_parabola_is_dragged_typed_and_moved(opened):
    explorer = opened("parabola")
    explorer.fields["step"].value = 3

    def is_drawn(c):
        assert explorer.fields["start_c"].value == c
        assert svg(explorer) == scenes.parabola_scene(scenes.parabola_walk(0.1, 60, c)[:4], 0.1).svg

    drag(explorer, "start_c", (210, 100), (410, 100))
    is_drawn(7.8)
    touch(explorer, "start_c", "key", key="ArrowLeft")
    is_drawn(7.7)
    touch(explorer, "start_c", "text", text="-4.75")
    is_drawn(-4.75)


def test_a_scene_of_ones_own_is_touched_in_two_lines():
    def picture(n=3, kind="up"):
        parts = touchable(["<text>n</text>"], "n", f"n = {n}", value=n, drag=True)
        parts += touchable(["<text>down</text>"], "down", "down: 1")
        return scenes.svg.scene_of(100, 100, "title", f"{kind} {n}", parts)

    explorer = widgets.explore(
        picture,
        touched=lambda event, values: {"kind": event.touch} if event.touch == "down" else None,
        n=(0, 10),
        kind=["up", "down"],
    )
    touch(explorer, "down")
    drag(explorer, "n", (0, 0), (50, 0))
    assert said(explorer) == "down 5"  # 50 of 240 over ten: the nearest whole number
    explorer.picture._heard(None, {"kind": "click", "touch": "nothing of this name"}, [])
    assert said(explorer) == "down 5"


def test_what_a_touch_raises_is_said_and_the_widget_goes_on():
    def touched(event, values):
        return 1 / 0 if event.kind == "click" else {"b": 1.0}

    explorer = widgets.explore(
        scenes.neuron_scene, touched=touched, w=(-1.0, 1.0), b=(-1.0, 1.0), x=(-1.0, 1.0)
    )
    touch(explorer, "w")
    assert "ZeroDivisionError: division by zero" in said(explorer)
    touch(explorer, "w", "key", key="x")
    assert explorer.fields["b"].value == 1.0 and "ZeroDivisionError" not in said(explorer)


def test_touch_and_play_of_a_figure_leave_it_as_it_is():
    X, Y = datasets.flower()
    explorer = widgets.explore_starts(X, Y, epochs=10)
    assert touches(explorer) == []
    explorer.picture._heard(None, {"kind": "click", "touch": "epoch", "x": 1, "y": 1}, [])
    assert explorer.fields["epoch"].value == 0


def test_a_slider_waits_until_a_drag_ends(opened):
    explorer = opened("neuron")
    (box,) = [box for box in explorer.children[0].children if box.children[0].description == "w"]
    touch(explorer, "w", "drag start", x=0, y=0)
    for x in (10, 20):
        touch(explorer, "w", "drag", x=x, y=0)
        assert explorer.fields["w"].value == 0.5 + x / 20 and box.children[1].value == 0.5
    touch(explorer, "w", "drag end", x=20, y=0)
    assert box.children[1].value == 1.5
    explorer.fields["w"].value = 2.0
    assert box.children[1].value == 2.0


def test_the_browsers_late_word_on_an_earlier_value_takes_nothing_back(monkeypatch):
    explorer = widgets.explore(
        lambda n=3.0: scenes.svg.scene_of(100, 100, "title", f"{n}", []), n=(0.0, 10.0, 0.5)
    )
    number, handle = explorer.fields["n"], explorer.children[0].children[0].children[1]
    for value in (4.0, 7.0, 9.0):
        number.value = value
    handle.set_state({"value": 7.0})  # as it comes from the browser
    assert number.value == handle.value == 9.0
    handle.set_state({"value": 2.0})
    assert number.value == handle.value == 2.0, "the slider itself was moved"
    handle.set_state({"value": 7.0})
    assert number.value == 7.0, "and is not taken for an answer after that"
    number.value = 1.0
    monkeypatch.setattr(sys.modules["helpers.widgets.explore"], "ANSWERED", 0)
    handle.set_state({"value": 7.0})
    assert number.value == 7.0
    explorer.close()


@pytest.mark.parametrize(
    "name, text, value, said_first",
    [
        ("x", "0,5", 0.5, "“0,5” is 0.5. x is "),
        ("x", "1/2", 0.5, "“1/2” is 0.5. x is "),
        ("x", "0.5", 0.5, "x is 0.5, n is 3"),
        ("x", "999", 2.0, "x goes from −4 to 4, so not to “999”. It stays 2."),
        ("x", "two", 2.0, "x: “two” is no number. Type one, such as 2. It stays 2."),
        ("n", "1/2", 3, "n: “1/2” is no whole number. Type one, such as 3. It stays 3."),
        ("n", "999", 3, "n goes from 0 to 9, so not to “999”. It stays 3."),
        ("x", "1" * 200, 2.0, "x goes from −4 to 4, so not to “11111111111111111111111…”. It stays 2."),
        ("x", "x" * 200, 2.0, "x: “xxxxxxxxxxxxxxxxxxxxxxx…” is no number. Type one, such as 2."),
        ("x", "0,5" + "0" * 200, 0.5, f"“0,5{'0' * 20}…” is 0.5. x is 0.5"),
        ("n", "x" * 200, 3, "n: “xxxxxxxxxxxxxxxxxxxxxxx…” is no number. Type one, such as 3."),
        ("n", "", 3, "n: “” is no number. Type one, such as 3. It stays 3."),
        ("n", "4/2", 2, "“4/2” is 2. x is 2, n is 2"),
    ],
)
def test_a_number_that_is_typed_is_taken_or_the_widget_says_why_not(name, text, value, said_first):
    def picture(x=2.0, n=3):
        return scenes.svg.scene_of(100, 100, "title", f"x is {x:g}, n is {n}", [])

    explorer = widgets.explore(picture, x=(-4.0, 4.0), n=(0, 9))
    (typed,) = [
        box.children[0] for box in explorer.children[0].children if box.children[0].description == name
    ]
    typed.value = text
    assert explorer.fields[name].value == value and typed.value == f"{value:g}"
    assert said(explorer).startswith(said_first)
    explorer.fields["x"].value = 3.0
    assert said(explorer).startswith("x is 3, n is ") and typed.value == f"{explorer.fields[name].value:g}"


@pytest.mark.parametrize("text, value", [("0,5", 0.5), ("1/2", 0.5), ("−3", -3.0), (" 1e-3 ", 0.001)])
def test_a_number_is_read_as_it_was_meant(text, value):
    assert number_typed(text) == value


@pytest.mark.parametrize("text", ["", "two", "1/", "1/0", "1,000.5", "nan", "inf"])
def test_what_is_no_number_is_said(text):
    with pytest.raises(ValueError, match="is no number. Type one, such as 25."):
        number_typed(text, now=25)


def test_the_number_given_as_an_example_is_a_short_one():
    with pytest.raises(ValueError, match="such as −0.333333."):
        number_typed("two", now=-1 / 3)
