"""Every number of the forward and the backward pass by name, for pictures: of a network and of one neuron."""

import numpy as np

from helpers import network
from helpers.activations import ACTIVATIONS, softmax, tanh_prime
from helpers.datasets import spirals

MOST_EXAMPLES = 6  # and as many inputs, hidden units, outputs: a picture of all numbers holds no more
SATURATED = 0.99  # the size of A1 from which on a tanh unit counts as saturated
FLAT = 0.02  # the slope of tanh where it is 0.99


def sizes_of(parameters, X):
    """{"n0": inputs, "n1": hidden units, "n2": outputs, "m": examples, "1": 1}, for X (n0, m)."""
    n1, n0 = parameters["W1"].shape
    return {"n0": n0, "n1": n1, "n2": len(parameters["W2"]), "m": X.shape[1], "1": 1}


def forward_numbers(parameters, X, hidden_activation="tanh"):
    """Every matrix of the forward pass: {"X": (n0, m), "W1": (n1, n0), …, "Z1", "A1", "Z2", "A2"}.

    ValueError where shapes do not fit.
    """
    return {
        "X": X,
        **parameters,
        **network.forward_propagation(X, parameters, hidden_activation=hidden_activation)[1],
    }


def numbers_of_passes(parameters, X, Y=None, hidden_activation="tanh"):
    """Every matrix of both passes: those of the forward pass, and with Y (n2, m) those back.

    They are named as in the formulas, "dZ2", "dW1", …, besides "g′(Z1)" (n1, m) and for each example i
    "dW1 of 0", …, what it adds to m dW1.  ValueError where shapes do not fit or a size is above 6.
    """
    numbers, sizes = forward_numbers(parameters, X, hidden_activation), sizes_of(parameters, X)
    if max(sizes.values()) > MOST_EXAMPLES:
        raise ValueError(f"The sizes are {sizes}; up to {MOST_EXAMPLES} of each can be drawn. Try X[:, :5].")
    if Y is not None:
        g = {"hidden_activation": hidden_activation}
        grads = network.backward_propagation(parameters, numbers, X, Y, **g)
        dZ = network.gradients_of_Z(parameters, numbers, Y, **g)
        numbers |= {"dA1": parameters["W2"].T @ dZ["dZ2"]}
        numbers |= {"Y": Y, **grads, **dZ, "g′(Z1)": ACTIVATIONS[hidden_activation][1](numbers["Z1"])}
        numbers |= {f"dW1 of {i}": dZ["dZ1"][:, [i]] @ X[:, [i]].T for i in range(sizes["m"])}
    return numbers


def hidden_units(parameters, X, Y, side=32):
    """What the tanh units of a network with 2 inputs do.  X: (2, m), Y: (n2, m).

    Returns by name: W1 and dW1; maps, what each unit answers over the plane, (n1, side, side); twins, for
    each unit the others whose rows of W1 and of dW1 are the same; rows, how many of W1 are different; sizes;
    histogram of A1: counts, edges and the number of its entries.
    """
    A2, cache = network.forward_propagation(X, parameters)
    grads = network.backward_propagation(parameters, cache, X, Y)
    W1, dW1, A1 = parameters["W1"], grads["dW1"], cache["A1"]
    reach = np.linspace(-1, 1, side) * abs(X).max()
    plane = np.array(np.meshgrid(reach, -reach)).reshape(2, -1)
    maps = network.forward_propagation(plane, parameters)[1]["A1"].reshape(-1, side, side)
    sizes = {
        "saturated": (abs(A1) > SATURATED).mean(),
        "mean slope": float(tanh_prime(cache["Z1"]).mean()),
        "dW1": float(np.linalg.norm(dW1)),
        "dW2": float(np.linalg.norm(grads["dW2"])),
        "cost": network.compute_cost(A2, Y),
        "right": network.accuracy(A2, Y),
    }
    rows = len(np.unique(W1.round(6), axis=0))
    found = {"W1": W1, "dW1": dW1, "maps": maps, "twins": _twins(W1, dW1), "rows": rows, "sizes": sizes}
    return {**found, "histogram": (*np.histogram(A1, bins=20, range=(-1, 1)), A1.size)}


def _twins(*matrices):
    """For each unit the others whose rows are the same in every matrix."""
    rows = np.hstack([matrix.round(9) for matrix in matrices])
    same = (rows[:, None] == rows).all(axis=2)
    return [[int(k) for k in np.flatnonzero(row) if k != j] for j, row in enumerate(same)]


def neuron_numbers(activation, w, b, x, across):
    """What one neuron a = g(w x + b) says at x and at the places across, an array.  activation: "tanh", ….

    Returns z, a, the slope g′(z) and da/dx by name; the curve, a at each place; and flat, the places
    [(first, last), …] between which the slope is below FLAT.
    """
    g, g_prime = ACTIVATIONS[activation]
    flat = np.flatnonzero(np.diff(np.r_[0, g_prime(w * across + b) < FLAT, 0])).reshape(-1, 2)
    spans = [(across[start], across[end - 1]) for start, end in flat]
    z = w * x + b
    found = {"z": z, "a": float(g(z)), "g′(z)": float(g_prime(z)), "da/dx": w * float(g_prime(z))}
    return {**found, "curve": g(w * across + b), "flat": spans}


def table_of_products(column, row):
    """Each entry of a column (n, 1) times each of a row (1, k), as a table (n, k); ValueError otherwise."""
    column, row = np.asarray(column, float), np.asarray(row, float)
    if column.ndim != 2 or row.ndim != 2 or column.shape[1] != 1 or row.shape[0] != 1:
        shapes = f"{column.shape} and {row.shape}"
        raise ValueError(
            f"A column (n, 1) and a row (1, k) are expected; {shapes} came. Try a.T for the row."
        )
    if max(table := (len(column), row.shape[1])) > MOST_EXAMPLES:
        raise ValueError(f"The table would be {table}; up to {MOST_EXAMPLES} rows and columns can be drawn.")
    return column @ row


def back_to_unit(W2, dz2, unit):
    """What comes back to one hidden unit, from each output: W2[j, unit] × dz2[j]; a list, and its sum.

    W2: (n2, n1), up to 6 of each.  dz2: (n2, 1).  ValueError for other shapes and a unit that is not there.
    """
    W2, dz2 = np.asarray(W2, float), np.asarray(dz2, float)
    if W2.ndim != 2 or max(W2.shape) > MOST_EXAMPLES or dz2.shape != (len(W2), 1):
        expected = f"W2 (n2, n1), up to {MOST_EXAMPLES} of each, and dz2 (n2, 1) are expected"
        raise ValueError(f"{expected}; {W2.shape} and {dz2.shape} came.")
    if unit not in range(W2.shape[1]):
        raise ValueError(f"unit is {unit!r}; expected a whole number from 0 to {W2.shape[1] - 1}.")
    contributions = [float(w * d) for w, d in zip(W2[:, unit], dz2[:, 0], strict=True)]
    return contributions, sum(contributions)


def along_path(local):
    """The gradients at the stops of a path, from its first stop to its last, 1.  local: one for each link."""
    gradients = [1.0]
    for slope in reversed(local):
        gradients.insert(0, gradients[0] * float(slope))
    return gradients


def paths_to_weight(numbers, entry):
    """The paths from J back to W1[entry], one for each example and output, in a list.

    numbers: from numbers_of_passes with Y.  entry: (row, column).  Each path by name: its example and output;
    places, where its four factors stand, {"dZ2": (o, i), "W2": (o, j), "g′(Z1)": (j, i), "X": (k, i)};
    factors, their numbers; and so_far, what has arrived after each of them.
    ValueError for an entry that is not there, and for more than 6 paths.
    """
    (n1, n0), (n2, m) = numbers["W1"].shape, numbers["dZ2"].shape
    j, k = entry
    if j not in range(n1) or k not in range(n0):
        raise ValueError(f"entry is {entry!r}; W1 has the shape {(n1, n0)}, counted from 0.")
    if n2 * m > MOST_EXAMPLES:
        many = f"{m} examples and {n2} outputs give {n2 * m} paths"
        raise ValueError(f"{many}; up to {MOST_EXAMPLES} can be drawn. Try fewer examples, such as X[:, :3].")
    paths = []
    for i, o in np.ndindex(m, n2):
        places = {"dZ2": (o, i), "W2": (o, j), "g′(Z1)": (j, i), "X": (k, i)}
        factors = {name: float(numbers[name][place]) for name, place in places.items()}
        so_far = [float(product) for product in np.cumprod(list(factors.values()))]
        paths.append({"example": i, "output": o, "places": places, "factors": factors, "so_far": so_far})
    return paths


def softmax_numbers(z, own):
    """The steps of softmax for one example, and its loss and dz = a − y, by name; lists, and numbers.

    z: a list of numbers.  own: the row of the example's class.
    """
    shares, y = softmax(np.array(z, float)), np.arange(len(z)) == own
    numbers = {"exp z": np.exp(z), "a": shares, "dz": shares - y}
    return {name: array.tolist() for name, array in numbers.items()} | {
        "sum": float(np.exp(z).sum()),
        "loss": float(-np.log(shares[own])),
    }


def sizes_by_layer(parameters, X, Y, hidden_activation="tanh"):
    """How large A, dZ and dW are in each layer, the first first: {"A": [L numbers], "dZ": […], "dW": […]}.

    X: (n0, m). Y: (nL, m). A size is the root of the mean square of all entries.
    """
    g = {"hidden_activation": hidden_activation}
    _, cache = network.forward_propagation(X, parameters, **g)
    grads = network.backward_propagation(parameters, cache, X, Y, **g)
    found = cache | network.gradients_of_Z(parameters, cache, Y, **g) | grads
    layers = range(1, len(parameters) // 2 + 1)
    return {
        name: [size_of_entries(found[f"{name}{layer}"]) for layer in layers] for name in ("A", "dZ", "dW")
    }


def size_of_entries(matrix):
    """The root of the mean square of the entries: what is typical of their sizes, as one number."""
    return float(np.sqrt(np.mean(np.square(matrix))))


def deep_start(scale, hidden_activation="tanh", hidden=8, units=32):
    """sizes_by_layer on the spirals, for a network of so many hidden layers at its start.

    scale: as for initialize_parameters.
    """
    X, Y = spirals()
    parameters = network.initialize_parameters(2, (units,) * hidden, 1, scale=scale)
    return sizes_by_layer(parameters, X, Y, hidden_activation)
