"""The commands `ranvier simulate ...`. What computes is loaded when it runs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ranvier.cli.console import at_work, refuse

if TYPE_CHECKING:
    from ranvier.patient import Patient

Sex = Literal["female", "male", "f", "m"]
Side = Literal["left", "right"]
SEXES = {"f": "female", "m": "male"}

app = typer.Typer(
    help="Virtual persons, examined in the laboratory's own terms. All of it is marked as simulated.",
    no_args_is_help=True,
)

EXAMPLES = (
    "Examples:\n\n"
    "ranvier simulate healthy --sex f --age 45 --height-cm 168 --seed 7 "
    "--exam standard --output patient.json\n\n"
    "ranvier simulate healthy --output patient.json --figure traces.svg --edf patient.edf\n\n"
    "ranvier examine patient.json\n\n"
    "--exam takes the name of a protocol that is shipped (standard, mmn, units) or a .toml file of your own; "
    "docs/virtual-examination.md says what stands in one."
)

NEEDLE_EXAMPLES = (
    "Examples:\n\n"
    "ranvier simulate needle --muscle TA --effort 0.01 --output needle.edf\n\n"
    "ranvier emg needle.edf --output needle.svg"
)


@app.callback()
def options() -> None:
    """Virtual persons, examined in the laboratory's own terms."""


@app.command(epilog=EXAMPLES)
def healthy(
    output: Annotated[Path, typer.Option(help="The patient file to write (.json).")],
    sex: Annotated[Sex, typer.Option(help="female or male (f, m).")] = "female",
    age: Annotated[float, typer.Option(help="Age in years, 18-100.")] = 45.0,
    height_cm: Annotated[float, typer.Option(help="Height, 120-230 cm.")] = 170.0,
    seed: Annotated[int, typer.Option(help="Another seed is another person.", min=0)] = 1,
    exam: Annotated[str, typer.Option(help="A protocol's name or .toml file.")] = "standard",
    date: Annotated[str, typer.Option(help="Date of the visit, such as 2026-03-14.")] = "unknown",
    figure: Annotated[Path | None, typer.Option(help="Draw the traces to this file (.svg).")] = None,
    edf: Annotated[Path | None, typer.Option(help="Write the traces to this file too (.edf).")] = None,
    truth: Annotated[
        Path | None,
        typer.Option(help="Write what the body really is to this file (.json), apart from the patient."),
    ] = None,
) -> None:
    """Examine a healthy virtual person and write the patient file with its waveforms."""
    try:
        endings((output, ".json"), (figure, ".svg"), (edf, ".edf"), (truth, ".json"))
        with at_work():
            from ranvier.body import healthy as person
            from ranvier.exam.examination import Visit, patient
            from ranvier.exam.protocol import protocol
            from ranvier.patient.when import When

            visit = Visit(protocol(exam), When(date).text, seed)
            body = person(SEXES.get(sex, sex), age, height_cm, seed)
            found = patient(body, visit, f"simulated-{seed}", progress)
        files = texts(found, output, figure, edf)
        if truth:
            from ranvier.formats.truth_json import truth_text

            files[truth] = truth_text(body)
        put(files)
    except ValueError as error:
        raise refuse(error) from error


@app.command(epilog=NEEDLE_EXAMPLES)
def needle(
    output: Annotated[Path, typer.Option(help="The recording to write (.edf).")],
    muscle: Annotated[
        str, typer.Option(help="A muscle of the virtual person, such as TA, APB, biceps.")
    ] = "TA",
    side: Annotated[Side, typer.Option(help="left or right.")] = "right",
    effort: Annotated[float, typer.Option(help="Share of full force, 0 (rest) to 1.", min=0, max=1)] = 0.01,
    seconds: Annotated[float, typer.Option(help="How long, 1-60 s.", min=1, max=60)] = 10.0,
    site: Annotated[int, typer.Option(help="Another number is another insertion.", min=0)] = 0,
    sex: Annotated[Sex, typer.Option(help="female or male (f, m).")] = "female",
    age: Annotated[float, typer.Option(help="Age in years, 18-100.")] = 45.0,
    height_cm: Annotated[float, typer.Option(help="Height, 120-230 cm.")] = 170.0,
    seed: Annotated[int, typer.Option(help="Another seed is another person.", min=0)] = 1,
) -> None:
    """Record needle EMG from one muscle of a healthy virtual person, for `ranvier emg` to read."""
    try:
        endings((output, ".edf"))
        with at_work():
            from ranvier.body import healthy as person
            from ranvier.exam.needle import needled, recorded

            body = person(SEXES.get(sex, sex), age, height_cm, seed)
            recording = recorded(needled(body, side, muscle, seed), site, effort, seconds)
        from ranvier.formats.emg.writing import write_recording

        write_recording(recording, output)
        typer.echo(f"Written to {output}")
    except ValueError as error:
        raise refuse(error) from error


def endings(*wanted: tuple[Path | None, str]) -> None:
    """Refuse names that would hide what a file is, before anything is computed."""
    from ranvier.formats.files import InputError

    given = [(path, ending) for path, ending in wanted if path]
    for path, ending in given:
        if path.suffix.lower() != ending:
            raise InputError(path, [f"must end in {ending}."])
    if len({path.resolve() for path, _ in given}) < len(given):
        raise InputError(given[0][0], ["is named twice; give each file a name of its own."])


def progress(share: float) -> None:
    """How far the examination is, on one line of a terminal that is gone when it ends."""
    if sys.stderr.isatty():
        told = f"Examined {share:.0%}" if share < 1 else ""
        typer.echo(f"{told:<14}\r", err=True, nl=False)


def texts(found: "Patient", output: Path, figure: Path | None, edf: Path | None) -> "dict[Path, str | bytes]":
    """The patient file, and the figure and the EDF+ file where asked for, by the name each will have."""
    from ranvier.formats.patient_json import patient_text

    files: dict[Path, str | bytes] = {output: patient_text(found)}
    if figure:
        from ranvier.report.sweeps import sweeps_svg

        files[figure] = sweeps_svg(found)
    if edf:
        from ranvier.formats.edf import edf_bytes

        files[edf] = edf_bytes(found)
    return files


def put(files: "dict[Path, str | bytes]") -> None:
    """Write the files once all of them are made and every folder is there."""
    from ranvier.formats.files import InputError, write_whole

    for path in files:
        if not path.resolve().parent.is_dir():
            raise InputError(path, ["cannot be written: its folder does not exist; make it first."])
    for path, content in files.items():
        write_whole(path, content)
        typer.echo(f"Written to {path}")
