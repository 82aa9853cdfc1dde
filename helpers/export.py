"""A training of helpers.trainer as the text of a PyTorch script, which ends with the same cost."""

import ast

import numpy as np

from helpers import datasets
from helpers.inputs import require_settings

ACTIVATIONS = {"tanh": "torch.tanh", "sigmoid": "torch.sigmoid", "relu": "torch.relu"}
COSTS = {
    "sigmoid": 'torch.nn.functional.binary_cross_entropy_with_logits(Z, Y, reduction="sum")',
    "softmax": 'torch.nn.functional.cross_entropy(Z.T, Y.argmax(dim=0), reduction="sum")',
}
OPTIMISERS = {
    "gradient descent": "torch.optim.SGD(parameters.values(), lr={rate})",
    "momentum": "torch.optim.SGD(parameters.values(), lr={rate}, momentum=0.9)",
    "adam": "torch.optim.Adam(parameters.values(), lr={rate})",
}
SCRIPT = '''"""{title}"""

import torch

from {home} import {dataset}
from {start_home} import {start_name}
from helpers.trainer import batches

X, Y = (torch.tensor(array, dtype=torch.float64) for array in {data})
start = {start}
parameters = {{name: torch.tensor(p, requires_grad=True) for name, p in start.items()}}
weights = [p for name, p in parameters.items() if name.startswith("W")]


def cost(X, Y):
    A = X
    for l in range(1, len(weights) + 1):
        Z = parameters[f"W{{l}}"] @ A + parameters[f"b{{l}}"]
        A = {activation}(Z)  # not used after the last layer, whose cost takes Z
    penalty = sum({l1!r} * W.abs().sum() + {l2!r} / 2 * (W**2).sum() for W in weights)
    return {cost} / X.shape[1] + penalty


optimiser = {optimiser}
for epoch in range({epochs}):
    for columns in batches(X.shape[1], {batch_size}, {seed}, epoch):
        optimiser.zero_grad()
        cost(X[:, columns], Y[:, columns]).backward()
        optimiser.step()
print(f"cost {{cost(X, Y).item():.12g}}")
'''


def pytorch_script(trainer, optimisers, data):
    """The text of the script: as many epochs as the trainer did, or is to do, from the same first weights.

    data: what makes X and Y, a call of a function of helpers.datasets as a text. ValueError for what cannot
    be exported.
    """
    require_settings(trainer, optimisers)
    own = [name for name in ("initialize", "update") if getattr(trainer, name)]
    own += ["hidden_activation"] * any(map(callable, trainer.hidden_activation))
    if own:
        raise ValueError(f"Your own {' and '.join(own)} cannot be put into a PyTorch script. Leave it out.")
    return script_with(trainer, _dataset(data), data)


def script_with(trainer, dataset, data, home="helpers.datasets", start=None):
    """The script with data made by a function `dataset` of the module `home`.

    data: the call of it.  start: (module, function, call) of what makes the first weights; None:
    initialize_parameters of helpers.network.  ValueError where training stands inside an epoch.
    """
    epoch, batch, *_ = trainer.state or (trainer.epochs, 0)
    if batch > 0:
        raise ValueError("Training stands inside an epoch. Go on to its end with train() or step().")
    epochs = f"{epoch} epochs of {trainer.optimiser}"
    drawn = f"len(X), {trainer.n_h}, len(Y), seed={trainer.seed}, scale={trainer.scale!r}"
    start = start or ("helpers.network", "initialize_parameters", f"initialize_parameters({drawn})")
    values = {
        "title": f"The network with n_h = {trainer.n_h}, {epochs}, in PyTorch.",
        "home": home, "dataset": dataset, "data": data, "seed": trainer.seed,
        "start_home": start[0], "start_name": start[1], "start": start[2],
        "activation": _activation(trainer.hidden_activation),
        "l1": trainer.l1, "l2": trainer.l2, "cost": COSTS[trainer.output], "epochs": epoch,
        "optimiser": OPTIMISERS[trainer.optimiser].format(rate=trainer.learning_rate),
        "batch_size": trainer.batch_size,
    }  # fmt: skip
    return SCRIPT.format(**{name: value.item() if isinstance(value, np.generic) else value
                            for name, value in values.items()})  # fmt: skip


def _activation(names):
    """What stands for g in a loop over the layers l: a function, or of several names the one at l."""
    if isinstance(names, str):
        return ACTIVATIONS[names]
    return f"({', '.join(ACTIVATIONS[name] for name in [*names, names[-1]])})[l - 1]"


def _dataset(data):
    """The name of the function of helpers.datasets that a text calls with numbers; ValueError otherwise."""
    try:
        call = ast.parse(data, mode="eval").body
        for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
            ast.literal_eval(value)
        name = call.func.id
    except (SyntaxError, ValueError, TypeError, AttributeError):
        name = ""
    made_here = getattr(getattr(datasets, name, None), "__module__", "") == datasets.__name__
    if not made_here or name.startswith("_"):
        hint = 'for example "flower()" or "moons(200, noise=0.3)"'
        raise ValueError(f"data is a call of a function of helpers.datasets, {hint}; it came as {data!r}.")
    return name
