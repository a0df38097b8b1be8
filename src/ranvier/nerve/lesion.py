"""What is wrong with a stretch of an axon: a quality changed at a run of nodes or internodes.

Nodes are numbered from 0 and ranges are inclusive; internode i lies between node i and node i + 1.
Lesions that meet at one place are combined: factors and fractions multiply, conductances and currents add.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Quality:
    """One thing a lesion can change, with the value that means health and the range that is accepted."""

    place: Literal["node", "internode"]
    healthy: float
    least: float
    most: float
    unit: str
    meaning: str

    def combine(self, present: NDArray[np.float64], value: float) -> NDArray[np.float64]:
        """A second lesion on top of what is there."""
        return present * value if self.healthy == 1 else present + value


QUALITIES: dict[str, Quality] = {
    "na": Quality("node", 1, 0, 10, "fraction", "fast Na channels left at the node"),
    "width": Quality("node", 1, 0.1, 1000, "factor", "node length, the number of channels kept"),
    "leak": Quality(
        "node", 0, 0, 10, "S/cm2", "added leak conductance of the node (reverses where its leak does)"
    ),
    "pore": Quality(
        "node", 0, 0, 10, "S/cm2", "membrane attack pores in the node, open to Na and K (reverse at 0 mV)"
    ),
    "pump": Quality("node", 1, 0, 10, "fraction", "Na/K pumps left at the node"),
    "potassium": Quality(
        "node", 1, 0.1, 20, "factor", "K outside the node, as a multiple of the normal concentration"
    ),
    "na_inside": Quality(
        "node", 1, 0.1, 10, "factor", "Na inside the node, as a multiple of the normal concentration"
    ),
    "fast_k": Quality("node", 0, 0, 10, "S/cm2", "juxtaparanodal fast K channels laid bare at the node"),
    "current": Quality("node", 0, -100, 100, "nA", "constant current into the node (positive depolarises)"),
    "myelin": Quality(
        "internode", 1, 0.1, 10000, "factor", "thinning: the number of lamellae is divided by it"
    ),
    "paranode": Quality(
        "internode", 1, 0.1, 10000, "factor", "width of the gap under the paranodal loops (MYSA)"
    ),
    "juxtaparanode": Quality(
        "internode", 1, 0.1, 10000, "factor", "width of the gap at the juxtaparanode (FLUT)"
    ),
    "detachment": Quality(
        "internode",
        1,
        0.1,
        10000,
        "factor",
        "MYSA and FLUT lifted: their gaps wider, their myelin thinner by it",
    ),
}

PATTERN = re.compile(r"\s*(?P<quality>\w+)\s*:\s*(?P<value>[^@\s]+)\s*@\s*(?P<first>\d+)(-(?P<last>\d+))?\s*")


@dataclass(frozen=True)
class Lesion:
    """One quality changed from the first to the last node (or internode), both included.

    `Lesion("na", 0.2, 23, 27)`: a fifth of the fast Na channels left at nodes 23 to 27.
    Raises ValueError for an unknown quality, a value out of its range or a range that runs backwards.
    """

    quality: str
    value: float
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.quality not in QUALITIES:
            raise ValueError(f"lesion: quality must be one of {', '.join(QUALITIES)}, not {self.quality!r}.")
        about = QUALITIES[self.quality]
        if not (math.isfinite(self.value) and about.least <= self.value <= about.most):
            raise ValueError(
                f"lesion {self.quality}: value must lie between {about.least:g} and {about.most:g} "
                f"({about.unit}: {about.meaning}), not {self.value:g}."
            )
        if int(self.first) != self.first or int(self.last) != self.last or not 0 <= self.first <= self.last:
            raise ValueError(
                f"lesion {self.quality}: {self.first}-{self.last} is not a range of numbers from 0 upwards."
            )

    @classmethod
    def parse(cls, text: str) -> "Lesion":
        """A lesion as written on the command line: `na:0.2@23-27`, `current:0.1@25`.

        Raises ValueError when the text has another form.
        """
        found = PATTERN.fullmatch(text)
        try:
            if not found:
                raise ValueError
            value = float(found["value"])
        except ValueError:
            raise ValueError(
                f"lesion {text!r}: write quality:value@first-last, for example na:0.2@23-27; "
                f"qualities are {', '.join(QUALITIES)}."
            ) from None
        first = int(found["first"])
        return cls(found["quality"], value, first, int(found["last"] or first))

    @classmethod
    def around(
        cls, quality: str, value: float, *, centre_mm: float, count: int, spacing_um: float
    ) -> "Lesion":
        """A lesion over `count` nodes (or internodes) about a place along the nerve, in mm from node 0.

        Nodal Na loss of 0.8 over 5 nodes at 120 mm: `around("na", 0.2, centre_mm=120, count=5, ...)`.
        """
        if not (math.isfinite(centre_mm) and centre_mm >= 0 and count >= 1):
            raise ValueError(f"lesion {quality}: centre_mm must be 0 or more and count 1 or more.")
        middle = centre_mm * 1000 / spacing_um
        first = max(0, round(middle - (count - 1) / 2))
        return cls(quality, value, first, first + count - 1)

    def __str__(self) -> str:
        return f"{self.quality}:{self.value:g}@{self.first}-{self.last}"


def laid_out(lesions: Iterable[Lesion], nodes: int) -> dict[str, NDArray[np.float64]]:
    """Each quality along a fibre: an array over its nodes or internodes, healthy where nothing is wrong.

    Raises ValueError for a lesion beyond the fibre.
    """
    lengths = {name: nodes if about.place == "node" else nodes - 1 for name, about in QUALITIES.items()}
    along = {name: np.full(lengths[name], float(QUALITIES[name].healthy)) for name in QUALITIES}
    for lesion in lesions:
        about, length = QUALITIES[lesion.quality], lengths[lesion.quality]
        if lesion.last >= length:
            raise ValueError(f"lesion {lesion}: the fibre has {about.place}s 0 to {length - 1}.")
        stretch = slice(lesion.first, lesion.last + 1)
        along[lesion.quality][stretch] = about.combine(along[lesion.quality][stretch], lesion.value)
    return along
