"""The playground's picture: what it shows, says and refuses, from plain values."""

import base64
import io
import math
import re
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from helpers import datasets, network
from helpers.playground.points import class_numbers
from helpers.scenes import FONT, NEWEST, playground_scene, size_of
from helpers.scenes.curves import CLASS_COLOURS, coloured, palette, round_up, short, thinned
from helpers.scenes.playground import GRADIENT, LONGEST, NEGATIVE, PURPLE, UNKNOWN, VALUE

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["x1", "x2", "x1²", "x2²", "x1·x2"]
SIDE = 24


def inputs(X, n):
    return np.vstack([X, X[0] ** 2, X[1] ** 2, X[0] * X[1]])[:n]


def history(cost, test_cost=()):
    test = list(test_cost)
    return SimpleNamespace(
        cost=list(cost), accuracy=[0.914] * len(cost), test_cost=test, test_accuracy=[0.88] * len(test)
    )


def view(n_h=4, n=2, m=60, parameters=None, data=datasets.moons, **others):
    """What an experiment with a network of n inputs would give to the picture, computed by the reference."""
    X, Y, X_test, Y_test = datasets.split(*data(m), test_share=0.25)
    p = parameters or network.initialize_parameters(n, n_h, len(Y), scale=1)
    reach = 2.5
    across = np.linspace(-reach, reach, SIDE)
    plane = inputs(np.array(np.meshgrid(across, -across)).reshape(2, -1), n)
    with np.errstate(all="ignore"):
        cache = network.forward_propagation.formula(inputs(X, n), p)[1]
        grads = network.backward_propagation.formula(p, cache, inputs(X, n), Y)
        answers = network.forward_propagation.formula(plane, p)[1]
    L = len(p) // 2
    maps = [plane / abs(plane).max(axis=1, keepdims=True), *(answers[f"A{l}"] for l in range(1, L))]
    maps = [A.reshape(-1, SIDE, SIDE) for A in [*maps, 2 * answers[f"A{L}"] - 1]]
    values = {
        "inputs": inputs(X, n),
        "cache": cache,
        "penalty": 0.0,
        "epoch": 3,
        "update": 0,
        "input_names": NAMES[:n],
        "axes": ("x1", "x2"),
        "reach": reach,
        "X": X,
        "Y": Y,
        "X_test": X_test,
        "classes": class_numbers(Y),
        "classes_test": class_numbers(Y_test),
        "wrong": (network.labels(cache[f"A{L}"]) != Y).any(axis=0),
        "parameters": p,
        "grads": grads,
        "maps": maps,
        "words": "",
        "notice": "",
        "history": history([0.7, 0.5, 0.3, 0.231], [0.8, 0.6, 0.4, 0.28]),
        "dZ": network.gradients_of_Z(p, cache, Y),
    }
    return SimpleNamespace(**values | others)


def one_unit(**weights):
    """A network with two inputs and one hidden unit: W1 (1, 2), b1, W2, b2 as lists."""
    given = {"W1": [[1, 2]], "b1": [[0]], "W2": [[4]], "b2": [[0]]} | weights
    return {name: np.array(values, float) for name, values in given.items()}


def parsed(scene):
    return ET.fromstring(scene.svg)


def texts(scene):
    return [text.text or "" for text in parsed(scene).iter(f"{SVG}text")]


def formulas(scene):
    """The rows of text at the lower left."""
    rows = parsed(scene).iter(f"{SVG}text")
    return [row for row in rows if 395 < float(row.get("y")) < 490 and float(row.get("x")) < 100]


def element(scene, touch):
    """What can be touched under this name."""
    (found,) = (part for part in parsed(scene).iter(f"{SVG}g") if part.get("data-touch") == touch)
    return found


def weight_lines(scene):
    """The lines of the weights, in order: those curves that start at a unit."""
    return [path for path in curves(scene) if path.get("stroke")]


def curves(scene):
    """Those lines, and over each the wider one, in no colour, that is hit by a click."""
    return [path for path in parsed(scene).iter(f"{SVG}path") if "C" in path.get("d")]


def points(scene, fill):
    """How many points are drawn in this colour: each is one M in a path."""
    beside = [*element(scene, "new class")]  # says of which class the next point is
    found = [
        p.get("d").count("M")
        for p in parsed(scene).iter(f"{SVG}path")
        if ET.tostring(p) not in map(ET.tostring, beside)
        if p.get("fill") == fill or (p.get("stroke") == fill and p.get("stroke-linecap"))
    ]
    return sum(found)


def picture(image):
    """An <image> as an array (rows, columns, 3)."""
    data = base64.b64decode(image.get("href").split(",")[1])
    return np.array(Image.open(io.BytesIO(data)).convert("RGB"))


def images(scene):
    return [picture(image) for image in parsed(scene).iter(f"{SVG}image")]


@pytest.mark.parametrize("n_h", [1, 2, 5, 8, (8, 8), (1, 8, 3), (8, 8, 8)])
@pytest.mark.parametrize("gradients", [False, True])
def test_every_network_has_the_same_size_and_a_place_for_all(n_h, gradients):
    scene = playground_scene(view(n_h, n=5), gradients=gradients, chosen="A1[0]")
    assert size_of(scene) == (1180, 496)
    sizes = [5, *np.ravel(n_h), 1]
    assert len(weight_lines(scene)) == sum(a * b for a, b in zip(sizes, sizes[1:], strict=False))
    hidden = [f"A{l}[{j}]" for l, size in enumerate(np.ravel(n_h), 1) for j in range(size)]
    assert set(NAMES + hidden + [f"A{len(sizes) - 1}[0]"]) <= set(texts(scene))
    for rect in parsed(scene).iter(f"{SVG}rect"):
        left, top, width, height = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
        assert 0 <= left <= left + width <= 1180 and 0 <= top <= top + height <= 496
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', scene.svg)]
    assert min(sizes) == FONT


@pytest.mark.parametrize("n_h", [1, 4, 8, (8, 8, 8)])
def test_no_two_units_overlap(n_h):
    rects = parsed(playground_scene(view(n_h, n=5))).iter(f"{SVG}rect")
    frames = [rect for rect in rects if rect.get("fill") == "none"]
    boxes = [[float(r.get(name)) for name in ("x", "y", "width", "height")] for r in frames]
    for k, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, other_width, other_height in boxes[:k]:
            apart = max(
                abs(2 * (x - other_x) + width - other_width) - width - other_width,
                abs(2 * (y - other_y) + height - other_height) - height - other_height,
            )
            assert apart > 0


def test_the_width_of_a_line_is_in_proportion_to_its_weight():
    lines = weight_lines(playground_scene(view(parameters=one_unit())))
    assert [line.get("stroke-width") for line in lines] == ["2.0", "4.0", "8.0"]


def test_a_negative_weight_is_dashed_in_its_colour_and_a_zero_is_thin():
    lines = weight_lines(playground_scene(view(parameters=one_unit(W1=[[-1, 0]]))))
    assert [line.get("stroke-dasharray") is not None for line in lines] == [True, False, False]
    assert [line.get("stroke") for line in lines][::2] == [NEGATIVE, VALUE]
    assert lines[1].get("stroke-width") == "0.5"


def test_the_gradient_view_draws_gradients():
    v = view(parameters=one_unit())
    v.grads |= {"dW1": np.array([[-0.02, 0.01]]), "dW2": np.array([[0.04]])}
    scene = playground_scene(v, gradients=True)
    looks = [(p.get("stroke"), p.get("stroke-width"), p.get("stroke-dasharray")) for p in weight_lines(scene)]
    assert looks == [(PURPLE, "4.0", "7 5"), (GRADIENT, "2.0", None), (GRADIENT, "8.0", None)]
    assert "widest: |dW| = 0.04" in texts(scene) and "Gradients" in texts(scene)
    assert "dW1: 2 from −0.02 to 0.01, 1 of them negative." in scene.description


def test_gradients_of_zero_are_said():
    v = view(parameters=one_unit(W1=[[0, 0]], W2=[[0]]))
    v.grads = {name: 0 * values for name, values in v.grads.items()}
    assert "every dW is 0" in texts(playground_scene(v, gradients=True))


@pytest.mark.parametrize("chosen", ["W1[3, 1]", "W1[3,1]"])
def test_a_chosen_weight_lies_on_top_with_a_halo(chosen):
    plain, scene = playground_scene(view(4)), playground_scene(view(4), chosen=chosen)
    path = weight_lines(plain)[7]  # row 3, column 1 of a matrix with two columns
    rim, halo, line = weight_lines(scene)[-3:]
    assert rim.get("d") == halo.get("d") == line.get("d") == path.get("d")
    assert halo.get("stroke") == NEWEST and len(weight_lines(scene)) == len(weight_lines(plain)) + 2
    assert float(line.get("stroke-width")) == pytest.approx(float(path.get("stroke-width")) + 2, abs=0.11)
    names = {t.text: t for t in parsed(plain).iter(f"{SVG}text")}
    start, *_, end = (pair.split() for pair in re.split("[MC]", path.get("d"))[1:])
    assert float(start[1]) == pytest.approx(float(names["x2"].get("y")) - 0.35 * FONT, abs=1)
    assert float(end[-1]) == pytest.approx(float(names["A1[3]"].get("y")) - 0.35 * FONT, abs=1)
    assert f"Chosen: {chosen}." in scene.description


@pytest.mark.parametrize("chosen, beside", [("A1[2]", "A1[2]"), ("X[1]", "x2"), ("A2[0]", None)])
def test_a_chosen_unit_has_a_halo_around_its_frame(chosen, beside):
    scene = playground_scene(view(4), chosen=chosen)
    (halo,) = (r for r in parsed(scene).iter(f"{SVG}rect") if r.get("stroke") == NEWEST)
    x, y, width, height = (float(halo.get(name)) for name in ("x", "y", "width", "height"))
    if beside:
        (name,) = (t for t in parsed(scene).iter(f"{SVG}text") if t.text == beside)
        assert x < float(name.get("x")) < x + width and y < float(name.get("y")) < y + height
    else:
        assert width == pytest.approx(298) and height == pytest.approx(300)


def test_a_chosen_bias_has_a_halo_and_is_empty_where_negative():
    p = one_unit(b1=[[-4]], b2=[[2]])
    drawn = playground_scene(view(parameters=p), chosen="b1[0]")
    seen = [c for c in parsed(drawn).iter(f"{SVG}circle") if c.get("fill") != "transparent"]
    _, _, *circles, _, _ = seen  # without the legend, the ring and the newest cost
    halo, bias, other = ((c.get("fill"), c.get("r")) for c in circles)
    assert halo == (NEWEST, "12") and bias == ("#FFFFFF", "6") and other == (VALUE, "4.5")


@pytest.mark.parametrize("chosen", ["W1[4, 0]", "A3[0]", "nothing", "X[2]", "W1[0]"])
def test_what_is_not_there_cannot_be_chosen(chosen):
    with pytest.raises(ValueError, match=re.escape(repr(chosen)) + ".*such as W1"):
        playground_scene(view(4), chosen=chosen)


def test_an_example_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="from 0 to 44"):
        playground_scene(view(), example=45)


@pytest.mark.parametrize("test_points", [True, False])
def test_every_point_is_drawn(test_points):
    v = view()
    scene = playground_scene(v, test_points=test_points)
    orange, blue, green = CLASS_COLOURS
    assert points(scene, blue) == v.Y.sum() and points(scene, orange) == (v.Y == 0).sum()
    assert points(scene, "#FFFFFF") == test_points * v.classes_test.size and not points(scene, green)
    assert ("Hollow points: test" in scene.svg) == test_points


def test_points_stand_at_their_places_and_the_example_is_ringed():
    X = np.array([[0, 2.5, -2.5, 9], [0, -2.5, 2.5, 0]])
    v = view(parameters=one_unit())
    v.X, v.classes, v.X_test, v.classes_test = X, np.array([1, 1, 0, 1]), None, None
    scene = playground_scene(v, example=1)
    assert 'd="M708.0 206.0h0M856.0 354.0h0M856.0 206.0h0"' in scene.svg  # the last one lies outside
    ring = list(element(scene, "example"))[-1]
    assert (ring.get("cx"), ring.get("cy"), ring.get("stroke")) == ("856.0", "354.0", NEWEST)
    assert element(scene, "example").get("data-label").startswith("example 1: x1 = 2.5, x2 = −2.5, class 1, ")


def test_the_gradient_view_sizes_the_output_marks_by_dZ():
    v = view(parameters=one_unit())
    v.X, v.classes = np.zeros((2, 4)), np.array([1, 1, 0, 0])
    v.dZ = {"dZ1": np.zeros((1, 4)), "dZ2": np.array([[-1, -0.1, 0.6, np.nan]])}
    scene = playground_scene(v, gradients=True)
    widths = [p.get("stroke-width") for p in parsed(scene).iter(f"{SVG}path") if p.get("stroke") == PURPLE]
    assert widths[-2:] == ["5.8", "13.0"]
    assert [points(scene, colour) for colour in (PURPLE, GRADIENT, UNKNOWN)] == [2, 1, 1]


def test_the_gradient_view_puts_dots_into_the_hidden_maps():
    v = view(parameters=one_unit())
    v.X, v.classes = np.array([[-2.5, 2.5], [2.5, -2.5]]), np.array([1, 0])
    v.dZ = {"dZ1": np.array([[-0.3, 0.3]]), "dZ2": np.array([[-0.5, 0.5]])}
    dots = images(playground_scene(v, gradients=True))[1]
    grey = (dots == 221).all(axis=2)
    assert (~grey[:48]).sum() == 8  # two dots of 2 × 2; below the map lies the white gap
    negative, positive = dots[0, 0].astype(int), dots[46, 46].astype(int)
    assert negative[2] > negative[0] and positive[0] > positive[2]
    assert "strongest at |dZ1| = 0.9, |dZ2| = 1" in playground_scene(v, gradients=True).svg


@pytest.mark.parametrize("n_h", [4, 8, (8, 8, 8)])
@pytest.mark.parametrize("gradients", [False, True])
def test_three_classes_have_a_colour_and_a_mark_each_and_an_output_of_their_own(n_h, gradients):
    v = view(n_h, data=datasets.arms)
    scene = playground_scene(v, gradients=gradients, chosen="A2[2]")
    L = len(v.maps) - 1
    assert size_of(scene) == (1180, 496)
    assert {f"A{L}[{j}]" for j in range(3)} <= set(texts(scene))
    counts = np.bincount(v.classes)
    said = f"{counts[0]} of class 0 (triangles), {counts[1]} of class 1 (circles), {counts[2]} of class 2 (sq"
    assert said in scene.description
    if gradients:
        own = v.dZ[f"dZ{L}"][v.classes, np.arange(v.X.shape[1])]
        assert points(scene, PURPLE) == (own < 0).sum() == 45
        return
    assert [points(scene, colour) for colour in CLASS_COLOURS] == counts.tolist()
    plane, largest = images(scene)[-1], v.maps[-1].argmax(axis=0)
    for k, colour in enumerate(CLASS_COLOURS):
        strongest = np.where(largest == k, v.maps[-1].max(axis=0), -1)
        shade = plane[np.unravel_index(strongest.argmax(), strongest.shape)].astype(int)
        full = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        assert (np.argsort(255 - shade, kind="stable") == np.argsort(255 - full, kind="stable")).all()


def test_one_output_fills_the_plane_where_it_is_pointed_at():
    v = view(data=datasets.arms)
    by_class, one = (images(playground_scene(v, large=large))[-1] for large in ("", "A2[1]"))
    assert (by_class != one).any() and "here: A2[1]" in playground_scene(v, large="A2[1]").svg


def test_two_colours_leave_two():
    v = view(parameters=one_unit())
    smooth, flat = images(playground_scene(v)), images(playground_scene(v, two_colours=True))
    assert [len(np.unique(image.reshape(-1, 3), axis=0)) > 3 for image in smooth] == [True] * 3
    assert [len(np.unique(image.reshape(-1, 3), axis=0)) for image in flat] == [3, 2, 2]  # and a gap


def test_what_is_not_a_number_is_grey_and_said():
    p = one_unit(W1=[[math.nan, math.inf]], b1=[[math.nan]])
    v = view(parameters=p, history=history([0.7, 0.5, 0.4, math.nan], [math.nan] * 4))
    for gradients in (False, True):
        scene = playground_scene(v, gradients=gradients, chosen="W1[0, 0]")
        assert weight_lines(scene)[0].get("stroke") == UNKNOWN
        assert any("grey: not a number" in text for text in texts(scene))
        assert "not a number" in scene.description and not re.search(r'"[^"]*\bnan\b', scene.svg)
    assert scene.line == "Epoch 3: cost not a number; test not a number."
    maps = images(playground_scene(v))
    assert (maps[1][:SIDE] == 221).all() and (maps[2] == 221).all()


def test_an_infinite_cost_does_not_stretch_the_curve():
    scene = playground_scene(view(history=history([0.6, math.inf, 0.4, math.inf]), X_test=None))
    assert scene.line == "Epoch 3: cost infinite." and "0.7" in texts(scene)


def test_text_from_a_user_is_escaped():
    v = view(words="<script>alert(1)</script>", axes=("<b>", "&c"), input_names=["<i>", "x2"])
    scene = playground_scene(v, lines=[("<svg onload='x'>", True)])
    assert not {"script", "b", "i"} & {element.tag.removeprefix(SVG) for element in parsed(scene).iter()}
    assert {"<b> →", "&c ↑", "<i>", "<svg onload='x'>"} <= set(texts(scene))


def test_long_names_are_cut():
    v = view(axes=("a" * 80, "b" * 80), input_names=["c" * 80, "x2"], words="word " * 80)
    scene = playground_scene(v)
    *others, words = sorted(texts(scene), key=len)
    assert max(map(len, others)) < 80 and "c" * 80 in scene.description
    assert words.startswith("word word") and words.endswith("…") and len(words) == LONGEST
    assert "word " * 79 in scene.description


def test_the_description_and_the_line_carry_the_numbers():
    p = one_unit(W1=[[1.5, -2]], b1=[[0.25]])
    costs = history([0.231] * 1251, [0.28] * 1251)
    v = view(parameters=p, epoch=1250, history=costs, words="Yours: forward.")
    scene = playground_scene(v, chosen="W1[0, 1]", lines=[("W1[0, 1] = −2", False)])
    assert scene.line == "Epoch 1,250: cost 0.231, 91 % right; test 0.28, 88 %."
    for words in (
        scene.line,
        "2 to 1 to 1 units",
        "inputs x1, x2",
        "W1: 2 from −2 to 1.5, 1 of them negative.",
        "b1: 1 from 0.25 to 0.25",
        "45 training points",
        "15 test points",
        "Chosen: W1[0, 1].",
        "W1[0, 1] = −2",
        "Yours: forward.",
    ):
        assert words in scene.description
    assert {"epoch 1,250", "0.231", "0.28", "91 %", "88 %"} <= set(texts(scene))


def test_updates_inside_an_epoch_are_counted():
    assert "epoch 3 + 1 update" in texts(playground_scene(view(update=1)))
    scene = playground_scene(view(update=2))
    assert "epoch 3 + 2 updates" in texts(scene) and scene.line.endswith("; 2 updates since.")


def test_all_right_is_100_percent_and_nothing_less_is():
    v = view(X_test=None)
    v.history.accuracy = [0.9, 0.9, 0.9, 0.998]
    assert "99 % right" in playground_scene(v).line
    v.history.accuracy[3] = 1.0
    assert "100 % right" in playground_scene(v).line


def test_the_picture_stands_where_training_stands():
    costs = [1 / (k + 1) for k in range(1000)]
    scene = playground_scene(view(epoch=4, history=history(costs), X_test=None))
    assert "0.2" in texts(scene) and "cost 0.2, 91 %" in scene.line
    empty = playground_scene(view(epoch=0, history=history([]), X_test=None))
    assert "cost not a number" in empty.line


def test_formulas_are_wrapped_in_their_place_and_coloured():
    long = "dW1[3, 1] = 1/m Σ dZ1[3, i]·X[1, i] = " + "0.0142·0.25 + " * 12 + "0.1"
    scene = playground_scene(view(), lines=[(long, True), ("W1 ← W1 − α·dW1", False)])
    rows = formulas(scene)
    assert " ".join(row.text for row in rows[:-1]) == long and len(rows) == 3
    assert [row.get("fill") for row in rows] == [GRADIENT] * 2 + [VALUE]
    scene = playground_scene(view(), lines=[(long, True)] * 4)
    rows = formulas(scene)
    assert len(rows) == 5 and rows[-1].text.endswith("…") and float(rows[-1].get("y")) < 490
    assert scene.description.count(long) == 4


@pytest.mark.parametrize("gradients", [False, True])
def test_nothing_jumps_from_frame_to_frame(gradients):
    def places(scene):
        kept = [f"{SVG}{tag}" for tag in ("text", "rect", "image")]
        rows = [ET.tostring(row) for row in formulas(scene)]
        found = [e for e in parsed(scene).iter() if e.tag in kept and ET.tostring(e) not in rows]
        return [(e.tag, e.get("x"), e.get("y"), e.get("width"), e.get("height")) for e in found]

    one = places(playground_scene(view(4), gradients=gradients))
    later = view(4, parameters=network.initialize_parameters(2, 4, 1, seed=5, scale=3), update=2)
    assert places(playground_scene(later, gradients=gradients, lines=[("W1", False)])) == one


def test_the_text_is_small_and_long_histories_are_thinned():
    costs = list(0.1 + np.random.default_rng(1).random(100_001))
    v = view(8, n=5, m=400, epoch=100_000, history=history(costs, costs))
    long = [("dW1[3, 1] = " + "0.0142·0.25 + " * 14, True)] * 4
    assert len(playground_scene(v, lines=long).svg.encode()) < 55_000
    assert "thousand epochs" in texts(playground_scene(v))
    v = view((8, 8, 8), n=5, m=400, epoch=100_000, history=history(costs, costs))
    for gradients in (False, True):
        assert len(playground_scene(v, lines=long, gradients=gradients).svg.encode()) < 118_000


def test_thinned_keeps_the_ends_and_leaves_out_what_is_not_finite():
    values = list(range(1000))
    for last in (0, 1, 5, 198, 199, 500, 999):
        x, y = thinned(values, last)
        assert len(x) <= 200 and x[0] == 0 and x[-1] == last and (x == y).all()
    x, y = thinned([0.5, math.nan, math.inf, 0.2], 10)
    assert x.tolist() == [0, 3] and y.tolist() == [0.5, 0.2]
    assert [len(part) for part in thinned([], 3)] == [0, 0]


@pytest.mark.parametrize("cost", [5.81e-17, 1.26e-5, 0.00123, 0.123, 1.23, 123.4, 123456.7])
def test_a_cost_leaves_room_for_the_share_beside_it(cost):
    scene = playground_scene(
        view(history=SimpleNamespace(**vars(history([0.7, cost])) | {"accuracy": [0.5, 1.0]}))
    )
    told, share, *_ = [text for text in parsed(scene).iter(f"{SVG}text") if text.get("font-size") == "20"]
    room = float(share.get("x")) - float(told.get("x")) - 11.6 * len(share.text)
    assert share.text == "100 %" and 11 * len(told.text) <= room


@pytest.mark.parametrize("value, end", [(0.1, 0.1), (0.11, 0.2), (0.693, 0.7), (0.71, 1), (1, 1), (3e9, 5e9)])
def test_round_up(value, end):
    assert round_up(value) == pytest.approx(end)


def test_short_takes_digits():
    assert (short(0.012345), short(0.012345, 2)) == ("0.0123", "0.012")


def test_coloured_shows_the_scale_and_grey_for_not_a_number():
    svg = coloured(np.array([[-1, -0.5, 0, 0.5, 1, 7, math.nan]]), 1, 2, 70, 10)
    colours = picture(ET.fromstring(svg))[0].tolist()
    five = [(168, 95, 0), (230, 159, 0), (255, 255, 255), (0, 114, 178), (0, 67, 107)]
    for colour, expected in zip(colours, [*five, five[4], (221, 221, 221)], strict=True):
        assert np.allclose(colour, expected, atol=2)
    assert 'x="1.0" y="2.0" width="70.0" height="10.0"' in svg
    other = coloured(np.array([[-1.0, 1.0]]), 0, 0, 1, 1, palette([(9, 9, 9)] * 4 + [(1, 2, 3)]))
    assert picture(ET.fromstring(other)).tolist() == [[[9, 9, 9], [1, 2, 3]]]
