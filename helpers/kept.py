"""Your own network: what passes its check is kept in my_network.py beside your lessons, and used."""

import ast
import builtins
import dis
import hashlib
import inspect
import os
import re
import sys
import textwrap
import types
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path

from helpers import network
from helpers.feedback.judge import judge
from helpers.trainer import Trainer

LESSONS = {
    "initialize_parameters": "10",
    "forward_propagation": "05",
    "compute_cost": "04",
    "backward_propagation": "07",
    "update_parameters": "09",
}
SHORT = {name: name.removeprefix("compute_").split("_")[0] for name in LESSONS}  # as the Trainer calls them
# what a learner's function cannot obey: with one of these settings the reference steps in
BEYOND = {"initialize": {"seed", "scale"}} | dict.fromkeys(("forward", "backward"), {"hidden_activation"})
TITLE = '"""My network: what passed its check. Edit it as you like: what you edit is not overwritten."""\n'
ONE_OUTPUT = ", for one output"
MARK = re.compile(r"^# ---- (\w+), from lesson \d\d \((\w+)\)(, for one output)?\n", re.MULTILINE)


class CannotKeep(Exception):
    """Why a function cannot be kept or loaded, in words for the learner."""


@dataclass
class Kept:
    """Five functions: the learner's own where kept and right, else the reference; words: which is whose."""

    initialize_parameters: object = network.initialize_parameters
    forward_propagation: object = network.forward_propagation
    compute_cost: object = network.compute_cost
    backward_propagation: object = network.backward_propagation
    update_parameters: object = network.update_parameters
    words: str = ""
    own: dict = field(default_factory=dict)

    def trainer(self, **settings):
        """A Trainer with these settings that runs on the learner's own functions.

        What theirs cannot obey, a seed, a scale, another activation, more layers, is left to the reference.
        """
        more_layers = not isinstance(settings.get("n_h", 4), int)
        beyond = {part for part in self.own if BEYOND.get(part, set()) & settings.keys() or more_layers}
        return Trainer(**{part: self.own[part] for part in self.own.keys() - beyond} | settings)


def path():
    """Where they are kept: my_network.py beside the notebook, or what the variable MY_NETWORK names."""
    return Path(os.environ.get("MY_NETWORK", "my_network.py"))


def load():
    """What is kept, as Kept; what cannot be read or no longer passes its check is left to the reference."""
    kept, found, broken = Kept(), {}, []
    try:
        found = _blocks(_text())
    except CannotKeep as problem:
        broken.append(str(problem))
    blocks = {name: found[name] for name in LESSONS if name in found}  # forward stands before backward
    for name, block in blocks.items():
        try:
            kept.own[SHORT[name]] = _loaded(name, block, kept.forward_propagation)
            setattr(kept, name, kept.own[SHORT[name]])
        except CannotKeep as problem:
            where = f"{name} in {path().name} does not work any more"
            broken.append(f"{where}, so the reference takes over: {problem}")
    theirs = [f"{SHORT[n]} (lesson {LESSONS[n]})" for n in LESSONS if SHORT[n] not in kept.own]
    yours = f"Yours: {', '.join(kept.own) or 'none yet'}."
    kept.words = "\n".join([f"{yours} Reference: {', '.join(theirs) or 'none'}.", *broken])
    return kept


def keep(name, function, forward, one_output=False):
    """Write a function that passed its check into my_network.py, with what it needs; returns what was done.

    forward: the forward_propagation beside it, whose cache a backward may rely on.
    """
    try:
        text = _text()
        block = _blocks(text).get(name)
        if block and _checksum(block.code) != block.checksum:
            stays = f"{path().name} holds a {name} that you edited there, and it stays."
            return f"{stays} Delete it there to keep this one."
        code = _self_contained(name, function)
        mark = f"# ---- {name}, from lesson {LESSONS[name]} ({_checksum(code)}){ONE_OUTPUT * one_output}\n"
        _loaded(name, Block(mark, code), forward)
        before, after = (text[: block.start], text[block.end :]) if block else (text + "\n\n", "")
        _write(before + mark + code + ("\n\n" + after if after else ""))
    except (CannotKeep, OSError, TypeError, AttributeError) as problem:
        return f"It is right, but cannot be kept for the later lessons: {problem}"
    return f"It is kept in {path().name}, and the later lessons run on it."


def start_over():
    """Put my_network.py aside under a dated name, so that the reference does all again; returns that name."""
    from helpers.lessons import keep_dated  # here, because it brings Jupyter along

    return keep_dated(path())


@dataclass
class Block:
    """One kept function in the text of the file: its mark, its code, and where it starts and ends."""

    mark: str
    code: str
    start: int = 0
    end: int = 0

    @property
    def checksum(self):
        """The sum of the code when it was kept."""
        return MARK.match(self.mark).group(2)


def _text():
    try:
        return path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return TITLE
    except (OSError, UnicodeDecodeError) as problem:
        hint = "Put it right, or start over: kept.start_over()"
        raise CannotKeep(f"{path().name} cannot be read ({problem}). {hint}") from None


def _blocks(text):
    marks = list(MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    pairs = zip(marks, ends, strict=False)
    return {m.group(1): Block(m.group(0), text[m.end() : end], m.start(), end) for m, end in pairs}


def _write(text):
    """Write beside the file, then put it in place in one move: a crash leaves the old file or the new one."""
    part = path().with_name(path().name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, path())


def _checksum(code):
    return hashlib.sha256(code.strip().encode()).hexdigest()[:12]


def _loaded(name, block, forward):
    """The function of a block, run by itself and judged again; CannotKeep where it is not right."""
    namespace = {"__name__": "my_network"}
    try:
        exec(compile(block.code, path().name, "exec"), namespace)
        function = namespace[name]
        result = judge(name, function, forward)
    except Exception as error:
        line = f", line {error.lineno} of it" if isinstance(error, SyntaxError) else ""
        raise CannotKeep(f"{type(error).__name__}{line}: {error}") from None
    if not result.passed:
        raise CannotKeep("; ".join(result.message.splitlines()[:2]))
    return _for_one_output(name, function) if ONE_OUTPUT in block.mark else function


def _for_one_output(name, function):
    """The function, and with several outputs the reference, because the function allows one only."""

    @wraps(function)
    def either(*arguments):
        weights = [a["W2"] for a in arguments if isinstance(a, dict) and "W2" in a]
        outputs = len([*weights, arguments[0]][0])
        return (function if outputs == 1 else getattr(network, name))(*arguments)

    either.one_output = True
    return either


def _self_contained(name, function):
    """The source of a function, after the imports, constants and other functions that it uses."""
    parts = {}
    _collect(function, parts)
    first = [line for line in parts.values() if line.startswith(("import ", "from "))]
    rest = [source for source in parts.values() if source not in first]
    alias = [] if function.__name__ == name else [f"{name} = {function.__name__}"]
    return "\n\n".join(["\n".join(sorted(first)), "\n\n\n".join(rest + alias)]).strip() + "\n"


NOT_ALONE = "it is a lambda or was made inside another function. Write it with def, in a cell of its own."


def _collect(function, parts):
    """Add to parts, by name, the text of function and of all that it uses, what is used first."""
    if function.__name__ == "<lambda>" or function.__closure__:
        raise CannotKeep(NOT_ALONE)
    source = textwrap.dedent(inspect.getsource(function))
    parts[function.__name__] = ""  # so that a function that calls itself is collected once
    for used in _global_names(function.__code__) | _names_in_head(source):
        if used not in parts and used in function.__globals__ and not hasattr(builtins, used):
            _collect_value(used, function.__globals__[used], function, parts)
    del parts[function.__name__]
    parts[function.__name__] = source.strip()


def _collect_value(used, value, function, parts):
    home = sys.modules.get(getattr(value, "__module__", None) or "numpy")
    name = getattr(value, "__name__", "")
    alias = "" if name == used else f" as {used}"
    if isinstance(value, types.ModuleType):
        parts[used] = f"import {name}{alias}"
    elif isinstance(value, types.FunctionType) and value.__globals__ is function.__globals__:
        _collect(value, parts)
        if alias:
            parts[used] = f"{used} = {name}"
    elif isinstance(value, (int, float, str, bool, type(None))):
        parts[used] = f"{used} = {value!r}"
    elif home and getattr(home, name, None) is value:
        parts[used] = f"from {home.__name__} import {name}{alias}"
    else:
        where = "which was made elsewhere in the notebook. Make it inside the function."
        raise CannotKeep(f"it uses {used}, {where}")


def _global_names(code):
    """The global names that a function uses, those of functions inside it included."""
    names = {i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    inside = [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
    return names.union(*map(_global_names, inside))


def _names_in_head(source):
    """The names in a function's decorators, defaults and annotations."""
    head = ast.parse(source).body[0]
    parts = [*head.decorator_list, head.args, *filter(None, [head.returns])]
    return {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)}
