"""The playground's picture: a network with what each unit answers over the plane, its costs, one formula."""

import math
import re
import textwrap
from functools import lru_cache
from itertools import product

import numpy as np

from helpers.scenes.curves import (
    CLASS_COLOURS,
    ORANGE_TO_BLUE,
    coloured,
    coloured_by_class,
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
    touchable,
)
from helpers.words import short, shortened

WIDTH, HEIGHT, HEAD = 1180, 496, 20  # HEAD: the height of the first line
MIDDLE, TALL = 208, 300  # of the network
LEFT, TOP, MAP = 560, 58, 296  # the output's map
COSTS = 952, 156, 200, 146  # left, top, width and height of the cost curve
NAME, WIDEST = 54, 8  # room for a unit's name; the width of the line with the largest number
LONGEST, ROWS, FIRST, PITCH = 124, 5, 396, 18  # of the formulas: characters in a row, rows, and their places
REACHED = 9  # pixels around a point at which it is touched
PURPLE, UNKNOWN, STRENGTH, EARLIER = "#6A3D9A", "#999999", 0.3, "#BBBBBB"
PURPLE_TO_VERMILLION = palette([(60, 25, 105), (106, 61, 154), (255, 255, 255), (213, 94, 0), (140, 55, 0)])
DARK = ("#7A4A00", "#00436B", "#00523A")  # the rims of the classes' marks
MARKS = ("triangles", "circles", "squares")
OF_COST = ((INK, False), (QUIET, True))  # colour and whether dashed: training, test


def playground_scene(
    view, *, chosen="", example=0, gradients=False, two_colours=False, test_points=True, wrong=False,
    new_class=1, large="", cross=None, earlier=(), lines=(), hint="",
):  # fmt: skip
    """Draw the network with its weights, or in the gradient view with their gradients, its data and costs.

    view: of an Experiment.  chosen: a weight "W1[3, 1]", a bias "b1[3, 0]", a unit "A1[3]" or "X[0]"; "": no
    formula.  example: the column of X that is ringed.  two_colours: maps show the sign alone.  wrong: points
    on the wrong side are ringed.  new_class: of points that are added by a click.  large: the unit whose map
    fills the plane; "": the output, of several the class of the largest.  cross: (x1, x2), where a key would
    add a point.  earlier: the costs of earlier runs, [(epochs, costs), …].  lines: [(text, whether it is of a
    gradient)], the formulas of what is chosen; hint: words that stand there while nothing is.
    ValueError for another name or column.
    """
    numbers = {name: view.grads["d" + name] if gradients else p for name, p in view.parameters.items()}
    scale = _largest([numbers[name] for name in numbers if name[0] == "W"])
    boxes = _boxes([len(maps) for maps in view.maps])
    key = _in_full(chosen)
    _require_shown(view, chosen, example, numbers, boxes)
    weights = _weights(view, numbers, boxes, key, gradients, scale or 1)
    biases = _biases(view, numbers, boxes, key, gradients, scale or 1)
    units = _unit_frames(view, boxes, key, example)
    if key in weights:
        weights[key] = weights.pop(key)  # on top of the others
    maps = [np.sign(m) if two_colours else m for m in view.maps]
    seen = _unit_at(large) if _in_full(large) in units else None
    parts = [*_head(view), *_legend(view, numbers, scale, gradients, test_points)]
    parts += ['<g fill="none" stroke="transparent" stroke-width="11">']  # wide enough to be hit
    parts += [*(part for edge in weights.values() for part in edge), "</g>"]
    parts += [_column(maps[0] * STRENGTH, boxes[0, 0], rows=24)]
    parts += _gradients(view, boxes) if gradients else _answers(maps, boxes, seen, two_colours)
    parts += [] if gradients else _data(view, test_points, wrong)
    parts += [part for circles in biases.values() for part in circles]
    parts += [part for frame in units.values() for part in frame]
    parts += [*_axes(view, seen), *_plane(view, new_class, cross), *_ring(view, example)]
    parts += [*_costs(view, earlier), *_new_class(new_class), *_formulas(lines, hint)]
    words = [_line(view), *_words(view, numbers, gradients), f"Chosen: {chosen}." * bool(chosen)]
    words = " ".join([*words, *(text for text, _ in lines), view.notice, view.words])
    return scene_of(WIDTH, HEIGHT, "Playground", words, parts, _line(view))


def place_at(view, x, y):
    """(x1, x2) of the plane at a place of the picture; None outside the plane."""
    across, up = 2 * (x - LEFT) / MAP - 1, 1 - 2 * (y - TOP) / MAP
    return (across * view.reach, up * view.reach) if max(abs(across), abs(up)) <= 1 else None


def point_at(view, x, y):
    """The column of X whose point is touched at a place of the picture, the newest on top; None: none is."""
    distances = np.hypot(
        *(places - at for places, at in zip(_places(view.X, view.reach), (x, y), strict=True))
    )
    column = len(distances) - 1 - int(distances[::-1].argmin())
    return column if distances[column] <= REACHED else None


def epoch_at(view, x):
    """The epoch at a place of the cost curve, from 0 to the last that is drawn."""
    last = _last(view)
    return min(max(round((x - COSTS[0]) / COSTS[2] * round_up(max(last, 100))), 0), last)


def _in_full(name):
    """A name as it stands in the picture: "W1[0,1]" is "W1[0, 1]", "b1[0]" is "b1[0, 0]"."""
    name = re.sub(r", *", ", ", name.strip())
    return re.sub(r"^(b\d+\[\d+)\]$", r"\1, 0]", name)


def _unit_name(layer, j):
    return f"A{layer}[{j}]" if layer else f"X[{j}]"


def _unit_at(name):
    """The layer and the unit that a name is about: (1, 3) for "A1[3]", "b1[3, 0]" and "W1[3, 1]"."""
    array, unit = re.match(r"(\w+)\[(\d+)", name).groups()
    return int(array[1:] or 0), int(unit)


def _require_shown(view, chosen, example, numbers, boxes):
    m = view.X.shape[1]
    names = {f"{name}[{j}, {i}]" for name, values in numbers.items() for j, i in np.ndindex(values.shape)}
    names |= {_unit_name(layer, j) for layer, j in boxes}
    if chosen and _in_full(chosen) not in names:
        some = "W1[0, 0], b1[0] or A1[0]"
        raise ValueError(f"chosen is {chosen!r}; expected a name such as {some}, of a unit that is there.")
    if example not in range(m):
        raise ValueError(f"example is {example!r}; expected a column of X, from 0 to {m - 1}.")


def _boxes(sizes):
    """{(layer, unit): (left, middle, side of its map)}; the map stands at the right end of the box.

    A single output has the plane for its map, and no box among the others.
    """
    hidden, several = len(sizes) - 2, sizes[-1] > 1
    side = min(106 - 22 * hidden if several else 112 - 16 * hidden, TALL * 6 / 7 / max(sizes[1:-1]))
    sides = [48 - 6 * several] + [side] * hidden + [42] * several
    space = (LEFT - MARGIN - sum(NAME + side for side in sides)) / len(sides)
    boxes, left = {}, MARGIN
    for layer, side in enumerate(sides):
        pitch = side * (1 + _gap(sizes[layer], side) / 24)
        for j in range(sizes[layer]):
            boxes[layer, j] = left, MIDDLE + pitch * (j - (sizes[layer] - 1) / 2), side
        left += NAME + side + space
    return boxes if several else boxes | {(hidden + 1, 0): (LEFT, TOP + MAP / 2, MAP)}


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


def _weights(view, numbers, boxes, key, gradients, scale):
    """The parts of a line for each weight, the wider the larger: {"W1[0, 0]": […], …}; the chosen has a halo.

    Those that lead to what is chosen are reached with Tab.
    """
    lines, near = {}, _unit_at(key) if key else None
    for (layer, j), (x, y, _) in boxes.items():
        values = numbers[f"W{layer}"][j].tolist() if layer else []
        for i, value in enumerate(values):
            x0, y0, side = boxes[layer - 1, i]
            x0 += NAME + side + 2
            turn = (x0 + x) / 2
            path = f"M{x0:.0f} {y0:.0f}C{turn:.0f} {y0:.0f} {turn:.0f} {y:.0f} {x:.0f} {y:.0f}"
            thick = max(WIDEST * abs(value) / scale, 0.5) if math.isfinite(value) else 2
            colour, dashed = _look(value, gradients)
            name, halo = f"W{layer}[{j}, {i}]", []
            if name == key:
                thick = thick + 2
                halo = [stroke(path, INK, thick + 9), stroke(path, NEWEST, thick + 6)]
            drawn = [*halo, stroke(path, colour, thick, dashed), f'<path d="{path}"/>']  # seen, and hit
            lines[name] = _by_hand(view, name, drawn, (layer, j) == near)
    return lines


def _by_hand(view, name, parts, by_tab):
    """What is drawn for a weight or a bias, as an element that can be dragged, and typed into."""
    layer_and_place = re.findall(r"\d+", name)
    value = float(view.parameters[name.split("[")[0]][tuple(map(int, layer_and_place[1:]))])
    return touchable(parts, name, f"{name} = {_said(value, 4)}", value, drag=True, by_tab=by_tab)


def _biases(view, numbers, boxes, key, gradients, scale):
    """A circle at the lower left of each unit, the larger the larger its bias, empty where it is negative."""
    circles, near = {}, _unit_at(key) if key else None
    for (layer, j), (x, y, side) in boxes.items():
        if layer:
            value, name = float(numbers[f"b{layer}"][j, 0]), f"b{layer}[{j}, 0]"
            colour, negative = _look(value, gradients)
            radius = 3 + 3 * min(abs(value) / scale, 1) if math.isfinite(value) else 5
            place = x - 10, y + side / 2 - 6
            halo = [circle(*place, radius + 6, NEWEST)] if name == key else []
            drawn = [*halo, circle(*place, radius, PANEL if negative else colour, colour)]
            drawn += [circle(*place, 9, "transparent", "none")]
            circles[name] = _by_hand(view, name, drawn, (layer, j) == near)
    return circles


def _unit_frames(view, boxes, key, example):
    """The frame and the name of each unit; the chosen has a halo."""
    units = {}
    for (layer, j), (left, middle, side) in boxes.items():
        name, small = _unit_name(layer, j), side < MAP
        room = NAME if small else 0
        values = view.cache[f"A{layer}"] if layer else view.inputs
        label = f"{name} = {_said(values[j, example], 4)} for example {example}"
        place = (left, middle - side / 2 - 2, room + side + 2, side + 4)
        halo = [rect(*place, "none", INK, 9), rect(*place, "none", NEWEST, 6)] * (name == key)
        text = name if layer else shortened(view.input_names[j], 6)
        drawn = [*halo, rect(*place, "transparent" if small else "none", QUIET, 1)]
        if small:
            drawn.append(text_at(left + NAME / 2, middle, text))
        else:
            drawn += [rect(left - 2, TOP - 34, 68, 26, "transparent", "none", 0)]
            drawn += [text_at(left + 30, TOP - 20, text)]
        units[name] = touchable(drawn, name, label, hover=True)
    return units


def _column(maps, box, colours=ORANGE_TO_BLUE, rows=48):
    """The maps of a layer (units, side, side), one image for all.  box: of its first unit."""
    left, middle, side = box
    picked = np.arange(rows) * maps.shape[1] // rows
    gap = _gap(len(maps), side) * rows // 24
    column = np.pad(maps[:, picked][:, :, picked], ((0, 0), (0, gap), (0, 0))).reshape(-1, rows)
    column = column[: len(column) - gap]
    return coloured(column, left + NAME, middle - side / 2, side, side / rows * len(column), colours)


def _answers(maps, boxes, seen, two_colours):
    """What units answer over the plane, and large what the unit `seen`, (layer, unit), or the output does."""
    small = maps[1:] if len(maps[-1]) > 1 else maps[1:-1]
    rows = 48 if sum(map(len, small)) <= 8 else 24
    parts = [_column(m * STRENGTH, boxes[layer, 0], rows=rows) for layer, m in enumerate(small, 1)]
    if not seen and len(maps[-1]) > 1:
        return [*parts, coloured_by_class((1 + maps[-1]) / 2, LEFT, TOP, MAP, MAP, two_colours)]
    layer, unit = seen or (-1, 0)
    return [*parts, coloured(maps[layer][unit] * STRENGTH, LEFT, TOP, MAP, MAP)]


def _data(view, test_points, wrong):
    """The data at their places, those of the test hollow; wrong: the wrong ones ringed."""
    parts = []
    if wrong:
        parts += marks(*_places(view.X[:, view.wrong], view.reach), 1, 8.5, NEWEST, INK)
    sets = [(view.X_test, view.classes_test)] if test_points and view.X_test is not None else []
    for X, classes in [*sets, (view.X, view.classes)]:
        data = (np.asarray(values, float).tobytes() for values in (X, classes))
        parts += _point_marks(*data, view.reach, X is not view.X)
    return parts


@lru_cache(maxsize=8)
def _point_marks(X, classes, reach, hollow):
    """Points that stay the same from picture to picture.  X, classes: arrays of floats as bytes."""
    x, y = _places(np.frombuffer(X).reshape(2, -1), reach)
    parts, classes = [], np.frombuffer(classes)
    for k, (colour, dark) in enumerate(zip(CLASS_COLOURS, DARK, strict=True)):
        these = classes == k
        parts += marks(x[these], y[these], k, 3.8, PANEL if hollow else colour, dark)
    return parts


def _places(X, reach):
    x, y = np.clip(X / reach, -1, 1)
    return LEFT + (1 + x) * MAP / 2, TOP + (1 - y) * MAP / 2


def _gradients(view, boxes):
    """dZ of each example at its place: dots in the small maps, marks of its size in the plane.

    Of several outputs the plane has the one of the example's own class.
    """
    parts, (*hidden, last) = [], view.dZ.values()
    for layer, values in enumerate([*hidden, last] if len(last) > 1 else hidden, 1):
        rows = 48 if boxes[layer, 0][2] > 56 else 24
        strong = 1 if values is last else _strong(values) or 1
        dots = _dots(values / strong, view.X / view.reach, rows)
        parts.append(_column(dots, boxes[layer, 0], PURPLE_TO_VERMILLION, rows))
    dZ = last[0] if len(last) == 1 else np.take_along_axis(last, view.classes[None], axis=0)[0]
    level = np.ceil(4 * np.clip(np.nan_to_num(abs(dZ), nan=0.5), 0, 1))
    x, y = _places(view.X, view.reach)
    for size, k in product(range(5), range(len(MARKS))):
        for colour, of_colour in ((PURPLE, dZ < 0), (GRADIENT, dZ >= 0), (UNKNOWN, np.isnan(dZ))):
            these = (level == size) & (view.classes == k) & of_colour
            parts += marks(x[these], y[these], k, 2.2 + 1.2 * size, colour, PANEL)
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


def _axes(view, seen):
    """Names and numbers around the map, and which unit's it is where it is not the output's."""
    across, up = (shortened(name, 20) for name in view.axes)
    parts = [text_at(LEFT + MAP, TOP - 20, f"{up} ↑", anchor="end")]
    if seen and (len(view.maps[-1]) > 1 or seen != (len(view.maps) - 1, 0)):
        layer, unit = seen
        name = f"A{layer}[{unit}]" if layer else view.input_names[unit]
        parts.append(rect(LEFT - 4, TOP - 4, MAP + 8, MAP + 8, "none", INK, 3))
        parts.append(text_at(LEFT + 68, TOP - 20, f"here: {shortened(name, 9)}", bold=True, anchor="start"))
    parts.append(text_at(LEFT + MAP / 2, TOP + MAP + 16, f"{across} →"))
    for share in (-1, 0, 1):
        text = short(share * view.reach)
        parts.append(text_at(LEFT + MAP + 6, TOP + MAP / 2 * (1 - share), text, QUIET, anchor="start"))
        if share:
            parts.append(text_at(LEFT + MAP / 2 * (1 + share), TOP + MAP + 16, text, QUIET))
    return parts


def _plane(view, new_class, cross):
    """The plane as one element, which is clicked, and where the cross of the keys stands."""
    frame = (QUIET, 1) if len(view.Y) > 1 else ("none", 0)  # a single output's unit has one
    parts = [rect(LEFT, TOP, MAP, MAP, "transparent", *frame)]
    other = (new_class + 1) % max(len(view.Y), 2)
    label = f"Click: a point of class {new_class}, with Shift of class {other}."
    label += " Drag one; double click: gone."
    if cross is not None:
        (x,), (y,) = _places(np.array(cross, float)[:, None], view.reach)
        parts.append(stroke(f"M{x - 9:.1f} {y:.1f}h18M{x:.1f} {y - 9:.1f}v18", PANEL, 6))
        parts.append(stroke(f"M{x - 9:.1f} {y:.1f}h18M{x:.1f} {y - 9:.1f}v18", INK, 2))
        label = f"x1 = {short(cross[0])}, x2 = {short(cross[1])}. {label}"
    return touchable(parts, "plane", label, drag=True)


def _new_class(new_class):
    """Which class a click adds, as an element that changes it."""
    x, y = COSTS[0] - 14, FIRST - PITCH - 2
    parts = [
        rect(x, y - 13, 176, 26, PANEL, QUIET, 1),
        text_at(x + 10, y, "new points: class", anchor="start"),
    ]
    parts += [text_at(x + 150, y, str(new_class), bold=True)]
    parts += marks([x + 165], [y + 1], new_class, 4.5, CLASS_COLOURS[new_class], DARK[new_class])
    return touchable(parts, "new class", f"A click in the plane adds a point of class {new_class}.")


def _ring(view, example):
    (x,), (y,) = _places(view.X[:, [example]], view.reach)
    answers = view.cache[f"A{len(view.maps) - 1}"][:, example]
    answer = f"answer{'s' * (len(answers) > 1)} {', '.join(map(_said, answers))}"
    place = ", ".join(
        f"{name} = {short(v)}" for name, v in zip(("x1", "x2"), view.X[:, example], strict=True)
    )
    label = f"example {example}: {place}, class {view.classes[example]:.0f}, {answer}"
    ring = [circle(x, y, 9, "none", INK, 5), circle(x, y, 9, "transparent", NEWEST, 2.5)]
    return touchable(ring, "example", label, drag=True)


def _head(view):
    more = f" + {view.update} update{'s' * (view.update != 1)}" if view.update else ""
    words = text_at(MARGIN, HEIGHT - 11, shortened(view.words, LONGEST), QUIET, anchor="start")
    return [text_at(MARGIN, HEAD, f"epoch {view.epoch:,}{more}", bold=True, anchor="start", size=24), words]


def _legend(view, numbers, scale, gradients, test_points):
    """What lines, maps and dots mean, and how large the largest is."""
    title, kind = ("Gradients", "dW") if gradients else ("Weights", "W")
    parts = [text_at(380, HEAD, title, bold=True, anchor="start")]
    for x, sign, text in ((470, 1, "positive"), (590, -1, "negative")):
        colour, dashed = _look(sign, gradients)
        parts += [stroke(f"M{x} {HEAD}h36", colour, 4, dashed), text_at(x + 42, HEAD, text, anchor="start")]
        parts.append(circle(x + 256 - 106 * (sign < 0), HEAD, 5, PANEL if dashed else colour, colour))
    unknown = not all(np.isfinite(values).all() for values in numbers.values())
    widest = f"widest: |{kind}| = {short(scale)}" if scale else "" if unknown else f"every {kind} is 0"
    widest += " grey: not a number" * unknown
    parts += [text_at(756, HEAD, "bias", anchor="start"), text_at(812, HEAD, widest, QUIET, anchor="start")]
    several = len(view.maps[-1]) > 1
    words = "Orange: low, blue: high. Plane: the class." if several else "Maps: orange is low, blue is high."
    hollow = " Hollow: test." if several else " Hollow points: test."
    words += hollow * bool(test_points and view.X_test is not None)
    if gradients:
        sizes = [short(size, 2) for size in [*map(_strong, list(view.dZ.values())[:-1]), 1]]
        named = [f"|{name}| = {size}" for name, size in zip(view.dZ, sizes, strict=True)]
        words = f"Dots: the examples, strongest at {', '.join(named)}"
        if len(words) > 60:
            words = f"Dots: examples, strongest at |dZ| = {', '.join(sizes)}"
    words = view.notice or words
    return [*parts, text_at(MARGIN, FIRST - PITCH - 2, shortened(words, 60), QUIET, anchor="start")]


def _sets(view):
    """For training and test set: name, costs, accuracies."""
    sets = [("training", view.history.cost, view.history.accuracy)]
    return sets + [("test", view.history.test_cost, view.history.test_accuracy)] * (view.X_test is not None)


def _last(view):
    """The last epoch of the history: beyond the epoch, where training went back."""
    return max(view.epoch, len(view.history.cost) - 1)


def _costs(view, earlier):
    """The newest costs and accuracies, and the costs after each epoch; earlier runs in grey."""
    last, (left, top, width, height) = _last(view), COSTS
    span = round_up(max(last, 100))
    unit, label = (1000, "thousand epochs") if span >= 10_000 else (1, "epochs")
    curves = [thinned(costs, last) for _, costs, _ in _sets(view)]
    peak = max([0.1, *(y.max(initial=0) for _, y in curves)])
    late = max([0.1, *(y[x >= last / 2].max(initial=0) for x, y in curves)])
    peak = round_up(min(peak, 5 * late))  # a peak of long ago is cut off, so that the rest can be seen
    axes, at = plot(left, top, width, height, (0, span / unit), (0, peak), label)
    parts = [curve(*at(np.array(x) / unit, y), EARLIER, 2) for x, y in _within(earlier, span)]
    for (x, y), (colour, dashed) in zip(curves, OF_COST, strict=False):
        parts.append(curve(*at(x / unit, y), colour, 2.5, dashed))
    cost = _newest(view.history.cost, view.epoch)
    if math.isfinite(cost):
        parts.append(dot(*at(view.epoch / unit, cost), NEWEST, 5))
    parts.append(rect(left, top, width, height, "transparent", "none", 0))
    words = f"The costs up to epoch {last:,}. Click, or type an epoch: back to it."
    curves = touchable([*axes, *parts], "cost curve", words, value=view.epoch)
    return [*curves, *(part for k, row in enumerate(_sets(view)) for part in _cost_row(view, k, *row))]


def _within(earlier, span):
    """The part of each earlier curve that lies in the plot."""
    for x, y in earlier:
        known = (np.asarray(x) <= span) & np.isfinite(y)
        yield np.asarray(x)[known], np.asarray(y)[known]


def _cost_row(view, k, name, costs, accuracies):
    """One row of numbers: what is drawn how, its cost, and how many are right.  k: 0 training, 1 test."""
    (colour, dashed), y, left = OF_COST[k], TOP + 2 + 44 * k, COSTS[0] - 44
    cost, right = _newest(costs, view.epoch), _newest(accuracies, view.epoch)
    yield stroke(f"M{left} {y}h26", colour, 3, dashed)
    yield text_at(left + 32, y, f"{name} cost", anchor="start")
    digits = 1 if not 1e-4 <= cost < 1e4 else 3 if cost >= 0.1 else 2  # an exponent needs room
    yield text_at(left + 136, y, _said(cost, digits), bold=True, anchor="start", size=20)
    if math.isfinite(cost):
        yield text_at(left + 262, y, _as_percent(right), bold=True, anchor="end", size=20)
    if view.penalty:
        words = "without penalty" if k else f"with penalty {short(view.penalty)}"
        yield text_at(left + 32, y + 20, words, QUIET, anchor="start")


def _newest(values, epoch):
    """The last number that a history has up to an epoch; NaN where it has none."""
    return values[min(epoch, len(values) - 1)] if len(values) else math.nan


def _said(value, digits=3):
    return "not a number" if math.isnan(value) else "infinite" if math.isinf(value) else short(value, digits)


def _as_percent(share):
    """All right is 100 %, and nothing less is."""
    return "? %" if math.isnan(share) else f"{100 if share == 1 else min(round(100 * share), 99)} %"


def _formulas(lines, hint):
    """What is chosen, or how to choose, in rows of text at a place that is kept for them."""
    if not lines:
        return [text_at(MARGIN, FIRST, hint, QUIET, anchor="start")] if hint else []
    rows = [(*row, of) for text, of in lines for row in enumerate(textwrap.wrap(text, LONGEST))]
    if len(rows) > ROWS:
        part, text, of = rows[ROWS - 1]
        rows = [*rows[: ROWS - 1], (part, shortened(text, LONGEST - 2) + " …", of)]
    return [
        text_at(MARGIN + 20 * (part > 0), FIRST + PITCH * i, text, GRADIENT if of else VALUE, anchor="start")
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
    if view.penalty:
        said[0] += f" (with penalty {short(view.penalty)})"
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
    for name, classes in (("training", view.classes), ("test", view.classes_test)):
        if classes is not None:
            counts = np.bincount(classes.astype(int), minlength=max(len(view.Y), 2))
            each = [f"{n} of class {k} ({MARKS[k]})" for k, n in enumerate(counts)]
            yield f"{classes.size} {name} points: {', '.join(each)}."
