"""Reference limits: the narrowest that is known to fit, and the laboratory's own before all."""

import pytest

from ranvier.evidence import EvidenceError
from ranvier.findings.norms import Person, norms_from, shipped_norms

LIMIT = '{ number = 5.0, unit = "mV", kind = "measured", source = "ranvier" }'


def limit(nerve="median", muscle="APB", measure="amplitude_mv_min", stretch="", **who):
    found = shipped_norms().limit("motor", nerve, muscle, measure, Person(**who), stretch)
    return found and found.number


@pytest.mark.parametrize(
    ("age", "expected"),
    [(None, 4.1), (17, None), (18, 4.1), (19, 5.9), (39, 5.9), (40, 4.2), (60, 3.8), (80, 4.1)],
)
def test_amplitude_by_age(age, expected):
    assert limit(age_years=age) == expected


def test_height_counts_only_when_it_is_known():
    velocity = {"nerve": "fibular", "muscle": "EDB", "measure": "velocity_m_s_min"}
    assert limit(**velocity, age_years=30) == 38
    assert limit(**velocity, age_years=30, height_cm=160) == 43
    assert limit(**velocity, age_years=30, height_cm=170) == 37
    assert limit(**velocity, height_cm=170) == 38


def test_sex_and_stretch():
    assert limit(measure="distal_latency_ms_max", age_years=55, sex="male") == 4.7
    assert limit(measure="distal_latency_ms_max", age_years=55, sex="female") == 4.4
    assert limit(measure="distal_latency_ms_max", age_years=55) == 4.5
    across = {"nerve": "ulnar", "muscle": "ADM", "measure": "velocity_m_s_min"}
    assert limit(**across) == 52
    assert limit(**across, stretch="elbow") == 43
    assert limit(**across, stretch="arm") == 50


def test_no_limit_is_none_and_the_strata_are_assumed():
    assert limit("radial", "EIP") is None
    assert limit(measure="nonesuch") is None
    young = shipped_norms().limit("motor", "median", "APB", "amplitude_mv_min", Person(age_years=30))
    assert (young.kind, young.mark) == ("assumed", "recalled")


def own(tmp_path, text):
    path = tmp_path / "ours.toml"
    path.write_text(text)
    return norms_from(path)


def test_a_laboratorys_own_limits_go_first_and_the_rest_stays(tmp_path):
    mine = own(tmp_path, f'[[motor]]\nnerve = "median"\nmuscle = "APB"\namplitude_mv_min = {LIMIT}\n')
    both = mine.ahead_of(shipped_norms())
    young = Person(age_years=30)
    assert both.limit("motor", "median", "APB", "amplitude_mv_min", young).number == 5.0
    assert both.limit("motor", "ulnar", "ADM", "amplitude_mv_min", young).number == 7.9
    assert both.limit("motor", "median", "APB", "velocity_m_s_min", Person()).number == 49


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[motors]]\n", r"\[\[motors\]\] is not one of \[\[motor\]\], \[\[sensory\]\]"),
        (
            '[[motor]]\nnerve = "sciatic"\nmuscle = "APB"\n',
            "ours.motor.sciatic APB: unknown motor nerve 'sciatic'",
        ),
        ('[[motor]]\nnerve = "median"\n', "ours.motor.median: 'muscle' is missing"),
        ('[[motor]]\nnerve = "median"\nmuscle = "APB"\namplitude_mv_min = 5\n', "must be a table"),
        ('[[motor]]\nnerve = "median"\nmuscle = "APB"\nage = 40\n', "'age' must be"),
        ("motor = 3\n", "must be"),
        (
            f'[[motor]]\nnerve = "median"\nmuscle = "APB"\nage = [60, 18]\namplitude_mv_min = {LIMIT}\n',
            "from and up to",
        ),
        (
            f'[[motor]]\nnerve = "median"\nmuscle = "APB"\nsex = "M"\namplitude_mv_min = {LIMIT}\n',
            "'sex' must be one of",
        ),
        (
            f'[[motor]]\nnerve = "median"\nmuscle = "APB"\namplitude_mv_min = {LIMIT.replace("mV", "uV")}\n',
            "above 0 in mV, not 5 uV",
        ),
        (
            f'[[motor]]\nnerve = "median"\nmuscle = "APB"\namplitude_mv_min = {LIMIT.replace("5.0", "-2.0")}\n',
            "above 0 in mV",
        ),
        (
            f'[[motor]]\nnerve = "median"\nmuscle = "APB"\namplitude_mv_min = {LIMIT.replace("5.0", "nan")}\n',
            "finite",
        ),
    ],
)
def test_a_slip_in_a_table_of_limits_is_named(tmp_path, text, message):
    with pytest.raises(EvidenceError, match=message):
        own(tmp_path, text)
