"""The scalar graph: its numbers, its steps, and its gradients against central differences."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.computation_graph import (
    Node,
    all_nodes,
    backward,
    backward_steps,
    exp,
    forward_steps,
    log,
    recompute,
    sigmoid,
    tanh,
)

pytestmark = pytest.mark.filterwarnings("error")


def scalar_example():
    a, b, c = Node(5, "a"), Node(3, "b"), Node(2, "c")
    u = (b * c).named("u")
    v = (a + u).named("v")
    return a, b, c, u, v, (3 * v).named("J")


def slope(output, node, step=1e-5):
    """d(output)/d(node) for an input node, by recomputing the graph at both sides."""
    value, sides = node.value, []
    for node.value in (value + step, value - step):
        recompute(output)
        sides.append(output.value)
    node.value = value
    recompute(output)
    return (sides[0] - sides[1]) / (2 * step)


def assert_gradients_agree(output, inputs):
    backward(output)
    for node in inputs:
        assert math.isclose(
            node.gradient, slope(output, node), rel_tol=1e-6, abs_tol=1e-6 * max(1, abs(output.value))
        )


def test_the_scalar_example():
    a, b, c, u, v, J = scalar_example()
    assert (u.value, v.value, J.value) == (6, 11, 33)
    backward(J)
    assert [x.gradient for x in (v, u, a, b, c, J)] == [3, 3, 3, 6, 9, 1]


def test_the_steps_of_the_scalar_example():
    a, b, c, u, v, J = scalar_example()
    assert [step[1:] for step in forward_steps(J)] == [
        ("u = b × c", "3 × 2", 6),
        ("v = a + u", "5 + 6", 11),
        ("J = 3 × v", "3 × 11", 33),
    ]
    steps = backward_steps(J)
    assert [(s.node.name, s.into.name, *s[2:]) for s in steps] == [
        ("J", "v", 3, 1, 3, 3),
        ("v", "a", 1, 3, 3, 3),
        ("v", "u", 1, 3, 3, 3),
        ("u", "b", 2, 3, 6, 6),
        ("u", "c", 3, 3, 9, 9),
    ]


OPERATIONS = {
    "x + y": lambda x, y: x + y,
    "x - y": lambda x, y: x - y,
    "x * y": lambda x, y: x * y,
    "x / y": lambda x, y: x / y,
    "x ** y": lambda x, y: x**y,
    "-x": lambda x, y: -x,
    "exp": lambda x, y: exp(x),
    "log": lambda x, y: log(x),
    "tanh": lambda x, y: tanh(x),
    "sigmoid": lambda x, y: sigmoid(x),
    "3 * x": lambda x, y: 3 * x,
    "2 / x": lambda x, y: 2 / x,
    "2 ** x": lambda x, y: 2**x,
    "1 - x": lambda x, y: 1 - x,
    "1 + x": lambda x, y: 1 + x,
    "x ** 3": lambda x, y: x**3,
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize(("x", "y"), [(1.3, 0.7), (0.4, -2.1), (2.5, 1.0)])
def test_every_operation_against_plain_python_and_central_differences(operation, x, y):
    inputs = Node(x, "x"), Node(y, "y")
    output = operation(*inputs)
    assert_gradients_agree(output, inputs)


def test_values_are_those_of_python():
    x, y = Node(1.3), Node(0.7)
    pairs = {
        x + y: 2.0,
        x - y: 1.3 - 0.7,
        x * y: 1.3 * 0.7,
        x / y: 1.3 / 0.7,
        x**y: 1.3**0.7,
        exp(x): math.exp(1.3),
        log(x): math.log(1.3),
        tanh(x): math.tanh(1.3),
        sigmoid(x): 1 / (1 + math.exp(-1.3)),
        -x: -1.3,
        3 * x: 3 * 1.3,
        2 / x: 2 / 1.3,
        2**x: 2**1.3,
        1 - x: 1 - 1.3,
        np.float64(3) * x: 3 * 1.3,
    }
    for node, truth in pairs.items():
        assert isinstance(node, Node) and math.isclose(node.value, truth, rel_tol=1e-15)
    assert [sigmoid(Node(z)).value for z in (-1000, 0, 1000)] == [0, 0.5, 1]
    squared = Node(-2.0) ** 2
    backward(squared)
    assert squared.inputs[0].gradient == -4


STEPS = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: tanh(x) * tanh(y),
    "/": lambda x, y: x / (2 + sigmoid(y)),
    "power": lambda x, y: (1 + sigmoid(x)) ** tanh(y),
    "exp": lambda x, y: exp(tanh(x)),
    "log": lambda x, y: log(1.5 + tanh(x)),
    "tanh": lambda x, y: tanh(x),
    "sigmoid": lambda x, y: sigmoid(x),
    "number": lambda x, y: 3 * x - 0.5,
}


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    values=st.lists(st.floats(-2, 2), min_size=1, max_size=4),
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 99), st.integers(0, 99)), max_size=12
    ),
)
def test_random_expressions_agree_with_central_differences(values, steps):
    inputs = [Node(value) for value in values]
    nodes = list(inputs)  # each step may take any node so far, also one that was used before
    for name, i, j in steps:
        nodes.append(STEPS[name](nodes[i % len(nodes)], nodes[j % len(nodes)]))
    output = sum(nodes[1:], nodes[0])
    assert_gradients_agree(output, inputs)


def test_a_node_used_twice_adds_both_contributions():
    u = Node(4, "u")
    s = (u + u).named("s")
    backward(s)
    assert u.gradient == 2
    assert [(step.contribution, step.total) for step in backward_steps(s)] == [(1, 1), (1, 2)]
    product = u * u * u
    backward(product)
    assert u.gradient == 48


def test_backward_twice_gives_the_same():
    a, b, c, u, v, J = scalar_example()
    backward(J)
    first = [node.gradient for node in all_nodes(J)]
    backward(J)
    assert [node.gradient for node in all_nodes(J)] == first


def test_recompute_after_an_input_changed():
    a, b, c, u, v, J = scalar_example()
    b.value = 4
    recompute(J)
    backward(J)
    assert (u.value, v.value, J.value, c.gradient) == (8, 13, 39, 12)
    b.value = "four"
    with pytest.raises(TypeError, match="'four'"):
        recompute(J)
    b.value = math.inf
    with pytest.raises(ValueError, match="finite"):
        recompute(J)
    b.value = 3
    recompute(J)
    assert J.value == 33


def test_forward_order_has_each_node_once_and_after_its_inputs():
    a, b, c, u, v, J = scalar_example()
    order = all_nodes(J + u)
    assert len(order) == len({id(node) for node in order})
    assert all(order.index(x) < order.index(node) for node in order for x in node.inputs)


def test_a_long_chain_needs_no_recursion():
    x = Node(1.0, "x")
    chain = x
    for _ in range(3000):
        chain = chain * 0.999 + 0.001
    backward(chain)
    assert x.gradient == pytest.approx(0.999**3000)
    recompute(chain)
    assert len(forward_steps(chain)) == 6000
    assert max(len(step.formula) for step in forward_steps(chain)) < 100


def test_a_chain_that_doubles_has_short_formulas():
    s = Node(1.0, "s")
    for _ in range(60):
        s = s * 0.5 + s * 0.5
    assert max(len(step.formula) for step in forward_steps(s)) < 300
    backward(s)


def test_formulas_keep_their_meaning():
    a, b = Node(2, "a"), Node(-3, "b")
    assert forward_steps(tanh((a + 1) * (a - b)))[-1].formula == "tanh((a + 1) × (a − b))"
    assert forward_steps(a - (b - 1))[-1].formula == "a − (b − 1)"
    assert forward_steps(a * b)[-1].numbers == "2 × (−3)"
    assert forward_steps(exp(a + b))[-1].formula == "exp(a + b)"
    assert forward_steps(a**2)[-1].formula == "a ^ 2"


BAD = {
    "log of 0": (lambda: log(Node(0)), ValueError, r"log\(0\).*no finite value"),
    "log of -1": (lambda: log(Node(-1)), ValueError, r"log\(−1\)"),
    "1 / 0": (lambda: 1 / Node(0), ValueError, "1 ÷ 0 .*division by 0"),
    "local derivative overflows": (lambda: 1 / Node(1e-160), ValueError, "no finite value or derivative"),
    "exp overflows": (lambda: exp(Node(1000)), ValueError, "too large for a float"),
    "product overflows": (lambda: Node(1e200) * 1e200, ValueError, "too large for a float"),
    "power overflows": (lambda: Node(10.0) ** 400, ValueError, "too large for a float"),
    "root of -1": (lambda: Node(-1) ** 0.5, ValueError, "root of a negative number"),
    "no slope at 0": (lambda: Node(0) ** 0.5, ValueError, "derivative"),
    "exponent of a negative base": (lambda: Node(-2) ** Node(2), ValueError, "derivative"),
    "NaN": (lambda: Node(math.nan), ValueError, "finite number, and nan"),
    "infinity": (lambda: Node(1) + math.inf, ValueError, "finite number, and inf"),
    "integer too large": (lambda: Node(10**400), ValueError, "finite number"),
    "array": (lambda: Node(np.ones(3)), TypeError, "one number.*ndarray"),
    "array of one": (lambda: Node(np.ones(1)), TypeError, "one number.*ndarray"),
    "array times node": (lambda: np.ones(3) * Node(2), TypeError, "one number.*ndarray"),
    "node times array": (lambda: Node(2) * np.ones(3), TypeError, "one number.*ndarray"),
    "string": (lambda: Node("3"), TypeError, "one number; '3' is of type str"),
    "node plus string": (lambda: Node(1) + "a", TypeError, "one number; 'a' is of type str"),
    "None": (lambda: Node(None), TypeError, "NoneType"),
    "complex": (lambda: Node(1j), TypeError, "complex"),
    "node of a node": (lambda: Node(Node(1)), TypeError, "Node"),
}


@pytest.mark.parametrize(("call", "error", "message"), BAD.values(), ids=BAD)
def test_clear_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()
