"""Recognising mistakes: what a function returned is compared with the formulas of the catalogue."""

from types import SimpleNamespace

import numpy as np

from helpers.feedback.mistakes import MOST_AT_ONCE


def recognise(table, given, returned):
    """The fewest mistakes of a table that explain what a function returned, and the results left unexplained.

    given: {name: array}, what the function was called with.  returned: {name: array} for the steps of the
    table; a step that is not among them is hidden, so each of its formulas is tried.
    Returns a list of (name of the step, identifier of the mistake) and a list of names.
    """
    best = (len(table) + 1, 0, [], [])

    def explore(names, values, found, unexplained):
        nonlocal best
        different = len({mistake for _, mistake in found})
        if (len(unexplained), different) >= best[:2]:
            return
        if not names:
            best = (len(unexplained), different, found, unexplained)
            return
        name, *rest = names
        so_far = {mistake for _, mistake in found}
        for mistakes, value in _fitting(table[name], values, returned.get(name), so_far):
            more = [(name, mistake) for mistake in mistakes.split()]
            explore(rest, {name: value, **values}, found + more, unexplained)
        if name in returned:
            explore(rest, {name: returned[name], **values}, found, [*unexplained, name])

    with np.errstate(all="ignore"):
        explore(list(table), {**given, "returned": returned}, [], [])
    return best[2], best[3]


def _fitting(step, values, returned, found):
    """Mistakes and value of each formula that gives what was returned; of a hidden step, of every formula."""
    v = SimpleNamespace(**values)
    for mistakes, formula in step:
        if mistakes and len(found.union(mistakes.split())) > MOST_AT_ONCE:
            continue
        try:
            value = formula(v)
        except (ValueError, TypeError, AttributeError, LookupError):  # it does not fit these shapes
            continue
        if returned is None:
            yield mistakes, value
        elif agree(value, returned):
            yield mistakes, returned
            if not mistakes:
                return


def agree(a, b):
    """Whether two results are the same: in shape, and in numbers up to what single precision loses."""
    a, b = as_array(a), as_array(b)
    return (
        a.shape == b.shape
        and {a.dtype.kind, b.dtype.kind} <= {*"fiub"}
        and bool((abs(1.0 * a - b) <= 1e-6 + 1e-4 * abs(a)).all() and np.isfinite(a).all())
    )


def as_array(value):
    """The value as an array, whatever it is: rows of different lengths become an array of None."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.array(None)
