"""An axon: what it accepts, and what it refuses with a sentence."""

import math
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from ranvier.evidence import EvidenceError
from ranvier.nerve import Fibre, Lesion, Pulse
from ranvier.nerve.temperature import checked, factor


def test_measures():
    fibre = Fibre(10.0, nodes=51)
    assert fibre.spacing_mm == pytest.approx(1.15)
    assert fibre.length_mm == pytest.approx(57.5)
    assert Fibre(10.0, geometry_choice="polynomial").spacing_mm == pytest.approx(1.1223)
    assert Fibre(10.0, nodes=1).length_mm == 0


def test_one_temperature_is_that_of_every_node():
    assert Fibre(10.0, 4, 31.0).temperatures().tolist() == [31.0] * 4


def test_a_temperature_for_each_node():
    assert Fibre(10.0, 3, (37.0, 33.0, 29.0)).temperatures().tolist() == [37.0, 33.0, 29.0]
    for wrong in ((37.0, 33.0), (37.0,) * 4):
        sentence = rf"^temperature must be one number or one per node \(3\), not {len(wrong)}\.$"
        with pytest.raises(ValueError, match=sentence):
            Fibre(10.0, 3, wrong)


@pytest.mark.parametrize("wrong", [9.9, 45.1, math.nan, math.inf, -math.inf, -37.0])
def test_temperature_out_of_range(wrong):
    with pytest.raises(ValueError, match=rf"^temperature must lie between 10 and 45 degC, not {wrong:g}\.$"):
        Fibre(10.0, temperature_c=wrong)
    with pytest.raises(ValueError, match=rf"not {wrong:g}\.$"):
        Fibre(10.0, 3, (37.0, wrong, 20.0))
    with pytest.raises(ValueError, match=rf"not {wrong:g}\.$"):
        Fibre(10.0, pump=True, settled_c=wrong)


def test_the_limits_of_temperature_are_accepted():
    assert checked((10.0, 45.0)).tolist() == [10.0, 45.0]


@pytest.mark.parametrize("nodes", [0, -1, 2001])
def test_number_of_nodes(nodes):
    with pytest.raises(ValueError, match=rf"^nodes must lie between 1 and 2000, not {nodes}\.$"):
        Fibre(10.0, nodes=nodes)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"diameter_um": 20.0}, "diameter must lie between 2 and 16 um, not 20"),
        ({"geometry_choice": "round"}, "geometry must be one of table, polynomial, not 'round'"),
        ({"lesions": (Lesion("na", 0.5, 50, 51),)}, "lesion na:0.5@50-51: the fibre has nodes 0 to 50"),
        (
            {"lesions": (Lesion("myelin", 5, 50, 50),)},
            "lesion myelin:5@50-50: the fibre has internodes 0 to 49",
        ),
    ],
)
def test_fields_out_of_range(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(Fibre(10.0), **change)


def test_unknown_membrane():
    with pytest.raises(EvidenceError, match="membrane must be one of mrg, sensory, human, not 'squid'"):
        Fibre(10.0, membrane_name="squid")


def test_a_fibre_is_a_value():
    one = Fibre(10.0, lesions=[Lesion("na", 0.5, 3, 4)])  # type: ignore[arg-type]
    assert one == Fibre(10.0, lesions=(Lesion("na", 0.5, 3, 4),))
    assert hash(one) == hash(Fibre(10.0, lesions=(Lesion("na", 0.5, 3, 4),)))
    assert one != Fibre(10.0)
    with pytest.raises(FrozenInstanceError):
        one.nodes = 7  # type: ignore[misc]


def test_damage_along_the_fibre():
    damage = Fibre(10.0, 5, lesions=(Lesion("na", 0.5, 3, 4), Lesion("paranode", 3, 0, 0))).damage()
    assert damage["na"].tolist() == [1, 1, 1, 0.5, 0.5]
    assert damage["paranode"].tolist() == [3, 1, 1, 1]


def test_q10():
    assert float(factor(2.2, 20.0, 30.0)) == pytest.approx(2.2)
    assert float(factor(2.2, 20.0, 20.0)) == 1.0
    np.testing.assert_allclose(factor(3.0, 36.0, (16.0, 36.0, 41.0)), [1 / 9, 1, math.sqrt(3)])


@pytest.mark.parametrize(
    "wrong",
    [{"onset_ms": math.nan}, {"duration_ms": math.inf}, {"current_na": math.nan}, {"current_na": -math.inf}],
)
def test_pulses_are_finite(wrong):
    with pytest.raises(ValueError, match=r"^pulse: onset, duration and current must be finite numbers\.$"):
        Pulse(**wrong)


@pytest.mark.parametrize("wrong", [{"onset_ms": -0.1}, {"duration_ms": -0.1}, {"node": -1}])
def test_pulses_come_after_the_start_into_a_node_that_is_there(wrong):
    with pytest.raises(ValueError, match=r"^pulse: onset_ms, duration_ms and node must not be negative\.$"):
        Pulse(**wrong)
