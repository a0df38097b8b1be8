"""One myelinated motor axon: how thick, how long, how warm and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ranvier.nerve import temperature
from ranvier.nerve.channels import Membrane, membrane
from ranvier.nerve.geometry import Choice, Geometry, geometry
from ranvier.nerve.lesion import Lesion, laid_out

MOST_NODES = 2000


@dataclass(frozen=True)
class Fibre:
    """A motor axon of `nodes` nodes of Ranvier, from node 0 at its proximal end.

    `temperature_c` is one number, or one per node for a limb that is cold at its end. `membrane` names an
    entry of `channels.toml`: `mrg` (passive internode) or `human`. With `pump` an electrogenic Na/K pump
    and the sodium inside each node are followed, so that cold, activity and pore lesions act through them;
    `settled_c` is the temperature at which that sodium had come to balance before the limb was cooled or
    warmed (minutes ago), none when it has settled at the present temperature (hours).
    Raises ValueError (or EvidenceError) when a field is out of its range.
    """

    diameter_um: float
    nodes: int = 51
    temperature_c: float | Sequence[float] = 37.0
    lesions: tuple[Lesion, ...] = ()
    geometry_choice: Choice = "table"
    membrane_name: str = "mrg"
    pump: bool = False
    settled_c: float | None = None
    shape: Geometry = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if int(self.nodes) != self.nodes or not 1 <= self.nodes <= MOST_NODES:
            raise ValueError(f"nodes must lie between 1 and {MOST_NODES}, not {self.nodes}.")
        object.__setattr__(self, "lesions", tuple(self.lesions))
        object.__setattr__(self, "temperature_c", plain(self.temperature_c))
        if not all(isinstance(each, Lesion) for each in self.lesions):
            raise ValueError("lesions must be Lesion objects; Lesion.parse reads na:0.2@23-27.")
        object.__setattr__(self, "shape", geometry(self.diameter_um, self.geometry_choice))
        self.temperatures()
        if self.settled_c is not None:
            temperature.checked(self.settled_c)
        if self.lesions:
            self.damage()
        self.membrane()

    def membrane(self) -> Membrane:
        """The membranes of its node and internode."""
        return membrane(self.membrane_name)

    def temperatures(self) -> NDArray[np.float64]:
        """The temperature of each node in degC."""
        given = temperature.checked(self.temperature_c)
        if given.ndim and given.size != self.nodes:
            raise ValueError(
                f"temperature must be one number or one per node ({self.nodes}), not {given.size}."
            )
        return np.broadcast_to(given, (self.nodes,))

    def damage(self) -> dict[str, NDArray[np.float64]]:
        """Each quality of `lesion.QUALITIES` along the fibre."""
        return laid_out(self.lesions, self.nodes)

    @property
    def spacing_mm(self) -> float:
        """From one node to the next."""
        return self.shape.node_spacing / 1000

    @property
    def length_mm(self) -> float:
        """From the first node to the last."""
        return (self.nodes - 1) * self.spacing_mm


def plain(temperature_c: ArrayLike) -> float | tuple[float, ...]:
    """One temperature as a number, several as a tuple, so that fibres can be compared and remembered.

    Raises ValueError for what is no number.
    """
    try:
        given = np.asarray(temperature_c, float)
    except (TypeError, ValueError):
        raise ValueError(
            f"temperature must be a number or one number per node, not {temperature_c!r}."
        ) from None
    if isinstance(temperature_c, str) or given.ndim > 1:
        raise ValueError(f"temperature must be a number or one number per node, not {temperature_c!r}.")
    return tuple(map(float, given)) if given.ndim else float(given)
