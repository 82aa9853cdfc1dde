"""The moments of an experiment that can be gone back to: any earlier epoch, and the state before a change."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from helpers.trainer import State

MOST_MOMENTS = 200  # of one experiment; beyond, every second one is left out
MOST_UNDONE = 20  # changes that can be taken back


class Moment(NamedTuple):
    """An experiment as it stood: enough to go on from there as if nothing had come after it."""

    settings: Any
    opening: dict
    changes: tuple
    X: np.ndarray
    Y: np.ndarray
    state: State
    lowest: State

    @property
    def where(self):
        """(epoch, update)."""
        return self.state.epoch, self.state.batch


def moment_of(e):
    """Where an experiment stands now. Nothing in it is changed in place later, so nothing is copied."""
    trainer = e.trainer
    return Moment(e.settings, dict(e.opening), tuple(e.changes), e.X, e.Y, trainer.state, trainer.lowest)


@dataclass
class Moments:
    """The moments that one experiment remembers, in order, and how far they are apart."""

    kept: list = field(default_factory=list)
    stride: int = 1

    def remember(self, e, changed=False):
        """Keep this moment, if it is one stride after the last, or something was changed by hand."""
        now = moment_of(e)
        while self.kept and (self.kept[-1].where > now.where or changed and self.kept[-1].where == now.where):
            self.kept.pop()
        if changed or not self.kept or now.where >= (self.kept[-1].state.epoch + self.stride, 0):
            self.kept.append(now)
        if len(self.kept) > MOST_MOMENTS:
            self.stride *= 2
            last = self.kept[-1]
            self.kept = [*_thinned(self.kept[:-1], self.stride), last]

    def before(self, epoch):
        """The last moment that is not after this epoch."""
        return next(moment for moment in reversed(self.kept) if moment.where <= (epoch, 0))


def _thinned(moments, stride):
    """Those that are a stride apart, and those where something had just been changed."""
    kept = moments[:1]
    for moment in moments[1:]:
        if moment.state.epoch >= kept[-1].state.epoch + stride or moment.changes != kept[-1].changes:
            kept.append(moment)
    return kept


@dataclass
class Undo:
    """The changes by hand that can be taken back: (experiment, its moment, its history), the newest last."""

    entries: list = field(default_factory=list)
    newest: Any = None  # what the newest is about, while more of the same belongs to it

    def remember(self, e, what=None):
        """Keep how it stands before a change. what: of a drag or a slider, whose moves are one change."""
        if what is None or what != self.newest:
            history = {name: np.array(values) for name, values in vars(e.trainer.history).items()}
            self.entries = [*self.entries[1 - MOST_UNDONE :], (e, moment_of(e), history)]
        self.newest = what

    def leave(self, e, what=None):
        """Keep how it stands before another takes its place; its history in arrays, a quarter as large."""
        self.remember(e, what)
        for values in vars(e.trainer.history).values():
            values.clear()

    def attempt(self, e, action, what=None):
        """Do action(), which changes e; where it is refused there is nothing to take back."""
        before = self.entries, self.newest
        self.remember(e, what)
        try:
            action()
        except BaseException:
            self.entries, self.newest = before
            raise

    def take_back(self):
        """The experiment as it stood before the newest change; None where there is none."""
        if not self.entries:
            return None
        (*self.entries, (e, moment, history)), self.newest = self.entries, None
        for name, values in history.items():
            getattr(e.trainer.history, name)[:] = values.tolist()
        e.stand_at(moment)
        return e
