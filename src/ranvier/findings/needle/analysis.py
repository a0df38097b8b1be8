"""A needle recording from samples to what the examiner reports."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ranvier.findings.needle.detect import noise_mv, spikes_in, spiky, threshold_mv
from ranvier.findings.needle.filters import band
from ranvier.findings.needle.interference import Interference, interference
from ranvier.findings.needle.quality import quality
from ranvier.findings.needle.recording import Recording
from ranvier.findings.needle.rest import Rest, rest
from ranvier.findings.needle.rules import rules
from ranvier.findings.needle.trains import aligned, trains
from ranvier.findings.needle.unit import Sorted, Unit, units_of


@dataclass(frozen=True, eq=False)
class NeedleAnalysis:
    """What was found in one recording.

    `units` are the motor units, largest first; `noise_mv` the standard deviation of the noise in the band
    in which spikes are looked for, and `least_mv` the height from which they count. `rest` is None unless
    the examiner said that the muscle was at rest.
    """

    recording: Recording
    units: tuple[Unit, ...]
    interference: Interference
    noise_mv: float
    least_mv: float
    rest: Rest | None = None
    remarks: tuple[str, ...] = ()

    @property
    def mean_amplitude_mv(self) -> float | None:
        """Mean amplitude of the units' potentials."""
        return self.over_units(np.mean, lambda unit: unit.potential.amplitude_mv)

    @property
    def median_amplitude_mv(self) -> float | None:
        """Median amplitude of the units' potentials."""
        return self.over_units(np.median, lambda unit: unit.potential.amplitude_mv)

    @property
    def mean_duration_ms(self) -> float | None:
        """Mean duration of the units' potentials."""
        return self.over_units(np.mean, lambda unit: unit.potential.duration_ms)

    @property
    def median_duration_ms(self) -> float | None:
        """Median duration of the units' potentials."""
        return self.over_units(np.median, lambda unit: unit.potential.duration_ms)

    @property
    def polyphasic_percent(self) -> float | None:
        """Share of units whose potential has more than four phases."""
        return self.over_units(np.mean, lambda unit: 100.0 * unit.potential.polyphasic)

    @property
    def slowest_hz(self) -> float | None:
        """The lowest firing rate of the units."""
        return self.over_units(np.min, lambda unit: unit.firing.rate_hz)

    @property
    def fastest_hz(self) -> float | None:
        """The highest firing rate of the units."""
        return self.over_units(np.max, lambda unit: unit.firing.rate_hz)

    @property
    def mean_rate_hz(self) -> float | None:
        """Mean firing rate of the units."""
        return self.over_units(np.mean, lambda unit: unit.firing.rate_hz)

    def over_units(self, of: Callable[[list[float]], object], value: Callable[[Unit], float]) -> float | None:
        """A statistic of one number of all units; None without units."""
        found = [value(unit) for unit in self.units]
        return float(np.asarray(of(found))) if found else None


def analyse(recording: Recording, at_rest: bool = False) -> NeedleAnalysis:
    """Take a needle recording apart into motor units and describe the whole.

    `at_rest`: the examiner says that the muscle was relaxed, so that activity may be called spontaneous.
    """
    said = (*recording.remarks, *quality(recording))
    if recording.flat:
        nothing = Interference(0.0, np.empty(0), np.empty(0), np.empty(0))
        return NeedleAnalysis(recording, (), nothing, 0.0, 0.0, None, said)
    samples, step_ms = recording.at_one_rate
    spikes = spiky(samples, step_ms)
    noise = noise_mv(spikes, step_ms)
    least = threshold_mv(noise)
    places = spikes_in(spikes, step_ms, least)
    coarse = int(rules("matching")["every"])
    apart = trains(spikes[::coarse], coarse * step_ms, least)
    found = units_of(samples, [aligned(spikes, coarse * train.places, step_ms) for train in apart], step_ms)
    slow = band(samples, step_ms, rules("potential")["high_pass"])
    return NeedleAnalysis(
        recording,
        found.units,
        interference(slow, places, step_ms),
        noise,
        least,
        rest(found.units, slow, places, step_ms) if at_rest else None,
        (*said, *left_out(found)),
    )


def left_out(found: Sorted) -> Iterator[str]:
    """What was found and is not reported as a unit."""
    if found.irregular:
        yield (
            f"{found.irregular} further {'shape' if found.irregular == 1 else 'shapes'} that came again "
            "without a regular rhythm or a clear average are not counted as units"
        )
    if found.small:
        units = "unit" if found.small == 1 else "units"
        yield f"{found.small} {units} below 0.05 mV, far from the needle, left out"
