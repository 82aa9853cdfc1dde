"""A learner's function within limits: it is stopped if it never returns; if it raises, that line is found."""

import ast
import contextlib
import ctypes
import linecache
import signal
import sys
import threading
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.calls import silently

# In files whose names begin so, nothing is stopped.
OURS = (str(Path(__file__).parents[1]), contextlib.__file__)


class NeverEnds(BaseException):
    """Raised inside a function that took too long; no `except Exception` of a learner's catches it."""


@contextlib.contextmanager
def quiet():
    """Without what a function prints, logs and displays, and without warnings."""
    with silently(), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def at_most(seconds):
    """Stop what runs inside with NeverEnds after so many seconds, in the main thread or in another.

    In a browser neither signals nor threads do it: there each turn of a loop looks at the clock.
    """
    browser, main = sys.platform == "emscripten", threading.current_thread() is threading.main_thread()
    if browser or main and hasattr(signal, "setitimer"):
        with (_looked_after if browser else _alarm)(seconds):
            yield
        return
    here, sent = ctypes.c_ulong(threading.get_ident()), []

    def stop():
        sent.append(True)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(here, ctypes.py_object(NeverEnds))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    with contextlib.suppress(RuntimeError):
        timer.start()
    try:
        yield
    except NeverEnds:
        sent.clear()
        raise
    finally:
        timer.cancel()
        if timer.ident:
            timer.join()
        if sent:
            _let_it_arrive()


def _let_it_arrive():
    """Wait for a NeverEnds that was sent in the last moment.

    Taking it back would leave Python looking for it for good, and then a debugger's trace never ends.
    """
    with contextlib.suppress(NeverEnds):
        for _ in range(50):
            time.sleep(0.001)


@contextlib.contextmanager
def _alarm(seconds):
    """The same by a signal, which also ends a sleep; an alarm that was set before is set again after it.

    It rings again and again, and is not heard while this file or contextlib is at work: an error raised
    there would leave the alarm on.
    """

    def stop(number, frame):
        if frame.f_code.co_filename not in (__file__, contextlib.__file__):
            raise NeverEnds

    handler = signal.signal(signal.SIGALRM, stop)
    before = signal.setitimer(signal.ITIMER_REAL, seconds, max(seconds / 4, 0.05))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *before)


@contextlib.contextmanager
def _looked_after(seconds):
    """The same where all runs on one thread: whenever code jumps back, it is seen whether time is up.

    In the function that loops, no handler hears of it; those that called it do, so it stops there and not in
    helpers. One call that takes long, as a sleep, is not ended.
    """
    watch, until = sys.monitoring, time.monotonic() + seconds
    ours = next(
        number for number in range(6) if watch.get_tool(number) is None
    )  # one inside another: the next

    def look(code, start, target):
        if time.monotonic() > until and not code.co_filename.startswith(OURS):
            raise NeverEnds

    watch.use_tool_id(ours, "at_most")
    watch.register_callback(ours, watch.events.JUMP, look)
    watch.set_events(ours, watch.events.JUMP)
    try:
        yield
    finally:
        watch.set_events(ours, watch.events.NO_EVENTS)
        watch.free_tool_id(ours)


@dataclass(frozen=True)
class Stop:
    """The line of a learner's that stopped, and the arrays that the very part which failed names."""

    line: int
    text: str
    part: str  # the part of the line that failed: W2 @ dZ2
    shapes: tuple  # (as it is written, shape): ("W2.T", (4, 3)); of locals first, then of the notebook
    function: str


def where_it_stopped(error, theirs):
    """The Stop for an error, in the innermost frame whose file is theirs(filename) the learner's; or None."""
    steps = [step for step in _steps(error.__traceback__) if theirs(step.tb_frame.f_code.co_filename)]
    if not steps:
        return None
    frame, code = steps[-1].tb_frame, steps[-1].tb_frame.f_code
    line, last, start, end = list(code.co_positions())[steps[-1].tb_lasti // 2]
    text = linecache.getline(code.co_filename, steps[-1].tb_lineno, frame.f_globals).strip()
    part = _part(code.co_filename, line, last, start, end) or text
    known = {**frame.f_globals, **frame.f_locals}
    return Stop(steps[-1].tb_lineno, text, part, tuple(shapes_in(part, known)), code.co_name)


def _steps(step):
    while step:
        yield step
        step = step.tb_next


def _part(filename, line, last, start, end):
    """The source between two columns, which count bytes, of one line or over several; "" if unknown."""
    if None in (line, last, start, end):
        return ""
    lines = [linecache.getline(filename, n).encode() for n in range(line, last + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    return " ".join(each.decode(errors="replace").strip() for each in lines)


def shapes_in(part, known):
    """(as it is written, shape) of each array that a piece of code names: W2, W2.T, cache["A1"]."""
    try:
        tree = ast.parse(part.strip().removeprefix("return ").rstrip(":"))
    except SyntaxError:
        return
    found, todo = {}, [tree]
    while todo:
        node = todo.pop(0)
        value = _value(node, known)
        if isinstance(value, np.ndarray):
            found[ast.unparse(node).replace("'", '"')] = value.shape
        else:
            todo += ast.iter_child_nodes(node)
    yield from found.items()


def _value(node, known):
    """The value of a name, of its transpose or of an entry of a dict; None for all else."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, known)
        return (
            owner.T
            if node.attr == "T" and isinstance(owner, np.ndarray)
            else getattr(owner, "__dict__", {}).get(node.attr)
        )
    if isinstance(node, ast.Subscript):
        owner, key = _value(node.value, known), _key(node.slice, known)
        return owner.get(key) if isinstance(owner, dict) and isinstance(key, (str, int)) else None
    return None


def _key(node, known):
    """The key that is written in brackets: a text, a number, or one put together as f"W{l}"; else None."""
    parts = (ast.Constant, ast.Name, ast.BinOp, ast.JoinedStr, ast.FormattedValue, ast.Call, ast.operator)
    parts += (ast.expr_context,)
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    if not all(isinstance(part, parts) for part in ast.walk(node)):
        return None
    if any(getattr(call.func, "id", "") != "str" for call in calls):
        return None
    with contextlib.suppress(Exception):
        return eval(compile(ast.Expression(node), "a key", "eval"), dict(known))
