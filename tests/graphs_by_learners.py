"""What learners write in lesson 14: right and wrong, as plain source. Written before the catalogue was."""

BACK = """
def my_backward(output):
    order, seen = [], set()
    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for x in node.inputs:
                visit(x)
            order.append(node)
    visit(output)
    for node in order:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in reversed(order):
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient
"""
FROM_HOUSE = """
from helpers.computation_graph import all_nodes
def my_backward(output):
    nodes = all_nodes(output)
    for node in nodes:
        node.gradient = 0
    output.gradient = 1
    for node in nodes[::-1]:
        for i in range(len(node.inputs)):
            node.inputs[i].gradient = node.inputs[i].gradient + node.gradient * node.local[i]
    return output
"""
AFFINE = """
def affine_back(dZ, W, A):
    dW = dZ @ A.T
    dA = W.T @ dZ
    db = np.sum(dZ, axis=1, keepdims=True)
    return dW, dA, db
"""
WRONG_BACK = [
    ("backward-overwrites", BACK, {"x.gradient +=": "x.gradient ="}),
    ("backward-local-missing", BACK, {"local * node.gradient": "node.gradient"}),
    ("backward-upstream-missing", BACK, {"local * node.gradient": "local"}),
    ("backward-not-reset", BACK, {"node.gradient = 0.0": "pass"}),
    ("backward-output-not-1", BACK, {"output.gradient = 1.0": "pass"}),
    ("backward-wrong-order", BACK, {"reversed(order)": "order"}),
    ("backward-visited-again", BACK, {"seen.add(id(node))": "pass"}),
    ("backward-node-before-inputs", BACK,
     {"            order.append(node)\n": "", "reversed(order)": "order",
      "seen.add(id(node))\n": "seen.add(id(node)); order.append(node)\n"}),
    ("backward-output-value", BACK, {"output.gradient = 1.0": "output.gradient = output.value"}),
    ("backward-wrong-order", BACK, {"reversed(order)": "[output]"}),
]  # fmt: skip
WRONG_AFFINE = [
    ("shapes-do-not-fit", AFFINE, {"A.T": "A"}),
    ("product-lies", AFFINE, {"dZ @ A.T": "A @ dZ.T"}),
    ("shapes-do-not-fit", AFFINE, {"W.T @": "W @"}),
    ("W-order-back", AFFINE, {"W.T @ dZ": "dZ.T @ W"}),
    ("keepdims-missing", AFFINE, {", keepdims=True": ""}),
    ("sum-wrong-axis", AFFINE, {"axis=1": "axis=0"}),
    ("examples-not-summed", AFFINE, {"np.sum(dZ, axis=1, keepdims=True)": "dZ"}),
    ("share-in-the-rule", AFFINE, {"dZ @ A.T": "dZ @ A.T / A.shape[1]"}),
    ("share-in-the-rule", AFFINE, {"np.sum": "np.mean"}),
    ("slope-in-the-rule", AFFINE, {"W.T @ dZ": "W.T @ dZ * (1 - A**2)"}),
]
