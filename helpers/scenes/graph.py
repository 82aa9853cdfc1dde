"""The computation graph: columns from left to right, each box and each passing edge in its own place."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from helpers.computation_graph import all_nodes, backward_steps
from helpers.scenes.svg import (
    GRADIENT,
    INK,
    LINE,
    MARGIN,
    NEWEST,
    PANEL,
    QUIET,
    TINT,
    VALUE,
    arrow_head,
    rect,
    scene_of,
    stroke,
    text_at,
    text_width,
    touchable,
)
from helpers.words import number, signed

MOST_NODES, MOST_WIDE = 40, 1100
STEP = re.compile(r"(forward|backward) (\d+)")  # what is touched: a box, or an arrow back, by its step


def graph_scene(output, forward=None, backward=0):
    """Draw the computation graph that ends in output: values in blue, gradients in vermillion, dashed.

    forward: how many of the steps that forward_steps(output) lists to show; None: all.
    backward: how many of the steps that backward_steps(output) lists to show; None: all.
    To touch: an input as inputs_by_name(output) has it, a result "forward 2", an arrow "backward 3".
    Returns a Scene and leaves the nodes as they are.
    Raises ValueError for more than 40 nodes, more steps than there are, backward before forward is done.
    """
    nodes, steps = _passes(output)
    results = [node for node in nodes if node.inputs]
    known, done = _count("forward", forward, len(results)), _count("backward", backward, len(steps))
    if done and known < len(results):
        raise ValueError(f"The backward pass needs every value: forward is {known} of {len(results)} steps.")
    shown = _Shown(output, results[:known], steps[:done], steps, seeded=backward != 0)
    if backward and done:
        shown.newest = steps[done - 1]
    elif forward and not shown.seeded:
        shown.newest = results[known - 1]
    names = shown.names = _names(nodes)
    shown.inputs = {node: name for name, node in inputs_by_name(output).items()}
    size, parts = _draw_graph(nodes, steps, shown)
    words = _graph_words(nodes, names, shown)
    return scene_of(*size, "Computation graph", words, parts, _newest_words(names, shown))


def graph_steps(output, backward=True):
    """How many steps there are in all: one for each operation forward, then one for each edge back."""
    inputs = [node.inputs for node in all_nodes(output) if node.inputs]
    edges = sum(x.operation != "constant" for some in inputs for x in some)
    return len(inputs) + edges * backward


def inputs_by_name(output):
    """The graph's inputs by name; those without a name, or with one that is taken, are counted."""
    found = {}
    for node in all_nodes(output):
        if node.operation == "input":
            name = node.name or "input"
            taken = name in found or name == "step" or STEP.fullmatch(name)
            found[f"{name} {len(found) + 1}" if taken else name] = node
    return found


def graph_scene_at(output, step):
    """The Scene of the graph after so many of graph_steps(output), the forward ones first."""
    forward = graph_steps(output, backward=False)
    return graph_scene(output, min(step, forward), max(step - forward, 0))


def step_touched(output, touch):
    """The number among graph_steps(output) of what was touched, by its name in the picture.

    An input leads to the last step back to it; None for what is no step.
    """
    inputs, forward = inputs_by_name(output), graph_steps(output, backward=False)
    if touch in inputs:
        back = [k for k, step in enumerate(_passes(output)[1], 1) if step.into is inputs[touch]]
        return forward + back[-1] if back else None
    found = STEP.fullmatch(touch)
    return int(found[2]) + forward * (found[1] == "backward") if found else None


def _passes(output):
    """The nodes in forward order and the backward steps, the nodes' own gradients left as they are."""
    nodes = all_nodes(output)
    if len(nodes) > MOST_NODES:
        most = f"a picture holds {MOST_NODES}. Draw a part: an inner node."
        raise ValueError(f"The graph has {len(nodes)} nodes; {most}")
    gradients = [node.gradient for node in nodes]
    steps = backward_steps(output)
    for node, gradient in zip(nodes, gradients, strict=True):
        node.gradient = gradient
    return nodes, steps


def _count(name, steps, most):
    if steps is None:
        return most
    if steps not in range(most + 1):
        raise ValueError(f"{name} is {steps!r}; expected a number of steps from 0 to {most}, or None: all.")
    return int(steps)


@dataclass
class _Shown:
    """How far the two passes are: the computed nodes, the backward steps done, and the newest of both."""

    output: object
    results: list
    steps: list
    all_steps: list
    newest: object = None
    seeded: bool = False
    compact: bool = False
    names: dict = field(default_factory=dict)
    inputs: dict = field(default_factory=dict)

    def knows(self, node):
        return not node.inputs or node in self.results


@dataclass(eq=False)
class _Place:
    """Where a box stands, or (node None) where a long edge passes a column; y is its middle."""

    node: object
    column: int
    height: float = 24.0
    y: float = 0.0
    neighbours: list = field(default_factory=list)
    leaving: list = field(default_factory=list)


@dataclass(eq=False)
class _Edge:
    """From an input to its user (as input number port), along a chain of places; a constant has no step."""

    port: int
    step: object
    chain: list
    out_y: float = 0.0


def _draw_graph(nodes, steps, shown):
    """The size of the picture and its parts; the places are those of the complete graph."""
    places, edges = _places_and_edges(nodes, steps)
    columns = [[p for p in places if p.column == c] for c in range(max(p.column for p in places) + 1)]
    complete = _Shown(shown.output, nodes, steps, steps, seeded=True)
    xs, widths = _widths(columns, complete)
    if xs[-1] > MOST_WIDE:
        complete.compact = shown.compact = True
        xs, widths = _widths(columns, complete)
    _settle(columns, complete)
    top = min(place.y - place.height / 2 for place in places)
    height = max(place.y + place.height / 2 for place in places) - top + 2 * MARGIN + 2 * LINE + 16
    width = max(xs[-1] + 2 * MARGIN, 700)
    xs = [x + (width - xs[-1]) / 2 for x in xs]
    for place in places:
        place.y += MARGIN - top
    parts = [part for edge in edges for part in _draw_edge(edge, xs, widths, shown)]
    for place in places:
        parts += _node_to_touch(place.node, _draw_node(place, xs, widths, shown), shown) if place.node else []
    return (width, height), parts + _graph_legend(height - 2 * LINE - 6, shown)


def _places_and_edges(nodes, steps):
    """Columns by the longest path; an input stands just before its first use; long edges get passages."""
    column, users = {}, {}
    for node in nodes:
        column[node] = 1 + max((column[x] for x in node.inputs), default=-1)
        for x in node.inputs:
            users.setdefault(x, []).append(node)
    for node in nodes:
        if not node.inputs and node in users:
            column[node] = min(column[user] for user in users[node]) - 1
    place = {node: _Place(node, column[node]) for node in nodes}
    passages, edges, remaining = [], [], iter(steps)
    for node in reversed(nodes):
        for port, x in enumerate(node.inputs):
            between = [_Place(None, c) for c in range(column[x] + 1, column[node])]
            passages += between
            step = None if x.operation == "constant" else next(remaining)
            edges.append(_Edge(port, step, [place[x], *between, place[node]]))
    for edge in edges:
        edge.chain[0].leaving.append(edge)
        for here, there in pairwise(edge.chain):
            here.neighbours.append((there, edge.port))
            there.neighbours.append((here, edge.port))
    return [*place.values(), *passages], edges


def _settle(columns, complete):
    """Order each column by its neighbours' mean height, then slide every place towards them."""
    slot, places = (3 if complete.compact else 2) * LINE + 22, sum(columns, [])
    for place in places:
        if place.node:
            labels = sum(edge.step is not None for edge in place.leaving)
            place.height = max(LINE * len(_node_lines(place.node, complete)) + 16, slot * labels, 30)
    for column in columns:
        _stack(column, [0.0] * len(column))
    for side in (1, -1, 1, -1, 1):  # by the users, by the inputs, ...; last by the users
        for column in columns[::-side]:
            column.sort(key=lambda place: _wish(place, side))
            _stack(column, [_wish(place, side) for place in column])
    for _ in range(5):
        for column in columns + columns[::-1]:
            _stack(column, [_wish(place, 0) for place in column])
    for place in places:
        place.leaving.sort(key=lambda edge: (edge.chain[1].y, edge.port))
        for i, edge in enumerate(place.leaving):
            edge.out_y = (i - (len(place.leaving) - 1) / 2) * slot


def _wish(place, side):
    """The mean height of the neighbours on one side, users (1) or inputs (−1), by port; or of all (0)."""
    beside = [(n, port) for n, port in place.neighbours if (n.column - place.column) * side >= 0]
    near = [n.y + LINE * port * abs(side) for n, port in beside]
    return sum(near) / len(near) if near else place.y


def _stack(column, wishes):
    bottom, gap = float("-inf"), 18
    for place, wish in zip(column, wishes, strict=True):
        place.y = max(wish, bottom + gap + place.height / 2)
        bottom = place.y + place.height / 2
    shift = sum(wish - place.y for place, wish in zip(column, wishes, strict=True)) / len(column)
    for place in column:
        place.y += shift


def _widths(columns, complete):
    """The left side of each column, last the right side of all; each column's (box width, label width)."""
    xs, widths = [0.0], []
    for column in columns:
        boxes = [_box_width(place.node, complete) for place in column if place.node]
        leaving = [edge.step for place in column for edge in place.leaving]
        labels = [text_width(text) for step in leaving for text in _edge_lines(step, complete.compact)]
        widths.append((max(boxes), max(labels, default=0) + 14))
        xs.append(xs[-1] + sum(widths[-1]) + 44)
    xs[-1] -= widths[-1][1] + 44
    return xs, widths


def _box_width(node, complete):
    text = max(text_width(line) for line, _ in _node_lines(node, complete)) + 20
    return text if node.operation == "constant" else max(text, 54) + _operation_width(node)


def _operation_width(node):
    return max(text_width(node.operation) + 18, 30) if node.inputs else 0


def _node_lines(node, shown):
    """The lines in a node's box, each with its colour: name, value, gradient, and the sum that it is."""
    lines = [(node.name, INK)] if node.name else []
    lines.append((number(node.value) if shown.knows(node) else "?", VALUE))
    into = [step for step in shown.steps if step.into is node]
    waiting = sum(step.into is node for step in shown.all_steps) - len(into)
    name = f"d{shown.output.name}/d{node.name}" if node.name and shown.output.name else "gradient"
    pieces = []
    if into or (node is shown.output and shown.seeded):
        pieces.append([name, "= ?" if waiting else f"= {number(into[-1].total if into else 1)}"])
    if into and 2 <= len(into) + waiting <= 3:
        more = [f"+ {signed(step.contribution)}" for step in into[1:]] + ["+ …"] * waiting
        pieces.append([f"= {number(into[0].contribution)}", *more])
    texts = [text for piece in pieces for text in (piece if shown.compact else [" ".join(piece)])]
    return lines + [(text, GRADIENT) for text in texts]


def _edge_lines(step, compact):
    if step is None:
        return []
    upstream, local = number(step.upstream), f"× {signed(step.local)}"
    return [*([upstream, local] if compact else [f"{upstream} {local}"]), f"= {number(step.contribution)}"]


def _draw_node(place, xs, widths, shown):
    node, x, width = place.node, xs[place.column], widths[place.column][0]
    newest = node in (shown.newest, getattr(shown.newest, "into", None))
    border, thick = (VALUE if shown.newest is node else GRADIENT, 4) if newest else (INK, 1.5)
    top, operation = place.y - place.height / 2, _operation_width(node)
    if node.operation == "constant":
        narrow = _box_width(node, shown)
        parts = [rect(x + width - narrow, top, narrow, place.height, TINT, TINT)]
        return [*parts, text_at(x + width - narrow / 2, place.y, number(node.value), QUIET)]
    parts = [rect(x, top, width, place.height, PANEL, border, thick)]
    if node.inputs:
        parts.append(rect(x, top, operation, place.height, TINT, border, thick))
        parts.append(text_at(x + operation / 2, place.y, node.operation, INK, bold=True))
    lines = _node_lines(node, shown)
    for i, (line, colour) in enumerate(lines):
        y = place.y + (i - (len(lines) - 1) / 2) * LINE
        parts.append(text_at(x + (operation + width) / 2, y, line, colour, bold=colour != GRADIENT))
    return parts


def _node_to_touch(node, parts, shown):
    """The box as one element to touch: an input moves, a result leads to its step."""
    if node.operation == "constant":
        return parts
    gradient = " ".join(text for text, colour in _node_lines(node, shown) if colour == GRADIENT)
    value = number(node.value) if shown.knows(node) else "not computed yet"
    label = f"{shown.names[node]} = {value}" + f"; {gradient}" * bool(gradient)
    if node in shown.inputs:
        return touchable(parts, shown.inputs[node], label, value=node.value, drag=True)
    step = [other for other in shown.names if other.inputs].index(node) + 1
    return touchable(parts, f"forward {step}", label)


def _edge_to_touch(edge, parts, path, shown):
    """The arrow as one element to touch, once there is a way back along it; a wide one, easy to hit."""
    if not (shown.seeded and edge.step):
        return parts
    step = next(k for k, one in enumerate(shown.all_steps, 1) if one is edge.step)
    words = f"step {step} back, not computed yet"
    if step <= len(shown.steps):
        local = f"upstream {number(edge.step.upstream)} × local {signed(edge.step.local)}"
        words = f"{local} = {number(edge.step.contribution)}"
    label = f"{shown.names[edge.step.node]} to {shown.names[edge.step.into]}: {words}"
    return touchable([stroke(path, "transparent", 20), *parts], f"backward {step}", label)


def _draw_edge(edge, xs, widths, shown):
    source, target = edge.chain[0], edge.chain[-1]
    fan = target.height / (len(target.node.inputs) + 1)
    arrival = target.y - target.height / 2 + fan * (edge.port + 1)
    ends = [source.y + edge.out_y, *(p.y for p in edge.chain[1:-1]), arrival]
    start = xs[source.column] + widths[source.column][0]

    def path(shift):
        text = f"M{start:.1f} {ends[0] + shift:.1f}"
        for here, (y, there) in zip(edge.chain[:-1], pairwise(ends), strict=True):
            bend, arrive = xs[here.column] + sum(widths[here.column]), xs[here.column + 1]
            half, y, there = (bend + arrive) / 2, y + shift, there + shift
            text += f"H{bend:.1f}C{half:.1f} {y:.1f} {half:.1f} {there:.1f} {arrive:.1f} {there:.1f}"
        return text

    colour = VALUE if edge.step else QUIET
    parts = [stroke(path(-4), colour), arrow_head(xs[target.column], ends[-1] - 4, 1, colour)]
    if not any(step is edge.step for step in shown.steps):
        return _edge_to_touch(edge, parts, path(0), shown)
    parts += [stroke(path(4), GRADIENT, dashed=True), arrow_head(start, ends[0] + 4, -1, GRADIENT)]
    parts += _edge_label(edge, start, xs[source.column] + sum(widths[source.column]), ends[0], shown)
    return _edge_to_touch(edge, parts, path(0), shown)


def _edge_label(edge, left, right, y, shown):
    lines, parts = _edge_lines(edge.step, shown.compact), []
    heights = [y - 19 - LINE * i for i in range(len(lines) - 2, -1, -1)] + [y + 20]
    if shown.newest is edge.step:
        for top, bottom in ((heights[0] - 12, y - 9), (y + 9, y + 32)):
            parts.append(rect(left + 12, top, right - left - 12, bottom - top, NEWEST, NEWEST))
    middle = (left + right) / 2 + 4
    return parts + [text_at(middle, h, line, GRADIENT) for line, h in zip(lines, heights, strict=True)]


def _graph_legend(y, shown):
    rows = [("forward: a value is computed", VALUE, 1)]
    if shown.seeded:
        rows.append(("backward: upstream gradient × local derivative = contribution", GRADIENT, -1))
    parts = []
    for i, (text, colour, direction) in enumerate(rows):
        middle = y + i * LINE
        parts.append(stroke(f"M{MARGIN} {middle:.1f}h40", colour, dashed=direction < 0))
        parts.append(arrow_head(MARGIN + (44 if direction > 0 else -4), middle, direction, colour))
        parts.append(text_at(MARGIN + 56, middle, text, colour, anchor="start"))
    return parts


def _names(nodes):
    """What to call each node in a sentence: its name, a constant's number, or which step computes it."""
    results = [node for node in nodes if node.inputs]
    steps = {node: f"step {k}" for k, node in enumerate(results, 1)}
    return {node: node.name or steps.get(node) or number(node.value) for node in nodes}


def _newest_words(names, shown):
    newest, name = shown.newest, names[shown.output]
    if newest is None:
        known = shown.knows(shown.output)
        return f"{name} = {number(shown.output.value)}" if known else "Nothing is computed yet."
    if newest in shown.results:
        return f"Forward: {names[newest]} = {_plugged(newest, names)}."
    into = newest.into
    parts = [signed(step.contribution) for step in shown.steps if step.into is into]
    waiting = sum(step.into is into for step in shown.all_steps) - len(parts)
    together = f" = {' + '.join(parts)}" * (len(parts) > 1) + f" = {number(newest.total)}"
    together += f" so far; {waiting} more to be added" * (waiting > 0)
    return (
        f"Backward, from {names[newest.node]} to {names[into]}: upstream gradient "
        f"{number(newest.upstream)} × local derivative {signed(newest.local)} "
        f"= contribution {number(newest.contribution)}. "
        f"d{name}/d{names[into]}{together}."
    )


def _plugged(node, names):
    plugged = signed if len(node.inputs) > 1 else number
    return (
        f"{_formula(node, names.get)} = {_formula(node, lambda x: plugged(x.value))} = {number(node.value)}"
    )


def _graph_words(nodes, names, shown):
    results = [node for node in nodes if node.inputs]
    inputs = ", ".join(f"{names[n]} = {number(n.value)}" for n in nodes if n.operation == "input")
    words = [f"Computation graph of {names[shown.output]}, from left to right. Inputs: {inputs or 'none'}."]
    done = [f"{names[node]} = {_plugged(node, names)}" for node in shown.results]
    waiting = [f"{names[node]} = {_formula(node, names.get)}" for node in results if not shown.knows(node)]
    words += [f"Forward: {'; '.join(done)}."] * bool(done)
    words += [f"Not computed yet: {'; '.join(waiting)}."] * bool(waiting)
    return " ".join(words + _gradient_words(names, shown))


def _gradient_words(names, shown):
    if not shown.seeded:
        return []
    name, totals = names[shown.output], {step.into: number(step.total) for step in shown.steps}
    passed = [
        f"{names[s.node]} to {names[s.into]}: {_edge_lines(s, False)[0]} = {number(s.contribution)}"
        for s in shown.steps
    ]
    words = ["; ".join([f"Backward, upstream × local = contribution: d{name}/d{name} = 1", *passed]) + "."]
    gradients = ", ".join(f"d{name}/d{names[node]} = {total}" for node, total in totals.items())
    return words + [f"Gradients so far: {gradients}."] * bool(totals)


def _formula(node, part):
    parts = [part(x) for x in node.inputs]
    return f" {node.operation} ".join(parts) if len(parts) == 2 else f"{node.operation}({parts[0]})"
