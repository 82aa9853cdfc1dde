"""The catalogue of mistakes: beside each right formula the wrong ones that learners write.

A table lists the steps of one function in order. A step is a list of lines (mistakes, formula): first the
right formula, with "", then the wrong ones, each with the identifier of its mistake; the words for it stand
in wording.py. A formula is a function of v, which holds the arrays by name. Where one line of code can be
wrong in several places, the step is crossed from one list for each place. To add a mistake, add a line to the
list of its place, below the heading of its lesson, and its words: it is recognised then, alone and together
with others.
"""

from itertools import product
from operator import attrgetter

import numpy as np
from numpy.linalg import norm

from helpers.activations import relu_prime, sigmoid, sigmoid_prime, tanh_prime
from helpers.gradient_check import relative_error
from helpers.network import PARAMETERS

MOST_AT_ONCE = 2  # so many different mistakes are told apart in one run of a check


def crossed(formula, *places):
    """A step with one list for each place of its formula, a function of v and of one entry from each list.

    The right formula comes first; lines with more than MOST_AT_ONCE mistakes are left out.
    """

    def line(entries):
        mistakes = " ".join(mistake for mistake, _ in entries if mistake)
        return mistakes, lambda v: formula(v, *(part for _, part in entries))

    def mistakes(line):
        return len(line[0].split())

    lines = [line(entries) for entries in product(*places)]
    return sorted((line for line in lines if mistakes(line) <= MOST_AT_ONCE), key=mistakes)


def ways(mistake, *formulas):
    """Lines for one mistake that shows in several formulas."""
    return [(mistake, formula) for formula in formulas]


def one_of(right, *others):
    """A list for a place where an array is named: the right name, and others that may stand there."""
    return [("", attrgetter(right)), *((f"{other}-for-{right}", attrgetter(other)) for other in others)]


# Lesson 07: backward_propagation

COUNTS = [("", lambda v: v.m), ("m-counts-inputs", lambda v: len(v.X))]

SHARES = [
    ("", lambda total, m: total / m),
    ("mean-missing", lambda total, m: total),
    ("mean-twice", lambda total, m: total / m**2),
    ("halved", lambda total, m: total / m / 2),
]

SUMS = [
    ("", lambda dZ: dZ.sum(axis=1, keepdims=True)),
    ("keepdims-missing", lambda dZ: dZ.sum(axis=1)),
    ("examples-not-summed", lambda dZ: dZ),
    *ways("sum-wrong-axis",
          lambda dZ: dZ.sum(axis=0, keepdims=True), lambda dZ: dZ.sum(axis=0, keepdims=True).T,
          lambda dZ: dZ.mean(axis=0, keepdims=True) * dZ.shape[1],
          lambda dZ: dZ.sum(axis=0), lambda dZ: dZ.mean(axis=0) * dZ.shape[1]),
    *ways("sum-over-everything", lambda dZ: dZ.sum(), lambda dZ: dZ.sum(keepdims=True),
          lambda dZ: dZ.mean() * dZ.shape[1]),
    ("bias-lies", lambda dZ: dZ.sum(axis=1, keepdims=True).T),
]  # fmt: skip

PRODUCTS = [
    ("", lambda dZ, A: dZ @ A.T),
    ("input-not-transposed", lambda dZ, A: dZ @ A),
    ("product-lies", lambda dZ, A: A @ dZ.T),
    *ways("wrong-sides-meet",
          lambda dZ, A: A.T @ dZ, lambda dZ, A: dZ.T @ A, lambda dZ, A: dZ.T @ A.T, lambda dZ, A: A @ dZ),
    *ways("star-for-matmul", lambda dZ, A: dZ * A.T, lambda dZ, A: dZ * A, lambda dZ, A: dZ.T * A),
]  # fmt: skip


def weight_gradient(dZs, inputs):
    """The step for dW = dZ Aᵀ / m; dZs, inputs: what may stand for dZ and for A, the input of the layer."""

    def dW(v, dZ, A, multiplied, shared, m):
        return shared(multiplied(dZ(v), A(v)), m(v))

    return crossed(dW, dZs, inputs, PRODUCTS, SHARES, COUNTS)


def bias_gradient(dZs):
    """The step for db, the mean of dZ over the examples; dZs: what may stand for dZ."""
    return crossed(lambda v, dZ, summed, shared, m: shared(summed(dZ(v)), m(v)), dZs, SUMS, SHARES, COUNTS)


BACK_THROUGH = [  # of v, and of the rest of the formula as a function of W2
    ("", lambda v, rest: v.W2),
    ("W1-for-W2", lambda v, rest: v.W1),
    ("dW2-for-W2", lambda v, rest: v.dW2),
    *ways("W2-moved",
          lambda v, rest: W2_after_a_step(v, lambda W2: rest(W2) @ v.X.T / v.m, v.returned["dW1"]),
          lambda v, rest: W2_after_a_step(v, lambda W2: SUMS[0][1](rest(W2)) / v.m, v.returned["db1"])),
]  # fmt: skip

SENT_BACK = [
    ("", lambda W2, dZ2: W2.T @ dZ2),
    ("W2-not-transposed", lambda W2, dZ2: W2 @ dZ2),
    *ways("W2-order", lambda W2, dZ2: dZ2 @ W2, lambda W2, dZ2: dZ2.T @ W2, lambda W2, dZ2: dZ2 @ W2.T),
    *ways("star-for-matmul", lambda W2, dZ2: W2.T * dZ2, lambda W2, dZ2: W2 * dZ2),
    *ways("W2-left-out", lambda W2, dZ2: dZ2, lambda W2, dZ2: np.ones_like(W2).T @ dZ2),
]

SLOPES = [
    ("", tanh_prime),
    ("slope-missing", np.ones_like),
    *ways("g-for-slope", np.tanh, lambda Z: np.tanh(Z) ** 2),
    ("slope-tanh-not-squared", lambda Z: 1 - np.tanh(Z)),
    ("slope-plus", lambda Z: 1 + np.tanh(Z) ** 2),
    ("slope-of-number", lambda Z: 1 - Z**2),
    ("slope-at-A1", lambda Z: tanh_prime(np.tanh(Z))),
    *ways("slope-of-sigmoid",
          sigmoid_prime, lambda Z: np.tanh(Z) * (1 - np.tanh(Z)), lambda Z: sigmoid_prime(np.tanh(Z))),
    ("slope-of-relu", relu_prime),
]  # fmt: skip

JOINED = [
    ("", lambda sent, slope: sent * slope),
    *ways("matmul-for-star", lambda sent, slope: sent @ slope, lambda sent, slope: sent @ slope.T),
]


def hidden_gradient(dZ2, Z1s):
    """The step for dZ1 = W2ᵀ dZ2 ⊙ g′(Z1), with dZ2 as a function of v; Z1s: what may stand for Z1."""

    def dZ1(v, weights, sent, slope, joined, Z1):
        slopes = slope(Z1(v))

        def rest(W2):
            return joined(sent(W2, dZ2(v)), slopes)

        return rest(weights(v, rest))

    return crossed(dZ1, BACK_THROUGH, SENT_BACK, SLOPES, JOINED, Z1s)


def W2_after_a_step(v, gradient, returned):
    """W2 − rate × dW2, with the rate that fits what was returned as the gradient, a function of W2."""
    still, moved = gradient(v.W2), gradient(v.dW2)
    return v.W2 - np.sum(moved * (still - returned)) / np.sum(moved**2) * v.dW2


OUTPUT_GRADIENTS = [
    ("", lambda A2, Y: A2 - Y),
    ("dZ2-sign", lambda A2, Y: Y - A2),
    ("dZ2-slope-too-many", lambda A2, Y: (A2 - Y) * A2 * (1 - A2)),
    ("dZ2-truth-missing", lambda A2, Y: A2),
    ("dZ2-is-dA2", lambda A2, Y: (1 - Y) / (1 - A2) - Y / A2),
    ("dZ2-half", lambda A2, Y: -Y * (1 - A2)),
]

BACKWARD = {
    "dZ2": crossed(lambda v, A2, gradient: gradient(A2(v), v.Y), one_of("A2", "Z2"), OUTPUT_GRADIENTS),
    "dW2": weight_gradient(one_of("dZ2"), one_of("A1", "Z1", "X", "A2")),
    "db2": bias_gradient(one_of("dZ2")),
    "dZ1": hidden_gradient(
        attrgetter("dZ2"),
        [
            ("", attrgetter("Z1")),
            ("slope-of-the-next-layer", lambda v: np.arctanh(v.A2)),  # where tanh is A2
        ],
    ),
    "dW1": weight_gradient(one_of("dZ1", "dZ2"), one_of("X", "A1", "Z1")),
    "db1": bias_gradient(one_of("dZ1", "dZ2")),
}

# Lesson 06: the smaller exercise, for one example
HIDDEN = {"dz1": hidden_gradient(attrgetter("dz2"), one_of("z1"))}


# Lesson 05: forward_propagation

BIASES = [
    ("", lambda WA, b: WA + b),
    ("bias-missing", lambda WA, b: WA),
    ("bias-subtracted", lambda WA, b: WA - b),
    ("bias-transposed", lambda WA, b: WA + b.T),
    ("bias-multiplied", lambda WA, b: WA * b),
]

AFFINE = [
    ("", lambda W, A: W @ A),
    ("weights-transposed", lambda W, A: W.T @ A),
    ("input-transposed", lambda W, A: W @ A.T),
    *ways("weights-order", lambda W, A: A @ W, lambda W, A: A.T @ W, lambda W, A: A.T @ W.T),
    ("star-for-matmul", lambda W, A: W * A),
]


def affine(Ws, inputs, bs):
    """The step for Z = W A + b; Ws, inputs, bs: what may stand for W, A and b."""

    def Z(v, W, A, b, multiplied, added):
        return added(multiplied(W(v), A(v)), b(v))

    return crossed(Z, Ws, inputs, bs, AFFINE, BIASES)


def activated(right, name, mistake):
    """The step for A = right(Z), tanh or sigmoid; mistake: the other one in its place; name: of Z."""
    wrong, slope = {np.tanh: (sigmoid, tanh_prime), sigmoid: (np.tanh, sigmoid_prime)}[right]
    Z = attrgetter(name)
    return [
        ("", lambda v: right(Z(v))),
        (mistake, lambda v: wrong(Z(v))),
        ("activation-missing", Z),
        ("sigmoid-brackets", lambda v: 1 / 1 + np.exp(-Z(v))),
        ("sigmoid-sign", lambda v: sigmoid(-Z(v))),
        ("relu-for-activation", lambda v: np.maximum(Z(v), 0)),
        ("slope-for-activation", lambda v: slope(Z(v))),
    ]


FORWARD = {
    "Z1": affine(one_of("W1"), one_of("X"), one_of("b1")),
    "A1": activated(np.tanh, "Z1", "sigmoid-for-tanh"),
    "Z2": affine(one_of("W2", "W1"), one_of("A1", "Z1", "X"), one_of("b2", "b1")),
    "A2": activated(sigmoid, "Z2", "tanh-for-sigmoid"),
}


# Lesson 04: compute_cost

LOGARITHMS = [("", np.log), *ways("log-base", np.log10, np.log2)]

COST_SIGNS = [("", -1), ("cost-sign", 1)]

HALVES = [  # of Y, of the logarithms of A2 and of 1 − A2, and of v
    ("", lambda Y, log, log_1, v: Y * log + (1 - Y) * log_1),
    ("cost-half-for-0", lambda Y, log, log_1, v: Y * log),
    ("cost-half-for-1", lambda Y, log, log_1, v: (1 - Y) * log_1),
    ("cost-minus-brackets", lambda Y, log, log_1, v: Y * log - (1 - Y) * log_1),
    ("cost-mean-brackets", lambda Y, log, log_1, v: Y * log - v.m * (1 - Y) * log_1),
    ("cost-log-A2-twice", lambda Y, log, log_1, v: Y * log + (1 - Y) * log),
    ("cost-examples-mixed", lambda Y, log, log_1, v: Y @ log + (1 - Y) @ log_1),
    *ways("cost-squared-error",
          lambda Y, log, log_1, v: -((v.A2 - Y) ** 2), lambda Y, log, log_1, v: -((v.A2 - Y) ** 2) / 2),
]  # fmt: skip

TOTALS = [
    ("", lambda v: v.losses.sum()),
    ("cost-not-summed", lambda v: v.losses),
    *ways("cost-for-each-output",
          lambda v: v.losses.sum(axis=1), lambda v: v.losses.sum(axis=1, keepdims=True)),
    ("cost-for-each-example", lambda v: v.losses.sum(axis=0)),
    ("cost-is-matrix", lambda v: -(v.Y @ np.log(v.A2).T + (1 - v.Y) @ np.log(1 - v.A2).T)),
    ("cost-keepdims", lambda v: v.losses.sum(keepdims=True)),
]  # fmt: skip

MEANS = [
    ("", lambda total, v: total / v.m),
    ("cost-mean-missing", lambda total, v: total),
    ("", lambda total, v: total / v.m / len(v.Y)),  # with one output it is right
    ("cost-m-counts-outputs", lambda total, v: total / len(v.Y)),
    ("cost-mean-twice", lambda total, v: total / v.m**2),
    ("cost-halved", lambda total, v: total / v.m / 2),
]

COST = {
    "losses": crossed(lambda v, log, sign, halves: sign * halves(v.Y, log(v.A2), log(1 - v.A2), v),
                      LOGARITHMS, COST_SIGNS, HALVES),
    "J": crossed(lambda v, total, mean: mean(total(v), v), TOTALS, MEANS),
}  # fmt: skip


# Lesson 09: update_parameters

RATES = [
    ("", lambda dW, rate: rate * dW),
    ("rate-missing", lambda dW, rate: dW),
    ("rate-divides", lambda dW, rate: dW / rate),
]

STEPS = [
    ("", lambda W, step: W - step),
    ("uphill", lambda W, step: W + step),
    ("not-moved", lambda W, step: W),
    *ways("step-alone", lambda W, step: step, lambda W, step: -step),
    ("step-order", lambda W, step: step - W),
]

FACTORS = [  # of the parameter, its step and what was returned
    ("", lambda W, step, returned: step),
    ("step-factor", lambda W, step, returned: np.sum(step * (W - returned)) / np.sum(step**2) * step),
]


def update(name):
    """The step for one parameter: itself minus learning rate times gradient."""
    others = [other for other in PARAMETERS if other != name]
    starts, gradients = (
        [("", name), *ways(mistake, *others)] for mistake in ("step-starts-elsewhere", "gradient-of-another")
    )

    def updated(v, factor, W, dW, rated, stepped):
        W, step = getattr(v, W), rated(getattr(v, "d" + dW), v.learning_rate)
        return stepped(W, factor(W, step, v.returned[name]))

    return crossed(updated, FACTORS, starts, gradients, RATES, STEPS)


UPDATE = {name: update(name) for name in PARAMETERS}


# Lesson 10: initialize_parameters. Random numbers have no formula: a test stands in its place.

INITIAL_SHAPES = [  # of the array, its right shape, and the sizes n_x, n_h, n_y
    ("sizes-exchanged", lambda array, right, sizes: array.shape == right[::-1]),
    ("n_h-for-n_y",
     lambda array, right, sizes: array.shape == tuple(sizes[1] if n == sizes[2] else n for n in right)),
    ("bias-without-columns", lambda array, right, sizes: array.shape == right[:1]),
]  # fmt: skip

INITIAL_WEIGHTS = [
    ("all-zeros", lambda W: not W.any()),
    ("all-the-same", lambda W: W.size > 1 and np.ptp(W) == 0),
    ("twin-rows", lambda W: len(np.unique(W, axis=0)) < len(W)),
    ("none-negative", lambda W: W.size > 20 and W.min() >= 0),
    ("none-positive", lambda W: W.size > 20 and W.max() <= 0),
    ("weights-large", lambda W: W.std() > 0.3),
    ("weights-tiny", lambda W: W.std() < 3e-4),
]

INITIAL_BIAS = [("bias-random", lambda b: len(np.unique(b)) > 1), ("bias-not-zero", lambda b: b.any())]


# Lessons 01, 02, 03 and 11: the small exercises

SCALAR_FORWARD = {
    "u": [("", lambda v: v.b * v.c), ("sum-for-product", lambda v: v.b + v.c)],
    "v": [
        ("", lambda v: v.a + v.u),
        ("product-for-sum", lambda v: v.a * v.u),
        *ways("u-unused", lambda v: v.a + v.b, lambda v: v.a + v.c, lambda v: v.a + v.b + v.c),
    ],
    "J": [
        ("", lambda v: 3 * v.v),
        ("J-is-v", lambda v: v.v),
        ("J-power", lambda v: v.v**3),
        ("J-sum", lambda v: 3 + v.v),
        *ways("J-brackets", lambda v: 3 * v.a + v.u, lambda v: v.a + 3 * v.u),
    ],
}

OWN_GRAPH = {
    "K": [
        ("", lambda v: (v.a - v.c) ** 2 / v.b),
        ("K-not-squared", lambda v: (v.a - v.c) / v.b),
        ("K-doubled", lambda v: (v.a - v.c) * 2 / v.b),
        ("K-c-squared", lambda v: (v.a - v.c**2) / v.b),
        ("K-brackets-missing", lambda v: v.a - v.c**2 / v.b),
        ("K-each-squared", lambda v: (v.a**2 - v.c**2) / v.b),
        ("K-multiplied", lambda v: (v.a - v.c) ** 2 * v.b),
        ("K-upside-down", lambda v: v.b / (v.a - v.c) ** 2),
        ("K-quotient-squared", lambda v: ((v.a - v.c) / v.b) ** 2),
        ("K-sum", lambda v: (v.a + v.c) ** 2 / v.b),
    ]
}


def factor_slope(factor, other):
    """The step for the slope of J by a factor of u = bc; factor, other: the names of the two factors."""
    f, g = attrgetter(factor), attrgetter(other)
    return [
        ("", lambda v: v.dJ_du * g(v)),
        ("local-alone", g),
        ("factor-itself", lambda v: v.dJ_du * f(v)),
        ("both-factors", lambda v: v.dJ_du * f(v) * g(v)),
        ("links-added", lambda v: v.dJ_du + g(v)),
    ]


def part_slope(part):
    """The step for the slope of J by a part of v = a + u, which is given as a function of v."""
    return [
        ("", lambda v: v.dJ_dv),
        ("local-alone", lambda v: 1),
        ("links-added", lambda v: v.dJ_dv + 1),
        ("part-itself", lambda v: v.dJ_dv * part(v)),
    ]


SCALAR_BACKWARD = {
    "dJ_dv": [("", lambda v: 3), ("value-for-slope", lambda v: 3 * (v.a + v.b * v.c))],
    "dJ_du": part_slope(lambda v: v.b * v.c),
    "dJ_da": part_slope(lambda v: v.a),
    "dJ_db": factor_slope("b", "c"),
    "dJ_dc": factor_slope("c", "b"),
}

USED_TWICE = {
    "dJ_db": [
        ("", lambda v: 2 * v.b + v.c),
        *ways("one-path", lambda v: v.b + v.c, lambda v: v.b),
        ("paths-joined-wrongly", lambda v: v.c),
        ("slope-is-J", lambda v: (v.b + v.c) * v.b),
        ("c-missing", lambda v: 2 * v.b),
        ("path-cut-short", lambda v: v.b + v.c + 1),
    ]
}

SIGMOID = {
    "a": [
        *activated(sigmoid, "Z", "tanh-for-sigmoid"),
        *ways("e-is-no-power", lambda v: 1 / (1 + np.e - v.Z), lambda v: 1 / (1 - np.e * v.Z)),
        ("sigmoid-one-missing", lambda v: 1 / np.exp(-v.Z)),
        ("exp-alone", lambda v: np.exp(-v.Z)),
    ]
}

CHECKER_SLOPES = [  # of up and down, the costs at the two places of each entry, and of the step
    ("", lambda up, down, step: (up - down) / (2 * step)),
    ("slope-doubled", lambda up, down, step: (up - down) / step),
    ("slope-turned", lambda up, down, step: (down - up) / (2 * step)),
    *ways("slope-brackets", lambda up, down, step: up - down,
          lambda up, down, step: (up - down) / 2 * step, lambda up, down, step: up - down / 2 * step,
          lambda up, down, step: up - down / (2 * step)),
]  # fmt: skip

CHECKER_ERRORS = [  # of the gradient and the slopes
    ("", relative_error),
    *ways("error-one-length", lambda a, b: norm(a - b) / norm(a), lambda a, b: norm(a - b) / norm(b)),
    *ways("error-not-relative",
          lambda a, b: norm(a - b), lambda a, b: abs(a - b).max(), lambda a, b: abs(a - b).mean()),
    ("error-entry-by-entry", lambda a, b: (abs(a - b) / np.maximum(1e-8, abs(a) + abs(b))).max()),
    *ways("error-lengths",
          lambda a, b: norm(a - b) / norm(a + b), lambda a, b: abs(norm(a) - norm(b)) / (norm(a) + norm(b))),
]  # fmt: skip


def errors_found(v, slope, error):
    """The errors of all v.cases, a gradient with the costs up and down for each; 1000 at most."""
    return np.minimum([error(grad, slope(up, down, v.step)) for grad, up, down in v.cases], 1000)


CHECKER = {"errors": crossed(errors_found, CHECKER_SLOPES, CHECKER_ERRORS)}


def scaled(X, by, spread=np.std, axis=1, **options):
    """X with the mean of another array taken out, and divided by its spread."""
    return (X - by.mean(axis=axis, keepdims=True)) / spread(by, axis=axis, keepdims=True, **options)


def mean_of(v):
    """The mean of each row of the training set."""
    return v.X_train.mean(axis=1, keepdims=True)


def deviation_of(v):
    """The standard deviation of each row of the training set."""
    return v.X_train.std(axis=1, keepdims=True)


SCALED = [  # of one of the two sets, and of v
    ("", lambda X, v: scaled(X, v.X_train)),
    *ways("test-set-in-mean",
          lambda X, v: scaled(X, v.X_test), lambda X, v: scaled(X, np.hstack([v.X_train, v.X_test])),
          lambda X, v: (X - v.X_test.mean(axis=1, keepdims=True)) / deviation_of(v)),
    ("test-set-in-deviation", lambda X, v: (X - mean_of(v)) / v.X_test.std(axis=1, keepdims=True)),
    ("mean-wrong-axis", lambda X, v: scaled(X, X, axis=0)),
    ("one-mean", lambda X, v: scaled(X, v.X_train, axis=None)),
    ("deviation-missing", lambda X, v: X - mean_of(v)),
    ("mean-not-taken-out", lambda X, v: X / deviation_of(v)),
    ("scale-brackets", lambda X, v: X - mean_of(v) / deviation_of(v)),
    ("by-variance", lambda X, v: scaled(X, v.X_train, np.var)),
    ("by-m-minus-1", lambda X, v: scaled(X, v.X_train, ddof=1)),
    ("by-range",
     lambda X, v: (X - v.X_train.min(axis=1, keepdims=True)) / np.ptp(v.X_train, 1, keepdims=True)),
    ("unchanged", lambda X, v: X),
]  # fmt: skip

STANDARDISE = {
    name: crossed(lambda v, X, changed: changed(X(v), v), one_of(name), SCALED)
    for name in ("X_train", "X_test")
}


# Lesson 12: softmax, down each column of Z, and its cost

SHIFTS = [
    ("", lambda Z: Z),
    ("", lambda Z: Z - Z.max(axis=0)),
    ("", lambda Z: Z - Z.max()),
    ("softmax-maximum-of-rows", lambda Z: Z - Z.max(axis=1, keepdims=True)),
    *ways("softmax-divided-by-maximum", lambda Z: Z / Z.max(axis=0), lambda Z: Z / Z.max()),
]

NUMERATORS = [
    ("", np.exp),
    ("softmax-sign", lambda Z: np.exp(-Z)),
    ("softmax-no-exp", lambda Z: Z),
    ("softmax-sigmoids-shared", sigmoid),
]

DENOMINATORS = [
    ("", lambda E: E.sum(axis=0)),
    ("softmax-over-examples", lambda E: E.sum(axis=1, keepdims=True)),
    ("softmax-over-everything", lambda E: E.sum()),
    ("softmax-not-divided", lambda E: 1),
    ("softmax-not-divided", lambda E: E.max(axis=0)),  # what exp(Z − maximum) is, too
    ("softmax-mean-for-sum", lambda E: E.mean(axis=0)),
]

SOFTMAX = {
    "A": [
        *crossed(lambda v, shifted, top, total: top(shifted(v.Z)) / total(top(shifted(v.Z))),
                 SHIFTS, NUMERATORS, DENOMINATORS),
        ("softmax-sigmoid-left-in", lambda v: sigmoid(v.Z)),
        *ways("softmax-maximum-on-one-side",
              lambda v: np.exp(v.Z - v.Z.max(axis=0)) / np.exp(v.Z).sum(axis=0),
              lambda v: np.exp(v.Z) / np.exp(v.Z - v.Z.max(axis=0)).sum(axis=0),
              lambda v: np.exp(v.Z - v.Z.max()) / np.exp(v.Z).sum(axis=0),
              lambda v: np.exp(v.Z) / np.exp(v.Z - v.Z.max()).sum(axis=0)),
        ("softmax-logarithm", lambda v: v.Z - np.log(np.exp(v.Z).sum(axis=0))),
        *ways("softmax-maximum-late",
              lambda v: (np.exp(v.Z) - np.exp(v.Z.max(axis=0)))
              / (np.exp(v.Z) - np.exp(v.Z.max(axis=0))).sum(axis=0),
              lambda v: (np.exp(v.Z) - np.exp(v.Z).max(axis=0)) / np.exp(v.Z).sum(axis=0)),
    ]
}  # fmt: skip

OWN_SHARES = [  # what stands for the output of each example's own class
    ("", lambda v: (v.Y * v.A2).sum(axis=0)),
    ("cost-argmax-of-outputs", lambda v: v.A2.max(axis=0)),
    ("cost-argmax-wrong-axis", lambda v: v.A2[v.Y.argmax(axis=1), np.arange(v.A2.shape[1])]),
    ("cost-Y-as-numbers", lambda v: v.A2[v.Y, np.arange(v.A2.shape[1])]),
    ("cost-without-Y", lambda v: v.A2),
    ("cost-own-over-examples", lambda v: (v.Y * v.A2).sum(axis=1)),
]

SURPRISES = [
    *LOGARITHMS,
    ("cost-without-log", lambda A: A),
]

CLASS_TOTALS = [
    ("", lambda loss, v: loss.sum() / v.m),
    ("cost-mean-missing", lambda loss, v: loss.sum()),
    ("cost-m-counts-outputs", lambda loss, v: loss.sum() / len(v.Y)),
    ("cost-mean-over-entries", lambda loss, v: loss.sum() / v.Y.size),
    ("cost-mean-twice", lambda loss, v: loss.sum() / v.m**2),
    ("cost-not-summed", lambda loss, v: loss / v.m),
    ("cost-not-summed", lambda loss, v: loss),
    ("cost-not-summed", lambda loss, v: v.Y * np.log(v.A2)),
]

SOFTMAX_COST = {
    "J": [
        *crossed(lambda v, sign, own, log, total: sign * total(log(own(v)), v),
                 COST_SIGNS, OWN_SHARES, SURPRISES, CLASS_TOTALS),
        ("cost-Y-as-numbers", lambda v: -np.log(v.A2[v.Y, np.arange(v.A2.shape[1])]).mean()),
        *ways("cost-mean-over-entries cost-without-Y", lambda v: -np.log(v.A2).mean()),
        ("cost-of-sigmoids", lambda v: -(v.Y * np.log(v.A2) + (1 - v.Y) * np.log(1 - v.A2)).sum() / v.m),
        ("cost-log-of-the-sum", lambda v: -np.log((v.Y * v.A2).sum()) / v.m),
        *ways("cost-squared-error", lambda v: ((v.A2 - v.Y) ** 2).sum() / v.m,
              lambda v: ((v.A2 - v.Y) ** 2).sum() / v.m / 2, lambda v: ((v.A2 - v.Y) ** 2).mean()),
    ]
}  # fmt: skip
