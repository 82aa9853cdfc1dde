"""How a learner's training loop is judged: its costs and parameters beside those of a right one."""

from functools import wraps

import numpy as np

from helpers import network
from helpers.feedback.explain import verdict_case, with_line
from helpers.feedback.limits import quiet
from helpers.feedback.messages import NotAsAsked, compare_arrays, kind_of, not_yet, wrong_kind
from helpers.feedback.recognise import agree
from helpers.feedback.trace import mended
from helpers.feedback.trials import Sizes, call_quietly, is_pair, random_case
from helpers.own_functions import argument_of, called_as, own_rate, start_of
from helpers.words import number

RATE, EPOCHS = 0.37, 20  # a rate that nobody writes by hand
COURSE_RATE = 1.2  # of nn_model, which takes none

SAID_OF_LOOPS = {  # beside each mistake with which loop below can be run
    "result-thrown-away": "The cost is the same in every epoch: no parameter has moved. Where does the result"
    " of update_parameters go?",
    "initialised-in-the-loop": "The cost is the same in every epoch, because each begins with new parameters."
    " What belongs before the loop?",
    "forward-outside": "The parameters move and the cost does not. Which lines are needed anew in every"
    " epoch: is forward_propagation inside the loop?",
    "gradients-outside": "The gradients are those of the first epoch in every epoch. Which lines belong"
    " inside the loop?",
    "cost-after-update": "Each cost comes one epoch too early. Is it computed before or after the update?",
    "old-parameters": "The costs are right, and the parameters are those before the last update. Which ones"
    " does the last line return?",
    "one-update-short": "The last update is missing. How often does the loop run?",
    "rate-missing": "The steps do not use learning_rate. What goes into update_parameters?",
}


def loop(X, Y, n_h, learning_rate, epochs, start=None, mistake=""):
    """The training loop of the lesson, or one with a mistake of SAID_OF_LOOPS: parameters and costs.

    start: the first parameters; None: those of the reference.
    """
    first = start or network.initialize_parameters(len(X), n_h, len(Y))
    parameters = first
    A2, cache = network.forward_propagation(X, parameters)
    grads, costs, old = network.backward_propagation(parameters, cache, X, Y), [], parameters
    rate = 1.0 if mistake == "rate-missing" else learning_rate
    for epoch in range(epochs):
        if mistake == "initialised-in-the-loop":
            parameters = first
        if mistake not in ("forward-outside", "gradients-outside"):
            A2, cache = network.forward_propagation(X, parameters)
        costs.append(network.compute_cost(A2, Y))
        if mistake != "gradients-outside":
            grads = network.backward_propagation(parameters, cache, X, Y)
        old, new = parameters, network.update_parameters(parameters, grads, rate)
        if mistake == "cost-after-update":
            costs[-1] = network.compute_cost(network.forward_propagation(X, new)[0], Y)
        short = mistake == "one-update-short" and epoch == epochs - 1
        parameters = parameters if mistake == "result-thrown-away" or short else new
    return old if mistake == "old-parameters" else parameters, costs


def training_loop_problem(function, sizes, rng):
    """What is wrong with a training loop on one random network, with its line; None where nothing is."""
    result, cases = _training_loop_problem(function, sizes, rng), []
    for seed in (1, 2):
        X, Y, _ = random_case(Sizes(2, 3, 1, 4 + seed), np.random.default_rng(seed))
        given = {"X": X, "Y": Y, "n_h": 3 + seed, "learning_rate": RATE, "epochs": 2}
        expected = loop(**given)
        cases.append(verdict_case(given, lambda returned, expected=expected: _same(returned, expected)))
    return with_line(result, function, cases, mended)


def _training_loop_problem(function, sizes, rng):
    """The same without the line."""
    X, Y, _ = random_case(sizes, rng)
    values = {"X": X.copy(), "Y": Y.copy(), "n_h": sizes.n_h, "learning_rate": RATE, "epochs": EPOCHS}
    settings = {name: values[name] for name in ("n_h", "learning_rate", "epochs")}
    try:
        returned, start, settings["learning_rate"] = _trained(function, values)
    except NotAsAsked as refused:
        if sizes.n_y > 1 and isinstance(refused.error, AssertionError):
            return None  # it asserts that there is one output, as a course has it
        raise
    if start and len(start["W1"]) != sizes.n_h:
        words = (
            f"Your loop makes {len(start['W1'])} hidden units where n_h is {sizes.n_h}. Which size is fixed?"
        )
        return not_yet("start-differs", words)
    settings["start"] = start
    if isinstance(returned, dict) and argument_of(function, "epochs") != "epochs":
        returned = returned, loop(X, Y, **settings)[1]  # nn_model returns the parameters alone
    if is_pair(returned) and isinstance(returned[1], dict):
        words = "The costs come first there. In which order is the result unpacked: parameters, costs = …?"
        return not_yet("results-turned", words)
    if not is_pair(returned) or not isinstance(returned[0], dict):
        words = wrong_kind(returned, "the parameters and the list of costs: return parameters, costs")
        return not_yet("no-pair", words)
    parameters, costs = loop(X, Y, **settings)
    if found := _no_costs(returned[1], costs) or _recognised(returned, X, Y, settings):
        return found
    if found := _costs_problem(np.asarray(returned[1]), np.array(costs)):
        return found
    words = compare_arrays(returned[0], parameters, sizes)
    return not_yet("parameters-differ", f"The costs are right. {words}", ["costs"]) if words else None


def _trained(function, values):
    """What a loop returned, the parameters that it started from, if it tells, and its learning rate.

    nn_model(X, Y, n_h, num_iterations, print_cost) is called by the names of its arguments.
    """

    names, rate = [*values], values["learning_rate"]
    if not callable(function):
        return call_quietly(function, *values.values(), names=names), None, rate

    @wraps(function)
    def by_name(*given):
        return called_as(function, dict(zip(names, given, strict=True)))

    with quiet():
        rate = COURSE_RATE if own_rate(function, values) else rate
        start = start_of(function, values)
    return call_quietly(by_name, *values.values(), names=names), start, rate


def _recognised(returned, X, Y, settings):
    """The CheckResult for a loop that did just what one with a known mistake does; None for any other."""
    if _same(returned, loop(X, Y, **settings)):
        return None
    known = [mistake for mistake in SAID_OF_LOOPS if _same(returned, loop(X, Y, **settings, mistake=mistake))]
    return not_yet(known[0], SAID_OF_LOOPS[known[0]]) if known else None


def _same(returned, expected):
    parameters, costs = expected
    same = all(agree(array, returned[0].get(name)) for name, array in parameters.items())
    return same and np.shape(returned[1]) == np.shape(costs) and np.allclose(returned[1], costs, rtol=1e-6)


def _no_costs(returned, costs):
    """The CheckResult for costs that are no list of one number for each epoch; None where they are."""
    numbers = np.asarray(returned) if isinstance(returned, (list, tuple, np.ndarray)) else np.array(None)
    if numbers.dtype.kind not in "fiu" or numbers.ndim != 1:
        came = f"costs should be a list of numbers, one for each epoch; it came as {kind_of(returned)}"
        return not_yet("no-costs", f"{came}. What is in yours?")
    if len(numbers) == len(costs):
        return None
    hint = {
        0: "Where is each cost added to it?",
        1: "Does the return stand inside the loop, or does each epoch begin a new list?",
        len(costs) - 1: "From where to where does the loop count?",
        len(costs) + 1: "From where to where does the loop count?",
    }
    said = f"costs should have one number for each of the {len(costs)} epochs; it has {len(numbers)}."
    return not_yet("number-of-costs", f"{said} {hint.get(len(numbers), 'Is the number of epochs fixed?')}")


def _costs_problem(numbers, costs):
    """The CheckResult for costs that are wrong; None where they are right."""
    if np.ptp(numbers) == 0:
        hint = "Does each epoch go on from what update_parameters returned?"
        return not_yet("cost-stands-still", f"The cost is the same in every epoch. {hint}")
    if np.allclose(numbers[:-1], costs[1:], rtol=1e-5):
        return not_yet("cost-after-update", SAID_OF_LOOPS["cost-after-update"])
    wrong = np.flatnonzero(~np.isclose(numbers, costs, rtol=1e-5))
    if not wrong.size:
        return None
    off = f"costs[{wrong[0]}] is off by {number(abs(numbers[wrong[0]] - costs[wrong[0]]), 6)}"
    if wrong[0] == 0:
        hint = "Does network.initialize_parameters make them, with the sizes of X, n_h and Y?"
        return not_yet(
            "start-differs", f"{off}, before any update. Which parameters does it start with? {hint}"
        )
    hint = "What goes into update_parameters?"
    return not_yet("steps-differ", f"The cost starts right; {off}. {hint}", ["the first cost"])
