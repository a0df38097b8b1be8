"""Attacks on places of nerves, and how much each axon suffers from them.

The dose D of a focus is the rate of attack over the rate of repair at its nodes. It rises to its height with
a time constant and, where the disease allows, fades again. A node's severity is the balance of both,

    s = D x / (1 + D x),

with x the axon's own susceptibility (log-normal between axons and between the fascicles of muscles). Whatever
lowers the attack, such as a drug, lowers D: `relief` multiplies it, and the rest follows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import exp

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side
from ranvier.body import Person
from ranvier.body.healthy import stream
from ranvier.disease.description import Dose, Foci
from ranvier.disease.places import Place, first_side, other, place

Array = NDArray[np.float64]
Relief = Callable[[float], float]
"""The factor on the dose of every focus at a time, years after the first symptom; 1 without treatment."""
HORIZON_YEARS = 60.0
LEAST_NODES = 3


@dataclass(frozen=True)
class Attack:
    """A focus of disease in one place: when it begins (years after the first symptom), how strong, how long.

    `height`: the dose at its height, before fading. `seed` names it, for what is drawn per axon. `relief`:
    what treatment makes of the dose; None where there is none.
    """

    place: Place
    injury: str
    begins: float
    height: float
    nodes: int
    dose: Dose
    seed: int
    relief: Relief | None = None

    def at(self, years: float) -> float:
        """The dose at a time."""
        since = years - self.begins
        if since <= 0:
            return 0.0
        risen = 1 - exp(-since / self.dose.rise_years)
        faded = exp(-since / self.dose.fade_years) if self.dose.fade_years else 1.0
        full = self.height * risen * faded
        return full * self.relief(years) if self.relief else full


def attacks(foci: Foci, person: Person, seed: int, number: int) -> tuple[Attack, ...]:
    """Every attack of one kind that a person will ever have, in order of time.

    `number`: which of the disease's kinds it is. Attacks follow each other as a Poisson process; people
    differ in its rate. The first lies in `first_side`, and others there with the chance `same_side`.
    """
    random = stream(seed, "attacks", str(number))
    first = first_side(seed)
    found: list[Attack] = []
    for begins in times(foci, random):
        side = first if not found or random.random() < foci.when.same_side else other(first)
        found += focus(foci, person, side, begins, random)
    return tuple(sorted(found, key=lambda attack: attack.begins))


def times(foci: Foci, random: np.random.Generator) -> Iterator[float]:
    """When attacks begin: the first together, then one after the other."""
    when = foci.when
    count = max(1, int(random.poisson(when.first - 1)) + 1) if when.first >= 1 else 0
    for n in range(count):
        yield -when.before_years + (when.within_years * float(random.random()) if n else 0.0)
    rate = when.per_year * exp(
        when.per_year_between * random.standard_normal() - when.per_year_between**2 / 2
    )
    now = 0.0
    while rate > 0:
        now += float(random.exponential(1 / rate))
        if now > min(when.lasts_years, HORIZON_YEARS):
            return
        yield now


def focus(
    foci: Foci, person: Person, side: Side, begins: float, random: np.random.Generator
) -> Iterator[Attack]:
    """One attack, and its mirror image where the disease strikes both sides alike."""
    names, dose = list(foci.where), foci.dose
    share = np.array([foci.where[name] for name in names])
    segment = names[int(random.choice(len(names), p=share / share.sum()))]
    height = dose.height * exp(dose.between * random.standard_normal() - dose.between**2 / 2)
    both = random.random() < foci.when.mirrored
    for each in (side, other(side)) if both else (side,):
        middle = place(segment, each, person.height_cm, random)
        for where in patches(middle, dose):
            nodes = max(LEAST_NODES, int(random.poisson(dose.nodes)))
            seed = int(random.integers(2**31))
            yield Attack(where, foci.injury, begins, height, nodes, dose, seed)


def patches(middle: Place, dose: Dose) -> Iterator[Place]:
    """The places of a focus: one, or several in a row about its middle."""
    count = max(int(dose.patches), 1)
    for n in range(count):
        mm = middle.mm + (n - (count - 1) / 2) * dose.patch_mm
        yield replace(middle, mm=max(mm, 0.0))


def susceptibility(attack: Attack, name: str, count: int) -> Array:
    """How much more or less than the mean each axon of a muscle or sensory nerve suffers (N,).

    The fascicle of the muscle first, then its axons: a focus need not fill the nerve.
    """
    random = stream(attack.seed, name)
    dose = attack.dose
    fascicle = dose.muscle_between * random.standard_normal()
    return np.exp(fascicle + dose.axon_between * random.standard_normal(count))


def severity(dose: float | Array, susceptible: Array) -> Array:
    """The balance of attack and repair at the nodes, 0 (healthy) to 1."""
    return dose * susceptible / (1 + dose * susceptible)
