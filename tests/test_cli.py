import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

import ranvier
from formats.tables import ELBOW, WHOLE, WRIST, table
from ranvier import __version__
from ranvier.cli import app
from ranvier.diagnosis.rule_file import RULES
from ranvier.formats.patient_json import read_patient
from ranvier.report.words import INTENDED_USE, SIMULATED

RUN = CliRunner()
PROGRAM = Path(sys.executable).with_name("ranvier")
COMMANDS = ("examine", "evidence", "template", "validate-file", "doctor")
HEAVY = {"numba", "numpy", "scipy", "fastapi", "pandas", "matplotlib"}
OWN_LIMIT = """
[[motor]]
nerve = "median"
muscle = "APB"
amplitude_mv_min = { number = 9.5, unit = "mV", kind = "measured", source = "own" }
"""


def run(*arguments):
    return RUN.invoke(app, [*map(str, arguments)])


def done(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def refused(*arguments):
    result = run(*arguments)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return result.stderr


def program(*arguments, **options):
    told = {"capture_output": True, "text": True, "timeout": 60, "check": False}
    return subprocess.run([PROGRAM, *map(str, arguments)], **{**told, **options})


@pytest.fixture
def block(cases):
    return cases / "synthetic-definite-block.json"


@pytest.fixture
def csv(tmp_path):
    file = tmp_path / "study.csv"
    file.write_text(table(*WHOLE))
    return file


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_version_is_told():
    assert done("--version") == f"ranvier {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    assert command in done("--help")
    assert f"ranvier {command}" in " ".join(done(command, "--help").split("Example")[-1].split())


def test_a_patient_file_and_a_table_are_examined_as_text(block, csv):
    assert "right median wrist to elbow" in " ".join(done("examine", block).split())
    assert "right median to APB" in done("examine", csv)


@pytest.mark.parametrize("width", [80, 200])
def test_no_line_is_wider_than_the_terminal(block, csv, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    for file in (block, csv):
        lines = done("examine", file).splitlines()
        assert max(map(cell_len, lines)) <= width
        assert max(map(cell_len, lines)) > width * 0.8


def test_json_goes_to_the_terminal_whole(block):
    data = json.loads(done("examine", block, "--format", "json"))
    assert (data["schema"], data["simulated"]) == ("ranvier.assessment/1", True)


@pytest.mark.parametrize(("name", "start"), [("r.json", "{"), ("r.html", "<!doctype html>"), ("r.txt", "\n")])
def test_the_name_of_the_output_tells_its_format(block, here, name, start):
    assert done("examine", block, "--output", name) == f"Written to {name}\n"
    assert (here / name).read_text(encoding="utf-8").startswith(start)
    assert [p.name for p in here.iterdir()] == [name]


def test_the_format_goes_before_the_name_of_the_output(block, here):
    done("examine", block, "--output", "r.html", "--format", "json")
    assert json.loads((here / "r.html").read_text(encoding="utf-8"))


def test_an_html_report_without_a_name_is_named_after_the_input(block, here):
    assert done("examine", block, "--format", "html") == "Written to synthetic-definite-block.html\n"
    assert [p.name for p in here.iterdir()] == ["synthetic-definite-block.html"]


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_every_output_says_what_it_is_for_that_it_is_simulated_and_never_not_mmn(cases, here, format):
    for file in sorted(cases.glob("*.json")):
        done("examine", file, "--format", format, "--output", "out")
        page = " ".join((here / "out").read_text(encoding="utf-8").split())
        assert INTENDED_USE in page
        assert "not mmn" not in page.casefold()
        if format == "json":
            assert json.loads(page)["simulated"] == read_patient(file)[0].simulated
        else:
            assert (SIMULATED in page) == read_patient(file)[0].simulated


@pytest.mark.parametrize("format", ["text", "html"])
@pytest.mark.parametrize(("reader", "title"), [("doctor", "Summary for the"), ("patient", "in plain words")])
def test_each_reader_gets_a_page_of_his_own(block, here, format, reader, title):
    done("examine", block, "--for", reader, "--format", format, "--output", "out")
    page = " ".join((here / "out").read_text(encoding="utf-8").split())
    for wanted in (title, INTENDED_USE, SIMULATED):
        assert wanted in page
    assert "C1.asymmetry" not in page
    assert "not mmn" not in page.casefold()


def test_a_page_for_one_reader_is_named_after_him_and_json_is_one_for_all(block, here):
    assert done("examine", block, "--for", "patient", "--format", "html") == (
        "Written to synthetic-definite-block-patient.html\n"
    )
    assert "JSON is one for all readers" in refused("examine", block, "--for", "doctor", "--format", "json")
    assert run("examine", block, "--for", "nurse").exit_code == 2


def test_the_setting_moves_the_odds_before_any_finding(block):
    data = [
        json.loads(done("examine", block, "--format", "json", *more))["differential"]
        for more in ((), ("--setting", "population"))
    ]
    assert [each["setting"] for each in data] == ["neuromuscular clinic", "population"]
    mmn = [next(c for c in each["candidates"] if c["disease"] == "mmn") for each in data]
    assert mmn[0]["prior"] > 10 * mmn[1]["prior"]
    assert mmn[0]["probability"] > mmn[1]["probability"]


def test_an_unknown_setting_is_refused_with_those_there_are(block):
    said = refused("examine", block, "--setting", "moon")
    for known in ("moon", "population", "emg laboratory", "neuromuscular clinic"):
        assert known in said


def test_a_table_can_be_added_to_a_patient_file(tmp_path):
    file, added = tmp_path / "p.json", tmp_path / "s.csv"
    file.write_text(done("template", "patient"))
    added.write_text(table({**WRIST, "side": "left"}, {**ELBOW, "side": "left"}, between=";"))
    data = json.loads(done("examine", file, "--ncs", added, "--format", "json"))
    assert [b["side"] for b in data["blocks"]] == ["right", "left"]
    assert data["reading"] == ["columns separated by semicolons"]


def test_the_criteria_asked_for_are_the_only_ones_applied(block, tmp_path):
    chosen = json.loads(done("examine", block, "--criteria", "aaem_2003", "--format", "json"))
    assert [c["id"] for c in chosen["criteria"]] == ["AAEM_2003"]
    own = tmp_path / "own.toml"
    own.write_text((RULES / "efns_pns_2010.toml").read_text(encoding="utf-8").replace("EFNS_PNS_2010", "OWN"))
    both = ("--criteria", own, "--criteria", "EFNS_PNS_2010")
    data = json.loads(done("examine", block, *both, "--format", "json"))
    assert [c["id"] for c in data["criteria"]] == ["OWN", "EFNS_PNS_2010"]


def test_the_laboratory_s_own_limits_go_first(csv, tmp_path):
    own = tmp_path / "own.toml"
    assert "8.4 ↓" not in done("examine", csv)
    own.write_text(OWN_LIMIT)
    assert "8.4 ↓" in done("examine", csv, "--norms", own)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not toml", "is not a TOML file"),
        ('[[sensors]]\nnerve = "median"', "[[sensors]] is not one of"),
        ('[motor]\nnerve = "median"', "motor"),
        ("motor = 5", "motor"),
        ("motor = [5]", "motor"),
        (OWN_LIMIT.replace("median", "medain"), "Did you mean 'median'?"),
        (OWN_LIMIT.replace('"median"', "5"), "nerve"),
        (OWN_LIMIT.replace('nerve = "median"', ""), "nerve"),
        (OWN_LIMIT.replace("9.5", '"9.5"'), "'number' must be a number"),
        (OWN_LIMIT.replace('kind = "measured"', 'kind = "sure"'), "kind must be one of"),
        (OWN_LIMIT + "age = 5", "age"),
        (OWN_LIMIT + "age = [1, 2, 3]", "age"),
        (OWN_LIMIT + 'age = ["a", "b"]', "age"),
        (OWN_LIMIT.replace("amplitude_mv_min", "amplitud_min"), "amplitud_min"),
    ],
)
def test_limits_that_cannot_be_used_are_refused_with_their_place(block, tmp_path, text, words):
    own = tmp_path / "own.toml"
    own.write_text(text)
    said = refused("examine", block, "--norms", own)
    assert words in said
    assert "own" in said


def own_rules(tmp_path, *changes):
    text = (RULES / "aaem_2003.toml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    return own


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('id = "AAEM_2003"', "", "'id' is missing"),
        ('id = "AAEM_2003"', "id = 5", "'id' must be text"),
        ("measure = ", 'measure = "telepathy" # ', "unknown measure 'telepathy'"),
        ('block_table = "AAEM_1999"', 'block_table = "NOWHERE"', "cannot be read"),
        ("all = [", "all = 5 # [", "all"),
        ("all = [", 'all = ["no_such_rule", ', "unknown rule 'no_such_rule'"),
        ("all = [", "all = [5, ", "level"),
        ('mark = "recalled"', 'mark = "sure"', "mark must be one of"),
    ],
)
def test_criteria_that_cannot_be_used_are_refused_with_their_place(block, tmp_path, before, after, words):
    assert words in refused("examine", block, "--criteria", own_rules(tmp_path, (before, after)))


def test_unknown_criteria_and_missing_files_are_refused(block, tmp_path):
    assert "no criteria set 'nope'. Known: EFNS_PNS_2010" in refused("examine", block, "--criteria", "nope")
    assert "cannot be read" in refused("examine", block, "--criteria", tmp_path / "nope.toml")
    assert "cannot be read" in refused("examine", block, "--norms", tmp_path / "nope.toml")
    assert "cannot be read" in refused("examine", block, "--norms", tmp_path)


@pytest.mark.parametrize(
    "arguments", [["examine"], ["examine", "x.json", "--format", "xml"], ["nope"], ["template", "x"]]
)
def test_a_wrong_command_ends_with_2_and_says_why(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr


def test_evidence_is_listed_and_searched():
    assert "efns_pns_2010" in done("evidence")
    assert "assumed" in done("evidence", "assumed")
    assert "No source or value mentions 'xyzzy'" in refused("evidence", "xyzzy")
    assert "No source or value mentions '[/]'" in refused("evidence", "[/]")


def test_templates_can_be_used_as_they_are_printed(tmp_path):
    for kind, name in (("ncs", "study.csv"), ("patient", "patient.json")):
        (tmp_path / name).write_text(done("template", kind))
        assert f"{name}: can be used" in done("validate-file", tmp_path / name)
    assert json.loads(done("template", "schema"))["title"] == "A patient, schema ranvier.patient/1"


def test_files_are_validated_one_by_one(block, csv, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("x\n")
    tabs = tmp_path / "tabs.tsv"
    tabs.write_text(table(*WHOLE, between="\t"))
    result = run("validate-file", bad, csv, tabs, block)
    assert result.exit_code == 2
    assert f"{bad}: row 1: unknown column 'x'" in result.stderr
    assert result.stdout.splitlines() == [
        f"{csv}: can be used, 1 entry.",
        f"{tabs}: can be used, 1 entry.",
        f"{tabs}: columns separated by tabs.",
        f"{block}: can be used, {len(read_patient(block)[0].timeline)} entries.",
    ]


def test_the_doctor_tells_versions_and_criteria():
    said = done("doctor")
    assert f"ranvier    {__version__}" in said
    assert "EFNS_PNS_2010, AAEM_2003" in said


def test_the_installed_program_examines_and_refuses(block, tmp_path):
    good = program("examine", block, "--format", "json")
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["blocks"]
    bad = program("examine", tmp_path / "missing.json")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert (
        bad.stderr
        == f"{tmp_path}/missing.json: cannot be read: no such file or directory; check the name and that you may read it.\n"
    )


def test_a_name_that_is_not_utf_8_gives_no_traceback_and_no_half_file(tmp_path, csv):
    odd = bytes(tmp_path) + b"/bad\xff.csv"
    try:
        Path(odd.decode(errors="surrogateescape")).write_text(csv.read_text())
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    output = tmp_path / "out.json"
    ended = subprocess.run(
        [PROGRAM, "examine", odd, "--output", output], capture_output=True, timeout=60, check=False
    )
    assert b"Traceback" not in ended.stderr
    assert ended.returncode in (0, 2)
    assert not list(tmp_path.glob(".*"))
    assert output.exists() == (ended.returncode == 0)


def test_a_console_that_knows_only_ascii_gives_no_traceback(csv):
    ended = program("examine", csv, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "Traceback" not in ended.stderr
    assert ended.returncode in (0, 2)


def test_a_reader_that_goes_away_gives_no_traceback(block):
    command = f"'{PROGRAM}' examine '{block}' --format json | head -c 10"
    ended = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.stdout.startswith("{")
    assert "Traceback" not in ended.stderr
    assert "Error" not in ended.stderr


def modules_after(*arguments):
    code = (
        "import sys\n"
        "from ranvier.cli import app\n"
        f"try: app({list(map(str, arguments))!r})\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*{m.partition('.')[0] for m in sys.modules}, file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return set(ended.stderr.split())


def test_help_loads_neither_the_reader_nor_the_report():
    found = modules_after("--help")
    assert "typer" in found
    assert not found & (HEAVY | {"pydantic", "jinja2"})


def test_examining_loads_nothing_that_only_the_simulator_needs(block):
    found = modules_after("examine", block)
    assert "pydantic" in found
    assert not found & (HEAVY | {"jinja2"})


def test_a_study_that_is_on_the_record_already_is_refused(tmp_path):
    table = tmp_path / "study.csv"
    table.write_text(program("template", "ncs").stdout)
    twice = program("examine", table, "--ncs", table)
    assert (twice.returncode, twice.stdout) == (2, "")
    assert "study.csv: holds right median to APB of another session again; keep one" in twice.stderr


def test_an_output_of_unknown_kind_is_refused_before_anything_is_written(block, tmp_path):
    output = tmp_path / "report.pdf"
    refused = program("examine", block, "--output", output)
    assert refused.returncode == 2
    assert "report.pdf: has no known ending (.json, .html, .htm, .txt)" in refused.stderr
    assert not output.exists()
    assert program("examine", block, "--output", output, "--format", "text").returncode == 0


def test_a_block_table_is_no_criteria_set(block, tmp_path):
    rules = Path(ranvier.__file__).parent / "diagnosis" / "rules" / "aaem_1999.toml"
    refused = program("examine", block, "--criteria", rules)
    assert refused.returncode == 2
    assert "holds no [[rule]]; a block table is named in a rule file as block_table" in refused.stderr
    percent = tmp_path / "percent.toml"
    text = (rules.parent / "efns_pns_2010.toml").read_text()
    percent.write_text(text.replace('number = 0.5, unit = "fraction"', 'number = 50, unit = "percent"'))
    refused = program("examine", block, "--criteria", percent)
    assert refused.returncode == 2
    assert "must be in unit 'fraction' (0.5 for 50 %), not 'percent'" in refused.stderr
