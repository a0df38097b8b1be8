"""Peaks, troughs and means at steady state against values that other code computed (igg_reference.json)."""

import json
from pathlib import Path

import numpy as np
import pytest

from ranvier.treatment.kinetics import at_steady_state, published
from treatment.slow_kinetics import doses

ROWS = json.loads(Path(__file__).with_name("igg_reference.json").read_text())["rows"]


def named(row):
    return "-".join(
        str(row.get(key, "")) for key in ("model", "weight_kg", "route", "g_per_kg", "every_days")
    )


@pytest.mark.parametrize("row", [row for row in ROWS if "route" in row], ids=named)
def test_levels_at_steady_state(row):
    model = published(row["model"])
    own = model.typical() if model.scale == "lean_kg" else model.typical(row["weight_kg"])
    days = np.linspace(0, row["every_days"], 50 * row["every_days"] + 1)
    given = doses(0.0, row["g_per_kg"] * row["weight_kg"], depot=row["route"] == "SC")
    igg = at_steady_state(own, given, row["every_days"], days)[0]
    assert igg.max() == pytest.approx(row["peak_g_l"], rel=1e-3)
    assert igg[-1] == pytest.approx(row["trough_g_l"], rel=1e-3)
    if "mean_g_l" in row:
        assert np.trapezoid(igg, days) / days[-1] == pytest.approx(row["mean_g_l"], rel=1e-3)


@pytest.mark.parametrize("row", [row for row in ROWS if "half_lives_days" in row], ids=named)
def test_half_lives_clearance_and_volume(row):
    own = published(row["model"]).typical(row["weight_kg"])
    assert np.log(2) / own.modes()[0][0] == pytest.approx(row["half_lives_days"], rel=1e-3)
    assert own.clearance[0] == pytest.approx(row["clearance_l_day"], rel=1e-3)
    assert (own.central + own.peripheral)[0] == pytest.approx(row["volume_l"], rel=1e-3)
