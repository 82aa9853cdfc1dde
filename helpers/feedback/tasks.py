"""The functions that learners write for their network: what each is called with and should return."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers import network
from helpers.feedback import mistakes
from helpers.feedback.messages import NotAsAsked, wrong_kind
from helpers.feedback.recognise import agree
from helpers.feedback.trials import call_quietly, is_pair, random_case
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


def results_in_dict(returned, names):
    """The results that a function returned in a dict, by name; NotAsAsked where there is no such dict."""
    if not isinstance(returned, dict):
        raise NotAsAsked(wrong_kind(returned, f'a dict: return {{"{names[0]}": {names[0]}, …}}'))
    if missing := [name for name in names if name not in returned]:
        has = f"it has {listed(map(str, returned))}" if returned else "it is empty"
        raise NotAsAsked(f"In the dict that your function returns, look for {listed(missing)}: {has}.")
    return {name: returned[name] for name in names}


def single_result(returned, names):
    """The one result of a function that returns nothing else, by name."""
    return {names[0]: returned}


def output_and_cache(returned, names):
    """The results of a function that returns A2 and the cache, by name; NotAsAsked for anything else."""
    if is_pair(returned) and isinstance(returned[0], dict):
        raise NotAsAsked("The cache comes first there. In which order is the result unpacked: A2, cache = …?")
    if not is_pair(returned) or not isinstance(returned[1], dict):
        raise NotAsAsked(wrong_kind(returned, 'A2 and the cache, a dict: return A2, {"Z1": Z1, …}'))
    A2, cache = returned
    if "A2" in cache and not agree(A2, cache["A2"]):
        raise NotAsAsked("What is returned first is not the A2 in the cache. Which variable stands there?")
    return results_in_dict({**cache, "A2": A2}, names)


@dataclass(frozen=True)
class Task:
    """A function to write: how it is tried on one random network, and how its results are judged."""

    case: Callable  # of (X, Y, parameters, forward, rng): arguments and right results, both by name
    table: dict  # the mistakes that are recognised, from mistakes.py
    look: dict  # where it is explained: a section for each step of the table, "" for the rest
    unpack: Callable = results_in_dict  # of what it returned and the names of the results: them by name
    # no faults where there are several outputs, because the network of the lessons has one
    may_raise: tuple = (AssertionError,)
    may_return_array: bool = False  # in place of one number, as np.dot of the rows does


TASKS = {
    "compute_cost": Task(
        case=cost_case,
        table=mistakes.COST,
        look={"": "lesson 04, “Many examples: the cost”", "losses": "lesson 03, “How wrong is it”"},
        unpack=single_result,
        may_raise=(AssertionError, TypeError, ValueError),
        may_return_array=True,
    ),
    "forward_propagation": Task(
        case=forward_case,
        table=mistakes.FORWARD,
        look={"": "lesson 05, “The four lines”"},
        unpack=output_and_cache,
    ),
    "backward_propagation": Task(
        case=backward_case,
        table=mistakes.BACKWARD,
        look={"": "lesson 07, “Side by side”", "dZ1": "lesson 06, “The six formulas for one example”"}
        | dict.fromkeys(("db1", "db2"), "lesson 07, “Why keepdims”")
        | dict.fromkeys(("dW1", "dW2"), "lesson 07, “Where the sum hides”"),
    ),
    "update_parameters": Task(
        case=update_case, table=mistakes.UPDATE, look={"": "lesson 09, “Four matrices at once”"}
    ),
    "hidden_gradient": Task(
        case=hidden_case,
        table=mistakes.HIDDEN,
        look={"": "lesson 06, “The six formulas for one example”"},
        unpack=single_result,
    ),
}


def case_for(task, sizes, forward):
    """The arguments and the right results of a task, both by name: always the same for the same sizes.

    forward: the forward_propagation whose cache a backward_propagation is called with.
    """
    rng = np.random.default_rng(sum(sizes))
    return task.case(*random_case(sizes, rng), forward, rng)


def results_of(function, task, arguments, names):
    """What function returns, by name; NotAsAsked where it raises, returns None or changes the arguments."""
    handed = copy.deepcopy(arguments)
    lent = flat(handed)
    results = task.unpack(call_quietly(function, *handed.values(), names=list(handed)), list(names))
    before, after = flat(arguments), flat(handed)
    changed = [name for name in before if not np.array_equal(before[name], after.get(name))]
    if changed:
        in_place = all(lent[name] is after.get(name) for name in changed)
        words = mistakes.IN_PLACE if in_place else mistakes.NEW_IN_OLD
        raise NotAsAsked(words.replace("{names}", listed(changed)))
    return results


def flat(arguments):
    """The arrays among the arguments and inside their dicts, by name."""
    arrays = {name: value for name, value in arguments.items() if not isinstance(value, dict)}
    for value in arguments.values():
        arrays |= value if isinstance(value, dict) else {}
    return arrays
