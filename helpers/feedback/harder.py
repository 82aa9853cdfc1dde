"""The harder exercises of lessons 03 to 08: gradients of networks that no lesson shows, against nudges."""

import copy
from contextlib import suppress
from operator import attrgetter
from types import SimpleNamespace

import numpy as np

from helpers import network
from helpers.activations import sigmoid, sigmoid_prime
from helpers.feedback.explain import NO_SOURCE, engine_words
from helpers.feedback.known import Case, is_number_like
from helpers.feedback.lines import quoted
from helpers.feedback.messages import CheckResult, NotAsAsked, difference, not_yet, wrong_kind
from helpers.feedback.mistakes import (
    OUTPUT_GRADIENTS,
    PRODUCTS,
    SHARES,
    crossed,
    one_of,
    weight_gradient,
)
from helpers.feedback.recognise import recognise
from helpers.feedback.trace import first_wrong
from helpers.feedback.trials import SIZES, Sizes, call_quietly, is_pair, random_case
from helpers.feedback.wording import identifiers, in_words
from helpers.gradient_check import central_difference
from helpers.words import listed

# Lesson 03: one neuron whose loss is ½ (a − y)²

SQUARED_DZ = [
    ("", lambda v: (v.a - v.y) * v.a * (1 - v.a)),
    ("unit-slope-missing", lambda v: v.a - v.y),
    ("squared-sign", lambda v: (v.y - v.a) * v.a * (1 - v.a)),
    ("squared-doubled", lambda v: 2 * (v.a - v.y) * v.a * (1 - v.a)),
    ("slope-of-a", lambda v: (v.a - v.y) * sigmoid_prime(v.a)),
    ("slope-is-a", lambda v: (v.a - v.y) * v.a),
    ("slope-of-another", lambda v: (v.a - v.y) * (1 - v.a**2)),
    ("loss-for-slope", lambda v: (v.a - v.y) ** 2 / 2 * v.a * (1 - v.a)),
]


def of_one_input(x, w):
    """The step for dw = x dz of one neuron; x, w: the names of the input and of its weight."""
    factors = [
        ("", attrgetter(x)),
        ("dz-alone", lambda v: 1),
        ("weight-for-input", attrgetter(w)),
    ]
    return crossed(lambda v, dz, factor: dz(v) * factor(v), SQUARED_DZ, factors)


SQUARED_NEURON = {
    "dw1": of_one_input("x1", "w1"),
    "dw2": of_one_input("x2", "w2"),
    "db": crossed(lambda v, dz: dz(v), SQUARED_DZ),
}


def squared_neuron_case(_, rng):
    """One neuron whose loss is ½ (a − y)²: what is given, what is right, and the steps between."""
    w1, w2, b, x1, x2 = rng.uniform(-1.5, 1.5, 5).round(1).tolist()
    given = {"w1": w1, "w2": w2, "b": b, "x1": x1, "x2": x2, "y": int(rng.integers(2))}

    def answer(at):
        return sigmoid(at[0] * x1 + at[1] * x2 + at[2])

    def loss(at):
        return (answer(at) - given["y"]) ** 2 / 2

    slopes, a = central_difference(loss, np.array([w1, w2, b])), float(answer((w1, w2, b)))
    truth = dict(zip(SQUARED_NEURON, map(float, slopes), strict=True))
    return given, truth, {"z": w1 * x1 + w2 * x2 + b, "a": a, "1 − a": 1 - a, "dz": truth["db"]}


# Lesson 04: one neuron whose examples have weights s

WEIGHED_SHARES = [
    *((mistake, lambda total, v, share=share: share(total, v.m)) for mistake, share in SHARES),
    ("divided-by-s", lambda total, v: total / v.s.sum()),
]

WEIGHED_EXAMPLES = {  # hidden: the gradient of each example's part of the cost
    "dZ": [
        ("", lambda v: v.s * (v.A - v.Y)),
        ("s-missing", lambda v: v.A - v.Y),
        ("dZ-sign", lambda v: v.s * (v.Y - v.A)),
        ("dZ-slope-too-many", lambda v: v.s * (v.A - v.Y) * v.A * (1 - v.A)),
        ("s-on-predictions", lambda v: v.s * v.A - v.Y),
    ],
    "dW": crossed(lambda v, product, share: share(product(v.dZ, v.X), v), PRODUCTS, WEIGHED_SHARES),
    "db": [
        *((mistake, lambda v, share=share: share(v.dZ.sum(), v)) for mistake, share in WEIGHED_SHARES),
        ("s-missing-in-db", lambda v: (v.A - v.Y).sum() / v.m),
        ("number-for-each-example", lambda v: v.dZ / v.m),
    ],
}


def weighted_case(sizes, rng):
    """One neuron whose examples are weighed."""
    X, Y, _ = random_case(sizes._replace(n_y=1), rng)
    W, b, s = rng.standard_normal((1, sizes.n_x)), round(float(rng.normal()), 2), rng.uniform(0.5, 3, Y.shape)

    def cost(W, b):
        A = sigmoid(W @ X + b)
        return -np.sum(s * (Y * np.log(A) + (1 - Y) * np.log(1 - A))) / sizes.m

    dW, db = central_difference(lambda W: cost(W, b), W), central_difference(lambda b: cost(W, b), b)
    Z = W @ X + b
    given, known = {"W": W, "b": b, "X": X, "Y": Y, "s": s}, {"Z": Z, "A": sigmoid(Z), "m": sizes.m}
    return given, {"dW": dW, "db": db}, known


# Lesson 05: two hidden layers

TWO_HIDDEN_LAYERS = {
    "A3": [
        ("", lambda v: sigmoid(v.W3 @ np.tanh(v.Z2) + v.b3)),
        ("activation-2-missing", lambda v: sigmoid(v.W3 @ v.Z2 + v.b3)),
        ("activation-1-missing", lambda v: sigmoid(v.W3 @ np.tanh(v.W2 @ v.Z1 + v.b2) + v.b3)),
        ("Z3-for-A3", lambda v: v.W3 @ np.tanh(v.Z2) + v.b3),
        ("tanh-at-the-output", lambda v: np.tanh(v.W3 @ np.tanh(v.Z2) + v.b3)),
        ("sigmoid-in-layer-2", lambda v: sigmoid(v.W3 @ sigmoid(v.Z2) + v.b3)),
        ("sigmoid-in-both", lambda v: sigmoid(v.W3 @ sigmoid(v.W2 @ sigmoid(v.Z1) + v.b2) + v.b3)),
        ("b3-missing", lambda v: sigmoid(v.W3 @ np.tanh(v.Z2))),
        ("A1-into-layer-3", lambda v: sigmoid(v.W3 @ np.tanh(v.Z1) + v.b3)),
        ("A2-for-A3", lambda v: np.tanh(v.Z2)),
    ]
}


def two_hidden_case(sizes, rng):
    """A network with two hidden layers of tanh units."""
    X, _, p = random_case(sizes, rng)
    p |= {"W2": rng.standard_normal((3, sizes.n_h)), "b2": rng.standard_normal((3, 1))}
    p |= {"W3": rng.standard_normal((sizes.n_y, 3)), "b3": rng.standard_normal((sizes.n_y, 1))}
    steps = network.forward_propagation(X, p)[1]
    return {"X": X, "parameters": p}, {"A3": steps["A3"]}, {**p, **steps}


# Lesson 06: one example through a network of squares

SQUARES = {  # z2 is the answer itself, the loss is half the sum of (z2 − y)²
    "dz2": [
        ("", lambda v: v.z2 - v.y),
        ("dz2-sign", lambda v: v.y - v.z2),
        ("dz2-doubled", lambda v: 2 * (v.z2 - v.y)),
        ("dz2-halved", lambda v: (v.z2 - v.y) / 2),
        ("dz2-sigmoid", lambda v: sigmoid(v.z2) - v.y),
    ],
    "dW2": crossed(lambda v, a, product: product(v.dz2, a(v)), one_of("a1", "z1", "x"), PRODUCTS),
    "dz1": [
        ("", lambda v: v.W2.T @ v.dz2 * 2 * v.z1),
        ("unit-slope-missing-dW1", lambda v: v.W2.T @ v.dz2),
        ("square-for-slope", lambda v: v.W2.T @ v.dz2 * v.a1),
        ("tanh-slope-of-square", lambda v: v.W2.T @ v.dz2 * (1 - v.a1**2)),
        ("square-slope-at-a1", lambda v: v.W2.T @ v.dz2 * 2 * v.a1),
        ("square-slope-halved", lambda v: v.W2.T @ v.dz2 * v.z1),
    ],
    "dW1": crossed(
        lambda v, dz, a, product: product(dz(v), a(v)),
        one_of("dz1", "dz2"),
        one_of("x", "a1", "z1"),
        PRODUCTS,
    ),
}


def squares_case(sizes, rng):
    """The network of squares, for one example."""
    x, _, p = random_case(sizes._replace(m=1), rng)
    W1, W2, y = p["W1"], p["W2"], rng.standard_normal((sizes.n_y, 1))

    def loss(W1, W2):
        return np.sum((W2 @ (W1 @ x) ** 2 - y) ** 2) / 2

    dW1, dW2 = central_difference(lambda W: loss(W, W2), W1), central_difference(lambda W: loss(W1, W), W2)
    z1 = W1 @ x
    given, known = {"W1": W1, "W2": W2, "x": x, "y": y}, {"z1": z1, "a1": z1**2, "z2": W2 @ z1**2}
    return given, {"dW1": dW1, "dW2": dW2}, known


# Lesson 07: sine units, and a shortcut from the inputs to the output

SHORTCUT = {
    "dZ2": crossed(lambda v, A2, gradient: gradient(A2(v), v.Y), one_of("A2", "Z2"), OUTPUT_GRADIENTS),
    "dV": weight_gradient(one_of("dZ2"), one_of("X", "A1")),
    "dZ1": [
        ("", lambda v: v.W2.T @ v.dZ2 * np.cos(v.Z1)),
        ("unit-slope-missing-dW1", lambda v: v.W2.T @ v.dZ2),
        ("sin-for-slope", lambda v: v.W2.T @ v.dZ2 * np.sin(v.Z1)),
        ("sin-slope-sign", lambda v: -v.W2.T @ v.dZ2 * np.cos(v.Z1)),
        ("tanh-slope-of-sin", lambda v: v.W2.T @ v.dZ2 * (1 - v.A1**2)),
        ("sin-slope-at-A1", lambda v: v.W2.T @ v.dZ2 * np.cos(v.A1)),
    ],
    "dW1": weight_gradient(one_of("dZ1", "dZ2"), one_of("X", "A1")),
}


def shortcut_case(sizes, rng):
    """A network of sine units with a shortcut from the inputs to the output."""
    X, Y, p = random_case(sizes, rng)
    p |= {"V": rng.standard_normal((sizes.n_y, sizes.n_x)) / 2}

    def forward(p):
        Z1 = p["W1"] @ X + p["b1"]
        return {"Z1": Z1, "A1": np.sin(Z1), "A2": sigmoid(p["W2"] @ np.sin(Z1) + p["V"] @ X + p["b2"])}

    def slope(name):
        return central_difference(lambda W: network.compute_cost(forward({**p, name: W})["A2"], Y), p[name])

    truth, cache = {"dW1": slope("W1"), "dV": slope("V")}, forward(p)
    given = {"parameters": p, "cache": cache, "X": X, "Y": Y}
    return given, truth, {**p, **cache, "m": sizes.m}


# Lesson 08: the slope along a direction

STEP = 0.1  # so large that a nudge one way, or another step, gives another slope

SLOPE_ALONG = {
    "nudged": [
        ("", lambda v: (v.up - v.down) / (2 * v.step)),
        ("slope-one-way", lambda v: (v.up - v.here) / v.step),
        ("slope-one-way", lambda v: (v.here - v.down) / v.step),
        ("slope-brackets", lambda v: (v.up - v.down) / 2 * v.step),
        ("slope-doubled", lambda v: (v.up - v.down) / v.step),
        ("slope-turned", lambda v: (v.down - v.up) / (2 * v.step)),
        ("step-fixed", lambda v: v.along.sum()),
    ],
    "computed": [
        ("", lambda v: v.along.sum()),
        ("direction-left-out", lambda v: v.all_grads.sum()),
        ("sizes-added", lambda v: abs(v.along).sum()),
        ("products-of-sums", lambda v: v.all_grads.sum() * v.all_direction.sum()),
        ("mean-for-sum", lambda v: v.along.mean()),
        ("last-gradient-alone", lambda v: np.sum(v.grads["db2"] * v.direction["b2"])),
        ("weights-alone", lambda v: sum(np.sum(v.grads["d" + W] * v.direction[W]) for W in ("W1", "W2"))),
    ],
}


def slope_along_case(sizes, rng):
    """The slope along a direction, nudged and computed."""
    X, Y, p = random_case(sizes, rng)
    grads = {"d" + name: rng.standard_normal(array.shape) for name, array in p.items()}
    direction = {name: rng.standard_normal(array.shape) for name, array in p.items()}

    def cost(parameters):
        return network.compute_cost(network.forward_propagation(X, parameters)[0], Y)

    def cost_at(share):
        return cost({name: p[name] + share * direction[name] for name in p})

    all_grads, all_direction = (np.concatenate([a.ravel() for a in d.values()]) for d in (grads, direction))
    known = {
        "up": cost_at(STEP),
        "down": cost_at(-STEP),
        "here": cost_at(0),
        "along": all_grads * all_direction,
    }
    truth = {"nudged": (known["up"] - known["down"]) / (2 * STEP), "computed": known["along"].sum()}
    known |= {"all_grads": all_grads, "all_direction": all_direction}
    given = {"parameters": p, "grads": grads, "cost": cost, "direction": direction, "step": STEP}
    return given, truth, known


# All of them

LOOKED_AT = (SIZES[0], Sizes(4, 4, 1, 4), SIZES[1])  # where the line that goes wrong is looked for


def gradients_problem(case, table):
    """problem(function, sizes, rng): the CheckResult for what an exercise asks for and is wrong, or None.

    case: of (sizes, rng), what is given, what is right in the order in which it is returned, and what else
    the table needs, each by name.  table: the mistakes.
    """

    def problem(function, sizes, rng):
        given, truth, known = case(sizes, rng)
        returned = call_quietly(function, *copy.deepcopy(list(given.values())), names=list(given))
        results = _by_name(returned, truth)
        wrong = _wrong_ones(results, truth, sizes)
        if not wrong:
            return None
        turned = dict(zip(truth, [*results.values()][::-1], strict=True))
        if not _wrong_ones(turned, truth, sizes):
            words = f"The numbers are right and their order is not. It should be {', '.join(truth)}."
            return not_yet("order", words)
        if any(shapes_differ(results, truth)) and not any(shapes_differ(turned, truth)):
            return not_yet("order", f"The shapes fit the other order. It should be {', '.join(truth)}.")
        finding = _finding(function, case, table)
        return _told(results, truth, wrong, finding, recognise(table, {**given, **known}, results), sizes)

    return problem


def shapes_differ(results, truth):
    """Of each result, whether its shape is another than that of the truth."""
    return [np.shape(results[name]) != np.shape(true) for name, true in truth.items()]


def _told(results, truth, wrong, finding, recognised, sizes):
    """The CheckResult: what is right, the line that goes wrong first, the mistakes, or how it differs."""
    found, unexplained = recognised
    right = tuple(name for name in truth if name not in wrong)
    said = [f"Right: {listed(right)}."] * bool(right) + ([quoted(finding)] if finding else [])
    words = in_words(found) or engine_words(finding)
    rest = unexplained if found else wrong * (not words)
    said += words + [difference(name, results[name], np.asarray(truth[name]), sizes) for name in rest[:1]]
    line = (finding.line, finding.text) if finding else None
    marks = identifiers(found) or ("not-known",)
    return CheckResult(False, "\n".join(said), mistakes=marks, line=line, right=right)


def _finding(function, case, table):
    """The line of the function that goes wrong first; None where there is no source."""
    cases = []
    for sizes in LOOKED_AT:
        given, truth, known = case(sizes, np.random.default_rng(sum(sizes)))
        steps = {**given, **known}
        for name, lines in table.items():  # the first of the lines is the right one
            steps[name] = truth[name] if name in truth else lines[0][1](SimpleNamespace(**steps))
        steps = {name: np.asarray(value, float) for name, value in steps.items() if is_number_like(value)}
        cases.append(
            Case(given, steps, tuple(truth), lambda returned, truth=truth: _by_name(returned, truth))
        )
    with suppress(*NO_SOURCE):
        if finding := first_wrong(function, cases):
            finding.parts, finding.takes = [], []  # too little is known here to tell what fits no formula
        return finding


def _by_name(returned, truth):
    """What a function returned, by name; NotAsAsked where it is something else than was asked."""
    if isinstance(returned, dict) and returned.keys() == truth.keys():
        return returned
    if len(truth) == 1:  # with a cache behind it, if the learner likes
        returned = returned[:1] if is_pair(returned) else (returned,)
    if not isinstance(returned, tuple) or len(returned) != len(truth):
        raise NotAsAsked(wrong_kind(returned, f"{listed(truth)}: return {', '.join(truth)}"), "no-pair")
    return dict(zip(truth, returned, strict=True))


def _wrong_ones(results, truth, sizes):
    """The names of the results that are not as in truth; one number may come as an array that holds it."""
    wrong = []
    for name, true in truth.items():
        result = results[name]
        single = np.ndim(true) == 0 and isinstance(result, np.ndarray) and result.size == 1
        if difference(name, result.item() if single else result, np.asarray(true), sizes or ()):
            wrong.append(name)
    return wrong


squared_neuron_problem = gradients_problem(squared_neuron_case, SQUARED_NEURON)
weighted_problem = gradients_problem(weighted_case, WEIGHED_EXAMPLES)
two_hidden_problem = gradients_problem(two_hidden_case, TWO_HIDDEN_LAYERS)
squares_problem = gradients_problem(squares_case, SQUARES)
shortcut_problem = gradients_problem(shortcut_case, SHORTCUT)
slope_along_problem = gradients_problem(slope_along_case, SLOPE_ALONG)
