"""Two notebooks that keep, load, crash and start again at random, while someone edits the file by hand.

Nothing that was said to be kept may be lost: `make soak` tries 500 interleavings, the tests a few.
"""

import json
import linecache
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from helpers import kept, network

CELLS = {
    "compute_cost": """def compute_cost(A2, Y):
    "number {number}"
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]
""",
    "update_parameters": """def update_parameters(parameters, grads, learning_rate):
    "number {number}"
    return {{name: p - learning_rate * grads["d" + name] for name, p in parameters.items()}}
""",
    "initialize_parameters": """def initialize_parameters(n_x, n_h, n_y):
    "number {number}"
    rng = np.random.default_rng(1)
    W1, W2 = 0.01 * rng.standard_normal((n_h, n_x)), 0.01 * rng.standard_normal((n_y, n_h))
    return {{"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}}
""",
}


def notebook():
    """What a notebook does: it keeps or loads, as each line asks, and answers in one line."""
    for line in sys.stdin:
        file, name, number = json.loads(line)
        os.environ["MY_NETWORK"] = file
        if name:
            cell, namespace = CELLS[name].format(number=number), {"__name__": "__main__", "np": np}
            linecache.cache["<cell>"] = len(cell), None, cell.splitlines(keepends=True), "<cell>"
            exec(compile(cell, "<cell>", "exec"), namespace)
            answer = kept.keep(name, namespace[name], network.forward_propagation)
        else:
            mine = kept.load()
            assert "\n" not in mine.words, mine.words
            answer = {
                key: int(getattr(mine, key).__doc__[7:]) for key in CELLS if kept.SHORT[key] in mine.own
            }
        print(json.dumps(answer), flush=True)


def new_notebook():
    code = "from tools import soak_keeping; soak_keeping.notebook()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[1], **pipes)


@dataclass
class Story:
    """One interleaving: its file, two notebooks, and by name the numbers that may stand there; 0 is none."""

    file: Path
    notebooks: list
    rng: np.random.Generator
    may_hold: dict = field(default_factory=lambda: {name: {0} for name in CELLS})
    edited: set = field(default_factory=set)
    number: int = 0


def ask(story, k, name="", number=0):
    """Tell notebook k to keep the function of this name and number, or to load."""
    story.notebooks[k].stdin.write(json.dumps([str(story.file), name, number]) + "\n")
    story.notebooks[k].stdin.flush()


def ask_to_keep(story, k):
    story.number += 1
    name = str(story.rng.choice(list(CELLS)))
    ask(story, k, name, story.number)
    return name, story.number


def heard(story, k):
    return json.loads(story.notebooks[k].stdout.readline())


def keep(story):
    """One notebook keeps a function, or both do at once; now and then the file is edited meanwhile."""
    asked = {k: ask_to_keep(story, k) for k in ((0, 1) if story.rng.random() < 0.5 else (0,))}
    if story.rng.random() < 0.3:
        time.sleep(story.rng.uniform(0, 0.5))
        edit(story, busy={name for name, _ in asked.values()})
    said = {}
    for k, (name, number) in asked.items():
        words = heard(story, k)
        assert "It is kept" in words or (name in story.edited and "you edited" in words), words
        said.setdefault(name, set()).update({number} if "It is kept" in words else ())
    for name, numbers in said.items():
        story.may_hold[name] = numbers or story.may_hold[name]


def crash(story):
    """A notebook is killed while it keeps, the other one may keep meanwhile, and the first starts again."""
    name, number = ask_to_keep(story, 0)
    other = ask_to_keep(story, 1) if story.rng.random() < 0.5 else None
    time.sleep(story.rng.uniform(0, 0.8))
    story.notebooks[0].kill()
    said = story.notebooks[0].communicate()[0]
    may_be = {number} | (set() if "It is kept" in said else story.may_hold[name])
    story.may_hold[name] = may_be if name not in story.edited else story.may_hold[name]
    story.notebooks[0] = new_notebook()
    if other:
        words = heard(story, 1)
        assert "It is kept" in words or other[0] in story.edited, words
        both = story.may_hold[name] if other[0] == name else set()
        story.may_hold[other[0]] = {other[1]} | both if "It is kept" in words else story.may_hold[other[0]]


def edit(story, busy=()):
    """By hand: another number for a function that is kept, as an editor saves it."""
    text = story.file.read_text(encoding="utf-8") if story.file.exists() else ""
    there = [name for name in CELLS if f"def {name}(" in text and name not in busy]
    if not there:
        return
    story.number += 1
    name = str(story.rng.choice(there))
    head, found, tail = text.partition(f"def {name}(")
    text = head + found + re.sub(r"number \d+", f"number {story.number}", tail, count=1)
    story.file.write_text(text, encoding="utf-8")
    story.may_hold[name] = {story.number}
    story.edited.add(name)


def restart(story):
    """A notebook that does nothing is closed and opened again."""
    story.notebooks[1].kill()
    story.notebooks[1].communicate()
    story.notebooks[1] = new_notebook()


def load(story):
    """What a notebook loads is what may stand there; now it is known."""
    k = int(story.rng.integers(2))
    ask(story, k)
    found = heard(story, k)
    for name in CELLS:
        assert found.get(name, 0) in story.may_hold[name], (name, found, story.may_hold, story.number)
        story.may_hold[name] = {found.get(name, 0)}


def keeping(times, seed=1):
    """Play `times` interleavings; returns how many parts of a file a crash left behind."""
    rng, notebooks, left = np.random.default_rng(seed), [new_notebook(), new_notebook()], 0
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            story = Story(Path(folder) / "my_network.py", notebooks, rng)
            for _ in range(rng.integers(3, 8)):
                act = rng.choice([keep, crash, edit, restart, load], p=[0.4, 0.2, 0.15, 0.05, 0.2])
                act(story)
                left += len(list(Path(folder).glob("*.part")))
            load(story)
    for process in notebooks:
        process.kill()
        process.communicate()
    return left
