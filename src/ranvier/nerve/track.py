"""Threshold tracking: the smallest test pulse that excites, after whatever came before it.

What comes before is computed once; from its state fifteen test pulses of different strength and none go on
side by side, and the gap between the strongest that fails and the weakest that excites is narrowed.
"""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.block import Keep, block
from ranvier.nerve.cable import run
from ranvier.nerve.fibre import MOST_NODES, Fibre
from ranvier.nerve.settle import STATE, rested
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.temperature import factor

Array = NDArray[np.float64]
State = dict[str, NDArray]

STEP_MS = 0.005
DTYPE = np.dtype("float32")
ROUNDS, MOST_ROUNDS = 3, 8
STRETCH = 3.0

FEWEST_NODES = 17
"""A shorter fibre has no threshold of its own."""

LISTEN_MS = 2.0
"""How long after the end of a test pulse at 37 degC an impulse may still arrive."""


@dataclass(frozen=True)
class Trial:
    """A test pulse that begins at `onset_ms`, after conditioning pulses."""

    onset_ms: float
    conditioning: tuple[Pulse, ...] = ()


@dataclass(frozen=True)
class Electrode:
    """Where a fibre is stimulated and where its impulse is awaited."""

    node: int
    watched: int

    @classmethod
    def of(cls, fibre: Fibre) -> "Electrode":
        """The middle node, and the node eight further on (or the last but two).

        Raises ValueError where the sealed ends would change the threshold of the middle node.
        """
        if fibre.nodes < FEWEST_NODES:
            raise ValueError(f"nodes must lie between {FEWEST_NODES} and {MOST_NODES}, not {fibre.nodes}.")
        middle = fibre.nodes // 2
        return cls(middle, min(middle + 8, fibre.nodes - 3))


def thresholds(
    fibre: Fibre,
    trials: Sequence[Trial],
    test_ms: float,
    *,
    near_na: float | None = None,
    workers: int | None = None,
) -> Array:
    """The threshold current of each trial in nA.

    Searched about `near_na` (if not given, a tenth of the diameter in um), up to 27 times more and down to
    700 times less; infinite where nothing excites, not a number where the fibre fires without the test pulse.

    Raises ValueError for a fibre that is too short.
    """
    states = conditioned(fibre, trials)

    def one(trial: Trial) -> float:
        return threshold(fibre, trial, states[trial], test_ms, near_na or fibre.diameter_um / 10)

    with ThreadPoolExecutor(max_workers=workers or os.cpu_count()) as pool:
        return np.array(list(pool.map(one, trials)))


def prepared(fibre: Fibre, pulses: Sequence[Sequence[Pulse]], steps: int) -> run.Block:
    """A block of the same fibre with other pulses in each column, at rest."""
    fibres = [fibre] * len(pulses)
    made = block(
        fibres,
        pulses,
        steps,
        step_ms=STEP_MS,
        width=run.CPU.width(DTYPE, 0),
        dtype=DTYPE,
        exact=True,
        keep=Keep(crossings=8),
    )
    return rested(made, fibres)


def conditioned(fibre: Fibre, trials: Sequence[Trial]) -> dict[Trial, State]:
    """The state of the fibre at the onset of each test pulse; alike conditioning is computed once."""
    alike: dict[tuple[Pulse, ...], list[Trial]] = {}
    for trial in trials:
        alike.setdefault(trial.conditioning, []).append(trial)
    order, width = list(alike), run.CPU.width(DTYPE, 0)
    states: dict[Trial, State] = {}
    for first in range(0, len(order), width):
        states |= side_by_side(fibre, {each: alike[each] for each in order[first : first + width]})
    return states


def side_by_side(fibre: Fibre, alike: dict[tuple[Pulse, ...], list[Trial]]) -> dict[Trial, State]:
    """`conditioned` for as many kinds of conditioning as fit in a block."""
    made = prepared(fibre, list(alike), 1)
    states: dict[Trial, State] = {}
    at = 0
    for step in sorted({begin(trial) for trials in alike.values() for trial in trials}):
        run.run(made, step, threading.Event(), at)
        at = step
        for lane, trials in enumerate(alike.values()):
            for trial in trials:
                if begin(trial) == step:
                    states[trial] = {name: getattr(made, name)[:, lane : lane + 1].copy() for name in STATE}
    return states


def begin(trial: Trial) -> int:
    """The step in which a test pulse begins."""
    return round(trial.onset_ms / STEP_MS)


def threshold(fibre: Fibre, trial: Trial, state: State, test_ms: float, near_na: float) -> float:
    """`thresholds` for one trial: find a range whose ends differ, then narrow it."""
    low, high = near_na / STRETCH, near_na * STRETCH
    narrowed = 0
    for _ in range(MOST_ROUNDS):
        currents = np.geomspace(low, high, run.CPU.width(DTYPE, 0) - 1)
        fired, alone = excited(fibre, trial, state, test_ms, currents)
        if fired[0]:
            low, high = low / STRETCH**2, low
        elif not fired.any():
            low, high = high, high * STRETCH**2
        else:
            first = int(np.argmax(fired))
            low, high = float(currents[first - 1]), float(currents[first])
            narrowed += 1
        if narrowed == ROUNDS:
            return (low + high) / 2
        if not near_na / STRETCH**6 < high < near_na * STRETCH**4:
            return float("nan") if alone or fired[0] else float("inf")
    return float("nan")


def excited(
    fibre: Fibre, trial: Trial, state: State, test_ms: float, currents: Array
) -> tuple[NDArray[np.bool_], bool]:
    """Which of the test currents send an impulse of their own to the watched node, and if one comes anyway.

    The first column goes without a test pulse: an impulse under way from before is not counted.
    """
    electrode = Electrode.of(fibre)
    tests = [Pulse(trial.onset_ms, test_ms, float(each), electrode.node) for each in currents]
    listen = LISTEN_MS / float(factor(2.0, 37.0, np.min(fibre.temperatures())))
    start = begin(trial)
    end = start + round((test_ms + listen) / STEP_MS)
    made = prepared(fibre, [trial.conditioning, *((*trial.conditioning, each) for each in tests)], 1)
    copied = {name: np.repeat(state[name], 1 + len(currents), axis=1) for name in STATE}
    done = run.run(made._replace(**copied), end, threading.Event(), start)
    counted = done.crossed[electrode.watched]
    return counted[1:] > counted[0], bool(counted[0] > 0)
