"""A network in five functions: columns are examples, rows of Y and of the last A are outputs.

With one hidden layer: X (n0, m), W1 (n1, n0), b1 (n1, 1), Z1 and A1 (n1, m), W2 (n2, n1), b2 (n2, 1), Z2,
A2 and Y (n2, m); each gradient has the shape of its parameter. More hidden layers go on in the same way: the
same two lines for each layer l, up to the last one, L. The formulas are derived in lessons 03 to 10; they
follow A. Ng, Neural Networks and Deep Learning (deeplearning.ai), weeks 3 and 4.
hidden_activation is "tanh", "sigmoid", "relu", one of these for each hidden layer, as ("tanh", "relu"), or a
pair of functions (g, g_prime) of Z.
output is "sigmoid", with compute_cost, or for one of several classes "softmax", with softmax_cost.
What comes in is checked at the door, @checked; inputs.py says how.
"""

from itertools import pairwise

import numpy as np

from helpers import inputs
from helpers.activations import ACTIVATIONS, OUTPUTS
from helpers.activations import softmax as softmax  # beside the cost that belongs to it

PARAMETERS = ("W1", "b1", "W2", "b2")  # with one hidden layer
SCALES = {"1/sqrt(n)": lambda n: 1 / np.sqrt(n), "sqrt(2/n)": lambda n: np.sqrt(2 / n)}
SMALLEST, LARGEST = np.nextafter(0, 1), np.nextafter(1, 0)  # the floats next to 0 and to 1


@inputs.checked(inputs.require_start)
def initialize_parameters(n_x, n_h, n_y, *, seed=1, scale=None):
    """Random weights times scale, biases of zero: {"W1", "b1", "W2", "b2"}, up to WL and bL.

    n_x, n_h, n_y: numbers of inputs, hidden units and outputs; n_h = (5, 3) makes two hidden layers.
    scale: a number, or with n the inputs of the layer "1/sqrt(n)" (LeCun et al., Efficient BackProp, 1998) or
    "sqrt(2/n)", for relu (He et al., Delving Deep into Rectifiers, 2015); None is 0.01 for one hidden layer,
    which is too small for more: then it is "1/sqrt(n)".
    ValueError unless sizes are whole numbers above 0, seed is one from 0 up, and scale is none below 0.
    """
    if scale is None:
        scale = 0.01 if len(n_h) == 1 else "1/sqrt(n)"
    rng, parameters = np.random.default_rng(seed), {}
    for l, (n_in, n_out) in enumerate(pairwise((n_x, *n_h, n_y)), start=1):
        factor = SCALES[scale](n_in) if isinstance(scale, str) else scale
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * factor
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@inputs.checked(inputs.require_forward)
def forward_propagation(X, parameters, *, hidden_activation="tanh", output="sigmoid"):
    """The output A2 (n2, m) for the examples X (n0, m), and for the way back {"Z1", "A1", "Z2", "A2"}.

    ValueError where shapes do not fit or a number is NaN.
    """
    A, L, cache = X, len(parameters) // 2, {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = activation(hidden_activation, l)[0](Z) if l < L else OUTPUTS[output](Z)
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache


@inputs.checked(inputs.require_cost)
def compute_cost(A2, Y):
    """The cost J, one float: cross-entropy, summed over the outputs, averaged over the m examples.

    A2, Y: (n2, m). A prediction of exactly 0 or 1 counts as the float next to it, so J is finite.
    ValueError where shapes differ, Y is not 0 or 1, or A2 is outside 0 to 1.
    """
    m = A2.shape[1]
    A2 = A2.clip(SMALLEST, LARGEST)
    losses = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return float(losses.sum() / m)


@inputs.checked(inputs.require_softmax_cost)
def softmax_cost(A2, Y):
    """The cost J of softmax outputs, one float: −log of what an example's own class got, averaged over m.

    A2, Y: (n2, m), each column of A2 sums to 1, Y is one-hot. An output of exactly 0 counts as the float next
    to it, so J is finite. ValueError where shapes differ or a column is no such column.
    """
    m = A2.shape[1]
    return float(-(Y * np.log(A2.clip(SMALLEST))).sum() / m)


COSTS = {"sigmoid": compute_cost, "softmax": softmax_cost}  # by the output


@inputs.checked(inputs.require_backward)
def backward_propagation(parameters, cache, X, Y, *, hidden_activation="tanh"):
    """The gradients of the cost, {"dW1", "db1", "dW2", "db2"}, each in the shape of its parameter.

    cache: from forward_propagation with the same X, parameters and hidden_activation; with either output and
    its cost, dZ of the last layer is A − Y.
    X: (n0, m). Y: (n2, m) of 0 and 1. ValueError where shapes do not fit or a number is NaN.
    """
    A, m, grads = X, X.shape[1], {}
    dZs = gradients_of_Z(parameters, cache, Y, hidden_activation=hidden_activation)
    for l, dZ in enumerate(dZs.values(), start=1):
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        A = cache[f"A{l}"]
    return grads


def gradients_of_Z(parameters, cache, Y, *, hidden_activation="tanh"):
    """What backward_propagation computes first: {"dZ1": (n1, m), "dZ2": (n2, m)}, with one column an example.

    Column i is the gradient of the loss of example i alone; 1/m comes in where the examples are summed.
    """
    L = len(parameters) // 2
    dZ = cache[f"A{L}"] - Y
    found = {f"dZ{L}": dZ}
    for l in range(L - 1, 0, -1):
        W, Z, A = parameters[f"W{l + 1}"], cache[f"Z{l}"], cache[f"A{l}"]
        _, g_prime = activation(hidden_activation, l)
        found[f"dZ{l}"] = dZ = np.dot(W.T, dZ) * g_prime(Z, A)  # dot: twice as fast as @ with one output
    return dict(reversed(found.items()))


@inputs.checked(inputs.require_update)
def update_parameters(parameters, grads, learning_rate):
    """One step downhill: each parameter minus learning_rate times its gradient, as new arrays.

    ValueError where a gradient is missing, not in the shape of its parameter or NaN, or learning_rate is not
    above 0.
    """
    return {name: p - learning_rate * grads["d" + name] for name, p in parameters.items()}


def predict(X, parameters, *, hidden_activation="tanh", output="sigmoid"):
    """The labels (n2, m), 0 or 1, predicted for the examples X (n0, m)."""
    A2, _ = forward_propagation(X, parameters, hidden_activation=hidden_activation, output=output)
    return labels(A2)


def labels(A2):
    """A2 (n2, m) as labels 0 or 1: above 0.5 for one output, the largest of each column for several."""
    if len(A2) == 1:
        return (A2 > 0.5).astype(int)
    return (np.arange(len(A2))[:, None] == A2.argmax(axis=0)).astype(int)


def accuracy(A2, Y):
    """The share, from 0 to 1, of the examples (columns) whose predicted label equals that in Y (n2, m)."""
    right = labels(A2) == Y
    return float(np.count_nonzero(right if len(A2) == 1 else right.all(axis=0)) / A2.shape[1])


def activation(hidden_activation, l):
    """The pair (g, g_prime) of hidden layer l; g_prime takes Z and A = g(Z), so as not to compute it."""
    if isinstance(hidden_activation, str):
        return ACTIVATIONS[hidden_activation]
    if isinstance(hidden_activation[0], str):
        return ACTIVATIONS[hidden_activation[l - 1]]
    g, g_prime = hidden_activation
    return g, lambda Z, A: g_prime(Z)
