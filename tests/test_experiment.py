"""What a playground holds: equal to the trainer, opened again by its line of code, and never lost."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from helpers import datasets, inputs, network
from helpers.playground import experiment
from helpers.playground.experiment import MOST_EPOCHS, Experiment, code_of
from helpers.playground.points import EXTRA, SIDE, with_extra_inputs
from helpers.playground.settings import (
    FIRST_WEIGHTS,
    PictureSettings,
    Settings,
    activation_for,
    require_there,
    up_to_the_last_example,
    what_is_there,
    with_activation,
)
from helpers.playground.view import view_of, words_of
from helpers.playground.weights import names
from helpers.trainer import Trainer

pytestmark = pytest.mark.filterwarnings("error")
SMALL = {"n_points": 24, "n_h": 2}


def initialize(n_x, n_h, n_y):
    return network.initialize_parameters(n_x, n_h, n_y, seed=2, scale=0.3)


def forward(X, parameters):
    return network.forward_propagation(X, parameters)


def cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]  # NaN where an output is 0 or 1


def backward(parameters, cache, X, Y):
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    grads = {"dW1": dZ1 @ X.T, "db1": dZ1.sum(axis=1, keepdims=True)}
    grads |= {"dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(axis=1, keepdims=True)}
    return {name: gradient / X.shape[1] for name, gradient in grads.items()}


def update(parameters, grads, learning_rate):
    return {name: p - learning_rate * grads["d" + name] for name, p in parameters.items()}


OWN = {"initialize": initialize, "forward": forward, "cost": cost, "backward": backward, "update": update}


def opened(code, own=None):
    """What a line of code opens, by own functions."""

    def build(changes=(), epochs=0, updates=0, **settings):
        return Experiment(own, Settings(**settings), changes, epochs, updates)

    return eval(code, {"Playground": build})


def begun(own=None, **settings):
    return Experiment(own, Settings(**{**SMALL, **settings}))


def everything(e):
    """All that an experiment is, in values that can be compared."""
    state, lowest = e.trainer.state, e.trainer.lowest
    arrays = {name: p.tobytes() for name, p in state.parameters.items()}
    arrays |= {"lowest " + name: p.tobytes() for name, p in lowest.parameters.items()}
    arrays |= {"X": e.X.tobytes(), "Y": e.Y.tolist(), "X_test": e.X_test is not None and e.X_test.tobytes()}
    history = {name: np.array(v[: e.epoch + 1]).tobytes() for name, v in vars(e.trainer.history).items()}
    return arrays | history | {"settings": e.settings, "where": (state[:2], lowest[:2]), "code": code_of(e)}


# Equal to the trainer


@pytest.mark.parametrize(
    "own, asked",
    [
        ({}, {}),
        (OWN, {}),
        ({"backward": backward}, {"data": "moons", "l1": 0.001, "l2": 0.01}),
        (OWN, {"batch_size": 7, "learning_rate": 0.3}),
        ({}, {"data": "xor", "hidden_activation": "relu", "n_h": (3, 2), "learning_rate": 0.1}),
        ({"cost": cost}, {"data": "circles", "hidden_activation": "sigmoid", "batch_size": 5, "seed": 3}),
        ({}, {"data": "spirals", "extra_inputs": ("x1²", "x1·x2"), "scale": 0.5, "test_share": 0.0}),
        (OWN, {"data": "blobs", "extra_inputs": ("x2²",), "test_share": 0.5}),
        ({}, {"data": "arms", "output": "softmax"}),
        ({"update": update}, {"data": "arms", "output": "sigmoid", "l2": 0.01}),
    ],
)
def test_costs_as_much_as_the_trainer(own, asked):
    s = Settings(**{**SMALL, "n_h": 4, **asked})
    X, Y = getattr(datasets, s.data)(s.n_points, s.noise)
    X, Y, *test = datasets.split(X, Y, s.test_share) if s.test_share else (X, Y)
    data = [np.vstack([X, *(EXTRA[name](*X) for name in s.extra_inputs)]), Y]
    if test:
        data += [np.vstack([test[0], *(EXTRA[name](*test[0]) for name in s.extra_inputs)]), test[1]]
    given = {name: asked[name] for name in asked if name not in ("data", "extra_inputs", "test_share")}
    trainer = Trainer(**{"n_h": 4, **own, **given}, epochs=500, tolerance=0.0)
    trainer.train(*data, progress=False)
    pieces = Experiment(own, s)
    pieces.advance(1)
    pieces.advance(250)
    while pieces.epoch < 255:
        pieces.step()
    pieces.advance(500 - pieces.epoch)
    assert pieces.epoch == 500 == len(trainer.history.cost) - 1
    for costs in ("cost", "test_cost"):
        same = (getattr(t.history, costs) for t in (pieces.trainer, trainer))
        np.testing.assert_allclose(*same, rtol=0, atol=1e-12)
    assert trainer.history.cost[-1] < trainer.history.cost[0]


def test_the_time_is_kept():
    e = begun()
    start = time.monotonic()
    assert e.advance(MOST_EPOCHS, seconds=0.05) and 0.05 < time.monotonic() - start < 1 and e.epoch > 1


# Opened again


A_WEIGHT = st.tuples(
    st.sampled_from(["W1[0, 1]", "W1[1,0]", "b1[0, 0]", "W2[0, 1]", "b2[0, 0]"]),
    st.sampled_from([0.0, -0.25, 3, 1e4, np.float64(0.1)]),
)
PLACES = st.sampled_from([0.0, 1.5, -2, 9])
A_CHANGE = st.one_of(
    A_WEIGHT,
    st.tuples(st.just("learning_rate"), st.sampled_from([0.1, 1.2, 7, 400.0])),
    st.tuples(st.just("batch_size"), st.sampled_from([None, 1, 7, 50])),
    st.tuples(st.sampled_from(["l1", "l2"]), st.sampled_from([0.0, 0.01, 1])),
    st.tuples(st.just("add"), st.tuples(PLACES, PLACES, st.sampled_from([0, 1]))),
    st.tuples(st.just("remove"), st.tuples(PLACES, PLACES)),
    st.tuples(st.just("stop_when_converged"), st.booleans()),
)
A_SETTING = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"n_h": st.sampled_from([1, 2, (2, 2)])}),
    st.fixed_dictionaries({"data": st.sampled_from(["moons", "flower"])}),
    st.fixed_dictionaries({"noise": st.sampled_from([0.2, 0.5]), "seed": st.sampled_from([None, 1, 4])}),
    st.fixed_dictionaries({"hidden_activation": st.sampled_from(["relu", "tanh"])}),
    st.fixed_dictionaries({"start": st.sampled_from(FIRST_WEIGHTS), "scale": st.sampled_from([None, 2])}),
    st.fixed_dictionaries({"extra_inputs": st.sampled_from([(), ("x1·x2",)]), "test_share": st.just(0.5)}),
)
AN_OPERATION = st.one_of(
    st.tuples(st.just("advance"), st.integers(1, 60)),
    st.tuples(st.just("advance"), st.just(100)),
    st.tuples(st.just("step"), st.integers(1, 5)),
    st.tuples(st.just("change"), A_CHANGE),
    st.tuples(st.just("change"), A_CHANGE),
    st.tuples(st.just("anew"), A_SETTING),
)


def done(e, name, value):
    """The experiment after one operation; what cannot be changed nothing."""
    if name == "advance":
        e.advance(value)
    elif name == "step":
        [e.step() for _ in range(value)]
    else:
        before = everything(e)
        try:
            e = e.anew(**value) if name == "anew" else e.change(*value) or e
        except ValueError:
            assert everything(e) == before
    return e


@pytest.mark.parametrize("own", [{}, OWN])
@given(operations=st.lists(AN_OPERATION, max_size=12))
@hypothesis_settings(max_examples=25, deadline=None)
def test_its_code_opens_it_again(own, operations):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(experiment, "IN_EPOCHS", 100)  # so that it converges soon
        e = begun(own)
        for operation in operations:
            e = done(e, *operation)
        again = opened(code_of(e), own)
        assert everything(again) == everything(e)
        for experiment_ in (e, again):
            experiment_.step()
            experiment_.advance(120)
        assert everything(again) == everything(e)


def test_what_diverges_goes_back_to_the_last_change_at_the_most():
    e = begun(hidden_activation="relu")
    e.advance(40)
    e.change("learning_rate", 1e6)
    assert not e.advance(400) and "diverged in epoch" in e.message.lower() and e.epoch >= 40
    assert everything(opened(code_of(e))) == everything(e)
    e.change("learning_rate", 0.1)
    assert e.message == "" and e.advance(50)
    assert everything(opened(code_of(e))) == everything(e)
    e = begun(start="zeros")
    e.change("W1[0, 0]", 1.5)  # behind weights of 0, it does not change the cost
    e.change("learning_rate", 1e300)
    assert not e.advance(10) and e.trainer.parameters["W1"][0, 0] == 1.5


def test_the_code_is_short():
    e = begun()
    assert code_of(e) == "Playground(n_points=24, n_h=2)"
    for rate in (0.1, 3, 1.2):
        e.change("learning_rate", rate)
    e.change("W1[0,1]", np.float64(1))
    e.change("b1[0, 0]", 2)
    e.change("W1[0, 1]", 0.5)
    e.change("add", [1, 1, 0])
    e.change("add", (1, 1, 1))
    e.change("remove", (1.01, 0.99))  # the newest of two on top of each other
    assert everything(opened(code_of(e))) == everything(e)
    twice = begun()
    for point in ((3, 3, 1), (2, 2, 1), (3, 3, 1)):
        twice.change("add", point)
    twice.change("remove", (3, 3))
    assert twice.X[:, -2:].tolist() == [[3, 2], [3, 2]] == opened(code_of(twice)).X[:, -2:].tolist()
    changes = "(0, 'W1[0, 1]', 0.5), (0, 'add', (1, 1, 0))"
    assert code_of(e) == f"Playground(n_points=24, n_h=2, changes=[(0, 'b1[0, 0]', 2), {changes}])"
    e.advance(3)
    for rate in (0.1, np.float64(3)):
        e.change("learning_rate", rate)
    assert code_of(e).endswith(", (3, 'learning_rate', 3.0)], epochs=3)")
    named = code_of(begun({"cost": lambda A2, Y: 1.0, "backward": backward}), given=("cost", "backward"))
    assert named == "Playground(cost=cost, backward=backward, n_points=24, n_h=2)"


@pytest.mark.parametrize(
    "changes, expected",
    [
        ([(5, "l1", 0.1), (2, "l2", 0.1)], "in order"),
        ([(0, 3, "l1", 0.1)], "number of updates"),
        ([(0, "l1")], r"A change is \(epoch, what, value\)"),
        ([7], "A change is"),
        ([("0", "l1", 0.1)], "whole number"),
        ([(0, "W9[0, 0]", 1.0)], r"There is no W9\[0, 0\]; the shapes are"),
        ([(0, "A1[0]", 1.0)], r"A1\[0\] is no weight\. Choose one at 'formula of'"),
        ([(0, "n_h", 3)], "use anew"),
        ([(0, "learning_rat", 3)], "written like W1"),
        ([(0, "chosen", "W1[1, 1]")], "written like W1"),
    ],
)
def test_changes_that_cannot_be(changes, expected):
    with pytest.raises(ValueError, match=expected):
        Experiment(None, Settings(**SMALL), changes)


def test_updates_without_end():
    with pytest.raises(ValueError, match="number of updates"):
        Experiment(None, Settings(**SMALL), epochs=2, updates=50)


def test_an_initialize_that_draws_anew_is_said():
    def draws(n_x, n_h, n_y):
        return network.initialize_parameters(n_x, n_h, n_y, seed=int(np.random.default_rng().integers(1e9)))

    e = begun({"initialize": draws})
    assert "draws anew" in words_of(e) and "draws anew" not in words_of(begun(OWN))
    e.advance(5)
    again = e.anew()
    again.advance(5)
    assert again.trainer.history == e.trainer.history  # a reset keeps them
    assert "draws anew" in words_of(again)


# Nothing is lost


@pytest.mark.parametrize(
    "what, value",
    [
        ("learning_rate", 0), ("learning_rate", math.nan), ("learning_rate", "fast"), ("batch_size", 0),
        ("batch_size", 2.5), ("l1", -1), ("l2", math.inf), ("W1[7, 0]", 1), ("W9[0, 0]", 1),
        ("W1[0]", 1), ("W1", 1), ("W1[0, 1]", math.nan), ("W1[0, 1]", 1e7), ("W1[0, 1]", None),
        ("W1[0, 1]", "1"), ("add", (1, 2)), ("add", (1, 2, 3)), ("add", (math.nan, 2, 1)), ("add", "abc"),
        ("add", (1e4, 2, 1)), ("add", None), ("add", {}), ("remove", (50, 50)), ("remove", (1, 2, 0)),
        ("data", "moons"), ("n_h", 3), ("stop_when_converged", "yes"), (None, 1), ("", 1),
        ("gradients", True),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_changes_nothing(what, value):
    e = begun(batch_size=10)
    e.change("add", (1, 1, 1))
    e.advance(3)
    before = everything(e)
    with pytest.raises(ValueError) as error:
        e.change(what, value)
    assert everything(e) == before and len(str(error.value)) > 20


@pytest.mark.parametrize(
    "settings, expected",
    [
        ({"example": 19}, "example is from 0 to 18"), ({"example": -1}, "whole number from 0"),
        ({"chosen": "W1[9, 9]"}, "chosen is one of"), ({"chosen": "W1"}, "chosen is one of"),
        ({"chosen": 5}, "chosen is a text"), ({"gradients": "yes"}, "True or False"),
        ({"epochs_a_frame": 0}, "whole number from 1"),
    ],
)  # fmt: skip
def test_a_picture_of_what_is_not_there_is_refused(settings, expected):
    e = begun(batch_size=10)
    e.change("add", (1, 1, 1))
    with pytest.raises(ValueError, match=expected):
        require_there(PictureSettings(**settings), e.trainer.parameters, e.Y)


@pytest.mark.parametrize(
    "settings",
    [
        {"data": "rose"}, {"data": "none.csv"}, {"data": 5}, {"n_points": 1}, {"n_points": 10**9}, {"n_h": 9},
        {"n_points": 2.5}, {"noise": -1}, {"noise": math.nan}, {"test_share": 1.0}, {"test_share": -0.1},
        {"n_h": 0}, {"n_h": (2, 2, 2, 2)}, {"n_h": "4"}, {"hidden_activation": "step"}, {"start": "ones"},
        {"hidden_activation": ("tanh", "relu")}, {"scale": -1}, {"scale": "big"}, {"seed": -1}, {"seed": 1.5},
        {"extra_inputs": ("x3",)}, {"extra_inputs": "x1²"}, {"extra_inputs": None}, {"noise": "much"},
        {"learning_rate": math.inf}, {"batch_size": True},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_change_nothing(settings):
    e = begun()
    e.advance(3)
    before = everything(e)
    with pytest.raises(ValueError) as error:
        e.anew(**settings)
    assert everything(e) == before and len(str(error.value)) > 20


def test_an_infinite_cost_by_a_change_is_refused():
    def fragile(A2, Y):
        J = network.compute_cost(A2, Y)
        return J if J < 10 else math.inf

    e = begun({**OWN, "cost": fragile}, batch_size=5, learning_rate=3)
    e.advance(30)
    while e.trainer.lowest.epoch == e.epoch:
        e.advance(1)
    before = everything(e)
    for what, value in (("b2[0, 0]", 1e6), ("b2[0, 0]", -1e3)):
        with pytest.raises(ValueError, match="Nothing has changed"):
            e.change(what, value)
        assert everything(e) == before
    reference = begun()
    reference.change("b2[0, 0]", 1e6)  # its cost stays finite
    assert reference.message == "" and reference.trainer.parameters["b2"] == 1e6


def test_a_reset_keeps_what_was_made_by_hand():
    e = begun()
    e.change("W1[0, 0]", 2.0)
    e.change("add", (3, 3, 1))
    e.advance(10)
    e.change("W1[0, 0]", 5.0)
    e.change("add", (-3, 3, 0))
    e.change("add", (-3, -3, 0))
    e.change("remove", (-3, -3))
    picture = require_there(PictureSettings(chosen="A1[1]", example=19), e.trainer.parameters, e.Y)
    reset = e.anew()
    assert reset.trainer.parameters["W1"][0, 0] == 2.0 and reset.epoch == 0
    np.testing.assert_array_equal(reset.X, e.X)
    assert what_is_there(picture, reset.trainer.parameters, reset.Y) == picture
    assert everything(opened(code_of(reset))) == everything(reset)
    other = e.anew(noise=0.5)
    np.testing.assert_array_equal(other.X[:, -2:], [[3, -3], [3, 3]])
    assert other.trainer.parameters["W1"][0, 0] == 2.0 and other.X.shape == e.X.shape
    fewer = e.anew(n_h=1, n_points=10)
    assert what_is_there(picture, fewer.trainer.parameters, fewer.Y) == PictureSettings()
    assert fewer.X.shape == (2, 10)
    assert e.anew(data="moons").X.shape == (2, 18) and e.anew(seed=5).trainer.parameters["W1"][0, 0] != 2.0
    assert e.epoch == 10 and e.trainer.parameters["W1"][0, 0] == 5.0  # the one before is as it was


@pytest.mark.parametrize("test_share", [0.0, 0.25])
def test_a_value_that_squeezes_all_others_together_is_said_to(test_share, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [(math.sin(k), math.cos(5 * k), k % 2) for k in range(60)]
    said = []
    for last in ((1.0, 0.0, 1), (1e5, 0.0, 1)):
        text = "".join(f"{a},{b},{c}\n" for a, b, c in [("size", "age", "kind"), *rows, last])
        (tmp_path / "mine.csv").write_text(text)
        view = view_of(begun(data="mine.csv", test_share=test_share))
        said.append(
            "size, standardised: what lies far off squeezes the other points together." in view.outside
        )
        assert view.words.endswith(view.outside) and "age" not in view.outside
    assert said == [False, True]


def test_a_test_point_beyond_the_plane_is_said_to_be(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [(math.sin(k), math.cos(5 * k), k % 2) for k in range(60)]
    for place in range(60):  # until it is one of those put aside
        points = [*rows[:place], (90.0, 0.0, 1), *rows[place + 1 :]]
        (tmp_path / "mine.csv").write_text("".join(f"{a},{b},{c}\n" for a, b, c in points))
        e = begun(data="mine.csv", test_share=0.25)
        if abs(e.X_test).max() > 20:
            break
    assert abs(e.X).max() < 20 < abs(e.X_test).max()
    assert "1 point lies beyond this plane, the farthest at (" in view_of(e).outside


def test_points_on_top_of_each_other_far_off_and_the_last():
    e = begun(n_points=2, test_share=0.5)
    near = view_of(e).reach
    e.change("add", (9, -5, 1))
    assert view_of(e).reach > 9 and math.isfinite(view_of(e).maps[-1].sum())
    with pytest.raises(ValueError, match="up to ±18"):
        e.change("add", (900, -5, 1))
    e.change("remove", (9, -5))
    assert view_of(e).reach == near and code_of(e) == code_of(begun(n_points=2, test_share=0.5))
    e.change("add", (1, 1, 1))
    e.change("add", (1, 1, 0))
    assert e.advance(50)
    picture = require_there(PictureSettings(example=2), e.trainer.parameters, e.Y)
    e.change("remove", (1.0, 1.0))
    assert e.Y[0, -1] == 1 and e.X.shape == (2, 2) and up_to_the_last_example(picture, e.X).example == 1
    e.change("remove", (1.0, 1.0))
    with pytest.raises(ValueError, match="the last training point"):
        e.change("remove", tuple(e.X[:, 0]))
    assert everything(opened(code_of(e))) == everything(e)


def csv(rows, header="length,width,kind\n"):
    return header + "".join(",".join(map(str, row)) + "\n" for row in rows)


GOOD = [(k, k % 3, "ab"[k % 2]) for k in range(12)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", "no examples"),
        ("x,y,kind\n", "no examples"),
        (csv((k, k, "a") for k in range(9)), "one class only"),
        (csv((k, k, "abcd"[k % 4]) for k in range(12)), "4 classes"),
        (csv((k, k, k, k % 2) for k in range(9)).replace("kind", "w,kind"), "3 columns"),
        (csv(((k, k % 2) for k in range(9)), "x,kind\n"), "1 column of"),
        (csv(("long", k, k % 2) for k in range(9)), "not a number"),
        (csv((k % 2, k / 7, k / 3) for k in range(90)), "last a column with the class"),
        (csv(("ab"[k % 2], k / 7, k / 3) for k in range(90)), "last a column with the class"),
        (csv((k, k / 3, k % 2) for k in range(6000)), "6,000 examples"),
        (csv((k * 1e300, k, k % 2) for k in range(9)), "beyond 1e"),
        (csv(((k * 1e-300, k, k % 2) for k in range(9)), ""), "close to 0"),
        (csv((k, "", k % 2) for k in range(9)), "Fill it in"),
        (csv(GOOD[:1]), "one class only"),
    ],
)
def test_a_csv_that_does_not_fit_changes_nothing(tmp_path, text, expected):
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    e = begun()
    e.advance(3)
    before = everything(e)
    with pytest.raises(ValueError, match=expected) as error:
        e.anew(data=str(tmp_path / "mine.csv"))
    assert everything(e) == before and "label=" not in str(error.value)


@pytest.mark.parametrize("header, axis", [("l,w,k\n", "l"), ("", "column 0"), (",w,k\n", "column 0")])
def test_points_of_ones_own(tmp_path, header, axis):
    (tmp_path / "MINE.CSV").write_text(csv(GOOD, header), encoding="utf-8")
    e = begun(data=str(tmp_path / "MINE.CSV"))
    assert e.axes[0] == f"{axis}, standardised" and e.X.shape == (2, 9) and e.X_test.shape == (2, 3)
    np.testing.assert_allclose(e.X.mean(axis=1), 0, atol=1e-12)
    e.change("add", (0.5, 0.5, 1))
    assert e.advance(20) and everything(opened(code_of(e))) == everything(e)


@pytest.mark.parametrize("rows", [[(1, 5, "a"), (2, 5, "b")], [(5, 5, 0), (5, 5, 1)]])
@pytest.mark.parametrize("share", [0.0, 0.25])
def test_hardly_any_points_of_ones_own(tmp_path, rows, share):
    (tmp_path / "mine.csv").write_text(csv(rows), encoding="utf-8")
    e = begun(data=str(tmp_path / "mine.csv"), test_share=share)
    assert e.advance(10) and view_of(e).reach >= 1
    assert all(np.isfinite(m).all() for m in view_of(e).maps)


def test_the_epochs_come_to_an_end_and_are_given_back(monkeypatch):
    monkeypatch.setattr(experiment, "MOST_EPOCHS", 50)
    e = begun()
    assert e.advance(80) and e.epoch == 50
    for go_on in (lambda: e.advance(1), e.step):
        assert not go_on() and "50 epochs" in e.message and e.epoch == 50
    e.change("learning_rate", 0.5)
    assert e.message == "" and everything(opened(code_of(e))) == everything(e)
    assert len(e.anew().trainer.history.cost) == 1


def test_it_stops_where_the_cost_settles(monkeypatch):
    monkeypatch.setattr(experiment, "IN_EPOCHS", 200)
    e = begun(start="zeros", stop_when_converged=True, data="xor")
    assert not e.advance(5000) and e.message.startswith("Converged after ") and 200 <= e.epoch < 5000
    assert e.epoch % 100 == 0 and not e.advance(10)
    again = opened(code_of(e))
    assert everything(again) == everything(e)
    e.change("stop_when_converged", False)
    at = e.epoch
    assert e.advance(300) and e.epoch == at + 300 and everything(opened(code_of(e))) == everything(e)
    e.change("stop_when_converged", True)
    assert everything(opened(code_of(e))) == everything(e)


def test_what_came_after_a_lowest_cost_that_is_back_does_not_count(monkeypatch):
    monkeypatch.setattr(experiment, "IN_EPOCHS", 100)
    e = begun(stop_when_converged=True, scale=1)
    e.advance(100)
    assert e.message == ""
    e.trainer.history.cost += [1.0] * 300  # as a divergence leaves it
    assert e.advance(50) and e.epoch == 150


# Functions that fail


def after(calls, good, bad):
    """A function that is good for so many calls, and bad from then on."""
    count = iter(range(10**9))

    def function(*arguments):
        return (good if next(count) < calls else bad)(*arguments)

    return function


def fails(*arguments):
    raise RuntimeError("not today")


def test_what_is_said_of_an_error():
    e = begun({"cost": fails})
    assert e.message == "RuntimeError: not today. It came from your cost."
    assert e.anew().message == e.message

    def doubtful(A2, Y):
        raise AssertionError

    assert begun({"cost": doubtful}).message == "AssertionError. It came from your cost."


def returns(value):
    return lambda *arguments: value


def nan_like(good):
    def bad(*arguments):
        returned = good(*arguments)
        if isinstance(returned, dict):
            return {name: p * math.nan for name, p in returned.items()}
        if isinstance(returned, tuple):
            return returned[0] * math.nan, {name: A * math.nan for name, A in returned[1].items()}
        return math.nan

    return bad


def misshapen(good):
    def bad(*arguments):
        returned = good(*arguments)
        if isinstance(returned, dict):
            return {name: p.T for name, p in returned.items()}
        return (returned[0].T, {}) if isinstance(returned, tuple) else np.ones(3)

    return bad


@pytest.mark.parametrize("calls", [0, 100])
@pytest.mark.parametrize("kind", ["raises", "None", "NaN", "shapes"])
@pytest.mark.parametrize("part", ["initialize", "forward", "cost", "backward", "update"])
def test_a_function_that_fails_is_named_and_nothing_is_lost(part, kind, calls):
    good = OWN[part]
    bad = {"raises": fails, "None": returns(None), "NaN": nan_like(good), "shapes": misshapen(good)}[kind]
    e = begun(OWN | {part: after(calls * (part != "initialize"), good, bad)}, batch_size=9)
    e.message = e.message if part == "initialize" else ""
    went_on = [e.advance(20) for _ in range(3) if part != "initialize"]
    assert went_on.count(False) or part == "initialize"
    if (part, kind) != ("update", "NaN"):  # which the trainer takes for divergence
        assert f"your {part}" in e.message
    assert e.epoch + e.update > 0 or calls == 0 or part == "initialize"
    view = view_of(e)
    shown = [*view.maps, *view.grads.values(), *view.cache.values()]
    assert all(np.isfinite(values).all() for values in shown)
    mended = opened(code_of(e), OWN)
    assert (mended.epoch, mended.update) == (e.epoch, e.update)
    if part == "initialize":
        assert "initialize (yours failed)" in words_of(e) and e.advance(5)
        e.change("add", (1, 1, 1))
        assert "your initialize" in e.anew().message
    else:
        np.testing.assert_array_equal(mended.trainer.parameters["W1"], e.trainer.parameters["W1"])
    assert mended.advance(5) and mended.message == ""


def test_a_function_that_fails_leaves_the_changes_alone():
    e = begun(OWN | {"backward": after(60, backward, fails)})
    e.advance(30)
    e.change("learning_rate", 0.4)
    e.change("W1[0, 0]", 1.0)
    assert not e.advance(100)
    e.change("l2", 0.1)
    e.change("add", (1, 1, 1))
    mended = opened(code_of(e), OWN)
    assert mended.epoch == e.epoch and mended.settings == e.settings and mended.changes == e.changes
    stands = opened(code_of(e), OWN | {"backward": after(10, backward, fails)})
    assert "your backward. It stands at epoch" in stands.message and 0 < stands.epoch < 10


def test_functions_that_change_their_arguments_change_no_picture():
    def forward_in_place(X, parameters):
        A2, cache = forward(X, parameters)
        X += 1
        parameters["W1"] += 1
        return A2, cache

    def backward_in_place(parameters, cache, X, Y):
        grads = backward(parameters, cache, X, Y)
        cache["A2"] -= Y
        X *= 0
        parameters["W2"] *= 0
        return grads

    e = begun(OWN)
    e.advance(20)
    right = view_of(e)
    e.trainer.forward, e.trainer.backward = forward_in_place, backward_in_place
    before = everything(e)
    for view in (view_of(e), view_of(e)):
        assert everything(e) == before
        np.testing.assert_array_equal(view.inputs, e.X)
        for shown in ("cache", "grads", "parameters"):
            for name, values in getattr(right, shown).items():
                np.testing.assert_allclose(getattr(view, shown)[name], values, atol=1e-15)
    e.advance(5)
    assert everything(e)["X"] == before["X"] and everything(e)["Y"] == before["Y"]


def test_a_cache_of_ones_own_is_made_whole():
    def forward_without_Z(X, parameters):
        A2, cache = forward(X, parameters)
        return A2, {"A1": cache["A1"], "A2": A2, "note": "mine"}

    def forward_with_another_Z2(X, parameters):
        A2, cache = forward(X, parameters)
        return A2, {**cache, "Z2": 0}

    def forward_with_relu(X, parameters):
        return network.forward_propagation(X, parameters, hidden_activation="relu")

    large = view_of(begun(OWN | {"forward": forward_with_relu}, start="constant", scale=3))
    assert large.cache["A1"].max() > 1 == max(m.max() for m in large.maps)
    right = view_of(begun(OWN))
    for one in (forward_without_Z, forward_with_another_Z2):
        view = view_of(begun(OWN | {"forward": one}))
        for name, values in right.cache.items():
            np.testing.assert_allclose(view.cache[name], values)


def test_a_slow_function_ends_in_time():
    e = begun(OWN | {"update": lambda *arguments: time.sleep(0.02) or update(*arguments)})
    start = time.monotonic()
    assert e.advance(1000, seconds=0.05) and time.monotonic() - start < 0.3 and e.epoch > 0


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("own", [{}, OWN])
def test_rates_and_weights_beyond_all_bounds(own, activation):
    for asked in ({"learning_rate": 1e6}, {"learning_rate": 1e300}, {"start": "constant", "scale": 1e6}):
        e = begun(own, hidden_activation=activation, **asked)
        e.advance(300)
        assert all(np.isfinite(p).all() for p in e.trainer.parameters.values())
        view = view_of(e)
        shown = [*view.maps, *view.grads.values(), *view.cache.values(), *view.dZ.values()]
        assert all(np.isfinite(values).all() for values in shown)
        assert e.advance(1) or e.message.startswith("Diverged")


# Words


@pytest.mark.parametrize(
    "own, asked, expected",
    [
        ({}, {}, "Yours: none yet. Reference: initialize, forward, cost, backward, update."),
        (OWN, {}, "Yours: initialize, forward, cost, backward, update."),
        (OWN, {"n_h": (3,), "l1": 0.1, "batch_size": 5, "extra_inputs": ("x1²",)}, "update."),
        (("backward", "forward"), {}, "Yours: forward, backward. Reference: initialize, cost, update."),
        (OWN, {"seed": 3}, "Yours: forward, cost, backward, update. Reference: initialize (for 'seed')."),
        (OWN, {"scale": 0.1}, "Reference: initialize (for 'scale')."),
        (OWN, {"start": "zeros", "scale": 0.1}, "Reference: initialize (for 'weights start')."),
        (OWN, {"hidden_activation": "relu"}, "Reference: forward, backward (for 'activation')."),
        (OWN, {"n_h": (2, 2)}, "forward, cost, update. Reference: backward (for 'hidden layers')."),
        (("initialize", "backward"), {"seed": 1, "hidden_activation": "sigmoid"},
         "none. Reference: forward, cost, update; backward (for 'activation'); initialize (for 'seed')."),
    ],
)  # fmt: skip
def test_words_say_whose_functions_are_in_use(own, asked, expected):
    e = begun({part: OWN[part] for part in own}, **asked)
    assert words_of(e).endswith(expected) and len(words_of(e)) < 136  # two rows of the picture
    used = words_of(e).partition(" Reference")[0]
    for part in own:
        assert (getattr(e.trainer, part) is OWN[part]) == (part in used)


# Three classes


def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def softmax_cost(A2, Y):
    return -np.sum(Y * np.log(A2 + 1e-300)) / Y.shape[1]


THREE = {"data": "arms", "n_points": 60, "test_share": 0.25}


@pytest.mark.parametrize(
    "own, asked, expected",
    [
        ({}, {}, "Yours: none yet. Reference: initialize, forward, softmax, softmax_cost, backward, update."),
        ({"softmax": softmax}, {}, "Yours: softmax. Reference: initialize, forward, softmax_cost, "),
        ({"softmax_cost": softmax_cost, "cost": cost}, {}, "Yours: softmax_cost. Reference: initialize, "),
        ({"softmax": softmax, "cost": cost}, {"output": "sigmoid"}, "Yours: cost. Reference: "),
        ({"softmax": softmax, "update": update}, {"hidden_activation": "relu"}, "Yours: softmax, update."),
    ],
)  # fmt: skip
def test_softmax_of_ones_own_is_what_runs_with_three_classes(own, asked, expected):
    e = Experiment(own, Settings(**THREE | asked))
    e.advance(20)
    assert expected in words_of(e) and not e.message
    alone = Experiment({}, Settings(**THREE | asked))
    alone.advance(20)
    np.testing.assert_allclose(e.trainer.history.cost, alone.trainer.history.cost, rtol=1e-9)
    calls = []
    for part in ("softmax", "softmax_cost"):
        if part in own:
            counting = lambda *given, part=part: calls.append(part) or own[part](*given)  # noqa: E731
            Experiment({part: counting}, Settings(**THREE | asked)).advance(1)
    assert set(calls) == (set() if asked.get("output") else own.keys() & {"softmax", "softmax_cost"})


def test_a_point_of_a_third_class_is_added_moved_and_written_down():
    e = Experiment({}, Settings(**THREE))
    e.change("add", (0.5, 0.5, 2))
    assert e.Y[:, -1].tolist() == [0, 0, 1] and e.point_at(e.Y.shape[1] - 1) == (0.5, 0.5, 2)
    again = opened(code_of(e))
    np.testing.assert_array_equal(again.Y, e.Y)
    e.change("remove", (0.5, 0.5))
    assert e.Y.shape == (3, 45)
    for label in (3, 0.5, -1):
        with pytest.raises(ValueError, match="The class of a point is 0, 1 or 2"):
            e.change("add", (0.5, 0.5, label))
    with pytest.raises(ValueError, match="The class of a point is 0 or 1"):
        begun().change("add", (0.5, 0.5, 2))


def test_each_layer_can_have_an_activation_of_its_own():
    e = begun(OWN, n_h=(3, 4, 2), hidden_activation=("tanh", "relu", "sigmoid"))
    e.advance(10)
    view = view_of(e)
    assert view.activations == ("tanh", "relu", "sigmoid") and np.isfinite(view.dZ["dZ1"]).all()
    assert "Reference: forward, backward (for " in words_of(e)
    assert everything(opened(code_of(e), OWN)) == everything(e)


def test_activations_by_layer_follow_the_number_of_layers():
    s = Settings(n_h=(2, 2), hidden_activation=("tanh", "relu"))
    assert with_activation(s, 2, "tanh") == "tanh" and with_activation(s, 1, "sigmoid") == ("sigmoid", "relu")
    assert activation_for(s, 3) == ("tanh", "relu", "relu") and activation_for(s, 1) == "tanh"
    with pytest.raises(ValueError, match="a name for each hidden layer; 2 names came for 1 hidden layer"):
        Settings(hidden_activation=("tanh", "relu"))
    with pytest.raises(ValueError, match="hidden_activation is one of .*it came as"):
        Settings(n_h=(2, 2), hidden_activation=(np.tanh, np.cos))


def test_another_number_of_classes_makes_new_weights_and_the_same_keeps_them():
    e = begun(seed=3)
    three = e.anew(data="arms")
    assert three.trainer.parameters["W2"].shape == (3, 2)
    np.testing.assert_array_equal(
        three.trainer.parameters["W2"], three.anew(output="sigmoid").trainer.parameters["W2"]
    )
    back = three.anew(data="moons")
    assert back.trainer.parameters["W2"].shape == (1, 2)
    with pytest.raises(ValueError, match="a network has 3 outputs; these parameters have 1"):
        Experiment({}, Settings(**THREE), initial=network.initialize_parameters(2, 4, 1))


def test_a_file_of_three_classes(tmp_path):
    (file := tmp_path / "iris.csv").write_text(csv((k, k * k % 7, "abc"[k % 3]) for k in range(30)))
    e = Experiment({}, Settings(data=str(file), test_share=0.0))
    assert e.Y.shape == (3, 30) and e.output == "softmax"
    assert words_of(e).endswith("Orange triangles: a. Blue circles: b. Green squares: c.")


# What there is to see


@pytest.mark.parametrize("asked", [{}, {"n_h": (3, 2), "extra_inputs": ("x1²",), "start": "constant"}])
def test_a_view_is_what_the_network_says(asked):
    e = begun(**asked)
    e.advance(10)
    view = view_of(e)
    sizes = [2 + len(e.settings.extra_inputs), *inputs.require_hidden_sizes(e.settings.n_h), 1]
    assert [m.shape for m in view.maps] == [(n, SIDE, SIDE) for n in sizes]
    assert all(abs(m).max() <= 1 for m in view.maps) and len(view.words) > 20
    corner = np.array([[-view.reach], [view.reach]])  # at the top left
    corner = with_extra_inputs(corner, e.settings.extra_inputs)
    A, _ = network.forward_propagation(
        corner, e.trainer.parameters, hidden_activation=e.settings.hidden_activation
    )
    np.testing.assert_allclose(view.maps[-1][0, 0, 0], 2 * A[0, 0] - 1)
    assert names(view.parameters)[0] == "X[0]" and len(view.input_names) == sizes[0]


def test_constant_weights_of_one_over_the_root():
    e = begun(start="constant", scale="1/sqrt(n)", n_h=4)
    for name, value in {"W1": 2**-0.5, "W2": 0.5, "b1": 0, "b2": 0}.items():
        np.testing.assert_allclose(e.trainer.parameters[name], value)


def test_a_reference_handed_in_is_not_called_yours():
    own = {"forward": network.forward_propagation, "cost": lambda A2, Y: network.compute_cost(A2, Y)}
    e = Experiment(own, Settings(), epochs=1, given=("forward", "cost"))
    words = view_of(e).words
    assert words.startswith("Yours: cost. Reference: initialize, forward, backward, update.")
    assert code_of(e, given=("forward", "cost")) == "Playground(cost=cost, epochs=1)"
    alone = Experiment({"forward": network.forward_propagation}, given=("forward",))
    assert view_of(alone).words.startswith("Yours: none yet.") and view_of(alone).yours == ()


def test_it_starts_as_asked_where_no_thread_can_start(monkeypatch):
    def refused(*_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("helpers.calls._thread.start_new_thread", refused)
    e = begun(OWN, start="constant")
    e.advance(3)
    assert np.ptp(e.trainer.parameters["W1"], axis=0).max() == 0
    assert e.unable == {"initialize": "for 'weights start'"} and not e.message
