"""Days as they are written in texts and figures."""

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: float, year: bool = True) -> str:
    """`3 Sep 2026` of a day number."""
    when = date.fromordinal(int(day))
    return f"{when.day} {MONTHS[when.month - 1]}{f' {when.year}' if year else ''}"
