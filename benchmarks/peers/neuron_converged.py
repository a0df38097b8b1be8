"""Values of the NEURON fibre extrapolated to a vanishing time step, appended to a CSV one by one.

Backward Euler is of first order, so the value at dt 0 is the linear extrapolation of the values at two
steps. A quantity that the file already holds is not computed again.
"""

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import neuron_protocol as protocol
from mrg_table import TABLE
from neuron_protocol import Setting

OUTPUT = Path(__file__).parents[2] / "tests" / "against" / "neuron_converged.csv"
KEYS = ("quantity", "diameter_um", "temp_C", "k", "x")
STEPS = ("dt_coarse_ms", "value_coarse", "dt_fine_ms", "value_fine")
COLUMNS = (*KEYS, "value", "unit", *STEPS, "definition")
DIAMETERS = [float(d) for d in TABLE[:, 0]]
NEVER = "never"


@dataclass(frozen=True)
class Quantity:
    """One row: `measure(dt, near)` gives the value at a step, None when the lesion never blocks."""

    name: str
    setting: Setting
    unit: str
    definition: str
    measure: Callable[[float, float | None], float | None]
    x: float | str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this row from the others."""
        s = self.setting
        return (self.name, f"{s.diameter_um:g}", f"{s.temperature_c:g}", str(s.k or ""), str(self.x))

    def row(self, coarse_ms: float, fine_ms: float) -> list[str]:
        """Measure at both steps and extrapolate."""
        coarse = self.measure(coarse_ms, None)
        fine = self.measure(fine_ms, coarse)
        if coarse is None or fine is None:
            value = NEVER if coarse is fine else ""
        else:
            value = text(fine + (fine - coarse) * fine_ms / (coarse_ms - fine_ms))
        steps = [f"{coarse_ms:g}", text(coarse), f"{fine_ms:g}", text(fine)]
        return [*self.key, value, self.unit, *steps, self.definition]


def text(value: float | None) -> str:
    """Six digits, or that it never blocks."""
    return NEVER if value is None else f"{value:.6g}"


def critical_sodium() -> Iterator[Quantity]:
    for temperature in (37.0, 20.0, 30.0, 42.0):
        for k in (5, 3, 10):
            yield critical("na", k, temperature, 1.0, 0.0, "1")


def critical(lesion: str, k: int, temperature: float, good: float, bad: float, unit: str) -> Quantity:
    """The value of a lesion at which node 45 is no longer reached."""
    setting = Setting(10.0, temperature, lesion, k)
    return Quantity(
        f"critical_{lesion}",
        setting,
        unit,
        f"boundary of conduction to node 45; bisection {'0.0001' if lesion == 'na' else '0.03 %'}",
        lambda dt, near: protocol.critical(setting, good, bad, dt, near),
    )


def healthy() -> Iterator[Quantity]:
    pairs = [(10.0, t) for t in (37, 20, 25, 30, 34, 40, 42)] + [(d, 37) for d in DIAMETERS if d != 10.0]
    pairs += [(d, t) for d in (5.7, 16.0) for t in (20, 42)] + [(d, 37) for d in (6.5, 9.3, 13.4)]
    for diameter, temperature in pairs:
        setting = Setting(diameter, float(temperature))
        yield Quantity("cv", setting, "m/s", "nodes 20-40", lambda dt, _, s=setting: protocol.velocity(s, dt))
    for diameter in DIAMETERS:
        yield from impulse(Setting(diameter))
    for diameter in DIAMETERS:
        yield from thresholds(Setting(diameter))


def impulse(setting: Setting) -> Iterator[Quantity]:
    shapes = [
        ("ap_peak", "mV", "largest sample at node 30"),
        ("ap_half_width", "ms", "node 30, half of -80 to peak"),
    ]
    for index, (name, unit, words) in enumerate(shapes):
        yield Quantity(
            name, setting, unit, words, lambda dt, _, i=index: protocol.action_potential(setting, dt)[i]
        )


def thresholds(setting: Setting) -> Iterator[Quantity]:
    for node in (0, 25):
        yield Quantity(
            f"threshold_node{node}",
            setting,
            "nA",
            f"0.1 ms at node {node}; node 40 by t = 3 ms; bisection 0.01 %",
            lambda dt, near, n=node: protocol.threshold_na(setting, n, dt, near),
            x=0.1,
        )


def extra_delay(lesion: str, k: int, x: float, temperature: float) -> Quantity:
    """Conduction time between nodes 15 and 45 beyond that of the healthy fibre."""
    setting = Setting(10.0, temperature, lesion, k, x)
    control = Setting(10.0, temperature)

    def measure(dt: float, _: float | None) -> float | None:
        late, normal = protocol.conduction_ms(setting, dt), protocol.conduction_ms(control, dt)
        return late - normal if late and normal else None

    return Quantity(f"delay_{lesion}", setting, "ms", "extra time nodes 15-45", measure, x)


def refractory(setting: Setting) -> Quantity:
    return Quantity(
        "refractory_transmission",
        setting,
        "ms",
        "shortest interval with two crossings of node 45; x is the fast sodium of the nodes",
        lambda dt, near: protocol.refractory_ms(setting, dt, near),
        setting.x,
    )


def strength(duration: float) -> Quantity:
    return Quantity(
        "strength_duration",
        Setting(),
        "nA",
        "node 10 of 21, x ms; node 18 by 2 ms after the pulse; bisection 0.01 %",
        lambda dt, near: protocol.strength_duration_na(Setting(), duration, dt, near),
        duration,
    )


def diseased() -> Iterator[Quantity]:
    for k, temperature, thin in ((5, 37.0, 100.0), (1, 37.0, 100.0), (5, 20.0, 100.0), (1, 20.0, 250.0)):
        yield critical("myelin", k, temperature, 1.0, thin, "1")
    for x in (0.5, 0.3):
        yield extra_delay("na", 5, x, 37.0)
    for x in (10.0, 20.0):
        yield extra_delay("myelin", 5, x, 37.0)
    yield refractory(Setting())
    yield refractory(Setting(lesion="na", k=5, x=0.25))
    for temperature in (37.0, 20.0):
        yield critical("nodewide", 5, temperature, 1.0, 200.0, "1")
    yield critical("paranode_flut", 5, 37.0, 1.0, 200.0, "1")
    yield from (strength(duration) for duration in (0.1, 1.0))
    for k, temperature in ((5, 37.0), (1, 37.0), (5, 20.0), (1, 20.0)):
        yield critical("hyper", k, temperature, 0.0, 5.0, "nA")
    for k, temperature in ((1, 37.0), (1, 20.0)):
        yield critical("na", k, temperature, 1.0, 0.0, "1")
    for lesion, k, x in (("na", 1, 0.0), ("na", 5, 0.18), ("nodewide", 5, 20.0), ("paranode_gap", 5, 1000.0)):
        yield extra_delay(lesion, k, x, 37.0)


def done(path: Path) -> set[tuple[str, ...]]:
    """Keys of the rows the file already holds; a new file gets its header."""
    if not path.exists():
        path.write_text(",".join(COLUMNS) + "\n")
    with path.open(newline="") as file:
        return {tuple(row[column] for column in KEYS) for row in csv.DictReader(file)}


def main() -> int:
    """Append every quantity that is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coarse-ms", type=float, default=0.0005)
    parser.add_argument("--fine-ms", type=float, default=0.00025)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--only", default="", help="compute only quantities whose name begins so")
    arguments = parser.parse_args()
    known = done(arguments.output)
    for quantity in (*critical_sodium(), *healthy(), *diseased()):
        if quantity.key in known or not quantity.name.startswith(arguments.only):
            continue
        start = time.process_time()
        row = quantity.row(arguments.coarse_ms, arguments.fine_ms)
        with arguments.output.open("a", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(row)
        print(*row[:6], f"({time.process_time() - start:.0f} CPU s)", file=sys.stderr, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
