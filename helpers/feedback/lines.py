"""What is said about the line that goes wrong first, and about names: the words for what the engines find.

about_names: for what names.py finds odd.  quoted, what_is_there, question: for what trace.py finds in a line.
"""

import re

from helpers.feedback.known import MADE_FROM
from helpers.words import listed

FIRST = "Line {} is the first that goes wrong: “{}”."
ONE_OF_SEVERAL = "Line {} goes wrong: “{}”. It is not the only one."
READ = "See line {}: “{}”."
HAPPENS = "It happens in line {}: “{}”."
UNKNOWN = "Look at line {} first: “{}”."
UNJUDGED = "Look at line {}: “{}”. It takes what {} above make{}: look there too."

ODD_NAMES = {  # of the name, of what is meant, and of the number of the line
    "helper of the notebook": "Made for the notebook’s own variables: {0}. How is it done with what your"
    " function is given?",
    "twice defined": "{0} is defined twice: the one in line {2} is called. Which of them do you mean?",
    "number of the notebook": "From the notebook, first in line {2}: {0}. Is that meant?",
    "used before made": "Used before it is made: {0}, first in line {2}. Is it in `{1}`?",
    "fixed entry": "Line {2} takes single entries of {0} by their numbers. What of all the others?",
    "argument overwritten": "Line {2} gives the argument {0} a value before it is used. Is it meant?",
    "transposed local": "{0} is transposed in line {2} already. Is it turned round too often?",
    "other entry": "Line {2} gives {0} the value of `{1}`. Is that meant?",
    "caret": "In Python `^` is no power: that is `**`.",
    "arguments turned": "It is called with {1}, in this order. In which order does your function take them?",
    "argument unread": "Your function takes `{1}` and never reads it. Where do its numbers come from?",
    "lone comma": "The comma at the end of line {2} makes a tuple of {0}. Is it meant?",
    "async": "A function that begins with `async` only promises its result. Is the word needed?",
    "yield": "Line {2} has `yield`, so the function hands over a generator. Which word returns a result?",
    "value unused": "Line {2} keeps what it computes under no name: a name gets a value by `=`.",
}

WAYS = {  # how a value is that should be what its name says
    "{} transposed": "lies on its side",
    "{} / m": "is divided by m once too often",
    "−{}": "has the sign turned round",
    "{} transposed / m": "lies on its side, and is divided by m once too often",
    "−{} / m": "has the sign turned round, and is divided by m once too often",
    "m {}": "is m times too large",
    "−{} transposed": "lies on its side, with the sign turned round",
}

SUMS = {  # what sums to 1 in a value
    "columns": "In it the entries of each column sum to 1: what is each of them divided by?",
    "rows": "In it the entries of each row sum to 1: what is each of them divided by?",
    "all": "In it all entries together sum to 1: what is each of them divided by?",
}

QUESTIONS = {  # by the kind of the smallest edit that mends all: of the place
    "name": "Is `{}` the name that is meant?",
    "key": "Is {} the entry that is meant?",
    "number": "Is the number {} right?",
    "condition": "When should `{}` hold?",
    "count": "What does `{}` count, and is it what is meant?",
    "direction": "In which direction should `{}` go?",
    "range": "Does `{}` begin and end where it should?",
    "operator": "Which operation belongs in `{}`?",
    "order of the two": "Which of the two comes first in `{}`?",
    "brackets": "What belongs together in `{}`: are the brackets right?",
    "sign": "Which sign should `{}` have?",
    "transpose missing": "Should `{}` lie the other way round?",
    "transpose too many": "Does `{}` have to be turned round?",
    "function": "Is `{}` the function that is meant?",
    "function missing": "Is `{}` all, or does a function still act on it?",
    "reshape": "`{}` keeps the order of the entries. How does a transpose order them?",
    "function too many": "Is the function in `{}` needed?",
    "axis or keepdims": "Over what should `{}` run, and which shape should stay?",
    "argument too many": "Are all arguments of `{}` needed?",
    "too many factors": "Does all of `{}` belong there?",
    "factor missing": "Is `{}` all, or is a part missing beside it?",
    "power missing": "Is a power missing at `{}`?",
    "1 − missing": "Is something missing in front of `{}`?",
    "index": "Is all of `{}` meant, or a part?",
    "index too many": "Is a part meant in `{}`, or all?",
    "order of the lines": "Does this line stand in the right place?",
    "overwritten": "Each turn of the loop takes the place of the one before. What becomes of those?",
    "no name": "Under which name does what this line computes go on?",
    "indentation": "Is this line indented as far as it should be?",
}  # fmt: skip


def about_names(odd):
    """The lines for what is odd about names: those that came from outside the function first.

    odd: list of names.Oddity.
    """
    once = [*{(one.kind, one.name): one for one in reversed(odd)}.values()][::-1]
    outside = [one for one in once if one.kind in ("of the notebook", "not defined")]
    said, groups = _from_outside(outside) if outside else [], {}
    for one in once:
        if one.kind in ODD_NAMES:
            alone = "" if one.kind in ("number of the notebook", "used before made") else one.name
            groups.setdefault((one.kind, one.meant, alone), []).append(one)
    for (kind, meant, _), ones in groups.items():
        names = _ticked(one.name for one in ones)
        said.append(ODD_NAMES[kind].format(names, meant, ones[0].line))
    return list(dict.fromkeys(said))


def _from_outside(odd):
    """Which names the function does not make itself, what was used instead, and where each is to be had."""
    lent = [one.name for one in odd if one.kind == "of the notebook"]
    nowhere = [one.name for one in odd if one.kind == "not defined"]
    lines = [f"{_not_made(lent)}; the notebook’s {'was' if len(lent) == 1 else 'were'} used."] if lent else []
    lines += [f"{_not_made(nowhere)}."] if nowhere else []
    lines += [READ.format(odd[0].line, odd[0].text)] if lent else []
    holders = {}
    for one in odd:
        holders.setdefault(one.meant, []).append(one.name)
    for holder, names in holders.items():
        if not holder:
            lines.append(f"Make {_ticked(names)} inside the function, in a line above.")
        elif holder.startswith("argument "):  # it has another name in this function
            lines.append(f"Is the argument `{holder.removeprefix('argument ')}` meant?")
        elif holder[0].isupper():  # an array, which holds nothing else
            lines.append(f"Is the argument `{holder}` meant?")
        else:
            lines.append(f"Take {_ticked(names)} from `{holder}`.")
    return lines


def _not_made(names):
    return f"{_ticked(names)} {'is' if len(names) == 1 else 'are'} not made in your function"


def _ticked(names):
    return listed(f"`{name}`" for name in names)


def quoted(finding):
    """The learner's line with its number, and how sure it is that it goes wrong first."""
    if finding.made_in and not finding.mends:
        one = len(finding.made_in) == 1
        above = f"line{'s' * (not one)} {listed(finding.made_in)}"
        return UNJUDGED.format(finding.line, finding.text, above, "s" * one)
    frame = FIRST if finding.mends == 2 else ONE_OF_SEVERAL if finding.mends else UNKNOWN
    return frame.format(finding.line, finding.text)


def what_is_there(finding):
    """What the value in a line is known to be, and what is meant there; "" where nothing is known."""
    name, now, meant = finding.name, finding.now, finding.meant
    written = re.search(rf"\b{re.escape(name)}\b", finding.text)  # else it is put together in the line
    it = f"`{name}`" if name and written else "the value" if name else "what is returned"
    lines = []
    ways = [words for way, words in WAYS.items() if now and now == way.format(meant)]
    if ways:
        lines.append(f"There {it} {ways[0]}.")
    elif now and now not in (name, meant) and now.isidentifier():
        lines.append(f"There {it} is the same as {now}.")
    elif now and now not in (name, meant):
        lines.append(f"There {it} is {now}.")
    if name and meant and meant not in (name, "m") and meant.isidentifier():
        lines.append(f"What is meant there is {meant}.")
    return " ".join(lines)


def shown(fit):
    """(name, way) of a known value as words: "−dZ2"."""
    return fit[1].format(fit[0])


def as_written(part, text):
    """A part of a line, as Python writes it, with the quotes that the line has."""
    return part if "'" in text else part.replace("'", '"')


def question(finding):
    """Which part of the line to look at: where a small edit would mend it, or what fits no formula."""
    mend, parts = finding.mend, finding.parts
    if finding.changes:
        return f"It changes `{finding.changes}` too, which was right before. How is a new array made?"
    if mend and (mend.gain == 2 or mend.kind == "reshape"):
        return QUESTIONS[mend.kind].format(as_written(mend.at, finding.text))
    if finding.meant == "m":
        return "What is meant there is the number of examples."
    if finding.sums:
        return SUMS[finding.sums]
    if 1 <= len(parts) <= 2:
        return f"In it, look at {_ticked(as_written(part, finding.text) for part in parts)} first."
    if finding.takes:
        goes = "goes" if len(MADE_FROM[finding.meant]) == 1 else "go"
        needed, taken = listed(MADE_FROM[finding.meant]), listed(finding.takes)
        return f"Into {finding.meant} {goes} {needed}; this line is made of {taken}."
    compare = finding.meant.isidentifier() and not finding.made_in
    return f"Compare it part by part with the formula for {finding.meant}." if compare else ""
