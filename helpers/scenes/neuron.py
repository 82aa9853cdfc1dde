"""One neuron: its activation over its input, the slope as a tangent, and the flat parts."""

import numpy as np

from helpers.passes import FLAT, neuron_numbers
from helpers.scenes.curves import band, curve, dot, lines_of_text, plot
from helpers.scenes.svg import (
    GRADIENT,
    MARGIN,
    NEWEST,
    QUIET,
    TINT,
    VALUE,
    rect,
    scene_of,
    text_at,
    touchable,
)
from helpers.words import number, signed

ACROSS = np.linspace(-6, 6, 241)
LEFT = {"sigmoid": MARGIN + 50, "tanh": MARGIN + 480}  # where the two plots stand
WIDE = 350  # how wide each is, from x = −6 to 6


def neuron_scene(w, b, x):
    """Draw a = g(w x + b) over x for sigmoid and tanh, with the tangent at x; grey where g′(z) is below 0.02.

    w, b, x: numbers; x from −6 to 6.  To touch: "w", "b", "x", and the points, "x, sigmoid" and "x, tanh".
    """
    both = {name: neuron_numbers(name, w, b, x, ACROSS) for name in ("sigmoid", "tanh")}
    z = number(both["tanh"]["z"])
    equation = f"z = w x + b = {number(w)} × {signed(x)} + {signed(b)} = {z}"
    parts, said = [text_at(MARGIN, MARGIN + 4, equation, anchor="start", bold=True)], []
    for k, (name, value) in enumerate({"w": w, "b": b, "x": x}.items()):
        parts += _handle(560 + 104 * k, MARGIN + 4, name, value)
    for name, found in both.items():
        parts += _activation(LEFT[name], name, x, found)
        flat = ", flat" if found["g′(z)"] < FLAT else ""
        numbers = [
            f"a = {name}(z) = {number(found['a'])}",
            f"g′(z) = {number(found['g′(z)'])}{flat}",
            f"da/dx = w × g′(z) = {number(found['da/dx'])}",
        ]
        parts += lines_of_text(LEFT[name], 394, numbers, GRADIENT)
        said.append(f"{numbers[0]}, slope {numbers[1]}, so {numbers[2]}")
    legend = f"grey: flat parts, g′(z) below {FLAT}; dashed: the tangent, its slope is da/dx"
    parts.append(text_at(MARGIN, 478, legend, anchor="start"))
    words = f"{equation}. {'; '.join(said)}."
    return scene_of(880, 500, "One neuron", f"Sigmoid and tanh of w x + b, over x. {words}", parts, words)


def _activation(left, name, x, found):
    """The plot of one activation over x: its flat parts, its curve, and the tangent at x."""
    lowest = 0 if name == "sigmoid" else -1
    parts, at = plot(left, 80, WIDE, 240, (-6, 6), (lowest, 1), "x", f"a = {name}(w x + b)")
    for start, end in found["flat"]:
        x_start, x_end = at(start, 0)[0], at(end, 0)[0]
        parts.insert(0, band(x_start, x_end - x_start, 80, 240))
    a, slope = found["a"], found["da/dx"]
    reach = 2 / np.hypot(1, 3 * slope)  # about as long when it is steep
    ends = np.array([-reach, reach])
    parts.append(curve(*at(ACROSS, found["curve"]), VALUE))
    parts.append(curve(*at(x + ends, a + slope * ends), GRADIENT, 4, dashed=True))
    label = f"x = {number(x)}, a = {name}(z) = {number(a)}"
    return [*parts, *touchable([dot(*at(x, a), NEWEST, 10)], f"x, {name}", label, drag=True)]


def _handle(left, middle, name, value):
    """A box with a number that can be dragged, or typed in its place."""
    label = f"{name} = {number(value)}"
    parts = [rect(left, middle - 16, 96, 32, TINT, QUIET, 1), text_at(left + 48, middle, label)]
    return touchable(parts, name, label, value=value, drag=True)


def x_touched(touch, x):
    """The neuron's x at a place across in the picture, for the point that was dragged there."""
    left = LEFT[touch.removeprefix("x, ")]
    return 12 * (x - left) / WIDE - 6
