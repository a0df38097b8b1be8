"""What laboratory, imaging and treatment answer."""

import pytest

from builders import WHO, charted, gm1, ivig, laboratory, mri, patient, rule
from ranvier.diagnosis import support
from ranvier.diagnosis.answer import apply
from ranvier.patient import Antibody, Imaging, Treatment


def status(id, *entries):
    asked = rule(id)
    return apply(asked, getattr(support, asked.measure)(charted(patient(*entries)), asked)).status


def missing(id):
    asked = rule(id)
    return getattr(support, asked.measure)(charted(patient()), asked).missing


@pytest.mark.parametrize(
    ("result", "isotype", "expected"),
    [
        ("positive", "IgM", "met"),
        ("negative", "IgM", "failed"),
        ("borderline", "IgM", "unknown"),
        (None, "IgM", "unknown"),
        ("positive", None, "unknown"),
        ("negative", None, "failed"),
        ("positive", "IgG", "unknown"),
    ],
)
def test_gm1_antibodies(result, isotype, expected):
    assert status("S1", gm1(result, isotype)) == expected


def test_one_positive_test_suffices_and_other_antigens_do_not():
    assert status("S1", gm1("negative"), gm1("positive")) == "met"
    assert status("S1", laboratory(antibodies=(Antibody("GM2", "IgM", "positive"),))) == "unknown"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"csf_protein_g_l": 0.7, "csf_protein": "raised"}, "met"),
        ({"csf_protein_g_l": 0.7, "csf_protein_upper_limit_g_l": 0.45}, "met"),
        ({"csf_protein_g_l": 0.45, "csf_protein_upper_limit_g_l": 0.45}, "failed"),
        ({"csf_protein_g_l": 0.7}, "unknown"),
        ({"csf_protein_g_l": 1.0, "csf_protein": "raised"}, "failed"),
        ({"csf_protein_g_l": 1.2}, "failed"),
        ({"csf_protein": "raised"}, "unknown"),
        ({"csf_protein": "normal"}, "failed"),
        ({"ck_u_l": 300.0}, "unknown"),
    ],
)
def test_csf_protein(fields, expected):
    assert status("S2", laboratory(**fields)) == expected


def test_csf_rests_on_its_ceiling():
    asked = rule("S2")
    found = support.csf_protein_raised(charted(patient()), asked)
    assert [value.number for value in found.basis] == [1.0]


@pytest.mark.parametrize(
    ("t2", "swelling", "expected"),
    [(True, True, "met"), (True, False, "failed"), (True, None, "unknown"), (None, None, "unknown")],
)
def test_plexus_mri(t2, swelling, expected):
    assert status("S3", mri(t2_hyperintensity=t2, diffuse_nerve_swelling=swelling)) == expected


def test_another_image_is_no_plexus_mri():
    spine = Imaging(**WHO, modality="mri spine", t2_hyperintensity=True, diffuse_nerve_swelling=True)
    assert status("S3", spine) == "unknown"


@pytest.mark.parametrize(
    ("response", "objective", "s4", "c7"),
    [
        ("improved", True, "met", "met"),
        ("improved", None, "unknown", "met"),
        ("improved", False, "failed", "met"),
        ("unchanged", None, "failed", "failed"),
        ("worse", True, "failed", "failed"),
        (None, None, "unknown", "unknown"),
    ],
)
def test_response_to_immunoglobulin(response, objective, s4, c7):
    assert status("S4", ivig(response=response, objective=objective)) == s4
    assert status("C7", ivig(response=response, objective=objective)) == c7


def test_other_drugs_do_not_answer_for_immunoglobulin():
    rituximab = Treatment(**WHO, agent="rituximab", response="improved", objective=True)
    steroid = Treatment(**WHO, agent="corticosteroid", response="improved", objective=True)
    assert (status("S4", rituximab), status("C7", rituximab)) == ("unknown", "met")
    assert status("C7", steroid) == "unknown"
    assert status("C7", ivig(response="unchanged"), rituximab) == "met"


def test_what_is_missing_is_named():
    assert missing("S1") == ("laboratory: IgM antibodies against GM1",)
    assert missing("S2") == ("laboratory: CSF protein in g/L with its normal limit",)
    assert missing("S3") == ("imaging: MRI of the brachial plexus",)
    assert missing("S4") == ("treatment: measured response to intravenous immunoglobulin",)
    assert missing("C7") == ("treatment: response to immunotherapy",)
