"""Lesson 12: softmax, its cost and its gradient, in the network, the trainer, the checks and what is kept."""

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import checks, datasets, kept, network, plots, widgets
from helpers.activations import sigmoid
from helpers.feedback.judge import judge
from helpers.gradient_check import central_difference
from helpers.scenes import shares_scene
from helpers.trainer import Trainer, load
from helpers.words import number
from tests import classes_by_learners as learners
from tests.learners import BACKWARD, FORWARD, changed
from tests.support import assert_legible, defined, svg, touch

COURSE = {"forward_propagation": FORWARD, "backward_propagation": BACKWARD}

RIGHT = {"softmax": learners.SOFTMAX_RIGHT, "softmax_cost": learners.SOFTMAX_COST_RIGHT}
WRONG = {"softmax": learners.SOFTMAX_WRONG, "softmax_cost": learners.SOFTMAX_COST_WRONG}


@pytest.mark.parametrize(("task", "source"), [(task, source) for task in RIGHT for source in RIGHT[task]])
def test_a_right_version_passes(task, source, tmp_path):
    result = judge(task, defined(source, tmp_path))
    assert result.passed is True and not result.one_output, result.message


@pytest.mark.parametrize(
    ("task", "mistake", "source", "lines"), [(task, *version) for task in WRONG for version in WRONG[task]]
)
def test_a_wrong_version_is_named(task, mistake, source, lines, tmp_path):
    result = judge(task, defined(changed(source, lines), tmp_path))
    assert result.passed is False
    assert mistake in result.mistakes, (result.mistakes, result.message)


def test_most_wrong_versions_hear_one_mistake_alone(tmp_path):
    alone = []
    for task in WRONG:
        for mistake, source, lines in WRONG[task]:
            marks = judge(task, defined(changed(source, lines), tmp_path)).mistakes
            alone.append([mark for mark in marks if not mark.startswith("raised")] == [mistake])
    assert sum(alone) >= 0.9 * len(alone) and len(alone) == 30


# ---- the formulas


def case(rng, depth, k, m, size=1.0):
    n_h = tuple(int(n) for n in rng.integers(2, 5, depth - 1))
    parameters = network.initialize_parameters(3, n_h, k, seed=int(rng.integers(99)), scale="1/sqrt(n)")
    for p in parameters.values():
        p += 0.1 * rng.standard_normal(p.shape)
    parameters[f"W{depth}"] *= size
    return parameters, rng.standard_normal((3, m)), np.eye(k)[:, rng.integers(0, k, m)]


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize(("depth", "k", "m"), [(2, 2, 1), (2, 10, 6), (3, 3, 5), (4, 5, 4), (5, 4, 7)])
@pytest.mark.parametrize("size", [1.0, 30.0])
def test_gradients_against_central_differences(hidden, depth, k, m, size):
    rng = np.random.default_rng(depth * k + m)
    parameters, X, Y = case(rng, depth, k, m, size)
    settings = {"hidden_activation": hidden, "output": "softmax"}

    def cost(p):
        return network.softmax_cost(network.forward_propagation(X, p, **settings)[0], Y)

    _, cache = network.forward_propagation(X, parameters, **settings)
    assert abs(cache[f"Z{depth}"]).max() <= 100
    grads = network.backward_propagation(parameters, cache, X, Y, hidden_activation=hidden)
    for name in parameters:
        slope = central_difference(lambda p, name=name: cost({**parameters, name: p}), parameters[name])
        np.testing.assert_allclose(grads["d" + name], slope, rtol=1e-7, atol=1e-7 * max(1, size))


def test_gradients_of_z_up_to_100():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        k, m = int(rng.integers(2, 11)), int(rng.integers(1, 6))
        Z, Y = rng.uniform(-100, 100, (k, m)), np.eye(k)[:, rng.integers(0, k, m)]
        slope = central_difference(lambda Z, Y=Y: network.softmax_cost(network.softmax(Z), Y), Z)
        np.testing.assert_allclose((network.softmax(Z) - Y) / m, slope, atol=1e-7)


def test_softmax_far_out_is_finite_and_sums_to_1():
    A = network.softmax(np.array([[1000.0, -1000.0, 0], [-1000, -1000, 0], [999, -999, 0]]))
    np.testing.assert_allclose(A.sum(axis=0), 1)
    assert A[1, 0] == 0 and 0 < network.softmax_cost(A, np.eye(3)[:, [1, 1, 1]]) < 1000


def test_against_pytorch_up_to_1000():
    torch = pytest.importorskip("torch", reason="PyTorch comes with the bench extra")
    for seed in range(20):
        rng = np.random.default_rng(seed)
        k, m = int(rng.integers(2, 11)), int(rng.integers(1, 9))
        Z, own = rng.uniform(-1000, 1000, (k, m)), rng.integers(0, k, m)
        theirs = torch.tensor(Z.T, requires_grad=True)
        loss = torch.nn.functional.cross_entropy(theirs, torch.tensor(own))
        loss.backward()
        A, Y = network.softmax(Z), np.eye(k)[:, own]
        np.testing.assert_allclose((A - Y) / m, theirs.grad.numpy().T, atol=1e-9)
        if (A[own, np.arange(m)] > 1e-300).all():  # below, floats lose their digits
            np.testing.assert_allclose(network.softmax_cost(A, Y), loss.item(), rtol=1e-9)


X, Y = datasets.arms(60, noise=0.3)
ONE_OUTPUT, COLUMN = "share(s)? 1 among several outputs; there is one", "Each column of Y holds a single 1"


@pytest.mark.parametrize(("call", "words"), [
    (lambda: Trainer(output="softmax").train(X, Y[:1]), ONE_OUTPUT),
    (lambda: Trainer(output="softmax").train(X, 1 - Y), COLUMN),
    (lambda: Trainer(output="softmax").train(X, Y.argmax(axis=0)), "needs rows and columns"),
    (lambda: Trainer(output="relu").train(X, Y), "output is one of 'sigmoid', 'softmax'"),
    (lambda: network.softmax_cost(np.ones((1, 3)), np.ones((1, 3))), ONE_OUTPUT),
    (lambda: network.softmax_cost(np.full((2, 3), 0.4), np.eye(2)[:, [0, 1, 0]]), "column 0 sums to 0.8"),
    (lambda: network.softmax_cost(np.full((2, 3), 0.5), np.ones((2, 3))), COLUMN),
    (lambda: network.forward_propagation(X, network.initialize_parameters(2, 3, 1), output="softmax"),
     ONE_OUTPUT),
])  # fmt: skip
def test_what_softmax_cannot_do_is_refused_with_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# ---- the trainer, and what is kept


SETTINGS = {"n_h": 5, "learning_rate": 0.5, "epochs": 40, "output": "softmax", "scale": 0.5}


def test_a_trainer_with_softmax_learns_and_is_saved(tmp_path):
    trainer = Trainer(**SETTINGS)
    history = trainer.train(X, Y, progress=False)
    assert history.cost[-1] < 0.5 < history.cost[0] and history.accuracy[-1] > 0.8
    np.testing.assert_allclose(trainer.probability(X).sum(axis=0), 1)
    trainer.save(tmp_path / "three.npz")
    again = load(tmp_path / "three.npz")
    assert again.output == "softmax"
    np.testing.assert_array_equal(again.probability(X), trainer.probability(X))


def test_with_two_classes_two_shares_are_one_sigmoid():
    """softmax of (0, z) is the sigmoid of z."""
    z = np.linspace(-30, 30, 13)[None, :]
    A = network.softmax(np.vstack([0 * z, z]))
    np.testing.assert_allclose(A[1], sigmoid(z)[0], atol=1e-15)


def test_a_cost_that_takes_the_parameters_sees_the_trainers_own_activation_and_output():
    def cost(A2, Y, parameters):
        return network.softmax_cost(A2, Y)

    settings = SETTINGS | {"hidden_activation": "relu"}
    own = Trainer(**settings, cost=cost).train(X, Y, progress=False)
    assert own.cost == Trainer(**settings).train(X, Y, progress=False).cost


@pytest.fixture
def own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    return tmp_path


@pytest.mark.usefixtures("own_place")
def test_what_is_kept_runs_in_the_trainer_with_softmax_alone(tmp_path):
    softmax = defined(
        "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=0))\n    return E / E.sum(axis=0)\n", tmp_path
    )
    cost = defined(learners.SOFTMAX_COST_RIGHT[0], tmp_path)
    words = checks.check_softmax(softmax).message + checks.check_softmax_cost(cost).message
    assert words.count("It is kept in my_network.py") == 2
    mine = kept.load()
    assert mine.words.startswith("Yours: softmax, softmax_cost. Reference: initialize")
    assert mine.trainer().forward is None and mine.trainer().cost is None
    trainer = mine.trainer(**SETTINGS)
    assert trainer.cost is mine.softmax_cost and trainer.forward is not None
    history = trainer.train(X, Y, progress=False)
    np.testing.assert_allclose(history.cost, Trainer(**SETTINGS).train(X, Y, progress=False).cost, rtol=1e-9)


@pytest.mark.usefixtures("own_place")
def test_a_forward_and_a_backward_of_ones_own_go_on_under_a_softmax(tmp_path):
    for name in ("forward_propagation", "backward_propagation"):
        source = "import numpy as np\nfrom helpers.activations import sigmoid\n" + COURSE[name]
        assert getattr(checks, f"check_{name}")(defined(source, tmp_path)).passed
    trainer = kept.load().trainer(**SETTINGS)
    assert trainer.forward is not None and trainer.backward is not None and trainer.cost is None
    expected = Trainer(**SETTINGS).train(X, Y, progress=False).cost
    np.testing.assert_allclose(trainer.train(X, Y, progress=False).cost, expected, rtol=1e-9)


@pytest.mark.usefixtures("own_place")
def test_a_backward_that_computes_the_sigmoid_itself_is_left_out_under_a_softmax(tmp_path):
    source = changed(BACKWARD, {"A2 - Y": "1 / (1 + np.exp(-Z2)) - Y"})
    assert checks.check_backward_propagation(defined("import numpy as np\n" + source, tmp_path)).passed
    mine = kept.load()
    assert mine.trainer(n_h=5).backward is not None and mine.trainer(**SETTINGS).backward is None


# ---- pictures


def test_three_classes_are_drawn_and_counted():
    assert "20 of class 2 (green squares)" in plots.plot_data(X, Y)
    words = plots.plot_fields(lambda points: np.ones((3, points.shape[1])), X, Y)
    assert "none 0% (white), several 100% (grey)" in words
    words = plots.plot_fields(
        lambda points: np.eye(3)[:, np.argmax(np.vstack([0 * points[:1], points]), 0)], X, Y
    )
    assert "none 0% (white), several 0% (grey)" in words and "class 0 alone 25%" in words
    assert "row 0: 1, −2; row 1: 0, 30" in plots.plot_table(np.array([[1, -2], [0, 30]]))
    plt.close("all")


@pytest.mark.parametrize("z", [(2, 1, -1), (0, 0, 0), (6, -6, 6), (-5.9, 5.9, 0.1)])
@pytest.mark.parametrize("own", [0, 1, 2])
def test_the_shares_are_legible_and_right(z, own):
    scene = shares_scene(*z, own)
    assert_legible(scene)
    a = network.softmax(np.array(z, float))
    assert f"a = {number(a[2])}, dz = {number(a[2] - (own == 2))}" in scene.description


def test_numbers_are_moved_in_the_picture():
    explorer = widgets.explore_shares()
    touch(explorer, "z2", "text", text="3")
    explorer.fields["own"].value = 2
    assert svg(explorer) == shares_scene(2.0, 1.0, 3.0, 2).svg
    explorer.close()


def test_arms_turn_into_each_other():
    X, Y = datasets.arms(300, noise=0)
    assert Y.sum(axis=1).tolist() == [100, 100, 100] and (Y.sum(axis=0) == 1).all()
    r = np.linalg.norm(X, axis=0)
    np.testing.assert_allclose(r, np.linspace(0.3, 3, 300))
    with pytest.raises(ValueError, match="n_points is a whole number from 3 up"):
        datasets.arms(2)


# ---- what lesson 12 says


def test_lesson_12_four_units_confuse_1_and_8():
    X_train, Y_train, X_test, Y_test = datasets.split(*datasets.digits())
    settings = {"learning_rate": 0.3, "scale": 0.1, "epochs": 30, "batch_size": 32, "output": "softmax"}
    small, usual = Trainer(n_h=4, **settings), Trainer(n_h=32, **settings)
    accuracy = small.train(X_train, Y_train, X_test, Y_test, progress=False).test_accuracy[-1]
    usual.train(X_train, Y_train, progress=False)
    meant, taken = Y_test.argmax(axis=0), small.predict(X_test).argmax(axis=0)
    pairs = Counter(tuple(sorted(pair)) for pair in zip(meant.tolist(), taken.tolist(), strict=True))
    wrong = {pair: n for pair, n in pairs.items() if pair[0] != pair[1]}
    assert round(accuracy, 2) == 0.9 and max(wrong, key=wrong.get) == (1, 8) and wrong[1, 8] == 9
    assert usual.probability(X_test)[[8, 3, 9, 1], 2].round(2).tolist() == [0.77, 0.07, 0.07, 0.05]
