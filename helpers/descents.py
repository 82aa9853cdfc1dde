"""Walks downhill, for pictures: of one neuron, of a parabola, of a narrow valley, and of a network."""

import math
from functools import lru_cache, partial

import numpy as np

from helpers import network
from helpers.activations import sigmoid
from helpers.computation_graph import Node, backward, recompute
from helpers.trainer import OPTIMISERS, Trainer

# ---- one neuron

UNCHANGED = (lambda Z: Z, np.ones_like)  # g and its slope: the hidden unit hands on its z
ONE = {"W2": np.array([[1.0]]), "b2": np.array([[0.0]])}  # and the output unit takes the sigmoid of it
W_SPAN, B_SPAN, START = (-6.0, 14.0), (-10.0, 8.0), (-2.0, 3.0)
TOLERANCE, PATIENCE = 0.01, 20  # settled: so many steps in which the cost stays within this share of itself


def neuron_walk(x, Y, learning_rate, steps, start=START):
    """Gradient descent for one neuron a = sigmoid(w x + b): an array (steps + 1, 3) of w, b and cost.

    x, Y: (1, m).  The neuron is a network whose output unit adds nothing, so helpers.network does the work.
    """
    parameters, walk = {"W1": np.array([[start[0]]]), "b1": np.array([[start[1]]]), **ONE}, []
    for _ in range(steps + 1):
        A2, cache = network.forward_propagation(x, parameters, hidden_activation=UNCHANGED)
        walk.append((parameters["W1"][0, 0], parameters["b1"][0, 0], network.compute_cost(A2, Y)))
        grads = network.backward_propagation(parameters, cache, x, Y, hidden_activation=UNCHANGED)
        parameters = network.update_parameters(parameters, grads, learning_rate) | ONE
    return np.array(walk)


def cost_surface(x, Y, points=60):
    """The neuron's cost at points × points places: rows from the largest b down, columns over w."""
    ws, bs = np.linspace(*W_SPAN, points), np.linspace(*B_SPAN[::-1], points)
    return np.array([[network.compute_cost(sigmoid(w * x + b), Y) for w in ws] for b in bs])


def settled_at(costs, tolerance, patience):
    """The first step at which the last `patience` costs stayed within `tolerance`; None: at none."""
    for step in range(patience, len(costs)):
        recent = costs[step - patience : step + 1]
        if max(recent) - min(recent) <= tolerance * min(recent):
            return step
    return None


def last_costs(costs):
    """The lowest and the highest of the last PATIENCE + 1 costs, and their distance by the lowest."""
    lowest, highest = min(costs[-PATIENCE - 1 :]), max(costs[-PATIENCE - 1 :])
    return lowest, highest, (highest - lowest) / lowest


# ---- the parabola L = ½ (5 + 3 c − 20)²


@lru_cache(maxsize=64)
def parabola_walk(learning_rate, steps, start=2):
    """Descend L = ½ (5 + 3 c − 20)² with a computation graph: an array (steps + 1, 2), c and L.

    start: the first c.
    """
    c = Node(start, "c")
    L, walk = (5 + 3 * c - 20) ** 2 / 2, []
    for _ in range(steps + 1):
        backward(L)
        walk.append((c.value, L.value))
        c.value -= learning_rate * c.gradient
        recompute(L)
    return np.array(walk)


def parabola_curve(low, high, points=81):
    """c from low to high, and L at each."""
    c = np.linspace(low, high, points)
    return c, (5 + 3 * c - 20) ** 2 / 2


def parabola_factor(learning_rate):
    """What a step multiplies the distance of c to 5 by: dL/dc = 9 (c − 5)."""
    return 1 - 9 * learning_rate


# ---- the narrow valley L = ½ (w[0]² + 100 w[1]²)

STEEPNESS = np.array([1.0, 100.0])  # along the valley and across it
VALLEY_SPANS, VALLEY_START = ((-4.0, 12.0), (-1.2, 1.2)), (10.0, 1.0)


@lru_cache(maxsize=64)
def valley_walk(optimiser, learning_rate, steps, start=VALLEY_START):
    """Descend the valley: an array (steps + 1, 3) of w[0], w[1] and L.  optimiser: a name of Trainer's."""
    w, memory, walk = np.array(start, float), {}, []
    for _ in range(steps + 1):
        walk.append((*w, STEEPNESS @ w**2 / 2))
        direction, memory = OPTIMISERS[optimiser]({"dw": STEEPNESS * w}, memory)
        w = w - learning_rate * direction["dw"]
    return np.array(walk)


def valley_heights(across=160, up=48):
    """L at up × across places: rows from the largest w[1] down, columns over w[0]."""
    w0, w1 = np.linspace(*VALLEY_SPANS[0], across), np.linspace(*VALLEY_SPANS[1][::-1], up)
    return (STEEPNESS[0] * w0**2 + STEEPNESS[1] * w1[:, None] ** 2) / 2


# ---- networks


def equal_parameters(value, n_x, n_h, n_y):
    """Parameters whose weights all are `value`, a number or "1/sqrt(n)" with n the inputs of the layer.

    Biases are 0.  Sizes and errors as in network.initialize_parameters.
    """
    parameters = network.initialize_parameters(n_x, n_h, n_y)
    for name, p in parameters.items():
        if name[0] == "W":
            p[:] = 1 / math.sqrt(p.shape[1]) if value == "1/sqrt(n)" else value
    return parameters


STARTS = {  # each is called with the numbers of inputs, hidden units and outputs
    "all zero": partial(equal_parameters, 0.0),
    "all 0.5": partial(equal_parameters, 0.5),
    **{f"random × {x:g}": partial(network.initialize_parameters, scale=x) for x in (0.01, 0.1, 1, 10, 100)},
}


def parameters_after(epoch, reached, X, Y, learning_rate):
    """The parameters after so many epochs of gradient descent.  X: (n0, m), Y: (n2, m).

    reached: {epoch: parameters}, at least those of epoch 0; it goes on from the last before `epoch`, and puts
    what it finds there, too.
    """
    before = max(known for known in reached if known <= epoch)
    if before < epoch:
        trainer = Trainer(learning_rate=learning_rate, patience=epoch + 1)
        trainer.start_from(reached[before])
        trainer.train(X, Y, epochs=epoch - before, progress=False)
        reached[epoch] = trainer.parameters
    return reached[epoch]


def last_epoch(trainer):
    """The last epoch that the trainer's history knows; 0 before the first training."""
    return max(len(trainer.history.cost) - 1, 0)


def train_up_to(epoch, trainer, *data):
    """Train on until the history knows this epoch, if it does not yet.  data: as for Trainer.train.

    Returns which epoch there is to show, this or where training ended before it, and the outcome there; ""
    where training can go on.
    """
    if not trainer.history.cost or epoch > last_epoch(trainer):
        trainer.train(*data, epochs=epoch - last_epoch(trainer), progress=False)
    last = last_epoch(trainer)
    ended = epoch >= last > 0 and trainer.outcome.kind != "stopped"
    return min(epoch, last), trainer.outcome if ended else ""
