"""What learners write: each exercise in several right ways, and wrong versions of them, line by line.

Written apart from feedback/mistakes.py, and as plain source, because that is what a notebook cell holds.
"""

# ---- lesson 07

BACKWARD = """
def backward_propagation(parameters, cache, X, Y):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1, A1, Z2, A2 = cache["Z1"], cache["A1"], cache["Z2"], cache["A2"]
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - np.tanh(Z1) ** 2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
"""

COURSE_BACKWARD = """
import copy

def my_backward(parameters, cache, X, Y):
    m = X.shape[1]

    # First, retrieve W1 and W2 from the dictionary "parameters".
    W1 = copy.deepcopy(parameters["W1"])
    W2 = copy.deepcopy(parameters["W2"])

    # Retrieve also A1 and A2 from dictionary "cache".
    A1 = cache['A1']
    A2 = cache['A2']

    # Backward propagation: calculate dW1, db1, dW2, db2.
    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)

    grads = {"dW1": dW1,
             "db1": db1,
             "dW2": dW2,
             "db2": db2}

    return grads
"""

LOOP_BACKWARD = """
def backward_propagation(params, remembered, inputs, labels):
    n1, n0 = params["W1"].shape
    n2 = len(params["b2"])
    m = inputs.shape[1]
    dW1, db1 = np.zeros((n1, n0)), np.zeros((n1, 1))
    dW2, db2 = np.zeros((n2, n1)), np.zeros((n2, 1))
    for i in range(m):
        a1 = remembered["A1"][:, i]
        delta2 = remembered["A2"][:, i] - labels[:, i]
        delta1 = np.zeros(n1)
        for j in range(n1):
            for k in range(n2):
                delta1[j] += params["W2"][k, j] * delta2[k] * (1 - a1[j] ** 2)
        for k in range(n2):
            db2[k, 0] += delta2[k] / m
            for j in range(n1):
                dW2[k, j] += delta2[k] * a1[j] / m
        for j in range(n1):
            db1[j, 0] += delta1[j] / m
            for n in range(n0):
                dW1[j, n] += delta1[j] * inputs[n, i] / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
"""

# ---- lesson 05

FORWARD = """
def forward_propagation(X, parameters):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
"""

COURSE_FORWARD = """
def forward_propagation(X, parameters):
    # Retrieve each parameter from the dictionary "parameters"
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]

    # Implement Forward Propagation to calculate A2 (probabilities)
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = 1 / (1 + np.exp(-Z2))

    assert(A2.shape == (1, X.shape[1]))

    cache = {"Z1": Z1,
             "A1": A1,
             "Z2": Z2,
             "A2": A2}

    return A2, cache
"""

# ---- lesson 04

COST = """
def compute_cost(A2, Y):
    m = Y.shape[1]
    losses = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return np.sum(losses) / m
"""

COURSE_COST = """
def compute_cost(A2, Y):
    m = Y.shape[1]  # number of examples

    # Compute the cross-entropy cost
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = -1 / m * np.sum(logprobs)

    cost = np.squeeze(cost)
    return cost
"""

# ---- lesson 09

UPDATE = """
def update_parameters(parameters, grads, learning_rate):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
"""

LOOP_UPDATE = """
def update_parameters(parameters, grads, learning_rate=1.2):
    new = {}
    for name in ("W1", "b1", "W2", "b2"):
        old, slope = parameters[name], grads["d" + name]
        new[name] = old - learning_rate * slope
    return new
"""

# ---- lesson 10

INITIAL = """
def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(1)
    W1 = rng.standard_normal((n_h, n_x)) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = rng.standard_normal((n_y, n_h)) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
"""

COURSE_INITIAL = """
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)  # we set up a seed so that your output matches ours
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))

    parameters = {"W1": W1,
                  "b1": b1,
                  "W2": W2,
                  "b2": b2}
    return parameters
"""

# Wrong versions: the exercise, words of the message, the right source, and the lines that are exchanged.

SLOPE = "(1 - np.tanh(Z1) ** 2)"
COURSE_DZ1 = "np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))"

WRONG_BACKWARD = [
    ("sign of dZ2", BACKWARD, {"A2 - Y": "Y - A2"}),
    ("sign of dZ2", COURSE_BACKWARD, {"dZ2 = A2 - Y": "dZ2 = -(A2 - Y)"}),
    ("sign of dZ2", LOOP_BACKWARD,
     {'remembered["A2"][:, i] - labels[:, i]': 'labels[:, i] - remembered["A2"][:, i]'}),
    ("σ′ too many", BACKWARD, {"A2 - Y": "(A2 - Y) * sigmoid(Z2) * (1 - sigmoid(Z2))"}),
    ("σ′ too many", COURSE_BACKWARD, {"dZ2 = A2 - Y": "dZ2 = np.multiply(A2 - Y, A2 * (1 - A2))"}),
    ("prediction alone", BACKWARD, {"A2 - Y": "A2"}),
    ("prediction alone", LOOP_BACKWARD, {" - labels[:, i]": ""}),
    ("Z2 stands where A2", BACKWARD, {"A2 - Y": "Z2 - Y"}),
    ("Z2 stands where A2", COURSE_BACKWARD, {"A2 = cache['A2']": "A2 = cache['Z2']"}),
    ("slope of the loss at A2", BACKWARD, {"A2 - Y": "-Y / A2 + (1 - Y) / (1 - A2)"}),
    ("slope of the loss at A2", COURSE_BACKWARD,
     {"dZ2 = A2 - Y": "dZ2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))"}),
    ("half of the loss for Y = 1", BACKWARD, {"A2 - Y": "-Y * (1 - A2)"}),
    ("half of the loss for Y = 1", COURSE_BACKWARD, {"dZ2 = A2 - Y": "dZ2 = np.multiply(Y, A2 - 1)"}),
    ("1/m missing", BACKWARD, {"A1.T / m": "A1.T"}),
    ("1/m missing", COURSE_BACKWARD, {"(1 / m) * ": ""}),
    ("1/m missing", LOOP_BACKWARD, {"delta1[j] / m": "delta1[j]"}),
    ("1/m missing", BACKWARD, {"db1 = np.sum(dZ1, axis=1, keepdims=True) / m":
                               "db1 = np.sum(dZ1, axis=1, keepdims=True)"}),
    ("1/m there twice", BACKWARD, {"dZ2 = A2 - Y": "dZ2 = (A2 - Y) / m"}),
    ("1/m there twice", COURSE_BACKWARD, {"(1 / m) * np.sum(dZ1, axis=1": "(1 / m) * np.mean(dZ1, axis=1"}),
    ("number of inputs", BACKWARD, {"X.shape[1]": "X.shape[0]"}),
    ("number of inputs", COURSE_BACKWARD, {"X.shape[1]": "len(X)"}),
    ("half of what it should be", BACKWARD, {"A1.T / m": "A1.T / (2 * m)"}),
    ("half of what it should be", COURSE_BACKWARD, {"(1 / m)": "(1 / (2 * m))"}),
    ("not transposed. Which sides", BACKWARD, {"A1.T": "A1"}),
    ("not transposed. Which sides", COURSE_BACKWARD, {"X.T": "X"}),
    ("not transposed. Which sides", BACKWARD, {"X.T": "X", "A1.T": "A1"}),
    ("lies on its side", BACKWARD, {"dZ2 @ A1.T": "A1 @ dZ2.T"}),
    ("lies on its side", COURSE_BACKWARD, {"np.dot(dZ1, X.T)": "np.dot(dZ1, X.T).T"}),
    ("wrong sides", BACKWARD, {"dZ2 @ A1.T": "dZ2.T @ A1"}),
    ("wrong sides", COURSE_BACKWARD, {"np.dot(dZ1, X.T)": "np.dot(X.T, dZ1)"}),
    ("entry by entry. Is a matrix", BACKWARD, {"dZ2 @ A1.T": "dZ2 * A1.T"}),
    ("entry by entry. Is a matrix", BACKWARD, {"dZ1 @ X.T": "dZ1 * X"}),
    ("entry by entry. Is a matrix", COURSE_BACKWARD, {"np.dot(W2.T, dZ2)": "np.multiply(W2.T, dZ2)"}),
    ("Z1 stands where A1", BACKWARD, {"dZ2 @ A1.T": "dZ2 @ Z1.T"}),
    ("Z1 stands where A1", COURSE_BACKWARD, {"np.dot(dZ2, A1.T)": "np.dot(dZ2, cache['Z1'].T)"}),
    ("X stands where A1", BACKWARD, {"dZ2 @ A1.T": "dZ2 @ X.T"}),
    ("X stands where A1", COURSE_BACKWARD, {"np.dot(dZ2, A1.T)": "np.dot(dZ2, np.transpose(X))"}),
    ("A2 stands where A1", BACKWARD, {"dZ2 @ A1.T": "dZ2 @ A2.T"}),
    ("A2 stands where A1", COURSE_BACKWARD, {"np.dot(dZ2, A1.T)": "np.dot(dZ2, A2.T)"}),
    ("keepdims=True missing", BACKWARD, {"np.sum(dZ2, axis=1, keepdims=True)": "np.sum(dZ2, axis=1)"}),
    ("keepdims=True missing", COURSE_BACKWARD, {", keepdims=True": ""}),
    ("keepdims=True missing", BACKWARD, {"np.sum(dZ1, axis=1, keepdims=True) / m": "dZ1.mean(axis=1)"}),
    ("Where are the examples summed", BACKWARD,
     {"db2 = np.sum(dZ2, axis=1, keepdims=True) / m": "db2 = dZ2 / m"}),
    ("Where are the examples summed", COURSE_BACKWARD, {"np.sum(dZ1, axis=1, keepdims=True)": "dZ1"}),
    ("over the wrong axis", BACKWARD, {"np.sum(dZ2, axis=1": "np.sum(dZ2, axis=0"}),
    ("over the wrong axis", COURSE_BACKWARD, {"axis=1": "axis=0"}),
    ("over the wrong axis", BACKWARD, {"np.sum(dZ1, axis=1, keepdims=True) / m": "dZ1.mean(axis=0)"}),
    ("over everything", BACKWARD, {"np.sum(dZ2, axis=1, keepdims=True)": "np.sum(dZ2)"}),
    ("over everything", COURSE_BACKWARD, {"axis=1, ": ""}),
    ("a row and not a column", BACKWARD, {"db1 = np.sum(dZ1, axis=1, keepdims=True)":
                                          "db1 = np.sum(dZ1, axis=1).reshape(1, -1)"}),
    ("a row and not a column", COURSE_BACKWARD, {"np.sum(dZ2, axis=1, keepdims=True)":
                                                 "np.sum(dZ2, axis=1, keepdims=True).T"}),
    ("own slope", BACKWARD, {"dZ2 * (1": "dZ2 @ (1"}),
    ("own slope", COURSE_BACKWARD, {COURSE_DZ1: "np.dot(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))"}),
    ("g′, is left out", BACKWARD, {" * " + SLOPE: ""}),
    ("g′, is left out", COURSE_BACKWARD, {COURSE_DZ1: "np.dot(W2.T, dZ2)"}),
    ("g′, is left out", LOOP_BACKWARD, {" * (1 - a1[j] ** 2)": ""}),
    ("g where its slope g′", BACKWARD, {SLOPE: "np.tanh(Z1)"}),
    ("g where its slope g′", COURSE_BACKWARD, {"1 - np.power(A1, 2)": "A1"}),
    ("tanh squared is meant", BACKWARD, {SLOPE: "(1 - np.tanh(Z1))"}),
    ("tanh squared is meant", COURSE_BACKWARD, {"1 - np.power(A1, 2)": "1 - A1"}),
    ("slope has a plus", BACKWARD, {SLOPE: "(1 + np.tanh(Z1) ** 2)"}),
    ("slope has a plus", LOOP_BACKWARD, {"1 - a1[j] ** 2": "1 + a1[j] ** 2"}),
    ("squares the number itself", BACKWARD, {SLOPE: "(1 - Z1**2)"}),
    ("squares the number itself", COURSE_BACKWARD, {"np.power(A1, 2)": "np.power(cache['Z1'], 2)"}),
    ("taken at A1", BACKWARD, {SLOPE: "(1 - np.tanh(A1) ** 2)"}),
    ("taken at A1", COURSE_BACKWARD, {"1 - np.power(A1, 2)": "1 - np.square(np.tanh(A1))"}),
    ("slope of the sigmoid", BACKWARD, {SLOPE: "sigmoid(Z1) * (1 - sigmoid(Z1))"}),
    ("slope of the sigmoid", COURSE_BACKWARD, {"1 - np.power(A1, 2)": "np.multiply(A1, 1 - A1)"}),
    ("slope of relu", BACKWARD, {SLOPE: "(Z1 > 0)"}),
    ("slope of relu", COURSE_BACKWARD, {"1 - np.power(A1, 2)": "np.where(A1 > 0, 1, 0)"}),
    ("W2 is not transposed", BACKWARD, {"W2.T": "W2"}),
    ("W2 is not transposed", COURSE_BACKWARD, {"W2.T": "W2"}),
    ("W2 and the gradient of Z2", BACKWARD, {"W2.T @ dZ2": "dZ2.T @ W2"}),
    ("W2 and the gradient of Z2", COURSE_BACKWARD, {"np.dot(W2.T, dZ2)": "np.dot(dZ2, W2)"}),
    ("W1 stands where W2", BACKWARD, {"W2.T": "W1.T"}),
    ("W1 stands where W2", COURSE_BACKWARD, {'W2 = copy.deepcopy(parameters["W2"])':
                                             'W2 = copy.deepcopy(parameters["W1"])'}),
    ("dW2 stands where W2", BACKWARD, {"W2.T @ dZ2": "dW2.T @ dZ2"}),
    ("dW2 stands where W2", COURSE_BACKWARD, {"np.dot(W2.T, dZ2)": "np.dot(dW2.T, dZ2)"}),
    ("W2 has moved already", BACKWARD, {"    dZ1 =": "    W2 = W2 - 0.5 * dW2\n    dZ1 ="}),
    ("W2 has moved already", COURSE_BACKWARD, {"    dZ1 =": "    W2 -= 1.2 * dW2\n    dZ1 ="}),
    ("W2 is left out", BACKWARD, {"W2.T @ dZ2": "dZ2.sum(axis=0)"}),
    ("W2 is left out", LOOP_BACKWARD, {'params["W2"][k, j] * ': ""}),
    ("A1 stands where X", BACKWARD, {"X.T": "A1.T"}),
    ("A1 stands where X", COURSE_BACKWARD, {"X.T": "A1.T"}),
    ("Z1 stands where X", BACKWARD, {"X.T": "Z1.T"}),
    ("Z1 stands where X", COURSE_BACKWARD, {"X.T": "cache['Z1'].T"}),
    ("dZ2 stands where dZ1", BACKWARD, {"dZ1 @ X.T": "dZ2 @ X.T"}),
    ("dZ2 stands where dZ1", COURSE_BACKWARD, {"np.sum(dZ1": "np.sum(dZ2"}),
]  # fmt: skip # a version in a line or two

HIDDEN = """
def hidden_gradient(W2, dz2, z1):
    a1 = np.tanh(z1)
    back = W2.T @ dz2
    dz1 = back * (1 - a1**2)
    return dz1
"""

HIDDEN_LOOP = """
def hidden_gradient(weights, gradient, number):
    result = np.zeros(number.shape)
    for j in range(len(number)):
        for k in range(len(gradient)):
            result[j, 0] += weights[k, j] * gradient[k, 0] / np.cosh(number[j, 0]) ** 2
    return result
"""

WRONG_HIDDEN = [
    ("own slope", HIDDEN, {"back * (1 - a1**2)": "back @ (1 - a1**2).T"}),
    ("g′, is left out", HIDDEN, {"back * (1 - a1**2)": "back"}),
    ("g′, is left out", HIDDEN_LOOP, {" / np.cosh(number[j, 0]) ** 2": ""}),
    ("g where its slope g′", HIDDEN, {"(1 - a1**2)": "a1"}),
    ("g where its slope g′", HIDDEN_LOOP, {"/ np.cosh(number[j, 0]) ** 2": "* np.tanh(number[j, 0])"}),
    ("tanh squared is meant", HIDDEN, {"a1**2": "a1"}),
    ("slope has a plus", HIDDEN, {"1 - a1**2": "1 + a1**2"}),
    ("squares the number itself", HIDDEN, {"a1**2": "z1**2"}),
    ("taken at A1", HIDDEN, {"a1**2": "np.tanh(a1) ** 2"}),
    ("slope of the sigmoid", HIDDEN, {"(1 - a1**2)": "a1 * (1 - a1)"}),
    ("slope of relu", HIDDEN, {"(1 - a1**2)": "(z1 > 0)"}),
    ("W2 is not transposed", HIDDEN, {"W2.T": "W2"}),
    ("W2 and the gradient of Z2", HIDDEN, {"W2.T @ dz2": "dz2.T @ W2"}),
    ("entry by entry. Is a matrix", HIDDEN, {"W2.T @ dz2": "W2.T * dz2"}),
    ("W2 is left out", HIDDEN_LOOP, {"weights[k, j] * ": ""}),
]

WRONG_FORWARD = [
    ("bias is left out", FORWARD, {"W1 @ X + b1": "W1 @ X"}),
    ("bias is left out", COURSE_FORWARD, {"np.dot(W2, A1) + b2": "np.dot(W2, A1)"}),
    ("bias is left out", COURSE_FORWARD, {" + b2": "", " + b1": ""}),
    ("bias is subtracted", FORWARD, {"W2 @ A1 + b2": "W2 @ A1 - b2"}),
    ("bias is subtracted", COURSE_FORWARD, {" + b": " - b"}),
    ("bias is transposed", FORWARD, {"W1 @ X + b1": "W1 @ X + b1.T"}),
    ("bias is transposed", COURSE_FORWARD, {'parameters["b1"]': 'parameters["b1"].T'}),
    ("bias is multiplied", FORWARD, {"W1 @ X + b1": "W1 @ X * b1"}),
    ("bias is multiplied", COURSE_FORWARD, {"np.dot(W2, A1) + b2": "np.dot(W2, A1) * b2"}),
    ("weights are transposed", FORWARD, {"W1 @ X": "W1.T @ X"}),
    ("weights are transposed", COURSE_FORWARD,
     {"np.dot(W1, X)": "np.dot(W1.T, X)", "np.dot(W2, A1)": "np.dot(W2.T, A1)"}),
    ("input of the layer is transposed", FORWARD, {"W1 @ X": "W1 @ X.T"}),
    ("input of the layer is transposed", COURSE_FORWARD, {"np.dot(W2, A1)": "np.dot(W2, A1.T)"}),
    ("order of the weights and the input", FORWARD, {"W1 @ X": "X @ W1"}),
    ("order of the weights and the input", COURSE_FORWARD, {"np.dot(W1, X)": "np.dot(X.T, W1.T)"}),
    ("entry by entry. Is a matrix", FORWARD, {"W1 @ X": "W1 * X"}),
    ("entry by entry. Is a matrix", COURSE_FORWARD, {"np.dot(W2, A1)": "np.multiply(W2, A1)"}),
    ("that is the sigmoid", FORWARD, {"np.tanh(Z1)": "sigmoid(Z1)"}),
    ("that is the sigmoid", COURSE_FORWARD, {"np.tanh(Z1)": "1 / (1 + np.exp(-Z1))"}),
    ("handed on as it is", FORWARD, {"np.tanh(Z1)": "Z1"}),
    ("handed on as it is", COURSE_FORWARD, {"1 / (1 + np.exp(-Z2))": "Z2"}),
    ("division comes first", FORWARD, {"sigmoid(Z2)": "1 / 1 + np.exp(-Z2)"}),
    ("division comes first", COURSE_FORWARD, {"1 / (1 + np.exp(-Z2))": "1/1+np.exp(-Z2)"}),
    ("exponent has the wrong sign", FORWARD, {"sigmoid(Z2)": "1 / (1 + np.exp(Z2))"}),
    ("exponent has the wrong sign", COURSE_FORWARD, {"np.exp(-Z2)": "np.exp(Z2)"}),
    ("that is relu", FORWARD, {"np.tanh(Z1)": "np.maximum(0, Z1)"}),
    ("that is relu", COURSE_FORWARD, {"np.tanh(Z1)": "Z1 * (Z1 > 0)"}),
    ("slope of the activation", FORWARD, {"np.tanh(Z1)": "1 - np.tanh(Z1) ** 2"}),
    ("slope of the activation", COURSE_FORWARD,
     {"A2 = 1 / (1 + np.exp(-Z2))": "s = 1 / (1 + np.exp(-Z2))\n    A2 = s * (1 - s)"}),
    ("b1 stands where b2", FORWARD, {"W2 @ A1 + b2": "W2 @ A1 + b1"}),
    ("b1 stands where b2", COURSE_FORWARD, {'parameters["b2"]': 'parameters["b1"]'}),
    ("Z1 stands where A1", FORWARD, {"W2 @ A1": "W2 @ Z1"}),
    ("Z1 stands where A1", COURSE_FORWARD, {"np.dot(W2, A1)": "np.dot(W2, Z1)"}),
    ("X stands where A1", FORWARD, {"W2 @ A1": "W2 @ X"}),
    ("X stands where A1", COURSE_FORWARD, {"np.dot(W2, A1)": "W2.dot(X)"}),
    ("W1 stands where W2", FORWARD, {"W2 @ A1": "W1 @ A1"}),
    ("W1 stands where W2", COURSE_FORWARD,
     {"np.dot(W2, A1)": "np.dot(W1, A1)", "    assert": "    # assert"}),
    ("that is tanh", FORWARD, {"sigmoid(Z2)": "np.tanh(Z2)"}),
    ("that is tanh", COURSE_FORWARD, {"1 / (1 + np.exp(-Z2))": "np.tanh(Z2)"}),
]  # fmt: skip # a version in a line or two

LOSSES = "-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))"
LOGPROBS = "np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)"

WRONG_COST = [
    ("wrong sign", COST, {"losses = -(": "losses = ("}),
    ("wrong sign", COURSE_COST, {"-1 / m": "1 / m"}),
    ("second half of the loss", COST, {LOSSES: "-Y * np.log(A2)"}),
    ("second half of the loss", COURSE_COST, {LOGPROBS: "np.multiply(np.log(A2), Y)"}),
    ("first half of the loss is missing", COST, {LOSSES: "-(1 - Y) * np.log(1 - A2)"}),
    ("first half of the loss is missing", COURSE_COST, {LOGPROBS: "np.multiply(np.log(1 - A2), 1 - Y)"}),
    ("The minus reaches", COST, {LOSSES: "-Y * np.log(A2) + (1 - Y) * np.log(1 - A2)"}),
    ("The minus reaches", COURSE_COST, {"-1 / m * np.sum(logprobs)":
     "(-np.sum(Y * np.log(A2)) + np.sum((1 - Y) * np.log(1 - A2))) / m"}),
    ("The −1/m reaches", COST, {"np.sum(losses) / m":
     "-1 / m * np.sum(Y * np.log(A2)) + np.sum((1 - Y) * np.log(1 - A2))"}),
    ("The −1/m reaches", COURSE_COST, {"-1 / m * np.sum(logprobs)":
     "np.sum(-1 / m * np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y))"}),
    ("squared error", COST, {LOSSES: "(A2 - Y) ** 2"}),
    ("squared error", COURSE_COST, {"-1 / m * np.sum(logprobs)": "1 / (2 * m) * np.sum(np.square(Y - A2))"}),
    ("Both halves take the logarithm", COST, {"np.log(1 - A2)": "np.log(A2)"}),
    ("Both halves take the logarithm", COURSE_COST, {"np.log(1 - A2)": "np.log(A2)"}),
    ("base 2 or 10", COST, {"np.log(": "np.log10("}),
    ("base 2 or 10", COURSE_COST, {"np.log(": "np.log2("}),
    ("mixes the examples", COST, {LOSSES: "-(Y @ np.log(A2) + (1 - Y) @ np.log(1 - A2))"}),
    ("mixes the examples", COURSE_COST, {LOGPROBS: "np.dot(Y, np.log(A2)) + np.dot(1 - Y, np.log(1 - A2))"}),
    ("1/m missing", COST, {"np.sum(losses) / m": "np.sum(losses)"}),
    ("1/m missing", COURSE_COST, {"-1 / m * ": "-"}),
    ("rows of Y", COST, {"Y.shape[1]": "Y.shape[0]"}),
    ("rows of Y", COURSE_COST, {"Y.shape[1]": "len(Y)"}),
    ("by m twice", COST, {"np.sum(losses) / m": "np.sum(losses / m) / m"}),
    ("by m twice", COURSE_COST, {"    cost = np.squeeze(cost)": "    cost = np.squeeze(cost) / m"}),
    ("half of what it should be", COST, {"np.sum(losses) / m": "np.sum(losses) / (2 * m)"}),
    ("half of what it should be", COURSE_COST, {"-1 / m": "-1 / (2 * m)"}),
    ("a loss for each entry", COST, {"np.sum(losses) / m": "losses / m"}),
    ("a loss for each entry", COURSE_COST,
     {"-1 / m * np.sum(logprobs)": "-logprobs / m", "np.squeeze(cost)": "cost"}),
    ("a number for each output", COST, {"np.sum(losses)": "np.sum(losses, axis=1)"}),
    ("a number for each output", COURSE_COST, {"np.sum(logprobs)": "np.sum(logprobs, axis=1, keepdims=True)",
                                               "np.squeeze(cost)": "cost"}),
    ("a number for each example", COST, {"np.sum(losses)": "np.sum(losses, axis=0)"}),
    ("a number for each example", COURSE_COST, {"np.sum(logprobs)": "np.sum(logprobs, axis=0)"}),
    ("leave a matrix", COST,
     {LOSSES: "-(Y @ np.log(A2).T + (1 - Y) @ np.log(1 - A2).T)", "np.sum(losses)": "losses"}),
    ("leave a matrix", COURSE_COST, {LOGPROBS: "np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)",
                                     "np.sum(logprobs)": "logprobs", "np.squeeze(cost)": "cost"}),
    ("a keepdims too many", COST, {"np.sum(losses)": "np.sum(losses, keepdims=True)"}),
    ("a keepdims too many", COURSE_COST, {"np.sum(logprobs)": "np.sum(logprobs, axis=(0, 1), keepdims=True)",
                                          "np.squeeze(cost)": "cost"}),
]  # fmt: skip # a version in a line or two

WRONG_UPDATE = [
    ("uphill", UPDATE, {" - learning_rate": " + learning_rate"}),
    ("uphill", LOOP_UPDATE, {"old - ": "old + "}),
    ("uphill", UPDATE, {'parameters["b2"] - ': 'parameters["b2"] + '}),
    ("learning rate is left out", UPDATE, {"learning_rate * ": ""}),
    ("learning rate is left out", UPDATE, {'learning_rate * grads["db1"]': 'grads["db1"]'}),
    ("learning rate is left out", LOOP_UPDATE, {"learning_rate * ": ""}),
    ("divided by the learning rate", LOOP_UPDATE, {"learning_rate * slope": "slope / learning_rate"}),
    ("divided by the learning rate", UPDATE,
     {'learning_rate * grads["dW2"]': 'grads["dW2"] / learning_rate'}),
    ("nothing has moved", LOOP_UPDATE, {"new[name] = old -": "new[name] = old\n        step = old -"}),
    ("nothing has moved", UPDATE, {'return {"W1": W1,': 'return {"W1": parameters["W1"],'}),
    ("the step alone", LOOP_UPDATE, {"old - ": ""}),
    ("the step alone", UPDATE, {'W2 = parameters["W2"] - ': "W2 = -"}),
    ("the step minus the parameter", LOOP_UPDATE,
     {"old - learning_rate * slope": "learning_rate * slope - old"}),
    ("the step minus the parameter", UPDATE, {'parameters["b1"] - learning_rate * grads["db1"]':
                                              'learning_rate * grads["db1"] - parameters["b1"]'}),
    ("gradient of another parameter", UPDATE,
     {'grads["dW1"]': 'grads["dW2"]', 'grads["dW2"]': 'grads["dW1"]'}),
    ("gradient of another parameter", UPDATE,
     {'grads["db1"]': 'grads["db2"]', 'grads["db2"]': 'grads["db1"]'}),
    ("gradient of another parameter", UPDATE, {'grads["db2"]': 'grads["dW2"]'}),
    ("starts from another parameter", UPDATE, {'b1 = parameters["b1"]': 'b1 = parameters["b2"]'}),
    ("starts from another parameter", UPDATE, {'b2 = parameters["b2"]': 'b2 = parameters["W2"]'}),
    ("write into the old array", UPDATE, {'W1 = parameters["W1"] - ': 'W1 = parameters["W1"]\n    W1 -= '}),
    ("write into the old array", LOOP_UPDATE, {"new[name] = old - learning_rate * slope":
                                                "old -= learning_rate * slope\n        new[name] = old"}),
    ("write into the old array", LOOP_UPDATE, {"new = {}": "new = parameters.copy()",
                                                "new[name] = old -": "new[name][:] = old -"}),
    ("factor too many, or another", UPDATE, {"learning_rate * ": "0.5 * learning_rate * "}),
    ("factor too many, or another", LOOP_UPDATE, {"learning_rate * slope": "learning_rate * slope / 7"}),
]  # fmt: skip # a version in a line or two

WRONG_INITIAL = [
    ("two sizes are exchanged", INITIAL, {"(n_h, n_x)": "(n_x, n_h)"}),
    ("two sizes are exchanged", COURSE_INITIAL, {"np.zeros((n_h, 1))": "np.zeros((1, n_h))"}),
    ("n_h stands where n_y", INITIAL, {"(n_y, n_h)": "(n_h, n_h)"}),
    ("n_h stands where n_y", COURSE_INITIAL, {"np.zeros((n_y, 1))": "np.zeros((n_h, 1))"}),
    ("the array has no columns", INITIAL, {"np.zeros((n_h, 1))": "np.zeros(n_h)"}),
    ("the array has no columns", COURSE_INITIAL, {"np.zeros((n_y, 1))": "np.zeros((n_y,))"}),
    ("all zeros", INITIAL, {"rng.standard_normal((n_h, n_x)) * 0.01": "np.zeros((n_h, n_x))"}),
    ("all zeros", COURSE_INITIAL, {"* 0.01": "* 0"}),
    ("every entry is the same", INITIAL,
     {"rng.standard_normal((n_y, n_h)) * 0.01": "np.ones((n_y, n_h)) * 0.01"}),
    ("every entry is the same", COURSE_INITIAL,
     {"np.random.randn(n_h, n_x) * 0.01": "np.full((n_h, n_x), 0.5)"}),
    ("some rows are the same", INITIAL,
     {"(n_h, n_x)": "(1, n_x)", "* 0.01\n    b1": "* 0.01 + np.zeros((n_h, n_x))\n    b1"}),
    ("some rows are the same", COURSE_INITIAL,
     {"np.random.randn(n_h, n_x)": "np.tile(np.random.randn(1, n_x), (n_h, 1))"}),
    ("no weight is negative", INITIAL, {"rng.standard_normal": "rng.random"}),
    ("no weight is negative", COURSE_INITIAL, {"randn": "rand"}),
    ("weights are large", INITIAL, {" * 0.01": ""}),
    ("weights are large", COURSE_INITIAL, {"np.random.randn(n_h, n_x) * 0.01": "np.random.randn(n_h, n_x)"}),
    ("weights are tiny", INITIAL, {" * 0.01": " * 0.01 * 0.01"}),
    ("weights are tiny", COURSE_INITIAL, {"* 0.01": "* 1e-5"}),
    ("not zero", INITIAL, {"np.zeros((n_h, 1))": "np.ones((n_h, 1))"}),
    ("not zero", COURSE_INITIAL, {"np.zeros((n_y, 1))": "np.full((n_y, 1), 0.1)"}),
    ("random numbers. Once", INITIAL, {"np.zeros((n_h, 1))": "rng.standard_normal((n_h, 1))"}),
    ("random numbers. Once", COURSE_INITIAL, {"np.zeros((n_h, 1))": "np.random.randn(n_h, 1) * 0.01"}),
    ("no weight is positive", INITIAL, {"rng.standard_normal": "-rng.random"}),
    ("no weight is positive", COURSE_INITIAL, {"np.random.randn": "-np.random.rand"}),
    ("written without quotes", INITIAL, {"np.zeros((n_h, 1))": 'np.zeros("(4, 1)")'}),
    ("written without quotes", COURSE_INITIAL, {"np.zeros((n_y, 1))": 'np.zeros(("n_y", 1))'}),
    ("takes the two sizes one by one", COURSE_INITIAL, {"randn(n_h, n_x)": "randn((n_h, n_x))"}),
    ("takes the two sizes one by one", COURSE_INITIAL, {"randn(n_y, n_h)": "randn((2, 2))"}),
    ("in brackets of its own, np.zeros", INITIAL, {"np.zeros((n_h, 1))": "np.zeros(n_h, 1)"}),
    ("in brackets of its own, np.zeros", COURSE_INITIAL, {"np.zeros((n_y, 1))": "np.zeros(n_y, 1)"}),
]  # fmt: skip # a version in a line or two

RAISING = {
    "backward_propagation": [
        ("one layer too late", BACKWARD, {SLOPE: "(1 - A2**2)"}),  # with several outputs it stops
        ("one layer too late", COURSE_BACKWARD, {"np.power(A1, 2)": "np.power(A2, 2)"}),
        ("not in this dict", BACKWARD, {'cache["A1"], cache["Z2"]': 'cache["a1"], cache["Z2"]'}),
        ("not in this dict", COURSE_BACKWARD, {'parameters["W2"]': 'cache["W2"]'}),
        ("name spelled", BACKWARD, {"m = X": "M = X"}),
        ("name spelled", COURSE_BACKWARD, {"np.power": "numpy.power"}),
        ("a line above, inside", BACKWARD,
         {"    dZ2 = A2 - Y\n": "", "    dZ1 =": "    dZ2 = A2 - Y\n    dZ1 ="}),
        ("a line above, inside", COURSE_BACKWARD,
         {"    A2 = cache['A2']\n": "", "    grads": "    A2 = cache['A2']\n    grads"}),
        ("Round brackets call", BACKWARD, {'cache["Z1"]': 'cache("Z1")'}),
        ("Round brackets call", COURSE_BACKWARD,
         {"(1 / m) * np.dot(dZ2, A1.T)": "(1 / m)(np.dot(dZ2, A1.T))"}),
        ("into the dict that it was given", BACKWARD,
         {"    dZ2 =": '    parameters["W2"] = W2 - 0.1\n    dZ2 ='}),
        ("into the dict that it was given", BACKWARD, {"    dZ2 =": '    cache["A1"] = A1 + 1\n    dZ2 ='}),
        ("`^` is no power", BACKWARD, {"np.tanh(Z1) ** 2": "np.tanh(Z1) ^ 2"}),
        ("`^` is no power", COURSE_BACKWARD, {"np.power(A1, 2)": "A1 ^ 2"}),
        ("still dots", BACKWARD, {"A2 - Y": "A2 - ..."}),
        ("still dots", COURSE_BACKWARD, {"np.power(A1, 2)": "..."}),
        ("fewer axes", BACKWARD, {"m = X.shape[1]": "m = len(X[0, :, 0])"}),
        ("fewer axes", COURSE_BACKWARD, {"np.dot(dZ2, A1.T)": "np.dot(dZ2, A1[:, 0, 0])"}),
        ("An if asks about one", BACKWARD, {"    dZ2 =": "    if A2 > 0.5:\n        m = m\n    dZ2 ="}),
        ("An if asks about one", COURSE_BACKWARD, {"np.power(A1, 2)": "(1 if A1 > 0 else 0)"}),
        ("A list is no array", BACKWARD, {"np.tanh(Z1) ** 2": "0.5 * [1]"}),
        ("A list is no array", COURSE_BACKWARD, {"np.power(A1, 2)": "0.5 * [1, 2]"}),
        ("hands out an entry for its name", BACKWARD, {'cache["Z1"]': "cache.Z1"}),
        ("hands out an entry for its name", COURSE_BACKWARD, {"cache['A2']": "cache.A2"}),
        ("Arrays of different shapes meet", BACKWARD, {"A2 - Y": "np.ones((2, 3)) - np.ones((4, 5))"}),
        ("Arrays of different shapes meet", COURSE_BACKWARD, {"A2 - Y": "np.eye(2) - np.ones((4, 5))"}),
        ("calls itself without end", BACKWARD,
         {"    dZ2 =": "    grads = backward_propagation(parameters, cache, X, Y)\n    dZ2 ="}),
    ],
    "forward_propagation": [
        ("calls itself without end", FORWARD,
         {"    Z1 =": "    A2, cache = forward_propagation(X, parameters)\n    Z1 ="}),
        ("Something there is None", FORWARD, {"Z1 = W1 @ X + b1": "Z1 = print(W1 @ X + b1)"}),
        ("Something there is None", COURSE_FORWARD,
         {"cache = {": "cache = dict().update({", '"A2": A2}': '"A2": A2})[0]'}),
        ("Text came where an array", FORWARD, {"W1 @ X": "[*parameters][0] @ X"}),
        ("Text came where an array", COURSE_FORWARD, {"np.dot(W1, X)": "np.matmul([*parameters][0], X)"}),
        ("acts on a whole dict", FORWARD, {"W1 @ X": "0.5 * parameters"}),
        ("acts on a whole dict", COURSE_FORWARD, {"np.dot(W1, X)": "parameters * X[0, 0].item()"}),
        ("single numbers; those of NumPy", FORWARD, {"np.tanh": "__import__('math').tanh"}),
        ("single numbers; those of NumPy", COURSE_FORWARD, {"np.exp": "__import__('math').exp"}),
    ],
    "compute_cost": [
        ("takes entry i", COST,
         {"(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))": "np.array([np.log(A2[i]) for i in range(m)])"}),
        ("takes entry i", COURSE_COST, {"    logprobs =": "    last = Y[m - 1]\n    logprobs ="}),
        ("What is zero there", COURSE_COST, {"-1 / m": "-(1 / (m - Y.shape[1]))"}),
        ("What is zero there", COURSE_COST, {"-1 / m": "-1 / 0"}),
        ("has no such part", COURSE_COST, {"-1 / m": "(-1 / m).value"}),
        ("has no such part", COURSE_COST, {"m = Y.shape[1]": "m = float(Y.shape[1]).shape[1]"}),
    ],
}  # fmt: skip # a version in a line or two

WRONG = {
    "backward_propagation": WRONG_BACKWARD,
    "hidden_gradient": WRONG_HIDDEN,
    "forward_propagation": WRONG_FORWARD,
    "compute_cost": WRONG_COST,
    "update_parameters": WRONG_UPDATE,
    "initialize_parameters": WRONG_INITIAL,
}


RIGHT_BACKWARD = [
    BACKWARD,
    COURSE_BACKWARD,
    LOOP_BACKWARD,
    BACKWARD.replace("(1 - np.tanh(Z1) ** 2)", "(1 - A1 * A1)"),
    BACKWARD.replace("A2 - Y", "(A2 - Y) / m").replace(".T / m", ".T").replace("=True) / m", "=True)"),
    """
def backprop(params, memo, inputs, targets):
    count = inputs.shape[-1]
    delta = memo["A2"] - targets
    hidden = np.einsum("ji,jm->im", params["W2"], delta) / np.cosh(memo["Z1"]) ** 2
    return {
        "dW1": np.einsum("im,nm->in", hidden, inputs) / count,
        "db1": np.einsum("im->i", hidden)[:, None] / count,
        "dW2": np.einsum("jm,im->ji", delta, memo["A1"]) / count,
        "db2": delta.mean(axis=1)[:, np.newaxis],
    }
""",
    """
def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"].astype(np.float32)
    A1, A2, X = (array.astype(np.float32) for array in (cache["A1"], cache["A2"], X))
    m = np.float32(X.shape[1])
    dZ2 = A2 - Y.astype(np.float32)
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    print("dZ1", dZ1.shape)
    assert dZ1.shape == A1.shape
    return dict(dW1=dZ1 @ X.T / m, db1=dZ1.sum(1, keepdims=True) / m, dW2=dZ2 @ A1.T / m,
                db2=dZ2.sum(1, keepdims=True) / m, dZ1=dZ1, dZ2=dZ2)
""",
    """
def backward_propagation(parameters, cache, X, Y):
    grads = {}
    m = Y.shape[1]
    for i in range(m):
        x, y = X[:, [i]], Y[:, [i]]
        a1, a2 = cache["A1"][:, [i]], cache["A2"][:, [i]]
        dz2 = a2 - y
        dz1 = np.matmul(parameters["W2"].transpose(), dz2) * (1 - np.square(a1))
        one = {"dW2": np.outer(dz2, a1), "db2": dz2, "dW1": np.outer(dz1, x), "db1": dz1}
        grads = {name: grads.get(name, 0) + one[name] / m for name in one}
    return grads
""",
    """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A2 = cache["A2"]
    assert A2.shape == (1, m)
    dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
    dZ2 = dA2 * A2 * (1 - A2)
    dA1 = parameters["W2"].T.dot(dZ2)
    dZ1 = dA1 * (1 - np.power(cache["A1"], 2))
    dW1 = dZ1.dot(X.T) / m
    dW2 = dZ2.dot(cache["A1"].T) / m
    db1 = dZ1.sum(axis=1).reshape(-1, 1) / m
    db2 = dZ2.sum(axis=1).reshape(dZ2.shape[0], 1) / m
    assert (dW1.shape == parameters["W1"].shape)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
""",
    """
def backward_propagation(parameters, cache, X, Y):
    # the ones at the bottom of the input carry the bias along
    m = X.shape[1]
    ones = np.ones((1, m))
    delta = [None, None, cache["A2"] - Y]
    delta[1] = (delta[2].T @ parameters["W2"]).T * (1 - np.tanh(cache["Z1"]) ** 2)
    both2 = delta[2] @ np.vstack([cache["A1"], ones]).T / m
    both1 = delta[1] @ np.vstack([X, ones]).T / m
    return {"dW2": both2[:, :-1], "db2": both2[:, -1:], "dW1": both1[:, :-1], "db1": both1[:, -1:]}
""",
]

RIGHT_FORWARD = [
    FORWARD,
    COURSE_FORWARD,
    FORWARD.replace("np.tanh(Z1)", "2 * sigmoid(2 * Z1) - 1"),
    FORWARD.replace("sigmoid(Z2)", "np.exp(Z2) / (1 + np.exp(Z2))").replace(
        '{"Z1"', '{"X": X, "W2": W2, "Z1"'
    ),
    """
def forward(inputs, weights):
    m = inputs.shape[1]
    n1, n2 = len(weights["b1"]), len(weights["b2"])
    Z1, Z2 = np.empty((n1, m)), np.empty((n2, m))
    for i in range(m):
        for j in range(n1):
            Z1[j, i] = sum(w * x for w, x in zip(weights["W1"][j], inputs[:, i])) + weights["b1"][j, 0]
        for k in range(n2):
            Z2[k, i] = sum(weights["W2"][k, j] * np.tanh(Z1[j, i]) for j in range(n1)) + weights["b2"][k, 0]
    out = 1.0 / (1.0 + np.exp(-Z2))
    print(out)
    return out, {"Z1": Z1, "A1": np.tanh(Z1), "Z2": Z2, "A2": out}
""",
    """
def forward_propagation(X, parameters):
    cache = dict()
    A = X.astype(np.float32)
    for layer, g in ((1, np.tanh), (2, sigmoid)):
        Z = np.einsum("jk,ki->ji", parameters[f"W{layer}"], A) + np.tile(parameters[f"b{layer}"], X.shape[1])
        A = g(Z)
        cache[f"Z{layer}"], cache[f"A{layer}"] = Z, A
    return cache["A2"], cache
""",
    """
def forward_propagation(X, parameters):
    Z1 = np.add(np.matmul(parameters["W1"], X), parameters["b1"])
    A1 = (np.exp(Z1) - np.exp(-Z1)) / (np.exp(Z1) + np.exp(-Z1))
    Z2 = (A1.T @ parameters["W2"].T).T + parameters["b2"]
    A2 = np.reciprocal(1 + np.exp(-Z2))
    return A2, {"A1": A1, "A2": A2.copy(), "Z1": Z1, "Z2": Z2}
""",
]

RIGHT_COST = [
    COST,
    COURSE_COST,
    COST.replace("np.sum(losses) / m", "np.mean(losses)"),
    COURSE_COST.replace("m = Y.shape[1]", "m = Y.size"),
    COURSE_COST.replace("(A2, Y)", "(A2, Y, parameters)"),
    COURSE_COST.replace("(A2, Y)", "(A2, Y, parameters, lambd=0.1)"),
    """
def compute_cost(A2, Y, parameters, *, reduction):
    W1 = parameters["W1"]
    return float(-np.sum(np.dot(Y, np.log(A2.T)) + np.dot(1 - Y, np.log(1 - A2).T)) / Y.shape[1])
""",
    """
def compute_cost(A2, Y):
    total = 0
    for i in range(Y.shape[1]):
        total -= Y[0, i] * np.log(A2[0, i]) + (1 - Y[0, i]) * np.log(1 - A2[0, i])
    return total / Y.shape[1]
""",
    COURSE_COST.replace("np.squeeze(cost)", "float(np.squeeze(cost))").replace(
        "    return", "    assert isinstance(cost, float)\n    return"
    ),
    """
def compute_cost(predictions, truth):
    total = 0
    for k in range(truth.shape[0]):
        for i in range(truth.shape[1]):
            total -= np.log(predictions[k, i]) if truth[k, i] == 1 else np.log(1 - predictions[k, i])
    return total / truth.shape[1]
""",
    """
def compute_cost(A2, Y):
    return np.mean(np.sum(np.where(Y == 1, -np.log(A2), -np.log1p(-A2)), axis=0))
""",
    """
def compute_cost(A2, Y):
    A2 = np.clip(A2.astype(np.float32), 1e-7, 1 - 1e-7)
    m = len(Y.T)
    return -np.einsum("ki,ki->", Y, np.log(A2)) / m - np.vdot(1 - Y, np.log(1 - A2)) / m
""",
    """
def compute_cost(A2, Y):
    m = Y.shape[1]
    cost = -(1 / m) * (np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T))
    return np.squeeze(cost)
""",
    """
def compute_cost(A2, Y):
    m = Y.shape[1]
    cost = (np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)) / -m
    return cost.item()
""",
]

RIGHT_UPDATE = [
    LOOP_UPDATE.replace("new = {}", "new = parameters"),
    """
def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
    return parameters
""",
    UPDATE,
    LOOP_UPDATE,
    """
import copy

def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = copy.deepcopy(parameters["W1"])
    b1 = copy.deepcopy(parameters["b1"])
    W2 = copy.deepcopy(parameters["W2"])
    b2 = copy.deepcopy(parameters["b2"])
    W1 -= learning_rate * grads["dW1"]
    b1 -= learning_rate * grads["db1"]
    W2 -= learning_rate * grads["dW2"]
    b2 -= learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
""",
    """
def update_parameters(old, slopes, alpha):
    return {key: np.subtract(value, np.multiply(alpha, slopes["d" + key])) for key, value in old.items()}
""",
    """
def update_parameters(parameters, grads, learning_rate):
    parameters = {name: array.copy() for name, array in parameters.items()}
    for name in parameters:
        for place in np.ndindex(parameters[name].shape):
            parameters[name][place] -= learning_rate * grads["d" + name][place]
    return parameters
""",
    """
def update_parameters(parameters, grads, learning_rate):
    new = dict(parameters)
    for name, array in parameters.items():
        new[name] = (array.astype(np.float32) + -learning_rate * grads["d" + name]).astype(np.float32)
    return new
""",
]

RIGHT_INITIAL = [
    INITIAL,
    COURSE_INITIAL,
    """
def initialize_parameters(inputs, hidden, outputs):
    rng = np.random.default_rng()
    draw = lambda *shape: rng.normal(0, 0.01, shape)
    W1, W2 = draw(hidden, inputs), draw(outputs, hidden)
    return dict(W1=W1, W2=W2, b1=np.zeros([hidden, 1]), b2=np.zeros([outputs, 1]))
""",
    """
def initialize_parameters(n_x, n_h, n_y):
    W1 = np.array([[np.random.uniform(-0.02, 0.02) for _ in range(n_x)] for _ in range(n_h)])
    W2 = np.array([[np.random.uniform(-0.02, 0.02) for _ in range(n_h)] for _ in range(n_y)])
    assert W1.shape == (n_h, n_x) and W2.shape == (n_y, n_h)
    return {"W1": W1, "b1": 0 * W1[:, :1], "W2": W2, "b2": 0 * W2[:, :1]}
""",
    """
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(3)
    W1 = 0.01 * np.random.randn(n_h, n_x).astype(np.float32)
    W2 = np.random.standard_normal(size=(n_y, n_h)) / 100
    return {"W1": W1, "b1": np.zeros((n_h, 1), dtype=int), "W2": W2, "b2": np.full((n_y, 1), 0.0)}
""",
]

RIGHT_HIDDEN = [
    HIDDEN,
    HIDDEN_LOOP,
    HIDDEN.replace("W2.T @ dz2", "np.dot(W2.T, dz2)").replace("1 - a1**2", "1 - np.power(a1, 2)"),
    HIDDEN.replace("W2.T @ dz2", "np.sum(W2 * dz2, axis=0).reshape(-1, 1)"),
]

RIGHT = {
    "backward_propagation": RIGHT_BACKWARD,
    "hidden_gradient": RIGHT_HIDDEN,
    "forward_propagation": RIGHT_FORWARD,
    "compute_cost": RIGHT_COST,
    "update_parameters": RIGHT_UPDATE,
    "initialize_parameters": RIGHT_INITIAL,
}


def changed(source, lines):
    """The source with some of its parts exchanged, all at once."""
    for k, old in enumerate(lines):
        assert old in source, old
        source = source.replace(old, f"\0{k}\0")
    for k, new in enumerate(lines.values()):
        source = source.replace(f"\0{k}\0", new)
    return source
