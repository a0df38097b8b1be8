"""What can be asked of a visit: the studies of a protocol, with the names anatomy has for them."""

from dataclasses import dataclass, field

from ranvier.anatomy import SIDES, Side

WEAKER = "weaker"
"""The side on which a muscle is weaker, right if neither is."""


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
    """Muscles with their side: `right APB`; `weaker APB` leaves the side to the examiner."""
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
