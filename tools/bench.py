"""One table of speed and memory, with `make bench`: each row is measured side by side, as a ratio.

Each library computes on one thread. Times are of the processor, not of the clock, so that other work on the
machine counts as little as can be; the two sides of a row take turns, and its ratio is the median over the
turns. Equal results are asserted before anything is timed. scikit-learn and PyTorch are optional:
pip install -e ".[bench]".
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is there

import time
import tracemalloc
import warnings

import numpy as np

from helpers import checks, network, scenes
from helpers.computation_graph import Node
from helpers.datasets import digits, split
from helpers.trainer import Trainer

warnings.filterwarnings("ignore")  # scikit-learn warns that a few epochs do not converge
try:
    import torch
except ImportError:
    torch = None
try:
    from sklearn.neural_network import MLPClassifier
except ImportError:
    MLPClassifier = None
SIZES = {(2, 4, 400): 500, (64, 32, 1797): 40, (784, 128, 10000): 6}  # n0, n1, m: epochs in one turn
RATE = 0.1


def row(what, value, target=""):
    print(f"{what:<76} {value:>10}  {target}", flush=True)


def side_by_side(one, other, turns=15):
    """The median over the turns of the time of one as a multiple of that of the other, and its best time."""
    times = np.array([(cpu_time(one), cpu_time(other)) for _ in range(turns)])
    return float(np.median(times[:, 0] / times[:, 1])), float(times[:, 0].min())


def cpu_time(function):
    began = time.process_time()
    function()
    return time.process_time() - began


def example(n0, m, seed=1):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n0, m))
    return X, (X[:1] * X[1:2] > 0).astype(float)


def trained(X, Y, n_h, epochs, **settings):
    t = Trainer(n_h=n_h, epochs=epochs, learning_rate=RATE, patience=10**9, scale=0.1, **settings)
    t.train(X, Y, progress=False)
    return t


def bare_loop(X, Y, parameters, epochs):
    """The formulas and the history, and nothing else."""
    W1, b1, W2, b2 = parameters.values()
    m, costs, accuracies, sizes = X.shape[1], [], [], []
    for epoch in range(epochs + 1):
        Z1 = W1 @ X + b1
        A1 = np.tanh(Z1)
        Z2 = W2 @ A1 + b2
        A2 = 1 / (1 + np.exp(-Z2))
        costs.append(float(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum() / m))
        accuracies.append(float(((A2 > 0.5) == Y).mean()))
        dZ2 = A2 - Y
        dW2 = dZ2 @ A1.T / m
        db2 = dZ2.sum(axis=1, keepdims=True) / m
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        dW1 = dZ1 @ X.T / m
        db1 = dZ1.sum(axis=1, keepdims=True) / m
        sizes.append(float(np.sqrt((dW1**2).sum() + (db1**2).sum() + (dW2**2).sum() + (db2**2).sum())))
        if epoch < epochs:
            W1, b1 = W1 - RATE * dW1, b1 - RATE * db1
            W2, b2 = W2 - RATE * dW2, b2 - RATE * db2
    return costs, accuracies, sizes


def five_functions(X, Y, parameters, epochs):
    """The loop of lesson 09 over the five functions, checks left out, with the same history."""
    costs, accuracies, sizes = [], [], []
    for epoch in range(epochs + 1):
        A2, cache = network.forward_propagation.formula(X, parameters)
        costs.append(network.compute_cost.formula(A2, Y))
        accuracies.append(network.accuracy(A2, Y))
        grads = network.backward_propagation.formula(parameters, cache, X, Y)
        sizes.append(float(np.sqrt(sum((gradient**2).sum() for gradient in grads.values()))))
        if epoch < epochs:
            parameters = network.update_parameters.formula(parameters, grads, RATE)
    return costs, accuracies, sizes


def own_forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def own_cost(A2, Y):
    return float(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum() / Y.shape[1])


def own_backward(parameters, cache, X, Y):
    m, dZ2 = X.shape[1], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    db1, db2 = (dZ.sum(axis=1, keepdims=True) / m for dZ in (dZ1, dZ2))
    return {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ cache["A1"].T / m, "db2": db2}


def own_update(parameters, grads, learning_rate):
    return {name: p - learning_rate * grads["d" + name] for name, p in parameters.items()}


OWN = {"forward": own_forward, "cost": own_cost, "backward": own_backward, "update": own_update}


def own_functions():
    """The trainer on functions as a learner writes them, with a test set, beside the bare loop over them."""
    X, Y = example(2, 500)
    data, epochs = (X[:, :400], Y[:, :400], X[:, 400:], Y[:, 400:]), 500
    start = network.initialize_parameters(2, 8, 1, scale=0.1)

    def loop():
        parameters, costs = start, []
        for _ in range(epochs + 1):
            for x, y in (data[2:], data[:2]):
                A2, cache = own_forward(x, parameters)
                J, _ = own_cost(A2, y), network.accuracy(A2, y)
                grads = own_backward(parameters, cache, x, y)
            costs.append(J)
            parameters = own_update(parameters, grads, RATE)
        return costs

    def ours():
        t = Trainer(n_h=8, epochs=epochs, learning_rate=RATE, patience=10**9, scale=0.1, **OWN)
        return t.train(*data, progress=False)

    np.testing.assert_allclose(ours().cost, loop(), rtol=1e-9)
    ratio, best = side_by_side(ours, loop)
    row("(2, 8, 400), own functions, 100 to test: epoch ÷ the bare loop over them", f"{ratio:.2f}")
    row("(2, 8, 400), own functions, 100 to test: epoch", f"{best / epochs * 1e6:.0f} µs", "≤ 100 µs")


def deep_loop(X, Y, parameters, epochs, output):
    """The formulas for any number of layers and the history, and nothing else."""
    m, L, p = X.shape[1], len(parameters) // 2, dict(parameters)
    costs, accuracies, lengths = [], [], []
    for epoch in range(epochs + 1):
        A = {0: X}
        for k in range(1, L + 1):
            Z = p[f"W{k}"] @ A[k - 1] + p[f"b{k}"]
            A[k] = np.tanh(Z) if k < L else 1 / (1 + np.exp(-Z)) if output == "sigmoid" else shares(Z)
        A2, grads, dZ = A[L], {}, A[L] - Y
        if output == "sigmoid":
            costs.append(float(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum() / m))
        else:
            costs.append(float(-np.log((Y * A2).sum(axis=0)).sum() / m))
        right = (A2 > 0.5) == Y if len(Y) == 1 else A2.argmax(axis=0) == Y.argmax(axis=0)
        accuracies.append(float(right.mean()))
        for k in range(L, 0, -1):
            grads[f"W{k}"], grads[f"b{k}"] = dZ @ A[k - 1].T / m, dZ.sum(axis=1, keepdims=True) / m
            if k > 1:
                dZ = p[f"W{k}"].T @ dZ * (1 - A[k - 1] ** 2)
        lengths.append(float(np.sqrt(sum((gradient**2).sum() for gradient in grads.values()))))
        if epoch < epochs:
            p = {name: value - RATE * grads[name] for name, value in p.items()}
    return costs, accuracies, lengths


def shares(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def depth_and_softmax(turns=15):
    """An epoch with three hidden layers, and with a softmax over ten digits, beside the formulas alone."""
    X, Y = example(64, 1797)
    digits_X, digits_Y = digits()
    cases = (
        ("(64, 3 × 32, 1797), three hidden layers", X, Y, (32, 32, 32), "sigmoid"),
        ("(64, 32, 1797), ten sigmoids", digits_X, digits_Y, 32, "sigmoid"),
        ("(64, 32, 1797), softmax of ten", digits_X, digits_Y, 32, "softmax"),
    )
    for what, X, Y, n_h, output in cases:
        start = network.initialize_parameters(len(X), n_h, len(Y), scale=0.1)
        history = trained(X, Y, n_h, 20, output=output).history
        for ours, theirs in zip(vars(history).values(), deep_loop(X, Y, start, 20, output), strict=False):
            np.testing.assert_allclose(ours, theirs, rtol=1e-9)
        ratio, best = side_by_side(
            lambda X=X, Y=Y, n_h=n_h, output=output: trained(X, Y, n_h, 20, output=output),
            lambda X=X, Y=Y, start=start, output=output: deep_loop(X, Y, start, 20, output),
            turns,
        )
        row(f"{what}: epoch ÷ the bare loop", f"{ratio:.2f}", f"{best / 20 * 1e6:.0f} µs")


def step_alone(X, Y, parameters, epochs):
    for _ in range(epochs + 1):
        _, cache = network.forward_propagation.formula(X, parameters)
        grads = network.backward_propagation.formula(parameters, cache, X, Y)
        parameters = network.update_parameters.formula(parameters, grads, RATE)


def products(X, Y, parameters, epochs):
    W1, _, W2, _ = parameters.values()
    A1, dZ2 = np.ones((len(W1), X.shape[1])), np.ones(Y.shape)
    for _ in range(epochs + 1):  # as often as the trainer, which also looks at where it ends
        W1 @ X, W2 @ A1, dZ2 @ A1.T, W2.T @ dZ2, A1 @ X.T


def pytorch(X, Y, parameters, epochs):
    """PyTorch eager, without any history; returns the parameters."""
    torch.set_num_threads(1)
    W1, b1, W2, b2 = weights = [torch.tensor(p, requires_grad=True) for p in parameters.values()]
    X, Y, optimiser = torch.tensor(X), torch.tensor(Y), torch.optim.SGD(weights, lr=RATE)
    cost = torch.nn.functional.binary_cross_entropy_with_logits
    for _ in range(epochs):
        optimiser.zero_grad()
        cost(W2 @ torch.tanh(W1 @ X + b1) + b2, Y).backward()
        optimiser.step()
    return {name: p.detach().numpy() for name, p in zip(parameters, weights, strict=True)}


def scikit_learn(X, Y, parameters, epochs):
    """MLPClassifier, full batch, plain descent, from these parameters; returns those at the end."""
    m = X.shape[1]
    rival = MLPClassifier(
        hidden_layer_sizes=(len(parameters["b1"]),),
        activation="tanh",
        solver="sgd",
        alpha=0,
        batch_size=m,
        learning_rate_init=RATE,
        momentum=0,
        shuffle=False,
        max_iter=1,
        tol=0,
        n_iter_no_change=10**9,
        warm_start=True,
    )
    rival.fit(X.T, Y[0])
    rival.set_params(max_iter=epochs)
    rival.coefs_ = [parameters["W1"].T.copy(), parameters["W2"].T.copy()]
    rival.intercepts_ = [parameters["b1"][:, 0].copy(), parameters["b2"][:, 0].copy()]
    began = time.process_time()
    rival.fit(X.T, Y[0])
    rival.seconds = time.process_time() - began
    ends = rival.coefs_[0].T, rival.intercepts_[0][:, None], rival.coefs_[1].T, rival.intercepts_[1][:, None]
    return dict(zip(parameters, ends, strict=True)), rival.seconds


def close(one, other):
    for name in one:
        np.testing.assert_allclose(one[name], other[name], rtol=1e-7, atol=1e-10)


def speed(size, epochs):
    n0, n1, m = size
    X, Y = example(n0, m)
    start = network.initialize_parameters(n0, n1, 1, scale=0.1)
    history = trained(X, Y, n1, epochs).history
    for loop in (bare_loop, five_functions):
        for ours, theirs in zip(vars(history).values(), loop(X, Y, start, epochs), strict=False):
            np.testing.assert_allclose(ours, theirs, rtol=1e-9)

    def ours():
        trained(X, Y, n1, epochs)

    goals = {
        (2, 4, 400): ("≤ 1.15", "", "≤ 0.5"),
        (64, 32, 1797): ("", "≤ 1.4", ""),
        (784, 128, 10000): ("", "≤ 1.25", ""),
    }
    loop, floor, torch_goal = goals[size]
    turns = 25 if m < 10000 else 5
    for rival, name, goal in (
        (bare_loop, "the bare loop over the formulas, same history", loop),
        (five_functions, "the loop over the five functions, same history", ""),
        (products, "the matrix products alone", floor),
    ):
        ratio, best = side_by_side(ours, lambda rival=rival: rival(X, Y, start, epochs), turns)
        row(f"{size}: epoch ÷ {name}", f"{ratio:.2f}", goal)
    row(f"{size}: epoch", f"{best / epochs * 1e6:.0f} µs")
    ratio, _ = side_by_side(
        lambda: step_alone(X, Y, start, epochs), lambda: products(X, Y, start, epochs), turns
    )
    row(f"{size}: step without history or checks ÷ the matrix products alone", f"{ratio:.2f}", floor)
    if torch:
        close(pytorch(X, Y, start, epochs), trained(X, Y, n1, epochs).parameters)
        ratio, _ = side_by_side(ours, lambda: pytorch(X, Y, start, epochs), turns)
    row(
        f"{size}: epoch ÷ PyTorch eager without history",
        f"{ratio:.2f}" if torch else "not installed",
        torch_goal,
    )
    if MLPClassifier:
        close(scikit_learn(X, Y, start, epochs)[0], trained(X, Y, n1, epochs).parameters)
        pairs = [(cpu_time(ours), scikit_learn(X, Y, start, epochs)[1]) for _ in range(turns)]
        ratio = float(np.median([ours / theirs for ours, theirs in pairs]))
    row(f"{size}: epoch ÷ scikit-learn's MLPClassifier", f"{ratio:.2f}" if MLPClassifier else "not installed")


def peak(function):
    """The most memory in use, in bytes, above what was there before."""
    tracemalloc.start()
    function()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def growth():
    """How time and memory of an epoch grow with m, n_h and depth, four times each."""
    base = {"n0": 16, "n_h": 32, "m": 1000}
    for what, more in (("m", {"m": 4000}), ("n_h", {"n_h": 128}), ("depth", {"n_h": (32,) * 4})):
        runs = []
        for case in (base, {**base, **more}):
            X, Y = example(case["n0"], case["m"])
            runs.append(lambda X=X, Y=Y, n_h=case["n_h"]: trained(X, Y, n_h, 30))
        ratio, _ = side_by_side(runs[1], runs[0], 9)
        memory = peak(runs[1]) / peak(runs[0])
        row(f"from (16, 32, 1000), {what} × 4: time, memory", f"{ratio:.1f}, {memory:.1f}")
    n0, n1, m = 784, 128, 10000
    X, Y = example(n0, m)
    together = 8 * m * (n0 + n1 + n1)
    ratio = (peak(lambda: trained(X, Y, n1, 2)) + X.nbytes) / together
    row(f"{(n0, n1, m)}: peak memory ÷ X, A1 and dZ1 together", f"{ratio:.2f}", "≤ 3")


def other_costs():
    X, Y = example(2, 400)
    start = network.initialize_parameters(2, 4, 1, scale=0.1)
    A2, cache = network.forward_propagation(X, start)
    grads = network.backward_propagation(start, cache, X, Y)

    names = ("forward_propagation", "compute_cost", "backward_propagation", "update_parameters")
    doors = [getattr(network, name) for name in names]

    def run(forward, cost, backward, update):
        for _ in range(200):
            A2, cache = forward(X, start)
            cost(A2, Y), backward(start, cache, X, Y), update(start, grads, RATE)

    ratio, _ = side_by_side(lambda: run(*doors), lambda: run(*(door.formula for door in doors)))
    row("(2, 4, 400): the five functions with their checks ÷ without", f"{ratio:.2f}")

    def step():
        step_alone(X, Y, start, 0)

    a, b = Node(5, "a"), Node(3, "b")
    for name, function in {
        "check_backward_propagation": lambda: checks.check_backward_propagation(network.backward_propagation),
        "graph_scene": lambda: scenes.graph_scene((3 * (a + b)).named("J")),
        "network_scene": lambda: scenes.network_scene(start),
    }.items():
        ratio, best = side_by_side(function, lambda: [step() for _ in range(20)])
        row(f"{name} ÷ a training step at (2, 4, 400)", f"{20 * ratio:.0f}", f"{best * 1e3:.1f} ms")


def digits_accuracy():
    """Mini-batch Adam on the ten digits, beside MLPClassifier of the same shape, over five seeds."""
    ours, theirs = [], []
    for seed in range(1, 6):
        X, Y, X_test, Y_test = split(*digits(), seed=seed)
        t = Trainer(
            n_h=32,
            optimiser="adam",
            learning_rate=0.001,
            batch_size=32,
            epochs=60,
            seed=seed,
            scale="1/sqrt(n)",
            hidden_activation="relu",
        )
        t.train(X, Y, progress=False)
        ours.append(network.accuracy(t.probability(X_test), Y_test))
        if MLPClassifier:
            rival = MLPClassifier(
                (32,), learning_rate_init=0.001, batch_size=32, max_iter=60, random_state=seed, alpha=0
            )
            rival.fit(X.T, Y.argmax(axis=0))
            theirs.append(rival.score(X_test.T, Y_test.argmax(axis=0)))
    row(
        "digits, Adam, batches of 32: mean test accuracy, five seeds",
        f"{np.mean(ours):.2%}",
        " ".join(f"{a:.1%}" for a in ours),
    )
    if not MLPClassifier:
        return row("the same, scikit-learn's MLPClassifier", "not installed")
    row(
        "the same, scikit-learn's MLPClassifier",
        f"{np.mean(theirs):.2%}",
        " ".join(f"{a:.1%}" for a in theirs),
    )
    row("the same, ours − theirs, in points", f"{100 * (np.mean(ours) - np.mean(theirs)):+.2f}", "≥ −1")


LESSON_12 = {"n_h": 32, "learning_rate": 0.3, "scale": 0.1, "epochs": 30, "batch_size": 32}


def softmax_and_sigmoids():
    """Lesson 12's digits over five seeds: ten sigmoids, a softmax, and MLPClassifier, which has one too."""
    X, Y, X_test, Y_test = split(*digits())
    right = {}
    for output in ("sigmoid", "softmax"):
        right[output] = []
        for seed in range(1, 6):
            t = Trainer(**LESSON_12, seed=seed, output=output)
            t.train(X, Y, progress=False)
            right[output].append(network.accuracy(t.probability(X_test), Y_test))
    for seed in range(1, 6) if MLPClassifier else ():
        rival = MLPClassifier(
            (32,), activation="tanh", solver="sgd", learning_rate_init=0.3, momentum=0, alpha=0,
            batch_size=32, max_iter=30, n_iter_no_change=10**9, random_state=seed,
        )  # fmt: skip
        rival.fit(X.T, Y.argmax(axis=0))
        right.setdefault("MLPClassifier", []).append(rival.score(X_test.T, Y_test.argmax(axis=0)))
    for name, each in right.items():
        words = f"digits of lesson 12, {name}: mean test accuracy, five seeds"
        row(words, f"{np.mean(each):.2%}", " ".join(f"{share:.1%}" for share in each))
    points = {name: 100 * (np.mean(right["softmax"]) - np.mean(each)) for name, each in right.items()}
    row("the same, softmax − ten sigmoids, in points", f"{points['sigmoid']:+.2f}", "within 0.5")
    told = f"{points['MLPClassifier']:+.2f}" if MLPClassifier else "not installed"
    row("the same, softmax − MLPClassifier, in points", told, "within 1")


def main():
    print(f"NumPy {np.__version__}, one thread each, processor time, medians; sizes are (n0, n1, m)")
    for size, epochs in SIZES.items():
        speed(size, epochs)
    own_functions()
    depth_and_softmax()
    growth()
    other_costs()
    digits_accuracy()
    softmax_and_sigmoids()


if __name__ == "__main__":
    main()
