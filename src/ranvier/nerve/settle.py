"""Fibres with channels under the myelin at rest: left alone until their slow channels have settled."""

import threading
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.block import Keep, block
from ranvier.nerve.cable import run
from ranvier.nerve.fibre import Fibre

SETTLING_MS = 100.0
STEP_MS = 0.01

STATE = ("potential", "gates", "modes", "sodium", "inner_gates", "axolemma", "inner_current")
"""What a resting fibre hands on to the run that follows."""


def rested(made: run.Block, fibres: list[Fibre], stop: threading.Event | None = None) -> run.Block:
    """The block with its fibres settled; fibres that are alike settle once."""
    if not made.inner_channels:
        return made
    alike = tuple(dict.fromkeys(fibres))
    width = made.potential.shape[1]
    state = settled(alike, width, made.potential.dtype, Watch(stop or threading.Event()))
    lanes = [alike.index(fibre) for fibre in fibres]
    lanes += [lanes[-1]] * (width - len(lanes))
    taken = {name: np.ascontiguousarray(state[name][:, lanes]) for name in STATE}
    return made._replace(**taken, earlier=taken["potential"].copy())


@dataclass(frozen=True)
class Watch:
    """Whether to stop; all watches are alike to what is remembered."""

    stop: threading.Event = field(compare=False)


@lru_cache(maxsize=8)
def settled(fibres: tuple[Fibre, ...], width: int, dtype: np.dtype, watch: Watch) -> dict[str, NDArray]:
    """The state of fibres after they were left alone, one per column."""
    steps = round(SETTLING_MS / STEP_MS)
    quiet = block(
        fibres,
        [()] * len(fibres),
        steps,
        step_ms=STEP_MS,
        width=width,
        dtype=dtype,
        exact=True,
        keep=Keep(crossings=1),
    )
    done = run.run(quiet, steps, watch.stop)
    return {name: getattr(done, name) for name in STATE}
