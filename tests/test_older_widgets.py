"""The lessons with ipywidgets 7.7.1 and IPython 7.34, as hosted notebooks have: all run, with controls."""

import os
import subprocess
import sys
import tomllib

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.requirements import Requirement

from helpers.lessons import ROOT, lesson_paths

OLDER = ["ipywidgets==7.7.1", "ipython_genutils>=0.2,<0.3"]
OLDER += ["ipython==7.34.0", "backcall>=0.2,<0.3", "decorator>=4.4,<6", "pickleshare>=0.7,<0.8"]
OLDER += ["traitlets==5.7.1"]
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
        pytest.skip(f"What hosted notebooks have could not be fetched: {done.stderr.strip()[-200:]}")
    assert not done.returncode, done.stderr
    path = os.pathsep.join([str(place), str(ROOT)])
    env = os.environ | {"PYTHONPATH": path, "TQDM_DISABLE": "1", "MY_NETWORK": str(place / "my_network.py")}
    versions = "import IPython, ipywidgets, traitlets\n"
    versions += "print(ipywidgets.__version__, IPython.__version__, traitlets.__version__)"
    told = subprocess.run([sys.executable, "-c", versions], env=env, capture_output=True, text=True)
    assert told.stdout == "7.7.1 7.34.0 5.7.1\n", told.stderr
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


def test_nothing_that_is_there_is_replaced():
    """A newer IPython would end the kernel of a hosted notebook: google-colab asks for this very one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {each.name: each.specifier for each in map(Requirement, project["dependencies"])}
    there = dict(each.split("==") for each in OLDER if "==" in each)
    assert len(there) == 3 and all(version in wanted[name] for name, version in there.items())


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
