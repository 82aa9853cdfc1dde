"""Checks for the exercises: each tries your function on several random inputs and says what it found.

How each exercise is judged stands in helpers/feedback; its mistakes and their words in feedback/mistakes.py.
"""

from contextlib import suppress
from functools import wraps

import numpy as np

from helpers import kept
from helpers.computation_graph import Node, all_nodes
from helpers.feedback import (
    cells,
    exercises,
    gradient_checkers,
    graphs,
    harder,
    harder_training,
    mistakes,
    training_loops,
)
from helpers.feedback.depth import dead_units_problem, judge_any_depth
from helpers.feedback.explain import with_names
from helpers.feedback.hints import with_a_hint
from helpers.feedback.judge import judge
from helpers.feedback.messages import NotAsAsked, kind_of
from helpers.feedback.predictions import compare_prediction as compare_prediction  # for the lessons
from helpers.feedback.recall import compare_answers as compare_answers
from helpers.feedback.tasks import TASKS
from helpers.feedback.trials import call_quietly, try_cases, try_on_networks
from helpers.gradient_check import central_difference

cells.watch()
EXPLAINED = {*TASKS, "deep_forward", "deep_backward"}  # the names in these are looked at already


def _of_an_exercise(check):
    """The check, which first looks whether the exercise's cell ran, and says at last which hint fits."""
    exercise = check.__name__.removeprefix("check_")

    @wraps(check)
    def checked(answer, *sizes, **named_sizes):
        result = cells.out_of_date(answer) or check(answer, *sizes, **named_sizes)
        return with_a_hint(exercise, result if exercise in EXPLAINED else with_names(answer, result))

    return checked


@_of_an_exercise
def check_shapes(shapes, n0, n1, n2, m):
    """Lessons 00 and 05: shapes, a dict of name: (rows, columns), against a network of these sizes."""
    return exercises.judge_shapes(shapes, n0, n1, n2, m)


@_of_an_exercise
def check_scalar_forward(function):
    """Lesson 01: function(a, b, c) returns u = bc, v = a + u and J = 3v."""

    def values(a, b, c):
        return b * c, a + b * c, 3 * (a + b * c)

    return exercises.judge_numbers(function, mistakes.SCALAR_FORWARD, values)


@_of_an_exercise
def check_own_graph(function):
    """Lesson 01: function(a, b, c), given three nodes, returns the node K = (a − c)² ÷ b."""

    def value_of_node(a, b, c):
        inputs = Node(a, "a"), Node(b, "b"), Node(c, "c")
        K = call_quietly(function, *inputs, names=("a", "b", "c"))
        if isinstance(K, Node) and {*inputs} <= {*all_nodes(K)}:
            return K.value
        if isinstance(K, Node):
            words = "K is a node that remembers nothing of a, b and c. Compute with the nodes themselves"
            raise NotAsAsked(f"{words}: a - c is a node too.", "no-graph")
        words = "Your function should return a node, made from the nodes a, b and c with -, ** and /"
        raise NotAsAsked(f"{words}; it returned {kind_of(K)}.", "no-node")

    return exercises.judge_numbers(
        value_of_node, mistakes.OWN_GRAPH, lambda a, b, c: (a - c) ** 2 / b, function
    )


@_of_an_exercise
def check_scalar_backward(function):
    """Lesson 02: function(a, b, c) returns the derivatives of J = 3(a + bc) by v, u, a, b and c."""

    def slopes(a, b, c):
        by_a, by_b, by_c = central_difference(lambda x: 3 * (x[0] + x[1] * x[2]), [a, b, c])
        return 3, by_a, by_a, by_b, by_c

    return exercises.judge_numbers(function, mistakes.SCALAR_BACKWARD, slopes)


@_of_an_exercise
def check_used_twice(function):
    """Lesson 02: function(b, c) returns the derivative of J = (b + c) × b by b."""

    def slope(b, c):
        return central_difference(lambda b: (b + c) * b, b)

    return exercises.judge_numbers(function, mistakes.USED_TWICE, slope)


@_of_an_exercise
def check_sigmoid(function):
    """Lesson 03: sigmoid(Z) for one number and for arrays; what it does far out is noted, not judged."""
    result = try_on_networks(function, exercises.sigmoid_problem, "")
    if result.passed:
        result.message, A = "Single numbers and arrays came out right.", np.nan
        with suppress(NotAsAsked):  # math.exp raises there
            A = call_quietly(function, np.array([-1000.0, 1000.0]))
        if not np.isfinite(A).all():
            far = "At Z = −1000 or 1000 it is no number any more. Can the exponent be kept from growing?"
            result.message += f" {far}"
    return result


@_of_an_exercise
def check_compute_cost(function):
    """Lesson 04: compute_cost(A2, Y) against the cross-entropy of random predictions; kept if right."""
    return _judge_and_keep("compute_cost", function)


@_of_an_exercise
def check_forward_propagation(function):
    """Lesson 05: forward_propagation(X, parameters) returns A2 and the cache; kept if right."""
    return _judge_and_keep("forward_propagation", function)


@_of_an_exercise
def check_backward_propagation(function):
    """Lesson 07: backward_propagation(parameters, cache, X, Y) against nudges; kept if right."""
    return _judge_and_keep("backward_propagation", function)


@_of_an_exercise
def check_update_parameters(function):
    """Lesson 09: update_parameters(parameters, grads, learning_rate), one step downhill; kept if right."""
    return _judge_and_keep("update_parameters", function)


@_of_an_exercise
def check_initialize_parameters(function):
    """Lesson 10: initialize_parameters(n_x, n_h, n_y), small random weights; kept if right."""
    return _judge_and_keep("initialize_parameters", function)


def _judge_and_keep(name, function, judge=judge):
    forward = kept.load().forward_propagation
    result = judge(name, function, forward)
    if result.passed:
        result.message += "\n" + kept.keep(name, function, forward, result.one_output)
    return result


@_of_an_exercise
def check_softmax(function):
    """Lesson 12: softmax(Z), shares that sum to 1 down each column, for large Z too; kept if right."""
    return _judge_and_keep("softmax", function)


@_of_an_exercise
def check_softmax_cost(function):
    """Lesson 12: softmax_cost(A2, Y), the mean of −log of what each own class got; kept if right."""
    return _judge_and_keep("softmax_cost", function)


@_of_an_exercise
def check_hidden_gradient(function):
    """Lesson 06: function(W2, dz2, z1) returns dz1 for one example, against nudges of z1."""
    return judge("hidden_gradient", function)


@_of_an_exercise
def check_squared_neuron(function):
    """Lesson 03, harder: function(w1, w2, b, x1, x2, y) returns dw1, dw2, db for the loss ½ (a − y)²."""
    praise = "dw1, dw2 and db came out right for five random neurons."
    return try_cases(function, harder.squared_neuron_problem, range(5), np.random.default_rng(4), praise)


@_of_an_exercise
def check_weighted_gradients(function):
    """Lesson 04, harder: function(W, b, X, Y, s) returns dW, db where each loss is weighed by s."""
    return try_on_networks(function, harder.weighted_problem, "dW and db came out right")


@_of_an_exercise
def check_two_hidden_layers(function):
    """Lesson 05, harder: function(X, parameters) returns A3 of a network with two hidden layers."""
    return try_on_networks(function, harder.two_hidden_problem, "A3 came out right")


@_of_an_exercise
def check_squares_back(function):
    """Lesson 06, harder: function(W1, W2, x, y) returns dW1, dW2 of a network of squares, for one example."""
    return try_on_networks(function, harder.squares_problem, "dW1 and dW2 came out right")


@_of_an_exercise
def check_shortcut_back(function):
    """Lesson 07, harder: function(parameters, cache, X, Y) returns dW1, dV of a network with a shortcut."""
    return try_on_networks(function, harder.shortcut_problem, "dW1 and dV came out right")


@_of_an_exercise
def check_gradient_checker(function):
    """Lesson 08: function(parameters, grads, cost) returns {"dW1": relative error, …}."""
    praise = "Right gradients pass, and every spoiled one is found"
    return try_on_networks(function, gradient_checkers.gradient_checker_problem, praise)


@_of_an_exercise
def check_slope_along(function):
    """Lesson 08, harder: function(parameters, grads, cost, direction, step) returns nudged, computed."""
    return try_on_networks(function, harder.slope_along_problem, "Both slopes came out right")


@_of_an_exercise
def check_momentum_step(function):
    """Lesson 09, harder: function(parameters, grads, velocity, learning_rate) returns both new dicts."""
    praise = "Velocity and parameters came out right"
    return try_on_networks(function, harder_training.momentum_problem, praise)


@_of_an_exercise
def check_deep_start(function):
    """Lesson 10, harder: function(n_x, n_1, n_2, n_y) returns first weights for two hidden layers."""
    praise = "Shapes, spreads and biases are right, for two networks of different sizes."
    rng = np.random.default_rng(5)
    return try_cases(function, harder_training.deep_start_problem, harder_training.SIZES, rng, praise)


@_of_an_exercise
def check_deep_forward(function):
    """Lesson 13: forward_propagation(X, parameters) for one, two and three hidden layers; kept if right."""
    return _judge_and_keep("forward_propagation", function, judge_any_depth)


@_of_an_exercise
def check_deep_backward(function):
    """Lesson 13: backward_propagation(parameters, cache, X, Y) for any number of layers; kept if right."""
    return _judge_and_keep("backward_propagation", function, judge_any_depth)


@_of_an_exercise
def check_dead_units(function):
    """Lesson 13, harder: function(cache) returns how many units of each hidden layer are dead."""
    return try_cases(
        function, dead_units_problem, range(5), None, "Dead units of five networks came out right."
    )


@_of_an_exercise
def check_graph_backward(function):
    """Lesson 14: function(output) sets the gradient of every node of a scalar graph, also when run again."""
    praise = "All gradients came out right, in five graphs that use nodes twice, and a second time too."
    return try_cases(function, graphs.backward_problem, range(5), None, praise)


@_of_an_exercise
def check_affine_back(function):
    """Lesson 14: function(dZ, W, A) returns dW, dA and db of Z = W A + b."""
    return try_on_networks(function, graphs.affine_problem, "dW, dA and db came out right")


@_of_an_exercise
def check_training_loop(function):
    """Lesson 09: function(X, Y, n_h, learning_rate, epochs) trains and returns parameters, costs."""
    praise = "What your loop returns came out as it should"
    return try_on_networks(function, training_loops.training_loop_problem, praise)


@_of_an_exercise
def check_standardise(function):
    """Lesson 11: function(X_train, X_test) standardises both by the training set."""
    praise = "Both sets came out right, and the test set stayed unseen"
    return try_on_networks(function, exercises.standardise_problem, praise)


@_of_an_exercise
def check_batches(function):
    """Lesson 11: function(m, batch_size, rng) deals the columns 0 to m − 1 out into shuffled batches."""
    praise = "Every column is dealt out once, in random order"
    return try_on_networks(function, exercises.batches_problem, praise)


@_of_an_exercise
def check_penalised_gradients(function):
    """Lesson 11, harder: function(grads, parameters, l1, l2) returns the gradients with both penalties."""
    return try_on_networks(function, harder_training.penalised_problem, "All four gradients came out right")
