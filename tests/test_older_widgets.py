"""The lessons with ipywidgets 7.7.1, as hosted notebooks have: each runs, each control is made."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from helpers.lessons import ROOT, lesson_paths

OLDER = ["ipywidgets==7.7.1", "ipython_genutils>=0.2,<0.3"]
# In test_playground.py "True" is for the cases that set `playing`, which an older Play does not have.
CONTROLS = "every_control and not True or step_and_reset or shows_what_the_helpers_compute"
VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """Surroundings in which `import ipywidgets` gives 7.7.1; a skip where it cannot be fetched."""
    place = tmp_path_factory.mktemp("older")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(place), *OLDER]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"ipywidgets 7.7.1 could not be fetched: {done.stderr.strip()[-200:]}")
    assert not done.returncode, done.stderr
    path = os.pathsep.join([str(place), str(ROOT)])
    env = os.environ | {"PYTHONPATH": path, "TQDM_DISABLE": "1", "MY_NETWORK": str(place / "my_network.py")}
    version = [sys.executable, "-c", "import ipywidgets; print(ipywidgets.__version__)"]
    assert subprocess.run(version, env=env, capture_output=True, text=True).stdout == "7.7.1\n"
    return env


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_lesson_runs(path, older, monkeypatch):
    for name, value in older.items():
        monkeypatch.setenv(name, value)
    notebook = nbformat.read(path, as_version=4)
    views = [_views(cell) for cell in notebook.cells]
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, kernel_name="python3", timeout=120, resources=place).execute()
    assert [_views(cell) for cell in notebook.cells] == views  # each widget is made as with the newer one


def _views(cell):
    return sum(VIEW in output.get("data", {}) for output in cell.get("outputs", []))


def test_every_control_and_button_works(older):
    files = [ROOT / "tests" / name for name in ("test_widgets.py", "test_playground.py")]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        CONTROLS,
        *map(str, files),
    ]
    done = subprocess.run(command, cwd=ROOT, env=older, capture_output=True, text=True)
    assert done.returncode == 0 and " passed" in done.stdout, done.stdout
