"""The code behind the lessons: plain NumPy for the computing, matplotlib and SVG for the pictures."""

import logging
import os
import sys
from contextlib import suppress

STARTED_IN = ""  # the folder that is current at this import: that of the notebook, whatever %cd does later
with suppress(OSError):  # it may have been deleted
    STARTED_IN = os.getcwd()
if sys.platform == "emscripten":  # in a browser matplotlib warns at each start that it looks for fonts
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
