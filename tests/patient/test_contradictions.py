"""What cannot both be so is said, and what differs in time or in scope is left alone."""

from dataclasses import replace

import pytest

from builders import examination, feels, gm1, history, laboratory, patient, study
from ranvier.patient import Antibody, Sign, Strength
from ranvier.patient.check import RecordError, checked
from ranvier.patient.contradictions import contradictions

BABINSKI = Sign("babinski", present=True, side="right")


def said(*entries):
    return [
        f"{p.place} {p.text}" for p in contradictions((("timeline", n), e) for n, e in enumerate(entries))
    ]


def dated(entry, when="2021-04-12"):
    return replace(entry, when=when)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            [dated(history(cramps=True)), dated(history(cramps=False))],
            ["('timeline', 1, 'cramps') says no, which contradicts yes in timeline[0] of the same time"],
        ),
        ([dated(gm1("positive")), dated(gm1("negative"))], ["'negative' (IgM against GM1)", "'positive' in"]),
        (
            [laboratory(antibodies=(Antibody("GM1", "IgM", "positive"), Antibody("GM1", "IgM", "negative")))],
            ["'antibodies', 1)"],
        ),
        ([examination(upper_motor_neuron=(BABINSKI,))], ["babinski present", "no upper motor neuron signs"]),
        (
            [dated(examination()), dated(examination(upper_motor_neuron=(BABINSKI,), upper_motor_neuron_signs=None))],
            ["babinski present", "timeline[0]"],
        ),
        (
            [examination(upper_motor_neuron=(BABINSKI, replace(BABINSKI, present=False)), upper_motor_neuron_signs=None)],
            ["no (babinski)"],
        ),
        (
            [replace(examination(atrophy="none"), strength=(Strength("thumb_abduction", "left", 3, True),))],
            ["wasted", "no atrophy at all"],
        ),
        (
            [study(sensory=[feels(verdict="abnormal")], sensory_verdict="normal")],
            ["'sensory', 0, 'verdict'", "sensory_verdict 'normal'"],
        ),
        ([dated(examination()), dated(examination(sensory="abnormal"))], ["'sensory') says 'abnormal'"]),
        (
            [dated(laboratory(m_protein="none"), "month 14"), dated(laboratory(m_protein="IgM"), "month 14")],
            ["m_protein"],
        ),
    ],
)  # fmt: skip
def test_a_contradiction_is_said_with_both_places(entries, words):
    (text,) = said(*entries)
    for word in words:
        assert word in text
    with pytest.raises(RecordError, match="keep what holds"):
        checked(patient(*entries))


@pytest.mark.parametrize(
    "entries",
    [
        [dated(history(cramps=True)), dated(history(cramps=False), "2021-04-13")],
        [dated(history(cramps=True), "2021"), dated(history(cramps=False), "2021")],
        [history(cramps=True), history(cramps=False)],
        [dated(gm1("positive")), dated(gm1("negative", "IgG"))],
        [dated(gm1("positive")), dated(gm1("borderline"))],
        [dated(gm1("positive")), dated(gm1(None))],
        [dated(history(cramps=True)), dated(history())],
        [dated(history(cramps=False)), dated(examination(cramps=True))],
        [dated(laboratory(m_protein="IgG")), dated(laboratory(m_protein="IgM"))],
        [examination(upper_motor_neuron=(replace(BABINSKI, present=False),))],
        [examination(upper_motor_neuron=(BABINSKI,), upper_motor_neuron_signs=True)],
        [examination(upper_motor_neuron=(BABINSKI, Sign("babinski", False, "left")), upper_motor_neuron_signs=None)],
        [study(sensory=[feels(verdict="normal")], sensory_verdict="abnormal")],
        [replace(history(), when="2021-04-12", source="normal", remark="none"), dated(history())],
    ],
)  # fmt: skip
def test_what_can_both_be_so_is_let_be(entries):
    assert said(*entries) == []
    assert checked(patient(*entries))


def test_kinds_that_speak_of_different_things_at_one_time_are_not_compared():
    arms = study(sensory=[feels()], sensory_verdict="normal")
    legs = study(sensory=[feels("sural")], sensory_verdict="abnormal")
    assert said(dated(arms), dated(legs)) == []
