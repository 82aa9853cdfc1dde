"""A hand-out: a folder and a zip that run for a student who has Python and nothing else."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import nbformat

from helpers.classroom.choose import chosen_lessons
from helpers.lessons import NOTEBOOKS, ROOT, keep_dated, lesson_paths, stamped, without_solutions

START = """# Start

You need Python 3.11 or newer, from python.org. Unpack this folder, open a terminal in it, and type three
lines.

On Linux and macOS:

```
python3 -m venv .venv
.venv/bin/python -m pip install {wheel}
.venv/bin/lab .
```

On Windows:

```
py -m venv .venv
.venv\\Scripts\\python -m pip install {wheel}
.venv\\Scripts\\lab .
```

The first two lines are needed once and take a minute or two. The third one opens {first} in a browser. Run it
again whenever you come back. Ctrl-C in the terminal ends it.

- Save your work in these notebooks, and hand them in as they are.
- What passes its check is kept in `my_network.py`, here in this folder. Hand it in, too.
- Call no file of yours `helpers.py`: it would hide the course's own.

When you get a newer version of these lessons, unpack it beside this folder, say as `new`, and type here, on
Windows with `.venv\\Scripts\\python`:

```
.venv/bin/python -m pip install --force-reinstall --no-deps ../new/{wheel}
.venv/bin/python -m helpers.update --source ../new --folder .
```

Your answers and your cells are in the new notebooks then; the old ones stay beside them under dated names.
"""
MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in the zip, so that the same hand-out is the same file


def make_handout(folder, lessons="", notebooks=NOTEBOOKS):
    """Write lessons without outputs and solutions, START.md and the wheel to a folder, and a zip beside it.

    lessons: such as "00-02"; "" for all.  Returns the path of the zip, and the paths under which it kept what
    was there before and differed: they lie in a folder of their own, and are not in the zip.
    """
    paths = chosen_lessons(lessons, notebooks)
    if folder.resolve() in (notebooks.resolve(), ROOT):
        raise ValueError(f"{folder} holds the lessons themselves: name another folder for the hand-out.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        wheel = build_wheel(Path(place))
        contents = {path.name: handed_out(path) for path in paths}
        contents |= {path.name: path.read_bytes() for path in sorted(notebooks.glob("*.png"))}
        contents["START.md"] = START.format(wheel=wheel.name, first=paths[0].stem).encode()
        contents[wheel.name] = wheel.read_bytes()
    kept = put_aside(folder, contents)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return pack(folder, contents), kept


def handed_out(path):
    """The bytes of a lesson as a student gets it: no outputs, no solutions, and its version."""
    lesson = nbformat.read(path, as_version=4)
    return (nbformat.writes(stamped(without_solutions(lesson), lesson, path)) + "\n").encode()


def build_wheel(place):
    """Build the wheel of helpers/ in a folder, from a copy, so that nothing is left in the project."""
    source = place / "source"
    shutil.copytree(ROOT / "helpers", source / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--wheel-dir", str(place), str(source)]
    settled = os.environ | {"SOURCE_DATE_EPOCH": "315532800", "PYTHONPATH": ""}  # the same bytes every time
    for more in (["--no-build-isolation"], []):  # the setuptools that is here, or one that pip fetches
        run = subprocess.run([*command, *more], env=settled, capture_output=True, text=True)
        if wheels := sorted(place.glob("*.whl")):
            return wheels[0]
    raise ValueError(f"The wheel of helpers could not be built:\n{run.stderr.strip()}")


def put_aside(folder, contents):
    """Move what differs from the new hand-out, and lessons that are not in it, to a folder beside it.

    Returns where each of them is now.
    """
    aside = folder.with_name(f"{folder.resolve().name}_before")
    stale = [path for path in [*lesson_paths(folder), *folder.glob("*.whl")] if path.name not in contents]
    there = [folder / name for name in contents if (folder / name).exists()]
    kept = []
    for path in stale + [path for path in there if path.read_bytes() != contents[path.name]]:
        aside.mkdir(exist_ok=True)
        keep_dated(aside / path.name)
        kept.append(path.rename(aside / path.name))
    return kept


def pack(folder, names):
    """Zip the files of these names, in one folder, and return the path of the zip."""
    target = folder.with_name(f"{folder.resolve().name}.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(names):
            entry = zipfile.ZipInfo(f"{folder.resolve().name}/{name}", MOMENT)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return target
