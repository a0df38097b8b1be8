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
    site,
    study,
    ulnar,
)
from ranvier.diagnosis.alerts import alerts
from ranvier.diagnosis.criteria import evaluate
from ranvier.diagnosis.differential.posterior import Candidate, Differential
from ranvier.diagnosis.rule_file import criteria_set
from ranvier.diagnosis.watches import WATCHES, tables
from ranvier.findings.study import MotorStudy
from ranvier.patient import GivenDiagnosis, Treatment


def label(name, **fields):
    return GivenDiagnosis(**WHO, label=name, **fields)


def raised(who, found=None):
    chart = charted(who)
    results = [evaluate(criteria_set(id), charted(who, id)) for id in ("AAEM_2003", "EFNS_PNS_2010")]
    return {alert.id: alert for alert in alerts(who, chart, results, found)}


def weighed(**chances):
    candidates = [Candidate(id, id.upper(), 0.1, p, ()) for id, p in chances.items()]
    ranked = sorted(candidates, key=lambda one: -one.probability)
    return Differential("neuromuscular clinic", tuple(ranked), {}, False, "", True)


def searched_in_vain():
    studies = []
    for side in ("left", "right"):
        above = site("axilla", stimulus="supramaximal")
        studies.append(MotorStudy(side, "median", "APB", (site("wrist"), site("elbow"), above)))
        rows = tuple(map(site, ("wrist", "below elbow", "above elbow")))
        studies += [MotorStudy(side, "ulnar", "ADM", (*rows, above)), no_crossing(side)]
    return study(*studies)


def test_every_alert_has_its_words_and_every_word_its_alert():
    assert list(tables()["alert"]) == list(WATCHES)


def test_a_record_without_a_label_and_without_contradiction_raises_nothing():
    assert raised(definite()) == {}
    assert raised(patient()) == {}


@pytest.mark.parametrize("name", ["ALS", "PMA"])
def test_a_motor_neuron_label_without_a_search_is_challenged(name):
    found = raised(patient(history(), examination(), label(name, when="2021-03", by="a clinic")))
    assert list(found) == ["motor_neuron_label_search_incomplete"]
    alert = found["motor_neuron_label_search_incomplete"]
    assert alert.title.startswith(f"{name}, and")
    assert alert.basis[0] == f"labelled {name} (2021-03, a clinic)"
    assert alert.basis[1].startswith("not on record: left and right median (forearm, arm);")


def test_a_complete_search_settles_it():
    assert raised(patient(searched_in_vain(), label("ALS"))) == {}
    assert "mmn_label_no_search" not in raised(patient(searched_in_vain(), label("MMN")))


def test_a_motor_neuron_label_with_block_or_criteria_is_challenged():
    found = raised(definite().adding(label("ALS")))
    assert list(found) == ["motor_neuron_label_block", "motor_neuron_label_criteria"]
    assert "definite block: right median wrist to elbow" in found["motor_neuron_label_block"].basis
    assert [said.split(": ")[1] for said in found["motor_neuron_label_criteria"].basis[1:]] == ["definite"]
    assert raised(definite().adding(label("MMN"))) == {}


def test_only_the_latest_label_counts():
    earlier, later = label("ALS", when="2020"), label("MMN", when="2022-05")
    assert raised(definite().adding(earlier, later)) == {}
    assert "motor_neuron_label_block" in raised(definite().adding(replace(later, when="2019"), earlier))
    assert "motor_neuron_label_block" in raised(definite().adding(replace(earlier, when="unknown"), later))


def test_immunoglobulin_that_helps_in_als_is_challenged():
    for response, expected in (("improved", True), ("unchanged", False), (None, False)):
        who = patient(searched_in_vain(), label("ALS"), ivig(response=response, objective=True))
        assert ("motor_neuron_label_immunoglobulin" in raised(who)) is expected
    assert raised(patient(ivig(response="improved"))) == {}


def test_worse_under_a_corticosteroid_is_said_with_its_source():
    steroid = Treatment(**WHO, agent="corticosteroid", response="worse")
    alert = raised(patient(steroid))["steroid_worsening"]
    assert alert.values[0].source == "donaghy_1994"
    assert raised(patient(replace(steroid, response="improved"))) == {}
    assert raised(patient(replace(steroid, agent="IVIG"))) == {}


def test_cidp_without_sensory_change_and_with_asymmetry_is_challenged():
    motor_only = (history(), examination(), study(motor(), sensory=[feels()]))
    found = raised(patient(*motor_only, label("CIDP")))
    assert "rule C1.asymmetry, met" in found["cidp_label_pure_motor"].basis[1]
    numb = (history(), examination(sensory="abnormal"), study(motor(), sensory=[feels()]))
    silent = (history(), examination(sensory=None), study(motor(), sensory=[feels()]))
    conducted = (history(), examination(), study(motor(), sensory=[feels(amplitude=1.0)]))
    even = (history(), examination({"thumb_abduction": (3, 3)}, asymmetric=False))
    for entries in (numb, silent, conducted, even):
        assert raised(patient(*entries, label("CIDP"))) == {}


def test_a_block_only_at_an_entrapment_site_is_said():
    across = motor("ulnar", muscle="ADM", drop=0.7, ends=("below elbow", "above elbow"))
    found = raised(patient(history(), study(across, no_crossing())))
    assert found["block_only_at_entrapment"].basis == (
        "right ulnar below elbow to above elbow, across ulnar nerve at the elbow",
    )
    both = study(across, no_crossing(), motor(drop=0.6))
    assert "block_only_at_entrapment" not in raised(patient(history(), both))


def test_mmn_with_signs_that_do_not_belong_to_it_is_challenged():
    signs = patient(history(), examination(upper_motor_neuron_signs=True), searched_in_vain(), label("MMN"))
    assert list(raised(signs)) == ["mmn_label_upper_motor_neuron"]
    numb = patient(history(), examination(sensory="abnormal"), searched_in_vain(), label("MMN"))
    assert list(raised(numb)) == ["mmn_label_sensory"]
    vibration = examination(sensory="minor vibration loss in the legs")
    assert raised(patient(history(), vibration, searched_in_vain(), label("MMN"))) == {}
    silent = examination(upper_motor_neuron_signs=None, bulbar_signs=None, sensory=None)
    assert raised(patient(history(), silent, searched_in_vain(), label("MMN"))) == {}


def test_mmn_without_block_and_without_a_search_is_challenged():
    assert list(raised(patient(study(*ulnar()), label("MMN")))) == ["mmn_label_no_search"]


def test_a_fall_in_an_early_study_is_said():
    early = patient(history(duration_months=0.2), study(motor(drop=0.6)))
    assert raised(early)["early_study"].basis[0].startswith("right median wrist to elbow")
    assert raised(patient(history(duration_months=0.2), study(motor()))) == {}
    assert "early_study" not in raised(patient(study(motor(drop=0.6))))


def test_findings_that_speak_against_the_label_are_said_when_the_odds_are_long():
    who = patient(searched_in_vain(), label("ALS"))
    found = raised(who, weighed(mmn=0.8, als=0.07, cidp=0.13))
    assert found["label_and_findings_differ"].basis[1] == "differential: MMN 80%, the label's 7%"
    assert "speak far more for another disease: MMN." in found["label_and_findings_differ"].text
    close = weighed(mmn=0.6, als=0.3, cidp=0.1)
    strange = replace(weighed(mmn=0.9, als=0.01), unusual=True)
    empty = replace(weighed(mmn=0.9, als=0.01), enough=False)
    for other in (close, strange, empty, weighed(als=0.9, mmn=0.1)):
        assert raised(who, other) == {}
    assert raised(patient(searched_in_vain(), label("other")), weighed(mmn=0.9, als=0.01)) == {}


def test_no_alert_orders():
    for table in tables()["alert"].values():
        said = f"{table['title']} {table['text']}".lower()
        assert not any(word in said for word in (" must ", " should ", " stop ", " start ", " give "))
