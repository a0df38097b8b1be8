from dataclasses import replace
from random import Random

import pytest

from formats.tables import ELBOW, F_WAVE, SENSORY, WHOLE, WRIST, table
from ranvier.diagnosis import examine
from ranvier.formats import ncs_table
from ranvier.formats.files import InputError
from ranvier.formats.ncs_table import COLUMNS, read_ncs
from ranvier.formats.patient_json import read_patient
from ranvier.patient import Identity, NerveConductionStudy, Patient

REMARKS = {
    ";": "columns separated by semicolons",
    "\t": "columns separated by tabs",
    ",": "decimal commas read as decimal points",
    "utf-16": "read as UTF-16 text",
    "latin-1": "read as Latin-1 text, since it is not UTF-8",
}


@pytest.fixture
def read(tmp_path):
    def reading(text, encoding="utf-8"):
        file = tmp_path / "study.csv"
        file.write_bytes(text.encode(encoding))
        patient, remarks = read_ncs(file)
        return patient.timeline, remarks

    return reading


def test_a_table_becomes_one_study_with_every_number_in_its_field(read):
    (study,), remarks = read(table(*WHOLE))
    assert remarks == ()
    assert (study.when, study.origin, study.source) == ("unknown", "measured", "NCS table study.csv")
    (motor,) = study.motor
    wrist, elbow = motor.sites
    assert (motor.side, motor.nerve, motor.muscle) == ("right", "median", "APB")
    assert (wrist.latency_ms, wrist.amplitude_mv, wrist.area_mv_ms, wrist.duration_ms) == (
        3.6,
        8.4,
        28.1,
        5.9,
    )
    assert (wrist.distance_mm, wrist.temperature_c, wrist.stimulus) == (None, 33, "supramaximal")
    assert (elbow.distance_mm, elbow.amplitude_mv) == (235, 2.1)
    (feels,) = study.sensory
    assert (feels.onset_latency_ms, feels.peak_latency_ms, feels.amplitude_uv) == (2.6, 3.3, 28)
    assert (feels.distance_mm, feels.site) == (140, "wrist")
    (wave,) = study.f_waves
    assert (wave.minimal_latency_ms, wave.persistence_percent) == (27.8, 80)


@pytest.mark.parametrize(
    ("between", "decimal", "encoding"),
    [
        (";", ".", "utf-8"),
        (";", ",", "utf-8"),
        ("\t", ".", "utf-8"),
        ("\t", ",", "utf-8"),
        (",", ".", "utf-16"),
        (";", ",", "utf-16"),
        ("\t", ",", "utf-16"),
        (",", ".", "utf-8-sig"),
    ],
)
def test_the_same_study_in_another_dress_is_the_same_study_and_said_aloud(read, between, decimal, encoding):
    plain, _ = read(table(*WHOLE))
    dressed, remarks = read(table(*WHOLE, between=between, decimal=decimal), encoding)
    assert dressed == plain
    wanted = {REMARKS[key] for key in (between.strip(",") or ".", decimal, encoding) if key in REMARKS}
    assert set(remarks) == wanted


def test_latin_1_is_read_and_said_aloud(read):
    rows = (*WHOLE[:2], {**SENSORY, "site": "Ellbogen außen"})
    plain, _ = read(table(*rows))
    named, remarks = read(table(*rows), "latin-1")
    assert named == plain
    assert named[0].sensory[0].site == "Ellbogen außen"
    assert remarks == (REMARKS["latin-1"],)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n"])
def test_line_ends_of_other_systems_and_blank_lines_are_read(read, end):
    plain, _ = read(table(*WHOLE))
    assert read(table(*WHOLE).replace("\n", end))[0] == plain


def test_spaces_case_and_order_of_columns_do_not_matter(read):
    plain, _ = read(table(*WHOLE))
    assert read(table(*WHOLE, columns=COLUMNS[::-1]))[0] == plain
    assert read(table(*WHOLE, between=" , "))[0] == plain
    loud = (
        table(*WHOLE).replace("latency_ms", "Latency MS").replace("right", "Right").replace("motor", "MOTOR")
    )
    assert read(loud)[0] == plain


def test_unused_columns_may_be_left_out(read):
    used = ("test", "side", "nerve", "site", "amplitude_uV")
    ((study,), _) = read(table(SENSORY, columns=used))
    assert study.sensory[0].amplitude_uv == 28


def test_quoted_cells_may_hold_the_separator(read):
    ((study,), _) = read(table({**SENSORY, "site": '"digit II, wrist"'}))
    assert study.sensory[0].site == "digit II, wrist"


def test_an_empty_cell_is_unknown_and_a_zero_is_no_response(read):
    ((study,), _) = read(table(WRIST, {**ELBOW, "amplitude_mV": "0", "area_mVms": "", "latency_ms": ""}))
    wrist, elbow = study.motor[0].sites
    assert (elbow.amplitude_mv, elbow.area_mv_ms, elbow.absent) == (0, None, True)
    assert not wrist.absent


def test_rows_of_two_dates_become_two_studies(read):
    later = [{**row, "date": "2024-05"} for row in WHOLE]
    studies, _ = read(table(*[{**row, "date": "2023"} for row in WHOLE], *later))
    assert [s.when for s in studies] == ["2023", "2024-05"]
    assert replace(studies[0], when="x") == replace(studies[1], when="x")


def test_aliases_are_understood(read):
    rows = [{**WRIST, "muscle": "Abductor Pollicis Brevis"}, {**ELBOW, "muscle": "abductor pollicis brevis",
            "site": "Cubital_Fossa"}]  # fmt: skip
    ((study,), _) = read(table(*rows))
    assert (study.motor[0].muscle, study.motor[0].sites[1].site) == ("APB", "elbow")


def every_row(cases):
    """The motor rows of a shipped case as rows of a table."""
    patient, _ = read_patient(cases / "synthetic-definite-block.json")
    columns = {"latency_ms": "latency_ms", "amplitude_mV": "amplitude_mv", "area_mVms": "area_mv_ms",
               "duration_ms": "duration_ms", "distance_mm": "distance_mm", "temperature_C": "temperature_c",
               "stimulus": "stimulus", "site": "site"}  # fmt: skip
    for study in patient.entries(NerveConductionStudy):
        for motor in study.motor:
            named = {"test": "motor", "side": motor.side, "nerve": motor.nerve, "muscle": motor.muscle}
            for site in motor.sites:
                cells = {c: getattr(site, f) for c, f in columns.items()}
                yield {**named, **{c: str(cell) for c, cell in cells.items() if cell is not None}}


def grades(timeline_reader, rows):
    timeline, _ = timeline_reader(table(*rows))
    assessment = examine(Patient(Identity("p"), timeline))
    blocks = {str(b.graded[0].examined.segment): [g.verdict for g in b.graded] for b in assessment.blocks}
    return blocks, [(r.criteria.id, r.level) for r in assessment.criteria]


def test_the_order_of_rows_does_not_matter_to_blocks(read, cases):
    rows = list(every_row(cases))
    expected = grades(read, rows)
    assert ["definite", "definite"] in [found[:2] for found in expected[0].values()]
    for seed in range(8):
        Random(seed).shuffle(rows)
        assert grades(read, rows) == expected


def test_the_template_reads_back(read):
    (study,), remarks = read(ncs_table.template())
    assert remarks == ()
    assert (len(study.motor[0].sites), len(study.sensory), len(study.f_waves)) == (2, 1, 1)
    assert ncs_table.template().splitlines()[0] == ",".join(COLUMNS)


def test_every_wrong_row_is_told_at_once(read):
    with pytest.raises(InputError) as caught:
        read(table({**WRIST, "side": ""}, {**ELBOW, "latency_ms": "x"}, {**F_WAVE, "test": "?"}))
    assert [p.split(":")[0] for p in caught.value.problems] == [
        "row 2, side",
        "row 3, latency_ms",
        "row 4, test",
    ]


def test_a_row_is_numbered_as_the_editor_numbers_its_line(read):
    with pytest.raises(InputError, match="row 5, side"):
        read(table(WRIST, {**ELBOW, "side": "x"}).replace("\n", "\n\n"))
