"""The same work in ranvier and in its peers, in one run: 51 nodes, 5 ms, 200 fibres of 5.7 to 16 um.

Only stepping in time counts for every engine; beside it stands the rate with building the fibres included.
Core-seconds are CPU seconds of one thread. Velocity errors are against the converged value: ranvier at
0.25 us, exact, 64 bits, which tests/against compares with NEURON at a step of zero. Engines with one cable
compute another axon: their velocities are not compared. `make bench-fibre` sets up the peers and runs this.
"""

import argparse
import json
import platform
import subprocess
import threading
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

from ranvier.nerve import Fibre, Pulse, propagate
from ranvier.nerve.block import Keep, block
from ranvier.nerve.cable import run

PEERS = Path(__file__).parent / "peers"
NODES, DURATION_MS, FIRST, LAST = 51, 5.0, 20, 40
DIAMETERS = np.linspace(5.7, 16.0, 200)
REPEATS = 5


def fibres(diameters: np.ndarray) -> list[Fibre]:
    """The fibres of the job."""
    return [Fibre(float(each), NODES) for each in diameters]


def converged() -> np.ndarray:
    """The velocity of every fibre of the job when the step no longer matters, m/s."""
    return propagate(fibres(DIAMETERS), duration_ms=DURATION_MS, step_us=0.25).velocity_m_s(FIRST, LAST)


def ours(step_us: float, precision: str, exact: bool, truth: np.ndarray) -> dict[str, object]:
    """Fibre milliseconds per core-second of one way of running; the best of several repeats."""
    dtype, jobs = np.dtype(precision), fibres(DIAMETERS)
    width, steps = run.CPU.width(dtype, 0), round(1000 * DURATION_MS / step_us)
    parts = [jobs[i : i + width] for i in range(0, len(jobs), width)]
    stepping, whole, velocities = [], [], []
    for _ in range(REPEATS):
        start = time.thread_time()
        made = [
            block(
                part,
                [(Pulse(),)] * len(part),
                steps,
                step_ms=step_us / 1000,
                width=width,
                dtype=dtype,
                exact=exact,
                keep=Keep(1),
            )
            for part in parts
        ]
        middle = time.thread_time()
        done = [run.run(each, steps, threading.Event()) for each in made]
        end = time.thread_time()
        stepping.append(end - middle)
        whole.append(end - start)
        velocities = velocities_of(done, parts, step_us)
    work = len(jobs) * DURATION_MS
    return {
        "engine": f"ranvier, {'every node' if exact else 'nodes sleep'}, {precision}",
        "step": step_us,
        "rate": work / min(stepping),
        "whole": work / min(whole),
        "error": worst(velocities, truth),
    }


def velocities_of(done: list[run.Block], parts: list[list[Fibre]], step_us: float) -> np.ndarray:
    """The velocity of every fibre, m/s."""
    found = []
    for made, part in zip(done, parts, strict=True):
        taken_ms = (made.crossing[LAST] - made.crossing[FIRST]) * step_us / 1000
        found += [(LAST - FIRST) * each.spacing_mm / taken_ms[lane] for lane, each in enumerate(part)]
    return np.array(found)


def worst(velocities: np.ndarray, truth: np.ndarray) -> float:
    """The largest relative error, in %."""
    return 100 * float(np.max(np.abs(velocities / truth - 1)))


def peer(python: str, script: str, count: int, step_us: float) -> dict[str, object] | None:
    """One peer's figures, or None where it is not installed."""
    command = [python, str(PEERS / script), "--fibres", str(count), "--dt-ms", str(step_us / 1000)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    line = json.loads(done.stdout.strip().splitlines()[-1])
    alike = fibres(np.linspace(5.7, 16.0, count))
    truth = propagate(alike, duration_ms=DURATION_MS, step_us=0.25)
    return {
        "engine": f"{line['engine']} {line['version']}",
        "step": step_us,
        "rate": line["fibre_ms_per_core_s"],
        "whole": line["fibre_ms"] / (line["cpu_s"] + line["setup_cpu_s"]),
        "error": worst(np.array(line["velocities"]), truth.velocity_m_s(FIRST, LAST)),
    }


def line(row: dict[str, object]) -> str:
    """One row of the table."""
    error = "other axon" if "single cable" in str(row["engine"]) else "{error:.2f}".format(**row)
    return "| {engine} | {step:g} | {rate:,.1f} | {whole:,.1f} |".format(**row) + f" {error} |"


def main() -> None:
    """Run the job everywhere and print the table and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer-python", default="", help="the interpreter of the environment with the peers")
    parser.add_argument("--fibres", type=int, default=200, help="how many fibres the peers compute at 5 us")
    arguments = parser.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}, numba {version('numba')}")
    print("| engine | step, us | fibre ms per core-second | with set-up | largest velocity error, % |")
    print("|---|---|---|---|---|")
    truth = converged()
    rows = [
        ours(step, precision, exact, truth)
        for precision in ("float32", "float64")
        for exact in (False, True)
        for step in (5.0, 4.0, 2.0)
    ]
    print("\n".join(map(line, rows)), flush=True)
    others = []
    if arguments.peer_python:
        few = max(2, arguments.fibres // 10)
        jobs = [("neuron_speed.py", 5.0, arguments.fibres), ("neuron_speed.py", 1.0, few)]
        jobs += [("neuron_speed.py", 0.45, few), ("arbor_speed.py", 5.0, 50), ("jaxley_speed.py", 5.0, 50)]
        others = [peer(arguments.peer_python, script, count, step) for script, step, count in jobs]
        print("\n".join(line(each) for each in others if each))
    neuron = [each for each in others if each and str(each["engine"]).startswith("NEURON")]
    if neuron:
        print(ratios(rows, neuron))


def ratios(rows: list[dict[str, object]], neuron: list[dict[str, object]]) -> str:
    """How many times faster, at the same step and at equal accuracy (both below 1 %)."""
    fine = [float(each["rate"]) for each in neuron if float(each["error"]) < 1]
    told = []
    for way in ("nodes sleep", "every node"):
        mine = [row for row in rows if way in str(row["engine"])]
        same = max(float(row["rate"]) for row in mine if row["step"] == 5.0) / float(neuron[0]["rate"])
        told.append(f"{way}: at the usual step of 5 us {same:,.0f} x NEURON")
        if fine:
            near = max(float(row["rate"]) for row in mine if float(row["error"]) < 1) / max(fine)
            told[-1] += f", at equal accuracy (both below 1 %) {near:,.0f} x"
    return "\n" + "\n".join(told)


if __name__ == "__main__":
    main()
