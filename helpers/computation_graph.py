"""A computation graph of scalars: operations beside their local derivatives; backward() is the chain rule."""

import math
import numbers
from typing import NamedTuple

from helpers.words import number


# Each operation takes numbers and returns its value and, for each input, the derivative d(value)/d(input).
def add(x, y):
    return x + y, (1.0, 1.0)


def subtract(x, y):
    return x - y, (1.0, -1.0)


def multiply(x, y):
    return x * y, (y, x)


def divide(x, y):
    return x / y, (1 / y, -x / y**2)


def power(x, y):
    by_base = y * x ** (y - 1) if y != 0 else 0.0
    by_exponent = x**y * math.log(x) if x > 0 else 0.0 if x == 0 and y > 0 else math.nan
    return x**y, (by_base, by_exponent)


def exponential(x):
    return math.exp(x), (math.exp(x),)


def logarithm(x):
    return math.log(x), (1 / x,)


def hyperbolic_tangent(x):
    t = math.tanh(x)
    return t, (1 - t**2,)


def logistic(x):
    s = 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
    return s, (s * (1 - s),)


OPERATIONS = {
    "+": add,
    "−": subtract,
    "×": multiply,
    "÷": divide,
    "power": power,
    "exp": exponential,
    "log": logarithm,
    "tanh": hyperbolic_tangent,
    "sigmoid": logistic,
}
SIGNS = {"power": "^"}


class Node:
    """One number in a computation graph: an input that you give, a constant, or the result of an operation.

    value: float.  name: shown in formulas and pictures.  operation: "input", "constant" or a key of
    OPERATIONS. inputs: the nodes it was computed from.  local: d(this)/d(input), one number for each input.
    gradient: d(output)/d(this), set by backward(output). Raises TypeError for a value that is not one number,
    ValueError for NaN or infinity.
    """

    __array_ufunc__ = None  # so that NumPy leaves array * node to the node, which says what it takes

    def __init__(self, value, name=""):
        self.value = _number(value)
        self.name = str(name)
        self.operation, self.inputs, self.local, self.gradient = "input", (), (), 0.0

    def named(self, name):
        """Give the node a name and return it: u = (b * c).named("u")."""
        self.name = str(name)
        return self

    def __repr__(self):
        return f"{self.name or self.operation} = {number(self.value)}, gradient {number(self.gradient)}"

    def __add__(self, other):
        return _apply("+", self, other)

    def __radd__(self, other):
        return _apply("+", other, self)

    def __sub__(self, other):
        return _apply("−", self, other)

    def __rsub__(self, other):
        return _apply("−", other, self)

    def __mul__(self, other):
        return _apply("×", self, other)

    def __rmul__(self, other):
        return _apply("×", other, self)

    def __truediv__(self, other):
        return _apply("÷", self, other)

    def __rtruediv__(self, other):
        return _apply("÷", other, self)

    def __pow__(self, other):
        return _apply("power", self, other)

    def __rpow__(self, other):
        return _apply("power", other, self)

    def __neg__(self):
        return _apply("×", -1, self)


def exp(x):
    """e to the power x, as a node."""
    return _apply("exp", x)


def log(x):
    """The natural logarithm of x, as a node; x must be above 0."""
    return _apply("log", x)


def tanh(x):
    """The hyperbolic tangent of x, as a node."""
    return _apply("tanh", x)


def sigmoid(x):
    """1 / (1 + exp(−x)), as a node."""
    return _apply("sigmoid", x)


def _apply(operation, *inputs):
    node = Node(0.0)
    node.operation = operation
    node.inputs = tuple(x if isinstance(x, Node) else _constant(x) for x in inputs)
    _compute(node)
    return node


def _constant(value):
    node = Node(value)
    node.operation = "constant"
    return node


def _compute(node):
    numbers = [x.value for x in node.inputs]
    try:
        value, local = OPERATIONS[node.operation](*numbers)
        needed = [d for d, x in zip(local, node.inputs, strict=True) if x.operation != "constant"]
        finite = all(math.isfinite(x) for x in [value, *needed])
    except (ArithmeticError, ValueError, TypeError):  # TypeError: the root of a negative number is complex
        finite = False
    if not finite:
        raise ValueError(
            f"{_numbers_text(node)} has no finite value or derivative: division by 0, log of a number "
            "not above 0, a root of a negative number, or a result too large for a float. Try other inputs."
        )
    node.value, node.local = value, tuple(float(d) for d in local)


def all_nodes(output):
    """Every node that output depends on, each after its inputs: the order of the forward pass."""
    order, seen, stack = [], set(), [(output, False)]
    while stack:
        node, inputs_done = stack.pop()
        if inputs_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((x, False) for x in reversed(node.inputs))
    return order


def recompute(output):
    """Run the forward pass again, after the value of an input was changed."""
    for node in all_nodes(output):
        if node.inputs:
            _compute(node)
        else:
            node.value = _number(node.value)


class ForwardStep(NamedTuple):
    """One step of the forward pass: formula "u = b × c", numbers "3 × 2", value 6.0."""

    node: Node
    formula: str
    numbers: str
    value: float


def forward_steps(output):
    """The steps of the forward pass, one for each operation, left to right."""
    steps = []
    for node in all_nodes(output):
        if node.inputs:
            formula = f"{node.name} = {_text(node)}" if node.name else _text(node)
            steps.append(ForwardStep(node, formula, _numbers_text(node), node.value))
    return steps


class BackwardStep(NamedTuple):
    """One step of the backward pass: node hands local × upstream = contribution on to one of its inputs.

    total: the gradient of that input so far, after this contribution was added.
    """

    node: Node
    into: Node
    local: float
    upstream: float
    contribution: float
    total: float


def backward_steps(output):
    """Run the backward pass and list its steps, right to left: the chain rule, one edge at a time."""
    nodes, steps = all_nodes(output), []
    for node in nodes:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in reversed(nodes):
        for into, local in zip(node.inputs, node.local, strict=True):
            if into.operation == "constant":
                continue
            contribution = local * node.gradient
            into.gradient += contribution
            steps.append(BackwardStep(node, into, local, node.gradient, contribution, into.gradient))
    return steps


def backward(output):
    """Set the gradient d(output)/d(node) of every node; one that is used twice adds up both contributions."""
    backward_steps(output)


def label(node, depth=4):
    """The node's name; without one a constant's number or a result's formula, "…" where it is deep."""
    if node.name or not node.inputs:
        return node.name or number(node.value)
    if depth == 0:
        return "…"
    return _text(node, depth) if len(node.inputs) == 1 else f"({_text(node, depth)})"


def _text(node, depth=5):
    parts = [label(x, depth - 1) for x in node.inputs]
    if len(parts) == 1:
        inner = parts[0]
        return f"{node.operation}{inner}" if inner.startswith("(") else f"{node.operation}({inner})"
    return f"{parts[0]} {SIGNS.get(node.operation, node.operation)} {parts[1]}"


def _numbers_text(node):
    if len(node.inputs) == 1:
        return f"{node.operation}({number(node.inputs[0].value)})"
    parts = [f"({number(x.value)})" if x.value < 0 else number(x.value) for x in node.inputs]
    return f"{parts[0]} {SIGNS.get(node.operation, node.operation)} {parts[1]}"


def _number(value):
    if not isinstance(value, numbers.Real):
        hint = "Build the graph with numbers and nodes only; for arrays there is helpers.network."
        raise TypeError(f"A node holds one number; {value!r} is of type {type(value).__name__}. {hint}")
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ValueError(f"A node holds a finite number, and {value!r} is not one.")
    return value
