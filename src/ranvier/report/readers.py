"""One result, three readers: the specialist's full report, a page for the doctor, a page for the patient."""

from collections.abc import Callable
from typing import Literal, get_args

from rich.console import Console

from ranvier.diagnosis import Assessment
from ranvier.report.letter import letter
from ranvier.report.patient_page import patient_page
from ranvier.report.sheet import Sheet, show_sheet
from ranvier.report.terminal import show

Reader = Literal["specialist", "doctor", "patient"]
READERS: tuple[Reader, ...] = get_args(Reader)
SHEETS: dict[Reader, Callable[[Assessment], Sheet]] = {"doctor": letter, "patient": patient_page}
"""The readers who get one page; the specialist gets the whole report."""


def show_for(reader: Reader, assessment: Assessment, console: Console, remarks: tuple[str, ...] = ()) -> None:
    """Print the assessment for a reader."""
    if reader in SHEETS:
        show_sheet(SHEETS[reader](assessment), console)
    else:
        show(assessment, console, remarks)


def html_for(reader: Reader, assessment: Assessment, remarks: tuple[str, ...] = ()) -> str:
    """The assessment for a reader as the text of an HTML file."""
    from ranvier.report.html import assessment_html, sheet_html

    return (
        sheet_html(SHEETS[reader](assessment)) if reader in SHEETS else assessment_html(assessment, remarks)
    )
