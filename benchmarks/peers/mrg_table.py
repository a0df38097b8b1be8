"""Table geometry and passive constants of the fibre of McIntyre, Richardson and Grill (2002)."""

from dataclasses import dataclass

import numpy as np

START_MV = -80.0
PULSE_START_MS = 0.5
PULSE_MS = 0.1
SUPRATHRESHOLD_NA = 4.0
SEGMENTS = ("mysa", "flut", "stin", "stin", "stin", "stin", "stin", "stin", "flut", "mysa")
GAP_UM = {"mysa": 0.002, "flut": 0.004, "stin": 0.004}
LEAK_S_CM2 = {"mysa": 0.001, "flut": 0.0001, "stin": 0.0001}
MYSA_UM = 3.0
NODE_UM = 1.0
RHO_OHM_CM = 70.0

# fibre diameter, node diameter, axon diameter, node spacing, FLUT length (all um), lamellae
TABLE = np.array(
    [
        [5.7, 1.9, 3.4, 500, 35, 80],
        [7.3, 2.4, 4.6, 750, 38, 100],
        [8.7, 2.8, 5.8, 1000, 40, 110],
        [10.0, 3.3, 6.9, 1150, 46, 120],
        [11.5, 3.7, 8.1, 1250, 50, 130],
        [12.8, 4.2, 9.2, 1350, 54, 135],
        [14.0, 4.7, 10.4, 1400, 56, 140],
        [15.0, 5.0, 11.5, 1450, 58, 145],
        [16.0, 5.5, 12.7, 1500, 60, 150],
    ]
)


@dataclass(frozen=True)
class Geometry:
    """Lengths and diameters of one fibre in um; the lamella count is a real number between table rows."""

    fibre: float
    node: float
    axon: float
    spacing: float
    flut: float
    lamellae: float

    @classmethod
    def of(cls, diameter_um: float) -> "Geometry":
        """The table row of this diameter, each column interpolated linearly between rows."""
        if not TABLE[0, 0] <= diameter_um <= TABLE[-1, 0]:
            raise ValueError(f"diameter {diameter_um} um lies outside the table (5.7 to 16 um)")
        return cls(diameter_um, *(float(np.interp(diameter_um, TABLE[:, 0], c)) for c in TABLE.T[1:]))

    @property
    def stin(self) -> float:
        """Length of one of the six STIN segments."""
        return (self.spacing - NODE_UM - 2 * MYSA_UM - 2 * self.flut) / 6

    def length(self, kind: str) -> float:
        """Length of a segment of this kind."""
        return {"mysa": MYSA_UM, "flut": self.flut, "stin": self.stin}[kind]

    def diameter(self, kind: str) -> float:
        """Diameter of the axon in a segment of this kind."""
        return self.node if kind == "mysa" else self.axon

    def single_cable(self, kind: str) -> tuple[float, float]:
        """Capacitance (uF/cm2) and conductance (S/cm2) of axolemma and myelin in series, per axon area.

        The periaxonal space is left out: an engine without a second cable can do no more.
        """
        per_axon = self.fibre / self.diameter(kind) / (2 * self.lamellae)
        return series(2.0, 0.1 * per_axon), series(LEAK_S_CM2[kind], 0.001 * per_axon)


def series(a: float, b: float) -> float:
    """Two capacitances or conductances one after the other."""
    return a * b / (a + b)
