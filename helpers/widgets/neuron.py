"""Lessons 03 and 08: move the weight and the bias of one neuron."""

from helpers.scenes.neuron import neuron_scene, x_touched
from helpers.widgets.explore import explore


def explore_neuron(w=0.5, b=-2.0, x=2.0):
    """Move w, b and the input x of one neuron, with sigmoid and with tanh: drag a point, or a number."""
    reach = (-6.0, 6.0, 0.1)

    def touched(event, values):
        if event.touch.startswith("x, ") and event.moves:
            return {"x": x_touched(event.touch, event.x)}

    starts, reach_of_b = {"w": w, "b": b, "x": x}, (-10.0, 10.0, 0.1)
    return explore(neuron_scene, starts=starts, touched=touched, w=reach, b=reach_of_b, x=reach)
