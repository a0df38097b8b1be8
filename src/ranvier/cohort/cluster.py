"""The processes that make a cohort: those of a Dask cluster that is there already, or of this machine."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dask.config
from distributed import Client, LocalCluster

PATIENCE = "20s"
"""How long to wait for a scheduler to answer."""
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "NUMBA", "OMP", "MKL", "VECLIB_MAXIMUM")}
SETTINGS: dict[str, Any] = {
    "distributed.nanny.pre-spawn-environ": ONE_THREAD,
    "distributed.worker.preload": ["ranvier.cohort.worker"],
    # A worker holds one group of patients: when it dies, no other group is suspected.
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.allowed-failures": 1,
}
QUIET: dict[str, Any] = {
    "dashboard_address": "127.0.0.1:0",
    "scheduler_kwargs": {"dashboard": False},
    "silence_logs": logging.CRITICAL,
}
"""No web page, and what is served in its place on no port that another cluster may want."""


@contextmanager
def cluster(scheduler: str | None, workers: int | None, count: int) -> Iterator[Client | None]:
    """A cluster to work on, ended with the work; none where there is nothing to do.

    `scheduler`: the address of one that is there already. Else `workers` processes of this machine, one for
    each core if not given, and no more than the `count` of patients. Raises ValueError if nothing answers.
    """
    if not count:
        yield None
    elif scheduler:
        with reached(scheduler) as client:
            yield client
    else:
        wanted = min(workers or os.cpu_count() or 1, count)
        with dask.config.set(SETTINGS), local(wanted) as here, Client(here, set_as_default=False) as client:
            yield client


def reached(scheduler: str) -> Client:
    """A client of a scheduler elsewhere."""
    try:
        return Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        told = f"scheduler: nothing answers at {scheduler}; name one as tcp://HOST:PORT, or leave it out."
        raise ValueError(told) from error


def local(workers: int) -> LocalCluster:
    """Processes that only this machine can reach, with one thread each and no limit of memory."""
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", memory_limit=0, **QUIET
    )
