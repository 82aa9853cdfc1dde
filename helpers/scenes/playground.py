"""The playground's picture: a network with what each unit answers over the plane, its costs, one formula."""

# ruff: noqa: I001 (names in few lines)

import math
import textwrap
from functools import lru_cache

import numpy as np

from helpers.scenes.curves import ORANGE_TO_BLUE, coloured, curve, palette, plot, short
from helpers.scenes.pieces import (
    GRADIENT, INK, LINE, MARGIN, NEGATIVE, NEWEST, PANEL, QUIET, VALUE, rect, scene_of, stroke, text_at,
)  # fmt: skip

WIDTH, HEIGHT = 1100, 640
MIDDLE, TALL = 278, 366  # of the network
LEFT, TOP, MAP = 748, 84, 300  # the output's map
LABEL, WIDEST = 54, 8  # room for a unit's name; the width of the line with the largest number
LONGEST, ROWS = 84, 7  # of the formulas: characters in a row, rows
PURPLE, UNKNOWN, ORANGE, PALE = "#6A3D9A", "#999999", "#E69F00", 0.25
PURPLE_TO_VERMILLION = palette([(60, 25, 105), (106, 61, 154), (255, 255, 255), (213, 94, 0), (140, 55, 0)])


def playground_scene(
    view, *, chosen="", example=0, gradients=False, two_colours=False, test_points=True, lines=()
):
    """Draw the network with its weights, or in the gradient view with their gradients, its data and costs.

    view: of an Experiment.  chosen: a weight "W1[3, 1]", a bias "b1[3]", a unit "A1[3]" or "X[0]"; "": none.
    example: the column of X that is ringed.  two_colours: maps show the sign alone.  lines: [(text, whether
    it is of a gradient)], the formulas of what is chosen.
    """
    numbers = {name: (view.grads["d" + name] if gradients else p) for name, p in view.parameters.items()}
    boxes = _boxes([len(maps) for maps in view.maps])
    parts = [*_head(view), *_legend(view, numbers, gradients), *_lines(numbers, boxes, chosen, gradients)]
    if gradients:
        parts += _inputs(view, boxes, False) + _gradient_maps(view, boxes)
    else:
        parts += _inputs(view, boxes, two_colours) + _answer_maps(view, boxes, two_colours, test_points)
    parts += _names(view, boxes, chosen) + _ring(view, example) + _costs(view) + _formulas(lines)
    line = _line(view)
    words = f"{line} {_words(view, numbers, gradients)}" + f" Chosen: {chosen}." * bool(chosen)
    words = " ".join([words, *(text for text, _ in lines)])
    return scene_of(WIDTH, HEIGHT, "Playground", words, parts, line)


def _boxes(sizes):
    """{(layer, unit): (left, middle, side of its map)}; the map stands at the right end of the box."""
    hidden = len(sizes) - 2
    side = min(112 - 16 * hidden, TALL * 6 / 7 / max(sizes[1:-1]))
    sides = [48] + [side] * hidden
    gap = (LEFT - MARGIN - sum(LABEL + side for side in sides)) / (hidden + 1)
    boxes, left = {(hidden + 1, 0): (LEFT, TOP + MAP / 2, MAP)}, MARGIN
    for l, side in enumerate(sides):
        for j in range(sizes[l]):
            boxes[l, j] = left, MIDDLE + side * (1 + _gap(sizes[l], side) / 24) * (j - (sizes[l] - 1) / 2), side
        left += LABEL + side + gap
    return boxes


def _gap(n, side):
    """Between n maps above each other, in 24ths of their side."""
    return int(24 * min(TALL / n / side - 1, 0.75) + 1e-9)


def _largest(arrays):
    """The largest size of a finite number in them; 1 where all are 0."""
    return max(float(abs(a[np.isfinite(a)]).max(initial=0)) for a in arrays) or 1.0


def _largest_weight(numbers):
    return _largest([values for name, values in numbers.items() if name[0] == "W"])


def _look(value, gradients):
    """The colour of a number and whether it is dashed."""
    if not math.isfinite(value):
        return UNKNOWN, False
    positive, negative = (GRADIENT, PURPLE) if gradients else (VALUE, NEGATIVE)
    return (negative if value < 0 else positive if value else QUIET), value < 0


def _lines(numbers, boxes, chosen, gradients):
    """A line for each weight, a square for each bias; the chosen one lies on top with a halo."""
    largest, parts, last = _largest_weight(numbers), [], []
    for (l, j), (x, y, side) in boxes.items():
        row = numbers[f"W{l}"][j].tolist() if l else []
        for i, value in enumerate(row):
            start, start_y, start_side = boxes[l - 1, i]
            start += LABEL + start_side + 2
            path = f"M{start:.0f} {start_y:.1f}C{(start + x) / 2:.0f} {start_y:.1f}"
            path += f" {(start + x) / 2:.0f} {y:.1f} {x:.0f} {y:.1f}"
            thick = max(WIDEST * abs(value) / largest, 0.5) if math.isfinite(value) else 2
            colour, dashed = _look(value, gradients)
            if _same(chosen, f"W{l}[{j}, {i}]"):
                last = [stroke(path, INK, thick + 11), stroke(path, NEWEST, thick + 8)]
                last.append(stroke(path, colour, thick + 2, dashed))
            else:
                parts.append(stroke(path, colour, thick, dashed))
        if l:
            value = float(numbers[f"b{l}"][j, 0])
            parts += _bias(x, y + side / 2, value, _same(chosen, f"b{l}[{j}]"), largest, gradients)
    return parts + last


def _same(chosen, name):
    return chosen.replace(" ", "") == name.replace(" ", "")


def _bias(x, y, value, chosen, largest, gradients):
    """A square at the lower left of its unit; empty where the bias is negative."""
    colour, negative = _look(value, gradients)
    size = 6 + 8 * min(abs(value) / largest, 1) if math.isfinite(value) else 10
    place = (x - 4 - size, y - size, size, size)
    halo = [rect(x - 10 - size, y - size - 6, size + 12, size + 12, NEWEST, INK, 2)] if chosen else []
    return [*halo, rect(*place, PANEL if negative else colour, colour, 2)]


def _column(maps, box, colours=ORANGE_TO_BLUE, rows=48):
    """The maps of a layer, one image for all; box: of its first unit."""
    left, middle, side = box
    picked = np.arange(rows) * maps.shape[1] // rows
    gap = _gap(len(maps), side) * rows // 24
    spaced = np.pad(maps[:, picked][:, :, picked], ((0, 0), (0, gap), (0, 0)))
    column = spaced.reshape(-1, rows)
    return coloured(column, left + LABEL, middle - side / 2, side, side / rows * len(column), colours)


def _inputs(view, boxes, two_colours):
    maps = np.sign(view.maps[0]) * PALE if two_colours else view.maps[0]
    return [_column(maps, boxes[0, 0], rows=24)]


def _answer_maps(view, boxes, two_colours, test_points):
    """What hidden units and output answer over the plane, and on the output's map the data."""
    maps = [np.sign(m) * PALE if two_colours else m for m in view.maps]
    rows = 48 if sum(map(len, maps[1:-1])) <= 8 else 24
    parts = [_column(maps[l], boxes[l, 0], rows=rows) for l in range(1, len(maps) - 1)]
    parts.append(coloured(maps[-1][0] * (1 if two_colours else PALE), LEFT, TOP, MAP, MAP))
    if test_points and view.X_test is not None:
        parts += _data(view.X_test.tobytes(), view.Y_test.tobytes(), view.reach, True)
    return parts + _data(view.X.tobytes(), view.Y.tobytes(), view.reach, False)


def _places(X, reach):
    x, y = np.clip(X / reach, -1, 1)
    return LEFT + (1 + x) * MAP / 2, TOP + (1 - y) * MAP / 2


@lru_cache(maxsize=8)
def _data(X, Y, reach, hollow):
    """Points that stay the same from picture to picture.  X, Y: the bytes of arrays of floats."""
    x, y = _places(np.frombuffer(X).reshape(2, -1), reach)
    labels, parts = np.frombuffer(Y), []
    for label, colour in ((1, VALUE), (0, ORANGE)):
        fill, rim = (PANEL, NEGATIVE if label == 0 else VALUE) if hollow else (colour, INK)
        parts += _marks(x[labels == label], y[labels == label], label, 3.8, fill, rim)
    return parts


def _marks(x, y, label, radius, fill, rim):
    """Circles for class 1, as round ends of lines without length, and triangles for class 0: one path."""
    if label == 0:
        shape = f"l{1.15 * radius:.1f} {2 * radius:.1f}h{-2.3 * radius:.1f}z"
        path = "".join(f"M{a:.1f} {b - 1.2 * radius:.1f}{shape}" for a, b in zip(x, y, strict=True))
        return [f'<path d="{path}" fill="{fill}" stroke="{rim}" stroke-width="1"/>'] if path else []
    path = "".join(f"M{a:.1f} {b:.1f}h0" for a, b in zip(x, y, strict=True))
    looks = ((rim, 2 * radius + 1), (fill, 2 * radius - 1))
    ends = 'stroke-linecap="round"'
    return [f'<path d="{path}" stroke="{c}" stroke-width="{w:.1f}" {ends}/>' for c, w in looks if path]


def _gradient_maps(view, boxes):
    """dZ of each example at its place: dots in the hidden units' maps, marks of its size in the output's."""
    L, parts = len(view.maps) - 1, []
    for l in range(1, L):
        dots = _dots(view.dZ[f"dZ{l}"] / _largest([view.dZ[f"dZ{l}"]]), view.X / view.reach)
        parts.append(_column(dots, boxes[l, 0], PURPLE_TO_VERMILLION))
    dZ, labels = view.dZ[f"dZ{L}"][0], view.Y[0]
    level = np.nan_to_num(np.ceil(4 * abs(dZ) / _largest([dZ])))
    x, y = _places(view.X, view.reach)
    for size in range(5):
        for label, negative in ((0, False), (0, True), (1, False), (1, True)):
            these = (level == size) & (labels == label) & ((dZ < 0) == negative)
            colour = PURPLE if negative else GRADIENT
            parts += _marks(x[these], y[these], label, 1.6 + 1.4 * size, colour, PANEL)
    return parts


def _dots(dZ, X, rows=48):
    """An image for each unit: dZ (units, m) at the places X (2, m), from −1 to 1; NaN elsewhere."""
    images = np.full((len(dZ), rows, rows), np.nan)
    across, up = (np.clip((1 + X) / 2, 0, 1) * (rows - 2)).astype(int)
    down, order, unit = rows - 2 - up, np.argsort(abs(dZ), axis=1), np.arange(len(dZ))[:, None]
    values = np.take_along_axis(dZ, order, axis=1)
    for dy in (0, 1):
        for dx in (0, 1):
            images[unit, down[order] + dy, across[order] + dx] = values
    return images


def _names(view, boxes, chosen):
    """The unit's names and frames, the axes of the output's map."""
    L, parts = len(view.maps) - 1, []
    for (l, j), (left, middle, side) in boxes.items():
        name = f"A{l}[{j}]" if l else f"X[{j}]"
        room = LABEL if l < L else 0
        place = (left, middle - side / 2 - 2, room + side + 2, side + 4)
        if _same(chosen, name):
            parts += [rect(*place, "none", INK, 9), rect(*place, "none", NEWEST, 6)]
        parts.append(rect(*place, "none", QUIET, 1))
        text = name if l else _cut(view.input_names[j], 6)
        if l < L:
            parts.append(text_at(left + LABEL / 2, middle, text))
    parts.append(text_at(LEFT, TOP - 16, f"A{L}[0]", anchor="start"))
    parts.append(text_at(LEFT + MAP, TOP - 16, _cut(view.axes[1], 24) + " ↑", anchor="end"))
    parts.append(text_at(LEFT + MAP / 2, TOP + MAP + 16, _cut(view.axes[0], 24) + " →"))
    for share in (-1, 0, 1):
        text = short(share * view.reach)
        parts.append(text_at(LEFT + MAP + 8, TOP + MAP / 2 * (1 - share), text, QUIET, anchor="start"))
        if share:
            parts.append(text_at(LEFT + MAP / 2 * (1 + share), TOP + MAP + 16, text, QUIET))
    return parts


def _cut(text, longest):
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _ring(view, example):
    x, y = _places(view.X[:, [example]], view.reach)
    place = f'cx="{x[0]:.1f}" cy="{y[0]:.1f}" r="9" fill="none"'
    looks = ((INK, 5), (NEWEST, 2.5))
    return [f'<circle {place} stroke="{colour}" stroke-width="{w}"/>' for colour, w in looks]


def _head(view):
    more = f" + {view.update} update{'s' * (view.update != 1)}" if view.update else ""
    rows = textwrap.wrap(view.words, 68)[:2]
    top = 30 - LINE / 2 * (len(rows) - 1)
    words = [text_at(470, top + LINE * i, row, QUIET, anchor="start") for i, row in enumerate(rows)]
    return [text_at(MARGIN, 30, f"epoch {view.epoch:,}{more}", bold=True, anchor="start", size=27), *words]


def _legend(view, numbers, gradients):
    kind = "dW" if gradients else "W"
    largest = _largest_weight(numbers)
    parts = [text_at(MARGIN, 72, "Gradients" if gradients else "Weights", bold=True, anchor="start")]
    for x, sign, text in ((120, 1, "positive"), (246, -1, "negative")):
        colour, dashed = _look(sign, gradients)
        parts += [stroke(f"M{x} 72h36", colour, 4, dashed), text_at(x + 42, 72, text, anchor="start")]
    parts.append(text_at(380, 72, f"widest line: |{kind}| = {short(largest)}", QUIET, anchor="start"))
    words = "Maps: what each unit answers over the plane; orange is low, blue is high."
    if gradients:
        sizes = [f"|{name}| = {short(_largest([dZ]))}" for name, dZ in view.dZ.items()]
        words = f"Dots: the examples; strongest: {', '.join(sizes)}"
    return [*parts, text_at(MARGIN, 476, words, QUIET, anchor="start")]


def _costs(view):
    """The newest costs and accuracies, and the costs after each epoch."""
    span, history = _round(max(view.epoch, 100)), view.history
    unit = 1000 if span >= 10_000 else 1
    rows = [("training", history.cost, history.accuracy, VALUE)]
    if view.X_test is not None:
        rows.append(("test", history.test_cost, history.test_accuracy, GRADIENT))
    curves = [_thinned(costs, view.epoch) for _, costs, _, _ in rows]
    top = _round(max([0.1, *(y.max(initial=0) for _, y in curves)]))
    label = "thousand epochs" if unit == 1000 else "epochs"
    parts, at = plot(775, 486, 296, 100, (0, span / unit), (0, top), label)
    for i, (name, costs, accuracy, colour) in enumerate(rows):
        x, y = curves[i]
        if len(x):
            parts.insert(0, curve(*at(x / unit, y), colour, 3, dashed=name == "test"))
        y = 430 + 30 * i
        parts.append(stroke(f"M718 {y}h32", colour, 4, dashed=name == "test"))
        parts += [text_at(756, y, f"{name} cost", anchor="start"), text_at(1040, y, "right", anchor="start")]
        parts.append(text_at(866, y, _said(_at(costs, view.epoch)), colour, True, "start", 24))
        parts.append(text_at(1034, y, _percent(_at(accuracy, view.epoch)), colour, True, "end", 24))
    return parts


def _thinned(values, epoch):
    """Up to 200 epochs, the last one included, and what a history has for them, where that is finite."""
    last = min(epoch, len(values) - 1)
    if last < 0:
        return np.empty(0), np.empty(0)
    stride = 2 ** max(0, math.ceil(math.log2((last + 1) / 199)))
    x = np.array([*range(0, last, stride), last])
    y = np.array([*values[0:last:stride], values[last]], float)
    return x[np.isfinite(y)], y[np.isfinite(y)]


def _round(value):
    """The next of 1, 2, 5, 7 and 10 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 7, 10) if value <= step * power * (1 + 1e-9))


def _at(values, epoch):
    """The newest number that a history has, up to an epoch; NaN where it has none."""
    return values[min(epoch, len(values) - 1)] if len(values) else math.nan


def _said(value):
    return "not a number" if math.isnan(value) else "infinite" if math.isinf(value) else short(value)


def _percent(share):
    """All right is 100 %, and nothing less is."""
    if math.isnan(share):
        return "? %"
    return f"{100 if share == 1 else min(round(100 * share), 99)} %"


def _formulas(lines):
    """What is chosen, in rows of text at a place that is kept for them."""
    rows = [(row, of) for text, of in lines for row in textwrap.wrap(text, LONGEST, subsequent_indent="    ")]
    if len(rows) > ROWS:
        rows[ROWS - 1 :] = [(_cut(rows[ROWS - 1][0] + " " * LONGEST, LONGEST), rows[ROWS - 1][1])]
    colours = {True: GRADIENT, False: VALUE}
    return [
        text_at(MARGIN, 502 + LINE * i - 2 * i, text, colours[bool(of)], anchor="start")
        for i, (text, of) in enumerate(rows)
    ]


def _line(view):
    """The text line: where training stands, in a sentence."""
    cost, right = (_at(values, view.epoch) for values in (view.history.cost, view.history.accuracy))
    words = f"Epoch {view.epoch:,}: cost {_said(cost)}, {_percent(right)} right"
    if view.X_test is not None:
        cost = _at(view.history.test_cost, view.epoch)
        words += f"; test {_said(cost)}, {_percent(_at(view.history.test_accuracy, view.epoch))}"
    return words + "."


def _words(view, numbers, gradients):
    """The numbers of the picture: the network, each layer's weights or gradients, the data."""
    sizes = " to ".join(str(len(maps)) for maps in view.maps)
    words = [f"A network of {sizes} units; inputs {', '.join(view.input_names)}."]
    for name, values in numbers.items():
        known = values[np.isfinite(values)]
        ends = f"from {short(known.min())} to {short(known.max())}" if known.size else "no number"
        text = f"{values.size} {ends}, {int((known < 0).sum())} of them negative"
        text += f", {values.size - known.size} not a number" * (known.size < values.size)
        words.append(f"{'d' * gradients}{name}: {text}.")
    for name, X, Y in (("training", view.X, view.Y), ("test", view.X_test, view.Y_test)):
        if X is not None:
            ones = int(Y.sum())
            words.append(f"{Y.size} {name} points: {ones} of class 1 (circles), {Y.size - ones} of class 0.")
    return " ".join(words)
