"""The commands for a class: `python -m helpers.classroom --help`."""

import argparse
import sys
from pathlib import Path

from helpers.classroom.handout import make_handout


def command_line(arguments=None):
    """Read the command line: the command with its own options."""
    parser = argparse.ArgumentParser(prog="python -m helpers.classroom", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    handout = commands.add_parser("handout", help="a folder and a zip of lessons for students")
    handout.add_argument("to", type=Path)
    handout.add_argument("lessons", nargs="?", default="", help="such as 00-02; without, all of them")
    return parser.parse_args(arguments)


def run(options):
    """Run the command that the command line asks for."""
    packed, kept = make_handout(options.to, options.lessons)
    print(f"{options.to} and {packed} are ready. START.md in them says how to start.")
    for path in kept:
        print(f"What was there before is kept as {path}.")


if __name__ == "__main__":
    try:
        run(command_line())
    except ValueError as problem:
        sys.exit(str(problem))
