"""The command `backprop-by-hand`, which comes with the wheel: all that `python -m helpers.…` can do."""

import sys

from helpers import lessons, update
from helpers.classroom import __main__ as classroom

COMMANDS = {
    "lab": (lessons.main, "open your working copies of the lessons in JupyterLab, or another FOLDER"),
    "reset": (lessons.main, "start a lesson afresh; yours is kept under a dated name"),
    "update": (
        lambda arguments, prog: update.main(arguments[1:], f"{prog} update"),
        "fetch a lesson's newer version with all you made",
    ),
    "handout": (classroom.main, "a folder and a zip of lessons for students"),
    "grade": (classroom.main, "judge what was handed in, and report on it"),
    "teacher": (classroom.main, "write the teacher's edition, with all answers"),
    "print": (classroom.main, "a lesson as a PDF that reads on paper"),
    "slides": (classroom.main, "a lesson as slides, in one page without a network"),
    "nbgrader": (classroom.main, "a folder that nbgrader 0.9 takes as it is"),
}


def main(arguments=None):
    """Run one of the commands, or say which there are."""
    arguments = sys.argv[1:] if arguments is None else arguments
    name = arguments[0] if arguments else "--help"
    if name in COMMANDS:
        return COMMANDS[name][0](arguments, prog="backprop-by-hand")
    lines = [f"  {each:9}{what}" for each, (_, what) in COMMANDS.items()]
    told = "\n".join(["usage: backprop-by-hand COMMAND …; COMMAND --help says more", "", *lines])
    if name in ("-h", "--help"):
        print(told)
        return None
    sys.exit(f"There is no command {name!r}.\n\n{told}")
