"""Six set-ups of training whose numbers are to stay as they are; test_training_is_identical compares them.

`python -m tests.training_setups` writes the numbers of this checkout into training_numbers.json: only where
the numbers are meant to change.
"""

import json
import math
from pathlib import Path

import numpy as np

from helpers.datasets import breast_cancer, digits, flower, moons, split, standardise, xor
from helpers.trainer import Trainer

EPOCHS = 500


def sizes():
    """64 inputs, 6 hidden units, 10 outputs."""
    X, Y = digits()
    trainer = Trainer(
        n_h=6, learning_rate=0.3, epochs=EPOCHS, scale="1/sqrt(n)", hidden_activation="relu", tolerance=0
    )
    trainer.train(X[:, :150], Y[:, :150], X[:, 150:250], Y[:, 150:250], progress=False)
    return trainer


def mini_batch():
    """Mini-batches, momentum, a penalty on the weights, and a test set."""
    X, Y, X_test, Y_test = split(*breast_cancer())
    X, X_test = standardise(X, X_test)
    trainer = Trainer(
        n_h=5, learning_rate=0.02, epochs=EPOCHS, batch_size=64, optimiser="momentum", l2=0.01, tolerance=0
    )
    trainer.train(X, Y, X_test, Y_test, progress=False)
    return trainer


def adam():
    """Adam, with the other penalty."""
    trainer = Trainer(
        n_h=6, learning_rate=0.005, epochs=EPOCHS, optimiser="adam", scale="1/sqrt(n)", l1=1e-4, tolerance=0
    )
    trainer.train(*moons(n_points=120), progress=False)
    return trainer


def depth():
    """Two hidden layers, and mini-batches."""
    settings = {"learning_rate": 0.3, "scale": "1/sqrt(n)", "batch_size": 50}
    trainer = Trainer(n_h=(5, 3), epochs=EPOCHS, tolerance=0, **settings)
    trainer.train(*flower(n_points=200), progress=False)
    return trainer


def initialize(n_x, n_h, n_y):
    rng = np.random.default_rng(5)
    W1, W2 = rng.normal(size=(n_h, n_x)) * 0.5, rng.normal(size=(n_y, n_h)) * 0.5
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]


def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.sum(axis=1, keepdims=True) / m,
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": dZ2.sum(axis=1, keepdims=True) / m,
    }


def update(parameters, grads, learning_rate):
    for name in parameters:
        parameters[name] -= learning_rate * grads["d" + name]
    return parameters


OWN = {"initialize": initialize, "forward": forward, "cost": cost, "backward": backward, "update": update}


def own_functions():
    """Five functions of one's own; the update changes its parameters in place."""
    trainer = Trainer(n_h=6, learning_rate=0.2, epochs=EPOCHS, batch_size=40, tolerance=0, **OWN)
    trainer.train(*xor(n_points=160), progress=False)
    return trainer


def interrupted():
    """Interrupted between two epochs and in the middle of one, ended by a callback, stepped; then gone on."""
    X, Y = flower(n_points=160)
    updates = []

    def interrupting(parameters, grads, learning_rate):
        updates.append(1)
        if len(updates) == 555:
            raise KeyboardInterrupt
        return {name: p - learning_rate * grads["d" + name] for name, p in parameters.items()}

    def at_70(trainer):
        if trainer.state.epoch == 70:
            raise KeyboardInterrupt

    trainer = Trainer(n_h=4, learning_rate=0.1, batch_size=48, scale=0.5, update=interrupting, tolerance=0)
    trainer.train(X, Y, progress=False, callbacks=[at_70])
    assert trainer.state[:2] == (70, 0)
    trainer.train(X, Y, progress=False)
    assert trainer.state[:2] == (138, 2)  # two of the four mini-batches of this epoch are done
    trainer.train(X, Y, progress=False, callbacks=[lambda trainer: trainer.state.epoch == 250])
    assert trainer.state[:2] == (250, 0)
    for _ in range(6):
        trainer.step(X, Y)
    trainer.epochs = EPOCHS - trainer.state.epoch
    trainer.train(X, Y, progress=False)
    return trainer


SETUPS = (sizes, mini_batch, adam, depth, own_functions, interrupted)
FILE = Path(__file__).with_name("training_numbers.json")


def numbers(trainer):
    """Parameters, and every 50th epoch of the history, as lists of floats."""
    found = {name: p.ravel().tolist() for name, p in trainer.parameters.items()}
    found |= {name: values[::50] for name, values in vars(trainer.history).items()}
    assert all(math.isfinite(x) for values in found.values() for x in values)
    return found


def exact(found):
    """The same numbers in hexadecimal, to the last bit."""
    return {name: [x.hex() for x in values] for name, values in found.items()}


if __name__ == "__main__":
    text = json.dumps({setup.__name__: exact(numbers(setup())) for setup in SETUPS}, indent=0)
    FILE.write_text(text + "\n", encoding="utf-8")
