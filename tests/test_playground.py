"""The playground without a browser: every control, what cannot be, one owner, what is left behind."""

import linecache
import re
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from html import unescape
from types import SimpleNamespace

import ipywidgets
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from helpers import network
from helpers.checks import check_backward_propagation
from helpers.kept import keep
from helpers.playground.moments import MOST_UNDONE
from helpers.playground.view import words_of
from helpers.scenes import Scene
from helpers.scenes.svg import still
from helpers.widgets import Playground, explore, explore_neuron
from helpers.widgets.numbers import NumberField
from helpers.widgets.playground import HOW, IT_PLAYS, NOTHING_MORE
from helpers.widgets.playground_controls import CONTROLS, OF_LAYERS
from tests.learners import BACKWARD
from tests.support import NASTY, said, svg, touch, values

ROWS = "length,width,kind\n" + "".join(f"{k},{k * k % 7},{'ab'[k % 2]}\n" for k in range(40))
BY_HAND = ("CSV file", "set it to", "x1", "x2", "class", "this playground as code")  # only said to a button
STILL = ("epochs a frame", "stop when converged", "batch size", "optimiser")  # seen once it trains on
STILL += ("earlier curves",)  # seen once there are some
live = getattr(ipywidgets.widgets.widget, "_instances", {})  # an older ipywidgets has it elsewhere


@pytest.fixture
def playground():
    yield (opened := Playground(n_points=60))
    opened.close()


def choices(field):
    """Every option of a choice; of a number the lowest, a middle and the highest; of a box both."""
    if isinstance(field, ipywidgets.Checkbox):
        return True, False
    if isinstance(field, ipywidgets.Dropdown):
        return [value for _, value in field._options_full]
    if isinstance(field, NumberField):
        ends = field.slider
        if ends is None:
            return 0, 7, 29
        low, high = (10**ends.min, 10**ends.max) if field.powers else (ends.min, ends.max)
        return low, type(field.value)((low + high) / 2), high
    return values(field)


def epoch(playground):
    """The epoch that the picture says."""
    return int(re.search(r">epoch ([\d,]+)", svg(playground))[1].replace(",", ""))


def still_of(playground):
    """What the widget shows, without what only a touch needs, and without the words on how to touch it."""
    return re.sub(rf"<text [^>]*>{HOW}</text>\n", "", still(Scene(svg(playground), "")).svg)


def assert_one_state(playground):
    """What is drawn, what the controls show and what is said is all of one experiment."""
    s, experiment = playground.experiment.settings, playground.experiment
    assert epoch(playground) == experiment.epoch and still_of(playground) == playground.scene.svg
    assert "data-touch" in svg(playground) and "data-touch" not in playground.scene.svg
    fields = {label: field.value for label, field in playground.fields.items()}
    sizes = s.n_h if isinstance(s.n_h, tuple) else (s.n_h,)
    assert fields["learning rate"] == s.learning_rate and fields["noise"] == s.noise
    assert fields["hidden units"] == sizes[0] and fields["hidden layers"] == len(sizes)
    assert fields["gradient view"] == playground.picture_settings.gradients and fields["data set"] == s.data
    assert fields["output"] == experiment.output and fields["this playground as code"] == playground.code


def tick(playground, times=1):
    """What the browser does while it plays."""
    for _ in range(times):
        if playground.picture.playing:
            playground.picture._heard(None, {"kind": "frame"}, [])


@pytest.mark.parametrize("playing", [False, True])
@pytest.mark.parametrize("label", [*CONTROLS, "learning rate"])
def test_every_control_at_all_that_it_can_be(label, playing, playground):
    field, pictures = playground.fields[label], set()
    if label == "output":
        playground.fields["data set"].value = "arms"
    if label in OF_LAYERS:
        playground.fields["hidden layers"].value = 3
    playground.fields["formula of"].value = "W1[0, 1]"
    for value in choices(field):
        playground.picture.playing = playing
        field.value = value
        tick(playground, 2)
        assert said(playground) == IT_PLAYS if playing else "<b></b>" in said(playground), value
        assert field.value == value and playground.picture.playing == playing
        assert playing == (playground.experiment.epoch > 0)
        pictures.add(svg(playground))
    assert len(pictures) > 1 or label in STILL and not playing or label == "stop when converged"
    playground.picture.playing = False
    assert_one_state(playground)


def test_the_picture_says_how_it_is_touched_until_something_is_chosen(playground):
    assert svg(playground).count(HOW) == 1 and HOW not in playground.scene.svg
    playground.fields["formula of"].value = "W1[0, 1]"
    assert HOW not in svg(playground) and "dW1[0, 1]" in svg(playground)
    playground.fields["formula of"].value = ""
    assert svg(playground).count(HOW) == 1


def test_a_slider_does_what_its_number_does(playground):
    for label in ("hidden units", "points", "noise", "test share", "hidden layers", "learning rate"):
        number, slider = playground.fields[label], playground.fields[label].slider
        before = svg(playground)
        slider.value = 10**slider.min if label == "learning rate" else slider.max
        assert number.value == slider.value and (svg(playground) != before or label == "learning rate")
        assert_one_state(playground)


def test_buttons_one_epoch_one_update_reset_and_a_new_seed(playground):
    first, start = svg(playground), playground.experiment.initial
    playground.parts["One epoch"].click()
    assert epoch(playground) == playground.experiment.epoch == 1 and svg(playground) != first
    playground.fields["batch size"].value = 10
    playground.parts["One update"].click()
    assert playground.experiment.update == 1 and "epoch 1 + 1 update" in svg(playground)
    playground.parts["Reset"].click()
    assert_same(playground.experiment.trainer.parameters, start)
    assert epoch(playground) == 0 and playground.fields["batch size"].value == 10
    playground.parts["New seed"].click()
    assert playground.fields["seed"].value == playground.experiment.settings.seed == 2
    assert not np.array_equal(playground.experiment.initial["W1"], start["W1"])
    assert_one_state(playground)


def assert_same(one, other):
    assert all(np.array_equal(one[name], other[name]) for name in other)


def test_by_hand_a_weight_is_set_and_a_point_added_and_removed(playground):
    fields = playground.fields
    fields["formula of"].value, fields["set it to"].value = "W1[2, 1]", -7.5
    playground.parts["Set weight"].click()
    assert playground.experiment.trainer.parameters["W1"][2, 1] == -7.5 and "= −7.5" in svg(playground)
    m = playground.experiment.X.shape[1]
    fields["x1"].value, fields["x2"].value, fields["class"].value = 3.25, -3.0, 1
    playground.parts["Add point"].click()
    assert playground.experiment.X[:, -1].tolist() == [3.25, -3] and playground.experiment.Y[0, -1] == 1
    playground.parts["Remove point"].click()
    assert playground.experiment.X.shape == (2, m)
    assert_one_state(playground)


def test_the_line_of_code_is_said_to_be_copied_when_the_browser_has_done_so(playground):
    sent, playground.picture.send = [], lambda message: sent.append(message)
    playground.parts["One epoch"].click()
    playground.parts["Copy"].click()
    assert {"copy": "Playground(n_points=60, epochs=1)"} in sent
    assert "select it, and copy it" in said(playground)
    playground.picture._handle_custom_msg({"kind": "copied"}, [])
    assert "Copied. Paste the line into a cell" in said(playground)


def test_own_data_by_file_name_and_once_more_when_it_was_put_right(playground, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("length,width,kind\n1,2,a\n3,x,b\n")
    playground.fields["CSV file"].value = str(path)
    assert "mine.csv" in said(playground) and playground.fields["data set"].value == "flower"
    path.write_text(ROWS)
    playground.parts["Open CSV"].click()
    assert "length, standardised" in svg(playground) and playground.experiment.Y.size == 30
    assert playground.fields["data set"].value == str(path)
    playground.fields["data set"].value = "xor"
    playground.fields["data set"].value = str(path)  # it stays a choice
    assert "length, standardised" in svg(playground)
    path.unlink()
    playground.parts["Open CSV"].click()
    assert "length, standardised" in svg(playground) and "mine.csv" in said(playground)
    assert_one_state(playground)


REFUSED = {
    "no weight is chosen": ({}, "Set weight", "Choose a weight first"),
    "a unit is no weight": ({"formula of": "A1[0]"}, "Set weight", "A1"),
    "a weight of NaN": ({"formula of": "W1[0, 0]", "set it to": float("nan")}, "Set weight", "nan"),
    "a weight too large": ({"formula of": "W1[0, 0]", "set it to": 1e9}, "Set weight", "1,000,000"),
    "a point too far": ({"x1": 1e4}, "Add point", "between −1000 and 1000"),
    "a point that is no number": ({"x2": float("nan")}, "Add point", "nan"),
    "no point is there": ({"x1": 9.0, "x2": 9.0}, "Remove point", "the nearest is at"),
    "no file": ({}, "Open CSV", "or a file like 'mine.csv'"),
    "a file that is not there": ({"CSV file": "nothing.csv"}, None, "nothing.csv"),
    "a spreadsheet": ({"CSV file": "table.xlsx"}, None, "table.xlsx is a spreadsheet. Export it as CSV"),
    "a packed file": ({"CSV file": "table.csv.gz"}, None, "table.csv.gz is packed. Unpack it"),
    "an address": ({"CSV file": "https://a.org/b.csv"}, None, "https://a.org/b.csv is an address. Save"),
    "neither a data set nor a file": ({"CSV file": "flowers"}, None, "or a file like 'mine.csv'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_said_and_changes_nothing(name, playground):
    typed, button, message = REFUSED[name]
    playground.experiment.advance(3)
    playground.fields["formula of"].value = "W1[0, 1]"
    playground.fields["formula of"].value = typed.get("formula of", "")
    before, code, experiment = svg(playground), playground.code, playground.experiment
    for label, value in typed.items():
        playground.fields[label].value = value
    if button:
        playground.parts[button].click()
    assert message in said(playground) and svg(playground) == before
    assert playground.code == code and playground.experiment is experiment
    assert_one_state(playground)
    playground.parts["One epoch"].click()
    assert epoch(playground) == 4 and message not in said(playground)


def test_a_value_of_a_file_that_squeezes_all_others_together_is_said_beside_the_picture(playground, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(ROWS + "100000,2,a\n")
    playground.fields["CSV file"].value = str(path)
    assert "length, standardised: what lies far off squeezes the other points together." in said(playground)
    path.write_text(ROWS)
    playground.parts["Open CSV"].click()
    assert "squeezes" not in said(playground)


def test_a_control_that_is_refused_goes_back_and_its_message_stays_while_it_plays(playground, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(ROWS)
    playground.fields["CSV file"].value = str(path)
    playground.fields["data set"].value = "xor"
    path.unlink()
    playground.picture.playing = True
    playground.fields["data set"].value = str(path)
    time.sleep(0.8)
    tick(playground, 3)
    assert playground.fields["data set"].value == playground.experiment.settings.data == "xor"
    assert "mine.csv" in said(playground) and epoch(playground) > 0


OUTSIDE = {
    "n_points": 1500,
    "learning_rate": 250.0,
    "l2": 0.5,
    "n_h": (4, 3),
    "batch_size": 7,
    "scale": 3.0,
    "noise": 1.7,
    "seed": 123,
    "epochs_a_frame": 7,
    "example": 1100,
    "l1": 0.002,
}


def test_controls_show_values_outside_their_range_and_obey_from_there():
    playground = Playground(**OUTSIDE)
    shown = {
        "points": 1500,
        "learning rate": 250,
        "L2 penalty": 0.5,
        "L1 penalty": 0.002,
        "batch size": 7,
        "hidden units": 4,
        "hidden layers": 2,
        "scale": 3,
        "noise": 1.7,
        "seed": 123,
        "example": 1100,
        "epochs a frame": 7,
    }
    assert {label: playground.fields[label].value for label in shown} == shown
    for label in ("points", "learning rate", "noise"):  # their sliders too
        assert playground.fields[label].slider.value == pytest.approx(shown[label])
    for noise in (1.7, 0.1):
        playground.fields["noise"].value = noise
        settings = vars(playground.experiment.settings) | vars(playground.picture_settings)
        assert settings == settings | OUTSIDE | {"noise": noise}
    playground.fields["L2 penalty"].value, playground.fields["batch size"].value = 0.0, ""
    assert playground.experiment.settings.l2 == 0 and playground.experiment.settings.batch_size is None
    playground.fields["hidden units"].value = 5
    assert playground.experiment.settings.n_h == (5, 5)
    assert_one_state(playground)
    playground.close()


def test_a_number_typed_beyond_the_slider_is_kept(playground):
    for value in (250.0, 1e-5, 3.0):
        field = playground.fields["learning rate"]
        field.value = value
        assert playground.experiment.settings.learning_rate == value == field.value


def test_each_step_of_the_learning_rate_slider_counts(playground):
    number, handle = playground.fields["learning rate"], playground.fields["learning rate"].slider
    handle.value = 10**0.1  # what the browser makes of 1.2, its next step: no move
    assert number.value == playground.experiment.settings.learning_rate == 1.2
    for exponent, rate in {0.05: 1.1, 0.0: 1.0, -0.05: 0.89, 0.35: 2.2}.items():
        handle.value = 10**exponent
        assert number.value == playground.experiment.settings.learning_rate == rate
        assert handle.value == 10**exponent  # which is not pulled back to the rounded number


def test_seed_zero_is_a_seed():
    playground = Playground(n_points=40, seed=0)
    assert playground.fields["seed"].value == 0
    playground.parts["New seed"].click()
    assert playground.experiment.settings.seed == 1
    playground.close()


# ---- play


def test_a_tick_trains_by_as_many_epochs_as_are_set_and_after_a_pause_by_none(playground, monkeypatch):
    monkeypatch.setattr("helpers.widgets.playground.BUDGET", 10)  # so that a slow machine trains as far
    tick(playground)
    assert epoch(playground) == 0
    playground.picture.playing = True
    tick(playground)
    assert epoch(playground) == playground.experiment.epoch == 10
    playground.fields["epochs a frame"].value = 1
    tick(playground, 3)
    assert epoch(playground) == 13
    playground.picture.playing = False
    before = svg(playground), playground.line.value
    playground.picture._heard(None, {"kind": "frame"}, [])
    assert (svg(playground), playground.line.value) == before and playground.experiment.epoch == 13
    assert_one_state(playground)


def test_a_pause_in_the_middle_of_a_frame_stays_a_pause(playground, monkeypatch):
    def advance(*frame):
        playground.picture.playing = False  # as closing does, on the thread of the cell that runs again
        return True

    playground.picture.playing = True
    monkeypatch.setattr(playground.experiment, "advance", advance)
    tick(playground)
    assert not playground.picture.playing


@pytest.mark.parametrize("button", ["One epoch", "One update", "Reset", "New seed"])
def test_a_button_pauses(button, playground):
    playground.picture.playing = True
    tick(playground, 2)
    playground.parts[button].click()
    assert not playground.picture.playing
    assert_one_state(playground)


def test_it_stops_when_it_has_converged_if_it_is_to(playground):
    playground.fields["learning rate"].value, playground.fields["stop when converged"].value = 0.001, True
    playground.fields["epochs a frame"].value = 1000
    playground.picture.playing = True
    tick(playground, 200)
    assert not playground.picture.playing and "Converged" in said(playground)
    assert_one_state(playground)


def test_a_divergence_is_said_and_the_lowest_cost_comes_back():
    playground = Playground(n_points=60, scale=10, learning_rate=900.0)
    playground.picture.playing = True
    tick(playground, 60)
    assert not playground.picture.playing and "Diverged" in said(playground)
    assert np.isfinite(playground.experiment.trainer.parameters["W1"]).all()
    assert_one_state(playground)
    playground.close()


def test_one_owner_whatever_comes_on_which_thread(playground):
    playground.picture.playing = True
    problems = []

    def act(action, times=40):
        try:
            for k in range(times):
                action(k)
        except Exception as error:
            problems.append(error)

    fields = playground.fields
    actions = [
        lambda k: tick(playground),
        lambda k: tick(playground),
        lambda k: setattr(fields["learning rate"], "value", 0.1 + k / 10),
        lambda k: setattr(fields["hidden units"], "value", 1 + k % 8),
        lambda k: setattr(fields["gradient view"], "value", k % 2 == 0),
        lambda k: setattr(fields["noise"], "value", k / 40),
        lambda k: setattr(fields["data set"], "value", ("xor", "moons")[k % 2]),
        lambda k: setattr(fields["formula of"], "value", ("W1[0, 1]", "b2[0, 0]")[k % 2]),
    ]
    threads = [threading.Thread(target=act, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    playground.picture.playing = False
    assert problems == []
    s, picture = playground.experiment.settings, playground.picture_settings
    assert (s.learning_rate, s.n_h, picture.gradients, s.noise) == (4.0, 8, False, 39 / 40)
    assert (s.data, picture.chosen) == ("moons", "b2[0, 0]")
    assert_one_state(playground)


# ---- your own functions


def my_backward(parameters, cache, X, Y):
    return network.backward_propagation(parameters, cache, X, Y)


def raising(*_):
    raise RuntimeError(NASTY)


def tagged(wrong):
    """A backward that goes wrong, as `wrong` says, from the 25th call on."""
    calls = []

    def backward_of_mine(parameters, cache, X, Y):
        calls.append(1)
        grads = network.backward_propagation(parameters, cache, X, Y)
        return wrong(grads) if len(calls) > 24 else grads

    return backward_of_mine


WRONG = {
    "raises": (raising, "RuntimeError"),
    "NaN": (lambda g: g | {"dW1": g["dW1"] * np.nan}, "dW1"),
    "wrong shape": (lambda g: g | {"dW1": g["dW1"].T}, "dW1"),
    "nothing": (lambda g: None, "NoneType"),
    "one is missing": (lambda g: {name: g[name] for name in ("dW1", "db1", "dW2")}, "db2"),
    "a list": (lambda g: g | {"dW1": g["dW1"].tolist()}, ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_function_that_goes_wrong_in_mid_play_stops_it_and_is_named(name):
    wrong, message = WRONG[name]
    playground = Playground(n_points=60, backward=tagged(wrong))
    playground.picture.playing = True
    tick(playground, 6)
    if name == "a list":  # of lists: as good as an array, or refused with the others
        assert playground.picture.playing or "It came from your backward." in said(playground)
    else:
        assert not playground.picture.playing, said(playground)
        assert "It came from your backward." in said(playground) and message in said(playground)
        assert 0 < playground.experiment.epoch < 30 and NASTY not in playground.line.value
    playground.picture.playing = False
    assert_one_state(playground)
    playground.close()


def wrong_cache(X, parameters):
    A2, cache = network.forward_propagation(X, parameters)
    return A2, cache | {"A1": cache["A1"].T}


def in_place(parameters, grads, rate):
    for name in parameters:
        parameters[name] -= rate * grads["d" + name]
    return {"W1": parameters["W1"]}


BROKEN = {
    "initialize": (raising, "initialize"),
    "forward": (raising, "forward"),
    "cost": (lambda A2, Y: None, "cost"),
    "backward": (raising, "backward"),
    "update": (in_place, "update"),
    "a cache": (wrong_cache, "A1"),
    "weights of another shape": (lambda x, h, y: network.initialize_parameters(x, h + 1, y), "initialize"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_function_that_is_wrong_from_the_start_is_named_and_nothing_breaks(name):
    function, message = BROKEN[name]
    part = {"a cache": "forward", "weights of another shape": "initialize"}.get(name, name)
    playground = Playground(n_points=60, **{part: function})
    for _ in range(2):
        playground.picture.playing = True
        tick(playground, 2)
    playground.picture.playing = False
    if name in ("initialize", "weights of another shape"):  # the reference began instead
        assert epoch(playground) > 0
    else:
        assert message in said(playground), said(playground)
    for label in ("gradient view", "hidden units", "noise", "activation"):
        playground.fields[label].value = choices(playground.fields[label])[-1]
    assert ET.fromstring(svg(playground)) is not None
    assert_one_state(playground)
    playground.close()


def test_what_was_kept_is_used_and_what_is_given_comes_before_it(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    names = {"np": np}
    linecache.cache["<cell>"] = (len(BACKWARD), None, BACKWARD.splitlines(True), "<cell>")
    exec(compile(BACKWARD, "<cell>", "exec"), names)
    function = names["backward_propagation"]
    assert check_backward_propagation(function).passed
    assert "It is kept" in keep("backward_propagation", function, network.forward_propagation)
    kept_one = Playground(n_points=60)
    assert "Yours: backward." in svg(kept_one) and "backward=" not in kept_one.code
    kept_one.parts["One epoch"].click()
    given = Playground(n_points=60, backward=my_backward)
    given.parts["One epoch"].click()
    assert "backward=my_backward" in given.code and "Yours: backward." in svg(given)
    assert_same(kept_one.experiment.trainer.parameters, given.experiment.trainer.parameters)
    kept_one.fields["activation"].value = "relu"
    assert "backward (for 'activation')" in words_of(kept_one.experiment)
    for one in (kept_one, given):
        one.close()
    text = (tmp_path / "my_network.py").read_text("utf-8")
    (tmp_path / "my_network.py").write_text(
        text.replace("backward_propagation(", "backward_propagation(:"), "utf-8"
    )
    broken = Playground(n_points=60)
    assert "my_network.py" in said(broken) and "none yet" in svg(broken)
    broken.close()


def test_the_code_opens_the_same_playground_again(playground, tmp_path):
    def same_again(one):
        again = eval(one.code, {"Playground": Playground, "my_backward": my_backward})
        assert again.code == one.code and svg(again) == svg(one) and said(again) == said(one)
        assert {k: f.value for k, f in again.fields.items()} == {
            k: again.fields[k].value if k in BY_HAND[:-1] else f.value for k, f in one.fields.items()
        }
        again.close()

    same_again(playground)
    assert "\n" not in playground.code
    fields = playground.fields
    fields["data set"].value, fields["x1²"].value, fields["batch size"].value = "xor", True, 10
    playground.parts["One epoch"].click()
    fields["learning rate"].value = 0.3
    playground.parts["One update"].click()
    fields["formula of"].value, fields["set it to"].value = "W1[1, 2]", 2.5
    playground.parts["Set weight"].click()
    fields["x1"].value, fields["x2"].value = 2.0, -2.0
    playground.parts["Add point"].click()
    playground.parts["One epoch"].click()
    fields["gradient view"].value = True
    fields["earlier curves"].value = False  # of runs that are not in the code
    same_again(playground)
    given = Playground(n_points=60, backward=my_backward, n_h=(3, 2), chosen="dW1[0, 0]"[1:])
    given.parts["One epoch"].click()
    same_again(given)
    given.close()
    path = tmp_path / f"it's {'mine'}.csv"
    path.write_text(ROWS)
    fields["CSV file"].value = str(path)
    same_again(playground)


MOVES = {
    "formula of": ["", "W1[1, 1]", "A1[3]", "b2[0, 0]", "X[1]"], "example": [0, 11, 17, 18, 29],
    "gradient view": [True, False], "show test points": [True, False], "two colours": [True, False],
    "epochs a frame": [1, 500], "stop when converged": [True, False], "hidden units": [2, 4],
    "hidden layers": [1, 2], "points": [24, 40], "data set": ["moons", "flower"],
}  # fmt: skip
BUTTONS = ["One epoch", "One update", "Add point", "Add point", "Remove point", "Reset", "New seed"]
A_MOVE = st.one_of(
    *[st.tuples(st.just(label), st.sampled_from(values)) for label, values in MOVES.items()],
    st.tuples(st.sampled_from(BUTTONS), st.none()),
)


@given(moves=st.lists(A_MOVE, min_size=3, max_size=12))
@hypothesis_settings(max_examples=25, deadline=None)
def test_whatever_was_set_the_code_opens_the_same_picture_again(moves):
    one = Playground(n_points=24, earlier_curves=False)  # those are not in the code
    for label, value in moves:
        if label in BUTTONS:
            one.parts[label].click()
        elif value in [chosen for _, chosen in getattr(one.fields[label], "_options_full", [(0, value)])]:
            one.fields[label].value = value
        assert_one_state(one)
    again = eval(one.code, {"Playground": Playground})
    assert again.code == one.code and svg(again) == svg(one)
    assert again.picture_settings == one.picture_settings
    for opened in (one, again):
        opened.close()


def test_nothing_is_chosen_where_the_way_there_was_not_gone_to_its_end():
    chosen = {"n_points": 60, "chosen": "W1[0, 0]", "example": 7, "gradients": True}
    whole, part = Playground(**chosen, epochs=3), Playground(**chosen, epochs=3, backward=raising)
    assert (whole.picture_settings.chosen, whole.picture_settings.example) == ("W1[0, 0]", 7)
    assert (part.picture_settings.chosen, part.picture_settings.example) == ("", 0)
    assert part.picture_settings.gradients and "It stands at epoch 0" in said(part)
    for opened in (whole, part):
        opened.close()


# ---- what it says, shows and leaves behind


def test_text_that_came_from_a_user_is_escaped(tmp_path):
    path = tmp_path / "<b>&amp;.csv"
    path.write_text(ROWS.replace("length", "<i>x</i>").replace("kind", "<u>k</u>"))
    playground = Playground(backward=raising)
    playground.fields["CSV file"].value = "<b>&amp;.csv"
    assert "<b>&amp;.csv" in said(playground) and "<b>&amp;.csv" not in playground.line.value
    playground.fields["CSV file"].value = str(path)
    playground.parts["One epoch"].click()
    texts = svg(playground) + playground.line.value
    assert not re.search(r"<[iu]>|<b>&amp;[^l]", texts)
    assert NASTY in unescape(playground.line.value) and NASTY not in playground.line.value
    root = ET.fromstring(svg(playground))
    assert "<i>x</i>, stand" in "".join(root.itertext())
    playground.close()


def raising_typed(*_):
    raise type("<b>Error", (Exception,), {})("no")


def test_the_name_of_an_error_is_escaped_too():
    playground = Playground(n_points=40, cost=raising_typed)
    playground.parts["One epoch"].click()
    assert "<b>Error" in said(playground) and "<b>Error" not in playground.line.value
    playground.close()


def test_the_stored_text_is_the_same_every_time_and_says_what_opens_it():
    texts = []
    for _ in range(2):
        playground = Playground(n_points=60, n_h=3)
        texts.append(repr(playground))
        assert repr(playground) == "Widget: Playground(n_points=60, n_h=3). Run this cell to use it."
        bundle = playground._repr_mimebundle_()
        assert bundle["text/plain"] == repr(playground)
        playground.close()
    assert texts[0] == texts[1]


def test_what_it_refuses_at_once():
    with pytest.raises(TypeError, match="backward is one of your functions; it came as str"):
        Playground(backward="mine")
    with pytest.raises(TypeError, match="no setting 'hidden'. It has data, n_points"):
        Playground(hidden=3)
    with pytest.raises(ValueError, match="n_h is 9"):
        Playground(n_h=9)


@pytest.mark.parametrize("refused", ["Playground(n_h=9)", "explore(lambda x: x, x=())"])
def test_what_is_refused_says_so_once(refused):
    """A widget that __init__ gave up is closed when Python ends; nothing may go wrong there."""
    code = f"from helpers.widgets import Playground, explore\ntry:\n    {refused}\nexcept ValueError: pass"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_closing_stops_playing_and_leaves_no_widget_behind():
    explore_neuron().close()
    before = set(live)
    for make in (Playground, explore_neuron, lambda: explore(lambda n=1: sizes(n), n=(0, 9), play="n")):
        opened = make()
        assert len(live) > len(before)
        if player := opened.picture if make is Playground else opened.play:
            player.playing = True
        opened.close()
        assert set(live) == before, [type(live[key]).__name__ for key in set(live) - before]
        assert opened.comm is opened.picture.comm is None


def test_what_stands_in_for_the_picture_is_gone_as_a_whole_once_the_browser_shows_it(playground):
    before, loaded = set(live), Playground(n_points=60)
    loaded.picture._heard(None, {"kind": "ready"}, [])
    assert len(loaded.children[3].children) == 1
    loaded.close()
    assert set(live) == before, [type(live[key]).__name__ for key in set(live) - before]


def sizes(n):
    return Scene(f'<svg viewBox="0 0 {10 + n} 10"></svg>', "a square"), "a square"


def test_what_a_closed_playground_still_hears_does_nothing(playground):
    playground.picture.playing = True
    playground.close()
    tick(playground, 2)
    assert playground.experiment.epoch == 0


def test_a_cell_that_runs_again_and_again_leaves_one_live_copy(monkeypatch):
    module = sys.modules["helpers.widgets.explore"]  # whose name in helpers.widgets is that of the function
    parent = {"metadata": {"cellId": "one"}}
    names = {"_oh": {}}
    shell = SimpleNamespace(execution_count=0, user_ns=names, displayhook=SimpleNamespace())
    shell.user_ns_hidden = {}
    shell.kernel = SimpleNamespace(get_parent=lambda: parent)
    monkeypatch.setattr(module, "get_ipython", lambda: shell)
    monkeypatch.setattr(module, "shown", {})
    before, counts, copies, remembered = set(live), [], [], []
    for shell.execution_count in range(1, 5):
        copies.append(Playground(n_points=40))
        names |= {"_": copies[-1], f"_{len(copies)}": copies[-1], f"mine_{len(copies)}": copies[-1]}
        names["_oh"][len(copies)] = copies[-1]
        remembered.append([name for name, copy in vars(shell.displayhook).items() if copy])
        shell.displayhook = SimpleNamespace(_=copies[-1], __=7, ___="")
        shell.user_ns_hidden |= {"_": copies[-1], f"_{len(copies)}": copies[-1]}
        copies[-1].picture.playing = True
        counts.append(len(live) - len(before))
    assert len(set(counts)) == 1
    assert [copy.comm is not None for copy in copies] == [False, False, False, True]
    assert [copy.picture.playing for copy in copies] == [False, False, False, True]
    assert names["_oh"] == {4: copies[3]} and "_1" not in names and names["_"] is names["_4"] is copies[3]
    assert shell.user_ns_hidden == {"_": copies[3], "_4": copies[3]}
    assert remembered == [[]] + [["__"]] * 3  # IPython's own memory of what was shown last
    assert [names[f"mine_{k}"] for k in (1, 2, 3, 4)] == copies  # what the learner named stays theirs
    beside = Playground(n_points=40)  # a second one in the same run of the cell stays
    assert beside.comm is not None and copies[-1].comm is not None
    for one in (beside, copies[-1]):
        one.close()
    assert set(live) == before


def test_a_number_beyond_the_slider_widens_it_in_one_message_and_for_as_long_as_it_stands_there():
    said, sent = [], []
    field = NumberField("points", 400, said.append, said.append, (20, 1000, 20))
    field.slider.send_state = lambda keys: sent.append([*keys])
    for text, ends in {"10": (10, 1000), "5000": (20, 5000), "400": (20, 1000)}.items():
        field.text.value = text
        assert (field.slider.min, field.slider.max, field.slider.value) == (*ends, int(text))
    assert said == [10, 5000, 400] and sent and all("value" in keys for keys in sent)
    assert sent[::2] == [["min", "max", "value"]] * 3  # the browser takes one after the other
    rate = NumberField("rate", 1.2, said.append, said.append, (-3, 2), powers=True)
    for text, ends in {"1e60": (-3, 60), "1/2": (-3, 2)}.items():
        rate.text.value = text
        assert (rate.slider.min, rate.slider.max) == pytest.approx(ends)
    assert rate.text.value == "0.5" and rate.value == 0.5


def test_a_point_that_is_dragged_while_it_trains_is_one_change(playground):
    before, first = playground.experiment.X, playground.experiment.place_of(0)
    touch(playground, "example", "drag start", x=0, y=0)
    for x in (600, 650, 700):
        playground.picture.playing = True
        playground._frame()
        touch(playground, "example", "drag", x=x, y=200)
    touch(playground, "example", "drag end", x=700, y=200)
    assert playground.experiment.epoch >= 3 and [*first] not in playground.experiment.X.T.tolist()
    playground.parts["Undo"].click()
    assert playground.experiment.epoch <= 10 and (playground.experiment.X == before).all()


def test_a_point_that_undo_brings_back_is_the_example(playground):
    playground.show(example=3)
    place = playground.experiment.place_of(3)
    for gesture in ({"kind": "key", "key": "ArrowUp"}, {"kind": "double click"}):
        touch(playground, "example", **gesture)
        assert place not in map(tuple, playground.experiment.X.T.tolist())
        playground.parts["Undo"].click()
        assert playground.picture_settings.example == 3 and playground.experiment.place_of(3) == place
    playground.change("add", (0.5, 0.5, 1))
    playground.parts["Undo"].click()
    playground.renew(data="moons")
    playground.parts["Undo"].click()
    assert playground.picture_settings.example == 3


@pytest.mark.parametrize("part", ["_train", "_draw", "_say"])
def test_an_interrupt_anywhere_in_a_frame_pauses(part, playground, monkeypatch):
    playground.picture.playing = True
    whole = getattr(playground, part)

    def interrupted(*more):
        signal.raise_signal(signal.SIGINT)
        return whole(*more)

    monkeypatch.setattr(playground, part, interrupted)
    tick(playground)
    assert not playground.picture.playing


def test_what_can_no_longer_be_taken_back_is_not_said_to_be_nothing(playground):
    playground.parts["Undo"].click()
    assert said(playground) == f"<b>{NOTHING_MORE}</b>"
    for k in range(MOST_UNDONE + 2):
        playground.change("add", (0.1 * k, 0.1, 1))
    for _ in range(MOST_UNDONE):
        playground.parts["Undo"].click()
        assert NOTHING_MORE not in said(playground)
    playground.parts["Undo"].click()
    assert len(playground.experiment.changes) == 2 and said(playground) == f"<b>{NOTHING_MORE}</b>"
    assert f"last {MOST_UNDONE} changes" in NOTHING_MORE


def test_what_a_reset_has_left_behind_is_kept_small_and_comes_back_in_whole():
    playground = Playground(n_points=40)
    left = playground.experiment
    left.advance(30)
    history = {name: list(values) for name, values in vars(left.trainer.history).items()}
    playground.parts["Reset"].click()
    assert not any(vars(left.trainer.history).values()) and len(history["cost"]) == 31
    playground.parts["Undo"].click()
    assert playground.experiment is left and left.epoch == 30
    np.testing.assert_equal(vars(left.trainer.history), history)
    playground.close()
