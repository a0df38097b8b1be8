"""The graphics card's kernel: on a card where there is one, else in numba's simulator of one."""

import os
import subprocess
import sys

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, propagate
from ranvier.nerve.cable import run

SIMULATED = """
import numpy as np
from ranvier.nerve import Fibre, Lesion, Pulse, propagate
fibres = [Fibre(d, nodes=4, lesions=(Lesion("na", 0.5, 1, 2),)) for d in (6.0, 10.0, 14.0)]
runs = [propagate(fibres, [Pulse(0.02, 0.1, 2.0)], 0.25, step_us=5, device=d, traced=(0, 3)) for d in ("cpu", "gpu")]
assert runs[0].crossed.sum() == 12
assert np.array_equal(runs[0].crossed, runs[1].crossed)
assert np.allclose(runs[0].trace_mv, runs[1].trace_mv, rtol=0, atol=1e-9)
assert np.allclose(runs[0].crossing_ms, runs[1].crossing_ms, rtol=0, atol=1e-12, equal_nan=True)
print("alike")
"""


def test_the_same_lines_give_the_same_numbers_one_fibre_per_thread():
    environment = {**os.environ, "NUMBA_ENABLE_CUDASIM": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SIMULATED],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout.strip() == "alike", done.stderr


def card_present() -> bool:
    from ranvier.nerve.cable import gpu

    return gpu.present()


def test_a_card_agrees_with_the_processor():
    if not card_present():
        pytest.skip("no NVIDIA graphics card here")
    fibres = [Fibre(float(d), lesions=(Lesion("na", 0.3, 23, 27),)) for d in np.linspace(5.7, 16, 64)]
    cpu, gpu = (propagate(fibres, precision="float32", device=each) for each in ("cpu", "gpu"))
    assert np.array_equal(cpu.crossed, gpu.crossed)
    assert np.nanmax(np.abs(gpu.crossing_ms / cpu.crossing_ms - 1)) < 1e-3


def test_asking_for_a_card_that_is_not_there_is_refused():
    if card_present():
        pytest.skip("there is a card here")
    with pytest.raises(ValueError, match="no NVIDIA graphics card was found"):
        propagate(Fibre(10.0), device="gpu")


def test_without_a_card_large_runs_stay_on_the_processor():
    if card_present():
        pytest.skip("there is a card here")
    assert run.engine("auto", 10**6) is run.CPU


def test_a_pulse_needs_no_card():
    assert propagate(Fibre(10.0), [Pulse()], 1.0, device="auto").crossed[0, 0] == 1
