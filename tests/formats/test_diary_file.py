"""A diary only grows, keeps what stands in it, and holds nothing twice."""

import os
import stat
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import WHO
from ranvier.formats import diary_file
from ranvier.formats.diary_file import append, keep_new, new, opened
from ranvier.formats.files import InputError
from ranvier.formats.patient_json import patient_text, read_patient
from ranvier.patient import Dose, Identity, Laboratory, Note, Patient, Scale


def grip(score, when="2026-11-20", side="right"):
    return Scale(**WHO, when=when, name="grip", unit="kg", side=side, score=float(score))


readings = st.lists(
    st.builds(grip, st.integers(10, 12), st.sampled_from(["2026-11-20", "2026-11-20T08:00", "2026-11-21"]))
)


@given(readings, readings)
def test_to_add_the_same_list_again_adds_nothing(before, entries):
    patient = Patient(Identity("p"), tuple(before))
    once = patient.adding(*new(patient, entries))
    assert new(once, entries) == ()
    assert set(entries) <= set(once.timeline)


@given(readings, readings)
def test_a_longer_export_adds_what_the_shorter_one_did_not_have(first, more):
    nobody = Patient(Identity("p"))
    short = nobody.adding(*new(nobody, first))
    whole = nobody.adding(*new(nobody, [*first, *more]))
    grown = short.adding(*new(short, [*first, *more]))
    assert sorted(map(repr, grown.timeline)) == sorted(map(repr, whole.timeline))


def test_the_same_try_twice_counts_twice_only_where_no_time_tells_them_apart():
    nobody = Patient(Identity("p"))
    assert keep_new(nobody, [grip(18), grip(18)]) == (True, True)
    timed = grip(18, "2026-11-20T08:00")
    assert keep_new(nobody, [timed, timed]) == (True, False)
    assert keep_new(nobody.adding(timed), [grip(18, "2026-11-20T08:00", "left"), timed]) == (True, False)


def test_how_a_reading_came_to_be_known_does_not_make_it_another():
    dose = Dose(**WHO, when="2026-11-20", drug="ivig", amount=70.0, remark="at home")
    igg = Laboratory(**WHO, when="2026-11-20", igg_g_l=14.0)
    before = Patient(Identity("p"), (dose, igg, Note(**WHO, text="n")))
    same = [
        Dose(origin="reported", source="diary", when="2026-11-20", drug="IVIG", amount=70.0),
        Laboratory(origin="measured", source="diary", when="2026-11-20", igg_g_l=14.0),
    ]
    assert new(before, same) == ()
    assert new(before, [Note(**WHO, text="m")]) != ()


def test_what_stands_in_a_diary_stays_before_what_is_added(tmp_path):
    file = tmp_path / "d.json"
    assert append(file, [grip(18)], "p") == (grip(18),)
    assert append(file, [grip(19), grip(18)]) == (grip(19),)
    assert read_patient(file)[0] == Patient(Identity("p"), (grip(18), grip(19)))
    assert list(tmp_path.iterdir()) == [file]


def test_a_diary_is_begun_only_under_a_pseudonym_and_is_nobody_else_s(tmp_path):
    file = tmp_path / "d.json"
    with pytest.raises(InputError, match="is not there yet; give --pseudonym"):
        opened(file)
    append(file, [], "p")
    assert read_patient(file)[0] == Patient(Identity("p"))
    with pytest.raises(InputError, match="is the diary of 'p', not of 'q'"):
        append(file, [grip(18)], "q")


@pytest.mark.parametrize(
    "content", ["", "{", '{"schema": "ranvier.patient/1", "identity": {"pse', "\0" * 100, "[]"]
)
def test_a_file_that_is_half_or_damaged_is_refused_and_never_overwritten(tmp_path, content):
    file = tmp_path / "d.json"
    file.write_text(content)
    with pytest.raises(InputError, match=r"\.$"):
        append(file, [grip(18)], "p")
    assert file.read_text() == content
    assert list(tmp_path.iterdir()) == [file]


def test_an_entry_that_cannot_be_right_is_refused_and_nothing_is_written(tmp_path):
    file = tmp_path / "d.json"
    append(file, [grip(18)], "p")
    before = file.read_bytes()
    with pytest.raises(InputError, match="kilograms"):
        append(file, [grip(19), grip(1800)])
    assert file.read_bytes() == before


def test_a_diary_that_would_grow_too_large_to_be_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "d.json"
    append(file, [grip(18)], "p")
    monkeypatch.setattr(diary_file, "LARGEST_FILE", 300)
    with pytest.raises(InputError, match="would grow beyond"):
        append(file, [grip(score) for score in range(20, 30)])
    assert len(read_patient(file)[0].timeline) == 1


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_link_stays_a_link_and_who_may_read_the_file_stays_as_it_was(tmp_path, mode):
    (tmp_path / "real").mkdir()
    file, link = tmp_path / "real" / "d.json", tmp_path / "d.json"
    append(file, [grip(18)], "p")
    file.chmod(mode)
    link.symlink_to(file)
    append(link, [grip(19)])
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert len(read_patient(file)[0].timeline) == 2


def test_a_second_writer_waits_and_gives_up_with_a_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(diary_file, "PATIENCE_S", 0.05)
    told = "is being written by another program that does not end"
    with diary_file.alone(tmp_path / "d.json"), pytest.raises(InputError, match=told):
        append(tmp_path / "d.json", [grip(18)], "p")
    assert append(tmp_path / "d.json", [grip(18)], "p")


def test_what_a_killed_writer_left_behind_is_removed_and_nothing_else(tmp_path):
    file = tmp_path / "d.json"
    left, fresh, other = (
        tmp_path / name for name in (".d.json.0a1b2c3d", ".d.json.00000000", ".e.json.0a1b2c3d")
    )
    for each in (left, fresh, other):
        each.write_text("{}")
    for each in (left, other):
        os.utime(each, (time.time() - 3600,) * 2)
    append(file, [grip(18)], "p")
    assert sorted(tmp_path.iterdir()) == sorted([file, fresh, other])


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="name a file in a folder that exists"):
        append(tmp_path / "nowhere" / "d.json", [grip(18)], "p")


def test_a_diary_of_a_simulated_patient_stays_marked(tmp_path):
    file = tmp_path / "d.json"
    note = Note(origin="simulated", source="s", text="t")
    file.write_text(patient_text(Patient(Identity("p"), (note,))))
    append(file, [grip(18)])
    assert read_patient(file)[0].simulated
