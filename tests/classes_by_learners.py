"""What learners write in lesson 12: softmax and softmax_cost, right and wrong, as plain source.

Written before the mistakes of these two were entered in the catalogue.
"""

SOFTMAX_RIGHT = [
    """
def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
""",
    """
def softmax(Z):
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    exps = np.exp(shifted)
    A = exps / np.sum(exps, axis=0, keepdims=True)
    return A
""",
    """
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0)
""",
    """
def softmax(Z):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[1]):
        column = np.exp(Z[:, i] - max(Z[:, i]))
        A[:, i] = column / sum(column)
    return A
""",
    """
def softmax(Z):
    Z = Z - Z.max(axis=0)
    log_of_sum = np.log(np.sum(np.exp(Z), axis=0))
    return np.exp(Z - log_of_sum)
""",
    "softmax = lambda Z: (lambda E: E / E.sum(0))(np.exp(Z - Z.max(0)))\n",
]

SOFTMAX_COST_RIGHT = [
    """
def softmax_cost(A2, Y):
    m = Y.shape[1]
    own = np.sum(Y * A2, axis=0)
    return -np.sum(np.log(own)) / m
""",
    """
def softmax_cost(A2, Y):
    m = A2.shape[1]
    chosen = A2[Y.argmax(axis=0), np.arange(m)]
    return -np.mean(np.log(chosen))
""",
    """
def softmax_cost(A2, Y):
    return -np.sum(Y * np.log(np.clip(A2, 1e-300, 1))) / Y.shape[1]
""",
    """
def softmax_cost(A2, Y):
    J = 0
    for i in range(Y.shape[1]):
        for k in range(Y.shape[0]):
            if Y[k, i] == 1:
                J -= np.log(A2[k, i])
    return J / Y.shape[1]
""",
    """
def softmax_cost(A2, Y):
    return -np.log(A2[Y == 1]).sum() / Y.shape[1]
""",
    "def softmax_cost(A2, Y):\n    return -np.sum(Y * np.log(A2 + 1e-15)) / A2.shape[1]\n",
]

# (identifier, source, {what is written: what is written wrongly})
SOFTMAX_WRONG = [
    ("softmax-over-examples", SOFTMAX_RIGHT[1], {"np.sum(exps, axis=0": "np.sum(exps, axis=1"}),
    ("softmax-over-everything", SOFTMAX_RIGHT[0], {"E.sum(axis=0)": "E.sum()"}),
    ("softmax-no-maximum", SOFTMAX_RIGHT[0], {" - Z.max(axis=0)": ""}),
    ("softmax-sigmoid-left-in", SOFTMAX_RIGHT[0],
     {"np.exp(Z - Z.max(axis=0))": "1 / (1 + np.exp(-Z))", "E / E.sum(axis=0)": "E"}),
    ("softmax-sigmoids-shared", SOFTMAX_RIGHT[0], {"np.exp(Z - Z.max(axis=0))": "1 / (1 + np.exp(-Z))"}),
    ("softmax-not-divided", SOFTMAX_RIGHT[0], {" / E.sum(axis=0)": ""}),
    ("softmax-no-exp", SOFTMAX_RIGHT[0], {"np.exp(Z - Z.max(axis=0))": "Z"}),
    ("softmax-sign", SOFTMAX_RIGHT[0], {"np.exp(Z - Z.max(axis=0))": "np.exp(Z.max(axis=0) - Z)"}),
    ("softmax-maximum-of-rows", SOFTMAX_RIGHT[1], {"np.max(Z, axis=0": "np.max(Z, axis=1"}),
    ("softmax-not-divided", SOFTMAX_RIGHT[0], {"Z - Z.max(axis=0)": "Z", "E.sum": "E.max"}),
    ("softmax-mean-for-sum", SOFTMAX_RIGHT[0], {"E.sum": "E.mean"}),
    ("softmax-maximum-late", SOFTMAX_RIGHT[0],
     {"np.exp(Z - Z.max(axis=0))": "np.exp(Z) - np.exp(Z.max(axis=0))"}),
    ("softmax-logarithm", SOFTMAX_RIGHT[4], {"np.exp(Z - log_of_sum)": "Z - log_of_sum"}),
]  # fmt: skip

SOFTMAX_COST_WRONG = [
    ("cost-mean-missing", SOFTMAX_COST_RIGHT[0], {" / m": ""}),
    ("cost-log-of-0", SOFTMAX_COST_RIGHT[2], {"np.clip(A2, 1e-300, 1)": "A2"}),
    ("cost-of-sigmoids", SOFTMAX_COST_RIGHT[2],
     {"Y * np.log(np.clip(A2, 1e-300, 1))": "Y * np.log(A2) + (1 - Y) * np.log(1 - A2)"}),
    ("cost-argmax-wrong-axis", SOFTMAX_COST_RIGHT[1], {"argmax(axis=0)": "argmax(axis=1)"}),
    ("cost-argmax-of-outputs", SOFTMAX_COST_RIGHT[1], {"Y.argmax": "A2.argmax"}),
    ("cost-Y-as-numbers", SOFTMAX_COST_RIGHT[1], {"Y.argmax(axis=0)": "Y"}),
    ("cost-m-counts-outputs", SOFTMAX_COST_RIGHT[0], {"Y.shape[1]": "Y.shape[0]"}),
    ("cost-mean-over-entries", SOFTMAX_COST_RIGHT[2],
     {"-np.sum": "-np.mean", " / Y.shape[1]": ""}),
    ("cost-sign", SOFTMAX_COST_RIGHT[0], {"-np.sum": "np.sum"}),
    ("cost-without-Y", SOFTMAX_COST_RIGHT[2], {"Y * ": ""}),
    ("cost-without-log", SOFTMAX_COST_RIGHT[0], {"np.log(own)": "own"}),
    ("cost-not-summed", SOFTMAX_COST_RIGHT[0], {"np.sum(np.log(own))": "np.log(own)"}),
    ("cost-log-of-the-sum", SOFTMAX_COST_RIGHT[0], {"np.sum(np.log(own))": "np.log(np.sum(own))"}),
    ("log-base", SOFTMAX_COST_RIGHT[0], {"np.log(own)": "np.log2(own)"}),
    ("cost-own-over-examples", SOFTMAX_COST_RIGHT[0], {"axis=0": "axis=1"}),
    ("cost-squared-error", SOFTMAX_COST_RIGHT[0], {"-np.sum(np.log(own))": "np.sum((A2 - Y) ** 2)"}),
    ("cost-mean-twice", SOFTMAX_COST_RIGHT[1], {"np.log(chosen))": "np.log(chosen)) / m"}),
]  # fmt: skip
