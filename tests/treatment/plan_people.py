"""People for the tests of plans: drawn from the population, or one person with draws close together."""

from dataclasses import fields, replace

import numpy as np

from ranvier.treatment.effect.hand import Hand
from ranvier.treatment.effect.population import people
from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.kinetics import Disposition

WEIGHT_KG = 80.0


def crowd(count=40, seed=3):
    """Persons of the population."""
    return people(np.random.default_rng(seed), count, WEIGHT_KG)


def one_person(spread=0.02, draws=60, most=0.7, half=9.0, depth=-0.7, width=0.3, least=0.1):
    """A person whose hand depends on treatment, known to within `spread`."""
    random = np.random.default_rng(7)

    def about(value):
        return value * np.exp(spread * random.standard_normal(draws))

    usual = people(random, 1, WEIGHT_KG).disposition
    own = Disposition(*(about(getattr(usual, each.name)[0]) for each in fields(usual)))
    hands = {
        name: Hand(about(whole), about(least), about(depth), about(width))
        for name, whole in (("grip right", 35.0), ("grip left", 30.0))
    }
    return Treated(own, about(10.0), about(most), about(half), about(0.15), about(0.04), hands)


def without_effect(treated):
    """The same people in whom immunoglobulin does nothing."""
    return replace(treated, most=np.zeros_like(treated.most))
