"""A block of fibres: their pulses, their rest, and which of their nodes may sleep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.nerve import Fibre, Lesion, Pulse
from ranvier.nerve.block import FALL_MV_PER_MS, RISE_MV_PER_MS, Keep, block, stimulation
from ranvier.nerve.cable import node, rows

STEP_MS = 0.002
FLOAT64 = np.dtype("float64")


def made(fibres, pulses, steps=10, exact=True, width=4, dtype=FLOAT64, keep=Keep()):  # noqa: B008
    return block(fibres, pulses, steps, step_ms=STEP_MS, width=width, dtype=dtype, exact=exact, keep=keep)


def injected(pulses, nodes, steps):
    """The charge in pC that each node receives, step by step, through the words of the kernel."""
    rows, starts, counts = stimulation([pulses], nodes, STEP_MS)

    class Stimuli:
        pulses, pulse_row, pulse_count = rows, starts, counts

    return np.array(
        [[node.stimulated(Stimuli, i, step, 0.0) * STEP_MS for i in range(nodes)] for step in range(steps)]
    )


moments = st.floats(0, 0.05)


@given(onset=moments, duration=moments, current=st.floats(-10, 10), node=st.integers(0, 3))
def test_charge_is_exact_wherever_a_pulse_begins_and_ends(onset, duration, current, node):
    charge = injected([Pulse(onset, duration, current, node)], 4, 60)
    assert charge[:, node].sum() == pytest.approx(current * duration, abs=1e-9)
    assert np.all(np.delete(charge, node, axis=1) == 0)
    times = np.arange(60) * STEP_MS
    assert np.all(charge[times + STEP_MS <= onset - 1e-12] == 0)
    assert np.all(charge[times >= onset + duration + 1e-12] == 0)
    assert np.all(np.abs(charge) <= abs(current) * STEP_MS * (1 + 1e-9))


@given(st.lists(st.builds(Pulse, moments, moments, st.floats(-10, 10), st.integers(0, 3)), max_size=6))
def test_pulses_that_overlap_add_up(pulses):
    together = injected(pulses, 4, 60)
    apart = sum((injected([pulse], 4, 60) for pulse in pulses), np.zeros((60, 4)))
    assert together == pytest.approx(apart, abs=1e-12)


def test_each_fibre_gets_its_own_pulses():
    shocks = [
        [Pulse(0.01, 0.02, 1.0, 2)],
        [],
        [Pulse(0.0, 0.01, 2.0, 2), Pulse(0.02, 0.01, 3.0, 2), Pulse(node=1)],
    ]
    rows, starts, counts = stimulation(shocks, 4, STEP_MS)
    assert counts.tolist() == [0, 1, 2, 0]
    of_two = rows[starts[2] : starts[2] + 6]
    assert of_two[:, 0] == pytest.approx([5, 15, 1, 0, 0, 0])
    assert of_two[:, 1] == pytest.approx([0] * 6)
    assert of_two[:, 2] == pytest.approx([0, 5, 2, 10, 15, 3])


def test_columns_left_over_repeat_the_last_fibre():
    two = made([Fibre(10.0, 5), Fibre(8.0, 4)], [[Pulse()], [Pulse(current_na=1.0)]])
    assert two.potential.shape == (5, 4)
    for column in (2, 3):
        for name in ("node", "link", "pulses"):
            assert np.array_equal(getattr(two, name)[:, column], getattr(two, name)[:, 1])


def test_a_fibre_starts_at_its_published_rest_with_gates_to_match():
    one = made([Fibre(10.0, 3)], [[]])
    assert np.all(one.potential == -80.0)
    assert one.gates[:4, 0] == pytest.approx([0.0732, 0.6207, 0.2026, 0.0430], abs=5e-5)
    assert np.all(one.modes == 0)


def test_single_precision_is_single_precision_throughout():
    one = made([Fibre(10.0, 3)], [[Pulse()]], dtype=np.dtype("float32"))
    for name in (
        "potential",
        "gates",
        "modes",
        "sodium",
        "node",
        "link",
        "pulses",
        "rates",
        "trace",
        "earlier",
    ):
        assert getattr(one, name).dtype == np.float32, name


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_is_written_during_a_run_is_nobody_elses(dtype):
    """A potential that shares its numbers with the potential of an earlier look would never seem to move."""
    one = made([Fibre(10.0, 12)], [[Pulse()]], exact=False, dtype=np.dtype(dtype), keep=Keep(traced=(1,)))
    arrays = {
        name: value for name, value in one._asdict().items() if isinstance(value, np.ndarray) and value.size
    }
    written = (
        "potential",
        "gates",
        "modes",
        "sodium",
        "eliminated",
        "change",
        "earlier",
        "crossing",
        "trace",
        "awake",
    )
    for name in written:
        for other, array in arrays.items():
            assert other == name or not np.shares_memory(arrays[name], array), f"{name} and {other}"


def test_blocks_made_from_the_same_fibres_do_not_share_their_state():
    one, two = (made([Fibre(10.0, 5)], [[Pulse()]]) for _ in range(2))
    for name in ("potential", "gates", "modes", "sodium", "node", "link"):
        assert not np.shares_memory(getattr(one, name), getattr(two, name))


@pytest.mark.parametrize(
    ("lesions", "electrode", "awake"),
    [
        ((), 0, {0, 1}),
        (("na:0.5@40",), 0, {0, 1, 3, 4, 5, 6, 7}),
        (("myelin:5@30-33",), 60, {1, 2, 3, 4, 5, 6, 7, 8}),
        ((), 63, {6, 7, 8}),
    ],
)
def test_tiles_near_a_lesion_or_an_electrode_never_sleep(lesions, electrode, awake):
    fibre = Fibre(10.0, 80, lesions=tuple(map(Lesion.parse, lesions)))
    one = made([fibre], [[Pulse(node=electrode)]], exact=False)
    assert set(np.flatnonzero(one.restless).tolist()) == awake
    assert one.awake.tolist() == one.restless.tolist()
    assert one.window
    assert one.rise == pytest.approx(RISE_MV_PER_MS * STEP_MS * rows.LOOK)
    assert one.fall == pytest.approx(FALL_MV_PER_MS * STEP_MS * rows.LOOK)


def test_in_exact_mode_every_node_is_followed():
    assert not made([Fibre(10.0, 40)], [[Pulse()]]).window


def test_room_for_what_is_kept():
    keep = Keep(crossings=3, traced=(0, 2), every=4)
    one = made([Fibre(10.0, 5)], [[]], steps=10, keep=keep)
    assert one.trace.shape == (2 * 3, 4)
    assert one.crossing.shape == (5 * 3, 4)
    assert np.all(np.isnan(one.crossing))
