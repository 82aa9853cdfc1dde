"""Pictures that a learner operates: explore() is the mechanism, an explorer a scene and a few lines."""

from helpers.descents import STARTS
from helpers.widgets.depth import explore_depth
from helpers.widgets.descent import explore_descent, explore_parabola, explore_valley
from helpers.widgets.drawing import draw_a_digit
from helpers.widgets.explore import explore
from helpers.widgets.graph import explore_graph
from helpers.widgets.network import explore_address, explore_passes, explore_paths
from helpers.widgets.neuron import explore_neuron
from helpers.widgets.playground import Playground
from helpers.widgets.shares import explore_shares
from helpers.widgets.sweep import sweep
from helpers.widgets.training import explore_starts, explore_training

__all__ = [
    "STARTS", "Playground", "draw_a_digit", "explore", "explore_address", "explore_depth",
    "explore_descent", "explore_graph", "explore_neuron", "explore_parabola", "explore_passes",
    "explore_paths", "explore_shares", "explore_starts", "explore_training", "explore_valley", "sweep",
]  # fmt: skip
