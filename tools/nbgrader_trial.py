"""Twelve students of lesson 07, from hand-out to marks, by nbgrader in an environment of its own.

`python -m tools.nbgrader_trial FOLDER` makes the environment in FOLDER (a minute or two, once), the course in
a new folder beside it, generates, grades, exports, and says whether each mark is as it should be.
"""

import copy
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from helpers.classroom.nbgrader_course import write_course
from helpers.lessons import find_lesson
from tools.made_class import CELL, CHECK, MISTAKES, right_answer

ASSIGNMENT = find_lesson("07").stem


def twelve():
    """(name, answer or None for the stub, what else happens to the notebook or "", the mark) of each."""
    rng = random.Random(1)
    yield "right", right_answer(rng), "", 2
    for mistake in ("mean-missing", "keepdims-missing", "dZ2-sign"):
        part, line = MISTAKES[mistake]
        yield mistake, right_answer(rng, **{part: line}), "", 1
    yield "stub", None, "", 0
    yield "emptied", "", "", 0
    yield "deleted", None, "deleted", 0
    yield "pasted", right_answer(rng), "pasted", 2
    yield "duplicated", right_answer(rng), "duplicated", 2
    yield "edited", "def backward_propagation(parameters, cache, X, Y):\n    return {}", "edited", 1
    yield "syntax", right_answer(rng).replace("m = ", "m == = ", 1), "", 0
    yield (
        "endless",
        right_answer(rng).replace("    return", "    while True:\n        pass\n    return"),
        "",
        1,
    )


def hand_in(course, name, answer, what):
    """Write what a student hands in, made from what was handed out."""
    path = course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == CELL)
    cell.source = cell.source if answer is None else answer
    if what == "deleted":
        notebook.cells.remove(cell)
    elif what in ("pasted", "duplicated"):
        twin = copy.deepcopy(cell)
        twin.id = "pasted-1" if what == "pasted" else CELL
        notebook.cells.insert(notebook.cells.index(cell) + 1, twin)
    elif what == "edited":
        next(cell for cell in notebook.cells if cell.id == CHECK).source = "2"
    place = course / "submitted" / name / ASSIGNMENT
    place.mkdir(parents=True)
    (place / path.name).write_text(json.dumps(notebook), encoding="utf-8")


def environment(folder):
    """Make an environment with nbgrader in a folder, where there is none; returns its variables."""
    if not (folder / "bin" / "nbgrader").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "-q", "nbgrader>=0.9,<0.10"], check=True)
    path = f"{(folder / 'bin').resolve()}{os.pathsep}{os.environ['PATH']}"
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PATH": path}


def main(folder):
    """Try it, and print what came of it; returns whether all marks are right."""
    env, course = environment(folder), Path(tempfile.mkdtemp())
    write_course(course, "07")
    again = ["--force-reinstall", "--no-deps"]
    for more in ([], again):  # with what it needs, and then this very one
        subprocess.run(["pip", "install", "-q", *more, *course.glob("*.whl")], env=env, check=True)

    def nbgrader(*command):
        begun = time.monotonic()
        with open(course / f"{command[0]}.log", "w", encoding="utf-8") as log:
            subprocess.run(["nbgrader", *command], cwd=course, env=env, stdout=log, stderr=log, timeout=900)
        print(f"{command[0]}: {time.monotonic() - begun:.0f} s, see {log.name}")

    nbgrader("generate_assignment", ASSIGNMENT)
    due = {name: mark for name, _, _, mark in twelve()}
    for name, answer, what, _ in twelve():
        hand_in(course, name, answer, what)
    nbgrader("autograde", ASSIGNMENT)
    nbgrader("export")
    with open(course / "grades.csv", encoding="utf-8", newline="") as file:
        marks = {row["student_id"]: float(row["score"] or "nan") for row in csv.DictReader(file)}
    for name in due:
        print(f"{name}: {marks.get(name)}" + f", should be {due[name]}" * (marks.get(name) != due[name]))
    return marks == due


if __name__ == "__main__":
    sys.exit(not main(Path(sys.argv[1])))
