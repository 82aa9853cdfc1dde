"""Wrong and right functions for the exercises of lessons 12 to 14, as beginners write them.

All were written before their exercises' catalogue was opened. `# <-` marks a line that a message should
quote; the mark is taken away before the function is judged.
"""

MARK = "  # <-"

# (exercise, what is wrong, the function)
WRONG = [
    # softmax ------------------------------------------------------------------------------------
    (
        "softmax",
        "sum over the examples",
        """
def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=1, keepdims=True)  # <-
""",
    ),
    (
        "softmax",
        "one sum for all examples",
        """
def softmax(Z):
    Z = Z - np.max(Z)
    total = np.sum(np.exp(Z))  # <-
    A = np.exp(Z) / total
    return A
""",
    ),
    (
        "softmax",
        "no maximum taken out",
        """
def softmax(Z):
    exps = np.exp(Z)  # <-
    return exps / np.sum(exps, axis=0, keepdims=True)
""",
    ),
    (
        "softmax",
        "sigmoid left in",
        """
def softmax(Z):
    Z = Z - np.max(Z, axis=0, keepdims=True)
    A = 1 / (1 + np.exp(-Z))  # <-
    return A / A.sum(axis=0, keepdims=True)
""",
    ),
    (
        "softmax",
        "divided by the maximum",
        """
def softmax(Z):
    biggest = Z.max(axis=0)
    E = np.exp(Z / biggest)  # <-
    return E / E.sum(axis=0)
""",
    ),
    (
        "softmax",
        "maximum of each row",
        """
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))  # <-
    return E / E.sum(axis=0)
""",
    ),
    (
        "softmax",
        "the sum keeps the large exponents",
        """
def softmax(Z):
    top = np.exp(Z - Z.max(axis=0))
    bottom = np.exp(Z).sum(axis=0)  # <-
    return top / bottom  # <-
""",
    ),
    # softmax_cost -------------------------------------------------------------------------------
    (
        "softmax_cost",
        "no 1/m",
        """
def softmax_cost(A2, Y):
    own = np.sum(Y * A2, axis=0)
    J = -np.sum(np.log(own))  # <-
    return J
""",
    ),
    (
        "softmax_cost",
        "log of 0",
        """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    loss = -np.sum(Y * np.log(A2), axis=0)  # <-
    return np.sum(loss) / m
""",
    ),
    (
        "softmax_cost",
        "the sigmoid's cost",
        """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    losses = Y * np.log(A2 + 1e-12) + (1 - Y) * np.log(1 - A2 + 1e-12)  # <-
    return -np.sum(losses) / m
""",
    ),
    (
        "softmax_cost",
        "Y as class numbers",
        """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    own = A2[Y, np.arange(m)]  # <-
    return -np.mean(np.log(own))
""",
    ),
    (
        "softmax_cost",
        "argmax over the wrong axis",
        """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    right = np.argmax(Y, axis=1)  # <-
    own = A2[right, np.arange(m)]
    return -np.sum(np.log(own)) / m
""",
    ),
    (
        "softmax_cost",
        "mean over all entries",
        """
def softmax_cost(A2, Y):
    A2 = np.clip(A2, 1e-15, 1)
    return -np.mean(Y * np.log(A2))  # <-
""",
    ),
    (
        "softmax_cost",
        "minus forgotten",
        """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    own = (Y * A2).sum(axis=0)
    return np.log(own).sum() / m  # <-
""",
    ),
    (
        "softmax_cost",
        "own share summed over the examples",
        """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    own = np.sum(Y * A2, axis=1)  # <-
    return -np.sum(np.log(own)) / m
""",
    ),
    # deep_forward -------------------------------------------------------------------------------
    (
        "deep_forward",
        "L is the number of entries",
        """
def forward_propagation(X, parameters):
    L = len(parameters)  # <-
    A = X
    cache = {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
""",
    ),
    (
        "deep_forward",
        "range ends one layer early",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A, cache = X, {}
    for l in range(1, L):  # <-
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
""",
    ),
    (
        "deep_forward",
        "tanh in the last layer too",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A, cache = X, {}
    for l in range(1, L + 1):
        Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]
        A = np.tanh(Z)  # <-
        cache["Z" + str(l)] = Z
        cache["A" + str(l)] = A
    return A, cache
""",
    ),
    (
        "deep_forward",
        "every layer reads X",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    cache = {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ X + parameters[f"b{l}"]  # <-
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
""",
    ),
    (
        "deep_forward",
        "the layer before the last has the sigmoid too",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A, cache = X, {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.tanh(Z) if l < L - 1 else 1 / (1 + np.exp(-Z))  # <-
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
""",
    ),
    (
        "deep_forward",
        "only the first layer has tanh",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A, cache = X, {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        if l < 2:  # <-
            A = np.tanh(Z)
        else:
            A = 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
""",
    ),
    (
        "deep_forward",
        "only the last layer is kept",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A = X
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        cache = {f"Z{l}": Z, f"A{l}": A}  # <-
    return A, cache
""",
    ),
    (
        "deep_forward",
        "the A that came in is stored, not the new one",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A, cache = X, {}
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A  # <-
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))  # <-
    return A, cache
""",
    ),
    (
        "deep_forward",
        "the bias left out",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A, cache = X, {}
    for l in range(1, L + 1):
        Z = np.dot(parameters[f"W{l}"], A)  # <-
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
""",
    ),
    # deep_backward ------------------------------------------------------------------------------
    (
        "deep_backward",
        "A of the same layer in dW",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l}"]  # <-
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - cache[f"A{l - 1}"] ** 2)
    return grads
""",
    ),
    (
        "deep_backward",
        "slope at the wrong layer",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - cache[f"A{l}"] ** 2)  # <-
    return grads
""",
    ),
    (
        "deep_backward",
        "tanh' forgotten",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ  # <-
    return grads
""",
    ),
    (
        "deep_backward",
        "W of the layer before",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l - 1}"].T @ dZ * (1 - A**2)  # <-
    return grads
""",
    ),
    (
        "deep_backward",
        "no 1/m in dW",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T  # <-
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
    return grads
""",
    ),
    (
        "deep_backward",
        "no 1/m anywhere",
        """
def backward_propagation(parameters, cache, X, Y):
    L = len(parameters) // 2
    grads = {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = np.dot(dZ, A.T)  # <-
        grads[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True)
        if l > 1:
            dZ = np.dot(parameters[f"W{l}"].T, dZ) * (1 - A**2)
    return grads
""",
    ),
    (
        "deep_backward",
        "stops before layer 1",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 1, -1):  # <-
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
    return grads
""",
    ),
    (
        "deep_backward",
        "keepdims missing",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1) / m  # <-
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
    return grads
""",
    ),
    (
        "deep_backward",
        "slope of the sigmoid",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * A * (1 - A)  # <-
    return grads
""",
    ),
    (
        "deep_backward",
        "dZ handed on before it is used",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m  # <-
    return grads
""",
    ),
    (
        "deep_backward",
        "Y - A",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = Y - cache[f"A{L}"]  # <-
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"] if l > 1 else X
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
    return grads
""",
    ),
    (
        "deep_backward",
        "the cache has no A0",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m, grads = len(parameters) // 2, X.shape[1], {}
    dZ = cache[f"A{L}"] - Y
    for l in range(L, 0, -1):
        A = cache[f"A{l - 1}"]  # <-
        grads[f"dW{l}"] = dZ @ A.T / m
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        dZ = parameters[f"W{l}"].T @ dZ * (1 - A**2)
    return grads
""",
    ),
    # graph_backward -----------------------------------------------------------------------------
    (
        "graph_backward",
        "= in place of +=",
        """
def my_backward(output):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(output)
    for node in order:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in reversed(order):
        for x, local in zip(node.inputs, node.local):
            x.gradient = local * node.gradient  # <-
""",
    ),
    (
        "graph_backward",
        "order not reversed",
        """
def my_backward(output):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(output)
    for node in order:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in order:  # <-
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient
""",
    ),
    (
        "graph_backward",
        "recursion from the output, paths counted but gradients handed on twice",
        """
def my_backward(output):
    def hand_on(node):
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient
            hand_on(x)  # <-

    output.gradient = 1.0
    hand_on(output)
""",
    ),
    (
        "graph_backward",
        "no visited set",
        """
def my_backward(output):
    order = []

    def visit(node):
        for x in node.inputs:
            visit(x)  # <-
        order.append(node)  # <-

    visit(output)
    for node in order:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in reversed(order):
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient
""",
    ),
    (
        "graph_backward",
        "node before its inputs",
        """
def my_backward(output):
    order = []

    def visit(node):
        if node not in order:
            order.append(node)  # <-
            for x in node.inputs:
                visit(x)

    visit(output)
    for node in order:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in order:
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient
""",
    ),
    (
        "graph_backward",
        "gradients of before are kept",
        """
def my_backward(output):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(output)
    output.gradient = 1.0
    for node in reversed(order):
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient  # <-
""",
    ),
    (
        "graph_backward",
        "the output has no 1",
        """
def my_backward(output):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(output)
    for node in order:
        node.gradient = 0.0  # <-
    for node in reversed(order):
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient
""",
    ),
    (
        "graph_backward",
        "times the value, not the gradient",
        """
def my_backward(output):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(output)
    for node in order:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in reversed(order):
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.value  # <-
""",
    ),
    # affine_back --------------------------------------------------------------------------------
    (
        "affine_back",
        "factors of dW swapped",
        """
def affine_back(dZ, W, A):
    dW = A @ dZ.T  # <-
    dA = W.T @ dZ
    db = np.sum(dZ, axis=1, keepdims=True)
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "no transpose in dA",
        """
def affine_back(dZ, W, A):
    dW = dZ @ A.T
    dA = W @ dZ  # <-
    db = np.sum(dZ, axis=1, keepdims=True)
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "bias summed over the units",
        """
def affine_back(dZ, W, A):
    dW = dZ @ A.T
    dA = W.T @ dZ
    db = np.sum(dZ, axis=0, keepdims=True)  # <-
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "keepdims missing",
        """
def affine_back(dZ, W, A):
    dW = np.dot(dZ, A.T)
    dA = np.dot(W.T, dZ)
    db = dZ.sum(axis=1)  # <-
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "1/m in the rules",
        """
def affine_back(dZ, W, A):
    m = dZ.shape[1]
    dW = dZ @ A.T / m  # <-
    dA = W.T @ dZ
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "the bias gets dZ as it is",
        """
def affine_back(dZ, W, A):
    dW = dZ @ A.T
    dA = W.T @ dZ
    db = dZ  # <-
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "mean in place of the sum",
        """
def affine_back(dZ, W, A):
    dW = dZ @ A.T
    dA = W.T @ dZ
    db = dZ.mean(axis=1, keepdims=True)  # <-
    return dW, dA, db
""",
    ),
]

# (exercise, what is unusual, the function)
RIGHT = [
    (
        "softmax",
        "column by column",
        """
def softmax(Z):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[1]):
        z = Z[:, i]
        e = np.exp(z - max(z))
        A[:, i] = e / e.sum()
    return A
""",
    ),
    (
        "softmax",
        "exp of the log of the shares",
        """
def softmax(Z):
    top = Z.max(axis=0, keepdims=True)
    log_sum = top + np.log(np.exp(Z - top).sum(axis=0, keepdims=True))
    return np.exp(Z - log_sum)
""",
    ),
    (
        "softmax",
        "transposed and back",
        """
def softmax(Z):
    E = np.exp(Z.T - Z.T.max(axis=1)[:, None])
    return (E / np.einsum("ij->i", E)[:, np.newaxis]).T
""",
    ),
    (
        "softmax",
        "each share by differences",
        """
def softmax(Z):
    n, m = Z.shape
    A = np.empty((n, m))
    with np.errstate(over="ignore"):
        for k in range(n):
            A[k] = 1 / np.exp(Z - Z[k]).sum(axis=0)
    return A
""",
    ),
    (
        "softmax_cost",
        "class numbers by argmax",
        """
def softmax_cost(A2, Y):
    right = Y.argmax(axis=0)
    return -np.log(A2[right, np.arange(Y.shape[1])]).mean()
""",
    ),
    (
        "softmax_cost",
        "boolean mask",
        """
def softmax_cost(A2, Y):
    return float(-np.mean(np.log(A2[Y == 1])))
""",
    ),
    (
        "softmax_cost",
        "two loops",
        """
def softmax_cost(A2, Y):
    J = 0
    n, m = Y.shape
    for i in range(m):
        for k in range(n):
            if Y[k, i] == 1:
                J = J - np.log(A2[k, i])
    return J / m
""",
    ),
    (
        "softmax_cost",
        "where",
        """
def softmax_cost(A2, Y):
    safe = np.where(Y == 1, A2, 1.0)
    return -np.sum(Y * np.log(safe)) / Y.shape[1]
""",
    ),
    (
        "softmax_cost",
        "einsum",
        """
def softmax_cost(A2, Y):
    own = np.einsum("ki,ki->i", Y, A2)
    return np.average(-np.log(own))
""",
    ),
    (
        "deep_forward",
        "while, hidden layers first",
        """
def forward_propagation(X, parameters):
    cache = {}
    A = X
    l = 1
    while f"W{l + 1}" in parameters:
        cache[f"Z{l}"] = parameters[f"W{l}"].dot(A) + parameters[f"b{l}"]
        cache[f"A{l}"] = A = np.tanh(cache[f"Z{l}"])
        l += 1
    Z = parameters[f"W{l}"].dot(A) + parameters[f"b{l}"]
    A = 1 / (1 + np.exp(-Z))
    cache[f"Z{l}"] = Z
    cache[f"A{l}"] = A
    return A, cache
""",
    ),
    (
        "deep_forward",
        "recursion",
        """
def forward_propagation(X, parameters):
    L = len(parameters) // 2

    def layer(l, A, cache):
        if l > L:
            return A, cache
        Z = np.einsum("jk,ki->ji", parameters[f"W{l}"], A) + parameters[f"b{l}"]
        A = np.tanh(Z) if l < L else 1 / (1 + np.exp(-Z))
        return layer(l + 1, A, {**cache, f"Z{l}": Z, f"A{l}": A})

    return layer(1, X, {})
""",
    ),
    (
        "deep_forward",
        "everything in the cache, A0 too",
        """
def forward_propagation(X, parameters):
    L = sum(name.startswith("W") for name in parameters)
    cache = {"A0": X}
    for l in range(1, L + 1):
        cache["Z" + str(l)] = parameters["W" + str(l)] @ cache["A" + str(l - 1)] + parameters["b" + str(l)]
        if l == L:
            cache["A" + str(l)] = 1 / (1 + np.exp(-cache["Z" + str(l)]))
        else:
            cache["A" + str(l)] = np.tanh(cache["Z" + str(l)])
    return cache["A" + str(L)], cache
""",
    ),
    (
        "deep_forward",
        "list of functions",
        """
def forward_propagation(X, parameters):
    def sigmoid(Z):
        return 0.5 * (1 + np.tanh(Z / 2))

    L = len(parameters) // 2
    functions = [np.tanh] * (L - 1) + [sigmoid]
    A, cache = X, {}
    for l, g in enumerate(functions, start=1):
        Z = parameters["W%d" % l] @ A + parameters["b%d" % l]
        A = g(Z)
        cache["Z%d" % l], cache["A%d" % l] = Z, A
    return A, cache
""",
    ),
    (
        "deep_backward",
        "all dZ first",
        """
def backward_propagation(parameters, cache, X, Y):
    L = len(parameters) // 2
    m = Y.shape[1]
    dZ = {L: cache[f"A{L}"] - Y}
    for l in range(L - 1, 0, -1):
        dZ[l] = parameters[f"W{l + 1}"].T @ dZ[l + 1] * (1 - np.tanh(cache[f"Z{l}"]) ** 2)
    A = {0: X, **{l: cache[f"A{l}"] for l in range(1, L + 1)}}
    grads = {}
    for l in range(1, L + 1):
        grads[f"dW{l}"] = 1 / m * dZ[l] @ A[l - 1].T
        grads[f"db{l}"] = 1 / m * np.sum(dZ[l], axis=1, keepdims=True)
    return grads
""",
    ),
    (
        "deep_backward",
        "a cache of its own with A0, while",
        """
def backward_propagation(parameters, cache, X, Y):
    values = dict(cache, A0=X)
    l = len(parameters) // 2
    dZ = (values[f"A{l}"] - Y) / Y.shape[1]
    grads = {}
    while l > 0:
        before = values[f"A{l - 1}"]
        grads[f"dW{l}"] = np.einsum("ji,ki->jk", dZ, before)
        grads[f"db{l}"] = dZ.sum(1).reshape(-1, 1)
        dZ = (1 - before**2) * np.dot(parameters[f"W{l}"].T, dZ)
        l -= 1
    return grads
""",
    ),
    (
        "deep_backward",
        "recursion",
        """
def backward_propagation(parameters, cache, X, Y):
    L, m = len(parameters) // 2, X.shape[1]

    def back(l, dZ):
        A = cache[f"A{l - 1}"] if l != 1 else X
        grads = {f"dW{l}": dZ @ A.T / m, f"db{l}": dZ @ np.ones((m, 1)) / m}
        if l == 1:
            return grads
        grads.update(back(l - 1, (parameters[f"W{l}"].T @ dZ) / np.cosh(cache[f"Z{l - 1}"]) ** 2))
        return grads

    return back(L, cache[f"A{L}"] - Y)
""",
    ),
    (
        "graph_backward",
        "a set of ids and a stack",
        """
def my_backward(output):
    order, seen = [], set()
    stack = [(output, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((x, False) for x in node.inputs)
    for node in order:
        node.gradient = 0.0
    output.gradient = 1.0
    for node in order[::-1]:
        for i in range(len(node.inputs)):
            node.inputs[i].gradient += node.gradient * node.local[i]
""",
    ),
    (
        "graph_backward",
        "counts who still has to hand on",
        """
def my_backward(output):
    users = {}
    todo, seen = [output], {output}
    while todo:
        node = todo.pop()
        node.gradient = 0.0
        for x in node.inputs:
            users[x] = users.get(x, 0) + 1
            if x not in seen:
                seen.add(x)
                todo.append(x)
    output.gradient = 1.0
    ready = [output]
    while ready:
        node = ready.pop()
        for x, local in zip(node.inputs, node.local):
            x.gradient += local * node.gradient
            users[x] -= 1
            if users[x] == 0:
                ready.append(x)
""",
    ),
    (
        "graph_backward",
        "every path by recursion",
        """
def my_backward(output):
    def clear(node):
        node.gradient = 0.0
        for x in node.inputs:
            clear(x)

    def hand_on(node, arrived):
        node.gradient += arrived
        for x, local in zip(node.inputs, node.local):
            hand_on(x, arrived * local)

    clear(output)
    hand_on(output, 1.0)
""",
    ),
    (
        "affine_back",
        "einsum",
        """
def affine_back(dZ, W, A):
    dW = np.einsum("ji,ki->jk", dZ, A)
    dA = np.einsum("jk,ji->ki", W, dZ)
    db = np.einsum("ji->j", dZ)[:, None]
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "example by example",
        """
def affine_back(dZ, W, A):
    dW, dA, db = np.zeros_like(W), np.zeros_like(A), np.zeros((len(W), 1))
    for i in range(A.shape[1]):
        dz, a = dZ[:, [i]], A[:, [i]]
        dW += np.outer(dz, a)
        dA[:, [i]] = W.T @ dz
        db += dz
    return dW, dA, db
""",
    ),
    (
        "affine_back",
        "product with ones, transposed products",
        """
def affine_back(dZ, W, A):
    ones = np.ones((A.shape[1], 1))
    return (A @ dZ.T).T, (dZ.T @ W).T, dZ @ ones
""",
    ),
]


# Written later, with the catalogue known: a right version, what is exchanged in it, and the line that a
# message should quote.

ONE_BY_ONE = """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    A = X
    cache = {}
    for l in range(1, L + 1):
        W = parameters["W" + str(l)]
        b = parameters["b" + str(l)]
        Z = np.dot(W, A) + b
        if l == L:
            A = 1 / (1 + np.exp(-Z))
        else:
            A = np.tanh(Z)
        cache["Z" + str(l)] = Z
        cache["A" + str(l)] = A
    return A, cache
"""

LAST_APART = """
def forward_propagation(X, parameters):
    L = len(parameters) // 2
    cache = {"A0": X}
    for l in range(1, L):
        cache[f"Z{l}"] = parameters[f"W{l}"] @ cache[f"A{l-1}"] + parameters[f"b{l}"]
        cache[f"A{l}"] = np.tanh(cache[f"Z{l}"])
    cache[f"Z{L}"] = parameters[f"W{L}"] @ cache[f"A{L-1}"] + parameters[f"b{L}"]
    cache[f"A{L}"] = 1 / (1 + np.exp(-cache[f"Z{L}"]))
    return cache[f"A{L}"], cache
"""

BACK_BY_ROUNDS = """
def backward_propagation(parameters, cache, X, Y):
    L = len(parameters) // 2
    m = X.shape[1]
    grads = {}
    A_last = cache["A" + str(L)]
    dZ = A_last - Y
    for l in reversed(range(1, L + 1)):
        if l == 1:
            A_prev = X
        else:
            A_prev = cache["A" + str(l - 1)]
        grads["dW" + str(l)] = 1 / m * np.dot(dZ, A_prev.T)
        grads["db" + str(l)] = 1 / m * np.sum(dZ, axis=1, keepdims=True)
        dA_prev = np.dot(parameters["W" + str(l)].T, dZ)
        dZ = dA_prev * (1 - np.power(A_prev, 2))
    return grads
"""

BACK_WITH_DICTS = """
def backward_propagation(parameters, cache, X, Y):
    L = len(parameters) // 2
    m = X.shape[1]
    A = {0: X}
    for l in range(1, L + 1):
        A[l] = cache[f"A{l}"]
    dZ = {L: A[L] - Y}
    grads = {}
    for l in range(L, 0, -1):
        if l < L:
            dA = parameters[f"W{l+1}"].T @ dZ[l+1]
            dZ[l] = dA * (1 - A[l] ** 2)
        grads[f"dW{l}"] = dZ[l] @ A[l-1].T / m
        grads[f"db{l}"] = np.sum(dZ[l], axis=1, keepdims=True) / m
    return grads
"""

COUNTED = """
def my_backward(output):
    nodes = []
    seen = set()
    def build(n):
        if n not in seen:
            seen.add(n)
            for child in n.inputs:
                build(child)
            nodes.append(n)
    build(output)
    for n in nodes:
        n.gradient = 0
    output.gradient = 1
    for n in reversed(nodes):
        for i, child in enumerate(n.inputs):
            child.gradient += n.local[i] * n.gradient
"""

EXCHANGED = [  # (exercise, right version, what is written, what is written wrongly, the line)
    (
        "deep_forward",
        ONE_BY_ONE,
        "np.dot(W, A) + b",
        "np.dot(W, X) + b",
        "Z = np.dot(W, X) + b",
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        "if l == L:",
        "if l == L - 1:",
        "if l == L - 1:",
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        "range(1, L + 1)",
        "range(L)",
        "for l in range(L):",
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        "np.exp(-Z)",
        "np.exp(Z)",
        "A = 1 / (1 + np.exp(Z))",
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        "+ b",
        "* b",
        "Z = np.dot(W, A) * b",
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        '"A" + str(l)] = A',
        '"A" + str(l)] = Z',
        'cache["A" + str(l)] = Z',
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        "    return A, cache",
        "        return A, cache",
        "return A, cache",
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        "if l == L:",
        "if l == 2:",
        "if l == 2:",
    ),
    (
        "deep_forward",
        LAST_APART,
        'parameters[f"W{l}"] @ cache[f"A{l-1}"]',
        'parameters[f"W{l}"] @ cache["A0"]',
        'cache[f"Z{l}"] = parameters[f"W{l}"] @ cache["A0"] + parameters[f"b{l}"]',
    ),
    (
        "deep_forward",
        LAST_APART,
        'cache[f"A{L-1}"] + ',
        'cache["A1"] + ',
        'cache[f"Z{L}"] = parameters[f"W{L}"] @ cache["A1"] + parameters[f"b{L}"]',
    ),
    (
        "deep_forward",
        LAST_APART,
        'np.tanh(cache[f"Z{l}"])',
        'cache[f"Z{l}"]',
        'cache[f"A{l}"] = cache[f"Z{l}"]',
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        "1 - np.power(A_prev, 2)",
        "1 - A_prev",
        "dZ = dA_prev * (1 - A_prev)",
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        'parameters["W" + str(l)].T, dZ',
        'parameters["W" + str(l)], dZ',
        'dA_prev = np.dot(parameters["W" + str(l)], dZ)',
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        'np.dot(parameters["W" + str(l)].T',
        'np.dot(parameters["W" + str(l - 1)].T',
        'dA_prev = np.dot(parameters["W" + str(l - 1)].T, dZ)',
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        "reversed(range(1, L + 1))",
        "reversed(range(1, L))",
        "for l in reversed(range(1, L)):",
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        "reversed(range(1, L + 1))",
        "range(1, L + 1)",
        "for l in range(1, L + 1):",
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        "np.sum(dZ, axis=1",
        "np.sum(dZ, axis=0",
        'grads["db" + str(l)] = 1 / m * np.sum(dZ, axis=0, keepdims=True)',
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        "= 1 / m * np.sum",
        "= np.sum",
        'grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)',
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        "dA_prev * (1 - ",
        "dA_prev @ (1 - ",
        "dZ = dA_prev @ (1 - np.power(A_prev, 2))",
    ),
    (
        "deep_backward",
        BACK_WITH_DICTS,
        "A[l-1].T",
        "A[l].T",
        'grads[f"dW{l}"] = dZ[l] @ A[l].T / m',
    ),
    (
        "deep_backward",
        BACK_WITH_DICTS,
        "1 - A[l] ** 2",
        "1 - A[l+1] ** 2",
        "dZ[l] = dA * (1 - A[l+1] ** 2)",
    ),
    (
        "deep_backward",
        BACK_WITH_DICTS,
        'parameters[f"W{l+1}"]',
        'parameters[f"W{l}"]',
        'dA = parameters[f"W{l}"].T @ dZ[l+1]',
    ),
    (
        "deep_backward",
        BACK_WITH_DICTS,
        "dZ[l+1]\n",
        "dZ[L]\n",
        'dA = parameters[f"W{l+1}"].T @ dZ[L]',
    ),
    (
        "deep_backward",
        BACK_WITH_DICTS,
        "{L: A[L] - Y}",
        "{L: (A[L] - Y) / m}",
        "dZ = {L: (A[L] - Y) / m}",
    ),
    (
        "deep_backward",
        BACK_WITH_DICTS,
        "{L: A[L] - Y}",
        "{L: (A[L] - Y) * A[L] * (1 - A[L])}",
        "dZ = {L: (A[L] - Y) * A[L] * (1 - A[L])}",
    ),
    (
        "graph_backward",
        COUNTED,
        "child.gradient += ",
        "child.gradient = ",
        "child.gradient = n.local[i] * n.gradient",
    ),
    (
        "graph_backward",
        COUNTED,
        "n.local[i] * n.gradient",
        "n.local[i] + n.gradient",
        "child.gradient += n.local[i] + n.gradient",
    ),
    (
        "graph_backward",
        COUNTED,
        "n.local[i] * n.gradient",
        "n.local[0] * n.gradient",
        "child.gradient += n.local[0] * n.gradient",
    ),
    (
        "graph_backward",
        COUNTED,
        "output.gradient = 1",
        "output.gradient = 0",
        "output.gradient = 0",
    ),
    (
        "graph_backward",
        COUNTED,
        "    for n in nodes:\n        n.gradient = 0\n",
        "",
        "child.gradient += n.local[i] * n.gradient",
    ),
    (
        "graph_backward",
        COUNTED,
        "n.local[i] * n.gradient",
        "n.local[i] * output.gradient",
        "child.gradient += n.local[i] * output.gradient",
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        "reversed(range(1, L + 1))",
        "range(L, 0)",
        "for l in range(L, 0):",
    ),
    (
        "graph_backward",
        COUNTED,
        "        for i, child",
        "        n.gradient, output.gradient = 0, 1\n        for i, child",
        "n.gradient, output.gradient = 0, 1",
    ),
    (
        "deep_backward",
        BACK_BY_ROUNDS,
        'grads["dW" + str(l)]',
        'grads["W" + str(l)]',
        'grads["W" + str(l)] = 1 / m * np.dot(dZ, A_prev.T)',
    ),
    (
        "deep_forward",
        ONE_BY_ONE,
        'cache["Z" + str(l)] = Z',
        'cache["Z" + str(l - 1)] = Z',
        'cache["Z" + str(l - 1)] = Z',
    ),
]
