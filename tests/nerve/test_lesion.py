"""Lesions: written, placed, laid on top of each other, and refused with the quality and its range."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.nerve.lesion import QUALITIES, Lesion, laid_out

NODAL = sorted(name for name, about in QUALITIES.items() if about.place == "node")
INTERNODAL = sorted(name for name, about in QUALITIES.items() if about.place == "internode")


@st.composite
def lesions(draw):
    name = draw(st.sampled_from(sorted(QUALITIES)))
    about = QUALITIES[name]
    first = draw(st.integers(0, 30))
    return Lesion(name, draw(st.floats(about.least, about.most)), first, first + draw(st.integers(0, 9)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("na:0.2@23-27", Lesion("na", 0.2, 23, 27)),
        ("current:-0.1@25", Lesion("current", -0.1, 25, 25)),
        (" myelin : 2e1 @ 3-4 ", Lesion("myelin", 20, 3, 4)),
        ("na:0@0", Lesion("na", 0, 0, 0)),
    ],
)
def test_parse(text, expected):
    assert Lesion.parse(text) == expected


@given(lesions())
def test_what_is_written_is_read_again(lesion):
    again = Lesion.parse(str(lesion))
    assert (again.quality, again.first, again.last) == (lesion.quality, lesion.first, lesion.last)
    assert again.value == pytest.approx(lesion.value, rel=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "na",
        "na:0.2",
        "na:much@3",
        "na:0.2@",
        "na:0.2@x",
        "na:0.2@-3",
        "na 0.2@3",
        "na:0.2@3-",
        "na:0.2@3-5-7",
    ],
)
def test_parse_says_how_to_write_it(text):
    with pytest.raises(
        ValueError, match=r"write quality:value@first-last, for example na:0\.2@23-27"
    ) as caught:
        Lesion.parse(text)
    assert repr(text) in str(caught.value)
    assert "detachment" in str(caught.value)


@pytest.mark.parametrize("name", sorted(QUALITIES))
def test_every_quality_accepts_its_limits_and_nothing_beyond(name):
    about = QUALITIES[name]
    for value in (about.least, about.healthy, about.most):
        assert Lesion(name, value, 0, 0).value == value
    beyond = [about.least - 0.01, about.most * 1.01 + 0.01, math.nan, math.inf, -math.inf]
    for value in beyond:
        with pytest.raises(
            ValueError, match=rf"^lesion {name}: value must lie between .* not {value:g}"
        ) as caught:
            Lesion(name, value, 0, 0)
        assert f"between {about.least:g} and {about.most:g} ({about.unit}: {about.meaning})" in str(
            caught.value
        )


def test_unknown_quality():
    with pytest.raises(ValueError, match=r"^lesion: quality must be one of na, width, .*, not 'sodium'\.$"):
        Lesion("sodium", 0.5, 0, 0)
    with pytest.raises(ValueError, match="not 'sodium'"):
        Lesion.parse("sodium:0.5@3")


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-1, 3), (-2, -1)])
def test_a_range_runs_forwards_from_0(first, last):
    with pytest.raises(
        ValueError, match=rf"^lesion na: {first}-{last} is not a range of numbers from 0 upwards\.$"
    ):
        Lesion("na", 0.5, first, last)


def test_healthy_everywhere_without_lesions():
    along = laid_out((), 7)
    assert list(along) == list(QUALITIES)
    for name, values in along.items():
        assert len(values) == (7 if name in NODAL else 6)
        assert np.all(values == QUALITIES[name].healthy)


def test_factors_multiply_and_currents_add_where_they_meet():
    pairs = [
        Lesion("na", 0.5, 1, 3),
        Lesion("na", 0.5, 3, 4),
        Lesion("leak", 0.1, 0, 2),
        Lesion("leak", 0.2, 2, 2),
    ]
    along = laid_out([*pairs, Lesion("myelin", 4, 0, 1), Lesion("myelin", 3, 1, 1)], 6)
    assert along["na"] == pytest.approx([1, 0.5, 0.5, 0.25, 0.5, 1])
    assert along["leak"] == pytest.approx([0.1, 0.1, 0.3, 0, 0, 0])
    assert along["myelin"] == pytest.approx([4, 12, 1, 1, 1])
    assert np.all(along["width"] == 1)


@given(st.lists(lesions(), max_size=5).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_lesions_does_not_matter(both):
    one, other = (laid_out(some, 60) for some in both)
    for name in QUALITIES:
        np.testing.assert_allclose(one[name], other[name], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "length"), [("na", 11), ("current", 11), ("myelin", 10), ("detachment", 10)]
)
def test_beyond_the_fibre(name, length):
    place = QUALITIES[name].place
    laid_out([Lesion(name, QUALITIES[name].healthy, length - 1, length - 1)], 11)
    with pytest.raises(
        ValueError, match=rf"^lesion {name}:1@3-{length}: the fibre has {place}s 0 to {length - 1}\.$"
    ):
        laid_out([Lesion(name, 1, 3, length)], 11)


@pytest.mark.parametrize(
    ("centre_mm", "count", "expected"),
    [
        (120.0, 5, (118, 122)),
        (120.0, 1, (120, 120)),
        (120.4, 3, (119, 121)),
        (120.6, 3, (120, 122)),
        (0.0, 5, (0, 4)),
    ],
)
def test_around_a_place_on_the_nerve(centre_mm, count, expected):
    lesion = Lesion.around("na", 0.2, centre_mm=centre_mm, count=count, spacing_um=1000.0)
    assert (lesion.first, lesion.last) == expected
    assert (lesion.quality, lesion.value) == ("na", 0.2)


@given(st.floats(5, 400), st.integers(1, 11), st.floats(200, 1500))
def test_around_covers_its_count_about_its_centre(centre_mm, count, spacing_um):
    lesion = Lesion.around("myelin", 9, centre_mm=centre_mm, count=count, spacing_um=spacing_um)
    assert lesion.last - lesion.first + 1 == count
    middle_mm = (lesion.first + lesion.last) / 2 * spacing_um / 1000
    if lesion.first > 0:
        assert abs(middle_mm - centre_mm) <= 0.5 * spacing_um / 1000 * (1 + 1e-9)
