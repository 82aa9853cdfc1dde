"""A lesson's cells as HTML that stands by itself: for paper, and for slides."""

import base64
import html
import re

from nbconvert.filters import Highlight2HTML, markdown2html

from helpers.classroom.formulas import without_formulas
from helpers.lessons import VIEW, has_tag

FOLDED = re.compile(r"<details><summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
ASKS = ("check", "prediction", "recall")  # what such a cell shows when nobody answers is not worth paper
WIDGET = '<p class="widget">In the notebook, this is a picture that you can touch.</p>'
COLOURED = Highlight2HTML(pygments_lexer="python")


def text_of(source):
    """A text in Markdown as HTML, its formulas drawn."""
    marked, drawn = without_formulas(source)
    written = markdown2html(marked)
    return re.sub(r"FORMULA\d+X", lambda mark: drawn[mark[0]], written)


def code_of(cell):
    """A cell's code as HTML, coloured; "" where it is empty."""
    return f'<div class="code">{COLOURED(cell.source)}</div>' if cell.source.strip() else ""


def outputs_of(cell):
    """What a cell shows, as HTML; nothing of a cell that asks, and of a widget that it is one."""
    if any(has_tag(cell, tag) for tag in ASKS):
        return ""
    return "".join(map(_output, cell.get("outputs", [])))


def _output(output):
    if output.output_type == "stream":
        return f"<pre>{html.escape(output.text)}</pre>"
    if output.output_type == "error":
        return f"<pre>{html.escape(f'{output.ename}: {output.evalue}')}</pre>"
    data = output.data
    if VIEW in data:
        return WIDGET
    if "image/svg+xml" in data:
        return _picture(data["image/svg+xml"], data["text/plain"])
    if "text/html" in data:
        return f'<div class="shown">{data["text/html"]}</div>'
    return f"<pre>{html.escape(data.get('text/plain', ''))}</pre>"


def _picture(svg, words):
    """A picture in SVG as an image of its own, so that no two share an identifier."""
    inside = base64.b64encode(svg.encode()).decode()
    told = re.search(r"<desc>(.*?)</desc>", svg, re.DOTALL)
    alt = told[1] if told else html.escape(words)
    alt = alt.replace('"', "&quot;")
    return f'<img class="picture" src="data:image/svg+xml;base64,{inside}" alt="{alt}">'


def unfolded(source, hints_stay):
    """A text without what is folded in it, and (what it is called, its text) of each part that was folded.

    hints_stay: whether hints stay where they are, open.
    """
    folded = []

    def taken(match):
        if hints_stay and match[1].startswith("Hint"):
            return f"**{match[1]}.** {match[2].strip()}"
        folded.append((match[1], match[2].strip()))
        return ""

    return FOLDED.sub(taken, source).strip(), folded
