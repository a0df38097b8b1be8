"""What is examined: a list of studies in a TOML file that any laboratory can write for itself.

`[[motor]]`, `[[sensory]]` and the special studies name sides, nerve, muscle and sites as anatomy does;
`[temperature]` sets the skin of arm and leg, `[filter]` the low cut; `[bedside]` what is done without wires.
"""

from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.anatomy import SIDES, Side, motor_nerve
from ranvier.anatomy.course import muscle_course, sensory_course
from ranvier.anatomy.nerves import UnknownNameError
from ranvier.evidence import EvidenceError, read_toml

SHIPPED = Path(__file__).with_name("protocols")
ANY_HEIGHT_CM = 172.0


@dataclass(frozen=True)
class Item:
    """What every study names: the sides and the nerve."""

    nerve: str
    sides: tuple[Side, ...] = SIDES


@dataclass(frozen=True)
class MotorItem(Item):
    """A motor study; `f_wave` is the site at which F waves are taken, '' for none."""

    muscle: str = ""
    sites: tuple[str, ...] = ()
    f_wave: str = ""
    strength: float | None = None
    """Stimulus as a multiple of what just excites the whole nerve; left out, supramaximal."""


@dataclass(frozen=True)
class SensoryItem(Item):
    """A sensory study; `sites` are further stimuli at motor sites of the nerve."""

    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class InchingItem(Item):
    """Short steps between two sites."""

    muscle: str = ""
    distal: str = ""
    proximal: str = ""
    step_mm: float = 25.0


@dataclass(frozen=True)
class TripleItem(Item):
    """Triple stimulation between two sites."""

    muscle: str = ""
    distal: str = ""
    proximal: str = ""


@dataclass(frozen=True)
class ExerciseItem(Item):
    """Motor responses before and after so many seconds of maximal contraction."""

    muscle: str = ""
    distal: str = ""
    proximal: str = ""
    seconds: float = 60.0


@dataclass(frozen=True)
class RepetitiveItem(Item):
    """A train of stimuli at one site."""

    muscle: str = ""
    site: str = ""
    rate_hz: float = 3.0


@dataclass(frozen=True)
class ScanItem(Item):
    """A CMAP scan at one site."""

    muscle: str = ""
    site: str = ""


@dataclass(frozen=True)
class ExcitabilityItem(Item):
    """Nerve excitability by threshold tracking at one site."""

    muscle: str = ""
    site: str = ""


@dataclass(frozen=True)
class Protocol:
    """A whole visit. Raises EvidenceError or UnknownNameError where it cannot be carried out."""

    title: str
    motor: tuple[MotorItem, ...] = ()
    sensory: tuple[SensoryItem, ...] = ()
    inching: tuple[InchingItem, ...] = ()
    triple: tuple[TripleItem, ...] = ()
    exercise: tuple[ExerciseItem, ...] = ()
    repetitive: tuple[RepetitiveItem, ...] = ()
    scan: tuple[ScanItem, ...] = ()
    excitability: tuple[ExcitabilityItem, ...] = ()
    needle: tuple[str, ...] = ()
    """Muscles with their side: `right APB`."""
    strength: bool = False
    grip: bool = False
    laboratory: bool = False
    skin_c: dict[str, float] = field(default_factory=dict)
    low_cut_hz: float | None = None


ITEMS: dict[str, type[Item]] = {
    "motor": MotorItem,
    "sensory": SensoryItem,
    "inching": InchingItem,
    "triple": TripleItem,
    "exercise": ExerciseItem,
    "repetitive": RepetitiveItem,
    "scan": ScanItem,
    "excitability": ExcitabilityItem,
}
SITES = ("site", "distal", "proximal", "f_wave")
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
    if name.endswith(".toml"):
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
        bedside = flags(data.get("bedside", {}))
        settings = {
            "skin_c": skin(data.get("temperature", {})),
            "low_cut_hz": low_cut(data.get("filter", {})),
        }
        return Protocol(
            str(data.get("title", path.stem)), **items, needle=muscles(data), **bedside, **settings
        )
    except (EvidenceError, UnknownNameError) as error:
        raise EvidenceError(f"{path}: {error}") from error


def listed(data: dict[str, Any], name: str, kind: type[Item]) -> Any:
    """The studies of one kind."""
    tables = data.get(name, [])
    if not isinstance(tables, list):
        raise EvidenceError(f"'{name}' must be a list: write [[{name}]].")
    return tuple(item(table, kind, f"[[{name}]] {place + 1}") for place, table in enumerate(tables))


def item(table: dict[str, Any], kind: type[Item], where: str) -> Item:
    """One study, with every name as anatomy has it."""
    known = {each.name: each for each in fields(kind)}
    for key in table:
        if key not in known:
            raise EvidenceError(f"{where}: '{key}' is not one of {', '.join(known)}.")
    missing = [
        key for key in ("nerve", "muscle", "site", "distal", "proximal") if key in known and key not in table
    ]
    if missing:
        raise EvidenceError(f"{where}: '{missing[0]}' is missing.")
    try:
        return kind(**{key: checked(kind, known[key], value, table, where) for key, value in table.items()})
    except UnknownNameError as error:
        raise EvidenceError(f"{where}: {error}") from error


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
        name = motor_nerve(nerve).muscle(str(value))
        return muscle_course(name, ANY_HEIGHT_CM).muscle
    if key in SITES:
        return motor_nerve(nerve).site(str(value))
    if key == "sites":
        parent = sensory_course(nerve, ANY_HEIGHT_CM).nerve if kind is SensoryItem else nerve
        if not isinstance(value, list) or (not value and kind is MotorItem):
            raise EvidenceError(f"{where}: 'sites' must be a list of stimulation sites.")
        return tuple(motor_nerve(parent).site(str(each)) for each in value)
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        raise EvidenceError(f"{where}: '{key}' must be a number above 0, not {value!r}.")
    return float(value)


def sides(value: Any, where: str) -> tuple[Side, ...]:
    """The sides of a study."""
    given = value if isinstance(value, list) else [value]
    wrong = [each for each in given if each not in SIDES]
    if wrong or not given:
        raise EvidenceError(f"{where}: 'sides' must be a list of left and right, not {value!r}.")
    return tuple(given)


def flags(table: dict[str, Any]) -> dict[str, bool]:
    """What is done at the bedside."""
    for key, value in table.items():
        if key not in BEDSIDE or not isinstance(value, bool):
            raise EvidenceError(f"[bedside]: '{key}' must be one of {', '.join(BEDSIDE)}, true or false.")
    return table


def muscles(data: dict[str, Any]) -> tuple[str, ...]:
    """The muscles for the needle."""
    given = data.get("needle", {}).get("muscles", [])
    for each in given:
        side, _, muscle = str(each).partition(" ")
        if side not in SIDES:
            raise EvidenceError(f"[needle]: '{each}' must begin with left or right: 'right APB'.")
        muscle_course(muscle, ANY_HEIGHT_CM)
    return tuple(given)


def skin(table: dict[str, Any]) -> dict[str, float]:
    """Skin temperatures the limbs are brought to."""
    for key, value in table.items():
        if key not in ("arm", "leg") or not isinstance(value, int | float) or not 18 <= value <= 40:
            raise EvidenceError(f"[temperature]: '{key}' must be arm or leg, 18 to 40 degC.")
    return {key: float(value) for key, value in table.items()}


def low_cut(table: dict[str, Any]) -> float | None:
    """The low-frequency filter of motor studies, Hz."""
    for key, value in table.items():
        if key != "low_cut_hz" or not isinstance(value, int | float) or not 0 < value <= 100:
            raise EvidenceError("[filter]: only low_cut_hz, above 0 and up to 100 Hz, can be set.")
    return table.get("low_cut_hz")
