"""The smallest edit that mends a line: which place of it, and what kind of edit; never the mended line.

The line is taken out of the function, and each small edit of it is put in its place and run: a name for
another, a transpose, an operator, a factor, a function, an axis, brackets, a sign. An edit counts if it makes
the results right on every case that the function runs through, each with other sizes and numbers.
"""

import ast
import contextlib
import copy
import time
from dataclasses import dataclass
from itertools import product

from helpers.feedback.known import RAISED, agree, better, outcome
from helpers.feedback.watched import name_of, rebuilt, rewrapped

OPERATORS = {  # what is written for each of them by mistake
    ast.MatMult: (ast.Mult,), ast.Mult: (ast.MatMult, ast.Div, ast.Add, ast.Sub, ast.Pow),
    ast.Div: (ast.Mult,), ast.FloorDiv: (ast.Div,), ast.BitXor: (ast.Pow,),
    ast.Add: (ast.Sub, ast.Mult), ast.Sub: (ast.Add, ast.Mult), ast.Pow: (ast.Mult,),
}  # fmt: skip
FUNCTIONS = (
    ("tanh", "exp", "log", "abs", "cosh", "square", "sigmoid", "log2", "log10", "sqrt", "sinh", "tan"),
    ("sum", "mean", "max", "prod", "median", "average", "std", "var"),
    ("any", "all"),
    ("dot", "multiply", "matmul", "add", "subtract", "divide", "power", "outer", "vdot"),
    ("zeros", "ones", "eye", "zeros_like", "ones_like"),
    ("standard_normal", "random", "uniform", "randn", "rand"),
)
KEYS = ("W1", "b1", "W2", "b2", "Z1", "A1", "Z2", "A2", "dW1", "db1", "dW2", "db2")
COMPUTED = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Call, ast.Attribute, ast.Subscript)
SIZED = ("arange", "range", "zeros", "ones", "empty", "full", "linspace", "eye", "permutation")
GROWING = ("exp", "cosh", "sinh", "square", "power")
TRY = "_try_"


@dataclass(frozen=True)
class Mend:
    """An edit that makes more come out right: where it is, and of what kind."""

    kind: str
    at: str  # the part of the line that is edited, as Python writes it
    line: int
    scope: str
    gain: int  # 2 where it makes all right, 1 where it makes more right


def search(watch, cases, base, lines, budget=0.3, right=(), calls=()):
    """The first Mend that makes all right, on the earliest of the lines; else one that mends some; or None.

    lines: (scope, number of the line), those first that are suspected most.  budget: in seconds.
    right: lines on which every value is right: their expressions stay as they are.  calls: lines that call
    the suspected one: what they hand over comes first, where no more than an exchange is needed.
    """
    stop, best = time.process_time() + budget, None
    if mend := _return_mend(watch, cases, base, lines, stop):
        return mend
    for edits in (counting_edits, small_edits, wider_edits):
        for at in dict.fromkeys([*(calls if edits is not wider_edits else ()), *lines]):
            for mend in _mends(watch, cases, base, *at, stop, edits, at in right):
                if mend.gain == 2:
                    return mend
                best = best or mend
            if time.process_time() > stop:
                return best
    return best


def _return_mend(watch, cases, base, lines, stop):
    """The Mend that takes a return out of a loop, where that makes all right; or None."""
    for scope, line in dict.fromkeys(lines):
        if returns_in_a_loop(watch.trees[scope], line):
            mends = statement_mends(watch, cases, base, scope, line, stop)
            if mend := next((mend for mend in mends if mend.gain == 2), None):
                return mend
    return None


def unused_mend(watch, cases, base, lines, budget=0.3):
    """The Mend that brings in what was computed and is read nowhere, where that makes all right; or None."""
    stop = time.process_time() + budget
    lines = [(scope, line) for scope, line in lines if names_unused(watch.trees[scope])]
    mends = (m for at in lines for m in _mends(watch, cases, base, *at, stop, unused_edits) if m.gain == 2)
    return next(mends, None)


def _mends(watch, cases, base, scope, line, stop, edits, right=False):
    """Each Mend of one line of a function, smallest edits first; of one that is right, as a whole alone."""
    tree = watch.trees[scope]
    names = names_unused(tree) if edits is unused_edits else names_known(tree)
    for owner, field in () if right else expressions(tree, line):
        root, now = getattr(owner, field), []
        with _hole(owner, field):
            function = _built(watch, scope, tree)
        for kind, node, code in edited_codes(root, names, line, edits):
            if time.process_time() > stop:
                return
            now[:] = [code]
            gain = _gain(
                watch, cases, base, scope, function, lambda here, now=now: _value(watch, now[0], here)
            )
            if gain and _changes(watch, cases[0], scope, function, _compiled(root), code):
                yield Mend(kind, ast.unparse(node), line, scope, gain)
    if edits is small_edits:
        yield from statement_mends(watch, cases, base, scope, line, stop)


def _changes(watch, case, scope, function, old, new):
    """Whether an edited expression has another value than before, and not the same in another type."""
    values = []

    def both(here):
        values.append((_value(watch, new, here), _value(watch, old, here)))
        return values[-1][0]

    _gain(watch, [case], [{}], scope, function, both)
    return not all(agree(one, other) for one, other in values)


def _value(watch, code, here):
    """The value of a compiled expression, with the names that are known in the function and around it."""
    return eval(code, {**watch.function.__globals__, **here})


def unknown_parts(watch, case, scope, line, is_known, is_step):
    """The smallest parts of a line whose values are not known although all that they are made from is.

    What a part with the value of a known step is made from is left alone.
    """
    tree, values = watch.trees[scope], {}
    for owner, field in expressions(tree, line):
        root = getattr(owner, field)

        def looked_at(here, root=root):
            for part in ast.walk(root):
                if isinstance(part, COMPUTED):
                    with contextlib.suppress(Exception):
                        values.setdefault(part, _value(watch, _compiled(part), here))
            return _value(watch, _compiled(root), here)

        with _hole(owner, field):
            function = _built(watch, scope, tree)
        _gain(watch, [case], [{}], scope, function, looked_at)
        steps = [part for part, value in values.items() if is_step(value)]
        within = {inside for step in steps for inside in ast.walk(step) if inside is not step}
        unknown = {p for p, value in values.items() if p not in within and not is_known(p, value)}
        inner = [p for p in unknown if not any(q in unknown for q in ast.walk(p) if q is not p)]
        inner.sort(key=lambda part: part.col_offset)
        if values:
            return [part for part in inner if part is not root]
    return []


def _gain(watch, cases, base, scope, function, evaluate=None):
    """How much better the results are with an edited function, on the first case and on all others."""
    space, is_main = watch.function.__globals__, scope == watch.main
    before, space[TRY] = space.get(scope), evaluate
    space[scope] = before if is_main else rewrapped(before, function)
    gains = []
    try:
        for case, old in zip(cases, base, strict=True):
            new, _ = outcome(watch, case, None, function if is_main else None)
            gains.append(better(new, old))
            if not gains[-1] and (case is cases[0] or RAISED not in old.values()):
                return 0
    finally:
        space[scope] = before
    return min(gain for gain in gains if gain) if len(gains) - gains.count(0) >= 2 else 0


def _built(watch, scope, tree):
    return rebuilt(watch.parts[scope], tree, watch.function.__globals__)


# ---- what can be edited


def expressions(tree, line):
    """(statement, field) of each expression that a statement on a line is made of; a lambda's body too."""
    if isinstance(tree, ast.Lambda):
        yield tree, "body"
        return
    for node in ast.walk(tree):
        for field in ("value", "iter", "test") if isinstance(node, (ast.stmt, ast.Yield)) else ():
            root = getattr(node, field, None)
            if isinstance(root, ast.expr) and not isinstance(root, ast.Yield):
                if root.lineno <= line <= root.end_lineno:
                    yield node, field


@contextlib.contextmanager
def _hole(owner, name):
    """The tree with a call of TRY in place of an expression, which stays beside it for the names in it."""
    root = getattr(owner, name)
    call = ast.parse(f"{TRY}(locals())", mode="eval").body
    setattr(owner, name, _located(ast.IfExp(ast.Constant(True), call, root), root))
    try:
        yield
    finally:
        setattr(owner, name, root)


def _located(new, old):
    """A new expression with the position of an old one; what it is made of keeps its own."""
    if isinstance(new, (ast.expr, ast.keyword, ast.stmt)) and not hasattr(new, "lineno"):
        ast.copy_location(new, old)
        for child in ast.iter_child_nodes(new):
            _located(child, old)
    return new


def names_known(tree):
    """The names of the arguments and of the variables of a function."""
    arguments = tree.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return list(dict.fromkeys([*names, *stored]))


def names_unused(tree):
    """The names of what a function computes and reads nowhere."""
    made = [n for n in ast.walk(tree) if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)]
    made = [n.targets[0].id for n in made if isinstance(n.value, (ast.BinOp, ast.UnaryOp, ast.Call))]
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    return [name for name in dict.fromkeys(made) if name not in {node.id for node in nodes}]


def edited_codes(root, names, line, edits):
    """(kind, the edited part, compiled expression) for each edit of an expression."""
    sizes = sizes_in(root)
    for node in ast.walk(root):
        readable = isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if readable and node.lineno <= line <= node.end_lineno:
            for kind, new in edits(node, names):
                if node in sizes and grows(kind, new):
                    continue
                with contextlib.suppress(SyntaxError, ValueError, TypeError):
                    yield kind, node, _compiled(exchanged(root, node, new))


def sizes_in(root):
    """The parts of an expression that say how large an array, or how long a loop, is to be."""
    calls = [node for node in ast.walk(root) if isinstance(node, ast.Call) and name_of(node.func) in SIZED]
    return {part for call in calls for argument in call.args for part in ast.walk(argument)}


def grows(kind, new):
    """Whether an edit brings in a power, as of a size: then one array might not fit into the memory."""
    power = isinstance(new, ast.BinOp) and isinstance(new.op, ast.Pow)
    return power or kind == "function missing" or isinstance(new, ast.Attribute) and new.attr in GROWING


def exchanged(node, old, new):
    """A tree once more, with a new part in place of an old one."""
    if node is old or not isinstance(node, ast.AST):
        return new if node is old else node
    again = copy.copy(node)
    for field, value in ast.iter_fields(node):
        many = isinstance(value, list)
        setattr(again, field, [exchanged(v, old, new) for v in value] if many else exchanged(value, old, new))
    return again


def _compiled(expression):
    """The code of an expression; what is new in it gets its place from what is around."""
    return compile(ast.fix_missing_locations(ast.Expression(copy.copy(expression))), "a part", "eval")


def lines_of(tree):
    """The numbers of the lines on which a statement of a function starts."""
    if isinstance(tree, ast.Lambda):
        return [tree.lineno]
    return [n.lineno for n in ast.walk(tree) if isinstance(n, ast.stmt) and n is not tree]


def returns_in_a_loop(tree, line):
    """Whether a line holds a return that stands in a loop."""
    loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]
    inside = [node for loop in loops for node in ast.walk(loop) if isinstance(node, ast.Return)]
    return any(node.lineno == line for node in inside)


def unused_edits(node, names):
    """(kind, expression) with a name of what was computed and is read nowhere."""
    for other in [ast.Name(name, ast.Load()) for name in names]:
        if isinstance(node, ast.Name):
            yield "name", other
        if isinstance(node, (ast.Name, ast.BinOp, ast.Call, ast.Subscript)):
            for operator in (ast.Add, ast.Mult, ast.Sub, ast.Div, ast.MatMult):
                yield "factor missing", ast.BinOp(node, operator(), other)


def counting_edits(node, names):
    """(kind, expression) for another count, way or end of a loop, and for another condition in it."""
    name, load = name_of(node.func) if isinstance(node, ast.Call) else "", ast.Load()
    if name == "len":
        yield "count", ast.BinOp(node, ast.FloorDiv(), ast.Constant(2))
    if name == "range":
        backwards = ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1)))
        yield "direction", ast.Subscript(node, backwards, load)
        for k, end in enumerate(node.args):
            for operator in (ast.Add, ast.Sub):
                further = ast.BinOp(end, operator(), ast.Constant(1))
                yield "range", ast.Call(node.func, [*node.args[:k], further, *node.args[k + 1 :]], [])
        if len(node.args) == 2:
            yield "direction", ast.Call(node.func, [*node.args, backwards.step], [])
        if len(node.args) == 1:
            ends = [ast.Constant(1), ast.BinOp(node.args[0], ast.Add(), ast.Constant(1))]
            yield "range", ast.Call(node.func, ends, [])
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for operator in (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq):
            yield "condition", ast.Compare(node.left, [operator()], node.comparators)
        yield from (("condition", ast.Compare(node.left, node.ops, [ast.Name(name, load)])) for name in names)


def small_edits(node, names):
    """(kind, expression) for what may stand in place of an expression, where nothing new is brought in."""
    if isinstance(node, ast.BinOp):
        yield from _of_operator(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node, names)
    elif isinstance(node, ast.Tuple) and len(node.elts) > 1:
        for k in range(len(node.elts) - 1):
            one, two = node.elts[k : k + 2]
            yield "order of the two", ast.Tuple([*node.elts[:k], two, one, *node.elts[k + 2 :]], ast.Load())
    elif isinstance(node, ast.UnaryOp):
        yield "sign", node.operand
    elif isinstance(node, ast.Subscript):
        yield "index too many", node.value
    elif isinstance(node, ast.Name):
        for name in names:
            if name != node.id:
                yield "name", ast.Name(name, ast.Load())
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose too many", node.value
    of_all = getattr(node, "attr", "") in ("any", "all")
    if isinstance(node, ast.Attribute) and (of_all or isinstance(node.value, ast.Name)):
        group = next((group for group in FUNCTIONS if node.attr in group), ())
        yield from (
            ("function", ast.Attribute(node.value, other, ast.Load()))
            for other in group
            if other != node.attr
        )


def _of_operator(node):
    for operator in OPERATORS.get(type(node.op), ()):
        yield "operator", ast.BinOp(node.left, operator(), node.right)
    yield "too many factors", node.left
    yield "too many factors", node.right
    yield "order of the two", ast.BinOp(node.right, node.op, node.left)
    if isinstance(node.right, ast.BinOp):
        inner = node.right
        yield "brackets", ast.BinOp(ast.BinOp(node.left, node.op, inner.left), inner.op, inner.right)
    if isinstance(node.left, ast.BinOp):
        inner = node.left
        yield "brackets", ast.BinOp(inner.left, inner.op, ast.BinOp(inner.right, node.op, node.right))
    if isinstance(node.left, ast.UnaryOp):
        yield "brackets", ast.UnaryOp(ast.USub(), ast.BinOp(node.left.operand, node.op, node.right))


def _of_call(node):
    if len(node.args) >= 1 and not isinstance(node.args[0], ast.Starred):
        yield "function too many", node.args[0]
    for k in range(len(node.args) - 1):
        turned = [*node.args[:k], node.args[k + 1], node.args[k], *node.args[k + 2 :]]
        yield "order of the two", ast.Call(node.func, turned, node.keywords)
    name, is_np = name_of(node.func), getattr(getattr(node.func, "value", None), "id", "") == "np"
    if name == "reshape" and isinstance(node.func, ast.Attribute):
        yield "reshape", ast.Attribute(node.args[0] if is_np else node.func.value, "T", ast.Load())
    if name in ("sum", "mean", "max", "prod", "any", "all"):
        for axis, keep in product((1, 0, None), (True, False)):
            keywords = [ast.keyword("axis", ast.Constant(axis)), ast.keyword("keepdims", ast.Constant(keep))]
            yield "axis or keepdims", ast.Call(node.func, node.args[:1] if is_np else [], keywords)
    for k in range(len(node.keywords)):
        rest = [*node.keywords[:k], *node.keywords[k + 1 :]]
        yield "argument too many", ast.Call(node.func, node.args, rest)


def _of_constant(node, names):
    if isinstance(node.value, str):
        if node.value in KEYS:
            yield from (("key", ast.Constant(key)) for key in KEYS if key != node.value)
    elif not isinstance(node.value, bool) and isinstance(node.value, (int, float)):
        yield from (("number", ast.Name(name, ast.Load())) for name in names)
        for value in (0, 1, 2):
            if value != node.value:
                yield "number", ast.Constant(value)


def wider_edits(node, names):
    """(kind, expression) for what may stand there with something more: a factor, a function, a power."""
    if isinstance(node, (ast.Constant, ast.Dict, ast.Tuple, ast.Slice, ast.Lambda)):
        return
    load = ast.Load()
    yield "transpose missing", ast.Attribute(node, "T", load)
    yield "sign", ast.UnaryOp(ast.USub(), node)
    yield "power missing", ast.BinOp(node, ast.Pow(), ast.Constant(2))
    yield "1 − missing", ast.BinOp(ast.Constant(1), ast.Sub(), node)
    for function in ("tanh", "exp", "log", "sum", "mean"):
        yield "function missing", ast.Call(ast.Attribute(ast.Name("np", load), function, load), [node], [])
    yield "index", ast.Subscript(node, ast.Constant(1), load)
    yield "index", ast.Subscript(node, ast.Constant(0), load)
    for name in names:
        other = ast.Name(name, load)
        for operator in (ast.Div, ast.Mult, ast.Sub, ast.Add, ast.MatMult):
            yield "factor missing", ast.BinOp(node, operator(), other)
        yield "factor missing", ast.BinOp(other, ast.Sub(), node)
        square = ast.BinOp(ast.Constant(1), ast.Sub(), ast.BinOp(other, ast.Pow(), ast.Constant(2)))
        yield "factor missing", ast.BinOp(node, ast.Mult(), square)


# ---- whole statements


def statement_mends(watch, cases, base, scope, line, stop):
    """Mends of a whole statement: its indentation, += for = and the reverse; the tree stays as it was."""
    tree = watch.trees[scope]
    bodies = [node.body for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list)]
    for body in bodies:
        for k, node in enumerate(body):
            for kind, others in (
                _moved(bodies, body, k, names_known(tree))
                if node.lineno == line and time.process_time() < stop
                else ()
            ):
                was = [(each, list(each)) for each, _ in others]
                for each, new in others:
                    each[:] = new
                with contextlib.suppress(SyntaxError, ValueError):
                    gain = _gain(watch, cases, base, scope, _built(watch, scope, tree))
                    if gain:
                        yield Mend(kind, ast.unparse(node), line, scope, gain)
                for each, old in was:
                    each[:] = old


def _moved(bodies, body, k, names):
    """(kind, new bodies) for each edit of the statement body[k]: what stands in each body that changes."""
    node, rest = body[k], [*body[:k], *body[k + 1 :]]
    for outer in bodies:
        for at, loop in enumerate(outer):
            if rest and any(getattr(inner, "body", None) is body for inner in ast.walk(loop)):
                yield "indentation", [(body, rest), (outer, [*outer[: at + 1], node, *outer[at + 1 :]])]
                if not isinstance(node, ast.Return):
                    yield "order of the lines", [(body, rest), (outer, [*outer[:at], node, *outer[at:]])]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        for name in names:
            kept = _located(ast.Assign([ast.Name(name, ast.Store())], node.value), node)
            yield "no name", [(body, [*body[:k], kept, *body[k + 1 :]])]
    if k and not isinstance(node, ast.Return):
        yield "order of the lines", [(body, [*body[: k - 1], node, body[k - 1], *body[k + 1 :]])]
    if k and isinstance(body[k - 1], (ast.For, ast.While)):
        yield "indentation", [(body, rest), (body[k - 1].body, [*body[k - 1].body, node])]
    if isinstance(node, ast.Assign) and k + 1 < len(body) and isinstance(body[k + 1], (ast.For, ast.While)):
        yield "indentation", [(body, rest), (body[k + 1].body, [node, *body[k + 1].body])]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        yield from _added_up(bodies, body, k)
    new = []
    if isinstance(node, ast.AugAssign):
        new = [ast.Assign([node.target], node.value)]
        new += [ast.AugAssign(node.target, op(), node.value) for op in OPERATORS.get(type(node.op), ())]
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Name, ast.Subscript)):
        new = [ast.AugAssign(node.targets[0], op(), node.value) for op in (ast.Add, ast.Sub)]
    yield from (("operator", [(body, [*body[:k], _located(each, node), *body[k + 1 :]])]) for each in new)


def _added_up(bodies, body, k):
    """(kind, new bodies) where the assignment body[k] of a loop adds up instead, from 0 before the loop.

    Then the same for all whose names the loop does not read, if body[k] is the first of them.
    """
    alike = [j for j, node in enumerate(body) if _is_for_later(node, body)]
    for these in [[k], *[alike] * (len(alike) > 1 and alike[0] == k)]:
        starts = [_located(ast.Assign(body[j].targets, ast.Constant(0)), body[j]) for j in these]
        within = list(body)
        for j in these:
            within[j] = _located(ast.AugAssign(body[j].targets[0], ast.Add(), body[j].value), body[j])
        for outer in bodies:
            for at, loop in enumerate(outer):
                if isinstance(loop, ast.For) and loop.body is body:
                    yield "overwritten", [(outer, [*outer[:at], *starts, *outer[at:]]), (body, within)]


def _is_for_later(node, body):
    """Whether a statement of a loop gives a value to a name that the loop itself does not read."""
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    names = [part for each in body for part in ast.walk(each) if isinstance(part, ast.Name)]
    read = {part.id for part in names if isinstance(part.ctx, ast.Load)}
    return isinstance(target, ast.Name) and target.id not in read
