"""How a learner's function is kept: its text is found, made self-contained, tried afresh and written."""


class CannotKeep(Exception):
    """Why a function cannot be kept or loaded, in words for the learner."""
