"""Made-up recordings, of which everything is known, taken apart again."""

import numpy as np
import pytest
from made_needle import LARGE, POLY, SHARP, SMALL, TRIPHASIC, recording

from ranvier.findings.needle import Recording, analyse, needle_finding

ALL = (LARGE, SHARP, TRIPHASIC, SMALL, POLY)


def analysed(units, rate_hz=20000, **about):
    samples, trains = recording(units, rate_hz, **about)
    return analyse(Recording(1000 / rate_hz, samples)), trains


@pytest.mark.parametrize("rate_hz", [4000, 10000, 24000, 48000])
def test_five_units_are_found_and_measured_at_any_rate(rate_hz):
    found, trains = analysed(ALL, rate_hz)
    truth = sorted(zip(ALL, trains, strict=True), key=lambda each: -each[0].amplitude_mv)
    assert len(found.units) == len(truth)
    for unit, (known, times) in zip(found.units, truth, strict=True):
        potential = unit.potential
        assert potential.amplitude_mv == pytest.approx(known.amplitude_mv, rel=0.04)
        assert potential.duration_ms == pytest.approx(known.duration_ms, abs=1.2)
        assert potential.phases == known.phases
        assert potential.turns == known.phases
        assert potential.polyphasic == (known.phases > 4)
        assert unit.firing.rate_hz == pytest.approx(1000 / np.median(np.diff(times)), rel=0.08)
        assert hits(unit.times_s * 1000, times) > 0.75 * max(len(times), unit.discharges)
    assert found.polyphasic_percent == pytest.approx(20)
    assert found.mean_amplitude_mv == pytest.approx(np.mean([u.amplitude_mv for u in ALL]), rel=0.03)


def hits(found_ms, times_ms):
    """How many discharges stand at one delay (of the largest peak) from the true times, within 0.5 ms."""
    delay = found_ms[:, None] - times_ms
    off = np.median(delay[np.arange(len(found_ms)), np.argmin(np.abs(delay), axis=1)])
    return np.sum(np.min(np.abs(delay - off), axis=1) < 0.5)


@pytest.mark.parametrize("seed", range(3))
def test_superposed_potentials_are_told_apart(seed):
    """Of the discharges of the largest unit that another one overlaps, most are found."""
    found, trains = analysed((SHARP, POLY, TRIPHASIC), 10000, seed=10 + seed)
    assert len(found.units) == 3
    for unit, times in zip(found.units, trains[:1], strict=False):
        close = np.min(np.abs(times[:, None] - np.concatenate(trains[1:])), axis=1) < 5
        assert np.sum(close) > 10
        delay = np.min(np.abs(times[close][:, None] - unit.times_s * 1000), axis=1)
        assert np.mean(delay < 1.0) > 0.6


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("rate_hz", [4000, 20000])
def test_noise_alone_has_no_units_and_hardly_a_turn(rate_hz, seed):
    found, _ = analysed((), rate_hz, noise_mv=0.01, seed=seed)
    assert found.units == ()
    assert found.mean_amplitude_mv is None
    assert found.interference.active_share < 0.05
    assert found.noise_mv < 0.01


def test_the_hum_of_the_mains_is_no_unit():
    time_s = np.arange(0, 10, 1 / 10000)
    noise = 0.005 * np.random.default_rng(3).standard_normal(len(time_s))
    assert analyse(Recording(0.1, 0.5 * np.sin(2 * np.pi * 50 * time_s) + noise)).units == ()


def test_irregular_discharges_are_no_unit():
    """The same potential at times that know nothing of each other: not the firing of a unit."""
    rng = np.random.default_rng(5)
    samples, time = 0.005 * rng.standard_normal(100_000), np.arange(100_000) * 0.1
    for start in np.sort(rng.uniform(50, 9900, 90)):
        near = slice(int((start - 20) / 0.1), int((start + 20) / 0.1))
        samples[near] += SHARP.at(time[near] - start)
    assert analyse(Recording(0.1, samples)).units == ()


def test_too_few_discharges_are_no_unit():
    found, trains = analysed((SHARP,), 10000, seconds=0.8)
    assert len(trains[0]) < 10
    assert found.units == ()


def test_missing_samples_change_little():
    samples, _ = recording((SHARP, TRIPHASIC), 10000)
    gone = samples.copy()
    gone[::997] = np.nan
    gone[30_000:31_000] = np.nan
    whole, holed = (analyse(Recording(0.1, each)) for each in (samples, gone))
    for one, other in zip(whole.units, holed.units, strict=True):
        assert other.potential.amplitude_mv == pytest.approx(one.potential.amplitude_mv, rel=0.02)
    assert any("missing" in remark for remark in holed.remarks)


def test_size_and_offset_of_the_whole_carry_over():
    """Twice the signal has twice the amplitude and the same times; an offset changes nothing."""
    samples, _ = recording((LARGE, TRIPHASIC), 10000, noise_mv=0.02)
    one, two = (analyse(Recording(0.1, each)) for each in (samples, 2 * samples + 3))
    for small, large in zip(one.units, two.units, strict=True):
        assert large.potential.amplitude_mv == pytest.approx(2 * small.potential.amplitude_mv, rel=0.02)
        assert large.firing.rate_hz == pytest.approx(small.firing.rate_hz, rel=0.02)


def test_a_negative_recording_has_the_same_units():
    samples, _ = recording((LARGE, POLY), 10000)
    one, two = (analyse(Recording(0.1, each)) for each in (samples, -samples))
    assert [u.potential.phases for u in one.units] == [u.potential.phases for u in two.units]
    assert [u.discharges for u in one.units] == [u.discharges for u in two.units]


def test_a_flat_recording_is_said_to_be_flat():
    found = analyse(Recording(0.1, np.full(20_000, 0.3)))
    assert found.units == ()
    assert found.interference.mean_turns_per_s is None
    assert "one value throughout" in found.remarks[0]


def test_a_pause_does_not_lower_the_rate():
    samples, trains = recording((SHARP,), 10000, seconds=12)
    samples[40_000:90_000] = 0.005 * np.random.default_rng(1).standard_normal(50_000)
    found = analyse(Recording(0.1, samples))
    assert found.units[0].firing.rate_hz == pytest.approx(1000 / np.median(np.diff(trains[0])), rel=0.05)
    assert found.interference.active_share < 0.75


def test_the_finding_of_a_muscle_holds_the_means():
    found, _ = analysed((SHARP, POLY), 10000)
    finding = needle_finding(found, "TA", "left")
    assert (finding.muscle, finding.side, finding.potentials) == ("TA", "left", 2)
    assert finding.amplitude_mv == found.mean_amplitude_mv
    assert finding.polyphasic_percent == 50
    assert finding.turns_per_s == found.interference.mean_turns_per_s
    assert finding.fibrillations is None
    assert needle_finding(analyse(Recording(0.1, np.zeros(9000))), "TA").amplitude_mv is None


def test_the_fields_of_the_finding_are_those_of_the_record():
    from ranvier.patient.entries import NeedleFinding

    assert set(needle_finding(analysed((), 4000)[0], "TA").__dict__) <= set(
        NeedleFinding.__dataclass_fields__
    )
