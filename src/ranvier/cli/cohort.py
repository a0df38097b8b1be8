"""The command `ranvier cohort`. What computes is loaded when it runs."""

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from ranvier.cli.console import STOPPED, refuse

EXAMPLES = (
    "Examples:\n\n"
    "ranvier cohort mmn --patients 100 --years 5 --output out/mmn\n\n"
    "ranvier cohort als --patients 1000 --seed 1 --output out/als --workers 8\n\n"
    "ranvier cohort cidp --output out/cidp --scheduler tcp://10.0.0.1:8786 --chunk 20\n\n"
    "The same command goes on where it was stopped, and with more --patients adds to them. The rows are in "
    "Parquet files: `from ranvier.cohort import read; read('out/mmn')`. Exit codes: 0 done, 2 the input "
    "cannot be used or some patients could not be made (the others are kept), 130 stopped."
)
TERMINAL_S, LOG_S = 0.5, 30.0
"""How often the progress is told, on a terminal and elsewhere."""


def cohort(
    disease: Annotated[str, typer.Argument(help="A disease, such as mmn, cidp, lewis-sumner, als or pma.")],
    output: Annotated[Path, typer.Option(help="The cohort's folder, new or begun by the same command.")],
    patients: Annotated[int, typer.Option(help="How many.", min=1)] = 1000,
    years: Annotated[float, typer.Option(help="How long each is followed from the first symptom.")] = 10.0,
    seed: Annotated[int, typer.Option(help="The first patient's seed; the others follow it.", min=0)] = 1,
    exam: Annotated[str, typer.Option(help="A protocol's name or .toml file.")] = "standard",
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask scheduler, tcp://HOST:PORT; else this machine's cores.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes of this machine; one for each core if left out.", min=1)
    ] = None,
    chunk: Annotated[
        int, typer.Option(help="Patients in a file; also what is lost when stopped.", min=1)
    ] = 10,
) -> None:
    """Follow a cohort of virtual patients without treatment, and keep a row for each visit."""
    try:
        from ranvier.cohort import CohortError, run
        from ranvier.cohort.follow import follow

        try:
            seeds, tell = range(seed, seed + patients), progress(sys.stderr.isatty())
            task = follow(disease, years, exam)
            run(task, seeds, output, scheduler=scheduler, workers=workers, chunk=chunk, progress=tell)
        except (ValueError, CohortError) as error:
            raise refuse(error) from error
    except KeyboardInterrupt as stop:
        typer.echo(f"\nStopped. What is finished is in {output}; the same command goes on.", err=True)
        raise typer.Exit(STOPPED) from stop
    typer.echo(f"{patients} patients (simulated) are in {output}")


def progress(terminal: bool, clock: Callable[[], float] = monotonic) -> Callable[[int, int], None]:
    """Tells how many patients are there, how many come in a minute and how long it will take, on stderr."""
    begun, first, last = clock(), -1, -LOG_S

    def tell(done: int, wanted: int) -> None:
        nonlocal first, last
        first = done if first < 0 else first
        now = clock() - begun
        if done < wanted and now - last < (TERMINAL_S if terminal else LOG_S):
            return
        last = now
        end = "\n" if done == wanted or not terminal else ""
        start = "\r" if terminal else ""
        typer.echo(f"{start}{line(done, wanted, done - first, now):<70}{end}", err=True, nl=False)

    return tell


def line(done: int, wanted: int, made: int, seconds: float) -> str:
    """`120 of 1000 patients, 85 a minute, 10 min left`."""
    told = f"{done} of {wanted} patients"
    if not made or seconds <= 0:
        return told
    rate = made / seconds
    left = (wanted - done) / rate
    return f"{told}, {60 * rate:.0f} a minute, {span(left)} left"


def span(seconds: float) -> str:
    """A time in words: `40 s`, `12 min`, `3.5 h`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"
