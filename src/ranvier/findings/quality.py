"""Quality gates: what stands between a fall of the response and the word 'block'.

A gate says which conclusion it takes away: that there is a block, that there is none, or that the block
is definite. It never changes a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ranvier.evidence import Value
from ranvier.findings.limits import limit, tables
from ranvier.findings.martin_gruber import Crossing
from ranvier.findings.norms import Norms, Person
from ranvier.findings.segment import DIGITS, Segment

Conclusion = Literal["block", "no block", "definite block"]


@dataclass(frozen=True)
class Gate:
    """One doubt about one segment, with its reason and what would settle it."""

    id: str
    reason: str
    takes_away: tuple[Conclusion, ...] = ()
    basis: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What the gates need to know beside the segment itself."""

    person: Person
    norms: Norms
    days_of_disease: tuple[float, float] | None
    """The fewest and the most days from first symptom to study, None where not known."""
    crossing: Crossing


def gates(segment: Segment, setting: Setting) -> tuple[Gate, ...]:
    """Every doubt about this segment."""
    found = (
        entrapment(segment),
        low_distal_amplitude(segment, setting),
        dispersion(segment),
        cold_limb(segment),
        submaximal(segment),
        undocumented_stimulus(segment),
        proximal_stretch(segment),
        martin_gruber(segment, setting.crossing),
        crossing_pattern(segment),
        early_study(setting.days_of_disease),
        area_missing(segment),
    )
    return tuple(gate for gate in found if gate)


def entrapment(segment: Segment) -> Gate | None:
    """A common entrapment site within the segment."""
    if not segment.entrapments:
        return None
    name = " and ".join(segment.entrapments)
    return Gate("entrapment site", f"spans a common entrapment site: {name}", ("block",))


def low_distal_amplitude(segment: Segment, setting: Setting) -> Gate | None:
    """A distal response too small to fall by a meaningful fraction."""
    amplitude = segment.distal.amplitude_mv
    floor = limit("low_distal_amplitude", "floor_mv")
    share = limit("low_distal_amplitude", "fraction_of_lower_limit")
    both: tuple[Conclusion, ...] = ("block", "no block")
    site = segment.distal.site
    if amplitude is None:
        return Gate("distal amplitude missing", f"the amplitude at the {site} is missing", both)
    if amplitude <= floor.number:
        reason = f"distal amplitude {amplitude:g} mV at the {site} is not above {floor.number:g} mV"
        return Gate("low distal amplitude", reason, both, (floor,))
    lower_limit = setting.norms.limit(
        "motor", segment.nerve.name, segment.muscle, "amplitude_mv_min", setting.person
    )
    if lower_limit is None:
        reason = (
            f"no lower limit of the amplitude is on file for {segment.nerve.name} to "
            f"{segment.muscle}, so it cannot be told whether {amplitude:g} mV is above "
            f"{share.number:.0%} of it; hand one in with --norms"
        )
        return Gate("no reference limit", reason, both, (share,))
    if amplitude <= round(share.number * lower_limit.number, DIGITS):
        reason = (
            f"distal amplitude {amplitude:g} mV at the {site} is not above {share.number:.0%} "
            f"of the lower limit ({lower_limit.number:g} mV)"
        )
        return Gate("low distal amplitude", reason, both, (share, lower_limit))
    return None


def dispersion(segment: Segment) -> Gate | None:
    """A response so spread out that phase cancellation may explain its fall. The sets weigh it."""
    rise = segment.duration_rise
    moderate, excessive = (
        limit("dispersion", "moderate_rise"),
        limit("dispersion", "excessive_rise"),
    )
    if rise is None or rise <= moderate.number:
        return None
    beyond = excessive if rise > excessive.number else moderate
    reason = (
        f"duration rises by {rise:.0%}, more than {beyond.number:.0%}: "
        "phase cancellation may explain part of the fall"
    )
    return Gate("dispersion", reason, (), (beyond,))


def cold_limb(segment: Segment) -> Gate | None:
    """A limb so cold that a block may hide: warming can bring it out."""
    measured = [
        row.temperature_c for row in (segment.distal, segment.proximal) if row.temperature_c is not None
    ]
    least = limit("cold_limb", f"{segment.nerve.limb}_c")
    if not measured or min(measured) >= least.number:
        return None
    reason = (
        f"limb at {min(measured):g} C, below {least.number:g} C: a study of the warmed limb would settle it"
    )
    return Gate("cold limb", reason, ("no block",), (least,))


def submaximal(segment: Segment) -> Gate | None:
    """A stimulus that did not reach every fibre."""
    if segment.proximal.stimulus == "submaximal":
        reason = f"submaximal stimulus at the {segment.proximal.site}: the fall may be the stimulus"
        return Gate("submaximal stimulus", reason, ("block",))
    if segment.distal.stimulus == "submaximal":
        reason = f"submaximal stimulus at the {segment.distal.site}: a fall may be hidden"
        return Gate("submaximal stimulus", reason, ("no block",))
    return None


def undocumented_stimulus(segment: Segment) -> Gate | None:
    """Proximal stimulation of which nobody wrote that it was supramaximal."""
    site = segment.proximal.site
    needed = tables()["proximal_stimulation"]["document_at"]
    if site not in needed or segment.proximal.stimulus is not None:
        return None
    reason = f"supramaximal stimulation at the {site} is not documented"
    return Gate("stimulus not documented", reason, ("block",))


def proximal_stretch(segment: Segment) -> Gate | None:
    """A stretch where a definite block is never called."""
    capped = set(tables()["proximal_stimulation"]["probable_at_most"])
    if capped.isdisjoint(segment.stretches):
        return None
    reason = f"stimulation at the {segment.proximal.site}: probable at most"
    return Gate("proximal stimulation", reason, ("definite block",))


def martin_gruber(segment: Segment, crossing: Crossing) -> Gate | None:
    """An ulnar fall in the forearm that crossed median fibres may explain."""
    if crossing.present:
        reason = (
            f"Martin-Gruber anastomosis: {crossing.amplitude_mv:.1f} mV reach {segment.muscle} "
            "through the median nerve, and are added back before the segment is graded"
        )
        return Gate("Martin-Gruber anastomosis", reason)
    if crossing.settled:
        return None
    reason = (
        "Martin-Gruber anastomosis not excluded: stimulation of the median nerve at wrist and elbow with "
        f"recording from {segment.muscle} would settle it"
    )
    return Gate("Martin-Gruber not excluded", reason, ("block",))


def crossing_pattern(segment: Segment) -> Gate | None:
    """A median response that is larger from the elbow than from the wrist."""
    fall, most = segment.amplitude_drop, limit("crossing_pattern", "rise")
    forearm = segment.nerve.name == "median" and "forearm" in segment.stretches
    if not forearm or fall is None or -fall <= most.number:
        return None
    reason = (
        f"the response from the {segment.proximal.site} is {-fall:.0%} larger than from the "
        f"{segment.distal.site}: a Martin-Gruber anastomosis (median stimulation with recording from ADM "
        "and FDI would show it) or spread of the stimulus may explain it"
    )
    return Gate("Martin-Gruber pattern", reason, (), (most,))


def late_enough(days: tuple[float, float] | None) -> bool | None:
    """Whether a cut axon would no longer conduct below the lesion; unknown while the onset is."""
    return None if days is None else days[0] >= limit("early_study", "days").number


def early_study(days: tuple[float, float] | None) -> Gate | None:
    """A study so soon after onset that a cut axon still conducts below the lesion."""
    least = limit("early_study", "days")
    if late_enough(days) is not False:
        return None
    reason = (
        f"study may be less than {least.number:g} days after onset: an interrupted axon still "
        "conducts below the lesion; a later study would settle it"
    )
    return Gate("study too early", reason, ("block",), (least,))


def area_missing(segment: Segment) -> Gate | None:
    """No area at one of the two sites; amplitude alone cannot tell block from dispersion."""
    if segment.area_drop is not None or segment.distal.absent:
        return None
    sites = [
        row.site for row in (segment.distal, segment.proximal) if row.area_mv_ms is None and not row.absent
    ]
    return Gate("area missing", f"area missing at the {' and the '.join(sites)}") if sites else None


def spread_fall(drops: Sequence[float | None]) -> Gate | None:
    """Falls that add up along a nerve although none of its segments reaches a limit."""
    kept, most = 1.0, limit("spread_fall", "total")
    for fall in drops:
        kept *= 1 - (fall or 0)
    if len(drops) < 2 or 1 - kept < most.number:
        return None
    falls = ", ".join(f"{fall:.0%}" for fall in drops if fall is not None)
    reason = (
        f"areas fall by {falls}, together by {1 - kept:.0%}, and no single segment reaches a limit: "
        "stimulation at short steps would show whether the fall lies in one place"
    )
    return Gate("spread fall", reason, (), (most,))


def undone(segments: Iterable[Segment]) -> tuple[str, ...]:
    """What a study leaves open without casting doubt on one segment alone."""
    segments = tuple(segments)
    remarks: list[str] = []
    limbs = sorted({limb(segment) for segment in segments})
    warm = {limb(s) for s in segments for r in (s.distal, s.proximal) if r.temperature_c is not None}
    unmeasured = [name for name in limbs if name not in warm]
    if unmeasured:
        which = "" if unmeasured == limbs else f" of the {', '.join(unmeasured)}"
        remarks.append(f"the temperature{which} is not recorded: cold may hide a block")
    if any(row.stimulus is None for s in segments for row in (s.distal, s.proximal)):
        remarks.append(
            "supramaximal stimulation is not documented at every site: taken as done up to the elbow "
            "and knee, not above"
        )
    return tuple(remarks)


def limb(segment: Segment) -> str:
    """`right arm`."""
    return f"{segment.side} {segment.nerve.limb}"


def definite_possible(stretch: str) -> bool:
    """Whether a definite block can be called in this stretch at all."""
    return stretch not in tables()["proximal_stimulation"]["probable_at_most"]
