"""Every number that ships has a unit, a kind and a source that exists."""

import re

import pytest

from ranvier.evidence import EvidenceError, Value, registry, value_from, values_in
from ranvier.evidence.registry import PACKAGE, Registry, dotted
from ranvier.evidence.source import source_from

GOOD = {"number": 1, "unit": "mV", "kind": "measured", "source": "buschbacher"}


def test_every_value_has_a_known_source_and_a_unique_id():
    found = registry()
    assert len(found.values) > 200
    ids = [value.id for value in found.values]
    assert len(ids) == len(set(ids))
    assert {value.source for value in found.values} <= set(found.sources)


def test_recalled_is_assumed_and_seen_thresholds_are_not():
    for value in registry().values:
        if value.mark == "recalled":
            assert value.kind == "assumed", value.id


def test_every_source_is_used_and_every_doi_well_formed():
    found = registry()
    text = "".join(path.read_text() for path in PACKAGE.rglob("*.toml") if path.name != "sources.toml")
    for source in found.sources.values():
        assert f'"{source.id}"' in text, f"{source.id} is never used"
        assert not source.doi or re.fullmatch(r"10\.\d{4,9}/\S+", source.doi), source.id


def test_a_reference_reads_as_one_would_cite_it():
    assert registry().source("efns_pns_2010").reference == (
        "Joint Task Force of the EFNS and the PNS. Guideline on management of multifocal motor neuropathy, "
        "first revision. J Peripher Nerv Syst 15:295-301 (2010). doi:10.1111/j.1529-8027.2010.00290.x"
    )
    by_pmid = source_from("x", {"authors": "A", "journal": "J", "year": 2000, "pmid": "7"}, "x")
    assert by_pmid.reference == "A. J (2000). PMID 7"


def test_looking_up_finds_every_word_in_any_order():
    sources, values = registry().find("median amplitude")
    assert values
    assert {v.unit for v in values} <= {"mV", "uV"}
    assert sources == ()
    assert registry().find("ASSUMED")[1]
    assert registry().find("nonesuch") == ((), ())
    everything = registry().find("")
    assert (len(everything[0]), len(everything[1])) == (len(registry().sources), len(registry().values))


def test_cited_sources_stand_once_in_order():
    values = [Value("a", 1, "", "measured", s) for s in ("practice", "buschbacher", "practice")]
    assert [s.id for s in registry().cited(values)] == ["buschbacher", "practice"]
    with pytest.raises(EvidenceError, match="'nowhere' is not in evidence"):
        Registry({}, ()).source("nowhere")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": "1"}, "x: 'number' must be a number"),
        ({"number": True}, "x: 'number' must be a number"),
        ({"unit": 3}, "x: 'unit' must be text"),
        ({"kind": "guess"}, "x: kind must be one of measured, fitted, borrowed, assumed, definition"),
        ({"mark": "heard"}, "x: mark must be one of seen, recalled"),
        ({"mark": "recalled"}, "x: a recalled number must be of kind 'assumed'"),
        ({"sources": "y"}, "x: unknown key 'sources'"),
    ],
)
def test_a_slip_in_a_value_is_named(changes, message):
    with pytest.raises(EvidenceError, match=message):
        value_from("x", {**GOOD, **changes})


@pytest.mark.parametrize("key", ["number", "unit", "kind", "source"])
def test_a_value_needs_all_four(key):
    with pytest.raises(EvidenceError, match=f"'{key}' is missing"):
        value_from("x", {k: v for k, v in GOOD.items() if k != key})


def test_values_are_found_wherever_they_nest():
    table = {"a": GOOD, "b": [{"id": "first", "c": GOOD}, {"c": GOOD}], "text": "x"}
    assert [value.id for value in values_in(table, "t")] == ["t.a", "t.b.first.c", "t.b.1.c"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"authors": "A", "year": 2000}, "'journal' is missing"),
        ({"authors": "A", "journal": "J", "year": "2000"}, "'year' must be a whole number"),
        ({"authors": "A", "journal": "J", "year": 2000, "isbn": "1"}, "unknown key 'isbn'"),
    ],
)
def test_a_slip_in_a_source_is_named(table, message):
    with pytest.raises(EvidenceError, match=message):
        source_from("x", table, "sources.toml [x]")


def test_ids_follow_the_place_of_the_file():
    assert dotted(PACKAGE / "diagnosis" / "rules" / "aaem_1999.toml") == "diagnosis.rules.aaem_1999"
