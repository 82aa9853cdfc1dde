"""What every scene is made of: the Scene, its colours, texts, boxes, lines and arrow heads."""

import base64
import html
import math
import re
from dataclasses import dataclass, replace

VALUE, GRADIENT = "#0072B2", "#B84B00"  # forward; backward: vermillion dark enough for text, dashed
NEGATIVE, FADED = "#A86B00", "#DDDDDD"
INK, QUIET, PANEL, TINT, NEWEST = "#1F1F1F", "#5A5A5A", "#FFFFFF", "#EEF1F4", "#FFF1B8"
FONT, LINE, MARGIN = 17, 22, 22


@dataclass(frozen=True)
class Scene:
    """A picture as SVG text and its description; as the last line of a cell it shows itself.

    line: what is new in this picture, in a sentence or two, for the text line of a widget.
    """

    svg: str
    description: str
    line: str = ""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"image/svg+xml": self.svg} | described("image/svg+xml", self.svg.encode(), self.description)


def described(kind, data, description):
    """The text/html and text/plain that stand beside a picture in an output, so that it is read out.

    kind: "image/png" or "image/svg+xml".  data: the picture's bytes.
    """
    address = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    alt = html.escape(description, quote=True)
    return {
        "text/html": f'<img src="{address}" alt="{alt}" style="max-width:100%;height:auto">',
        "text/plain": f"Figure: {description}",
    }


def scene_of(width, height, title, description, parts, line=""):
    """The Scene of these parts on a panel of width × height."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" style="max-width:100%;height:auto" '
        f'font-family="Arial, \'DejaVu Sans\', sans-serif" font-size="{FONT}">'
        f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
        f'<rect width="{width:.0f}" height="{height:.0f}" rx="10" fill="{PANEL}"/>'
    )
    return Scene("\n".join([head, *parts, "</svg>"]), description, line)


def text_width(text):
    """About how wide the text will be; no font is measured."""
    return 0.58 * FONT * len(text)


def text_at(x, y, text, colour=INK, bold=False, anchor="middle", size=FONT):
    """A line of text whose middle is at height y."""
    look = ' font-weight="bold"' * bold + f' font-size="{size}"' * (size != FONT)
    place = f'x="{x:.1f}" y="{y + 0.35 * size:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}"{look}>{html.escape(text)}</text>'


def rect(x, y, width, height, fill=PANEL, stroke=INK, thick=1.5):
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{thick}"/>'
    )


def circle(x, y, radius, fill=PANEL, stroke=INK, thick=2):
    look = f'fill="{fill}" stroke="{stroke}" stroke-width="{thick}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.3g}" {look}/>'


def stroke(path, colour, thick=2.0, dashed=False):
    dashes = ' stroke-dasharray="7 5"' if dashed else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick:.1f}"{dashes}/>'


def arrow_head(x, y, direction, colour):
    """An arrow head with its tip at x, y, pointing right (direction 1) or left (−1)."""
    return f'<path d="M{x:.1f} {y:.1f}l{-10 * direction} -5v10z" fill="{colour}"/>'


def touchable(parts, touch, label, value=None, drag=False, hover=False, by_tab=True, focus=""):
    """These parts as one element that can be touched, for a SceneView and explore().

    touch: its name, once in a picture.  label: what is shown at the pointer and read out, with the value.
    value: the number that can be typed in its place; four digits of it are shown.  drag: whether it can be
    dragged; "paint" where a drag paints.  hover: whether it is told when the pointer comes and goes.  by_tab:
    whether the Tab key stops at it.  focus: the name of the element that has the focus after this one was
    touched; "": it keeps it.
    """
    told = {"touch": touch, "label": label}
    told |= {} if value is None else {"type": "number", "value": _to_edit(value)}
    told |= {"drag": drag if drag == "paint" else "yes"} if drag else {}
    told |= {"hover": "yes"} if hover else {}
    told |= {"focus": focus} if focus else {}
    said = "".join(f' data-{name}="{html.escape(text)}"' for name, text in told.items())
    return [f"<g{said}>" if by_tab else f'<g{said} tabindex="-1">', *parts, "</g>"]


def _to_edit(value):
    """A number as one can read and edit it: whole, or in four digits; "" for what is no number."""
    if not math.isfinite(value):
        return ""
    return f"{value if value % 1 == 0 else float(f'{value:.4g}'):.10g}"


def still(scene):
    """The Scene without what only a touch needs, so that it is smaller in a file."""
    svg = re.sub(r' (?:data-\w+|tabindex)="[^"]*"|\n<path d="[^"]*"/>(?=\n</g>)', "", scene.svg)
    svg = re.sub(r"<g>\n((?:(?!<g).)*?)</g>\n", r"\1", svg, flags=re.DOTALL)
    return replace(scene, svg=re.sub(r' \w+="[-\d.MLChlvz ]+"', _without_zeros, svg))


def _without_zeros(attribute):
    return re.sub(r"(?<=\d)\.0(?!\d)", "", attribute[0])


def size_of(scene):
    """The width and height of a Scene."""
    width, height = scene.svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split()
    return float(width), float(height)
