"""Files of kept functions that an older version of the lessons wrote: they load and train as before.

tests/kept_before/all_five.py holds the solutions of the lessons; for_one_output.py holds functions in the
style of a course, whose forward_propagation was kept "for one output".
"""

from pathlib import Path

import numpy as np
import pytest

from helpers import kept, network
from helpers.datasets import digits, flower
from helpers.trainer import Trainer

WRITTEN = sorted((Path(__file__).parent / "kept_before").glob("*.py"))


@pytest.fixture(params=WRITTEN, ids=lambda path: path.stem)
def mine(request, tmp_path, monkeypatch):
    """What is kept in such a file, which loading leaves as it is."""
    place, before = tmp_path / "my_network.py", request.param.read_bytes()
    place.write_bytes(before)
    monkeypatch.setenv("MY_NETWORK", str(place))
    yield kept.load()
    assert place.read_bytes() == before


def test_there_are_two_files_and_one_of_them_is_for_one_output():
    marked = [path.stem for path in WRITTEN if ", for one output\n" in path.read_text(encoding="utf-8")]
    assert len(WRITTEN) == 2 and marked == ["for_one_output"]


def test_all_five_functions_are_yours(mine):
    assert mine.words == "Yours: initialize, forward, cost, backward, update. Reference: none."
    for name in kept.LESSONS:
        assert getattr(mine, name) is not getattr(network, name)


def test_a_trainer_of_theirs_trains_as_one_that_starts_where_they_start(mine):
    X, Y = flower()
    theirs = mine.trainer(n_h=4, epochs=300)
    theirs.train(X, Y, progress=False)
    reference = Trainer(n_h=4, epochs=300, initialize=mine.initialize_parameters)
    reference.train(X, Y, progress=False)
    assert theirs.history.cost[-1] < 0.5 * theirs.history.cost[0] and theirs.history.accuracy[-1] > 0.85
    for name, p in reference.parameters.items():
        np.testing.assert_allclose(theirs.parameters[name], p, rtol=1e-6, atol=1e-9)


def test_with_ten_outputs_it_trains_too(mine):
    """There the reference steps in for what was kept for one output: it asserts one output itself."""
    X, Y = digits()
    history = mine.trainer(n_h=5, epochs=2).train(X[:, :200], Y[:, :200], progress=False)
    assert np.isfinite(history.cost).all()
