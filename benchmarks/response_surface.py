"""The response surface of injuries, computed with the cable: `make response-surface`, some ten minutes.

Every entry is a window as `nerve/transit` follows it, so that the surface is the cable's own answer. The
severity that blocks is sought twice with sixteen severities side by side: the first that fails counts.
Entries of a file that was made with the same numbers are kept; `--anew` computes all.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from multiprocessing import Pool

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from ranvier import __version__
from ranvier.nerve import response
from ranvier.nerve.apart import crossings
from ranvier.nerve.assembly import Makeup, tables
from ranvier.nerve.bundle import Focus, nerve_numbers
from ranvier.nerve.geometry import geometry
from ranvier.nerve.rest import rests
from ranvier.nerve.speed import velocity_m_s
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.transit import Pathway, Warmth
from ranvier.nerve.window import LEAD, MARGIN, ONSET_MS, STEP_US, patience_ms

SIDE_BY_SIDE = 16
LONG_MM = 500.0
THE_DIAMETER_UM = 8.7
SPARE_MS, PER_NODE_MS = 4.0, 0.35
INTERVALS_MS, INTERVAL_Q10 = np.geomspace(0.4, 24.0, SIDE_BY_SIDE), 2.5
"""Between two pulses at 37 degC, and how they are stretched in the cold."""


def pathway(injury, membrane, count, celsius, diameter, severities):
    """An axon with the injury in the middle of a nerve of one temperature, once for each severity."""
    axons = np.full(len(severities), float(diameter))
    warmth = Warmth((0.0, LONG_MM), (float(celsius), float(celsius)))
    focus = Focus(injury, 1.0, LONG_MM / 2, int(count))
    # A severity of 0 is a window without lesions.
    degree = np.maximum(np.asarray(severities, float), 1e-12)[:, None]
    return Pathway(axons, LONG_MM, warmth, (focus,), degree, membrane)


def delays(*cell, severities):
    """The delay at each severity, not a number where it blocks."""
    path = pathway(*cell, severities)
    fibres = [path.fibre(window) for window in path.windows]
    shocks = [(Pulse(ONSET_MS, 0.1, nerve_numbers()["pulse_na"] * each.diameter_um, 0),) for each in fibres]
    longest = ONSET_MS + min(patience_ms(fibres[0]), enough_ms(fibres[0], *cell))
    seen = crossings(fibres, shocks, longest, keep_crossings=1, precision="float32", step_us=STEP_US)[:, :, 0]
    taken = seen[:, fibres[0].nodes - 1 - LEAD] - seen[:, LEAD]
    reach = fibres[0].length_mm - 2 * LEAD * fibres[0].spacing_mm
    honest = taken >= reach / nerve_numbers()["velocity_most"]
    return np.where(honest, taken, np.nan) - reach / velocity_m_s(cell[4], cell[3])


def enough_ms(fibre, injury, membrane, count, celsius, diameter):
    """No injury was seen to take longer, warm or cold."""
    travel = fibre.length_mm / float(velocity_m_s(diameter, celsius))
    return 1.5 * travel + (SPARE_MS + PER_NODE_MS * count) * 2 ** ((37.0 - celsius) / 10)


def critical(*cell):
    """The severity that blocks first, and the last below it that does not."""
    low, high = 0.0, 1.0
    for _ in range(2):
        tried = np.linspace(low, high, SIDE_BY_SIDE + 1)[1:]
        blocked = np.isnan(delays(*cell, severities=tried))
        if not blocked.any():
            return response.NEVER, 1.0
        first = int(np.argmax(blocked))
        low, high = float(tried[first - 1]) if first else low, float(tried[first])
    return (low + high) / 2, low


def shifts(*cell):
    """The resting potential of the middle node against that of a healthy axon, mV."""
    path = pathway(*cell, response.SEVERITIES)
    fibres = [path.fibre(window) for window in path.windows]
    makeup = Makeup.of(fibres)
    found = rests(tables(fibres, makeup, 1.0, every_mode=False), makeup, np.arange(len(fibres)))
    middle = found.potential[MARGIN + int(cell[2]) // 2]
    return middle - middle[0]


def both_pass(path, window, interval_ms):
    """For each interval, whether the impulses of two pulses cross the window."""
    fibre = path.fibre(window)
    strong = nerve_numbers()["pulse_na"] * fibre.diameter_um
    pulses = [
        (Pulse(ONSET_MS, 0.1, strong, 0), Pulse(ONSET_MS + float(t), 0.1, strong, 0)) for t in interval_ms
    ]
    until = ONSET_MS + patience_ms(fibre) + float(np.max(interval_ms))
    seen = crossings(
        [fibre] * len(pulses), pulses, until, keep_crossings=3, precision="float32", step_us=STEP_US
    )
    end = seen[:, fibre.nodes - 1 - LEAD]
    travel = end[:, :1] - ONSET_MS
    return (end[:, 1:] >= ONSET_MS + interval_ms[:, None] + 0.7 * travel).any(axis=1)


def refractory(*cell, severity):
    """The shortest interval from which on every longer one lets both impulses pass, ms."""
    path = pathway(*cell, [severity])
    stretch = INTERVAL_Q10 ** ((37.0 - cell[3]) / 10)
    tried = INTERVALS_MS * stretch
    for _ in range(2):
        failed = np.flatnonzero(~both_pass(path, path.windows[0], tried))
        last = int(failed[-1]) if failed.size else -1
        if last == len(tried) - 1 or last < 0:
            break
        tried = np.linspace(tried[last], tried[last + 1], SIDE_BY_SIDE)
    return float(tried[min(last + 1, len(tried) - 1)])


def healthy_steps(celsius, diameter):
    """How long a healthy impulse takes from node to node, ms."""
    return geometry(float(diameter)).node_spacing / 1000 / velocity_m_s(float(diameter), float(celsius))


def entries(task):
    """All that is known of one injury, membrane and count."""
    injury, membrane, count = task
    shape = (len(response.TEMPERATURES_C), len(response.DIAMETERS_UM))
    found = {
        "critical": np.empty(shape),
        "delay": np.empty((*shape, len(response.SHARES))),
        "shift": np.empty((*shape, len(response.SEVERITIES))),
    }
    for t, celsius in enumerate(response.TEMPERATURES_C):
        for d, diameter in enumerate(response.DIAMETERS_UM):
            cell = (injury, membrane, count, celsius, diameter)
            found["critical"][t, d], below = critical(*cell)
            at = np.minimum(response.SHARES * found["critical"][t, d], below)
            extra = delays(*cell, severities=at)
            found["delay"][t, d] = (extra - extra[0]) / healthy_steps(celsius, diameter)
            found["shift"][t, d] = shifts(*cell)
    return task, found


def coarse(task):
    """The refractory periods of one injury, membrane and count."""
    injury, membrane, count = task
    found = np.empty((len(response.COARSE_C), len(response.COARSE_SHARES)))
    for t, celsius in enumerate(response.COARSE_C):
        cell = (injury, membrane, count, celsius, THE_DIAMETER_UM)
        blocks, below = critical(*cell)
        for n, share in enumerate(response.COARSE_SHARES):
            found[t, n] = np.log(refractory(*cell, severity=min(share * blocks, below)))
    return task, {"log_refractory": found}


def wanted(name):
    """The counts of a table."""
    return response.COARSE_COUNTS if name.endswith("refractory") else response.COUNTS


def work(task):
    """One part of the surface."""
    kind, *rest = task
    return (entries if kind == "fine" else coarse)(tuple(rest))


def axes():
    """Where entries lie, but for the count; a file with other axes is not kept."""
    return [
        response.TEMPERATURES_C,
        response.DIAMETERS_UM,
        response.SHARES,
        response.SEVERITIES,
        response.COARSE_C,
    ]


def known():
    """The tables by name and count of the file that is there, where they still hold."""
    if not response.FILE.exists():
        return {}
    with np.load(response.FILE) as old:
        made = json.loads(str(old["provenance"]))
        if made["fingerprint"] != response.fingerprint() or made.get("axes") != [
            each.tolist() for each in axes()
        ]:
            return {}
        names = [name for name in old.files if name.count(".") == 2]
        counts = {name: made["coarse_counts" if name.endswith("refractory") else "counts"] for name in names}
        return {name: dict(zip(counts[name], old[name], strict=True)) for name in names}


def has(kept, kind, injury, membrane, count):
    """Whether a task's tables are there."""
    table = "critical" if kind == "fine" else "log_refractory"
    return count in kept.get(f"{membrane}.{injury}.{table}", {})


def main() -> None:
    """Compute the surface and write it."""
    begun = time.monotonic()
    tasks = [
        (kind, injury, membrane, float(count))
        for kind, counts in (("fine", response.COUNTS[::-1]), ("coarse", response.COARSE_COUNTS[::-1]))
        for count in counts
        for injury in response.mapped()
        for membrane in (response.MEMBRANES if kind == "fine" else response.MEMBRANES[:1])
    ]
    kept = {} if "--anew" in sys.argv else known()
    tasks = [task for task in tasks if not has(kept, *task)]
    load = sum(28 + task[3] for task in tasks)
    done = 0.0
    with Pool(os.cpu_count()) as pool:
        for (injury, membrane, count), found in pool.imap_unordered(work, tasks):
            done += (28 + count) / load
            for kind, table in found.items():
                kept.setdefault(f"{membrane}.{injury}.{kind}", {})[count] = table
            spent = time.monotonic() - begun
            print(
                f"\r{done:4.0%}  {spent:4.0f} s, {spent / done - spent:4.0f} s left ", end="", file=sys.stderr
            )
    print(file=sys.stderr)
    arrays = {
        name: np.stack([parts[count] for count in wanted(name)]).astype(np.float32)
        for name, parts in kept.items()
    }
    pace = [[healthy_steps(t, d) for d in response.DIAMETERS_UM] for t in response.TEMPERATURES_C]
    provenance = {
        "made_by": "benchmarks/response_surface.py",
        "ranvier": __version__,
        "date": datetime.now(UTC).date().isoformat(),
        "step_us": STEP_US,
        "precision": "float32",
        "fingerprint": response.fingerprint(),
        "axes": [each.tolist() for each in axes()],
        "counts": response.COUNTS.tolist(),
        "coarse_counts": response.COARSE_COUNTS.tolist(),
        "seconds": round(time.monotonic() - begun),
    }
    np.savez_compressed(response.FILE, log_pace=np.log(pace), provenance=json.dumps(provenance), **arrays)
    print(f"{response.FILE}: {response.FILE.stat().st_size / 1e3:.0f} kB in {provenance['seconds']} s")


if __name__ == "__main__":
    main()
