"""Temperature of the nerve: what the fibre accepts, and how Q10 turns it into speed."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

COLDEST_C = 10.0
WARMEST_C = 45.0


def factor(q10: float, reference_c: float, temperature_c: ArrayLike) -> NDArray[np.float64]:
    """By what a rate is multiplied at a temperature: q10 ^ ((T - reference) / 10)."""
    return q10 ** ((np.asarray(temperature_c, float) - reference_c) / 10)


def checked(temperature_c: ArrayLike) -> NDArray[np.float64]:
    """The temperatures as an array in degC.

    Raises ValueError outside 10-45 degC: no rate was measured there.
    """
    temperatures = np.asarray(temperature_c, float)
    if not np.all((temperatures >= COLDEST_C) & (temperatures <= WARMEST_C)):
        raise ValueError(
            f"temperature must lie between {COLDEST_C:g} and {WARMEST_C:g} degC, not {shown(temperatures)}."
        )
    return temperatures


def shown(temperatures: NDArray[np.float64]) -> str:
    """The first temperature out of range, as it was given."""
    outside = temperatures[~((temperatures >= COLDEST_C) & (temperatures <= WARMEST_C))]
    return f"{np.atleast_1d(outside)[0]:g}"
