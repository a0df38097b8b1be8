"""What the sheet of a course and the three lines take from the record, and what from the truth."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from tests.ill import als, mmn

from builders import WHO, history, motor
from ranvier.patient import Identity, NerveConductionStudy, NeurologicalExamination, Patient
from ranvier.patient.entries import Scale
from ranvier.report.course.course import layout
from ranvier.report.course.page import course_svg
from ranvier.report.course.told import told
from ranvier.report.course.words import blocks, summary


def graded(found, visit, side, movement):
    entry = next(e for e in found.patient.entries(NeurologicalExamination) if e.when == visit.when)
    return next(row.mrc for row in entry.strength if (row.side, row.movement) == (side, movement))


@pytest.mark.parametrize("made", [mmn, als])
def test_the_rows_of_strength_are_the_grades_on_the_record(made):
    found, course = made(), told(made())
    assert len(course.strength) == 2 * len(layout()["movements"])
    row = next(row for row in course.strength if (row.side, row.name) == ("left", "thumb abduction"))
    assert row.grades == tuple(graded(found, visit, "left", "thumb_abduction") for visit in found.visits)


def test_a_visit_without_examination_is_unknown_and_not_strong():
    found = mmn()
    first = found.visits[0].when
    kept = tuple(
        e
        for e in found.patient.timeline
        if not (isinstance(e, NeurologicalExamination | Scale) and e.when == first)
    )
    course = told(replace(found, patient=replace(found.patient, timeline=kept)))
    assert all(row.grades[0] is None and row.grades[1] is not None for row in course.strength)
    assert all(line.shares[0] is None and line.shares[1] is not None for line in course.scales)


def test_the_share_blocked_in_a_nerve_is_that_of_all_its_axons():
    found, course = mmn(), told(mmn())
    for row in course.nerves:
        muscles = {
            key: len(supply.pool)
            for key, supply in found.illness.healthy.motor.items()
            if (key[0], supply.nerve) == (row.side, row.name)
        }
        for visit, share in zip(found.visits, row.blocked, strict=True):
            axons = sum(muscles.values())
            stopped = sum(n * visit.truth[f"blocked {' '.join(key)}"] for key, n in muscles.items())
            assert share == pytest.approx(stopped / axons)


def test_every_focus_that_has_begun_stands_in_one_row():
    found, course = mmn(), told(mmn())
    begun = [a for a in found.illness.attacks if a.begins <= found.visits[-1].years]
    assert begun
    assert sum(len(row.begins) for row in course.nerves) == len(begun)
    assert any(max(row.blocked) > 0 for row in course.nerves)


def test_neurons_that_die_make_no_focus_and_no_block():
    course = told(als())
    assert course.nerves == ()
    assert "No focus began, and no axon is blocked." in course_svg(course)


def test_lost_axons_are_those_of_the_truth_and_the_muscles_those_that_lost_most():
    truth, course = als().visits[-1].truth, told(als())
    motor, *muscles, sensory = course.lost
    assert (motor.shares[-1], sensory.shares[-1]) == (truth["lost motor"], 0)
    by_muscle = sorted(
        (v for k, v in truth.items() if k.startswith(("lost left", "lost right"))), reverse=True
    )
    assert [line.shares[-1] for line in muscles] == by_muscle[:3]


def test_scales_are_shares_of_full_health_whichever_way_they_count():
    found = als()
    line = {each.name: each for each in told(found).scales}
    last = {e.name: e.score for e in found.patient.entries(Scale) if e.when == found.visits[-1].when}
    assert line["MRC sum"].shares[-1] == pytest.approx(last["MRC sum score"] / 60)
    assert line["ONLS"].shares[-1] == pytest.approx(1 - (last["ONLS arm"] + last["ONLS leg"]) / 12)
    assert line["ONLS"].last == f"{last['ONLS arm'] + last['ONLS leg']:.0f} of 12"


def test_three_lines_tell_it_marked_as_simulated():
    who, foci, lost = summary(mmn())
    assert who.startswith("SIMULATED Multifocal motor neuropathy. ")
    assert "2 visits, the last after 5.5 years." in who
    begun = sum(a.begins <= 5.5 for a in mmn().illness.attacks)
    assert foci.startswith(f"{begun} foci, the first in the {mmn().illness.attacks[0].place.side} ")
    assert lost.startswith("Axons lost: ")


def test_the_blocks_told_are_those_of_the_last_study():
    def study(when, drop):
        return NerveConductionStudy(
            when=when, **WHO, motor=(motor(drop=drop, distance_mm=230, stimulus="supramaximal"),)
        )

    def said(*drops):
        days = ("2016-03-01", "2017-03-01")
        visits = [SimpleNamespace(when=day) for day in days]
        studies = tuple(study(day, drop) for day, drop in zip(days, drops, strict=True))
        record = Patient(Identity("p", age_years=45), (history(when="2016-03-01"), *studies))
        return blocks(SimpleNamespace(visits=visits, patient=record))

    assert said(0.8, 0.0) == "the study shows no block"
    assert said(0.0, 0.8) == "the study shows 1 definite block"
    assert said(0.8, 0.8) == "the study shows 1 definite block"


def test_a_disease_that_kills_says_when():
    assert f"fatal after {als().illness.ends:.1f} years" in summary(als())[0]
    assert "fatal" not in summary(mmn())[0]


def test_without_a_visit_nothing_is_told_of_an_examination():
    empty = replace(als(), visits=(), patient=replace(als().patient, timeline=()))
    who, foci, _ = summary(empty)
    assert "no visit" in who
    assert foci == "Nobody examined the patient."
    assert "no visit" in course_svg(told(empty))
