"""The fast fibre against the slow one that has every compartment written out, for every kind of lesion."""

import dense
import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Pulse, propagate

NODES = 11
PULSE = Pulse(onset_ms=0.1)
UNTIL_MS = 1.5
STEP_US = 0.5

LATE_US = 0.1
"""Both methods are of second order with constants of their own: this much apart in time at half a microsecond."""

NEAR_MV = 0.02

LESIONS = {
    "healthy": (),
    "na, slowed": ("na:0.2@4-6",),
    "na, blocked": ("na:0@4-8",),
    "width": ("width:4@5",),
    "width of neighbours": ("width:2@4", "width:6@5"),
    "leak": ("leak:0.05@4-6",),
    "pore": ("pore:0.02@4-6",),
    "potassium": ("potassium:2@4-6",),
    "pore and potassium": ("pore:0.004@4-6", "potassium:1.5@5-7"),
    "fast_k": ("fast_k:0.3@4-6",),
    "depolarised": ("current:0.05@4-6",),
    "hyperpolarised": ("current:-0.1@4-6",),
    "myelin": ("myelin:20@4",),
    "paranode": ("paranode:10@4",),
    "juxtaparanode": ("juxtaparanode:10@3-5",),
    "detachment": ("detachment:30@4",),
    "everything at one place": (
        *("na:0.5@5-6", "width:1.5@5", "leak:0.005@4", "fast_k:0.05@5", "current:0.01@6"),
        *("myelin:3@4-5", "paranode:5@5", "juxtaparanode:2@4", "detachment:2@5"),
    ),
}


def agree(fibre, pulses=(PULSE,), until_ms=UNTIL_MS, settle=True):
    """Arrivals, peaks and whole traces agree; returns the potentials over time and nodes."""
    times, plain = dense.potentials(fibre, pulses, until_ms, step_us=STEP_US, settle=settle)
    run = propagate(
        fibre, pulses, until_ms, step_us=STEP_US, traced=range(fibre.nodes), workers=1, keep_crossings=1
    )
    own = run.trace_mv[0]
    plain = plain[: len(own)]
    expected = np.array([dense.arrival(times, plain[:, node]) for node in range(fibre.nodes)])
    assert run.crossing_ms[0, :, 0] == pytest.approx(expected, abs=LATE_US / 1000, nan_ok=True)
    assert own.max(axis=0) == pytest.approx(plain.max(axis=0), abs=0.05)
    slope = np.abs(np.gradient(plain, times[1], axis=0))
    # Where the potential runs away at 400 mV/ms, a shift in time is a shift in potential.
    assert np.max(np.abs(own - plain) - LATE_US / 1000 * slope) < NEAR_MV
    return plain


def moves_rest(lesions):
    return any(
        lesion.split(":")[0] in ("leak", "pore", "potassium", "fast_k", "current") for lesion in lesions
    )


@pytest.mark.parametrize("lesions", LESIONS.values(), ids=LESIONS)
def test_every_kind_of_lesion(lesions):
    fibre = Fibre(10.0, nodes=NODES, lesions=tuple(map(Lesion.parse, lesions)))
    potentials = agree(fibre, settle=moves_rest(lesions))
    assert potentials.max() > 0


@pytest.mark.parametrize(
    "lesions",
    [(), ("pump:0@4-6",), ("pore:0.01@4-6", "leak:0.02@5", "pump:0.3@5-7")],
    ids=["healthy", "no pump", "pores and half a pump"],
)
def test_pump_and_sodium(lesions):
    limb = tuple(np.linspace(36.0, 25.0, NODES))
    agree(Fibre(10.0, NODES, limb, tuple(map(Lesion.parse, lesions)), pump=True))


def test_cold_towards_the_end():
    agree(Fibre(10.0, NODES, tuple(np.linspace(37.0, 20.0, NODES))), settle=False)


@pytest.mark.parametrize("diameter", [2.0, 6.5, 16.0])
def test_thick_and_thin(diameter):
    agree(Fibre(diameter, nodes=7), (Pulse(0.1, 0.1, 1.0 + diameter / 4),), 1.0, settle=False)


def test_pulses_of_either_sign_in_the_middle():
    pulses = (Pulse(0.1, 0.2, -1.0, 3), Pulse(0.4, 0.1, 3.0, 6), Pulse(0.45, 0.1, 1.0, 6))
    agree(Fibre(8.0, nodes=9, geometry_choice="polynomial"), pulses, settle=False)


def test_default_step_is_near_enough():
    fibre = Fibre(10.0, nodes=15)
    times, plain = dense.potentials(fibre, (PULSE,), 1.0, step_us=STEP_US)
    expected = dense.arrival(times, plain[:, 12]) - dense.arrival(times, plain[:, 6])
    run = propagate(fibre, (PULSE,), 1.0, workers=1)
    assert run.arrival_ms(12)[0] - run.arrival_ms(6)[0] == pytest.approx(expected, rel=0.005)


def test_the_oracle_has_converged():
    fibre = Fibre(10.0, nodes=7)
    late = []
    for step_us in (1.0, 0.5, 0.25):
        times, plain = dense.potentials(fibre, (PULSE,), 0.5, step_us=step_us)
        late.append(dense.arrival(times, plain[:, 6]) * 1000)
    assert abs(late[1] - late[2]) < LATE_US / 4
    assert (late[0] - late[1]) / (late[1] - late[2]) == pytest.approx(4, abs=0.3)
