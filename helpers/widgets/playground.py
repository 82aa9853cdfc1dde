"""The playground: all that moves in it is computed by your own functions, and all of it can be touched."""

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
from helpers.playground.exported import pytorch_of
from helpers.playground.formulas import formula_lines
from helpers.playground.moments import MOST_UNDONE, Undo
from helpers.playground.points import EXTRA, MADE_UP, classes_in, come_back
from helpers.playground.settings import (
    NEW_TRAINING,
    OF_THE_PICTURE,
    activation_for,
    each_activation,
    layers_of,
    next_seed,
    require_there,
    settings_for,
    settings_of,
    up_to_the_last_example,
    what_is_there,
    with_activation,
)
from helpers.playground.view import view_of
from helpers.playground.weights import names
from helpers.scenes import playground_scene, size_of
from helpers.scenes.svg import still
from helpers.widgets.explore import AUTO, WRAPPED, close_all, framed, replace_what_this_cell_showed
from helpers.widgets.playground_controls import (
    ABOVE,
    CONTROLS,
    LOOK,
    OF_LAYERS,
    TIMES,
    field_of,
    fields_by_hand,
    folded,
    row,
    show_value,
)
from helpers.widgets.playground_touch import Touch
from helpers.widgets.scene_view import MAY_BE_ABSENT, SceneView, with_stand_in
from helpers.widgets.thumbnails import show_chosen, thumbnails

IT_PLAYS = "It plays. Pause it to read here where it stands."
HOW = "Click a line, a circle or a unit: its formula. Drag a line: its weight. Click into the plane: a point."
COPY_BY_KEY = "The browser does not let the line be copied: select it, and copy it by key."
NOTHING_MORE = f"There is nothing more to take back. Undo takes back the last {MOST_UNDONE} changes by hand."
COPIED = "Copied. Paste the line into a cell: there the playground opens as it is now."
BUDGET = 0.025  # seconds of training in one frame
AT_ONCE = 1  # seconds between two moves of a slider that are one change
NOT_DRAWN = {"epochs_a_frame", "earlier_curves"}


class Playground(widgets.VBox):
    """Play with your own network, see all of it, and touch it.

    Click a line, a circle or a unit: its formula. Drag a line, or double click and type: its weight. Click
    into the plane: a point. Click in the cost curve: back to that epoch. Undo takes each of these back.
    parameters: to begin with, in place of any initialize: a dict, or what a training loop of yours returned;
    the hidden units are counted in it.  initialize, forward, cost, backward, update: your functions; what is
    not given comes from my_network.py, and what is not kept there from the reference.  changes, epochs,
    updates: see Experiment; presenting: for a projector, with larger text and less around the picture;
    settings: see Settings and PictureSettings, all in helpers.playground.
    .experiment holds what is trained, .picture_settings how it is shown, .scene is a still picture, .code a
    line that opens it again.
    TypeError for an unknown setting or what is no function, ValueError for a value that is refused.
    """

    def __init__(self, *, parameters=None, initialize=None, forward=None, cost=None, backward=None,
                 update=None, changes=(), epochs=0, updates=0, presenting=False, **settings):  # fmt: skip
        super().__init__()
        self.lock, self.following, self.moved, self.picture = threading.RLock(), None, {}, None
        functions = {"initialize": initialize, "forward": forward, "cost": cost, "backward": backward}
        functions = {name: f for name, f in (functions | {"update": update}).items() if f is not None}
        _require_functions(functions)
        initial = None if parameters is None else parameters_in(parameters)
        (settings, picture), found = settings_of(settings_for(initial, settings)), kept.load()
        self.given = [*functions, *["parameters"] * (initial is not None)]
        self.note = " ".join(found.words.splitlines()[1:])
        own = found.own | found.beyond | functions
        self.experiment = e = Experiment(own, settings, changes, epochs, updates, initial, self.given)
        nothing = replace(picture, chosen="", example=0)
        self.picture_settings = require_there(picture, e.trainer.parameters, e.Y) if e.arrived else nothing
        self.undo, self.touch, self.slid, self.turn = Undo(), Touch(self), 0.0, 0
        self.line, self.fields, self.parts, self.trouble = widgets.HTML(), {}, {}, ""
        self._make_controls()
        self.picture = SceneView("", self.touch.heard, self._frame, self._interrupted)
        self.picture.observe(self._played, "playing")
        self.children = self._arranged(presenting)
        self.add_class("playground").add_class("keys-stay-inside")
        self._follow()
        self._at_rest(self._draw())
        replace_what_this_cell_showed(self)

    def __repr__(self):
        return f"Widget: {self.code}. Run this cell to use it."

    @property
    def code(self):
        """One line that opens this playground again, as it is now."""
        return code_of(self.experiment, self.picture_settings, self.given)

    def to_pytorch(self):
        """The text of a PyTorch script that trains the same network on the same points to the same cost.

        ValueError for what cannot be in one: what was changed by hand, and functions that compute otherwise.
        """
        return pytorch_of(self.experiment)

    @property
    def scene(self):
        """The picture of this moment, which stays where there is no kernel."""
        return still(self._scene(view_of(self.experiment)))

    def _scene(self, view, hint=""):
        s = self.picture_settings
        drawn = {name: value for name, value in vars(s).items() if name not in NOT_DRAWN}
        drawn |= {"earlier": self.experiment.earlier if s.earlier_curves else ()}
        lines = formula_lines(view, s.chosen, s.example)
        return playground_scene(view, **drawn, lines=lines, hint=hint, **self.touch.drawn)

    # ---- the controls

    def _make_controls(self):
        for label in CONTROLS:
            moved = lambda value, label=label: self._moved(label, value)  # noqa: E731
            self.parts[label], self.fields[label] = field_of(label, moved, self._refused)
        for label, (box, field) in fields_by_hand(self._refused).items():
            self.parts[label], self.fields[label] = box, field
        self.fields["CSV file"].observe(lambda change: self._open(change.new), "value")
        for label, action in {
            "Play": None,
            "One epoch": lambda: self.experiment.advance(1),
            "One update": lambda: self.experiment.step(),
            "Reset": lambda: self.renew(),
            "New seed": lambda: self.renew(seed=next_seed(self.experiment.settings)),
            "Undo": self.take_back,
            "Open CSV": lambda: self.renew(data=self.fields["CSV file"].value.strip()),
            "Set weight": lambda: self.change(*self._typed("formula of", "set it to")),
            "Add point": lambda: self.change("add", self._typed("x1", "x2", "class")),
            "Remove point": lambda: self.change("remove", self._typed("x1", "x2")),
        }.items():
            self.parts[label] = button = widgets.Button(description=label, layout=AUTO)
            button.on_click(lambda _, action=action: self._press(action))
        self.parts["Copy"] = widgets.Button(description="Copy", layout=AUTO)
        self.parts["Copy"].on_click(lambda _: self._copy())
        self.thumbnails = thumbnails(lambda name: self.do(lambda: self.renew(data=name)))
        self.parts["thumbnails"] = widgets.HBox([self.thumbnails]).add_class(MAY_BE_ABSENT)
        self.parts["thumbnails"].layout.overflow = "visible"  # for the words at the pointer
        self.parts["thumbnails"].layout.margin = "0 0 -3px"
        self.parts["Play"].icon, self.parts["Play"].layout.width = "play", "6.5em"

    def _arranged(self, presenting):
        """Time, the most used, the picture, the line of text; below them what folds away."""
        heads, groups = folded(self.parts)
        larger = widgets.ToggleButton(False, description="Larger text", layout=AUTO)
        larger.observe(self._enlarged, "value")
        larger.value = presenting
        self.parts |= {"Fold": heads, "Larger text": larger}
        rows = [row(self.parts, TIMES), row(self.parts, ABOVE)]
        rows[1].layout.overflow = "visible"
        more = widgets.HBox([heads, larger], layout=WRAPPED)
        return [widgets.HTML(LOOK), *rows, with_stand_in(self.picture), self.line, more, *groups]

    def _enlarged(self, change):
        (self.add_class if change.new else self.remove_class)("playground-large")

    def _refused(self, words):
        """A control was given what it cannot be; its words are said in turn."""
        self.picture.soon(lambda: self.do(lambda: _refuse(words)))

    def _typed(self, *labels):
        return tuple(self.fields[label].value for label in labels)

    # ---- what is done with it; all of it in turn, on the kernel's main thread

    def _moved(self, label, value):
        """A control has another value: by a person, on whatever thread, or by _follow, which is no move."""
        if self.following != threading.get_ident():
            self.moved[label] = value
            self.picture.soon(lambda: self._obey_newest(label))

    def _obey_newest(self, label):
        """Obey a control by its newest value; one that has moved on meanwhile is obeyed once."""
        if label in self.moved:
            value = self.moved.pop(label)
            self.do(lambda: self._obey(label, value))

    def _obey(self, label, new):
        """A control was moved: its setting changes, or begins a new training."""
        value, (name, _) = (
            {label: field.value for label, field in self.fields.items()} | {label: new},
            CONTROLS[label],
        )
        setting = None if value[label] == "" and name in ("scale", "batch_size") else value[label]
        more, s = {}, self.experiment.settings
        if name == "n_h":
            setting = layers_of(value["hidden units"], value["hidden layers"])
            more = {"hidden_activation": activation_for(s, value["hidden layers"])}
        if label in OF_LAYERS:
            setting = with_activation(s, OF_LAYERS[label], new)
        if name == "extra_inputs":
            setting = tuple(name for name in EXTRA if value[name])
        if name in OF_THE_PICTURE:
            self.show(**{name: setting})
        elif name in NEW_TRAINING:
            self.renew(self._in_one(label), **{name: setting} | more)
        else:
            self.change(name, setting, self._in_one(label))

    def _in_one(self, label):
        """What a move belongs to: moves of one control within AT_ONCE are taken back together."""
        before, self.slid = self.slid, time.monotonic()
        self.turn += self.slid - before > AT_ONCE
        return label, self.turn

    def show(self, **settings):
        """Change how it is shown."""
        e, picture = self.experiment, replace(self.picture_settings, **settings)
        self.picture_settings = require_there(picture, e.trainer.parameters, e.Y)

    def renew(self, what=None, **settings):
        """Begin a new training with these settings changed, or with none: a reset."""
        fresh = self.experiment.anew(**settings)
        self.undo.leave(self.experiment, what)
        self._stand_with(fresh)

    def change(self, name, value, what=None):
        """Change a setting, a weight or a point on the way. what: moves of the same are taken back as one."""
        if not name:
            raise ValueError("Choose a weight first, at 'formula of', for example W1[0, 1].")
        self.undo.attempt(self.experiment, lambda: self.experiment.change(name, value), what)
        self.picture_settings = up_to_the_last_example(self.picture_settings, self.experiment.X)

    def move_point(self, moment, point, place, hand):
        """Put a point, (x1, x2, class) at this moment, to another place. hand: whose moves are one change."""

        def move():
            self.experiment.stand_at(moment)
            self.experiment.change("remove", point[:2])
            self.experiment.change("add", (*place, point[2]))

        self.undo.attempt(self.experiment, move, hand)

    def go_back(self, epoch):
        """Go back to this epoch."""
        self.picture.pause()
        self.undo.attempt(self.experiment, lambda: self.experiment.back_to(epoch))
        self._stand_with(self.experiment)

    def take_back(self):
        """Take back the newest change that was made by hand; a point that comes back is the example."""
        X, before = self.experiment.X, self.undo.take_back()
        if before is None:
            raise ValueError(NOTHING_MORE)
        self._stand_with(before)
        if (column := come_back(before.X, X)) is not None:
            self.show(example=column)

    def _stand_with(self, experiment):
        self.experiment = e = experiment
        self.picture_settings = what_is_there(self.picture_settings, e.trainer.parameters, e.Y)

    def _open(self, path):
        if path.strip():
            self._press(lambda: self.renew(data=path.strip()))

    def _press(self, action):
        """A button: what plays pauses at once, and the action comes in turn; None: Play, or Pause."""
        playing = self.picture.playing
        self.picture.pause()
        if action:
            self.picture.soon(lambda: self.do(action))
        elif not playing:
            self.picture.play()

    def _copy(self):
        """Put the line of code into the clipboard; until the browser has done so, say what else to do."""
        self._press(lambda: self.picture.copy(self.code))
        self.picture.soon(lambda: self._say_at_once(COPY_BY_KEY))

    def copied(self):
        """The line of code is in the clipboard."""
        self._say_at_once(COPIED)

    def _played(self, change):
        """It plays, or pauses: the button says what it would do."""
        button = self.parts["Play"]
        button.description, button.icon = ("Pause", "pause") if change.new else ("Play", "play")
        self.picture.soon(lambda: self.do(lambda: None, self.trouble * (not change.new)))

    def _frame(self):
        """One frame: some epochs of training, and their picture."""
        if not self.touch.grip:
            self.undo.newest = None
        self.do(self._train, self.trouble)

    def _train(self):
        if not self.experiment.advance(self.picture_settings.epochs_a_frame, BUDGET):
            self.picture.pause()

    def do(self, action, trouble=""):
        """Do one thing, and show what came of it; what it refuses is said in the text line.

        trouble: of before, which stays in the line.
        """
        with self.lock, told_to(self._say_at_once), attended(self.experiment.trainer.calls) as asked:
            stopped = {*self.experiment.trainer.calls.stopped}
            try:
                action()
                scene = self._draw()
                if self.experiment.trainer.calls.stopped - stopped:  # by an interrupt, and one has to do
                    self.picture.pause()
                if not (self.picture.playing or trouble):
                    self._at_rest(scene)
            except KeyboardInterrupt:
                self.picture.pause()
                trouble = "<b>Interrupted.</b>"
            except Exception as error:
                trouble = _told_of(error)
            if action != self._train or trouble:
                self._follow()
            self.trouble = trouble
            if trouble or self.picture.playing:
                self._say(trouble or IT_PLAYS)
        if asked:  # an interrupt came where nothing looks for one, as while it is drawn
            self.picture.pause()

    def _interrupted(self, error):
        """What went wrong outside of what is done."""
        self._say(f"<b>{html.escape(f'{type(error).__name__}: {error}')}</b>")

    # ---- what is shown

    def _follow(self):
        """Let the controls show what is set, wherever it was set; what was moved meanwhile is left alone."""
        s, self.following = self.experiment.settings, threading.get_ident()
        sizes, values = s.n_h if isinstance(s.n_h, tuple) else (s.n_h,), vars(s) | vars(self.picture_settings)
        known = names(self.experiment.trainer.parameters)
        self.fields["formula of"].options = {"nothing": ""} | {name: name for name in known}
        for part in [*self.parts["points"].children, *self.parts["noise"].children]:
            part.disabled = s.data not in MADE_UP  # a file has its own
        show_chosen(self.thumbnails, s.data)
        self.fields["output"].disabled = len(self.experiment.Y) == 1  # two classes have one sigmoid
        self.fields["class"].options = [*range(classes_in(self.experiment.Y))]
        shown = {label: values[name] for label, (name, _) in CONTROLS.items()}
        shown |= {name: name in s.extra_inputs for name in EXTRA}
        shown |= {"hidden units": sizes[0], "hidden layers": len(sizes)}
        shown |= {"seed": 1 if s.seed is None else s.seed, "output": self.experiment.output}
        shown |= self._shown_activations(each_activation(s))
        shown |= {name: "" for name, value in shown.items() if value is None}
        for label, value in shown.items():
            if label not in self.moved:
                show_value(self.fields[label], value)
        self.following = None

    def _shown_activations(self, each):
        """What the controls of the activations show; a layer that is not there cannot have another."""
        for label, layer in OF_LAYERS.items():
            self.fields[label].disabled = layer > len(each)
        return {"activation": each[0]} | {
            label: each[min(k, len(each)) - 1] for label, k in OF_LAYERS.items()
        }

    def _draw(self):
        self.view = view_of(self.experiment)
        scene = self._scene(self.view, HOW)
        self.picture.show(framed(scene.svg, *size_of(scene)))
        return scene

    def _at_rest(self, scene):
        """What stands beside the picture, and would be too quick to be read while it plays."""
        self.fields["this playground as code"].value = self.code
        message = html.escape(self.experiment.message)
        self._say(f"{html.escape(f'{scene.line}{self.view.outside} {self.note}')} <b>{message}</b>")

    def _say_at_once(self, words):
        self._say(f"<b>{html.escape(words)}</b>")

    def _say(self, words):
        self.line.value = f'<div role="status" class="playground-line">{words}</div>'

    def close(self):
        """Stop playing and take everything away."""
        with self.lock:  # not in the middle of a frame
            if self.picture:  # which it has not yet where __init__ refuses something
                self.picture.pause()
                self.picture.waiting.clear()
            close_all([self])


def _told_of(error):
    """What went wrong: the words of what was refused; of any other error, where it came from as well."""
    if isinstance(error, (ValueError, OSError)):
        return f"<b>{html.escape(str(error))}</b>"
    where = html.escape("".join(traceback.format_exception(error)))
    said = f"<b>{html.escape(f'{type(error).__name__}: {error}')}</b>"
    return f"{said}<details><summary>Where</summary><pre>{where}</pre></details>"


def _refuse(words):
    raise ValueError(words)


def _require_functions(functions):
    for name, function in functions.items():
        if not callable(function):
            raise TypeError(f"{name} is one of your functions; it came as {type(function).__name__}.")
