"""Write the three synthetic patients in examples/cases. They are invented, and marked so throughout.

Each response is the sum of 120 motor unit potentials that arrive with a spread of velocities; a lesion
drops some of them (block) or delays them unequally (dispersion); a crossing sends some through the
median nerve. The numbers in the table are read off the summed waveform, so that amplitude, area,
duration and drawing agree. Run it to get the same files again:

    python examples/make_synthetic.py
"""

import json
import random
from dataclasses import dataclass
from math import exp
from pathlib import Path

CASES = Path(__file__).parent / "cases"
STEP_MS, LENGTH_MS, UNITS = 0.1, 30.0, 120
SOURCE = "examples/make_synthetic.py (invented for demonstration)"


@dataclass(frozen=True)
class Course:
    """A nerve from muscle upwards: muscle, size of the full response, distal latency, and its sites."""

    muscle: str
    amplitude_mv: float
    distal_latency_ms: float
    distances_mm: dict[str, float]
    """Distance of each site from the one below it; the first from the recording electrode."""
    velocity_m_s: float = 57.0
    spread_m_s: float = 2.0


@dataclass(frozen=True)
class Lesion:
    """What happens to units that pass a stretch: the share blocked, and extra delays up to so many ms."""

    above: str
    blocked: float = 0.0
    delay_ms: float = 0.0


MEDIAN = Course("APB", 9.5, 3.6, {"wrist": 70, "elbow": 235, "axilla": 130})
ULNAR = Course("ADM", 10.5, 2.9, {"wrist": 70, "below elbow": 220, "above elbow": 100, "axilla": 110})
FIBULAR = Course("EDB", 6.0, 4.6, {"ankle": 80, "below fibular head": 320, "popliteal fossa": 90}, 48.0)
TIBIAL = Course("AH", 12.0, 4.4, {"ankle": 80, "popliteal fossa": 380}, 47.0)


def potential(t_ms: float) -> float:
    """A motor unit potential, negative peak up, at a time after its arrival."""
    if t_ms < 0:
        return 0.0
    return (t_ms / 1.5) ** 2 * exp(2 - t_ms / 0.75) - 0.22 * exp(-(((t_ms - 7.5) / 2.0) ** 2))


def responses(course: Course, lesion: Lesion | None, seed: int) -> dict[str, list[float]]:
    """The summed waveform for each stimulation site."""
    dice = random.Random(seed)
    units = [
        (
            dice.gauss(course.velocity_m_s, course.spread_m_s),
            dice.lognormvariate(0, 0.5),
            dice.random(),
        )
        for _ in range(UNITS)
    ]
    delays = [lesion.delay_ms * dice.random() if lesion else 0.0 for _ in units]
    scale = course.amplitude_mv / (sum(size for _, size, _ in units) * 0.9)
    found: dict[str, list[float]] = {}
    travelled, beyond = 0.0, False
    for position, (site, distance) in enumerate(course.distances_mm.items()):
        travelled += distance if position else 0.0
        samples = [0.0] * round(LENGTH_MS / STEP_MS)
        for (velocity, size, rank), delay in zip(units, delays, strict=True):
            if beyond and lesion and rank < lesion.blocked:
                continue
            arrival = course.distal_latency_ms + travelled / velocity + (delay if beyond else 0.0)
            for k in range(int(arrival / STEP_MS), len(samples)):
                samples[k] += scale * size * potential(k * STEP_MS - arrival)
        found[site] = samples
        beyond = beyond or bool(lesion and lesion.above == site)
    return found


def row(site: str, distance_mm: float, samples: list[float]) -> dict[str, object]:
    """One row of the table, read off the waveform: onset, negative peak, its area and its duration."""
    peak = max(samples)
    top = samples.index(peak)
    onset = next(k for k in range(top) if samples[k] > 0.02 * peak)
    end = next((k for k in range(top, len(samples)) if samples[k] <= 0), len(samples))
    return {
        "site": site,
        "latency_ms": round(onset * STEP_MS, 1),
        "amplitude_mv": round(peak, 1),
        "area_mv_ms": round(sum(samples[onset:end]) * STEP_MS, 1),
        "duration_ms": round((end - onset) * STEP_MS, 1),
        "distance_mm": distance_mm,
        "temperature_c": 33.5,
        "stimulus": "supramaximal",
        "waveform": {
            "start_ms": 0.0,
            "step_ms": 2 * STEP_MS,
            "samples_mv": [round(s, 2) for s in samples[::2]],
        },
    }


def study(
    side: str, nerve: str, course: Course, seed: int, lesion: Lesion | None = None
) -> dict[str, object]:
    """One motor study with all its sites."""
    waves = responses(course, lesion, seed)
    rows = [row(site, course.distances_mm[site], samples) for site, samples in waves.items()]
    return {"side": side, "nerve": nerve, "muscle": course.muscle, "sites": rows}


def median_to_adm(side: str, crossing: dict[str, object] | None = None) -> dict[str, object]:
    """The check for Martin-Gruber: the median nerve at wrist and elbow, recorded from ADM."""
    absent = {"amplitude_mv": 0, "temperature_c": 33.5, "stimulus": "supramaximal"}
    elbow = {**crossing, "site": "elbow"} if crossing else {"site": "elbow", **absent}
    return {
        "side": side, "nerve": "median", "muscle": "ADM", "sites": [{"site": "wrist", **absent}, elbow],
    }  # fmt: skip


def crossed(course: Course, lesion: Lesion, seed: int) -> dict[str, object]:
    """What the median nerve carries to ADM from the elbow: the wrist response less the elbow response."""
    with_all = responses(course, Lesion(lesion.above), seed)["below elbow"]
    without = responses(course, lesion, seed)["below elbow"]
    found = row("elbow", 225, [a - b for a, b in zip(with_all, without, strict=True)])
    return {k: v for k, v in found.items() if k != "distance_mm"}


def normal_sensory() -> list[dict[str, object]]:
    """Normal sensory studies of both arms and legs."""
    kinds = (("median", 24, 2.6, 3.3), ("ulnar", 18, 2.5, 3.2), ("sural", 14, 2.9, 3.7))
    return [
        {"side": side, "nerve": nerve, "amplitude_uv": amplitude + extra, "onset_latency_ms": onset,
         "peak_latency_ms": peak, "distance_mm": 140}
        for nerve, amplitude, onset, peak in kinds
        for side, extra in (("right", 0), ("left", 2))
    ]  # fmt: skip


def conduction(motor: list[dict[str, object]]) -> dict[str, object]:
    """The nerve conduction study as an entry."""
    waves = [
        {"side": side, "nerve": nerve, "muscle": muscle, "minimal_latency_ms": latency,
         "persistence_percent": 80}
        for nerve, muscle, latency in (("tibial", "AH", 50.4), ("fibular", "EDB", 49.1))
        for side in ("right", "left")
    ]  # fmt: skip
    return entry("nerve conduction study", motor=motor, f_waves=waves, sensory=normal_sensory())


def entry(kind: str, **fields: object) -> dict[str, object]:
    """An entry of the timeline, marked as simulated."""
    return {"kind": kind, "when": "2026-03", "origin": "simulated", "source": SOURCE, **fields}


def history(months: float, course: str, **fields: object) -> dict[str, object]:
    """A history of weakness in the arms."""
    told = {"duration_months": months, "course": course, "predominant_limbs": "arms",
            "diffuse_symmetric_onset": False, "sensory_symptoms": False, **fields}  # fmt: skip
    return entry("history", **told)


def examination(grades: dict[str, tuple[float, float]], **fields: object) -> dict[str, object]:
    """A neurological examination; grades are (right, left)."""
    strength = [
        {"movement": movement, "side": side, "mrc": mrc}
        for movement, pair in grades.items()
        for side, mrc in zip(("right", "left"), pair, strict=True)
    ]
    found = {"sensory": "normal", "upper_motor_neuron_signs": False, "bulbar_signs": False,
             "cranial_nerve_signs": False, **fields}  # fmt: skip
    return entry("neurological examination", strength=strength, **found)


def legs() -> list[dict[str, object]]:
    """Normal motor studies of both legs."""
    return [
        study(side, nerve, course, seed)
        for side, offset in (("right", 0), ("left", 1))
        for nerve, course, seed in (
            ("fibular", FIBULAR, 50 + offset),
            ("tibial", TIBIAL, 60 + offset),
        )
    ]


def definite_block() -> tuple[dict[str, object], list[dict[str, object]]]:
    """Two blocks at sites that are no entrapment: right median and left ulnar, both in the forearm."""
    motor = [
        study("right", "median", MEDIAN, 1, Lesion("wrist", blocked=0.76, delay_ms=0.5)),
        study("left", "median", MEDIAN, 2),
        study("right", "ulnar", ULNAR, 3),
        median_to_adm("right"),
        study("left", "ulnar", ULNAR, 4, Lesion("wrist", blocked=0.68, delay_ms=0.4)),
        median_to_adm("left"),
        *legs(),
    ]
    grades = {
        "thumb_abduction": (3, 5), "finger_abduction": (5, 3), "thumb_flexion": (4, 5),
        "finger_extension": (5, 5), "elbow_flexion": (5, 5), "ankle_dorsiflexion": (5, 5),
    }  # fmt: skip
    found = examination(
        grades,
        fasciculations=True,
        cramps=True,
        reflexes_in_affected_limbs="reduced",
        atrophy="mild",
    )
    laboratory = entry(
        "laboratory",
        antibodies=[{"antigen": "GM1", "isotype": "IgM", "result": "positive"}],
        csf_protein_g_l=0.38, csf_protein="normal",
    )  # fmt: skip
    identity = {
        "pseudonym": "synthetic-definite-block",
        "sex": "male",
        "age_years": 44,
        "height_cm": 181,
    }
    return identity, [history(20, "stepwise progressive"), found, conduction(motor), laboratory]


def dispersed_block() -> tuple[dict[str, object], list[dict[str, object]]]:
    """A fall with dispersion in the right median, and a lesser one in the left ulnar nerve."""
    motor = [
        study("right", "median", MEDIAN, 11, Lesion("wrist", blocked=0.6, delay_ms=6.5)),
        study("left", "median", MEDIAN, 12),
        study("right", "ulnar", ULNAR, 13),
        median_to_adm("right"),
        study("left", "ulnar", ULNAR, 14, Lesion("wrist", blocked=0.25, delay_ms=5.0)),
        median_to_adm("left"),
        *legs(),
    ]
    grades = {"thumb_abduction": (3, 5), "finger_abduction": (5, 4), "finger_extension": (5, 5)}
    identity = {
        "pseudonym": "synthetic-dispersed-block",
        "sex": "female",
        "age_years": 52,
        "height_cm": 166,
    }
    return identity, [history(9, "slowly progressive"), examination(grades), conduction(motor)]


def martin_gruber() -> tuple[dict[str, object], list[dict[str, object]]]:
    """A healthy crossing that looks like an ulnar block between wrist and elbow."""
    crossing = Lesion("wrist", blocked=0.58)
    motor = [
        study("right", "median", MEDIAN, 21),
        study("right", "ulnar", ULNAR, 22, crossing),
        median_to_adm("right", crossed(ULNAR, crossing, 22)),
        study("left", "median", MEDIAN, 23),
        study("left", "ulnar", ULNAR, 24),
        median_to_adm("left"),
        *legs(),
    ]
    grades = {"thumb_abduction": (5, 5), "finger_abduction": (5, 5), "finger_extension": (5, 5)}
    told = history(4, "stable", pain=True)
    identity = {
        "pseudonym": "synthetic-martin-gruber",
        "sex": "female",
        "age_years": 37,
        "height_cm": 170,
    }
    return identity, [told, examination(grades), conduction(motor)]


def main() -> None:
    """Write the three files."""
    for make in (definite_block, dispersed_block, martin_gruber):
        identity, timeline = make()
        data = {"schema": "ranvier.patient/1", "identity": identity, "timeline": timeline}
        path = CASES / f"{identity['pseudonym']}.json"
        path.write_text(compact(data) + "\n", encoding="utf-8")
        print(path.name)


def compact(data: object) -> str:
    """Indented JSON with each waveform on one line."""
    text = json.dumps(data, indent=1)
    head, *rest = text.split('"samples_mv": [')
    for part in rest:
        numbers, tail = part.split("]", 1)
        head += '"samples_mv": [' + " ".join(numbers.split()) + "]" + tail
    return head


if __name__ == "__main__":
    main()
