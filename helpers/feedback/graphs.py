"""How the exercises of lesson 14 are judged: backward() of a graph, and the rules of Z = W A + b."""

from contextlib import suppress
from dataclasses import replace

import numpy as np

from helpers import computation_graph as graph
from helpers.computation_graph import Node, all_nodes
from helpers.feedback.explain import NO_SOURCE
from helpers.feedback.graph_lines import PLACES
from helpers.feedback.harder import gradients_problem
from helpers.feedback.lines import UNKNOWN
from helpers.feedback.messages import NotAsAsked, not_yet
from helpers.feedback.mistakes import PRODUCTS, SUMS, crossed, ways
from helpers.feedback.recognise import agree
from helpers.feedback.trials import call_quietly
from helpers.feedback.watched import source_lines, tree_of
from helpers.feedback.wording import words_for
from helpers.gradient_check import central_difference

LOOK = "Look again at lesson 14, “From right to left, in order”."
LOOK_AT_RULES = "Look again at lesson 14, “Nodes that hold matrices”."


def random_graph(rng):
    """A graph in which nodes are used twice, near and far from each other, with random numbers."""
    a, b, c = (Node(round(float(x), 1), name) for x, name in zip(rng.uniform(0.5, 2, 3), "abc", strict=True))
    u = a * b
    v = (u + c) * graph.tanh(u)
    return (v * v + a * v + graph.exp(b) / c).named("J")


def gradients_after(walk, output):
    """The gradient of every node, in the order of the forward pass, after a walk set them."""
    walk(output)
    return [node.gradient for node in all_nodes(output)]


def walked(joined=lambda old, local, node: old + local * node.gradient, start=lambda output: 1.0,
           order=lambda nodes: nodes[::-1], reset=True):  # fmt: skip
    """A backward() with one part in another way."""

    def walk(output):
        nodes = all_nodes(output)
        for node in nodes if reset else ():
            node.gradient = 0.0
        output.gradient = start(output)
        for node in order(nodes):
            for each, local in zip(node.inputs, node.local, strict=True):
                each.gradient = joined(each.gradient, local, node)

    return walk


def handed_on_at_once(joined):
    """A backward() that hands on whatever a node has, each time that more arrives."""

    def hand_on(node):
        for each, local in zip(node.inputs, node.local, strict=True):
            each.gradient = joined(each.gradient, local * node.gradient)
            hand_on(each)

    def walk(output):
        output.gradient = 1.0
        hand_on(output)

    return walk


def cleared_on_the_way(output):
    """A backward() that sets a gradient to 0 when its node hands on, and that of the output to 1."""
    for node in all_nodes(output)[::-1]:
        node.gradient, output.gradient = 0.0, 1.0
        for each, local in zip(node.inputs, node.local, strict=True):
            each.gradient += local * node.gradient


def twice_visited(nodes):
    """The nodes from right to left, each as often as a path leads to it."""
    order = []

    def visit(node):
        for each in node.inputs:
            visit(each)
        order.append(node)

    visit(nodes[-1])
    return order[::-1]


def before_its_inputs(nodes):
    """Each node before its inputs, as they are met first: some come before all that use them."""
    order = []

    def visit(node):
        if node not in order:
            order.append(node)
            for each in node.inputs:
                visit(each)

    visit(nodes[-1])
    return order


WALKS = [  # (mistake, a backward that makes it)
    ("backward-overwrites", walked(lambda old, local, node: local * node.gradient)),
    ("backward-local-missing", walked(lambda old, local, node: old + node.gradient)),
    ("backward-upstream-missing", walked(lambda old, local, node: old + local)),
    ("backward-links-added", walked(lambda old, local, node: old + local + node.gradient)),
    ("backward-value-for-gradient", walked(lambda old, local, node: old + local * node.value)),
    ("backward-handed-on-twice", handed_on_at_once(lambda old, new: old + new)),
    ("backward-overwrites", handed_on_at_once(lambda old, new: new)),
    ("backward-cleared-on-the-way", cleared_on_the_way),
    ("backward-output-not-1", walked(start=lambda output: 0.0)),
    ("backward-output-value", walked(start=lambda output: output.value)),
    ("backward-wrong-order", walked(order=lambda nodes: nodes)),
    ("backward-visited-again", walked(order=twice_visited)),
    ("backward-node-before-inputs", walked(order=before_its_inputs)),
]


def backward_problem(function, seed, rng):
    """What is wrong with a backward(output) that sets the gradients of a graph; None where nothing is."""
    true = gradients_after(walked(), random_graph(np.random.default_rng(seed)))
    output = random_graph(np.random.default_rng(seed))

    def walk(output):
        call_quietly(lambda output: (function(output), True), output)

    found = gradients_after(walk, output)
    if not all(isinstance(g, (int, float, np.number)) for g in found):
        return not_yet("no-number", f"Each gradient is one number. In yours another thing stands.\n{LOOK}")
    if agree(true, found):
        again = gradients_after(walk, output)
        return None if agree(true, again) else _told("backward-not-reset", function)
    for mistake, wrong in WALKS:
        if agree(gradients_after(wrong, random_graph(np.random.default_rng(seed))), found):
            return _told(mistake, function)
    names = [node.name for node in all_nodes(output) if node.name and node.inputs == ()]
    values = dict(zip([node.name for node in all_nodes(output)], zip(true, found, strict=True), strict=True))
    off = [name for name in names if not agree(*values[name])]
    words = f"In a graph that uses nodes twice the gradients of {', '.join(off) or 'the inner nodes'} differ."
    return _told("not-known", function, words)


def _told(mistake, function, words=""):
    """The CheckResult for a mistake, with the line that it has to do with and its words."""
    line = ()
    with suppress(*NO_SOURCE, AttributeError):
        number = PLACES[mistake](tree_of(function)) if mistake in PLACES else None
        line = (number, source_lines(function)[number]) if number else ()
    said = [*([UNKNOWN.format(*line)] if line else []), words or words_for(mistake), LOOK]
    return not_yet(mistake, "\n".join(said), line=line or None)


OF_AFFINE = {
    "dW": [
        *crossed(lambda v, product: product(v.dZ, v.A), PRODUCTS),
        ("share-in-the-rule", lambda v: v.dZ @ v.A.T / v.A.shape[1]),
    ],
    "dA": [
        ("", lambda v: v.W.T @ v.dZ),
        ("W-not-transposed-back", lambda v: v.W @ v.dZ),
        *ways("W-order-back", lambda v: v.dZ.T @ v.W, lambda v: v.dZ @ v.W, lambda v: v.dZ @ v.W.T),
        ("slope-in-the-rule", lambda v: v.W.T @ v.dZ * (1 - v.A**2)),
        ("share-in-the-rule", lambda v: v.W.T @ v.dZ / v.A.shape[1]),
    ],
    "db": [
        *crossed(lambda v, total: total(v.dZ), SUMS),
        ("share-in-the-rule", lambda v: v.dZ.mean(axis=1, keepdims=True)),
    ],
}


def affine_case(sizes, rng):
    """What is given, dW, dA and db of Z = W A + b for a given dZ, and nothing else."""
    W, A = rng.standard_normal((sizes.n_h, sizes.n_x)), rng.standard_normal((sizes.n_x, sizes.m))
    b, dZ = rng.standard_normal((sizes.n_h, 1)), rng.standard_normal((sizes.n_h, sizes.m))

    def J(W, A, b):
        return np.sum(dZ * (W @ A + b))

    truth = {
        "dW": central_difference(lambda W: J(W, A, b), W),
        "dA": central_difference(lambda A: J(W, A, b), A),
        "db": central_difference(lambda b: J(W, A, b), b),
    }
    return {"dZ": dZ, "W": W, "A": A}, truth, {}


of_affine = gradients_problem(affine_case, OF_AFFINE)


def affine_problem(function, sizes, rng):
    """What is wrong with the rules of Z = W A + b, and where they are explained; None where nothing is."""
    try:
        result = of_affine(function, sizes, rng)
    except NotAsAsked as refused:
        return not_yet(refused.mistake, f"{refused}\n{LOOK_AT_RULES}", line=refused.line)
    return result and replace(result, message=f"{result.message}\n{LOOK_AT_RULES}")
