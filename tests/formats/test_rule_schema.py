"""The schema of rule files: every file that ships fits it, and what the reader refuses does not."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ranvier.diagnosis.rule_file import RULES
from ranvier.formats.rule_schema import rule_schema

FILES = sorted(RULES.glob("*.toml"))
PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "ranvier.criteria-1.json"


def faults(text):
    return [error.json_path for error in Draft202012Validator(rule_schema()).iter_errors(tomllib.loads(text))]


def test_the_schema_is_a_schema_and_the_published_one_is_the_programs():
    Draft202012Validator.check_schema(rule_schema())
    # Written with: ranvier criteria --schema > docs/schema/ranvier.criteria-1.json
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == rule_schema()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_file_that_ships_fits(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "EFNS', 'titel = "EFNS'),
        ('measure = "course"', 'measure = "telepathy"'),
        ("[rule.with]", "[rule.wiht]"),
        ('op = ">="', 'op = "=>"'),
        ('grade = "definite"\nnerves', 'grade = "certain"\nnerves'),
        ('"median", "ulnar", "fibular"]', '"median", "sciatic", "fibular"]'),
        ('unit = "fraction", kind = "definition"', 'unit = "percent", kind = "definition"'),
        ("at_least = 2, of", "of"),
        ("{ any = [", "{ some = ["),
        ("expected = false\n", ""),
        ('kind = "assumed"', 'kind = "measured"'),
        ('kind = "history"', 'kind = "story"'),
        ('"S1" = "met"', '"S1" = "yes"'),
    ],
)
def test_a_slip_does_not_fit(old, new):
    text = (RULES / "efns_pns_2010.toml").read_text(encoding="utf-8")
    assert old in text
    assert faults(text.replace(old, new, 1)) != []
