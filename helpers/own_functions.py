"""A learner's own functions in training: each is called, and what it returned is checked, in one pass.

They may take other arguments than those of helpers.network: see called_with and called_as.
"""

import builtins
import inspect
import math
from functools import partial, wraps

import numpy as np

from helpers import network
from helpers.calls import Calls, close_hushed_figures, open_figures
from helpers.inputs import require_gradients, require_not_nan, require_parameters, squares
from helpers.words import listed

# ---- in training


def functions_of(trainer):
    """forward, cost, backward and update: the trainer's own, or else those of helpers.network.

    The trainer has checked its data, so those of helpers.network are called without their doors, except for
    cost and backward after a forward of one's own.
    """
    require_whole_numpy()
    hidden = {"hidden_activation": trainer.hidden_activation}
    references = {
        "forward": (network.forward_propagation, hidden | {"output": trainer.output}),
        "cost": (network.COSTS[trainer.output], {}),
        "backward": (network.backward_propagation, hidden),
        "update": (network.update_parameters, {}),
    }
    own, functions = _own(trainer), []
    for name, (reference, options) in references.items():
        from_own_forward = trainer.forward and name in ("cost", "backward")
        function = partial(reference if from_own_forward else reference.formula, **options)
        if own[name]:
            function = checked_call(name, own[name], RETURNED[name], trainer.calls)
        functions.append(function)
    return functions


def _own(trainer):
    """The trainer's own functions by name; a cost that takes the parameters is given those of its A2."""
    own = {name: getattr(trainer, name) for name in RETURNED}
    if own["cost"] and takes_parameters(own["cost"]):
        as_set = {"hidden_activation": trainer.hidden_activation, "output": trainer.output}
        forward = own["forward"] or partial(network.forward_propagation, **as_set)
        latest, cost = {}, own["cost"]

        def remembering(X, parameters):
            latest["parameters"] = parameters
            return forward(X, parameters)

        own["forward"] = remembering
        own["cost"] = lambda A2, Y: cost(A2, Y, latest["parameters"])
    return own


def ending_in(softmax, forward):
    """A forward like the given one, with its arguments, whose last layer has softmax and not the sigmoid."""

    def forward_propagation(X, parameters, **asked):
        _, cache = forward(X, parameters, **asked)
        L = len(parameters) // 2
        A = softmax(cache[f"Z{L}"])
        return A, {**cache, f"A{L}": A}

    forward_propagation.__signature__ = inspect.signature(forward)
    return forward_propagation


def checked_call(name, function, returned, calls=None):
    """A function of one's own whose result goes through returned(result, *arguments); errors name it.

    calls: where it is noted that it runs, for helpers.calls.attended.
    """
    calls, figures = calls or Calls(), open_figures()

    def call(first, *others):
        calls.number += 1
        calls.running, n = name, len(figures)
        try:
            if name == "update":  # in place, it would change what is to come back after a divergence
                first = {name: p.copy() for name, p in first.items()}
            if name == "cost":
                return _finite_cost(function, first, *others)
            return returned(function(first, *others), first, *others)
        except Exception as error:
            for note in [f"It came from your {name}.", *overwritten_names(function, error)]:
                error.add_note(note)
            raise
        except KeyboardInterrupt:
            calls.stopped.add(name)
            raise
        finally:
            if len(figures) > n:
                close_hushed_figures(figures, n)
            calls.running = ""

    return call


def _finite_cost(cost, A2, Y):
    """The cost; where log(0) spoils it, an output of exactly 0 or 1 counts as the float next to it."""
    try:
        J = _cost_returned(cost(A2, Y), A2, Y)
        if math.isfinite(J) or not _reaches_an_end(A2):
            return J
    except (ValueError, ZeroDivisionError):  # as math.log has it
        if not _reaches_an_end(A2):
            raise
    return _cost_returned(cost(np.clip(A2, network.SMALLEST, network.LARGEST), Y), A2, Y)


def _reaches_an_end(A2):
    """Whether all outputs are from 0 to 1, and one is exactly 0 or 1."""
    low, high = np.min(A2), np.max(A2)
    return low == 0 <= high <= 1 or 0 <= low <= high == 1


def _forward_returned(returned, X, parameters):
    if not isinstance(returned, tuple) or len(returned) != 2:
        raise ValueError("forward returns two things, A2 and cache: end it with return A2, cache.")
    A2, expected = np.asarray(returned[0]), (len(parameters[f"b{len(parameters) // 2}"]), X.shape[1])
    if A2.shape != expected:
        raise ValueError(f"A2 has {A2.shape} as its shape; expected {expected}, like Y.")
    if math.isnan(squares([A2])):
        require_not_nan([X, *parameters.values()], {"X": X, **parameters})
        row, column = np.argwhere(np.isnan(A2))[0]
        where = f"A2 has NaN at row {row}, column {column}; X and the parameters have none"
        raise ValueError(f"{where}. Does an exp overflow, as in exp(Z) / (1 + exp(Z))?")
    return A2, returned[1]


def _cost_returned(J, A2, Y):
    try:
        return float(np.asarray(J).item())
    except (TypeError, ValueError):
        raise ValueError(f"cost returns one number; it came as {J!r:.60}. Is its return missing?") from None


def _backward_returned(grads, parameters, cache, X, Y):
    if _alike(grads, parameters, "d") and not math.isnan(squares(grads.values())):
        return grads
    for name in parameters if isinstance(grads, dict) else ():
        gradient = grads.get("d" + name)
        if isinstance(gradient, np.ndarray) and gradient.dtype.kind == "f" and np.isnan(gradient).any():
            row, column = (int(i) for i in np.argwhere(np.atleast_2d(np.isnan(gradient)))[0])
            where = f"d{name} has NaN at row {row}, column {column}; X and the parameters have none"
            raise ValueError(f"{where}. {DIVIDED}")
    return require_gradients(grads, parameters)


DIVIDED = (
    "Does it divide by A2 or 1 − A2, or take a logarithm of them? Where A2 is 0 or 1 to the last digit that"
    " is 0 / 0. dZ2 = A2 − Y needs no division."
)


def _update_returned(updated, parameters, grads, learning_rate):
    if not _alike(updated, parameters):
        require_parameters(updated)
    if math.isnan(squares(updated.values())):
        raise ValueError("update gave NaN, where the parameters and the gradients have none.")
    return updated


def _alike(arrays, parameters, prefix=""):
    """Whether they are as the parameters are: a quick look at each step; what is wrong is said elsewhere."""
    if type(arrays) is not dict or len(arrays) != len(parameters):
        return False
    for name, p in parameters.items():
        array = arrays.get(prefix + name)
        if type(array) is not np.ndarray or array.shape != p.shape or array.dtype != p.dtype:
            return False
    return True


RETURNED = {
    "forward": _forward_returned,
    "cost": _cost_returned,
    "backward": _backward_returned,
    "update": _update_returned,
}

# ---- names that a cell has overwritten

USED = ("log", "exp", "tanh", "sqrt", "dot", "sum", "mean", "multiply", "power", "maximum", "zeros", "array")
OF_NUMPY = {name: getattr(np, name) for name in USED}


def require_whole_numpy():
    """TypeError where a cell has put something else in the place of one of NumPy's functions."""
    for name, function in OF_NUMPY.items():
        if getattr(np, name) is not function:
            raise TypeError(
                f"np.{name} is not NumPy's own any more: a cell says np.{name} = …, and that holds for the"
                " whole kernel. Give that variable another name, and restart the kernel."
            )


def overwritten_names(function, error):
    """Notes on an error: the functions of Python that are something else in this function's notebook."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    if not (isinstance(error, TypeError) and code):
        return []
    values = inspect.unwrap(function).__globals__
    lost = [name for name in code.co_names if hasattr(builtins, name) and not callable(values.get(name, len))]
    return [f"A cell says {name} = …, so {name} is no function any more: del {name}." for name in lost]


# ---- functions that take other arguments than those of helpers.network


def takes_parameters(cost):
    """Whether a cost takes the parameters besides A2 and Y, as compute_cost(A2, Y, parameters) does."""
    code = getattr(cost, "__code__", None)
    if code and code.co_argcount == 2:  # the usual one, at a glance: it is asked in every frame
        return False
    return not fits(cost, "A2", "Y") and fits(cost, "A2", "Y", "parameters")


def fits(function, *values):
    """Whether a function can be called with so many values; True where it does not say."""
    try:
        inspect.signature(function).bind(*values)
    except TypeError:
        return False
    except ValueError:
        return True
    return True


class Unused:
    """Stands for an argument beyond the lesson's: it can be unpacked, and nothing can be computed with it."""

    def __getitem__(self, name):
        return self


TAKES = {
    "initialize_parameters": 3,
    "forward_propagation": 2,
    "compute_cost": 2,
    "backward_propagation": 4,
    "update_parameters": 3,
    "softmax": 1,
    "softmax_cost": 2,
}  # how many arguments each function of the lessons is called with


def called_with(function, number):
    """The function, as one that can be called with so many arguments: what more it asks for, is Unused.

    The function itself where it needs no more, or where that cannot be known.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return function
    variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    needed = [p for p in signature.parameters.values() if p.default is p.empty and p.kind not in variable]
    by_place = [p for p in needed if p.kind is not p.KEYWORD_ONLY]
    more = by_place[number:] + [p for p in needed if p.kind is p.KEYWORD_ONLY]
    if not more:
        return function
    by_name = {p.name: Unused() for p in more if p.kind is p.KEYWORD_ONLY}

    @wraps(function)
    def called(*arguments):
        return function(*arguments, *[Unused() for _ in by_place[number:]], **by_name)

    left = [p for p in signature.parameters.values() if p not in more]
    called.__signature__ = signature.replace(parameters=left)
    return called


SAME = {  # other names that courses give to the arguments of a training loop
    "learning_rate": ("lr", "alpha", "rate", "eta"),
    "epochs": (
        "num_iterations",
        "n_iterations",
        "iterations",
        "num_epochs",
        "n_epochs",
        "num_iter",
        "n_iter",
    ),
    "n_h": ("hidden", "n_hidden", "hidden_units", "n1"),
}


def argument_of(function, name):
    """What a function calls the argument that is called name here, as in SAME; "" where it takes none."""
    taken = inspect.signature(function).parameters
    return next((known for known in (name, *SAME.get(name, ())) if known in taken), "")


def by_name(function, values):
    """The values under the names that a function gives to its arguments; {} where its names do not say."""
    named = {argument_of(function, name): value for name, value in values.items()}
    named.pop("", None)
    return named if fits_by_name(function, named) else {}


def fits_by_name(function, named):
    """Whether a function can be called with these arguments by name."""
    try:
        inspect.signature(function).bind(**named)
    except TypeError:
        return False
    return True


def called_as(function, values):
    """What a training loop returns, called with these values by the names of its arguments.

    values: {"X": …, "Y": …, "n_h": …, "learning_rate": …, "epochs": …}.  nn_model(X, Y, n_h, num_iterations,
    print_cost) takes no learning rate: it is not given one.  Where its names say nothing, the values go in
    by their places, and TypeError comes out where they do not fit.
    """
    named = by_name(function, values)
    return function(**named) if named else function(*values.values())


def own_rate(function, values):
    """Whether a training loop takes its learning rate from nobody: nn_model has the course's 1.2 inside."""
    named = by_name(function, values)
    return bool(named) and argument_of(function, "learning_rate") not in named


def start_of(loop, values):
    """The parameters that a training loop starts from: those it returns after no epoch; None if it fails."""
    try:
        return parameters_in(called_as(loop, values | {"epochs": 0}))
    except Exception:  # whatever a loop does that never ran for no epoch
        return None


def parameters_in(returned):
    """The parameters that a training loop returned, alone or beside its costs; ValueError if none."""
    parts = returned if isinstance(returned, (tuple, list)) else [returned]
    dicts = [part for part in parts if isinstance(part, dict) and "W1" in part]
    if not dicts:
        kinds = listed(type(part).__name__ for part in parts)
        raise ValueError(f"parameters is a dict with W1, b1, W2 and b2; it came as {kinds or 'nothing'}.")
    return {name: np.array(p, dtype=float) for name, p in require_parameters(dicts[0]).items()}
