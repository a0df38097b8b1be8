"""`ranvier fibre`: what it prints, what it draws, and what it refuses in a sentence."""

import json
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from printed import alike
from ranvier.cli import app
from ranvier.cli import axon as cli_axon
from ranvier.cli import fibre as cli_fibre
from ranvier.cli.console import PATIENCE
from ranvier.evidence import registry
from ranvier.nerve import Fibre, Lesion, geometry
from ranvier.nerve.cable import run as cable
from ranvier.nerve.impulse import impulse
from ranvier.nerve.lesion import QUALITIES
from ranvier.nerve.solver import Solver
from ranvier.report import fibre_words

RUN = CliRunner()
DOCUMENT = (Path(__file__).parent.parent / "docs" / "fibre.md").read_text(encoding="utf-8")
PROGRAM = Path(sys.executable).with_name("ranvier")
SVG = "{http://www.w3.org/2000/svg}"
MEASURES = (
    "velocity_m_s",
    "conducts",
    "extra_delay_ms",
    "refractory_period_of_transmission_ms",
    "peak_mV",
    "half_width_ms",
)
BLOCK = ("--lesion", "na:0.1@23-27")
LATE = ("--lesion", "na:0.25@23-27")


def run(*arguments, diameter=10):
    return RUN.invoke(app, ["fibre", "--diameter-um", str(diameter), *map(str, arguments)])


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


def data(*arguments, **about):
    return json.loads(done(*arguments, "--format", "json", **about))


def test_the_measures_of_a_healthy_axon_are_those_of_the_reference():
    found = data("--temperature-c", 37)
    assert set(MEASURES) <= set(found)
    assert found["schema"] == "ranvier.fibre/1"
    assert found["velocity_m_s"] == pytest.approx(56.26, rel=0.005)
    assert found["peak_mV"] == pytest.approx(29.16, abs=1)
    assert found["half_width_ms"] == pytest.approx(0.300, rel=0.02)
    assert found["refractory_period_of_transmission_ms"] == pytest.approx(0.947, rel=0.05)
    assert (found["conducts"], found["extra_delay_ms"]) == (True, 0)


def test_the_data_say_what_was_computed_how_and_on_what_grounds():
    found = data("--lesion", "na:0.25@23-27", "--lesion", "myelin:5@30", "--nodes", 71, "--step-us", 5)
    assert (found["diameter_um"], found["temperature_c"], found["nodes"]) == (10, 37, 71)
    assert (found["geometry"], found["membrane"], found["pump"]) == ("table", "mrg", False)
    assert [(each["quality"], each["first"], each["last"]) for each in found["lesions"]] == [
        ("na", 23, 27),
        ("myelin", 30, 30),
    ]
    assert (found["step_us"], found["precision"], found["exact"]) == (5, "float64", False)
    assert found["measured_at"]["arrival_node"] == 51
    assert sum(found["kinds"].values()) == found["values"] > 50
    assert {each["id"] for each in found["sources"]} <= set(registry().sources)
    assert found["simulated"]


def test_every_option_reaches_the_axon():
    found = data(
        *("--geometry", "polynomial", "--membrane", "human", "--pump", "--exact", "--precision", "float32"),
        *("--pulse-na", 5, "--device", "cpu", "--nodes", 41, "--temperature-c", 33),
        diameter=12,
    )
    assert (found["geometry"], found["membrane"], found["pump"], found["exact"]) == (
        "polynomial",
        "human",
        True,
        True,
    )
    assert (found["pulse"]["current_nA"], found["device"], found["temperature_c"]) == (5, "cpu", 33)
    assert found["assumed_values"] > 0
    assert found["conducts"]


def test_a_lesion_that_blocks_in_the_warm_conducts_in_the_cold_and_neither_is_an_error():
    warm, cold = (data(*BLOCK, "--temperature-c", at) for at in (37, 20))
    assert warm["conducts"] is False
    assert warm["extra_delay_ms"] is warm["refractory_period_of_transmission_ms"] is None
    assert cold["conducts"] is True
    assert cold["extra_delay_ms"] > 0


def test_the_text_says_in_a_sentence_whether_and_how_late_the_impulse_crosses():
    late, block, healthy = done(*LATE), done(*BLOCK), done()
    assert "The impulse crosses the lesion, 0.15 ms late." in late
    assert "na 0.25 at nodes 23-27 (26.4-31.0 mm): fast Na channels left" in late
    assert "18 nodes beyond the lesion; for 20 the fibre" in late
    assert "The impulse fails between nodes 22 and 23 (25.3 mm)." in block
    assert "–" in block
    assert "The impulse runs to the end of the fibre." in healthy
    assert "Lesion" not in healthy
    for page in (late, block, healthy):
        assert "56.1 m/s" in page
        assert "no patient" in page
        assert max(map(len, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pulse-na", 0.2), "The pulse of 0.2 nA at node 0 starts no impulse."),
        (("--pulse-na", -4), "cannot be told, since none was started."),
        (("--lesion", "na:0@1-6"), "The impulse fails between nodes 0 and 1 (0.0 mm)."),
        (("--lesion", "pump:0.1@23-27"), "pump has no effect without --pump."),
        (("--nodes", 8), "Velocity, peak and half-width need 5 healthy nodes between node 6 and the far end"),
        (("--nodes", 8), "The refractory period of transmission needs 20 nodes"),
        (("--lesion", "na:0.5@45-50"), "Arrival is looked for at node 50, the last one: the lesion reaches"),
        (("--lesion", "leak:0@3", "--nodes", 71), "healthy nodes between node 6 and the lesion"),
        (("--lesion", "leak:0@23"), "crosses the lesion without delay."),
        (("--lesion", "na:1.5@23-27"), "ms early."),
        (("--temperature-c", 20), "One pulse gives two impulses: the second passes node 45"),
        (("--temperature-c", 25, "--lesion", "potassium:1.5@0-50"), "The fibre fires by itself: without any"),
        (("--temperature-c", 30, "--lesion", "na:0.1@23-27"), "longer than 240 half-widths"),
    ],
)
def test_the_text_says_what_must_be_known_about_the_numbers(arguments, words):
    assert words in " ".join(done(*arguments).split())


def test_an_unknown_delay_is_not_called_none():
    late, unknown = fibre_words.lateness(0.15), fibre_words.lateness(None)
    assert (late, unknown) == (", 0.15 ms late", "; how late cannot be told")
    crossed = replace(impulse(Fibre(10, lesions=(Lesion("na", 0.5, 23, 27),))), extra_delay_ms=None)
    assert fibre_words.conduction(crossed) == "The impulse crosses the lesion; how late cannot be told."


def test_a_lesion_that_fires_by_itself_is_not_credited_with_conduction():
    found = data(
        *("--temperature-c", 15.1, "--lesion", "pore:0.01587@21-30", "--pulse-na", 1), diameter=15.76
    )
    assert found["conducts"] is found["velocity_m_s"] is None
    assert found["conduction"] == "The pulse of 1 nA at node 0 starts no impulse."
    assert any("does not come from the pulse" in each for each in found["remarks"])


def picture(*arguments):
    return ET.fromstring(done(*arguments, "--format", "svg"))


def texts(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def traces(svg):
    return [each for each in svg.iter(f"{SVG}path") if (each.get("class") or "").startswith("trace")]


def test_the_picture_shows_every_node_and_marks_the_lesion():
    svg = picture(*LATE)
    assert len(traces(svg)) == 51
    ill = [each.find(f"{SVG}title").text for each in traces(svg) if each.get("class") == "trace ill"]
    assert ill == [f"node {n}" for n in range(23, 28)]
    assert {"na 0.25", "nodes 23-27", "0.15 ms late", "without lesions", "mm", "node"} <= set(texts(svg))
    assert "ms after the pulse" in texts(svg)
    assert [each.get("class") for each in svg.iter(f"{SVG}rect")].count("lesion") == 1
    assert "crosses the lesion" in svg.find(f"{SVG}desc").text


def test_the_picture_of_a_block_shows_where_it_fails():
    svg = picture(*BLOCK)
    assert "fails here" in texts(svg)
    assert not any("late" in each for each in texts(svg))


def test_the_picture_of_a_healthy_axon_has_no_lesion():
    svg = picture()
    assert not any(each.get("class") in ("lesion", "twin", "mark") for each in svg.iter())


def test_an_impulse_travels_down_and_to_the_right():
    def crest(path):
        points = [pair.split() for pair in path.get("d")[1:].split("L")]
        return float(min(points, key=lambda point: float(point[1]))[0])

    crests = [crest(each) for each in traces(picture())]
    assert crests[5:45] == sorted(crests[5:45])


@pytest.mark.parametrize(
    "arguments",
    [("--nodes", 2), ("--nodes", 300), ("--pulse-na", 0), ("--nodes", 12, *("--lesion", "na:0@11"))],
)
def test_any_axon_can_be_drawn(arguments):
    assert traces(picture(*arguments))


@pytest.mark.parametrize(("name", "start"), [("r.json", "{"), ("r.svg", "<svg"), ("r.txt", "\nMotor axon")])
def test_the_name_of_the_output_tells_its_format(tmp_path, monkeypatch, name, start):
    monkeypatch.chdir(tmp_path)
    assert done("--output", name) == f"Written to {name}\n"
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_an_output_without_a_known_ending_or_folder_is_refused(tmp_path):
    said = refused("--output", tmp_path / "r.png")
    assert "r.png: has no known ending (.json, .svg, .txt)" in said
    assert "cannot be written" in refused("--output", tmp_path / "nowhere" / "r.svg")
    assert done("--output", tmp_path / "r.png", "--format", "svg")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--temperature-c", "nan"), "temperature must lie between 10 and 45 degC, not nan"),
        (("--temperature-c", "inf"), "temperature must lie between 10 and 45 degC, not inf"),
        (("--temperature-c", 50), "temperature must lie between 10 and 45 degC, not 50"),
        (("--nodes", 0), "nodes must lie between 1 and 2000, not 0"),
        (("--nodes", 1), "nodes must be at least 2"),
        (("--nodes", 2001), "nodes must lie between 1 and 2000, not 2001"),
        (("--lesion", "nonsense"), "write quality:value@first-last"),
        (("--lesion", "na:2000@3"), "value must lie between 0 and 10"),
        (("--lesion", "na:nan@3"), "value must lie between 0 and 10"),
        (("--lesion", "sodium:0.5@3"), "quality must be one of na, width"),
        (("--lesion", "na:0.5@40-51"), "the fibre has nodes 0 to 50"),
        (("--lesion", "myelin:5@50"), "the fibre has internodes 0 to 49"),
        (("--lesion", "na:0.5@9-3"), "9-3 is not a range"),
        (("--membrane", "rat"), "membrane must be one of mrg, sensory, human"),
        (("--step-us", 0), "step_us must lie between 0.01 and 20 us, not 0"),
        (("--step-us", "nan"), "step_us must lie between 0.01 and 20 us, not nan"),
        (("--pulse-na", "inf"), "current must be finite"),
        (("--pulse-na", 1e9), "the computation diverged"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_one_sentence(arguments, words):
    said = refused(*arguments)
    assert words in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("diameter", ["nan", "inf", 1.9, 16.1, -10])
def test_a_diameter_outside_the_published_range_is_refused(diameter):
    assert refused(diameter=diameter) == f"diameter must lie between 2 and 16 um, not {diameter}.\n"


@pytest.mark.parametrize("arguments", [["--geometry", "round"], ["--nodes", "many"], ["--device", "abacus"]])
def test_a_wrong_word_ends_with_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr


def test_help_shows_examples_that_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = RUN.invoke(app, ["fibre", "--help"]).stdout.split("Examples")[1]
    examples = " ".join(words.split("Lesions:")[0].split()).split("ranvier fibre ")[1:]
    assert len(examples) == 3
    for example in examples:
        assert RUN.invoke(app, ["fibre", *example.split()]).exit_code == 0


def test_the_document_shows_what_the_program_prints():
    shown = re.findall(
        r"^    ranvier fibre --diameter-um 10 ([^\n]+)\n\n```\n(.+?)```", DOCUMENT, flags=re.M | re.S
    )
    assert len(shown) == 2
    for arguments, page in shown:
        assert alike(page, done(*arguments.split()))


def test_the_document_names_every_lesion_and_every_measure():
    for name, about in QUALITIES.items():
        spread = f"{about.healthy:g} | {about.least:g} to {about.most:g} | {about.unit} | {about.meaning}"
        assert f"| `{name}` | {about.place} | {spread} |" in DOCUMENT
        assert re.search(rf"\b{name}\b", cli_fibre.EXAMPLES)
    for measure in MEASURES:
        assert f"| `{measure}` |" in DOCUMENT


def test_the_command_knows_the_words_of_the_simulator():
    assert get_args(cli_axon.Geometry) == get_args(geometry.Choice)
    assert get_args(cli_fibre.Precision) == get_args(sys.modules["ranvier.nerve.propagate"].Precision)
    assert get_args(cli_fibre.Device) == get_args(cable.Device)
    solver, found = Solver(), data()
    assert (found["step_us"], found["precision"], found["exact"], found["device"]) == (
        solver.step_us,
        solver.precision,
        solver.exact,
        solver.device,
    )


def test_an_interrupt_ends_a_run_of_many_minutes():
    slow = ("--diameter-um", "10", "--nodes", "2000", "--exact", "--step-us", "0.1")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([PROGRAM, "fibre", *slow], **pipes) as running:
        try:
            assert running.stderr.readline().decode().strip() == PATIENCE
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=30)
            assert (running.returncode, out) == (130, b"")
        finally:
            running.kill()
