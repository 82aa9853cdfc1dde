"""What the learner kept: written whole, never overwritten after an edit, used by the later lessons."""

import os
import re

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers import checks, kept, network
from helpers.datasets import blobs, digits
from helpers.lessons import find_lesson
from tests.support import run, shown, solved, tags

COURSE_FORWARD = """
import numpy as np


def sigmoid(z):
    return ONE / (ONE + np.exp(-z))


ONE = 1.0


def my_forward(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    assert A2.shape == (1, X.shape[1])
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
"""
UPDATE = """
def update_parameters(parameters, grads, learning_rate):
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
"""


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))
    monkeypatch.chdir(tmp_path)


def defined(source, name, tmp_path):
    """The function of that name, from a file: its source can be read, as that of a notebook cell can."""
    file = tmp_path / f"cell_{len(list(tmp_path.iterdir()))}.py"
    file.write_text(source, encoding="utf-8")
    namespace = {"__name__": "__main__"}
    exec(compile(source, str(file), "exec"), namespace)
    return namespace[name]


def test_with_nothing_kept_the_reference_does_all():
    mine = kept.load()
    assert mine.words.startswith("Yours: none yet. Reference: initialize (lesson 10), forward (lesson 05)")
    assert mine.trainer().forward is None and mine.backward_propagation is network.backward_propagation


def test_a_right_function_is_kept_with_what_it_needs(tmp_path):
    result = checks.check_forward_propagation(defined(COURSE_FORWARD, "my_forward", tmp_path))
    assert result.passed and "kept in my_network.py" in result.message
    text = kept.path().read_text(encoding="utf-8")
    assert "import numpy as np" in text and "def sigmoid" in text and "ONE = 1.0" in text
    assert "forward_propagation = my_forward" in text
    mine = kept.load()
    assert mine.words.startswith("Yours: forward. Reference: initialize")
    X, Y = blobs()
    mine.trainer(epochs=3).train(X, Y)


def test_one_output_only_leaves_the_digits_to_the_reference(tmp_path):
    checks.check_forward_propagation(defined(COURSE_FORWARD, "my_forward", tmp_path))
    X, Y = digits()
    history = kept.load().trainer(epochs=2, n_h=5).train(X, Y)
    assert np.isfinite(history.cost).all()


def test_a_wrong_function_is_not_kept(tmp_path):
    wrong = UPDATE.replace("- learning_rate", "+ learning_rate")
    assert checks.check_update_parameters(defined(wrong, "update_parameters", tmp_path)).passed is False
    assert not kept.path().exists()


def test_passing_again_replaces_what_was_kept_and_nothing_else(tmp_path):
    checks.check_forward_propagation(defined(COURSE_FORWARD, "my_forward", tmp_path))
    checks.check_update_parameters(defined(UPDATE, "update_parameters", tmp_path))
    before = kept.path().read_text(encoding="utf-8")
    other = UPDATE.replace("value", "old")
    checks.check_update_parameters(defined(other, "update_parameters", tmp_path))
    after = kept.path().read_text(encoding="utf-8")
    assert "old - learning_rate" in after and "value - learning_rate" not in after
    assert after.split("# ---- update")[0] == before.split("# ---- update")[0]
    checks.check_forward_propagation(
        defined(COURSE_FORWARD.replace("my_forward", "forward"), "forward", tmp_path)
    )
    assert (
        kept.path().read_text(encoding="utf-8").split("# ---- update")[1] == after.split("# ---- update")[1]
    )
    assert "forward_propagation = forward\n\n\n# ---- update" in kept.path().read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.part"))


def test_an_edit_by_hand_is_used_and_never_overwritten(tmp_path):
    checks.check_update_parameters(defined(UPDATE, "update_parameters", tmp_path))
    edited = kept.path().read_text(encoding="utf-8").replace("value", "mine") + "\n# my own note\n"
    kept.path().write_text(edited, encoding="utf-8")
    assert kept.load().words.startswith("Yours: update.")
    result = checks.check_update_parameters(defined(UPDATE, "update_parameters", tmp_path))
    assert result.passed and "you edited" in result.message
    assert kept.path().read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    "damage",
    [
        ("return {", "return {{"),
        ("value - ", "value + "),
        ("grads[", "gradients["),
        ("def update_parameters", "def another_name"),
    ],
)
def test_a_broken_function_gets_a_word_and_the_reference(tmp_path, damage):
    checks.check_forward_propagation(defined(COURSE_FORWARD, "my_forward", tmp_path))
    checks.check_update_parameters(defined(UPDATE, "update_parameters", tmp_path))
    broken = kept.path().read_text(encoding="utf-8").replace(*damage)
    kept.path().write_text(broken, encoding="utf-8")
    mine = kept.load()
    assert mine.words.startswith("Yours: forward. Reference:") and "update (lesson 09)" in mine.words
    assert "update_parameters in my_network.py is not in use, and the reference takes over:" in mine.words
    assert mine.update_parameters is network.update_parameters
    assert kept.path().read_text(encoding="utf-8") == broken


def test_an_unreadable_file_is_left_alone(tmp_path):
    kept.path().write_bytes(b"\xff\xfe\x00not text")
    assert "cannot be read" in kept.load().words
    result = checks.check_update_parameters(defined(UPDATE, "update_parameters", tmp_path))
    assert result.passed and "cannot be kept" in result.message
    assert kept.path().read_bytes() == b"\xff\xfe\x00not text"


def test_what_uses_a_variable_of_the_notebook_says_so(tmp_path):
    source = "import numpy as np\nrates = np.array([1.0])\n" + UPDATE.replace(
        "learning_rate *", "learning_rate * rates[0] *"
    )
    result = checks.check_update_parameters(defined(source, "update_parameters", tmp_path))
    assert result.passed and "it uses rates" in result.message and not kept.path().exists()


def test_what_uses_none_is_kept(tmp_path):
    source = "NOTHING = None\n" + UPDATE.replace("return {", "assert NOTHING is None\n    return {")
    checks.check_update_parameters(defined(source, "update_parameters", tmp_path))
    assert "NOTHING = None" in kept.path().read_text(encoding="utf-8")


def test_starting_over_keeps_a_dated_copy(tmp_path):
    checks.check_update_parameters(defined(UPDATE, "update_parameters", tmp_path))
    text = kept.path().read_text(encoding="utf-8")
    dated = kept.start_over()
    assert re.fullmatch(r"my_network\.\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.py", dated.name)
    assert dated.read_text(encoding="utf-8") == text
    assert kept.load().words.startswith("Yours: none yet.")
    assert kept.start_over() is None


def test_what_theirs_cannot_obey_is_left_to_the_reference(tmp_path):
    checks.check_forward_propagation(defined(COURSE_FORWARD, "my_forward", tmp_path))
    mine = kept.load()
    assert mine.trainer().forward is mine.forward_propagation
    assert mine.trainer(hidden_activation="relu").forward is None


def exercises_of(lesson):
    """The imports, solved exercises and checks of a lesson, as cells."""
    notebook, _ = solved(nbformat.read(find_lesson(lesson), as_version=4))
    wanted = {"imports", "exercise", "check"}
    return [
        new_code_cell(cell.source, metadata=cell.metadata)
        for cell in notebook.cells
        if wanted & set(tags(cell))
    ]


def solve(lessons, wrong=None):
    """Solve the exercises of these lessons in a kernel, one of them wrongly, so that what passes is kept."""
    cells = [cell for lesson in lessons for cell in exercises_of(lesson)]
    for cell in cells:
        if wrong and wrong[0] in cell.source:
            cell.source = cell.source.replace(*wrong)
    run(new_notebook(cells=cells), os.getcwd())


def run_lesson(lesson):
    """The text outputs of each code cell of a lesson as it is run now, and as it is stored."""
    stored = nbformat.read(find_lesson(lesson), as_version=4)
    notebook = nbformat.read(find_lesson(lesson), as_version=4)
    run(notebook, os.getcwd())
    return ([shown(cell) for cell in book.cells if cell.cell_type == "code"] for book in (notebook, stored))


def test_solved_from_04_to_10_lesson_11_runs_on_their_own_with_the_same_results():
    solve(("04", "05", "07", "09", "10"))
    now, stored = run_lesson("11")
    (words, words_before), *others = [(a, b) for a, b in zip(now, stored, strict=True) if a != b]
    assert words.startswith("Yours: initialize, forward, cost, backward, update. Reference: none.")
    assert words_before.startswith("Yours: none yet.")
    for text, before in others:  # a cost without the reference's care for log 0 sees the divergence earlier
        assert text.startswith("diverged in epoch") and before.startswith("diverged in epoch"), (text, before)


def test_with_lesson_07_wrong_exactly_that_is_said():
    solve(("04", "05", "07", "09", "10"), wrong=("dZ1 = W2.T @ dZ2 * (1 - A1**2)", "dZ1 = W2.T @ dZ2 * A1"))
    now, _ = run_lesson("11")
    assert any(
        "Yours: initialize, forward, cost, update. Reference: backward (lesson 07)." in text for text in now
    )
