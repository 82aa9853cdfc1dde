"""Take the README's picture, the playground in JupyterLab; not a test: python -m tools.picture"""

import io
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image
from playwright.sync_api import sync_playwright

from helpers.lessons import METADATA, NOTEBOOKS
from tests.test_browser import IDLE, WIDGET, chromium
from tests.test_lessons import start_lab

SHOWN = """
from helpers import network
from helpers.kept import SHORT
from helpers.widgets import Playground

yours = {part: getattr(network, name) for name, part in SHORT.items()}
Playground(**yours, n_h=6, chosen="W1[1, 0]", epochs=1000)"""


def main():
    folder, home = (Path(tempfile.mkdtemp()) for _ in range(2))
    nbformat.write(new_notebook(cells=[new_code_cell(SHOWN)], metadata=METADATA), folder / "picture.ipynb")
    lab, address = start_lab(folder, "picture.ipynb", home)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1300})
        page.goto(address)
        page.get_by_text(IDLE).wait_for()
        page.keyboard.press("Control+b")  # without the list of files there is room
        page.locator(".lm-MenuBar-item", has_text="Run").click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.locator(WIDGET).get_by_text("epoch 1,000", exact=True).wait_for(timeout=60_000)
        page.wait_for_timeout(1000)
        taken = Image.open(io.BytesIO(page.locator(WIDGET).screenshot())).convert("RGB")
        small = taken.quantize(128, dither=Image.Dither.NONE)
        small.save(NOTEBOOKS / "what_you_will_build.png", optimize=True)
        browser.close()
    lab.terminate()
    lab.communicate(timeout=20)


if __name__ == "__main__":
    main()
