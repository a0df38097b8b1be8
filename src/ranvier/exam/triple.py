"""The triple stimulation technique: the share of axons that conduct from a proximal site, dispersion aside.

Test: proximal, then distal, then middle site. An axon that carries the first impulse has it collide with the
antidromic one of the second; the way is then free for the third. In an axon that does not, the antidromic
impulse runs on and puts the third out. Control: the same with the first stimulus at the middle site too. The
response to the third stimulus, begun at one place in both, is compared (Magistris and others, Brain 1998).
"""

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import motor_nerve
from ranvier.exam.collision import Collisions
from ranvier.exam.laboratory import near
from ranvier.exam.motor import SWEEP_MS, Recording
from ranvier.exam.stimulation import Electrode, along
from ranvier.exam.studies import numbers
from ranvier.findings.measure import Markers, measured, measured_site
from ranvier.findings.study import TripleStimulation, Waveform
from ranvier.muscle.potential import STEP_MS

Array = NDArray[np.float64]


def triple_stimulation(
    recording: Recording,
    proximal: str = "root",
    distal: str = "wrist",
    middle: str | None = None,
    strengths: tuple[float | None, float | None, float | None] = (None, None, None),
) -> TripleStimulation:
    """The ratios of the test to the control response, %; None where the control has no response.

    `middle` is where the third stimulus is given, if not said the next site below the proximal one; a block
    below it weakens test and control alike. `strengths` are those of the first, second and third stimulus.

    Raises UnknownNameError for an unknown site, ValueError for sites that are not in order.
    """
    high, mid, low = sites(recording, proximal, distal, middle)
    test = curve(recording, (high, low, mid), strengths)
    control = curve(recording, (mid, low, mid), (None, *strengths[1:]))
    return TripleStimulation(
        recording.side,
        recording.nerve,
        recording.muscle,
        proximal=high,
        distal=low,
        amplitude_ratio_percent=ratio(test.amplitude_mv, control.amplitude_mv),
        area_ratio_percent=ratio(test.area_mv_ms, control.area_mv_ms),
    )


def sites(recording: Recording, proximal: str, distal: str, middle: str | None) -> tuple[str, str, str]:
    """The three sites from above, in the house's words."""
    nerve = motor_nerve(recording.nerve)
    high, low = nerve.site(proximal), nerve.site(distal)
    order = nerve.sites.index
    mid = nerve.sites[max(order(high) - 1, 0)] if middle is None else nerve.site(middle)
    if not order(low) < order(mid) < order(high):
        raise ValueError(
            f"triple stimulation needs three sites from above to below, not {high}, {mid} and {low}; "
            f"the {nerve.name} nerve has {', '.join(reversed(nerve.sites))}."
        )
    return high, mid, low


def curve(
    recording: Recording,
    names: tuple[str, str, str],
    strengths: tuple[float | None, float | None, float | None],
) -> Markers:
    """The response to the third of three stimuli; the sweep without it is subtracted."""
    electrodes = tuple(
        recording.electrode(name, strength) for name, strength in zip(names, strengths, strict=True)
    )
    times = delays_ms(recording, electrodes)
    collisions = Collisions(recording, electrodes)
    random = recording.random("triple", *names)
    close = near(recording.reach_mm(electrodes[2]))
    shifts = -round(times[2] / STEP_MS)
    swept = [
        recording.amplifier.record(
            np.roll(collisions.response_mv(given), shifts),
            STEP_MS,
            SWEEP_MS[recording.body.limb(recording.nerve)],
            random,
            strength,
        )
        for given, strength in ((times, close), ((*times[:2], None), 0.0))
    ]
    return measured(less(*swept))


def delays_ms(recording: Recording, electrodes: tuple[Electrode, ...]) -> tuple[float, float, float]:
    """When the three stimuli are given: the differences of latency, rounded down."""
    high, low, mid = (latency_ms(recording, each) for each in electrodes)
    step = numbers("triple")["rounding"]
    first, second = (max(step, step * np.floor((site - low) / step)) for site in (high, mid))
    return 0.0, float(first), float(first + second)


def latency_ms(recording: Recording, electrode: Electrode) -> float:
    """The latency from a site; where nothing is recorded, that of the fastest axon if it were healthy."""
    found = measured_site(recording.site(electrode)).latency_ms
    if found is not None:
        return found
    path = recording.body.pathway(recording.supply)
    begin = along(recording.body, recording.supply, electrode)
    taken = path.healthy_ms(recording.supply.length_mm) - path.healthy_ms(begin)
    return float(np.min(taken + recording.terminal_ms))


def less(whole: Waveform, part: Waveform) -> Waveform:
    """One trace without what another has."""
    samples = np.subtract(whole.samples_mv, part.samples_mv)
    return Waveform(whole.start_ms, whole.step_ms, tuple(samples.tolist()))


def ratio(test: float | None, control: float | None) -> float | None:
    """Test over control, %."""
    return 100 * (test or 0.0) / control if control else None
