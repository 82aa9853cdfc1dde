"""The trainer: equal to the bare loop, whole after every interruption, honest about its end, safe on disk."""

import copy
import itertools
import json
import os
import pickle
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import inputs, network, trainer
from helpers.datasets import blobs, breast_cancer, digits, flower, moons, split, standardise
from helpers.gradient_check import gradient_errors
from helpers.trainer import Trainer, batches, load

pytestmark = pytest.mark.filterwarnings("error")
X, Y = flower(n_points=40)
X_TEST, Y_TEST = flower(n_points=20, seed=3)
NAMES = ("W1", "b1", "W2", "b2")
FUNCTIONS = {
    "forward": network.forward_propagation,
    "cost": network.compute_cost,
    "backward": network.backward_propagation,
    "update": network.update_parameters,
}


def trained(*data, **settings):
    t = Trainer(**{"epochs": 20, **settings})
    t.train(*(data or (X, Y)), progress=False)
    return t


def assert_same(t, other):
    """The same to the last bit."""
    assert t.history == other.history and t.state[:2] == other.state[:2]
    for name in NAMES:
        np.testing.assert_array_equal(t.parameters[name], other.parameters[name])


# Training


def bare_loop(epochs, columns_of, learning_rate=1.2):
    parameters, costs = network.initialize_parameters(2, 4, 1), []
    for epoch in range(epochs + 1):
        costs.append(network.compute_cost(network.forward_propagation(X, parameters)[0], Y))
        for columns in columns_of(epoch) if epoch < epochs else []:
            _, cache = network.forward_propagation(X[:, columns], parameters)
            grads = network.backward_propagation(parameters, cache, X[:, columns], Y[:, columns])
            parameters = network.update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@pytest.mark.parametrize("batch_size", [None, 40, 41, 1000])
def test_full_batch_is_the_bare_loop_to_the_last_bit(batch_size):
    parameters, costs = bare_loop(50, lambda epoch: [slice(None)])
    t = trained(epochs=50, batch_size=batch_size)
    assert t.history.cost == costs
    assert all((t.parameters[name] == parameters[name]).all() for name in NAMES)


def test_mini_batches_are_the_bare_loop_over_batches():
    parameters, costs = bare_loop(9, lambda epoch: batches(40, 16, 1, epoch))
    t = trained(epochs=9, batch_size=16)
    assert t.history.cost == costs
    assert all((t.parameters[name] == parameters[name]).all() for name in NAMES)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(m=st.integers(1, 50), batch_size=st.integers(1, 60), seed=st.integers(0, 99), epoch=st.integers(0, 99))
def test_batches_hold_each_example_once(m, batch_size, seed, epoch):
    parts = [np.arange(m)[columns] for columns in batches(m, batch_size, seed, epoch)]
    assert sorted(np.concatenate(parts)) == list(range(m))
    assert len(parts) == -(-m // batch_size) and all(1 <= len(part) <= batch_size for part in parts)
    again = [np.arange(m)[columns] for columns in batches(m, batch_size, seed, epoch)]
    assert all((a == b).all() for a, b in zip(parts, again, strict=True))


def test_batches_differ_from_epoch_to_epoch_and_seed_to_seed():
    first = [batches(40, 10, seed, epoch)[0].tolist() for seed, epoch in ((1, 0), (1, 1), (2, 0))]
    assert first[0] != first[1] != first[2] != first[0]


def test_the_same_seed_gives_the_same_training():
    assert_same(trained(batch_size=7), trained(batch_size=7))
    assert trained(batch_size=7).history != trained(batch_size=7, seed=2).history


def test_history_has_an_entry_for_each_epoch_and_one_before():
    t = trained(X, Y, X_TEST, Y_TEST, epochs=12)
    start = network.initialize_parameters(2, 4, 1)
    for (x, y), cost, accuracy in (
        ((X, Y), t.history.cost, t.history.accuracy),
        ((X_TEST, Y_TEST), t.history.test_cost, t.history.test_accuracy),
    ):
        assert len(cost) == len(accuracy) == 13
        for k, parameters in ((0, start), (-1, t.parameters)):
            A2, _ = network.forward_propagation(x, parameters)
            assert cost[k] == network.compute_cost(A2, y) and accuracy[k] == network.accuracy(A2, y)
    assert t.outcome == "stopped after 12 epochs, as asked"
    assert len(trained(epochs=0).history.cost) == 1


@pytest.mark.parametrize("batch_size", [None, 8])
def test_the_test_set_is_only_watched(batch_size):
    without, with_test = trained(batch_size=batch_size), trained(X, Y, X_TEST, Y_TEST, batch_size=batch_size)
    assert without.history.cost == with_test.history.cost and without.history.test_cost == []
    assert all((without.parameters[name] == with_test.parameters[name]).all() for name in NAMES)


def test_a_second_call_goes_on_where_the_first_ended():
    t = Trainer(epochs=10, batch_size=8)
    t.train(X, Y, progress=False)
    t.train(X, Y, progress=False)
    assert_same(t, trained(epochs=20, batch_size=8))


@pytest.mark.parametrize("early_stopping", [False, True])
@pytest.mark.parametrize("own", [{}, FUNCTIONS], ids=["reference", "own"])
@pytest.mark.parametrize("batch_size", [None, 16, 40])
def test_single_steps_lead_where_training_leads(batch_size, own, early_stopping):
    settings = {"batch_size": batch_size, "optimiser": "momentum", "early_stopping": early_stopping, **own}
    data, of_an_epoch = (X, Y, X_TEST, Y_TEST), 3 if batch_size == 16 else 1
    t = Trainer(epochs=10, **settings)
    for k in range(1, 8):
        history = t.step(*data)
        assert t.state[:2] == divmod(k, of_an_epoch) and len(history.cost) == k // of_an_epoch + 1
    assert t.outcome == "not finished; train() goes on"
    t.epochs -= t.state.epoch
    t.train(*data, progress=False)
    assert_same(t, trained(*data, **{**settings, "epochs": 10}))
    t.step(*data)
    assert t.state[:2] == (divmod(1, of_an_epoch)[0] + 10, 1 % of_an_epoch)


def test_a_step_that_blows_up_brings_the_last_good_parameters_back():
    t = Trainer(learning_rate=1e200, scale=1, hidden_activation="relu")
    t.step(X, Y)
    assert_diverged(t, "")
    assert t.state.epoch == 0


@pytest.mark.parametrize("early_stopping", [False, True])
@pytest.mark.parametrize("batch_size", [None, 7, 16])
def test_the_data_may_change_between_two_calls(batch_size, early_stopping):
    t = Trainer(epochs=3, batch_size=batch_size, early_stopping=early_stopping, patience=5)
    t.train(X, Y, X_TEST, Y_TEST, progress=False)
    rng = np.random.default_rng(1)
    for m in (40, 9, 1, 200, 40):
        other, at, before = 3 * rng.standard_normal((2, m)), t.state.epoch, t.parameters
        t.train(other, other[:1] > 0, other, other[:1] > 0, progress=False)
        A2, _ = network.forward_propagation(other, before)
        assert t.history.cost[at] == t.history.test_cost[at] == network.compute_cost(A2, other[:1] > 0)
        assert t.state.epoch == at + 3 and t.lowest.epoch >= at and len(t.history.cost) == at + 4


def test_the_data_may_change_within_an_epoch():
    t = Trainer(epochs=3, batch_size=4)
    for _ in range(8):
        t.step(X, Y)
    assert t.state[:2] == (0, 8)
    for data, place in (((X[:, :10], Y[:, :10]), (1, 0)), ((X, Y), (1, 1)), ((X[:, :3], Y[:, :3]), (2, 0))):
        t.step(*data)
        assert t.state[:2] == place and len(t.history.cost) == place[0] + 1


def test_a_tolerance_of_0_never_converges():
    assert trained(epochs=300, scale=0, tolerance=0).outcome == "stopped after 300 epochs, as asked"
    assert trained(epochs=300, scale=0, tolerance=1e-12).outcome.startswith("converged after 100 epochs")


def test_in_a_browser_the_progress_bar_starts_no_thread(monkeypatch):
    from tqdm.auto import tqdm

    monkeypatch.setattr(tqdm, "monitor_interval", 10)
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setenv("TQDM_DISABLE", "0")
    Trainer(epochs=2).train(X, Y, progress=True)
    assert tqdm.monitor_interval == 0


def test_without_progress_nothing_of_tqdm_is_loaded():
    code = (
        "import sys, numpy as np; from helpers.trainer import Trainer; "
        "Trainer(epochs=2).train(np.ones((2, 3)), np.ones((1, 3)), progress=False); "
        "print('tqdm' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_a_test_set_that_comes_later_keeps_its_place_in_the_history():
    t = Trainer(epochs=5)
    t.train(X, Y, progress=False)
    t.train(X, Y, X_TEST, Y_TEST, progress=False)
    whole = trained(X, Y, X_TEST, Y_TEST, epochs=10)
    assert np.isnan(t.history.test_cost[:5]).all() and t.history.test_cost[5:] == whole.history.test_cost[5:]


def test_the_data_are_left_as_they_were():
    before = X.copy(), Y.copy()
    trained(batch_size=7)
    assert (X == before[0]).all() and (Y == before[1]).all()


def test_predictions():
    t = trained(epochs=300)
    np.testing.assert_array_equal(t.predict(X), network.predict(X, t.parameters))
    np.testing.assert_array_equal(t.probability(X), network.forward_propagation(X, t.parameters)[0])
    assert network.accuracy(t.probability(X), Y) == t.history.accuracy[-1]
    for call in (Trainer().predict, Trainer().probability):
        with pytest.raises(ValueError, match=r"no parameters yet: call train\(X, Y\)"):
            call(X)
    t.forward = lambda X, parameters: (X, {})  # the shape is checked for a function of one's own, too
    with pytest.raises(ValueError, match=r"X\.T\?"):
        t.predict(X.T)


# How it ends


def test_convergence_by_its_stated_criterion():
    t = trained(epochs=5000, tolerance=1e-3, patience=50)
    recent = t.history.cost[-51:]
    assert t.outcome.startswith(f"converged after {t.state.epoch} epochs") and t.state.epoch < 5000
    assert max(recent) - min(recent) <= 1e-3 * min(recent)
    before = t.history.cost[-101:-50]
    assert max(before) - min(before) > 1e-3 * min(before)
    assert trained(epochs=49, scale=0, tolerance=1, patience=50).outcome.startswith("stopped after 49 epochs")


def test_too_large_a_learning_rate_oscillates_and_stays_finite():
    t = trained(epochs=300, learning_rate=100.0, patience=1000)
    falls = np.diff(t.history.cost) < 0
    assert np.isfinite(t.history.cost).all() and 50 < falls.sum() < 250
    assert t.outcome.startswith("stopped after 300")


def assert_diverged(t, because):
    assert t.outcome.startswith("diverged in epoch") and because in t.outcome
    assert (
        "Try a smaller learning_rate" in t.outcome and f"The parameters of epoch {t.state.epoch}" in t.outcome
    )
    assert all(np.isfinite(t.parameters[name]).all() for name in NAMES)
    assert network.compute_cost(t.probability(X), Y) == t.history.cost[t.state.epoch] == min(t.history.cost)


def uphill(parameters, cache, X, Y):
    return {name: -g for name, g in network.backward_propagation(parameters, cache, X, Y).items()}


@pytest.mark.parametrize("batch_size", [None, 8])
def test_a_flipped_sign_diverges_and_the_best_parameters_come_back(batch_size):
    t = trained(epochs=500, backward=uphill, patience=20, batch_size=batch_size)
    assert_diverged(t, "above its start, with no new low for 20 epochs")
    assert t.state.epoch == 0 and len(t.history.cost) == 21


def with_costs(costs, **settings):
    """A trainer whose cost function returns these, one for each epoch."""
    costs = iter(costs)
    return trained(cost=lambda A2, Y: next(costs), epochs=60, patience=20, **settings)


def test_divergence_needs_both_a_cost_above_the_start_and_no_new_low():
    high = [5.0, *[6.0 + k % 2 for k in range(60)]]
    assert with_costs(high).outcome.startswith("diverged in epoch 20")
    recent_low = [*high[:15], 1.0, *high[16:]]
    t = with_costs(recent_low)
    assert t.outcome.startswith("diverged in epoch 40") and t.state.epoch == 15
    below_the_start = [9.0, 1.0, *high[2:]]
    assert with_costs(below_the_start).outcome == "stopped after 60 epochs, as asked"


def test_infinite_parameters_are_a_divergence_even_where_the_cost_is_finite():
    def leap(parameters, grads, learning_rate):
        return {**parameters, "W1": np.full((4, 1), np.inf)}

    t = trained(np.array([[-1.0, 1.0]]), np.array([[0, 1]]), update=leap)
    assert t.outcome.startswith("diverged in epoch 1") and np.isfinite(t.parameters["W1"]).all()


@pytest.mark.parametrize("batch_size", [None, 8])
@pytest.mark.parametrize("learning_rate", [1e101, 1e200, 1e307, 1.7e308])
@pytest.mark.parametrize("n_h", [1, 4])
def test_a_blow_up_ends_with_finite_parameters(batch_size, learning_rate, n_h):
    t = trained(
        epochs=50,
        learning_rate=learning_rate,
        batch_size=batch_size,
        n_h=n_h,
        hidden_activation="relu",
        scale=1,
    )
    assert_diverged(t, "1e100" if "1e100" in t.outcome else "too large to compute with")
    t.learning_rate = 0.1  # and it goes on from there
    t.train(X, Y, progress=False)
    assert t.outcome.startswith("stopped after") and np.isfinite(t.history.cost).all()
    assert len(t.history.cost) == t.state.epoch + 1


def test_a_cost_of_ones_own_that_is_nan_is_a_divergence():
    costs = iter([5.0, 4.0, 3.0, 3.5, float("nan")])
    t = trained(epochs=50, cost=lambda A2, Y: next(costs))
    assert t.outcome.startswith("diverged in epoch 4") and t.state.epoch == 2
    whole = trained(epochs=2)
    assert all((t.parameters[name] == whole.parameters[name]).all() for name in NAMES)


def log_of_zero(A2, Y):
    return -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum() / Y.shape[1]


def test_log_of_zero_in_a_cost_of_ones_own_is_no_divergence():
    data, settings = (np.array([[-9.0, 9.0]]), np.array([[0, 1]])), {"learning_rate": 1e3, "scale": 1}
    t, reference = trained(*data, **settings, cost=log_of_zero), trained(*data, **settings)
    assert np.isin(t.probability(data[0]), (0, 1)).any()
    assert t.outcome == reference.outcome and t.history.cost == reference.history.cost


def test_a_cost_of_ones_own_that_is_not_finite_is_named_beside_the_formula():
    def without_sigmoid(X, parameters):
        _, cache = network.forward_propagation(X, parameters)
        return cache["Z2"], {**cache, "A2": cache["Z2"]}

    with pytest.raises(ValueError, match="A2 holds probabilities, from 0 to 1") as error:
        Trainer(forward=without_sigmoid, cost=log_of_zero).train(X, Y)
    assert error.value.__notes__ == ["It came from your forward."]
    t = trained(cost=lambda A2, Y: np.nan)
    assert "your cost came to nan, where the formula gives 0.69. The parameters of epoch 0" in t.outcome


def test_an_error_of_ones_own_function_comes_out_and_loses_nothing():
    calls = itertools.count(1)

    def update(parameters, grads, learning_rate):
        if next(calls) == 8:
            raise ZeroDivisionError("mine")
        return network.update_parameters(parameters, grads, learning_rate)

    t = Trainer(epochs=20, update=update)
    with pytest.raises(ZeroDivisionError, match="mine") as error:
        t.train(X, Y, progress=False)
    assert t.state.epoch == 7 and error.value.__notes__ == ["It came from your update."]
    t.epochs = 13
    t.train(X, Y, progress=False)
    assert_same(t, trained(epochs=20))


# Interrupts


def interrupting(name, at):
    """The function of that name, which raises KeyboardInterrupt in its call number `at`."""
    calls = itertools.count(1)

    def function(*arguments):
        if next(calls) == at:
            raise KeyboardInterrupt
        return FUNCTIONS[name](*arguments)

    return function


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(sorted(FUNCTIONS)), at=st.integers(1, 60), batch_size=st.sampled_from([None, 7, 16])
)
def test_an_interrupt_keeps_whole_steps_and_training_goes_on_to_the_same_result(name, at, batch_size):
    whole = trained(X, Y, X_TEST, Y_TEST, epochs=15, batch_size=batch_size)
    t = Trainer(epochs=15, batch_size=batch_size, **{name: interrupting(name, at)})
    t.train(X, Y, X_TEST, Y_TEST, progress=False)
    if t.state.epoch < 15:
        assert t.outcome.startswith(f"interrupted in epoch {t.state.epoch}: all whole steps are kept")
    inputs.require_parameters(t.parameters)
    assert all(np.isfinite(t.parameters[p]).all() for p in NAMES)
    assert t.history.cost == whole.history.cost[: len(t.history.cost)]
    t.epochs = 15 - t.state.epoch
    t.train(X, Y, X_TEST, Y_TEST, progress=False)
    assert_same(t, whole)


def test_an_interrupt_between_batches_can_be_saved_and_goes_on(tmp_path):
    t = Trainer(epochs=10, batch_size=8, update=interrupting("update", 23))
    t.train(X, Y, progress=False)
    assert t.state[:2] == (4, 2)
    t.save(tmp_path / "half.npz")
    back = load(tmp_path / "half.npz")
    back.epochs = 6
    back.train(X, Y, progress=False)
    assert_same(back, trained(epochs=10, batch_size=8))


# Functions of one's own


def test_own_functions_are_used():
    seen = set()

    def noting(name, function):
        def wrapped(*arguments):
            seen.add(name)
            return function(*arguments)

        return wrapped

    own = {name: noting(name, function) for name, function in FUNCTIONS.items()}
    own["initialize"] = noting(
        "initialize", lambda n_x, n_h, n_y: network.initialize_parameters(n_x, n_h, n_y, seed=9)
    )
    t = trained(**own)
    assert seen == {"initialize", "forward", "cost", "backward", "update"}
    assert_same(t, trained(seed=9))


def update_in_place(parameters, grads, learning_rate):
    for name in NAMES:
        parameters[name] -= learning_rate * grads["d" + name]
    return parameters


def test_an_update_in_place_spoils_nothing():
    t = trained(update=update_in_place)
    assert_same(t, trained())
    t = trained(epochs=100, update=update_in_place, backward=uphill, patience=10)
    assert t.outcome.startswith("diverged") and t.state.epoch == 0
    start = network.initialize_parameters(2, 4, 1)
    assert all((t.parameters[name] == start[name]).all() for name in NAMES)


def backward_in_another_shape(parameters, cache, X, Y):
    """As lists, in another order, and with more than is asked for."""
    grads = network.backward_propagation(parameters, cache, X, Y)
    return {"dZ2": cache["A2"] - Y, **{name: grads[name].tolist() for name in reversed(grads)}}


def backward_with_more(parameters, cache, X, Y):
    grads = network.backward_propagation(parameters, cache, X, Y)
    return {"dZ2": cache["A2"] - Y, **dict(reversed(grads.items()))}


@pytest.mark.parametrize("batch_size", [None, 16])
@pytest.mark.parametrize("backward", [backward_in_another_shape, backward_with_more])
def test_gradients_may_come_as_lists_in_any_order_and_with_others(backward, batch_size):
    t = trained(backward=backward, update=update_in_place, batch_size=batch_size)
    assert_same(t, trained(batch_size=batch_size))


def test_outputs_may_come_as_lists():
    def forward(X, parameters):
        A2, cache = network.forward_propagation(X, parameters)
        return A2.tolist(), cache

    assert_same(trained(forward=forward), trained())


def test_an_exp_that_overflows_is_not_taken_for_a_divergence():
    def forward(X, parameters):
        _, cache = network.forward_propagation(X, parameters)
        with np.errstate(all="ignore"):
            return np.exp(cache["Z2"]) / (1 + np.exp(cache["Z2"])), cache

    start = network.initialize_parameters(2, 4, 1)
    t = Trainer(forward=forward, initialize=lambda *sizes: {**start, "b2": np.array([[1e3]])})
    for call in (t.train, t.step, lambda X, Y: t.probability(X)):
        with pytest.raises(ValueError, match=r"A2 has NaN at row 0, column 0.*exp\(Z\)") as error:
            call(X, Y)
        assert error.value.__notes__ == ["It came from your forward."]


OWN_BAD = {
    "initialize returns nothing": (
        {"initialize": lambda n_x, n_h, n_y: None},
        "parameters is a dict.*NoneType",
    ),
    "initialize swaps its sizes": (
        {"initialize": lambda n_x, n_h, n_y: network.initialize_parameters(n_h, n_x, n_y)},
        "W1 expects 4 rows",
    ),
    "initialize gives NaN": (
        {
            "initialize": lambda n_x, n_h, n_y: {
                **network.initialize_parameters(2, 4, 1),
                "b1": np.full((4, 1), np.nan),
            }
        },
        "initialize gave NaN, infinity or numbers beyond 1e100",
    ),
    "forward returns A2 alone": ({"forward": lambda X, p: X[:1]}, "forward returns two things, A2 and cache"),
    "cost returns nothing": ({"cost": lambda A2, Y: None}, "cost returns one number; it came as None"),
    "cost returns one for each example": ({"cost": lambda A2, Y: A2}, "cost returns one number"),
    "update returns nothing": (
        {"update": lambda parameters, grads, learning_rate: None},
        "parameters is a dict.*NoneType",
    ),
    "backward gives NaN": (
        {"backward": lambda p, c, X, Y: {"d" + name: array * np.nan for name, array in p.items()}},
        "dW1 has NaN at row 0, column 0",
    ),
    "forward gives NaN": (
        {"forward": lambda X, p: (np.where(X[:1] == X[0, 3], np.nan, 0.5), {})},
        "A2 has NaN at row 0, column 3; X and the parameters have none",
    ),
    "backward forgets one": (
        {"backward": lambda p, c, X, Y: {"dW1": p["W1"]}},
        "no 'db1'",
    ),
    "forward gives one row too many": (
        {"forward": lambda X, p: (np.full((2, X.shape[1]), 0.5), {})},
        r"A2 has \(2, 40\)",
    ),
}


@pytest.mark.parametrize(("own", "message"), OWN_BAD.values(), ids=OWN_BAD)
def test_own_functions_that_do_not_fit_get_a_clear_error_and_can_be_mended(own, message):
    t = Trainer(epochs=20, **own)
    with pytest.raises(ValueError, match=message) as error:
        t.train(X, Y, progress=False)
    assert error.value.__notes__ == [f"It came from your {name}." for name in own]
    for name in own:
        setattr(t, name, None)
    t.train(X, Y, progress=False)
    assert_same(t, trained())


# Bad input

BAD_DATA = {
    "X transposed": ((X.T, Y), r"did you mean X\.T\?"),
    "Y transposed": ((X, Y.T), r"did you mean Y\.T\?"),
    "Y 1-D": ((X, Y[0]), r"Y\.reshape\(1, -1\)"),
    "labels 1 and 2": ((X, Y + 1), "each 0 or 1; it has 2"),
    "X with NaN": ((np.where(X == X[0, 3], np.nan, X), Y), "X has nan at row 0, column 3"),
    "empty": ((np.ones((2, 0)), np.ones((1, 0))), "it is empty"),
    "strings": ((X.astype(str), Y), "X holds numbers"),
    "None": ((X, None), "Y holds numbers"),
    "test set transposed": ((X, Y, X_TEST.T, Y_TEST), r"did you mean X\.T\?"),
    "test set of other rows": ((X, Y, np.ones((3, 20)), Y_TEST), r"X_test has shape \(3, 20\).*same rows"),
    "test labels of other rows": ((X, Y, X_TEST, np.ones((2, 20))), r"Y_test \(2, 20\).*same rows"),
    "test labels missing": ((X, Y, X_TEST), "needs both X_test and Y_test"),
    "test set missing": ((X, Y, None, Y_TEST), "needs both X_test and Y_test"),
    "test set with NaN": ((X, Y, np.full((2, 20), np.nan), Y_TEST), "nan at row 0, column 0"),
}


@pytest.mark.parametrize(("data", "message"), BAD_DATA.values(), ids=BAD_DATA)
def test_bad_data(data, message):
    t = Trainer(epochs=1)
    with pytest.raises(ValueError, match=message):
        t.train(*data, progress=False)
    assert t.parameters is None


WHOLE = ["x", 2.5, True, None, -1, np.nan]
BAD_SETTINGS = [
    *[("n_h", bad) for bad in (*WHOLE, 0)],
    *[("epochs", bad) for bad in WHOLE],
    *[("patience", bad) for bad in (*WHOLE, 0)],
    *[("seed", bad) for bad in WHOLE],
    *[("batch_size", bad) for bad in ("x", 2.5, True, -1, 0)],
    *[("learning_rate", bad) for bad in (0, -1, np.nan, np.inf, "0.1", None, True, 1j, [1.0])],
    *[("n_h", bad) for bad in ((), (4, 0), [4, 2.5], ("4",))],
    *[("scale", bad) for bad in (-1, np.nan, np.inf, "x", "1/n", True)],
    *[
        (name, bad)
        for name in ("tolerance", "gradient_tolerance", "l1", "l2")
        for bad in (-1, np.nan, "x", None)
    ],
    *[("early_stopping", bad) for bad in ("yes", None, 3, [True])],
    *[("optimiser", bad) for bad in ("Adam", None, 3, ["adam"])],
    *[("hidden_activation", bad) for bad in ("swish", None, np.tanh, [np.tanh, np.tanh], 3)],
]


@pytest.mark.parametrize(("name", "bad"), BAD_SETTINGS, ids=lambda value: repr(value)[:20])
def test_bad_settings(name, bad):
    t = Trainer(**{name: bad})
    for call in (t.train, t.step):  # with a progress bar, too
        with pytest.raises(ValueError, match=f"{name} is .*it came as"):
            call(X, Y)
    assert t.parameters is None


def test_other_data_in_a_second_call():
    t = trained()
    before = copy.deepcopy(t.parameters)
    for data, message in (
        ((np.ones((3, 40)), Y), "W1 expects 2 rows"),
        ((X, np.ones((3, 40))), r"Y has shape \(3, 40\), A2 has \(1, 40\)"),
    ):
        with pytest.raises(ValueError, match=message):
            t.train(*data, progress=False)
    assert all((t.parameters[name] == before[name]).all() for name in NAMES)


def test_lists_and_single_precision_are_taken():
    assert_same(trained(X.tolist(), Y.tolist()), trained())
    assert_same(trained(X, Y.astype(bool)), trained())
    single = trained(X.astype(np.float32), Y)
    np.testing.assert_allclose(single.history.cost, trained().history.cost, rtol=1e-4)


# Saving and loading


def test_what_was_saved_comes_back_and_goes_on(tmp_path):
    path = tmp_path / "trained.npz"
    t = trained(X, Y, X_TEST, Y_TEST, epochs=15, batch_size=8, n_h=3, hidden_activation="relu", scale=0.5)
    t.save(path)
    back = load(str(path))
    assert_same(back, t)
    assert all(getattr(back, name) == getattr(t, name) for name in (*trainer.SETTINGS, "outcome"))
    np.testing.assert_array_equal(back.predict(X), t.predict(X))
    for each in (t, back):
        each.train(X, Y, X_TEST, Y_TEST, progress=False)
    assert_same(back, t)
    assert sorted(os.listdir(tmp_path)) == ["trained.npz"]


def test_a_loaded_trainer_diverges_as_the_saved_one_would(tmp_path):
    t = trained(epochs=10, patience=20, backward=uphill)  # its lowest cost was at the start
    t.save(tmp_path / "t.npz")
    back = load(tmp_path / "t.npz")
    for each in (t, back):
        each.backward, each.epochs = uphill, 500
        each.train(X, Y, progress=False)
    assert t.outcome == back.outcome and t.outcome.startswith("diverged")
    assert_same(back, t)
    assert t.state.epoch == 0


def test_a_diverged_trainer_can_be_saved(tmp_path):
    t = trained(epochs=500, backward=uphill, patience=20)
    t.save(tmp_path / "t.npz")
    assert_same(load(tmp_path / "t.npz"), t)


def test_settings_given_as_numpy_numbers_can_be_saved(tmp_path):
    t = trained(n_h=np.int64(3), epochs=np.int32(5), learning_rate=np.float32(0.5))
    t.save(tmp_path / "t.npz")
    back = load(tmp_path / "t.npz")
    assert_same(back, t)
    assert back.n_h == 3


def test_saving_says_what_it_cannot_do(tmp_path):
    with pytest.raises(ValueError, match="nothing to save yet"):
        Trainer().save(tmp_path / "t.npz")
    own = trained(hidden_activation=(np.sin, np.cos))
    with pytest.raises(ValueError, match="by name can be saved"):
        own.save(tmp_path / "t.npz")
    for path in (tmp_path, tmp_path / "nowhere" / "t.npz"):
        with pytest.raises(
            ValueError, match="cannot be written: it is a folder, or its folder does not exist"
        ):
            trained().save(path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("module", "name"), [(os, "replace"), (np, "savez"), (os, "fsync")])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()], ids=repr)
def test_a_save_that_fails_leaves_the_old_file(tmp_path, monkeypatch, module, name, error):
    path = tmp_path / "t.npz"
    old = trained(epochs=5)
    old.save(path)

    def failing(*arguments, **named):
        raise error

    monkeypatch.setattr(module, name, failing)
    with pytest.raises(type(error)):
        trained(epochs=6).save(path)
    monkeypatch.undo()
    assert os.listdir(tmp_path) == ["t.npz"]
    assert_same(load(path), old)


def arrays_of(path):
    with np.load(path) as file:
        return dict(file)


def changed_about(path, **changed):
    about = json.loads(str(arrays_of(path)["about"]))
    return {"about": np.array(json.dumps({**about, **changed}))}


class Trap:
    """Unpickling this would leave a trace."""

    def __reduce__(self):
        return os.mkdir, ("trap",)


LONG = {"cost": [1.0], "accuracy": [], "test_cost": [], "test_accuracy": []}
DAMAGES = {
    "W1 of another shape": (lambda path: {"W1": np.ones((4, 2, 1))}, "W1 is an array of numbers"),
    "W2 that does not fit": (lambda path: {"W2": np.ones((1, 5))}, "W2 has shape"),
    "W1 of strings": (lambda path: {"W1": np.full((4, 2), "1")}, "W1 is an array of numbers"),
    "W1 complex": (lambda path: {"W1": np.ones((4, 2), dtype=complex)}, "W1 is an array of numbers"),
    "W1 with NaN": (lambda path: {"W1": np.full((4, 2), np.nan)}, "not made of finite numbers"),
    "W1 with infinity": (lambda path: {"W1": np.full((4, 2), np.inf)}, "not made of finite numbers"),
    "lowest W1 with NaN": (lambda path: {"lowest_W1": np.full((4, 2), np.nan)}, "not made of finite numbers"),
    "another format": (lambda path: changed_about(path, format="2"), "its format is '2'"),
    "a history too short": (lambda path: changed_about(path, history=LONG), "do not fit each other"),
    "a history of words": (
        lambda path: changed_about(path, history={**LONG, "cost": ["a"]}),
        "not made of numbers",
    ),
    "a history of other names": (lambda path: changed_about(path, history={"loss": [1.0]}), "loss"),
    "an epoch below 0": (lambda path: changed_about(path, epoch=-1), "epoch is a whole number"),
    "a lowest epoch to come": (lambda path: changed_about(path, lowest_epoch=9), "do not fit each other"),
    "settings missing": (lambda path: changed_about(path, settings={"n_h": 4}), "not a whole file"),
    "no JSON": (lambda path: {"about": np.array("{")}, "not a whole file"),
    "deep JSON": (lambda path: {"about": np.array("[" * 100_000)}, "not a whole file"),
    "JSON that is no dict": (lambda path: {"about": np.array("[1]")}, "not a whole file"),
}


@pytest.mark.parametrize(("damage", "message"), DAMAGES.values(), ids=DAMAGES)
def test_loading_a_damaged_file(tmp_path, damage, message):
    path = tmp_path / "t.npz"
    trained(epochs=5).save(path)
    np.savez(path, **{**arrays_of(path), **damage(path)})
    with pytest.raises(ValueError, match="t.npz is not a whole file from Trainer.save") as error:
        load(path)
    assert message.replace("\\", "") in str(error.value)


def test_loading_what_is_no_file_of_ours(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    foreign = {
        "text": b"hello",
        "empty": b"",
        "pickle": pickle.dumps(Trap()),
        "zip": b"PK\x05\x06" + b"\0" * 18,
        "image": b"\x89PNG\r\n\x1a\n\0\0\0",
    }
    for name, content in foreign.items():
        (tmp_path / name).write_bytes(content)
    np.save("array.npy", np.ones(3))
    np.savez("other.npz", weights=np.ones(3))
    np.savez("objects.npz", **{name: np.array([Trap()], dtype=object) for name in ("about", *NAMES)})
    for name in (*foreign, "array.npy", "other.npz", "objects.npz", ".", None):
        with pytest.raises(ValueError, match="is not a whole file from Trainer.save.*train anew"):
            load(name)
    with pytest.raises(ValueError, match="There is no file none.npz"):
        load("none.npz")
    assert not (tmp_path / "trap").exists()


def test_loading_a_truncated_or_flipped_file(tmp_path):
    path, broken = tmp_path / "t.npz", tmp_path / "broken.npz"
    t = trained(epochs=5)
    t.save(path)
    content = path.read_bytes()
    for end in range(0, len(content), 50):
        broken.write_bytes(content[:end])
        with pytest.raises(ValueError, match="not a whole file from Trainer.save"):
            load(broken)
    for position in range(0, len(content), 23):
        broken.write_bytes(content[:position] + bytes([content[position] ^ 0x41]) + content[position + 1 :])
        try:
            back = load(broken)
        except ValueError as error:
            assert "not a whole file from Trainer.save" in str(error)
        else:  # a byte that does not matter, such as a date in the archive
            assert_same(back, t)


# What the lessons rest on


@pytest.mark.parametrize("n_h", [3, 4, 5])
def test_the_flower_is_learned_by_three_and_more_hidden_units(n_h):
    accuracies = []
    for seed in range(1, 6):
        t = trained(*flower(), n_h=n_h, epochs=2000, learning_rate=1.2, seed=seed, tolerance=0)
        accuracies.append(t.history.accuracy[-1])
    assert min(accuracies) >= 0.87, accuracies


def test_breast_cancer():
    X_train, Y_train, X_test, Y_test = split(*breast_cancer(), seed=1)
    X_train, X_test = standardise(X_train, X_test)
    t = trained(X_train, Y_train, X_test, Y_test, epochs=300, learning_rate=0.5)
    assert t.history.test_accuracy[-1] >= 0.95


def test_digits():
    X_train, Y_train, X_test, Y_test = split(*digits(), seed=1)
    t = trained(
        X_train, Y_train, X_test, Y_test, n_h=32, batch_size=64, learning_rate=1, scale=0.1, epochs=30
    )
    assert t.history.test_accuracy[-1] >= 0.95


# Optimisers, penalties, early stopping, callbacks


def test_momentum_and_adam_are_their_formulas():
    for name in ("momentum", "adam"):
        t = trained(epochs=6, optimiser=name, learning_rate=0.05, batch_size=16)
        parameters = network.initialize_parameters(2, 4, 1)
        V = M = S = {"d" + p: 0 for p in parameters}
        step = 0
        for epoch in range(6):
            for columns in batches(40, 16, 1, epoch):
                step += 1
                _, cache = network.forward_propagation(X[:, columns], parameters)
                grads = network.backward_propagation(parameters, cache, X[:, columns], Y[:, columns])
                V = {p: 0.9 * V[p] + grads[p] for p in grads}
                M = {p: 0.9 * M[p] + (1 - 0.9) * grads[p] for p in grads}
                S = {p: 0.999 * S[p] + (1 - 0.999) * grads[p] ** 2 for p in grads}
                hats = {p: (M[p] / (1 - 0.9**step), S[p] / (1 - 0.999**step)) for p in grads}
                along = (
                    V if name == "momentum" else {p: m / (np.sqrt(s) + 1e-8) for p, (m, s) in hats.items()}
                )
                parameters = {p: parameters[p] - 0.05 * along["d" + p] for p in parameters}
        for p in NAMES:
            np.testing.assert_allclose(t.parameters[p], parameters[p], rtol=1e-9)


def test_the_first_step_of_adam_has_the_size_of_the_learning_rate():
    t = trained(epochs=1, optimiser="adam", learning_rate=0.01)
    start = network.initialize_parameters(2, 4, 1)
    assert abs(t.parameters["W2"] - start["W2"]) == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize("own", [{}, {"backward": network.backward_propagation}], ids=["reference", "own"])
def test_penalties_are_in_the_cost_and_its_slope(own):
    t = trained(epochs=3, l1=0.02, l2=0.3, scale=1, **own)
    before = trained(epochs=2, l1=0.02, l2=0.3, scale=1, **own).parameters

    def cost(parameters):
        A2, _ = network.forward_propagation(X, parameters)
        weights = np.concatenate([parameters[p].ravel() for p in ("W1", "W2")])
        return network.compute_cost(A2, Y) + 0.02 * abs(weights).sum() + 0.15 * (weights**2).sum()

    steps = {"d" + p: (before[p] - t.parameters[p]) / t.learning_rate for p in NAMES}
    assert max(gradient_errors(before, steps, cost).values()) < 1e-6
    assert t.history.cost[2] == pytest.approx(cost(before), rel=1e-12)
    assert t.history.gradient_size[2] == pytest.approx(
        np.sqrt(sum((s**2).sum() for s in steps.values())), rel=1e-6
    )
    watched = trained(X, Y, X, Y, epochs=3, l1=0.02, l2=0.3, scale=1, **own)
    assert watched.history.test_cost[2] < watched.history.cost[2]


def test_penalties_make_small_weights():
    sizes = [abs(trained(epochs=300, scale=1, l2=l2).parameters["W1"]).max() for l2 in (0, 0.01, 0.1)]
    assert sizes[0] > sizes[1] > sizes[2]
    exact = trained(epochs=500, l1=0.5, learning_rate=0.01, scale=1).parameters["W1"]
    assert abs(exact).max() < 0.1


def test_gradient_size_is_that_of_all_examples_also_with_mini_batches():
    for batch_size in (None, 8):
        t = trained(X, Y, X_TEST, Y_TEST, epochs=4, batch_size=batch_size)
        for (x, y), sizes in (
            ((X, Y), t.history.gradient_size),
            ((X_TEST, Y_TEST), t.history.test_gradient_size),
        ):
            grads = network.backward_propagation(
                t.parameters, network.forward_propagation(x, t.parameters)[1], x, y
            )
            assert sizes[-1] == pytest.approx(np.sqrt(sum((g**2).sum() for g in grads.values())), rel=1e-12)


def test_the_way_back_of_the_test_set_is_left_out_where_it_is_not_asked_for(tmp_path):
    seen = []

    def backward(parameters, cache, X, Y):
        seen.append(X.shape[1])
        return network.backward_propagation(parameters, cache, X, Y)

    data = (X, Y, X_TEST[:, :-1], Y_TEST[:, :-1])
    t = trained(*data, epochs=4, test_gradients=False, backward=backward)
    assert set(seen) == {X.shape[1]} and len(seen) == 5
    assert len(t.history.test_gradient_size) == 5 and np.isnan(t.history.test_gradient_size).all()
    asked = trained(*data, epochs=4)
    for name in ("cost", "accuracy", "gradient_size", "test_cost", "test_accuracy"):
        assert getattr(t.history, name) == getattr(asked.history, name)
    t.backward = None
    t.save(tmp_path / "it.npz")
    assert load(tmp_path / "it.npz").test_gradients is False
    with pytest.raises(ValueError, match="test_gradients"):
        trained(test_gradients=2)


def test_convergence_by_the_size_of_the_gradient():
    t = trained(epochs=5000, gradient_tolerance=0.03, scale=1)
    assert t.outcome == f"converged after {t.state.epoch} epochs: the gradient is smaller than 0.03"
    assert t.history.gradient_size[-1] < 0.03 <= min(t.history.gradient_size[:-1])


@pytest.mark.parametrize("batch_size", [None, 8])
def test_early_stopping_brings_back_the_lowest_test_cost(batch_size):
    X_train, Y_train, X_test, Y_test = split(*moons(120, noise=0.4), test_share=0.5)
    t = trained(
        X_train,
        Y_train,
        X_test,
        Y_test,
        n_h=20,
        epochs=5000,
        scale=1,
        early_stopping=True,
        patience=30,
        batch_size=batch_size,
    )
    lowest = int(np.argmin(t.history.test_cost))
    assert t.outcome.startswith(f"stopped early after {lowest + 30} epochs") and t.state.epoch == lowest
    assert network.compute_cost(t.probability(X_test), Y_test) == min(t.history.test_cost)
    with pytest.raises(ValueError, match="early_stopping watches a test set: give X_test and Y_test"):
        Trainer(early_stopping=True).train(X, Y)


def test_callbacks_are_called_once_after_each_epoch_and_can_end_the_training():
    seen = []
    t = Trainer(epochs=30)
    t.train(X, Y, progress=False, callbacks=[lambda t: seen.append((t.state.epoch, t.history.cost[-1]))])
    t.train(X, Y, progress=False, callbacks=[lambda t: seen.append((t.state.epoch, t.history.cost[-1]))])
    assert seen == list(enumerate(t.history.cost))[1:] and len(seen) == 60
    t = Trainer(epochs=30)
    t.train(X, Y, progress=False, callbacks=[lambda t: t.state.epoch == 7])
    assert t.outcome == "stopped after 7 epochs, as asked" and len(t.history.cost) == 8


def test_a_callback_can_change_the_learning_rate():
    def slower(t):
        t.learning_rate = 1.2 / (1 + t.state.epoch)

    t = Trainer(epochs=3)
    t.train(X, Y, progress=False, callbacks=[slower])
    by_hand = Trainer(epochs=1)
    for rate in (1.2, 1.2 / 2, 1.2 / 3):
        by_hand.learning_rate = rate
        by_hand.train(X, Y, progress=False)
    assert_same(t, by_hand)


def test_history_stays_in_step_after_an_error_and_a_second_interrupt():
    for name in ("cost", "backward", "forward"):
        t = Trainer(epochs=15, **{name: interrupting(name, 8)})
        t.train(X, Y, X_TEST, Y_TEST, progress=False)
        assert len({len(values) for values in vars(t.history).values()}) == 1


# Several hidden layers


def test_several_hidden_layers_learn_with_one_over_root_n_and_hardly_with_a_hundredth():
    data = flower()
    deep = {"n_h": (8, 8, 8), "epochs": 1000, "learning_rate": 0.3}
    assert trained(*data, **deep, scale=0.01).history.cost[-1] > 0.69
    assert trained(*data, **deep).history.cost[-1] < 0.3
    assert trained(n_h=[4]).history == trained(n_h=4).history


def test_a_function_of_ones_own_for_one_hidden_layer_is_refused_for_more():
    def two_layers(parameters, cache, X, Y):
        grads = network.backward_propagation(parameters, cache, X, Y)
        return {name: grads[name] for name in ("dW1", "db1", "dW2", "db2")}

    with pytest.raises(ValueError, match="no 'dW3'"):
        Trainer(n_h=(4, 3), backward=two_layers).train(X, Y, progress=False)


def test_a_history_shows_itself_in_one_line():
    """Trainer.train as the last line of a cell must not print thousands of numbers."""
    trainer = Trainer(epochs=20)
    assert repr(trainer.history) == "History of no epoch yet"
    shown = repr(trainer.train(*moons()))
    assert re.fullmatch(r"History of 20 epochs: cost 0\.693 → 0\.\d+, \d+% right", shown)
    assert len(repr(trainer)) < 700


def test_an_update_that_gives_nan_is_named():
    def spoilt(parameters, grads, learning_rate):
        return {name: p * np.nan for name, p in parameters.items()}

    with pytest.raises(ValueError, match="update gave NaN") as error:
        trained(update=spoilt)
    assert error.value.__notes__ == ["It came from your update."]


def test_a_function_that_changes_the_data_in_place_is_told_so():
    def backward(parameters, cache, X, Y):
        X *= 2
        return network.backward_propagation(parameters, cache, X, Y)

    before = X.copy()
    with pytest.raises(ValueError, match="read-only") as error:
        trained(backward=backward)
    assert error.value.__notes__ == ["It came from your backward."] and (X == before).all()


def test_epochs_of_one_call_leave_the_setting_alone():
    X, Y = moons(60)
    t, whole = Trainer(epochs=1000), Trainer(epochs=30)
    for epochs in (10, 0, 20):
        t.train(X, Y, epochs=epochs, progress=False)
    whole.train(X, Y, progress=False)
    assert t.epochs == 1000 and t.history.cost == whole.history.cost
    with pytest.raises(ValueError, match="epochs is a whole number from 0 up"):
        t.train(X, Y, epochs=-1)


def test_start_from_parameters_before_and_during_training():
    X, Y = moons(60)
    given = network.initialize_parameters(2, 4, 1, scale=1)
    t, same = Trainer(epochs=5), Trainer(epochs=5, initialize=lambda *sizes: given)
    t.start_from(given)
    assert t.train(X, Y, progress=False).cost == same.train(X, Y, progress=False).cost
    t.start_from(given)
    assert t.state.epoch == t.lowest.epoch == 5 and t.parameters["W1"] is not given["W1"]
    t.train(X, Y, progress=False)
    assert t.history.cost[5] == t.history.cost[0] and len(t.history.cost) == 11
    with pytest.raises(ValueError, match="parameters needs W1, b1, W2, b2"):
        t.start_from({"W1": given["W1"]})


def test_an_outcome_is_a_sentence_and_its_parts():
    X, Y = blobs(60)
    t = Trainer(epochs=3)
    assert (t.outcome, t.outcome.kind) == ("not trained yet", "untrained")
    t.train(X, Y, progress=False)
    assert (t.outcome, t.outcome.kind) == ("stopped after 3 epochs, as asked", "stopped")
    t.learning_rate = 1e200
    t.train(X, Y, progress=False)
    assert t.outcome.kind == "diverged" and t.outcome.startswith(f"diverged in epoch {t.outcome.epoch}: ")
    assert f": {t.outcome.why}. The parameters of epoch " in t.outcome
    for again in (copy.deepcopy(t.outcome), pickle.loads(pickle.dumps(t.outcome))):
        assert (again, vars(again)) == (t.outcome, vars(t.outcome))


def test_an_outcome_is_kept_in_the_file_and_a_sentence_from_before_is_read(tmp_path):
    X, Y = blobs(60)
    t = Trainer(epochs=3)
    t.train(X, Y, progress=False)
    t.save(tmp_path / "new.npz")
    new = load(tmp_path / "new.npz").outcome
    assert (new, new.kind, new.epoch) == (t.outcome, "stopped", 3)
    with np.load(tmp_path / "new.npz") as file:
        arrays = {name: file[name] for name in file.files}
    about = json.loads(str(arrays["about"])) | {"outcome": "stopped after 3 epochs, as asked"}
    np.savez(tmp_path / "old.npz", **arrays | {"about": np.array(json.dumps(about))})
    old = load(tmp_path / "old.npz").outcome
    assert (old, old.kind) == ("stopped after 3 epochs, as asked", "earlier")
