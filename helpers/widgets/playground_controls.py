"""The controls of the playground: which there are, how they are laid out, and what folds away."""

import ipywidgets as widgets

from helpers.playground.points import EXTRA, MADE_UP, MOST_CLASSES
from helpers.playground.settings import (
    FIRST_WEIGHTS,
    HIDDEN_ACTIVATIONS,
    MOST_LAYERS,
    MOST_UNITS,
    OPTIMISERS,
    OUTPUTS,
)
from helpers.widgets.explore import AUTO, WRAPPED, labelled
from helpers.widgets.numbers import NumberField

PENALTIES = [0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
SCALES = {"as the trainer": "", "1/√n": "1/sqrt(n)"} | {f"{x:g}": x for x in (0.01, 0.1, 0.5, 1, 10, 100)}
OF_LAYERS = {f"activation of layer {layer}": layer for layer in range(2, MOST_LAYERS + 1)}
CONTROLS = {  # label: (setting, its choices; or True or False; or (start, ends of the slider, if any))
    "epochs a frame": ("epochs_a_frame", [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
    "learning rate": ("learning_rate", (1.2, (-3, 2))),
    "activation": ("hidden_activation", list(HIDDEN_ACTIVATIONS)),
    "data set": ("data", list(MADE_UP)),
    "hidden units": ("n_h", (4, (1, MOST_UNITS))),
    "formula of": ("chosen", {"nothing": ""}),
    "example": ("example", (0, None)),
    "gradient view": ("gradients", False),
    "points": ("n_points", (400, (20, 1000, 20))),
    "noise": ("noise", (0.2, (0.0, 1.0))),
    "test share": ("test_share", (0.25, (0.0, 0.9))),
    "output": ("output", list(OUTPUTS)),
    **{label: ("hidden_activation", list(HIDDEN_ACTIVATIONS)) for label in OF_LAYERS},
    "hidden layers": ("n_h", (1, (1, MOST_LAYERS))),
    **{name: ("extra_inputs", False) for name in EXTRA},
    "weights start": ("start", list(FIRST_WEIGHTS)),
    "scale": ("scale", SCALES),
    "seed": ("seed", (1, None)),
    "batch size": ("batch_size", {"all": ""} | {str(n): n for n in (1, 10, 32, 100)}),
    "optimiser": ("optimiser", list(OPTIMISERS)),
    "L1 penalty": ("l1", PENALTIES),
    "L2 penalty": ("l2", PENALTIES),
    "stop when converged": ("stop_when_converged", False),
    "show test points": ("test_points", True),
    "ring wrong points": ("wrong", False),
    "two colours": ("two_colours", False),
    "earlier curves": ("earlier_curves", True),
    "class": ("new_class", list(range(MOST_CLASSES))),
}
TIMES = ("Play", "One epoch", "One update", "Reset", "New seed", "Undo", "epochs a frame", "gradient view")
ABOVE = ("data set", "thumbnails", "hidden units", "activation", "learning rate")
BELOW = {
    "Data": ("points", "noise", "test share", "CSV file", "Open CSV"),
    "Network": ("hidden layers", *OF_LAYERS, *EXTRA, "output", "weights start", "scale", "seed"),
    "Training": ("optimiser", "batch size", "L1 penalty", "L2 penalty", "stop when converged"),
    "Picture": ("example", "show test points", "ring wrong points", "two colours", "earlier curves"),
    "By hand": ("formula of", "set it to", "Set weight", "x1", "x2", "class", "Add point", "Remove point"),
    "Code": ("Copy", "this playground as code"),
}
LOOK = """<style>.playground { --jp-widgets-font-size: 15px; --jp-widgets-inline-height: 30px }
.playground-large { --jp-widgets-font-size: 17px; --jp-widgets-inline-height: 34px }
.playground-large .widget-hbox { grid-gap: 2px 10px !important }
.playground-large .widget-slider { display: none }
.playground :is(button, select, input, label, .playground-line) {
  font-family: Arial, "DejaVu Sans", sans-serif; font-size: var(--jp-widgets-font-size) }
.playground-line { line-height: 1.3; height: 2.6em; overflow-y: auto; white-space: normal }</style>"""


def field_of(label, on_change, on_refused):
    """(the box, the field with a value) of one of CONTROLS; a person's moves go to on_change(value)."""
    given = CONTROLS[label][1]
    if isinstance(given, tuple):
        start, ends = given
        field = NumberField(label, start, on_change, on_refused, ends, powers=label == "learning rate")
        return field.box, field
    if isinstance(given, bool):
        field = widgets.Checkbox(given, indent=False, layout=AUTO, **labelled(label))
    else:
        field = widgets.Dropdown(options=given, layout=AUTO, **labelled(label))
    field.observe(lambda change: on_change(change.new), "value")
    return field, field


def fields_by_hand(on_refused):
    """{label: (the box, the field)} of what is only said to a button, or copied."""
    numbers = {label: NumberField(label, start, lambda _: None, on_refused) for label, start in
               {"set it to": 1.0, "x1": 0.0, "x2": 0.0}.items()}  # fmt: skip
    wide = {"flex": "1 1 auto"}
    texts = {"CSV file": {"placeholder": "mine.csv", "layout": AUTO}}
    texts |= {"this playground as code": {"layout": wide}}
    texts = {
        label: widgets.Text(continuous_update=False, **labelled(label), **more)
        for label, more in texts.items()
    }
    return {label: (field.box, field) for label, field in numbers.items()} | {
        label: (field, field) for label, field in texts.items()
    }


def row(parts, labels):
    """These parts beside each other, in as many lines as they need."""
    return widgets.HBox([parts[label] for label in labels], layout=WRAPPED)


def folded(parts):
    """A row of buttons, one for each group of BELOW, and the groups; only the pressed one's is seen."""
    heads = widgets.ToggleButtons(options=["Fold", *BELOW], value="Fold", style={"button_width": "auto"})
    groups = {name: row(parts, labels) for name, labels in BELOW.items()}

    def unfold(_):
        for name, group in groups.items():
            group.layout.display = "flex" if name == heads.value else "none"

    heads.observe(unfold, "value")
    unfold(None)
    return heads, list(groups.values())


def show_value(field, value):
    """Let a control show a value, one outside its choices too."""
    if isinstance(field, widgets.Dropdown) and value not in dict(field._options_full).values():
        field.options = [*field._options_full, (f"{value}", value)]
    if field.value != value:
        field.value = value
