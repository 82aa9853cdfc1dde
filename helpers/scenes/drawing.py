"""A digit of 8 × 8 pixels that is drawn by hand, and the ten outputs of the network that reads it."""

import re

import numpy as np

from helpers.scenes.svg import (
    INK,
    MARGIN,
    NEWEST,
    PANEL,
    QUIET,
    VALUE,
    rect,
    scene_of,
    stroke,
    text_at,
    touchable,
)
from helpers.words import number

CELL, LEFT, TOP = 46, MARGIN, 52  # the side of a pixel; where the first one begins
BARS, WIDE, HIGH = 480, 300, 36.8  # where the bars begin; of a bar for an output of 1; of a row
HOW = "Drag: paint. Click a dark pixel: wipe it. Keys: arrows, Space, Delete."


def drawing_scene(pixels, outputs, pen=None, before=None):
    """Draw the pixels, and beside them each output as a bar, the highest marked.

    pixels: (8, 8), from 0, white, to 1.  outputs: ten numbers from 0 to 1.  pen: (row, column) of the pixel
    where the keys paint.  before: the ten outputs before the last stroke, each a line across its bar.
    To touch: "pixel[3, 4]" for row 3, column 4, and "pen".  ValueError for other shapes.
    """
    if (shapes := (np.shape(pixels), np.shape(outputs))) != ((8, 8), (10,)):
        came = "pixels has shape {} and outputs {}".format(*shapes)
        raise ValueError(f"{came}; expected (8, 8) and (10,). Try pixels.reshape(8, 8), A[:, 0].")
    read = max(range(10), key=lambda digit: outputs[digit])
    parts = [text_at(LEFT, 30, "8 × 8 pixels", QUIET, bold=True, anchor="start")]
    for row in range(8):
        for column in range(8):
            parts += _pixel(pixels, row, column)
    parts += [rect(LEFT, TOP, 8 * CELL, 8 * CELL, "none", QUIET, 1.5), *_pen(pixels, pen)]
    parts.append(text_at(BARS, 30, "ten outputs", QUIET, bold=True, anchor="start"))
    for digit in range(10):
        parts += _bar(digit, outputs[digit], digit == read, before and before[digit])
    if before:
        parts.append(text_at(BARS + 150, 30, "┃ before the last stroke", QUIET, anchor="start"))
    line = _line(pixels, outputs, read, before)
    shades = "; ".join(" ".join(f"{16 * value:.0f}" for value in row) for row in pixels)
    answers = ", ".join(f"{digit}: {_short(output)}" for digit, output in enumerate(outputs))
    description = f"{line} Outputs: {answers}. Pixels from 0 to 16, row by row: {shades}."
    return scene_of(900, TOP + 8 * CELL + 46, "A digit, and what a network reads", description, parts, line)


def pixel_touched(touch):
    """(row, column) of the pixel that was touched, by name; None for what is no pixel."""
    found = re.fullmatch(r"pixel\[([0-7]), ([0-7])\]", touch)
    return found and tuple(map(int, found.groups()))


def pixel_at(x, y):
    """(row, column) at a place of the picture, with decimals: whole in the middle of a pixel."""
    return (y - TOP) / CELL - 0.5, (x - LEFT) / CELL - 0.5


def _called(pixels, row, column):
    return f"pixel row {row}, column {column}: {16 * pixels[row][column]:.0f} of 16"


def _pixel(pixels, row, column):
    shade = round(255 - 224 * pixels[row][column])
    look = f'fill="#{shade:02X}{shade:02X}{shade:02X}" stroke="#DDE2E7"'
    place = f'x="{LEFT + CELL * column}" y="{TOP + CELL * row}" width="{CELL}" height="{CELL}"'
    cell, label = [f"<rect {place} {look}/>"], _called(pixels, row, column)
    name = f"pixel[{row}, {column}]"
    return touchable(cell, name, label, drag="paint", by_tab=False, focus="pen")


def _pen(pixels, pen):
    """The pixel where the keys paint, framed twice, so that it is seen on white and on black; and how."""
    if pen is None:
        return []
    x, y = LEFT + CELL * pen[1] + 3, TOP + CELL * pen[0] + 3
    frames = [rect(x, y, CELL - 6, CELL - 6, "transparent", PANEL, 5)]
    frames.append(rect(x, y, CELL - 6, CELL - 6, "none", VALUE, 2))
    how = text_at(LEFT, TOP + 8 * CELL + 22, HOW, QUIET, anchor="start")
    return [*touchable(frames, "pen", _called(pixels, *pen), drag="paint"), how]


def _bar(digit, output, is_read, before):
    """One digit: its bar on a scale up to 1, and the number; what is read is tinted, bold and pointed at."""
    middle = TOP + HIGH * (digit + 0.5)
    parts = [rect(BARS - 10, middle - 17, 412, 34, NEWEST, INK, 1)] if is_read else []
    parts.append(text_at(BARS + 8, middle, str(digit), bold=is_read))
    parts.append(rect(BARS + 30, middle - 12, WIDE, 24, PANEL, QUIET, 1))
    if WIDE * output >= 1:
        parts.append(rect(BARS + 30, middle - 12, WIDE * output, 24, VALUE, INK, 1))
    if before is not None:
        parts.append(stroke(f"M{BARS + 30 + WIDE * before:.1f} {middle - 15:.1f}v30", INK, 3))
    parts.append(text_at(BARS + WIDE + 42, middle, _short(output), bold=is_read, anchor="start"))
    return parts


def _short(output):
    return f"{output:.3f}"


def _line(pixels, outputs, read, before):
    """What is read, and which output a stroke raised most."""
    if not any(any(row) for row in pixels):
        return f"Nothing is drawn. The network still says something: {read}, with {_short(outputs[read])}."
    second = max((d for d in range(10) if d != read), key=lambda digit: outputs[digit])
    words = f"It reads {read}, with {_short(outputs[read])}"
    words += f"; next comes {second}, {_short(outputs[second])}." if outputs[second] >= 0.001 else "."
    if not before:
        return words
    rises = [new - old for new, old in zip(outputs, before, strict=True)]
    most = max(range(10), key=lambda digit: rises[digit])
    if rises[most] < 0.005:
        return f"{words} The last stroke changed next to nothing."
    return f"{words} The last stroke raised {most} most, by {number(rises[most], 2)}."
