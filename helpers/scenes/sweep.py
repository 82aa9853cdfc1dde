"""Small multiples: one setting in several values, the cost of each run, the map of the one in the middle."""

import numpy as np

from helpers.scenes.curves import coloured, coloured_by_class, curve, plot, round_up, thinned
from helpers.scenes.svg import INK, MARGIN, QUIET, rect, scene_of, text_at, touchable
from helpers.words import counted, short

WIDE, HIGH, ACROSS = 376, 276, 3  # of one value's part; parts in a row
MAP, THIN, THICK = 104, "#9AA5B1", INK  # the side of a map; the runs, and the one in the middle


def sweep_scene(name, found, epochs):
    """Draw for each value of a setting the cost of its runs, and what the run in the middle answers.

    name: of the setting.  found: a list of Swept, from helpers.playground.sweep.  To touch: "value 0", ….
    """
    costs = np.concatenate([part.costs.ravel() for part in found])
    top = round_up(1.15 * max(float(np.max(part.costs[:, 0], initial=0.1)) for part in found))
    parts, said = [], []
    for k, part in enumerate(found):
        left, high = MARGIN + WIDE * (k % ACROSS), MARGIN + HIGH * (k // ACROSS)
        title, words = f"{name} = {_shown(part.value)}", _words(part)
        inside = [rect(left, high, WIDE - 12, HIGH - 12, "#FFFFFF", "#DDE2E7", 1)]
        inside.append(text_at(left + 14, high + 24, title, bold=True, anchor="start"))
        inside += _curves(part, left + 62, high + 62, epochs, top)
        inside += _map(part, left + 278 - MAP / 2, high + 62)
        label = f"{title}: {words}. Open it"
        parts += touchable(inside, f"value {k}", label)
        said.append(f"{title}: {words}")
    runs = f"{counted(len(found[0].costs), 'run')} of {counted(epochs, 'epoch')} for each value"
    ended = " A run that could not go on ends early." if np.isnan(costs).any() else ""
    ended += f" A cost above {short(top)} is drawn at the top." if np.nanmax(costs) > top else ""
    description = f"{'. '.join(said)}. {runs}; thick: the run in the middle.{ended}"
    width = 2 * MARGIN + WIDE * min(ACROSS, len(found)) - 12
    height = 2 * MARGIN + HIGH * -(-len(found) // ACROSS) - 12
    line = f"{runs}; thick is the run in the middle, whose map is shown.{ended} Click one to open it."
    return scene_of(width, height, f"{name}, side by side", description, parts, line)


def _curves(part, left, top, epochs, most):
    parts, at = plot(left, top, 130, 130, (0, epochs), (0, most), "epochs", "cost")
    for k in sorted(range(len(part.costs)), key=lambda k: k == part.middle):  # the middle one on top
        x, y = thinned(part.costs[k], epochs)
        look = (THICK, 3.0) if k == part.middle else (THIN, 1.5)
        parts.append(curve(*at(x, y), *look))
    return parts


def _map(part, left, top):
    last = part.costs[part.middle][-1]
    lines = [_shares(part), f"cost {short(last)}" if np.isfinite(last) else "it ended early"]
    place, several = (left, top, MAP, MAP), len(part.answers) > 1
    shares = (1 + part.answers) / 2
    parts = [coloured_by_class(shares, *place) if several else coloured(part.answers[0], *place)]
    parts.append(rect(*place, "none", QUIET, 1))
    return parts + [text_at(left + MAP / 2, top + MAP + 20 + 22 * i, line) for i, line in enumerate(lines)]


def _words(part):
    last = part.costs[part.middle][-1]
    return f"{_shares(part)}, {f'cost {short(last)}' if np.isfinite(last) else 'ended early'} in the middle"


def _shares(part):
    """What share is right, from the worst run to the best: "test: 89 to 91 % right"."""
    first, last = (f"{100 * share:.0f}" for share in (min(part.right), max(part.right)))
    of = "test: " * bool(part.settings.test_share)  # the cost beside it is that of training
    return f"{of}{first if first == last else f'{first} to {last}'} % right"


def _shown(value):
    return short(value) if isinstance(value, float) else str(value)
