"""Send impulses along axons: when, where and whether they arrive."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.assembly import Makeup
from ranvier.nerve.block import Keep, block
from ranvier.nerve.cable import run
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.over import over
from ranvier.nerve.settle import rested
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]

STEP_US = 2.0
"""The step at which velocities lie within 0.5 % of the converged value from 20 to 42 degC."""

SHORTEST_STEP_US, LONGEST_STEP_US = 0.01, 20.0

Precision = Literal["float32", "float64"]


@dataclass(frozen=True)
class Propagation:
    """What a run of F fibres of at most N nodes gave.

    `crossing_ms` (F, N, K): when each node rose through 0 mV, first to K-th time, not a number where it did
    not. `crossed` (F, N): how often it did. `trace_mv` (F, T, R): potentials of traced nodes at `trace_ms`.
    """

    fibres: tuple[Fibre, ...]
    crossing_ms: Array
    crossed: NDArray[np.int64]
    trace_ms: Array
    trace_mv: Array
    traced: tuple[int, ...]

    def arrival_ms(self, node: int) -> Array:
        """When the first impulse passed a node in each fibre; not a number where none did."""
        return self.crossing_ms[:, node, 0]

    def velocity_m_s(self, first: int, last: int) -> Array:
        """Conduction velocity of the first impulse between two nodes in each fibre."""
        spacing = np.array([fibre.spacing_mm for fibre in self.fibres])
        return (last - first) * spacing / (self.arrival_ms(last) - self.arrival_ms(first))


def propagate(
    fibres: Fibre | Sequence[Fibre],
    pulses: Sequence[Pulse] | Sequence[Sequence[Pulse]] = (Pulse(),),
    duration_ms: float = 5.0,
    *,
    step_us: float = STEP_US,
    precision: Precision = "float64",
    exact: bool = True,
    keep_crossings: int = 4,
    traced: Sequence[int] = (),
    trace_every_us: float | None = None,
    goals: Sequence[int] | None = None,
    workers: int | None = None,
    device: run.Device = "auto",
    progress: Callable[[float], None] | None = None,
) -> Propagation:
    """Send impulses along one or many axons.

    `pulses` holds for all fibres, or one sequence per fibre. `exact` follows every node and every mode of
    the internodes all the time; without it nodes sleep before and after the impulse, which is right for
    one impulse per fibre. Fibres of a run share membrane and pump. `goals`: a node of each fibre; a run may
    end early, when each impulse has arrived there or nothing moves any more. `progress` is told the share
    that is done.

    Raises ValueError for a field out of its range, `run.DivergedError` when the numbers leave all bounds.
    """
    given = (fibres,) if isinstance(fibres, Fibre) else tuple(fibres)
    traced = tuple(traced)
    shocks = per_fibre(tuple(pulses), given)
    check(given, shocks, traced, duration_ms, step_us)
    refuse_settings(precision, keep_crossings, trace_every_us, workers)
    dtype, step_ms = np.dtype(precision), step_us / 1000
    steps = max(1, round(duration_ms / step_ms))
    every = max(1, round((trace_every_us or step_us) / step_us))
    keep = Keep(keep_crossings, tuple(traced), every)
    engine = run.engine(device, len(given))
    width = engine.width(dtype, len(given))
    order = sorted(range(len(given)), key=lambda i: (given[i].spacing_mm, given[i].nodes))
    parts = [order[i : i + width] for i in range(0, len(order), width)]
    result = blank(given, keep, steps, step_ms)
    stop = threading.Event()

    def work(part: list[int]) -> int:
        mine = [given[i] for i in part]
        made = block(
            mine,
            [shocks[i] for i in part],
            steps,
            step_ms=step_ms,
            width=width,
            dtype=dtype,
            exact=exact,
            keep=keep,
        )
        begun = rested(made, mine, stop)
        ready = over(begun, lanes_of([goals[i] for i in part], width)) if goals is not None else None
        harvest(result, part, run.run(begun, steps, stop, on=engine, over=ready), keep, step_ms)
        return len(part)

    in_parallel(work, parts, workers or os.cpu_count() or 1, stop, progress)
    return result


def lanes_of(goals: list[int], width: int) -> NDArray[np.int64]:
    """The goal of each column of a block; the last fibre fills those that are left over."""
    return np.array([*goals, *[goals[-1]] * (width - len(goals))], np.int64)


def per_fibre(
    pulses: Sequence[Pulse | Sequence[Pulse]], fibres: tuple[Fibre, ...]
) -> list[tuple[Pulse, ...]]:
    """The pulses of each fibre."""
    same = tuple(each for each in pulses if isinstance(each, Pulse))
    apart = [tuple(each) for each in pulses if not isinstance(each, Pulse)]
    if not apart:
        return [same] * len(fibres)
    if same or len(apart) != len(fibres):
        raise ValueError(
            f"pulses: {len(pulses)} sequences for {len(fibres)} fibres; give one for each, or one for all."
        )
    return apart


def check(
    fibres: tuple[Fibre, ...],
    shocks: list[tuple[Pulse, ...]],
    traced: Sequence[int],
    duration_ms: float,
    step_us: float,
) -> None:
    """Refuse what cannot be computed."""
    if not fibres:
        raise ValueError("fibres: at least one is needed.")
    if not SHORTEST_STEP_US <= step_us <= LONGEST_STEP_US:
        least, most = SHORTEST_STEP_US, LONGEST_STEP_US
        raise ValueError(f"step_us must lie between {least:g} and {most:g} us, not {step_us:g}.")
    if not 0 < duration_ms < 1e5:
        raise ValueError(f"duration_ms must lie above 0 and below 100000 ms, not {duration_ms:g}.")
    Makeup.of(fibres)
    last = min(fibre.nodes for fibre in fibres) - 1
    for node in traced:
        if not 0 <= node <= last:
            raise ValueError(f"traced: the fibre has nodes 0 to {last}, not {node}.")
    for fibre, pulses in zip(fibres, shocks, strict=True):
        for pulse in pulses:
            if pulse.onset_ms >= duration_ms:
                raise ValueError(
                    f"pulse: begins at {pulse.onset_ms:g} ms, after the run of {duration_ms:g} ms has ended."
                )
            if pulse.node >= fibre.nodes:
                raise ValueError(f"pulse: the fibre has nodes 0 to {fibre.nodes - 1}, not {pulse.node}.")


def refuse_settings(
    precision: str, keep_crossings: int, trace_every_us: float | None, workers: int | None
) -> None:
    """Refuse settings that no run can have."""
    if precision not in get_args(Precision):
        raise ValueError(f"precision must be one of {', '.join(get_args(Precision))}, not {precision!r}.")
    if keep_crossings < 1:
        raise ValueError(f"keep_crossings must be 1 or more, not {keep_crossings}.")
    if trace_every_us is not None and not 0 < trace_every_us < np.inf:
        raise ValueError(f"trace_every_us must be above 0, not {trace_every_us:g}.")
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}.")


def blank(fibres: tuple[Fibre, ...], keep: Keep, steps: int, step_ms: float) -> Propagation:
    """A result to be filled."""
    nodes, frames = max(fibre.nodes for fibre in fibres), -(-steps // keep.every)
    return Propagation(
        fibres=fibres,
        crossing_ms=np.full((len(fibres), nodes, keep.crossings), np.nan),
        crossed=np.zeros((len(fibres), nodes), np.int64),
        trace_ms=np.arange(frames, dtype=float) * (keep.every * step_ms),
        trace_mv=np.zeros((len(fibres), frames, len(keep.traced))),
        traced=keep.traced,
    )


def harvest(result: Propagation, part: list[int], done: run.Block, keep: Keep, step_ms: float) -> None:
    """Put what a block gave where its fibres stand."""
    nodes = len(done.node_row)
    crossing = done.crossing.reshape(nodes, keep.crossings, -1) * step_ms
    trace = done.trace.reshape(-1, len(keep.traced), done.trace.shape[1]) if keep.traced else None
    for lane, i in enumerate(part):
        own = result.fibres[i].nodes
        result.crossing_ms[i, :own] = crossing[:own, :, lane]
        result.crossed[i, :own] = done.crossed[:own, lane]
        if trace is not None:
            result.trace_mv[i] = trace[:, :, lane]


def in_parallel(
    work: Callable[[list[int]], int],
    parts: list[list[int]],
    workers: int,
    stop: threading.Event,
    progress: Callable[[float], None] | None,
) -> None:
    """Do the parts on several threads (the kernel frees the interpreter); an interrupt stops them."""
    total, done = sum(map(len, parts)), 0
    with ThreadPoolExecutor(max_workers=min(workers, len(parts))) as pool:
        waiting: set[Future[int]] = {pool.submit(work, part) for part in parts}
        try:
            while waiting:
                finished, waiting = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                done += sum(each.result() for each in finished)
                if progress and finished:
                    progress(done / total)
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise
