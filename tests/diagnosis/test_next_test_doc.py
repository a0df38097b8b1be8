"""docs/next-test.md names every alert and every investigation."""

import re
from pathlib import Path

import pytest

from ranvier.diagnosis.differential.investigation import investigations
from ranvier.diagnosis.watches import WATCHES

TEXT = (Path(__file__).parents[2] / "docs" / "next-test.md").read_text()


@pytest.mark.parametrize(("heading", "ids"), [("The investigations", investigations()), ("Alerts", WATCHES)])
def test_the_document_lists_what_there_is(heading, ids):
    section = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = "".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
    assert sorted(re.findall(r"`(\w+)`", rows)) == sorted(ids)
