"""Cold and warmth both hurt, each through its own mechanism; the parameters and their kind are printed (-s)."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, assembly, block, propagate, rest
from ranvier.nerve.basis import basis
from ranvier.nerve.pump import pump

TEN_NODES = (21, 30)
DEPOLARISED = (
    Lesion("pore", 0.0138, *TEN_NODES),
    Lesion("pump", 0.5, *TEN_NODES),
    Lesion("na", 0.6, *TEN_NODES),
)
"""Pores that let sodium in, half of the pumps and four in ten sodium channels lost, over ten nodes."""

NA_LOSS = (Lesion("na", 0.2, 23, 27),)


def conducts(lesions: tuple[Lesion, ...], temperatures: list[float], pump: bool) -> list[bool]:
    """Whether an impulse passes the lesion at each temperature; nothing fires before the stimulus."""
    fibres = [Fibre(10.0, temperature_c=each, lesions=lesions, pump=pump) for each in temperatures]
    run = propagate(fibres, [Pulse(5.0)], 15.0)
    assert np.all(run.crossing_ms[:, :, 0][~np.isnan(run.crossing_ms[:, :, 0])] >= 5.0)
    return [bool(each) for each in run.crossed[:, 45] > 0]


def show(fibre: Fibre) -> None:
    """Print what the fibre rests on."""
    print(f"\n{'; '.join(map(str, fibre.lesions))} (a hypothesis of ranvier: assumed)")
    for value in basis(fibre):
        if value.id.startswith("nerve.pump"):
            print(f"  {value.id} = {value.number:g} {value.unit} ({value.kind}, {value.mark})")


def test_a_depolarised_lesion_conducts_when_warm_and_fails_when_cooled():
    show(Fibre(10.0, lesions=DEPOLARISED, pump=True))
    assert conducts(DEPOLARISED, [37, 34, 32, 30], pump=True) == [True] * 4
    assert conducts(DEPOLARISED, [28, 25, 22, 20, 18], pump=True) == [False] * 5


def test_without_the_pump_the_same_lesion_conducts_in_the_cold():
    assert conducts(DEPOLARISED, [28, 25, 22, 20, 18], pump=False) == [True] * 5


def test_it_is_the_pumps_temperature_that_blocks_in_the_cold(monkeypatch: pytest.MonkeyPatch):
    even = replace(pump(), q10=1.0)
    for module in (assembly, block, rest):
        monkeypatch.setattr(module, "pump", lambda: even)
    assert conducts(DEPOLARISED, [28, 25, 22, 20, 18], pump=True) == [True] * 5


def test_a_lesion_without_sodium_channels_conducts_at_37_and_fails_when_warmed():
    show(Fibre(10.0, lesions=NA_LOSS))
    assert conducts(NA_LOSS, [20, 30, 37], pump=False) == [True] * 3
    assert conducts(NA_LOSS, [42], pump=False) == [False]


def resting_mv(**kind: float) -> float:
    """The resting potential in the middle of a healthy fibre with a pump."""
    run = propagate(Fibre(10.0, nodes=11, pump=True, **kind), [], 1.0, traced=[5])
    return float(run.trace_mv[0, -1, 0])


def test_sudden_cold_depolarises_a_healthy_axon_because_its_pump_falls():
    warm, cold = resting_mv(temperature_c=37.0), resting_mv(temperature_c=20.0, settled_c=37.0)
    assert warm == pytest.approx(-79.98, abs=0.05)
    assert 0.4 < cold - warm < 3.0


def test_activity_drives_the_pump_and_hyperpolarises():
    train = [Pulse(5.0 + 10 * i, 0.1, 2.0) for i in range(20)]
    after = {}
    for followed in (True, False):
        run = propagate(
            Fibre(10.0, nodes=11, pump=followed), train, 300.0, step_us=5.0, traced=[5], trace_every_us=1000.0
        )
        assert run.crossed[0, 9] == 20
        after[followed] = float(run.trace_mv[0, -1, 0] - run.trace_mv[0, 0, 0])
    assert after[True] < after[False] - 0.2
