"""The brief study beside the full one: differences of markers, and the errors that noise makes of them.

    python benchmarks/brief_study.py [PEOPLE]

Healthy people, people with lost units and axons, and people with block or demyelination in four nerves are
examined in full with noise, in full without it, and briefly. Prints the differences, and the error sizes
that stand in `src/ranvier/exam/brief/errors.toml`. About 5 minutes for 90 people (the default).
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ranvier.anatomy.course import course
from ranvier.body import Body, healthy
from ranvier.exam.brief.motor import BriefRecording
from ranvier.exam.brief.sensory import marked, trace
from ranvier.exam.items import Protocol
from ranvier.exam.laboratory import Amplifier
from ranvier.exam.motor import Recording
from ranvier.exam.protocol import protocol
from ranvier.exam.sensory import placed, sensory_study
from ranvier.exam.session import Session
from ranvier.findings.measure import measured_sensory, measured_site
from ranvier.nerve.bundle import Focus

Array = NDArray[np.float64]
PEOPLE = 90
MOTOR = ("latency_ms", "amplitude_mv", "area_mv_ms", "duration_ms")
SENSORY = ("onset_latency_ms", "peak_latency_ms", "amplitude_uv")
LESIONS = {
    "APB": ("median", "wrist", "elbow"),
    "ADM": ("ulnar", "wrist", "below elbow"),
    "EDB": ("fibular", "ankle", "below fibular head"),
    "EIP": ("radial", "forearm", "elbow"),
}
Rows = list[list[Array]]


def person(seed: int) -> Body:
    """Four healthy people of nine, three with losses, two with block or demyelination."""
    random = np.random.default_rng(seed)
    sex = "female" if seed % 2 else "male"
    body = healthy(sex, float(random.uniform(20, 80)), float(random.uniform(155, 190)), seed)
    kind = seed % 9
    return body if kind < 4 else thinned(body, random) if kind < 7 else blocked(body, random, kind == 7)


def thinned(body: Body, random: np.random.Generator) -> Body:
    """Units and sensory axons lost, here more, there less."""
    motor = dict(body.motor)
    for key, supply in motor.items():
        kept = random.random(len(supply.pool)) < 10 ** random.uniform(-2.2, -0.2)
        motor[key] = replace(supply, pool=replace(supply.pool, fibres=supply.pool.fibres * kept))
    sensory = {
        k: replace(s, weight=s.weight * 10 ** random.uniform(-1.3, 0)) for k, s in body.sensory.items()
    }
    return replace(body, motor=motor, sensory=sensory)


def blocked(body: Body, random: np.random.Generator, nodal: bool) -> Body:
    """Some axons of four right nerves without Na channels over eight nodes, or with thin myelin."""
    motor = dict(body.motor)
    for muscle, (nerve, *ends) in LESIONS.items():
        supply, way = motor["right", muscle], course(nerve, body.person.height_cm)
        middle, share = sum(map(way.at, ends)) / 2, random.uniform(0.2, 0.95)
        foci = (Focus("na", 0.1, middle, 8),) if nodal else (
            Focus("myelin", 4.0, middle - 30, 25), Focus("myelin", 10.0, middle + 30, 25),
        )  # fmt: skip
        motor["right", muscle] = supply.ill(foci, random.random((len(supply.pool), len(foci))) < share)
    return replace(body, motor=motor)


def motor_rows(session: Session, plan: Protocol) -> Iterator[list[Array]]:
    """Each response with noise, without it, and brief (as noise and as quiet would have it be marked)."""
    for item in plan.motor[:-1]:
        loud = Recording.of(session, "right", item.nerve, item.muscle)
        quick = BriefRecording.of(session, "right", item.nerve, item.muscle)
        quiet, quick_quiet = replace(loud), replace(quick)
        for each in (quiet, quick_quiet):
            each.__dict__["amplifier"] = Amplifier.of("motor", True)
        quiet.__dict__["potentials"] = loud.potentials
        for site in item.sites:
            place = loud.electrode(site)
            full = [told(measured_site(each.site(place)), MOTOR) for each in (loud, quiet)]
            clean = quick.trace(loud.arrival_ms(place), 60.0)
            yield [*full, *(told(each.marked(clean), MOTOR) for each in (quick, quick_quiet))]


def sensory_rows(session: Session, plan: Protocol) -> Iterator[list[Array]]:
    """The same for sensory responses."""
    quiet = replace(session, quiet=True)
    for item in plan.sensory:
        full = [
            told(measured_sensory(sensory_study(each, "right", item.nerve)), SENSORY)
            for each in (session, quiet)
        ]
        row, supply, place = placed(session, "right", item.nerve, None)
        channels = [Amplifier.of("sensory", each) for each in (False, True)]
        brief = [marked(trace(session, supply, place, each), each, row.distance_mm) for each in channels]
        yield [*full, *(told(each, SENSORY) for each in brief)]


def told(found: Any, names: tuple[str, ...]) -> Array:
    """Markers as numbers, not a number where there is none."""
    values = [found.get(name) if isinstance(found, dict) else getattr(found, name) for name in names]
    return np.array([np.nan if value is None else value for value in values], float)


def compared(rows: Rows, names: tuple[str, ...], size: int) -> None:
    """Print how brief and full differ, and what noise adds."""
    noisy, clean, brief, brief_clean = (np.array([row[n] for row in rows]) for n in range(4))
    print(f"{len(rows)} responses; absent: noisy {absent(noisy[:, size])}, brief {absent(brief[:, size])}")
    for low, high in ((0, 1), (1, 2), (2, 4), (4, 8), (8, np.inf)) if size == 2 else ():
        here = (clean[:, size] >= low) & (clean[:, size] < high)
        lost, every = absent(noisy[here, size]), np.count_nonzero(here)
        print(f"  of {low} to {high} uV absent in noise: {lost} of {every}")
    there = (noisy[:, size] > 0) & (clean[:, size] > 0) & (brief[:, size] > 0)
    for n, name in enumerate(names):
        apart = brief_clean[there, n] - clean[there, n]
        if not name.endswith("latency_ms"):
            apart = 100 * apart / clean[there, n]
        print(
            f"  {name:18} brief - full, quiet: mean {np.nanmean(apart):.3f} SD {np.nanstd(apart):.3f}",
            end="  ",
        )
        print(
            "noise:",
            fitted(brief[there, size], (noisy - brief)[there, n], "latency" in name or "duration" in name),
        )


def absent(size: Array) -> int:
    """How many responses are absent."""
    return int(np.count_nonzero(size == 0))


def fitted(size: Array, error: Array, vanishing: bool) -> str:
    """Mean and SD of an error as `errors.py` has them, fitted to bins of alike amplitude."""
    bins = np.array_split(np.argsort(size), max(8, len(size) // 40))
    middle = np.array([np.median(size[each]) for each in bins])
    sd = np.array([np.nanstd(np.clip(error[each], *np.nanpercentile(error[each], [2, 98]))) for each in bins])

    mean = np.array(
        [np.nanmean(np.clip(error[each], *np.nanpercentile(error[each], [2, 98]))) for each in bins]
    )
    terms = np.stack([np.ones_like(middle), 1 / middle], axis=1) / sd[:, None]
    shift, lift = np.linalg.lstsq(terms, mean / sd, rcond=None)[0]

    def model(p: Array) -> Array:
        grows = (np.exp(p[2]) * middle ** -p[3]) ** 2 if vanishing else 0.0
        return np.sqrt(np.exp(2 * p[0]) + (np.exp(p[1]) * middle) ** 2 + grows)

    def miss(p: Array) -> float:
        return float(np.sum(np.log(model(p) / sd) ** 2))

    starts = [(a, b, c, 0.75) for a in (-5, -2) for b in (-8, -4) for c in (-4, -1)]
    tries = [minimize(miss, start, method="Nelder-Mead", options={"maxiter": 8000}) for start in starts]
    best = min(tries, key=lambda found: found.fun).x
    sizes = "floor {:.3g} share {:.3g} inverse {:.3g}".format(*np.exp(best[:3]))
    return (
        f"shift {shift:.3g} lift {lift:.3g} {sizes if vanishing else sizes[: sizes.index(' inverse')]} "
        + (f"power {best[3]:.3g}" if vanishing else "")
    )


def main() -> None:
    """Examine everybody and print."""
    people, plan = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, protocol("standard")
    motor: Rows = []
    sensory: Rows = []
    for seed in range(1, people + 1):
        session = Session(person(seed), seed)
        motor += motor_rows(session, plan)
        sensory += sensory_rows(session, plan)
        print(f"\r{seed} of {people}", end="", file=sys.stderr)
    compared(motor, MOTOR, 1)
    compared(sensory, SENSORY, 2)


if __name__ == "__main__":
    main()
