"""A digit drawn by hand: 8 × 8 pixels from 0 to 1, row 0 at the top, as those of datasets.digits()."""

import numpy as np

from helpers.inputs import require_table, require_ten_answers

SIDE = 8
REACH = 1.3  # pixels from the middle of the pen to the end of its grey: strokes as wide as those of the data
SHADES = 16  # above white, as in the data
PLACES = np.indices((SIDE, SIDE))  # the row of each pixel, and its column
ARROWS = {"ArrowLeft": (0, -1), "ArrowRight": (0, 1), "ArrowUp": (-1, 0), "ArrowDown": (1, 0)}


def blank():
    """White pixels, (8, 8)."""
    return np.zeros((SIDE, SIDE))


def with_stroke(pixels, start, end):
    """The pixels (8, 8) after the pen went straight from start to end, each (row, column); a new array.

    A pixel gets 1.3 minus its distance from the line, at most 1, where it was lighter before.
    """
    (rows, columns), (down, right) = PLACES, (end[0] - start[0], end[1] - start[1])
    along = (rows - start[0]) * down + (columns - start[1]) * right
    share = np.clip(along / ((down**2 + right**2) or 1), 0, 1)  # of the line, where it is nearest
    distance = np.hypot(rows - start[0] - share * down, columns - start[1] - share * right)
    return np.maximum(pixels, np.round(SHADES * np.clip(REACH - distance, 0, 1)) / SHADES)


def wiped(pixels, pixel):
    """The pixels (8, 8) with this one, (row, column), white; a new array."""
    rows, columns = PLACES
    return np.where((rows == pixel[0]) & (columns == pixel[1]), 0, pixels)


def clicked(pixels, pixel):
    """The pixels (8, 8) after a click on one, (row, column): wiped if it is dark, else a dot of the pen."""
    return wiped(pixels, pixel) if pixels[pixel] >= 0.5 else with_stroke(pixels, pixel, pixel)


def beside(pixel, key):
    """The pixel that an arrow key leads to from this one; at the border, and for another key, the same."""
    down, right = ARROWS.get(key, (0, 0))
    return min(max(pixel[0] + down, 0), SIDE - 1), min(max(pixel[1] + right, 0), SIDE - 1)


def example_pixels(examples, number):
    """The pixels (8, 8) of one column of examples (64, m); numbers beyond the last begin again at 0."""
    examples = require_table("examples", examples)
    if len(examples) != SIDE * SIDE:
        raise ValueError(f"examples has shape {examples.shape}; expected (64, m), a column for each digit.")
    return examples[:, number % examples.shape[1]].reshape(SIDE, SIDE)


def reading(probability, pixels):
    """The ten outputs, as a list, of a network for these pixels (8, 8).

    probability: a function from X (64, m) to (10, m), as that of a trainer. ValueError for another result.
    """
    if not callable(probability):
        came = type(probability).__name__
        raise TypeError(f"The network comes as a function, such as reader.probability; {came} came.")
    return require_ten_answers(probability(pixels.reshape(-1, 1))).ravel().tolist()
