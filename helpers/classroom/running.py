"""Running a student's answer and checking it, in a process that holds nothing else."""

import ast
import builtins
import linecache
import math
from functools import partial

import numpy as np

from helpers import kept, network
from helpers.classroom.answers import without_magics
from helpers.feedback.cells import defined_in
from helpers.feedback.errors import hint_for
from helpers.feedback.judge import judge
from helpers.feedback.limits import NeverEnds, at_most, quiet
from helpers.feedback.messages import NOT_ATTEMPTED
from helpers.feedback.trials import NEVER_ENDS
from helpers.keeping.self_contained import names_in
from helpers.keeping.trying import is_reference

DEFINING = 5  # seconds that the cell itself may take, and its check after it has the rest
FILE = "answer.py"
STATUS = {True: "passed", False: "mistake", None: "not attempted"}


def outcome_of(job, imports):
    """The outcome of a job, as judging.py describes both.  imports: the names that the lesson imports."""
    if "typed" in job:
        return {"value": value_of(job["typed"])}
    if job["module"]:
        with open("my_network.py", "w", encoding="utf-8") as file:
            file.write(job["module"])
    answer = without_magics(job["answer"])
    try:
        code = compile(answer, FILE, "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return _syntax_error(error)
    namespace = dict(imports)
    linecache.cache[FILE] = (len(answer), None, answer.splitlines(keepends=True), FILE)
    try:
        with quiet(), at_most(DEFINING):
            bring(names_in(answer), job["others"], namespace)
            exec(code, namespace)
    except NeverEnds:
        return {"status": "endless", "words": f"The cell was not done after {DEFINING} seconds."}
    except NotImplementedError:
        return {"status": "not attempted", "words": NOT_ATTEMPTED}
    except (Exception, SystemExit) as error:
        said = f": {error}" if str(error) else ""
        words = f"The cell stopped with {type(error).__name__}{said}."
        return {"status": "crashed", "words": f"{words}\n{hint_for(error)}".strip()}
    return checked(job, namespace, imports, answer)


def checked(job, namespace, imports, answer):
    """The outcome of the course's check of what a cell has defined."""
    called = called_here(job["name"], namespace, answer)
    if called is None:
        return {"status": "missing", "words": f"The cell defines no {job['name']}."}
    value, forward = namespace[called], network.forward_propagation
    if job["module"] and job["name"] == "backward_propagation":  # it may rely on a cache of their own
        forward = kept.load().forward_propagation
    # nothing is to be kept, so for the five the judge itself is asked
    asked = imports | {f"check_{name}": partial(judge, name, forward=forward) for name in kept.LESSONS}
    with quiet():
        result = eval(compile(job["check"], "check", "eval"), {**asked, job["name"]: value})
        reference = job["name"] in kept.LESSONS and callable(value) and is_reference(job["name"], value)
    return {
        "status": status_of(result),
        "words": result.message,
        "mistakes": [*result.mistakes],
        "line": [*result.line] if result.line else None,
        "called": called if called != job["name"] else "",
        "reference": bool(reference),
    }


def called_here(name, namespace, answer):
    """What the answer is called: as it should be, or as the one function that the cell defines; or None."""
    if name in namespace:
        return name
    functions = [each for each in defined_in(answer) if callable(namespace.get(each))]
    return functions[0] if len(functions) == 1 else None


def status_of(result):
    """The status of a CheckResult: what met a limit is "endless" or "crashed", not a mistake."""
    for mistake in result.mistakes:
        error = getattr(builtins, mistake.removeprefix("raised-"), None)
        if mistake == NEVER_ENDS:
            return "endless"
        if isinstance(error, type) and issubclass(error, (MemoryError, OSError)) or mistake == "exit":
            return "crashed"
    return STATUS[result.passed]


def bring(names, others, namespace):
    """Run the statements of the student's other cells that make these names, and what those need in turn.

    The newest statement counts. One that stops is left out: the answer then says that its name is missing.
    """
    missing = [name for name in names if name not in namespace and not hasattr(builtins, name)]
    for name in missing:
        for source in reversed(others):
            if name in namespace or name not in source:
                continue
            if statement := _statement_that_makes(name, source):
                namespace[name] = ...  # so that two that need each other come to an end
                bring(names_in(statement), others, namespace)
                del namespace[name]
                _run(statement, namespace)


def _run(statement, namespace):
    try:
        exec(compile(statement, f"{FILE} besides", "exec"), namespace)
    except Exception:  # it stops in the student's notebook as well
        pass


def _statement_that_makes(name, source):
    """The last statement at the left edge of a cell that makes a name, as source; "" if there is none."""
    try:
        body = ast.parse(without_magics(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for node in reversed(body):
        imports = [alias.asname or alias.name.split(".")[0] for alias in getattr(node, "names", []) if alias]
        imports = imports if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        text = ast.unparse(node)
        if name in imports or name in text and name in defined_in(text):
            return text
    return ""


def _syntax_error(error):
    number = getattr(error, "lineno", None)
    line = [number, (getattr(error, "text", None) or "").strip()] if number else None
    words = f"{type(error).__name__}: {getattr(error, 'msg', error)}. {hint_for(error)}".strip()
    return {"status": "syntax error", "words": words, "line": line}


def value_of(typed):
    """The value of what was typed as a prediction, as JSON can hold it; None where it has none."""
    try:
        with quiet(), at_most(1):
            value = eval(typed, {"np": np, "math": math})
    except (Exception, NeverEnds, SystemExit):
        return None
    if isinstance(value, np.generic) or isinstance(value, np.ndarray) and value.size == 1:
        value = value.item()
    plain = isinstance(value, (int, float, str)) or isinstance(value, tuple) and len(value) < 9
    return value if plain else None
