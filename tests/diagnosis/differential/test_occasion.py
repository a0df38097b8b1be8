from dataclasses import replace

import pytest

from builders import (
    WHO,
    charted,
    definite,
    examination,
    feels,
    history,
    ivig,
    motor,
    no_crossing,
    patient,
    study,
)
from ranvier.diagnosis.differential.further_block import space, unseen
from ranvier.diagnosis.differential.investigation import investigations
from ranvier.diagnosis.differential.occasion import OCCASIONS
from ranvier.patient import NeedleEMG, NeedleFinding, Treatment


def offers(id, who):
    test = investigations()[id]
    return list(OCCASIONS[test.when](charted(who), test))


def places(id, who):
    return [offer.where for offer in offers(id, who)]


def test_every_occasion_is_used_and_known():
    assert {test.when for test in investigations().values()} == set(OCCASIONS)


def test_the_chances_of_one_more_block_sum_to_one():
    for who in (patient(), definite(), patient(examination())):
        chances = space(charted(who), "definite")
        assert sum(chances.values()) == pytest.approx(1)
    assert "right median" not in {f"{s.side} {s.nerve}" for s in space(charted(definite()), "definite")}


def test_weak_nerves_hold_two_thirds_of_it():
    chances = space(charted(patient(examination())), "definite")
    weak = sum(p for s, p in chances.items() if (s.side, s.nerve) == ("right", "median"))
    assert weak == pytest.approx(0.67)
    arm, forearm = (
        next(p for s, p in chances.items() if str(s) == f"left ulnar {name}") for name in ("arm", "forearm")
    )
    assert forearm == pytest.approx(2 * arm)


def test_what_was_studied_without_block_is_seen():
    chart = charted(patient(study(motor())))
    chances = space(chart, "definite")
    left = unseen(chart, chances)
    assert {str(s) for s in chances.keys() - left.keys()} == {"right median forearm"}


def test_a_nerve_is_named_with_the_sites_that_are_missing():
    named = places(
        "segments", patient(study(motor(), motor("ulnar", muscle="ADM", ends=("wrist", "below elbow"))))
    )
    assert "right median at elbow, axilla" in named
    assert "right ulnar at above elbow, axilla" in named
    assert "left ulnar at wrist, below elbow, above elbow, axilla" in named
    assert "left fibular at ankle, below fibular head, popliteal fossa, gluteal fold" in named
    erb = places("erb", patient())
    assert "left median at axilla, erb" in erb
    assert not any("fibular" in place for place in erb)


def test_each_nerve_is_offered_once():
    for id in ("segments", "erb", "root_stimulation"):
        named = [place.split(" at ")[0] for place in places(id, patient())]
        assert len(named) == len(set(named)) > 1


def test_a_doubtful_segment_is_not_a_further_one():
    cold = patient(study(motor(temperature_c=28.0)))
    assert "right median at elbow, axilla" in places("segments", cold)


def test_a_blocked_nerve_is_not_searched_for_another():
    assert not any(place.startswith("right median") for place in places("segments", definite()))


def test_the_search_is_completed_where_it_was_begun():
    both = offers("search", patient(study(motor())))
    assert [offer.raises.finding for offer in both] == ["definite_blocks", "probable_blocks"]
    for offer in both:
        assert (
            offer.where
            == "left median (forearm, arm); right median (arm); left and right ulnar (forearm, arm)"
        )
        assert offer.raises.share < offer.raises.unseen < 1
    assert offers("search", patient()) == []


def test_short_steps_only_where_a_fall_is_open():
    assert offers("inching", patient(history(), study(motor()))) == []
    assert offers("inching", definite()) == []
    probable = patient(history(), study(motor(drop=0.4)))
    assert places("inching", probable) == ["right median wrist to elbow"]
    across = motor("ulnar", muscle="ADM", drop=0.7, ends=("below elbow", "above elbow"))
    assert places("inching", patient(study(across, no_crossing()))) == [
        "right ulnar below elbow to above elbow"
    ]


def test_warming_only_for_a_limb_that_was_cold():
    assert offers("warming", patient(study(motor(temperature_c=34.0)))) == []
    assert offers("warming", patient(study(motor()))) == []
    assert offers("warming", patient(history(duration_months=0.2), study(motor(drop=0.6)))) == []
    (offer,) = offers("warming", patient(study(motor(temperature_c=28.0))))
    assert offer.where == "right arm"
    assert 0 < offer.raises.share < offer.raises.unseen


def test_a_repeat_only_after_an_early_fall():
    early = history(duration_months=0.2)
    assert offers("repeat_later", patient(early, study(motor()))) == []
    assert offers("repeat_later", definite()) == []
    assert places("repeat_later", patient(early, study(motor(drop=0.6)))) == ["right median wrist to elbow"]


def test_sensory_conduction_beside_a_block_only_where_it_is_not_known():
    bare = patient(history(), study(motor(drop=0.6)))
    assert places("sensory_beside_block", bare) == ["right median"]
    assert offers("sensory_beside_block", patient(history(), study(motor(drop=0.6), sensory=[feels()]))) == []
    assert offers("sensory_beside_block", patient(history(), study(motor()))) == []


def test_the_needle_goes_where_it_was_not():
    (everywhere,) = offers("needle_emg", patient())
    assert everywhere.raises is None
    muscles = tuple(NeedleFinding(m) for m in ("first dorsal interosseous", "tibialis anterior"))
    (rest,) = offers("needle_emg", patient(NeedleEMG(**WHO, muscles=muscles)))
    assert rest.where == "tongue, thoracic paraspinal"
    assert rest.raises.share == 0.5


def test_treatments_are_asked_for_as_the_record_stands():
    assert len(offers("ivig_trial", patient(study(motor())))) == 1
    assert offers("ivig_trial", patient()) == []
    assert offers("ivig_trial", patient(study(motor()), ivig())) == []
    assert offers("ivig_trial", patient(study(motor()), replace(ivig(), agent="SCIG"))) == []
    assert offers("steroid_history", patient()) == []
    assert len(offers("steroid_history", patient(Treatment(**WHO, agent="corticosteroid")))) == 1


def test_what_goes_beyond_a_conduction_study_comes_after_it():
    for test in ("triple_stimulation", "exercise_test"):
        assert offers(test, patient()) == []
        assert len(offers(test, patient(study(motor())))) == 1
