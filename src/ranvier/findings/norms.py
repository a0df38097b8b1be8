"""Reference limits by nerve and muscle, with age, height and sex where they were published."""

from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from ranvier.anatomy import UnknownNameError, motor_nerve, sensory_nerve
from ranvier.evidence import EvidenceError, Value, entry_name, fetch, fetch_tables, read_toml, value_from

Family = Literal["motor", "sensory"]
NORMS_FILE = Path(__file__).with_name("norms.toml")
STRATA = ("age", "height", "sex", "stretch")
UNITS: dict[Family, dict[str, str]] = {
    "motor": {
        "amplitude_mv_min": "mV",
        "distal_latency_ms_max": "ms",
        "velocity_m_s_min": "m/s",
        "f_latency_ms_max": "ms",
    },
    "sensory": {
        "distance_mm": "mm",
        "amplitude_uv_min": "uV",
        "onset_latency_ms_max": "ms",
        "peak_latency_ms_max": "ms",
    },
}
"""The limits there can be, and the unit each is in."""
Sex = Literal["female", "male", "other"]


@dataclass(frozen=True)
class Person:
    """What of a patient a reference limit can depend on; None where it is not known."""

    age_years: float | None = None
    height_cm: float | None = None
    sex: Sex | None = None


@dataclass(frozen=True)
class NormRow:
    """Limits that hold for one nerve and muscle under the conditions in `strata`."""

    family: Family
    nerve: str
    muscle: str
    strata: dict[str, Any]
    limits: dict[str, Value]
    own: bool = False

    def holds_for(self, person: Person, stretch: str) -> bool:
        """Whether every condition of the row is known to be fulfilled."""
        known = {"age": person.age_years, "height": person.height_cm, "sex": person.sex}
        return all(
            meets(known.get(key, stretch if key == "stretch" else None), condition)
            for key, condition in self.strata.items()
        )


def meets(known: float | str | None, condition: Any) -> bool:
    """Whether a known number lies in [low, high), or a known word is the wanted one."""
    if known is None:
        return False
    if isinstance(known, str):
        return known == condition
    low, high = condition
    return low <= known < high


@dataclass(frozen=True)
class Norms:
    """A table of reference limits."""

    rows: tuple[NormRow, ...]

    def limit(
        self,
        family: Family,
        nerve: str,
        muscle: str,
        measure: str,
        person: Person,
        stretch: str = "",
    ) -> Value | None:
        """The limit that fits this person best: the laboratory's own first, then the narrowest.

        None when no limit is on file; what has no limit is neither normal nor abnormal.
        """
        fitting = [
            row
            for row in self.by_nerve.get((family, nerve, muscle), ())
            if measure in row.limits and (row.own or not too_young(person)) and row.holds_for(person, stretch)
        ]
        best = max(fitting, key=lambda row: (row.own, len(row.strata)), default=None)
        return best.limits[measure] if best else None

    @cached_property
    def by_nerve(self) -> dict[tuple[str, str, str], list[NormRow]]:
        """The rows of each family, nerve and muscle."""
        found: dict[tuple[str, str, str], list[NormRow]] = {}
        for row in self.rows:
            found.setdefault((row.family, row.nerve, row.muscle), []).append(row)
        return found

    def ahead_of(self, other: "Norms") -> "Norms":
        """These limits as a laboratory's own, with the other table behind them."""
        return Norms(tuple(replace(row, own=True) for row in self.rows) + other.rows)


@cache
def adult_age() -> Value:
    """From which age on the published limits hold."""
    table = read_toml(NORMS_FILE)["adults"]["from_age"]
    return value_from("findings.norms.adults.from_age", table)


def too_young(person: Person) -> bool:
    """Whether a person is known to be no adult; the published limits say nothing of children."""
    return person.age_years is not None and person.age_years < adult_age().number


@cache
def shipped_norms() -> Norms:
    """The reference limits that come with the package."""
    return norms_from(NORMS_FILE, "findings.norms")


def norms_from(path: Path, prefix: str = "") -> Norms:
    """Reference limits from a TOML table; raises EvidenceError naming the row."""
    data = read_toml(path)
    families: tuple[Family, ...] = ("motor", "sensory")
    unknown = set(data) - {*families, "adults"}
    if unknown:
        raise EvidenceError(f"{path}: [[{sorted(unknown)[0]}]] is not one of [[motor]], [[sensory]].")
    return Norms(
        tuple(
            row_from(family, table, f"{prefix or path.stem}.{family}.{entry_name(table, position)}")
            for family in families
            if family in data
            for position, table in enumerate(fetch_tables(data, family, str(path)))
        )
    )


def row_from(family: Family, table: dict[str, Any], where: str) -> NormRow:
    """One row of the table."""
    rest = {k: v for k, v in table.items() if k not in (*STRATA, "nerve", "muscle")}
    unknown = [key for key in rest if key not in UNITS[family]]
    if unknown:
        raise EvidenceError(f"{where}: '{unknown[0]}' is not one of {', '.join(UNITS[family])}.")
    name, muscle = fetch(table, "nerve", str, where), ""
    try:
        if family == "motor":
            nerve = motor_nerve(name)
            name, muscle = nerve.name, nerve.muscle(fetch(table, "muscle", str, where))
        else:
            name = sensory_nerve(name)
    except UnknownNameError as error:
        raise EvidenceError(f"{where}: {error}") from error
    return NormRow(
        family=family,
        nerve=name,
        muscle=muscle,
        strata={key: stratum(table, key, where) for key in STRATA if key in table},
        limits={measure: limit_from(rest, measure, UNITS[family][measure], where) for measure in rest},
    )


def limit_from(table: dict[str, Any], measure: str, unit: str, where: str) -> Value:
    """One limit, above 0 and in its unit."""
    value = value_from(f"{where}.{measure}", fetch(table, measure, dict, where))
    if value.unit != unit or value.number <= 0:
        raise EvidenceError(
            f"{value.id}: must be a number above 0 in {unit}, not {value.number:g} {value.unit}."
        )
    return value


def stratum(table: dict[str, Any], key: str, where: str) -> Any:
    """A condition of a row: a word, or two numbers from and up to."""
    if key == "sex":
        sex = fetch(table, key, str, where)
        if sex not in get_args(Sex):
            raise EvidenceError(f"{where}: 'sex' must be one of {', '.join(get_args(Sex))}.")
        return sex
    if key == "stretch":
        return fetch(table, key, str, where)
    ends = fetch(table, key, list, where)
    if len(ends) != 2 or not all(isinstance(end, int | float) for end in ends) or ends[0] >= ends[1]:
        raise EvidenceError(f"{where}: '{key}' must be two numbers, from and up to.")
    return tuple(ends)
