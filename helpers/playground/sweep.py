"""One setting of an experiment in several values, each with several seeds, to be seen side by side."""

import math
from dataclasses import dataclass, fields, replace

import numpy as np

from helpers.inputs import require_whole
from helpers.playground.experiment import Experiment
from helpers.playground.settings import Settings
from helpers.playground.view import view_of

MOST_VALUES, MOST_SEEDS, MOST_EPOCHS = 6, 10, 5_000
ITS_OWN = "seed"  # of the Settings the one that a sweep sets itself


@dataclass(frozen=True)
class Swept:
    """What came of one value: a run for each seed, and of the run in the middle its settings and its map.

    costs (seeds, epochs + 1): of training, without the penalty; NaN from where a run could not go on.
    right: the share of points that each run has right at its end: test points, where some are put aside.
    middle: which run ends with the median cost.  settings: its Settings.  answers: what its outputs say over
    the plane, from −1 to 1, (n2, rows, columns).  words: whose functions ran.  trouble: why runs ended early,
    each reason once.
    """

    value: object
    costs: np.ndarray
    right: list
    middle: int
    settings: Settings
    answers: np.ndarray
    words: str
    trouble: list


def require_sweep(given, seeds, epochs):
    """The name of the one setting that came as a list.

    ValueError where it is none, several or too many; TypeError for a setting that a sweep does not have.
    """
    lists = [name for name, value in given.items() if isinstance(value, list)]
    if len(lists) != 1:
        came = " and ".join(lists) or "none"
        hint = "for example sweep(learning_rate=[0.1, 1, 10])"
        raise ValueError(f"One setting comes as a list of its values, {hint}; as lists came: {came}.")
    known, values = [field.name for field in fields(Settings) if field.name != ITS_OWN], given[lists[0]]
    for name in given:
        if name not in known:
            its = "Its runs have the seeds 1, 2, 3, …; seeds=5 says how many."
            its = its if name == ITS_OWN else f"It has {', '.join(known)}."
            raise TypeError(f"A sweep has no setting {name!r}. {its}")
    if not 1 <= len(values) <= MOST_VALUES:
        raise ValueError(f"{lists[0]} has 1 to {MOST_VALUES} values; {len(values)} came.")
    for name, number, most in (("seeds", seeds, MOST_SEEDS), ("epochs", epochs, MOST_EPOCHS)):
        if require_whole(name, number, 1) > most:
            raise ValueError(f"{name} is from 1 to {most:,}; {number:,} came.")
    return lists[0]


def swept(name, value, own, settings, seeds, epochs):
    """The Swept for one value of the setting `name`: the seeds 1, 2, … are trained one after the other.

    own: your functions, as an Experiment takes them.  KeyboardInterrupt where a training is interrupted.
    """
    runs = []
    for seed in range(1, seeds + 1):
        run = Experiment(own, replace(settings, **{name: value, "seed": seed}))
        run.advance(epochs)
        if run.trainer.outcome and run.trainer.outcome.kind == "interrupted":
            raise KeyboardInterrupt
        runs.append(run)
    costs = np.array([_padded(run.trainer.history.cost, epochs) for run in runs])
    middle = int(np.argsort(np.nan_to_num(costs[:, -1], nan=math.inf), kind="stable")[(seeds - 1) // 2])
    view = view_of(runs[middle])
    trouble = dict.fromkeys(run.message for run in runs if run.message)
    return Swept(
        value, costs, [_right(run) for run in runs], middle, runs[middle].settings, view.maps[-1],
        view.words, list(trouble),
    )  # fmt: skip


def _padded(costs, epochs):
    """The costs of epoch 0 to the last; NaN where there is none."""
    return [*costs[: epochs + 1], *[math.nan] * (epochs + 1 - len(costs))]


def _right(run):
    history = run.trainer.history
    shares = history.accuracy if run.X_test is None else history.test_accuracy
    return shares[-1] if shares else math.nan
