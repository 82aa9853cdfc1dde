"""Walks downhill, from helpers.descents: of one neuron, on the parabola, and down the narrow valley."""

import numpy as np

from helpers import descents
from helpers.descents import B_SPAN, PATIENCE, TOLERANCE, VALLEY_SPANS, W_SPAN
from helpers.scenes.curves import coloured, curve, dot, plot
from helpers.scenes.svg import GRADIENT, INK, NEWEST, VALUE, circle, rect, scene_of, text_at, touchable
from helpers.words import counted, short

PLACE = 70, 50, 400, 320  # of the left plot: its left side and top, how wide and how high it is
OUTSIDE = " It is outside the picture."
NARROW, WIDE = ((1, 9), 72), ((-5, 15), 450)  # spans of c, and the L at their ends: it closes in, it explodes


def descent_scene(surface, walk):
    """Draw a walk over the cost surface, the cost after each step, and the stop criterion.

    surface: from cost_surface.  walk: from neuron_walk, up to the step to be shown.  To touch: "start".
    """
    steps, (w, b, cost) = len(walk) - 1, walk[-1]
    inside = W_SPAN[0] <= w <= W_SPAN[1] and B_SPAN[0] <= b <= B_SPAN[1]
    height = np.log(surface / surface.min()) / np.log(surface.max() / surface.min())
    parts, at = plot(*PLACE, W_SPAN, B_SPAN, "w", "cost over w and b: the darker, the higher")
    parts.insert(0, coloured(np.floor(height * 12) / 18, *PLACE))
    drawn, left_out = _walked(walk[:, :2], at, W_SPAN, B_SPAN, INK)
    start_w, start_b, _ = walk[0]
    label = f"start: w = {short(start_w)}, b = {short(start_b)}"
    drawn += touchable([_ring(*at(start_w, start_b))], "start", label, drag=True)
    parts += [*drawn, text_at(46, 66, "b")]
    words = f"After {counted(steps, 'step')}: w = {short(w)}, b = {short(b)}, cost {short(cost)}."
    right, said = _costs_and_stop(walk[:, 2])
    words += f"{'' if inside else OUTSIDE}{left_out} {said}"
    return scene_of(910, 430, "Gradient descent", f"One neuron. {words}", parts + right, words)


def _walked(places, at, xs, ys, colour, dashed=False):
    """The places of a walk (steps + 1, 2) inside the spans, joined step by step; words for those outside."""
    inside = [bool(xs[0] <= x <= xs[1] and ys[0] <= y <= ys[1]) for x, y in places]
    parts = [
        curve(*at(*places[k : k + 2].T), colour, 2, dashed)
        for k in range(len(places) - 1)
        if inside[k] and inside[k + 1]
    ]
    parts += [dot(*at(*places[k]), GRADIENT, 4) for k in range(len(places) - 1) if inside[k]]
    parts += [dot(*at(*places[-1]), NEWEST)] * inside[-1]
    outside = len(inside) - sum(inside)
    said = f" {outside} of the {len(inside)} places of the walk lie outside and are not drawn."
    return parts, said * (outside > 0)


def _ring(x, y):
    """A ring where a walk starts, which is wider than the points on it and can be dragged."""
    return circle(x, y, 12, "rgba(255,255,255,0.4)", GRADIENT, 3)


def start_touched(x, y):
    """The w and b at a place in the picture, for the start that was dragged there."""
    left, top, width, height = PLACE
    w = W_SPAN[0] + (x - left) / width * (W_SPAN[1] - W_SPAN[0])
    return w, B_SPAN[1] - (y - top) / height * (B_SPAN[1] - B_SPAN[0])


def c_touched(x, learning_rate):
    """The c at a place across in the picture of the parabola at this learning rate."""
    (low, high), _ = _frame(learning_rate)
    return low + (x - PLACE[0]) / PLACE[2] * (high - low)


def _frame(learning_rate):
    """The span of c and the highest L of the picture: wide where the walk explodes."""
    return WIDE if abs(descents.parabola_factor(learning_rate)) > 1 else NARROW


def _costs_and_stop(costs):
    """The plot of the costs, with those that the stop criterion looks at framed and the stop; and words."""
    steps, stop = len(costs) - 1, descents.settled_at(costs, TOLERANCE, PATIENCE)
    parts, at = plot(540, 50, 340, 320, (0, max(100, steps)), (0, 4), "steps", "cost")
    parts.append(curve(*at(np.arange(steps + 1), costs), VALUE))
    said, stopped = f"The stop criterion needs {PATIENCE} steps.", "Not stopped so far."
    if stop is not None:
        parts.append(curve(*at([stop, stop], [0, 4]), GRADIENT, 2, dashed=True))
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
    steps, (c, L), factor = len(walk) - 1, walk[-1], descents.parabola_factor(learning_rate)
    span, top = _frame(learning_rate)
    parts, at = plot(*PLACE, span, (0, top), "c", "L = ½ (5 + 3c − 20)²")
    parts.append(curve(*at(*descents.parabola_curve(*span)), VALUE))
    drawn, left_out = _walked(walk, at, span, (0, top), GRADIENT, dashed=True)
    label = f"start: c = {short(walk[0, 0])}, L = {short(walk[0, 1])}"
    drawn += touchable([_ring(*at(*walk[0]))], "start_c", label, value=walk[0, 0], drag=True)
    right, at = plot(540, 50, 340, 320, (0, max(60, steps)), (0, top), "steps", "L")
    seen = np.flatnonzero(walk[:, 1] <= top)
    right.append(curve(*at(seen, walk[seen, 1]), VALUE))
    kind = "it explodes" if abs(factor) > 1 else "it closes in" if abs(factor) < 1 else "it stays as far away"
    words = f"After {counted(steps, 'step')}: c = {short(c)}, L = {short(L)}."
    words += f"{OUTSIDE if L > top else ''}{left_out}"
    rule = f"Each step multiplies the distance to 5 by 1 − 9 × {learning_rate:.4g} = {short(factor)}"
    words += f" {rule}: {kind}."
    return scene_of(910, 430, "Descent on a parabola", words, parts + drawn + right, words)


VALLEY_PLACE, ROW = (70, 40, 800, 130), 215  # of the first walk's plot; from one walk to the next below it


def valley_scene(walks):
    """Draw walks down the narrow valley L = ½ (w[0]² + 100 w[1]²), one below the other.

    walks: {what it is, in words: array from valley_walk}.  To touch: "start, " and those words.
    """
    heights, parts, said = np.sqrt(descents.valley_heights()), [], []
    for row, (name, walk) in enumerate(walks.items()):
        left, top, width, height = VALLEY_PLACE
        place = left, top + row * ROW, width, height
        caption = f"{name}: after {counted(len(walk) - 1, 'step')} L = {short(walk[-1, 2])}"
        empty, at = plot(*place, *VALLEY_SPANS, "w[0]", caption)
        drawn, left_out = _walked(walk[:, :2], at, *VALLEY_SPANS, INK)
        (w0, w1), label = walk[0, :2], f"start: w = ({short(walk[0, 0])}, {short(walk[0, 1])})"
        ring = touchable([_ring(*at(w0, w1))], f"start, {name}", label, drag=True)
        ground = coloured(np.floor(heights / heights.max() * 12) / 18, *place)
        parts += [ground, *empty, *drawn, *ring, text_at(left - 24, place[1] + 32, "w[1]")]
        end = f"w = ({short(walk[-1, 0])}, {short(walk[-1, 1])})"
        said.append(f"{caption}, at {end}.{left_out}")
    return scene_of(910, ROW * len(walks) + 10, "A narrow valley", " ".join(said), parts, " ".join(said))


def valley_touched(x, y):
    """The w[0] and w[1] at a place in the picture of one walk, for the start that was dragged there."""
    (left, top, width, height), (low, high), (bottom, up) = VALLEY_PLACE, *VALLEY_SPANS
    return low + (x - left) / width * (high - low), up - (y - top) / height * (up - bottom)
