"""How large A, dZ and dW are layer by layer, on a scale of powers of ten."""

import math

import numpy as np

from helpers.passes import deep_start
from helpers.scenes.curves import curve, dot
from helpers.scenes.svg import (
    GRADIENT,
    INK,
    MARGIN,
    QUIET,
    TINT,
    VALUE,
    rect,
    scene_of,
    stroke,
    text_at,
    touchable,
)
from helpers.words import counted, number

LOW, HIGH = -14, 6  # the powers of ten at the ends of the scale
LEFT, TOP, WIDE, TALL = 90, 60, 700, 360
LOOKS = {"A": (VALUE, False), "dZ": (GRADIENT, True), "dW": (INK, False)}  # colour, and whether dashed


def depth_scene(scale=0.01, activation="tanh", hidden=8):
    """Draw the sizes of A, dZ and dW in a network of 32 units a layer at its start, on the spirals.

    scale: as for initialize_parameters.  activation: "tanh", "sigmoid" or "relu".  hidden: 1 to 12 layers.
    To touch: "hidden".
    """
    sizes = deep_start(scale, activation, hidden)
    parts = _scale(hidden + 1, np.concatenate([*sizes.values()]))
    for k, (name, values) in enumerate(sizes.items()):
        parts += _line(k, name, values)
    from_to = [f"{name} from {number(v[0])} in layer 1 to {number(v[-1])} in layer {len(v)}"
               for name, v in sizes.items()]  # fmt: skip
    layers = f"{counted(hidden, 'hidden layer')} of 32"
    words = f"{activation}, weights × {scale}, {layers}. Sizes: {'; '.join(from_to)}."
    return scene_of(LEFT + WIDE + 90, TOP + TALL + 70, "Sizes layer by layer", words, parts, words)


def _at(layer, layers, value):
    """The place of a size in a layer; what is outside the scale is put on its end."""
    power = min(max(math.log10(value), LOW), HIGH) if value > 0 else LOW
    x = LEFT + 30 + (layer - 1) * (WIDE - 60) / max(layers - 1, 1)
    return x, TOP + (HIGH - power) / (HIGH - LOW) * TALL


def _scale(layers, sizes):
    """The frame, a line for every second power of ten, and the numbers of the layers.

    sizes: all that are drawn; an end that stands for more than itself is marked.
    """
    beyond = {LOW: "≤ " * bool(min(sizes) < 10.0**LOW), HIGH: "≥ " * bool(max(sizes) > 10.0**HIGH)}
    parts = [rect(LEFT, TOP, WIDE, TALL, "none", QUIET, 1)]
    for power in range(LOW, HIGH + 1, 2):
        y = _at(1, layers, 10.0**power)[1]
        parts.append(stroke(f"M{LEFT} {y:.1f}h{WIDE}", TINT, 1.5))
        label = beyond.get(power, "") + (f"1e{power}" if power else "1")
        parts.append(text_at(LEFT - 10, y, label, QUIET, anchor="end"))
    for layer in range(1, layers):
        parts.append(text_at(_at(layer, layers, 1)[0], TOP + TALL + 20, str(layer), QUIET))
    x, y, hidden = _at(layers, layers, 1)[0], TOP + TALL + 20, layers - 1
    last = [rect(x - 17, y - 14, 34, 28, TINT, QUIET, 1), text_at(x, y, str(layers))]
    parts += touchable(last, "hidden", f"number of hidden layers = {hidden}", value=hidden, drag=True)
    parts.append(text_at(LEFT + WIDE / 2, TOP + TALL + 46, "layer"))
    return parts


def _line(k, name, values):
    """One curve with its points, and its name above the picture in its colour."""
    colour, dashed = LOOKS[name]
    places = [_at(layer, len(values), value) for layer, value in enumerate(values, start=1)]
    x, y = zip(*places, strict=True)
    start = LEFT + 130 * k
    key = [curve([start, start + 40], [MARGIN + 8] * 2, colour, dashed=dashed)]
    key.append(text_at(start + 50, MARGIN + 8, name, colour, bold=True, anchor="start"))
    return [*key, curve(x, y, colour, dashed=dashed), *(dot(*place, colour, 5) for place in places)]
