"""A fibre's impulse is its own: who stands beside it, in which order, and on how many cores changes nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.nerve import Fibre, Lesion, Pulse, propagate
from ranvier.nerve.lesion import QUALITIES

NEAR = 1e-9

MILD = {
    "na": (0.2, 1.5),
    "width": (0.5, 6.0),
    "leak": (0.0, 0.05),
    "pore": (0.0, 0.003),
    "potassium": (0.7, 1.5),
    "fast_k": (0.0, 0.3),
    "current": (-0.2, 0.03),
    "myelin": (0.5, 20.0),
    "paranode": (0.5, 100.0),
    "juxtaparanode": (0.5, 100.0),
    "detachment": (0.5, 15.0),
}


@st.composite
def lesions(draw, nodes):
    name = draw(st.sampled_from(sorted(MILD)))
    most = nodes - 1 if QUALITIES[name].place == "node" else nodes - 2
    first = draw(st.integers(0, most))
    last = draw(st.integers(first, min(most, first + 3)))
    return Lesion(name, draw(st.floats(*MILD[name])), first, last)


@st.composite
def fibres(draw):
    nodes = draw(st.integers(2, 14))
    return Fibre(
        draw(st.floats(2.0, 16.0)),
        nodes,
        draw(st.floats(20.0, 42.0)),
        tuple(draw(st.lists(lesions(nodes), max_size=2))),
        draw(st.sampled_from(["table", "polynomial"])),
    )


def sent(some, **how):
    return propagate(some, (Pulse(0.02),), 1.2, step_us=5.0, **{"workers": 1, **how})


@settings(max_examples=30)
@given(st.lists(fibres(), min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_neighbours_and_their_order_do_not_matter(some, random):
    order = list(range(len(some)))
    random.shuffle(order)
    together, shuffled = sent(some), sent([some[i] for i in order])
    for place, i in enumerate(order):
        nodes = some[i].nodes
        alone = sent(some[i]).crossing_ms[0, :, 0]
        for run, where in ((together, i), (shuffled, place)):
            assert run.crossing_ms[where, :nodes, 0] == pytest.approx(alone, abs=NEAR, nan_ok=True)
            assert np.all(np.isnan(run.crossing_ms[where, nodes:]))
            assert np.all(run.crossed[where, nodes:] == 0)


def test_pumping_fibres_side_by_side():
    some = [
        Fibre(d, n, t, (Lesion("pump", p, 2, 4),), pump=True)
        for d, n, t, p in ((5.7, 6, 37.0, 0.5), (10.0, 9, 25.0, 1.0), (16.0, 12, 31.0, 0.0))
    ]
    together = sent(some)
    for i, fibre in enumerate(some):
        alone = sent(fibre).crossing_ms[0, :, 0]
        assert np.isfinite(alone).sum() >= 3
        assert together.crossing_ms[i, : fibre.nodes, 0] == pytest.approx(alone, abs=NEAR, nan_ok=True)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_one_worker_or_two(precision):
    some = [Fibre(2.0 + k / 4, 8 + k % 5, lesions=(Lesion("na", 0.5, k % 4, 4),)) for k in range(50)]
    one, two = (sent(some, workers=count, precision=precision, traced=(3,)) for count in (1, 2))
    assert np.array_equal(one.crossing_ms, two.crossing_ms, equal_nan=True)
    assert np.array_equal(one.trace_mv, two.trace_mv)
    again = sent(some, workers=2, precision=precision, traced=(3,))
    assert np.array_equal(two.trace_mv, again.trace_mv)


def everywhere_healthy(fibre):
    """The fibre with every quality set to its healthy value all along."""
    ends = {"node": fibre.nodes - 1, "internode": fibre.nodes - 2}
    return replace(
        fibre,
        lesions=tuple(
            Lesion(name, about.healthy, 0, ends[about.place])
            for name, about in QUALITIES.items()
            if about.healthy != 0 or name == "leak"
        ),
    )


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_lesion_of_healthy_values_changes_nothing(precision):
    """Those that move rest start in balance, hence from a rest that is 0.02 mV off the published one."""
    healthy = Fibre(10.0, 14, 34.0, pump=True)
    plain, lesioned = (
        sent(each, traced=range(14), precision=precision) for each in (healthy, everywhere_healthy(healthy))
    )
    near = 1e-9 if precision == "float64" else 1e-3
    assert lesioned.trace_mv == pytest.approx(plain.trace_mv, abs=near * 100)
    assert lesioned.crossing_ms == pytest.approx(plain.crossing_ms, abs=near, nan_ok=True)


@pytest.mark.parametrize("name", ["na", "width", "myelin", "paranode", "juxtaparanode", "detachment"])
def test_a_healthy_value_of_one_quality_changes_nothing(name):
    plain, lesioned = Fibre(10.0, 14), Fibre(10.0, 14, lesions=(Lesion(name, 1, 4, 8),))
    assert np.array_equal(sent(lesioned).crossing_ms, sent(plain).crossing_ms, equal_nan=True)
