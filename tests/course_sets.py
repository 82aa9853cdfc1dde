"""Twelve complete sets of the five functions, as differently written as those that learners bring along.

Each is plain source, as a notebook cell holds it. SETS: name → (source, hidden activation, relative error of
the cost that its arithmetic allows).
"""

from types import SimpleNamespace

import numpy as np

NORMAL = """
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(4)
    W1, W2 = rng.normal(0, 0.01, (n_h, n_x)), rng.normal(0, 0.01, (n_y, n_h))
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}
"""
SIGMOID = """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
"""
COST = """
def compute_cost(A2, Y):
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
"""
UPDATE = """
def update_parameters(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads["d" + name] for name in parameters}
"""
PLAIN = NORMAL + SIGMOID + COST + UPDATE

COURSE = """
def sigmoid(x):
    s = 1/(1+np.exp(-x))
    return s

def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros(shape=(n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros(shape=(n_y, 1))
    assert (W1.shape == (n_h, n_x))
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return parameters

def forward_propagation(X, parameters):
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = sigmoid(Z2)
    assert(A2.shape == (1, X.shape[1]))
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache

def compute_cost(A2, Y, parameters):
    m = Y.shape[1]
    W1 = parameters['W1']
    W2 = parameters['W2']
    logprobs = np.multiply(np.log(A2), Y) + np.multiply((1 - Y), np.log(1 - A2))
    cost = - np.sum(logprobs) / m
    cost = np.squeeze(cost)
    return cost

def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W1 = parameters['W1']
    W2 = parameters['W2']
    A1 = cache['A1']
    A2 = cache['A2']
    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return grads

def update_parameters(parameters, grads, learning_rate=1.2):
    for key in ("W1", "b1", "W2", "b2"):
        parameters[key] -= learning_rate * grads["d" + key]
    return parameters
"""

LOOPS = (
    NORMAL
    + """
import math

def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[name].tolist() for name in ("W1", "b1", "W2", "b2"))
    m, n1 = X.shape[1], len(W1)
    A1, A2 = np.zeros((n1, m)), np.zeros((1, m))
    for i in range(m):
        z2 = b2[0][0]
        for j in range(n1):
            z = b1[j][0]
            for k in range(len(X)):
                z += W1[j][k] * X[k, i]
            A1[j, i] = math.tanh(z)
            z2 += W2[0][j] * A1[j, i]
        A2[0, i] = 1 / (1 + math.exp(-z2))
    return A2, {"hidden": A1, "output": A2}

def compute_cost(A2, Y):
    total = 0
    for a, y in zip(A2[0], Y[0]):
        total -= y * math.log(a) + (1 - y) * math.log(1 - a)
    return total / Y.shape[1]

def backward_propagation(parameters, cache, X, Y):
    A1, A2, W2, m = cache["hidden"], cache["output"], parameters["W2"], X.shape[1]
    grads = {"d" + name: np.zeros(p.shape) for name, p in parameters.items()}
    for i in range(m):
        d2 = (A2[0, i] - Y[0, i]) / m
        grads["db2"][0, 0] += d2
        for j in range(len(A1)):
            grads["dW2"][0, j] += d2 * A1[j, i]
            d1 = d2 * W2[0, j] * (1 - A1[j, i] ** 2)
            grads["db1"][j, 0] += d1
            for k in range(len(X)):
                grads["dW1"][j, k] += d1 * X[k, i]
    return grads

def update_parameters(parameters, grads, learning_rate):
    new = {}
    for name in parameters:
        new[name] = parameters[name].copy()
        for place in np.ndindex(new[name].shape):
            new[name][place] -= learning_rate * grads["d" + name][place]
    return new
"""
)

ROWS_INSIDE = (
    PLAIN
    + """
def forward_propagation(X, parameters):
    rows = X.T
    H = np.tanh(rows @ parameters["W1"].T + parameters["b1"].T)
    P = sigmoid(H @ parameters["W2"].T + parameters["b2"].T)
    return P.T, {"rows": rows, "H": H, "P": P}

def backward_propagation(parameters, cache, X, Y):
    rows, H, P = cache["rows"], cache["H"], cache["P"]
    m = len(rows)
    delta2 = P - Y.T
    delta1 = delta2 @ parameters["W2"] * (1 - H * H)
    return {"dW1": delta1.T @ rows / m, "db1": delta1.sum(0)[:, None] / m,
            "dW2": delta2.T @ H / m, "db2": delta2.sum(0)[:, None] / m}
"""
)

CLASS = (
    PLAIN
    + """
class Network:
    def forward(self, X, parameters):
        self.W1, self.b1, self.W2, self.b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
        self.A1 = np.tanh(self.W1 @ X + self.b1)
        self.A2 = sigmoid(self.W2 @ self.A1 + self.b2)
        return self.A2, {"A1": self.A1, "A2": self.A2}

    def backward(self, parameters, cache, X, Y):
        m, dZ2 = X.shape[1], cache["A2"] - Y
        dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
        return {"dW1": dZ1 @ X.T / m, "db1": dZ1.mean(1, keepdims=True),
                "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.mean(1, keepdims=True)}

net = Network()
forward_propagation, backward_propagation = net.forward, net.backward
"""
)

WEEK_4 = (
    PLAIN
    + """
def linear_activation_forward(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    A = sigmoid(Z) if activation == "sigmoid" else np.tanh(Z)
    return A, ((A_prev, W, b), Z)

def forward_propagation(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L + 1):
        kind = "sigmoid" if l == L else "tanh"
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], kind)
        caches.append(cache)
    return A, caches

def backward_propagation(parameters, caches, X, Y):
    grads, L, m = {}, len(caches), X.shape[1]
    (A_prev, W, b), Z = caches[L - 1]
    dZ = sigmoid(Z) - Y
    for l in reversed(range(1, L + 1)):
        (A_prev, W, b), Z = caches[l - 1]
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = np.dot(W.T, dZ) * (1 - A_prev ** 2)
    return grads
"""
)

RELU = (
    PLAIN
    + """
def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def backward_propagation(parameters, cache, X, Y):
    m, dZ2 = X.shape[1], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (cache["Z1"] > 0)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(1, keepdims=True) / m,
            "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(1, keepdims=True) / m}
"""
)

TUPLE = (
    PLAIN
    + """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters.values()
    A1 = np.tanh(W1.dot(X) + b1)
    A2 = sigmoid(W2.dot(A1) + b2)
    return A2, (A2, A1, X)

def backward_propagation(parameters, cache, X, Y):
    A2, A1, X = cache
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = parameters["W2"].T.dot(dZ2) * (1 - np.square(A1))
    return {"dW1": dZ1.dot(X.T) / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
            "dW2": dZ2.dot(A1.T) / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}
"""
)

SINGLE = (
    PLAIN
    + """
single = np.float32

def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[name].astype(single) for name in ("W1", "b1", "W2", "b2"))
    Z1 = W1 @ X.astype(single) + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def backward_propagation(parameters, cache, X, Y):
    m, dZ2 = X.shape[1], cache["A2"] - Y.astype(single)
    dZ1 = parameters["W2"].astype(single).T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.astype(single).T / m, "db1": dZ1.sum(1, keepdims=True) / m,
            "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(1, keepdims=True) / m}
"""
)

NAMED_TUPLE = (
    PLAIN
    + """
from collections import namedtuple

Layer = namedtuple("Layer", "inputs weights z")

def forward_propagation(X, parameters):
    first = Layer(X, parameters["W1"], parameters["W1"] @ X + parameters["b1"])
    A1 = np.tanh(first.z)
    second = Layer(A1, parameters["W2"], parameters["W2"] @ A1 + parameters["b2"])
    return sigmoid(second.z), (first, second)

def backward_propagation(parameters, cache, X, Y):
    first, second = cache
    m, dZ2 = X.shape[1], sigmoid(second.z) - Y
    dZ1 = second.weights.T @ dZ2 / np.cosh(first.z) ** 2
    return {"dW1": dZ1 @ first.inputs.T / m, "db1": dZ1.sum(1, keepdims=True) / m,
            "dW2": dZ2 @ second.inputs.T / m, "db2": dZ2.sum(1, keepdims=True) / m}
"""
)

OTHER_NAMES = (
    PLAIN
    + """
def forward_propagation(inputs, params):
    z1 = params["W1"] @ inputs + params["b1"]
    a1 = np.tanh(z1)
    z2 = params["W2"] @ a1 + params["b2"]
    a2 = sigmoid(z2)
    return a2, {"z1": z1, "a1": a1, "z2": z2, "a2": a2}

def backward_propagation(params, cache, inputs, labels):
    m, d2 = inputs.shape[1], cache["a2"] - labels
    d1 = params["W2"].T @ d2 * (1 - np.tanh(cache["z1"]) ** 2)
    ones = np.ones((m, 1))
    return {"dW1": d1 @ inputs.T / m, "db1": d1 @ ones / m,
            "dW2": d2 @ cache["a1"].T / m, "db2": d2 @ ones / m}
"""
)

OUTPUT_ALONE = (
    PLAIN
    + """
def hidden(X, parameters):
    return np.tanh(parameters["W1"] @ X + parameters["b1"])

def forward_propagation(X, parameters):
    A2 = sigmoid(parameters["W2"] @ hidden(X, parameters) + parameters["b2"])
    return A2, {"A2": A2}

def backward_propagation(parameters, cache, X, Y):
    A1, m = hidden(X, parameters), X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1 ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(1, keepdims=True) / m,
            "dW2": dZ2 @ A1.T / m, "db2": dZ2.sum(1, keepdims=True) / m}
"""
)

EINSUM = (
    PLAIN
    + """
def forward_propagation(X, parameters):
    A1 = np.tanh(np.einsum("jk,ki->ji", parameters["W1"], X) + parameters["b1"])
    A2 = sigmoid(np.einsum("oj,ji->oi", parameters["W2"], A1) + parameters["b2"])
    return A2, [A1, A2]

def backward_propagation(parameters, cache, X, Y):
    A1, A2 = cache
    share = (A2 - Y) / X.shape[1]
    d1 = np.einsum("oj,oi->ji", parameters["W2"], share) * (1 - A1) * (1 + A1)
    return {"dW1": np.einsum("ji,ki->jk", d1, X), "db1": np.einsum("ji->j", d1)[:, np.newaxis],
            "dW2": np.einsum("oi,ji->oj", share, A1), "db2": np.einsum("oi->o", share)[:, np.newaxis]}
"""
)

SETS = {
    "course, in place, cost of three": (COURSE, "tanh", 1e-12),
    "loops, math.log": (LOOPS, "tanh", 1e-12),
    "rows inside": (ROWS_INSIDE, "tanh", 1e-12),
    "class": (CLASS, "tanh", 1e-12),
    "week 4, any depth": (WEEK_4, "tanh", 1e-12),
    "relu": (RELU, "relu", 1e-12),
    "tuple": (TUPLE, "tanh", 1e-12),
    "single precision": (SINGLE, "tanh", 1e-3),
    "named tuples": (NAMED_TUPLE, "tanh", 1e-12),
    "other names": (OTHER_NAMES, "tanh", 1e-12),
    "output alone": (OUTPUT_ALONE, "tanh", 1e-12),
    "einsum, list": (EINSUM, "tanh", 1e-12),
}


def functions(name):
    """The five functions of a set, as the Trainer and the playground call them: {"initialize": …}."""
    names = {"np": np}
    exec(compile(SETS[name][0], f"<{name}>", "exec"), names)
    f = SimpleNamespace(**names)
    return {
        "initialize": f.initialize_parameters, "forward": f.forward_propagation, "cost": f.compute_cost,
        "backward": f.backward_propagation, "update": f.update_parameters,
    }  # fmt: skip
