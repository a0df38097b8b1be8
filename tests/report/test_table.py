"""The study table of the reports."""

import pytest

from builders import history, motor, patient, site, study
from ranvier.diagnosis import examine
from ranvier.findings.study import MotorSite, MotorStudy
from ranvier.report.table import motor_tables


def rows(*studies):
    tables = motor_tables(examine(patient(history(), *studies)))
    return [{row.site: row for row in table.rows} for table in tables]


def test_a_block_over_a_site_of_which_nothing_is_known_stands_in_the_table():
    near = site("wrist", latency_ms=3.5)
    far = site("axilla", 2, 6, latency_ms=9.0, distance_mm=130, velocity_m_s=58, stimulus="supramaximal")
    (table,) = rows(study(MotorStudy("right", "median", "APB", (near, MotorSite("elbow"), far))))
    assert str(table["axilla"].area_drop) == "80 % ◆"
    assert table["axilla"].graded.verdict == "probable"
    assert str(table["axilla"].velocity) == ""
    assert table["elbow"].graded is None


def test_a_printed_velocity_is_shown_where_the_site_below_has_no_values():
    far = site("below elbow", velocity_m_s=57)
    (table,) = rows(study(MotorStudy("left", "ulnar", "ADM", (MotorSite("wrist"), far))))
    assert str(table["below elbow"].velocity) == "57"


@pytest.mark.parametrize("drops", [(0.6, 0.1), (0.1, 0.6)])
def test_two_undated_sessions_keep_their_own_falls(drops):
    tables = rows(*(study(motor(drop=drop)) for drop in drops))
    assert sorted(str(t["elbow"].area_drop) for t in tables) == ["10 %", "60 % ■"]
