"""One patient as a `Treated` with numbers that are not known, each in SDs from the typical patient."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ranvier.forecast.unknowns import Unknown, kind, of_measure, personal, tables
from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.kinetics import Disposition, typical

Array = NDArray[np.float64]
IGG = "IgG"


@dataclass(frozen=True)
class Model:
    """What is known of a patient before the readings: the weight, and what measures of strength there are."""

    measures: tuple[str, ...]
    weight_kg: float

    @cached_property
    def known(self) -> tuple[Unknown, ...]:
        """The numbers that do not differ between patients, or are not fitted."""
        return tuple(each for each in self.every if each.between == 0)

    @cached_property
    def unknowns(self) -> tuple[Unknown, ...]:
        """The numbers that are fitted, in the order of the columns of `steps`."""
        return tuple(each for each in self.every if each.between > 0)

    @cached_property
    def every(self) -> tuple[Unknown, ...]:
        """All numbers of the person and of each measure."""
        of_measures = (one for name in self.measures for one in of_measure(name))
        return tuple({each.name: each for each in (*personal(self.weight_kg), *of_measures)}.values())

    def column(self, name: str) -> int | None:
        """The column of a number in `steps`; None where it is not fitted."""
        names = [each.name for each in self.unknowns]
        return names.index(name) if name in names else None

    @cached_property
    def together(self) -> tuple[tuple[list[int], float], ...]:
        """The columns of `whole` of both hands of a device, and the correlation between them."""
        found: list[tuple[list[int], float]] = []
        for device in dict.fromkeys(kind(name) or "" for name in self.measures):
            wholes = [self.column(f"{name} whole") for name in self.measures if kind(name) == device]
            group = [column for column in wholes if column is not None]
            if len(group) > 1 and device.startswith(("grip", "pinch")):
                found.append((group, tables()[device]["whole_together"]))
        return tuple(found)

    def person(self, steps: Array) -> "Person":
        """B persons (or draws of one) from steps (B, K), in SDs from the typical patient."""
        count = len(steps)
        values = {each.name: np.full(count, each.typical) for each in self.known}
        values |= {each.name: each.at(steps[:, n]) for n, each in enumerate(self.unknowns)}
        return Person(self, values)


@dataclass(frozen=True, eq=False)
class Person:
    """B persons, or draws of one, by the name of each number."""

    model: Model
    values: dict[str, Array]

    @cached_property
    def treated(self) -> Treated:
        """As the type that every part of treatment works on."""
        here = self.values
        usual = typical(self.model.weight_kg, len(here["clearance"]))
        own = Disposition(
            here["clearance"], here["central"],
            usual.exchange, usual.peripheral, usual.absorption, usual.bioavailable,
        )  # fmt: skip
        return Treated(
            disposition=own,
            own_g_l=here["own IgG"],
            most=here["most"],
            half_g_l=here["half"],
            turnover_per_day=here["turnover"],
            decline_per_year=here["decline"],
            hands={name: self.hand(name) for name in self.model.measures},
        )

    def hand(self, measure: str) -> Hand:
        """How one measure follows the attack."""
        return Hand(*(self.values[f"{measure} {part}"] for part in ("whole", "least", "depth", "width")))

    def drift(self, measure: str, years: Array) -> Array:
        """What a measure has changed by of its own (B, N), a factor, some years after its middle reading."""
        return np.exp(self.values[f"{measure} trend"][:, None] * years)

    def practice(self, measure: str, before: Array) -> Array:
        """The share of its level that a reading shows (B, N) after so many readings before it."""
        device = kind(measure)
        if f"{device} gain" not in self.values:
            return np.ones((len(self.values["most"]), len(before)))
        gain, number = (self.values[f"{device} {part}"][:, None] for part in ("gain", "practised"))
        return 1 - np.minimum(gain, 1.0) * np.exp(-before / number)

    def scatter(self, measure: str, level: Array) -> Array:
        """The SD (B, N) of one reading about its level (B, N)."""
        if measure == IGG:
            return tables()["reading"]["igg_noise"] * level
        floor = tables()[kind(measure) or ""]["floor"]
        return np.sqrt((self.values[f"{measure} noise"][:, None] * level) ** 2 + floor**2)


def model(measures: Iterable[str], weight_kg: float) -> Model:
    """A model of the measures that a table describes."""
    return Model(tuple(name for name in measures if kind(name)), weight_kg)
