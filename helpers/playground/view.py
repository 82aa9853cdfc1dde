"""All that there is to see of an experiment at one moment, computed by your own functions where they can."""

import math
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.calls import attended
from helpers.playground.own_passes import passes_of
from helpers.playground.points import SIDE, class_numbers, plane, with_extra_inputs
from helpers.playground.settings import Settings, each_activation
from helpers.playground.weights import copied
from helpers.trainer import History
from helpers.words import number

FAR, MOST = 5, 0.95  # times further out than this share of the points reaches: not in the plane
SQUEEZED = 20  # times further off along an axis: there this share of the points looks like a line


@dataclass
class View:
    """An experiment at one moment, in plain values, for a picture.

    X (2, m), Y (n2, m): the training points in the plane; X_test those put aside, or None.  classes (m,),
    classes_test: the number of each point's class; wrong (m,): whether the network takes it for another.
    inputs (n0, m): what the network is given of X.  direction, after: the next update by all examples, what
    it goes along and what it leads to, None where your update fails.  reach: the plane is shown from −reach
    to reach, both ways.  maps: of the inputs, each hidden layer and the outputs an array (units, SIDE, SIDE),
    what it says over the plane, from −1 to 1; row 0 is at the top.  activations: of each hidden layer, as its
    numbers show it; "" where none known does.  output: "sigmoid" or "softmax".  dZ: NaN where no known
    formula gives it.  yours: the functions
    of one's own that are in use.  is_own: whether the hidden values are those of the forward in use;
    notice: words where they are not read from it.  history: the Trainer's own, which grows on, and after a
    divergence is longer than `epoch` says.  penalty: the part of the training cost that is the weights'.
    outside: words on points that lie beyond the plane, or so far off that they squeeze the others together.
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
    classes: np.ndarray
    classes_test: np.ndarray | None
    wrong: np.ndarray
    inputs: np.ndarray
    parameters: dict
    cache: dict
    grads: dict
    dZ: dict
    direction: dict
    after: dict | None
    maps: list
    history: History
    penalty: float
    words: str
    activations: tuple
    output: str
    yours: tuple
    is_own: bool
    notice: str
    outside: str


def view_of(experiment):
    """The View of an experiment as it stands; your functions compute it where they can."""
    e, s, trainer = experiment, experiment.settings, experiment.trainer
    parameters, reach = copied(trainer.parameters), _reach(e.drawn_points, e.X_test)
    if abs(e.X).max() > reach:  # a point by hand; one within it leaves the plane as it is
        reach = max(reach, _reach(e.X, e.X_test))
    inputs, places = (with_extra_inputs(X, s.extra_inputs) for X in (e.X, plane(reach)))
    with np.errstate(all="ignore"), attended(trainer.calls if e.own else None):
        asked, L = each_activation(s), len(parameters) // 2
        seen = passes_of(trainer, inputs, places, e.Y.astype(float), asked)
        kinds = ["input", *seen.activations, "sigmoid"]
        layers = [places, *(seen.over_the_plane[f"A{layer}"] for layer in range(1, L + 1))]
        maps = [_map(A, kind) for A, kind in zip(layers, kinds, strict=True)]
    used = [part for part in e.parts if part in e.own and part not in e.unable | seen.failed]
    right = (network.labels(seen.cache[f"A{L}"]) == e.Y).all(axis=0)
    points = e.X if e.X_test is None else np.hstack([e.X, e.X_test])
    outside = beyond(points, reach) + squeezed(points, e.axes)
    return View(
        epoch=e.epoch, update=e.update, settings=s, input_names=["x1", "x2", *s.extra_inputs], axes=e.axes,
        reach=reach, X=e.X, Y=e.Y, X_test=e.X_test, classes=class_numbers(e.Y), wrong=~right,
        classes_test=None if e.X_test is None else class_numbers(e.Y_test), inputs=inputs, output=e.output,
        parameters=parameters, cache=seen.cache, grads=seen.grads, dZ=seen.dZ, maps=maps,
        direction=seen.direction, after=seen.after,
        words=words_of(e, seen.failed) + outside, outside=outside, penalty=trainer.penalty(parameters),
        activations=seen.activations, yours=tuple(used), is_own=seen.is_own, notice=seen.notice,
        history=trainer.history if trainer.history.cost else History([math.nan], [math.nan], [math.nan]),
    )  # fmt: skip


def words_of(experiment, failed=()):
    """Which functions are yours, and where the reference steps in and what asks for it.

    failed: {"forward": why the picture is the reference's, …}.
    """
    e, lent = experiment, {}
    unable = e.unable | dict(failed)
    parts = [part for part in e.parts if not (part == "initialize" and e.begins_as_given)]
    yours = [part for part in parts if part in e.own and part not in unable]
    for part in parts:
        if part not in yours:
            lent.setdefault(unable.get(part, ""), []).append(part)
    lent = [", ".join(parts) + f" ({why})" * bool(why) for why, parts in sorted(lent.items())]
    words = f"Yours: {', '.join(yours) or ('none' if e.own else 'none yet')}."
    words += f" Reference: {'; '.join(lent)}." if lent else ""
    words += " It began with the parameters given." * e.begins_as_given
    if e.classes:
        marks = ("Orange triangles", "Blue circles", "Green squares")
        words += "".join(f" {mark}: {name}." for mark, name in zip(marks, e.classes, strict=False))
    return words + " Your initialize draws anew: no code repeats it." * e.draws_anew


def _reach(X, X_test):
    """How far the plane is shown: a little beyond the farthest point, at least to 1, in halves.

    A few points that lie FAR times further out than nearly all others are beyond it.
    """
    sizes = np.concatenate([abs(some).max(axis=0) for some in (X, X_test) if some is not None])
    far = sizes[sizes <= FAR * np.quantile(sizes, MOST)].max()
    return max(math.ceil(far * 2.1) / 2, 1)


def beyond(X, reach):
    """A sentence on the points that lie outside the plane that is shown; "" where all are in it."""
    outside = X[:, abs(X).max(axis=0) > reach]
    if not outside.size:
        return ""
    m, (x1, x2) = outside.shape[1], outside[:, abs(outside).max(axis=0).argmax()]
    points = "1 point lies" if m == 1 else f"{m} points lie"
    farthest = f"the farthest at ({number(x1, 3)}, {number(x2, 3)})"
    return f" {points} beyond this plane, {farthest}: drawn at its border."


def squeezed(X, axes):
    """A sentence on each axis along which a few points lie so far off that the others look like a line."""
    away = abs(X - np.median(X, axis=1, keepdims=True))
    most, farthest = np.quantile(away, MOST, axis=1), away.max(axis=1)
    names = [axis for k, axis in enumerate(axes) if farthest[k] > SQUEEZED * most[k] > 0]
    return "".join(f" {name}: what lies far off squeezes the other points together." for name in names)


def _map(A, kind):
    """The answers A (units, SIDE²) as maps from −1 to 1, (units, SIDE, SIDE)."""
    if kind == "sigmoid":
        A = 2 * A - 1
    elif kind != "tanh":
        A = A / np.maximum(abs(A).max(axis=1, keepdims=True), 1e-12)
    return np.clip(np.nan_to_num(A), -1, 1).reshape(-1, SIDE, SIDE)
