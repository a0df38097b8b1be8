"""Waveforms to EDF+ and back: the same studies, the mark of the simulated, and a sentence for any other file."""

import json
import re
from dataclasses import replace
from io import BytesIO

import edfio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import WHO, patient
from findings.measure.synthetic import added, response, wave
from ranvier.findings.measure import measured_site
from ranvier.findings.study import FWave, Inching, MotorSite, MotorStudy, SensoryStudy, Waveform
from ranvier.formats.edf import edf_bytes, read_edf, write_edf
from ranvier.formats.files import InputError
from ranvier.patient import NerveConductionStudy, Note

STEPS = st.sampled_from([0.05, 0.1, 0.0417, 1 / 15])
STARTS = st.sampled_from([-5.0, -2.0, -0.3, 0.0, 0.37, 2.0])
PLACE = ("right", "median", "APB")


@st.composite
def traces(draw, size_mv, onset_ms=4.0):
    """A response of about this size, with noise, at any sample step and start."""
    step, start = draw(STEPS), draw(STARTS)
    time_ms = start + step * np.arange(round(draw(st.floats(20, 35)) / step))
    shape = np.interp(time_ms, onset_ms + np.array([0, 2, 5, 8, 12]), [0, 1, 0, -0.3, 0])
    noise = np.random.default_rng(draw(st.integers(0, 99))).normal(0, size_mv / 500, len(time_ms))
    mv = draw(st.floats(0.3, 2)) * size_mv * shape + noise
    return Waveform(start, step, tuple(mv.tolist()))


maybe_c = st.none() | st.floats(25, 37)
stimuli = st.sampled_from([None, "supramaximal", "submaximal"])


@st.composite
def sites(draw, names, size_mv=5.0):
    rows = []
    for n, name in enumerate(names):
        row = MotorSite(
            name,
            distance_mm=draw(st.none() | st.floats(100, 300)),
            temperature_c=draw(maybe_c),
            stimulus=draw(stimuli),
            waveform=draw(traces(size_mv, 3 + 3 * n)),
        )
        if draw(st.booleans()):
            row = replace(row, amplitude_mv=draw(st.floats(1, 9)), by_hand=("amplitude_mv",))
        rows.append(row)
    return tuple(rows)


@st.composite
def sessions(draw):
    motor = tuple(
        MotorStudy(*PLACE[:2], muscle, draw(sites(["wrist", "elbow", "axilla"][: draw(st.integers(1, 3))])))
        for muscle in draw(st.lists(st.sampled_from(["APB", "ADM"]), unique=True))
    )
    steps = (Inching(*PLACE, draw(sites(["wrist", "wrist + 25 mm"]))),) if draw(st.booleans()) else ()
    sensory = tuple(
        SensoryStudy("left", nerve, distance_mm=140.0, temperature_c=draw(maybe_c), waveform=draw(traces(0.02, 2.0)))
        for nerve in draw(st.lists(st.sampled_from(["sural", "median"]), unique=True))
    )  # fmt: skip
    late = tuple(
        FWave(
            "left", "tibial", "AH", waveforms=tuple(draw(st.lists(traces(0.2, 15.0), min_size=1, max_size=3)))
        )
        for _ in range(draw(st.integers(0, 1)))
    )
    return NerveConductionStudy(
        when=draw(st.sampled_from(["2024-05", "month 3", "unknown"])),
        origin=draw(st.sampled_from(["measured", "reported", "simulated"])),
        source=draw(st.text(min_size=1, max_size=9).filter(lambda t: t.isprintable())),
        motor=motor,
        inching=steps,
        sensory=sensory,
        f_waves=late,
    )


def has_trace(entry):
    return bool(entry.motor or entry.inching or entry.sensory or entry.f_waves)


def waves(study):
    rows = [row for each in study.motor for row in each.sites]
    rows += [row for each in study.inching for row in each.steps]
    singles = [(w, 20.0) for w in (row.waveform for row in rows)]
    small = [(row.waveform, 0.05) for row in study.sensory]
    return singles + small + [(w, 1.0) for row in study.f_waves for w in row.waveforms]


def bare(row):
    return replace(row, waveform=None) if hasattr(row, "waveform") else replace(row, waveforms=())


def without_traces(entry):
    return replace(
        entry,
        motor=tuple(replace(m, sites=tuple(stated(r) for r in m.sites)) for m in entry.motor),
        inching=tuple(replace(m, steps=tuple(stated(r) for r in m.steps)) for m in entry.inching),
        sensory=tuple(stated(row) for row in entry.sensory),
        f_waves=tuple(FWave(f.side, f.nerve, f.muscle) for f in entry.f_waves),
    )


def stated(row):
    """A row with what no program can find again: everything but its trace and its automatic markers."""
    automatic = [name for name in row.markers if name not in row.by_hand]
    return replace(bare(row), **dict.fromkeys(automatic, None))


@settings(max_examples=40, deadline=None)
@given(st.lists(sessions(), min_size=1, max_size=2, unique_by=lambda s: s.when))
def test_the_same_studies_come_back(tmp_path_factory, entries):
    who = patient(*entries)
    kept = [entry for entry in entries if has_trace(entry)]
    path = tmp_path_factory.mktemp("edf") / "study.edf"
    if not kept:
        with pytest.raises(InputError, match="holds no waveform"):
            write_edf(who, path)
        assert not path.exists()
        return
    write_edf(who, path)
    found, remarks = read_edf(path)
    assert found.identity == who.identity
    assert "set by the program" in remarks[0]
    expected = [entry.origin for entry in kept]
    if who.simulated and "simulated" not in expected:
        expected = ["simulated"] * len(kept)
    assert [entry.origin for entry in found.timeline] == expected
    for before, after in zip(kept, found.timeline, strict=True):
        assert without_traces(replace(after, origin=before.origin)) == without_traces(before)
        for (one, largest), (two, _) in zip(waves(before), waves(after), strict=True):
            assert (one.start_ms, one.step_ms) == (two.start_ms, two.step_ms)
            assert np.max(np.abs(np.subtract(one.samples_mv, two.samples_mv))) <= largest / 32767


def motor(*names, origin="measured", **fields):
    rows = [
        MotorSite(name, waveform=wave(*clean(seed))) for name, seed in zip(names, (0, 4, 8), strict=False)
    ]
    rows = tuple(replace(row, **fields) for row in rows)
    return NerveConductionStudy(**{**WHO, "origin": origin}, motor=(MotorStudy(*PLACE, rows),))


def clean(seed):
    time_ms, mv, _ = response(seed)
    return time_ms, mv + added(time_ms, seed)


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "study.edf"
    write_edf(patient(motor("wrist", "elbow")), path)
    return path


def test_the_markers_of_the_traces_are_those_measured_before(tmp_path):
    entry = motor("wrist", "elbow")
    write_edf(patient(entry), tmp_path / "s.edf")
    (found,) = read_edf(tmp_path / "s.edf")[0].timeline
    for one, two in zip(entry.motor[0].sites, found.motor[0].sites, strict=True):
        one = measured_site(one)
        assert two.latency_ms == pytest.approx(one.latency_ms, abs=0.02)
        assert two.area_mv_ms == pytest.approx(one.area_mv_ms, rel=0.002)


def test_one_record_and_one_annotation_for_each_stimulus(study):
    file = edfio.read_edf(study)
    assert file.reserved == "EDF+C"
    assert file.num_data_records == 2
    head, *stimuli = file.annotations
    assert json.loads(head.text)["format"] == "ranvier.waveforms/1"
    told = [json.loads(each.text) for each in stimuli]
    assert [(t["nerve"], t["muscle"], t["site"]) for t in told] == [
        ("median", "APB", "wrist"),
        ("median", "APB", "elbow"),
    ]
    assert [s.physical_dimension for s in file.signals] == ["mV"]
    starts = [n * file.data_record_duration for n in range(2)]
    assert [each.onset for each in stimuli] == pytest.approx([start + 0.002 for start in starts])


def test_at_the_annotation_lies_the_stimulus(study):
    file = edfio.read_edf(study)
    (signal,) = file.signals
    told = file.annotations[1]
    at = round(told.onset * signal.sampling_frequency)
    first = motor("wrist").motor[0].sites[0].waveform
    assert signal.data[at] == pytest.approx(first.samples_mv[80], abs=1e-3)


def test_a_trace_that_begins_after_the_stimulus_leaves_its_beginning_empty(tmp_path):
    late = Waveform(3.0, 0.1, tuple(np.interp(np.arange(300) * 0.1, [2, 4, 8], [0, 5, 0]).tolist()))
    row = MotorSite("wrist", waveform=late)
    entry = NerveConductionStudy(**WHO, motor=(MotorStudy(*PLACE, (row,)),))
    write_edf(patient(entry), tmp_path / "s.edf")
    file = edfio.read_edf(tmp_path / "s.edf")
    assert json.loads(file.annotations[1].text)["first"] == 30
    assert file.annotations[1].onset == 0
    peak_s = np.argmax(file.signals[0].data) / file.signals[0].sampling_frequency
    assert peak_s == pytest.approx(0.007, abs=2e-4)


def test_a_simulated_patient_is_marked_and_stays_so(tmp_path):
    path = tmp_path / "s.edf"
    write_edf(patient(motor("wrist", origin="simulated")), path)
    assert b"ranvier simulated" in path.read_bytes()[88:168]
    assert read_edf(path)[0].simulated
    path.write_bytes(path.read_bytes().replace(b'"origin": "simulated"', b'"origin": "measured" '))
    assert read_edf(path)[0].simulated
    path.write_bytes(path.read_bytes().replace(b"ranvier simulated", b"ranvier X        "))
    assert not read_edf(path)[0].simulated


def test_a_measured_patient_is_not_marked(study):
    assert b"ranvier" in study.read_bytes()[88:168]
    assert b"ranvier simulated" not in study.read_bytes()[88:168]
    assert not read_edf(study)[0].simulated


def test_a_patient_with_a_simulated_note_is_marked_whole(tmp_path):
    note = Note(origin="simulated", source="s", text="t")
    write_edf(patient(motor("wrist"), note), tmp_path / "s.edf")
    assert read_edf(tmp_path / "s.edf")[0].simulated


def test_a_lone_proximal_trace_gets_its_distal_site(tmp_path):
    entry = motor("elbow")
    rows = (MotorSite("wrist", 3.6, 8.0), *entry.motor[0].sites)
    write_edf(patient(replace(entry, motor=(MotorStudy(*PLACE, rows),))), tmp_path / "s.edf")
    found, remarks = read_edf(tmp_path / "s.edf")
    assert found.timeline[0].motor[0].sites[0] == MotorSite("wrist")
    assert "at the wrist: its numbers are not known" in remarks[1]


def test_the_pseudonym_of_the_header_is_plain(tmp_path):
    who = patient(motor("wrist"))
    write_edf(replace(who, identity=replace(who.identity, pseudonym="Änne Ö " * 9)), tmp_path / "s.edf")
    assert re.match(rb"_nne___[!-~]* M X X", (tmp_path / "s.edf").read_bytes()[8:88])
    assert read_edf(tmp_path / "s.edf")[0].identity.pseudonym == "Änne Ö " * 9


def refused(path, content):
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_edf(path)
    (told,) = caught.value.problems
    return told


@pytest.mark.parametrize("keep", [0, 1, 7, 200, 256, 700, -1, -300])
def test_a_file_that_is_cut_off_is_refused(study, keep):
    assert "is not an EDF file, or is cut off" in refused(study, study.read_bytes()[:keep])


@pytest.mark.parametrize(
    "content", [b"hello", b"\0" * 3000, bytes(range(256)) * 20, b"0       " + b" " * 600]
)
def test_what_is_no_edf_is_refused(tmp_path, content):
    assert "is not an EDF file" in refused(tmp_path / "x.edf", content)


def foreign(annotations):
    signal = edfio.EdfSignal(np.sin(np.arange(200.0)), 100, label="EMG")
    content = BytesIO()
    edfio.Edf([signal], annotations=annotations).write(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "annotations",
    [
        None,
        [],
        [edfio.EdfAnnotation(0, None, "spike")],
        [edfio.EdfAnnotation(0, None, "{not json")],
        [edfio.EdfAnnotation(0, None, '{"format": "other"}')],
        [edfio.EdfAnnotation(0, None, '{"format": "ranvier.waveforms/1"}')],
    ],
)
def test_an_edf_file_of_another_program_is_refused(tmp_path, annotations):
    assert "not one that ranvier wrote" in refused(tmp_path / "x.edf", foreign(annotations))


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (b'"record": 1', b'"record": 7', "outside the file"),
        (b'"record": 1', b'"record": x', "not one that ranvier wrote"),
        (b'"first": 0', b'"first": -', "not one that ranvier wrote"),
        (b'"samples": 1680', b'"samples": 9999', "outside the file"),
        (b'"session": 0', b'"session": 3', "outside the file"),
        (b'"signal": 0', b'"signal": 2', "outside the file"),
        (b'"test": "motor"', b'"test": "notor"', "changed or is damaged"),
        (b'"nerve": "median"', b'"nerve": "medxan"', "unknown motor nerve 'medxan'"),
        (b'"site": "elbow"', b'"site": "knees"', "unknown median stimulation site 'knees'"),
        (b'"step_ms": 0.025', b'"step_ms": -.025', "not one that ranvier wrote"),
        (b'"step_ms": 0.025', b'"step_ms": 0.000', "give a step above 0 ms"),
        (b'"site"', b'"sote"', "changed or is damaged"),
        (b'"muscle"', b'"mascle"', "changed or is damaged"),
        (b'"start_ms"', b'"start_mz"', "changed or is damaged"),
        (b'"sessions"', b'"sesssons"', "changed or is damaged"),
        (b'"identity"', b'"identify"', "changed or is damaged"),
    ],
)
def test_a_changed_annotation_is_refused(study, before, after, wanted):
    content = study.read_bytes()
    assert before in content
    assert len(before) == len(after) or before.startswith(b'"samples')
    study.write_bytes(content.replace(before, after))
    with pytest.raises(InputError) as caught:
        read_edf(study)
    assert wanted in str(caught.value)


def test_what_cannot_be_exported_is_refused_and_nothing_written(tmp_path):
    path = tmp_path / "s.edf"
    huge = MotorSite("wrist", waveform=Waveform(0, 0.1, (0.0, 5e6)))
    slow = MotorSite("wrist", waveform=Waveform(0, 5000, (0.0,) * 50))
    for row, wanted in ((huge, "check its unit"), (slow, "check its step")):
        entry = NerveConductionStudy(**WHO, motor=(MotorStudy(*PLACE, (row,)),))
        with pytest.raises(InputError, match=wanted):
            write_edf(patient(entry), path)
    with pytest.raises(InputError, match="holds no waveform"):
        write_edf(patient(), path)
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_always_the_same():
    assert edf_bytes(patient(motor("wrist"))) == edf_bytes(patient(motor("wrist")))
