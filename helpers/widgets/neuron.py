"""Lessons 03 and 08: move the weight and the bias of one neuron."""

from helpers.scenes import neuron_scene
from helpers.widgets.explore import explore


def explore_neuron(w=0.5, b=-2.0, x=2.0):
    """Move w, b and the input x of one neuron, with sigmoid and with tanh."""
    reach = (-6.0, 6.0, 0.1)
    return explore(neuron_scene, starts={"w": w, "b": b, "x": x}, w=reach, b=(-10.0, 10.0, 0.1), x=reach)
