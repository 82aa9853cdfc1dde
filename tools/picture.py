"""Take the README's picture, the playground in JupyterLab; not a test: python -m tools.picture"""

import io

from PIL import Image

from helpers.lessons import NOTEBOOKS
from tests.support import WIDGET
from tools.bench_widgets import in_a_browser

SHOWN = """
from helpers import network
from helpers.kept import SHORT
from helpers.widgets import Playground

yours = {part: getattr(network, name) for name, part in SHORT.items()}
Playground(**yours, n_h=6, chosen="W1[1, 0]", epochs=1000)"""


def main():
    with in_a_browser([SHOWN], height=1300) as page:
        page.keyboard.press("Control+b")  # without the list of files there is room
        page.locator(WIDGET).get_by_text("epoch 1,000", exact=True).last.wait_for(timeout=60_000)
        page.wait_for_timeout(1000)
        taken = Image.open(io.BytesIO(page.locator(WIDGET).screenshot())).convert("RGB")
    small = taken.quantize(128, dither=Image.Dither.NONE)
    small.save(NOTEBOOKS / "what_you_will_build.png", optimize=True)


if __name__ == "__main__":
    main()
