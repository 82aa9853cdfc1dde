"""Note every cell id of the lessons in tests/cell_ids.json, so that none comes back as something else.

`python -m tools.cell_ids` adds the ids that are new. An id that is noted stays, also when its cell is gone:
working copies may still hold it.
"""

import json
from pathlib import Path

import nbformat

from helpers.lessons import lesson_paths

IDS = Path(__file__).parents[1] / "tests" / "cell_ids.json"
ROLES = ("exercise", "check", "hints", "solution", "prediction", "recall", "imports")


def what_it_is(cell):
    """A cell in a word or two: "text", "code", its role; an exercise with the first line of its stub."""
    role = next((tag for tag in cell.metadata.get("tags", []) if tag in ROLES), None)
    if role == "exercise":
        return f"exercise: {cell.source.strip().splitlines()[0]}"
    return role or {"markdown": "text"}.get(cell.cell_type, cell.cell_type)


def ids_in(notebook):
    """The cell ids of a notebook: {id: what it is}."""
    return {cell.id: what_it_is(cell) for cell in notebook.cells}


def noted():
    """All ids ever used: {id: what it was}."""
    return json.loads(IDS.read_text(encoding="utf-8"))


def note(ids):
    """Write ids, those of before and new ones, one a line and in order."""
    IDS.write_text(
        json.dumps(dict(sorted(ids.items())), indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    now = {}
    for path in lesson_paths():
        now |= ids_in(nbformat.read(path, as_version=4))
    before = noted()
    note({**now, **before})
    print(f"{len(now.keys() - before.keys())} new ids are noted; {len(before)} were there.")
