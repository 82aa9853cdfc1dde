"""The forward and the backward pass as matrices with their numbers, one formula at a time."""

import re

from helpers.passes import numbers_of_passes, sizes_of
from helpers.scenes.matrices import CELL, cells, examples, table_width
from helpers.scenes.svg import (
    GRADIENT,
    INK,
    MARGIN,
    QUIET,
    VALUE,
    rect,
    scene_of,
    text_at,
    text_width,
    touchable,
)
from helpers.words import number, signed

# result, formula for one example, formula for all of them, and what is drawn: matrices and signs
FORWARD_STEPS = (
    ("Z1", "z1 = W1 x + b1", "Z1 = W1 @ X + b1", "W1 @ X + b1"),
    ("A1", "a1 = g(z1)", "A1 = g(Z1)", "g( Z1 )"),
    ("Z2", "z2 = W2 a1 + b2", "Z2 = W2 @ A1 + b2", "W2 @ A1 + b2"),
    ("A2", "a2 = sigmoid(z2)", "A2 = sigmoid(Z2)", "sigmoid( Z2 )"),
)
BACKWARD_STEPS = (
    ("dZ2", "dz2 = a2 − y", "dZ2 = A2 − Y", "A2 − Y"),
    ("dW2", "dW2 = dz2 a1ᵀ", "dW2 = 1/m dZ2 @ A1.T", "1/m dZ2 @ A1.T"),
    ("db2", "db2 = dz2", "db2 = 1/m × sum of dZ2 along each row", "1/m sum dZ2"),
    ("dA1", "da1 = W2ᵀ dz2", "dA1 = W2.T @ dZ2", "W2.T @ dZ2"),
    ("dZ1", "dz1 = W2ᵀ dz2 ⊙ g′(z1)", "dZ1 = W2.T @ dZ2 * g′(Z1)", "dA1 * g′(Z1)"),
    ("dW1", "dW1 = dz1 xᵀ", "dW1 = 1/m dZ1 @ X.T", "1/m dZ1 @ X.T"),
    ("db1", "db1 = dz1", "db1 = 1/m × sum of dZ1 along each row", "1/m sum dZ1"),
)
ROWS_AND_COLUMNS = {  # how many rows and columns
    "X": ("n0", "m"), "Y": ("n2", "m"),
    "W1": ("n1", "n0"), "b1": ("n1", "1"), "W2": ("n2", "n1"), "b2": ("n2", "1"),
    "Z1": ("n1", "m"), "A1": ("n1", "m"), "Z2": ("n2", "m"), "A2": ("n2", "m"), "g′(Z1)": ("n1", "m"),
}  # fmt: skip


def pass_steps(Y=None):
    """The steps of passes_scene in order: four forward, and with the answers Y seven backward."""
    return FORWARD_STEPS + (BACKWARD_STEPS if Y is not None else ())


def passes_scene(parameters, X, Y=None, step=0, example=0, entry=(0, 0), hidden_activation="tanh"):
    """Draw step number `step` of pass_steps(Y): its matrices and both formulas.

    parameters, X (n0, m), Y (n2, m): all sizes up to 6.  example: the column that is lit up, from 0.
    entry: (row, column) of dW1, whose product along the chain is shown with its numbers.
    To touch: a step, "step 3", an example's column, "Z1[:, 2]", and an entry of dW1, "dW1[1, 0]".
    Raises ValueError for larger sizes, a step, example or entry that is not there.
    """
    numbers = numbers_of_passes(parameters, X, Y, hidden_activation)
    sizes, steps = sizes_of(parameters, X), pass_steps(Y)
    _require_there("step", step, len(steps))
    _require_there("example", example, sizes["m"])
    _require_there("row of dW1", entry[0], sizes["n1"])
    _require_there("column of dW1", entry[1], sizes["n0"])
    name, one, all_of_them, _ = steps[step]
    widths = [[_width(piece, numbers, sizes) for piece in _pieces(s)] for s in steps]
    width = max(620, *map(sum, widths)) + 2 * MARGIN
    tall = CELL * max(map(len, numbers.values()))
    x, below, parts = (width - sum(widths[step])) / 2, 170 + tall + 88, _overview(steps, step)
    for piece, wide in zip(_pieces(steps[step]), widths[step], strict=True):
        lit = _lit_up(piece, name, numbers, example, entry)
        parts += _piece(piece, x, 170 + tall / 2, wide, numbers, sizes, lit)
        x += wide
    for k, (whose, formula) in enumerate((("one example", one), (f"all {sizes['m']} examples", all_of_them))):
        place = MARGIN + k * min(width / 2, 340)
        parts.append(text_at(place, below, whose, QUIET, anchor="start"))
        parts.append(text_at(place, below + 26, formula, bold=True, anchor="start"))
    chain = _chain(numbers, example, entry, sizes) if name in ("dW1", "dZ1") else []
    for k, line in enumerate(chain):
        parts.append(text_at(MARGIN, below + 64 + 26 * k, line, GRADIENT, anchor="start"))
    words = f"Step {step + 1} of {len(steps)}: {all_of_them}; for one example {one}. "
    words += " ".join([_lit(name, numbers, example), *(chain if name == "dW1" else [])])
    return scene_of(
        width, below + (48 if Y is None else 150), "Forward and backward pass", words, parts, words
    )


def _require_there(name, index, size):
    if index not in range(size):
        raise ValueError(f"{name} is {index!r}; expected a whole number from 0 to {size - 1}.")


def _pieces(step):
    """What stands in the row of a step: names of matrices, with .T where they are turned, and signs."""
    return [*step[3].split(" "), "=", step[0]]


def _matrix(piece, numbers):
    """The entries of a matrix and the names of its two sizes; None for a sign."""
    name = piece.removesuffix(".T")
    sides = ROWS_AND_COLUMNS.get(name.removeprefix("d"))
    if sides is None:
        return None
    return (numbers[name], sides) if piece == name else (numbers[name].T, sides[::-1])


def _width(piece, numbers, sizes):
    matrix = _matrix(piece, numbers)
    if matrix is None:
        return text_width(piece) + 24
    values, (rows, columns) = matrix
    body = max(table_width(values), text_width(piece), text_width(f"{columns} = {sizes[columns]}"))
    return body + text_width(f"{rows} = {sizes[rows]}") + 14


def _lit_up(piece, result, numbers, example, entry):
    """What of a matrix is lit up: the example; beside dW1 the row and the column that make its entry."""
    _, (rows, columns) = _matrix(piece, numbers) or (None, ("", ""))
    of_dW1 = {
        "dZ1": {"row": entry[0], "entry": (entry[0], example)},
        "X.T": {"column": entry[1], "entry": (example, entry[1])},
        "dW1": {"entry": entry},
    }
    if result == "dW1" and piece in of_dW1:
        return of_dW1[piece]
    return {"column": example if columns == "m" else None, "row": example if rows == "m" else None}


def _piece(piece, x, middle, wide, numbers, sizes, lit):
    """A sign, or a matrix with its sides labelled and a part of it lit up."""
    matrix = _matrix(piece, numbers)
    if matrix is None:
        return [text_at(x + wide / 2, middle, piece, bold=True)]
    values, (rows, columns) = matrix
    side = f"{rows} = {sizes[rows]}"
    left = x + text_width(side) + 10
    centre = (left + x + wide - 8) / 2
    left, top = centre - table_width(values) / 2, middle - CELL * len(values) / 2
    name, of_examples = piece.removesuffix(".T"), "m" in (rows, columns)
    columns_to_touch = examples(left, top, values, name, turned=rows == "m") if of_examples else []
    above = "1" if columns == "1" else f"{columns} = {sizes[columns]}"
    colour = GRADIENT if piece[0] == "d" else VALUE if piece[0] in "ZAXYg" else INK
    return [
        *cells(left, top, values, **lit, name=name if name == "dW1" else ""),
        *columns_to_touch,
        text_at(left - 6, middle, side, QUIET, anchor="end"),
        text_at(centre, top - 15, above, QUIET),
        text_at(centre, top + CELL * len(values) + 16, piece, colour, bold=True),
    ]


def _overview(steps, step):
    parts, x = [], MARGIN
    for k, (name, _, formula, _) in enumerate(steps):
        colour = QUIET if k > step else GRADIENT if k >= len(FORWARD_STEPS) else VALUE
        name_of_step = [rect(x - 8, 18, text_width(name) + 16, 32, "transparent", "none", 0)]
        name_of_step.append(text_at(x, 34, name, colour, bold=k == step, anchor="start"))
        parts += touchable(name_of_step, f"step {k + 1}", f"step {k + 1}: {formula}")
        if k == step:
            parts.append(f'<path d="M{x:.0f} 48h{text_width(name):.0f}" stroke="{colour}" stroke-width="4"/>')
        x += text_width(name) + 28
    legend = f"{'forward' if step < len(FORWARD_STEPS) else 'backward'}; yellow: the chosen example"
    if steps[step][0] == "dW1":
        legend = "backward; yellow: the row and the column that make the entry; framed: the example's part"
    return [*parts, text_at(MARGIN, 74, legend, QUIET, anchor="start")]


def passes_touched(touch):
    """What was touched in the picture, by name: a step from 1, an example, or row and column of dW1."""
    found = re.fullmatch(r"step (\d+)|dW1\[(\d+), (\d+)\]|.*\[:, (\d+)\]", touch)
    names = ("step", "row", "column", "example")
    return {name: int(n) for name, n in zip(names, found.groups(), strict=True) if n} if found else None


def _lit(name, numbers, example):
    if name[-2] not in "ZA":
        rows = numbers[name]
        if rows.shape[1] == 1:
            return f"{name} = {_in_a_row(rows[:, 0])}."
        return f"{name}: {'; '.join(f'row {j} {_in_a_row(row)}' for j, row in enumerate(rows))}."
    return f"{name}[:, {example}] = {_in_a_row(numbers[name][:, example])}."


def _in_a_row(values):
    return f"({', '.join(number(float(v)) for v in values)})"


def _chain(numbers, i, entry, sizes):
    """The products that dW1[entry] is made of: along the chain for example i, and their sum over examples."""
    j, k = entry
    outputs = range(sizes["n2"])
    links = (
        [f"dZ2[{o},{i}] × W2[{o},{j}]" for o in outputs],
        [f"{signed(numbers['dZ2'][o, i])} × {signed(numbers['W2'][o, j])}" for o in outputs],
    )
    names, plugged = (f"({' + '.join(s)})" if len(s) > 1 else s[0] for s in links)
    slope, x = numbers["g′(Z1)"][j, i], numbers["X"][k, i]
    terms = [float(numbers[f"dW1 of {e}"][j, k]) for e in range(sizes["m"])]
    total = " + ".join(signed(term) for term in terms)
    return [
        f"dW1[{j},{k}], example {i}: {names} × g′(Z1[{j},{i}]) × X[{k},{i}]",
        f"= {plugged} × {signed(slope)} × {signed(x)} = {number(terms[i])}",
        f"all: 1/{sizes['m']} × ({total}) = {number(float(numbers['dW1'][j, k]))}",
    ]
