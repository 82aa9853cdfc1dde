"""A number that is typed, with a decimal point or comma, and moved by a slider beside it."""

import math
from time import monotonic

import ipywidgets as widgets

from helpers.words import number as in_words
from helpers.words import shortened

ANSWERED = 5  # seconds in which the browser has answered what it was told
WRAP = {"description_width": "initial"}


class NumberField:
    """A typed number and its slider. Setting .value shows it and calls on_change, as typing and sliding do.

    start: the number to begin with; a whole one takes whole numbers alone.  ends: (low, high) or (low, high,
    step) of the slider; powers=True: (lowest, highest power of ten); None: no slider.  What is typed may lie
    beyond the ends.  on_refused(words): called where it is no number; then the last number stays.
    """

    def __init__(self, label, start, on_change, on_refused, ends=None, powers=False):
        self.number, self.on_change, self.on_refused, self.told = start, on_change, on_refused, []
        self.whole, self.powers, self.ends = isinstance(start, int), powers, ends
        name = label.replace("_", " ")
        width = f"{0.6 * len(name) + 5.5:.1f}em"
        self.text = widgets.Text(
            description=name, continuous_update=False, style=WRAP, layout={"width": width}
        )
        self.slider = _slider(start, ends, powers) if ends else None
        self.box = widgets.HBox([self.text, *[self.slider] * (ends is not None)])
        self._show()
        self.text.observe(self._typed, "value")
        if self.slider:
            self.slider.observe(self._slid, "value")

    @property
    def value(self):
        """The number."""
        return self.number

    @value.setter
    def value(self, number):
        before, self.number = self.number, number
        self._show()
        if number != before:
            self.on_change(number)

    def _show(self):
        """Show the number in both; one beyond the slider's ends widens it, for as long as it stands there."""
        self.text.value = self._shown()
        if self.powers and self.number <= 0:  # no power of ten: whoever owns the setting refuses it
            return
        if self.slider and not self._is_near(self.slider.value, self.number):
            self.told = [*self.told[-20:], (monotonic(), self.number)]
            with self.slider.hold_sync():  # else the browser fits the last value to the new ends, and says so
                self._widen(self.slider.min, self.slider.max)
                self.slider.value = self.number
                self._widen(*self.ends[:2])
                self.slider.send_state(["min", "max", "value"])  # the ends first: they would cut it

    def _widen(self, low, high):
        """Let the slider go from low to high, and as far as the number."""
        place = math.log10(self.number) if self.powers else self.number
        self.slider.min, self.slider.max = min(low, place), max(high, place)

    def _shown(self):
        return f"{self.number:.10g}"

    def _typed(self, change):
        """Take what was typed, and show it as Python writes it: "1/2" as 0.5."""
        if change.new == self._shown():
            return
        try:
            self.value = number_typed(change.new, self.number, self.whole)
        except ValueError as error:
            self.on_refused(str(error))
        self._show()

    def _slid(self, change):
        """The slider was moved, or the browser answers what it was told: by its nearest step, or late."""
        late = [number for when, number in self.told if monotonic() - when < ANSWERED]
        if self._is_near(change.new, self.number):
            return
        if any(self._is_near(change.new, number) for number in late):
            self.slider.value = self.number
            return
        self.told = []
        self.value = float(f"{change.new:.2g}") if self.powers else change.new

    def _is_near(self, one, other):
        """Whether two numbers are the same to the slider."""
        if self.powers:
            one, other = math.log10(one), math.log10(max(other, 1e-300))
        return abs(one - other) <= 0.51 * self.slider.step


def number_typed(text, now=0.1, whole=False):
    """The number that was typed: 0.5, and 0,5 and 1/2 too. ValueError says what is wrong with it.

    now: the number that stands there, as an example.  whole: whole numbers alone are taken.
    """
    plain = text.strip().replace("−", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    above, slash, below = plain.partition("/")
    try:
        number = float(above) / (float(below) if slash else 1)
    except (ValueError, ZeroDivisionError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"“{shortened(text)}” is no number. Type one, such as {in_words(now, 6)}.")
    if whole and number != int(number):
        raise ValueError(f"“{shortened(text)}” is no whole number. Type one, such as {in_words(now, 6)}.")
    return int(number) if whole else number


def _slider(start, ends, powers):
    low, high, *step = ends
    kind, steps = widgets.FloatSlider, step[0] if step else 0.05
    if powers:
        kind = widgets.FloatLogSlider
    elif isinstance(start, int):
        kind, steps = widgets.IntSlider, step[0] if step else 1
    return kind(start, min=low, max=high, step=steps, readout=False, layout={"width": "9em"})
