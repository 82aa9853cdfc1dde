"""Kept functions are run and judged, in this interpreter and in a fresh one as after a restart."""

import json
import linecache
import os
import re
import subprocess
import sys
from functools import wraps
from pathlib import Path

import helpers
from helpers import network
from helpers.feedback.judge import judge
from helpers.feedback.limits import NeverEnds, at_most, quiet
from helpers.keeping import CannotKeep
from helpers.keeping.my_file import blocks, read
from helpers.own_functions import TAKES, called_with

SECONDS = 30  # that a function has in the fresh interpreter
TO_LOAD = 8  # seconds that its text may run there, and here, before it is tried
FRESH = "import sys; sys.path.insert(0, {root!r}); from helpers.keeping import loading; "
FRESH += "del sys.path[0]; loading.answer(*sys.argv[1:])"


def load_from(place, names):
    """The functions of these names that are right, {name: function}, and {name: why not} for the rest.

    CannotKeep where the file cannot be read.
    """
    text, forward, own, problems = read(place), network.forward_propagation, {}, {}
    found = blocks(text)
    linecache.checkcache(str(place))
    for name in [name for name in names if name in found]:  # forward stands before backward
        try:
            own[name] = _loaded(name, found[name], place, forward)
        except CannotKeep as problem:
            problems[name] = str(problem)
        forward = own.get("forward_propagation", forward)
    for name in names:
        if name not in found and re.search(rf"^def {name}\b", text, re.MULTILINE):
            problems[name] = f"it was not checked. Import it from there, and run check_{name}({name})."
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
    """The function of a block, run and judged; its lines are those of the file."""
    try:
        function = called_with(_made_by(block, name, place), TAKES[name])
        result = judge(name, function, forward)
    except NeverEnds:
        raise CannotKeep(f"its part of the file was not done after {TO_LOAD} seconds.") from None
    except CannotKeep:
        raise
    except ImportError as error:
        here = "Put its file beside the notebook, or write what you use of it in a cell"
        raise CannotKeep(f"{error}. {here}.") from None
    except (Exception, SystemExit) as error:
        line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
        where = f", line {line} of {place.name}" if line else ""
        raise CannotKeep(f"{type(error).__name__}{where}: {getattr(error, 'msg', error)}") from None
    if not result.passed:
        raise CannotKeep(" ".join(result.message.splitlines()[:2]))
    return for_one_output(name, function) if block.one_output else function


def _made_by(block, name, place):
    """What a block calls by this name."""
    namespace = {"__name__": "my_network", "input": _nobody_answers}
    with quiet(), at_most(TO_LOAD):
        exec(compile(block.source, str(place), "exec"), namespace)
    if name not in namespace:
        raise CannotKeep(f"nothing is called {name} any more below its line # ----.")
    return namespace[name]


def _nobody_answers(*_):
    """Stands for input() in the file: loading it asks nothing."""
    raise EOFError("it asks with input(), and nobody is asked when it is loaded")


def for_one_output(name, function):
    """The function, and with several outputs the reference, because the function allows one only."""

    @wraps(function)
    def either(*arguments, **keywords):
        layers = [given for given in arguments if isinstance(given, dict) and "W1" in given]
        last = layers[0][f"W{len(layers[0]) // 2}"] if layers else arguments[0]
        return (function if len(last) == 1 else getattr(network, name))(*arguments, **keywords)

    either.one_output = True
    return either
