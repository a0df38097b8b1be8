"""A process that adds to a diary until it is killed: `writer.py FILE NAME COUNT [STEP]`.

With STEP it kills itself within its second write: when the temporary file is open, written, flushed to disk,
or renamed.
"""

import os
import sys
from pathlib import Path
from signal import SIGKILL

from ranvier.formats import files
from ranvier.formats.diary_file import append
from ranvier.patient import Note


def die(*_):
    os.kill(os.getpid(), SIGKILL)


def prepare(step):
    """Have the next write end in death at a step."""
    synced = os.fsync
    fsync = {"opened": die, "flushed": lambda handle: (synced(handle), die()), "renamed": synced}[step]
    os.fsync = fsync
    if step == "renamed":
        files.settle = die


def main(file, name, count, step=""):
    print("ready", flush=True)
    for n in range(int(count)):
        if step and n == 1:
            prepare(step)
        append(Path(file), [Note(origin="reported", source="test", text=f"{name} {n}")], "p")
        print(n, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
