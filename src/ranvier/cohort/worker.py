"""What a process of a local cluster does first: it leaves Ctrl-C to the program that started it."""

from signal import SIG_IGN, SIGINT, signal


def dask_setup(worker: object) -> None:
    """Called by Dask in the new process, before any work."""
    signal(SIGINT, SIG_IGN)
