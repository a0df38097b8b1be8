"""The internode's equations, and that nothing is lost when they are seen through their modes."""

import math

import numpy as np
import pytest
from scipy.linalg import expm

from ranvier.nerve.cable import rows
from ranvier.nerve.channels import membrane
from ranvier.nerve.geometry import geometry
from ranvier.nerve.internode import Injury, modes, network, segments
from ranvier.nerve.link import passive_column

HALF_UM = (0.5, 0.5)
INJURIES = {
    "healthy": (10.0, Injury(), HALF_UM),
    "thin": (2.0, Injury(), HALF_UM),
    "thick": (16.0, Injury(), HALF_UM),
    "no myelin left": (10.0, Injury(myelin=300.0), HALF_UM),
    "open paranode": (10.0, Injury(paranode=100.0), HALF_UM),
    "lifted": (5.7, Injury(detachment=200.0), HALF_UM),
    "between unlike nodes": (10.0, Injury(juxtaparanode=4.0), (0.5, 20.0)),
    "all at their ends": (10.0, Injury(10000.0, 10000.0, 10000.0, 10000.0), (500.0, 0.05)),
}


def made(diameter, injury, ends):
    return network(geometry(diameter), membrane("mrg"), diameter, injury, ends)


@pytest.fixture(params=INJURIES.values(), ids=INJURIES)
def net(request):
    return made(*request.param)


def test_segments_fill_the_internode():
    shape = geometry(10.0)
    parts = segments(shape, Injury())
    assert parts.regions == ("mysa", "flut", "stin", "stin", "stin", "stin", "stin", "stin", "flut", "mysa")
    assert parts.length.sum() == pytest.approx(shape.node_spacing - 1.0)
    assert parts.length[:3].tolist() == pytest.approx([3.0, 46.0, (1150 - 1 - 6 - 92) / 6])
    assert parts.diameter.tolist() == [3.3, *[6.9] * 8, 3.3]
    assert parts.gap.tolist() == [0.002, *[0.004] * 8, 0.002]
    assert parts.area[0] == pytest.approx(math.pi * 3.3 * 3.0 * 1e-8)


def test_lesions_open_their_own_gaps():
    lifted = segments(geometry(10.0), Injury(paranode=3.0, juxtaparanode=5.0, detachment=2.0)).gap
    assert lifted.tolist() == pytest.approx([0.012, 0.04, *[0.004] * 6, 0.04, 0.012])


def test_the_matrices_are_symmetric_and_positive(net):
    for matrix in (net.capacitance, net.conductance):
        assert np.array_equal(matrix, matrix.T)
        assert np.linalg.eigvalsh(matrix / np.abs(matrix).max()).min() > 0


def test_all_current_that_enters_leaves_through_a_membrane_or_an_end(net):
    """With every compartment at 1 mV current flows only to the nodes (0 mV) and out of the wrapped axon."""
    drawn = net.conductance.sum(axis=1)
    assert drawn[0] == pytest.approx(net.left)
    assert drawn[9] == pytest.approx(net.right)
    assert drawn[1:9] == pytest.approx(np.zeros(8), abs=1e-9 * net.left)
    assert np.all(drawn[10:] > 0)


def test_membranes_carry_their_published_densities():
    healthy = made(10.0, Injury(), HALF_UM)
    stin_um = (1150 - 1 - 6 - 92) / 6
    axolemma = 2.0 * math.pi * 6.9 * stin_um * 1e-8 * 1e3
    myelin = 0.1 / 240 * math.pi * 10.0 * stin_um * 1e-8 * 1e3
    assert healthy.capacitance[4, 14] == pytest.approx(-axolemma)
    assert healthy.capacitance[14, 14] == pytest.approx(axolemma + myelin)
    assert healthy.left == pytest.approx(1 / (0.7 * (0.5 + 1.5) / (math.pi * 3.3**2 / 4)))
    thin = made(10.0, Injury(myelin=20.0), HALF_UM)
    assert thin.capacitance[14, 14] == pytest.approx(axolemma + 20 * myelin)
    assert thin.capacitance[4, 4] == pytest.approx(axolemma)


def test_the_spectrum_of_a_healthy_internode():
    decay = modes(made(10.0, Injury(), HALF_UM)).decay
    assert decay[0] == pytest.approx(0.055, abs=5e-4)
    assert decay[9] == pytest.approx(31.1, abs=0.1)
    assert decay[10] >= 2.8e3
    assert np.all(np.diff(decay) >= 0)


def test_every_mode_decays(net):
    assert np.all(modes(net).decay > 0)


def test_at_rest_the_modes_draw_what_the_network_draws(net):
    own = modes(net)
    static = passive_column(own, 0.002, 20)[rows.STATIC_LL : rows.STATIC_RR + 1]
    first, last = np.eye(20)[0], np.eye(20)[9]
    from_left = np.linalg.solve(net.conductance, net.left * first)
    from_right = np.linalg.solve(net.conductance, net.right * last)
    scale = 1e-8 * max(net.left, net.right)
    assert static[0] == pytest.approx(net.left * (1 - from_left[0]), abs=scale)
    assert static[2] == pytest.approx(net.right * (1 - from_right[9]), abs=scale)
    # What reaches one end from the other is the same both ways.
    assert static[1] == pytest.approx(-net.right * from_left[9], abs=scale)
    assert static[1] == pytest.approx(-net.left * from_right[0], abs=scale)


def test_the_axolemma_is_seen_through_the_modes(net):
    own = modes(net)
    inside = np.linalg.solve(net.conductance, net.left * np.eye(20)[0] + 0.3 * net.right * np.eye(20)[9])
    seen = own.axolemma @ ((own.left + 0.3 * own.right) / own.decay)
    assert seen == pytest.approx(inside[:10] - inside[10:], abs=1e-7)


def exact_step(net, step_ms):
    """One step of (20 potentials, both nodes, their slopes, charge drawn from either) as one exponential."""
    system = np.zeros((26, 26))
    inverse = np.linalg.inv(net.capacitance)
    system[:20, :20] = -inverse @ net.conductance
    system[:20, 20] = inverse[:, 0] * net.left
    system[:20, 21] = inverse[:, 9] * net.right
    system[20, 22] = system[21, 23] = 1
    system[24, [20, 0]] = net.left, -net.left
    system[25, [21, 9]] = net.right, -net.right
    return expm(system * step_ms)


@pytest.mark.parametrize("step_ms", [0.0005, 0.002, 0.02])
def test_a_random_drive_is_answered_exactly(net, step_ms):
    """Node potentials that are linear within each step: the recursion of the kernel makes no error at all."""
    own, exact = modes(net), exact_step(net, step_ms)
    ll, lr, rr, slope_ll, slope_lr, slope_rr, *rest = passive_column(own, step_ms, 20)
    decay, left, right = np.reshape(rest, (20, 3)).T
    z, state = np.zeros(20), np.zeros(26)
    random = np.random.default_rng(3)
    drawn, expected = [], []
    for _ in range(40):
        one, two = random.normal(0, 10, 2)
        v_left, v_right = state[20], state[21]
        drawn.append(
            (
                ll * v_left + lr * v_right + slope_ll * one + slope_lr * two - left @ z,
                lr * v_left + rr * v_right + slope_lr * one + slope_rr * two - right @ z,
            )
        )
        z = decay * z - left * one - right * two
        state[22:] = one / step_ms, two / step_ms, 0, 0
        state = exact @ state
        expected.append(state[24:] / step_ms)
    np.testing.assert_allclose(drawn, expected, rtol=0, atol=1e-6 * np.abs(expected).max())


def test_modes_that_are_not_followed_answer_at_once():
    """The ten axial modes are over within a microsecond: leaving them out changes the drawn current little."""
    own = modes(made(10.0, Injury(), HALF_UM))
    every, slow = passive_column(own, 0.002, 20), passive_column(own, 0.002, 10)
    assert len(every) - len(slow) == 30
    assert slow[:3] == pytest.approx(every[:3])
    assert slow[6:] == pytest.approx(every[6:36])
    assert slow[3:6] == pytest.approx(every[3:6], rel=0.25)
    assert not np.allclose(slow[3:6], every[3:6], rtol=1e-3)
