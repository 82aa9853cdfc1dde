"""The formula of one weight or unit, with the numbers of this moment plugged in."""

import numpy as np

from helpers.activations import ACTIVATIONS, OUTPUTS
from helpers.playground.reading import same
from helpers.playground.weights import array_and_place, names
from helpers.words import number, signed

STEPS = {"gradient descent": "d{what}", "momentum": "V, V = 0.9 V + d{what},", "adam": "Adam's step"}
UNKNOWN = "The formula is for a known activation and the cross-entropy."


def formula_lines(view, chosen, example=0):
    """What stands behind a weight, a bias or a unit: [(text, whether it is of the way back), …].

    chosen: as the code counts, "W1[3, 1]", "b1[3, 0]", or a unit, "A1[3]" or "X[0]", whose formula is for one
    example, a column.  Nothing chosen, or what is not there: [].  Source: lessons 05 to 07.
    """
    if chosen not in names(view.parameters):
        return []
    name, place = array_and_place(chosen)
    values = {**view.cache, "X": view.inputs, **view.parameters, **view.dZ, **view.grads}
    i = min(example, view.X.shape[1] - 1)
    if name[0] in "Wb":
        return _weight(view, values, name, *place)
    if name == "X":
        k = place[0]
        return [(f"X[{k}, {i}] = {view.input_names[k]} = {number(view.inputs[k, i])}", False)]
    return _unit(view, values, int(name[1:]), place[0], i)


def _into(layer):
    """The name of what goes into a layer, counted from 1."""
    return "X" if layer == 1 else f"A{layer - 1}"


def _weight(view, values, name, j, k):
    layer, m = name[1:], view.X.shape[1]
    what, W, dW = f"{name}[{j}, {k}]", values[name][j, k], values["d" + name][j, k]
    lines = _next_update(view, what, name, (j, k))
    dZ, into = values[f"dZ{layer}"][j], _into(int(layer))
    if np.isnan(dZ).any() or not (view.is_own or into == "X"):
        return [*lines, (f"d{what} = {number(dW)}, as the backward in use returned it. {UNKNOWN}", True)]
    if name[0] == "W":
        formula, terms = f"dZ{layer}[{j}, i] × {into}[{k}, i]", list(zip(dZ, values[into][k], strict=True))
    else:
        formula, terms = f"dZ{layer}[{j}, i]", [(value,) for value in dZ]
    products = np.prod(terms, axis=1)
    right, size = products.sum() / m, abs(products).sum() / m
    plugged = f"d{what} = 1/m Σ {formula} = 1/{m} × ({_sum(_product(term) for term in terms)})"
    for strength, slope in ((view.settings.l1, np.sign(W)), (view.settings.l2, W)):
        if strength and name[0] == "W":
            right += strength * slope
            plugged += f" + {number(strength)} × {signed(slope)}"
    return lines + _compared(f"{plugged} = ", "backward", f"d{what}", right, dW, size)


def _next_update(view, what, name, place):
    """The lines of the next update of one weight, as the optimiser and the update in use make it."""
    rate, W = view.settings.learning_rate, view.parameters[name][place]
    along, step = view.direction["d" + name][place], STEPS[view.settings.optimiser].format(what=what)
    plugged = f"{number(W)} − {number(rate)} × {signed(along)}"
    formula = (
        f"{what} = {number(W)}. Next update, by all examples: {what} − {number(rate)} × {step} = {plugged} = "
    )
    if view.after is None:
        return [(f"{formula}{number(W - rate * along)} by the rule; your update fails.", False)]
    size = abs(W) + abs(rate * along)
    return _compared(formula, "update", what, W - rate * along, view.after[name][place], size)


def _unit(view, values, layer, j, i):
    Z, A, W, W_next, into = f"Z{layer}", f"A{layer}", f"W{layer}", f"W{layer + 1}", _into(layer)
    last = W_next not in values
    g = view.output if last else view.activations[layer - 1]
    inputs = range(len(values[into]))
    formula = _sum([f"{W}[{j}, {k}] × {into}[{k}, {i}]" for k in inputs] + [f"b{layer}[{j}, 0]"])
    terms = [_product((values[W][j, k], values[into][k, i])) for k in inputs]
    plugged = _sum([*terms, signed(values[f"b{layer}"][j, 0])])
    z, a, dz = (values[name][j, i] for name in (Z, A, f"dZ{layer}"))
    right_z = values[W][j] @ values[into][:, i] + values[f"b{layer}"][j, 0]
    size = abs(values[W][j]) @ abs(values[into][:, i]) + 1
    z_name, a_name = f"{Z}[{j}, {i}]", f"{A}[{j}, {i}]"
    if last and not view.is_own:
        return [(f"{a_name} = {number(a)}, as your forward returned it. {view.notice}", False)]
    lines = _compared(f"{z_name} = {formula} = {plugged} = ", "forward", z_name, right_z, z, size)
    lines += _answer(view, values, layer, j, i, g)
    if np.isnan(dz):
        return [*lines, (view.notice or f"dZ{layer} is not known here: {UNKNOWN}", True)]
    if last:
        y = view.Y[j, i]
        back = f"A{layer}[{j}, {i}] − Y[{j}, {i}] = {number(a)} − {number(y)}"
    else:
        units = range(len(values[W_next]))
        slope = ACTIVATIONS[g][1](values[Z], values[A])[j, i]
        formula = _sum([f"{W_next}[{o}, {j}] × dZ{layer + 1}[{o}, {i}]" for o in units], 2)
        terms = _sum([_product((values[W_next][o, j], values[f"dZ{layer + 1}"][o, i])) for o in units], 2)
        back = f"({formula}) × {g}′({Z}[{j}, {i}]) = ({terms}) × {signed(slope)}"
    return [*lines, (f"dZ{layer}[{j}, {i}] = {back} = {number(dz)}", True)]


def _answer(view, values, layer, j, i, g):
    """The lines of one entry of A.  g: the name of what makes it of Z, "" where none is known."""
    Z, z, a = values[f"Z{layer}"], values[f"Z{layer}"][j, i], values[f"A{layer}"][j, i]
    z_name, a_name = f"Z{layer}[{j}, {i}]", f"A{layer}[{j}, {i}]"
    last = f"W{layer + 1}" not in values
    if not g or last and not same(OUTPUTS[g](Z), values[f"A{layer}"]) and "forward" in view.yours:
        return [(f"{a_name} = {number(a)}: the activation is your own.", False)]
    if g == "softmax":
        formula = _sum(f"exp(Z{layer}[{o}, {i}])" for o in range(len(Z)))
        exps = _sum(f"exp({number(other)})" for other in Z[:, i])
        plugged = f"{a_name} = exp({z_name}) / ({formula}) = exp({number(z)}) / ({exps}) = "
        return _compared(plugged, "forward", a_name, OUTPUTS[g](Z)[j, i], a, 1)
    plugged = f"{a_name} = {g}({z_name}) = {g}({number(z)}) = "
    return _compared(plugged, "forward", a_name, ACTIVATIONS[g][0](z), a, 1)


def _compared(formula, part, name, right, value, size):
    """The line of a formula, and one more where the function in use says other than it.

    right: what the formula gives.  value: what the function gave.  size: of the numbers that it sums up.
    """
    back = part == "backward"
    if abs(right - value) <= 1e-6 * max(size, abs(right)) + 1e-12:
        return [(formula + number(value), back)]
    more = f"But the {part} in use returned {name} = {number(value)}."
    return [(formula + number(right), back), (more, back)]


def _product(factors):
    first, *others = factors
    return " × ".join([signed(first), *map(signed, others)])


def _sum(terms, most=4):
    """A sum; of more than `most` terms the first half of so many, and the last."""
    terms = list(terms)
    if len(terms) > most:
        terms = [*terms[: most // 2], "…", terms[-1]]
    return " + ".join(terms)
