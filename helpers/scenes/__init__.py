"""Pictures as SVG text, from plain values: pure functions that need neither matplotlib nor widgets."""

from helpers.descents import cost_surface, neuron_walk, parabola_walk, valley_walk
from helpers.scenes.address import address_scene
from helpers.scenes.depth import depth_scene
from helpers.scenes.descent import descent_scene, parabola_scene, valley_scene
from helpers.scenes.drawing import drawing_scene
from helpers.scenes.graph import graph_scene, graph_scene_at, graph_steps
from helpers.scenes.matrices import shapes_scene
from helpers.scenes.network import network_scene
from helpers.scenes.neuron import neuron_scene
from helpers.scenes.one_example import fed_scene, path_scene, products_scene
from helpers.scenes.passes import pass_steps, passes_scene
from helpers.scenes.paths import paths_scene
from helpers.scenes.playground import playground_scene
from helpers.scenes.shares import shares_scene
from helpers.scenes.svg import FONT, NEWEST, Scene, described, size_of
from helpers.scenes.thumbnails import thumbnails_scene
from helpers.scenes.training import training_scene, units_scene

__all__ = [
    "FONT", "NEWEST", "Scene", "address_scene", "cost_surface", "depth_scene", "descent_scene",
    "described", "drawing_scene", "fed_scene", "graph_scene", "graph_scene_at", "graph_steps",
    "network_scene", "neuron_scene", "neuron_walk", "parabola_scene", "parabola_walk", "pass_steps",
    "passes_scene", "path_scene", "paths_scene", "playground_scene", "products_scene", "shapes_scene",
    "shares_scene", "size_of", "thumbnails_scene", "training_scene", "units_scene", "valley_scene",
    "valley_walk",
]  # fmt: skip
