"""The response surface beside the cable on random axons and injuries: `make response-check`.

Prints, for each injury, the share of axons whose block differs, the error of the delay, and on partially
blocked nerves the difference of the share that is blocked. Delays are against the same axon with next to no
injury, as a window that follows its pump is a little slower than the table of healthy velocities.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from ranvier.nerve.bundle import Focus
from ranvier.nerve.passing import SurfacePathway
from ranvier.nerve.response import mapped, surface
from ranvier.nerve.transit import Pathway, Warmth

LONG_MM, AXONS, DRAWS, NERVES = 400.0, 16, 10, 8
RANDOM = np.random.default_rng(11)


def paths(injury, count, celsius, axons, degree):
    """The same axons on the cable, hardly injured on the cable, and on the surface."""
    warmth = Warmth((0.0, LONG_MM), (celsius, celsius))
    focus = (Focus(injury, 1.0, LONG_MM / 2, count),)
    hardly = np.full_like(degree, 1e-9)
    kinds = ((Pathway, degree), (Pathway, hardly), (SurfacePathway, degree))
    return [kind(axons, LONG_MM, warmth, focus, each[:, None]) for kind, each in kinds]


def downwards(path):
    """The cable's delay downwards only."""
    return path.down_ms


def compare(injury, count, celsius, axons, degree):
    """Delays on the cable and on the surface."""
    cable, hardly, quick = paths(injury, count, celsius, axons, np.maximum(degree, 1e-9))
    return downwards(cable), downwards(hardly), quick.delay_ms(0.0, LONG_MM)


def main() -> None:
    """Print the comparison."""
    for injury in mapped():
        differs, errors, raw = [], [], []
        for _ in range(DRAWS):
            count, celsius = max(1, int(RANDOM.poisson(9))), float(RANDOM.uniform(20, 38))
            axons = RANDOM.uniform(7.0, 13.0, AXONS)
            exact, base, quick = compare(injury, count, celsius, axons, RANDOM.uniform(0, 1, AXONS))
            differs += list(np.isnan(exact) != np.isnan(quick))
            errors += list((quick - exact + base)[np.isfinite(quick + exact)])
            raw += list((exact - base)[np.isfinite(quick + exact)])
        shares = []
        for _ in range(NERVES):
            count, celsius = max(2, int(RANDOM.poisson(9))), float(RANDOM.uniform(22, 37))
            axons = np.clip(RANDOM.normal(10.4, 1.0, 4 * AXONS), 7, 14)
            middle = min(float(surface().critical(injury, count, celsius, 10.4)), 1.0)
            degree = np.clip(RANDOM.normal(middle, 0.15, len(axons)), 0, 1)
            exact, _, quick = compare(injury, count, celsius, axons, degree)
            shares.append(float(np.isnan(quick).mean() - np.isnan(exact).mean()))
        size = np.abs(errors)
        print(
            f"{injury:14} block differs in {np.mean(differs):5.1%} of {len(differs)}; delay error median "
            f"{np.median(size):.3f} ms, 95 % below {np.quantile(size, 0.95):.3f} ms (delays: median "
            f"{np.median(raw):.2f}, 95 % {np.quantile(raw, 0.95):.2f}); share blocked of a nerve off by "
            f"{100 * np.mean(shares):+.1f} points on average, {100 * np.max(np.abs(shares)):.1f} at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
