"""A network's weights in a playground: how each is named, and one set by hand."""

import numbers
import re

import numpy as np

NUDGES = {
    "ArrowUp": 0.1,
    "ArrowRight": 0.1,
    "ArrowDown": -0.1,
    "ArrowLeft": -0.1,
    "PageUp": 1,
    "PageDown": -1,
}


def names(parameters):
    """All that can be chosen, as the code counts: inputs "X[0]", units "A1[0]", "W1[0, 1]", "b1[0, 0]"."""
    inputs = [f"X[{k}]" for k in range(parameters["W1"].shape[1])]
    units = [f"A{name[1:]}[{j}]" for name, p in parameters.items() if name[0] == "b" for j in range(len(p))]
    places = [(name, j, k) for name, p in parameters.items() for j, k in np.ndindex(p.shape)]
    return inputs + units + [f"{name}[{j}, {k}]" for name, j, k in places]


def array_and_place(name):
    """What a name says: "W1[0, 1]" is ("W1", (0, 1)), "A1[0]" ("A1", (0,)).  ValueError for another text."""
    found = re.fullmatch(r"(\w+)\[(\d+)(?:, ?(\d+))?\]", str(name))
    if not found:
        raise ValueError(f"A weight is written like W1[0, 1], a bias like b1[0, 0]; this came: {name!r}.")
    array, row, column = found.groups()
    return array, (int(row), int(column)) if column else (int(row),)


def with_weight(parameters, name, value):
    """A copy of the parameters with one weight or bias set, and its name in full, "W1[0, 1]".

    ValueError for a name that is not there and a value that is not from −1,000,000 to 1,000,000.
    """
    array, place = array_and_place(name)
    changed = copied(parameters)
    if array not in changed and name in names(parameters):
        raise ValueError(f"{name} is no weight. Choose one at 'formula of', for example W1[0, 1].")
    if array not in changed or len(place) != 2 or not np.all(np.less(place, changed[array].shape)):
        shapes = ", ".join(f"{key} {p.shape}" for key, p in changed.items())
        raise ValueError(f"There is no {name}; the shapes are {shapes}, and code counts from 0.")
    if not (isinstance(value, numbers.Real) and abs(value) <= 1e6):
        raise ValueError(f"{name} is set to a number from −1,000,000 to 1,000,000; it came as {value!r}.")
    changed[array][place] = value
    return changed, f"{array}[{place[0]}, {place[1]}]"


def dragged(value, up):
    """A weight after it was dragged so many pixels up; a hundred of them are 2."""
    return round(value + 0.02 * up, 2)


def nudged(value, key):
    """A weight after an arrow key, a tenth more or less, or a page key, 1; None for another key."""
    return round(value + NUDGES[key], 2) if key in NUDGES else None


def copied(parameters):
    """The parameters as arrays of their own."""
    return {name: p.copy() for name, p in parameters.items()}
