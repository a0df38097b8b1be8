"""The commands of a diary: what they enter, ask about and refuse, with exit code, file, row, field and remedy."""

import json
import re
import shlex
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ranvier.cli import diary, diary_asking
from ranvier.formats.patient_json import read_patient
from ranvier.patient import Dose, Laboratory, Note, Scale
from ranvier.report.words import SIMULATED

RUN = CliRunner()
GRIP = "date,time,hand,value,unit\n2026-11-18,08:00,right,18.5,kg\n2026-11-18,08:01,left,22,kg\n"
DOSES = (
    "date,drug,amount,unit,hours\n2026-10-08,ivig,70,g,5\n2026-10-29,ivig,70,g,5\n2026-11-19,ivig,70,g,5\n"
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(diary, "today", lambda: date(2026, 11, 21))
    monkeypatch.setattr(diary_asking, "today", lambda: date(2026, 11, 21))


@pytest.fixture
def file(tmp_path):
    done("add", tmp_path / "d.json", "weight", "70", "--pseudonym", "patient-1", "--when", "2026-10-01")
    return tmp_path / "d.json"


@pytest.fixture
def table(tmp_path):
    def written(content):
        path = tmp_path / "t.csv"
        path.write_text(content)
        return path

    return written


def run(*words, **options):
    return RUN.invoke(diary.app, [*map(str, words)], **options)


def done(*words, **options):
    result = run(*words, **options)
    assert result.exit_code == 0, result.output
    return result


def refused(file, *words, **options):
    """What is said on stderr; nothing may have been written."""
    before = file.read_bytes()
    result = run(*words, **options)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 2
    assert file.read_bytes() == before
    assert "Traceback" not in result.stderr
    return result.stderr


def timeline(file):
    return read_patient(file)[0].timeline


def test_every_kind_of_entry_is_added_at_the_end(file):
    done("add", file, "grip", "right", "18.5", "--when", "2026-11-20T08:00")
    done("add", file, "grip", "left", "62", "--unit", "kPa")
    done("add", file, "infusion", "ivig", "70", "g", "--hours", "5", "--product", "Privigen")
    done("add", file, "igg", "14.2")
    done("add", file, "note", "a cold")
    weight, right, left, dose, igg, note = timeline(file)
    assert isinstance(weight, Scale)
    assert (right.when, right.score, right.side) == ("2026-11-20T08:00", 18.5, "right")
    assert (left.when, left.score, left.unit) == ("2026-11-21", 62, "kPa")
    assert (dose.drug, dose.amount, dose.hours, dose.product) == ("ivig", 70, 5, "Privigen")
    assert isinstance(igg, Laboratory)
    assert isinstance(note, Note)


def test_a_diary_is_begun_with_a_pseudonym(tmp_path):
    result = run("add", tmp_path / "new.json", "grip", "right", "18")
    assert result.exit_code == 2
    assert "new.json: is not there yet; give --pseudonym" in result.stderr
    assert not list(tmp_path.iterdir())


def test_the_same_entry_is_not_added_twice(file):
    done("add", file, "grip", "right", "18.5")
    before = file.read_bytes()
    assert "stands there already" in done("add", file, "grip", "right", "18.5").stdout
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["grip", "right", "18", "--when", "2026-11-22"], "when is 2026-11-22, after 2026-11-21"),
        (["grip", "right", "18", "--when", "yesterday"], "'yesterday' is not a day; write the day as"),
        (["grip", "right", "1800"], "score is 1800 kg"),
        (["grip", "18"], "hand: is empty and must be left or right"),
        (["igg", "1420"], "igg_g_l is 1420 g/L: it looks like mg/dL"),
        (["infusion", "ivig", "70000", "g"], "amount is 70000 g of ivig"),
        (["infusion", "ivig", "1", "g"], "did you mean 1 g/kg, which is 70 g? Give --sure if it is so."),
        (["infusion", "ivigg", "70", "g"], "drug names the unknown drug 'ivigg'. Did you mean 'ivig'?"),
        (["infusion", "ivig", "70", "g", "--when", "2027-01-01"], "enter a dose once it was given"),
        (["mood", "3"], "'mood' is nothing that a diary holds"),
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence_that_names_the_file(file, words, told):
    text = refused(file, "add", file, *words)
    assert text.startswith(f"{file}: ")
    assert told in text
    assert text.rstrip().endswith(".")


def test_sure_enters_what_is_asked_about_and_not_what_cannot_be(file):
    done("add", file, "infusion", "ivig", "1", "g", "--sure")
    assert timeline(file)[-1].amount == 1
    assert "70000" in refused(file, "add", file, "infusion", "ivig", "70000", "g", "--sure")


def test_at_a_terminal_one_is_asked(file, monkeypatch):
    monkeypatch.setattr(diary_asking, "at_terminal", lambda: True)
    assert "nothing was added" in refused(file, "add", file, "infusion", "ivig", "1", "g", input="n\n")
    result = done("add", file, "infusion", "ivig", "1", "g", input="y\n")
    assert "did you mean 1 g/kg" in result.stderr
    assert timeline(file)[-1].amount == 1


def test_a_table_is_imported_once_however_often_it_is_imported(file, table):
    assert "2 entries added; 0 of" in done("import", file, table(GRIP)).stdout
    before = file.read_bytes()
    assert "0 entries added; 2 of" in done("import", file, table(GRIP)).stdout
    assert file.read_bytes() == before
    done("import", file, table(DOSES))
    done("import", file, table(DOSES))
    assert sum(isinstance(entry, Dose) for entry in timeline(file)) == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (GRIP + "x,,right,18,kg\n", "t.csv: row 4, date: 'x' is not a day"),
        (GRIP + "2026-11-19,,right,1800,kg\n", "t.csv: row 4, score: is 1800 kg"),
        (GRIP + "2026-12-19,,right,18,kg\n", "t.csv: row 4, when: is 2026-12-19, after 2026-11-21"),
        (GRIP + "2026-11-17,,right,18,kg\n", "t.csv: row 4, when: is 2026-11-17, before the 2026-11-18"),
        (DOSES.replace("2026-11-19", "2026-10-30"), ""),
        (DOSES.replace("70,g", "70000,g"), "t.csv: rows 2, 3, 4, amount: is 70000 g"),
        (DOSES.replace("29,ivig,70", "29,ivig,1"), "t.csv: row 3, amount: is 1 g of ivig"),
        (DOSES.replace("29,ivig", "29,ivigg"), "t.csv: row 3, drug: names the unknown drug"),
        (DOSES.replace("2026-10-29", "2026-10-08"), "t.csv: row 3, when: is 2026-10-08, and meets the dose"),
        (DOSES.replace(",5\n", ",0.2\n"), "t.csv: rows 2, 3, 4, hours: is 0.2 h"),
    ],
)
def test_one_bad_row_keeps_the_whole_table_out(file, table, content, told):
    if not told:
        done("import", file, table(content))
        return
    assert told in refused(file, "import", file, table(content))


def test_skip_bad_enters_the_good_rows_and_lists_the_others(file, table):
    content = (
        GRIP
        + "x,,right,18,kg\n2026-11-19,,right,1800,kg\n2026-11-20,,right,19,kg,7,7\n2026-11-20,,left,20,kg\n"
    )
    result = done("import", file, table(content), "--skip-bad")
    assert "3 entries added" in result.stdout
    left_out = [
        line.split("left out: ")[1].split(",")[0].split(":")[0] for line in result.stderr.splitlines()
    ]
    assert sorted(left_out) == ["row 4", "row 5", "row 6"]


def test_skip_bad_leaves_out_what_is_asked_about_unless_one_is_sure(file, table):
    content = DOSES.replace("29,ivig,70", "29,ivig,1")
    assert "2 entries added" in done("import", file, table(content), "--skip-bad").stdout
    assert "1 entry added" in done("import", file, table(content), "--sure").stdout


def test_a_missing_weight_is_asked_about_with_the_rows(tmp_path, table):
    words = ("import", tmp_path / "d.json", table(DOSES), "--pseudonym", "p")
    result = run(*words)
    assert result.exit_code == 2
    assert "rows 2, 3, 4, amount: cannot be held against the label without the body weight" in result.stderr
    assert not (tmp_path / "d.json").exists()
    done(*words, "--sure")


def test_a_damaged_diary_is_refused_and_kept(file, table):
    file.write_text(file.read_text()[:-30])
    for words in (["add", file, "igg", "14"], ["import", file, table(GRIP)], ["show", file]):
        assert "is not JSON" in refused(file, *words)


def test_a_diary_is_shown_in_every_format_and_its_figures_agree(file, table, tmp_path):
    done("import", file, table(GRIP))
    done("import", file, table(DOSES))
    text = done("show", file).stdout
    assert "grip right: 1 reading, 18.5 to 18.5, last 18.5 kg on 18 Nov" in text
    assert "29 Oct 2026  ivig 70 g in 5 h" in text
    data = json.loads(done("show", file, "--format", "json").stdout)
    assert [dose["when"] for dose in data["doses"]] == ["2026-10-08", "2026-10-29", "2026-11-19"]
    assert data["readings"][0]["when"] == ["2026-11-18T08:00"]
    done("show", file, "--output", tmp_path / "d.svg")
    ET.parse(tmp_path / "d.svg")
    done("show", file, "--output", tmp_path / "d.html")
    assert "<svg" in (tmp_path / "d.html").read_text()
    assert "is what is being read" in refused(file, "show", file, "--output", file)


def test_days_end_with_the_last_entry(file, table):
    done("import", file, table(DOSES))
    data = json.loads(done("show", file, "--format", "json", "--days", "22").stdout)
    assert (data["first"], data["last"]) == ("2026-10-29", "2026-11-19")
    assert len(data["doses"]) == 2


def test_simulated_data_stay_marked_in_every_format(tmp_path):
    file = tmp_path / "d.json"
    entry = {"kind": "scale", "when": "2026-11-20", "origin": "simulated", "source": "s", "name": "grip",
             "score": 18.0, "unit": "kg", "side": "right"}  # fmt: skip
    whole = {"schema": "ranvier.patient/1", "identity": {"pseudonym": "p"}, "timeline": [entry]}
    file.write_text(json.dumps(whole))
    done("add", file, "grip", "right", "19")
    for kind in ("text", "svg", "html"):
        assert SIMULATED in done("show", file, "--format", kind).stdout
    assert json.loads(done("show", file, "--format", "json").stdout)["simulated"] is True


def test_the_document_shows_what_is_printed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (Path(__file__).parent.parent / "docs" / "diary.md").read_text()
    Path("grip.csv").write_text(text.split("```csv\n")[1].split("```")[0])
    session = text.split("```console\n")[1].split("```")[0]
    shown = re.split(r"^\$ ranvier diary (.+)\n", session, flags=re.M)[1:]
    assert len(shown) == 18
    for command, output in zip(shown[::2], shown[1::2], strict=True):
        assert run(*shlex.split(command)).output == output
