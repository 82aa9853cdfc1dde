"""Lesson 06: how a gradient checker is judged, by what it finds in right and in spoiled gradients."""

import numpy as np

from helpers import network
from helpers.feedback.messages import kind_of, wrong_kind
from helpers.feedback.trials import call_quietly, random_case
from helpers.gradient_check import gradient_errors
from helpers.words import listed, number

UNDONE = (
    "The nudges go one way only, and change the array that you were given. A copy of a dict still holds the"
    " old arrays, so a second nudge undoes the first. What makes a new array?"
)
ONE_WAY = "The nudges do not go both ways. At which two places should cost be called for each entry?"
NOT_PUT_BACK = "The parameters are not what they were. How do you nudge a copy, or put each entry back?"


def gradient_checker_problem(function, sizes, rng):
    """Words for what is wrong with a gradient checker on one random network; "" where nothing is."""
    X, Y, parameters = random_case(sizes, rng)
    steps, changed_in_place = [0.0], []  # the largest step of each call of cost; names

    def cost(nudged):
        moved = np.concatenate([np.ravel(nudged[name] - parameters[name]) for name in parameters])
        steps.append(moved[np.abs(moved).argmax()])
        changed = [name for name in given if not np.array_equal(given[name], parameters[name])]
        changed_in_place.extend(name for name in changed if nudged[name] is given[name])
        return network.compute_cost(network.forward_propagation(X, nudged)[0], Y)

    right = network.backward_propagation(parameters, network.forward_propagation(X, parameters)[1], X, Y)
    for what, grads in _gradients_to_try(right).items():
        given = _copies(parameters)
        errors = call_quietly(function, given, _copies(grads), cost, names=("parameters", "grads", "cost"))
        if not isinstance(errors, dict):
            return wrong_kind(errors, 'a dict of relative errors: {"dW1": 1e-10, …}')
        if max(steps) < 1e-12 or min(steps) > -1e-12:
            return UNDONE if changed_in_place else ONE_WAY
        if not all(np.allclose(given[name], parameters[name], rtol=0, atol=1e-12) for name in parameters):
            return NOT_PUT_BACK
        if found := _errors_problem(errors, gradient_errors(parameters, grads, cost), what):
            return found
    return ""


def _gradients_to_try(right):
    """Gradients to try a gradient checker on, right ones first, each under words that follow "For"."""
    cases = {
        "right gradients": right,
        "gradients that are twice too large": {name: 2 * grad for name, grad in right.items()},
        "gradients with the opposite sign": {name: -grad for name, grad in right.items()},
    }
    for name in right:
        wrong = _copies(right)
        wrong[name][-1, -1] += 1
        cases[f"a {name} with a wrong last entry"] = wrong
    return cases


def _copies(arrays):
    return {name: array.copy() for name, array in arrays.items()}


def _errors_problem(errors, truth, what):
    """Words for the first relative error that is wrong; what: words for the gradients, after "For"."""
    if missing := [name for name in truth if name not in errors]:
        has = f"Look for {listed(missing)}; it has {listed(map(str, errors))}."
        return f"The dict should have an error for each gradient. {has}"
    for name, true in truth.items():
        error = errors[name]
        if isinstance(error, (bool, np.bool_)) or not isinstance(error, (int, float, np.number)):
            return f"The error of {name} should be one number; it came as {kind_of(error)}."
        if abs(error - true) < 1e-3 and (true >= 1e-7 or abs(error) <= 1e-7):
            continue
        said = f"For {what} your error of {name} is {number(error, 6)}"
        if true >= 1e-7:
            hint = "Does it compare all entries, and with both lengths below?"
            return f"{said}, off by {number(abs(error - true), 6)}. {hint}"
        if abs(error - 1 / 3) < 1e-3:
            hint = "How far apart are the two places?"
            return f"{said}, so the slopes are twice or half what they should be. {hint}"
        if abs(error - 1) < 1e-3:
            hint = "Which comes first, up or down, and where are the brackets?"
            return f"{said}: the slopes are nearly 0 or turned round. {hint}"
        return f"{said}; below 1e-7 is expected. Is every entry nudged, and by how much?"
    return ""
