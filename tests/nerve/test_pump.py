"""The pump and the sodium of the node: in balance at rest, weaker in the cold, roused by activity."""

import dense
import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse
from ranvier.nerve.assembly import Makeup, tables
from ranvier.nerve.block import Keep, block
from ranvier.nerve.cable import cpu
from ranvier.nerve.channels import membrane
from ranvier.nerve.pump import constants, pump, resting_pump
from ranvier.nerve.rest import rest

FLOAT64 = np.dtype("float64")
NODES = 9


def balance(of):
    makeup = Makeup.of([of])
    return rest(tables([of], makeup, 0.002, True), makeup, 0)


def left(fibre, pulses, duration_ms, step_ms=0.005):
    """Sodium at every node before and after, and the potentials at the end."""
    steps = round(duration_ms / step_ms)
    made = block(
        [fibre],
        [pulses],
        steps,
        step_ms=step_ms,
        width=cpu.WIDTH[FLOAT64],
        dtype=FLOAT64,
        exact=True,
        keep=Keep(),
    )
    before = made.sodium[0::2, 0].copy()
    cpu.ADVANCE[FLOAT64](made, 0, steps)
    return before, made.sodium[0::2, 0], made


def test_binding():
    assert pump().bound(28.0) == pytest.approx(1 / 8)
    assert pump().bound(10.0) == pytest.approx((10 / 38) ** 3)
    assert pump().bound(1e9) == pytest.approx(1)


def test_thermal_voltage():
    assert float(constants().nernst_mv(37.0)) == pytest.approx(26.73, abs=0.01)
    assert constants().nernst_mv((10.0, 20.0)) == pytest.approx([24.40, 25.26], abs=0.01)


def test_at_rest_it_carries_a_third_of_the_sodium_that_leaks_in():
    gates = dense.steady(np.array(-80.0))
    inflow = (3.0 * gates["m"] ** 3 * gates["h"] + 0.01 * gates["p"] ** 3) * 130
    assert resting_pump(membrane("mrg")) == pytest.approx(inflow / 3)


def test_a_healthy_warm_fibre_rests_at_its_published_sodium():
    found = balance(Fibre(10.0, NODES, pump=True))
    assert found.sodium == pytest.approx(np.full(NODES, 10.0), abs=0.1)
    bare = balance(Fibre(10.0, NODES))
    assert found.potential == pytest.approx(bare.potential, abs=0.05)


@pytest.mark.parametrize(
    "fibre",
    [
        Fibre(10.0, NODES, pump=True),
        Fibre(10.0, NODES, 20.0, pump=True),
        Fibre(10.0, NODES, lesions=(Lesion("pore", 0.002, 4, 4),), pump=True),
        Fibre(10.0, NODES, lesions=(Lesion("pump", 0.5, 2, 6),), pump=True),
    ],
    ids=["warm", "cold", "pore", "half the pumps"],
)
def test_sodium_is_in_balance_at_rest(fibre):
    before, after, _ = left(fibre, (), 20.0)
    assert after == pytest.approx(before, abs=1e-4)


def test_the_cold_and_a_lost_pump_let_sodium_gather():
    warm = balance(Fibre(10.0, NODES, 37.0, pump=True))
    cold = balance(Fibre(10.0, NODES, 25.0, pump=True))
    half = balance(Fibre(10.0, NODES, lesions=(Lesion("pump", 0.5, 4, 4),), pump=True))
    assert np.all(cold.sodium > warm.sodium + 1)
    assert half.sodium[4] > warm.sodium[4] + 1
    assert half.sodium[0] == pytest.approx(warm.sodium[0], abs=0.05)
    assert np.all(cold.shift < 0)
    assert cold.shift == pytest.approx(-26.73 * 298.15 / 310.15 * np.log(cold.sodium / 10), abs=0.01)


def test_the_balance_of_sodium_holds_for_the_numbers_found():
    found = balance(Fibre(10.0, NODES, 25.0, pump=True))
    gates = dense.steady(found.potential)
    axon = dense.Axon(Fibre(10.0, NODES, 25.0, pump=True))
    _, _, conductance, reversal = axon.ionic(gates, found.sodium)
    assert conductance * (reversal - found.potential) == pytest.approx(
        3 * axon.carried(found.sodium), rel=1e-6
    )


def test_each_impulse_brings_sodium_in_and_the_pump_then_hyperpolarises():
    train = [Pulse(0.5 + 5 * k, 0.1, 4.0, 0) for k in range(20)]
    late = {}
    for pumping in (True, False):
        fibre = Fibre(10.0, NODES, pump=pumping)
        before, one, fresh = left(fibre, train[:1], 250.0)
        _, many, tired = left(fibre, train, 250.0)
        assert (fresh.crossed[8, 0], tired.crossed[8, 0]) == (1, 20)
        late[pumping] = (tired.potential - fresh.potential)[:, 0]
        gained = many - before
        if pumping:
            assert np.all(gained > 15 * (one - before))
            assert np.all(one > before)
        else:
            assert np.all(gained == 0)
    assert np.all(late[True] < late[False] - 0.3)


def test_sodium_that_an_impulse_brings_is_the_charge_that_flowed():
    """Against a plain count: the oracle's sodium after one impulse."""
    fibre = Fibre(10.0, 5, pump=True)
    before, after, _ = left(fibre, [Pulse(0.1)], 1.5, step_ms=0.0005)
    axon = dense.Axon(fibre)
    times, potentials = dense.potentials(fibre, [Pulse(0.1)], 1.5, settle=True)
    sodium, gates = np.full(5, 10.0), dense.steady(potentials[0])
    for v in potentials[:-1]:
        gates = dense.aged(axon, gates, v, times[1])
        _, _, conductance, reversal = axon.ionic(gates, sodium)
        sodium = sodium - times[1] * axon.uptake * (conductance * (v - reversal) + 3 * axon.carried(sodium))
    assert after - before == pytest.approx(sodium - 10.0, rel=0.03)
