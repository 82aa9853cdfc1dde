"""The check of lesson 06 takes a gradient checker by what it finds, and says what is wrong with one."""

import numpy as np
import pytest

from helpers.checks import check_gradient_checker
from helpers.gradient_check import gradient_errors, relative_error


def checker(slope=None, error=relative_error, places=np.ndindex):
    """Return a gradient checker with one of its parts exchanged."""
    slope = slope or (lambda J, step: (J(step) - J(-step)) / (2 * step))

    def gradient_checker(parameters, grads, cost):
        errors = {}
        for name, parameter in parameters.items():
            slopes = np.zeros(parameter.shape)
            for k in places(parameter.shape):
                nudge = np.zeros(parameter.shape)
                nudge[k] = 1
                # The function is called at once, before the loop moves on.
                slopes[k] = slope(lambda h: cost({**parameters, name: parameter + h * nudge}), 1e-5)  # noqa: B023
            errors["d" + name] = error(grads["d" + name], slopes)
        return errors

    return gradient_checker


def in_place(parameters, grads, cost, put_back=1):
    """Nudge the caller's arrays themselves; with put_back=0 they stay nudged."""
    errors = {}
    for name, parameter in parameters.items():
        slopes = np.zeros(parameter.shape)
        for k in np.ndindex(parameter.shape):
            parameter[k] += 1e-5
            up = cost(parameters)
            parameter[k] -= 2e-5
            slopes[k] = (up - cost(parameters)) / 2e-5
            parameter[k] += put_back * 1e-5
        errors["d" + name] = relative_error(grads["d" + name], slopes)
    return errors


@pytest.mark.parametrize("right", [checker(), gradient_errors, in_place])
def test_a_right_checker_passes(right):
    assert check_gradient_checker(right).passed is True


def copies_the_dict_only(parameters, grads, cost):
    errors = {}
    for name in parameters:
        slope = np.zeros_like(parameters[name])
        for k in np.ndindex(slope.shape):
            up, down = parameters.copy(), parameters.copy()
            up[name][k] += 1e-5
            J_up = cost(up)
            down[name][k] -= 1e-5
            slope[k] = (J_up - cost(down)) / 2e-5
        errors["d" + name] = relative_error(slope, grads["d" + name])
    return errors


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (checker(slope=lambda J, step: (J(step) - J(0)) / step), "both ways"),
        (checker(slope=lambda J, step: (J(1e-8) - J(0)) / 1e-8), "both ways"),
        (checker(slope=lambda J, step: (J(step) - J(-step)) / step), "How far apart"),
        (checker(slope=lambda J, step: (J(1e-12) - J(-1e-12)) / 2e-12), "by how much"),
        (checker(places=lambda shape: [(row, 0) for row in range(shape[0])]), "every entry"),
        (checker(error=lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(b)), "twice too large"),
        (checker(error=lambda a, b: np.abs(a - b).max()), "twice too large"),
        (checker(error=lambda a, b: np.abs(a - b)), "should be one number"),
        (lambda parameters, grads, cost: dict.fromkeys(grads, 0.0), "both ways"),
        (lambda *given: in_place(*given, put_back=0), "How do you nudge a copy"),
        (lambda *given: copies_the_dict_only(*given), "A copy of a dict still holds the old arrays"),
        (checker(slope=lambda J, step: (J(step) - J(-step)) / 2 * step), "where are the brackets"),
        (checker(slope=lambda J, step: (J(-step) - J(step)) / (2 * step)), "Which comes first"),
        (lambda *given: None, "return"),
    ],
)
def test_a_wrong_checker_is_told_what_is_wrong(wrong, words):
    result = check_gradient_checker(wrong)
    assert result.passed is False and words in result.message
