"""A needle recording in words: what was found, what was not, and what it cannot tell."""

from collections.abc import Iterator

from ranvier.evidence.tables import read_toml
from ranvier.evidence.value import Value, value_from
from ranvier.findings.needle.analysis import NeedleAnalysis
from ranvier.findings.needle.rest import Rest
from ranvier.findings.needle.rules import FILE, rules

USE = "Sizes and rhythms, no diagnosis. Research and education software."
SIMULATED = "A simulated recording, no patient."
FAIR = (
    "Good: hardly a discharge is missed. Fair: many are, as when units overlap; rate and averaged potential "
    "hold, the number of discharges does not."
)
LIMITS = (
    "One needle position. Units that overlap all the time, or fire too seldom, are not found: the larger "
    "ones are found more easily, so that means lean to them. Satellites later than 2.5 ms on the baseline "
    "are not part of a duration."
)
NOT_AT_REST = (
    "Spontaneous activity is not judged: one channel cannot tell it from a contraction. Say --at-rest for a "
    "recording of a relaxed muscle."
)


def title(found: NeedleAnalysis) -> str:
    """What was recorded: `Needle EMG, 12.7 s at 4000 Hz`."""
    mark = "Simulated needle EMG" if found.recording.simulated else "Needle EMG"
    return f"{mark}, {found.recording.duration_s:.1f} s at {found.recording.rate_hz:g} Hz"


def answer(found: NeedleAnalysis) -> str:
    """What was found, in one sentence."""
    if not found.units:
        return "No motor unit fires often and regularly enough to be averaged."
    count, poly = len(found.units), sum(unit.potential.polyphasic for unit in found.units)
    units = "1 motor unit" if count == 1 else f"{count} motor units"
    means = "" if count == 1 else "on average "
    return (
        f"{units}, {means}{found.mean_amplitude_mv:.2f} mV and {found.mean_duration_ms:.1f} ms, "
        f"{poly or 'none'} polyphasic, firing at {rates(found)}."
    )


def rates(found: NeedleAnalysis) -> str:
    """The range of firing rates: `9-11 Hz`."""
    low, high = f"{found.slowest_hz:.0f}", f"{found.fastest_hz:.0f}"
    return f"{low} Hz" if low == high else f"{low}-{high} Hz"


def pattern(found: NeedleAnalysis) -> str:
    """The interference pattern in one sentence."""
    seen = found.interference
    if seen.mean_turns_per_s is None:
        return "No activity stands out of the noise."
    amplitude = seen.mean_amplitude_mv
    size = "" if amplitude is None else f", {amplitude:.2f} mV from turn to turn"
    return (
        f"{seen.mean_turns_per_s:.0f} turns per second{size}, over the {len(seen.start_s)} epochs of "
        f"{rules('interference')['epoch']:g} s with activity; {seen.active_share:.0%} of the recording "
        "is active."
    )


def at_rest(rest: Rest) -> str:
    """What was found at rest, and what cannot be told."""
    told = (
        f"At rest: fibrillation {known(rest.fibrillations)}, positive sharp waves "
        f"{known(rest.positive_sharp_waves)}, fasciculation {known(rest.fasciculations)}"
    )
    often = f" ({rest.fasciculation_per_min:.0f} per minute)" if rest.fasciculations else ""
    fire = "unit fires" if rest.voluntary == 1 else "units fire"
    awake = (
        f" {rest.voluntary} {fire} as in a contraction: the muscle may not have been at rest."
        if rest.voluntary
        else ""
    )
    return (
        f"{told}{often}.{awake} Told by size, shape and rhythm only: end-plate spikes look like "
        "fibrillation, and a single voluntary discharge like a fasciculation."
    )


def known(found: bool | None) -> str:
    """`seen`, `not seen`, or that the recording is too short to deny it."""
    if found is None:
        return f"not seen in less than {rules('rest')['least_duration']:g} s, too short to deny it"
    return "seen" if found else "not seen"


def healthy() -> dict[str, Value]:
    """What healthy people show in the tibialis anterior, the one muscle for which a table was read."""
    table = read_toml(FILE)["healthy"]["tibialis_anterior"]
    return {name: value_from(f"healthy.tibialis_anterior.{name}", entry) for name, entry in table.items()}


def scale() -> str:
    """Published sizes to hold those found against."""
    people = healthy()
    size, length = people["amplitude"], people["duration"]
    return (
        "For scale, the mean of healthy people's units in one muscle, the tibialis anterior: "
        f"{size.number:g} mV ({size.spread}), {length.number:g} ms ({length.spread}). Other muscles, ages, "
        "needles and methods differ."
    )


def remarks(found: NeedleAnalysis) -> Iterator[str]:
    """Everything that must be known about the numbers, in sentences."""
    yield from (f"{remark[0].upper()}{remark[1:]}." for remark in found.remarks if remark)
    if any(unit.reliability == "fair" for unit in found.units):
        yield FAIR
    yield at_rest(found.rest) if found.rest else NOT_AT_REST


def endings(found: NeedleAnalysis) -> Iterator[str]:
    """What the figures are to be held against, and what they are not."""
    if found.units:
        yield scale()
        yield LIMITS
    if found.recording.simulated:
        yield SIMULATED
    yield USE
