"""What must hold of the numbers: second order in time, little lost in single precision or in sleep."""

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, propagate

LESIONS = {
    "healthy": (),
    "na": ("na:0.3@23-27",),
    "blocked": ("na:0.05@23-27",),
    "myelin": ("myelin:20@25",),
    "leak": ("leak:0.03@23-27",),
    "hyperpolarised": ("current:-0.1@20-30",),
    "paranode": ("paranode:100@14-33",),
    "detachment": ("detachment:10@23-27",),
}


def arrivals(fibre, duration_ms, **how):
    return propagate(fibre, (Pulse(0.1),), duration_ms, workers=1, **how).crossing_ms[:, :, 0]


@pytest.mark.parametrize("temperature", [20.0, 30.0, 37.0, 42.0])
def test_second_order_in_time(temperature):
    """Halving the step quarters the error, in arrival and in velocity."""
    fibre = Fibre(10.0, 26, temperature)
    # Crossings are interpolated within a step; the mean over some nodes evens out where in the step they fall.
    late, slow = [], []
    for step_us in (4.0, 2.0, 1.0, 0.5):
        times = arrivals(fibre, 1.6 if temperature > 25 else 2.2, step_us=step_us)[0]
        late.append(times[16:25].mean())
        slow.append(np.polyfit(range(6, 25), times[6:25], 1)[0])
    for values in (late, slow):
        error = np.abs(np.diff(values))
        assert np.log2(error[:-1] / error[1:]) == pytest.approx([2, 2], abs=0.1)


@pytest.mark.parametrize("temperature", [20.0, 30.0, 37.0, 42.0])
def test_the_default_step_gives_velocity_within_half_a_percent(temperature):
    fibre = Fibre(10.0, 31, temperature)
    fine, usual = (arrivals(fibre, 3.0, step_us=step)[0] for step in (0.25, 2.0))
    assert usual[25] - usual[10] == pytest.approx(fine[25] - fine[10], rel=0.005)


def test_velocity_survives_single_precision():
    fibres = [Fibre(d, 51, t) for d in (2.0, 5.7, 10.0, 16.0) for t in (20.0, 37.0, 42.0)]
    double, single = (
        propagate(fibres, duration_ms=8.0, precision=name, workers=1).velocity_m_s(20, 40)
        for name in ("float64", "float32")
    )
    assert np.all(np.isfinite(double[1:]))
    assert single == pytest.approx(double, rel=0.001, nan_ok=True)


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize(("nodes", "duration_ms"), [(51, 4.0), (400, 11.0)])
def test_nodes_may_sleep_before_and_after_the_impulse(nodes, duration_ms, precision):
    fibres = [Fibre(10.0, nodes, 37.0, tuple(map(Lesion.parse, each))) for each in LESIONS.values()]
    # One by one: side by side a node sleeps only where it may sleep in every fibre.
    asleep = np.concatenate(
        [arrivals(each, duration_ms, exact=False, precision=precision) for each in fibres]
    )
    awake = arrivals(fibres, duration_ms, precision=precision)
    assert np.array_equal(np.isnan(asleep), np.isnan(awake))
    conducting = ~np.isnan(awake[:, nodes - 1])
    assert conducting.sum() == len(LESIONS) - 1
    assert asleep - 0.1 == pytest.approx(awake - 0.1, rel=0.002, nan_ok=True)


def test_sleep_saves_work_only_where_nothing_happens():
    """Cold, thick and thin side by side: whoever is late keeps the others' nodes awake."""
    fibres = [Fibre(d, 60, t) for d in (5.7, 16.0) for t in (20.0, 37.0)]
    awake, asleep = (arrivals(fibres, 6.0, exact=exact) for exact in (True, False))
    assert np.all(np.isfinite(awake))
    assert asleep - 0.1 == pytest.approx(awake - 0.1, rel=0.002)


@pytest.mark.parametrize("electrode", [20, 23, 24])
def test_a_pulse_in_the_middle_wakes_both_sides(electrode):
    """Also at the edge of eight nodes that fall asleep together."""
    pulse = Pulse(0.1, node=electrode)
    awake, asleep = (
        propagate(Fibre(10.0, 61), (pulse,), 2.0, exact=exact, workers=1).crossing_ms[0, :, 0]
        for exact in (True, False)
    )
    assert np.all(np.isfinite(awake))
    ends = [0, 5, 40, 60]
    assert asleep[ends] - 0.1 == pytest.approx(awake[ends] - 0.1, rel=0.002)
