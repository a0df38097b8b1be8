"""The response surface: what each injury does to an axon, computed once with the cable.

`response.npz` holds it, made by `make response-surface`. Over injury, membrane, number of nodes, temperature
and diameter it knows the severity that blocks, and at shares of that severity the delay and the refractory
period; over severity itself the shift of the resting potential in the middle of the injury. Between entries
it is read by linear interpolation, delays per node.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ranvier.evidence.tables import EvidenceError
from ranvier.nerve.channels import membrane
from ranvier.nerve.injury import injuries
from ranvier.nerve.pump import constants, pump

Array = NDArray[np.float64]
Spot = tuple[Any, Any]

FILE = Path(__file__).with_name("response.npz")

COUNTS = np.array([1, 2, 3, 5, 7, 9, 12, 16, 32], float)
TEMPERATURES_C = np.arange(16.0, 41.0, 4.0)
DIAMETERS_UM = np.array([4.0, 6.0, 8.7, 16.0])
SHARES = np.array([0.0, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995])
"""Of the severity that blocks, at which delays are known."""
SEVERITIES = np.linspace(0, 1, 11)
"""At which the resting potential is known."""
COARSE_COUNTS, COARSE_C = np.array([3, 9, 25], float), np.array([22.0, 31.0, 37.0])
COARSE_SHARES = np.array([0.0, 0.5, 0.8, 0.95])
"""Where the refractory period is known (in a motor axon of 8.7 um)."""
NEVER = 1.1
"""Stands for the severity of what does not block even at 1."""
WARMEST_C, THINNEST_UM = 42.0, 3.0
MEMBRANES = ("mrg", "sensory")


@dataclass(frozen=True, eq=False)
class ResponseSurface:
    """What each injury does to an axon with this membrane; arguments broadcast, results follow them.

    Beyond 32 nodes block comes at the severity of 32 and the delay grows with the nodes; axons below 4 um
    read as 4 um, temperatures above 40 degC as 40 degC. All raise ValueError for an unknown injury and for
    what lies outside the surface.
    """

    membrane_name: str
    tables: dict[str, Array]
    provenance: dict[str, Any]

    def critical(
        self, injury: str, count: ArrayLike, temperature_c: ArrayLike, diameter_um: ArrayLike
    ) -> Array:
        """The severity that blocks; above 1 where none does."""
        return between(self.table(injury, "critical"), spots(count, temperature_c, diameter_um))

    def delay_ms(
        self,
        injury: str,
        severity: ArrayLike,
        count: ArrayLike,
        temperature_c: ArrayLike,
        diameter_um: ArrayLike,
    ) -> Array:
        """What the injury adds to the time of a passing impulse; not a number where it blocks."""
        where = spots(count, temperature_c, diameter_um)
        share = severe(injury, severity) / between(self.table(injury, "critical"), where)
        steps = between(self.table(injury, "delay"), (*where, spot(SHARES, share)))
        found = steps * np.asarray(count, float) * np.exp(between(self.tables["log_pace"], where[1:]))
        return np.where(share < 1, found, np.nan)

    def refractory_ms(
        self,
        injury: str,
        severity: ArrayLike,
        count: ArrayLike,
        temperature_c: ArrayLike,
        diameter_um: ArrayLike,
    ) -> Array:
        """The shortest interval of two impulses that both pass; not a number where none does. Coarse."""
        share = severe(injury, severity) / self.critical(injury, count, temperature_c, diameter_um)
        coarse = (by_count(COARSE_COUNTS, count), spot(COARSE_C, temperature_c), spot(COARSE_SHARES, share))
        return np.where(share < 1, np.exp(between(self.table(injury, "log_refractory"), coarse)), np.nan)

    def shift_mv(
        self,
        injury: str,
        severity: ArrayLike,
        count: ArrayLike,
        temperature_c: ArrayLike,
        diameter_um: ArrayLike,
    ) -> Array:
        """How far the middle node's resting potential has moved (above 0: depolarised)."""
        where = spots(count, temperature_c, diameter_um)
        return between(self.table(injury, "shift"), (*where, spot(SEVERITIES, severe(injury, severity))))

    def table(self, injury: str, kind: str) -> Array:
        """One of the tables of an injury."""
        if f"{injury}.{kind}" not in self.tables:
            raise ValueError(f"injury must be one of {', '.join(mapped())}, not {injury!r}.")
        return self.tables[f"{injury}.{kind}"]


def mapped() -> tuple[str, ...]:
    """The injuries that have a surface: all that leave the axon whole."""
    return tuple(each.name for each in injuries().values() if not each.severs)


def severe(injury: str, severity: ArrayLike) -> Array:
    """Severities, refused where they do not lie between 0 and 1."""
    given = np.asarray(severity, float)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError(f"injury {injury}: severity must lie between 0 and 1.")
    return given


def spots(count: ArrayLike, temperature_c: ArrayLike, diameter_um: ArrayLike) -> tuple[Spot, Spot, Spot]:
    """Where count, temperature and diameter lie among the entries."""
    within(count, 1, np.inf, "count", "nodes")
    within(temperature_c, float(TEMPERATURES_C[0]), WARMEST_C, "temperature_c", "degC")
    within(diameter_um, THINNEST_UM, float(DIAMETERS_UM[-1]), "diameter_um", "um")
    return by_count(COUNTS, count), spot(TEMPERATURES_C, temperature_c), spot(DIAMETERS_UM, diameter_um)


def by_count(entries: Array, count: ArrayLike) -> Spot:
    """Where counts lie: what a lesion does is nearly linear in one over the number of its nodes."""
    return spot(-1 / entries, -1 / np.asarray(count, float))


def within(given: ArrayLike, least: float, most: float, name: str, unit: str) -> None:
    """Refuse what lies outside the surface."""
    given = np.asarray(given, float)
    if not ((given >= least) & (given <= most)).all():
        raise ValueError(f"{name} must lie between {least:g} and {most:g} {unit}.")


def spot(entries: Array, given: ArrayLike) -> Spot:
    """The entry before each value, and how far it lies towards the next; ends hold beyond themselves."""
    given = np.asarray(given, float)
    before = np.clip(np.searchsorted(entries, given, side="right") - 1, 0, len(entries) - 2)
    share = (given - entries[before]) / (entries[before + 1] - entries[before])
    return before, np.clip(share, 0.0, 1.0)


def between(table: Array, where: Sequence[Spot]) -> Array:
    """Linear interpolation along the table's axes in turn; an axis with one value for all is taken first."""
    if not where:
        return table
    before, share = where[0]
    if np.ndim(before) == 0:
        return between((1 - share) * table[before] + share * table[before + 1], where[1:])
    corners: list[tuple[tuple[Any, ...], Any]] = [((), 1.0)]
    for low, part in where:
        corners = [
            ((*at, low + step), weight * (part if step else 1 - part))
            for at, weight in corners
            for step in (0, 1)
        ]
    return np.sum([table[at] * weight for at, weight in corners], axis=0)


@cache
def surface(membrane_name: str = "mrg") -> ResponseSurface:
    """The shipped surface of axons with this membrane.

    Raises EvidenceError when injuries, channels or pump have other numbers than it was made with.
    """
    if membrane_name not in MEMBRANES:
        raise ValueError(f"membrane_name must be one of {', '.join(MEMBRANES)}, not {membrane_name!r}.")
    with np.load(FILE) as kept:
        provenance = json.loads(str(kept["provenance"]))
        if provenance["fingerprint"] != fingerprint():
            raise EvidenceError(
                f"{FILE.name} was made with other numbers of injuries, channels or pump; "
                "run make response-surface."
            )
        tables = {"log_pace": kept["log_pace"].astype(float)}
        for name in mapped():
            for kind in ("critical", "delay", "shift"):
                tables[f"{name}.{kind}"] = kept[f"{membrane_name}.{name}.{kind}"].astype(float)
            tables[f"{name}.delay"] /= COUNTS[:, None, None, None]
            tables[f"{name}.log_refractory"] = kept[f"{MEMBRANES[0]}.{name}.log_refractory"].astype(float)
    return ResponseSurface(membrane_name, tables, provenance)


def fingerprint() -> str:
    """The numbers that the surface rests on as one short text: injuries, membranes and pump."""
    numbers = {each.name: [dict(each.linear), dict(each.logarithmic)] for each in injuries().values()}
    rest = [*map(membrane, MEMBRANES), pump(), constants()]
    text = json.dumps(numbers, sort_keys=True) + "".join(map(repr, rest))
    return hashlib.sha256(text.encode()).hexdigest()
