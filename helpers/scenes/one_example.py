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
    below = [f"d{loss}/d{name} = {number(g)}" for name, g in zip(names, gradients, strict=True)]
    wide, gap, x, parts = [max(86, text_width(name) + 24) for name in names], 150, MARGIN + 30, []
    words = [f"One path, from {names[0]} to {loss}."]
    for k, (name, value) in enumerate(stops.items()):
        parts += [rect(x, 40, wide[k], 62), text_at(x + wide[k] / 2, 58, name, bold=True)]
        parts.append(text_at(x + wide[k] / 2, 83, number(float(value)), VALUE, bold=True))
        parts.append(text_at(x + wide[k] / 2, 128 + 26 * (k % 2), below[k], GRADIENT))
        if k < len(local):
            right, product = x + wide[k] + gap, f"{number(gradients[k + 1])} × {signed(float(local[k]))}"
            parts += [
                stroke(f"M{x + wide[k]:.1f} 60H{right - 2:.1f}", VALUE),
                arrow_head(right, 60, 1, VALUE),
            ]
            parts.append(stroke(f"M{right:.1f} 80H{x + wide[k] + 2:.1f}", GRADIENT, dashed=True))
            parts.append(arrow_head(x + wide[k], 80, -1, GRADIENT))
            parts.append(text_at(x + wide[k] + gap / 2, 40, product, GRADIENT))
            words.append(f"{names[k + 1]} to {name}: {product} = {number(gradients[k])}.")
            x = right
    legend = "dashed, from right to left: what has arrived × local derivative"
    parts.append(text_at(MARGIN, 194, legend, QUIET, anchor="start"))
    width = x + max(wide[-1], text_width(below[-1])) + MARGIN + 10
    return scene_of(width, 220, f"The path to {loss}", " ".join(words), parts, " ".join(words))


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
    left, top, tall = MARGIN + max(map(text_width, down)) + 34, MARGIN + 58, 62
    parts = [
        text_at(left, MARGIN + 8, f"{of_table}: each of {of_column} times each of {of_row}", anchor="start")
    ]
    for k, text in enumerate(across):
        parts.append(_tinted(left + k * wide, top - 34, wide, 30, text, VALUE))
    for j, text in enumerate(down):
        parts.append(_tinted(MARGIN, top + j * tall, left - MARGIN - 8, tall, text, GRADIENT))
        for k, product in enumerate(plugged[j]):
            parts.append(rect(left + k * wide, top + j * tall, wide, tall, PANEL, QUIET, 1))
            middle = left + (k + 0.5) * wide
            parts.append(text_at(middle, top + j * tall + 20, product, GRADIENT))
            parts.append(
                text_at(middle, top + j * tall + 43, f"= {number(table[j, k])}", GRADIENT, bold=True)
            )
    rows = [
        ", ".join(
            f"{of_table}[{j},{k}] = {plugged[j][k]} = {number(table[j, k])}" for k in range(len(across))
        )
        for j in range(len(down))
    ]
    words = f"A table of products, {of_column} down and {of_row} across. {'; '.join(rows)}."
    size = max(left + wide * len(across) + MARGIN, 620), top + tall * len(down) + MARGIN
    return scene_of(*size, f"{of_table} as a table of products", words, parts, words)


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
    weights, outputs = [float(line[unit]) for line in W2], [float(d) for (d,) in dz2]
    ways = [
        f"W2[{j},{unit}] × dz2[{j}] = {number(w)} × {signed(d)} = {number(c)}"
        for j, (w, d, c) in enumerate(zip(weights, outputs, contributions, strict=True))
    ]
    unit_x, output_x = MARGIN + 50, MARGIN + 250 + max(map(text_width, ways))
    tall = 92 * len(ways)
    middle, parts = MARGIN + 40 + tall / 2, []
    for j, way in enumerate(ways):
        y = MARGIN + 40 + 92 * (j + 0.5)
        bend = unit_x + 150
        path = f"M{output_x - 34:.1f} {y:.1f}H{bend:.1f}L{unit_x + 42:.1f} {middle:.1f}"
        parts += [stroke(path, GRADIENT, 2.5, dashed=True), arrow_head(bend, y, -1, GRADIENT)]
        parts += [text_at(bend + 14, y - 17, way, GRADIENT, anchor="start"), circle(output_x, y, 33)]
        parts += [text_at(output_x, y, f"z2[{j}]")]
        parts.append(text_at(output_x + 46, y, f"dz2[{j}] = {number(outputs[j])}", GRADIENT, anchor="start"))
    parts += [circle(unit_x, middle, 38, NEWEST, INK, 4), text_at(unit_x, middle, f"a1[{unit}]")]
    added = " + ".join(signed(c) for c in contributions)
    sum_words = (
        f"da1[{unit}] = {added} = {number(total)}" if len(ways) > 1 else f"da1[{unit}] = {number(total)}"
    )
    bottom = MARGIN + 40 + tall + 30
    parts += [text_at(MARGIN, MARGIN + 8, "Which outputs did I feed, and with what weight?", anchor="start")]
    parts.append(text_at(MARGIN, bottom, sum_words, GRADIENT, bold=True, anchor="start"))
    parts += _column_of_weights(W2, unit, bottom + 34)
    words = f"Back to a1[{unit}], along column {unit} of W2: {'; '.join(ways)}. {sum_words}."
    width = output_x + 66 + text_width("dz2[0] = −0.0000")
    return scene_of(
        width, bottom + 60 + CELL * len(ways) + MARGIN, "Back to one hidden unit", words, parts, words
    )


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
