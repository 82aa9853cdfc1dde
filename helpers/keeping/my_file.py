"""The file my_network.py: one block for each kept function; read, merged and written under a lock."""

import hashlib
import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import escape

from helpers.keeping import CannotKeep

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
try:
    import msvcrt
except ImportError:  # everywhere else
    msvcrt = None

TITLE = '"""My network: what passed its check. Edit it as you like: what you edit is not overwritten."""\n'
ONE_OUTPUT = ", for one output"
MARK = re.compile(r"^# ---- (\w+), from lesson \d\d \((\w+)\)(, for one output)?\n", re.MULTILINE)
PATIENCE = 90  # seconds that one notebook waits for another


@dataclass
class Block:
    """One kept function in the text of the file: its mark, its code, and where it starts and ends."""

    mark: re.Match
    code: str
    start: int
    end: int
    lines_above: int

    @property
    def edited(self):
        """Whether the code is another than that which was kept."""
        return checksum(self.code) != self.mark.group(2)

    @property
    def one_output(self):
        """Whether the function stops where there is more than one output."""
        return bool(self.mark.group(3))


def read(place):
    """The text of the file, or the first line of a new one; CannotKeep where it is no text."""
    try:
        return place.read_text(encoding="utf-8") or TITLE
    except FileNotFoundError:
        return TITLE
    except (OSError, UnicodeDecodeError) as problem:
        hint = "Put it right, or start over: kept.start_over()"
        raise CannotKeep(f"{place.name} cannot be read ({problem}). {hint}") from None


def blocks(text):
    """The kept functions in a text, {"compute_cost": Block, …}."""
    marks = list(MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found = {}
    for mark, end in zip(marks, ends, strict=False):
        above = text.count("\n", 0, mark.end())
        found[mark.group(1)] = Block(mark, text[mark.end() : end], mark.start(), end, above)
    return found


def checksum(code):
    """A short sum of a code, by which an edit shows."""
    return hashlib.sha256(code.strip().encode()).hexdigest()[:12]


def merged(text, name, lesson, code, one_output):
    """The text with this code in the place of the block of that name, or at its end."""
    mark = f"# ---- {name}, from lesson {lesson} ({checksum(code)}){ONE_OUTPUT * one_output}\n"
    block = blocks(text).get(name)
    before, after = (text[: block.start], text[block.end :]) if block else (text + "\n\n", "")
    return before + mark + code + ("\n\n" + after if after else "")


def write_beside(place, text):
    """Write a text beside the file, safe on the disk, and return its path; one that a crash left goes."""
    for old in _target(place).parent.glob(f"{escape(_target(place).name)}.*.part"):
        old.unlink(missing_ok=True)
    part = _target(place).with_name(f"{_target(place).name}.{os.getpid()}.part")
    with open(part, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        with suppress(OSError):  # some shared folders cannot
            os.fsync(file.fileno())
    return part


def put_in_place(part, place):
    """Make the part the file, in one move: a crash leaves the old file or the new. A link stays a link."""
    if _target(place).exists():
        shutil.copymode(_target(place), part)
    os.replace(part, _target(place))


@contextmanager
def locked(place):
    """Hold the file for this notebook alone; the system lets go of what a crash leaves locked.

    The lock is on a hidden empty file beside it. Where there are no locks, as in a browser or in some shared
    folders, there is none: a text that changed meanwhile is merged all the same, see kept.py.
    """
    lock, until = _target(place).with_name(f".{_target(place).name}.lock"), time.monotonic() + PATIENCE
    with open(lock, "ab") as file:
        while not _lock(file):
            if time.monotonic() > until:
                raise CannotKeep(f"another notebook is writing {place.name}. Run the check again.")
            time.sleep(0.02)
        yield  # closing the file lets go of it


def _lock(file):
    """Lock an open file; whether that is done. True also where files cannot be locked."""
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif msvcrt:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):  # another one has it
        return False
    except OSError:
        return True
    return True


def _target(place):
    """The file itself, where a link leads to it."""
    return place.resolve()
