"""A patient's waveforms to EDF+C."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

import numpy as np
from edfio import Edf, EdfAnnotation, EdfSignal, Recording
from edfio import Patient as EdfPatient

from ranvier.formats.edf.sweep import FORMAT, LABELS, PER_MV, SIMULATED, UNITS, Sweep, sessions, sweeps
from ranvier.formats.files import InputError, write_whole
from ranvier.formats.patient_json import known
from ranvier.patient import Patient

LARGEST_MV = 1000.0
SMALLEST_RANGE = 0.001
LONGEST_RECORD_MS = 60_000
LONGEST_CODE = 40


@dataclass(frozen=True)
class Channel:
    """One signal of the file: the traces of one kind with one sample step."""

    label: str
    unit: str
    step_ms: float


def write_edf(patient: Patient, path: Path) -> tuple[str, ...]:
    """Write every waveform of a patient, whole or not at all; the remarks say what is not in the file.

    Raises InputError without a waveform, for one that no amplifier gives, and where nothing can be written.
    """
    try:
        content = edf_bytes(patient)
    except ValueError as error:
        raise InputError(path, [str(error)]) from error
    write_whole(path, content)
    return ("holds waveforms only: histories, rows without a trace and measured numbers stay behind",)


def edf_bytes(patient: Patient) -> bytes:
    """The EDF+C file of a patient's waveforms; raises ValueError where there is none, or one too large."""
    found = sweeps(patient)
    check(found)
    channels = channels_of(found)
    record_ms = ceil(max(lasting_ms(sweep) for sweep in found))
    stimuli = [annotation(sweep, n, channels, record_ms) for n, sweep in enumerate(found)]
    head = EdfAnnotation(0.0, None, json.dumps(head_of(patient)))
    file = Edf(
        [signal(n, each, found, channels, record_ms) for n, each in enumerate(channels)],
        patient=EdfPatient(code=code_of(patient), sex=sex_of(patient)),
        recording=Recording(equipment_code="ranvier", additional=(SIMULATED,) if patient.simulated else ()),
        data_record_duration=record_ms / 1000,
        annotations=[head, *stimuli],
    )
    content = BytesIO()
    file.write(content)
    return content.getvalue()


def check(found: Sequence[Sweep]) -> None:
    """Refuse what cannot be written."""
    if not found:
        raise ValueError("holds no waveform of a motor, sensory, F wave or inching study; nothing to export.")
    for sweep in found:
        largest = max(map(abs, sweep.wave.samples_mv))
        if largest > LARGEST_MV:
            raise ValueError(f"a waveform reaches {largest:g} mV, which no response does; check its unit.")
        if lasting_ms(sweep) > LONGEST_RECORD_MS or sweep.wave.start_ms < -LONGEST_RECORD_MS:
            raise ValueError("a waveform lasts longer than a minute; check its step, in milliseconds.")


def head_of(patient: Patient) -> dict[str, Any]:
    """What the first annotation says of the whole file."""
    told = [
        {name: getattr(entry, name) for name in ("when", "origin", "source", "remark")}
        for entry in sessions(patient)
    ]
    return {
        "format": FORMAT,
        SIMULATED: patient.simulated,
        "identity": known(patient.identity),
        "sessions": told,
    }


def code_of(patient: Patient) -> str:
    """The pseudonym as EDF+ allows a hospital code: plain characters, no spaces."""
    return re.sub(r"[^!-~]", "_", patient.identity.pseudonym)[:LONGEST_CODE] or "X"


def sex_of(patient: Patient) -> Any:
    """F, M or X."""
    return {"female": "F", "male": "M"}.get(patient.identity.sex or "", "X")


def channels_of(found: Sequence[Sweep]) -> list[Channel]:
    """The signals that the traces need: one for each kind and sample step."""
    return list(dict.fromkeys(channel_of(sweep) for sweep in found))


def channel_of(sweep: Sweep) -> Channel:
    """The signal that a trace is written to."""
    return Channel(LABELS[sweep.test], UNITS[sweep.test], sweep.wave.step_ms)


def lead(sweep: Sweep) -> int:
    """Samples left empty between a stimulus at the start of its record and the first sample."""
    return max(round(sweep.wave.start_ms / sweep.wave.step_ms), 0)


def lasting_ms(sweep: Sweep) -> float:
    """How much of a data record a trace takes."""
    return (lead(sweep) + len(sweep.wave.samples_mv)) * sweep.wave.step_ms


def samples_in(channel: Channel, record_ms: int) -> int:
    """Samples of this signal in one data record: its rate is that of its step, to within one sample."""
    return ceil(record_ms / channel.step_ms - 1e-6)


def signal(
    number: int, channel: Channel, found: Sequence[Sweep], channels: Sequence[Channel], record_ms: int
) -> EdfSignal:
    """One signal with the traces that belong to it, zero in the records of the others."""
    count = samples_in(channel, record_ms)
    data = np.zeros((len(found), count))
    for row, sweep in zip(data, found, strict=True):
        if channels.index(channel_of(sweep)) == number:
            first = lead(sweep)
            row[first : first + len(sweep.wave.samples_mv)] = sweep.wave.samples_mv
    data *= PER_MV[channel.unit]
    most = handy(float(np.max(np.abs(data))))
    return EdfSignal(
        data.ravel(),
        sampling_frequency=count * 1000 / record_ms,
        label=f"{channel.label} {number}",
        physical_dimension=channel.unit,
        physical_range=(-most, most),
    )


def handy(largest: float) -> float:
    """The next number of three digits: what fits the eight characters of the header."""
    largest = max(largest, SMALLEST_RANGE)
    digit = 10.0 ** (floor(log10(largest)) - 2)
    return float(f"{ceil(largest / digit) * digit:.6g}")


def annotation(sweep: Sweep, record: int, channels: Sequence[Channel], record_ms: int) -> EdfAnnotation:
    """The annotation at one stimulus."""
    wave = sweep.wave
    told = {
        **sweep.told,
        "record": record,
        "signal": channels.index(channel_of(sweep)),
        "first": lead(sweep),
        "samples": len(wave.samples_mv),
        "start_ms": wave.start_ms,
        "step_ms": wave.step_ms,
    }
    onset_s = record * record_ms / 1000 + min(max(-wave.start_ms, 0.0), record_ms - 1.0) / 1000
    return EdfAnnotation(round(onset_s, 7), None, json.dumps(told))
