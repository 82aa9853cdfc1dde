"""First tries of beginners: the line that is meant is quoted, and the mistake has its identifier."""

import linecache
import time

import numpy as np
import pytest

from helpers import activations, checks, network
from helpers.computation_graph import Node, all_nodes
from helpers.gradient_check import relative_error
from tests.first_tries_by_learners import MARK, RIGHT, WRONG
from tests.further_tries_by_learners import NOT_SAID
from tests.further_tries_by_learners import RIGHT as FURTHER_RIGHT
from tests.further_tries_by_learners import WRONG as FURTHER


@pytest.fixture(autouse=True)
def own_file(monkeypatch, tmp_path):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))


def notebook():
    """The names of a lesson in which all cells have run: its modules, its data, its network."""
    rng = np.random.default_rng(3)
    X, Y = rng.normal(size=(2, 7)), rng.integers(0, 2, (1, 7))
    parameters = network.initialize_parameters(2, 4, 1)
    A2, cache = network.forward_propagation(X, parameters)
    grads = network.backward_propagation(parameters, cache, X, Y)
    modules = {"np": np, "network": network, "activations": activations, "relative_error": relative_error}
    data = {"X": X, "Y": Y, "X_train": X, "Y_train": Y, "m": 7, "parameters": parameters, "cache": cache}
    names = {"Node": Node, "all_nodes": all_nodes, "grads": grads, "a1": cache["A1"][:, [0]]}
    return {**modules, **data, **names, **parameters, **cache, **grads, "__name__": "__main__"}


def check(exercise, source, folder):
    """What the check of an exercise says of the last function that a cell of a notebook makes."""
    file, names = folder / "cell.py", notebook()
    file.write_text(source, encoding="utf-8")
    linecache.clearcache()
    before = dict(names)
    exec(compile(source, str(file), "exec"), names)
    made = [value for name, value in names.items() if callable(value) and before.get(name) is not value]
    return getattr(checks, f"check_{exercise}")(made[-1])


@pytest.mark.parametrize(("exercise", "cause", "mistakes", "source"), [*WRONG, *FURTHER])
def test_the_line_that_is_meant_is_quoted(exercise, cause, mistakes, source, tmp_path):
    meant = [line.split(MARK)[0].strip() for line in source.splitlines() if MARK in line]
    result = check(exercise, "\n".join(line.split(MARK)[0] for line in source.splitlines()), tmp_path)
    assert result.passed is False and {*mistakes} <= {*result.mistakes}, (result.mistakes, result.message)
    assert result.line and result.line[1] in meant and f"“{result.line[1]}”" in result.message, result.message


@pytest.mark.parametrize(("exercise", "what", "source"), [*RIGHT, *FURTHER_RIGHT])
def test_what_is_right_but_odd_passes(exercise, what, source, tmp_path):
    result = check(exercise, source, tmp_path)
    assert result.passed is True, result.message


@pytest.mark.parametrize(("exercise", "what", "false", "source"), NOT_SAID)
def test_what_would_be_false_is_not_said(exercise, what, false, source, tmp_path):
    result = check(exercise, source, tmp_path)
    assert result.passed is False and result.message
    assert not [words for words in false if words in result.message], result.message


def test_an_edit_that_would_make_a_huge_array_is_not_tried(tmp_path):
    source = """
def my_batches(m, batch_size, rng):
    starts = rng.permutation(np.arange(0, m, batch_size))
    return [np.arange(s, min(s + batch_size, m)) for s in starts]
"""
    start = time.process_time()
    assert check("batches", source, tmp_path).mistakes == ("batch-size",)
    assert time.process_time() - start < 3
