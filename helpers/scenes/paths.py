"""One entry of dW1 twice: as paths through the scalar graph, and as numbers in the matrices."""

import re

from helpers.passes import numbers_of_passes, paths_to_weight
from helpers.scenes.matrices import CELL, cells, table_width
from helpers.scenes.svg import (
    GRADIENT,
    INK,
    MARGIN,
    NEWEST,
    PANEL,
    QUIET,
    arrow_head,
    rect,
    scene_of,
    stroke,
    text_at,
    touchable,
)
from helpers.words import counted, number, signed

STOPS = (("J", 960, 90), ("Z2", 740, 110), ("A1", 500, 110), ("Z1", 260, 110), ("W1", MARGIN, 130))
FACTORS = ("dZ2", "W2", "g′(Z1)", "X")  # one for each link from a stop to the next
WIDTH, ROW, BOX, GAP, DIGITS = 1072, 64, 46, 26, 3


def paths_scene(parameters, X, Y, entry=(0, 0), path=0, hidden_activation="tanh"):
    """Draw the paths from J to one entry of W1, and beside them the matrices that hold their factors.

    X (n0, m), Y (n2, m): m × n2 up to 6.  entry: (row, column) of dW1.  path: which to light up, from 1; 0:
    none.  To touch: a path, "path 2", and each entry, "dW1[1, 0]".
    Raises ValueError for an entry or a path that is not there, and for more than 6 paths.
    """
    numbers = numbers_of_passes(parameters, X, Y, hidden_activation)
    paths = paths_to_weight(numbers, entry)
    if path not in range(len(paths) + 1):
        raise ValueError(f"path is {path!r}; expected a whole number from 0, none, to {len(paths)}.")
    chosen = paths[path - 1] if path else None
    parts, width, below = _matrices(numbers, paths, entry, chosen)
    parts += _links_named(below, chosen, entry, len(Y))
    top = below + 64
    for k, one in enumerate(paths):
        drawn = _path(one, top + ROW * k, entry, one is chosen, quiet=chosen not in (None, one))
        parts += touchable(drawn, f"path {k + 1}", f"path {k + 1}: {_in_words(one)}")
    bottom = top + ROW * len(paths)
    parts += _ends(top - 6, bottom, entry)
    total = _sum(numbers, paths, entry)
    parts.append(text_at(MARGIN, bottom + 28, total, GRADIENT, bold=True, anchor="start"))
    count = counted(len(paths), "path")
    words = f"From J to W1[{entry[0]}, {entry[1]}] {'leads' if len(paths) == 1 else 'lead'} {count}. "
    words += f"Path {path}: {_in_words(chosen)}. " if path else ""
    description = words + " ".join(f"{_in_words(one)}." for one in paths if one is not chosen)
    line = f"{words}{total}."
    legend = "in a box: what has arrived along this path; on an arrow: the factor of this link"
    parts.append(text_at(MARGIN, bottom + 56, legend, QUIET, anchor="start"))
    return scene_of(width, bottom + 78, "Paths and matrices", f"{description} {total}.", parts, line)


def path_touched(touch, n2=1):
    """The controls that follow what was touched in the picture, by name; None: nothing was.

    A path, or an entry of a matrix: of dW1 the entry that is looked at, else a path that has it as a factor.
    """
    if found := re.fullmatch(r"path (\d+)", touch):
        return {"path": int(found[1])}
    found = re.fullmatch(r"(.+)\[(\d+), (\d+)\]", touch)
    if found is None or found[1] not in ("dW1", *FACTORS):
        return None
    name, one, other = found[1], int(found[2]), int(found[3])
    first_path = n2 * other + 1  # of example number `other`
    return {
        "dW1": {"row": one, "column": other, "path": 0},
        "X": {"column": one, "path": first_path},
        "g′(Z1)": {"row": one, "path": first_path},
        "W2": {"row": other, "path": one + 1},
        "dZ2": {"path": first_path + one},
    }[name]


def _matrices(numbers, paths, entry, chosen):
    """The matrices of the factors and dW1 in a row; lit up: what the paths, or the chosen one, use."""
    names, parts, x = ("dW1", *FACTORS[::-1]), [], MARGIN
    tall = CELL * max(len(numbers[name]) for name in names)
    wide = {name: table_width(numbers[name], DIGITS) for name in names}
    gap = max(GAP, (WIDTH - 2 * MARGIN - sum(wide.values())) / (len(names) - 1))
    for name in names:
        top = MARGIN + (tall - CELL * len(numbers[name])) / 2
        used = {one["places"][name] for one in ([chosen] if chosen else paths)} if name != "dW1" else {entry}
        framed, colour = (entry, GRADIENT) if name == "dW1" else (None, GRADIENT if name == "dZ2" else INK)
        parts += cells(x, top, numbers[name], entry=framed, name=name, lit=used, digits=DIGITS)
        parts.append(text_at(x + wide[name] / 2, MARGIN + tall + 18, name, colour, bold=True))
        x += wide[name] + gap
    return parts, x - gap + MARGIN, MARGIN + tall + 40


def _links_named(y, chosen, entry, n2):
    """Above each link the factor that it carries, for the chosen path or for example i."""
    j, k = entry
    i, o = (chosen["example"], chosen["output"]) if chosen else ("i", "o" if n2 > 1 else 0)
    called = (f"dZ2[{o}, {i}]", f"× W2[{o}, {j}]", f"× g′(Z1)[{j}, {i}]", f"× X[{k}, {i}]")
    return [text_at(_middle(link), y + 22, name, QUIET) for link, name in enumerate(called)]


def _middle(link):
    """Half way between two stops."""
    (_, right, _), (_, left, wide) = STOPS[link], STOPS[link + 1]
    return (left + wide + right) / 2


def _path(path, y, entry, is_chosen, quiet):
    """One path from right to left: at each link its factor, in each box what has arrived there."""
    i, o, j = path["example"], path["output"], entry[0]
    names = (f"Z2[{o}, {i}]", f"A1[{j}, {i}]", f"Z1[{j}, {i}]")
    colour, ink = (QUIET, QUIET) if quiet else (GRADIENT, INK)
    right, left = STOPS[0][1], STOPS[-1][1] + STOPS[-1][2]
    behind = NEWEST if is_chosen else "transparent"
    parts = [rect(left + 3, y - 6, right - left - 6, BOX + 12, behind, "none", 0)]
    for name, (_, x, wide), arrived in zip(names, STOPS[1:], path["so_far"], strict=False):
        parts += [rect(x, y, wide, BOX, PANEL, ink), text_at(x + wide / 2, y + 14, name, ink)]
        parts.append(text_at(x + wide / 2, y + 34, number(arrived, DIGITS), colour))
    for k, factor in enumerate(path["factors"].values()):
        (_, right, _), (_, left, wide) = STOPS[k], STOPS[k + 1]
        parts.append(stroke(f"M{right} {y + BOX / 2}H{left + wide + 8}", colour, dashed=True))
        parts.append(arrow_head(left + wide + 1, y + BOX / 2, -1, colour))
        text = number(factor, DIGITS) if k == 0 else f"× {signed(factor, DIGITS)}"
        parts.append(text_at(_middle(k), y + BOX / 2 - 13, text, colour, bold=is_chosen))
    product = number(path["so_far"][-1], DIGITS)
    return [*parts, text_at(MARGIN + 65, y + BOX / 2, product, colour, bold=True)]


def _ends(top, bottom, entry):
    """J on the right and the weight on the left, as high as all paths."""
    parts = []
    for name, (_, x, wide) in ((f"W1[{entry[0]}, {entry[1]}]", STOPS[-1]), ("J", STOPS[0])):
        parts.append(rect(x, top, wide, bottom - top - 4, "none", INK))
        parts.append(text_at(x + wide / 2, top - 14, name, bold=True))
    return parts


def _in_words(path):
    """A path as its factors, its numbers and its product."""
    factors = " × ".join(f"{name}[{row}, {column}]" for name, (row, column) in path["places"].items())
    first, *others = path["factors"].values()
    plugged = " × ".join([number(first, DIGITS), *(signed(factor, DIGITS) for factor in others)])
    return f"example {path['example']}: {factors} = {plugged} = {number(path['so_far'][-1], DIGITS)}"


def _sum(numbers, paths, entry):
    """The products of all paths, added and divided by m, are the entry."""
    j, k = entry
    first, *others = (path["so_far"][-1] for path in paths)
    added = " + ".join([number(first, DIGITS), *(signed(product, DIGITS) for product in others)])
    m, dW1 = numbers["X"].shape[1], number(numbers["dW1"][j, k], DIGITS)
    return f"dW1[{j}, {k}] = 1/{m} × ({added}) = {dW1}"
