"""Put a picture and its text description into one output, so that it can be seen, heard and stored."""

import io
from dataclasses import replace

from IPython.display import display
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers.scenes import Scene, described

COLOURS_IN_A_PLOT = 128  # a plot needs no more, and its stored bytes are a third
DOTS_PER_INCH = 100


def show(picture, description=None):
    """Show a matplotlib Figure or a Scene together with its description, and close the figure.

    description: what the picture shows, in words and numbers.  A Scene brings its own; a Figure needs one.
    Raises ValueError for a Figure without a description, TypeError for anything that is no picture.
    """
    if isinstance(picture, Scene):
        bundle = (
            replace(picture, description=str(description)) if description else picture
        )._repr_mimebundle_()
    elif isinstance(picture, Figure):
        if not isinstance(description, str) or not description.strip():
            raise ValueError(
                "A figure needs a description for those who cannot see it: what is drawn and its numbers, "
                'for example show(figure, "Cost over 1000 epochs: from 0.69 down to 0.22."). '
                "The functions in helpers.plots return one."
            )
        png = _png(picture)
        plt.close(picture)
        bundle = {"image/png": png} | described("image/png", png, description)
    else:
        raise TypeError(
            f"show() takes a Figure or a Scene; {type(picture).__name__} came. For axes, give ax.figure."
        )
    display(bundle, raw=True)


def _png(figure):
    """The figure as PNG bytes: the same on every run, whatever the backend, in few colours."""
    FigureCanvasAgg(figure)
    drawn, small = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH, facecolor="white", metadata={"Software": None})
    image = Image.open(drawn).convert("RGB").quantize(COLOURS_IN_A_PLOT, dither=Image.Dither.NONE)
    image.save(small, format="png", optimize=True)
    return small.getvalue()
