"""Judging one answer at a time: `python -m helpers.classroom.judging`, a line of JSON in, one out.

It imports what the lessons import, once. Each answer is then run and checked in a process that is forked from
it, confined, and ended when it is done or its time is over. What comes back is JSON through a pipe.

A job: {"id", "imports", "name", "check", "answer", "others", "module"}, all text, or {"id", "typed"}.
An outcome: {"id", "status", "words", "mistakes", "line", "called", "reference"}, or {"id", "value"}.
"""

import json
import os
import select
import signal
import sys
import time

from helpers.classroom.confined import SECONDS, confine

LARGEST_OUTCOME = 100_000  # bytes
OVER = f"It was stopped: it was not done after {SECONDS} seconds. When does its loop end?"
DIED = "It ended the Python that it ran in. Does it use more memory than there is, or end Python by itself?"


def serve(folder):
    """Answer jobs from standard input until it ends; each runs in this folder, emptied after it."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    _to_nowhere(1, 2)
    for line in sys.stdin:
        job = json.loads(line)
        if "imports" in job:
            imported(job["imports"])  # here, so that no fork has to
        outcome = judged_apart(job, folder)
        _empty(folder)
        out.write(json.dumps({**outcome, "id": job["id"]}) + "\n")
        out.flush()


def judged_apart(job, folder):
    """The outcome of a job in a process of its own, whatever happens there."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(job, folder, writing)
    os.close(writing)
    said, in_time = _read(reading, time.monotonic() + SECONDS)
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        outcome = json.loads(said)
        return outcome if isinstance(outcome, dict) else {"status": "crashed", "words": DIED}
    except (ValueError, RecursionError):
        return {"status": "crashed", "words": DIED} if in_time else {"status": "endless", "words": OVER}


def _read(pipe, until):
    """What comes through a pipe, and whether it ended in time; at most so much of it as an outcome has."""
    said = b""
    while len(said) <= LARGEST_OUTCOME:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return said, False
        part = os.read(pipe, 65536)
        if not part:
            break
        said += part
    return said, True


def _answer(job, folder, pipe):
    """In the forked process: leave all behind but the pipe, run the job, write the outcome, end."""
    try:
        os.setsid()
        os.chdir(folder)
        os.environ.update({"HOME": folder, "MY_NETWORK": os.path.join(folder, "my_network.py")})
        _to_nowhere(0, 1, 2)
        os.dup2(pipe, 3)
        os.closerange(4, 4096)
        confine()
        from helpers.classroom.running import outcome_of

        os.write(3, json.dumps(outcome_of(job, imported(job.get("imports", "")))).encode())
    finally:
        os._exit(0)


def _to_nowhere(*streams):
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in streams:
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _empty(folder):
    """Delete all in a folder, also what was made hard to delete."""
    for place, folders, files in os.walk(folder, topdown=False):
        for name in files + folders:
            path = os.path.join(place, name)
            try:
                if os.path.isdir(path) and not os.path.islink(path):
                    os.rmdir(path)
                else:
                    os.unlink(path)
            except OSError:
                os.chmod(place, 0o700)


def imported(source, known={}):  # noqa: B006  one dict for all calls: what was imported before
    """The names that a lesson's imports make; they are run once."""
    if source not in known:
        import helpers.classroom.running  # noqa: F401  with NumPy, before the first fork

        known[source] = {"__name__": "__main__"}
        exec(source, known[source])
    return known[source]


if __name__ == "__main__":
    serve(sys.argv[1])
