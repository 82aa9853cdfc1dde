"""What a learner's function can do beyond its lesson, found out by trying it beside the reference."""

import copy
import inspect
import sys
from functools import partial

import numpy as np

from helpers import network
from helpers.feedback.limits import quiet
from helpers.own_functions import called_with

ADJUSTABLE = {
    "initialize_parameters": ("seed", "scale"),
    "forward_propagation": ("hidden_activation",),
    "backward_propagation": ("hidden_activation",),
}
OF_THE_OUTPUT = ("forward_propagation", "compute_cost", "backward_propagation")
DEEP = ((5, 4), (4, 3, 5))  # two and three hidden layers


def obeying(name, function, forward, settings):
    """The function, set as the settings ask, where it does what they ask; else None.

    settings: of the Trainer, such as n_h, seed or hidden_activation.  forward: the one that runs beside it.
    """
    asked = {key: settings[key] for key in ADJUSTABLE.get(name, ()) if key in settings}
    deep, output = not isinstance(settings.get("n_h", 4), int), settings.get("output", "sigmoid")
    softmax = output == "softmax" and name in OF_THE_OUTPUT
    if not (asked or deep or softmax):
        return function
    try:
        takes = asked.keys() <= inspect.signature(function).parameters.keys()
        sizes = DEEP if deep else (4,)
        able = takes and all(_does(name, function, forward, n_h, asked, output) for n_h in sizes)
    except Exception:  # whatever a function raises that was not written for this
        return None
    return (partial(function, **asked) if asked else function) if able else None


def is_reference(name, function):
    """Whether the function of helpers.network of that name does the work of this one."""
    reference, called = getattr(network, name), []
    code = getattr(reference, "formula", reference).__code__

    def watch(frame, event, value):
        if event == "call" and frame.f_code is code:
            called.append(frame)

    arguments, before = _arguments(name, network.forward_propagation, 4, {}), sys.getprofile()
    try:
        sys.setprofile(watch)
        with quiet():
            function(*arguments)
    except Exception:  # then it is not the reference that failed
        return False
    finally:
        sys.setprofile(before)
    return bool(called)


def loses_digits(name, function, forward):
    """Whether the function is right to about seven digits only, as in single precision.

    Then a nudge in the tenth digit changes nothing, or a result is that far from the reference's.
    """
    output = "softmax" if name == "softmax" else "sigmoid"  # of a single output softmax is always 1
    arguments = [*_arguments(name, forward, 4, {}, output)]
    try:
        with quiet():
            one, other = (called_with(function, len(arguments))(*_nudged(arguments, by)) for by in (0, 1e-10))
    except Exception:  # that is told when it is tried afresh
        return False
    pairs = [*zip(_numbers_in(one), _numbers_in(other), strict=False)]
    if name == "initialize_parameters":
        return any(value.dtype.itemsize < 8 for value, _ in pairs)
    if any(np.array_equal(*pair) for pair in pairs):
        return True
    mine, truth = (_by_name(each) for each in (one, getattr(network, name)(*arguments)))
    return any(
        not np.allclose(mine[key], truth[key], rtol=1e-8, atol=1e-11) for key in mine.keys() & truth.keys()
    )


def _by_name(returned):
    """The results that were returned under names; none where they have none, as a cost."""
    if isinstance(returned, tuple) and len(returned) == 2:
        returned = returned[1]
    return returned if isinstance(returned, dict) else {}


def _nudged(value, by):
    """The arguments once more, each array times 1 + by."""
    if isinstance(value, (list, dict)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        made = {key: _nudged(each, by) for key, each in items}
        return made if isinstance(value, dict) else [*made.values()]
    return value * (1 + by) if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value


def _numbers_in(returned):
    """The arrays of floats in what was returned, or the one number that it is."""
    if not isinstance(returned, (dict, tuple)):
        return [np.asarray(returned, dtype=float)]
    parts = returned if isinstance(returned, tuple) else (returned,)
    values = [value for part in parts for value in (part.values() if isinstance(part, dict) else [part])]
    return [value for value in values if isinstance(value, np.ndarray) and value.dtype.kind == "f"]


def _does(name, function, forward, n_h, asked, output="sigmoid"):
    """Whether the function, with these keyword arguments, agrees with the reference on n_h hidden units."""
    if name == "initialize_parameters":
        return _starts(function, n_h, asked)
    arguments = _arguments(name, forward, n_h, asked, output)
    with quiet():
        results = function(*copy.deepcopy(arguments), **asked)
    reference = network.COSTS[output] if name == "compute_cost" else getattr(network, name)
    more = {"output": output} if name == "forward_propagation" else {}
    truth = reference(*arguments, **asked, **more)
    if name == "forward_propagation":
        A, (results, truth) = results[0], (results[1], truth[1])
        results = {**results, f"A{len(truth) // 2}": A}
    if name == "compute_cost":
        return np.isclose(results, truth)
    return all(np.shape(results[key]) == truth[key].shape for key in truth) and all(
        np.allclose(results[key], truth[key]) for key in truth
    )


def _arguments(name, forward, n_h, asked, output="sigmoid"):
    """What the function of that name is called with, for a small network of n_h hidden units."""
    rng, n_x, m, n_y = np.random.default_rng(5), 3, 6, 3 if output == "softmax" else 1
    parameters = network.initialize_parameters(n_x, n_h, n_y, seed=5, scale=1.0)
    X, Y = rng.standard_normal((n_x, m)), rng.integers(0, 2, (1, m))
    if output == "softmax":
        Y = (np.arange(n_y)[:, None] == rng.integers(0, n_y, m)) * 1
    A, cache = network.forward_propagation(X, parameters, output=output, **asked)
    grads = {"d" + key: rng.standard_normal(p.shape) for key, p in parameters.items()}
    if name == "backward_propagation":
        cache = {**forward(X, parameters)[1], **cache}
    return {
        "initialize_parameters": (n_x, n_h, 1),
        "forward_propagation": (X, parameters),
        "compute_cost": (A, Y),
        "backward_propagation": (parameters, cache, X, Y),
        "update_parameters": (parameters, grads, 0.3),
        "softmax": (cache[f"Z{len(parameters) // 2}"],),
        "softmax_cost": (network.softmax(np.vstack([A, X])), np.eye(4)[:, [0, 1, 2, 3, 0, 1]]),
    }[name]


def _starts(function, n_h, asked):
    """Whether it makes parameters of all layers, follows a seed, and grows with a scale."""
    n_x, shapes = 40, {key: p.shape for key, p in network.initialize_parameters(40, n_h, 1).items()}

    def made(**changed):
        with quiet():
            parameters = function(n_x, n_h, 1, **(asked | changed))
        assert {key: parameters[key].shape for key in shapes} == shapes
        assert all(np.isfinite(parameters[key]).all() for key in shapes)
        return parameters["W1"]

    W1 = made()
    if "seed" in asked and (np.any(W1 != made()) or np.all(W1 == made(seed=asked["seed"] + 1))):
        return False
    if not isinstance(asked.get("scale", 1.0), (int, float)):
        return False  # a name of a scale, or None: only the reference knows what is meant
    grown = np.std(made(scale=2.0)) / np.std(made(scale=1.0)) if "scale" in asked else 2
    return bool(np.std(W1) > 0 and 1.5 < grown < 2.7)
