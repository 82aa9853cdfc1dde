"""Measure the widgets in one browser run; not a test: python -m tools.bench_widgets

Slider key press → changed picture, for the same figure by interact + plt.show(), by explore() and as a scene;
frames a second while playing; kernel time of the scenes; the playground on a learner's functions.
"""

import os
import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import sync_playwright

from tests.support import IDLE, MIDDLE, WIDGET, chromium, start_lab
from tests.widget_cases import CASES, METADATA, SETUP, YOURS

FIGURE = """
import ipywidgets
from helpers.activations import sigmoid, tanh
def curves(w=0.5):
    figure, axes = plt.subplots(1, 2, figsize=(8.6, 3.6))
    x = np.linspace(-6, 6, 241)
    for ax, g, low in zip(axes, (sigmoid, tanh), (0, -1)):
        ax.plot(x, g(w * x - 2)); ax.plot(2, g(w * 2 - 2), "o"); ax.set_ylim(low, 1)
        ax.set_title(f"a = {g(w * 2 - 2):.4f}")
    return figure
def shown(w=0.5):
    curves(w); plt.show()"""
CELLS = {
    "interact + plt.show()": "ipywidgets.interact(shown, w=(-6.0, 6.0, 0.1));",
    "explore, the same figure": "widgets.explore(curves, w=(-6.0, 6.0, 0.1))",
    "explore, a scene": "widgets.explore_neuron()",
}
PLAYED = {"descent": CASES["descent"][0], "starts": CASES["starts"][0]}
PICTURE = "cell.querySelector('img')?.src ?? [...cell.querySelectorAll('.scene-picture svg')].at(-1)"
PRESS = f"""async ([cell, times]) => {{
    const picture = () => {PICTURE}, found = [];
    const handle = cell.querySelector("[role=slider]");
    for (let k = 0; k < times; k++) {{
        const before = picture(), start = performance.now();
        handle.dispatchEvent(new KeyboardEvent("keydown", {{key: "ArrowRight", bubbles: true}}));
        while ((picture() ?? before) === before && performance.now() - start < 3000)
            await new Promise(requestAnimationFrame);
        found.push(performance.now() - start);
        await new Promise(done => setTimeout(done, 250));
    }}
    return found; }}"""
FRAMES = f"""async ([cell, seconds]) => {{
    let last, frames = 0, start = performance.now();
    while (performance.now() - start < 1000 * seconds) {{
        const now = {PICTURE};
        frames += now !== last; last = now;
        await new Promise(requestAnimationFrame);
    }}
    return frames / seconds; }}"""

DESCRIPTION = "[...cell.querySelectorAll('svg > desc')].at(-1).textContent"  # of the picture
EPOCH = f"cell => Number({DESCRIPTION}.match(/Epoch ([\\d,]+)/)[1].replaceAll(',', ''))"
UNITS = rf"{DESCRIPTION}.match(/of 2 to (\d+)/)[1]"
MOVE = """async ([cell, label, times]) => {
    const found = [], box = [...cell.querySelectorAll(".widget-hbox")].filter(box =>
        box.children.length == 2 && box.querySelector("label")?.innerText == label).at(-1);
    const field = box.querySelector("input"), handle = box.querySelector("[role=slider]"), shown = () => %s;
    for (let k = 0; k < times; k++) {
        const before = shown(), start = performance.now();
        const key = k %% 2 ? "ArrowRight" : "ArrowLeft";
        handle.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
        while (shown() === before && performance.now() - start < 3000)
            await new Promise(requestAnimationFrame);
        found.push(performance.now() - start);
        await new Promise(done => setTimeout(done, 150 + 100 * Math.random()));
    }
    return found; }"""
STOP = """async ([cell]) => {
    const button = [...cell.querySelectorAll("button")].find(button => button.innerText.trim() == "Pause");
    const start = performance.now(), picture = () => [...cell.querySelectorAll(".scene-picture svg")].at(-1);
    let shown = picture(), last = 0;
    button.click();
    while (performance.now() - start < 1200) {
        if (picture() !== shown) { shown = picture(); last = performance.now() - start; }
        await new Promise(requestAnimationFrame);
    }
    return last; }"""

# From the pointer's event to the next picture, or to other words at the pointer; read with `waited`.
WATCH = f"""([cell, event, what]) => {{
    const shown = {{ picture: () => {DESCRIPTION}.match(/Chosen: ([^.]*)/)?.[1],
        words: () => [...cell.querySelectorAll(".scene-tip")].at(-1).textContent }}[what];
    window.waited = [];
    window.watching?.abort(); // what watched before
    window.watching = new AbortController();
    window.addEventListener(event, async ({{ target }}) => {{
        if (!target.closest(".scene-view")) return; // the button that lets it train anew
        const before = shown(), start = performance.now();
        while (shown() === before && performance.now() - start < 3000)
            await new Promise(requestAnimationFrame);
        window.waited.push(performance.now() - start);
    }}, {{ capture: true, signal: window.watching.signal }}); }}"""


def kernel_times(repeats=50):
    """Milliseconds for each case's scene, the median, in this process."""
    names = {}
    exec(SETUP, names)
    names["surface"] = names["scenes"].cost_surface(names["radius"], names["malignant"])
    names["walk"] = names["scenes"].neuron_walk(names["radius"], names["malignant"], 1, 100)
    names["p"] = names["widgets"].STARTS["random × 1"](2, 4, 1)
    calls = {name: CASES[name][2] for name in ("graph", "passes", "neuron", "parabola", "address")}
    calls |= {"descent": "scenes.descent_scene(surface, walk)", "starts": "scenes.units_scene(p, X, Y)"}
    for name, call in calls.items():
        code, times = compile(call, name, "eval"), []
        for _ in range(repeats):
            start = time.perf_counter()
            eval(code, names)
            times.append(1000 * (time.perf_counter() - start))
        yield name, statistics.median(times)


@contextmanager
def in_a_browser(sources, height=1000):
    """A page of JupyterLab, with a notebook of these cells in it that runs."""
    folder, home = (Path(tempfile.mkdtemp()) for _ in range(2))
    bench = new_notebook(cells=[new_code_cell(source) for source in sources], metadata=METADATA)
    nbformat.write(bench, folder / "bench.ipynb")
    lab, address = start_lab(folder, "bench.ipynb", home)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1400, "height": height})
            page.goto(address)
            page.get_by_text(IDLE).wait_for()
            page.locator(".lm-MenuBar-item", has_text="Run").click()
            page.get_by_text("Run All Cells", exact=True).click()
            yield page
            browser.close()
    finally:
        lab.terminate()
        lab.communicate(timeout=20)


def train_anew(box):
    """Let it train, from epoch 0: after 100,000 epochs a playground ends."""
    for name in ("Reset", "Play"):  # a reset pauses
        box.get_by_role("button", name=name).click()
    box.get_by_role("button", name="Pause").wait_for()


def measure_the_pointer(page, box, when, times=40):
    """A click on a unit, to its formula in the picture, and the words of what is pointed at."""
    for event, what in (("pointerup", "picture"), ("pointermove", "words")):
        page.evaluate(WATCH, [box.element_handle(), event, what])
        for k in range(times):
            if when == "while it trains" and k % 10 == 0:
                train_anew(box)
            page.mouse.move(*box.evaluate(MIDDLE, f"A1[{k % 2}]"))
            page.wait_for_timeout(450 + 50 * (k % 3))  # a hand comes before it clicks
            if what == "picture":
                page.mouse.click(*box.evaluate(MIDDLE, f"A1[{k % 2}]"))
                page.wait_for_timeout(450 + 50 * (k % 2))  # else it is a double click
        found = sorted(page.evaluate("waited"))
        p50, p95 = statistics.median(found), found[int(0.95 * len(found))]
        name = "a click" if what == "picture" else "the words at the pointer"
        print(f"playground, {name} {when}: median {p50:.0f} ms, 95th percentile {p95:.0f} ms")


def measure_the_playground(page):
    """Eight hidden units, 400 points, a learner's functions: frames, epochs, sliders, and the pause."""
    box = page.locator(WIDGET)
    box.get_by_text("epoch 0", exact=True).last.wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    element, found = box.element_handle(), []
    for _ in range(3):
        train_anew(box)
        page.wait_for_timeout(1000)
        before, start = box.evaluate(EPOCH), time.monotonic()
        frames = page.evaluate(FRAMES, [element, 4])
        found.append((frames, (box.evaluate(EPOCH) - before) / (time.monotonic() - start)))
    frames, epochs = map(statistics.median, zip(*found, strict=True))
    print(f"playground: {frames:.1f} frames and {epochs:,.0f} epochs a second in the same run")
    box.get_by_role("button", name="Pause").click()
    measure_the_pointer(page, box, "at rest")
    for label, shown in {"learning rate": "field.value", "hidden units": UNITS}.items():
        train_anew(box)
        times = sorted(page.evaluate(MOVE % shown, [element, label, 64])[4:])
        p50, p95 = statistics.median(times), times[int(0.95 * len(times))]
        print(f"playground, {label} while it trains: median {p50:.0f} ms, 95th percentile {p95:.0f} ms")
    measure_the_pointer(page, box, "while it trains")
    pauses = []
    for _ in range(10):
        train_anew(box)
        page.wait_for_timeout(500)
        pauses.append(page.evaluate(STOP, [element]))
    print(f"playground, pause: the last picture {max(pauses):.0f} ms after the key, at the most of 10")


def main():
    for name, milliseconds in kernel_times():
        print(f"scene {name}: {milliseconds:.1f} ms")
    with in_a_browser([SETUP + FIGURE, *CELLS.values(), *PLAYED.values()]) as page:
        page.locator("text=step").first.wait_for(timeout=60_000)
        page.wait_for_timeout(5000)
        cells = page.locator(".jp-CodeCell")
        for k, name in enumerate(CELLS, 1):
            cells.nth(k).scroll_into_view_if_needed()
            times = sorted(page.evaluate(PRESS, [cells.nth(k).element_handle(), 44])[4:])
            print(f"{name}: median {statistics.median(times):.0f} ms, 95th percentile {times[37]:.0f} ms")
        for k, name in enumerate(PLAYED, 1 + len(CELLS)):
            cells.nth(k).scroll_into_view_if_needed()
            if name == "starts":
                cells.nth(k).locator("select").select_option("random × 0.01")
            cells.nth(k).get_by_role("button", name="Play").click()
            page.wait_for_timeout(300)
            print(f"{name}: {page.evaluate(FRAMES, [cells.nth(k).element_handle(), 3]):.1f} frames a second")
    with in_a_browser([YOURS, "Playground(**yours, n_h=8, epochs_a_frame=200)"]) as page:
        measure_the_playground(page)


if __name__ == "__main__":
    os.environ.setdefault("TQDM_DISABLE", "1")
    main()
