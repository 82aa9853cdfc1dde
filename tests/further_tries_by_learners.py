"""Further tries of beginners: what was once told falsely, or not seen, and must not be so again."""

WRONG = [  # (exercise, what is wrong, identifiers, source), as in first_tries_by_learners.py
    (
        "forward_propagation",
        "a sigmoid in np.vectorize",
        ("sigmoid-sign",),
        """
import math
def one_sigmoid(z):
    return 1 / (1 + math.exp(z))  # <-
sig_all = np.vectorize(one_sigmoid)
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sig_all(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "sigmoid",
        "np.vectorize around a sigmoid of one number",
        ("sigmoid-sign",),
        """
def one(z):
    return 1 / (1 + np.exp(z))  # <-
my = np.vectorize(one)
def my_sigmoid(Z):
    return my(Z)
""",
    ),
    (
        "backward_propagation",
        "a slope in np.vectorize",
        ("slope-plus",),
        """
def one_slope(z):
    return 1 + np.tanh(z) ** 2  # <-
slopes = np.vectorize(one_slope)
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = parameters["W2"].T @ dZ2 * slopes(cache["Z1"])
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "affine_back",
        "an object that can be called",
        ("keepdims-missing",),
        """
class Affine:
    def __init__(self, keep=False):
        self.keep = keep
    def __call__(self, dZ, W, A):
        dW = dZ @ A.T
        dA = W.T @ dZ
        db = dZ.sum(axis=1, keepdims=self.keep)  # <-
        return dW, dA, db
affine_back = Affine()
""",
    ),
    (
        "backward_propagation",
        "an object that can be called",
        ("slope-tanh-not-squared",),
        """
class Backward:
    def __call__(self, parameters, cache, X, Y):
        m = X.shape[1]
        A1 = cache["A1"]
        dZ2 = cache["A2"] - Y
        dW2 = dZ2 @ A1.T / m
        db2 = dZ2.sum(axis=1, keepdims=True) / m
        dZ1 = parameters["W2"].T @ dZ2 * (1 - A1)  # <-
        dW1 = dZ1 @ X.T / m
        db1 = dZ1.sum(axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
backward_propagation = Backward()
""",
    ),
    (
        "backward_propagation",
        "= for += in one line of a loop",
        (),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dW1, dW2 = np.zeros(W1.shape), np.zeros(W2.shape)
    db1, db2 = np.zeros((W1.shape[0], 1)), np.zeros((W2.shape[0], 1))
    for i in range(m):
        dz2 = A2[:, [i]] - Y[:, [i]]
        dW2 += dz2 @ A1[:, [i]].T
        db2 += dz2
        dz1 = W2.T @ dz2 * (1 - A1[:, [i]] ** 2)
        dW1 += dz1 @ X[:, [i]].T
        db1 = dz1  # <-
    return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}
""",
    ),
    (
        "backward_propagation",
        "the return in the loop",
        (),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dW1, dW2 = np.zeros(W1.shape), np.zeros(W2.shape)
    db1, db2 = np.zeros((W1.shape[0], 1)), np.zeros((W2.shape[0], 1))
    for i in range(m):
        dz2 = A2[:, [i]] - Y[:, [i]]
        dW2 += dz2 @ A1[:, [i]].T / m
        db2 += dz2 / m
        dz1 = W2.T @ dz2 * (1 - A1[:, [i]] ** 2)
        dW1 += dz1 @ X[:, [i]].T / m
        db1 += dz1 / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}  # <-
""",
    ),
    (
        "backward_propagation",
        "1 // m in every line",
        (),
        """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y
    dW2 = 1 // m * dZ2 @ A1.T  # <-
    db2 = 1 // m * dZ2.sum(axis=1, keepdims=True)  # <-
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1 ** 2)
    dW1 = 1 // m * dZ1 @ X.T  # <-
    db1 = 1 // m * dZ1.sum(axis=1, keepdims=True)  # <-
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "a right helper of z is given A1",
        ("slope-at-A1",),
        """
def slope(z):
    return 1 - np.tanh(z) ** 2
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = parameters["W2"].T @ dZ2 * slope(cache["A1"])  # <-
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "compute_cost",
        "an entry of what was lent is set",
        ("changed-in-place",),
        """
def compute_cost(A2, Y):
    A2[A2 > 0.9] = 0.9  # <-
    losses = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return np.mean(losses)
""",
    ),
    (
        "update_parameters",
        "the name of an entry in quotes",
        ("names-differ",),
        """
def update_parameters(parameters, grads, learning_rate):
    new = {}
    for name in parameters:
        new["name"] = parameters[name] - learning_rate * grads["d" + name]  # <-
    return new
""",
    ),
    (
        "standardise",
        "-= on what was lent",
        ("changed-in-place",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std(axis=1, keepdims=True)
    X_train -= mean  # <-
    X_train /= std
    X_test -= mean
    X_test /= std
    return X_train, X_test
""",
    ),
    (
        "standardise",
        "m from the wrong side",
        (),
        """
def my_standardise(X_train, X_test):
    m = X_train.shape[0]  # <-
    mean = X_train.sum(axis=1, keepdims=True) / m
    std = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / std, (X_test - mean) / std
""",
    ),
    (
        "scalar_backward",
        "* for / in the last of three slopes",
        (),
        """
def backward_by_hand(a, b, c):
    def J(a, b, c):
        return 3 * (a + b * c)
    h = 0.1
    dJ_dv = 3
    dJ_du = 3
    dJ_da = (J(a + h, b, c) - J(a, b, c)) / h
    dJ_db = (J(a, b + h, c) - J(a, b, c)) / h
    dJ_dc = (J(a, b, c + h) - J(a, b, c)) * h  # <-
    return dJ_dv, dJ_du, dJ_da, dJ_db, dJ_dc
""",
    ),
    (
        "forward_propagation",
        "new parameters in place of those given",
        ("argument-overwritten",),
        """
def forward_propagation(X, parameters):
    parameters = network.initialize_parameters(X.shape[0], 4, 1)  # <-
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "sigmoid",
        "whole numbers made of Z",
        (),
        """
def my_sigmoid(Z):
    Z = np.array(Z, dtype=int)  # <-
    return 1 / (1 + np.exp(-Z))
""",
    ),
    (
        "sigmoid",
        "math.exp, which takes one number",
        (),
        """
import math
def my_sigmoid(Z):
    return 1 / (1 + math.exp(-Z))  # <-
""",
    ),
    (
        "sigmoid",
        "an if for a whole array",
        (),
        """
def my_sigmoid(Z):
    if Z > 0:  # <-
        return 1 / (1 + np.exp(-Z))
    else:
        return np.exp(Z) / (1 + np.exp(Z))
""",
    ),
    (
        "training_loop",
        "a rate of one's own",
        ("steps-differ",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for i in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, 0.5)  # <-
    return parameters, costs
""",
    ),
    (
        "batches",
        "np.random in place of rng",
        ("rng-unused",),
        """
def my_batches(m, batch_size, rng):
    order = np.random.permutation(m)  # <-
    return [order[s : s + batch_size] for s in range(0, m, batch_size)]
""",
    ),
    (
        "softmax",
        "zeros_like of whole numbers",
        (),
        """
def softmax(Z):
    A = np.zeros_like(Z)  # <-
    for i in range(Z.shape[1]):
        e = np.exp(Z[:, i] - Z[:, i].max())
        A[:, i] = e / e.sum()
    return A
""",
    ),
    (
        "dead_units",
        "any for all",
        ("dead-units",),
        """
def dead_units(cache):
    L = len(cache) // 2
    return [int((cache[f"A{l}"] == 0).any(axis=1).sum()) for l in range(1, L)]  # <-
""",
    ),
    (
        "dead_units",
        "the other axis",
        ("dead-units",),
        """
def dead_units(cache):
    L = len(cache) // 2
    return [int((cache[f"A{l}"] == 0).all(axis=0).sum()) for l in range(1, L)]  # <-
""",
    ),
    (
        "dead_units",
        "a count that is not set back",
        ("dead-units",),
        """
def dead_units(cache):
    dead = []
    n = 0  # <-
    for l in range(1, len(cache) // 2):
        for row in cache[f"A{l}"]:
            if (row == 0).all():
                n += 1
        dead.append(n)
    return dead
""",
    ),
    (
        "momentum_step",
        "plus for minus",
        ("uphill",),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    v = {n: 0.9 * velocity[n] + grads[n] for n in grads}
    p = {n: parameters[n] + learning_rate * v["d" + n] for n in parameters}  # <-
    return p, v
""",
    ),
    (
        "momentum_step",
        "9 // 10",
        (),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    v = {n: 9 // 10 * velocity[n] + grads[n] for n in grads}  # <-
    p = {n: parameters[n] - learning_rate * v["d" + n] for n in parameters}
    return p, v
""",
    ),
    (
        "gradient_checker",
        "/ 2 * step",
        ("slope-brackets",),
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    errors = {}
    for name, p in parameters.items():
        slopes = np.zeros(p.shape)
        for k in np.ndindex(p.shape):
            nudge = np.zeros(p.shape)
            nudge[k] = step
            up = cost({**parameters, name: p + nudge})
            down = cost({**parameters, name: p - nudge})
            slopes[k] = (up - down) / 2 * step  # <-
        errors["d" + name] = relative_error(grads["d" + name], slopes)
    return errors
""",
    ),
    (
        "gradient_checker",
        "the nudge is made once",
        ("several-at-once",),
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    errors = {}
    for name, p in parameters.items():
        slopes = np.zeros(p.shape)
        nudge = np.zeros(p.shape)  # <-
        for k in np.ndindex(p.shape):
            nudge[k] = step
            up = cost({**parameters, name: p + nudge})
            down = cost({**parameters, name: p - nudge})
            slopes[k] = (up - down) / (2 * step)
        errors["d" + name] = relative_error(grads["d" + name], slopes)
    return errors
""",
    ),
    (
        "gradient_checker",
        "half put back",
        ("not-put-back",),
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    errors = {}
    for name, p in parameters.items():
        slopes = np.zeros(p.shape)
        for k in np.ndindex(p.shape):
            p[k] += step  # <-
            up = cost(parameters)
            p[k] -= 2 * step
            down = cost(parameters)
            slopes[k] = (up - down) / (2 * step)
        errors["d" + name] = relative_error(grads["d" + name], slopes)
    return errors
""",
    ),
    (
        "squares_back",
        "½ stays in dz2",
        ("dz2-halved",),
        """
def squares_back(W1, W2, x, y):
    z1 = W1 @ x
    a1 = z1 ** 2
    z2 = W2 @ a1
    dz2 = 0.5 * (z2 - y)  # <-
    dW2 = dz2 @ a1.T
    dz1 = W2.T @ dz2 * 2 * z1
    dW1 = dz1 @ x.T
    return dW1, dW2
""",
    ),
    (
        "deep_start",
        "the wrong side, in a loop over the layers",
        ("scaled-by-units",),
        """
def initialize_deep(n_x, n_1, n_2, n_y):
    rng = np.random.default_rng(1)
    sizes = [n_x, n_1, n_2, n_y]
    p = {}
    for l in range(1, 4):
        p[f"W{l}"] = rng.standard_normal((sizes[l], sizes[l - 1])) / np.sqrt(sizes[l])  # <-
        p[f"b{l}"] = np.zeros((sizes[l], 1))
    return p
""",
    ),
    (
        "update_parameters",
        "a right helper is given two things in the wrong order",
        (),
        """
def step(p, g, r):
    return p - r * g
def update_parameters(parameters, grads, learning_rate):
    return {n: step(grads["d" + n], p, learning_rate) for n, p in parameters.items()}  # <-
""",
    ),
    (
        "affine_back",
        "the last turn of a loop alone",
        (),
        """
def affine_back(dZ, W, A):
    dW = np.zeros(W.shape)
    dA = np.zeros(A.shape)
    db = np.zeros((W.shape[0], 1))
    for i in range(A.shape[1]):
        dW += np.outer(dZ[:, i], A[:, i])
        dA[:, i] = W.T @ dZ[:, i]
        db = dZ[:, [i]]  # <-
    return dW, dA, db
""",
    ),
    (
        "forward_propagation",
        "a function that has no name",
        ("bias-subtracted",),
        """
def forward_propagation(X, parameters):
    A, cache = X, {}
    for l in (1, 2):
        Z = parameters[f"W{l}"] @ A - parameters[f"b{l}"]  # <-
        A = (np.tanh, activations.sigmoid)[l - 1](Z)
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
""",
    ),
    (
        "backward_propagation",
        "a right helper of z in np.vectorize is given A1",
        ("slope-at-A1",),
        """
def one_slope(z):
    return 1 - np.tanh(z) ** 2
slopes = np.vectorize(one_slope)
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * slopes(cache["A1"])  # <-
    dW1, dW2 = dZ1 @ X.T / m, dZ2 @ cache["A1"].T / m
    db1, db2 = dZ1.mean(axis=1, keepdims=True), dZ2.mean(axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "batches",
        "an object with a generator of its own",
        ("rng-unused",),
        """
class Deal:
    rng = np.random.default_rng(3)
    def __call__(self, m, batch_size, rng):
        order = self.rng.permutation(m)  # <-
        return [order[s : s + batch_size] for s in range(0, m, batch_size)]
my_batches = Deal()
""",
    ),
    (
        "backward_propagation",
        "entries are set by a condition, as the slope of relu",
        ("slope-of-relu",),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2
    dZ1[A1 <= 0] = 0  # <-
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "1 is taken off at the class of each example, with one output",
        (),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2.copy()
    dZ2[Y.argmax(axis=0), np.arange(m)] -= 1  # <-
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "= for += in a loop over the examples",
        ("overwritten",),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dW1, db1, dW2, db2 = 0, 0, 0, 0
    for i in range(m):
        x, y, a1, a2 = X[:, [i]], Y[:, [i]], A1[:, [i]], A2[:, [i]]
        dz2 = a2 - y
        dz1 = W2.T @ dz2 * (1 - a1 ** 2)
        dW2 = dz2 @ a1.T  # <-
        db2 += dz2
        dW1 += dz1 @ x.T
        db1 += dz1
    return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}
""",
    ),
    (
        "backward_propagation",
        "the return stands inside the loop over the examples",
        ("indentation",),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dW1, db1, dW2, db2 = 0, 0, 0, 0
    for i in range(m):
        x, y, a1, a2 = X[:, [i]], Y[:, [i]], A1[:, [i]], A2[:, [i]]
        dz2 = a2 - y
        dz1 = W2.T @ dz2 * (1 - a1 ** 2)
        dW2 += dz2 @ a1.T
        db2 += dz2
        dW1 += dz1 @ x.T
        db1 += dz1
        return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}  # <-
""",
    ),
    (
        "backward_propagation",
        "two gradients are clipped in one line",
        ("function-too-many",),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    dW1, dW2 = np.clip(dW1, -0.1, 0.1), np.clip(dW2, -0.1, 0.1)  # <-
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "every turn of a loop takes the place of the one before, in four lines",
        (),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    m = X.shape[1]
    for i in range(m):
        x = X[:, i : i + 1]
        a1 = cache["A1"][:, i : i + 1]
        dz2 = cache["A2"][:, i : i + 1] - Y[:, i : i + 1]
        dW2 = dz2 @ a1.T  # <-
        db2 = dz2
        dz1 = W2.T @ dz2 * (1 - a1**2)
        dW1 = dz1 @ x.T
        db1 = dz1
    return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}
""",
    ),
    (
        "used_twice",
        "what was computed is not returned",
        (),
        """
def used_twice(b, c):
    straight = b + c
    through_the_sum = 1 * b
    return straight  # <-
""",
    ),
    (
        "squared_neuron",
        "the slope of tanh for that of the sigmoid",
        ("slope-of-another",),
        """
def squared_neuron(w1, w2, b, x1, x2, y):
    a = activations.sigmoid(w1 * x1 + w2 * x2 + b)
    dz = (a - y) * (1 - a**2)  # <-
    return x1 * dz, x2 * dz, dz
""",
    ),
    (
        "forward_propagation",
        "weights of its own in place of those it is given",
        ("argument-unread",),
        """
def forward_propagation(X, parameters):  # <-
    n_x, m = X.shape
    W1, b1 = np.random.randn(4, n_x) * 0.01, np.zeros((4, 1))
    W2, b2 = np.random.randn(1, 4) * 0.01, np.zeros((1, 1))
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
]


NOT_SAID = [  # (exercise, what is true, what must not be said, source)
    (
        "forward_propagation",
        "a right line calls a wrong function in a partial",
        ("goes wrong",),
        """
from functools import partial
def run(g, A, W, b):
    Z = W @ A
    return Z, g(Z + b)
hidden, output = partial(run, np.tanh), partial(run, activations.sigmoid)
def forward_propagation(X, parameters):
    Z1, A1 = hidden(X, parameters["W1"], parameters["b1"])
    Z2, A2 = output(A1, parameters["W2"], parameters["b2"])
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "compute_cost",
        "zeros that no line fills",
        ("goes wrong",),
        """
def compute_cost(A2, Y):
    losses = np.zeros(Y.shape)
    for i in range(Y.shape[1]):
        loss = -(Y[0, i] * np.log(A2[0, i]) + (1 - Y[0, i]) * np.log(1 - A2[0, i]))
    return np.mean(losses)
""",
    ),
    (
        "forward_propagation",
        "a right function inside is given the wrong function",
        ("goes wrong",),
        """
def forward_propagation(X, parameters):
    def layer(A, l, g):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        return Z, g(Z)
    Z1, A1 = layer(X, 1, activations.sigmoid)
    Z2, A2 = layer(A1, 2, np.tanh)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "softmax",
        "a right helper is given rows",
        ("goes wrong",),
        """
def one(z):
    e = np.exp(z - z.max())
    return e / e.sum()
def softmax(Z):
    return np.array([one(z) for z in Z])
""",
    ),
    (
        "squared_neuron",
        "a right helper of z is given a",
        ("goes wrong",),
        """
def slope(z):
    a = activations.sigmoid(z)
    return a * (1 - a)
def squared_neuron(w1, w2, b, x1, x2, y):
    z = w1 * x1 + w2 * x2 + b
    a = activations.sigmoid(z)
    dz = (a - y) * slope(a)
    return dz * x1, dz * x2, dz
""",
    ),
    (
        "forward_propagation",
        "a right line reads what a loop put together",
        ("goes wrong",),
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = np.zeros((W1.shape[0], X.shape[1]))
    for j in range(W1.shape[0]):
        for i in range(X.shape[1]):
            for k in range(X.shape[0]):
                Z1[j, i] += W1[j, k] * X[k, i] + b1[j, 0]
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "shortcut_back",
        "what is right in a line",
        ("first.", "Into dZ1 go"),
        """
def shortcut_back(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dV = 1 / m * (dZ2 @ X.T)
    dZ1 = parameters["W2"].T @ dZ2 * -np.sin(cache["Z1"])
    dW1 = 1 / m * (dZ1 @ X.T)
    return dW1, dV
""",
    ),
    (
        "slope_along",
        "a right line that takes two wrong dicts",
        ("goes wrong",),
        """
def slope_along(parameters, grads, cost, direction, step):
    up = {**parameters, "W1": parameters["W1"] + step * direction["W1"]}
    down = {**parameters, "W1": parameters["W1"] - step * direction["W1"]}
    nudged = (cost(up) - cost(down)) / (2 * step)
    computed = np.sum(grads["dW1"] * direction["W1"])
    return nudged, computed
""",
    ),
    (
        "softmax_cost",
        "right for some single examples",
        ("With a single example",),
        """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    J = 0
    for i in range(m):
        for k in range(Y.shape[0]):
            if Y[k, i] == 1:
                J -= np.log(A2[k, i]) / k
    return J / m
""",
    ),
    (
        "penalised_gradients",
        "a right line that calls a wrong function",
        ("goes wrong",),
        """
def penalised_gradients(grads, parameters, l1, l2):
    def sgn(w):
        return np.where(w > 0, 1, 0)
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l1 * sgn(W1) + l2 * W1
    dW2 = grads["dW2"] + l1 * sgn(W2) + l2 * W2
    return {"dW1": dW1, "db1": grads["db1"], "dW2": dW2, "db2": grads["db2"]}
""",
    ),
    (
        "hidden_gradient",
        "an index for each axis",
        ("asks for a whole row",),
        """
def hidden_gradient(W2, dz2, z1):
    dz1 = np.zeros(z1.shape)
    for i in range(z1.shape[0]):
        for j in range(dz2.shape[0]):
            dz1[i, 0] += W2[i, j] * dz2[j, 0]
    return dz1 * (1 - np.tanh(z1) ** 2)
""",
    ),
    (
        "forward_propagation",
        "true and false for numbers",
        ("Right: Z1, A1, Z2 and A2",),
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2) > 0.5
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "dead_units",
        "the first example alone",
        (),
        """
def dead_units(cache):
    dead = []
    for l in range(1, len(cache) // 2):
        n = 0
        for row in cache[f"A{l}"]:
            if row[0] == 0:
                n += 1
        dead.append(n)
    return dead
""",
    ),
    (
        "penalised_gradients",
        "a sum of arrays of two layers, without a product",
        ("a transpose", "@"),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l1 * np.sign(W1) + l2 * W1
    dW2 = grads["dW2"] + l1 * np.sign(W1) + l2 * W2
    return {"dW1": dW1, "db1": grads["db1"], "dW2": dW2, "db2": grads["db2"]}
""",
    ),
    (
        "standardise",
        "-= reads what it changes",
        ("before it is used",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std(axis=1, keepdims=True)
    X_train -= mean
    X_train /= std
    X_test -= mean
    X_test /= std
    return X_train, X_test
""",
    ),
    (
        "backward_propagation",
        "two gradients are clipped in one line",
        ("not the only one",),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    dW1, dW2 = np.clip(dW1, -0.1, 0.1), np.clip(dW2, -0.1, 0.1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "a return inside the loop",
        ("not the only one",),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dW1, db1, dW2, db2 = 0, 0, 0, 0
    for i in range(m):
        x, y, a1, a2 = X[:, [i]], Y[:, [i]], A1[:, [i]], A2[:, [i]]
        dz2 = a2 - y
        dz1 = W2.T @ dz2 * (1 - a1 ** 2)
        dW2 += dz2 @ a1.T
        db2 += dz2
        dW1 += dz1 @ x.T
        db1 += dz1
        return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}
""",
    ),
    (
        "training_loop",
        "it stops where the cost hardly falls",
        ("costs = []",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for epoch in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        if len(costs) > 2 and costs[-2] - costs[-1] < 1e-3:
            break
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
    return parameters, costs
""",
    ),
    (
        "batches",
        "an rng of its own with a fixed seed",
        ("return [order",),
        """
def batches(m, batch_size, rng):
    order = np.random.default_rng(0).permutation(m)
    return [order[k:k + batch_size] for k in range(0, m, batch_size)]
""",
    ),
    (
        "backward_propagation",
        "1 is taken off at the class of each example",
        ("dW2 = dZ2",),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2.copy()
    dZ2[Y.argmax(axis=0), np.arange(m)] -= 1
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "forward_propagation",
        "a right sigmoid inside of what is wrong",
        ("`1 + np.exp(-Z2)`",),
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = (1 / (1 + np.exp(-Z2))) > 0.5
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "backward_propagation",
        "a right Z1 inside of what is wrong",
        ("`W1 @ X`", "`1 + np.exp(-(W1 @ X + b1))`"),
        """
def backward_propagation(parameters, cache, X, Y):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    m = X.shape[1]
    A1 = 1 / (1 + np.exp(-(W1 @ X + b1)))
    A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * A1 * (1 - A1)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
]

RIGHT = [  # (exercise, what is odd, source)
    (
        "backward_propagation",
        "einsum",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = np.einsum('ij,kj->ik', dZ2, A1) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "walrus and reduce",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / (m := X.shape[1])
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.add.reduce(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "fortran",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    dW1 = np.asfortranarray(dW1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "readonly",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    dW1.flags.writeable = False
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "float32",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = (A2 - Y).astype(np.float32)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "matrix right",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = np.asmatrix(cache['A1']), np.asmatrix(cache['A2'])
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1) / m
    dZ1 = np.multiply(W2.T @ dZ2, 1 - np.power(A1, 2))
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "rows inside",
        """
def backward_propagation(parameters, cache, X, Y):
    x, y, a1, a2 = X.T, Y.T, cache["A1"].T, cache["A2"].T
    n = len(x)
    d2 = (a2 - y) / n
    d1 = d2 @ parameters["W2"] * (1 - a1 ** 2)
    return {"dW1": (x.T @ d1).T, "db1": d1.sum(0)[:, None], "dW2": (a1.T @ d2).T, "db2": d2.sum(0)[:, None]}
""",
    ),
    (
        "backward_propagation",
        "generator",
        """
def backward_propagation(parameters, cache, X, Y):
    def grads():
        m = X.shape[1]
        d = (cache["A2"] - Y) / m
        for layer, a in ((2, cache["A1"]), (1, X)):
            yield f"dW{layer}", d @ a.T
            yield f"db{layer}", d.sum(axis=1, keepdims=True)
            if layer == 2:
                d = (parameters["W2"].T @ d) * (1 - a * a)
    return dict(grads())
""",
    ),
    (
        "backward_propagation",
        "dataclass tape",
        """
from dataclasses import dataclass, field
@dataclass
class Tape:
    back: list = field(default_factory=list)
    def record(self, f):
        self.back.append(f)
    def run(self, g):
        for f in reversed(self.back):
            g = f(g)
        return g
def backward_propagation(parameters, cache, X, Y):
    grads, tape, m = {}, Tape(), X.shape[1]
    def affine(k, a):
        def back(g):
            grads["dW%d" % k], grads["db%d" % k] = g @ a.T, g.sum(1, keepdims=True)
            return parameters["W%d" % k].T @ g
        return back
    tape.record(affine(1, X))
    tape.record(lambda g: g * (1 - cache["A1"] ** 2))
    tape.record(affine(2, cache["A1"]))
    tape.run((cache["A2"] - Y) / m)
    return grads
""",
    ),
    (
        "backward_propagation",
        "numerical gradient (complex step no)",
        """
def backward_propagation(parameters, cache, X, Y):
    from helpers import network
    cost = lambda p: network.compute_cost(network.forward_propagation(X, p)[0], Y)
    grads = {}
    for k, v in parameters.items():
        g = np.zeros_like(v)
        for i in np.ndindex(v.shape):
            d = np.zeros_like(v)
            d[i] = 1e-5
            g[i] = (cost({**parameters, k: v + d}) - cost({**parameters, k: v - d})) / 2e-5
        grads["d" + k] = g
    return grads
""",
    ),
    (
        "backward_propagation",
        "tensordot, bias trick with ones",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = np.tensordot(dZ1, X, axes=(1, 1)) / m
    db1 = np.dot(dZ1, np.ones((m, 1))) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "sech squared",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * np.cosh(cache['Z1']) ** -2
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "A1 from X again",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = np.tanh(W1 @ X + parameters["b1"]), cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "dA2 chain",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "extra default",
        """
def backward_propagation(parameters, cache, X, Y, lambd=0.0, *, verbose=False):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "extra keys in return",
        """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dZ1": dZ1, "dZ2": dZ2}
""",
    ),
    (
        "compute_cost",
        "where",
        """
def compute_cost(A2, Y):
    return -np.log(np.where(Y == 1, A2, 1 - A2)).sum(axis=0).mean()
""",
    ),
    (
        "compute_cost",
        "logaddexp of logits",
        """
def compute_cost(A2, Y):
    Z = np.log(A2 / (1 - A2))
    return np.mean(np.sum(np.logaddexp(0, Z) - Y * Z, axis=0))
""",
    ),
    (
        "compute_cost",
        "python loop zip",
        """
import math
def compute_cost(A2, Y):
    return -sum(math.log(a if y else 1 - a) for a, y in zip(A2.ravel(), Y.ravel())) / Y.shape[1]
""",
    ),
    (
        "compute_cost",
        "prod",
        """
def compute_cost(A2, Y):
    return -np.log(np.prod(A2 ** Y * (1 - A2) ** (1 - Y))) / Y.shape[1]
""",
    ),
    (
        "compute_cost",
        "assert + squeeze",
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = np.squeeze(-1 / m * np.sum(logprobs))
    assert isinstance(float(cost), float)
    return cost
""",
    ),
    (
        "forward_propagation",
        "augmented",
        """
def forward_propagation(X, parameters):
    one = np.ones((1, X.shape[1]))
    Z1 = np.hstack([parameters["b1"], parameters["W1"]]) @ np.vstack([one, X])
    A1 = 2 / (1 + np.exp(-2 * Z1)) - 1
    Z2 = np.c_[parameters["b2"], parameters["W2"]] @ np.r_[one, A1]
    A2 = np.reciprocal(1 + np.exp(-Z2))
    return A2, dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2)
""",
    ),
    (
        "forward_propagation",
        "per column",
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters.values()
    cols = [
        (z1 := W1 @ x[:, None] + b1, a1 := np.tanh(z1), z2 := W2 @ a1 + b2, 1 / (1 + np.exp(-z2)))
        for x in X.T
    ]
    Z1, A1, Z2, A2 = (np.hstack(c) for c in zip(*cols))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "class stable sigmoid",
        """
class Layer:
    def __init__(self, W, b, g):
        self.W, self.b, self.g = W, b, g
    def __call__(self, A):
        self.Z = np.matmul(self.W, A)
        self.Z += self.b
        self.A = self.g(self.Z)
        return self.A
def stable(z):
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    out[~pos] = np.exp(z[~pos]) / (1 + np.exp(z[~pos]))
    return out
def forward_propagation(X, parameters):
    l1 = Layer(parameters["W1"], parameters["b1"], np.tanh)
    l2 = Layer(parameters["W2"], parameters["b2"], stable)
    return l2(l1(X)), {"Z1": l1.Z, "A1": l1.A, "Z2": l2.Z, "A2": l2.A}
""",
    ),
    (
        "update_parameters",
        "deepcopy in place",
        """
import copy
def update_parameters(parameters, grads, learning_rate):
    parameters = copy.deepcopy(parameters)
    for k in parameters:
        parameters[k] -= learning_rate * grads['d' + k]
    return parameters
""",
    ),
    (
        "update_parameters",
        "dictionary union",
        """
def update_parameters(parameters, grads, learning_rate):
    step = lambda k, g: np.subtract(parameters[k], np.multiply(learning_rate, g))
    return parameters | {k[1:]: step(k[1:], g) for k, g in grads.items() if k[1:] in parameters}
""",
    ),
    (
        "update_parameters",
        "rebind dict in place",
        """
def update_parameters(parameters, grads, learning_rate):
    for l in (1, 2):
        for k in 'Wb':
            parameters[f'{k}{l}'] = parameters[f'{k}{l}'] - learning_rate * grads[f'd{k}{l}']
    return parameters
""",
    ),
    (
        "initialize_parameters",
        "rng outside",
        """
rng = np.random.default_rng(0)
def initialize_parameters(n_x, n_h, n_y):
    W1, W2 = rng.standard_normal((n_h, n_x)) * 0.01, rng.standard_normal((n_y, n_h)) * 0.01
    return {'W1': W1, 'b1': np.zeros((n_h, 1)), 'W2': W2, 'b2': np.zeros((n_y, 1))}
""",
    ),
    (
        "initialize_parameters",
        "scaled 0.1",
        """
def initialize_parameters(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.1
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.1
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
""",
    ),
    (
        "gradient_checker",
        "complex structure flattened",
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    names = list(parameters)
    theta = np.concatenate([parameters[n].ravel() for n in names])
    def unroll(v):
        out, i = {}, 0
        for n in names:
            s = parameters[n].size
            out[n] = v[i:i + s].reshape(parameters[n].shape)
            i += s
        return out
    eye = np.eye(theta.size) * step
    num = unroll(np.array([(cost(unroll(theta + d)) - cost(unroll(theta - d))) / (2 * step) for d in eye]))
    err = lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
    return {"d" + n: err(grads["d" + n], num[n]) for n in names}
""",
    ),
    (
        "training_loop",
        "callables recursion",
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    from helpers.network import initialize_parameters, forward_propagation, compute_cost
    from helpers.network import backward_propagation, update_parameters
    p = initialize_parameters(n_x=len(X), n_h=n_h, n_y=len(Y))
    def steps(p):
        for _ in range(epochs):
            A2, cache = forward_propagation(X, p)
            p = update_parameters(p, backward_propagation(p, cache, X, Y), learning_rate)
            yield compute_cost(A2, Y), p
    history = list(steps(p))
    return history[-1][1], [c for c, _ in history]
""",
    ),
    (
        "batches",
        "split at",
        """
def batches(m, batch_size, rng):
    return np.split(rng.permutation(m), range(batch_size, m, batch_size))
""",
    ),
    (
        "softmax",
        "logsumexp",
        """
def softmax(Z):
    c = np.max(Z, axis=0, keepdims=True)
    return np.exp(Z - c - np.log(np.exp(Z - c).sum(axis=0, keepdims=True)))
""",
    ),
]
