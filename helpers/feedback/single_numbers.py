"""Lessons 01 to 03: how functions of single numbers, and the sigmoid, are judged."""

from inspect import signature

import numpy as np

from helpers.activations import sigmoid
from helpers.feedback.messages import NotAsAsked, first_difference, kind_of
from helpers.feedback.mistakes import SIGMOID
from helpers.feedback.recognise import mistakes_in_words, recognise
from helpers.feedback.trials import call_quietly, try_cases
from helpers.gradient_check import relative_error
from helpers.words import listed, number


def judge_numbers(function, table, truth):
    """The CheckResult for a function of numbers, called with five random choices of them.

    table: from mistakes.py, a step for each number returned.  truth: a right function with named arguments.
    """
    inputs = [*signature(truth).parameters]

    def problem(function, _, rng):
        x = [float(value) for value in rng.integers(2, 9, len(inputs)) * rng.choice([-1, 1], len(inputs))]
        returned = call_quietly(function, *x, names=inputs)
        return _numbers_problem(returned, table, dict(zip(inputs, x, strict=True)), np.atleast_1d(truth(*x)))

    praise = f"{listed(table)} came out right for five random choices of {listed(inputs)}."
    return try_cases(function, problem, range(5), np.random.default_rng(2), praise)


def _numbers_problem(returned, table, given, truth):
    """Words for what is wrong with the numbers, by the table if it knows it; "" where all are right."""
    if returned is ...:
        return "Your function still returns the dots."
    returned = returned if isinstance(returned, (tuple, list)) else [returned]
    if len(returned) != len(table):
        came = kind_of(returned[0]) if len(returned) == 1 else f"{len(returned)} values"
        order = f"{len(table)} values are expected, in this order: {', '.join(table)}."
        return f"Your function returns {came}; {order}"
    returned, truth = dict(zip(table, returned, strict=True)), dict(zip(table, truth, strict=True))
    for name, value in returned.items():
        if not isinstance(value, (int, float, np.number)):
            return f"{name} should be a number; it came as {kind_of(value)}."
    wrong = [name for name in table if not relative_error(returned[name], truth[name]) < 1e-6]
    right = [name for name in table if name not in wrong]
    if not wrong:
        return ""
    found, _ = recognise(table, given, returned)
    if not found and np.allclose(sorted(returned.values()), sorted(truth.values())):
        return f"The numbers are right and their order is not. It should be {', '.join(table)}."
    lines = mistakes_in_words(found) or [_how_far_off(wrong[0], given, returned, truth)]
    return "\n".join([f"Right: {listed(right)}."] * bool(right) + lines)


def _how_far_off(name, given, returned, truth):
    at = ", ".join(f"{name} = {number(value, 6)}" for name, value in given.items())
    off = number(abs(returned[name] - truth[name]), 6)
    return f"For {at} your {name} is {number(returned[name], 6)}, which is off by {off}."


def sigmoid_problem(function, sizes, rng):
    """Words for what is wrong with a sigmoid(Z) of single numbers and of an array; "" where nothing is."""
    for Z in (2.0, -3.0, 0.0):
        a = call_quietly(function, Z, names=("Z",))
        a = a.item() if isinstance(a, np.ndarray) and a.ndim == 0 else a
        if found := _numbers_problem(a, SIGMOID, {"Z": Z}, [sigmoid(Z)]):
            return found
    Z, right = rng.normal(0, 3, (sizes.n_h, sizes.m)), "Single numbers come out right"
    try:
        A = call_quietly(function, Z.copy())
    except NotAsAsked as refused:
        return f"{right}; an array of shape {Z.shape} does not.\n{refused}"
    if np.shape(A) != Z.shape:
        return f"{right}. For an array of shape {Z.shape}, A should have that shape too."
    return first_difference({"A": A}, {"A": sigmoid(Z)}, sizes)
