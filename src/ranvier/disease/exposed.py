"""Which attacks the axons of each muscle and sensory nerve of a person meet."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side
from ranvier.anatomy.course import course
from ranvier.body import Body, MotorSupply, SensorySupply
from ranvier.body.healthy import recorded, stream
from ranvier.disease.attack import Attack, susceptibility
from ranvier.disease.axons import Exposure
from ranvier.disease.reinnervation import stump_years
from ranvier.nerve.injury import injuries

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Key = tuple[Side, str]
Roots = Mapping[Key, NDArray[np.str_]]
Met = list[tuple[Attack, Mask]]


def roots(body: Body, seed: int) -> Roots:
    """The root of each axon of each muscle: any of the muscle's roots alike."""
    return {
        key: stream(seed, *key, "roots").choice(np.array(recorded()[key[1]]["roots"]), len(supply.pool))
        for key, supply in body.motor.items()
    }


def motor_exposures(body: Body, attacks: tuple[Attack, ...], of: Roots, seed: int) -> dict[Key, Exposure]:
    """What the motor axons of each muscle are exposed to."""
    found: dict[Key, Exposure] = {}
    for key, supply in body.motor.items():
        met = [
            (attack, runs(attack, supply, of[key]))
            for attack in attacks
            if attack.place.side == key[0] and attack.place.mm < supply.length_mm
        ]
        found[key] = exposure("motor", key, met, len(supply.pool), supply.length_mm, seed)
    return found


def runs(attack: Attack, supply: MotorSupply, of: NDArray[np.str_]) -> Mask:
    """Which axons of a muscle run where an attack lies: in its root, or in its nerve."""
    where = attack.place
    return of == where.root if where.root else supply.runs_in(where.nerve, where.mm)


def sensory_exposures(body: Body, attacks: tuple[Attack, ...], seed: int) -> dict[Key, Exposure]:
    """What the axons of each sensory nerve are exposed to: nothing above their ganglion, at the root."""
    found: dict[Key, Exposure] = {}
    for key, supply in body.sensory.items():
        ganglion = course(supply.nerve, body.person.height_cm).at("root")
        count = len(supply.diameter_um)
        met = [
            (attack, np.ones(count, bool)) for attack in attacks if passes(attack, key[0], supply, ganglion)
        ]
        found[key] = exposure("sensory", key, met, count, supply.recording_mm, seed)
    return found


def passes(attack: Attack, side: Side, supply: SensorySupply, ganglion_mm: float) -> bool:
    """Whether the axons of a sensory nerve pass where an attack lies."""
    where = attack.place
    return where.side == side and where.nerve == supply.nerve and ganglion_mm < where.mm < supply.recording_mm


def exposure(kind: str, key: Key, met: Met, count: int, length_mm: float, seed: int) -> Exposure:
    """The exposure of the axons of one supply; `kind` is motor or sensory."""
    random = stream(seed, *key, kind, "endurance")
    own = [(attack, running) for attack, running in met if running.any()]
    share = np.array([attack.dose.sensory if kind == "sensory" else 1.0 for attack, _ in own])
    columns = [suffers(a, key, running, s) for (a, running), s in zip(own, share, strict=True)]
    return Exposure(
        attacks=tuple(attack for attack, _ in own),
        susceptible=np.column_stack(columns) if columns else np.zeros((count, 0)),
        endurance=random.exponential(size=count),
        grows_back=random.random(count),
        stump_years=stump_years(kind, count, random),
        share=share,
        length_mm=length_mm,
    )


def suffers(attack: Attack, key: Key, running: Mask, share: float) -> Array:
    """How much each axon of a supply suffers from an attack; of one that cuts, which axons it cuts."""
    drawn = susceptibility(attack, " ".join(key), len(running))
    if injuries()[attack.injury].severs:
        rank = np.argsort(np.argsort(-drawn))
        return (running & (rank < attack.height * share * len(running))).astype(float)
    return np.where(running, drawn, 0.0)
