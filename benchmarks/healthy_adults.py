"""Virtual healthy adults beside published reference values: `make healthy-check`.

Every figure passes through the simulator with noise, artefact and placement errors and is measured from the
trace by the same code that measures a real one. `--quick` skips nothing but people: 60 of them.
"""

import argparse
import os
import sys
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from ranvier.body import Body, healthy
from ranvier.exam.late import f_wave
from ranvier.exam.motor import Recording, motor_study
from ranvier.exam.sensory import sensory_study
from ranvier.exam.session import Session
from ranvier.findings.measure import measured_f, measured_sensory, measured_site
from ranvier.findings.study import MotorSite

FILE = Path(__file__).with_suffix(".toml")
STUDIES = (
    ("median", "APB", ("wrist", "elbow")),
    ("ulnar", "ADM", ("wrist", "below elbow", "above elbow", "axilla")),
    ("ulnar", "FDI", ("wrist",)),
    ("radial", "ED", ("elbow", "above spiral groove")),
    ("musculocutaneous", "biceps", ("erb",)),
    ("axillary", "deltoid", ("erb",)),
    ("fibular", "EDB", ("ankle", "below fibular head", "popliteal fossa")),
    ("fibular", "TA", ("below fibular head", "popliteal fossa")),
    ("tibial", "AH", ("ankle", "popliteal fossa")),
)
F_WAVES = {"APB", "ADM", "EDB", "AH"}
SENSORY = ("median", "ulnar", "radial", "sural", "superficial fibular", "medial antebrachial cutaneous")
LEAST_PERCENT, MOST_PERCENT, MEAN_PERCENT = 2.5, 5.0, 10.0
TAIL = 97.5


def person(seed: int) -> Body:
    """An adult of 20 to 79 years, women and men alike, as tall as adults are."""
    draw = np.random.default_rng([2026, seed])
    sex = "female" if draw.random() < 0.5 else "male"
    height = draw.normal(164.0 if sex == "female" else 177.0, 6.5)
    return healthy(sex, float(draw.uniform(20, 79)), float(np.clip(height, 145, 205)), seed)


def figures(seed: int) -> dict[str, float]:
    """Every measured figure of one person."""
    session = Session(person(seed), 1)
    found: dict[str, float] = {}
    for nerve, muscle, sites in STUDIES:
        recording = Recording.of(session, "right", nerve, muscle)
        rows = [measured_site(row) for row in motor_study(recording, sites).sites]
        name = f"{nerve} {muscle}"
        found[f"{name} distal latency"], found[f"{name} amplitude"] = (
            number(rows[0].latency_ms),
            number(rows[0].amplitude_mv),
        )
        found[f"{name} area"], found[f"{name} duration"] = (
            number(rows[0].area_mv_ms),
            number(rows[0].duration_ms),
        )
        found |= {f"{name} {key}": value for pair in pairwise(rows) for key, value in stretch(*pair).items()}
        if muscle in F_WAVES:
            late = measured_f(f_wave(recording, sites[0]))
            found[f"{name} F latency"] = number(late.minimal_latency_ms)
            found[f"{name} F persistence"] = number(late.persistence_percent)
            found[f"{name} F chronodispersion"] = number(late.chronodispersion_ms)
    for nerve in SENSORY:
        row = measured_sensory(sensory_study(session, "right", nerve))
        found[f"{nerve} sensory onset latency"] = number(row.onset_latency_ms)
        found[f"{nerve} sensory peak latency"] = number(row.peak_latency_ms)
        found[f"{nerve} sensory amplitude"] = number(row.amplitude_uv)
        found[f"{nerve} sensory velocity"] = number(row.distance_mm) / number(row.onset_latency_ms)
    return found | falls(found)


def number(value: float | None) -> float:
    """A marker, not a number where it could not be set."""
    return np.nan if value is None else float(value)


def stretch(distal: MotorSite, proximal: MotorSite) -> dict[str, float]:
    """What changes between two sites."""
    name = f"{distal.site} to {proximal.site}"
    delay = number(proximal.latency_ms) - number(distal.latency_ms)
    return {
        f"velocity {name}": number(proximal.distance_mm) / delay,
        f"amplitude fall {name}": 100 * (1 - number(proximal.amplitude_mv) / number(distal.amplitude_mv)),
        f"area fall {name}": 100 * (1 - number(proximal.area_mv_ms) / number(distal.area_mv_ms)),
        f"duration rise {name}": 100 * (number(proximal.duration_ms) / number(distal.duration_ms) - 1),
    }


def falls(found: dict[str, float]) -> dict[str, float]:
    """The falls that were published for arm and leg: one nerve each, forearm and lower leg."""
    arm, leg = "median APB {} wrist to elbow", "tibial AH {} ankle to popliteal fossa"
    return {
        f"{limb} {what}": found[name.format(what)]
        for limb, name in (("arm", arm), ("leg", leg))
        for what in ("amplitude fall", "duration rise")
    }


def cohort(count: int, workers: int) -> dict[str, np.ndarray]:
    """Each figure of `count` people."""
    with ProcessPoolExecutor(workers) as pool:
        people = list(pool.map(figures, range(count), chunksize=4))
    return {name: np.array([one[name] for one in people]) for name in people[0]}


def number_of(entry: dict | None) -> float:
    """The number of an entry of the table."""
    return np.nan if entry is None else float(entry["number"])


def outside(values: np.ndarray, row: dict) -> list[tuple[str, float]]:
    """Share of the values beyond each published limit, percent."""
    shares = []
    if "lower" in row:
        shares.append(("<", number_of(row["lower"]), 100 * float(np.mean(values < number_of(row["lower"])))))
    if "upper" in row:
        shares.append((">", number_of(row["upper"]), 100 * float(np.mean(values > number_of(row["upper"])))))
    return shares


def within(share: float, count: int) -> bool:
    """Whether a share agrees with 2.5-5 %, as far as so many people can tell (95 % interval)."""
    sway = lambda p: 196 * np.sqrt(p / 100 * (1 - p / 100) / count)  # noqa: E731
    return LEAST_PERCENT - sway(LEAST_PERCENT) <= share <= MOST_PERCENT + sway(MOST_PERCENT)


def report(found: dict[str, np.ndarray], count: int) -> dict[str, list[bool]]:
    """Print every published figure beside the virtual one, and count what agrees."""
    table = tomllib.loads(FILE.read_text())
    verdicts: dict[str, list[bool]] = {
        "limits": [],
        "limits unseen": [],
        "means": [],
        "means unseen": [],
        "falls": [],
    }
    print(f"{'figure':<62}{'role':<6}{'virtual':>16}{'published':>16}  verdict")
    for name, row in table.items():
        if name == "source":
            continue
        values, unit = found[name.split(",")[0]], next(e["unit"] for e in row.values() if isinstance(e, dict))
        values = values[np.isfinite(values)]
        unseen = row["role"] == "test"
        virtual = f"{values.mean():.1f} ± {values.std():.1f} {unit}"
        if "mean" in row:
            mean = number_of(row["mean"])
            good = abs(values.mean() / mean - 1) <= MEAN_PERCENT / 100
            verdicts["means"].append(good)
            verdicts["means unseen"] += [good] if unseen else []
            spread = f" ± {number_of(row['sd']):g}" if "sd" in row else ""
            tell(name, row, virtual, f"{mean:g}{spread} {unit}", f"{said(good)} mean", "mean")
        for sign, limit, share in outside(values, row):
            good = within(share, len(values))
            verdicts["limits"].append(good)
            verdicts["limits unseen"] += [good] if unseen else []
            key = "lower" if sign == "<" else "upper"
            tell(name, row, f"{share:.1f} % beyond", f"{sign} {limit:g} {unit}", f"{said(good)} limit", key)
        if "upper_from" in row:
            low, high, top = (
                number_of(row["upper_from"]),
                number_of(row["upper_to"]),
                np.percentile(values, TAIL),
            )
            good = low * 0.9 <= top <= high * 1.1
            verdicts["falls"].append(good)
            tell(
                name,
                row,
                f"{top:.1f} % upper",
                f"{low:g}-{high:g} %",
                f"{said(good)} upper limit",
                "upper_from",
            )
    return verdicts


def tell(name: str, row: dict, virtual: str, published: str, verdict: str, key: str) -> None:
    """One line of the table, with the source of what was published."""
    source = f"{row[key]['source']}, {row[key].get('mark', 'seen')}"
    print(f"{name:<62}{row['role']:<6}{virtual:>16}{published:>16}  {verdict:<20}{source}")


def said(good: bool) -> str:
    """A verdict in a word."""
    return "agrees" if good else "MISSES"


def main() -> int:
    """Run the cohort and print it."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--people", type=int, default=500)
    ask.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    ask.add_argument("--save", type=Path, help="keep every figure in this .npz")
    asked = ask.parse_args()
    begun = time.perf_counter()
    found = cohort(asked.people, asked.workers)
    if asked.save:
        np.savez(asked.save, **found)
    verdicts = report(found, asked.people)
    print()
    for name, good in verdicts.items():
        print(f"{name:<16} {sum(good)} of {len(good)} agree")
    print(f"{asked.people} people in {time.perf_counter() - begun:.0f} s; simulated data")
    return 0


if __name__ == "__main__":
    sys.exit(main())
