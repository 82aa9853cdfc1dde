"""Lessons 00, 05, 07: find a number by its address, and step through the passes as matrices."""

from helpers.passes import numbers_of_passes, paths_to_weight, sizes_of
from helpers.scenes.address import address_scene, address_touched
from helpers.scenes.passes import pass_steps, passes_scene, passes_touched
from helpers.scenes.paths import path_touched, paths_scene
from helpers.widgets.explore import explore
from helpers.words import counted


def explore_address(parameters, X):
    """Choose layer, example and neuron, or click one, and see where that number stands.

    X: (n0, m), m up to 8.
    """
    sizes = sizes_of(parameters, X)
    neurons = [sizes["n0"], sizes["n1"], sizes["n2"]]

    def address(layer=1, example=1, neuron=1):
        last = neurons[layer]
        if neuron <= last:
            return address_scene(parameters, X, layer, example, neuron)
        scene = address_scene(parameters, X, layer, example, last)
        return scene, f"Layer {layer} has {counted(last, 'neuron')}, so this is the last. {scene.line}"

    def touched(event, values):
        return address_touched(event.touch) if event.kind == "click" else None

    return explore(address, touched=touched, layer=(0, 2), example=(1, sizes["m"]), neuron=(1, max(neurons)))


def explore_passes(parameters, X, Y=None, hidden_activation="tanh"):
    """Step through the forward pass and, with Y, the backward pass; choose an example and an entry of dW1.

    Each of them can be clicked in the picture, too.
    X: (n0, m), Y: (n2, m), all sizes up to 6.  ValueError where the shapes do not fit.
    """
    numbers_of_passes(parameters, X, Y, hidden_activation)
    n1, n0 = parameters["W1"].shape

    def passes(step=1, example=0, row=0, column=0):
        return passes_scene(parameters, X, Y, step - 1, example, (row, column), hidden_activation)

    def touched(event, values):
        return passes_touched(event.touch) if event.kind == "click" else None

    entry = {"row": (0, n1 - 1), "column": (0, n0 - 1)} if Y is not None else {}
    last = len(pass_steps(Y))
    time = {"play": "step", "interval": 2000, "step": (1, last)}
    return explore(passes, touched=touched, **time, example=(0, X.shape[1] - 1), **entry)


def explore_paths(parameters, X, Y, hidden_activation="tanh"):
    """Choose an entry of dW1 and see the paths that it is made of, in the graph and in the matrices.

    X: (n0, m), Y: (n2, m), m × n2 up to 6; ValueError for more.
    """
    numbers = numbers_of_passes(parameters, X, Y, hidden_activation)
    n1, n0 = parameters["W1"].shape

    def paths(row=0, column=0, path=0):
        return paths_scene(parameters, X, Y, (row, column), path, hidden_activation)

    def touched(event, values):
        return path_touched(event.touch, len(Y)) if event.kind == "click" else None

    last = len(paths_to_weight(numbers, (0, 0)))
    return explore(paths, touched=touched, row=(0, n1 - 1), column=(0, n0 - 1), path=(0, last))
