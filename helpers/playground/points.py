"""The points in a playground's plane: made up or your own, some put aside, some added or removed by hand."""

import math
from functools import lru_cache

import numpy as np

from helpers import datasets

DATA = {
    "flower": datasets.flower,
    "xor": datasets.xor,
    "circles": datasets.circles,
    "moons": datasets.moons,
    "blobs": datasets.blobs,
    "spirals": datasets.spirals,
}
EXTRA = {
    "x1²": lambda x1, x2: x1 * x1,
    "x2²": lambda x1, x2: x2 * x2,
    "x1·x2": lambda x1, x2: x1 * x2,
}
MOST_POINTS = 5_000
LARGEST = 1e100  # of the numbers in a CSV file: standardising squares them
NEAR = 0.2  # a point can be removed by a place that is no further from it
SIDE = 48  # places across a map


def points_of(settings):
    """The points: X, Y for training, X_test, Y_test put aside (or None); the names of axes and classes."""
    made = settings.data in DATA
    if made:
        X, Y = DATA[settings.data](settings.n_points, settings.noise)
        axes, classes = ("x1", "x2"), ()
    else:
        X, Y, axes, classes = _own_points(settings.data)
    X_test = Y_test = None
    if settings.test_share:
        X, Y, X_test, Y_test = datasets.split(X, Y, settings.test_share)
    if not made:
        X, aside = datasets.standardise(X, X if X_test is None else X_test)
        X_test = None if X_test is None else aside
    return X, Y, X_test, Y_test, axes, classes


def _own_points(path):
    """The points of a CSV file, its columns as names of the axes, and its classes."""
    expected = "The playground takes two columns of numbers, and last a column with the class, one of two."
    if not path.lower().endswith(".csv"):
        raise ValueError(f"data is one of {', '.join(DATA)}, or a file like 'mine.csv'; it came as {path!r}.")
    try:
        X, Y, classes = datasets.from_csv(path)
    except ValueError as error:
        found = str(error).partition(" Say ")[0]  # which column is the class cannot be said here
        raise ValueError(f"{found} {expected}") from None
    if len(X) != 2 or len(Y) != 1:
        found = f"{path} has {len(X)} column{'s' * (len(X) > 1)} of numbers and {len(classes)} classes"
        raise ValueError(f"{found}. {expected}")
    if X.shape[1] > MOST_POINTS:
        found = f"{path} has {X.shape[1]:,} examples, and the playground shows up to {MOST_POINTS:,}"
        raise ValueError(f"{found}. Take a part of its lines, or see lesson 09.")
    sizes = abs(X[X != 0])
    if ((sizes > LARGEST) | (sizes < 1 / LARGEST)).any():
        raise ValueError(f"{path} has numbers beyond {LARGEST:g} or that close to 0. Use other units.")
    return X, Y, tuple(f"{name}, standardised" for name in datasets.column_names(path)[:2]), classes


def with_point(X, Y, what, value):
    """X and Y with one point more, (x1, x2, class), or without the one at (x1, x2); and which it is."""
    expected, numbers_in_it = ("(x1, x2, class)", 3) if what == "add" else ("(x1, x2)", 2)
    try:
        place = np.array(value, float)
    except (TypeError, ValueError):
        place = np.array(math.nan)
    if place.shape != (numbers_in_it,) or not (abs(place) < 1000).all():
        raise ValueError(f"A point is {expected}, numbers between −1000 and 1000; it came as {value!r}.")
    if what == "add":
        limit = max(2 * abs(X).max(), 10)
        if abs(place[:2]).max() > limit:
            raise ValueError(f"{value} is so far out that the others would be one blot; up to ±{limit:.3g}.")
        if place[2] not in (0, 1):
            raise ValueError(f"The class of a point is 0 or 1; it came as {value[2]!r}.")
        return np.hstack([X, place[:2, None]]), np.hstack([Y, [[int(place[2])]]]), value
    distances = np.hypot(*(X - place[:, None]))
    nearest = len(distances) - 1 - distances[::-1].argmin()  # the newest of those on top of each other
    x1, x2 = X[:, nearest]
    if distances[nearest] > NEAR:
        raise ValueError(f"There is no training point at {value}; the nearest is at ({x1:.3g}, {x2:.3g}).")
    if len(distances) == 1:
        raise ValueError("This is the last training point, and it stays: training needs one.")
    point = float(x1), float(x2), int(Y[0, nearest])
    return np.delete(X, nearest, axis=1), np.delete(Y, nearest, axis=1), point


@lru_cache(maxsize=4)
def plane(reach):
    """The places of a map, (2, SIDE²), row by row from the top left."""
    across = np.linspace(-reach, reach, SIDE)
    return np.array(np.meshgrid(across, -across)).reshape(2, -1)
