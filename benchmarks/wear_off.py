"""The watch for wear-off on simulated diaries whose truth is known: `make wear-off-check`.

    python benchmarks/wear_off.py [--diaries 1000] [--seed 200000] [--workers 2]

Each person on immunoglobulin writes down the grip of both hands (6 % noise, 24.5 % between people, one day in
five missing, practice), a function score weekly and the MRC sum at infusions, for 180 to 365 days; in three
of four something happens (`cohort/diaries.py`). Every figure is online: what was known that day, from the
readings and infusions up to it. Counted from day 30. Exit 1 if a must fails. Simulated data.

- A true fall: a measure's true level more than the important change below the top of the cycle that the
  person would have had.
- Delay: days from the first true fall that what happened brought about to the first alarm that lasts into it
  (negative: the alarm stood before); never seen counts as endless.
- False alarm: one that begins when no true fall is within three days.
"""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.stats import rankdata

from ranvier.cohort.diaries import KINDS, diary
from ranvier.cohort.diary_truth import WEIGHT_KG
from ranvier.treatment.effect.population import HANDS
from ranvier.treatment.wear_off import watch
from ranvier.treatment.wear_off.events import FADING, alarms
from ranvier.treatment.wear_off.measures import kind_of, measure

SETTLED, NEAR, LATER = 30, 3, 28
"""Days before counting begins; how near a true fall an alarm must be; when a kind is asked for early."""

MUST = {"delay": 3.0, "false": 0.5, "auroc": 0.9, "cover": (0.87, 0.93)}
DAYS_PER_YEAR = 365.25


def below(diary, name, level):
    """The days on which a measure lies more than the important change below the plateau."""
    unit = "kg" if name in HANDS else "points"
    kind = measure(kind_of(name, unit))
    return diary.plateau[name] - level[name] > kind.fall_that_matters(diary.plateau[name])


def stretches(days):
    """First days and days after the last of runs of days; gaps of two days are bridged."""
    at = np.flatnonzero(days)
    runs = np.split(at, np.flatnonzero(np.diff(at) > NEAR) + 1) if len(at) else []
    return [(int(run[0]), int(run[-1]) + 1) for run in runs]


def onset(true, one):
    """The first day of the first true fall that what happened brought about; None if it brought none."""
    if one.change_day is None:
        return None
    calm = np.any([below(one, name, one.undisturbed) for name in one.level], axis=0)
    change = one.change_day - one.days[0]
    return next((day for day, _ in stretches(true) if day >= change and not calm[day]), None)


def called(found, one, begin):
    """What the watch calls what happened: an event of the disease seen then, else fading, or nothing."""
    first = one.days[0] - 0.5
    late = [each for each in found.events if each.kind != FADING and each.seen - first >= begin - 7]
    if late:
        return late[0].kind
    still = [each for each in found.events if each.ended is None or each.ended - first >= begin]
    return FADING if still else "nothing"


def scored(one, found):
    """Alarms, delays and the rest of a watch, beside the truth of all measures."""
    true = np.any([below(one, name, one.level) for name in one.level], axis=0)
    rung = alarms(np.nan_to_num(found.probability[found.past]))
    begin = onset(true, one)
    heard = [a for a, b in rung if begin is not None and b > begin]
    near = [true[max(a - NEAR, 0) : a + NEAR + 1].any() for a, _ in rung if a >= SETTLED]
    lasting = [run for run in stretches(true) if run[0] >= SETTLED]
    return {
        "years": (len(true) - SETTLED) / DAYS_PER_YEAR,
        "false": near.count(False),
        "onset": begin,
        "delay": None if begin is None else (heard[0] - begin if heard else np.inf),
        "each": [
            min((max(a, x) - x for a, b in rung if a < y and b > x), default=np.inf) for x, y in lasting
        ],
    }


def tried(seed):
    """One diary with every figure of it."""
    one = diary(seed)
    begun = time.process_time()
    last = one.days[-1]
    found = watch(one.readings, one.given, last, WEIGHT_KG)
    took = time.process_time() - begun
    grips = watch([each for each in one.readings if each.measure in HANDS], one.given, last, WEIGHT_KG)
    told = scored(one, found) | {"kind": one.kind, "took": took, "grip": scored(one, grips)}
    days = slice(SETTLED, len(one.days))
    of = [found.names.index(name) for name in HANDS]
    true = np.stack([below(one, name, one.level) for name in HANDS], axis=1)
    level = np.stack([one.level[name] for name in HANDS], axis=1)
    inside = [
        (band.low[: len(level), of] <= level) & (level <= band.high[: len(level), of])
        for band in (found.then, found.now)
    ]
    told |= {"true": true[days].ravel(), "likely": found.probability[: len(level), of][days].ravel()}
    told |= {"then": inside[0][days].mean(), "now": inside[1][days].mean()}
    told |= {"grip_likely": grips.probability[: len(level)][days].ravel()}
    return told | kinds(one, found, told["onset"])


def kinds(one, found, begin):
    """What the watch calls what happened, at the end and some weeks after it began."""
    if begin is None:
        regular = np.any([below(one, name, one.level) for name in one.level], axis=0)[SETTLED:].any()
        return {
            "truth": FADING if regular else "nothing",
            "called": called(found, one, SETTLED),
            "early": None,
        }
    until = min(one.days[0] + begin + LATER, one.days[-1])
    early = watch(
        [cut(each, until) for each in one.readings if each.day[0] <= until], one.given, until, WEIGHT_KG
    )
    return {"truth": one.kind, "called": called(found, one, begin), "early": called(early, one, begin)}


def cut(readings, until):
    """The readings up to a day."""
    there = readings.day <= until
    return type(readings)(readings.measure, readings.unit, readings.day[there], readings.value[there])


def auroc(true, likely):
    """How often a day of a true fall is held likelier than one without."""
    rank, there = rankdata(likely), int(true.sum())
    return (rank[true].sum() - there * (there + 1) / 2) / (there * (len(true) - there))


def middle(delays):
    """The median, and the share that was seen at all."""
    return (float(np.median(delays)), float(np.isfinite(delays).mean())) if len(delays) else (np.nan, np.nan)


def table(found, which):
    """True kinds against what they were called."""
    names = ("nothing", *KINDS[1:])
    count = Counter((each["truth"], each[which]) for each in found if each[which] is not None)
    print(f"{'':22}" + "".join(f"{name:>21}" for name in names))
    for row in names:
        if sum(count[row, name] for name in names):
            print(f"{row:22}" + "".join(f"{count[row, name]:21d}" for name in names))
    right, every = sum(count[name, name] for name in names), sum(count.values())
    print(f"right: {right} of {every} ({right / every:.0%})")


def told(found, key, name):
    """One line on alarms and delays."""
    of = [each[key] if key else each for each in found]
    years = sum(each["years"] for each in of)
    false = sum(each["false"] for each in of) / years
    delay = np.array([each["delay"] for each in of if each["delay"] is not None])
    each = np.concatenate([one["each"] for one in of])
    (half, seen), (half_each, seen_each) = middle(delay), middle(each)
    print(f"{name}: {len(delay)} falls brought about: median delay {half:.1f} d, seen {seen:.0%};")
    print(f"  all {len(each)} true falls: median {half_each:.1f} d, seen {seen_each:.0%};", end=" ")
    print(f"{false:.2f} false alarms per patient-year ({years:.0f} years)")
    return half, false


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--diaries", type=int, default=1000)
    ask.add_argument("--seed", type=int, default=200_000)
    ask.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = ask.parse_args()
    seeds = range(asked.seed, asked.seed + asked.diaries)
    begun = time.perf_counter()
    with ProcessPoolExecutor(asked.workers) as pool:
        found = list(pool.map(tried, seeds, chunksize=10))
    print(f"{len(found)} diaries, {time.perf_counter() - begun:.0f} s; one watch", end=" ")
    print(f"{np.median([each['took'] for each in found]) * 1000:.0f} ms of CPU (median)")
    half, false = told(found, "", "all measures")
    told(found, "grip", "grip alone  ")
    for kind in KINDS[1:]:
        of = [each for each in found if each["kind"] == kind and each["delay"] is not None]
        both = [middle([each["delay"] for each in of]), middle([each["grip"]["delay"] for each in of])]
        print(f"  {kind:20} {len(of):4d}: median delay {both[0][0]:5.1f} d, seen {both[0][1]:.0%};", end=" ")
        print(f"grip alone {both[1][0]:5.1f} d, {both[1][1]:.0%}")
    true = np.concatenate([each["true"] for each in found])
    area = auroc(true, np.concatenate([each["likely"] for each in found]))
    alone = auroc(true, np.concatenate([each["grip_likely"] for each in found]))
    print(f"AUROC of the daily probability of each hand: {area:.3f}; from grip alone {alone:.3f}")
    cover = [float(np.mean([each[name] for each in found])) for name in ("then", "now")]
    print(f"90 % bands of the true grip cover {cover[0]:.1%} as known that day, {cover[1]:.1%} looking back")
    print("\nWhat happened (row) and what it was called at the end of the diary:")
    table(found, "called")
    print(f"\nand {LATER} days after the first true fall:")
    table(found, "early")
    low, high = MUST["cover"]
    passed = {
        f"median delay {half:.1f} <= {MUST['delay']:g} d": half <= MUST["delay"],
        f"false alarms {false:.2f} <= {MUST['false']:g} a year": false <= MUST["false"],
        f"AUROC {area:.3f} >= {MUST['auroc']:g}": area >= MUST["auroc"],
        f"cover that day {cover[0]:.3f} in {low:g}-{high:g}": low <= cover[0] <= high,
        f"cover looking back {cover[1]:.3f} in {low:g}-{high:g}": low <= cover[1] <= high,
    }
    print("\n" + "\n".join(f"{'met   ' if met else 'FAILED'} {name}" for name, met in passed.items()))
    print("simulated data")
    return 0 if all(passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
