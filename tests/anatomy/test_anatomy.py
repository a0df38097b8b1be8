"""Names, courses and territories."""

import pytest

from ranvier.anatomy import (
    UnknownNameError,
    motor_nerve,
    motor_nerves,
    movement,
    movements,
    nerves_serving,
    sensory_limb,
    sensory_nerve,
)


def test_every_nerve_has_one_stretch_between_each_two_sites():
    for nerve in motor_nerves().values():
        assert len(nerve.stretches) == len(nerve.sites) - 1
        assert set(nerve.distal_site.values()) <= set(nerve.sites)
        assert set(nerve.entrapments) <= set(nerve.stretches)
        assert nerve.limb in ("arm", "leg")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Median", "median"), ("common peroneal", "fibular"), ("Peroneal", "fibular"), (" ulnar ", "ulnar")],
)
def test_other_words_for_a_nerve(said, meant):
    assert motor_nerve(said).name == meant


@pytest.mark.parametrize(
    ("nerve", "said", "meant"),
    [
        ("median", "antecubital fossa", "elbow"),
        ("ulnar", "BE", "below elbow"),
        ("ulnar", "above_elbow", "above elbow"),
        ("median", "Erb's point", "erb"),
        ("fibular", "fibular head", "below fibular head"),
        ("tibial", "knee", "popliteal fossa"),
    ],
)
def test_other_words_for_a_site(nerve, said, meant):
    assert motor_nerve(nerve).site(said) == meant


def test_an_ulnar_elbow_is_not_guessed():
    with pytest.raises(
        UnknownNameError, match=r"unknown ulnar stimulation site 'elbow'. Did you mean '\w+ elbow'"
    ):
        motor_nerve("ulnar").site("elbow")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: motor_nerve("medain"), "unknown motor nerve 'medain'. Did you mean 'median'"),
        (lambda: motor_nerve("median").muscle("soleus"), "unknown muscle for the median nerve 'soleus'"),
        (lambda: sensory_nerve("tibial"), "unknown sensory nerve 'tibial'. .*Known: median"),
        (lambda: movement("thumb abductoin"), "Did you mean 'thumb_abduction'"),
    ],
)
def test_unknown_names_list_the_known(ask, message):
    with pytest.raises(UnknownNameError, match=message):
        ask()


def test_muscles_and_movements():
    assert motor_nerve("median").muscle("abductor pollicis brevis") == "APB"
    assert movement("APB") == "thumb_abduction"
    assert movement("Tibialis anterior") == "ankle_dorsiflexion"
    assert nerves_serving("finger flexion") == ("median", "ulnar")
    assert all(nerves_serving(name) for name in movements())


def test_what_lies_between_two_sites():
    ulnar = motor_nerve("ulnar")
    assert ulnar.between("wrist", "above elbow") == ("forearm", "elbow")
    assert ulnar.between("wrist", "wrist") == ()
    assert ulnar.starts_distally("ADM", "wrist")
    assert ulnar.starts_distally("ADM", "palm")
    assert not ulnar.starts_distally("ADM", "below elbow")
    assert motor_nerve("median").crossing_check == ("ADM", "FDI")


def test_sensory_nerves_know_their_limb():
    assert sensory_limb(sensory_nerve("LAC")) == "arm"
    assert sensory_limb(sensory_nerve("superficial peroneal")) == "leg"
