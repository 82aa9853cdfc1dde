"""Faults by the hundred, with `make soak`; tests/test_faults.py runs a few of each.

Training is interrupted by a real SIGINT in a real process and goes on; a process is killed while it saves;
files, tables and inputs are fuzzed; random edits of right functions are judged. Each function raises
AssertionError at the first thing that is not right.
"""

import json
import math
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from helpers import network
from helpers.datasets import flower, from_csv, split
from helpers.trainer import Trainer, load
from tests.judged import VERSIONS, Tally
from tools.soak_keeping import keeping

CASES = {
    "full batch": {"n_h": 4},
    "momentum": {"n_h": 4, "optimiser": "momentum", "learning_rate": 0.1},
    "mini-batches": {"n_h": 4, "batch_size": 16},
    "Adam, mini-batches, two hidden layers": {
        "n_h": (6, 3),
        "optimiser": "adam",
        "learning_rate": 0.01,
        "batch_size": 16,
        "l2": 0.001,
    },
    "early stopping": {"n_h": 8, "early_stopping": True, "batch_size": 16, "learning_rate": 0.3},
}
DATA = split(*flower(120), test_share=0.25)


def same(one, other):
    """Whether two trainers stand at the same place, to the last bit."""
    arrays = [
        {**t.state.parameters, **t.state.memory, **{"lowest " + k: p for k, p in t.lowest.parameters.items()}}
        for t in (one, other)
    ]
    in_arrays = arrays[0].keys() == arrays[1].keys() and all(
        np.array_equal(arrays[0][name], arrays[1][name]) for name in arrays[0]
    )
    return one.state[:2] == other.state[:2] and one.history == other.history and in_arrays


def interrupted_process(case):
    """What the process that is to be interrupted does: train without end, go on after it, and compare."""
    settings = {**CASES[case], "patience": 10**6}
    while True:
        t = Trainer(**settings, epochs=10**9)
        t.train(*DATA, progress=False, callbacks=[lambda t: t.state.epoch == 2 and print("go", flush=True)])
        place = t.state[:2]
        assert t.outcome.startswith(f"interrupted in epoch {place[0]}"), t.outcome
        assert all(np.isfinite(p).all() for p in t.parameters.values())
        assert {len(values) for values in vars(t.history).values()} == {place[0] + 1}
        with tempfile.TemporaryDirectory() as folder:  # every other one goes through a file as well
            if place[0] % 2:
                t.save(Path(folder) / "t.npz")
                t = load(Path(folder) / "t.npz")
        t.epochs = 3
        t.train(*DATA, progress=False)
        whole = Trainer(**settings, epochs=place[0] + 3)
        whole.train(*DATA, progress=False)
        assert same(t, whole), (case, place)
        print("same", *place, flush=True)


def start(function, *arguments):
    code = f"from tools import soak; soak.{function}(*{arguments!r})"
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )


def interrupts(times, seed=1):
    """Interrupt training `times` times, at random moments, spread over the cases; returns where it stood."""
    rng, places = np.random.default_rng(seed), []
    for k, case in enumerate(CASES):
        process = start("interrupted_process", case)
        for _ in range(times // len(CASES) + (k < times % len(CASES))):
            assert process.stdout.readline() == "go\n", case
            time.sleep(rng.uniform(0, 0.05))
            process.send_signal(signal.SIGINT)
            word, *place = process.stdout.readline().split() or ["the process ended"]
            assert word == "same", (case, word)
            places.append((case, *map(int, place)))
        process.kill()
        process.communicate()
    return places


def saving_process(path):
    """What the process that is to be killed does: save without end, two trainers in turn."""
    trainers = [Trainer(n_h=n_h, epochs=20, scale=0.1) for n_h in (200, 300)]
    for t in trainers:
        t.train(*DATA, progress=False)
    trainers[0].save(path)
    print("go", flush=True)
    while True:
        for t in trainers:
            t.save(path)


def kills(times, seed=1):
    """Kill a process while it saves, `times` times, and load its file; returns how many died half-way."""
    rng, halfway = np.random.default_rng(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.npz"
        for _ in range(times):
            process = start("saving_process", str(path))
            assert process.stdout.readline() == "go\n"
            time.sleep(rng.uniform(0, 0.03))
            process.kill()
            process.communicate()
            t = load(path)
            assert t.n_h in (200, 300) and len(t.history.cost) == 21
            assert network.compute_cost(t.probability(DATA[0]), DATA[1]) == t.history.cost[-1]
            halfway += (path.parent / "t.npz.part").exists()
    return halfway


def damaged(content, rng):
    """The bytes with a few of them changed, left out, doubled or cut off."""
    content = bytearray(content)
    for _ in range(rng.integers(1, 4)):
        a, b = sorted(int(i) for i in rng.integers(0, len(content) + 1, 2))
        b = min(b, a + int(rng.integers(1, 40)))
        kind = rng.integers(4)
        if kind == 0 and a < len(content):
            content[a] ^= 1 << int(rng.integers(8))
        elif kind == 1:
            del content[a:b]
        elif kind == 2:
            content[a:a] = content[a:b]
        elif kind == 3:
            del content[int(rng.integers(len(content) + 1)) :]
    return bytes(content)


def file_fuzz(times, seed=1):
    """Load damaged files: a clear error, or exactly what was saved."""
    rng, refused = np.random.default_rng(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        path, broken = Path(folder) / "t.npz", Path(folder) / "broken.npz"
        t = Trainer(n_h=(3, 2), epochs=5, optimiser="adam", batch_size=30)
        t.train(*DATA, progress=False)
        t.save(path)
        content = path.read_bytes()
        for _ in range(times):
            broken.write_bytes(damaged(content, rng))
            try:
                back = load(broken)
            except ValueError as error:
                assert "is not a whole file from Trainer.save" in str(error)
                refused += 1
            else:
                assert same(back, t), "a damaged file was taken for another"
    return refused


JUNK = (
    None,
    True,
    -1,
    0,
    2,
    1e308,
    math.nan,
    math.inf,
    "",
    "x",
    [],
    {},
    [1.0],
    {"a": 1},
    "1/sqrt(n)",
    10**40,
)


def meaning_fuzz(times, seed=1):
    """Load whole files with other contents: a clear error, or a trainer whose numbers are numbers."""
    rng, refused = np.random.default_rng(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "t.npz", Path(folder) / "other.npz"
        t = Trainer(epochs=3, optimiser="adam")
        t.train(*DATA, progress=False)
        t.save(path)
        with np.load(path) as file:
            arrays = dict(file)
        for _ in range(times):
            np.savez(other, **changed(arrays, rng))
            try:
                back = load(other)
            except ValueError as error:
                assert "is not a whole file from Trainer.save" in str(error)
                refused += 1
                continue
            A2 = back.probability(DATA[0])
            assert A2.shape == DATA[1].shape and np.isfinite(A2).all()
    return refused


def changed(arrays, rng):
    """The saved arrays with one of them, or one entry of the settings and history, put wrong."""
    arrays, name = dict(arrays), str(rng.choice(list(arrays)))
    junk = JUNK[rng.integers(len(JUNK))]
    if name == "about" or rng.random() < 0.5:
        about = json.loads(str(arrays["about"]))
        within = about[str(rng.choice(["settings", "history"]))] if rng.random() < 0.7 else about
        within[str(rng.choice(list(within)))] = junk
        arrays["about"] = np.array(json.dumps(about))
    elif rng.random() < 0.3:
        del arrays[name]
    else:
        shape = tuple(int(n) for n in rng.integers(0, 5, rng.integers(0, 4)))
        kind = rng.choice(["f8", "f4", "i8", "c16", "U3", "?"])
        arrays[name] = np.full(shape, rng.choice([0, 1, 5])).astype(kind)
        if rng.random() < 0.3:
            arrays[name] = np.full_like(np.zeros(shape), rng.choice([np.nan, np.inf, 1e200, -1]))
    return arrays


def csv_fuzz(times, seed=1):
    """Read damaged tables: a clear error that names the file, or as many finite numbers as lines."""
    rng, refused = np.random.default_rng(seed), 0
    content = "length,width,kind\n" + "".join(f"{k}.5,{k * k % 7},{'ab'[k % 2]}\n" for k in range(8))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        for _ in range(times):
            path.write_bytes(damaged(content.encode(), rng))
            try:
                X, Y, classes = from_csv(path)
            except ValueError as error:
                assert "table.csv" in str(error)
                refused += 1
                continue
            assert np.isfinite(X).all() and set(np.unique(Y)) <= {0, 1} and X.shape[1] == Y.shape[1]
            assert len(classes) == (2 if len(Y) == 1 else len(Y))
    return refused


def any_value(rng, right=None):
    """Something that a hurried learner may hand over: most often an array, seldom the right one."""
    if rng.random() < 0.25:
        return JUNK[rng.integers(len(JUNK))]
    if isinstance(right, np.ndarray) and right.dtype.kind in "fi" and right.size and rng.random() < 0.7:
        wrong = right.astype(float).T if rng.random() < 0.1 else right.astype(float)
        wrong.flat[rng.integers(wrong.size)] = rng.choice([1e308, -1e308, 1e3, np.nan, np.inf, 0, 1])
        return wrong
    shape = tuple(int(n) for n in rng.integers(0, 4, rng.integers(0, 4)))
    values = rng.choice([0.0, 1.0, -1.0, 0.5, 1e3, 1e308, np.nan, np.inf], shape)
    kind = rng.choice(["f8", "f8", "f8", "f4", "?", "O", "U4", "c16"])
    with np.errstate(all="ignore"):
        return values.astype(kind)


def input_fuzz(times, seed=1):
    """Call the functions and the trainer with one or two wrong inputs: a clear error, or numbers."""
    rng, refused = np.random.default_rng(seed), 0
    X, Y = rng.standard_normal((2, 3)), rng.integers(0, 2, (1, 3))
    parameters = network.initialize_parameters(2, 3, 1)
    A2, cache = network.forward_propagation(X, parameters)
    grads = network.backward_propagation(parameters, cache, X, Y)
    calls = {
        network.initialize_parameters: [2, 3, 1],
        network.forward_propagation: [X, parameters],
        network.compute_cost: [A2, Y],
        network.backward_propagation: [parameters, cache, X, Y],
        network.update_parameters: [parameters, grads, 0.1],
        train: [X, Y, X, Y, {"epochs": 2}],
    }
    for _ in range(times):
        function = list(calls)[rng.integers(len(calls))]
        arguments = [dict(a) if isinstance(a, dict) else a for a in calls[function]]
        for _ in range(rng.integers(1, 3)):
            k = int(rng.integers(len(arguments)))
            if isinstance(arguments[k], dict) and arguments[k] and rng.random() < 0.9:
                names = SETTINGS if k == 4 else list(arguments[k])
                name = str(rng.choice(names))
                arguments[k][name] = any_value(rng, arguments[k].get(name))
            elif not (function is train and k == 4):
                arguments[k] = any_value(rng, arguments[k])
        try:
            with np.errstate(all="ignore"):
                result = function(*arguments)
        except ValueError as error:
            assert len(str(error)) > 30, error
            refused += 1
        else:
            assert not has_nan(result), (function, arguments)
    return refused


SETTINGS = (
    "n_h learning_rate batch_size seed scale hidden_activation tolerance patience optimiser l1 l2 "
    "gradient_tolerance early_stopping"
).split()


def train(X, Y, X_test, Y_test, settings):
    settings = {**settings, "epochs": 2}
    if isinstance(settings.get("n_h"), int) and settings["n_h"] > 1000:
        settings["n_h"] = 4  # a machine without that much memory says so in its own words
    t = Trainer(**settings)
    t.train(X, Y, X_test, Y_test, progress=False)
    return t.parameters


def has_nan(result):
    if isinstance(result, (tuple, list, dict)):
        return any(has_nan(part) for part in (result.values() if isinstance(result, dict) else result))
    return bool(np.isnan(result).any())


def judging(times, seed=1):
    """Judge random edits of right versions, one and two at a time; what is said is held against the facts."""
    for edits, share, least in ((1, 0.6, 0.95), (2, 0.4, 0.8)):
        tally = Tally()
        for _ in tally.run(seed, round(times * share / len(VERSIONS)), edits):
            pass
        print(f"      {edits} edits: {tally}", flush=True)
        assert not tally.misjudged and not tally.false, (tally.misjudged, tally.false)
        assert tally.quoted >= least * tally.wrong, tally.missed
        assert np.quantile(tally.seconds, 0.95) < 0.5 and max(tally.seconds) < 1.5, tally
    return times


REFUSED = "{found} refused with a clear error, {rest} right"
RUNS = (
    (interrupts, 200, "training interrupted: each went on to the same result"),
    (kills, 200, "killed while saving: a whole file each time, {found} died half-way"),
    (file_fuzz, 4000, f"damaged files: {REFUSED}"),
    (meaning_fuzz, 2000, f"files with other contents: {REFUSED}"),
    (csv_fuzz, 2000, f"damaged tables: {REFUSED}"),
    (input_fuzz, 4000, f"wrong inputs: {REFUSED}"),
    (judging, 2000, "right functions with one or two edits: judged as they are, and nothing false was said"),
    (keeping, 500, "notebooks that keep, edit, crash and start again: nothing that was kept is lost"),
)


def main():
    for function, times, says in RUNS:
        began = time.perf_counter()
        found = function(times)
        found = len(found) if function is interrupts else found
        seconds = time.perf_counter() - began
        print(f"{times:5} × {says.format(found=found, rest=times - found)}  ({seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
