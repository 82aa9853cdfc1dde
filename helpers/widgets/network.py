"""Lessons 00, 05, 07: find a number by its address, and step through the passes as matrices."""

from helpers.passes import numbers_of_passes, sizes_of
from helpers.scenes import address_scene, pass_steps, passes_scene
from helpers.widgets.explore import explore
from helpers.words import counted


def explore_address(parameters, X):
    """Choose layer, example and neuron, and see where that number stands.  X: (n0, m), m up to 8."""
    sizes = sizes_of(parameters, X)
    neurons = [sizes["n0"], sizes["n1"], sizes["n2"]]

    def address(layer=1, example=1, neuron=1):
        last = neurons[layer]
        if neuron <= last:
            return address_scene(parameters, X, layer, example, neuron)
        scene = address_scene(parameters, X, layer, example, last)
        return scene, f"Layer {layer} has {counted(last, 'neuron')}, so this is the last. {scene.line}"

    return explore(address, layer=(0, 2), example=(1, sizes["m"]), neuron=(1, max(neurons)))


def explore_passes(parameters, X, Y=None, hidden_activation="tanh"):
    """Step through the forward pass and, with Y, the backward pass; choose an example and an entry of dW1.

    X: (n0, m), Y: (n2, m), all sizes up to 6.  ValueError where the shapes do not fit.
    """
    numbers_of_passes(parameters, X, Y, hidden_activation)
    n1, n0 = parameters["W1"].shape

    def passes(step=1, example=0, row=0, column=0):
        return passes_scene(parameters, X, Y, step - 1, example, (row, column), hidden_activation)

    entry = {"row": (0, n1 - 1), "column": (0, n0 - 1)} if Y is not None else {}
    last = len(pass_steps(Y))
    return explore(passes, play="step", interval=2000, step=(1, last), example=(0, X.shape[1] - 1), **entry)
