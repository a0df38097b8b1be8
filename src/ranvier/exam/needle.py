"""Needle EMG of a virtual person: recordings at rest and at effort, judged by the blind analysis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side
from ranvier.body import Body
from ranvier.evidence.value import numbers_of
from ranvier.exam.voluntary import muscle_supply, reached
from ranvier.findings.needle import Recording, analyse
from ranvier.findings.needle.rules import rules
from ranvier.findings.needle.turns import turns
from ranvier.findings.needle.unit import Unit
from ranvier.muscle.needle import Needled
from ranvier.muscle.uptake import STEP_MS
from ranvier.patient.entries import NeedleEMG, NeedleFinding

Array = NDArray[np.float64]
Pattern = Literal["full", "reduced", "single unit", "none"]


@cache
def numbers(part: str) -> dict[str, float]:
    """The numbers of one part of `needle.toml`."""
    return numbers_of(Path(__file__).with_name("needle.toml"))[part]


@dataclass(frozen=True, eq=False)
class NeedleStudy:
    """The recordings of one muscle: weak effort at several sites, the strongest effort, and rest."""

    muscle: str
    side: Side
    weak: tuple[Recording, ...]
    full: Recording
    rest: tuple[Recording, ...]


def needled(
    body: Body,
    side: Side,
    muscle: str,
    seed: int,
    fasciculation_per_min: float | Array = 0.0,
    quiet: bool = False,
) -> Needled:
    """A muscle with a needle in it; `quiet` leaves out the noise. Raises UnknownNameError."""
    supply = muscle_supply(body, side, muscle)
    own = crc32(f"{body.seed} {seed} {side} {muscle} needle".encode())
    warm = body.muscle_c(supply)
    return Needled(supply.pool, reached(body, supply), warm, own, fasciculation_per_min, quiet)


def recorded(muscle: Needled, site: int, effort: float, seconds: float) -> Recording:
    """What the needle records at one insertion and effort (0 is rest)."""
    return Recording(STEP_MS, muscle.record(site, effort, seconds), simulated=True)


def needle_study(muscle: Needled, side: Side) -> NeedleStudy:
    """The recordings of the protocol in `needle.toml`."""
    rule = numbers("protocol")

    record = partial(recorded, muscle)
    sites = int(rule["sites"])
    return NeedleStudy(
        muscle.pool.muscle,
        side,
        tuple(record(site, rule["weak"], rule["weak_lasts"]) for site in range(sites)),
        record(sites, rule["full"], rule["full_lasts"]),
        tuple(record(site, 0.0, rule["rest_lasts"]) for site in range(int(rule["rest_sites"]))),
    )


def needle_finding(study: NeedleStudy) -> NeedleFinding:
    """What the blind analysis says of the recordings; potentials of all sites together."""
    found = [analyse(recording) for recording in study.weak]
    units = [unit for analysis in found for unit in analysis.units]
    at_rest = [rest for one in study.rest if (rest := analyse(one, at_rest=True).rest)]
    per_s, amplitude = turned(study.full)
    finding = NeedleFinding(
        muscle=study.muscle,
        side=study.side,
        fibrillations=anywhere(rest.fibrillations for rest in at_rest),
        fasciculations=anywhere(rest.fasciculations for rest in at_rest),
        positive_sharp_waves=anywhere(rest.positive_sharp_waves for rest in at_rest),
        recruitment=recruitment(per_s, analyse(study.full).units, units),
        potentials=len(units),
        turns_per_s=round(per_s, 1),
        turn_amplitude_mv=None if amplitude is None else round(amplitude, 3),
    )
    return replace(finding, **means(units))


def anywhere(seen: Iterable[bool | None]) -> bool | None:
    """True when it was seen at one site, False when every site denies it, otherwise unknown."""
    answers = list(seen)
    if True in answers:
        return True
    return False if answers and None not in answers else None


def turned(recording: Recording) -> tuple[float, float | None]:
    """Turns per second and the mean voltage between them over a whole recording, where the effort is known.

    A full pattern has no silence that would show the noise, so that it is not asked where activity is.
    """
    samples, _ = recording.at_one_rate
    found = turns(samples, rules("interference")["turn"])
    voltage = np.abs(np.diff(samples[found]))
    return len(found) / recording.duration_s, float(np.mean(voltage)) if voltage.size else None


def recruitment(turns_per_s: float, full: Sequence[Unit], weak: Sequence[Unit]) -> Pattern:
    """The pattern of the strongest effort in the examiner's words, from the units found there and elsewhere.

    A single unit is one whose discharges account for all turns.
    """
    if turns_per_s >= numbers("recruitment")["reduced"]:
        return "full"
    if not turns_per_s and not weak:
        return "none"
    if len(full) == 1 and turns_per_s <= full[0].firing.rate_hz * (full[0].potential.turns + 1):
        return "single unit"
    return "reduced"


def means(units: Sequence[Unit]) -> dict[str, float | None]:
    """Mean amplitude, duration, share of polyphasic potentials and rate; None without units."""
    columns = {
        "amplitude_mv": ([unit.potential.amplitude_mv for unit in units], 3),
        "duration_ms": ([unit.potential.duration_ms for unit in units], 1),
        "polyphasic_percent": ([100.0 * unit.potential.polyphasic for unit in units], 1),
        "firing_rate_hz": ([unit.firing.rate_hz for unit in units], 1),
    }
    return {name: round(float(np.mean(of)), digits) if of else None for name, (of, digits) in columns.items()}


def needle_emg(
    body: Body,
    muscles: Sequence[tuple[Side, str]],
    seed: int,
    when: str = "unknown",
    fasciculation_per_min: Mapping[tuple[Side, str], float | Array] | None = None,
) -> NeedleEMG:
    """Needle EMG of some muscles as an entry of the record.

    `fasciculation_per_min`: how often each unit of a muscle twitches by itself.
    """
    twitching = fasciculation_per_min or {}
    rows = [
        needle_finding(needle_study(needled(body, side, name, seed, twitching.get((side, name), 0.0)), side))
        for side, name in muscles
    ]
    return NeedleEMG(when=when, origin="simulated", source="simulated examination", muscles=tuple(rows))
