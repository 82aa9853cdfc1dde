"""The formulas of the playground: each number in them is in the arrays, to the printed digits."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from helpers import network
from helpers.activations import ACTIVATIONS
from helpers.playground.experiment import Experiment
from helpers.playground.formulas import formula_lines
from helpers.playground.points import EXTRA
from helpers.playground.settings import Settings, each_activation, with_activation
from helpers.playground.view import view_of
from helpers.playground.weights import names

pytestmark = pytest.mark.filterwarnings("error")
LONGEST = 220


def printed(value):
    return f"{value:.4g}".replace("-", "−") if value else "0"


def numbers_in(text):
    """The numbers of a formula as they are printed, without the names and without what is left out."""
    text = re.sub(r"d?[A-Z]\d*\[[^\]]*\]|db?\d*\[[^\]]*\]|b\d+\[[^\]]*\]|Σ|d[WbZ]\d|1/m|x\d²?|·", " ", text)
    return re.findall(r"−?\d+(?:\.\d+)?(?:e[+−]\d+)?", text)


def elided(terms, most=4):
    """What is left of the terms of a sum."""
    return terms if len(terms) <= most else terms[: most // 2] + terms[-1:]


def flat(terms):
    return [value for term in terms for value in np.atleast_1d(term)]


def of_weight(view, name):
    """The numbers that have to be in the lines of a weight or a bias, from the arrays alone."""
    array, j, k = re.fullmatch(r"([Wb]\d)\[(\d+), (\d+)\]", name).groups()
    l, j, k, s, m = int(array[1]), int(j), int(k), view.settings, view.X.shape[1]
    w, dw = view.parameters[array][j, k], view.grads["d" + array][j, k]
    A = {"A0": view.inputs, **view.cache}[f"A{l - 1}"]
    dZ = view.dZ[f"dZ{l}"][j]
    terms = [(dZ[i], A[k, i]) if array[0] == "W" else (dZ[i],) for i in range(m)]
    penalties = []
    if array[0] == "W":
        penalties += [s.l1, np.sign(w)] if s.l1 else []
        penalties += [s.l2, w] if s.l2 else []
    update = [w, s.learning_rate, w, s.learning_rate, dw, w - s.learning_rate * dw]
    return [update, [1, m, *flat(elided(terms)), *penalties, dw]]


def of_unit(view, name, i):
    """The numbers that have to be in the lines of a unit."""
    l, j = map(int, re.fullmatch(r"A(\d)\[(\d+)\]", name).groups())
    W, b, A = view.parameters[f"W{l}"], view.parameters[f"b{l}"], {"A0": view.inputs, **view.cache}
    z, a, dz = A[f"Z{l}"][j, i], A[f"A{l}"][j, i], view.dZ[f"dZ{l}"][j, i]
    terms = [(W[j, k], A[f"A{l - 1}"][k, i]) for k in range(W.shape[1])] + [(b[j, 0],)]
    if f"W{l + 1}" in view.parameters:
        W_next, dZ_next = view.parameters[f"W{l + 1}"], view.dZ[f"dZ{l + 1}"]
        slope = ACTIVATIONS[each_activation(view.settings)[l - 1]][1](np.array([[z]]), np.array([[a]]))[0, 0]
        back = flat(elided([(W_next[o, j], dZ_next[o, i]) for o in range(len(W_next))], 2)) + [slope]
    else:
        back = [a, view.Y[j, i]]
    softmax = f"W{l + 1}" not in view.parameters and view.output == "softmax"
    answer = [z, *A[f"Z{l}"][:, i], a] if softmax else [z, a]
    return [[*flat(elided(terms)), z], answer, [*back, dz]]


SOME = st.fixed_dictionaries(
    {
        "n_h": st.sampled_from([1, 3, 4, 8, (2, 3), (8, 8), (4, 4, 4), (1, 2, 1)]),
        "hidden_activation": st.sampled_from([*ACTIVATIONS]),
        "extra_inputs": st.sampled_from([(), ("x1²",), tuple(EXTRA)]),
        "l1": st.sampled_from([0.0, 0.003]),
        "l2": st.sampled_from([0.0, 0.0123]),
        "scale": st.sampled_from([None, 0.0, 1, 100]),
        "seed": st.integers(0, 50),
        "learning_rate": st.sampled_from([1.2, 0.123456]),
        "n_points": st.sampled_from([4, 5, 40, 400]),
        "test_share": st.sampled_from([0.0, 0.5]),
        "other": st.sampled_from([None, *ACTIVATIONS]),  # the activation of the last hidden layer
        "data": st.sampled_from(["flower", "blobs", "arms"]),
        "output": st.sampled_from(["softmax", "sigmoid"]),
    }
)


@given(asked=SOME, epochs=st.sampled_from([0, 5]))
@hypothesis_settings(max_examples=25, deadline=None)
def test_every_number_is_in_the_arrays(asked, epochs):
    s, other = Settings(**{name: value for name, value in asked.items() if name != "other"}), asked["other"]
    if other:
        s = replace(s, hidden_activation=with_activation(s, np.size(s.n_h), other))
    e = Experiment(settings=s)
    e.advance(epochs)
    view = view_of(e)
    for i in (0, view.X.shape[1] - 1):
        for name in names(view.parameters):
            lines = formula_lines(view, name, i)
            if name[0] == "X":
                expected = [[view.inputs[int(name[2:-1]), i]]]
            else:
                expected = of_unit(view, name, i) if name[0] == "A" else of_weight(view, name)
            for (text, _), values in zip(lines, expected, strict=True):  # so there is no "But …" either
                shown = numbers_in(text.replace("dZ", "Z").replace("sigmoid′", "").replace("1/m Σ", ""))
                assert shown == [printed(v) for v in values], (name, text)
                assert len(text) < LONGEST
                if name[0] == "A":  # name = formula = the same in numbers = result
                    _, formula, plugged, _ = text.split(" = ")
                    assert formula.count(" + ") == plugged.count(" + ")


def test_the_lines_of_one_weight_and_one_unit():
    e = Experiment(settings=Settings(n_points=8, test_share=0.5, n_h=2, l2=0.5, start="constant"))
    view = view_of(e)
    (first, back), (second, back_too) = formula_lines(view, "W2[0, 1]")
    assert (back, back_too) == (False, True)
    assert first.startswith("W2[0, 1] = 0.5. Next update, by all examples: W2[0, 1] − 1.2 × dW2[0, 1] = 0.5 ")
    assert second.startswith("dW2[0, 1] = 1/m Σ dZ2[0, i] × A1[1, i] = 1/4 × (")
    assert " + 0.5 × 0.5 = " in second
    z, a, dz = (text for text, _ in formula_lines(view, "A2[0]", 3))
    assert z.startswith("Z2[0, 3] = W2[0, 0] × A1[0, 3] + W2[0, 1] × A1[1, 3] + b2[0, 0] = 0.5 × ")
    assert a.startswith("A2[0, 3] = sigmoid(Z2[0, 3]) = sigmoid(")
    assert dz.startswith("dZ2[0, 3] = A2[0, 3] − Y[0, 3] = ")
    assert [back for _, back in formula_lines(view, "A2[0]")] == [False, False, True]


def test_what_is_not_there_has_no_lines():
    view = view_of(Experiment(settings=Settings(n_points=8)))
    absent = ["W1", "W1[0]", "W1[9, 9]", "dW1[0, 0]", "dZ1[0]", "Z1[0]", "A0[0]", "A1[0, 0]", "X[2]"]
    assert [formula_lines(view, chosen) for chosen in ["", *absent]] == [[]] * 10


def planted(name, mistake):
    def backward(parameters, cache, X, Y):
        grads = network.backward_propagation(parameters, cache, X, Y)
        return grads | {name: mistake(grads[name], X.shape[1])}

    return backward


MISTAKES = {
    "sign": lambda gradient, m: -gradient,
    "sum": lambda gradient, m: gradient * m,
    "half": lambda gradient, m: gradient / 2,
    "rows exchanged": lambda gradient, m: gradient[::-1],
}


@pytest.mark.parametrize("l1, l2", [(0.0, 0.0), (0.01, 0.1)])
@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("name", ["dW1", "db1", "dW2", "db2"])
def test_a_wrong_backward_is_told_where_it_is_wrong_and_nowhere_else(name, mistake, l1, l2):
    own = {"backward": planted(name, MISTAKES[mistake])}
    e = Experiment(own, Settings(n_points=40, n_h=3, scale=0.5, l1=l1, l2=l2))
    view = view_of(e)
    arguments = view.parameters, view.cache, view.inputs, view.Y
    right, wrong = network.backward_propagation(*arguments)[name], own["backward"](*arguments)[name]
    told = 0
    for chosen in names(view.parameters):
        more = [text for text, back in formula_lines(view, chosen) if back and text.startswith("But")]
        place = tuple(int(n) for n in re.findall(r"\d+", chosen[2:]))
        if "d" + chosen[:2] == name and not np.isclose(right[place], wrong[place]):
            shown = printed(view.grads[name][place])
            assert more == [f"But the backward in use returned d{chosen} = {shown}."]
            told += 1
        else:
            assert more == []
    assert told or (mistake, name[-1]) == ("rows exchanged", "2")  # of one row


def test_rounding_is_measured_by_what_was_summed_up():
    view = view_of(Experiment(settings=Settings(n_points=40, scale=0.5)))
    terms = np.abs(view.dZ["dZ1"][:, None] * view.inputs).mean(axis=2)
    assert (abs(view.grads["dW1"]) < 0.2 * terms).any()  # sums of which most cancels
    for share, told in ((2e-7, False), (1e-4, True)):
        off = replace(view, grads={**view.grads, "dW1": view.grads["dW1"] + share * terms})
        for j, k in np.ndindex(terms.shape):
            texts = [text for text, _ in formula_lines(off, f"W1[{j}, {k}]")]
            assert texts[-1].startswith("But") == told


def test_a_forward_of_another_kind_is_told():
    def forward(X, parameters):  # forgets b1, and ReLU where tanh is meant
        A1 = np.maximum(parameters["W1"] @ X, 0)
        A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
        return A2, {"Z1": parameters["W1"] @ X, "A1": A1, "Z2": parameters["W2"] @ A1, "A2": A2}

    e = Experiment({"forward": forward}, Settings(n_points=40, scale=1))
    e.change("b1[0, 0]", 1.0)
    view = view_of(e)
    lines = [text for text, back in formula_lines(view, "A1[0]", 2) if not back]
    z, a = (printed(view.cache[name][0, 2]) for name in ("Z1", "A1"))
    assert lines[1:] == [
        f"But the forward in use returned Z1[0, 2] = {z}.",
        f"A1[0, 2] = relu(Z1[0, 2]) = relu({z}) = {a}",  # the activation that runs
    ]


@pytest.mark.parametrize("weight", ["W1[0, 0]", "W2[0, 1]", "b2[0, 0]"])
def test_a_right_backward_is_never_told_off_however_large_the_numbers(weight):
    def backward(parameters, cache, X, Y):  # one example after the other, so that it rounds differently
        m, total = X.shape[1], 0
        for i in reversed(range(m)):
            part = {name: A[:, [i]] for name, A in cache.items()}
            grads = network.backward_propagation(parameters, part, X[:, [i]], Y[:, [i]])
            total = {name: (total[name] if total else 0) + g / m for name, g in grads.items()}
        return total

    for value in (1e6, -1e3, 1e-9):
        e = Experiment({"backward": backward}, Settings(n_points=60, data="blobs", l1=0.01, l2=0.1))
        e.change(weight, value)
        e.advance(2)
        view = view_of(e)
        lines = [text for name in names(view.parameters) for text, _ in formula_lines(view, name)]
        assert lines and not [text for text in lines if text.startswith("But")]
