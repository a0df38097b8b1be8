"""The illness of one person: all that will happen, without treatment or under it, followed step by step.

Everything random is drawn from the seed before the first step, each thing from a stream of its own, so that
the same seed is the same patient whatever is asked of it, in whatever order and by however many workers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import inf

import numpy as np

from ranvier.body import Body
from ranvier.disease.attack import Attack, Relief, attacks
from ranvier.disease.axons import Exposure, Fate, outlived
from ranvier.disease.description import Disease, disease
from ranvier.disease.exposed import Key, Roots, motor_exposures, roots, sensory_exposures
from ranvier.disease.immune import Immune, immune, serology
from ranvier.disease.neurons import Decline, decline
from ranvier.disease.person import body, person
from ranvier.disease.reinnervation import Muscle, cared_for
from ranvier.disease.varied import varied
from ranvier.exam.labs import Serology
from ranvier.nerve.injury import injuries

STEP_YEARS = 1 / 6


@dataclass(frozen=True, eq=False)
class Stage:
    """How things stand at a time: the fate of the axons of each supply, and the fibres of each muscle."""

    years: float
    motor: Mapping[Key, Fate]
    sensory: Mapping[Key, Fate]
    muscles: Mapping[Key, Muscle]


@dataclass(frozen=True, eq=False)
class Illness:
    """One person with one disease. `healthy` is the body before it; years count from the first symptom."""

    disease: Disease
    seed: int
    healthy: Body
    attacks: tuple[Attack, ...]
    decline: Decline | None
    immune: Immune

    @property
    def serology(self) -> Serology:
        """What the laboratory will find."""
        return serology(self.disease, self.immune, self.seed)

    @property
    def ends(self) -> float:
        """Years after the first symptom at which the patient dies of the disease; infinite for most."""
        return self.decline.breathes_until if self.decline else inf

    @cached_property
    def roots(self) -> Roots:
        """The root of each axon of each muscle."""
        return roots(self.healthy, self.seed)

    @cached_property
    def motor(self) -> dict[Key, Exposure]:
        """What the motor axons of each muscle are exposed to."""
        return motor_exposures(self.healthy, self.attacks, self.roots, self.seed)

    @cached_property
    def sensory(self) -> dict[Key, Exposure]:
        """What the axons of each sensory nerve are exposed to."""
        return sensory_exposures(self.healthy, self.attacks, self.seed)

    def stages(self, times: Sequence[float]) -> Iterator[Stage]:
        """How things stand at each of these times; raises ValueError if they run backwards."""
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise ValueError("visits must follow each other in time.")
        now = self.beginning()
        for years in times:
            while now.years < years:
                now = self.step(now, min(now.years + STEP_YEARS, years))
            yield replace(now, years=years)

    def beginning(self) -> Stage:
        """Before anything has happened."""
        begins = [attack.begins for attack in self.attacks[:1]]
        if self.decline:
            begins.append(-self.decline.rule.before_years)
        return Stage(
            min([*begins, 0.0]),
            {key: Fate.healthy(len(each.endurance)) for key, each in self.motor.items()},
            {key: Fate.healthy(len(each.endurance)) for key, each in self.sensory.items()},
            {key: Muscle(supply.pool.fibres, 0.0) for key, supply in self.healthy.motor.items()},
        )

    def step(self, now: Stage, end: float) -> Stage:
        """One step on; supplies that nothing has reached stay as they are."""
        motor, sensory, muscles = dict(now.motor), dict(now.sensory), dict(now.muscles)
        for key, exposure in self.motor.items():
            if not (self.decline or exposure.begun(end)):
                continue
            neuron = np.zeros(len(exposure.endurance))
            if self.decline:
                neuron = self.decline.gained(*key, self.roots[key], now.years, end)
            motor[key] = outlived(now.motor[key], exposure, neuron, now.years, end)
            born = self.healthy.motor[key].pool.fibres
            muscles[key] = cared_for(now.muscles[key], born, motor[key], exposure, now.years, end)
        for key, exposure in self.sensory.items():
            if exposure.begun(end):
                spared = np.zeros(len(exposure.endurance))
                sensory[key] = outlived(now.sensory[key], exposure, spared, now.years, end)
        return Stage(end, motor, sensory, muscles)


def fall_ill(
    name: str,
    seed: int,
    *,
    sex: str | None = None,
    age_years: float | None = None,
    height_cm: float | None = None,
    hypothesis: str | None = None,
    spread: float = 0.0,
    relief: Relief | None = None,
) -> Illness:
    """A person who falls ill with a disease; what is not given is drawn.

    `hypothesis`: another injury in place of the disease's first, such as `sodium` in MMN. `spread`: how far
    this patient's disease departs from its description (see `varied`). `relief`: what treatment makes of
    every attack, by the years after the first symptom; who falls ill and where does not depend on it. Raises
    UnknownNameError for a disease
    that is not there, ValueError for an impossible person, seed or spread.
    """
    if seed < 0:
        raise ValueError(f"seed must be 0 or more, not {seed}.")
    known = under(disease(name), hypothesis) if hypothesis else disease(name)
    known = varied(known, seed, spread)
    who, own = person(known, seed, sex=sex, age_years=age_years, height_cm=height_cm), immune(seed)
    strength = own.strength(known)
    found = [
        replace(attack, height=attack.height * strength, relief=relief)
        for number, foci in enumerate(known.foci)
        for attack in attacks(foci, who, seed, number)
    ]
    found.sort(key=lambda attack: attack.begins)
    lost = decline(known.neurons, seed) if known.neurons else None
    return Illness(known, seed, body(known, who, seed), tuple(found), lost, own)


def under(known: Disease, hypothesis: str) -> Disease:
    """The disease with its first injury replaced; raises ValueError for an unknown one."""
    if hypothesis not in injuries():
        raise ValueError(f"hypothesis must be one of {', '.join(injuries())}, not {hypothesis!r}.")
    if not known.foci:
        raise ValueError(f"hypothesis: {known.name} injures no place of a nerve; leave it out.")
    main = known.foci[0].injury
    changed = (replace(each, injury=hypothesis) if each.injury == main else each for each in known.foci)
    return replace(known, foci=tuple(changed))
