"""The catalogue of mistakes: beside each right formula the wrong ones that learners write, with words.

A table lists the steps of one function in order. A step is a list of (words, formula): first the right
formula, with no words, then the wrong ones. A formula is a function of v, which holds the arrays by name.
In the words, {names} stands for the results that show the mistake. Where one line of code can be wrong in
several places, the step is crossed from one list for each place. To add a mistake, add a line to the list of
its place, below the heading of its lesson: it is recognised then, alone and together with others.
"""

from itertools import product
from operator import attrgetter

import numpy as np

from helpers.activations import relu_prime, sigmoid, sigmoid_prime, tanh_prime
from helpers.network import PARAMETERS

MOST_AT_ONCE = 2  # so many different mistakes are told apart in one run of a check


def crossed(formula, *places):
    """A step with one list for each place of its formula, a function of v and of one entry from each list.

    The right formula comes first; lines with more than MOST_AT_ONCE mistakes are left out.
    """

    def line(entries):
        words = "\n".join(words for words, _ in entries if words)
        return words, lambda v: formula(v, *(part for _, part in entries))

    def mistakes(line):
        return len(line[0].splitlines())

    lines = [line(entries) for entries in product(*places)]
    return sorted((line for line in lines if mistakes(line) <= MOST_AT_ONCE), key=mistakes)


def ways(words, *formulas):
    """Lines for one mistake that shows in several formulas: the words with each of them."""
    return [(words, formula) for formula in formulas]


def meant(wrong, right, question=""):
    """The words for one name in place of another."""
    return f"{{names}}: {wrong} stands where {right} is meant.{question}"


def one_of(right, *others, question=""):
    """A list for a place where an array is named: the right name, and others that may stand there."""
    wrong = [(meant(other, right, question), attrgetter(other)) for other in others]
    return [("", attrgetter(right)), *wrong]


# Lesson 05: backward_propagation

STAR = "{names}: `*` multiplies entry by entry. Is a matrix product meant, with `@`?"

COUNTS = [
    ("", lambda v: v.m),
    ("{names}: divided by the number of inputs. Which side of X counts the examples?", lambda v: len(v.X)),
]

SHARES = [
    ("", lambda total, m: total / m),
    ("{names}: too large by the factor m. Is the 1/m missing?", lambda total, m: total),
    ("{names}: too small by the factor m. Is the 1/m there twice?", lambda total, m: total / m**2),
    ("{names}: half of what it should be. Where does a 2 come from?", lambda total, m: total / m / 2),
]

SUMS = [
    ("", lambda dZ: dZ.sum(axis=1, keepdims=True)),
    ("{names}: the column was lost, the shape is (n,) and not (n, 1). Is keepdims=True missing?",
     lambda dZ: dZ.sum(axis=1)),
    ("{names}: there is a column for each example. Where are the examples summed?", lambda dZ: dZ),
    *ways("{names}: summed over the wrong axis. Examples are columns, so which axis runs over the examples?",
          lambda dZ: dZ.sum(axis=0, keepdims=True), lambda dZ: dZ.sum(axis=0, keepdims=True).T,
          lambda dZ: dZ.mean(axis=0, keepdims=True) * dZ.shape[1],
          lambda dZ: dZ.sum(axis=0), lambda dZ: dZ.mean(axis=0) * dZ.shape[1]),
    *ways("{names}: summed over everything. Each unit has a bias of its own, so over what is its sum?",
          lambda dZ: dZ.sum(), lambda dZ: dZ.sum(keepdims=True), lambda dZ: dZ.mean() * dZ.shape[1]),
    ("{names}: a row and not a column. A bias has one row for each unit: is there a transpose too many?",
     lambda dZ: dZ.sum(axis=1, keepdims=True).T),
]  # fmt: skip

PRODUCTS = [
    ("", lambda dZ, A: dZ @ A.T),
    ("{names}: the second factor is not transposed. Which sides of the two matrices should meet?",
     lambda dZ, A: dZ @ A),
    ("{names}: the result lies on its side. Which factor comes first, and which is transposed?",
     lambda dZ, A: A @ dZ.T),
    *ways("{names}: the wrong sides of the two factors meet. Which index should disappear: the examples?",
          lambda dZ, A: A.T @ dZ, lambda dZ, A: dZ.T @ A, lambda dZ, A: dZ.T @ A.T, lambda dZ, A: A @ dZ),
    *ways(STAR, lambda dZ, A: dZ * A.T, lambda dZ, A: dZ * A, lambda dZ, A: dZ.T * A),
]  # fmt: skip


def weight_gradient(dZs, inputs):
    """The step for dW = dZ Aᵀ / m; dZs, inputs: what may stand for dZ and for A, the input of the layer."""

    def dW(v, dZ, A, multiplied, shared, m):
        return shared(multiplied(dZ(v), A(v)), m(v))

    return crossed(dW, dZs, inputs, PRODUCTS, SHARES, COUNTS)


def bias_gradient(dZs):
    """The step for db, the mean of dZ over the examples; dZs: what may stand for dZ."""
    return crossed(lambda v, dZ, summed, shared, m: shared(summed(dZ(v)), m(v)), dZs, SUMS, SHARES, COUNTS)


BETWEEN = " Which weights lie between the hidden units and the output?"

BACK_THROUGH = [  # of v, and of the rest of the formula as a function of W2
    ("", lambda v, rest: v.W2),
    (meant("W1", "W2", BETWEEN), lambda v, rest: v.W1),
    (meant("dW2", "W2", BETWEEN), lambda v, rest: v.dW2),
    *ways("{names}: W2 has moved already. Are all gradients ready before the first parameter is updated?",
          lambda v, rest: W2_after_a_step(v, lambda W2: rest(W2) @ v.X.T / v.m, v.returned["dW1"]),
          lambda v, rest: W2_after_a_step(v, lambda W2: SUMS[0][1](rest(W2)) / v.m, v.returned["db1"])),
]  # fmt: skip

SENT_BACK = [
    ("", lambda W2, dZ2: W2.T @ dZ2),
    ("{names}: W2 is not transposed. From which outputs does one hidden unit collect?",
     lambda W2, dZ2: W2 @ dZ2),
    *ways(
        "{names}: look at W2 and the gradient of Z2. Which comes first, and which of the two is transposed?",
        lambda W2, dZ2: dZ2 @ W2, lambda W2, dZ2: dZ2.T @ W2, lambda W2, dZ2: dZ2 @ W2.T),
    *ways(STAR, lambda W2, dZ2: W2.T * dZ2, lambda W2, dZ2: W2 * dZ2),
    *ways("{names}: W2 is left out. How strongly does each hidden unit act on the output?",
          lambda W2, dZ2: dZ2, lambda W2, dZ2: np.ones_like(W2).T @ dZ2),
]  # fmt: skip

SLOPES = [
    ("", tanh_prime),
    ("{names}: the slope of the activation, g′, is left out.", np.ones_like),
    *ways("{names}: the factor is g where its slope g′ is meant.", np.tanh, lambda Z: np.tanh(Z) ** 2),
    ("{names}: the slope has tanh where tanh squared is meant.", lambda Z: 1 - np.tanh(Z)),
    ("{names}: the slope has a plus. Does tanh get steeper away from zero?", lambda Z: 1 + np.tanh(Z) ** 2),
    ("{names}: the slope squares the number itself. Is its tanh missing?", lambda Z: 1 - Z**2),
    ("{names}: the slope is taken at A1, which is a tanh already. At which number should it be taken?",
     lambda Z: tanh_prime(np.tanh(Z))),
    *ways("{names}: that is the slope of the sigmoid. Which activation do the hidden units have?",
          sigmoid_prime, lambda Z: np.tanh(Z) * (1 - np.tanh(Z)), lambda Z: sigmoid_prime(np.tanh(Z))),
    ("{names}: that is the slope of relu. Which activation do the hidden units have?", relu_prime),
]  # fmt: skip

JOINED = [
    ("", lambda sent, slope: sent * slope),
    *ways("{names}: `@` joins the slopes to the rest. Which product gives each entry its own slope?",
          lambda sent, slope: sent @ slope, lambda sent, slope: sent @ slope.T),
]  # fmt: skip


def hidden_gradient(dZ2, Z1):
    """The step for dZ1 = W2ᵀ dZ2 ⊙ g′(Z1), with dZ2 and Z1 given as functions of v."""

    def dZ1(v, weights, sent, slope, joined):
        slopes = slope(Z1(v))

        def rest(W2):
            return joined(sent(W2, dZ2(v)), slopes)

        return rest(weights(v, rest))

    return crossed(dZ1, BACK_THROUGH, SENT_BACK, SLOPES, JOINED)


def W2_after_a_step(v, gradient, returned):
    """W2 − rate × dW2, with the rate that fits what was returned as the gradient, a function of W2."""
    still, moved = gradient(v.W2), gradient(v.dW2)
    return v.W2 - np.sum(moved * (still - returned)) / np.sum(moved**2) * v.dW2


FIRST_LAYER, SECOND_LAYER = (f" What does the {k} layer receive?" for k in ("first", "second"))

OUTPUT_GRADIENTS = [
    ("", lambda A2, Y: A2 - Y),
    ("The sign of dZ2 is turned round. Is it truth minus prediction, or the reverse?", lambda A2, Y: Y - A2),
    ("dZ2 has a factor σ′ too many. What did it cancel against, with this cost?",
     lambda A2, Y: (A2 - Y) * A2 * (1 - A2)),
    ("dZ2 is the prediction alone. Where does the truth Y come in?", lambda A2, Y: A2),
    ("dZ2 is the slope of the loss at A2 so far. Which link leads on from A2 to Z2?",
     lambda A2, Y: (1 - Y) / (1 - A2) - Y / A2),
    ("dZ2 comes from the half of the loss for Y = 1 alone. Which examples have no part in it?",
     lambda A2, Y: -Y * (1 - A2)),
]  # fmt: skip

BACKWARD = {
    "dZ2": crossed(lambda v, A2, gradient: gradient(A2(v), v.Y), one_of("A2", "Z2"), OUTPUT_GRADIENTS),
    "dW2": weight_gradient(one_of("dZ2"), one_of("A1", "Z1", "X", "A2", question=SECOND_LAYER)),
    "db2": bias_gradient(one_of("dZ2")),
    "dZ1": hidden_gradient(attrgetter("dZ2"), attrgetter("Z1")),
    "dW1": weight_gradient(one_of("dZ1", "dZ2"), one_of("X", "A1", "Z1", question=FIRST_LAYER)),
    "db1": bias_gradient(one_of("dZ1", "dZ2")),
}

# Lesson 05: the smaller exercise, for one example
HIDDEN = {"dz1": hidden_gradient(attrgetter("dz2"), attrgetter("z1"))}


# Lesson 04: forward_propagation

BIASES = [
    ("", lambda WA, b: WA + b),
    ("{names}: the bias is left out.", lambda WA, b: WA),
    ("{names}: the bias is subtracted. Which way does a bias push?", lambda WA, b: WA - b),
    ("{names}: the bias is transposed. Is it not a column already, one row for each unit?",
     lambda WA, b: WA + b.T),
    ("{names}: the bias is multiplied. What is Z where all inputs are zero?", lambda WA, b: WA * b),
]  # fmt: skip

AFFINE = [
    ("", lambda W, A: W @ A),
    ("{names}: the weights are transposed. Do they fit as they are, a row for each unit?",
     lambda W, A: W.T @ A),
    ("{names}: the input of the layer is transposed. Are its examples not columns already?",
     lambda W, A: W @ A.T),
    *ways("{names}: look at the order of the weights and the input. Which comes first?",
          lambda W, A: A @ W, lambda W, A: A.T @ W, lambda W, A: A.T @ W.T),
    (STAR, lambda W, A: W * A),
]  # fmt: skip


def affine(Ws, inputs, bs):
    """The step for Z = W A + b; Ws, inputs, bs: what may stand for W, A and b."""

    def Z(v, W, A, b, multiplied, added):
        return added(multiplied(W(v), A(v)), b(v))

    return crossed(Z, Ws, inputs, bs, AFFINE, BIASES)


def activated(right, name, words):
    """The step for A = right(Z), tanh or sigmoid, with words for the other in its place; name: of Z."""
    wrong, slope = {np.tanh: (sigmoid, tanh_prime), sigmoid: (np.tanh, sigmoid_prime)}[right]
    Z = attrgetter(name)
    return [
        ("", lambda v: right(Z(v))),
        (words, lambda v: wrong(Z(v))),
        ("{names}: Z is handed on as it is. Where is the activation function?", Z),
        ("{names}: 1 / 1 + e^(−z) is 1 + e^(−z), division comes first. What belongs under the bar together?",
         lambda v: 1 / 1 + np.exp(-Z(v))),
        ("{names}: the exponent has the wrong sign. What should the sigmoid do as z grows?",
         lambda v: sigmoid(-Z(v))),
        ("{names}: that is relu. Which activation does this layer have?", lambda v: np.maximum(Z(v), 0)),
        ("{names}: that is the slope of the activation. On the way forward it is g itself.",
         lambda v: slope(Z(v))),
    ]  # fmt: skip


WHICH_LAYER = " Which layer is this?"

FORWARD = {
    "Z1": affine(one_of("W1"), one_of("X"), one_of("b1")),
    "A1": activated(np.tanh, "Z1",
                    "{names}: that is the sigmoid. Which activation do the hidden units have?"),
    "Z2": affine(one_of("W2", "W1", question=WHICH_LAYER), one_of("A1", "Z1", "X", question=SECOND_LAYER),
                 one_of("b2", "b1", question=WHICH_LAYER)),
    "A2": activated(sigmoid, "Z2", "{names}: that is tanh. Which function keeps the output between 0 and 1?"),
}  # fmt: skip


# Lesson 03: compute_cost

HALF = "The {} half of the loss is missing. What do the examples with Y = {} cost?"
BRACKETS = "The {} reaches the first half of the loss only. What should the brackets hold together?"

BASE = "The logarithm has base 2 or 10. Which logarithm has the slope 1/x?"
LOGARITHMS = [("", np.log), *ways(BASE, np.log10, np.log2)]

COST_SIGNS = [
    ("", -1),
    ("The cost has the wrong sign. Logarithms of numbers below 1 are negative: is the minus missing?", 1),
]

HALVES = [  # of Y, of the logarithms of A2 and of 1 − A2, and of v
    ("", lambda Y, log, log_1, v: Y * log + (1 - Y) * log_1),
    (HALF.format("second", 0), lambda Y, log, log_1, v: Y * log),
    (HALF.format("first", 1), lambda Y, log, log_1, v: (1 - Y) * log_1),
    (BRACKETS.format("minus"), lambda Y, log, log_1, v: Y * log - (1 - Y) * log_1),
    (BRACKETS.format("−1/m"), lambda Y, log, log_1, v: Y * log - v.m * (1 - Y) * log_1),
    ("Both halves take the logarithm of A2. Which probability has an example with Y = 0?",
     lambda Y, log, log_1, v: Y * log + (1 - Y) * log),
    ("`@` mixes the examples. Does each y not belong with its own prediction, entry by entry?",
     lambda Y, log, log_1, v: Y @ log + (1 - Y) @ log_1),
    *ways("That is the squared error. How is the cross-entropy made?",
          lambda Y, log, log_1, v: -((v.A2 - Y) ** 2), lambda Y, log, log_1, v: -((v.A2 - Y) ** 2) / 2),
]  # fmt: skip

TOTALS = [
    ("", lambda v: v.losses.sum()),
    ("The cost is an array with a loss for each entry. Where is the sum?", lambda v: v.losses),
    *ways("The cost is an array with a number for each output. What should become of the outputs?",
          lambda v: v.losses.sum(axis=1), lambda v: v.losses.sum(axis=1, keepdims=True)),
    ("The cost is an array with a number for each example. Where are the examples summed?",
     lambda v: v.losses.sum(axis=0)),
    ("`@` and np.dot leave a matrix, (1, 1) with one output. How does it become one number?",
     lambda v: -(v.Y @ np.log(v.A2).T + (1 - v.Y) @ np.log(1 - v.A2).T)),
    ("The cost has rows and columns, (1, 1), where one number is meant. Is there a keepdims too many?",
     lambda v: v.losses.sum(keepdims=True)),
]  # fmt: skip

MEANS = [
    ("", lambda total, v: total / v.m),
    ("The losses are added up, and the cost is m times too large: is the 1/m missing?",
     lambda total, v: total),
    ("The cost is divided by the number of outputs too. Over what is it a mean?",
     lambda total, v: total / v.m / len(v.Y)),
    ("The cost is divided by the rows of Y. Which side of Y counts the examples?",
     lambda total, v: total / len(v.Y)),
    ("The cost is divided by m twice. Where does the second time come from?",
     lambda total, v: total / v.m**2),
    ("The cost is half of what it should be. Where does a 2 come from?", lambda total, v: total / v.m / 2),
]  # fmt: skip

COST = {
    "losses": crossed(lambda v, log, sign, halves: sign * halves(v.Y, log(v.A2), log(1 - v.A2), v),
                      LOGARITHMS, COST_SIGNS, HALVES),
    "J": crossed(lambda v, total, mean: mean(total(v), v), TOTALS, MEANS),
}  # fmt: skip


# Lesson 07: update_parameters

RATES = [
    ("", lambda dW, rate: rate * dW),
    ("{names}: the learning rate is left out.", lambda dW, rate: dW),
    ("{names}: divided by the learning rate. Should a smaller rate make a longer step?",
     lambda dW, rate: dW / rate),
]  # fmt: skip

STEPS = [
    ("", lambda W, step: W - step),
    ("{names}: that is uphill. The gradient points up, so which way is down?", lambda W, step: W + step),
    ("{names}: nothing has moved. Is the new value the one that is returned?", lambda W, step: W),
    *ways("{names}: that is the step alone. What is it subtracted from?",
          lambda W, step: step, lambda W, step: -step),
    ("{names}: that is the step minus the parameter. Which of the two comes first?",
     lambda W, step: step - W),
]  # fmt: skip


def update(name):
    """The step for one parameter: itself minus learning rate times gradient."""
    others = [other for other in PARAMETERS if other != name]
    start = "{names}: the step starts from another parameter. Whose new value is it?"
    gradient = "{names}: that is a step with the gradient of another parameter. Which gradient belongs here?"
    starts, gradients = ([("", name), *ways(words, *others)] for words in (start, gradient))

    def updated(v, W, dW, rated, stepped):
        return stepped(getattr(v, W), rated(getattr(v, "d" + dW), v.learning_rate))

    return crossed(updated, starts, gradients, RATES, STEPS)


UPDATE = {name: update(name) for name in PARAMETERS}


# Lesson 08: initialize_parameters. Random numbers have no formula: a test stands in its place.

INITIAL_SHAPES = [  # of the array, its right shape, and the sizes n_x, n_h, n_y
    ("{names}: the two sizes are exchanged. Which of them counts the rows?",
     lambda array, right, sizes: array.shape == right[::-1]),
    ("{names}: n_h stands where n_y is meant, as in the notes. How many units does the second layer have?",
     lambda array, right, sizes: array.shape == tuple(sizes[1] if n == sizes[2] else n for n in right)),
    ("{names}: the array has no columns. A bias is a column: which shape has one?",
     lambda array, right, sizes: array.shape == right[:1]),
]  # fmt: skip

INITIAL_WEIGHTS = [
    ("{names}: all zeros. What would make one hidden unit differ from the next?", lambda W: not W.any()),
    ("{names}: every entry is the same. What would make one hidden unit differ from the next?",
     lambda W: W.size > 1 and np.ptp(W) == 0),
    ("{names}: some rows are the same, so these hidden units stay twins. Is each weight drawn for itself?",
     lambda W: len(np.unique(W, axis=0)) < len(W)),
    ("{names}: no weight is negative. Which random numbers have both signs?",
     lambda W: W.size > 20 and W.min() >= 0),
    ("{names}: the weights are large. How small should they be, so that tanh is steep at the start?",
     lambda W: W.std() > 0.3),
    ("{names}: the weights are tiny, below 0.001. Is the factor there twice?", lambda W: W.std() < 3e-4),
]  # fmt: skip

NOT_ZERO = "{names}: not zero. Once the weights differ, what could a bias start from?"
INITIAL_BIAS = [(NOT_ZERO, lambda b: b.any())]


# Lessons 01, 02, 03 and 09: the small exercises

LOCAL = "{names}: that is the local derivative alone. What arrives from the right, and how do the two join?"
ITSELF = "{names}: that is the factor itself. Nudge it: by what is the nudge multiplied?"

SCALAR_FORWARD = {
    "u": [("", lambda v: v.b * v.c),
          ("{names}: that is a sum. Which operation joins b and c?", lambda v: v.b + v.c)],
    "v": [("", lambda v: v.a + v.u),
          ("{names}: that is a product. Which operation joins a and u?", lambda v: v.a * v.u)],
    "J": [("", lambda v: 3 * v.v),
          ("{names}: that is v itself. What does the last step do with it?", lambda v: v.v),
          ("{names}: that is a power of v. Is 3 an exponent or a factor?", lambda v: v.v**3),
          *ways("{names}: the 3 reaches one of the terms only. What stands in the brackets?",
                lambda v: 3 * v.a + v.u, lambda v: v.a + 3 * v.u)],
}  # fmt: skip

OWN_GRAPH = {"K": [
    ("", lambda v: (v.a - v.c) ** 2 / v.b),
    ("{names}: nothing is squared so far.", lambda v: (v.a - v.c) / v.b),
    ("{names}: only c is squared. Where do the brackets end?", lambda v: (v.a - v.c**2) / v.b),
    ("{names}: only c is squared, and only that is divided. Where are the brackets?",
     lambda v: v.a - v.c**2 / v.b),
    ("{names}: b multiplies. Which operation does ÷ stand for?", lambda v: (v.a - v.c) ** 2 * v.b),
    ("{names}: the fraction stands on its head. What is divided by what?", lambda v: v.b / (v.a - v.c) ** 2),
    ("{names}: the quotient is squared. What is squared in the formula?", lambda v: ((v.a - v.c) / v.b) ** 2),
    ("{names}: that is a sum in the brackets. Which operation joins a and c?",
     lambda v: (v.a + v.c) ** 2 / v.b),
]}  # fmt: skip

SCALAR_BACKWARD = {
    "dJ_dv": [("", lambda v: 3),
              ("{names}: that is J. How fast does J follow v?", lambda v: 3 * (v.a + v.b * v.c))],
    "dJ_du": [("", lambda v: v.dJ_dv), (LOCAL, lambda v: 1)],
    "dJ_da": [("", lambda v: v.dJ_dv), (LOCAL, lambda v: 1)],
    "dJ_db": [("", lambda v: v.dJ_du * v.c), (LOCAL, lambda v: v.c), (ITSELF, lambda v: v.dJ_du * v.b)],
    "dJ_dc": [("", lambda v: v.dJ_du * v.b), (LOCAL, lambda v: v.b), (ITSELF, lambda v: v.dJ_du * v.c)],
}  # fmt: skip

USED_TWICE = {"dJ_db": [
    ("", lambda v: 2 * v.b + v.c),
    *ways("{names}: that is the contribution of one path. How many paths lead from b to J?",
          lambda v: v.b + v.c, lambda v: v.b),
    ("{names}: that is J itself. How fast does J follow b?", lambda v: (v.b + v.c) * v.b),
    ("{names}: c is missing. What is the other factor on the straight path?", lambda v: 2 * v.b),
]}  # fmt: skip

SIGMOID = {"a": [
    *activated(sigmoid, "Z", "{names}: that is tanh. Between which two numbers should a lie?"),
    *ways("{names}: e is multiplied by −Z or added to it. How is a power written?",
          lambda v: 1 / (1 + np.e - v.Z), lambda v: 1 / (1 - np.e * v.Z)),
    ("{names}: the 1 in the sum is missing.", lambda v: 1 / np.exp(-v.Z)),
]}  # fmt: skip


def scaled(X, by, spread=np.std, axis=1, **options):
    """X with the mean of another array taken out, and divided by its spread."""
    return (X - by.mean(axis=axis, keepdims=True)) / spread(by, axis=axis, keepdims=True, **options)


SCALED = [  # of one of the two sets, and of v
    ("", lambda X, v: scaled(X, v.X_train)),
    *ways("{names}: examples of the test set went into the mean. What may be known about it?",
          lambda X, v: scaled(X, v.X_test), lambda X, v: scaled(X, np.hstack([v.X_train, v.X_test]))),
    ("{names}: averaged over the wrong axis. Is a mean wanted for each row or for each column?",
     lambda X, v: scaled(X, X, axis=0)),
    ("{names}: one mean for everything. Does each row not have a unit of its own?",
     lambda X, v: scaled(X, v.X_train, axis=None)),
    ("{names}: the mean is taken out, and the deviation is still there.",
     lambda X, v: X - v.X_train.mean(axis=1, keepdims=True)),
    ("{names}: divided by the variance. Which of the two has the unit of X?",
     lambda X, v: scaled(X, v.X_train, np.var)),
    ("{names}: the deviation divides by m − 1. Which one does .std give by itself?",
     lambda X, v: scaled(X, v.X_train, ddof=1)),
    ("{names}: nothing is changed so far.", lambda X, v: X),
]  # fmt: skip

STANDARDISE = {
    name: crossed(lambda v, X, changed: changed(X(v), v), one_of(name), SCALED)
    for name in ("X_train", "X_test")
}


# What stops a function, by the kind of error and a part of its text

RAISED = [
    (TypeError, "as a data type", "The shape belongs in brackets of its own, np.zeros((2, 3)): without, NumPy"
     " takes the second number for a type."),
    (TypeError, "'tuple' object cannot be interpreted", "np.random.randn takes the two sizes one by one, and"
     " rng.standard_normal takes them as a shape, in brackets of its own."),
    (TypeError, "arrays can be converted", "A whole array came where one number is meant. The functions of"
     " math take single numbers; those of NumPy take arrays."),
    (TypeError, "object is not callable", "Round brackets call a function; square brackets take something out"
     " of a dict or an array. Which are meant?"),
    (TypeError, "NoneType", "Something there is None. Does a function of yours miss its return?"),
    (KeyError, "", "That name is not in this dict. Is it the right dict, and is a d missing or too many?"),
    (UnboundLocalError, "", "Is it made in a line above, inside this function?"),
    (NameError, "", "Is the name spelled as where it was made, and was the cell run that makes it?"),
    (RecursionError, "", "The function calls itself without end. Is another one meant?"),
    (ZeroDivisionError, "", "What is zero there, and should it be?"),
]  # fmt: skip

IN_PLACE = (
    "{names} changed, though only lent to your function. -= and += write into the old array: how do you make"
    " a new one?"
)
NEW_IN_OLD = (
    "Your function puts a new {names} into the dict that it was given. The old one should stay: return a new"
    " dict."
)
