"""Grades of single segments, on both sides of each published limit."""

import pytest

from builders import charted, feels, history, motor, no_crossing, patient, site, study, ulnar
from ranvier.findings.study import MotorSite, MotorStudy

EFNS, AAEM = "EFNS_PNS_2010", "AAEM_2003"
CROSSING = MotorStudy(
    "right", "median", "ADM", (MotorSite("wrist", amplitude_mv=0), MotorSite("elbow", None, 6.0, 18.0))
)


def graded(*motor_studies, criteria=EFNS, who=None):
    return charted(who or patient(history(), study(*motor_studies)), criteria).segments


def verdict(*motor_studies, criteria=EFNS, **fields):
    return graded(*motor_studies, criteria=criteria, **fields)[0].verdict


@pytest.mark.parametrize(
    ("drop", "rise", "expected"),
    [
        (0.5, 0.3, "definite"),
        (0.499, 0.3, "probable"),
        (0.5, 0.301, "probable"),
        (0.3, 0.3, "probable"),
        (0.299, 0.3, "none"),
        (0.3, 0.301, "none"),
        (0.49, 0.301, "none"),
        (0.0, 0.0, "none"),
        (-0.2, 0.0, "none"),
        (0.9, 2.0, "probable"),
    ],
)
def test_efns_limits_in_the_median_forearm(drop, rise, expected):
    assert verdict(motor(drop=drop, rise=rise)) == expected


@pytest.mark.parametrize(
    ("nerve", "muscle", "ends", "expected"),
    [
        ("median", "APB", ("elbow", "axilla"), "definite"),
        ("fibular", "EDB", ("ankle", "below fibular head"), "definite"),
        ("tibial", "AH", ("ankle", "popliteal fossa"), "not assessable"),
        ("radial", "ED", ("elbow", "above spiral groove"), "not assessable"),
        ("radial", "ED", ("above spiral groove", "axilla"), "probable"),
        ("axillary", "deltoid", ("erb", "root"), "not assessable"),
    ],
)
def test_efns_calls_definite_block_only_in_its_three_nerves(nerve, muscle, ends, expected):
    above = {"stimulus": "supramaximal"}
    assert verdict(motor(nerve, muscle=muscle, drop=0.6, ends=ends, **above)) == expected


@pytest.mark.parametrize(
    ("drop", "rise", "expected"),
    [
        (0.5, 0.3, "definite"),
        (0.4, 0.3, "definite"),
        (0.399, 0.3, "probable"),
        (0.3, 0.3, "probable"),
        (0.299, 0.3, "none"),
        (0.4, 0.301, "probable"),
        (0.399, 0.301, "none"),
        (0.9, 0.6, "probable"),
        (0.9, 0.601, "none"),
    ],
)
def test_aaem_limits_in_the_median_forearm(drop, rise, expected):
    assert verdict(motor(drop=drop, rise=rise), criteria=AAEM) == expected


@pytest.mark.parametrize(("drop", "expected"), [(0.5, "definite"), (0.499, "probable"), (0.399, "none")])
def test_aaem_asks_for_more_in_the_leg(drop, expected):
    study_of_leg = motor("fibular", muscle="EDB", drop=drop, ends=("ankle", "below fibular head"))
    assert verdict(study_of_leg, criteria=AAEM) == expected


def test_aaem_takes_amplitude_where_area_is_missing_and_efns_does_not():
    study_of = MotorStudy("right", "median", "APB", (site("wrist", area=None), site("elbow", 4, None)))
    assert verdict(study_of, criteria=AAEM) == "definite"
    (efns,) = graded(study_of)
    assert efns.verdict == "not assessable"
    assert "area missing at the wrist and the elbow" in efns.reasons
    assert "area drop is not known, so a probable block cannot be told" in efns.reasons


def test_complete_loss_is_definite_without_a_duration():
    gone = MotorStudy("right", "median", "APB", (site("wrist"), MotorSite("elbow", amplitude_mv=0)))
    assert verdict(gone) == "definite"
    assert verdict(gone, criteria=AAEM) == "definite"


def without_duration(drop):
    return MotorStudy(
        "right", "median", "APB", (site("wrist"), site("elbow", 10 * (1 - drop), 30 * (1 - drop), None))
    )


@pytest.mark.parametrize(
    ("drop", "definite", "probable", "expected"),
    [
        (0.5, None, True, "probable"),
        (0.4, False, None, "not assessable"),
        (0.2, False, False, "none"),
    ],
)
def test_a_missing_duration_matters_only_where_the_answer_depends_on_it(drop, definite, probable, expected):
    # From 50 % on, EFNS/PNS calls a definite block without dispersion and a probable one with it.
    (found,) = graded(without_duration(drop))
    assert (found.definite, found.probable, found.verdict) == (definite, probable, expected)


def test_under_aaem_a_missing_duration_may_hide_too_much_dispersion():
    (found,) = graded(without_duration(0.9), criteria=AAEM)
    assert (found.definite, found.probable, found.verdict) == (None, None, "not assessable")
    assert "duration rise is not known, so a probable block cannot be told" in found.reasons
    assert verdict(without_duration(0.1), criteria=AAEM) == "none"


def test_a_missing_duration_says_so_under_a_probable_block():
    (found,) = graded(without_duration(0.6))
    assert found.reasons == ("duration rise is not known, so a definite block cannot be told",)


@pytest.mark.parametrize(
    ("distal", "expected"), [(1.0, "not assessable"), (1.01, "definite"), (0.5, "not assessable")]
)
def test_a_small_distal_response_is_not_assessable(distal, expected):
    rows = (site("wrist", distal), site("elbow", distal * 0.3, 9))
    old = patient(history(), study(MotorStudy("right", "median", "APB", rows)), age_years=65)
    assert verdict(who=old) == expected


def test_a_fifth_of_the_lower_limit_must_be_exceeded():
    # FDI: lower limit 9.2 mV, so the floor is 1.84 mV and not 1 mV.
    def with_distal(amplitude):
        rows = (site("wrist", amplitude), site("below elbow", amplitude * 0.3, 9))
        return MotorStudy("right", "ulnar", "FDI", rows), no_crossing(muscle="FDI")

    low, high = graded(*with_distal(1.84))[0], graded(*with_distal(1.85))[0]
    assert low.verdict == "not assessable"
    assert (
        low.reasons[1] == "distal amplitude 1.84 mV at the wrist is not above 20% of the lower limit (9.2 mV)"
    )
    assert high.verdict == "definite"


def test_no_limit_on_file_is_not_a_normal_amplitude():
    (found,) = graded(motor("radial", muscle="EIP", drop=0.6, ends=("forearm", "elbow")))
    assert found.verdict == "not assessable"
    assert "hand one in with --norms" in " ".join(found.reasons)


def test_an_entrapment_site_is_never_a_block():
    (found,) = graded(motor("ulnar", muscle="ADM", drop=0.8, ends=("below elbow", "above elbow")))
    assert found.verdict == "not assessable"
    assert found.reasons == (
        "the numbers are those of a definite block",
        "spans a common entrapment site: ulnar nerve at the elbow",
    )
    (calm,) = graded(motor("ulnar", muscle="ADM", ends=("below elbow", "above elbow")))
    assert calm.verdict == "none"


def test_erb_is_probable_at_most_and_only_if_documented():
    def at_erb(**fields):
        return graded(motor(drop=0.7, ends=("axilla", "erb"), **fields))[0]

    assert at_erb(stimulus="supramaximal").verdict == "probable"
    assert at_erb(stimulus="supramaximal").definite is False
    assert at_erb(stimulus="supramaximal").reasons == ("stimulation at the erb: probable at most",)
    assert at_erb().verdict == "not assessable"
    assert "supramaximal stimulation at the erb is not documented" in at_erb().reasons
    assert graded(motor(ends=("axilla", "erb")))[0].verdict == "none"


def test_a_submaximal_stimulus_takes_away_the_conclusion_it_feigns():
    assert verdict(motor(drop=0.6, stimulus="submaximal")) == "not assessable"
    assert verdict(motor(stimulus="submaximal")) == "none"
    near = MotorStudy("right", "median", "APB", (site("wrist", stimulus="submaximal"), site("elbow", 10, 30)))
    assert verdict(near) == "not assessable"
    blocked = MotorStudy(
        "right", "median", "APB", (site("wrist", stimulus="submaximal"), site("elbow", 4, 12))
    )
    assert verdict(blocked) == "definite"


def test_cold_hides_block_and_feigns_none():
    assert verdict(motor(temperature_c=31.9)) == "not assessable"
    assert verdict(motor(temperature_c=32.0)) == "none"
    assert verdict(motor(drop=0.6, temperature_c=25)) == "definite"
    leg = motor("fibular", muscle="EDB", ends=("ankle", "below fibular head"), temperature_c=30.0)
    assert verdict(leg) == "none"


def test_the_ulnar_forearm_waits_for_the_martin_gruber_check():
    assert verdict(*ulnar(drop=0.6)) == "definite"
    unchecked = graded(ulnar(drop=0.6)[0])[0]
    assert unchecked.verdict == "not assessable"
    assert unchecked.reasons[0] == "the numbers are those of a definite block"
    assert "Martin-Gruber anastomosis not excluded" in unchecked.reasons[1]
    assert verdict(ulnar(drop=0.1)[0]) == "none"


def test_crossed_fibres_are_not_blocked_fibres():
    (explained,) = graded(ulnar(drop=0.6)[0], CROSSING)
    assert explained.verdict == "none"
    assert "6.0 mV reach ADM through the median nerve" in explained.reasons[0]
    (more,) = graded(motor("ulnar", muscle="ADM", drop=0.95, ends=("wrist", "below elbow")), CROSSING)
    assert more.examined.measure("area_drop") == pytest.approx(0.35)
    assert more.verdict == "probable"
    gone = MotorStudy("right", "ulnar", "ADM", (site("wrist"), MotorSite("below elbow", amplitude_mv=0)))
    (rest,) = graded(gone, CROSSING)
    assert rest.examined.measure("area_drop") == pytest.approx(0.4)
    assert rest.examined.measure("amplitude_drop") == pytest.approx(0.4)
    unmeasured = MotorStudy(
        "right", "median", "ADM", (MotorSite("wrist", amplitude_mv=0), MotorSite("elbow", None, 6.0))
    )
    assert verdict(ulnar(drop=0.6)[0], unmeasured) == "not assessable"


def test_a_study_in_the_first_days_is_not_assessable():
    early = patient(history(duration_months=9 / 30.44), study(motor(drop=0.8), when="unknown"))
    (found,) = graded(who=early)
    assert found.verdict == "not assessable"
    assert "less than 10 days after onset" in found.reasons[1]
    later = patient(history(duration_months=11 / 30.44), study(motor(drop=0.8)))
    assert verdict(who=later) == "definite"


@pytest.mark.parametrize(
    ("drop", "expected"),
    [
        # Over two stretches a fall of 75 % leaves one of them with 50 % or more, and one of 51 % with 30 %.
        (0.75, "probable"),
        (0.749, "not assessable"),
        (0.3, "not assessable"),
        (0.299, "none"),
        (0.0, "none"),
    ],
)
def test_a_fall_over_two_stretches_counts_as_far_as_it_must_lie_in_one(drop, expected):
    assert verdict(motor(drop=drop, ends=("wrist", "axilla"), stimulus="supramaximal")) == expected


def test_a_long_segment_never_tells_how_its_worst_stretch_is_dispersed():
    (found,) = graded(motor(drop=0.9, ends=("wrist", "axilla"), stimulus="supramaximal"))
    assert (found.definite, found.probable) == (None, True)
    (aaem,) = graded(motor(drop=0.9, ends=("wrist", "axilla"), stimulus="supramaximal"), criteria=AAEM)
    assert aaem.verdict == "not assessable"
    (half,) = graded(motor(drop=0.5, ends=("wrist", "axilla"), stimulus="supramaximal"))
    assert (
        "area drop 50.0% over several stretches may lie in one or be spread (probable block)" in half.reasons
    )


def test_a_fall_of_which_the_time_is_not_known_is_shown_and_does_not_count():
    (found,) = graded(who=patient(study(motor(drop=0.6))))
    assert found.verdict == "definite"
    assert (found.at_least("definite"), found.at_least("probable")) == (None, None)
    (calm,) = graded(who=patient(study(motor())))
    assert calm.at_least("probable") is False


def test_reasons_name_what_falls_short_of_the_next_grade():
    (probable,) = graded(motor(drop=0.4))
    assert probable.reasons == ("area drop 40.0% is below 50% (definite block)",)
    (none,) = graded(motor(drop=0.1))
    assert none.reasons == ("area drop 10.0% is below 30% (probable block)",)
    (dispersed,) = graded(motor(drop=0.6, rise=0.4))
    assert dispersed.reasons == (
        "duration rises by 40%, more than 30%: phase cancellation may explain part of the fall",
        "duration rise 40.0% is above 30% (definite block)",
    )
    (leg,) = graded(motor("fibular", muscle="EDB", drop=0.2, ends=("ankle", "below fibular head")))
    assert leg.reasons == ("area drop 20.0% is below 50% (definite block)",)
    (definite,) = graded(motor(drop=0.6))
    assert definite.reasons == ()


def test_reasons_under_a_doubt_say_what_the_numbers_are():
    (probable,) = graded(motor(drop=0.4, stimulus="submaximal"))
    assert probable.verdict == "not assessable"
    assert probable.reasons[0] == "the numbers are those of a probable block"
    (cold,) = graded(motor(drop=0.1, temperature_c=20))
    assert cold.reasons == (
        "limb at 20 C, below 32 C: a study of the warmed limb would settle it",
        "area drop 10.0% is below 30% (probable block)",
    )


def test_a_table_that_does_not_speak_of_a_nerve_says_so():
    (found,) = graded(motor("tibial", muscle="AH", drop=0.9, ends=("ankle", "popliteal fossa")))
    assert not found.used
    assert not found.open
    assert found.reasons == ("EFNS/PNS 2010, multifocal motor neuropathy grades no block in the tibial leg",)
    assert graded(motor(drop=0.6, stimulus="submaximal"))[0].open


def test_the_grade_lists_the_limits_it_rests_on():
    (found,) = graded(motor(drop=0.6, rise=0.4))
    ids = {value.id for value in found.basis}
    assert "diagnosis.rules.efns_pns_2010.block.definite.conditions.0.0.threshold" in ids
    assert "findings.quality.dispersion.moderate_rise" in ids


def test_crossing_checks_are_no_segments():
    assert graded(no_crossing()) == ()
    assert len(graded(*ulnar())) == 1


def test_sensory_studies_do_not_change_a_grade():
    who = patient(history(), study(motor(drop=0.6), sensory=[feels(amplitude=0)]))
    assert verdict(who=who) == "definite"
