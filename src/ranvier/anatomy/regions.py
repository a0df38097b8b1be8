"""The four regions of the motor system in which criteria for motor neuron disease count signs."""

from typing import Literal

Region = Literal["bulbar", "cervical", "thoracic", "lumbosacral"]
REGIONS: tuple[Region, ...] = ("bulbar", "cervical", "thoracic", "lumbosacral")


def region_of(root: str) -> Region:
    """The region of a root: C5 and T1 are cervical, the arm's."""
    if root[0] == "C" or root == "T1":
        return "cervical"
    return "thoracic" if root[0] == "T" else "lumbosacral"
