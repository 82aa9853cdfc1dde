"""explore(): a picture that moves with its controls, as with interact, but quick and without flicker."""


import html
import inspect
import io
import threading
import traceback
from numbers import Real

import ipywidgets as widgets
from IPython import get_ipython
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers.scenes import Scene, described

_shown = {}  # cell: (its execution count, the explorers that it shows)


def explore(picture, /, *, play=None, interval=600, starts=None, **controls):
    """Show what picture(**values) returns, drawn anew whenever a control is moved.

    picture: a function that returns a Scene, a Figure, or one of them with a sentence: (figure, "cost 0.3").
    controls: for each argument (low, high) or (low, high, step): a slider with a typed input beside it; a
    list or dict: a choice; True or False: a box to tick; a text: an input. It starts at the value in starts,
    {name: value}, or else at the function's own default, or else at the first or lowest value.
    play: the name of the control that is time, with whole numbers: it gets play, step and reset.
    interval: milliseconds from one step to the next while it plays, at the least.
    Raises TypeError or ValueError for a control that it cannot make, and what the first picture raises.
    """
    return Explorer(picture, controls, play, interval, starts or {})


class Explorer(widgets.VBox):
    """The controls, the picture and the text line that explore() returns, in one box."""

    def __init__(self, picture, controls, play, interval, starts):
        super().__init__()
        self.function, self.lock, self.resetting = picture, threading.RLock(), False
        self.named, self.tallest, self.widest = getattr(picture, "__name__", "picture"), 0, 0
        starts = _defaults(picture) | starts
        made = {name: _control(name, given, starts.get(name)) for name, given in controls.items()}
        self.fields = {name: field for name, (field, _) in made.items()}
        self.starts = {name: field.value for name, field in self.fields.items()}
        self.picture, self.line = widgets.HTML(), widgets.HTML()
        self.buttons = self._time(play, interval) if play is not None else {}
        self._show()
        wrapped = widgets.Layout(flex_flow="row wrap", grid_gap="2px 18px")
        rows = [widgets.HBox([row for _, row in made.values()], layout=wrapped)]
        rows += [widgets.HBox(list(self.buttons.values()), layout=wrapped)] * bool(self.buttons)
        self.children = [*rows, self.line, self.picture]
        for field in self.fields.values():
            field.observe(self._changed, "value")
        self._close_what_this_cell_showed_before()

    def __repr__(self):
        return f"Widget: {self.named}, moved by {', '.join(self.fields)}. Run the cell to use it."[:100]

    def _time(self, name, interval):
        """Play, step and reset for one control; Play itself waits until the kernel is done with a step."""
        time = self.fields.get(name)
        if not isinstance(time, widgets.IntSlider):
            raise ValueError(f"play is the name of a control with whole numbers, not {name!r}; try (0, 10).")
        ends = {"min": time.min, "max": time.max, "step": time.step, "value": time.value}
        play = widgets.Play(**ends, interval=interval, show_repeat=False)
        widgets.link((play, "value"), (time, "value"))
        buttons = {"play": play}
        for label, steps in (("Step back", -time.step), ("Step", time.step)):
            buttons[label] = widgets.Button(description=label)
            buttons[label].on_click(lambda _, steps=steps: self._move(time, steps))
        buttons["Reset"] = widgets.Button(description="Reset")
        buttons["Reset"].on_click(lambda _: self._reset())
        return buttons

    def _move(self, time, steps):
        self.buttons["play"].playing = False
        time.value += steps  # the slider keeps it between its ends

    def _reset(self):
        self.buttons["play"].playing = False
        with self.lock:
            self.resetting = True
            for name, start in self.starts.items():
                self.fields[name].value = start
            self.resetting = False
        self._changed()

    def _changed(self, change=None):
        """Draw again. Events can come on several threads: one at a time, each with the newest values."""
        with self.lock:
            if self.resetting:
                return
            try:
                self._show()
            except Exception as error:
                told = html.escape("".join(traceback.format_exception(error)))
                self.line.value = (
                    f'<div role="status" style="{TEXT}"><b>No picture for these values, so the last one stays. '
                    f"{type(error).__name__}: {html.escape(str(error))}</b>"
                    f"<details><summary>Where</summary><pre>{told}</pre></details></div>"
                )

    def _show(self):
        picture, words = _drawn(self.function(**{name: field.value for name, field in self.fields.items()}))
        body, width, height = picture
        self.widest, self.tallest = max(self.widest, width), max(self.tallest, height)
        place = f"max-width:{self.widest:.0f}px;aspect-ratio:{self.widest:.0f}/{self.tallest:.0f}"
        self.picture.value = f'<div style="{place}">{body}</div>'
        self.line.value = f'<div role="status" style="{TEXT}">{html.escape(words)}</div>'

    def _close_what_this_cell_showed_before(self):
        kernel = getattr(get_ipython(), "kernel", None)
        cell = kernel and kernel.get_parent().get("metadata", {}).get("cellId")
        if not cell:
            return
        count, explorers = _shown.get(cell, (None, []))
        if count != get_ipython().execution_count:
            for explorer in explorers:
                explorer.close()
            explorers = []
        _shown[cell] = get_ipython().execution_count, [*explorers, self]

    def close(self):
        """Stop playing and take everything away."""
        if self.buttons:
            self.buttons["play"].playing = False
        for part in [*self.fields.values(), *self.buttons.values(), self.line, self.picture]:
            part.close()
        super().close()


TEXT = "font-size:16px;line-height:1.4;min-height:2.8em;white-space:normal"
LABEL = {"description_width": "initial"}


def _defaults(picture):
    if not callable(picture):
        raise TypeError(f"explore() takes a function that returns a picture; {type(picture).__name__} came.")
    arguments = inspect.signature(picture).parameters.values()
    return {
        argument.name: argument.default for argument in arguments if argument.default is not argument.empty
    }


def _control(name, given, start):
    """The widget that holds the value, and the row that shows it, for one control."""
    label = {"description": name.replace("_", " "), "style": LABEL}
    if isinstance(given, bool):
        field = widgets.Checkbox(given if start is None else start, indent=False, **label)
    elif isinstance(given, str):
        field = widgets.Text(given if start is None else start, **label)
    elif isinstance(given, (list, dict)) and given:
        field = widgets.Dropdown(options=given, **label)
        field.value = field.value if start is None else start
    elif isinstance(given, tuple) and len(given) in (2, 3) and all(isinstance(n, Real) for n in given):
        return _slider(label, start, *given)
    else:
        raise ValueError(
            f"The control {name!r} is {given!r}; expected (low, high), (low, high, step), a list of choices, "
            "True or False, or a text."
        )
    return field, field


def _slider(label, start, low, high, step=None):
    whole = all(isinstance(n, int) for n in (low, high, step or 1, start or 0))
    slider, typed = widgets.IntSlider, widgets.BoundedIntText
    if not whole:
        slider, typed = widgets.FloatSlider, widgets.BoundedFloatText
    ends = {"min": low, "max": high, "step": step or (1 if whole else (high - low) / 100)}
    ends["value"] = low if start is None else start
    field = slider(**ends, readout=False, layout=widgets.Layout(width="12em"))
    width = f"calc({0.6 * len(label['description']):.1f}em + 7em)"
    number = typed(**ends, **label, layout=widgets.Layout(width=width))
    widgets.link((field, "value"), (number, "value"))
    return field, widgets.HBox([number, field])


def _drawn(result):
    """What picture() returned as ((HTML, width, height), sentence)."""
    result, words = result if isinstance(result, tuple) and len(result) == 2 else (result, "")
    if isinstance(result, Scene):
        width, height = (float(n) for n in result.svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())
        return (result.svg, width, height), words or result.line or result.description
    if isinstance(result, Figure):
        return _figure(result, words), words
    raise TypeError(
        f"The function returned {type(result).__name__}; expected a Scene, a Figure, or one of them "
        'with a sentence: return figure, "what it shows". For axes, return ax.figure.'
    )


def _figure(figure, words):
    plt.close(figure)
    canvas, png = FigureCanvasAgg(figure), io.BytesIO()
    canvas.draw()
    image = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    image.save(png, format="png", compress_level=1)
    picture = described("image/png", png.getvalue(), words or "a figure")["text/html"]
    return picture.replace("<img ", '<img decoding="sync" '), *image.size
