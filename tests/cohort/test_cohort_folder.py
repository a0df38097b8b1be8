"""A cohort's folder: whole files or none, one question, and the same table however it was written."""

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seed_tasks import Times, squares

from ranvier.cohort.folder import files, neighbours, opened, present, read, write
from ranvier.cohort.question import differences, question


def rows(seed):
    return [{"seed": seed, "visit": n, **row} for n, row in enumerate(squares(seed))]


def filled(folder, groups):
    opened(folder, question(squares))
    for group in groups:
        write(folder, group, [row for seed in group for row in rows(seed)])
    return folder


@given(st.sets(st.integers(0, 60)), st.integers(1, 20))
def test_neighbours_are_the_seeds_in_runs_without_gaps(seeds, most):
    groups = list(neighbours(seeds, most))
    assert [seed for group in groups for seed in group] == sorted(seeds)
    assert all(1 <= len(group) <= most for group in groups)


def test_neighbours_fill_each_group():
    assert list(neighbours([1, 2, 3, 4, 5, 9], 2)) == [range(1, 3), range(3, 5), range(5, 6), range(9, 10)]


def test_the_table_does_not_depend_on_groups_or_their_order(tmp_path):
    one = read(filled(tmp_path / "one", [range(1, 21)]))
    many = read(filled(tmp_path / "many", [range(14, 21), range(1, 3), range(3, 14)]))
    assert one.equals(many)
    assert one["seed"].to_pylist() == sorted([*range(1, 21)] * 2)
    assert not list(tmp_path.glob("*/.*"))
    assert one["value"].to_pylist()[4:6] == [3.5, 7.0]


def test_a_seed_answered_twice_stands_once(tmp_path):
    folder = filled(tmp_path, [range(1, 6), range(4, 9)])
    assert read(folder)["seed"].to_pylist() == sorted([*range(1, 9)] * 2)


def test_seeds_without_rows_are_answered(tmp_path):
    folder = filled(tmp_path, [range(1, 3)])
    write(folder, range(3, 5), [])
    assert present(folder) == {1, 2, 3, 4}
    assert read(folder)["seed"].to_pylist() == [1, 1, 2, 2]


def test_a_file_begun_and_not_finished_is_ignored(tmp_path):
    folder = filled(tmp_path, [range(1, 3)])
    whole = next(iter(files(folder))).read_bytes()
    (folder / ".seeds-0000003-0000004.parquet.77").write_bytes(whole)
    assert present(folder) == {1, 2}
    assert len(read(folder)) == 4


def test_a_damaged_file_is_made_again_and_never_read(tmp_path):
    folder = filled(tmp_path, [range(1, 3), range(3, 5)])
    last = list(files(folder))[-1]
    last.write_bytes(last.read_bytes()[:-20])
    assert present(folder) == {1, 2}
    with pytest.raises(ValueError, match=r"seeds-0000003-0000004.parquet is damaged; run the cohort again"):
        read(folder)
    write(folder, range(3, 5), rows(3) + rows(4))
    assert len(read(folder)) == 8


def test_a_failed_write_leaves_nothing_that_counts(tmp_path, monkeypatch):
    folder = filled(tmp_path, [range(1, 3)])

    def full(table, path, **_):
        path.write_bytes(b"PAR1")
        raise OSError("no space left")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OSError, match="no space"):
        write(folder, range(3, 5), rows(3))
    assert present(folder) == {1, 2}


def test_a_folder_answers_one_question(tmp_path):
    opened(tmp_path, question(Times(2)))
    opened(tmp_path, question(Times(2)))
    with pytest.raises(ValueError, match=r"holds another cohort \(factor 2, not 3\); name another folder\.$"):
        opened(tmp_path, question(Times(3)))
    with pytest.raises(ValueError, match="task 'seed_tasks.Times', not 'seed_tasks.squares'"):
        opened(tmp_path, question(squares))


def test_another_state_of_the_program_is_another_question():
    asked = question(Times(2))
    assert list(differences(asked, {**asked, "program": "other"})) == [("program", asked["program"], "other")]
    assert asked["version"]
    assert len(asked["program"]) == 16


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("")
    with pytest.raises(ValueError, match="other files and no cohort"):
        opened(tmp_path, question(squares))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_task_without_a_name_is_refused():
    with pytest.raises(ValueError, match="top of a module"):
        question(lambda seed: [])


def test_reading_says_what_is_missing(tmp_path):
    with pytest.raises(ValueError, match=r"cohort.json cannot be read"):
        read(tmp_path)
    opened(tmp_path, question(squares))
    with pytest.raises(ValueError, match="no patients yet"):
        read(tmp_path)
