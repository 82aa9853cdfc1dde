"""The matrices: blocks whose equal sides have equal lengths."""

import math

from helpers.scenes.svg import (
    GRADIENT,
    LINE,
    MARGIN,
    NEWEST,
    PANEL,
    QUIET,
    TINT,
    VALUE,
    rect,
    scene_of,
    text_at,
    text_width,
    touchable,
)
from helpers.words import number


def shapes_scene(n0, n1, n2, m):
    """Draw the forward pass as shaped blocks: A1 = g(W1 @ X + b1), A2 = sigmoid(W2 @ A1 + b2).

    n0 inputs, n1 hidden units, n2 outputs, m examples: whole numbers from 1.
    Raises ValueError for anything else.
    """
    sizes = {"n0": n0, "n1": n1, "n2": n2, "m": m, "1": 1}
    for name, n in sizes.items():
        if n != int(n) or n < 1:
            raise ValueError(f"{name} is {n!r}; expected a whole number from 1.")
    words = f"The shapes of the forward pass with {n0 = }, {n1 = }, {n2 = }, {m = }."
    parts, right, y = [], 0, MARGIN
    for layer, inputs, n_in, n_out, g in ((1, "X", "n0", "n1", "g"), (2, "A1", "n1", "n2", "sigmoid")):
        W, b, Z, A = (f"{letter}{layer}" for letter in "WbZA")
        blocks = ((W, n_out, n_in), (inputs, n_in, "m"), (b, n_out, "1"), (Z, n_out, "m"), (A, n_out, "m"))
        drawn, width, height = _row_of_blocks(blocks, ("@", "+", "=", f"{g} →", ""), y, sizes)
        parts, right, y = parts + drawn, max(right, width), y + height
        shapes = [f"{name} is {rows} × {cols}: ({sizes[rows]}, {sizes[cols]})" for name, rows, cols in blocks]
        words += f" {Z} = {W} @ {inputs} + {b}, {A} = {g}({Z}). {'; '.join(shapes)}."
    legend = "grey: parameters, learned; blue: data and results; a column for each example"
    parts.append(text_at(MARGIN, y, legend, QUIET, anchor="start"))
    return scene_of(max(right + MARGIN, 800), y + MARGIN + 4, "Shapes of the forward pass", words, parts)


def _side(n):
    return min(26 + 13 * math.log2(n), 170)


def _row_of_blocks(blocks, signs, y, sizes):
    tall = max(_side(sizes[rows]) for _, rows, _ in blocks)
    parts, x, middle = [], MARGIN, y + LINE + 6 + tall / 2
    for block, sign in zip(blocks, signs, strict=True):
        drawn, x = _block(x, middle, *block, sizes)
        parts += drawn
        if sign:
            parts.append(text_at(x + 12 + text_width(sign) / 2, middle, sign, bold=True))
            x += 24 + text_width(sign)
    return parts, x, tall + 3 * LINE + 40


def _block(x, middle, name, rows, columns, sizes):
    """One matrix with its sides labelled, its name and shape below; and where the next thing may start."""
    side, shape = f"{rows} = {sizes[rows]}", f"({sizes[rows]}, {sizes[columns]})"
    above = "1" if columns == "1" else f"{columns} = {sizes[columns]}"
    width, height = _side(sizes[columns]), _side(sizes[rows])
    body = max(width, *(text_width(text) for text in (above, name, shape)))
    centre = x + text_width(side) + 8 + body / 2
    look = (TINT, QUIET) if name[0] in "Wb" else ("#D6E9F5", VALUE)
    return [
        rect(centre - width / 2, middle - height / 2, width, height, *look),
        text_at(centre - width / 2 - 6, middle, side, anchor="end"),
        text_at(centre, middle - height / 2 - 15, above),
        text_at(centre, middle + height / 2 + 14, name, bold=True),
        text_at(centre, middle + height / 2 + 14 + LINE, shape),
    ], centre + body / 2


# ---- matrices with their entries


CELL = 32


def table_width(values, digits=4):
    """How wide cells() draws these values."""
    return _cell_width(values, digits) * len(values[0])


def _cell_width(values, digits=4):
    return 10 + max(text_width(number(float(v), digits)) for row in values for v in row)


def cells(x, y, values, column=None, row=None, entry=None, name="", lit=(), digits=4):
    """A matrix with its entries, from its upper left corner; a column, a row and one entry can be lit up.

    name: what it is called, where its entries can be touched, as "W1[0, 1]".  lit: other places to light up.
    """
    parts, width = [], _cell_width(values, digits)
    for j, line in enumerate(values):
        for i, value in enumerate(line):
            chosen = (j, i) == entry
            fill = NEWEST if i == column or j == row or (j, i) in lit else PANEL
            place = x + i * width, y + j * CELL, width, CELL
            middle, text = (x + (i + 0.5) * width, y + (j + 0.5) * CELL), number(float(value), digits)
            drawn = [rect(*place, fill, GRADIENT if chosen else QUIET, 4 if chosen else 1)]
            drawn.append(text_at(*middle, text, bold=chosen))
            called = f"{name}[{j}, {i}]"
            parts += touchable(drawn, called, f"{called} = {text}") if name else drawn
    return parts


def examples(x, y, values, name, turned=False):
    """What is laid over a matrix, so that each example's column can be touched, as "X[:, 2]"; turned: row."""
    values, width = values.T if turned else values, _cell_width(values)
    parts = []
    for i, column in enumerate(values.T):
        place = (x, y + i * CELL, width * len(column), CELL)
        if not turned:
            place = (x + i * width, y, width, CELL * len(column))
        called = f"{name}[:, {i}]"
        label = f"{called} = ({', '.join(number(float(v)) for v in column)})"
        parts += touchable([rect(*place, "transparent", "none", 0)], called, label)
    return parts
