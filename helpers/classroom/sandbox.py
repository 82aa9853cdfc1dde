"""Where answers run: a Python that only judges, on Linux inside bubblewrap, where it sees the course alone.

There: files are read-only, but for a folder in memory; no network; processes of its own.
"""

import json
import os
import secrets
import select
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache

from helpers.classroom.confined import SECONDS
from helpers.lessons import ONE_THREAD, ROOT

SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
FOLDER, IN_MEMORY = "/answer", 50_000_000  # where an answer runs, and the bytes that it can write there
NO_SANDBOX = """There is no sandbox here, so what was handed in runs with your rights, within limits of time
and memory alone. It can read and change your files. Choose one:
- on Linux, install bubblewrap: apt-get install bubblewrap
- elsewhere, grade in a container: see TEACHING.md
- or say that you trust every one who handed in: {trust}"""
LOST = "It ended the Python that judges it. It does more than an exercise asks for."


@cache
def has_sandbox():
    """Whether bubblewrap is installed here and works."""
    command = [*_bubblewrap(), sys.executable, "-P", "-c", "import numpy, helpers.classroom"]
    try:
        done = subprocess.run(command, env=_surroundings(FOLDER), capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _bubblewrap():
    """The command that runs another one inside bubblewrap: it sees Python, its packages and the course."""
    seen = [*SYSTEM, sys.prefix, sys.base_prefix, ROOT / "helpers", *filter(os.path.isdir, sys.path)]
    hidden = str(ROOT) if (ROOT / "pyproject.toml").exists() else ""  # a wheel's is where all packages are
    seen = [place for place in map(str, seen) if place != hidden]
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--new-session"]
    command += ["--dev", "/dev", "--proc", "/proc"]
    for place in dict.fromkeys(place for place in seen if os.path.exists(place)):
        command += ["--ro-bind", place, place]
    command += ["--size", str(IN_MEMORY), "--tmpfs", FOLDER, "--chdir", FOLDER]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/"]


def _surroundings(folder):
    """The environment of the Python that judges: nothing of the teacher's but where Python is."""
    env = {"PATH": "/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8", "MPLBACKEND": "agg"}
    env |= {"TQDM_DISABLE": "1", "IPYTHONDIR": folder, "MPLCONFIGDIR": folder, "TMPDIR": folder}
    path = [str(ROOT), *(place for place in sys.path if place and place != str(ROOT))]
    return env | dict.fromkeys(ONE_THREAD, "1") | {"PYTHONPATH": os.pathsep.join(path)}


@dataclass
class Judge:
    """One Python that judges, and is started again where an answer has ended it.

    apart: whether it runs in the sandbox.
    """

    apart: bool
    process: object = None
    folder: str = ""
    unread: bytes = field(default=b"", repr=False)

    def ask(self, job):
        """The outcome of a job, as judging.py describes both.

        What is no answer to this very job may have been said by an answer before it, so it is asked again.
        """
        for _ in range(2):
            number = secrets.token_hex(8)
            outcome = self._outcome({**job, "id": number})
            if outcome.pop("id", None) == number:
                return outcome
            self.stop()
        return {"status": "crashed", "words": LOST}

    def _outcome(self, job):
        """What comes back for a job; {} where the Python that judges is gone, or says nothing of the kind."""
        if self.process is None:
            self.start()
        try:
            self.process.stdin.write(json.dumps(job).encode() + b"\n")
            self.process.stdin.flush()
            outcome = json.loads(self._line(time.monotonic() + SECONDS + 30))
        except (OSError, ValueError, RecursionError):
            return {}
        return outcome if isinstance(outcome, dict) else {}

    def start(self):
        """Start the Python that judges."""
        self.folder, self.unread = FOLDER if self.apart else tempfile.mkdtemp(), b""
        command = [*_bubblewrap()] if self.apart else []
        command += [sys.executable, "-P", "-m", "helpers.classroom.judging", self.folder]
        self.process = subprocess.Popen(
            command,
            cwd="/" if self.apart else self.folder,
            env=_surroundings(self.folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def stop(self):
        """End it, and all that it started."""
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None
            if not self.apart:
                shutil.rmtree(self.folder, ignore_errors=True)

    def _line(self, until):
        """The next line that it says; ValueError where none comes in time."""
        while b"\n" not in self.unread:
            ready = select.select([self.process.stdout], [], [], max(until - time.monotonic(), 0))[0]
            part = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not part:
                raise ValueError("no answer")
            self.unread += part
        line, _, self.unread = self.unread.partition(b"\n")
        return line


def cores():
    """How many answers are judged at once."""
    return max(1, min(os.cpu_count() or 1, 8))
