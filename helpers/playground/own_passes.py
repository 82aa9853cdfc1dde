"""Both passes of a trainer's network at one moment, by a learner's functions, in the form that is shown."""

import math
from dataclasses import dataclass, field

import numpy as np

from helpers import network
from helpers.activations import OUTPUTS
from helpers.inputs import require_gradients
from helpers.own_functions import functions_of
from helpers.playground.reading import activations_of, activations_that_give, layers_read, same
from helpers.playground.weights import copied
from helpers.trainer import OPTIMISERS
from helpers.words import listed

READ_OFF = "Hidden values: {} gives your A2; your cache shows none."
OWN_ACTIVATION = "Hidden units: an activation of your own, so dZ is not known there."
OWN_COST = "Your cost is not the cross-entropy, so dZ is not known."
NOT_READ = "Hidden values: the reference's {}, not yours: your cache shows none."


@dataclass
class OwnPasses:
    """cache: {"Z1": (n1, m), …} for the examples; over_the_plane: the same for the places of the maps.

    activations: of each hidden layer; "" where none known fits.  is_own: whether the hidden values are those
    of the forward in use; notice: words where they are not read from it.  dZ: NaN where it is not known.
    direction: what the optimiser makes of the gradients, for the update; after: the parameters that the
    update by all examples returns, None where it fails.  failed: {"forward": why the reference did it, …}.
    """

    cache: dict = None
    over_the_plane: dict = None
    activations: tuple = ()
    is_own: bool = True
    notice: str = ""
    grads: dict = None
    dZ: dict = None
    direction: dict = None
    after: dict = None
    failed: dict = field(default_factory=dict)


def passes_of(trainer, X, places, Y, asked):
    """The OwnPasses for X (n0, m), Y (n2, m) and the places of maps.  asked: the activation of each layer."""
    seen, functions = OwnPasses(activations=asked), functions_of(trainer)
    returned = _forward(seen, trainer, functions[0], X, places, asked)
    _backward(seen, trainer, functions[2], returned, X, Y)
    seen.dZ = _gradients_of_Z(seen, trainer, functions[1], Y)
    _update(seen, trainer, functions[3])
    return seen


def _forward(seen, trainer, forward, X, places, asked):
    """Put the layers of both into seen; returns the cache, None where forward is not used."""
    if trainer.forward and "forward" not in trainer.calls.stopped:
        parameters = trainer.parameters
        try:
            A, cache = forward(X.copy(), copied(parameters))
            A_plane, cache_plane = forward(places.copy(), copied(parameters))
            _read(seen, (A, cache, X), (A_plane, cache_plane, places), parameters, asked, trainer.output)
            return cache
        except Exception:
            seen.failed["forward"] = "yours failed"
        except KeyboardInterrupt:
            pass
    if trainer.forward:
        seen.failed.setdefault("forward", "yours was stopped")
    by_reference = {"hidden_activation": trainer.hidden_activation, "output": trainer.output}
    for name, inputs in (("cache", X), ("over_the_plane", places)):
        layers = network.forward_propagation.formula(inputs, trainer.parameters, **by_reference)[1]
        setattr(seen, name, layers)
    return None


def _read(seen, examples, plane, parameters, asked, output):
    """Read the layers out of what a forward of one's own returned, or say whose they are."""
    L, (A, cache, X), (A_plane, cache_plane, places) = len(parameters) // 2, examples, plane
    try:
        layers, found = layers_read(cache, A, parameters, X, output)
        seen.cache = copied(layers)  # a backward may change what it is given
        seen.over_the_plane, _ = layers_read(cache_plane, A_plane, parameters, places, output, found)
        seen.activations = activations_of(seen.cache, asked)
        seen.notice = "" if all(seen.activations) else OWN_ACTIVATION
        return
    except (KeyError, ValueError, TypeError, IndexError):
        names, layers = activations_that_give(A, X, parameters, asked, output)
    seen.is_own, seen.activations = bool(names), names or asked
    words = listed(dict.fromkeys(seen.activations))
    seen.notice = (READ_OFF if names else NOT_READ).format(words)
    by_name = {"hidden_activation": seen.activations, "output": output}
    layers = layers or network.forward_propagation.formula(X, parameters, **by_name)[1]
    over = network.forward_propagation.formula(places, parameters, **by_name)[1]
    seen.cache, seen.over_the_plane = layers | {f"A{L}": A}, over | {f"A{L}": A_plane}


def _backward(seen, trainer, backward, cache, X, Y):
    """Put the gradients, with those of the penalties, into seen."""
    parameters = trainer.parameters
    if trainer.backward and "backward" not in trainer.calls.stopped:
        given = {name: A.copy() for name, A in seen.cache.items()} if cache is None else cache
        try:
            grads = require_gradients(backward(copied(parameters), given, X.copy(), Y), parameters)
            seen.grads = trainer.penalised(grads, parameters)
            return
        except Exception:
            seen.failed["backward"] = "yours failed"
        except KeyboardInterrupt:
            pass
    if trainer.backward:
        seen.failed.setdefault("backward", "yours was stopped")
    by_reference = {"hidden_activation": trainer.hidden_activation}
    grads = network.backward_propagation.formula(parameters, seen.cache, X, Y, **by_reference)
    seen.grads = trainer.penalised(grads, parameters)


def _update(seen, trainer, update):
    """Put the next update by all examples into seen; the optimiser's memory stays as it is."""
    seen.direction, _ = OPTIMISERS[trainer.optimiser](seen.grads, trainer.state.memory)
    if "update" in trainer.calls.stopped:
        seen.failed["update"] = "yours was stopped"
        return
    try:
        given = copied(trainer.parameters), copied(seen.direction)
        seen.after = update(*given, trainer.learning_rate)
    except Exception:
        seen.failed["update"] = "yours failed"
    except KeyboardInterrupt:
        seen.failed["update"] = "yours was stopped"


def _gradients_of_Z(seen, trainer, cost, Y):
    """dZ of each layer: by the formulas, where activation, output and cost are what they are made for."""
    parameters, L = trainer.parameters, len(trainer.parameters) // 2
    activations = seen.activations if seen.is_own else ("",) * (L - 1)
    by_name = {"hidden_activation": tuple(name or "tanh" for name in activations)}
    dZ = network.gradients_of_Z(parameters, seen.cache, Y, **by_name)
    output = OUTPUTS[trainer.output]
    is_known = not trainer.forward or same(output(seen.cache[f"Z{L}"]), seen.cache[f"A{L}"])
    is_usual = _is_cross_entropy(trainer, cost, seen.cache[f"A{L}"], Y)
    seen.notice = seen.notice if is_usual else OWN_COST
    usual = (is_known or not seen.is_own) and is_usual
    known = {f"dZ{layer}": usual and all(activations[layer - 1 :]) for layer in range(1, L + 1)}
    return {name: values if known[name] else np.full_like(values, np.nan) for name, values in dZ.items()}


def _is_cross_entropy(trainer, cost, A, Y):
    """Whether the cost in use is the one that the formulas are made for, as its number says."""
    if not trainer.cost or "cost" in trainer.calls.stopped:
        return True
    state, costs = trainer.state, trainer.history.cost
    try:
        if state.batch == 0 and len(costs) > state.epoch:  # known already
            J = costs[state.epoch] - trainer.penalty(state.parameters)
        else:
            J = cost(A.copy(), Y)
        return math.isclose(J, network.COSTS[trainer.output].formula(A, Y), rel_tol=1e-5, abs_tol=1e-8)
    except (Exception, KeyboardInterrupt):
        return True
