"""A diary on a terminal: bars for each day or few days, with the infusions below on the same days."""

from collections.abc import Iterator, Sequence
from math import ceil
from textwrap import wrap

from ranvier.formats.files import printable
from ranvier.report.days import day_words
from ranvier.report.diary_told import USE, Diary, Series, dose_words
from ranvier.report.words import SIMULATED

CELLS, ROWS, MARGIN = 64, 3, 8
"""Widest chart, height of one, and what stands before it."""
EIGHTHS = " ▁▂▃▄▅▆▇█"
DOSE, DOT, MOST_LISTED = "▲", "•", 12
BARS = ("grip", "key pinch")
"""Measured often enough for bars; others are listed."""


def diary_text(diary: Diary) -> str:
    """The diary as lines of text, 72 characters wide at most."""
    return "\n".join(printable(line) for line in lines(diary)) + "\n"


def lines(diary: Diary) -> Iterator[str]:
    """The page from whose it is to what it is not."""
    yield f"{diary.who}, {day_words(diary.first)} to {day_words(diary.last)}"
    if diary.simulated:
        yield SIMULATED
    if not diary.series and not diary.doses and not diary.notes:
        yield "Nothing with a day stands in this diary yet."
    else:
        yield from chart(diary)
        yield from lists(diary)
    if diary.undated:
        yield f"Not shown: {diary.undated} without a day."
    yield from ("", *wrap(USE, CELLS + MARGIN))


def chart(diary: Diary) -> Iterator[str]:
    """The bars of each hand, infusions, and the days below them."""
    step = ceil(diary.length / CELLS)
    cells = ceil(diary.length / step)
    bars = [each for each in diary.series if each.measure in BARS]
    for each in bars:
        yield from ["", f"{each.name}, {each.unit}", *bar_lines(each, diary.first, step, cells)]
    if diary.doses:
        marks = {int((dose.day - diary.first) // step) for dose in diary.doses}
        drawn = "".join(DOSE if n in marks else " " for n in range(cells))
        yield f"{'doses':>{MARGIN - 2}}  {drawn}".rstrip()
    if bars or diary.doses:
        begin, end = day_words(diary.first, year=False), day_words(diary.last, year=False)
        yield " " * MARGIN + f"{begin}{end:>{max(cells - len(begin), len(end) + 2)}}"
    if step > 1 and bars:
        yield f"One bar for {step} days, their mean."


def bar_lines(series: Series, first: int, step: int, cells: int) -> Iterator[str]:
    """Bars from 0 to the highest reading, the mean of each cell; a reading of 0 is a dot."""
    means = cell_means(series, first, step, cells)
    most = max(series.values, default=0.0)
    for row in reversed(range(ROWS)):
        label = f"{most:.3g}" if row == ROWS - 1 else "0" if row == 0 else ""
        drawn = "".join(block(mean, most, row) for mean in means)
        yield f"{label:>{MARGIN - 2}}  {drawn}".rstrip()


def cell_means(series: Series, first: int, step: int, cells: int) -> list[float | None]:
    """The mean of the readings of each few days, None where there are none."""
    held: list[list[float]] = [[] for _ in range(cells)]
    for day, value in zip(series.days, series.values, strict=True):
        held[int((day - first) // step)].append(value)
    return [sum(values) / len(values) if values else None for values in held]


def block(mean: float | None, most: float, row: int) -> str:
    """The part of a bar in one row of the chart."""
    if mean is None:
        return " "
    filled = round(mean / most * ROWS * (len(EIGHTHS) - 1)) if most > 0 else 0
    if filled <= 0:
        return DOT if row == 0 else " "
    return EIGHTHS[min(max(filled - row * (len(EIGHTHS) - 1), 0), len(EIGHTHS) - 1)]


def lists(diary: Diary) -> Iterator[str]:
    """What is not drawn, each with its day; the latest where there is much."""
    for each in diary.series:
        pairs = list(zip(each.days, each.values, strict=True))
        if each.measure in BARS:
            low, high = min(each.values), max(each.values)
            ends = f"{each.values[-1]:g} {each.unit} on {day_words(each.days[-1], year=False)}"
            yield from ([""] if each is diary.series[0] else [])
            many = f"{len(pairs)} reading{'s' if len(pairs) > 1 else ''}, {low:g} to {high:g}"
            yield f"{each.name}: {many}, last {ends}"
        else:
            yield from listed(f"{each.name}, {each.unit}", [(day, f"{value:g}") for day, value in pairs])
    yield from listed("Doses", [(dose.day, dose_words(dose)) for dose in diary.doses])
    yield from listed("Notes", list(diary.notes))


def listed(title: str, rows: Sequence[tuple[float, str]]) -> Iterator[str]:
    """A heading and rows with their days."""
    if rows:
        more = len(rows) - MOST_LISTED
        yield from ("", title + (f" (the last {MOST_LISTED} of {len(rows)})" if more > 0 else ""))
        yield from (f"  {day_words(day):<12} {text}" for day, text in rows[-MOST_LISTED:])
