from builders import charted, definite, motor, no_crossing, patient, site, study, ulnar
from ranvier.diagnosis.search import searched
from ranvier.findings.study import MotorStudy, ReportedFinding


def to_the_axilla(nerve, side, muscle, distal="wrist", drop=0.0, **fields):
    """A study from wrist to axilla in which the arm stretch falls so much."""
    between = ("elbow",) if nerve == "median" else ("below elbow", "above elbow")
    above = site("axilla", 10 * (1 - drop), 30 * (1 - drop), stimulus="supramaximal")
    return MotorStudy(side, nerve, muscle, (site(distal), *map(site, between), above))


def both_arms(**fields):
    studies = []
    for side in ("left", "right"):
        studies += [to_the_axilla("median", side, "APB", **fields), to_the_axilla("ulnar", side, "ADM")]
        studies += [no_crossing(side)]
    return studies


def test_both_arms_to_the_axilla_is_a_complete_search():
    search = searched(charted(patient(study(*both_arms()))))
    assert search.complete is True
    assert search.found is False
    assert search.studied == ("left and right median (forearm, arm)", "left and right ulnar (forearm, arm)")
    assert search.missing == search.doubtful == ()
    assert search.wider[0] == "left and right median (plexus)"


def test_what_was_not_studied_is_named_and_makes_it_incomplete():
    search = searched(charted(patient(study(*both_arms()[:-2]))))
    assert search.complete is False
    assert search.missing == ("right ulnar (forearm, arm)",)


def test_nothing_on_record_is_unknown_and_no_search():
    empty = searched(charted(patient()))
    assert empty.complete is None
    assert empty.found is None
    assert empty.missing == ("left and right median (forearm, arm)", "left and right ulnar (forearm, arm)")
    told = study(findings=(ReportedFinding("median", "block in the forearm", "right", block=True),))
    assert searched(charted(patient(told))).complete is None


def test_a_doubt_is_neither_studied_nor_missing():
    small = [MotorStudy("left", "median", "APB", (site("wrist", 0.5, 1.0), site("elbow", 0.4, 0.8)))]
    search = searched(charted(patient(study(*both_arms()[1:], *small))))
    assert search.complete is False
    assert "right median (forearm, arm)" in search.studied
    assert search.doubtful[0].startswith("left median forearm (distal amplitude 0.5 mV")
    assert search.missing == ("left median (arm)",)


def test_a_doubt_alone_leaves_it_unknown():
    arms = both_arms()
    arms[0] = MotorStudy("left", "median", "APB", (site("wrist", 0.5, 1.0), site("axilla", 0.4, 0.8)))
    search = searched(charted(patient(study(*arms))))
    assert search.complete is None
    assert len(search.doubtful) == 2


def test_a_block_is_found_before_the_search_is_complete():
    search = searched(charted(definite()))
    assert search.found is True
    assert search.complete is False


def test_a_fall_across_the_elbow_is_no_block_found():
    across = motor("ulnar", muscle="ADM", drop=0.7, ends=("below elbow", "above elbow"))
    even = motor("ulnar", muscle="ADM", ends=("below elbow", "above elbow"))
    for crossing in (across, even):
        assert searched(charted(patient(study(crossing, no_crossing())))).found is None
    assert searched(charted(patient(study(*ulnar())))).found is False
