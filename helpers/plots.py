"""Still plots: each draws on ax (None: on a figure of its own) and returns a description with its numbers."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, ListedColormap

from helpers.inputs import require_chances, require_images, require_numbers, require_plane_data
from helpers.words import short as number

BLUE, ORANGE, SKY, GREEN, PINK = "#0072B2", "#E69F00", "#56B4E9", "#009E73", "#CC79A7"  # Okabe-Ito
VERMILLION = "#D55E00"
CMAP = LinearSegmentedColormap.from_list("orange-white-blue", ["#A85F00", ORANGE, "#FFFFFF", BLUE, "#00436B"])
FONT_SIZE = 14
CLASS_MARKERS = ((1, BLUE, "o"), (0, ORANGE, "^"), (2, GREEN, "s"))
CLASS_WORDS = {1: "blue circles", 0: "orange triangles", 2: "green squares"}
LINES = (
    (BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (PINK, ":"),
    ("#000000", (0, (6, 2, 1, 2, 1, 2))), (SKY, (0, (10, 3))),
)  # fmt: skip


def new_figure(rows=1, columns=1):
    """A figure of fixed size and its axes: one Axes, or an array of them for several rows or columns."""
    size = 6.4 if columns == 1 else 4.8 * columns, 4.4 * rows
    return plt.subplots(rows, columns, figsize=size, layout="constrained")


def plot_data(X, Y, ax=None):
    """Draw examples of two features: class 1 blue circles, class 0 orange triangles, class 2 green squares.

    X (2, m); Y (1, m), or (3, m) one-hot for three classes.
    """
    X, labels = require_plane_data(X, Y, several=True)
    markers = CLASS_MARKERS[: max(len(Y), 2)]
    ax = _styled(ax, "X[0]", "X[1]")
    look = {"s": 34, "edgecolors": "black", "linewidths": 0.6}
    for label, colour, marker in markers:
        chosen = X[:, labels == label]
        ax.scatter(*chosen, c=colour, marker=marker, label=f"class {label}: {chosen.shape[1]}", **look)
    ax.legend(fontsize=FONT_SIZE - 1, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, frameon=False)
    spans = [f"X[{i}] from {number(row.min())} to {number(row.max())}" for i, row in enumerate(X)]
    counts = [f"{np.sum(labels == label)} of class {label} ({CLASS_WORDS[label]})" for label, *_ in markers]
    return f"{labels.size} examples: {', '.join(counts)}; {', '.join(spans)}."


def plot_boundary(probability, X, Y, ax=None):
    """Draw the data over the probability of class 1, with the line where it is 0.5.  X (2, m), Y (1, m).

    probability: a function of points (2, k) that returns (1, k) probabilities or predicted labels.
    """
    X, labels = require_plane_data(X, Y)
    ax = _styled(ax, "X[0]", "X[1]")
    margin = 0.08 * np.ptp(X, axis=1) + 0.05
    low, high = X.min(axis=1) - margin, X.max(axis=1) + margin
    across, up = np.meshgrid(np.linspace(low[0], high[0], 150), np.linspace(low[1], high[1], 150))
    chance = _chances(probability, np.vstack([across.ravel(), up.ravel()])).reshape(across.shape)
    ax.contourf(across, up, chance, levels=np.linspace(0, 1, 11), cmap=CMAP, vmin=-0.5, vmax=1.5, alpha=0.5)
    line = "no line of probability 0.5 in this part"
    if chance.min() < 0.5 < chance.max():
        line = "the black line is probability 0.5"
        ax.contour(across, up, chance, levels=[0.5], colors="black", linewidths=2)
    words = plot_data(X, labels[None, :], ax)
    right = float(np.mean((_chances(probability, X) > 0.5) == labels))
    share = float(np.mean(chance > 0.5))
    shares = f"class 1 in {share:.0%} of the plane, and is right for {right:.1%} of the examples"
    return f"{words} The model says {shares}; {line}."


def plot_fields(answers, X, Y, ax=None):
    """Draw the data over the fields of three classes: white where none answers, dark where several do.

    answers: a function of points (2, k) that returns (3, k) of 0 and 1.  X (2, m); Y (3, m).
    """
    X, _ = require_plane_data(X, Y, several=True)
    ax = _styled(ax, "X[0]", "X[1]")
    reach = np.abs(X).max() + 0.2
    across, up = np.meshgrid(np.linspace(-reach, reach, 200), np.linspace(-reach, reach, 200))
    claims = np.asarray(answers(np.vstack([across.ravel(), up.ravel()])), dtype=int)
    count = claims.sum(axis=0)
    field = np.select([count == 0, count > 1], [3, 4], claims.argmax(axis=0))
    look = {
        "cmap": ListedColormap(["#F7DDA6", "#A8CDE6", "#A3DCC9", "#FFFFFF", "#8A8A8A"]),
        "vmin": 0,
        "vmax": 4,
    }
    ax.pcolormesh(across, up, field.reshape(across.shape), rasterized=True, **look)
    words = plot_data(X, Y, ax)
    shares = [f"class {k} alone {np.mean(field == k):.0%}" for k in range(3)]
    shares += [f"none {np.mean(count == 0):.0%} (white), several {np.mean(count > 1):.0%} (grey)"]
    return f"{words} Who answers in the plane: {', '.join(shares)}."


def plot_table(table, ax=None, xlabel="", ylabel=""):
    """Draw a small table of numbers, each in its cell: orange below 0, blue above, the stronger, the larger.

    table: (rows, columns), whole numbers, or numbers that are shown with three decimals.
    """
    table = np.asarray(table)
    ax = _styled(ax, xlabel, ylabel)
    whole, largest = table.dtype.kind in "iu", np.abs(table).max() or 1
    ax.imshow(table, cmap=CMAP, vmin=-1.6 * largest, vmax=1.6 * largest)
    words = [[number(value) if whole else number(round(value, 3)) for value in row] for row in table]
    for (i, j), value in np.ndenumerate(table):
        colour = "white" if value > 0.55 * largest else "black"
        shown = "" if whole and value == 0 else words[i][j]
        ax.text(j, i, shown, ha="center", va="center", color=colour, fontsize=FONT_SIZE - 1)
    ax.set_xticks(range(table.shape[1]))
    ax.set_yticks(range(table.shape[0]))
    rows = "; ".join(f"row {i}: {', '.join(row)}" for i, row in enumerate(words))
    return f"A table, {ylabel or 'rows'} down and {xlabel or 'columns'} across. {rows}."


def plot_unit_lines(parameters, X, Y, ax=None):
    """Draw the data, and for each hidden unit the straight line where its z is 0.  X (2, m), Y (1, m).

    parameters: W1 (n1, 2) and b1 (n1, 1), up to six units.
    """
    words = plot_data(X, Y, ax := _styled(ax, "X[0]", "X[1]"))
    low, high = X.min(axis=1), X.max(axis=1)
    for j, (w, b) in enumerate(zip(parameters["W1"], parameters["b1"][:, 0], strict=True)):
        colour, dashes = LINES[j % len(LINES)]
        ax.axline(-b * w / (w @ w), slope=-w[0] / w[1], color=colour, linestyle=dashes, linewidth=2.5)
        words += f" A1[{j}] turns at {number(w[0])} X[0] {w[1]:+.3g} X[1] {b:+.3g} = 0.".replace("-", "−")
    ax.set_xlim(low[0] - 0.3, high[0] + 0.3)
    ax.set_ylim(low[1] - 0.3, high[1] + 0.3)
    return words


def plot_cost(history, ax=None):
    """Draw the cost after each epoch, and the test cost where there is one.

    history: a History, or a list of costs; entry k is after k epochs.
    """
    cost = getattr(history, "cost", history)
    curves = {"training cost": cost}
    if len(getattr(history, "test_cost", None) or []):
        curves["test cost"] = history.test_cost
    return plot_curves(curves, ax, ylabel="cost", xlabel="epochs")


def plot_curves(curves, ax=None, ylabel="cost", xlabel="epochs"):
    """Draw several curves, each with its own colour and dashes.  curves: {label: list of numbers}."""
    ax = _styled(ax, xlabel, ylabel)
    words = []
    for i, (label, values) in enumerate(curves.items()):
        y = require_numbers(values, f"the curve {label!r}")
        colour, dashes = LINES[i % len(LINES)]
        dot = "o" if y.size == 1 else None
        ax.plot(y, color=colour, linestyle=dashes, linewidth=2.5, label=str(label), marker=dot)
        words.append(f"{label}: from {number(y[0])} to {number(y[-1])}, lowest {number(np.nanmin(y))}")
    if not words:
        example = 'such as {"training cost": history.cost}'
        raise ValueError(f"There is no curve to draw; give a dictionary {example}.")
    ax.legend(fontsize=FONT_SIZE - 1)
    return f"{ylabel} over {xlabel}. {'; '.join(words)}."


def plot_histogram(values, ax=None, xlabel="value", limits=None):
    """Draw how often the numbers in values (any shape) fall into each of 30 bins.  limits: (low, high)."""
    ax = _styled(ax, xlabel, "how many")
    x = require_numbers(np.ravel(values), "values")
    ax.hist(x, bins=30, range=limits, color=BLUE, edgecolor="white")
    if limits:
        ax.set_xlim(*limits)
    ends = f"from {number(x.min())} to {number(x.max())}"
    spread = f"mean {number(x.mean())}, standard deviation {number(x.std())}"
    return f"Histogram of {x.size} numbers ({xlabel}): {ends}, {spread}."


def plot_images(columns, shape, titles=None, per_row=8):
    """Draw each column as a small picture: grey if no number is negative, else orange-white-blue around 0.

    columns: (pixels, k), such as digits or W1.T.  shape: (height, width) with height × width = pixels.
    titles: k short texts.  Returns (figure, description), because it needs many axes.
    """
    columns, titles = require_images(columns, shape, titles)
    count, low, high = columns.shape[1], columns.min(), columns.max()
    down, across = -(-count // per_row), min(count, per_row)
    size = 1.2 * max(across, 4), (1.55 if any(titles) else 1.2) * down
    figure, axes = plt.subplots(down, across, figsize=size, layout="constrained", squeeze=False)
    largest = max(-low, high) or 1.0
    colours, darkest, look = (CMAP, -largest, "orange below 0, white at 0, blue above")
    if low >= 0:
        colours, darkest, look = ("gray_r", 0, "the darker, the larger")
    for ax in axes.flat:
        ax.axis("off")
    for ax, column, title in zip(axes.flat, columns.T, titles, strict=False):
        ax.imshow(column.reshape(shape), cmap=colours, vmin=darkest, vmax=largest)
        ax.set_title(title, fontsize=FONT_SIZE - 1)
    named = f": {', '.join(titles)}" if any(titles) else ""
    pictures = f"{count} pictures of {shape[0]} by {shape[1]} pixels{named}"
    return figure, f"{pictures}; values from {number(low)} to {number(high)}, {look}."


def plot_points(groups, ax=None, xlabel="hidden units", ylabel="accuracy"):
    """Draw each group's numbers as dots, their mean as a bar.  groups: {1: [0.67, 0.65], 2: [0.7, 0.8]}."""
    if not groups:
        raise ValueError("There is no group to draw; give a dictionary such as {4: [0.9, 0.91], 20: [0.89]}.")
    ax = _styled(ax, xlabel, ylabel)
    dots = {"s": 60, "facecolors": "none", "edgecolors": BLUE, "linewidths": 1.8}
    words = []
    for i, (label, values) in enumerate(groups.items()):
        y = require_numbers(values, f"the group {label!r}")
        runs = ax.scatter(np.full(y.size, i), y, **dots)
        mean = ax.hlines(y.mean(), i - 0.3, i + 0.3, color=VERMILLION, linewidth=3.5)
        words.append(f"{label}: mean {number(y.mean())}, from {number(y.min())} to {number(y.max())}")
    ax.set_xticks(range(len(groups)), [str(label) for label in groups])
    ax.legend([runs, mean], ["one run", "mean"], fontsize=FONT_SIZE - 1)
    return f"{ylabel} by {xlabel}. {'; '.join(words)}."


def _styled(ax, xlabel, ylabel):
    ax = new_figure()[1] if ax is None else ax
    ax.set_xlabel(xlabel, fontsize=FONT_SIZE)
    ax.set_ylabel(ylabel, fontsize=FONT_SIZE)
    ax.tick_params(labelsize=FONT_SIZE - 1)
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def _chances(probability, points):
    return require_chances(np.asarray(probability(points), dtype=float), points)
