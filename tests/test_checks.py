"""Around every check: cells that stopped, hints, further arguments, a function that never returns."""

import re
import threading
import time
from dataclasses import dataclass
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest

from helpers import checks, network
from helpers.feedback import cells, hints
from helpers.feedback.errors import RAISED, hint_for, what_it_raised
from helpers.feedback.judge import judge
from helpers.feedback.wording import words_for
from helpers.lessons import lesson_paths
from helpers.own_functions import TAKES, Unused, called_with
from tests.support import tags

FIRST = "def compute_cost(A2, Y):\n    return np.mean(A2)\n"


@pytest.fixture(autouse=True)
def new_session(monkeypatch, tmp_path):
    """Nothing failed so far, no cell has run, nothing is kept."""
    hints.FAILED_CHECKS.clear()
    cells.OUT_OF_DATE.clear()
    cells.MADE_BY.clear()
    monkeypatch.setenv("MY_NETWORK", str(tmp_path / "my_network.py"))


# Cells that stopped with an error


def ran(source, names, cell=None):
    """A cell is run as IPython does it: the names that it defines, or the error that stops it."""
    cells.cell_begins(source, names)
    before, inside = None, None
    try:
        code = compile(source, "<a cell>", "exec")
    except SyntaxError as error:
        before = error
    else:
        try:
            exec(code, names)
        except Exception as error:
            inside = error
    info = SimpleNamespace(raw_cell=source, cell_id=cell)
    cells.cell_ends(SimpleNamespace(error_before_exec=before, error_in_exec=inside, info=info), names)


@pytest.mark.parametrize(("cell", "words"), [
    ("def compute_cost(A2, Y):\nm = 3\n", "IndentationError when it last ran in the line “m = 3”"),
    ("def compute_cost(A2, Y):\n    return “1”\n", "SyntaxError"),
    ("def compute_cost(A2, Y) = 3\n", "SyntaxError"),
    ("not_there\n" + FIRST, "NameError"),
    ("compute_cost = not_there\n", "NameError"),
])  # fmt: skip
def test_a_cell_that_stopped_is_not_judged_by_an_older_run(cell, words):
    names = {"np": np}
    ran(
        "def compute_cost(A2, Y):\n    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))",
        names,
    )
    assert checks.check_compute_cost(names["compute_cost"]).passed is True
    ran(cell, names)
    result = checks.check_compute_cost(names["compute_cost"])
    assert result.passed is False and result.mistakes == ("cell-stopped",)
    assert f"The cell that makes compute_cost stopped with {words}" in result.message
    ran(FIRST, names)
    assert "stopped" not in checks.check_compute_cost(names["compute_cost"]).message


def test_a_cell_that_lost_its_def_is_not_judged_by_an_older_run():
    names = {"np": np}
    ran(FIRST, names, cell="one")
    ran("x = 3\n", names, cell="another")
    assert cells.out_of_date(names["compute_cost"]) is None
    for again in ("m = 3\n", "", "def my_cost(A2, Y):\n    return 0\n", "# " + FIRST.replace("\n", "\n# ")):
        ran(again, names, cell="one")
        result = checks.check_compute_cost(names["compute_cost"])
        assert result.passed is False and result.mistakes == ("cell-without-def",)
        assert "it makes no compute_cost any more" in result.message
    ran(FIRST, names, cell="a new one")
    assert cells.out_of_date(names["compute_cost"]) is None
    ran("y = 3\n", names, cell="one")
    assert cells.out_of_date(names["compute_cost"]) is None, "it is made elsewhere now"


def test_a_cell_that_stopped_after_its_function_was_made_is_up_to_date():
    names = {"np": np}
    ran(FIRST, names)
    ran(FIRST + "not_there\n", names)
    assert cells.out_of_date(names["compute_cost"]) is None
    ran("x = not_there\n", names)
    assert cells.out_of_date(names["compute_cost"]) is None


def test_answers_that_are_no_functions_are_seen_too():
    names = {}
    ran("my_shapes = {'X': (3, 200)}", names)
    ran("my_shapes = {'X': (3, 200}", names)
    result = checks.check_shapes(names["my_shapes"], n0=3, n1=5, n2=1, m=200)
    assert result.mistakes == ("cell-stopped",)


# Hints


def test_after_two_failed_checks_the_hint_that_fits_is_named():
    def wrong(Z):
        return 1 / 1 + np.exp(-Z)

    assert "Hint" not in checks.check_sigmoid(wrong).message
    assert checks.check_sigmoid(wrong).message.endswith("\nHint 3 below fits.")
    assert checks.check_sigmoid(lambda Z: 1 / (1 + np.exp(Z))).message.endswith("\nHint 2 below fits.")
    assert "\nHint" not in checks.check_used_twice(lambda b, c: b).message, "another exercise"
    assert checks.check_sigmoid(lambda Z: 1 / (1 + np.exp(-Z))).passed is True
    assert "Hint" not in checks.check_sigmoid(wrong).message, "it starts again after one that passed"


def test_what_is_not_attempted_is_no_failed_check():
    def stub(Z):
        raise NotImplementedError

    for _ in range(3):
        assert checks.check_sigmoid(stub).passed is None
    assert "Hint" not in checks.check_sigmoid(np.tanh).message


def hints_in_the_lessons():
    """How many hints stand below each check: {"sigmoid": 3}."""
    found = {}
    for path in lesson_paths():
        lesson = nbformat.read(path, as_version=4).cells
        for cell, after in zip(lesson, lesson[1:], strict=False):
            check = re.match(r"check_(\w+)\(", cell.source)
            if check and "check" in tags(cell) and "hints" in tags(after):
                found[check.group(1)] = after.source.count("<summary>Hint")
    return found


def test_each_hint_that_is_named_stands_below_its_check():
    found = hints_in_the_lessons()
    assert found.keys() == hints.HINTS.keys()
    for exercise, numbers in hints.HINTS.items():
        assert "" in numbers and set(numbers.values()) <= set(range(1, found[exercise] + 1)), exercise


# Further arguments


def cost_of(A2, Y):
    return network.compute_cost(A2, Y)


def test_a_function_that_needs_no_more_is_called_as_it_is():
    assert called_with(cost_of, 2) is cost_of
    assert called_with(max, 2) is max
    with_defaults = lambda A2, Y, *, eps=0, **more: 1  # noqa: E731
    assert called_with(with_defaults, 2) is with_defaults


def test_arguments_beyond_the_lessons_are_filled():
    def compute_cost(A2, Y, parameters, *, keep):
        assert isinstance(parameters["W1"]["x"], Unused) and isinstance(keep, Unused)
        return cost_of(A2, Y)

    assert judge("compute_cost", compute_cost).passed is True
    J = called_with(compute_cost, TAKES["compute_cost"])(np.array([[0.5]]), np.array([[1]]))
    assert J == pytest.approx(np.log(2))
    once = called_with(compute_cost, 2)
    assert called_with(once, 2) is once and judge("compute_cost", once).passed is True


def test_an_argument_that_is_computed_with_is_told():
    def compute_cost(A2, Y, parameters):
        return cost_of(A2, Y) + 0.1 * parameters["W1"]

    result = judge("compute_cost", compute_cost)
    assert (
        "It is called with A2 and Y, in this order; your function takes A2, Y and parameters."
        in result.message
    )
    assert result.mistakes == ("arguments-differ",)


def test_each_of_the_five_takes_what_the_reference_does():
    for name, number in TAKES.items():
        assert called_with(getattr(network, name), number) is getattr(network, name)
        assert called_with(getattr(network, name), number - 1) is not getattr(network, name)


# A function that never returns


def forever(*given):
    while True:
        pass


def test_a_function_that_never_returns_is_stopped_with_words():
    started = time.perf_counter()
    result = judge("compute_cost", forever)
    assert time.perf_counter() - started < 4
    assert result.mistakes == ("never-ends",) and "did not return within 1.2 seconds" in result.message


def test_it_is_stopped_in_another_thread_too():
    said = []
    thread = threading.Thread(target=lambda: said.append(checks.check_batches(forever)), daemon=True)
    thread.start()
    thread.join(8)
    assert said and said[0].mistakes == ("never-ends",)


# Identifiers, and what is right


@pytest.mark.parametrize(("check", "function", "mistakes", "right"), [
    (checks.check_scalar_backward, lambda a, b, c: (3, 3, 3, 3 + c, 3 * b), ("links-added",),
     ("dJ_dv", "dJ_du", "dJ_da", "dJ_dc")),
    (checks.check_scalar_forward, lambda a, b, c: 3, ("number-of-values",), ()),
    (checks.check_training_loop, lambda *given: (None, []), ("no-pair",), ()),
    (checks.check_standardise, lambda a, b: ((a - a.mean(1, keepdims=True)) / a.std(1, keepdims=True), b),
     ("unchanged",), ("X_train",)),
    (checks.check_batches, lambda m, size, rng: [rng.permutation(m)], ("batch-size",), ()),
    (checks.check_batches, lambda m, size, rng: [rng.permutation(m)[k : k + size] for k in range(m)],
     ("column-twice",), ()),
    (checks.check_initialize_parameters, lambda n_x, n_h, n_y: {
        "W1": np.zeros((n_h, n_x)), "b1": np.zeros((n_h, 1)),
        "W2": np.zeros((n_y, n_h)), "b2": np.ones((n_y, 1)),
    }, ("all-zeros", "bias-not-zero"), ("b1",)),
    (checks.check_update_parameters, lambda *given: None, ("returns-none",), ()),
    (checks.check_forward_propagation, lambda X, p: (network.forward_propagation(X, p)[0] ** 1,
     {k.lower(): v for k, v in network.forward_propagation(X, p)[1].items()}), ("names-differ",), ()),
    (checks.check_gradient_checker, lambda *given: {}, ("cost-not-called",), ()),
])  # fmt: skip
def test_a_result_carries_identifiers_and_what_is_right(check, function, mistakes, right):
    result = check(function)
    assert result.passed is False and (result.mistakes, result.right) == (mistakes, right), result


def test_other_letters_in_the_cache_are_spoken_of_alone():
    def forward(X, parameters):
        A2, cache = network.forward_propagation(X, parameters)
        return A2, {"z1": cache["Z1"], "a1": cache["A1"], "z2": cache["Z2"], "A2": A2}

    message = judge("forward_propagation", forward).message
    assert message.startswith(
        "The values are right, and some names in the dict differ: “z1” stands for “Z1”,"
    )


def test_an_array_for_one_name_of_another_has_words():
    assert words_for("X-for-A1") == "{names}: X stands where A1 is meant. What does the second layer receive?"


# What stopped a function


def stopped(function, *given):
    try:
        function(*given)
    except Exception as error:
        return what_it_raised(error)
    raise AssertionError("it did not stop")


NOTEBOOKS = np.zeros((4, 7))


def test_a_shape_is_that_of_the_variable_in_the_line():
    def turned(cache, W1):
        W1 = W1.T
        return W1 @ cache["W1"]

    assert (
        'There W1 is (2, 3) and cache["W1"] is (4, 2).'
        in stopped(turned, {"W1": np.zeros((4, 2))}, np.zeros((3, 2)))[0]
    )

    def from_the_notebook(cache):
        return cache["A1"] @ NOTEBOOKS

    words, _, mistake, line = stopped(
        from_the_notebook, {"A1": np.zeros((2, 3)), "NOTEBOOKS": np.zeros((3, 3))}
    )
    assert "NOTEBOOKS is (4, 7)" in words and mistake == "shapes-do-not-fit"
    assert line[1] == 'return cache["A1"] @ NOTEBOOKS'


@pytest.mark.parametrize(("function", "hint"), [
    (lambda W, A: np.matrix(W) * A, "Is a transpose missing"),
    (lambda W, A: W ^ 2, "written with `**`"),
    (lambda W, A: W**T, "A transpose is written with a dot"),  # noqa: F821
    (lambda W, A: exp(W), "is np. missing in front?"),  # noqa: F821
    (lambda W, A: W @ sum, "sum is a function of Python itself"),
    (lambda W, A: input.T, "input is a function of Python itself"),
    (lambda W, A: np.zeros("(3, 4)"), "without quotes"),
])  # fmt: skip
def test_errors_have_words_for_beginners(function, hint):
    assert hint in stopped(function, np.ones((3, 2)), np.ones((3, 4)))[1]


def test_a_matrix_and_a_flat_array_are_pointed_out():
    def star(W, A):
        W = np.matrix(W)
        return W * A

    def flat(W, A):
        db = A.sum(axis=1)
        return W @ db.T

    assert (
        "With np.matrix (here W) `*` is the matrix product."
        in stopped(star, np.ones((3, 2)), np.ones((3, 4)))[1]
    )
    assert "db.T has one axis" in stopped(flat, np.ones((3, 2)), np.ones((3, 4)))[1]


@pytest.mark.parametrize(("source", "hint"), [
    ("def f():\nreturn 1", "indented by 4 spaces"),
    ("x = 1\n  y = 2", "Is a space too many?"),
    ("if True:\n    x = 1\n  y = 2", "Is a space too many or missing?"),
    ("x = 1 − 2", "the minus is the key"),
    ("x = (1", "opened and not closed"),
    ("x = 1)", "closed that was not opened"),
    ("x = 'a", "does not end with one"),
    ("def f()\n    return 1", "ends with a colon"),
    ("return 1", "stands inside a function"),
    ("Which of the three comes first?", "or words of a hint?"),
    ("x = 1a", "cannot begin with a digit"),
    ("x = {\n'a': (1, 2)\n'b': 3}", "a comma missing there"),
    ("dJ/dv = 3", "a name holds no / or *"),
    ("x\u200b = 1", "cannot be seen"),
])  # fmt: skip
def test_a_cell_that_cannot_be_read_has_words(source, hint):
    with pytest.raises(SyntaxError) as caught:
        compile(source, "<a cell>", "exec")
    assert hint in hint_for(caught.value)


@pytest.mark.parametrize(("function", "hint"), [
    (lambda b, c: bc, "A product needs its `*`"),  # noqa: F821
    (lambda b, parameters: parameters[W1], 'stands in quotes: ["W1"]'),  # noqa: F821
])  # fmt: skip
def test_a_name_that_is_none_has_words(function, hint):
    with pytest.raises(NameError) as caught:
        function({}, {})
    assert hint in hint_for(caught.value, "u = bc; W1 = parameters[W1]")


def test_each_hint_for_an_error_reads_well():
    for _, _, words in RAISED:
        assert words.endswith((".", "?")) and len(words) < 140


def test_a_cache_in_another_form_is_told_as_what_it_is():
    @dataclass
    class Cache:
        Z1: object
        A1: object
        Z2: object
        A2: object

    def in_fields(X, parameters):
        A2, cache = network.forward_propagation(X, parameters)
        return A2, Cache(**cache)

    def in_a_tuple(X, parameters):
        A2, cache = network.forward_propagation(X, parameters)
        return A2, tuple(cache.values())

    asked = ', with the right values in it. A dict is asked for: {"Z1": Z1, …}.'
    for function, form in ((in_fields, "a Cache"), (in_a_tuple, "a tuple of 4 arrays")):
        said = checks.check_forward_propagation(function).message
        assert said.startswith(f"A2 is right. The cache came as {form}{asked}")
