"""Lesson 13: choose the first weights, the activation and the depth, and see what arrives in each layer."""

from helpers.scenes.depth import depth_scene
from helpers.widgets.explore import explore

SCALES = {"× 0.01": 0.01, "× 1/√n": "1/sqrt(n)", "× √(2/n)": "sqrt(2/n)", "× 1": 1}


def explore_depth():
    """Choose scale, activation and the number of hidden layers; sizes of A, dZ and dW layer by layer."""
    return explore(depth_scene, scale=SCALES, activation=["tanh", "relu", "sigmoid"], hidden=(1, 12))
