import pytest
from typer.testing import CliRunner

from formats.bad_inputs import BAD
from formats.tables import WHOLE, table
from ranvier.cli import app
from ranvier.formats.files import InputError, read_text, write_whole

RUN = CliRunner()
EARLIER = "what stood here before"


def refusal(folder, *arguments):
    """What the command line says on stderr when it refuses; nothing may be written."""
    output = folder / "result.html"
    output.write_text(EARLIER)
    before = sorted(folder.rglob("*"))
    result = RUN.invoke(app, ["examine", *map(str, arguments), "--output", str(output)])
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert output.read_text() == EARLIER
    assert sorted(folder.rglob("*")) == before
    return result.stderr


def test_no_name_stands_twice_and_there_are_enough():
    names = [bad.name for bad in BAD]
    assert len(set(names)) == len(names) >= 120


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_file_that_cannot_be_used_is_refused_in_a_plain_sentence(bad, tmp_path):
    file = tmp_path / f"input{bad.suffix}"
    file.write_bytes(bad.content)
    said = refusal(tmp_path, file)
    for sentence in said.splitlines():
        assert sentence.startswith(f"{file}: ")
        assert sentence.endswith(".")
        assert not sentence.endswith("..")
    for word in bad.words:
        assert word in said
    assert file.read_bytes() == bad.content


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_folder_is_refused(tmp_path, suffix):
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    assert "is a folder; name a patient file (.json) or an NCS table (.csv)" in refusal(tmp_path, folder)


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_missing_file_is_refused(tmp_path, suffix):
    file = tmp_path / f"missing{suffix}"
    assert f"{file}: cannot be read: no such file" in refusal(tmp_path, file)


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_file_of_100_mb_is_refused_unread(tmp_path, suffix, monkeypatch):
    file = tmp_path / f"large{suffix}"
    with file.open("wb") as large:
        large.truncate(100_000_000)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert "is 100 MB; the largest file taken is 20 MB" in refusal(tmp_path, file)


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_name_too_long_for_the_file_system_is_refused(tmp_path, suffix):
    assert "cannot be read" in refusal(tmp_path, tmp_path / ("a" * 300 + suffix))


def test_a_folder_that_may_not_be_entered_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "patient.json"
    file.write_text("{}")

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.stat", denied)
    with pytest.raises(InputError, match="cannot be read: permission denied"):
        read_text(file)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full"])
def test_a_file_without_end_is_refused_unread(tmp_path, device, monkeypatch):
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert device in refusal(tmp_path, device)


def test_an_error_in_the_added_table_names_that_table(tmp_path, cases):
    added = tmp_path / "study.csv"
    added.write_text(table(*WHOLE).replace("right", "both"))
    said = refusal(tmp_path, cases / "katirji-case-25.json", "--ncs", added)
    assert f"{added}: row 2, side" in said


def test_a_patient_file_is_no_table_to_add(tmp_path, cases):
    other = cases / "synthetic-definite-block.json"
    assert ".csv" in refusal(tmp_path, cases / "katirji-case-25.json", "--ncs", other)


@pytest.fixture
def good(tmp_path):
    file = tmp_path / "study.csv"
    file.write_text(table(*WHOLE))
    return file


def refused_output(good, output):
    before = sorted(good.parent.rglob("*"))
    result = RUN.invoke(app, ["examine", str(good), "--format", "json", "--output", str(output)])
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sorted(good.parent.rglob("*")) == before
    return result.stderr


def test_an_output_that_is_a_folder_is_refused(good, tmp_path):
    folder = tmp_path / "folder.json"
    folder.mkdir()
    assert f"{folder}: cannot be written: is a directory" in refused_output(good, folder)


def test_an_output_in_a_folder_that_is_not_there_is_refused(good, tmp_path):
    output = tmp_path / "nowhere" / "result.json"
    assert f"{output}: cannot be written: no such file or directory" in refused_output(good, output)


def test_an_output_below_a_file_is_refused(good):
    assert "cannot be written" in refused_output(good, good / "result.json")


def test_an_output_in_a_folder_closed_for_writing_is_refused(good, tmp_path, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.fsync", denied)
    output = tmp_path / "result.json"
    assert f"{output}: cannot be written: permission denied" in refused_output(good, output)


def test_the_input_is_never_overwritten_by_the_output(good):
    before = good.read_bytes()
    refused_output(good, good)
    assert good.read_bytes() == before


def failing(*_):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step):
    file = tmp_path / "result.json"
    file.write_text(EARLIER)
    monkeypatch.setattr(step, failing)
    with pytest.raises(InputError, match="cannot be written: no space left on device"):
        write_whole(file, "new")
    assert file.read_text() == EARLIER
    assert list(tmp_path.iterdir()) == [file]


def test_text_that_no_file_can_hold_is_written_as_an_escape(tmp_path):
    file = tmp_path / "result.json"
    write_whole(file, "a lone surrogate: \udcff")
    assert file.read_text() == "a lone surrogate: \\udcff"
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_succeeds_replaces_the_whole_file(tmp_path):
    file = tmp_path / "result.json"
    file.write_text(EARLIER * 100)
    write_whole(file, "new: µ\n")
    assert file.read_bytes() == "new: µ\n".encode()
    assert list(tmp_path.iterdir()) == [file]
