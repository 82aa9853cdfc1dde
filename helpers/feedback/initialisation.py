"""Lesson 08: how initialize_parameters is judged, by the properties of the random numbers that it returns."""

import numpy as np

from helpers import network
from helpers.feedback import mistakes
from helpers.feedback.messages import CheckResult, NotAsAsked
from helpers.feedback.recognise import mistakes_in_words
from helpers.feedback.tasks import results_in_dict
from helpers.feedback.trials import call_quietly


def judge_initialisation(function):
    """The CheckResult for a learner's initialize_parameters(n_x, n_h, n_y)."""
    try:
        problem = _problem_of_sizes(function, (3, 50, 2)) or _problem_of_sizes(function, (40, 5, 1))
    except NotAsAsked as refused:
        problem = str(refused)
    if problem:
        return CheckResult(False, f"{problem}\nLook again at lesson 08, “Your turn: the initialisation”.")
    return CheckResult(True, "Shapes, spread and biases are right, for two networks of different sizes.")


def _problem_of_sizes(function, sizes):
    """Words for what is wrong with the parameters that function makes, by the catalogue."""
    returned = call_quietly(function, *sizes, names=("n_x", "n_h", "n_y"))
    parameters = results_in_dict(returned, network.PARAMETERS)
    right = network.initialize_parameters(*sizes)
    found = [(name, _parameter_words(name, parameters[name], right[name].shape, sizes)) for name in right]
    return "\n".join(mistakes_in_words([(name, words) for name, words in found if words]))


def _parameter_words(name, array, shape, sizes):
    """The words, with {names}, for one parameter: its kind, its shape, then what its numbers look like."""
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiu" or not np.isfinite(array).all():
        return "{names}: an array of finite numbers is meant. What is it now?"
    if array.shape != shape:
        known = [words for words, test in mistakes.INITIAL_SHAPES if test(array, shape, sizes)]
        at = "n_x = {}, n_h = {}, n_y = {}".format(*sizes)
        return known[0] if known else f"{name} should have shape {shape} for {at}; it has {array.shape}."
    lines = mistakes.INITIAL_BIAS if name[0] == "b" else mistakes.INITIAL_WEIGHTS
    return next((words for words, test in lines if test(array)), "")
