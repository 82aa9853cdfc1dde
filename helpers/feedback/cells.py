"""Cells that stopped with an error, or lost their def: what an older run left is still there.

IPython is asked before and after each cell which object a name stands for: if the cell stopped and the object
is still the same, it is out of date. Outside IPython nothing is out of date.
"""

import ast
import re
import sys

from helpers.feedback.errors import hint_for
from helpers.feedback.messages import not_yet

MADE_BY = {}  # by the number of a cell: the functions that it made, by name
BEFORE = {}  # what the names that a cell defines stood for when it began
OUT_OF_DATE = {}  # by name: the object of an older run, the error that stopped the cell or None, its line


def watch():
    """Have IPython say when a cell begins and ends, if this runs in it."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None or getattr(shell, "_watched_for_checks", False):
        return
    shell._watched_for_checks = True
    shell.events.register("pre_run_cell", lambda info: cell_begins(info.raw_cell, shell.user_ns))
    shell.events.register("post_run_cell", lambda result: cell_ends(result, shell.user_ns))


def cell_begins(source, names):
    """Remember what the names that a cell defines stand for.  names: the notebook's variables."""
    BEFORE.clear()
    BEFORE.update({name: names[name] for name in defined_in(source) if name in names})


def cell_ends(result, names):
    """Remember which names are out of date, after a cell that ended with result, as IPython hands it over."""
    error = result.error_before_exec or result.error_in_exec
    for name, before in BEFORE.items():
        OUT_OF_DATE.pop(name, None)
        if error is not None and names.get(name) is before:
            OUT_OF_DATE[name] = before, error, _line_of(error, result.info.raw_cell)
    _without_def(getattr(result.info, "cell_id", None), defined_in(result.info.raw_cell), names, error)


def _without_def(cell, defined, names, error):
    """Remember which functions are out of date because the cell that made them no longer does."""
    if cell is None:  # it is not known which cell it was
        return
    for name, made in MADE_BY.get(cell, {}).items():
        if name not in defined and names.get(name) is made:
            OUT_OF_DATE[name] = made, None, ""
    new = {name: names[name] for name in defined if callable(names.get(name)) and not error}
    MADE_BY[cell] = {**MADE_BY.get(cell, {}), **new}


def defined_in(source):
    """The names that a cell defines at its left edge: functions and variables; also if it cannot be read."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set(re.findall(r"^(?:def\s+)?([A-Za-z_]\w*)\s*(?=[(=])", source, re.MULTILINE))
    made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return made | {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def out_of_date(answer):
    """The CheckResult for an answer whose cell stopped when it last ran; None for any other."""
    for name, (before, error, line) in OUT_OF_DATE.items():
        if before is answer and error is None:
            words = (
                f"The cell that made {name} was run again, and it makes no {name} any more: what is there is"
            )
            return not_yet(
                "cell-without-def", f"{words} from an earlier run. Which line of it names the function?"
            )
        if before is answer:
            stopped = f"The cell that makes {name} stopped with {type(error).__name__} when it last ran"
            said = (
                f"{stopped}{line}, so what is there is from an earlier run. Mend the cell and run it first."
            )
            return not_yet("cell-stopped", "\n".join(filter(None, [said, hint_for(error)])))
    return None


def _line_of(error, source):
    """Words for the line at which a cell stopped, or ""."""
    number = getattr(error, "lineno", None)
    step = error.__traceback__
    while step and number is None:
        inside = step.tb_frame.f_code.co_name == "<module>" and step.tb_frame.f_globals.get("In")
        number = step.tb_lineno if inside else None
        step = step.tb_next
    lines = source.splitlines()
    return f" in the line “{lines[number - 1].strip()}”" if number and number <= len(lines) else ""
