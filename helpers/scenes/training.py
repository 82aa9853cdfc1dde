"""Training seen from inside: what the hidden units answer where, and the cost while it falls."""

import numpy as np

from helpers.passes import hidden_units
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
from helpers.words import counted, short


def units_scene(parameters, X, Y, epoch=0):
    """Draw each hidden unit's answer over the plane with its rows of W1 and dW1, and a histogram of A1.

    parameters: 2 inputs, up to 6 tanh units.  X: (2, m), Y: (n2, m).  epoch: how long they were trained.
    Units with equal rows of W1 and of dW1 are twins, and named as such.
    """
    found = hidden_units(parameters, X, Y)
    W1, dW1, sizes = found["W1"], found["dW1"], found["sizes"]
    parts = [text_at(MARGIN, 26, f"after {counted(epoch, 'step')}", bold=True, anchor="start")]
    for j, (answers, twins) in enumerate(zip(found["maps"], found["twins"], strict=True)):
        top = 46 + 106 * j
        parts += [coloured(answers, MARGIN, top, 96, 96), rect(MARGIN, top, 96, 96, "none", QUIET, 1)]
        twin = f", twin of {', '.join(map(str, twins))}" * bool(twins)
        rows = [f"unit {j}{twin}", f"W1[{j}] = {_in_brackets(W1[j])}"]
        parts += lines_of_text(MARGIN + 110, top + 18, rows)
        parts += lines_of_text(MARGIN + 110, top + 66, [f"dW1[{j}] = {_in_brackets(dW1[j])}"], GRADIENT)
    numbers = {
        "saturated (|A1| above 0.99)": f"{sizes['saturated']:.0%}",
        "mean slope g′(Z1)": short(sizes["mean slope"]),
        "size of dW1": short(sizes["dW1"]),
        "size of dW2": short(sizes["dW2"]),
        "cost": short(sizes["cost"]),
        "right": f"{sizes['right']:.0%}",
    }
    parts += _histogram(*found["histogram"])
    parts += lines_of_text(500, 360, [f"{name}: {n}" for name, n in numbers.items()])
    height = max(46 + 106 * len(W1) + MARGIN, 520)
    different = found["rows"]
    words = f"After {counted(epoch, 'step')}: {', '.join(f'{name} {n}' for name, n in numbers.items())}. "
    words += f"{counted(different, 'different row')} of W1 in {counted(len(W1), 'unit')}."
    return scene_of(860, height, "Hidden units", words, parts, words)


def _in_brackets(values):
    return f"({', '.join(short(v) for v in values)})"


def _histogram(counts, edges, size):
    """Bars for the counts between the edges, of so many entries of A1 in all."""
    title = f"how many of the {size} entries of A1"
    parts, at = plot(520, 60, 300, 220, (-1, 1), (0, size), "A1", title)
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
        parts.append(curve(*at(*_within(test, top)), GRADIENT, dashed=True))
        words += f"; test cost {short(test[-1])}, {history.test_accuracy[epoch]:.1%} right"
    parts.append(curve(*at(*_within(cost, top)), VALUE))
    parts += [dot(*at(epoch, cost[-1]), NEWEST), rect(70, 406, 620, 18, TINT, QUIET, 1)]
    parts.append(rect(70, 406, max(620 * epoch / epochs, 1), 18, VALUE, VALUE, 0))
    if len(test):
        parts.append(text_at(690, 36, "blue: training; dashed: test", QUIET, anchor="end"))
    words += f". {outcome[0].upper()}{outcome[1:].rstrip('.')}." if outcome else "."
    return scene_of(760, 446, "Training", words, parts, words)


def _within(costs, top):
    """The epochs and the costs; a cost that is not a number stands at the top of the picture."""
    return np.arange(len(costs)), np.nan_to_num(costs, nan=top)
