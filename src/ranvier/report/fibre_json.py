"""One axon's impulse as JSON, schema `ranvier.fibre/1`."""

import json
from collections import Counter
from typing import Any

from ranvier import __version__
from ranvier.evidence import registry
from ranvier.nerve import Fibre, Lesion
from ranvier.nerve.basis import basis
from ranvier.nerve.impulse import Impulse
from ranvier.nerve.lesion import QUALITIES
from ranvier.report import fibre_words as words

SCHEMA = "ranvier.fibre/1"


def fibre_json(found: Impulse) -> str:
    """The impulse as an indented JSON text."""
    return json.dumps(impulse_data(found), indent=1, ensure_ascii=False) + "\n"


def impulse_data(found: Impulse) -> dict[str, Any]:
    """The impulse as plain data."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "intended_use": words.USE,
        "simulated": True,
        "velocity_m_s": rounded(found.velocity_m_s),
        "conducts": found.conducts,
        "extra_delay_ms": rounded(found.extra_delay_ms),
        "refractory_period_of_transmission_ms": rounded(found.refractory_period_ms),
        "peak_mV": rounded(found.peak_mv),
        "half_width_ms": rounded(found.half_width_ms),
        "conduction": words.conduction(found),
        "remarks": list(words.remarks(found)),
        "measured_at": measured_at(found),
        **fibre_data(found.fibre),
        "pulse": pulse_data(found),
        **computed(found),
        **based_on(found.fibre),
    }


def measured_at(found: Impulse) -> dict[str, Any]:
    """The nodes of measurement, and how far the impulse came."""
    places = found.places
    return {
        "velocity_nodes": None if places.stretch is None else list(places.stretch),
        "shape_node": places.probe,
        "arrival_node": places.landing,
        "nodes_beyond_lesion": places.beyond,
        "farthest_node_reached": found.reached,
    }


def fibre_data(fibre: Fibre) -> dict[str, Any]:
    """The fibre: its size, its membrane and its lesions."""
    along = fibre.temperatures()
    warmth = float(along[0]) if along.min() == along.max() else along.tolist()
    return {
        "diameter_um": fibre.diameter_um,
        "temperature_c": warmth,
        "nodes": fibre.nodes,
        "node_spacing_mm": rounded(fibre.spacing_mm),
        "length_mm": rounded(fibre.length_mm),
        "geometry": fibre.geometry_choice,
        "membrane": fibre.membrane_name,
        "pump": fibre.pump,
        "lesions": [lesion_data(lesion) for lesion in fibre.lesions],
    }


def lesion_data(lesion: Lesion) -> dict[str, Any]:
    """One lesion with what its number means."""
    about = QUALITIES[lesion.quality]
    return {
        "quality": lesion.quality,
        "value": lesion.value,
        "unit": about.unit,
        "place": about.place,
        "first": lesion.first,
        "last": lesion.last,
        "meaning": about.meaning,
    }


def pulse_data(found: Impulse) -> dict[str, Any]:
    """The pulse that sends the impulse off."""
    pulse = found.pulse
    return {
        "node": pulse.node,
        "onset_ms": pulse.onset_ms,
        "duration_ms": pulse.duration_ms,
        "current_nA": pulse.current_na,
    }


def computed(found: Impulse) -> dict[str, Any]:
    """How the impulse was computed."""
    solver = found.solver
    return {
        "step_us": solver.step_us,
        "precision": solver.precision,
        "exact": solver.exact,
        "device": solver.device,
    }


def based_on(fibre: Fibre) -> dict[str, Any]:
    """How many values the fibre rests on, of which kinds, and their sources."""
    values = basis(fibre)
    return {
        "values": len(values),
        "kinds": dict(sorted(Counter(value.kind for value in values).items())),
        "assumed_values": sum(value.kind == "assumed" for value in values),
        "sources": [
            {"id": source.id, "reference": source.reference, "read": source.read}
            for source in registry().cited(values)
        ],
    }


def rounded(number: float | None) -> float | None:
    """A number to four digits after the point; null where it cannot be told."""
    return None if number is None else round(number, 4)
