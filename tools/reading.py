"""The lessons as pages to read: formulas drawn, pictures inside, solutions folded; no network, no script."""

import html
import re
from pathlib import Path

import nbformat

from helpers.classroom.drawn_cells import code_of, outputs_of, text_of
from helpers.lessons import has_tag, lesson_paths

STYLE = Path(__file__).with_name("site.css").read_text(encoding="utf-8")
FOLDED = re.compile(r"<details><summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
LINK = re.compile(r'href="(\d\d_\w+)\.ipynb')
ANSWERED = '<p class="widget">In the notebook you answer here, and are told at once.</p>'


def write_reading(folder):
    """Write each lesson to a folder as NAME.html, and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = lesson_paths()
    for before, path, after in zip([None, *paths], paths, [*paths[1:], None], strict=False):
        (folder / f"{path.stem}.html").write_text(page_of(path, before, after), encoding="utf-8")
    return [folder / f"{path.stem}.html" for path in paths]


def page_of(path, before=None, after=None):
    """A lesson as a page to read, with links to the lessons before and after it."""
    cells = nbformat.read(path, as_version=4).cells
    body = LINK.sub(r'href="\1.html', "\n".join(map(cell_of, cells)))
    near = [each for each in (before, after) if each]
    links = [f'<a href="{each.stem}.html">{html.escape(title_of(each))}</a>' for each in near]
    here = f'<a href="../index.html">All lessons</a> · {" · ".join(links)}'
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{html.escape(title_of(path))}</title><style>{STYLE}</style></head><body><nav>{here}</nav><main>
{body}
</main><nav>{here}</nav></body></html>
"""


def cell_of(cell):
    """A cell as HTML; what a question shows before it is answered is left out."""
    if cell.cell_type == "code":
        asks = has_tag(cell, "prediction") or has_tag(cell, "recall")
        return f"<section>{code_of(cell)}{ANSWERED if asks else outputs_of(cell)}</section>"
    if cell.cell_type == "raw":
        return ""
    parts = FOLDED.split(cell.source)  # text, summary, folded, text, summary, folded, text …
    folded = [
        f"<details><summary>{html.escape(name)}</summary>{text_of(inside.strip())}</details>{text_of(after)}"
        for name, inside, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    ]
    return text_of(parts[0]) + "".join(folded)


def title_of(path):
    """The number and the title of a lesson."""
    first = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
    return f"{path.stem[:2]} {re.sub('^#+ *', '', first)}"
