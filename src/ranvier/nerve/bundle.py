"""A population of motor axons along one nerve: who arrives where, when, and who is blocked.

Places are millimetres from the proximal end, as a nerve is measured; each axon has its nodes where its own
spacing puts them.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ranvier.evidence.value import numbers_of
from ranvier.nerve.apart import crossings
from ranvier.nerve.cable.run import Device
from ranvier.nerve.fibre import MOST_NODES, Fibre
from ranvier.nerve.geometry import geometry
from ranvier.nerve.injury import Injury, injuries
from ranvier.nerve.lesion import Lesion
from ranvier.nerve.propagate import STEP_US, Precision
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.temperature import factor

Array = NDArray[np.float64]

FILE = Path(__file__).with_name("bundle.toml")


@dataclass(frozen=True)
class Focus:
    """A lesion of the nerve about a place, over some nodes (or internodes) of each axon.

    Either a quality and its value, `Focus("na", 0.2, centre_mm=120, count=5)`: nodal Na loss of 0.8 over 5
    nodes at 120 mm; or an injury and its severity, `Focus("nodal", 0.4, centre_mm=120, count=9)`.
    """

    quality: str
    value: float
    centre_mm: float
    count: int = 5

    def in_axon(self, spacing_um: float) -> Lesion:
        """The lesion in an axon with this node spacing."""
        return Lesion.around(
            self.quality, self.value, centre_mm=self.centre_mm, count=self.count, spacing_um=spacing_um
        )

    @property
    def injury(self) -> Injury | None:
        """The injury that the focus names, None where it names a plain quality."""
        return injuries().get(self.quality)

    @property
    def severs(self) -> bool:
        """Whether the axon ends here."""
        return self.injury is not None and self.injury.severs and self.value > 0

    def felt(self, degree: float) -> "Focus | None":
        """The focus as an axon has it that is affected to this degree; None where it is not.

        The degree multiplies an injury's severity. Raises ValueError for a plain quality that is had in part.
        """
        if degree in (0, 1):
            return self if degree else None
        if self.injury is None:
            raise ValueError(
                f"affected: an axon has {self.quality} as the focus says or not at all, not to {degree:g}; "
                f"degrees are for the injuries {', '.join(injuries())}."
            )
        return replace(self, value=self.value * float(degree))

    def lesions(self, first: int, last: int) -> tuple[Lesion, ...]:
        """What it changes at nodes (or internodes) `first` to `last`."""
        if self.injury:
            return self.injury.lesions(self.value, first, last)
        return (Lesion(self.quality, self.value, first, last),)

    def lesions_in(self, spacing_um: float) -> tuple[Lesion, ...]:
        """What it changes in an axon with this node spacing."""
        if self.injury is None:
            return (self.in_axon(spacing_um),)
        run = replace(self, quality="na", value=1.0).in_axon(spacing_um)
        return self.lesions(run.first, run.last)


@dataclass(frozen=True)
class Arrivals:
    """When the impulse of each axon passed each site, ms after the stimulus; not a number where blocked.

    Blocked means: not there within the time computed. A site is the nearest node of each axon, up to half an
    internode off. What fires by itself, without the stimulus or faster than any impulse, is no arrival.
    """

    diameter_um: Array
    site_mm: Array
    arrival_ms: Array

    @property
    def blocked(self) -> NDArray[np.bool_]:
        """Which axons did not bring the impulse to which site (axons, sites)."""
        return np.isnan(self.arrival_ms)


def bundle(
    diameters_um: ArrayLike,
    length_mm: float,
    sites_mm: ArrayLike,
    foci: Sequence[Focus] = (),
    *,
    affected: ArrayLike | None = None,
    temperature_c: float = 37.0,
    stimulus_mm: float = 0.0,
    duration_ms: float | None = None,
    step_us: float = STEP_US,
    precision: Precision = "float32",
    exact: bool = False,
    device: Device = "auto",
    workers: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Arrivals:
    """Stimulate every axon of a nerve once and see which sites its impulse reaches.

    `affected` (axons, foci) says which axon has which focus, an injury to what degree; without it all have
    all. Every axon gets a pulse well above its threshold at the node nearest to `stimulus_mm`.
    `duration_ms`, if not given, is long enough for the slowest healthy axon at half its speed.

    Raises ValueError for a field out of its range.
    """
    diameters = np.atleast_1d(np.asarray(diameters_um, float))
    sites = np.atleast_1d(np.asarray(sites_mm, float))
    if not (np.isfinite(length_mm) and length_mm > 0):
        raise ValueError(f"length_mm must be above 0, not {length_mm:g}.")
    if diameters.size == 0:
        raise ValueError("diameters_um: at least one axon is needed.")
    if sites.size == 0 or not np.all((sites >= 0) & (sites <= length_mm)):
        raise ValueError(f"sites_mm must lie between 0 and the nerve's length, {length_mm:g} mm.")
    if not 0 <= stimulus_mm <= length_mm:
        raise ValueError(f"stimulus_mm must lie between 0 and {length_mm:g} mm, not {stimulus_mm:g}.")
    own = np.ones((len(diameters), len(foci))) if affected is None else np.asarray(affected, float)
    if own.shape != (len(diameters), len(foci)):
        raise ValueError(
            f"affected must have {len(diameters)} rows and {len(foci)} columns, not {own.shape}."
        )
    fibres = [
        axon(
            float(each),
            length_mm,
            felt(foci, row),
            temperature_c,
        )
        for each, row in zip(diameters, own, strict=True)
    ]
    shocks = [(Pulse(0.0, 0.1, supramaximal_na(each), nearest(each, stimulus_mm)),) for each in fibres]
    crossing = crossings(
        fibres,
        shocks,
        longest_ms(diameters, length_mm, temperature_c) if duration_ms is None else duration_ms,
        step_us=step_us,
        precision=precision,
        exact=exact,
        keep_crossings=1,
        device=device,
        workers=workers,
        progress=progress,
    )
    found = arrivals(crossing[:, :, 0], fibres, sites, stimulus_mm)
    for focus, degree in zip(foci, own.T, strict=True):
        if focus.severs:
            apart = (sites > focus.centre_mm) != (stimulus_mm > focus.centre_mm)
            found[np.ix_(degree > 0, apart)] = np.nan
    return Arrivals(diameters, sites, found)


def arrivals(crossing_ms: Array, fibres: Sequence[Fibre], sites: Array, stimulus_mm: float) -> Array:
    """When each axon's impulse passed each site; what no impulse from the stimulus can be is left out."""
    start = np.array([crossing_ms[i, nearest(each, stimulus_mm)] for i, each in enumerate(fibres)])
    found = [[crossing_ms[i, nearest(each, site)] for site in sites] for i, each in enumerate(fibres)]
    travel = np.abs(sites - stimulus_mm) / nerve_numbers()["velocity_most"]
    return np.where(found >= start[:, None] + travel, found, np.nan)


def axon(diameter_um: float, length_mm: float, foci: Sequence[Focus], temperature_c: float) -> Fibre:
    """One axon of the nerve with the foci it has.

    Raises ValueError when the nerve is too long for its node spacing.
    """
    spacing = geometry(diameter_um).node_spacing
    nodes = math.ceil(length_mm * 1000 / spacing) + 1
    if nodes > MOST_NODES:
        longest = (MOST_NODES - 1) * spacing / 1000
        raise ValueError(
            f"length_mm: an axon of {diameter_um:g} um can be followed over {longest:.0f} mm at most."
        )
    lesions = tuple(lesion for focus in foci for lesion in focus.lesions_in(spacing))
    return Fibre(diameter_um, nodes, temperature_c, lesions, pump=pumped(foci))


def felt(foci: Sequence[Focus], degrees: Array) -> tuple[Focus, ...]:
    """The foci of one axon that is affected by each to a degree."""
    had = (focus.felt(float(degree)) for focus, degree in zip(foci, degrees, strict=True))
    return tuple(focus for focus in had if focus)


def pumped(foci: Sequence[Focus]) -> bool:
    """Whether an axon with these foci must follow its pump."""
    return any(focus.injury is not None and focus.injury.pumped for focus in foci)


def nearest(fibre: Fibre, place_mm: float) -> int:
    """The node nearest to a place."""
    return min(round(place_mm / fibre.spacing_mm), fibre.nodes - 1)


def supramaximal_na(fibre: Fibre) -> float:
    """A current that excites an axon of this diameter anywhere along it."""
    return fibre.diameter_um * nerve_numbers()["pulse_na"]


def longest_ms(diameters_um: Array, length_mm: float, temperature_c: float) -> float:
    """Time for the slowest healthy axon at half its speed, and a little more."""
    numbers = nerve_numbers()
    slowest = float(np.min(diameters_um)) * numbers["velocity_per_um"]
    warmth = float(factor(numbers["velocity_q10"], 37.0, temperature_c))
    return 2 * length_mm / (slowest * warmth) + numbers["spare_ms"]


def motor_diameters(count: int, seed: int) -> Array:
    """Outer diameters of motor axons to the hand, um: normal, cut off at both ends (see `bundle.toml`)."""
    numbers = nerve_numbers()
    random = np.random.default_rng(seed)
    found = np.empty(0)
    while len(found) < count:
        drawn = random.normal(numbers["diameter_mean"], numbers["diameter_sd"], 2 * count)
        inside = (drawn >= numbers["diameter_min"]) & (drawn <= numbers["diameter_max"])
        found = np.concatenate([found, drawn[inside]])
    return found[:count]


@cache
def nerve_numbers() -> dict[str, float]:
    """The numbers of `bundle.toml`."""
    return numbers_of(FILE)["nerve"]
