"""What test files and tools/ share: reading and running lessons, JupyterLab, widgets, pictures."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import numpy as np
from nbclient import NotebookClient

from helpers.activations import sigmoid
from helpers.computation_graph import Node, tanh
from helpers.lessons import without_outputs
from helpers.scenes import FONT
from helpers.widgets.scene_view import SceneView

PYTHON_BLOCK = re.compile(r"^```python\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
PICTURES = {"image/png", "image/svg+xml", "image/jpeg"}
IDLE = "Python 3 (ipykernel) | Idle"  # in the status bar: the kernel has answered
AT_REST = ".jp-Notebook-ExecutionIndicator[data-status=idle]"  # in Notebook 7 as well
RESTS_ON = f"""() => {{
    const rests = document.querySelector({AT_REST!r}) !== null, now = performance.now();
    window.restsSince = rests ? window.restsSince ?? now : undefined;
    return rests && now - window.restsSince > 1500; }}"""  # before its kernel is there, it says so, too
PROMPTS = """[...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")]
    .map(prompt => prompt.innerText)"""
WIDGET = ".jp-OutputArea-output > .widget-vbox"
MIDDLE = """(box, touch) => {
    const element = box.querySelector(`[data-touch="${touch}"]`);
    element.scrollIntoView({ block: "center" });
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2]; }"""  # in one go: what is drawn anew is another element
EARLY = MIDDLE.replace("width / 2", "width / 3")  # in the cost curve: its middle may be after the last epoch
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<b>&"'


def rested(page, look, seconds=0.6, within=20):
    """Wait until what look() sees in the page has been the same for so many seconds, and return it."""
    until, seen, since = time.monotonic() + within, look(), time.monotonic()
    while time.monotonic() - since < seconds:
        assert time.monotonic() < until, f"it does not come to rest: {seen}"
        page.wait_for_timeout(50)
        if (now := look()) != seen:
            seen, since = now, time.monotonic()
    return seen


def tags(cell):
    """The tags of a cell, [] where it has none."""
    return cell.metadata.get("tags", [])


def rounds(notebook):
    """List the exercises, each as the cells from its stub to just before the next stub."""
    starts = [k for k, cell in enumerate(notebook.cells) if "exercise" in tags(cell)]
    return [notebook.cells[a:b] for a, b in zip(starts, [*starts[1:], None], strict=False)]


def shown(cell):
    """The text of a cell's outputs, as a reader sees it; pictures left out."""
    texts = [
        output.get("text", "")
        + output.get("data", {}).get("text/plain", "")
        + output.get("data", {}).get("text/html", "")
        + "\n".join(output.get("traceback", []))
        for output in cell.outputs
    ]
    return re.sub(r"base64,[A-Za-z0-9+/=]+", "", "\n".join(texts))


def defined(source, folder):
    """The last function of a source, from a file of its own, as a notebook cell is."""
    file = folder / f"cell_{len(list(folder.iterdir()))}.py"
    file.write_text(source, encoding="utf-8")
    namespace = {"np": np, "sigmoid": sigmoid, "__name__": "a cell"}
    exec(compile(source, str(file), "exec"), namespace)
    return [value for value in namespace.values() if getattr(value, "__module__", "") == "a cell"][-1]


def run(notebook, folder):
    """Run a notebook in place, in a kernel that stands in this folder."""
    place = {"metadata": {"path": folder}}
    NotebookClient(notebook, timeout=120, coalesce_streams=True, resources=place).execute()


def solved(notebook):
    """Return the notebook with each solution as the source of its stub, and how many there are."""
    fresh = without_outputs(notebook)
    for cells in rounds(fresh):
        solution = next(cell for cell in cells if "solution" in tags(cell))
        cells[0].source = PYTHON_BLOCK.search(solution.source)[1]
    return fresh, len(rounds(fresh))


def start_lab(folder, lesson, home):
    """Start JupyterLab as `make lab` does, with settings of its own under home; return (process, address).

    All cells are in the page at once.
    """
    settings = home / "JUPYTERLAB_SETTINGS_DIR" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text(json.dumps({"windowingMode": "none"}))
    start = f"from helpers.lessons import open_lab; open_lab({str(folder)!r}, {lesson!r}, ['--no-browser'])"
    places = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "IPYTHONDIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
    )
    lab = subprocess.Popen(
        [sys.executable, "-c", start],
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=os.environ | {name: str(home / name) for name in places},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = []
    while not (lines and lines[-1].startswith("http")):
        lines.append(lab.stdout.readline())
        assert lines[-1], f"JupyterLab ended early: {lines}"
    return lab, lines[-1].strip()


def chromium(playwright):
    """Return where a Chromium is: the one that CHROMIUM names, the system's, or Playwright's own; or None."""
    own = playwright.chromium.executable_path
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    return found or (own if Path(own).exists() else None)


def svg(explorer):
    """The picture that a widget shows."""
    picture = explorer.picture
    body = picture.present if isinstance(picture, SceneView) else picture.value
    return body.split(">", 1)[1].removesuffix("</div>")


def said(explorer):
    """The line of text that a widget shows."""
    return unescape(explorer.line.value.split(">", 1)[1].removesuffix("</div>"))


def touch(explorer, name, kind="click", **more):
    """Do something to an element of a widget's picture that allows it, as the browser reports it."""
    element = element_named(explorer, name)
    needed = {"drag start": ("drag", ("yes", "paint")), "text": ("type", ("number",))}.get(kind)
    assert not needed or element.get(f"data-{needed[0]}") in needed[1], f"{name} knows no {kind}"
    explorer.picture._heard(None, {"kind": kind, "touch": name, **more}, [])


def drag(explorer, name, start, *places):
    """Drag an element from one place, (x, y), over others to the last."""
    for kind, (x, y) in [("drag start", start), *(("drag", place) for place in places)]:
        touch(explorer, name, kind, x=x, y=y)
    explorer.picture._heard(None, {"kind": "drag end", "touch": name, "x": x, "y": y}, [])


def element_named(explorer, name):
    """The one element of a widget's picture that can be touched by this name."""
    (found,) = [e for e in ET.fromstring(svg(explorer)).iter() if e.get("data-touch") == name]
    return found


def values(field):
    """The lowest, a middle and the highest value of a control; of a choice the first, middle and last."""
    if hasattr(field, "options"):
        options = field.options.items() if isinstance(field.options, dict) else field.options
        choices = [option[1] if isinstance(option, tuple) else option for option in options]
        return choices[0], choices[len(choices) // 2], choices[-1]
    middle = type(field.value)((field.min + field.max) / 2)
    return field.min, middle, field.max


def random_graph(seed, size=40):
    """A computation graph of so many nodes, each made of two of the eight before it."""
    rng = np.random.default_rng(seed)
    nodes = [Node(rng.normal(), f"x{i}") for i in range(5)]
    while len(nodes) < size:
        one, two = (nodes[i] for i in rng.integers(max(0, len(nodes) - 8), len(nodes), 2))
        nodes.append(
            [lambda p, q: p + q, lambda p, q: p * q, lambda p, q: p - q, lambda p, q: tanh(p)][
                rng.integers(4)
            ](one, two)
        )
    return nodes[-1].named("output")


def labels(svg):
    """Each text with its box: left, top, right, bottom, from the estimated width of its characters."""
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        x, y, width = float(text.get("x")), float(text.get("y")), 0.55 * FONT * len(text.text)
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
        yield text.text, (left, y - 0.75 * FONT, left + width, y + 0.2 * FONT)


def boxes(svg):
    """The rectangles of the nodes, without the background: left, top, right, bottom."""
    for rect in list(ET.fromstring(svg).iter(f"{SVG}rect"))[1:]:
        x, y, width, height = (float(rect.get(k)) for k in ("x", "y", "width", "height"))
        yield x, y, x + width, y + height


def overlap(one, two):
    """Whether two boxes have a point in common."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def assert_legible(scene):
    """No text of a scene leaves the picture or lies over another, and it has a title and a description."""
    root = ET.fromstring(scene.svg)
    assert (
        root.get("role") == "img"
        and root.find(f"{SVG}title").text
        and root.find(f"{SVG}desc").text == scene.description
    )
    _, _, width, height = map(float, root.get("viewBox").split())
    found = list(labels(scene.svg))
    for text, box in found:
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height, (
            f"{text} is outside the picture"
        )
    for i, (text, box) in enumerate(found):
        for other, other_box in found[:i]:
            assert not overlap(box, other_box), f"{text!r} and {other!r} overlap"
