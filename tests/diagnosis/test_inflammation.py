"""What blood, CSF, biopsy, imaging and treatment answer in CIDP and vasculitis."""

import pytest

from builders import WHO, charted, ivig, laboratory, mri, patient, rule
from ranvier.diagnosis import inflammation
from ranvier.diagnosis.answer import apply
from ranvier.patient import Imaging, NerveBiopsy, Treatment

CIDP, VASCULITIS = "EAN_PNS_2021_CIDP", "VASCULITIC_2010"


def status(id, *entries, criteria=CIDP):
    asked = rule(id, criteria)
    return apply(
        asked, getattr(inflammation, asked.measure)(charted(patient(*entries), criteria), asked)
    ).status


@pytest.mark.parametrize(
    ("id", "field", "word", "other"),
    [
        ("S.inflammation", "inflammation_markers", "raised", "normal"),
        ("S.anca", "anca", "positive", "negative"),
        ("S.cryoglobulins", "cryoglobulins", "positive", "negative"),
    ],
)
def test_blood(id, field, word, other):
    assert status(id, laboratory(**{field: word}), criteria=VASCULITIS) == "met"
    assert status(id, laboratory(**{field: other}), criteria=VASCULITIS) == "failed"
    assert status(id, laboratory(), criteria=VASCULITIS) == "unknown"
    assert status(id, laboratory(**{field: other}), laboratory(**{field: word}), criteria=VASCULITIS) == "met"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"csf_protein": "raised", "csf_cells_per_ul": 2.0}, "met"),
        ({"csf_protein_g_l": 0.9, "csf_protein_upper_limit_g_l": 0.45, "csf_cells_per_ul": 2.0}, "met"),
        ({"csf_protein": "raised", "csf_cells_per_ul": 10.0}, "failed"),
        ({"csf_protein": "raised"}, "unknown"),
        ({"csf_protein": "normal"}, "failed"),
        ({"csf_protein_g_l": 0.9, "csf_cells_per_ul": 2.0}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_csf(fields, expected):
    assert status("S.csf", laboratory(**fields)) == expected


@pytest.mark.parametrize(
    ("wall", "damage", "expected"),
    [(True, True, "met"), (True, False, "failed"), (True, None, "unknown"), (None, None, "unknown")],
)
def test_a_biopsy_of_vasculitis_takes_inflammation_and_damage(wall, damage, expected):
    found = NerveBiopsy(**WHO, vessel_wall_inflammation=wall, vessel_damage=damage)
    assert status("B", found, criteria=VASCULITIS) == expected


def test_two_biopsies_are_not_added_up():
    wall = NerveBiopsy(**WHO, vessel_wall_inflammation=True, vessel_damage=False)
    damage = NerveBiopsy(**WHO, vessel_wall_inflammation=False, vessel_damage=True)
    assert status("B", wall, damage, criteria=VASCULITIS) == "failed"
    assert status("S.biopsy", NerveBiopsy(**WHO, demyelination=True)) == "met"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"enlarged_sites": 2}, "met"),
        ({"enlarged_sites": 1}, "failed"),
        ({"enlarged_nerves": False}, "failed"),
        ({"enlarged_nerves": True}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_ultrasound(fields, expected):
    assert status("S.imaging", Imaging(**WHO, modality="nerve ultrasound", **fields)) == expected


def test_mri_of_the_plexus_and_not_of_the_spine():
    assert status("S.imaging", mri(diffuse_nerve_swelling=True)) == "met"
    spine = Imaging(**WHO, modality="mri spine", diffuse_nerve_swelling=True)
    assert status("S.imaging", spine) == "unknown"


def test_a_measured_response_to_one_of_three_treatments():
    steroid = Treatment(**WHO, agent="corticosteroid", response="improved", objective=True)
    assert status("S.treatment", steroid) == "met"
    assert status("S.treatment", ivig(response="improved")) == "unknown"
    assert status("S.treatment", ivig(response="unchanged"), steroid) == "met"
    other = Treatment(**WHO, agent="rituximab", response="improved", objective=True)
    assert status("S.treatment", other) == "unknown"
