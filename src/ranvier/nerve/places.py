"""Where along a fibre an impulse is measured.

Velocity is taken from node 20 to ten nodes before the far end (20-40 of 51). A lesion ends the stretch five
nodes before it; where that leaves less than ten nodes, the stretch begins up to fourteen nodes earlier, from
node 6 on. Arrival is looked for 20 nodes beyond the lesion, or five nodes before the far end (45 of 51).
"""

from dataclasses import dataclass

from ranvier.nerve.fibre import Fibre
from ranvier.nerve.lesion import QUALITIES, Lesion

BEGIN, SETTLED = 20, 6
"""Where the stretch begins; where it may begin at the earliest, the pulse at node 0 forgotten."""

LONG, SHORTEST = 10, 4
"""Nodes that a stretch should have from its first to its last, and must have."""

BEFORE_LESION, BEFORE_END = 5, 10
"""Nodes between the stretch and what would bend its velocity."""

BEYOND, LAST = 20, 5
"""Nodes from the lesion to where arrival is looked for, and from there to the far end."""


@dataclass(frozen=True)
class Places:
    """The nodes of measurement.

    `stretch`: first and last node of the healthy stretch, None where it is too short. `landing`: where the
    impulse should arrive, `beyond` nodes after the lesion (None without one). `lesion`: the first and the
    last node that a lesion touches.
    """

    stretch: tuple[int, int] | None
    landing: int
    lesion: tuple[int, int] | None

    @classmethod
    def of(cls, fibre: Fibre) -> "Places":
        """The places of measurement of a fibre."""
        lesion = touched(fibre)
        return cls(stretch(fibre.nodes, lesion), landing(fibre.nodes, lesion), lesion)

    @property
    def probe(self) -> int | None:
        """The node at which the shape of the impulse is taken: the middle of the stretch."""
        return None if self.stretch is None else sum(self.stretch) // 2

    @property
    def beyond(self) -> int | None:
        """How many nodes after the lesion arrival is looked for; 0 or less when the lesion has no end."""
        return None if self.lesion is None else self.landing - self.lesion[1]


def touched(fibre: Fibre) -> tuple[int, int] | None:
    """The first and the last node that lesions touch: an internode touches the nodes on either side."""
    if not fibre.lesions:
        return None
    return min(each.first for each in fibre.lesions), max(map(last_node, fibre.lesions))


def last_node(lesion: Lesion) -> int:
    """The last node that a lesion touches."""
    return lesion.last + (QUALITIES[lesion.quality].place == "internode")


def stretch(nodes: int, lesion: tuple[int, int] | None) -> tuple[int, int] | None:
    """The first and the last node of the healthy stretch before a lesion."""
    last = nodes - 1 - BEFORE_END
    if lesion is not None:
        last = min(last, lesion[0] - BEFORE_LESION)
    first = min(BEGIN, max(last - LONG, SETTLED))
    return (first, last) if last - first >= SHORTEST else None


def landing(nodes: int, lesion: tuple[int, int] | None) -> int:
    """Where the impulse should arrive; in a fibre that ends sooner, as far as it goes."""
    edge, wanted = (0, nodes) if lesion is None else (lesion[1], lesion[1] + BEYOND)
    return max(min(wanted, nodes - 1 - LAST), min(edge + 1, nodes - 1))
