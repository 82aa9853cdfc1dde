"""Functions of one's own are what runs and what is shown, however they are written, and can be stopped."""

import html
import logging
import os
import re
import sys
import threading
import time
from pathlib import Path

import nbformat
import numpy as np
import pytest
from jupyter_client import KernelManager

from helpers import calls, kept, network
from helpers.datasets import flower
from helpers.feedback.judge import judge
from helpers.own_functions import called_as, own_rate, parameters_in, start_of
from helpers.playground.experiment import Experiment
from helpers.playground.formulas import formula_lines
from helpers.playground.settings import Settings
from helpers.playground.view import view_of, words_of
from helpers.playground.weights import copied, names
from helpers.trainer import Trainer
from helpers.widgets import Playground
from helpers.words import number
from tests.course_sets import SETS, functions

ROOT = Path(__file__).parents[1]
X, Y = flower()
FEW = Settings(n_points=60, test_share=0.25)


# ---- twelve ways to write them


@pytest.mark.parametrize("name", SETS)
def test_each_set_trains_as_the_reference_does_from_the_same_start(name):
    own, (_, activation, allowed) = functions(name), SETS[name]
    epochs, m = (30, 60) if name.startswith("loops") else (300, 400)
    mine, theirs = (
        Trainer(epochs=epochs, **own),
        Trainer(epochs=epochs, hidden_activation=activation, initialize=own["initialize"]),
    )
    for trainer in (mine, theirs):
        trainer.train(X[:, :m], Y[:, :m], progress=False)
    np.testing.assert_allclose(mine.history.cost, theirs.history.cost, rtol=allowed)


@pytest.mark.parametrize("name", SETS)
def test_every_number_of_the_picture_is_what_the_functions_returned(name):
    own, activation = functions(name), SETS[name][1]
    e = Experiment(own, FEW, given=[*own])
    e.advance(20)
    assert not e.message
    view = view_of(e)
    A2, cache = own["forward"](e.X.copy(), copied(view.parameters))
    grads = own["backward"](copied(view.parameters), cache, e.X.copy(), e.Y.astype(float))
    np.testing.assert_array_equal(view.cache["A2"], A2)
    for gradient in grads:
        np.testing.assert_array_equal(view.grads[gradient], grads[gradient])
    hidden = network.forward_propagation(e.X, view.parameters, hidden_activation=activation)[1]["A1"]
    np.testing.assert_allclose(view.cache["A1"], hidden, rtol=1e-5, atol=1e-7)
    assert (set(view.activations), view.is_own, view.yours) == ({activation}, True, tuple(own))
    said = "Hidden values: tanh gives your A2; your cache shows none." if name == "output alone" else ""
    assert view.notice == said
    lines = [text for chosen in names(view.parameters) for text, _ in formula_lines(view, chosen, 3)]
    assert not [text for text in lines if text.startswith("But") or "not known" in text]
    assert any(f"{activation}′(Z1" in text for text in lines)


def test_several_layers_by_functions_for_any_depth():
    own = functions("week 4, any depth")
    given = {part: own[part] for part in ("forward", "backward", "cost")}
    e = Experiment(given, Settings(n_points=60, n_h=(4, 3), scale=1), given=[*given])
    assert e.advance(20) and e.unable == {}
    view = view_of(e)
    assert words_of(e).startswith("Yours: forward, cost, backward.") and set(view.activations) == {"tanh"}
    right = network.forward_propagation(e.X, view.parameters)[1]
    for layer, values in right.items():
        np.testing.assert_allclose(view.cache[layer], values, atol=1e-12)
    lines = [text for chosen in names(view.parameters) for text, _ in formula_lines(view, chosen)]
    assert not [text for text in lines if text.startswith("But")]


def counted(function, seen):
    def call(*arguments):
        seen.append(1)
        return function(*arguments)

    return call


def test_at_the_start_where_all_activations_look_alike_none_is_taken_for_another():
    own = leaky(0.1)
    for forward in (own["forward"], lambda X, p: (own["forward"](X, p)[0], {})):
        view = view_of(Experiment({"forward": forward}, FEW))
        assert "activation of your own" in view.notice or "not yours" in view.notice


@pytest.mark.parametrize("asked", [{"n_h": (4, 3)}, {"hidden_activation": "relu"}, {"seed": 3}])
def test_what_is_given_by_hand_is_called_whatever_is_set(asked):
    seen = {part: [] for part in ("forward", "cost", "backward", "update")}

    def relu_forward(X, parameters):
        return network.forward_propagation(X, parameters, hidden_activation="relu")

    def relu_backward(parameters, cache, X, Y):
        return network.backward_propagation(parameters, cache, X, Y, hidden_activation="relu")

    own = {"forward": relu_forward, "cost": network.compute_cost, "backward": relu_backward}
    own |= {"update": network.update_parameters}
    own = {part: counted(function, seen[part]) for part, function in own.items()}
    playground = Playground(n_points=60, **own, **asked)
    playground.experiment.advance(3)
    assert all(seen.values()) and "Yours: forward, cost, backward, update." in playground.scene.description
    playground.close()


# ---- what the picture says where it cannot know


def leaky(slope):
    def forward(X, parameters):
        Z1 = parameters["W1"] @ X + parameters["b1"]
        A1 = np.where(Z1 > 0, Z1, slope * Z1)
        Z2 = parameters["W2"] @ A1 + parameters["b2"]
        A2 = 1 / (1 + np.exp(-Z2))
        return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def backward(parameters, cache, X, Y):
        m, dZ2 = X.shape[1], cache["A2"] - Y
        dZ1 = parameters["W2"].T @ dZ2 * np.where(cache["Z1"] > 0, 1, slope)
        grads = {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(1, keepdims=True) / m}
        return grads | {"dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(1, keepdims=True) / m}

    return {"forward": forward, "backward": backward}


def lines_of(view):
    return {chosen: [text for text, _ in formula_lines(view, chosen, 2)] for chosen in names(view.parameters)}


def test_an_activation_of_ones_own_is_shown_by_its_values_and_nobody_is_blamed():
    e = Experiment(leaky(0.1), FEW)
    e.advance(30)
    view = view_of(e)
    assert view.activations == ("",) and "activation of your own" in view.notice
    assert np.isnan(view.dZ["dZ1"]).all() and np.isfinite(view.dZ["dZ2"]).all()
    lines = lines_of(view)
    assert lines["A1[0]"][1].endswith("the activation is your own.") and len(lines["A1[0]"]) == 3
    assert "as the backward in use returned it" in lines["W1[0, 0]"][1]
    assert lines["W2[0, 1]"][1].startswith("dW2[0, 1] = 1/m Σ dZ2[0, i] × A1[1, i]")
    assert not [
        text for texts in lines.values() for text in texts if text.startswith("But") or "tanh" in text
    ]


def test_hidden_values_that_nothing_shows_are_the_reference_s_and_called_so():
    own = leaky(0.1)

    def forward(X, parameters):
        return own["forward"](X, parameters)[0], {}

    def backward(parameters, cache, X, Y):
        return own["backward"](parameters, own["forward"](X, parameters)[1], X, Y)

    e = Experiment({"forward": forward, "backward": backward}, FEW)
    assert e.advance(30)
    view = view_of(e)
    np.testing.assert_array_equal(view.cache["A2"], forward(e.X, view.parameters)[0])
    assert not view.is_own and view.notice.startswith("Hidden values: the reference's tanh, not yours")
    assert len(view.notice) < 79  # the room of the sentence in whose place it stands
    lines = [text for texts in lines_of(view).values() for text in texts]
    assert not [text for text in lines if text.startswith("But")]
    playground = Playground(n_points=60, forward=forward, backward=backward)
    for gradients in (False, True):
        playground.fields["gradient view"].value = gradients
        assert "Hidden values: the reference's tanh, not yours" in html.unescape(playground.scene.svg)
    playground.close()


def test_a_cost_that_is_not_the_cross_entropy_blames_no_backward():
    def cost(A2, Y):
        return float(np.mean((A2 - Y) ** 2) / 2)

    def backward(parameters, cache, X, Y):
        A1, A2, m = cache["A1"], cache["A2"], X.shape[1]
        dZ2 = (A2 - Y) * A2 * (1 - A2)
        dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
        grads = {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(1, keepdims=True) / m}
        return grads | {"dW2": dZ2 @ A1.T / m, "db2": dZ2.sum(1, keepdims=True) / m}

    e = Experiment({"cost": cost, "backward": backward}, FEW)
    e.advance(20)
    view = view_of(e)
    assert view.notice == "Your cost is not the cross-entropy, so dZ is not known."
    assert not [t for texts in lines_of(view).values() for t in texts if t.startswith("But")]


def test_an_update_of_ones_own_is_foretold_as_it_makes_it():
    def update(parameters, grads, learning_rate):
        return {name: 0.99 * p - learning_rate * grads["d" + name] for name, p in parameters.items()}

    view = view_of(Experiment({"update": update}, FEW))
    p, grads = view.parameters, view.grads
    comes = number(update(p, grads, FEW.learning_rate)["W1"][0, 0])
    by_the_rule, in_use, *_ = lines_of(view)["W1[0, 0]"]
    assert "Next update, by all" in by_the_rule
    assert by_the_rule.endswith(f"= {number(p['W1'][0, 0] - FEW.learning_rate * grads['dW1'][0, 0])}")
    assert in_use == f"But the update in use returned W1[0, 0] = {comes}." and comes not in by_the_rule
    reference = lines_of(view_of(Experiment({}, FEW)))["W1[0, 0]"]
    assert "Next update, by all" in reference[0] and not any("But the" in line for line in reference)


def test_a_forward_that_fails_in_the_picture_is_not_called_yours():
    def forward(X, parameters):
        if X.shape[1] > 1000:
            raise ValueError("too many")
        return network.forward_propagation(X, parameters)

    e = Experiment({"forward": forward}, FEW)
    assert e.advance(2)
    assert view_of(e).words.startswith(
        "Yours: none. Reference: initialize, cost, backward, update; forward (yours"
    )


# ---- what they print


def noisy(A2, Y):
    print("noise")
    print("trouble", file=sys.stderr)
    logging.getLogger("mine").warning("logged")
    return network.compute_cost(A2, Y)


def test_what_a_function_prints_and_logs_is_shown_once(capsys):
    heard = []
    handler = logging.Handler()
    handler.emit = heard.append
    logging.root.addHandler(handler)
    try:
        t = Trainer(epochs=5, cost=noisy)
        t.train(X, Y, progress=False, callbacks=[lambda trainer: print("callback")])
        t.train(X, Y, progress=False)
        e = Experiment({"cost": noisy}, FEW)
        e.advance(5)
        view_of(e)
    finally:
        logging.root.removeHandler(handler)
    out, err = capsys.readouterr()
    assert out.count("noise") == err.count("trouble") == len(heard) == 2  # the trainer's, the experiment's
    assert out.count("callback") == 5 and not calls.listening


def test_what_is_printed_late_is_shown_too(capsys):
    counts = []

    def cost(A2, Y):
        counts.append(1)
        if len(counts) % 3 == 0:
            print("every third")
        return network.compute_cost(A2, Y)

    Trainer(epochs=10, cost=cost).train(X, Y, progress=False)
    assert capsys.readouterr().out.count("every third") == 1


def test_figures_that_a_function_opens_stay_one():
    from matplotlib import pyplot as plt

    def cost(A2, Y):
        plt.figure()
        return network.compute_cost(A2, Y)

    plt.close("all")
    Trainer(epochs=6, cost=cost).train(X, Y, progress=False)
    assert len(plt.get_fignums()) == 1
    plt.close("all")


# ---- what hangs


def hanging(after):
    seen = []

    def backward(parameters, cache, X, Y):
        seen.append(1)
        while len(seen) > after:
            pass
        return network.backward_propagation(parameters, cache, X, Y)

    return backward


def test_the_first_interrupt_ends_a_function_that_hangs_and_loses_nothing(capsys, monkeypatch):
    monkeypatch.setattr(calls, "LOOK", 0.02)
    monkeypatch.setattr(calls, "GRACE", 0.2)
    t = Trainer(epochs=100, backward=hanging(8))
    threading.Timer(0.5, calls._thread.interrupt_main).start()
    start = time.monotonic()
    t.train(X, Y, progress=False)
    assert time.monotonic() - start < 3 and t.outcome.kind == "interrupted" and t.state.epoch == 8
    assert capsys.readouterr().out.startswith(
        "Your backward has been running for two seconds. To stop it, inter"
    )
    assert t.calls.stopped == {"backward"}
    right = Trainer(epochs=8)
    right.train(X, Y, progress=False)
    np.testing.assert_allclose(t.parameters["W1"], right.parameters["W1"])
    t.backward = None
    t.train(X, Y, epochs=2, progress=False)
    assert t.state.epoch == 10


def test_an_interrupt_that_finds_a_whole_step_waits_for_it():
    stopped = []

    def update(parameters, grads, learning_rate):
        if len(stopped) == 5:
            calls._thread.interrupt_main()
        stopped.append(1)
        return network.update_parameters(parameters, grads, learning_rate)

    t = Trainer(epochs=100, update=update)
    t.train(X, Y, progress=False)
    assert t.outcome.kind == "interrupted" and t.state.epoch == 6 and not t.calls.stopped


@pytest.mark.parametrize("part", ["backward", "forward"])
def test_a_widget_on_another_thread_is_named_and_stopped(part, monkeypatch):
    monkeypatch.setattr(calls, "LOOK", 0.02)
    monkeypatch.setattr(calls, "GRACE", 0.2)
    left, said = [1] * 1000, []

    def slow(*arguments):
        while not left:
            pass
        left.pop()
        reference = {"forward": network.forward_propagation, "backward": network.backward_propagation}
        return reference[part](*arguments)

    playground = Playground(n_points=60, **{part: slow})
    del left[10:]  # some epochs later
    monkeypatch.setattr(playground, "_say_at_once", said.append)
    playground.picture.playing = True
    worker = threading.Thread(
        target=lambda: [playground.picture._heard(None, {"kind": "frame"}, []) for _ in range(3)]
    )
    worker.start()
    until = time.monotonic() + 20
    while not said and time.monotonic() < until:
        time.sleep(0.02)
    calls.interrupt_other_threads()
    worker.join(8)
    assert not worker.is_alive() and not playground.picture.playing
    assert said and said[0].startswith(f"Your {part} has been running")
    e = playground.experiment
    assert e.epoch > 0 and "Interrupted in epoch" in e.message
    assert f"{part} (yours was stopped)" in playground.scene.description
    playground.close()


# ---- words for what goes wrong


def test_nan_out_of_a_backward_is_about_dividing():
    def backward(parameters, cache, X, Y):
        A2 = cache["A2"]
        with np.errstate(all="ignore"):
            dZ2 = (-(Y / A2) + (1 - Y) / (1 - A2)) * A2 * (1 - A2)
        grads = network.backward_propagation(parameters, cache, X, Y)
        return grads | {"dW2": dZ2 @ cache["A1"].T / X.shape[1]}

    large = {
        "W1": np.ones((2, 2)),
        "b1": np.zeros((2, 1)),
        "W2": np.full((1, 2), 500.0),
        "b2": np.zeros((1, 1)),
    }
    t = Trainer(backward=backward, initialize=lambda *sizes: large, n_h=2)
    with pytest.raises(ValueError, match="dW2 has NaN.*divide by A2 or 1 − A2.*0 / 0") as error:
        t.train(X, Y, progress=False)
    assert "missing values" not in str(error.value)


def test_math_log_of_zero_counts_as_the_float_next_to_it():
    import math

    def cost(A2, Y):
        return (
            -sum(y * math.log(a) + (1 - y) * math.log(1 - a) for a, y in zip(A2[0], Y[0], strict=True))
            / Y.size
        )

    large = {
        "W1": np.ones((2, 2)),
        "b1": np.zeros((2, 1)),
        "W2": np.full((1, 2), 500.0),
        "b2": np.zeros((1, 1)),
    }
    t = Trainer(cost=cost, initialize=lambda *sizes: large, n_h=2, epochs=1)
    t.train(X, Y, progress=False)
    assert math.isfinite(t.history.cost[0])


def test_a_function_of_numpy_that_was_overwritten_is_named(monkeypatch):
    monkeypatch.setattr(np, "log", np.array(1.0))
    with pytest.raises(TypeError, match="np.log is not NumPy's own any more: a cell says np.log = …"):
        Trainer(epochs=1).train(X, Y, progress=False)


def test_a_name_of_python_that_was_overwritten_is_named():
    own = {"np": np, "network": network, "sum": 3.0}
    exec("def cost(A2, Y):\n    return sum(A2)", own)
    with pytest.raises(TypeError) as error:
        Trainer(epochs=1, cost=own["cost"]).train(X, Y, progress=False)
    assert "A cell says sum = …, so sum is no function any more: del sum." in error.value.__notes__


# ---- other arguments


def test_a_cost_of_three_is_given_the_parameters_of_its_output():
    asked = []

    def cost(A2, Y, parameters):
        asked.append(network.forward_propagation(X, parameters)[0] - A2)
        return network.compute_cost(A2, Y)

    t = Trainer(epochs=3, cost=cost)
    t.train(X, Y, progress=False)
    assert len(asked) == 4 and max(abs(off).max() for off in asked) < 1e-12


LOOP = {"X": X, "Y": Y, "n_h": 3, "learning_rate": 0.5, "epochs": 7}


def test_a_training_loop_is_called_by_the_names_of_its_arguments():
    def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
        return "course", n_h, num_iterations, print_cost

    def other_order(X, Y, epochs, lr, n_h):
        return epochs, lr, n_h

    def by_place(a, b, c, d, e):
        return c, d, e

    assert called_as(nn_model, LOOP) == ("course", 3, 7, False)
    assert own_rate(nn_model, LOOP) and not own_rate(other_order, LOOP) and not own_rate(by_place, LOOP)
    assert called_as(other_order, LOOP) == (7, 0.5, 3) and called_as(by_place, LOOP) == (3, 0.5, 7)
    with pytest.raises(TypeError):
        called_as(lambda a: a, LOOP)


def test_the_start_of_a_training_loop_is_what_it_returns_after_no_epoch():
    own = functions("course, in place, cost of three")

    def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
        parameters = own["initialize"](len(X), n_h, len(Y))
        for _ in range(num_iterations):
            A2, cache = own["forward"](X, parameters)
            parameters = own["update"](parameters, own["backward"](parameters, cache, X, Y))
        return parameters

    start, t = start_of(nn_model, LOOP), Trainer(n_h=3, epochs=7, learning_rate=1.2)
    np.testing.assert_array_equal(start["W1"], own["initialize"](2, 3, 1)["W1"])
    t.start_from(start)
    t.train(X, Y, progress=False)
    np.testing.assert_allclose(parameters_in(called_as(nn_model, LOOP))["W1"], t.parameters["W1"])
    assert start_of(lambda X, Y, n_h, learning_rate, epochs: [1][epochs + 1], LOOP) is None


@pytest.mark.parametrize("form", [lambda p: p, lambda p: (p, [0.7, 0.6]), lambda p: [[0.7], p]])
def test_what_a_training_loop_returned_opens_in_the_playground(form):
    t = Trainer(n_h=3, epochs=50)
    t.train(X, Y, progress=False)
    playground = Playground(parameters=form(t.parameters), n_points=60)
    e = playground.experiment
    assert e.trainer.n_h == 3 and "It began with the parameters given." in playground.scene.description
    np.testing.assert_array_equal(e.trainer.parameters["W1"], t.parameters["W1"])
    assert playground.code == "Playground(parameters=parameters, n_points=60, n_h=3)"
    e.advance(3)
    reset = e.anew()
    np.testing.assert_array_equal(reset.trainer.parameters["W1"], t.parameters["W1"])
    assert not e.anew(seed=2).begins_as_given and "given" not in words_of(e.anew(n_h=2))
    playground.close()


@pytest.mark.parametrize(
    "parameters, message",
    [
        ([0.7, 0.6], "parameters is a dict with W1, b1, W2 and b2; it came as float and float."),
        (
            network.initialize_parameters(64, 5, 10),
            "2 inputs; these parameters are for 64.",
        ),
        (network.initialize_parameters(2, 50, 1), "up to 3 hidden layers of up to 8 units"),
    ],
)
def test_parameters_that_no_playground_can_show(parameters, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Playground(parameters=parameters)
    assert parameters_in((network.initialize_parameters(2, 3, 1), [1.0]))["W1"].shape == (3, 2)


# ---- where they run: a notebook's kernel, and the lessons


def test_a_check_can_be_silent_in_every_way(capsys):
    with calls.silently():
        noisy(np.array([[0.5]]), np.array([[1.0]]))
    assert capsys.readouterr() == ("", "") and not calls.listening
    print("heard again")
    assert capsys.readouterr().out == "heard again\n"


def test_a_check_swallows_its_own_function_s_output_and_nothing_else(capsys):
    """Its logs, by a logger of its own too, and its plots; not what another thread prints meanwhile."""
    from matplotlib import pyplot as plt

    heard, own_logger, others = [], logging.getLogger("own"), []
    handler = logging.Handler()
    handler.emit = heard.append
    plt.close("all")

    def cost(A2, Y):
        own_logger.error("logged")
        plt.figure()
        if not others:
            others.append(threading.Thread(target=print, args=("from another thread",)))
            others[0].start()
            others[0].join()
        return noisy(A2, Y)

    logging.root.addHandler(handler)
    own_logger.addHandler(handler)
    try:
        assert judge("compute_cost", cost).passed
        assert not heard and not plt.get_fignums()
        assert capsys.readouterr() == ("from another thread\n", "")
        own_logger.error("heard again")
        assert len(heard) == 2  # by its own handler and by the root's
    finally:
        logging.root.removeHandler(handler)
        own_logger.removeHandler(handler)


def test_one_interrupt_of_what_hangs_in_the_picture_pauses_the_play(monkeypatch):
    monkeypatch.setattr(calls, "GRACE", 0.1)
    hangs = False

    def backward(*given):
        while hangs:
            pass
        return network.backward_propagation(*given)

    playground = Playground(n_points=60, backward=backward)
    hangs = True
    threading.Timer(0.3, calls._thread.interrupt_main).start()
    playground.parts["Play"].click()
    assert not playground.picture.playing and playground.parts["Play"].description == "Play"
    assert "backward (yours was stopped)" in playground.view.words and "Epoch 0:" in playground.line.value
    hangs = False
    playground.parts["Play"].click()
    playground.picture._heard(None, {"kind": "frame"}, [])
    assert playground.picture.playing and playground.experiment.epoch == 10
    playground.close()


def test_an_interrupt_between_two_frames_is_heard_by_the_next(monkeypatch):
    playground = Playground(n_points=60, backward=network.backward_propagation)
    playground.picture.playing = True
    monkeypatch.setattr(calls, "missed", [])
    calls.interrupt_other_threads()
    worker = threading.Thread(target=playground.do, args=(playground._train,))
    worker.start()
    worker.join()
    assert not playground.picture.playing and "Interrupted in epoch" in playground.experiment.message
    playground.close()
    assert not calls.stoppable


class Kernel:
    """A notebook's kernel in a folder of its own."""

    def __init__(self, folder):
        self.manager = KernelManager(kernel_name="python3")
        where = {"MY_NETWORK": str(folder / "my_network.py"), "TQDM_DISABLE": "1", "PYTHONPATH": str(ROOT)}
        self.manager.start_kernel(cwd=str(folder), env=os.environ | where)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code, interrupt_after=None):
        """The text that a cell puts out; interrupted after so many seconds."""
        timer = threading.Timer(interrupt_after or 0, self.manager.interrupt_kernel)
        if interrupt_after:
            timer.start()
        said = []

        def hear(message):
            content = message["content"]
            shown = str(content["data"]) if message["msg_type"] == "display_data" else ""
            said.append(content.get("text") or content.get("ename") or shown)

        self.client.execute_interactive(code, timeout=60, output_hook=hear)
        return "".join(said)

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(tmp_path):
    started = Kernel(tmp_path)
    started.run(
        "import numpy as np, threading\n"
        "from helpers import datasets, network\nfrom helpers.trainer import Trainer\n"
        "from helpers.widgets import Playground\n"
        "def hang(A2, Y):\n    while Y.shape[1] > 100: pass\n    return network.compute_cost(A2, Y)\n"
    )
    yield started
    started.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send SIGINT to one process alone")
def test_in_a_kernel_the_first_interrupt_ends_what_hangs_in_a_cell_and_in_a_widget(kernel):
    train = "t = Trainer(epochs=2, cost=hang); t.train(*datasets.flower(), progress=False); print(t.outcome)"
    said = kernel.run(train, interrupt_after=3)
    assert said.startswith("Your cost has been running for two seconds.") and "interrupted in epoch 0" in said
    said = kernel.run("p = Playground(cost=hang); print(p.line.value)", interrupt_after=3)
    assert said.startswith("Your cost has been running") and "Interrupted in epoch 0" in said
    kernel.run("heard = []; p.line.observe(lambda change: heard.append(change.new), 'value')")
    kernel.run("p.picture.playing = True; p.picture.next_frames()")  # the frame comes after the cell
    time.sleep(3)
    kernel.manager.interrupt_kernel()
    said = kernel.run("print(p.picture.playing, 'Interrupted' in p.line.value, heard)")
    assert said.startswith("False True ") and "Your cost has been running" in said
    assert "KeyboardInterrupt" in kernel.run("while True: pass", interrupt_after=1)


def test_in_a_kernel_what_a_function_prints_and_displays_comes_once(kernel):
    said = kernel.run(
        "def cost(A2, Y):\n    print('noise'); display('shown')\n    return network.compute_cost(A2, Y)\n"
        "Trainer(epochs=5, cost=cost).train(*datasets.flower(), progress=False)\n"
        "p = Playground(cost=cost); p.experiment.advance(10)"
    )
    assert said.count("noise") == said.count("shown") == 2  # the trainer's, the playground's


@pytest.mark.parametrize("seed", [1, 2])  # starts that are accepted, and that learn the flower slowly
@pytest.mark.parametrize("lesson", ["07", "08"])
def test_lessons_hold_for_a_start_of_ones_own(lesson, seed, monkeypatch, tmp_path):
    def initialize_parameters(n_x, n_h, n_y):
        np.random.seed(seed)
        W1, W2 = np.random.randn(n_h, n_x) * 0.01, np.random.randn(n_y, n_h) * 0.01
        return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}

    own = kept.Kept(initialize_parameters=initialize_parameters, own={"initialize": initialize_parameters})
    monkeypatch.setattr(kept, "load", lambda: own)
    monkeypatch.setenv("TQDM_DISABLE", "1")
    notebook = nbformat.read(next((ROOT / "notebooks").glob(f"{lesson}_*.ipynb")), as_version=4)
    names_of_the_lesson = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and "raises-exception" not in cell.metadata.get("tags", []):
            exec(compile(cell.source, cell.id, "exec"), names_of_the_lesson)
