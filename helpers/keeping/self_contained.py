"""A learner's function as the text of a file: the imports, constants and functions it uses, then itself."""

import ast
import builtins
import dis
import functools
import inspect
import sys
import types

import numpy as np

from helpers.keeping import CannotKeep
from helpers.keeping.written import all_codes, statement, text_of

LONGEST = 2000  # characters of a constant; a longer one is data
INSIDE = "it was made inside another function, or inside a class. Write it with def, in a cell of its own."
ELSEWHERE = "which was made elsewhere in the notebook. Make it inside the function."


def self_contained(name, function):
    """The text of a file in which name is this function; CannotKeep for what cannot be written there."""
    parts = {}  # by name: what it is, and the text that makes it; what is used first stands first
    own = _collect_own(name, function, parts)
    if own != name:
        _add(parts, name, function, f"{name} = {own}")
    texts = [text for _, text in parts.values()]
    imports = [text for text in texts if text.startswith(("import ", "from "))]
    rest = [text.strip() for text in texts if text not in imports]
    return "\n\n".join(["\n".join(sorted(imports)), "\n\n\n".join(rest)]).strip() + "\n"


def literal(value):
    """The text of a number, a text, None, or a tuple, list, set or dict of them; "" for anything else."""
    kind = type(value)
    if kind in (bool, int, complex, str, bytes, type(None)):
        return repr(value)
    if kind is float:
        return repr(value) if np.isfinite(value) else f'float("{value}")'
    if isinstance(value, np.generic) and value.dtype.kind in "biuf" and value.itemsize <= 8:
        return f"numpy.{kind.__name__}({literal(value.item())})"
    if kind in (tuple, list, set) and value and all(map(literal, value)):
        inside = ", ".join(map(literal, value)) + ("," if kind is tuple else "")
        return {tuple: "({})", list: "[{}]", set: "{{{}}}"}[kind].format(inside)
    if kind is dict and all(map(literal, [*value, *value.values()])):
        return "{" + ", ".join(f"{literal(key)}: {literal(entry)}" for key, entry in value.items()) + "}"
    return repr(value) if kind in (tuple, list) and not value else ""


def _add(parts, name, value, text):
    """Put what makes a name into parts; CannotKeep where the name is another thing's already."""
    if name in parts and parts[name][0] is not value:
        raise CannotKeep(f"it uses two different things called {name}. Give one of them another name.")
    parts.pop(name, None)
    parts[name] = value, text


def _collect_own(name, function, parts):
    """Add the function that is to be kept; returns the name that it has there."""
    if isinstance(function, functools.partial):
        return _collect_partial(name, function, parts)
    if isinstance(function, types.MethodType):
        return _collect_method(name, function, parts)
    if inner := _inner(function):
        own = name if inner.__code__.co_name == "<lambda>" else inner.__code__.co_name
        return _collect_function(own, function, parts)
    namespace = getattr(function, "__globals__", None) or vars(sys.modules["__main__"])
    for own in [known for known, value in namespace.items() if value is function]:
        if text := statement(own, namespace):
            return _collect_text(own, function, text, namespace, parts)
    if isinstance(getattr(function, "__call__", None), types.MethodType):  # noqa: B004 (a method of the learner's)
        return _collect_method(name, function.__call__, parts)
    raise CannotKeep(INSIDE)


def _inner(function):
    """The function that was written with def or lambda, inside its decorators; None where there is none."""
    inner = inspect.unwrap(function)
    if not isinstance(inner, types.FunctionType) or inner.__closure__:
        return None
    decorated = inner is not function
    return inner if not decorated or text_of(inner, decorated).startswith("@") else None


def _collect_function(own, function, parts):
    """Add a function from its text, under the name in its def."""
    inner = _inner(function)
    text = _with_own_defaults(text_of(inner, decorated=inner is not function), inner)
    text = f"{own} = {text}" if inner.__code__.co_name == "<lambda>" else text
    return _collect_text(own, function, text, inner.__globals__, parts)


def _collect_text(own, value, text, namespace, parts):
    """Add a text that makes own, after all that it uses of the notebook."""
    _add(parts, own, value, "")  # so that a function that calls itself is collected once
    for used in names_in(text):
        known = used in namespace and not used.startswith("__")
        held = namespace.get(used)
        if known and getattr(held, "__wrapped__", held) is not getattr(
            builtins, used, parts
        ):  # a notebook wraps open
            _collect(used, namespace[used], namespace, parts)
    for module in _submodules(text, namespace):
        _add(parts, module, sys.modules[module], f"import {module}")
    _add(parts, own, value, text)
    return own


def _collect(used, value, namespace, parts):
    """Add what a function uses under a name: a module, a constant, a function, a class."""
    if used in parts and parts[used][0] is value:
        return
    text = literal(value)
    if isinstance(value, types.ModuleType):
        _add(parts, used, value, _import_of(value.__name__, used))
    elif text and len(text) <= LONGEST:
        if "numpy." in text:
            _add(parts, "numpy", np, "import numpy")
        _add(parts, used, value, f"{used} = {text}")
    elif getattr(value, "__globals__", None) is not namespace and (home := _home(used, value)):
        module, name = home
        _add(parts, used, value, f"from {module} import {name}" + f" as {used}" * (name != used))
    elif not callable(value):
        raise CannotKeep(f"it uses {used}, {ELSEWHERE}")
    else:
        _collect_callable(used, value, namespace, parts)


def _collect_callable(used, value, namespace, parts):
    """Add a function or class of the notebook: from its def or lambda, or the statement that made it."""
    try:
        if inner := _inner(value):
            own = inner.__code__.co_name
            own = _collect_function(used if own == "<lambda>" else own, value, parts)
            if own != used:
                _add(parts, used, value, f"{used} = {own}")
        elif text := statement(used, namespace):
            _collect_text(used, value, text, namespace, parts)
        else:
            raise CannotKeep(INSIDE)
    except CannotKeep as problem:
        why = str(problem)
        raise CannotKeep(why if why.startswith("it uses") else f"it uses {used}, and {why}") from None


def _collect_partial(name, function, parts):
    """Add a partial as a plain function that calls the whole one."""
    own = getattr(function.func, "__name__", "").replace("<lambda>", f"whole_{name}")
    if own == name:
        raise CannotKeep(f"it uses another function called {name}. Give that one another name.")
    _collect(own, function.func, getattr(function.func, "__globals__", {}), parts)
    fixed = [_constant(f"argument {k + 1}", value, parts) for k, value in enumerate(function.args)]
    named = [f"{key}={_constant(key, value, parts)}" for key, value in function.keywords.items()]
    return _plain_function(name, function, own, parts, fixed, named)


def _constant(name, value, parts):
    """The text of a value that a partial or an object holds."""
    if callable(value) and hasattr(value, "__name__"):
        _collect(value.__name__, value, getattr(value, "__globals__", {}), parts)
        return value.__name__
    if not (text := literal(value)):
        raise CannotKeep(f"it holds {name}, {ELSEWHERE}")
    if "numpy." in text:
        _add(parts, "numpy", np, "import numpy")
    return text


def _collect_method(name, method, parts):
    """Add a method as a plain function that calls it, after its class and what its object holds."""
    me, namespace = method.__self__, method.__func__.__globals__
    kind = me if isinstance(me, type) else type(me)
    who, state = kind.__name__, {} if me is kind else getattr(me, "__dict__", {})
    _collect(who, kind, namespace, parts)
    if me is not kind and kind.__init__ is object.__init__ and not state:
        who = f"{kind.__name__}()"
    elif me is not kind:
        who = f"my_{kind.__name__.lower()}"
        held = ", ".join(f"{key!r}: {_constant(f'self.{key}', value, parts)}" for key, value in state.items())
        made = f"{who} = {kind.__name__}.__new__({kind.__name__})\nvars({who}).update({{{held}}})"
        _add(parts, who, me, made)
    return _plain_function(name, method, f"{who}.{method.__func__.__name__}", parts)


def _plain_function(name, function, own, parts, before=(), after=()):
    """Add a def of this name that hands its arguments on to own, with others before and after them."""
    taken = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
    names = [one.name for one in taken if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    call = f"{own}({', '.join([*before, *names, *after])})"
    _add(parts, name, function, f"def {name}({', '.join(names)}):\n    return {call}")
    return name


def names_in(text):
    """The names that a text takes from around it, decorators, defaults and annotations included."""
    codes = all_codes(compile(text, "<kept>", "exec"))
    steps = [step for code in codes for step in dis.get_instructions(code)]
    looks_up = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
    return sorted({step.argval for step in steps if step.opname in looks_up})


def _import_of(module, used):
    """The import that makes a module known under this name."""
    return f"import {module}" + f" as {used}" * (module != used)


def _submodules(text, namespace):
    """The modules inside a package that a text names, as scipy.special: they may need their own import."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        root, names = node, []
        while isinstance(root, ast.Attribute):
            root, names = root.value, [root.attr, *names]
        package = namespace.get(root.id) if isinstance(root, ast.Name) and names else None
        if isinstance(package, types.ModuleType) and package is not np:
            dotted = [".".join([package.__name__, *names[:k]]) for k in range(1, len(names) + 1)]
            found |= {module for module in dotted if module in sys.modules}
    return sorted(found)


def _home(used, value):
    """The module that a thing can be imported from, and its name there; None where there is none."""
    names = dict.fromkeys([getattr(value, "__name__", used), used])
    public = [m for m in sys.modules if not any(part.startswith("_") for part in m.split("."))]
    modules = [getattr(value, "__module__", None), "numpy", *sorted(public, key=lambda m: (m.count("."), m))]
    for module in modules:
        inside = getattr(sys.modules.get(module), "__dict__", {}) if module != "__main__" else {}
        for name in names:
            if inside.get(name) is value:
                return module, name
    return None


def _with_own_defaults(text, function):
    """A def whose defaults that hang on the notebook's data, as k=k in a loop, are written as they are."""
    tree = ast.parse(text, mode="exec").body[0]
    arguments = (tree.value if isinstance(tree, ast.Expr) else tree).args
    pairs = [*zip(reversed(arguments.defaults), reversed(function.__defaults__ or ()), strict=False)]
    own = function.__kwdefaults__ or {}
    for argument, node in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        pairs += [(node, own[argument.arg])] if argument.arg in own else []
    lines = text.encode().split(b"\n")  # Python counts columns in bytes
    for node, value in sorted(pairs, key=lambda pair: (pair[0].lineno, pair[0].col_offset), reverse=True):
        if literal(value) and node.lineno == node.end_lineno and _reads_data(node, function.__globals__):
            line = lines[node.lineno - 1]
            now = literal(value).encode()
            lines[node.lineno - 1] = line[: node.col_offset] + now + line[node.end_col_offset :]
    return b"\n".join(lines).decode()


def _reads_data(node, namespace):
    """Whether an expression reads a name that is neither a module nor a function."""
    names = [namespace.get(part.id) for part in ast.walk(node) if isinstance(part, ast.Name)]
    return any(not callable(value) and not isinstance(value, types.ModuleType) for value in names)
