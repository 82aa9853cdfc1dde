"""Gradient checking: nudge each parameter both ways and compare the slope with the computed gradient."""

import numpy as np


def central_difference(f, x, step=1e-5):
    """The slope of f at x from two nudges, (f(x + step) − f(x − step)) / (2 step), for each entry of x.

    f: function of x that returns one number.  x: a number or an array of any shape.
    Returns a float for a number, an array of the shape of x for an array. The error is of order step².
    """
    if np.ndim(x) == 0:
        return float((f(x + step) - f(x - step)) / (2 * step))
    x = np.array(x, dtype=float)
    slope = np.zeros_like(x)
    for k in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[k] = step
        slope[k] = (f(x + nudge) - f(x - nudge)) / (2 * step)
    return slope


def relative_error(a, b):
    """‖a − b‖ / (‖a‖ + ‖b‖): 0 for equal arrays, 1 for opposite ones, NaN where one holds NaN or infinity.

    ValueError where the shapes differ.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError(f"Only arrays of one shape can be compared; these have {a.shape} and {b.shape}.")
    size = np.linalg.norm(a) + np.linalg.norm(b)
    if not np.isfinite(size):
        return np.nan
    return 0.0 if size == 0 else float(np.linalg.norm(a - b) / size)


def gradient_errors(parameters, grads, cost, step=1e-5):
    """The relative error of each gradient against central differences: {"dW1": 1e-10, …}.

    parameters: {"W1": array, …}.  grads: {"dW1": array, …}.  cost: function of parameters that returns one
    number. A correct gradient is at about 1e-7 or below, a wrong one far above.
    """

    def cost_of(name):
        return lambda value: cost({**parameters, name: value})

    missing = [name for name in parameters if "d" + name not in grads]
    if missing:
        raise ValueError(f"grads has no gradient of {', '.join(missing)}: does the function return it?")
    slopes = {name: central_difference(cost_of(name), parameters[name], step) for name in parameters}
    return {"d" + name: relative_error(grads["d" + name], slope) for name, slope in slopes.items()}
