"""Who takes part in a virtual trial: a patient of the library, with kinetics and effect drawn beside it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.virtual_hands import ATTACK, LIVED, Library, shipped
from ranvier.treatment.effect.attack import followed, held_back
from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.effect.population import Rules, numbers, people
from ranvier.treatment.effect.treated import DAYS_PER_YEAR, Treated
from ranvier.treatment.kinetics import Disposition, Doses, concentration

Array = NDArray[np.float64]
Picked = NDArray[np.int64]
DAYS_PER_MONTH = DAYS_PER_YEAR / 12
UNTREATED = int(np.flatnonzero(ATTACK == 1.0)[0])


@dataclass(frozen=True, eq=False)
class Persons:
    """P persons of one weight. `who`: which patient of the library each is; `worse`: the more affected hand.

    `noise`: the spread of one reading of the grip, as a share of it; `noise_kg`: what it is at least.
    """

    library: Library
    treated: Treated
    who: Picked
    worse: Picked
    noise: Array
    noise_kg: float
    weight_kg: float
    random: np.random.Generator

    def __len__(self) -> int:
        return len(self.who)

    def only(self, which: NDArray[np.bool_]) -> "Persons":
        """Those of them whom a mask (P,) names."""
        own = self.treated
        fewer = Treated(
            Disposition(*(values[which] for values in vars(own.disposition).values())),
            own.own_g_l[which], own.most[which], own.half_g_l[which],
            own.turnover_per_day[which], own.decline_per_year[which],
            {name: Hand(*(each[which] for each in vars(hand).values())) for name, hand in own.hands.items()},
        )  # fmt: skip
        noise = self.noise[which]
        return replace(self, treated=fewer, who=self.who[which], worse=self.worse[which], noise=noise)

    def attack(self, doses: Doses, days: Array, share: Array | None = None) -> Array:
        """The attack factor (P, T) under doses in grams per kg, of which each person gets `share` (P,)."""
        above = concentration(self.treated.disposition, doses, days) * self.weight_kg
        if share is not None:
            above *= share[:, None]
        own = self.treated
        return followed(held_back(above, own.most, own.half_g_l), days, own.turnover_per_day)

    def read(self, name: str, attack: Array, days_on: Array, lived: Array | None = None) -> Array:
        """A measure of the library (P, T, ...) at attack factors (P, T), `days_on` (T,) from the start.

        The natural course: what a year at the full attack and at a part of it would change, in proportion
        to the time and to the mean attack `lived` (P, T) since the start (1 if not given).
        """
        table, place, part = self.library.measures[name], *between(attack)
        now, full, less = (along(table, self.who, look, place, part) for look in range(3))
        had = np.ones_like(attack) if lived is None else lived
        weight = wide((had - LIVED[1]) / (LIVED[0] - LIVED[1]), now)
        years = wide(np.broadcast_to(np.maximum(days_on, 0.0) / DAYS_PER_YEAR, attack.shape), now)
        return np.maximum(now + years * (weight * full + (1 - weight) * less - now), 0.0)

    def grip_kg(self, attack: Array, days_on: Array, lived: Array | None = None) -> Array:
        """The true grip of the more affected hand (P, T)."""
        shares = self.read("grip", attack, days_on, lived)
        own = np.take_along_axis(shares, self.worse[:, None, None], axis=2)[..., 0]
        return own * self.library.healthy_kg[self.who, self.worse][:, None]

    def felt(self, true: Array) -> Array:
        """What the patient makes of a true grip (P, T) in daily life: as the reading, without its floor."""
        return true * np.maximum(1 + self.noise[:, None] * self.random.standard_normal(true.shape), 0.0)

    def reading(self, true: Array) -> Array:
        """What one session reads of a true grip (P, T)."""
        spread = np.hypot(self.noise[:, None] * true, self.noise_kg)
        return np.maximum(true + spread * self.random.standard_normal(true.shape), 0.0)


def persons(
    count: int, seed: int, weight_kg: float, weaker_below: float, rules: Rules | None = None
) -> Persons:
    """Persons whose more affected hand has, untreated, less than `weaker_below` of its healthy grip."""
    library, known = shipped(), rules or numbers()
    random = np.random.default_rng(seed)
    untreated = library.measures["grip"][:, 0, UNTREATED]
    able = np.flatnonzero(untreated.min(axis=1) < weaker_below)
    who = random.choice(able, count)
    kg = untreated[who] * library.healthy_kg[who]
    spread = known["grip"]["noise_between"] * random.standard_normal(count)
    treated = people(random, count, weight_kg, rules)
    noise = known["grip"]["noise"] * np.exp(spread)
    least = known["grip"]["noise_kg"]
    return Persons(library, treated, who, np.argmin(kg, axis=1), noise, least, weight_kg, random)


def between(attack: Array) -> tuple[Picked, Array]:
    """Between which factors of the library an attack lies (the lower one), and how far, on the logarithm."""
    log, grid = np.log(np.maximum(attack, ATTACK[0])), np.log(ATTACK)
    place = np.clip(np.searchsorted(grid, log, side="right") - 1, 0, len(grid) - 2)
    return place, np.clip((log - grid[place]) / (grid[place + 1] - grid[place]), 0.0, 1.0)


def along(table: Array, who: Picked, look: int, place: Picked, part: Array) -> Array:
    """The table of each person at one look, between factors (P, T, ...)."""
    low = table[who[:, None], look, place]
    high = table[who[:, None], look, place + 1]
    return low + wide(part, low) * (high - low)


def wide(values: Array, like: Array) -> Array:
    """Values (P, T) with the axes that `like` has beyond these."""
    return values.reshape(values.shape + (1,) * (like.ndim - values.ndim))


def mean_lived(attack: Array, days: Array, start: float) -> Array:
    """The mean attack (P, T) since a day; 1 up to it."""
    steps = np.where(days > start, np.diff(days, prepend=days[0]), 0.0)
    since = np.maximum(days - start, 0.0)
    total = np.cumsum(attack * steps, axis=1)
    return np.where(since > 0, total / np.where(since > 0, since, 1.0), 1.0)


def infusions(
    begin: Array, grams_per_kg: float, over_days: float, depot: bool = False, gain: float = 1.0
) -> Doses:
    """Equal doses that begin on these days, in grams per kg."""
    count = len(begin)
    return Doses(
        day=np.asarray(begin, float),
        grams=np.full(count, grams_per_kg),
        days_long=np.full(count, 0.0 if depot else over_days),
        depot=np.full(count, depot),
        gain=np.full(count, gain),
    )
