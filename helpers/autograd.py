"""A graph whose nodes hold matrices: each operation beside its local rule; backward() is the chain rule.

The engine of lesson 01 with arrays in place of numbers (after A. Karpathy's micrograd). Lesson 14 derives the
rules. Columns are examples, as everywhere.
"""

import numpy as np

from helpers.activations import softmax


class Matrix:
    """An array in a graph. value: (rows, columns).  gradient: d(output)/d(value), in the same shape.

    inputs: the nodes that it was computed from.  send: a function of its gradient that returns what goes on
    to each of them, in their order.
    """

    __array_ufunc__ = None  # so that NumPy leaves array @ node to the node

    def __init__(self, value, inputs=(), send=None):
        self.value = np.asarray(value, dtype=float)
        self.gradient = np.zeros_like(self.value)
        self.inputs, self.send = inputs, send

    def __matmul__(self, other):
        W, A = self, other
        return Matrix(W.value @ A.value, (W, A), lambda dZ: (dZ @ A.value.T, W.value.T @ dZ))

    def __rmatmul__(self, other):
        return Matrix(other) @ self

    def __add__(self, other):
        def send(dZ):
            return summed_to(dZ, self.value.shape), summed_to(dZ, other.value.shape)

        return Matrix(self.value + other.value, (self, other), send)


def summed_to(dZ, shape):
    """The gradient of an array of this shape, broadcast to that of dZ: summed where it was repeated."""
    repeated = tuple(axis for axis in range(dZ.ndim) if shape[axis] == 1 < dZ.shape[axis])
    return dZ.sum(axis=repeated, keepdims=True)


def tanh(Z):
    A = np.tanh(Z.value)
    return Matrix(A, (Z,), lambda dA: (dA * (1 - A**2),))


def relu(Z):
    return Matrix(np.maximum(Z.value, 0), (Z,), lambda dA: (dA * (Z.value > 0),))


def softmax_cross_entropy(Z, Y):
    """The cost (1, 1) of the shares softmax(Z), Z (n2, m), for the one-hot Y (n2, m): see softmax_cost."""
    A, m = softmax(Z.value), Y.shape[1]
    cost = -np.log((Y * A).sum(axis=0).clip(np.nextafter(0, 1))).sum() / m
    return Matrix([[cost]], (Z,), lambda dJ: (dJ * (A - Y) / m,))


def all_nodes(output):
    """Every node that output depends on, each after its inputs."""
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for each in node.inputs:
                visit(each)
            order.append(node)

    visit(output)
    return order


def backward(output):
    """Set the gradient of every node; one that is used twice adds up both contributions."""
    nodes = all_nodes(output)
    for node in nodes:
        node.gradient = np.zeros_like(node.value)
    output.gradient = np.ones_like(output.value)
    for node in reversed(nodes):
        contributions = node.send(node.gradient) if node.send else ()
        for each, contribution in zip(node.inputs, contributions, strict=True):
            each.gradient = each.gradient + contribution
