"""Whoever writes a diary may be killed at any moment: what was acknowledged stays, and the file is whole."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from signal import SIG_BLOCK, SIG_UNBLOCK, SIGINT, SIGKILL, pthread_sigmask

import pytest

from ranvier.formats.diary_file import append
from ranvier.formats.patient_json import read_patient
from ranvier.patient import Note

WRITER = Path(__file__).with_name("writer.py")
KILLS = 120


def note(text):
    return Note(origin="reported", source="test", text=text)


def texts(file):
    return [entry.text for entry in read_patient(file)[0].timeline]


def started(*words):
    writer = subprocess.Popen([sys.executable, WRITER, *map(str, words)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout.readline() == "ready\n"
    return writer


def forked(file, name, told):
    """A writer in a copy of this process, which tells each entry once it was added; its number."""
    pthread_sigmask(SIG_BLOCK, [SIGINT])
    child = os.fork()
    if child:
        pthread_sigmask(SIG_UNBLOCK, [SIGINT])
        return child
    try:
        pthread_sigmask(SIG_UNBLOCK, [SIGINT])
        for n in range(60):
            append(file, [note(f"{name} {n}")], "p")
            os.write(told, f"{n}\n".encode())
    finally:
        os._exit(0)


def end(child, kill):
    """Send a signal until the process is gone: an interrupt can be lost where Python ignores exceptions."""
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        os.kill(child, kill)
        time.sleep(0.002)


@pytest.mark.parametrize("kill", [SIGKILL, SIGINT])
def test_a_writer_that_is_killed_at_any_moment_leaves_the_file_whole(tmp_path, kill):
    file, dice = tmp_path / "d.json", random.Random(7)
    before = [f"first {n}" for n in range(20)]
    append(file, [note(text) for text in before], "p")
    for kills in range(KILLS // 2):
        reads, told = os.pipe()
        child = forked(file, f"{kills}", told)
        os.close(told)
        time.sleep(dice.uniform(0, 0.012))
        end(child, kill)
        with os.fdopen(reads) as lines:
            added = len(lines.read().splitlines())
        found = texts(file)
        ours = [f"{kills} {n}" for n in range(len(found) - len(before))]
        assert found == before + ours
        assert added <= len(ours) <= added + 1
        before = found
        if len(before) > 200:
            file.unlink()
            before = before[:20]
            append(file, [note(text) for text in before], "p")
    assert all(each.name.startswith(".d.json.") for each in tmp_path.iterdir() if each != file)


@pytest.mark.parametrize(("step", "stands"), [("opened", 1), ("flushed", 1), ("renamed", 2)])
def test_death_at_each_step_of_a_write_leaves_the_old_file_or_the_new_one(tmp_path, step, stands):
    file = tmp_path / "d.json"
    writer = started(file, "a", 3, step)
    writer.communicate(timeout=60)
    assert writer.returncode == -SIGKILL
    assert texts(file) == [f"a {n}" for n in range(stands)]
    assert append(file, [note("after")])
    assert texts(file)[-1] == "after"


def test_a_file_is_never_written_in_place(tmp_path):
    file, old = tmp_path / "d.json", tmp_path / "old.json"
    append(file, [note("one")], "p")
    before = file.read_bytes()
    old.hardlink_to(file)
    append(file, [note("two")])
    assert old.read_bytes() == before
    assert texts(file) == ["one", "two"]


def test_a_failing_disk_leaves_the_old_file_and_a_sentence(tmp_path, monkeypatch):
    file = tmp_path / "d.json"
    append(file, [note("one")], "p")
    before = file.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ValueError, match="cannot be written: no space left on device"):
        append(file, [note("two")])
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_writers_at_once_all_arrive(tmp_path):
    file, each = tmp_path / "d.json", 12
    writers = [started(file, name, each) for name in "abc"]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    found = texts(file)
    assert sorted(found) == sorted(f"{name} {n}" for name in "abc" for n in range(each))
    for name in "abc":
        assert [text for text in found if text[0] == name] == [f"{name} {n}" for n in range(each)]
    assert json.loads(file.read_text())["identity"] == {"pseudonym": "p"}
