"""Lessons 08 and 09: train from different starts, and watch a training that can be stopped at any time."""

from functools import partial

from helpers.network import initialize_parameters
from helpers.playground.experiment import constant_parameters
from helpers.scenes import training_scene, units_scene
from helpers.trainer import Trainer
from helpers.widgets.explore import explore

STARTS = {  # each is called with the numbers of inputs, hidden units and outputs
    "all zero": partial(constant_parameters, "zeros", None),
    "all 0.5": partial(constant_parameters, "constant", 0.5),
    **{f"random × {x:g}": partial(initialize_parameters, scale=x) for x in (0.01, 0.1, 1, 10, 100)},
}


def explore_starts(X, Y, n_h=4, learning_rate=1.2, epochs=1000):
    """Choose where a network starts, train it, and watch its hidden units.  X: (2, m), Y: (n2, m)."""
    known = {start: {0: first(len(X), n_h, len(Y))} for start, first in STARTS.items()}

    def hidden_units(start="all 0.5", epoch=0):
        reached = known[start]
        before = max(k for k in reached if k <= epoch)
        if before < epoch:
            here = reached[before]
            more = Trainer(
                n_h, learning_rate, epoch - before, patience=epochs + 1, initialize=lambda *_: here
            )
            more.train(X, Y, progress=False)
            reached[epoch] = more.parameters
        return units_scene(reached[epoch], X, Y, epoch)

    return explore(hidden_units, play="epoch", interval=25, start=list(STARTS), epoch=(0, epochs, 5))


def explore_training(trainer, X, Y, X_test=None, Y_test=None, epochs=1000):
    """Train with your trainer while you watch. Pause stops it, and what it has learned stays in the trainer.

    Nothing is trained twice: going back only shows an earlier epoch.  Shapes as in Trainer.train.
    """

    def learn(more):
        asked, trainer.epochs = trainer.epochs, more
        try:
            trainer.train(X, Y, X_test, Y_test, progress=False)
        finally:
            trainer.epochs = asked

    def training(epoch):
        done = len(trainer.history.cost) - 1
        if epoch > done:
            learn(epoch - max(done, 0))
        last = len(trainer.history.cost) - 1
        return training_scene(trainer.history, min(epoch, last), epochs, trainer.outcome * (epoch >= last))

    reached = max(len(trainer.history.cost) - 1, 0)
    starts, time = {"epoch": min(reached, epochs)}, (0, epochs, max(epochs // 100, 1))
    return explore(training, play="epoch", interval=25, starts=starts, epoch=time)
