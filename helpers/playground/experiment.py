"""What a playground holds: points in the plane, a network in training on them, and what was done by hand.

It neither draws nor shows anything: helpers.scenes draws a View of it, helpers.widgets moves it.
"""

import math
import numbers
import re
import time
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np

from helpers import network
from helpers.activations import ACTIVATIONS
from helpers.kept import SHORT, Kept
from helpers.playground.points import EXTRA, MOST_POINTS, SIDE, plane, points_of, with_point
from helpers.trainer import History

STARTS = ("random", "zeros", "constant")
CONSTANT = 0.5  # every weight at the start "constant", unless a scale says otherwise
SETTLED, IN_EPOCHS = 0.04, 3_000  # converged: the cost changed by less than this share of itself in so many
MOST_UNITS, MOST_LAYERS, MOST_EPOCHS = 8, 3, 100_000

NEW_WEIGHTS = {"n_h", "extra_inputs", "start", "scale", "seed"}
ANEW = NEW_WEIGHTS | {"data", "n_points", "noise", "test_share", "hidden_activation"}  # begin a new training
ON_THE_WAY = ("learning_rate", "batch_size", "l1", "l2")  # change the training where it stands
POINTS = ("add", "remove")


@dataclass(frozen=True)
class Settings:
    """All that can be set in a playground.

    data: one of DATA, or the name of a CSV file with two columns of numbers and the class in the last.
    extra_inputs: from EXTRA, beside x1 and x2.  n_h: 1 to 8 hidden units; (4, 4) makes two layers of them.
    start: where the weights start, one of STARTS; scale: times this, or the constant; None: the Trainer's.
    seed: of weights and mini-batches; None: 1, and your own initialize where there is one.
    The last six are of the picture; chosen: what its formula is shown of, "W1[0, 1]" or "A1[0]".
    """

    data: str = "flower"
    n_points: int = 400
    noise: float = 0.2
    test_share: float = 0.25
    extra_inputs: tuple = ()
    n_h: int | tuple = 4
    hidden_activation: str = "tanh"
    start: str = "random"
    scale: float | str | None = None
    seed: int | None = None
    learning_rate: float = 1.2
    batch_size: int | None = None
    l1: float = 0.0
    l2: float = 0.0
    stop_when_converged: bool = False
    epochs_a_frame: int = 10
    gradients: bool = False
    chosen: str = ""
    example: int = 0
    test_points: bool = True
    two_colours: bool = False

    def __post_init__(self):
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(field.default, bool) and value not in (True, False):
                raise ValueError(f"{field.name} is True or False; it came as {value!r}.")
            if isinstance(field.default, str) and not isinstance(value, str):
                raise ValueError(f"{field.name} is a text such as {field.default!r}; it came as {value!r}.")
        if not isinstance(self.extra_inputs, (tuple, list)):
            raise ValueError(f"extra_inputs is like ('x1²', 'x2²'); it came as {self.extra_inputs!r}.")
        for name in self.extra_inputs:
            _check_known("extra_inputs", name, EXTRA)
        _check_known("start", self.start, STARTS)
        _check_known("hidden_activation", self.hidden_activation, ACTIVATIONS)
        self._check_numbers()

    def _check_numbers(self):
        sizes = network.hidden_sizes(self.n_h)
        if len(sizes) > MOST_LAYERS or max(sizes) > MOST_UNITS:
            most = f"up to {MOST_LAYERS} hidden layers of up to {MOST_UNITS} units"
            raise ValueError(f"n_h is {self.n_h!r}; a playground takes {most}. For more, see lesson 09.")
        network.check_scale(self.scale)
        network.check_number("learning_rate", self.learning_rate, above=True)
        for name in ("l1", "l2", "test_share", "noise"):
            network.check_number(name, getattr(self, name))
        least = {"n_points": 2, "epochs_a_frame": 1, "example": 0, "seed": 0, "batch_size": 1}
        for name, lowest in least.items():
            if name not in ("seed", "batch_size") or getattr(self, name) is not None:
                network.check_whole(name, getattr(self, name), lowest)
        if self.n_points > MOST_POINTS:
            raise ValueError(f"n_points is up to {MOST_POINTS:,}; it came as {self.n_points:,}.")


SETTINGS = tuple(field.name for field in fields(Settings))


@dataclass
class View:
    """An experiment at one moment, in plain values, for a picture.

    X (2, m), Y (1, m): the training points in the plane; X_test, Y_test those put aside, or None.  inputs
    (n0, m): what the network is given of X.  maps: of the inputs, each hidden layer and the output an array
    (units, SIDE, SIDE), what it says over the plane, from −1 to 1; row 0 is at the top.  history: the
    Trainer's own, which grows on, and after a divergence is longer than `epoch` says.
    """

    epoch: int
    update: int
    settings: Settings
    input_names: list
    axes: tuple
    reach: float
    X: np.ndarray
    Y: np.ndarray
    X_test: np.ndarray | None
    Y_test: np.ndarray | None
    inputs: np.ndarray
    parameters: dict
    cache: dict
    grads: dict
    dZ: dict
    maps: list
    history: History
    words: str


class Experiment:
    """Points, a network in training on them by your own functions, and a log of what was done on the way.

    own: {"backward": function, …}, named as the Trainer names them.
    changes: (epoch, what, value) or (epoch, update, what, value), in order; what is one of ON_THE_WAY, a
    weight such as "W1[0, 1]", "add" for a point (x1, x2, class), or "remove" for the one at (x1, x2).
    initial: the parameters to start from; None: as the settings say.
    It opens with all changes made, and `epochs` and `updates` done; where that fails on the way it stands
    there, and self.message says why. ValueError for what cannot be.
    """

    def __init__(self, own=None, settings=None, changes=(), epochs=0, updates=0, initial=None):
        network.check_whole("epochs", epochs, 0)
        network.check_whole("updates", updates, 0)
        settings = settings or Settings()
        self.own, self.settings, self.changes = own or {}, replace(settings, chosen="", example=0), []
        self.opening = {name: getattr(settings, name) for name in ON_THE_WAY}
        self.X, self.Y, self.X_test, self.Y_test, self.axes, self.classes = points_of(settings)
        self.trainer, self.unable = self._new_trainer()
        self._begin(initial)
        for change in changes:
            where, what, value = _parts(change)
            if not self._go_to(*where):
                return
            self.change(what, value)
        if self._go_to(*max((epochs, updates), (self.epoch, self.update))):
            self.change("chosen", settings.chosen)
            self.change("example", settings.example)

    def _new_trainer(self):
        """A Trainer on your own functions, and {"forward": why the reference does it, …} for the others."""
        s, sizes = self.settings, network.hidden_sizes(self.settings.n_h)
        asked = {"n_h": int(sizes[0]) if len(sizes) == 1 else sizes, "tolerance": 0.0}
        asked |= {name: getattr(s, name) for name in ON_THE_WAY}
        asked |= {name: getattr(s, name) for name in ("scale", "seed") if getattr(s, name) is not None}
        asked |= {"hidden_activation": s.hidden_activation} if s.hidden_activation != "tanh" else {}
        if s.start != "random":
            asked["initialize"] = partial(constant_parameters, s.start, s.scale)
        kept = Kept(own=self.own)
        unable = [part for part in self.own if part not in kept.obeying(asked)]
        return kept.trainer(**asked), {part: f"for '{_control(part, asked)}'" for part in unable}

    def _begin(self, initial):
        """The first parameters: those given, or by your initialize; by the reference's where that fails."""
        self._train(0)
        failed, self.draws_anew = "", False
        if self.trainer.state is None:
            failed, self.trainer.initialize = self.message, None
            self.unable["initialize"] = "yours failed"
            self._train(0)
        elif "initialize" in self.own and "initialize" not in self.unable:
            first = self.trainer.parameters
            with suppress(Exception):
                again = self.trainer.initialize(len(self.inputs(self.X)), self.trainer.n_h, 1)
                self.draws_anew = any((first[name] != again[name]).any() for name in first)
        if initial:
            self._go_on_with(self.settings, self.X, self.Y, initial)
        self.initial, self.message = _copied(self.trainer.parameters), failed or self.message

    @property
    def epoch(self):
        """How many epochs the network has been trained for."""
        return self.trainer.state.epoch if self.trainer.state else 0

    @property
    def update(self):
        """How many mini-batches of the next epoch it has seen besides."""
        return self.trainer.state.batch

    @property
    def reach(self):
        """The plane is shown from −reach to reach, both ways."""
        far = max(abs(X).max() for X in (self.X, self.X_test) if X is not None)
        return max(math.ceil(far * 2.1) / 2, 1)

    def inputs(self, X):
        """What the network is given of the points X (2, m): x1, x2 and the extra inputs, (n0, m)."""
        return np.vstack([X, *(EXTRA[name](*X) for name in self.settings.extra_inputs)])

    # ---- training

    def advance(self, epochs, seconds=math.inf):
        """Train on, by `epochs` or until the seconds are over; returns whether it can go on.

        If not, self.message says why: a function failed, it diverged, it converged.
        """
        end, self.message = time.monotonic() + seconds, ""
        if not self._converged():
            self._train(epochs, lambda _: time.monotonic() >= end or self._converged())
        if not self.message and self._converged():
            change = f"the cost changed by less than {SETTLED:.0%} of itself in {IN_EPOCHS:,} epochs"
            self.message = f"Converged after {self.epoch:,} epochs: {change}."
        return not self.message

    def step(self):
        """One update, by one mini-batch or by all examples; returns whether it can go on."""
        return self._train(None)

    def _converged(self):
        """Whether it is to stop where the cost has settled, and has; looked at every 100 epochs."""
        if not self.settings.stop_when_converged or self.epoch % 100 or self.epoch < IN_EPOCHS:
            return False
        recent = self.trainer.history.cost[self.epoch - IN_EPOCHS : self.epoch + 1]
        return max(recent) - min(recent) < SETTLED * min(recent)

    def _train(self, epochs, enough=lambda trainer: False):
        """Train for so many epochs, or for one update (None), and put trouble into self.message."""
        trainer, self.message = self.trainer, ""
        if self.epoch >= MOST_EPOCHS and epochs != 0:
            self.message = f"After {MOST_EPOCHS:,} epochs a playground ends. Reset it, or see lesson 09."
            return False
        data = [self.inputs(self.X), self.Y]
        data += [] if self.X_test is None else [self.inputs(self.X_test), self.Y_test]
        try:
            if epochs is None:
                trainer.step(*data)
            else:
                trainer.epochs = min(epochs, MOST_EPOCHS - self.epoch)
                trainer.train(*data, progress=False, callbacks=[enough])
        except Exception as error:  # whatever a function of your own raises
            said = f"{type(error).__name__}: {error}".rstrip(": ")
            said += "." * said[-1].isalnum()
            self.message = " ".join([said, *getattr(error, "__notes__", [])])
            return False
        if trainer.outcome.startswith(("diverged", "interrupted")):
            self.message = trainer.outcome[0].upper() + trainer.outcome[1:]
        return not self.message

    def _go_to(self, epoch, update):
        """Train up to there, past what has converged; whether it got there. ValueError if it lies behind."""
        while self.epoch < epoch and self._train(epoch - self.epoch):
            pass
        while self.epoch == epoch and self.update < update and self._train(None):
            pass
        there = (self.epoch, self.update) == (epoch, update)
        if not (there or self.message):
            found = f"epoch {epoch}, update {update} is not ahead of epoch {self.epoch}, update {self.update}"
            raise ValueError(f"Changes come in order, and an epoch has its number of updates: {found}.")
        if not there:
            self.message += f" It stands at epoch {self.epoch:,}; what came later is left out."
        return there

    # ---- changes

    def anew(self, **settings):
        """The experiment from its start with other settings, or with none of them changed: a reset.

        Initial weights stay unless a setting makes new ones, points made by hand unless the data set changes.
        """
        s = replace(self.settings, **settings)
        changed = {name for name in SETTINGS if getattr(s, name) != getattr(self.settings, name)}
        initial = None if changed & NEW_WEIGHTS else self.initial
        fresh = Experiment(self.own, replace(s, chosen="", example=0), initial=initial)
        trouble, again = fresh.message, [("chosen", s.chosen), ("example", s.example)]
        for *where, what, value in reversed(self.changes):
            if "data" not in changed if what in POINTS else initial and where == [0, 0]:
                again.insert(0, (what, value))
        for what, value in again:
            with suppress(ValueError):  # what is not there any more
                fresh.change(what, value)
        fresh.message = trouble or fresh.message
        return fresh

    def change(self, what, value):
        """Change a setting of the training or the picture, a weight or a point, where the training stands.

        what, value: as in changes, or a setting that does not begin a new training (see ANEW).
        ValueError for what cannot be, or leads to a cost that is not finite; then nothing has changed.
        """
        value, trainer = plain(value), self.trainer
        before = (self.settings, self.X, self.Y, trainer.parameters)
        after, what, point = self._with(what, value)
        if what in SETTINGS and what not in ON_THE_WAY:
            self.settings = after[0]
            return
        lowest, costs = trainer.lowest, trainer.history.cost[self.epoch :]
        self._go_on_with(*after)
        if self.message.startswith("Diverged") and costs and math.isfinite(costs[0]):
            why = trainer.outcome.partition(": ")[2].partition(". ")[0]
            self._go_on_with(*before)
            trainer.lowest = lowest
            raise ValueError(f"{what} {value} cannot be: {why}. Nothing has changed; try a smaller number.")
        self._log(what, value, point)

    def _with(self, what, value):
        """What there is with a change made, (settings, X, Y, parameters), and how the log names it."""
        s, X, Y, parameters, point = self.settings, self.X, self.Y, self.trainer.parameters, None
        if what in ANEW:
            raise ValueError(f"{what} begins a new training: use anew({what}={value!r}).")
        if what in SETTINGS:
            s = replace(s, **{what: value})
            if s.chosen and s.chosen not in names(parameters):
                raise ValueError(f"chosen is one of {', '.join(names(parameters))}; it came as {s.chosen!r}.")
            if s.example >= X.shape[1]:
                raise ValueError(f"example is from 0 to {X.shape[1] - 1}; it came as {s.example}.")
        elif what in POINTS:
            X, Y, point = with_point(X, Y, what, value)
            s = replace(s, example=min(s.example, X.shape[1] - 1))
        else:
            what, parameters = _with_weight(parameters, what, value)
        return (s, X, Y, parameters), what, point

    def _go_on_with(self, settings, X, Y, parameters):
        """Go on from here with these; the lowest cost is sought anew, so divergence leads back here."""
        self.settings, self.X, self.Y, trainer = settings, X, Y, self.trainer
        for name in ON_THE_WAY:
            setattr(trainer, name, getattr(settings, name))
        trainer.state = trainer.lowest = trainer.state._replace(parameters=_copied(parameters))
        self._train(0)

    def _log(self, what, value, point):
        """Write down a change; one that takes back another at the same place takes its place."""
        where = (self.epoch, self.update)
        start, added = where == (0, 0), (0, 0, "add", point)
        if start and what in ON_THE_WAY:
            self.opening[what] = value
        elif start and what == "remove" and added in self.changes:
            del self.changes[-1 - self.changes[::-1].index(added)]
        else:
            here = (*where, what)
            self.changes = [entry for entry in self.changes if what in POINTS or entry[:3] != here]
            self.changes.append((*here, value))

    def code(self, own=()):
        """One line of code that opens this playground again.  own: names of functions given by hand."""
        now = {name: getattr(self.settings, name) for name in SETTINGS} | self.opening
        given = {part: getattr(self.own[part], "__name__", part) for part in own}
        parts = [f"{part}={name if name.isidentifier() else part}" for part, name in given.items()]
        parts += [f"{f.name}={plain(now[f.name])!r}" for f in fields(Settings) if now[f.name] != f.default]
        changes = [(epoch, *[update] * (update > 0), *change) for epoch, update, *change in self.changes]
        then = {"changes": changes, "epochs": self.epoch, "updates": self.update}
        parts += [f"{name}={value!r}" for name, value in then.items() if value]
        return f"Playground({', '.join(parts)})"

    # ---- what there is to see

    def view(self):
        """All that a picture shows of this moment, as a View; your functions compute it where they can."""
        s, parameters, trainer = self.settings, _copied(self.trainer.parameters), self.trainer
        inputs, places = self.inputs(self.X), self.inputs(plane(self.reach))
        with np.errstate(all="ignore"):
            cache, over_the_plane = self._cache(inputs), self._cache(places)
            grads = self._grads(cache, inputs)
            dZ = network.gradients_of_Z(parameters, cache, self.Y, hidden_activation=s.hidden_activation)
            L = len(parameters) // 2
            kinds = ["input", *[s.hidden_activation] * (L - 1), "sigmoid"]
            layers = [places, *(over_the_plane[f"A{l}"] for l in range(1, L + 1))]
            maps = [_map(A, kind) for A, kind in zip(layers, kinds, strict=True)]
        return View(
            epoch=self.epoch, update=self.update, settings=s, input_names=["x1", "x2", *s.extra_inputs],
            axes=self.axes, reach=self.reach, X=self.X, Y=self.Y, X_test=self.X_test, Y_test=self.Y_test,
            inputs=inputs, parameters=parameters, cache=cache, grads=grads, dZ=dZ, maps=maps,
            history=trainer.history if trainer.history.cost else History([math.nan], [math.nan], [math.nan]),
            words=self.words(),
        )  # fmt: skip

    def _cache(self, X):
        """Every Z and A for the inputs X: by your forward, or where it fails by the reference."""
        parameters = self.trainer.parameters
        if self.trainer.forward:
            with suppress(Exception):
                cache = self.trainer.forward(X.copy(), _copied(parameters))[1]
                return _whole(cache, parameters, X)
        return network.forward_propagation(X, parameters, **self._unchecked())[1]

    def _grads(self, cache, X):
        """The gradients and those of the penalties: by your backward, or where it fails by the reference."""
        parameters, Y = self.trainer.parameters, self.Y.astype(float)
        grads = network.backward_propagation(parameters, cache, X, Y, **self._unchecked())
        if self.trainer.backward:
            with suppress(Exception):
                own = self.trainer.backward(_copied(parameters), deepcopy(cache), X.copy(), Y)
                grads = network.check_gradients(own, parameters)
        return self.trainer.penalised(grads, parameters)

    def _unchecked(self):
        return {"hidden_activation": self.settings.hidden_activation, "check": False}

    def words(self):
        """Which functions are yours, and where the reference steps in and what asks for it."""
        yours, lent = [part for part in SHORT.values() if part in self.own and part not in self.unable], {}
        for part in SHORT.values():
            if part not in yours:
                lent.setdefault(self.unable.get(part, ""), []).append(part)
        lent = [", ".join(parts) + f" ({why})" * bool(why) for why, parts in sorted(lent.items())]
        none = "none" if self.own else "none yet"
        words = f"Yours: {', '.join(yours) or none}."
        words += f" Reference: {'; '.join(lent)}." if lent else ""
        if self.classes:
            words += f" Blue circles: {self.classes[1]}. Orange triangles: {self.classes[0]}."
        return words + " Your initialize draws anew: no code repeats it." * self.draws_anew


def _control(part, asked):
    """The control of a playground that asks for what your function of this part cannot do, see kept.py."""
    if not isinstance(asked["n_h"], int):
        return "hidden layers"
    if part != "initialize":
        return "activation"
    return "weights start" if "initialize" in asked else "seed" if "seed" in asked else "scale"


def _parts(change):
    """((epoch, update), what, value) of one of changes."""
    try:
        *where, what, value = change
        epoch, update = where if len(where) == 2 else (*where, 0)
    except (TypeError, ValueError):
        forms = "(epoch, what, value) or (epoch, update, what, value)"
        raise ValueError(f"A change is {forms}; it came as {change!r}.") from None
    network.check_whole("The epoch of a change", epoch, 0)
    network.check_whole("The update of a change", update, 0)
    return (epoch, update), what, value


def plain(value):
    """The value in Python's own numbers and tuples, so that it can be written into code."""
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    return tuple(plain(part) for part in value) if isinstance(value, (tuple, list)) else value


def names(parameters):
    """All that can be chosen, as the code counts: units "A1[0]", then weights and biases "W1[0, 1]"."""
    inputs = [f"X[{k}]" for k in range(parameters["W1"].shape[1])]
    units = [f"A{name[1:]}[{j}]" for name, p in parameters.items() if name[0] == "b" for j in range(len(p))]
    places = [(name, j, k) for name, p in parameters.items() for j, k in np.ndindex(p.shape)]
    return inputs + units + [f"{name}[{j}, {k}]" for name, j, k in places]


def constant_parameters(start, scale, n_x, n_h, n_y):
    """Weights that are all alike: 0 for "zeros", for "constant" the scale, or 0.5 where it is None."""
    value = 0 if start == "zeros" else CONSTANT if scale is None else scale
    blank = network.initialize_parameters(n_x, n_h, n_y, scale=0)
    return {name: p + _alike(value, p) * (name[0] == "W") for name, p in blank.items()}


def _alike(value, W):
    return 1 / math.sqrt(W.shape[1]) if value == "1/sqrt(n)" else value


def _copied(parameters):
    return {name: p.copy() for name, p in parameters.items()}


def _check_known(name, value, known):
    if value not in [*known]:
        raise ValueError(f"{name} is one of {', '.join(known)}; it came as {value!r}.")


def entry(name):
    """The array and the place that a name such as "W1[0, 1]" says: ("W1", (0, 1)). ValueError otherwise."""
    found = re.fullmatch(r"(\w+)\[(\d+)(?:, ?(\d+))?\]", str(name))
    if not found:
        raise ValueError(f"A weight is written like W1[0, 1], a bias like b1[0, 0]; this came: {name!r}.")
    array, row, column = found.groups()
    return array, (int(row), int(column)) if column else (int(row),)


def _with_weight(parameters, name, value):
    """How the log names one entry, as "W1[0, 1]", and the parameters with it set."""
    array, place = entry(name)
    known = _copied(parameters)
    if array not in known and name in names(parameters):
        raise ValueError(f"{name} is no weight. Choose one at 'formula of', for example W1[0, 1].")
    if array not in known or len(place) != 2 or not np.all(np.less(place, known[array].shape)):
        shapes = ", ".join(f"{key} {p.shape}" for key, p in known.items())
        raise ValueError(f"There is no {name}; the shapes are {shapes}, and code counts from 0.")
    if not (isinstance(value, numbers.Real) and abs(value) <= 1e6):
        raise ValueError(f"{name} is set to a number from −1,000,000 to 1,000,000; it came as {value!r}.")
    known[array][place] = value
    return f"{array}[{place[0]}, {place[1]}]", known


def _map(A, kind):
    """The answers A (units, SIDE²) as maps from −1 to 1, (units, SIDE, SIDE)."""
    if kind == "sigmoid":
        A = 2 * A - 1
    elif kind != "tanh":
        A = A / np.maximum(abs(A).max(axis=1, keepdims=True), 1e-12)
    return np.clip(np.nan_to_num(A), -1, 1).reshape(-1, SIDE, SIDE)


def _whole(cache, parameters, X):
    """A cache of your own with every Z in it; KeyError, ValueError where an A is missing, NaN or unfit."""
    whole, A = {}, X
    for l in range(1, len(parameters) // 2 + 1):
        Z = cache[f"Z{l}"] if f"Z{l}" in cache else parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.array(cache[f"A{l}"])
        whole |= {f"Z{l}": np.array(Z).reshape(A.shape), f"A{l}": A}
    network.check_cache(whole, parameters, X.shape[1])
    network.check_not_nan(whole.values(), {})
    return {**cache, **whole}
