"""Many patients through Dask: on this machine's cores, or on a cluster that is already there.

    run(task, seeds, folder) -> folder

A task turns a seed into rows and depends on nothing else, so that the cohort is the same whatever the number
of workers and however the seeds are grouped. Finished groups stay on disk; a second call does the rest.
"""

from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

import pyarrow as pa
from distributed import Client, Future, KilledWorker, as_completed

from ranvier.cohort.cluster import cluster
from ranvier.cohort.folder import Row, neighbours, opened, present, write
from ranvier.cohort.question import Task, program, question

Progress = Callable[[int, int], None]
"""Told how many patients are there, and how many were asked for."""
MOST_NAMED, MOST_RUNS = 3, 8
"""How many reasons, and seeds for each, an error names."""


LONGEST = 200
"""Letters of a reason; an error of one patient can name many entries."""


class CohortError(RuntimeError):
    """Some patients could not be made; the message names them. The others are kept."""


@dataclass(frozen=True)
class Answer:
    """What became of a group of seeds: the rows of each that went well, and why each other failed."""

    rows: dict[int, list[Row]]
    failed: dict[int, str]


def run(
    task: Task,
    seeds: Iterable[int],
    folder: str | Path,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    chunk: int = 10,
    progress: Progress | None = None,
) -> Path:
    """Every seed's rows in Parquet files of a folder, at most `chunk` seeds in each.

    `task`: seed -> rows, dictionaries of plain values (`seed` and `visit` are added where missing); a
    function at the top of a module, or a dataclass. `scheduler`: the address of a Dask cluster, tcp://...;
    else one of `workers` processes is started here, one for each core. Seeds in the folder are left alone.
    In a script, call it under `if __name__ == "__main__":`, since processes are started. Raises ValueError
    for bad input or a folder that holds another cohort, CohortError naming the seeds that failed.
    """
    wanted, folder = sorted(set(seeds)), Path(folder)
    checked(wanted, scheduler, workers, chunk)
    opened(folder, question(task))
    missing = sorted(set(wanted) - present(folder))
    done = len(wanted) - len(missing)
    tell = progress or (lambda now, of: None)
    tell(done, len(wanted))
    failed: dict[int, str] = {}
    with cluster(scheduler, workers, len(missing)) as client:
        for group, answer in answers(client, task, list(neighbours(missing, chunk))):
            lost = kept(folder, group, answer)
            failed |= lost
            done += len(group) - len(lost)
            tell(done, len(wanted))
    if failed:
        raise CohortError(told(failed, done, folder))
    return folder


def checked(seeds: list[int], scheduler: str | None, workers: int | None, chunk: int) -> None:
    """Refuse what cannot be run, in a sentence."""
    if not seeds or seeds[0] < 0:
        raise ValueError("seeds must be whole numbers from 0 on, and at least one.")
    if chunk < 1:
        raise ValueError(f"chunk must be 1 or more, not {chunk}.")
    if workers is not None and scheduler is not None:
        raise ValueError("workers counts processes of this machine; leave it out where a scheduler is named.")
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}.")


def answers(client: Client | None, task: Task, groups: list[range]) -> Iterator[tuple[range, Answer]]:
    """The answer to each group of seeds, as they come."""
    if client is None:
        return
    asked = client.map(attempt, [task] * len(groups), groups, [program()] * len(groups), pure=False)
    by_key = {future.key: group for future, group in zip(asked, groups, strict=True)}
    done = as_completed(asked, loop=client.loop)
    asked.clear()
    for future in done:
        group = by_key[future.key]
        yield group, answered(future, group)
        future.release()


def answered(future: Future, group: range) -> Answer:
    """The answer, or that the whole group is lost: its worker kept dying, or the scheduler went away."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        return Answer({}, dict.fromkeys(group, said(error)))


def kept(folder: Path, group: range, answer: Answer) -> dict[int, str]:
    """Write what went well, and give back what did not."""
    failed = dict(answer.failed)
    for part in neighbours(answer.rows, len(group)):
        try:
            write(folder, part, [row for seed in part for row in answer.rows[seed]])
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            failed |= dict.fromkeys(part, said(error))
    return failed


def attempt(task: Task, seeds: range, maker: str) -> Answer:
    """The rows of each seed of a group; a seed that fails does not take the others with it."""
    if program() != maker:
        raise RuntimeError(
            "this worker has another program than the one that asks; install the same one there"
        )
    rows: dict[int, list[Row]] = {}
    failed: dict[int, str] = {}
    for seed in seeds:
        try:
            rows[seed] = numbered(seed, task(seed))
        except Exception as error:
            failed[seed] = said(error)
    return Answer(rows, failed)


def numbered(seed: int, rows: list[dict[str, Any]]) -> list[Row]:
    """Rows with their seed and the number of their visit; raises ValueError if two have the same."""
    found: list[Row] = [{"seed": seed, "visit": n, **row} for n, row in enumerate(rows)]
    if len({row["visit"] for row in found}) < len(found) or any(row["seed"] != seed for row in found):
        raise ValueError("each row of a task needs a visit of its own, and the task's seed")
    return found


def said(error: BaseException) -> str:
    """An error in one line."""
    if isinstance(error, KilledWorker):
        return "its worker was killed again and again, perhaps for want of memory"
    return shorten(f"{type(error).__name__}: {error}", LONGEST, placeholder=" ...")


def told(failed: dict[int, str], done: int, folder: Path) -> str:
    """Which seeds failed for which reason, in a sentence for each of the first."""
    reasons: dict[str, list[int]] = {}
    for seed, reason in sorted(failed.items()):
        reasons.setdefault(reason, []).append(seed)
    named = [f"{seeds_named(seeds)} failed: {reason}" for reason, seeds in reasons.items()][:MOST_NAMED]
    more = f"; and {len(reasons) - MOST_NAMED} reasons more" if len(reasons) > MOST_NAMED else ""
    return f"{'; '.join(named)}{more}. The other {done} are in {folder}; run it again to try these again."


def seeds_named(seeds: list[int]) -> str:
    """`seed 7`, or `seeds 4 to 6, 9`."""
    parts = neighbours(seeds, len(seeds))
    runs = [str(part[0]) if len(part) == 1 else f"{part[0]} to {part[-1]}" for part in parts]
    more = f" and {len(runs) - MOST_RUNS} more" if len(runs) > MOST_RUNS else ""
    return f"seed{'s' if len(seeds) > 1 else ''} {', '.join(runs[:MOST_RUNS])}{more}"
