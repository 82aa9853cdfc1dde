"""A learner's own functions in training: each is called, and what it returned is checked, in one pass."""

import inspect
import math
from functools import partial, wraps

import numpy as np

from helpers import network
from helpers.inputs import require_gradients, require_not_nan, require_parameters, squares


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


def functions_of(trainer):
    """forward, cost, backward and update: the trainer's own, or else those of helpers.network.

    The trainer has checked its data, so those of helpers.network are called without their doors, except for
    cost and backward after a forward of one's own.
    """
    hidden = {"hidden_activation": trainer.hidden_activation}
    references = {
        "forward": (network.forward_propagation, hidden),
        "cost": (network.compute_cost, {}),
        "backward": (network.backward_propagation, hidden),
        "update": (network.update_parameters, {}),
    }
    functions = []
    for name, (reference, options) in references.items():
        from_own_forward = trainer.forward and name in ("cost", "backward")
        function = partial(reference if from_own_forward else reference.formula, **options)
        own = getattr(trainer, name)
        functions.append(checked_call(name, own, RETURNED[name]) if own else function)
    return functions


def checked_call(name, function, returned):
    """A function of one's own whose result goes through returned(result, *arguments); errors name it."""

    def call(first, *others):
        try:
            if name == "update":  # in place, it would change what is to come back after a divergence
                first = {name: p.copy() for name, p in first.items()}
            if name == "cost":
                return _finite_cost(function, first, *others)
            return returned(function(first, *others), first, *others)
        except Exception as error:
            error.add_note(f"It came from your {name}.")
            raise

    return call


def _finite_cost(cost, A2, Y):
    """The cost; where log(0) spoils it, an output of exactly 0 or 1 counts as the float next to it."""
    J, low, high = _cost_returned(cost(A2, Y), A2, Y), np.min(A2), np.max(A2)
    if math.isfinite(J) or not (low == 0 <= high <= 1 or 0 <= low <= high == 1):
        return J
    return cost(np.clip(A2, network.SMALLEST, network.LARGEST), Y)


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
    right = _alike(grads, parameters, "d") and not math.isnan(squares(grads.values()))
    return grads if right else require_gradients(grads, parameters)


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
