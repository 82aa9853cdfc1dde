"""A learner's function once more, from its own source, so that each value it makes can be looked at.

Every expression whose value gets a name, goes into a dict or is returned is a place. In the watched function
it is wrapped in a call, see(place, value), which hands back the value to go on with: as it is, or another one
in its stead. The function that was given is not touched, no trace function is set, and names of the notebook
are looked up in a copy of its globals.
"""

import ast
import copy
import functools
import inspect
import textwrap
import types
from dataclasses import dataclass, field

import numpy as np

from helpers.words import listed

SEE = "_see_"


@dataclass(eq=False)
class Place:
    """Where a value is made: the name that it gets ("" where it is returned), and the expression.

    Where the name of an entry is put together only when the line runs, as in grads[f"dW{l}"], name is that of
    the dict, until named gives it the entries' own.
    """

    name: str
    node: ast.expr
    line: int  # as the cell or file counts
    text: str  # the whole line
    scope: str  # the function that it stands in
    in_place: bool = False  # it is the value of a name after +=, *= or a nested unpacking, not an expression


@dataclass
class Watched:
    """A function that can be run under watch, its trees by name of function, and its places in order."""

    function: types.FunctionType
    given: tuple  # what functools.partial or a bound method puts in front of the arguments
    keywords: dict
    parts: dict  # it and the functions of the notebook that it calls, by name, as they were given
    trees: dict  # their trees
    places: list = field(default_factory=list)
    key: object = None  # of the entry that is made just now, where its name is put together there

    @property
    def main(self):
        """The name of the function itself among the parts."""
        return next(iter(self.parts))

    def run(self, arguments, see, function=None):
        """What the function returns for these arguments; each value goes through see(place, value)."""

        def hook(number, value, key=None):
            self.key = key
            return see(self.places[number], value) if see else value

        self.function.__globals__[SEE] = hook
        return (function or self.function)(*self.given, *arguments, **self.keywords)


def watched(function):
    """The Watched for a function; OSError, TypeError or SyntaxError where its source cannot be had."""
    function, given, keywords = underlying(function)
    found = own_functions(function)
    trees = {name: tree_of(part) for name, part in found.items()}
    namespace, places, made = dict(function.__globals__), [], None
    for name, part in found.items():
        marked = Marks(source_lines(part), name, places).visit(copy.deepcopy(trees[name]))
        again = rebuilt(part, marked, namespace)
        if part is function:
            made = again
        if in_vectorize(namespace.get(name)) is part:
            namespace[name] = rewrapped(namespace[name], again)
    return Watched(made, given, keywords, found, trees, places)


def underlying(function):
    """The plain function in a method, a partial, a wrapper or an object that can be called.

    With it what those add to the arguments.
    """
    given, keywords = (), {}
    while not isinstance(function, types.FunctionType):
        if isinstance(function, functools.partial):
            given, keywords = function.args + given, {**function.keywords, **keywords}
            function = function.func
        elif isinstance(function, types.MethodType):
            given, function = (function.__self__, *given), function.__func__
        elif is_called_by_its_class(function):
            function = function.__call__
        else:
            raise TypeError("This has no source in Python.")
    return inspect.unwrap(function), given, keywords


def is_called_by_its_class(function):
    """Whether an object is one of a class of the learner's that has a method __call__."""
    call = getattr(function, "__call__", None)  # noqa: B004 (it is looked at, and not only whether it is)
    return isinstance(call, types.MethodType) and not isinstance(function, np.vectorize)


def in_vectorize(value):
    """The function in np.vectorize; all else as it is."""
    return value.pyfunc if isinstance(value, np.vectorize) else value


def own_functions(function):
    """The function, and those of the same notebook or file that it calls, by name."""
    found, names = {function.__name__: function}, [function]
    while names:
        part = names.pop()
        for name in sorted(names_in(part.__code__)):
            each = in_vectorize(part.__globals__.get(name))
            own = isinstance(each, types.FunctionType) and each.__globals__ is function.__globals__
            if own and each not in found.values() and has_source(each):
                found[name] = each  # by the name in the notebook, where np.vectorize may stand around it
                names.append(each)
    return found


def rewrapped(old, again):
    """A function built again in place of an old one, in np.vectorize where that was."""
    return np.vectorize(again, old.otypes) if isinstance(old, np.vectorize) else again


def names_in(code):
    """All global and attribute names in a code object, and in those of the functions inside it."""
    inner = (part for part in code.co_consts if isinstance(part, types.CodeType))
    return {*code.co_names}.union(*map(names_in, inner))


def has_source(function):
    try:
        return tree_of(function) is not None
    except (OSError, TypeError, SyntaxError, ValueError):
        return False


def source_lines(function):
    """The lines of the function's source by their number in the cell or file."""
    function, _, _ = underlying(function)
    lines, first = inspect.getsourcelines(function.__code__)
    return dict(enumerate((line.strip() for line in lines), start=max(1, first)))


def tree_of(function):
    """The def or lambda of a function as a syntax tree, with the line numbers of its cell or file."""
    function, _, _ = underlying(function)
    lines, first = inspect.getsourcelines(function.__code__)
    module = ast.parse(textwrap.dedent("".join(lines)))
    ast.increment_lineno(module, max(1, first) - 1)
    name, kinds = function.__name__, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    for node in ast.walk(module):
        if isinstance(node, kinds) and getattr(node, "name", "<lambda>") in (name, function.__code__.co_name):
            node.decorator_list = []  # a lambda has no use for it, and a def is decorated already
            return node
    raise OSError("The function is not in its source.")


def rebuilt(function, tree, namespace):
    """The function once more, from a tree of it, with these globals; it keeps its closure and defaults."""
    code, free = function.__code__, function.__code__.co_freevars
    if isinstance(tree, ast.Lambda):
        inner = ast.Return(tree)
    else:
        inner = tree
    outer = ast.parse("def outer(): pass").body[0]
    outer.body = [ast.parse(f"{name} = None").body[0] for name in free] + [inner]
    if not isinstance(tree, ast.Lambda) and tree.name not in free:
        outer.body.insert(0, ast.Global([tree.name]))  # else a call of itself would look for it in outer
    module = ast.fix_missing_locations(ast.Module([outer], []))
    compiled = compile(module, code.co_filename, "exec", dont_inherit=True)
    outer_code = next(part for part in compiled.co_consts if isinstance(part, types.CodeType))
    new = next(part for part in outer_code.co_consts if isinstance(part, types.CodeType))
    cells = dict(zip(free, function.__closure__ or (), strict=True))
    closure = tuple(cells[name] for name in new.co_freevars)
    again = types.FunctionType(new, namespace, function.__name__, function.__defaults__, closure)
    again.__kwdefaults__ = function.__kwdefaults__
    return again


class Marks(ast.NodeTransformer):
    """Wraps the values of a tree in calls of see, and adds their places to a list."""

    def __init__(self, lines, scope, places):
        self.lines, self.scope, self.places = lines, scope, places

    def mark(self, node, name, in_place=False, key=None):
        """The expression in a call of see, with the key of its entry; a tuple or a dict entry by entry."""
        if isinstance(node, ast.Dict):
            return self.entries(node, name if isinstance(name, str) else "")
        if isinstance(node, ast.Tuple):
            names = name if isinstance(name, list) else [name_of(part) for part in node.elts]
            keys = key if isinstance(key, list) else [None] * len(names)
            if len(names) == len(node.elts):
                parts = zip(node.elts, names, keys, strict=True)
                node.elts = [self.mark(part, name, key=key) for part, name, key in parts]
                return node
        stays = (ast.Yield, ast.YieldFrom, ast.Await)
        if isinstance(node, ast.Starred) or any(isinstance(part, stays) for part in ast.walk(node)):
            return node
        name = name if isinstance(name, str) else ""
        line = node.lineno if node.lineno in self.lines else min(self.lines)
        self.places.append(Place(name, copy.deepcopy(node), line, self.lines[line], self.scope, in_place))
        number, keys = (
            ast.Constant(len(self.places) - 1),
            [copy.deepcopy(key)] if isinstance(key, ast.expr) else [],
        )
        seen = ast.Call(ast.Name(SEE, ast.Load()), [number, self.visit(node), *keys], [])
        return ast.copy_location(seen, node)

    def after(self, target):
        """A statement that looks at a name, or an entry, once more: target = see(target)."""
        value = copy.deepcopy(target)
        value.ctx = ast.Load()
        again = ast.Assign([target], self.mark(value, name_of(target), in_place=True))
        return ast.copy_location(again, target)

    def visit_Assign(self, node):
        name = name_of(node.targets[-1])
        pulled_apart = isinstance(name, list) and not isinstance(node.value, ast.Tuple)
        if not pulled_apart:
            node.value = self.mark(node.value, name, key=key_of(node.targets[-1]))
            return node
        node.value = self.visit(node.value)
        simple = [part for part in ast.walk(node.targets[-1]) if isinstance(part, (ast.Name, ast.Subscript))]
        simple = [part for part in simple if isinstance(part.ctx, ast.Store)]
        return [node, *(self.after(copy.deepcopy(part)) for part in simple)]

    def visit_AugAssign(self, node):
        return [self.generic_visit(node), self.after(copy.deepcopy(node.target))]

    def visit_Return(self, node):
        if node.value:
            node.value = self.mark(node.value, "")
        return node

    def visit_Lambda(self, node):
        node.body = self.mark(node.body, "")
        return node

    def visit_Dict(self, node):
        return self.entries(node, "")

    def entries(self, node, name):
        """A dict with its entries in calls of see: name is that of the dict."""
        for k, key in enumerate(node.keys):
            named = isinstance(key, ast.Constant) and isinstance(key.value, str)
            marked = self.mark(node.values[k], key.value if named else name, key=None if named else key)
            node.values[k] = marked if key else self.visit(node.values[k])
        return node


def name_of(target):
    """The name that a value gets: of a variable, an attribute or the key of an entry; a list for a tuple."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name_of(part) for part in target.elts]
    if isinstance(target, ast.Subscript):
        key = target.slice.value if isinstance(target.slice, ast.Constant) else None
        return key if isinstance(key, str) else name_of(target.value)
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


def key_of(target):
    """The expression for the key of an entry whose name is put together there; of a tuple a list; or None."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return [key_of(part) for part in target.elts]
    fixed = not isinstance(target, ast.Subscript) or isinstance(
        target.slice, (ast.Constant, ast.Slice, ast.Tuple)
    )
    return None if fixed else target.slice


def named(place, keys):
    """The name of an entry, or of the entries made one after the other: "dW2 and dW1", "dZ2" of dZ[2]."""
    texts = [key if isinstance(key, str) else f"{place.name}{key}" for key in keys]
    return listed(texts) if keys and all(isinstance(key, (str, int)) for key in keys) else place.name
