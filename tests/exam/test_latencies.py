"""Latencies that cannot be are left out of what is found, and everything else stays."""

from dataclasses import replace

import numpy as np
import pytest
from few import person

from builders import patient as record
from builders import study as conduction
from ranvier.exam import examination
from ranvier.exam.examination import Visit, entries
from ranvier.exam.items import MotorItem, Protocol
from ranvier.exam.latencies import believed
from ranvier.findings.study import CMAPScan, FWave, MotorSite, MotorStudy, SensoryStudy
from ranvier.patient.check import RecordError, checked

HEALTHY = ((3.0, 8.0, 80), (7.0, 7.5, 220), (9.0, 7.2, 120), (11.5, 7.0, 150))
SITES = ("wrist", "elbow", "axilla", "erb")


def median(*rows, nerve="median", muscle="APB", sites=SITES):
    return MotorStudy(
        "right",
        nerve,
        muscle,
        tuple(
            MotorSite(site, latency_ms=ms, amplitude_mv=mv, duration_ms=6.0, distance_mm=mm)
            for site, (ms, mv, mm) in zip(sites, rows, strict=False)
        ),
    )


def put(position, **numbers):
    whole = median(*HEALTHY)
    rows = [replace(row, **numbers) if number == position else row for number, row in enumerate(whole.sites)]
    return replace(whole, sites=tuple(rows))


def latencies(study):
    return [row.latency_ms for row in believed(study).sites]


def on_record(study):
    return checked(record(conduction(study)))


def test_what_can_be_stays_as_it_is():
    assert believed(median(*HEALTHY)) == median(*HEALTHY)
    scan = CMAPScan("right", "median", "APB", "wrist")
    assert believed(scan) is scan
    assert believed("no study") == "no study"


@pytest.mark.parametrize("late_ms", [8.9, 9.2, 30.0])
def test_the_latency_of_the_smaller_response_is_left_out(late_ms):
    proximal = put(1, amplitude_mv=0.1, latency_ms=late_ms)
    with pytest.raises(RecordError):
        on_record(proximal)
    assert latencies(proximal) == [3.0, None, 9.0, 11.5]
    row = believed(proximal).sites[1]
    assert row == replace(proximal.sites[1], latency_ms=None)
    assert on_record(believed(proximal))


def test_it_may_be_the_proximal_one():
    assert latencies(put(3, amplitude_mv=0.1, latency_ms=8.0)) == [3.0, 7.0, 9.0, None]
    assert latencies(put(3, amplitude_mv=None, latency_ms=8.0)) == [3.0, 7.0, 9.0, None]
    assert latencies(put(2, latency_ms=6.9, amplitude_mv=7.5)) == [3.0, 7.0, None, 11.5]


def test_sites_are_compared_over_one_that_was_left_out():
    """Erb against the elbow: 270 mm in 1.5 ms, though no neighbour of either is wrong any more."""
    study = put(2, latency_ms=6.0, amplitude_mv=0.1)
    study = replace(
        study, sites=(*study.sites[:3], replace(study.sites[3], latency_ms=8.5, amplitude_mv=0.2))
    )
    assert latencies(study) == [3.0, 7.0, None, None]
    assert latencies(put(2, latency_ms=None)) == [3.0, 7.0, None, 11.5]


@pytest.mark.parametrize("late_ms", [9.2, 10.1])
def test_the_order_of_the_rows_does_not_matter(late_ms):
    """Erb against the elbow, 270 mm: too fast at 9.2 ms, not at 10.1 ms."""
    rows = put(2, latency_ms=None).sites
    study = replace(put(2), sites=(*rows[:3], replace(rows[3], latency_ms=late_ms)))
    assert (latencies(study)[3] is None) == (late_ms < 10)
    assert latencies(replace(study, sites=study.sites[::-1])) == latencies(study)[::-1]


def test_a_distance_that_is_not_known_makes_no_velocity():
    assert latencies(put(1, distance_mm=None)) == [3.0, 7.0, 9.0, 11.5]
    assert latencies(put(1, latency_ms=None, distance_mm=None)) == [3.0, None, 9.0, 11.5]


def test_whatever_was_read_the_record_takes_it():
    """Two hundred studies with onsets read anyhow."""
    random = np.random.default_rng(1)
    refused = 0
    for _ in range(200):
        read = random.uniform(1, 20, 4).round(2)
        rows = [
            (ms, mv, mm) for ms, mv, (_, _, mm) in zip(read, random.uniform(0.05, 9, 4), HEALTHY, strict=True)
        ]
        study = median(*rows)
        found = believed(study)
        assert on_record(found)
        kept = [row.latency_ms for row in found.sites if row.latency_ms is not None]
        assert kept
        assert kept == sorted(kept)
        assert believed(found) == found
        assert [replace(row, latency_ms=None) for row in found.sites] == [
            replace(row, latency_ms=None) for row in study.sites
        ]
        try:
            on_record(study)
        except RecordError:
            refused += 1
    assert refused > 100


def test_slow_and_real_over_a_short_segment_stays():
    """Demyelination across the elbow: 95 mm in 16 ms."""
    slow = median(
        (3.0, 8.0, 80),
        (7.0, 7.5, 210),
        (23.0, 4.0, 95),
        nerve="ulnar",
        muscle="ADM",
        sites=("wrist", "below elbow", "above elbow"),
    )
    assert on_record(slow)
    assert believed(slow) == slow


@pytest.mark.parametrize(
    ("onset", "peak", "kept"),
    [(2.5, 3.0, (2.5, 3.0)), (1.0, 3.0, (None, 3.0)), (1.0, 1.1, (None, None)), (27.0, 29.0, (27.0, None))],
)
def test_a_sensory_wave_faster_or_slower_than_any_nerve_has_no_latency(onset, peak, kept):
    row = SensoryStudy("right", "median", "wrist", 9.0, onset, peak, distance_mm=140.0)
    found = believed(row)
    assert found == replace(row, onset_latency_ms=kept[0], peak_latency_ms=kept[1])
    assert believed(replace(row, distance_mm=None)) == replace(row, distance_mm=None)


def test_f_latencies_that_cannot_be_are_not_known():
    waves = FWave("right", "median", "APB", 28.0, 80.0, 30.0, 5.0, 20)
    assert believed(waves) == waves
    early = replace(waves, minimal_latency_ms=4.0)
    assert believed(early) == replace(early, minimal_latency_ms=None)
    late = replace(waves, mean_latency_ms=40.0)
    assert believed(late) == replace(late, mean_latency_ms=None)


@pytest.mark.parametrize("brief", [False, True])
def test_both_kinds_of_visit_leave_it_out(brief, monkeypatch):
    """The elbow's response alone, small and read 4 ms late."""
    plan = Protocol("Median", motor=(MotorItem("median", ("right",), muscle="APB", sites=SITES[:3]),))
    visit = Visit(plan, brief=brief)
    assert all(row.latency_ms for row in entries(person(), visit)[0].motor[0].sites)
    as_done = examination.done_or_refused

    def misread(step, name):
        found = as_done(step, name)
        if name != "motor":
            return found
        rows = [
            replace(row, latency_ms=row.latency_ms + 4, amplitude_mv=0.1) if row.site == "elbow" else row
            for row in found.sites
        ]
        return replace(found, sites=tuple(rows))

    monkeypatch.setattr(examination, "done_or_refused", misread)
    rows = entries(person(), visit)[0].motor[0].sites
    assert [row.latency_ms is None for row in rows] == [False, True, False]
