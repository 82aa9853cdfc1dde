"""The judge: is a learner's function right on random inputs, and if not, what did they do?"""

from dataclasses import dataclass, replace

from helpers import network
from helpers.feedback.explain import explained, far_out
from helpers.feedback.initialisation import judge_initialisation
from helpers.feedback.messages import NOT_ATTEMPTED, CheckResult, NotAsAsked, compare_arrays, not_yet
from helpers.feedback.tasks import TASKS, case_for, note_on, results_of
from helpers.feedback.trials import NEVER_ENDS, SIZES
from helpers.words import listed

FOR_ONE_OUTPUT = "Yours works with one output; with ten, for the digits of lesson 11, the reference steps in."


@dataclass(frozen=True)
class Problem:
    """What a function does wrong on one random network, in words."""

    words: str = ""
    refused: NotAsAsked | None = None  # it raised an error, or returned nothing that can be compared
    one_output: bool = False  # it only fails with several outputs, in a way that is no fault


def judge(name, function, forward=network.forward_propagation, look=None):
    """The CheckResult for a learner's version of a function of helpers.network, or of another of TASKS.

    name: of that function.  forward: a forward_propagation that is right, whose cache a backward may rely on.
    look: where it is explained, as in a Task, if not where its task says.
    """
    try:
        if name == "initialize_parameters":
            return judge_initialisation(function)
        task = replace(TASKS[name], look=look or TASKS[name].look)
        problems = {sizes: _problem(function, task, sizes, forward) for sizes in SIZES}
    except NotImplementedError:
        return CheckResult(None, NOT_ATTEMPTED)
    except NotAsAsked as refused:  # it never returns: once is enough
        return not_yet(refused.mistake, f"{refused}\nLook again at {task.look['']}.", line=refused.line)
    found = [problem for problem in problems.values() if problem]
    if not all(problem.one_output for problem in found):
        return explained(function, task, forward, problems)
    if beyond := far_out(function, task):
        return beyond
    right = listed(case_for(task, SIZES[0], forward)[1])
    praise = f"{right} came out right, on {len(SIZES) - len(found)} random networks of different sizes."
    notes = [FOR_ONE_OUTPUT if found else "", note_on(function, task, forward)]
    return CheckResult(True, "\n".join(filter(None, [praise, *notes])), one_output=bool(found))


def _problem(function, task, sizes, forward):
    """The Problem of function on one random network; None where it does nothing wrong."""
    arguments, truth = case_for(task, sizes, forward)
    try:
        results = results_of(function, task, arguments, truth)
    except NotAsAsked as refused:
        if refused.mistake == NEVER_ENDS:
            raise
        # where a forward is for one output, the cache for several is the reference's: an entry may be missing
        no_fault = task.may_raise + (KeyError,) * getattr(forward, "one_output", False)
        if sizes.n_y > 1 and isinstance(refused.error, no_fault):
            return Problem(one_output=True)
        return Problem(str(refused), refused)
    words = compare_arrays(results, truth, sizes)
    if words and sizes.n_y > 1 and task.for_one_output(results):
        return Problem(one_output=True)
    return Problem(words) if words else None
