"""The playground: all that moves in it is computed by your own functions."""

import html
import threading
import time
import traceback
from dataclasses import replace

import ipywidgets as widgets

from helpers import kept
from helpers.calls import attended, told_to
from helpers.own_functions import parameters_in
from helpers.playground.experiment import Experiment, code_of
from helpers.playground.formulas import formula_lines
from helpers.playground.points import EXTRA, MADE_UP
from helpers.playground.settings import (
    FIRST_WEIGHTS,
    HIDDEN_ACTIVATIONS,
    MOST_LAYERS,
    MOST_UNITS,
    NEW_TRAINING,
    OF_THE_PICTURE,
    layers_of,
    next_seed,
    require_there,
    settings_for,
    settings_of,
    up_to_the_last_example,
    what_is_there,
)
from helpers.playground.view import view_of
from helpers.playground.weights import names
from helpers.scenes import playground_scene, size_of
from helpers.widgets.explore import (
    AUTO,
    PLAYING,
    WRAPPED,
    as_status,
    close_all,
    control,
    framed,
    labelled,
    let_interrupts_reach_widgets,
    log_slider,
    play_and_button,
    replace_what_this_cell_showed,
)

FRAME, BUDGET = 20, 0.04  # milliseconds from frame to frame, at the least; seconds of training in one
SAID_EVERY, TROUBLE_STAYS = 0.7, 8  # seconds that a text line stays while it plays, so that it can be read
PENALTIES = [0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
SCALES = {"as the trainer": "", "1/√n": "1/sqrt(n)"} | {f"{x:g}": x for x in (0.01, 0.1, 0.5, 1, 10, 100)}
CONTROLS = {  # label: (setting, what explore() makes a control of)
    "epochs a frame": ("epochs_a_frame", [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
    "data set": ("data", list(MADE_UP)),
    "hidden units": ("n_h", (1, MOST_UNITS)),
    "formula of": ("chosen", {"nothing": ""}),
    "example": ("example", None),  # None: a whole number to type
    "gradient view": ("gradients", False),
    "points": ("n_points", (20, 1000, 20)),
    "noise": ("noise", (0.0, 1.0, 0.05)),
    "test share": ("test_share", (0.0, 0.9, 0.05)),
    "hidden layers": ("n_h", (1, MOST_LAYERS)),
    "activation": ("hidden_activation", list(HIDDEN_ACTIVATIONS)),
    **{name: ("extra_inputs", False) for name in EXTRA},
    "weights start": ("start", list(FIRST_WEIGHTS)),
    "scale": ("scale", SCALES),
    "seed": ("seed", None),
    "batch size": ("batch_size", {"all": ""} | {str(n): n for n in (1, 10, 32, 100)}),
    "L1 penalty": ("l1", PENALTIES),
    "L2 penalty": ("l2", PENALTIES),
    "stop when converged": ("stop_when_converged", False),
    "show test points": ("test_points", True),
    "two colours": ("two_colours", False),
}
ABOVE = ("data set", "hidden units", "learning rate", "formula of", "example")
BELOW = {
    "Data": ("points", "noise", "test share", "CSV file", "Open CSV"),
    "Network": ("hidden layers", "activation", *EXTRA, "weights start", "scale", "seed"),
    "Training": ("batch size", "L1 penalty", "L2 penalty", "stop when converged"),
    "Picture": ("show test points", "two colours"),
    "By hand": ("set it to", "Set weight", "x1", "x2", "class", "Add point", "Remove point"),
}


class Playground(widgets.VBox):
    """Play with your own network, and see all of it.

    parameters: to begin with, in place of any initialize: a dict, or what a training loop of yours returned;
    the hidden units are counted in it.  initialize, forward, cost, backward, update: your functions; what is
    not given comes from my_network.py, and what is not kept there from the reference.  changes, epochs,
    updates: see Experiment; settings: see Settings and PictureSettings, all in helpers.playground.
    .experiment holds what is trained, .picture_settings how it is shown, .scene is a still picture, .code a
    line that opens it again.
    TypeError for an unknown setting or what is no function, ValueError for a value that is refused.
    """

    def __init__(self, *, parameters=None, initialize=None, forward=None, cost=None, backward=None,
                 update=None, changes=(), epochs=0, updates=0, **settings):  # fmt: skip
        super().__init__()
        self.lock, self.quiet, self.say_next, self.play = threading.RLock(), False, 0.0, None
        functions = {"initialize": initialize, "forward": forward, "cost": cost, "backward": backward}
        functions = {name: f for name, f in (functions | {"update": update}).items() if f is not None}
        _require_functions(functions)
        initial = None if parameters is None else parameters_in(parameters)
        (settings, picture), found = settings_of(settings_for(initial, settings)), kept.load()
        self.given = [*functions, *["parameters"] * (initial is not None)]
        self.note = " ".join(found.words.splitlines()[1:])
        own = found.own | functions
        self.experiment = e = Experiment(own, settings, changes, epochs, updates, initial, self.given)
        nothing = replace(picture, chosen="", example=0)
        self.picture_settings = require_there(picture, e.trainer.parameters, e.X) if e.arrived else nothing
        self.picture, self.line, self.fields, self.parts = widgets.HTML(), widgets.HTML(), {}, {}
        self.echo = widgets.HTML()  # trouble, once more beside the lower controls: self.line is far from them
        self._make_controls()
        self._make_buttons()
        self.children = self._arranged()
        self._follow()
        self._draw()
        replace_what_this_cell_showed(self)
        let_interrupts_reach_widgets()

    def __repr__(self):
        return f"Widget: {self.code}. Run this cell to use it."

    @property
    def code(self):
        """One line that opens this playground again, as it is now."""
        return code_of(self.experiment, self.picture_settings, self.given)

    @property
    def scene(self):
        """The picture of this moment, which stays where there is no kernel."""
        s, view = self.picture_settings, view_of(self.experiment)
        drawn = {name: value for name, value in vars(s).items() if name != "epochs_a_frame"}
        return playground_scene(view, **drawn, lines=formula_lines(view, s.chosen, s.example))

    # ---- the controls

    def _make_controls(self):
        for label, (_, given) in CONTROLS.items():
            self._add(label, _typed_number(label) if given is None else control(label, given, None))
        self._add("learning rate", log_slider("learning rate", 1.2, -3, 2))
        for label, (kind, given) in {
            "CSV file": (widgets.Text, {"placeholder": "mine.csv", "continuous_update": False}),
            "set it to": (widgets.FloatText, {"value": 1.0}),
            "x1": (widgets.FloatText, {}),
            "x2": (widgets.FloatText, {}),
            "class": (widgets.Dropdown, {"options": [0, 1]}),
            "this playground as code": (widgets.Text, {}),
        }.items():
            width = {"width": "auto" if kind is widgets.Text else "9em"}
            field = kind(**labelled(label), layout=width, **given)
            self.parts[label] = self.fields[label] = field
        self.fields["CSV file"].observe(lambda change: self._open(change.new), "value")

    def _add(self, label, box):
        self.parts[label], self.fields[label] = box, box.children[0]
        if isinstance(self.fields[label], (widgets.Dropdown, widgets.Checkbox)):
            self.fields[label].layout.width = "auto"
        self.fields[label].observe(lambda change: self._moved(label, change.new), "value")

    def _make_buttons(self):
        self.play, self.parts["Play"] = play_and_button(min=0, max=10**9, interval=FRAME)
        self.play.observe(self._tick, "value")
        self.play.observe(lambda change: change.new or self._do(lambda: None), PLAYING)
        for label, action in {
            "One epoch": lambda: self.experiment.advance(1),
            "One update": lambda: self.experiment.step(),
            "Reset": lambda: self._renew(),
            "New seed": lambda: self._renew(seed=next_seed(self.experiment.settings)),
            "Open CSV": lambda: self._renew(data=self.fields["CSV file"].value.strip()),
            "Set weight": lambda: self._change(*self._typed("formula of", "set it to")),
            "Add point": lambda: self._change("add", self._typed("x1", "x2", "class")),
            "Remove point": lambda: self._change("remove", self._typed("x1", "x2")),
        }.items():
            self.parts[label] = button = widgets.Button(description=label, layout=AUTO)
            button.on_click(lambda _, action=action: self._press(action))

    def _arranged(self):
        """The controls in rows: those for time, the most used, the picture, and the others below it."""
        times = ("Play", "One epoch", "One update", "Reset", "New seed", "epochs a frame", "gradient view")
        rows = [self._row(times), self._row(ABOVE)]
        below = [widgets.HTML(f"<b>{name}</b>", layout={"width": "5em"}) for name in BELOW]
        lines = [
            widgets.HBox([head, self._row(labels)])
            for head, labels in zip(below, BELOW.values(), strict=True)
        ]
        code = self.parts["this playground as code"]
        return [self.play, *rows, self.line, self.picture, *lines, self.echo, code]

    def _row(self, labels):
        return widgets.HBox([self.parts[label] for label in labels], layout=WRAPPED)

    def _typed(self, *labels):
        return tuple(self.fields[label].value for label in labels)

    # ---- what is done with it

    def _moved(self, label, new):
        """A control has another value: by a person, on whatever thread, or by _follow, which is no move."""
        with self.lock:
            if not self.quiet:
                self._do(lambda: self._obey(label, new))

    def _obey(self, label, new):
        """A control was moved: its setting changes, or begins a new training."""
        value = {label: field.value for label, field in self.fields.items()} | {label: new}
        name = "learning_rate" if label == "learning rate" else CONTROLS[label][0]
        setting = None if value[label] == "" and name in ("scale", "batch_size") else value[label]
        if name == "n_h":
            setting = layers_of(value["hidden units"], value["hidden layers"])
        if name == "extra_inputs":
            setting = tuple(name for name in EXTRA if value[name])
        if name in OF_THE_PICTURE:
            picture, e = replace(self.picture_settings, **{name: setting}), self.experiment
            self.picture_settings = require_there(picture, e.trainer.parameters, e.X)
        elif name in NEW_TRAINING:
            self._renew(**{name: setting})
        else:
            self._change(name, setting)

    def _renew(self, **settings):
        self.experiment = e = self.experiment.anew(**settings)
        self.picture_settings = what_is_there(self.picture_settings, e.trainer.parameters, e.X)

    def _change(self, what, value):
        if not what:
            raise ValueError("Choose a weight first, at 'formula of', for example W1[0, 1].")
        self.experiment.change(what, value)
        self.picture_settings = up_to_the_last_example(self.picture_settings, self.experiment.X)

    def _open(self, path):
        if path.strip():
            self._press(lambda: self._renew(data=path.strip()))

    def _press(self, action):
        setattr(self.play, PLAYING, False)
        self._do(action)

    def _do(self, action):
        """Do one thing at a time, whatever thread it comes on; what it refuses is said in the text line."""
        with self.lock, told_to(self._say_at_once), attended(self.experiment.trainer.calls):
            trouble = ""
            try:
                action()
                self._draw(getattr(self.play, PLAYING))
            except KeyboardInterrupt:
                setattr(self.play, PLAYING, False)
                trouble = "<b>Interrupted.</b>"
            except (ValueError, OSError) as error:
                trouble = f"<b>{html.escape(str(error))}</b>"
            except Exception as error:
                where = html.escape("".join(traceback.format_exception(error)))
                trouble = f"<b>{html.escape(f'{type(error).__name__}: {error}')}</b>"
                trouble += f"<details><summary>Where</summary><pre>{where}</pre></details>"
            self._follow()
            if trouble:
                self._say(trouble, TROUBLE_STAYS)

    def _tick(self, change):
        """One frame. The browser sends the next tick when it is done with this one."""
        if getattr(self.play, PLAYING) and change.new:
            self._do(self._train)

    def _train(self):
        frame = self.picture_settings.epochs_a_frame, BUDGET
        if getattr(self.play, PLAYING) and not self.experiment.advance(*frame):  # none when paused meanwhile
            setattr(self.play, PLAYING, False)

    # ---- what is shown

    def _follow(self):
        """Let the controls show what is set, wherever it was set."""
        s, self.quiet = self.experiment.settings, True
        sizes, values = s.n_h if isinstance(s.n_h, tuple) else (s.n_h,), vars(s) | vars(self.picture_settings)
        known = names(self.experiment.trainer.parameters)
        self.fields["formula of"].options = {"nothing": ""} | {name: name for name in known}
        self.fields["example"].max = self.experiment.X.shape[1] - 1
        for part in [*self.parts["points"].children, *self.parts["noise"].children]:
            part.disabled = s.data not in MADE_UP  # a file has its own
        shown = {label: values[name] for label, (name, _) in CONTROLS.items()}
        shown |= {name: name in s.extra_inputs for name in EXTRA}
        shown |= {"hidden units": sizes[0], "hidden layers": len(sizes), "learning rate": s.learning_rate}
        shown |= {"seed": 1 if s.seed is None else s.seed}
        shown |= {name: "" for name, value in shown.items() if value is None}
        for label, value in shown.items():
            _show(self.fields[label], value)
        self.quiet = False

    def _draw(self, playing=False):
        scene, message = self.scene, self.experiment.message
        self.picture.value = framed(scene.svg, *size_of(scene))
        if not playing:
            self.fields["this playground as code"].value = self.code
        if not playing or time.monotonic() > self.say_next:
            self._say(f"{html.escape(f'{scene.line} {self.note}')} <b>{html.escape(message)}</b>")

    def _say_at_once(self, words):
        self.line.value = as_status(f"<b>{html.escape(words)}</b>")

    def _say(self, words, seconds=SAID_EVERY):
        self.say_next = time.monotonic() + seconds
        self.line.value = as_status(words)
        self.echo.value = words.partition("<details>")[0] if seconds == TROUBLE_STAYS else ""

    def close(self):
        """Stop playing and take everything away."""
        with self.lock:  # not in the middle of a frame
            if self.play:  # which it has not yet where __init__ refuses something
                setattr(self.play, PLAYING, False)
            close_all([self])


def _require_functions(functions):
    for name, function in functions.items():
        if not callable(function):
            raise TypeError(f"{name} is one of your functions; it came as {type(function).__name__}.")


def _typed_number(label):
    return widgets.HBox([widgets.BoundedIntText(**labelled(label), layout={"width": "10em"})])


def _show(field, value):
    """Let a control show a value, one outside its range too."""
    if isinstance(field, widgets.Dropdown) and value not in dict(field._options_full).values():
        field.options = [*field._options_full, (f"{value}", value)]
    elif isinstance(field, (widgets.BoundedIntText, widgets.BoundedFloatText)):
        field.min, field.max = min(field.min, value), max(field.max, value)
    if field.value != value:
        field.value = value
