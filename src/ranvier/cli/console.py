"""What the commands share: how they refuse, hand over a text, and behave while they compute."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, signal
from threading import Timer
from typing import TypeVar

import typer

OK, BAD_INPUT, STOPPED = 0, 2, 130
PATIENCE_S = 2.0
PATIENCE = "Still computing; Ctrl-C stops. (The first run after installing compiles for 20 seconds and more.)"
"""What a computation says after so many seconds."""

Kind = TypeVar("Kind", bound=str)


def refuse(error: Exception) -> typer.Exit:
    """Say what is wrong with the input, and end with exit code 2."""
    typer.echo(str(error), err=True)
    return typer.Exit(BAD_INPUT)


def give(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file."""
    if output is None:
        typer.echo(text, nl=False)
        return
    from ranvier.formats.files import write_whole

    write_whole(output, text)
    typer.echo(f"Written to {output}")


def named_kind(output: Path | None, kinds: dict[str, Kind]) -> Kind:
    """The format that an output's name asks for, by its ending; text where nothing is named."""
    ending = "" if output is None else output.suffix.lower()
    if output is not None and ending not in kinds:
        from ranvier.formats.files import InputError

        known = ", ".join(filter(None, kinds))
        raise InputError(output, [f"has no known ending ({known}); say what it is to be with --format."])
    return kinds[ending]


@contextmanager
def at_work() -> Iterator[None]:
    """Say so when a computation takes long; an interrupt ends the program at once, with exit code 130."""
    told = Timer(PATIENCE_S, lambda: typer.echo(PATIENCE, err=True))
    told.daemon = True
    before = signal(SIGINT, lambda *_: os._exit(STOPPED))
    told.start()
    try:
        yield
    finally:
        told.cancel()
        signal(SIGINT, before)
