"""Motor nerves with demyelination: each item by itself, and in how many nerves."""

import pytest

from builders import charted, history, motor, patient, rule, study
from ranvier.diagnosis.demyelination import demyelinated_nerves, nerves_with_slowing
from ranvier.diagnosis.rule_file import criteria_set
from ranvier.evidence import EvidenceError, Value
from ranvier.findings.study import FWave, MotorSite, MotorStudy
from ranvier.findings.truth import Range

EAN, EFNS = "EAN_PNS_2021_CIDP", "EFNS_PNS_2010_CIDP"
MUSCLES = {"median": "APB", "ulnar": "ADM", "fibular": "EDB", "tibial": "AH"}
ENDS = {
    "median": ("wrist", "elbow"),
    "ulnar": ("wrist", "below elbow"),
    "fibular": ("ankle", "below fibular head"),
    "tibial": ("ankle", "popliteal fossa"),
}


def nerve(
    name="median", side="right", latency=3.0, velocity=55.0, amplitude=8.0, duration=6.0, rise=0.0, **above
):
    distal, proximal = ENDS[name]
    latencies = latency, latency + 200 / velocity
    return MotorStudy(
        side,
        name,
        MUSCLES[name],
        (
            MotorSite(distal, latencies[0], amplitude, 3 * amplitude, duration),
            MotorSite(
                proximal,
                latencies[1],
                amplitude,
                3 * amplitude,
                duration * (1 + rise),
                distance_mm=200.0,
                **above,
            ),
        ),
    )


def count(id, *studies, waves=(), criteria=EAN, **changes):
    who = patient(history(), study(*studies, f_waves=tuple(waves)), height_cm=175.0)
    asked = rule(id, criteria, **changes)
    measure = nerves_with_slowing if asked.measure == "nerves_with_slowing" else demyelinated_nerves
    return measure(charted(who, criteria), asked).number


def limit(name, measure):
    who = charted(patient(height_cm=175.0), EAN)
    return who.norms.limit("motor", name, MUSCLES[name], measure, who.patient.person("unknown")).number


def f_wave(name="median", side="right", latency=28.0, persistence=100.0):
    return FWave(side, name, MUSCLES[name], latency, persistence)


def lost(name="median", side="right"):
    return FWave(side, name, MUSCLES[name], None, 0.0)


def test_nothing_studied_leaves_all_eight_nerves_open():
    for id in ("a", "b", "c", "d.absent", "d.three", "f", "g.duration"):
        assert count(id) == Range(0, 8), id
    assert count("e.block") == Range(0, 6)


@pytest.mark.parametrize(("share", "expected"), [(1.5, Range(1, 8)), (1.49, Range(0, 7))])
def test_a_late_distal_response(share, expected):
    late = nerve("ulnar", latency=round(share * limit("ulnar", "distal_latency_ms_max"), 6))
    assert count("a", late) == expected


def test_a_late_median_response_counts_only_beside_a_late_ulnar_one():
    late = {name: round(1.6 * limit(name, "distal_latency_ms_max"), 6) for name in ("median", "ulnar")}
    median, ulnar = (nerve(name, latency=late[name]) for name in late)
    assert count("a", median) == Range(0, 8)
    assert count("a", median, nerve("ulnar")) == Range(0, 7)
    assert count("a", median, ulnar) == Range(2, 8)
    assert count("a", median, nerve("ulnar", "left", latency=late["ulnar"])) == Range(1, 8)


@pytest.mark.parametrize(("share", "expected"), [(0.7, Range(1, 8)), (0.71, Range(0, 7))])
def test_a_slow_nerve(share, expected):
    assert count("b", nerve(velocity=share * limit("median", "velocity_m_s_min"))) == expected


def test_slowing_at_an_entrapment_site_is_none():
    rows = (
        MotorSite("below elbow", 6.0, 8.0, 24.0, 6.0),
        MotorSite("above elbow", 12.0, 8.0, 24.0, 6.0, distance_mm=100.0),
    )
    wrist = MotorSite("wrist", 3.0, 8.0, 24.0, 6.0)
    across = MotorStudy("right", "ulnar", "ADM", (wrist, *rows))
    assert count("b", across).low == 0
    assert count("b", MotorStudy("right", "ulnar", "ADM", (wrist, rows[0]))).low == 0


def test_in_the_cold_nothing_is_called_slow():
    slow = nerve(velocity=25.0, temperature_c=27.0)
    assert count("b", slow) == Range(0, 8)
    assert count("b", nerve(velocity=25.0, temperature_c=33.0)) == Range(1, 8)
    assert count("b", nerve(temperature_c=27.0)) == Range(0, 7)


@pytest.mark.parametrize(
    ("share", "amplitude", "expected"),
    [
        (1.2, 8.0, Range(1, 8)),
        (1.19, 8.0, Range(0, 7)),
        (1.3, 3.0, Range(0, 7)),
        (1.5, 3.0, Range(1, 8)),
        (1.3, None, Range(0, 8)),
        (1.5, None, Range(1, 8)),
        (1.1, None, Range(0, 7)),
    ],
)
def test_a_late_f_wave_and_the_size_of_the_response(share, amplitude, expected):
    late = f_wave(latency=round(share * limit("median", "f_latency_ms_max"), 6))
    site = MotorSite("wrist", amplitude_mv=amplitude)
    assert count("c", MotorStudy("right", "median", "APB", (site,)), waves=[late]) == expected


def test_the_limits_of_the_f_wave_are_those_of_the_set():
    late = f_wave(latency=round(1.25 * limit("median", "f_latency_ms_max"), 6))
    assert count("c", nerve(), waves=[late]).low == 1
    assert count("c", nerve(), waves=[late], criteria=EFNS).low == 0


def test_an_absent_f_wave_takes_a_response_of_some_size():
    least = 0.2 * limit("median", "amplitude_mv_min")
    assert count("d.absent", nerve(), waves=[lost()]) == Range(1, 8)
    assert count("d.absent", nerve(amplitude=0.9 * least), waves=[lost()]) == Range(0, 7)
    assert count("d.absent", nerve(), waves=[f_wave()]) == Range(0, 7)
    assert count("c", nerve(), waves=[lost()]) == Range(0, 7)


def test_block_is_that_of_the_table_and_never_tibial():
    def fall(name, drop):
        return motor(name, muscle=MUSCLES[name], drop=drop, ends=ENDS[name])

    assert count("e.block", fall("median", 0.3)).low == 1
    assert count("e.block", fall("median", 0.29)).low == 0
    assert count("e.block", fall("tibial", 0.8)).low == 0
    assert count("e.block", fall("median", 0.3), criteria=EFNS).low == 0
    assert count("p.block", fall("median", 0.3), criteria=EFNS).low == 1
    assert count("e.block", fall("tibial", 0.8), criteria=EFNS).low == 1
    assert count("p.block", fall("tibial", 0.4), criteria=EFNS).low == 0


@pytest.mark.parametrize(
    ("name", "rise", "low"),
    [("median", 0.31, 1), ("median", 0.3, 0), ("tibial", 0.9, 0), ("tibial", 1.01, 1)],
)
def test_dispersion_and_the_tibial_nerve(name, rise, low):
    assert count("f", nerve(name, rise=rise)).low == low


@pytest.mark.parametrize(
    ("duration", "ean", "efns"), [(8.4, Range(1, 8), 1), (8.0, Range(0, 8), 1), (6.5, Range(0, 7), 0)]
)
def test_the_distal_duration_with_an_unknown_filter(duration, ean, efns):
    assert count("g.duration", nerve(duration=duration)) == ean
    assert count("g.duration", nerve(duration=duration), criteria=EFNS).low == efns


def test_a_nerve_is_counted_once_whatever_it_shows_and_once_found_stays():
    bad = nerve("ulnar", latency=9.0, velocity=20.0, duration=12.0)
    assert count("d.three", bad).low == 1
    entries = study(nerve(velocity=25.0), when="2020"), study(nerve(), when="2021")
    who = patient(history(onset="2018"), *entries, height_cm=175.0)
    assert demyelinated_nerves(charted(who, EAN), rule("b", EAN)).number == Range(1, 8)


def test_every_sign_but_the_absent_f_wave_makes_the_one_nerve():
    assert count("one nerve", nerve(), waves=[lost()]).low == 0
    assert count("d.three", nerve(), waves=[lost()]).low == 1
    assert count("g.other", nerve(duration=12.0)).low == 0
    assert count("g.two", nerve(duration=12.0)).low == 1


def test_a_muscle_for_crossing_fibres_is_none_of_the_nerve():
    crossing = MotorStudy("right", "median", "ADM", (MotorSite("wrist", 9.0, 8.0, 24.0, 20.0),))
    assert count("g.duration", crossing) == Range(0, 8)
    small = nerve(velocity=25.0, amplitude=0.5)
    assert slowing(small, crossing, velocity_below_lln=0.75, distal_floor_mv=0.5) == Range(0, 8)


def test_what_is_missing_and_the_basis():
    asked = rule("g.duration", EAN)
    found = demyelinated_nerves(charted(patient(), EAN), asked)
    assert found.missing == ("motor conduction (distal duration): both sides fibular, median, tibial, ulnar",)
    assert 8.4 in {value.number for value in found.basis}
    assert 6.6 not in {value.number for value in found.basis}


def test_an_unknown_item_is_named():
    asked = rule("b", EAN, with_={"items": ("speed",)})
    with pytest.raises(
        EvidenceError, match="rule 'b': 'speed' is no item of demyelination, which are: latency"
    ):
        demyelinated_nerves(charted(patient(study(nerve())), EAN), asked)


def test_both_years_use_their_own_limits_only():
    for name, table in ((EAN, "ean_pns_2021"), (EFNS, "efns_pns_2010")):
        named = {r.with_["durations"] for r in criteria_set(name).rules if "durations" in r.with_}
        assert named == {table}


def slowing(*studies, waves=(), **limits):
    numbers = {key: Value(key, number, "fraction", "assumed", "practice") for key, number in limits.items()}
    return count("b", *studies, waves=waves, measure="nerves_with_slowing", with_=numbers)


def test_slowing_by_the_limits_a_rule_gives():
    below = 0.74 * limit("median", "velocity_m_s_min")
    assert slowing(nerve(velocity=below), velocity_below_lln=0.75) == Range(1, 8)
    assert slowing(nerve(velocity=below), velocity_below_lln=0.7) == Range(0, 7)
    assert slowing(nerve(velocity=below), latency_above_uln=1.3) == Range(0, 7)
    assert slowing(nerve("ulnar", latency=5.0), latency_above_uln=1.3) == Range(1, 8)
    assert slowing(nerve(), waves=[lost()], f_above_uln=1.3) == Range(1, 8)
    assert slowing(nerve(), waves=[f_wave()], f_above_uln=1.3) == Range(0, 7)


def test_slowing_is_not_judged_in_a_response_too_small():
    small = nerve(velocity=25.0, amplitude=0.5)
    assert slowing(small, velocity_below_lln=0.75, distal_floor_mv=0.5) == Range(0, 8)
    assert slowing(small, velocity_below_lln=0.75, distal_floor_mv=0.4) == Range(1, 8)
