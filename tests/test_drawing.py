"""A digit drawn by hand: the pen, what a network reads, the picture, and the widget by mouse and by keys."""

import re
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from helpers import datasets, drawing, scenes, widgets
from helpers.scenes.drawing import pixel_at, pixel_touched
from helpers.trainer import Trainer
from tests.support import SVG, assert_legible, drag, element_named, said, svg, touch

# Digits as a hand draws them, each a list of strokes through (row, column)
STROKES = {
    0: [[(0, 3), (1, 2), (4, 1.5), (6, 2), (7, 3.5), (6, 5), (3, 5.5), (1, 5), (0, 3)]],
    1: [[(2, 2), (0, 4), (7, 4)]],
    2: [[(1, 2), (0, 3), (0.5, 5), (2.5, 5), (7, 2), (7, 6)]],
    3: [[(0, 2), (0, 5), (3, 3.5), (4, 5), (6, 5.5), (7, 4), (7, 2)]],
    4: [[(0, 3), (4.5, 1.5), (4.5, 6)], [(2, 4.5), (7, 4.5)]],
    5: [[(0, 5.5), (0, 2), (3, 2), (3, 4), (5, 5.5), (7, 4), (7, 2)]],
    6: [[(0, 4.5), (3, 2), (6, 2), (7, 3.5), (6, 5), (4.5, 4.5), (4.5, 2.5)]],
    7: [[(0, 2), (0, 5.5), (7, 3)], [(3.5, 2.5), (3.5, 5.5)]],
    8: [[(1, 4.5), (0, 3), (2, 2), (5, 5), (7, 4), (6.5, 2.5), (5, 2.5), (1, 4.5)]],
    9: [[(2, 5), (0, 4), (1, 2), (3, 2.5), (2, 5), (7, 4)]],
}


def drawn(strokes, stroke=drawing.with_stroke):
    pixels = drawing.blank()
    for places in strokes:
        for start, end in zip(places, places[1:], strict=False):
            pixels = stroke(pixels, start, end)
    return pixels


def thin_stroke(pixels, start, end):
    """A pen without grey, one pixel wide, to compare with."""
    return np.maximum(pixels, drawing.with_stroke(drawing.blank(), start, end) >= drawing.REACH - 0.5)


@pytest.fixture(scope="module")
def reader():
    """The reader of lesson 12."""
    X, Y, _, _ = datasets.split(*datasets.digits())
    trainer = Trainer(
        n_h=32, learning_rate=0.3, scale=0.1, epochs=30, batch_size=32, output="softmax", seed=1
    )
    trainer.train(X, Y, progress=False)
    return trainer


@pytest.fixture(scope="module")
def test_digits():
    return datasets.split(*datasets.digits())[2]


@pytest.fixture
def opened(reader, test_digits):
    return widgets.draw_a_digit(reader.probability, test_digits)


def place(row, column):
    """Where a pixel's middle is in the picture."""
    left, top = pixel_at(0, 0)
    across = 1 / (pixel_at(1, 0)[1] - top)
    return (column - top) * across, (row - left) * across


def draw_on(widget, strokes):
    for places in strokes:
        drag(widget, "pixel[0, 0]", *(place(*at) for at in places))


def test_the_pen_is_darkest_on_its_line_and_grey_beside_it():
    dot = drawing.with_stroke(drawing.blank(), (3, 4), (3, 4))
    assert dot[3, 4] == 1 and dot[2, 4] == dot[3, 5] == 5 / 16 and dot[2, 3] == 0 and dot.sum() == 1 + 20 / 16
    line = drawing.with_stroke(dot, (3, 1), (3, 4))
    assert (line[3, 1:5] == 1).all() and (line[2, 1:5] == 5 / 16).all() and (line[5] == 0).all()
    assert (line * 16 == np.round(line * 16)).all()
    assert (drawing.with_stroke(line, (3, 5), (3, 6)) >= line).all()
    between = drawing.with_stroke(drawing.blank(), (0, 3.5), (7, 3.5))
    assert (between[:, 3] == between[:, 4]).all() and between[4, 3] == 13 / 16
    assert drawing.with_stroke(drawing.blank(), (-20, 3), (-9, 3)).sum() == 0


def test_a_stroke_is_as_wide_as_those_of_the_data():
    X, _ = datasets.digits()
    ours = np.array([drawn(strokes) for strokes in STROKES.values()])
    assert ours.sum(axis=(1, 2)).mean() == pytest.approx(X.sum(axis=0).mean(), rel=0.25)
    grey, theirs = ((ours > 0) & (ours < 1)).mean(), ((X > 0) & (X < 1)).mean()
    assert grey == pytest.approx(theirs, abs=0.1)


def test_a_click_wipes_a_dark_pixel_and_darkens_a_light_one():
    pixels = drawing.clicked(drawing.blank(), (3, 4))
    assert pixels[3, 4] == 1
    assert drawing.clicked(pixels, (3, 5))[3, 5] == 1, "grey beside a stroke is still to be painted"
    wiped = drawing.clicked(pixels, (3, 4))
    assert wiped[3, 4] == 0 and wiped[3, 5] == 5 / 16 and pixels[3, 4] == 1


def test_arrows_stay_on_the_pixels():
    assert drawing.beside((3, 4), "ArrowUp") == (2, 4) and drawing.beside((3, 4), "ArrowRight") == (3, 5)
    assert drawing.beside((0, 0), "ArrowLeft") == drawing.beside((0, 0), "x") == (0, 0)
    assert drawing.beside((7, 7), "ArrowDown") == (7, 7)


def test_drawn_digits_are_read_and_better_than_with_a_thin_pen(reader):
    read, thin = (
        [np.argmax(drawing.reading(reader.probability, drawn(strokes, pen))) for strokes in STROKES.values()]
        for pen in (drawing.with_stroke, thin_stroke)
    )
    right, thin_right = (sum(a == b for a, b in zip(found, STROKES, strict=True)) for found in (read, thin))
    assert right >= 9 and right > thin_right, (read, thin)


def test_lesson_12_says_what_is_found(reader):
    def read(*strokes):
        return np.array(drawing.reading(reader.probability, drawn(strokes)))

    without, barred = read(STROKES[7][0]), read(*STROKES[7])
    assert without.argmax() == 7 and barred[7] > without[7] and barred[3] < without[3] / 10
    assert read([(0, 3.5), (7, 3.5)])[1] > 0.95 and read([(0, 1), (7, 1)]).argmax() == 4
    assert read([(3.5, 1), (3.5, 6)])[4] > 0.99


@pytest.mark.parametrize(
    "answers, words",
    [(np.ones((1, 10)) / 10, "shape (1, 10); expected (10, 1)"), (np.full((10, 1), 2.0), "from 0 to 1")],
)
def test_what_is_no_answer_is_refused(answers, words, reader, test_digits):
    with pytest.raises(ValueError, match=re.escape(words)):
        widgets.draw_a_digit(lambda X: answers)
    with pytest.raises(TypeError, match=r"such as reader.probability; Trainer came"):
        widgets.draw_a_digit(reader)
    with pytest.raises(ValueError, match=r"shape \(449, 64\); expected \(64, m\)"):
        widgets.draw_a_digit(reader.probability, test_digits.T)
    with pytest.raises(ValueError, match="call train"):
        widgets.draw_a_digit(Trainer().probability)


def test_the_picture_says_every_pixel_and_every_output(reader):
    pixels = drawn(STROKES[7])
    outputs = drawing.reading(reader.probability, pixels)
    scene = scenes.drawing_scene(pixels, outputs, (2, 3), [0.1] * 10)
    assert_legible(scene)
    texts = [text.text for text in ET.fromstring(scene.svg).iter(f"{SVG}text")]
    assert all(f"{output:.3f}" in texts for output in outputs)
    assert f"It reads 7, with {outputs[7]:.3f}" in scene.line and scene.line in scene.description
    shades = re.search("row by row: (.*)\\.$", scene.description)[1].replace("; ", " ").split()
    assert [int(shade) / 16 for shade in shades] == pixels.ravel().tolist()
    bold = [text.text for text in ET.fromstring(scene.svg).iter(f"{SVG}text") if text.get("font-weight")]
    assert bold[-2:] == ["7", f"{outputs[7]:.3f}"], "what is read is told by more than its colour"
    assert scene.svg.count(scenes.NEWEST) == 1 and "Drag: paint" in scene.svg
    still = scenes.drawing_scene(pixels, outputs)
    assert "Drag: paint" not in still.svg and 'data-touch="pen"' not in still.svg
    assert "Nothing is drawn. The network still says something: 0" in (
        scenes.drawing_scene(drawing.blank(), [0.1] * 10).line
    )


def test_other_shapes_are_refused():
    with pytest.raises(
        ValueError, match=r"shape \(64,\) and outputs \(10, 1\); expected \(8, 8\) and \(10,\)"
    ):
        scenes.drawing_scene(np.zeros(64), np.zeros((10, 1)))


def test_each_pixel_can_be_touched_and_the_tab_key_stops_once(opened):
    root = ET.fromstring(svg(opened))
    found = [element for element in root.iter() if element.get("data-touch")]
    assert len(found) == 65 and [e.get("data-touch") for e in found if not e.get("tabindex")] == ["pen"]
    touch(opened, "pixel[3, 4]")
    assert element_named(opened, "pixel[3, 4]").get("data-label") == "pixel row 3, column 4: 16 of 16"
    assert element_named(opened, "pixel[3, 3]").get("data-label") == "pixel row 3, column 3: 5 of 16"
    assert pixel_touched("pen") is pixel_touched("pixel[8, 0]") is None


@pytest.mark.parametrize("digit", [0, 7])
def test_a_digit_is_drawn_by_mouse(digit, opened, reader):
    draw_on(opened, STROKES[digit])
    pixels = drawn(STROKES[digit])
    assert np.array_equal(opened.pixels, pixels)
    outputs = reader.probability(pixels.reshape(-1, 1)).ravel()
    assert np.allclose(opened.outputs, outputs) and outputs.argmax() == digit
    assert said(opened).startswith(f"It reads {digit}, with {outputs[digit]:.3f}")


def test_what_the_last_stroke_changed_is_said(opened):
    draw_on(opened, STROKES[7][:1])
    before = opened.outputs
    draw_on(opened, STROKES[7][1:])
    assert opened.before == before
    rises = np.subtract(opened.outputs, before)
    most = rises.argmax()
    by = rises[most]
    expected = f"raised {most} most, by {by:.2g}" if by >= 0.005 else "changed next to nothing"
    assert f"The last stroke {expected}." in said(opened)
    touch(opened, "pen", "key", key="ArrowDown")
    assert opened.before == before, "moving the pen is no stroke"


def test_a_digit_is_drawn_by_keys(opened):
    for key in ("ArrowRight", "ArrowDown"):
        touch(opened, "pen", "key", key=key)
    for _ in range(3):
        touch(opened, "pen")
        touch(opened, "pen", "key", key="ArrowDown")
    assert (opened.pixels[1:4, 4] == 1).all() and opened.pen == (4, 4)
    assert "4: 5 of 16" in element_named(opened, "pen").get("data-label")
    touch(opened, "pen", "key", key="ArrowUp")
    touch(opened, "pen", "key", key="Delete")
    assert opened.pixels[3, 4] == 0 and opened.pixels[2, 4] == 1


def test_the_buttons_clear_and_show_the_test_digits_in_turn(opened, test_digits, reader):
    for number in (0, 1):
        opened.buttons["Show a test digit"].click()
        assert np.array_equal(opened.pixels.ravel(), test_digits[:, number])
        assert f"{max(opened.outputs):.3f}" in said(opened)
    touch(opened, "pixel[0, 0]")
    assert test_digits[0, 1] == 0, "what is drawn is a copy"
    opened.buttons["Clear"].click()
    assert not opened.pixels.any() and said(opened).startswith("Nothing is drawn.")
    assert list(widgets.draw_a_digit(reader.probability).buttons) == ["Clear"]


def test_what_the_network_raises_is_said_and_the_drawing_stays(reader):
    def moody(X):
        if X[0, 0]:
            raise ArithmeticError("<b> not the corner")
        return reader.probability(X)

    opened = widgets.draw_a_digit(moody)
    touch(opened, "pixel[4, 4]")
    before = svg(opened)
    touch(opened, "pixel[0, 0]")
    assert "The picture stays as it is. ArithmeticError: <b> not the corner" in said(opened)
    assert "&lt;b&gt;" in opened.line.value and svg(opened) == before
    touch(opened, "pixel[4, 4]")
    assert "ArithmeticError" not in said(opened) and opened.pixels[4, 4] == 0


def test_an_event_is_answered_in_time_and_closing_takes_all_away(opened):
    times = []
    for column in range(8):
        start = time.perf_counter()
        touch(opened, f"pixel[4, {column}]")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.02  # 2 ms on an idle machine
    assert repr(opened).startswith("Widget: ") and len(repr(opened)) < 100
    opened.close()
    assert opened.comm is opened.picture.comm is None
