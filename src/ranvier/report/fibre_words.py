"""One axon's impulse in sentences; shared by text, JSON and figure."""

from collections.abc import Iterator

from ranvier.nerve import Fibre, Lesion
from ranvier.nerve.impulse import Impulse
from ranvier.nerve.lesion import QUALITIES
from ranvier.nerve.places import BEYOND, SHORTEST
from ranvier.nerve.refractory import SPANS

USE = "A computed axon, no patient. Research and education software; it does not diagnose."

DIGITS_MS = 2


def title(fibre: Fibre) -> str:
    """What is looked at: `Motor axon of 10 um at 37 degC, 51 nodes (57.5 mm)`."""
    return (
        f"Motor axon of {fibre.diameter_um:g} µm at {warmth(fibre)}, {fibre.nodes} nodes "
        f"({fibre.length_mm:.1f} mm)"
    )


def warmth(fibre: Fibre) -> str:
    """The temperature, or its range along the fibre."""
    along = fibre.temperatures()
    low, high = float(along.min()), float(along.max())
    return f"{low:g} °C" if low == high else f"{low:g} to {high:g} °C"


def lesion_in_words(lesion: Lesion, fibre: Fibre) -> str:
    """One lesion: `na 0.2 at nodes 23-27 (26.4 to 31.1 mm): fast Na channels left at the node, fraction`."""
    about = QUALITIES[lesion.quality]
    first, last = lesion.first, lesion.last + (about.place == "internode")
    one = lesion.first == lesion.last
    number = f"{lesion.first}" if one else f"{lesion.first}-{lesion.last}"
    begin, end = (node * fibre.spacing_mm for node in (first, last))
    where = f"{begin:.1f} mm" if first == last else f"{begin:.1f}-{end:.1f} mm"
    return f"{lesion.quality} {lesion.value:g} at {about.place}{'' if one else 's'} {number} ({where})"


def meaning(lesion: Lesion) -> str:
    """What the number of a lesion means: `fast Na channels left at the node, fraction`."""
    about = QUALITIES[lesion.quality]
    return f"{about.meaning}, {about.unit}"


def conduction(found: Impulse) -> str:
    """What the impulse does, in one sentence."""
    if found.reached is None:
        return f"The pulse of {found.pulse.current_na:g} nA at node {found.pulse.node} starts no impulse."
    if found.conducts is None:
        return "Whether the impulse arrives cannot be told."
    if not found.conducts:
        node, fibre = found.reached, found.fibre
        return f"The impulse fails between nodes {node} and {node + 1} ({(node + 1) * fibre.spacing_mm:.1f} mm)."
    if found.places.lesion is None:
        return "The impulse runs to the end of the fibre."
    return f"The impulse crosses the lesion{lateness(found.extra_delay_ms or 0.0)}."


def lateness(delay_ms: float) -> str:
    """A delay as the end of a sentence."""
    size = f"{abs(delay_ms):.{DIGITS_MS}f}"
    if float(size) == 0:
        return " without delay"
    return f", {size} ms {'late' if delay_ms > 0 else 'early'}"


def remarks(found: Impulse) -> tuple[str, ...]:
    """What a reader must know about the numbers: why one is missing, and where they were taken."""
    return tuple((*about_firing(found), *about_places(found), *about_gaps(found)))


def about_firing(found: Impulse) -> Iterator[str]:
    """Impulses that nobody asked for."""
    if found.fires_by_itself is not None:
        node, after_ms = found.fires_by_itself
        yield (
            f"The fibre fires by itself: without any pulse the first impulse arises at node {node} "
            f"after {after_ms:.1f} ms."
        )
    elif found.again_ms is not None:
        yield (
            f"One pulse gives a second impulse, at node {found.places.landing} after {found.again_ms:.1f} ms; "
            f"two pulses closer than that are hard to tell from one."
        )


def about_places(found: Impulse) -> Iterator[str]:
    """Where arrival was looked for, if not where it should be."""
    beyond = found.places.beyond
    if beyond is None or beyond >= BEYOND:
        return
    if beyond <= 0:
        yield f"The lesion reaches the end of the fibre; arrival is looked for at its last node, {found.places.landing}."
    else:
        yield (
            f"Arrival is looked for at node {found.places.landing}, {beyond} nodes beyond the lesion; for "
            f"{BEYOND} the fibre is too short."
        )


def about_gaps(found: Impulse) -> Iterator[str]:
    """Why a number is missing."""
    if found.conducts is None or found.reached is None:
        return
    if found.places.stretch is None:
        where = "the far end" if found.places.lesion is None else "the lesion"
        yield (
            f"Velocity, peak and half-width need {SHORTEST + 1} healthy nodes between node 6 and {where}; "
            f"there are fewer."
        )
    elif found.velocity_m_s is None:
        yield "The impulse does not pass the healthy stretch in which velocity is measured."
    if found.conducts and found.refractory_period_ms is None:
        yield no_refractory_period(found)


def no_refractory_period(found: Impulse) -> str:
    """Why there is no refractory period of transmission."""
    if found.places.landing < BEYOND:
        return f"The refractory period of transmission needs {BEYOND} nodes from the pulse to where arrival is looked for."
    if found.fires_by_itself is not None or found.again_ms is not None:
        return "The refractory period of transmission cannot be told from impulses that come by themselves."
    return f"No second impulse arrives, however late: tried up to {SPANS[-1][1]:g} half-widths after the first."
