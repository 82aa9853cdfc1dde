"""The way back for one example, in numbers: along a path, as a table of products, to one hidden unit."""

from helpers.passes import along_path, back_to_unit, table_of_products
from helpers.scenes.matrices import CELL, cells, table_width
from helpers.scenes.svg import (
    GRADIENT,
    INK,
    MARGIN,
    NEWEST,
    PANEL,
    QUIET,
    TINT,
    VALUE,
    arrow_head,
    circle,
    rect,
    scene_of,
    stroke,
    text_at,
    text_width,
)
from helpers.words import number, signed

GAP, TALL, STEP = 150, 62, 92  # between two stops; of a cell of a table; from output to output


def path_scene(stops, local):
    """Draw one path to the loss: each stop with its value, and the gradient that comes back to it.

    stops: {"w": 0.5, …, "L": 1.3}, from left to right.  local: the local derivative of each link.
    Raises ValueError where the numbers of both do not fit.
    """
    if len(local) != len(stops) - 1 or not local:
        raise ValueError(
            f"{len(stops)} stops have {len(stops) - 1} links; {len(local)} local derivatives came."
        )
    names, gradients, loss = list(stops), along_path(local), [*stops][-1]
    x, parts, words = MARGIN + 30, [], [f"One path, from {names[0]} to {loss}."]
    for k, (name, value) in enumerate(stops.items()):
        wide, below = max(86, text_width(name) + 24), f"d{loss}/d{name} = {number(gradients[k])}"
        parts += [rect(x, 40, wide, 62), text_at(x + wide / 2, 58, name, bold=True)]
        parts.append(text_at(x + wide / 2, 83, number(float(value)), VALUE, bold=True))
        parts.append(text_at(x + wide / 2, 128 + 26 * (k % 2), below, GRADIENT))
        x += wide
        if k < len(local):
            product = f"{number(gradients[k + 1])} × {signed(float(local[k]))}"
            parts += _link(x, product)
            words.append(f"{names[k + 1]} to {name}: {product} = {number(gradients[k])}.")
            x += GAP
    legend = "dashed, from right to left: what has arrived × local derivative"
    parts.append(text_at(MARGIN, 194, legend, QUIET, anchor="start"))
    return scene_of(x + 60, 220, f"The path to {loss}", " ".join(words), parts, " ".join(words))


def _link(x, product):
    """Two arrows between two stops of a path, forward and back, and what the second one carries."""
    return [
        stroke(f"M{x:.1f} 60H{x + GAP - 2:.1f}", VALUE),
        arrow_head(x + GAP, 60, 1, VALUE),
        stroke(f"M{x + GAP:.1f} 80H{x + 2:.1f}", GRADIENT, dashed=True),
        arrow_head(x, 80, -1, GRADIENT),
        text_at(x + GAP / 2, 40, product, GRADIENT),
    ]


def products_scene(column, row, names=("dz1", "x", "dW1")):
    """Draw a column times a row as a table of products, each with its numbers.

    column: (n, 1), row: (1, k), up to 6 entries each.  names: of the column, of the row, of the table.
    Raises ValueError for other shapes.
    """
    table = table_of_products(column, row)
    of_column, of_row, of_table = names
    down = [f"{of_column}[{j}] = {number(d)}" for j, (d,) in enumerate(column)]
    across = [f"{of_row}[{k}] = {number(x)}" for k, x in enumerate(row[0])]
    plugged = [[f"{number(d)} × {signed(x)}" for x in row[0]] for (d,) in column]
    wide = 26 + max(text_width(text) for text in [*across, *sum(plugged, [])])
    left, top = MARGIN + max(map(text_width, down)) + 34, MARGIN + 58
    parts = [
        text_at(left, MARGIN + 8, f"{of_table}: each of {of_column} times each of {of_row}", anchor="start")
    ]
    parts += [_tinted(left + k * wide, top - 34, wide, 30, text, VALUE) for k, text in enumerate(across)]
    words = [f"A table of products, {of_column} down and {of_row} across."]
    for j, text in enumerate(down):
        y = top + j * TALL
        parts.append(_tinted(MARGIN, y, left - MARGIN - 8, TALL, text, GRADIENT))
        for k, product in enumerate(plugged[j]):
            parts += _product(left + k * wide, y, wide, product, number(table[j, k]))
            words.append(f"{of_table}[{j},{k}] = {product} = {number(table[j, k])}.")
    size = max(left + wide * len(across) + MARGIN, 620), top + TALL * len(down) + MARGIN
    return scene_of(*size, f"{of_table} as a table of products", " ".join(words), parts, " ".join(words))


def _product(x, y, wide, product, result):
    """One cell of a table of products: the two factors, and below them what they make."""
    return [
        rect(x, y, wide, TALL, PANEL, QUIET, 1),
        text_at(x + wide / 2, y + 20, product, GRADIENT),
        text_at(x + wide / 2, y + 43, f"= {result}", GRADIENT, bold=True),
    ]


def _tinted(x, y, width, height, text, colour):
    """A box for the head of a row or a column."""
    return rect(x, y, width, height, TINT, TINT) + text_at(
        x + width / 2, y + height / 2, text, colour, bold=True
    )


def fed_scene(W2, dz2, unit=0):
    """Draw which outputs a hidden unit feeds, and what each sends back: W2[j, unit] × dz2[j], added up.

    W2: (n2, n1), dz2: (n2, 1), up to 6 of each.  unit: counted from 0.  ValueError for anything else.
    """
    contributions, total = back_to_unit(W2, dz2, unit)
    outputs = [number(float(d)) for (d,) in dz2]
    ways = [
        f"W2[{j},{unit}] × dz2[{j}] = {number(float(W2[j][unit]))} × {signed(float(dz2[j][0]))} = {number(c)}"
        for j, c in enumerate(contributions)
    ]
    unit_x, output_x = MARGIN + 50, MARGIN + 250 + max(map(text_width, ways))
    tall = STEP * len(ways)
    middle, bottom = MARGIN + 40 + tall / 2, MARGIN + 70 + tall
    parts = [text_at(MARGIN, MARGIN + 8, "Which outputs did I feed, and with what weight?", anchor="start")]
    for j, (way, output) in enumerate(zip(ways, outputs, strict=True)):
        parts += _way_back((unit_x, middle), (output_x, MARGIN + 40 + STEP * (j + 0.5)), j, way, output)
    parts += [circle(unit_x, middle, 38, NEWEST, INK, 4), text_at(unit_x, middle, f"a1[{unit}]")]
    added = " + ".join(signed(c) for c in contributions) + " = " if len(ways) > 1 else ""
    together = f"da1[{unit}] = {added}{number(total)}"
    parts.append(text_at(MARGIN, bottom, together, GRADIENT, bold=True, anchor="start"))
    parts += _column_of_weights(W2, unit, bottom + 34)
    words = f"Back to a1[{unit}], along column {unit} of W2: {'; '.join(ways)}. {together}."
    size = output_x + 66 + text_width("dz2[0] = −0.0000"), bottom + 60 + CELL * len(ways) + MARGIN
    return scene_of(*size, "Back to one hidden unit", words, parts, words)


def _way_back(unit, output, j, way, dz2):
    """Output j, and the dashed way from there back to the unit, with what it carries; both at (x, y)."""
    (unit_x, middle), (x, y) = unit, output
    bend = unit_x + 150
    path = f"M{x - 34:.1f} {y:.1f}H{bend:.1f}L{unit_x + 42:.1f} {middle:.1f}"
    return [
        stroke(path, GRADIENT, 2.5, dashed=True),
        arrow_head(bend, y, -1, GRADIENT),
        text_at(bend + 14, y - 17, way, GRADIENT, anchor="start"),
        circle(x, y, 33),
        text_at(x, y, f"z2[{j}]"),
        text_at(x + 46, y, f"dz2[{j}] = {dz2}", GRADIENT, anchor="start"),
    ]


def _column_of_weights(W2, unit, y):
    """W2 with the column of one unit lit up, and words for it."""
    left = MARGIN + text_width("W2 =") + 12
    beside = left + table_width(W2) + 16
    middle = y + CELL * len(W2) / 2
    says = f"column {unit}: what unit {unit} feeds to each output"
    return [
        text_at(MARGIN, middle, "W2 =", bold=True, anchor="start"),
        *cells(left, y, W2, column=unit),
        text_at(beside, middle, says, QUIET, anchor="start"),
    ]
