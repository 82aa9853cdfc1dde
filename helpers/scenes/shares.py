"""Softmax for one example: three numbers z, their exp, the shares, and what comes back."""

from helpers.passes import softmax_numbers
from helpers.scenes.curves import CLASS_COLOURS, marks
from helpers.scenes.svg import (
    GRADIENT,
    INK,
    MARGIN,
    NEWEST,
    QUIET,
    TINT,
    rect,
    scene_of,
    text_at,
    touchable,
)
from helpers.words import number

COLUMNS = {"z": 150, "exp z": 270, "a": 370, "dz = a − y": 790}  # where each stands
WIDE, HIGH, TOP = 300, 62, 62  # of a bar for a share of 1; of a row; where the first row begins


def shares_scene(z0, z1, z2, own=1):
    """Draw the softmax of three numbers z, each share as a bar, and dz = a − y where class own is right.

    own: 0, 1 or 2.  To touch: "z0", "z1", "z2".
    """
    z = (z0, z1, z2)
    found = softmax_numbers(z, own)
    parts = [text_at(x, MARGIN + 10, name, QUIET, bold=True, anchor="start") for name, x in COLUMNS.items()]
    for k, value in enumerate(z):
        parts += _row(k, value, k == own, {name: found[name][k] for name in ("exp z", "a", "dz")})
    bottom = TOP + 3 * HIGH + 14
    total = f"the exp z sum to {number(found['sum'])}, the shares to 1"
    loss = f"loss = −log {number(found['a'][own])} = {number(found['loss'])}"
    parts += [text_at(MARGIN, bottom, f"{total}; {loss}", anchor="start")]
    rows = [f"class {k}: z = {number(z[k])}, a = {number(found['a'][k])}, dz = {number(found['dz'][k])}"
            for k in range(3)]  # fmt: skip
    words = f"{'; '.join(rows)}. Class {own} is right: {loss}."
    return scene_of(900, bottom + MARGIN, "Softmax of three numbers", words, parts, words)


def _row(k, z, is_own, found):
    """One class: its mark, the box with z, exp z, the bar of its share, and dz."""
    middle = TOP + HIGH * k + HIGH / 2
    parts = [rect(MARGIN - 8, middle - 26, 872, 52, NEWEST, "none")] if is_own else []
    parts += marks([MARGIN + 14], [middle], k, 8, CLASS_COLOURS[k], INK)
    parts.append(text_at(MARGIN + 32, middle, f"class {k}", bold=is_own, anchor="start"))
    box = [rect(COLUMNS["z"] - 8, middle - 17, 84, 34, TINT, QUIET, 1)]
    box.append(text_at(COLUMNS["z"] + 34, middle, number(z)))
    parts += touchable(box, f"z{k}", f"z of class {k} = {number(z)}", value=z, drag=True)
    parts.append(text_at(COLUMNS["exp z"], middle, number(found["exp z"]), anchor="start"))
    parts.append(rect(COLUMNS["a"], middle - 15, WIDE, 30, "none", QUIET, 1))
    parts.append(rect(COLUMNS["a"], middle - 15, max(WIDE * found["a"], 1), 30, CLASS_COLOURS[k], INK, 1))
    parts.append(text_at(COLUMNS["a"] + WIDE + 12, middle, number(found["a"]), anchor="start"))
    parts.append(text_at(COLUMNS["dz = a − y"], middle, number(found["dz"]), GRADIENT, anchor="start"))
    return parts
