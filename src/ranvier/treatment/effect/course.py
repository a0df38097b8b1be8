"""The attack on the node under any history of drugs, each acting on its own link."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.treatment.drug import drug
from ranvier.treatment.effect import links
from ranvier.treatment.effect.answers import Answers, link, usual
from ranvier.treatment.effect.attack import followed
from ranvier.treatment.effect.cleared import igg_cleared, with_doses
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import Given, immunoglobulin
from ranvier.treatment.kinetics import concentration

Array = NDArray[np.float64]
BEFORE_DAYS = 1.0
"""A history begins so long before its first dose: what is there at its beginning has settled."""
CLEARING = ("recycling", "exchange")


@dataclass(frozen=True, eq=False)
class Course:
    """What drugs do over time, each (P, T): total IgG in g/L, antibody at the node, and the attack factor.

    `antibody` is relative to no treatment.
    """

    days: Array
    igg_g_l: Array
    antibody: Array
    attack: Array


def attack_under(
    treated: Treated, given: Sequence[Given], days: Array, answers: Answers | None = None
) -> Array:
    """The attack factor (P, T) at ascending times (T,), 1 without treatment, under whatever was given.

    `answers`: how the persons answer to drugs; if not given all answer as is typical, and the need for
    immunoglobulin does not grow: immunoglobulin alone is then `Treated.attack`. For a session of plasma
    exchange the grams do not matter. Raises UnknownNameError for a drug without a file and EvidenceError
    for one whose file does not say what it acts on.
    """
    if answers is None and all(link(each.drug) == "immunoglobulin" for each in given):
        return treated.attack(immunoglobulin(given), days)
    return course_under(treated, given, days, answers or usual(len(treated.most))).attack


def course_under(treated: Treated, given: Sequence[Given], days: Array, answers: Answers) -> Course:
    """IgG, antibody and the attack, followed from before the first dose, or from the first of the times."""
    doses = immunoglobulin(given)
    start = min([days[0], *(each.day - BEFORE_DAYS for each in given)])
    grid = with_doses(np.union1d(days, np.arange(start, days[-1], 1.0)), doses)
    history = History(given, grid, answers)
    above, own = igg(treated, history)
    half = needed(treated, above, answers, grid)
    lacking = answers.body["own_restrains"][:, None] * treated.own_g_l[:, None] * (own - 1)
    antibody = history.antibody()
    target = (
        links.held_back_by(above + lacking, treated.most, half)
        * antibody * history.complement() * history.steroids()
    )  # fmt: skip
    attack = followed(target, grid, treated.turnover_per_day)
    at = np.searchsorted(grid, days)
    total = treated.own_g_l[:, None] * own + above
    return Course(days, total[:, at], antibody[:, at], attack[:, at])


def needed(treated: Treated, above: Array, answers: Answers, days: Array) -> Array:
    """The IgG that holds back half of the most (P, T): it grows while immunoglobulin is used.

    half' = tolerance half C / (half + C), with the share of the effect taken at the half of the beginning.
    """
    half = treated.half_g_l[:, None]
    used = np.maximum(above, 0.0) / (half + np.maximum(above, 0.0))
    steps = np.diff(days, prepend=days[0]) / DAYS_PER_YEAR
    years = np.cumsum(steps * (used + np.roll(used, 1, axis=1)) / 2, axis=1)
    return half * np.exp(answers.tolerance_per_year[:, None] * years)


@dataclass(frozen=True, eq=False)
class History:
    """What was given, and what each link makes of it on a grid of times (T,)."""

    given: Sequence[Given]
    days: Array
    answers: Answers

    @property
    def count(self) -> int:
        """How many persons."""
        return len(self.answers.tolerance_per_year)

    def of(self, acting: str) -> list[tuple[str, Array, Array]]:
        """The drugs that act on a link, each with its days and grams in order of time."""
        names = dict.fromkeys(drug(each.drug).name for each in self.given if link(each.drug) == acting)
        found: list[tuple[str, Array, Array]] = []
        for name in names:
            own = sorted((x for x in self.given if drug(x.drug).name == name), key=lambda x: x.day)
            found.append((name, np.array([x.day for x in own]), np.array([x.grams for x in own])))
        return found

    def untreated(self) -> Array:
        """A factor of 1 throughout."""
        return np.ones((self.count, len(self.days)))

    def antibody(self) -> Array:
        """Antibody at the node (P, T)."""
        formation, lost, rebound = self.untreated(), 0 * self.untreated(), np.zeros(self.count)
        for name, day, grams in self.of("formation"):
            formation = formation * links.formed(day, grams, self.days, self.answers.drugs[name])
        for name, day, _ in self.of("exchange"):
            own = self.answers.drugs[name]
            lost = links.exchanged(day, self.days, own, self.answers.body["antibody_half_life"])
            rebound = own["rebound"]
        return links.bound(formation, lost, self.days, rebound, self.answers.body)

    def complement(self) -> Array:
        """The factor (P, T) of what complement is left."""
        found, body = self.untreated(), self.answers.body
        for name, day, grams in self.of("complement"):
            found = found * links.blocked(day, grams, self.days, self.answers.drugs[name])
        for name, day, _ in self.of("exchange"):
            lost = links.exchanged(day, self.days, self.answers.drugs[name], body["complement_half_life"])
            found = found * links.with_less(lost, body["complement_spare"])
        return found

    def steroids(self) -> Array:
        """The factor (P, T) of steroids."""
        found = self.untreated()
        for name, day, grams in self.of("steroid"):
            found = found * links.worsened(day, grams, self.days, self.answers.drugs[name])
        return found


def igg(treated: Treated, history: History) -> tuple[Array, Array]:
    """IgG above the own level, g/L, and the own level relative to its usual one; each (P, T)."""
    doses, days = immunoglobulin(history.given), history.days
    if not any(history.of(acting) for acting in CLEARING):
        return concentration(treated.disposition, doses, days), history.untreated()
    faster, taken = 0 * history.untreated(), 0 * history.untreated()
    for name, day, grams in history.of("recycling"):
        own = history.answers.drugs[name]
        faster = faster + own["faster"][:, None] * links.occupied(day, grams, days, own)
    for name, day, _ in history.of("exchange"):
        at = np.unique(np.searchsorted(days, day[day <= days[-1]]))
        taken[:, at] = history.answers.drugs[name]["removes"][:, None]
    return igg_cleared(treated.disposition, doses, days, faster, taken, history.answers.body)
