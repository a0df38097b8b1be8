"""Do the bands of an individual fit hold what they say? `make individual-check`.

Persons are drawn from the population (`treatment.effect.population.people`), given immunoglobulin by
regimens that differ, and measured with scatter and practice: 3 values of IgG and 60 readings of grip of each
hand in 90 days, with days left out. Each is fitted; what is known of the truth is then held against the
bands. With `--often` three readings are of one day and share half of their variance.
"""

import argparse
import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from ranvier.forecast.course import course
from ranvier.forecast.fitted import Fitted
from ranvier.forecast.individual import fitted
from ranvier.forecast.unknowns import tables
from ranvier.treatment.effect.population import HANDS, people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.given import Given
from ranvier.treatment.readings import Readings

START, WINDOW, AHEAD, GRIPS = 738000.0, 90, 30, 60
REGIMENS = ((1.0, 21), (1.0, 28), (0.4, 7), (2.0, 42), (0.5, 14), (1.0, 21))
WEIGHT_KG = 82.0


def doses(number: int, naive: bool) -> tuple[Given, ...]:
    """A regimen of a person, from 100 days before the readings, or from 10 days after the first."""
    per_kg, every = REGIMENS[number % len(REGIMENS)]
    first = START + 10 if naive else START - 100
    days = np.arange(first, START + WINDOW + AHEAD, every) + 0.4
    return tuple(Given("ivig", float(day), per_kg * WEIGHT_KG, 0.2) for day in days)


def true_level(person: Treated, given: tuple[Given, ...], days: np.ndarray, measure: str) -> np.ndarray:
    """The level of one person on some days, followed on a grid of a quarter of a day."""
    origin = min(given[0].day, days[0]) - 1
    fine = np.union1d(np.arange(origin, days[-1], 0.25), days)
    return course(given, fine, origin).level(person, measure)[0, np.searchsorted(fine, days)]


def read(
    random: np.random.Generator, person: Treated, given: tuple[Given, ...], often: bool
) -> list[Readings]:
    """What is measured of a person."""
    rule, igg_days = tables()["grip"], START + np.array([20.0, 45.0, 80.0])
    igg = true_level(person, given, igg_days, "IgG")
    found = [Readings("IgG", "g/L", igg_days, scattered(random, igg, tables()["reading"]["igg_noise"]))]
    gain, practised = (drawn(random, rule, part) for part in ("gain", "practised"))
    for name in HANDS:
        noise = drawn(random, rule, "noise")
        days = when(random, often)
        level = true_level(person, given, days, name) * (1 - gain * np.exp(-np.arange(len(days)) / practised))
        share = tables()["reading"]["shared"] if often else 0.0
        of_day = np.repeat(
            random.standard_normal(len(np.unique(days // 1))), np.unique(days // 1, return_counts=True)[1]
        )
        both = np.sqrt(share) * of_day + np.sqrt(1 - share) * random.standard_normal(len(days))
        found.append(
            Readings(name, "kg", days, np.maximum(level + np.hypot(noise * level, rule["floor"]) * both, 0))
        )
    return found


def drawn(random: np.random.Generator, rule: dict[str, float], part: str) -> float:
    """A number of one patient."""
    return rule[part] * float(np.exp(rule[f"{part}_between"] * random.standard_normal()))


def when(random: np.random.Generator, often: bool) -> np.ndarray:
    """Times of the readings: on most days, or three times on some."""
    if often:
        chosen = np.sort(random.choice(WINDOW, GRIPS // 3, replace=False))
        return START + (chosen[:, None] + np.array([0.3, 0.5, 0.8])).ravel()
    return START + np.sort(random.choice(WINDOW, GRIPS, replace=False)) + 0.33


def scattered(random: np.random.Generator, level: np.ndarray, share: float) -> np.ndarray:
    """Readings with a proportional error."""
    return level * (1 + share * random.standard_normal(len(level)))


def held(one: Fitted, person: Treated, given: tuple[Given, ...], measure: str) -> tuple[float, float, float]:
    """The share of days within the data, and ahead, on which the band holds the truth, and its width."""
    shares = []
    for first, last in ((0, WINDOW), (WINDOW, WINDOW + AHEAD)):
        days = START + np.arange(float(first), last) + 0.33
        days = days[days >= one.readings[1].day[0]]
        band = one.predict(measure, days, given)
        shares.append(float(band.holds(true_level(person, given, days, measure)).mean()))
    return shares[0], shares[1], float(((band.high - band.low) / band.median).mean())


def main() -> None:
    """Coverage, widths and times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=200)
    parser.add_argument(
        "--often", action="store_true", help="three readings on a day, which share half their variance"
    )
    arguments = parser.parse_args()
    random = np.random.default_rng(2026)
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ("IgG", *HANDS)}
    seconds, worth, numbers = [], [], []
    for number in range(arguments.persons):
        person = people(random, 1, WEIGHT_KG)
        given = doses(number, naive=number % 4 == 3)
        told = read(random, person, given, arguments.often)
        seen = tuple(each for each in given if each.day < START + WINDOW)
        before = time.process_time()
        one = fitted(seen, told, WEIGHT_KG)
        seconds.append(time.process_time() - before)
        worth.append(one.effective)
        numbers.append(inside(one, person))
        for name, found in rows.items():
            found.append(held(one, person, given, name))
    print(f"{arguments.persons} persons; CPU seconds of a fit: median {np.median(seconds):.2f}, ", end="")
    print(f"95th percentile {np.percentile(seconds, 95):.2f}, largest {max(seconds):.2f}")
    print(f"draws worth: median {np.median(worth):.0f}, 5th percentile {np.percentile(worth, 5):.0f}\n")
    print("| true level | within the data, % | 30 days ahead, % | width, of the median |\n|---|---|---|---|")
    for name, found in rows.items():
        within, ahead, wide = np.array(found).T
        print(f"| {name} | {100 * within.mean():.1f} | {100 * ahead.mean():.1f} | {np.median(wide):.3f} |")
    print("\n| number | held by its 90 % limits, % |\n|---|---|")
    for name, share in zip(NUMBERS, np.mean(numbers, axis=0), strict=True):
        print(f"| {name} | {100 * share:.1f} |")


NUMBERS = (
    "clearance",
    "central",
    "own IgG",
    "most",
    "half",
    "turnover",
    "decline",
    "grip right least",
    "grip right depth",
)


def inside(one: Fitted, person: Treated) -> list[bool]:
    """Whether each true number lies within its 90 % limits."""
    hand = person.hands["grip right"]
    truth = (
        person.disposition.clearance, person.disposition.central, person.own_g_l, person.most,
        person.half_g_l, person.turnover_per_day, person.decline_per_year, hand.least, hand.depth,
    )  # fmt: skip
    known = {each.name: each for each in one.learned}
    return [
        known[name].low <= value[0] <= known[name].high for name, value in zip(NUMBERS, truth, strict=True)
    ]


if __name__ == "__main__":
    main()
