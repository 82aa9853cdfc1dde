"""The points in a playground's plane: made up or your own, some put aside, some added or removed by hand."""

import math
from functools import lru_cache
from pathlib import Path

import numpy as np

from helpers import datasets
from helpers.words import listed

MADE_UP = {
    "flower": datasets.flower,
    "xor": datasets.xor,
    "circles": datasets.circles,
    "moons": datasets.moons,
    "blobs": datasets.blobs,
    "spirals": datasets.spirals,
    "arms": datasets.arms,
}
MOST_CLASSES = 3  # each has a colour and a mark
EXTRA = {
    "x1²": lambda x1, x2: x1 * x1,
    "x2²": lambda x1, x2: x2 * x2,
    "x1·x2": lambda x1, x2: x1 * x2,
}
MOST_POINTS = 5_000
LARGEST_IN_A_CSV = 1e100  # standardising squares the numbers
NEAR = 0.2  # a point can be removed by a place that is no further from it
SIDE = 96  # places across a map
ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowDown": (0, -1), "ArrowUp": (0, 1)}


def points_of(settings):
    """The points: X, Y for training, X_test, Y_test put aside (or None); the names of axes and classes.

    Y is (1, m) for two classes, and for three (3, m), one-hot.
    """
    made_up = settings.data in MADE_UP
    if made_up:
        X, Y = MADE_UP[settings.data](settings.n_points, settings.noise)
        axes, classes = ("x1", "x2"), ()
    else:
        X, Y, axes, classes = _own_points(settings.data)
    X_test = Y_test = None
    if settings.test_share:
        X, Y, X_test, Y_test = datasets.split(X, Y, settings.test_share)
    if not made_up:
        X, aside = datasets.standardise(X, X if X_test is None else X_test)
        X_test = None if X_test is None else aside
    return X, Y, X_test, Y_test, axes, classes


@lru_cache
def samples():
    """Some points of each made-up data set, for a small picture: {name: (X, the class of each)}."""
    made = {name: make(240, 0.1) for name, make in MADE_UP.items()}
    return {name: (X, class_numbers(Y)) for name, (X, Y) in made.items()}


def with_extra_inputs(X, extra_inputs):
    """What a network is given of the points X (2, m): x1, x2 and the extra inputs, (n0, m)."""
    return np.vstack([X, *(EXTRA[name](*X) for name in extra_inputs)])


def _own_points(path):
    """The points of a CSV file, the names of its columns for the axes, and its classes."""
    if not Path(path).suffix:
        known = f"{', '.join(MADE_UP)}, or a file like 'mine.csv'"
        raise ValueError(f"data is one of {known}; it came as {path!r}.")
    try:
        X, Y, classes = datasets.from_csv(path)
    except ValueError as error:
        found = str(error).partition(" Say ")[0]  # which column is the class cannot be said here
        raise ValueError(f"{found} {THREE_COLUMNS}") from None
    require_own_points(X, Y, path, classes)
    return X, Y, tuple(f"{name}, standardised" for name in datasets.column_names(path)[:2]), classes


def classes_in(Y):
    """How many classes Y (1, m) or (n2, m) tells apart."""
    return max(len(Y), 2)


def class_numbers(Y):
    """The class of each example, (m,), of Y (1, m) or one-hot (n2, m)."""
    return Y[0] if len(Y) == 1 else Y.argmax(axis=0)


def with_point(X, Y, point):
    """X and Y with one training point more, (x1, x2, class).

    ValueError unless it is three numbers, the class one of Y's, and near enough to be drawn with the others.
    """
    x1, x2, label = require_point(point, "(x1, x2, class)", 3)
    limit = max(2 * abs(X).max(), 10)
    if max(abs(x1), abs(x2)) > limit:
        raise ValueError(f"{point} is so far out that the others would be one blot; up to ±{limit:.3g}.")
    known = range(classes_in(Y))
    if label not in known:
        raise ValueError(f"The class of a point is {listed(known, 'or')}; it came as {point[2]!r}.")
    y = np.array([[label]]) if len(Y) == 1 else label == np.arange(len(Y))[:, None]
    return np.hstack([X, [[x1], [x2]]]), np.hstack([Y, y.astype(Y.dtype)])


def without_point(X, Y, place):
    """X and Y without the training point at (x1, x2), and which that is, (x1, x2, class).

    ValueError where none is there, and for the last one of all.
    """
    distances = np.hypot(*(X - require_point(place, "(x1, x2)", 2)[:, None]))
    nearest = len(distances) - 1 - distances[::-1].argmin()  # the newest of those on top of each other
    x1, x2 = X[:, nearest]
    if distances[nearest] > NEAR:
        raise ValueError(f"There is no training point at {place}; the nearest is at ({x1:.3g}, {x2:.3g}).")
    if len(distances) == 1:
        raise ValueError("This is the last training point, and it stays: training needs one.")
    point = float(x1), float(x2), int(class_numbers(Y)[nearest])
    return np.delete(X, nearest, axis=1), np.delete(Y, nearest, axis=1), point


def come_back(X, before):
    """The column of X, if it is one alone, whose point was not in X before; else None."""
    new = ~(X[:, :, None] == before[:, None, :]).all(axis=0).any(axis=1)
    return int(new.argmax()) if new.sum() == 1 else None


def stepped(place, key, reach, steps=25):
    """A place (x1, x2) after an arrow key, of which so many lead from the middle to the border; else None."""
    across, up = ARROWS.get(key, (0, 0))
    moved = [
        min(max(at + by * reach / steps, -reach), reach) for at, by in zip(place, (across, up), strict=True)
    ]
    return tuple(round(float(at), 4) for at in moved) if key in ARROWS else None


@lru_cache(maxsize=4)
def plane(reach):
    """The places of a map, (2, SIDE²), row by row from the top left."""
    across = np.linspace(-reach, reach, SIDE)
    return np.array(np.meshgrid(across, -across)).reshape(2, -1)


# ---- what is refused

THREE_COLUMNS = (
    "The playground takes two columns of numbers, and last a column with the class, one of two or three."
)


def require_own_points(X, Y, path, classes):
    """ValueError unless the file at path gave two columns of numbers of usual size, two or three classes."""
    if len(X) != 2 or classes_in(Y) > MOST_CLASSES:
        found = f"{path} has {len(X)} column{'s' * (len(X) > 1)} of numbers and {len(classes)} classes"
        raise ValueError(f"{found}. {THREE_COLUMNS}")
    if X.shape[1] > MOST_POINTS:
        found = f"{path} has {X.shape[1]:,} examples, and the playground shows up to {MOST_POINTS:,}"
        raise ValueError(f"{found}. Take a part of its lines, or see lesson 11.")
    sizes = abs(X[X != 0])
    if ((sizes > LARGEST_IN_A_CSV) | (sizes < 1 / LARGEST_IN_A_CSV)).any():
        limit = f"{LARGEST_IN_A_CSV:g}"
        raise ValueError(f"{path} has numbers beyond {limit} or that close to 0. Use other units.")


def require_point(value, expected, count):
    """The value as an array of `count` numbers between −1000 and 1000; ValueError where it is none."""
    try:
        point = np.array(value, float)
    except (TypeError, ValueError):
        point = np.array(math.nan)
    if point.shape != (count,) or not (abs(point) < 1000).all():
        raise ValueError(f"A point is {expected}, numbers between −1000 and 1000; it came as {value!r}.")
    return point
