"""How many patients a second one process examines. Run by `make bench`."""

from dataclasses import replace
from pathlib import Path

import pytest

from ranvier.diagnosis import examine
from ranvier.formats.patient_json import read_patient
from ranvier.report.assessment_json import assessment_text
from ranvier.report.html import assessment_html

CASES = Path(__file__).parent.parent / "examples" / "cases"


def case(name):
    return read_patient(CASES / f"{name}.json")[0]


@pytest.mark.parametrize("name", ["katirji-case-25", "cmaj-63m", "synthetic-definite-block"])
def test_examine(benchmark, name):
    patient = case(name)
    benchmark(lambda: examine(replace(patient)))  # a fresh record each time: nothing is remembered


def test_read_and_check_the_largest_record(benchmark):
    benchmark(case, "synthetic-definite-block")


def test_json_report(benchmark):
    benchmark(assessment_text, examine(case("synthetic-definite-block")))


def test_html_report(benchmark):
    benchmark(assessment_html, examine(case("synthetic-definite-block")))
