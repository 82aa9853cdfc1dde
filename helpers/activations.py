"""Activation functions, each beside its derivative. All but softmax work element by element.

A derivative takes A = g(Z) as well, for a caller that has it: then nothing is computed twice.
"""

import numpy as np


def sigmoid(Z):
    """1 / (1 + exp(−Z)); any shape, values from 0 to 1."""
    with np.errstate(over="ignore"):  # far below 0, exp(−Z) is infinite, and the fraction a correct 0
        return 1 / (1 + np.exp(-np.asarray(Z)))


def sigmoid_prime(Z, A=None):
    """The slope of sigmoid at Z: A (1 − A)."""
    A = sigmoid(Z) if A is None else A
    return A * (1 - A)


def tanh(Z):
    """The hyperbolic tangent of Z; any shape, values from −1 to 1."""
    return np.tanh(Z)


def tanh_prime(Z, A=None):
    """The slope of tanh at Z: 1 − A²."""
    A = np.tanh(Z) if A is None else A
    return 1 - A**2


def relu(Z):
    """Z where Z is above 0, otherwise 0."""
    return np.maximum(Z, 0)


def relu_prime(Z, A=None):
    """The slope of relu at Z: 1 where Z is above 0, otherwise 0 (at the kink, Z = 0, too)."""
    return np.where(np.asarray(Z) > 0, 1.0, 0.0)


def softmax(Z):
    """exp(Z) over its sum down each column; Z (n, m), values from 0 to 1, and each column sums to 1.

    The largest entry of a column is taken from all of it first: the shares stay, and no exp overflows.
    """
    E = np.exp(Z - np.max(Z, axis=0))
    return E / E.sum(axis=0)


ACTIVATIONS = {"tanh": (tanh, tanh_prime), "sigmoid": (sigmoid, sigmoid_prime), "relu": (relu, relu_prime)}
OUTPUTS = {"sigmoid": sigmoid, "softmax": softmax}  # of the last layer
