"""Pictures as SVG text, from plain values: the computation graph, the network, the shaped matrices."""

import base64
import html
import math
from dataclasses import dataclass, field
from itertools import pairwise

from helpers.computation_graph import _short as number
from helpers.computation_graph import all_nodes, backward_steps

VALUE, GRADIENT = "#0072B2", "#B84B00"  # forward; backward: vermillion dark enough for text, dashed
NEGATIVE, FADED = "#A86B00", "#DDDDDD"
INK, QUIET, PANEL, TINT, NEWEST = "#1F1F1F", "#5A5A5A", "#FFFFFF", "#EEF1F4", "#FFF1B8"
FONT, LINE, MARGIN = 17, 22, 22
MOST_NODES, WIDEST = 40, 1100


@dataclass(frozen=True)
class Scene:
    """A picture as SVG text and its description; as the last line of a cell it shows itself."""

    svg: str
    description: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"image/svg+xml": self.svg} | described("image/svg+xml", self.svg.encode(), self.description)


def described(kind, data, description):
    """The text/html and text/plain that stand beside a picture in an output, so that it is read out.

    kind: "image/png" or "image/svg+xml".  data: the picture's bytes.
    """
    address = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    alt = html.escape(description, quote=True)
    return {
        "text/html": f'<img src="{address}" alt="{alt}" style="max-width:100%;height:auto">',
        "text/plain": f"Figure: {description}",
    }


# ---- pieces that every scene is made of


def _svg(width, height, title, description, parts):
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" style="max-width:100%;height:auto" '
        f'font-family="Arial, \'DejaVu Sans\', sans-serif" font-size="{FONT}">'
        f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
        f'<rect width="{width:.0f}" height="{height:.0f}" rx="10" fill="{PANEL}"/>'
    )
    return Scene("\n".join([head, *parts, "</svg>"]), description)


def _width(text):
    return 0.58 * FONT * len(text)


def _text(x, y, text, colour=INK, bold=False, anchor="middle"):
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y + 0.35 * FONT:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}"{weight}>{html.escape(text)}</text>'


def _box(x, y, width, height, fill=PANEL, stroke=INK, thick=1.5):
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{thick}"/>'
    )


def _line(path, colour, thick=2.0, dashed=False):
    dashes = ' stroke-dasharray="7 5"' if dashed else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick:.1f}"{dashes}/>'


def _head(x, y, direction, colour):
    """An arrow head with its tip at x, y, pointing right (direction 1) or left (−1)."""
    return f'<path d="M{x:.1f} {y:.1f}l{-10 * direction} -5v10z" fill="{colour}"/>'


# ---- the computation graph: columns from left to right, each box and each passing edge in its own place


def graph_scene(output, forward=None, backward=0):
    """Draw the computation graph that ends in output: values in blue, gradients in vermillion, dashed.

    forward: how many of the steps that forward_steps(output) lists to show; None: all.
    backward: how many of the steps that backward_steps(output) lists to show; None: all.
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
    return _draw_graph(nodes, steps, shown, _graph_words(nodes, shown))


def _passes(output):
    """The nodes in forward order and the backward steps, the nodes' own gradients left as they are."""
    nodes = all_nodes(output)
    if len(nodes) > MOST_NODES:
        raise ValueError(
            f"The graph has {len(nodes)} nodes; a picture holds {MOST_NODES}. Draw a part: an inner node."
        )
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

    def knows(self, node):
        return not node.inputs or any(node is result for result in self.results)


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


def _draw_graph(nodes, steps, shown, description):
    places, edges = _places_and_edges(nodes, steps)
    complete = _Shown(shown.output, nodes, steps, steps, seeded=True)
    xs, widths = _columns(places, edges, complete)
    if xs[-1] > WIDEST:
        complete.compact = shown.compact = True
        xs, widths = _columns(places, edges, complete)
    _settle(places, edges, complete)
    top = min(place.y - place.height / 2 for place in places)
    height = max(place.y + place.height / 2 for place in places) - top + 2 * MARGIN + 2 * LINE + 16
    width = max(xs[-1] + 2 * MARGIN, 700)
    left = (width - xs[-1]) / 2
    for place in places:
        place.y += MARGIN - top
    xs = [x + left for x in xs]
    parts = [part for edge in edges for part in _draw_edge(edge, xs, widths, shown)]
    parts += [part for place in places if place.node for part in _draw_node(place, xs, widths, shown)]
    parts += _graph_legend(height - 2 * LINE - 6, shown)
    return _svg(width, height, "Computation graph", description, parts)


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


def _settle(places, edges, complete):
    """Order each column by its neighbours' mean height, then slide every place towards them."""
    slot = (3 if complete.compact else 2) * LINE + 22
    for place in places:
        if place.node:
            labels = sum(edge.step is not None for edge in place.leaving)
            place.height = max(LINE * len(_node_lines(place.node, complete)) + 16, slot * labels, 30)
    columns = [[p for p in places if p.column == c] for c in range(max(p.column for p in places) + 1)]
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


def _columns(places, edges, complete):
    """The left side of each column, last the right side of all; each column's (box width, label width)."""
    xs, widths = [0.0], []
    for c in range(max(p.column for p in places) + 1):
        boxes = [_box_width(p.node, complete) for p in places if p.column == c and p.node]
        leaving = [edge.step for edge in edges if edge.chain[0].column == c]
        labels = [_width(text) for step in leaving for text in _edge_lines(step, complete.compact)]
        widths.append((max(boxes), max(labels, default=0) + 14))
        xs.append(xs[-1] + sum(widths[-1]) + 44)
    xs[-1] -= widths[-1][1] + 44
    return xs, widths


def _box_width(node, complete):
    text = max(_width(line) for line, _ in _node_lines(node, complete)) + 20
    return text if node.operation == "constant" else max(text, 54) + _operation_width(node)


def _operation_width(node):
    return max(_width(node.operation) + 18, 30) if node.inputs else 0


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
        more = [f"+ {_signed(step.contribution)}" for step in into[1:]] + ["+ …"] * waiting
        pieces.append([f"= {number(into[0].contribution)}", *more])
    texts = [text for piece in pieces for text in (piece if shown.compact else [" ".join(piece)])]
    return lines + [(text, GRADIENT) for text in texts]


def _edge_lines(step, compact):
    if step is None:
        return []
    local, upstream = number(step.local), f"× {_signed(step.upstream)}"
    return [*([local, upstream] if compact else [f"{local} {upstream}"]), f"= {number(step.contribution)}"]


def _signed(value):
    return f"({number(value)})" if value < 0 else number(value)


def _draw_node(place, xs, widths, shown):
    node, x, width = place.node, xs[place.column], widths[place.column][0]
    newest = shown.newest is node or getattr(shown.newest, "into", None) is node
    top, operation = place.y - place.height / 2, _operation_width(node)
    if node.operation == "constant":
        narrow = _box_width(node, shown)
        parts = [_box(x + width - narrow, top, narrow, place.height, TINT, TINT)]
        return [*parts, _text(x + width - narrow / 2, place.y, number(node.value), QUIET)]
    border = (VALUE if shown.newest is node else GRADIENT) if newest else INK
    parts = [_box(x, top, width, place.height, PANEL, border, 4 if newest else 1.5)]
    if node.inputs:
        parts.append(_box(x, top, operation, place.height, TINT, border, 4 if newest else 1.5))
        parts.append(_text(x + operation / 2, place.y, node.operation, INK, bold=True))
    lines = _node_lines(node, shown)
    for i, (line, colour) in enumerate(lines):
        y = place.y + (i - (len(lines) - 1) / 2) * LINE
        parts.append(_text(x + (operation + width) / 2, y, line, colour, bold=colour != GRADIENT))
    return parts


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
    parts = [_line(path(-4), colour), _head(xs[target.column], ends[-1] - 4, 1, colour)]
    if not any(step is edge.step for step in shown.steps):
        return parts
    parts += [_line(path(4), GRADIENT, dashed=True), _head(start, ends[0] + 4, -1, GRADIENT)]
    return parts + _edge_label(edge, start, xs[source.column] + sum(widths[source.column]), ends[0], shown)


def _edge_label(edge, left, right, y, shown):
    lines, parts = _edge_lines(edge.step, shown.compact), []
    heights = [y - 19 - LINE * i for i in range(len(lines) - 2, -1, -1)] + [y + 20]
    if shown.newest is edge.step:
        for top, bottom in ((heights[0] - 12, y - 9), (y + 9, y + 32)):
            parts.append(_box(left + 12, top, right - left - 12, bottom - top, NEWEST, NEWEST))
    middle = (left + right) / 2 + 4
    return parts + [_text(middle, h, line, GRADIENT) for line, h in zip(lines, heights, strict=True)]


def _graph_legend(y, shown):
    rows = [("forward: a value is computed", VALUE, 1)]
    if shown.seeded:
        rows.append(("backward: local derivative × upstream gradient = contribution", GRADIENT, -1))
    parts = []
    for i, (text, colour, direction) in enumerate(rows):
        middle = y + i * LINE
        parts.append(_line(f"M{MARGIN} {middle:.1f}h40", colour, dashed=direction < 0))
        parts.append(_head(MARGIN + (44 if direction > 0 else -4), middle, direction, colour))
        parts.append(_text(MARGIN + 56, middle, text, colour, anchor="start"))
    return parts


def _graph_words(nodes, shown):
    names, results = {}, [node for node in nodes if node.inputs]
    for node in nodes:
        names[node] = node.name or (f"step {results.index(node) + 1}" if node.inputs else number(node.value))
    inputs = ", ".join(f"{names[n]} = {number(n.value)}" for n in nodes if n.operation == "input")
    words = [f"Computation graph of {names[shown.output]}, from left to right. Inputs: {inputs or 'none'}."]
    formulas = {node: f"{names[node]} = {_formula(node, names.get)}" for node in results}
    plugged = {node: _formula(node, lambda x: _signed(x.value)) for node in shown.results}
    done = [f"{formulas[node]} = {plugged[node]} = {number(node.value)}" for node in shown.results]
    waiting = [formulas[node] for node in results if not shown.knows(node)]
    words += [f"Forward: {'; '.join(done)}."] * bool(done)
    words += [f"Not computed yet: {'; '.join(waiting)}."] * bool(waiting)
    return " ".join(words + _gradient_words(names, shown))


def _gradient_words(names, shown):
    if not shown.seeded:
        return []
    name, totals = names[shown.output], {step.into: number(step.total) for step in shown.steps}
    passed = [
        f"{names[s.node]} to {names[s.into]}: "
        f"{number(s.local)} × {_signed(s.upstream)} = {number(s.contribution)}"
        for s in shown.steps
    ]
    words = ["; ".join([f"Backward, local × upstream = contribution: d{name}/d{name} = 1", *passed]) + "."]
    gradients = ", ".join(f"d{name}/d{names[node]} = {total}" for node, total in totals.items())
    return words + [f"Gradients so far: {gradients}."] * bool(totals)


def _formula(node, part):
    parts = [part(x) for x in node.inputs]
    return f" {node.operation} ".join(parts) if len(parts) == 2 else f"{node.operation}({parts[0]})"


# ---- the network: a circle for each unit, a line for each weight


def network_scene(parameters, input_names=None, highlight=None):
    """Draw a network's units and weights, labelled as the code counts them, from 0: X[0], A1[0], A2[0].

    parameters: W1 (n1, n0), W2 (n2, n1), ...  input_names: one for each of the n0 inputs.
    highlight: (layer, unit) makes that unit and the weights that lead into it stand out; layer 0 is X.
    Raises ValueError for missing weights, the wrong number of names, a unit that is not there.
    """
    weights = [parameters[f"W{k}"] for k in range(1, len(parameters) + 1) if f"W{k}" in parameters]
    if not weights:
        raise ValueError(f"A network needs at least W1; the parameters are named {list(parameters)}.")
    sizes = [len(weights[0][0]), *map(len, weights)]
    names = [str(name) for name in ([""] * sizes[0] if input_names is None else input_names)]
    if len(names) != sizes[0]:
        raise ValueError(f"{len(names)} input names came; W1 has {sizes[0]} columns: give {sizes[0]} names.")
    chosen = tuple(highlight) if highlight else None
    if chosen and not (chosen[0] in range(len(sizes)) and chosen[1] in range(sizes[chosen[0]])):
        raise ValueError(f"highlight is {chosen}; expected (layer, unit) from 0, in layers of {sizes}.")
    words = _network_words(weights, sizes, names, chosen)
    rows = [list(range(n)) if n <= 8 else [*range(6), None, n - 1] for n in sizes]  # None: the ellipsis
    tall, left = 68 * max(map(len, rows)), MARGIN + 46 + max(map(_width, names))
    middle = MARGIN + 2 * LINE + tall / 2
    place = {}
    for k, row in enumerate(rows):
        for i, j in enumerate(row):
            place[k, j] = left + 240 * k, middle + 68 * (i - (len(row) - 1) / 2)
    parts = _weight_lines(weights, place, chosen) + _units(names, place, chosen) + _layer_names(sizes, left)
    parts += _network_legend(middle + tall / 2 + 14, chosen)
    width, height = max(left + 240 * (len(sizes) - 1) + 110, 640), middle + tall / 2 + 5 * LINE - 20
    return _svg(width, height, "Network", words, parts)


def _weight_lines(weights, place, chosen):
    largest = max(abs(float(w)) for W in weights for row in W for w in row) or 1.0
    parts = []
    for (k, j), (x, y) in place.items():
        before = [(i, at) for (layer, i), at in place.items() if layer == k - 1 and None not in (i, j)]
        for i, (from_x, from_y) in before:
            w = float(weights[k - 1][j][i])
            colour = FADED if chosen and chosen != (k, j) else NEGATIVE if w < 0 else VALUE if w else QUIET
            path = f"M{from_x:.1f} {from_y:.1f}L{x:.1f} {y:.1f}"
            parts.append(_line(path, colour, 1 + 5 * abs(w) / largest, dashed=w < 0))
    return parts


def _units(names, place, chosen):
    parts = []
    for (k, j), (x, y) in place.items():
        if j is None:
            parts.append(_text(x, y, "⋮", bold=True))
            continue
        fill, thick = (NEWEST, 4) if chosen == (k, j) else (PANEL, 1.5)
        look = f'fill="{fill}" stroke="{INK}" stroke-width="{thick}"'
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="31" {look}/>')
        parts.append(_text(x, y, f"A{k}[{j}]" if k else f"X[{j}]"))
        if k == 0 and names[j]:
            parts.append(_text(x - 40, y, names[j], anchor="end"))
    return parts


def _kind(k, sizes):
    kind = "input" if k == 0 else "output" if k == len(sizes) - 1 else "hidden unit"
    return kind + "s" * (sizes[k] != 1)


def _layer_names(sizes, left):
    tops = [_text(left + 240 * k, MARGIN + 2, f"n{k} = {n}", bold=True) for k, n in enumerate(sizes)]
    return tops + [_text(left + 240 * k, MARGIN + 2 + LINE, _kind(k, sizes)) for k in range(len(sizes))]


def _network_legend(y, chosen):
    parts = []
    for x, colour, text in ((0, VALUE, "positive weight"), (210, NEGATIVE, "negative weight, dashed")):
        parts.append(_line(f"M{MARGIN + x} {y:.1f}h40", colour, 4, dashed=colour == NEGATIVE))
        parts.append(_text(MARGIN + x + 50, y, text, anchor="start"))
    words = "The thicker the line, the larger the weight."
    parts.append(_text(MARGIN, y + LINE, words, QUIET, anchor="start"))
    if chosen:
        k, j = chosen
        words = f"A{k}[{j}]: layer {k}, neuron {j}; W{k}[{j}, :] and b{k}[{j}] lead to it."
        words = words if k else f"X[{j}]: layer 0, input {j}."
        parts.append(_text(MARGIN, y + 2 * LINE, words, bold=True, anchor="start"))
    return parts


def _network_words(weights, sizes, names, chosen):
    layers = ", ".join(f"{n} {_kind(k, sizes)}" for k, n in enumerate(sizes))
    words = [f"A network of {layers}; every unit is joined to every unit of the next layer."]
    if any(names):
        words.append(f"Inputs: {', '.join(f'X[{i}] is {name}' for i, name in enumerate(names))}.")
    for k, W in enumerate(weights, 1):
        flat = [float(w) for row in W for w in row]
        rows = [f"row {j}: {', '.join(number(float(w)) for w in row)}" for j, row in enumerate(W)]
        ends, below = f"{number(min(flat))} to {number(max(flat))}", sum(w < 0 for w in flat)
        all_of_them = f"{len(flat)} weights from {ends}, {below} of them negative"
        words.append(f"W{k}: {'; '.join(rows) if len(flat) <= 24 else all_of_them}.")
    return " ".join(words + ([f"Highlighted: layer {chosen[0]}, unit {chosen[1]}."] if chosen else []))


# ---- the matrices: blocks whose equal sides have equal lengths


def shapes_scene(n0, n1, n2, m):
    """Draw the forward pass as shaped blocks: A1 = g(W1 @ X + b1), A2 = sigmoid(W2 @ A1 + b2).

    n0 inputs, n1 hidden units, n2 outputs, m examples: whole numbers from 1.
    Raises ValueError for anything else.
    """
    sizes = {"n0": n0, "n1": n1, "n2": n2, "m": m, "1": 1}
    for name, n in sizes.items():
        if n != int(n) or n < 1:
            raise ValueError(f"{name} is {n!r}; expected a whole number from 1.")
    words = f"The shapes of the forward pass with {n0 = }, {n1 = }, {n2 = }, {m = }."
    parts, right, y = [], 0, MARGIN
    for layer, inputs, n_in, n_out, g in ((1, "X", "n0", "n1", "g"), (2, "A1", "n1", "n2", "sigmoid")):
        W, b, Z, A = (f"{letter}{layer}" for letter in "WbZA")
        blocks = ((W, n_out, n_in), (inputs, n_in, "m"), (b, n_out, "1"), (Z, n_out, "m"), (A, n_out, "m"))
        drawn, width, height = _row(blocks, ("@", "+", "=", f"{g} →", ""), y, sizes)
        parts, right, y = parts + drawn, max(right, width), y + height
        shapes = [f"{name} is {rows} × {cols}: ({sizes[rows]}, {sizes[cols]})" for name, rows, cols in blocks]
        words += f" {Z} = {W} @ {inputs} + {b}, {A} = {g}({Z}). {'; '.join(shapes)}."
    legend = "grey: parameters, learned; blue: data and results; a column for each example"
    parts.append(_text(MARGIN, y, legend, QUIET, anchor="start"))
    return _svg(max(right + MARGIN, 800), y + MARGIN + 4, "Shapes of the forward pass", words, parts)


def _side(n):
    return min(26 + 13 * math.log2(n), 170)


def _row(blocks, signs, y, sizes):
    tall = max(_side(sizes[rows]) for _, rows, _ in blocks)
    parts, x, middle = [], MARGIN, y + LINE + 6 + tall / 2
    for block, sign in zip(blocks, signs, strict=True):
        drawn, x = _block(x, middle, *block, sizes)
        parts += drawn
        if sign:
            parts.append(_text(x + 12 + _width(sign) / 2, middle, sign, bold=True))
            x += 24 + _width(sign)
    return parts, x, tall + 3 * LINE + 40


def _block(x, middle, name, rows, columns, sizes):
    """One matrix with its sides labelled, its name and shape below; and where the next thing may start."""
    side, shape = f"{rows} = {sizes[rows]}", f"({sizes[rows]}, {sizes[columns]})"
    above = "1" if columns == "1" else f"{columns} = {sizes[columns]}"
    width, height = _side(sizes[columns]), _side(sizes[rows])
    body = max(width, *(_width(text) for text in (above, name, shape)))
    centre = x + _width(side) + 8 + body / 2
    look = (TINT, QUIET) if name[0] in "Wb" else ("#D6E9F5", VALUE)
    return [
        _box(centre - width / 2, middle - height / 2, width, height, *look),
        _text(centre - width / 2 - 6, middle, side, anchor="end"),
        _text(centre, middle - height / 2 - 15, above),
        _text(centre, middle + height / 2 + 14, name, bold=True),
        _text(centre, middle + height / 2 + 14 + LINE, shape),
    ], centre + body / 2
