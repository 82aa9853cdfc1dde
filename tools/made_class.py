"""A class that never was, made from a seed, and graded: is every row right, and how long does it take?

`python -m tools.made_class` makes 300 students of lesson 07, with all that students hand in, and people who
mean harm among them. It prints time and memory, and every row that is not as it was made.
"""

import copy
import json
import os
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import nbformat
import psutil

from helpers.classroom.grade import grade
from helpers.lessons import find_lesson, without_solutions

LESSON, CELL, CHECK = "07", "05-47", "05-48"
LINES = {  # of a right answer, each in several ways
    "fetch": ['W2 = parameters["W2"]', "W2 = parameters['W2']  # from layer 2"],
    "A1": ['A1, A2 = cache["A1"], cache["A2"]', 'A1 = cache["A1"]\n    A2 = cache["A2"]'],
    "m": ["m = X.shape[1]", "m = Y.shape[1]", "n, m = X.shape"],
    "dZ2": ["dZ2 = A2 - Y", "dZ2 = -(Y - A2)", "dZ2 = np.subtract(A2, Y)"],
    "dW2": ["dW2 = 1 / m * dZ2 @ A1.T", "dW2 = (dZ2 @ A1.T) / m", "dW2 = np.dot(dZ2, A1.T) / m"],
    "db2": ["db2 = np.sum(dZ2, axis=1, keepdims=True) / m", "db2 = np.mean(dZ2, axis=1, keepdims=True)"],
    "dZ1": ["dZ1 = W2.T @ dZ2 * (1 - A1**2)", "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))"],
    "dW1": ["dW1 = 1 / m * dZ1 @ X.T", "dW1 = np.dot(dZ1, X.T) / m"],
    "db1": ["db1 = dZ1.sum(axis=1, keepdims=True) / m", "db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)"],
}
MISTAKES = {  # five that checks name: the line in which each is made, and how it reads then
    "mean-missing": ("dW2", "dW2 = dZ2 @ A1.T"),
    "keepdims-missing": ("db1", "db1 = np.sum(dZ1, axis=1) / m"),
    "slope-missing": ("dZ1", "dZ1 = W2.T @ dZ2"),
    "dZ2-sign": ("dZ2", "dZ2 = Y - A2"),
    "slope-of-sigmoid": ("dZ1", "dZ1 = W2.T @ dZ2 * A1 * (1 - A1)"),
}
HARM = {  # what an answer does besides, and how it ends
    "fork": ("import os\nwhile True:\n    os.fork()", "crashed"),
    "memory": ("hog = [bytearray(10**8) for _ in range(10**4)]", "crashed"),
    "home": ("import os, shutil\nshutil.rmtree(os.path.expanduser('~'))\nshutil.rmtree('/')", "crashed"),
    "write": ("open('{canary}', 'w').write('harm')", "crashed"),
    "exit": ("import os\nos._exit(0)", "crashed"),
    "kill": ("import os\nos.kill(os.getppid(), 9)\nos.kill(-1, 9)", "crashed"),
    "flood": (
        "import os\nwhile True:\n    os.write(1, b'x' * 10**6)\n    os.write(3, b'x' * 10**6)",
        "crashed",
    ),
    "net": ("import socket\nsocket.create_connection(('127.0.0.1', 80))", "crashed"),
    "loop": ("while True:\n    try:\n        x = 1\n    except BaseException:\n        pass", "endless"),
}
OFTEN = {"right": 30, "mistake": 25, "empty": 6, "emptied": 2, "deleted": 3, "duplicated": 3, "pasted": 3}
OFTEN |= {"syntax": 4, "endless": 3, "harm": 4, "renamed": 3, "kernel": 2, "edited": 2, "network": 3}
OFTEN |= {"unreadable": 2, "reference": 2, "copied": 2, "crashing": 2}
FIRST = "Anna Björn Chiara Dai Eszter Fatima Goran Hélène Ife João Kaito Lwazi Mei Nadia Óscar Priya".split()
LAST = "Abe Müller O'Neill Ndiaye Šimić da-Silva Øst Zhang Kovács Rossi Haddad Lindqvist Okafor Costa".split()


@dataclass
class Made:
    """A student as made: the name, and what the row must say: status, mistake ("" for none), flag ("")."""

    name: str
    kind: str
    status: str
    mistake: str = ""
    flag: str = ""


def make_class(folder, number=300, seed=1, canary="/tmp/harm"):
    """Write what so many students hand in to a folder; return a list of Made.  canary: what harm aims at."""
    rng = random.Random(seed)
    lesson = without_solutions(nbformat.read(find_lesson(LESSON), as_version=4))
    folder.mkdir(parents=True)
    kinds = [kind for kind, share in OFTEN.items() for _ in range(share)]
    kinds = [*OFTEN, "copied", *rng.choices(kinds, k=number)]  # one alone would copy from nobody
    harms = iter([*HARM, *rng.choices([*HARM], k=number)])
    class_made = []
    for who, kind in enumerate(kinds[:number]):
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}{who}"
        made, notebook, module = _made(name, kind, copy.deepcopy(lesson), rng, harms, canary)
        class_made.append(made)
        _hand_in(folder, who, made, notebook, module, rng)
    return class_made


def right_answer(rng, **changed):
    """The lines of a right backward_propagation, in one of many ways.  changed: lines in place of others."""
    lines = {part: rng.choice(ways) for part, ways in LINES.items()} | changed
    note = f"    # {rng.choice(['my', 'own', 'the', 'six'])} formulas {rng.randrange(1000)}\n"
    body = "\n".join(f"    {line}" for line in lines.values())
    end = '    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}'
    return f"def backward_propagation(parameters, cache, X, Y):\n{note}{body}\n{end}"


def _made(name, kind, notebook, rng, harms, canary):
    """One student: as Made, their notebook as bytes or None, and their my_network.py or ""."""
    cells = {cell.id: cell for cell in notebook.cells}
    cell, answer, made, module = cells[CELL], right_answer(rng), Made(name, kind, "passed"), ""
    stub = cell.source
    _predict(notebook, rng)
    if kind == "mistake":
        made.mistake = rng.choice([*MISTAKES])
        part, line = MISTAKES[made.mistake]
        answer, made.status = right_answer(rng, **{part: line}), "mistake"
    elif kind in ("empty", "emptied"):
        answer, made.status = stub if kind == "empty" else "", "not attempted"
    elif kind == "deleted":
        notebook.cells.remove(cell)
        made.status = "missing"
    elif kind in ("duplicated", "pasted"):
        twin = copy.deepcopy(cell)
        twin.source, answer, twin.id = (
            answer,
            stub,
            CELL if kind == "duplicated" else f"new{rng.random()}"[:12],
        )
        notebook.cells.insert(notebook.cells.index(cell) + 1, twin)
    elif kind == "syntax":
        answer, made.status = answer.replace("m = ", "m == = ", 1), "syntax error"
    elif kind == "endless":
        answer, made.status = (
            answer.replace("    return", "    while True:\n        pass\n    return"),
            "endless",
        )
    elif kind == "crashing":
        answer, made.status = answer + "\n\n1 / 0", "crashed"
    elif kind == "harm":
        made.kind = next(harms)
        harm, made.status = HARM[made.kind]
        answer += "\n\n" + harm.replace("{canary}", canary)
    elif kind == "renamed":
        answer = answer.replace("backward_propagation", "my_backward")
    elif kind == "kernel":
        notebook.metadata["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    elif kind == "edited":
        cells[CHECK].source, made.flag = 'print("Correct.")', "check edited"
    elif kind == "network":
        module, notebook = f"import numpy as np\n\n\n{answer}\n", None
    elif kind == "reference":
        answer, made.flag = _borrowed(), "calls the reference"
    elif kind == "copied":
        answer, made.flag = right_answer(random.Random(7), dZ2="dZ2 = A2 + -1 * Y"), "same code as others"
    cell.source = answer
    content = json.dumps(notebook).encode() if notebook else None
    if kind == "unreadable":
        content, made.status = content[: len(content) // 2], "unreadable"
    return made, content, module


def _borrowed():
    head = "def backward_propagation(parameters, cache, X, Y):\n"
    return head + "    return network.backward_propagation(parameters, cache, X, Y)"


def _predict(notebook, rng):
    for cell in notebook.cells:
        if "recall" in cell.metadata.get("tags", []):
            typed = rng.choice(["...", "(4, 3)", "(3, 4)"]), rng.choice(["...", "2", "24"])
            cell.source = cell.source.replace("{1: ..., 2: ...", f"{{1: {typed[0]}, 2: {typed[1]}")
        if "prediction" in cell.metadata.get("tags", []):
            typed = rng.choice(["...", "4", "1.0", "-0.058", "2", "-0.7672", "1 / 2", "'no idea'"])
            cell.source = cell.source.replace("my_prediction = ...", f"my_prediction = {typed}")


def _hand_in(folder, who, made, notebook, module, rng):
    """Write it under a name such as Moodle, Canvas or a student makes, some of it zipped."""
    file = (
        {"my_network.py": module.encode()} if notebook is None else {"07_all_examples_back.ipynb": notebook}
    )
    (name, content), number = *file.items(), 4_000_000 + who
    way = rng.randrange(5)
    if way == 0:
        path = folder / f"{made.name}_{number}_assignsubmission_file_" / name
    elif way == 1:
        path = folder / f"{made.name}_{number}_assignsubmission_file_{name}"
    elif way == 2:
        late = rng.choice(["", "LATE_"])
        path = folder / f"{made.name.lower().replace(' ', '')}_{late}{number}_99_{name}"
        made.name = made.name.lower().replace(" ", "")
    else:
        path = folder / made.name / name
    if way == 4:
        with zipfile.ZipFile(folder / f"{made.name}.zip", "w") as packed:
            packed.writestr(f"work/{name}", content)
        return
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def wrong_rows(made, rows):
    """The rows of the exercise that are not as they were made: a list of (Made, Row or None)."""
    found = {row.student: row for row in rows if row.cell == CELL}
    wrong = []
    for one in made:
        row = found.get(one.name)
        same = row and row.status == one.status and (not one.mistake or row.mistakes == (one.mistake,))
        flags = row and set(row.flags) == ({one.flag} - {""})
        if not (same and flags):
            wrong.append((one, row))
    return wrong


def most_memory(done, found):
    """While it is not done, note the most memory that this process and its children hold, each page once."""
    while not done.wait(0.2):
        held = 0
        for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
            try:
                held += process.memory_full_info().pss
            except (psutil.Error, AttributeError):
                continue
        found.append(held)


def main(number):
    """Make a class, grade it, and print what came of it; returns whether all was well."""
    place = Path(tempfile.mkdtemp())
    canary, done, held = place / "canary", Event(), [0]
    canary.write_text("unharmed", "utf-8")
    made = make_class(place / "handed in", number, canary=str(canary))
    print(f"{number} students of {len(OFTEN)} kinds: {Counter(one.kind for one in made)}")
    watching = Thread(target=most_memory, args=(done, held))
    watching.start()
    begun, before = time.monotonic(), set(os.listdir(place))
    rows, _ = grade(place / "handed in", place / "report", LESSON)
    seconds = time.monotonic() - begun
    done.set()
    watching.join()
    wrong, left = wrong_rows(made, rows), psutil.Process().children(recursive=True)
    accused = [one.name for one, row in wrong if one.status == "passed" and row.status != "passed"]
    written = set(os.listdir(place)) - before - {"report"}
    for one, row in wrong:
        print(f"WRONG {one}: {row and (row.status, row.mistakes, row.flags, row.words)}")
    print(f"{seconds:.0f} s, {max(held) / 1e6:.0f} MB at the most")
    print(f"{len(wrong)} rows wrong, {len(accused)} right ones accused")
    alive = canary.read_text("utf-8")
    print(f"canary {alive}, left running: {left}, beside the report: {written or 'nothing'}")
    print(f"the report: {place / 'report'}")
    return not (wrong or left or written) and alive == "unharmed"


if __name__ == "__main__":
    sys.exit(not main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
