"""The brief study beside the full one: the same findings as numbers, with errors of reading but no traces."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.anatomy.course import course
from ranvier.body import healthy
from ranvier.exam.brief.errors import misread, spread
from ranvier.exam.brief.late import brief_f, latencies_ms
from ranvier.exam.brief.motor import BriefRecording
from ranvier.exam.brief.sensory import brief_sensory
from ranvier.exam.examination import Visit, entries, patient
from ranvier.exam.late import return_ms
from ranvier.exam.motor import Recording, motor_study
from ranvier.exam.protocol import protocol
from ranvier.exam.sensory import sensory_study
from ranvier.exam.session import Session
from ranvier.findings.measure import measured_sensory, measured_site
from ranvier.nerve.bundle import Focus
from ranvier.patient import Laboratory, NerveConductionStudy, NeurologicalExamination, Scale

BODY = healthy("female", 52.0, 166.0, 11)
WAY = course("median", 166.0)
MIDDLE = (WAY.at("wrist") + WAY.at("elbow")) / 2
SITES = ("wrist", "elbow", "axilla")
MARKERS = ("latency_ms", "amplitude_mv", "area_mv_ms", "duration_ms")
PLAN = protocol("standard")


def ill(*foci, share=0.6):
    supply = BODY.motor["right", "APB"]
    mask = np.random.default_rng(5).random((len(supply.pool), len(foci))) < share
    return replace(BODY, motor={**BODY.motor, ("right", "APB"): supply.ill(foci, mask)})


def studies(body, nerve="median", muscle="APB", sites=SITES, strength=None):
    session = Session(body, 3, quiet=True)
    full, brief = (kind.of(session, "right", nerve, muscle) for kind in (Recording, BriefRecording))
    rows = [measured_site(row) for row in motor_study(full, sites, strength).sites]
    return rows, list(motor_study(brief, sites, strength).sites)


def alike(full, brief):
    for one, other in zip(full, brief, strict=True):
        assert (other.site, other.distance_mm, other.stimulus, other.temperature_c) == (
            one.site, one.distance_mm, one.stimulus, one.temperature_c,
        )  # fmt: skip
        assert other.waveform is None
        assert other.latency_ms == pytest.approx(one.latency_ms, abs=0.02)
        for name in MARKERS[1:]:
            assert getattr(other, name) == pytest.approx(getattr(one, name), rel=0.01)


@pytest.mark.parametrize("strength", [None, 0.6])
def test_a_healthy_nerve_has_the_same_markers(strength):
    alike(*studies(BODY, strength=strength))


@pytest.mark.parametrize(
    "foci",
    [(Focus("na", 0.1, MIDDLE, 8),), (Focus("myelin", 4.0, MIDDLE, 25), Focus("myelin", 10.0, MIDDLE, 25))],
)
def test_block_and_dispersion_come_out_the_same(foci):
    full, brief = studies(ill(*foci), sites=("wrist", "elbow"))
    alike(full, brief)
    left = [float(rows[1].area_mv_ms or 0) / float(rows[0].area_mv_ms or 1) for rows in (full, brief)]
    assert left[0] < 0.75
    assert left[1] == pytest.approx(left[0], abs=0.005)


def test_where_no_fibres_cross_there_is_no_response():
    assert BODY.motor["right", "ADM"].detour is None
    full, brief = studies(BODY, "median", "ADM", ("wrist", "elbow"))
    assert [row.amplitude_mv for row in full] == [row.amplitude_mv for row in brief] == [0, 0]
    assert all(getattr(row, name) is None for row in brief for name in ("latency_ms", "area_mv_ms"))


def test_a_few_units_below_the_noise_are_absent_in_a_noisy_session():
    supply = BODY.motor["right", "APB"]
    few = replace(supply, pool=replace(supply.pool, fibres=supply.pool.fibres * 1e-3))
    session = Session(replace(BODY, motor={**BODY.motor, ("right", "APB"): few}), 3)
    assert all(
        row.absent
        for row in motor_study(BriefRecording.of(session, "right", "median", "APB"), ("wrist",)).sites
    )


@pytest.mark.parametrize(("nerve", "site"), [("median", None), ("median", "elbow"), ("sural", None)])
def test_sensory_potentials_have_the_same_markers(nerve, site):
    session = Session(BODY, 3, quiet=True)
    full = measured_sensory(sensory_study(session, "right", nerve, site))
    brief = brief_sensory(session, "right", nerve, site)
    assert replace(full, waveform=None, **dict.fromkeys(full.markers)) == replace(
        brief, **dict.fromkeys(brief.markers)
    )
    assert brief.amplitude_uv == pytest.approx(full.amplitude_uv, rel=0.02)
    for name in ("onset_latency_ms", "peak_latency_ms"):
        assert getattr(brief, name) == pytest.approx(getattr(full, name), abs=0.02)


def test_an_f_wave_begins_when_the_first_impulse_is_back():
    recording = BriefRecording.of(Session(BODY, 3, quiet=True), "right", "median", "APB")
    back = return_ms(recording, "wrist")
    fired = np.eye(len(back), dtype=bool)[[5, 60, 150]]
    fired[2, 151] = True
    found = latencies_ms(recording, "wrist", back, fired)
    first = np.array([back[row].min() for row in fired])
    assert found == pytest.approx(first, abs=1.0)
    silent = latencies_ms(recording, "wrist", back, np.zeros((1, len(back)), bool))
    assert np.isnan(silent).all()


def test_no_f_wave_comes_through_a_block_on_the_way():
    session = Session(ill(Focus("na", 0.02, 200, 12), share=2.0), 3)
    row = brief_f(BriefRecording.of(session, "right", "median", "APB"), "wrist")
    assert (row.persistence_percent, row.stimuli, row.minimal_latency_ms) == (0, 20, None)


@pytest.fixture(scope="module")
def visit():
    return patient(BODY, Visit(PLAN, "2026-03-14", 2, brief=True), "simulated-1")


def test_a_brief_visit_holds_what_a_full_one_holds_without_traces(visit):
    study = visit.entries(NerveConductionStudy)[0]
    assert (len(study.motor), len(study.f_waves), len(study.sensory)) == (12, 6, 8)
    assert all(row.waveform is None for each in study.motor for row in each.sites)
    assert not any(row.waveforms for row in study.f_waves)
    assert all(20 < row.minimal_latency_ms < 65 and row.persistence_percent > 40 for row in study.f_waves)
    assert [len(visit.entries(kind)) for kind in (NeurologicalExamination, Scale, Laboratory)] == [1, 2, 1]


def test_the_same_visit_again_is_the_same_and_another_seed_is_read_differently(visit):
    again = entries(BODY, Visit(PLAN, "2026-03-14", 2, brief=True))
    assert again == list(visit.timeline)
    assert entries(BODY, Visit(PLAN, "2026-03-14", 3, brief=True)) != again


def test_readings_scatter_as_the_table_says_and_quiet_ones_do_not():
    found = {"latency_ms": 4.0, "amplitude_mv": 1.0}
    random = np.random.default_rng(1)
    read = [misread(found, "amplitude_mv", random, False)["latency_ms"] or 0.0 for _ in range(2000)]
    assert np.std(read) == pytest.approx(spread("latency_ms", 1.0), rel=0.08)
    assert spread("latency_ms", 0.1) > spread("latency_ms", 10.0)
    assert misread(found, "amplitude_mv", random, True) == found


def test_special_studies_are_refused_in_one_sentence():
    with pytest.raises(ValueError, match="a brief visit holds no inching study; leave 'inching' out"):
        entries(BODY, Visit(protocol("mmn"), brief=True))
