"""Where axe-core is, which finds what a screen reader or a keyboard cannot use in a page."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

VERSION = "4.14.1"
ROOT = Path(__file__).parents[1]
FETCHED = ROOT / "node_modules" / "axe-core" / "axe.min.js"  # ignored by git
FETCH = f"npm install --prefix {ROOT} --no-save --no-package-lock --ignore-scripts axe-core@{VERSION}"
MISSING = "No axe-core: run `{}`, or name axe.min.js in the variable AXE_CORE."


def axe_core():
    """The text of axe.min.js: the one that AXE_CORE names, the one fetched before, or fetched from npm now.

    Where none is to be had the test is skipped; in CI it fails.
    """
    path = Path(os.environ.get("AXE_CORE", FETCHED))
    if not path.exists() and shutil.which("npm"):
        subprocess.run([shutil.which("npm"), *FETCH.split()[1:]], capture_output=True, timeout=120)
    if not path.exists():
        missing = MISSING.format(FETCH)
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    return path.read_text(encoding="utf-8")


def violations(page, selector):
    """What axe-core finds wrong within the elements of this selector: (rule, the element's HTML)."""
    page.evaluate(axe_core())
    found = """async selector => (await axe.run({ include: [[selector]] })).violations
        .flatMap(rule => rule.nodes.map(node => [rule.id, node.html]))"""
    return page.evaluate(found, selector)
