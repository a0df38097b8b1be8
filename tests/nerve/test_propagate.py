"""Sending impulses: what comes back, and what is refused with a sentence."""

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, propagate
from ranvier.nerve.cable import run as running

BLOCKED = Lesion("na", 0.0, 8, 14)


PULSE = Pulse(0.1)


def sent(fibres, pulses=(PULSE,), duration_ms=1.5, **more):
    return propagate(fibres, pulses, duration_ms, workers=1, **more)


def test_a_healthy_fibre_conducts():
    run = sent(Fibre(10.0, 21))
    assert run.fibres == (Fibre(10.0, 21),)
    assert run.crossed.tolist() == [[1] * 21]
    assert run.crossing_ms.shape == (1, 21, 4)
    assert np.all(np.isnan(run.crossing_ms[:, :, 1:]))
    assert np.all(np.diff(run.crossing_ms[0, :, 0]) > 0)
    assert run.arrival_ms(20)[0] == run.crossing_ms[0, 20, 0]
    assert run.velocity_m_s(5, 15)[0] == pytest.approx(56.2, abs=0.5)
    assert run.velocity_m_s(15, 5)[0] == pytest.approx(run.velocity_m_s(5, 15)[0])


def test_where_the_impulse_fails_nothing_arrives():
    run = sent([Fibre(10.0, 21), Fibre(10.0, 21, lesions=(BLOCKED,))])
    assert np.isnan(run.arrival_ms(18)).tolist() == [False, True]
    assert np.isnan(run.velocity_m_s(5, 18)).tolist() == [False, True]
    assert run.crossed[1, 18] == 0
    assert run.crossed[1, 5] == 1


def test_results_stand_in_the_order_in_which_fibres_were_given():
    fibres = [Fibre(d, n) for d, n in ((16.0, 8), (5.7, 12), (10.0, 10), (9.0, 11), (7.3, 9), (11.5, 6))] * 3
    together = sent(fibres)
    for fibre, arrivals in zip(fibres, together.crossing_ms[:, :, 0], strict=True):
        assert np.all(np.isfinite(arrivals[: fibre.nodes]))
        assert np.all(np.isnan(arrivals[fibre.nodes :]))
    assert together.velocity_m_s(2, 5) == pytest.approx(
        [float(sent(f).velocity_m_s(2, 5)[0]) for f in fibres]
    )


def test_pulses_for_all_or_one_sequence_for_each():
    two = [Fibre(10.0, 11), Fibre(10.0, 11)]
    apart = sent(two, [[Pulse(0.1)], [Pulse(0.3)]])
    assert np.diff(apart.arrival_ms(5)) == pytest.approx([0.2], abs=1e-4)
    assert sent(two, [Pulse(0.1), Pulse(1.4, 0.05)]).arrival_ms(5)[0] == apart.arrival_ms(5)[0]
    quiet = sent(two, [[Pulse(0.1)], []])
    assert quiet.crossed[:, 5].tolist() == [1, 0]
    assert sent(two, ()).crossed.sum() == 0


def test_every_crossing_is_counted_and_the_first_are_kept():
    train = [Pulse(0.1 + 2.5 * k) for k in range(4)]
    run = sent(Fibre(10.0, 11), train, 10.0, keep_crossings=2)
    assert run.crossed[0, 5] == 4
    assert run.crossing_ms.shape == (1, 11, 2)
    assert np.diff(run.crossing_ms[0, 5]) == pytest.approx([2.5], abs=0.1)


def test_traces_begin_at_rest_and_are_kept_as_often_as_asked():
    run = sent(Fibre(10.0, 11), traced=(5, 0), trace_every_us=10.0)
    assert run.traced == (5, 0)
    assert run.trace_ms == pytest.approx(np.arange(150) * 0.01)
    assert run.trace_mv.shape == (1, 150, 2)
    assert run.trace_mv[0, 0].tolist() == [-80.0, -80.0]
    fine = sent(Fibre(10.0, 11), traced=(5, 0))
    assert np.array_equal(fine.trace_mv[0, ::5], run.trace_mv[0])
    at = np.searchsorted(fine.trace_ms, fine.arrival_ms(5)[0])
    assert fine.trace_mv[0, at - 1, 0] < 0 <= fine.trace_mv[0, at, 0]
    between = fine.trace_mv[0, at - 1 : at + 1, 0]
    crossing = fine.trace_ms[at - 1] + 0.002 * -between[0] / np.diff(between)[0]
    assert fine.arrival_ms(5)[0] == pytest.approx(crossing, abs=1e-9)


def test_progress_ends_at_all():
    told = []
    sent([Fibre(10.0, 11)] * 20, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_one_node_alone_fires():
    run = sent(Fibre(10.0, 1), duration_ms=0.5, traced=(0,))
    assert run.crossed.tolist() == [[1]]
    assert run.crossing_ms[0, 0, 0] < 0.2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fibres": []}, r"^fibres: at least one is needed\.$"),
        ({"step_us": 0.0}, r"^step_us must lie between 0.01 and 20 us, not 0\.$"),
        ({"step_us": 20.5}, r"^step_us must lie between 0.01 and 20 us, not 20\.5\.$"),
        ({"step_us": float("nan")}, r"^step_us must .* not nan\.$"),
        ({"duration_ms": 0.0}, r"^duration_ms must lie above 0 and below 100000 ms, not 0\.$"),
        ({"duration_ms": float("inf")}, r"^duration_ms must .* not inf\.$"),
        ({"duration_ms": float("nan")}, r"^duration_ms must .* not nan\.$"),
        ({"pulses": [Pulse(node=11)]}, r"^pulse: the fibre has nodes 0 to 10, not 11\.$"),
        (
            {"pulses": [[Pulse()]] * 2},
            r"^pulses: 2 sequences for 1 fibres; give one for each, or one for all\.$",
        ),
        ({"pulses": [Pulse(), [Pulse()]]}, r"^pulses: 2 sequences for 1 fibres"),
        ({"device": "tpu"}, r"^device must be one of auto, cpu, gpu, not 'tpu'\.$"),
        ({"traced": (11,)}, r"trace.* nodes 0 to 10, not 11"),
        ({"traced": (-1,)}, r"trace.* nodes 0 to 10, not -1"),
    ],
)
def test_refused(change, sentence):
    given = {"fibres": [Fibre(10.0, 11)], "pulses": [Pulse()], "duration_ms": 1.0} | change
    with pytest.raises(ValueError, match=sentence):
        propagate(**given, workers=1)


@pytest.mark.parametrize("count", [1, running.CPU.width(np.dtype("float64"), 0)])
def test_fibres_of_a_run_share_membrane_and_pump_however_many_there_are(count):
    fibres = [Fibre(8.0, 5)] * count + [Fibre(10.0, 5, pump=True)] * count
    with pytest.raises(
        ValueError, match=r"^fibres of one run must share membrane_name and pump; run them apart\.$"
    ):
        sent(fibres, [Pulse(0.0)], duration_ms=0.01)


def test_a_failure_in_one_block_is_told_once_and_ends_the_run():
    fibres = [Fibre(10.0, 11)] * 8 + [Fibre(12.0, 11)] * 8
    pulses = [[Pulse()]] * 12 + [[Pulse(current_na=1e9)]] * 4
    with pytest.raises(running.DivergedError, match=r"No numbers are returned\.$"):
        sent(fibres, pulses)
