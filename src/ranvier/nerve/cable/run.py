"""Run blocks of fibres through the kernel, on as many cores as asked for, stoppable at any moment."""

import threading

import numpy as np

from ranvier.nerve.cable import cpu
from ranvier.nerve.cable.kernel import Block

SLICE = 1_000_000
"""Node steps between two looks at whether to stop: about a tenth of a second."""

FAR_MV = 1000.0


class DivergedError(RuntimeError):
    """The numbers of a run left every physiological range; none are returned."""


def width(dtype: np.dtype) -> int:
    """How many fibres make a block."""
    return cpu.WIDTH[dtype]


def run(block: Block, steps: int, stop: threading.Event, start: int = 0) -> Block:
    """A block from step `start` up to step `steps`.

    Raises DivergedError when a potential is no number or beyond 1 V, and KeyboardInterrupt when stopped.
    """
    advance = cpu.ADVANCE[block.potential.dtype]
    stride = max(1, SLICE // len(block.node_row))
    for first in range(start, steps, stride):
        if stop.is_set():
            raise KeyboardInterrupt
        advance(block, first, min(first + stride, steps))
        if not np.all(np.abs(block.potential) < FAR_MV):
            raise DivergedError(
                "the computation diverged: a membrane potential left all bounds; take a smaller step "
                "or a milder lesion or pulse. No numbers are returned."
            )
    return block
