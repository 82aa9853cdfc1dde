"""The harder exercises of lessons 09 and 10: a step with momentum, first weights for two hidden layers."""

import copy

import numpy as np

from helpers.feedback.messages import CheckResult, NotAsAsked, compare_arrays, not_yet, wrong_kind
from helpers.feedback.recognise import recognise
from helpers.feedback.tasks import results_in_dict
from helpers.feedback.trials import call_quietly, is_pair, random_case
from helpers.feedback.wording import identifiers, in_words

# Lesson 09: momentum; each array holds all its entries in one row

RATE = 0.3

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
    _, _, p = random_case(sizes, rng)
    grads, velocity = ({"d" + name: rng.standard_normal(a.shape) for name, a in p.items()} for _ in range(2))
    given = {"parameters": p, "grads": grads, "velocity": velocity, "learning_rate": RATE}
    handed = copy.deepcopy(given)
    returned = call_quietly(function, *handed.values(), names=list(given))
    if not is_pair(returned) or not all(isinstance(part, dict) for part in returned):
        return not_yet("no-pair", wrong_kind(returned, "two dicts: return parameters, velocity"))
    new_v = {name: 0.9 * velocity[name] + grads[name] for name in grads}
    new_p = {name: array - RATE * new_v["d" + name] for name, array in p.items()}
    parameters, new_velocity = returned
    results_in_dict(new_velocity, new_v)
    results_in_dict(parameters, new_p)
    words = compare_arrays(new_velocity, new_v, sizes) or compare_arrays(parameters, new_p, sizes)
    if words:
        return _momentum_mistake(given, parameters, new_velocity) or not_yet("not-known", words)
    changed = [name for name in given if name != "learning_rate" and not _same(handed[name], given[name])]
    return (
        not_yet(
            "changed-in-place", f"Right, but it changes {changed[0]}, which you were given. Make new arrays."
        )
        if changed
        else None
    )


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
    """What is wrong with initialize_deep(n_x, n_1, n_2, n_y); None where nothing is."""
    returned = call_quietly(function, *sizes, names=("n_x", "n_1", "n_2", "n_y"))
    if not isinstance(returned, dict):
        return not_yet("no-dict", wrong_kind(returned, 'a dict of arrays: {"W1": W1, …, "b3": b3}'))
    for layer in LAYERS:
        n, n_out = sizes[layer - 1], sizes[layer]
        for name, shape in ((f"W{layer}", (n_out, n)), (f"b{layer}", (n_out, 1))):
            if name not in returned:
                return not_yet("names-differ", f"Your function returns no {name}.")
            _require_array(name, returned[name], shape, sizes)
        mistake, name = _mistake_of_layer(returned[f"W{layer}"], returned[f"b{layer}"], n, n_out)
        if mistake:
            found = [(f"{name}{layer}", mistake)]
            return CheckResult(False, "\n".join(in_words(found)), mistakes=identifiers(found))
    return None


def _require_array(name, array, shape, sizes):
    if not isinstance(array, np.ndarray) or array.dtype.kind != "f" or not np.isfinite(array).all():
        raise NotAsAsked(f"{name} should be an array of finite numbers.", "not-finite-arrays")
    if array.shape != shape:
        at = "n_x = {}, n_1 = {}, n_2 = {}, n_y = {}".format(*sizes)
        words = f"{name} should have shape {shape} for {at}; it has {array.shape}."
        raise NotAsAsked(words, "initial-shape")


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
