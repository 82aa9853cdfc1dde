"""How initialize_parameters is judged: random numbers have no formula, so their looks are tested."""

from contextlib import suppress

import numpy as np

from helpers import network
from helpers.feedback import mistakes
from helpers.feedback.explain import NO_SOURCE
from helpers.feedback.lines import READ, about_names
from helpers.feedback.messages import CheckResult, NotAsAsked, not_yet
from helpers.feedback.names import of_the_whole
from helpers.feedback.tasks import results_in_dict
from helpers.feedback.trace import where_it_is_made, where_it_returns
from helpers.feedback.trials import call_quietly
from helpers.feedback.wording import identifiers, in_words
from helpers.words import listed

LOOK = "Look again at lesson 10, “Your turn: the initialisation”."
PRAISE = "Shapes, spread and biases are right, for two networks of different sizes."
SIZES = ((3, 50, 2), (40, 5, 1))  # n_x, n_h and n_y


def judge_initialisation(function):
    """The CheckResult for a learner's initialize_parameters(n_x, n_h, n_y)."""
    try:
        tried = [_parameters(function, sizes) for sizes in SIZES]
    except NotAsAsked as refused:
        return not_yet(refused.mistake, f"{refused}\n{LOOK}", line=refused.line)
    if all(np.shape(array) == np.shape(tried[1][name]) for name, array in tried[0].items()):
        words = "The shapes are the same whatever n_x, n_h and n_y are. Which of them makes which side?"
        return not_yet("sizes-fixed", f"{words}\n{LOOK}")
    for sizes, parameters in zip(SIZES, tried, strict=True):
        if found := _found(parameters, sizes):
            if turned := _turned(function):
                return turned
            right = tuple(name for name in parameters if name not in dict(found))
            line = _line(function, found[0][0])
            said = [f"Right: {listed(right)}."] * bool(right) + ([READ.format(*line)] if line else [])
            said = "\n".join([*said, *_words(found, parameters, sizes), LOOK])
            return CheckResult(False, said, mistakes=identifiers(found), line=line, right=right)
    return CheckResult(True, "\n".join([PRAISE, *_notes(tried)]))


def _turned(function):
    """The CheckResult for a function that takes the sizes in another order; None for any other."""
    with suppress(*NO_SOURCE):
        for odd in of_the_whole(function, dict.fromkeys(("n_x", "n_h", "n_y"))):
            words = "\n".join([*about_names([odd]), READ.format(odd.line, odd.text), LOOK])
            return not_yet("arguments-differ", words, line=(odd.line, odd.text))
    return None


def _line(function, name):
    """The number and the text of the line that makes this parameter; None where there is no source."""
    with suppress(*NO_SOURCE):
        return where_it_is_made(function, name) or where_it_returns(function)
    return None


def _parameters(function, sizes):
    returned = call_quietly(function, *sizes, names=("n_x", "n_h", "n_y"))
    return results_in_dict(returned, network.initialize_parameters(*sizes))


def _found(parameters, sizes):
    """A list of (name of a parameter, identifier of what is wrong with it)."""
    right = network.initialize_parameters(*sizes)
    found = [(name, _mistake(name, array, right[name].shape, sizes)) for name, array in parameters.items()]
    return [(name, mistake) for name, mistake in found if mistake]


def _mistake(name, array, shape, sizes):
    """The identifier of what is wrong with one parameter: its kind, its shape, then its numbers; or ""."""
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiu" or not np.isfinite(array).all():
        return "not-finite-arrays"
    if array.shape != shape:
        known = [mistake for mistake, test in mistakes.INITIAL_SHAPES if test(array, shape, sizes)]
        return [*known, "initial-shape"][0]
    lines = mistakes.INITIAL_BIAS if name[0] == "b" else mistakes.INITIAL_WEIGHTS
    return next((mistake for mistake, test in lines if test(array)), "")


def _words(found, parameters, sizes):
    """A line for each mistake; for a shape that nothing explains, the one that is expected."""
    right, at = network.initialize_parameters(*sizes), "n_x = {}, n_h = {}, n_y = {}".format(*sizes)
    return in_words([each for each in found if each[1] != "initial-shape"]) + [
        f"{name} should have shape {right[name].shape} for {at}; it has {parameters[name].shape}."
        for name, mistake in found
        if mistake == "initial-shape"
    ]


def _notes(tried):
    """What is odd about right parameters and no fault: a mean beside 0, equal columns, numbers used twice."""
    notes, first = [], tried[0]
    weights = {name: np.concatenate([each[name].ravel() for each in tried]) for name in ("W1", "W2")}
    beside = [name for name, w in weights.items() if abs(w.mean()) > 6 * w.std() / np.sqrt(w.size)]
    if beside:
        notes.append(f"The mean of {listed(beside)} is not 0: most of these weights have the same sign.")
    if len(np.unique(first["W1"], axis=1).T) < first["W1"].shape[1]:
        notes.append("Some columns of W1 are the same: these inputs count as one at the start.")
    if np.isclose(first["W2"].ravel(), first["W1"].ravel()[: first["W2"].size], rtol=1e-6).all():
        notes.append("W2 begins with the numbers of W1: is the seed set again between them?")
    return notes
