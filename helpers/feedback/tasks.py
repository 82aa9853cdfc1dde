"""The functions that learners write for their network: what each is called with and should return."""

import copy
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass

import numpy as np

from helpers import network
from helpers.activations import softmax
from helpers.feedback import mistakes
from helpers.feedback.messages import NotAsAsked, kind_of, wrong_kind
from helpers.feedback.recognise import agree
from helpers.feedback.trials import SIZES, call_quietly, is_pair, random_case
from helpers.gradient_check import central_difference
from helpers.words import listed


def cost_case(X, Y, parameters, forward, rng):
    """compute_cost: its arguments and its right results, both by name, on one random network."""
    A2 = rng.uniform(0.05, 0.95, Y.shape)
    return {"A2": A2, "Y": Y}, {"J": np.float64(network.compute_cost(A2, Y))}


def forward_case(X, Y, parameters, forward, rng):
    """forward_propagation: its arguments and its right results."""
    return {"X": X, "parameters": parameters}, network.forward_propagation(X, parameters)[1]


def backward_case(X, Y, parameters, forward, rng):
    """backward_propagation: its arguments, and gradients from central differences of the reference's cost.

    The cache has the further entries of the learner's own forward too, for a backward that reads them.
    """

    def slope(name):
        def cost(value):
            A2, _ = network.forward_propagation(X, {**parameters, name: value})
            return network.compute_cost(A2, Y)

        return central_difference(cost, parameters[name])

    cache = {**forward(X, parameters)[1], **network.forward_propagation(X, parameters)[1]}
    arguments = {"parameters": parameters, "cache": cache, "X": X, "Y": Y}
    return arguments, {"d" + name: slope(name) for name in ("W2", "b2", "W1", "b1")}


def update_case(X, Y, parameters, forward, rng):
    """update_parameters: its arguments and its right results."""
    grads = {"d" + name: rng.standard_normal(parameter.shape) for name, parameter in parameters.items()}
    arguments = {"parameters": parameters, "grads": grads, "learning_rate": round(rng.uniform(0.1, 0.9), 2)}
    return arguments, network.update_parameters(**arguments)


def hidden_case(X, Y, parameters, forward, rng):
    """The smaller exercise of lesson 06, one example: its arguments, and dz1 from central differences."""
    W2 = parameters["W2"]
    dz2, z1 = rng.standard_normal((len(W2), 1)), rng.standard_normal((W2.shape[1], 1))
    dz1 = central_difference(lambda z: np.sum(dz2 * (W2 @ np.tanh(z))), z1)
    return {"W2": W2, "dz2": dz2, "z1": z1}, {"dz1": dz1}


def softmax_case(X, Y, parameters, forward, rng):
    """softmax: random Z with as many rows as there are hidden units, at least three, and the shares.

    Where X holds whole numbers, Z does too.
    """
    Z = 2 * rng.standard_normal(parameters["W1"].shape[:1] + X.shape[1:])
    Z = Z.round().astype(int) if X.dtype.kind == "i" else Z
    return {"Z": Z}, {"A": softmax(Z)}


def softmax_cost_case(X, Y, parameters, forward, rng):
    """softmax_cost: random shares and a class for each example; the cost."""
    (A2,) = softmax_case(X, Y, parameters, forward, rng)[1].values()
    first = 1 if A2.shape[1] > 1 else rng.integers(len(A2))
    one_hot = np.eye(len(A2), dtype=int)[:, (np.arange(A2.shape[1]) + first) % len(A2)]
    return {"A2": A2, "Y": one_hot}, {"J": np.float64(network.softmax_cost(A2, one_hot))}


def large_Z():
    """softmax where exp overflows: its arguments and the shares."""
    Z = np.array([[1000.0, 1001.0], [999.0, 1001.0], [400.0, 1000.0]])
    return {"Z": Z}, {"A": softmax(Z)}


def another_got_0():
    """softmax_cost where another class got exactly 0: its arguments and the cost."""
    A2, Y = np.array([[1.0, 0.25], [0.0, 0.75]]), np.array([[1, 0], [0, 1]])
    return {"A2": A2, "Y": Y}, {"J": np.float64(-np.log(0.75) / 2)}


def results_in_dict(returned, truth):
    """The results that a function returned in a dict, by name; NotAsAsked where there is no such dict."""
    names = [*truth]
    if not isinstance(returned, dict):
        words = wrong_kind(returned, f'a dict: return {{"{names[0]}": {names[0]}, …}}')
        if _are_right(returned, truth):
            words = f"The values are right; they only come in another form. {words}"
        raise NotAsAsked(words, "no-dict")
    if missing := [name for name in names if name not in returned]:
        raise NotAsAsked(_names_differ(returned, truth, missing), "names-differ")
    return {name: returned[name] for name in names}


def _are_right(returned, truth):
    """Whether a tuple or list holds what is right, under the right names if it has any."""
    values = getattr(returned, "_asdict", lambda: returned)()
    values = vars(values) if is_dataclass(values) else values
    if isinstance(values, dict):
        return all(name in values and agree(value, values[name]) for name, value in truth.items())
    if not isinstance(values, (tuple, list)) or len(values) != len(truth):
        return False
    return all(any(agree(value, one) for one in values) for value in truth.values())


def _names_differ(returned, truth, missing):
    """Words for a dict without some of the names of the results; known: what stands under a name like it."""
    like = {str(other).lower(): other for other in returned}
    written = {name: like[name.lower()] for name in missing if name.lower() in like}
    values = {name: returned.get(name, returned.get(written.get(name))) for name in truth}
    if len(written) == len(missing):
        pairs = listed(f"“{written[name]}” stands for “{name}”" for name in missing)
        right = all(agree(value, values[name]) for name, value in truth.items())
        return f"{'The values are right, and some' if right else 'Some'} names in the dict differ: {pairs}."
    short = [textwrap.shorten(str(name), 20, placeholder="…") for name in returned]
    has = f"it has {listed(short)}" if returned else "it is empty"
    loop = " Does the return stand inside a loop?" if len(returned) == 1 and {*returned} <= {*truth} else ""
    return f"In the dict that your function returns, look for {listed(missing)}: {has}.{loop}"


def single_result(returned, truth):
    """The one result of a function that returns nothing else, by name."""
    return {name: returned for name in truth}


def output_and_cache(returned, truth):
    """The results of a function that returns A2 and the cache, by name; NotAsAsked for anything else."""
    if is_pair(returned) and isinstance(returned[0], dict):
        words = "The cache comes first there. In which order is the result unpacked: A2, cache = …?"
        raise NotAsAsked(words, "results-turned")
    if not is_pair(returned) or not isinstance(returned[1], dict):
        words = wrong_kind(returned, 'A2 and the cache, a dict: return A2, {"Z1": Z1, …}')
        if is_pair(returned) and agree(truth["A2"], returned[0]):
            right = ", with the right values in it" * _are_right(returned[1], truth)
            words = f"A2 is right. The cache came as {kind_of(returned[1])}{right}. A dict is asked for:"
            words = f'{words} {{"Z1": Z1, …}}.'
        raise NotAsAsked(words, "no-dict")
    A2, cache = returned
    if texts := [name for name in truth if isinstance(cache.get(name), str)]:
        words = (
            f"In the cache {listed(texts)} came as text. Which quotes are too many, those behind the colon?"
        )
        raise NotAsAsked(words, "text-for-value")
    if "A2" in cache and not agree(A2, cache["A2"]):
        words = "What is returned first is not the A2 in the cache. Which variable stands there?"
        raise NotAsAsked(words, "output-differs")
    if missing := [name for name in truth if name != "A2" and name not in cache]:
        raise NotAsAsked(_names_differ(cache, truth, missing), "names-differ")
    return {**{name: cache.get(name) for name in truth}, "A2": A2}


def has_one_row(name):
    """Of results: whether the one of this name is an array with one row, made for one output."""
    return lambda results: np.ndim(results[name]) == 2 and len(results[name]) == 1


@dataclass(frozen=True)
class Task:
    """A function to write: how it is tried on one random network, and how its results are judged."""

    case: Callable  # of (X, Y, parameters, forward, rng): arguments and right results, both by name
    table: dict  # the mistakes that are recognised, from mistakes.py
    look: dict  # where it is explained: a section for each step of the table, "" for the rest
    unpack: Callable = results_in_dict  # of what it returned and the right results: its own by name
    may_replace: bool = False  # it may put new arrays into the dict that it is given
    # no faults where there are several outputs, because the network of the lessons has one
    may_raise: tuple = (AssertionError,)
    for_one_output: Callable = lambda results: False  # of wrong results: whether they are none either
    far_out: tuple = ()  # a mistake that shows far out alone, and a function that gives that case


TASKS = {
    "compute_cost": Task(
        case=cost_case,
        table=mistakes.COST,
        look={"": "lesson 04, “Many examples: the cost”", "losses": "lesson 03, “How wrong is it”"},
        unpack=single_result,
        may_raise=(AssertionError, TypeError, ValueError),
        for_one_output=lambda results: True,
    ),
    "forward_propagation": Task(
        case=forward_case,
        table=mistakes.FORWARD,
        look={"": "lesson 05, “The four lines”"},
        unpack=output_and_cache,
        for_one_output=has_one_row("A2"),
    ),
    "backward_propagation": Task(
        case=backward_case,
        table=mistakes.BACKWARD,
        look={"": "lesson 07, “Side by side”", "dZ1": "lesson 06, “The six formulas for one example”"}
        | dict.fromkeys(("db1", "db2"), "lesson 07, “Why keepdims”")
        | dict.fromkeys(("dW1", "dW2"), "lesson 07, “Where the sum hides”"),
        for_one_output=has_one_row("dW2"),
    ),
    "update_parameters": Task(
        case=update_case,
        table=mistakes.UPDATE,
        look={"": "lesson 09, “Four matrices at once”"},
        may_replace=True,
    ),
    "hidden_gradient": Task(
        case=hidden_case,
        table=mistakes.HIDDEN,
        look={"": "lesson 06, “The six formulas for one example”"},
        unpack=single_result,
    ),
    "softmax": Task(
        case=softmax_case,
        table=mistakes.SOFTMAX,
        look={"": "lesson 12, “Shares of one”"},
        unpack=single_result,
        may_raise=(),
        far_out=("softmax-no-maximum", large_Z),
    ),
    "softmax_cost": Task(
        case=softmax_cost_case,
        table=mistakes.SOFTMAX_COST,
        look={"": "lesson 12, “What an answer costs”"},
        unpack=single_result,
        may_raise=(),
        far_out=("cost-log-of-0", another_got_0),
    ),
}


def case_for(task, sizes, forward):
    """The arguments and the right results of a task, both by name: always the same for the same sizes.

    forward: the forward_propagation whose cache a backward_propagation is called with.
    """
    rng = np.random.default_rng(sum(sizes))
    return task.case(*random_case(sizes, rng), forward, rng)


IN_PLACE = "-=, += and A[i] = … write into the old array: how do you make a new one?"
IN_DICT = (
    "Your function puts a new {} into the dict that it was given. Does the old one not belong to others?"
)
REPLACED = (
    "It puts the new arrays into the dict that it was given. A new dict would leave the old one as it was."
)


def results_of(function, task, arguments, truth):
    """What function returns, by name; NotAsAsked where it raises, returns None or changes the arguments."""
    handed = copy.deepcopy(arguments)
    lent = flat(handed)
    returned = call_quietly(function, *handed.values(), names=list(handed))
    before, after = flat(arguments), flat(handed)
    written = [name for name in before if not np.array_equal(before[name], lent[name])]
    replaced = [name for name in before if not np.array_equal(lent[name], after.get(name))]
    if written:
        words = f"{listed(written)} changed, though only lent to your function. {IN_PLACE}"
        raise NotAsAsked(words, "changed-in-place")
    if replaced and not task.may_replace:
        raise NotAsAsked(IN_DICT.format(listed(replaced)), "dict-changed")
    return task.unpack(returned, truth)


def note_on(function, task, forward):
    """What is to be said about a function that is right: where it keeps its results; or ""."""
    arguments, _ = case_for(task, SIZES[0], forward)
    handed = copy.deepcopy(arguments)
    lent = flat(handed)
    call_quietly(function, *handed.values())
    after = flat(handed)
    return REPLACED if any(after.get(name) is not lent[name] for name in lent) else ""


def flat(arguments):
    """The arrays among the arguments and inside their dicts, by name."""
    arrays = {name: value for name, value in arguments.items() if not isinstance(value, dict)}
    for value in arguments.values():
        arrays |= value if isinstance(value, dict) else {}
    return arrays
