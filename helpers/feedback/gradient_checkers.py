"""How a learner's gradient checker is judged: by where it calls cost, and by the errors that it finds."""

import copy

import numpy as np

from helpers import network
from helpers.feedback import mistakes
from helpers.feedback.explain import verdict_case, with_line
from helpers.feedback.messages import CheckResult, NotAsAsked, kind_of, not_yet, wrong_kind
from helpers.feedback.recognise import recognise
from helpers.feedback.trace import mended
from helpers.feedback.trials import Sizes, call_quietly, random_case
from helpers.feedback.wording import identifiers, in_words
from helpers.gradient_check import gradient_errors
from helpers.words import listed, number

SAID_OF_NUDGES = {
    "cost-not-called": "Your function never calls cost. At which two places does each entry need it?",
    "nudge-undone": "Whenever your function calls cost, the parameters are as they were. Do up and down share"
    " one array, so that one nudge undoes the other before cost is called?",
    "nudge-shared": "The nudges go one way only, and change the array that you were given. A copy of a dict"
    " still holds the old arrays, so a second nudge undoes the first. What makes a new array?",
    "one-way": "The nudges do not go both ways. At which two places should cost be called for each entry?",
    "not-put-back": "The parameters are not what they were. How do you nudge a copy, or put each entry back?",
    "several-at-once": "Several entries are nudged at once. Is the nudge all zeros before each entry, and is"
    " one entry of it set?",
}


def gradient_checker_problem(function, sizes, rng):
    """What is wrong with a gradient checker on one random network, with its line; None where nothing is."""
    result, cases = _gradient_checker_problem(function, sizes, rng), []
    for m in (2, 3):
        X, Y, p = random_case(Sizes(1, 2, 1, m), np.random.default_rng(m))

        def cost(nudged, X=X, Y=Y):
            return network.compute_cost(network.forward_propagation(X, nudged)[0], Y)

        grads = network.backward_propagation(p, network.forward_propagation(X, p)[1], X, Y)
        grads = {name: 1.5 * gradient for name, gradient in grads.items()}
        true = gradient_errors(p, grads, cost)

        def is_right(returned, true=true):
            return all(abs(returned[name] - error) < 1e-3 for name, error in true.items())

        cases.append(verdict_case({"parameters": p, "grads": grads, "cost": cost}, is_right))
    shown = (
        "entries-missing",
        "slopes-all-0",
        "not-put-back",
        "several-at-once",
        "slope-brackets",
    )  # where an edit elsewhere would not mend it too
    return with_line(result, function, cases, mended) if result and {*result.mistakes} & {*shown} else result


def _gradient_checker_problem(function, sizes, rng):
    """The same without the line."""
    X, Y, parameters = random_case(sizes, rng)

    def cost(nudged):
        return network.compute_cost(network.forward_propagation(X, nudged)[0], Y)

    right = network.backward_propagation(parameters, network.forward_propagation(X, parameters)[1], X, Y)
    tried, step = {}, 0
    for what, grads in _gradients_to_try(right).items():
        errors, nudges, mistake = _watched(function, parameters, grads, cost)
        if not isinstance(errors, dict):
            words = wrong_kind(errors, 'a dict of relative errors: {"dW1": 1e-10, …}')
            return not_yet("no-dict", words)
        if mistake:
            return not_yet(mistake, SAID_OF_NUDGES[mistake])
        if found := _never_nudged(nudges, parameters) or _no_errors(errors, grads):
            return found
        tried[what], step = (grads, errors), abs(nudges).max()
    return _errors_problem(tried, parameters, cost, step)


def _gradients_to_try(right):
    """Gradients to try a gradient checker on, right ones first, each under words that follow "For"."""
    cases = {
        "right gradients": right,
        "gradients that are twice too large": {name: 2 * grad for name, grad in right.items()},
        "gradients with the opposite sign": {name: -grad for name, grad in right.items()},
    }
    for name in right:
        wrong = copy.deepcopy(right)
        wrong[name][-1, -1] += 1
        cases[f"a {name} with a wrong last entry"] = wrong
    return cases


def _watched(function, parameters, grads, cost):
    """What a checker returns, the nudges with which it calls cost (a row each), and its mistake with them."""
    given, handed, nudges, in_place = *copy.deepcopy((parameters, grads)), [], []

    def watched_cost(nudged):
        if not isinstance(nudged, dict) or not parameters.keys() <= nudged.keys():
            words = f"cost takes a dict with all of {listed(parameters)}; it was given {kind_of(nudged)}"
            raise NotAsAsked(f"{words}. How do the other parameters come along?", "cost-argument")
        nudges.append(np.concatenate([np.ravel(nudged[name] - parameters[name]) for name in parameters]))
        changed = [name for name in given if not np.array_equal(given[name], parameters[name])]
        in_place.extend(name for name in changed if nudged[name] is given[name])
        return cost(nudged)

    errors = call_quietly(function, given, handed, watched_cost, names=("parameters", "grads", "cost"))
    nudges = np.array(nudges) if nudges else np.zeros((0, 1))
    put_back = all(np.allclose(given[name], parameters[name], rtol=0, atol=1e-12) for name in parameters)
    return errors, nudges, _mistake(nudges, in_place, put_back)


def _mistake(nudges, in_place, put_back):
    """The first of SAID_OF_NUDGES that the nudges show, or ""."""
    moved = abs(nudges) > 1e-13
    nudged_both_ways = nudges.max(initial=0) >= 1e-12 and nudges.min(initial=0) <= -1e-12
    found = {
        "cost-not-called": not len(nudges),
        "nudge-undone": not moved.any(),
        "nudge-shared": not nudged_both_ways and in_place,
        "one-way": not nudged_both_ways,
        "not-put-back": not put_back,
        "several-at-once": (moved.sum(axis=1) > 1).any(),
    }
    return next((mistake for mistake, shown in found.items() if shown), "")


def _never_nudged(nudges, parameters):
    """The CheckResult for entries that are never nudged, or not both ways; None where all are."""
    both_ways = (nudges > 1e-13).any(axis=0) & (nudges < -1e-13).any(axis=0)
    ends = np.cumsum([array.size for array in parameters.values()])
    parts = dict(zip(parameters, np.split(both_ways, ends[:-1]), strict=True))
    missing = [name for name, part in parts.items() if not part.all()]
    words = f"Not every entry of {listed(missing)} is nudged both ways. Do the loops run over all names and"
    return not_yet("entries-missing", f"{words} places, with the return after them?") if missing else None


def _no_errors(errors, grads):
    """The CheckResult for a dict that does not hold one number for each gradient; None where it does."""
    if missing := [name for name in grads if name not in errors]:
        has = f"Look for {listed(missing)}; it has {listed(map(str, errors)) or 'nothing'}."
        return not_yet("names-differ", f"The dict should have an error for each gradient. {has}")
    for name in grads:
        error = errors[name]
        if isinstance(error, (bool, np.bool_)) or not isinstance(error, (int, float, np.number)):
            return not_yet(
                "no-number", f"The error of {name} should be one number; it came as {kind_of(error)}."
            )
    return None


def _errors_problem(tried, parameters, cost, step):
    """The CheckResult for the first relative error that is wrong, by the table if it knows why; or None.

    tried: the gradients and the errors that were found, by words that follow "For".
    """
    for what, (grads, errors) in tried.items():
        for name, true in gradient_errors(parameters, grads, cost).items():
            if abs(errors[name] - true) < 1e-3 and (true >= 1e-7 or abs(errors[name]) <= 1e-7):
                continue
            found = _recognised(tried, parameters, cost, step)
            if all(errors == dict.fromkeys(errors, 1) for _, errors in tried.values()):
                found = [("errors", "slopes-all-0")]
            said = f"For {what} your error of {name} is {number(errors[name], 6)}"
            if found:
                return CheckResult(
                    False, "\n".join([*in_words(found), f"{said}."]), mistakes=identifiers(found)
                )
            if true >= 1e-7:
                off = number(abs(errors[name] - true), 6)
                hint = "Does it compare all entries, and with both lengths below?"
                return not_yet("error-differs", f"{said}, off by {off}. {hint}")
            hint = "below 1e-7 is expected. Is every entry nudged, and by how much?"
            return not_yet("error-too-large", f"{said}; {hint}")
    return None


def _recognised(tried, parameters, cost, step):
    """The mistakes that explain all the errors that were found."""

    def costs(name, step):
        places, J = np.ndindex(parameters[name].shape), np.zeros(parameters[name].shape)
        for k in places:
            nudge = np.zeros(J.shape)
            nudge[k] = step
            J[k] = cost({**parameters, name: parameters[name] + nudge})
        return J

    up_down = {name: (costs(name, step), costs(name, -step)) for name in parameters}
    cases = [(grads["d" + name], *up_down[name]) for grads, _ in tried.values() for name in parameters]
    returned = np.array([errors["d" + name] for _, errors in tried.values() for name in parameters])
    return recognise(
        mistakes.CHECKER, {"cases": cases, "step": step}, {"errors": np.minimum(returned, 1000)}
    )[0]
