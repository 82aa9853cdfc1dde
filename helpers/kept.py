"""Your own network: what passes its check is kept in my_network.py beside your lessons, and used."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import helpers
from helpers import network
from helpers.keeping import CannotKeep, my_file
from helpers.keeping.loading import load_from, try_afresh
from helpers.keeping.self_contained import self_contained
from helpers.keeping.trying import is_reference, loses_digits, obeying
from helpers.own_functions import ending_in
from helpers.trainer import Trainer

LESSONS = {
    "initialize_parameters": "10",
    "forward_propagation": "05",
    "compute_cost": "04",
    "backward_propagation": "07",
    "update_parameters": "09",
}
SAID = {  # of a function that is right, by what became of it
    "edited": "{file} holds a {name} that you edited there, and it stays. Delete it there to keep this one.",
    "tried afresh": "It is kept in {file}, and the later lessons run on it{depth}.",
    "tried here": "It is kept in {file}, and the later lessons run on it{depth}. No second Python can be"
    " started here, so it was tried in this one.",
}
BEYOND = {"softmax": "12", "softmax_cost": "12"}  # named once they are the learner's
BORROWED = "the reference's {name}, from helpers.network, does the work in it."
SINGLE = (
    "it is right to about seven digits, as in single precision, and the nudges of lesson 08 need more. Write"
    " it without float32."
)
SHORT = {name: name.removeprefix("compute_").split("_")[0] for name in LESSONS}  # as the Trainer calls them


@dataclass
class Kept:
    """The functions, the learner's own where kept and right, else the reference; words: which is whose.

    own: theirs of the five that a Trainer takes, by its names. beyond: theirs of later lessons.
    """

    initialize_parameters: object = network.initialize_parameters
    forward_propagation: object = network.forward_propagation
    compute_cost: object = network.compute_cost
    backward_propagation: object = network.backward_propagation
    update_parameters: object = network.update_parameters
    softmax: object = network.softmax
    softmax_cost: object = network.softmax_cost
    words: str = ""
    own: dict = field(default_factory=dict)
    beyond: dict = field(default_factory=dict)

    def trainer(self, **settings):
        """A Trainer with these settings that runs on the learner's own functions.

        What theirs cannot obey, a seed, a scale, another activation, more layers, is left to the reference.
        """
        return Trainer(**self.obeying(settings) | settings)

    def obeying(self, settings):
        """{"forward": function, …}: those of theirs that do what these settings of the Trainer ask.

        An argument that a function takes, as hidden_activation, is set; one written for any number of layers
        is found by being tried on two and three hidden layers.
        """
        able, forward, own = {}, network.forward_propagation, self._parts(settings.get("output", "sigmoid"))
        for name, part in SHORT.items():  # forward stands before backward
            if part in own and part not in settings:
                function = obeying(name, own[part], forward, settings)
                able |= {part: function} if function else {}
            forward = able.get("forward", forward)
        return able

    def _parts(self, output):
        """Theirs as a Trainer with this output takes them: softmax ends a forward, and has a cost."""
        if output != "softmax":
            return self.own
        parts = {part: function for part, function in self.own.items() if part != "cost"}
        if "forward" in self.own or "softmax" in self.beyond:
            parts["forward"] = ending_in(self.softmax, self.forward_propagation)
        if "softmax_cost" in self.beyond:
            parts["cost"] = self.softmax_cost
        return parts


def path():
    """Where they are kept: the file that the variable MY_NETWORK names, where it is set; otherwise
    my_network.py in the folder that was current when helpers was imported, that of the notebook."""
    return Path(helpers.STARTED_IN, os.environ.get("MY_NETWORK") or "my_network.py")


def load():
    """What is kept, as Kept; what cannot be read or no longer passes its check is left to the reference."""
    kept, own, broken, place = Kept(), {}, [], path()
    try:
        own, problems = load_from(place, LESSONS | BEYOND)
    except CannotKeep as problem:
        problems, broken = {}, [str(problem)]
    for name, function in own.items():
        if is_reference(name, function):
            broken.append(f"{name} in {place.name} is not counted as yours: {BORROWED.format(name=name)}")
            continue
        (kept.own if name in SHORT else kept.beyond)[SHORT.get(name, name)] = function
        setattr(kept, name, function)
    for name, problem in problems.items():
        broken.append(f"{name} in {place.name} is not in use, and the reference takes over: {problem}")
    theirs = [f"{SHORT[n]} (lesson {LESSONS[n]})" for n in LESSONS if SHORT[n] not in kept.own]
    yours = f"Yours: {', '.join([*kept.own, *kept.beyond]) or 'none yet'}."
    kept.words = "\n".join([f"{yours} Reference: {', '.join(theirs) or 'none'}.", *broken])
    return kept


def keep(name, function, forward, one_output=False):
    """Write a function that passed its check into my_network.py, with what it needs; returns what was done.

    It is kept when the file with it was loaded in a fresh Python, as after a restart, and it passed its check
    there; where no second Python can be started, as in a browser, it is tried in this one, and that is said.
    forward: the forward_propagation beside it.
    """
    if is_reference(name, function):
        return f"It is not kept as yours: {BORROWED.format(name=name)}"
    if getattr(function, "one_output", False):  # it was loaded from the file
        function, one_output = function.__wrapped__, True
    place = path()
    try:
        if loses_digits(name, function, forward):
            raise CannotKeep(SINGLE)
        done = _write(place, name, self_contained(name, function), one_output)
    except CannotKeep as problem:
        return f"It is right, but cannot be kept for the later lessons: {problem}"
    except OSError as problem:
        return f"It is right, but {place.name} cannot be written: {problem}"
    except Exception as problem:  # a check is not stopped by what comes after it
        why = f"its text cannot be read ({type(problem).__name__}: {problem})"
        return f"It is right, but cannot be kept for the later lessons: {why}. Write it with def, in a cell."
    passes = ("forward_propagation", "backward_propagation")
    deep = name in passes and obeying(name, function, forward, {"n_h": (2, 2)})
    return SAID[done].format(file=place.name, name=name, depth=", with any number of layers" if deep else "")


def _write(place, name, code, one_output):
    """Read, merge, try afresh, put in place; again where it was edited meanwhile. Returns a key of SAID."""
    lesson = (LESSONS | BEYOND)[name]
    with my_file.locked(place):
        while True:
            text = my_file.read(place)
            block = my_file.blocks(text).get(name)
            if block and block.edited and block.is_there and block.code.strip() != code.strip():
                return "edited"
            part = my_file.write_beside(place, my_file.merged(text, name, lesson, code, one_output))
            afresh, problem = try_afresh(part, name)
            if problem:
                part.unlink()
                raise CannotKeep(f"after a restart it would not work: {problem}")
            if my_file.read(place) == text:
                my_file.put_in_place(part, place)
                return "tried afresh" if afresh else "tried here"


def start_over():
    """Put my_network.py aside under a dated name, so that the reference does all again; returns that name."""
    from helpers.lessons import keep_dated  # here, because it brings Jupyter along

    place = path()
    if not place.exists():
        return None
    with my_file.locked(place):
        return keep_dated(place)
