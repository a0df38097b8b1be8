"""The shape of an axon by its diameter: the published rows, the published polynomials, and nothing beyond."""

import numpy as np
import pytest

from ranvier.nerve.geometry import MEASURES, geometry, passive

# outer diameter, node, axon, node spacing, FLUT, lamellae
ROWS = [
    (2.0, 1.4, 1.6, 200, 10, 30),
    (5.7, 1.9, 3.4, 500, 35, 80),
    (7.3, 2.4, 4.6, 750, 38, 100),
    (8.7, 2.8, 5.8, 1000, 40, 110),
    (10.0, 3.3, 6.9, 1150, 46, 120),
    (11.5, 3.7, 8.1, 1250, 50, 130),
    (12.8, 4.2, 9.2, 1350, 54, 135),
    (14.0, 4.7, 10.4, 1400, 56, 140),
    (15.0, 5.0, 11.5, 1450, 58, 145),
    (16.0, 5.5, 12.7, 1500, 60, 150),
]


def measures(shape):
    return tuple(getattr(shape, name) for name in MEASURES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} um")
def test_rows_of_the_table(row):
    assert measures(geometry(row[0])) == pytest.approx(row[1:], abs=1e-12)


def test_between_two_rows_every_measure_is_linear():
    low, high = np.array(measures(geometry(8.7))), np.array(measures(geometry(10.0)))
    third = measures(geometry(8.7 + 1.3 / 3))
    assert third == pytest.approx(tuple(low + (high - low) / 3))


@pytest.mark.parametrize(
    ("diameter", "expected"),
    [
        (
            10.0,
            (
                0.01093 * 100 + 1.008 + 1.099,
                2.361 + 3.673 + 0.7122,
                -821.5 + 2724 - 780.2,
                -16.52 + 63.54 - 0.2862,
                -47.49 + 168.5 - 0.7648,
            ),
        ),
        (
            4.0,
            (
                0.321 * (0.553 * 4 - 0.024) + 0.37,
                0.553 * 4 - 0.024,
                -3.22 * 16 + 148 * 4 - 128,
                -0.171 * 16 + 6.48 * 4 - 0.935,
                17.4 * (0.553 * 4 - 0.024) - 1.74,
            ),
        ),
    ],
    ids=["large", "small"],
)
def test_published_polynomials(diameter, expected):
    assert measures(geometry(diameter, "polynomial")) == pytest.approx(expected, rel=1e-6)


def test_the_table_has_no_jumps():
    for diameter in (row[0] for row in ROWS[1:-1]):
        before, after = (np.array(measures(geometry(diameter + way * 1e-9))) for way in (-1, 1))
        assert after == pytest.approx(before, abs=1e-5)


def test_the_two_polynomials_do_not_meet():
    """As published: the small fibres come from another fit, so a run must not mix both sides of 5.643 um."""
    small, large = geometry(5.643, "polynomial"), geometry(5.6431, "polynomial")
    assert small.node_diameter == pytest.approx(1.364, abs=1e-3)
    assert large.node_diameter == pytest.approx(2.016, abs=1e-3)
    assert (small.node_spacing, large.node_spacing) == pytest.approx((604.6, 495.4), abs=0.1)


@pytest.mark.parametrize("choice", ["table", "polynomial"])
def test_every_diameter_has_room_for_its_segments_and_thicker_is_thicker(choice):
    shapes = [geometry(float(d), choice) for d in np.linspace(2.0, 16.0, 141)]
    own = passive()
    for shape in shapes:
        stin = shape.node_spacing - own.node_length - 2 * own.mysa_length - 2 * shape.flut_length
        assert stin > 0
        assert 0 < shape.node_diameter < shape.axon_diameter
        assert shape.lamellae > 10
    for name in ("node_diameter", "axon_diameter"):
        assert np.all(np.diff([getattr(shape, name) for shape in shapes]) > 0)


@pytest.mark.parametrize("diameter", [1.99, 16.01, -3.0, float("nan"), float("inf")])
def test_out_of_range(diameter):
    with pytest.raises(ValueError, match=rf"^diameter must lie between 2 and 16 um, not {diameter:g}\.$"):
        geometry(diameter)


def test_unknown_choice():
    with pytest.raises(ValueError, match=r"^geometry must be one of table, polynomial, not 'cubic'\.$"):
        geometry(10.0, "cubic")  # type: ignore[arg-type]


def test_passive_measures():
    own = passive()
    assert (own.node_length, own.mysa_length, own.stin_segments) == (1.0, 3.0, 6)
    assert (own.mysa_gap, own.flut_gap, own.stin_gap) == (0.002, 0.004, 0.004)
    assert (own.axial_resistivity, own.myelin_capacitance, own.myelin_conductance) == (70.0, 0.1, 0.001)
