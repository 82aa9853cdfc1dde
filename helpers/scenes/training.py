"""Training seen from inside: what the hidden units answer where, and the cost while it falls."""

import numpy as np

from helpers.activations import tanh_prime
from helpers.network import accuracy, backward_propagation, compute_cost, forward_propagation
from helpers.scenes.curves import coloured, curve, dot, lines_of_text, plot
from helpers.scenes.svg import (
    GRADIENT,
    MARGIN,
    NEWEST,
    PANEL,
    QUIET,
    TINT,
    VALUE,
    rect,
    scene_of,
    text_at,
)
from helpers.words import short

SATURATED = 0.99


def units_scene(parameters, X, Y, epoch=0):
    """Draw each hidden unit's answer over the plane with its rows of W1 and dW1, and a histogram of A1.

    parameters: 2 inputs, up to 6 tanh units.  X: (2, m), Y: (n2, m).  epoch: how long they were trained.
    Units with equal rows of W1 and of dW1 are twins, and named as such.
    """
    A2, cache = forward_propagation(X, parameters)
    grads = backward_propagation(parameters, cache, X, Y)
    W1, dW1, A1 = parameters["W1"], grads["dW1"], cache["A1"]
    twins = _twins(W1, dW1)
    parts = [text_at(MARGIN, 26, f"after {epoch} steps", bold=True, anchor="start")]
    for j, answers in enumerate(_over_the_plane(parameters, X)):
        top = 46 + 106 * j
        parts += [coloured(answers, MARGIN, top, 96, 96), rect(MARGIN, top, 96, 96, "none", QUIET, 1)]
        rows = [f"unit {j}" + f", twin of {twins[j]}" * (twins[j] != ""), f"W1[{j}] = {_row(W1[j])}"]
        parts += lines_of_text(MARGIN + 110, top + 18, rows)
        parts += lines_of_text(MARGIN + 110, top + 66, [f"dW1[{j}] = {_row(dW1[j])}"], GRADIENT)
    numbers = {
        "saturated, |A1| above 0.99": f"{(abs(A1) > SATURATED).mean():.0%}",
        "mean slope g′(Z1)": short(float(tanh_prime(cache["Z1"]).mean())),
        "size of dW1": short(float(np.linalg.norm(dW1))),
        "size of dW2": short(float(np.linalg.norm(grads["dW2"]))),
        "cost": short(compute_cost(A2, Y)),
        "right": f"{accuracy(A2, Y):.0%}",
    }
    parts += _histogram(A1) + lines_of_text(500, 360, [f"{name}: {n}" for name, n in numbers.items()])
    height = max(46 + 106 * len(W1) + MARGIN, 520)
    different = len(np.unique(W1.round(6), axis=0))
    words = f"After {epoch} steps: {', '.join(f'{name} {n}' for name, n in numbers.items())}. "
    words += f"{different} different {'row' if different == 1 else 'rows'} of W1 in {len(W1)} units."
    return scene_of(860, height, "Hidden units", words, parts, words)


def _over_the_plane(parameters, X, side=32):
    reach = np.linspace(-1, 1, side) * abs(X).max()
    plane = np.array(np.meshgrid(reach, -reach)).reshape(2, -1)
    return forward_propagation(plane, parameters)[1]["A1"].reshape(-1, side, side)


def _twins(*matrices):
    """For each unit the others, as text, whose rows are the same in every matrix."""
    rows = np.hstack([matrix.round(9) for matrix in matrices])
    same = (rows[:, None] == rows).all(axis=2)
    return [", ".join(str(k) for k in np.flatnonzero(row) if k != j) for j, row in enumerate(same)]


def _row(values):
    return f"({', '.join(short(v) for v in values)})"


def _histogram(A1):
    counts, edges = np.histogram(A1, bins=20, range=(-1, 1))
    title = f"how many of the {A1.size} entries of A1"
    parts, at = plot(520, 60, 300, 220, (-1, 1), (0, A1.size), "A1", title)
    for count, left, right in zip(counts, edges, edges[1:], strict=False):
        (x, end), (y, bottom) = at([left, right], [count, 0])
        parts.append(rect(x, y, end - x, bottom - y, VALUE, PANEL, 1))
    return parts


def training_scene(history, epoch, epochs, outcome=""):
    """Draw the cost of a training so far, its test cost where there is one, and how far it is.

    history: a History.  epoch: up to which it is drawn.  epochs: how many there will be.
    """
    cost, test = history.cost[: epoch + 1], history.test_cost[: epoch + 1]
    top = 1.1 * max([c for c in [*history.cost, *history.test_cost] if np.isfinite(c)])
    parts, at = plot(70, 50, 620, 300, (0, epochs), (0, top), "epochs", "cost")
    words = f"Epoch {epoch} of {epochs}: cost {short(cost[-1])}, {history.accuracy[epoch]:.1%} right"
    if len(test):
        parts.append(curve(*at(*_finite(test, top)), GRADIENT, dashed=True))
        words += f"; test cost {short(test[-1])}, {history.test_accuracy[epoch]:.1%} right"
    parts.append(curve(*at(*_finite(cost, top)), VALUE))
    parts += [dot(*at(epoch, cost[-1]), NEWEST), rect(70, 406, 620, 18, TINT, QUIET, 1)]
    parts.append(rect(70, 406, max(620 * epoch / epochs, 1), 18, VALUE, VALUE, 0))
    if len(test):
        parts.append(text_at(690, 36, "blue: training; dashed: test", QUIET, anchor="end"))
    return scene_of(760, 446, "Training", f"{words}. {outcome}", parts, f"{words}. {outcome}")


def _finite(costs, top):
    """The epochs and the costs, what is no number at the top of the picture."""
    return np.arange(len(costs)), np.nan_to_num(costs, nan=top)
