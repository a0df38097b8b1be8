"""Reading a protocol: a TOML file that any laboratory can write for itself.

`[[motor]]`, `[[sensory]]` and the special studies name sides, nerve, muscle and sites as anatomy does;
`[temperature]` sets the skin of arm and leg, `[filter]` the low cut; `[bedside]` what is done without wires.
"""

from dataclasses import fields
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from ranvier.anatomy import SIDES, Side, UnknownNameError, motor_nerve
from ranvier.anatomy.course import course, muscle_course, sensory_course
from ranvier.evidence import EvidenceError, read_toml
from ranvier.exam.items import ITEMS, WEAKER, Item, MotorItem, Protocol, SensoryItem
from ranvier.muscle.pool import shape

SHIPPED = Path(__file__).with_name("protocols")
ANY_HEIGHT_CM = 172.0
SITES = ("site", "distal", "proximal", "f_wave")
RANGES = {"strength": (0.1, 20.0), "step_mm": (2.0, 100.0), "seconds": (1.0, 600.0), "rate_hz": (0.2, 50.0)}
"""What a number of a study can be."""
BEDSIDE = ("strength", "grip", "laboratory")
TABLES = ("title", *ITEMS, "needle", "bedside", "temperature", "filter")


@cache
def shipped_protocols() -> tuple[str, ...]:
    """The protocols that come with the package."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def protocol(name: str) -> Protocol:
    """A shipped protocol by its name, or one from a TOML file.

    Raises EvidenceError that names the file and the entry, with what is allowed.
    """
    if name in shipped_protocols():
        return protocol_from(SHIPPED / f"{name}.toml")
    if name.casefold().endswith(".toml"):
        return protocol_from(Path(name))
    known = ", ".join(shipped_protocols())
    raise EvidenceError(f"There is no protocol '{name}'. Known: {known}; or name a .toml file of your own.")


def protocol_from(path: Path) -> Protocol:
    """A protocol from a file."""
    data = read_toml(path)
    for key in data:
        if key not in TABLES:
            raise EvidenceError(f"{path}: '{key}' is not one of {', '.join(TABLES)}.")
    try:
        items = {name: listed(data, name, kind) for name, kind in ITEMS.items()}
        bedside = flags(table_of(data, "bedside"))
        settings: dict[str, Any] = {
            "skin_c": skin(table_of(data, "temperature")),
            "low_cut_hz": low_cut(table_of(data, "filter")),
        }
        asked = {**items, "needle": muscles(table_of(data, "needle")), **bedside}
        if not any(asked.values()):
            raise EvidenceError("asks for nothing; add at least one study, such as [[motor]].")
        return Protocol(str(data.get("title", path.stem)), **asked, **settings)
    except (EvidenceError, UnknownNameError) as error:
        raise EvidenceError(f"{path}: {error}") from error


def table_of(data: dict[str, Any], name: str) -> dict[str, Any]:
    """A table of the file, empty where it is not there."""
    found = data.get(name, {})
    if not isinstance(found, dict):
        raise EvidenceError(f"'{name}' must be one table: write [{name}] with its entries below.")
    return found


def listed(data: dict[str, Any], name: str, kind: type[Item]) -> Any:
    """The studies of one kind, each asked for once."""
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise EvidenceError(f"'{name}' must be a list of tables: write [[{name}]].")
    items = [item(table, kind, f"[[{name}]] {place + 1}") for place, table in enumerate(tables)]
    seen: set[tuple[object, ...]] = set()
    for place, each in enumerate(items):
        for side in each.sides:
            study = (side, each.nerve, getattr(each, "muscle", ""), getattr(each, "rate_hz", ""))
            if study in seen:
                raise EvidenceError(f"[[{name}]] {place + 1}: {side} {each.nerve} is asked for twice.")
            seen.add(study)
    return tuple(items)


def item(table: dict[str, Any], kind: type[Item], where: str) -> Item:
    """One study, with every name as anatomy has it."""
    known = {each.name: each for each in fields(kind)}
    for key in table:
        if key not in known:
            raise EvidenceError(f"{where}: '{key}' is not one of {', '.join(known)}.")
    needed = ("nerve", "muscle", "site", "distal", "proximal", *(("sites",) if kind is MotorItem else ()))
    missing = [key for key in needed if key in known and key not in table]
    if missing:
        raise EvidenceError(f"{where}: '{missing[0]}' is missing.")
    try:
        found = kind(**{key: checked(kind, known[key], value, table, where) for key, value in table.items()})
        possible(found, where)
    except UnknownNameError as error:
        raise EvidenceError(f"{where}: {error}") from error
    return found


def possible(found: Item, where: str) -> None:
    """Refuse a study whose stimuli cannot reach what is recorded, or stand in the wrong order."""
    if isinstance(found, SensoryItem):
        way = sensory_course(found.nerve, ANY_HEIGHT_CM)
        nerve, end, sites = way.nerve, way.stimulus_mm, found.sites
    else:
        way = muscle_course(found.muscle, ANY_HEIGHT_CM)  # type: ignore[attr-defined]
        nerve, end, sites = found.nerve, way.length_mm, stimuli(found)
    places = course(nerve, ANY_HEIGHT_CM).site_mm
    for site in sites:
        if site not in places or places[site] > end:
            fit = [each for each, mm in places.items() if mm <= end]
            raise EvidenceError(
                f"{where}: '{site}' lies beyond what is recorded; above it: {', '.join(fit)}."
            )
    if len(set(sites)) < len(sites):
        raise EvidenceError(f"{where}: a site stands twice; name each once.")
    if isinstance(found, MotorItem) and len(sites) == 1:
        known = motor_nerve(nerve)
        if not known.starts_distally(found.muscle, sites[0]):
            distal = known.distal_site[found.muscle]
            raise EvidenceError(f"{where}: '{sites[0]}' alone is proximal; add the {distal}.")
    if hasattr(found, "distal") and places[found.distal] <= places[found.proximal]:  # type: ignore[attr-defined]
        raise EvidenceError(f"{where}: 'distal' must lie below 'proximal'.")


def stimuli(found: Item) -> tuple[str, ...]:
    """The sites of a study that is not sensory."""
    if isinstance(found, MotorItem):
        if found.f_wave and found.f_wave not in found.sites:
            raise EvidenceError(f"'f_wave' must be one of the sites: {', '.join(found.sites)}.")
        return found.sites
    return tuple(getattr(found, name) for name in ("site", "distal", "proximal") if hasattr(found, name))


def checked(kind: type[Item], entry: Any, value: Any, table: dict[str, Any], where: str) -> Any:
    """One field of a study."""
    key, nerve = entry.name, str(table.get("nerve", ""))
    if key == "nerve":
        return (
            sensory_course(str(value), ANY_HEIGHT_CM).name if kind is SensoryItem else motor_nerve(nerve).name
        )
    if key == "sides":
        return sides(value, where)
    if key == "muscle":
        return served(motor_nerve(nerve).muscle(str(value)))
    if key in SITES:
        return motor_nerve(nerve).site(str(value))
    if key == "sites":
        parent = sensory_course(nerve, ANY_HEIGHT_CM).nerve if kind is SensoryItem else nerve
        if not isinstance(value, list) or (not value and kind is MotorItem):
            raise EvidenceError(f"{where}: 'sites' must be a list of stimulation sites.")
        return tuple(motor_nerve(parent).site(str(each)) for each in value)
    low, high = RANGES[key]
    if not number(value, low, high):
        raise EvidenceError(f"{where}: '{key}' must be a number from {low:g} to {high:g}, not {value!r}.")
    return float(value)


def served(muscle: str) -> str:
    """A muscle that the virtual person has; raises UnknownNameError."""
    shape(muscle)
    return muscle


def sides(value: Any, where: str) -> tuple[Side, ...]:
    """The sides of a study, each once."""
    given = value if isinstance(value, list) else [value]
    if not given or any(each not in SIDES for each in given) or len(set(given)) < len(given):
        raise EvidenceError(f"{where}: 'sides' must be a list of left and right, each once, not {value!r}.")
    return tuple(given)


def flags(table: dict[str, Any]) -> dict[str, bool]:
    """What is done at the bedside."""
    for key, value in table.items():
        if key not in BEDSIDE or not isinstance(value, bool):
            raise EvidenceError(f"[bedside]: '{key}' must be one of {', '.join(BEDSIDE)}, true or false.")
    return table


def muscles(table: dict[str, Any]) -> tuple[str, ...]:
    """The muscles for the needle, each once."""
    if any(key != "muscles" for key in table) or not isinstance(table.get("muscles", []), list):
        raise EvidenceError("[needle] holds one list: muscles = ['right APB', ...].")
    given = [str(each) for each in table.get("muscles", [])]
    for each in given:
        side, _, muscle = each.partition(" ")
        if side not in (*SIDES, WEAKER):
            raise EvidenceError(f"[needle]: '{each}' must begin with left, right or weaker: 'right APB'.")
        served(muscle)
    if len(set(given)) < len(given):
        raise EvidenceError("[needle]: a muscle stands twice; name each once.")
    return tuple(given)


def number(value: Any, low: float, high: float) -> bool:
    """Whether a value is a finite number within these bounds."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and isfinite(value)
        and low <= value <= high
    )


def skin(table: dict[str, Any]) -> dict[str, float]:
    """Skin temperatures the limbs are brought to."""
    for key, value in table.items():
        if key not in ("arm", "leg") or not number(value, 18, 40):
            raise EvidenceError(f"[temperature]: '{key}' must be arm or leg, 18 to 40 degC.")
    return {key: float(value) for key, value in table.items()}


def low_cut(table: dict[str, Any]) -> float | None:
    """The low-frequency filter of motor studies, Hz."""
    for key, value in table.items():
        if key != "low_cut_hz" or not number(value, 0.1, 100):
            raise EvidenceError("[filter]: only low_cut_hz, 0.1 to 100 Hz, can be set.")
    return table.get("low_cut_hz")
