"""The missions of lesson 15: each check looks at what a playground holds, and says what is still missing."""

import math
from dataclasses import dataclass, replace

import numpy as np

from helpers import network
from helpers.activations import tanh_prime
from helpers.feedback.messages import CheckResult
from helpers.own_functions import functions_of
from helpers.playground.experiment import POINTS, Experiment
from helpers.playground.points import with_extra_inputs
from helpers.playground.settings import ON_THE_WAY, Settings
from helpers.words import listed, number

PLAY_FIRST = "Play with the playground above, then run this cell again. You can also read on."
ANEW = "Run the mission's cell again for a fresh start."
AS_THEY_CAME = {name: getattr(Settings(), name) for name in ("n_points", "noise", "test_share")}
CONTROL_OF = {  # as the playground calls what a rule is about
    "data": "the data set", "n_points": "points", "noise": "noise", "test_share": "test share",
    "extra_inputs": "the extra input", "hidden_activation": "activation", "n_h": "hidden units",
    "start": "weights start", "scale": "scale", "seed": "seed", "batch_size": "batch size",
    "learning_rate": "the learning rate", "optimiser": "the optimiser",
    "l1": "the L1 penalty", "l2": "the L2 penalty",
}  # fmt: skip
RIGHT, STARTS, FEWEST_EPOCHS = 0.95, (1, 2, 3, 4, 5), 1000  # of mission 1
LEAP, WELL, LEARNED, FASTER = 0.05, 300, 0.4, 2  # of mission 2: a rise in one epoch; before it: epochs, cost
APART = 0.9  # of mission 3: the share of the twins' cost that is low enough
RESCUED, RESCUE_EPOCHS, FLAT = 0.85, 1000, 0.7  # of mission 4; FLAT: the share that begins saturated
RISEN, FALLEN, OVERFIT_EPOCHS = 1.5, 0.8, 2000  # of mission 5: test cost by its lowest, training cost since
SMOOTH = 50  # epochs whose mean is one cost of mission 5, so that a leap does not count
BEATEN, RACE_EPOCHS = 0.15, 200  # of mission 6
UNTRAINED = 0.5  # weights that your initialize made and whose cost is lower were not drawn


def check_xor(playground):
    """Mission 1: 95 % of XOR's test points are right, and with one hidden unit fewer no start gets there."""
    rules = {**AS_THEY_CAME, "data": "xor", "noise": 0.0, "extra_inputs": (), "hidden_activation": "tanh"}
    rules |= {name: getattr(Settings(), name) for name in (*ON_THE_WAY, "start", "scale")}

    def judged(e):
        n_h, share = e.settings.n_h, e.trainer.history.test_accuracy[e.epoch]
        if not isinstance(n_h, int):
            return False, "There are several hidden layers. This mission is about one: how few units will do?"
        have = f"With {_units(n_h)} {_percent(share)} of the test points are right"
        if share < RIGHT:
            return False, f"{have}; {_percent(RIGHT)} are asked for. Play on, try a new seed, or add a unit."
        best, fewer = _best_of_five(n_h), _best_of_five(n_h - 1)
        if best < RIGHT:
            return (
                False,
                f"{have}, by luck: the best of the seeds 1 to 5 reaches {_percent(best)}. Add a unit.",
            )
        if fewer >= RIGHT:
            return False, f"{have}. But {_units(n_h - 1)} can reach {_percent(fewer)} as well. Go lower."
        said = f"With {n_h - 1} the best of the five starts reaches {_percent(fewer)}"
        return True, f"{have}. {said}, in {FEWEST_EPOCHS:,} epochs: {n_h} is the fewest."

    return _result(playground, judged, rules, by_hand=())


def _best_of_five(n_h):
    """The largest share of XOR's test points that n_h units get right on the way from any of the starts."""
    settings = Settings(data="xor", noise=0.0, n_h=max(n_h, 1))
    runs = [_trained(replace(settings, seed=seed), FEWEST_EPOCHS) for seed in STARTS]
    return max(max(run.history.test_accuracy) for run in runs)


def check_rate(playground):
    """Mission 2: a learning rate goes well for 300 epochs, and at most doubled on the way it leaps."""
    rules = {**AS_THEY_CAME, "data": "circles", "n_h": 4, "batch_size": None, "hidden_activation": "tanh"}

    def judged(e):
        rates = [(0, e.opening["learning_rate"])]
        rates += [(epoch, value) for epoch, *_, what, value in e.changes if what == "learning_rate"]
        if len(rates) == 1:
            return False, "The learning rate was not changed on the way. Let it learn first, then raise it."
        (since, rate), (at, faster) = rates[-2:]
        costs = e.trainer.history.cost
        went_well = f"At {number(rate, 6)} it trained from epoch {since:,} to {at:,}"
        if at - since < WELL or costs[at] > LEARNED or _leap(costs[since : at + 1]) > LEAP:
            asked = f"{WELL} epochs without a leap are asked for, and a cost below {LEARNED}"
            return False, f"{went_well}, where the cost was {costs[at]:.2f}. Before the last rise {asked}."
        if not rate < faster <= FASTER * rate:
            return False, f"{went_well}. Then it became {number(faster, 6)}: it may at most be doubled."
        leap = _leap(costs[at:])
        said = f"{went_well} without a leap. At {number(faster, 6)} the cost rose by up to {max(leap, 0):.2f}"
        if leap <= LEAP:
            return False, f"{said} in one epoch; more than {LEAP} is a leap. Play on, or raise it further."
        return True, f"{said} in one epoch: the edge lies between the two."

    return _result(playground, judged, rules, by_hand=("learning_rate",))


def _leap(costs):
    """The most by which the cost rises from one epoch to the next; 0 where there is one alone."""
    return float(np.diff(costs).max(initial=0))


def check_twins(playground):
    """Mission 3: hidden units that started alike differ, after one weight was set by hand."""
    rules = {**AS_THEY_CAME, "data": "circles", "start": "constant", "n_h": 2, "extra_inputs": ()}

    def judged(e):
        touched = [*dict.fromkeys(what for *_, what, _ in e.changes if "[" in what)]
        if not touched:
            return False, (
                "No weight was touched, so the two are twins still, however long they train. Drag a line"
                " up or down, or double click it and type a number."
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
        twins = _without(e, "weights").trainer.history.cost[-1]
        said = f"You touched {touched[0]}, and the rows of W1 now differ by up to {apart:.2f}"
        costs = f"the cost is {cost:.3f}, and twins left alone reach {twins:.3f} in {e.epoch:,} epochs"
        if cost > APART * twins:
            bar = f"Play on until it is below {APART * twins:.3f}; if it stays, try a smaller push"
            return False, f"{said}. But {costs}. {bar}."
        return True, f"{said}: {costs}."

    return _result(playground, judged, rules, by_hand=(*ON_THE_WAY, "weights"))


def check_rescue(playground):
    """Mission 4: a saturated start learns after all, by what is done while it trains."""
    rules = {**AS_THEY_CAME, "data": "flower", "start": "random", "scale": 10, "seed": 8}
    rules |= {"n_h": 4, "extra_inputs": (), "hidden_activation": "tanh"}

    def judged(e):
        begun = {name: getattr(Settings(), name) for name in ON_THE_WAY}
        alone = Experiment(settings=replace(e.settings, **begun), epochs=e.epoch)
        _, cache = network.forward_propagation(e.X, e.initial)
        flat = float((tanh_prime(cache["Z1"]) < 0.02).mean())
        if flat < FLAT:
            return False, f"Only {_percent(flat)} of the hidden values began on the flat parts. {ANEW}"
        share, left = (x.trainer.history.accuracy[x.epoch] for x in (e, alone))
        said = f"{_percent(flat)} of the hidden values began on the flat parts"
        said += f". After {e.epoch:,} epochs {_percent(share)} of the training points are right"
        if e.epoch > RESCUE_EPOCHS:
            return False, f"{said}, but {RESCUE_EPOCHS:,} epochs are the limit. Reset, and act sooner."
        if share < RESCUED:
            what = "What would bring the weights down while it trains, and when must that stop?"
            return False, f"{said}; {_percent(RESCUED)} are asked for. {what}"
        return True, f"{said}; left alone, it would be {_percent(left)}."

    return _result(playground, judged, rules, by_hand=ON_THE_WAY)


def check_overfit(playground):
    """Mission 5: the test cost has turned and risen, while the training cost went on falling."""

    def judged(e):
        if e.X_test is None or e.X_test.shape[1] < 10:
            return False, "There are fewer than 10 test points to show it on. Raise the test share."
        history = e.trainer.history
        if e.epoch < 2 * SMOOTH:
            return False, f"Play {2 * SMOOTH} epochs at least: each cost is a mean over {SMOOTH} of them."
        train, test = (_smooth(costs[: e.epoch + 1]) for costs in (history.cost, history.test_cost))
        low = int(np.nanargmin(test))
        rise, fall = test[-1] / test[low], train[-1] / train[low]
        said = f"The lowest test cost, a mean over {SMOOTH} epochs, is {test[low]:.3f}, up to epoch"
        said += f" {low + SMOOTH - 1:,}. At epoch {e.epoch:,} it is"
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

    by_hand = (*(name for name in ON_THE_WAY if name != "batch_size"), *POINTS)
    return _result(playground, judged, {"batch_size": None}, by_hand)


def _smooth(costs):
    """The mean cost of each SMOOTH epochs that follow each other."""
    return np.convolve(costs, np.ones(SMOOTH) / SMOOTH, mode="valid")


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

    return _result(playground, judged, rules, by_hand=ON_THE_WAY)


# ---- mission 7: three backwards with a planted bug

NUMBERS = [*"123456"]  # of the lesson's list
TRIES = 3  # wrong answers after which the suspects are to be played with again
WRONG, PLAYED = [], {}  # answers judged wrong; by suspect, the weights that it met: two mean that it trained


@dataclass(frozen=True)
class Suspect:
    """One planted bug: what it does to the slopes and the gradients, its number in the lesson, a pointer."""

    bug: str
    answer: int
    look: str


SUSPECTS = {
    "A": Suspect("no share", 1, (
        "Press One epoch three times and read the cost. Then click the line of W1[0, 0]: how many times"
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
        if len(met := PLAYED.setdefault(name, set())) < 2:
            met.add(W2.tobytes())
        m = 1 if bug == "no share" else m
        dZ2 = cache["A2"] - Y
        dZ1 = (np.ones_like(W2) if bug == "no W2" else W2).T @ dZ2 * (1 - A1**2)
        db1 = np.zeros((len(A1), 1)) if bug == "no db1" else dZ1.sum(axis=1, keepdims=True) / m
        grads = {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ A1.T / m}
        return {**grads, "db2": dZ2.sum(axis=1, keepdims=True) / m}

    backward_propagation.__name__ = "suspect"  # as the lesson calls it, and so a playground's code
    return backward_propagation


def check_suspects(answers):
    """Mission 7: answers, {"A": number, …}, from the list of the lesson, judged all three at once.

    After three wrong ones it judges no more until each suspect has trained again, so guessing is no way.
    """
    if not isinstance(answers, dict) or answers.keys() != SUSPECTS.keys():
        return CheckResult(False, f"A dict with an entry for each of {listed([*SUSPECTS])} is expected.")
    given = {name: str(answer).strip() for name, answer in answers.items() if answer is not ...}
    if not given:
        return CheckResult(None, PLAY_FIRST)
    if [answer for answer in given.values() if answer not in NUMBERS]:
        return CheckResult(False, "Write a number from 1 to 6 in place of the dots.")
    if waiting := _to_be_played(given):
        words = f"{TRIES} answers were wrong. Play with {listed(waiting)} again, an epoch at least: then this"
        return CheckResult(False, f"{words} cell judges the next ones.")
    if all(given.get(name) == str(found.answer) for name, found in SUSPECTS.items()):
        return CheckResult(True, f"{listed([*SUSPECTS])} are found out, all three.")
    missing = [name for name in answers if name not in given]
    if not missing and given not in WRONG:
        WRONG.append(given)
        if len(WRONG) == TRIES:
            PLAYED.clear()
    lines = [f"Still open: {listed(missing)}."] if missing else ["At least one of the three is not right."]
    lines += [f"{name}: {SUSPECTS[name].look}" for name in given]
    return CheckResult(False, "\n".join(lines))


def _to_be_played(given):
    """The suspects that are to train again before these answers are judged; [] where they may be judged."""
    if len(WRONG) < TRIES or given in WRONG:
        return []
    waiting = [name for name in SUSPECTS if len(PLAYED.get(name, ())) < 2]
    if not waiting:
        WRONG.clear()
        PLAYED.clear()
    return waiting


# ---- what the checks share


def _result(playground, judged, rules, by_hand):
    """The CheckResult for a playground: not attempted, a rule broken, or what judged(experiment) says.

    by_hand: what may be changed while it trains: names of settings, "weights", "add", "remove".
    """
    e = getattr(playground, "experiment", None)
    if e is None:
        return CheckResult(False, f"The check needs the mission's playground. {ANEW}")
    if not (e.epoch or e.update or e.changes or e.message):
        return CheckResult(None, PLAY_FIRST)
    if len(e.trainer.history.cost) < 2:
        return CheckResult(False, "It has not trained a whole epoch yet. Press Play, and pause later.")
    broken = _rule_broken(e, rules, by_hand) or _head_start(e) or _differing_function(e)
    return CheckResult(False, broken) if broken else CheckResult(*judged(e))


def _rule_broken(e, rules, by_hand):
    """What is not as the mission asks, in words, or ""."""
    for name, asked in rules.items():
        if (is_now := getattr(e.settings, name)) != asked:
            return f"In this mission {CONTROL_OF[name]} is {_shown(asked)}; here it is {_shown(is_now)}."
    kinds = dict.fromkeys(_kind(change) for change in e.changes)
    if other := [kind for kind in kinds if kind not in by_hand]:
        if other[0] in POINTS:
            return f"In this mission the points stay as they come. {ANEW}"
        if other[0] == "weights":
            return f"In this mission no weight is set by hand. {ANEW}"
        return f"In this mission {CONTROL_OF[other[0]]} is not changed while it trains. {ANEW}"
    return ""


def _kind(change):
    """What a change of an experiment is about: the name of a setting, "add", "remove" or "weights"."""
    what = change[-2]
    return "weights" if "[" in what else what


def _head_start(e):
    """Words for weights that were not drawn but brought along, or ""."""
    if e.begins_as_given:
        return f"It began with parameters that you gave it. A mission begins untrained. {ANEW}"
    if "initialize" not in e.own or "initialize" in e.unable:
        return ""
    A, _ = network.forward_propagation(_inputs(e), e.initial, hidden_activation=e.trainer.hidden_activation)
    cost = network.compute_cost(A, e.Y)
    said = f"Your initialize made weights whose cost is {cost:.2f}. A mission begins untrained."
    return said if cost < UNTRAINED else ""


def _differing_function(e):
    """Words for a function of your own that gives another result than its formula here, or ""."""
    X, Y, parameters, t = _inputs(e), e.Y, e.trainer.parameters, e.trainer
    if not (t.forward or t.cost or t.backward or t.update):
        return ""
    hidden, rate = {"hidden_activation": t.hidden_activation}, t.learning_rate
    forward, cost, backward, update = functions_of(t)
    A, cache = forward(X, parameters)
    true_A, true_cache = network.forward_propagation(X, parameters, **hidden)
    grads = network.backward_propagation(parameters, true_cache, X, Y, **hidden)
    results = {
        "forward": (A, true_A),
        "cost": (cost(A, Y), network.compute_cost(true_A, Y)),
        "backward": (backward(parameters, cache, X, Y), grads),
        "update": (update(parameters, grads, rate), network.update_parameters(parameters, grads, rate)),
    }
    for name, (own, true) in results.items():
        if not _agree(own, true):
            return f"Your {name} gives another result than its formula. A mission counts with the right one."
    return ""


def _agree(own, true):
    """Whether two results are the same where they are finite: numbers, arrays or dicts of arrays."""
    if isinstance(true, dict):
        return all(_agree(own[name], array) for name, array in true.items())
    own, true = np.asarray(own, float), np.asarray(true, float)
    return np.allclose(own, true, rtol=1e-4, atol=1e-7) or not np.isfinite(own).all()


def _inputs(e):
    """The training points with the extra inputs, as the network gets them."""
    return with_extra_inputs(e.X, e.settings.extra_inputs)


def _without(e, kind):
    """The same experiment, run by the reference, without the changes of one kind."""
    changes = [change for change in e.changes if _kind(change) != kind]
    return Experiment(settings=replace(e.settings, **e.opening), changes=changes, epochs=e.epoch)


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
