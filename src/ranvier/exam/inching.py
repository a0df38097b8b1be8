"""Inching: a nerve stimulated in short steps between two sites, to find where the response falls."""

from dataclasses import replace

import numpy as np

from ranvier.anatomy import motor_nerve
from ranvier.anatomy.course import course
from ranvier.exam.motor import Recording
from ranvier.exam.stimulation import Electrode
from ranvier.exam.studies import numbers
from ranvier.findings.measure import measured_site
from ranvier.findings.study import Inching


def inching(recording: Recording, distal: str, proximal: str, step_mm: float | None = None) -> Inching:
    """Stimulate every `step_mm` from the distal site up to the proximal one, each step named `wrist + 25 mm`.

    A step needs the current that its nearest named site needs. Steps are marked on the skin beforehand; the
    error of the marks is left out.

    Raises UnknownNameError for a site the nerve does not have, ValueError for sites that are not in order
    or a step of 0 or less.
    """
    step = numbers("inching")["step"] if step_mm is None else step_mm
    if not (np.isfinite(step) and step > 0):
        raise ValueError(f"step_mm must be above 0 mm, not {step:g}.")
    return Inching(
        recording.side,
        recording.nerve,
        recording.muscle,
        tuple(
            replace(
                measured_site(recording.site(electrode, name)),
                distance_mm=float(round(recording.reach_mm(electrode))) if k == 0 else float(step),
            )
            for k, (electrode, name) in enumerate(steps(recording, distal, proximal, step))
        ),
    )


def steps(recording: Recording, distal: str, proximal: str, step_mm: float) -> list[tuple[Electrode, str]]:
    """The electrodes from the distal site upwards, with the names of the steps."""
    nerve = motor_nerve(recording.nerve)
    sites = course(nerve.name, recording.body.person.height_cm).site_mm
    low, high = nerve.site(distal), nerve.site(proximal)
    begin, end = sites[low], sites[high]
    if not end < begin:
        raise ValueError(
            f"inching runs upwards: {proximal} does not lie above {distal} on the {nerve.name} nerve."
        )
    found: list[tuple[Electrode, str]] = []
    for k in range(int((begin - end) / step_mm + 1e-9) + 1):
        place = begin - k * step_mm
        nearest = min(sites, key=lambda site: abs(sites[site] - place))
        electrode = Electrode(recording.side, nerve.name, nearest, place)
        found.append((electrode, f"{low} + {k * step_mm:g} mm" if k else low))
    return found
