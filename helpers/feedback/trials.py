"""Trying a learner's function: random inputs of several sizes, and words for whatever it does."""

import contextlib
import inspect
import io
import textwrap
import types
import warnings
from collections import namedtuple

import numpy as np

from helpers.feedback.messages import NOT_ATTEMPTED, CheckResult, NotAsAsked, kind_of, what_it_raised
from helpers.words import listed

Sizes = namedtuple("Sizes", "n_x n_h n_y m")  # of a random network: inputs, hidden units, outputs, examples
SIZES = (Sizes(3, 5, 1, 7), Sizes(5, 4, 3, 8), Sizes(2, 4, 1, 1))  # all different, then a single example


def random_case(sizes, rng):
    """X (n_x, m), Y (n_y, m) and the parameters of a random network of these sizes."""
    n_x, n_h, n_y, m = sizes
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    return rng.standard_normal((n_x, m)), rng.integers(0, 2, (n_y, m)), parameters


def try_on_networks(function, problem, praise):
    """The CheckResult for a function that is tried on networks of all SIZES: see try_cases."""
    praise = f"{praise}, for {len(SIZES)} random networks of different sizes."
    return try_cases(function, problem, SIZES, np.random.default_rng(3), praise)


def try_cases(function, problem, cases, rng, praise):
    """The CheckResult for a function that is tried on each of the cases, up to the first problem.

    problem(function, case, rng): words for what is wrong, or "".  praise: the words where nothing is.
    """
    for case in cases:
        try:
            if words := problem(function, case, rng):
                return CheckResult(False, words)
        except NotImplementedError:
            return CheckResult(None, NOT_ATTEMPTED)
        except NotAsAsked as refused:
            return CheckResult(False, str(refused))
    return CheckResult(True, praise)


def call_quietly(function, *arguments, names=()):
    """What function returns, without its prints and warnings; NotAsAsked where it raises or returns None.

    names: what the arguments are called in the lesson.
    """
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            returned = function(*arguments)
        except (NotImplementedError, NotAsAsked):
            raise
        except (Exception, SystemExit) as error:
            called = _called_differently(function, names)
            words, hint = (called, "") if called else what_it_raised(error)
            raise NotAsAsked(words, hint, error) from None
    if returned is None:
        raise NotAsAsked("Your function returns None: is a return missing at its end?")
    return returned


def _called_differently(function, names):
    """Words for a function that cannot be called with these arguments, or takes them in another order."""
    if not callable(function):
        return f"The check needs the function itself, by its name alone; it was given {kind_of(function)}."
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):  # it has none
        return ""
    taken, fits = list(signature.parameters), True
    with contextlib.suppress(TypeError):
        fits = signature.bind(*names) is None
    if not names or not fits and (sorted(taken) != sorted(names) or taken == [*names]):
        return ""
    called = f"It is called with {listed(names)}{', in this order' if len(names) > 1 else ''}"
    return f"{called}; your function takes {listed(taken) if taken else 'nothing'}."


def without_asserts(function):
    """The function without its asserts, which hide what it computes; itself where that cannot be done."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
        module = compile(source, function.__code__.co_filename, "exec", optimize=1)
        code = next(part for part in module.co_consts if isinstance(part, types.CodeType))
        given = function.__globals__, None, function.__defaults__, function.__closure__
        named = code.co_name == function.__code__.co_name != "<lambda>"
        return types.FunctionType(code, *given) if named else function
    except (OSError, TypeError, ValueError, SyntaxError, StopIteration, AttributeError):
        return function


def is_pair(returned):
    """Whether a function returned two things: return A2, cache."""
    return isinstance(returned, tuple) and len(returned) == 2
