"""Whether phase cancellation alone explains a fall, in a probability and in words."""

from collections.abc import Iterator

from ranvier.diagnosis.apparent_block.cancellation import model_for, probability, provenance
from ranvier.diagnosis.apparent_block.explanation import Explanation, State, explanation, gate
from ranvier.diagnosis.apparent_block.fall import Fall, fall_of, falls, numbers
from ranvier.diagnosis.block import Examined

ID = "phase-cancellation"


def phase_cancellation_probability(examined: Examined) -> float | None:
    """The probability that phase cancellation alone explains an apparent block, in simulated first visits.

    None where the response does not fall, where it is not settled whether fibres cross, where a stimulus was
    submaximal, and where no simulated fall was like it.
    """
    fall = fall_of(examined)
    return None if fall is None or doubt(examined) else probability(fall)


def phase_cancellation(examined: Examined) -> Explanation:
    """Phase cancellation as an explanation of an apparent block."""
    fall, why_not = fall_of(examined), doubt(examined)
    if fall is None:
        return no_fall(examined)
    if why_not:
        return explanation(ID, "unknown", why_not)
    found = probability(fall)
    if found is None:
        reason = f"{', '.join(measures(fall))}: none of {model_for(fall).falls} simulated falls was like it"
        return explanation(ID, "unknown", reason)
    spread = gate(examined, "dispersion")
    before = f"before any number, {provenance()['alone']:.0%} of the simulated falls were cancellation alone"
    reasons = [", ".join(measures(fall)), *unknown(fall), *([spread.reason] if spread else []), before]
    return explanation(ID, state(found, bool(spread)), "; ".join(reasons), found)


def doubt(examined: Examined) -> str:
    """Why the probability would mean nothing: the fall has a cause that was not simulated, or may have."""
    crossing, weak = gate(examined, "Martin-Gruber not excluded"), gate(examined, "submaximal stimulus")
    return crossing.reason if crossing else weak.reason if weak else ""


def no_fall(examined: Examined) -> Explanation:
    """The answer where crossed fibres leave no fall, or amplitudes do not tell."""
    left = [examined.measure(name) for name in ("amplitude_drop", "area_drop")]
    if examined.crossing.present and left[0] is not None and not falls(left):
        return explanation(ID, "excluded", "with the crossed fibres added back the response does not fall")
    return explanation(ID, "unknown", "an amplitude is missing, or too small for its fall to mean anything")


def state(found: float, dispersed: bool) -> State:
    """A probability in a word; where a response is so dispersed that the rules doubt it, never 'excluded'."""
    words = numbers()["words"]
    if found >= words["likely"]:
        return "likely"
    return "possible" if dispersed or found >= words["excluded"] else "excluded"


def measures(fall: Fall) -> Iterator[str]:
    """The numbers of a fall in words."""
    if fall.area_drop is not None:
        yield f"area falls by {fall.area_drop:.0%}"
    yield f"amplitude falls by {fall.amplitude_drop:.0%}"
    if fall.duration_rise is not None:
        yield f"duration changes by {fall.duration_rise:+.0%}"


def unknown(fall: Fall) -> Iterator[str]:
    """What is not known of a fall, and so was averaged over."""
    missing = [name for name in ("area", "duration") if name not in fall.known]
    if missing:
        yield f"{' and '.join(missing)} not known, averaged over"
