"""Training: repeat forward, cost, backward, update until a stated stop, and keep what was learned."""

import math
import os
import signal
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np

from helpers import checkpoint, network
from helpers.datasets import check_data

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
        seen = f"cost {self.cost[0]:.3g} → {self.cost[-1]:.3g}, {self.accuracy[-1]:.0%} right"
        return f"History of {len(self.cost) - 1} epochs: {seen}"


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
    Converged: the cost changed by less than `tolerance`, a share of itself, in `patience` epochs, or the
    gradient is smaller than gradient_tolerance; 0 means never. Diverged: the cost is not finite, or above
    its start with no new low for `patience` epochs; the parameters of the lowest cost come back.
    early_stopping: end when the cost of the test set has no new low for `patience` epochs, and bring back
    its lowest (a set that chooses is no longer unseen: measure on a third).  initialize, forward, cost,
    backward, update: your own functions with the signatures of helpers.network; where none is given, that
    module's is used. An error that comes from one of them, or from what it returns, has a note that names it.
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
        the stop button) ends it with all whole steps kept; calling train again goes on, with these data or
        with others of as many rows. callbacks: functions that are called with the trainer after each epoch;
        one that returns True ends the training.
        ValueError for data that does not fit.
        """
        return self._train((X, Y, X_test, Y_test), None, progress, callbacks)

    def step(self, X, Y, X_test=None, Y_test=None):
        """One update, with one mini-batch or with all examples, from where training stands; the History.

        The data as for train(), which goes on from there to the same result as without it. An epoch that
        becomes whole enters the history.
        """
        return self._train((X, Y, X_test, Y_test), 1, progress=False, callbacks=())

    def _train(self, data, updates, progress, callbacks):
        """What train() and step() share; updates: how many of them, None for all of self.epochs."""
        _check_settings(self)
        data = _check_data(*data, self.early_stopping)
        self._start(*data[""], watched="test_" in data)
        self.outcome = "not finished; train() goes on"
        try:
            with (
                np.errstate(over="ignore", invalid="ignore", divide="ignore"),
                _progress_bar(self.epochs, progress) as advance,
                _interrupt_at_a_whole_step() as asked,
            ):
                self._run(data, _functions(self), updates, asked, [advance, *callbacks])
        except KeyboardInterrupt:
            at = self.state.epoch
            self.outcome = f"interrupted in epoch {at}: all whole steps are kept; train() goes on"
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
        forward = _functions(self, check=True)[0]
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
        about = {"outcome": self.outcome, "history": asdict(self.history)}
        about["settings"] = {name: getattr(self, name) for name in SETTINGS}
        checkpoint.write(path, about, (self.state, self.lowest))

    def _start(self, X, Y, watched):
        """The first parameters, or those where training stands; the history ends there."""

        def fitting(parameters, *sizes):
            network.check_examples(X, parameters)
            network.check_labels(Y, (len(list(parameters.values())[-1]), X.shape[1]))
            if not _sound(parameters):
                raise ValueError("initialize gave NaN, infinity or numbers beyond 1e100. Try smaller ones.")
            return parameters

        if self.state:
            fitting(self.state.parameters)
        else:
            ours = partial(network.initialize_parameters, seed=self.seed, scale=self.scale)
            initialize = _own("initialize", self.initialize, fitting) if self.initialize else ours
            self.state = self.lowest = State(0, 0, initialize(len(X), self.n_h, len(Y)), {})
        _cut(self.history, self.state.epoch + 1)
        for name, values in vars(self.history).items():
            if name.startswith("test_") and watched:
                values += [math.nan] * (len(self.history.cost) - len(values))

    def _run(self, data, functions, updates, asked, callbacks):
        """Epoch after epoch, or one update and no more, until one of the stops."""
        last = math.inf if updates else self.state.epoch + self.epochs
        grads = self._record(data, functions)
        goes_on = updates or not self._stopped(last, *data[""], functions)
        while goes_on:
            self._epoch(*data[""], functions, grads, updates, asked)
            grads = self._record(data, functions)
            for callback in callbacks:
                last = self.state.epoch if callback(self) is True else last
            goes_on = not (self._stopped(last, *data[""], functions) or updates)

    def _epoch(self, X, Y, functions, grads, updates, asked):
        """One pass over all examples, or some updates of it; each ends in one assignment. grads: of all."""
        forward, _, backward, update = functions
        epoch, first, parameters, memory = self.state
        parts = batches(X.shape[1], self.batch_size, self.seed, epoch)
        first = min(first, len(parts) - 1)  # the data may be others than before, and fewer
        for done, columns in enumerate(parts[first:][:updates], start=first + 1):
            if asked:
                raise KeyboardInterrupt
            if columns is not EVERY or grads is None:
                X_batch, Y_batch = X[:, columns], Y[:, columns]
                _, cache = forward(X_batch, parameters)
                grads = backward(parameters, cache, X_batch, Y_batch)
                grads = self.penalised(grads, parameters)
            direction, memory = OPTIMISERS[self.optimiser](grads, memory)
            parameters = update(parameters, direction, self.learning_rate)
            where = (epoch, done) if done < len(parts) else (epoch + 1, 0)
            self.state = State(*where, parameters, memory)

    def _record(self, data, functions):
        """Put a whole epoch into the history; returns the gradients of all examples."""
        epoch, batch, parameters, _ = self.state
        if batch > 0:
            return None
        forward, cost, backward, _ = functions
        observed = {}
        for prefix, (X, Y) in data.items():  # the test set comes first, if there is one
            A, cache = forward(X, parameters)
            J, share, grads = cost(A, Y), network.accuracy(A, Y), backward(parameters, cache, X, Y)
            if prefix == "":
                J, grads = J + self._penalty(parameters), self.penalised(grads, parameters)
            observed[prefix + "cost"] = J
            observed[prefix + "accuracy"] = share
            observed[prefix + "gradient_size"] = _size(grads)
        if len(self.history.cost) > epoch:  # this epoch was seen before
            watched = "test_cost" if self.early_stopping else "cost"
            before = getattr(self.history, watched)[epoch]
            if not math.isclose(before, observed[watched], rel_tol=1e-6):  # on other data: a new search
                self.lowest = self.state
            _cut(self.history, epoch)
        for name, value in observed.items():
            getattr(self.history, name).append(value)
        return grads

    def _penalty(self, parameters):
        """l1 Σ|W| + l2/2 ΣW² over all weights."""
        if not (self.l1 or self.l2):
            return 0.0
        weights = [p for name, p in parameters.items() if name.startswith("W")]
        return float(sum(self.l1 * abs(W).sum() + self.l2 / 2 * (W**2).sum() for W in weights))

    def penalised(self, grads, parameters):
        """The gradients with that of the penalty: each dW + l1 sign(W) + l2 W."""
        if not (self.l1 or self.l2):
            return grads
        weights = {"d" + name: W for name, W in parameters.items() if name.startswith("W")}
        added = {name: self.l1 * np.sign(W) + self.l2 * W for name, W in weights.items()}
        return {name: gradient + added.get(name, 0) for name, gradient in grads.items()}

    def _stopped(self, last, X, Y, functions):
        """At a whole epoch, whether training ends here; self.outcome says why."""
        (epoch, batch, parameters, _), history, patience = self.state, self.history, self.patience
        if batch > 0:
            return epoch == last
        if not (math.isfinite(history.cost[-1]) and _sound(parameters)):
            return self._diverged(self._not_finite(X, Y, forward=functions[0]))
        watched = history.test_cost if self.early_stopping else history.cost
        if not watched[-1] >= watched[self.lowest.epoch]:  # NaN stands where there was no test set yet
            self.lowest = self.state
        no_new_low = epoch - self.lowest.epoch >= patience
        if history.gradient_size[-1] < self.gradient_tolerance:
            return self._converged(f"the gradient is smaller than {self.gradient_tolerance:g}")
        if no_new_low and self.early_stopping:
            why = f"stopped early after {epoch} epochs: the test cost has no new low for {patience}"
            return self._back(why, "where it was lowest, are back.")
        if epoch > 0 and epoch % patience == 0:
            recent, share = history.cost[-patience - 1 :], f"{self.tolerance:g} of itself"
            if no_new_low and recent[-1] > history.cost[0]:
                return self._diverged(f"the cost is above its start, with no new low for {patience} epochs")
            if max(recent) - min(recent) < self.tolerance * min(recent):
                return self._converged(f"the cost changed by less than {share} in {patience} epochs")
        if epoch == last:
            self.outcome = f"stopped after {last} epochs, as asked"
        return epoch == last

    def _not_finite(self, X, Y, forward):
        """What is not finite: the cost of a function of one's own alone, or the numbers it is made of."""
        if not (self.cost and _sound(self.parameters)):
            return "the cost or a parameter is not finite, or beyond 1e100"
        A2, _ = forward(X, self.parameters)
        formula = _own("forward", network.compute_cost, lambda J, *_: J)(A2, Y)  # refuses an A2 beyond 0 to 1
        return f"your cost came to {self.history.cost[-1]:g}, where the formula gives {formula:.2g}"

    def _converged(self, why):
        self.outcome = f"converged after {self.state.epoch} epochs: {why}"
        return True

    def _diverged(self, why):
        rate = f"Try a smaller learning_rate than {self.learning_rate:g}"
        where = f"where the cost was lowest, are back. {rate}; if it does not help, check the gradients."
        return self._back(f"diverged in epoch {self.state.epoch}: {why}", where)

    def _back(self, why, where):
        """End at the lowest cost."""
        self.outcome = f"{why}. The parameters of epoch {self.lowest.epoch}, {where}"
        self.state = self.lowest
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
    return checkpoint.read(path, _restored)


def _restored(about, states):
    """The Trainer of these settings, history and states; ValueError where they do not fit each other."""
    trainer = Trainer(**{name: about["settings"][name] for name in SETTINGS})
    _check_settings(trainer)
    trainer.state, trainer.lowest = state, lowest = [State(*state) for state in states]
    trainer.history, trainer.outcome = History(**about["history"]), str(about["outcome"])
    lists = vars(trainer.history).values()
    if not all(isinstance(values, list) and {type(value) for value in values} <= {float} for values in lists):
        raise ValueError("its history is not made of numbers")
    recorded, *others = (len(values) for values in lists)
    in_step = others[:2] == [recorded] * 2 and len(set(others[2:])) == 1 and others[2] <= recorded
    one_shape = _kinds(state.parameters) == _kinds(lowest.parameters)
    if not (in_step and lowest.epoch <= state.epoch <= recorded - (state.batch > 0) and one_shape):
        raise ValueError("its history, epochs and parameters do not fit each other")
    zeros = {"d" + name: np.zeros(p.shape) for name, p in state.parameters.items()}
    known = [_kinds(optimiser(zeros, {})[1]) for optimiser in OPTIMISERS.values()]
    if not all(_sound(s.parameters) and _kinds(s.memory) in known for s in (state, lowest)):
        raise ValueError("its parameters are too large, or do not fit what the optimiser remembers")
    return trainer


def _kinds(arrays):
    return {name: (array.shape, array.dtype.kind) for name, array in arrays.items()}


def _functions(trainer, check=False):
    """forward, cost, backward, update: the trainer's own, or else those of helpers.network.

    train() has checked data and parameters once, so that those of helpers.network check only what came from
    a function of one's own; check: that forward looks at X, too.
    """
    hidden = {"hidden_activation": trainer.hidden_activation}
    came = {"check": bool(trainer.forward)}
    ours = {
        "forward": partial(network.forward_propagation, **hidden, check=check),
        "cost": partial(network.compute_cost, **came),
        "backward": partial(network.backward_propagation, **hidden, **came),
        "update": partial(network.update_parameters, check=False),
    }
    own = {name: getattr(trainer, name) for name in ours}
    own["cost"] = own["cost"] and _finite(own["cost"])
    return [_own(name, own[name], CHECKS[name]) if own[name] else ours[name] for name in ours]


def _own(name, function, check):
    """A function of one's own, whose return is checked; an error says whose function it came from."""

    def checked(first, *others):
        try:
            if name == "update":  # in place, it would change what is to come back after a divergence
                first = {name: p.copy() for name, p in first.items()}
            return check(function(first, *others), first, *others)
        except Exception as error:
            error.add_note(f"It came from your {name}.")
            raise

    return checked


def _finite(cost):
    """The cost; where log(0) spoils it, an output of exactly 0 or 1 counts as the float next to it."""

    def finite(A2, Y):
        J, ends = _check_cost(cost(A2, Y), A2, Y), (np.min(A2), np.max(A2))
        if math.isfinite(J) or not (ends[0] == 0 <= ends[1] <= 1 or 0 <= ends[0] <= ends[1] == 1):
            return J
        return cost(np.clip(A2, network.SMALLEST, network.LARGEST), Y)

    return finite


def _check_forward(returned, X, parameters):
    if not isinstance(returned, tuple) or len(returned) != 2:
        raise ValueError("forward returns two things, A2 and cache: end it with return A2, cache.")
    A2, expected = np.asarray(returned[0]), (len(parameters[f"b{len(parameters) // 2}"]), X.shape[1])
    if A2.shape != expected:
        raise ValueError(f"A2 has {A2.shape} as its shape; expected {expected}, like Y.")
    if math.isnan(network.squares([A2])):
        network.check_not_nan([X, *parameters.values()], {"X": X, **parameters})
        row, column = np.argwhere(np.isnan(A2))[0]
        where = f"A2 has NaN at row {row}, column {column}; X and the parameters have none"
        raise ValueError(f"{where}. Does an exp overflow, as in exp(Z) / (1 + exp(Z))?")
    return A2, returned[1]


def _check_cost(J, A2, Y):
    try:
        return float(np.asarray(J).item())
    except (TypeError, ValueError):
        raise ValueError(f"cost returns one number; it came as {J!r:.60}. Is its return missing?") from None


def _check_backward(grads, parameters, cache, X, Y):
    right = _alike(grads, parameters, "d") and not math.isnan(network.squares(grads.values()))
    return grads if right else network.check_gradients(grads, parameters)


def _check_update(updated, parameters, grads, learning_rate):
    if not _alike(updated, parameters):
        network.check_parameters(updated)
    if math.isnan(network.squares(updated.values())):
        raise ValueError("update gave NaN, where the parameters and the gradients have none.")
    return updated


def _alike(arrays, parameters, prefix=""):
    """Whether they are as the parameters are: a quick look at each step; a check says what is wrong."""
    if type(arrays) is not dict or len(arrays) != len(parameters):
        return False
    for name, p in parameters.items():
        array = arrays.get(prefix + name)
        if type(array) is not np.ndarray or array.shape != p.shape or array.dtype != p.dtype:
            return False
    return True


CHECKS = {
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
    data = {"": check_data(X, Y)}
    if (X_test is None) != (Y_test is None):
        raise ValueError("A test set needs both X_test and Y_test; one of them is missing.")
    if X_test is not None:
        data = {"test_": check_data(X_test, Y_test), **data}
        (X_test, Y_test), (X, Y) = data.values()
        if (len(X_test), len(Y_test)) != (len(X), len(Y)):
            raise ValueError(
                f"X_test has shape {X_test.shape}, Y_test {Y_test.shape}; "
                f"in training X {X.shape}, Y {Y.shape}: both need the same rows; examples are columns: "
                "is one of them transposed?"
            )
    elif early_stopping:
        raise ValueError("early_stopping watches a test set: give X_test and Y_test, see datasets.split.")
    data = {prefix: (X.view(), Y.astype(float)) for prefix, (X, Y) in data.items()}
    for arrays in data.values():
        for array in arrays:
            array.flags.writeable = False  # a function that changes them in place is told so
    return data


def _cut(history, length):
    for values in vars(history).values():
        del values[length:]


def _size(arrays):
    """The length of all entries as one vector, ‖W1, b1, W2, b2‖."""
    return math.sqrt(network.squares(arrays.values()))


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
