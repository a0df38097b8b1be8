"""The two sides of the body. A side is always said, never guessed."""

from typing import Literal, get_args

Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = get_args(Side)
