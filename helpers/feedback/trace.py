"""The first line that goes wrong: each value that a learner's function makes, beside what the formulas know.

The function runs under watch (watched.py) on random inputs. A value that is wrong is told from one that is only
unusual by a trial: the function runs again with a known value in its place, and if what it returns comes out
right, that is where it goes wrong, and what should stand there.
"""

import ast
import contextlib
import time
import traceback
from dataclasses import dataclass, field

import numpy as np

from helpers.feedback import repair
from helpers.feedback.known import (
    INSTEAD, LIMIT, RAISED, agree, better, copied, fit, is_number_like, own_name, ranks, seen_values, sequences,
)  # fmt: skip
from helpers.feedback.limits import NeverEnds, at_most
from helpers.feedback.watched import source_lines, watched


@dataclass
class Finding:
    """The line where a function goes wrong first, and what is known about it."""

    line: int
    text: str
    name: str  # what the value is called in that line; "" where it is returned
    scope: str  # the function that it stands in
    now: str = ""  # what the value is known to be
    meant: str = ""  # what it should be, where that makes more come out right
    mends: int = 0  # 2 where all results are right with it, 1 where more are
    right: list = field(default_factory=list)  # the names of what came out right before
    results: dict = field(default_factory=dict)  # 0 right, 1 right up to a factor, 2 wrong, 3 raised, by name
    error: Exception | None = None  # what the line raised
    mend: repair.Mend | None = None  # the smallest edit that mends it


def first_wrong(function, cases, budget=0.3):
    """The Finding for a function that is wrong in one of the cases; None where nothing can be said.

    cases: of different sizes and of equal ones, where no shape stops a wrong formula; the first in which the
    function runs through and is wrong is looked at.  budget: seconds for the search of small edits.
    OSError, TypeError or SyntaxError where its source cannot be had.
    """
    watch = watched(function)
    found = [seen_values(watch, case) for case in cases]
    wrong = [k for k, (_, base) in enumerate(found) if any(base.values())]
    if not wrong:
        return None
    first = next((k for k in wrong if RAISED not in found[k][1].values()), wrong[0])
    order = [first, *(k for k in range(len(cases)) if k != first)]
    cases, found = [cases[k] for k in order], [found[k] for k in order]
    return _blamed(watch, cases, found, budget)


def _blamed(watch, cases, found, budget):
    seen, base = found[0]
    case = cases[0]
    fits = {place: fit(values, case.known) for place, values in seen.items()}
    error = raised(watch, case) if RAISED in base.values() else None
    candidates = []
    for place in seen:
        if is_right(place, fits[place], case):
            continue
        gain, name, way = mending(watch, cases, seen, place, base)
        if gain:
            candidates.append((place, gain, name, way))
    chosen = sorted(candidates, key=lambda found: doubt(case, fits, seen, *found))
    strong = [c for c in chosen if doubt(case, fits, seen, *c)[:2] == (-2, False)]
    doubtful = [p for c in strong[:1] for p in unknown_inputs(watch, c[0], seen, fits)]
    one_line = len({(c[0].scope, c[0].line) for c in strong}) == 1
    certain = one_line and not doubtful and strong[0][0].scope == next(iter(watch.trees)) and not error
    lines = [(p.scope, p.line) for p in (*doubtful, *(c[0] for c in strong))]
    lines += [error[:2]] if error else []
    sure = [] if doubtful or error else lines
    lines += [(p.scope, p.line) for p in seen if not fits[p] and not starting(seen[p])]
    lines += [(p.scope, p.line) for p in (*(c[0] for c in chosen), *seen)]
    lines += [(scope, n) for scope, tree in watch.trees.items() for n in repair.lines_of(tree)]
    mend = repair.search(watch, cases, [b for _, b in found], lines[:1] if certain else sure or lines, budget)
    return _finding(watch, cases, found, fits, chosen, mend, error, certain)


def is_right(place, known, case):
    """Whether a place holds what its name means, or one of the results that are asked for."""
    own = own_name(place, case)
    return bool(known) and known[1] == "{}" and (known[0] == own or not own and known[0] in case.asked)


def doubt(case, fits, seen, place, gain, name, way):
    """How little a candidate is suspected: what mends all comes first, then a wrong value under a known name."""
    known, own = fits[place], own_name(place, case)
    handed_on = isinstance(place.node, (ast.Name, ast.Constant)) and not place.in_place
    other_known = bool(known) and known[1] == "{}" and known[0] != own
    weak = starting(seen[place]) or handed_on and not other_known
    if known and way == "{}" and own and name in (own, "old " + own) and place.name and not (handed_on and not other_known):
        rest = 0  # a name that means something else than what it holds
    elif not known or known[0] in case.asked or "−" in known[1] and known[0] != "losses":
        rest = 1
    else:
        rest = 3 if known[1] == "{}" else 2
    return -gain, weak, rest if gain == 2 else 0


def unknown_inputs(watch, place, seen, fits, done=()):
    """The places whose values the expression of a place reads, directly or not, and that fit nothing known."""
    order = list(seen)
    before = order[: order.index(place)]
    read = {n.id for n in ast.walk(place.node) if isinstance(n, ast.Name)}
    read |= {n.attr for n in ast.walk(place.node) if isinstance(n, ast.Attribute)}
    found = []
    for name in read:
        made = [p for p in before if (p.name, p.scope) == (name, place.scope)][-1:]
        made += [p for p in before if p.scope.split(".")[-1] == name and not p.name]
        for p in made:
            formula = p.scope != place.scope and fits[p] and not fits[p][0].isidentifier()
            if p not in done and (formula or not fits[p]) and not starting(seen[p]):
                found += [*unknown_inputs(watch, p, seen, fits, (*done, p)), p]
    return sorted(set(found), key=order.index)


def _finding(watch, cases, found, fits, chosen, mend, error, certain):
    seen, base = found[0]
    place, gain, name, way = chosen[0] if chosen else (None, 0, "", "")
    if mend and not certain and (mend.gain == 2 or not place):
        places = [p for p in seen if (p.scope, p.line) == (mend.scope, mend.line)]
        matching = [c for c in chosen if c[0] in places]
        place, gain, name, way = matching[0] if matching else (places[0] if places else None, mend.gain, "", "")
        if not places:
            tree_line = _line_text(watch, mend.scope, mend.line)
            return Finding(mend.line, tree_line, "", mend.scope, "", "", 2, [], base, None, mend)
    elif error and (not place or gain < 2):
        return Finding(error[1], _line_text(watch, *error[:2]), "", error[0], "", "", 0, [], base, error[2], mend)
    if place is None:
        main = next(iter(watch.trees))
        unknown = [p for p in seen if not fits[p] and not starting(seen[p])]
        place = next(iter(unknown), [p for p in seen if p.scope == main][-1])
    order = list(seen)
    own = {p: is_right(p, fits[p], cases[0]) for p in order if p.name}
    right = [p.name for p in order[: order.index(place)] if own.get(p) and all(own[q] for q in own if q.name == p.name)]
    now = fits[place] if fits[place] and holds(place, fits[place], cases[1:], found[1:]) else ("", "{}")
    return Finding(
        place.line, place.text, place.name, place.scope, now[1].format(now[0]) if now[0] else "",
        way.format(name) if name else "", gain, list(dict.fromkeys(right)), base, None,
        mend if mend and (mend.scope, mend.line) == (place.scope, place.line) else None,
    )  # fmt: skip


def holds(place, known, cases, found):
    """Whether a place is what it is known to be in the other cases too, wherever it is come by."""
    pairs = zip(cases, found, strict=True)
    return all(fit(seen[place], case.known) == known for case, (seen, _) in pairs if place in seen)


def _line_text(watch, scope, line):
    return source_lines(watch.parts[scope]).get(line, "")


def raised(watch, case):
    """(scope, line, error) of the learner's line that stops the function on a case; None where none does."""
    try:
        with at_most(LIMIT), np.errstate(all="ignore"):
            case.read(watch.run(copied(case.arguments), lambda place, value: value))
    except (Exception, NeverEnds) as error:
        scopes = {(part.__code__.co_filename, part.__code__.co_name): name for name, part in watch.parts.items()}
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if (frame.filename, frame.name) in scopes:
                return scopes[frame.filename, frame.name], frame.lineno, error
    return None


def made_by(function, case):
    """The place where each thing that a function returns was made, by name: for results with no formula."""
    watch = watched(function)
    made = {}

    def see(place, value):
        if not isinstance(place.node, (ast.Name, ast.Constant)) or place.in_place:
            made.setdefault(place.name, []).append((place, np.array(value) if is_number_like(value) else value))
        return value

    with at_most(LIMIT), np.errstate(all="ignore"):
        results = case.read(watch.run(copied(case.arguments), see))
    places = [found for each in made.values() for found in each]
    for name, result in results.items():
        equal = [place for place, value in made.get(name, places) if agree(value, result)]
        if equal:
            yield name, equal[-1]


def changed_by(function, case):
    """(place, names) where a function first changes the arrays that it was lent; None where it does not."""
    watch, lent = watched(function), copied(case.arguments)
    before, last, found = _arrays(copied(case.arguments)), [None], []

    def look(place):
        after = _arrays(lent)
        names = [name for name in before if not np.array_equal(before[name], after.get(name), equal_nan=True)]
        if names and not found:
            found.append((place, [name[-1] for name in names]))

    def see(place, value):
        if not found:
            look(place if place.in_place or last[0] is None else last[0])
        last[0] = place
        return value

    with contextlib.suppress(Exception, NeverEnds), at_most(LIMIT), np.errstate(all="ignore"):
        watch.run(lent, see)
    look(last[0])
    return found[0] if found else None


def _arrays(arguments):
    """The arrays among arguments and in their dicts, by their position and name."""
    found = {}
    for k, value in enumerate(arguments):
        entries = value.items() if isinstance(value, dict) else [("", value)]
        found |= {(k, name): np.array(entry) for name, entry in entries}
    return found


# ---- the trial


def trial(watch, case, place, arrays):
    """The ranks of the results when the place makes these arrays, one at each visit."""
    left = iter(arrays)

    def see(at, value):
        if at is not place:
            return value
        array = next(left)
        if place.in_place and isinstance(value, np.ndarray) and value.shape == array.shape:
            value[...] = array
            return value
        return np.array(array) if np.ndim(array) else float(array)

    return ranks(watch, case, see)


def mending(watch, cases, seen, place, base):
    """(how much better, name, way) for what would mend most in a place; (0, "", "") where nothing does."""
    case, best = cases[0], (0, "", "")
    values = seen[place]
    shape = np.shape(values[0]) if is_number_like(values[0]) else None
    own, unknown = own_name(place, case), fit(values, case.known) is None
    for name, way, arrays in sequences(values, case.known, INSTEAD):
        if name not in (own, "old " + own) and not (name in case.asked and way == "{}") and shape != np.shape(arrays[0]) and not (unknown and way == "{}"):
            continue
        if all(map(agree, values, arrays)):
            continue
        gain = better(trial(watch, case, place, arrays), base)
        if gain > best[0]:
            best = gain, name, way
        if gain == 2:
            break
    return best


def starting(values):
    """Whether the values are what a sum starts from: zeros, or ones."""
    return all(is_number_like(v) and (np.all(np.asarray(v) == 0) or np.all(np.asarray(v) == 1)) for v in values)
