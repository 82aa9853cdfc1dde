"""What a check says: its result, and words for arrays that differ, wrong kinds of things and errors."""

import html
import re
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.feedback.limits import where_it_stopped
from helpers.feedback.mistakes import RAISED
from helpers.feedback.recognise import agree, as_array
from helpers.words import listed, number

VERDICTS = {True: "Correct.", False: "Not yet.", None: "Not attempted yet."}
VERDICT_COLOURS = {True: "#009E73", False: "#D55E00", None: "#0072B2"}
NOT_ATTEMPTED = "Write your lines in the cell above, run it, then run this cell again. You can also read on."
HELPERS, NUMPY = str(Path(__file__).parents[1]), str(Path(np.__file__).parent)
NOT_THE_LEARNERS = (HELPERS, NUMPY, sysconfig.get_paths()["stdlib"], "<frozen")  # how such paths begin


@dataclass
class CheckResult:
    """What a check found: passed is True, False, or None for not attempted; message says the rest.

    mistakes: identifiers of what is wrong, always the same for the same mistake.  line: the number and the
    text of the learner's line that goes wrong.  right: the names of what came out right.
    """

    passed: bool | None
    message: str
    one_output: bool = False  # it passed, but stops with more than one output
    mistakes: tuple = ()
    line: tuple | None = None
    right: tuple = ()

    def __repr__(self):
        return f"{VERDICTS[self.passed]} {self.message}"

    def _repr_html_(self):
        return html_block(VERDICT_COLOURS[self.passed], VERDICTS[self.passed], self.message)


class NotAsAsked(Exception):
    """A learner's function returned nothing that can be compared, or raised an error.

    words: what happened.  hint: a question that stands below the words.  error: what the function raised.
    """

    def __init__(self, words, hint="", error=None):
        super().__init__("\n".join(filter(None, [words, hint])))
        self.words, self.error = words, error


def html_block(colour, word, message):
    """HTML for a message of plain text beside a bar of this colour, after a word in bold (may be "")."""
    strong = f"<strong>{word}</strong> " if word else ""
    look = f"border-left: 0.4em solid {colour}; padding: 0.3em 0.8em; font-size: 110%; white-space: pre-line"
    return f'<div style="{look}">{strong}{html.escape(message)}</div>'


def compare_arrays(arrays, truth, sizes=()):
    """Words for the first array that is missing or not as in truth; "" where all agree."""
    right = []
    for name, true in truth.items():
        found = f"Your function returns no {name}." if name not in arrays else ""
        if found := found or difference(name, arrays[name], np.asarray(true), sizes):
            return f"{listed(right)} came out right. {found}" if right else found
        right.append(name)
    return ""


def difference(name, returned, true, sizes):
    """How an array differs from the true one: in kind, shape, by a factor, in one entry; "" if not."""
    if true.ndim and isinstance(returned, (list, tuple)):
        return f"{name} is {kind_of(returned)}; the next function needs an array. np.array makes one of it."
    array = as_array(returned)
    if array.dtype.kind not in "fiub":
        came = f"its entries are {array.dtype}" if returned is array else f"it came as {kind_of(returned)}"
        return f"{name} should be {'an array of numbers' if true.ndim else 'one number'}; {came}."
    if array.shape != true.shape:
        return f"{name} {_wrong_shape(array.shape, true.shape, sizes)}"
    if not np.isfinite(array).all():
        worst = array[~np.isfinite(array)].flat[0]
        return f"{name} should be finite; {worst} came. Is there a division by 0, or a logarithm of 0?"
    if agree(true, array):
        return ""
    ratio = np.sum(array * true) / np.sum(true**2)
    if array.size > 1 and ratio and agree(ratio * true, array):
        return f"{name} is {number(round(ratio, 4), 6)} times what it should be, in every entry."
    where = np.unravel_index(np.argmax(~np.isclose(array, true, rtol=1e-4, atol=1e-6)), true.shape)
    entry = f"entry [{', '.join(str(int(k)) for k in where)}]" if where else "it"
    return f"{name} is not right yet: {entry} is off by {number(abs(array[where] - true[where]), 6)}."


def _wrong_shape(shape, true, sizes):
    if true == ():
        return f"should be one number; it is an array of shape {shape}."
    at = ", ".join(f"{size} = {n}" for size, n in zip(("n0", "n1", "n2", "m"), sizes, strict=False))
    at = f", with {at}" if at else ""
    hint = " Is keepdims=True missing?" if shape == true[:1] else ""
    hint = " Does a transpose turn it round?" if shape == true[::-1] else hint
    return f"should have shape {true} here{at}; it has {shape}.{hint}"


def wrong_kind(returned, expected):
    """Words for a function that returned something else than expected, which is in words too."""
    return f"Your function should return {expected}. It returned {kind_of(returned)}."


def kind_of(value):
    """What kind of thing a value is, with its article: "a dict", "an array"."""
    if value is None:
        return "None"
    kind = type(value).__name__
    kind = {"ndarray": "array", "float64": "number", "int64": "number"}.get(kind, kind)
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def what_it_raised(error):
    """What stopped a function: the line of the learner's code, with shapes or the error; and a hint or ""."""
    stop = where_it_stopped(error, lambda path: not path.startswith(NOT_THE_LEARNERS))
    where = f" in line {stop.line}, “{stop.text}”" if stop and stop.text else ""
    shapes = listed(f"{name} is {shape}" for name, shape in stop.shapes) if stop else ""
    stopped = "Your function stopped"
    if isinstance(error, SystemExit):
        return f"{stopped}, and Python with it,{where}. A function hands its result over with return.", ""
    if shapes and isinstance(error, AssertionError):
        return f"{stopped} at its own assert{where}. There {shapes}.", ""
    if shapes and isinstance(error, ValueError) and re.search("mismatch|broadcast|not aligned", str(error)):
        hint = "Is a transpose missing or too many, or does * stand where @ is meant?"
        return f"{stopped}{where}: two shapes do not fit. There {shapes}.", hint
    hints = [words for kind, part, words in RAISED if isinstance(error, kind) and part in str(error)]
    said = f": {error}" if str(error) else ""
    return f"{stopped} with {type(error).__name__}{where}{said}.".replace("..", "."), "".join(hints[:1])
