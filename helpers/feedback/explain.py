"""What a check says about one of the network's functions that is wrong: its line, its mistake, where to look.

A message says, in this order: which names came from outside the function though an argument holds them; what
is right on every network that was tried; the learner's own line that goes wrong first; what is wrong with it,
as a question; where it is explained.
"""

import inspect
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from helpers.feedback import known, lines, names, trace, watched
from helpers.feedback.limits import quiet
from helpers.feedback.messages import CheckResult, NotAsAsked, difference, not_yet
from helpers.feedback.recognise import agree, as_array, recognise
from helpers.feedback.tasks import case_for, flat, results_of
from helpers.feedback.trials import SIZES, Sizes, call_quietly, without_asserts
from helpers.feedback.wording import identifiers, in_words
from helpers.own_functions import Unused, called_with
from helpers.words import listed

# where all are 4, no shape stops a wrong formula; the last two for a function that takes one output only
EXPLAIN = (SIZES[1], Sizes(4, 4, 4, 4), SIZES[0], Sizes(4, 4, 1, 4))
NO_SOURCE = (OSError, TypeError, SyntaxError, ValueError)
BUDGET = 0.25  # seconds for the search of the smallest edit
LONGER = 0.75  # where there are no values to look for, and the search alone has to find the line
FOLLOWS = "What else is wrong follows from that."
OUTSIDE = "of the notebook"
OF_THE_RETURN = (  # mistakes whose line is that of the return
    "returns-none", "number-of-values", "order", "no-pair", "no-list", "results-turned", "no-dict",
    "names-differ", "no-costs",
)  # fmt: skip
MISFIT = "shapes-do-not-fit"
SURELY = ("arguments turned", "lone comma", "async", "yield")  # of names: never meant


@dataclass
class Draw:
    """What a function returns on one random network, beside the truth."""

    sizes: Sizes
    arguments: dict
    truth: dict
    results: dict | None = None  # None where it returned nothing that can be compared

    @property
    def wrong(self):
        """The names of what is not right."""
        if self.results is None:
            return [*self.truth]
        return [name for name in self.truth if not agree(self.truth[name], self.results[name])]


def explained(function, task, forward, problems):
    """The CheckResult for a function that is wrong.  problems: by sizes, the judge's Problem or None."""
    forgiven = any(problem and problem.one_output for problem in problems.values())
    wrong = [sizes for sizes, problem in problems.items() if problem and not problem.one_output]
    first, bare = problems[wrong[0]], without_asserts(function)
    draws = [_draw(bare, task, sizes, forward) for sizes in dict.fromkeys((*EXPLAIN, *SIZES))]
    found, unexplained = _by_catalogue(task, [draw for draw in draws if draw.results is not None])
    draws = [draw for draw in draws if draw.sizes.n_y == 1 or not forgiven]
    returned = [draw for draw in draws if draw.results is not None]
    odd, finding = _by_engines(function, task, draws, wrong, first)
    if finding and finding.changes:  # what comes of it looks like something else
        found = [each for each in found if each[1] == "W2-moved"]
    if finding and found and found[0][1] == "names-exchanged":
        finding.mends = 2  # each edit mends one of them
    right = _right(finding, returned, len(draws)) if not first.refused or first.refused.error else []
    said = [*lines.about_names(odd), *_verdict(right, returned)]
    if any(one.kind in SURELY for one in odd):
        said.append(lines.READ.format(finding.line, finding.text))
    elif not any(one.kind == OUTSIDE for one in odd):
        said += _line_and_mistakes(first, finding, found, unexplained, returned)
    if not odd and not found and not first.refused:
        tried = [sizes for sizes, problem in problems.items() if not problem]
        said.append(where_right(wrong, tried, lambda sizes: not _draw(bare, task, sizes, forward).wrong))
    step = found[0][0] if found else (finding.meant or finding.name) if finding else ""
    look = f"Look again at {task.look.get(step, task.look[''])}."
    line = first.refused and first.refused.line
    stopped_there = _stopped_there(first.refused, finding) and not any(one.kind in SURELY for one in odd)
    line = line if stopped_there and line else finding and (finding.line, finding.text)
    marks = _identifiers(first.refused, odd, found, finding)
    return CheckResult(False, "\n".join([*filter(None, said), look]), False, marks, line, tuple(right))


def far_out(function, task):
    """The CheckResult for a function that is right for usual numbers and not far out; None where it is."""
    mistake, case = task.far_out or ("", None)
    if not case:
        return None
    arguments, truth = case()
    draw = Draw(None, arguments, truth)
    with quiet(), suppress(NotAsAsked):
        draw.results = results_of(function, task, arguments, truth)
    if not draw.wrong:
        return None
    try:
        finding = trace.first_wrong(function, [_known_case(draw, task)], BUDGET)
    except NO_SOURCE:
        finding = None
    said = [
        *([lines.READ.format(finding.line, finding.text)] if finding else []),
        *in_words([(listed(truth), mistake)]),
    ]
    words = "\n".join([*said, f"Look again at {task.look['']}."])
    return not_yet(mistake, words, line=(finding.line, finding.text) if finding else None)


def _draw(function, task, sizes, forward):
    """What a function returns on the random network of these sizes."""
    arguments, truth = case_for(task, sizes, forward)
    try:
        return Draw(sizes, arguments, truth, results_of(function, task, arguments, truth))
    except NotAsAsked:
        return Draw(sizes, arguments, truth)


# ---- what the engines and the catalogue know


def _by_engines(function, task, draws, wrong, first):
    """What is odd about names, and the Finding; none of either where there is no source."""
    try:
        function = _without_more(function, len(draws[0].arguments))
        odd, finding = (
            names.oddities(function, draws[0].arguments),
            _finding(function, task, draws, wrong, first),
        )
    except NO_SOURCE:
        return [], None
    if sure := [one for one in odd if one.kind in SURELY][:1]:
        return sure, trace.Finding(sure[0].line, sure[0].text)
    unmade = [one for one in odd if one.kind == "not defined" and one.name in names.NETWORK]
    lent = [one for one in odd if one.kind == OUTSIDE]
    early = [one for one in odd if one.kind == "used before made"]
    if outside := sorted(lent + unmade + early * bool(unmade), key=lambda one: one.line):
        return outside, trace.Finding(outside[0].line, outside[0].text) if lent else finding
    unread = [one for one in odd if one.kind == "argument unread"]
    if unread and not first.refused:
        return unread, trace.Finding(unread[0].line, unread[0].text)
    odd = [one for one in odd if _has_to_do(one, finding)]
    over = [one for one in odd if one.kind == "argument overwritten"]
    if over and finding.mend and finding.mend.kind == "order of the lines":  # it would only come before that
        finding = trace.Finding(over[0].line, over[0].text)
    return odd, finding


def _without_more(function, number):
    """The function, as one that is called with so many arguments: what more it asks for, is Unused."""
    taken = inspect.signature(function).parameters
    more = taken.keys() - inspect.signature(called_with(function, number)).parameters.keys()
    return partial(function, **{name: Unused() for name in more}) if more else function


def _finding(function, task, draws, wrong, first):
    """The line that goes wrong first, or changes what was lent, or returns something else than was asked."""
    usual = [_known_case(draw, task) for draw in draws if draw.sizes in EXPLAIN]
    usual += _far_out_case(function, task)
    others = [_known_case(draw, task) for draw in draws if draw.sizes in wrong and draw.sizes not in EXPLAIN]
    if first.refused and not first.refused.error:
        return _not_as_asked(function, usual + others)
    finding = trace.first_wrong(function, usual, BUDGET) or trace.first_wrong(function, others, BUDGET)
    finding = finding or _where_it_takes_a_type(function, wrong)
    stopped = first.refused and first.refused.line
    return None if finding and stopped and finding.line > stopped[0] else finding  # it stops before that line


def _where_it_takes_a_type(function, wrong):
    """The Finding for the line of np.zeros_like, where a function is wrong with whole numbers alone."""
    lines = watched.source_lines(function) if all(s.whole for s in wrong) else {}
    return next((trace.Finding(*line) for line in lines.items() if "_like(" in line[1]), None)


def _far_out_case(function, task):
    """A list with the case that is far out, where something comes out of it: no line can be told by a NaN."""
    with suppress(NotAsAsked), quiet():
        arguments, truth = task.far_out[1]() if task.far_out else ({}, {})
        results = results_of(function, task, arguments, truth) if truth else {}
        if results and all(np.isfinite(as_array(result)).all() for result in results.values()):
            return [_known_case(Draw(None, arguments, truth), task)]
    return []


def _known_case(draw, task):
    """A draw with what the formulas know for it."""
    values = known.known_values(draw.arguments, draw.truth)
    return known.Case(
        draw.arguments, values, (*draw.truth,), lambda returned: task.unpack(returned, draw.truth)
    )


def _not_as_asked(function, cases):
    """The line that changes what was lent, or that returns something else than was asked, or misnames it."""
    returned = ()
    try:
        returned = call_quietly(function, *known.copied(cases[0].arguments))
        cases[0].read(returned)
    except NotAsAsked as refused:
        finding = trace.first_wrong(function, cases, BUDGET)
        if finding and finding.mends == 2:
            return finding
        misnamed = None
        if refused.mistake == "names-differ":
            names = [name for part in (returned, *returned) if isinstance(part, dict) for name in part]
            misnamed = trace.where_it_is_misnamed(function, cases[0], names)
        made = {"no-dict": "cache", "text-for-value": "Z1"}.get(refused.mistake)
        made = made and trace.where_it_is_made(function, made)
        line = misnamed or made or trace.where_it_returns(function, cases[0])
        return trace.Finding(*line) if line else None
    changed = next(filter(None, (trace.changed_by(function, case) for case in cases)), None)
    return trace.Finding(changed.line, changed.text) if changed else None


def _has_to_do(odd, finding):
    """Whether something odd can have to do with what is wrong: its line, or its name in that line."""
    if odd.kind == "value unused":
        return not finding or finding.mends < 2
    return (
        odd.kind != "not defined"
        and finding
        and (odd.line == finding.line or odd.name in re.findall(r"\w+", finding.text))
    )


def _by_catalogue(task, returned):
    """(step, words) of the mistakes that explain what was returned, and the results left unexplained.

    The first network that shows it is asked: in another, with one number in a bias or one size twice another,
    one mistake can look like another. So can they where all sizes are equal: those networks are asked only
    where the function stops on all others.
    """
    wrong = [draw for draw in returned if draw.wrong and draw.sizes.m > 1]
    values = [as_array(draw.results[name]) for draw in wrong for name in draw.wrong]
    if any(array.dtype.kind in "fiu" and not array.any() for array in values):
        return [], []  # what is 0 everywhere, comes out of too many formulas
    if wrong and all(map(exchanged, wrong)):
        return [(name, "names-exchanged") for name in wrong[0].wrong], []
    for draw in ([draw for draw in wrong if draw.sizes.n_x != draw.sizes.n_h] or wrong)[:1]:
        found, unexplained = recognise(task.table, {"m": draw.sizes.m, **flat(draw.arguments)}, draw.results)
        others = [other for other in wrong if other is not draw][:2]
        given = [{"m": other.sizes.m, **flat(other.arguments)} for other in others]
        told = [recognise(task.table, *each) for each in zip(given, (o.results for o in others), strict=True)]
        by_chance = {name for _, names in told for name in names} - {*unexplained}
        found = [each for each in found if each[0] not in by_chance]
        found = found if {name for name, _ in found} & {*draw.wrong} or not by_chance else []
        unexplained = [name for name in draw.wrong if name in by_chance or name in unexplained]
        if found:
            return found, unexplained
    return [], []


def exchanged(draw):
    """Whether each result that is wrong is another one that was asked for."""
    values, wrong = draw.results, draw.wrong
    others = [[other for other in wrong if agree(draw.truth[other], values[name])] for name in wrong]
    return len(wrong) > 1 and sorted(name for other in others for name in other) == sorted(wrong)


HELD = {  # what the dicts hold that the smaller and the harder exercises hand over
    "parameters": ("W1", "b1", "W2", "b2", "W3", "b3", "V"),
    "cache": ("Z1", "A1", "A2"),
    "grads": ("dW1", "db1", "dW2", "db2"),
}


def with_names(function, result):
    """The result of a smaller or harder exercise: what came from outside the function comes first in it."""
    try:
        taken = inspect.signature(function).parameters if result.passed is False else {}
        odd = names.oddities(function, {name: dict.fromkeys(HELD.get(name, ())) for name in taken})
    except NO_SOURCE:
        return result
    if taken and not result.line and {*result.mistakes} & {*OF_THE_RETURN}:
        line = trace.where_it_returns(function)
        result = replace(result, message=f"{result.message}\n{lines.READ.format(*line)}", line=line)
    lent = [one for one in odd if one.kind == OUTSIDE or one.kind == "not defined" and one.meant]
    said_first = (
        "helper of the notebook",
        "number of the notebook",
        "used before made",
        "argument overwritten",
        *SURELY,
    )
    numbers = [one for one in odd if one.kind in said_first]
    if not taken or not lent + numbers:
        return result
    said = "\n".join(lines.about_names(lent + numbers))
    line = (lent + numbers)[0].line, (lent + numbers)[0].text
    if not any(one.kind == OUTSIDE for one in lent):
        return replace(result, message=f"{said}\n{result.message}", line=result.line or line)
    return CheckResult(False, said, mistakes=(OUTSIDE.replace(" ", "-"),), line=line)


def with_line(result, function, cases, search=trace.first_wrong):
    """The result of a smaller exercise, with the line that goes wrong first in front of its words.

    search: trace.mended where there are no values to look for, only a verdict: see verdict_case.
    """
    finding = None
    if result and result.passed is False and not result.line and not {*result.mistakes} & {*OF_THE_RETURN}:
        with suppress(*NO_SOURCE, NotImplementedError):
            fixed = any(one.kind == "argument overwritten" for one in names.oddities(function, {}))
            changes = {*result.mistakes} & {"changed-in-place", "not-put-back"}
            search = changed_line if changes else search
            budget = LONGER if search is trace.mended else BUDGET
            finding = None if fixed else search(function, cases, budget)
    if not finding:
        return result
    finding.parts, finding.takes = [], []  # too little is known here to tell what fits no formula
    asked = lines.question(finding) if {"not-known", "dead-units"} & {*result.mistakes} else ""
    said = "\n".join(filter(None, [lines.quoted(finding), result.message, asked]))
    return replace(result, message=said, line=(finding.line, finding.text))


def changed_line(function, cases, _):
    """The Finding for the line that changes what the function was lent; None where none does."""
    place = trace.changed_by(function, cases[0])
    return trace.Finding(place.line, place.text) if place else None


def verdict_case(arguments, is_right):
    """A Case in which nothing is known but whether what comes out is right."""
    known_values = {"the verdict": np.float64(1)}
    return known.Case(
        arguments, known_values, (*known_values,), lambda returned: {"the verdict": float(is_right(returned))}
    )


# ---- how the message is put together


def _right(finding, returned, tried):
    """The steps and results that are right on every network that was tried."""
    wrong = {name for draw in returned for name in draw.wrong}
    right = [name for name in finding.right if name not in wrong] if finding else []
    if returned and len(returned) == tried:
        right += [name for name in returned[0].truth if name not in wrong and name not in right]
    return right


def _verdict(right, returned):
    wrong = [
        name for name in (returned[0].truth if returned else ()) if any(name in d.wrong for d in returned)
    ]
    if not right:
        return []
    return [f"Right: {listed(right)}." + (f" Not right yet: {listed(wrong)}." if wrong else "")]


def _line_and_mistakes(problem, finding, found, unexplained, returned):
    """The lines about what is wrong: the line, where it stopped, the mistake or what is known of it."""
    refused, words = problem.refused, problem.words
    error = refused and refused.error
    stopped_there = _stopped_there(refused, finding)
    if refused and not error:
        happens = [lines.HAPPENS.format(finding.line, finding.text)] if finding else []
        return [*str(refused).splitlines(), *happens, *engine_words(finding)]
    said = [lines.quoted(finding)] if finding and not stopped_there else []
    mistakes = in_words(found) or engine_words(finding) or recovered_words(returned)
    hint = str(refused).splitlines()[1:] if refused else []
    if said and error and not found:  # it goes wrong in another line than the one where it stopped
        return [*said, *mistakes, refused.words, *hint * (refused.mistake != MISFIT)]
    if error:
        return [
            *said,
            refused.words,
            *((mistakes or hint) if refused.mistake == MISFIT else hint or mistakes),
        ]
    said += mistakes
    if not mistakes or not found or unexplained:
        said.append(how_it_differs(returned, unexplained[:1], bool(mistakes)) or words * (not mistakes))
    wrong = {name for draw in returned for name in draw.wrong}
    named = {name for name, _ in found} | {finding.name if finding else ""}
    if (finding and finding.mends == 2 or found and not unexplained) and len(wrong) > 1 and wrong - named:
        said.append(FOLLOWS)
    return said


def _stopped_there(refused, finding):
    """Whether a function stopped in the line that is found, or in another with the same statement."""
    return refused and (not finding or refused.error and (finding.error or finding.text in refused.words))


def engine_words(finding):
    """What the value in the line is, and a question about the smallest edit that mends it."""
    words = [lines.what_is_there(finding), lines.question(finding)] if finding else []
    return [*filter(None, words)]


def recovered_words(returned):
    """Where there is no line: what the hidden steps were, as far as the gradients show it."""
    draw = next((draw for draw in returned if draw.sizes == EXPLAIN[1] and "dW2" in draw.truth), None)
    try:
        results = {name: np.asarray(value, float) for name, value in draw.results.items()} if draw else {}
        steps = known.recovered(results, draw.arguments) if draw else {}
    except (np.linalg.LinAlgError, ValueError, TypeError):
        return []
    values = known.known_values(draw.arguments, draw.truth) if draw else {}
    fits = {name: known.fit([value], values) for name, value in steps.items()}
    said = [
        f"If {dW} is made from {dZ} as it should be, your {dZ} is {lines.shown(fits[dZ])}."
        for dW, dZ in (("dW2", "dZ2"), ("dW1", "dZ1"))
        if fits.get(dZ) and fits[dZ] != (dZ, "{}") and _on_every_network(returned, dW, dZ, fits[dZ])
    ]
    back = fits.get("dZ2 on the way back")
    if back and fits["dZ2"] and back != fits["dZ2"]:
        said.append(
            f"The two layers used two different dZ2: for dW2 it is {lines.shown(fits['dZ2'])},"
            f" on the way back to dZ1 it is {lines.shown(back)}."
        )
    return said


def _on_every_network(returned, dW, dZ, fit):
    """Whether a step that is nothing but scaled, as "dZ2 / m", is so on every network, as its dW shows."""
    name, way = fit
    for draw in [draw for draw in returned if name == dZ and draw.results is not None]:
        values = known.known_values(draw.arguments, draw.truth)
        if known.fit([draw.results[dW]], {dW: values[dW], "m": values["m"]}) != (dW, way):
            return False
    return True


def how_it_differs(returned, names, only_if_it_helps):
    """How the first wrong result, or that of these names, differs: in kind, shape, by a ratio, in one entry.

    A ratio is told if it is the same on every network.  only_if_it_helps: "" where one entry is all to tell.
    """
    draw = next((draw for draw in returned if draw.wrong and {*names} <= {*draw.wrong}), None)
    if not draw:
        return ""
    name = (*names, *draw.wrong)[0]
    results = [(draw.results[name], np.asarray(draw.truth[name])) for draw in returned if name in draw.wrong]
    result, true = results[0]
    ranks = {known.rank(*each) for each in results}
    if ranks == {known.SCALED} and not len({round(known.ratio(*each), 5) for each in results}) == 1:
        return f"{name} is right up to a factor, which changes with the sizes."
    if only_if_it_helps and ranks != {known.SCALED} and as_array(result).shape == true.shape:
        return ""
    return difference(name, result, true, draw.sizes)


def _identifiers(refused, odd, found, finding):
    """Identifiers of what was named, the same for the same mistake."""
    if odd and odd[0].kind in (OUTSIDE, *SURELY):
        return (
            odd[0].kind.replace(" ", "-").replace("arguments-turned", "arguments-differ"),
        )  # the rest came of that
    marks = [refused.mistake] if refused else []
    marks += [*identifiers(found), *(one.kind for one in odd)]
    if finding and finding.name and not found and not odd:
        meant = finding.meant if finding.meant.isidentifier() else "result"
        marks += [finding.mend.kind] if finding.mend else [f"{meant} not right"]
    return tuple(dict.fromkeys(mark.replace(" ", "-") for mark in marks))


def where_right(wrong, right, is_right):
    """Words for a function that is right for some sizes and wrong for others; "" if it never is right.

    wrong, right: sizes that were tried.  is_right(sizes): whether it is right for others too.
    """
    if not right:
        return ""
    if all(sizes.whole for sizes in wrong):
        return "It is wrong only where whole numbers come in: np.zeros_like takes over the type of an array."
    if all(sizes.m == 1 for sizes in right):
        single = all(is_right(Sizes(n, k, 1, 1)) for n in (2, 3, 4) for k in (2, 3, 5))
        return (
            "With a single example it comes out right. What becomes of the examples, and of m?"
            if single
            else ""
        )
    if all(sizes.n_y > 1 for sizes in wrong) and all(
        is_right(Sizes(n, 3, 1, m)) for n in (2, 4) for m in (3, 5)
    ):
        return "With one output it comes out right. What changes when Y and A2 have several rows?"
    others = [
        sizes._replace(**{side: sizes[k] + 1}) for sizes in right for k, side in enumerate(Sizes._fields[:4])
    ]
    if not any(map(is_right, others)):  # it came out right by chance
        return ""
    return "With other sizes it comes out right. Is a size fixed somewhere, or m read from the wrong side?"
