"""The drug files: what they must tell, and that what they tell is consistent."""

from itertools import chain
from math import log
from pathlib import Path

import pytest

import ranvier.evidence
from ranvier.anatomy import UnknownNameError
from ranvier.evidence import EvidenceError, read_toml, registry
from ranvier.treatment.drug import described, drug, drugs
from ranvier.treatment.kinetics import typical

SOURCES = read_toml(Path(ranvier.evidence.__file__).with_name("sources.toml"))
LEAST = {"title": "X", "group": "immunoglobulin", "route": "oral", "mechanism": "m", "in_mmn": "i"}
HALF = {"number": 1.0, "unit": "d", "kind": "assumed", "source": "practice", "mark": "recalled"}


def facts(one):
    return chain(one.evidence, one.doses, one.harms, one.monitoring, one.cost, one.brands)


@pytest.mark.parametrize("name", drugs())
def test_every_fact_and_number_names_a_source_that_is_there(name):
    one = drug(name)
    used = {each.source for each in (*facts(one), *one.numbers.values())}
    assert used
    assert used <= set(SOURCES)


@pytest.mark.parametrize("name", drugs())
def test_a_file_says_how_it_works_what_harms_what_is_watched_and_what_is_not_known(name):
    one = drug(name)
    assert one.mechanism.endswith(".")
    assert one.in_mmn.endswith(".")
    assert one.evidence
    assert one.harms
    assert one.monitoring
    assert one.not_known


@pytest.mark.parametrize("name", drugs())
def test_a_fact_that_is_seen_does_not_rest_on_common_practice(name):
    for each in facts(drug(name)):
        assert each.source != "practice" or each.mark == "recalled", each.id


@pytest.mark.parametrize("name", drugs())
def test_every_number_of_a_file_is_in_the_registry(name):
    listed = {value.id for value in registry().values}
    assert {f"treatment.drugs.{name}.{id}" for id in drug(name).numbers} <= listed


def test_no_name_stands_for_two_treatments():
    words = [
        "".join(word.casefold().split())
        for name in drugs()
        for word in {word.casefold().replace("-", " ") for word in (name, *drug(name).names)}
    ]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("IVIG", "ivig"),
        ("intravenous  immunoglobulin", "ivig"),
        ("HyQvia", "fscig"),
        ("corticosteroid", "prednisone"),
        ("plasma exchange", "plasma-exchange"),
        ("PLEX", "plasma-exchange"),
        ("dnth103", "claseprubart"),
    ],
)
def test_other_names_lead_to_the_treatment(said, meant):
    assert drug(said).name == meant


def test_an_unknown_name_is_refused_with_a_close_one():
    with pytest.raises(UnknownNameError, match="unknown drug 'efgartigimob'. Did you mean 'efgartigimod'"):
        drug("efgartigimob")


def test_only_immunoglobulin_counts_as_such_and_only_under_the_skin_is_subcutaneous():
    assert {name for name in drugs() if drug(name).is_immunoglobulin} == {"ivig", "scig", "fscig"}
    assert [drug(name).is_subcutaneous for name in ("ivig", "scig", "fscig")] == [False, True, True]
    assert not drug("efgartigimod").is_subcutaneous


def test_bioavailability_with_hyaluronidase_is_the_ratio_of_the_two_published():
    assert drug("fscig").gain == pytest.approx(0.794 / 0.705, abs=5e-4)
    assert drug("scig").gain == drug("ivig").gain == 1.0


def test_the_rates_of_the_label_agree_in_volume_and_mass_for_a_tenth_solution():
    label = drug("ivig").label
    mg_per_ml, minutes = 100, 60
    assert label.start_mg_per_kg_min == pytest.approx(label.start_ml_per_kg_h * mg_per_ml / minutes, abs=0.05)
    assert label.most_mg_per_kg_min == pytest.approx(label.most_ml_per_kg_h * mg_per_ml / minutes, abs=0.05)
    assert (label.least_g_per_kg_month, label.most_g_per_kg_month) == (0.5, 2.4)
    assert label.most_g_per_kg_dose == 2 * label.most_g_per_kg_day
    assert drug("prednisone").label.most_g_per_kg_month is None


def test_the_half_life_of_immunoglobulin_is_that_of_its_kinetics():
    slow = typical(70.0).modes()[0][0, 1]
    told = drug("ivig").numbers["kinetics.half_life_days"].number
    assert told == pytest.approx(log(2) / slow, abs=0.2)


def test_the_half_lives_of_igg_under_fcrn_blockers_are_those_of_the_published_rates():
    numbers = drug("nipocalimab").numbers
    free, blocked = (numbers[f"kinetics.igg_half_life{word}_days"].number for word in ("", "_blocked"))
    assert blocked == pytest.approx(log(2) / 0.217, abs=0.05)
    assert free / blocked == pytest.approx(1 + 5.08, abs=0.1)
    rate = drug("rozanolixizumab").numbers["kinetics.igg_rate_per_day"].number
    assert log(2) / rate == pytest.approx(19.0, abs=0.1)


def test_of_steroids_and_plasma_exchange_the_file_says_that_they_do_not_help():
    assert drug("prednisone").in_mmn.startswith("Not helpful")
    assert drug("plasma-exchange").in_mmn.startswith("Not helpful")
    worse = drug("prednisone").evidence[0].numbers
    assert worse["worse"].number == worse["patients"].number == 4


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mechanisms": "m"}, r"x: unknown key 'mechanisms'. Did you mean 'mechanism'\?"),
        ({"group": "potion"}, "x.group: 'potion' is not one of immunoglobulin, .*"),
        ({"names": [1]}, "x: 'names' must be a list of words."),
        ({"effect": {"half": HALF}}, "x.effect: 'link' is missing."),
        ({"effect": {"link": "a", "half": 3.0}}, "x.effect: 'half' must be a table, not 3.0."),
        ({"label": {"most_g_per_kg": HALF}}, "x.label: unknown key 'most_g_per_kg'. Did you mean '.*"),
        ({"harms": {"a": 1}}, "x: 'harms' must be a list, not .*"),
        ({"harms": [1]}, r"x: 'harms' must be a list of tables, \[\[harms\]\]."),
        ({"harms": [{"id": "a", "text": "t"}]}, "x.harms.a: 'source' is missing."),
        (
            {"harms": [{"id": "a", "text": "t", "source": "s", "when": "w"}]},
            "x.harms.a: unknown key 'when'.*",
        ),
        (
            {"harms": [{"id": "a", "text": "t", "source": "s", "mark": "heard"}]},
            "x.harms.a.mark: 'heard' is not one of seen, recalled.",
        ),
        ({"title": 3}, "x: 'title' must be text, not 3."),
    ],
)
def test_a_slip_in_a_file_is_said_in_a_sentence(change, sentence):
    with pytest.raises(EvidenceError, match=f"^{sentence}$"):
        described("x", {**LEAST, **change})


def test_a_file_may_have_the_least_and_its_effect_is_kept_as_it_stands():
    one = described("x", {**LEAST, "effect": {"link": "complement", "half": HALF}})
    assert one.effect == {"link": "complement", "half": HALF}
    assert one.numbers["effect.half"].number == 1.0
    assert (one.evidence, one.doses, one.not_known) == ((), (), ())
