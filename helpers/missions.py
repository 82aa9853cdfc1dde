"""The missions of lesson 15: each check looks at what a playground holds, and says what is still missing."""

import math
from dataclasses import dataclass, replace

import numpy as np

from helpers import network
from helpers.activations import tanh_prime
from helpers.feedback.messages import CheckResult
from helpers.playground.experiment import Experiment
from helpers.playground.settings import ON_THE_WAY, Settings
from helpers.words import listed, number

PLAY_FIRST = "Play with the playground above, then run this cell again. You can also read on."
ANEW = "Run the mission's cell again for a fresh start."
AS_THEY_CAME = {name: getattr(Settings(), name) for name in ("n_points", "noise", "test_share")}
CONTROL_OF = {  # as the playground calls what a rule is about
    "data": "the data set", "n_points": "points", "noise": "noise", "test_share": "test share",
    "extra_inputs": "the extra input", "hidden_activation": "activation", "n_h": "hidden units",
    "start": "weights start", "scale": "scale", "seed": "seed", "batch_size": "batch size",
}  # fmt: skip
RIGHT, FEWEST_STARTS, FEWEST_EPOCHS = 0.95, 5, 1000  # of mission 1
LEAP, RATE_EPOCHS = 0.05, 1000  # of mission 2: a cost that rises by more in one epoch leaps
APART = 0.9  # of mission 3: the share of the twins' cost that is low enough
RESCUED, RESCUE_EPOCHS = 0.85, 1000  # of mission 4
RISEN, FALLEN, OVERFIT_EPOCHS = 1.5, 0.8, 2000  # of mission 5: test cost by its lowest, training cost since
BEATEN, RACE_EPOCHS = 0.15, 200  # of mission 6


def check_xor(playground):
    """Mission 1: 95 % of XOR's test points are right, and with one hidden unit fewer they cannot be."""
    rules = {**AS_THEY_CAME, "data": "xor", "noise": 0.0, "extra_inputs": (), "hidden_activation": "tanh"}

    def judged(e):
        n_h, share = e.settings.n_h, e.trainer.history.test_accuracy[e.epoch]
        if not isinstance(n_h, int):
            return False, "There are several hidden layers. This mission is about one: how few units will do?"
        have = f"With {_units(n_h)} {_percent(share)} of the test points are right"
        if share < RIGHT:
            return False, f"{have}; {_percent(RIGHT)} are asked for. Play on, try a new seed, or add a unit."
        fewer = _best_of_five(n_h - 1)
        if fewer >= RIGHT:
            return False, f"{have}. But {_units(n_h - 1)} can reach {_percent(fewer)} as well. Go lower."
        said = f"With {n_h - 1} the best of {FEWEST_STARTS} starts reaches {_percent(fewer)}"
        return True, f"{have}. {said}, in {FEWEST_EPOCHS:,} epochs: {n_h} is the fewest."

    return _result(playground, judged, rules)


def _best_of_five(n_h):
    """The share of XOR's test points that the best of some starts with n_h units gets right."""
    settings = Settings(data="xor", noise=0.0, n_h=max(n_h, 1))
    runs = [replace(settings, seed=seed) for seed in range(1, FEWEST_STARTS + 1)]
    return max(_trained(run, FEWEST_EPOCHS).history.test_accuracy[-1] for run in runs)


def check_rate(playground):
    """Mission 2: at this learning rate the cost leaps within 1,000 epochs, at half of it it does not."""
    rules = {**AS_THEY_CAME, "data": "circles", "n_h": 4, "batch_size": None, "hidden_activation": "tanh"}

    def judged(e):
        rate = e.settings.learning_rate
        leap, at_half = (_leap(replace(e.settings, learning_rate=r)) for r in (rate, rate / 2))
        if leap <= LEAP:
            said = f"At {number(rate, 6)} the cost settles: in {RATE_EPOCHS:,} epochs from the start"
            return False, f"{said} it never rises by more than {LEAP} from one epoch to the next. Go higher."
        said = f"At {number(rate, 6)} the cost leaps, by up to {leap:.2f} from one epoch to the next"
        if at_half > LEAP:
            below = f"at half of it, {number(rate / 2, 6)}, it leaps as well, by up to {at_half:.2f}"
            return False, f"{said}. But {below}: the edge lies lower."
        below = f"At half of it, {number(rate / 2, 6)}, it settles"
        return True, f"{said}. {below}: the edge lies between the two."

    return _result(playground, judged, rules)


def _leap(settings):
    """The most by which the cost rises from one epoch to the next."""
    return float(np.diff(_trained(settings, RATE_EPOCHS).history.cost).max())


def check_twins(playground):
    """Mission 3: hidden units that started alike differ, after one weight was set by hand."""
    rules = {**AS_THEY_CAME, "data": "circles", "start": "constant", "n_h": 2, "extra_inputs": ()}

    def judged(e):
        touched = [*dict.fromkeys(what for *_, what, _ in e.changes if "[" in what)]
        if not touched:
            return False, (
                "No weight was touched, so the two are twins still, however long they train. Choose one at"
                " “formula of”, type a number at “set it to”, and press Set weight."
            )
        if len(touched) > 1:
            return False, f"{len(touched)} were touched: {listed(touched)}. One is enough. {ANEW}"
        parameters, cost = e.trainer.parameters, e.trainer.history.cost[e.epoch]
        apart = float(np.ptp(parameters["W1"], axis=0).max())
        if apart < 1e-3:
            return False, (
                f"You touched {touched[0]}, and the rows of W1 are still the same. What must a weight belong"
                f" to, to make the one unit different from the other? {ANEW}"
            )
        twins = _trained(e.settings, e.epoch).history.cost[-1]
        said = f"You touched {touched[0]}, and the rows of W1 now differ by up to {apart:.2f}"
        costs = f"the cost is {cost:.3f}, and twins left alone reach {twins:.3f} in {e.epoch:,} epochs"
        if cost > APART * twins:
            bar = f"Play on until it is below {APART * twins:.3f}; if it stays, try a smaller push"
            return False, f"{said}. But {costs}. {bar}."
        return True, f"{said}: {costs}."

    return _result(playground, judged, rules)


def check_rescue(playground):
    """Mission 4: a saturated start learns after all, by what is done while it trains."""
    rules = {**AS_THEY_CAME, "data": "flower", "start": "random", "scale": 10, "seed": 8}
    rules |= {"n_h": 4, "extra_inputs": (), "hidden_activation": "tanh"}

    def judged(e):
        begun = {name: getattr(Settings(), name) for name in ON_THE_WAY}
        alone = Experiment(settings=replace(e.settings, **begun))
        _, cache = network.forward_propagation(alone.X, alone.initial)
        flat = float((tanh_prime(cache["Z1"]) < 0.02).mean())
        alone.advance(e.epoch)
        share, left = (x.trainer.history.accuracy[x.epoch] for x in (e, alone))
        said = f"{_percent(flat)} of the hidden values began on the flat parts"
        said += f". After {e.epoch:,} epochs {_percent(share)} of the training points are right"
        if e.epoch > RESCUE_EPOCHS:
            return False, f"{said}, but {RESCUE_EPOCHS:,} epochs are the limit. Reset, and act sooner."
        if share < RESCUED:
            what = "What would bring the weights down while it trains, and when must that stop?"
            return False, f"{said}; {_percent(RESCUED)} are asked for. {what}"
        return True, f"{said}; left alone, it would be {_percent(left)}."

    return _result(playground, judged, rules)


def check_overfit(playground):
    """Mission 5: the test cost has turned and risen, while the training cost went on falling."""

    def judged(e):
        if e.X_test is None or e.X_test.shape[1] < 10:
            return False, "There are fewer than 10 test points to show it on. Raise the test share."
        history = e.trainer.history
        train, test = (np.array(costs[: e.epoch + 1]) for costs in (history.cost, history.test_cost))
        low = int(np.nanargmin(test))
        rise, fall = test[-1] / test[low], train[-1] / train[low]
        said = f"The lowest test cost is {test[low]:.3f}, at epoch {low:,}. At epoch {e.epoch:,} it is"
        said += f" {test[-1]:.3f}, {rise:.2f} times that; the training cost went from {train[low]:.3f}"
        said += f" to {train[-1]:.3f}."
        if e.epoch > OVERFIT_EPOCHS:
            return False, f"{said} But {OVERFIT_EPOCHS:,} epochs are the limit: make it overfit sooner."
        if rise < RISEN:
            left = f"by epoch {OVERFIT_EPOCHS:,} at the latest"
            return False, f"{said} {RISEN} times are asked for, {left}. What makes accidents count?"
        if fall > FALLEN:
            return False, f"{said} The training cost should have gone on falling, by a fifth or more."
        return True, said

    return _result(playground, judged, {})


def check_race(playground):
    """Mission 6: the cost on the flower is below 0.15 within 200 epochs."""
    rules = {**AS_THEY_CAME, "data": "flower"}

    def judged(e):
        costs = np.array(e.trainer.history.cost[: RACE_EPOCHS + 1])
        best = int(np.nanargmin(costs))
        said = f"The lowest cost in the first {RACE_EPOCHS} epochs is {costs[best]:.3f}, at epoch {best}"
        if costs[best] < BEATEN:
            return True, f"{said}: below {BEATEN}."
        if len(costs) <= RACE_EPOCHS:
            return False, f"{said}; {RACE_EPOCHS + 1 - len(costs)} are left to come below {BEATEN}."
        return False, f"{said}; {BEATEN} is to be beaten. Which control gives more updates in an epoch?"

    return _result(playground, judged, rules)


# ---- mission 7: three backwards with a planted bug

NUMBERS = [*"123456"]  # of the lesson's list


@dataclass(frozen=True)
class Suspect:
    """One planted bug: what it does to the slopes and the gradients, its number in the lesson, a pointer."""

    bug: str
    answer: int
    look: str


SUSPECTS = {
    "A": Suspect("no share", 1, (
        "Press One epoch three times and read the cost. Then choose W1[0, 0] at “formula of”: how many times"
        " as large as the formula's is the gradient that came back? And that of W2[0, 0]?"
    )),
    "B": Suspect("no W2", 4, (
        "Play 500 epochs and look at the four hidden maps. In the gradient view, which of W1, b1, W2 and b2"
        " agree with their formulas? What would send nearly the same gradient to every hidden unit?"
    )),
    "C": Suspect("no db1", 5, (
        "Play 1,000 epochs. Through which place do the borders in all four hidden maps run? What would move"
        " such a border away from there, and what does its formula say?"
    )),
}  # fmt: skip


def suspect(name):
    """A backward_propagation with a planted bug: suspect("A"), "B" or "C"; ValueError for another name."""
    if name not in SUSPECTS:
        raise ValueError(f"The suspects are {listed([*SUSPECTS])}; it came as {name!r}.")
    bug = SUSPECTS[name].bug

    def backward_propagation(parameters, cache, X, Y):
        A1, W2, m = cache["A1"], parameters["W2"], X.shape[1]
        m = 1 if bug == "no share" else m
        dZ2 = cache["A2"] - Y
        dZ1 = (np.ones_like(W2) if bug == "no W2" else W2).T @ dZ2 * (1 - A1**2)
        db1 = np.zeros((len(A1), 1)) if bug == "no db1" else dZ1.sum(axis=1, keepdims=True) / m
        grads = {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ A1.T / m}
        return {**grads, "db2": dZ2.sum(axis=1, keepdims=True) / m}

    backward_propagation.__name__ = "suspect"  # as the lesson calls it, and so a playground's code
    return backward_propagation


def check_suspects(answers):
    """Mission 7: answers, {"A": number, …}, from the list of the lesson; what is wrong gets a pointer."""
    if not isinstance(answers, dict) or answers.keys() != SUSPECTS.keys():
        return CheckResult(False, f"A dict with an entry for each of {listed([*SUSPECTS])} is expected.")
    given = {name: str(answer).strip() for name, answer in answers.items() if answer is not ...}
    if not given:
        return CheckResult(None, PLAY_FIRST)
    right = [name for name, answer in given.items() if answer == str(SUSPECTS[name].answer)]
    if len(right) == len(SUSPECTS):
        return CheckResult(True, f"{listed(right)} are found out, all three.")
    lines = [f"Right: {listed(right) if right else 'none so far'}."]
    for name in [name for name in given if name not in right]:
        wrong = f"it is not number {given[name]}" if given[name] in NUMBERS else "write a number from 1 to 6"
        lines.append(f"{name}: {wrong}. {SUSPECTS[name].look}")
    lines += [f"Still open: {listed([name for name in answers if name not in given])}."] * (len(given) < 3)
    return CheckResult(False, "\n".join(lines))


# ---- what the checks share


def _result(playground, judged, rules):
    """The CheckResult for a playground: not attempted, a rule broken, or what judged(experiment) says."""
    e = getattr(playground, "experiment", None)
    if e is None:
        return CheckResult(False, f"The check needs the mission's playground. {ANEW}")
    if not (e.epoch or e.update or e.changes or e.message):
        return CheckResult(None, PLAY_FIRST)
    if len(e.trainer.history.cost) < 2:
        return CheckResult(False, "It has not trained a whole epoch yet. Press Play, and pause later.")
    for name, asked in rules.items():
        if (is_now := getattr(e.settings, name)) != asked:
            said = f"In this mission {CONTROL_OF[name]} is {_shown(asked)}; here it is {_shown(is_now)}."
            return CheckResult(False, said)
    if rules and any(what in ("add", "remove") for *_, what, _ in e.changes):
        return CheckResult(False, f"In this mission the points stay as they come. {ANEW}")
    return CheckResult(*judged(e))


def _trained(settings, epochs):
    """The trainer of an experiment with these settings, run by the reference."""
    return Experiment(settings=settings, epochs=epochs).trainer


def _shown(value):
    """A setting as its control shows it."""
    if isinstance(value, tuple):
        return " and ".join(str(part) for part in value) or "none"
    return "all" if value is None else str(value)


def _units(n_h):
    return f"{n_h} hidden unit{'s' * (n_h != 1)}"


def _percent(share):
    """In whole percents, rounded down: what is just below a bar does not look as if it had reached it."""
    return f"{math.floor(100 * share + 1e-9)} %"
