"""Plans of simulated patients beside the truth: is the recommended interval right, are grams saved?

    python benchmarks/plans.py [PATIENTS] [SEED]

Each patient has been on 1 g/kg every 3 weeks, with 3 values of IgG and 60 readings of grip, 30 of each hand
(`cohort/plans.toml`).
"""

import sys
from collections.abc import Iterator
from time import perf_counter, process_time

import numpy as np

from ranvier.cohort.plan_cases import PlanCase, fixed, plan_cases
from ranvier.cohort.plans import Judged, figures, judged
from ranvier.forecast.individual import fitted
from ranvier.treatment.effect.population import people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan import candidates, evaluate, usual_targets

PATIENTS, SEED = 200, 7
DRAWS, WEIGHT_KG, REGIMENS = 400, 80.0, 50


def fit(case: PlanCase) -> Treated:
    """Draws of a patient as on the day of the last reading."""
    found = fitted(case.given, case.readings, case.weight_kg)
    return found.on(found.last)


def plans(count: int, seed: int) -> Iterator[Judged]:
    """The plans, with a word on how far it is."""
    for number, case in enumerate(plan_cases(count, seed), 1):
        yield judged(case, fit)
        if number % 50 == 0:
            print(f"  {number} of {count}", file=sys.stderr, flush=True)


def speed() -> tuple[float, float]:
    """Seconds of 50 regimens with 400 draws: on the clock, and of the processor; the best of five."""
    draws = people(np.random.default_rng(1), DRAWS, WEIGHT_KG)
    options = candidates(fixed(WEIGHT_KG), WEIGHT_KG)[:REGIMENS]
    wanted = usual_targets(draws, options[0])
    evaluate(draws, options[:1], wanted, WEIGHT_KG)
    taken = []
    for _ in range(5):
        clock, spent = perf_counter(), process_time()
        evaluate(draws, options, wanted, WEIGHT_KG)
        taken.append((perf_counter() - clock, process_time() - spent))
    return min(taken)


def main(count: int = PATIENTS, seed: int = SEED) -> None:
    """Print the figures."""
    clock, spent = speed()
    print(f"{REGIMENS} regimens, {DRAWS} draws: {clock:.2f} s on the clock, {spent:.2f} s of the processor")
    at = figures(plans(count, seed), fixed(WEIGHT_KG))
    print(
        f"{at.patients} patients, seed {seed}; true longest interval inside what is sought: {at.inside:.0%}"
    )
    print("Interval within 10 % of the true longest one, share of patients")
    print(f"  the plan                                  {at.within:.1%}")
    print(f"  the plan, of those inside                 {at.within_inside:.1%}")
    print(f"  more than 10 % too long, too short        {at.longer:.1%}, {at.shorter:.1%}")
    print(f"  the middle of the draws                   {at.middle:.1%}")
    print(f"  the population without any reading        {at.population:.1%}")
    print(f"  the median of all patients for everybody  {at.one_for_all:.1%}")
    print(f"  staying at 21 days                        {at.staying:.1%}")
    print(f"  the safe interval (80 %) keeps the target {at.safe_kept:.1%}")
    print("Grams saved against 1 g/kg every 3 weeks, at the same expected time above target")
    print(
        f"  by infusions       {at.vein_saved_pct:.1f} %, true time above target {at.vein_above_change:+.3f}"
    )
    print(f"  by any way         {at.any_saved_pct:.1f} %, true time above target {at.any_above_change:+.3f}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
