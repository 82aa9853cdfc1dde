"""The formula of one weight or unit, with the numbers of this moment plugged in."""

import numpy as np

from helpers.activations import ACTIVATIONS
from helpers.experiment import entry
from helpers.scenes.pieces import number, signed

MOST_TERMS = 4  # of a sum; of a longer one the first two and the last are written


def formula_lines(view, chosen, example=0):
    """What stands behind a weight, a bias or a unit: [(text, whether it is of the way back), …].

    chosen: as the code counts, "W1[3, 1]", "b1[3, 0]", or a unit, "A1[3]" or "X[0]", whose formula is for one
    example, a column.  Nothing chosen, or what is not there: [].  Source: lessons 04 and 05.
    """
    try:
        name, place = entry(chosen)
        values = {"X": view.inputs, **view.cache, **view.parameters, **view.dZ, **view.grads}
        values[name][place]
    except (ValueError, KeyError, IndexError):
        return []
    i = min(example, view.X.shape[1] - 1)
    if len(place) == 2 and name[0] in "Wb":
        return _weight(view, values, name, *place)
    if name == "X":
        k = place[0]
        return [(f"X[{k}, {i}] = {view.input_names[k]} = {number(view.inputs[k, i])}", False)]
    return _unit(view, values, int(name[1:]), place[0], i)


def before(l):
    """The name of what goes into layer l."""
    return "X" if l == 1 else f"A{l - 1}"


def _weight(view, values, name, j, k):
    l, m, rate = name[1:], view.X.shape[1], view.settings.learning_rate
    what, W, dW = f"{name}[{j}, {k}]", values[name][j, k], values["d" + name][j, k]
    step = f"{what} − {number(rate)} × d{what} = {number(W)} − {number(rate)} × {signed(dW)}"
    lines = [(f"{what} = {number(W)}. Next update, by all examples: {step} = {number(W - rate * dW)}", False)]
    dZ = values[f"dZ{l}"][j]
    if name[0] == "W":
        into = before(int(l))
        formula, terms = f"dZ{l}[{j}, i] × {into}[{k}, i]", list(zip(dZ, values[into][k], strict=True))
    else:
        formula, terms = f"dZ{l}[{j}, i]", [(value,) for value in dZ]
    right = sum(np.prod(term) for term in terms) / m
    plugged = f"d{what} = 1/m Σ {formula} = 1/{m} × ({_sum(_product(term) for term in terms)})"
    for strength, slope in ((view.settings.l1, np.sign(W)), (view.settings.l2, W)):
        if strength and name[0] == "W":
            right += strength * slope
            plugged += f" + {number(strength)} × {signed(slope)}"
    lines.append((f"{plugged} = {number(right)}", True))
    if not np.isclose(right, dW, rtol=1e-6, atol=1e-12):
        lines.append((f"But the backward in use returned d{what} = {number(dW)}.", True))
    return lines


def _unit(view, values, l, j, i):
    Z, A, W, W_next, into = f"Z{l}", f"A{l}", f"W{l}", f"W{l + 1}", before(l)
    last = W_next not in values
    g = "sigmoid" if last else view.settings.hidden_activation
    inputs = range(len(values[into]))
    formula = _sum([f"{W}[{j}, {k}] × {into}[{k}, {i}]" for k in inputs] + [f"b{l}[{j}, 0]"])
    terms = [_product((values[W][j, k], values[into][k, i])) for k in inputs]
    plugged = _sum([*terms, signed(values[f"b{l}"][j, 0])])
    z, a, dz = (values[name][j, i] for name in (Z, A, f"dZ{l}"))
    lines = [
        (f"{Z}[{j}, {i}] = {formula} = {plugged} = {number(z)}", False),
        (f"{A}[{j}, {i}] = {g}({Z}[{j}, {i}]) = {g}({number(z)}) = {number(a)}", False),
    ]
    if last:
        y = view.Y[j, i]
        back = f"A{l}[{j}, {i}] − Y[{j}, {i}] = {number(a)} − {number(y)}"
    else:
        units = range(len(values[W_next]))
        slope = ACTIVATIONS[g][1](values[Z], values[A])[j, i]
        formula = _sum(f"{W_next}[{o}, {j}] × dZ{l + 1}[{o}, {i}]" for o in units)
        terms = _sum(_product((values[W_next][o, j], values[f"dZ{l + 1}"][o, i])) for o in units)
        back = f"({formula}) × {g}′({Z}[{j}, {i}]) = ({terms}) × {signed(slope)}"
    return [*lines, (f"dZ{l}[{j}, {i}] = {back} = {number(dz)}", True)]


def _product(factors):
    first, *others = factors
    return " × ".join([signed(first), *map(signed, others)])


def _sum(terms):
    terms = list(terms)
    if len(terms) > MOST_TERMS:
        terms = [*terms[:2], "…", terms[-1]]
    return " + ".join(terms)
