"""Kept functions are run and judged, in this interpreter and in a fresh one as after a restart."""

import json
import linecache
import os
import subprocess
import sys
from functools import wraps
from pathlib import Path

import helpers
from helpers import network
from helpers.feedback.judge import judge
from helpers.feedback.limits import quiet
from helpers.keeping import CannotKeep
from helpers.keeping.my_file import blocks, read
from helpers.own_functions import TAKES, called_with

SECONDS = 30  # that a function has in the fresh interpreter
FRESH = "import sys; sys.path.insert(0, {root!r}); from helpers.keeping import loading; "
FRESH += "del sys.path[0]; loading.answer(*sys.argv[1:])"


def load_from(place, names):
    """The functions of these names that are right, {name: function}, and {name: why not} for the rest.

    CannotKeep where the file cannot be read.
    """
    found, forward, own, problems = blocks(read(place)), network.forward_propagation, {}, {}
    linecache.checkcache(str(place))
    for name in [name for name in names if name in found]:  # forward stands before backward
        try:
            own[name] = _loaded(name, found[name], place, forward)
        except CannotKeep as problem:
            problems[name] = str(problem)
        forward = own.get("forward_propagation", forward)
    return own, problems


def try_afresh(place, name):
    """(whether it was tried in a fresh interpreter, what keeps it from running after a restart or "")."""
    env = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", FRESH.format(root=str(Path(helpers.__file__).parents[1])), place, name]
    folder = helpers.STARTED_IN if os.path.isdir(helpers.STARTED_IN) else None
    try:
        run = subprocess.run(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return True, f"in a fresh Python it was not done after {SECONDS} seconds."
    except (OSError, TypeError, ValueError):  # as in a browser
        return False, _problem(place, name)
    try:
        return True, json.loads(run.stdout)
    except ValueError:
        return True, "a fresh Python ended before it was done. Does your function end it?"


def answer(place, name):
    """In the fresh interpreter: print the problem as JSON, and nothing that a function prints."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    problem = _problem(Path(place), name)
    print(json.dumps(problem), file=out, flush=True)


def _problem(place, name):
    """Words for what is wrong with the function of that name in a file; "" where it is right."""
    return load_from(place, dict.fromkeys(["forward_propagation", name]))[1].get(name, "")


def _loaded(name, block, place, forward):
    """The function of a block, run by itself and judged; its lines are those of the file."""
    namespace = {"__name__": "my_network"}
    try:
        with quiet():
            exec(compile("\n" * block.lines_above + block.code, str(place), "exec"), namespace)
            function = called_with(namespace[name], TAKES[name])
            result = judge(name, function, forward)
    except ImportError as error:
        here = "Put its file beside the notebook, or write what you use of it in a cell"
        raise CannotKeep(f"{error}. {here}.") from None
    except Exception as error:
        line = f", line {error.lineno} of {place.name}" if isinstance(error, SyntaxError) else ""
        raise CannotKeep(f"{type(error).__name__}{line}: {getattr(error, 'msg', error)}") from None
    if not result.passed:
        raise CannotKeep("; ".join(result.message.splitlines()[:2]))
    return for_one_output(name, function) if block.one_output else function


def for_one_output(name, function):
    """The function, and with several outputs the reference, because the function allows one only."""

    @wraps(function)
    def either(*arguments, **keywords):
        layers = [given for given in arguments if isinstance(given, dict) and "W1" in given]
        last = layers[0][f"W{len(layers[0]) // 2}"] if layers else arguments[0]
        return (function if len(last) == 1 else getattr(network, name))(*arguments, **keywords)

    either.one_output = True
    return either
