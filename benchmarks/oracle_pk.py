"""Immunoglobulin in the blood against identities, tables and what trials measured.

Identities must hold to their digits; so must the table of reference values, and the two half-lives that one
saturable model gives without retuning. Published shapes and the other checks of that model are printed with
their verdict. `must` marks a line that sets the exit code.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ranvier.treatment.kinetics import (
    Blocked,
    Doses,
    PublishedModel,
    at_steady_state,
    concentration,
    half_life_days,
    model_ids,
    published,
    saturable,
)
from ranvier.treatment.kinetics.blocker import efgartigimod, nipocalimab
from ranvier.treatment.kinetics.saturable import numbers

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS / "treatment"), str(Path(__file__).parent)]
from saturable_fit import course, miss  # noqa: E402
from slow_kinetics import doses, person, slow_concentration  # noqa: E402

REFERENCE = TESTS / "against" / "igg_reference.json"
NEUROPATHY = ("li_2024_strength", "li_2024", "tortorici_2021")
ADULTS = tuple(
    each for each in model_ids() if not each.startswith("cheng") and not each.endswith("secondary")
)
REPLACED = tuple(each for each in ADULTS if each not in NEUROPATHY)
WEIGHT_KG, HEIGHT_CM, OWN_PID = 70.0, 170.0, 4.0


@dataclass(frozen=True)
class Check:
    """One line: a figure and the bounds it must or should lie in."""

    name: str
    found: float
    low: float
    high: float
    must: bool = True

    @property
    def holds(self) -> bool:
        return self.low <= self.found <= self.high

    def __str__(self) -> str:
        verdict = "ok" if self.holds else "FAILS" if self.must else "misses"
        return f"{self.name:<72} {self.found:10.3g}  {self.low:.3g} to {self.high:.3g}  {verdict}"


def random_histories(count: int = 40) -> Iterator[tuple]:
    """People, irregular histories of every kind of dose, and times."""
    random = np.random.default_rng(7)
    for _ in range(count):
        own = person(*random.uniform((0.05, 2, 0.01, 0.5, 0.05, 0.3), (1, 8, 3, 6, 1, 1)))
        n = int(random.integers(1, 12))
        long = random.choice([0, 0.2, 2.0, 30.0], n)
        given = doses(random.uniform(0, 100, n), random.uniform(1, 100, n), long, random.random(n) < 0.5)
        yield own, given, np.sort(random.uniform(0, 150, 25))


def identities() -> Iterator[Check]:
    """What holds for every linear model."""
    worst = 0.0
    for own, given, days in random_histories():
        slow = slow_concentration(own, given, days)
        seen = slow > 1e-6
        worst = max([worst, *np.abs(concentration(own, given, days)[0][seen] / slow[seen] - 1)])
    yield Check("any history against matrix exponentials, largest relative error", worst, 0, 1e-10)
    yield Check(
        "AUC x CL / (F x dose) - 1 at steady state, largest", max(map(area_error, model_ids())), 0, 1e-9
    )
    yield Check("steady state against a long history, largest relative error", long_history(), 0, 1e-9)


def area_error(model_id: str) -> float:
    """How far the area under a cycle is from F dose / CL, over the routes of a model; by Gauss's rule."""
    model = published(model_id)
    own, worst = model.typical(), 0.0
    for under in (False, True)[: 1 + ("SC" in model.routes)]:
        for long in (0.0, 0.25):
            given, parts = doses(0.0, 70.0, long, under), np.array([0.0, 0.25, 2.0, 7.0, 21.0])
            at, weight = np.polynomial.legendre.leggauss(24)
            ends = np.diff(parts)[:, None] / 2
            days = (parts[:-1, None] + ends * (1 + at)).ravel()
            area = float(at_steady_state(own, given, 21.0, days)[0] @ (ends * weight).ravel())
            reach = own.bioavailable[0] if under else 1.0
            worst = max(worst, abs(area * own.clearance[0] / (reach * 70.0) - 1))
    return worst


def long_history(cycles: int = 60) -> float:
    """The closed form of a cycle against the cycles one after another."""
    own, days = published("tortorici_2021").typical(), np.array([0.0, 0.1, 3.0, 11.5, 20.9])
    cycle = doses([0.0, 1.0, 10.0], [40.0, 40.0, 15.0], [0.2, 0.2, 0.0], [False, False, True])
    many = (np.arange(cycles)[:, None] * 21 + cycle.day).ravel()
    all_of_it = doses(many, *(np.tile(each, cycles) for each in (cycle.grams, cycle.days_long, cycle.depot)))
    slow = concentration(own, all_of_it, (cycles - 1) * 21.0 + days)
    return float(np.max(np.abs(at_steady_state(own, cycle, 21.0, days) / slow - 1)))


def reference() -> Iterator[Check]:
    """The table of self-computed values, to 0.1 %."""
    rows = json.loads(REFERENCE.read_text())["rows"]
    levels = [abs(ours / theirs - 1) for row in rows if "route" in row for ours, theirs in levels_of(row)]
    yield Check(f"reference table, {len(levels)} levels, largest relative difference", max(levels), 0, 1e-3)
    slow = [each for row in rows if "half_lives_days" in row for each in dispositions(row)]
    yield Check(f"reference table, {len(slow)} half-lives, CL and Vss, largest", max(slow), 0, 1e-3)


def levels_of(row: dict) -> Iterator[tuple[float, float]]:
    """Peak, trough and mean of a row, ours and theirs."""
    model = published(row["model"])
    own = model.typical() if model.scale == "lean_kg" else model.typical(row["weight_kg"])
    days = np.linspace(0, row["every_days"], 100 * row["every_days"] + 1)
    given = doses(0.0, row["g_per_kg"] * row["weight_kg"], depot=row["route"] == "SC")
    igg = at_steady_state(own, given, row["every_days"], days)[0]
    ours = {"peak_g_l": igg.max(), "trough_g_l": igg[-1], "mean_g_l": np.trapezoid(igg, days) / days[-1]}
    yield from ((float(ours[key]), row[key]) for key in ours if key in row)


def dispositions(row: dict) -> Iterator[float]:
    """Relative differences of half-lives, clearance and volume."""
    own = published(row["model"]).typical(row["weight_kg"])
    ours = [*(np.log(2) / own.modes()[0][0]), own.clearance[0], (own.central + own.peripheral)[0]]
    theirs = [*row["half_lives_days"], row["clearance_l_day"], row["volume_l"]]
    return (abs(a / b - 1) for a, b in zip(ours, theirs, strict=True))


def half_lives() -> Iterator[Check]:
    """One saturable model, another own level and dose: each as its trials measured it, at steady state."""
    days, igg = course(saturable(OWN_PID, WEIGHT_KG), 0.4 * WEIGHT_KG, 28)
    found = half_life_days(days, igg, 7, 28)
    yield Check("PID, own 4 g/L, 0.4 g/kg q4w: total IgG, days 7-28", found, 25, 45)
    above = half_life_days(days, igg, 7, 28, OWN_PID)
    yield Check("the same above the own level, which those trials do not take away", above, 25, 45, False)
    for own in (10.0, 12.5):
        for each, every in ((1.0, 21), (1.0, 28), (2.0, 28)):
            days, igg = course(saturable(own, WEIGHT_KG), each * WEIGHT_KG, every)
            found = half_life_days(days, igg, 3, every, own)
            name = f"neuropathy, own {own:g} g/L, {each:g} g/kg q{every // 7}w: IgG above the own, from day 3"
            yield Check(name, found, 10, 13)


def saturation() -> Iterator[Check]:
    """What else follows from the same numbers."""
    healthy, nothing, days = saturable(11.4, WEIGHT_KG), doses([], []), np.arange(0, 120, 0.25)
    yield Check("the two equations of the fit, miss of the level, g/L", abs(miss(numbers()["half"])), 0, 0.01)
    traced = healthy.levels(doses(0.0, 1e-6), days).given[0]
    tracer = half_life_days(days, traced, 7, 28)
    yield Check("a tracer in healthy people, own 11.4 g/L, days 7-28", tracer, 19, 24, False)
    full = healthy.levels(nothing, days, Blocked(np.zeros(1), np.ones(1))).total[0]
    gone = half_life_days(days, full, 0, 7, float(full[-1]))
    yield Check("half-life under full block (above where it ends), days 0-7", gone, 2.7, 3.7, False)
    seen = healthy.levels(doses(0.0, 2 * WEIGHT_KG), np.array([21.0, 28.0])).own[0] / 11.4 - 1
    yield Check("own IgG after 2 g/kg once, change at 3-4 weeks, %", 100 * float(seen.min()), -25, -5, False)
    once, four = (lowered(efgartigimod(np.arange(n) * 7.0, np.full(n, 750.0), 120.0)) for n in (1, 4))
    yield Check("efgartigimod 10 mg/kg once (fitted), fall of IgG, %", once[0], 45, 55, False)
    yield Check("efgartigimod 10 mg/kg weekly x 4, fall of IgG, %", four[0], 70, 80, False)
    yield Check("efgartigimod, days from the last dose to 90 % of the own level", four[1] - 21, 42, 70, False)
    fall = lowered(nipocalimab(np.arange(8) * 14.0, np.full(8, 60 * 75.0), 112.0))[0]
    yield Check("nipocalimab 60 mg/kg q2w, fall of IgG, %", fall, 70, 85, False)


def lowered(blocked: Blocked) -> tuple[float, float]:
    """Largest fall of IgG in a healthy person of 75 kg in %, and the last day below 90 %."""
    days = np.arange(0, 120, 0.25)
    left = saturable(11.4, 75.0).levels(doses([], []), days, blocked).total[0] / 11.4
    return 100 * float(1 - left.min()), float(days[left < 0.9][-1])


def cycle_of(model: PublishedModel, days: np.ndarray, given: Doses, own: float | None = None) -> np.ndarray:
    """Total IgG (T,) at steady state of the typical man of 70 kg and 170 cm."""
    body = model.typical(WEIGHT_KG, HEIGHT_CM, "male")
    level = model.own_g_l if own is None else own
    return level + at_steady_state(body, given, float(days[-1]), days)[0]


def against_models() -> Iterator[Check]:
    """The saturable model against the published ones, each with its own level, at its population's dose."""
    ratios = {name: [] for name in ("total trough", "total mean", "level above the own, mean")}
    for name in ADULTS:
        model, (each, every) = published(name), (1.0, 21) if name in NEUROPATHY else (0.4, 28)
        days, ours = course(saturable(model.own_g_l, WEIGHT_KG), each * WEIGHT_KG, every)
        theirs = cycle_of(model, days, doses(0.0, each * WEIGHT_KG))
        ratios["total trough"].append(ours[-1] / theirs[-1])
        ratios["total mean"].append(ours.mean() / theirs.mean())
        above = (ours.mean() - model.own_g_l) / (theirs.mean() - model.own_g_l)
        ratios["level above the own, mean"].append(above)
    for name, found in ratios.items():
        fold = float(np.exp(np.mean(np.abs(np.log(found)))))
        note = " (= apparent clearance)" if "above" in name else ""
        yield Check(f"AAFE over {len(found)} adult models, {name}{note}", fold, 1, 1.25, False)


def shapes() -> Iterator[Check]:
    """Published statements on the published models, and one of a trial."""
    li = published("li_2022").facilitated_gain or 0.0
    yield Check("Li 2022: facilitated over plain SC", li, 1.1255, 1.1265)
    month, week = np.linspace(0, 28, 1401), np.linspace(0, 7, 351)
    infused, under = doses(0.0, 28.0), doses(0.0, 7.0, depot=True)
    model = published("landersdorfer_2013")
    for name, igg, wanted in (
        ("IV", cycle_of(model, month, infused), (75, 85)),
        ("SC", cycle_of(model, week, under), (4, 6)),
    ):
        yield Check(f"van der Zeeuw: swing {name}, (peak - trough) / trough, %", swing(igg), *wanted, False)
    iv = {each: cycle_of(published(each), month, infused, OWN_PID)[-1] for each in REPLACED}
    routes = [each for each in REPLACED if "SC" in published(each).routes]
    sc = {each: cycle_of(published(each), week, under, OWN_PID).min() for each in routes}
    for name, found in (("IV", iv), ("SC", sc)):
        troughs = np.array(list(found.values()))
        varied = 100 * float(troughs.std(ddof=1) / troughs.mean())
        yield Check(
            f"van der Zeeuw: CV of the trough between {len(troughs)} models, {name}, %",
            varied,
            16.5,
            20.5,
            False,
        )
    ratio = float(np.exp(np.mean([np.log(sc[each] / iv[each]) for each in routes])))
    yield Check("Japanese trial: trough SC over IV at equal dose, mean of models", ratio, 1.06, 1.13, False)
    yield from splits(model, cycle_of(model, week, under))


def swing(igg: np.ndarray) -> float:
    return 100 * float(igg.max() / igg.min() - 1)


def splits(model: PublishedModel, weekly: np.ndarray) -> Iterator[Check]:
    """Sidhu 2014: the weekly dose in parts, or several weeks' at once, relative to weekly."""
    bounds = {2: ((0.95, 1.09), (0.92, 1.08)), 3: ((1.07, 1.26), (0.86, 0.95))}
    plans = [(7.0, n) for n in (2, 3, 7)] + [(7.0 * weeks, 1) for weeks in (2, 3, 4)]
    for every, parts in plans:
        days = np.linspace(0, every, int(50 * every) + 1)
        given = doses(np.arange(parts) * every / parts, every / parts, depot=True)
        igg = cycle_of(model, days, given)
        name = f"{parts} a week" if parts > 1 else f"every {every / 7:g} weeks"
        peak, trough = bounds[2 if every <= 14 else 3]
        yield Check(f"Sidhu: {name}, peak over weekly", float(igg.max() / weekly.max()), *peak, False)
        yield Check(f"Sidhu: {name}, trough over weekly", float(igg.min() / weekly.min()), *trough, False)


SECTIONS = {
    "identities": identities,
    "reference values (self-computed)": reference,
    "two half-lives, one model": half_lives,
    "saturable recycling": saturation,
    "saturable against published models": against_models,
    "published statements": shapes,
}


def main() -> int:
    """Every section; 1 if a line that must hold does not."""
    failed = 0
    for name, section in SECTIONS.items():
        print(f"\n{name}")
        for check in section():
            print(f"  {'must' if check.must else '    '} {check}")
            failed += check.must and not check.holds
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
