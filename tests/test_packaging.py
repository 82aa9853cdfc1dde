"""What is imported is declared, and no test is imported from another."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
FOREIGN = {"sklearn": ["scikit-learn"]}  # of the extra "bench", which need not be installed


def imported(folder):
    """The modules that the files of a folder name in import statements, anywhere in them."""
    files = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).rglob("*.py")}
    for path, tree in files.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield path, node.module
                yield from ((path, f"{node.module}.{alias.name}") for alias in node.names)


def bounds(requirements):
    """{name: bounds} of lines like "numpy>=2.0,<3"."""
    return dict(re.match(r"([a-z-]+)(\S+)$", line).groups() for line in requirements)


def undeclared(folder, declared):
    """The third-party packages that a folder imports and that are not among the declared names."""
    ours = {"helpers", "tests", "tools", *sys.stdlib_module_names}
    modules = {module.split(".")[0] for _, module in imported(folder)} - ours
    known = FOREIGN | packages_distributions()
    homes = {
        module: {home.lower().replace("_", "-") for home in known.get(module, [module])} for module in modules
    }
    return {module for module in modules if not homes[module] & declared}


def test_what_helpers_imports_is_declared():
    assert undeclared("helpers", set(bounds(PROJECT["dependencies"]))) == set()
    assert undeclared("helpers", {"numpy"}) >= {"matplotlib", "PIL", "IPython"}  # it does look


@pytest.mark.parametrize("folder", ["tests", "tools"])
def test_what_tests_and_tools_import_is_declared_too(folder):
    declared = bounds(PROJECT["dependencies"] + EXTRAS["test"] + EXTRAS["site"] + EXTRAS["bench"])
    assert undeclared(folder, set(declared)) == set()


def test_a_package_has_one_pair_of_bounds():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    required = bounds(line for line in lines if not line.startswith(("#", "-e")))
    declared = bounds(PROJECT["dependencies"] + EXTRAS["test"] + EXTRAS["site"] + EXTRAS["bench"])
    assert {name: declared[name] for name in required.keys() & declared} == {"nbval": required["nbval"]}
    assert "-e ." in lines and all(
        re.fullmatch(r">=[\d.]+,<[\d.]+", b) for b in (required | declared).values()
    )


@pytest.mark.parametrize("folder", ["tests", "tools"])
def test_nothing_is_imported_from_a_test_file(folder):
    found = [(path.name, module) for path, module in imported(folder) if re.search(r"\btest_", module)]
    assert not found


def as_the_machine_likes(call):
    """Whether a call reads or writes text without saying in which encoding: it differs between systems."""
    if any(each.arg == "encoding" for each in call.keywords):
        return False
    if isinstance(call.func, ast.Name):  # of a file as bytes the mode says so
        return call.func.id == "open" and "b" not in "".join(map(ast.unparse, call.args[1:2]))
    least = {"read_text": 1, "write_text": 2}.get(getattr(call.func, "attr", ""), 0)
    return len(call.args) < least


@pytest.mark.parametrize("folder", ["helpers", "tools"])
def test_text_is_read_and_written_in_a_named_encoding(folder):
    for path in (ROOT / folder).rglob("*.py"):
        calls = [each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Call)]
        assert [f"{path.name}:{call.lineno}" for call in calls if as_the_machine_likes(call)] == []
    examples = ("p.read_text()", "p.write_text(t)", "open(p)", "open(p, 'w')")
    assert all(as_the_machine_likes(ast.parse(each).body[0].value) for each in examples)  # it does look


def test_hosted_places_have_a_python_that_the_lessons_run_on():
    told = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))["image"]
    pinned = (ROOT / "runtime.txt").read_text(encoding="utf-8").strip()  # what Binder reads
    oldest = float(PROJECT["requires-python"].removeprefix(">=").replace("3.", ""))
    for version in (re.search(r"python:3\.(\d+)$", told)[1], re.fullmatch(r"python-3\.(\d+)", pinned)[1]):
        assert int(version) >= oldest
