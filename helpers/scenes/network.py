"""The network: a circle for each unit, a line for each weight."""

from helpers.scenes.svg import (
    FADED,
    INK,
    LINE,
    MARGIN,
    NEGATIVE,
    NEWEST,
    PANEL,
    QUIET,
    VALUE,
    scene_of,
    stroke,
    text_at,
    text_width,
    touchable,
)
from helpers.words import number


def network_scene(parameters, input_names=None, highlight=None, values=None):
    """Draw a network's units and weights, labelled as the code counts them, from 0: X[0], A1[0], A2[0].

    parameters: W1 (n1, n0), W2 (n2, n1), ...  input_names: one for each of the n0 inputs.
    highlight: (layer, unit) makes that unit and the weights that lead into it stand out; layer 0 is X.
    values: {"A1[0]": what that unit answers, ...}, said when it is pointed at.  To touch: "A1[0]", ....
    Raises ValueError for missing weights, the wrong number of names, a unit that is not there.
    """
    weights = [parameters[f"W{k}"] for k in range(1, len(parameters) + 1) if f"W{k}" in parameters]
    if not weights:
        raise ValueError(f"A network needs at least W1; the parameters are named {list(parameters)}.")
    sizes = [len(weights[0][0]), *map(len, weights)]
    names = [str(name) for name in ([""] * sizes[0] if input_names is None else input_names)]
    if len(names) != sizes[0]:
        raise ValueError(f"{len(names)} input names came; W1 has {sizes[0]} columns: give {sizes[0]} names.")
    chosen = tuple(highlight) if highlight else None
    if chosen and not (chosen[0] in range(len(sizes)) and chosen[1] in range(sizes[chosen[0]])):
        raise ValueError(f"highlight is {chosen}; expected (layer, unit) from 0, in layers of {sizes}.")
    words = _network_words(weights, sizes, names, chosen)
    rows = [list(range(n)) if n <= 8 else [*range(6), None, n - 1] for n in sizes]  # None: the ellipsis
    tall, left = 68 * max(map(len, rows)), MARGIN + 46 + max(map(text_width, names))
    middle = MARGIN + 2 * LINE + tall / 2
    place = {}
    for k, row in enumerate(rows):
        for i, j in enumerate(row):
            place[k, j] = left + 240 * k, middle + 68 * (i - (len(row) - 1) / 2)
    parts = (
        _weight_lines(weights, place, chosen)
        + _circles(names, place, chosen, values or {})
        + _layer_names(sizes, left)
    )
    parts += _network_legend(middle + tall / 2 + 14, chosen)
    width, height = max(left + 240 * (len(sizes) - 1) + 110, 640), middle + tall / 2 + 5 * LINE - 20
    return scene_of(width, height, "Network", words, parts)


def _weight_lines(weights, place, chosen):
    largest = max(abs(float(w)) for W in weights for row in W for w in row) or 1.0
    parts = []
    for (k, j), (x, y) in place.items():
        before = [(i, at) for (layer, i), at in place.items() if layer == k - 1 and None not in (i, j)]
        for i, (from_x, from_y) in before:
            w = float(weights[k - 1][j][i])
            colour = FADED if chosen and chosen != (k, j) else NEGATIVE if w < 0 else VALUE if w else QUIET
            path = f"M{from_x:.1f} {from_y:.1f}L{x:.1f} {y:.1f}"
            parts.append(stroke(path, colour, 1 + 5 * abs(w) / largest, dashed=w < 0))
    return parts


def _circles(names, place, chosen, values):
    parts = []
    for (k, j), (x, y) in place.items():
        if j is None:
            parts.append(text_at(x, y, "⋮", bold=True))
            continue
        fill, thick = (NEWEST, 4) if chosen == (k, j) else (PANEL, 1.5)
        look = f'fill="{fill}" stroke="{INK}" stroke-width="{thick}"'
        unit = _unit_name(k, j)
        drawn = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="31" {look}/>', text_at(x, y, unit)]
        label = f"{unit} = {number(float(values[unit]))}" if unit in values else unit
        parts += touchable(drawn, unit, label)
        if k == 0 and names[j]:
            parts.append(text_at(x - 40, y, names[j], anchor="end"))
    return parts


def _unit_name(k, j):
    """What unit j of layer k is called in code, both from 0: A1[0], or X[0] for an input."""
    return f"A{k}[{j}]" if k else f"X[{j}]"


def _kind_of_layer(k, sizes):
    kind = "input" if k == 0 else "output" if k == len(sizes) - 1 else "hidden unit"
    return kind + "s" * (sizes[k] != 1)


def _layer_names(sizes, left):
    xs = [left + 240 * k for k in range(len(sizes))]
    tops = [text_at(x, MARGIN + 2, f"n{k} = {sizes[k]}", bold=True) for k, x in enumerate(xs)]
    return tops + [text_at(x, MARGIN + 2 + LINE, _kind_of_layer(k, sizes)) for k, x in enumerate(xs)]


def _network_legend(y, chosen):
    parts = []
    for x, colour, text in ((0, VALUE, "positive weight"), (210, NEGATIVE, "negative weight, dashed")):
        parts.append(stroke(f"M{MARGIN + x} {y:.1f}h40", colour, 4, dashed=colour == NEGATIVE))
        parts.append(text_at(MARGIN + x + 50, y, text, anchor="start"))
    words = "The thicker the line, the larger the weight."
    parts.append(text_at(MARGIN, y + LINE, words, QUIET, anchor="start"))
    if chosen:
        k, j = chosen
        words = f"A{k}[{j}] is lit up; W{k}[{j}, :] and b{k}[{j}] lead to it."
        words = words if k else f"X[{j}] is lit up; it is an input."
        parts.append(text_at(MARGIN, y + 2 * LINE, words, bold=True, anchor="start"))
    return parts


def _network_words(weights, sizes, names, chosen):
    layers = ", ".join(f"{n} {_kind_of_layer(k, sizes)}" for k, n in enumerate(sizes))
    words = [f"A network of {layers}; every unit is joined to every unit of the next layer."]
    if any(names):
        words.append(f"Inputs: {', '.join(f'X[{i}] is {name}' for i, name in enumerate(names))}.")
    for k, W in enumerate(weights, 1):
        flat = [float(w) for row in W for w in row]
        rows = [f"row {j}: {', '.join(number(float(w)) for w in row)}" for j, row in enumerate(W)]
        ends, below = f"{number(min(flat))} to {number(max(flat))}", sum(w < 0 for w in flat)
        all_of_them = f"{len(flat)} weights from {ends}, {below} of them negative"
        words.append(f"W{k}: {'; '.join(rows) if len(flat) <= 24 else all_of_them}.")
    return " ".join(words + ([f"Highlighted: {_unit_name(*chosen)}."] if chosen else []))
