"""Activation functions, each beside its derivative. All are functions of Z, element by element."""

import numpy as np


def sigmoid(Z):
    """1 / (1 + exp(−Z)); any shape, values from 0 to 1.

    Written with exp(−|Z|), which cannot overflow: below 0 the fraction is extended by exp(Z).
    """
    e = np.exp(-np.abs(Z))
    return np.where(np.asarray(Z) >= 0, 1, e) / (1 + e)


def sigmoid_prime(Z):
    """The slope of sigmoid at Z: s (1 − s)."""
    s = sigmoid(Z)
    return s * (1 - s)


def tanh(Z):
    """The hyperbolic tangent of Z; any shape, values from −1 to 1."""
    return np.tanh(Z)


def tanh_prime(Z):
    """The slope of tanh at Z: 1 − tanh(Z)²."""
    return 1 - np.tanh(Z) ** 2


def relu(Z):
    """Z where Z is above 0, otherwise 0."""
    return np.maximum(Z, 0)


def relu_prime(Z):
    """The slope of relu at Z: 1 where Z is above 0, otherwise 0 (at the kink, Z = 0, too)."""
    return np.where(np.asarray(Z) > 0, 1.0, 0.0)


ACTIVATIONS = {"tanh": (tanh, tanh_prime), "sigmoid": (sigmoid, sigmoid_prime), "relu": (relu, relu_prime)}
