"""`ranvier excitability`: what it gives, in which form, and what it refuses in a sentence."""

import json
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from printed import alike
from ranvier.cli import app
from ranvier.cli import excitability as cli_excitability
from ranvier.cli.console import PATIENCE
from ranvier.nerve.excitability import Indices, human_targets
from ranvier.report.excitability_words import INDICES

RUN = CliRunner()
PAGE = (Path(__file__).parent.parent / "docs" / "excitability.md").read_text()
SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments, diameter=10):
    return RUN.invoke(app, ["excitability", "--diameter-um", str(diameter), *map(str, arguments)])


def done(*arguments, **about):
    result = run(*arguments, **about)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments, **about):
    result = run(*arguments, **about)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return result.stderr.replace(f"{PATIENCE}\n", "")


@cache
def data(*arguments):
    return json.loads(done(*arguments, "--format", "json"))


def test_the_indices_of_a_healthy_axon_are_those_that_were_found_before():
    indices = data()["indices"]
    assert indices["strength_duration_time_constant_ms"] == pytest.approx(0.35, abs=0.02)
    assert indices["ted_90_100"] == pytest.approx(45, abs=2)
    assert indices["superexcitability"] == pytest.approx(-21, abs=2)


def test_cold_makes_the_strength_duration_time_constant_longer_and_superexcitability_larger():
    warm, cold = data()["indices"], data("--temperature-c", 33)["indices"]
    assert cold["strength_duration_time_constant_ms"] > 1.2 * warm["strength_duration_time_constant_ms"]
    assert cold["superexcitability"] < 1.5 * warm["superexcitability"]


def test_the_data_hold_every_index_and_the_numbers_of_the_four_plots():
    found = data()
    assert found["schema"] == "ranvier.excitability/1"
    assert found["simulated"]
    assert set(found["indices"]) == set(Indices.__dataclass_fields__) == {index.field for index in INDICES}
    assert found["healthy"]["ted_90_100"] == {
        "number": 45,
        "unit": "%",
        "kind": "assumed",
        "mark": "recalled",
        "source": "practice_biophysics",
    }
    electrotonus, recovery = found["threshold_electrotonus"], found["recovery_cycle"]
    assert electrotonus["polarising_percent"] == [40, 20, -20, -40]
    rows = electrotonus["threshold_reduction_percent"]
    assert {len(row) for row in rows} == {len(electrotonus["delay_ms"])}
    assert rows[0][5] > rows[1][5] > 0 > rows[2][5] > rows[3][5]
    assert len(recovery["interval_ms"]) == len(recovery["threshold_change_percent"])
    charge = found["strength_duration"]["charge_pC"]
    assert charge == sorted(charge)
    current = found["current_threshold"]
    assert len(current["current_percent"]) == len(current["threshold_reduction_percent"]) > 10


def test_the_data_say_what_was_tested_and_how():
    found = data("--nodes", 17, "--lesion", "na:0.5@6-10", "--geometry", "polynomial", "--pump")
    assert (found["diameter_um"], found["temperature_c"], found["nodes"]) == (10, 37, 17)
    assert (found["geometry"], found["membrane"], found["pump"]) == ("polynomial", "mrg", True)
    assert [each["quality"] for each in found["lesions"]] == ["na"]
    told = found["parameters"]
    assert (told["test_pulse_ms"], told["stimulated_node"], told["watched_node"]) == (1, 8, 14)
    assert told["resting_threshold_nA"] > data()["parameters"]["resting_threshold_nA"]
    assert sum(found["kinds"].values()) == found["values"]


def test_the_text_shows_healthy_people_beside_the_axon_and_says_where_they_differ():
    page = done()
    assert "Strength-duration time constant     0.35 ms       0.46 ms   recalled" in page
    told = " ".join(page.split())
    assert "Differs from healthy people by more than a fifth: Strength-duration time constant 0.35" in told
    assert "not through the skin" in told
    assert "no patient" in told
    assert max(map(len, page.splitlines())) <= 80


def test_the_file_is_of_the_kind_its_name_asks_for(tmp_path):
    for name in ("sheet.svg", "sheet.txt", "sheet.json"):
        assert done("--nodes", 17, "--output", tmp_path / name) == f"Written to {tmp_path / name}\n"
    assert ET.fromstring((tmp_path / "sheet.svg").read_text()).tag == f"{SVG}svg"
    assert "healthy people" in (tmp_path / "sheet.txt").read_text()
    assert json.loads((tmp_path / "sheet.json").read_text())["simulated"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--temperature-c", "nan"), "temperature must lie between 10 and 45 degC, not nan."),
        (("--temperature-c", 50), "temperature must lie between 10 and 45 degC, not 50."),
        (("--nodes", 5), "nodes must lie between 17 and 2000, not 5."),
        (("--nodes", 0), "nodes must lie between 1 and 2000, not 0."),
        (("--membrane", "frog"), "membrane must be one of mrg, sensory, human"),
        (("--lesion", "na:inf@3"), "lesion na: value must lie between 0 and 10"),
        (("--lesion", "na:0.5@21"), "the fibre has nodes 0 to 20"),
        (("--lesion", "na:0@0-20"), "No pulse of 1 ms excites this axon"),
        (("--output", "sheet.pdf"), "sheet.pdf: has no known ending (.json, .svg, .txt)"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(arguments, words):
    told = refused(*arguments)
    assert words in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("diameter", ["nan", "inf", 1.9, 17])
def test_a_diameter_out_of_range_is_refused(diameter):
    assert "diameter must lie between 2 and 16 um" in refused(diameter=diameter)


def test_an_axon_that_fires_by_itself_is_refused(monkeypatch):
    monkeypatch.setattr("ranvier.nerve.excitability.thresholds", lambda *_, **__: [float("nan")])
    assert "fires by itself" in refused()


def test_progress_is_shown_on_a_terminal_only_and_leaves_nothing_behind(monkeypatch, capsys):
    cli_excitability.progress(0.3)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    cli_excitability.progress(0.3)
    cli_excitability.progress(1.0)
    first, last, rest = capsys.readouterr().err.split("\r")
    assert (first.strip(), last.strip(), rest) == ("Tested 30%", "", "")
    assert len(first) == len(last)


def test_the_example_of_the_document_is_what_the_program_prints():
    assert alike(PAGE.split("```\n")[1], done())


def documented(column):
    """A column of the table of the document: what was found for each index."""
    rows = PAGE[PAGE.index("| index |") :].splitlines()
    table = [row.split("|")[1:-1] for row in rows if row.startswith("|")]
    place = [cell.strip() for cell in table[0]].index(column)
    return {row[1].strip(" `"): row[place].strip(" *") for row in table[2 : 2 + len(INDICES)]}


@pytest.mark.parametrize(
    ("column", "arguments"),
    [
        ("mrg 37 °C", ()),
        ("mrg 33 °C", ("--temperature-c", 33)),
        ("human 37 °C", ("--membrane", "human")),
    ],
)
def test_the_table_of_the_document_is_what_the_program_finds(column, arguments):
    told, found = documented(column), data(*arguments)["indices"]
    assert set(told) == set(found)
    for index in INDICES:
        value = found[index.field]
        assert alike(told[index.field], "–" if value is None else f"{value:.{index.digits}f}"), index.field


def test_the_healthy_people_of_the_document_are_those_of_the_program():
    told = documented("healthy")
    assert {name: float(number) for name, number in told.items() if number} == {
        name: value.number for name, value in human_targets().items()
    }
