"""Imports run one way, and what computes needs NumPy and nothing else."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HELPERS = Path(__file__).parents[1] / "helpers"
LEVELS = [
    {"words", "activations", "lessons"},
    {"inputs", "computation_graph", "gradient_check", "update"},
    {"network", "datasets", "checkpoint", "drawing"},
    {"trainer", "own_functions", "calls", "descents", "passes", "export", "autograd"},
    {"feedback", "keeping", "kept", "checks"},
    {"playground", "missions"},
    {"plots", "scenes", "show"},
    {"widgets"},
    {"classroom"},
]
COMPUTING = ["activations", "computation_graph", "network", "gradient_check"]
COMPUTING += ["datasets", "checkpoint", "trainer", "descents", "passes", "missions", "export", "autograd"]
COMPUTING += ["drawing"]
ALONE = {"lessons", "__init__"}  # these import nothing of helpers
DRAWN_FROM = {"words", "passes", "descents", "computation_graph", "scenes"}  # all that a scene imports
NOT_IN_WIDGETS = {"helpers.network", "helpers.activations", "helpers.trainer", "helpers.inputs", "numpy"}


def imports_of(path):
    """The modules that a file names in import statements, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import"
            names = {f"helpers.{alias.name}" for alias in node.names}
            found |= names if node.module == "helpers" else {node.module}
    return found


FILES = sorted(HELPERS.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HELPERS)))
def test_imports_run_one_way(path):
    name = path.relative_to(HELPERS).parts[0].removesuffix(".py")
    ours = {module.split(".")[1] for module in imports_of(path) if module.startswith("helpers.")}
    if name in ALONE:
        assert not ours
        return
    level = next((k for k, names in enumerate(LEVELS) if name in names), None)
    assert level is not None, f"helpers/{name} has no place in LEVELS yet"
    within = LEVELS[level] if level >= 2 else set()
    assert ours <= set().union(*LEVELS[:level], within)


@pytest.mark.parametrize("path", sorted(HELPERS.glob("scenes/*.py")), ids=lambda path: path.name)
def test_scenes_draw_what_others_compute(path):
    assert {name.split(".")[1] for name in imports_of(path) if name.startswith("helpers.")} <= DRAWN_FROM


@pytest.mark.parametrize("path", sorted(HELPERS.glob("widgets/*.py")), ids=lambda path: path.name)
def test_widgets_leave_arithmetic_to_others(path):
    assert not imports_of(path) & NOT_IN_WIDGETS


def test_nothing_that_students_read_imports_what_is_for_the_class():
    others = [path for path in FILES if path.parent.name != "classroom"]
    assert not [path.name for path in others if any("classroom" in name for name in imports_of(path))]


def test_no_two_modules_import_each_other():
    edges = {
        path.stem: {module.split(".")[1] for module in imports_of(path) if module.startswith("helpers.")}
        for path in HELPERS.glob("*.py")
    }
    done = set()
    while ready := {name for name in edges if name not in done and not (edges[name] & edges.keys()) - done}:
        done |= ready
    assert done == set(edges)


@pytest.mark.parametrize("name", COMPUTING)
def test_what_computes_names_no_picture_library(name):
    roots = {module.split(".")[0] for module in imports_of(HELPERS / f"{name}.py")}
    assert roots - set(sys.stdlib_module_names) <= {"helpers", "numpy", "tqdm"}
    assert "tqdm" not in roots or name == "trainer"


def loaded_after(statement):
    code = f"import sys, numpy; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=HELPERS.parent, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_network_brings_numpy_and_nothing_else():
    third_party = {
        m for m in loaded_after("import helpers.network") if m.split(".")[0] not in sys.stdlib_module_names
    }
    third_party = {m for m in third_party if not m.startswith("numpy.")}
    ours = {f"helpers.{name}" for name in ("network", "activations", "inputs", "words")}
    assert third_party == {"helpers"} | ours


def test_all_that_computes_loads_without_pictures():
    loaded = loaded_after("; ".join(f"import helpers.{name}" for name in COMPUTING))
    assert not {module.split(".")[0] for module in loaded} & {"matplotlib", "ipywidgets", "IPython", "tqdm"}
