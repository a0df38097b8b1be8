"""A diary as one self-contained HTML file: the picture, then doses, other readings and notes as tables."""

from collections.abc import Iterator

from markupsafe import Markup

from ranvier import __version__
from ranvier.report.days import day_words
from ranvier.report.diary_svg import TALL, diary_svg
from ranvier.report.diary_told import USE, Diary, dose_words
from ranvier.report.html import environment
from ranvier.report.words import SIMULATED

Rows = list[tuple[float, str]]


def diary_html(diary: Diary) -> str:
    """The diary as the text of an HTML file."""
    return (
        environment()
        .get_template("diary.html")
        .render(
            version=__version__,
            diary=diary,
            day=day_words,
            use=USE,
            simulated=SIMULATED,
            figure=Markup(diary_svg(diary)),  # noqa: S704  drawn and escaped by report.diary_svg
            tables=list(tables(diary)),
        )
    )


def tables(diary: Diary) -> Iterator[tuple[str, Rows]]:
    """What is told in rows, the latest first; readings of the hands stand in the picture alone."""
    found = [("Doses", [(dose.day, dose_words(dose)) for dose in diary.doses])]
    for each in diary.series:
        if each.measure not in TALL:
            pairs = zip(each.days, each.values, strict=True)
            found.append((f"{each.name} ({each.unit})", [(day, f"{value:g}") for day, value in pairs]))
    found.append(("Notes", list(diary.notes)))
    for title, rows in found:
        if rows:
            yield title, rows[::-1]
