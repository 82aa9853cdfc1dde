"""The address of one number: its unit in the network, its entry in the matrix."""

import re

from helpers.passes import forward_numbers
from helpers.scenes.matrices import CELL, cells, table_width
from helpers.scenes.network import network_scene
from helpers.scenes.svg import MARGIN, QUIET, VALUE, rect, scene_of, size_of, text_at, text_width, touchable
from helpers.words import counted, number

NAMES = ("X", "A1", "A2")  # of the layers


def address_scene(parameters, X, layer, example, neuron):
    """Draw where the value of one neuron for one example stands: in the network and in the matrix.

    As in formulas, the layer counts from 0, the example and the neuron from 1.  X: (n0, m), m up to 8.
    To touch: each unit, "A1[0]", each column, "A1[:, 2]", and each entry, "A1[0, 2]".
    ValueError for a neuron or an example that parameters and X do not have, and for more than 8 examples.
    """
    numbers = forward_numbers(parameters, X)
    name = NAMES[layer]
    values = numbers[name]
    rows, m = values.shape
    if not (1 <= neuron <= rows and 1 <= example <= m <= 8):
        raise ValueError(
            f"Layer {layer} has {counted(rows, 'neuron')} and X {counted(m, 'example')}, of which up to 8 "
            f"can be drawn; neuron {neuron} for example {example} is none of them. Both count from 1."
        )
    j, i = neuron - 1, example - 1
    code = f"{name}[{j}, {i}] = {number(float(values[j, i]))}"
    words = (
        f"Neuron {neuron} of layer {layer} for example {example}: row {neuron}, column {example} of {name}, "
        f"whose shape is ({rows}, {m}). In code, which counts from 0: {code}."
    )
    answers = {f"{of}[{k}]": value for of in NAMES for k, value in enumerate(numbers[of][:, i])}
    network = network_scene(parameters, highlight=(layer, j), values=answers)
    left, height = size_of(network)
    parts = [*network.svg.split("\n")[1:-1], *_symbol(left + 30, 74, layer, example, neuron)]
    parts.append(text_at(left + 150, 74, f"in code: {code}", VALUE, anchor="start", bold=True))
    parts += cells(left + 40, 160, values, column=i, entry=(j, i), name=name)
    parts += _column_heads(left + 40, 146, values, name)
    parts.append(text_at(left + 40, 118, f"{name}, shape ({rows}, {m})", bold=True, anchor="start"))
    legend = "a row for each neuron, a column for each example"
    parts.append(text_at(left + 40, 180 + CELL * rows, legend, QUIET, anchor="start"))
    widest = max(table_width(values) for name, values in numbers.items() if name[0] in "XZA")
    width = left + 40 + max(text_width(legend), widest) + MARGIN
    return scene_of(width, max(height, 210 + CELL * 8), "The address of a number", words, parts, words)


def _column_heads(x, y, values, name):
    """The number of each example above its column, which can be touched."""
    width, parts = table_width(values) / len(values[0]), []
    for i, column in enumerate(values.T):
        called, numbers = f"{name}[:, {i}]", ", ".join(number(float(v)) for v in column)
        head = [rect(x + i * width, y - 13, width, 26, "transparent", "none", 0)]
        head.append(text_at(x + (i + 0.5) * width, y, f"({i + 1})", QUIET))
        parts += touchable(head, called, f"{called}, example {i + 1}: ({numbers})")
    return parts


def address_touched(touch):
    """The layer, example and neuron of what was touched, by name; a unit has no example, a column no unit."""
    found = re.fullmatch(r"(X|A1|A2)\[(:|\d+)(?:, (\d+))?\]", touch)
    if not found:
        return None
    name, row, column = found.groups()
    address = {"layer": NAMES.index(name)}
    address |= {} if row == ":" else {"neuron": int(row) + 1}
    return address | ({} if column is None else {"example": int(column) + 1})


def _symbol(x, y, layer, example, neuron):
    """a with the layer in square brackets and the example in round ones above, the neuron below."""
    look = 'fill="#1F1F1F" text-anchor="start"'
    return [
        f'<text x="{x:.0f}" y="{y + 12:.0f}" font-size="40" font-style="italic" {look}>a</text>',
        f'<text x="{x + 24:.0f}" y="{y - 10:.0f}" font-size="22" {look}>[{layer}]({example})</text>',
        f'<text x="{x + 24:.0f}" y="{y + 24:.0f}" font-size="22" {look}>{neuron}</text>',
    ]
