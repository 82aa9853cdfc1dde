"""An independent judge of what a check says: each statement that can be checked is held against the facts.

It shares nothing with helpers/feedback but the sizes of the networks that are tried: the formulas are written
once more, the source is run by itself on other random numbers, and the values of its variables are taken with
a trace function.
"""

import ast
import re
import sys

import numpy as np

from helpers import network
from helpers.feedback.limits import NeverEnds, at_most, quiet
from helpers.feedback.trials import SIZES
from tests import mutations

FRESH = ((3, 5, 1, 7), (5, 4, 3, 8), (2, 3, 4, 9), (6, 2, 2, 5), (4, 3, 1, 6), (4, 4, 4, 4), (4, 4, 1, 4))
NAMES = r"((?:[\w` ]+, )*[\w`]+(?: and [\w`]+)?)"


def close(a, b):
    a, b = np.asarray(a), np.asarray(b)
    same = a.shape == b.shape and a.dtype.kind in "fiub"
    return bool(same and np.allclose(a, b, rtol=2e-4, atol=1e-6))


def formulas(task, arguments):
    """The values of the lessons' formulas for these arguments, by name."""
    v = {}
    for name, value in arguments.items():
        v |= value if isinstance(value, dict) else {name: value}
    if task == "backward_propagation":
        v["m"] = v["X"].shape[1]
        v["dZ2"] = v["A2"] - v["Y"]
        v["W2ᵀdZ2"] = v["W2"].T @ v["dZ2"]
        v["dZ1"] = v["W2ᵀdZ2"] * (1 - np.tanh(v["Z1"]) ** 2)
        v |= network.backward_propagation(**arguments)
    elif task == "forward_propagation":
        v |= network.forward_propagation(**arguments)[1]
    elif task == "compute_cost":
        v["m"] = v["Y"].shape[1]
        v["losses"] = -(v["Y"] * np.log(v["A2"]) + (1 - v["Y"]) * np.log(1 - v["A2"]))
    return v


class Facts:
    """What a source does on fresh networks: its results, its variables line by line, and what it raises."""

    def __init__(self, task, source):
        self.task, self.source, self.lines = task, source, source.splitlines()
        self.runs = [self.run(mutations.case(task, sizes, 11), sizes) for sizes in FRESH]

    def run(self, case, sizes, source=None):
        function = mutations.defined(source or self.source, truth=case.known)
        file, found, error, results = None, {}, None, None
        file = getattr(function, "__func__", function).__code__.co_filename

        def trace(frame, event, _):
            if frame.f_code.co_filename != file:
                return None
            for name, value in frame.f_locals.items():
                if event in ("line", "return") and isinstance(value, (np.ndarray, float, int)):
                    kept = found.setdefault(name, [])
                    if not kept or kept[-1] is not value:
                        kept.append(value)
            return trace

        arguments = mutations.copied(case.arguments)
        before = sys.gettrace()
        try:
            sys.settrace(trace)
            with quiet(), at_most(5):
                results = case.read(function(*arguments))
        except (Exception, NeverEnds) as caught:
            error = caught
        finally:
            sys.settrace(before)
        truth = {name: case.known[name] for name in case.asked}
        results = results if results and truth.keys() <= results.keys() else None
        return dict(sizes=sizes, case=case, results=results, truth=truth, locals=found, error=error)

    def is_right(self, run):
        return run["results"] is not None and all(
            close(run["results"][n], t) for n, t in run["truth"].items()
        )

    def right(self, name):
        """Whether a result or a variable of this name is right wherever it is made; None if it never is."""
        returned = [run for run in self.runs if run["results"] is not None]
        found = []
        for run in returned or self.runs:
            values = formulas(self.task, run["case"].arguments) | run["truth"]
            if name in run["truth"] and returned:
                found.append(close(run["results"][name], values[name]))
            elif name in values and name in run["locals"]:
                found.append(close(run["locals"][name][-1], values[name]))
        return all(found) if found else None


def names_in(words):
    return re.findall(r"\w+", words.replace(" and ", " "))


def false_statements(task, source, result):
    """Each statement of a CheckResult about a source that is not so, as text."""
    facts, said = Facts(task, source), result.message
    for check in (lines, verdicts, shapes, ratios, follows, names, sizes_that_do, places, values):
        yield from check(facts, said)
    if result.line and facts.lines[result.line[0] - 1].strip() != result.line[1]:
        yield f"line {result.line}"


def lines(facts, said):
    for number, text in re.findall(r"[Ll]ine (\d+)[^“\n]*“(.*)”", said):
        if facts.lines[int(number) - 1].strip() != text:
            yield f"line {number} is not {text}"


def verdicts(facts, said):
    for words in re.findall(rf"\bRight: {NAMES}\.", said):
        yield from (f"{name} is not right" for name in names_in(words) if facts.right(name) is False)
    for words in re.findall(rf"Not right yet: {NAMES}\.", said):
        yield from (f"{name} is right" for name in names_in(words) if facts.right(name))


def shapes(facts, said):
    """The shapes where it stopped, on networks of the sizes that the check tries."""
    told = re.findall(
        r"([^\s,]+(?:\[[^\]]+\])?) is (\(\d[\d, ]*\))", (re.findall(r"There (.*)\.$", said, re.M) or [""])[0]
    )
    if not told:
        return
    possible = []
    for sizes in SIZES:
        error = facts.run(mutations.case(facts.task, tuple(sizes)[:4], 12), sizes)["error"]
        step, frame = getattr(error, "__traceback__", None), None
        while step:
            frame = step.tb_frame if "a cell" in step.tb_frame.f_code.co_filename else frame
            step = step.tb_next
        if frame:
            known = {**frame.f_globals, **frame.f_locals}
            possible.append({part: shape_of(part, known) for part, _ in told})
    if not any(all(str(shape[part]) == given for part, given in told) for shape in possible):
        yield f"shapes {told}"


def shape_of(part, known):
    try:
        return np.shape(eval(part, known))
    except Exception:
        return None


def ratios(facts, said):
    wrong = [run for run in facts.runs if run["results"] is not None and not facts.is_right(run)]
    told = []
    for name, factor in re.findall(r"(\w+) is (\S+) times what it", said):
        told.append((name, lambda m, factor=factor: float(factor.replace("−", "-"))))
    lone = (
        len(re.findall(r"^(?:[\w, ]+: |dZ2 |The sign of )", said, re.M)) == 1
    )  # else it is one of two factors
    for pattern, factor in (("large", lambda m: m), ("small", lambda m: 1 / m)):
        for words in re.findall(rf"^{NAMES}: too {pattern} by the factor m", said, re.M) if lone else ():
            told += [(name, factor) for name in names_in(words)]
    for words in re.findall(rf"^{NAMES}: half of what", said, re.M) if lone else ():
        told += [(name, lambda m: 0.5) for name in names_in(words)]
    for name, factor in told:
        for run in wrong:
            true, m = run["truth"].get(name), run["sizes"][3]
            if true is not None and not np.allclose(
                run["results"][name], factor(m) * true, rtol=1e-3, atol=1e-5
            ):
                yield f"{name} is not {factor(m)} times as large"


def follows(facts, said):
    """With the truth in the first wrong line everything is right."""
    meant = re.findall(r"What is meant there is (\w+)\.", said)
    if "follows from that" not in said and not meant:
        return
    first = re.search(r"Line (\d+) is the first that goes wrong: “(\w+) = (?!.*;)", said)
    if not first or facts.lines[int(first[1]) - 1].startswith("        "):
        return
    name = (meant or [first[2]])[0]
    indent = " " * 4
    changed = [*facts.lines]
    ways = (f"_truth_[{name!r}]", f"_truth_[{name!r}] / _truth_['m']", f"_truth_[{name!r}].T")
    if not all(name in run["case"].known for run in facts.runs):
        return
    for way in ways:  # dZ1 may carry the 1/m already, and a version may be written for rows
        changed[int(first[1]) - 1] = f"{indent}{first[2]} = {way}"
        again = [facts.run(run["case"], run["sizes"], "\n".join(changed)) for run in facts.runs]
        if all(run["results"] is None or facts.is_right(run) for run in again):
            return
    yield f"with the right {name} in line {first[1]} not all is right"


def names(facts, said):
    tree = ast.parse(facts.source)
    made = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    for words in re.findall(rf"^{NAMES} (?:is|are) not made in your function", said, re.M):
        yield from (f"{name} is made" for name in names_in(words) if name in made)


def sizes_that_do(facts, said):
    single = [
        facts.run(mutations.case(facts.task, (n, k, 1, 1), 13), None) for n, k in ((2, 4), (3, 2), (5, 5))
    ]
    if "With a single example it comes out right" in said and not all(map(facts.is_right, single)):
        yield "not right with each single example"
    one = [run for run in facts.runs if run["sizes"][2] == 1]
    if "With one output it comes out right" in said and not all(map(facts.is_right, one)):
        yield "not right with one output"
    for name, shape, at, has in re.findall(
        r"(\w+) should have shape (\(.*?\)) here, with (.*?); it has (\(.*?\))\.", said
    ):
        run = facts.run(mutations.case(facts.task, tuple(map(int, re.findall(r"= (\d+)", at))), 14), None)
        if run["results"] is None or (str(np.shape(run["results"][name])), str(run["truth"][name].shape)) != (
            has,
            shape,
        ):
            yield f"shape of {name}"


def values(facts, said):
    """What a variable is said to be times something, what sums to 1, and what a line is made of."""
    for name, error, factor in re.findall(r"There `(\w+)` is (\S+) times (.+)\.$", said, re.M):
        for run in facts.runs:
            known = formulas(facts.task, run["case"].arguments)
            known |= {"A1²": known["A1"] ** 2} if "A1" in known else {}
            plain = re.sub(r"^−", "", factor).removeprefix("1 − ")
            if run["locals"].get(name) and error in known and plain in known:
                other = 1 - known[plain] if "1 − " in factor else known[plain]
                other = -other if factor.startswith("−") else other
                if not any(close(value, known[error] * other) for value in run["locals"][name]):
                    yield f"{name} is not {error} times {factor}"
    line = re.search(r"Line (\d+).*“(\w+) = ", said)
    for words, axis in (("each column sum", 0), ("each row sum", 1), ("all entries together sum", None)):
        found = [value for run in facts.runs for value in run["locals"].get(line[2], [])] if line else []
        if words in said and not all(np.allclose(np.sum(value, axis=axis), 1) for value in found):
            yield f"{words} to 1"
    for text, taken in re.findall(r"“(.*)”.*\nInto .*; this line is made of (.*)\.$", said, re.M):
        yield from (
            f"{name} is not in {text}" for name in names_in(taken) if not re.search(rf"\b{name}\b", text)
        )


def places(facts, said):
    """What stands in backticks is part of the source."""
    whole = re.sub(r"\s", "", ast.unparse(ast.parse(facts.source)))
    for line in said.splitlines():
        if re.match(r"(Is|Does|Which|Should|What belongs|Over|Are|In it|There) .*`", line):
            for part in re.findall(r"`([^`]+)`", line):
                if re.sub(r"\s", "", part) not in whole and part not in ("self",):
                    yield f"{part} does not stand there"
