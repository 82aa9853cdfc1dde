"""The playground's picture: a network with what each unit answers over the plane, its costs, one formula."""

import math
import re
import textwrap
from functools import lru_cache
from itertools import product

import numpy as np

from helpers.scenes.curves import (
    ORANGE_TO_BLUE,
    coloured,
    curve,
    dot,
    marks,
    palette,
    plot,
    round_up,
    thinned,
)
from helpers.scenes.svg import (
    GRADIENT,
    INK,
    LINE,
    MARGIN,
    NEGATIVE,
    NEWEST,
    PANEL,
    QUIET,
    VALUE,
    circle,
    rect,
    scene_of,
    stroke,
    text_at,
)
from helpers.words import short

WIDTH, HEIGHT = 1100, 640
MIDDLE, TALL = 278, 366  # of the network
LEFT, TOP, MAP = 742, 84, 300  # the output's map
NAME, WIDEST = 54, 8  # room for a unit's name; the width of the line with the largest number
LONGEST, ROWS = 75, 7  # of the formulas: characters in a row, rows
PURPLE, UNKNOWN, VIVID, PALE = "#6A3D9A", "#999999", 0.65, 0.25
PURPLE_TO_VERMILLION = palette([(60, 25, 105), (106, 61, 154), (255, 255, 255), (213, 94, 0), (140, 55, 0)])
CLASSES = ((1, VALUE, "#00436B"), (0, "#E69F00", "#7A4A00"))  # label, colour, dark colour


def playground_scene(
    view, *, chosen="", example=0, gradients=False, two_colours=False, test_points=True, lines=()
):
    """Draw the network with its weights, or in the gradient view with their gradients, its data and costs.

    view: of an Experiment.  chosen: a weight "W1[3, 1]", a bias "b1[3, 0]", a unit "A1[3]" or "X[0]"; "": no
    formula.  example: the column of X that is ringed.  two_colours: maps show the sign alone.  lines: [(text,
    whether it is of a gradient)], the formulas of what is chosen.  ValueError for another name or column.
    """
    numbers = {name: view.grads["d" + name] if gradients else p for name, p in view.parameters.items()}
    scale = _largest([numbers[name] for name in numbers if name[0] == "W"])
    boxes = _boxes([len(maps) for maps in view.maps])
    key = re.sub(r"^(b.*),0]$", r"\1]", chosen.replace(" ", ""))
    weights = _weights(numbers, boxes, key, gradients, scale or 1)
    biases = _biases(numbers, boxes, key, gradients, scale or 1)
    units = _unit_frames(view, boxes, key)
    _require_shown(view, chosen, key, example, weights | biases | units)
    if key in weights:
        weights[key] = weights.pop(key)  # on top of the others
    maps = [np.sign(m) if two_colours else m for m in view.maps]
    parts = [*_head(view), *_legend(view, numbers, scale, gradients, test_points), *weights.values()]
    parts += [_column(maps[0] * VIVID, boxes[0, 0], rows=24)]
    parts += _gradients(view, boxes) if gradients else _answers(view, maps, boxes, test_points)
    parts += [*biases.values(), *units.values(), *_axes(view), *_ring(view, example)]
    parts += _costs(view) + _formulas(lines)
    words = [_line(view), *_words(view, numbers, gradients), f"Chosen: {chosen}." * bool(chosen)]
    words = " ".join([*words, *(text for text, _ in lines), view.notice, view.words])
    return scene_of(WIDTH, HEIGHT, "Playground", words, parts, _line(view))


def _require_shown(view, chosen, key, example, names):
    m = view.X.shape[1]
    if key and key not in names:
        raise ValueError(f"chosen is {chosen!r}; expected a name such as {', '.join([*names][::9])}.")
    if example not in range(m):
        raise ValueError(f"example is {example!r}; expected a column of X, from 0 to {m - 1}.")


def _boxes(sizes):
    """{(layer, unit): (left, middle, side of its map)}; the map stands at the right end of the box."""
    hidden = len(sizes) - 2
    sides = [48] + [min(112 - 16 * hidden, TALL * 6 / 7 / max(sizes[1:-1]))] * hidden
    space = (LEFT - MARGIN - sum(NAME + side for side in sides)) / (hidden + 1)
    boxes, left = {}, MARGIN
    for layer, side in enumerate(sides):
        pitch = side * (1 + _gap(sizes[layer], side) / 24)
        for j in range(sizes[layer]):
            boxes[layer, j] = left, MIDDLE + pitch * (j - (sizes[layer] - 1) / 2), side
        left += NAME + side + space
    return boxes | {(hidden + 1, 0): (LEFT, TOP + MAP / 2, MAP)}


def _gap(n, side):
    """Between n maps above each other, in 24ths of their side, so that it is whole in an image of them."""
    return int(24 * min(TALL / n / side - 1, 0.75) + 1e-9)


def _largest(arrays):
    """The largest size of a number in them, of those that are finite."""
    return max(float(abs(a[np.isfinite(a)]).max(initial=0)) for a in arrays)


def _look(value, gradients):
    """The colour of a number and whether it is dashed."""
    if not math.isfinite(value):
        return UNKNOWN, False
    positive, negative = (GRADIENT, PURPLE) if gradients else (VALUE, NEGATIVE)
    return (negative if value < 0 else positive if value else QUIET), value < 0


def _weights(numbers, boxes, key, gradients, scale):
    """A line for each weight, the wider the larger: {"W1[0,0]": its parts, ...}; the chosen has a halo."""
    lines = {}
    for (layer, j), (x, y, _) in boxes.items():
        for i, value in enumerate(numbers[f"W{layer}"][j].tolist() if layer else []):
            x0, y0, side = boxes[layer - 1, i]
            x0 += NAME + side + 2
            turn = (x0 + x) / 2
            path = f"M{x0:.0f} {y0:.0f}C{turn:.0f} {y0:.0f} {turn:.0f} {y:.0f} {x:.0f} {y:.0f}"
            thick = max(WIDEST * abs(value) / scale, 0.5) if math.isfinite(value) else 2
            colour, dashed = _look(value, gradients)
            name, halo = f"W{layer}[{j},{i}]", ""
            if name == key:
                thick = thick + 2
                halo = stroke(path, INK, thick + 9) + stroke(path, NEWEST, thick + 6)
            lines[name] = halo + stroke(path, colour, thick, dashed)
    return lines


def _biases(numbers, boxes, key, gradients, scale):
    """A circle at the lower left of each unit, the larger the larger its bias, empty where it is negative."""
    circles = {}
    for (layer, j), (x, y, side) in boxes.items():
        if layer:
            value, name = float(numbers[f"b{layer}"][j, 0]), f"b{layer}[{j}]"
            colour, negative = _look(value, gradients)
            radius = 3 + 3 * min(abs(value) / scale, 1) if math.isfinite(value) else 5
            place = x - 10, y + side / 2 - 6
            halo = circle(*place, radius + 6, NEWEST) if name == key else ""
            circles[name] = halo + circle(*place, radius, PANEL if negative else colour, colour)
    return circles


def _unit_frames(view, boxes, key):
    """The frame and the name of each unit; the chosen has a halo."""
    units, L = {}, len(view.maps) - 1
    for (layer, j), (left, middle, side) in boxes.items():
        name, room = f"A{layer}[{j}]" if layer else f"X[{j}]", NAME if layer < L else 0
        place = (left, middle - side / 2 - 2, room + side + 2, side + 4)
        halo = rect(*place, "none", INK, 9) + rect(*place, "none", NEWEST, 6) if name == key else ""
        text = name if layer else _shortened(view.input_names[j], 6)
        where = (left + NAME / 2, middle) if layer < L else (LEFT + 24, TOP - 19)
        units[name] = halo + rect(*place, "none", QUIET, 1) + text_at(*where, text)
    return units


def _column(maps, box, colours=ORANGE_TO_BLUE, rows=48):
    """The maps of a layer (units, side, side), one image for all.  box: of its first unit."""
    left, middle, side = box
    picked = np.arange(rows) * maps.shape[1] // rows
    gap = _gap(len(maps), side) * rows // 24
    column = np.pad(maps[:, picked][:, :, picked], ((0, 0), (0, gap), (0, 0))).reshape(-1, rows)
    column = column[: len(column) - gap]
    return coloured(column, left + NAME, middle - side / 2, side, side / rows * len(column), colours)


def _answers(view, maps, boxes, test_points):
    """What hidden units and output answer over the plane, and on the output's map the data."""
    rows = 48 if sum(map(len, maps[1:-1])) <= 8 else 24
    parts = [_column(m * VIVID, boxes[layer, 0], rows=rows) for layer, m in enumerate(maps[1:-1], 1)]
    parts.append(coloured(maps[-1][0] * PALE, LEFT, TOP, MAP, MAP))
    sets = [(view.X_test, view.Y_test)] if test_points and view.X_test is not None else []
    for X, Y in [*sets, (view.X, view.Y)]:
        parts += _point_marks(*(np.asarray(a, float).tobytes() for a in (X, Y)), view.reach, X is not view.X)
    return parts


@lru_cache(maxsize=8)
def _point_marks(X, Y, reach, hollow):
    """Points that stay the same from picture to picture.  X, Y: arrays of floats as bytes."""
    x, y = _places(np.frombuffer(X).reshape(2, -1), reach)
    parts, labels = [], np.frombuffer(Y)
    for label, colour, dark in CLASSES:
        these = labels == label
        parts += marks(x[these], y[these], label, 3.8, PANEL if hollow else colour, dark)
    return parts


def _places(X, reach):
    x, y = np.clip(X / reach, -1, 1)
    return LEFT + (1 + x) * MAP / 2, TOP + (1 - y) * MAP / 2


def _gradients(view, boxes):
    """dZ of each example at its place: dots in the hidden units' maps, marks of its size on the output's."""
    parts, (*hidden, (dZ,)) = [], view.dZ.values()
    for layer, values in enumerate(hidden, 1):
        rows = 48 if boxes[layer, 0][2] > 56 else 24
        dots = _dots(values / (_strong(values) or 1), view.X / view.reach, rows)
        parts.append(_column(dots, boxes[layer, 0], PURPLE_TO_VERMILLION, rows))
    level = np.ceil(4 * np.clip(np.nan_to_num(abs(dZ), nan=0.5), 0, 1))
    x, y = _places(view.X, view.reach)
    for size, (label, _, _) in product(range(5), CLASSES):
        for colour, of_colour in ((PURPLE, dZ < 0), (GRADIENT, dZ >= 0), (UNKNOWN, np.isnan(dZ))):
            these = (level == size) & (view.Y[0] == label) & of_colour
            parts += marks(x[these], y[these], label, 2.2 + 1.2 * size, colour, PANEL)
    return parts


def _strong(dZ):
    """The size from which on a hidden unit's dots have their full colour: three times the mean size."""
    known = dZ[np.isfinite(dZ)]
    return 3 * float(abs(known).mean()) if known.size else 0.0


def _dots(dZ, X, rows):
    """An image for each unit: dZ (units, m) at the places X (2, m), from −1 to 1; NaN elsewhere."""
    images = np.full((len(dZ), rows, rows), np.nan)
    across, up = (np.clip((1 + X) / 2, 0, 1) * (rows - 2)).astype(int)
    down, order, unit = rows - 2 - up, np.argsort(abs(dZ), axis=1), np.arange(len(dZ))[:, None]
    values = np.take_along_axis(dZ, order, axis=1)
    for dy, dx in ((0, 0), (0, 1), (1, 0), (1, 1)):
        images[unit, down[order] + dy, across[order] + dx] = values
    return images


def _axes(view):
    """Names and numbers around the output's map."""
    across, up = (_shortened(name, 20) for name in view.axes)
    parts = [text_at(LEFT + MAP, TOP - 19, f"{up} ↑", anchor="end")]
    parts.append(text_at(LEFT + MAP / 2, TOP + MAP + 16, f"{across} →"))
    for share in (-1, 0, 1):
        text = short(share * view.reach)
        parts.append(text_at(LEFT + MAP + 6, TOP + MAP / 2 * (1 - share), text, QUIET, anchor="start"))
        if share:
            parts.append(text_at(LEFT + MAP / 2 * (1 + share), TOP + MAP + 16, text, QUIET))
    return parts


def _shortened(text, longest):
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _ring(view, example):
    (x,), (y,) = _places(view.X[:, [example]], view.reach)
    return [circle(x, y, 9, "none", INK, 5), circle(x, y, 9, "none", NEWEST, 2.5)]


def _head(view):
    more = f" + {view.update} update{'s' * (view.update != 1)}" if view.update else ""
    rows = textwrap.wrap(view.words, 68, max_lines=2, placeholder=" …")
    top = 30 - LINE / 2 * (len(rows) - 1)
    words = [text_at(1078, top + LINE * i, row, QUIET, anchor="end") for i, row in enumerate(rows)]
    return [text_at(MARGIN, 30, f"epoch {view.epoch:,}{more}", bold=True, anchor="start", size=27), *words]


def _legend(view, numbers, scale, gradients, test_points):
    """What lines, maps and dots mean, and how large the largest is."""
    title, kind = ("Gradients", "dW") if gradients else ("Weights", "W")
    parts = [text_at(MARGIN, 72, title, bold=True, anchor="start")]
    for x, sign, text in ((120, 1, "positive"), (240, -1, "negative")):
        colour, dashed = _look(sign, gradients)
        parts += [stroke(f"M{x} 72h36", colour, 4, dashed), text_at(x + 42, 72, text, anchor="start")]
        parts.append(circle(x + 250 - 104 * (sign < 0), 72, 5, PANEL if dashed else colour, colour))
    unknown = not all(np.isfinite(values).all() for values in numbers.values())
    widest = f"widest: |{kind}| = {short(scale)}" if scale else "" if unknown else f"every {kind} is 0"
    widest += " grey: not a number" * unknown
    parts += [text_at(412, 72, "bias", anchor="start"), text_at(464, 72, widest, QUIET, anchor="start")]
    words = "Maps: what each unit answers; orange is low, blue is high."
    words += " Hollow points: test." * bool(test_points and view.X_test is not None)
    if gradients:
        sizes = [*(_strong(dZ) for dZ in list(view.dZ.values())[:-1]), 1]
        sizes = [f"|{name}| = {short(size, 2)}" for name, size in zip(view.dZ, sizes, strict=True)]
        words = f"Dots: the examples, strongest at {', '.join(sizes)}"
    words = view.notice or words
    return [*parts, text_at(MARGIN, 476, words, QUIET, anchor="start")]


def _sets(view):
    """For training and test set: name, costs, accuracies."""
    sets = [("training", view.history.cost, view.history.accuracy)]
    return sets + [("test", view.history.test_cost, view.history.test_accuracy)] * (view.X_test is not None)


def _costs(view):
    """The newest costs and accuracies, and the costs after each epoch."""
    last = max(view.epoch, len(view.history.cost) - 1)  # beyond the epoch, where training went back
    span = round_up(max(last, 100))
    unit, label = (1000, "thousand epochs") if span >= 10_000 else (1, "epochs")
    curves = [thinned(costs, last) for _, costs, _ in _sets(view)]
    top = max([0.1, *(y.max(initial=0) for _, y in curves)])
    late = max([0.1, *(y[x >= last / 2].max(initial=0) for x, y in curves)])
    top = round_up(min(top, 5 * late))  # a peak of long ago is cut off, so that the rest can be seen
    parts, at = plot(772, 486, 296, 100, (0, span / unit), (0, top), label)
    for i, (name, costs, accuracies) in enumerate(_sets(view)):
        (x, cost), y, colour, dashed = curves[i], 430 + 30 * i, (VALUE, GRADIENT)[i], i == 1
        parts.insert(0, curve(*at(x / unit, cost), colour, 3, dashed) if len(x) else "")
        parts += [stroke(f"M718 {y}h32", colour, 4, dashed), text_at(756, y, f"{name} cost", anchor="start")]
        cost, right = _newest(costs, view.epoch), _newest(accuracies, view.epoch)
        parts.append(text_at(868, y, _said(cost, 3 if cost >= 0.1 else 2), colour, True, "start", 24))
        if math.isfinite(cost):
            parts.append(text_at(1034, y, _as_percent(right), colour, True, "end", 24))
            parts.append(text_at(1040, y, "right", anchor="start"))
            if view.epoch < last:
                parts.append(dot(*at(view.epoch / unit, cost), NEWEST, 6))
    return parts


def _newest(values, epoch):
    """The last number that a history has up to an epoch; NaN where it has none."""
    return values[min(epoch, len(values) - 1)] if len(values) else math.nan


def _said(value, digits=3):
    return "not a number" if math.isnan(value) else "infinite" if math.isinf(value) else short(value, digits)


def _as_percent(share):
    """All right is 100 %, and nothing less is."""
    return "? %" if math.isnan(share) else f"{100 if share == 1 else min(round(100 * share), 99)} %"


def _formulas(lines):
    """What is chosen, in rows of text at a place that is kept for them."""
    rows = [(*row, of) for text, of in lines for row in enumerate(textwrap.wrap(text, LONGEST))]
    if len(rows) > ROWS:
        part, text, of = rows[ROWS - 1]
        rows = [*rows[: ROWS - 1], (part, _shortened(text, LONGEST - 2) + " …", of)]
    return [
        text_at(MARGIN + 20 * (part > 0), 502 + 20 * i, text, GRADIENT if of else VALUE, anchor="start")
        for i, (part, text, of) in enumerate(rows)
    ]


def _line(view):
    """The text line: where training stands, in a sentence."""
    said = []
    for name, costs, accuracies in _sets(view):
        cost, right = _newest(costs, view.epoch), _as_percent(_newest(accuracies, view.epoch))
        words = "cost" if name == "training" else name
        right = f", {right}{' right' * (not said)}" if math.isfinite(cost) else ""
        said.append(f"{words} {_said(cost)}{right}")
    more = f"; {view.update} update{'s' * (view.update != 1)} since" if view.update else ""
    return f"Epoch {view.epoch:,}: {'; '.join(said)}{more}."


def _words(view, numbers, gradients):
    """The numbers of the picture, in sentences: the network, each layer's weights or gradients, the data."""
    sizes = " to ".join(str(len(maps)) for maps in view.maps)
    yield f"A network of {sizes} units; inputs {', '.join(view.input_names)}."
    for name, values in numbers.items():
        known = values[np.isfinite(values)]
        ends = f"from {short(known.min())} to {short(known.max())}" if known.size else "no number"
        unknown = f", {values.size - known.size} not a number" * (known.size < values.size)
        yield f"{'d' * gradients}{name}: {values.size} {ends}, {(known < 0).sum()} of them negative{unknown}."
    for name, X, Y in (("training", view.X, view.Y), ("test", view.X_test, view.Y_test)):
        if X is not None:
            ones = int(Y.sum())
            yield f"{Y.size} {name} points: {ones} of class 1 (circles), {Y.size - ones} of class 0."
