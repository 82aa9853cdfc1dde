"""`make slides`: a lesson as slides, one idea on each, in one page that needs no network."""

import html
import re
from pathlib import Path

import nbformat

from helpers.classroom.choose import chosen_lessons
from helpers.classroom.drawn_cells import code_of, outputs_of, text_of, unfolded
from helpers.lessons import has_tag, made_writable

STYLE, TURNING = (Path(__file__).with_name(name) for name in ("slides.css", "slides.js"))
CUT = re.compile(r"\n\n(?=## |\*\*Predict|\*\*Try two|\*\*You will)")
LEFT_OUT = ("imports", "solution", "hints", "check", "prediction", "recall")


def write_slides(folder, wanted, say=print):
    """Write each of the chosen lessons to a folder as NAME_slides.html; returns their paths."""
    paths = chosen_lessons(wanted)
    made_writable(folder)
    written = []
    for path in paths:
        page = folder / f"{path.stem}_slides.html"
        page.write_text(deck(nbformat.read(path, as_version=4).cells), encoding="utf-8")
        say(str(page))
        written.append(page)
    return written


def deck(cells):
    """A lesson as an HTML page of slides."""
    shown = slides_of(cells)
    title = html.escape(re.sub(r"^#\s*", "", cells[0].source.splitlines()[0]))
    sections = "".join(
        f'<section aria-label="slide {k} of {len(shown)}" class="{"now" * (k == 1)}">'
        f'<div class="fits">{inside}</div><p class="number">{k} / {len(shown)}</p></section>'
        for k, inside in enumerate(shown, start=1)
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}: slides</title><style>
{STYLE.read_text("utf-8")}</style></head><body><main>{sections}</main><script>
{TURNING.read_text("utf-8")}</script></body></html>
"""


def slides_of(cells):
    """What stands on each slide, as HTML: each text, each code with what it prints, each picture.

    A text is cut at its headings and where it asks; what is folded comes on a slide of its own, after it.
    """
    found = []
    for cell in cells:
        if any(has_tag(cell, tag) for tag in LEFT_OUT):
            continue
        if cell.cell_type == "code":
            code, shown = code_of(cell), outputs_of(cell)
            drawn = "<img" in shown or "<svg" in shown
            found += [code, shown] if drawn else [code + shown]
            continue
        text, folded = unfolded(cell.source, hints_stay=False)
        found += [text_of(part) for part in CUT.split(text) if part.strip()]
        found += [f"<h3>{html.escape(name)}</h3>{text_of(inside)}" for name, inside in folded]
    return [inside for inside in found if inside]
