"""The fibre at its default step against values of NEURON extrapolated to a vanishing step (README.md)."""

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ranvier.nerve import Fibre, Lesion, Propagation, Pulse, propagate

CSV = Path(__file__).with_name("neuron_converged.csv")
MIDDLE = 25
SUPRATHRESHOLD_NA = 4.0
BEGIN_MS, PULSE_MS, HYPER_BEGIN_MS = 0.5, 0.1, 4.0
ALWAYS_MS = 1e4
LESION_OF = {
    "myelin": "myelin",
    "na": "na",
    "nodewide": "width",
    "paranode_gap": "paranode",
    "paranode_flut": "detachment",
}
GRID = 16
ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """One value of the file."""

    quantity: str
    diameter_um: float
    temperature_c: float
    k: int
    x: float
    value: str

    def __str__(self) -> str:
        parts = [self.quantity, f"{self.diameter_um:g}um", f"{self.temperature_c:g}C"]
        parts += [f"k{self.k}"] * bool(self.k) + [f"x{self.x:g}"] * (not math.isnan(self.x))
        return "-".join(parts)

    @property
    def number(self) -> float:
        return float(self.value)

    @property
    def lesion(self) -> str:
        """The lesion in the name of the quantity, `critical_na`."""
        return self.quantity.partition("_")[2]

    def fibre(self, x: float | None = None, nodes: int = 51, lesion: str = "") -> Fibre:
        """The fibre of this row with its lesion at strength x."""
        lesions = () if x is None else (Lesion(LESION_OF[lesion or self.lesion], x, *centred(self.k)),)
        return Fibre(self.diameter_um, nodes, self.temperature_c, lesions)

    @property
    def longest_ms(self) -> float:
        """No impulse that gets through a lesion takes longer than this."""
        return 8.0 if self.temperature_c >= 30 else 16.0


def centred(k: int) -> tuple[int, int]:
    """First and last of k nodes (or internodes) around number 25: 25, 24-26, 23-27, 21-30."""
    first = MIDDLE - (k - 1) // 2
    return first, first + k - 1


def read() -> list[Row]:
    with CSV.open(newline="") as file:
        return [
            Row(
                each["quantity"],
                float(each["diameter_um"]),
                float(each["temp_C"]),
                int(each["k"] or 0),
                float(each["x"] or "nan"),
                each["value"],
            )
            for each in csv.DictReader(file)
        ]


ROWS = read()


def rows(quantity: str) -> list[Row]:
    """The rows of a quantity, or of all that begin with `name_`."""
    found = [row for row in ROWS if row.quantity == quantity or row.quantity.startswith(f"{quantity}_")]
    assert found, f"{CSV.name}: no {quantity}"
    return found


def parametrised(*quantities: str):
    chosen = [row for quantity in quantities for row in rows(quantity)]
    return pytest.mark.parametrize("row", chosen, ids=str)


# How far a row may be off at the default step: share of the value, and in its unit.
NEAR = {
    "cv": (0.005, 0.0),
    "ap_peak": (0.0, 0.1),
    "ap_half_width": (0.002, 0.0),
    "threshold_node0": (0.002, 0.0),
    "threshold_node25": (0.002, 0.0),
    "strength_duration": (0.002, 0.0),
    "critical_na": (0.0, 0.001),
    "critical_myelin": (0.003, 0.0),
    "critical_nodewide": (0.003, 0.0),
    "critical_paranode_flut": (0.003, 0.0),
    "critical_hyper": (0.003, 0.0),
    "delay_na": (0.01, 0.0003),
    "delay_myelin": (0.01, 0.0003),
    "delay_nodewide": (0.01, 0.0003),
    "delay_paranode_gap": (0.01, 0.0003),
    "refractory_transmission": (0.003, 0.0),
}


def agrees(row: Row, found: float | None) -> None:
    """The row's value was found; None is `never`."""
    if row.value == "never":
        assert found is None
        return
    share, most = NEAR[row.quantity]
    assert found is not None, f"never, where NEURON gives {row.value}"
    assert found == pytest.approx(row.number, rel=0, abs=share * abs(row.number) + most)


def test_every_row_is_looked_at():
    assert {row.quantity for row in ROWS} == set(NEAR)
    assert len({str(row) for row in ROWS}) == len(ROWS)


# Healthy fibres


@cache
def velocities() -> dict[Row, float]:
    chosen = rows("cv")
    run = propagate([row.fibre() for row in chosen], duration_ms=6.0)
    return dict(zip(chosen, run.velocity_m_s(20, 40).tolist(), strict=True))


@parametrised("cv")
def test_velocity(row):
    agrees(row, velocities()[row])


@cache
def impulse(diameter_um: float, temperature_c: float) -> tuple[float, float]:
    """Peak and half width at node 30."""
    run = propagate(Fibre(diameter_um, 51, temperature_c), duration_ms=5.0, traced=(30,))
    trace = run.trace_mv[0, :, 0]
    peak = trace.max()
    half = (-80.0 + peak) / 2
    crossings = [
        run.trace_ms[i] + run.trace_ms[1] * (half - a) / (b - a)
        for i, (a, b) in enumerate(pairwise(trace))
        if (a < half) != (b < half)
    ]
    assert len(crossings) == 2
    return peak, crossings[1] - crossings[0]


@parametrised("ap_peak", "ap_half_width")
def test_shape_of_the_impulse(row):
    peak, width = impulse(row.diameter_um, row.temperature_c)
    agrees(row, peak if row.quantity == "ap_peak" else width)


# Boundaries: a grid of strengths side by side, the next one between the last that succeeds and the first that fails


@dataclass(frozen=True)
class Search:
    """What a boundary lies between, and how a strength is tried."""

    good: float
    bad: float
    trial: Callable[[float], tuple[Fibre, list[Pulse]]]
    succeeds: Callable[[Propagation, int, float], bool]
    duration_ms: float
    even: bool = False
    """An even grid, not an even one of logarithms."""

    def grid(self, good: float, bad: float) -> np.ndarray:
        return np.linspace(good, bad, GRID + 2) if self.even else np.geomspace(good, bad, GRID + 2)


def boundaries(searches: list[Search]) -> list[float | None]:
    """Where each search passes from success to failure; None when even `bad` succeeds."""
    ends: list[tuple[float, float] | None] = [(each.good, each.bad) for each in searches]
    for turn in range(ROUNDS):
        grids = [
            None if end is None else each.grid(*end)[0 if turn == 0 else 1 : None if turn == 0 else -1]
            for each, end in zip(searches, ends, strict=True)
        ]
        for i, outcome in enumerate(tried(searches, grids)):
            if ends[i] is not None:
                ends[i] = narrowed(grids[i], outcome, ends[i], first=turn == 0)
    return [None if end is None else float(np.mean(end)) for end in ends]


def narrowed(grid, outcome, end, first) -> tuple[float, float] | None:
    """The last success before the first failure, seen from the good end, and that failure."""
    if all(outcome):
        return None if first else (grid[-1], end[1])
    k = outcome.index(False)
    assert k > 0 or not first, "fails even where it should succeed"
    return (grid[k - 1] if k else end[0]), grid[k]


def tried(searches: list[Search], grids: list[np.ndarray | None]) -> list[list[bool]]:
    """Every strength of every grid, all at once for searches of one duration."""
    outcomes: list[list[bool]] = [[] for _ in searches]
    for duration_ms in sorted({each.duration_ms for each in searches}):
        jobs = [
            (i, float(x))
            for i, grid in enumerate(grids)
            if grid is not None and searches[i].duration_ms == duration_ms
            for x in grid
        ]
        if not jobs:
            continue
        trials = [searches[i].trial(x) for i, x in jobs]
        run = propagate([fibre for fibre, _ in trials], [pulses for _, pulses in trials], duration_ms)
        for lane, (i, x) in enumerate(jobs):
            outcomes[i].append(searches[i].succeeds(run, lane, x))
    return outcomes


def by(node: int, latest_ms: float) -> Callable[[Propagation, int, float], bool]:
    """Whether the first impulse passes a node by a time."""
    return lambda run, lane, x: bool(run.crossing_ms[lane, node, 0] <= latest_ms)


@cache
def thresholds() -> dict[Row, float | None]:
    chosen = rows("threshold")

    def search(row: Row) -> Search:
        node = int(row.quantity.removeprefix("threshold_node"))
        return Search(
            10.0,
            0.05,
            lambda x: (row.fibre(), [Pulse(BEGIN_MS, row.x, x, node)]),
            by(40, 3.0),
            3.0,
        )

    return dict(zip(chosen, boundaries([search(row) for row in chosen]), strict=True))


@parametrised("threshold")
def test_threshold(row):
    agrees(row, thresholds()[row])


@cache
def strengths() -> dict[Row, float | None]:
    chosen = rows("strength_duration")

    def search(row: Row) -> Search:
        end = BEGIN_MS + row.x + 2.0
        return Search(
            10.0, 0.05, lambda x: (row.fibre(nodes=21), [Pulse(BEGIN_MS, row.x, x, 10)]), by(18, end), end
        )

    return dict(zip(chosen, boundaries([search(row) for row in chosen]), strict=True))


@parametrised("strength_duration")
def test_strength_and_duration(row):
    agrees(row, strengths()[row])


# Lesions

RANGE = {
    "na": (1.0, 0.0),
    "myelin": (1.0, 250.0),
    "nodewide": (1.0, 200.0),
    "paranode_flut": (1.0, 200.0),
    "hyper": (0.0, 5.0),
}


@cache
def critical() -> dict[Row, float | None]:
    chosen = rows("critical")
    return dict(zip(chosen, boundaries([critical_search(row) for row in chosen]), strict=True))


def critical_search(row: Row) -> Search:
    good, bad = RANGE[row.lesion]
    begin = HYPER_BEGIN_MS if row.lesion == "hyper" else BEGIN_MS
    test = Pulse(begin, PULSE_MS, SUPRATHRESHOLD_NA)

    def trial(x: float) -> tuple[Fibre, list[Pulse]]:
        if row.lesion != "hyper":
            return row.fibre(x), [test]
        # As in the other simulator the current begins at t = 0; the lesion `current` would have been there always.
        first, last = centred(row.k)
        return row.fibre(), [test, *(Pulse(0.0, ALWAYS_MS, -x, node) for node in range(first, last + 1))]

    latest = begin + row.longest_ms
    return Search(good, bad, trial, by(45, latest), latest, even=row.lesion in ("na", "hyper"))


@parametrised("critical")
def test_where_conduction_fails(row):
    agrees(row, critical()[row])


@cache
def delays() -> dict[Row, float]:
    chosen = rows("delay")
    given = [row.fibre(row.x) for row in chosen]
    run = propagate([*given, chosen[0].fibre()], duration_ms=6.0)
    taken = run.arrival_ms(45) - run.arrival_ms(15)
    assert {(row.diameter_um, row.temperature_c) for row in chosen} == {(10.0, 37.0)}
    return dict(zip(chosen, (taken[:-1] - taken[-1]).tolist(), strict=True))


@parametrised("delay")
def test_delay_across_a_lesion(row):
    agrees(row, delays()[row])


@cache
def refractory() -> dict[Row, float | None]:
    chosen = rows("refractory_transmission")

    def search(row: Row) -> Search:
        fibre = row.fibre(row.x if row.k else None, lesion="na")

        def trial(interval: float) -> tuple[Fibre, list[Pulse]]:
            return fibre, [
                Pulse(onset, PULSE_MS, SUPRATHRESHOLD_NA) for onset in (BEGIN_MS, BEGIN_MS + interval)
            ]

        def both(run: Propagation, lane: int, interval: float) -> bool:
            return bool(run.crossing_ms[lane, 45, 1] <= BEGIN_MS + interval + 6)

        return Search(4.0, 0.3, trial, both, BEGIN_MS + 4.0 + 6.0)

    return dict(zip(chosen, boundaries([search(row) for row in chosen]), strict=True))


@parametrised("refractory_transmission")
def test_shortest_interval_that_is_transmitted(row):
    agrees(row, refractory()[row])
