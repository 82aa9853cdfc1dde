"""Plots as SVG text, for what moves: an empty plot, curves, points and coloured maps in it."""

import base64
import io
import math

import numpy as np
from PIL import Image

from helpers.scenes.svg import FONT, INK, QUIET, TINT, circle, rect, text_at
from helpers.words import short


def plot(left, top, width, height, xs, ys, xlabel="", ylabel=""):
    """An empty plot: its parts, and the function that puts data x, y (numbers or arrays) into its place.

    xs, ys: (low, high).  What lies outside is put on the border.
    """

    def at(x, y):
        across = np.clip((np.asarray(x, float) - xs[0]) / (xs[1] - xs[0]), 0, 1)
        up = np.clip((np.asarray(y, float) - ys[0]) / (ys[1] - ys[0]), 0, 1)
        return left + across * width, top + height - up * height

    parts = [rect(left, top, width, height, "none", QUIET, 1)]
    for share in (0, 0.5, 1):
        x, y = xs[0] + share * (xs[1] - xs[0]), ys[0] + share * (ys[1] - ys[0])
        parts.append(text_at(left + share * width, top + height + 17, short(x), QUIET))
        parts.append(text_at(left - 8, top + height - share * height, short(y), QUIET, anchor="end"))
    parts.append(text_at(left + width / 2, top + height + 39, xlabel))
    parts.append(text_at(left, top - 14, ylabel, anchor="start"))
    return parts, at


def curve(x, y, colour, thick=3.0, dashed=False):
    """A line through the points x, y, which are places in the picture; "" where there are none."""
    points = "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(np.ravel(x), np.ravel(y), strict=True))
    dashes = ' stroke-dasharray="7 5"' if dashed else ""
    look = f'stroke="{colour}" stroke-width="{thick:.1f}" stroke-linejoin="round"'
    return f'<path d="M{points}" fill="none" {look}{dashes}/>' if points else ""


def dot(x, y, fill, radius=8):
    """One round point with a dark border."""
    return circle(x, y, radius, fill)


def marks(x, y, label, radius, fill, rim):
    """Points of class 0 as triangles, of 1 as circles, of 2 as squares, in one path.  x, y: their places."""
    if label:  # the ends of lines without length; the first, wider, leaves the rim
        path = "".join(f"M{a:.1f} {b:.1f}h0" for a, b in zip(x, y, strict=True))
        look = f'<path d="{path}" stroke-linecap="{"round" if label == 1 else "square"}" stroke='
        parts = [f'{look}"{rim}" stroke-width="{2 * radius + 1:.1f}"/>']
        parts.append(f'{look}"{fill}" stroke-width="{2 * radius - 1:.1f}"/>')
    else:
        shape = f"l{1.15 * radius:.1f} {2 * radius:.1f}h{-2.3 * radius:.1f}z"
        path = "".join(f"M{a:.1f} {b - 1.2 * radius:.1f}{shape}" for a, b in zip(x, y, strict=True))
        parts = [f'<path d="{path}" fill="{fill}" stroke="{rim}" stroke-width="1"/>']
    return parts if path else []


def thinned(values, last):
    """Up to 200 places in a list from 0 to last, which is among them, and its numbers there, if finite."""
    last = min(last, len(values) - 1)
    stride = 2 ** math.ceil(math.log2(max(last / 198, 1)))
    x = np.array([*range(0, last, stride), last] if len(values) else [], int)
    y = np.array([values[k] for k in x], float)
    return x[np.isfinite(y)], y[np.isfinite(y)]


def round_up(value):
    """The next of 1, 2, 5, 7 and 10 times a power of ten: an end for an axis that seldom moves."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 7, 10) if value <= step * power * (1 + 1e-9))


def band(x, width, y, height):
    """A grey area without a border."""
    return rect(x, y, width, height, TINT, TINT, 0)


def palette(ramp):
    """255 colours along the ramp of five and a last one, grey, for what is not a number: as bytes."""
    shades = [np.interp(np.linspace(0, 4, 255), range(5), channel) for channel in np.transpose(ramp)]
    return bytes([*np.column_stack(shades).astype(np.uint8).ravel(), 221, 221, 221])


CLASS_COLOURS = ("#E69F00", "#0072B2", "#009E73")  # of classes 0, 1 and 2
SHADES = 85  # of each class
ORANGE_TO_BLUE = palette([(168, 95, 0), (230, 159, 0), (255, 255, 255), (0, 114, 178), (0, 67, 107)])


def coloured(values, left, top, width, height, colours=ORANGE_TO_BLUE):
    """A map of values (rows, columns) from −1, orange, over 0, white, to 1, blue; row 0 is at the top.

    NaN is grey.  colours: from palette, where others are wanted.
    """
    entries = np.nan_to_num(np.clip(values, -1, 1) * 127 + 127, nan=255).astype(np.uint8)
    return _image(entries, left, top, width, height, colours)


def coloured_by_class(shares, left, top, width, height, flat=False):
    """A map of the class with the largest of its shares (classes, rows, columns), from 0 to 1.

    The nearer that one is to 1, the stronger its colour; flat: each has one strength.
    """
    even = 1 / len(shares)
    strength = np.ones(shares[0].shape) if flat else np.clip((shares.max(axis=0) - even) / (1 - even), 0, 1)
    entries = shares.argmax(axis=0) * SHADES + strength * (SHADES - 1)
    return _image(entries.astype(np.uint8), left, top, width, height, CLASS_SHADES)


def _class_shades():
    """The colours of a map by class, as bytes: for each class SHADES from white to a light tone of its."""
    own = [[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in CLASS_COLOURS]
    shares = [0.45 * k / (SHADES - 1) for k in range(SHADES)]
    return bytes(round(255 + share * (part - 255)) for rgb in own for share in shares for part in rgb)


CLASS_SHADES = _class_shades()


def _image(entries, left, top, width, height, colours):
    """An image whose entries (rows, columns) are places in a palette."""
    image, png = Image.fromarray(entries, mode="P"), io.BytesIO()
    image.putpalette(colours)
    image.save(png, format="png", compress_level=1)
    address = f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
    place = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<image {place} preserveAspectRatio="none" href="{address}"/>'


def lines_of_text(x, y, lines, colour=INK):
    """Lines of text below each other, starting at x."""
    return [text_at(x, y + i * (FONT + 7), line, colour, anchor="start") for i, line in enumerate(lines)]
