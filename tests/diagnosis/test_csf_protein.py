"""The CSF protein as a number, told in g/L or only in words."""

import pytest

from builders import charted, laboratory, patient, rule
from ranvier.diagnosis.support import csf_protein

CSF = rule("II.CSF", "UTRECHT_2000")
INFINITE = float("inf")


def found(*laboratories):
    number = csf_protein(charted(patient(*laboratories), "UTRECHT_2000"), CSF).number
    return number.low, number.high


@pytest.mark.parametrize(
    ("told", "span"),
    [
        ({"csf_protein_g_l": 0.8}, (0.8, 0.8)),
        ({"csf_protein_g_l": 0.8, "csf_protein": "raised"}, (0.8, 0.8)),
        ({"csf_protein": "normal"}, (0, 0.6)),
        ({"csf_protein": "normal", "csf_protein_upper_limit_g_l": 0.45}, (0, 0.45)),
        ({"csf_protein": "raised", "csf_protein_upper_limit_g_l": 0.45}, (0.45, INFINITE)),
        ({"csf_protein": "raised"}, (0, INFINITE)),
        ({"ck_u_l": 200.0}, (0, INFINITE)),
    ],
)
def test_it_is_as_exact_as_it_was_told(told, span):
    assert found(laboratory(**told)) == span


def test_the_highest_counts():
    low, high = laboratory(csf_protein_g_l=0.4), laboratory(csf_protein_g_l=1.2, when="2021")
    assert found(low, high) == found(high, low) == (1.2, 1.2)
    assert found() == (0, INFINITE)
