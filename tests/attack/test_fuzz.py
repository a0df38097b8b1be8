"""Files with random damage: each is read, or refused with an InputError that names the file."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.diagnosis import examine
from ranvier.formats import ncs_table, patient_json
from ranvier.formats.files import InputError
from ranvier.formats.ncs_table import read_ncs
from ranvier.formats.patient_json import read_patient

PIECES = {
    "csv": [
        ",", ";", "\t", '"', "\n", "\r", "\r\n", "\0", "\ufeff", "1,5", "1.5", "-1", "nan", "1e999", "0", "3_6",
        "motor", "sensory", "f_wave", "left", "median", "ulnar", "wrist", "elbow", "ADM", "2024-13", "month 5",
        "side", "latency_ms", "µ", "\u2028", "\x1c", "9" * 400,
    ],
    "json": [
        "{", "}", "[", "]", ",", ":", '"', "null", "true", "NaN", "-Infinity", "1e400", "-0.0", "9" * 400,
        '"kind": "note",', '"kind": "scale",', '"side": "left"', '"when": "2024-00"', '"waveform": {', '"x": 1,',
        '"weak_nerve_territories": 3,', "\\ud800", "\\u0000", "\0", "\ufeff", "[" * 2000, "\n",
    ],
}  # fmt: skip
WHOLE = {"csv": ncs_table.template(), "json": patient_json.template()}
READERS = {"csv": read_ncs, "json": read_patient}
MANY = settings(max_examples=250)


def damaged(kind):
    """The template with up to six cuts, each replaced by a piece, a copy of another part, or nothing."""
    text = WHOLE[kind]
    places = st.integers(0, len(text))
    filling = st.sampled_from(PIECES[kind]) | st.builds(
        lambda a, n: text[a : a + n], places, st.integers(0, 90)
    )
    cut = st.tuples(places, st.sampled_from([0, 0, 1, 2, 5, 40, 400]), filling | st.text(max_size=4))
    return st.lists(cut, min_size=1, max_size=6).map(lambda cuts: patched(text, cuts))


def patched(text, cuts):
    for place, length, piece in cuts:
        text = text[:place] + piece + text[place + length :]
    return text


def outcome(kind, content):
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"input.{kind}"
        file.write_bytes(content)
        try:
            patient, _ = READERS[kind](file)
        except InputError as error:
            return (
                "refused" if str(error).startswith(f"{file}: ") and error.problems else f"unplaced: {error}"
            )
        examine(patient)
        return "read"


@pytest.mark.parametrize("kind", WHOLE)
def test_the_undamaged_file_is_read(kind):
    assert outcome(kind, WHOLE[kind].encode()) == "read"


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_a_damaged_file_is_read_or_refused(kind, encoding):
    ends = set()

    @MANY
    @given(damaged(kind))
    def one(text):
        errors = "surrogatepass" if encoding != "latin-1" else "replace"
        ends.add(outcome(kind, text.encode(encoding, errors)))

    one()
    assert {"refused"} <= ends <= {"read", "refused"}


@pytest.mark.parametrize("kind", WHOLE)
@MANY
@given(content=st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(kind, content):
    assert outcome(kind, content) == "refused"


@pytest.mark.parametrize("kind", WHOLE)
@MANY
@given(place=st.integers(0, 3000), content=st.binary(min_size=1, max_size=4))
def test_bytes_thrown_into_a_file_leave_it_readable_or_refused(kind, place, content):
    whole = WHOLE[kind].encode()
    place %= len(whole)
    assert outcome(kind, whole[:place] + content + whole[place + 1 :]) in ("read", "refused")


CELLS = st.sampled_from([*PIECES["csv"][9:], *ncs_table.COLUMNS, ""]) | st.floats().map(str)


@MANY
@given(
    st.lists(st.sampled_from(ncs_table.COLUMNS), min_size=1, max_size=9, unique=True),
    st.lists(st.lists(CELLS, max_size=9), max_size=4),
    st.sampled_from([",", ";", "\t"]),
)
def test_tables_of_random_cells_are_read_or_refused(columns, rows, between):
    text = "\n".join(between.join(cells) for cells in [columns, *rows])
    assert outcome("csv", text.encode()) in ("read", "refused")


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["note", "history", "left", "x", ""]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "when", "x"]), inner)
    ),
    max_leaves=6,
)


@st.composite
def one_value_changed(draw):
    """The template with one value, anywhere in it, replaced by any other."""
    data = patient_json.parse(WHOLE["json"])
    data["identity"]["birth_year"] = 1970
    data["timeline"][1]["weak_nerve_territories"] = 3
    node, key = {"whole": data}, "whole"
    while isinstance(node[key], dict | list) and node[key] and draw(st.integers(0, 6)):
        node = node[key]
        key = draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
    node[key] = draw(VALUES | st.just(10**400) | st.just("\ud800"))
    return data


@MANY
@given(one_value_changed())
def test_a_record_with_one_value_changed_is_read_or_refused(data):
    assert outcome("json", json.dumps(data).encode()) in ("read", "refused")
