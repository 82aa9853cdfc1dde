"""The small pictures of the data sets: each can be touched, the chosen one and the classes are marked."""

import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from helpers.playground.points import MADE_UP, class_numbers, samples
from helpers.scenes import NEWEST
from helpers.scenes.thumbnails import GAP, SIDE, data_touched, thumbnails_scene
from tests.support import NASTY, SVG, assert_legible

DATA = {name: (X, class_numbers(Y)) for name, (X, Y) in ((name, make()) for name, make in MADE_UP.items())}


def thumbnails(scene):
    """{the name of what can be touched: its element}."""
    return {e.get("data-touch"): e for e in ET.fromstring(scene.svg).iter() if e.get("data-touch")}


def test_each_data_set_can_be_touched_and_has_words_with_numbers():
    scene = thumbnails_scene(DATA, "xor")
    found = thumbnails(scene)
    assert [data_touched(touch) for touch in found] == list(DATA) and data_touched("A1[0]") is None
    assert found["data moons"].get("data-label") == "data set moons: 2 classes"
    assert found["data arms"].get("data-label") == "data set arms: 3 classes"
    assert_legible(scene)
    assert scene.line.startswith(
        "Data sets: flower, xor, circles, moons, blobs, spirals and arms. Chosen: xor"
    )


@pytest.mark.parametrize("chosen", DATA)
def test_the_chosen_one_is_framed_thickly_and_said(chosen):
    scene = thumbnails_scene(DATA, chosen)
    assert scene.svg.count(NEWEST) == 1
    for touch, element in thumbnails(scene).items():
        thick = element.find(f"{SVG}rect").get("stroke-width") == "2.5"
        assert thick == element.get("data-label").endswith(", chosen") == (touch == f"data {chosen}")


def test_one_that_is_not_there_is_not_marked_and_names_are_escaped():
    scene = thumbnails_scene(DATA | {NASTY: DATA["xor"]}, "mine.csv")
    assert NEWEST not in scene.svg and "none of them" in scene.line and "<b>" not in scene.svg
    assert f"data {NASTY}" in thumbnails(scene)


def places_of(path):
    """Where the marks of a path are, (m, 2)."""
    starts = [start.split("h")[0].split("l")[0] for start in path.get("d").split("M")[1:]]
    return np.array([start.split() for start in starts], float)


def test_all_points_are_inside_and_every_class_has_a_mark_of_its_own():
    for name, element in thumbnails(thumbnails_scene(DATA)).items():
        left, paths = float(element.find(f"{SVG}rect").get("x")), [*element.iter(f"{SVG}path")]
        for path in paths:
            x, y = places_of(path).T
            assert 50 <= len(x) <= 60, name
            assert (x > left).all() and (x < left + SIDE).all() and (y > GAP).all() and (y < GAP + SIDE).all()
        shapes = [path.get("stroke-linecap", "filled") for path in paths]
        squares = ["square", "square"] * (name == "data arms")
        assert shapes == ["filled", "round", "round", *squares], name  # a circle, a square: two paths


def test_what_is_left_out_is_not_all_of_one_corner():
    element = thumbnails(thumbnails_scene({"xor": samples()["xor"]}))["data xor"]
    for path in element.iter(f"{SVG}path"):
        left = places_of(path)[:, 0] < GAP + SIDE / 2
        assert 15 < left.sum() < len(left) - 15


def test_data_at_the_edge_is_drawn_quickly():
    one = {"one point": (np.zeros((2, 1)), np.ones(1, int))}
    assert "data set one point: 1 class" in thumbnails_scene(one).svg
    start = time.perf_counter()
    thumbnails_scene(DATA)
    assert time.perf_counter() - start < 0.06
