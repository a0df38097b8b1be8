"""When nothing more can come of the impulses of a block: each has arrived, or has died."""

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.cable.rows import Block
from ranvier.nerve.cable.run import Over

STILL_MV = 5.0
"""A fibre none of whose nodes is farther above its rest than this has no impulse."""


def over(start: Block, goals: NDArray[np.int64]) -> Over:
    """Whether a block that began like this is over: every fibre has fired at its goal, or is still.

    Nothing is over before the last pulse is.
    """
    rest, lanes = start.potential.copy(), np.arange(len(goals))
    pulsed = float(start.pulses[1::3].max())

    def look(block: Block, step: int) -> bool:
        arrived = block.crossed[goals, lanes] > 0
        moves = (block.potential - rest > STILL_MV).any(axis=0)
        return step > pulsed and bool((arrived | ~moves).all())

    return look
