"""Which of the folded hints below a check fits, said after two failed checks of one exercise."""

from collections import Counter

FAILED_CHECKS = Counter()  # of each exercise, since it last passed
PATIENCE = 2  # failed checks without a word about hints
NO_HINT_FITS = {"cell-stopped", "cell-without-def", "no-function", "arguments-differ"}

# By exercise: the hint that fits an identifier or the name of a wrong result; "" for all others.
HINTS = {
    "shapes": {"": 1, "shape-of-examples": 1, "shape-of-weights": 2, "rows-and-columns": 2, "no-shape": 3},
    "scalar_forward": {
        "": 1, "raised-NameError": 3, "same-for-all-inputs": 3, "order": 3, "number-of-values": 3,
        "returns-none": 3,
    },
    "own_graph": {
        "": 1, "K-brackets-missing": 2, "K-c-squared": 2, "K-sum": 2, "K-not-squared": 3, "K-doubled": 3,
        "K-each-squared": 2, "K-multiplied": 3, "K-upside-down": 3,
    },
    "scalar_backward": {
        "": 1, "local-alone": 2, "value-for-slope": 2, "factor-itself": 3, "both-factors": 3,
        "links-added": 3, "part-itself": 2,
    },
    "used_twice": {
        "": 1, "c-missing": 2, "slope-is-J": 1, "one-path": 3, "paths-joined-wrongly": 3,
        "path-cut-short": 3,
    },
    "sigmoid": {"": 1, "exp-alone": 3, "sigmoid-sign": 2, "sigmoid-brackets": 3, "sigmoid-one-missing": 3},
    "squared_neuron": {
        "": 1, "unit-slope-missing": 2, "slope-of-a": 2, "slope-is-a": 2, "slope-of-another": 2,
        "squared-doubled": 2, "loss-for-slope": 2, "squared-sign": 2, "dz-alone": 3, "weight-for-input": 3,
        "raised-NameError": 3,
    },
    "weighted_gradients": {
        "": 1, "s-missing": 2, "s-missing-in-db": 2, "s-on-predictions": 2, "divided-by-s": 3,
        "mean-missing": 3, "mean-twice": 3, "number-for-each-example": 3,
    },
    "two_hidden_layers": {"": 2, "A1-into-layer-3": 1, "A2-for-A3": 2},
    "squares_back": {
        "": 1, "dz2-sign": 2, "dz2-doubled": 2, "dz2-sigmoid": 2, "unit-slope-missing-dW1": 3,
        "square-for-slope": 3, "tanh-slope-of-square": 3, "square-slope-at-a1": 3, "square-slope-halved": 3,
        "dz2-halved": 2,
    },
    "shortcut_back": {
        "": 1, "sin-for-slope": 2, "sin-slope-sign": 2, "tanh-slope-of-sin": 2, "unit-slope-missing-dW1": 2,
        "A1-for-X": 3, "mean-missing": 3,
    },
    "compute_cost": {
        "": 2, "cost-not-summed": 3, "cost-mean-missing": 3, "cost-m-counts-outputs": 3,
        "cost-examples-mixed": 1, "cost-is-matrix": 1, "shapes-do-not-fit": 1,
    },
    "forward_propagation": {
        "": 3, "raised-NameError": 1, "raised-KeyError": 1, "star-for-matmul": 2, "X-for-A1": 2,
        "shapes-do-not-fit": 2,
    },
    "hidden_gradient": {
        "": 1, "star-for-matmul": 2, "matmul-for-star": 2, "slope-missing": 3, "W2-not-transposed": 3,
    },
    "backward_propagation": {
        "": 2, "raised-NameError": 1, "raised-KeyError": 1, "keepdims-missing": 3, "sum-wrong-axis": 3,
        "slope-missing": 3, "g-for-slope": 3, "slope-of-sigmoid": 3,
    },
    "gradient_checker": {
        "": 2, "several-at-once": 2, "entries-missing": 1, "cost-argument": 3, "names-differ": 3,
        "one-way": 3, "slope-brackets": 3, "slope-doubled": 3, "slope-turned": 3, "nudge-undone": 3,
    },
    "slope_along": {
        "": 1, "direction-left-out": 2, "sizes-added": 2, "products-of-sums": 2, "mean-for-sum": 2,
        "last-gradient-alone": 3, "weights-alone": 3,
    },
    "momentum_step": {"": 2, "velocity-forgotten": 1, "velocity-kept-whole": 1, "moves-by-old-velocity": 3},
    "deep_start": {"": 1, "scaled-by-units": 2, "scaled-without-root": 2, "scaled-up": 2, "names-differ": 3},
    "update_parameters": {"": 1, "raised-KeyError": 2, "gradient-of-another": 2, "changed-in-place": 3},
    "training_loop": {
        "": 1, "start-differs": 2, "initialised-in-the-loop": 1, "forward-outside": 1, "number-of-costs": 2,
        "result-thrown-away": 3, "rate-missing": 3, "steps-differ": 3,
    },
    "initialize_parameters": {
        "": 2, "sizes-exchanged": 1, "n_h-for-n_y": 1, "initial-shape": 1, "weights-large": 3,
        "sizes-fixed": 1, "none-negative": 2,
    },
    "standardise": {"": 2, "mean-wrong-axis": 1, "test-set-in-mean": 3, "test-set-in-deviation": 3},
    "batches": {
        "": 3, "not-shuffled": 1, "column-twice": 2, "not-by-chance": 2, "rng-unused": 2, "overlap": 2,
    },
    "penalised_gradients": {
        "": 1, "biases-penalised": 3, "names-differ": 3, "no-dict": 3, "changed-in-place": 3,
        "penalty-doubled": 1, "sign-left-out": 2, "weight-for-sign": 2, "size-itself": 2,
    },
    "softmax": {
        "": 2, "softmax-over-examples": 1, "softmax-over-everything": 1, "softmax-maximum-of-rows": 1,
        "softmax-no-maximum": 3, "softmax-maximum-late": 3, "shapes-do-not-fit": 1,
    },
    "softmax_cost": {
        "": 1, "cost-mean-missing": 3, "cost-m-counts-outputs": 3, "cost-mean-over-entries": 3,
        "cost-mean-twice": 3, "cost-log-of-0": 2, "cost-log-of-the-sum": 2, "cost-own-over-examples": 2,
    },
    "deep_forward": {
        "": 2, "one-hidden-layer-only": 3, "raised-KeyError": 1, "X-for-A1": 2, "names-differ": 1,
        "dict-made-anew": 3, "output-differs": 3,
    },
    "deep_backward": {
        "": 2, "one-hidden-layer-only": 3, "raised-KeyError": 1, "slope-missing": 3, "names-differ": 1,
        "slope-of-the-next-layer": 3, "slope-of-sigmoid": 3, "g-for-slope": 3, "W1-for-W2": 3,
        "W2-not-transposed": 3, "dZ2-for-dZ1": 3,
    },
    "dead_units": {"": 1, "one-number-a-layer": 2, "dead-units": 3},
    "graph_backward": {
        "": 2, "backward-wrong-order": 1, "backward-visited-again": 1, "backward-node-before-inputs": 1,
        "backward-overwrites": 3, "backward-local-missing": 3, "backward-upstream-missing": 3,
        "backward-value-for-gradient": 3, "backward-links-added": 3, "backward-handed-on-twice": 1,
    },
    "affine_back": {"": 1, "keepdims-missing": 3, "sum-wrong-axis": 3, "examples-not-summed": 3},
}  # fmt: skip


def with_a_hint(exercise, result):
    """The result of a check; after two failed ones with a line that says which hint fits it."""
    if result.passed is not False:
        FAILED_CHECKS.pop(exercise, None) if result.passed else None
        return result
    FAILED_CHECKS[exercise] += 1
    if FAILED_CHECKS[exercise] >= PATIENCE and exercise in HINTS and not NO_HINT_FITS & {*result.mistakes}:
        known = HINTS[exercise]
        fits = next((known[mistake] for mistake in result.mistakes if mistake in known), known[""])
        result.message += f"\nHint {fits} below fits."
    return result
