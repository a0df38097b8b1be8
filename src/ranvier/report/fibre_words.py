"""One axon's impulse in sentences; shared by text, JSON and figure."""

from collections.abc import Iterator

from ranvier.nerve import Fibre, Lesion, Pulse
from ranvier.nerve.basis import basis
from ranvier.nerve.impulse import Impulse
from ranvier.nerve.lesion import QUALITIES
from ranvier.nerve.places import BEGIN, BEYOND, SETTLED, SHORTEST, last_node
from ranvier.nerve.refractory import SPANS

USE = "A computed axon, no patient. Research and education software; it does not diagnose."

LEAST_DELAY_MS = 0.005
"""A shorter delay is none."""


def title(fibre: Fibre) -> str:
    """What is looked at: `Motor axon of 10 um at 37 degC, 51 nodes (57.5 mm)`."""
    return (
        f"Motor axon of {fibre.diameter_um:g} µm at {warmth(fibre)}, {fibre.nodes} nodes "
        f"({fibre.length_mm:.1f} mm)"
    )


def makeup(fibre: Fibre) -> str:
    """What the axon is made of: `membrane mrg, table geometry, without pump`."""
    pump = "with" if fibre.pump else "without"
    return f"membrane {fibre.membrane_name}, {fibre.geometry_choice} geometry, {pump} pump"


def pulse_in_words(pulse: Pulse) -> str:
    """The pulse: `4 nA for 0.1 ms into node 0`."""
    return f"{pulse.current_na:g} nA for {pulse.duration_ms:g} ms into node {pulse.node}"


def warmth(fibre: Fibre) -> str:
    """The temperature, or its range along the fibre."""
    along = fibre.temperatures()
    low, high = float(along.min()), float(along.max())
    return f"{low:g} °C" if low == high else f"{low:g} to {high:g} °C"


def lesion_in_words(lesion: Lesion, fibre: Fibre) -> str:
    """One lesion with its place: `na 0.2 at nodes 23-27 (26.4-31.0 mm)`."""
    begin, end = (node * fibre.spacing_mm for node in (lesion.first, last_node(lesion)))
    where = f"{begin:.1f} mm" if begin == end else f"{begin:.1f}-{end:.1f} mm"
    return f"{lesion.quality} {lesion.value:g} at {place_of(lesion)} ({where})"


def place_of(lesion: Lesion) -> str:
    """Where a lesion is, by number: `node 25`, `internodes 23-27`."""
    place = QUALITIES[lesion.quality].place
    if lesion.first == lesion.last:
        return f"{place} {lesion.first}"
    return f"{place}s {lesion.first}-{lesion.last}"


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
        return f"The impulse fails between nodes {node} and {node + 1} ({node * fibre.spacing_mm:.1f} mm)."
    if found.places.lesion is None:
        return "The impulse runs to the end of the fibre."
    return f"The impulse crosses the lesion{lateness(found.extra_delay_ms)}."


def lateness(delay_ms: float | None) -> str:
    """A delay as the end of a sentence."""
    if delay_ms is None:
        return "; how late cannot be told"
    if abs(delay_ms) < LEAST_DELAY_MS:
        return " without delay"
    return f", {abs(delay_ms):.2f} ms {'late' if delay_ms > 0 else 'early'}"


def basis_in_words(found: Impulse) -> str:
    """How many of the values used nobody has shown us."""
    values = basis(found.fibre)
    assumed = sum(value.kind == "assumed" for value in values)
    return (
        f"{assumed} of the {len(values)} values used are assumed or recalled, not verified in their source."
    )


def remarks(found: Impulse) -> tuple[str, ...]:
    """What a reader must know about the numbers: why one is missing, and where they were taken."""
    return (
        *about_firing(found),
        *about_start(found),
        *about_pump(found),
        *about_places(found),
        *about_gaps(found),
    )


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
            f"One pulse gives two impulses: the second passes node {found.places.landing} "
            f"{found.again_ms - found.pulse.onset_ms:.1f} ms after the pulse."
        )


def about_start(found: Impulse) -> Iterator[str]:
    """Why no impulse of the pulse was followed."""
    if found.conducts is not None:
        return
    if found.uncalled_ms is not None:
        yield (
            f"The impulse that passes node {found.places.landing} does not come from the pulse: "
            "the lesion fires by itself."
        )
    elif found.reached is None:
        yield "Whether an impulse would arrive cannot be told, since none was started."
    elif found.fires_by_itself is None:
        yield "Nodes in or beyond the lesion are active that the impulse of the pulse has not reached."


def about_pump(found: Impulse) -> Iterator[str]:
    """What has no effect because the pump is not followed."""
    fibre = found.fibre
    if fibre.pump:
        return
    if any(lesion.quality == "pump" for lesion in fibre.lesions):
        yield "pump has no effect without --pump."
    if fibre.settled_c is not None:
        yield "settled_c has no effect without --pump."


def about_places(found: Impulse) -> Iterator[str]:
    """Where arrival was looked for, if not where it should be."""
    beyond = found.places.beyond
    if beyond is None or beyond >= BEYOND:
        return
    looked = f"Arrival is looked for at node {found.places.landing}"
    if beyond <= 0:
        yield f"{looked}, the last one: the lesion reaches the end of the fibre."
    else:
        yield f"{looked}, {beyond} nodes beyond the lesion; for {BEYOND} the fibre is too short."


def about_gaps(found: Impulse) -> Iterator[str]:
    """Why a number is missing."""
    if found.conducts is None or found.reached is None:
        return
    if found.places.stretch is None:
        where = "the far end" if found.places.lesion is None else "the lesion"
        yield (
            f"Velocity, peak and half-width need {SHORTEST + 1} healthy nodes between node {SETTLED} "
            f"and {where}; there are fewer."
        )
    elif found.velocity_m_s is None:
        yield "The impulse does not pass the healthy stretch in which velocity is measured."
    if found.conducts and found.refractory_period_ms is None:
        yield no_refractory_period(found)


def no_refractory_period(found: Impulse) -> str:
    """Why there is no refractory period of transmission."""
    name = "The refractory period of transmission"
    if found.places.landing < BEGIN:
        return f"{name} needs {BEGIN} nodes between the pulse and where arrival is looked for."
    if found.fires_by_itself is not None or found.again_ms is not None:
        return f"{name} cannot be told from impulses that come by themselves."
    return f"{name} is longer than {SPANS[-1][1]:g} half-widths of the impulse, the longest tried."
