import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, propagate
from ranvier.nerve.bundle import Focus, bundle, motor_diameters, nearest

DIAMETERS = np.array([7.0, 9.0, 11.0])


def test_an_axon_of_a_bundle_is_the_same_axon_alone():
    run = bundle(DIAMETERS, 60.0, [20.0, 50.0], exact=True, precision="float64")
    alone = Fibre(9.0, nodes=run_nodes(9.0, 60.0))
    single = propagate(alone, [Pulse(0.0, 0.1, 4.5)], 10.0)
    expected = [single.crossing_ms[0, nearest(alone, site), 0] for site in (20.0, 50.0)]
    assert run.arrival_ms[1] == pytest.approx(expected, rel=1e-6)


def run_nodes(diameter: float, length_mm: float) -> int:
    return int(np.ceil(length_mm / Fibre(diameter).spacing_mm)) + 1


def test_thicker_axons_arrive_first_and_nobody_is_blocked_in_health():
    run = bundle(DIAMETERS, 60.0, [50.0])
    assert np.all(np.diff(run.arrival_ms[:, 0]) < 0)
    assert not run.blocked.any()


def test_a_focus_blocks_only_beyond_it_and_only_the_axons_that_have_it():
    focus = Focus("na", 0.05, centre_mm=30.0, count=7)
    run = bundle(DIAMETERS, 60.0, [10.0, 50.0], [focus], affected=[[True], [False], [True]])
    assert run.blocked.tolist() == [[False, True], [False, False], [False, True]]


def test_a_focus_sits_where_the_ruler_says():
    lesion = Focus("na", 0.2, centre_mm=120.0, count=5).in_axon(1150.0)
    assert lesion == Lesion("na", 0.2, 102, 106)
    assert abs(104 * 1.15 - 120.0) <= 1.15 / 2


def test_a_stimulus_in_the_middle_travels_both_ways():
    run = bundle(DIAMETERS, 60.0, [0.0, 30.0, 60.0], stimulus_mm=30.0)
    assert np.all(run.arrival_ms[:, 1] < run.arrival_ms[:, 0])
    assert run.arrival_ms[:, 0] == pytest.approx(run.arrival_ms[:, 2], rel=0.05)


def test_progress_ends_at_one():
    told: list[float] = []
    bundle(np.linspace(7, 11, 40), 30.0, [25.0], progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_motor_diameters_are_reproducible_and_within_their_range():
    first, again = motor_diameters(500, 3), motor_diameters(500, 3)
    assert np.array_equal(first, again)
    assert 6.9 <= first.min() < first.max() <= 11.6
    assert not np.array_equal(first, motor_diameters(500, 4))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sites_mm": [70.0]}, "sites_mm must lie between 0 and the nerve's length, 60 mm"),
        ({"sites_mm": []}, "sites_mm must lie"),
        ({"stimulus_mm": 61.0}, "stimulus_mm must lie between 0 and 60 mm, not 61"),
        ({"affected": [[True]]}, "affected must have 3 rows and 1 columns"),
        ({"length_mm": 3000.0, "sites_mm": [10.0]}, "can be followed over"),
        ({"foci": [Focus("na", 2000.0, 30.0)]}, "value must lie between"),
        ({"device": "tpu"}, "device must be one of auto, cpu, gpu"),
    ],
)
def test_what_cannot_be_done_is_refused(change: dict, sentence: str):
    given = {"length_mm": 60.0, "sites_mm": [50.0], "foci": [Focus("na", 0.5, 30.0)]} | change
    with pytest.raises(ValueError, match=sentence):
        bundle(DIAMETERS, **given)
