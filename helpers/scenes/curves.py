"""Plots as SVG text, for what moves: an empty plot, curves, points and coloured maps in it."""

import base64
import io

import numpy as np
from PIL import Image

from helpers.scenes.pieces import FONT, INK, QUIET, TINT, number, rect, text_at


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


def short(value):
    """Three digits."""
    return number(float(f"{value:.3g}"))


def curve(x, y, colour, thick=3.0, dashed=False):
    """A line through the points x, y, which are places in the picture."""
    points = "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(np.ravel(x), np.ravel(y), strict=True))
    dashes = ' stroke-dasharray="7 5"' if dashed else ""
    look = f'stroke="{colour}" stroke-width="{thick:.1f}" stroke-linejoin="round"'
    return f'<path d="M{points}" fill="none" {look}{dashes}/>'


def dot(x, y, fill, radius=8):
    """One round point with a dark border."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{INK}" stroke-width="2"/>'


def band(x, width, y, height):
    """A grey area without a border."""
    return rect(x, y, width, height, TINT, TINT, 0)


def palette(ramp):
    """255 colours along the ramp of five and a last one, grey, for what is not a number: as bytes."""
    shades = [np.interp(np.linspace(0, 4, 255), range(5), channel) for channel in np.transpose(ramp)]
    return bytes([*np.column_stack(shades).astype(np.uint8).ravel(), 221, 221, 221])


ORANGE_TO_BLUE = palette([(168, 95, 0), (230, 159, 0), (255, 255, 255), (0, 114, 178), (0, 67, 107)])


def coloured(values, left, top, width, height, colours=ORANGE_TO_BLUE):
    """A map of values (rows, columns) from −1, orange, over 0, white, to 1, blue; row 0 is at the top.

    NaN is grey.  colours: from palette, where others are wanted.
    """
    entries = np.nan_to_num(np.clip(values, -1, 1) * 127 + 127, nan=255).astype(np.uint8)
    image, png = Image.fromarray(entries, mode="P"), io.BytesIO()
    image.putpalette(colours)
    image.save(png, format="png", compress_level=1)
    address = f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
    place = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<image {place} preserveAspectRatio="none" href="{address}"/>'


def lines_of_text(x, y, lines, colour=INK):
    """Lines of text below each other, starting at x."""
    return [text_at(x, y + i * (FONT + 7), line, colour, anchor="start") for i, line in enumerate(lines)]
