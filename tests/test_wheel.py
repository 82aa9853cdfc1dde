"""The published wheel, from the sdist, in an empty environment: all imports, all pictures, its command."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import nbformat
import pytest

from helpers.lessons import COURSE, NOTEBOOKS, ROOT, lesson_paths
from tests.widget_cases import CASES, OWN, PLAYGROUND, SETUP, YOURS

SDIST = "import sys; from setuptools import build_meta; print(build_meta.build_sdist(sys.argv[1]))"
EVERY_MODULE = """
import importlib, pkgutil, sys, helpers
found = [module.name for module in pkgutil.walk_packages(helpers.__path__, "helpers.")]
for name in found:
    importlib.import_module(name)
print(helpers.__file__, *found)"""
EVERY_PLOT = """
import io
from matplotlib.figure import Figure
from helpers import plots, show
history = Trainer(epochs=3).train(X, Y, progress=False)
drawn = {
    "new_figure": lambda: None,
    "plot_boundary": lambda: plots.plot_boundary(lambda points: points[:1] > 0, X, Y),
    "plot_cost": lambda: plots.plot_cost(history),
    "plot_curves": lambda: plots.plot_curves({"one": [3, 2, 1]}),
    "plot_data": lambda: plots.plot_data(X, Y),
    "plot_fields": lambda: plots.plot_fields(lambda points: np.abs(points[[0, 1, 1]]), X, Y),
    "plot_histogram": lambda: plots.plot_histogram(X.ravel()),
    "plot_images": lambda: plots.plot_images(datasets.digits()[0][:, :4], (8, 8)),
    "plot_points": lambda: plots.plot_points({2: [0.5, 0.7], 4: [0.9]}),
    "plot_table": lambda: plots.plot_table([[1, 2], [3, 4]]),
    "plot_unit_lines": lambda: plots.plot_unit_lines(parameters, X, Y),
}
for name in [name for name in vars(plots) if name.startswith(("plot_", "new_"))]:
    figure, _ = plots.new_figure()
    drawn[name]()
    plt.gcf().savefig(io.BytesIO(), format="png")"""


def run(*command, folder, **more):
    """Run a command as in an empty environment, in a folder; return what it prints."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MY_NETWORK")}
    env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "MPLBACKEND": "agg", **more}
    done = subprocess.run(
        [*map(str, command)], cwd=folder, env=env, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """Skip, and say so, where no package can be fetched; a CI run goes on and fails."""
    place = tmp_path_factory.mktemp("fetched")
    fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", place, "traitlets>=5.14,<6"]
    done = subprocess.run([*map(str, fetch)], capture_output=True, text=True, timeout=60)
    if done.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"No package could be fetched for an empty environment: {done.stderr.strip()[-200:]}")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    """The sdist, made from a copy, so that nothing is left in the project."""
    place = tmp_path_factory.mktemp("sdist")
    for folder in ("helpers", "notebooks", "tests"):
        hidden = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / folder, place / "project" / folder, ignore=hidden)
    (place / "project" / "tools").mkdir()
    for name in ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "tools/pypi.md"):
        shutil.copy(ROOT / name, place / "project" / name)
    run(sys.executable, "-c", SDIST, place, folder=place / "project")
    return next(place.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(network, sdist):
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        sdist.parent,
        sdist,
        folder=sdist.parent,
    )
    return next(sdist.parent.glob("*.whl"))


def environment_with(wheel, place, python=sys.executable):
    """The folder of the commands of an environment that has the wheel and what it asks for."""
    run(python, "-m", "venv", place, folder=place)
    commands = place / ("Scripts" if os.name == "nt" else "bin")
    run(commands / "python", "-m", "pip", "install", "-q", "--no-compile", wheel, folder=place)
    return commands


def newest_python():
    """The newest Python on this machine, if it is newer than the one that runs the tests; else None."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders = [*map(Path, os.get_exec_path()), *pyenv.glob("versions/*/bin")]
    found = [path for folder in folders for path in folder.glob("python3.*")]
    found = {path: int(path.name[8:]) for path in found if path.name[8:].isdecimal()}
    for path in sorted(found, key=found.get, reverse=True):
        told = [path, "-c", "import ensurepip, sys, venv; print(sys.version_info[1])"]
        told = subprocess.run(told, capture_output=True, text=True)
        if told.returncode == 0 and int(told.stdout) > sys.version_info[1]:
            return path
    return None


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    return environment_with(wheel, tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module", params=["this", "newest"])
def each_installed(request, wheel, tmp_path_factory):
    """As installed, on the Python that runs the tests and on the newest here."""
    if request.param == "this":
        return request.getfixturevalue("installed")
    python = newest_python() or pytest.skip("No newer Python is here than the one that runs the tests.")
    return environment_with(wheel, tmp_path_factory.mktemp("newest"), python)


def test_sdist_and_wheel_carry_every_lesson_and_all_of_helpers(sdist, wheel):
    wanted = {path.relative_to(ROOT).as_posix() for path in lesson_paths(NOTEBOOKS)}
    kept = [
        path for path in (ROOT / "helpers").rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]
    wanted |= {path.relative_to(ROOT).as_posix() for path in kept}
    packed = {name.split("/", 1)[1] for name in tarfile.open(sdist).getnames() if "/" in name}
    assert wanted <= packed and not [name for name in packed if name.startswith("tests")]
    names = {*zipfile.ZipFile(wheel).namelist()}
    assert wanted <= names and {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "helpers",
        "notebooks",
    }
    told = zipfile.ZipFile(wheel).read(next(name for name in names if name.endswith("/METADATA"))).decode()
    for line in ("License-Expression: BSD-3-Clause AND CC-BY-4.0", "Description-Content-Type: text/markdown"):
        assert line in told
    assert "\nbackprop-by-hand lab\n" in told
    assert not re.findall(r"\]\((?!https://)", told)  # on a package index no file lies beside it


def test_every_module_imports_in_an_empty_environment(each_installed, tmp_path):
    said = run(each_installed / "python", "-c", EVERY_MODULE, folder=tmp_path).split()
    files = [path.relative_to(ROOT / "helpers") for path in (ROOT / "helpers").rglob("*.py")]
    ours = {".".join(("helpers", *path.with_suffix("").parts)) for path in files}
    assert Path(said[0]).is_relative_to(each_installed.parent) and {*said[1:]} | {"helpers"} == {
        name.removesuffix(".__init__") for name in ours
    }


def test_every_picture_draws_there(each_installed, tmp_path):
    scenes = [f"assert {expression}.svg.startswith('<svg')" for _, _, expression in CASES.values()]
    widgets = [cell for cell, _, _ in CASES.values()]
    code = "\n".join(
        [SETUP, *scenes, *widgets, OWN, YOURS, f"playground = {PLAYGROUND}", "print('all drawn')"]
    )
    assert "all drawn" in run(each_installed / "python", "-c", code, folder=tmp_path)
    run(each_installed / "python", "-c", SETUP + EVERY_PLOT, folder=tmp_path)


def test_the_command_copies_the_lessons_out_and_starts_one_afresh(installed, tmp_path):
    command = installed / "backprop-by-hand"
    copying = "from helpers import lessons; print(*lessons.make_ready(), lessons.MY_WORK)"
    assert f"{tmp_path / 'my_work'}" in run(installed / "python", "-c", copying, folder=tmp_path)
    names = [path.name for path in lesson_paths(tmp_path / "my_work")]
    assert names == [path.name for path in lesson_paths(NOTEBOOKS)] != []
    mine = tmp_path / "my_work" / names[1]
    mine.write_text("mine", encoding="utf-8")
    assert "is fresh" in run(command, "reset", "01", folder=tmp_path)
    assert nbformat.read(mine, as_version=4).metadata[COURSE]["lesson"] == "01"
    assert [path.read_text() for path in mine.parent.glob("01_*.20*.ipynb")] == ["mine"]


def test_the_command_hands_out_and_grades(installed, tmp_path):
    command = installed / "backprop-by-hand"
    run(command, "handout", "week1", "04", folder=tmp_path)
    (inner,) = (tmp_path / "week1").glob("*.whl")
    lesson = next(name for name in zipfile.ZipFile(inner).namelist() if name.startswith("notebooks/04"))
    cells = json.loads(zipfile.ZipFile(inner).read(lesson))["cells"]
    assert not [cell for cell in cells if "solution" in cell["metadata"].get("tags", [])]
    run(
        installed / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--target",
        "in",
        inner,
        folder=tmp_path,
    )
    fresh = run(
        installed / "python", "-m", "helpers.lessons", "reset", "04", folder=tmp_path, PYTHONPATH="in"
    )
    assert "04_logistic_regression.ipynb is fresh" in fresh
    if os.name == "nt":  # there grading asks for a container
        return
    student = tmp_path / "submissions" / "ada"
    student.mkdir(parents=True)
    shutil.copy(tmp_path / "week1" / "04_logistic_regression.ipynb", student)
    run(command, "grade", "submissions", "report", "04", "--trust", folder=tmp_path)
    assert "ada" in (tmp_path / "report" / "grades.csv").read_text(encoding="utf-8")
