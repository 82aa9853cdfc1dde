"""`make print`: a lesson as one PDF that reads on paper."""

import html
import os
import re
import shutil
import subprocess
from pathlib import Path

import nbformat

from helpers.classroom.choose import chosen_lessons
from helpers.classroom.drawn_cells import code_of, outputs_of, text_of, unfolded
from helpers.lessons import has_tag, made_writable

STYLE = Path(__file__).with_name("paper.css")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
BY_HAND = "No Chromium, Chrome or Edge was found: open {page} in any browser, and print it to a PDF."
TO_WRITE = '<p class="to-write">My answer:</p>'


def print_lessons(folder, wanted, solutions=True, say=print):
    """Write each of the chosen lessons to a folder as NAME.html and NAME.pdf; returns what was written.

    solutions: whether they stand at the end, or nowhere.
    """
    paths = chosen_lessons(wanted)
    made_writable(folder)
    written = []
    for path in paths:
        page = folder / f"{path.stem}.html"
        page.write_text(paper(nbformat.read(path, as_version=4).cells, solutions), encoding="utf-8")
        pdf = to_pdf(page)
        say(str(pdf) if pdf else BY_HAND.format(page=page))
        written.append(pdf or page)
    return written


def paper(cells, solutions=True):
    """A lesson as an HTML page to print: hints open, and what is folded besides at the end."""
    body, back = [], []
    for cell in cells:
        if cell.cell_type == "code":
            body.append(_code(cell))
            continue
        text, folded = unfolded(cell.source, hints_stay=True)
        for name, inside in folded:
            if name == "Solution" and not solutions:
                continue
            back.append(f"<h3>{len(back) + 1}. {html.escape(name)}</h3>{text_of(inside)}")
            text += f"\n\n*{name}: number {len(back)} at the end.*"
        body.append(text_of(text) if text else "")
    title = re.sub(r"^#\s*", "", cells[0].source.splitlines()[0])
    end = f'<section class="back"><h2>At the end</h2>{"".join(back)}</section>' if back else ""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title><style>
{STYLE.read_text("utf-8")}</style></head><body><main>
{"".join(body)}
{end}
</main></body></html>
"""


def _code(cell):
    """A cell's code and what it shows; a question's holds the truth, so a line to write on stands there."""
    if has_tag(cell, "prediction") or has_tag(cell, "recall"):
        return TO_WRITE
    return f"<section>{code_of(cell)}{outputs_of(cell)}</section>"


def to_pdf(page):
    """Print a page with a browser that is installed; returns the path of the PDF, or None without one."""
    browser = find_browser()
    if not browser:
        return None
    pdf = page.with_suffix(".pdf").resolve()
    pdf.unlink(missing_ok=True)
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [browser, "--headless", "--disable-gpu", *as_root, "--no-pdf-header-footer"]
    command += [f"--print-to-pdf={pdf}", page.resolve().as_uri()]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if not pdf.exists():
        raise ValueError(f"{browser} did not print {page}:\n{run.stderr.strip()[-500:]}")
    return pdf


def find_browser():
    """The path of a browser that can print, named in CHROMIUM or installed; None if there is none."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS), *PLACES]
    return next((place for place in named if place and Path(place).exists()), None)
