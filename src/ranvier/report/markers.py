"""Markers of every waveform beside what the file says, as text."""

from ranvier.findings.study import FWave
from ranvier.patient import Patient
from ranvier.patient.traces import AnyRow, traced

F_MARKERS = ("minimal_latency_ms", "mean_latency_ms", "chronodispersion_ms", "persistence_percent")
UNITS = {"ms": "ms", "mv": "mV", "uv": "uV", "percent": "%"}


def markers_text(before: Patient, after: Patient, remarks: tuple[str, ...] = ()) -> str:
    """One block for each waveform: every marker as measured, how it was set, and what the file says."""
    lines = ["SIMULATED: no real patient", ""] if after.simulated else []
    for said, found in zip(traced(before), traced(after), strict=True):
        lines += [found.name, *(line(name, said.row, found.row) for name in names(found.row)), ""]
    return "\n".join([*lines, *(f"Remark: {remark}" for remark in remarks)]).rstrip() + "\n"


def names(row: AnyRow) -> tuple[str, ...]:
    """The markers that a row has."""
    return F_MARKERS if isinstance(row, FWave) else row.markers


def line(name: str, said: AnyRow, found: AnyRow) -> str:
    """One marker."""
    by_hand = not isinstance(found, FWave) and name in found.by_hand
    how = "by hand" if by_hand else "automatic"
    title, unit = title_and_unit(name)
    return (
        f"  {title:<20} {told(getattr(found, name)):>9} {unit:<6} {how:<10} file: {told(getattr(said, name))}"
    )


def title_and_unit(name: str) -> tuple[str, str]:
    """`latency` and `ms`, from a field's name."""
    words = name.split("_")
    units = [UNITS[word] for word in words if word in UNITS]
    return " ".join(word for word in words if word not in UNITS), " ".join(units)


def told(number: float | None) -> str:
    """A marker as it is printed."""
    return "-" if number is None else f"{number:.4g}"
