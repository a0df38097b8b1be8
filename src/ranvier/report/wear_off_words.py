"""A watch for wear-off in sentences, for the terminal and for those who cannot see the figure."""

from collections.abc import Iterator

import numpy as np

from ranvier.treatment.wear_off import Watch, WearOff
from ranvier.treatment.wear_off.sayings import day_of

WEEKLY = 7.5
"""Doses that lie no further apart leave no room for a wear-off day."""
NOTHING = "No fall that matters was seen."


def wear_off_words(found: Watch) -> Iterator[str]:
    """What the watch found, one sentence a line: levels, falls, the wear-off day, and what it cannot see."""
    yield from (state(found, m) for m in range(len(found.names)))
    yield from (each.words for each in found.events)
    if not found.events:
        yield NOTHING
    yield from wear_off(found)
    yield from (f"Cannot be seen: {each}" for each in found.cannot_see)


def wear_off(found: Watch) -> Iterator[str]:
    """The wear-off day, where doses lie far enough apart for one; that strength did not come back, always."""
    gaps = np.diff(found.infusions)
    apart = not len(gaps) or np.median(gaps) > WEEKLY
    if found.wear_off is not None and (apart or not found.wear_off.came_back):
        yield when(found.wear_off, found)


def state(found: Watch, m: int) -> str:
    """One measure today."""
    t = int(found.today - found.days[0])
    unit = found.units[m]
    fallen = found.probability[t, m]
    return (
        f"{found.names[m]}: {found.then.middle[t, m]:.1f} {unit} "
        f"({found.then.low[t, m]:.1f} to {found.then.high[t, m]:.1f}) on {day_of(found.today)}, "
        f"plateau {found.plateau[t, m]:.1f}; more than {found.matters[t, m]:.1f} below it: {fallen:.0%}."
    )


def when(of: WearOff, found: Watch) -> str:
    """The wear-off day of the cycle that runs."""
    if not of.came_back:
        return f"Strength did not come back to its plateau after the infusion of {day_of(of.infusion)}."
    if of.expected is None:
        ahead = int(found.days[-1] - of.infusion)
        return f"Wear-off is not expected within {ahead} days of the infusion of {day_of(of.infusion)}."
    after = int(of.expected) - int(of.infusion)
    early = day_of(of.earliest) if of.earliest is not None else "?"
    late = day_of(of.latest) if of.latest is not None else f"later than {day_of(found.days[-1])}"
    verb = "came" if of.expected <= found.today else "is expected"
    return (
        f"Wear-off {verb} on {day_of(of.expected)} (90 % between {early} and {late}), day {after} after the "
        f"infusion of {day_of(of.infusion)}, without another; {of.by} tells it."
    )
