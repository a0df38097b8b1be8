"""`ranvier emg`: what it gives, in which form, and what it refuses in a sentence."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from printed import alike
from ranvier.cli import app

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "emg"
HEALTHY = FOLDER / "emg_healthy.txt.gz"
PAGE = (ROOT / "docs" / "emg.md").read_text()
RUN = CliRunner()


@cache
def run(*arguments):
    return RUN.invoke(app, ["emg", *map(str, arguments)])


def done(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments):
    result = run(*arguments)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_the_text_in_the_documents_is_what_is_printed():
    shown = PAGE.split("```\n")[1]
    assert alike(done(HEALTHY), shown)


def test_the_figures_in_the_documents_are_those_found():
    data = json.loads(done(HEALTHY, "--format", "json"))
    row = re.search(r"^\| healthy .*$", PAGE, flags=re.M).group()
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    summary, seen = data["summary"], data["interference"]
    assert int(cells[1]) == summary["units"]
    assert float(cells[2]) == pytest.approx(summary["mean_amplitude_mv"], abs=0.02)
    assert float(cells[4]) == pytest.approx(summary["mean_duration_ms"], abs=0.5)
    assert float(cells[7]) == pytest.approx(seen["turns_per_s"], abs=3)


def test_a_part_is_taken_apart_and_written(tmp_path):
    out = tmp_path / "sheet.svg"
    assert done(HEALTHY, "--from-s", 2, "--to-s", 5, "--output", out) == f"Written to {out}\n"
    assert "3.0 s at 4000 Hz" in ET.fromstring(out.read_text()).findtext("{http://www.w3.org/2000/svg}title")


def test_at_rest_is_asked_for():
    assert "At rest: fibrillation" in done(HEALTHY, "--from-s", 2, "--to-s", 4, "--at-rest")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((HEALTHY, "--strict"), "lines 639 and 41464"),
        ((HEALTHY, "--channel", "2"), "has no channel '2'"),
        ((HEALTHY, "--from-s", 20), "lasts 12.7 s"),
        ((HEALTHY, "--rate-hz", 100), "sampled at 2000 to 200000 Hz"),
        ((HEALTHY, "--output", HEALTHY), "is what is being read"),
        ((HEALTHY, "--output", "sheet.png"), "has no known ending"),
        ((ROOT / "README.md",), "is not a needle recording"),
        ((FOLDER / "gone.txt",), "is not there"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(arguments, words):
    before = HEALTHY.stat().st_size
    message = refused(*arguments)
    assert words in message
    assert "Traceback" not in message
    assert HEALTHY.stat().st_size == before


def test_help_loads_nothing_that_computes():
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom ranvier.cli import app\n"
        "r = CliRunner().invoke(app, ['emg', '--help'])\nassert r.exit_code == 0, r.output\n"
        "print(sorted({'numpy', 'scipy', 'numba', 'edfio', 'wfdb'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown == "[]\n"


def test_the_examples_carry_their_licence():
    told = (FOLDER / "README.md").read_text() + (FOLDER / "LICENSE").read_text()
    for words in ("Open Data Commons Attribution License", "Goldberger", "PhysioNet", "101:e215"):
        assert words in told
