"""Where a fibre rests: a start that is in balance stays where it is."""

from contextlib import suppress

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, propagate
from ranvier.nerve.assembly import Makeup, tables
from ranvier.nerve.cable.run import DivergedError
from ranvier.nerve.lesion import QUALITIES
from ranvier.nerve.rest import MOVES_REST, needed, rest, rests

NODES = 11

BALANCED = {
    "pump": ((), 37.0, True),
    "pump in the cold": ((), 25.0, True),
    "cold towards the end": ((), tuple(np.linspace(37.0, 22.0, NODES)), True),
    "leak": (("leak:0.02@4-6",), 37.0, False),
    "much leak": (("leak:0.5@3-7",), 37.0, False),
    "pore": (("pore:0.005@4-6",), 37.0, False),
    "depolarised": (("current:0.02@4-6",), 37.0, False),
    "hyperpolarised": (("current:-0.2@4-6",), 37.0, False),
    "potassium": (("potassium:1.6@4-6",), 37.0, False),
    "fast potassium channels": (("fast_k:0.2@4-6",), 37.0, False),
    "pores and pump": (("pore:0.004@5", "pump:0.5@4-6", "current:0.01@3"), 30.0, True),
    "with other lesions": (
        ("leak:0.03@5", "na:0.1@5", "width:4@5", "myelin:9@4-5", "paranode:9@5"),
        34.0,
        False,
    ),
}


def fibre(lesions, temperature, pump):
    return Fibre(10.0, NODES, temperature, tuple(map(Lesion.parse, lesions)), pump=pump)


def balance(of):
    makeup = Makeup.of([of])
    return rest(tables([of], makeup, 0.002, True), makeup, 0)


@pytest.mark.parametrize("given", BALANCED.values(), ids=BALANCED)
def test_a_balanced_start_stays_put(given):
    run = propagate(
        fibre(*given), (), 20.0, step_us=5.0, traced=range(NODES), trace_every_us=500.0, workers=1
    )
    assert run.crossed.sum() == 0
    assert np.ptp(run.trace_mv[0], axis=0).max() < 0.05


@pytest.mark.parametrize(
    ("lesion", "sign"),
    [
        ("leak:0.02@5", -1),
        ("pore:0.005@5", 1),
        ("current:0.02@5", 1),
        ("current:-0.2@5", -1),
        ("potassium:1.6@5", 1),
    ],
)
def test_rest_moves_the_way_it_should_and_most_at_the_lesion(lesion, sign):
    moved = sign * (
        balance(fibre((lesion,), 37.0, False)).potential - balance(fibre((), 37.0, False)).potential
    )
    assert moved[5] > 0.1
    assert np.all(moved > 0)
    assert np.all(np.diff(moved[:6]) > 0)
    assert moved == pytest.approx(moved[::-1], abs=1e-5)


def test_the_published_resting_potential_is_nearly_in_balance():
    found = balance(Fibre(10.0, NODES))
    assert np.all(np.abs(found.potential + 80) < 0.06)
    assert found.sodium.tolist() == [10.0] * NODES
    assert np.all(found.shift == 0)


def test_only_lesions_that_move_rest_are_balanced():
    assert not needed(Fibre(10.0))
    assert needed(Fibre(10.0, pump=True))
    for quality in ("leak", "pore", "pump", "potassium", "fast_k", "current"):
        assert needed(Fibre(10.0, lesions=(Lesion(quality, 0.5, 3, 3),)))
    for quality in ("myelin", "paranode", "juxtaparanode", "detachment"):
        assert quality not in MOVES_REST


@pytest.mark.parametrize(
    "lesion", ["myelin:100@3-7", "paranode:1000@3-7", "juxtaparanode:1000@3-7", "detachment:100@3-7"]
)
def test_the_wrapping_does_not_move_it(lesion):
    own = fibre((lesion,), 37.0, False)
    assert not needed(own)
    assert np.abs(balance(own).potential + 80).max() < 0.1


def test_a_lesion_without_a_stable_rest_still_starts_and_fires():
    restless = fibre(("current:0.2@4-6",), 37.0, False)
    found = balance(restless)
    run = propagate(restless, (), 40.0, step_us=5.0, workers=1, traced=range(NODES))
    assert run.trace_mv[0, 0] == pytest.approx(found.potential, abs=1e-6)
    assert run.crossed[0, 9] >= 5


LIMITS = [f"{name}:{limit:g}" for name, about in QUALITIES.items() for limit in (about.least, about.most)]


@pytest.mark.parametrize("lesion", LIMITS)
def test_every_lesion_that_is_accepted_runs_or_is_said_to_diverge(lesion):
    own = fibre((f"{lesion}@4-6",), 37.0, lesion.startswith("pump"))
    with suppress(DivergedError, ValueError):
        run = propagate(own, (), 0.2, workers=1, traced=range(NODES))
        assert np.all(np.isfinite(run.trace_mv))


def test_fibres_rest_side_by_side_as_each_alone():
    kinds = (("pore:0.03@4-6", "pump:0.2@4-6"), (), ("pore:0.001@2", "current:-0.1@8"), ("na:0.1@3-7",))
    fibres = [fibre(kind, 20.0 + 5 * n, True) for n, kind in enumerate(kinds)]
    makeup = Makeup.of(fibres)
    together = rests(tables(fibres, makeup, 0.002, True), makeup, np.arange(len(fibres)))
    for n, each in enumerate(fibres):
        alone = balance(each)
        assert together.potential[:, n] == pytest.approx(alone.potential, abs=1e-9)
        assert together.sodium[:, n] == pytest.approx(alone.sodium, abs=1e-9)
