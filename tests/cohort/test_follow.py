"""The rows of one patient: what the blind code says of the record so far, and the truth apart from it."""

import json
import pickle
from dataclasses import replace
from types import SimpleNamespace

import pytest

import ranvier.disease
from builders import definite, examination, feels, gm1, history, laboratory, motor, no_crossing, site, study
from ranvier.cohort.beside import tables
from ranvier.cohort.follow import Follow, follow, rows, up_to
from ranvier.diagnosis import criteria_set, examine
from ranvier.findings.study import FWave, MotorStudy
from ranvier.patient import History, Identity, Patient, Scale

DAYS = ("2015-09-01", "2016-03-01", "2017-03-01")


def visit(n, *entries):
    return tuple(replace(entry, when=DAYS[n], origin="simulated") for entry in entries)


def simulated(*timelines, who=None):
    """A stand-in for a simulated patient with these entries at its visits."""
    identity = who or Identity("x", "female", birth_year=1970, age_years=45, height_cm=168)
    patient = Patient(identity, tuple(entry for n, each in enumerate(timelines) for entry in visit(n, *each)))
    seen = [
        SimpleNamespace(years=years, when=when, truth={"lost motor": 0.1 * years, "blocked right APB": 0.5})
        for years, when in zip((0.5, 1.0, 2.0), DAYS[: len(timelines)], strict=False)
    ]
    return SimpleNamespace(disease="mmn", onset_age_years=45.0, patient=patient, visits=seen)


def row(*entries):
    return rows(simulated(entries))[0]


STORY = history(onset="2015-03-01", duration_months=None)
GROWING = (
    (STORY, examination({"thumb_abduction": (5, 5)}), study(motor(), sensory=[feels()])),
    (STORY, examination(), study(motor(drop=0.6), sensory=[feels()]), gm1()),
    (
        STORY,
        examination(),
        *[entry for entry in definite().timeline if entry.kind == "nerve conduction study"],
    ),
)


def test_each_visit_has_a_row_with_the_truth_apart():
    first, second, _ = rows(simulated(*GROWING))
    assert [first[name] for name in ("visit", "disease", "years", "sex", "age_years")] == [
        0, "mmn", 0.5, "female", 45.5,
    ]  # fmt: skip
    assert (second["visit"], second["true_lost_motor"], second["true_blocked_right_apb"]) == (1, 0.1, 0.5)


def test_the_criteria_are_those_of_the_record_up_to_the_visit():
    found = simulated(*GROWING)
    for each, seen in zip(rows(found), found.visits, strict=True):
        past = examine(up_to(found.patient, seen.when), map(criteria_set, tables()["criteria"]))
        assert {f"criteria_{r.criteria.id.lower()}": r.level for r in past.criteria} == {
            name: level for name, level in each.items() if name.startswith("criteria_")
        }
    levels = [each["criteria_efns_pns_2010"] for each in rows(found)]
    assert levels[0] != levels[-1] == "definite"


def test_a_block_found_later_raises_no_earlier_level():
    weak, felt = examination(), [feels()]
    found = rows(
        simulated((STORY, weak, study(motor(), sensory=felt)), (study(motor(drop=0.6), sensory=felt),))
    )
    levels = [each["criteria_efns_pns_2010"] for each in found]
    assert levels[0] != "definite"
    assert levels[1] == "definite"


def test_a_later_visit_changes_no_earlier_row():
    assert rows(simulated(*GROWING))[:2] == rows(simulated(*GROWING[:2]))


def test_a_block_stands_with_its_numbers_and_each_tables_grade():
    blocked = motor(drop=0.6, latency_ms=9.0, distance_mm=220.0)
    first = replace(blocked.sites[0], latency_ms=3.5, distance_mm=70.0)
    found = row(
        STORY,
        study(
            replace(blocked, sites=(first, blocked.sites[1])),
            motor("fibular", muscle="EDB", ends=("ankle", "below fibular head")),
        ),
    )
    assert (found["definite_blocks"], found["probable_blocks"], found["nerves_with_block"]) == (1, 0, 1)
    block, free = json.loads(found["segments"])
    if block["nerve"] != "median":
        block, free = free, block
    assert free["grades"] == ["none", "none"]
    assert (block["nerve"], block["distal"], block["grades"][0]) == ("median", "wrist", "definite")
    assert (block["area_drop"], block["velocity_m_s"], block["velocity_limit_m_s"]) == (0.6, 40.0, 51.0)
    assert (found["amplitude_fall"], found["area_fall"], found["dispersion"]) == (True, True, False)
    assert found["right_apb_velocity_m_s"] == pytest.approx(40.0)


def test_what_was_not_done_is_none_and_not_normal():
    found = row(STORY)
    assert "segments" not in found
    for name in ("weak_movements", "umn", "sensory_loss", "anti_gm1", "csf_raised", "ck_raised", "cramps"):
        assert found[name] is None, name
    bare = row(STORY, study(motor()))
    for name in (
        "any_snap_low",
        "any_latency_long",
        "any_velocity_slow",
        "any_f_abnormal",
        "weak_not_wasted",
    ):
        assert bare[name] is None, name


def test_a_nerve_is_slow_beside_block_only():
    def conducted(drop, latency):
        above = motor(drop=drop, latency_ms=latency, distance_mm=220.0)
        first = replace(above.sites[0], latency_ms=3.5)
        wave = FWave("right", "median", "APB", minimal_latency_ms=40.0, persistence_percent=90)
        return row(STORY, study(replace(above, sites=(first, above.sites[1])), f_waves=(wave,)))

    slow, blocked, quick = conducted(0.1, 9.5), conducted(0.6, 9.5), conducted(0.1, 7.0)
    assert (slow["any_velocity_slow"], slow["any_f_abnormal"], slow["any_demyelinated"]) == (True, True, True)
    assert (blocked["any_velocity_slow"], blocked["any_f_abnormal"]) == (None, None)
    assert quick["any_velocity_slow"] is False


@pytest.mark.parametrize(
    ("name", "fields", "flag"),
    [
        ("APB", {"latency": 5.0}, "any_latency_long"),
        ("APB", {"duration": 6.6}, "any_duration_long"),
        ("APB", {"amplitude": 2.0}, "any_axonal"),
        ("APB", {"amplitude": 0.0}, "any_axonal"),
    ],
)
def test_the_distal_response_is_held_against_its_limits(name, fields, flag):
    def found(latency=3.5, duration=5.0, amplitude=10.0):
        rows = (
            site("wrist", amplitude, 20.0, duration, latency_ms=latency),
            site("elbow", amplitude, 20.0, 5.0),
        )
        return row(STORY, study(MotorStudy("right", "median", name, rows)))[flag]

    assert found(**fields) is True
    assert found() is False


def test_crossing_fibres_are_no_nerve_of_their_own():
    found = row(STORY, study(motor(), no_crossing()))
    assert found["motor_nerves_studied"] == 1
    assert found["any_axonal"] is False
    assert "right_adm_cmap_mv" not in found


def test_an_absent_response_is_low_where_no_limit_is_published():
    rows = (site("forearm", 0.0), site("elbow", 0.0))
    absent = row(STORY, study(MotorStudy("right", "radial", "EIP", rows)))
    there = row(STORY, study(motor("radial", muscle="EIP", ends=("forearm", "elbow"))))
    assert (absent["any_axonal"], there["any_axonal"]) == (True, None)


def test_weakness_is_told_by_nerve_and_place():
    grades = {
        "first_dorsal_interosseous": (3, 5),
        "little_finger_abduction": (5, 5),
        "elbow_flexion": (4, 5),
        "wrist_flexion": (4, 5),
    }
    found = row(STORY, examination(grades))
    assert (found["weak_movements"], found["weak_nerves"]) == (3, 2)
    assert (found["proximal_weakness"], found["differential_weakness"]) == (True, True)
    assert (found["arm_weakness"], found["leg_weakness"]) == (True, False)
    assert found["first_region"] == "distal arm"
    even = row(STORY, examination({"first_dorsal_interosseous": (4, 5), "little_finger_abduction": (4, 5)}))
    assert (even["proximal_weakness"], even["differential_weakness"]) == (False, False)
    assert row(STORY, examination({"toe_extension": (4, 5)}))["first_region"] == "distal leg"
    assert row(STORY, examination({}, bulbar_signs=True))["first_region"] == "bulbar"


def test_the_first_region_stays_that_of_the_first_weakness():
    legs = (STORY, examination({"ankle_dorsiflexion": (3, 5)}))
    arms = (STORY, examination({"ankle_dorsiflexion": (3, 5), "thumb_abduction": (0, 0)}))
    well = (STORY, examination({"thumb_abduction": (5, 5)}))
    assert [each["first_region"] for each in rows(simulated(well, legs, arms))] == [None, *["distal leg"] * 2]


def test_weak_and_not_wasted_is_a_weak_muscle_with_a_normal_distal_response():
    weak = examination({"thumb_abduction": (3, 5)})
    assert row(STORY, weak, study(motor()))["weak_not_wasted"] is True
    small = MotorStudy("right", "median", "APB", (site("wrist", 2.0), site("elbow", 2.0)))
    assert row(STORY, weak, study(small))["weak_not_wasted"] is False
    assert row(STORY, weak, study(motor()))["motor_nerves_involved"] == 1
    assert row(STORY, study(motor(side="left")), weak)["motor_nerves_involved"] == 0


def test_sensory_amplitudes_are_counted():
    found = row(
        STORY, study(motor(), sensory=[feels(), feels("ulnar", amplitude=0.0), feels("sural", amplitude=2.0)])
    )
    assert (found["snaps_studied"], found["snaps_low"], found["any_snap_low"]) == (3, 2, True)
    assert (found["right_median_snap_uv"], found["right_sural_sensory_m_s"]) == (20.0, 55.0)
    again = row(STORY, study(motor(), sensory=[feels(site="wrist"), feels(site="elbow", amplitude=9.0)]))
    assert again["right_median_snap_uv"] == 20.0


def test_blood_and_scales():
    lab = laboratory(
        csf_protein_g_l=0.8, csf_protein_upper_limit_g_l=0.45, ck_u_l=150, ck_upper_limit_u_l=190
    )
    about = {"origin": "simulated", "source": "test"}
    hands = [Scale(**about, name="grip", score=20.0, side="left"), Scale(**about, name="NIS-W", score=12.0)]
    found = row(STORY, lab, *hands, Scale(**about, name="function score (RODS-like)", score=40.0))
    assert (found["csf_raised"], found["csf_below_1_g_l"], found["ck_raised"]) == (True, True, False)
    assert (found["anti_gm1"], row(STORY, gm1())["anti_gm1"], row(STORY, gm1("negative"))["anti_gm1"]) == (
        None, True, False,
    )  # fmt: skip
    assert (found["left_grip"], found["nis_w"], found["function_score"]) == (20.0, 12.0, 40.0)


def test_a_visit_is_read_from_its_own_entries():
    first, second = rows(simulated((STORY, gm1()), (history(worse_in_cold=True, onset="2015-03-01"),)))
    assert (first["anti_gm1"], second["anti_gm1"], second["worse_in_cold"]) == (True, None, True)


def test_rows_are_plain_values():
    for each in rows(simulated(*GROWING)):
        assert all(value is None or isinstance(value, bool | int | float | str) for value in each.values())


@pytest.fixture
def asked(monkeypatch):
    calls = []

    def simulate(*words, **named):
        calls.append((words, named))
        return simulated(*GROWING)

    monkeypatch.setattr(ranvier.disease, "simulate", simulate)
    return calls


def test_a_task_simulates_its_seed(asked):
    task = pickle.loads(pickle.dumps(follow("mmn", 2)))
    assert isinstance(task, Follow)
    assert len(task(7)) == 3
    times = {"visits": (0.5, 1.0, 2.0), "exam": "standard", "brief": True, "hypothesis": None}
    assert asked == [(("mmn", 7, 2), times)]


@pytest.mark.parametrize(("years", "times"), [(0.25, (0.25,)), (1.5, (0.5, 1.0)), (3, (0.5, 1.0, 2.0, 3.0))])
def test_visits_are_half_a_year_after_the_onset_and_then_yearly(years, times):
    assert follow("mmn", years).visits == times
    assert follow("mmn", years, visits=[2, 4.5]).visits == (2, 4.5)


def test_a_protocol_of_ones_own_is_known_by_its_content(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "Mine"\n[[sensory]]\nsides = ["right"]\nnerve = "sural"\n')
    one = follow("mmn", 1, str(mine))
    mine.write_text('title = "Mine"\n[[sensory]]\nsides = ["left"]\nnerve = "sural"\n')
    assert one.protocol_digest
    assert one != follow("mmn", 1, str(mine))


@pytest.mark.parametrize(
    ("words", "named", "said"),
    [
        (("mnn", 1), {}, "mmn"),
        (("mmn", 0), {}, "years must be above 0"),
        (("mmn", 1, "thorough"), {}, "no protocol 'thorough'"),
        (("mmn", 1), {"visits": [2, 1]}, "visits must be above 0 and rise"),
        (("mmn", 1), {"visits": [0, 1]}, "visits must be above 0 and rise"),
    ],
)
def test_what_cannot_be_followed_is_refused_before_any_work(words, named, said):
    with pytest.raises(ValueError, match=said):
        follow(*words, **named)


def test_the_record_at_a_date_holds_what_stood_on_it():
    told = History(origin="simulated", source="test")
    patient = simulated(*GROWING).patient.adding(told)
    assert {entry.when for entry in up_to(patient, DAYS[1]).timeline} == {*DAYS[:2], "unknown"}
