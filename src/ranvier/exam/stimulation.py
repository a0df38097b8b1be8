"""Stimulating a nerve through the skin: which axons a current excites, in the nerve meant and beside it."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side, motor_nerves
from ranvier.anatomy.course import course
from ranvier.body import Body, MotorSupply
from ranvier.evidence.value import numbers_of

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
KEPT = 512
"""How many sets of thresholds are kept at hand: a person has some hundred."""


@cache
def numbers() -> dict[str, dict[str, float]]:
    """The numbers of `stimulation.toml`."""
    return numbers_of(Path(__file__).with_name("stimulation.toml"))


def latency_ms() -> float:
    """From the beginning of a pulse until the axons below the cathode fire."""
    return numbers()["axon"]["latency"]


@dataclass(frozen=True)
class Electrode:
    """A stimulus over one nerve at one place, mm from the cord.

    `site` names the stimulation site whose depth it shares. `strength` is a multiple of the current that
    just excites every axon of the nerve; None is what an examiner calls supramaximal. Below 1 it is
    submaximal; far above, it reaches the neighbouring nerves too (co-stimulation).
    """

    side: Side
    nerve: str
    site: str
    place_mm: float
    strength: float | None = None

    @property
    def supramaximal(self) -> bool:
        """Whether every axon of the nerve is excited."""
        return self.strength is None or self.strength >= 1


def along(body: Body, supply: MotorSupply, electrode: Electrode) -> float:
    """Where on the supply's own nerve the electrode lies: places of two nerves meet at sites of one name."""
    if electrode.nerve == supply.nerve:
        return electrode.place_mm
    height = body.person.height_cm
    there, own = course(electrode.nerve, height).site_mm, course(supply.nerve, height).site_mm
    both = [site for site in there if site in own]
    if not both:
        return electrode.place_mm
    places, meant = [there[site] for site in both], [own[site] for site in both]
    return float(np.interp(electrode.place_mm, places, meant))


def thresholds_ma(body: Body, supply: MotorSupply, muscle: str, electrode: Electrode) -> Array:
    """The current that excites each axon of a supply (N,); infinite where the nerve is far away."""
    diameters = supply.pool.diameter_um
    name = f"{electrode.side} {electrode.site} {muscle}"
    relative = relative_thresholds(body.seed, name, diameters.tobytes())
    beside, place = numbers()["neighbour"][electrode.site], along(body, supply, electrode)
    factor = np.full(len(diameters), np.inf)
    for nerve in (supply.nerve, supply.detour.nerve if supply.detour else supply.nerve):
        near = beside if side_by_side(nerve, electrode) else np.inf
        factor = np.where(supply.runs_in(nerve, place), 1.0 if nerve == electrode.nerve else near, factor)
    return numbers()["site"][electrode.site] * relative * factor


@lru_cache(maxsize=KEPT)
def relative_thresholds(seed: int, name: str, diameters: bytes) -> Array:
    """The threshold of each axon against the mean: thick axons need less, and some lie deeper than others.

    The diameters come as their bytes, so that visits of one person find what was drawn before.
    """
    axon, diameter_um = numbers()["axon"], np.frombuffer(diameters)
    random = np.random.default_rng([seed, crc32(name.encode())])
    relative = np.exp(axon["spread"] * random.standard_normal(len(diameter_um)))
    return relative * (diameter_um / diameter_um.mean()) ** axon["diameter_power"]


def side_by_side(nerve: str, electrode: Electrode) -> bool:
    """Whether a nerve passes near an electrode over another nerve: same limb, a site of the same name."""
    other, stimulated = motor_nerves().get(nerve), motor_nerves()[electrode.nerve]
    return bool(other) and other.limb == stimulated.limb and electrode.site in other.sites


def current_ma(body: Body, electrode: Electrode) -> float:
    """The current of the stimulus: so many times what excites every motor axon of the nerve there."""
    needed = [
        needed_ma(body, supply, muscle, electrode)
        for (side, muscle), supply in body.motor.items()
        if side == electrode.side and runs_partly_in(supply, electrode.nerve)
    ]
    most = max(needed, default=numbers()["site"][electrode.site])
    return most * (numbers()["axon"]["supramaximal"] if electrode.strength is None else electrode.strength)


def runs_partly_in(supply: MotorSupply, nerve: str) -> bool:
    """Whether axons of a supply run in a nerve anywhere."""
    return nerve in (supply.nerve, supply.detour.nerve if supply.detour else supply.nerve)


def needed_ma(body: Body, supply: MotorSupply, muscle: str, electrode: Electrode) -> float:
    """The current that excites every axon of one muscle that runs in the nerve below the electrode."""
    place = along(body, supply, electrode)
    own = supply.runs_in(electrode.nerve, place) & (place < supply.length_mm)
    needed = thresholds_ma(body, supply, muscle, electrode)[own]
    return float(needed.max()) if own.any() else numbers()["site"][electrode.site]


def excited(
    body: Body, supply: MotorSupply, muscle: str, electrode: Electrode, random: np.random.Generator
) -> Mask:
    """Which axons one stimulus excites; thresholds waver a little from stimulus to stimulus."""
    threshold = thresholds_ma(body, supply, muscle, electrode)
    waver = 1 + numbers()["axon"]["relative_spread"] * random.standard_normal(len(threshold))
    return threshold * waver <= current_ma(body, electrode)
