"""Trying a learner's function: random inputs of several sizes, and words for whatever it does."""

import contextlib
import inspect
import textwrap
import types
from collections import namedtuple

import numpy as np

from helpers.feedback.errors import line_of, what_it_raised
from helpers.feedback.limits import NeverEnds, at_most, quiet
from helpers.feedback.messages import NOT_ATTEMPTED, CheckResult, NotAsAsked, kind_of, not_yet
from helpers.own_functions import called_with
from helpers.words import listed, number

# of a random network: inputs, hidden units, outputs, examples, and whether X holds whole numbers
Sizes = namedtuple("Sizes", "n_x n_h n_y m whole", defaults=[False])
SIZES = (  # in one network all sizes differ; the last three are single examples and whole numbers
    Sizes(3, 5, 1, 7),
    Sizes(5, 4, 3, 8),
    Sizes(2, 4, 1, 1),
    Sizes(4, 3, 1, 1),
    Sizes(2, 3, 1, 6, whole=True),
)
LONGEST, NEVER_ENDS = 1.2, "never-ends"  # seconds that a function may take in a check, and what it does then


def random_case(sizes, rng):
    """X (n_x, m), Y (n_y, m) and the parameters of a random network of these sizes."""
    n_x, n_h, n_y, m, whole = sizes
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    X = rng.integers(-3, 4, (n_x, m)) if whole else rng.standard_normal((n_x, m))
    return X, rng.integers(0, 2, (n_y, m)), parameters


def try_on_networks(function, problem, praise):
    """The CheckResult for a function that is tried on networks of all SIZES: see try_cases."""
    praise = f"{praise}, for {len(SIZES)} random networks of different sizes."
    return try_cases(function, problem, SIZES, np.random.default_rng(3), praise)


def try_cases(function, problem, cases, rng, praise):
    """The CheckResult for a function that is tried on each of the cases, up to the first problem.

    problem(function, case, rng): a CheckResult for what is wrong, or None.  praise: words where nothing is.
    """
    try:
        return next(filter(None, (problem(function, case, rng) for case in cases)), CheckResult(True, praise))
    except NotImplementedError:
        return CheckResult(None, NOT_ATTEMPTED)
    except NotAsAsked as refused:
        return not_yet(refused.mistake, str(refused), line=refused.line)


def call_quietly(function, *arguments, names=()):
    """What function returns, without its prints and warnings.

    NotAsAsked where it raises, returns None or takes longer than LONGEST.  names: what the arguments are
    called in the lesson.
    """
    with quiet():
        try:
            with at_most(LONGEST):
                returned = called_with(function, len(arguments))(*arguments)
        except NotAsAsked:
            raise
        except NeverEnds as stopped:
            line = line_of(stopped)
            where = f" It was in line {line[0]} then: “{line[1]}”." if line else ""
            words = f"Your function was stopped: it did not return within {number(LONGEST)} seconds.{where}"
            raise NotAsAsked(words, NEVER_ENDS, "When does its loop end?", line=line) from None
        except (Exception, SystemExit) as error:
            if type(error) is NotImplementedError:  # of a stub; not one of its kinds, as where input() fails
                raise
            raise _refused(error, function, names) from None
    if returned is None:
        raise NotAsAsked("Your function returns None: is a return missing at its end?", "returns-none")
    return returned


def _refused(error, function, names):
    """The NotAsAsked for an error that a function raised when it was called with these names."""
    if not callable(function):
        words = f"The check needs the function itself, by its name alone; it was given {kind_of(function)}."
        return NotAsAsked(words, "no-function", error=error)
    if words := _called_differently(function, names, error):
        return NotAsAsked(words, "arguments-differ", error=error)
    words, hint, mistake, line = what_it_raised(error)
    return NotAsAsked(words, mistake, hint, error, line)


def _called_differently(function, names, error):
    """Words for a function that takes other arguments, or takes them in another order; "" if it does not."""
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):  # it has none
        return ""
    taken, fits = list(signature.parameters), called_with(function, len(names)) is not function
    with contextlib.suppress(TypeError):
        fits = fits or bool(signature.bind(*names))
    first = [*signature.parameters.values()][: len(names)]
    others = [p.name for p in first if p.name not in names and p.default is not p.empty]
    turned = sorted(taken) == sorted(names) and taken != [*names]
    uses_more = type(error) in (TypeError, AttributeError) and "Unused" in str(error)
    renamed = isinstance(error, TypeError) and others and {*taken} & {*names}
    if not names or not (turned or uses_more or renamed or not fits):
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
