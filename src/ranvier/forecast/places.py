"""Numbers of a hand in which what readings say of it is nearly normal, and the way back to its own numbers.

Readings of a hand fix their mean and hardly what is behind it: a strong hand mostly blocked, or a weak one
hardly. Followed along its own numbers (`whole`, `least`, `depth`) such a density is bent twice: `whole` goes
against the rest, and `least` and `depth` take turns in making up the share that conducts. So they are looked
for by three other numbers, in places: the mean of the readings, the share s of the whole that conducts at the
attack in the middle of the readings (its logit), and the part f of that which is never blocked (its logit),

    least = s f,    least + (1 - least) Phi((depth - middle) / width) = s.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, ndtr, ndtri

from ranvier.forecast.model import Model

Array = NDArray[np.float64]
LEAST_CHANCE = 1e-12
FARTHEST = 25.0
"""Of a logit; beyond it a share is 0 or 1 to all digits."""
HALF_LOG_2PI = 0.5 * np.log(2 * np.pi)


@dataclass(frozen=True)
class Columns:
    """The columns of a measure's numbers among the unknowns; None for one that is not fitted."""

    whole: int | None
    least: int | None
    depth: int | None

    @property
    def folded(self) -> bool:
        """Whether least and depth are both looked for, and can be by the share and its part."""
        return self.least is not None and self.depth is not None


def columns(model: Model, measure: str) -> Columns:
    """Where the numbers of a measure stand."""
    return Columns(*(model.column(f"{measure} {part}") for part in ("whole", "least", "depth")))


def unfolded(share: Array, part: Array, width: Array, middle: Array) -> tuple[Array, Array, Array]:
    """`least` and `depth` from the logits of the share and its part, and the logarithm of the volume, (B,).

    The volume is that of (logit least, depth) for one of (share, part).
    """
    share, part = np.clip(share, -FARTHEST, FARTHEST), np.clip(part, -FARTHEST, FARTHEST)
    conducts, always = expit(share), expit(part)
    least = conducts * always
    chance = np.clip(conducts * (1 - always) / (1 - least), LEAST_CHANCE, 1 - LEAST_CHANCE)
    reach = ndtri(chance)
    height = -0.5 * reach**2 - HALF_LOG_2PI
    volume = np.log(width) + log_expit(share) + log_expit(-share) + log_expit(-part) - height
    return least, middle + width * reach, volume - 2 * np.log1p(-least)


def shape(least: Array, depth: Array, width: Array, logs: Array) -> Array:
    """The share of the whole that conducts (B, N) at logarithms of the attack (B, N)."""
    return least[:, None] + (1 - least[:, None]) * ndtr((depth[:, None] - logs) / width[:, None])
