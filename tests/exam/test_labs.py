"""Laboratory values of virtual people."""

from dataclasses import replace

import numpy as np
import pytest
from nerves import person

from ranvier.exam.labs import Serology, laboratory
from ranvier.exam.session import Session


def many(serology=None, count=400, **who):
    body = person()
    body = replace(body, person=replace(body.person, **who)) if who else body
    given = (serology,) if serology else ()
    return [laboratory(Session(replace(body, seed=seed)), *given) for seed in range(count)]


def positive(entries, antigen):
    results = [
        antibody.result for entry in entries for antibody in entry.antibodies if antibody.antigen == antigen
    ]
    return np.mean([result == "positive" for result in results])


def test_healthy_people_are_positive_as_often_as_the_specificity_says():
    found = many()
    assert positive(found, "GM1") == pytest.approx(0.15, abs=0.05)
    assert positive(found, "GM1:GalC") == pytest.approx(0.20, abs=0.06)
    assert all(entry.origin == "simulated" and "simulated" in entry.source for entry in found)


def test_a_disease_sets_its_own_chances():
    ill = many(Serology({"GM1": 1.0, "GM1:GalC": 0.0}, csf_protein_factor=3, m_protein="IgM"), 50)
    well = many(count=50)
    assert positive(ill, "GM1") == 1
    assert positive(ill, "GM1:GalC") == 0
    assert {entry.m_protein for entry in ill} == {"IgM"}
    ratios = [a.csf_protein_g_l / b.csf_protein_g_l for a, b in zip(ill, well, strict=True)]
    assert np.mean(ratios) == pytest.approx(3, rel=0.03)


def test_ck_differs_by_sex_and_m_protein_with_age():
    men, women = many(), many(sex="female")
    assert np.median([e.ck_u_l for e in men]) > 1.2 * np.median([e.ck_u_l for e in women])
    young, old = (np.mean([e.m_protein != "none" for e in many(age_years=age)]) for age in (25, 90))
    assert young < 0.02 < old < 0.14


def test_values_belong_to_the_body_and_not_to_the_session():
    assert laboratory(Session(person(), 1)) == laboratory(Session(person(), 2))


def test_a_chance_that_is_none_is_refused():
    with pytest.raises(ValueError, match="chances from 0 to 1, not 'GM1': 2"):
        Serology({"GM1": 2})
    with pytest.raises(ValueError, match="factors must be above 0"):
        Serology(ck_factor=0)


def test_inflammation_and_anca_are_rare_unless_a_disease_brings_them():
    well, ill = many(), many(Serology(inflammation=0.7, anca=0.4))
    for given, inflamed, anca in ((well, 0.05, 0.01), (ill, 0.7, 0.4)):
        assert np.mean([e.inflammation_markers == "raised" for e in given]) == pytest.approx(
            inflamed, abs=0.07
        )
        assert np.mean([e.anca == "positive" for e in given]) == pytest.approx(anca, abs=0.07)
    assert [e.csf_protein_g_l for e in well] == [e.csf_protein_g_l for e in ill]
    with pytest.raises(ValueError, match="anca must be a chance from 0 to 1, not 2"):
        Serology(anca=2)
