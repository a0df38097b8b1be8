"""The command `ranvier drug`."""

import json
import re

import pytest
import typer
from typer.testing import CliRunner

from ranvier.cli import drug as command
from ranvier.report import drug_words as words
from ranvier.treatment.drug import drug, drugs

NARROW = {"COLUMNS": "80"}
LAST = "The dose is the physician's decision."


@pytest.fixture(scope="module")
def app():
    one = typer.Typer()
    one.command("drug", epilog=command.EXAMPLES)(command.drug)
    return one


def run(app, *arguments):
    return CliRunner().invoke(app, [*arguments], env=NARROW)


def done(app, *arguments):
    result = run(app, *arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def flat(page):
    return " ".join(page.split())


def test_alone_it_lists_every_treatment_with_what_is_known_in_mmn(app):
    page = done(app)
    for name in drugs():
        assert re.search(rf"^{name}\b", page, flags=re.M), name
    assert flat(page).endswith(LAST)
    assert "4 of 4 became" in page


def test_the_list_begins_with_immunoglobulin_and_ends_with_what_does_not_help():
    order = [row.about for row in words.listed()]
    assert set(order[:3]) == {"ivig", "scig", "fscig"}
    assert set(order[-3:]) == {"prednisone", "dexamethasone", "plasma-exchange"}


@pytest.mark.parametrize("name", drugs())
def test_a_sheet_fits_80_columns_and_ends_with_whose_decision_the_dose_is(app, name):
    page = done(app, name)
    assert max(map(len, page.splitlines())) <= 80
    assert flat(page).endswith(LAST)
    assert flat(drug(name).in_mmn) in flat(page)
    for part in words.parts(drug(name)):
        assert part.title in page
        assert part.rows


def test_a_sheet_tells_limits_harms_sources_and_what_is_recalled(app):
    page = flat(done(app, "ivig"))
    assert "most over a month: 2.4 g/kg/month" in page
    assert "highest rate: 5.4 mL/kg/h" in page
    assert (
        "8 of 10 lost strength after a mean of 4.8 years in spite of rising doses. [terenghi_2004, recalled]"
        in page
    )
    assert "Hahn AF and others" in page


def test_what_a_file_does_not_tell_is_not_known(app):
    assert "Cost" in done(app, "eculizumab")
    cost = next(part for part in words.parts(drug("eculizumab")) if part.title == "Cost")
    assert [row.text for row in cost.rows] == ["not known"]


def test_other_names_and_spaces_are_understood(app):
    assert done(app, "Plasma Exchange").startswith("plasma-exchange")


def test_an_unknown_name_is_refused_in_a_sentence(app):
    result = run(app, "imunoglobulin x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("unknown drug 'imunoglobulin x'.")


def test_json_tells_the_same_with_every_number(app):
    data = json.loads(done(app, "fscig", "--format", "json"))
    assert data["schema"] == "ranvier.drug/1"
    assert data["intended_use"].endswith(LAST)
    assert data["numbers"].keys() == drug("fscig").numbers.keys()
    assert data["numbers"]["kinetics.gain"]["source"] == "li_2022"
    assert data["evidence"][0]["numbers"]["patients"]["number"] == 20
    assert set(data["sources"]) == {source.id for source in words.sources(drug("fscig"))}


def test_the_list_as_json_has_every_name(app):
    data = json.loads(done(app, "--format", "json"))
    assert [each["name"] for each in data["drugs"]] == list(drugs())
