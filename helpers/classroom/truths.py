"""The answers to a lesson's questions, computed by running the lesson, so that they are never stale.

`python -m helpers.classroom.truths 07` prints them as JSON: {name of the question: {"truth": …, "guess": …}}.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from helpers.lessons import find_lesson, has_tag


def truths_of(path):
    """{question's name: {"truth": a number or a word, "guess": whether one is asked for}} of a lesson.

    The lesson runs in a Python of its own, with nothing kept, so it is the reference that answers.
    """
    with tempfile.TemporaryDirectory() as folder:
        alone = os.environ | {"MY_NETWORK": str(Path(folder) / "my_network.py"), "MPLBACKEND": "agg"}
        alone |= {"TQDM_DISABLE": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-m", "helpers.classroom.truths", path.stem]
        run = subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True)
    if run.returncode:
        raise ValueError(f"Lesson {path.stem} does not run, so its truths are unknown:\n{run.stderr[-1500:]}")
    return json.loads(run.stdout)


def compute(path):
    """The same, in this Python: run the code cells, with a note taken of what is compared."""
    cells, found, namespace = nbformat.read(path, as_version=4).cells, {}, {"__name__": "__main__"}
    for cell in (cell for cell in cells if cell.cell_type == "code"):

        def note(prediction, truth, guess=False, cell=cell):
            found[cell.id] = {"truth": _plain(truth), "guess": guess}

        def note_all(answers, truths, cell=cell):
            known = {f"{cell.id} {key}": _plain(entry[0]) for key, entry in truths.items()}
            found.update({name: {"truth": truth, "guess": False} for name, truth in known.items()})

        if has_tag(cell, "prediction"):
            namespace["compare_prediction"] = note
        if has_tag(cell, "recall"):
            namespace["compare_answers"] = note_all
        with contextlib.suppress(*[Exception] * has_tag(cell, "raises-exception")):
            exec(compile(cell.source, f"{path.name} {cell.id}", "exec"), namespace)
    return found


def _plain(truth):
    """A truth as JSON can hold it: words and tuples as they are, any number as a Python number."""
    return truth if isinstance(truth, (str, tuple)) else getattr(truth, "item", lambda: truth)()


if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()):
        answers = compute(find_lesson(sys.argv[1]))
    print(json.dumps(answers))
