"""What students handed in: folders, zips, and the file names that Moodle and Canvas make."""

import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_\w+?_?(?=_|$)(?P<file>.*)")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)")
LARGEST, MOST_FILES, DEEPEST = 20_000_000, 2_000, 2  # bytes of a file, files in a zip, zips in zips
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)


@dataclass(frozen=True)
class Cell:
    """A code cell that was handed in."""

    id: str
    source: str


@dataclass
class Submission:
    """What one student handed in: the code cells of each notebook, the texts of .py files, and problems.

    number: by which the platform knows the student, or "".  problems: what could not be read, in words.
    """

    student: str
    number: str = ""
    notebooks: list = field(default_factory=list)
    modules: list = field(default_factory=list)
    problems: list = field(default_factory=list)


def collect(source):
    """The Submission of each student in a folder or a zip, by name."""
    if not source.exists():
        raise ValueError(f"There is no {source}. Name the folder or the zip with what was handed in.")
    found = {}
    for parts, content in _files(source):
        name, number = whose(parts)
        submission = found.setdefault((name, number), Submission(name, number))
        read_into(submission, parts[-1], content)
    if not found:
        raise ValueError(f"{source} holds no notebooks. Name the folder or the zip with what was handed in.")
    names = [name for name, _ in found]
    for (name, number), submission in found.items():
        if names.count(name) > 1 and number:
            submission.student = f"{name} ({number})"
    return sorted(found.values(), key=lambda submission: submission.student.lower())


def whose(parts):
    """The student's name and number, from the parts of a path: as Moodle or Canvas write them, or plain."""
    for part in parts:
        if match := MOODLE.fullmatch(part) or CANVAS.fullmatch(part):
            return match["name"].strip(), match["number"]
    return re.sub(r"\.(ipynb|zip|py)$", "", parts[0], flags=re.IGNORECASE).strip() or "no name", ""


def read_into(submission, name, content):
    """Add a file to a student's Submission.  content: its bytes, or words for why there are none."""
    if isinstance(content, str):
        submission.problems.append(f"{name}: {content}")
        return
    try:
        text = content.decode("utf-8-sig")
        if name.lower().endswith(".py"):
            submission.modules.append(text)
        else:
            submission.notebooks.append(code_cells(json.loads(text)))
    except (ValueError, RecursionError) as error:
        submission.problems.append(f"{name}: it is no notebook ({type(error).__name__}).")


def code_cells(notebook):
    """The code cells of a notebook's JSON; ValueError where there are no cells."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ValueError("it has no cells")
    return [
        Cell(str(cell.get("id", "")), _text(cell.get("source")))
        for cell in cells
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]


def _text(source):
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def _files(source):
    """(parts of its path, bytes or words) of each notebook, .py file and file in a zip."""
    if source.is_file():
        found = [*_unpacked((), source.read_bytes(), DEEPEST + 1)]
        tops, below = {parts[0] for parts, _ in found}, {parts[1:2] for parts, _ in found}
        one_folder = len(tops) == 1 and () not in below and len(below) > 1  # with all of the class in it
        yield from ((parts[1:] if one_folder else parts, content) for parts, content in found)
        return
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if _is_wanted(parts) and (path.is_symlink() or path.is_file()):
            yield from _unpacked(parts, _content(path), DEEPEST)


def _content(path):
    """The bytes of a file, or words for why there are none; a link is not followed."""
    try:
        if path.is_symlink():
            return "it is a link to another file."
        if path.stat().st_size > LARGEST:
            return f"it is larger than {LARGEST // 1_000_000} MB."
        return path.read_bytes()
    except OSError as error:
        return f"it cannot be read ({type(error).__name__})."


def _unpacked(parts, content, deep):
    """A file as it is, or the files in a zip, in memory: nothing is written."""
    packed = not parts or parts[-1].lower().endswith(".zip")
    if not packed or isinstance(content, str):
        yield parts, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if _is_wanted(Path(e.filename).parts) and not e.is_dir()]
            if len(entries) > MOST_FILES * (1 if parts else 10) or not deep:
                raise ValueError("too many files")
            for entry in entries:
                with archive.open(entry) as file:
                    inside = file.read(LARGEST + 1)
                inner = inside if len(inside) <= LARGEST else f"it is larger than {LARGEST // 1_000_000} MB."
                yield from _unpacked((*parts, *Path(entry.filename).parts), inner, deep - 1)
    except BROKEN_ZIP as error:
        yield parts or ("the zip",), f"it cannot be unpacked ({type(error).__name__})."


def _is_wanted(parts):
    """Whether a file can hold answers: a notebook, a .py or a zip, and no copy that a system made."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return bool(parts) and not hidden and parts[-1].lower().endswith((".ipynb", ".py", ".zip"))
