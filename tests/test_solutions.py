"""Each folded solution, put in place of its stub, passes its check; a hand-out runs from top to bottom."""

import re

import nbformat
import pytest
from nbclient import NotebookClient
from test_notebooks import PYTHON_BLOCK, rounds, shown, tags

from helpers.lessons import lesson_paths, without_outputs, without_solutions


def run(notebook, folder):
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}}).execute()


def solved(notebook):
    """Return the notebook with each solution as the source of its stub, and how many there are."""
    fresh = without_outputs(notebook)
    for cells in rounds(fresh):
        solution = next(cell for cell in cells if "solution" in tags(cell))
        cells[0].source = PYTHON_BLOCK.search(solution.source)[1]
    return fresh, len(rounds(fresh))


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_the_solutions_pass_their_checks(path, tmp_path):
    notebook, exercises = solved(nbformat.read(path, as_version=4))
    if not exercises:
        pytest.skip("no exercises in this lesson")
    run(notebook, tmp_path)
    verdicts = [shown(cell) for cell in notebook.cells if "check" in tags(cell)]
    assert len(verdicts) == exercises
    for verdict in verdicts:
        assert "Correct." in verdict and not re.search("not (yet|attempted)", verdict, re.IGNORECASE), verdict


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_handout_runs_from_top_to_bottom(path, tmp_path):
    notebook = without_solutions(nbformat.read(path, as_version=4))
    run(notebook, tmp_path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
