"""A library of virtual patients with MMN: what each would measure at every attack that a drug could leave.

For each seed a patient is made ill by `disease` and looked at, untreated, some years after the first symptom,
and a year later having lived that year under the full attack or under a part of it. Each time the dose of
every focus is multiplied by the factors a of a grid, and strength, tasks and blocked axons are read. Trials
(`cohort.trials`) read the curves between the factors. All of it is simulated; `make virtual-hands` makes it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import SIDES
from ranvier.disease.illness import STEP_YEARS, Illness, Stage, fall_ill
from ranvier.disease.present import ill_motor
from ranvier.exam.disability import onls_arms, onls_legs
from ranvier.exam.function import function, function_score
from ranvier.exam.scales import tables
from ranvier.exam.strength import gripped, healthy_grip_kg, moved
from ranvier.exam.voluntary import Effort

Array = NDArray[np.float64]
FILE = Path(__file__).with_name("virtual_hands.npz")
ATTACK = np.array([0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5])
"""The factors on the attack."""
LIVED = (1.0, 0.3)
"""The factors under which the year between both looks is lived."""
EARLIEST_YEARS, LATEST_YEARS = 0.5, 10.0
"""When patients are looked at: any time between alike."""
SCALE = {"grip": 10000, "moves": 200, "blocked": 200, "lost": 200, "function": 1, "onls": 1}
"""What each measure is multiplied by to be stored as a whole number."""


@dataclass(frozen=True, eq=False)
class Library:
    """N patients. Every measure is (N, look, factor, ...); looks: now, a year on at each of `LIVED`.

    `grip` by side and `moves` by movement and side are shares of the healthy; `blocked` and `lost` shares of
    the axons of each supply; `function` 0-50; `onls` arms and legs. `healthy_kg` (N, side): healthy grip.
    """

    seed: NDArray[np.int64]
    years: Array
    healthy_kg: Array
    measures: dict[str, Array]
    provenance: dict[str, Any]

    def __len__(self) -> int:
        return len(self.seed)


def movements() -> tuple[str, ...]:
    """The 16 movements a side, those of the weakness score."""
    return tuple(tables()["nis"]["movements"])


def under(illness: Illness, attack: float) -> Illness:
    """The same illness with every focus as strong as the factor leaves it."""
    weaker = tuple(replace(each, height=each.height * attack) for each in illness.attacks)
    return replace(illness, attacks=weaker)


def lived(illness: Illness, stage: Stage, years: float = 1.0) -> Stage:
    """The stage some years on."""
    end = stage.years + years
    while stage.years < end:
        stage = illness.step(stage, min(stage.years + STEP_YEARS, end))
    return stage


def looked_at(illness: Illness, stage: Stage) -> dict[str, list[float]]:
    """Every measure of one patient at one stage."""
    motor = {key: ill_motor(illness, stage, key, supply) for key, supply in illness.healthy.motor.items()}
    effort = Effort(replace(illness.healthy, motor=motor, by="surface"))
    can = function(effort)
    living = {key: ~fate.cut(stage.years) for key, fate in stage.motor.items()}
    return {
        "grip": [gripped(effort, side) for side in SIDES],
        "moves": [moved(effort, side, name) for name in movements() for side in SIDES],
        "blocked": [float((~effort.way(*key) & alive).mean()) for key, alive in living.items()],
        "lost": [float((~alive).mean()) for alive in living.values()],
        "function": [function_score(can)],
        "onls": [onls_arms(effort, can), onls_legs(effort, can)],
    }


def patient(seed: int) -> tuple[float, list[float], dict[str, Array]]:
    """One patient: years at the first look, healthy grip, and every measure (look, factor, ...)."""
    illness = fall_ill("mmn", seed)
    years = float(np.random.default_rng(seed).uniform(EARLIEST_YEARS, LATEST_YEARS))
    now = next(iter(illness.stages([years])))
    stages = [now, *(lived(under(illness, factor), now) for factor in LIVED)]
    ill = [under(illness, factor) for factor in ATTACK]
    rows = [[looked_at(each, stage) for each in ill] for stage in stages]
    found = {name: np.array([[one[name] for one in row] for row in rows]) for name in SCALE}
    return years, [healthy_grip_kg(illness.healthy, side) for side in SIDES], found


def gathered(
    patients: Sequence[tuple[float, list[float], dict[str, Array]]],
    seeds: Sequence[int],
    about: dict[str, Any],
) -> Library:
    """The library of some patients."""
    return Library(
        np.array(seeds),
        np.array([each[0] for each in patients]),
        np.array([each[1] for each in patients]),
        {name: np.array([each[2][name] for each in patients]) for name in SCALE},
        about,
    )


def save(library: Library, file: Path = FILE) -> None:
    """The library as whole numbers."""
    whole = {
        name: np.round(values * SCALE[name]).astype(np.uint16 if SCALE[name] > 255 else np.uint8)
        for name, values in library.measures.items()
    }
    np.savez_compressed(
        file,
        seed=library.seed,
        years=np.round(library.years, 3),
        healthy_kg=np.round(library.healthy_kg, 2),
        provenance=np.array(json.dumps(library.provenance)),
        **whole,  # type: ignore[arg-type]
    )


@cache
def shipped(file: Path = FILE) -> Library:
    """The library that comes with ranvier."""
    with np.load(file) as held:
        measures = {name: held[name].astype(float) / SCALE[name] for name in SCALE}
        about = json.loads(str(held["provenance"]))
        return Library(held["seed"], held["years"], held["healthy_kg"], measures, about)
