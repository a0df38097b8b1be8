"""The neurological examination and the complaints of a virtual person."""

from dataclasses import replace

import numpy as np
import pytest
from few import blocked, felt_less, lost, person

from ranvier.anatomy import SIDES
from ranvier.anatomy.course import course
from ranvier.body.condition import HEALTHY, Condition
from ranvier.diagnosis import examine
from ranvier.exam.neurological import asymmetric, complaints, neurological_examination, weak_nerves
from ranvier.exam.reflexes import grade, vigour
from ranvier.exam.sensation import delays
from ranvier.exam.strength import movements
from ranvier.exam.voluntary import Effort
from ranvier.nerve.bundle import Focus
from ranvier.patient import History, Patient, Strength
from ranvier.patient.check import checked
from ranvier.patient.identity import Identity

SPASTIC = Condition(upper_motor_neuron={"lumbosacral": 0.6})
ABOUT = {"origin": "simulated", "source": "simulated examination"}


def examined(body, condition=HEALTHY, seed=1):
    return neurological_examination(body, condition, seed, "2024-03")


def tapped(body, name, side="left", condition=HEALTHY):
    rows = examined(body, condition).reflexes
    return next(row.grade for row in rows if (row.name, row.side) == (name, side))


def present(body, name, condition):
    rows = examined(body, condition).upper_motor_neuron
    return [row.side for row in rows if row.name == name and row.present]


def test_a_healthy_person_is_examined_completely_and_nothing_is_found():
    found = examined(person())
    assert (found.scope, found.origin, found.when) == ("complete", "simulated", "2024-03")
    assert {row.mrc for row in found.strength} == {5.0}
    assert len(found.strength) == 2 * len(movements())
    assert {row.grade for row in found.reflexes} == {"normal"}
    assert len(found.reflexes) == 12
    assert {row.present for row in found.upper_motor_neuron} == {False}
    told = (found.sensory, found.atrophy, found.asymmetric, found.weak_nerve_territories)
    assert told == ("normal", "none", False, 0)
    signs = (
        "upper_motor_neuron_signs",
        "bulbar_signs",
        "cranial_nerve_signs",
        "fasciculations",
        "cramps",
        "tremor",
    )
    assert not any(getattr(found, name) for name in signs)
    assert found.reflexes_in_affected_limbs is None


def test_a_healthy_person_complains_of_nothing_and_the_record_is_one_that_can_be_right():
    told = complaints(person(), HEALTHY, 1)
    assert not any(told.values())
    story = History(**ABOUT, **told)
    record = checked(Patient(Identity("a"), (story, examined(person()))))
    assert examine(record)


def test_upper_motor_neuron_loss_lifts_the_toe_and_quickens_reflexes_in_its_region_only():
    assert present(person(), "babinski", SPASTIC) == list(SIDES)
    assert present(person(), "clonus", SPASTIC) == list(SIDES)
    assert present(person(), "hoffmann", SPASTIC) == []
    assert present(person(), "spasticity", SPASTIC) == [None]
    assert tapped(person(), "knee", condition=SPASTIC) == "brisk"
    assert tapped(person(), "biceps", condition=SPASTIC) == "normal"
    assert examined(person(), SPASTIC).upper_motor_neuron_signs
    arms = Condition(upper_motor_neuron={"cervical": 0.6})
    assert present(person(), "hoffmann", arms) == list(SIDES)
    assert present(person(), "babinski", arms) == []


def test_a_toe_without_a_nerve_cannot_go_up_but_one_without_a_brain_can():
    paralysed = lost(person(), [("left", "EDB"), ("left", "TA")])
    assert present(paralysed, "babinski", SPASTIC) == ["right"]
    body = person()
    cut_off = {name: replace(supply, drive=0.0) for name, supply in body.motor.items()}
    assert present(replace(body, motor=cut_off), "babinski", SPASTIC) == list(SIDES)


def test_a_reflex_goes_with_the_motor_axons_of_its_arc():
    knee = blocked(person(), "left", ["quadriceps"], course("femoral", 168).at("root") + 100)
    assert tapped(knee, "knee") == "absent"
    assert tapped(knee, "knee", "right") == "normal"
    assert tapped(knee, "ankle") == "normal"
    some = blocked(person(), "left", ["biceps"], 250, 0.8)
    assert tapped(some, "biceps") == "reduced"
    assert examined(some).reflexes_in_affected_limbs == "reduced"


def slow(name, *places, share=1.0):
    """Some axons of a sensory nerve are slowed by demyelination at places."""
    return felt_less(person(), name, *(Focus("myelin", 20.0, each, 16) for each in places), share=share)


def test_a_reflex_goes_with_the_sensory_axons_of_its_arc_whether_they_are_blocked_or_out_of_step():
    block = felt_less(person(), ("left", "sural"), Focus("na", 0.0, 700.0, 12))
    half, every = (slow(("left", "sural"), 250.0, 500.0, 750.0, share=share) for share in (0.5, 1.0))
    assert [tapped(body, "ankle") for body in (block, half, every)] == ["absent", "reduced", "normal"]
    assert tapped(half, "ankle", "right") == "normal"
    extra = delays(half)["left", "sural"]
    assert np.isfinite(extra).all()
    assert extra.max() > 3


def test_touch_needs_axons_that_conduct_and_vibration_axons_in_step():
    block = felt_less(person(), ("left", "median"), Focus("na", 0.0, 600.0, 12))
    late = slow(("left", "sural"), 250.0, 500.0, 750.0, share=0.5)
    hand = slow(("left", "median"), 250.0, 450.0, 600.0, share=0.5)
    found = [examined(body).sensory for body in (block, late, hand)]
    assert found == ["abnormal", "minor vibration loss in the legs", "normal"]
    told = [complaints(body, HEALTHY, 1)["sensory_symptoms"] for body in (block, late)]
    assert told == [True, False]


def test_what_the_condition_says_is_found():
    bulbar = Condition(bulbar=0.5, cranial=True, pain=True, family_history=True)
    found = examined(person(), bulbar)
    assert (found.bulbar_signs, found.cranial_nerve_signs) == (True, True)
    assert not examined(person(), Condition(bulbar=0.1)).bulbar_signs
    mouth = Condition(upper_motor_neuron={"bulbar": 0.5})
    assert examined(person(), mouth).bulbar_signs
    assert present(person(), "pseudobulbar palsy", mouth) == [None]
    told = complaints(person(), bulbar, 1)
    assert (told["pain"], told["family_history"], told["preceding_infection"]) == (True, True, False)


def test_a_weak_hand_is_asymmetric_and_counted_by_its_nerves():
    wrist = course("ulnar", 168).at("wrist") - 60
    ill = examined(blocked(person(), "left", ["ADM", "FDI"], wrist))
    assert ill.asymmetric
    assert ill.weak_nerve_territories == 1
    assert weak_nerves(ill.strength) == {("left", "ulnar")}
    assert ill.atrophy == "none"


@pytest.mark.parametrize(
    ("left", "right", "differs"),
    [(5, 4, True), (5, 4.33, False), (3, 2, False), (3, 1, True), (4, 3, False), (5, 3, True)],
)
def test_asymmetry_is_one_grade_in_strong_and_two_in_weak_muscles(left, right, differs):
    rows = (Strength("knee_extension", "left", left), Strength("knee_extension", "right", right))
    assert asymmetric(rows) is differs
    assert asymmetric(rows[:1]) is False


def test_reflexes_are_graded_along_their_vigour():
    assert [grade(each) for each in (0.0, 0.3, 1.0, 2.5)] == ["absent", "reduced", "normal", "brisk"]
    values = vigour(Effort(person()), HEALTHY, delays(person())).values()
    assert list(values) == pytest.approx([1.0] * 12)


def test_a_session_is_the_same_each_time_and_another_examiner_errs_otherwise():
    ill = blocked(person(), "left", ["ADM"], course("ulnar", 168).at("wrist") - 60, 0.5)
    assert examined(ill) == examined(ill)
    grades = {examined(ill, seed=seed).strength for seed in range(8)}
    assert len(grades) > 1
