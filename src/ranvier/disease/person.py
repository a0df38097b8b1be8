"""Who falls ill: sex, age at the first symptom and height, and the healthy body the disease meets."""

from functools import cache
from pathlib import Path

import numpy as np

from ranvier.anatomy import SIDES
from ranvier.body import Body, Person, healthy
from ranvier.body.healthy import martin_gruber, stream
from ranvier.disease.description import Disease
from ranvier.evidence.value import numbers_of

LEAST_UNITS = 200
MOST_TRIES = 1000


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `person.toml`."""
    return numbers_of(Path(__file__).with_name("person.toml"))


def person(
    disease: Disease,
    seed: int,
    *,
    sex: str | None = None,
    age_years: float | None = None,
    height_cm: float | None = None,
) -> Person:
    """A person with the disease; what is given is not drawn. Raises ValueError for an impossible one."""
    random, onset, tall = stream(seed, "person"), disease.onset, numbers()["height"]
    own = ("male" if random.random() < onset.male else "female") if sex is None else sex
    drawn = onset.mean + onset.sd * random.standard_normal()
    while not onset.youngest <= drawn <= onset.oldest:
        drawn = onset.mean + onset.sd * random.standard_normal()
    size = float(np.clip(random.standard_normal(), -tall["furthest"], tall["furthest"]))
    height = tall.get(own, 0.0) + tall.get(f"{own}_sd", 0.0) * size if height_cm is None else height_cm
    return Person(own, float(drawn) if age_years is None else age_years, height)  # type: ignore[arg-type]


def body(disease: Disease, who: Person, seed: int) -> Body:
    """The body before the disease. A disease of people with crossing fibres meets one who has them."""
    own = seed
    if stream(seed, "crossing").random() < disease.beside.crossing:
        own = next(each for each in range(seed, seed + MOST_TRIES) if crosses(who, each))
    return healthy(who.sex, who.age_years, who.height_cm, own)


def crosses(who: Person, seed: int) -> bool:
    """Whether axons of a hand muscle of this person cross in the forearm."""
    return any(
        martin_gruber(who, side, muscle, LEAST_UNITS, seed) is not None
        for side in SIDES
        for muscle in ("ADM", "FDI")
    )
