"""The measurements on the NEURON fibre; each definition stands in tests/against/README.md."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from mrg_table import PULSE_MS, PULSE_START_MS, START_MV, SUPRATHRESHOLD_NA
from neuron_mrg import Fibre

MIDDLE = 25
ALWAYS_MS = 1e9
HYPER_TEST_MS = 4.0


def centred(k: int) -> range:
    """The k nodes (or internodes) around number 25: 25, 24-26, 23-27, 21-30."""
    first = MIDDLE - (k - 1) // 2
    return range(first, first + k)


def hyperpolarise(fibre: Fibre, k: int, current_na: float) -> None:
    """A constant outward current in each of the nodes, from t = 0 on."""
    for node in centred(k):
        fibre.inject(node, 0.0, ALWAYS_MS, -current_na)


LESIONS: dict[str, Callable[[Fibre, int, float], None]] = {
    "na": lambda fibre, k, x: fibre.scale_sodium(centred(k), x),
    "myelin": lambda fibre, k, x: fibre.scale_myelin(centred(k), x),
    "nodewide": lambda fibre, k, x: fibre.widen(centred(k), x),
    "paranode_gap": lambda fibre, k, x: fibre.open_paranode(centred(k), ("mysa",), x, False),
    "paranode_detach": lambda fibre, k, x: fibre.open_paranode(centred(k), ("mysa",), x, True),
    "paranode_flut": lambda fibre, k, x: fibre.open_paranode(centred(k), ("mysa", "flut"), x, True),
    "hyper": hyperpolarise,
}


@dataclass(frozen=True)
class Setting:
    """What stays the same between two steps: the fibre and its lesion."""

    diameter_um: float = 10.0
    temperature_c: float = 37.0
    lesion: str = ""
    k: int = 0
    x: float = 1.0

    def fibre(self, nodes: int = 51) -> Fibre:
        """A fresh fibre with its lesion."""
        fibre = Fibre(self.diameter_um, nodes, self.temperature_c)
        if self.lesion:
            LESIONS[self.lesion](fibre, self.k, self.x)
        return fibre

    @property
    def longest_ms(self) -> float:
        """No impulse that gets through a lesion takes longer than this."""
        return 8.0 if self.temperature_c >= 30 else 16.0


def conduction_ms(setting: Setting, dt_ms: float) -> float | None:
    """Time from node 15 to node 45, or None when node 45 is not reached."""
    fibre = setting.fibre()
    begin = HYPER_TEST_MS if setting.lesion == "hyper" else PULSE_START_MS
    fibre.inject(0, begin, PULSE_MS, SUPRATHRESHOLD_NA)
    seen = fibre.run(dt_ms, begin + setting.longest_ms, (15, 45), lambda c: bool(c[45]), begin + 1.0)
    return seen[45][0] - seen[15][0] if seen[45] else None


def velocity(setting: Setting, dt_ms: float) -> float:
    """Conduction velocity between nodes 20 and 40 in m/s."""
    fibre = setting.fibre()
    fibre.inject(0, PULSE_START_MS, PULSE_MS, SUPRATHRESHOLD_NA)
    seen = fibre.run(dt_ms, setting.longest_ms, (20, 40), lambda c: bool(c[40]))
    return 20 * fibre.geometry.spacing * 1e-3 / (seen[40][0] - seen[20][0])


def action_potential(setting: Setting, dt_ms: float, node: int = 30) -> tuple[float, float]:
    """Peak (largest sample, mV) and width at half the height between -80 mV and the peak (ms)."""
    fibre = setting.fibre()
    fibre.inject(0, PULSE_START_MS, PULSE_MS, SUPRATHRESHOLD_NA)
    fibre.start(dt_ms)
    trace, peak = [START_MV], START_MV
    while trace[-1] > -40 or peak < 0:
        trace.append(fibre.advance().voltage(node)[0])
        peak = max(peak, trace[-1])
    half = (START_MV + peak) / 2
    crossings = [
        (i + (half - a) / (b - a)) * dt_ms
        for i, (a, b) in enumerate(pairwise(trace))
        if (a < half) != (b < half)
    ]
    return peak, crossings[-1] - crossings[0]


def reaches(fibre: Fibre, node: int, dt_ms: float, until_ms: float, dead_after_ms: float) -> bool:
    """Whether the node crosses 0 mV upwards before `until_ms`."""
    return bool(fibre.run(dt_ms, until_ms, (node,), lambda c: bool(c[node]), dead_after_ms)[node])


def threshold_na(setting: Setting, node: int, dt_ms: float, near: float | None) -> float:
    """Smallest current (0.1 ms into the node) whose impulse reaches node 40 by t = 3 ms."""
    fibre = setting.fibre()
    clamp = fibre.inject(node, PULSE_START_MS, PULSE_MS, 0.0)

    def fires(current: float) -> bool:
        clamp.amp = current
        return reaches(fibre, 40, dt_ms, 3.0, PULSE_START_MS + 1.0)

    return boundary(fires, 10.0, 0.05, relative=1e-4, near=near)


def strength_duration_na(setting: Setting, duration_ms: float, dt_ms: float, near: float | None) -> float:
    """Threshold at node 10 of 21: node 18 crosses 0 mV by 2 ms after the end of the pulse."""
    fibre = setting.fibre(nodes=21)
    clamp = fibre.inject(10, PULSE_START_MS, duration_ms, 0.0)
    end = PULSE_START_MS + duration_ms

    def fires(current: float) -> bool:
        clamp.amp = current
        return reaches(fibre, 18, dt_ms, end + 2.0, end + 1.0)

    return boundary(fires, 10.0, 0.05, relative=1e-4, near=near)


def refractory_ms(setting: Setting, dt_ms: float, near: float | None) -> float:
    """Shortest interval, in whole steps, of two 4 nA pulses at node 0 that both cross node 45."""
    fibre = setting.fibre()
    fibre.inject(0, PULSE_START_MS, PULSE_MS, SUPRATHRESHOLD_NA)
    second = fibre.inject(0, PULSE_START_MS, PULSE_MS, SUPRATHRESHOLD_NA)

    def both(interval: float) -> bool:
        second.delay = PULSE_START_MS + round(interval / dt_ms) * dt_ms
        seen = fibre.run(dt_ms, second.delay + 6, (45,), lambda c: len(c[45]) > 1, second.delay + 1.0)
        return len(seen[45]) > 1

    interval = boundary(both, 4.0, 0.3, absolute=dt_ms, near=near)
    return round(interval / dt_ms + 0.49) * dt_ms


def boundary(
    good_enough: Callable[[float], bool],
    good: float,
    bad: float,
    absolute: float = 0.0,
    relative: float = 0.0,
    near: float | None = None,
) -> float:
    """Bisect between a value that conducts and one that fails; start close to `near` when it is given."""
    if near is not None:
        good, bad = bracket(good_enough, good, bad, near)
    while abs(good - bad) > max(absolute, relative * abs(good)):
        middle = (good + bad) / 2
        if good_enough(middle):
            good = middle
        else:
            bad = middle
    return (good + bad) / 2


def bracket(
    good_enough: Callable[[float], bool], good: float, bad: float, near: float
) -> tuple[float, float]:
    """A value that conducts and one that fails, 2 % of `near` to either side where that suffices."""
    towards_good = 0.02 * abs(near) * (1 if good > bad else -1)
    inner_good, inner_bad = near + towards_good, near - towards_good
    if not good_enough(inner_good):
        return good, inner_good
    if good_enough(inner_bad):
        return inner_bad, bad
    return inner_good, inner_bad


def critical(setting: Setting, good: float, bad: float, dt_ms: float, near: float | None) -> float | None:
    """The value of the lesion at which conduction to node 45 fails; None when it conducts even at `bad`."""

    def conducts(x: float) -> bool:
        return conduction_ms(replace(setting, x=x), dt_ms) is not None

    if conducts(bad):
        return None
    tolerance = {"absolute": 1e-4} if setting.lesion == "na" else {"relative": 3e-4}
    return boundary(conducts, good, bad, near=near, **tolerance)
