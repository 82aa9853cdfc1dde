"""Lesson 12: draw a digit, by mouse or by keys, and see what a network reads."""

import ipywidgets as widgets

from helpers.drawing import beside, blank, clicked, example_pixels, reading, wiped, with_stroke
from helpers.scenes import size_of
from helpers.scenes.drawing import drawing_scene, pixel_at, pixel_touched
from helpers.widgets.explore import (
    AUTO,
    as_error,
    as_status,
    close_all,
    framed,
    replace_what_this_cell_showed,
)
from helpers.widgets.scene_view import SceneView, with_stand_in


class Drawing(widgets.VBox):
    """What draw_a_digit() shows: its buttons, a line of text and the picture; it owns what is drawn."""

    def __init__(self, probability, examples=None):
        super().__init__()
        self.probability, self.examples, self.example = probability, examples, -1
        self.pixels, self.pen, self.before, self.stroke_from = blank(), (0, 3), None, None
        self.outputs = reading(probability, self.pixels)
        self.line, self.buttons = widgets.HTML(), {}
        self.picture = SceneView(self._body(), on_touch=self._heard, on_error=self._failed)
        self._button("Clear", lambda: self._change(blank()))
        if examples is not None:
            example_pixels(examples, 0)
            self._button("Show a test digit", self._next_example)
        buttons = widgets.HBox(list(self.buttons.values()))
        self.children = [buttons, self.line, with_stand_in(self.picture)]
        self.add_class("keys-stay-inside")
        replace_what_this_cell_showed(self)

    def __repr__(self):
        return "Widget: draw a digit, and the network reads it. Run this cell to use it."

    def _button(self, label, action):
        button = self.buttons[label] = widgets.Button(description=label, layout=AUTO)
        button.on_click(lambda _: self.picture.soon(action))

    def _heard(self, event):
        """Let the pixels, or the pen of the keys, follow an event of the picture."""
        pixel = pixel_touched(event.touch) or self.pen
        if event.kind in ("click", "double click"):
            self._change(clicked(self.pixels, pixel), pen=pixel, before=self.outputs)
        elif event.kind == "key" and event.key in ("Delete", "Backspace"):
            self._change(wiped(self.pixels, self.pen), before=self.outputs)
        elif event.kind == "key":
            self.pen = beside(self.pen, event.key)
            self._draw()
        elif event.kind == "drag start" and event.x is not None:
            self.before, self.stroke_from = self.outputs, pixel_at(event.x, event.y)
        elif event.moves and self.stroke_from:
            place = pixel_at(event.x, event.y)
            self._change(with_stroke(self.pixels, self.stroke_from, place), before=self.before)
            self.stroke_from = place

    def _next_example(self):
        self._change(example_pixels(self.examples, self.example + 1))
        self.example += 1

    def _change(self, pixels, pen=None, before=None):
        """Take these pixels, once the network has read them; where it fails, all stays as it was."""
        self.outputs = reading(self.probability, pixels)
        self.pixels, self.pen, self.before = pixels, pen or self.pen, before
        self._draw()

    def _draw(self):
        self.picture.show(self._body())

    def _body(self):
        """The picture's HTML; what it says goes into the line of text."""
        scene = drawing_scene(self.pixels, self.outputs, self.pen, self.before)
        self.line.value = as_status(scene.line)
        return framed(scene.svg, *size_of(scene))

    def _failed(self, error):
        self.line.value = as_status(as_error(error))

    def close(self):
        """Take everything away."""
        close_all([self])


def draw_a_digit(probability, examples=None):
    """Draw a digit of 8 × 8 pixels by mouse or by keys; the ten outputs of a network follow as bars.

    probability: a function from X (64, m) to (10, m), as reader.probability.  examples: (64, m), digits to
    begin with, as X_test.  ValueError for a function or examples of other shapes.
    """
    return Drawing(probability, examples)
