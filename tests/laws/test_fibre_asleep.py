"""Sleeping nodes neither lose nor invent an impulse, also close to a lesion's critical value.

The first five were lost, invented or late before nodes near lesions were kept awake.
"""

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, propagate
from ranvier.nerve.bundle import Focus, bundle


def arrivals(fibre: Fibre, duration_ms: float) -> list[float]:
    """When the impulse passes node 55, with every node followed and with nodes that sleep."""
    runs = (propagate(fibre, duration_ms=duration_ms, exact=exact) for exact in (True, False))
    return [float(run.crossing_ms[0, 55, 0]) for run in runs]


@pytest.mark.parametrize(
    ("diameter", "temperature", "lesion"),
    [
        (14.46, 26.0, "na:0.0242@27-31"),
        (14.46, 26.0, "na:0.026@27-31"),
        (12.58, 13.7, "na:0.0990@26-35"),
        (2.53, 21.0, "na:0.0393@24-28"),
        (2.53, 21.0, "na:0.0405@24-28"),
        (9.68, 16.9, "myelin:200@22-22"),
        (8.0, 40.0, "width:20@20-24"),
        (6.0, 30.0, "detachment:15@20-29"),
    ],
)
def test_close_to_block(diameter: float, temperature: float, lesion: str):
    fibre = Fibre(diameter, 61, temperature, (Lesion.parse(lesion),))
    exact, asleep = arrivals(fibre, 12.0)
    assert asleep == pytest.approx(exact, rel=2e-3, nan_ok=True)


@pytest.mark.parametrize(("quality", "value", "count"), [("potassium", 2.5, 10), ("na", 0.17, 5)])
def test_a_population_loses_the_same_axons(quality: str, value: float, count: int):
    diameters = np.clip(np.random.default_rng(0).normal(9.2, 1, 60), 6, 13)
    focus = Focus(quality, value, 60.0, count)
    exact, asleep = (
        bundle(diameters, 100.0, [90.0], [focus], duration_ms=12.0, exact=each) for each in (True, False)
    )
    assert np.array_equal(exact.blocked, asleep.blocked)
    assert 0 < exact.blocked.sum() < len(diameters)


def test_an_axon_alone_is_the_axon_in_company():
    weak = Fibre(14.46, 61, 26.0, (Lesion("na", 0.0242, 27, 31),))
    company = propagate(
        [weak, Fibre(14.46, 61, 26.0, (Lesion("na", 0.9, 0, 60),))], duration_ms=8.0, exact=False
    )
    alone = propagate(weak, duration_ms=8.0, exact=False)
    assert alone.arrival_ms(55)[0] == pytest.approx(company.arrival_ms(55)[0], rel=2e-3)
