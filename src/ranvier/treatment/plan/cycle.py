"""One cycle of a regimen that has been given for long, when each cycle repeats the last.

Neither IgG nor the attack needs a run-in. IgG is `kinetics.at_steady_state`. The attack over a cycle of tau
days depends on where it begins as a(end) = b + a(begin) exp(-turnover tau), from which follows the beginning
at which it closes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.effect.attack import followed, held_back
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.kinetics import at_steady_state
from ranvier.treatment.plan.candidate import Candidate

Array = NDArray[np.float64]
IN_INFUSION, BETWEEN, AFTER = 2, 2, 40
CROWDED = 1.5
"""Times after a dose crowd towards it, where IgG falls fastest."""


@dataclass(frozen=True, eq=False)
class Cycle:
    """Times from a dose to the next (T,), IgG above the own level and the attack factor, each (P, T)."""

    days: Array
    igg_above_g_l: Array
    attack: Array


def cycle(treated: Treated, candidate: Candidate) -> Cycle:
    """The steady state of a regimen in every person or draw; no drug leaves the attack at 1."""
    days = moments(candidate)
    above = at_steady_state(treated.disposition, candidate.doses, candidate.every_days, days)
    return Cycle(days, above, settled_attack(treated, above, days))


def settled_attack(treated: Treated, above: Array, days: Array) -> Array:
    """The attack factor (P, T) over a cycle that begins where it ends."""
    aim = held_back(above, treated.most, treated.half_g_l)
    found = followed(aim, days, treated.turnover_per_day)
    kept = np.exp(-treated.turnover_per_day[:, None] * days)
    begin = (found[:, -1] - kept[:, -1] * aim[:, 0]) / (1 - kept[:, -1])
    return found + (begin - aim[:, 0])[:, None] * kept


def moments(candidate: Candidate) -> Array:
    """Times of a cycle (T,) at which to look: begin and end of each infusion, and more after a dose."""
    doses = candidate.doses
    begin, end = doses.day, doses.day + doses.days_long
    during = (begin + np.linspace(0, 1, IN_INFUSION + 1)[:, None] * doses.days_long).ravel()
    gaps = end[:-1] + np.linspace(0, 1, BETWEEN + 1)[1:-1, None] * (begin[1:] - end[:-1])
    last = end[-1] + np.linspace(0, 1, AFTER + 1) ** CROWDED * (candidate.every_days - end[-1])
    return np.unique(np.concatenate([during, gaps.ravel(), last]))
