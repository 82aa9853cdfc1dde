"""Lessons 01, 02, 03: step through a computation graph, forward and backward, and move its inputs."""

from copy import deepcopy

from helpers.computation_graph import recompute
from helpers.scenes.graph import graph_scene_at, graph_steps, inputs_by_name, step_touched
from helpers.widgets.explore import explore


def explore_graph(output, backward=True, **ranges):
    """Step forward, then backward, through the graph that ends in output; its inputs move at any step.

    Click a result or an arrow for its step; drag an input, or double click and type its value in place.
    The graph is copied, so your nodes keep their values.  backward=False: forward only.
    ranges: for an input's name (low, high) or (low, high, step); without one, twice its size on both sides.
    Raises ValueError for more than 40 nodes, or a range whose name is no input.
    """
    output = deepcopy(output)
    inputs, last = inputs_by_name(output), graph_steps(output, backward)
    if unknown := set(ranges) - set(inputs):
        raise ValueError(f"No input is named {unknown.pop()!r}; the graph has {list(inputs)}.")
    starts = {name: node.value for name, node in inputs.items()}

    def graph(step, **values):
        for name, value in values.items():
            inputs[name].value = value
        recompute(output)
        return graph_scene_at(output, step)

    def touched(event, values):
        step = step_touched(output, event.touch) if event.kind == "click" else None
        return {"step": step} if step and step <= last else None

    sliders = {name: ranges.get(name) or _range(node.value) for name, node in inputs.items()}
    return explore(graph, play="step", starts=starts, touched=touched, step=(0, last), **sliders)


def _range(value):
    reach = max(2 * abs(value), 2.0)
    return (-reach, reach, 1.0) if value == int(value) else (-reach, reach, reach / 20)
