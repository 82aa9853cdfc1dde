"""Compare the values of one setting side by side, and open the one that you want to play with."""

import html
from dataclasses import asdict

import ipywidgets as widgets

from helpers import kept
from helpers.playground.settings import Settings
from helpers.playground.sweep import require_sweep, swept
from helpers.scenes.sweep import sweep_scene
from helpers.widgets.explore import as_status, replace_what_this_cell_showed
from helpers.widgets.playground import Playground
from helpers.widgets.scene_view import SceneView, with_stand_in


class Sweep(widgets.VBox):
    """What sweep() shows: small multiples, a line of text, and the playground that was opened last."""

    def __init__(self, name, found, epochs):
        super().__init__()
        self.found, self.epochs, self.playground = found, epochs, None
        self.scene = sweep_scene(name, found, epochs)
        self.picture = SceneView(self.scene, on_touch=self._touched)
        trouble = dict.fromkeys(reason for part in found for reason in part.trouble)
        words = " ".join([self.scene.line, found[0].words, *trouble])
        self.children = [widgets.HTML(as_status(html.escape(words))), with_stand_in(self.picture)]
        replace_what_this_cell_showed(self)

    def _touched(self, event):
        if event.kind == "click":
            self.show_run(int(event.touch.removeprefix("value ")))

    def show_run(self, number):
        """Show the run in the middle of this value in a playground; one that was shown before is closed."""
        if self.playground:
            self.playground.close()
        self.playground = Playground(**asdict(self.found[number].settings), epochs=self.epochs)
        self.children = [*self.children[:2], self.playground]

    def close(self):
        """Take everything away."""
        for part in self.children:
            part.close()
        self.picture.close()
        super().close()

    def __repr__(self):
        return "Widget: a sweep. Run this cell to use it."


def sweep(*, seeds=5, epochs=500, **settings):
    """Train with each value of one setting and several seeds, and see what comes of them side by side.

    One setting is a list of up to six values, as in sweep(learning_rate=[0.1, 1, 10]); the others are those
    of a Playground, and its functions run: yours, where they are kept.  seeds: 1 to 10; epochs: 1 to 5,000.
    Click a part of the picture to open its run in the middle in a playground.
    TypeError for an unknown setting, ValueError for a value that is refused.
    """
    name = require_sweep(settings, seeds, epochs)
    others = Settings(**{other: value for other, value in settings.items() if other != name})
    own = kept.load().own
    found = [swept(name, value, own, others, seeds, epochs) for value in settings[name]]
    return Sweep(name, found, epochs)
