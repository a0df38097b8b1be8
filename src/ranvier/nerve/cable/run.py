"""Run a block of fibres through the kernel, on the processor or a graphics card, stoppable at any moment."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from ranvier.nerve.cable import cpu
from ranvier.nerve.cable.rows import Block

SLICE = 1_000_000
"""Node steps between two looks at whether to stop: about a tenth of a second."""

CARD_SLICE = 200
"""Steps between two looks on a graphics card."""

WORTH_A_CARD = 2048
"""Fibres from which `auto` takes a graphics card if there is one."""

EARLY_SLICE = 200
"""Steps between two looks at whether a run is over before its time."""

Device = Literal["auto", "cpu", "gpu"]


Over = Callable[[Block, int], bool]
"""Whether nothing more can come of a block, after so many steps."""


class DivergedError(RuntimeError):
    """The numbers of a run left every physiological range; none are returned."""


@dataclass(frozen=True)
class Engine:
    """Where blocks are computed: how many fibres a block holds, and how it gets there, on and back."""

    width: Callable[[np.dtype, int], int]
    send: Callable[[Block], Block]
    advance: Callable[[Block, int, int], None]
    fetch: Callable[[Block], Block]
    stride: Callable[[int], int]


CPU = Engine(
    width=lambda dtype, fibres: cpu.WIDTH[dtype],
    send=lambda block: block,
    advance=lambda block, start, end: cpu.ADVANCE[block.potential.dtype](block, start, end),
    fetch=lambda block: block,
    stride=lambda nodes: max(1, SLICE // nodes),
)


def engine(device: Device, fibres: int) -> Engine:
    """The engine for a run of so many fibres.

    Raises ValueError for an unknown device, or when a graphics card is asked for and there is none.
    """
    if device not in get_args(Device):
        raise ValueError(f"device must be one of {', '.join(get_args(Device))}, not {device!r}.")
    if device == "cpu" or (device == "auto" and fibres < WORTH_A_CARD):
        return CPU
    from ranvier.nerve.cable import gpu

    if gpu.present():
        return Engine(
            width=lambda dtype, fibres: min(fibres, gpu.MOST_FIBRES),
            send=gpu.sent,
            advance=gpu.advance,
            fetch=gpu.fetched,
            stride=lambda nodes: CARD_SLICE,
        )
    if device == "gpu":
        raise ValueError("device gpu: no NVIDIA graphics card was found; install ranvier[gpu], or use cpu.")
    return CPU


def run(
    block: Block,
    steps: int,
    stop: threading.Event,
    start: int = 0,
    on: Engine = CPU,
    over: Over | None = None,
) -> Block:
    """A block from step `start` up to step `steps`; on the processor no longer than until it is `over`.

    Raises DivergedError when a potential is no number or beyond 1 V, and KeyboardInterrupt when stopped.
    """
    there = on.send(block)
    early = over if on is CPU else None
    stride = min(on.stride(len(block.node_row)), EARLY_SLICE if early else steps)
    for first in range(start, steps, stride):
        if stop.is_set():
            raise KeyboardInterrupt
        last = min(first + stride, steps)
        on.advance(there, first, last)
        if on is CPU:
            refuse_nonsense(there)
        if early and early(there, last):
            break
    done = on.fetch(there)
    refuse_nonsense(done)
    return done


def refuse_nonsense(block: Block) -> None:
    """Raise DivergedError when a potential is, or ever was, no number or beyond 1 V."""
    if block.astray[0] or not np.all(np.isfinite(block.potential)):
        raise DivergedError(
            "the computation diverged: a membrane potential left all bounds; take a smaller step "
            "or a milder lesion or pulse. No numbers are returned."
        )
