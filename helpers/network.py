"""A network with one hidden layer, in five functions: columns are examples, rows of Y and A2 are outputs.

Shapes: X (n0, m), W1 (n1, n0), b1 (n1, 1), Z1 and A1 (n1, m), W2 (n2, n1), b2 (n2, 1), Z2, A2 and Y (n2, m);
each gradient has the shape of its parameter. The formulas are derived in lessons 03 to 08; they follow
A. Ng, Neural Networks and Deep Learning (deeplearning.ai), week 3.
hidden_activation is "tanh", "sigmoid", "relu", or a pair of functions (g, g_prime) of Z1.
"""

import numbers

import numpy as np

from helpers.activations import ACTIVATIONS, sigmoid

SMALLEST, LARGEST = np.nextafter(0, 1), np.nextafter(1, 0)  # the floats next to 0 and to 1


def initialize_parameters(n_x, n_h, n_y, *, seed=1, scale=0.01):
    """Random weights times scale, biases of zero: {"W1", "b1", "W2", "b2"}.

    n_x, n_h, n_y: numbers of inputs, hidden units and outputs. ValueError unless each is a whole number above
    0, seed one from 0 up, and scale a number from 0 up.
    """
    for name, n in {"n_x": n_x, "n_h": n_h, "n_y": n_y}.items():
        check_whole(name, n, 1)
    check_whole("seed", seed, 0)
    check_number("scale", scale)
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.standard_normal((n_h, n_x)) * scale,
        "b1": np.zeros((n_h, 1)),
        "W2": rng.standard_normal((n_y, n_h)) * scale,
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(X, parameters, *, hidden_activation="tanh"):
    """The output A2 (n2, m) for the examples X (n0, m), and for the way back {"Z1", "A1", "Z2", "A2"}.

    ValueError where shapes do not fit or a number is NaN.
    """
    X = check_examples(X, parameters)
    W1, b1, W2, b2 = (parameters[name] for name in PARAMETERS)
    g, _ = activation(hidden_activation)
    Z1 = W1 @ X + b1
    A1 = g(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    check_not_nan(A2, {"X": X, **parameters})
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    """The cost J, one float: cross-entropy, summed over the outputs, averaged over the m examples.

    A2, Y: (n2, m). A prediction of exactly 0 or 1 counts as the float next to it, so J is finite.
    ValueError where shapes differ, Y is not 0 or 1, or A2 is outside 0 to 1.
    """
    A2 = _array(A2, "A2")
    Y = check_labels(Y, A2.shape)
    m = A2.shape[1]
    if not (A2.min() >= 0 and A2.max() <= 1):
        found = f"it has entries from {A2.min():.4g} to {A2.max():.4g}"
        raise ValueError(f"A2 holds probabilities, from 0 to 1; {found}. Is it from forward_propagation?")
    A2 = np.clip(A2, SMALLEST, LARGEST)
    losses = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return float(losses.sum() / m)


def backward_propagation(parameters, cache, X, Y, *, hidden_activation="tanh"):
    """The gradients of the cost, {"dW1", "db1", "dW2", "db2"}, each in the shape of its parameter.

    cache: from forward_propagation with the same X, parameters and hidden_activation.
    X: (n0, m). Y: (n2, m) of 0 and 1. ValueError where shapes do not fit or a number is NaN.
    """
    X = check_examples(X, parameters)
    W2 = parameters["W2"]
    Z1, A1, A2 = _from_cache(cache, parameters, X.shape[1])
    Y = check_labels(Y, A2.shape)
    _, g_prime = activation(hidden_activation)
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = 1 / m * dZ2 @ A1.T
    db2 = 1 / m * dZ2.sum(axis=1, keepdims=True)
    dZ1 = W2.T @ dZ2 * g_prime(Z1)
    dW1 = 1 / m * dZ1 @ X.T
    db1 = 1 / m * dZ1.sum(axis=1, keepdims=True)
    check_not_nan(dW1, {"X": X, **parameters, "Z1": Z1, "A2": A2})
    check_not_nan(dW2, {"A1": A1, "A2": A2})
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update_parameters(parameters, grads, learning_rate):
    """One step downhill: each parameter minus learning_rate times its gradient, as new arrays.

    ValueError where a gradient is missing, not in the shape of its parameter or NaN, or learning_rate is not
    above 0.
    """
    check_parameters(parameters)
    check_number("learning_rate", learning_rate, above=True)
    if not isinstance(grads, dict):
        raise ValueError(f"grads is a dict with dW1, db1, dW2 and db2; it came as {type(grads).__name__}.")
    updated = {}
    for name in PARAMETERS:
        if "d" + name not in grads:
            raise ValueError(f"grads has {_listed(grads)}, but no 'd{name}': does the function return it?")
        parameter, gradient = parameters[name], _array(grads["d" + name], "d" + name)
        if gradient.shape != parameter.shape:
            raise ValueError(
                f"d{name} has shape {gradient.shape} and {name} {parameter.shape}: "
                "a gradient has the shape of its parameter. Is a keepdims=True or a transpose missing?"
            )
        check_not_nan(gradient, {"d" + name: gradient})
        updated[name] = parameter - learning_rate * gradient
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
    return float((labels(A2) == Y).all(axis=0).mean())


PARAMETERS = ("W1", "b1", "W2", "b2")


def activation(hidden_activation):
    """The pair (g, g_prime) for a name, or the pair itself."""
    if isinstance(hidden_activation, str) and hidden_activation in ACTIVATIONS:
        return ACTIVATIONS[hidden_activation]
    if isinstance(hidden_activation, tuple) and [callable(g) for g in hidden_activation] == [True, True]:
        return hidden_activation
    known = f"{_listed(ACTIVATIONS)} or a pair of functions (g, g_prime)"
    raise ValueError(f"hidden_activation is {known}; it came as {hidden_activation!r}.")


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


def check_parameters(parameters):
    """ValueError unless parameters has W1, b1, W2, b2 as arrays whose shapes fit each other."""
    if not isinstance(parameters, dict):
        raise ValueError(f"parameters is a dict with W1, b1, W2, b2; it came as {type(parameters).__name__}.")
    missing = [name for name in PARAMETERS if name not in parameters]
    if missing:
        has = f"it has {_listed(parameters)}, not {_listed(missing)}"
        raise ValueError(f"parameters needs W1, b1, W2 and b2; {has}. Try initialize_parameters.")
    for name in PARAMETERS:
        array = parameters[name]
        if not isinstance(array, np.ndarray):
            raise ValueError(f"{name} is an array; it came as {type(array).__name__}. Try np.array({name}).")
        if array.ndim != 2 or array.size == 0 or array.dtype.kind not in "fiu":
            came = f"it came with shape {array.shape}, type {array.dtype}"
            raise ValueError(
                f"{name} is an array of numbers, rows and columns; {came}. See initialize_parameters."
            )
    W1, W2 = parameters["W1"], parameters["W2"]
    n1, n2 = W1.shape[0], W2.shape[0]
    for name, expected in {"b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1)}.items():
        if parameters[name].shape != expected:
            raise ValueError(
                f"{name} has shape {parameters[name].shape}; with W1 {W1.shape} and W2 {W2.shape} it should "
                f"be {expected}. W1 is (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1): is one transposed?"
            )


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
        hint = "Recode them: Y = (Y == the class of interest) * 1"
        raise ValueError(f"Y holds labels, each 0 or 1; it has {_some_values(Y)}. {hint}")
    return Y


def check_not_nan(result, sources):
    """ValueError that names the first NaN among the sources, {"X": X, …}, if there is one in the result."""
    if not np.isnan(result).any():
        return
    for name, array in sources.items():
        if np.isnan(array).any():
            row, column = (int(i) for i in np.argwhere(np.isnan(array))[0])
            where = f"{name} has NaN at row {row}, column {column}"
            raise ValueError(f"{where}, so nothing can be computed. Remove or fill in missing values.")
    raise ValueError("Numbers so large that NaN comes out. Standardise X, or use a smaller learning_rate.")


def _array(value, name):
    """The value as an array; ValueError unless it is made of numbers."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths; each needs as many numbers.") from None
    if array.dtype.kind not in "fiub":
        hint = f"Try {name}.astype(float)."
        raise ValueError(f"{name} holds numbers; it came with entries of type {array.dtype}. {hint}")
    return array


def _from_cache(cache, parameters, m):
    n1, n2 = parameters["W1"].shape[0], parameters["W2"].shape[0]
    if not isinstance(cache, dict):
        raise ValueError(f"cache is the dict from forward_propagation; it came as {type(cache).__name__}.")
    arrays = []
    for name, rows in {"Z1": n1, "A1": n1, "A2": n2}.items():
        if name not in cache:
            raise ValueError(f"cache has {_listed(cache)}, but no '{name}': is it from forward_propagation?")
        arrays.append(_array(cache[name], name))
        if arrays[-1].shape != (rows, m):
            came = f"{name} in the cache has shape {arrays[-1].shape}; expected {(rows, m)}"
            raise ValueError(f"{came}: is it from forward_propagation on this X?")
    return arrays


def _some_values(Y):
    values = np.unique(Y)
    return ", ".join(str(v) for v in values[:4]) + (", …" if len(values) > 4 else "")


def _listed(names):
    return ", ".join(repr(name) for name in names) or "nothing"
