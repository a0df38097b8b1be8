"""A patient from the EDF+ file that this program wrote; any other is refused."""

import json
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import edfio

from ranvier.anatomy import UnknownNameError, motor_nerve
from ranvier.formats.edf.sweep import FORMAT, PER_MV, ROWS, SIMULATED, UNITS
from ranvier.formats.files import InputError, read_bytes, sentence
from ranvier.formats.patient_json import patient_from, said_of
from ranvier.patient import SCHEMA, Patient
from ranvier.patient.problem import RecordError
from ranvier.patient.traces import agreeing, measured_patient

FOREIGN = (
    "is an EDF file, but not one that ranvier wrote; its traces do not say which nerve was stimulated where. "
    "Enter the study as a patient file (`ranvier template patient`)."
)
BROKEN = "is not an EDF file, or is cut off; export it again with `ranvier export`."
OWN = ("test", "session", "study", "record", "signal", "first", "samples", "start_ms", "step_ms")
SITE = ("site", "distance_mm", "velocity_m_s", "temperature_c", "stimulus", "by_hand", "latency_ms",
        "amplitude_mv", "area_mv_ms", "duration_ms", "waveform")  # fmt: skip


def read_edf(path: Path) -> tuple[Patient, tuple[str, ...]]:
    """A patient with the waveforms of an EDF+ file, measured, and remarks; raises InputError."""
    file = opened(path, read_bytes(path))
    head, sweeps = annotations(path, file)
    try:
        data, remarks = record(head, [sweep_of(each, file) for each in sweeps])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        told = "holds an annotation that was changed or is damaged; export the study again"
        raise InputError(path, [f"{told} ({type(error).__name__}: {error})."]) from error
    if SIMULATED in file.local_recording_identification.split():
        data = marked_simulated(data)
    try:
        patient, left_out = agreeing(measured_patient(patient_from(data)))
    except RecordError as error:
        raise InputError(path, [sentence(said_of(problem)) for problem in error.problems]) from error
    except ValueError as error:
        raise InputError(path, [f"cannot be measured: {error}"]) from error
    return patient, ("markers were set by the program on the traces of the EDF file", *remarks, *left_out)


def opened(path: Path, content: bytes) -> edfio.Edf:
    """The EDF file in these bytes; raises InputError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return edfio.read_edf(BytesIO(content), lazy_load_data=False)
    except Exception as error:  # edfio raises whatever its header parsing meets
        raise InputError(path, [BROKEN]) from error


def annotations(path: Path, file: edfio.Edf) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the first annotation says of the file, and what each other says of its stimulus."""
    try:
        found = [json.loads(each.text) for each in file.annotations if each.text.startswith("{")]
    except Exception as error:  # annotations of other programs need not be readable at all
        raise InputError(path, [FOREIGN]) from error
    heads = [each for each in found if each.get("format") == FORMAT]
    if len(heads) != 1 or len(found) < 2:
        raise InputError(path, [FOREIGN])
    return heads[0], [each for each in found if each is not heads[0]]


def sweep_of(told: dict[str, Any], file: edfio.Edf) -> dict[str, Any]:
    """What is said of one stimulus, with its samples in mV as a waveform."""
    signal = file.signals[place(told, "signal", len(file.signals))]
    length = signal.samples_per_data_record
    record, first = place(told, "record", file.num_data_records), place(told, "first", length)
    last = first + place(told, "samples", length - first + 1)
    samples = signal.data[record * length : (record + 1) * length][first:last]
    if signal.physical_dimension != UNITS[told["test"]]:
        raise ValueError(f"signal {told['signal']} does not hold {told['test']} traces")
    in_mv = (samples / PER_MV[signal.physical_dimension]).tolist()
    wave = {"start_ms": told["start_ms"], "step_ms": told["step_ms"], "samples_mv": in_mv}
    return {**told, "waveform": wave}


def place(told: dict[str, Any], name: str, count: int) -> int:
    """A whole number of an annotation that must lie from 0 to below `count`."""
    number = told[name]
    if type(number) is not int or not 0 <= number < count:
        raise ValueError(f"{name} is {number!r}, outside the file")
    return number


def record(head: dict[str, Any], sweeps: list[dict[str, Any]]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The patient file that the annotations and traces amount to, and remarks."""
    remarks: list[str] = []
    timeline: list[dict[str, Any]] = []
    for each in sweeps:
        place(each, "session", len(head["sessions"]))
    for number, session in enumerate(head["sessions"]):
        own = [each for each in sweeps if each["session"] == number]
        tests = {test: studies(test, [s for s in own if s["test"] == test]) for test in UNITS}
        for study in tests["motor"]:
            remarks += with_distal_site(study)
        held = {test: rows for test, rows in tests.items() if rows}
        timeline.append({"kind": "nerve conduction study", **session, **held})
    return {"schema": SCHEMA, "identity": head["identity"], "timeline": timeline}, tuple(remarks)


def studies(test: str, sweeps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The studies of one kind, each from the traces that belong to it."""
    found: list[dict[str, Any]] = []
    for number in sorted({each["study"] for each in sweeps}):
        rows = [{k: v for k, v in s.items() if k not in OWN} for s in sweeps if s["study"] == number]
        found.append(study_of(test, rows))
    return found


def study_of(test: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One study: its place, and the rows or traces that are its own."""
    if test in ROWS:
        whole = {name: value for name, value in rows[0].items() if name not in SITE}
        if any({n: v for n, v in row.items() if n not in SITE} != whole for row in rows):
            raise ValueError(f"the {test} traces of one study name different nerves")
        return {**whole, ROWS[test]: [{n: v for n, v in row.items() if n in SITE} for row in rows]}
    if test == "f_waves":
        waves = [row.pop("waveform") for row in rows]
        if any(row != rows[0] for row in rows):
            raise ValueError("the F waves of one study name different nerves")
        return {**rows[0], "waveforms": waves}
    if len(rows) != 1:
        raise ValueError("a sensory study has one trace")
    return rows[0]


def with_distal_site(study: dict[str, Any]) -> list[str]:
    """A lone proximal row needs its distal site, of which nothing is known; the remark says so."""
    try:
        nerve = motor_nerve(study["nerve"])
        muscle, site = nerve.muscle(study["muscle"]), nerve.site(study["sites"][0]["site"])
    except UnknownNameError:
        return []
    if len(study["sites"]) > 1 or nerve.starts_distally(muscle, site):
        return []
    distal = nerve.distal_site[muscle]
    study["sites"].insert(0, {"site": distal})
    return [
        f"no trace of {study['side']} {nerve.name} to {muscle} at the {distal}: its numbers are not known"
    ]


def marked_simulated(data: dict[str, Any]) -> dict[str, Any]:
    """The record of a simulated patient, still marked where somebody took the mark off every session."""
    entries = data["timeline"]
    if any(entry.get("origin") == SIMULATED for entry in entries):
        return data
    return {**data, "timeline": [{**entry, "origin": SIMULATED} for entry in entries]}
