"""What a forward of one's own computed on its way, read out of the cache that it returned."""

import math

import numpy as np

from helpers import network
from helpers.activations import ACTIVATIONS, OUTPUTS

MOST_ARRAYS, DEEPEST = 60, 6  # that are looked at in a cache: so many, inside each other so deep


def layers_read(cache, A_last, parameters, X, output="sigmoid", places=None):
    """({"Z1", "A1", …, "ZL", "AL"}, where each hidden A was found), from a forward's A and cache for X.

    By the names of helpers.network where they are there. Otherwise A1 is the array, or its transpose, of the
    cache from which W2 A1 + b2 leads to the next Z, or to the output: other names, tuples and lists, rows for
    examples. Z is W A + b where the cache has none.  output: "sigmoid" or "softmax".  places: as found
    before, for other examples.
    KeyError, ValueError where a hidden layer cannot be read or holds NaN.
    """
    L, A, whole, found = len(parameters) // 2, X, {}, places or {}
    named = {} if found else _named(cache, parameters, X)
    arrays = {} if named else _arrays(cache)
    for layer in range(1, L + 1):
        Z = named.get(f"Z{layer}")
        if Z is None:
            Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        if layer == L or named:
            A = A_last if layer == L else named[f"A{layer}"]
        else:
            if layer not in found:
                found[layer] = _place_of(arrays, layer, Z.shape, (A_last, OUTPUTS[output]), parameters)
            path, turned = found[layer]
            A = arrays[path].T if turned else arrays[path]
        if not (A.shape == Z.shape and math.isfinite(A.sum()) and math.isfinite(Z.sum())):
            product = f"W{layer} A{layer - 1}"
            raise ValueError(f"A{layer} in the cache is not finite, or has another shape than {product}.")
        whole |= {f"Z{layer}": Z, f"A{layer}": A}
    return whole, found


def _named(cache, parameters, X):
    """The Z and A of a cache that has every hidden A by its name, in its shape; otherwise {}."""
    if not isinstance(cache, dict):
        return {}
    named, L = {}, len(parameters) // 2
    for layer in range(1, L + 1):
        shape = len(parameters[f"b{layer}"]), X.shape[1]
        if layer < L and np.shape(cache.get(f"A{layer}")) != shape:
            return {}
        for name in (f"Z{layer}", f"A{layer}"):
            if np.shape(cache.get(name)) == shape:
                named[name] = _as_floats(cache[name])
    return named


def _arrays(cache, path=(), found=None):
    """The matrices inside a cache by the way to them: keys, places, attributes."""
    found = {} if found is None else found
    inside = vars(cache) if hasattr(cache, "__dict__") else cache
    if isinstance(cache, np.ndarray) and cache.dtype.kind == "f" and cache.ndim == 2:
        found[path] = cache
    elif len(path) < DEEPEST and isinstance(inside, (dict, list, tuple)) and len(found) < MOST_ARRAYS:
        steps = inside.items() if isinstance(inside, dict) else enumerate(inside)
        for step, part in steps:
            _arrays(part, (*path, step), found)
    return found


def _place_of(arrays, layer, shape, end, parameters):
    """Where the cache holds what this layer hands on: (the way to it, whether it is transposed).

    end: the last A, and what makes it of its Z.
    """
    A_last, of_Z = end
    W, b, last = parameters[f"W{layer + 1}"], parameters[f"b{layer + 1}"], layer + 1 == len(parameters) // 2
    for path, array in arrays.items():
        for turned, A in ((False, array), (True, array.T)):
            if A.shape != shape:
                continue
            Z = W @ A + b
            if last and same(of_Z(Z), A_last):
                return path, turned
            if any(same(Z, other) or same(Z, other.T) for other in arrays.values()):
                return path, turned
    raise KeyError(f"no array of the cache leads to layer {layer + 1}")


def same(one, other):
    """Whether two arrays are alike, but for rounding in the coarser precision of the two."""
    if one.shape != other.shape:
        return False
    rounding = 1e-9 if one.dtype == other.dtype == np.float64 else 1e-4
    return bool(abs(one - other).max() <= rounding * (0.1 + abs(other).max()))


def _as_floats(values):
    """The values as an array of floats, in their own precision."""
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(float)


def activations_of(layers, asked):
    """The name of the activation that each hidden layer shows, first the one asked for; "" for none."""
    some = slice(None, None, max(1, layers["A1"].shape[1] // 60))  # enough examples to tell them apart
    found = []
    for layer, wanted in enumerate(asked, start=1):
        Z, A = (layers[f"{letter}{layer}"][:, some] for letter in "ZA")
        names = dict.fromkeys([wanted, *ACTIVATIONS])
        found.append(next((name for name in names if same(ACTIVATIONS[name][0](Z), A)), ""))
    return tuple(found)


def activations_that_give(A_last, X, parameters, asked, output="sigmoid"):
    """The names of the activations with which the formulas give this output, and their layers; ((), {})."""
    for names in dict.fromkeys([asked, *((name,) * len(asked) for name in ACTIVATIONS)]):
        by_name = {"hidden_activation": names, "output": output}
        A, layers = network.forward_propagation.formula(X, parameters, **by_name)
        if same(A, A_last):
            return names, layers
    return (), {}
