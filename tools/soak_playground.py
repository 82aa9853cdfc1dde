"""Ten minutes of play in JupyterLab, with what a person does now and then; the last part of `make soak`.

python -m tools.soak_playground SECONDS runs a shorter one. Memory of kernel and page is printed every half
minute; it fails when the mean of the last third is further above that of the first than MARGINS says.
What is not ours is kept out: all is done in one cell, since JupyterLab leaves 260 nodes and 810 listeners
behind for each change of cell; what ipywidgets leaves in the page when widgets are closed, plain sliders too,
is taken off for each re-run; and the size of Chromium's process is not looked at, because DevTools, by which
the page is driven, keeps each image that it has seen, 0.6 MB a second.  (Driven by nobody, the process stayed
at 148 to 151 MB for five minutes and 84,000 epochs.)  The kernel's size grows a little with each re-run:
IPython keeps what a cell has returned in Out.
"""

import re
import statistics
import sys
import time
from itertools import cycle

import psutil

from tests.support import MIDDLE, WIDGET
from tests.widget_cases import YOURS
from tools.bench_widgets import in_a_browser

WARM_UP, EVERY, PAUSE = 0.1, 30, 4  # share of the time; seconds between two lines, between two actions
MARGINS = {"kernel MB": 15, "JavaScript MB": 3, "nodes": 2000, "listeners": 300}
LEFT = {"JavaScript MB": 1.3, "nodes": 1806, "listeners": 33}  # in the page by each re-run, by ipywidgets
CELLS = [
    YOURS,
    "playground = Playground(**yours, n_h=8, epochs_a_frame=200)\nplayground",
    "import ipywidgets, os\nprint(os.getpid(), len(ipywidgets.widgets.widget._instances))",
]


class Played:
    """A playground in a page, and what a person does with it."""

    def __init__(self, page):
        self.page, self.box, self.runs = page, page.locator(WIDGET), 0
        self.box.get_by_text("epoch 0", exact=True).last.wait_for(timeout=60_000)
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("Performance.enable")
        self.kernel = psutil.Process(self.asked()[0])
        press = [
            lambda name=name: self.button(name).click()
            for name in ("New seed", "Reset", "Undo", "By hand", "Add point")
        ]
        choose = [
            lambda label=label, value=value: self.box.get_by_label(label, exact=True).select_option(value)
            for label, value in {"data set": "moons", "formula of": "W1[3, 1]", "activation": "relu"}.items()
        ]
        self.actions = cycle(
            [
                *press,
                *choose,
                lambda: self.type("hidden units", 3),
                self.run_again,
                lambda: self.touch("W1[1, 1]"),
                lambda: self.touch("plane"),
                lambda: self.touch("cost curve"),
                lambda: self.box.get_by_label("gradient view").click(),
                lambda: self.button("Data").click(),
                lambda: self.type("noise", 0.35),
                lambda: self.box.get_by_label("data set", exact=True).select_option("spirals"),
                lambda: self.type("hidden units", 8),
                lambda: self.type("learning rate", 0.7),
                lambda: self.box.get_by_label("gradient view").click(),
                lambda: self.button("Network").click(),
                lambda: self.type("hidden layers", 2),
            ]
        )

    def button(self, name):
        """A button by its words: by its role, those of Play have the icon's sign before them."""
        return self.box.locator("button").filter(has_text=re.compile(f"^{name}$"))

    def type(self, label, value):
        field = self.box.get_by_label(label, exact=True)
        field.fill(str(value))
        field.press("Tab")

    def touch(self, name):
        self.page.mouse.click(*self.box.evaluate(MIDDLE, name))

    def run(self, cell):
        self.page.locator(".jp-CodeCell .jp-InputArea-editor").nth(cell).click()
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_timeout(1500)

    def run_again(self):
        self.run(1)
        self.runs += 1

    def play(self):
        """Go on, if the last action has paused it or a hundred thousand epochs are over."""
        if "Reset" in self.box.locator("[role=status]").inner_text():
            self.button("Reset").click()
        if not self.button("Pause").is_visible():
            self.button("Play").click()

    def asked(self):
        """The number of the kernel's process and how many widget models live in it."""
        self.run(2)
        said = self.page.locator(".jp-CodeCell").nth(2).locator(".jp-OutputArea-output").inner_text()
        return list(map(int, said.split()))

    def memory(self):
        self.devtools.send("HeapProfiler.collectGarbage")
        page = {one["name"]: one["value"] for one in self.devtools.send("Performance.getMetrics")["metrics"]}
        found = {
            "kernel MB": self.kernel.memory_info().rss / 1e6,
            "JavaScript MB": page["JSHeapUsedSize"] / 1e6,
            "nodes": page["Nodes"],
            "listeners": page["JSEventListeners"],
        }
        return {name: value - self.runs * LEFT.get(name, 0) for name, value in found.items()}


def soak(seconds):
    """Play for so long, and return what was measured, [{"kernel MB": …}, …]."""
    found = []
    with in_a_browser(CELLS) as page:
        played = Played(page)
        models, start = played.asked()[1], time.monotonic()
        while (now := time.monotonic() - start) < seconds:
            if now >= len(found) * min(EVERY, seconds / 10):
                found.append(played.memory())
                said = ", ".join(f"{value:,.0f} {name}" for name, value in found[-1].items())
                line = played.box.locator("[role=status]").inner_text()
                print(f"{now:5.0f} s: {said}. {line:.60}", flush=True)
            next(played.actions)()
            played.play()
            page.wait_for_timeout(1000 * PAUSE)
        assert played.asked()[1] == models, "a cell that ran again has left widget models behind"
    return found


def main(seconds=600):
    found = soak(seconds)
    found = found[int(WARM_UP * len(found)) + 1 :]
    third = max(1, len(found) // 3)
    for name, margin in MARGINS.items():
        before, after = (
            statistics.mean(one[name] for one in part) for part in (found[:third], found[-third:])
        )
        print(f"{name}: {before:,.1f} in the first third, {after:,.1f} in the last (margin {margin})")
        assert after <= before + margin, f"{name} grows"


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
