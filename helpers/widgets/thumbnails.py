"""The made-up data sets as small pictures beside each other, to choose one with a click."""

from helpers.playground.points import samples
from helpers.scenes.thumbnails import data_touched, thumbnails_scene
from helpers.widgets.scene_view import SceneView


def thumbnails(choose):
    """A view of the data sets; choose(name) is called where one is clicked."""
    return SceneView(
        thumbnails_scene(samples()),
        lambda event: choose(data_touched(event.touch)) if event.kind == "click" else None,
    )


def show_chosen(view, name):
    """Let the view mark this data set; a file's name marks none."""
    picture = thumbnails_scene(samples(), name)
    if picture.svg != view.present:
        view.show(picture)
