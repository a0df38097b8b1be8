"""Blood and cerebrospinal fluid of a virtual person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import exp
from pathlib import Path
from typing import Literal

import numpy as np
from scipy.special import ndtri

from ranvier.body import Person
from ranvier.evidence.value import numbers_of
from ranvier.exam.session import Session
from ranvier.patient import Antibody, Laboratory

Tested = Literal["GM1", "GM1:GalC"]
TESTED: tuple[Tested, ...] = ("GM1", "GM1:GalC")
CLASSES = ("IgG", "IgM", "IgA")


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `labs.toml`."""
    return numbers_of(Path(__file__).with_name("labs.toml"))


@dataclass(frozen=True)
class Serology:
    """What a disease does to the laboratory: the healthy person's values where nothing is said.

    `positive`: chance of a positive IgM test per antigen, 0 to 1. Factors multiply CSF protein and CK.
    `m_protein`: a monoclonal protein that is there for certain. `inflammation`: chance of a raised
    sedimentation rate or C-reactive protein, `anca` of antibodies against neutrophils. Raises ValueError for
    a chance or factor out of its range.
    """

    positive: Mapping[Tested, float] = field(default_factory=dict[Tested, float])
    csf_protein_factor: float = 1.0
    ck_factor: float = 1.0
    m_protein: Literal["IgM", "IgG", "IgA"] | None = None
    inflammation: float | None = None
    anca: float | None = None

    def __post_init__(self) -> None:
        for antigen, chance in self.positive.items():
            if antigen not in TESTED or not 0 <= chance <= 1:
                raise ValueError(
                    f"serology: positive takes {' and '.join(TESTED)} with chances from 0 to 1, not "
                    f"{antigen!r}: {chance:g}."
                )
        for name, chance in (("inflammation", self.inflammation), ("anca", self.anca)):
            if chance is not None and not 0 <= chance <= 1:
                raise ValueError(f"serology: {name} must be a chance from 0 to 1, not {chance:g}.")
        if not (0 < self.csf_protein_factor < 100 and 0 < self.ck_factor < 1000):
            raise ValueError("serology: factors must be above 0 (CSF protein below 100, CK below 1000).")


HEALTHY = Serology()


def laboratory(session: Session, serology: Serology = HEALTHY, *, when: str = "unknown") -> Laboratory:
    """One set of laboratory values; they belong to the body and are the same in every session."""
    person, random = session.body.person, np.random.default_rng([session.body.seed, LABORATORY])
    csf, ck = numbers()["csf"], numbers()["ck"]
    antibodies = tested(serology, random)
    older = max(person.age_years - csf["age_from"], 0.0)
    protein = csf["protein"] * (1 + csf["age"] * older) * exp(csf["spread"] * random.standard_normal())
    found = inflamed(serology, session.body.seed)
    enzyme = ck[person.sex] * exp(ck["spread"] * random.standard_normal())
    return Laboratory(
        when=when,
        origin="simulated",
        source="simulated examination",
        antibodies=antibodies,
        csf_protein_g_l=round(protein * serology.csf_protein_factor, 2),
        csf_protein_upper_limit_g_l=csf["upper"],
        inflammation_markers="raised" if found["inflammation"] else "normal",
        anca="positive" if found["anca"] else "negative",
        csf_cells_per_ul=float(random.poisson(csf["cells"])),
        ck_u_l=float(round(enzyme * serology.ck_factor)),
        ck_upper_limit_u_l=ck[f"upper_{person.sex}"],
        m_protein=serology.m_protein or m_protein(person, random),
    )


LABORATORY, INFLAMED = 20, 21
"""Keep these random numbers apart from a body's others."""


def inflamed(serology: Serology, seed: int) -> dict[str, bool]:
    """Whether markers of inflammation are raised and antibodies against neutrophils found."""
    drawn = np.random.default_rng([seed, INFLAMED]).random(2)
    table = numbers()["inflammation"]
    asked = {"inflammation": serology.inflammation, "anca": serology.anca}
    chances = {name: table[name] if chance is None else chance for name, chance in asked.items()}
    return {name: bool(x < chances[name]) for name, x in zip(chances, drawn, strict=True)}


def tested(serology: Serology, random: np.random.Generator) -> tuple[Antibody, ...]:
    """Each IgM test: positive where a normal variable, shared in part by both, lies above its cut-off."""
    table = numbers()["antibody"]
    shared, together = float(random.standard_normal()), table["positive both"]
    found: list[Antibody] = []
    for antigen in TESTED:
        chance = serology.positive.get(antigen, table[antigen] / 100)
        own = together**0.5 * shared + (1 - together) ** 0.5 * float(random.standard_normal())
        positive = own > float(ndtri(1 - chance))
        found.append(Antibody(antigen=antigen, isotype="IgM", result="positive" if positive else "negative"))
    return tuple(found)


def m_protein(person: Person, random: np.random.Generator) -> Literal["none", "IgM", "IgG", "IgA"]:
    """A monoclonal protein, more often with age; younger people than 50 have them in proportion to age."""
    table = numbers()["m_protein"]
    shares = (0.0, table["at_50"], table["at_70"], table["at_85"])
    chance = float(np.interp(person.age_years, (18.0, 50.0, 70.0, 85.0), shares)) / 100
    if random.random() >= chance:
        return "none"
    return str(random.choice(CLASSES, p=[table[each] for each in CLASSES]))  # type: ignore[return-value]
