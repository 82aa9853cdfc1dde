"""Every explorer, values to type into it, and the picture that it then has to show."""

from nbformat.v4 import new_code_cell, new_notebook

from helpers.lessons import METADATA
from tests import learners

SETUP = """
import matplotlib.pyplot as plt
import numpy as np
from helpers import datasets, scenes, widgets
from helpers.computation_graph import Node, recompute
from helpers.network import initialize_parameters
from helpers.trainer import Trainer

a, b, c = Node(5, "a"), Node(3, "b"), Node(2, "c")
J = (3 * (a + (b * c).named("u")).named("v")).named("J")
parameters = initialize_parameters(2, 3, 1, scale=1)
X, Y = datasets.flower()
radius, malignant = datasets.breast_cancer()
radius = datasets.standardise(radius[[0]], radius[[0]])[0]

def graph(step, **values):
    for node in (a, b, c):
        node.value = values.get(node.name, node.value)
    recompute(J)
    return scenes.graph_scene(J, min(step, 3), max(step - 3, 0))

def started(start, epoch):
    trainer = Trainer(initialize=lambda *sizes: widgets.STARTS[start](*sizes), epochs=epoch)
    trainer.train(X, Y, progress=False)
    return scenes.units_scene(trainer.parameters, X, Y, epoch)

def trained(epochs):
    trainer = Trainer(epochs=epochs)
    history = trainer.train(X, Y, progress=False)
    return scenes.training_scene(history, epochs, 1000)

def line(slope=1):
    figure, ax = plt.subplots(figsize=(4, 3))
    ax.plot([0, 1 / slope])
    return figure, f"a line up to {1 / slope:.3f}"
"""

# name: the cell, what is typed into which field, the scene that is then shown
CASES = {
    "graph": ("widgets.explore_graph(J)", {"step": "5", "c": "4"}, "graph(5, c=4.0)"),
    "passes": (
        "widgets.explore_passes(parameters, X[:, :4], Y[:, :4])",
        {"step": "8", "example": "2", "row": "1", "column": "1"},
        "scenes.passes_scene(parameters, X[:, :4], Y[:, :4], 7, 2, (1, 1))",
    ),
    "paths": (
        "widgets.explore_paths(parameters, X[:, :4], Y[:, :4])",
        {"row": "2", "column": "1", "path": "3"},
        "scenes.paths_scene(parameters, X[:, :4], Y[:, :4], (2, 1), 3)",
    ),
    "descent": (
        "widgets.explore_descent(radius, malignant)",
        {"step": "30"},
        "scenes.descent_scene(scenes.cost_surface(radius, malignant), "
        "scenes.neuron_walk(radius, malignant, 1, 30))",
    ),
    "parabola": (
        "widgets.explore_parabola()",
        {"step": "12", "learning rate": "0.223"},
        "scenes.parabola_scene(scenes.parabola_walk(0.223, 12), 0.223)",
    ),
    "valley": (
        "widgets.explore_valley()",
        {"step": "40", "start 0": "9.5"},
        "scenes.valley_scene({'gradient descent, learning rate 0.018': "
        "scenes.valley_walk('gradient descent', 0.018, 40, (9.5, 1.0))})",
    ),
    "starts": ("widgets.explore_starts(X, Y)", {"epoch": "15"}, "started('all 0.5', 15)"),
    "neuron": (
        "widgets.explore_neuron()",
        {"w": "3", "b": "-1.25"},
        "scenes.neuron_scene(3.0, -1.25, 2.0)",
    ),
    "shares": (
        "widgets.explore_shares()",
        {"z0": "-1.5", "z2": "3"},
        "scenes.shares_scene(-1.5, 1.0, 3.0, 1)",
    ),
    "depth": ("widgets.explore_depth()", {"hidden": "5"}, "scenes.depth_scene(0.01, 'tanh', 5)"),
    "address": (
        "widgets.explore_address(parameters, X[:, :5])",
        {"layer": "2", "example": "3"},
        "scenes.address_scene(parameters, X[:, :5], 2, 3, 1)",
    ),
    "training": ("widgets.explore_training(Trainer(), X, Y)", {"epoch": "40"}, "trained(40)"),
}
# (name, how): what is done to which element of the picture, in its units, and the scene that is then shown
TOUCHED = {
    ("graph", "mouse"): ([("click", "forward 2"), ("drag", "b", 60, 0)], "graph(2, b=6.0)"),
    ("graph", "keys"): ([("press", "forward 3"), ("type", "c", "-2,5")], "graph(3, c=-2.5)"),
    ("passes", "mouse"): (
        [("click", "step 10"), ("click", "dW1[2, 1]"), ("click", "X[:, 3]")],
        "scenes.passes_scene(parameters, X[:, :4], Y[:, :4], 9, 3, (2, 1))",
    ),
    ("passes", "keys"): (
        [("press", "step 9"), ("press", "dA1[:, 2]")],
        "scenes.passes_scene(parameters, X[:, :4], Y[:, :4], 8, 2, (0, 0))",
    ),
    ("paths", "mouse"): (
        [("click", "dW1[1, 1]"), ("click", "path 2"), ("click", "X[0, 3]")],
        "scenes.paths_scene(parameters, X[:, :4], Y[:, :4], (1, 0), 4)",
    ),
    ("paths", "keys"): (
        [("press", "dW1[2, 0]"), ("press", "path 4"), ("press", "g′(Z1)[0, 1]")],
        "scenes.paths_scene(parameters, X[:, :4], Y[:, :4], (0, 0), 2)",
    ),
    ("descent", "mouse"): (
        [("drag", "start", 100, 64)],
        "scenes.descent_scene(scenes.cost_surface(radius, malignant), "
        "scenes.neuron_walk(radius, malignant, 0.01, 0, (3.0, -0.6)))",
    ),
    ("descent", "keys"): (
        [("press", "start", "ArrowRight"), ("press", "start", "ArrowUp")],
        "scenes.descent_scene(scenes.cost_surface(radius, malignant), "
        "scenes.neuron_walk(radius, malignant, 0.01, 0, (-1.9, 3.1)))",
    ),
    ("parabola", "mouse"): (
        [("drag", "start_c", 100, 0)],
        "scenes.parabola_scene(scenes.parabola_walk(0.1, 0, 4.0), 0.1)",
    ),
    ("parabola", "keys"): (
        [("type", "start_c", "-4.75"), ("press", "start_c", "PageUp")],
        "scenes.parabola_scene(scenes.parabola_walk(0.1, 0, -3.75), 0.1)",
    ),
    ("valley", "mouse"): (
        [("drag", "start, gradient descent, learning rate 0.018", -100, 65)],
        "scenes.valley_scene({'gradient descent, learning rate 0.018': "
        "scenes.valley_walk('gradient descent', 0.018, 0, (8.0, -0.2))})",
    ),
    ("valley", "keys"): (
        [
            ("press", "start, gradient descent, learning rate 0.018", "ArrowLeft"),
            ("press", "start, gradient descent, learning rate 0.018", "ArrowDown"),
        ],
        "scenes.valley_scene({'gradient descent, learning rate 0.018': "
        "scenes.valley_walk('gradient descent', 0.018, 0, (9.9, 0.9))})",
    ),
    ("neuron", "mouse"): (
        [("drag", "x, tanh", -3.5 * 350 / 12, 30), ("drag", "w", 20, 0)],
        "scenes.neuron_scene(1.5, -2.0, -1.5)",
    ),
    ("neuron", "keys"): (
        [("press", "x, sigmoid", "ArrowLeft"), ("type", "b", "1.25")],
        "scenes.neuron_scene(0.5, 1.25, 1.9)",
    ),
    ("shares", "mouse"): ([("drag", "z1", 20, 0)], "scenes.shares_scene(2.0, 2.0, -1.0, 1)"),
    ("shares", "keys"): (
        [("press", "z0", "ArrowRight"), ("type", "z2", "0.5")],
        "scenes.shares_scene(2.1, 1.0, 0.5, 1)",
    ),
    ("depth", "mouse"): ([("drag", "hidden", -60, 0)], "scenes.depth_scene(0.01, 'tanh', 5)"),
    ("depth", "keys"): (
        [("press", "hidden", "ArrowRight"), ("type", "hidden", "3")],
        "scenes.depth_scene(0.01, 'tanh', 3)",
    ),
    ("address", "mouse"): (
        [("click", "A2[0]"), ("click", "A2[:, 3]")],
        "scenes.address_scene(parameters, X[:, :5], 2, 4, 1)",
    ),
    ("address", "keys"): (
        [("press", "A1[2]"), ("press", "A1[1, 4]")],
        "scenes.address_scene(parameters, X[:, :5], 1, 5, 2)",
    ),
}
OWN = "widgets.explore(line, slope=(0, 4))"
PLAYED = ["graph", "passes", "descent", "parabola", "valley", "starts", "training"]

YOURS = f"""
import numpy as np
from helpers.activations import sigmoid
from helpers.widgets import Playground
{learners.INITIAL}{learners.FORWARD}{learners.COST}{learners.BACKWARD}{learners.UPDATE}
yours = {{"initialize": initialize_parameters, "forward": forward_propagation, "cost": compute_cost,
         "backward": backward_propagation, "update": update_parameters}}"""
PLAYGROUND = "Playground(**yours, n_h=3, epochs_a_frame=20)"
UP = """
up = False
correct = backward_propagation
def my_backward(parameters, cache, X, Y):
    if up:
        raise ArithmeticError("the flag <is> up")
    return correct(parameters, cache, X, Y)
yours["backward"] = my_backward"""
REACH = 4.5  # of the plane, with the data that the playground begins with
ADDED = [(0, "add", (4, -4, 1))]
MOVED = [(0, "remove", (2.605, -0.478)), (0, "add", (4, 4, 0))]  # example 47
# (what, how): what is done by hand to the playground's picture, and what its line of code then says
BY_HAND = {
    ("a weight's formula", "mouse"): ([("click", "W1[1, 0]")], {"chosen": "W1[1, 0]"}),
    ("a weight's formula", "keys"): (
        [("press", "A1[1]"), ("press", "W1[1, 0]", "Space")],
        {"chosen": "W1[1, 0]"},
    ),
    ("a bias's formula", "mouse"): ([("click", "b1[2, 0]")], {"chosen": "b1[2, 0]"}),
    ("a bias's formula", "keys"): (
        [("press", "A1[2]"), ("press", "b1[2, 0]", "Space")],
        {"chosen": "b1[2, 0]"},
    ),
    ("a unit's formula", "mouse"): ([("click", "A1[0]")], {"chosen": "A1[0]"}),
    ("a unit's formula", "keys"): ([("press", "A1[0]")], {"chosen": "A1[0]"}),
    ("a weight", "dragged"): (
        [("drag", "W1[1, 0]", 0, -50)],
        {"chosen": "W1[1, 0]", "changes": [(0, "W1[1, 0]", 1)]},
    ),
    ("a weight", "typed"): (
        [("press", "A2[0]"), ("type", "W2[0, 1]", "-0,75")],
        {"chosen": "W2[0, 1]", "changes": [(0, "W2[0, 1]", -0.75)]},
    ),
    ("a weight", "written"): (
        [("write", "b1[1, 0]", "2.5")],
        {"chosen": "b1[1, 0]", "changes": [(0, "b1[1, 0]", 2.5)]},
    ),
    ("a weight", "keys"): (
        [("press", "A1[1]"), ("press", "W1[1, 0]", "PageUp"), ("press", "W1[1, 0]", "ArrowDown")],
        {"chosen": "W1[1, 0]", "changes": [(0, "W1[1, 0]", 0.9)]},
    ),
    ("a point", "mouse"): ([("click at", 4, -4)], {"changes": ADDED}),
    ("a point of the other class", "mouse"): ([("shift at", 4, -4)], {"changes": [(0, "add", (4, -4, 0))]}),
    ("a point of class 0", "mouse"): (
        [("click", "new class"), ("click at", 4, -4)],
        {"new_class": 0, "changes": [(0, "add", (4, -4, 0))]},
    ),
    ("a point", "keys"): (
        [("press", "plane", "ArrowRight"), ("press", "plane", "ArrowUp"), ("press", "plane", "0")],
        {"changes": [(0, "add", (0.18, 0.18, 0))]},
    ),
    ("a point of class 0", "keys"): (
        [("press", "new class"), ("press", "plane", "1")],
        {"new_class": 0, "changes": [(0, "add", (0, 0, 1))]},
    ),
    ("a point moved", "mouse"): (
        [("drag at", 2.605, -0.478, 4, 4)],
        {"example": 299, "changes": MOVED},
    ),
    ("the example", "mouse"): ([("click at", 2.605, -0.478)], {"example": 47}),
    ("the example", "keys"): ([("press", "example", "PageDown")], {"example": 1}),
    ("the example moved", "keys"): (
        [("press", "example", "ArrowLeft")],
        {"example": 299, "changes": [(0, "remove", (-0.974, -3.453)), (0, "add", (-1.154, -3.453, 1))]},
    ),
    ("a point removed", "mouse"): (
        [("double at", 2.605, -0.478)],
        {"example": 47, "changes": [(0, "remove", (2.605, -0.478))]},
    ),
    ("a point removed", "keys"): (
        [("press", "example", "Delete")],
        {"changes": [(0, "remove", (-0.974, -3.453))]},
    ),
    ("back to an epoch", "keys"): (
        [("button", "One epoch"), ("button", "One epoch"), ("type", "cost curve", "1")],
        {"epochs": 1},
    ),
    ("undo", "of a weight"): (
        [("drag", "W1[1, 0]", 0, -50), ("button", "Undo")],
        {"chosen": "W1[1, 0]"},
    ),
    ("undo", "of a point moved"): (
        [("click at", 4, -4), ("drag at", 4, -4, -4, 4), ("button", "Undo")],
        {"example": 300, "changes": ADDED},
    ),
    ("undo", "of going back"): (
        [("button", "One epoch"), ("button", "One epoch"), ("type", "cost curve", "1"), ("button", "Undo")],
        {"epochs": 2},
    ),
}
TABLE = "width <i>,height,kind\n" + "".join(f"{k},{k * k % 7},{'ab'[k % 2]}\n" for k in range(40))


def playground_notebook():
    """One cell with a learner's functions, whose backward fails while `up` is set, one with a playground."""
    return new_notebook(cells=[new_code_cell(cell) for cell in (YOURS + UP, PLAYGROUND)], metadata=METADATA)


def opened_by(code):
    """The playground that this line of code opens here, and what it is told beside what PLAYGROUND is."""
    names = {}
    exec(YOURS + UP, names)
    told = eval(f"dict({code.removeprefix('Playground(')}", names)
    others = {"n_h", "epochs_a_frame", *names["yours"]}
    return eval(code, names), {name: value for name, value in told.items() if name not in others}


def notebook():
    """One cell for each explorer, then one for a function of one's own."""
    cells = [SETUP, *(cell for cell, _, _ in CASES.values()), OWN]
    return new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=METADATA)


def expected(name):
    """The scene that the helpers give for the typed values."""
    return scene_of(CASES[name][2])


def scene_of(expression):
    """The scene that this expression gives, in the names of the first cell."""
    names = {}
    exec(SETUP, names)
    return eval(expression, names)
