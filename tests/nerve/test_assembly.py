"""The numbers the kernel works on: nodes with their damage, internodes where they differ, fibres side by side."""

import math

import dense
import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion
from ranvier.nerve.assembly import Makeup, Plan, tables
from ranvier.nerve.cable import rows

STEP_MS = 0.002
AREA_CM2 = math.pi * 3.3 * 1.0 * 1e-8


def assembled(*fibres, every_mode=True):
    makeup = Makeup.of(fibres)
    return tables(fibres, makeup, STEP_MS, every_mode), makeup


def node(table, i, row, lane=0):
    return table.node[table.node_row[i] + row, lane]


def channel_row(makeup, name):
    names = [channel.name for channel in makeup.wiring.channels]
    return rows.CHANNELS + 2 * names.index(name)


def test_a_healthy_node():
    table, makeup = assembled(Fibre(10.0, 5))
    assert table.node_row.tolist() == [0] * 5
    assert node(table, 0, rows.CAPACITY) == pytest.approx(2.0 * AREA_CM2 * 1e3 / STEP_MS)
    assert node(table, 0, rows.LEAK) == pytest.approx(0.007 * AREA_CM2 * 1e6)
    assert node(table, 0, rows.BIAS) == pytest.approx(-90 * 0.007 * AREA_CM2 * 1e6)
    fast = channel_row(makeup, "fast_na")
    assert node(table, 0, fast) == pytest.approx(3.0 * AREA_CM2 * 1e6)
    assert node(table, 0, fast + 1) == pytest.approx(50 * 3.0 * AREA_CM2 * 1e6)
    names = [gate.name for gate in makeup.wiring.gates]
    paces = rows.CHANNELS + 2 * len(makeup.wiring.channels)
    for name, speed in dense.speeds(37.0).items():
        if name in names:
            assert node(table, 0, paces + names.index(name)) == pytest.approx(STEP_MS * speed)


@pytest.mark.parametrize(
    ("lesion", "row", "expected"),
    [
        ("na:0.25@2", "fast_na", 0.25 * 3.0e6),
        ("na:0.25@2", "persistent_na", 0.01e6),
        ("width:3@2", "fast_na", 3.0e6),
        ("width:3@2", rows.LEAK, 3 * 0.007e6),
        ("width:3@2", rows.CAPACITY, 3 * 2.0e3 / STEP_MS),
        ("leak:0.02@2", rows.LEAK, 0.027e6),
        ("leak:0.02@2", rows.BIAS, -90 * 0.027e6),
        ("pore:0.02@2", rows.LEAK, 0.027e6),
        ("pore:0.02@2", rows.BIAS, -90 * 0.007e6),
        ("fast_k:0.3@2", "fast_k", 0.3e6),
        ("potassium:2@2", rows.BIAS, (-90 + 8.314 * 310.15 / 96.485 * math.log(2)) * 0.007e6),
    ],
)
def test_a_lesion_changes_its_node_and_no_other(lesion, row, expected):
    table, makeup = assembled(Fibre(10.0, 5, lesions=(Lesion.parse(lesion),)))
    healthy, _ = assembled(Fibre(10.0, 5))
    row = channel_row(makeup, row) if isinstance(row, str) else row
    assert node(table, 2, row) == pytest.approx(expected * AREA_CM2)
    assert len(set(table.node_row[[0, 1, 3, 4]])) == 1
    assert table.node_row[2] != table.node_row[0]
    shared = rows.CHANNELS + 2 * 3
    assert table.node[:shared, 0] == pytest.approx(healthy.node[:shared, 0])


def test_a_current_is_a_current_whatever_the_size_of_the_node():
    table, _ = assembled(Fibre(10.0, 5, lesions=(Lesion("current", 0.3, 2, 2),)))
    assert node(table, 2, rows.BIAS) - node(table, 1, rows.BIAS) == pytest.approx(0.3)


def test_outside_potassium_moves_potassium_channels_only():
    table, makeup = assembled(Fibre(10.0, 5, 30.0, (Lesion("potassium", 4, 2, 2),)))
    moved = 8.314 * 303.15 / 96.485 * math.log(4)
    for name, reversal in (("slow_k", -90 + moved), ("fast_na", 50.0), ("persistent_na", 50.0)):
        row = channel_row(makeup, name)
        assert node(table, 2, row + 1) / node(table, 2, row) == pytest.approx(reversal)


def test_each_node_has_its_own_temperature():
    warmth = (37.0, 30.0, 20.0)
    table, makeup = assembled(Fibre(10.0, 3, warmth))
    paces = rows.CHANNELS + 2 * len(makeup.wiring.channels)
    first = makeup.wiring.gates[0].name
    expected = [STEP_MS * dense.speeds(each)[first] for each in warmth]
    assert [node(table, i, paces) for i in range(3)] == pytest.approx(expected)


def test_equal_potentials_draw_only_what_leaks_through_the_wrapping():
    """Static rows add up to the leak of the internode, the same as the oracle's matrix gives."""
    fibre = Fibre(10.0, 2, lesions=(Lesion("myelin", 7, 0, 0), Lesion("width", 5, 1, 1)))
    table, _ = assembled(fibre)
    ll, lr, rr = table.link[table.link_row[0] : table.link_row[0] + 3, 0]
    axon = dense.Axon(fibre)
    inner = slice(1, axon.size - 1)
    ends = [0, axon.size - 1]
    through = -axon.static[inner, ends[0]] - axon.static[inner, ends[1]]
    inside = np.linalg.solve(axon.static[inner, inner], through)
    to_ground = axon.static[inner, inner].sum(axis=1) - through
    leak = to_ground @ inside
    assert ll + 2 * lr + rr == pytest.approx(leak, rel=1e-6)
    assert ll != pytest.approx(rr, rel=1e-6)


def test_a_wider_node_changes_the_internodes_on_either_side():
    plan = Plan.of([Fibre(10.0, 7, lesions=(Lesion("width", 3, 3, 4),))])
    assert plan.link_kind.tolist() == [0, 0, 1, 2, 3, 0]
    assert plan.node_kind.tolist() == [0, 0, 0, 1, 2, 0, 0]


def test_internodes_that_differ_stand_alone():
    plan = Plan.of([Fibre(10.0, 5, lesions=(Lesion("myelin", 3, 1, 2),)), Fibre(8.0, 4)])
    assert plan.nodes == 5
    assert plan.link_kind.tolist() == [0, 1, 2, 3]
    assert plan.node_kind.tolist() == [0] * 5


def test_a_cold_end_gives_every_node_rows_of_its_own():
    assert Plan.of([Fibre(10.0, 3, (37.0, 36.0, 35.0))]).node_kind.tolist() == [1, 2, 3]


def test_beyond_a_shorter_fibre_nothing_flows():
    table, _ = assembled(Fibre(10.0, 6), Fibre(10.0, 3, lesions=(Lesion("na", 0.1, 2, 2),)))
    for i in range(5):
        statics = table.link[table.link_row[i] : table.link_row[i] + 6]
        assert np.all(statics[:, 0] != 0)
        assert np.all(statics[:, 1] != 0) == (i < 2)
    fast = rows.CHANNELS
    assert [node(table, i, fast, 1) / node(table, 0, fast, 0) for i in (1, 2, 3)] == pytest.approx(
        [1, 0.1, 1]
    )


def test_fast_potassium_channels_are_followed_only_where_some_fibre_has_them():
    plain, bare = Fibre(10.0, 5), Fibre(10.0, 5, lesions=(Lesion("fast_k", 0.2, 1, 1),))
    assert [channel.name for channel in Makeup.of([plain]).wiring.channels][3:] == []
    table, makeup = assembled(plain, bare)
    assert makeup.wiring.channels[3].name == "fast_k"
    row = channel_row(makeup, "fast_k")
    assert [node(table, 1, row, lane) for lane in (0, 1)] == pytest.approx([0, 0.2e6 * AREA_CM2])


def test_modes_over_within_a_fraction_of_a_step_are_left_out_unless_all_are_wanted():
    assert assembled(Fibre(10.0, 5))[0].most_modes == 20
    few, _ = assembled(Fibre(10.0, 5), every_mode=False)
    assert 10 <= few.most_modes < 20


@pytest.mark.parametrize(
    "odd", [Fibre(10.0, 5, membrane_name="human"), Fibre(10.0, 5, pump=True)], ids=["membrane", "pump"]
)
def test_unlike_fibres_are_not_run_together(odd):
    with pytest.raises(
        ValueError, match=r"^fibres of one run must share membrane_name and pump; run them apart\.$"
    ):
        Makeup.of([Fibre(10.0, 5), odd])
