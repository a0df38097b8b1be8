"""The whole assessment: what it lists, what it rests on, and that it leaves nothing behind."""

from builders import charted, definite, examination, feels, history, motor, patient, site, study, ulnar
from ranvier.diagnosis import criteria_set, examine, shipped_sets
from ranvier.diagnosis.chart import examined_segments
from ranvier.evidence import Value
from ranvier.findings.norms import NormRow, Norms, shipped_norms
from ranvier.findings.study import MotorStudy, ReportedFinding


def test_every_set_is_applied_unless_some_are_asked_for():
    assert [r.criteria.id for r in examine(definite()).criteria] == list(shipped_sets())
    only = examine(definite(), [criteria_set("AAEM_2003")])
    assert [r.criteria.id for r in only.criteria] == ["AAEM_2003"]
    assert only.blocks[0].tables == ("AAEM_1999",)


def test_each_segment_is_graded_by_each_table():
    (block,) = examine(patient(history(), study(motor(drop=0.45)))).blocks
    assert block.tables[:2] == ("EFNS_PNS_2010", "AAEM_1999")
    assert [graded.verdict for graded in block.graded][:2] == ["probable", "definite"]


def test_no_criteria_set_gives_no_blocks_and_no_fault():
    bare = examine(definite(), [])
    assert (bare.blocks, bare.criteria, bare.quality) == ((), (), ())


def test_values_stand_once_and_in_order_and_sources_are_theirs():
    found = examine(definite(), [criteria_set("EFNS_PNS_2010"), criteria_set("AAEM_2003")])
    ids = [value.id for value in found.values]
    assert ids == sorted(set(ids))
    weighed = {value.source for value in found.differential.values}
    assert {"miyashiro_2014", "practice"} <= weighed
    assert {source.id for source in found.sources()} == weighed | {
        "aaem_1999", "aaem_2003", "buschbacher", "efns_pns_2010"
    }  # fmt: skip
    assert [s.id for s in found.sources()] == sorted(s.id for s in found.sources())
    assert found.assumed() == tuple(v for v in found.values if v.kind == "assumed")
    assert 0 < len(found.assumed()) < len(found.values)


def test_the_limits_of_sensory_studies_are_among_the_values():
    with_sural = patient(history(), study(motor(), sensory=[feels("sural", velocity=None)]))
    assert "findings.norms.sensory.sural.amplitude_uv_min" in {v.id for v in examine(with_sural).values}
    assert "findings.norms.sensory.sural.amplitude_uv_min" not in {v.id for v in examine(definite()).values}


def test_quality_names_the_segment_and_what_it_means():
    found = examine(patient(history(), study(ulnar(drop=0.6)[0]))).quality
    assert found[0].where == "right ulnar wrist to below elbow"
    assert found[0].gate == "Martin-Gruber not excluded"
    assert [remark.where for remark in found[1:]] == ["study", "study"]
    assert "temperature is not recorded" in found[1].text
    assert "supramaximal stimulation is not documented" in found[2].text


def test_a_doubt_about_a_block_is_no_remark_where_there_is_none():
    calm = examine(patient(history(), study(ulnar()[0])))
    assert [remark.gate for remark in calm.quality] == ["not recorded", "not recorded"]
    spread = examine(patient(history(), study(motor(rise=0.4))))
    assert spread.quality[0].gate == "dispersion"


def test_own_limits_go_before_the_published_ones():
    who = patient(history(), study(motor(drop=0.6)))
    high = Value("ours", 60.0, "mV", "measured", "ranvier")
    own = Norms((NormRow("motor", "median", "APB", {}, {"amplitude_mv_min": high}),))
    assert examine(who).blocks[0].graded[0].verdict == "definite"
    ours = examine(who, norms=own.ahead_of(shipped_norms()))
    assert ours.blocks[0].graded[0].verdict == "not assessable"
    assert high in ours.values
    assert ours.norms is not shipped_norms()


def test_a_source_of_ones_own_is_no_fault():
    alien = Value("ours", 4.0, "mV", "measured", "our_laboratory")
    own = Norms((NormRow("motor", "median", "APB", {}, {"amplitude_mv_min": alien}),))
    assert "our_laboratory" not in {s.id for s in examine(definite(), norms=own).sources()}


def test_findings_in_words_are_listed_and_not_graded():
    told = ReportedFinding("median", "conduction block", "right", "forearm", block=True)
    found = examine(patient(history(), study(findings=(told,))))
    assert found.reported == (told,)
    assert found.blocks == ()


def test_segments_stand_in_a_fixed_order():
    studies = (motor(side="left"), motor(), motor("ulnar", muscle="ADM", ends=("wrist", "below elbow")))
    there = patient(history(), study(*studies, when="2021"), study(motor(), when="2020"))
    names = [f"{e.segment.when} {e.segment}" for e in examined_segments(there, shipped_norms())]
    assert names == [
        "2020 right median wrist to elbow",
        "2021 left median wrist to elbow",
        "2021 right median wrist to elbow",
        "2021 right ulnar wrist to below elbow",
    ]


def test_the_age_at_the_study_chooses_the_limit():
    small = motor("fibular", muscle="EDB", drop=0.6, ends=("ankle", "below fibular head"))
    rows = tuple(type(r)(**{**r.__dict__, "amplitude_mv": r.amplitude_mv * 0.02 * 5.5}) for r in small.sites)
    faint = type(small)(small.side, small.nerve, small.muscle, rows)
    young = patient(history(), study(faint, when="2020"), age_years=None, birth_year=1990)
    (block,) = examine(young).blocks
    basis = {value.id for value in block.graded[0].basis}
    assert block.graded[0].verdict == "definite"
    assert "findings.quality.low_distal_amplitude.floor_mv" not in basis


def test_the_chart_keeps_patient_and_norms():
    chart = charted(definite())
    assert chart.patient == definite()
    assert chart.table.id == "EFNS_PNS_2010"
    assert examine(definite()).patient == definite()
    assert examination().kind == "neurological examination"


def test_a_median_response_that_grows_points_to_crossed_fibres():
    grown = examine(patient(history(), study(motor(drop=-0.15)))).quality[0]
    assert grown.gate == "Martin-Gruber pattern"
    assert "15% larger than from the wrist" in grown.text
    for calm in (motor(drop=-0.1), motor("ulnar", muscle="ADM", drop=-0.3, ends=("above elbow", "axilla"))):
        assert "Martin-Gruber pattern" not in {
            r.gate for r in examine(patient(history(), study(calm))).quality
        }


def fading(*areas):
    names = ("wrist", "elbow", "axilla", "erb")
    rows = tuple(
        site(name, area / 3, area, stimulus="supramaximal") for name, area in zip(names, areas, strict=False)
    )
    return examine(patient(history(), study(MotorStudy("right", "median", "APB", rows))))


def test_falls_that_add_up_along_a_nerve_are_pointed_out():
    found = fading(30, 21.5, 15.3, 10.9)
    assert {block.graded[0].verdict for block in found.blocks} == {"none"}
    (remark,) = [r for r in found.quality if r.gate == "spread fall"]
    assert remark.where == "right median to APB"
    assert "28%, 29%, 29%, together by 64%" in remark.text
    for calm in (fading(30, 27, 24, 21), fading(30, 29), fading(30, 14, 13.8, 13.7)):
        assert "spread fall" not in {r.gate for r in calm.quality}


def test_limbs_without_a_temperature_are_named():
    warm = motor(temperature_c=33.0)
    cold_unknown = motor(side="left")
    texts = [r.text for r in examine(patient(history(), study(warm, cold_unknown))).quality]
    assert "the temperature of the left arm is not recorded: cold may hide a block" in texts
    texts = [r.text for r in examine(patient(history(), study(warm))).quality]
    assert not any("temperature" in text for text in texts)


def test_the_limits_for_adults_are_not_applied_to_a_child():
    (child,) = examine(patient(history(), study(motor(drop=0.6)), age_years=6.0)).blocks
    assert child.graded[0].verdict == "not assessable"
    assert "no lower limit of the amplitude is on file" in " ".join(child.graded[0].reasons)
    (adult,) = examine(patient(history(), study(motor(drop=0.6)), age_years=18.0)).blocks
    assert adult.graded[0].verdict == "definite"
