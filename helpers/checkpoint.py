"""Where training stands, in one file: settings and history as JSON, parameters as arrays, no code."""

import json
import os
from pathlib import Path

import numpy as np

from helpers.inputs import parameter_names, require_parameters, require_whole, squares

FORMAT = "backprop-by-hand trainer 2"
PREFIXES = ("", "lowest_")  # of the arrays where training stands, and of those of the lowest cost


def write(path, about, states):
    """Write about, a dict for JSON, and two states (epoch, batch, parameters, memory), in one move.

    The file is written next to path, then put in its place: a crash leaves the old one or the new.
    """
    path = Path(path)
    if path.is_dir() or not path.parent.is_dir():
        hint = "it is a folder, or its folder does not exist. Try 'trained.npz'."
        raise ValueError(f"{path} cannot be written: {hint}")
    (epoch, batch, *_), (lowest_epoch, *_) = states
    about = {"format": FORMAT, "epoch": epoch, "batch": batch, "lowest_epoch": lowest_epoch, **about}
    text = json.dumps(about, default=lambda number: number.item())  # a NumPy number as a plain one
    arrays = {"about": np.array(text)}
    for prefix, (_, _, parameters, memory) in zip(PREFIXES, states, strict=True):
        arrays |= {prefix + name: array for name, array in parameters.items()}
        arrays |= {f"{prefix}memory_{name}": array for name, array in memory.items()}
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def read(path, restore):
    """What restore(about, states) makes of the file; ValueError where it is missing, cut off or another's."""
    try:
        with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(str(arrays.pop("about")))
        if about["format"] != FORMAT:
            raise ValueError(f"its format is {about['format']!r}, not {FORMAT!r}")
        lowest = _state(about["lowest_epoch"], 0, _taken("lowest_", arrays))
        return restore(about, [_state(about["epoch"], about["batch"], arrays), lowest])
    except FileNotFoundError:
        raise ValueError(f"There is no file {path}. Trainer.save(path) writes one.") from None
    except Exception as error:  # whatever a damaged file makes the readers of zip, arrays and JSON raise
        hint = "Save it again, or train anew."
        raise ValueError(f"{path} is not a whole file from Trainer.save: {error}. {hint}") from None


def _state(epoch, batch, parameters):
    """(epoch, batch, parameters, memory), with the entries "memory_…" as the memory."""
    require_whole("epoch", epoch, 0)
    require_whole("batch", batch, 0)
    memory = _taken("memory_", parameters)
    require_parameters(parameters)
    if set(parameters) != set(parameter_names(len(parameters) // 2)):
        raise ValueError(f"it has entries that do not belong there, among {', '.join(parameters)}")
    if not all(np.isfinite(array).all() for array in (*parameters.values(), *memory.values())):
        raise ValueError("a parameter is not made of finite numbers")
    return epoch, batch, parameters, memory


def _taken(prefix, arrays):
    """Those whose names begin with prefix, taken out of arrays and named without it."""
    return {name.removeprefix(prefix): arrays.pop(name) for name in list(arrays) if name.startswith(prefix)}


def require_in_step(history, state, lowest):
    """A history of numbers, as long as the two states say, and parameters of the same shapes in both."""
    lists = vars(history).values()
    if not all(isinstance(values, list) and {type(value) for value in values} <= {float} for values in lists):
        raise ValueError("its history is not made of numbers")
    recorded, *others = (len(values) for values in lists)
    in_step = others[:2] == [recorded] * 2 and len(set(others[2:])) == 1 and others[2] <= recorded
    one_shape = _kinds(state.parameters) == _kinds(lowest.parameters)
    if not (in_step and lowest.epoch <= state.epoch <= recorded - (state.batch > 0) and one_shape):
        raise ValueError("its history, epochs and parameters do not fit each other")


def require_known_memory(states, memories):
    """Parameters below 1e100 in both states, and a memory as one of the optimisers leaves it."""
    known = [_kinds(memory) for memory in memories]
    for state in states:
        if squares(state.parameters.values()) >= 1e200 or _kinds(state.memory) not in known:
            raise ValueError("its parameters are too large, or do not fit what the optimiser remembers")


def _kinds(arrays):
    return {name: (array.shape, array.dtype.kind) for name, array in arrays.items()}
