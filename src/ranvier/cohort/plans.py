"""Is a plan right? Simulated patients whose true best interval is known, planned from a few readings."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ranvier.cohort.plan_cases import Fit, PlanCase
from ranvier.treatment.effect.population import people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.candidate import Candidate
from ranvier.treatment.plan.candidates import candidates, trimmed
from ranvier.treatment.plan.interval import bounds, longest_interval, longest_intervals
from ranvier.treatment.plan.outcome import share_above

Array = NDArray[np.float64]
WITHIN = 0.1
PRIOR_DRAWS = 400
PRIOR_SEED = 5


@dataclass(frozen=True)
class Judged:
    """A plan beside the truth.

    Intervals in days: the true longest one, the plan's, the middle of the draws, the safe one, and what the
    population alone would say. Grams a year and the true share of the time above the target: of the fixed
    regimen, of the plan's with infusions, of the plan's with any way of giving.
    """

    true_days: float
    chosen_days: float
    middle_days: float
    safe_days: float
    population_days: float
    fixed_grams: float
    fixed_above: float
    vein_grams: float
    vein_above: float
    any_grams: float
    any_above: float


def judged(case: PlanCase, fit: Fit) -> Judged:
    """One patient planned from the readings, and judged by the truth."""
    draws, current = fit(case), case.current
    found = longest_interval(draws, current, case.targets)
    unknown = people(np.random.default_rng(PRIOR_SEED), PRIOR_DRAWS, case.weight_kg)
    enough = as_good(draws, case)
    vein = min((one for one in enough if not one.is_subcutaneous), key=lambda one: one.grams_a_year)
    each = min(enough, key=lambda one: one.grams_a_year)
    return Judged(
        true_days=float(longest_intervals(case.truth, current, case.targets)[0]),
        chosen_days=found.chosen,
        middle_days=found.days.typical,
        safe_days=found.safe,
        population_days=longest_interval(unknown, current, case.targets).chosen,
        fixed_grams=current.grams_a_year,
        fixed_above=above(case.truth, current, case),
        vein_grams=vein.grams_a_year,
        vein_above=above(case.truth, vein, case),
        any_grams=each.grams_a_year,
        any_above=above(case.truth, each, case),
    )


def as_good(draws: Treated, case: PlanCase) -> list[Candidate]:
    """The regimens that are expected to be above the target as long as the fixed one, each to a vial."""
    wanted = above(draws, case.current, case)

    def keeps(each: Candidate) -> bool:
        return above(draws, each, case) >= wanted

    enough: dict[tuple[str, float], Candidate] = {}
    for each in candidates(case.current, case.weight_kg):
        known = enough.get((each.drug, each.every_days))
        if (known is None or each.grams < known.grams) and keeps(each):
            enough[each.drug, each.every_days] = each
    return [trimmed(each, case.weight_kg, keeps) for each in enough.values()]


def above(treated: Treated, each: Candidate, case: PlanCase) -> float:
    """Expected share of the time with every target met."""
    return float(share_above(treated, each, case.targets).mean())


@dataclass(frozen=True)
class Figures:
    """What many plans come to.

    Shares of patients within 10 % of the true longest interval: by the plan (`within`), of those whose truth
    lies `inside` what is sought, by the `middle` of the draws, by the `population` alone, by one interval for
    all (the median of all), by `staying`; and shares that are too long and too short. `safe_kept`: whose safe
    interval keeps the target. Grams saved in %, and the mean change of the true share of time above target.
    """

    patients: int
    inside: float
    within: float
    within_inside: float
    longer: float
    shorter: float
    middle: float
    safe_kept: float
    population: float
    one_for_all: float
    staying: float
    vein_saved_pct: float
    vein_above_change: float
    any_saved_pct: float
    any_above_change: float


def figures(plans: Iterable[Judged], case: Candidate) -> Figures:
    """The figures of many plans; `case`: the regimen that they started from."""
    rows = list(plans)
    at = {each.name: np.array([getattr(row, each.name) for row in rows]) for each in fields(Judged)}
    true, (first, last) = at["true_days"], bounds(case)
    inside, off = (true > first) & (true < last), at["chosen_days"] / true - 1
    return Figures(
        patients=len(rows),
        inside=float(inside.mean()),
        within=near(at["chosen_days"], true),
        within_inside=near(at["chosen_days"][inside], true[inside]),
        longer=float(np.mean(off > WITHIN)),
        shorter=float(np.mean(off < -WITHIN)),
        middle=near(at["middle_days"], true),
        safe_kept=float(np.mean(at["safe_days"] <= true * (1 + 1e-9))),
        population=near(at["population_days"], true),
        one_for_all=near(np.full(len(rows), float(np.median(true))), true),
        staying=near(np.full(len(rows), case.every_days), true),
        vein_saved_pct=saved(at["vein_grams"], at["fixed_grams"]),
        vein_above_change=float(np.mean(at["vein_above"] - at["fixed_above"])),
        any_saved_pct=saved(at["any_grams"], at["fixed_grams"]),
        any_above_change=float(np.mean(at["any_above"] - at["fixed_above"])),
    )


def near(found: Array, true: Array) -> float:
    """Share of patients whose interval lies within 10 % of the true one."""
    return float(np.mean(np.abs(found / true - 1) <= WITHIN)) if len(true) else float("nan")


def saved(grams: Array, before: Array) -> float:
    """Grams saved over all patients, %."""
    return float(100 * (1 - grams.sum() / before.sum()))
