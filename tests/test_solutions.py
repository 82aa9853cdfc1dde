"""Each folded solution, put in place of its stub, passes its check; a hand-out runs from top to bottom."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from helpers.lessons import lesson_paths, without_solutions
from tests.support import run, shown, solved, tags


@pytest.fixture(scope="module")
def learners_folder(tmp_path_factory):
    """One for all lessons, so that each runs on what the solutions of the earlier ones left in it."""
    return tmp_path_factory.mktemp("learner")


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_the_solutions_pass_their_checks(path, learners_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(learners_folder / "my_network.py"))
    notebook, exercises = solved(nbformat.read(path, as_version=4))
    if not exercises:
        pytest.skip("no exercises in this lesson")
    run(notebook, tmp_path)
    verdicts = [shown(cell) for cell in notebook.cells if "check" in tags(cell)]
    assert len(verdicts) == exercises
    for verdict in verdicts:
        assert "Correct." in verdict and not re.search("not (yet|attempted)", verdict, re.IGNORECASE), verdict


def with_far_off_predictions(notebook):
    """Put a far-off number into each prediction, and ask all of them again at the end, as after Run All."""
    asked = [cell for cell in notebook.cells if "prediction" in tags(cell)]
    for cell in asked:
        cell.source = cell.source.replace("my_prediction = ...", "my_prediction = 10**9")
    notebook.cells += [new_code_cell(cell.source, metadata=cell.metadata) for cell in asked]
    return len(asked)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_handout_runs_and_its_predictions_keep_their_truth(path, tmp_path):
    notebook = without_solutions(nbformat.read(path, as_version=4))
    predictions = with_far_off_predictions(notebook)
    run(notebook, tmp_path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    verdicts = [shown(cell) for cell in code if "prediction" in tags(cell)]
    assert predictions >= 2 and all("You predicted" in v and " It is " in v for v in verdicts)
    assert verdicts[:predictions] == verdicts[predictions:], (
        "a later cell changes what a prediction is compared with"
    )
