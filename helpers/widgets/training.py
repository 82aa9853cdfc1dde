"""Lessons 08 and 09: train from different starts, and watch a training that can be stopped at any time."""

from helpers.descents import STARTS, last_epoch, parameters_after, train_up_to
from helpers.scenes import training_scene, units_scene
from helpers.widgets.explore import explore


def explore_starts(X, Y, n_h=4, learning_rate=1.2, epochs=1000):
    """Choose where a network starts, train it, and watch its hidden units.  X: (2, m), Y: (n2, m)."""
    known = {start: {0: first(len(X), n_h, len(Y))} for start, first in STARTS.items()}

    def hidden_units(start="all 0.5", epoch=0):
        return units_scene(parameters_after(epoch, known[start], X, Y, learning_rate), X, Y, epoch)

    return explore(hidden_units, play="epoch", interval=25, start=list(STARTS), epoch=(0, epochs, 5))


def explore_training(trainer, X, Y, X_test=None, Y_test=None, epochs=1000):
    """Train with your trainer while you watch. Pause stops it, and what it has learned stays in the trainer.

    Nothing is trained twice: going back only shows an earlier epoch.  Shapes as in Trainer.train.
    """

    def training(epoch):
        shown, outcome = train_up_to(epoch, trainer, X, Y, X_test, Y_test)
        return training_scene(trainer.history, shown, epochs, outcome)

    starts, time = {"epoch": min(last_epoch(trainer), epochs)}, (0, epochs, max(epochs // 100, 1))
    return explore(training, play="epoch", interval=25, starts=starts, epoch=time)
