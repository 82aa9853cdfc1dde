"""Lesson 07: how a learner's training loop is judged, by the cost of each epoch and the last parameters."""

import numpy as np

from helpers.feedback.messages import first_difference, wrong_kind
from helpers.feedback.trials import call_quietly, is_pair, random_case
from helpers.trainer import Trainer
from helpers.words import number


def training_loop_problem(function, sizes, rng):
    """Words for what is wrong with a training loop on one random network; "" where nothing is."""
    X, Y, _ = random_case(sizes, rng)
    n_h, learning_rate, epochs = sizes.n_h, 0.5, 20
    names = ("X", "Y", "n_h", "learning_rate", "epochs")
    returned = call_quietly(function, X.copy(), Y.copy(), n_h, learning_rate, epochs, names=names)
    if is_pair(returned) and isinstance(returned[1], dict):
        return "The costs come first there. In which order is the result unpacked: parameters, costs = …?"
    if not is_pair(returned) or not isinstance(returned[0], dict):
        return wrong_kind(returned, "the parameters and the list of costs: return parameters, costs")
    trainer = Trainer(n_h, learning_rate, epochs, patience=epochs + 1)
    costs = trainer.train(X, Y, progress=False).cost[:epochs]
    return _costs_problem(returned[1], costs) or first_difference(returned[0], trainer.parameters, sizes)


def _costs_problem(returned, costs):
    """Words for what is wrong with the list of costs; "" where it agrees."""
    numbers = np.asarray(returned) if isinstance(returned, (list, np.ndarray)) else np.array(None)
    if numbers.dtype.kind not in "fiu" or numbers.ndim != 1:
        return "costs should be a list of numbers, one for each epoch. What is in yours?"
    if len(numbers) != len(costs):
        hint = {0: "Where is each cost added to it?", 1: "Does the return stand inside the loop?"}
        said = f"costs should have one number for each of the {len(costs)} epochs; it has {len(numbers)}."
        return f"{said} {hint.get(len(numbers), 'Is the number of epochs fixed?')}"
    if np.ptp(numbers) == 0:
        hint = "Does each epoch go on from what update_parameters returned?"
        return f"The cost is the same in every epoch. {hint}"
    if np.allclose(numbers[:-1], costs[1:], rtol=1e-5):
        return "Each cost comes one epoch too early. Is it computed before or after the update?"
    wrong = np.flatnonzero(~np.isclose(numbers, costs, rtol=1e-5))
    if not wrong.size:
        return ""
    off = f"costs[{wrong[0]}] is off by {number(abs(numbers[wrong[0]] - costs[wrong[0]]), 6)}"
    if wrong[0] == 0:
        return f"{off}, before any update. Which sizes does the network start with?"
    return f"The cost starts right; {off}. What goes into update_parameters?"
