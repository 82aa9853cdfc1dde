"""The file my_network.py: one block for each kept function; read, merged and written under a lock."""

import hashlib
import os
import re
import shutil
import stat
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from helpers.keeping import CannotKeep

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
try:
    import msvcrt
except ImportError:  # everywhere else
    msvcrt = None

TITLE = '''"""My network: what passed its check. Edit it as you like: what you edit is not overwritten.

Each part below a line # ---- runs by itself, after what stands above the first of them.
"""
'''
ONE_OUTPUT = ", for one output"
MARK = re.compile(r"^# ---- (\w+), from lesson \d\d \((\w+)\)(, for one output)?\n", re.MULTILINE)
PUT_RIGHT = "Put it right, or start over: kept.start_over()"
PATIENCE = 90  # seconds that one notebook waits for another


@dataclass
class Block:
    """One kept function in the text of the file: its mark, its code, and where it starts and ends.

    source: what is run for it, each line where it stands: the code, after what is above the first mark.
    """

    mark: re.Match
    code: str
    start: int
    end: int
    source: str

    @property
    def edited(self):
        """Whether the code is another than that which was kept."""
        return checksum(self.code) != self.mark.group(2)

    @property
    def one_output(self):
        """Whether the function stops where there is more than one output."""
        return bool(self.mark.group(3))

    @property
    def is_there(self):
        """Whether the code still makes something of this name."""
        return bool(re.search(rf"\b{self.mark.group(1)}\b", self.code))


def read(place):
    """The text of the file, or the beginning of a new one; CannotKeep where it is no text."""
    _require_place(place)
    try:
        return place.read_text(encoding="utf-8-sig") or TITLE
    except FileNotFoundError:
        return TITLE
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotKeep(f"{place.name} cannot be read ({problem}). {PUT_RIGHT}") from None


def _require_place(place):
    """CannotKeep where there can be no such file."""
    folder = _target(place).parent
    if place.is_dir():
        raise CannotKeep(f"{place} is a folder, and a file is needed. {PUT_RIGHT}")
    if not folder.is_dir():
        gone = f"{place.name} has no place: there is no folder {folder}"
        raise CannotKeep(f"{gone}. Make it, or set MY_NETWORK to a file elsewhere.")


def blocks(text):
    """The kept functions in a text, {"compute_cost": Block, …}."""
    marks = list(MARK.finditer(text))
    head = text[: marks[0].start()] if marks else ""
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found = {}
    for mark, end in zip(marks, ends, strict=False):
        code, between = text[mark.end() : end], text.count("\n", len(head), mark.end())
        found[mark.group(1)] = Block(mark, code, mark.start(), end, head + "\n" * between + code)
    return found


def checksum(code):
    """A short sum of a code, by which an edit shows."""
    return hashlib.sha256(code.strip().encode()).hexdigest()[:12]


def merged(text, name, lesson, code, one_output):
    """The text with this code in the place of the block of that name, or at its end.

    Where nothing of that name is left in the block, what else stands there stays above the new one.
    """
    mark = f"# ---- {name}, from lesson {lesson} ({checksum(code)}){ONE_OUTPUT * one_output}\n"
    block = blocks(text).get(name)
    before, after = (text[: block.start], text[block.end :]) if block else (text + "\n\n", "")
    if block and not block.is_there and block.code.strip():
        before = text[: block.end].rstrip() + "\n\n\n"
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
    _require_place(place)
    if _target(place).exists() and not _target(place).stat().st_mode & stat.S_IWUSR:
        raise CannotKeep(f"{place.name} may only be read. Make it writable, and run the check again.")
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
        if hasattr(fcntl, "flock"):  # a browser has the module without it
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
    return Path(os.path.realpath(place))  # not resolve(), which fails for links that lead in a circle
