"""The commands for a class: `python -m helpers.classroom --help`."""

import argparse
from pathlib import Path

from helpers.classroom.grade import grade
from helpers.classroom.handout import make_handout
from helpers.classroom.nbgrader_course import write_course
from helpers.classroom.paper import print_lessons
from helpers.classroom.slides import write_slides
from helpers.classroom.teacher import write_edition
from helpers.lessons import ending_in_words


def command_line(arguments=None, prog="python -m helpers.classroom"):
    """Read the command line: the command with its own options."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    handout = commands.add_parser("handout", help="a folder and a zip of lessons for students")
    handout.add_argument("to", type=Path)
    handout.add_argument("lessons", nargs="?", default="", help="such as 00-02; without, all of them")
    grade = commands.add_parser("grade", help="judge what was handed in, and report on it")
    grade.add_argument("source", type=Path, metavar="from", help="a folder or a zip")
    grade.add_argument("to", type=Path, help="the folder of the report")
    grade.add_argument("lesson", nargs="?", default="", help="such as 07, or 00-02")
    grade.add_argument("--trust", action="store_true", help="run answers with your rights, without a sandbox")
    teacher = commands.add_parser("teacher", help="write the teacher's edition, with all answers")
    teacher.add_argument("to", type=Path)
    teacher.add_argument("lessons", nargs="?", default="", help="such as 00-02; without, all of them")
    pages = commands.add_parser("print", help="a lesson as a PDF that reads on paper")
    pages.add_argument("--without-solutions", action="store_true", help="they stand at the end otherwise")
    slides = commands.add_parser("slides", help="a lesson as slides, in one page without a network")
    nbgrader = commands.add_parser("nbgrader", help="a folder that nbgrader 0.9 takes as it is")
    for each in (pages, slides, nbgrader):
        each.add_argument("to", type=Path)
        each.add_argument("lessons", nargs="?", default="", help="such as 05; without, all of them")
    return parser.parse_args(arguments)


def run(options):
    """Run the command that the command line asks for."""
    if options.command == "handout":
        packed, kept = make_handout(options.to, options.lessons)
        print(f"{options.to} and {packed} are ready. START.md in them says how to start.")
        for path in kept:
            print(f"What was there before is kept as {path}.")
    elif options.command == "teacher":
        print(f"{write_edition(options.to, options.lessons)} has all the answers. Keep it to yourself.")
    elif options.command == "print":
        print_lessons(options.to, options.lessons, not options.without_solutions)
    elif options.command == "nbgrader":
        write_course(options.to, options.lessons)
        print(f"{options.to / 'START.md'} says how to go on.")
    elif options.command == "slides":
        write_slides(options.to, options.lessons)
    else:
        grade(options.source, options.to, options.lesson, options.trust)


def main(arguments=None, **named):
    """Run a command line; what is wrong with it ends in its words.  named: prog, as it was called."""
    with ending_in_words():
        run(command_line(arguments, **named))


if __name__ == "__main__":
    main()
