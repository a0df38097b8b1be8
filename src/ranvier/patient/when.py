"""When something was found: a date as exact as it is known, or months since the first symptom."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

PATTERN = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?|month (?P<offset>-?\d+(\.\d+)?)|unknown"
)
DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12


@dataclass(frozen=True)
class When:
    """A time in a record: `2021`, `2021-04`, `2021-04-12`, `month 14` since onset, or `unknown`."""

    text: str

    def __post_init__(self) -> None:
        if not PATTERN.fullmatch(self.text):
            raise ValueError(
                f"'{self.text}' is not a time; write 2021, 2021-04, 2021-04-12, "
                "'month 14' (since the first symptom) or 'unknown'"
            )
        self.days  # noqa: B018  a date such as 2021-02-30 fails here, not later

    @property
    def months_since_onset(self) -> float | None:
        """The offset of a `month 14` time, else None."""
        return float(self.text.removeprefix("month ")) if self.text.startswith("month") else None

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day that a calendar time can mean, else None."""
        if not self.text[0].isdigit():
            return None
        year, *rest = [int(part) for part in self.text.split("-")]
        first_month, last_month = rest[:1] * 2 or (1, 12)
        try:
            first_day, last_day = rest[1:] * 2 or (1, monthrange(year, last_month)[1])
            return date(year, first_month, first_day), date(year, last_month, last_day)
        except ValueError as error:
            raise ValueError(f"'{self.text}' is not a day of the calendar") from error

    @property
    def day_numbers(self) -> tuple[float, float] | None:
        """The first and last day as numbers, else None."""
        return (float(self.days[0].toordinal()), float(self.days[1].toordinal())) if self.days else None

    @property
    def order(self) -> tuple[int, float]:
        """A key that sorts calendar times, then offsets, then the unknown."""
        if self.days:
            return 0, float(self.days[0].toordinal())
        offset = self.months_since_onset
        return (2, 0.0) if offset is None else (1, offset)

    def __str__(self) -> str:
        return self.text


Days = tuple[float, float]
"""The fewest and the most days something can be."""


def days_between(onset: Days | None, later: When) -> Days | None:
    """The days from onset, given as day numbers, to a later time; None when they cannot be told."""
    if later.months_since_onset is not None:
        days = later.months_since_onset * DAYS_PER_MONTH
        return days, days
    if onset is None or later.day_numbers is None:
        return None
    first, last = later.day_numbers
    return max(first - onset[1], 0.0), max(last - onset[0], 0.0)
