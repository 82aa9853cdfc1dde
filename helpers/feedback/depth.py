"""Lesson 13: forward and backward for any number of layers, judged on one hidden layer, then on more."""

import ast
import contextlib
import re
from dataclasses import replace
from functools import partial

import numpy as np

from helpers import network
from helpers.activations import sigmoid
from helpers.feedback.explain import NO_SOURCE, engine_words, verdict_case, with_line
from helpers.feedback.judge import judge
from helpers.feedback.known import Case, flat
from helpers.feedback.lines import quoted
from helpers.feedback.messages import NotAsAsked, compare_arrays, kind_of, not_yet
from helpers.feedback.tasks import TASKS, results_of
from helpers.feedback.trace import first_wrong, mended
from helpers.feedback.trials import call_quietly
from helpers.feedback.watched import source_lines, tree_of
from helpers.words import counted

DEEP = {"two": (3, 5, 4, 2), "three": (2, 4, 3, 5, 2)}  # units of each layer, by the hidden layers
EQUAL = (4, 4, 4, 4)  # where no shape stops a wrong formula
NUMBERED = re.compile(r"""["'](d?[WbZA][2-9])["']""")  # the name of one layer, written out
NUMBER = (
    "Line {0} names {2}, however many layers there are: “{1}”. Which letter belongs in place of the number?"
)
COUNTED = (
    "Line {0} counts to {2}, however many layers there are: “{1}”. Where does the number of layers come from?"
)
LOOP = (
    "It should work for any number of layers. Does every layer from 1 to L get its turn, and its own arrays?"
)
ANEW = "Line {0} makes a new dict at each turn of the loop: “{1}”. What becomes of the entries of before?"
LOOK = {
    "forward_propagation": {"": "lesson 13, “The same two lines”"},
    "backward_propagation": {"": "lesson 13, “And back”"},
}


def judge_any_depth(name, function, forward):
    """The CheckResult for a forward_propagation or backward_propagation that any network may be given."""
    result = judge(name, function, forward, LOOK[name])
    if not result.passed:
        return _made_anew(name, function, result)
    for hidden, sizes in DEEP.items():
        sizes = (*sizes[:-1], 1) if result.one_output else sizes
        if problem := _problem(name, function, sizes, f"With one hidden layer all is right. With {hidden}:"):
            return problem
    result.message = f"{result.message}\nTwo and three hidden layers came out right as well."
    return result


def _made_anew(name, function, result):
    """The result, with the line that makes its dict anew in a loop, where that is why names are missing."""
    if "names-differ" not in result.mistakes:
        return result
    with contextlib.suppress(*NO_SOURCE, AttributeError):
        tree, lines = tree_of(function), source_lines(function)
        returned = {part.id for part in _inside(tree, ast.Return) if isinstance(part, ast.Name)}
        for node in _inside(tree, (ast.For, ast.While)):
            made = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "")
            if made in returned and (isinstance(node.value, ast.Dict) or ast.unparse(node.value) == "dict()"):
                line = node.lineno, lines[node.lineno]
                look = f"Look again at {LOOK[name]['']}."
                words = "\n".join([result.message.splitlines()[0], ANEW.format(*line), look])
                return not_yet("dict-made-anew", words, line=line)
    return result


def _inside(tree, kind):
    """All parts of the statements of this kind."""
    return [part for each in ast.walk(tree) if isinstance(each, kind) for part in ast.walk(each)]


def _problem(name, function, sizes, start):
    """The CheckResult for function on a network of these sizes; None where nothing is wrong."""
    task = TASKS[name]
    if name == "forward_propagation":
        task = replace(task, unpack=_last_and_cache)
    arguments, truth = deep_case(name, sizes)
    try:
        words, line = compare_arrays(results_of(function, task, arguments, truth), truth), None
    except NotAsAsked as refused:
        words, line = str(refused), refused.line
    if not words:
        return None
    said = [f"{start} {words}"]
    if written := _one_layer_by_name(function):
        said.append(NUMBER.format(*written))
    elif written := _counted_by_hand(function):
        said.append(COUNTED.format(*written))
    elif finding := _finding(name, function, task, sizes):
        said += [quoted(finding), *(engine_words(finding) or [LOOP])]
        line = finding.line, finding.text
    else:
        said.append(LOOP)
    said.append(f"Look again at {LOOK[name]['']}.")
    return not_yet("one-hidden-layer-only", "\n".join(said), line=written[:2] or line)


def _finding(name, function, task, sizes):
    """The line that goes wrong first in a network of these sizes, and in others; None if it is not found."""
    cases = []
    for each in (sizes, (*EQUAL[:-1], sizes[-1]), DEEP["three"][:-1] + sizes[-1:]):
        arguments, truth = deep_case(name, each)
        steps = {key: np.asarray(value, float) for key, value in flat(arguments).items()} | truth
        steps["m"] = np.float64(arguments["X"].shape[1])
        read = partial(task.unpack, truth=truth)
        cases.append(Case(arguments, {**steps, **_errors(steps)}, (*truth,), read))
    with contextlib.suppress(*NO_SOURCE):
        return first_wrong(function, cases)


def _errors(steps):
    """dZ of every layer, and what goes into it, where the cache and Y are given."""
    L = sum(re.fullmatch(r"W\d", key) is not None for key in steps)
    if "Y" not in steps:
        return {}
    found = {f"dZ{L}": steps[f"A{L}"] - steps["Y"]}
    for layer in range(L - 1, 0, -1):
        sent = steps[f"W{layer + 1}"].T @ found[f"dZ{layer + 1}"]
        slope = 1 - steps[f"A{layer}"] ** 2
        found |= {f"W{layer + 1}ᵀdZ{layer + 1}": sent, f"1 − A{layer}²": slope, f"dZ{layer}": sent * slope}
    return found


def _last_and_cache(returned, truth):
    """The cache of a forward_propagation, with what it returned first as A of the last layer."""
    A, cache = returned
    return {**cache, [*truth][-1]: A}


def _one_layer_by_name(function):
    """The first line that names one layer from 2 on: its number, its text, the name; () if there is none."""
    with contextlib.suppress(OSError, TypeError, AttributeError):
        for line, text in source_lines(function).items():
            if found := NUMBERED.search(text.split("#")[0]):
                return line, text, found[1]
    return ()


def _counted_by_hand(function):
    """The first line that counts the layers by a plain number, as L = 2 or range(1, 3) do; () if none."""
    with contextlib.suppress(*NO_SOURCE, AttributeError):
        lines = source_lines(function)
        for node in ast.walk(tree_of(function)):
            is_range = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range"
            made = node.args if is_range else []
            if isinstance(node, ast.Assign):
                made = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for part in made:
                number = getattr(part, "value", None) if isinstance(part, ast.Constant) else None
                if isinstance(number, int) and number > 1:
                    return node.lineno, lines[node.lineno], number
    return ()


def deep_case(name, sizes):
    """The arguments and the right results on one random network, in the order in which they are computed."""
    rng, L = np.random.default_rng(sum(sizes)), len(sizes) - 1
    X, Y = rng.standard_normal((sizes[0], 6)), rng.integers(0, 2, (sizes[-1], 6))
    p = network.initialize_parameters(sizes[0], sizes[1:-1], sizes[-1], scale=1)
    p = {key: value + 0.1 * rng.standard_normal(value.shape) for key, value in p.items()}
    cache = network.forward_propagation(X, p)[1]
    if name == "forward_propagation":
        return {"X": X, "parameters": p}, cache
    grads = network.backward_propagation(p, cache, X, Y)
    order = [f"d{letter}{layer}" for layer in range(L, 0, -1) for letter in "Wb"]
    return {"parameters": p, "cache": cache, "X": X, "Y": Y}, {key: grads[key] for key in order}


def dead_units_problem(function, hidden, _):
    """What is wrong with dead_units(cache) in a relu network, with its line; None where nothing is."""
    result, cases = _dead_units_problem(function, hidden), []
    for layers in (1, 2, 3, 4):
        cache, dead = _with_dead_units(layers)
        cases.append(verdict_case({"cache": cache}, lambda returned, dead=dead: [*returned] == dead))
    return with_line(result, function, cases, mended)


def _with_dead_units(hidden):
    """The cache of a random relu network, and how many units of each hidden layer are dead."""
    rng, L = np.random.default_rng(hidden), hidden + 2
    cache, dead = {}, []
    for layer in range(1, L):
        Z = rng.standard_normal((4 + hidden, 5))
        Z[:, 1] = -1  # nobody is alive on the second example; half are on the first, the others on the third
        Z[::2, 0], Z[::2, 2] = abs(Z[::2, 0]) + 0.1, -1
        Z[1::2, 0], Z[1::2, 2] = -1, abs(Z[1::2, 2]) + 0.1
        Z[: int(rng.integers(4))] = -1 - abs(rng.standard_normal())
        cache |= {f"Z{layer}": Z, f"A{layer}": np.maximum(Z, 0)}
        dead.append(int((Z <= 0).all(axis=1).sum()))
    Z = rng.standard_normal((1, 5))
    return cache | {f"Z{L}": Z, f"A{L}": sigmoid(Z)}, dead


def _dead_units_problem(function, hidden):
    """The same without the line."""
    cache, dead = _with_dead_units(hidden)
    returned = call_quietly(function, cache, names=("cache",))
    numbers = returned if isinstance(returned, (list, tuple, np.ndarray)) else [None]
    if len(numbers) != len(dead) or not all(isinstance(n, (int, np.integer)) for n in numbers):
        came = f"a list of {len(returned)}" if isinstance(returned, list) else kind_of(returned)
        came += " with something else in it" * (isinstance(returned, list) and len(returned) == len(dead))
        layers, wanted = counted(len(dead), "hidden layer"), counted(len(dead), "whole number")
        words = f"For a network with {layers} it should be a list of {wanted}; {came} came."
        return not_yet("one-number-a-layer", words)
    if [*numbers] == dead:
        return None
    words = f"For one network it should be {dead}; {[int(n) for n in numbers]} came."
    silent = [cache[f"A{layer}"] == 0 for layer in range(1, len(dead) + 1)]
    for counts, what in OTHER_COUNTS:
        if [int(counts(zeros)) for zeros in silent] == [int(n) for n in numbers]:
            return not_yet("dead-units", f"{words} {what} A unit is dead where its whole row is 0.")
    return not_yet("dead-units", words)


OTHER_COUNTS = (  # of where A is 0
    (lambda zeros: zeros.sum(), "These are entries of A that are 0."),
    (lambda zeros: zeros.all(axis=0).sum(), "These are columns of A that are 0, examples."),
)
