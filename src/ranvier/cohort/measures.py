"""What a published figure speaks of, read from a row of a cohort; a column's name is a measure too.

A measure gives every value that the row has of it: one, none if it is not known, or one for each nerve,
segment or hand.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ranvier.anatomy import SIDES
from ranvier.findings.truth import Truth, any_of

Row = dict[str, Any]
Limits = Sequence[float]
Measure = Callable[[Row, Limits], Iterable[float | None]]
GRADES = ("definite", "probable")
HAND = ("median", "ulnar")


def segments(row: Row) -> list[Row]:
    """The segments studied at a visit."""
    return json.loads(row.get("segments") or "[]")


def nerves(row: Row) -> list[Row]:
    """The motor nerves studied at a visit."""
    return json.loads(row.get("nerves") or "[]")


def blocked(row: Row) -> list[Row]:
    """The segments with a definite or probable block, by the first criteria set."""
    return [each for each in segments(row) if each["grades"][0] in GRADES]


def equals(column: str, *words: str) -> Measure:
    """Whether a column is one of these words."""
    return lambda row, limits: [None if row.get(column) is None else row[column] in words]


def region(*words: str) -> Measure:
    """Whether weakness began in a region that these words name."""
    return lambda row, limits: [region_is(row, *words)]


def region_is(row: Row, *words: str) -> Truth:
    """Whether weakness began there; unknown while nothing is weak."""
    found = row.get("first_region")
    return None if found is None else all(word in found for word in words)


def level(names: dict[str, tuple[str, ...]]) -> Measure:
    """Whether each of these criteria sets stands at one of the levels."""

    def reached(row: Row, limits: Limits) -> list[Truth]:
        found = [(row.get(f"criteria_{name}"), levels) for name, levels in names.items()]
        return [None if any(has is None for has, _ in found) else all(has in levels for has, levels in found)]

    return reached


def block_velocity(row: Row, limits: Limits) -> list[float | None]:
    """The velocity across each blocked segment, m/s."""
    return [each["velocity_m_s"] for each in blocked(row)]


def block_velocity_at_most(row: Row, limits: Limits) -> list[Truth]:
    """Whether the velocity across each blocked segment is at most the limit, m/s."""
    return [None if v is None else v <= limits[0] for v in block_velocity(row, limits)]


def block_slow(row: Row, limits: Limits) -> list[Truth]:
    """Whether the velocity across each blocked segment lies below its reference limit."""
    pairs = [(each["velocity_m_s"], each["velocity_limit_m_s"]) for each in blocked(row)]
    return [None if v is None or least is None else v < least for v, least in pairs]


def hand_blocks(grade: str) -> Measure:
    """How many segments of median and ulnar nerves have a block of this grade."""

    def counted(row: Row, limits: Limits) -> list[float | None]:
        mine = [each for each in segments(row) if each["nerve"] in HAND]
        return [float(sum(each["grades"][0] == grade for each in mine))] if mine else []

    return counted


def hands(flag: str) -> Measure:
    """Whether a flag holds for the median or the ulnar nerve of each hand."""

    def found(row: Row, limits: Limits) -> list[Truth]:
        mine = [each for each in nerves(row) if each["nerve"] in HAND]
        return [any_of(each[flag] for each in mine if each["side"] == side) for side in SIDES] if mine else []

    return found


def nerve(flag: str) -> Measure:
    """Whether a flag holds for each nerve."""
    return lambda row, limits: [each[flag] for each in nerves(row)]


def abnormal_not_weak(row: Row, limits: Limits) -> list[Truth]:
    """Whether each nerve that conducts abnormally serves muscles that are not weak."""
    return [None if each["weak"] is None else not each["weak"] for each in nerves(row) if each["abnormal"]]


def lowest(row: Row) -> list[tuple[Row, float]]:
    """The lowest segment of each nerve, with the share of the amplitude that is left above it."""
    found: dict[tuple[str, str, str], Row] = {}
    for each in sorted(segments(row), key=lambda one: one["depth"]):
        found.setdefault((each["side"], each["nerve"], each["muscle"]), each)
    return [
        (each, 1 - each["amplitude_drop"]) for each in found.values() if each["amplitude_drop"] is not None
    ]


def ratio_below(row: Row, limits: Limits) -> list[Truth]:
    """Whether the amplitude ratio lies below the limit of healthy nerves: ulnar nerve, others."""
    return [left < limits[each["nerve"] != "ulnar"] for each, left in lowest(row)]


def ratio_below_by_size(row: Row, limits: Limits) -> list[Truth]:
    """Whether it lies below a limit that depends on the distal amplitude: below mV, limit, below mV ..."""
    sizes = list(zip(limits[::2], limits[1::2], strict=True))
    return [
        left < next(least for size, least in sizes if each["distal_mv"] < size) for each, left in lowest(row)
    ]


def age_between(row: Row, limits: Limits) -> list[Truth]:
    """Whether the first symptom came between two ages."""
    return [limits[0] <= row["onset_age_years"] <= limits[1]]


def remission(row: Row, limits: Limits) -> list[Truth]:
    """Whether nothing is weak any more."""
    weak = row.get("weak_movements")
    return [None if weak is None or row.get("first_region") is None else weak == 0]


def per_year(row: Row, limits: Limits) -> list[float | None]:
    """Points of weakness (NIS) for each year since the first symptom."""
    return [None if row.get("nis_w") is None else row["nis_w"] / row["years"]]


def probable_only(row: Row, limits: Limits) -> list[Truth]:
    """Whether there is a probable block and no definite one."""
    return [None if row.get("any_block") is None else row["any_block"] and not row["definite_block"]]


def simple_rules(row: Row, limits: Limits) -> list[Truth]:
    """Whether the amplitude falls, the duration rises or F waves are abnormal, by simple limits."""
    return [any_of(row.get(name) for name in ("amplitude_fall", "dispersion", "any_f_abnormal"))]


def f_absent(muscle: str) -> Measure:
    """Whether no F wave was obtained from a muscle of the right side."""
    name = f"right_{muscle}_f_persistence"
    return lambda row, limits: [None if row.get(name) is None else row[name] == 0]


EFNS, AAEM = "efns_pns_2010", "aaem_2003"
NO_LEVEL = ("possible", "indeterminate", "not met")
MEASURES: dict[str, Measure] = {
    "abnormal nerve not weak": abnormal_not_weak,
    "aaem definite": level({AAEM: ("definite",)}),
    "aaem definite or probable": level({AAEM: GRADES}),
    "aaem gains": level({AAEM: GRADES, EFNS: NO_LEVEL}),
    "aaem loses": level({EFNS: GRADES, AAEM: NO_LEVEL}),
    "aaem misses": level({AAEM: NO_LEVEL}),
    "age at onset between": age_between,
    "amplitude ratio below": ratio_below,
    "amplitude ratio below by size": ratio_below_by_size,
    "amplitude, dispersion or F wave": simple_rules,
    "block slow": block_slow,
    "block velocity": block_velocity,
    "block velocity at most": block_velocity_at_most,
    "efns definite": level({EFNS: ("definite",)}),
    "efns definite or probable": level({EFNS: GRADES}),
    "efns none": level({EFNS: ("not met",)}),
    "efns possible": level({EFNS: ("possible",)}),
    "F absent from AH": f_absent("ah"),
    "F absent from APB": f_absent("apb"),
    "hand axonal": hands("axonal"),
    "hand definite blocks": hand_blocks("definite"),
    "hand f abnormal": hands("f_abnormal"),
    "hand latency long": hands("latency_long"),
    "hand probable blocks": hand_blocks("probable"),
    "male": equals("sex", "male"),
    "nerve axonal": nerve("axonal"),
    "nis per year": per_year,
    "onset arm": region("arm"),
    "onset distal": region("distal"),
    "onset distal arm": region("distal arm"),
    "onset distal leg": region("distal leg"),
    "onset leg": region("leg"),
    "onset proximal arm": region("proximal arm"),
    "onset proximal leg": region("proximal leg"),
    "probable block only": probable_only,
    "remission": remission,
}
AMONG: dict[str, Callable[[Row], Truth]] = {
    "with block": lambda row: row.get("any_block"),
    "without block": lambda row: None if row.get("any_block") is None else not row["any_block"] and weak(row),
    "arm onset": lambda row: region_is(row, "arm"),
    "hand onset": lambda row: region_is(row, "distal arm"),
}


def weak(row: Row) -> bool:
    """Whether anything is weak."""
    return bool(row.get("weak_movements"))


def values(row: Row, name: str, limits: Limits = ()) -> list[float]:
    """What is known of a measure in a row; numbers, with 1 for yes."""
    found = MEASURES[name](row, limits) if name in MEASURES else [row.get(name)]
    return [float(value) for value in found if value is not None]
