"""SceneView: a picture that can be touched; what is done to its elements comes back as events."""

import signal
import sys
import traceback
from collections import deque
from dataclasses import dataclass
from importlib import import_module
from math import isfinite
from pathlib import Path
from weakref import WeakSet

import anywidget
import ipywidgets as widgets
from IPython import get_ipython
from traitlets import Bool, Unicode, observe

from helpers.scenes import Scene, described

KINDS = ("click", "double click", "drag start", "drag", "drag end", "hover", "key", "text", "copied")
MAY_BE_ABSENT = "scene-with-stand-in"  # a box of this class is empty where the page has no anywidget
UNDER_WAY = 6  # frames that the browser may have asked for at a time
LONGEST = 200  # characters of a text that is typed into the picture
open_views = WeakSet()
# Where the page has no anywidget, ipywidgets puts a broken picture for the view; this says instead why.
ABSENT = """<style>.scene-with-stand-in > :has(.jupyter-widgets-error-widget), .scene-absent { display: none }
.scene-with-stand-in:has(.jupyter-widgets-error-widget) .scene-absent { display: block }</style>
<div class="scene-absent" role="note">The controls work, but this picture cannot be touched: JupyterLab runs
without anywidget. <code>pip install anywidget</code> where JupyterLab is installed.</div>"""
if "google.colab" in sys.modules:  # Colab loads a widget such as this one when it has been told that it may
    import_module("google.colab.output").enable_custom_widget_manager()
PLAYING = "playing" if widgets.Play.class_traits().get("playing") else "_playing"  # as older versions call it


@dataclass(frozen=True)
class Event:
    """What was done to one element of a picture.

    kind: one of KINDS; "copied" is the answer to SceneView.copy().
    touch: the element's data-touch; "" where the pointer has left what it hovered over.
    x, y: where, in the picture's own coordinates; None for what was done by key.
    key: the key of a "key", as the browser names it; "Shift" for a click with Shift held.
    text: what was typed, for a "text".
    """

    kind: str
    touch: str
    x: float | None = None
    y: float | None = None
    key: str = ""
    text: str = ""

    @property
    def moves(self):
        """Whether it is a drag that has come to x, y."""
        return self.kind in ("drag", "drag end") and self.x is not None


class SceneView(anywidget.AnyWidget):
    """A picture that can be touched, and can play.

    picture: a Scene, or HTML text.  on_touch(event): called with an Event.  on_frame(): called for each
    frame while it plays, to show() the next picture.  on_error(error): called with what one of them raised,
    KeyboardInterrupt too; without it, it is printed as in a cell.  An error pauses.
    All three are called on the kernel's main thread, one at a time, while no cell runs.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")  # a path would keep every view alive
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    body = Unicode().tag(sync=True, to_json=lambda _, view: view._as_opened())
    playing = Bool(False).tag(sync=True)
    present = Unicode()  # the picture, as it is now
    opened = ""  # the picture that the last page was opened with
    ready = Bool(False)  # the module has come up in a browser

    def __init__(self, picture, on_touch=None, on_frame=None, on_error=None):
        self.on_touch, self.on_frame, self.on_error = on_touch, on_frame, on_error or _print_error
        self.waiting, self.asked, self.in_frame = deque(), 0, False
        self.picture = picture
        super().__init__(present=_body_of(picture))
        self.on_msg(self._heard)
        open_views.add(self)

    def show(self, picture):
        """Show this picture, a Scene or HTML text, in place of the last."""
        self.picture, self.present = picture, _body_of(picture)
        if not self.in_frame:  # else it goes with the answer to the browser
            self.send({"body": self.present})

    def copy(self, text):
        """Put this text into the browser's clipboard; a "copied" comes back where the browser has done so."""
        self.send({"copy": text})

    def play(self):
        """Let the browser ask for frames."""
        self.playing = True

    def pause(self):
        """Ask for no more frames; what is computed already is still shown."""
        self.playing = False

    @observe("playing")
    def _played(self, change):
        if change.new and self.asked:  # before the browser's word that it plays
            _on_main_thread(self._turn)

    def soon(self, action):
        """Do action() as if it were an event: on the kernel's main thread, and before the next frame."""
        self.waiting.append(action)
        _on_main_thread(self._turn)

    def next_frames(self, count=1):
        """Let on_frame() make so many frames, whenever nothing else is waiting; at most six are under way."""
        before, self.asked = self.asked, min(self.asked + count, UNDER_WAY)
        if not before:  # else one follows the other
            _on_main_thread(self._turn)

    def _as_opened(self):
        """The picture for a page that opens."""
        self.opened = self.present
        return self.present

    def _heard(self, _, message, buffers):
        """A message of the module, on whatever thread; it is answered in turn."""
        kind = message.get("kind") if isinstance(message, dict) else None
        if kind == "ready":
            self.ready = True
            if self.opened != self.present:  # it was moved while the module was on its way
                self.send({"body": self.present})
        elif kind == "frame":
            self.next_frames(_count_of(message))
        elif event := _event_of(message):
            self.soon(event)

    def _turn(self):
        """Do one thing: what has waited longest or, when nothing waits, a frame."""
        if self.comm is None:  # closed
            return
        try:
            if self.waiting:
                action = self._next_action()
                action() if callable(action) else self.on_touch and self.on_touch(action)
            elif self.asked and self.playing:
                self._frame()
        except (Exception, KeyboardInterrupt) as error:
            self.pause()
            self.on_error(error)

    def _next_action(self):
        """What has waited longest; of a drag, only where it has come to."""
        action = self.waiting.popleft()
        while self.waiting and _same_drag(action, self.waiting[0]):
            action = self.waiting.popleft()
        return action

    def _frame(self):
        self.asked -= 1
        self.in_frame = True
        try:
            if self.on_frame:
                self.on_frame()
        finally:
            self.in_frame = False
            self.send({"body": self.present, "frame": True})
            if self.asked:
                _on_main_thread(self._turn)  # what came meanwhile has its turn before

    def close(self):
        """Stop playing, and take the picture away."""
        self.pause()
        self.waiting.clear()
        super().close()

    def __repr__(self):
        return f"SceneView: {getattr(self.picture, 'description', 'a picture')}"

    def _repr_mimebundle_(self, **kwargs):
        """The widget, and for a page that has no widgets the picture as it is now."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        if isinstance(self.picture, Scene):
            svg = self.picture.svg.encode()
            data |= described("image/svg+xml", svg, self.picture.description)
        return data, metadata


def with_stand_in(view):
    """A box with a SceneView, and with a plain picture where the browser cannot load the view's module.

    The plain picture is updated, and the view's play runs, without the module. As soon as the module says
    that it is there the plain picture is taken away; until then the module's style sheet hides it.
    """
    picture = widgets.HTML()
    clock = widgets.Play(max=10**9, interval=20, layout={"display": "none"})
    links = [widgets.dlink((view, "present"), (picture, "value"), lambda body: ABSENT + body)]
    links += [widgets.dlink((view, "playing"), (clock, PLAYING))]
    clock.observe(lambda change: view.next_frames(), "value")
    picture.add_class("scene-stand-in")
    view.add_class("scene-place")
    box = widgets.VBox([view, picture, clock]).add_class(MAY_BE_ABSENT)

    def take_away(change):
        for link in links:
            link.unlink()
        box.children = [view]
        for part in (picture, clock):
            for own in (part.layout, part.style, part):
                own.close()

    view.observe(take_away, "ready")
    return box


def _body_of(picture):
    if not isinstance(picture, (Scene, str)):
        raise TypeError(f"A SceneView shows a Scene or HTML text; {type(picture).__name__} came.")
    return picture if isinstance(picture, str) else picture.svg


def _count_of(message):
    """How many frames a message of the browser asks for."""
    count = message.get("count")
    return count if isinstance(count, int) and count > 0 else 1


def _event_of(message):
    """The Event that a message of the browser tells of, or None if it tells of none."""
    if not isinstance(message, dict) or message.get("kind") not in KINDS:
        return None
    x, y = (message.get(name) for name in ("x", "y"))
    if not all(isinstance(n, (int, float)) and isfinite(n) for n in (x, y)):
        x = y = None
    words = {name: str(message.get(name, ""))[:LONGEST] for name in ("touch", "key", "text")}
    return Event(message["kind"], x=x, y=y, **words)


def _same_drag(one, other):
    return (
        isinstance(one, Event)
        and isinstance(other, Event)
        and one.kind == other.kind == "drag"
        and one.touch == other.touch
    )


def _print_error(error):
    """Print an error where a cell's would stand."""
    shell = get_ipython()
    if shell is None:
        traceback.print_exception(error, file=sys.stderr)
    else:
        shell.showtraceback((type(error), error, error.__traceback__))


def _on_main_thread(action):
    """Let the kernel's main thread do action() when it is free; without a kernel, do it at once.

    A learner's function then never runs beside a cell, and the stop button interrupts it.
    """
    loop = getattr(getattr(get_ipython(), "kernel", None), "io_loop", None)
    action() if loop is None else loop.add_callback(_interruptible, action)


def _interruptible(action):
    """Do action(); an interrupt raises KeyboardInterrupt in it, as in a cell, and between two it pauses."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        action()
    except KeyboardInterrupt:  # outside what _turn() tries; let through it would end the kernel
        _pause_all()
    finally:
        signal.signal(signal.SIGINT, _pause_all if before is signal.SIG_IGN else before)


def _pause_all(*_):
    for view in list(open_views):
        view.soon(view.pause)
