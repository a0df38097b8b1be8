"""An internode as the kernel sees it: what it draws from its two nodes, mode by mode.

With z the lag of a mode behind its steady state, z' = -decay z - (left V_left' + right V_right') / decay. For
node potentials linear within a step this is solved exactly: z -> e z - b dV, and the mean current it
returns is b z - c dV, where z is scaled by the root of its decay so that one weight b serves both.
Channels under the myelin add a current that is constant within the step, taken at its middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.cable import rows
from ranvier.nerve.channels import Membrane, Wiring
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.geometry import Geometry, passive
from ranvier.nerve.internode import Injury, Modes, channel_area, modes, network, regions, segments

Array = NDArray[np.float64]

FAST = 20.0
"""A mode that decays by this power of e within a step follows the nodes at once."""


@dataclass(frozen=True, eq=False)
class Link:
    """One internode of one fibre: modes, densities of its channels (uS, by segment), temperature."""

    modes: Modes
    densities: dict[str, Array]
    temperature_c: float


@lru_cache(maxsize=20_000)
def link(
    shape: Geometry,
    kind: Membrane,
    diameter_um: float,
    injury: Injury,
    ends: tuple[float, float],
    temperature_c: float,
) -> Link:
    """One internode; alike ones are worked out once."""
    parts = segments(shape, injury)
    area = channel_area(parts, kind, diameter_um)
    densities = {channel.name: np.zeros(len(area)) for channel in kind.internodal}
    for j, region in enumerate(regions(parts, kind)):
        for channel in region.channels:
            densities[channel.name][j] = 1e6 * channel.density * area[j]
    return Link(modes(network(shape, kind, diameter_um, injury, ends)), densities, temperature_c)


def links(fibre: Fibre, which: NDArray[np.int64]) -> list[Link | None]:
    """A healthy internode and the internodes `which`; None beyond the fibre's end."""
    damage, temperatures = fibre.damage() if len(which) else {}, fibre.temperatures()
    half, same = passive().node_length / 2, not fibre.membrane().internodal

    @cache
    def one(injury: Injury, widths: tuple[float, float], temperature_c: float) -> Link:
        ends = half * widths[0], half * widths[1]
        return link(fibre.shape, fibre.membrane(), fibre.diameter_um, injury, ends, temperature_c)

    def warmth(left: int, right: int) -> float:
        return 0.0 if same else float(temperatures[left] + temperatures[right]) / 2

    found: list[Link | None] = [one(Injury(), (1.0, 1.0), warmth(0, 0))]
    for i in which:
        if i >= fibre.nodes - 1:
            found.append(None)
            continue
        injury = Injury(*(float(damage[name][i]) for name in Injury._fields))
        widths = float(damage["width"][i]), float(damage["width"][i + 1])
        found.append(one(injury, widths, warmth(i, i + 1)))
    return found


def link_rows(
    lanes: Sequence[Link | None], inner: Wiring, step_ms: float, every_mode: bool
) -> tuple[Array, int]:
    """The kernel's numbers (see `rows.STATIC_LL`) of one kind of internode, and how many modes it follows.

    Modes that decay within a fraction of a step are not followed: they return what they draw at once.
    """
    present = [each for each in lanes if each is not None]
    if every_mode or inner.channels:
        count = max((len(each.modes.decay) for each in present), default=1)
    else:
        count = max((int(np.sum(each.modes.decay * step_ms < FAST)) for each in present), default=1)
    columns = [column(each, inner, step_ms, count) if each else None for each in lanes]
    height = max((len(each) for each in columns if each is not None), default=rows.MODES + rows.MODE_ROWS)
    return np.stack([np.zeros(height) if each is None else each for each in columns], axis=1), count


@lru_cache(maxsize=4096)
def column(each: Link, inner: Wiring, step_ms: float, count: int) -> Array:
    """One fibre's column of `link_rows`; alike internodes have one."""
    own = passive_column(each.modes, step_ms, count)
    return np.concatenate([own, inner_column(each, inner, step_ms)]) if inner.channels else own


def passive_column(each: Modes, step_ms: float, count: int) -> Array:
    """What the wrapped axon draws from its nodes: at rest, for their change, and mode by mode."""
    x = each.decay * step_ms
    mean = -np.expm1(-x) / x
    lag = np.where(np.arange(len(x)) < count, 1 - mean, 1.0) / (each.decay * x)
    static, slope = [], []
    for one, two, through in (
        (each.left, each.left, each.through[0]),
        (each.left, each.right, 0.0),
        (each.right, each.right, each.through[1]),
    ):
        static.append(through - np.sum(one * two / each.decay))
        slope.append(static[-1] / 2 + np.sum(one * two * lag))
    weight = mean / np.sqrt(each.decay)
    per_mode = np.stack([np.exp(-x), weight * each.left, weight * each.right], axis=1)[:count]
    return np.concatenate([static, slope, per_mode.ravel()])


def inner_column(each: Link, inner: Wiring, step_ms: float) -> Array:
    """The channels under the myelin (see `rows.INNER_LEFT`); every mode is followed where they are.

    For each segment: its axolemma's potential from the nodes and from every mode, what one nA through its
    channels sends to either node, conductance and conductance times reversal of every channel. Then what one
    nA through each segment does to each mode, and the speed of every gate.
    """
    own = each.modes
    x = own.decay * step_ms
    mean, root = -np.expm1(-x) / x, np.sqrt(own.decay)
    lasting = own.axolemma * (1 - mean) / own.decay
    parts = [own.axolemma @ (side / own.decay) for side in (own.left, own.right)]
    parts += list((own.axolemma / root).T)
    parts += [-lasting @ own.left, -lasting @ own.right]
    for channel in inner.channels:
        density = each.densities[channel.name]
        parts += [density, density * channel.reversal]
    force = -(own.axolemma * mean * step_ms * root).T
    paces = [float(gate.speed(each.temperature_c)) * step_ms for gate in inner.gates]
    return np.concatenate([np.stack(parts, axis=1).ravel(), force.ravel(), paces])
