"""Pictures: what a scene or a plot shows, says and refuses."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots, scenes
from helpers import show as show_module
from helpers.computation_graph import Node, backward_steps, log, sigmoid
from helpers.scenes import graph_scene, network_scene, shapes_scene
from tests.support import SVG, assert_legible, boxes, labels, overlap, random_graph


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def scalar_example():
    a, b, c = Node(5, "a"), Node(3, "b"), Node(2, "c")
    return (3 * (a + (b * c).named("u")).named("v")).named("J")


def used_twice():
    u = Node(4, "u")
    return (u + u).named("s")


def neuron():
    w1, x1, w2, x2, b = (
        Node(v, n) for v, n in ((0.5, "w1"), (1.2, "x1"), (-0.7, "w2"), (0.4, "x2"), (0.1, "b"))
    )
    return sigmoid((w1 * x1 + w2 * x2 + b).named("z")).named("a")


def loss():
    a, y = neuron(), Node(1, "y")
    return (-(y * log(a) + (1 - y) * log(1 - a))).named("loss")


LESSONS = {"scalar": scalar_example, "used twice": used_twice, "neuron": neuron, "loss": loss}
GRAPHS = [pytest.param(make(), id=name) for name, make in LESSONS.items()]
GRAPHS += [pytest.param(random_graph(seed), id=f"random {seed}") for seed in range(12)]
PARAMETERS = {
    "W1": np.array([[0.5, -1.25], [2.0, 0.0], [-0.75, 0.1]]),
    "b1": np.zeros((3, 1)),
    "W2": np.array([[1.0, -2.0, 0.3]]),
    "b2": 0,
}


@pytest.mark.parametrize("output", GRAPHS)
@pytest.mark.parametrize("backward", [0, 1, 3, None])
def test_graph_is_legible_at_every_stage(output, backward):
    most = len(backward_steps(output))
    assert_legible(graph_scene(output, backward=None if backward is None else min(backward, most)))


@pytest.mark.parametrize("output", GRAPHS)
def test_no_edge_runs_through_a_box(output):
    svg = graph_scene(output, backward=None).svg
    nodes = [box for box in boxes(svg) if box[2] - box[0] > 1]
    for path in ET.fromstring(svg).iter(f"{SVG}path"):
        if "C" not in path.get("d"):
            continue
        points = np.array(
            re.findall(r"-?\d+\.\d", path.get("d").split("C")[0].replace("H", " ")), dtype=float
        )
        x, y, bend = points
        passing = [(x, y, bend)]
        for curve in re.findall(r"C([^CM]*)", path.get("d")):
            numbers = [float(n) for n in re.findall(r"-?\d+\.\d", curve)]
            if len(numbers) == 7:
                passing.append((numbers[4], numbers[5], numbers[6]))
        for start, height, end in passing:
            for left, top, right, bottom in nodes:
                assert not (top < height < bottom and start < left - 1 and right + 1 < end)
                assert not (top < height < bottom and left + 1 < start < right - 1)


@pytest.mark.parametrize("seed", range(12))
def test_boxes_of_different_nodes_do_not_overlap(seed):
    found = list(boxes(graph_scene(random_graph(seed)).svg))
    for i, one in enumerate(found):
        for two in found[:i]:
            inside = (
                two[0] == one[0] and two[1] == one[1] and two[3] == one[3]
            )  # the operation, in its node's box
            assert inside or not overlap(one, two)


def test_scalar_example_shows_and_says_every_number():
    scene = graph_scene(scalar_example(), backward=None)
    texts = [text for text, _ in labels(scene.svg)]
    for text in (
        "6",
        "11",
        "33",
        "dJ/dv = 3",
        "dJ/du = 3",
        "dJ/da = 3",
        "dJ/db = 6",
        "dJ/dc = 9",
        "dJ/dJ = 1",
        "3 × 2",
        "= 6",
        "= 9",
    ):
        assert text in texts
        assert text.removeprefix("= ") in scene.description
    assert "u = b × c = 3 × 2 = 6" in scene.description and "u to c: 3 × 3 = 9" in scene.description
    assert "stroke-dasharray" in scene.svg


def test_forward_steps_hide_what_is_not_computed_yet():
    scene = graph_scene(scalar_example(), forward=1)
    texts = [text for text, _ in labels(scene.svg)]
    assert texts.count("?") == 2 and "6" in texts and "33" not in texts
    assert "33" not in scene.description and "Not computed yet: v = a + u; J = 3 × v" in scene.description
    assert "stroke-dasharray" not in graph_scene(scalar_example()).svg


def test_backward_steps_show_one_more_contribution_each_and_nothing_jumps():
    J = scalar_example()
    for k in range(6):
        scene = graph_scene(J, backward=k)
        assert sum(" × " in text and "backward" not in text for text, _ in labels(scene.svg)) == k
        assert set(boxes(graph_scene(J).svg)) <= set(boxes(scene.svg))
        assert (
            re.search('viewBox="[^"]*"', scene.svg)[0] == re.search('viewBox="[^"]*"', graph_scene(J).svg)[0]
        )


def test_node_used_twice_shows_both_contributions_being_added():
    texts = [text for text, _ in labels(graph_scene(used_twice(), backward=None).svg)]
    assert texts.count("1 × 1") == 2 and "ds/du = 2" in texts and "= 1 + 1" in texts
    texts = [text for text, _ in labels(graph_scene(used_twice(), backward=1).svg)]
    assert "ds/du = ?" in texts and "= 1 + …" in texts


def test_drawing_leaves_the_graph_as_it_was():
    J = scalar_example()
    J.gradient = 0.25
    graph_scene(J, backward=None)
    assert J.gradient == 0.25 and J.inputs[1].gradient == 0.0


def test_a_single_input_and_an_unnamed_long_chain_can_be_drawn():
    assert "= 7" in graph_scene(Node(7, "x")).description
    s = Node(1.0)
    for _ in range(38):
        s = s * s
    assert_legible(graph_scene(s, backward=None))


@pytest.mark.parametrize(
    "steps, message",
    [
        ({"forward": 4}, "from 0 to 3"),
        ({"backward": 9}, "from 0 to 5"),
        ({"forward": 1, "backward": 1}, "needs every value"),
    ],
)
def test_impossible_steps_are_refused(steps, message):
    with pytest.raises(ValueError, match=message):
        graph_scene(scalar_example(), **steps)


def test_too_large_a_graph_is_refused():
    with pytest.raises(ValueError, match="picture holds 40"):
        graph_scene(random_graph(0, size=400))


@pytest.mark.parametrize("highlight", [None, (0, 1), (1, 2), (2, 0)])
def test_network_is_legible_and_tells_signs_without_colour(highlight):
    scene = network_scene(PARAMETERS, ["height", "weight"], highlight)
    assert_legible(scene)
    assert scene.svg.count("stroke-dasharray") == 3 + 1  # three negative weights and the legend
    assert "row 0: 0.5, −1.25" in scene.description and "X[1] is weight" in scene.description
    if highlight:
        assert (
            f"Highlighted: {['X', 'A1', 'A2'][highlight[0]]}[{highlight[1]}]." in scene.description
            and scene.svg.count(scenes.NEWEST) == 1
        )


def test_wide_layers_are_cut_and_say_so():
    scene = network_scene({"W1": np.ones((20, 64)), "W2": -np.ones((10, 20))})
    texts = [text for text, _ in labels(scene.svg)]
    assert_legible(scene)
    assert texts.count("⋮") == 3 and "X[63]" in texts and "X[6]" not in texts and "n1 = 20" in texts
    assert "1280 weights from 1 to 1" in scene.description


@pytest.mark.parametrize(
    "change, message",
    [
        ({"parameters": {"b1": 1}}, "at least W1"),
        ({"input_names": ["x"]}, "give 2 names"),
        ({"highlight": (1, 3)}, "from 0"),
    ],
)
def test_bad_networks_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        network_scene(**({"parameters": PARAMETERS} | change))


@pytest.mark.parametrize("sizes", [(2, 4, 1, 400), (64, 32, 10, 1797), (1, 1, 1, 1), (100000, 2, 3, 5)])
def test_shapes_are_legible_and_equal_sides_have_equal_lengths(sizes):
    scene = shapes_scene(*sizes)
    n0, n1, n2, m = sizes
    assert_legible(scene)
    assert (
        f"W1 is n1 × n0: ({n1}, {n0})" in scene.description
        and f"A2 is n2 × m: ({n2}, {m})" in scene.description
    )
    W1, X, b1, Z1, A1 = list(boxes(scene.svg))[:5]
    assert W1[2] - W1[0] == pytest.approx(X[3] - X[1], abs=0.2) and W1[3] - W1[1] == pytest.approx(
        Z1[3] - Z1[1], abs=0.2
    )


def test_shapes_refuse_what_is_no_size():
    with pytest.raises(ValueError, match="n1 is 0; expected a whole number from 1"):
        shapes_scene(2, 0, 1, 5)


def test_names_are_escaped():
    nasty = '<b>&"'
    for scene in (
        graph_scene((Node(2, nasty) * 3).named("J"), backward=None),
        network_scene(PARAMETERS, [nasty, "x"]),
    ):
        assert "<b>" not in scene.svg
        assert any(nasty in text for text, _ in labels(scene.svg)) and nasty in scene.description
        assert (
            'alt="' in (html := scene._repr_mimebundle_()["text/html"])
            and "<b>" not in html
            and "&lt;b&gt;&amp;&quot;" in html
        )


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr(show_module, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def test_show_puts_figure_and_description_into_one_output_and_closes_it(shown):
    figure, ax = plots.new_figure()
    show_module.show(figure, 'cost "J" < 0.5')
    (bundle,) = shown
    assert set(bundle) == {"image/png", "text/html", "text/plain"}
    assert bundle["text/plain"] == 'Figure: cost "J" < 0.5'
    assert (
        'alt="cost &quot;J&quot; &lt; 0.5"' in bundle["text/html"]
        and "data:image/png;base64," in bundle["text/html"]
    )
    assert bundle["image/png"][:4] == b"\x89PNG" and not plt.fignum_exists(figure.number)


def test_the_same_figure_gives_the_same_bytes(shown):
    for _ in range(2):
        figure, ax = plots.new_figure()
        show_module.show(figure, plots.plot_curves({"cost": [3, 2, 1]}, ax))
    assert shown[0]["image/png"] == shown[1]["image/png"] and shown[0] == shown[1]
    assert b"matplotlib" not in shown[0]["image/png"]


def test_show_scene_uses_its_own_description_or_the_given_one(shown):
    scene = shapes_scene(2, 4, 1, 5)
    show_module.show(scene)
    show_module.show(scene, "shorter")
    assert shown[0]["image/svg+xml"] == scene.svg and shown[0]["text/plain"] == f"Figure: {scene.description}"
    assert (
        shown[1]["text/plain"] == "Figure: shorter" and "data:image/svg+xml;base64," in shown[1]["text/html"]
    )


def test_show_refuses_a_figure_without_description_and_what_is_no_picture(shown):
    figure, ax = plots.new_figure()
    with pytest.raises(ValueError, match="its numbers"):
        show_module.show(figure)
    with pytest.raises(TypeError, match="give ax.figure"):
        show_module.show(ax, "axes")
    assert shown == []


X = np.array([[0.0, 1.0, 2.0, 3.0], [1.0, -1.0, 0.5, 2.0]])
Y = np.array([[1, 0, 0, 1]])


def test_data_and_boundary_say_counts_and_accuracy():
    assert "4 examples: 2 of class 1 (blue circles), 2 of class 0 (orange triangles)" in plots.plot_data(X, Y)
    figure, ax = plots.new_figure()
    words = plots.plot_boundary(lambda points: (points[:1] > 0.5) * 1.0, X, Y, ax)
    assert (
        "is right for 25.0% of the examples" in words and len(ax.collections) == 4
    )  # map, line, two classes
    markers = [text.get_text() for text in ax.get_legend().get_texts()]
    assert markers == ["class 1: 2", "class 0: 2"]


@pytest.mark.parametrize("x, y", [(X[:, :1], [[1]]), (X, np.zeros((1, 4)))], ids=["one point", "one class"])
def test_data_at_the_edge_is_drawn(x, y):
    assert f"{x.shape[1]} example" in plots.plot_data(x, y)
    words = plots.plot_boundary(lambda points: 0.2 + 0 * points[:1], x, y)
    assert "in 0% of the plane" in words and "no line of probability 0.5" in words


@pytest.mark.parametrize(
    "x, y, message",
    [
        (X.T, Y, r"did you mean X.T"),
        (X[:1], Y, "choose two rows"),
        (X, Y.T, r"expected Y \(1, m\)"),
        (X, 2 * Y, "labels, each 0 or 1"),
        (X * np.nan, Y, "NaN"),
        (X[:, :0], Y[:, :0], "at least 1"),
    ],
)
def test_bad_data_is_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        plots.plot_data(x, y)


def test_a_probability_of_the_wrong_kind_is_refused():
    for wrong in (lambda points: points, lambda points: 3 + points[:1]):
        with pytest.raises(ValueError, match="numbers from 0 to 1"):
            plots.plot_boundary(wrong, X, Y)


class History:
    cost, test_cost = [0.693, 0.25, 0.125], [0.7, 0.3, 0.4]


def test_cost_draws_both_curves_with_different_dashes():
    figure, ax = plots.new_figure()
    words = plots.plot_cost(History, ax)
    assert "training cost: from 0.693 to 0.125" in words and "test cost: from 0.7 to 0.4, lowest 0.3" in words
    one, two = ax.lines
    assert one.get_linestyle() != two.get_linestyle() and list(two.get_ydata()) == History.test_cost
    assert "from 2 to 1" in plots.plot_cost([2, 1])


def test_histogram_points_and_images_say_their_numbers():
    assert "4 numbers (Z1): from −1 to 3, mean 1" in plots.plot_histogram([[-1, 0], [2, 3]], xlabel="Z1")
    assert "4: mean 0.9, from 0.8 to 1" in plots.plot_points({1: [0.5], 4: [0.8, 1.0]})
    figure, words = plots.plot_images(np.eye(4)[:, :3], (2, 2), titles=["a", "b", "c"])
    assert "3 pictures of 2 by 2 pixels: a, b, c; values from 0 to 1" in words
    assert figure.axes[0].images[0].get_cmap().name == "gray_r"
    figure, words = plots.plot_images(-2 * np.eye(4), (2, 2))
    assert figure.axes[0].images[0].get_clim() == (-2, 2) and "white at 0" in words


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: plots.plot_curves({}), "no curve"),
        (lambda: plots.plot_cost([]), "at least one finite number"),
        (lambda: plots.plot_points({}), "no group"),
        (lambda: plots.plot_images(np.ones((3, 4)), (2, 2)), "columns.T"),
        (lambda: plots.plot_images(np.ones((4, 2)), (2, 2), ["one"]), "one for each"),
        (lambda: plots.plot_histogram([]), "finite"),
    ],
)
def test_nothing_to_draw_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_plots_leave_the_global_style_alone():
    before = dict(matplotlib.rcParams)
    plots.plot_cost(History)
    assert dict(matplotlib.rcParams) == before


def test_scenes_import_neither_matplotlib_nor_widgets():
    code = "import sys, helpers.scenes; print(sorted({'matplotlib', 'ipywidgets'} & set(sys.modules)))"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )
