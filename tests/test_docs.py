"""What the documents say is what the program does."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ranvier import __version__
from ranvier.diagnosis.criteria import MEASURES
from ranvier.findings.norms import Person, norms_from
from ranvier.formats.ncs_table import COLUMNS
from ranvier.formats.patient_json import json_schema

ROOT = Path(__file__).parent.parent
RANVIER = Path(sys.executable).with_name("ranvier")
README = (ROOT / "README.md").read_text()


def tracked():
    skip = {".git", "out", "mutants", "requirements", ".hypothesis"}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(
            p in skip or p.startswith(".venv") or p.endswith("cache") or p == "__pycache__" for p in parts
        ):
            yield path


def test_the_python_example_of_the_readme_runs():
    code = README.split("```python\n")[1].split("```")[0]
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("EFNS_PNS_2010 definite 0\nAAEM_2003 definite 0\n")
    assert "right median wrist to elbow definite ()" in run.stdout


def test_the_python_example_of_the_fibre_runs():
    code = README.split("```python\n")[2].split("```")[0]
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[1.79 1.65  nan]", "[0.  0.5]"]


def test_the_python_example_of_the_virtual_examination_runs():
    text = (ROOT / "docs" / "virtual-examination.md").read_text()
    code = text.split("```python\n")[1].split("```")[0]
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "5 True\n"


def test_the_protocol_of_the_virtual_examination_can_be_carried_out(tmp_path):
    text = (ROOT / "docs" / "virtual-examination.md").read_text()
    (tmp_path / "mine.toml").write_text(text.split("```toml\n")[1].split("```")[0])
    words = ["simulate", "healthy", "--exam", "mine.toml", "--output", "p.json"]
    subprocess.run([RANVIER, *words], cwd=tmp_path, capture_output=True, check=True)


def commands():
    text = README + (ROOT / "examples" / "cases" / "README.md").read_text()
    found = re.findall(r"^    (ranvier [^#\n]+)", text, flags=re.M)
    return [c.strip() for c in found if "patient.json" not in c and "*" not in c]


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulated")
    words = ["simulate", "healthy", "--seed", "7", "--output", "simulated.json"]
    subprocess.run([RANVIER, *words], cwd=folder, capture_output=True, check=True)
    return folder / "simulated.json"


@pytest.mark.parametrize(
    "command", [c.replace("> study.csv", "") for c in commands() if "study.csv --" not in c]
)
def test_the_commands_of_the_readme_run(command, tmp_path, simulated):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    if " simulate " not in command:
        (tmp_path / "simulated.json").symlink_to(simulated)
    arguments = shlex.split(command)[1:]
    subprocess.run([RANVIER, *arguments], cwd=tmp_path, capture_output=True, check=True)


def test_the_documents_name_every_column_and_every_measure():
    table = (ROOT / "docs" / "ncs-table.md").read_text()
    for column in COLUMNS:
        assert f"| {column} |" in table
    criteria = (ROOT / "docs" / "criteria.md").read_text()
    for measure in MEASURES:
        assert f"`{measure}`" in criteria


def test_the_published_schema_is_the_programs():
    published = json.loads((ROOT / "docs" / "schema" / "ranvier.patient-1.json").read_text())
    assert published == json_schema()


def test_the_version_is_one():
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text()
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
    assert "version" in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dynamic"]


def test_nothing_names_a_machine_or_a_registry():
    secret = re.compile(
        "|".join(
            [r"\.\./sha" + "red", "/wo" + "rk/", "/ro" + "ot/", "py" + "pi.org", "files.python" + "hosted"]
        )
    )
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        assert not secret.search(text), path


def test_no_file_of_the_program_has_swollen():
    for path in (ROOT / "src").rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 400, path


def test_the_limits_shown_in_the_documents_can_be_used(tmp_path):
    example = (ROOT / "docs" / "criteria.md").read_text().split("```toml\n")[2].split("```")[0]
    path = tmp_path / "our_limits.toml"
    path.write_text(example)
    mine = norms_from(path)
    assert mine.limit("motor", "radial", "EIP", "amplitude_mv_min", Person()).number == 2.0
    assert mine.limit("motor", "median", "APB", "velocity_m_s_min", Person(age_years=59)).number == 50.0
