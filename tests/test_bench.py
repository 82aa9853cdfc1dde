"""The benchmark prints its table, also without the libraries it compares with. No time is judged."""

import subprocess
import sys
from pathlib import Path

SHORT = """
from tools import bench
bench.torch = bench.MLPClassifier = None
bench.speed((2, 4, 400), 5)
bench.other_costs()
bench.depth_and_softmax(1)
bench.LESSON_12["epochs"] = 2
bench.softmax_and_sigmoids()
"""


def test_a_short_run_asserts_equal_results_and_says_what_is_not_installed():
    run = subprocess.run(
        [sys.executable, "-c", SHORT],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.count("(2, 4, 400)") >= 8 and run.stdout.count("not installed") == 3
    assert all(words in run.stdout for words in ("three hidden layers", "softmax of ten", "in points"))
    assert "nan" not in run.stdout and run.stderr == ""
