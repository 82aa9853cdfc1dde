"""Points in the plane, a network in training on them, and a log of what was done by hand on the way.

It neither draws nor shows anything: helpers.playground.view says what there is to see of it.
"""

import math
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial

import numpy as np

from helpers import network
from helpers.descents import equal_parameters
from helpers.inputs import require_hidden_sizes, require_whole
from helpers.kept import BEYOND, SHORT, Kept
from helpers.playground.moments import Moments, moment_of
from helpers.playground.points import (
    class_numbers,
    points_of,
    with_extra_inputs,
    with_point,
    without_point,
)
from helpers.playground.settings import ALL_SETTINGS, NEW_TRAINING, NEW_WEIGHTS, ON_THE_WAY, Settings
from helpers.playground.weights import array_and_place, copied, with_weight
from helpers.words import counted

CONSTANT = 0.5  # every weight at the start "constant", unless a scale says otherwise
SETTLED, IN_EPOCHS = 0.04, 3_000  # converged: the cost changed by less than this share of itself in so many
MOST_EPOCHS = 100_000
POINTS = ("add", "remove")
REFERENCE = {SHORT.get(name, name): getattr(network, name) for name in (*SHORT, *BEYOND)}
SAME_COST = {"learning_rate", "batch_size", "optimiser"}  # a change of these leaves what the cost is made of
MOST_EARLIER = 3  # runs whose costs are kept


class Experiment:
    """Points, a network in training on them by your own functions, and a log of what was done on the way.

    own: {"backward": function, …}, named as in parts_of; the reference's own are left out.
    changes: (epoch, what, value) or (epoch, update, what, value), in order; what is one of ON_THE_WAY, a
    weight such as "W1[0, 1]", "add" for a point (x1, x2, class), or "remove" for the one at (x1, x2).
    initial: the parameters to start from; None: as the settings say.  given: the names of what was given by
    hand: functions, which are called whatever the settings ask for, and "parameters", where initial was.
    It opens with all changes made, and `epochs` and `updates` done; where that fails on the way it stands
    there, self.arrived is False, and self.message says why.
    X (2, m), Y (1, m), or (3, m) for three classes: the training points; X_test, Y_test those put aside, or
    None.  output: of the network, "sigmoid" or "softmax"; parts: the functions that it runs on.  unable:
    which of yours the reference stands in for, and why.  opening: those of ON_THE_WAY as at the start.
    earlier: the costs of runs before a reset, [(epochs, costs), …].  moments: those that can be gone back to.
    ValueError for settings or changes of another kind, and for changes that are not in order.
    """

    def __init__(self, own=None, settings=None, changes=(), epochs=0, updates=0, initial=None, given=()):
        require_whole("epochs", epochs, 0)
        require_whole("updates", updates, 0)
        self.own = {part: own[part] for part in own or {} if own[part] is not REFERENCE[part]}
        self.settings, self.changes, self.message = settings or Settings(), [], ""
        self.opening = {name: getattr(self.settings, name) for name in ON_THE_WAY}
        self.X, self.Y, self.X_test, self.Y_test, self.axes, self.classes = points_of(self.settings)
        self.drawn_points = self.X  # as they came, without those by hand
        self.output = "sigmoid" if len(self.Y) == 1 else self.settings.output
        _require_outputs(initial, self.Y)
        self.parts = parts_of(self.output, given)
        self.trainer, self.unable = trainer_of(self.own, self.settings, given, self.output)
        self.given, self.begins_as_given = tuple(given), "parameters" in given
        self.initial, self.draws_anew, self.earlier, self.moments = None, False, [], Moments()
        _begin(self, initial)
        self.moments.remember(self)
        self.arrived = _make_all(self, changes) and _go_to(self, max((epochs, updates), self.where))

    @property
    def epoch(self):
        """How many epochs the network has been trained for."""
        return self.trainer.state.epoch if self.trainer.state else 0

    @property
    def update(self):
        """How many mini-batches of the next epoch it has seen besides."""
        return self.trainer.state.batch

    @property
    def where(self):
        """(epoch, update): where training stands."""
        return self.epoch, self.update

    def weight(self, name):
        """The weight or bias of this name, "W1[0, 1]"."""
        array, place = array_and_place(name)
        return float(self.trainer.parameters[array][place])

    def point_at(self, column):
        """The training point in a column of X: (x1, x2, class)."""
        return (*self.place_of(column), int(class_numbers(self.Y)[column]))

    def place_of(self, column):
        """Where the training point in a column of X lies: (x1, x2)."""
        return tuple(map(float, self.X[:, column]))

    def nearest(self, place):
        """The column of X whose point is nearest to a place (x1, x2)."""
        return int(np.hypot(*(self.X - np.array(place)[:, None])).argmin())

    def advance(self, epochs, seconds=math.inf):
        """Train on, by `epochs` or until the seconds are over; returns whether it can go on.

        If not, self.message says why: a function failed, it diverged, it converged.
        """
        end, self.message = time.monotonic() + seconds, ""
        if not _has_settled(self):
            _train(self, epochs, lambda _: time.monotonic() >= end or _has_settled(self))
        if not self.message and _has_settled(self):
            change = f"the cost changed by less than {SETTLED:.0%} of itself in {IN_EPOCHS:,} epochs"
            self.message = f"Converged after {self.epoch:,} epochs: {change}."
        return not self.message

    def step(self):
        """One update, by one mini-batch or by all examples; returns whether it can go on."""
        return _train(self, None)

    def anew(self, **settings):
        """The experiment from its start with other settings, or with none of them changed: a reset.

        Initial weights stay unless a setting makes new ones, points made by hand unless the data set changes.
        """
        s = replace(self.settings, **settings)
        changed = {name for name, value in vars(s).items() if value != getattr(self.settings, name)}
        as_many = len(points_of(s)[1]) == len(self.Y)  # outputs
        initial = None if changed & NEW_WEIGHTS or not as_many else self.initial
        given = [name for name in self.given if initial or name != "parameters"]
        fresh = Experiment(self.own, s, initial=initial, given=given)
        trouble = fresh.message
        for *where, what, value in self.changes:
            if "data" not in changed if what in POINTS else initial and where == [0, 0]:
                with suppress(ValueError):  # a point that is not there any more
                    fresh.change(what, value)
        fresh.message = trouble or fresh.message
        fresh.earlier = [*self.earlier, *_costs_so_far(self)][-MOST_EARLIER:]
        return fresh

    def back_to(self, epoch):
        """Stand where training stood after so many epochs, with what was set then; later changes are gone.

        ValueError where training has not come to that epoch.
        """
        last = max(self.epoch, self.moments.kept[-1].state.epoch)
        if require_whole("The epoch to go back to", epoch, 0) > last:
            raise ValueError(f"Training has come to epoch {last:,}, not to {epoch:,}. Press Play to go on.")
        self.stand_at(self.moments.before(epoch))
        _train(self, epoch - self.epoch)
        self.moments.remember(self, changed=True)

    def stand_at(self, moment):
        """Stand as at this moment of this experiment."""
        trainer, self.message = self.trainer, ""
        self.settings, self.X, self.Y = moment.settings, moment.X, moment.Y
        self.opening, self.changes = dict(moment.opening), list(moment.changes)
        for name in ON_THE_WAY:
            setattr(trainer, name, getattr(self.settings, name))
        trainer.state, trainer.lowest = moment.state, moment.lowest
        self.moments.remember(self, changed=True)

    def change(self, what, value):
        """Change a setting of the training, a weight or a point, where the training stands, and log it.

        what, value: as in changes, or "stop_when_converged".  ValueError for another name or value, for a
        setting of NEW_TRAINING, and where the cost would not be finite; then nothing has changed.
        """
        value, trainer = as_python(value), self.trainer
        if what == "stop_when_converged":
            self.settings = replace(self.settings, stop_when_converged=value)
            return
        before = moment_of(self)
        after, what, point = _changed(self.settings, self.X, self.Y, trainer.parameters, what, value)
        costs = trainer.history.cost[self.epoch :]
        _go_on_with(self, *after, search_on=what in SAME_COST)
        outcome = trainer.outcome
        if self.message and outcome.kind == "diverged" and costs and math.isfinite(costs[0]):
            self.stand_at(before)
            _train(self, 0)
            trainer.lowest = before.lowest
            hint = "Nothing has changed; try a smaller number."
            raise ValueError(f"{what} {value} cannot be: {outcome.why}. {hint}")
        _log(self, what, value, point)
        self.moments.remember(self, changed=True)


def code_of(experiment, picture=None, given=()):
    """One line of code that opens this playground again.

    picture: its PictureSettings.  given: names of the functions that were given by hand.
    """
    e, functions = experiment, {}
    for part in [part for part in given if part in e.own or part not in REFERENCE]:
        name = getattr(e.own.get(part), "__name__", part)
        functions[part] = name if name.isidentifier() else part
    now = vars(e.settings) | e.opening | (vars(picture) if picture else {})
    known = [field for field in ALL_SETTINGS if field.name in now]
    written = {field.name: as_python(now[field.name]) for field in known if now[field.name] != field.default}
    changes = [(epoch, *[update] * (update > 0), *change) for epoch, update, *change in e.changes]
    then = {"changes": changes, "epochs": e.epoch, "updates": e.update}
    written |= {name: value for name, value in then.items() if value}
    parts = [f"{part}={name}" for part, name in functions.items()]
    return f"Playground({', '.join(parts + [f'{name}={value!r}' for name, value in written.items()])})"


def as_python(value):
    """The value in Python's own numbers and tuples, so that it can be written into code."""
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    return tuple(as_python(part) for part in value) if isinstance(value, (tuple, list)) else value


# ---- how it starts


def trainer_of(own, settings, given=(), output="sigmoid"):
    """A Trainer on your own functions, and {"forward": why the reference does it, …} for the others.

    given: those that are called whatever the settings ask for; all but initialize, which takes no settings.
    output: of the network, "sigmoid" or "softmax".
    """
    s, sizes = settings, require_hidden_sizes(settings.n_h)
    asked = {"n_h": int(sizes[0]) if len(sizes) == 1 else sizes, "tolerance": 0.0, "test_gradients": False}
    asked |= {name: getattr(s, name) for name in ON_THE_WAY}
    asked |= {name: getattr(s, name) for name in ("scale", "seed") if getattr(s, name) is not None}
    asked |= {"hidden_activation": s.hidden_activation} if s.hidden_activation != "tanh" else {}
    if s.start != "random":
        value = 0.0 if s.start == "zeros" else CONSTANT if s.scale is None else s.scale
        asked["initialize"] = partial(equal_parameters, value)
    asked |= {"output": output} if output != "sigmoid" else {}
    kept, by_hand = _kept(own), {part: own[part] for part in given if part in own and part != "initialize"}
    able = kept.obeying(asked) | by_hand
    within = {"softmax": "forward", "softmax_cost": "cost"}  # what a Trainer takes them in, or as
    unable = [part for part in parts_of(output, given) if part in own and within.get(part, part) not in able]
    return kept.trainer(**asked, **by_hand), {part: f"for '{_control(part, asked)}'" for part in unable}


def parts_of(output, given=()):
    """The names of the functions that a network with this output runs on.  given: those given by hand."""
    if output == "sigmoid":
        return [*SHORT.values()]
    forward = ["forward"] if "forward" in given else ["forward", "softmax"]
    return ["initialize", *forward, "cost" if "cost" in given else "softmax_cost", "backward", "update"]


def _kept(own):
    """A Kept of these functions, by their names in parts_of."""
    five = {part: function for part, function in own.items() if part not in BEYOND}
    named = {name: own[part] for name, part in SHORT.items() if part in own}
    beyond = {name: function for name, function in own.items() if name in BEYOND}
    return Kept(**named, **beyond, own=five, beyond=beyond)


def _require_outputs(initial, Y):
    """ValueError where parameters are given that have another number of outputs than Y has rows."""
    if initial and len(initial[f"b{len(initial) // 2}"]) != len(Y):
        came = f"these parameters have {len(initial[f'b{len(initial) // 2}'])}"
        raise ValueError(f"With these points a network has {counted(len(Y), 'output')}; {came}.")


def _control(part, asked):
    """The control of a playground that asks for what your function of this part cannot do, see kept.py."""
    if not isinstance(asked["n_h"], int):
        return "hidden layers"
    if part != "initialize":
        return "activation"
    return "weights start" if "initialize" in asked else "seed" if "seed" in asked else "scale"


def _begin(e, initial):
    """The first parameters: those given, or by your initialize; by the reference's where that fails."""
    if e.begins_as_given:
        e.trainer.start_from(initial)
    _train(e, 0)
    failed = ""
    if e.trainer.state is None:
        failed, e.trainer.initialize = e.message, None
        e.unable["initialize"] = "yours failed"
        _train(e, 0)
    elif "initialize" in e.own and "initialize" not in e.unable and not e.begins_as_given:
        first = e.trainer.parameters
        with suppress(Exception):
            again = e.trainer.initialize(len(first["W1"][0]), e.trainer.n_h, 1)
            e.draws_anew = any((first[name] != again[name]).any() for name in first)
    if initial:
        _go_on_with(e, e.settings, e.X, e.Y, initial)
    e.initial, e.message = copied(e.trainer.parameters), failed or e.message


# ---- how it trains


def _train(e, epochs, enough=lambda trainer: False):
    """Train for so many epochs, or for one update (None); trouble goes into e.message; whether there is none.

    enough: asked after each epoch, whether to stop there.
    """
    trainer, e.message = e.trainer, ""
    if e.epoch >= MOST_EPOCHS and epochs != 0:
        e.message = f"After {MOST_EPOCHS:,} epochs a playground ends. Reset it, or see lesson 11."
        return False
    data = [with_extra_inputs(e.X, e.settings.extra_inputs), e.Y]
    if e.X_test is not None:
        data += [with_extra_inputs(e.X_test, e.settings.extra_inputs), e.Y_test]
    try:
        if epochs is None:
            trainer.step(*data)
        else:
            most = min(epochs, MOST_EPOCHS - e.epoch)
            callbacks = [lambda _: e.moments.remember(e) if e.epoch % e.moments.stride == 0 else None, enough]
            trainer.train(*data, epochs=most, progress=False, callbacks=callbacks)
    except Exception as error:  # whatever a function of your own raises
        e.message = _said_of(error)
        return False
    if trainer.outcome.kind in ("diverged", "interrupted"):
        e.message = trainer.outcome[0].upper() + trainer.outcome[1:]
    _log_what_came_later(e)
    return not e.message


def _costs_so_far(e):
    """[(epochs, costs)] of a run, thinned to some 200 of them; [] where it has none."""
    costs = e.trainer.history.cost[: e.epoch + 1]
    stride = max(len(costs) // 200, 1)
    return [(range(0, len(costs), stride), costs[::stride])] if e.epoch else []


def _said_of(error):
    """An error and its notes in a sentence or two."""
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return " ".join([said + "." * said[-1].isalnum(), *getattr(error, "__notes__", [])])


def _has_settled(e):
    """Whether it is to stop where the cost has settled, and has; looked at every 100 epochs."""
    if not e.settings.stop_when_converged or e.epoch % 100 or e.epoch < IN_EPOCHS:
        return False
    recent = e.trainer.history.cost[e.epoch - IN_EPOCHS : e.epoch + 1]
    return max(recent) - min(recent) < SETTLED * min(recent)


def _go_to(e, where):
    """Train up to there, past what has settled; whether it got there.  ValueError if it lies behind."""
    epoch, update = where
    while e.epoch < epoch and _train(e, epoch - e.epoch):
        pass
    while e.epoch == epoch and e.update < update and _train(e, None):
        pass
    there = e.where == where
    if not (there or e.message):
        found = f"epoch {epoch}, update {update} is not ahead of epoch {e.epoch}, update {e.update}"
        raise ValueError(f"Changes come in order, and an epoch has its number of updates: {found}.")
    if not there:
        e.message += f" It stands at epoch {e.epoch:,}; what came later is left out."
    return there


# ---- what is changed by hand


def _make_all(e, changes):
    """Train up to each of the changes and make it; whether all of them were reached."""
    for change in changes:
        where, what, value = require_change(change)
        if not _go_to(e, where):
            return False
        e.change(what, value)
    return True


def require_change(change):
    """((epoch, update), what, value) of one of changes; ValueError where it has another form."""
    try:
        *where, what, value = change
        epoch, update = where if len(where) == 2 else (*where, 0)
    except (TypeError, ValueError):
        forms = "(epoch, what, value) or (epoch, update, what, value)"
        raise ValueError(f"A change is {forms}; it came as {change!r}.") from None
    require_whole("The epoch of a change", epoch, 0)
    require_whole("The update of a change", update, 0)
    return (epoch, update), what, value


def _changed(settings, X, Y, parameters, what, value):
    """The first four with one change made; its name in full; and the point that was removed, or None."""
    point = None
    if what in NEW_TRAINING:
        raise ValueError(f"{what} begins a new training: use anew({what}={value!r}).")
    if what in ON_THE_WAY:
        settings = replace(settings, **{what: value})
    elif what == "add":
        X, Y = with_point(X, Y, value)
    elif what == "remove":
        X, Y, point = without_point(X, Y, value)
    else:
        parameters, what = with_weight(parameters, what, value)
    return (settings, X, Y, parameters), what, point


def _go_on_with(e, settings, X, Y, parameters, search_on=False):
    """Go on from here with these.

    search_on: the lowest cost so far still counts; otherwise it is sought anew, and divergence leads back
    here.  What another optimiser remembered is forgotten.
    """
    e.settings, e.X, e.Y, trainer = settings, X, Y, e.trainer
    if trainer.optimiser != settings.optimiser:
        trainer.state, trainer.lowest = (s._replace(memory={}) for s in (trainer.state, trainer.lowest))
    for name in ON_THE_WAY:
        setattr(trainer, name, getattr(settings, name))
    if not search_on:
        trainer.start_from(parameters)
    _train(e, 0)


def _log_what_came_later(e):
    """Where a divergence has led back to before a change, the change is now made there."""
    late = [change for change in e.changes if change[:2] > e.where]
    e.changes = [change for change in e.changes if change[:2] <= e.where]
    for *_, what, value in late:
        _log(e, what, value, None)


def _log(e, what, value, point):
    """Write down a change; one that takes back another at the same place takes its place."""
    start, added, here = e.where == (0, 0), (0, 0, "add", point), (*e.where, what)
    if start and what in ON_THE_WAY:
        e.opening[what] = value
    elif start and what == "remove" and added in e.changes:
        del e.changes[-1 - e.changes[::-1].index(added)]
    else:
        e.changes = [entry for entry in e.changes if what in POINTS or entry[:3] != here]
        e.changes.append((*here, value))
