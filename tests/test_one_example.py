"""Pictures of the way back for one example: the numbers in them, and what they refuse."""

import re

import numpy as np
import pytest

from helpers.computation_graph import Node, sigmoid
from helpers.plots import plot_unit_lines
from helpers.scenes import (
    address_scene,
    fed_scene,
    graph_scene,
    network_scene,
    passes_scene,
    path_scene,
    products_scene,
)
from tests.support import assert_legible, labels

COLUMN, ROW = np.array([[-0.5], [0.25]]), np.array([[2.0, -1.0, 3.0]])
W2, DZ2 = np.array([[1, 1], [-2, 0], [0.5, -1]]), np.array([[2], [1], [4]])
NETWORK = {
    "W1": np.array([[0.25, -0.5], [0.5, 0.25]]),
    "b1": np.array([[0.0], [-0.25]]),
    "W2": np.array([[1.0, -2.0]]),
    "b2": np.array([[0.0]]),
}
X, Y = np.array([[2.0, -1.0, 3.0], [1.0, 1.0, -2.0]]), np.array([[1, 0, 1]])


def test_a_path_carries_its_product_back():
    scene = path_scene({"w": 0.5, "z": 1, "L": 1.5}, [2, -0.25])
    assert_legible(scene)
    assert "L to z: 1 × (−0.25) = −0.25. z to w: −0.25 × 2 = −0.5." in " ".join(sorted_links(scene))
    assert "dL/dw = −0.5" in scene.svg


def sorted_links(scene):
    """The sentences about links, from the loss to the left."""
    links = [part.strip() + "." for part in scene.description.split(". ") if " to " in part and "×" in part]
    return [link.replace("..", ".") for link in reversed(links)]


def test_a_path_refuses_links_that_do_not_fit():
    with pytest.raises(ValueError, match="3 stops have 2 links; 1 local"):
        path_scene({"w": 0.5, "z": 1, "L": 1.5}, [2])


def test_a_table_of_products_has_each_with_its_numbers():
    scene = products_scene(COLUMN, ROW)
    assert_legible(scene)
    for j in range(2):
        for k in range(3):
            assert f"dW1[{j},{k}] = " in scene.description
    assert "dW1[0,1] = −0.5 × (−1) = 0.5" in scene.description


@pytest.mark.parametrize("column, row", [(ROW, ROW), (COLUMN, COLUMN), (COLUMN, np.ones((1, 7))), (3.0, ROW)])
def test_a_table_of_products_refuses_other_shapes(column, row):
    with pytest.raises(ValueError, match="expected|up to 6"):
        products_scene(column, row)


@pytest.mark.parametrize(("unit", "words"), [(0, "da1[0] = 2 + (−2) + 2 = 2"), (1, "= 2 + 0 + (−4) = −2")])
def test_back_to_a_unit_adds_what_its_outputs_send(unit, words):
    scene = fed_scene(W2, DZ2, unit)
    assert_legible(scene)
    assert words in scene.description and (W2.T @ DZ2)[unit, 0] == float(words.split()[-1].replace("−", "-"))


@pytest.mark.parametrize(
    "arguments", [(W2, DZ2, 2), (W2, DZ2.T, 0), (W2[0], DZ2, 0), (np.ones((7, 2)), DZ2, 0)]
)
def test_back_to_a_unit_refuses_what_does_not_fit(arguments):
    with pytest.raises(ValueError, match="expected"):
        fed_scene(*arguments)


def test_one_neuron_is_no_neurons():
    with pytest.raises(ValueError, match="Layer 2 has 1 neuron and"):
        address_scene(NETWORK, X, layer=2, example=1, neuron=2)


def test_a_picture_names_a_unit_as_the_code_does():
    assert "neuron 0" not in network_scene(NETWORK, highlight=(1, 0)).svg
    scene = address_scene(NETWORK, X, layer=1, example=1, neuron=1)
    assert "Neuron 1 of layer 1" in scene.description and "A1[0, 0]" in scene.description


def test_a_function_of_one_number_has_one_pair_of_brackets():
    assert "sigmoid(−1)" in graph_scene(sigmoid(Node(-1, "z"))).description


def test_a_gradient_of_a_matrix_is_said_row_by_row():
    said = passes_scene(NETWORK, X, Y, step=9, hidden_activation="sigmoid").description
    assert "dW1: row 0 (−0.2278, 0.02072); row 1 (0.5232, −0.148)." in said
    tanh = passes_scene(NETWORK, X, Y, step=9).description
    assert "row 1" in tanh and "0.5232" not in tanh


def test_the_lines_of_the_units_lie_where_their_z_is_0():
    words = plot_unit_lines(NETWORK, X, Y)
    assert "A1[0] turns at 0.25 X[0] −0.5 X[1] +0 = 0." in words and "A1[1] turns" in words


@pytest.mark.parametrize("step", range(11))
def test_a_sign_stands_apart_from_the_size_that_follows_it(step):
    texts = [*labels(passes_scene(NETWORK, X, Y, step=step, hidden_activation="sigmoid").svg)]
    sizes = [box for text, box in texts if re.fullmatch(r"(m|n\d) = \d", text)]
    assert sizes
    for left, top, right, bottom in [box for text, box in texts if text in {*"@+=*−"}]:
        beside = [box for box in sizes if box[1] < bottom and top < box[3]]
        assert all(box[0] - right > 12 or left - box[2] > 12 for box in beside)
