"""Lessons 09 and 11: walk downhill, with learning rates from far too small to too large."""

from functools import lru_cache

from helpers.descents import (
    B_SPAN,
    START,
    VALLEY_SPANS,
    VALLEY_START,
    W_SPAN,
    cost_surface,
    neuron_walk,
    parabola_walk,
    valley_walk,
)
from helpers.scenes.descent import (
    WIDE,
    c_touched,
    descent_scene,
    parabola_scene,
    start_touched,
    valley_scene,
    valley_touched,
)
from helpers.widgets.explore import explore

STEP = 0.1  # of a start
ARROWS = {  # key: (which of the start's two numbers it moves, by how much)
    "ArrowLeft": (0, -STEP),
    "ArrowRight": (0, STEP),
    "ArrowUp": (1, STEP),
    "ArrowDown": (1, -STEP),
}


def start_moved(event, values, names, place_at):
    """Where a start is after this Event, {name: value} for its two names; None where it stays.

    values: of the controls.  place_at: a function from a drag's x and y to the two values.
    """
    if event.moves:
        return dict(zip(names, place_at(event.x, event.y), strict=True))
    if event.kind == "key" and event.key in ARROWS:
        which, change = ARROWS[event.key]
        return {names[which]: values[names[which]] + change}
    return None


def explore_descent(x, Y, learning_rates=(0.01, 0.1, 1, 10, 50), steps=100):
    """Step or play gradient descent for one neuron with w and b; drag the start.

    x, Y: (1, m), x standardised.
    """
    surface, rates = cost_surface(x, Y), list(learning_rates)
    middle = rates[len(rates) // 2]
    walk = lru_cache(maxsize=16)(lambda rate, start: neuron_walk(x, Y, rate, steps, start))

    def descent(learning_rate=middle, step=0, start_w=START[0], start_b=START[1]):
        return descent_scene(surface, walk(learning_rate, (start_w, start_b))[: step + 1])

    def touched(event, values):
        if event.touch == "start":
            return start_moved(event, values, ("start_w", "start_b"), start_touched)

    reach = {"start_w": (*W_SPAN, STEP), "start_b": (*B_SPAN, STEP)}
    time = {"play": "step", "interval": 25, "step": (0, steps)}
    return explore(descent, touched=touched, learning_rate=rates, **time, **reach)


def explore_parabola(learning_rate=0.1, steps=60):
    """Step or play the descent of ½ (5 + 3 c − 20)²; beyond 2/9 it explodes. Drag the start, c."""

    def parabola(learning_rate=learning_rate, step=0, start_c=2.0):
        return parabola_scene(parabola_walk(learning_rate, steps, start_c)[: step + 1], learning_rate)

    def touched(event, values):
        if event.touch == "start_c" and event.moves:
            return {"start_c": c_touched(event.x, values["learning_rate"])}

    reach = {"learning_rate": (0.01, 0.25, 0.01), "start_c": (*map(float, WIDE[0]), STEP)}
    return explore(parabola, play="step", interval=150, touched=touched, step=(0, steps), **reach)


def explore_valley(learning_rates=(0.002, 0.005, 0.018, 0.021, 0.1, 0.3), steps=90):
    """Step or play a walk down a narrow valley, by one of the Trainer's optimisers; drag the start."""
    ways, rates = ["gradient descent", "momentum", "adam"], list(learning_rates)

    def valley(
        optimiser=ways[0], learning_rate=0.018, step=0, start_0=VALLEY_START[0], start_1=VALLEY_START[1]
    ):
        walk = valley_walk(optimiser, learning_rate, steps, (start_0, start_1))[: step + 1]
        return valley_scene({f"{optimiser}, learning rate {learning_rate}": walk})

    def touched(event, values):
        if event.touch.startswith("start"):
            return start_moved(event, values, ("start_0", "start_1"), valley_touched)

    reach = {"start_0": (*VALLEY_SPANS[0], STEP), "start_1": (*VALLEY_SPANS[1], STEP)}
    time = {"play": "step", "interval": 60, "step": (0, steps)}
    return explore(valley, touched=touched, optimiser=ways, learning_rate=rates, **time, **reach)
