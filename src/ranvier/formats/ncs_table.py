"""The NCS table: a nerve conduction study as CSV, one row for each stimulation site.

Semicolons, tabs and decimal commas are taken when they can mean only one thing, and said aloud.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, get_args

from ranvier.anatomy import SIDES, UnknownNameError, motor_nerve
from ranvier.findings.study import FWave, MotorSite, MotorStudy, SensoryStudy, Stimulus
from ranvier.formats.files import InputError, printable, read_text, sentence
from ranvier.formats.spreadsheet import NOT_A_NUMBER, Cells, Sheet, decimal_comma, number, sheet
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
"""For each test, the columns of numbers it uses and the field of the record each one fills."""
WORDS_USED = {
    "motor": ("muscle", "site", "stimulus"),
    "sensory": ("site",),
    "f_wave": ("muscle",),
}


@dataclass(frozen=True)
class Row:
    """One row of the table: its place in the file, its words, and its numbers."""

    row: int
    words: dict[str, str]
    numbers: dict[str, float]

    @property
    def test(self) -> str:
        """motor, sensory or f_wave."""
        return self.words["test"].casefold()

    @property
    def side(self) -> Any:
        """left or right."""
        return self.words["side"].casefold()

    def fields(self) -> dict[str, Any]:
        """The numbers under the names the record gives them."""
        return {FIELDS[self.test][column]: value for column, value in self.numbers.items()}

    def motor_key(self) -> tuple[str, str, str]:
        """What makes rows belong to one motor study, whatever they call nerve and muscle."""
        nerve, muscle = self.words["nerve"], self.words["muscle"]
        try:
            known = motor_nerve(nerve)
            return self.side, known.name, known.muscle(muscle)
        except UnknownNameError:
            return self.side, nerve.casefold(), muscle.casefold()


def read_ncs(path: Path) -> tuple[Patient, tuple[str, ...]]:
    """A patient who is known by a nerve conduction study alone; raises InputError."""
    text, remarks = read_text(path)
    table = sheet(path, text)
    rows, comma = rows_of(table)
    studies, places = studies_of(path, rows)
    try:
        patient = checked(Patient(Identity(pseudonym=printable(path.stem) or "table"), studies))
    except RecordError as error:
        problems = [f"{place_of(p, places)} {sentence(p.text)}" for p in error.problems]
        raise InputError(path, problems) from error
    said = ("decimal commas read as decimal points",) if comma else ()
    return patient, remarks + table.remarks + said


def rows_of(table: Sheet) -> tuple[list[Row], bool]:
    """The rows with their numbers read, and whether commas were decimal ones; raises InputError."""
    names = column_names(table)
    renamed = Sheet(
        table.path,
        tuple(names.values()),
        tuple(Cells(c.row, {names[k]: text for k, text in c.texts.items()}) for c in table.rows),
        table.delimiter,
        table.header_row,
    )
    if not table.rows:
        raise InputError(table.path, ["has a header and no rows; add one for each site."])
    comma = decimal_comma(renamed, tuple(NUMBERS))
    problems: list[str] = []
    rows = [row_of(cells, comma, problems) for cells in renamed.rows]
    if problems:
        raise InputError(table.path, problems)
    return rows, comma


def column_names(table: Sheet) -> dict[str, str]:
    """The columns as the program spells them; raises InputError for unknown, double and missing ones."""
    plain = {name.casefold(): name for name in COLUMNS}
    names = {cell: plain.get(cell.casefold().replace(" ", "_"), "") for cell in table.columns}
    here = f"row {table.header_row}"
    problems = [
        f"{here}: unknown column '{cell}'. {wanted(cell)}" for cell, name in names.items() if not name
    ]
    found = [plain.get(cell.casefold().replace(" ", "_"), cell) for cell in table.columns]
    problems += [
        f"{here}: the column '{name}' stands twice; keep one." for name in COLUMNS if found.count(name) > 1
    ]
    problems += [
        f"{here}: the column '{name}' is missing; see `ranvier template ncs`."
        for name in REQUIRED
        if name not in found
    ]
    if problems:
        raise InputError(table.path, problems)
    return names


def wanted(cell: str) -> str:
    """What to write instead of an unknown column."""
    stem = cell.casefold().split("_")[0].split(" ")[0].split("(")[0]
    close = [name for name in COLUMNS if stem and name.casefold().startswith(stem)]
    if close:
        return f"The unit is part of the name: convert the column to {' or '.join(close)}."
    return f"Columns are: {', '.join(COLUMNS)}."


def row_of(cells: Cells, comma: bool, problems: list[str]) -> Row:
    """One row, with what is wrong in it added to `problems`."""
    found = {name: number(text, comma) for name in NUMBERS if (text := cells.texts.get(name, ""))}
    problems += [
        f"row {cells.row}, {name}: '{cells.texts[name]}' {NOT_A_NUMBER}."
        for name, value in found.items()
        if value is None
    ]
    words = {name: cells.texts.get(name, "") for name in WORDS}
    row = Row(cells.row, words, {name: value for name, value in found.items() if value is not None})
    problems += [f"row {cells.row}, {name}: {text}." for name, text in (*wrong_words(words), *misplaced(row))]
    return row


def wrong_words(words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Words of a row that are missing or not allowed, with the remedy."""
    test = words["test"].casefold()
    if test not in TESTS:
        yield "test", f"'{words['test']}' must be motor, sensory or f_wave"
        return
    if words["side"].casefold() not in SIDES:
        told = f"'{words['side']}' " if words["side"] else "is empty and "
        yield "side", f"{told}must be left or right; a side is never guessed"
    if not words["nerve"]:
        yield "nerve", "is empty; name the nerve"
    if test != "sensory" and not words["muscle"]:
        yield "muscle", "is empty; name the recorded muscle"
    if test == "motor" and not words["site"]:
        yield "site", "is empty; name the stimulation site"
    if words["stimulus"] and words["stimulus"].casefold() not in get_args(Stimulus):
        yield "stimulus", f"'{words['stimulus']}' must be supramaximal, submaximal or empty"


def misplaced(row: Row) -> Iterator[tuple[str, str]]:
    """Cells filled in a column that this kind of row does not use."""
    if row.test not in TESTS:
        return
    used = (*WORDS_USED[row.test], *FIELDS[row.test])
    filled = [name for name in WORDS_USED["motor"] if row.words[name]] + list(row.numbers)
    for name in filled:
        if name not in used:
            yield name, f"a {row.test} row has no {name}; it uses {', '.join(used)}"


def studies_of(path: Path, rows: list[Row]) -> tuple[tuple[NerveConductionStudy, ...], dict[Place, int]]:
    """The studies in the table, one for each date, and the row in the file of each place on the record."""
    places: dict[Place, int] = {}
    studies: list[NerveConductionStudy] = []
    for position, date in enumerate(dict.fromkeys(row.words["date"] for row in rows)):
        of_date = [row for row in rows if row.words["date"] == date]
        place: Place = ("timeline", position)
        places[place] = of_date[0].row
        studies.append(
            NerveConductionStudy(
                when=date or "unknown",
                origin="measured",
                source=f"NCS table {printable(path.name)}",
                motor=tuple(motor_studies(of_date, place, places)),
                sensory=tuple(sensory_studies(of_date, place, places)),
                f_waves=tuple(f_waves(of_date, place, places)),
            )
        )
    return tuple(studies), places


def motor_studies(rows: list[Row], place: Place, places: dict[Place, int]) -> Iterator[MotorStudy]:
    """The motor rows, gathered by side, nerve and muscle."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.test == "motor":
            groups.setdefault(row.motor_key(), []).append(row)
    for position, group in enumerate(groups.values()):
        here: Place = (*place, "motor", position)
        places[here] = group[0].row
        sites: list[MotorSite] = []
        for row in group:
            places[(*here, "sites", len(sites))] = row.row
            stimulus: Any = row.words["stimulus"].casefold() or None
            sites.append(MotorSite(row.words["site"], stimulus=stimulus, **row.fields()))
        yield MotorStudy(group[0].side, group[0].words["nerve"], group[0].words["muscle"], tuple(sites))


def sensory_studies(rows: list[Row], place: Place, places: dict[Place, int]) -> Iterator[SensoryStudy]:
    """The sensory rows."""
    for position, row in enumerate(row for row in rows if row.test == "sensory"):
        places[(*place, "sensory", position)] = row.row
        yield SensoryStudy(row.side, row.words["nerve"], row.words["site"], **row.fields())


def f_waves(rows: list[Row], place: Place, places: dict[Place, int]) -> Iterator[FWave]:
    """The F-wave rows."""
    for position, row in enumerate(row for row in rows if row.test == "f_wave"):
        places[(*place, "f_waves", position)] = row.row
        yield FWave(row.side, row.words["nerve"], row.words["muscle"], **row.fields())


def place_of(problem: Problem, places: dict[Place, int]) -> str:
    """`row 7, latency_ms:` for a place on the record."""
    place, tail = problem.place, ""
    while place and place not in places:
        tail = str(place[-1]) if isinstance(place[-1], str) else tail
        place = place[:-1]
    columns = {field: column for test in FIELDS.values() for column, field in test.items()}
    shown = {"when": "date", "sites": "site"}.get(tail, columns.get(tail, tail))
    return f"row {places[place]}{f', {shown}' if shown else ''}:" if place else "the table"


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
