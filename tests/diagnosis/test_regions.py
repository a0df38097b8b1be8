"""Upper and lower motor neuron signs by region, and the order of regions."""

from dataclasses import replace

import pytest

from builders import WHO, charted, patient, rule
from ranvier.anatomy import REGIONS
from ranvier.diagnosis.lower_signs import lower
from ranvier.diagnosis.regions import regions_with, signs_above
from ranvier.diagnosis.upper_signs import upper
from ranvier.findings.truth import Range
from ranvier.patient import NeedleEMG, NeurologicalExamination, Reflex, Sign, Strength
from ranvier.patient.entries import NeedleFinding

GOLD, AWAJI, ESCORIAL = "GOLD_COAST_2020", "AWAJI_2008", "EL_ESCORIAL_2000"


def exam(*rows, **fields):
    """Rows are movement, MRC grade and whether wasted, on the right."""
    strength = tuple(Strength(name, "right", mrc, wasted) for name, mrc, wasted in rows)
    return NeurologicalExamination(**WHO, strength=strength, **fields)


def needle(**muscles):
    """Muscles with their fibrillations, fasciculations and chronic change."""
    rows = tuple(
        NeedleFinding(
            name.replace("_", " "),
            "right",
            fibrillations=fib,
            positive_sharp_waves=fib,
            fasciculations=fasc,
            chronic_neurogenic_change=chronic,
        )
        for name, (fib, fasc, chronic) in muscles.items()
    )
    return NeedleEMG(**WHO, muscles=rows)


ILL, TWITCHING, WELL, OLD = (
    (True, False, True),
    (False, True, True),
    (False, False, False),
    (False, False, True),
)


def lowers(*entries, criteria=GOLD, id="2.lower"):
    asked, chart = rule(id, criteria), charted(patient(*entries), criteria)
    return {region: lower(chart, asked, region) for region in REGIONS}


def uppers(*entries, criteria=GOLD, id="2.upper"):
    asked, chart = rule(id, criteria), charted(patient(*entries), criteria)
    return {region: upper(chart, asked, region) for region in REGIONS}


def number(id, criteria, *entries):
    return regions_with(charted(patient(*entries), criteria), rule(id, criteria)).number


def above(id, *entries, criteria=AWAJI):
    return signs_above(charted(patient(*entries), criteria), rule(id, criteria)).words


def test_nothing_on_record_is_unknown_everywhere():
    assert set(lowers().values()) == {None}
    assert set(uppers().values()) == {None}
    assert number("2.lower two", GOLD) == Range(0, 4)
    assert above("upper above") == (None,)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("thumb_abduction", 3, True), ("elbow_flexion", 4, True)], True),
        ([("thumb_abduction", 3, True), ("finger_abduction", 4, True)], None),
        ([("elbow_extension", 3, True), ("finger_extension", 4, True)], None),
        ([("thumb_abduction", 3, True), ("elbow_flexion", 4, False)], None),
        ([("thumb_abduction", 3, True), ("elbow_flexion", 4, None)], None),
        ([("thumb_abduction", 5, False), ("elbow_flexion", 5, False)], None),
    ],
)
def test_a_limb_takes_two_muscles_of_different_nerve_and_root(rows, expected):
    assert lowers(exam(*rows))["cervical"] is expected


def test_one_side_of_a_muscle_and_the_other_are_one_muscle():
    both = tuple(Strength("thumb_abduction", side, 3, True) for side in ("left", "right"))
    assert lowers(NeurologicalExamination(**WHO, strength=both))["cervical"] is None


def test_needle_and_bedside_add_up():
    hand = exam(("thumb_abduction", 3, True))
    assert lowers(hand, needle(biceps=ILL))["cervical"] is True
    assert lowers(hand, needle(FDI=ILL))["cervical"] is None
    assert lowers(hand, needle(shoulder_muscles=ILL))["cervical"] is None


def test_chronic_change_without_denervation_is_no_sign():
    assert lowers(needle(APB=OLD, biceps=OLD), exam(*FULL))["cervical"] is False
    assert lowers(needle(APB=TWITCHING, biceps=ILL))["cervical"] is True


FULL = (("thumb_abduction", 5, False), ("elbow_flexion", 5, False))


def test_a_region_is_clear_only_where_every_method_looked():
    assert lowers(exam(*FULL))["cervical"] is None
    assert lowers(needle(APB=WELL, biceps=WELL))["cervical"] is None
    assert lowers(exam(*FULL), needle(APB=WELL, biceps=WELL))["cervical"] is False
    assert lowers(exam(*FULL), needle(APB=WELL, FDI=WELL))["cervical"] is None
    assert lowers(exam(*FULL), needle(APB=WELL, biceps=WELL, triceps=ILL))["cervical"] is None


def test_the_thoracic_and_bulbar_regions_take_one_muscle():
    assert lowers(needle(thoracic_paraspinals=ILL))["thoracic"] is True
    assert lowers(needle(thoracic_paraspinals=WELL))["thoracic"] is False
    assert lowers(needle(tongue=ILL))["bulbar"] is True
    assert lowers(needle(tongue=WELL))["bulbar"] is None
    assert lowers(needle(tongue=WELL), exam(bulbar_signs=False))["bulbar"] is False


def test_a_bulbar_palsy_may_be_the_upper_neurons():
    def found(present):
        return lowers(exam(bulbar_signs=True, upper_motor_neuron=(Sign("pseudobulbar palsy", present),)))

    assert found(False)["bulbar"] is True
    assert found(True)["bulbar"] is None


def test_no_atrophy_anywhere_is_no_wasting():
    weak = (("thumb_abduction", 4, None), ("elbow_flexion", 4, None))
    clear = needle(APB=WELL, biceps=WELL)
    assert lowers(exam(*weak), clear)["cervical"] is None
    assert lowers(exam(*weak, atrophy="none"), clear)["cervical"] is False


def test_fasciculations_count_with_awaji_and_not_with_el_escorial():
    twitching = needle(APB=TWITCHING, biceps=TWITCHING)
    assert lowers(twitching, criteria=AWAJI, id="both.1")["cervical"] is True
    assert lowers(twitching, criteria=ESCORIAL, id="needle.2")["cervical"] is False
    assert lowers(needle(APB=ILL, biceps=ILL), criteria=ESCORIAL, id="needle.2")["cervical"] is True


def test_signs_have_their_places():
    signs = (Sign("babinski", True, "right"), Sign("hoffmann", False, "right"))
    found = uppers(exam(upper_motor_neuron=signs))
    assert found == {"bulbar": None, "cervical": None, "thoracic": None, "lumbosacral": True}
    placed = uppers(exam(upper_motor_neuron=(Sign("spasticity", True, region="cervical"),)))
    assert (placed["cervical"], placed["lumbosacral"]) == (True, None)
    anywhere = uppers(exam(upper_motor_neuron=(Sign("spasticity", True),)))
    assert set(anywhere.values()) == {None}


def test_no_signs_at_all_is_none_in_every_region():
    assert set(uppers(exam(upper_motor_neuron_signs=False)).values()) == {False}


def test_signs_of_unknown_place_make_one_region():
    assert number("2.upper", GOLD, exam(upper_motor_neuron_signs=True)) == Range(1, 4)
    assert number("2.upper", GOLD, exam(upper_motor_neuron=(Sign("spasticity", True),))) == Range(1, 4)


def test_a_sign_once_present_stays_and_a_look_at_strength_says_nothing():
    present = exam(upper_motor_neuron=(Sign("babinski", True),), when="2020")
    absent = exam(upper_motor_neuron_signs=False, when="2021")
    strength = replace(exam(*FULL), scope="strength only", when="2022")
    assert uppers(present, absent)["lumbosacral"] is True
    assert uppers(absent, strength)["lumbosacral"] is False
    assert uppers(absent, exam(*FULL, when="2023"))["lumbosacral"] is None


@pytest.mark.parametrize(
    ("grade", "verdict", "expected"),
    [("brisk", None, True), ("brisk", False, True), ("normal", False, False), ("normal", None, None)],
)
def test_brisk_reflexes_count_for_gold_coast(grade, verdict, expected):
    found = uppers(exam(reflexes=(Reflex("knee", "right", grade),), upper_motor_neuron_signs=verdict))
    assert found["lumbosacral"] is expected
    brisk = exam(reflexes=(Reflex("knee", "right", grade),), upper_motor_neuron_signs=False)
    assert uppers(brisk, criteria=AWAJI, id="upper.2")["lumbosacral"] is False


def test_the_kept_reflex_of_a_weak_wasted_muscle_counts_for_gold_coast():
    def found(grade, wasted, **fields):
        weak = exam(("elbow_flexion", 3, wasted), reflexes=(Reflex("biceps", "right", grade),), **fields)
        return uppers(weak)["cervical"]

    assert found("normal", True) is True
    assert found("reduced", True) is None
    assert found("normal", False) is None
    assert found("normal", True, upper_motor_neuron_signs=False) is False


def test_the_order_of_regions():
    arm_up, leg_up = Sign("hoffmann", True), Sign("babinski", True)
    arm_low = (("thumb_abduction", 3, True), ("elbow_flexion", 3, True))
    leg_low = (("ankle_dorsiflexion", 3, True), ("ankle_plantar_flexion", 3, True))
    assert above("upper above", exam(*leg_low, upper_motor_neuron=(arm_up,))) == (True,)
    assert above("lower above", exam(*leg_low, upper_motor_neuron=(arm_up,))) == (None,)
    assert above("lower above", exam(*arm_low, upper_motor_neuron=(leg_up,))) == (True,)
    none = exam(*FULL, upper_motor_neuron_signs=False)
    assert above("upper above", none) == (False,)
    assert above("lower above", none) == (False,)


def test_what_is_missing_names_regions_and_method():
    asked = rule("both.2", AWAJI)
    found = regions_with(charted(patient(exam(upper_motor_neuron_signs=False)), AWAJI), asked)
    assert found.missing == (
        "examination and needle: lower motor neuron signs in enough muscles "
        "(bulbar, cervical, thoracic, lumbosacral)",
    )
    assert [value.number for value in found.basis] == [2.0]
