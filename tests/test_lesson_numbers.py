"""What the folded answers of lessons 08 to 11 say in figures, computed with the reference."""

import numpy as np
import pytest

from helpers import datasets, descents, network, scenes
from helpers.activations import sigmoid_prime, tanh_prime
from helpers.trainer import Trainer


def trained(**settings):
    trainer = Trainer(**settings)
    trainer.train(*datasets.flower(), progress=False)
    return trainer


def radius():
    X, Y = datasets.breast_cancer()
    return datasets.standardise(X[[0]], X[[0]])[0], Y


def test_lesson_08_a_factor_of_ten_and_a_lost_column():
    assert round((10 - 1) / (10 + 1), 2) == 0.82
    from helpers.gradient_check import gradient_errors

    p = network.initialize_parameters(3, 3, 3, scale=1)
    grads = {"d" + name: array for name, array in p.items()} | {"db1": np.zeros(3)}
    with pytest.raises(ValueError, match=r"\(3,\)"):
        gradient_errors(p, grads, lambda parameters: 0.0)


def test_lesson_09_the_parabola():
    assert abs(descents.parabola_walk(1 / 9, 1)[-1, 0] - 5) < 1e-9
    c = descents.parabola_walk(0.01, 40)[:, 0]
    assert np.argmax(c > 4.9) == 37
    assert round(descents.parabola_factor(0.222), 3) == -0.998
    assert round(descents.parabola_factor(0.223), 3) == -1.007


def test_lesson_09_tolerances_and_rates():
    strict = trained(epochs=10000, tolerance=0.001)
    assert strict.outcome.startswith("converged after 8200") and round(strict.history.cost[-1], 2) == 0.19
    large = trained(learning_rate=3, epochs=10000, tolerance=0.01)
    assert large.outcome.startswith("converged after 1300") and round(large.history.cost[-1], 2) == 0.21
    ends = {rate: trained(learning_rate=rate, epochs=500).history.cost for rate in (0.3, 1.2, 3, 20)}
    assert [round(ends[rate][-1], 2) for rate in (0.3, 1.2, 3)] == [0.33, 0.25, 0.24]
    assert max(ends[20]) > 7 and ends[20][-1] < 0.35


def test_lesson_09_the_neuron():
    walks = {rate: descents.neuron_walk(*radius(), rate, 400) for rate in (0.01, 0.1, 1, 10, 50)}
    first = {rate: descents.settled_at(walk[:101, 2], 0.01, 20) for rate, walk in walks.items()}
    assert first == {0.01: None, 0.1: None, 1: 72, 10: 23, 50: None}
    assert descents.settled_at(walks[0.1][:, 2], 0.01, 20) == 270
    steps = np.linalg.norm(np.diff(walks[10][:, :2], axis=0), axis=1)
    assert steps[:2].round(1).tolist() == [7.4, 1.0]


def test_what_leaves_the_picture_of_a_descent_is_not_pinned_to_its_edge():
    x, Y = radius()
    surface = descents.cost_surface(x, Y)
    wild = scenes.descent_scene(surface, descents.neuron_walk(x, Y, 50, 100))
    assert "21 of the 101 places of the walk lie outside and are not drawn." in wild.description
    assert "outside" not in scenes.descent_scene(surface, descents.neuron_walk(x, Y, 1, 100)).description
    exploding = scenes.parabola_scene(descents.parabola_walk(0.25, 60), 0.25)
    closing = scenes.parabola_scene(descents.parabola_walk(0.1, 60), 0.1)
    assert "55 of the 61 places" in exploding.description and "outside" not in closing.description


def test_a_training_that_goes_on_with_the_next_step_is_not_said_to_have_stopped():
    trainer = Trainer()
    assert descents.train_up_to(0, trainer, *datasets.flower()) == (0, "")
    assert descents.train_up_to(5, trainer, *datasets.flower()) == (5, "")


def test_a_training_that_has_ended_says_so_at_its_end_alone():
    trainer = Trainer(tolerance=0.1, patience=5)
    last, outcome = descents.train_up_to(100, trainer, *datasets.flower())
    assert last < 100 and outcome == trainer.outcome and outcome.kind == "converged"
    assert descents.train_up_to(last - 1, trainer, *datasets.flower()) == (last - 1, "")
    scene = scenes.training_scene(trainer.history, last, 100, outcome)
    assert f"right. Converged after {last} epochs: " in scene.line and scene.line.endswith(outcome[-9:] + ".")


def test_lesson_10_one_unit_at_0_51_and_another_seed():
    start = descents.equal_parameters(0.5, 2, 4, 1)
    start["W1"][0] += 0.01
    rows = trained(initialize=lambda *sizes: start).parameters["W1"].round(6)
    assert len(np.unique(rows, axis=0)) == 2 and (rows[1:] == rows[1]).all()
    one, two = (trained(seed=seed).parameters for seed in (1, 2))
    same = [[np.allclose(a, b, atol=0.05) for b in two["W1"]] for a in one["W1"]]
    turned = [[np.allclose(a, -b, atol=0.05) for b in two["W1"]] for a in one["W1"]]
    assert (np.sum(same), np.sum(turned)) == (3, 1)


def test_lesson_10_flat_parts():
    assert tanh_prime(2.65) < 0.02 < tanh_prime(2.6) and sigmoid_prime(3.9) < 0.02 < sigmoid_prime(3.8)
    X, _ = datasets.flower()
    seen = {}
    for scale in (1, 10, 100):
        _, cache = network.forward_propagation(X, descents.STARTS[f"random × {scale}"](2, 4, 1))
        seen[scale] = round(100 * (abs(cache["A1"]) > 0.99).mean())
    assert seen == {1: 22, 10: 87, 100: 98}


def validation_costs(n_h, m):
    """By l2, the cost on the validation set of the lesson's moons."""
    X_rest, Y_rest, *_ = datasets.split(*datasets.moons(m, noise=0.4), test_share=1 / 3)
    sets, costs = datasets.split(X_rest, Y_rest, test_share=1 / 2), {}
    for l2 in (0, 0.001, 0.01, 0.1, 1):
        trainer = Trainer(n_h=n_h, learning_rate=0.5, epochs=3000, scale=1, l2=l2)
        costs[l2] = trainer.train(*sets, progress=False).test_cost[-1]
    return costs


def test_lesson_11_more_data_fewer_units_or_a_penalty():
    more, fewer = validation_costs(20, 1200), validation_costs(3, 120)
    assert min(more, key=more.get) == 0.001
    assert (round(more[0.001], 3), round(more[0], 3)) == (0.345, 0.353)
    assert (round(fewer[0], 2), round(min(fewer.values()), 2)) == (1.27, 0.53)
    assert round(validation_costs(20, 120)[0], 2) == 1.77


def test_lesson_11_all_weights_go_to_zero_where_the_penalty_is_too_large():
    X_rest, Y_rest, *_ = datasets.split(*datasets.moons(120, noise=0.4), test_share=1 / 3)
    trainer = Trainer(n_h=20, learning_rate=0.5, epochs=3000, scale=1, l2=1)
    trainer.train(*datasets.split(X_rest, Y_rest, test_share=1 / 2), progress=False)
    assert max(abs(trainer.parameters[name]).max() for name in ("W1", "W2")) < 1e-3
    assert abs(trainer.history.test_cost[-1] - np.log(2)) < 0.01


def test_lesson_11_digits_by_hidden_units_and_by_momentum():
    X_rest, Y_rest, *_ = datasets.split(*datasets.digits())

    def right(**settings):
        trainer = Trainer(learning_rate=0.3, scale=0.1, epochs=30, **settings)
        history = trainer.train(*datasets.split(X_rest, Y_rest), progress=False)
        return round(100 * history.test_accuracy[-1])

    assert [right(n_h=n_h, batch_size=32) for n_h in (8, 32, 100)] == [92, 96, 96]
    assert [right(n_h=32, optimiser=optimiser) for optimiser in ("gradient descent", "momentum")] == [78, 88]


def test_lesson_11_the_valley():
    def steps_to_go(optimiser, rate, start=descents.VALLEY_START):
        L = descents.valley_walk(optimiser, rate, 1000, start)[:, 2]
        return len(L) - int(np.argmax(L[::-1] >= 0.01)) if (L >= 0.01).any() else 0

    plain = descents.valley_walk("gradient descent", 0.018, 5)
    assert np.allclose(plain[1:, 1] / plain[:-1, 1], 1 - 0.018 * 100) and np.allclose(
        plain[1:, 0] / plain[:-1, 0], 1 - 0.018
    )
    assert np.allclose(descents.valley_walk("adam", 0.3, 1)[1, :2], [9.7, 0.7])
    found = {
        way: steps_to_go(*way) for way in (("gradient descent", 0.018), ("momentum", 0.005), ("adam", 0.3))
    }
    assert [*found.values()] == [235, 90, 83]
    assert descents.valley_walk("gradient descent", 0.021, 9)[9, 1] == pytest.approx((-1.1) ** 9)
    ends = [descents.valley_walk("adam", rate, 90)[-1] for rate in (0.018, 0.3)]
    assert round(ends[0][0], 1) == 8.4 and ends[1][2] < 0.01


def test_lesson_11_falls_come_later_at_a_small_rate_and_not_from_every_start_at_a_large_one():
    slow = [trained(learning_rate=0.1, seed=seed).history.cost for seed in (1, 2, 3)]
    assert all(cost[300] > 0.63 and cost[-1] - cost[-50] < -0.005 for cost in slow)
    fast = [trained(learning_rate=10, seed=seed).outcome.kind for seed in (1, 2, 3)]
    assert fast == ["stopped", "diverged", "stopped"]
