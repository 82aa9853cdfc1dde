"""A playground's experiment as the text of a PyTorch script, which ends with the same cost."""

import numpy as np

from helpers import kept, network
from helpers.descents import equal_parameters
from helpers.export import script_with
from helpers.own_functions import functions_of
from helpers.playground.experiment import as_python
from helpers.playground.points import points_of, with_extra_inputs
from helpers.playground.settings import Settings
from helpers.playground.weights import copied

OF_THE_POINTS = ("data", "n_points", "noise", "test_share", "extra_inputs")
BY_HAND = "What was changed by hand ({what}) cannot be put into a script. Press Reset, train, and ask again."
GIVEN = "{what} cannot be put into a script, which takes its first weights from helpers. Leave it out."
UNLIKE = "Your {part} gives other numbers than the formulas, so a script would end with another cost."


def training_points(**settings):
    """What the network is given of the training points, X (n0, m), and Y (n2, m), with these settings."""
    s = Settings(**settings)
    X, Y, *_ = points_of(s)
    return with_extra_inputs(X, s.extra_inputs), Y


def pytorch_of(experiment):
    """The text of a PyTorch script, up to 40 lines, that trains as this experiment was, and prints the cost.

    ValueError for what cannot be exported: changes by hand, first weights that came by hand, and functions
    that compute something else than those of helpers.network.
    """
    e = experiment
    if e.changes:
        raise ValueError(
            BY_HAND.format(what=", ".join(dict.fromkeys(str(change[-2]) for change in e.changes)))
        )
    _require_usual(e)
    asked = {name: getattr(e.settings, name) for name in OF_THE_POINTS}
    asked = {name: value for name, value in asked.items() if value != getattr(Settings, name)}
    call = ", ".join(f"{name}={as_python(value)!r}" for name, value in asked.items())
    return script_with(e.trainer, "training_points", f"training_points({call})", __name__, _start_of(e))


def _start_of(e):
    """(module, function, call) of what makes the first weights; None: initialize_parameters of helpers."""
    initialize, sizes = e.trainer.initialize, f"len(X), {e.settings.n_h}, len(Y)"
    if e.begins_as_given:
        raise ValueError(GIVEN.format(what="parameters=…"))
    if initialize is None:
        return None
    if getattr(initialize, "func", None) is equal_parameters:
        return "helpers.descents", "equal_parameters", f"equal_parameters({initialize.args[0]!r}, {sizes})"
    if e.draws_anew or kept.load().own.get("initialize") is None:
        raise ValueError(GIVEN.format(what="Your initialize"))
    return "helpers.kept", "load", f"load().initialize_parameters({sizes})"


def _require_usual(e):
    """ValueError where a function in use gives other numbers than the reference, here and now."""
    t, parameters = e.trainer, e.trainer.parameters
    X, Y, hidden = (
        with_extra_inputs(e.X, e.settings.extra_inputs),
        e.Y,
        {"hidden_activation": t.hidden_activation},
    )
    forward, cost, backward, update = functions_of(t)
    A, cache = network.forward_propagation(X, parameters, **hidden, output=t.output)
    grads = network.backward_propagation(parameters, cache, X, Y, **hidden)
    own_A, own_cache = forward(X.copy(), copied(parameters))
    pairs = {
        "forward": (own_A, A),
        "cost": (cost(own_A, Y), network.COSTS[t.output](A, Y)),
        "backward": (backward(copied(parameters), own_cache, X.copy(), Y), grads),
        "update": (
            update(copied(parameters), copied(grads), t.learning_rate),
            network.update_parameters(parameters, grads, t.learning_rate),
        ),
    }
    for part, (own, usual) in pairs.items():
        if not all(np.allclose(*pair, rtol=1e-7, atol=1e-10) for pair in _beside(own, usual)):
            raise ValueError(UNLIKE.format(part=part))


def _beside(own, usual):
    """The numbers of two results, in pairs: of two dicts the arrays of the same name."""
    return [(own[name], usual[name]) for name in usual] if isinstance(usual, dict) else [(own, usual)]
