"""A watch on what a patient measures at home: has strength fallen, why, and when will it next?"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from math import floor

import numpy as np
from numpy.typing import NDArray

from ranvier.treatment.drug import drug
from ranvier.treatment.given import Given
from ranvier.treatment.kinetics import usual_kg
from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off.bank import Known, known
from ranvier.treatment.wear_off.events import Event, Told, events
from ranvier.treatment.wear_off.expected import WearOff, wear_off
from ranvier.treatment.wear_off.measures import Measure, kind_of, measure, numbers
from ranvier.treatment.wear_off.sayings import Fall, said, unseen
from ranvier.treatment.wear_off.series import cycle_days, last_day, usable
from ranvier.treatment.wear_off.shapes import shapes
from ranvier.treatment.wear_off.states import Frame

Array = NDArray[np.float64]
BAND_90 = 1.6449


@dataclass(frozen=True, eq=False)
class Level:
    """The true level of each measure by day, (T, M), in its unit: the middle and a 90 % band."""

    middle: Array
    low: Array
    high: Array


@dataclass(frozen=True, eq=False)
class Watch:
    """What the readings say; T days to today and then days ahead without another infusion, M measures.

    `days` (T,): day numbers; `today`: the last that has been. `then`: the levels as known each day; `now`:
    looking back from today. `plateau` (T, M): the top of the first cycles, as known each day; `matters`
    (T, M): the important change below it, in the unit. `probability` (T, M): that the measure lies more than
    that below the plateau, as known each day; `looking_back`: as known today; not a number before a measure's
    first reading. `noise`: one reading's SD as a share of the usual.
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    readings: tuple[Readings, ...]
    infusions: tuple[float, ...]
    days: Array
    today: float
    then: Level
    now: Level
    plateau: Array
    matters: Array
    probability: Array
    looking_back: Array
    noise: float
    events: tuple[Event, ...]
    wear_off: WearOff | None
    cannot_see: tuple[str, ...]

    @property
    def any_fall(self) -> Array:
        """The probability by day (T,) that some measure has fallen by what matters, as known each day."""
        return np.nanmax(self.probability, axis=1)

    @property
    def past(self) -> NDArray[np.bool_]:
        """Which days have been."""
        return self.days <= self.today + 0.5


def watch(
    readings: Sequence[Readings],
    given: Sequence[Given],
    until: float | None = None,
    weight_kg: float | None = None,
) -> Watch:
    """Follow every measure of strength and function among the readings, day by day.

    `given`: the doses, from at least six weeks before the first reading if they are known. `until`: today's
    day number, from which nothing is known yet; the last reading if not told. IgG and what is no measure of
    strength are left aside. Raises ValueError if nothing is left to follow, or a value is not a number.
    """
    today = floor(until if until is not None else last_day(readings))
    series, aside = usable(readings, today)
    kinds = tuple(measure(kind_of(each.measure, each.unit) or "other") for each in series)
    first = min(floor(each.day[0]) for each in series)
    ahead = int(numbers()["alarm"]["ahead_days"])
    days = np.arange(first, today + ahead + 1, dtype=float)
    before = [each for each in given if floor(each.day) <= today]
    frame = Frame(
        kinds, shapes(before, days + 0.5, weight_kg or usual_kg(), today - first + 1), series, first
    )
    then, now = known(frame, today - first + 1)
    return put_together(frame, then, now, days, today, before, aside)


def put_together(
    frame: Frame,
    then: Known,
    now: Known,
    days: Array,
    today: int,
    given: Sequence[Given],
    aside: Sequence[str],
) -> Watch:
    """The watch from what is known of the states."""
    names = tuple(each.measure for each in frame.series)
    infusions = tuple(each.day for each in given if drug(each.drug).is_immunoglobulin)
    plateau, least = plateaus(then, frame.measures)
    begun = days[:, None] >= np.array([np.floor(each.day[0]) for each in frame.series])
    told = Told(
        then=np.where(begun, then.beyond("fall", least), 0.0),
        now=np.where(begun, now.beyond("fall", least), 0.0),
        faded_then=np.where(begun, then.beyond("fading", least), 0.0),
        faded=np.where(begun, now.beyond("fading", least), 0.0),
        disease=now.part("disease")[0] / least,
    )
    found = Watch(
        names=names,
        units=tuple(each.unit for each in frame.series),
        readings=frame.series,
        infusions=infusions,
        days=days,
        today=float(today),
        then=level(then, frame.measures, begun),
        now=level(now, frame.measures, begun),
        plateau=plateau,
        matters=by_measure(lambda kind, value: kind.fall_that_matters(value), frame.measures, plateau),
        probability=np.where(begun, told.then, np.nan),
        looking_back=np.where(begun, told.now, np.nan),
        noise=noise(then),
        events=(),
        wear_off=wear_off(told.then, names, days[0], infusions[-1]) if infusions else None,
        cannot_see=(*unseen(frame.measures, frame.series, infusions, today), *aside),
    )
    happened = events(so_far(told, days <= today), names, days[0], cycle_days(infusions))
    return replace(
        found, events=tuple(replace(each, words=said(each, fall(found, each))) for each in happened)
    )


def fall(found: Watch, event: Event) -> Fall:
    """What an event is about, as known on the day on which it was seen."""
    m, t = found.names.index(event.by[0]), int(event.seen - found.days[0])
    return Fall(found.units[m], float(found.plateau[t, m]), float(found.matters[t, m]))


def so_far(told: Told, past: NDArray[np.bool_]) -> Told:
    """The days that have been."""
    return Told(*(getattr(told, each.name)[past] for each in fields(Told)))


def plateaus(then: Known, kinds: Sequence[Measure]) -> tuple[Array, Array]:
    """The plateau (T, M) in its unit, and the fall that matters on the scale on which it is followed."""
    middle = then.part("plateau")[0]
    least = by_measure(lambda kind, value: kind.scaled_fall(value), kinds, middle)
    return by_measure(lambda kind, value: kind.unscaled(value), kinds, middle), least


def level(of: Known, kinds: Sequence[Measure], begun: NDArray[np.bool_]) -> Level:
    """The levels with their bands; not a number before the first reading of a measure."""
    mean, spread = of.part("level")
    mean = np.where(begun, mean, np.nan)
    return Level(
        *(
            by_measure(lambda kind, value: kind.unscaled(value), kinds, mean + sign * BAND_90 * spread)
            for sign in (0, -1, 1)
        )
    )


def by_measure(act, kinds: Sequence[Measure], values: Array) -> Array:
    """What is done to each column with its measure."""
    return np.stack([act(kind, values[:, m]) for m, kind in enumerate(kinds)], axis=1)


def noise(then: Known) -> float:
    """The SD of one reading as a share of the usual, as known at last."""
    return float(sum(w[-1] * each.noise for w, each in zip(then.weight, then.settings, strict=True)))
