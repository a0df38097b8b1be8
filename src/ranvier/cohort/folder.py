"""A cohort's folder: what was asked in `cohort.json`, and the patients in Parquet files named by their seeds.

A file of patients is written under a temporary name and renamed when it is whole, so that a run may be killed
at any time. The name tells which seeds a file answers, also those that have no rows.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ranvier.cohort.question import differences

Row = Mapping[str, Any]
ASKED = "cohort.json"
KEY = ("seed", "visit")
NAME = re.compile(r"seeds-(\d+)-(\d+)\.parquet")


def opened(folder: Path, asked: dict[str, Any]) -> None:
    """The folder, made or found, for this question; raises ValueError if it answers another."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ASKED).exists():
        if any(not path.name.startswith(".") for path in folder.iterdir()):
            raise ValueError(f"{folder} holds other files and no cohort; name a new or an empty folder.")
        put(folder / ASKED, lambda path: path.write_text(json.dumps(asked, indent=1) + "\n"))
    held = asked_of(folder)
    differing = [f"{name} {was!r}, not {now!r}" for name, was, now in differences(held, asked)]
    if differing:
        raise ValueError(f"{folder} holds another cohort ({'; '.join(differing)}); name another folder.")


def asked_of(folder: Path) -> dict[str, Any]:
    """What the cohort in a folder was asked; raises ValueError if there is none."""
    try:
        return json.loads((folder / ASKED).read_text())
    except (OSError, ValueError) as error:
        raise ValueError(f"{folder}: {ASKED} cannot be read; name the folder of a cohort.") from error


def put(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file whole: under a temporary name, on the disk, then renamed."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    write(temporary)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)


def neighbours(seeds: Iterable[int], most: int) -> Iterator[range]:
    """Seeds in order, as runs without a gap of at most so many."""
    ordered = enumerate(sorted(set(seeds)))
    for _, run in groupby(ordered, lambda pair: pair[1] - pair[0]):
        members = [seed for _, seed in run]
        for n in range(0, len(members), most):
            yield range(members[n], members[n : n + most][-1] + 1)


def file_of(folder: Path, seeds: range) -> Path:
    """The file for these seeds."""
    return folder / f"seeds-{seeds[0]:07d}-{seeds[-1]:07d}.parquet"


def files(folder: Path) -> dict[Path, range]:
    """Every file of patients with its seeds, in order."""
    named = [(path, NAME.fullmatch(path.name)) for path in folder.iterdir()]
    found = [(path, range(int(m[1]), int(m[2]) + 1)) for path, m in named if m]
    return dict(sorted(found, key=lambda pair: (pair[1].start, pair[1].stop)))


def whole(path: Path) -> bool:
    """Whether a file of patients can be read."""
    try:
        pq.read_metadata(path)
    except (OSError, pa.ArrowInvalid):
        return False
    return True


def present(folder: Path) -> set[int]:
    """The seeds that are answered."""
    return {seed for path, seeds in files(folder).items() if whole(path) for seed in seeds}


def write(folder: Path, seeds: range, rows: Sequence[Row]) -> None:
    """Keep the rows of these seeds in one file."""
    names = dict.fromkeys(name for row in rows for name in row if name not in KEY)
    columns = {name: pa.array([row[name] for row in rows], pa.int64()) for name in KEY}
    table = pa.table(columns | {name: pa.array([row.get(name) for row in rows]) for name in names})
    put(file_of(folder, seeds), lambda path: pq.write_table(table, path, compression="zstd"))


def read(folder: str | Path) -> pa.Table:
    """Every patient of a cohort: a row per seed and visit, in this order, whatever the order of the work.

    Raises ValueError for a folder that holds no patients, or a file that is damaged.
    """
    asked_of(Path(folder))
    found = files(Path(folder))
    damaged = [path.name for path in found if not whole(path)]
    if damaged or not found:
        what = f"{damaged[0]} is damaged" if damaged else "there are no patients yet"
        raise ValueError(f"{folder}: {what}; run the cohort again with the same folder.")
    table = pa.concat_tables([pq.read_table(path) for path in found], promote_options="permissive")
    table = table.sort_by([(name, "ascending") for name in KEY])
    return table.filter(first(table))


def first(table: pa.Table) -> pa.Array:
    """Which rows of a sorted table do not repeat the one before: two runs at once may answer a seed twice."""
    seed, visit = (table[name].to_numpy() for name in KEY)
    new = np.ones(len(seed), bool)
    new[1:] = (seed[1:] != seed[:-1]) | (visit[1:] != visit[:-1])
    return pa.array(new)
