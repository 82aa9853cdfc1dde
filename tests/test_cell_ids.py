"""A cell keeps its id when it moves, and an id never comes back as something else: answers go by it."""

import nbformat
import pytest

from helpers.lessons import lesson_paths
from tools.cell_ids import ids_in, noted

HINT = "run: python -m tools.cell_ids, if it is new; give it another id, if it is something else than before"


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_every_id_is_noted_and_is_what_it_was(path):
    before = noted()
    for cell, what in ids_in(nbformat.read(path, as_version=4)).items():
        assert before.get(cell) == what, f"{cell} is {what!r}, noted as {before.get(cell)!r}: {HINT}"


def test_no_id_stands_in_two_lessons():
    ids = [cell.id for path in lesson_paths() for cell in nbformat.read(path, as_version=4).cells]
    assert len(ids) == len(set(ids))


def test_ids_of_lessons_that_were_cut_up_are_still_noted():
    before = noted()
    assert before["05-20"] == "exercise: def hidden_gradient(W2, dz2, z1):"
    assert before["05-13"] == "text" and "05-13" not in {
        cell.id for path in lesson_paths() for cell in nbformat.read(path, as_version=4).cells
    }
