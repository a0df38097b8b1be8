"""A needle in healthy, blocked, denervated, reinnervated and dystrophic muscles."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.findings.needle.potential import measured
from ranvier.muscle.fibres import NOBODY, numbers
from ranvier.muscle.needle import Needled, filtered, needle_recording
from ranvier.muscle.pool import born, shape
from ranvier.muscle.uptake import STEP_MS

COUNT = 400
ALL = np.ones(COUNT, bool)
KEPT = np.random.default_rng(1).random(COUNT) < 0.5


def pool(muscle="TA", seed=3):
    random = np.random.default_rng(seed)
    return born(muscle, random.normal(10, 0.6, COUNT), shape(muscle).fibres, random)


def needled(motor, able=ALL, **more):
    return Needled(motor, able, 34.5, 1, **{"quiet": True, **more})


def potentials(motor, sites=10):
    """The potentials of 0.1 mV and more of units that fire at a weak effort, as the blind analysis measures them."""
    muscle = needled(motor)
    firing = muscle.rates_hz(0.01) > 0
    waves = [wave for site in range(sites) for wave in muscle.potentials(site, firing).values()]
    return [measured(np.roll(wave, 150)[:1000], STEP_MS) for wave in waves if np.ptp(wave) > 0.1]


def means(found):
    return (
        np.mean([one.amplitude_mv for one in found]),
        np.mean([one.duration_ms for one in found]),
        np.mean([one.polyphasic for one in found]),
    )


@pytest.fixture(scope="module")
def healthy():
    return means(potentials(pool()))


def test_healthy_potentials_are_of_published_size(healthy):
    amplitude, duration, polyphasic = healthy
    assert amplitude == pytest.approx(0.66, abs=0.19)  # 2 SD between people
    assert duration == pytest.approx(9.35, abs=1.9)
    assert polyphasic < 0.35


@pytest.mark.parametrize(("muscle", "amplitude", "duration"), [("biceps", 0.42, 10), ("APB", 0.55, 7.5)])
def test_other_muscles_have_potentials_of_their_usual_size(muscle, amplitude, duration):
    found = means(potentials(pool(muscle)))
    assert found[0] == pytest.approx(amplitude, rel=0.4)
    assert found[1] == pytest.approx(duration, abs=1.5)


def test_reinnervation_makes_potentials_larger_longer_and_polyphasic(healthy):
    grown = pool()
    grown = replace(grown, fibres=np.where(KEPT, 1.8 * grown.fibres, 0))
    amplitude, duration, polyphasic = means(potentials(grown))
    assert amplitude > 1.1 * healthy[0]
    assert duration > healthy[1] + 0.8
    assert polyphasic > healthy[2] + 0.05


def test_reinnervation_leaves_fewer_units_that_fire_faster():
    motor = pool()
    grown = replace(motor, fibres=np.where(KEPT, 1.5 * motor.fibres, 0))
    before, after = needled(motor).rates_hz(0.4), needled(grown).rates_hz(0.4)
    assert (after > 0).sum() < 0.7 * (before > 0).sum()
    assert after[after > 0].mean() > 1.1 * before[before > 0].mean()
    assert not after[~KEPT].any()


def test_lost_fibres_make_potentials_small_and_short_and_more_of_them(healthy):
    motor = pool()
    weak = replace(motor, fibres=0.35 * motor.fibres, orphaned=0.0)
    amplitude, duration, _ = means(potentials(weak))
    assert amplitude < 0.8 * healthy[0]
    assert duration < healthy[1]
    assert (needled(weak).rates_hz(0.1) > 0).sum() > (needled(motor).rates_hz(0.1) > 0).sum()


def test_block_changes_no_potential_but_who_fires():
    motor = pool()
    open_, blocked = needled(motor), needled(motor, KEPT)
    one, other = open_.potentials(2, KEPT), blocked.potentials(2, KEPT)
    assert all(np.array_equal(one[unit], other[unit]) for unit in one)
    assert not blocked.rates_hz(0.3)[~KEPT].any()
    assert blocked.rates_hz(0.3)[KEPT].mean() > open_.rates_hz(0.3)[KEPT].mean()


def test_a_blocked_muscle_is_silent_at_rest_and_at_any_effort():
    muscle = needled(pool(), ~ALL)
    for effort in (0.0, 1.0):
        assert not muscle.record(0, effort, 1.0).any()


def fires(motor, **more):
    muscle = needled(motor, **more)
    return [np.ptp(muscle.record(site, 0.0, 4.0)) for site in range(4)]


def test_only_fibres_without_a_nerve_fire_at_rest():
    motor = pool()
    lost = replace(motor, fibres=np.where(KEPT, motor.fibres, 0))
    assert max(fires(motor)) == 0
    assert max(fires(motor, able=KEPT)) == 0
    assert min(fires(lost)) > 0.03
    assert max(fires(replace(lost, orphaned=0.0))) == 0


def test_denervated_fibres_repeat_like_a_clock_within_their_rates():
    from ranvier.muscle.spontaneous import fibrillations

    motor = pool()
    muscle = needled(replace(motor, fibres=np.where(KEPT, motor.fibres, 0)))
    rule = numbers("fibrillation")
    seen = list(fibrillations("TA", muscle.fibres, muscle.tip(0), 34.5, 30.0, np.random.default_rng(1)))
    alone = (muscle.fibres.unit == NOBODY).sum()
    assert 0 < len(seen) < rule["active"] * alone
    for _, times in seen:
        intervals = np.diff(times)
        rate = 1000 / intervals.mean()
        assert 0.9 * rule["slowest"] < rate < 1.1 * rule["fastest"]
        assert intervals.std() / intervals.mean() < 2 * rule["variation"]


def test_fasciculations_come_at_the_rate_asked_for_even_below_a_block():
    motor = pool()
    assert max(fires(motor, able=~ALL, fasciculation_per_min=2.0)) > 0.1
    alone = np.zeros(COUNT)
    unit = next(iter(needled(motor).potentials(0, ALL)))
    alone[unit] = 120.0
    muscle = needled(motor, fasciculation_per_min=alone)
    wave = filtered(np.concatenate([muscle.potentials(0, ALL)[unit], np.zeros(2048)]))
    seen = muscle.record(0, 0.0, 10.0)
    peaks = np.flatnonzero(
        (seen[1:-1] < seen[:-2]) & (seen[1:-1] <= seen[2:]) & (seen[1:-1] < 0.8 * wave.min())
    )
    assert len(peaks) == pytest.approx(20, abs=3 * np.sqrt(20))


def test_the_amplifier_adds_its_noise_and_nothing_else_when_quiet():
    loud = needled(pool(), quiet=False).record(0, 0.0, 2.0)
    assert loud.std() == pytest.approx(numbers("amplifier")["noise"] * 1e-3, rel=0.05)
    assert not needled(pool()).record(0, 0.0, 2.0).any()


def test_the_same_seed_gives_the_same_recording_and_another_another():
    one, again, other = (needle_recording(pool(), ALL, 0.02, 1.0, seed) for seed in (7, 7, 8))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert len(one) == 20_000
    first, second = (needled(pool()).record(site, 0.02, 1.0) for site in (0, 1))
    assert not np.array_equal(first, second)


def test_more_effort_gives_more_signal():
    muscle = needled(pool())
    sizes = [muscle.record(0, effort, 1.0).std() for effort in (0.02, 0.1, 0.4, 1.0)]
    assert sizes == sorted(sizes)
