"""Illnesses with attacks put where a test wants them."""

from dataclasses import replace

from ranvier.anatomy.course import course
from ranvier.body import Body
from ranvier.disease.attack import Attack, patches
from ranvier.disease.description import disease
from ranvier.disease.illness import Illness, fall_ill
from ranvier.disease.places import Place
from ranvier.disease.present import body_at
from ranvier.exam.examination import conducted
from ranvier.exam.items import MotorItem
from ranvier.exam.motor import Recording
from ranvier.exam.session import Session


def attacked(name: str, *where: tuple[str, str, str, float], seed: int = 5, **changes) -> Illness:
    """A patient with foci in the middle between two sites of nerves of the right arm or leg, and no others.

    `where`: nerve, upper site, lower site, begin in years; `changes`: of the dose, or `injury`, `height`.
    """
    illness = fall_ill(name, seed, sex="male", age_years=45, height_cm=178)
    injury = changes.pop("injury", disease(name).foci[0].injury)
    height = changes.pop("height", 2.6)
    rule = {"between": 0.0, "muscle_between": 0.0, **changes}
    dose = replace(disease(name).foci[0].dose, **rule)
    found = []
    for n, (nerve, above, below, begins) in enumerate(where):
        way = course(nerve, 178)
        middle = Place("right", nerve, (way.at(above) + way.at(below)) / 2, f"{nerve} {above}")
        for m, place in enumerate(patches(middle, dose)):
            found.append(Attack(place, injury, begins, height, int(dose.nodes), dose, 100 + 10 * n + m))
    return replace(illness, attacks=tuple(sorted(found, key=lambda each: each.begins)))


def at(illness: Illness, years: float) -> Body:
    """The body of an illness at a time, with lesions read off the response surface."""
    (stage,) = illness.stages([years])
    return replace(body_at(illness, stage), by="surface")


def motor(body: Body, nerve: str, muscle: str, *sites: str, side="right"):
    """A quiet motor study with its markers, by site."""
    recording = Recording.of(Session(body, 1, quiet=True), side, nerve, muscle)
    study = conducted(recording, MotorItem(nerve, (side,), muscle=muscle, sites=sites))
    return {row.site: row for row in study.sites}


def drop(study, proximal: str, distal: str, what: str = "area_mv_ms") -> float:
    """How much smaller the upper response is, percent."""
    return 100 * (1 - getattr(study[proximal], what) / getattr(study[distal], what))
