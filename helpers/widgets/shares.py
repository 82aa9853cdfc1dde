"""Lesson 12: move the three numbers that a softmax turns into shares."""

from helpers.scenes.shares import shares_scene
from helpers.widgets.explore import explore


def explore_shares(z0=2.0, z1=1.0, z2=-1.0, own=1):
    """Move three numbers z, drag them in the picture or type them, and choose the class that is right."""
    starts, reach = {"z0": z0, "z1": z1, "z2": z2, "own": own}, (-6.0, 6.0, 0.1)
    classes = {f"class {k}": k for k in range(3)}
    return explore(shares_scene, starts=starts, z0=reach, z1=reach, z2=reach, own=classes)
