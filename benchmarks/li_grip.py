"""Grip of this project's patients beside the published model of Li 2024, under its regimens and in washout.

    python benchmarks/li_grip.py [--people 500]

Relative grip is G / G0, the hand under treatment over the same hand without. No decline is counted.
"""

import argparse

import numpy as np

from ranvier.treatment.effect.grip_turnover import cycle, numbers, washout
from ranvier.treatment.effect.population import people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import immunoglobulin
from ranvier.treatment.regimen import regimen
from ranvier.treatment.schedule import given_by

REGIMENS = ((0.4, 14), (0.4, 28), (0.8, 14), (1, 14), (1, 21), (1, 28), (1.6, 28), (2, 28), (2, 14))
CYCLES, WEEKS = 8, 12
STEP = 0.25


def ours(treated: Treated, grams_per_kg: float, every: int, after: float = 0.0):
    """Relative grip (P, T) over the last cycle, or until some days after its end."""
    weight = numbers()["igg"]["weight"]
    plan = regimen(f"ivig {grams_per_kg:g} g/kg every {every} d")
    end = CYCLES * every
    doses = immunoglobulin(given_by(plan, weight, 0.0, end - 1.0))
    days = np.arange(-1, end + after + STEP / 2, STEP)
    attack = treated.attack(doses, days)
    hand = treated.hands["grip right"]
    relative = hand.strength(attack) / hand.strength(np.ones_like(attack[:, :1]))
    return relative[:, days >= end - every + (every if after else 0)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    count = parser.parse_args().people
    treated = people(np.random.default_rng(1), count, numbers()["igg"]["weight"])
    print(f"{count} drawn patients of {numbers()['igg']['weight']:g} kg; median (quartiles) beside Li 2024\n")
    print("| Regimen | Highest G/G0 | Li | Lowest G/G0 | Li | Swing % | Li |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    apart = []
    for grams, every in REGIMENS:
        found, theirs = ours(treated, grams, every), cycle(grams, every)
        high, low = found.max(axis=1), found.min(axis=1)
        swing = 100 * (1 - low / high)
        apart.append([np.median(high) / theirs.highest - 1, np.median(low) / theirs.lowest - 1])
        print(
            f"| {grams:g} g/kg every {every} d | {told(high)} | {theirs.highest:.2f} | {told(low)} | "
            f"{theirs.lowest:.2f} | {told(swing, '.0f')} | {100 * theirs.swing:.0f} |"
        )
    last = ours(treated, 1, 21, 7.0 * WEEKS)
    kept = last[:, -1] / last[:, 0]
    print(f"\nKept of grip {WEEKS} weeks after the trough of 1 g/kg every 21 d: {told(kept)}; Li "
          f"{washout(1, 21, 7.0 * WEEKS)[-1]:.2f}.")  # fmt: skip
    far = 100 * np.array(apart)
    highest, lowest = (f"{x.min():+.0f} to {x.max():+.0f} %" for x in far.T)
    print(f"Our median departs from Li by {highest} at the highest and {lowest} at the lowest grip.")


def told(values, form: str = ".2f") -> str:
    low, middle, high = np.percentile(values, [25, 50, 75])
    return f"{middle:{form}} ({low:{form}}-{high:{form}})"


if __name__ == "__main__":
    main()
