"""A cohort beside published figures: the right visits and patients, and a verdict that can fail."""

import json
from dataclasses import replace

import pyarrow as pa
import pytest
from test_targets import PLAIN

from ranvier.cohort.check import check, lines, reasons, summary
from ranvier.cohort.measures import MEASURES, values
from ranvier.cohort.targets import target, unspoken


def table(patients, disease="mmn"):
    """A cohort of patients, each a list of visits."""
    found = [
        {"seed": seed, "visit": n, "disease": disease, "years": float(n + 1), **visit}
        for seed, visits in enumerate(patients)
        for n, visit in enumerate(visits)
    ]
    return pa.Table.from_pylist(found)


def asked(**fields):
    return target({**PLAIN, **fields})


def one(patients, **fields):
    (found,) = check(table(patients), [asked(**fields)])
    return found


def positive(count, n):
    return [[{"anti_gm1": seed < count, "age": float(seed)}] for seed in range(n)]


@pytest.mark.parametrize(
    ("count", "verdict"), [(5, "outside"), (40, "inside"), (62, "outside"), (60, "inside")]
)
def test_the_verdict_asks_whether_the_published_interval_holds_the_virtual_figure(count, verdict):
    found = one(positive(count, 100))  # 8 of 20: 21.9 to 61.3 %
    assert found.virtual == pytest.approx(count)
    assert found.verdict == verdict


def test_the_virtual_figure_has_an_interval_of_its_own():
    found = one(positive(17, 20))
    assert (found.interval.low, found.interval.high) == pytest.approx((64.0, 94.8), abs=0.05)
    assert found.patients == 20


def test_what_is_not_known_counts_for_nothing():
    patients = positive(10, 20) + [[{"anti_gm1": None}]] * 30
    assert one(patients).virtual == pytest.approx(50.0)
    assert one(patients).patients == 20


def test_too_few_patients_say_nothing():
    found = one(positive(4, 9))
    assert (found.virtual, found.verdict) == (None, "not spoken about")
    assert one(positive(4, 20), measure="nobody_measured_this").verdict == "not spoken about"


def test_another_diseases_figures_are_left_out():
    assert check(table(positive(4, 20)), [asked(disease="als")]) == []
    both = pa.concat_tables([table(positive(4, 20)), table(positive(4, 20), "als")])
    with pytest.raises(ValueError, match="not of als, mmn"):
        check(both, [asked()])


VISITS = [[{"anti_gm1": n >= 2} for n in range(4)]] * 20


@pytest.mark.parametrize(
    ("visit", "share"),
    [("first", 0.0), ("last", 100.0), ("presentation", 100.0), (2, 0.0), (2.4, 0.0), (3.3, 100.0)],
)
def test_a_figure_speaks_of_its_visit(visit, share):
    assert one(VISITS, visit=visit).virtual == pytest.approx(share)


def test_patients_who_were_not_seen_then_are_left_out():
    assert one(VISITS, visit=9).verdict == "not spoken about"
    short = [visits[:1] for visits in VISITS]
    assert one(short + VISITS[:12], visit="presentation").patients == 12


def test_a_figure_speaks_of_its_patients():
    patients = [
        [{"anti_gm1": seed % 2 == 0, "any_block": seed % 2 == 0, "weak_movements": seed % 4}]
        for seed in range(80)
    ]
    assert one(patients, among="with block").virtual == pytest.approx(100.0)
    without = one(patients, among="without block")
    assert (without.virtual, without.patients) == (0.0, 40)


def test_means_medians_and_ratios():
    patients = [[{"age": float(seed), "sex": "male" if seed < 60 else "female"}] for seed in range(81)]
    assert one(patients, figure="mean", measure="age", sd=1.0).virtual == pytest.approx(40.0)
    assert one(patients, figure="median", measure="age").virtual == pytest.approx(40.0)
    ratio = one(patients, figure="ratio", measure="male")
    assert ratio.virtual == pytest.approx(60 / 21)
    assert ratio.interval.low < ratio.virtual < ratio.interval.high


def segment(**fields):
    plain = {
        "side": "right", "nerve": "median", "muscle": "APB", "depth": 0, "grades": ["definite", "none"],
        "velocity_m_s": 40.0, "velocity_limit_m_s": 49.0, "amplitude_drop": 0.6, "distal_mv": 5.0,
    }  # fmt: skip
    return {**plain, **fields}


def row(segments=(), nerves=(), **fields):
    return {"segments": json.dumps(list(segments)), "nerves": json.dumps(list(nerves)), **fields}


BLOCKS = row(
    [segment(), segment(nerve="ulnar", velocity_m_s=None), segment(depth=1, grades=["none", "none"])]
)


@pytest.mark.parametrize(
    ("measure", "visit", "limits", "found"),
    [
        ("block velocity", BLOCKS, (), [40.0]),
        ("block velocity at most", BLOCKS, (40.0,), [1.0]),
        ("block velocity at most", BLOCKS, (38.0,), [0.0]),
        ("block slow", BLOCKS, (), [1.0]),
        ("hand definite blocks", BLOCKS, (), [2.0]),
        ("hand probable blocks", BLOCKS, (), [0.0]),
        ("hand definite blocks", row(), (), []),
        ("amplitude ratio below", BLOCKS, (0.8, 0.3), [0.0, 1.0]),
        ("amplitude ratio below by size", BLOCKS, (1.0, 0.9, 6.0, 0.41, 99.0, 0.0), [1.0, 1.0]),
        ("amplitude ratio below by size", BLOCKS, (4.0, 0.9, 6.0, 0.39, 99.0, 0.0), [0.0, 0.0]),
        ("onset arm", {"first_region": "proximal arm"}, (), [1.0]),
        ("onset distal arm", {"first_region": "proximal arm"}, (), [0.0]),
        ("onset arm", {"first_region": None}, (), []),
        ("age at onset between", {"onset_age_years": 50.0}, (20.0, 50.0), [1.0]),
        ("remission", {"first_region": "distal arm", "weak_movements": 0}, (), [1.0]),
        ("remission", {"first_region": None, "weak_movements": 0}, (), []),
        ("nis per year", {"nis_w": 12.0, "years": 3.0}, (), [4.0]),
        ("probable block only", {"any_block": True, "definite_block": False}, (), [1.0]),
        ("amplitude, dispersion or F wave", {"amplitude_fall": False, "dispersion": None}, (), []),
        ("amplitude, dispersion or F wave", {"amplitude_fall": False, "dispersion": True}, (), [1.0]),
        ("F absent from APB", {"right_apb_f_persistence": 0.0}, (), [1.0]),
        ("F absent from APB", {"right_apb_f_persistence": None}, (), []),
        ("male", {"sex": "female"}, (), [0.0]),
        ("efns none", {"criteria_efns_pns_2010": "indeterminate"}, (), [0.0]),
        ("aaem gains", {"criteria_efns_pns_2010": "possible", "criteria_aaem_2003": "probable"}, (), [1.0]),
        ("aaem gains", {"criteria_efns_pns_2010": "definite", "criteria_aaem_2003": "probable"}, (), [0.0]),
        ("aaem loses", {"criteria_efns_pns_2010": "definite", "criteria_aaem_2003": "not met"}, (), [1.0]),
    ],
)  # fmt: skip
def test_measures_read_a_row(measure, visit, limits, found):
    assert measure in MEASURES
    assert values(visit, measure, limits) == found


def test_nerves_and_hands_are_counted_each():
    def nerve(side, name, axonal, weak=False, abnormal=False):
        return {"side": side, "nerve": name, "axonal": axonal, "weak": weak, "abnormal": abnormal}

    nerves = [
        nerve("right", "median", False, True, True),
        nerve("right", "ulnar", True, False, True),
        nerve("left", "median", None),
    ]
    assert values(row(nerves=nerves), "nerve axonal") == [0.0, 1.0]
    assert values(row(nerves=nerves), "hand axonal") == [1.0]
    assert values(row(nerves=nerves), "abnormal nerve not weak") == [0.0, 1.0]


def test_the_table_can_be_read():
    found = check(
        table(positive(40, 100)), [asked(), asked(measure="nothing"), replace(asked(), use="fitted")]
    )
    told = list(lines(found))
    assert told[1].split()[:4] == ["X1", "anti_gm1", "40.0", "(30.9"]
    assert "inside" in told[1]
    assert "not spoken about" in told[2]
    assert list(summary(found)) == [
        "test: 1 of 1 inside, 1 not spoken about", "fitted: 1 of 1 inside, 0 not spoken about",
    ]  # fmt: skip
    said = "\n".join(reasons(unspoken()))
    assert "treatment and its effects are not simulated:\n  T028" in said
    assert said.count("\n") > len(unspoken())
