"""Lesson 09: how functions that prepare data are judged: standardised sets, and shuffled batches."""

import numpy as np

from helpers.datasets import standardise
from helpers.feedback.messages import first_difference, wrong_kind
from helpers.feedback.mistakes import STANDARDISE
from helpers.feedback.recognise import mistakes_in_words, recognise
from helpers.feedback.trials import call_quietly, is_pair
from helpers.words import listed, number


def standardise_problem(function, sizes, rng):
    """Words for what is wrong with a function that standardises two sets; "" where nothing is."""
    X_train, X_test = (rng.normal(5, 3, (sizes.n_x, m)) for m in (sizes.m + 2, sizes.n_h))
    sets = {"X_train": X_train, "X_test": X_test}
    returned = call_quietly(function, X_train.copy(), X_test.copy(), names=[*sets])
    if not is_pair(returned):
        return wrong_kind(returned, "both sets: return X_train, X_test")
    returned = dict(zip(sets, returned, strict=True))
    truth = dict(zip(sets, standardise(X_train, X_test), strict=True))
    found, _ = recognise(STANDARDISE, sets, returned)
    return "\n".join(mistakes_in_words(found)) or first_difference(returned, truth)


def batches_problem(function, sizes, rng):
    """Words for what is wrong with a function that deals columns out into batches; "" where nothing is."""
    m, batch_size = 20 * sizes.n_h + 3, 2 * sizes.n_x
    returned = call_quietly(function, m, batch_size, rng, names=("m", "batch_size", "rng"))
    batches = returned if isinstance(returned, list) else [None]
    if not all(isinstance(batch, (list, np.ndarray)) for batch in batches):
        return wrong_kind(returned, "a list of arrays with column numbers")
    again = call_quietly(function, m, batch_size, rng)
    if not all(np.asarray(batch).dtype.kind in "iu" for batch in returned):
        return "The batches should hold column numbers, whole numbers. What is in yours?"
    columns, second = (np.concatenate([[], *batches]).tolist() for batches in (returned, again))
    return _columns_problem(columns, m) or _lengths_problem(returned, batch_size) or _order_problem(columns, second)


def _columns_problem(columns, m):
    missing, twice = {*range(m)} - {*columns}, len(columns) - len({*columns})
    if beyond := {*columns} - {*range(m)}:
        found = f"the columns are 0 to {m - 1}; yours hold {number(max(beyond, key=abs), 6)} too"
        return f"With m = {m} {found}. Where does counting start?"
    if twice:
        found = f"{len({*columns})} of the columns come up, some more than once"
        return f"With m = {m}, {found}. Does shuffling repeat any?"
    if missing:
        found = f"columns that never come up: {len(missing)}"
        return f"With m = {m}, {found}. What happens to those left over at the end?"
    return ""


def _lengths_problem(batches, batch_size):
    lengths = [len(batch) for batch in batches]
    if 0 in lengths:
        return "One of the batches is empty. Where does the last one start?"
    if any(n != batch_size for n in lengths[:-1]) or lengths[-1] > batch_size:
        found = f"your batches have {listed(str(n) for n in sorted({*lengths}))} columns"
        return f"With batch_size = {batch_size} {found}. Which of them may be smaller?"
    return ""


def _order_problem(columns, second):
    if columns == sorted(columns):
        return "The columns come in their old order. What should happen to them before they are cut?"
    if columns == second:
        return "The order is the same every time. Where should chance come in, with rng?"
    return ""
