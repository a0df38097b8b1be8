"""A self-monitored series with its level, infusions and events in one self-contained SVG."""

from collections.abc import Iterator

from ranvier.report.days import day_words
from ranvier.report.series import Event, Mark, Panel, Points, Ribbon, Series, series_svg
from ranvier.report.series.look import PAGE
from ranvier.report.wear_off_words import wear_off_words
from ranvier.treatment.wear_off import KINDS, Watch

NOON = 0.5
USE = "Research and education software: it describes readings; the dose is the physician's decision."
MEANING = (
    "Points: readings. Level: looking back, with its 90 % band. Plateau, and the line below which a "
    "fall from it matters: as known each day. Coloured: an event, from the day on which it was seen."
)


def wear_off_svg(found: Watch, width: int = PAGE, simulated: bool = False) -> str:
    """Each measure with its readings, level, band and plateau; infusions and events; and the probability."""
    begin, end = float(found.days[0]), found.today + 1
    figure = Series(
        title="Strength over the cycles of infusions",
        about=f"{day_words(begin)} to {day_words(found.today)}",
        simulated=simulated,
        first=begin,
        last=end,
        panels=(*(measured(found, m) for m in range(len(found.names))), likely(found)),
        doses=[Mark(day, "infusion") for day in found.infusions],
        events=tuple(happened(found)),
        notes=(MEANING, *wear_off_words(found), USE),
    )
    return series_svg(figure, width)


def measured(found: Watch, m: int) -> Panel:
    """One measure: its level with a band, its plateau, and where a fall from it begins to matter."""
    past, each, now = found.past, found.readings[m], found.now
    days, plateau = found.days[past] + NOON, found.plateau[past, m]
    return Panel(
        title=found.names[m],
        unit=found.units[m],
        points=(Points(each.day, each.value),),
        ribbons=(
            Ribbon("level", days, now.middle[past, m], now.low[past, m], now.high[past, m], "level"),
            Ribbon("plateau", days, plateau, look="plateau"),
            Ribbon("where a fall matters", days, plateau - found.matters[past, m], look="limit"),
        ),
    )


def likely(found: Watch) -> Panel:
    """The probability of a fall that matters, as known each day."""
    days = found.days[found.past] + NOON
    course = Ribbon("", days, found.any_fall[found.past], look="level")
    return Panel("probability of a fall that matters", "", ribbons=(course,), within=(0.0, 1.0), low=True)


def happened(found: Watch) -> Iterator[Event]:
    """Each event from the day on which it was seen to its end, or to today."""
    for each in found.events:
        last = each.ended if each.ended is not None else found.today + 1
        yield Event(each.seen, last, each.kind, each.words, KINDS.index(each.kind))
