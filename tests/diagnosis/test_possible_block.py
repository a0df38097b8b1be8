"""The third grade of block, and the set that knows it."""

import pytest

from builders import charted, definite, examination, feels, history, motor, patient, rule, study
from ranvier.anatomy import motor_nerves
from ranvier.diagnosis.conduction import nerves_with_block
from ranvier.diagnosis.criteria import evaluate
from ranvier.diagnosis.rule_file import criteria_set
from ranvier.evidence import EvidenceError

NOBILE, AAEM = "NOBILE_ORAZIO_2002", "AAEM_2003"


def limits(row, measure):
    return sorted(
        (test.op, test.threshold.number)
        for group in row.conditions
        for test in group
        if test.measure == measure
    )


def cells(criteria, grade):
    """The rows of a grade by nerve, stretch and limits of the duration."""
    return {
        (nerve, stretch, *limits(row, "duration_rise")): row
        for row in criteria_set(criteria).blocks.rows
        if row.grade == grade
        for nerve in row.nerves
        for stretch in row.stretches
        if stretch in motor_nerves()[nerve].stretches
    }


def test_every_possible_cell_lies_ten_points_below_the_probable_one():
    probable, possible = cells(AAEM, "probable"), cells(NOBILE, "possible")
    assert set(possible) == set(probable)
    for cell, row in probable.items():
        for measure in ("area_drop", "amplitude_drop"):
            (op, limit), (low_op, low_limit) = *limits(row, measure), *limits(possible[cell], measure)
            assert (op, limit) == (low_op, pytest.approx(low_limit + 0.1)), cell


def test_definite_and_probable_are_those_of_the_aaem():
    for grade in ("definite", "probable"):
        assert cells(NOBILE, grade) == cells(AAEM, grade)


def who(drop, rise=0.0):
    return patient(history(), examination(), study(motor(drop=drop, rise=rise), sensory=[feels()]))


@pytest.mark.parametrize(
    ("drop", "rise", "grade"),
    [
        (0.50, 0.0, "definite"),
        (0.39, 0.0, "probable"),  # the area is enough from 30 % on
        (0.29, 0.0, "possible"),
        (0.19, 0.0, "none"),
        (0.39, 0.5, "possible"),
        (0.29, 0.5, "none"),
        (0.50, 0.7, "none"),
    ],
)
def test_a_fall_is_graded_by_how_far_it_goes(drop, rise, grade):
    (segment,) = charted(who(drop, rise), NOBILE).segments
    assert segment.verdict == grade
    order = ("definite", "probable", "possible")
    truths = (segment.definite, segment.probable, segment.possible)
    assert truths == tuple(grade in order[: n + 1] for n in range(3))


def test_a_table_without_possible_rows_calls_none():
    for drop in (0.1, 0.29, 0.35, 0.6):
        for criteria in ("EFNS_PNS_2010", AAEM):
            (segment,) = charted(who(drop), criteria).segments
            assert segment.verdict != "possible"
            assert segment.possible == segment.probable


def test_what_falls_short_of_the_next_grade_is_said():
    (segment,) = charted(who(0.25), NOBILE).segments
    assert segment.reasons == (
        "amplitude drop 25.0% is below 40% (probable block)",
        "area drop 25.0% is below 30% (probable block)",
    )


def test_a_block_counts_from_the_grade_that_is_asked():
    chart = charted(who(0.29), NOBILE)
    lows = [
        nerves_with_block(chart, rule(f"{grade} block", NOBILE)).number.low
        for grade in ("definite", "probable", "possible")
    ]
    assert lows == [0, 0, 1]
    assert evaluate(criteria_set(NOBILE), chart).level == "possible"


def test_a_grade_or_sensation_that_is_none_is_refused():
    asked = rule("possible block", NOBILE)
    for key, word in (("grade", "likely"), ("sensory", "nornal")):
        wrong = rule("possible block", NOBILE, with_={**asked.with_, key: word})
        with pytest.raises(EvidenceError, match=f"with.{key} must be one of"):
            nerves_with_block(charted(definite(), NOBILE), wrong)
