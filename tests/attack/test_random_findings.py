"""Random partial observations: always probabilities, and never against the order that medicine knows."""

import os
from random import Random

from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.posterior import probabilities, settings

COUNT = int(os.environ.get("RANVIER_FINDINGS", "2000"))
FINDINGS = tuple(findings().values())
ORDERED = tuple(each for each in FINDINGS if each.mmn)
SETTINGS = tuple(settings())


def observation(random):
    known = random.sample(FINDINGS, random.randint(0, len(FINDINGS)))
    return {each.id: random.choice(each.outcomes) for each in known}


def stronger(random, observed):
    """One ordered finding at two outcomes, the later of which must not speak less (or more) for MMN."""
    finding = random.choice(ORDERED)
    first, second = sorted(random.sample(range(len(finding.outcomes)), 2))
    pair = (first, second) if finding.mmn == "rises" else (second, first)
    return [{**observed, finding.id: finding.outcomes[n]} for n in pair]


def test_random_findings_give_probabilities_in_order():
    random, slight = Random(COUNT), 1e-9
    for _ in range(COUNT):
        observed, setting = observation(random), random.choice(SETTINGS)
        less, more = (probabilities(each, setting) for each in stronger(random, observed))
        for found in (less, more):
            assert abs(sum(found.values()) - 1) < slight
            assert all(0 <= each <= 1 for each in found.values())
        assert more["mmn"] >= less["mmn"] * (1 - slight)
