"""Motor and sensory conduction, F waves and stimulation on virtual persons."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.anatomy import UnknownNameError
from ranvier.anatomy.course import course
from ranvier.body import healthy
from ranvier.exam.late import f_wave, return_ms
from ranvier.exam.motor import Recording, motor_study
from ranvier.exam.sensory import sensory_study
from ranvier.exam.session import Session
from ranvier.exam.stimulation import current_ma, excited, thresholds_ma
from ranvier.findings.measure import measured_sensory, measured_site
from ranvier.nerve.bundle import Focus

ADULT = healthy("male", 40.0, 176.0, 5)
QUIET = Session(ADULT, 1, quiet=True)
SITES = ("wrist", "elbow", "axilla", "erb")


def recording(session=QUIET, nerve="median", muscle="APB", side="right"):
    return Recording.of(session, side, nerve, muscle)


def measured(session=QUIET, sites=SITES, **asked):
    return [measured_site(row) for row in motor_study(recording(session, **asked), sites).sites]


def with_lesion(focus, share, key=("right", "APB"), seed=1, body=ADULT):
    supply = body.motor[key]
    mask = np.random.default_rng(seed).random((len(supply.pool), 1)) < share
    return Session(replace(body, motor={**body.motor, key: supply.ill((focus,), mask)}), 1, quiet=True), mask


def forearm(share):
    way = course("median", ADULT.person.height_cm)
    return way.at("elbow") + share * (way.at("wrist") - way.at("elbow"))


def test_every_site_is_later_and_a_little_lower_than_the_one_below():
    rows = measured()
    latency, amplitude = [r.latency_ms for r in rows], [r.amplitude_mv for r in rows]
    assert latency == sorted(latency)
    assert amplitude == sorted(amplitude, reverse=True)
    assert rows[0].distance_mm == 80


def test_order_and_company_of_sites_change_nothing():
    both, one = measured(sites=("elbow", "wrist")), measured(sites=("elbow",))
    assert [r.site for r in both] == ["wrist", "elbow"]
    assert both[1].waveform == one[0].waveform


def test_the_same_session_gives_the_same_traces_and_another_other_noise():
    loud = [motor_study(recording(Session(ADULT, seed)), ("wrist",)) for seed in (1, 1, 2)]
    assert loud[0] == loud[1] != loud[2]


def test_a_complete_block_of_some_axons_takes_their_share_above_it_only():
    session, mask = with_lesion(Focus("na", 0.02, forearm(0.5), 12), 0.5)
    healthy_rows, rows = measured(sites=("wrist", "elbow")), measured(session, ("wrist", "elbow"))
    assert rows[0].waveform == healthy_rows[0].waveform
    assert (
        np.isnan(recording(session).arrival_ms(recording(session).electrode("elbow"))).tolist()
        == mask[:, 0].tolist()
    )
    assert rows[1].area_mv_ms < 0.65 * rows[0].area_mv_ms
    assert rows[1].duration_ms < 1.15 * rows[0].duration_ms


def test_cooling_the_hand_slows_and_delays():
    warm, cold = (
        measured(Session(ADULT.at_skin(arm=t), 1, quiet=True), ("wrist", "elbow")) for t in (34.0, 26.0)
    )
    assert 0.1 < (cold[0].latency_ms - warm[0].latency_ms) / 8 < 0.3
    velocity = [rows[1].distance_mm / (rows[1].latency_ms - rows[0].latency_ms) for rows in (warm, cold)]
    assert 1.1 < (velocity[0] - velocity[1]) / 8 < 2.4


def test_a_weak_stimulus_excites_thick_axons_first_and_a_strong_one_all():
    record = recording()
    weak, full = record.electrode("wrist", 0.6), record.electrode("wrist")
    random = np.random.default_rng(1)
    some = excited(ADULT, record.supply, "APB", weak, random)
    assert 0 < some.sum() < len(some)
    assert excited(ADULT, record.supply, "APB", full, random).all()
    threshold = thresholds_ma(ADULT, record.supply, "APB", weak)
    assert np.corrcoef(threshold, record.supply.pool.diameter_um)[0, 1] < -0.2
    assert current_ma(ADULT, full) > threshold.max()
    row = motor_study(record, ("wrist",), 0.6).sites[0]
    assert row.stimulus == "submaximal"
    assert measured_site(row).amplitude_mv < measured(sites=("wrist",))[0].amplitude_mv


def test_the_median_nerve_does_not_move_an_ulnar_muscle_unless_fibres_cross():
    other = recording(nerve="median", muscle="ADM")
    rows = motor_study(other, ("wrist", "elbow")).sites
    assert ADULT.motor["right", "ADM"].detour is None
    assert not any(np.any(row.waveform.samples_mv) for row in rows)
    crossed = next(
        b for b in (healthy("male", 40, 176, s) for s in range(300)) if b.motor["right", "FDI"].detour
    )
    session = Session(crossed, 1, quiet=True)
    wrist, elbow = measured(session, ("wrist", "elbow"), nerve="median", muscle="FDI")
    assert wrist.absent
    assert elbow.amplitude_mv > 0.5
    median, ulnar = (recording(session, nerve=nerve, muscle="FDI") for nerve in ("median", "ulnar"))
    through = [
        np.isfinite(r.arrival_ms(r.electrode(s))) for r, s in ((median, "elbow"), (ulnar, "below elbow"))
    ]
    assert (through[0] == crossed.motor["right", "FDI"].detour.members).all()
    assert (through[0] ^ through[1]).all()


def test_a_strong_stimulus_reaches_the_neighbouring_nerve():
    record = recording(nerve="median", muscle="ADM")
    strong = record.site(record.electrode("wrist", 6.0))
    assert measured_site(strong).amplitude_mv > 1


def test_f_waves_return_after_the_way_to_the_cord_and_back():
    record = recording()
    back, up = return_ms(record, "wrist"), record.arrival_ms(record.electrode("wrist"))
    root = record.arrival_ms(record.electrode("root"))
    assert (back > root).all()
    assert (back - up > 15).all()
    late = f_wave(record, "wrist")
    assert len(late.waveforms) == late.stimuli == 20
    assert late == f_wave(recording(), "wrist")


def test_a_block_on_the_way_to_the_cord_takes_the_f_wave():
    session, mask = with_lesion(Focus("na", 0.02, 200, 12), 1.0)
    assert mask.all()
    assert np.isnan(return_ms(recording(session), "wrist")).all()


def test_a_sensory_potential_falls_with_distance_far_more_than_a_motor_one():
    rows = [measured_sensory(sensory_study(QUIET, "right", "median", site)) for site in (None, "elbow")]
    motor = measured(sites=("wrist", "elbow"))
    sensory_left = rows[1].amplitude_uv / rows[0].amplitude_uv
    assert sensory_left < 0.6 < 0.8 < motor[1].amplitude_mv / motor[0].amplitude_mv


def test_sensory_studies_stand_at_their_standard_distance():
    row = sensory_study(Session(ADULT, 1), "left", "sural")
    assert (row.distance_mm, row.site, row.side) == (140, "calf", "left")
    assert row.temperature_c == pytest.approx(ADULT.skin_c["leg"], abs=1.5)


def test_unknown_names_are_refused_with_those_that_are_known():
    with pytest.raises(UnknownNameError, match="unknown median stimulation site"):
        motor_study(recording(), ("ankle",))
    with pytest.raises(UnknownNameError, match="unknown muscle for the median nerve"):
        recording(muscle="EDB")
    with pytest.raises(UnknownNameError, match="unknown ulnar stimulation site"):
        sensory_study(QUIET, "right", "ulnar", "knee")
