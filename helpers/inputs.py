"""Bad input is refused here: each require_… returns what it was given in the form that is computed with.

Where that cannot be done it raises ValueError, which says what was expected, what came and what to try.
"""

import math
import numbers
from functools import wraps
from inspect import signature

import numpy as np

from helpers.activations import ACTIVATIONS, OUTPUTS
from helpers.words import counted, quoted

ONE_HOT = "From numbers of classes: Y = (np.arange(k)[:, None] == numbers) * 1."
LIMIT = 1e100  # of all parameters as one vector: no product of larger ones is sure to be a number


def checked(come_in):
    """The decorator that puts a door before a formula: it checks what comes in, and that no NaN goes out.

    come_in is called with all arguments by name; what it returns by name replaces them. The formula without
    its door is the attribute .formula, for a caller that has checked already, such as the trainer.
    """

    def with_a_door(formula):
        form = signature(formula)
        defaults = {name: p.default for name, p in form.parameters.items() if p.default is not p.empty}
        places = [name for name, p in form.parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]

        @wraps(formula)
        def door(*values, **named):
            given = dict(zip(places, values, strict=False))
            arguments = defaults | given | named
            if (
                len(values) > len(places)
                or given.keys() & named
                or arguments.keys() != form.parameters.keys()
            ):
                raise TypeError(_called_otherwise(formula.__name__, form, values, named))
            arguments |= come_in(**arguments)
            result = formula(**arguments)
            results = arrays_in(result).values()
            if math.isnan(squares(results)):
                require_not_nan(results, arrays_in(arguments))
            return result

        door.formula = formula
        return door

    return with_a_door


def _called_otherwise(name, form, values, named):
    """Words for a call that does not fit the form of a function."""
    try:
        form.bind(*values, **named)
    except TypeError as error:
        return f"It is called as {name}{form}: {error}."


def arrays_in(value, name=""):
    """The arrays in a value by name, those inside its dicts and tuples too."""
    if isinstance(value, np.ndarray):
        return {name: value}
    inside = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    )
    return {key: array for place, part in inside for key, array in arrays_in(part, str(place)).items()}


# ---- what comes in at the doors of helpers.network, by name


def require_start(n_x, n_h, n_y, seed, scale):
    """The sizes of a network, n_h as a tuple, the seed and the scale of its first weights."""
    sizes = require_hidden_sizes(n_h)
    require_whole("n_x", n_x, 1)
    require_whole("n_y", n_y, 1)
    require_whole("seed", seed, 0)
    require_scale(scale)
    return {"n_h": sizes}


def require_forward(X, parameters, hidden_activation, output):
    """X (n0, m) and the parameters that fit it."""
    X = require_examples(X, parameters)
    require_activation(hidden_activation, len(parameters) // 2 - 1)
    require_output(output, len(parameters[f"W{len(parameters) // 2}"]))
    return {"X": X}


def require_cost(A2, Y):
    """A2 and Y as arrays (n2, m), A2 from 0 to 1 and Y of 0 and 1."""
    A2 = require_array("A2", A2)
    Y = require_labels(Y, A2.shape)
    if not (A2.min() >= 0 and A2.max() <= 1):
        found = f"it has entries from {A2.min():.4g} to {A2.max():.4g}"
        raise ValueError(f"A2 holds probabilities, from 0 to 1; {found}. Is it from forward_propagation?")
    return {"A2": A2, "Y": Y}


def require_softmax_cost(A2, Y):
    """A2 and Y as arrays (n2, m); each column of A2 sums to 1, each of Y has a single 1."""
    A2 = require_array("A2", A2)
    if A2.ndim == 2:
        require_output("softmax", len(A2))
    arrays = require_cost(A2, require_one_hot(require_labels(Y, A2.shape)))
    if not (abs(A2.sum(axis=0) - 1) < 1e-6).all():
        column = int(np.argmax(abs(A2.sum(axis=0) - 1)))
        found = f"column {column} sums to {A2[:, column].sum():.4g}"
        raise ValueError(f"Each column of A2 sums to 1 after a softmax; {found}. Try softmax(Z2).")
    return arrays


def require_backward(parameters, cache, X, Y, hidden_activation):
    """Parameters, cache and examples that fit each other."""
    X = require_examples(X, parameters)
    require_activation(hidden_activation, len(parameters) // 2 - 1)
    cache = require_cache(cache, parameters, X.shape[1])
    return {"cache": cache, "X": X, "Y": require_labels(Y, cache[f"A{len(parameters) // 2}"].shape)}


def require_update(parameters, grads, learning_rate):
    """Parameters, a gradient for each, and a learning rate above 0."""
    require_parameters(parameters)
    require_number("learning_rate", learning_rate, above=True)
    return {"grads": require_gradients(grads, parameters)}


# ---- numbers and settings


def require_whole(name, n, least):
    """n, a whole number, `least` or more."""
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < least:
        raise ValueError(f"{name} is a whole number from {least} up; it came as {n!r}. Try {least + 4}.")
    return n


def require_number(name, value, above=False):
    """value, one finite number: from 0 up, or above 0."""
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not (is_number and 0 <= value < np.inf and not (above and value == 0)):
        expected = "above 0" if above else "from 0 up"
        raise ValueError(f"{name} is a number {expected}; it came as {value!r}. Try 0.1.")
    return value


def require_known(name, value, known):
    """value, one of the known names."""
    if not (isinstance(value, str) and value in [*known]):
        raise ValueError(f"{name} is one of {quoted(known)}; it came as {value!r}.")
    return value


def require_true_or_false(name, value):
    """value, True or False."""
    if value not in (True, False):
        raise ValueError(f"{name} is True or False; it came as {value!r}.")
    return value


def require_scale(scale):
    """scale, a number from 0 up, "1/sqrt(n)", "sqrt(2/n)" or None."""
    if isinstance(scale, str) and scale not in ("1/sqrt(n)", "sqrt(2/n)"):
        names = "'1/sqrt(n)' or 'sqrt(2/n)'"
        raise ValueError(f"scale is a number from 0 up, {names}; it came as {scale!r}. Try 0.1.")
    if not (scale is None or isinstance(scale, str)):
        require_number("scale", scale)
    return scale


def require_hidden_sizes(n_h):
    """n_h as a tuple, the units of each hidden layer: whole numbers above 0."""
    sizes = tuple(n_h) if isinstance(n_h, (list, tuple)) and n_h else (n_h,)
    return tuple(require_whole("n_h", n, 1) for n in sizes)


def require_activation(hidden_activation, n_layers):
    """hidden_activation: a name, one for each of n_layers hidden layers, or a pair (g, g_prime)."""
    if isinstance(hidden_activation, tuple) and [*map(callable, hidden_activation)] == [True, True]:
        return hidden_activation
    several = isinstance(hidden_activation, (list, tuple))
    names = hidden_activation if several else [hidden_activation]
    if not (names and all(isinstance(name, str) and name in ACTIVATIONS for name in names)):
        known = f"{quoted(ACTIVATIONS)}, one of these for each hidden layer"
        pair = "or a pair of functions (g, g_prime)"
        raise ValueError(f"hidden_activation is {known}, {pair}; it came as {hidden_activation!r}.")
    if several and len(names) != n_layers:
        found = f"{counted(len(names), 'name')} came for {counted(n_layers, 'hidden layer')}"
        raise ValueError(f"hidden_activation has a name for each hidden layer; {found}.")
    return hidden_activation


def require_output(output, n_y):
    """output, "sigmoid" or "softmax", for so many outputs."""
    require_known("output", output, OUTPUTS)
    if output == "softmax" and n_y == 1:
        hint = 'For two classes use one output with "sigmoid", or two outputs and a Y of two rows'
        raise ValueError(f"softmax shares 1 among several outputs; there is one, which is always 1. {hint}.")
    return output


def require_settings(trainer, optimisers):
    """A Trainer whose settings can be trained with."""
    for name, least in {"epochs": 0, "patience": 1, "seed": 0, "batch_size": 1}.items():
        if name != "batch_size" or trainer.batch_size is not None:
            require_whole(name, getattr(trainer, name), least)
    require_number("learning_rate", trainer.learning_rate, above=True)
    for name in ("tolerance", "gradient_tolerance", "l1", "l2"):
        require_number(name, getattr(trainer, name))
    require_scale(trainer.scale)
    require_activation(trainer.hidden_activation, len(require_hidden_sizes(trainer.n_h)))
    for name in ("early_stopping", "test_gradients"):
        require_true_or_false(name, getattr(trainer, name))
    require_known("optimiser", trainer.optimiser, optimisers)
    require_known("output", trainer.output, OUTPUTS)
    return trainer


# ---- arrays


def require_array(name, value):
    """The value as an array made of numbers."""
    if isinstance(value, tuple) and any(isinstance(part, dict) for part in value):
        hint = "forward_propagation returns two things: A2, cache = …"
        raise ValueError(f"{name} is an array; it came as a tuple with a dict in it. {hint}")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths; each needs as many numbers.") from None
    if array.dtype.kind not in "fiub":
        hint = f"Try {name}.astype(float)."
        raise ValueError(f"{name} holds numbers; it came with entries of type {array.dtype}. {hint}")
    return array


def require_table(name, value):
    """The value as an array of finite numbers with rows and columns, at least one of each."""
    array = require_array(name, value)
    if array.ndim != 2:
        hint = f"it needs rows and columns. Try {name}.reshape(1, -1)"
        raise ValueError(f"{name} has shape {array.shape}; {hint}")
    if array.size == 0:
        hint = "it is empty. Give at least one row and one column."
        raise ValueError(f"{name} has shape {array.shape}: {hint}")
    if not np.isfinite(array).all():
        row, column = (int(i) for i in np.argwhere(~np.isfinite(array))[0])
        found = f"{array[row, column]} at row {row}, column {column}"
        raise ValueError(f"{name} has {found}. Remove or fill in missing values.")
    return array


def require_zeros_and_ones(Y):
    """Y, an array whose entries are 0 and 1."""
    if not ((Y == 0) | (Y == 1)).all():
        wrong = np.unique(Y[(Y != 0) & (Y != 1)])
        found = ", ".join([f"{value:g}" for value in wrong[:4]] + ["…"] * (wrong.size > 4))
        exchanged = np.all((Y > 0) & (Y < 1))
        hint = "Recode them: Y = (Y == the class of interest) * 1"
        hint = "Are these predictions? A2 comes first, then Y." if exchanged else hint
        raise ValueError(f"Y holds labels, each 0 or 1; it has {found}. {hint}")
    return Y


def require_one_hot(Y):
    """Y (n2, m), an array of 0 and 1 with a single 1 in each column."""
    if not (Y.sum(axis=0) == 1).all():
        column = int(np.argmax(Y.sum(axis=0) != 1))
        found = f"column {column} has {int(Y[:, column].sum())} of them"
        raise ValueError(f"Each column of Y holds a single 1, in the row of its class; {found}. {ONE_HOT}")
    return Y


def require_parameters(parameters):
    """parameters: W1, b1, W2, b2, up to bL, arrays whose shapes fit each other."""
    _require_dict("parameters", parameters, "W1, b1, W2 and b2")
    names = parameter_names(max(2, (len(parameters) + 1) // 2))
    missing = [name for name in names if name not in parameters]
    if missing:
        has = f"it has {quoted(parameters)}, not {quoted(missing)}"
        raise ValueError(f"parameters needs {', '.join(names)} alone; {has}. Try initialize_parameters.")
    for name in names:
        array = parameters[name]
        if not isinstance(array, np.ndarray):
            raise ValueError(f"{name} is an array; it came as {type(array).__name__}. Try np.array({name}).")
        if array.ndim != 2 or array.size == 0 or array.dtype.kind not in "fiu":
            came = f"it came with shape {array.shape}, type {array.dtype}"
            hint = "See initialize_parameters."
            raise ValueError(f"{name} is an array of numbers, rows and columns; {came}. {hint}")
    _require_layers_that_fit(parameters, names)
    return parameters


def _require_layers_that_fit(parameters, names):
    n_in = parameters["W1"].shape[1]
    for W, b in zip(names[::2], names[1::2], strict=True):
        n = len(parameters[W])
        for name, expected in {W: (n, n_in), b: (n, 1)}.items():
            if parameters[name].shape != expected:
                weights = " and ".join(f"{name} {parameters[name].shape}" for name in names[::2])
                raise ValueError(
                    f"{name} has shape {parameters[name].shape}; with {weights} it should be {expected}. "
                    "W1 is (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1): is one transposed?"
                )
        n_in = n


def require_fitting(parameters, X, Y):
    """parameters of a size below the limit, which fit X (n0, m) and Y (n2, m)."""
    require_examples(X, parameters)
    require_labels(Y, (len(list(parameters.values())[-1]), X.shape[1]))
    if not math.sqrt(squares(parameters.values())) < LIMIT:
        raise ValueError("initialize gave NaN, infinity or numbers beyond 1e100. Try smaller ones.")
    return parameters


def parameter_names(L):
    """W1, b1, W2, b2, up to WL, bL."""
    return [f"{kind}{layer}" for layer in range(1, L + 1) for kind in "Wb"]


def require_examples(X, parameters):
    """X as an array (n0, m) with one column for each example, which fits W1."""
    require_parameters(parameters)
    n0 = parameters["W1"].shape[1]
    X = require_array("X", X)
    if X.ndim != 2 or X.shape[0] != n0:
        transposed = X.ndim == 2 and X.shape[1] == n0
        hint = "did you mean X.T?" if transposed else "is W1 (n1, n0) from the same data?"
        raise ValueError(f"X has shape {X.shape}; examples are columns, and W1 expects {n0} rows: {hint}")
    if X.shape[1] == 0:
        raise ValueError(f"X has shape {X.shape}: there is no example in it. Give at least one column.")
    require_not_nan([X], {"X": X})
    return X


def require_labels(Y, shape):
    """Y as an array of the given shape (n2, m) with entries 0 and 1."""
    Y = require_array("Y", Y)
    if len(shape) != 2:
        raise ValueError(f"A2 has shape {shape}; it needs rows and columns, (n2, m). Try A2.reshape(1, -1)")
    if Y.shape != shape:
        hint = "did you mean Y.T?" if Y.shape == shape[::-1] else f"did you mean Y.reshape{shape}?"
        hint = hint if Y.size == shape[0] * shape[1] else "are X and Y of the same examples?"
        raise ValueError(f"Y has shape {Y.shape}, A2 has {shape}; one column for each example: {hint}")
    if Y.size == 0:
        raise ValueError(f"Y has shape {Y.shape}: there is no example in it. Give at least one column.")
    return require_zeros_and_ones(Y)


def require_cache(cache, parameters, m):
    """The Z and A that the way back needs, as arrays with m columns."""
    _require_dict("cache", cache, "Z1, A1 and A2 from forward_propagation")
    L, arrays = len(parameters) // 2, {}
    for name in [f"{kind}{layer}" for layer in range(1, L) for kind in "ZA"] + [f"A{L}"]:
        if name not in cache:
            raise ValueError(f"cache has {quoted(cache)}, but no '{name}': is it from forward_propagation?")
        arrays[name] = require_array(name, cache[name])
        expected = len(parameters["W" + name[1:]]), m
        if arrays[name].shape != expected:
            came = f"{name} in the cache has shape {arrays[name].shape}; expected {expected}"
            raise ValueError(f"{came}: is it from forward_propagation on this X?")
    return arrays


def require_gradients(grads, parameters):
    """The gradient of each parameter as an array of its shape, without NaN."""
    _require_dict("grads", grads, "dW1, db1, dW2 and db2")
    arrays = {}
    for name, parameter in parameters.items():
        if "d" + name not in grads:
            raise ValueError(f"grads has {quoted(grads)}, but no 'd{name}': does the function return it?")
        gradient = arrays["d" + name] = require_array("d" + name, grads["d" + name])
        if gradient.shape != parameter.shape:
            raise ValueError(
                f"d{name} has shape {gradient.shape} and {name} {parameter.shape}: "
                "a gradient has the shape of its parameter. Is a keepdims=True or a transpose missing?"
            )
    require_not_nan(arrays.values(), arrays)
    return arrays


def require_not_nan(results, sources):
    """The results; where NaN is among them, the first of the sources, {"X": X, …}, that has it is named."""
    if not math.isnan(squares(results)):
        return results
    for name, array in sources.items():
        if np.isnan(array).any():
            row, column = (int(i) for i in np.argwhere(np.isnan(array))[0])
            where = f"{name} has NaN at row {row}, column {column}"
            raise ValueError(f"{where}, so nothing can be computed. Remove or fill in missing values.")
    raise ValueError("Numbers so large that NaN comes out. Standardise X, or use a smaller learning_rate.")


def squares(arrays):
    """The sum of the squares of all entries; NaN where one of them is NaN, and only then."""
    return sum(map(np.vdot, arrays, arrays))


def _require_dict(name, value, entries):
    if not isinstance(value, dict):
        raise ValueError(f"{name} is a dict with {entries}; it came as {type(value).__name__}.")


# ---- data


def require_data(X, Y):
    """X (n0, m) and Y (n2, m) as arrays of finite numbers, Y of 0 and 1."""
    X, Y = require_table("X", X), require_table("Y", Y)
    if Y.shape[1] != X.shape[1]:
        hint = "did you mean X.T?" if Y.shape[1] == X.shape[0] else "are they of the same examples?"
        hint = "did you mean Y.T?" if Y.shape[0] == X.shape[1] else hint
        hint = "did you mean X.T and Y.T?" if Y.shape[0] == X.shape[0] else hint
        raise ValueError(f"X has shape {X.shape} and Y {Y.shape}; one column for each example: {hint}")
    return X, require_zeros_and_ones(Y)


def require_sets(X, Y, X_test, Y_test, early_stopping, output="sigmoid"):
    """{"test_": (X_test, Y_test), "": (X, Y)}, without the first where none is given; Y fits the output."""
    data = {"": require_data(X, Y)}
    if (X_test is None) != (Y_test is None):
        raise ValueError("A test set needs both X_test and Y_test; one of them is missing.")
    if X_test is not None:
        data = {"test_": require_data(X_test, Y_test), **data}
        (X_test, Y_test), (X, Y) = data.values()
        if (len(X_test), len(Y_test)) != (len(X), len(Y)):
            raise ValueError(
                f"X_test has shape {X_test.shape}, Y_test {Y_test.shape}; "
                f"in training X {X.shape}, Y {Y.shape}: both need the same rows; examples are columns: "
                "is one of them transposed?"
            )
    elif early_stopping:
        raise ValueError("early_stopping watches a test set: give X_test and Y_test, see datasets.split.")
    for _, Y in data.values():
        if require_output(output, len(Y)) == "softmax":
            require_one_hot(Y)
    return data


def require_same_rows(X_train, X_test):
    """Both sets as arrays of floats with as many rows."""
    X_train = require_table("X_train", X_train).astype(float)
    X_test = require_table("X_test", X_test).astype(float)
    if X_test.shape[0] != X_train.shape[0]:
        n0, rows = X_train.shape[0], X_test.shape[0]
        hint = "did you mean X_test.T?" if X_test.shape[1] == n0 else "are both of the same data?"
        raise ValueError(f"X_train has {n0} rows and X_test {rows}; examples are columns: {hint}")
    return X_train, X_test


def require_share(m, test_share):
    """test_share, above 0 and below 1, of m examples, at least two."""
    if not (isinstance(test_share, numbers.Real) and 0 < test_share < 1):
        raise ValueError(f"test_share is between 0 and 1, for example 0.25; it came as {test_share!r}.")
    if m < 2:
        raise ValueError(f"Only {m} example came; splitting needs at least 2.")
    return test_share


# ---- what is plotted


def require_plane_data(X, Y, several=False):
    """X (2, m) as floats and the labels of Y (1, m), or of Y (3, m) if several, as whole numbers."""
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    if X.ndim != 2 or len(X) != 2:
        hint = "A plot shows two features: choose two rows."
        if X.ndim == 2 and X.shape[1] == 2:
            hint = "Examples are columns: did you mean X.T?"
        raise ValueError(f"X has shape {X.shape}; expected (2, m). {hint}")
    if several and Y.shape == (3, X.shape[1]) and X.shape[1] > 0:
        return X, require_one_hot(require_zeros_and_ones(Y)).argmax(axis=0)
    if Y.shape != (1, X.shape[1]) or X.shape[1] == 0:
        expected = "expected Y (1, m), X (2, m) with one m, at least 1"
        raise ValueError(f"Y has shape {Y.shape} and X {X.shape}; {expected}.")
    require_zeros_and_ones(Y)
    if not np.isfinite(X).all():
        raise ValueError("X holds NaN or infinity; expected finite numbers. Remove those examples first.")
    return X, Y[0].astype(int)


def require_images(columns, shape, titles):
    """columns (pixels, k) as floats, shape = (height, width) with so many pixels, and k titles as texts."""
    columns = np.asarray(columns, dtype=float)
    pixels = shape[0] * shape[1]
    if columns.ndim != 2 or columns.shape[0] != pixels or columns.shape[1] == 0:
        expected = f"expected ({pixels}, k), one picture of {shape} a column. Did you mean columns.T?"
        raise ValueError(f"columns has shape {columns.shape}; {expected}")
    if not np.isfinite(columns).all():
        raise ValueError("columns holds NaN or infinity; expected finite numbers.")
    titles = [""] * columns.shape[1] if titles is None else [str(title) for title in titles]
    if len(titles) != columns.shape[1]:
        raise ValueError(f"{len(titles)} titles came for {columns.shape[1]} pictures; give one for each.")
    return columns, titles


def require_numbers(values, what):
    """values as an array with one side, and at least one finite number in it."""
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or x.size == 0 or not np.isfinite(x).any():
        raise ValueError(f"{what} has shape {x.shape}; expected a list of at least one finite number.")
    return x


def require_chances(chance, points):
    """chance, one number from 0 to 1 for each of the points (2, k), as an array with one side."""
    k = points.shape[1]
    if chance.shape not in ((1, k), (k,)) or not ((chance >= 0) & (chance <= 1)).all():
        came = f"The function returned shape {chance.shape} for points {points.shape}"
        raise ValueError(f"{came}; expected (1, {k}) numbers from 0 to 1.")
    return chance.ravel()


def require_ten_answers(answers):
    """What a network says of one digit, as an array (10, 1) of numbers from 0 to 1."""
    answers = np.asarray(answers, dtype=float)
    if answers.shape != (10, 1) or not ((answers >= 0) & (answers <= 1)).all():
        came = f"For one digit, (64, 1), the network returned shape {answers.shape}"
        raise ValueError(f"{came}; expected (10, 1) numbers from 0 to 1. Give a trainer's probability.")
    return answers
