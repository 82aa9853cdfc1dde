"""All that there is to see of an experiment at one moment, computed by your own functions where they can."""

import math
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.inputs import require_cache, require_gradients, require_not_nan
from helpers.kept import SHORT
from helpers.playground.points import SIDE, plane, with_extra_inputs
from helpers.playground.settings import Settings
from helpers.playground.weights import copied
from helpers.trainer import History


@dataclass
class View:
    """An experiment at one moment, in plain values, for a picture.

    X (2, m), Y (1, m): the training points in the plane; X_test, Y_test those put aside, or None.  inputs
    (n0, m): what the network is given of X.  reach: the plane is shown from −reach to reach, both ways.
    maps: of the inputs, each hidden layer and the output an array (units, SIDE, SIDE), what it says over the
    plane, from −1 to 1; row 0 is at the top.  history: the Trainer's own, which grows on, and after a
    divergence is longer than `epoch` says.
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


def view_of(experiment):
    """The View of an experiment as it stands; your functions compute it where they can."""
    e, s, trainer = experiment, experiment.settings, experiment.trainer
    parameters, reach = copied(trainer.parameters), _reach(e.X, e.X_test)
    inputs, places = (with_extra_inputs(X, s.extra_inputs) for X in (e.X, plane(reach)))
    with np.errstate(all="ignore"):
        cache, over_the_plane = _cache(trainer, inputs), _cache(trainer, places)
        grads = _grads(trainer, cache, inputs, e.Y.astype(float))
        dZ = network.gradients_of_Z(parameters, cache, e.Y, hidden_activation=s.hidden_activation)
        L = len(parameters) // 2
        kinds = ["input", *[s.hidden_activation] * (L - 1), "sigmoid"]
        layers = [places, *(over_the_plane[f"A{l}"] for l in range(1, L + 1))]
        maps = [_map(A, kind) for A, kind in zip(layers, kinds, strict=True)]
    return View(
        epoch=e.epoch, update=e.update, settings=s, input_names=["x1", "x2", *s.extra_inputs], axes=e.axes,
        reach=reach, X=e.X, Y=e.Y, X_test=e.X_test, Y_test=e.Y_test, inputs=inputs, parameters=parameters,
        cache=cache, grads=grads, dZ=dZ, maps=maps, words=words_of(e),
        history=trainer.history if trainer.history.cost else History([math.nan], [math.nan], [math.nan]),
    )  # fmt: skip


def words_of(experiment):
    """Which functions are yours, and where the reference steps in and what asks for it."""
    e, lent = experiment, {}
    yours = [part for part in SHORT.values() if part in e.own and part not in e.unable]
    for part in SHORT.values():
        if part not in yours:
            lent.setdefault(e.unable.get(part, ""), []).append(part)
    lent = [", ".join(parts) + f" ({why})" * bool(why) for why, parts in sorted(lent.items())]
    words = f"Yours: {', '.join(yours) or ('none' if e.own else 'none yet')}."
    words += f" Reference: {'; '.join(lent)}." if lent else ""
    if e.classes:
        words += f" Blue circles: {e.classes[1]}. Orange triangles: {e.classes[0]}."
    return words + " Your initialize draws anew: no code repeats it." * e.draws_anew


def _reach(X, X_test):
    """How far the plane is shown: a little beyond the farthest point, at least to 1, in halves."""
    far = max(abs(some).max() for some in (X, X_test) if some is not None)
    return max(math.ceil(far * 2.1) / 2, 1)


def _cache(trainer, X):
    """Every Z and A for the inputs X: by your forward, or where it fails by the reference."""
    parameters = trainer.parameters
    if trainer.forward:
        with suppress(Exception):
            return _whole(trainer.forward(X.copy(), copied(parameters))[1], parameters, X)
    reference = {"hidden_activation": trainer.hidden_activation}
    return network.forward_propagation.formula(X, parameters, **reference)[1]


def _whole(cache, parameters, X):
    """A cache of your own with every Z in it; KeyError, ValueError where an A is missing, NaN or unfit."""
    whole, A = {}, X
    for l in range(1, len(parameters) // 2 + 1):
        Z = cache[f"Z{l}"] if f"Z{l}" in cache else parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.array(cache[f"A{l}"])
        whole |= {f"Z{l}": np.array(Z).reshape(A.shape), f"A{l}": A}
    require_cache(whole, parameters, X.shape[1])
    require_not_nan(whole.values(), {})
    return {**cache, **whole}


def _grads(trainer, cache, X, Y):
    """The gradients and those of the penalties: by your backward, or where it fails by the reference."""
    parameters = trainer.parameters
    reference = {"hidden_activation": trainer.hidden_activation}
    grads = network.backward_propagation.formula(parameters, cache, X, Y, **reference)
    if trainer.backward:
        with suppress(Exception):
            own = trainer.backward(copied(parameters), deepcopy(cache), X.copy(), Y)
            grads = require_gradients(own, parameters)
    return trainer.penalised(grads, parameters)


def _map(A, kind):
    """The answers A (units, SIDE²) as maps from −1 to 1, (units, SIDE, SIDE)."""
    if kind == "sigmoid":
        A = 2 * A - 1
    elif kind != "tanh":
        A = A / np.maximum(abs(A).max(axis=1, keepdims=True), 1e-12)
    return np.clip(np.nan_to_num(A), -1, 1).reshape(-1, SIDE, SIDE)
