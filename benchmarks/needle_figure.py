"""Draws docs/figures/needle-simulated.svg: what a needle sees of one virtual muscle in four states."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from ranvier.muscle.needle import Needled
from ranvier.muscle.pool import born, shape

FILE = Path(__file__).parent.parent / "docs" / "figures" / "needle-simulated.svg"
WIDTH, ROW, UNITS = 760, 118, 400
WEAK_GAIN, FULL_GAIN, WEAK_MS, FULL_MS = 26, 7, 64 / 25, 360 / 300


def states():
    """The same muscle healthy, reinnervated, with fibres lost, and with most axons blocked."""
    random = np.random.default_rng(3)
    pool = born("TA", random.normal(10, 0.6, UNITS), shape("TA").fibres, random)
    every, kept = np.ones(UNITS, bool), np.random.default_rng(1).random(UNITS) < 0.5
    few = np.random.default_rng(2).random(UNITS) < 0.05
    grown = replace(pool, fibres=np.where(kept, 1.8 * pool.fibres, 0))
    yield "healthy", pool, every
    yield "half of the units lost, the others with 1.8 times their fibres", grown, every
    yield (
        "35 % of the fibres left in every unit",
        replace(pool, fibres=0.35 * pool.fibres, orphaned=0.0),
        every,
    )
    yield "95 % of the axons blocked", pool, few


def line(across, step, values, base, gain):
    points = " ".join(f"{across + k * step:.1f},{base - mv * gain:.1f}" for k, mv in enumerate(values))
    return f'<polyline fill="none" stroke="#222" stroke-width="1" points="{points}"/>'


def row(name, pool, able, base):
    muscle = Needled(pool, able, 34.5, 1, quiet=True)
    yield f'<text x="8" y="{base - 52}">{name}</text>'
    firing = muscle.rates_hz(0.01) > 0
    waves = [wave for site in range(8) for wave in muscle.potentials(site, firing).values()]
    for n, wave in enumerate([wave for wave in waves if np.ptp(wave) > 0.15][:5]):
        yield line(14 + 72 * n, WEAK_MS / 10, -wave[150:650:2], base, WEAK_GAIN)
    full = -muscle.record(6, 1.0, 0.5)[2000:8000].reshape(-1, 20)
    both = np.stack([full.min(axis=1), full.max(axis=1)], axis=1).ravel()
    yield line(390, FULL_MS / 2, both, base, FULL_GAIN)


def scale(across, base, ms, ms_wide, mv_high, words):
    bar = f"M{across} {base - mv_high:.0f}V{base}h{ms * ms_wide:.1f}"
    yield f'<path d="{bar}" fill="none" stroke="#222" stroke-width="2"/>'
    yield f'<text x="{across + ms * ms_wide + 8:.0f}" y="{base}">{words}</text>'


def main():
    height = 4 * ROW + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        'font-family="system-ui, sans-serif" font-size="12">',
        "<title>Simulated needle EMG of tibialis anterior</title>",
        "<desc>Simulated. Five motor unit potentials and 300 ms of full effort in four states.</desc>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        '<text x="8" y="16" font-weight="bold">Simulated needle EMG, tibialis anterior (negative up)</text>',
        '<text x="390" y="16">full effort</text>',
    ]
    for n, state in enumerate(states()):
        parts += row(*state, 92 + n * ROW)
    parts += scale(14, height - 10, 10, WEAK_MS, WEAK_GAIN, "10 ms, 1 mV")
    parts += scale(390, height - 10, 50, FULL_MS, 5 * FULL_GAIN, "50 ms, 5 mV")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join([*parts, "</svg>\n"]), encoding="utf-8")


if __name__ == "__main__":
    main()
