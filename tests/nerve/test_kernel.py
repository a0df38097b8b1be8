"""The lines of the kernel in plain Python, number by number, and against the same lines compiled."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.nerve import Fibre, Lesion, Pulse
from ranvier.nerve.block import Keep, block
from ranvier.nerve.cable import cpu, kernel, node, single
from ranvier.nerve.cable.translate import functions, signed
from ranvier.nerve.channels import Gate, Rate, Wiring, membrane

FLOAT64 = np.dtype("float64")
GATES = {
    gate.name: gate
    for name in ("mrg", "human")
    for channel in (*membrane(name).node.channels, *membrane(name).stin.channels)
    for gate, _ in channel.gates
}


@given(st.floats(-20, 20))
def test_expm1(x):
    assert node.expm1(x) == pytest.approx(math.expm1(x), rel=1.1e-5, abs=1e-300)


@given(st.floats(-1e-3, 1e-3))
def test_expm1_loses_no_digits_near_zero(x):
    assert node.expm1(x) == pytest.approx(math.expm1(x), rel=1e-13, abs=1e-300)


@pytest.mark.parametrize("x", [-1e6, 1e6])
def test_expm1_holds_far_away(x):
    assert node.expm1(x) == pytest.approx(math.expm1(math.copysign(20, x)), rel=1e-4)


def coefficients(gate):
    return np.array([[gate.alpha.coefficients(), gate.beta.coefficients()]])


@given(
    name=st.sampled_from(sorted(GATES)),
    share=st.floats(0, 1),
    v=st.floats(-110, 70),
    z=st.floats(1e-6, 0.5),
)
def test_a_gate_moves_as_the_exact_exponential(name, share, v, z):
    gate = GATES[name]
    opening, closing = float(gate.alpha(v)), float(gate.beta(v))
    pace = z / (opening + closing)
    target = opening / (opening + closing)
    exact = target + (share - target) * math.exp(-z)
    got = node.moved(share, v, pace, coefficients(gate), 0)
    assert got == pytest.approx(exact, abs=z**5 / 120 + 1e-5 * z)


@given(
    name=st.sampled_from(sorted(GATES)),
    share=st.floats(0, 1),
    v=st.floats(-300, 300),
    pace=st.floats(0, 10),
)
def test_a_gate_never_overshoots_however_long_the_step(name, share, v, pace):
    got = node.moved(share, v, pace, coefficients(GATES[name]), 0)
    target = node.moved(share, v, 1e6, coefficients(GATES[name]), 0)
    assert min(share, target) - 1e-6 <= got <= max(share, target) + 1e-6


def test_a_gate_is_fourth_order_in_its_pace():
    gate = Gate("x", Rate("sigmoid", 4.0, -30.0, 5.0), Rate("sigmoid", 2.0, -30.0, -5.0), 2.0, 20.0)
    opening, closing = 2.0, 1.0
    errors = []
    for pace in (0.02, 0.01):
        exact = opening / (opening + closing) * -math.expm1(-pace * (opening + closing))
        errors.append(abs(node.moved(0.0, -30.0, pace, coefficients(gate), 0) - exact))
    assert math.log2(errors[0] / errors[1]) == pytest.approx(5, abs=0.2)


@pytest.mark.parametrize(("power", "expected"), [(1, 3.0), (2, 9.0), (4, 81.0)])
def test_raised(power, expected):
    assert node.raised(3.0, power) == expected


def test_plain_words():
    array = np.array([[1.0], [2.0]])
    single.store(array, 0, 5.0)
    assert single.load(array, 0) == 5.0
    assert [single.clamp(x, 0.0, 1.0) for x in (-1.0, 0.4, 3.0)] == [0.0, 0.4, 1.0]
    rises = [(-1.0, 1.0), (-1.0, 0.0), (0.0, 1.0), (1.0, -1.0), (-2.0, -1.0)]
    assert [single.upward(*rise) for rise in rises] == [1, 1, 0, 0, 0]
    assert [single.beyond(x, 0.0, 1.0) for x in (0.5, 1.0, -1.5, math.nan)] == [0, 0, 1, 1]
    assert single.lane_of(0) == 0


LIMB = tuple(np.linspace(36.0, 30.0, 5))
RUNS = {
    "healthy": (Fibre(10.0, 5), 30, True),
    "nodes": (
        Fibre(
            10.0,
            5,
            LIMB,
            tuple(map(Lesion.parse, ["na:0.4@1-2", "leak:0.01@3", "fast_k:0.1@2", "width:3@4"])),
        ),
        30,
        True,
    ),
    "internodes": (
        Fibre(8.0, 5, lesions=(Lesion("myelin", 5, 1, 2), Lesion("detachment", 9, 0, 0))),
        30,
        True,
    ),
    "pump": (
        Fibre(10.0, 5, 25.0, (Lesion("pore", 0.01, 2, 2), Lesion("pump", 0.2, 1, 3)), pump=True),
        30,
        True,
    ),
    "asleep before and after": (Fibre(16.0, 26), 260, False),
    "channels under the myelin": (Fibre(10.0, 4, membrane_name="human"), 60, True),
    "one node": (Fibre(10.0, 1), 30, True),
}


def made(fibre, steps, exact, width):
    pulses = (
        Pulse(0.0105, 0.04, 6.0, 0),
        Pulse(0.02, 0.03, -0.5, fibre.nodes - 1),
        Pulse(0.03, 0.01, 1.0, 0),
    )
    return block(
        [fibre],
        [pulses],
        steps,
        step_ms=0.004,
        width=width,
        dtype=FLOAT64,
        exact=exact,
        keep=Keep(crossings=2, traced=(0, fibre.nodes - 1), every=3),
    )


@pytest.mark.parametrize(("fibre", "steps", "exact"), RUNS.values(), ids=RUNS)
def test_plain_python_and_compiled_lines_give_the_same(fibre, steps, exact):
    plain, fast = made(fibre, steps, exact, 1), made(fibre, steps, exact, cpu.WIDTH[FLOAT64])
    kernel.advanced(plain, 0, steps)
    cpu.ADVANCE[FLOAT64](fast, 0, steps)
    for name in (
        "potential",
        "gates",
        "modes",
        "sodium",
        "trace",
        "inner_gates",
        "axolemma",
        "inner_current",
    ):
        expected = getattr(plain, name)
        np.testing.assert_allclose(
            getattr(fast, name), np.broadcast_to(expected, getattr(fast, name).shape), rtol=0, atol=1e-9
        )
    np.testing.assert_allclose(fast.crossing[:, :1], plain.crossing, rtol=0, atol=1e-7)
    assert fast.crossed[:, :1].tolist() == plain.crossed.tolist()
    assert fast.awake.tolist() == plain.awake.tolist()
    assert plain.crossed[0, 0] == 1
    assert np.ptp(plain.trace) > 80


def test_sleeping_nodes_stand_still_until_the_impulse_comes():
    plain = made(Fibre(16.0, 48), 300, False, 1)
    kernel.advanced(plain, 0, 20)
    assert plain.awake.tolist() == [1, 1, 0, 0, 1, 1]
    assert np.all(plain.potential[16:32] == -80.0)
    assert plain.potential[15, 0] != -80.0
    kernel.advanced(plain, 20, 300)
    assert plain.crossed[16:32, 0].tolist() == [1] * 16


def test_what_is_kept_on_disk_is_named_after_every_line_of_the_kernel():
    code = signed(kernel.advanced.__code__)
    assert code.co_name == cpu.ADVANCE[np.dtype("float64")].py_func.__code__.co_name
    assert code.co_name.startswith("advanced_")


def test_functions_come_after_those_they_call():
    names = [each.__name__ for each in functions()]
    assert names.index("expm1") < names.index("moved") < names.index("opened") < names.index("stepped")
    assert "advanced" not in names


def test_wiring_of_the_blocks_under_test_is_that_of_the_membrane():
    assert (
        made(Fibre(10.0, 5), 30, True, 1).opens.tolist()
        == Wiring.of(membrane("mrg").node.channels).opens().tolist()
    )
