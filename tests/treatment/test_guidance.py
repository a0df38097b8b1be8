"""Guidance as a whole: options, watching, aids, steps, monitoring."""

import pytest
from guided import background, dose, graded, patient, scale, treatment
from hypothesis import HealthCheck, given, settings
from test_drug_files import SOURCES

from patient.strategies import patients
from ranvier.anatomy import movements
from ranvier.patient import Patient
from ranvier.treatment.drug import drug
from ranvier.treatment.drug_facts import MARKS
from ranvier.treatment.guidance import aids, guidance, monitoring, options, steps, watching
from ranvier.treatment.guidance.aids import tables
from ranvier.treatment.guidance.cautions import checks

MILD = (
    scale(0, 1.0, "ONLS arm", "points", None),
    scale(0, 0.0, "ONLS leg", "points", None),
    graded(finger_extension=4.0, wrist_extension=5.0),
    treatment("other"),
)


def fits(*entries):
    return {each.id: each.fits for each in aids(patient(*entries))}


def test_everything_said_has_a_source_that_is_there_and_a_mark():
    found = guidance(patient())
    against = (*found.watching.speaks_for, *found.watching.speaks_against)
    for each in (*found.options, *found.not_helpful, *found.steps, *found.aids, *checks(), *against):
        assert each.source in SOURCES, each
        assert each.mark in MARKS
        assert each.source != "practice" or each.mark == "recalled", each


def test_immunoglobulin_is_first_and_what_does_not_help_stands_apart_with_its_studies():
    found = guidance(patient())
    assert [each.drug for each in found.options[:3]] == ["ivig", "scig", "fscig"]
    assert {each.drug for each in found.not_helpful} == {
        "mycophenolate", "prednisone", "dexamethasone", "plasma-exchange",
    }  # fmt: skip
    assert all(each.studies for each in options())
    assert not {each.drug for each in found.options} & {each.drug for each in found.not_helpful}


def test_cautions_are_those_of_the_options_and_of_the_drugs_on_the_record():
    bare = {name for each in guidance(patient()).cautions for name in each.drugs}
    more = {name for each in guidance(patient(dose(drug="mycophenolate"))).cautions for name in each.drugs}
    assert more - bare == {"mycophenolate"}


def test_what_is_not_known_is_listed_once():
    found = guidance(patient(background(thrombosis=False)))
    assert len(found.not_known) == len(set(found.not_known))
    assert {"IgA", "eGFR", "blood group", "pregnancy"} <= set(found.not_known)
    assert not any(each.startswith("thrombosis") for each in found.not_known)


def test_the_next_step_follows_from_the_response():
    def following(*entries):
        return guidance(patient(*entries)).next_step.id

    assert following() == "begin"
    assert following(treatment("corticosteroid")) == "begin"
    assert following(scale(-3, 10.0), dose(), scale(28, 15.0)) == "maintenance"
    assert following(scale(-3, 10.0), dose(), scale(28, 10.0)) == "second_course"
    assert following(scale(-3, 10.0), dose(), scale(7, 10.0)) == "assess"


def test_steps_come_from_the_begin_to_whether_it_is_still_needed():
    ids = [each.id for each in steps()]
    assert ids.index("induction") < ids.index("onset") < ids.index("assess") < ids.index("no_response")
    assert len(ids) == len(set(ids))


def test_watching_is_an_option_in_mild_untreated_disease():
    found = watching(patient(*MILD))
    assert found.option is True
    assert [each.truth for each in found.basis] == [True] * 4
    assert found.speaks_against
    assert found.speaks_for


@pytest.mark.parametrize(
    ("instead", "option"),
    [
        ((0, scale(0, 2.0, "ONLS arm", "points", None)), False),
        ((1, scale(0, 2.0, "ONLS leg", "points", None)), False),
        ((2, graded(finger_extension=3.67)), False),
        ((3, dose()), False),
        ((0, background()), None),
        ((2, background()), None),
        ((3, background()), None),
    ],
)
def test_watching_is_no_option_or_open_where_one_thing_is_not_mild_or_not_known(instead, option):
    entries = list(MILD)
    entries[instead[0]] = instead[1]
    assert watching(patient(*entries)).option is option


@pytest.mark.parametrize(
    ("movement", "aid"),
    [
        ("wrist_extension", "wrist_splint"),
        ("finger_extension", "finger_splint"),
        ("finger_abduction", "anti_claw_splint"),
        ("thumb_abduction", "thumb_splint"),
        ("ankle_dorsiflexion", "ankle_foot_orthosis"),
    ],
)
def test_what_hangs_gets_its_splint_and_nothing_else_does(movement, aid):
    splints = {"wrist_splint", "finger_splint", "anti_claw_splint", "thumb_splint", "ankle_foot_orthosis"}
    found = fits(graded(**{movement: 3.0}))
    assert {id for id in splints if found[id]} == {aid}
    assert fits(graded(**{movement: 4.0}))[aid] is False
    assert fits()[aid] is None


def test_weakness_that_needs_no_splint_still_leads_to_therapy():
    found = fits(graded(finger_extension=4.0))
    assert found["hand_tasks"] is True
    assert found["physiotherapy"] is True
    assert fits(graded(finger_extension=5.0))["hand_tasks"] is False


def test_the_last_grade_counts():
    assert fits(graded(0, wrist_extension=2.0), graded(30, wrist_extension=5.0))["wrist_splint"] is False


@pytest.mark.parametrize(("score", "walks"), [(2.0, False), (3.0, True)])
def test_a_walking_aid_follows_the_scale_of_the_legs(score, walks):
    assert fits(scale(0, score, "ONLS leg", "points", None))["walking_aid"] is walks


def test_aids_name_movements_that_can_be_graded_and_no_trial_figures():
    for row in tables()["aid"]:
        assert set(row.get("movements", [])) <= set(movements())
    assert {each.evidence for each in aids(patient())} == {"no trial figures"}


def test_monitoring_is_that_of_the_drugs_on_the_record_else_of_ivig():
    assert {each.drug for each in guidance(patient()).monitoring} == {"ivig"}
    found = guidance(patient(dose(drug="Cytoxan"), treatment("IVIG"))).monitoring
    assert {each.drug for each in found} == {"ivig", "cyclophosphamide"}
    assert [each.watch for each in monitoring(("rituximab",))] == list(drug("rituximab").monitoring)


def test_no_word_of_an_option_or_step_is_an_order():
    words = " ".join(each.text for each in (*options(), *steps(), *checks())).casefold()
    for order in ("you must", "you should", "must be given", "give the patient", "prescribe"):
        assert order not in words


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(patients)
def test_any_record_gets_guidance_and_unknown_is_never_taken_for_absent(one):
    found = guidance(one)
    assert found.response.verdict in {"too early", "response", "no response", "cannot tell"}
    for each in found.cautions:
        assert each.value
        assert (each.holds is None) == each.value.startswith("not known: ")
    bare = guidance(Patient(one.identity))
    assert {
        each.holds for each in bare.cautions if each.rule.fact not in {"pregnant", "breastfeeding", "older"}
    } == {None}
