"""Days and times as people and their devices write them. What can mean two days is refused, never guessed."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from ranvier.patient.when import When

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})([:.]\d{2}([.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?", re.ASCII | re.IGNORECASE
)
NOON, MONTHS = 12, 12
REMEDY = "write the day as 2026-11-20"


def day_first(cells: Iterable[str]) -> bool | None:
    """Whether dates with slashes begin with the day, as far as one of them tells; None if none does."""
    for cell in cells:
        found = SLASHED.match(cell)
        if found and int(found[1]) > MONTHS:
            return True
        if found and int(found[2]) > MONTHS:
            return False
    return None


def moment(day: str, time: str = "", slashes: bool | None = None) -> str:
    """`2026-11-20` or `2026-11-20T08:30` from a cell with a day (and time) and one with a time.

    `slashes`: whether 3/4/2026 is 3 April. Raises ValueError with the remedy.
    """
    head, _, tail = day.strip().replace("T", " ", 1).partition(" ")
    whole = f"{calendar(head, slashes)}{clock(time or tail)}"
    return When(whole).text


def calendar(text: str, slashes: bool | None) -> str:
    """A day as the record writes it; raises ValueError."""
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := GERMAN.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := SLASHED.fullmatch(text):
        one, two, year = map(int, found.groups())
        if slashes is None and one != two:
            raise ValueError(
                f"'{text}' can be {year}-{two:02d}-{one:02d} or {year}-{one:02d}-{two:02d}; {REMEDY}"
            )
        month, day = (two, one) if slashes else (one, two)
    else:
        raise ValueError(f"'{text}' is not a day; {REMEDY}" if text else f"is empty; {REMEDY}")
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise ValueError(f"'{text}' is not a day of the calendar; {REMEDY}") from error


def clock(text: str) -> str:
    """A time of day as it follows a day on the record, '' for none; raises ValueError."""
    text = text.strip().removesuffix("Z").strip()
    if not text:
        return ""
    found = CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2])) if found else (-1, 0)
    if found and found[5] and 1 <= hour <= NOON:
        hour = hour % NOON + (NOON if found[5].casefold() == "p" else 0)
    elif found and found[5]:
        hour = -1
    try:
        return datetime(1, 1, 1, hour, minute).strftime("T%H:%M")
    except ValueError as error:
        raise ValueError(f"'{text}' is not a time of day; write it as 08:30") from error
