"""IgG that clears faster the more there is of it: own and given compete for one receptor.

All IgG is taken up from the blood at a clearance U; the receptor FcRn hands back the share
most half / (half + C) of it, C being total IgG in the central compartment, and the rest is broken down:

    clearance(C) = U (1 - (1 - blocked) most half / (half + C)).

What is handed back is a flux of Michaelis's form, U most half C / (half + C). Own IgG is made at the constant
rate that keeps the own level without treatment; given IgG shares distribution and fate. So a low own level
with small doses clears slowly, a normal one with large doses fast, immunoglobulin lowers the own IgG, and a
blocker of the receptor lowers both. Numbers in `saturable.toml`; form after Kim 2007 and Valenzuela 2025.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ranvier.evidence.value import numbers_of
from ranvier.treatment.kinetics.disposition import Disposition
from ranvier.treatment.kinetics.doses import Doses, events
from ranvier.treatment.kinetics.published import USUAL, published
from ranvier.treatment.kinetics.small_steps import stepped

Array = NDArray[np.float64]
STEP_DAYS = 0.125  # a quarter of it changes levels by less than 1e-6


@dataclass(frozen=True, eq=False)
class Blocked:
    """The share of the receptor that a blocker holds, (B,), at ascending days (B,); linear between them."""

    day: Array
    share: Array


@dataclass(frozen=True, eq=False)
class Levels:
    """IgG in the blood, g/L, each (P, T): the patient's own and what was given."""

    own: Array
    given: Array

    @property
    def total(self) -> Array:
        """What a laboratory measures."""
        return self.own + self.given


@dataclass(frozen=True, eq=False)
class Saturable:
    """P persons, each array (P,).

    `uptake` L/day, `most` a share, `half` g/L as in the module's equation; `own_g_l` the level without
    treatment; `body`: volumes, exchange and absorption (its clearance is not used).
    """

    uptake: Array
    most: Array
    half: Array
    own_g_l: Array
    body: Disposition

    def clearance(self, igg_g_l: Array, blocked: float = 0.0) -> Array:
        """Litres a day (P,) at a total level (P,)."""
        return self.uptake * (1 - (1 - blocked) * self.most * self.half / (self.half + igg_g_l))

    @property
    def made_g_day(self) -> Array:
        """Own IgG made, grams a day (P,): what the own level loses."""
        return self.clearance(self.own_g_l) * self.own_g_l

    def levels(
        self, doses: Doses, days: Array, blocked: Blocked | None = None, step_days: float = STEP_DAYS
    ) -> Levels:
        """Own and given IgG at times `days` (T,), untreated before the first dose or the blocker's first day.

        Fourth-order Runge-Kutta in steps of at most `step_days`. Raises ValueError for a dose under the
        skin of somebody whose absorption is unknown.
        """
        asked, share = np.asarray(days, float), blocked or Blocked(np.zeros(1), np.zeros(1))
        first = [share.day[:1]] if blocked else []
        begin = np.concatenate([doses.day, asked, *first]).min() if len(asked) else 0.0
        line = events(doses, asked, float(begin))
        if line.skin.shape[1] and not np.all(self.body.absorption > 0):
            raise ValueError("absorption: unknown for this person; give doses into a vein or an absorption.")
        own, given = np.zeros((2, len(self.own_g_l), len(asked)))
        grid = (line.gaps, line.vein, padded(line.skin, line.vein), line.shown)
        stepped(self.constants(), grid, (share.day, share.share), float(begin), step_days, own, given)
        return Levels(own, given)

    def constants(self) -> Array:
        """What the steps need of each person (P, 10)."""
        body = self.body
        reach, into = np.nan_to_num(body.bioavailable), np.nan_to_num(body.absorption)
        rows = (self.uptake, self.most, self.half, self.own_g_l, self.made_g_day)
        return np.column_stack((*rows, body.central, body.exchange, body.peripheral, into, reach))


def padded(skin: Array, vein: Array) -> Array:
    """Grams under the skin in columns, also where there are none."""
    return skin if skin.shape[1] else np.zeros_like(vein)


def saturable(own_g_l: float, weight_kg: float | None = None, count: int = 1) -> Saturable:
    """A person with this own level and weight, `count` times: nothing else differs between diseases."""
    rule, model = numbers(), published(USUAL)
    usual, body = model.typical(), model.typical(weight_kg, count=count)
    pool = usual.central + usual.peripheral
    uptake = rule["uptake"] * pool * body.clearance / usual.clearance
    return Saturable(
        uptake=uptake,
        most=np.full(count, rule["most"]),
        half=np.full(count, rule["half"]),
        own_g_l=np.full(count, float(own_g_l)),
        body=body,
    )


@cache
def numbers() -> dict[str, float]:
    """The numbers of `saturable.toml`."""
    return numbers_of(Path(__file__).with_name("saturable.toml"))["fcrn"]
