"""What the needle found in a muscle: chronic neurogenic change, a myopathic pattern, denervation."""

from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from ranvier.evidence.value import numbers_of
from ranvier.findings.truth import Truth, all_of, any_of, exactly, opposite, settled


class Needled(Protocol):
    """What of a needle finding is judged; None where it was not looked at."""

    @property
    def muscle(self) -> str:
        """Its name."""
        ...

    @property
    def fibrillations(self) -> bool | None:
        """Seen at rest."""
        ...

    @property
    def positive_sharp_waves(self) -> bool | None:
        """Seen at rest."""
        ...

    @property
    def fasciculations(self) -> bool | None:
        """Seen at rest."""
        ...

    @property
    def chronic_neurogenic_change(self) -> bool | None:
        """The examiner's word."""
        ...

    @property
    def recruitment(self) -> str | None:
        """The pattern at full effort."""
        ...

    @property
    def potentials(self) -> int | None:
        """How many were measured."""
        ...

    @property
    def amplitude_mv(self) -> float | None:
        """Mean."""
        ...

    @property
    def duration_ms(self) -> float | None:
        """Mean."""
        ...

    @property
    def polyphasic_percent(self) -> float | None:
        """Share of the potentials."""
        ...


@cache
def tables() -> dict[str, dict[str, float]]:
    """The numbers of motor_units.toml."""
    return numbers_of(Path(__file__).with_name("motor_units.toml"))


def healthy(muscle: str) -> dict[str, float]:
    """What the units of a healthy muscle show."""
    names = {name.casefold(): name for name in tables() if name != "rule"}
    return tables()[names.get(muscle.casefold(), "other")]


def beyond(
    found: Needled, measure: Literal["amplitude", "duration"], side: Literal["above", "below"]
) -> Truth:
    """Whether a mean lies above or below what healthy people show."""
    normal, far = healthy(found.muscle), tables()["rule"]["far"]
    mean = exactly(found.amplitude_mv if measure == "amplitude" else found.duration_ms)
    reach = far * normal[f"{measure}_sd"]
    if side == "above":
        return mean.compare(">", normal[measure] + reach)
    return mean.compare("<", normal[measure] - reach)


def polyphasic(found: Needled) -> Truth:
    """Whether more potentials are polyphasic than in healthy people."""
    return exactly(found.polyphasic_percent).compare(">", tables()["rule"]["polyphasic"])


def chronic_neurogenic(found: Needled) -> Truth:
    """Whether units have grown by reinnervation: the examiner's word, else potentials too large or too long.

    Potentials of normal size do not rule it out where units drop out of the pattern, where many are
    polyphasic, or where few were measured.
    """
    if found.chronic_neurogenic_change is not None:
        return found.chronic_neurogenic_change
    grown = any_of((beyond(found, "amplitude", "above"), beyond(found, "duration", "above")))
    open_ = thinned(found) is not False or polyphasic(found) is not False or few(found)
    return settled(grown is True, grown is False and not open_)


def myopathic(found: Needled) -> Truth:
    """Whether potentials are short, and small or polyphasic, in a pattern that is not thinned.

    Source: textbook definition, recalled.
    """
    if found.chronic_neurogenic_change:
        return False
    broken = any_of((beyond(found, "amplitude", "below"), polyphasic(found)))
    short = beyond(found, "duration", "below")
    full = opposite(thinned(found))
    return None if few(found) else all_of((short, broken, full))


def denervating(found: Needled, fasciculations: bool) -> Truth:
    """Whether there is ongoing denervation: fibrillations or positive sharp waves.

    `fasciculations`: whether fasciculation potentials count as well, as in the Awaji criteria. Where one of
    them is seen nothing more need be known; that there is none needs all to have been looked for.
    """
    seen = [found.fibrillations, found.positive_sharp_waves]
    return any_of(seen + ([found.fasciculations] if fasciculations else []))


def thinned(found: Needled) -> Truth:
    """Whether fewer units than usual fire at full effort."""
    return None if found.recruitment is None else found.recruitment != "full"


def few(found: Needled) -> bool:
    """Whether too few potentials were measured for a mean within the limits to mean anything."""
    return found.potentials is not None and found.potentials < tables()["rule"]["least_potentials"]
