"""The harder exercises of lessons 09 to 11: a step with momentum, deep first weights, two penalties."""

import copy
from contextlib import suppress
from dataclasses import replace
from operator import attrgetter

import numpy as np

from helpers.feedback.explain import NO_SOURCE, with_line
from helpers.feedback.known import Case
from helpers.feedback.lines import READ
from helpers.feedback.messages import CheckResult, compare_arrays, not_yet, wrong_kind
from helpers.feedback.mistakes import crossed
from helpers.feedback.recognise import agree, recognise
from helpers.feedback.tasks import results_in_dict
from helpers.feedback.trace import where_it_is_made
from helpers.feedback.trials import Sizes, call_quietly, is_pair, random_case
from helpers.feedback.wording import identifiers, in_words
from helpers.gradient_check import central_difference
from helpers.words import listed

# Lesson 09: momentum; each array holds all its entries in one row

RATE = 0.37

MOMENTUM = {
    "velocity": [
        ("", lambda v: 0.9 * v.before + v.gradient),
        ("velocity-forgotten", lambda v: v.gradient),
        ("velocity-kept-whole", lambda v: v.before + v.gradient),
        ("velocity-takes-a-tenth", lambda v: 0.9 * v.before + 0.1 * v.gradient),
        ("velocity-minus", lambda v: 0.9 * v.before - v.gradient),
        ("velocity-shares-turned", lambda v: v.before + 0.9 * v.gradient),
        ("velocity-with-rate", lambda v: 0.9 * v.before + RATE * v.gradient),
    ],
    "parameters": [
        ("", lambda v: v.parameter - RATE * v.velocity),
        ("moves-by-gradient", lambda v: v.parameter - RATE * v.gradient),
        ("moves-by-old-velocity", lambda v: v.parameter - RATE * v.before),
        ("uphill", lambda v: v.parameter + RATE * v.velocity),
        ("rate-missing", lambda v: v.parameter - v.velocity),
        ("not-moved", lambda v: v.parameter),
    ],
}


def momentum_problem(function, sizes, rng):
    """What is wrong with momentum_step(parameters, grads, velocity, learning_rate); None where nothing is."""
    given, new_p, new_v = _momentum_case(sizes, rng)
    p, _, velocity, _ = given.values()
    handed = copy.deepcopy(given)
    returned = call_quietly(function, *handed.values(), names=list(given))
    if not is_pair(returned) or not all(isinstance(part, dict) for part in returned):
        return not_yet("no-pair", wrong_kind(returned, "two dicts: return parameters, velocity"))
    parameters, new_velocity = returned
    if velocity.keys() <= parameters.keys() and p.keys() <= new_velocity.keys():
        words = (
            "The velocity comes first there. In which order is the result unpacked: parameters, velocity = …?"
        )
        return not_yet("results-turned", words)
    results_in_dict(new_velocity, new_v)
    results_in_dict(parameters, new_p)
    words = compare_arrays(new_velocity, new_v, sizes) or compare_arrays(parameters, new_p, sizes)
    if words:
        result = _momentum_mistake(given, parameters, new_velocity) or not_yet("not-known", words)
        cases = [(given, new_p, new_v), _momentum_case(Sizes(2, 3, 1, 4), np.random.default_rng(1))]
        return with_line(result, function, [_known_momentum(*case) for case in cases])
    return _changed(function, given, handed)


def _momentum_case(sizes, rng):
    """What momentum_step is given, by name, and the new parameters and velocity that are right."""
    _, _, p = random_case(sizes, rng)
    grads, velocity = ({"d" + name: rng.standard_normal(a.shape) for name, a in p.items()} for _ in range(2))
    new_v = {name: 0.9 * velocity[name] + grads[name] for name in grads}
    new_p = {name: array - RATE * new_v["d" + name] for name, array in p.items()}
    given = {"parameters": p, "grads": grads, "velocity": velocity, "learning_rate": RATE}
    return given, new_p, new_v


def _known_momentum(given, new_p, new_v):
    asked = {**new_v, **new_p}
    return Case(given, asked, (*asked,), lambda returned: {**returned[1], **returned[0]})


def _changed(function, given, handed):
    """The CheckResult for a function that changes a dict it was given; None where it does not."""
    changed = [
        name for name in given if isinstance(given[name], dict) and not _same(handed[name], given[name])
    ]
    words = f"Right, but it changes {listed(changed)}, which you were given. Make new arrays."
    case = Case(given, {}, (), None)
    return with_line(not_yet("changed-in-place", words), function, [case]) if changed else None


def _same(handed, given):
    return all(np.array_equal(handed[name], array) for name, array in given.items())


def _momentum_mistake(given, parameters, velocity):
    """The CheckResult for a known mistake in all entries alike; None for any other."""
    rows = {"parameter": given["parameters"], "gradient": given["grads"], "before": given["velocity"]}
    results = {"velocity": velocity, "parameters": parameters}
    shapes = [array.shape for array in given["parameters"].values()]
    if any([np.shape(array) for array in part.values()] != shapes for part in results.values()):
        return None
    rows, results = ({name: _row(part) for name, part in each.items()} for each in (rows, results))
    found, unexplained = recognise(MOMENTUM, rows, results)
    known = CheckResult(False, "\n".join(in_words(found)), mistakes=identifiers(found))
    return known if found and not unexplained else None


def _row(arrays):
    return np.concatenate([np.ravel(array) for array in arrays.values()])


# Lesson 10: weights for two hidden layers; n inputs and n_out units of each layer

SIZES = ((60, 150, 40, 90), (25, 30, 200, 40))  # n_x, n_1, n_2, n_y: large, so that a spread can be measured
LAYERS = (1, 2, 3)
SCALES = [  # how large weights are that were drawn by another rule
    ("scaled-by-units", lambda n, n_out: n_out**-0.5),
    ("scaled-without-root", lambda n, n_out: 1 / n),
    ("scaled-up", lambda n, n_out: n**0.5),
    ("scaled-not-at-all", lambda n, n_out: 1.0),
    ("scaled-as-before", lambda n, n_out: 0.01),
]


def deep_start_problem(function, sizes, _):
    """What is wrong with initialize_deep(n_x, n_1, n_2, n_y), with its line; None where nothing is."""
    name, result = _deep_start_problem(function, sizes)
    with suppress(*NO_SOURCE):
        if line := name and where_it_is_made(function, name):
            return replace(result, message=f"{READ.format(*line)}\n{result.message}", line=line)
    return result


def _deep_start_problem(function, sizes):
    """The name of the first array that is wrong, and what is wrong with it; "" and None where nothing is."""
    returned = call_quietly(function, *sizes, names=("n_x", "n_1", "n_2", "n_y"))
    if not isinstance(returned, dict):
        return "", not_yet("no-dict", wrong_kind(returned, 'a dict of arrays: {"W1": W1, …, "b3": b3}'))
    for layer in LAYERS:
        n, n_out = sizes[layer - 1], sizes[layer]
        for name, shape in ((f"W{layer}", (n_out, n)), (f"b{layer}", (n_out, 1))):
            if name not in returned:
                return "", not_yet("names-differ", f"Your function returns no {name}.")
            if found := _no_array(name, returned[name], shape, sizes):
                return name, found
        mistake, name = _mistake_of_layer(returned[f"W{layer}"], returned[f"b{layer}"], n, n_out)
        if mistake:
            found = [(f"{name}{layer}", mistake)]
            return f"{name}{layer}", not_yet(mistake, *in_words(found))
    return "", None


def _no_array(name, array, shape, sizes):
    """The CheckResult for what is no array of numbers of this shape; None where it is."""
    if not isinstance(array, np.ndarray) or array.dtype.kind != "f" or not np.isfinite(array).all():
        return not_yet("not-finite-arrays", f"{name} should be an array of finite numbers.")
    if array.shape != shape:
        at = "n_x = {}, n_1 = {}, n_2 = {}, n_y = {}".format(*sizes)
        words = f"{name} should have shape {shape} for {at}; it has {array.shape}."
        return not_yet("initial-shape", words)
    return None


def _mistake_of_layer(W, b, n, n_out):
    """The identifier of what is wrong with a layer, and whether it is "W" or "b"; "" where nothing is."""
    if np.any(b):
        return "bias-not-zero", "b"
    if len(np.unique(W, axis=0)) < n_out:
        return "twin-rows", "W"
    spread = W.std()
    if abs(W.mean()) > 6 * spread / W.size**0.5:
        return "mean-not-zero", "W"
    if abs(spread * n**0.5 - 1) < 0.1:
        return "", "W"
    close = [mistake for mistake, scale in SCALES if abs(spread / scale(n, n_out) - 1) < 0.1]
    return [*close, "spread-differs"][0], "W"


# Lesson 11: the gradients with two penalties, l1 Σ|w| + l2/2 Σw² over the weights; all entries in one row

PENALTIES = {"l1": 0.7, "l2": 0.4}
SLOPES_OF_SIZE = [  # of |w|
    ("", np.sign),
    ("first-penalty-missing", lambda w: 0),
    ("sign-left-out", lambda w: 1),
    ("weight-for-sign", lambda w: w),
    ("size-itself", abs),
]
SLOPES_OF_SQUARE = [  # of w²/2
    ("", lambda w: w),
    ("second-penalty-missing", lambda w: 0),
    ("penalty-doubled", lambda w: 2 * w),
    ("penalty-halved", lambda w: w / 2),
    ("square-itself", lambda w: w**2 / 2),
    ("square-itself", lambda w: w**2),
]
JOINED = [
    ("", lambda gradient, slope: gradient + slope),
    ("penalty-subtracted", lambda gradient, slope: gradient - slope),
    ("penalty-alone", lambda gradient, slope: slope),
]


def penalised(gradient, parameter):
    """The lines for the gradients of some parameters with both penalties; these are their names in a step."""
    return crossed(
        lambda v, size, square, joined: joined(
            getattr(v, gradient), v.l1 * size(getattr(v, parameter)) + v.l2 * square(getattr(v, parameter))
        ),
        SLOPES_OF_SIZE,
        SLOPES_OF_SQUARE,
        JOINED,
    )


PENALISED = {
    **{
        f"dW{k}": [
            *penalised(f"dW{k}", f"W{k}"),
            ("penalties-exchanged", lambda v, dW=f"dW{k}", W=f"W{k}": (
                getattr(v, dW) + v.l2 * np.sign(getattr(v, W)) + v.l1 * getattr(v, W))),
        ]
        for k in (1, 2)
    },
    **{
        f"db{k}": [
            ("", attrgetter(f"db{k}")),
            ("penalty-alone", lambda v, db=f"db{k}": 0 * getattr(v, db)),
            *((f"biases-penalised {name}".strip(), line) for name, line in penalised(f"db{k}", f"b{k}")),
        ]
        for k in (1, 2)
    },
}  # fmt: skip


def penalised_problem(function, sizes, rng):
    """What is wrong with penalised_gradients(grads, parameters, l1, l2); None where nothing is."""
    given, truth = _penalised_case(sizes, rng)
    grads, p, handed = given["grads"], given["parameters"], copy.deepcopy(given)
    returned = call_quietly(function, *handed.values(), names=list(given))
    returned = results_in_dict(returned, truth)
    if words := compare_arrays(returned, truth, sizes):
        found, unexplained = recognise(PENALISED, {**grads, **p, **PENALTIES}, returned)
        right = tuple(name for name in truth if agree(truth[name], returned[name]))
        said = [f"Right: {listed(right)}."] * bool(right) + in_words(found) + [words] * bool(unexplained)
        result = CheckResult(False, "\n".join(said), False, identifiers(found) or ("not-known",), right=right)
        cases = [(given, truth), _penalised_case(Sizes(2, 3, 1, 4), np.random.default_rng(1))]
        return with_line(result, function, [_known_penalised(*case) for case in cases])
    return _changed(function, given, handed)


def _penalised_case(sizes, rng):
    """What penalised_gradients is given, by name, and the gradients that are right."""
    _, _, p = random_case(sizes, rng)
    grads = {"d" + name: rng.standard_normal(array.shape) for name, array in p.items()}

    def penalty(W):
        return PENALTIES["l1"] * abs(W).sum() + PENALTIES["l2"] / 2 * (W**2).sum()

    slopes = {"d" + name: central_difference(penalty, p[name]) for name in ("W1", "W2")}
    truth = {name: gradient + slopes.get(name, 0) for name, gradient in grads.items()}
    return {"grads": grads, "parameters": p, **PENALTIES}, truth


def _known_penalised(given, truth):
    return Case(given, truth, (*truth,), lambda returned: results_in_dict(returned, truth))
