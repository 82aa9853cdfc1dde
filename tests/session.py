"""A learner's notebook without its server: cells run in IPython, in a process and a folder of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

IMPORTS = """import numpy as np
from helpers import datasets, kept, network
from helpers.checks import *
from helpers.checks import check_compute_cost, check_forward_propagation, check_backward_propagation
from helpers.checks import check_update_parameters, check_initialize_parameters"""


def run(folder, cells, **variables):
    """What each cell shows, as text, in a new process whose folder this is, with these variables set."""
    env = {name: value for name, value in os.environ.items() if name != "MY_NETWORK"} | variables
    env["PYTHONPATH"], env["IPYTHONDIR"] = str(Path(__file__).parents[1]), str(folder / ".ipython")
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps([IMPORTS, *cells]),
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])[1:]


def main():
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    del sys.path[0]  # the folder of this file, which a notebook has not
    sys.path.insert(0, "")
    shell, shown = InteractiveShell.instance(colors="NoColor"), []
    for cell in json.load(sys.stdin):
        with capture_output() as captured:
            shell.run_cell(cell, store_history=True)
        shown.append(captured.stdout + captured.stderr)
    print(json.dumps(shown))


if __name__ == "__main__":
    main()
