"""Where `most` and `half` of the saturable model come from: two equations, two numbers.

Turnover in healthy people as Valenzuela 2025 has it, and the mean level above the own that the typical
patient of Tortorici 2021 has on 1 g/kg every 21 days. Prints both numbers; both were found from these alone.
"""

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from ranvier.treatment.kinetics import Doses, Saturable, published, saturable
from ranvier.treatment.kinetics.saturable import numbers

EVERY, CYCLES, PER_DAY = 21.0, 16, 8


def course(of: Saturable, grams: float, every: float, cycles: int = CYCLES) -> tuple[np.ndarray, np.ndarray]:
    """Days within the last of many cycles, and total IgG then (T,); the last day is before the next dose."""
    given = np.arange(cycles) * every
    same = np.full(cycles, 1.0)
    doses = Doses(given, grams * same, 0 * same, np.zeros(cycles, bool), same)
    days = np.linspace(0, every, int(every * PER_DAY) + 1)
    return days, of.levels(doses, given[-1] + days).total[0]


def with_half(half: float) -> Saturable:
    """The typical patient of Tortorici 2021 with this `half` and the `most` that keeps healthy turnover."""
    rule = numbers()
    most = (1 - rule["turnover"] / rule["uptake"]) * (half + rule["healthy"]) / half
    return replace(
        saturable(published("tortorici_2021").own_g_l), half=np.array([half]), most=np.array([most])
    )


def miss(half: float) -> float:
    """Mean level above the own less that of the published model, g/L."""
    model = published("tortorici_2021")
    wanted = model.at / (model.values["clearance"] * EVERY)  # 1 g for each kg of its reference weight
    days, igg = course(with_half(half), model.at, EVERY)
    return float(np.trapezoid(igg, days) / EVERY - model.own_g_l - wanted)


if __name__ == "__main__":
    half = brentq(miss, 30, 1000, xtol=1e-3)
    print(f"half {half:.1f} g/L  most {with_half(half).most[0]:.4f}")
