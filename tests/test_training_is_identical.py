"""500 epochs of training give the numbers that an older version of the trainer gave, in six set-ups.

On one machine they are the same to the last bit. Another processor, or another build of NumPy, multiplies
matrices in another order: measured on five of them, numbers move by 7e-12 of themselves at the most.
"""

import json

import numpy as np
import pytest

from tests.training_setups import EPOCHS, FILE, SETUPS, numbers

BEFORE = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.__name__)
def test_training_gives_the_numbers_of_before(setup):
    trainer = setup()
    assert len(trainer.history.cost) == EPOCHS + 1
    found, before = numbers(trainer), BEFORE[setup.__name__]
    assert found.keys() == before.keys()
    for name, values in before.items():
        expected = [float.fromhex(x) for x in values]
        np.testing.assert_allclose(found[name], expected, rtol=1e-9, atol=0, err_msg=name)
