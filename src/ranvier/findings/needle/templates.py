"""Templates: the shapes that come again and again, and where they stand in the recording."""

from dataclasses import dataclass

import numpy as np

from ranvier.findings.needle.filters import Array, Places, correlated, peaks
from ranvier.findings.needle.rules import rules


def window(step_ms: float) -> tuple[int, int]:
    """How many samples of a template lie before its largest spike and after it."""
    rule = rules("matching")
    return round(rule["before"] / step_ms), round(rule["after"] / step_ms)


def stretches(samples: Array, places: Places, before: int, after: int) -> Array:
    """The samples about each place (places, samples); zero beyond the ends of the recording."""
    padded = np.pad(samples, (before, after + 1))
    return padded[places[:, None] + np.arange(before + after + 1)]


@dataclass(frozen=True, eq=False)
class Fit:
    """How a template fits with its spike on every sample of a recording.

    `misfit` is what it leaves of the recording, `explained` what it takes away; both as energy, in shares
    of the template's own: 0 and 1 on a discharge of its unit, 1 and less than 0 on the baseline.
    """

    misfit: Array
    explained: Array

    @classmethod
    def of(cls, samples: Array, template: Array, before: int, stretch: Array) -> "Fit":
        """The fit everywhere; the template does not hang over the ends of the recording.

        `stretch` is the `running_energy` of the recording over the template's length.
        """
        energy = float(np.sum(template**2))
        explained = 2 * correlated(samples, template) / energy - 1
        misfit = stretch / energy - explained
        after = len(template) - before - 1
        return cls(
            np.pad(misfit, (before, after), constant_values=np.inf),
            np.pad(explained, (before, after), constant_values=-np.inf),
        )

    def best(self, step_ms: float, most_misfit: float) -> Places:
        """Where the template explains most, no two places closer than a unit can fire."""
        apart = round(rules("unit")["refractory"] / step_ms)
        found = peaks(self.explained, rules("matching")["least_explained"], apart)
        return found[self.misfit[found] < most_misfit]


def seed(spikes: Array, places: Places, step_ms: float) -> tuple[Array, Places] | None:
    """The shape of the largest spikes that come again often enough, and where; None where none does.

    Spikes are compared pairwise. Each has its fellows: those that differ by less than `same_shape` of the
    smaller one's energy. Of those with enough fellows the one of largest energy leads.
    """
    before, after = window(step_ms)
    rule, least = rules("matching"), rules("unit")["least_discharges"]
    places = largest(spikes, places, int(rule["most_spikes"]))
    cut = stretches(spikes, places, before, after)
    energy = np.sum(cut**2, axis=1)
    apart = (energy[:, None] + energy - 2 * cut @ cut.T) / np.minimum(energy[:, None], energy)
    fellows = apart < rule["same_shape"]
    often = np.flatnonzero(np.sum(fellows, axis=1) >= least)
    if often.size == 0:
        return None
    leader = often[int(np.argmax(energy[often]))]
    return np.median(cut[fellows[leader]], axis=0), places[fellows[leader]]


def largest(spikes: Array, places: Places, most: int) -> Places:
    """The largest spikes, no more than can be compared."""
    order = np.argsort(-np.abs(spikes[places]), kind="stable")
    return np.sort(places[order[:most]])


def without(samples: Array, places: Places, shape: Array, before: int) -> Array:
    """The recording with a shape taken away at each place."""
    left = np.pad(samples, (before, len(shape)))
    for place in places:
        left[place : place + len(shape)] -= shape
    return left[before : before + len(samples)]


def running_energy(samples: Array, length: int) -> Array:
    """The energy of the stretch of this length that begins at every sample."""
    total = np.concatenate([[0.0], np.cumsum(samples**2)])
    return total[length:] - total[:-length]
