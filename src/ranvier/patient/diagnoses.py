"""Whether a text that should tell what was seen names a disease instead."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from ranvier.evidence import read_toml
from ranvier.patient.entries import AnyEntry, Imaging, NeedleEMG, NerveConductionStudy
from ranvier.patient.problem import Place, Problem


@cache
def named() -> re.Pattern[str]:
    """What a text that is wholly the name of a disease looks like, with what may lead up to it."""
    table = read_toml(Path(__file__).with_name("diagnoses.toml"))
    leads, names = ("|".join(re.escape(plain(word)) for word in table[key]) for key in ("leads", "names"))
    return re.compile(rf"(?:(?:{leads}) )*(?:{names})")


def plain(text: str) -> str:
    """A text in small letters without accents and marks, its words one space apart."""
    letters = (each for each in normalize("NFKD", text.casefold()) if not combining(each))
    return " ".join(re.sub(r"[^\w]+", " ", "".join(letters)).split())


def is_diagnosis(text: str) -> bool:
    """Whether a text is the name of a disease and nothing else, or says 'consistent with' one."""
    return named().fullmatch(plain(text)) is not None


def diagnoses(entry: AnyEntry, place: Place) -> Iterator[Problem]:
    """Every finding of an entry that is a diagnosis."""
    for where, text in findings(entry, place):
        if is_diagnosis(text):
            yield Problem(
                where,
                f"'{text}' is a diagnosis, not a finding; enter what was seen, or a 'given diagnosis' entry",
            )


def findings(entry: AnyEntry, place: Place) -> Iterator[tuple[Place, str]]:
    """The texts of an entry that tell what was seen, each with its place."""
    if isinstance(entry, NeedleEMG):
        yield from (((*place, "muscles", n, "finding"), row.finding) for n, row in enumerate(entry.muscles))
    if isinstance(entry, NerveConductionStudy):
        yield from (((*place, "findings", n, "finding"), row.finding) for n, row in enumerate(entry.findings))
    if isinstance(entry, Imaging):
        yield (*place, "finding"), entry.finding
