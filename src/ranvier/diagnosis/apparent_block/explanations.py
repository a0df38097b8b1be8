"""What besides a block can explain that a response falls: how each possibility stands, and why.

The quality gates say what speaks for most of them; phase cancellation has a probability.
"""

from ranvier.diagnosis.apparent_block.alone import phase_cancellation
from ranvier.diagnosis.apparent_block.explanation import Explanation, explanation, gate
from ranvier.diagnosis.apparent_block.fall import apparent, falls
from ranvier.diagnosis.block import Examined
from ranvier.findings.martin_gruber import concerns


def explanations(examined: Examined) -> tuple[Explanation, ...]:
    """What besides a block could explain the fall in a segment; nothing where the response does not fall."""
    if not apparent(examined):
        return ()
    found = (
        phase_cancellation(examined),
        submaximal(examined),
        martin_gruber(examined),
        temperature(examined),
        wallerian(examined),
        entrapment(examined),
    )
    return tuple(each for each in found if each)


def submaximal(examined: Examined) -> Explanation:
    """A stimulus that did not reach every fibre; unknown where nobody wrote that it did."""
    site, id = examined.segment.proximal, "submaximal-stimulus"
    weak, silent = gate(examined, "submaximal stimulus"), gate(examined, "stimulus not documented")
    if weak and "block" in weak.takes_away:
        return explanation(id, "likely", weak.reason)
    if site.stimulus == "supramaximal":
        return explanation(id, "excluded", f"supramaximal stimulation at the {site.site} is documented")
    told = silent.reason if silent else f"supramaximal stimulation at the {site.site} is not documented"
    return explanation(id, "unknown", told)


def martin_gruber(examined: Examined) -> Explanation | None:
    """Crossed fibres, where they could explain an ulnar fall."""
    if not concerns(examined.segment):
        return None
    stands = gate(examined, "Martin-Gruber anastomosis") or gate(examined, "Martin-Gruber not excluded")
    if examined.crossing.present and stands:
        left = falls(examined.measure(name) for name in ("amplitude_drop", "area_drop"))
        return explanation("martin-gruber", "possible" if left else "likely", stands.reason)
    if stands:
        return explanation("martin-gruber", "unknown", stands.reason)
    return explanation("martin-gruber", "excluded", "crossing fibres were looked for and not found")


def temperature(examined: Examined) -> Explanation:
    """A cold limb: it hides a block rather than feigning one, but its numbers are not those of a warm one."""
    measured = [examined.segment.distal.temperature_c, examined.segment.proximal.temperature_c]
    known = [each for each in measured if each is not None]
    cold = gate(examined, "cold limb")
    if cold:
        return explanation("temperature", "possible", f"{cold.reason}; cold lengthens every potential")
    if not known:
        return explanation("temperature", "unknown", "the temperature of the limb is not recorded")
    return explanation("temperature", "excluded", f"limb at {min(known):g} C")


def wallerian(examined: Examined) -> Explanation:
    """An axon cut so lately that it still conducts below the lesion, counted from the first symptom."""
    early = gate(examined, "study too early")
    if early:
        return explanation("wallerian", "possible", early.reason)
    if examined.late_enough is None:
        return explanation("wallerian", "unknown", "it is not known when the weakness began")
    reason = "late enough after the first symptom; a nerve that failed later counts from then"
    return explanation("wallerian", "excluded", reason)


def entrapment(examined: Examined) -> Explanation:
    """A common entrapment site on the way: a block there is one of compression."""
    stands = gate(examined, "entrapment site")
    if stands:
        return explanation("entrapment", "possible", stands.reason)
    return explanation("entrapment", "excluded", "no common entrapment site lies within the segment")
