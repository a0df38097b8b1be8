"""The commands `ranvier measure` and `ranvier export`. What computes is loaded when they run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ranvier.cli.console import give, refuse

if TYPE_CHECKING:
    from ranvier.patient import Patient

MEASURE_EXAMPLES = (
    "Examples:\n\n"
    "ranvier measure patient.json\n\n"
    "ranvier measure study.edf --output patient.json\n\n"
    'ranvier measure patient.json --set "right median APB wrist latency_ms=3.6"\n\n'
    "docs/waveforms.md says by which rule each marker is set."
)
EXPORT_EXAMPLES = "Example:\n\nranvier export patient.json study.edf"


def measure(
    file: Annotated[Path, typer.Argument(help="A patient file (.json) with waveforms, or a study (.edf).")],
    by_hand: Annotated[
        list[str] | None,
        typer.Option("--set", help='A marker set by hand: "ROW MARKER=NUMBER"; may be repeated.'),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write the patient file (.json) with the markers.")
    ] = None,
) -> None:
    """Set the markers on every waveform: latency, amplitude, area, duration, beside what the file says."""
    from ranvier.cli import keep, read
    from ranvier.formats.files import InputError
    from ranvier.formats.patient_json import patient_text
    from ranvier.patient.problem import RecordError
    from ranvier.patient.traces import agreeing, measured_patient
    from ranvier.report.markers import markers_text

    try:
        keep(output, file)
        if output is not None and output.suffix.lower() != ".json":
            raise InputError(output, ["must end in .json: the markers are written as a patient file."])
        patient, remarks = read(file)
        found, more = agreeing(measured_patient(patient, settings(patient, by_hand or [])))
        told = (*remarks, *more)
        give(markers_text(patient, found, told) if output is None else patient_text(found), output)
    except RecordError as error:
        wrong = [f"measured, {problem}." for problem in str(error).splitlines()]
        raise refuse(InputError(file, wrong)) from error
    except ValueError as error:
        raise refuse(error) from error


def settings(patient: "Patient", given: list[str]) -> dict[str, dict[str, float]]:
    """The markers set by hand, by row; raises ValueError naming what is known."""
    from ranvier.findings.study import FWave
    from ranvier.patient.traces import traced

    rows = {each.name: each.row for each in traced(patient) if not isinstance(each.row, FWave)}
    if not traced(patient):
        raise ValueError("No waveform is on this record; there is nothing to measure.")
    found: dict[str, dict[str, float]] = {}
    for text in given:
        name, marker, number = parts_of(text)
        if name not in rows:
            raise ValueError(f"--set '{text}': no row is called '{name}'. Known: {'; '.join(rows)}.")
        if marker not in rows[name].markers:
            known = ", ".join(rows[name].markers)
            raise ValueError(f"--set '{text}': '{marker}' is not a marker of that row. Known: {known}.")
        found.setdefault(name, {})[marker] = number
    return found


def parts_of(text: str) -> tuple[str, str, float]:
    """Row, marker and number of `right median APB wrist latency_ms=3.6`; raises ValueError."""
    row, _, last = " ".join(text.split()).rpartition(" ")
    marker, equals, number = last.partition("=")
    try:
        if not (row and equals):
            raise ValueError(text)
        return row, marker, float(number)
    except ValueError as error:
        form = '"right median APB wrist latency_ms=3.6"'
        raise ValueError(f"--set '{text}' cannot be read; write it as {form}.") from error


def export(
    file: Annotated[Path, typer.Argument(help="A patient file (.json) with waveforms.")],
    output: Annotated[Path, typer.Argument(help="The study to write (.edf).")],
) -> None:
    """Write every waveform of a patient as an EDF+ file, one data record for each stimulus."""
    from ranvier.cli import keep, read
    from ranvier.formats.edf import write_edf
    from ranvier.formats.files import InputError

    try:
        keep(output, file)
        if output.suffix.lower() != ".edf":
            raise InputError(output, ["must end in .edf: waveforms are exported as EDF+."])
        patient, _ = read(file)
        for remark in write_edf(patient, output):
            typer.echo(f"{output}: {remark}.")
        typer.echo(f"Written to {output}")
    except ValueError as error:
        raise refuse(error) from error
