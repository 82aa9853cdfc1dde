"""What the formulas of lessons 03 to 07 know about a run, and how a learner's values are held against it."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.feedback.limits import NeverEnds, at_most
from helpers.words import listed

LIMIT = 0.25  # seconds for one trial on one of these small networks
FIRST_LIMIT = 1  # and for the first run: on a machine that is busy, a function is not stopped for that
RIGHT, SCALED, WRONG, RAISED = range(4)  # how far a result is from the truth


@dataclass(frozen=True)
class Case:
    """One run: what the function is called with, by name, and what the formulas know for it, by name."""

    arguments: dict
    known: dict  # the results that are asked for among them
    asked: tuple  # the names of those
    read: Callable  # of what the function returned: its results by name; any error where there are none


WAYS = {
    "{}": lambda v, m: v,
    "{} transposed": lambda v, m: np.transpose(v),
    "{} / m": lambda v, m: v / m,
    "−{}": lambda v, m: np.negative(v),
    "{} transposed / m": lambda v, m: np.transpose(v) / m,
    "−{} / m": lambda v, m: -v / m,
    "m {}": lambda v, m: v * m,
    "−{} transposed": lambda v, m: -np.transpose(v),
}
MADE_FROM = {  # what goes into each step, beside m
    "Z1": ("W1", "X", "b1"), "A1": ("Z1",), "Z2": ("W2", "A1", "b2"), "A2": ("Z2",),
    "dZ2": ("A2", "Y"), "dW2": ("dZ2", "A1"), "db2": ("dZ2",),
    "dZ1": ("W2", "dZ2", "A1"), "dW1": ("dZ1", "X"), "db1": ("dZ1",),
}  # fmt: skip
INSTEAD = ("{}", "{} transposed", "{} / m", "{} transposed / m", "−{}", "−{} / m")  # tried as what is meant


def flat(arguments):
    """The arrays among the arguments and inside their dicts, by name."""
    arrays = {name: value for name, value in arguments.items() if not isinstance(value, dict)}
    for value in arguments.values():
        arrays |= value if isinstance(value, dict) else {}
    return arrays


def known_values(arguments, truth):
    """What the formulas of lessons 03 to 07 know for these arguments, by name, in their order."""
    v = {name: np.asarray(value, float) for name, value in flat(arguments).items()}
    with np.errstate(all="ignore"):
        _add_forward(v)
        _add_cost(v)
        _add_backward(v)
        _add_softmax(v)
    _add_update(v)
    return v | {name: np.asarray(value, float) for name, value in truth.items()}


def _add_forward(v):
    """The steps of lesson 05, where X and the parameters are given."""
    if {"X", "W1", "b1", "W2", "b2"} <= v.keys() and "Z1" not in v:
        v["m"] = np.float64(v["X"].shape[1])
        v["W1 X"] = v["W1"] @ v["X"]
        v["Z1"] = v["W1 X"] + v["b1"]
        v["A1"] = np.tanh(v["Z1"])
        v["W2 A1"] = v["W2"] @ v["A1"]
        v["Z2"] = v["W2 A1"] + v["b2"]
        v["exp(−Z2)"] = np.exp(-v["Z2"])
        v["A2"] = 1 / (1 + v["exp(−Z2)"])


def _add_cost(v):
    """The steps of lesson 03, where the cost is asked for."""
    if v.keys() == {"A2", "Y"}:
        A2, Y, v["m"] = v["A2"], v["Y"], np.float64(v["Y"].shape[1])
        v["log(A2)"], v["log(1 − A2)"] = np.log(A2), np.log(1 - A2)
        v["1 − Y"], v["1 − A2"] = 1 - Y, 1 - A2
        v["Y log(A2)"], v["(1 − Y) log(1 − A2)"] = Y * v["log(A2)"], (1 - Y) * v["log(1 − A2)"]
        v["losses"] = -(v["Y log(A2)"] + v["(1 − Y) log(1 − A2)"])
        v["the sum of the losses over the outputs"] = v["losses"].sum(axis=0)
        v["the number of rows of Y"] = np.float64(len(Y))
        v["the sum of Y log(A2)"] = v["Y log(A2)"].sum()
        v["the sum of (1 − Y) log(1 − A2)"] = v["(1 − Y) log(1 − A2)"].sum()


def _add_backward(v):
    """The steps of lesson 07, for all examples or for the one of hidden_gradient."""
    if {"A1", "A2", "Y", "W2", "X"} <= v.keys():
        A1, A2, Y, v["m"] = v["A1"], v["A2"], v["Y"], np.float64(v["X"].shape[1])
        v["dZ2"] = A2 - Y
        v["dA2"] = (1 - Y) / (1 - A2) - Y / A2
        v["A2(1 − A2)"], v["1 − A2"], v["1 − Y"] = A2 * (1 - A2), 1 - A2, 1 - Y
        v["Y / A2"], v["(1 − Y) / (1 − A2)"] = Y / A2, (1 - Y) / (1 - A2)
        v["W2ᵀdZ2"], v["A1²"] = v["W2"].T @ v["dZ2"], A1**2
        v["1 − A1²"] = 1 - A1**2
        v["dZ1"] = v["W2ᵀdZ2"] * v["1 − A1²"]
        for dZ, A, layer in (("dZ2", A1, "2"), ("dZ1", v["X"], "1")):
            v["dW" + layer] = v[dZ] @ A.T / v["m"]
            v["db" + layer] = v[dZ].sum(axis=1, keepdims=True) / v["m"]
    elif {"W2", "dz2", "z1"} == v.keys():
        v["a1"] = np.tanh(v["z1"])
        v["W2ᵀdz2"], v["a1²"] = v["W2"].T @ v["dz2"], v["a1"] ** 2
        v["1 − a1²"] = 1 - v["a1"] ** 2


def _add_softmax(v):
    """The steps of lesson 12: of softmax, where Z alone is given; of its cost, where A2 are its shares."""
    if v.keys() == {"Z"}:
        v["m"], v["the maximum of Z"] = np.float64(v["Z"].shape[1]), v["Z"].max(axis=0)
        v["Z − its maximum"], v["exp(Z)"] = v["Z"] - v["the maximum of Z"], np.exp(v["Z"])
        v["exp(Z − its maximum)"] = np.exp(v["Z − its maximum"])
        v["the sum of exp(Z)"] = v["exp(Z)"].sum(axis=0)
        v["the sum of exp(Z − its maximum)"] = v["exp(Z − its maximum)"].sum(axis=0)
        for name in [name for name in v if v[name].shape == v["Z"].shape[1:]]:
            v[name + ", as a row"] = v[name][None, :]
    elif {"A2", "Y"} <= v.keys() and "losses" in v and agree(v["A2"].sum(axis=0), np.ones(v["A2"].shape[1])):
        v["Y A2"] = v["Y"] * v["A2"]
        v["what each own class got"] = v["Y A2"].sum(axis=0)
        v["the logarithms of what each own class got"] = np.log(v["what each own class got"])
        v["losses"] = -v["the logarithms of what each own class got"]
        v["the sum of these logarithms"] = v["the logarithms of what each own class got"].sum()


def _add_update(v):
    """The steps of lesson 09, where gradients and a learning rate are given."""
    if "learning_rate" in v:
        steps = {f"learning_rate {d}": v["learning_rate"] * v[d] for d in ("dW1", "db1", "dW2", "db2")}
        v |= {"old " + name: v[name] for name in network.PARAMETERS} | steps


def agree(a, b):
    """Whether two values are the same, in shape, and in numbers up to what single precision loses."""
    try:
        a, b = np.asarray(a), np.asarray(b)
        if a.shape != b.shape or a.dtype.kind not in "fiub" or b.dtype.kind not in "fiub":
            return False
        return bool((abs(1.0 * a - b) <= 1e-6 + 1e-4 * abs(b)).all())
    except (TypeError, ValueError):
        return False


def is_number_like(value):
    """Whether a value is a number or an array of numbers; Booleans and None are not."""
    kind = getattr(getattr(value, "dtype", None), "kind", None)
    return kind in ("f", "i", "u") or isinstance(value, (int, float)) and not isinstance(value, bool)


def copied(arguments):
    """The arguments once more, as deep as dicts go."""
    return copy.deepcopy([*arguments.values()])


def outcome(watch, case, see, function=None, limit=LIMIT):
    """How far each result is from the truth, by name, and what was raised, or None."""
    try:
        with at_most(limit):
            results = case.read(watch.run(copied(case.arguments), see, function))
        return {name: rank(results[name], case.known[name]) for name in case.asked}, None
    except (Exception, SystemExit, NeverEnds) as error:
        return dict.fromkeys(case.asked, RAISED), error


def rank(result, true):
    if agree(result, true):
        return RIGHT
    try:
        result = np.asarray(result)
    except ValueError:  # rows of different lengths
        return WRONG
    if result.shape != true.shape or result.dtype.kind not in "fiu" or not np.isfinite(result).all():
        return WRONG
    if result.size == 1:
        return WRONG
    by = ratio(result, true)
    return SCALED if by and agree(result, by * true) else WRONG


def ratio(result, true):
    """By what a result of the right shape is to be divided to come as near as possible to the truth."""
    return float(np.vdot(result, true) / np.vdot(true, true))


# ---- what a value is, and what it might be instead


def all_known(known, ways):
    """(name, way, array) for all that the formulas know, in each of these ways."""
    m = known.get("m", np.float64(1))
    for way in ways:
        for name, array in known.items():
            if array.ndim == 2 or "transposed" not in way:
                yield name, way, WAYS[way](array, m)


def as_made(array, values):
    """What each of several visits makes of an array: in a loop over examples a column; or None."""
    if len(values) == 1:
        return [array]
    shape = np.shape(values[0])
    columns = array.ndim == 2 and array.shape == (np.prod(shape, dtype=int), len(values))
    return [column.reshape(shape) for column in array.T] if columns else None


def layers_in(known):
    """{words: names} of steps that a loop over the layers makes one after the other: {"Z1 and Z2": …}."""
    count = sum(name.startswith("W") for name in known)
    numbers, found = [k for k in range(1, count + 1) if f"W{k}" in known], {}
    for letter in ("Z", "A", "W", "b", "dZ", "dW", "db"):
        names = [f"{letter}{k}" for k in numbers]
        before = ["X", *names[:-1]] if letter == "A" else []
        for row in (names, names[:-1], names[1:], before):
            if len(row) > 1 and all(name in known for name in row):
                found |= {listed(each): tuple(each) for each in (row, row[::-1])}
    for front in ("", "d"):  # of a loop over all that a dict holds
        row = [f"{front}{letter}{k}" for k in numbers for letter in "Wb"]
        found |= {listed(row): tuple(row)} if row and all(name in known for name in row) else {}
    return found


def layers_back(known):
    """{words: names} of what a loop from the last layer back to the first makes, but for its last turn.

    There it may make one more, which nobody needs.
    """
    found, last = {}, max([k for k in range(1, len(known)) if f"W{k}" in known], default=0)
    for row in ([f"dZ{k}" for k in range(last - 1, 0, -1)], [f"W{k}ᵀdZ{k}" for k in range(last, 1, -1)]):
        if row and all(name in known for name in row):
            found[listed(row)] = tuple(row)
    return found


def all_made(known, ways, values):
    """(name, way, arrays) for all that a place may make at so many visits, where it makes these values."""
    for name, way, array in all_known(known, ways):
        if made := as_made(array, values):
            yield name, way, made
    m, rows = known.get("m", np.float64(1)), layers_in(known) if len(values) > 1 else {}
    rows = {name: row for name, row in rows.items() if len(row) == len(values)}
    for way in ways if rows else ():
        for name, row in rows.items():
            if "transposed" not in way or all(known[each].ndim == 2 for each in row):
                yield name, way, [WAYS[way](known[each], m) for each in row]
    back = {name: row for name, row in layers_back(known).items() if 2 <= len(values) == len(row) + 1}
    for name, row in back.items():
        yield name, "{}", [*(known[each] for each in row), values[-1]]


def fit(values, known):
    """(name, way) of what the values that a place makes one after the other are known to be, or None."""
    if not all(map(is_number_like, values)):
        return None
    for name, way, made in all_made(known, WAYS, values):
        if all(map(agree, values, made)):
            return name, way
    return None


def letters_of(name, known):
    """The letters of a step, or of a row of layers, without their numbers: of "Z1 and Z2" {"Z"}."""
    return {step.rstrip("0123456789") for step in layers_in(known).get(name, (name,))}


def product(value, known):
    """What is known of a value that is one of the errors times something: "W2ᵀdZ2 times −A1²"; or ""."""
    factors = {name: known[name] for name in ("A1", "A1²", "A2", "Z1", "X", "Y") if name in known}
    factors |= {f"1 − {name}": 1 - factor for name, factor in factors.items()}
    for name in ("W2ᵀdZ2", "dZ2", "dA2"):
        error = known.get(name)
        if error is not None and np.shape(value) == error.shape and is_number_like(value) and error.all():
            other = fit([value / error], known | factors)
            if other:
                return f"{name} times {other[1].format(other[0])}"
    return ""


def own_name(place, case):
    """The known name that a place's own name means: dZ2, or dz2; for what is returned, the one result."""
    if not place.name:
        return case.asked[0] if len(case.asked) == 1 else ""
    lower = {name.lower(): name for name in case.known}
    if place.name in layers_in(case.known):
        return place.name
    return place.name if place.name in case.known else lower.get(place.name.lower(), "")


def better(new, old):
    """2 where all is right now, 1 where more is right and nothing less, 0 otherwise."""
    if not any(new.values()):
        return 2
    return int(all(new[name] <= old[name] for name in old) and sum(new.values()) < sum(old.values()))


def recovered(results, arguments):
    """The hidden steps that the gradients were made from, where all sizes are equal: dZ2, dZ1, another dZ2.

    dW2 = dZ2 A1ᵀ / m and dW1 = dZ1 Xᵀ / m can be solved for dZ2 and dZ1, and dZ1 = W2ᵀdZ2 (1 − A1²) for the
    dZ2 that went into it: "dZ2 on the way back". It holds where those last products are right.
    LinAlgError where a matrix cannot be inverted.
    """
    A1, X, m = arguments["cache"]["A1"], arguments["X"], arguments["X"].shape[1]
    dZ2 = np.linalg.solve(A1, m * results["dW2"].T).T
    dZ1 = np.linalg.solve(X, m * results["dW1"].T).T
    back = np.linalg.solve(arguments["parameters"]["W2"].T, dZ1 / (1 - A1**2))
    return {"dZ2": dZ2, "dZ1": dZ1, "dZ2 on the way back": back}
