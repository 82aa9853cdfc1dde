"""A network in five functions: columns are examples, rows of Y and of the last A are outputs.

With one hidden layer: X (n0, m), W1 (n1, n0), b1 (n1, 1), Z1 and A1 (n1, m), W2 (n2, n1), b2 (n2, 1), Z2,
A2 and Y (n2, m); each gradient has the shape of its parameter. More hidden layers go on in the same way: the
same two lines for each layer l, up to the last one, L. The formulas are derived in lessons 03 to 08; they
follow A. Ng, Neural Networks and Deep Learning (deeplearning.ai), weeks 3 and 4.
hidden_activation is "tanh", "sigmoid", "relu", or a pair of functions (g, g_prime) of Z.
check=False leaves out the checks of what comes in, for a caller that has made them, such as the trainer.
"""

import math
import numbers
from itertools import pairwise

import numpy as np

from helpers.activations import ACTIVATIONS, sigmoid

RECODE = "Recode them: Y = (Y == the class of interest) * 1"
SMALLEST, LARGEST = np.nextafter(0, 1), np.nextafter(1, 0)  # the floats next to 0 and to 1


def initialize_parameters(n_x, n_h, n_y, *, seed=1, scale=None):
    """Random weights times scale, biases of zero: {"W1", "b1", "W2", "b2"}, up to WL and bL.

    n_x, n_h, n_y: numbers of inputs, hidden units and outputs; n_h = (5, 3) makes two hidden layers.
    scale: a number, or "1/sqrt(n)" with n the inputs of the layer (LeCun et al., Efficient BackProp, 1998);
    None is 0.01 for one hidden layer, which is too small for more: then it is "1/sqrt(n)".
    ValueError unless sizes are whole numbers above 0, seed is one from 0 up, and scale is none below 0.
    """
    sizes = (n_x, *hidden_sizes(n_h), n_y)
    check_whole("n_x", n_x, 1)
    check_whole("n_y", n_y, 1)
    check_whole("seed", seed, 0)
    check_scale(scale)
    if scale is None:
        scale = 0.01 if len(sizes) == 3 else "1/sqrt(n)"
    rng, parameters = np.random.default_rng(seed), {}
    for l, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        factor = 1 / np.sqrt(n_in) if scale == "1/sqrt(n)" else scale
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * factor
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


def forward_propagation(X, parameters, *, hidden_activation="tanh", check=True):
    """The output A2 (n2, m) for the examples X (n0, m), and for the way back {"Z1", "A1", "Z2", "A2"}.

    ValueError where shapes do not fit or a number is NaN.
    """
    if check:
        X = check_examples(X, parameters)
    g, _ = activation(hidden_activation)
    A, L, cache = X, len(parameters) // 2, {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = g(Z) if l < L else sigmoid(Z)
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    if check:
        check_not_nan([A], {"X": X, **parameters})
    return A, cache


def compute_cost(A2, Y, *, check=True):
    """The cost J, one float: cross-entropy, summed over the outputs, averaged over the m examples.

    A2, Y: (n2, m). A prediction of exactly 0 or 1 counts as the float next to it, so J is finite.
    ValueError where shapes differ, Y is not 0 or 1, or A2 is outside 0 to 1.
    """
    if check:
        A2, Y = check_output(A2, Y)
    m = A2.shape[1]
    A2 = A2.clip(SMALLEST, LARGEST)
    losses = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return float(losses.sum() / m)


def backward_propagation(parameters, cache, X, Y, *, hidden_activation="tanh", check=True):
    """The gradients of the cost, {"dW1", "db1", "dW2", "db2"}, each in the shape of its parameter.

    cache: from forward_propagation with the same X, parameters and hidden_activation.
    X: (n0, m). Y: (n2, m) of 0 and 1. ValueError where shapes do not fit or a number is NaN.
    """
    if check:
        X = check_examples(X, parameters)
        cache = check_cache(cache, parameters, X.shape[1])
        Y = check_labels(Y, cache[f"A{len(parameters) // 2}"].shape)
    A, m, grads = X, X.shape[1], {}
    dZs = gradients_of_Z(parameters, cache, Y, hidden_activation=hidden_activation)
    for l, dZ in enumerate(dZs.values(), start=1):
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        A = cache[f"A{l}"]
    if check:
        check_not_nan(grads.values(), {"X": X, **parameters, **cache})
    return grads


def gradients_of_Z(parameters, cache, Y, *, hidden_activation="tanh"):
    """What backward_propagation computes first: {"dZ1": (n1, m), "dZ2": (n2, m)}, with one column an example.

    Column i is the gradient of the loss of example i alone; 1/m comes in where the examples are summed.
    """
    _, g_prime = activation(hidden_activation)
    L = len(parameters) // 2
    dZ = cache[f"A{L}"] - Y
    found = {f"dZ{L}": dZ}
    for l in range(L - 1, 0, -1):
        W, Z, A = parameters[f"W{l + 1}"], cache[f"Z{l}"], cache[f"A{l}"]
        found[f"dZ{l}"] = dZ = np.dot(W.T, dZ) * g_prime(Z, A)  # dot: twice as fast as @ with one output
    return dict(reversed(found.items()))


def update_parameters(parameters, grads, learning_rate, *, check=True):
    """One step downhill: each parameter minus learning_rate times its gradient, as new arrays.

    ValueError where a gradient is missing, not in the shape of its parameter or NaN, or learning_rate is not
    above 0.
    """
    if check:
        check_parameters(parameters)
        check_number("learning_rate", learning_rate, above=True)
        grads = check_gradients(grads, parameters)
    updated = {name: p - learning_rate * grads["d" + name] for name, p in parameters.items()}
    if check:
        check_not_nan(updated.values(), {**parameters, **grads})
    return updated


def predict(X, parameters, *, hidden_activation="tanh"):
    """The labels (n2, m), 0 or 1, predicted for the examples X (n0, m)."""
    A2, _ = forward_propagation(X, parameters, hidden_activation=hidden_activation)
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


PARAMETERS = ("W1", "b1", "W2", "b2")  # with one hidden layer


def parameter_names(L):
    """W1, b1, W2, b2, up to WL, bL."""
    return [f"{kind}{l}" for l in range(1, L + 1) for kind in "Wb"]


def activation(hidden_activation):
    """The pair (g, g_prime) for a name or a pair; g_prime takes Z and A = g(Z), so as not to compute it."""
    if isinstance(hidden_activation, str) and hidden_activation in ACTIVATIONS:
        return ACTIVATIONS[hidden_activation]
    if isinstance(hidden_activation, tuple) and [callable(g) for g in hidden_activation] == [True, True]:
        g, g_prime = hidden_activation
        return g, lambda Z, A: g_prime(Z)
    known = f"{_listed(ACTIVATIONS)} or a pair of functions (g, g_prime)"
    raise ValueError(f"hidden_activation is {known}; it came as {hidden_activation!r}.")


def hidden_sizes(n_h):
    """n_h as a tuple, the units of each hidden layer; ValueError unless they are whole numbers above 0."""
    sizes = tuple(n_h) if isinstance(n_h, (list, tuple)) and n_h else (n_h,)
    for n in sizes:
        check_whole("n_h", n, 1)
    return sizes


def check_whole(name, n, least):
    """ValueError unless n is a whole number, `least` or more."""
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < least:
        raise ValueError(f"{name} is a whole number from {least} up; it came as {n!r}. Try {least + 4}.")


def check_number(name, value, above=False):
    """ValueError unless value is one finite number: from 0 up, or above 0."""
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not (is_number and 0 <= value < np.inf and not (above and value == 0)):
        expected = "above 0" if above else "from 0 up"
        raise ValueError(f"{name} is a number {expected}; it came as {value!r}. Try 0.1.")


def check_scale(scale):
    """ValueError unless scale is a number from 0 up, "1/sqrt(n)" or None."""
    if isinstance(scale, str) and scale != "1/sqrt(n)":
        raise ValueError(f"scale is a number from 0 up, or '1/sqrt(n)'; it came as {scale!r}. Try 0.1.")
    if not (scale is None or isinstance(scale, str)):
        check_number("scale", scale)


def check_parameters(parameters):
    """parameters; ValueError unless they are W1, b1, W2, b2, up to bL, arrays whose shapes fit each other."""
    _check_dict(parameters, "parameters", "W1, b1, W2 and b2")
    names = parameter_names(max(2, (len(parameters) + 1) // 2))
    missing = [name for name in names if name not in parameters]
    if missing:
        has = f"it has {_listed(parameters)}, not {_listed(missing)}"
        raise ValueError(f"parameters needs {', '.join(names)} alone; {has}. Try initialize_parameters.")
    for name in names:
        array = parameters[name]
        if not isinstance(array, np.ndarray):
            raise ValueError(f"{name} is an array; it came as {type(array).__name__}. Try np.array({name}).")
        if array.ndim != 2 or array.size == 0 or array.dtype.kind not in "fiu":
            came = f"it came with shape {array.shape}, type {array.dtype}"
            raise ValueError(
                f"{name} is an array of numbers, rows and columns; {came}. See initialize_parameters."
            )
    n_in = parameters["W1"].shape[1]
    for W, b in zip(names[::2], names[1::2], strict=True):
        n = len(parameters[W])
        for name, expected in {W: (n, n_in), b: (n, 1)}.items():
            if parameters[name].shape != expected:
                weights = " and ".join(f"{name} {parameters[name].shape}" for name in names[::2])
                raise ValueError(
                    f"{name} has shape {parameters[name].shape}; with {weights} it should be {expected}. "
                    "W1 is (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1): is one transposed?"
                )
        n_in = n
    return parameters


def check_examples(X, parameters):
    """X as an array (n0, m) with one column for each example; ValueError where it does not fit W1."""
    check_parameters(parameters)
    n0 = parameters["W1"].shape[1]
    X = _array(X, "X")
    if X.ndim != 2 or X.shape[0] != n0:
        transposed = X.ndim == 2 and X.shape[1] == n0
        hint = "did you mean X.T?" if transposed else "is W1 (n1, n0) from the same data?"
        raise ValueError(f"X has shape {X.shape}; examples are columns, and W1 expects {n0} rows: {hint}")
    if X.shape[1] == 0:
        raise ValueError(f"X has shape {X.shape}: there is no example in it. Give at least one column.")
    return X


def check_labels(Y, shape):
    """Y as an array of the given shape (n2, m) with entries 0 and 1; ValueError otherwise."""
    Y = _array(Y, "Y")
    if len(shape) != 2:
        raise ValueError(f"A2 has shape {shape}; it needs rows and columns, (n2, m). Try A2.reshape(1, -1)")
    if Y.shape != shape:
        hint = "did you mean Y.T?" if Y.shape == shape[::-1] else f"did you mean Y.reshape{shape}?"
        hint = hint if Y.size == shape[0] * shape[1] else "are X and Y of the same examples?"
        raise ValueError(f"Y has shape {Y.shape}, A2 has {shape}; one column for each example: {hint}")
    if Y.size == 0:
        raise ValueError(f"Y has shape {Y.shape}: there is no example in it. Give at least one column.")
    if not ((Y == 0) | (Y == 1)).all():
        values = [str(value) for value in np.unique(Y)[:5]]
        found = ", ".join([*values[:4], "…"] if len(values) > 4 else values)
        exchanged = np.all((Y > 0) & (Y < 1))
        hint = "Are these predictions? A2 comes first, then Y." if exchanged else RECODE
        raise ValueError(f"Y holds labels, each 0 or 1; it has {found}. {hint}")
    return Y


def check_output(A2, Y):
    """A2 and Y as arrays (n2, m), A2 from 0 to 1 and Y of 0 and 1; ValueError otherwise."""
    A2 = _array(A2, "A2")
    Y = check_labels(Y, A2.shape)
    if not (A2.min() >= 0 and A2.max() <= 1):
        found = f"it has entries from {A2.min():.4g} to {A2.max():.4g}"
        raise ValueError(f"A2 holds probabilities, from 0 to 1; {found}. Is it from forward_propagation?")
    return A2, Y


def check_cache(cache, parameters, m):
    """The Z and A that the way back needs, as arrays with m columns; ValueError where one does not fit."""
    _check_dict(cache, "cache", "Z1, A1 and A2 from forward_propagation")
    L, arrays = len(parameters) // 2, {}
    for name in [f"{kind}{l}" for l in range(1, L) for kind in "ZA"] + [f"A{L}"]:
        if name not in cache:
            raise ValueError(f"cache has {_listed(cache)}, but no '{name}': is it from forward_propagation?")
        arrays[name] = _array(cache[name], name)
        expected = len(parameters["W" + name[1:]]), m
        if arrays[name].shape != expected:
            came = f"{name} in the cache has shape {arrays[name].shape}; expected {expected}"
            raise ValueError(f"{came}: is it from forward_propagation on this X?")
    return arrays


def check_gradients(grads, parameters):
    """The gradient of each parameter as an array of its shape; ValueError where one is missing or NaN."""
    _check_dict(grads, "grads", "dW1, db1, dW2 and db2")
    arrays = {}
    for name in parameters:
        if "d" + name not in grads:
            raise ValueError(f"grads has {_listed(grads)}, but no 'd{name}': does the function return it?")
        parameter, gradient = parameters[name], _array(grads["d" + name], "d" + name)
        if gradient.shape != parameter.shape:
            raise ValueError(
                f"d{name} has shape {gradient.shape} and {name} {parameter.shape}: "
                "a gradient has the shape of its parameter. Is a keepdims=True or a transpose missing?"
            )
        arrays["d" + name] = gradient
    check_not_nan(arrays.values(), arrays)
    return arrays


def check_not_nan(results, sources):
    """ValueError that names the first NaN among the sources, {"X": X, …}, if there is one in the results."""
    if not math.isnan(squares(results)):
        return
    for name, array in sources.items():
        if np.isnan(array).any():
            row, column = (int(i) for i in np.argwhere(np.isnan(array))[0])
            where = f"{name} has NaN at row {row}, column {column}"
            raise ValueError(f"{where}, so nothing can be computed. Remove or fill in missing values.")
    raise ValueError("Numbers so large that NaN comes out. Standardise X, or use a smaller learning_rate.")


def squares(arrays):
    """The sum of the squares of all entries; NaN where one of them is NaN, and only then."""
    return sum(map(np.vdot, arrays, arrays))


def _check_dict(value, name, entries):
    if not isinstance(value, dict):
        raise ValueError(f"{name} is a dict with {entries}; it came as {type(value).__name__}.")


def _array(value, name):
    """The value as an array; ValueError unless it is made of numbers."""
    if isinstance(value, tuple) and any(isinstance(part, dict) for part in value):
        hint = "forward_propagation returns two things: A2, cache = …"
        raise ValueError(f"{name} is an array; it came as a tuple with a dict in it. {hint}")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths; each needs as many numbers.") from None
    if array.dtype.kind not in "fiub":
        hint = f"Try {name}.astype(float)."
        raise ValueError(f"{name} holds numbers; it came with entries of type {array.dtype}. {hint}")
    return array


def _listed(names):
    return ", ".join(repr(name) for name in names) or "nothing"
