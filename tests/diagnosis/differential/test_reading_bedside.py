"""What history and examination answer to the differential."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import WHO, charted, examination, history, patient, study
from patient.strategies import entries
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.reading import observed
from ranvier.patient import History, NeurologicalExamination, Reflex, Sign, Strength

ALL_FULL = dict.fromkeys(("shoulder_abduction", "elbow_flexion", "elbow_extension", "finger_extension", "thumb_abduction", "finger_flexion", "hip_flexion", "knee_extension", "ankle_dorsiflexion"), (5, 5))  # fmt: skip


def seen(*given, **identity):
    return observed(charted(patient(*given, **identity)))


def exam(**fields):
    return NeurologicalExamination(**WHO, **fields)


def test_an_empty_record_tells_nothing():
    assert seen(sex=None, age_years=None) == {}


@pytest.mark.parametrize(
    ("told", "id", "outcome"),
    [
        ({"age_at_onset_years": 19.9}, "onset_age", "under_20"),
        ({"age_at_onset_years": 20}, "onset_age", "from_20"),
        ({"age_at_onset_years": 59.9}, "onset_age", "from_40"),
        ({"age_at_onset_years": 60}, "onset_age", "from_60"),
        ({"duration_months": 0.5}, "tempo", "weeks"),
        ({"duration_months": 2}, "tempo", "months"),
        ({"duration_months": 11.9}, "tempo", "months"),
        ({"duration_months": 12.1}, "tempo", "years"),
        ({"course": "acute"}, "course", "rapid"),
        ({"course": "slowly progressive"}, "course", "slow"),
        ({"predominant_limbs": "legs"}, "predominant_limbs", "legs"),
        ({"pain": False}, "pain", "no"),
        ({"cramps": True}, "cramps", "yes"),
        ({"systemic_features": True}, "systemic_features", "yes"),
    ],
)
def test_the_story_told(told, id, outcome):
    assert seen(History(**WHO, **told))[id] == outcome
    assert id not in seen(History(**WHO))


def test_age_at_onset_is_counted_back_where_it_is_not_told():
    assert seen(History(**WHO, duration_months=60), age_years=44)["onset_age"] == "from_20"
    assert seen(History(**WHO, duration_months=60), age_years=46)["onset_age"] == "from_40"


def test_a_date_that_leaves_two_tempos_open_says_none():
    onset, later = History(**WHO, onset="2020"), replace(exam(), when="2020-12-20")
    assert "tempo" not in seen(onset, later)
    assert seen(History(**WHO, onset="2020-12-01"), later)["tempo"] == "weeks"


def test_the_first_visit_tells_the_tempo_and_steps_once_told_stay():
    first = History(**WHO, when="2020-02-01", onset="2020-01-20", course="stepwise progressive")
    later = History(**WHO, when="2022-02-01", course="slowly progressive", cramps=True)
    told = seen(first, later, History(**WHO, when="2023", cramps=False))
    assert (told["tempo"], told["course"], told["cramps"]) == ("weeks", "slow", "yes")


@pytest.mark.parametrize(
    ("grades", "fields", "wanted"),
    [
        (ALL_FULL, {}, {"weak_nerves": "none", "weak_limbs": "none", "proximal_weakness": "no", "asymmetry": "no"}),
        ({"thumb_abduction": (5, 5)}, {}, {"weak_nerves": None, "weak_limbs": None, "asymmetry": None}),
        ({"thumb_abduction": (3, 5)}, {}, {"weak_nerves": "one", "weak_limbs": "one", "asymmetry": "yes"}),
        ({"thumb_abduction": (2, 3)}, {}, {"asymmetry": None, "weak_limbs": "two", "weak_nerves": "two"}),
        ({"thumb_abduction": (2, 4)}, {}, {"asymmetry": "yes"}),
        ({"finger_flexion": (4, 5)}, {}, {"weak_nerves": "one"}),
        ({"finger_flexion": (4, 5), "thumb_abduction": (4, 5)}, {}, {"weak_nerves": "one"}),
        ({}, {"weak_nerve_territories": 4}, {"weak_nerves": "three"}),
        ({}, {"weak_nerve_territories": 0}, {"weak_nerves": "none"}),
        ({}, {"asymmetric": False}, {"asymmetry": "no"}),
        ({"elbow_flexion": (4, 5)}, {}, {"proximal_weakness": "yes"}),
    ],
)  # fmt: skip
def test_weakness_is_counted_by_nerve_and_limb(grades, fields, wanted):
    found = seen(examination(grades, **fields))
    assert {id: found.get(id) for id in wanted} == wanted


@pytest.mark.parametrize(
    ("weak", "wanted"),
    [
        ({"thumb_abduction": (3, 5), "finger_flexion": (4, 5)}, "one_nerve"),
        ({"elbow_flexion": (3, 5), "shoulder_abduction": (4, 5)}, "one_root"),
        ({"elbow_flexion": (3, 5), "thumb_abduction": (4, 5)}, "several"),
        ({"thumb_abduction": (3, 4)}, "several"),
        ({"thumb_abduction": (3, 5)}, None),
    ],
)
def test_what_weak_muscles_have_in_common(weak, wanted):
    assert seen(examination(ALL_FULL | weak)).get("distribution") == wanted


def test_muscles_of_one_nerve_can_differ():
    pair = {"finger_extension": (2, 5), "elbow_extension": (5, 5)}
    assert seen(examination(pair))["differential_weakness"] == "yes"
    assert seen(examination(pair | {"elbow_extension": (2.33, 5)}))["differential_weakness"] == "no"
    assert "differential_weakness" not in seen(examination({"finger_extension": (2, 5)}))


def test_finger_flexors_and_knee_together():
    four = {
        "finger_flexion": (2, 5),
        "knee_extension": (3, 5),
        "hip_flexion": (5, 5),
        "shoulder_abduction": (5, 5),
    }
    assert seen(examination(four))["flexor_pattern"] == "yes"
    assert seen(examination(four | {"shoulder_abduction": (2, 5)}))["flexor_pattern"] == "no"
    assert "flexor_pattern" not in seen(examination({"finger_flexion": (2, 2)}))


def test_a_weak_muscle_that_is_not_wasted():
    def row(wasted, mrc=3):
        return Strength("thumb_abduction", "left", mrc, wasted)

    assert seen(exam(strength=(row(False),)))["weak_not_wasted"] == "yes"
    assert seen(exam(strength=(row(True),))) | {"weak_not_wasted": "no", "atrophy": "mild"} == seen(
        exam(strength=(row(True),))
    )
    assert "weak_not_wasted" not in seen(exam(strength=(row(None),)))
    assert "weak_not_wasted" not in seen(exam(strength=(row(False, mrc=5),)))
    assert seen(exam(atrophy="none"))["atrophy"] == "none"


@pytest.mark.parametrize(
    ("grades", "summed"),
    [
        (("absent", "absent"), "absent"),
        (("absent", "normal"), "reduced"),
        (("brisk", "absent"), "brisk"),
        ((), None),
    ],
)
def test_reflexes_of_weak_limbs_are_summed_up(grades, summed):
    rows = tuple(
        Reflex(name, "right", grade) for name, grade in zip(("biceps", "triceps"), grades, strict=False)
    )
    other = Reflex("knee", "right", "brisk")
    found = seen(examination({"thumb_abduction": (3, 5)}, reflexes=(*rows, other)))
    assert found.get("reflexes") == summed


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, None),
        ({"upper_motor_neuron_signs": False}, "none"),
        ({"upper_motor_neuron_signs": True}, "one"),
        ({"upper_motor_neuron": (Sign("babinski", False),)}, None),
        (
            {"upper_motor_neuron": tuple(Sign(s, False) for s in ("babinski", "hoffmann", "spasticity"))},
            "none",
        ),
        ({"upper_motor_neuron": (Sign("babinski", True), Sign("clonus", True))}, "one"),
        ({"upper_motor_neuron": (Sign("babinski", True), Sign("hoffmann", True))}, "two"),
        ({"upper_motor_neuron": (Sign("babinski", True), Sign("spasticity", True))}, "one"),
        ({"upper_motor_neuron": (Sign("pseudobulbar palsy", True), Sign("spasticity", True))}, "two"),
        (
            {"upper_motor_neuron": (Sign("spasticity", True, region="cervical"), Sign("babinski", True))},
            "two",
        ),
    ],
)
def test_upper_motor_neuron_signs_are_counted_by_region(fields, wanted):
    assert seen(exam(**fields)).get("upper_motor_neuron_regions") == wanted


def test_signs_once_present_stay_present():
    first = exam(when="2020", bulbar_signs=True, sensory="abnormal", upper_motor_neuron_signs=True)
    later = exam(when="2021", bulbar_signs=False, sensory="normal", upper_motor_neuron_signs=False)
    found = seen(first, later)
    assert (found["bulbar"], found["sensory_signs"]) == ("yes", "abnormal")
    assert found["upper_motor_neuron_regions"] == "one"


days = st.integers(0, 3000).map(lambda n: str(date(2015, 1, 1) + timedelta(n)))
signs = st.builds(
    Sign,
    st.sampled_from(["babinski", "hoffmann", "clonus", "spasticity", "pseudobulbar palsy"]),
    st.just(True),
    st.none() | st.sampled_from(["left", "right"]),
    st.none() | st.sampled_from(["cervical", "lumbosacral", "bulbar"]),
)


@settings(max_examples=60)
@given(st.lists(entries["neurological examination"], max_size=3), days, signs)
def test_one_more_upper_motor_neuron_sign_never_counts_for_fewer_regions(exams, when, sign):
    order = findings()["upper_motor_neuron_regions"].outcomes
    before = seen(*exams).get("upper_motor_neuron_regions")
    after = seen(*exams, exam(when=when, upper_motor_neuron=(sign,)))["upper_motor_neuron_regions"]
    assert order.index(after) >= max(order.index(before) if before else 0, 1)


@settings(max_examples=40)
@given(st.lists(entries["history"] | entries["neurological examination"], max_size=3))
def test_every_outcome_is_one_of_its_finding(timeline):
    for id, outcome in seen(*timeline).items():
        assert outcome in findings()[id].outcomes


def test_an_examination_of_strength_alone_takes_nothing_away():
    whole = seen(examination(ALL_FULL), history(), study())
    more = seen(examination(ALL_FULL), history(), study(), exam(scope="strength only"))
    assert whole == more
