"""The command `ranvier emg`. What computes is loaded when it runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ranvier.cli.axon import KINDS, FibreFormat, Format, Output
from ranvier.cli.console import give, named_kind, refuse

if TYPE_CHECKING:
    from ranvier.findings.needle import NeedleAnalysis

Unit = Literal["uV", "mV", "V"]

EXAMPLES = (
    "Examples:\n\n"
    "ranvier emg examples/emg/emg_healthy.txt.gz\n\n"
    "ranvier emg examples/emg/emg_neuropathy.txt.gz --output neuropathy.svg\n\n"
    "ranvier emg needle.txt --rate-hz 20000 --unit uV --from-s 2 --to-s 12\n\n"
    "ranvier emg study.edf --channel 2 --format json\n\n"
    "Text (.txt, .csv, .tsv, also .gz): one column of amplitudes, or time in s and amplitude. EDF and BDF; "
    "WFDB (.hea with its .dat). docs/emg.md says how each number is measured."
)


def emg(
    file: Annotated[Path, typer.Argument(help="A needle recording: text, EDF or WFDB.")],
    channel: Annotated[str | None, typer.Option(help="Which channel, by name or by number from 1.")] = None,
    rate_hz: Annotated[
        float | None, typer.Option(help="Samples per second, where the file does not say or is wrong.")
    ] = None,
    unit: Annotated[
        Unit | None, typer.Option(help="Unit of the amplitudes. Left out: as the file says, else mV.")
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Refuse a text file with a line that cannot be read as it stands."),
    ] = False,
    from_s: Annotated[float | None, typer.Option(help="Begin here, s from the start.")] = None,
    to_s: Annotated[float | None, typer.Option(help="End here, s from the start.")] = None,
    at_rest: Annotated[
        bool, typer.Option("--at-rest", help="The muscle was relaxed: look for spontaneous activity.")
    ] = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """Take a needle EMG apart into motor units: size, duration, phases, firing, and turns."""
    from ranvier.cli import keep
    from ranvier.findings.needle import analyse
    from ranvier.formats.emg import Wanted, read_emg
    from ranvier.formats.files import printable

    try:
        keep(output, file)
        kind = format or named_kind(output, KINDS)
        recording = read_emg(file, Wanted(channel, rate_hz, unit, strict, from_s, to_s))
        give(emg_as_text(analyse(recording, at_rest), printable(file.name), kind), output)
    except ValueError as error:
        raise refuse(error) from error


def emg_as_text(found: "NeedleAnalysis", name: str, kind: FibreFormat) -> str:
    """The analysis as the text of a file."""
    if kind == "json":
        from ranvier.report.emg_json import emg_json

        return emg_json(found, name)
    if kind == "svg":
        from ranvier.report.emg_svg import emg_svg

        return emg_svg(found, name)
    from ranvier.report.emg import emg_text

    return emg_text(found, name)
