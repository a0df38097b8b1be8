"""A record whose doses can be right, for the commands that rest on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ranvier.cli.console import refuse

if TYPE_CHECKING:
    from ranvier.patient import Patient

MOST = 5
"""So many entries are named one by one."""


@contextmanager
def refusing(file: Path) -> Iterator[None]:
    """Say what cannot be used in a sentence that names the file, with exit code 2."""
    from ranvier.anatomy import UnknownNameError
    from ranvier.formats.files import InputError, sentence
    from ranvier.formats.patient_json import said_of
    from ranvier.patient.problem import RecordError

    try:
        yield
    except InputError as error:
        raise refuse(error) from error
    except RecordError as error:
        told = few([sentence(said_of(problem)) for problem in error.problems])
        raise refuse(InputError(file, told)) from error
    except UnknownNameError as error:
        raise refuse(InputError(file, [sentence(str(error))])) from error
    except ValueError as error:
        raise refuse(InputError(file, [sentence(str(error))])) from error


def usable(file: Path, output: Path | None, sure: bool) -> "Patient":
    """The patient of a file whose doses can be right; raises InputError for what is refused or asked."""
    from ranvier.cli import keep, read
    from ranvier.cli.diary_asking import confirmed
    from ranvier.formats.files import InputError, sentence
    from ranvier.formats.patient_json import said_of
    from ranvier.treatment.dose_check import slips
    from ranvier.treatment.reading_check import misdated

    keep(output, file)
    patient, _ = read(file)
    today = last_day(patient)
    found = (*slips(patient, today), *misdated(patient, today))
    certain = [sentence(said_of(each)) for each in found if each.certain]
    if certain:
        raise InputError(file, few(certain))
    confirmed(file, few([sentence(said_of(each)) for each in found]), sure)
    return patient


def few(sentences: list[str]) -> list[str]:
    """The first sentences, and how many more there are."""
    more = len(sentences) - MOST
    return [*sentences[:MOST], f"{more} more like these."] if more > 0 else sentences


def last_day(patient: "Patient") -> float:
    """The last day on which a dose can have been given: today, or the end of a simulated record."""
    from ranvier.cli.diary_asking import today
    from ranvier.patient import When

    days = [found[1] for each in patient.timeline if (found := When(each.when).day_numbers)]
    return max([float(today().toordinal()), *(days if patient.simulated else [])])
