"""Training: repeat forward, cost, backward, update until a stated stop, and keep what was learned."""

import json
import math
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import network
from helpers.datasets import check_data

FORMAT = "backprop-by-hand trainer 1"
SETTINGS = (
    "n_h", "learning_rate", "epochs", "batch_size", "seed", "scale",
    "hidden_activation", "tolerance", "patience",
)  # fmt: skip


@dataclass
class History:
    """What training saw: entry k of each list is after k epochs, entry 0 before the first.

    The test lists stay empty without a test set; where it came later, the epochs before it hold NaN.
    """

    cost: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    test_cost: list = field(default_factory=list)
    test_accuracy: list = field(default_factory=list)


class State(NamedTuple):
    """Where training stands: whole epochs done, batches done in the current one, and the parameters there."""

    epoch: int
    batch: int
    parameters: dict


@dataclass
class Trainer:
    """Trains a network with one hidden layer of n_h units by gradient descent.

    epochs: how many one call of train() does at the most; the next call goes on from there.
    batch_size: examples a step; None means all of them (full batch).  seed, scale: of the initial weights;
    seed also shuffles the mini-batches.  Converged: the cost stayed within `tolerance` (a share of itself)
    for `patience` epochs. Diverged: the cost is not finite, or above its start with no new low for `patience`
    epochs; the parameters of the lowest cost come back.  initialize, forward, cost, backward, update: your
    own functions with the signatures of helpers.network; where none is given, that module's is used.
    """

    n_h: int = 4
    learning_rate: float = 1.2
    epochs: int = 1000
    batch_size: int | None = None
    seed: int = 1
    scale: float = 0.01
    hidden_activation: str | tuple = "tanh"
    tolerance: float = 1e-6
    patience: int = 100
    initialize: Callable | None = None
    forward: Callable | None = None
    cost: Callable | None = None
    backward: Callable | None = None
    update: Callable | None = None
    history: History = field(default_factory=History, init=False)
    outcome: str = field(default="not trained yet", init=False)
    state: State | None = field(default=None, init=False, repr=False)
    lowest: State | None = field(default=None, init=False, repr=False)

    @property
    def parameters(self):
        """The parameters as they stand, {"W1", "b1", "W2", "b2"}; None before the first training."""
        return self.state.parameters if self.state else None

    def train(self, X, Y, X_test=None, Y_test=None, *, progress=True):
        """Train on X (n0, m), Y (n2, m), and return the History; self.outcome says why it stopped.

        X_test (n0, m_test), Y_test (n2, m_test) are only watched, never learned from. An interrupt (Ctrl-C,
        the stop button) ends it with all whole steps kept; calling train again goes on. ValueError for data
        that does not fit.
        """
        _check_settings(self)
        X, Y = check_data(X, Y)
        test = _check_test(X, Y, X_test, Y_test)
        initialize, *functions = _functions(self)
        start = self.state or State(0, 0, initialize(X.shape[0], self.n_h, Y.shape[0]))
        network.check_examples(X, start.parameters)
        self.state, self.lowest = start, self.lowest or start
        last = self.state.epoch + self.epochs
        self.outcome = f"stopped after {last} epochs, as asked"
        try:
            with np.errstate(over="ignore", invalid="ignore"), _progress_bar(self.epochs, progress) as bar:
                while not self._stopped(X, Y, test, functions, last):
                    self._epoch(X, Y, functions)
                    bar.update()
        except KeyboardInterrupt:
            self.outcome = (
                f"interrupted in epoch {self.state.epoch}: all whole steps are kept; train() goes on"
            )
        except ValueError:
            if _all_sound(self.parameters):
                raise
            self._diverged("the numbers are too large to compute with")
        return self.history

    def probability(self, X):
        """The output A2 (n2, m) for the examples X (n0, m). ValueError before the first training."""
        if self.state is None:
            raise ValueError("There are no parameters yet: call train(X, Y) first.")
        return _functions(self)[1](network.check_examples(X, self.parameters), self.parameters)[0]

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
        lowest = {"lowest_" + name: parameter for name, parameter in self.lowest.parameters.items()}
        text = json.dumps(about, default=lambda number: number.item())  # a NumPy number as a plain one
        _write_whole(Path(path), {**self.parameters, **lowest, "about": np.array(text)})

    def _stopped(self, X, Y, test, functions, last):
        """Record the epoch in the history, and say whether training ends here; self.outcome says why."""
        epoch, batch, parameters = self.state
        if batch == 0:
            J = _record(self.history, epoch, parameters, X, Y, test, functions)
            if not math.isfinite(J) or not _all_sound(parameters):
                return self._diverged("the cost or a parameter is not finite, or beyond 1e100")
            if J < self.history.cost[self.lowest.epoch]:
                self.lowest = self.state
            if epoch > 0 and epoch % self.patience == 0 and self._settled():
                return True
        return epoch == last

    def _settled(self):
        """At the end of a stretch of `patience` epochs: converged, diverged, or neither."""
        costs, epoch = self.history.cost, self.state.epoch
        recent = costs[-self.patience - 1 :]
        if costs[-1] > costs[0] and epoch - self.lowest.epoch >= self.patience:
            return self._diverged(f"the cost is above its start, with no new low for {self.patience} epochs")
        if max(recent) - min(recent) <= self.tolerance * min(recent):
            change = f"the cost changed by less than {self.tolerance:g} of itself in {self.patience}"
            self.outcome = f"converged after {epoch} epochs: {change}"
            return True
        return False

    def _diverged(self, why):
        self.outcome = (
            f"diverged in epoch {self.state.epoch}: {why}. The parameters of epoch {self.lowest.epoch}, "
            f"where the cost was lowest, are back. Try a smaller learning_rate than {self.learning_rate:g}; "
            "if it does not help, check the gradients."
        )
        self.state = self.lowest
        return True

    def _epoch(self, X, Y, functions):
        """One pass over all examples; a batch ends in one assignment, so an interrupt never halves it."""
        forward, _, backward, update = functions
        epoch, first, parameters = self.state
        for batch, columns in list(enumerate(batches(X.shape[1], self.batch_size, self.seed, epoch)))[first:]:
            X_batch, Y_batch = X[:, columns], Y[:, columns]
            _, cache = forward(X_batch, parameters)
            grads = backward(parameters, cache, X_batch, Y_batch)
            parameters = update(parameters, grads, self.learning_rate)
            self.state = State(epoch, batch + 1, parameters)
        self.state = State(epoch + 1, 0, parameters)


def batches(m, batch_size, seed, epoch):
    """The columns of each mini-batch of one epoch, shuffled anew each epoch and as even as can be.

    A short last batch would take a rough step just before the epoch is judged.
    With batch_size None, or m and more, there is one batch with every column in its place. The same seed and
    epoch give the same batches.
    """
    if batch_size is None or batch_size >= m:
        return [slice(None)]
    order = np.random.default_rng([seed, epoch]).permutation(m)
    return np.array_split(order, math.ceil(m / batch_size))


def load(path):
    """The Trainer that save(path) wrote, ready to predict or to train on; nothing in the file is run.

    ValueError where the file is missing, cut off, or not from save.
    """
    try:
        with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            return _restored(about, _read_parameters(file), _read_parameters(file, "lowest_"))
    except FileNotFoundError:
        raise ValueError(f"There is no file {path}. Trainer.save(path) writes one.") from None
    except Exception as error:  # whatever a damaged file makes the readers of zip, arrays and JSON raise
        hint = "Save it again, or train anew."
        raise ValueError(f"{path} is not a whole file from Trainer.save: {error}. {hint}") from None


def _read_parameters(file, prefix=""):
    parameters = {name: file[prefix + name] for name in network.PARAMETERS}
    network.check_parameters(parameters)
    if not _all_sound(parameters):
        raise ValueError("a parameter is not made of finite numbers")
    return parameters


def _restored(about, parameters, lowest):
    """The Trainer of these settings, history and parameters; ValueError where they do not fit each other."""
    if about["format"] != FORMAT:
        raise ValueError(f"its format is {about['format']!r}, not {FORMAT!r}")
    trainer = Trainer(**{name: about["settings"][name] for name in SETTINGS})
    _check_settings(trainer)
    trainer.history = History(**about["history"])
    if not all(isinstance(value, float) for values in about["history"].values() for value in values):
        raise ValueError("its history is not made of numbers")
    epoch, batch, lowest_epoch = (about[name] for name in ("epoch", "batch", "lowest_epoch"))
    for name in ("epoch", "batch", "lowest_epoch"):
        network.check_whole(name, about[name], 0)
    recorded = len(trainer.history.cost) - (batch > 0)
    same_shapes = all(lowest[name].shape == parameters[name].shape for name in lowest)
    if not (lowest_epoch <= epoch <= recorded and same_shapes):
        raise ValueError("its history, epochs and parameters do not fit each other")
    trainer.state, trainer.lowest = State(epoch, batch, parameters), State(lowest_epoch, 0, lowest)
    trainer.outcome = str(about["outcome"])
    return trainer


def _functions(trainer):
    """initialize, forward, cost, backward, update: the trainer's own, or else those of helpers.network."""
    hidden = {"hidden_activation": trainer.hidden_activation}

    def update_copy(parameters, grads, learning_rate):
        updated = trainer.update({name: p.copy() for name, p in parameters.items()}, grads, learning_rate)
        network.check_parameters(updated)
        return updated

    return (
        trainer.initialize or partial(network.initialize_parameters, seed=trainer.seed, scale=trainer.scale),
        trainer.forward or partial(network.forward_propagation, **hidden),
        trainer.cost or network.compute_cost,
        trainer.backward or partial(network.backward_propagation, **hidden),
        update_copy if trainer.update else network.update_parameters,
    )


def _record(history, epoch, parameters, X, Y, test, functions):
    """Append this epoch's cost and accuracy, for the training and the test set; returns the training cost."""
    forward, cost, *_ = functions
    observed = {}
    for prefix, (X_seen, Y_seen) in {"": (X, Y), "test_": test}.items():
        if X_seen is not None:
            A2, _ = forward(X_seen, parameters)
            observed[prefix + "cost"] = float(cost(A2, Y_seen))
            observed[prefix + "accuracy"] = network.accuracy(A2, Y_seen)
    for name, values in vars(history).items():
        del values[epoch:]
        if name in observed:
            values += [math.nan] * (epoch - len(values)) + [observed[name]]  # NaN: epochs without a test set
    return observed["cost"]


def _check_settings(trainer):
    for name, least in {"n_h": 1, "epochs": 0, "patience": 1, "seed": 0, "batch_size": 1}.items():
        if name != "batch_size" or trainer.batch_size is not None:
            network.check_whole(name, getattr(trainer, name), least)
    network.check_number("learning_rate", trainer.learning_rate, above=True)
    network.check_number("scale", trainer.scale)
    network.check_number("tolerance", trainer.tolerance)
    network.activation(trainer.hidden_activation)


def _check_test(X, Y, X_test, Y_test):
    if X_test is None and Y_test is None:
        return None, None
    if X_test is None or Y_test is None:
        raise ValueError("A test set needs both X_test and Y_test; one of them is missing.")
    X_test, Y_test = check_data(X_test, Y_test)
    if (X_test.shape[0], Y_test.shape[0]) != (X.shape[0], Y.shape[0]):
        raise ValueError(
            f"X_test has shape {X_test.shape}, Y_test {Y_test.shape}; in training X {X.shape}, Y {Y.shape}: "
            "both need the same rows; examples are columns: is one of them transposed?"
        )
    return X_test, Y_test


def _all_sound(parameters):
    """True while every parameter is a number below 1e100 in size, so that no product overflows."""
    return all(abs(parameter).max() < 1e100 for parameter in parameters.values())


def _progress_bar(epochs, shown):
    from tqdm.auto import tqdm  # here, because in a notebook it brings ipywidgets along

    # TQDM_DISABLE is tqdm's own switch, which its notebook bar overlooks.
    hidden = not shown or os.environ.get("TQDM_DISABLE") == "1"
    return tqdm(total=epochs, desc="epochs", leave=False, delay=0.5, disable=hidden)


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
