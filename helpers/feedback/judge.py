"""The judge: is a learner's function right on random inputs, and if not, what did they do?"""

from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.feedback.initialisation import judge_initialisation
from helpers.feedback.messages import (
    NOT_ATTEMPTED,
    CheckResult,
    NotAsAsked,
    compare_arrays,
    difference,
    not_yet,
)
from helpers.feedback.recognise import agree, recognise
from helpers.feedback.tasks import TASKS, case_for, flat, note_on, results_of
from helpers.feedback.trials import NEVER_ENDS, SIZES, Sizes, without_asserts
from helpers.feedback.wording import identifiers, in_words
from helpers.words import listed

# where all are 4, no shape stops a wrong formula; the last two for a function that takes one output only
EXPLAIN = (SIZES[1], Sizes(4, 4, 4, 4), SIZES[0], Sizes(4, 4, 1, 4))
FOR_ONE_OUTPUT = "Yours works with one output; with ten, for the digits of lesson 11, the reference steps in."


@dataclass(frozen=True)
class Problem:
    """What a function does wrong on one random network, in words."""

    words: str = ""
    error: str = ""  # where it stopped with an error: the first line of the words
    mistake: str = ""  # the identifier of what was not as asked
    one_output: bool = False  # it only fails with several outputs, in a way that is no fault


@dataclass(frozen=True)
class Cause:
    """Why results are wrong: the first wrong step, and the lines of a message; none if it is not known."""

    step: str = ""
    verdict: str = ""
    mistakes: list | tuple = ()
    follows: str = ""
    identifiers: tuple = ()
    right: tuple = ()


def judge(name, function, forward=network.forward_propagation):
    """The CheckResult for a learner's version of a function of helpers.network, or of another of TASKS.

    name: of that function.  forward: a forward_propagation that is right, whose cache a backward may rely on.
    """
    try:
        if name == "initialize_parameters":
            return judge_initialisation(function)
        task = TASKS[name]
        problems = {sizes: _problem(function, task, sizes, forward) for sizes in SIZES}
    except NotImplementedError:
        return CheckResult(None, NOT_ATTEMPTED)
    except NotAsAsked as refused:  # it never returns: once is enough
        return not_yet(refused.mistake, f"{refused}\nLook again at {task.look['']}.")
    found = [problem for problem in problems.values() if problem]
    if not all(problem.one_output for problem in found):
        return _explained(function, task, forward, problems)
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
        return Problem(str(refused), error=refused.words if refused.error else "", mistake=refused.mistake)
    words = compare_arrays(results, truth, sizes)
    if words and sizes.n_y > 1 and task.for_one_output(results):
        return Problem(one_output=True)
    return Problem(words) if words else None


def _explained(function, task, forward, problems):
    """The CheckResult for a wrong function: what is right and what not, the cause, where to look."""
    wrong = [sizes for sizes, problem in problems.items() if problem and not problem.one_output]
    right = [sizes for sizes, problem in problems.items() if not problem]
    first, bare = problems[wrong[0]], without_asserts(function)
    causes = (_cause(bare, task, sizes, forward) for sizes in EXPLAIN)
    cause = next(filter(None, causes), Cause())  # on the first network where it shows
    lines = [cause.verdict, *cause.mistakes, cause.follows]
    if not cause.mistakes:
        lines = [first.words, _where_right(wrong, right)]
    elif first.error:
        lines = [first.error, *cause.mistakes]
    look = f"Look again at {task.look.get(cause.step, task.look[''])}."
    mistakes = tuple(filter(None, [first.mistake])) or cause.identifiers
    return CheckResult(False, "\n".join([*filter(None, lines), look]), mistakes=mistakes, right=cause.right)


def _where_right(wrong, right):
    """Words for a function that is right for some sizes and wrong for others; "" if it never is right."""
    if not right:
        return ""
    if all(sizes.whole for sizes in wrong):
        return "It is wrong only where X holds whole numbers: an array made like X takes over its type."
    if {*right} == {sizes for sizes in SIZES if sizes.m == 1}:
        return "With a single example it comes out right. What becomes of the examples, and of m?"
    if all(sizes.n_y > 1 for sizes in wrong):
        return "With one output it comes out right. What changes when Y and A2 have several rows?"
    return "With other sizes it comes out right. Is a size fixed somewhere, or m read from the wrong side?"


def _cause(function, task, sizes, forward):
    """The Cause of wrong results on one network; None where function stops or nothing is wrong."""
    arguments, truth = case_for(task, sizes, forward)
    try:
        results = results_of(function, task, arguments, truth)
    except NotAsAsked:
        return None
    found, unexplained = recognise(task.table, {"m": sizes.m, **flat(arguments)}, results)
    if not found:
        return Cause() if unexplained else None
    wrong = [name for name in truth if not agree(truth[name], results[name])]
    right = [name for name in truth if name not in wrong]
    lines = in_words(found)
    lines += [difference(name, results[name], np.asarray(truth[name]), sizes) for name in unexplained[:1]]
    verdict = f"Right: {listed(right)}. Not right yet: {listed(wrong)}." if right and wrong else ""
    all_named = unexplained or len(wrong) == 1 or set(wrong) <= dict(found).keys()
    follows = "" if all_named else "What else is wrong follows from that."
    return Cause(found[0][0], verdict, lines, follows, identifiers(found), tuple(right))
