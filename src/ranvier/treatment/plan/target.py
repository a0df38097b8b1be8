"""What strength a plan is to keep: named by the patient, or a little below the best that was reached."""

import re
from dataclasses import dataclass

import numpy as np

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.candidate import Candidate
from ranvier.treatment.plan.cycle import cycle
from ranvier.treatment.plan.fall import KG, Units, clear_fall

PATTERN = re.compile(r"\s*(?P<measure>[^<>=≥,]+?)\s*(>=|≥)\s*(?P<level>\d+(\.\d+)?)\s*(?P<unit>[^\d,]*?)\s*")
HOW = "write it as grip_right>=18kg, several with commas between them"


@dataclass(frozen=True)
class Target:
    """A measure is to stay at or above a level. `basis`: who set it, in words."""

    measure: str
    at_least: float
    unit: str = KG
    basis: str = "set by the patient and the physician"

    @property
    def text(self) -> str:
        """The target as it is read: `grip right at least 18 kg`."""
        return f"{self.measure} at least {self.at_least:g} {self.unit}"


def target(text: str) -> Target:
    """One target from its text; raises ValueError with the form it must have."""
    found = PATTERN.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' is not a target; {HOW}.")
    measure = " ".join(found["measure"].replace("_", " ").split())
    return Target(measure, float(found["level"]), found["unit"] or KG)


def targets(text: str) -> tuple[Target, ...]:
    """All targets of a text; raises ValueError with the form they must have, or for a measure named twice."""
    found = tuple(target(each) for each in text.split(","))
    if len({each.measure for each in found}) < len(found):
        raise ValueError(f"'{text}' names a measure twice; give each one level.")
    return found


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
    basis = f"none was named: {fall:.1f} {unit} below the best of the present regimen, {best:.1f} {unit}"
    return Target(measure, round(best - fall, 1), unit, basis)


def known(treated: Treated, wanted: tuple[Target, ...]) -> tuple[Target, ...]:
    """The targets, if each names a measure of this person; raises ValueError otherwise."""
    if not wanted:
        raise ValueError("A plan needs a target; write one such as grip_right>=18kg.")
    for each in wanted:
        if each.measure not in treated.hands:
            names = ", ".join(sorted(treated.hands))
            raise ValueError(f"'{each.measure}' was not measured in this patient; there are {names}.")
    return wanted
