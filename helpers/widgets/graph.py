"""Lessons 01, 02, 03: step through a computation graph, forward and backward, and move its inputs."""

from copy import deepcopy

from helpers.computation_graph import all_nodes, recompute
from helpers.scenes import graph_scene_at, graph_steps
from helpers.widgets.explore import explore


def explore_graph(output, backward=True, **ranges):
    """Step forward, then backward, through the graph that ends in output; its inputs move at any step.

    The graph is copied, so your nodes keep their values.  backward=False: forward only.
    ranges: for an input's name (low, high) or (low, high, step); without one, twice its size on both sides.
    Raises ValueError for more than 40 nodes, or a range whose name is no input.
    """
    output = deepcopy(output)
    inputs = _inputs(output)
    if unknown := set(ranges) - set(inputs):
        raise ValueError(f"No input is named {unknown.pop()!r}; the graph has {list(inputs)}.")
    starts = {name: node.value for name, node in inputs.items()}

    def graph(step, **values):
        for name, value in values.items():
            inputs[name].value = value
        recompute(output)
        return graph_scene_at(output, step)

    sliders = {name: ranges.get(name) or _range(node.value) for name, node in inputs.items()}
    return explore(graph, play="step", starts=starts, step=(0, graph_steps(output, backward)), **sliders)


def _inputs(output):
    """The graph's inputs by name; those without a name, or with another's, are counted."""
    found = {}
    for node in all_nodes(output):
        if node.operation == "input":
            name = node.name or "input"
            found[name if name not in found | {"step": 0} else f"{name} {len(found) + 1}"] = node
    return found


def _range(value):
    reach = max(2 * abs(value), 2.0)
    return (-reach, reach, 1.0) if value == int(value) else (-reach, reach, reach / 20)
