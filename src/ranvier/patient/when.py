"""When something was found: a date as exact as it is known, or months since the first symptom."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

PATTERN = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2})(T(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d))?)?)?"
    r"|month (?P<offset>-?\d+(\.\d+)?)|unknown",
    re.ASCII,
)
DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12


@dataclass(frozen=True)
class When:
    """A time in a record: `2021`, `2021-04`, `2021-04-12`, `2021-04-12T08:30`, `month 14` or `unknown`.

    Months count from the first symptom.
    """

    text: str

    def __post_init__(self) -> None:
        if not PATTERN.fullmatch(self.text):
            raise ValueError(
                f"'{self.text}' is not a time; write 2021, 2021-04, 2021-04-12, 2021-04-12T08:30, "
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
        year, *rest = [int(part) for part in self.text.partition("T")[0].split("-")]
        first_month, last_month = rest[:1] * 2 or (1, 12)
        try:
            first_day, last_day = rest[1:] * 2 or (1, monthrange(year, last_month)[1])
            return date(year, first_month, first_day), date(year, last_month, last_day)
        except ValueError as error:
            raise ValueError(f"'{self.text}' is not a day of the calendar") from error

    @property
    def day_numbers(self) -> tuple[float, float] | None:
        """The first and last day as numbers, with the time of day as a fraction if it is given, else None."""
        if self.days is None:
            return None
        first, last = (day.toordinal() + self.of_day for day in self.days)
        return first, last

    @property
    def day_number(self) -> float | None:
        """The day as a number, with the time of day as its fraction; None where no single day is named."""
        days = self.day_numbers
        return days[0] if days and days[0] == days[1] else None

    @property
    def of_day(self) -> float:
        """The time of day as a share of a day; 0 where none is given."""
        hour, _, minute = self.text.partition("T")[2].partition(":")
        return (int(hour) + int(minute) / 60) / 24 if hour else 0.0

    @property
    def order(self) -> tuple[int, float]:
        """A key that sorts calendar times, then offsets, then the unknown."""
        if self.day_numbers:
            return 0, self.day_numbers[0]
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
