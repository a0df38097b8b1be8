"""Scales of a virtual person: MRC sum, weakness of the NIS, ONLS, a function score, grip and key pinch."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import SIDES
from ranvier.body import Body
from ranvier.body.condition import HEALTHY, Condition
from ranvier.evidence import read_toml
from ranvier.evidence.value import number_in
from ranvier.exam.disability import aids, onls_arms, onls_legs
from ranvier.exam.function import function, function_score
from ranvier.exam.strength import NAMES, grades, reading
from ranvier.exam.voluntary import Effort
from ranvier.muscle.strength import MRC, mrc
from ranvier.patient.entries import Scale, Strength

SOURCE = "simulated examination"
BULBAR_GROUPS = 2
"""Palate and tongue."""


@cache
def tables() -> dict[str, Any]:
    """The content of `scales.toml`."""
    return read_toml(Path(__file__).with_name("scales.toml"))


@cache
def points() -> dict[float, float]:
    """NIS points of each MRC grade."""
    table = tables()["nis"]["points"]
    return {grade: number_in(table, word, "nis.points") for word, grade in MRC.items()}


def mrc_sum(rows: Iterable[Strength]) -> float:
    """The MRC sum score, 0 to 60: six movements on both sides, whole grades (4- and 4+ count as 4)."""
    wanted = tables()["mrc_sum"]["movements"]
    return float(sum(round(row.mrc) for row in rows if row.movement in wanted and row.mrc is not None))


def nis_w(rows: Iterable[Strength], condition: Condition = HEALTHY) -> float:
    """Weakness of the neuropathy impairment score in the 18 muscle groups a side that a virtual person has.

    0 to 144: 16 groups of the limbs as graded, palate and tongue by the bulbar motor neurons that are left.
    Of the score's 24 groups, hip extension and six of head, neck and chest are not among them.
    """
    wanted = tables()["nis"]["movements"]
    mouth = mrc((1 - condition.bulbar) * (1 - condition.upper_lost("bulbar")))
    limbs = [row.mrc for row in rows if row.movement in wanted and row.mrc is not None]
    return sum(points()[grade] for grade in [*limbs, *[mouth] * len(SIDES) * BULBAR_GROUPS])


def scales(
    body: Body, condition: Condition, seed: int, when: str = "unknown", effort: Effort | None = None
) -> tuple[Scale, ...]:
    """Every scale of one visit; the grades behind the sums are those of the same session's examination.

    `effort`: that of this body, if its ways are known already.
    """
    mine = effort or Effort(body)
    summed = summary(mine, condition, seed)
    scored = [
        Scale(when=when, origin="simulated", source=SOURCE, remark=remark, name=name, score=float(score))
        for name, score, remark in summed
    ]
    measured = [reading(mine, side, device, seed, when) for device in NAMES for side in SIDES]
    return (*scored, *measured)


def summary(effort: Effort, condition: Condition, seed: int) -> Sequence[tuple[str, float, str]]:
    """The names, scores and remarks of the scales that are counted."""
    wanted = dict.fromkeys((*tables()["mrc_sum"]["movements"], *tables()["nis"]["movements"]))
    rows, can = grades(effort, list(wanted), seed), function(effort)
    legs = onls_legs(effort, can)
    worn = ", ".join(aids(effort, legs)) or "none"
    return (
        ("MRC sum score", mrc_sum(rows), "0-60, six movements a side"),
        ("NIS-W", nis_w(rows, condition), "0-144, 18 muscle groups a side; more is weaker"),
        ("ONLS arm", onls_arms(effort, can), "0-5; more is worse"),
        ("ONLS leg", legs, f"0-7; more is worse; aids: {worn}"),
        ("function score (RODS-like)", function_score(can), "0-50, this project's own 25 tasks"),
    )
