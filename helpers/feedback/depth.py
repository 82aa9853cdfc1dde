"""Lesson 13: forward and backward for any number of layers: judged on one hidden layer, then on two and three."""

import inspect
import re

import numpy as np

from helpers import network
from helpers.feedback.judge import judge
from helpers.feedback.messages import NotAsAsked, compare_arrays, not_yet
from helpers.feedback.tasks import TASKS, results_of
from helpers.feedback.watched import source_lines
from helpers.words import listed

DEEP = {"two": (3, 5, 4, 2), "three": (2, 4, 3, 5, 1)}  # units of each layer, by the hidden layers
NUMBERED = re.compile(r"""["'](d?[WbZA][2-9])["']""")  # the name of one layer, written out


def judge_any_depth(name, function, forward):
    """The CheckResult for a forward_propagation or backward_propagation that any network may be given."""
    result = judge(name, function, forward)
    if not result.passed:
        return result
    for hidden, sizes in DEEP.items():
        if problem := _problem(name, function, sizes, f"With one hidden layer all is right. With {hidden}:"):
            return problem
    result.message = f"{result.message}\nTwo and three hidden layers came out right as well."
    return result


def _problem(name, function, sizes, start):
    """What is wrong with function on a network of these sizes; None where nothing is."""
    arguments, truth = deep_case(name, sizes)
    try:
        words = compare_arrays(results_of(function, _task(name, len(sizes) - 1), arguments, truth), truth)
        line = None
    except NotAsAsked as refused:
        words, line = str(refused), refused.line
    if not words:
        return None
    numbered = _numbered(function)
    return not_yet("one-hidden-layer-only", "\n".join([f"{start} {words}", *numbered[1:]]), line=numbered[0] or line)


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
    order = [f"d{letter}{l}" for l in range(L, 0, -1) for letter in "Wb"]
    return {"parameters": p, "cache": cache, "X": X, "Y": Y}, {key: grads[key] for key in order}
