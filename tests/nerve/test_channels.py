"""The channels' rates and steady states against the formulas as they were published."""

import math

import dense
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.evidence import EvidenceError
from ranvier.nerve import channels
from ranvier.nerve.channels import Gate, Rate, Wiring, membrane, membranes

RANGE_MV = np.arange(-120.03, 60.0, 0.37)


def gates_of(name):
    own = membrane(name)
    placed = [*own.node.channels, *own.mysa.channels, *own.stin.channels]
    return {gate.name: gate for channel in placed for gate, _ in channel.gates}


@pytest.mark.parametrize(("name", "share"), [("m", 0.0732), ("h", 0.6207), ("p", 0.2026), ("s", 0.0430)])
def test_gates_at_the_resting_potential(name, share):
    assert float(gates_of("mrg")[name].steady(-80.0)) == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize("name", ["m", "h", "p", "s", "n"])
def test_rates_are_those_that_were_published(name):
    gate = (gates_of("mrg") | gates_of("human"))[name]
    opening, closing = dense.rates(RANGE_MV)[name]
    np.testing.assert_allclose(gate.alpha(RANGE_MV), opening, rtol=1e-10, atol=0)
    np.testing.assert_allclose(gate.beta(RANGE_MV), closing, rtol=1e-10, atol=0)


def test_rates_of_the_human_axon_that_differ():
    human = gates_of("human")
    v = RANGE_MV
    opening = 1.86 * (v + 20.4) / (1 - np.exp(-(v + 20.4) / 10.3))
    np.testing.assert_allclose(human["m_human"].alpha(v), opening, rtol=1e-10)
    np.testing.assert_allclose(human["m_human"].beta(v), dense.rates(v)["m"][1], rtol=1e-10)
    np.testing.assert_allclose(human["q"].alpha(v), 0.00522 * np.exp(-(v + 107.3) / 12.2), rtol=1e-10)
    np.testing.assert_allclose(human["q"].beta(v), 0.00522 * np.exp((v + 107.3) / 12.2), rtol=1e-10)


@given(
    form=st.sampled_from(channels.FORMS),
    rate=st.floats(1e-4, 5),
    midpoint=st.floats(-120, 0),
    slope=st.floats(1, 20) | st.floats(-20, -1),
    v=st.floats(-130, 60),
)
def test_one_expression_serves_all_forms(form, rate, midpoint, slope, v):
    u = (v - midpoint) / slope
    if form == "linoid":
        expected = rate * abs(slope) * (u / -math.expm1(-u) if u else 1.0)
    elif form == "sigmoid":
        expected = rate / (1 + math.exp(-u))
    else:
        expected = rate * math.exp(u)
    assert float(Rate(form, rate, midpoint, slope)(v)) == pytest.approx(expected, rel=1e-6)


def test_a_rate_is_smooth_where_its_formula_divides_by_zero():
    alpha = gates_of("mrg")["m"].alpha
    assert float(alpha(-21.4)) == pytest.approx(1.86 * 10.3)
    near = alpha(np.array([-21.4 - 1e-6, -21.4, -21.4 + 1e-6]))
    assert np.ptp(near) < 1e-5


def test_warmth_quickens_gates_and_leaves_their_steady_state():
    m, s = gates_of("mrg")["m"], gates_of("mrg")["s"]
    assert m.speed(30.0) / m.speed(20.0) == pytest.approx(2.2)
    assert float(s.speed(36.0)) == 1.0
    assert m.time_constant_ms(-40.0, 30.0) == pytest.approx(m.time_constant_ms(-40.0, 20.0) / 2.2)
    tau = 1 / sum(dense.rates(np.array(-40.0))["m"])
    assert float(m.time_constant_ms(-40.0, 20.0)) == pytest.approx(tau)


def test_published_densities_and_what_flows_at_rest():
    node = membrane("mrg").node
    assert {each.name: (each.density, each.reversal) for each in node.channels} == {
        "fast_na": (3.0, 50.0),
        "persistent_na": (0.01, 50.0),
        "slow_k": (0.08, -90.0),
    }
    rest = dense.steady(np.array(-80.0))
    expected = (
        (3.0 * rest["m"] ** 3 * rest["h"] + 0.01 * rest["p"] ** 3) * -130 + 0.08 * rest["s"] * 10 + 0.007 * 10
    )
    assert float(node.current(-80.0)) == pytest.approx(expected)
    assert abs(expected) < 0.01, "the published resting potential is nearly one"
    assert float(membrane("mrg").stin.current(-70.0)) == pytest.approx(0.0001 * 10)


def test_share_of_open_channels_multiplies_its_gates():
    fast = membrane("mrg").node.channels[0]
    rest = dense.steady(np.array(-40.0))
    assert float(fast.open_share(-40.0)) == pytest.approx(rest["m"] ** 3 * rest["h"])


def test_wiring_names_each_gate_once():
    gate = Gate("x", *[Rate("sigmoid", 1.0, -40.0, 5.0)] * 2, 2.0, 20.0)
    one = channels.Channel("one", "sodium", ((gate, 3),), 1.0, 50.0)
    two = channels.Channel("two", "potassium", ((gate, 1), (gates_of("mrg")["h"], 2)), 1.0, -90.0)
    wiring = Wiring.of((one, two))
    assert [each.name for each in wiring.gates] == ["x", "h"]
    assert wiring.opens().tolist() == [[0, 3, 0, 0, 1], [0, 1, 1, 2, 0]]
    assert wiring.rates().shape == (2, 2, 7)


def test_unknown_membrane_is_refused_by_name():
    assert set(membranes()) == {"mrg", "human", "sensory"}
    with pytest.raises(EvidenceError, match=r"membrane must be one of mrg, sensory, human, not 'frog'"):
        membrane("frog")


def test_unknown_form_of_a_rate_is_refused():
    with pytest.raises(EvidenceError, match=r"gates\.m\.alpha: form must be one of linoid, sigmoid, exp"):
        channels.rate({"form": "cubic"}, "gates.m.alpha")
