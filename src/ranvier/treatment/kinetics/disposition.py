"""How a person distributes and clears immunoglobulin: two compartments and a depot under the skin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Disposition:
    """Two compartments of P persons (or P draws of one), each an array (P,).

    Clearance and exchange in litres a day, volumes in litres, absorption from the depot per day, and the
    share of a subcutaneous dose that reaches the blood. A model of one compartment has `exchange` 0. Where a
    model was fitted to infusions alone, absorption and share are unknown, not a number.
    """

    clearance: Array
    central: Array
    exchange: Array
    peripheral: Array
    absorption: Array
    bioavailable: Array

    def modes(self) -> tuple[Array, Array]:
        """Rates per day and shares (P, 2) of the two exponentials in which a dose at once leaves the blood.

        The fast one first. With k = CL/V, k12 = Q/V and k21 = Q/Vp the rates are the roots of
        x² - (k + k12 + k21) x + k k21, the shares (fast - k21) and (k21 - slow) over (fast - slow). Written
        without differences of nearly equal numbers, so that both keep every digit however small a
        clearance or an exchange is.
        """
        out, there = self.clearance / self.central, self.exchange / self.central
        two = (self.exchange > 0) & (self.peripheral > 0)
        there = np.where(two, there, 0.0)
        back = np.where(two, self.exchange / np.where(two, self.peripheral, 1.0), 0.0)
        apart = out + there - back
        root = np.sqrt(apart**2 + 4 * there * back)
        large = (root + np.abs(apart)) / 2
        small = there * back / np.where(large > 0, large, 1.0)
        first, second = np.where(apart >= 0, large, small), np.where(apart >= 0, small, large)
        fast = (out + there + back + root) / 2
        slow = np.where(two, out * back / np.where(two, fast, 1.0), out)
        whole = np.where(two, first + second, 1.0)
        shares = np.where(two, first / whole, 1.0), np.where(two, second / whole, 0.0)
        return np.stack((fast, slow), axis=1), np.stack(shares, axis=1)
