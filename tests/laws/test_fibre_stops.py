"""A run that makes no sense gives no numbers; one that takes too long can be stopped."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, propagate
from ranvier.nerve.cable.run import DivergedError

REFUSED = (DivergedError, ValueError)
"""Refused after the run, or before it."""

LONG = """
import sys, time
from ranvier.nerve import Fibre, Pulse, propagate
propagate(Fibre(10.0, 5), (Pulse(0.0),), 0.01)
print("running", flush=True)
try:
    propagate([Fibre(10.0, 400)] * {fibres}, (Pulse(),), 50000.0, workers={workers})
except KeyboardInterrupt:
    print("stopped", flush=True)
    sys.exit(3)
"""


@pytest.mark.parametrize(
    "pulse",
    [(0.1, 0.1, 1e6), (0.1, 0.1, -1e6), (0.0, 0.02, 1e300)],
    ids=["monstrous", "monstrous the other way", "beyond all numbers"],
)
@pytest.mark.parametrize("exact", [True, False], ids=["exact", "asleep"])
@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")
def test_numbers_beyond_all_bounds_are_not_returned(pulse, exact, precision):
    with pytest.raises(REFUSED):
        propagate(Fibre(10.0, 11), (Pulse(*pulse),), 0.15, exact=exact, precision=precision, workers=1)


def test_a_lesion_beyond_all_bounds_says_what_to_do():
    fibre = Fibre(10.0, 11, lesions=(Lesion("current", 100.0, 0, 10),))
    with pytest.raises(
        ValueError, match=r"no resting potential within 200 mV of zero; choose a milder one\.$"
    ):
        propagate(fibre, (), 0.15, workers=1)


@pytest.mark.parametrize("duration_ms", [0.15, 3.0])
def test_divergence_is_seen_whenever_it_happens(duration_ms):
    """A membrane at fifty volts is nonsense even if it has come back by the end of the run."""
    with pytest.raises(REFUSED):
        propagate(Fibre(10.0, 11), (Pulse(0.1, 0.1, 5000.0),), duration_ms, workers=1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize(("fibres", "workers"), [(1, 1), (40, 2)])
def test_an_interrupt_stops_a_long_run(fibres, workers):
    code = LONG.format(fibres=fibres, workers=workers)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as run:
        try:
            assert run.stdout.readline() == "running\n"
            time.sleep(0.7)
            run.send_signal(signal.SIGINT)
            assert run.wait(20) == 3
            assert run.stdout.read() == "stopped\n"
        finally:
            run.kill()


def test_no_thread_is_left_behind():
    before = threading.active_count()
    propagate([Fibre(10.0, 5)] * 20, (Pulse(0.0),), 0.1, workers=2)
    with pytest.raises(DivergedError):
        propagate([Fibre(10.0, 5)] * 20, (Pulse(0.0, 0.1, 1e9),), 0.1, workers=2)
    assert threading.active_count() == before


def test_a_progress_that_refuses_ends_the_run():
    def refuse(share):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        propagate(
            [Fibre(10.0, 20)] * 8 + [Fibre(12.0, 400)] * 400, (Pulse(),), 100.0, workers=1, progress=refuse
        )
