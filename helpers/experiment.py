"""What a playground holds: points in the plane, a network in training on them, and what was done by hand.

It neither draws nor shows anything: helpers.scenes draws a View of it, helpers.widgets moves it.
"""

import math
import numbers
import re
import time
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial

import numpy as np

from helpers import datasets, network
from helpers.kept import SHORT, Kept
from helpers.trainer import History

DATA = {
    "flower": datasets.flower,
    "xor": datasets.xor,
    "circles": datasets.circles,
    "moons": datasets.moons,
    "blobs": datasets.blobs,
    "spirals": datasets.spirals,
}
EXTRA = {
    "x1²": lambda x1, x2: x1 * x1,
    "x2²": lambda x1, x2: x2 * x2,
    "x1·x2": lambda x1, x2: x1 * x2,
}
STARTS = ("random", "zeros", "constant")
CONSTANT = 0.5  # every weight at the start "constant", unless a scale says otherwise
TOLERANCE = 1e-4  # what "converged" means here: the share by which the cost changed in 100 epochs
MOST_UNITS, MOST_LAYERS, MOST_EPOCHS = 8, 3, 100_000
SIDE = 48  # places across a map

NEW_WEIGHTS = {"n_h", "extra_inputs", "start", "scale", "seed"}
ANEW = NEW_WEIGHTS | {"data", "n_points", "noise", "test_share", "hidden_activation"}  # begin a new training
ON_THE_WAY = ("learning_rate", "batch_size", "l1", "l2")  # change the training where it stands


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
        _check_known("start", self.start, STARTS)
        for name in self.extra_inputs:
            _check_known("extra_inputs", name, EXTRA)
        sizes = network.hidden_sizes(self.n_h)
        if len(sizes) > MOST_LAYERS or max(sizes) > MOST_UNITS:
            most = f"up to {MOST_LAYERS} hidden layers of up to {MOST_UNITS} units"
            raise ValueError(f"n_h is {self.n_h!r}; a playground takes {most}. For more, see lesson 09.")
        network.activation(self.hidden_activation)
        network.check_scale(self.scale)
        network.check_number("learning_rate", self.learning_rate, above=True)
        for name in ("l1", "l2", "test_share"):
            network.check_number(name, getattr(self, name))
        for name, least in {"epochs_a_frame": 1, "example": 0, "seed": 0, "batch_size": 1}.items():
            if getattr(self, name) is not None:
                network.check_whole(name, getattr(self, name), least)


@dataclass
class View:
    """An experiment at one moment, in plain values, for a picture.

    X (2, m), Y (1, m): the training points in the plane; X_test, Y_test those put aside, or None.  inputs
    (n0, m): what the network is given of X.  maps: of the inputs, each hidden layer and the output an array
    (units, SIDE, SIDE), what it says over the plane, from −1 to 1; row 0 is at the top.
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
    initial: the parameters to start from; None: as the settings say.
    changes: (epoch, what, value) or (epoch, update, what, value), in order; what is one of ON_THE_WAY, a
    weight such as "W1[0, 1]", "add" for a point (x1, x2, class), or "remove" for the one at (x1, x2).
    It opens with all of them made, and `epochs` and `updates` done. ValueError for what cannot be.
    """

    def __init__(self, own=None, settings=None, changes=(), epochs=0, updates=0, initial=None):
        self.own, self.settings, self.changes = own or {}, settings or Settings(), []
        self.opening = {name: getattr(self.settings, name) for name in ON_THE_WAY}
        self.X, self.Y, self.X_test, self.Y_test, self.axes = _points(self.settings)
        self.trainer = self._new_trainer(self.own, initial)
        self._train(0)
        if self.trainer.state is None:  # initialize failed: the message says how, and the reference does it
            self.trainer.initialize, message = None, self.message
            self._train(0)
            self.message = message
        self.initial = self.trainer.parameters
        for epoch, *update, what, value in changes:
            self._go_to(epoch, *update)
            self.change(what, value)
        self._go_to(epochs, updates)

    def _new_trainer(self, own, initial):
        """A Trainer on your own functions, as far as they can do what the settings ask for."""
        s = self.settings
        asked = {name: getattr(s, name) for name in ("n_h", *ON_THE_WAY)}
        asked |= {name: getattr(s, name) for name in ("scale", "seed") if getattr(s, name) is not None}
        asked |= {"hidden_activation": s.hidden_activation} if s.hidden_activation != "tanh" else {}
        if s.start != "random":
            asked["initialize"] = lambda *sizes: constant_parameters(s.start, s.scale, *sizes)
        trainer = Kept(own=own).trainer(tolerance=s.stop_when_converged * TOLERANCE, **asked)
        self.used = {part for part in own if getattr(trainer, part) is own[part]}
        if initial:
            trainer.initialize = lambda *sizes: {name: p.copy() for name, p in initial.items()}
        return trainer

    @property
    def epoch(self):
        """How many epochs the network has been trained for."""
        return self.trainer.state.epoch

    @property
    def update(self):
        """How many mini-batches of the next epoch it has seen besides."""
        return self.trainer.state.batch

    @property
    def reach(self):
        """The plane is shown from −reach to reach, both ways."""
        far = max(abs(X).max() for X in (self.X, self.X_test) if X is not None)
        return math.ceil(far * 2.1) / 2

    def inputs(self, X):
        """What the network is given of the points X (2, m): x1, x2 and the extra inputs, (n0, m)."""
        return np.vstack([X, *(EXTRA[name](*X) for name in self.settings.extra_inputs)])

    # ---- training

    def advance(self, epochs, seconds=math.inf):
        """Train on, by `epochs` or until the seconds are over; returns whether it can go on.

        If not, self.message says why: a function failed, it diverged, it converged.
        """
        left = MOST_EPOCHS - self.epoch
        if left > 0:
            return self._train(min(epochs, left), time.monotonic() + seconds)
        self.message = f"{MOST_EPOCHS:,} epochs are as many as the picture keeps. Reset, or see lesson 09."
        return False

    def step(self):
        """One update, by one mini-batch or by all examples; returns whether it can go on."""
        return self._train(None)

    def _train(self, epochs, end=math.inf):
        """Train for so many epochs, or for one update (None), and put trouble into self.message."""
        trainer, self.message = self.trainer, ""
        data = [self.inputs(self.X), self.Y]
        data += [] if self.X_test is None else [self.inputs(self.X_test), self.Y_test]
        try:
            if epochs is None:
                trainer.step(*data)
            else:
                trainer.epochs = epochs
                trainer.train(*data, progress=False, callbacks=[lambda _: time.monotonic() >= end])
        except Exception as error:  # whatever a function of your own raises
            self.message = " ".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", [])])
            return False
        if trainer.outcome.startswith(("converged", "diverged", "interrupted")):
            self.message = trainer.outcome[0].upper() + trainer.outcome[1:]
        return not self.message

    def _go_to(self, epoch, update=0):
        while self.epoch < epoch and self.advance(epoch - self.epoch):
            pass
        while self.update < update and self.step():
            pass

    # ---- changes

    def anew(self, **settings):
        """The experiment from its start with other settings, or with none of them changed: a reset.

        Initial weights stay unless a setting makes new ones, points made by hand unless the data change.
        """
        changed = {name for name, value in settings.items() if getattr(self.settings, name) != value}
        initial = None if changed & NEW_WEIGHTS else self.initial
        fresh = Experiment(self.own, replace(self.settings, **settings), initial=initial)
        for *where, what, value in self.changes:
            point = what in ("add", "remove")
            if ("data" not in changed) if point else (initial and where == [0, 0] and "[" in what):
                with suppress(ValueError):  # a point that is not there any more cannot be removed
                    fresh.change(what, value)
        return fresh

    def change(self, what, value):
        """Change a setting of the training or the picture, a weight or a point, where the training stands.

        what, value: as in changes, or a setting that does not begin a new training (see ANEW).
        ValueError for what cannot be; then nothing has changed.
        """
        if what in ANEW:
            raise ValueError(f"{what} begins a new training: use anew({what}={value!r}).")
        parameters = self.trainer.parameters
        if what in ("add", "remove"):
            self.X, self.Y = _with_point(self.X, self.Y, self.reach, what, value)
        elif what in {field.name for field in fields(Settings)}:
            self.settings = replace(self.settings, **{what: value})
            self.trainer.tolerance = self.settings.stop_when_converged * TOLERANCE
            if what not in ON_THE_WAY:
                return
            setattr(self.trainer, what, value)
        else:
            parameters = _with_weight(parameters, what, value)
        self._log(what, value)
        self.trainer.state = self.trainer.state._replace(parameters=parameters)
        self._train(0)
        if (self.epoch, self.update) == (0, 0):
            self.initial = self.trainer.parameters

    def _log(self, what, value):
        where = (self.epoch, self.update)
        if what in ON_THE_WAY and where == (0, 0):
            self.opening[what] = value
            return
        point = what in ("add", "remove")
        if self.changes and self.changes[-1][:3] == (*where, what) and not point:
            self.changes.pop()
        self.changes.append((*where, what, value))

    def code(self, own=()):
        """One line of code that opens this playground again.  own: names of functions given by hand."""
        now = {field.name: getattr(self.settings, field.name) for field in fields(Settings)} | self.opening
        parts = [f"{part}={self.own[part].__name__}" for part in own]
        parts += [f"{f.name}={now[f.name]!r}" for f in fields(Settings) if now[f.name] != f.default]
        changes = [(epoch, *[update] * (update > 0), *change) for epoch, update, *change in self.changes]
        then = {"changes": changes, "epochs": self.epoch, "updates": self.update}
        parts += [f"{name}={value!r}" for name, value in then.items() if value]
        return f"Playground({', '.join(parts)})"

    # ---- what there is to see

    def view(self):
        """All that a picture shows of this moment, as a View; your functions compute it where they can."""
        s, parameters, trainer = self.settings, self.trainer.parameters, self.trainer
        inputs, plane = self.inputs(self.X), self.inputs(_plane(self.reach))
        cache, grads = self._passes(inputs, self.Y)
        over_the_plane, _ = self._passes(plane)
        layers = [over_the_plane[f"A{l}"] for l in range(1, len(parameters) // 2 + 1)]
        hidden = [_scaled(A, s.hidden_activation) for A in layers[:-1]]
        maps = [_scaled(plane, "input"), *hidden, _scaled(layers[-1], "sigmoid")]
        return View(
            epoch=self.epoch, update=self.update, settings=s, input_names=["x1", "x2", *s.extra_inputs],
            axes=self.axes, reach=self.reach, X=self.X, Y=self.Y, X_test=self.X_test, Y_test=self.Y_test,
            inputs=inputs, parameters=parameters, cache=cache, grads=grads,
            dZ=network.gradients_of_Z(parameters, cache, self.Y, hidden_activation=s.hidden_activation),
            maps=[A.reshape(-1, SIDE, SIDE) for A in maps],
            history=trainer.history if trainer.history.cost else History([math.nan], [math.nan], [math.nan]),
            words=self.words(),
        )  # fmt: skip

    def _passes(self, X, Y=None):
        """The cache for the inputs X, and with Y the gradients; by the reference where your own fail."""
        trainer, parameters = self.trainer, self.trainer.parameters
        g = {"hidden_activation": self.settings.hidden_activation}
        reference = [partial(network.forward_propagation, **g), partial(network.backward_propagation, **g)]
        own = [trainer.forward or reference[0], trainer.backward or reference[1]]
        for forward, backward in (own, reference):
            with suppress(Exception), np.errstate(all="ignore"):
                _, cache = forward(X, parameters)
                network.check_cache(cache, parameters, X.shape[1])
                grads = {}
                if Y is not None:
                    grads = network.check_gradients(backward(parameters, cache, X, Y), parameters)
                return cache, self.trainer._penalised(grads, parameters)
        raise ValueError(self.message or "The parameters are too large to compute with.")

    def words(self):
        """Which functions are yours, and where the reference steps in."""
        missing = [part for part in SHORT.values() if part not in self.own]
        unable = [part for part in SHORT.values() if part in self.own and part not in self.used]
        words = f"Yours: {', '.join(part for part in self.own if part in self.used) or 'none yet'}."
        words += f" Reference: {', '.join(missing)}." if missing else ""
        if unable:
            words += f" Reference for these settings, which yours cannot obey: {', '.join(unable)}."
        return words


def constant_parameters(start, scale, n_x, n_h, n_y):
    """Weights that are all alike: 0 for "zeros", for "constant" the scale, or 0.5 where it is None."""
    value = 0.0 if start == "zeros" else CONSTANT if scale is None else float(scale)
    blank = network.initialize_parameters(n_x, n_h, n_y, scale=0)
    return {name: np.full(p.shape, value) if name[0] == "W" else p for name, p in blank.items()}


def _points(settings):
    """The training points X, Y, those put aside X_test, Y_test (or None twice), and the names of the axes."""
    made = settings.data in DATA
    if made:
        X, Y = DATA[settings.data](settings.n_points, settings.noise)
        axes = ("x1", "x2")
    else:
        X, Y, axes = _own_points(settings.data)
    X_test = Y_test = None
    if settings.test_share:
        X, Y, X_test, Y_test = datasets.split(X, Y, settings.test_share)
    if not made:
        X, aside = datasets.standardise(X, X if X_test is None else X_test)
        X_test = None if X_test is None else aside
    return X, Y, X_test, Y_test, axes


def _own_points(path):
    """The points of a CSV file, and its columns as names of the axes."""
    expected = "The playground takes two columns of numbers, and last a column with the class, one of two."
    if not str(path).endswith(".csv"):
        raise ValueError(f"data is one of {', '.join(DATA)}, or a file like 'mine.csv'; it came as {path!r}.")
    try:
        X, Y, classes = datasets.from_csv(path)
    except ValueError as error:
        raise ValueError(f"{error} {expected}") from None
    if len(X) != 2 or len(Y) != 1:
        found = f"{path} has {len(X)} column{'s' * (len(X) > 1)} of numbers and {len(classes)} classes"
        raise ValueError(f"{found}. {expected}")
    return X, Y, tuple(f"{name}, standardised" for name in datasets.column_names(path)[:2])


def _check_known(name, value, known):
    if value not in known:
        raise ValueError(f"{name} is one of {', '.join(known)}; it came as {value!r}.")


def _with_point(X, Y, reach, what, value):
    """X and Y with one point more, (x1, x2, class), or without the one at (x1, x2)."""
    place = np.asarray(value, float)
    if place.shape != ((3,) if what == "add" else (2,)) or not (abs(place) < 1000).all():
        expected = "(x1, x2, class)" if what == "add" else "(x1, x2)"
        raise ValueError(f"A point is {expected}, numbers between −1000 and 1000; it came as {value!r}.")
    if what == "add":
        if place[2] not in (0, 1):
            raise ValueError(f"The class of a point is 0 or 1; it came as {value[2]!r}.")
        return np.hstack([X, place[:2, None]]), np.hstack([Y, [[int(place[2])]]])
    distances = np.hypot(*(X - place[:, None]))
    nearest = distances.argmin()
    if distances[nearest] > 0.05 * reach:
        near = ", ".join(f"{number:.3g}" for number in X[:, nearest])
        raise ValueError(f"There is no training point at {value}; the nearest is at ({near}).")
    if len(distances) == 1:
        raise ValueError("This is the last training point, and it stays: training needs one.")
    return np.delete(X, nearest, axis=1), np.delete(Y, nearest, axis=1)


def entry(name):
    """The array and the place that a name such as "W1[0, 1]" says: ("W1", (0, 1)). ValueError otherwise."""
    found = re.fullmatch(r"(\w+)\[(\d+)(?:, ?(\d+))?\]", name)
    if not found:
        raise ValueError(f"A weight is written like W1[0, 1], a bias like b1[0, 0]; this came: {name!r}.")
    array, row, column = found.groups()
    return array, (int(row), int(column)) if column else (int(row),)


def _with_weight(parameters, name, value):
    """The parameters with one entry set, named as "W1[0, 1]"."""
    array, place = entry(name)
    known = {key: p.copy() for key, p in parameters.items()}
    if array not in known or len(place) != 2 or not np.all(np.less(place, known[array].shape)):
        shapes = ", ".join(f"{key} {p.shape}" for key, p in known.items())
        raise ValueError(f"There is no {name}; the shapes are {shapes}, and code counts from 0.")
    if not (isinstance(value, numbers.Real) and abs(value) <= 1e6):
        raise ValueError(f"{name} is set to a number from −1,000,000 to 1,000,000; it came as {value!r}.")
    known[array][place] = value
    return known


@lru_cache(maxsize=4)
def _plane(reach):
    """The places of a map, (2, SIDE²), row by row from the top left."""
    across = np.linspace(-reach, reach, SIDE)
    return np.array(np.meshgrid(across, -across)).reshape(2, -1)


def _scaled(A, kind):
    """Answers as values from −1 to 1 for a map."""
    if kind == "tanh":
        return A
    if kind == "sigmoid":
        return 2 * A - 1
    return A / np.maximum(abs(A).max(axis=1, keepdims=True), 1e-12)
