"""Rule files: what ships can be used, and every slip in one of a user's own is named."""

import shutil
from pathlib import Path

import pytest

from builders import charted, definite
from ranvier.diagnosis.criteria import evaluate
from ranvier.diagnosis.rule_file import RULES, criteria_set, set_from, shipped_sets
from ranvier.evidence import EvidenceError, Value

EFNS = "efns_pns_2010.toml"


def changed(tmp_path: Path, old: str, new: str, name: str = EFNS, count: int = 1) -> str:
    text = (RULES / name).read_text()
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, count))
    return str(path)


def test_the_shipped_sets_stand_in_order_of_rank():
    mmn = ["EFNS_PNS_2010", "AAEM_2003", "EFNS_PNS_2006", "UTRECHT_2000", "NOBILE_ORAZIO_2002"]
    assert list(shipped_sets())[:5] == mmn
    assert len({criteria_set(name).id for name in shipped_sets()}) == len(shipped_sets())
    assert criteria_set("efns_pns_2010").id == "EFNS_PNS_2010"
    assert criteria_set("AAEM_2003").blocks.id == "AAEM_1999"
    assert [level.id for level in criteria_set("EFNS_PNS_2010").levels] == [
        "definite",
        "probable",
        "possible",
    ]


def test_what_a_set_says_of_itself():
    found = criteria_set("EFNS_PNS_2010")
    assert found.title == "EFNS/PNS 2010, multifocal motor neuropathy"
    assert found.disease == "multifocal motor neuropathy"
    assert found.source == "efns_pns_2010"
    assert "recalled" in found.note
    numbers = {value.id.rsplit(".", 1)[1]: value.number for value in found.performance}
    assert numbers["sensitivity_definite"] == 0.47
    assert numbers["specificity_definite"] == 0.985
    assert found.blocks.nerves() == ("fibular", "median", "musculocutaneous", "radial", "ulnar")


def test_a_rule_carries_its_number_mark_and_parameters():
    rules = {rule.id: rule for rule in criteria_set("EFNS_PNS_2010").rules}
    assert rules["E1"].threshold.number == 1
    assert rules["E1"].threshold.id == "diagnosis.rules.efns_pns_2010.rule.E1.threshold"
    assert rules["E1"].op == ">="
    assert rules["E1"].with_ == {"grade": "definite"}
    assert rules["C2"].expected == ("normal", "minor vibration loss in the legs")
    assert rules["C8"].expected == (False,)
    assert rules["C8"].op is None
    assert rules["C8"].with_["signs"][0] == "babinski"
    assert isinstance(rules["S2"].with_["below"], Value)
    assert rules["S2"].values == (rules["S2"].with_["below"],)
    assert rules["E1"].values == (rules["E1"].threshold,)
    assert {rule.mark for rule in rules.values()} == {"seen", "recalled"}
    assert {rule.source for rule in rules.values()} == {"efns_pns_2010"}


def test_a_recalled_number_is_assumed_everywhere():
    for name in shipped_sets():
        found = criteria_set(name)
        values = [v for rule in found.rules for v in rule.values]
        values += [t.threshold for row in found.blocks.rows for group in row.conditions for t in group]
        assert values
        for value in values:
            assert (value.kind == "assumed") == (value.mark == "recalled"), value.id


def test_ones_own_rule_file_is_used(tmp_path):
    own = criteria_set(changed(tmp_path, 'id = "EFNS_PNS_2010"', 'id = "OURS"'))
    assert own.id == "OURS"
    assert evaluate(own, charted(definite())).level == "definite"
    stricter = changed(tmp_path, "number = 0.5,", "number = 0.7,")
    assert criteria_set(stricter).blocks.rows[0].conditions[0][0].threshold.number == 0.7


def test_ones_own_block_table_beside_the_rules_goes_first(tmp_path):
    shutil.copy(RULES / "aaem_2003.toml", tmp_path)
    rules = str(tmp_path / "aaem_2003.toml")
    assert criteria_set(rules).blocks.title == "AAEM 1999, partial conduction block"
    changed(tmp_path, "AAEM 1999, partial", "Our reading, partial", "aaem_1999.toml")
    assert criteria_set(rules).blocks.title == "Our reading, partial conduction block"


def test_an_unknown_set_lists_the_known_ones():
    with pytest.raises(
        EvidenceError, match="no criteria set 'EFNS'. Known: EFNS_PNS_2010, AAEM_2003, .*; or name"
    ):
        criteria_set("EFNS")
    with pytest.raises(EvidenceError, match="nowhere.toml: cannot be read"):
        criteria_set("nowhere.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "EFNS_PNS_2010"\n', "", "efns_pns_2010: 'id' is missing"),
        ('title = "EFNS', 'titel = "EFNS', "unknown key 'titel'. Did you mean 'title'"),
        ('year = 2010', 'year = "2010"', "'year' must be a whole number"),
        ('id = "C10"', 'id = "C9"', "the rule 'C9' stands twice"),
        ('id = "possible"', 'id = "not met"', "no level can be called 'not met'"),
        ("[rule.with]", "[rule.wiht]", "rule.C1.asymmetry: unknown key 'wiht'. Did you mean 'with'"),
        ('id = "definite"\ngrade', 'ids = "definite"\ngrade', "unknown key 'ids'. Did you mean 'id'"),
        ('measure = "course"', "measure = 3", "rule.C1.course: 'measure' must be text, not 3"),
        ('text = "No upper motor', 'texts = "No upper motor', "rule.C8: unknown key 'texts'. Did you mean 'text'"),
        ('mark = "seen"\n\n[[rule]]\nid = "C1.asym', 'mark = "read"\n\n[[rule]]\nid = "C1.asym', "'read' is not one of seen, recalled"),
        ('op = ">="\nthreshold = { number = 2.0', 'op = "=>"\nthreshold = { number = 2.0', "'=>' is not one of >=, >, <=, <, =="),
        ('op = ">="\nthreshold = { number = 2.0', "threshold = { number = 2.0", "'op' is missing"),
        ("expected = false\n", "", "rule.C8: needs either op and threshold, or expected"),
        ('grade = "definite"\nnerves', 'grade = "certain"\nnerves', "block.definite: 'certain' is not one of definite, probable"),
        ('"median", "ulnar", "fibular"]', '"median", "sciatic", "fibular"]', "unknown nerve 'sciatic'"),
        ('measure = "area_drop"', 'measure = "area_loss"', "'area_loss' is not one of area_drop, amplitude_drop"),
        ('"C11", "E1+E3"]', '"C11", "E9"]', "level 'definite' names the unknown rule 'E9'"),
        ('{ any = [\n    "E2+E3 two"', '{ some = [\n    "E2+E3 two"', "level.probable: unknown key 'some'. Known: all, any, at_least, of"),
        ("kind = \"definition\"", 'kind = "certain"', "kind must be one of measured, fitted"),
        ("number = 0.5, unit", "number = 'half', unit", "'number' must be a number, not 'half'"),
        ("[[block]]", "[[blok]]", "'blok'|block"),
    ],
)  # fmt: skip
def test_every_slip_in_a_rule_file_is_named(tmp_path, old, new, message):
    count = 99 if old == "[[block]]" else 1
    path = changed(tmp_path, old, new, count=count)
    with pytest.raises(EvidenceError, match=message):
        criteria_set(path)


def test_a_file_that_is_no_toml_is_named(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("id = ")
    with pytest.raises(EvidenceError, match="mine.toml: is not a TOML file"):
        criteria_set(str(path))


def test_a_set_can_add_rows_to_a_table_that_it_names():
    own, named = criteria_set("NOBILE_ORAZIO_2002").blocks, criteria_set("AAEM_2003").blocks
    assert own.rows[: len(named.rows)] == named.rows
    assert {row.grade for row in own.rows[len(named.rows) :]} == {"possible"}
    assert own.id == "NOBILE_ORAZIO_2002"


def test_how_much_is_recalled_is_counted_on_the_face_of_a_set(tmp_path):
    aaem = criteria_set("AAEM_2003")
    assert [rule.id for rule in aaem.recalled] == ["2+3 probable"]
    cells = len(aaem.blocks.limits)
    told = f"1 of 9 rules, 1 of 2 levels and {cells} of {cells} limits of the block table are recalled"
    assert aaem.face == f"{aaem.note} {told}, not read in the source."
    for name in shipped_sets():
        found = criteria_set(name)
        assert (f"of {len(found.rules)} rules" in found.face) == bool(found.recalled)
    seen = changed(tmp_path, 'mark = "recalled"', 'mark = "seen"', count=99)
    text = Path(seen).read_text().replace('kind = "assumed"', 'kind = "definition"')
    Path(seen).write_text(text)
    read = criteria_set(seen)
    assert read.face == read.note


def test_a_parameter_that_no_measure_reads_is_refused(tmp_path):
    own = criteria_set(changed(tmp_path, 'sensory = "normal"', 'sensry = "normal"'))
    with pytest.raises(
        EvidenceError, match="rule 'E1\\+E3', with: unknown key 'sensry'. Did you mean 'sensory'"
    ):
        evaluate(own, charted(definite()))


def test_reading_a_file_again_gives_the_same_set():
    for name, path in shipped_sets().items():
        assert set_from(path, f"diagnosis.rules.{name.lower()}") == criteria_set(name)
