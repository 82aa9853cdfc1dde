"""A hand-out: a folder and a zip that run for a student who has Python and nothing else."""

import base64
import hashlib
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import nbformat

from helpers.classroom.choose import chosen_lessons
from helpers.lessons import (
    NOTEBOOKS,
    ROOT,
    keep_dated,
    lesson_paths,
    made_writable,
    stamped,
    without_solutions,
)

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
- To start a lesson afresh, type `.venv/bin/backprop-by-hand reset {first}`, on Windows with
  `.venv\\Scripts\\backprop-by-hand`. Yours stays beside it under a dated name.
- Call no file of yours `helpers.py`: it would hide the course's own.

When you get a newer version of these lessons, unpack it beside this folder, say as `new`, and type here, on
Windows with `.venv\\Scripts\\python`:

```
.venv/bin/python -m pip install --force-reinstall --no-deps ../new/{wheel}
.venv/bin/python -m helpers.update --source ../new --folder .
```

Your answers and your cells are in the new notebooks then; the old ones stay beside them under dated names.
"""
WHEEL = "Wheel-Version: 1.0\nGenerator: backprop-by-hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in the zip, so that the same hand-out is the same file


def make_handout(folder, lessons="", notebooks=NOTEBOOKS):
    """Write lessons without outputs and solutions, START.md and the wheel to a folder, and a zip beside it.

    lessons: such as "00-02"; "" for all.  Returns the path of the zip, and the paths under which it kept what
    was there before and differed: they lie in a folder of their own, and are not in the zip.
    """
    paths = chosen_lessons(lessons, notebooks)
    if folder.resolve() in (notebooks.resolve(), ROOT):
        raise ValueError(f"{folder} holds the lessons themselves: name another folder for the hand-out.")
    made_writable(folder)
    contents = {path.name: handed_out(path) for path in paths}
    contents |= {path.name: path.read_bytes() for path in sorted(notebooks.glob("*.png"))}
    with tempfile.TemporaryDirectory() as place:
        wheel = build_wheel(Path(place), dict(contents))
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


def build_wheel(place, lessons=None):
    """Write the wheel of helpers/ as it is here, with lessons, {name: bytes}; return its path.

    What a wheel says of itself is what the installed project says.  It needs no network and no build tool.
    """
    project = installed_project()
    home = f"backprop_by_hand-{project.version}"
    files = [path for path in sorted((ROOT / "helpers").rglob("*")) if path.is_file()]
    files = [path for path in files if "__pycache__" not in path.parts]
    contents = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}
    contents |= {f"notebooks/{name}": content for name, content in (lessons or {}).items()}
    told = {"METADATA": project.read_text("METADATA") or project.read_text("PKG-INFO"), "WHEEL": WHEEL}
    told["entry_points.txt"] = project.read_text("entry_points.txt")
    told["licenses/LICENSE"] = project.read_text("licenses/LICENSE") or (ROOT / "LICENSE").read_text("utf-8")
    contents |= {f"{home}.dist-info/{name}": text.encode() for name, text in told.items()}
    record = f"{home}.dist-info/RECORD"
    sums = [f"{name},{recorded_sum(content)},{len(content)}" for name, content in contents.items()]
    contents[record] = "\n".join([*sums, f"{record},,", ""]).encode()
    wheel = place / f"{home}-py3-none-any.whl"
    write_zip(wheel, contents)
    return wheel


def installed_project():
    """The distribution of this project that is installed here."""
    try:
        return distribution("backprop-by-hand")
    except PackageNotFoundError:
        raise ValueError(
            "These helpers are not installed: python -m pip install -r requirements.txt"
        ) from None


def recorded_sum(content):
    """The sum over a file's bytes, as a wheel's RECORD has it."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return f"sha256={digest.decode().rstrip('=')}"


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
    name = folder.resolve().name
    target = folder.with_name(f"{name}.zip")
    write_zip(target, {f"{name}/{each}": (folder / each).read_bytes() for each in sorted(names)})
    return target


def write_zip(target, contents):
    """Write files, {name: bytes}, to a zip, the same bytes every time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
