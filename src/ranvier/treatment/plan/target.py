"""What strength a plan is to keep: named by the patient, or a little below the best that was reached."""

import re
from dataclasses import dataclass, replace

import numpy as np

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.candidate import Candidate
from ranvier.treatment.plan.cycle import cycle
from ranvier.treatment.plan.fall import KG, Units, clear_fall

PATTERN = re.compile(
    r"\s*(?P<measure>[^<>=≥,]+?)\s*(>=|≥)\s*(?P<level>\d{1,6}(\.\d+)?)\s*(?P<unit>[^\d,]*?)\s*", re.ASCII
)
HOW = "write it as grip_right>=18kg, with a decimal point, several with commas between them"


@dataclass(frozen=True)
class Target:
    """A measure is to stay at or above a level. `unit`: '' where it was not said. `basis`: who set it."""

    measure: str
    at_least: float
    unit: str = KG
    basis: str = "set by the patient and the physician"

    @property
    def text(self) -> str:
        """The target as it is read: `grip right at least 18 kg`."""
        return f"{self.measure} at least {self.at_least:g} {self.unit}".rstrip()


def target(text: str) -> Target:
    """One target from its text; raises ValueError with the form it must have."""
    found = PATTERN.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' is not a target; {HOW}.")
    measure, level = " ".join(found["measure"].replace("_", " ").split()), float(found["level"])
    if not level:
        raise ValueError(f"'{text}' is always met; name a level above 0.")
    usual = KG if {"grip", "pinch"} & set(words(measure)) and "(" not in measure else ""
    return Target(measure, level, found["unit"] or usual)


def targets(text: str) -> tuple[Target, ...]:
    """All targets of a text; raises ValueError with the form they must have, or for a measure named twice."""
    found = tuple(target(each) for each in text.split(","))
    if len({each.measure for each in found}) < len(found):
        raise ValueError(f"'{text}' names a measure twice; give each one level.")
    return found


def words(measure: str) -> list[str]:
    """The words of a measure in small letters and one order: `Grip_Right` and `right grip` are the same."""
    return sorted(re.split(r"[\s_-]+", measure.strip().casefold()))


def meant(wanted: tuple[Target, ...], treated: Treated, units: Units) -> tuple[Target, ...]:
    """The targets under the names of the measures of this person, each in its own unit.

    Raises ValueError for a measure that was not read, and for a level in another unit: kPa is not kg.
    """
    return tuple(own(each, treated, units) for each in wanted)


def own(wanted: Target, treated: Treated, units: Units) -> Target:
    """One of them."""
    said = wanted.unit.casefold()
    asked = [words(f"{wanted.measure} ({said})"), words(wanted.measure)]
    found = [name for spelled in asked for name in treated.hands if words(name) == spelled]
    if not found:
        return known(treated, (wanted,))[0]
    unit = units.get(found[0], KG)
    if said not in ("", unit.casefold()):
        told = f"'{wanted.text}': {found[0]} was read in {unit}"
        raise ValueError(f"{told}; nothing turns {wanted.unit} into it, so write the level in {unit}.")
    return replace(wanted, measure=found[0], unit=unit)


def usual_targets(treated: Treated, current: Candidate, units: Units | None = None) -> tuple[Target, ...]:
    """A target for every measure when none was named: no clear fall below the best level now reached.

    The best level is the peak of a cycle of the present regimen, median over the draws. A fall is clear from
    the smaller of a smallest difference that counts and a share of the level (`fall`).
    """
    attack = cycle(treated, current).attack
    best = {name: float(np.median(hand.strength(attack).max(axis=1))) for name, hand in treated.hands.items()}
    return tuple(below(name, level, (units or {}).get(name, KG)) for name, level in best.items())


def below(measure: str, best: float, unit: str = KG) -> Target:
    """The target that a best level sets."""
    fall = float(clear_fall(np.array(best), unit))
    less, top = (f"{each:.1f}" if each >= 1 else f"{each:.2g}" for each in (fall, best))
    basis = f"none was named: {less} {unit} below the best of the present regimen, {top} {unit}"
    return Target(measure, float(f"{best - fall:.3g}"), unit, basis)


def known(treated: Treated, wanted: tuple[Target, ...]) -> tuple[Target, ...]:
    """The targets, if each names a measure of this person; raises ValueError otherwise."""
    if not wanted:
        raise ValueError("A plan needs a target; write one such as grip_right>=18kg.")
    for each in wanted:
        if each.measure not in treated.hands:
            names = ", ".join(sorted(treated.hands))
            raise ValueError(
                f"'{each.measure}' was not measured in this patient as strength; there are {names}."
            )
    return wanted
