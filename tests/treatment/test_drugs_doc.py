"""What `docs/drugs.md` shows is what the program does."""

import contextlib
import io
from pathlib import Path

from rich.console import Console

from ranvier.report.drug_sheet import show_sheet
from ranvier.treatment.drug import drug

PAGE = (Path(__file__).parents[2] / "docs" / "drugs.md").read_text()


def flat(text):
    return " ".join(text.split())


def test_the_sheet_of_the_document_is_the_programs():
    page = io.StringIO()
    show_sheet(drug("plasma-exchange"), Console(file=page, width=80))
    assert flat(page.getvalue()) in flat(PAGE)


def test_the_example_of_guidance_prints_what_the_document_says():
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(PAGE.split("```python\n")[1].split("```")[0], {})
    assert flat(printed.getvalue()) in flat(PAGE.split("It prints")[1])
    assert printed.getvalue().startswith("response ['grip +5.5 kg']")
