"""Needle recordings from text, EDF and WFDB, whole and damaged."""

import gzip
import warnings
from pathlib import Path

import edfio
import numpy as np
import pytest

from ranvier.formats.emg import ENDINGS, Wanted, read_emg
from ranvier.formats.files import InputError

with warnings.catch_warnings():  # the package warns of its own use of pandas
    warnings.simplefilter("ignore")
    import wfdb

EXAMPLES = Path(__file__).parents[2] / "examples" / "emg"
RATE = 4000
WAVE = np.round(np.sin(np.arange(8000) / 20), 4)


def rows(times=None, values=WAVE, apart="\t"):
    times = np.arange(len(values)) / RATE if times is None else times
    return [f"{time:.6g}{apart}{value:.4f}" for time, value in zip(times, values, strict=True)]


def written(folder, lines, name="needle.txt"):
    path = folder / name
    path.write_bytes(lines if isinstance(lines, bytes) else ("\n".join(lines) + "\n").encode())
    return path


def refused(path, **wanted):
    with pytest.raises(InputError) as caught:
        read_emg(path, Wanted(**wanted))
    message = str(caught.value)
    assert message.startswith(str(path))
    assert message.endswith(".")
    return message


@pytest.mark.parametrize("apart", ["\t", ",", ";", " ", "   "])
def test_two_columns_are_time_and_amplitude(tmp_path, apart):
    found = read_emg(written(tmp_path, rows(apart=apart)))
    assert found.step_ms == 0.25
    assert found.samples_mv == pytest.approx(WAVE)
    assert found.remarks == ("amplitudes taken as mV; say --unit if they are not",)


def test_headings_comments_and_decimal_commas_are_read(tmp_path):
    lines = ["# from the machine", "time;amplitude", *(line.replace(".", ",") for line in rows(apart=";"))]
    found = read_emg(written(tmp_path, lines, "needle.csv"))
    assert found.samples_mv == pytest.approx(WAVE)
    assert "1 heading line passed over" in found.remarks


def test_one_column_needs_a_rate(tmp_path):
    path = written(tmp_path, [f"{value:.4f}" for value in WAVE])
    assert "--rate-hz" in refused(path)
    found = read_emg(path, Wanted(rate_hz=10000, unit="uV"))
    assert (found.rate_hz, found.samples_mv[5]) == (10000, pytest.approx(WAVE[5] / 1000))
    assert not any("taken as mV" in remark for remark in found.remarks)


def test_packed_files_are_read_and_torn_ones_refused(tmp_path):
    packed = gzip.compress("\n".join(rows()).encode())
    assert len(read_emg(written(tmp_path, packed, "needle.txt.gz")).samples_mv) == len(WAVE)
    assert "not a whole .gz" in refused(written(tmp_path, packed[:-500], "torn.txt.gz"))
    assert "not a whole .gz" in refused(written(tmp_path, b"0 1\n1 2\n", "no.txt.gz"))


def test_damaged_lines_are_named_and_bridged(tmp_path):
    lines = [line.encode() for line in rows()]
    lines[99], lines[499] = b"0.02475 0.1\xec0.2", b"0.12475 0.0+\\ED.5"
    path = written(tmp_path, b"\r\n".join(lines))
    found = read_emg(path)
    assert found.remarks[0] == "lines 100 and 500 cannot be read as numbers: taken as gaps, and bridged"
    assert np.flatnonzero(found.missing).tolist() == [99, 499]
    assert found.samples_mv[100] == pytest.approx(WAVE[100])
    assert found.bridged_mv[99] == pytest.approx((found.bridged_mv[98] + found.bridged_mv[100]) / 2)
    assert "lines 100 and 500" in refused(path, strict=True)
    read_emg(written(tmp_path, rows()), Wanted(strict=True))


def test_damaged_lines_of_one_column_keep_their_place(tmp_path):
    lines = [f"{value:.4f}" for value in WAVE]
    lines[10] = "0.1.2"
    found = read_emg(written(tmp_path, lines), Wanted(rate_hz=RATE))
    assert np.flatnonzero(found.missing).tolist() == [10]
    assert found.samples_mv[11] == pytest.approx(WAVE[11])


def test_more_than_a_hundredth_damaged_is_refused(tmp_path):
    lines = rows()
    lines[::50] = ["?"] * len(lines[::50])
    told = refused(written(tmp_path, ["0 0", *lines]))
    assert "160 lines (2, 52, 102, 152, ...)" in told
    assert "at most 1%" in told


def test_marks_written_with_fewer_decimals_are_no_samples(tmp_path):
    lines = rows()
    for n in range(1000, 8000, 1001):
        lines[n] = lines[n].split("\t")[0] + "\t0.1"
    found = read_emg(written(tmp_path, lines))
    assert "most of them 1001 lines apart" in found.remarks[0]
    assert np.flatnonzero(found.missing).tolist() == list(range(1000, 8000, 1001))


def test_numbers_without_their_last_zeros_are_samples(tmp_path):
    lines = [f"{n / RATE:.6g} {value:.4g}" for n, value in enumerate(WAVE)]
    assert not np.any(read_emg(written(tmp_path, lines)).missing)


def test_a_jump_in_time_is_a_gap(tmp_path):
    times = np.arange(8000) / RATE
    times[3000:] += 0.02
    found = read_emg(written(tmp_path, rows(times)))
    assert "before line 3001 time jumps: 80 samples are missing" in found.remarks[0]
    assert len(found.samples_mv) == 8080
    assert np.sum(found.missing) == 80


def test_coarse_times_are_taken_as_even(tmp_path):
    found = read_emg(
        written(tmp_path, [f"{n / 20000:.3f} {value:.4f}" for n, value in enumerate(np.tile(WAVE, 2))])
    )
    assert found.rate_hz == pytest.approx(20000, rel=1e-3)
    assert "too coarse" in found.remarks[0]
    assert not np.any(found.missing)


@pytest.mark.parametrize(
    ("lines", "wanted", "words"),
    [
        ([], {}, "holds no number"),
        (["nothing", "here"], {}, "holds no number"),
        (["0 1", "1 2"], {}, "sampled at 2000"),
        (["5"], {"rate_hz": 4000}, "must last 0.5 s"),
        (["5"], {"rate_hz": -1}, "give a rate above 0"),
        (["5"], {"rate_hz": float("nan")}, "give a rate above 0"),
        (["0.1 1", "0.2 1", "0.1 2"], {}, "line 3: the time goes back"),
        (["0 1", "0 1", "0 2"], {}, "times that stand still"),
        (["0 1", "nan 2"], {}, "does not give a time"),
        ([*rows(), "900 1.0000"], {}, "check its times"),
        (rows(), {"from_s": 3}, "lasts 2 s"),
        (rows(), {"from_s": 1, "to_s": 0.5}, "lasts 2 s"),
        (rows(), {"from_s": float("nan")}, "lasts 2 s"),
        (rows(), {"channel": "2"}, "has no channel '2'"),
        ([f"{line} 5" for line in rows(apart=" ")], {}, "has 2 channels"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, lines, wanted, words):
    assert words in refused(written(tmp_path, lines), **wanted)


def test_a_channel_is_chosen_by_name_or_number(tmp_path):
    path = written(tmp_path, ["time,left,right", *(f"{line},{7}" for line in rows(apart=","))], "two.csv")
    assert "1 left, 2 right" in refused(path)
    for channel in ("right", "2"):
        assert set(read_emg(path, Wanted(channel=channel)).samples_mv) == {7}


def test_a_part_is_cut_out(tmp_path):
    found = read_emg(written(tmp_path, rows()), Wanted(from_s=0.5, to_s=1.5))
    assert found.samples_mv == pytest.approx(WAVE[2000:6000])


def test_amplitudes_no_needle_records_are_questioned(tmp_path):
    found = read_emg(written(tmp_path, rows(values=500 * WAVE)))
    assert "check --unit" in found.remarks[-1]


def test_what_is_no_recording_is_refused(tmp_path):
    assert "ends in .txt" in refused(written(tmp_path, b"x", "x.png"))
    assert "is not there" in refused(tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "is a folder" in refused(tmp_path / "folder.txt")
    assert all(ending in refused(written(tmp_path, b"x", "x.png")) for ending in ENDINGS)


def edf(folder, units=("uV", "mV"), labels=("one", "two")):
    signals = [
        edfio.EdfSignal(WAVE * size, RATE, label=label, physical_dimension=unit)
        for unit, label, size in zip(units, labels, (1000, 2), strict=False)
    ]
    edfio.Edf(signals).write(folder / "needle.edf")
    return folder / "needle.edf"


def test_edf_is_read_with_its_unit_and_channel(tmp_path):
    path = edf(tmp_path)
    assert "1 one, 2 two" in refused(path)
    one, two = (read_emg(path, Wanted(channel=name)) for name in ("one", "2"))
    assert one.rate_hz == RATE
    assert one.samples_mv == pytest.approx(WAVE, abs=1e-3)
    assert two.samples_mv == pytest.approx(2 * WAVE, abs=1e-3)


def test_an_unknown_unit_must_be_said_and_a_wrong_rate_can_be(tmp_path):
    path = edf(tmp_path, units=("adu",), labels=("one",))
    assert "gives its channel in 'adu'" in refused(path)
    found = read_emg(path, Wanted(unit="uV", rate_hz=5000))
    assert found.rate_hz == 5000
    assert "not at the 4000 Hz of the file" in found.remarks[0]


@pytest.mark.parametrize("kept", [0, 10, 100, 300, 700])
def test_a_torn_edf_is_refused(tmp_path, kept):
    path = edf(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        refused(path, channel="1")


def test_wfdb_is_read_by_header_or_signal_file(tmp_path):
    p = np.stack([WAVE, 1000 * WAVE], axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wfdb.wrsamp("needle", RATE, ["mV", "uV"], ["a", "b"], p, fmt=["16", "16"], write_dir=str(tmp_path))
    for name, channel in (("needle.hea", "a"), ("needle.dat", "b")):
        found = read_emg(tmp_path / name, Wanted(channel=channel))
        assert found.samples_mv == pytest.approx(WAVE, abs=1e-3)
    (tmp_path / "needle.dat").unlink()
    assert "signal file that is not there (needle.dat)" in refused(tmp_path / "needle.hea", channel="a")
    (tmp_path / "needle.hea").write_text("nonsense")
    assert "not a whole WFDB record" in refused(tmp_path / "needle.hea", channel="a")
    assert "put lone.hea beside it" in refused(written(tmp_path, b"x", "lone.dat"))


@pytest.mark.parametrize(
    ("name", "lines"),
    [("healthy", "639 and 41464"), ("myopathy", "64468 and 93751"), ("neuropathy", "71194 and 84054")],
)
def test_the_damaged_lines_of_the_examples_are_named(name, lines):
    path = EXAMPLES / f"emg_{name}.txt.gz"
    found = read_emg(path)
    assert found.rate_hz == 4000
    assert found.remarks[0] == f"lines {lines} cannot be read as numbers: taken as gaps, and bridged"
    assert "1001 lines apart" in found.remarks[1]


def test_strict_refuses_an_example_and_says_why():
    told = refused(EXAMPLES / "emg_healthy.txt.gz", strict=True)
    assert "lines 639 and 41464" in told
    assert "50 lines (1000, 2001, 3002, 4003, ...)" in told
