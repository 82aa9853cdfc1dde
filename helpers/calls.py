"""While a learner's functions run: what they print is shown once, what hangs is named and can be stopped."""

import _thread
import ctypes
import logging
import signal
import sys
import threading
import time
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field

LOOK, LOOKS = 0.5, 4  # seconds between two looks at what runs; after so many of them it is said
GRACE = 1.0  # seconds that an interrupted training has, to come to a whole step
here = threading.local()  # .calls: attended on this thread; .asked: its interrupts; .say: where words go
stoppable = {}  # thread: [(its list of interrupts, whether it is over)], for all but the main thread
missed = []  # when an interrupt came and nothing was attended
listening, lock = [], threading.Lock()


@dataclass
class Calls:
    """The calls of one trainer's own functions: running, the name of the one that runs now, and its number.

    shown: {name: the call whose prints, logs and plots are shown}; those of later calls are not.  stopped:
    the names of those that were interrupted since the last training began.
    """

    running: str = ""
    number: int = 0
    shown: dict = field(default_factory=dict)
    stopped: set = field(default_factory=set)

    @property
    def hushed(self):
        """Whether the function that runs now has put something out in an earlier call."""
        return self.running and self.shown.setdefault(self.running, self.number) != self.number


@contextmanager
def attended(calls):
    """Attend to the calls of a learner's functions; yields a list that a first interrupt is put into.

    calls: None where all functions are the reference's, and only interrupts count.  What they put out is
    shown once.  After two seconds in one call it is said which function runs and how to stop it.  Whoever
    trains looks at the list at each whole step; one second after an interrupt that found no whole step,
    KeyboardInterrupt is raised wherever it stands.  Inside each other, for the same calls, they are one.
    """
    before, over = getattr(here, "calls", None), threading.Event()
    if calls and calls is before:
        yield here.asked
        return
    here.calls, say = calls, getattr(here, "say", print)
    if calls:
        with suppress(RuntimeError):  # where no thread can start, in a sandbox or a browser, this is left out
            _thread.start_new_thread(_name_what_hangs, (calls, say, over))  # Thread.start() waits for it
    try:
        with _shown_once() if calls else nullcontext(), interrupts(over) as asked:
            here.asked = asked
            yield asked
    finally:
        over.set()
        here.calls = before


@contextmanager
def told_to(say):
    """Words about a function that hangs go to say(words), where they would be printed."""
    before = getattr(here, "say", print)
    here.say = say
    try:
        yield
    finally:
        here.say = before


def _name_what_hangs(calls, say, over):
    """Say after two seconds in one and the same call which function it is."""
    seen, looks = 0, 0
    while not over.wait(LOOK):
        now = calls.number if calls.running else 0
        seen, looks = now, looks + 1 if now and now == seen else 0
        if looks == LOOKS:
            stop = "To stop it, interrupt the kernel (■, or Ctrl-C); what was learned is kept."
            say(f"Your {calls.running} has been running for two seconds. {stop}")


# ---- what is put out


@contextmanager
def silently():
    """What is printed, logged, displayed or plotted on this thread is not shown: for one function's check."""
    before, name, n = getattr(here, "calls", None), "what is checked", len(open_figures())
    here.calls = Calls(running=name, number=1, shown={name: 0})
    try:
        with _shown_once():
            yield
    finally:
        close_hushed_figures(open_figures(), n)
        here.calls = before


class Once:
    """A stream that leaves out what a function prints in a later call than its first that printed."""

    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        return len(text) if hushed_here() else self.stream.write(text)

    def __getattr__(self, name):
        return getattr(self.stream, name)


def hushed_here(*_):
    """Whether what comes on this thread now was shown before."""
    calls = getattr(here, "calls", None)
    return bool(calls and calls.hushed)


def _heard(record):
    return not hushed_here()


@contextmanager
def _shown_once():
    """Prints, logs and what is displayed come through once for each function."""
    _listen()
    publisher = _publisher()
    if publisher:
        publisher.register_hook(_published)
    try:
        yield
    finally:
        if publisher:
            publisher.unregister_hook(_published)
        _listen_no_more()


def _listen():
    """Put Once before the streams and a filter before the log, unless another thread has done so."""
    with lock:
        if not listening:
            sys.stdout, sys.stderr = Once(sys.stdout), Once(sys.stderr)
            for handler in _log_handlers():
                handler.addFilter(_heard)
        listening.append(1)


def _listen_no_more():
    with lock:
        listening.pop()
        if not listening:
            for name in ("stdout", "stderr"):
                if isinstance(getattr(sys, name), Once):
                    setattr(sys, name, getattr(sys, name).stream)
            for handler in _log_handlers():
                handler.removeFilter(_heard)


def _log_handlers():
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    handlers = [handler for logger in loggers for handler in getattr(logger, "handlers", ())]
    return [*handlers, logging.lastResort]


def _publisher():
    """What shows plots in a notebook; None elsewhere."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    publisher = getattr(shell, "display_pub", None)
    return publisher if hasattr(publisher, "register_hook") else None


def _published(message):
    return None if hushed_here() else message


def open_figures():
    """matplotlib's open figures by number, where it is in use."""
    kept = sys.modules.get("matplotlib._pylab_helpers")
    return kept.Gcf.figs if kept else {}


def close_hushed_figures(figures, n):
    """Close all figures but the first n, if a function that was seen before has opened them."""
    if hushed_here():
        for number in [*figures][n:]:
            sys.modules["matplotlib._pylab_helpers"].Gcf.destroy(number)


# ---- interrupts


@contextmanager
def interrupts(over):
    """A list that a first interrupt is put into, to stop at the next whole step; a second one acts at once.

    So does the first where the step does not come within GRACE.  over: is set at the end.  On the main thread
    it is Ctrl-C, unless another handler is at work; other threads are reached by interrupt_other_threads.
    """
    asked, usual, thread = [], signal.default_int_handler, threading.get_ident()

    def ask(number, frame):
        asked.append(number)
        signal.signal(signal.SIGINT, usual)
        _insist(over, _thread.interrupt_main)

    on_main = threading.current_thread() is threading.main_thread()
    ours = on_main and signal.getsignal(signal.SIGINT) is usual
    if ours:
        signal.signal(signal.SIGINT, ask)
    elif not on_main:
        stoppable.setdefault(thread, []).append((asked, over))
        if missed and time.monotonic() - missed[0] < GRACE:
            asked.append(signal.SIGINT)
    try:
        yield asked
    finally:
        over.set()
        if ours:
            signal.signal(signal.SIGINT, usual)
        elif not on_main:
            stoppable[thread].pop()
            if not stoppable[thread]:
                del stoppable[thread]


def interrupt_other_threads(*_):
    """Interrupt what is attended on other threads than the main one, as Ctrl-C does on the main one.

    A widget's callback runs on a thread of its own, where Ctrl-C never arrives; and Python has one way only
    to end a loop there from outside: an exception that it raises in that thread.  Between two frames of a
    play nothing is attended: the next frame then hears of it.
    """
    if not stoppable:
        missed[:] = [time.monotonic()]
    for thread, trainings in [*stoppable.items()]:
        for asked, over in trainings[-1:]:
            raised = ctypes.c_ulong(thread), ctypes.py_object(KeyboardInterrupt)
            again = bool(asked)
            asked.append(signal.SIGINT)
            if not again:
                _insist(over, lambda raised=raised: ctypes.pythonapi.PyThreadState_SetAsyncExc(*raised))


def _insist(over, act):
    """Act after GRACE, unless it is over by then."""

    def wait():
        if not over.wait(GRACE):
            act()

    threading.Thread(target=wait, daemon=True).start()
