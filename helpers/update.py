"""A newer version of a lesson, with all that a learner made in theirs: `python -m helpers.update --help`."""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell

from helpers.lessons import (
    COURSE,
    MY_WORK,
    NOTEBOOKS,
    OWN_NAME,
    ending_in_words,
    find_lesson,
    has_answer,
    has_tag,
    is_older,
    keep_dated,
    lesson_paths,
    same_question,
    stamped,
    sum_of,
    without_outputs,
    without_solutions,
    write_notebook,
)
from helpers.words import counted

PUT_ASIDE = "**You wrote this for an earlier version of the lesson.** It has no place of its own any more."


@dataclass
class Carried:
    """What came over from a learner's copy: how many cells that they edited, added, and put aside as text."""

    edited: int = 0
    added: int = 0
    aside: int = 0
    after: dict = field(default_factory=dict)  # {id of a cell, "" for the top: cells to put behind it}

    def put(self, place, cell):
        """Put a cell behind the one that has this id."""
        self.after.setdefault(place, []).append(cell)


def update_lesson(path, lesson_path):
    """Write the newer version of a lesson over a learner's copy of it, with all that they made.

    Returns the path under which the copy from before is kept, and what was Carried.
    """
    mine, lesson = (nbformat.read(each, as_version=4) for each in (path, lesson_path))
    fresh, carried = updated(mine, lesson)
    fresh = stamped(fresh, lesson, lesson_path)
    kept = keep_dated(path)
    write_notebook(fresh, path)
    return kept, carried


def updated(mine, lesson):
    """The lesson with what a learner made in their copy, and what was Carried.  Outputs are left behind."""
    solved = any(has_tag(cell, "solution") for cell in mine.cells)
    fresh = without_outputs(lesson) if solved else without_solutions(lesson)
    theirs, sums = {cell.id: cell for cell in fresh.cells}, sums_of(mine)
    carried, place = Carried(), ""
    for cell in mine.cells:
        if is_learners(cell, sums, lesson):
            carry(cell, theirs.get(cell.id), sums, place, carried)
        place = cell.id if cell.id in theirs else place
    cells = [cell for id in ["", *theirs] for cell in (theirs.get(id), *carried.after.get(id, ())) if cell]
    fresh.cells = cells
    return without_outputs(fresh), carried


def sums_of(mine):
    """{id: sum} of the cells of a lesson as they were handed to the learner; None where it was not noted."""
    return mine.metadata.get(COURSE, {}).get("cells")


def is_learners(cell, sums, lesson):
    """Whether a learner made this cell what it is.

    Where it was not noted how the lesson was: whether it is an answer, or code that the lesson does not have.
    """
    if not cell.source.strip():
        return False
    if sums is not None:
        return sums.get(cell.id) != sum_of(cell)
    known = cell.id in {each.id for each in lesson.cells}
    return has_answer(cell) or not known and cell.cell_type == "code"


def carry(cell, new, sums, place, carried):
    """Bring a cell that a learner edited or added into the newer lesson.

    new: the lesson's cell of this id, or None.  place: the id of the lesson's last cell before it, or "".
    """
    untouched = new and sums is not None and sums.get(cell.id) == sum_of(new)
    if new and new.source == cell.source:
        return
    if new and (untouched or has_answer(new) and same_question(new.source, cell.source)):
        new.source = cell.source
        carried.edited += 1
    elif new or cell.id in (sums or {}):  # another question stands there now, or none
        told = f"```python\n{cell.source}\n```" if cell.cell_type == "code" else cell.source
        carried.put(new.id if new else place, new_markdown_cell(f"{PUT_ASIDE}\n\n{told}"))
        carried.aside += 1
    else:
        carried.put(place, cell)
        carried.added += 1


def update_folder(folder=MY_WORK, source=NOTEBOOKS, lesson=""):
    """Update one lesson of a folder, all that are older for "", from the lessons in source; yields lines."""
    if not folder.is_dir() or not lesson_paths(source):
        missing = source if folder.is_dir() else folder
        raise ValueError(f"There are no lessons in {missing}. Name the folder: --source NEW --folder YOURS.")
    wanted = [find_lesson(lesson, source)] if lesson else lesson_paths(source)
    for lesson_path in [path for path in wanted if OWN_NAME.fullmatch(path.name)]:
        path = folder / lesson_path.name
        if not path.exists():
            if lesson:
                raise ValueError(f"{path} is not there. `lab` copies the lessons that you do not have.")
        elif is_older(path, lesson_path):
            kept, carried = update_lesson(path, lesson_path)
            yield f"{path.name} is new, with {said(carried)}. The one from before is {kept.name}."
        elif lesson:
            yield f"{path.name} is the newest version, or no notebook; nothing was changed."


def said(carried):
    """What was Carried, in words."""
    words = [f"{carried.edited} of your answers" if carried.edited else ""]
    words += [f"{counted(carried.added, 'cell')} of your own" if carried.added else ""]
    words += [f"{counted(carried.aside, 'cell')} without a place any more, as text" if carried.aside else ""]
    return ", ".join(filter(None, words)) or "nothing of yours, because nothing was answered"


def main(arguments=None, prog="python -m helpers.update"):
    """Run a command line; what is wrong with it ends in its words."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("lesson", nargs="?", default="", help="such as 02; without, all that are older")
    parser.add_argument("--source", type=Path, default=NOTEBOOKS, help="the folder of the newer lessons")
    parser.add_argument("--folder", type=Path, default=MY_WORK, help="your folder")
    options = parser.parse_args(arguments)
    with ending_in_words():
        lines = [*update_folder(options.folder, options.source, options.lesson)]
    print("\n".join(lines) or "Your lessons are the newest ones.")


if __name__ == "__main__":
    main()
