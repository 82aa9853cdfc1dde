"""What stopped a learner's function, in words: the line, the shapes in it, and a hint for its kind."""

import ast
import builtins
import re
import sysconfig
import types
from pathlib import Path

import numpy as np

from helpers.feedback.limits import where_it_stopped
from helpers.words import listed

HELPERS, NUMPY = str(Path(__file__).parents[1]), str(Path(np.__file__).parent)
NOT_THE_LEARNERS = (HELPERS, NUMPY, sysconfig.get_paths()["stdlib"], "<frozen")  # how such paths begin
MINUS = "In code the minus is the key beside the 0, quotes are straight, and a dot stands in decimals."

IS_NONE = "Something there is None: a function without a return gives it, and so do append, sort and shuffle."
ONE_BY_ONE = "No arithmetic acts on a whole dict. What runs through its entries, one by one?"
RAISED = [  # the kind of error, a part of its text, and a hint
    (TypeError, "as a data type", "The shape belongs in brackets of its own, np.zeros((2, 3)): without, NumPy"
     " takes the second number for a type."),
    (TypeError, "'tuple' object cannot be interpreted", "np.random.randn takes the two sizes one by one, and"
     " rng.standard_normal takes them as a shape, in brackets of its own."),
    (TypeError, "'str' object cannot be interpreted", "A shape is written without quotes: (3, 4)."),
    (TypeError, "arrays can be converted", "A whole array came where one number is meant. The functions of"
     " math take single numbers; those of NumPy take arrays."),
    (TypeError, "bitwise_xor", "`^` is no power in Python. A power is written with `**`."),
    (TypeError, "for ^", "`^` is no power in Python. A power is written with `**`."),
    (TypeError, "multiply sequence by non-int", "A list is no array: np.array makes one of it."),
    (TypeError, "signature matching types", "Text came where an array is meant. A dict that is unpacked gives"
     " its names: which brackets take an entry out of it?"),
    (TypeError, "and 'dict'", ONE_BY_ONE),
    (TypeError, "'dict' and", ONE_BY_ONE),
    (TypeError, "object is not callable", "Round brackets call a function, square ones take something out."
     " Which are meant? Or has a variable taken the name of a function?"),
    (TypeError, "NoneType", IS_NONE),
    (TypeError, "ellipsis", "There are still dots in place of code."),
    (AttributeError, "NoneType", IS_NONE),
    (AttributeError, "'dict' object", "A dict hands out an entry for its name, in square brackets and"
     " quotes."),
    (AttributeError, "'float' object", "A number came there, and it has no such part. Was a node or an array"
     " meant?"),
    (KeyError, "", "That name is not in this dict. Is it the right dict, and is a d missing or too many?"),
    (IndexError, "for axis 0 with size 1", "An array with one row has row 0 alone: [0, i] takes entry i."
     " Which index counts the rows?"),
    (IndexError, "too many indices", "The array has fewer axes than that. What is its shape?"),
    (ValueError, "could not be broadcast", "Arrays of different shapes meet there. Which two are they,"
     " and should they?"),
    (ValueError, "truth value of an array", "An if asks about one number, and an array came. np.where decides"
     " for each entry."),
    (UnboundLocalError, "", "Is it made in a line above, inside this function?"),
    (NameError, "", "Is the name spelled as where it was made, and was the cell run that makes it?"),
    (RecursionError, "", "The function calls itself without end. Is another one meant?"),
    (ZeroDivisionError, "", "What is zero there, and should it be?"),
    (IndentationError, "unexpected indent", "The lines of a block begin in one column. Is a space too many?"),
    (IndentationError, "expected an indented", "What belongs to a def, for or if is indented by 4 spaces."),
    (IndentationError, "", "Lines of one block begin in the same column. Is a space too many or missing?"),
    (SyntaxError, "invalid character", MINUS),
    (SyntaxError, "invalid non-printable", "A character that cannot be seen was pasted. Type the line anew."),
    (SyntaxError, "invalid decimal", "A name cannot begin with a digit, and a decimal has a point."),
    (SyntaxError, "never closed", "A bracket is opened and not closed."),
    (SyntaxError, "unmatched", "A bracket is closed that was not opened."),
    (SyntaxError, "unterminated", "A text begins with a quote and does not end with one."),
    (SyntaxError, "expected ':'", "The line of a def, for or if ends with a colon."),
    (SyntaxError, "'return' outside", "A return stands inside a function, indented by four spaces."),
    (SyntaxError, "forgot a comma", "Is a comma missing there, behind an entry or at the end of a line?"),
    (SyntaxError, "cannot assign to expression", "On the left of = stands a name, and a name holds no / or *:"
     " dJ_dv."),
    (SyntaxError, "", "Python cannot read this line. Is it code, with all its brackets, or words of a hint?"),
]  # fmt: skip
A_DICT = "(parameters|cache|grads|velocity)"
MADE_FLAT = "Is a keepdims=True missing where it is made?"


def what_it_raised(error):
    """What stopped a function: words with shapes or the error, a hint or "", an identifier, and the line."""
    stop, frame, line = where_it_stopped(error, _is_learners), _learners_frame(error), line_of(error)
    where, stopped = f" in the line “{line[1]}”" if line else "", "Your function stopped"
    shapes = listed(f"{name} is {shape}" for name, shape in (stop.shapes if stop else ()))
    if isinstance(error, SystemExit):
        words = f"{stopped}, and Python with it,{where}. A function hands its result over with return."
        return words, "", "exit", line
    if shapes and isinstance(error, AssertionError):
        return f"{stopped} at its own assert{where}. There {shapes}.", "", "own-assert", line
    if shapes and isinstance(error, ValueError) and re.search("mismatch|broadcast|not aligned", str(error)):
        words = f"{stopped}{where}: two shapes do not fit. There {shapes}."
        return words, _shapes_hint(stop, frame), "shapes-do-not-fit", line
    said = str(error) if str(error).endswith((".", "?")) else f"{error}."
    said = f": {_short(said)}" if str(error) else "."
    words = f"{stopped} with {type(error).__name__}{where}{said}"
    return words, hint_for(error, line[1] if line else "", frame), f"raised-{type(error).__name__}", line


def line_of(error):
    """The number and the text of the learner's line that an error came from; None where there is none."""
    stop = where_it_stopped(error, _is_learners)
    return (stop.line, stop.text) if stop and stop.text else None


def _short(text):
    """The text of an error in one line; an array in it, or what else is long, is cut."""
    text = re.sub(r"\[\[.*\]\]", "[[…]]", " ".join(text.split()))
    return text if len(text) <= 200 else f"{text[:200]}…"


def hint_for(error, line="", frame=None):
    """A hint for an error that a line of code raised, or "".  frame: the function's, where it ran."""
    name = getattr(error, "name", None) or ""
    if isinstance(error, NameError) and re.search(rf"{A_DICT}\[{name or _quoted(error)}\]", line):
        return f'The name of an entry stands in quotes: ["{name or _quoted(error)}"].'
    if isinstance(error, NameError) and name in ("bc", "w1x1", "w2x2"):
        return "A product needs its `*`: b * c, w1 * x1."
    if isinstance(error, NameError) and name == "T":
        return "A transpose is written with a dot: W2.T."
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        if module := _module_with(name, frame):
            return f"{module} has {name}: is {module}. missing in front?"
    if isinstance(error, (TypeError, AttributeError, ValueError)) and (taken := _of_python(line, frame)):
        return f"{taken} is a function of Python itself. Was a variable of that name meant, and is it made?"
    hints = [words for kind, part, words in RAISED if isinstance(error, kind) and part in str(error)]
    if isinstance(error, KeyError):
        return (_layer_beyond(error, line, frame) or hints[0]) + _held_by(error, line, frame)
    return "".join(hints[:1])


def _quoted(error):
    """The first thing that an error's text puts in quotes, or ""."""
    return next(iter(re.findall(r"'(\w+)'", str(error))), "")


def _module_with(name, frame):
    """The name of a module, as the notebook calls it, that has something of this name; "" if none has."""
    modules = {"np": np} | {k: v for k, v in _known(frame).items() if isinstance(v, types.ModuleType)}
    return next((module for module, value in modules.items() if name and hasattr(value, name)), "")


def _lacking(error, line, frame):
    """(name, dict) of the dict in which a line looked for a name in vain; None if it is not known which."""
    known = _known(frame)
    looked_up = line.partition(" = ")[2] or line  # on the left a name is given, not looked up
    dicts = {name: known.get(name) for name in re.findall(r"([A-Za-z_]\w*)\[", looked_up)}
    lacking = [
        (name, value)
        for name, value in dicts.items()
        if isinstance(value, dict) and error.args[0] not in value
    ]
    return lacking[0] if len(lacking) == 1 else None


def _held_by(error, line, frame):
    """What the dict holds in which a line looked for a name in vain; "" if it is not known which one."""
    name, held = _lacking(error, line, frame) or ("", {})
    return f" `{name}` holds {listed(map(str, held))}." if 0 < len(held) <= 8 else ""


def _layer_beyond(error, line, frame):
    """A question about a layer that is not there, as of W3 where W1 and W2 are; "" for another name."""
    if "{" in str(error.args[0]):
        return "The braces stand in this name as they are. Which letter in front of the quotes fills them?"
    name, held = _lacking(error, line, frame) or ("", {})
    asked = re.fullmatch(r"([A-Za-z]+)(\d+)", str(error.args[0]))
    layers = [
        int(key.removeprefix(asked[1]))
        for key in map(str, held)
        if asked and re.fullmatch(rf"{asked[1]}\d+", key)
    ]
    if not layers or int(asked[2]) in range(1, max(layers) + 1):
        return ""
    if asked[2] == "0":
        what = "What does layer 1 receive" if asked[1] == "A" else "With which layer should a loop begin"
        return f"There is no layer 0. {what}?"
    return f"The last layer there is {max(layers)}. Which one is meant, or where should a loop end?"


def _shapes_hint(stop, frame):
    """The question below two shapes that do not fit."""
    names = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", stop.text))
    if matrices := [name for name in names if isinstance(_known(frame).get(name), np.matrix)]:
        return (
            f"With np.matrix (here {listed(matrices)}) `*` is the matrix product. Arrays multiply by entry."
        )
    if flat := [name for name, shape in stop.shapes if len(shape) == 1]:
        if flat[0].endswith(".T"):
            return f"{flat[0]} has one axis, so .T leaves it as it is. {MADE_FLAT}"
        return f"{flat[0]} has one axis. {MADE_FLAT}"
    if (
        re.search(r"\.(mean|sum|std|max)\(", stop.part)
        and "axis" in stop.part
        and "keepdims" not in stop.part
    ):
        return "A sum or a mean along an axis takes this axis away. Is keepdims=True missing?"
    if _is_sum(stop.part) and not re.search(r"@|\.T\b|dot|matmul", stop.part):
        return "Which of the arrays does not belong there, or was made along another axis?"
    return "Is a transpose missing or too many, or does * stand where @ is meant?"


def _is_sum(part):
    """Whether a piece of code adds or subtracts last of all."""
    try:
        node = ast.parse(part, mode="eval").body
    except SyntaxError:
        return False
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))


def _of_python(line, frame):
    """The first name in a line that only Python itself knows, and that is not called; "" if there is none."""
    for name in re.findall(r"(?<![\w.])([a-z]\w*)\b(?!\s*[(=\w])", line):
        if hasattr(builtins, name) and callable(getattr(builtins, name)) and name not in _known(frame):
            return name
    return ""


def _known(frame):
    return {**frame.f_globals, **frame.f_locals} if frame else {}


def _is_learners(path):
    return not path.startswith(NOT_THE_LEARNERS) and not path.endswith(".pyx")


def _learners_frame(error):
    """The innermost frame of the learner's code that an error passed, or None."""
    found, step = None, error.__traceback__
    while step:
        found = step.tb_frame if _is_learners(step.tb_frame.f_code.co_filename) else found
        step = step.tb_next
    return found
