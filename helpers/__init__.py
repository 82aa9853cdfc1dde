"""The code behind the lessons: plain NumPy for the computing, matplotlib and SVG for the pictures."""

import os
from contextlib import suppress

STARTED_IN = ""  # the folder that is current at this import: that of the notebook, whatever %cd does later
with suppress(OSError):  # it may have been deleted
    STARTED_IN = os.getcwd()
