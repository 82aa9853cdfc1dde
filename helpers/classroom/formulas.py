"""Formulas as drawings inside a page, so that no network and no script is needed to see them."""

import html
import re
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

EM = 88  # units of a drawing to the size of the letters around it; the drawing's own letters have 100
FONT = FontProperties(math_fontfamily="stix")
CODE = r"```.*?```|`[^`\n]*`"  # in which a $ is a $
FORMULA = re.compile(rf"(?P<code>{CODE})|\$\$(?P<alone>.*?)\$\$|\$(?P<inside>[^$\n]+?)\$", re.DOTALL)
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
# what the lessons write, and Matplotlib does not know
OTHERWISE = [(r"\\[Bb]ig[lr]", ""), (r"\\tfrac", r"\\frac"), (r"\\[lr]Vert", r"\\|"), (r"\\[lr]vert", "|")]
OTHERWISE += [(r"(\\d?frac)\s*(\w)\s*(\w)", r"\1{\2}{\3}"), (r"\s+", " ")]


def without_formulas(text):
    """A Markdown text with a mark in place of each formula, and {mark: the formula as HTML}."""
    drawn = {}

    def mark(match):
        if match["code"]:
            return match["code"]
        name = f"FORMULA{len(drawn)}X"
        drawn[name] = drawing_of(match["alone"] or match["inside"], bool(match["alone"]))
        return name

    return FORMULA.sub(mark, text), drawn


@cache
def drawing_of(formula, alone=False):
    """A formula in TeX as an SVG drawing that stands on the line, or on a line of its own.

    ValueError for TeX that Matplotlib does not know.
    """
    known = formula.replace("\\frac", "\\dfrac") if alone else formula
    for pattern, replacement in OTHERWISE:
        known = re.sub(pattern, replacement, known)
    path = TextPath((0, 0), f"${known.strip()}$", size=100, prop=FONT)
    (_, bottom), (right, top) = path.get_extents().get_points() if len(path.vertices) else ((0, 0), (1, 1))
    size = f'viewBox="0 {-top:.0f} {right:.0f} {top - bottom:.0f}"'
    style = f"width:{right / EM:.2f}em;height:{(top - bottom) / EM:.2f}em;vertical-align:{bottom / EM:.2f}em"
    kind = "formula alone" if alone else "formula"
    label = html.escape(" ".join(formula.split()))
    return (
        f'<svg class="{kind}" role="img" aria-label="{label}" {size} style="{style}">'
        f'<path fill="currentColor" d="{_outline(path)}"/></svg>'
    )


def _outline(path):
    """The outline of a path, as SVG writes it; its y grows downward."""
    parts = []
    for points, code in path.iter_segments(curves=True, simplify=False):
        pairs = [f"{x:.0f} {-y:.0f}" for x, y in points.reshape(-1, 2)]
        parts.append("Z" if code == Path.CLOSEPOLY else LETTERS[code] + " ".join(pairs))
    return "".join(parts)
