"""The data: X (n0, m), a column for each example; Y (1, m) of 0 and 1, or (k, m) one-hot for k classes."""

import csv
import io
import re
from pathlib import Path

import numpy as np

from helpers.inputs import require_data, require_number, require_same_rows, require_share, require_whole

DATA = Path(__file__).parent / "data"
DECIMAL_COMMA = re.compile(r"^(\s*[-+]?\d*),(\d+\s*)$")
NO_CSV = {  # suffixes: what such a file is, and what to do
    (".xlsx", ".xls", ".ods", ".numbers"): "a spreadsheet. Export it as CSV, UTF-8",
    (".gz", ".zip", ".bz2", ".xz", ".7z"): "packed. Unpack it",
}


def flower(n_points=400, noise=0.2, seed=13):
    """Two classes of petals, r = 4 sin 4θ with noise in both r and θ: X (2, n_points), Y (1, n_points).

    The first half of the turn is class 0, the second half class 1. After A. Ng, deeplearning.ai course 1,
    week 3.
    """
    rng, n = _start(n_points, noise, seed)
    petals = []
    for k in (0, 1):
        theta = np.linspace(k * np.pi, (k + 1) * np.pi, n[k]) + noise * rng.standard_normal(n[k])
        r = 4 * np.sin(4 * theta) + noise * rng.standard_normal(n[k])
        petals.append(np.array([r * np.sin(theta), r * np.cos(theta)]))
    return _two_classes(petals)


def moons(n_points=400, noise=0.2, seed=1):
    """Two half moons that reach into each other: X (2, n_points), Y (1, n_points)."""
    rng, n = _start(n_points, noise, seed)
    t0, t1 = np.linspace(0, np.pi, n[0]), np.linspace(0, np.pi, n[1])
    upper = np.array([np.cos(t0) - 0.5, np.sin(t0) - 0.25])
    lower = np.array([0.5 - np.cos(t1), 0.25 - np.sin(t1)])
    return _two_classes([x + noise * rng.standard_normal(x.shape) for x in (upper, lower)])


def circles(n_points=400, noise=0.2, seed=1):
    """A ring of radius 2 around one of radius 1, which is class 1: X (2, n_points), Y (1, n_points)."""
    rng, n = _start(n_points, noise, seed)
    rings = []
    for k, radius in enumerate((2, 1)):
        t = np.linspace(0, 2 * np.pi, n[k], endpoint=False)
        rings.append(radius * np.array([np.cos(t), np.sin(t)]) + noise * rng.standard_normal((2, n[k])))
    return _two_classes(rings)


def xor(n_points=400, noise=0.2, seed=1):
    """Four squares; class 1 where x1 and x2 differ in sign: X (2, n_points), Y (1, n_points)."""
    rng, n = _start(n_points, noise, seed)
    squares = []
    for k in (0, 1):
        x1 = rng.uniform(0, 2, n[k]) * np.where(np.arange(n[k]) % 2, 1, -1)
        x2 = rng.uniform(0, 2, n[k]) * np.sign(x1) * (1, -1)[k]
        squares.append(np.array([x1, x2]) + noise * rng.standard_normal((2, n[k])))
    return _two_classes(squares)


def blobs(n_points=400, noise=0.2, seed=1):
    """Two round clouds, apart by a straight line while noise is small: X (2, n_points), Y (1, n_points)."""
    rng, n = _start(n_points, noise, seed)
    return _two_classes([2 * k - 1 + 3 * noise * rng.standard_normal((2, n[k])) for k in (0, 1)])


def spirals(n_points=400, noise=0.2, seed=1):
    """Two spiral arms around each other, the hardest of the six: X (2, n_points), Y (1, n_points)."""
    rng, n = _start(n_points, noise, seed)
    arms = []
    for k in (0, 1):
        t = np.linspace(0.5, 3 * np.pi, n[k])
        arm = t / 3 * np.array([np.cos(t + k * np.pi), np.sin(t + k * np.pi)])
        arms.append(arm + 0.5 * noise * rng.standard_normal((2, n[k])))
    return _two_classes(arms)


def arms(n_points=300, noise=0.2, seed=1):
    """Three bent arms around one middle, three classes: X (2, n_points), Y (3, n_points) is one-hot."""
    require_whole("n_points", n_points, 3)
    require_whole("seed", seed, 0)
    require_number("noise", noise)
    rng, position = np.random.default_rng(seed), np.arange(n_points) % 3
    r = np.linspace(0.3, 3, n_points)
    theta = 2 * np.pi * position / 3 + 0.6 * r + noise * rng.standard_normal(n_points)
    return np.array([r * np.sin(theta), r * np.cos(theta)]), _one_hot(position, 3)


def breast_cancer():
    """Real data: 30 measurements of each of 569 tumours, X (30, 569); Y (1, 569) is 1 for malignant.

    Source and licence: helpers/data/README.md.
    """
    table = np.loadtxt(DATA / "breast_cancer.csv", delimiter=",", skiprows=1).T
    return table[:-1], table[-1:].astype(int)


def digits():
    """Real data: 1,797 handwritten digits of 8 × 8 pixels from 0 to 1, X (64, 1797); Y (10, 1797) is one-hot.

    Source and licence: helpers/data/README.md.
    """
    table = np.loadtxt(DATA / "digits.csv", delimiter=",", skiprows=1, dtype=int).T
    return table[:-1] / 16, _one_hot(table[-1], 10)


def from_csv(path, label=None):
    """Your own data from a CSV file: X (n0, m), Y, and the names of the classes.

    Each line is one example. label: name or number (from 0) of the column with the class; the last one unless
    told otherwise. Every other column holds numbers. A first line with names is recognised. With two classes
    Y is (1, m) and 1 means classes[1]; with k classes Y is one-hot (k, m). ValueError says which line and
    column is wrong.
    """
    _require_csv(str(path))
    path = Path(path)
    header, rows = _read_rows(path)
    column = _label_column(label, header, len(rows[0][1]), path)
    names = [f"column {k}" if header is None else repr(header[k]) for k in range(len(rows[0][1]))]
    others = [k for k in range(len(names)) if k != column]
    X = np.array([[_cell(row[k], names[k], line, path) for line, row in rows] for k in others])
    if X.size == 0:
        raise ValueError(f"{path} has one column only; it needs a column of numbers beside the class.")
    classes, position = _classes([row[column].strip() for _, row in rows], names[column], path)
    Y = position[None, :] if len(classes) == 2 else _one_hot(position, len(classes))
    return X, Y, classes


def column_names(path):
    """The names of the columns of a CSV file, from its first line, or "column 0", "column 1", …"""
    header, rows = _read_rows(Path(path))
    return [name or f"column {k}" for k, name in enumerate(header or [""] * len(rows[0][1]))]


def split(X, Y, test_share=0.25, seed=1):
    """Put a random share of the examples aside: X_train, Y_train, X_test, Y_test.

    X (n0, m), Y (n2, m). test_share: above 0 and below 1; each part gets at least one example. ValueError
    otherwise.
    """
    X, Y = require_data(X, Y)
    m = X.shape[1]
    require_whole("seed", seed, 0)
    require_share(m, test_share)
    order = np.random.default_rng(seed).permutation(m)
    n_test = min(max(round(test_share * m), 1), m - 1)
    test, train = order[:n_test], order[n_test:]
    return X[:, train], Y[:, train], X[:, test], Y[:, test]


def standardise(X_train, X_test):
    """Both sets minus the training set's mean, over its standard deviation, row by row: X_train, X_test.

    X_train (n0, m), X_test (n0, m_test). The test set is not looked at, so that it stays unseen. A row that
    is constant in the training set is only shifted.
    """
    X_train, X_test = require_same_rows(X_train, X_test)
    mean, deviation = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    deviation = np.where(np.ptp(X_train, axis=1, keepdims=True) > 0, deviation, 1)
    return (X_train - mean) / deviation, (X_test - mean) / deviation


def _start(n_points, noise, seed):
    require_whole("n_points", n_points, 2)
    require_whole("seed", seed, 0)
    require_number("noise", noise)
    return np.random.default_rng(seed), (n_points // 2, n_points - n_points // 2)


def _two_classes(parts):
    X = np.hstack(parts)
    Y = np.repeat([[0, 1]], [part.shape[1] for part in parts], axis=1)
    return X, Y


def _one_hot(position, k):
    return (np.arange(k)[:, None] == position).astype(int)


def _require_csv(path):
    if re.match(r"(https?|ftp):/", path):
        raise ValueError(f"{path} is an address. Save the file beside this notebook, and give its name.")
    for suffixes, words in NO_CSV.items():
        if Path(path).suffix.lower() in suffixes:
            raise ValueError(f"{path} is {words}, and give the name of that file.")


def _with_points(rows):
    """The rows of a file whose separator is a semicolon, with points where its decimal commas were."""
    cells = [cell.strip() for _, row in rows for cell in row]
    if any("." in cell and _is_number(cell) for cell in cells):  # then a comma may be anything
        return rows
    return [(line, [DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in row]) for line, row in rows]


def _read_rows(path):
    """The header, or None, and the rows of a CSV file, each with its line number."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        hint = f"Is it in the folder of this notebook, {Path.cwd().name}?"
        raise ValueError(f"There is no file {path}. {hint}") from None
    except (UnicodeDecodeError, OSError) as error:
        raise ValueError(f"{path} cannot be read as text ({error}). Save it as CSV, UTF-8.") from None
    start = re.sub('"[^"]*"', "", text).strip().partition("\n")[0]
    delimiter = ";" if ";" in start else "\t" if "\t" in start else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ValueError(f"{path}, line {reader.line_num}, is not CSV: {error}.") from None
    rows, header = _with_points(rows) if delimiter == ";" else rows, None
    if rows and not any(_is_number(cell) for cell in rows[0][1]):
        header = [cell.strip() for cell in rows.pop(0)[1]]
    if not rows:
        raise ValueError(
            f"{path} has no examples: it needs one line for each, with or without a line of names."
        )
    width = len(header or rows[0][1])
    for line, row in rows:
        if len(row) != width:
            found = f"{len(row)} entries where {width} are expected"
            raise ValueError(f"{path}, line {line}, has {found}. Fill the gap, or quote text with commas.")
    return header, rows


def _label_column(label, header, width, path):
    if label is None:
        return width - 1
    if header and label in header:
        return header.index(label)
    if isinstance(label, (int, np.integer)) and -width <= label < width:
        return label % width
    known = ", ".join(header) if header else f"numbers from 0 to {width - 1}"
    raise ValueError(f"{path} has no column {label!r} for the class. Its columns: {known}.")


def _classes(labels, name, path):
    """The sorted names of the classes and, for each example, the position of its own among them."""
    if "" in labels:
        raise ValueError(f"{path} has an example without a class in {name}. Fill it in or remove the line.")
    text = [c for c in labels if not _is_number(c)]
    if not text:
        labels = [f"{float(c):.15g}" for c in labels]  # so that 1 and 1.0 are one class
    elif len(text) < len(labels):
        hint = "Is it a gap, or a name above a column? Column names must not be numbers."
        raise ValueError(f"{path} has {text[0]!r} among the numbers in {name}, the class. {hint}")
    found = set(labels)
    if len(found) == 1:
        raise ValueError(f"{path} has one class only, {labels[0]!r} in {name}. Two or more are needed.")
    if len(found) > 20:
        hint = "Is it a measurement? Say which column holds the class: label='…'."
        raise ValueError(f"{path} has {len(found)} different classes in {name}. {hint}")
    classes = sorted(found, key=str if text else float)
    return classes, np.array([classes.index(c) for c in labels])


def _cell(text, name, line, path):
    if not _is_number(text):
        with_point = text.strip().replace(",", ".")
        hint = "Is it the class? Say label='…'."
        hint = f"A decimal comma? Write {with_point}." if _is_number(with_point) else hint
        hint = "Fill it in or remove the line." if not text.strip() else hint
        raise ValueError(f"{path}, line {line}, {name}: {text!r} is not a number. {hint}")
    return float(text)


def _is_number(text):
    try:
        return bool(np.isfinite(float(text))) and "_" not in text  # float takes 1_000 for 1000
    except ValueError:
        return False
