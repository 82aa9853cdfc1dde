"""Where names come from: what a learner's function reads, and from where, by its source and its code.

Each finding is a small value, never a sentence: its kind, the name, the line and what is meant.
"""

import ast
import builtins
import inspect
import linecache
import re
from dataclasses import dataclass

import numpy as np

from helpers.computation_graph import Node
from helpers.feedback.watched import own_functions, source_lines, tree_of, underlying
from helpers.words import listed

READ_ALL = {"locals", "vars", "eval", "exec"}  # by these a name may be read that stands nowhere
NETWORK = "X Y W1 b1 W2 b2 Z1 A1 Z2 A2 dZ1 dW1 db1 dZ2 dW2 db2 m J a z".split()


@dataclass(frozen=True)
class Oddity:
    """Something about a name that is seldom meant.

    kind: "of the notebook" (a variable of the notebook is read where an argument holds it), "not defined",
    "helper of the notebook" (a function is called that reads one), "number of the notebook",
    "used before made", "fixed entry", "twice defined", "argument overwritten", "transposed local",
    "other entry", "caret", "value unused", "lone comma", "async", "yield", "arguments turned",
    "argument unread" (one that holds what a formula needs).
    """

    kind: str
    name: str
    line: int
    text: str
    meant: str = ""  # where the name should come from, or what it stands for: "cache", "A1"


def oddities(function, arguments):
    """What is odd about the names of a function that is called with these arguments, by line.

    arguments: by name, as the check hands them over.  OSError, TypeError or SyntaxError without a source.
    """
    function, _, _ = underlying(function)
    found = [*of_the_whole(function, arguments)]
    own = list(inspect.signature(function).parameters)
    own = dict(zip(arguments, own, strict=False)) if len(own) >= len(arguments) else {}
    arguments = {own.get(name, name): value for name, value in arguments.items()}
    own = {name: "argument " + other for name, other in own.items() if name != other and other not in own}
    for part in own_functions(function).values():
        tree, lines = tree_of(part), source_lines(part)
        held = holders(arguments, part is function) | own
        for kind, name, node, meant in (
            *from_elsewhere(part, tree, held),
            *used_too_early(tree, held),
            *fixed_entries(tree, arguments),
            *overwritten(tree),
            *renamed(tree),
            *not_meant(tree),
        ):
            if part is not function and kind == "of the notebook":
                kind, name, meant = "helper of the notebook", part.__name__, ""
            found.append(Oddity(kind, name, node.lineno, lines.get(node.lineno, ""), meant))
    found += twice_defined(function)
    return sorted(found, key=lambda odd: odd.line)


def of_the_whole(function, arguments):
    """What is odd about a function as a whole: its arguments, async, a yield for its return."""
    tree, lines = tree_of(function), source_lines(function)
    taken, kinds = list(inspect.signature(function).parameters), []
    if sorted(taken) == sorted(arguments) and taken != [*arguments]:
        kinds = [("arguments turned", tree, listed(arguments))]
    if "cache" not in arguments and len(taken) == len(arguments):  # what is in a cache can be computed anew
        read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        given = zip(taken, arguments.values(), strict=True)
        unread = [name for name, value in given if isinstance(value, dict) and name not in read]
        kinds += [("argument unread", tree, name) for name in unread if not read & READ_ALL]
    if inspect.iscoroutinefunction(function):
        kinds = [("async", tree, "")]
    if inspect.isgeneratorfunction(function):
        kinds = [("yield", next(n for n in ast.walk(tree) if isinstance(n, (ast.Yield, ast.YieldFrom))), "")]
    for kind, node, meant in kinds:
        yield Oddity(kind, function.__name__, node.lineno, lines.get(node.lineno, ""), meant)


def holders(arguments, is_main):
    """Which argument holds each name: {"X": "X", "A2": "cache"}; other names of the formulas: ""."""
    held = dict.fromkeys(NETWORK, "") if is_main else {}
    for argument, value in arguments.items():
        held[argument] = argument
        held |= dict.fromkeys(value, argument) if isinstance(value, dict) else {}
    return held


def from_elsewhere(function, tree, held):
    """Names that the function reads and does not make: variables of the notebook, or nothing at all."""
    nodes = [*ast.walk(tree)]
    mine = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    mine |= {n.arg for n in nodes if isinstance(n, ast.arg)} | {*function.__code__.co_freevars}
    mine |= {n.name for n in nodes if isinstance(n, (ast.FunctionDef, ast.ClassDef, ast.ExceptHandler))}
    read = [n for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and n.id not in mine]
    for node in sorted(read, key=lambda node: (node.lineno, node.col_offset)):
        if node.id in function.__globals__:
            value = function.__globals__[node.id]
            meant, constant = _likely(node.id, held), re.fullmatch("[A-Z_]{3,}", node.id)
            is_data = isinstance(value, (np.ndarray, dict, list, Node)) and not constant
            if is_data or isinstance(value, (int, float)) and meant:
                yield "of the notebook", node.id, node, held.get(meant, "")
            elif isinstance(value, (int, float)) and not constant:
                yield "number of the notebook", node.id, node, ""
        elif not hasattr(builtins, node.id):
            yield "not defined", node.id, node, held.get(node.id, "")


def _likely(name, held):
    """Which of the names that are held is meant by a name of the notebook: X by X_train, A2 by A."""
    base = name.split("_")[0]
    longer = [other for other in held if other.rstrip("12") == base and held[other] == other]
    return next((other for other in (name, base.upper(), *longer) if other in held), "")


def used_too_early(tree, held):
    """Names that are read before the function makes them, of those that a dict holds."""
    nodes = [*ast.walk(tree)]
    events = [n for n in nodes if isinstance(n, ast.Name) and held.get(n.id) not in (None, "", n.id)]
    if isinstance(tree, ast.Lambda):
        return
    targets = [n.target for n in nodes if isinstance(n, ast.comprehension)]
    inner = {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
    at = {n: part for part in nodes if isinstance(part, ast.stmt) for n in ast.walk(part)}  # its statement
    events.sort(key=lambda n: (at[n].lineno, at[n].col_offset, isinstance(n.ctx, ast.Store), n.lineno))
    for name in sorted({n.id for n in events if isinstance(n.ctx, ast.Store)} - inner):
        first = next(n for n in events if n.id == name)
        if isinstance(first.ctx, ast.Load):
            yield "used before made", name, first, held[name]


def fixed_entries(tree, arguments):
    """Arguments of which single entries are read by their numbers, some of them beyond the first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") in arguments:
            numbers = [n.value for n in ast.walk(node.slice) if isinstance(n, ast.Constant)]
            if isinstance(node.slice, ast.Tuple) and len(numbers) == 2 and numbers[1] != 0:
                yield "fixed entry", node.value.id, node, ""


def overwritten(tree):
    """Arguments that get another value before they are read; += and -= read them."""
    nodes = [*ast.walk(tree)]
    read = {n.target for n in nodes if isinstance(n, ast.AugAssign)}
    events = [n for n in nodes if isinstance(n, ast.Name)]
    events.sort(key=lambda n: (n.lineno, isinstance(n.ctx, ast.Store) and n not in read, n.col_offset))
    for argument in tree.args.args:
        first = next((n for n in events if n.id == argument.arg), None)
        if first and isinstance(first.ctx, ast.Store) and first not in read:
            yield "argument overwritten", argument.arg, first, ""


def renamed(tree):
    """A name that is given the transpose of its own entry, or the entry or value of another name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        target, value = node.targets[0], node.value
        both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
        for name, part in zip(target.elts, value.elts, strict=False) if both else [(target, value)]:
            turned = isinstance(part, ast.Attribute) and part.attr == "T"
            entry = _entry(part.value if turned else part)
            if not isinstance(name, ast.Name) or not entry or name.id not in NETWORK or entry not in NETWORK:
                continue
            if entry != name.id:
                yield "other entry", name.id, name, entry
            elif turned:
                yield "transposed local", name.id, name, entry


def _entry(node):
    """The name of an entry, cache["A1"]; "" for all else."""
    key = node.slice.value if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) else ""
    return key if isinstance(key, str) else ""


def not_meant(tree):
    """What Python reads as something else than a beginner: `^` for a power, == or a colon for =."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
            yield "caret", ast.unparse(node.left), node, ""
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 1:
            yield "lone comma", ast.unparse(node.targets[0]), node, ""
        idle = isinstance(node, ast.Expr) and isinstance(
            node.value, (ast.BinOp, ast.Name, ast.Compare, ast.Subscript)
        )
        if idle or isinstance(node, ast.AnnAssign) and node.value is None:
            yield "value unused", "", node, ""


def twice_defined(function):
    """Functions of the same cell or file that are defined a second time, of those that it uses."""
    filename, seen = function.__code__.co_filename, set()
    try:
        module = ast.parse("".join(linecache.getlines(filename)))
    except SyntaxError:
        return
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            if node.name in seen & {*function.__code__.co_names, function.__name__}:
                text = linecache.getline(filename, node.lineno).strip()
                yield Oddity("twice defined", node.name, node.lineno, text)
            seen.add(node.name)
