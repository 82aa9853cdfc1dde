"""Lesson 09: walk downhill, with a learning rate from far too small to too large."""

from functools import lru_cache

from helpers.scenes import cost_surface, descent_scene, neuron_walk, parabola_scene, parabola_walk
from helpers.widgets.explore import explore


def explore_descent(x, Y, learning_rates=(0.01, 0.1, 1, 10, 50), steps=100):
    """Step or play gradient descent for one neuron with w and b.  x, Y: (1, m), x standardised."""
    surface = cost_surface(x, Y)
    walk = lru_cache(maxsize=16)(lambda learning_rate: neuron_walk(x, Y, learning_rate, steps))

    rates = list(learning_rates)
    middle = rates[len(rates) // 2]

    def descent(learning_rate=middle, step=0):
        return descent_scene(surface, walk(learning_rate)[: step + 1])

    return explore(descent, play="step", interval=25, learning_rate=rates, step=(0, steps))


def explore_parabola(learning_rate=0.1, steps=60):
    """Step or play the descent of ½ (5 + 3 c − 20)² from c = 2; beyond 2/9 it explodes."""

    def parabola(learning_rate=learning_rate, step=0):
        return parabola_scene(parabola_walk(learning_rate, steps)[: step + 1], learning_rate)

    return explore(parabola, play="step", interval=150, learning_rate=(0.01, 0.25, 0.01), step=(0, steps))
