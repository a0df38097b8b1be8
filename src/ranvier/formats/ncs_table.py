"""The NCS table: a nerve conduction study as CSV, one row for each stimulation site.

Semicolons, tabs and decimal commas are taken when they can mean only one thing, and said aloud.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, get_args

from ranvier.anatomy import SIDES
from ranvier.findings.study import FWave, MotorSite, MotorStudy, SensoryStudy, Stimulus
from ranvier.formats.files import InputError, read_text
from ranvier.patient import Identity, NerveConductionStudy, Patient
from ranvier.patient.check import Place, Problem, RecordError, checked

NUMBERS = {
    "latency_ms": "onset latency (sensory: onset latency; f_wave: shortest F latency)",
    "amplitude_mV": "motor: baseline to negative peak; 0 for no response, empty for not measured",
    "area_mVms": "motor: area of the negative peak",
    "duration_ms": "motor: duration of the negative peak",
    "distance_mm": "motor: from the site below (or from the electrode); sensory: to the electrode",
    "velocity_m_s": "printed velocity; motor velocity is computed when distance and latencies are there",
    "amplitude_uV": "sensory: amplitude; 0 for no response",
    "peak_latency_ms": "sensory: peak latency",
    "persistence_percent": "f_wave: persistence; 0 when none was obtained",
    "temperature_C": "skin temperature of the limb",
}
WORDS = {
    "test": "motor, sensory or f_wave",
    "date": "2024, 2024-05 or 2024-05-31; may be left out",
    "side": "left or right",
    "nerve": "median, ulnar, radial, musculocutaneous, axillary, fibular, tibial, femoral, ...",
    "muscle": "motor and f_wave: recorded muscle (APB, ADM, FDI, EDB, TA, AH, ...)",
    "site": "motor: wrist, below elbow, above elbow, elbow, axilla, erb, ankle, ...",
    "stimulus": "supramaximal or submaximal; needed at axilla and above",
}
COLUMNS = (*WORDS, *NUMBERS)
REQUIRED = ("test", "side", "nerve")
TESTS = ("motor", "sensory", "f_wave")
FIELDS = {
    "motor": {
        "latency_ms": "latency_ms",
        "amplitude_mV": "amplitude_mv",
        "area_mVms": "area_mv_ms",
        "duration_ms": "duration_ms",
        "distance_mm": "distance_mm",
        "velocity_m_s": "velocity_m_s",
        "temperature_C": "temperature_c",
    },
    "sensory": {
        "latency_ms": "onset_latency_ms",
        "peak_latency_ms": "peak_latency_ms",
        "amplitude_uV": "amplitude_uv",
        "distance_mm": "distance_mm",
        "velocity_m_s": "velocity_m_s",
    },
    "f_wave": {
        "latency_ms": "minimal_latency_ms",
        "persistence_percent": "persistence_percent",
    },
}
"""For each test, the columns it uses and the field of the record each one fills."""


@dataclass(frozen=True)
class Row:
    """One row of the table: its line in the file, its words, and its numbers."""

    line: int
    words: dict[str, str]
    numbers: dict[str, float]


def read_ncs(path: Path) -> tuple[Patient, tuple[str, ...]]:
    """A patient who is known by a nerve conduction study alone; raises InputError."""
    text, remarks = read_text(path)
    rows, said = rows_of(path, text)
    studies, places = studies_of(path, rows)
    try:
        patient = checked(Patient(Identity(pseudonym=path.stem), studies))
    except RecordError as error:
        problems = [f"{place_of(p, places)} {p.text}." for p in error.problems]
        raise InputError(path, problems) from error
    return patient, remarks + said


def rows_of(path: Path, text: str) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of the table and the remarks made while reading; raises InputError."""
    header_line = next(line for line in text.splitlines() if line.strip())
    delimiter = max(";\t,", key=header_line.count)
    try:
        lines = list(csv.reader(StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(path, [f"is not a table that can be read ({error})."]) from error
    numbered = [(n, [cell.strip() for cell in cells]) for n, cells in enumerate(lines, 1)]
    numbered = [(n, cells) for n, cells in numbered if any(cells)]
    columns = columns_of(path, numbered[0][1])
    body = numbered[1:]
    if not body:
        raise InputError(path, ["has a header and no rows."])
    comma = decimal_comma(path, columns, body, delimiter)
    problems: list[str] = []
    rows = [row_of(n, columns, cells, comma, problems) for n, cells in body]
    if problems:
        raise InputError(path, problems)
    said = {";": ("columns separated by semicolons",), "\t": ("columns separated by tabs",)}
    return rows, said.get(delimiter, ()) + (("decimal commas read as decimal points",) if comma else ())


def columns_of(path: Path, header: list[str]) -> list[str]:
    """The columns of the table as they are spelled here; raises InputError for any other."""
    plain = {name.casefold(): name for name in COLUMNS}
    problems: list[str] = []
    columns: list[str] = []
    for cell in header:
        name = plain.get(cell.casefold().replace(" ", "_"))
        if name is None:
            problems.append(f"row 1: unknown column '{cell}'. {wanted(cell)}")
        elif name in columns:
            problems.append(f"row 1: the column '{name}' stands twice.")
        columns.append(name or cell)
    problems += [
        f"row 1: the column '{name}' is missing; see `ranvier template ncs`."
        for name in REQUIRED
        if name not in columns
    ]
    if problems:
        raise InputError(path, problems)
    return columns


def wanted(cell: str) -> str:
    """What to write instead of an unknown column."""
    stem = cell.casefold().split("_")[0].split(" ")[0].split("(")[0]
    close = [name for name in COLUMNS if stem and name.casefold().startswith(stem)]
    if close:
        return f"The unit is part of the name: convert the column to {' or '.join(close)}."
    return f"Columns are: {', '.join(COLUMNS)}."


def decimal_comma(path: Path, columns: list[str], body: list[tuple[int, list[str]]], delimiter: str) -> bool:
    """Whether numbers are written with a decimal comma; raises InputError where it could mean two things."""
    cells = [
        (n, name, cell)
        for n, row in body
        for name, cell in zip(columns, row, strict=False)
        if name in NUMBERS and cell
    ]
    commas = [item for item in cells if "," in item[2]]
    points = [item for item in cells if "." in item[2]]
    if not commas:
        return False
    n, name, cell = commas[0]
    if points:
        text = f"row {n}, {name}: '{cell}' has a comma and '{points[0][2]}' in row {points[0][0]} a point"
        raise InputError(path, [f"{text}; write all numbers in one way."])
    if delimiter == ",":
        text = f"row {n}, {name}: '{cell}' could be two columns or a decimal comma"
        raise InputError(path, [f"{text}; write a decimal point."])
    return True


def row_of(line: int, columns: list[str], cells: list[str], comma: bool, problems: list[str]) -> Row:
    """One row, with what is wrong in it added to `problems`."""
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        problems.append(
            f"row {line}: has {len(cells)} cells and the header {len(columns)}; "
            "a decimal comma or an unquoted comma may have split one."
        )
    named = dict(zip(columns, cells, strict=False))
    numbers: dict[str, float] = {}
    for name in NUMBERS:
        text = named.get(name, "")
        if not text:
            continue
        try:
            numbers[name] = float(text.replace(",", ".") if comma else text)
        except ValueError:
            problems.append(
                f"row {line}, {name}: '{text}' is not a number; write the number alone, the unit is in "
                "the column's name, and leave the cell empty for not measured."
            )
    words = {name: named.get(name, "") for name in WORDS}
    problems += [f"row {line}, {name}: {text}." for name, text in wrong_words(words)]
    problems += [f"row {line}, {name}: {text}." for name, text in misplaced(words, numbers)]
    return Row(line, words, numbers)


def wrong_words(words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Words of a row that are missing or not allowed, with the remedy."""
    if words["test"].casefold() not in TESTS:
        yield "test", f"'{words['test']}' must be motor, sensory or f_wave"
        return
    if words["side"].casefold() not in SIDES:
        told = f"'{words['side']}' " if words["side"] else "is empty and "
        yield "side", f"{told}must be left or right; a side is never guessed"
    if not words["nerve"]:
        yield "nerve", "is empty; name the nerve"
    test = words["test"].casefold()
    if test != "sensory" and not words["muscle"]:
        yield "muscle", "is empty; name the recorded muscle"
    if test == "motor" and not words["site"]:
        yield "site", "is empty; name the stimulation site"
    if words["stimulus"] and words["stimulus"].casefold() not in get_args(Stimulus):
        yield "stimulus", f"'{words['stimulus']}' must be supramaximal, submaximal or empty"


def misplaced(words: dict[str, str], numbers: dict[str, float]) -> Iterator[tuple[str, str]]:
    """Numbers in a column that this kind of row does not use."""
    test = words["test"].casefold()
    for name in numbers:
        if test in FIELDS and name not in FIELDS[test]:
            yield name, f"a {test} row has no {name}; it uses {', '.join(FIELDS[test])}"


def studies_of(path: Path, rows: list[Row]) -> tuple[tuple[NerveConductionStudy, ...], dict[Place, int]]:
    """The studies in the table, one for each date, and the line of each place on the record."""
    places: dict[Place, int] = {}
    studies: list[NerveConductionStudy] = []
    for position, date in enumerate(dict.fromkeys(row.words["date"] for row in rows)):
        of_date = [row for row in rows if row.words["date"] == date]
        place: Place = ("timeline", position)
        places[(*place, "when")] = of_date[0].line
        studies.append(
            NerveConductionStudy(
                when=date or "unknown",
                origin="measured",
                source=f"NCS table {path.name}",
                motor=tuple(motor_studies(of_date, place, places)),
                sensory=tuple(listed(SensoryStudy, "sensory", of_date, place, places)),
                f_waves=tuple(listed(FWave, "f_wave", of_date, place, places)),
            )
        )
    return tuple(studies), places


def motor_studies(rows: list[Row], place: Place, places: dict[Place, int]) -> Iterator[MotorStudy]:
    """The motor rows, gathered by side, nerve and muscle."""
    motor = [row for row in rows if row.words["test"].casefold() == "motor"]
    keys = dict.fromkeys(nerve_of(row) for row in motor)
    for position, key in enumerate(keys):
        sites: list[MotorSite] = []
        for row in motor:
            if nerve_of(row) == key:
                places[(*place, "motor", position, "sites", len(sites))] = row.line
                places.setdefault((*place, "motor", position), row.line)
                stimulus: Any = row.words["stimulus"].casefold() or None
                sites.append(MotorSite(row.words["site"], stimulus=stimulus, **fields(row, "motor")))
        side: Any = key[0]
        yield MotorStudy(side, key[1], key[2], tuple(sites))


def nerve_of(row: Row) -> tuple[str, str, str]:
    """What makes rows belong to one motor study."""
    return (
        row.words["side"].casefold(),
        row.words["nerve"].casefold(),
        row.words["muscle"].casefold(),
    )


def listed(kind: Any, test: str, rows: list[Row], place: Place, places: dict[Place, int]) -> Iterator[Any]:
    """The sensory or F-wave rows as studies."""
    field = "sensory" if test == "sensory" else "f_waves"
    chosen = [row for row in rows if row.words["test"].casefold() == test]
    for position, row in enumerate(chosen):
        places[(*place, field, position)] = row.line
        name = {"site": row.words["site"]} if test == "sensory" else {"muscle": row.words["muscle"]}
        side = row.words["side"].casefold()
        yield kind(side=side, nerve=row.words["nerve"], **name, **fields(row, test))


def fields(row: Row, test: str) -> dict[str, Any]:
    """The numbers of a row under the names the record gives them."""
    return {FIELDS[test][column]: number for column, number in row.numbers.items()}


def place_of(problem: Problem, places: dict[Place, int]) -> str:
    """`row 7, latency_ms:` for a place on the record."""
    place = problem.place
    tail = ""
    while place and place not in places:
        tail = str(place[-1]) if isinstance(place[-1], str) and not tail else tail
        place = place[:-1]
    column = next((c for t in FIELDS.values() for c, f in t.items() if f == tail), tail)
    shown = {"when": "date", "sites": "site"}.get(column, column)
    line = places.get(place)
    return f"row {line}{f', {shown}' if shown else ''}:" if line else "the table"


def template() -> str:
    """An NCS table to fill in: the header and one example row of each kind."""
    rows: list[dict[str, str]] = [
        {"test": "motor", "side": "right", "nerve": "median", "muscle": "APB", "site": "wrist",
         "stimulus": "supramaximal", "latency_ms": "3.6", "amplitude_mV": "8.4", "area_mVms": "28.1",
         "duration_ms": "5.9", "distance_mm": "80", "temperature_C": "33"},
        {"test": "motor", "side": "right", "nerve": "median", "muscle": "APB", "site": "elbow",
         "stimulus": "supramaximal", "latency_ms": "7.9", "amplitude_mV": "7.8", "area_mVms": "26.4",
         "duration_ms": "6.2", "distance_mm": "235", "temperature_C": "33"},
        {"test": "f_wave", "side": "right", "nerve": "median", "muscle": "APB", "latency_ms": "27.8",
         "persistence_percent": "80"},
        {"test": "sensory", "side": "right", "nerve": "median", "site": "wrist", "latency_ms": "2.6",
         "peak_latency_ms": "3.3", "amplitude_uV": "28", "distance_mm": "140"},
    ]  # fmt: skip
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
