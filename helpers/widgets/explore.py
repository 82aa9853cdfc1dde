"""explore(): a picture that moves with its controls, as with interact, but quick and without flicker."""

import gc
import html
import inspect
import io
import threading
import traceback
from numbers import Integral, Real
from time import monotonic

import ipywidgets as widgets
from IPython import get_ipython
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers.calls import interrupt_other_threads, told_to
from helpers.scenes import Scene, described, size_of
from helpers.widgets.scene_view import PLAYING, SceneView, with_stand_in
from helpers.widgets.touch import in_steps, typed_number, understood, value_after
from helpers.words import number as in_words

WRAPPED = {"flex_flow": "row wrap", "grid_gap": "2px 18px", "align_items": "center"}  # each box its own
AUTO = {"width": "auto"}
ANSWERED = 5  # seconds in which the browser has answered what it was told
TEXT = "font:16px/1.4 Arial,'DejaVu Sans',sans-serif;min-height:2.8em;white-space:normal"
STAYS = "The picture stays as it is."
LAST_SHOWN = ("_", "__", "___")
shown = {}  # cell: (its execution count, the explorers that it shows)


def explore(picture, /, *, play=None, interval=600, starts=None, touched=None, **controls):
    """Show what picture(**values) returns, drawn anew whenever a control is moved.

    picture: a function that returns a Scene, a Figure, or one of them with a sentence: (figure, "cost 0.3").
    controls: for each argument (low, high) or (low, high, step): a slider with a typed input beside it; a
    list or dict: a choice; True or False: a box to tick; a text: an input. It starts at the value in starts,
    {name: value}, or else at the function's own default, or else at the first or lowest value.
    play: the name of the control that is time, with whole numbers: it gets play, step and reset.
    interval: milliseconds from one step to the next while it plays, at the least.
    touched: touched(event, values) is told what was done to an element of the scene that has a data-touch,
    and returns the controls that follow, {name: value}, or None.  Without, too, an element that is named
    as a control moves it, dragged, by arrow keys or with a number typed in its place: data-touch="phase",
    or "phase, left" where there are two.
    Raises TypeError or ValueError for a control that it cannot make, and what the first picture raises.
    """
    return Explorer(picture, controls, play, interval, starts or {}, touched)


class Explorer(widgets.VBox):
    """The controls, the text line and the picture that explore() returns; it owns their state."""

    def __init__(self, picture, controls, play, interval, starts, touched=None):
        super().__init__()
        self.function, self.lock, self.waiting, self.size = picture, threading.RLock(), False, (0, 0)
        self.play, self.time, self.touched, self.fields = None, play, touched, {}
        self.grip, self.note = {}, ""
        self.add_class("keys-stay-inside")
        starts = _defaults(picture) | starts
        rows = {name: control(name, given, starts.get(name)) for name, given in controls.items()}
        self.fields = {name: row.children[0] for name, row in rows.items()}
        self.starts = {name: field.value for name, field in self.fields.items()}
        for name, row in rows.items():
            if hasattr(self.fields[name], "min"):
                row.children = [typed_text(self.fields[name], self._typed), *row.children[1:]]
        self.picture, self.line, self.buttons = None, widgets.HTML(), {}
        time = [] if play is None else [*self._time(play, interval), rows.pop(play)]
        self._draw()
        boxes = [widgets.HBox(row, layout=WRAPPED) for row in (time, list(rows.values())) if row]
        self.children = [*boxes, self.line, with_stand_in(self.picture)]
        for field in self.fields.values():
            field.observe(self._changed, "value")
        replace_what_this_cell_showed(self)
        let_interrupts_reach_widgets()

    def __repr__(self):
        name = getattr(self.function, "__name__", "picture")
        return f"Widget: {name}, moved by {', '.join(self.fields)}. Run this cell to use it."[:100]

    def _time(self, name, interval):
        """Play, step and reset for one control. Play waits until the kernel is done with a step."""
        time = self.fields.get(name)
        if not isinstance(time, widgets.BoundedIntText):
            raise ValueError(f"play={name!r} needs a control {name} with whole numbers, such as (0, 10).")
        ends = {"min": time.min, "max": time.max, "step": time.step, "value": time.value}
        self.play, playing = play_and_button(interval=interval, **ends)
        widgets.link((self.play, "value"), (time, "value"))
        self.buttons = {"Play": playing}
        for label, action in {
            "Step back": lambda: setattr(time, "value", time.value - time.step),
            "Step": lambda: setattr(time, "value", time.value + time.step),
            "Reset": self._reset,
        }.items():
            button = widgets.Button(description=label, layout=AUTO)
            button.on_click(lambda _, action=action: self._press(action))
            self.buttons[label] = button
        return [self.play, *self.buttons.values()]

    def _press(self, action):
        setattr(self.play, PLAYING, False)
        with self.lock:
            action()

    def _reset(self):
        self._move(self.starts)

    def _move(self, values, held=False):
        """Set these controls, and draw once; while an element is held their sliders wait."""
        if self.time in values:
            setattr(self.play, PLAYING, False)
        with self.lock:
            self.waiting = True
            try:
                for field, value in ((self.fields[name], value) for name, value in values.items()):
                    field.held, field.value = held, value
                    if hasattr(field, "follow"):
                        field.follow()
            finally:
                self.waiting = False
            self._changed()

    def _heard(self, event):
        """Let the controls follow a touch, as touched() says or, where it says nothing, by its name."""
        values = {name: field.value for name, field in self.fields.items()}
        moved = self.touched and self.touched(event, values)
        if moved is not None:
            moved = {name: in_steps(value, self.fields[name]) for name, value in moved.items()}
            return self._move(moved, held=event.kind in ("drag start", "drag"))
        name = event.touch if event.touch in self.fields else event.touch.split(",")[0]
        try:
            value = value_after(event, self.fields[name], self.grip) if name in self.fields else None
        except ValueError as error:
            return self._say_refused(error, self.fields[name])
        if value is not None:
            self._move({name: value}, held=event.kind in ("drag start", "drag"))

    def _typed(self, field, text):
        """Take a number that was typed, or leave the control as it is, and say what became of it."""
        with self.lock:
            try:
                value = typed_number(text, field)
            except ValueError as error:
                return self._say_refused(error, field)
            self.note, field.value = understood(text, value), value
            if self.note:
                self._changed()
            self.note = ""

    def _say_refused(self, error, field):
        self._say(html.escape(f"{error} It stays {in_words(field.value, 6)}."))

    def _changed(self, change=None):
        """Draw again. Events can come on several threads: one at a time, each with the newest values."""
        with self.lock, told_to(self._say):
            try:
                if not self.waiting:
                    self._draw()
            except Exception as error:
                self._say_error(error, "No picture for these values; the last one stays.")

    def _say_error(self, error, words=STAYS):
        self._say(as_error(error, words))

    def _draw(self):
        values = {name: field.value for name, field in self.fields.items()}
        body, size, words = _drawn(self.function(**values))
        self.size = tuple(map(max, self.size, size))  # it never shrinks, so nothing jumps
        body = framed(body, *self.size)
        if self.picture is None:
            self.picture = SceneView(body, on_touch=self._heard, on_error=self._say_error)
        else:
            self.picture.show(body)
        self._say(html.escape(self.note + words))

    def _say(self, words):
        self.line.value = as_status(words)

    def close(self):
        """Stop playing and take everything away."""
        if self.play:
            setattr(self.play, PLAYING, False)
        close_all([*self.fields.values(), self])


def framed(picture, width, height):
    """The HTML of a picture at its size, or smaller where there is less room."""
    size = f"width:min({width:.0f}px,100%);aspect-ratio:{width:.0f}/{height:.0f}"
    return f'<div style="{size}">{picture}</div>'


def as_status(words):
    """The HTML of a text line, which is read out whenever it changes."""
    return f'<div role="status" style="{TEXT}">{words}</div>'


def as_error(error, words=STAYS):
    """The HTML of what became of the picture, the error, and where it was raised, folded."""
    where = html.escape("".join(traceback.format_exception(error)))
    return (
        f"<b>{words} {type(error).__name__}: {html.escape(str(error))}</b>"
        f"<details><summary>Where</summary><pre>{where}</pre></details>"
    )


def let_interrupts_reach_widgets():
    """Let Interrupt stop what a widget trains while no cell runs, when the kernel would not hear it.

    It takes up its handler again whenever a cell has ended, so that is where ours has to be.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    if hasattr(kernel, "saved_sigint_handler"):
        kernel.saved_sigint_handler = interrupt_other_threads


def replace_what_this_cell_showed(widget):
    """Close what an earlier run of this cell showed, so that one live copy is left."""
    shell = get_ipython()
    cell = hasattr(shell, "kernel") and shell.kernel.get_parent().get("metadata", {}).get("cellId")
    if not cell:
        return
    count, before = shown.get(cell, (None, []))
    if count != shell.execution_count:
        for one in before:
            one.close()
            _forget(one, shell)
        before = []
        gc.collect()  # what was closed holds itself in circles, and may hold a long history
    shown[cell] = shell.execution_count, [*before, widget]


def _forget(widget, shell):
    """Take a closed widget, and all that it holds, out of IPython's memory of outputs: Out, _ and _3.

    What it counts as hidden holds each of them, too, and what shows the outputs the last three.
    """
    names = shell.user_ns
    for kept in (names, names.get("_oh", {}), shell.user_ns_hidden):
        for name in [name for name, value in kept.items() if value is widget]:
            if not str(name).strip("_0123456789"):  # not one that the learner gave
                del kept[name]
    for name in LAST_SHOWN:
        if getattr(shell.displayhook, name, None) is widget:
            setattr(shell.displayhook, name, "")


def play_and_button(**ends):
    """A Play widget, which is not seen, and the button that starts and stops it, and says which."""
    play = widgets.Play(**ends, layout={"display": "none"})
    button = widgets.ToggleButton(description="Play", layout={"width": "5.5em"})  # for "Pause", too

    def say(change):
        button.description = "Pause" if change.new else "Play"

    play.observe(say, PLAYING)
    button.link = widgets.jslink((button, "value"), (play, PLAYING))  # in the browser: a pause acts at once
    return play, button


def close_all(parts):
    """Close these widgets, and all that is in them or belongs to them."""
    for part in parts:
        close_all(getattr(part, "children", ()))
        for own in (part.layout, getattr(part, "style", None), getattr(part, "link", None)):
            if own is not None:
                own.close()
        widgets.Widget.close(part)


def _defaults(picture):
    if not callable(picture):
        raise TypeError(f"explore() takes a function that returns a picture; {type(picture).__name__} came.")
    arguments = inspect.signature(picture).parameters.values()
    return {
        argument.name: argument.default for argument in arguments if argument.default is not argument.empty
    }


def labelled(name):
    """The description of a control, as wide as it is."""
    return {"description": name.replace("_", " "), "style": {"description_width": "initial"}}


def control(name, given, start):
    """A box with the controls for one argument; the first of them holds its value."""
    label = labelled(name)
    if isinstance(given, tuple) and len(given) in (2, 3) and all(isinstance(n, Real) for n in given):
        return widgets.HBox(slider(label, start, *given))
    start = given if start is None else start
    if isinstance(given, bool):
        return widgets.HBox([widgets.Checkbox(start, indent=False, **label)])
    if isinstance(given, str):
        return widgets.HBox([widgets.Text(start, **label)])
    if isinstance(given, (list, dict)) and given:
        field = widgets.Dropdown(options=given, **label)
        field.value = field.value if start is given else start
        return widgets.HBox([field])
    raise ValueError(
        f"The control {name} is {given!r}; expected (low, high), (low, high, step), a list of choices, "
        "True or False, or a text."
    )


def typed_text(field, typed):
    """What is seen of a number's field: a text, so that typed(field, text) hears of whatever was typed."""
    same = {"description": field.description, "style": {"description_width": "initial"}}
    text = widgets.Text(continuous_update=False, layout={"width": field.layout.width}, **same)

    def show(change=None):
        text.value = f"{field.value:.10g}"

    def heard(change):
        if change.new != f"{field.value:.10g}":
            typed(field, change.new)
            show()

    show()
    field.observe(show, "value")
    text.observe(heard, "value")
    return text


def slider(label, start, low, high, step=None):
    whole = all(isinstance(n, Integral) for n in (low, high, step or 1, start or 0))
    ends = {"min": low, "max": high, "step": step or (1 if whole else (high - low) / 100)}
    ends["value"] = low if start is None else start
    width = f"{0.6 * len(label['description']) + 5.5:.1f}em"
    kind, text = widgets.FloatSlider, widgets.BoundedFloatText
    if whole:
        kind, text = widgets.IntSlider, widgets.BoundedIntText
    handle = kind(**ends, readout=False, layout=widgets.Layout(width="12em"))
    number = text(**ends, **label, layout=widgets.Layout(width=width))

    told = []  # (when, value): what the browser was told, whose word on it can come after the next value

    def near(value, other):  # the browser rounds a value to the slider's next step: that is no move
        return abs(value - other) <= 0.51 * handle.step

    def moved(change):
        if near(change.new, number.value):
            return
        if any(near(change.new, value) for when, value in told if monotonic() - when < ANSWERED):
            handle.value = number.value
        else:
            told.clear()
            number.value = change.new

    def follow(change=None):  # a number beyond the ends widens both
        if not number.held:  # in a drag the browser's word on each place would come late, and take it back
            handle.min, handle.max = min(handle.min, number.value), max(handle.max, number.value)
            if handle.value != number.value:
                told[:] = [*told[-20:], (monotonic(), number.value)]
                handle.value = number.value

    number.held, number.follow = False, follow
    handle.observe(moved, "value")
    number.observe(follow, "value")
    return number, handle


def _drawn(result):
    """What a function returned as HTML, (width, height) and the text line."""
    picture, words = result if isinstance(result, tuple) and len(result) == 2 else (result, "")
    if isinstance(picture, Scene):
        return picture.svg, size_of(picture), words or picture.line or picture.description
    if isinstance(picture, Figure):
        plt.close(picture)
        canvas, png = FigureCanvasAgg(picture), io.BytesIO()
        canvas.draw()
        image = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
        image.save(png, format="png", compress_level=1)
        body = described("image/png", png.getvalue(), words or "a figure")["text/html"]
        return body.replace("<img ", '<img decoding="sync" '), image.size, words
    raise TypeError(
        f"The function returned {type(result).__name__}; expected a Scene, a Figure, or one of them "
        'with a sentence: return figure, "what it shows". For axes, return ax.figure.'
    )
