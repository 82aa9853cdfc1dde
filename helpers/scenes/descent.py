"""Walks downhill: one neuron's cost over its weight and bias, and the parabola that can blow up."""

from functools import lru_cache

import numpy as np

from helpers.activations import sigmoid
from helpers.computation_graph import Node, backward, recompute
from helpers.network import backward_propagation, compute_cost, forward_propagation, update_parameters
from helpers.scenes.curves import coloured, curve, dot, plot, short
from helpers.scenes.pieces import GRADIENT, INK, NEWEST, VALUE, rect, scene_of, text_at

UNCHANGED = (lambda Z: Z, np.ones_like)  # g and its slope: the hidden unit hands on its z
ONE = {"W2": np.array([[1.0]]), "b2": np.array([[0.0]])}  # and the output unit takes the sigmoid of it
W_SPAN, B_SPAN = (-6.0, 14.0), (-10.0, 8.0)


def neuron_walk(x, Y, learning_rate, steps, start=(-2.0, 3.0)):
    """Gradient descent for one neuron a = sigmoid(w x + b): an array (steps + 1, 3) of w, b and cost.

    x, Y: (1, m).  The neuron is a network whose output unit adds nothing, so helpers.network does the work.
    """
    parameters, walk = {"W1": np.array([[start[0]]]), "b1": np.array([[start[1]]]), **ONE}, []
    for _ in range(steps + 1):
        A2, cache = forward_propagation(x, parameters, hidden_activation=UNCHANGED)
        walk.append((parameters["W1"][0, 0], parameters["b1"][0, 0], compute_cost(A2, Y)))
        grads = backward_propagation(parameters, cache, x, Y, hidden_activation=UNCHANGED)
        parameters = update_parameters(parameters, grads, learning_rate) | ONE
    return np.array(walk)


def cost_surface(x, Y, points=60):
    """The neuron's cost at points × points places: rows from the largest b down, columns over w."""
    ws, bs = np.linspace(*W_SPAN, points), np.linspace(*B_SPAN[::-1], points)
    return np.array([[compute_cost(sigmoid(w * x + b), Y) for w in ws] for b in bs])


def descent_scene(surface, walk, tolerance=0.01, patience=20):
    """Draw a walk over the cost surface, the cost after each step, and the stop criterion.

    surface: from cost_surface.  walk: from neuron_walk, up to the step to be shown.
    Settled: in the last `patience` steps the cost stayed within `tolerance`, a share of itself.
    """
    steps, (w, b, cost) = len(walk) - 1, walk[-1]
    height = np.log(surface / surface.min()) / np.log(surface.max() / surface.min())
    parts, at = plot(70, 50, 400, 320, W_SPAN, B_SPAN, "w", "cost over w and b: the darker, the higher")
    parts.insert(0, coloured(np.floor(height * 12) / 18, 70, 50, 400, 320))
    parts.append(curve(*at(walk[:, 0], walk[:, 1]), INK, 2))
    parts += [dot(*at(*place), GRADIENT, 4) for place in walk[:-1, :2]] + [dot(*at(w, b), NEWEST)]
    parts.append(text_at(46, 66, "b"))
    costs, span = walk[:, 2], (0, max(100, steps))
    right, at = plot(540, 50, 340, 320, span, (0, 3), "steps", "cost")
    right.append(curve(*at(np.arange(steps + 1), costs), VALUE))
    stop = settled_at(costs, tolerance, patience)
    if stop is not None:
        right.append(curve(*at([stop, stop], [0, 3]), GRADIENT, 2, dashed=True))
    words = f"After {steps} steps: w = {short(w)}, b = {short(b)}, cost {short(cost)}."
    said = f"The stop criterion needs {patience} steps."
    if steps >= patience:
        recent = costs[-patience - 1 :]
        right.append(_frame(*at([steps - patience, steps], [recent.min(), recent.max()])))
        change = (recent.max() - recent.min()) / recent.min()
        said = f"In the last {patience} steps the cost changed by {change:.2%}; to stop: {tolerance:.0%}."
    stopped = f"Stop criterion first met after {stop} steps." if stop is not None else "Not stopped so far."
    outside = not (W_SPAN[0] <= w <= W_SPAN[1] and B_SPAN[0] <= b <= B_SPAN[1])
    words += " It is outside the picture." * bool(outside)
    rows = " ".join([words, said, stopped])
    return scene_of(910, 430, "Gradient descent", f"One neuron. {rows}", parts + right, rows)


def _frame(x, y):
    """Around the costs that the stop criterion looks at; at least so high that it can be seen."""
    return rect(x[0], y[1] - 6, x[1] - x[0], y[0] - y[1] + 12, "none", GRADIENT, 2.5)


def settled_at(costs, tolerance, patience):
    """The first step at which the last `patience` costs stayed within `tolerance`; None: at none."""
    for step in range(patience, len(costs)):
        recent = costs[step - patience : step + 1]
        if max(recent) - min(recent) <= tolerance * min(recent):
            return step
    return None


@lru_cache(maxsize=64)
def parabola_walk(learning_rate, steps, c=2.0):
    """Descend L = ½ (5 + 3 c − 20)² over c with the computation graph: an array (steps + 1, 2) of c and L."""
    c = Node(c, "c")
    L, walk = (5 + 3 * c - 20) ** 2 / 2, []
    for _ in range(steps + 1):
        backward(L)
        walk.append((c.value, L.value))
        c.value -= learning_rate * c.gradient
        recompute(L)
    return np.array(walk)


def parabola_scene(walk, learning_rate):
    """Draw a walk down L = ½ (5 + 3 c − 20)², and L after each step.  walk: from parabola_walk."""
    steps, (c, L) = len(walk) - 1, walk[-1]
    parts, at = plot(70, 50, 400, 320, (-5, 15), (0, 450), "c", "L = ½ (5 + 3c − 20)²")
    across = np.linspace(-5, 15, 81)
    parts.append(curve(*at(across, (5 + 3 * across - 20) ** 2 / 2), VALUE))
    parts.append(curve(*at(walk[:, 0], walk[:, 1]), GRADIENT, 2, dashed=True))
    parts += [dot(*at(*place), GRADIENT, 4) for place in walk[:-1]] + [dot(*at(c, L), NEWEST)]
    right, at = plot(540, 50, 340, 320, (0, max(60, steps)), (0, 450), "steps", "L")
    right.append(curve(*at(np.arange(steps + 1), walk[:, 1]), VALUE))
    factor = 1 - 9 * learning_rate
    kind = "it explodes" if abs(factor) > 1 else "it closes in" if abs(factor) < 1 else "it stays as far away"
    words = f"After {steps} steps: c = {short(c)}, L = {short(L)}." + " It is outside the picture." * bool(
        L > 450
    )
    words += (
        f" Each step multiplies the distance to 5 by 1 − 9 × {learning_rate:.4g} = {short(factor)}: {kind}."
    )
    return scene_of(910, 430, "Descent on a parabola", words, parts + right, words)
