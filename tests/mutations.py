"""Random edits of right programs: the fuzz that judges the judge.

mutants(source, rng) makes faulty (or equal) versions of a right source, one or two edits away, as learners
make them: a name for another, a transpose, an operator, a factor, a function, an axis, brackets, a sign.
Each comes with the lines that were edited, so that a message can be held against the facts.
"""

import ast
import contextlib
import copy
import difflib
import itertools
import linecache
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.activations import sigmoid
from helpers.feedback.known import Case, agree, copied, flat, known_values

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow)
FUNCTIONS = {
    "tanh": ("exp", "cosh", "abs"), "exp": ("log", "tanh"), "log": ("exp", "log2", "log10"),
    "sum": ("mean", "max", "prod"), "mean": ("sum",), "dot": ("multiply",), "multiply": ("dot", "add"),
    "zeros": ("ones",), "ones": ("zeros",), "power": ("multiply",), "square": ("abs",), "sigmoid": ("tanh",),
    "vdot": ("multiply",), "add": ("subtract",), "subtract": ("add",), "matmul": ("multiply",),
}  # fmt: skip
KEYS = ("W1", "b1", "W2", "b2", "Z1", "A1", "Z2", "A2", "dW1", "db1", "dW2", "db2")

BACKWARD = """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
"""


@dataclass(frozen=True)
class Mutant:
    source: str
    lines: tuple  # the texts of the lines that are not as in the right source
    numbers: tuple  # and their numbers
    kinds: tuple


def normal(source):
    """The source as Python writes it: one line for a statement, no comments."""
    return ast.unparse(ast.parse(source))


def mutants(source, rng, edits=1):
    """Endlessly many Mutants of a source; some are right, or do not run at all."""
    source = normal(source)
    before = source.splitlines()
    while True:
        tree, kinds = ast.parse(source), []
        for _ in range(edits):
            places = list(possible(tree))
            kind, edit = places[rng.integers(len(places))]
            edit()
            kinds.append(kind)
        try:
            after = ast.unparse(ast.fix_missing_locations(tree))
            compile(after, "mutant", "exec")
        except (ValueError, SyntaxError):
            continue
        if after == source:
            continue
        numbers = changed_lines(before, after.splitlines())
        yield Mutant(after, tuple(after.splitlines()[n - 1].strip() for n in numbers), numbers, tuple(kinds))


def changed_lines(before, after):
    """The numbers of the lines of after that are new or stand elsewhere."""
    numbers = []
    for tag, _, _, low, high in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("replace", "insert"):
            numbers += range(low + 1, high + 1)
        if tag == "delete":  # what stood here is gone: the line before it, or the one after
            numbers += [n for n in (low, low + 1) if 1 <= n <= len(after)]
    return tuple(numbers)


def possible(tree):
    """(kind, edit) for each edit of a tree; to call edit changes the tree."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)):
            yield from _in_function(function)


def _in_function(function):
    stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names = sorted(stored | {argument.arg for argument in function.args.args} - {"self"})
    for node in ast.walk(function):
        for field, value in ast.iter_fields(node):
            children = value if isinstance(value, list) else [value]
            for k, child in enumerate(children):
                if isinstance(child, ast.expr) and not isinstance(getattr(child, "ctx", None), ast.Store):
                    if field not in ("decorator_list", "func", "slice", "targets", "keys"):
                        for kind, new in expressions(child, names):
                            yield kind, _setter(node, field, k if isinstance(value, list) else None, new)
        yield from _settings(node)
        for body in ("body", "orelse"):
            if isinstance(getattr(node, body, None), list):
                yield from _order(getattr(node, body), node)


def _setter(node, field, k, new):
    def edit():
        if k is None:
            setattr(node, field, copy.deepcopy(new))
        elif k < len(getattr(node, field)):
            getattr(node, field)[k] = copy.deepcopy(new)

    return edit


def expressions(node, names):
    """(kind, expression) for what may stand in place of an expression."""
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS:
            if not isinstance(node.op, operator) and (operator is not ast.Pow):
                yield "operator", ast.BinOp(node.left, operator(), node.right)
        yield "factor lost", node.left
        yield "factor lost", node.right
        yield "exchanged", ast.BinOp(node.right, node.op, node.left)
        if isinstance(node.right, ast.BinOp) and not isinstance(node.op, ast.Pow):
            inner = node.right
            yield "brackets", ast.BinOp(ast.BinOp(node.left, node.op, inner.left), inner.op, inner.right)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose lost", node.value
    if isinstance(node, ast.Subscript) or isinstance(node, ast.Name) and node.id in names:
        yield "transpose", ast.Attribute(node, "T", ast.Load())
    if isinstance(node, ast.Name) and node.id in names:
        for name in names:
            if name != node.id:
                yield "name", ast.Name(name, ast.Load())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", node.operand
    if isinstance(node, (ast.BinOp, ast.Call)):
        yield "sign", ast.UnaryOp(ast.USub(), node)
        yield "factor", ast.BinOp(node, ast.Mult(), ast.Constant(2))
        if "m" in names:
            yield "factor", ast.BinOp(node, ast.Div(), ast.Name("m", ast.Load()))
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, (int, float))
        and not isinstance(node.value, bool)
    ):
        for value in {0, 1, 2, -1} - {node.value}:
            yield "constant", ast.Constant(value)
    if isinstance(node, ast.Call):
        yield from _calls(node)


def _calls(node):
    """Other functions, other arguments, and the argument without the function."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    for other in FUNCTIONS.get(name, ()):
        if isinstance(node.func, ast.Attribute):
            func = ast.Attribute(node.func.value, other, ast.Load())
            yield "function", ast.Call(func, node.args, node.keywords)
    if len(node.args) == 1 and isinstance(node.args[0], ast.expr) and name not in ("range", "len"):
        yield "function lost", node.args[0]
    if len(node.args) == 2:
        yield "arguments exchanged", ast.Call(node.func, node.args[::-1], node.keywords)


def _settings(node):
    """Edits of keywords, keys, indices and of += ."""
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg == "axis":
                yield (
                    "axis",
                    lambda k=keyword: setattr(k, "value", ast.Constant(1 - getattr(k.value, "value", 0))),
                )
            if keyword.arg in ("keepdims", "axis"):
                yield "keyword lost", lambda n=node, k=keyword: k in n.keywords and n.keywords.remove(k)
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.slice, ast.Constant)
    ):
        value = node.slice.value
        others = [key for key in KEYS if key != value and len(key) == len(value)] if value in KEYS else []
        others = [1 - value] if value in (0, 1) else others
        for other in others:
            yield "key", lambda n=node, o=other: setattr(n, "slice", ast.Constant(o))
    if isinstance(node, ast.AugAssign):
        other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield "sign", lambda n=node: setattr(n, "op", other)
    if isinstance(node, ast.Dict) and len(node.values) > 1:
        yield "entries exchanged", lambda n=node: n.values.insert(0, n.values.pop(1))


def _order(body, owner):
    """Statements that change places, are lost, or lose or gain an indentation."""
    for k, (one, two) in enumerate(zip(body, body[1:], strict=False)):
        if not isinstance(two, ast.Return) and not isinstance(one, ast.FunctionDef):
            yield "order", lambda k=k: body.insert(k, body.pop(k + 1)) if k + 1 < len(body) else None
        if isinstance(one, ast.For):
            yield (
                "indented",
                lambda k=k, loop=one: loop.body.append(body.pop(k + 1)) if k + 1 < len(body) else None,
            )
    for k, one in enumerate(body):
        if isinstance(one, ast.AugAssign) and len(body) > 1:
            yield "lost", lambda k=k: body.pop(k) if len(body) > 1 else None
            yield "plain =", lambda k=k, s=one: body.__setitem__(k, ast.Assign([s.target], s.value))


# ---- how they are run

SIZES = ((4, 3, 2, 5), (3, 3, 3, 3), (3, 4, 1, 5), (4, 4, 1, 4))  # n0, n1, n2, m
CELLS = itertools.count(1)


def defined(source, truth=None):
    """The last function, or method, of a source that is kept as a notebook keeps its cells.

    truth: what the source finds under the name _truth_.
    """
    name = f"<a cell {next(CELLS)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    space = {"np": np, "sigmoid": sigmoid, "__name__": "a cell", "_truth_": truth}
    exec(compile(source, name, "exec"), space)
    return [v for v in space.values() if callable(v) and getattr(v, "__module__", "") == "a cell"][-1]


def cases(task):
    """A Case of each of SIZES for one of the functions of the network."""
    return [case(task, sizes) for sizes in SIZES]


def case(task, sizes, seed=0):
    """A Case of these sizes, n0, n1, n2 and m, with random numbers."""
    rng = np.random.default_rng([*sizes, seed])
    n0, n1, n2, m = sizes
    shapes = {"W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1)}
    parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    X, Y = rng.standard_normal((n0, m)), rng.integers(0, 2, (n2, m))
    A2, cache = network.forward_propagation(X, parameters)
    grads = {"d" + name: rng.standard_normal(shape) for name, shape in shapes.items()}
    W2, dz2, z1 = parameters["W2"], rng.standard_normal((n2, 1)), rng.standard_normal((n1, 1))
    arguments, truth, read = {
        "compute_cost": (
            {"A2": A2, "Y": Y},
            lambda A2, Y: {"J": np.float64(network.compute_cost(A2, Y))},
            lambda returned: {"J": returned},
        ),
        "forward_propagation": (
            {"X": X, "parameters": parameters},
            lambda X, parameters: cache,
            output_and_cache,
        ),
        "backward_propagation": (
            {"parameters": parameters, "cache": cache, "X": X, "Y": Y},
            network.backward_propagation,
            dict,
        ),
        "update_parameters": (
            {"parameters": parameters, "grads": grads, "learning_rate": 0.3},
            network.update_parameters,
            dict,
        ),
        "hidden_gradient": (
            {"W2": W2, "dz2": dz2, "z1": z1},
            lambda W2, dz2, z1: {"dz1": W2.T @ dz2 * (1 - np.tanh(z1) ** 2)},
            lambda returned: {"dz1": returned},
        ),
    }[task]
    truth = truth(**arguments)
    order = sorted(truth, key=lambda name: name[-1], reverse=task == "backward_propagation")
    return Case(arguments, known_values(arguments, truth), tuple(order), read)


def output_and_cache(returned):
    """The entries of the cache, where its A2 is the one that is returned."""
    A2, cache = returned
    if not agree(A2, cache["A2"]):
        raise ValueError("two different A2")
    return dict(cache)


def changes_dicts(function, task):
    """Whether a function puts something new into a dict that it was lent: no fault, or one."""
    case = cases(task)[0]
    lent = dict(enumerate(copied(case.arguments)))
    before = {name: id(value) for name, value in flat(lent).items()}
    with contextlib.suppress(Exception), np.errstate(all="ignore"):
        function(*lent.values())
    return before != {name: id(value) for name, value in flat(lent).items()}


def is_right(function, task):
    """Whether a function returns what it should on every case, and leaves what it was lent as it was."""

    def right(case):
        lent = copied(case.arguments)
        arrays = [*flat(dict(enumerate(lent))).values()]
        before = copied(dict(enumerate(arrays)))
        try:
            with np.errstate(all="ignore"):
                results = case.read(function(*lent))
            if not all(map(np.array_equal, arrays, before)):
                return False
            return all(agree(results[name], case.known[name]) for name in case.asked)
        except Exception:
            return False

    return all(map(right, cases(task)))


# ---- right versions, each written in another way; what `defined` returns is the last function or method

VERSIONS = {
    "backward_propagation": [
        """
def backward_propagation(parameters, cache, X, Y):
    return {
        "dW1": (parameters["W2"].T @ (cache["A2"] - Y) * (1 - cache["A1"] ** 2)) @ X.T / X.shape[1],
        "db1": ((parameters["W2"].T @ (cache["A2"] - Y)) * (1 - cache["A1"] ** 2)).mean(1, keepdims=True),
        "dW2": (cache["A2"] - Y) @ cache["A1"].T / X.shape[1],
        "db2": np.mean(cache["A2"] - Y, axis=1, keepdims=True),
    }
""",
        """
def tanh_slope(a):
    return 1 - a * a

def layer(dZ, A):
    m = A.shape[1]
    dW = np.dot(dZ, A.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dW, db

def backward_propagation(parameters, cache, X, Y):
    error = cache["A2"] - Y
    dW2, db2 = layer(error, cache["A1"])
    back = np.dot(parameters["W2"].T, error)
    dW1, db1 = layer(back * tanh_slope(cache["A1"]), X)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
        """
def backward_propagation(parameters, cache, X, Y):
    n, grads = X.shape[1], {name: 0 for name in ("dW1", "db1", "dW2", "db2")}
    for i in range(n):
        x, y = X[:, [i]], Y[:, [i]]
        a1, a2 = cache["A1"][:, [i]], cache["A2"][:, [i]]
        delta2 = a2 - y
        delta1 = parameters["W2"].T @ delta2 * (1 - a1**2)
        grads["dW2"] = grads["dW2"] + delta2 @ a1.T / n
        grads["db2"] = grads["db2"] + delta2 / n
        grads["dW1"] = grads["dW1"] + delta1 @ x.T / n
        grads["db1"] = grads["db1"] + delta1 / n
    return grads
""",
        """
def backward_propagation(parameters, cache, X, Y):
    m = Y.shape[1]
    hidden, output = cache["A1"].T, cache["A2"].T
    delta = (output - Y.T) / m
    dW2 = delta.T @ hidden
    db2 = delta.sum(axis=0).reshape(-1, 1)
    delta = delta @ parameters["W2"]
    delta *= 1 - hidden**2
    dW1 = delta.T @ X.T
    db1 = delta.sum(axis=0).reshape(-1, 1)
    return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)
""",
        """
class Network:
    def slope(self, A):
        return 1 - np.square(A)

    def backward(self, parameters, cache, X, Y):
        self.m = X.shape[1]
        dA2 = -(np.divide(Y, cache["A2"]) - np.divide(1 - Y, 1 - cache["A2"]))
        self.dZ2 = dA2 * cache["A2"] * (1 - cache["A2"])
        dA1 = np.dot(parameters["W2"].T, self.dZ2)
        self.dZ1 = np.multiply(dA1, self.slope(cache["A1"]))
        grads = {}
        grads["dW2"] = np.dot(self.dZ2, cache["A1"].T) / self.m
        grads["db2"] = self.dZ2.mean(axis=1, keepdims=True)
        grads["dW1"] = np.dot(self.dZ1, X.T) / self.m
        grads["db1"] = self.dZ1.mean(axis=1, keepdims=True)
        return grads

backward_propagation = Network().backward
""",
    ],
    "forward_propagation": [
        """
def squash(z):
    return 1 / (1 + np.exp(-z))

def affine(W, A, b):
    return np.dot(W, A) + b

def forward_propagation(X, parameters):
    Z1 = affine(parameters["W1"], X, parameters["b1"])
    A1 = np.tanh(Z1)
    Z2 = affine(parameters["W2"], A1, parameters["b2"])
    A2 = squash(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
        """
def forward_propagation(X, parameters):
    cache = {}
    cache["Z1"] = parameters["W1"] @ X + parameters["b1"]
    cache["A1"] = (np.exp(cache["Z1"]) - np.exp(-cache["Z1"])) / (np.exp(cache["Z1"]) + np.exp(-cache["Z1"]))
    cache["Z2"] = parameters["W2"] @ cache["A1"] + parameters["b2"]
    cache["A2"] = 1 / (1 + np.exp(-cache["Z2"]))
    return cache["A2"], cache
""",
    ],
    "compute_cost": [
        """
def compute_cost(A2, Y, parameters=None):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = -np.sum(logprobs) / m
    cost = float(np.squeeze(cost))
    return cost
""",
        "compute_cost = lambda A2, Y: -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]\n",
        """
def compute_cost(A2, Y):
    total = 0
    for i in range(Y.shape[1]):
        for k in range(Y.shape[0]):
            y, p = Y[k, i], A2[k, i]
            total -= y * np.log(p) + (1 - y) * np.log(1 - p)
    return total / Y.shape[1]
""",
        """
def compute_cost(A2, Y):
    ones = Y * np.log(A2)
    zeros = (1 - Y) * np.log(1 - A2)
    return -(ones.sum() + zeros.sum()) / A2.shape[1]
""",
    ],
    "update_parameters": [
        """
def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: parameters[name] - learning_rate * grads["d" + name] for name in parameters}
""",
        """
def update_parameters(parameters, grads, learning_rate=1.2):
    W1, b1, W2, b2 = (parameters[k].copy() for k in ("W1", "b1", "W2", "b2"))
    W1 -= learning_rate * grads["dW1"]
    b1 -= learning_rate * grads["db1"]
    W2 -= learning_rate * grads["dW2"]
    b2 -= learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
""",
    ],
    "hidden_gradient": [
        "def hidden_gradient(W2, dz2, z1):\n    return np.dot(W2.T, dz2) * (1 - np.tanh(z1) ** 2)\n",
        """
def slope(z):
    t = np.tanh(z)
    return 1 - t**2

def hidden_gradient(W2, dz2, z1):
    back = np.dot(W2.T, dz2)
    return back * slope(z1)
""",
    ],
}
