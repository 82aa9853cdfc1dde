"""Where axe-core is, which finds what a screen reader or a keyboard cannot use in a page."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

VERSION = "4.14.1"
ROOT = Path(__file__).parents[1]
FETCHED = ROOT / "node_modules" / "axe-core" / "axe.min.js"  # ignored by git
FETCH = "npm install --prefix {} --no-save --no-package-lock --ignore-scripts axe-core@" + VERSION
MISSING = "No axe-core: run `{}`, or name axe.min.js in the variable AXE_CORE."


def axe_core():
    """The text of axe.min.js: the one that AXE_CORE names, the one fetched before, or fetched from npm now.

    Where none is to be had the test is skipped; in CI it fails.
    """
    path = Path(os.environ.get("AXE_CORE", FETCHED))
    if not path.exists() and shutil.which("npm"):
        fetch()
    if not path.exists():
        missing = MISSING.format(FETCH.format(ROOT))
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    return path.read_text(encoding="utf-8")


def fetch():
    """Fetch it into a folder of its own and move the file to its place: two processes may want it at once."""
    with tempfile.TemporaryDirectory() as folder:
        command = [part.format(folder) for part in FETCH.split()]
        subprocess.run([shutil.which("npm"), *command[1:]], capture_output=True, timeout=120)
        fetched = Path(folder) / FETCHED.relative_to(ROOT)
        if fetched.exists():
            FETCHED.parent.mkdir(parents=True, exist_ok=True)
            partial = FETCHED.with_name(f"{os.getpid()}.js")
            shutil.copy(fetched, partial)
            partial.replace(FETCHED)


def violations(page, selector):
    """What axe-core finds wrong within the elements of this selector: (rule, the element's HTML)."""
    page.evaluate(axe_core())
    found = """async selector => (await axe.run({ include: [[selector]] })).violations
        .flatMap(rule => rule.nodes.map(node => [rule.id, node.html]))"""
    return page.evaluate(found, selector)
