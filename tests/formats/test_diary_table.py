"""Tables of readings and infusions as devices and spreadsheets save them."""

from codecs import BOM_UTF8

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ranvier.formats.diary_dates import day_first, moment
from ranvier.formats.diary_said import entry_said
from ranvier.formats.diary_table import read_table
from ranvier.formats.files import InputError
from ranvier.patient import Dose, Laboratory, Note, Scale

READINGS = "date,time,hand,value,unit\n2026-11-20,08:30,right,18.5,kg\n2026-11-20,08:31,left,22,kg\n"
DOSES = "date,drug,amount,unit,hours\n2026-10-01,ivig,70,g,5\n2026-10-22T09:00,ivig,70000,mg,\n"


@pytest.fixture
def read(tmp_path):
    def reader(content, **options):
        file = tmp_path / "table.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(file, **options)

    return reader


def said(table):
    return [(r.row, r.entry.when, r.entry.side, r.entry.score, r.entry.unit) for r in table.rows]


RIGHT_AND_LEFT = [(2, "2026-11-20T08:30", "right", 18.5, "kg"), (3, "2026-11-20T08:31", "left", 22.0, "kg")]


@pytest.mark.parametrize(
    "content",
    [
        READINGS,
        READINGS.replace(",", ";").replace(".", ","),
        READINGS.replace(",", "\t"),
        BOM_UTF8 + READINGS.encode(),
        READINGS.encode("utf-16"),
        READINGS.replace("\n", "\r\n"),
        READINGS.replace("hand", "Side").replace("right", "R").replace("left", "links"),
        READINGS.replace("2026-11-20", "20.11.2026"),
        READINGS.replace("2026-11-20", "2026/11/20").replace("value,unit", "Grip strength,Units"),
        READINGS.replace("2026-11-20", "11/20/2026").replace("08:3", "8:3").replace("kg", "KGF"),
        "Timestamp,Hand,Value (kg)\n2026-11-20T08:30:15,right,18.5\n2026-11-20 08:31,left,22\n",
        "Datum;Uhrzeit;Hand;Kraft [kg];Gerät\n20.11.2026;08.30;rechts;18,5;X\n20.11.2026;08.31;links;22;X\n",
        "date,time,right (kg),left (kg)\n2026-11-20,08:30 AM,18.5,\n2026-11-20,08:31,,22\n",
        "date,time,grip right kg,grip left kg\n2026-11-20,08:30,18.5,\n2026-11-20,08:31,,22\n\n,,,\n",
    ],
)
def test_the_same_readings_are_read_however_they_are_saved(read, content):
    table = read(content)
    assert said(table) == RIGHT_AND_LEFT
    assert table.wrong == ()


def test_excel_s_first_line_is_left_out_and_the_rows_keep_their_numbers(read):
    table = read("sep=;\r\n" + READINGS.replace(",", ";"))
    assert [row.row for row in table.rows] == [3, 4]


def test_an_infusion_list_is_read(read):
    first, second = (row.entry for row in read(DOSES).rows)
    assert (first.when, first.drug, first.amount, first.unit, first.hours) == (
        "2026-10-01",
        "ivig",
        70,
        "g",
        5,
    )
    assert (second.when, second.amount, second.unit, second.hours) == ("2026-10-22T09:00", 70_000, "mg", None)
    assert isinstance(first, Dose)
    assert first.origin == "reported"


def test_several_measures_in_one_row_and_by_a_column(read):
    row = read("date,Left (kg),IgG (g/L),weight kg,rods\n2026-11-20,18,14.2,82,38\n").rows
    assert [type(each.entry) for each in row] == [Scale, Laboratory, Scale, Scale]
    assert [each.entry.name for each in row if isinstance(each.entry, Scale)] == [
        "grip",
        "weight",
        "MMN-RODS",
    ]
    named = read("date,measure,hand,value,unit\n2026-11-20,pinch,l,6,kg\n2026-11-20,igg,,1420,mg/dL\n").rows
    assert named[0].entry.name == "key pinch"
    assert named[1].entry.igg_g_l == 14.2


def test_pounds_and_newtons_become_kilograms_and_are_said_kilopascals_stay(read):
    lb, newton, kpa = (
        row.entry for row in read(READINGS.replace("22,kg", "220,N") + "2026-11-20,09:00,left,62,kPa\n").rows
    )
    assert (newton.score, newton.unit, newton.remark) == (22.43, "kg", "entered as 220 N")
    assert (kpa.score, kpa.unit, kpa.remark) == (62, "kPa", "")
    assert lb.remark == ""
    assert read(READINGS.replace(",kg", ",lb")).rows[0].entry.score == pytest.approx(
        18.5 * 0.45359237, abs=5e-3
    )


def test_a_unit_that_is_not_said_is_refused_unless_given(read):
    bare = READINGS.replace(",unit", "").replace(",kg", "")
    assert "row 2, unit: is not said; write kg or kPa or lb or N." in read(bare).wrong
    assert said(read(bare, unit="kg")) == RIGHT_AND_LEFT


def test_what_was_taken_for_granted_is_said(read):
    remarks = read("date;hand;value (kg);device\n2026-11-20;right;18,5;X\n").remarks
    assert remarks == (
        "columns separated by semicolons", "decimal commas read as decimal points", "columns not read: device",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x,08:30,right,18.5,kg", "row 4, date: 'x' is not a day; write the day as 2026-11-20."),
        (",08:30,right,18.5,kg", "row 4, date: is empty"),
        ("2026-02-30,,right,18.5,kg", "row 4, date: '2026-02-30' is not a day of the calendar"),
        ("3/4/2026,,right,18.5,kg", "row 4, date: '3/4/2026' can be 2026-04-03 or 2026-03-04"),
        ("2026-11-20,25:00,right,18.5,kg", "row 4, date: '25:00' is not a time of day; write it as 08:30"),
        ("2026-11-20,13:00 pm,right,18.5,kg", "is not a time of day"),
        ("2026-11-20,,both,18.5,kg", "row 4, hand: 'both' must be left or right; a hand is never guessed"),
        ("2026-11-20,,,18.5,kg", "row 4, hand: is empty and must be left or right"),
        ("2026-11-20,,right,18.5 kg,kg", "row 4, value: '18.5 kg' is not a number; write the number alone"),
        ("2026-11-20,,right,nan,kg", "row 4, value: 'nan' is not a number"),
        ("2026-11-20,,right,18.5,stone", "row 4, unit: 'stone' is not one of its units; write kg or"),
        ("2026-11-20,,right,18.5,g", "row 4, unit: 'g' is not one of its units"),
        ("2026-11-20,,right,18.5,kg,extra", "row 4: has 6 cells and the header 5"),
    ],
)
def test_a_bad_row_is_named_with_field_and_remedy_and_the_others_are_read(read, row, words):
    table = read(READINGS + row + "\n")
    (wrong,) = table.wrong
    assert words in wrong
    assert wrong.endswith(".")
    assert said(table) == RIGHT_AND_LEFT


def test_a_row_without_a_reading_is_no_entry(read):
    assert said(read(READINGS + "2026-11-21,08:30,left,,kg\n")) == RIGHT_AND_LEFT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("hand,value\nright,18\n", "row 1: no column holds the date"),
        ("date,colour\n2026-11-20,red\n", "row 1: no column holds readings or doses"),
        ("date,amount,unit\n2026-11-20,70,g\n", "row 1: the column 'drug' is missing"),
        ("date,drug,amount,unit,value\n", "row 1: 'unit' could be that of a reading or a dose"),
        ("date,day,hand,value\n", "two columns hold the same ('when')"),
        ("date,hand,left kg,left kg\n", "two columns hold the same"),
        ("date,hand,value,unit\n2026-11-20,right,\"18,5\",kg\n", "write a decimal point"),
        (b"PK\x03\x04\0\0", "is not a text file"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused(read, content, words):
    with pytest.raises(InputError) as caught:
        read(content)
    assert words in str(caught.value)


def test_the_order_of_day_and_month_is_told_by_the_table(read):
    table = read("date,hand,value (kg)\n3/4/2026,left,20\n15/4/2026,left,21\n")
    assert [row.entry.when for row in table.rows] == ["2026-04-03", "2026-04-15"]
    assert day_first(["3/4/2026", "4/15/2026"]) is False
    assert moment("4/4/2026") == "2026-04-04"


@pytest.mark.parametrize(
    ("clock", "time"),
    [
        ("12:05 am", "T00:05"),
        ("12:05 PM", "T12:05"),
        ("8:30 p.m.", "T20:30"),
        ("08:30:59.5", "T08:30"),
        ("", ""),
    ],
)
def test_the_clock_is_read_as_people_write_it(clock, time):
    assert moment("2026-11-20", clock) == f"2026-11-20{time}"


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_table_is_read_or_refused_and_never_anything_else(tmp_path_factory, data):
    text = data.draw(st.sampled_from([READINGS, DOSES, READINGS.replace(",", ";").replace(".", ",")]))
    pieces = st.sampled_from([",", ";", "\n", '"', "\0", "\ufeff", "kg", "left", "sep=;", "1e999", "/", "T"])
    for _ in range(data.draw(st.integers(1, 5))):
        place, cut = data.draw(st.integers(0, len(text))), data.draw(st.sampled_from([0, 1, 5, 40]))
        text = text[:place] + data.draw(pieces | st.text(max_size=3)) + text[place + cut :]
    file = tmp_path_factory.getbasetemp() / "damaged.csv"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert all(line.startswith((f"{file}: ", "row ")) for line in outcome(file))


def outcome(file):
    """What is said of a table that was read, or refused."""
    try:
        return read_table(file).wrong
    except InputError as error:
        return str(error).splitlines()


@pytest.mark.parametrize(
    ("words", "options", "wanted"),
    [
        (["grip", "right", "18.5"], {}, {"name": "grip", "side": "right", "score": 18.5, "unit": "kg"}),
        (["grip", "R", "18,5", "kPa"], {}, {"side": "right", "score": 18.5, "unit": "kPa"}),
        (
            ["grip", "left", "40"],
            {"unit": "lb"},
            {"score": 18.14, "unit": "kg", "remark": "entered as 40 lb"},
        ),
        (["pinch", "left", "6"], {}, {"name": "key pinch", "score": 6.0}),
        (["igg", "14.2"], {}, {"igg_g_l": 14.2}),
        (["IgG", "1420", "mg/dL"], {}, {"igg_g_l": 14.2}),
        (["rods", "38"], {}, {"name": "MMN-RODS", "score": 38.0, "side": None}),
        (["mrc", "54"], {}, {"name": "MRC sum score", "unit": "points"}),
        (["weight", "82kg"], {}, {"name": "weight", "score": 82.0}),
        (["infusion", "ivig", "70", "g"], {"hours": 5.0}, {"drug": "ivig", "amount": 70.0, "hours": 5.0}),
        (["dose", "plasma", "exchange", "60mg"], {}, {"drug": "plasma exchange", "unit": "mg"}),
        (["note", "a", "cold", "5 days"], {}, {"text": "a cold 5 days"}),
    ],
)
def test_an_entry_is_made_of_what_is_said(words, options, wanted):
    entry = entry_said(words, "2026-11-20", **options)
    assert {name: getattr(entry, name) for name in wanted} == wanted
    assert (entry.when, entry.source) == ("2026-11-20", "diary")
    assert isinstance(entry, Note | Scale | Dose | Laboratory)


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        ([], {}, "write 'grip right 18.5'"),
        (["mood", "3"], {}, "'mood' is nothing that a diary holds"),
        (["grip", "right"], {}, "holds no number"),
        (["grip", "18"], {}, "hand: is empty and must be left or right"),
        (["igg", "left", "14"], {}, "'left' is a side, and igg has none"),
        (["infusion", "70", "g"], {}, "The drug is missing"),
        (["infusion", "ivig", "70"], {}, "unit: is not said; write g or mg"),
        (["infusion", "ivig", "1", "g/kg"], {}, "is for each kg; write the amount that was given"),
        (["grip", "right", "18"], {"hours": 5.0}, "--hours and --product are those of an infusion"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_to_write(words, options, told):
    with pytest.raises(ValueError, match=".") as caught:
        entry_said(words, "2026-11-20", **options)
    assert told in str(caught.value)
