"""What every test and every lesson under test starts with."""

import os
import tempfile
from pathlib import Path

import matplotlib
import pytest

from helpers.lessons import MY_WORK

pytest.register_assert_rewrite("tests.support")  # so that a failing assert there says its values, too
os.environ.setdefault("TQDM_DISABLE", "1")  # the kernels inherit it: a progress bar prints times
os.environ["MY_NETWORK"] = str(Path(tempfile.mkdtemp()) / "my_network.py")  # empty, whatever the learner kept
matplotlib.use("agg")  # the tests draw without a window; MPLBACKEND would change the lessons' kernels too


def learners_files():
    return {path: path.stat().st_mtime_ns for path in MY_WORK.rglob("*")}


@pytest.fixture(scope="session", autouse=True)
def my_work_stays_as_it_is():
    before = learners_files()
    yield
    assert learners_files() == before, "my_work/ changed: by a test, or by you in JupyterLab?"
