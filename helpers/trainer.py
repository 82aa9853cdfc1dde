"""Training: repeat forward, cost, backward, update until a stated stop, and keep what was learned."""

import json
import math
import os
import signal
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import network
from helpers.datasets import check_data

FORMAT = "backprop-by-hand trainer 2"
SETTINGS = (
    "n_h", "learning_rate", "epochs", "batch_size", "seed", "scale", "hidden_activation", "optimiser",
    "l1", "l2", "tolerance", "gradient_tolerance", "patience", "early_stopping",
)  # fmt: skip


def plain(grads, memory):
    """Gradient descent: the step goes along the gradient, and nothing is remembered."""
    return grads, memory


def momentum(grads, memory):
    """V ← 0.9 V + dW, and the step goes along V (Polyak, 1964). memory holds V, {} at the start."""
    V = {name: 0.9 * memory.get(name, 0) + gradient for name, gradient in grads.items()}
    return V, V


def adam(grads, memory):
    """M ← 0.9 M + 0.1 dW, S ← 0.999 S + 0.001 dW²; the step goes along M' / (√S' + 1e-8).

    M' = M / (1 − 0.9ᵗ) and S' = S / (1 − 0.999ᵗ) make up for the start at 0, t counts the steps (Kingma & Ba,
    2015). memory holds t, M and S, {} at the start.
    """
    t = memory.get("t", np.array(0)) + 1
    direction, kept = {}, {"t": t}
    for name, gradient in grads.items():
        M = 0.9 * memory.get("M " + name, 0) + 0.1 * gradient
        S = 0.999 * memory.get("S " + name, 0) + 0.001 * gradient**2
        direction[name] = M / (1 - 0.9**t) / (np.sqrt(S / (1 - 0.999**t)) + 1e-8)
        kept |= {"M " + name: M, "S " + name: S}
    return direction, kept


OPTIMISERS = {"gradient descent": plain, "momentum": momentum, "adam": adam}


@dataclass
class History:
    """What training saw: entry k of each list is after k epochs, entry 0 before the first.

    gradient_size: the length of all gradients as one vector, over all examples.  Penalties are in what is
    said of training, not in what is said of the test set.  The test lists stay empty without one; where it
    came later, the epochs before it hold NaN.
    """

    cost: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    gradient_size: list = field(default_factory=list)
    test_cost: list = field(default_factory=list)
    test_accuracy: list = field(default_factory=list)
    test_gradient_size: list = field(default_factory=list)

    def __repr__(self):
        if not self.cost:
            return "History of no epoch yet"
        right = f"{self.accuracy[-1]:.0%} right"
        return (
            f"History of {len(self.cost) - 1} epochs: cost {self.cost[0]:.3g} → {self.cost[-1]:.3g}, {right}"
        )


class State(NamedTuple):
    """Where training stands: epochs done, batches done in this one, parameters, the optimiser's memory."""

    epoch: int
    batch: int
    parameters: dict
    memory: dict


@dataclass
class Trainer:
    """Trains a network with n_h hidden units, or with several layers of them: n_h = (16, 8).

    epochs: how many one call of train() does at the most; the next call goes on from there.
    batch_size: examples a step; None means all of them (full batch).  seed, scale: of the initial weights;
    seed also shuffles the mini-batches.  optimiser: "gradient descent", "momentum" or "adam".
    l1, l2: add l1 Σ|W| + l2/2 ΣW² to the cost, over all weights, not over the biases.
    Converged: the cost stayed within `tolerance` (a share of itself) for `patience` epochs, or the gradient
    is smaller than gradient_tolerance. Diverged: the cost is not finite, or above its start with no new low
    for `patience` epochs; the parameters of the lowest cost come back.  early_stopping: end when the cost of
    the test set has no new low for `patience` epochs, and bring back its lowest (a set that chooses is no
    longer unseen: measure on a third).  initialize, forward, cost, backward, update: your own functions with
    the signatures of helpers.network; where none is given, that module's is used.
    """

    n_h: int | tuple = 4
    learning_rate: float = 1.2
    epochs: int = 1000
    batch_size: int | None = None
    seed: int = 1
    scale: float | str | None = None
    hidden_activation: str | tuple = "tanh"
    tolerance: float = 1e-6
    patience: int = 100
    initialize: Callable | None = None
    forward: Callable | None = None
    cost: Callable | None = None
    backward: Callable | None = None
    update: Callable | None = None
    optimiser: str = "gradient descent"
    l1: float = 0.0
    l2: float = 0.0
    gradient_tolerance: float = 0.0
    early_stopping: bool = False
    history: History = field(default_factory=History, init=False)
    outcome: str = field(default="not trained yet", init=False)
    state: State | None = field(default=None, init=False, repr=False)
    lowest: State | None = field(default=None, init=False, repr=False)

    @property
    def parameters(self):
        """The parameters as they stand, {"W1", "b1", "W2", "b2"}; None before the first training."""
        return self.state.parameters if self.state else None

    def train(self, X, Y, X_test=None, Y_test=None, *, progress=True, callbacks=()):
        """Train on X (n0, m), Y (n2, m), and return the History; self.outcome says why it stopped.

        X_test (n0, m_test), Y_test (n2, m_test) are only watched, never learned from. An interrupt (Ctrl-C,
        the stop button) ends it with all whole steps kept; calling train again goes on. callbacks: functions
        that are called with the trainer after each epoch; one that returns True ends the training.
        ValueError for data that does not fit.
        """
        with _progress_bar(self.epochs, progress) as advance:
            return self._train((X, Y, X_test, Y_test), callbacks=[advance, *callbacks])

    def step(self, X, Y, X_test=None, Y_test=None):
        """One update, with one mini-batch or with all examples, from where training stands; the History.

        The data as for train(), which goes on from there to the same result as without it. An epoch that
        becomes whole enters the history.
        """
        return self._train((X, Y, X_test, Y_test), updates=1)

    def _train(self, data, updates=None, callbacks=()):
        """What train() and step() share; updates: how many of them, None for all of self.epochs."""
        _check_settings(self)
        data = _check_data(*data, self.early_stopping)
        self._start(data)
        self.outcome = "not finished; train() goes on"
        try:
            with (
                np.errstate(over="ignore", invalid="ignore", divide="ignore"),
                _interrupt_at_a_whole_step() as asked,
            ):
                self._run(data, updates, asked, callbacks)
        except KeyboardInterrupt:
            self.outcome = (
                f"interrupted in epoch {self.state.epoch}: all whole steps are kept; train() goes on"
            )
            _cut(self.history, len(self.history.gradient_size))
        except ValueError:
            if _sound(self.parameters):
                raise
            self._diverged("the numbers are too large to compute with")
        return self.history

    def probability(self, X):
        """The output A2 (n2, m) for the examples X (n0, m). ValueError before the first training."""
        if self.state is None:
            raise ValueError("There are no parameters yet: call train(X, Y) first.")
        _, forward, *_ = _functions(self, check=True)
        return forward(network.check_examples(X, self.parameters), self.parameters)[0]

    def predict(self, X):
        """The labels (n2, m), 0 or 1, for the examples X (n0, m). ValueError before the first training."""
        return network.labels(self.probability(X))

    def save(self, path):
        """Write settings, parameters and history to one file; an older one stays whole until the new one is.

        Your own functions are not in it: give them again after load(path). ValueError before the first
        training.
        """
        if self.state is None:
            raise ValueError("There is nothing to save yet: call train(X, Y) first.")
        if not isinstance(self.hidden_activation, str):
            raise ValueError("Only a hidden_activation given by name can be saved, for example 'tanh'.")
        about = {"format": FORMAT, "outcome": self.outcome, "history": asdict(self.history)}
        about |= {"epoch": self.state.epoch, "batch": self.state.batch, "lowest_epoch": self.lowest.epoch}
        about |= {"settings": {name: getattr(self, name) for name in SETTINGS}}
        text = json.dumps(about, default=lambda number: number.item())  # a NumPy number as a plain one
        arrays = _arrays("", self.state) | _arrays("lowest_", self.lowest)
        _write_whole(Path(path), {**arrays, "about": np.array(text)})

    def _start(self, data):
        """The first parameters, or those where training stands; the history ends there."""
        X, Y = data[""]

        def fitting(parameters, *sizes):
            network.check_examples(X, parameters)
            network.check_labels(Y, (len(list(parameters.values())[-1]), X.shape[1]))
            if not _sound(parameters):
                raise ValueError("initialize gave NaN, infinity or numbers beyond 1e100. Try smaller ones.")
            return parameters

        if self.state:
            fitting(self.state.parameters)
        else:
            initialize = _functions(self)[0]
            if self.initialize:
                initialize = _own("initialize", initialize, fitting)
            self.state = State(0, 0, initialize(len(X), self.n_h, len(Y)), {})
        self.lowest = self.lowest or self.state
        _cut(self.history, self.state.epoch + 1)
        for name, values in vars(self.history).items():
            if name.startswith("test_") and "test_" in data:
                values += [math.nan] * (len(self.history.cost) - len(values))

    def _run(self, data, updates, asked, callbacks):
        last, functions = math.inf if updates else self.state.epoch + self.epochs, _functions(self)
        grads, cache = self._record(data, functions)
        goes_on = updates or not self._stopped(last, data[""], functions)
        while goes_on:
            self._epoch(data[""], functions, grads, asked, updates)
            grads, cache = self._record(data, functions)  # the last cache lives until here: memory is reused
            for callback in callbacks:
                last = self.state.epoch if callback(self) is True else last
            goes_on = not (self._stopped(last, data[""], functions) or updates)

    def _epoch(self, data, functions, grads, asked, updates):
        """One pass over all examples, or some updates of it; each ends in one assignment. grads: of all."""
        (X, Y), (_, forward, _, backward, update) = data, functions
        epoch, first, parameters, memory = self.state
        parts = batches(X.shape[1], self.batch_size, self.seed, epoch)
        first = min(first, len(parts) - 1)  # the data may be others than before, and fewer
        for done, columns in enumerate(parts[first:][:updates], start=first + 1):
            if asked:
                raise KeyboardInterrupt
            if columns is not EVERY or grads is None:
                X_batch, Y_batch = X[:, columns], Y[:, columns]
                _, cache = forward(X_batch, parameters)
                grads = self._penalised(backward(parameters, cache, X_batch, Y_batch), parameters)
            direction, memory = OPTIMISERS[self.optimiser](grads, memory)
            parameters = update(parameters, direction, self.learning_rate)
            where = (epoch, done) if done < len(parts) else (epoch + 1, 0)
            self.state = State(*where, parameters, memory)

    def _record(self, data, functions):
        """Put a whole epoch into the history; returns the gradients of all examples, and their cache."""
        epoch, batch, parameters, _ = self.state
        if batch > 0:
            return None, None
        _, forward, cost, backward, _ = functions
        observed = {}
        for prefix, (X, Y) in data.items():  # the test set comes first, if there is one
            A, cache = forward(X, parameters)
            J, share = cost(A, Y), network.accuracy(A, Y)
            grads = backward(parameters, cache, X, Y)
            if prefix == "":
                J, grads = J + self._penalty(parameters), self._penalised(grads, parameters)
            observed |= {
                prefix + "cost": J,
                prefix + "accuracy": share,
                prefix + "gradient_size": _size(grads),
            }
        if len(self.history.cost) > epoch:  # this epoch was seen before
            watched = "test_cost" if self.early_stopping else "cost"
            before = getattr(self.history, watched)[epoch]
            if not math.isclose(before, observed[watched], rel_tol=1e-6):  # on other data: a new search
                self.lowest = self.state
            _cut(self.history, epoch)
        for name, value in observed.items():
            getattr(self.history, name).append(value)
        return grads, cache

    def _penalty(self, parameters):
        """l1 Σ|W| + l2/2 ΣW² over all weights."""
        if not (self.l1 or self.l2):
            return 0.0
        weights = [p for name, p in parameters.items() if name.startswith("W")]
        return float(sum(self.l1 * abs(W).sum() + self.l2 / 2 * (W**2).sum() for W in weights))

    def _penalised(self, grads, parameters):
        """The gradients with that of the penalty: each dW + l1 sign(W) + l2 W."""
        if not (self.l1 or self.l2):
            return grads
        weights = {"d" + name: W for name, W in parameters.items() if name.startswith("W")}
        added = {name: self.l1 * np.sign(W) + self.l2 * W for name, W in weights.items()}
        return {name: gradient + added.get(name, 0) for name, gradient in grads.items()}

    def _stopped(self, last, data, functions):
        """At a whole epoch, whether training ends here; self.outcome says why."""
        epoch, batch, parameters, _ = self.state
        history = self.history
        if batch > 0:
            return epoch == last
        if not (math.isfinite(history.cost[-1]) and _sound(parameters)):
            return self._diverged(self._not_finite(*data, forward=functions[1]))
        watched = history.test_cost if self.early_stopping else history.cost
        if not watched[-1] >= watched[self.lowest.epoch]:  # NaN stands where there was no test set yet
            self.lowest = self.state
        if history.gradient_size[-1] < self.gradient_tolerance:
            return self._converged(f"the gradient is smaller than {self.gradient_tolerance:g}")
        if self.early_stopping and epoch - self.lowest.epoch >= self.patience:
            why = f"stopped early after {epoch} epochs: the test cost has no new low for {self.patience}"
            return self._back(
                f"{why}. The parameters of epoch {self.lowest.epoch}, where it was lowest, are back."
            )
        if epoch > 0 and epoch % self.patience == 0 and self._settled():
            return True
        if epoch == last:
            self.outcome = f"stopped after {last} epochs, as asked"
        return epoch == last

    def _not_finite(self, X, Y, forward):
        """What is not finite: the cost of a function of one's own alone, or the numbers it is made of."""
        if self.cost and _sound(self.parameters):
            A2, _ = forward(X, self.parameters)
            formula = network.compute_cost(A2, Y) + self._penalty(self.parameters)
            why = f"your cost came to {self.history.cost[-1]:g}, where the formula gives {formula:.2g}"
            exact = "; an output is exactly 0 or 1, and log(0) is infinite"
            return why + exact if ((A2 == 0) | (A2 == 1)).any() else why
        return "the cost or a parameter is not finite, or beyond 1e100"

    def _settled(self):
        """At the end of a stretch of `patience` epochs: converged, diverged, or neither."""
        costs, epoch = self.history.cost, self.state.epoch
        recent = costs[-self.patience - 1 :]
        if costs[-1] > costs[0] and epoch - self.lowest.epoch >= self.patience:
            return self._diverged(f"the cost is above its start, with no new low for {self.patience} epochs")
        if max(recent) - min(recent) < self.tolerance * min(recent):
            return self._converged(
                f"the cost changed by less than {self.tolerance:g} of itself in {self.patience} epochs"
            )
        return False

    def _converged(self, why):
        self.outcome = f"converged after {self.state.epoch} epochs: {why}"
        return True

    def _diverged(self, why):
        return self._back(
            f"diverged in epoch {self.state.epoch}: {why}. The parameters of epoch {self.lowest.epoch}, "
            f"where the cost was lowest, are back. Try a smaller learning_rate than {self.learning_rate:g}; "
            "if it does not help, check the gradients."
        )

    def _back(self, outcome):
        """End where the cost was lowest."""
        self.outcome, self.state = outcome, self.lowest
        return True


EVERY = slice(None)


def batches(m, batch_size, seed, epoch):
    """The columns of each mini-batch of one epoch, shuffled anew each epoch and as even as can be.

    A short last batch would take a rough step just before the epoch is judged.
    With batch_size None, or m and more, there is one batch with every column in its place. The same seed and
    epoch give the same batches.
    """
    if batch_size is None or batch_size >= m:
        return [EVERY]
    order = np.random.default_rng([seed, epoch]).permutation(m)
    return np.array_split(order, math.ceil(m / batch_size))


def load(path):
    """The Trainer that save(path) wrote, ready to predict or to train on; nothing in the file is run.

    ValueError where the file is missing, cut off, or not from save.
    """
    try:
        with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(str(arrays.pop("about")))
        return _restored(about, arrays)
    except FileNotFoundError:
        raise ValueError(f"There is no file {path}. Trainer.save(path) writes one.") from None
    except Exception as error:  # whatever a damaged file makes the readers of zip, arrays and JSON raise
        hint = "Save it again, or train anew."
        raise ValueError(f"{path} is not a whole file from Trainer.save: {error}. {hint}") from None


def _restored(about, arrays):
    """The Trainer of these settings, history and states; ValueError where they do not fit each other."""
    if about["format"] != FORMAT:
        raise ValueError(f"its format is {about['format']!r}, not {FORMAT!r}")
    trainer = Trainer(**{name: about["settings"][name] for name in SETTINGS})
    _check_settings(trainer)
    epoch, batch, lowest_epoch = (about[name] for name in ("epoch", "batch", "lowest_epoch"))
    for name in ("epoch", "batch", "lowest_epoch"):
        network.check_whole(name, about[name], 0)
    lowest = {name: arrays.pop(name) for name in list(arrays) if name.startswith("lowest_")}
    trainer.state = _state(epoch, batch, arrays)
    trainer.lowest = _state(lowest_epoch, 0, {name.removeprefix("lowest_"): a for name, a in lowest.items()})
    shapes = [{name: p.shape for name, p in s.parameters.items()} for s in (trainer.state, trainer.lowest)]
    trainer.history = History(**about["history"])
    lists = vars(trainer.history).values()
    if not all(isinstance(values, list) and {type(value) for value in values} <= {float} for values in lists):
        raise ValueError("its history is not made of numbers")
    recorded, *others = (len(values) for values in lists)
    in_step = others[:2] == [recorded] * 2 and len(set(others[2:])) == 1 and others[2] <= recorded
    if not (in_step and lowest_epoch <= epoch <= recorded - (batch > 0) and shapes[0] == shapes[1]):
        raise ValueError("its history, epochs and parameters do not fit each other")
    trainer.outcome = str(about["outcome"])
    return trainer


def _state(epoch, batch, arrays):
    """The State with these parameters, and with the entries "memory_…" as the optimiser's memory."""
    memory = {name.removeprefix("memory_"): a for name, a in arrays.items() if name.startswith("memory_")}
    parameters = {name: a for name, a in arrays.items() if not name.startswith("memory_")}
    network.check_parameters(parameters)
    if set(parameters) != set(network.parameter_names(len(parameters) // 2)):
        raise ValueError(f"it has entries that do not belong there, among {', '.join(arrays)}")
    if not (_sound(parameters) and all(np.isfinite(a).all() for a in memory.values())):
        raise ValueError("a parameter is not made of finite numbers")
    zeros = {"d" + name: np.zeros(p.shape) for name, p in parameters.items()}
    fitting = [optimiser(zeros, {})[1] for optimiser in OPTIMISERS.values()]
    kinds = [{name: (a.shape, a.dtype.kind) for name, a in kept.items()} for kept in (memory, *fitting)]
    if kinds[0] not in kinds[1:]:
        raise ValueError("what the optimiser remembers does not fit the parameters")
    return State(epoch, batch, parameters, memory)


def _arrays(prefix, state):
    memory = {"memory_" + name: array for name, array in state.memory.items()}
    return {prefix + name: array for name, array in {**state.parameters, **memory}.items()}


def _functions(trainer, check=None):
    """initialize, forward, cost, backward, update: the trainer's own, or else those of helpers.network.

    train() has checked data and parameters once, so that the functions of helpers.network need not check
    them at every call, unless they work with one of your own.
    """
    ours = (trainer.forward, trainer.cost, trainer.backward, trainer.update)
    checked = {"check": any(ours) if check is None else check}
    hidden = {"hidden_activation": trainer.hidden_activation, **checked}
    own = {name: _own(name, getattr(trainer, name), check) for name, check in RETURNED.items()}

    def update(parameters, grads, learning_rate):  # an update in place changes copies
        return own["update"]({name: p.copy() for name, p in parameters.items()}, grads, learning_rate)

    return (
        trainer.initialize or partial(network.initialize_parameters, seed=trainer.seed, scale=trainer.scale),
        own["forward"] if trainer.forward else partial(network.forward_propagation, **hidden),
        own["cost"] if trainer.cost else partial(network.compute_cost, **checked),
        own["backward"] if trainer.backward else partial(network.backward_propagation, **hidden),
        update if trainer.update else partial(network.update_parameters, **checked),
    )


def _own(name, function, check):
    """A function of one's own, whose return is checked; an error says whose function it came from."""

    def checked(*arguments):
        try:
            return check(function(*arguments), *arguments)
        except Exception as error:
            error.add_note(f"It came from your {name}.")
            raise

    return checked


def _check_forward(returned, X, parameters):
    if not isinstance(returned, tuple) or len(returned) != 2:
        raise ValueError("forward returns two things, A2 and cache: end it with return A2, cache.")
    A2, expected = returned[0], (len(list(parameters.values())[-1]), X.shape[1])
    if np.shape(A2) != expected:
        raise ValueError(f"A2 has {np.shape(A2)} as its shape; expected {expected}, like Y.")
    if np.isnan(A2).any():
        column = int(np.argwhere(np.isnan(A2))[0][1])
        raise ValueError(f"A2 has NaN at column {column}, where X and the parameters have none.")
    return returned


def _check_cost(J, A2, Y):
    try:
        return float(np.asarray(J).item())
    except (TypeError, ValueError):
        raise ValueError(f"cost returns one number; it came as {J!r:.60}. Is its return missing?") from None


def _check_backward(grads, parameters, cache, X, Y):
    return network.check_gradients(grads, parameters)


def _check_update(updated, parameters, grads, learning_rate):
    network.check_parameters(updated)
    return updated


RETURNED = {
    "forward": _check_forward, "cost": _check_cost, "backward": _check_backward, "update": _check_update,
}  # fmt: skip


def _check_settings(trainer):
    for name, least in {"epochs": 0, "patience": 1, "seed": 0, "batch_size": 1}.items():
        if name != "batch_size" or trainer.batch_size is not None:
            network.check_whole(name, getattr(trainer, name), least)
    network.check_number("learning_rate", trainer.learning_rate, above=True)
    for name in ("tolerance", "gradient_tolerance", "l1", "l2"):
        network.check_number(name, getattr(trainer, name))
    network.hidden_sizes(trainer.n_h)
    network.check_scale(trainer.scale)
    network.activation(trainer.hidden_activation)
    if trainer.early_stopping not in (True, False):
        raise ValueError(f"early_stopping is True or False; it came as {trainer.early_stopping!r}.")
    if not (isinstance(trainer.optimiser, str) and trainer.optimiser in OPTIMISERS):
        known = ", ".join(repr(name) for name in OPTIMISERS)
        raise ValueError(f"optimiser is one of {known}; it came as {trainer.optimiser!r}.")


def _check_data(X, Y, X_test, Y_test, early_stopping):
    """{"test_": (X_test, Y_test), "": (X, Y)}, without the first where none is given."""
    X, Y = check_data(X, Y)
    Y = Y.astype(float)
    if X_test is None and Y_test is None:
        if early_stopping:
            raise ValueError("early_stopping watches a test set: give X_test and Y_test, see datasets.split.")
        return {"": (X, Y)}
    if X_test is None or Y_test is None:
        raise ValueError("A test set needs both X_test and Y_test; one of them is missing.")
    X_test, Y_test = check_data(X_test, Y_test)
    if (X_test.shape[0], Y_test.shape[0]) != (X.shape[0], Y.shape[0]):
        raise ValueError(
            f"X_test has shape {X_test.shape}, Y_test {Y_test.shape}; in training X {X.shape}, Y {Y.shape}: "
            "both need the same rows; examples are columns: is one of them transposed?"
        )
    return {"test_": (X_test, Y_test.astype(float)), "": (X, Y)}


def _cut(history, length):
    for values in vars(history).values():
        del values[length:]


def _size(arrays):
    """The length of all entries as one vector, ‖W1, b1, W2, b2‖."""
    return math.sqrt(sum(map(np.vdot, arrays.values(), arrays.values())))


def _sound(parameters):
    """True while the parameters are numbers of a size below 1e100, so that no product overflows."""
    return _size(parameters) < 1e100


@contextmanager
def _interrupt_at_a_whole_step():
    """A list that a first Ctrl-C is put into, to stop at the next whole step; a second one acts at once.

    Left as it is where another handler is at work, and outside the main thread, where Ctrl-C never arrives.
    """
    asked, usual = [], signal.default_int_handler

    def ask(number, frame):
        asked.append(number)
        signal.signal(signal.SIGINT, usual)

    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is usual
    if ours:
        signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        if ours:
            signal.signal(signal.SIGINT, usual)


@contextmanager
def _progress_bar(epochs, shown):
    """A callback that moves the bar on by one epoch."""
    if not shown or os.environ.get("TQDM_DISABLE") == "1":  # tqdm's own switch; its notebook bar overlooks it
        yield lambda trainer: None
        return
    from tqdm.auto import tqdm  # here, because in a notebook it brings ipywidgets along

    with tqdm(total=epochs, desc="epochs", leave=False, delay=0.5) as bar:
        yield lambda trainer: None if bar.update() else None


def _write_whole(path, arrays):
    """Write next to path, then put it in place in one move: a crash leaves the old file or the new."""
    if path.is_dir() or not path.parent.is_dir():
        hint = "it is a folder, or its folder does not exist. Try 'trained.npz'."
        raise ValueError(f"{path} cannot be written: {hint}")
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
