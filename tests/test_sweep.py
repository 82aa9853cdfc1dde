"""A sweep trains what a playground trains, shows the spread over the seeds, and opens the middle run."""

import math
import xml.etree.ElementTree as ET
from dataclasses import asdict

import numpy as np
import pytest

from helpers import network
from helpers.playground.experiment import Experiment
from helpers.playground.points import SIDE
from helpers.playground.settings import Settings
from helpers.playground.sweep import require_sweep, swept
from helpers.scenes.sweep import sweep_scene
from helpers.widgets import Playground, sweep
from helpers.widgets.scene_view import Event
from tests.support import assert_legible

FEW = Settings(n_points=60, test_share=0.25)


def test_each_run_is_the_experiment_of_that_value_and_seed():
    found = swept("learning_rate", 0.5, {}, FEW, seeds=3, epochs=30)
    for seed, costs, right in zip((1, 2, 3), found.costs, found.right, strict=True):
        run = Experiment({}, Settings(**asdict(FEW) | {"learning_rate": 0.5, "seed": seed}))
        run.advance(30)
        np.testing.assert_array_equal(costs, run.trainer.history.cost)
        assert right == run.trainer.history.test_accuracy[-1]
    assert found.costs[found.middle, -1] == np.median(found.costs[:, -1])
    assert (found.settings.learning_rate, found.settings.seed) == (0.5, found.middle + 1)
    assert (found.answers.shape, found.trouble) == ((1, SIDE, SIDE), []) and found.words.startswith(
        "Yours: none yet"
    )


def test_without_points_put_aside_the_training_points_are_counted():
    found = swept("n_h", 2, {}, Settings(n_points=60, test_share=0.0), seeds=1, epochs=5)
    assert 0 < found.right[0] <= 1 and found.settings.n_h == 2


def test_a_run_that_cannot_go_on_ends_early_and_is_said_to():
    calls = []

    def backward(parameters, cache, X, Y):
        calls.append(1)
        if len(calls) > 10:
            raise ValueError("no more")
        return network.backward_propagation(parameters, cache, X, Y)

    found = swept("learning_rate", 1.0, {"backward": backward}, FEW, seeds=1, epochs=30)
    assert math.isnan(found.costs[0, -1]) and math.isfinite(found.costs[0, 0])
    assert any("no more" in reason for reason in found.trouble)
    scene = sweep_scene("learning_rate", [found], 30)
    assert "A run that could not go on ends early." in scene.line and "ended early" in scene.description


@pytest.mark.parametrize(
    ("given", "seeds", "epochs", "said"),
    [
        ({"learning_rate": 1.0}, 5, 500, r"sweep\(learning_rate=\[0.1, 1, 10\]\); as lists came: none"),
        ({"n_h": [1, 2], "seed": [1]}, 5, 500, "as lists came: n_h and seed"),
        ({"n_h": []}, 5, 500, "n_h has 1 to 6 values; 0 came"),
        ({"n_h": [1] * 7}, 5, 500, "n_h has 1 to 6 values; 7 came"),
        ({"n_h": [1]}, 11, 500, "seeds is from 1 to 10; 11 came"),
        ({"n_h": [1]}, 1, 5_001, "epochs is from 1 to 5,000; 5,001 came"),
        ({"n_h": [1]}, 0, 500, "seeds"),
    ],
)
def test_what_is_refused(given, seeds, epochs, said):
    with pytest.raises(ValueError, match=said):
        require_sweep(given, seeds, epochs)


def test_an_unknown_setting_and_a_value_that_cannot_be_are_refused():
    with pytest.raises(TypeError, match="A sweep has no setting 'rate'. It has data, n_points, noise, "):
        sweep(rate=[1, 2])
    with pytest.raises(TypeError, match="no setting 'presenting'"):
        sweep(n_h=[1, 2], presenting=True)
    with pytest.raises(ValueError, match="learning_rate"):
        sweep(learning_rate=[0.1, -1], epochs=2, n_points=60)


@pytest.mark.parametrize("given", [{"seed": [1, 2]}, {"n_h": [1, 2], "seed": 7}])
def test_a_seed_is_refused_for_the_runs_have_seeds_of_their_own(given):
    with pytest.raises(TypeError, match="seeds 1, 2, 3, …; seeds=5 says how many"):
        sweep(**given, epochs=2, n_points=60)


def test_whose_share_is_right_is_said():
    for share, said in ((0.25, "test: "), (0.0, "")):
        found = swept("n_h", 2, {}, Settings(n_points=60, test_share=share), seeds=1, epochs=5)
        right = f"{said}{100 * found.right[0]:.0f} % right"
        scene = sweep_scene("n_h", [found], 5)
        assert f">{right}<" in scene.svg and f"n_h = 2: {right}, cost " in scene.description


def test_a_cost_that_leaves_its_picture_is_said_to():
    found = [swept("learning_rate", rate, {}, FEW, seeds=2, epochs=60) for rate in (0.1, 50.0)]
    assert found[0].costs.max() < 1 < found[1].costs.max()
    assert "A cost above 1 is drawn at the top." in sweep_scene("learning_rate", found, 60).line
    assert "above" not in sweep_scene("learning_rate", found[:1], 60).line


@pytest.mark.parametrize("values", [[1, 2, 3, 4, 6, 8], [(4, 4)]])
def test_the_picture_is_legible_and_each_part_can_be_touched(values):
    found = [swept("n_h", value, {}, FEW, seeds=2, epochs=20) for value in values]
    scene = sweep_scene("n_h", found, 20)
    assert_legible(scene)
    touches = [e for e in ET.fromstring(scene.svg).iter() if e.get("data-touch")]
    assert [e.get("data-touch") for e in touches] == [f"value {k}" for k in range(len(values))]
    assert all(f"n_h = {value}: " in e.get("data-label") for e, value in zip(touches, values, strict=True))
    assert len(ET.fromstring(scene.svg).findall(".//{*}path")) >= 2 * len(values)


def test_a_click_opens_the_run_in_the_middle_and_closes_the_one_before():
    shown = sweep(learning_rate=[0.1, 2.0], seeds=3, epochs=40, n_points=60)
    assert len(shown.children) == 2
    shown.picture.on_touch(Event("hover", "value 1"))
    assert len(shown.children) == 2
    shown.picture.on_touch(Event("click", "value 1", 400.0, 90.0))
    first, middle = shown.playground, shown.found[1].costs[shown.found[1].middle]
    assert isinstance(first, Playground) and shown.children[2] is first
    assert (first.experiment.epoch, first.experiment.settings.learning_rate) == (40, 2.0)
    np.testing.assert_allclose(first.experiment.trainer.history.cost, middle, rtol=1e-12)
    shown.show_run(0)
    assert shown.playground.experiment.settings.learning_rate == 0.1 and first.comm is None
    playground = shown.playground
    shown.close()
    assert playground.comm is None and shown.comm is None
