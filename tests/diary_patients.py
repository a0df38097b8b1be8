"""Synthetic patients with a diary, for what plans and draws: known truth, 6 % scatter, marked simulated."""

from datetime import date
from functools import cache

import numpy as np

from ranvier.forecast.outlook import outlook
from ranvier.patient import Dose, Identity, Laboratory, Patient, Scale
from ranvier.treatment.effect.population import people
from ranvier.treatment.given import Given, immunoglobulin

START, EVERY, KG = date(2026, 1, 5).toordinal(), 21, 80.0
SIMULATED = {"origin": "simulated", "source": "synthetic"}


@cache
def diary(seed: int = 5, cycles: int = 10) -> Patient:
    """A patient on 1 g/kg every three weeks, with grip of both hands over the last 80 days and three IgG values."""
    random = np.random.default_rng(seed)
    one = people(random, 1, KG)
    given = [Given("ivig", float(START + EVERY * n), KG, 0.2) for n in range(cycles)]
    end = START + EVERY * cycles - 2
    days = np.arange(START - 10, end, 0.25)
    attack, igg = (way(immunoglobulin(given), days) for way in (one.attack, one.igg))
    entries = [Dose(when=day(each.day), drug="ivig", amount=KG, hours=5.0, **SIMULATED) for each in given]
    for side in ("right", "left"):
        level = one.measured(f"grip {side}", attack, days)[0]
        for now in range(end - 80, end):
            if random.random() < 0.8:
                told = level[np.searchsorted(days, now)] * np.exp(0.06 * random.standard_normal())
                entries.append(
                    Scale(
                        when=day(now),
                        name="grip",
                        side=side,
                        unit="kg",
                        score=round(float(told), 1),
                        **SIMULATED,
                    )
                )
    for each in given[-3:]:
        level = igg[0, np.searchsorted(days, each.day) - 1]
        entries.append(Laboratory(when=day(each.day), igg_g_l=round(float(level), 1), **SIMULATED))
    who = Identity("synthetic-diary", "male", age_years=52, height_cm=178, weight_kg=KG)
    return Patient(who, tuple(entries))


@cache
def looked_ahead():
    """The outlook of that patient."""
    return outlook(diary())


def day(number: float) -> str:
    return date.fromordinal(int(number)).isoformat()
