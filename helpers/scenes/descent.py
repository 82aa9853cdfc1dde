"""Walks downhill, from helpers.descents: one neuron's cost over its weight and bias, and the parabola."""

import numpy as np

from helpers import descents
from helpers.descents import B_SPAN, PATIENCE, TOLERANCE, W_SPAN
from helpers.scenes.curves import coloured, curve, dot, plot
from helpers.scenes.svg import GRADIENT, INK, NEWEST, VALUE, circle, rect, scene_of, text_at, touchable
from helpers.words import short

PLACE = 70, 50, 400, 320  # of the left plot: its left side and top, how wide and how high it is
C_SPAN = -5.0, 15.0
OUTSIDE = " It is outside the picture."


def descent_scene(surface, walk):
    """Draw a walk over the cost surface, the cost after each step, and the stop criterion.

    surface: from cost_surface.  walk: from neuron_walk, up to the step to be shown.  To touch: "start".
    """
    steps, (w, b, cost) = len(walk) - 1, walk[-1]
    inside = W_SPAN[0] <= w <= W_SPAN[1] and B_SPAN[0] <= b <= B_SPAN[1]
    height = np.log(surface / surface.min()) / np.log(surface.max() / surface.min())
    parts, at = plot(*PLACE, W_SPAN, B_SPAN, "w", "cost over w and b: the darker, the higher")
    parts.insert(0, coloured(np.floor(height * 12) / 18, *PLACE))
    parts.append(curve(*at(walk[:, 0], walk[:, 1]), INK, 2))
    parts += [dot(*at(*place), GRADIENT, 4) for place in walk[:-1, :2]] + [dot(*at(w, b), NEWEST)]
    start_w, start_b, _ = walk[0]
    label = f"start: w = {short(start_w)}, b = {short(start_b)}"
    parts += touchable([_ring(*at(start_w, start_b))], "start", label, drag=True)
    parts.append(text_at(46, 66, "b"))
    words = f"After {steps} steps: w = {short(w)}, b = {short(b)}, cost {short(cost)}."
    right, said = _costs_and_stop(walk[:, 2])
    words += f"{'' if inside else OUTSIDE} {said}"
    return scene_of(910, 430, "Gradient descent", f"One neuron. {words}", parts + right, words)


def _ring(x, y):
    """A ring where a walk starts, which is wider than the points on it and can be dragged."""
    return circle(x, y, 12, "rgba(255,255,255,0.4)", GRADIENT, 3)


def start_touched(x, y):
    """The w and b at a place in the picture, for the start that was dragged there."""
    left, top, width, height = PLACE
    w = W_SPAN[0] + (x - left) / width * (W_SPAN[1] - W_SPAN[0])
    return w, B_SPAN[1] - (y - top) / height * (B_SPAN[1] - B_SPAN[0])


def c_touched(x):
    """The c at a place across in the picture of the parabola."""
    return C_SPAN[0] + (x - PLACE[0]) / PLACE[2] * (C_SPAN[1] - C_SPAN[0])


def _costs_and_stop(costs):
    """The plot of the costs, with those that the stop criterion looks at framed and the stop; and words."""
    steps, stop = len(costs) - 1, descents.settled_at(costs, TOLERANCE, PATIENCE)
    parts, at = plot(540, 50, 340, 320, (0, max(100, steps)), (0, 3), "steps", "cost")
    parts.append(curve(*at(np.arange(steps + 1), costs), VALUE))
    said, stopped = f"The stop criterion needs {PATIENCE} steps.", "Not stopped so far."
    if stop is not None:
        parts.append(curve(*at([stop, stop], [0, 3]), GRADIENT, 2, dashed=True))
        stopped = f"Stop criterion first met after {stop} steps."
    if steps >= PATIENCE:
        lowest, highest, change = descents.last_costs(costs)
        (left, right), (bottom, top) = at([steps - PATIENCE, steps], [lowest, highest])
        parts.append(rect(left, top - 6, right - left, bottom - top + 12, "none", GRADIENT, 2.5))
        said = f"In the last {PATIENCE} steps the cost changed by {change:.2%}; to stop: {TOLERANCE:.0%}."
    return parts, f"{said} {stopped}"


def parabola_scene(walk, learning_rate):
    """Draw a walk down L = ½ (5 + 3 c − 20)², and L after each step.

    walk: from parabola_walk, up to the step to be shown.  To touch: "start_c".
    """
    steps, (c, L) = len(walk) - 1, walk[-1]
    parts, at = plot(*PLACE, C_SPAN, (0, 450), "c", "L = ½ (5 + 3c − 20)²")
    parts.append(curve(*at(*descents.parabola_curve(*C_SPAN)), VALUE))
    parts.append(curve(*at(walk[:, 0], walk[:, 1]), GRADIENT, 2, dashed=True))
    parts += [dot(*at(*place), GRADIENT, 4) for place in walk[:-1]] + [dot(*at(c, L), NEWEST)]
    label = f"start: c = {short(walk[0, 0])}, L = {short(walk[0, 1])}"
    parts += touchable([_ring(*at(*walk[0]))], "start_c", label, value=walk[0, 0], drag=True)
    right, at = plot(540, 50, 340, 320, (0, max(60, steps)), (0, 450), "steps", "L")
    right.append(curve(*at(np.arange(steps + 1), walk[:, 1]), VALUE))
    factor = descents.parabola_factor(learning_rate)
    kind = "it explodes" if abs(factor) > 1 else "it closes in" if abs(factor) < 1 else "it stays as far away"
    words = f"After {steps} steps: c = {short(c)}, L = {short(L)}.{OUTSIDE if L > 450 else ''}"
    rule = f"Each step multiplies the distance to 5 by 1 − 9 × {learning_rate:.4g} = {short(factor)}"
    words += f" {rule}: {kind}."
    return scene_of(910, 430, "Descent on a parabola", words, parts + right, words)
