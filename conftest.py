"""What every test and every lesson under test starts with."""

import os
import tempfile
from pathlib import Path

import matplotlib
import pytest

from helpers.lessons import MY_WORK, NOTEBOOKS

# so that an assert that fails there says its values, too
pytest.register_assert_rewrite("tests.support", "tests.in_lab")
os.environ.setdefault("TQDM_DISABLE", "1")  # the kernels inherit it: a progress bar prints times
os.environ["MY_NETWORK"] = str(Path(tempfile.mkdtemp()) / "my_network.py")  # empty, whatever the learner kept
matplotlib.use("agg")  # the tests draw without a window; MPLBACKEND would change the lessons' kernels too


def learners_files():
    """All in my_work/, and what is kept where notebooks or tests are started, with their times."""
    names, folders = ("my_network.py", "my_questions.json"), (NOTEBOOKS, NOTEBOOKS.parent, Path.cwd())
    kept = [folder / name for folder in folders for name in names]
    there = [*MY_WORK.rglob("*"), *(path for path in kept if path.exists())]
    return {path: path.stat().st_mtime_ns for path in there}


@pytest.fixture(scope="session", autouse=True)
def my_work_stays_as_it_is():
    before = learners_files()
    yield
    assert learners_files() == before, (
        "my_work/ or a my_network.py changed: by a test, or by you in JupyterLab?"
    )
