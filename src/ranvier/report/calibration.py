"""How well the differential's probabilities came true, in simulated patients it was not estimated on.

`calibration.json` beside the likelihoods is written by `make differential-check`, and holds only for the
likelihoods it was measured with: of others nothing is said.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from ranvier.diagnosis.differential.likelihoods import MADE

FILE = MADE.with_name("calibration.json")
SIDE, EDGE = 180, 34
LOOK = 'font-family="sans-serif" font-size="11" fill="#333"'


@dataclass(frozen=True)
class Bin:
    """Patients who were given about the same probability: its mean, and how often it came true (95 %)."""

    given: float
    found: float
    low: float
    high: float


@dataclass(frozen=True)
class Calibration:
    """Expected calibration errors, and the bins of the most probable disease's probability."""

    setting: str
    patients: int
    top_error: float
    mmn_error: float
    bins: tuple[Bin, ...]


@cache
def calibration() -> Calibration | None:
    """What was measured with the likelihoods of this installation; None where nothing was."""
    if not FILE.exists():
        return None
    return calibration_from(json.loads(FILE.read_text(encoding="utf-8")))


def calibration_from(data: dict[str, Any]) -> Calibration | None:
    """What was measured; None where it was with other likelihoods."""
    if data["likelihoods"] != sha256(MADE.read_bytes()).hexdigest():
        return None
    return Calibration(
        setting=data["setting"],
        patients=data["patients"],
        top_error=data["top_error"],
        mmn_error=data["mmn_error"],
        bins=tuple(Bin(**each) for each in data["bins"]),
    )


def calibration_svg(found: Calibration) -> str:
    """What was given across, what came true upwards, with 95 % intervals; the line is what it should be."""
    size = SIDE + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" role="img" '
        f'aria-label="Calibration in simulated patients" {LOOK}>{"".join(drawn(found))}</svg>'
    )


def drawn(found: Calibration) -> Iterator[str]:
    """The pieces of the drawing."""
    yield f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#bbb"/>'
    yield f'<path d="M{across(0)} {up(0)}L{across(1)} {up(1)}" stroke="#bbb" stroke-dasharray="4 3"/>'
    for tick in (0, 0.5, 1):
        yield text(across(tick), up(0) + 15, f"{tick:.0%}", "middle")
        yield text(EDGE - 5, up(tick) + 4, f"{tick:.0%}", "end")
    for each in found.bins:
        x = across(each.given)
        yield f'<path d="M{x} {up(each.low)}V{up(each.high)}" stroke="#35618f"/>'
        yield f'<circle cx="{x}" cy="{up(each.found)}" r="3.5" fill="#35618f"/>'
    yield text(across(0.5), up(0) + 29, "probability given", "middle")
    yield text(EDGE, EDGE - 10, "came true (simulated)", "start")


def text(x: float, y: float, words: str, anchor: str) -> str:
    """One line of text."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{words}</text>'


def across(share: float) -> float:
    """The place of a probability from the left."""
    return round(EDGE + SIDE * share, 1)


def up(share: float) -> float:
    """The place of a probability from the top."""
    return round(EDGE + SIDE * (1 - share), 1)
