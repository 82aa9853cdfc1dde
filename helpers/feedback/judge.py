"""The judge: is a learner's function right on random inputs, and if not, what did they do?"""

import contextlib
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.feedback import lines, mistakes
from helpers.feedback.explain import NO_SOURCE, explained
from helpers.feedback.messages import NOT_ATTEMPTED, CheckResult, NotAsAsked, compare_arrays
from helpers.feedback.recognise import mistakes_in_words
from helpers.feedback.tasks import TASKS, case_for, results_in_dict, results_of
from helpers.feedback.trace import where_it_is_made
from helpers.feedback.trials import SIZES, call_quietly
from helpers.words import listed

LOOK = "Look again at lesson 08, “Your turn: the initialisation”."
FOR_ONE_OUTPUT = "Yours works with one output; with ten, for the digits of lesson 09, the reference steps in."


@dataclass(frozen=True)
class Problem:
    """What a function does wrong on one random network, in words."""

    words: str = ""
    refused: NotAsAsked | None = None  # it raised an error, or returned nothing that can be compared
    one_output: bool = False  # it only fails with several outputs, in a way that is no fault


def judge(name, function, forward=network.forward_propagation):
    """The CheckResult for a learner's version of a function of helpers.network, or of another of TASKS.

    name: of that function.  forward: a forward_propagation that is right, whose cache a backward may rely on.
    """
    try:
        if name == "initialize_parameters":
            return _judge_initialisation(function)
        task = TASKS[name]
        problems = {sizes: _problem(function, task, sizes, forward) for sizes in SIZES}
    except NotImplementedError:
        return CheckResult(None, NOT_ATTEMPTED)
    found = [problem for problem in problems.values() if problem]
    if not all(problem.one_output for problem in found):
        return explained(function, task, forward, problems)
    right = listed(case_for(task, SIZES[0], forward)[1])
    praise = f"{right} came out right, on {len(SIZES) - len(found)} random networks of different sizes."
    note = f"\n{FOR_ONE_OUTPUT}" if found else ""
    return CheckResult(True, praise + note, one_output=bool(found))


def _problem(function, task, sizes, forward):
    """The Problem of function on one random network; None where it does nothing wrong."""
    arguments, truth = case_for(task, sizes, forward)
    try:
        results = results_of(function, task, arguments, truth)
    except NotAsAsked as refused:
        # where a forward is for one output, the cache for several is the reference's: an entry may be missing
        no_fault = task.may_raise + (KeyError,) * getattr(forward, "one_output", False)
        if sizes.n_y > 1 and isinstance(refused.error, no_fault):
            return Problem(one_output=True)
        return Problem(str(refused), refused)
    is_array = any(isinstance(result, np.ndarray) and result.ndim for result in results.values())
    if task.may_return_array and is_array and sizes.n_y > 1:
        return Problem(one_output=True)
    words = compare_arrays(results, truth, sizes)
    return Problem(words) if words else None


def _judge_initialisation(function):
    """The CheckResult for a learner's initialize_parameters(n_x, n_h, n_y)."""
    try:
        found = _mistakes_of_sizes(function, (3, 50, 2)) or _mistakes_of_sizes(function, (40, 5, 1))
    except NotAsAsked as refused:
        return CheckResult(False, f"{refused}\n{LOOK}")
    if not found:
        return CheckResult(True, "Shapes, spread and biases are right, for two networks of different sizes.")
    line, right = None, [name for name in network.PARAMETERS if name not in dict(found)]
    with contextlib.suppress(*NO_SOURCE):
        line = where_it_is_made(function, found[0][0])
    verdict = [f"Right: {listed(right)}."] if right else []
    said = [*verdict, *([lines.READ.format(*line)] if line else []), *mistakes_in_words(found), LOOK]
    return CheckResult(False, "\n".join(said), line=line, right=tuple(right))


def _mistakes_of_sizes(function, sizes):
    """(name, words) for each parameter that function makes wrongly, by the catalogue."""
    returned = call_quietly(function, *sizes, names=("n_x", "n_h", "n_y"))
    parameters = results_in_dict(returned, network.PARAMETERS)
    right = network.initialize_parameters(*sizes)
    found = [(name, _parameter_words(name, parameters[name], right[name].shape, sizes)) for name in right]
    return [(name, words) for name, words in found if words]


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
