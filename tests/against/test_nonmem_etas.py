"""The search for the most likely patient against NONMEM (8 subjects) and Monolix (2 drugs)."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

WHERE = Path(__file__).parents[2] / "benchmarks" / "oracle_map.py"


@pytest.fixture(scope="module")
def oracle():
    spec = importlib.util.spec_from_file_location("oracle_map", WHERE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_etas_of_all_subjects_are_those_of_nonmem(oracle):
    rows = oracle.nonmem()
    assert len(rows) == 8
    for number, found, known in rows:
        assert np.abs(found - known).max() < 1e-5, number


def test_drugs_are_those_of_monolix(oracle):
    rows = oracle.monolix()
    assert {name.split()[0] for name, _, _ in rows} == {"tobramycin", "vancomycin"}
    for name, found, known in rows:
        assert found == pytest.approx(known, rel=0.005), name
