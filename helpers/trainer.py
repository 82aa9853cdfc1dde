"""Training: repeat forward, cost, backward, update until a stated stop, and keep what was learned."""

import math
import os
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from typing import NamedTuple

import numpy as np

from helpers import checkpoint, export, inputs, network
from helpers.calls import Calls, attended
from helpers.own_functions import checked_call, functions_of


def gradient_descent(grads, memory):
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


OPTIMISERS = {"gradient descent": gradient_descent, "momentum": momentum, "adam": adam}


@dataclass
class History:
    """What training saw: entry k of each list is after k epochs, entry 0 before the first.

    gradient_size: the length of all gradients as one vector, over all examples.  Penalties are in what is
    said of training, not in what is said of the test set.  The test lists stay empty without one; where it
    came later, the epochs before it hold NaN, as test_gradient_size does where it was not asked for.
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


class Outcome(str):
    """Why training stopped: a sentence, and its parts as .kind, one of SENTENCES, .epoch, .why and .then."""

    SENTENCES = {
        "untrained": "not trained yet",
        "unfinished": "not finished; train() goes on",
        "interrupted": "interrupted in epoch {epoch}: all whole steps are kept; train() goes on",
        "stopped": "stopped after {epoch} epochs, as asked",
        "stopped early": "stopped early after {epoch} epochs: {why}",
        "converged": "converged after {epoch} epochs: {why}",
        "diverged": "diverged in epoch {epoch}: {why}",
        "earlier": "{why}",  # from a file that held the sentence alone
    }

    def __new__(cls, kind, epoch=0, why="", then=""):
        outcome = super().__new__(cls, cls.SENTENCES[kind].format(epoch=epoch, why=why) + then)
        outcome.kind, outcome.epoch, outcome.why, outcome.then = kind, epoch, why, then
        return outcome

    def __getnewargs__(self):
        return self.kind, self.epoch, self.why, self.then


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
    seed also shuffles the mini-batches.  output: "sigmoid", or "softmax" for one of several classes, with the
    cost that belongs to it.  optimiser: "gradient descent", "momentum" or "adam".
    l1, l2: add l1 Σ|W| + l2/2 ΣW² to the cost, over all weights, not over the biases.
    Converged: the cost changed by less than `tolerance`, a share of itself, in `patience` epochs, or the
    gradient is smaller than gradient_tolerance; 0 means never. Diverged: the cost is not finite, or above
    its start with no new low for `patience` epochs; the parameters of the lowest cost come back.
    early_stopping: end when the cost of the test set has no new low for `patience` epochs, and bring back
    its lowest (a set that chooses is no longer unseen: measure on a third).  test_gradients: whether the
    history has the gradient size of the test set, too, which takes a way back.  initialize, forward, cost,
    backward, update: your own functions with the signatures of helpers.network; where none is given, that
    module's is used. An error that comes from one of them, or from what it returns, has a note that names it;
    what each prints is shown the first time.
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
    test_gradients: bool = True
    output: str = "sigmoid"
    history: History = field(default_factory=History, init=False)
    outcome: Outcome = field(default=Outcome("untrained"), init=False)
    state: State | None = field(default=None, init=False, repr=False)
    lowest: State | None = field(default=None, init=False, repr=False)
    calls: Calls = field(default_factory=Calls, init=False, repr=False, compare=False)

    @property
    def parameters(self):
        """The parameters as they stand, {"W1", "b1", "W2", "b2"}; None before the first training."""
        return self.state.parameters if self.state else None

    def train(self, X, Y, X_test=None, Y_test=None, *, epochs=None, progress=True, callbacks=()):
        """Train on X (n0, m), Y (n2, m), and return the History; self.outcome says why it stopped.

        X_test (n0, m_test), Y_test (n2, m_test) are only watched, never learned from. epochs: how many this
        call does at the most; None: self.epochs. An interrupt (Ctrl-C, the stop button) ends it with all
        whole steps kept, at the next one or after a second; calling train again goes on, with these data or
        with others of as many rows.
        callbacks: functions that are called with the trainer after each epoch; one that returns True ends
        the training. ValueError for data that does not fit.
        """
        epochs = self.epochs if epochs is None else inputs.require_whole("epochs", epochs, 0)
        return self._train((X, Y, X_test, Y_test), epochs, None, progress, callbacks)

    def step(self, X, Y, X_test=None, Y_test=None):
        """One update, with one mini-batch or with all examples, from where training stands; the History.

        The data as for train(), which goes on from there to the same result as without it. An epoch that
        becomes whole enters the history.
        """
        return self._train((X, Y, X_test, Y_test), math.inf, 1, progress=False, callbacks=())

    def start_from(self, parameters):
        """Go on from a copy of these parameters, where training stands; the lowest cost is sought anew."""
        copied = {name: p.copy() for name, p in inputs.require_parameters(parameters).items()}
        stands = self.state or State(0, 0, {}, {})
        self.state = self.lowest = stands._replace(parameters=copied)

    def _train(self, data, epochs, updates, progress, callbacks):
        """What train() and step() share; updates: how many of them, None for all of the epochs."""
        inputs.require_settings(self, OPTIMISERS)
        data = _lent(inputs.require_sets(*data, self.early_stopping, self.output))
        self.calls.stopped.clear()
        own = any(getattr(self, name) for name in OWN)
        quiet = np.errstate(over="ignore", invalid="ignore", divide="ignore")
        with quiet, attended(self.calls if own else None) as asked:
            self._start(*data[""], watched="test_" in data)
            self.outcome = Outcome("unfinished", self.state.epoch)
            try:
                with _progress_bar(epochs, progress) as advance:
                    last = self.state.epoch + epochs
                    self._run(data, functions_of(self), last, updates, asked, [advance, *callbacks])
            except KeyboardInterrupt:
                self.outcome = Outcome("interrupted", self.state.epoch)
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
        forward = functions_of(self)[0]
        return forward(inputs.require_examples(X, self.parameters), self.parameters)[0]

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
        if any(map(callable, self.hidden_activation)):
            raise ValueError("Only a hidden_activation given by name can be saved, for example 'tanh'.")
        about = {"outcome": self.outcome.__getnewargs__(), "history": asdict(self.history)}
        about["settings"] = {name: getattr(self, name) for name in SETTINGS}
        checkpoint.write(path, about, (self.state, self.lowest))

    def to_pytorch(self, data="flower()"):
        """The text of a PyTorch script, up to 40 lines, that trains as this trainer does and prints the cost.

        data: what makes X and Y, a call of a function of helpers.datasets: "moons(200, noise=0.3)". It
        begins with the first weights of initialize_parameters, not with those of start_from. In the place
        of your own forward, cost and backward stand those of PyTorch. ValueError for what cannot be exported.
        """
        return export.pytorch_script(self, OPTIMISERS, data)

    def _start(self, X, Y, watched):
        """The first parameters, or those where training stands; the history ends there."""

        def fitting(parameters, *sizes):
            return inputs.require_fitting(parameters, X, Y)

        if self.state:
            fitting(self.parameters)
        else:
            ours = partial(network.initialize_parameters, seed=self.seed, scale=self.scale)
            own = self.initialize
            initialize = checked_call("initialize", own, fitting, self.calls) if own else ours
            self.state = self.lowest = State(0, 0, initialize(len(X), self.n_h, len(Y)), {})
        _cut(self.history, self.state.epoch + 1)
        for name, values in vars(self.history).items():
            if name.startswith("test_") and watched:
                values += [math.nan] * (len(self.history.cost) - len(values))

    def _run(self, data, functions, last, updates, asked, callbacks):
        """Epoch after epoch up to the last, or one update and no more, until one of the stops."""
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
                grads = self.penalised(backward(parameters, cache, X_batch, Y_batch), parameters)
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
            observed |= {prefix + "cost": cost(A, Y), prefix + "accuracy": network.accuracy(A, Y)}
            needed = prefix == "" or self.test_gradients
            grads = backward(parameters, cache, X, Y) if needed else {}
            if prefix == "":
                observed["cost"] += self.penalty(parameters)
                grads = self.penalised(grads, parameters)
            observed[prefix + "gradient_size"] = _size(grads) if needed else math.nan
        if len(self.history.cost) > epoch:  # this epoch was seen before
            watched = "test_cost" if self.early_stopping else "cost"
            before = getattr(self.history, watched)[epoch]
            if not math.isclose(before, observed[watched], rel_tol=1e-6):  # on other data: a new search
                self.lowest = self.state
            _cut(self.history, epoch)
        for name, value in observed.items():
            getattr(self.history, name).append(value)
        return grads

    def penalty(self, parameters):
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
            why = f"the test cost has no new low for {patience}"
            return self._back("stopped early", why, "where it was lowest, are back.")
        if epoch > 0 and epoch % patience == 0:
            recent, share = history.cost[-patience - 1 :], f"{self.tolerance:g} of itself"
            if no_new_low and recent[-1] > history.cost[0]:
                return self._diverged(f"the cost is above its start, with no new low for {patience} epochs")
            if max(recent) - min(recent) < self.tolerance * min(recent):
                return self._converged(f"the cost changed by less than {share} in {patience} epochs")
        if epoch == last:
            self.outcome = Outcome("stopped", epoch)
        return epoch == last

    def _not_finite(self, X, Y, forward):
        """What is not finite: the cost of a function of one's own alone, or the numbers it is made of."""
        if not (self.cost and _sound(self.parameters)):
            return "the cost or a parameter is not finite, or beyond 1e100"
        A2, _ = forward(X, self.parameters)
        formula = checked_call("forward", network.COSTS[self.output], lambda J, *_: J)(A2, Y)
        return f"your cost came to {self.history.cost[-1]:g}, where the formula gives {formula:.2g}"

    def _converged(self, why):
        self.outcome = Outcome("converged", self.state.epoch, why)
        return True

    def _diverged(self, why):
        rate = f"Try a smaller learning_rate than {self.learning_rate:g}"
        where = f"where the cost was lowest, are back. {rate}; if it does not help, check the gradients."
        return self._back("diverged", why, where)

    def _back(self, kind, why, where):
        """End at the lowest cost."""
        then = f". The parameters of epoch {self.lowest.epoch}, {where}"
        self.outcome = Outcome(kind, self.state.epoch, why, then)
        self.state = self.lowest
        return True


OWN = ("initialize", "forward", "cost", "backward", "update")  # a learner's functions
SETTINGS = tuple(field.name for field in fields(Trainer) if field.init and field.name not in OWN)
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
    settings = {"output": "sigmoid", "test_gradients": True, **about["settings"]}  # an older file has none
    trainer = Trainer(**{name: settings[name] for name in SETTINGS})
    inputs.require_settings(trainer, OPTIMISERS)
    said = about["outcome"]
    trainer.outcome = Outcome("earlier", why=said) if isinstance(said, str) else Outcome(*said)
    trainer.history = History(**about["history"])
    trainer.state, trainer.lowest = (State(*state) for state in states)
    checkpoint.require_in_step(trainer.history, trainer.state, trainer.lowest)
    inputs.require_output(trainer.output, len(trainer.parameters[f"b{len(trainer.parameters) // 2}"]))
    zeros = {"d" + name: np.zeros(p.shape) for name, p in trainer.parameters.items()}
    memories = [optimiser(zeros, {})[1] for optimiser in OPTIMISERS.values()]
    checkpoint.require_known_memory((trainer.state, trainer.lowest), memories)
    return trainer


def _lent(data):
    """The same data, read-only and with Y as floats: a function that changes them in place is told so."""
    lent = {prefix: (X.view(), Y.astype(float)) for prefix, (X, Y) in data.items()}
    for array in (array for arrays in lent.values() for array in arrays):
        array.flags.writeable = False
    return lent


def _cut(history, length):
    for values in vars(history).values():
        del values[length:]


def _size(arrays):
    """The length of all entries as one vector, ‖W1, b1, W2, b2‖."""
    return math.sqrt(inputs.squares(arrays.values()))


def _sound(parameters):
    """True while the parameters are numbers of a size below the limit, so that no product overflows."""
    return _size(parameters) < inputs.LIMIT


@contextmanager
def _progress_bar(epochs, shown):
    """A callback that moves the bar on by one epoch."""
    if shown and os.environ.get("TQDM_DISABLE") != "1":  # tqdm's own switch, which its notebook bar overlooks
        from tqdm.auto import tqdm  # here, because in a notebook it brings ipywidgets along

        if sys.platform == "emscripten":  # in a browser no thread can start, and tqdm would warn
            tqdm.monitor_interval = 0
        with tqdm(total=epochs, desc="epochs", leave=False, delay=0.5) as bar:
            yield lambda trainer: None if bar.update() else None
    else:
        yield lambda trainer: None
