"""What is done in the playground's picture by hand in JupyterLab, and what its line of code says of it."""

import pytest

from helpers.playground.formulas import formula_lines
from tests.in_lab import numbers_of
from tests.widget_cases import BY_HAND, REACH, opened_by


def test_a_formula_a_weight_set_by_hand_and_the_gradient_view(played):
    played.choose("formula of", "W1[0, 0]")
    played.until(lambda: "W1[0, 0] = " in played.text and "dW1[0, 0] = 1/m Σ" in played.text)
    played.type("set it to", "0.25")
    played.press("Set weight")
    played.until(lambda: "W1[0, 0] = 0.25" in played.text)
    played.press("One epoch")
    played.until(lambda: played.epoch == 1 and "W1[0, 0] = 0.25" not in played.text)
    played.press("gradient view")
    played.until(lambda: "Gradients" in played.text and "widest: |dW|" in played.text)
    played.choose("formula of", "nothing")
    played.until(lambda: "1/m Σ" not in played.text)
    played.press("Set weight")
    played.shows("Choose a weight first")


@pytest.mark.parametrize("what, how", BY_HAND)
def test_what_is_done_by_hand_is_what_the_line_of_code_says_and_opens(what, how, played):
    gestures, told = BY_HAND[what, how]
    for gesture in gestures:
        before = played.code, played.box.locator(".scene-picture").last.inner_html()
        played.by_hand(*gesture)
        played.until(
            lambda b=before: b != (played.code, played.box.locator(".scene-picture").last.inner_html())
        )
    changes = told.get("changes", [])

    def arrived():
        _, said = opened_by(played.code)
        return said.keys() == told.keys() and len(said.get("changes", [])) == len(changes)

    if gestures[-1][0] == "double at":
        played.double(gestures[-1], arrived)
    played.until(arrived)
    played.settled()
    here, said = opened_by(played.code)
    assert {k: v for k, v in said.items() if k != "changes"} == {
        k: v for k, v in told.items() if k != "changes"
    }
    made = said.get("changes", [])
    assert [change[:2] for change in made] == [change[:2] for change in changes]
    assert numbers_of(made) == pytest.approx(numbers_of(changes), abs=1.5 * 2 * REACH / 296)  # pixels
    assert played.drawn == here.scene.description
    formula = formula_lines(here.view, told.get("chosen", ""), told.get("example", 0))
    assert bool(formula) == ("chosen" in told)
    assert all(text[:60] in played.text for text, _ in formula[:2])


def test_a_unit_that_is_pointed_at_shows_its_map_large(played):
    played.until(lambda: "here:" not in played.text)
    played.looks_at_units()
