"""One neuron: its activation over its input, the slope as a tangent, and the flat parts."""

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.scenes.curves import band, curve, dot, lines_of_text, plot
from helpers.scenes.svg import GRADIENT, MARGIN, NEWEST, VALUE, scene_of, text_at
from helpers.words import number, signed

FLAT = 0.02  # the slope of tanh where it is 0.99


def neuron_scene(w, b, x):
    """Draw a = g(w x + b) over x for sigmoid and tanh, with the tangent at x; grey where g′(z) is below 0.02.

    w, b, x: numbers; x from −6 to 6.
    """
    z = w * x + b
    equation = f"z = w x + b = {number(w)} × {signed(x)} + {signed(b)} = {number(z)}"
    parts, said = [text_at(MARGIN, MARGIN + 4, equation, anchor="start", bold=True)], []
    for i, (name, lowest) in enumerate((("sigmoid", 0), ("tanh", -1))):
        g, g_prime = ACTIVATIONS[name]
        a, slope = float(g(z)), float(g_prime(z))
        parts += _curve(MARGIN + 50 + 430 * i, name, lowest, (w, b, x))
        flat = ", flat" if slope < FLAT else ""
        numbers = [
            f"a = {name}(z) = {number(a)}",
            f"g′(z) = {number(slope)}{flat}",
            f"da/dx = w × g′(z) = {number(w * slope)}",
        ]
        parts += lines_of_text(MARGIN + 50 + 430 * i, 394, numbers, GRADIENT)
        said.append(f"{numbers[0]}, slope {numbers[1]}, so {numbers[2]}")
    legend = f"grey: flat parts, g′(z) below {FLAT}; dashed: the tangent, its slope is da/dx"
    parts.append(text_at(MARGIN, 478, legend, anchor="start"))
    words = f"{equation}. {'; '.join(said)}."
    return scene_of(880, 500, "One neuron", f"Sigmoid and tanh of w x + b, over x. {words}", parts, words)


def _curve(left, name, lowest, neuron):
    w, b, x = neuron
    g, g_prime = ACTIVATIONS[name]
    parts, at = plot(left, 80, 350, 240, (-6, 6), (lowest, 1), "x", f"a = {name}(w x + b)")
    across = np.linspace(-6, 6, 241)
    flat = np.flatnonzero(np.diff(np.r_[0, g_prime(w * across + b) < FLAT, 0]))
    for start, end in flat.reshape(-1, 2):
        x_start, x_end = at(across[start], 0)[0], at(across[end - 1], 0)[0]
        parts.insert(0, band(x_start, x_end - x_start, 80, 240))
    a, slope = g(w * x + b), w * g_prime(w * x + b)
    reach = 2 / np.hypot(1, 3 * slope)  # about as long when it is steep
    ends = np.array([-reach, reach])
    parts.append(curve(*at(across, g(w * across + b)), VALUE))
    parts.append(curve(*at(x + ends, a + slope * ends), GRADIENT, 4, dashed=True))
    return [*parts, dot(*at(x, a), NEWEST)]
