"""The first line that goes wrong: each value that a learner's function makes, beside what the formulas know.

The function runs under watch (watched.py) on random inputs. A value that is wrong is told from one that is
only unusual by a trial: the function runs again with a known value in its place, and if what it returns comes
out right, that is where it goes wrong, and what should stand there.
"""

# ruff: noqa: I001 (names in few lines)

import ast
import contextlib
import copy
import functools
import time
from dataclasses import dataclass, field

import numpy as np

from helpers.feedback import repair
from helpers.feedback.known import (
    FIRST_LIMIT, INSTEAD, LIMIT, MADE_FROM, agree, all_made, better, copied, fit, flat, is_number_like,
    layers_in, letters_of, outcome, own_name, product,
)  # fmt: skip
from helpers.feedback.limits import NeverEnds, at_most, quiet, where_it_stopped
from helpers.feedback.watched import Place, is_called_by_its_class, name_of, named, source_lines, watched


@dataclass
class Finding:
    """The line where a function goes wrong first, and what is known about it."""

    line: int
    text: str
    name: str = ""  # what the value is called in that line; "" where it is returned
    scope: str = ""  # the function that it stands in
    now: str = ""  # what the value is known to be: "W2ᵀdZ2", "−dZ2", "dW2 / m"
    meant: str = ""  # what it should be, where that makes more come out right
    mends: int = 0  # 2 where all results are right with it, 1 where more are
    right: list = field(default_factory=list)  # the names of what came out right before
    results: dict = field(default_factory=dict)  # 0 right, 1 right up to a factor, 2 wrong, 3 none, by name
    error: BaseException | None = None  # what the line raised; NeverEnds where it was stopped
    mend: repair.Mend | None = None  # the smallest edit that mends it
    parts: list = field(default_factory=list)  # of the line: what no formula makes, from what is known
    takes: list = field(default_factory=list)  # by the line, where something else goes into what is meant
    sums: str = ""  # what sums to 1 in the value, where that is not meant: a key of lines.SUMS
    made_in: list = field(default_factory=list)  # the lines of what it reads and nobody can judge
    changes: str = ""  # the name of what was right until the line changed it


@dataclass
class Run:
    """What happened on one case: the values at each place, how far the results are, what was raised."""

    seen: dict
    ranks: dict
    error: BaseException | None
    keys: dict = field(default_factory=dict)  # of entries whose names are put together as the line runs


@dataclass
class Look:
    """A function on all its cases, the telling one first, and what its values there are known to be."""

    watch: object
    cases: list
    runs: list
    fits: dict


@dataclass
class Suspect:
    """A place where a known value makes more come out right: the gain, and (name, way) of that value."""

    place: Place
    gain: int
    name: str = ""
    way: str = "{}"


def first_wrong(function, cases, budget=0.3):
    """The Finding for a function that is wrong in one of the cases; None where it is right in all.

    cases: of different sizes and of equal ones, where no shape stops a wrong formula; the first in which the
    function runs through and is wrong is looked at.  budget: seconds for the search of small edits.
    OSError, TypeError or SyntaxError where its source cannot be had.
    """
    with quiet():
        return _first_wrong(watched(function), cases, budget)


def mended(function, cases, budget=0.3):
    """The Finding for the line that a small edit mends, by the results alone; None where none does."""
    with quiet():
        watch = watched(function)
        runs = [run_of(watch, case) for case in cases]
        if not any(rank for run in runs for rank in run.ranks.values()):
            return None  # it is wrong only for more than these cases show
        lines = all_lines(watch)
        base, stop = [run.ranks for run in runs], time.process_time() + budget / 2
        whole = (
            m for at in lines for m in repair.statement_mends(watch, cases, base, *at, stop) if m.gain == 2
        )
        mend = next(whole, None) or repair.unused_mend(watch, cases, base, lines)
        mend = mend or repair.search(watch, cases, base, lines, budget)
        return _told(Look(watch, cases, runs, {}), None, mend) if mend and mend.gain == 2 else None


def _first_wrong(watch, cases, budget):
    runs = []
    for case in cases:
        runs.append(run_of(watch, case))
        if isinstance(runs[-1].error, NeverEnds):
            return _stopped(watch, runs[-1])
    wrong = [k for k, run in enumerate(runs) if any(run.ranks.values())]
    if not wrong:
        return None
    first = next((k for k in wrong if not runs[k].error), wrong[0])
    order = [first, *(k for k in range(len(cases)) if k != first)]
    cases, runs = [cases[k] for k in order], [runs[k] for k in order]
    for place, keys in runs[0].keys.items():
        own = named(place, keys)
        place.name = own if own in cases[0].known or own in layers_in(cases[0].known) else place.name
    fits = {place: fit(values, cases[0].known) for place, values in runs[0].seen.items()}
    return _blamed(Look(watch, cases, runs, fits), budget)


def run_of(watch, case):
    """The Run of a function on one case."""
    seen, keys = {}, {}

    def see(place, value):
        values = seen.setdefault(place, [])
        if watch.key is not None:
            keys.setdefault(place, []).append(watch.key)
        if len(values) < 600:
            values.append(value.copy() if isinstance(value, np.ndarray) else value)
        return value

    return Run(seen, *outcome(watch, case, see, limit=FIRST_LIMIT), keys)


def _blamed(look, budget):
    """The Finding: suspects are found, their lines searched for a small edit, and one of both is believed."""
    found = suspects(look, time.process_time() + budget)
    stopped, strong = _stopped(look.watch, look.runs[0]), [suspect for suspect in found if suspect.gain == 2]
    unknown = [Suspect(place, 0) for place in look.runs[0].seen if is_unknown(look, place)]
    lines, certain = _to_search(look, strong, stopped, [*unknown, *found])
    base, right = [run.ranks for run in look.runs], right_lines(look)
    if mend := repair.unused_mend(look.watch, look.cases, base, all_lines(look.watch)):
        return _told(look, _suspect_on(look, found, mend), mend)
    calls = callers(look, strong[0].place) if strong else []
    calls += [(s.place.scope, s.place.line) for s in strong[:1] if functions_called(look, s.place)]
    mend = repair.search(look.watch, look.cases, base, lines, budget, right, calls)
    ahead = strong[:1] or found * bool(mend and mend.kind == "order of the two")
    around = mend and strong and mend.kind == "name" and mend.at == strong[0].place.name
    around = around or mend and any(named_before(look, suspect, mend) for suspect in ahead)
    if mend and mend.gain == 2 and not certain and not around:  # else it only goes round the wrong value
        return _told(look, _suspect_on(look, found, mend), mend)
    return _with_doubt(look, strong[0], mend) if strong else _without_strong(look, found, unknown, mend)


def _without_strong(look, found, unknown, mend):
    """The Finding where no value mends all.  found, unknown: suspects that mend a part, or nothing."""
    stopped = _stopped(look.watch, look.runs[0])
    if stopped and (others := [Suspect(place, 0) for place in look.fits if is_misnamed(look, place)]):
        return _told(look, others[0], None)
    made = [Suspect(made_before(look, suspect.place), 0) for suspect in unknown]
    if changed := entries_set(look, found):
        return stopped or Finding(*changed, scope=look.watch.main, results=look.runs[0].ranks)
    told = stopped or _with_doubt(look, next(iter([*found, *made]), None), mend)
    if told and told.mends == 1 and mend_together(look, found):
        told.mends = 2
    return told


def entries_set(look, found):
    """The line and text that sets entries of what the first suspects read, not of zeros; or None."""
    main = sorted((s.place for s in found if s.place.scope == look.watch.main), key=lambda place: place.line)
    read = [{n.id for n in ast.walk(place.node) if isinstance(n, ast.Name)} for place in main]
    text = source_lines(look.watch.function)
    for node in ast.walk(look.watch.trees[look.watch.main]) if len(main) > 1 else ():
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(target, ast.Subscript) or node.lineno >= main[0].line:
            continue
        name = getattr(target.value, "id", "")
        before = (p for p in reversed(look.fits) if p.name == name and p.line < node.lineno)
        made = look.runs[0].seen.get(next(before, None), [""])
        if is_number_like(made[0]) and not starting(made) and all(name in names for names in read[:2]):
            return node.lineno, text.get(node.lineno, "")
    return None


def mend_together(look, found):
    """Whether several suspects stand on one line and mend all together."""
    if len(found) < 2 or len({(suspect.place.scope, suspect.place.line) for suspect in found}) > 1:
        return False
    case, values = look.cases[0], look.runs[0].seen
    every = [(s, all_made(case.known, (s.way,), values[s.place])) for s in found]
    made = {s.place: arrays for s, each in every for name, _, arrays in each if name == s.name}
    return better(trial(look.watch, case, made), look.runs[0].ranks) == 2


def _to_search(look, strong, stopped, others):
    """The lines on which a small edit is looked for, and whether the first suspect is blamed all the same.

    strong: the suspects that mend all.  stopped: the Finding for where it stopped.  others: more suspects.
    """
    first = strong[0].place if strong else None
    doubtful = unknown_inputs(look, first) if strong else []
    lines = [(place.scope, place.line) for place in (*doubtful, *(each.place for each in strong))]
    in_main = len({*lines}) == 1 and first.scope == look.watch.main and not stopped
    unjudged = unjudged_inputs(look, first) if strong else []
    called = functions_called(look, first) if strong else []
    in_main = in_main and not (under_a_condition(look, first) or unjudged or called or callers(look, first))
    in_main = in_main and not filled_inputs(look, first)
    if in_main and (first.name or strong[0].name == (look.fits[first] or " ")[0]):
        return lines, True
    within = [(name, n) for name in called if name in look.watch.trees
              for n in repair.lines_of(look.watch.trees[name])]  # fmt: skip
    lines = [*within, *((first.scope, line) for line in unjudged), *lines]
    lines += [(stopped.scope, stopped.line)] if stopped else []
    lines += [(each.place.scope, each.place.line) for each in others]
    return lines + all_lines(look.watch), False


def all_lines(watch):
    """(scope, number) of each line of a function and of those of the learner's that it calls."""
    return [(scope, n) for scope, tree in watch.trees.items() for n in repair.lines_of(tree)]


def _with_doubt(look, suspect, mend):
    """What can be said of a suspect: less, where what it reads, calls or is handed may be what is wrong."""
    told = _told(look, suspect, mend)
    if told and suspect:
        told.made_in = unjudged_inputs(look, suspect.place)
        if suspect.gain == 1:
            told.made_in = sorted({*told.made_in, *filled_inputs(look, suspect.place)})
        values = look.runs[0].seen[suspect.place]
        begins = np.ndim(values[0]) and starting(values)  # zeros, which another line should have filled
        helpers = functions_called(look, suspect.place) or callers(look, suspect.place)
        told.mends *= not (told.made_in or begins or helpers)
    return told


def named_before(look, suspect, mend):
    """Whether a value is wrong by its own name in a line above the one of a mend."""
    own = own_name(suspect.place, look.cases[0]) if suspect.place.name else ""
    return own == suspect.name and (suspect.place.scope, True) == (mend.scope, suspect.place.line < mend.line)


def under_a_condition(look, place):
    """Whether a place is reached only where an if holds, or fails, or in a loop over pairs."""
    tree = look.watch.trees[place.scope]
    choices = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For) and isinstance(node.iter, ast.Call)]
    choices += [loop for loop in loops if name_of(loop.iter.func) == "zip"]
    return any(node.lineno < place.line <= node.end_lineno for node in choices)


def functions_called(look, place):
    """The names of the learner's own functions that a place calls, and of which nobody knows what returns."""
    tree, fits = look.watch.trees[place.scope], look.fits
    named = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n is not tree}
    named |= {name_of(n.targets[0]) for n in ast.walk(tree)
              if isinstance(n, ast.Assign) and isinstance(n.value, ast.Lambda)}  # fmt: skip
    nodes = [n for n in ast.walk(tree) if getattr(n, "lineno", 0) == place.line] if place.in_place else []
    nodes += ast.walk(place.node)
    calls = [n for n in nodes if isinstance(n, ast.Call)]
    known = {p.scope for p in fits if not p.name and fits[p]}
    own = {*look.watch.trees, *named} - known
    return [name_called(call) for call in calls if name_called(call) in own or is_bound(look, call.func)]


def name_called(call):
    """The name of what is called; "" where it has none, as in (np.tanh, sigmoid)[k](Z)."""
    name = name_of(call.func)
    return name if isinstance(name, str) else ""


def is_bound(look, called):
    """Whether what is called holds a function of the learner's: in a partial, or in an object of theirs."""
    notebook = look.watch.function.__globals__
    if isinstance(called, ast.Attribute):
        return getattr(called.value, "id", "") == "self"
    value = notebook.get(getattr(called, "id", ""))
    return isinstance(value, functools.partial) or is_called_by_its_class(value)


def callers(look, place):
    """(scope, line) of each place that calls the helper of the learner's in which a place stands, if any."""
    tree = look.watch.trees[place.scope]
    names = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n is not tree
             and n.lineno <= place.line <= n.end_lineno}  # fmt: skip
    names |= {place.scope} - {look.watch.main}
    calls = [
        (scope, n) for scope, t in look.watch.trees.items() for n in ast.walk(t) if isinstance(n, ast.Call)
    ]
    return [(scope, call.lineno) for scope, call in calls if name_called(call) in names]


def filled_inputs(look, place):
    """The numbers of the lines above that put together in a loop what a place reads, and nobody knows."""
    read = {node.id for node in ast.walk(place.node) if isinstance(node, ast.Name)}
    above = [p for p in look.fits if p.scope == place.scope and p.line < place.line and p.name in read]
    return [p.line for p in above if len(look.runs[0].seen[p]) > 1 and not look.fits[p]]


def unjudged_inputs(look, place):
    """The numbers of the lines above that make a dict or a list, which no formula can judge, for a place."""
    read = {node.id for node in ast.walk(place.node) if isinstance(node, ast.Name)}
    above = [other for other in look.fits if other.scope == place.scope]
    found = [p.line for p in above if p.name in read and not is_number_like(look.runs[0].seen[p][0])]
    for node in ast.walk(look.watch.trees[place.scope]):
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Dict, ast.List)):
            has_more = node.value.values if isinstance(node.value, ast.Dict) else node.value.elts
            found += [node.lineno] * bool(has_more and name_of(node.targets[0]) in read)
    return sorted({line for line in found if line < place.line})


def _suspect_on(look, found, mend):
    """The Suspect on the line of a mend; one for any place there if none is suspected; or None."""
    places = [place for place in look.runs[0].seen if (place.scope, place.line) == (mend.scope, mend.line)]
    others = [Suspect(place, mend.gain) for place in places]
    return next(iter([*(suspect for suspect in found if suspect.place in places), *others]), None)


def _stopped(watch, run):
    """The Finding for the line that raised; None where no line of the learner's did."""
    scopes = {part.__code__.co_name: name for name, part in watch.parts.items()}
    files = {part.__code__.co_filename for part in watch.parts.values()}
    stop = where_it_stopped(run.error, files.__contains__) if run.error else None
    scope = scopes.get(stop.function, watch.main) if stop else ""
    return Finding(stop.line, stop.text, "", scope, results=run.ranks, error=run.error) if stop else None


def _told(look, suspect, mend):
    """What can be said of a suspect, or of the line of a mend alone, and holds in all cases; or None."""
    ranks = look.runs[0].ranks
    if suspect is None and mend:
        text = source_lines(look.watch.parts[mend.scope]).get(mend.line, "")
        return Finding(mend.line, text, "", mend.scope, mends=mend.gain, results=ranks, mend=mend)
    if suspect is None:
        return None
    place, order = suspect.place, list(look.fits)
    if by := changed_since(look, place):
        right = right_steps(look, order[: order.index(by)])
        return Finding(
            by.line, by.text, "", by.scope, mends=2, right=right, results=ranks, changes=place.node.id
        )
    name, way = look.fits[place] if look.fits[place] and holds(look, place) else ("", "{}")
    now = way.format(name) or in_all_cases(look, place, product)
    meant = bool(suspect.name) and mends_all_cases(look, suspect)
    mend = mend if mend and (mend.scope, mend.line) == (place.scope, place.line) else None
    parts = unknown_parts(look, place)
    line = parts[0].lineno if len(parts) == 1 and place.node.end_lineno > place.node.lineno else place.line
    text = source_lines(look.watch.parts[place.scope]).get(line, place.text)
    return Finding(
        line, text, place.name, place.scope, now,
        suspect.way.format(suspect.name) if meant else "", max(suspect.gain, mend.gain if mend else 0),
        right_steps(look, order[: order.index(place)]), ranks, None,
        mend, [*dict.fromkeys(map(ast.unparse, parts))],
        takes_instead(look, place, suspect.name) if meant else [],
        sums_to_one(look, place),
    )  # fmt: skip


def changed_since(look, place):
    """The Place where what a place hands on was changed, though it was right when it was made; or None."""
    name, live, found = getattr(place.node, "id", ""), [], []
    made = [p for p in look.fits if (p.name, p.scope) == (name, place.scope) and p.line < place.line][-1:]
    if not made or not is_right(made[0], look.fits[made[0]], look.cases[0]):
        return None

    def see(at, value):
        if live and not agree(*live):
            found.append(at)
        if at is made[0]:
            live[:] = value, copy.copy(value)
        return value

    outcome(look.watch, look.cases[0], see)
    return next(iter(found), None)


def unknown_parts(look, place):
    """The parts of a line that fit no formula although what they are made from does, as it is written."""

    def is_step(value):
        return is_number_like(value) and np.ndim(value) and bool(fit([value], look.cases[0].known))

    def is_known(part, value):
        if isinstance(part, ast.Compare):
            return not np.ndim(value)
        if not is_number_like(value) or not np.ndim(value) or is_step(value):
            return True
        if isinstance(part, ast.BinOp) and isinstance(part.left, ast.Constant):
            part = part.right if isinstance(part.op, ast.Add) else part  # 1 + e^(−z), of a sigmoid
        function = name_of(part.func) if isinstance(part, ast.Call) and len(part.args) == 1 else ""
        alone = function in ("exp", "log", "square")
        return alone and bool(np.isfinite(value).all())

    return repair.unknown_parts(look.watch, look.cases[0], place.scope, place.line, is_known, is_step)


# ---- what is known of a place


def is_right(place, known, case):
    """Whether a place holds what its name means, or one of the results that are asked for."""
    own = own_name(place, case)
    if not known or known[1] != "{}":
        return False
    steps = layers_in(case.known).get(known[0], known[:1])
    return known[0] == own or not own and all(step in case.asked for step in steps)


def right_lines(look):
    """(scope, line) of each line on which every value is what its name means, in every case."""
    found = {}
    for place, known in look.fits.items():
        own = own_name(place, look.cases[0]) if place.name else ""
        right = bool(own) and known == (own, "{}") and holds(look, place)
        found.setdefault((place.scope, place.line), []).append(right)
    return {line for line, right in found.items() if all(right)}


def is_misnamed(look, place):
    """Whether a place gives an entry that was lent the name of another one."""
    lent, known = flat(look.cases[0].arguments), look.fits[place]
    return bool(known) and place.name in lent and known[0] in lent and known[0] != place.name


def right_steps(look, places):
    """The names of the steps among places that are right wherever they are made, in every case."""
    lent = {"m", *flat(look.cases[0].arguments)}
    wrong = {
        place.name
        for case, run in zip(look.cases, look.runs, strict=True)
        for place, values in run.seen.items()
        if not is_right(place, fit(values, case.known), case)
    }
    wrong |= {name for run in look.runs for name, rank in run.ranks.items() if rank and not run.error}
    names = dict.fromkeys(place.name for place in places)
    return [name for name in names if name in look.cases[0].known and name not in wrong | lent]


def holds(look, place):
    """Whether a place is what it is known to be in the other cases too, wherever it is come by."""
    pairs = zip(look.cases[1:], look.runs[1:], strict=True)
    return all(
        fit(run.seen[place], case.known) == look.fits[place] for case, run in pairs if place in run.seen
    )


def in_all_cases(look, place, said):
    """What said(value, known) says of a place, where it is the same in every case; "" otherwise."""
    pairs = [(run.seen[place], case.known) for case, run in zip(look.cases, look.runs, strict=True)
             if place in run.seen]  # fmt: skip
    words = {said(values[0], known) if len(values) == 1 else "" for values, known in pairs}
    return words.pop() if len(words) == 1 else ""


def sums_to_one(look, place):
    """What sums to 1 in every case: the entries of the "columns", of the "rows", or "all"; "" for none."""
    values = [value for run in look.runs for value in run.seen.get(place, [0])]
    if starting(values) or not all(is_number_like(value) and np.ndim(value) == 2 for value in values):
        return ""
    for name, axis in (("columns", 0), ("rows", 1), ("all", None)):
        sums = [np.sum(value, axis=axis) for value in values]
        if all(agree(total, np.ones_like(total)) for total in sums):
            return name
    return ""


def parts_in_order(node):
    """All parts of an expression, in the order in which they are read."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from parts_in_order(child)


def takes_instead(look, place, meant):
    """What a line is made of, where one known value is too many and one too few; otherwise nothing."""
    takes, lent = {}, flat(look.cases[0].arguments)
    made = [p for p in look.fits if p.scope == place.scope and p.line < place.line]
    for node in parts_in_order(place.node):
        if isinstance(node, ast.Constant) and node.value in lent:
            takes[node.value] = None
        if isinstance(node, ast.Name):
            fits = [look.fits[p] for p in made if p.name == node.id][-1:]
            if fits and (not fits[0] or fits[0][1] not in ("{}", "{} transposed")):
                return []
            if fits or node.id in lent:
                takes[fits[0][0] if fits else node.id] = None
    needed, taken = set(MADE_FROM.get(meant, ())), takes.keys() - {"m"}
    return [name for name in takes if name in taken] if needed - taken and taken - needed else []


def mends_all_cases(look, suspect):
    """Whether what is meant in a place makes more come out right in each case that runs through."""
    for case, run in zip(look.cases[1:], look.runs[1:], strict=True):
        if run.error or suspect.place not in run.seen or not any(run.ranks.values()):
            continue
        every = all_made(case.known, (suspect.way,), run.seen[suspect.place])
        made = next((made for name, _, made in every if name == suspect.name), None)
        if not made or not better(trial(look.watch, case, {suspect.place: made}), run.ranks):
            return False
    return True


def made_before(look, place):
    """Where a value was made, entry by entry perhaps, that a place only hands on; else the place itself."""
    others = [other for other in look.runs[0].seen if other.scope == place.scope and other.line < place.line]
    name = place.node.id if isinstance(place.node, ast.Name) else None
    return next((other for other in reversed(others) if other.name == name), place)


def starting(values):
    """Whether the values are what a sum starts from: zeros, or ones."""
    return all(
        is_number_like(v) and (np.all(np.asarray(v) == 0) or np.all(np.asarray(v) == 1)) for v in values
    )


def is_unknown(look, place):
    """Whether a place makes something that fits no formula, and that is neither a start nor a size."""
    values = look.runs[0].seen[place]
    is_array = is_number_like(values[0]) and not isinstance(values[0], (int, np.integer))
    return len(values) == 1 and not look.fits[place] and is_array and not starting(values)


def is_count(look, place):
    """Whether a place counts a side of an array, as it is, and comes to no number that is known."""
    counts = isinstance(place.node, ast.Call) and name_of(place.node.func) == "len"
    counts = counts or isinstance(place.node, ast.Subscript) and name_of(place.node.value) == "shape"
    return counts and not look.fits[place]


def is_vouched_for(look, place):
    """Whether a line further down reads what a place makes, and is right."""
    for other in look.fits:
        read = {node.id for node in ast.walk(other.node) if isinstance(node, ast.Name)}
        below = other.scope == place.scope and other.line > place.line and place.name in read
        if below and other.name and is_right(other, look.fits[other], look.cases[0]):
            return True
    return False


def unknown_inputs(look, place, done=()):
    """The places whose values a place reads, directly or not, and that fit nothing known."""
    order, seen = list(look.fits), look.runs[0].seen
    before, found = order[: order.index(place)], []
    read = {getattr(n, "id", getattr(n, "attr", "")) for n in ast.walk(place.node)}
    for name in sorted(filter(None, read)):
        made = [p for p in before if (p.name, p.scope) == (name, place.scope)][-1:]
        made += [p for p in before if p.scope.split(".")[-1] == name and not p.name]  # what a helper returned
        for p in made:
            known = look.fits[p]
            handed = p.scope != place.scope and any(agree(v, seen[place][0]) for v in seen[p])
            last_alone = len(seen[p]) > 1 == len(seen[place]) and not p.in_place  # of a loop
            doubtful = (
                not known or last_alone or p.scope != place.scope and (handed or not known[0].isidentifier())
            )
            unknown = (last_alone or is_unknown(look, p)) and not is_vouched_for(look, p) or is_count(look, p)
            if p not in done and doubtful and (known or unknown):
                found += [*unknown_inputs(look, p, (*done, p)), p]
    return sorted(set(found), key=order.index)


# ---- the trial


def suspects(look, stop):
    """Every Suspect among the places, those first that mend all; none is added after the time is over."""
    found = []
    for place, known in look.fits.items():
        if (
            time.process_time() < stop
            and not is_right(place, known, look.cases[0])
            and not handed_on(look, place)
            and not filled_later(look, place)
        ):
            found += [mending(look, place, look.runs[0].seen[place])]
    return sorted(filter(None, found), key=lambda suspect: (-suspect.gain, holds_a_part(look, suspect.place)))


def holds_a_part(look, place):
    """Whether a place under a name of the learner's own holds what the formulas know, as it is."""
    known = look.fits[place]
    named = own_name(place, look.cases[0]) or by_its_letter(look, place)
    return bool(known) and known[1] == "{}" and not named


def by_its_letter(look, place):
    """Whether a place holds, as it is, what its letter means in one layer or in one after the other."""
    known = look.fits[place]
    return bool(known) and known[1] == "{}" and letters_of(known[0], look.cases[0].known) == {place.name}


def filled_later(look, place):
    """Whether a place only makes the zeros or ones whose entries another line sets."""
    others = [other for other in look.watch.places if (other.name, other.scope) == (place.name, place.scope)]
    return (
        len(others) > 1
        and starting(look.runs[0].seen[place])
        and not np.isscalar(look.runs[0].seen[place][0])
    )


def handed_on(look, place):
    """Whether a place only hands on what another line made, and not under the name of something else."""
    made = {other.name for other in look.fits if other.scope == place.scope}
    known = look.fits[place]
    same = isinstance(place.node, ast.Name) and place.node.id in made and not place.in_place
    return same and not (known and known[1] == "{}" and known[0] != own_name(place, look.cases[0]))


def mending(look, place, values):
    """The Suspect for what mends most in a place; None where nothing does."""
    case, best, own = look.cases[0], None, own_name(place, look.cases[0])
    shape = np.shape(values[0]) if is_number_like(values[0]) else None
    lettered, known = by_its_letter(look, place), look.fits[place]
    for name, way, made in (
        all_made(case.known, INSTEAD, values) if shape is not None or len(values) == 1 else ()
    ):
        of_a_step = way == "{}" and (not known or lettered or name in case.asked)
        named = name in (own, "old " + own) or of_a_step
        same = all(map(agree, values, made)) or lettered and name == known[0]
        if same or not named and shape != made[0].shape:
            continue
        gain = better(trial(look.watch, case, {place: made}), look.runs[0].ranks)
        suspect = Suspect(place, gain, name, way)
        if gain > (best.gain if best else 0) and (gain < 2 or mends_all_cases(look, suspect)):
            best = suspect
        if best and best.gain == 2:
            break
    return best


def trial(watch, case, made):
    """The ranks of the results when each place of made makes these arrays, one at each visit."""
    left = {place: iter(arrays) for place, arrays in made.items()}

    def see(at, value):
        if at not in left:
            return value
        array = next(left[at])
        if at.in_place and isinstance(value, np.ndarray) and value.shape == array.shape:
            value[...] = array
            return value
        return np.array(array) if np.ndim(array) else float(array)

    return outcome(watch, case, see)[0]


def where_it_returns(function, case=None):
    """The number and the text of the return that a case reaches, of the last one, or of the last line."""
    watch, reached = watched(function), []
    tree, text = watch.trees[watch.main], source_lines(watch.parts[watch.main])
    if case:
        with quiet(), contextlib.suppress(Exception, SystemExit, NeverEnds), at_most(LIMIT):
            watch.run(copied(case.arguments), lambda place, value: (reached.append(place), value)[1])
    returns = sorted((n for n in ast.walk(tree) if isinstance(n, ast.Return)), key=lambda n: n.lineno)
    last = next((p.line for p in reversed(reached) if p.scope == watch.main), 0)
    node = next((n for n in returns if n.lineno <= last <= n.end_lineno), next(reversed(returns), None))
    line = node.lineno if node else max(repair.lines_of(tree))  # where none is, its place is behind this
    return line, text.get(line, "")


def where_it_is_misnamed(function, case, returned):
    """The number and the text of the first line where an entry gets another name, or goes into another dict.

    returned: the names in the dict that is returned, where some that were asked for are missing.
    """
    watch = watched(function)
    with quiet():
        run = run_of(watch, case)
    odd, missing = {*returned} - {*case.asked}, {*case.asked} - {*returned}
    entries = {n.lineno for tree in watch.trees.values() for n in ast.walk(tree)
               if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store)}  # fmt: skip
    lines = [
        (p.line, p.text)
        for p in run.seen
        if (keys := {p.name, *(k for k in run.keys.get(p, ()) if isinstance(k, str))})
        and (odd & keys and (p in run.keys or len(run.seen[p]) > 1) or missing & keys and p.line in entries)
    ]
    return min(lines, default=None)


# ---- where a result was made, and where what was lent is changed


def where_it_is_made(function, name):
    """The number and the text of the last line that makes a variable or an entry of this name; or None."""
    watch = watched(function)
    places = [place for place in watch.places if place.name == name]
    made = [place for place in places if not isinstance(place.node, ast.Name)] or places
    if not made:
        lines = put_together(watch.trees[watch.main], name)
        made = [place for place in watch.places if place.line in lines]
    return (made[-1].line, made[-1].text) if made else None


def put_together(tree, name):
    """The numbers of the lines that set an entry whose name is put together and fits: f"W{l}" for W1."""
    found = []
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Assign)):
        key = getattr(node.targets[0], "slice", None)
        first = key.values[0] if isinstance(key, ast.JoinedStr) else getattr(key, "left", None)
        start = getattr(first, "value", "")
        if isinstance(start, str) and start and name.startswith(start):
            found.append(node.lineno)
    return found


def changed_by(function, case):
    """The Place where a function first changes an array that it was lent; None where it does not."""
    watch, lent, last = watched(function), copied(case.arguments), [None]
    arguments = dict(zip(case.arguments, lent, strict=True))
    numbers = {name: value for name, value in flat(arguments).items() if is_number_like(value)}
    before, found = {name: np.array(value) for name, value in numbers.items()}, []

    def look(place):
        after = flat(arguments)
        if not all(np.array_equal(before[name], after.get(name), equal_nan=True) for name in before):
            found.append(place)

    def see(place, value):
        look(place if place.in_place or not last[0] else last[0])
        last[0] = place
        return value

    with quiet(), contextlib.suppress(Exception, SystemExit, NeverEnds), at_most(LIMIT):
        watch.run(lent, see)
    look(last[0])
    return next(iter(found), None)
