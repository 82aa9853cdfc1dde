"""Small pictures of data sets in the plane, side by side, of which one is chosen."""

import numpy as np

from helpers.scenes.curves import marks
from helpers.scenes.svg import INK, NEWEST, PANEL, QUIET, rect, scene_of, touchable
from helpers.words import listed

SIDE, GAP, RADIUS = 26, 2, 0.8  # of a small picture, as high as a control; between two; of a point
MOST_OF_A_CLASS = 60  # points that are drawn of it
COLOURS = ("#C77700", "#0072B2", "#009E73")  # of the classes; a darker orange, since it has no rim


def thumbnails_scene(data, chosen=""):
    """Draw data sets side by side, the chosen one framed thickly and tinted.

    data: {name: (X, classes)}, X (2, m), classes (m,) of 0, 1 and 2.  chosen: a name; another: none is
    marked.  To touch: "data xor", …
    """
    parts = []
    for k, (name, (X, classes)) in enumerate(data.items()):
        parts += _thumbnail(GAP + k * (SIDE + GAP), name, X, classes, name == chosen)
    words = f"Data sets: {listed(data)}. Chosen: {chosen if chosen in data else 'none of them'}."
    return scene_of(GAP + len(data) * (SIDE + GAP), SIDE + 2 * GAP, "Data sets", words, parts, words)


def data_touched(touch):
    """The name of the data set that was touched; None for what is none."""
    return touch.removeprefix("data ") if touch.startswith("data ") else None


def _thumbnail(left, name, X, classes, is_chosen):
    frame = (NEWEST, INK, 2.5) if is_chosen else (PANEL, QUIET, 1)
    parts = [rect(left, GAP, SIDE, SIDE, *frame)]
    middle = (X.min(axis=1, keepdims=True) + X.max(axis=1, keepdims=True)) / 2
    size = (SIDE / 2 - 3.5) / np.abs(X - middle).max(initial=1e-9)
    for k in range(classes.max(initial=0) + 1):
        x, y = _thinned(X[:, classes == k] - middle) * size
        parts += marks(left + SIDE / 2 + x, GAP + SIDE / 2 - y, k, RADIUS, COLOURS[k], COLOURS[k])
    kinds = len(set(classes))
    label = f"data set {name}: {kinds} class{'es' * (kinds != 1)}"
    return touchable(parts, f"data {name}", label + ", chosen" * is_chosen)


def _thinned(X):
    """Some of the points (2, m), drawn by lot: every second one of a made-up set can be of one corner."""
    return X[:, np.random.default_rng(0).permutation(X.shape[1])[:MOST_OF_A_CLASS]]
