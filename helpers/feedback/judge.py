"""Diagnosis: is a learner's function right, and if not, what did they do?"""

import contextlib
import copy
import html
import inspect
import io
import os
import re
import sysconfig
import textwrap
import traceback
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.feedback import mistakes
from helpers.gradient_check import central_difference

COLOURS = {True: "#009E73", False: "#D55E00", None: "#0072B2"}
WORDS = {True: "Correct.", False: "Not yet.", None: "Not attempted yet."}
PARAMETERS = ("W1", "b1", "W2", "b2")
TO_DO = "Write your lines in the cell above, run it, then run this cell again. You can also read on."
# n_x, n_h, n_y, m: all different, and one with a single example
SIZES = ((3, 5, 1, 7), (5, 4, 3, 8), (2, 4, 1, 1))
# where all are 4, no shape stops a wrong formula; the last two for a function that takes one output only
EXPLAIN = (SIZES[1], (4, 4, 4, 4), SIZES[0], (4, 4, 1, 4))
ONE_OUTPUT = "Yours works with one output; with ten, for the digits of lesson 09, the reference steps in."
SOME_SIZES = "With other sizes it comes out right. Is a size fixed somewhere, or m read from the wrong side?"
SEVERAL_OUTPUTS = "With one output it comes out right. What changes when Y and A2 have several rows?"
ONE_EXAMPLE = "With a single example it comes out right. What becomes of the examples, and of m?"
FOLLOWS = "What else is wrong follows from that."
STOPPED = "Your function stopped"
NONE = "Your function returns None: is a return missing at its end?"
NOT_THEIRS = (*map(os.path.dirname, (__file__, np.__file__)), sysconfig.get_paths()["stdlib"], "<frozen")


@dataclass
class CheckResult:
    """What a check found: passed is True, False, or None for not attempted; message says the rest."""

    passed: bool | None
    message: str
    one_output: bool = False  # it passed, but stops with more than one output

    def __repr__(self):
        return f"{WORDS[self.passed]} {self.message}"

    def _repr_html_(self):
        return block(COLOURS[self.passed], WORDS[self.passed], self.message)


@dataclass(frozen=True)
class Task:
    """What one of the five functions of the network is asked to do, and how it is judged."""

    arguments: Callable  # of (X, Y, parameters, forward, rng): what the function is called with, by name
    results: Callable  # of what it returned: its results by name; NotAsAsked for the wrong kind of thing
    truth: Callable  # of the arguments: the right results by name
    table: dict  # the mistakes that are recognised, from mistakes.py
    look: dict  # where it is explained: a section for each step of the table, "" for the rest


class NotAsAsked(Exception):
    """What a function did that is no answer at all, in words for the learner; cause: the error it raised."""

    def __init__(self, words, cause=None):
        super().__init__(words)
        self.cause = cause


def is_pair(returned):
    """Whether a function returned two things: return A2, cache."""
    return isinstance(returned, tuple) and len(returned) == 2


def _forward_results(returned):
    if is_pair(returned) and isinstance(returned[0], dict):
        raise NotAsAsked("The cache comes first there. In which order is the result unpacked: A2, cache = …?")
    if not is_pair(returned) or not isinstance(returned[1], dict):
        raise NotAsAsked(wrong_kind(returned, 'A2 and the cache, a dict: return A2, {"Z1": Z1, …}'))
    A2, cache = returned
    if "A2" in cache and not mistakes.agree(A2, cache["A2"]):
        raise NotAsAsked("What is returned first is not the A2 in the cache. Which variable stands there?")
    return _dict_results({**cache, "A2": A2}, ("Z1", "A1", "Z2", "A2"))


def _backward_arguments(X, Y, parameters, forward, rng):
    """The cache has the further entries of the learner's own forward too, for a backward that reads them."""
    _, cache = network.forward_propagation(X, parameters)
    return {"parameters": parameters, "cache": {**forward(X, parameters)[1], **cache}, "X": X, "Y": Y}


def _update_arguments(X, Y, parameters, forward, rng):
    grads = {"d" + name: rng.standard_normal(parameter.shape) for name, parameter in parameters.items()}
    return {"parameters": parameters, "grads": grads, "learning_rate": round(rng.uniform(0.1, 0.9), 2)}


def _hidden_arguments(X, Y, parameters, forward, rng):
    """One example of the smaller exercise in lesson 05."""
    W2 = parameters["W2"]
    return {"W2": W2, "dz2": rng.standard_normal((len(W2), 1)), "z1": rng.standard_normal((W2.shape[1], 1))}


def _dict_results(returned, names):
    """The arrays that a function returned in a dict, by name; NotAsAsked where there is no such dict."""
    if not isinstance(returned, dict):
        raise NotAsAsked(wrong_kind(returned, f'a dict: return {{"{names[0]}": {names[0]}, …}}'))
    missing = [name for name in names if name not in returned]
    if missing:
        has = f"it has {listed([*returned])}" if returned else "it is empty"
        raise NotAsAsked(f"In the dict that your function returns, look for {listed(missing)}: {has}.")
    return {name: returned[name] for name in names}


TASKS = {
    "compute_cost": Task(
        lambda X, Y, parameters, forward, rng: {"A2": rng.uniform(0.05, 0.95, Y.shape), "Y": Y},
        lambda returned: {"J": returned},
        lambda A2, Y: {"J": np.float64(network.compute_cost(A2, Y))},
        mistakes.COST,
        {"": "lesson 03, “Many examples: the cost”", "losses": "lesson 03, “How wrong is it”"},
    ),
    "forward_propagation": Task(
        lambda X, Y, parameters, forward, rng: {"X": X, "parameters": parameters},
        _forward_results,
        lambda X, parameters: network.forward_propagation(X, parameters)[1],
        mistakes.FORWARD,
        {"": "lesson 04, “The four lines”"},
    ),
    "backward_propagation": Task(
        _backward_arguments,
        lambda returned: _dict_results(returned, ("dW2", "db2", "dW1", "db1")),
        lambda parameters, cache, X, Y: {
            "d" + n: nudged(parameters, n, X, Y) for n in ("W2", "b2", "W1", "b1")
        },
        mistakes.BACKWARD,
        {"": "lesson 05, “Side by side”", "dZ1": "lesson 05, “The six formulas for one example”"}
        | dict.fromkeys(("db1", "db2"), "lesson 05, “Why keepdims”")
        | dict.fromkeys(("dW1", "dW2"), "lesson 05, “Where the sum hides”"),
    ),
    "update_parameters": Task(
        _update_arguments,
        lambda returned: _dict_results(returned, PARAMETERS),
        network.update_parameters,
        mistakes.UPDATE,
        {"": "lesson 07, “Four matrices at once”"},
    ),
    "hidden_gradient": Task(
        _hidden_arguments,
        lambda returned: {"dz1": returned},
        lambda W2, dz2, z1: {"dz1": central_difference(lambda z: np.sum(dz2 * (W2 @ np.tanh(z))), z1)},
        mistakes.HIDDEN,
        {"": "lesson 05, “The six formulas for one example”"},
    ),
}


def judge(name, function, forward=network.forward_propagation):
    """The CheckResult for a learner's version of a function of helpers.network, or of another of TASKS.

    name: of that function.  forward: a forward_propagation that is right, whose cache a backward may rely on.
    """
    try:
        if name == "initialize_parameters":
            return _judge_initial(function)
        task = TASKS[name]
        problems = {sizes: _problem(function, task, sizes, forward) for sizes in SIZES}
        wrong = [sizes for sizes, problem in problems.items() if problem and problem != ONE_OUTPUT]
        if wrong:
            return CheckResult(False, _explained(function, task, forward, problems, wrong))
    except NotImplementedError:
        return CheckResult(None, TO_DO)
    one_output = ONE_OUTPUT in problems.values()
    right = listed([*task.truth(**_arguments(task, SIZES[0], forward))])
    praise = f"{right} came out right, on {len(SIZES) - one_output} random networks of different sizes."
    return CheckResult(True, f"{praise}\n{ONE_OUTPUT}" if one_output else praise, one_output)


def _problem(function, task, sizes, forward):
    """Words for what function does wrong on one random network; "" where it does nothing wrong."""
    arguments, is_cost = _arguments(task, sizes, forward), task.table is mistakes.COST
    try:
        results = _results(function, task, arguments)
    except NotAsAsked as words:
        loud = (AssertionError, TypeError, ValueError) if is_cost else (AssertionError,)
        if getattr(forward, "one_output", False):  # a backward misses the cache of its own forward
            loud += (KeyError,)
        return ONE_OUTPUT if sizes[2] > 1 and isinstance(words.cause, loud) else str(words)
    if is_cost and sizes[2] > 1 and isinstance(results["J"], np.ndarray) and results["J"].ndim:
        return ONE_OUTPUT  # as np.dot of the rows does: right for one output, for several no number at all
    return compare_arrays(results, task.truth(**arguments), sizes)


def _explained(function, task, forward, problems, wrong):
    """The message for a function that is wrong: what is right and what not, the cause, where to look."""
    first, bare = problems[wrong[0]], without_asserts(function)
    causes = (_cause(bare, task, sizes, forward) for sizes in EXPLAIN)
    step, right, causes, follows = next(filter(None, causes), ("", "", [], ""))  # where it shows first
    lines = [right, *causes, follows]
    if not causes:
        lines = [first, _where_right(wrong, [sizes for sizes, problem in problems.items() if not problem])]
    elif first.startswith(STOPPED):
        lines = [first.splitlines()[0], *causes]
    return "\n".join([*filter(None, lines), f"Look again at {task.look.get(step, task.look[''])}."])


def _where_right(wrong, right):
    """Words for a function that is wrong for some sizes only."""
    if not right:
        return ""
    if all(m == 1 for _, _, _, m in right):
        return ONE_EXAMPLE
    return SEVERAL_OUTPUTS if all(n_y > 1 for _, _, n_y, _ in wrong) else SOME_SIZES


def _cause(function, task, sizes, forward):
    """The cause of wrong results on one network: the first wrong step, what is right, words, what follows.

    None where function stops or nothing is wrong; no words where no mistake of the catalogue fits.
    """
    arguments = _arguments(task, sizes, forward)
    try:
        results = _results(function, task, arguments)
    except NotAsAsked:
        return None
    found, gaps = mistakes.recognise(task.table, {"m": sizes[3], **_flat(arguments)}, results)
    if not found:
        return ("", "", [], "") if gaps else None
    truth = task.truth(**arguments)
    wrong = [name for name in truth if not mistakes.agree(truth[name], results[name])]
    right = [name for name in truth if name not in wrong]
    lines = spoken(found)
    lines += [difference(name, results[name], np.asarray(truth[name]), sizes) for name in gaps[:1]]
    verdict = f"Right: {listed(right)}. Not right yet: {listed(wrong)}." if right and wrong else ""
    follows = "" if gaps or len(wrong) == 1 or set(wrong) <= dict(found).keys() else FOLLOWS
    return found[0][0], verdict, lines, follows


def spoken(found):
    """The words of the mistakes that were found, each once, with the names of the results that show it."""
    names = {}
    for name, words in found:
        names.setdefault(words, []).append(name)
    return [words.replace("{names}", listed(who)) for words, who in names.items()]


def _arguments(task, sizes, forward):
    rng = np.random.default_rng(sum(sizes))
    return task.arguments(*random_case(sizes, rng), forward, rng)


def _flat(arguments):
    """The arrays among the arguments and inside their dicts, by name."""
    flat = {name: value for name, value in arguments.items() if not isinstance(value, dict)}
    for value in arguments.values():
        flat |= value if isinstance(value, dict) else {}
    return flat


def _results(function, task, arguments):
    """What function returns, by name; NotAsAsked where it raises, returns None or changes the arguments."""
    handed = copy.deepcopy(arguments)
    lent = _flat(handed)
    results = task.results(quietly(function, *handed.values(), names=list(handed)))
    before, after = _flat(arguments), _flat(handed)
    changed = [name for name in before if not np.array_equal(before[name], after.get(name))]
    if changed:
        in_place = all(lent[name] is after.get(name) for name in changed)
        words = mistakes.IN_PLACE if in_place else mistakes.NEW_IN_OLD
        raise NotAsAsked(words.replace("{names}", listed(changed)))
    return results


def quietly(function, *arguments, names=()):
    """Call function without its prints and warnings; NotAsAsked where it raises or returns None.

    names: what the arguments are called in the lesson.
    """
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            returned = function(*arguments)
        except (NotImplementedError, NotAsAsked):
            raise
        except (Exception, SystemExit) as error:
            raise NotAsAsked(_unlike(function, names) or what_it_raised(error), error) from None
    if returned is None:
        raise NotAsAsked(NONE)
    return returned


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


def _unlike(function, names):
    """Words for a function that cannot be called with these arguments, or takes them in another order."""
    if not callable(function):
        came = a_or_an(function)
        return f"The check needs the function itself, by its name alone; it was given {came}."
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


def _judge_initial(function):
    try:
        problem = _initial_problem(function, (3, 50, 2)) or _initial_problem(function, (40, 5, 1))
    except NotAsAsked as words:
        problem = str(words)
    if problem:
        return CheckResult(False, f"{problem}\nLook again at lesson 08, “Your turn: the initialisation”.")
    return CheckResult(True, "Shapes, spread and biases are right, for two networks of different sizes.")


def _initial_problem(function, sizes):
    """Words for what is wrong with the parameters that function makes, by the catalogue."""
    parameters = _dict_results(quietly(function, *sizes, names=("n_x", "n_h", "n_y")), PARAMETERS)
    right = network.initialize_parameters(*sizes)
    found = [(name, _initial_words(name, parameters[name], right[name].shape, sizes)) for name in right]
    return "\n".join(spoken([(name, words) for name, words in found if words]))


def _initial_words(name, array, shape, sizes):
    """The words, with {names}, for one parameter: its kind, its shape, then what its numbers look like."""
    at = ", ".join(f"{size} = {n}" for size, n in zip(("n_x", "n_h", "n_y"), sizes, strict=True))
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiu" or not np.isfinite(array).all():
        return "{names}: an array of finite numbers is meant. What is it now?"
    if array.shape != shape:
        known = [words for words, test in mistakes.SHAPES if test(array, shape, sizes)]
        return known[0] if known else f"{name} should have shape {shape} for {at}; it has {array.shape}."
    lines = mistakes.BIAS if name[0] == "b" else mistakes.WEIGHTS
    return next((words for words, test in lines if test(array)), "")


def random_case(sizes, rng):
    n_x, n_h, n_y, m = sizes
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    return rng.standard_normal((n_x, m)), rng.integers(0, 2, (n_y, m)), parameters


def nudged(parameters, name, X, Y):
    """The gradient of the reference cost by one parameter, from central differences."""

    def cost(value):
        A2, _ = network.forward_propagation(X, {**parameters, name: value})
        return network.compute_cost(A2, Y)

    return central_difference(cost, parameters[name])


def compare_arrays(arrays, truth, sizes=()):
    """Words for the first array that is missing or not as in truth; "" where all agree."""
    right = []
    for name, true in truth.items():
        found = f"Your function returns no {name}." if name not in arrays else ""
        if found := found or difference(name, arrays[name], np.asarray(true), sizes):
            return f"{listed(right)} came out right. {found}" if right else found
        right.append(name)
    return ""


def difference(name, returned, true, sizes):
    """How an array differs from the true one: in kind, shape, by a factor, in one entry; "" if not."""
    if true.ndim and isinstance(returned, (list, tuple)):
        return f"{name} is {a_or_an(returned)}; the next function needs an array. np.array makes one of it."
    array = mistakes.as_array(returned)
    if array.dtype.kind not in "fiub":
        came = f"its entries are {array.dtype}" if returned is array else f"it came as {a_or_an(returned)}"
        return f"{name} should be {'an array of numbers' if true.ndim else 'one number'}; {came}."
    if array.shape != true.shape:
        return f"{name} {_shapes(array.shape, true.shape, sizes)}"
    if not np.isfinite(array).all():
        worst = array[~np.isfinite(array)].flat[0]
        return f"{name} should be finite; {worst} came. Is there a division by 0, or a logarithm of 0?"
    if mistakes.agree(true, array):
        return ""
    ratio = np.sum(array * true) / np.sum(true**2)
    if array.size > 1 and ratio and mistakes.agree(ratio * true, array):
        return f"{name} is {text(round(ratio, 4))} times what it should be, in every entry."
    where = np.unravel_index(np.argmax(~np.isclose(array, true, rtol=1e-4, atol=1e-6)), true.shape)
    entry = f"entry [{', '.join(str(int(k)) for k in where)}]" if where else "it"
    return f"{name} is not right yet: {entry} is off by {text(abs(array[where] - true[where]))}."


def _shapes(shape, true, sizes):
    if true == ():
        return f"should be one number; it is an array of shape {shape}."
    at = ", ".join(f"{size} = {n}" for size, n in zip(("n0", "n1", "n2", "m"), sizes, strict=False))
    at = f", with {at}" if at else ""
    hint = " Is keepdims=True missing?" if shape == true[:1] else ""
    hint = " Does a transpose turn it round?" if shape == true[::-1] else hint
    return f"should have shape {true} here{at}; it has {shape}.{hint}"


def wrong_kind(returned, expected):
    return f"Your function should return {expected}. It returned {a_or_an(returned)}."


def a_or_an(value):
    """What kind of thing a value is, with its article."""
    if value is None:
        return "None"
    kind = type(value).__name__
    kind = {"ndarray": "array", "float64": "number", "int64": "number"}.get(kind, kind)
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def what_it_raised(error):
    """What stopped a function: the line of the learner's code with shapes or the error, then a hint below."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    lines = zip(traceback.extract_tb(error.__traceback__), frames, strict=True)
    own = [(found.line, frame) for found, frame in lines if not found.filename.startswith(NOT_THEIRS)]
    line, frame = own[-1] if own else ("", None)
    where = f" in the line “{line}”" if line else ""
    if isinstance(error, SystemExit):
        return f"{STOPPED}, and Python with it,{where}. A function hands its result over with return."
    shapes = _shapes_in(line, frame) if own else ""
    if shapes and isinstance(error, AssertionError):
        return f"{STOPPED} at its own assert{where}. There {shapes}."
    if shapes and isinstance(error, ValueError) and re.search("mismatch|broadcast|not aligned", str(error)):
        hint = "Is a transpose missing or too many, or does * stand where @ is meant?"
        return f"{STOPPED}{where}: two shapes do not fit. There {shapes}.\n{hint}"
    hints = [words for kind, part, words in mistakes.RAISED if isinstance(error, kind) and part in str(error)]
    said = f": {error}" if str(error) else ""
    return "\n".join([f"{STOPPED} with {type(error).__name__}{where}{said}.".replace("..", "."), *hints[:1]])


def _shapes_in(line, frame):
    """The shapes of the arrays that a line names, also of those that it takes out of a dict."""
    known = dict(frame.f_locals)
    for value in frame.f_locals.values():
        known |= value if isinstance(value, dict) else {}
    names = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", line))
    arrays = [name for name in names if isinstance(known.get(name), np.ndarray)]
    return listed([f"{name} is {known[name].shape}" for name in arrays])


def text(value):
    return f"{float(value):.6g}".replace("-", "−")


def listed(names):
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def block(colour, word, message):
    strong = f"<strong>{word}</strong> " if word else ""
    look = f"border-left: 0.4em solid {colour}; padding: 0.3em 0.8em; font-size: 110%; white-space: pre-line"
    return f'<div style="{look}">{strong}{html.escape(message)}</div>'
