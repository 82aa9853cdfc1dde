"""What holds for every network, whatever its depth, sizes, activation and inputs."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import network
from helpers.datasets import split, standardise
from helpers.gradient_check import central_difference
from helpers.trainer import OPTIMISERS, Trainer, load

pytestmark = pytest.mark.filterwarnings("error")
SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)
ACTIVATIONS = st.sampled_from(["tanh", "sigmoid", "relu"])
BY_LAYER = st.one_of(ACTIVATIONS, st.tuples(*[ACTIVATIONS] * 4))  # one for all, or one each for up to four
SEEDS = st.integers(0, 10**6)


def many(count):
    return settings(max_examples=count, deadline=None, derandomize=True)


def example(n0, n_h, n2, m, seed, scale=1):
    rng = np.random.default_rng(seed)
    parameters = network.initialize_parameters(n0, n_h, n2, seed=seed, scale=scale)
    parameters = {name: p + 0.3 * rng.standard_normal(p.shape) for name, p in parameters.items()}
    return rng.standard_normal((n0, m)), rng.integers(0, 2, (n2, m)), parameters


def cost_by_logaddexp(X, Y, parameters, hidden):
    """The cost computed from the last Z, without its A: exact where A rounds to 0 or 1."""
    Z = network.forward_propagation(X, parameters, hidden_activation=hidden)[1][f"Z{len(parameters) // 2}"]
    return np.logaddexp(0, (1 - 2 * Y) * Z).sum() / Y.shape[1]


@many(150)
@given(
    n0=st.integers(1, 4),
    n_h=SIZES,
    n2=st.integers(1, 3),
    m=st.integers(1, 8),
    hidden=BY_LAYER,
    seed=SEEDS,
    extreme=st.sampled_from(["none", "none", "1e3", "-1e3", "constant"]),
)
def test_gradients_agree_with_central_differences_at_every_depth(n0, n_h, n2, m, hidden, seed, extreme):
    X, Y, parameters = example(n0, n_h, n2, m, seed)
    hidden = hidden if isinstance(hidden, str) else hidden[: len(n_h)]
    if extreme == "constant":
        X[:] = X[:, :1]
    elif extreme != "none":
        X[0, 0] = float(extreme)
    _, cache = network.forward_propagation(X, parameters, hidden_activation=hidden)
    kink = min(abs(cache[f"Z{l}"]).min() for l in range(1, len(n_h) + 1))
    if "relu" in hidden and kink < 1e-2:
        return  # the slope jumps there
    grads = network.backward_propagation(parameters, cache, X, Y, hidden_activation=hidden)
    assert list(grads) == ["d" + name for name in parameters]
    for name in parameters:

        def cost(value, name=name):
            return cost_by_logaddexp(X, Y, {**parameters, name: value}, hidden)

        slope = central_difference(
            cost, parameters[name], step=1e-5 if extreme in ("none", "constant") else 1e-7
        )
        close = 1e-7 if extreme in ("none", "constant") else 1e-3
        np.testing.assert_allclose(
            grads["d" + name], slope, rtol=close, atol=close * max(1, abs(slope).max())
        )


@many(40)
@given(n_h=SIZES, hidden=ACTIVATIONS, seed=SEEDS, size=st.sampled_from([1e3, 1e8, 1e150]))
def test_extreme_inputs_give_finite_numbers(n_h, hidden, seed, size):
    X, Y, parameters = example(3, n_h, 2, 5, seed)
    A, cache = network.forward_propagation(X * size, parameters, hidden_activation=hidden)
    grads = network.backward_propagation(parameters, cache, X * size, Y, hidden_activation=hidden)
    assert np.isfinite(network.compute_cost(A, Y)) and all(np.isfinite(g).all() for g in grads.values())


@many(40)
@given(n_h=SIZES, hidden=ACTIVATIONS, seed=SEEDS)
def test_the_order_of_examples_changes_neither_cost_nor_gradient(n_h, hidden, seed):
    X, Y, parameters = example(3, n_h, 2, 9, seed)
    order = np.random.default_rng(seed).permutation(9)
    found = []
    for x, y in ((X, Y), (X[:, order], Y[:, order])):
        A, cache = network.forward_propagation(x, parameters, hidden_activation=hidden)
        grads = network.backward_propagation(parameters, cache, x, y, hidden_activation=hidden)
        found.append((network.compute_cost(A, y), grads, A))
    assert found[0][0] == pytest.approx(found[1][0], rel=1e-12)
    np.testing.assert_allclose(found[0][2][:, order], found[1][2], rtol=1e-12)
    for name in found[0][1]:
        np.testing.assert_allclose(found[0][1][name], found[1][1][name], rtol=1e-9, atol=1e-14)


@many(40)
@given(n1=st.integers(2, 5), n2=st.integers(1, 4), hidden=ACTIVATIONS, seed=SEEDS)
def test_hidden_units_in_another_order_say_the_same_after_training(n1, n2, hidden, seed):
    X, Y, parameters = example(3, (n1, n2), 1, 9, seed)
    order = np.random.default_rng(seed).permutation(n1)
    mixed = {
        **parameters,
        "W1": parameters["W1"][order],
        "b1": parameters["b1"][order],
        "W2": parameters["W2"][:, order],
    }
    outputs = []
    for start in (parameters, mixed):
        t = Trainer(
            n_h=(n1, n2),
            epochs=5,
            learning_rate=0.1,
            hidden_activation=hidden,
            initialize=lambda *sizes, start=start: start,
        )
        t.train(X, Y, progress=False)
        outputs.append(t.probability(X))
    np.testing.assert_allclose(*outputs, rtol=1e-9, atol=1e-12)


@many(30)
@given(
    n_h=SIZES,
    m=st.integers(1, 20),
    more=st.integers(0, 5),
    seed=SEEDS,
    optimiser=st.sampled_from(list(OPTIMISERS)),
)
def test_one_batch_of_all_examples_is_the_full_batch(n_h, m, more, seed, optimiser):
    X, Y, _ = example(2, n_h, 1, m, seed)
    runs = [
        Trainer(n_h=n_h, epochs=4, learning_rate=0.1, batch_size=size, optimiser=optimiser)
        for size in (None, m + more)
    ]
    for run in runs:
        run.train(X, Y, progress=False)
    assert runs[0].history == runs[1].history
    assert all(np.array_equal(*(run.parameters[name] for run in runs)) for name in runs[0].parameters)


@many(30)
@given(
    n_h=SIZES,
    batch_size=st.sampled_from([None, 3, 5]),
    optimiser=st.sampled_from(list(OPTIMISERS)),
    seed=SEEDS,
    l1=st.sampled_from([0, 0.01]),
    l2=st.sampled_from([0, 0.1]),
    tested=st.booleans(),
)
def test_saved_and_loaded_it_goes_on_as_if_it_had_not_been(n_h, batch_size, optimiser, seed, l1, l2, tested):
    X, Y, _ = example(2, n_h, 2, 14, seed)
    data = (X[:, :9], Y[:, :9], X[:, 9:], Y[:, 9:]) if tested else (X, Y)
    t = Trainer(
        n_h=n_h,
        epochs=4,
        learning_rate=0.1,
        batch_size=batch_size,
        optimiser=optimiser,
        seed=seed,
        l1=l1,
        l2=l2,
        early_stopping=tested,
    )
    t.train(*data, progress=False)
    with tempfile.TemporaryDirectory() as folder:
        t.save(Path(folder) / "t.npz")
        back = load(Path(folder) / "t.npz")
    assert (back.history, back.state[:2], back.outcome) == (t.history, t.state[:2], t.outcome)
    for each in (t, back):
        each.train(*data, progress=False)
    assert back.history == t.history and len(t.history.cost) == 9
    assert all(np.array_equal(back.parameters[name], t.parameters[name]) for name in t.parameters)


@many(60)
@given(m=st.integers(2, 40), share=st.floats(0.01, 0.99), seed=SEEDS)
def test_splitting_shares_out_each_example_once_and_standardising_looks_at_one_part(m, share, seed):
    X = np.arange(2.0 * m).reshape(2, m) ** 2
    Y = np.arange(m)[None] % 2
    X_train, Y_train, X_test, Y_test = split(X, Y, test_share=share, seed=seed)
    columns = [tuple(column) for part in (X_train, X_test) for column in part.T]
    assert sorted(columns) == sorted(tuple(column) for column in X.T) and X_test.size and X_train.size
    for x, y in ((X_train, Y_train), (X_test, Y_test)):
        assert np.array_equal(y[0], np.sqrt(x[0]).round() % 2)
    one, _ = standardise(X_train, X_test)
    other, _ = standardise(X_train, X_test * 1000)
    assert np.array_equal(one, other)
