"""First tries of beginners, exercise by exercise, each with a mistake; the line that is meant ends in MARK.

Written before looking at what the checks know, from lesson 01 on: lines pasted into a function, a return in a
loop, one-based indices, arguments in another order, a name of the notebook's, whole numbers, what is printed.
"""

MARK = "  # <-"

WRONG = [  # (exercise, what is wrong, identifiers, source)
    (
        "scalar_forward",
        "2*v not 3",
        (),
        """
def forward(a, b, c):
    u = b * c
    v = a + u
    J = 2 * v  # <-
    return u, v, J
""",
    ),
    (
        "scalar_forward",
        "prints instead of returning",
        ("returns-none",),
        """
def forward(a, b, c):
    u = b * c
    v = a + u
    J = 3 * v
    print(u, v, J)  # <-
""",
    ),
    (
        "scalar_forward",
        "returns J only",
        ("number-of-values",),
        """
def forward(a, b, c):
    u = b * c
    v = a + u
    J = 3 * v
    return J  # <-
""",
    ),
    (
        "scalar_forward",
        "u + c",
        ("sum-for-product",),
        """
def forward(a, b, c):
    u = b + c  # <-
    v = a + u
    J = 3 * v
    return u, v, J
""",
    ),
    (
        "scalar_backward",
        "c and b swapped",
        ("factor-itself",),
        """
def backward_by_hand(a, b, c):
    dJ_dv = 3
    dJ_du = 3 * 1
    dJ_da = 3 * 1
    dJ_db = dJ_du * b  # <-
    dJ_dc = dJ_du * c  # <-
    return dJ_dv, dJ_du, dJ_da, dJ_db, dJ_dc
""",
    ),
    (
        "scalar_backward",
        "numbers of the lesson",
        ("same-for-all-inputs",),
        """
def backward_by_hand(a, b, c):
    dJ_dv = 3
    dJ_du = 3
    dJ_da = 3
    dJ_db = 6  # <-
    dJ_dc = 9  # <-
    return dJ_dv, dJ_du, dJ_da, dJ_db, dJ_dc
""",
    ),
    (
        "scalar_backward",
        "local only",
        ("local-alone",),
        """
def backward_by_hand(a, b, c):
    dJ_dv = 3
    dJ_du = dJ_dv * 1
    dJ_da = dJ_dv * 1
    dJ_db = c  # <-
    dJ_dc = b  # <-
    return dJ_dv, dJ_du, dJ_da, dJ_db, dJ_dc
""",
    ),
    (
        "scalar_backward",
        "order of return",
        ("order",),
        """
def backward_by_hand(a, b, c):
    dJ_dv = 3
    dJ_du = dJ_dv * 1
    dJ_da = dJ_dv * 1
    dJ_db = dJ_du * c
    dJ_dc = dJ_du * b
    return dJ_da, dJ_db, dJ_dc, dJ_du, dJ_dv  # <-
""",
    ),
    (
        "used_twice",
        "one path only",
        ("one-path",),
        """
def slope_by_b(b, c):
    return b + c  # <-
""",
    ),
    (
        "used_twice",
        "2b only",
        ("c-missing",),
        """
def slope_by_b(b, c):
    J = (b + c) * b
    return 2 * b  # <-
""",
    ),
    (
        "used_twice",
        "multiplied",
        ("slope-is-J",),
        """
def slope_by_b(b, c):
    one = b + c
    two = b
    return one * two  # <-
""",
    ),
    (
        "sigmoid",
        "sign missing",
        ("sigmoid-sign",),
        """
def my_sigmoid(Z):
    return 1 / (1 + np.exp(Z))  # <-
""",
    ),
    (
        "sigmoid",
        "integer division",
        ("same-for-all-inputs",),
        """
def my_sigmoid(Z):
    return 1 // (1 + np.exp(-Z))  # <-
""",
    ),
    (
        "sigmoid",
        "prints",
        ("returns-none",),
        """
def my_sigmoid(Z):
    s = 1 / (1 + np.exp(-Z))
    print(s)  # <-
""",
    ),
    (
        "compute_cost",
        "swapped arguments",
        ("arguments-differ",),
        """
def compute_cost(Y, A2):  # <-
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
""",
    ),
    (
        "compute_cost",
        "m = len(Y)",
        ("cost-m-counts-outputs",),
        """
def compute_cost(A2, Y):
    m = len(Y)  # <-
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
""",
    ),
    (
        "compute_cost",
        "loop overwrites",
        (),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    for i in range(m):
        cost = -(Y[0, i] * np.log(A2[0, i]) + (1 - Y[0, i]) * np.log(1 - A2[0, i]))  # <-
    return cost / m
""",
    ),
    (
        "compute_cost",
        "print in loop",
        ("returns-none",),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    for i in range(m):
        print(-(Y[0, i] * np.log(A2[0, i]) + (1 - Y[0, i]) * np.log(1 - A2[0, i])) / m)  # <-
""",
    ),
    (
        "compute_cost",
        "missing sum with mean of m",
        ("cost-not-summed",),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    loss = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -1 / m * loss  # <-
""",
    ),
    (
        "compute_cost",
        "abs",
        (),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    return np.sum(np.abs(Y - A2)) / m  # <-
""",
    ),
    (
        "compute_cost",
        "typo A",
        ("raised-NameError",),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    loss = Y * np.log(A) + (1 - Y) * np.log(1 - A)  # <-
    return -np.sum(loss) / m
""",
    ),
    (
        "compute_cost",
        "and for times",
        ("raised-ValueError",),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    loss = Y * np.log(A2) and (1 - Y) * np.log(1 - A2)  # <-
    return -np.sum(loss) / m
""",
    ),
    (
        "compute_cost",
        "np called as num",
        ("raised-TypeError",),
        """
def compute_cost(A2, Y):
    m = Y.shape(1)  # <-
    loss = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -np.sum(loss) / m
""",
    ),
    (
        "compute_cost",
        "global Y_train",
        ("of-the-notebook",),
        """
def compute_cost(A2, Y):
    m = Y_train.shape[1]  # <-
    loss = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -np.sum(loss) / m
""",
    ),
    (
        "compute_cost",
        "m of the notebook",
        ("of-the-notebook",),
        """
def compute_cost(A2, Y):
    loss = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -np.sum(loss) / m  # <-
""",
    ),
    (
        "compute_cost",
        "max clip",
        (),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    A2 = np.clip(A2, 0.5, 1)  # <-
    loss = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -np.sum(loss) / m
""",
    ),
    (
        "compute_cost",
        "lambda wrong",
        ("cost-log-A2-twice",),
        """
compute_cost = lambda A2, Y: -np.mean(Y * np.log(A2) + (1 - Y) * np.log(A2))  # <-
""",
    ),
    (
        "compute_cost",
        "generator",
        ("cost-for-each-example",),
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    return -sum(y * np.log(a) + (1 - y) * np.log(1 - a) for a, y in zip(A2, Y)) / m  # <-
""",
    ),
    (
        "forward_propagation",
        "cache as set of strings",
        ("no-dict",),
        """
def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    cache = {"Z1", "A1", "Z2", "A2"}  # <-
    return A2, cache
""",
    ),
    (
        "forward_propagation",
        "cache strings for values",
        ("text-for-value",),
        """
def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    cache = {"Z1": "Z1", "A1": "A1", "Z2": "Z2", "A2": "A2"}  # <-
    return A2, cache
""",
    ),
    (
        "forward_propagation",
        "per example, 1-based index",
        (),
        """
def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    m = X.shape[1]
    Z1 = np.zeros((W1.shape[0], m))
    for i in range(1, m):  # <-
        Z1[:, [i]] = W1 @ X[:, [i]] + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "in place A1 = Z1 aliasing",
        (),
        """
def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1, out=Z1)  # <-
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "two raising: both orders",
        ("shapes-do-not-fit", "weights-order"),
        """
def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = X @ W1 + b1  # <-
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2  # <-
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "two raising: T both",
        ("shapes-do-not-fit", "weights-transposed"),
        """
def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = W1.T @ X + b1  # <-
    A1 = np.tanh(Z1)
    Z2 = W2.T @ A1 + b2  # <-
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "two raising: bias T and order",
        ("shapes-do-not-fit", "bias-transposed", "X-for-A1"),
        """
def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1.T  # <-
    A1 = np.tanh(Z1)
    Z2 = W2 @ X + b2  # <-
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "backward_propagation",
        "early return",
        ("names-differ",),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    return {"dW2": dW2, "db2": db2}  # <-
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "multi-line expr",
        ("slope-plus",),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (
        W2.T
        @ dZ2
        * (1 + A1**2)  # <-
    )
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "written into parameters, dict row",
        ("names-differ",),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    grads = {}
    parameters["dW1"] = dZ1 @ X.T / m  # <-
    parameters["db1"] = np.sum(dZ1, axis=1, keepdims=True) / m  # <-
    grads["dW2"] = dW2
    grads["db2"] = db2
    return grads
""",
    ),
    (
        "backward_propagation",
        "cache and parameters swapped in the signature",
        ("arguments-differ",),
        """
def backward_propagation(cache, parameters, X, Y):  # <-
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
""",
    ),
    (
        "backward_propagation",
        "X and Y swapped in signature",
        ("arguments-differ",),
        """
def backward_propagation(parameters, cache, Y, X):  # <-
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
""",
    ),
    (
        "backward_propagation",
        "tuple by trailing comma",
        ("lone-comma",),
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y,  # <-
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "decorated by print, forgets return",
        ("returns-none",),
        """
def shout(f):
    def inner(*args):
        print('called')
        f(*args)  # <-
    return inner

@shout
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
""",
    ),
    (
        "backward_propagation",
        "yield",
        ("yield",),
        """
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
    yield {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}  # <-
""",
    ),
    (
        "backward_propagation",
        "partial wrong",
        ("g-for-slope",),
        """
from functools import partial
def back(g, parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * g(cache["Z1"])  # <-
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
            "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}
backward_propagation = partial(back, np.tanh)
""",
    ),
    (
        "backward_propagation",
        "star args",
        ("shapes-do-not-fit",),
        """
def backward_propagation(*args):
    parameters, cache, Y, X = args  # <-
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
            "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}
""",
    ),
    (
        "backward_propagation",
        "match wrong",
        ("shapes-do-not-fit", "W1-for-W2"),
        """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ = cache["A2"] - Y
    g = {}
    for l in (2, 1):
        match l:
            case 2:
                A = cache["A1"]
            case 1:
                A = X
                dZ = parameters["W1"].T @ dZ * (1 - cache["A1"] ** 2)  # <-
        g[f"dW{l}"] = dZ @ A.T / m
        g[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
    return g
""",
    ),
    (
        "backward_propagation",
        "returns tuple in other order",
        ("no-dict",),
        """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m, dW2, db2  # <-
""",
    ),
    (
        "backward_propagation",
        "assert wrong shape",
        ("own-assert",),
        """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ A1.T / m
    assert dW2.shape == A1.shape  # <-
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1 ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "only loop last example",
        (),
        """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1 ** 2)
    for i in range(m):
        dW1 = dZ1[:, [i]] @ X[:, [i]].T / m  # <-
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "backward_propagation",
        "squeeze",
        (),
        """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.squeeze(dZ2.sum(axis=1, keepdims=True) / m)  # <-
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1 ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "shortcut_back",
        "returned in the other order",
        ("order",),
        """
def shortcut_back(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dV = 1 / m * dZ2 @ X.T
    dZ1 = parameters["W2"].T @ dZ2 * np.cos(cache["Z1"])
    dW1 = 1 / m * dZ1 @ X.T
    return dV, dW1  # <-
""",
    ),
    (
        "shortcut_back",
        "two raising",
        ("shapes-do-not-fit",),
        """
def shortcut_back(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dV = 1 / m * dZ2 @ X  # <-
    dZ1 = parameters["W2"] @ dZ2 * np.cos(cache["Z1"])  # <-
    dW1 = 1 / m * dZ1 @ X.T
    return dW1, dV
""",
    ),
    (
        "gradient_checker",
        "return inside the loop",
        ("entries-missing",),
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    errors = {}
    for name, parameter in parameters.items():
        slopes = np.zeros(parameter.shape)
        for k in np.ndindex(parameter.shape):
            nudge = np.zeros(parameter.shape)
            nudge[k] = step
            up = cost({**parameters, name: parameter + nudge})
            down = cost({**parameters, name: parameter - nudge})
            slopes[k] = (up - down) / (2 * step)
        errors["d" + name] = relative_error(grads["d" + name], slopes)
        return errors  # <-
""",
    ),
    (
        "gradient_checker",
        "1-based",
        ("entries-missing",),
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    errors = {}
    for name, parameter in parameters.items():
        slopes = np.zeros(parameter.shape)
        for k in range(1, parameter.size):  # <-
            nudge = np.zeros(parameter.shape)
            nudge.flat[k] = step
            up = cost({**parameters, name: parameter + nudge})
            down = cost({**parameters, name: parameter - nudge})
            slopes.flat[k] = (up - down) / (2 * step)
        errors["d" + name] = relative_error(grads["d" + name], slopes)
    return errors
""",
    ),
    (
        "gradient_checker",
        "integer zeros",
        ("slopes-all-0",),
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    errors = {}
    for name, parameter in parameters.items():
        slopes = np.zeros(parameter.shape, dtype=int)  # <-
        for k in np.ndindex(parameter.shape):
            nudge = np.zeros(parameter.shape)
            nudge[k] = step
            up = cost({**parameters, name: parameter + nudge})
            down = cost({**parameters, name: parameter - nudge})
            slopes[k] = (up - down) / (2 * step)
        errors["d" + name] = relative_error(grads["d" + name], slopes)
    return errors
""",
    ),
    (
        "update_parameters",
        "new[name] = old",
        ("not-moved",),
        """
def update_parameters(parameters, grads, learning_rate):
    new = {}
    for name in parameters:
        step = parameters[name] - learning_rate * grads["d" + name]
        new[name] = parameters[name]  # <-
    return new
""",
    ),
    (
        "update_parameters",
        "f-string list index",
        ("raised-IndexError",),
        """
def update_parameters(parameters, grads, learning_rate):
    new = {}
    names = ["W1", "b1", "W2", "b2"]
    for k in range(4):
        new[names[k]] = (
            parameters[names[k]]
            - learning_rate * grads[f"d{names[k + 1]}"]  # <-
        )
    return new
""",
    ),
    (
        "update_parameters",
        "plus",
        ("uphill",),
        """
def update_parameters(parameters, grads, learning_rate):
    return {n: parameters[n] + learning_rate * grads["d" + n] for n in parameters}  # <-
""",
    ),
    (
        "update_parameters",
        "comprehension list",
        ("no-dict",),
        """
def update_parameters(parameters, grads, learning_rate):
    return [parameters[n] - learning_rate * grads["d" + n] for n in parameters]  # <-
""",
    ),
    (
        "update_parameters",
        "set comprehension keys",
        ("names-differ",),
        """
def update_parameters(parameters, grads, learning_rate):
    return {"d" + n: parameters[n] - learning_rate * grads["d" + n] for n in parameters}  # <-
""",
    ),
    (
        "update_parameters",
        "del later",
        ("changed-in-place",),
        """
def update_parameters(parameters, grads, learning_rate):
    new = parameters.copy()
    for n in new:
        new[n] -= learning_rate * grads["d" + n]  # <-
    return new
""",
    ),
    (
        "training_loop",
        "return in loop",
        ("number-of-costs",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for epoch in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
        return parameters, costs  # <-
""",
    ),
    (
        "training_loop",
        "update result lost",
        ("result-thrown-away",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for epoch in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        network.update_parameters(parameters, grads, learning_rate)  # <-
    return parameters, costs
""",
    ),
    (
        "training_loop",
        "costs inside",
        ("number-of-costs",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for epoch in range(epochs):
        costs = []  # <-
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
    return parameters, costs
""",
    ),
    (
        "training_loop",
        "init inside",
        ("initialised-in-the-loop",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    costs = []
    for epoch in range(epochs):
        parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])  # <-
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
    return parameters, costs
""",
    ),
    (
        "training_loop",
        "range(1, epochs)",
        ("number-of-costs",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for epoch in range(1, epochs):  # <-
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
    return parameters, costs
""",
    ),
    (
        "training_loop",
        "n_h fixed",
        ("start-differs",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], 4, Y.shape[0])  # <-
    costs = []
    for epoch in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
    return parameters, costs
""",
    ),
    (
        "training_loop",
        "rate fixed",
        ("steps-differ",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for epoch in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, 1.2)  # <-
    return parameters, costs
""",
    ),
    (
        "training_loop",
        "returns last cost",
        ("no-costs",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for epoch in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
    return parameters, costs[-1]  # <-
""",
    ),
    (
        "training_loop",
        "prints costs",
        ("returns-none",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    parameters = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for epoch in range(epochs):
        A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        grads = network.backward_propagation(parameters, cache, X, Y)
        parameters = network.update_parameters(parameters, grads, learning_rate)
    print(costs)  # <-
""",
    ),
    (
        "training_loop",
        "grads printed, missing comma paren",
        ("raised-ValueError",),
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    p = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs = []
    for i in range(epochs):
        A2, cache = network.forward_propagation(X, p)
        costs.append(network.compute_cost(Y, A2))  # <-
        grads = network.backward_propagation(p, cache, X, Y)
        p = network.update_parameters(p, grads, learning_rate)
    return p, costs
""",
    ),
    (
        "momentum_step",
        "old velocity used",
        ("moves-by-old-velocity",),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    new_velocity = {}
    new_parameters = {}
    for name in parameters:
        new_velocity["d" + name] = 0.9 * velocity["d" + name] + grads["d" + name]
        new_parameters[name] = parameters[name] - learning_rate * velocity["d" + name]  # <-
    return new_parameters, new_velocity
""",
    ),
    (
        "momentum_step",
        "grads used",
        ("moves-by-gradient",),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    new_velocity = {}
    new_parameters = {}
    for name in parameters:
        new_velocity["d" + name] = 0.9 * velocity["d" + name] + grads["d" + name]
        new_parameters[name] = parameters[name] - learning_rate * grads["d" + name]  # <-
    return new_parameters, new_velocity
""",
    ),
    (
        "momentum_step",
        "0.1 on grads",
        ("velocity-takes-a-tenth",),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    new_velocity = {}
    new_parameters = {}
    for name in parameters:
        new_velocity["d" + name] = 0.9 * velocity["d" + name] + 0.1 * grads["d" + name]  # <-
        new_parameters[name] = parameters[name] - learning_rate * new_velocity["d" + name]
    return new_parameters, new_velocity
""",
    ),
    (
        "momentum_step",
        "in place velocity",
        ("changed-in-place",),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    new_velocity = {}
    new_parameters = {}
    for name in parameters:
        velocity["d" + name] *= 0.9  # <-
        velocity["d" + name] += grads["d" + name]
        new_velocity["d" + name] = velocity["d" + name]
        new_parameters[name] = parameters[name] - learning_rate * new_velocity["d" + name]
    return new_parameters, new_velocity
""",
    ),
    (
        "momentum_step",
        "plus",
        ("uphill",),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    new_velocity = {}
    new_parameters = {}
    for name in parameters:
        new_velocity["d" + name] = 0.9 * velocity["d" + name] + grads["d" + name]
        new_parameters[name] = parameters[name] + learning_rate * new_velocity["d" + name]  # <-
    return new_parameters, new_velocity
""",
    ),
    (
        "momentum_step",
        "order swapped",
        ("results-turned",),
        """
def momentum_step(parameters, grads, velocity, learning_rate):
    new_velocity = {}
    new_parameters = {}
    for name in parameters:
        new_velocity["d" + name] = 0.9 * velocity["d" + name] + grads["d" + name]
        new_parameters[name] = parameters[name] - learning_rate * new_velocity["d" + name]
    return new_velocity, new_parameters  # <-
""",
    ),
    (
        "initialize_parameters",
        "argument order",
        ("arguments-differ",),
        """
def initialize_parameters(n_h, n_x, n_y):  # <-
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_h, n_x)) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = rng.standard_normal((n_y, n_h)) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
""",
    ),
    (
        "initialize_parameters",
        "keys missing",
        ("names-differ",),
        """
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_h, n_x)) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = rng.standard_normal((n_y, n_h)) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2}  # <-
""",
    ),
    (
        "deep_start",
        "wrong fan-in",
        ("spread-differs",),
        """
def initialize_deep(n_x, n_1, n_2, n_y):
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_1, n_x)) / np.sqrt(n_x)
    W2 = rng.standard_normal((n_2, n_1)) / np.sqrt(n_x)  # <-
    W3 = rng.standard_normal((n_y, n_2)) / np.sqrt(n_2)
    b1 = np.zeros((n_1, 1))
    b2 = np.zeros((n_2, 1))
    b3 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
""",
    ),
    (
        "deep_start",
        "0.01",
        ("scaled-as-before",),
        """
def initialize_deep(n_x, n_1, n_2, n_y):
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_1, n_x)) / np.sqrt(n_x)
    W2 = rng.standard_normal((n_2, n_1)) / np.sqrt(n_1)
    W3 = rng.standard_normal((n_y, n_2)) * 0.01  # <-
    b1 = np.zeros((n_1, 1))
    b2 = np.zeros((n_2, 1))
    b3 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
""",
    ),
    (
        "deep_start",
        "sqrt forgotten",
        ("scaled-without-root",),
        """
def initialize_deep(n_x, n_1, n_2, n_y):
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_1, n_x)) / np.sqrt(n_x)
    W2 = rng.standard_normal((n_2, n_1)) / n_1  # <-
    W3 = rng.standard_normal((n_y, n_2)) / np.sqrt(n_2)
    b1 = np.zeros((n_1, 1))
    b2 = np.zeros((n_2, 1))
    b3 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
""",
    ),
    (
        "deep_start",
        "multiplied",
        ("scaled-up",),
        """
def initialize_deep(n_x, n_1, n_2, n_y):
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_1, n_x)) / np.sqrt(n_x)
    W2 = rng.standard_normal((n_2, n_1)) * np.sqrt(n_1)  # <-
    W3 = rng.standard_normal((n_y, n_2)) / np.sqrt(n_2)
    b1 = np.zeros((n_1, 1))
    b2 = np.zeros((n_2, 1))
    b3 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
""",
    ),
    (
        "deep_start",
        "b2 shape",
        ("initial-shape",),
        """
def initialize_deep(n_x, n_1, n_2, n_y):
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_1, n_x)) / np.sqrt(n_x)
    W2 = rng.standard_normal((n_2, n_1)) / np.sqrt(n_1)
    W3 = rng.standard_normal((n_y, n_2)) / np.sqrt(n_2)
    b1 = np.zeros((n_1, 1))
    b2 = np.zeros((n_1, 1))  # <-
    b3 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
""",
    ),
    (
        "penalised_gradients",
        "abs for sign",
        ("size-itself",),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l1 * np.abs(W1) + l2 * W1  # <-
    dW2 = grads["dW2"] + l1 * np.sign(W2) + l2 * W2
    db1, db2 = grads["db1"], grads["db2"]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "penalised_gradients",
        "squared",
        ("square-itself",),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l1 * np.sign(W1) + l2 * W1 ** 2  # <-
    dW2 = grads["dW2"] + l1 * np.sign(W2) + l2 * W2
    db1, db2 = grads["db1"], grads["db2"]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "penalised_gradients",
        "2 l2",
        ("penalty-doubled",),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l1 * np.sign(W1) + l2 * W1
    dW2 = grads["dW2"] + l1 * np.sign(W2) + 2 * l2 * W2  # <-
    db1, db2 = grads["db1"], grads["db2"]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "penalised_gradients",
        "biases penalised",
        ("biases-penalised", "first-penalty-missing"),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l1 * np.sign(W1) + l2 * W1
    dW2 = grads["dW2"] + l1 * np.sign(W2) + l2 * W2
    db1, db2 = grads["db1"] + l2 * parameters["b1"], grads["db2"]  # <-
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "penalised_gradients",
        "l1 l2 swapped",
        ("penalties-exchanged",),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l2 * np.sign(W1) + l1 * W1  # <-
    dW2 = grads["dW2"] + l1 * np.sign(W2) + l2 * W2
    db1, db2 = grads["db1"], grads["db2"]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "penalised_gradients",
        "in place",
        ("changed-in-place",),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"]
    dW1 += l1 * np.sign(W1) + l2 * W1  # <-
    dW2 = grads["dW2"] + l1 * np.sign(W2) + l2 * W2
    db1, db2 = grads["db1"], grads["db2"]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "penalised_gradients",
        "l2 sum",
        (),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] + l1 * np.sign(W1) + l2 * np.sum(W1)  # <-
    dW2 = grads["dW2"] + l1 * np.sign(W2) + l2 * W2
    db1, db2 = grads["db1"], grads["db2"]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "penalised_gradients",
        "minus",
        (),
        """
def penalised_gradients(grads, parameters, l1, l2):
    W1, W2 = parameters["W1"], parameters["W2"]
    dW1 = grads["dW1"] - l1 * np.sign(W1) + l2 * W1  # <-
    dW2 = grads["dW2"] + l1 * np.sign(W2) + l2 * W2
    db1, db2 = grads["db1"], grads["db2"]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    ),
    (
        "standardise",
        "no axis",
        (),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std()  # <-
    return (X_train - mean) / std, (X_test - mean) / std
""",
    ),
    (
        "standardise",
        "test's own",
        ("test-set-in-mean",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / std, (X_test - X_test.mean(axis=1, keepdims=True)) / std  # <-
""",
    ),
    (
        "standardise",
        "var",
        ("by-variance",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.var(axis=1, keepdims=True)  # <-
    return (X_train - mean) / std, (X_test - mean) / std
""",
    ),
    (
        "standardise",
        "in place",
        ("changed-in-place",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std(axis=1, keepdims=True)
    X_train -= mean  # <-
    return X_train / std, (X_test - mean) / std
""",
    ),
    (
        "standardise",
        "brackets",
        ("scale-brackets",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std(axis=1, keepdims=True)
    return X_train - mean / std, X_test - mean / std  # <-
""",
    ),
    (
        "standardise",
        "only train returned",
        ("no-pair",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / std  # <-
""",
    ),
    (
        "standardise",
        "ddof",
        ("by-m-minus-1",),
        """
def my_standardise(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    std = X_train.std(axis=1, keepdims=True, ddof=1)  # <-
    return (X_train - mean) / std, (X_test - mean) / std
""",
    ),
    (
        "batches",
        "return in loop",
        ("column-missing",),
        """
def my_batches(m, batch_size, rng):
    order = rng.permutation(m)
    batches = []
    for start in range(0, m, batch_size):
        batches.append(order[start:start + batch_size])
        return batches  # <-
""",
    ),
    (
        "batches",
        "start 1",
        ("column-missing",),
        """
def my_batches(m, batch_size, rng):
    order = rng.permutation(m)
    batches = []
    for start in range(1, m, batch_size):  # <-
        batches.append(order[start:start + batch_size])
    return batches
""",
    ),
    (
        "batches",
        "end",
        ("column-missing",),
        """
def my_batches(m, batch_size, rng):
    order = rng.permutation(m)
    batches = []
    for start in range(0, m, batch_size):
        batches.append(order[start:batch_size])  # <-
    return batches
""",
    ),
    (
        "batches",
        "batch_size - 1",
        ("column-missing",),
        """
def my_batches(m, batch_size, rng):
    order = rng.permutation(m)
    batches = []
    for start in range(0, m, batch_size):
        batches.append(order[start:start + batch_size - 1])  # <-
    return batches
""",
    ),
    (
        "batches",
        "full ones only",
        ("column-missing",),
        """
def my_batches(m, batch_size, rng):
    order = rng.permutation(m)
    batches = []
    for k in range(m // batch_size):  # <-
        batches.append(order[k * batch_size:(k + 1) * batch_size])
    return batches
""",
    ),
    (
        "batches",
        "one-based numbers",
        ("column-beyond",),
        """
def my_batches(m, batch_size, rng):
    order = rng.permutation(m) + 1  # <-
    batches = []
    for start in range(0, m, batch_size):
        batches.append(order[start:start + batch_size])
    return batches
""",
    ),
    (
        "softmax_cost",
        "rows classes",
        ("cost-m-counts-outputs",),
        """
def softmax_cost(A2, Y):
    m = Y.shape[0]  # <-
    return -np.sum(Y * np.log(A2)) / m
""",
    ),
    (
        "deep_forward",
        "l <= L",
        ("tanh-for-sigmoid",),
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A = X
    cache = {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        if l <= L:  # <-
            A = np.tanh(Z)
        else:
            A = 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"] = Z
        cache[f"A{l}"] = A
    return A, cache
""",
    ),
    (
        "deep_backward",
        "written into parameters",
        ("names-differ",),
        """
def backward_propagation(parameters, cache, X, Y):
    L = len(parameters) // 2
    m = X.shape[1]
    grads = {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        if l > 1:
            A = cache[f"A{l - 1}"]
        else:
            A = X
        grads[f"dW{l}"] = dZ @ A.T / m
        parameters[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True) / m  # <-
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A ** 2)
    return grads
""",
    ),
    (
        "deep_backward",
        "two raising",
        ("shapes-do-not-fit", "input-not-transposed", "W2-not-transposed"),
        """
def backward_propagation(parameters, cache, X, Y):
    L = len(parameters) // 2
    m = X.shape[1]
    grads = {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A / m  # <-
        grads[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"] @ dZ * (1 - A ** 2)  # <-
    return grads
""",
    ),
    (
        "two_hidden_layers",
        "two raising",
        ("shapes-do-not-fit",),
        """
def two_hidden_layers(X, parameters):
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    b1, b2, b3 = parameters["b1"], parameters["b2"], parameters["b3"]
    A1 = np.tanh(W1 @ X + b1)
    A2 = np.tanh(A1 @ W2 + b2)  # <-
    A3 = activations.sigmoid(A2 @ W3 + b3)  # <-
    return A3
""",
    ),
    (
        "squares_back",
        "two raising",
        ("shapes-do-not-fit",),
        """
def squares_back(W1, W2, x, y):
    z1 = W1 @ x
    a1 = z1 ** 2
    z2 = W2 @ a1
    dz2 = z2 - y
    dW2 = dz2 @ a1  # <-
    dz1 = W2 @ dz2 * 2 * z1  # <-
    dW1 = dz1 @ x.T
    return dW1, dW2
""",
    ),
]

RIGHT = [  # (exercise, what is odd, source)
    (
        "scalar_forward",
        "lambda",
        """
forward = lambda a, b, c: (b * c, a + b * c, 3 * (a + b * c))
""",
    ),
    (
        "scalar_forward",
        "list + comments",
        """
def forward(a, b, c):
    # first u
    u = b*c ; v = a+u   # two on a line
    return [u, v,
            3*v]  # a list
""",
    ),
    (
        "scalar_forward",
        "type hints, walrus",
        """
def forward(a: float, b: float, c: float) -> tuple:
    return (u := b * c), (v := a + u), 3 * v
""",
    ),
    (
        "scalar_backward",
        "other names, match",
        """
def backward_by_hand(a, b, c):
    match 3:
        case g:
            return g, g, g, g * c, g * b
""",
    ),
    (
        "used_twice",
        "numeric nudge",
        """
def slope_by_b(b, c):
    def J(b): return (b + c) * b
    h = 1e-5
    return (J(b + h) - J(b - h)) / (2 * h)
""",
    ),
    (
        "own_graph",
        "one line star",
        """
def own_graph(*args):
    a, b, c = args
    return (a - c) * (a - c) / b
""",
    ),
    (
        "sigmoid",
        "np.vectorize",
        """
import math
my_sigmoid = np.vectorize(lambda z: 1 / (1 + math.exp(-z)))
""",
    ),
    (
        "sigmoid",
        "where",
        """
def my_sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
""",
    ),
    (
        "sigmoid",
        "tanh",
        """
def my_sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))
""",
    ),
    (
        "sigmoid",
        "class with __call__",
        """
class Sigmoid:
    def __call__(self, Z):
        return 1 / (1 + np.exp(-Z))
my_sigmoid = Sigmoid()
""",
    ),
    (
        "squared_neuron",
        "dict named",
        """
def squared_neuron(w1, w2, b, x1, x2, y):
    z = w1*x1 + w2*x2 + b
    a = 1/(1+np.exp(-z))
    grad = (a-y) * a*(1-a)
    return np.array([x1*grad]), x2*grad, grad
""",
    ),
    (
        "compute_cost",
        "loop with zip",
        """
def compute_cost(A2, Y):
    total = 0
    for a, y in zip(A2.ravel(), Y.ravel()):
        total -= np.log(a) if y == 1 else np.log(1 - a)
    return total / Y.shape[1]
""",
    ),
    (
        "compute_cost",
        "sum shadow",
        """
def compute_cost(A2, Y):
    sum = 0
    for i in range(Y.shape[1]):
        sum += -(Y[0, i] * np.log(A2[0, i]) + (1 - Y[0, i]) * np.log(1 - A2[0, i]))
    return sum / Y.shape[1]
""",
    ),
    (
        "compute_cost",
        "partial",
        """
from functools import partial
def cost_eps(eps, A2, Y):
    return -np.mean(np.sum(Y * np.log(A2 + eps) + (1 - Y) * np.log(1 - A2 + eps), axis=0))
compute_cost = partial(cost_eps, 0)
""",
    ),
    (
        "compute_cost",
        "einsum",
        """
def compute_cost(A2, Y):
    return -(np.einsum("ij,ij->", Y, np.log(A2)) + np.einsum("ij,ij->", 1 - Y, np.log(1 - A2))) / Y.shape[-1]
""",
    ),
    (
        "compute_cost",
        "asserts/float/squeeze",
        """
def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = -np.sum(logprobs) / m
    cost = float(np.squeeze(cost))
    assert isinstance(cost, float)
    return cost
""",
    ),
    (
        "compute_cost",
        "try/except",
        """
def compute_cost(A2, Y):
    try:
        m = Y.shape[1]
    except IndexError:
        m = len(Y)
    L = np.where(Y == 1, -np.log(A2), -np.log(1 - A2))
    return L.sum() / m
""",
    ),
    (
        "compute_cost",
        "prob of truth",
        """
def compute_cost(A2, Y):
    p = A2**Y * (1 - A2)**(1 - Y)
    return -np.log(p).sum(axis=0).mean()
""",
    ),
    (
        "weighted_gradients",
        "einsum",
        """
def weighted_gradients(W, b, X, Y, s):
    n, m = X.shape
    A = 1 / (1 + np.exp(-(np.dot(W, X) + b)))
    d = np.multiply(s, A - Y) / m
    return np.einsum("oi,ni->on", d, X), np.sum(d)
""",
    ),
    (
        "weighted_gradients",
        "loop",
        """
def weighted_gradients(W, b, X, Y, s):
    dW = np.zeros_like(W, dtype=float); db = 0
    m = X.shape[1]
    for i in range(m):
        x = X[:, i:i+1]
        a = activations.sigmoid(W @ x + b)
        dz = s[0, i] * (a - Y[0, i])
        dW += dz * x.T
        db += dz.item()
    return dW / m, db / m
""",
    ),
    (
        "forward_propagation",
        "dict()",
        """
def forward_propagation(X, parameters):
    locals_ = dict(parameters)
    Z1 = locals_["W1"] @ X + locals_["b1"]; A1 = np.tanh(Z1)
    Z2 = locals_["W2"] @ A1 + locals_["b2"]; A2 = 1/(1+np.exp(-Z2))
    cache = dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2)
    return A2, cache
""",
    ),
    (
        "forward_propagation",
        "unpack values",
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters.values()
    cache = {}
    cache['Z1'] = Z1 = np.einsum('ij,jk->ik', W1, X) + b1
    cache['A1'] = A1 = (np.exp(Z1) - np.exp(-Z1)) / (np.exp(Z1) + np.exp(-Z1))
    cache['Z2'] = Z2 = W2.dot(A1) + b2
    cache['A2'] = A2 = 1 / (1 + np.exp(-Z2))
    return A2, cache
""",
    ),
    (
        "forward_propagation",
        "star args and kwargs",
        """
def layer(W, b, A, g):
    Z = W @ A + b
    return Z, g(Z)

def forward_propagation(X, parameters, **kwargs):
    Z1, A1 = layer(parameters["W1"], parameters["b1"], X, np.tanh)
    Z2, A2 = layer(parameters["W2"], parameters["b2"], A1, lambda z: 1 / (1 + np.exp(-z)))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "columns by comprehension",
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[k] for k in ("W1", "b1", "W2", "b2"))
    Z1 = np.hstack([W1 @ X[:, [i]] + b1 for i in range(X.shape[1])])
    A1 = np.tanh(Z1)
    Z2 = np.column_stack([(W2 @ a.reshape(-1, 1) + b2).ravel() for a in A1.T])
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "locals()",
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = [parameters[name] for name in "W1 b1 W2 b2".split()]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    return A2, {name: value for name, value in locals().items() if name in ("Z1", "A1", "Z2", "A2")}
""",
    ),
    (
        "forward_propagation",
        "global cell function greek",
        """
def σ(z): return 1 / (1 + np.exp(-z))
def forward_propagation(X, parameters):
	W1, b1 = parameters["W1"], parameters["b1"]
	W2, b2 = parameters["W2"], parameters["b2"]
	Z1 = W1 @ X + b1
	A1 = np.tanh(Z1)
	Z2 = W2 @ A1 + b2
	A2 = σ(Z2)
	return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "class call",
        """
class Net:
    def __init__(self, g): self.g = g
    def __call__(self, X, parameters):
        p = parameters
        Z1 = p["W1"] @ X + p["b1"]
        A1 = self.g(Z1)
        Z2 = p["W2"] @ A1 + p["b2"]
        A2 = 1 / (1 + np.exp(-Z2))
        return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
forward_propagation = Net(np.tanh)
""",
    ),
    (
        "forward_propagation",
        "decorator without wraps",
        """
def logged(f):
    def inner(*a, **k):
        print("calling", f.__name__)
        return f(*a, **k)
    return inner
@logged
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
""",
    ),
    (
        "forward_propagation",
        "f-string prints, X in cache, more entries",
        """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    print(f"Z1: {Z1.T.shape} {Z1[0, 0]:.2f}")
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = activations.sigmoid(Z2)
    return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "note": "hi"}
""",
    ),
    (
        "two_hidden_layers",
        "loop",
        """
def two_hidden_layers(X, parameters):
    A = X
    for l in range(1, 4):
        A = (np.tanh if l < 3 else activations.sigmoid)(parameters["W" + str(l)] @ A
                                                          + parameters["b" + str(l)])
    return A
""",
    ),
    (
        "hidden_gradient",
        "diag jacobian",
        """
def hidden_gradient(W2, dz2, z1):
    J = np.diag((1 / np.cosh(z1) ** 2).ravel())
    return J @ W2.T @ dz2
""",
    ),
    (
        "hidden_gradient",
        "lambda",
        """
hidden_gradient = lambda W2, dz2, z1: (dz2.T @ W2).T * (1 - np.tanh(z1) ** 2)
""",
    ),
    (
        "squares_back",
        "outer",
        """
def squares_back(W1, W2, x, y):
    z1 = W1 @ x
    e = W2 @ (z1 * z1) - y
    return np.outer(2 * z1 * (W2.T @ e), x), np.outer(e, z1**2)
""",
    ),
    (
        "backward_propagation",
        "tensordot loop",
        """
def backward_propagation(parameters, cache, X, Y):
    g = {}
    m = Y.shape[-1]
    for l in (2, 1):
        if l == 2:
            dZ = (cache["A2"] - Y) / m
            A = cache["A1"]
        else:
            dZ = (parameters["W2"].T @ dZ) * (1 - np.square(cache["A1"]))
            A = X
        g[f"dW{l}"], g[f"db{l}"] = np.tensordot(dZ, A, axes=([1], [1])), dZ.sum(1)[:, None]
    return g
""",
    ),
    (
        "backward_propagation",
        "derivs by A2 chain",
        """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters.get("W2")
    A1 = cache.get("A1"); A2 = cache.get("A2")
    m = X.shape[1]
    dA2 = -(Y / A2 - (1 - Y) / (1 - A2))
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.mean(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (1 + A1) * (1 - A1)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.mean(dZ1, axis=1).reshape(-1, 1)
    return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)
""",
    ),
    (
        "backward_propagation",
        "per example outer",
        """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2 = parameters["W2"]
    sums = [0, 0, 0, 0]
    for x, y, a1, a2 in zip(X.T, Y.T, cache["A1"].T, cache["A2"].T):
        dz2 = a2 - y
        dz1 = dz2 @ W2 * (1 - a1 ** 2)
        for k, v in enumerate((np.outer(dz1, x), dz1[:, None], np.outer(dz2, a1), dz2[:, None])):
            sums[k] = sums[k] + v / m
    return dict(zip(("dW1", "db1", "dW2", "db2"), sums))
""",
    ),
    (
        "backward_propagation",
        "nested + star",
        """
def backward_propagation(parameters, cache, X, Y, *ignored):
    def mean(Z, A=None):
        return Z @ A.T / X.shape[1] if A is not None else Z.sum(axis=1, keepdims=True) / X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {
        "dW1": mean(dZ1, X),
        "db1": mean(dZ1),
        "dW2": mean(dZ2, cache["A1"]),
        "db2": mean(dZ2),
    }
""",
    ),
    (
        "shortcut_back",
        "sqrt slope sign",
        """
def shortcut_back(parameters, cache, X, Y):
    dZ2 = (cache["A2"] - Y) / Y.shape[1]
    return (parameters["W2"].T @ dZ2 * np.cos(cache["Z1"])) @ X.T, np.inner(dZ2, X)
""",
    ),
    (
        "gradient_checker",
        "flat loop, own relative error",
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    result = {}
    for key in grads:
        P = parameters[key[1:]]
        num = np.empty_like(P)
        it = np.nditer(P, flags=["multi_index"])
        for _ in it:
            i = it.multi_index
            p = {k: v.copy() for k, v in parameters.items()}
            p[key[1:]][i] += step
            plus = cost(p)
            p[key[1:]][i] -= 2 * step
            minus = cost(p)
            num[i] = (plus - minus) / 2 / step
        diff = np.linalg.norm(num - grads[key])
        result[key] = diff / (np.linalg.norm(num) + np.linalg.norm(grads[key]))
    return result
""",
    ),
    (
        "gradient_checker",
        "flatten",
        """
def gradient_checker(parameters, grads, cost, step=1e-5):
    errors = {}
    for name in parameters:
        slopes = []
        for i in range(parameters[name].size):
            costs = []
            for sign in (+1, -1):
                nudged = parameters[name].copy()
                nudged.flat[i] += sign * step
                costs.append(cost(parameters | {name: nudged}))
            slopes.append((costs[0] - costs[1]) / (2 * step))
        errors[f"d{name}"] = relative_error(grads[f"d{name}"], np.reshape(slopes, parameters[name].shape))
    return errors
""",
    ),
    (
        "slope_along",
        "vdot",
        """
def slope_along(parameters, grads, cost, direction, step):
    def at(t): return cost({k: v + t * direction[k] for k, v in parameters.items()})
    nudged = (at(step) - at(-step)) / step / 2
    computed = 0.0
    for k in direction:
        computed += np.vdot(grads["d" + k], direction[k])
    return nudged, computed
""",
    ),
    (
        "update_parameters",
        "dict comprehension 3.9",
        """
def update_parameters(parameters, grads, learning_rate=1.2):
    return {k: v - learning_rate * grads[f"d{k}"] for k, v in parameters.items()}
""",
    ),
    (
        "update_parameters",
        "deepcopy then -=",
        """
from copy import deepcopy
def update_parameters(parameters, grads, learning_rate):
    p = deepcopy(parameters)
    for k in p:
        p[k] -= learning_rate * grads["d" + k]
    return p
""",
    ),
    (
        "update_parameters",
        "np.subtract",
        """
def update_parameters(parameters, grads, learning_rate):
    new = dict(parameters)
    new.update((k, np.subtract(new[k], np.multiply(learning_rate, grads["d" + k]))) for k in parameters)
    return new
""",
    ),
    (
        "training_loop",
        "while + own functions",
        """
def training_loop(X, Y, n_h, learning_rate, epochs):
    p = network.initialize_parameters(X.shape[0], n_h, Y.shape[0])
    costs, epoch = [], 0
    while epoch < epochs:
        A2, cache = network.forward_propagation(X, p)
        costs += [network.compute_cost(A2, Y)]
        p = network.update_parameters(p, network.backward_propagation(p, cache, X, Y), learning_rate)
        if epoch % 10 == 0: print(f"{epoch}: {costs[-1]:.3f}")
        epoch += 1
    return p, np.array(costs)
""",
    ),
    (
        "momentum_step",
        "loops in other order",
        """
def momentum_step(parameters, grads, velocity, learning_rate, beta=0.9):
    v = {g: beta * velocity[g] + grads[g] for g in grads}
    return {p: parameters[p] - learning_rate * v[f"d{p}"] for p in parameters}, v
""",
    ),
    (
        "initialize_parameters",
        "np.random.randn seed",
        """
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    return {"W1": np.random.randn(n_h, n_x) * 0.01, "b1": np.zeros(shape=(n_h, 1)),
            "W2": np.random.randn(n_y, n_h) * 0.01, "b2": np.zeros(shape=(n_y, 1))}
""",
    ),
    (
        "initialize_parameters",
        "rng.normal scale",
        """
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(1)
    layers = [n_x, n_h, n_y]
    p = {}
    for l in range(1, 3):
        p[f"W{l}"] = rng.normal(scale=0.01, size=(layers[l], layers[l - 1]))
        p[f"b{l}"] = np.zeros((layers[l], 1))
    return p
""",
    ),
    (
        "deep_start",
        "loop",
        """
def initialize_deep(n_x, n_1, n_2, n_y):
    rng = np.random.default_rng(1)
    n = (n_x, n_1, n_2, n_y)
    p = {}
    for l, (i, o) in enumerate(zip(n, n[1:]), 1):
        p |= {f"W{l}": rng.normal(0, i ** -0.5, (o, i)), f"b{l}": np.zeros((o, 1))}
    return p
""",
    ),
    (
        "penalised_gradients",
        "loop",
        """
def penalised_gradients(grads, parameters, l1, l2):
    new = {}
    for name, g in grads.items():
        w = parameters[name[1:]]
        new[name] = g + (l1 * np.where(w > 0, 1, -1) + l2 * w if "W" in name else 0)
    return new
""",
    ),
    (
        "standardise",
        "loop of rows",
        """
def my_standardise(X_train, X_test):
    out = []
    mu = np.mean(X_train, axis=1).reshape(-1, 1)
    sd = np.sqrt(np.mean((X_train - mu) ** 2, axis=1)).reshape(-1, 1)
    for X in (X_train, X_test):
        out.append((X - mu) / sd)
    return tuple(out)
""",
    ),
    (
        "standardise",
        "list",
        """
def my_standardise(X_train, X_test):
    mu, sd = X_train.mean(1)[:, None], X_train.std(1)[:, None]
    return [(X - mu) / sd for X in (X_train, X_test)]
""",
    ),
    (
        "batches",
        "generator list",
        """
def my_batches(m, batch_size, rng):
    order = np.arange(m)
    rng.shuffle(order)
    return list(np.split(order, range(batch_size, m, batch_size)))
""",
    ),
    (
        "batches",
        "tuple of arrays",
        """
def my_batches(m, batch_size, rng):
    order = list(rng.permutation(m))
    batches = []
    while order:
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches
""",
    ),
    (
        "softmax",
        "transposes",
        """
def softmax(Z):
    e = np.exp(Z.T - Z.T.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).T
""",
    ),
    (
        "softmax",
        "loop columns",
        """
def softmax(Z):
    cols = []
    for z in Z.T:
        e = np.exp(z - max(z))
        cols.append(e / sum(e))
    return np.array(cols).T
""",
    ),
    (
        "softmax",
        "logsumexp",
        """
def softmax(Z):
    Z = Z - np.amax(Z, axis=0, keepdims=True)
    return np.exp(Z - np.log(np.exp(Z).sum(axis=0)))
""",
    ),
    (
        "softmax_cost",
        "fancy",
        """
def softmax_cost(A2, Y):
    return -np.mean(np.log(A2[Y.argmax(axis=0), range(Y.shape[1])]))
""",
    ),
    (
        "softmax_cost",
        "where mask",
        """
def softmax_cost(A2, Y):
    return -np.log(A2[Y == 1]).sum() / Y.shape[1]
""",
    ),
    (
        "softmax_cost",
        "loop",
        """
def softmax_cost(A2, Y):
    J, m = 0, Y.shape[1]
    for i in range(m):
        k = list(Y[:, i]).index(1)
        J -= np.log(A2[k, i])
    return J / m
""",
    ),
    (
        "deep_forward",
        "recursion",
        """
def forward_propagation(X, parameters):
    cache, L = {}, max(int(k[1:]) for k in parameters)
    def layer(l, A):
        if l > L:
            return A
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.tanh(Z) if l != L else 1 / (1 + np.exp(-Z))
        cache.update({f"Z{l}": Z, f"A{l}": A})
        return layer(l + 1, A)
    return layer(1, X), cache
""",
    ),
    (
        "deep_backward",
        "lists",
        """
def backward_propagation(parameters, cache, X, Y):
    L = len(parameters) // 2
    A = [X] + [cache["A%d" % l] for l in range(1, L + 1)]
    dZ = {L: A[L] - Y}
    grads = {}
    for l in reversed(range(1, L + 1)):
        grads["dW%d" % l] = dZ[l] @ A[l - 1].T / Y.shape[1]
        grads["db%d" % l] = dZ[l].mean(axis=1, keepdims=True)
        if l > 1:
            dZ[l - 1] = parameters["W%d" % l].T @ dZ[l] * (1 - A[l - 1] ** 2)
    return grads
""",
    ),
    (
        "dead_units",
        "max",
        """
def dead_units(cache):
    n = []
    for l in range(1, len(cache) // 2):
        n.append(sum(1 for row in cache[f"A{l}"] if not row.any()))
    return n
""",
    ),
    (
        "graph_backward",
        "set",
        """
def my_backward(output):
    seen, order = set(), []
    def visit(n):
        if id(n) in seen: return
        seen.add(id(n))
        for i in n.inputs: visit(i)
        order.append(n)
    visit(output)
    for n in order: n.gradient = 0
    output.gradient = 1
    while order:
        n = order.pop()
        for k in range(len(n.inputs)):
            n.inputs[k].gradient = n.inputs[k].gradient + n.local[k] * n.gradient
""",
    ),
    (
        "graph_backward",
        "all_nodes returns",
        """
def my_backward(output):
    nodes = all_nodes(output)
    for n in nodes:
        n.gradient = 0.0
    output.gradient = 1.0
    for n in nodes[::-1]:
        for x, d in zip(n.inputs, n.local):
            x.gradient += d * n.gradient
    return output
""",
    ),
    (
        "affine_back",
        "einsum, sum by ones",
        """
def affine_back(dZ, W, A):
    return np.einsum("im,jm->ij", dZ, A), np.einsum("ij,im->jm", W, dZ), dZ @ np.ones((dZ.shape[1], 1))
""",
    ),
]
