"""Markers on 200 simulated traces with noise against the same traces without: `make markers-check`.

Truth is read from the noiseless trace by definition, not by the code under test: the onset where the rise to
the negative peak passes 5 % of its height, the height of the peak, and the area from there to the return to
baseline. Responses as small as electrodes see them, healthy, blocked and dispersed ones.
"""

import os
from dataclasses import replace

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from ranvier.anatomy.course import course
from ranvier.body import Body, healthy
from ranvier.exam.laboratory import Amplifier
from ranvier.exam.motor import SWEEP_MS, Recording, motor_study
from ranvier.exam.session import Session
from ranvier.findings.measure import measured_site
from ranvier.findings.study import Waveform
from ranvier.muscle.potential import STEP_MS
from ranvier.nerve.bundle import Focus

STUDIES = (
    ("median", "APB", ("wrist", "elbow", "erb")),
    ("ulnar", "ADM", ("wrist", "below elbow", "erb")),
    ("fibular", "EDB", ("ankle", "popliteal fossa")),
    ("tibial", "AH", ("ankle", "popliteal fossa")),
)
PEOPLE, ONSET_SHARE, NOTHING_BEFORE_MS = 20, 0.05, 1.0
ONSET_MS, AMPLITUDE, AREA = 0.1, 0.03, 0.05


def person(seed: int) -> Body:
    """Every second one has lost conduction in part of the axons of one nerve."""
    body = healthy("female" if seed % 2 else "male", 30.0 + 2 * seed, 165.0 + seed, seed)
    if seed % 2:
        key = ("right", "APB")
        way = course("median", body.person.height_cm)
        ill = np.random.default_rng(seed).random((len(body.motor[key].pool), 1)) < 0.7
        focus = Focus(*(("na", 0.05) if seed % 4 == 1 else ("myelin", 30.0)), way.at("elbow") + 100, 20)
        body = replace(body, motor={**body.motor, key: body.motor[key].ill((focus,), ill)})
    return body


def truth(wave: Waveform) -> tuple[float, float, float]:
    """Onset, amplitude and area of a noiseless trace."""
    time = wave.start_ms + wave.step_ms * np.arange(len(wave.samples_mv))
    trace = np.where(time < NOTHING_BEFORE_MS, 0.0, wave.samples_mv)
    peak = int(trace.argmax())
    level = ONSET_SHARE * trace[peak]
    before = int(np.flatnonzero(trace[:peak] < level)[-1])
    onset = time[before] + wave.step_ms * (level - trace[before]) / (trace[before + 1] - trace[before])
    end = peak + int(np.argmax(trace[peak:] <= 0))
    rows = np.arange(before + 1, end)
    return float(onset), float(trace[peak]), float(trace[rows].sum() * wave.step_ms)


def main() -> None:
    """Print the shares within their bounds."""
    misses: list[str] = []
    good = np.zeros(3, int)
    count = 0
    for seed in range(PEOPLE):
        body = person(seed)
        for nerve, muscle, sites in STUDIES:
            recording = Recording.of(Session(body, 1), "right", nerve, muscle)
            for row in map(measured_site, motor_study(recording, sites).sites):
                onset, amplitude, area = truth(clean(recording, row.site))
                seen = (row.latency_ms or 0.0, row.amplitude_mv or 0.0, row.area_mv_ms or 0.0)
                off = np.abs([seen[0] - onset, seen[1] / amplitude - 1, seen[2] / area - 1])
                fine = off <= (ONSET_MS, AMPLITUDE, AREA)
                good, count = good + fine, count + 1
                if not fine.all():
                    misses.append(
                        f"  {seed} {muscle} {row.site}: {amplitude:.2f} mV, off by {np.round(off, 3)}"
                    )
    print(f"{count} traces: onset within 0.1 ms {100 * good[0] / count:.1f} %, amplitude within 3 %", end=" ")
    print(f"{100 * good[1] / count:.1f} %, area within 5 % {100 * good[2] / count:.1f} % (wanted: 95 %)")
    print("\n".join(misses))


def clean(recording: Recording, site: str) -> Waveform:
    """The response of the same electrodes without noise, hum, drift and artefact."""
    response = recording.potentials.response(recording.arrival_ms(recording.electrode(site)))
    limb = recording.body.limb(recording.nerve)
    quiet = Amplifier.of("motor", quiet=True)
    return quiet.record(response, STEP_MS, SWEEP_MS[limb], recording.random("none"))


if __name__ == "__main__":
    main()
