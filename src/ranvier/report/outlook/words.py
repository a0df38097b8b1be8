"""Numbers of a plan as a clinician reads them."""

from collections.abc import Sequence
from datetime import date

from ranvier.report.plot import Array
from ranvier.treatment.plan import Band, Outcome, Target

USE = (
    "Research and education software. It shows options with their basis and gives no orders; the dose is the "
    "physician's decision."
)


def day(number: float) -> str:
    """A day number as a date."""
    return date.fromordinal(int(number)).isoformat()


def counted(name: str, days: Sequence[float] | Array, what: str) -> str:
    """`grip left: 110 readings, last 2026-03-01`."""
    return f"{name}: {len(days)} {what}{'' if len(days) == 1 else 's'}, last {day(days[-1])}"


def banded(band: Band, digits: int = 0) -> str:
    """`21.4 (19.8-23.0)`: the middle with the range that holds 90 %."""
    return f"{band.typical:.{digits}f} ({band.low:.{digits}f}-{band.high:.{digits}f})"


def share(band: Band) -> str:
    """A share of time in percent with its range."""
    return f"{100 * band.typical:.0f} % ({100 * band.low:.0f}-{100 * band.high:.0f})"


def money(outcome: Outcome) -> str:
    """A year's cost in thousands, or that it is not known."""
    cost = outcome.burden.cost
    if cost is None:
        return "?"
    more = cost.administration or 0.0
    low, high = (cost.drug_low + more) / 1000, (cost.drug_high + more) / 1000
    return f"{low:.0f}k" if round(low) == round(high) else f"{low:.0f}-{high:.0f}k"


def target_words(target: Target) -> str:
    """A target with who set it."""
    return f"{target.text} ({target.basis})"
