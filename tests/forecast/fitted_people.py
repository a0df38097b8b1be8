"""A patient simulated in a few lines, for tests of the fit."""

import numpy as np

from ranvier.forecast.course import course
from ranvier.patient import Dose, Identity, Laboratory, Patient, Scale
from ranvier.treatment.effect.population import people
from ranvier.treatment.given import Given
from ranvier.treatment.schedule import clock

START = 738000.0
WHO = {"origin": "simulated", "source": "test"}
DOSES = tuple(Given("ivig", START - 63.0 + 21 * n + 0.4, 82.0, 0.2) for n in range(9))


def person(seed=3):
    return people(np.random.default_rng(seed), 1, 82.0)


def truth(one, measure, days, given=DOSES):
    return course(given, np.asarray(days, float), given[0].day - 1).level(one, measure)[0]


def record(one, seed=4, noise=0.05, grips=60, igg=(5, 30, 70), doses=DOSES, hands=("right", "left")):
    random = np.random.default_rng(seed)
    entries = [Dose(**WHO, when=clock(each.day), drug="ivig", amount=each.grams, hours=4.8) for each in doses]
    days = START + np.linspace(0, 89, grips).round() + 0.3
    for side in hands if grips else ():
        level = truth(one, f"grip {side}", days, doses)
        for day, kg in zip(days, level * (1 + noise * random.standard_normal(grips)), strict=True):
            entries.append(Scale(**WHO, when=clock(day), name="grip", score=float(kg), unit="kg", side=side))
    for day in START + np.array(igg, float):
        value = float(truth(one, "IgG", [day], doses)[0])
        entries.append(
            Laboratory(**WHO, when=clock(day), igg_g_l=value * (1 + 0.03 * random.standard_normal()))
        )
    return Patient(Identity("x", weight_kg=82.0), tuple(entries))
