"""What happened: spans of a fall that matters, told apart by the states behind them.

A fall of a measure has two parts: the fading, shapes of the infusions' effect times their amplitudes, and the
disease's, which is 0 in the first weeks. A span begins when the probability that a measure lies more than the
important change below its plateau passes `on`, from what was known that day, and ends when it is below `off`.
With everything known by the end of the series:

- **within-cycle fading**: on most days of the span the fading alone passes the important change; the next
  infusion takes it away;
- otherwise the disease's part made the difference, as it did where, in a span of fading, there were days on
  which strength had fallen and the fading alone does not say why. It is a **relapse** where that part went
  from a quarter to three quarters of its size in fewer days than `relapse_days`: a fall that follows no cycle
  and that no infusion takes away; and a **loss of response** where it took longer: the plateau that infusions
  reach sinks over cycles although they go on.

Spans of the disease that follow one another within two cycles are one event; so are spans of fading.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ranvier.treatment.wear_off.measures import numbers

Array = NDArray[np.float64]
FADING, LOSS, RELAPSE = "within-cycle fading", "loss of response", "relapse"
KINDS = (FADING, LOSS, RELAPSE)
QUARTERS = (0.25, 0.75)


@dataclass(frozen=True)
class Event:
    """A fall that matters.

    `kind`: within-cycle fading, loss of response or relapse. `seen`: the day on which it was first likely
    enough, from what was known then. `began`: the day from which, looking back, it was more likely than not.
    `ended`: the first day after it; None if it goes on. `by`: the measures that showed it, clearest first.
    `probability`: that there was such a fall, and of this kind, looking back. `times`: in how many spans.
    `borne_out`: whether, looking back, a fall was at some time more likely than not. `words`: a sentence.
    """

    kind: str
    seen: float
    began: float
    ended: float | None
    by: tuple[str, ...]
    probability: float
    times: int
    borne_out: bool = True
    words: str = ""


@dataclass(frozen=True, eq=False)
class Told:
    """By day and measure (T, M), as known that day (`then`) and looking back (`now`).

    `then`, `now`: the probability of a fall that matters; `faded_then`, `faded`: that the fading alone
    matters. `disease`: the disease's part of the fall, looking back, in important changes.
    """

    then: Array
    now: Array
    faded_then: Array
    faded: Array
    disease: Array


def spans(likely: Array, on: float, off: float) -> Iterator[tuple[int, int]]:
    """Where a probability rises to `on` and, later, falls below `off`: first day and day after the last."""
    begin = None
    for day, each in enumerate(likely):
        if begin is None and each >= on:
            begin = day
        elif begin is not None and each < off:
            yield begin, day
            begin = None
    if begin is not None:
        yield begin, len(likely)


def alarms(then: Array) -> list[tuple[int, int]]:
    """The spans of any measure (T, M) from what was known each day, once the plateau is known somewhat."""
    rule = numbers()["alarm"]
    settled = np.arange(len(then)) >= rule["settling_days"]
    return list(spans(np.where(settled, then.max(axis=1), 0.0), rule["on"], rule["off"]))


def joined(found: list[tuple[int, int]], gap: float) -> list[list[tuple[int, int]]]:
    """Spans in groups, each within `gap` days of the one before."""
    groups: list[list[tuple[int, int]]] = []
    for each in found:
        if groups and each[0] - groups[-1][-1][1] <= gap:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def share_faded(told: Told, span: tuple[int, int]) -> float:
    """How much of a span the fading alone explains, 0 to 1."""
    of = slice(*span)
    return float(min(told.faded[of].max(axis=1).sum() / max(told.now[of].max(axis=1).sum(), 1e-9), 1.0))


def days_to_fall(told: Told, span: tuple[int, int]) -> float:
    """Days in which the disease's part went from a quarter to three quarters of its size in a span."""
    weight = told.now[slice(*span)].sum(axis=0)
    part = told.disease @ (weight / max(weight.sum(), 1e-9))
    last = min(span[1], span[0] + int(numbers()["alarm"]["settled_days"]))
    top = span[0] + int(np.argmax(part[span[0] : last]))
    low, high = (
        int(np.flatnonzero(part[: top + 1] < share * part[top]).max(initial=0)) for share in QUARTERS
    )
    return float(high - low)


def chances(told: Told, span: tuple[int, int], fading: bool) -> dict[str, float]:
    """The probability of the kinds that a span may be, fading or one of the disease's."""
    rule = numbers()["alarm"]
    if fading:
        return {FADING: float(expit((share_faded(told, span) - rule["faded"]) / rule["faded_spread"]))}
    ratio = np.log((days_to_fall(told, span) + 1) / (rule["relapse_days"] + 1))
    slow = float(expit(ratio / rule["slow_spread"]))
    return {LOSS: slow, RELAPSE: 1 - slow}


def ill(told: Told) -> list[tuple[int, int]]:
    """Spans in which strength had fallen though the fading alone did not matter, looking back as well."""
    rule = numbers()["alarm"]
    then, now = (each.max(axis=1) for each in (told.then - told.faded_then, told.now - told.faded))
    return [each for each in spans(then, rule["on"], rule["off"]) if now[slice(*each)].mean() >= rule["off"]]


def parted(told: Told) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of fading, and spans of the disease."""
    every = alarms(told.then)
    fading = [each for each in every if share_faded(told, each) >= numbers()["alarm"]["faded"]]
    disease = [each for each in every if each not in fading]
    more = [each for each in ill(told) if not any(a < each[1] and each[0] < b for a, b in disease)]
    return fading, sorted(disease + more)


def events(told: Told, names: tuple[str, ...], first: float, cycle: float) -> tuple[Event, ...]:
    """What happened, in order of the days on which it was seen; `first` is the day number of the first."""
    fading, disease = parted(told)
    found = [event(told, names, first, each, True) for each in joined(fading, 2 * cycle)]
    found += [event(told, names, first, each, False) for each in joined(disease, 2 * cycle)]
    return tuple(sorted(found, key=lambda one: one.seen))


def event(
    told: Told, names: tuple[str, ...], first: float, group: list[tuple[int, int]], fading: bool
) -> Event:
    """One event from its spans."""
    span = group[0]
    likely = chances(told, span, fading)
    kind = max(likely, key=lambda name: likely[name])
    of = slice(span[0], group[-1][1])
    best = told.now[of].max(axis=0)
    order = [int(m) for m in np.argsort(-best) if best[m] >= 0.5] or [int(np.argmax(best))]
    ended = None if group[-1][1] == len(told.now) else first + group[-1][1]
    sure = float(best.max()) * likely[kind]
    by = tuple(names[m] for m in order)
    return Event(
        kind, first + span[0], first + begun(told, span), ended, by, sure, len(group), bool(best.max() >= 0.5)
    )


def begun(told: Told, span: tuple[int, int]) -> int:
    """The day from which, looking back, a fall was more likely than not; that of seeing it at the latest."""
    likely, at = told.now.max(axis=1) >= 0.5, span[0]
    while at > 0 and likely[at - 1]:
        at -= 1
    return at
