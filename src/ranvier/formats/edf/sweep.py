"""One stimulus of the record as it goes into an EDF file: its trace, and what its annotation says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ranvier.findings.study import FWave, Inching, MotorSite, MotorStudy, SensoryStudy, Waveform
from ranvier.formats.patient_json import known
from ranvier.patient import NerveConductionStudy, Patient

FORMAT = "ranvier.waveforms/1"
SIMULATED = "simulated"
ROWS = {"motor": "sites", "inching": "steps"}
"""The tests whose studies hold one row for each stimulation site."""
UNITS = {"motor": "mV", "inching": "mV", "sensory": "uV", "f_waves": "uV"}
LABELS = {"motor": "CMAP", "inching": "CMAP", "sensory": "SNAP", "f_waves": "F wave"}
PER_MV = {"mV": 1.0, "uV": 1000.0}


@dataclass(frozen=True)
class Sweep:
    """One trace, its test, and everything that is said of it but the samples and what is measured on them."""

    test: str
    wave: Waveform
    told: dict[str, Any]


def sessions(patient: Patient) -> list[NerveConductionStudy]:
    """The studies that have a trace, in the order of the record."""
    studies = [entry for entry in patient.timeline if isinstance(entry, NerveConductionStudy)]
    return [entry for entry in studies if any(True for _ in sweeps_of(entry, 0))]


def sweeps(patient: Patient) -> list[Sweep]:
    """Every trace on the record."""
    return [each for n, entry in enumerate(sessions(patient)) for each in sweeps_of(entry, n)]


def sweeps_of(entry: NerveConductionStudy, session: int) -> Iterator[Sweep]:
    """Every trace of one session."""
    for test in UNITS:
        for position, study in enumerate(getattr(entry, test)):
            where = {"test": test, "session": session, "study": position}
            for told, wave in traces(study):
                yield Sweep(test, wave, {**where, **told})


def traces(study: MotorStudy | Inching | SensoryStudy | FWave) -> Iterator[tuple[dict[str, Any], Waveform]]:
    """What is said of each trace of one study, and the trace."""
    if isinstance(study, FWave):
        numbers = ("minimal_latency_ms", "mean_latency_ms", "chronodispersion_ms", "waveforms")
        yield from ((without(known(study), numbers), wave) for wave in study.waveforms)
    elif isinstance(study, SensoryStudy):
        if study.waveform:
            yield said_of(study), study.waveform
    else:
        rows = study.sites if isinstance(study, MotorStudy) else study.steps
        place = {"side": study.side, "nerve": study.nerve, "muscle": study.muscle}
        yield from (({**place, **said_of(row)}, row.waveform) for row in rows if row.waveform)


def said_of(row: MotorSite | SensoryStudy) -> dict[str, Any]:
    """What is known of a row but its trace and the markers that can be found on it again."""
    automatic = [name for name in row.markers if name not in row.by_hand]
    return without(known(row), (*automatic, "waveform"))


def without(data: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The same data without these fields."""
    return {name: value for name, value in data.items() if name not in names}
