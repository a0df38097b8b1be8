"""Cohorts through Dask: the same table however the work is shared, resumable, and honest about failures."""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from distributed import LocalCluster
from seed_tasks import deadly, mixed, nobody, squares, thirteen, threads, twice

from ranvier.cohort import CohortError, read, run
from ranvier.cohort.folder import files, present

HERE = str(Path(__file__).parent)


@pytest.fixture(scope="module")
def two():
    """The address of a cluster with two workers that is there already."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
    ) as cluster:
        yield cluster.scheduler_address


def test_workers_and_groups_do_not_change_the_table(two, tmp_path):
    run(squares, range(1, 30), tmp_path / "one", workers=1, chunk=29)
    run(squares, range(1, 30), tmp_path / "two", scheduler=two, chunk=4)
    run(squares, [*range(20, 30), *range(1, 20), 5], tmp_path / "three", scheduler=two, chunk=7)
    one = read(tmp_path / "one")
    assert one.num_rows == 58
    assert one.equals(read(tmp_path / "two"))
    assert one.equals(read(tmp_path / "three"))


def test_local_workers_have_one_thread(tmp_path):
    run(threads, range(1), tmp_path, workers=1)
    assert read(tmp_path).to_pylist() == [{"seed": 0, "visit": 0, "numba": "1", "blas": "1"}]


def test_a_run_that_was_stopped_goes_on(two, tmp_path):
    def stop(done, wanted):
        if done >= 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(squares, range(1, 30), tmp_path, scheduler=two, chunk=4, progress=stop)
    before = {path: path.stat().st_mtime_ns for path in files(tmp_path)}
    assert 12 <= len(present(tmp_path)) < 29
    told = []
    run(squares, range(1, 30), tmp_path, scheduler=two, chunk=5, progress=lambda *now: told.append(now))
    assert told[0] == (4 * len(before), 29)
    assert told[-1] == (29, 29)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    run(squares, range(1, 30), tmp_path / "whole", scheduler=two)
    assert read(tmp_path).equals(read(tmp_path / "whole"))


def test_nothing_is_started_where_nothing_is_missing(two, tmp_path):
    run(squares, range(3), tmp_path, scheduler=two)
    told = []
    run(squares, range(3), tmp_path, scheduler="tcp://nobody:1", progress=lambda *now: told.append(now))
    assert told == [(3, 3)]


def test_a_failing_seed_is_named_and_the_others_are_kept(two, tmp_path):
    with pytest.raises(CohortError, match=r"^seed 13 failed: ValueError: no such axon. The other 28 are in"):
        run(thirteen, range(1, 30), tmp_path, scheduler=two)
    assert present(tmp_path) == set(range(1, 30)) - {13}


def test_a_worker_that_dies_takes_only_its_own_patients_along(tmp_path):
    with pytest.raises(CohortError, match=r"seeds 4 to 6 failed: its worker was killed.*The other 17"):
        run(deadly, range(1, 21), tmp_path, workers=2, chunk=3)
    assert present(tmp_path) == set(range(1, 21)) - {4, 5, 6}


def test_rows_that_are_no_table_are_refused(two, tmp_path):
    with pytest.raises(CohortError, match="seeds 0 to 4 failed: Arrow"):
        run(mixed, range(5), tmp_path / "mixed", scheduler=two)
    with pytest.raises(
        CohortError, match="seeds 0 to 1 failed: ValueError: each row of a task needs a visit"
    ):
        run(twice, range(2), tmp_path / "twice", scheduler=two)
    run(nobody, range(3), tmp_path / "nobody", scheduler=two)
    assert read(tmp_path / "nobody").num_rows == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seeds": []}, "at least one"),
        ({"seeds": [-1]}, "whole numbers from 0"),
        ({"chunk": 0}, "chunk must be 1 or more"),
        ({"workers": 0}, "workers must be 1 or more"),
        ({"workers": 2, "scheduler": "tcp://localhost:1"}, "leave it out"),
        ({"scheduler": "nonsense://here"}, "nothing answers at nonsense://here"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(tmp_path, asked, said):
    with pytest.raises(ValueError, match=said):
        run(squares, **{"seeds": range(3), "folder": tmp_path, **asked})


SLOW = """
import sys, time
sys.path.insert(0, {here!r})
from ranvier.cohort import run
def slow(seed):
    time.sleep(0.2)
    return [{{"value": seed}}]
if __name__ == "__main__":
    run(slow, range(1000), {folder!r}, workers=2, chunk=1, progress=lambda *now: print(*now, flush=True))
"""


def gone(group):
    """Whether every process of a group has ended, or does so at once."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
def test_ctrl_c_ends_every_process_and_keeps_what_is_done(tmp_path):
    script = tmp_path / "slow.py"
    script.write_text(SLOW.format(here=HERE, folder=str(tmp_path / "cohort")))
    with subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        while not running.stdout.readline().startswith("4 "):
            pass
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert said.count("Traceback") == 1
    assert said.strip().endswith("KeyboardInterrupt")
    assert gone(running.pid)
    assert read(tmp_path / "cohort").num_rows >= 4
