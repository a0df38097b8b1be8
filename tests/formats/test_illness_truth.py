"""The truth of an illness: all of it in its own file, none of it on the record."""

import json
import re
from dataclasses import replace

import pytest
from tests.ill import als, mmn

from ranvier.disease import disease, fall_ill
from ranvier.disease.description import diseases
from ranvier.formats.patient_json import patient_text
from ranvier.formats.truth_json import hypothesis, illness_text
from ranvier.nerve.injury import injuries


def truth(found):
    return json.loads(illness_text(found))


def test_it_names_its_schema_and_says_that_it_is_simulated():
    data = truth(mmn())
    assert (data["schema"], data["simulated"]) == ("ranvier.truth/2", True)
    assert (data["disease"], data["seed"]) == ("mmn", 3)


def test_every_attack_stands_in_it_in_order():
    data, attacks = truth(mmn()), mmn().illness.attacks
    assert len(data["attacks"]) == len(attacks)
    begins = [each["begins_years"] for each in data["attacks"]]
    assert begins == sorted(begins)
    first = data["attacks"][0]
    assert first["mm_from_cord"] == pytest.approx(attacks[0].place.mm, abs=0.06)
    assert (first["segment"], first["injury"]) == (attacks[0].place.segment, "nodal")


def test_the_visits_are_those_of_the_patient():
    data = truth(als())
    assert [each["when"] for each in data["visits"]] == [visit.when for visit in als().visits]
    assert data["visits"][-1]["lost motor"] == als().visits[-1].truth["lost motor"]


def test_the_body_is_the_one_of_the_last_visit():
    data, last = truth(als()), als().visits[-1].truth
    for name, muscle in data["body_at_last_visit"]["motor"].items():
        cut = sum(each["axons"] for each in muscle["lesions"] if each["quality"] == "cut")
        assert cut == round(last[f"lost {name}"] * muscle["units"])
    assert truth(als())["body_at_last_visit"]["age_years"] == pytest.approx(als().onset_age_years + 2)


def test_neurons_die_region_after_region_and_only_where_they_die():
    data = truth(als())
    assert data["dies_after_years"] == pytest.approx(als().illness.ends, abs=0.001)
    assert len(data["neurons"]["reached_years"]) == 8
    assert truth(mmn())["neurons"] is None
    assert truth(mmn())["dies_after_years"] is None


def test_a_hypothesis_is_named_and_the_disease_s_own_is_none():
    assert hypothesis(fall_ill("mmn", 1)) is None
    assert hypothesis(fall_ill("mmn", 1, hypothesis="sodium")) == "sodium"
    assert hypothesis(fall_ill("mmn", 1, hypothesis="nodal")) is None


def test_nothing_of_it_stands_on_the_record():
    for found in (mmn(), als()):
        text = patient_text(found.patient).casefold()
        secret = {found.disease, *injuries(), *truth(found), *truth(mmn())["attacks"][0]}
        told = secret & set(re.findall("[a-z_]+", text))
        assert told <= {"schema", "simulated", "onset_age_years", "side", "nerve"}
        assert disease(found.disease).title.casefold() not in text


def test_without_a_visit_there_is_no_body():
    assert truth(replace(als(), visits=()))["body_at_last_visit"] is None


@pytest.mark.parametrize("name", diseases())
def test_every_injury_of_a_disease_is_one_of_the_injuries(name):
    assert {foci.injury for foci in disease(name).foci} <= set(injuries())
