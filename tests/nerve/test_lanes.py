"""The words of the kernel for a row of fibres mean what they mean for one."""

import numpy as np
import pytest
from numba import njit

from ranvier.nerve.cable import lanes, single

WIDTHS = list(lanes.WIDTH.items())
UNLIKE = [-3.0, -1.0, -0.0, 0.0, 0.25, 1.0, 7.0, np.nan]


def rows(name, width, seed):
    """Three rows of numbers: some special, some of any size."""
    random = np.random.default_rng(seed)
    array = random.normal(0, 2, (3, width))
    for row, shift in zip(array, (0, 3, 5), strict=True):
        row[: len(UNLIKE)] = np.roll(UNLIKE, shift)[:width]
    return array.astype(name)


def by_column(function, array, *more):
    """The plain word, one fibre at a time."""
    return [function(array[:, [column]], *more) for column in range(array.shape[1])]


@pytest.mark.parametrize(("name", "width"), WIDTHS)
def test_arithmetic(name, width):
    @njit
    def fast(array):
        x, y = lanes.load(array, 0), lanes.load(array, 1)
        lanes.store(array, 2, 1.0 - (x * y + 2 * x - y / 4) / (y - 0.5) + 3)

    array = rows(name, width, 1)
    x, y = array[0].astype(float), array[1].astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = 1.0 - (x * y + 2 * x - y / 4) / (y - 0.5) + 3
    fast(array)
    np.testing.assert_allclose(array[2], expected, rtol=1e-5 if name == "float32" else 1e-13)
    assert np.isnan(array[2][np.isnan(x) | np.isnan(y)]).all(), "what is no number stays none"


@pytest.mark.parametrize(("name", "width"), WIDTHS)
def test_a_plain_number_is_stored_in_every_lane(name, width):
    @njit
    def fast(array):
        lanes.store(array, 1, 2.5)

    array = rows(name, width, 2)
    before = array.copy()
    fast(array)
    assert np.all(array[1] == 2.5)
    np.testing.assert_array_equal(array[[0, 2]], before[[0, 2]])


@pytest.mark.parametrize(("name", "width"), WIDTHS)
def test_clamp(name, width):
    @njit
    def fast(array):
        lanes.store(array, 2, lanes.clamp(lanes.load(array, 0), -1.0, lanes.load(array, 1)))

    array = rows(name, width, 3)
    array[1] = np.abs(np.nan_to_num(array[1]))
    known = ~np.isnan(array[0])
    expected = by_column(lambda a: single.clamp(a[0, 0], -1.0, a[1, 0]), array)
    fast(array)
    np.testing.assert_array_equal(array[2][known], np.array(expected, name)[known])


@pytest.mark.parametrize(("name", "width"), WIDTHS)
def test_rises_through_zero(name, width):
    @njit
    def fast(array):
        return lanes.upward(lanes.load(array, 0), lanes.load(array, 1))

    array = rows(name, width, 4)
    expected = by_column(lambda a: single.upward(a[0, 0], a[1, 0]), array)
    assert 0 < sum(expected) < width
    assert [(fast(array) >> lanes.lane_of(bit)) & 1 for bit in range(width)] == expected


@pytest.mark.parametrize(("name", "width"), WIDTHS)
def test_differs_by_more_than_a_limit(name, width):
    @njit
    def fast(array):
        return lanes.beyond(lanes.load(array, 0), lanes.load(array, 1), 1.0)

    array = rows(name, width, 5)
    expected = by_column(lambda a: single.beyond(a[0, 0], a[1, 0], 1.0), array)
    assert 0 < sum(expected) < width
    assert [(fast(array) >> bit) & 1 for bit in range(width)] == expected


def test_every_word_has_both_meanings():
    from ranvier.nerve.cable import cpu

    for word in cpu.WORDS:
        assert callable(getattr(single, word))
        assert callable(getattr(lanes, word))
