"""The table of healthy velocities against the cable it was made from."""

import numpy as np
import pytest

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.propagate import propagate
from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.stimulus import Pulse


@pytest.mark.parametrize("diameter", [4.4, 7.0, 9.0, 11.0, 13.4])
def test_between_its_entries_the_table_is_the_cable_within_half_a_percent(diameter):
    for celsius in (19.0, 27.3, 34.5, 41.0):
        run = propagate(Fibre(diameter, 41, celsius), (Pulse(current_na=0.5 * diameter),), 8)
        assert velocity_m_s(diameter, celsius) == pytest.approx(run.velocity_m_s(10, 30)[0], rel=0.006)


def test_thicker_and_warmer_axons_are_faster():
    table = velocity_m_s(np.linspace(4, 15, 30)[:, None], np.linspace(18, 41, 30)[None, :])
    assert (np.diff(table, axis=0) > 0).all()
    assert (np.diff(table, axis=1) > 0).all()


def test_beyond_the_table_it_says_so():
    with pytest.raises(ValueError, match="diameter_um must lie between 3 and 16 um"):
        velocity_m_s(2.0, 37)
    with pytest.raises(ValueError, match="temperature_c must lie between 16 and 42 degC"):
        velocity_m_s(9.0, [37, 50])
