"""From one event to the next in the modes of a linear model: exact, whatever lies between two events.

numba compiles it when it is first called and keeps it on disk.
"""

from math import exp, expm1
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
SMALL = 1e-3  # below it five terms of a series hold more digits than the difference that they replace


def compiled(function: Any) -> Any:
    """The function as machine code; where nothing can be kept on disk it is compiled each time."""
    try:
        return njit(cache=True, **OPTIONS)(function)
    except RuntimeError:
        return njit(**OPTIONS)(function)


@compiled
def run_in(rate, span):  # pragma: no cover  compiled
    """What is left of 1 a day run in over a span, lost at a rate: (1 - exp(-rate span)) / rate."""
    return -expm1(-rate * span) / rate if rate * span > 0 else span


@compiled
def handed_on(one, other, span):  # pragma: no cover  compiled
    """What of 1 passed on at a rate `one` has not left at a rate `other`: over `one` itself, also if equal.

    (exp(-one span) - exp(-other span)) / (other - one), the same for either order.
    """
    return exp(-min(one, other) * span) * run_in(abs(other - one), span)


@compiled
def handed_on_run_in(one, other, span):  # pragma: no cover  compiled
    """The integral of `handed_on` over a span: 1 a day run into the first of two that hand on."""
    quick, slow = max(one, other), min(one, other)
    if quick * span > SMALL:
        return (run_in(slow, span) - handed_on(one, other, span)) / quick
    a, b = one * span, other * span
    powers = (
        0.5
        - (a + b) / 6
        + (a * a + a * b + b * b) / 24
        - (a * a * a + a * a * b + a * b * b + b * b * b) / 120
    )
    return span * span * powers


@compiled
def carried(rates, shares, into, reach, line, begin, found):  # pragma: no cover  compiled
    """Grams in the central compartment at the times asked for, into `found` (P, T); the last states (P, 3).

    A state is the two modes and the depot, of which the share `reach` (P,) will leave it for the blood at the
    rate `into` (P,). `line`: gaps, vein, skin and shown of `Events`.
    """
    gaps, vein, skin, shown = line
    last, under = begin.copy(), skin.shape[1] > 0
    for p in range(rates.shape[0]):
        fast, slow, share_fast, share_slow = rates[p, 0], rates[p, 1], shares[p, 0], shares[p, 1]
        rate, used = into[p], reach[p]
        one, two, depot = begin[p, 0], begin[p, 1], begin[p, 2]
        kept_one = kept_two = kept_depot = 1.0
        from_one = from_two = 0.0
        before = 0.0
        for e in range(gaps.size):
            span = gaps[e]
            if span > 0:
                if span != before:
                    kept_one, kept_two = exp(-fast * span), exp(-slow * span)
                    if under:
                        kept_depot = exp(-rate * span)
                        from_one = rate * share_fast * handed_on(rate, fast, span)
                        from_two = rate * share_slow * handed_on(rate, slow, span)
                    before = span
                one, two = one * kept_one, two * kept_two
                if under:
                    one, two = one + from_one * depot, two + from_two * depot
                    depot *= kept_depot
                    if skin[1, e] > 0:
                        grams = used * skin[1, e]
                        one += grams * rate * share_fast * handed_on_run_in(rate, fast, span)
                        two += grams * rate * share_slow * handed_on_run_in(rate, slow, span)
                        depot += grams * run_in(rate, span)
                if vein[1, e] > 0:
                    one += vein[1, e] * share_fast * run_in(fast, span)
                    two += vein[1, e] * share_slow * run_in(slow, span)
            one, two = one + vein[0, e] * share_fast, two + vein[0, e] * share_slow
            if under:
                depot += used * skin[0, e]
            if shown[e] >= 0:
                found[p, shown[e]] = one + two
        last[p, 0], last[p, 1], last[p, 2] = one, two, depot
    return last
