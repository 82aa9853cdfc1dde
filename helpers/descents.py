"""Walks downhill: one neuron's cost over its weight and bias, and the parabola that can blow up."""

from functools import lru_cache

import numpy as np

from helpers.activations import sigmoid
from helpers.computation_graph import Node, backward, recompute
from helpers.network import backward_propagation, compute_cost, forward_propagation, update_parameters

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


def settled_at(costs, tolerance, patience):
    """The first step at which the last `patience` costs stayed within `tolerance`; None: at none."""
    for step in range(patience, len(costs)):
        recent = costs[step - patience : step + 1]
        if max(recent) - min(recent) <= tolerance * min(recent):
            return step
    return None


@lru_cache(maxsize=64)
def parabola_walk(learning_rate, steps):
    """Descend L = ½ (5 + 3 c − 20)² from c = 2 with a computation graph: an array (steps + 1, 2), c and L."""
    c = Node(2, "c")
    L, walk = (5 + 3 * c - 20) ** 2 / 2, []
    for _ in range(steps + 1):
        backward(L)
        walk.append((c.value, L.value))
        c.value -= learning_rate * c.gradient
        recompute(L)
    return np.array(walk)
