"""Axons that follow their pump and axons that do not, sent on their way apart and put together again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.propagate import propagate
from ranvier.nerve.stimulus import Pulse

Array = NDArray[np.float64]


def crossings(
    fibres: Sequence[Fibre],
    pulses: Sequence[Sequence[Pulse]],
    duration_ms: float,
    goals: Sequence[int] | None = None,
    **settings: Any,
) -> Array:
    """When each node of each fibre rose through 0 mV (fibres, nodes, times); settings as of `propagate`."""
    kinds = {pump: [n for n, fibre in enumerate(fibres) if fibre.pump == pump] for pump in (False, True)}
    nodes = max(fibre.nodes for fibre in fibres)
    found = np.full((len(fibres), nodes, settings["keep_crossings"]), np.nan)
    for own in filter(None, kinds.values()):
        ends = None if goals is None else [goals[n] for n in own]
        run = propagate(
            [fibres[n] for n in own], [pulses[n] for n in own], duration_ms, goals=ends, **settings
        )
        found[own, : run.crossing_ms.shape[1]] = run.crossing_ms
    return found
