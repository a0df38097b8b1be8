"""What a virtual body really is, and what its illness does, as a file that no examination reads."""

import json
from dataclasses import asdict
from math import isfinite
from typing import Any

import numpy as np

from ranvier.body import Body, MotorSupply, SensorySupply
from ranvier.disease import Illness, Simulated, disease
from ranvier.disease.attack import Attack
from ranvier.disease.present import body_at

SCHEMA, COURSE = "ranvier.truth/1", "ranvier.truth/2"
"""Of a body, and of an illness with the body at its last visit."""


def truth_text(body: Body) -> str:
    """The body in numbers: its person, temperatures, units, variants and lesions."""
    return json.dumps({"schema": SCHEMA, "simulated": True, **body_data(body)}, indent=1) + "\n"


def body_data(body: Body) -> dict[str, Any]:
    """The content of a body's file."""
    return {
        "seed": body.seed,
        "sex": body.person.sex,
        "age_years": body.person.age_years,
        "height_cm": body.person.height_cm,
        "skin_c": {limb: round(celsius, 2) for limb, celsius in body.skin_c.items()},
        "motor": {" ".join(key): motor(supply) for key, supply in body.motor.items()},
        "sensory": {" ".join(key): sensory(supply) for key, supply in body.sensory.items()},
    }


def motor(supply: MotorSupply) -> dict[str, Any]:
    """The units of one muscle."""
    pool, detour = supply.pool, supply.detour
    return {
        "nerve": supply.nerve,
        "units": len(pool),
        "units_with_fibres": int(np.count_nonzero(pool.fibres)),
        "fibres_left": round(float(pool.fibres.sum() / pool.at_birth.sum()), 4),
        "axon_diameter_um": [round(float(x), 2) for x in (pool.diameter_um.mean(), pool.diameter_um.std())],
        "crossing": detour and {"nerve": detour.nerve, "axons": int(detour.members.sum())},
        "lesions": [lesion(supply, n) for n in range(len(supply.foci))],
    }


def sensory(supply: SensorySupply) -> dict[str, Any]:
    """The axons of one sensory nerve."""
    return {
        "nerve": supply.nerve,
        "axons": round(supply.weight * len(supply.diameter_um)),
        "lesions": [lesion(supply, n) for n in range(len(supply.foci))],
    }


def lesion(supply: MotorSupply | SensorySupply, n: int) -> dict[str, Any]:
    """One focus and how many axons have it."""
    focus = supply.foci[n]
    return {
        "quality": focus.quality,
        "value": focus.value,
        "centre_mm": round(focus.centre_mm, 1),
        "count": focus.count,
        "axons": int(np.count_nonzero(supply.affected[:, n])),
    }


def illness_text(found: Simulated) -> str:
    """An illness: its attacks and dying neurons, the truth at each visit, and the body at the last."""
    illness = found.illness
    last = last_body(found)
    data = {
        "schema": COURSE,
        "simulated": True,
        "disease": found.disease,
        "title": illness.disease.title,
        "seed": found.seed,
        "hypothesis": hypothesis(illness),
        "onset_age_years": round(found.onset_age_years, 2),
        "dies_after_years": round(illness.ends, 3) if isfinite(illness.ends) else None,
        "immune_sd": {name: round(value, 3) for name, value in asdict(illness.immune).items()},
        "attacks": [attack_data(attack) for attack in illness.attacks],
        "neurons": neurons(illness),
        "visits": [{"years": each.years, "when": each.when, **each.truth} for each in found.visits],
        "body_at_last_visit": None if last is None else body_data(last),
    }
    return json.dumps(data, indent=1, allow_nan=False) + "\n"


def hypothesis(illness: Illness) -> str | None:
    """The injury that was put in place of the disease's own; None if it is the disease's own."""
    own = [each.injury for each in disease(illness.disease.name).foci]
    now = [each.injury for each in illness.disease.foci]
    return now[0] if now != own else None


def last_body(found: Simulated) -> Body | None:
    """The body at the last visit; None if there was none."""
    stages = list(found.illness.stages([visit.years for visit in found.visits]))
    return body_at(found.illness, stages[-1]) if stages else None


def attack_data(attack: Attack) -> dict[str, Any]:
    """One attack: where, when, how strong and how long."""
    return {
        "side": attack.place.side,
        "nerve": attack.place.nerve or None,
        "segment": attack.place.segment,
        "mm_from_cord": round(attack.place.mm, 1),
        "begins_years": round(attack.begins, 3),
        "dose_at_height": round(attack.height, 3),
        "nodes": attack.nodes,
        "injury": attack.injury,
    }


def neurons(illness: Illness) -> dict[str, Any] | None:
    """When each region's motor neurons begin to die on each side, and how fast; None if they do not."""
    decline = illness.decline
    return decline and {
        "rate_per_year": round(decline.rate, 4),
        "upper_rate_per_year": round(decline.upper_rate, 4),
        "reached_years": {" ".join(key): round(years, 3) for key, years in decline.reached.items()},
    }
