"""The antibody and the complement of one person: how strong the attack is, and what the blood test shows.

The titre z is a standard normal variable. A test is positive above the cut-off that gives the disease its
published share of positive patients, so that seronegative patients have the same disease with less, or with
antibodies that the test does not see.
"""

from dataclasses import dataclass
from math import exp, sqrt

from scipy.special import ndtri

from ranvier.body.healthy import stream
from ranvier.disease.description import Disease
from ranvier.exam.labs import Serology, numbers


@dataclass(frozen=True)
class Immune:
    """Titres against GM1 and the GM1:GalC complex, and complement, as standard normal variables."""

    gm1: float
    gm1_galc: float
    complement: float

    def strength(self, disease: Disease) -> float:
        """How much stronger than the mean the attack on nodes is."""
        rule = disease.antibody
        if rule is None:
            return 1.0
        spread = rule.titre_effect**2 + rule.complement_between**2
        return exp(rule.titre_effect * self.gm1 + rule.complement_between * self.complement - spread / 2)

    def positive(self, disease: Disease) -> dict[str, bool]:
        """Which IgM tests are positive."""
        chances = {"GM1": (self.gm1, disease.blood.gm1), "GM1:GalC": (self.gm1_galc, disease.blood.gm1_galc)}
        return {name: bool(z > ndtri(1 - chance)) for name, (z, chance) in chances.items()}


def immune(seed: int) -> Immune:
    """The antibodies of one person; titres against the antigen and its complex go together."""
    random = stream(seed, "antibody")
    together = numbers()["antibody"]["positive both"]
    shared = random.standard_normal()
    gm1, complex_ = (
        sqrt(together) * shared + sqrt(1 - together) * random.standard_normal() for _ in range(2)
    )
    return Immune(float(gm1), float(complex_), float(random.standard_normal()))


def serology(disease: Disease, own: Immune, seed: int) -> Serology:
    """What the laboratory will find."""
    blood, random = disease.blood, stream(seed, "blood")
    csf = blood.csf_factor * exp(blood.csf_between * random.standard_normal())
    ck = blood.ck_factor * exp(blood.ck_between * random.standard_normal())
    igm = random.random() < blood.m_protein_igm
    chances = {name: float(found) for name, found in own.positive(disease).items()}
    return Serology(chances, csf, ck, "IgM" if igm else None, blood.inflammation, blood.anca)  # type: ignore[arg-type]
