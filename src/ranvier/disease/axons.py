"""What becomes of each axon: how long it endures what is done to it, when it is lost, and when it grows back.

An axon gathers burden at a rate that depends on the severity at its foci, B' = sum loss s^power, and on the
state of its neuron; it is lost when B passes its own endurance, an exponential variable. Lost means
cut at the worst place: nothing from above passes, and after some days its distal stump no longer answers.
"""

from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.disease.attack import Attack, severity
from ranvier.evidence.value import numbers_of
from ranvier.nerve.injury import injuries

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
DAYS = 365.25
POINT_DAYS = 3.0
"""Treatment is looked at so often; no multiple of a week, or doses given weekly would hide between."""
CUT = "cut"


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `axons.toml`."""
    return numbers_of(Path(__file__).with_name("axons.toml"))


@dataclass(frozen=True, eq=False)
class Exposure:
    """What the N axons of one supply are exposed to.

    `susceptible` (N, F): to each of F attacks, 0 for an axon that does not run there; of an attack that cuts,
    1 for the axons it cuts. `share`: of the dose that reaches this kind of axon. `length_mm`: to the muscle
    or to the recording electrode.
    """

    attacks: tuple[Attack, ...]
    susceptible: Array
    endurance: Array
    stump_years: Array
    grows_back: Array
    share: Array
    length_mm: float

    @cached_property
    def begins(self) -> Array:
        """When each attack begins (F,), in order."""
        return np.array([a.begins for a in self.attacks])

    @cached_property
    def cuts(self) -> Mask:
        """Which attacks cut axons through (F,)."""
        return np.array([injuries()[a.injury].severs for a in self.attacks], bool)

    @cached_property
    def loss(self) -> tuple[Array, Array]:
        """Hazard at full severity, per year, and its power, of each focus (F,)."""
        return (
            np.array([a.dose.loss_per_year for a in self.attacks]),
            np.array([a.dose.loss_power for a in self.attacks]),
        )

    def begun(self, years: float) -> int:
        """How many attacks have begun by a time."""
        return int(np.searchsorted(self.begins, years))

    def severities(self, years: float) -> Array:
        """Severity at each focus that has begun (N, begun); those that cut have none."""
        count = self.begun(years)
        doses = np.array([attack.at(years) for attack in self.attacks[:count]]) * ~self.cuts[:count]
        return severity(doses * self.share[:count], self.susceptible[:, :count])

    def cut_between(self, begin: float, end: float) -> Mask:
        """Which axons an attack cuts between two times, at which focus that has begun (N, begun)."""
        count = self.begun(end)
        due = self.cuts[:count] & (self.begins[:count] >= begin)
        return (self.susceptible[:, :count] > 0) & due

    def hurt(self, years: float, count: int) -> Array:
        """The rate at which each of the first `count` foci burdens each axon, per year (N, count)."""
        rate, power = self.loss
        severities = self.severities(years)
        hurt = np.zeros((len(self.endurance), count))
        begun = min(severities.shape[1], count)
        hurt[:, :begun] = rate[:begun] * severities[:, :begun] ** power[:begun]
        return hurt

    def burdened(self, begin: float, end: float, count: int) -> Array:
        """What each of the first `count` foci burdens each axon with between two times (N, count).

        Without relief the middle stands for the step. Relief rises and falls within weeks, so that under it
        the rate is the mean over the step.
        """
        middle, long = (begin + end) / 2, end - begin
        relief = next((attack.relief for attack in self.attacks if attack.relief), None)
        times = within(begin, end) if relief else []
        if relief is None or all(relief(years) == 1.0 for years in times):
            return self.hurt(middle, count) * long
        return np.mean([self.hurt(years, count) for years in times], axis=0) * long


@dataclass(frozen=True, eq=False)
class Fate:
    """What has become of N axons: when each was lost and came back, years (infinite: not), and where cut."""

    burden: Array
    lost: Array
    cut_mm: Array
    back: Array

    @classmethod
    def healthy(cls, count: int) -> "Fate":
        """Nothing has happened yet."""
        never = np.full(count, np.inf)
        return cls(np.zeros(count), never, np.zeros(count), never.copy())

    def cut(self, years: float) -> Mask:
        """Which axons bring nothing past their cut at a time."""
        return (self.lost <= years) & (years < self.back)

    def gone(self, years: float, exposure: Exposure) -> Mask:
        """Which axons have no living stump either."""
        return (self.lost + exposure.stump_years <= years) & (years < self.back)


def outlived(fate: Fate, exposure: Exposure, neuron: Array, begin: float, end: float) -> Fate:
    """The fate one step on; `neuron` (N,) is the burden its neuron adds in this step."""
    cut = exposure.cut_between(begin, end)
    foci = exposure.burdened(begin, end, cut.shape[1])
    alive = ~fate.cut(end)
    burden = np.where(alive, fate.burden + foci.sum(axis=1) + neuron, fate.burden)
    severed = cut.any(axis=1)
    now = alive & ((burden >= exposure.endurance) | severed)
    if not now.any():
        return replace(fate, burden=burden)
    worst = np.argmax(np.column_stack([np.where(cut, np.inf, foci), neuron]), axis=1)
    places = np.array([a.place.mm for a in exposure.attacks[: cut.shape[1]]] + [numbers()["neuron"]["at_mm"]])
    began = np.min(np.where(cut, exposure.begins[: cut.shape[1]], np.inf), axis=1, initial=np.inf)
    cut_mm = np.where(now, places[worst], fate.cut_mm)
    back = np.where(worst < cut.shape[1], returns(exposure, cut_mm, end), np.inf)
    return Fate(
        burden=np.where(now, 0.0, burden),
        lost=np.where(now, np.where(severed, began, end), fate.lost),
        cut_mm=cut_mm,
        back=np.where(now, back, fate.back),
    )


def within(begin: float, end: float) -> list[float]:
    """The middles of equal parts of a step, each no longer than `POINT_DAYS`."""
    count = max(ceil((end - begin) * DAYS / POINT_DAYS), 1)
    return [begin + (end - begin) * (n + 0.5) / count for n in range(count)]


def returns(exposure: Exposure, cut_mm: Array, years: float) -> Array:
    """When axons cut at these places would be back at the muscle; infinite for those that fail.

    They grow at a constant pace and succeed with a chance that falls with the distance. An axon whose neuron
    has died does not grow.
    """
    rule = numbers()["regrowth"]
    way = np.maximum(exposure.length_mm - cut_mm, 0.0)
    arrive = years + (rule["delay"] + way / rule["mm_per_day"]) / DAYS
    chance = rule["succeeds"] * np.exp(-way / rule["within_mm"])
    return np.where(exposure.grows_back < chance, arrive, np.inf)
