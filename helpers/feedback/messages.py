"""What a check says: its result, and words for arrays that differ and for wrong kinds of things."""

import html
from dataclasses import dataclass

import numpy as np

from helpers.feedback.recognise import agree, as_array
from helpers.words import listed, number

VERDICTS = {True: "Correct.", False: "Not yet.", None: "Not attempted yet."}
VERDICT_COLOURS = {True: "#009E73", False: "#D55E00", None: "#0072B2"}
BUNDLE = "application/vnd.backprop-by-hand.check+json"  # of a result, for programs
NOT_ATTEMPTED = "Write your lines in the cell above, run it, then run this cell again. You can also read on."
WHOLE = "Does an array take its type from an argument, as np.zeros_like(X) does?"


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

    def _repr_mimebundle_(self, include=None, exclude=None):
        """What is shown, and beside it what a program reads, such as a report on a class."""
        shown = html_block(VERDICT_COLOURS[self.passed], VERDICTS[self.passed], self.message)
        found = {"passed": self.passed, "mistakes": [*self.mistakes], "right": [*self.right]}
        found["line"] = [*self.line] if self.line else None
        return {"text/plain": repr(self), "text/html": shown, BUNDLE: found}


class NotAsAsked(Exception):
    """A learner's function returned nothing that can be compared, or raised an error.

    words: what happened.  mistake: its identifier.  hint: a question that stands below the words.  error:
    what the function raised, at this line: its number and text.
    """

    def __init__(self, words, mistake, hint="", error=None, line=None):
        super().__init__("\n".join(filter(None, [words, hint])))
        self.words, self.mistake, self.error, self.line = words, mistake, error, line


def not_yet(mistake, words, right=(), line=None):
    """The CheckResult for one mistake: its identifier, its words, the names of what is right, the line."""
    return CheckResult(False, words, mistakes=(mistake,), right=tuple(right), line=line)


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
    array = as_array(returned)
    if true.ndim and isinstance(returned, (list, tuple)):
        values = " of the right values" if agree(true, array) else ""
        return f"{name} is {kind_of(returned)}{values}; the next function needs an array. Try np.array."
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
    if array.dtype.kind in "iu" and agree(np.trunc(true), array):
        return f"{name} is cut to whole numbers. {WHOLE}"
    if array.dtype == np.float16 and np.allclose(array, true, rtol=0.01, atol=0.01):
        return f"{name} comes in float16, which holds three digits. Where is that type chosen?"
    if array.size > 1 and not array.any():
        return f"{name} is 0 in every entry."
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
    if isinstance(value, tuple) and 0 < len(value) <= 4 and not hasattr(value, "_fields"):
        kinds = [kind_of(part) for part in value]
        alike = len(value) > 1 and {*kinds} == {kinds[0]} and " " in kinds[0] and "tuple" not in kinds[0]
        return f"a tuple of {f'{len(value)} {kinds[0].split()[1]}s' if alike else listed(kinds)}"
    kind = type(value).__name__
    kind = {"ndarray": "array", "float64": "number", "int64": "number"}.get(kind, kind)
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
