"""A few of each of the faults of tools/soak.py, which `make soak` runs by the hundred."""

import sys

import pytest

from tools import soak

no_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send SIGINT to one process")


@no_signals
def test_interrupts_by_a_real_signal():
    assert len(soak.interrupts(15)) == 15


def test_a_process_killed_while_it_saves():
    soak.kills(8)


@pytest.mark.parametrize("fuzz", [soak.file_fuzz, soak.meaning_fuzz, soak.csv_fuzz, soak.input_fuzz])
def test_fuzzed_files_and_inputs(fuzz):
    assert 50 < fuzz(250, seed=2) < 250  # some are refused, and some are whole
