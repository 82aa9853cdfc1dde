"""What can be set in a playground: the data, network and training of an experiment, and its picture."""

from dataclasses import dataclass, fields, replace

from helpers.activations import ACTIVATIONS, OUTPUTS
from helpers.inputs import (
    require_activation,
    require_hidden_sizes,
    require_known,
    require_number,
    require_scale,
    require_true_or_false,
    require_whole,
)
from helpers.playground.points import EXTRA, MOST_CLASSES, MOST_POINTS, classes_in
from helpers.playground.weights import names
from helpers.trainer import OPTIMISERS
from helpers.words import listed

HIDDEN_ACTIVATIONS = tuple(ACTIVATIONS)
FIRST_WEIGHTS = ("random", "zeros", "constant")
MOST_UNITS, MOST_LAYERS = 8, 3

NEW_WEIGHTS = {"n_h", "extra_inputs", "start", "scale", "seed"}  # a change of one of these makes new weights
NEW_TRAINING = NEW_WEIGHTS | {"data", "n_points", "noise", "test_share", "hidden_activation", "output"}
ON_THE_WAY = ("learning_rate", "batch_size", "optimiser", "l1", "l2")  # felt where training stands


@dataclass(frozen=True)
class Settings:
    """All that can be set in an experiment.

    data: a key of MADE_UP, or the name of a CSV file with two columns of numbers and the class in the last.
    extra_inputs: from EXTRA, beside x1 and x2.  n_h: 1 to 8 hidden units; (4, 4) makes two layers of them.
    hidden_activation: of all hidden layers, or of each, ("tanh", "relu").
    start: where the weights start, one of FIRST_WEIGHTS; scale: times this, or the constant; None: as the
    Trainer does.  output: of three classes, "softmax" or "sigmoid"; two classes have one sigmoid.
    optimiser: "gradient descent", "momentum" or "adam".  seed: of weights and mini-batches; None: 1, and your
    own initialize where there is one.
    ValueError for any other value.
    """

    data: str = "flower"
    n_points: int = 400
    noise: float = 0.2
    test_share: float = 0.25
    extra_inputs: tuple = ()
    n_h: int | tuple = 4
    hidden_activation: str | tuple = "tanh"
    output: str = "softmax"
    start: str = "random"
    scale: float | str | None = None
    seed: int | None = None
    learning_rate: float = 1.2
    batch_size: int | None = None
    optimiser: str = "gradient descent"
    l1: float = 0.0
    l2: float = 0.0
    stop_when_converged: bool = False

    def __post_init__(self):
        require_kinds(self)
        require_names(self)
        require_limits(self)


@dataclass(frozen=True)
class PictureSettings:
    """What is set of a playground's picture.

    epochs_a_frame: trained between two pictures while it plays.  gradients: the gradient view.
    chosen: what the formula is shown of, such as "W1[0, 1]" or "A1[0]"; "": none.  example: a column of X.
    test_points: are drawn too.  two_colours: maps show the sign alone.  wrong: points on the wrong side are
    ringed.  earlier_curves: the costs of runs before a reset are drawn.  new_class: of points that are added.
    ValueError for any other value.
    """

    epochs_a_frame: int = 10
    gradients: bool = False
    chosen: str = ""
    example: int = 0
    test_points: bool = True
    two_colours: bool = False
    wrong: bool = False
    earlier_curves: bool = True
    new_class: int = 1

    def __post_init__(self):
        require_kinds(self)
        require_whole("epochs_a_frame", self.epochs_a_frame, 1)
        require_whole("example", self.example, 0)
        if require_whole("new_class", self.new_class, 0) >= MOST_CLASSES:
            known = listed(range(MOST_CLASSES), "or")
            raise ValueError(f"new_class is {known}; it came as {self.new_class!r}.")


OF_THE_PICTURE = tuple(field.name for field in fields(PictureSettings))
ALL_SETTINGS = (*fields(Settings), *fields(PictureSettings))  # in the order of a playground's line of code


def settings_of(given):
    """The Settings and the PictureSettings in one dict; TypeError for a name that is in neither."""
    known = [field.name for field in ALL_SETTINGS]
    for name in given:
        if name not in known:
            raise TypeError(f"A playground has no setting {name!r}. It has {', '.join(known)}.")
    picture = {name: value for name, value in given.items() if name in OF_THE_PICTURE}
    return Settings(**{name: given[name] for name in given.keys() - picture}), PictureSettings(**picture)


def settings_for(parameters, given):
    """The given settings with the hidden units that parameters have; ValueError where they do not fit."""
    if parameters is None:
        return given
    sizes = [len(p) for name, p in parameters.items() if name[0] == "b"]
    n0, expected = parameters["W1"].shape[1], 2 + len(given.get("extra_inputs", ()))
    if n0 != expected:
        raise ValueError(f"A playground has {expected} inputs; these parameters are for {n0}.")
    n_h = sizes[0] if len(sizes) == 2 else tuple(sizes[:-1])
    if given.get("n_h", n_h) != n_h:
        raise ValueError(
            f"n_h is {given['n_h']!r}, and the parameters have {n_h!r} hidden units: leave n_h out."
        )
    return given | {"n_h": n_h}


def layers_of(n_units, n_layers):
    """n_h for so many layers with so many units each: 4, or (4, 4)."""
    return n_units if n_layers == 1 else (n_units,) * n_layers


def each_activation(settings):
    """The name of the activation of each hidden layer."""
    names, n_layers = settings.hidden_activation, len(require_hidden_sizes(settings.n_h))
    return (names,) * n_layers if isinstance(names, str) else tuple(names)


def with_activation(settings, layer, name):
    """hidden_activation with another name for one layer, counted from 1."""
    each = [*each_activation(settings)]
    each[layer - 1] = name
    return name if set(each) == {name} else tuple(each)


def activation_for(settings, n_layers):
    """hidden_activation for another number of layers; further ones have that of the last."""
    each = each_activation(settings)
    each = (*each, *[each[-1]] * n_layers)[:n_layers]
    return each if len(set(each)) > 1 else each[0]


def next_seed(settings):
    """The seed after the one in use."""
    return 2 if settings.seed is None else settings.seed + 1


def what_is_there(picture, parameters, Y):
    """The picture's settings with nothing chosen, example 0, new class 1, where theirs is not there."""
    chosen = picture.chosen if picture.chosen in names(parameters) else ""
    example = picture.example if picture.example < Y.shape[1] else 0
    new_class = picture.new_class if picture.new_class < classes_in(Y) else 1
    return replace(picture, chosen=chosen, example=example, new_class=new_class)


def next_class(picture, Y):
    """The class after the one that a click adds, of those that there are."""
    return (picture.new_class + 1) % classes_in(Y)


def up_to_the_last_example(picture, X):
    """The picture's settings with the last example, where X has fewer columns."""
    return replace(picture, example=min(picture.example, X.shape[1] - 1))


# ---- what is refused


def require_there(picture, parameters, Y):
    """The picture's settings; ValueError where what is chosen, the example or the new class is not there."""
    known, last = names(parameters), Y.shape[1] - 1
    if picture.chosen and picture.chosen not in known:
        raise ValueError(f"chosen is one of {', '.join(known)}; it came as {picture.chosen!r}.")
    if picture.example > last:
        raise ValueError(f"example is from 0 to {last}; it came as {picture.example}.")
    if picture.new_class >= classes_in(Y):
        raise ValueError(f"new_class is {listed(range(classes_in(Y)), 'or')} here; it came as 2.")
    return picture


def require_kinds(settings):
    """ValueError where a setting that is True or False, or a text, is something else."""
    for field in fields(settings):
        value = getattr(settings, field.name)
        if isinstance(field.default, bool):
            require_true_or_false(field.name, value)
        is_text = isinstance(field.default, str) and field.name != "hidden_activation"
        if is_text and not isinstance(value, str):
            raise ValueError(f"{field.name} is a text such as {field.default!r}; it came as {value!r}.")


def require_names(settings):
    """ValueError where a setting is none of the names that are known for it."""
    if not isinstance(settings.extra_inputs, (tuple, list)):
        raise ValueError(f"extra_inputs is like ('x1²', 'x2²'); it came as {settings.extra_inputs!r}.")
    given = [("extra_inputs", value, [*EXTRA]) for value in settings.extra_inputs]
    given.append(("start", settings.start, FIRST_WEIGHTS))
    given.append(("optimiser", settings.optimiser, [*OPTIMISERS]))
    activations = settings.hidden_activation
    each = activations if isinstance(activations, (tuple, list)) else [activations]
    given += [("hidden_activation", name, HIDDEN_ACTIVATIONS) for name in each]
    given.append(("output", settings.output, [*OUTPUTS]))
    for name, value, known in given:
        require_known(name, value, known)


def require_limits(settings):
    """ValueError where a number is outside the limits of its setting."""
    sizes = require_hidden_sizes(settings.n_h)
    if len(sizes) > MOST_LAYERS or max(sizes) > MOST_UNITS:
        most = f"up to {MOST_LAYERS} hidden layers of up to {MOST_UNITS} units"
        raise ValueError(f"n_h is {settings.n_h!r}; a playground takes {most}. For more, see lesson 11.")
    require_activation(settings.hidden_activation, len(sizes))
    require_scale(settings.scale)
    require_number("learning_rate", settings.learning_rate, above=True)
    for name in ("l1", "l2", "test_share", "noise"):
        require_number(name, getattr(settings, name))
    for name, least in {"n_points": 2, "seed": 0, "batch_size": 1}.items():
        if getattr(settings, name) is not None or name == "n_points":
            require_whole(name, getattr(settings, name), least)
    if settings.n_points > MOST_POINTS:
        raise ValueError(f"n_points is up to {MOST_POINTS:,}; it came as {settings.n_points:,}.")
