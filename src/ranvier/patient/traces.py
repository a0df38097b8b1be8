"""Every waveform on a patient's record: what it is called, and the row that it belongs to, measured anew."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ranvier.findings.study import FWave, MotorSite, SensoryStudy
from ranvier.patient.check import checked
from ranvier.patient.entries import NerveConductionStudy
from ranvier.patient.problem import Place, Problem, RecordError, dotted
from ranvier.patient.record import Patient

AnyRow = MotorSite | SensoryStudy | FWave
Change = Callable[[str, AnyRow], AnyRow]
SITES = {"motor": ("sites",), "inching": ("steps",), "exercise": ("before", "after")}
PREFIX = {"steps": "inching ", "before": "before exercise ", "after": "after exercise ", "sites": ""}


@dataclass(frozen=True)
class Traced:
    """One row with a waveform, by a name that no other row of the record has."""

    name: str
    row: AnyRow


def traced(patient: Patient) -> tuple[Traced, ...]:
    """Every row of the record that has a waveform, named in the electromyographer's words."""
    found: list[Traced] = []

    def note(name: str, row: AnyRow) -> AnyRow:
        found.append(Traced(name, row))
        return row

    with_rows(patient, note)
    return tuple(each for each in found if has_trace(each.row))


def with_rows(patient: Patient, change: Change) -> Patient:
    """The patient with every row of every study put through `change`, which is told the row's name."""
    names = unique([(entry, name) for entry, name in row_names(patient)])
    timeline = tuple(
        changed(entry, change, names) if isinstance(entry, NerveConductionStudy) else entry
        for entry in patient.timeline
    )
    return replace(patient, timeline=timeline)


def row_names(patient: Patient) -> Iterator[tuple[NerveConductionStudy, str]]:
    """The plain name of every row, study by study, in the order in which they are visited."""
    for entry in patient.timeline:
        if isinstance(entry, NerveConductionStudy):
            plain: list[str] = []

            def note(row: AnyRow, name: str, plain: list[str] = plain) -> AnyRow:
                plain.append(name)
                return row

            visited(entry, note)
            yield from ((entry, name) for name in plain)


def unique(rows: list[tuple[NerveConductionStudy, str]]) -> Iterator[str]:
    """Names told apart: by the time of the study where two share one, and by number where that fails."""
    plain = Counter(name for _, name in rows)
    dated = [f"{entry.when} {name}" if plain[name] > 1 else name for entry, name in rows]
    times, seen = Counter(dated), Counter[str]()
    for name in dated:
        seen[name] += 1
        yield f"{name} ({seen[name]})" if times[name] > 1 else name


def changed(entry: NerveConductionStudy, change: Change, names: Iterator[str]) -> NerveConductionStudy:
    """One study with every row changed; the names come in the order of the visit."""
    return visited(entry, lambda row, _: change(next(names), row))


def visited(entry: NerveConductionStudy, change: Callable[[Any, str], Any]) -> NerveConductionStudy:
    """One study with every row that may have a waveform put through `change`, with its plain name."""
    found: dict[str, tuple[Any, ...]] = {}
    for field, lists in SITES.items():
        found[field] = tuple(
            replace(study, **{rows: through(study, rows, change) for rows in lists})
            for study in getattr(entry, field)
        )
    found["sensory"] = tuple(change(row, sensory_name(row)) for row in entry.sensory)
    found["f_waves"] = tuple(change(row, f"{place(row)} F waves") for row in entry.f_waves)
    return replace(entry, **found)


def through(study: Any, rows: str, change: Callable[[Any, str], Any]) -> tuple[Any, ...]:
    """The rows of one study, changed."""
    return tuple(change(row, f"{PREFIX[rows]}{place(study)} {row.site}") for row in getattr(study, rows))


def place(study: Any) -> str:
    """`right median APB`."""
    return f"{study.side} {study.nerve} {study.muscle}"


def sensory_name(row: SensoryStudy) -> str:
    """`left sural sensory`, with the site where one is given."""
    return f"{row.side} {row.nerve} sensory {row.site}".strip()


def has_trace(row: AnyRow) -> bool:
    """Whether a row has something to measure."""
    return bool(row.waveforms) if isinstance(row, FWave) else row.waveform is not None


def measured_patient(patient: Patient, by_hand: Mapping[str, Mapping[str, float]] | None = None) -> Patient:
    """The patient with every waveform measured; `by_hand` gives markers set by hand, by the row's name.

    Raises ValueError for a marker that the row does not have or that lies outside its trace.
    """
    from ranvier.findings.measure import measured_f, remeasured

    def measure(name: str, row: AnyRow) -> AnyRow:
        if not has_trace(row):
            return row
        if isinstance(row, FWave):
            return measured_f(row)
        hand = (by_hand or {}).get(name, {})
        if isinstance(row, SensoryStudy):
            return remeasured(row, **hand)
        return remeasured(row, **hand)

    return with_rows(patient, measure)


def agreeing(patient: Patient) -> tuple[Patient, tuple[str, ...]]:
    """The checked patient; a latency set by rule that contradicts another site is left out, with a remark.

    Raises RecordError for everything else that cannot be right.
    """
    try:
        return checked(patient), ()
    except RecordError as error:
        at_fault = {problem.place[:6]: problem for problem in error.problems}
    kept, remarks = patient, list[str]()
    for place, problem in at_fault.items():
        kept = without_latency(kept, place, problem)
        remarks.append(
            f"{dotted(place)} is left without latency, the one found contradicts another site "
            f"({problem.text}); set it by hand"
        )
    return checked(kept), tuple(remarks)


def without_latency(patient: Patient, place: Place, problem: Problem) -> Patient:
    """The patient without the latency of one motor row; raises RecordError where a hand set one of them."""
    match place:
        case ("timeline", int(entry), "motor", int(motor), "sites", int(site)):
            study = patient.timeline[entry]
        case _:
            raise RecordError([problem])
    if not isinstance(study, NerveConductionStudy):
        raise RecordError([problem])
    row = study.motor[motor].sites[site]
    set_by_hand = any("latency_ms" in each.by_hand for each in study.motor[motor].sites)
    if set_by_hand or row.latency_ms is None or row.waveform is None:
        raise RecordError([problem])
    sites = put(study.motor[motor].sites, site, replace(row, latency_ms=None))
    changed_study = replace(study, motor=put(study.motor, motor, replace(study.motor[motor], sites=sites)))
    return replace(patient, timeline=put(patient.timeline, entry, changed_study))


def put(rows: tuple[Any, ...], position: int, row: Any) -> tuple[Any, ...]:
    """The rows with one of them changed."""
    return (*rows[:position], row, *rows[position + 1 :])
