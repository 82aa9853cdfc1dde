"""Which lessons are meant: "07", "00-02", "00-02,05", "04-"."""

from helpers.lessons import NOTEBOOKS, find_lesson, lesson_paths


def chosen_lessons(wanted="", notebooks=NOTEBOOKS):
    """The paths of the lessons that are named by number or range, in order; all of them for ""."""
    paths, found = lesson_paths(notebooks), set()
    for part in filter(None, (part.strip() for part in wanted.split(","))):
        first, dash, last = part.partition("-") if part[:1].isdigit() else (part, "", "")
        last = last.strip() or (paths[-1].stem if dash and paths else first)
        ends = [find_lesson(end.strip(), notebooks) for end in (first, last)]
        found |= set(paths[paths.index(ends[0]) : paths.index(ends[1]) + 1])
    if wanted and not found:
        raise ValueError(f"{wanted!r} names no lessons. Write 07, 00-02, 00-02,05 or 04-.")
    return [path for path in paths if path in found] or paths
