"""What the watch says in plain words, and what it says it cannot see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off.events import FADING, LOSS, Event
from ranvier.treatment.wear_off.measures import Measure, numbers

FOLLOWS = {
    FADING: "towards the end of {cycles} and came back with the infusion",
    LOSS: "slowly, over the cycles, although infusions went on",
    "relapse": "within days, out of step with the infusions",
}


@dataclass(frozen=True)
class Fall:
    """What an event is about: its clearest measure's unit, plateau and important change below it."""

    unit: str
    plateau: float
    matters: float


def day_of(number: float) -> str:
    """A day number as a date."""
    return date.fromordinal(int(number)).isoformat()


def said(event: Event, of: Fall) -> str:
    """An event in one sentence."""
    first, *others = event.by
    matters = f"{of.matters:.1f} {of.unit} below its plateau of {of.plateau:.1f}"
    cycles = "a cycle" if event.times == 1 else f"{event.times} cycles"
    how = FOLLOWS[event.kind].format(cycles=cycles)
    more = f", and so did {' and '.join(others)}" if others else ""
    return (
        f"{first[0].upper()}{first[1:]} fell more than {matters} {how}{more}: {event.kind} "
        f"(probability {event.probability:.0%}), seen on {day_of(event.seen)}, "
        f"probably begun on {day_of(event.began)}."
        + ("" if event.borne_out else " Later readings do not bear it out.")
    )


def unseen(
    kinds: Sequence[Measure], series: Sequence[Readings], infusions: Sequence[float], today: int
) -> tuple[str, ...]:
    """What this series cannot show, in sentences."""
    return (*alone(kinds), *without(infusions, series), *silent(series, today))


def alone(kinds: Sequence[Measure]) -> tuple[str, ...]:
    """That one kind of measure misses changes."""
    of = {"grip" if each.kind.startswith("grip") else each.kind for each in kinds}
    if len(of) > 1:
        return ()
    showed = numbers()["showed"]
    told = f"grip showed {showed['grip']:.0%}, RODS {showed['rods']:.0%}, the MRC sum {showed['mrc_sum']:.0%}"
    only = {"grip": "grip", "rods": "a function score", "mrc_sum": "the MRC sum"}.get(of.pop(), "one measure")
    return (
        f"Only {only} is followed, and no single measure sees all: of real changes {told} (Doneddu 2020).",
    )


def without(infusions: Sequence[float], series: Sequence[Readings]) -> tuple[str, ...]:
    """That fading cannot be told without infusions, or not in the first weeks."""
    first = min(float(each.day[0]) for each in series)
    last = max(float(each.day[-1]) for each in series)
    weeks = numbers()["fading"]["baseline_days"]
    if not infusions:
        return ("No infusion is entered: fading within the cycle cannot be told from the disease.",)
    if infusions[0] > first - weeks:
        return (
            "The infusions before the first reading are not entered: the first weeks' plateau is uncertain.",
        )
    if last - first < weeks:
        return (f"Readings span {last - first:.0f} days: the plateau needs {weeks:.0f}.",)
    return ()


def silent(series: Sequence[Readings], today: int) -> tuple[str, ...]:
    """Stretches without any reading."""
    days = np.unique(np.floor(np.concatenate([each.day for each in series])))
    ends = np.append(days[1:], today + 1)
    long = [(a, b) for a, b in zip(days, ends, strict=True) if b - a - 1 >= numbers()["alarm"]["silent_days"]]
    return tuple(
        f"No reading from {day_of(a + 1)} to {day_of(b - 1)} ({b - a - 1:.0f} days): a fall then is not seen."
        for a, b in long
    )
