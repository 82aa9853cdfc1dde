"""What a touch does to the control that an element of a picture is named as."""

from helpers.widgets.numbers import number_typed
from helpers.words import number, shortened

REACH = 240  # how far a drag takes a control from its lowest value to its highest, in the picture's own units
STEPS = {"ArrowLeft": -1, "ArrowDown": -1, "ArrowRight": 1, "ArrowUp": 1, "PageDown": -10, "PageUp": 10}


def value_after(event, field, grip):
    """The value of a control with numbers after this Event; None where it stays as it is.

    field: the control.  grip: where a drag began and at which value; its start puts that there.
    ValueError for what is typed and is no number, or one that the control does not go to.
    """
    if not hasattr(field, "min"):
        return None
    if event.kind == "text":
        return typed_number(event.text, field)
    if event.kind == "key":
        return arrow(event.key, field)
    if event.kind == "drag start":
        grip.update(x=event.x, value=field.value)
    if not event.moves or grip.get("x") is None:
        return None
    return in_steps(grip["value"] + (event.x - grip["x"]) / REACH * (field.max - field.min), field)


def arrow(key, field):
    """The value of a control after a key that moves it by steps, or to an end; None for another key."""
    ends = {"Home": field.min, "End": field.max}
    return ends.get(key, within(field.value + STEPS[key] * field.step, field) if key in STEPS else None)


def in_steps(value, field):
    """The nearest value that a control comes to in whole steps; of a choice or a text, the value itself."""
    if not hasattr(field, "min"):
        return value
    return within(field.min + round((value - field.min) / field.step) * field.step, field)


def within(value, field):
    """The nearest value between the ends of a control, as a number of its kind."""
    return type(field.value)(round(min(max(value, field.min), field.max), 9))


def typed_number(text, field):
    """The number that was typed for a control; ValueError where it is none, or one that it does not go to."""
    name = field.description
    try:
        value = number_typed(text, field.value, whole=isinstance(field.value, int))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    if not field.min <= value <= field.max:
        ends = f"from {number(field.min)} to {number(field.max)}"
        raise ValueError(f"{name} goes {ends}, so not to “{shortened(text)}”.")
    return type(field.value)(value)


def understood(text, value):
    """What is to be said of a number that was typed in another way than Python writes it; else nothing."""
    return f"“{shortened(text)}” is {number(value, 6)}. " if {*text} & {*",/"} else ""
