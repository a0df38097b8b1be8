"""The published models are read as they stand, and patients drawn from them differ as printed."""

import numpy as np
import pytest

from ranvier.anatomy import UnknownNameError
from ranvier.treatment.kinetics import concentration, model_ids, published, typical
from ranvier.treatment.kinetics.published import lean_kg
from treatment.slow_kinetics import doses


def test_the_usual_patient_is_of_tortorici_2021():
    own, at_82 = typical(70, 3), typical()
    assert own.clearance == pytest.approx([0.435 * (70 / 82) ** 0.615] * 3)
    assert own.peripheral[0] == pytest.approx(1.87 * (70 / 82) ** 0.773)
    assert (at_82.clearance[0], at_82.absorption[0], at_82.bioavailable[0]) == (0.435, 0.439, 0.824)


def test_a_rate_of_elimination_is_a_clearance_that_grows_with_the_volume():
    model = published("li_2024_strength")
    small, large = (model.typical(kg, 180, "male") for kg in (70, 100))
    assert large.central[0] > small.central[0]
    for own in (small, large):
        assert own.modes()[0][0] == pytest.approx([0.05832] * 2)


@pytest.mark.parametrize("name", model_ids())
def test_every_model_makes_a_patient_and_says_where_it_comes_from(name):
    model = published(name)
    own = model.typical(70, 170, "female")
    igg = concentration(own, doses(0.0, 70.0), np.array([0.0, 21.0, 400.0]))[0]
    assert 70 / igg[0] == pytest.approx(own.central[0])
    assert igg[0] > igg[1] > igg[2] >= 0
    assert model.own_g_l >= 0
    assert model.routes[0] == "IV"
    assert ("SC" in model.routes) == ("absorption" in model.values)


def test_a_table_like_another_differs_in_what_it_says():
    one, other = published("tortorici_2019"), published("tortorici_2019_secondary")
    assert (one.values["central"], other.values["central"]) == (3.08, 8.75)
    assert one.values["clearance"] == other.values["clearance"]
    assert (one.people, other.people, one.own_g_l, other.own_g_l) == (90, 97, 4, 4)


def test_patients_differ_by_the_printed_coefficient_of_variation():
    model = published("tortorici_2021")
    own = model.drawn(np.random.default_rng(1), 40_000, 82)
    assert np.std(own.clearance) / np.mean(own.clearance) == pytest.approx(0.28, rel=0.03)
    assert np.median(own.clearance) == pytest.approx(0.435, rel=0.01)
    assert np.std(own.central) / np.mean(own.central) == pytest.approx(0.23, rel=0.03)
    assert np.all(own.exchange == 0.5)
    assert published("zhang_2020").between["peripheral"] == pytest.approx(np.sqrt(np.log(1 + 2.5277**2)))


def test_no_more_than_a_dose_reaches_the_blood():
    own = published("zhang_2020").drawn(np.random.default_rng(1), 2000, 70)
    assert own.bioavailable.max() == 1.0


def test_facilitated_over_plain():
    assert published("li_2022").facilitated_gain == pytest.approx(0.794 / 0.705)
    assert published("tortorici_2021").facilitated_gain is None


def test_lean_mass():
    assert lean_kg(70, 170, "male") == pytest.approx(54.68)
    assert lean_kg(60, 165, "female") < lean_kg(60, 165, "male")
    with pytest.raises(ValueError, match="needs height_cm and sex"):
        published("li_2022").typical(70)
    with pytest.raises(ValueError, match="is no patient"):
        published("li_2022").typical(5, 60, "female")
    with pytest.raises(ValueError, match="weight_kg: 0 kg is no patient"):
        typical(0)


def test_a_model_of_infusions_does_not_know_the_skin():
    own = published("li_2024").typical(70, 170, "male")
    with pytest.raises(ValueError, match="absorption: the model knows no absorption"):
        concentration(own, doses(0.0, 20.0, depot=True), np.array([1.0]))


def test_an_unknown_model_is_named():
    with pytest.raises(UnknownNameError, match="tortorici"):
        published("tortorici_2012")
