"""What the virtual nerve and muscle do beside what was published of real ones: `make physiology-check`.

Writes docs/figures/block-and-demyelination.svg and prints every figure with its source. Nothing here was used
to fit the model except where it says so.
"""

import os
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from ranvier.anatomy.course import course
from ranvier.body import Body, healthy
from ranvier.exam.motor import Recording, motor_study
from ranvier.exam.sensory import sensory_study
from ranvier.exam.session import Session
from ranvier.findings.measure import measured_sensory, measured_site
from ranvier.findings.study import MotorStudy
from ranvier.muscle.potential import STEP_MS
from ranvier.nerve.bundle import Focus
from ranvier.report.traces import traces_svg

FIGURE = Path(__file__).parent.parent / "docs" / "figures" / "block-and-demyelination.svg"
HEIGHT_CM = 175.0
KEY = ("right", "APB")
PANEL = 430


def person(seed: int, age: float = 40.0) -> Body:
    """A man of mean height."""
    return healthy("male", age, HEIGHT_CM, seed)


def median(session: Session, sites: tuple[str, ...] = ("wrist", "elbow")) -> MotorStudy:
    """The right median motor study with its markers."""
    study = motor_study(Recording.of(session, "right", "median", "APB"), sites)
    return replace(study, sites=tuple(map(measured_site, study.sites)))


def negative(wave: np.ndarray) -> np.ndarray:
    """Area and amplitude of the negative peak, and peak to peak."""
    peak = wave.argmax()
    end = peak + np.argmax(wave[peak:] <= 0)
    before = np.flatnonzero(wave[:peak] <= 0)
    start = before[-1] + 1 if len(before) else 0
    return np.array([wave[start:end].sum() * STEP_MS, wave[peak], np.ptp(wave)])


def single_units() -> None:
    """Phase cancellation among healthy units (Muscle Nerve 1993, 20 hands: 16, 20 and 35 %)."""
    gains = []
    for seed in range(20):
        recording = Recording.of(Session(person(seed, 30), 1, quiet=True), "right", "median", "APB")
        arrivals = recording.arrival_ms(recording.electrode("wrist"))
        units = recording.potentials.single(range(len(arrivals)))
        gains.append(sum(map(negative, units)) / negative(recording.potentials.response(arrivals)) - 1)
    told = ", ".join(f"{100 * x:.0f} %" for x in np.mean(gains, axis=0))
    print(f"Single units exceed the compound (area, negative amplitude, peak to peak): {told}")
    print("  published: 16 %, 20 %, 35 % (thenar units, Muscle Nerve 1993; seen)")


def desynchronised() -> None:
    """The same units arriving ever less together (Rhee, England and Sumner 1990; recalled)."""
    recording = Recording.of(Session(person(1), 1, quiet=True), "right", "median", "APB")
    random = np.random.default_rng(1).standard_normal(len(recording.supply.pool))
    together = negative(recording.potentials.response(np.full(len(random), 20.0)))
    for spread in (0.5, 1, 2, 3, 4, 6):
        area, amplitude, _ = 1 - negative(recording.potentials.response(40 + spread * random)) / together
        falls = f"amplitude falls {100 * amplitude:.0f} %, area {100 * area:.0f} %"
        print(f"  SD of arrival {spread:3g} ms: {falls}")
    print("  published: area by up to about a half, amplitude more (recalled)")


def temperature() -> None:
    """Skin of the arm from 24 to 34 degC."""
    warm, cold = 34.0, 24.0
    rows = []
    for seed in range(12):
        ends = []
        for celsius in (warm, cold):
            session = Session(person(seed).at_skin(arm=celsius), 1, quiet=True)
            wrist, elbow = median(session).sites
            felt = measured_sensory(sensory_study(session, "right", "median"))
            velocity = elbow.distance_mm / (elbow.latency_ms - wrist.latency_ms)
            ends.append(
                (velocity, wrist.latency_ms, felt.distance_mm / felt.onset_latency_ms, felt.amplitude_uv)
            )
        rows.append((np.array(ends[0]) - np.array(ends[1])) / (warm - cold))
    motor, latency, sensory, amplitude = np.mean(rows, axis=0)
    print(
        f"Motor velocity {motor:.2f} m/s per degC (published 1.3-2.4), distal latency {-latency:.2f} ms per"
    )
    print(f"degC of cooling (published 0.2), sensory velocity {sensory:.2f} m/s per degC (published 1.3)")
    print(f"and amplitude {-amplitude:.1f} uV per degC of cooling (larger in the cold: seen, no figure)")


def distance() -> None:
    """How much is left of motor and sensory responses from the wrist to the axilla."""
    left = []
    for seed in range(12):
        session = Session(person(seed), 1, quiet=True)
        motor = [row.amplitude_mv for row in median(session, ("wrist", "elbow", "axilla")).sites]
        felt = [
            measured_sensory(sensory_study(session, "right", "median", site))
            for site in (None, "elbow", "axilla")
        ]
        sensory = [row.amplitude_uv or 0.0 for row in felt]
        left.append(
            [motor[1] / motor[0], motor[2] / motor[0], sensory[1] / sensory[0], sensory[2] / sensory[0]]
        )
    motor_elbow, motor_axilla, sensory_elbow, sensory_axilla = 100 * np.mean(left, axis=0)
    print(f"Amplitude left at elbow and axilla: motor {motor_elbow:.0f} and {motor_axilla:.0f} %, ", end="")
    print(f"sensory {sensory_elbow:.0f} and {sensory_axilla:.0f} % (published: sensory falls far more)")


def lesioned(foci: tuple[Focus, ...], members: np.ndarray) -> MotorStudy:
    """The median nerve of one man with these lesions in these axons."""
    body = person(3)
    supply = body.motor[KEY].ill(foci, members)
    return median(Session(replace(body, motor={**body.motor, KEY: supply}), 1, quiet=True))


def lesions() -> dict[str, MotorStudy]:
    """The forearm of one man: healthy, with nodal block, with segmental demyelination."""
    count = len(person(3).motor[KEY].pool)
    way = course("median", HEIGHT_CM)
    middle = (way.at("wrist") + way.at("elbow")) / 2
    random = np.random.default_rng(1)
    blocked = random.random((count, 1)) < 0.6
    thinned = (12, 20, 30, 45, 60)
    foci = tuple(Focus("myelin", value, middle, 45) for value in thinned)
    ill = random.integers(0, len(foci), count)[:, None] == np.arange(len(foci))[None, :]
    return {
        "healthy": median(Session(person(3), 1, quiet=True)),
        "nodal block: 0.05 of Na channels left at 8 nodes of 60 % of axons": lesioned(
            (Focus("na", 0.05, middle, 8),), blocked
        ),
        "segmental demyelination: myelin 12-60 times thinner over 45 internodes": lesioned(foci, ill),
    }


def block_or_dispersion() -> None:
    """Pure nodal block and segmental demyelination in one figure."""
    found = lesions()
    for name, study in found.items():
        wrist, elbow = study.sites
        area = 100 * (1 - elbow.area_mv_ms / wrist.area_mv_ms)
        rise = 100 * (elbow.duration_ms / wrist.duration_ms - 1)
        fall = 100 * (1 - elbow.amplitude_mv / wrist.amplitude_mv)
        velocity = elbow.distance_mm / (elbow.latency_ms - wrist.latency_ms)
        print(f"  {name}:")
        print(f"    area -{area:.0f} %, amplitude -{fall:.0f} %, duration +{rise:.0f} %, {velocity:.0f} m/s")
    FIGURE.write_text(sheet(found))


def sheet(found: dict[str, MotorStudy]) -> str:
    """The three studies beside each other."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PANEL * len(found)} 330" '
        'font-family="system-ui, sans-serif">',
        "<title>Nodal block and segmental demyelination (simulated)</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for n, (name, study) in enumerate(found.items()):
        title, _, rest = name.partition(":")
        x = PANEL * n + 8
        parts.append(f'<text x="{x}" y="24" font-size="17" font-weight="bold">{title}</text>')
        parts.append(f'<text x="{x}" y="44" font-size="12">{rest.strip()}</text>')
        parts.append(traces_svg(study).replace("<svg ", f'<svg x="{x}" y="54" height="240" ', 1))
    mark = "SIMULATED DATA - right median nerve to APB, stimulated at wrist and elbow"
    parts.append(f'<text x="8" y="318" font-size="13" font-weight="bold" fill="#9b1c1c">{mark}</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    single_units()
    print("Desynchronisation alone:")
    desynchronised()
    temperature()
    distance()
    print("Block or dispersion in the forearm:")
    block_or_dispersion()
