"""Lessons 00, 04, 05: find a number by its address, and step through the passes as matrices."""

from helpers.inputs import require_labels
from helpers.network import forward_propagation
from helpers.scenes import address_scene, pass_steps, passes_scene
from helpers.widgets.explore import explore


def explore_address(parameters, X):
    """Choose layer, example and neuron, and see where that number stands.  X: (n0, m), m up to 8."""
    n1, n2 = len(parameters["W1"]), len(parameters["W2"])
    most = {0: len(X), 1: n1, 2: n2}

    def address(layer=1, example=1, neuron=1):
        scene = address_scene(parameters, X, layer, example, min(neuron, most[layer]))
        few = f"Layer {layer} has {most[layer]} neurons, so this is the last of them. "
        return scene, few * (neuron > most[layer]) + scene.line

    return explore(address, layer=(0, 2), example=(1, X.shape[1]), neuron=(1, max(most.values())))


def explore_passes(parameters, X, Y=None):
    """Step through the forward pass and, with Y, the backward pass; choose an example and an entry of dW1.

    X: (n0, m), Y: (n2, m), all sizes up to 6.  ValueError where the shapes do not fit.
    """
    A2, _ = forward_propagation(X, parameters)
    if Y is not None:
        require_labels(Y, A2.shape)
    n1, n0 = parameters["W1"].shape

    def passes(step=1, example=0, row=0, column=0):
        return passes_scene(parameters, X, Y, step - 1, example, (row, column))

    entry = {"row": (0, n1 - 1), "column": (0, n0 - 1)} if Y is not None else {}
    last = len(pass_steps(Y))
    return explore(passes, play="step", interval=2000, step=(1, last), example=(0, X.shape[1] - 1), **entry)
