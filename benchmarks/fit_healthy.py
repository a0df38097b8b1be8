"""Fit what is fitted in the healthy virtual person: `make fit-healthy`, a few rounds until nothing moves.

Only the rows of `healthy_adults.toml` with the role `fit` are used. Of each muscle: muscle fibres per unit
and their spread (amplitude: mean, lower limit), terminal delay and its spread (distal latency: mean, upper
limit). Of each nerve: mean axon diameter (velocity). Of each sensory nerve: axons and their spread
(amplitude).
Limits are taken as percentiles 3.5 and 96.5, amid the 2.5-5 % that lie
beyond published ones. Writes the numbers into the package's TOML files.
"""

import argparse
import os
import re
import tomllib
from pathlib import Path

import numpy as np
from healthy_adults import FILE, cohort, number_of

PACKAGE = Path(__file__).parent.parent / "src" / "ranvier"
MUSCLES, PEOPLE, SENSORY = (
    PACKAGE / name for name in ("muscle/muscles.toml", "body/people.toml", "body/sensory.toml")
)
LIMIT_SD = 1.81
LOW_PERCENT = 3.5
DIGITS = 3
NERVES = {"median": "arm", "ulnar": "ulnar", "radial": "radial", "tibial": "leg"}
LEAST_SPREAD = 0.03


def change(path: Path, table: str, key: str, new: float) -> None:
    """Put a number into a TOML file and say so."""
    head = f'["{table}"]' if " " in table or path == SENSORY else f"[{table}]"
    text = path.read_text()
    start = text.index(f"{head}\n")
    found = re.compile(rf"^({key} = {{ number = )([-\d.e]+)", re.M).search(text, start)
    assert found, (path, table, key)
    told = f"{new:.{DIGITS}g}" if abs(new) < 1000 else f"{new:.0f}"
    path.write_text(text[: found.start(2)] + told + text[found.end(2) :])
    print(f"{path.stem} {table} {key}: {found[2]} -> {told}")


def old(path: Path, table: str, key: str) -> float:
    """The number that stands there."""
    return float(tomllib.loads(path.read_text())[table][key]["number"])


def root_spread(mean: float, lower: float) -> float:
    """Relative SD of the square root of a figure that has this mean and third percentile."""
    spreads = np.linspace(0, 0.5, 5001)
    return float(spreads[np.argmin(np.abs((1 - LIMIT_SD * spreads) ** 2 / (1 + spreads**2) - lower / mean))])


def root_seen(values: np.ndarray) -> float:
    """The same of what was seen, from its lower tail."""
    return root_spread(values.mean(), np.percentile(values, LOW_PERCENT))


def wider(present: float, seen: float, wanted: float) -> float:
    """A spread so that, with what else varies, the wanted one comes out."""
    return float(np.sqrt(max(present**2 + wanted**2 - seen**2, LEAST_SPREAD**2)))


def fit(count: int, workers: int) -> None:
    """One round."""
    found, table = cohort(count, workers), tomllib.loads(FILE.read_text())
    for name, row in table.items():
        if row.get("role") != "fit" or "mean" not in row:
            continue
        values, mean = found[name][np.isfinite(found[name])], number_of(row["mean"])
        first, second, *_ = name.split()
        if "sensory" in name and name.endswith("amplitude"):
            nerve = name.removesuffix(" sensory amplitude")
            change(SENSORY, nerve, "axons", old(SENSORY, nerve, "axons") * mean / values.mean())
            spread = wider(
                old(SENSORY, nerve, "axons_between"),
                root_seen(values),
                root_spread(mean, number_of(row["lower"])),
            )
            change(SENSORY, nerve, "axons_between", spread)
        elif "sensory" in name:
            continue
        elif name.endswith("amplitude"):
            change(MUSCLES, second, "fibres", old(MUSCLES, second, "fibres") * mean / values.mean())
            spread = wider(
                old(MUSCLES, second, "fibres_between"),
                root_seen(values),
                root_spread(mean, number_of(row["lower"])),
            )
            change(MUSCLES, second, "fibres_between", spread)
        elif name.endswith("distal latency"):
            present = old(MUSCLES, second, "terminal")
            change(MUSCLES, second, "terminal", present + mean - values.mean())
            wanted = (number_of(row["upper"]) - mean) / LIMIT_SD / present
            change(
                MUSCLES,
                second,
                "terminal_between",
                wider(old(MUSCLES, second, "terminal_between"), values.std() / present, wanted),
            )
        elif "velocity" in name and first in NERVES:
            change(
                PEOPLE,
                "axons",
                NERVES[first],
                old(PEOPLE, "axons", NERVES[first]) * (mean / values.mean()) ** 0.9,
            )


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--people", type=int, default=200)
    ask.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = ask.parse_args()
    fit(asked.people, asked.workers)
