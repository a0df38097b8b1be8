"""The diary on disk: a patient file that only grows, with one writer at a time, whole or not at all."""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ranvier.formats.files import (
    LARGEST_FILE,
    LARGEST_FILE_MB,
    InputError,
    remove,
    said,
    sentence,
    write_whole,
)
from ranvier.formats.patient_json import patient_text, read_patient, said_of
from ranvier.patient import AnyEntry, Dose, Identity, Laboratory, Patient, Scale
from ranvier.patient.check import RecordError, checked

PATIENCE_S, PAUSE_S = 20.0, 0.02
"""How long a writer waits for another, and between two tries."""
LEFT_BEHIND_S = 600.0
"""A temporary file of this age belongs to a writer that was killed."""
Key = tuple[object, ...]


def opened(path: Path, pseudonym: str | None = None) -> Patient:
    """The diary in a file; where there is none yet, an empty one of this pseudonym. Raises InputError."""
    if os.path.lexists(path):
        patient, _ = read_patient(path)
        if pseudonym not in (None, patient.identity.pseudonym):
            told = f"is the diary of '{patient.identity.pseudonym}', not of '{pseudonym}'; name another file."
            raise InputError(path, [told])
        return patient
    if not pseudonym:
        raise InputError(path, ["is not there yet; give --pseudonym to begin a diary, such as patient-1."])
    return Patient(Identity(pseudonym=pseudonym))


def append(path: Path, entries: Sequence[AnyEntry], pseudonym: str | None = None) -> tuple[AnyEntry, ...]:
    """Add those entries that are not there yet, and give them back.

    The file is read again under a lock, so that what another writer added meanwhile stays. Raises InputError,
    and then nothing was written.
    """
    path = path.resolve()
    with alone(path):
        sweep(path)
        before = opened(path, pseudonym)
        added = new(before, entries)
        if not added and path.exists():
            return ()
        text = patient_text(joined(path, before, added))
        if len(text.encode()) > LARGEST_FILE:
            told = f"would grow beyond {LARGEST_FILE_MB} MB, which cannot be read again; begin another."
            raise InputError(path, [told])
        write_whole(path, text)
    return added


def joined(path: Path, patient: Patient, entries: Sequence[AnyEntry]) -> Patient:
    """The patient with more entries; raises InputError with what cannot be right."""
    try:
        return checked(patient.adding(*entries))
    except RecordError as error:
        raise InputError(path, [sentence(said_of(problem)) for problem in error.problems]) from error


def new(patient: Patient, entries: Sequence[AnyEntry]) -> tuple[AnyEntry, ...]:
    """Those of the entries that the record does not hold yet, in their order."""
    fresh = keep_new(patient, entries)
    return tuple(entry for entry, kept in zip(entries, fresh, strict=True) if kept)


def keep_new(patient: Patient, entries: Sequence[AnyEntry]) -> tuple[bool, ...]:
    """Whether each entry is new: no other tells of the same time, measure, side and value.

    Without a time of day the same reading may have been taken twice: it counts as often as it is given, and
    to add the same list again adds nothing.
    """
    there, seen = Counter(map(key, patient.timeline)), Counter[Key]()
    kept: list[bool] = []
    for entry in entries:
        of = key(entry)
        seen[of] += 1
        timed = "T" in entry.when
        kept.append(there[of] == 0 and seen[of] == 1 if timed else seen[of] > there[of])
    return tuple(kept)


def key(entry: AnyEntry) -> Key:
    """What makes two entries the same: their time and what they say, not how it came to be known."""
    match entry:
        case Scale():
            return entry.kind, entry.when, entry.name, entry.unit, entry.side, entry.score
        case Dose():
            return entry.kind, entry.when, entry.drug.casefold(), entry.amount, entry.unit, entry.until
        case Laboratory() if entry.igg_g_l is not None:
            return entry.kind, entry.when, entry.igg_g_l
        case _:
            return entry.kind, entry.when, repr(entry)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other writers of diaries out of the file's folder; the system lifts the lock of one that dies.

    Raises InputError where the folder cannot be opened, or another writer does not end.
    """
    lock = locking()
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        remedy = "name a file in a folder that exists and that you may read"
        raise InputError(path, [f"cannot be written: {said(error)}; {remedy}."]) from error
    try:
        wait(path, lambda: lock(folder))
        yield
    finally:
        os.close(folder)


def locking() -> Callable[[int], None]:
    """What locks an open folder, or raises BlockingIOError; nothing where the system has no such lock."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return lambda _: None
    return lambda folder: flock(folder, LOCK_EX | LOCK_NB)


def wait(path: Path, take: Callable[[], None]) -> None:
    """Take a lock as soon as it is free; raises InputError when that takes too long."""
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return take()
        except BlockingIOError as error:
            if time.monotonic() > end:
                told = "is being written by another program that does not end; end that one and try again."
                raise InputError(path, [told]) from error
            time.sleep(PAUSE_S)


def sweep(path: Path) -> None:
    """Remove temporary files of this diary whose writer was killed: they hold a patient's data."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}")
    for other in path.parent.iterdir():
        if name.fullmatch(other.name) and time.time() - other.lstat().st_mtime > LEFT_BEHIND_S:
            remove(other)
