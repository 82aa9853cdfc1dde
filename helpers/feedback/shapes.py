"""Lessons 00 and 04: how the shapes that a learner typed are judged."""

from helpers.feedback.messages import NOT_ATTEMPTED, CheckResult
from helpers.words import listed

SHAPE_RULES = {
    "examples": "What belongs to the examples: how many columns, and a row for each what?",
    "weights": "Weights: a row for each unit that they lead to. And a column for each what?",
    "bias": "A bias: one for each unit of its layer, whatever the number of examples.",
}


def judge_shapes(shapes, n0, n1, n2, m):
    """The CheckResult for shapes, a dict of name: (rows, columns), of a network of these sizes."""
    layer_1, layer_2 = (n1, m), (n2, m)
    truth = {"X": (n0, m), "Y": layer_2, "W1": (n1, n0), "b1": (n1, 1), "Z1": layer_1, "A1": layer_1}
    truth |= {"W2": (n2, n1), "b2": (n2, 1), "Z2": layer_2, "A2": layer_2}
    truth |= {"d" + name: shape for name, shape in truth.items()} | {"W1 @ X": layer_1, "W2 @ A1": layer_2}
    if not (isinstance(shapes, dict) and shapes.keys() <= truth.keys()):
        words = "The names should stay as they were in the cell: only the dots are yours to replace."
        return CheckResult(False, words)
    if all(shape is ... for shape in shapes.values()):
        return CheckResult(None, NOT_ATTEMPTED)
    wrong = [name for name, shape in shapes.items() if shape is ... or not _same_shape(shape, truth[name])]
    if not wrong:
        return CheckResult(True, f"All {len(shapes)} shapes are right.")
    right = [name for name in shapes if name not in wrong]
    lines = [f"Right: {listed(right) if right else 'none so far'}. Look again at {listed(wrong)}."]
    turned = [name for name in wrong if _same_shape(shapes[name], truth[name][::-1])]
    lines += [f"{listed(turned)}: rows and columns are exchanged."] if turned else []
    kinds = {_kind_of_array(name) for name in wrong}
    lines += [words for kind, words in SHAPE_RULES.items() if kind in kinds]
    return CheckResult(False, "\n".join(lines))


def _kind_of_array(name):
    """Which of SHAPE_RULES holds for an array of this name."""
    letter = name.removeprefix("d")[0]
    return "bias" if letter == "b" else "weights" if letter == "W" and "@" not in name else "examples"


def _same_shape(shape, truth):
    return isinstance(shape, (tuple, list)) and tuple(shape) == truth
