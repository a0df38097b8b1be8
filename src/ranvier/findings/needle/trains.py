"""Taking a recording apart into trains of discharges, one for each motor unit."""

from dataclasses import dataclass

import numpy as np

from ranvier.findings.needle.detect import spikes_in
from ranvier.findings.needle.filters import Array, Places, times
from ranvier.findings.needle.firing import firing
from ranvier.findings.needle.rules import rules
from ranvier.findings.needle.templates import Fit, running_energy, seed, stretches, window, without


@dataclass(frozen=True, eq=False)
class Train:
    """The discharges of one unit: the samples of its largest spike, and its filtered shape."""

    shape: Array
    places: Places

    @property
    def energy(self) -> float:
        """The energy of the shape."""
        return float(np.sum(self.shape**2))


def trains(spikes: Array, step_ms: float, least_mv: float) -> list[Train]:
    """The trains found, largest first.

    Shapes are found one by one, the largest first, each taken out of the recording before the next is looked
    for. Then all are matched together, so that each discharge goes to the shape it fits best, and averaged
    anew from what the others leave.
    """
    found, left = list[Train](), spikes
    for _ in range(int(rules("matching")["rounds"])):
        shapes = [train.shape for train in (*found, *first_shapes(left, step_ms, least_mv))]
        found, _ = matched(spikes, shapes, step_ms)
        found, left = matched(spikes, [train.shape for train in distinct(found, step_ms)], step_ms)
    return sorted(unlocked(found, step_ms), key=lambda train: -train.energy)


def first_shapes(spikes: Array, step_ms: float, least_mv: float) -> list[Train]:
    """The shapes found one by one in what is left of the recording."""
    left, found, before = spikes, list[Train](), window(step_ms)[0]
    passed = np.zeros(len(spikes), bool)
    while True:
        places = spikes_in(left, step_ms, least_mv)
        begun = seed(left, places[~passed[places]], step_ms)
        if begun is None:
            return found
        shape, fellows = begun
        stretch = running_energy(left, len(shape))
        fit = Fit.of(left, shape, before, stretch).best(step_ms, rules("matching")["alone"])
        if len(fit) >= rules("unit")["least_discharges"]:
            found.append(Train(shape, fit))
            left = without(left, fit, shape, before)
        near = np.arange(-before // 4, before // 4 + 1)
        passed[np.clip(fellows[:, None] + near, 0, len(left) - 1)] = True


def matched(spikes: Array, shapes: list[Array], step_ms: float) -> tuple[list[Train], Array]:
    """Each shape with the places it explains best, all competing, averaged anew there; and what is left."""
    before, after = window(step_ms)
    places, left = [np.empty(0, np.int64) for _ in shapes], spikes
    for _ in range(int(rules("matching")["passes"])):
        won = contest(left, shapes, places, step_ms)
        if not any(len(each) for each in won):
            break
        for n, shape in enumerate(shapes):
            left = without(left, won[n], shape, before)
            places[n] = np.sort(np.concatenate([places[n], won[n]]))
    found = [
        Train(shape + np.median(stretches(left, where, before, after), axis=0), where)
        for shape, where in zip(shapes, places, strict=True)
        if len(where) >= rules("unit")["least_discharges"]
    ]
    return found, left


def contest(left: Array, shapes: list[Array], taken: list[Places], step_ms: float) -> list[Places]:
    """The places each shape wins in what is left: where it takes away most energy, and no other as near."""
    before, after = window(step_ms)
    offers: list[tuple[float, int, int]] = []
    stretch = running_energy(left, before + after + 1)
    for n, shape in enumerate(shapes):
        fit, energy = Fit.of(left, shape, before, stretch), float(np.sum(shape**2))
        where = fit.best(step_ms, rules("matching")["most_misfit"])
        offers += [(float(fit.explained[k]) * energy, int(k), n) for k in where]
    busy = np.zeros(len(left), bool)
    won = [list[int]() for _ in shapes]
    refractory = rules("unit")["refractory"] / step_ms
    for _, k, n in sorted(offers, reverse=True):
        if busy[k] or (taken[n].size and np.min(np.abs(taken[n] - k)) < refractory):
            continue
        busy[max(k - before // 2, 0) : k + after // 2] = True
        won[n].append(k)
    return [np.array(sorted(each), np.int64) for each in won]


def distinct(found: list[Train], step_ms: float) -> list[Train]:
    """The trains with those joined that are one unit, whose shape changed or which was found twice."""
    kept: list[Train] = []
    for train in sorted(found, key=lambda each: -len(each.places)):
        same = next((n for n, other in enumerate(kept) if one_unit(train, other, step_ms)), None)
        if same is None:
            kept.append(train)
        else:
            kept[same] = Train(kept[same].shape, np.sort(np.concatenate([kept[same].places, train.places])))
    return kept


def one_unit(one: Train, other: Train, step_ms: float) -> bool:
    """Whether two trains are one unit: the same shape, or a like one in the pauses of the other.

    Two units that fire independently now and then do so within half an interval of each other; the changing
    potential of one unit never does.
    """
    misfit, rule = shape_misfit(one, other, step_ms), rules("matching")
    if misfit >= rule["like_shape"]:
        return False
    return misfit < rule["same_unit"] or take_turns(times(one.places, step_ms), times(other.places, step_ms))


def take_turns(one_ms: Array, other_ms: Array) -> bool:
    """Whether two trains together are as regular as either alone, and still silent after each discharge."""
    both, alone = firing(np.concatenate([one_ms, other_ms])), (firing(one_ms), firing(other_ms))
    if both is None or not both.single:
        return False
    return both.silence <= rules("matching")["united_silence"] and both.regular >= max(
        each.regular if each else 0.0 for each in alone
    )


def shape_misfit(one: Train, other: Train, step_ms: float) -> float:
    """How much two shapes differ where they match best, as a share of the smaller one's energy."""
    small, large = sorted((one, other), key=lambda each: each.energy)
    most = round(rules("matching")["before"] / step_ms)
    left = np.pad(large.shape, most)
    length = len(small.shape)
    fits = [np.sum((left[k : k + length] - small.shape) ** 2) for k in range(2 * most + 1)]
    outside = [large.energy - np.sum(left[k : k + length] ** 2) for k in range(2 * most + 1)]
    return float(np.min(np.add(fits, outside))) / small.energy


def unlocked(found: list[Train], step_ms: float) -> list[Train]:
    """The trains without those that discharge at one delay from a larger one: a part of its potential."""
    kept: list[Train] = []
    for train in sorted(found, key=lambda each: -each.energy):
        if not any(locked(train, larger, step_ms) for larger in kept):
            kept.append(train)
    return kept


def locked(small: Train, large: Train, step_ms: float) -> bool:
    """Whether most discharges of the smaller train stand at one delay from one of the larger."""
    rule = rules("unit")
    delays = nearby_delays(small.places, large.places, rule["locked_within"] / step_ms)
    if delays.size == 0:
        return False
    width = rule["locked_spread"] / step_ms
    ends = np.searchsorted(delays, delays + 2 * width, "right")
    return bool(
        np.max(ends - np.arange(len(delays))) > rule["locked"] * min(len(small.places), len(large.places))
    )


def nearby_delays(places: Places, others: Places, most: float) -> Array:
    """All delays of one train from the other that are not longer than `most`, sorted."""
    first, last = np.searchsorted(others, places - most), np.searchsorted(others, places + most, "right")
    found = [place - others[a:b] for place, a, b in zip(places, first, last, strict=True)]
    return np.sort(np.concatenate(found)).astype(np.float64)


def aligned(spikes: Array, places: Places, step_ms: float) -> Places:
    """The places of a train moved by up to two samples, to where each fits the average best."""
    before, after = window(step_ms)
    shape = np.median(stretches(spikes, places, before, after), axis=0)
    moves = np.arange(-2, 3)
    fit = [np.sum(stretches(spikes, places + move, before, after) * shape, axis=1) for move in moves]
    return np.clip(places + moves[np.argmax(fit, axis=0)], 0, len(spikes) - 1)
