"""The ground a trace lies on: offset, drift, mains hum and the artefact's tail, and the choice among them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from ranvier.findings.measure.rules import Rules
from ranvier.findings.measure.trace import Array, Mask, Trace

TAILS = 6
DRIFT_MS = 10.0
RIDGE = 1e-4
TINY = 1e-30

Course = Callable[[Array], Array]


@dataclass(frozen=True)
class Term:
    """One thing that is not the response: what it is, and its courses in time (samples, coefficients)."""

    name: str
    courses: Course


def courses_of(terms: tuple[Term, ...], time_ms: Array) -> Array:
    """The courses of several terms beside each other."""
    return np.concatenate([term.courses(time_ms) for term in terms], axis=1)


@dataclass(frozen=True, eq=False)
class Ground:
    """What a trace lies on: terms, and the size of each of their courses (mV)."""

    terms: tuple[Term, ...]
    size: Array

    def at(self, time_ms: Array) -> Array:
        """The ground at these times."""
        return courses_of(self.terms, time_ms) @ self.size if self.terms else np.zeros_like(time_ms)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is taken off with it."""
        return tuple(f"{term.name} removed" for term in self.terms)


def grounds(rule: Rules, tails: bool) -> Iterator[tuple[Term, ...]]:
    """Everything a trace may lie on: level or sloping, with or without mains, with or without a tail.

    A tail is only looked for where the trace is quiet between the artefact and the response.
    """

    def mains(hertz: float) -> Term:
        turn = 2e-3 * np.pi * hertz
        return Term(f"{hertz:g} Hz", lambda t: np.stack([np.cos(turn * t), np.sin(turn * t)], axis=1))

    def tail(constant_ms: float) -> Term:
        name = f"artefact tail of {constant_ms:.1f} ms"
        return Term(name, lambda t: np.where(t < 0, 0.0, np.exp(-np.maximum(t, 0.0) / constant_ms))[:, None])

    offset = Term("offset", lambda t: np.ones((len(t), 1)))
    drift = Term("drift", lambda t: np.stack([np.ones_like(t), t / DRIFT_MS], axis=1))
    constants = np.geomspace(rule["shortest_tail_ms"], rule["longest_tail_ms"], TAILS if tails else 0)
    decays = [(tail(float(each)),) for each in constants]
    level = ((), (offset,), (drift,))
    hum = ((), (mains(rule["mains_a_hz"]),), (mains(rule["mains_b_hz"]),))
    yield from ((*one, *two, *three) for one, two, three in product(level, hum, ((), *decays)))


def best_ground(bins: Trace, quiet: Mask, noise_mv: float, rule: Rules) -> Ground:
    """The ground that explains the quiet part best for what it costs (the Bayesian information criterion)."""
    trust = 1 / spread(bins, quiet, noise_mv, rule)
    known = bins.where(quiet)
    loud = bins.time_ms[~quiet & (bins.time_ms > 0)]
    early = (known.time_ms > 0) & (known.time_ms < (loud[0] if len(loud) else np.inf))
    tails = bool(np.count_nonzero(early) >= rule["fewest_early"])
    fits = [fitted(known, trust, terms) for terms in grounds(rule, tails)]
    honest = [each for each in fits if told_before(each, bins, noise_mv, rule)]
    found = honest or [level_of_before(bins)]
    costs = [
        np.sum((trust * (known.mv - each.at(known.time_ms))) ** 2)
        + rule["price"] * len(each.size) * np.log(len(known.mv))
        for each in found
    ]
    return found[int(np.argmin(costs))]


def level_of_before(bins: Trace) -> Ground:
    """The level on which a trace lies before the stimulus, where nothing else can be told."""
    offset = Term("offset", lambda t: np.ones((len(t), 1)))
    return Ground((offset,), np.array([np.median(bins.mv[bins.time_ms < 0])]))


def told_before(ground: Ground, bins: Trace, noise_mv: float, rule: Rules) -> bool:
    """Whether a ground is no larger than what the trace shows of it before the stimulus, where it shows that.

    The slow end of a long response is no hum: hum and drift would have been there before it.
    """
    early = bins.time_ms < 0
    before, course = bins.mv[early], ground.at(bins.time_ms)
    if len(before) < rule["fewest_before"]:
        return True
    seen = float(np.ptp(before)) + rule["loud"] * noise_mv
    lies_there = float(np.max(np.abs(course[early] - before))) <= seen
    return lies_there and float(np.ptp(course[~early])) <= rule["grown"] * seen


def spread(bins: Trace, quiet: Mask, noise_mv: float, rule: Rules) -> Array:
    """How far each quiet bin may lie from its ground: the noise and, after the response, the response's tail.

    What a large response leaves behind is not drift, so the trace before it counts for more.
    """
    span = float(np.ptp(bins.mv))
    loud = bins.time_ms[~quiet & (bins.time_ms > 0)]
    before = bins.time_ms[quiet] < (loud[0] if len(loud) else np.inf)
    share = np.where(before, rule["share_before"], rule["share_after"])
    return np.hypot(noise_mv, share * span) + TINY


def fitted(quiet: Trace, trust: Array, terms: tuple[Term, ...]) -> Ground:
    """The terms as large as the quiet part has them."""
    if not terms:
        return Ground((), np.empty(0))
    courses = courses_of(terms, quiet.time_ms)
    return Ground(terms, least_squares(trust[:, None] * courses, trust * quiet.mv, RIDGE))


def least_squares(courses: Array, mv: Array, ridge: float = 0.0) -> Array:
    """The coefficients that bring the courses nearest to the trace, small ones preferred by `ridge`."""
    normal = courses.T @ courses
    normal += ridge * np.trace(normal) / len(normal) * np.eye(len(normal))
    return np.asarray(np.linalg.lstsq(normal, courses.T @ mv, rcond=None)[0], np.float64)
