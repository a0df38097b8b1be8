"""What lies above and below the panels: events by name, doses, and the axis of dates."""

from collections.abc import Iterator, Sequence

from ranvier.report.days import day_words
from ranvier.report.limbs import safe
from ranvier.report.plot import text
from ranvier.report.series import look
from ranvier.report.series.axes import dates
from ranvier.report.series.series import Event, Mark, Series

RIGHT = look.LEFT + look.WIDTH
BROAD, SHARE = 4.5, 0.3
"""Half the width of the mark of a dose at most, and as a share of what lies between two doses."""
APART, LAST_WORD = 8.0, look.PAGE - 28
"""Between two labels; and the middle of a word on the axis at most."""


def across(series: Series, day: float) -> float:
    """Where a day lies; a day beyond the figure at its edge."""
    share = (day - series.first) / (series.last - series.first)
    return look.LEFT + look.WIDTH * min(max(share, 0.0), 1.0)


def event_rows(series: Series) -> list[tuple[Event, int, bool]]:
    """Each event with its row, and whether its name has room there."""
    free, found = [0.0] * look.EVENT_ROWS, list[tuple[Event, int, bool]]()
    for each in sorted(series.events, key=lambda one: one.first):
        begin = word_begins(series, each)
        row = next((n for n, until in enumerate(free) if begin >= until), None)
        found.append((each, look.EVENT_ROWS - 1 if row is None else row, row is not None))
        if row is not None:
            free[row] = max(begin + look.LETTER * len(each.name), across(series, each.last)) + APART
    return found


def word_begins(series: Series, event: Event) -> float:
    """Where the name of an event begins: with it, but never beyond the edge."""
    return min(across(series, event.first), RIGHT - look.LETTER * len(event.name))


def event_lane(series: Series, rows: Sequence[tuple[Event, int, bool]], top: float) -> Iterator[str]:
    """The name of each event above a bar as long as it lasted."""
    for each, row, named in rows:
        y, x, end = top + look.EVENT_ROW * row, across(series, each.first), across(series, each.last)
        if named:
            yield text(word_begins(series, each), y + 14, each.name)
        told = f"<title>{safe(each.words)}</title>"
        size = f'x="{x:.1f}" y="{y + 20:.1f}" width="{max(end - x, 3):.1f}" height="5"'
        yield f'<rect class="bar span e{each.look}" {size}>{told}</rect>'


def dose_lane(series: Series, top: float) -> Iterator[str]:
    """A mark for every dose, hollow where it is yet to come, and its label where there is room."""
    shown = series.doses_shown
    yield text(look.LEFT - 8, top + 42, "doses" if shown else "no doses", "dim", "end" if shown else "start")
    places = [across(series, each.day) for each in shown]
    between = (max(places) - min(places)) / (len(places) - 1) if len(places) > 1 else look.WIDTH
    half = min(BROAD, max(SHARE * between, SHARE))
    for each, x in zip(shown, places, strict=True):
        own = "dose" if series.today is None or each.day <= series.today else "to-come"
        told = safe(f"{each.words}, {day_words(each.day)}")
        way = f"M{x - half:.1f} {top + 30:.1f}h{2 * half:.2f}l{-half:.2f} 12z"
        yield f'<path class="{own}" d="{way}"><title>{told}</title></path>'
    for each, x in labelled(list(zip(shown, places, strict=True))):
        yield text(x, top + 22, each.label, "dim", "middle")


def labelled(doses: Sequence[tuple[Mark, float]]) -> list[tuple[Mark, float]]:
    """All doses that have a label if there is room for all, else those on which it changes."""
    named = [pair for pair in doses if pair[0].label]
    kept = with_room(named)
    if len(kept) == len(named):
        return kept
    before = ["", *(each.label for each, _ in named)]
    return with_room([pair for pair, last in zip(named, before, strict=False) if pair[0].label != last])


def with_room(doses: Sequence[tuple[Mark, float]]) -> list[tuple[Mark, float]]:
    """Doses, from the left, whose labels do not touch."""
    kept = list[tuple[Mark, float]]()
    for each, x in doses:
        if not kept or x - kept[-1][1] >= apart(each, kept[-1][0]):
            kept.append((each, x))
    return kept


def apart(one: Mark, other: Mark) -> float:
    """How far apart two labels must be."""
    return look.LETTER * (len(one.label) + len(other.label)) / 2 + APART


def date_axis(series: Series, y: float) -> Iterator[str]:
    """The axis of dates, the year below where it begins."""
    yield f'<path class="axis" d="M{look.LEFT} {y:g}h{look.WIDTH}"/>'
    for day, words, year in dates(series.first, series.last):
        x = across(series, day)
        yield f'<path class="axis" d="M{x:.1f} {y:g}v5"/>'
        place = min(x, LAST_WORD)
        yield text(place, y + 20, words, "dim", "middle")
        if year:
            yield text(place, y + 38, year, "dim", "middle")
