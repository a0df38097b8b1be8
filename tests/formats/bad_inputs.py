"""Files that cannot be used, each with the words that its message must hold: place and remedy."""

import json
from codecs import BOM_UTF16_LE
from typing import NamedTuple

from formats.tables import ELBOW, F_WAVE, SENSORY, WHOLE, WRIST, lines, table
from ranvier.formats.ncs_table import COLUMNS


class Bad(NamedTuple):
    name: str
    suffix: str
    content: bytes
    words: tuple[str, ...]


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode()


def csv(name, content, *words):
    return Bad(f"csv: {name}", ".csv", as_bytes(content), words)


def changed(name, row, changes, *words):
    """The whole table with one row changed."""
    rows = [{**one, **changes} if one is row else one for one in WHOLE]
    number = WHOLE.index(row) + 2
    return csv(name, table(*rows), f"row {number}", *words)


def without(column):
    return tuple(c for c in COLUMNS if c != column)


def split_cells():
    """Decimal commas in a table with commas, where empty cells at the end hide the shift."""
    first, row = lines(WRIST)
    return "\n".join([first, row.replace("3.6", "3,6").replace("8.4", "8,4").replace(",33", ",")]) + "\n"


def quoted_commas():
    return table(WRIST).replace("3.6", '"3,6"').replace("8.4", "8").replace("28.1", "28").replace("5.9", "6")


SEMICOLONS = table(*WHOLE, between=";", decimal=",")

CSV = [
    csv("empty", "", "is empty", "template"),
    csv("only spaces and lines", " \n\t\n \n", "is empty", "template"),
    csv("only a byte order mark", b"\xef\xbb\xbf", "is empty", "template"),
    csv("only separators", ",,,\n,,\n", "template"),
    csv("only semicolons", ";;;\n", "template"),
    csv("header and no rows", table(), "has a header and no rows"),
    csv("no header", "\n".join(lines(*WHOLE)[1:]), "row 1", "unknown column", "Columns are:"),
    csv("binary", bytes(range(256)) * 20, "not a text file", "plain text"),
    csv("a spreadsheet file", b"PK\x03\x04\x14\0\x06\0" + b"\0" * 50, "not a text file", "plain text"),
    csv("damaged UTF-16", BOM_UTF16_LE + b"a", "damaged UTF-16", "save it again as UTF-8"),
    csv("UTF-16 without a mark", table(*WHOLE).encode("utf-16-le"), "not a text file", "plain text"),
    csv("UTF-32", table(*WHOLE).encode("utf-32"), "row 1"),
    csv("prose", "The patient has weak hands.\nAnd cold ones.\n", "row 1", "unknown column"),
    csv("JSON", '{"schema": "ranvier.patient/1"}\n', "row 1", "unknown column"),
    csv("an open quote", table(WRIST).replace("wrist", '"wrist'), "not a table", "quotation"),
    csv("a cell too long", table({**WRIST, "nerve": "x" * 200_000}), "not a table"),
    csv("unknown column", table(WRIST).replace("temperature_C", "colour"), "row 1", "'colour'", "Columns are"),
    csv("amplitude without unit", table(WRIST).replace("amplitude_mV", "amplitude"), "row 1",
        "'amplitude'", "convert the column to amplitude_mV or amplitude_uV"),
    csv("amplitude in V", table(WRIST).replace("amplitude_mV", "amplitude_V"), "row 1", "convert"),
    csv("latency in s", table(WRIST).replace("latency_ms", "latency_s", 1), "row 1", "latency_ms"),
    csv("distance in cm", table(WRIST).replace("distance_mm", "distance_cm"), "row 1", "distance_mm"),
    csv("a column after blank lines", "\n\n" + table(WRIST).replace("site", "place"), "row 3", "'place'"),
    csv("a column twice", table(WRIST).replace("temperature_C", "latency_ms"), "row 1", "stands twice"),
    csv("no column side", table(WRIST, columns=without("side")), "row 1", "'side' is missing", "template"),
    csv("no column test", table(WRIST, columns=without("test")), "row 1", "'test' is missing", "template"),
    csv("no column nerve", table(WRIST, columns=without("nerve")), "row 1", "'nerve' is missing", "template"),
    csv("no column site", table(WRIST, columns=without("site")), "row 2, site", "name the stimulation site"),
    csv("a cell too many", table(WRIST).rstrip() + ",7\n", "row 2", "decimal comma"),
    csv("decimal commas split by commas", split_cells(), "row 2", "decimal comma"),
    csv("decimal commas in quotes", quoted_commas(), "row 2, latency_ms", "write a decimal point"),
    csv("comma and point", SEMICOLONS.replace("8,4", "8.4"), "row 2", "8.4", "write all numbers in one way"),
    csv("thousands with a comma", SEMICOLONS.replace("8,4", "8,400,000"), "row 2, amplitude_mV", "not a number"),
    changed("unknown nerve", WRIST, {"nerve": "meridian"}, "'meridian'", "Did you mean 'median'?", "ulnar"),
    changed("nerve left out", WRIST, {"nerve": ""}, "nerve", "name the nerve"),
    changed("unknown muscle", WRIST, {"muscle": "EDB"}, "'EDB'", "APB"),
    changed("muscle left out", ELBOW, {"muscle": ""}, "muscle", "name the recorded muscle"),
    changed("unknown site", WRIST, {"site": "rist"}, "'rist'", "Did you mean 'wrist'?"),
    changed("site left out", WRIST, {"site": ""}, "site", "name the stimulation site"),
    changed("side missing", WRIST, {"side": ""}, "side", "must be left or right", "never guessed"),
    changed("side of an F wave missing", F_WAVE, {"side": ""}, "side", "must be left or right"),
    changed("both sides", WRIST, {"side": "both"}, "side", "'both'", "must be left or right"),
    changed("side as a letter", WRIST, {"side": "R"}, "side", "'R'", "must be left or right"),
    changed("unknown test", SENSORY, {"test": "SNAP"}, "test", "'SNAP'", "motor, sensory or f_wave"),
    changed("test left out", WRIST, {"test": ""}, "test", "motor, sensory or f_wave"),
    changed("unknown stimulus", WRIST, {"stimulus": "maximal"}, "stimulus", "'maximal'", "supramaximal"),
    changed("unknown sensory nerve", SENSORY, {"nerve": "vagus"}, "'vagus'", "sural"),
    changed("unknown muscle of an F wave", F_WAVE, {"muscle": "TA"}, "'TA'", "APB"),
    csv("only a proximal site", table(ELBOW), "row 2, site", "add the wrist"),
    csv("a site twice", table(WRIST, {**WRIST, "latency_ms": "3.7"}), "row 2, site", "keep one row"),
    csv("a sensory row twice", table(SENSORY, {**SENSORY, "amplitude_uV": "3"}), "row 3", "repeats"),
    csv("an F wave twice", table(F_WAVE, {**F_WAVE, "latency_ms": "40"}), "row 3", "repeats"),
    changed("unit in the cell", WRIST, {"latency_ms": "3.6 ms"}, "latency_ms", "'3.6 ms'", "number alone"),
    changed("other unit in the cell", WRIST, {"amplitude_mV": "8400 uV"}, "amplitude_mV", "number alone"),
    changed("a word for a number", WRIST, {"amplitude_mV": "absent"}, "amplitude_mV", "leave the cell empty"),
    changed("a dash for a number", WRIST, {"area_mVms": "-"}, "area_mVms", "leave the cell empty"),
    changed("a bound for a number", WRIST, {"latency_ms": "<4"}, "latency_ms", "number alone"),
    changed("an underscore in a number", WRIST, {"latency_ms": "3_6"}, "latency_ms", "not a number"),
    changed("NaN", WRIST, {"latency_ms": "nan"}, "latency_ms", "not a number", "empty"),
    changed("infinity", WRIST, {"amplitude_mV": "inf"}, "amplitude_mV", "not a number", "empty"),
    changed("an overflow", WRIST, {"amplitude_mV": "1e999"}, "amplitude_mV", "not a number", "empty"),
    changed("an error of a spreadsheet", WRIST, {"amplitude_mV": "#DIV/0!"}, "amplitude_mV", "not a number"),
    changed("negative latency", WRIST, {"latency_ms": "-3.6"}, "latency_ms", "cannot be negative"),
    changed("negative amplitude", WRIST, {"amplitude_mV": "-8.4"}, "amplitude_mV", "cannot be negative"),
    changed("negative sensory amplitude", SENSORY, {"amplitude_uV": "-2"}, "amplitude_uV", "negative"),
    changed("uV for mV", WRIST, {"amplitude_mV": "8400"}, "amplitude_mV", "microvolts", "write millivolts"),
    changed("V for mV", WRIST, {"amplitude_mV": "0.0084"}, "amplitude_mV", "volts", "write millivolts"),
    changed("mV for uV", SENSORY, {"amplitude_uV": "0.028"}, "amplitude_uV", "millivolts", "microvolts"),
    changed("s for ms", WRIST, {"latency_ms": "0.0036"}, "latency_ms", "seconds", "write milliseconds"),
    changed("us for ms", WRIST, {"duration_ms": "5900"}, "duration_ms", "write milliseconds"),
    changed("s for ms, F wave", F_WAVE, {"latency_ms": "0.0278"}, "latency_ms", "write milliseconds"),
    changed("cm for mm at the wrist", WRIST, {"distance_mm": "8"}, "distance_mm", "write millimetres"),
    changed("cm for mm at the elbow", ELBOW, {"distance_mm": "23.5"}, "distance_mm", "write millimetres"),
    changed("cm for mm, sensory", SENSORY, {"distance_mm": "14"}, "distance_mm", "write millimetres"),
    changed("cm/s for m/s", ELBOW, {"velocity_m_s": "5500"}, "velocity_m_s", "metres per second"),
    changed("Fahrenheit", WRIST, {"temperature_C": "91"}, "temperature_C", "write degrees Celsius"),
    changed("a fraction for percent", F_WAVE, {"persistence_percent": "0.8"}, "persistence_percent", "percent"),
    changed("area that cannot be", WRIST, {"area_mVms": "190"}, "area_mVms", "check the three units"),
    changed("area without a response", WRIST, {"amplitude_mV": "0"}, "area_mVms", "one of the two is wrong"),
    changed("no later at the elbow", ELBOW, {"latency_ms": "3.0"}, "latency_ms", "check the two rows"),
    changed("velocities disagree", ELBOW, {"velocity_m_s": "20"}, "velocity_m_s", "check the four numbers"),
    changed("a number in a wrong column", WRIST, {"amplitude_uV": "5"}, "amplitude_uV", "a motor row has no"),
    changed("motor unit in a sensory row", SENSORY, {"amplitude_mV": "5"}, "amplitude_mV", "a sensory row has no"),
    changed("a stimulus in a sensory row", SENSORY, {"stimulus": "submaximal"}, "stimulus", "sensory row has no"),
    csv("a date as in Germany", table({**WRIST, "date": "12.05.2024"}), "row 2, date", "write 2021"),
    csv("a day that is not", table({**WRIST, "date": "2023-02-29"}), "row 2, date", "not a day of the calendar"),
    csv("month nought", table({**WRIST, "date": "2023-00"}), "row 2, date", "not a day of the calendar"),
]  # fmt: skip

WHO = {"origin": "measured", "source": "test"}
NOTE = {"kind": "note", **WHO, "text": "seen"}


def record(*timeline, **changes):
    whole = {"schema": "ranvier.patient/1", "identity": {"pseudonym": "p"}, "timeline": list(timeline)}
    return json.dumps({**whole, **changes})


def patient(name, content, *words):
    return Bad(f"json: {name}", ".json", as_bytes(content), words)


def entry(name, kind, fields, *words):
    return patient(name, record(NOTE, {"kind": kind, **WHO, **fields}), "timeline[1]", *words)


def site(name, fields, *words):
    rows = [{"site": "wrist"}, {"site": "elbow", **fields}]
    study = {"side": "right", "nerve": "median", "muscle": "APB", "sites": rows}
    return entry(name, "nerve conduction study", {"motor": [study]}, "motor[0].sites[1]", *words)


def motor(name, fields, *words):
    study = {"side": "right", "nerve": "median", "muscle": "APB", "sites": [{"site": "wrist"}]}
    study = {k: v for k, v in {**study, **fields}.items() if v is not Ellipsis}
    return entry(name, "nerve conduction study", {"motor": [study]}, "motor[0]", *words)


def nested(depth):
    return record().replace('"p"', "[" * depth + "]" * depth)


HUGE = 10**400
JSON = [
    patient("empty", "", "is empty", "template"),
    patient("cut off", record(NOTE)[:-20], "is not JSON", "line 1, column"),
    patient("single quotes", "{'schema': 1}", "is not JSON", "line 1, column 2"),
    patient("a comma too many", record().replace("]}", "],}"), "is not JSON", "line 1, column"),
    patient("text after the end", record() + "\nx", "is not JSON", "line 2, column 1"),
    patient("a list", "[]", "one JSON object", "template patient"),
    patient("a number", "5", "one JSON object", "template patient"),
    patient("null", "null", "one JSON object", "template patient"),
    patient("a CSV table", table(*WHOLE), "is not JSON", "line 1"),
    patient("binary", bytes(range(256)), "not a text file"),
    patient("NaN", record({**NOTE, "kind": "scale"}).replace('"seen"', "NaN"), "NaN", "write null"),
    patient("Infinity", '{"schema": -Infinity}', "-Infinity", "write null"),
    patient("a name twice", '{"schema": 1, "schema": 2}', "'schema' stands twice"),
    patient("a name twice within", record().replace('"p"', '"p", "pseudonym": "q"'), "'pseudonym' stands twice"),
    patient("nested lists without end", "[" * 100_000, "JSON"),
    patient("nested objects", '{"a":' * 100_000 + "1" + "}" * 100_000, "JSON"),
    patient("a pseudonym nested deeply", nested(900), "identity"),
    patient("a whole number of 5000 digits", '{"schema": ' + "9" * 5000 + "}", "JSON"),
    patient("a lone surrogate", record(identity={"pseudonym": "\ud800"}), "identity"),
    patient("a lone surrogate as a field", record(**{"\ud800": 1}), "\\ud800", "is not a field"),
    patient("a lone surrogate as a kind", record({"kind": "\udfff"}), "timeline[0].kind", "must be one of"),
    patient("another schema", record(schema="ranvier.patient/9"), "schema", 'must be "ranvier.patient/1"'),
    patient("a field too many", record(truth={"diagnosis": "MMN"}), "truth is not a field", "timeline"),
    patient("no identity", json.dumps({"schema": "ranvier.patient/1", "timeline": []}), "identity", "object"),
    patient("identity as text", record(identity="p"), "identity", "must be an object"),
    patient("no pseudonym", record(identity={}), "identity.pseudonym is missing"),
    patient("a name in the identity", record(identity={"pseudonym": "p", "name": "Ann"}), "identity.name",
            "not a field", "take it out"),
    patient("age as text", record(identity={"pseudonym": "p", "age_years": "45"}), "identity.age_years",
            "must be a number, without quotes"),
    patient("negative age", record(identity={"pseudonym": "p", "age_years": -5}), "age_years", "negative"),
    patient("negative height", record(identity={"pseudonym": "p", "height_cm": -5}), "height_cm", "negative"),
    patient("half a birth year", record(identity={"pseudonym": "p", "birth_year": 1970.5}), "birth_year",
            "must be a whole number"),
    patient("a huge birth year", record(identity={"pseudonym": "p", "birth_year": HUGE}), "birth_year"),
    patient("an unknown sex", record(identity={"pseudonym": "p", "sex": "m"}), "identity.sex", "'male'"),
    patient("no timeline", record().replace('"timeline"', '"entries"'), "timeline", "must be a list"),
    patient("timeline as an object", record(timeline={}), "timeline", "must be a list of entries"),
    patient("an entry that is a number", record(5), "timeline[0].kind", "must be one of: history"),
    patient("an entry without kind", record({**WHO, "text": "x"}), "timeline[0].kind", "must be one of: history"),
    patient("an unknown kind", record({"kind": "diagnosis"}), "timeline[0].kind", "must be one of: history"),
    patient("a kind in a list", record({"kind": ["note"]}), "timeline[0].kind", "must be one of: history"),
    entry("a truth in an entry", "note", {"text": "x", "truth": "MMN"}, "truth", "not a field", "take it out"),
    entry("text left out", "note", {}, "text is missing"),
    entry("an unknown origin", "note", {"text": "x", "origin": "guessed"}, "origin", "'measured'"),
    entry("text as a number", "note", {"text": 5}, "text", "must be text in quotes"),
    entry("a word for a truth", "history", {"cramps": "yes"}, "cramps", "true, false or null"),
    entry("a number for a truth", "history", {"cramps": 1}, "cramps", "true, false or null"),
    entry("a truth for a number", "history", {"duration_months": True}, "duration_months", "number"),
    entry("negative months", "history", {"duration_months": -2}, "duration_months", "cannot be negative"),
    entry("huge months", "history", {"duration_months": HUGE}, "duration_months", "finite number"),
    entry("a wrong course", "history", {"course": "slow"}, "course", "'slowly progressive'"),
    entry("a wrong time", "history", {"when": "May 2024"}, "when", "write 2021"),
    entry("months before months", "history", {"onset": "month 3"}, "onset", "date such as 2019-05"),
    entry("huge territories", "neurological examination", {"weak_nerve_territories": HUGE},
          "weak_nerve_territories"),
    entry("strength as an object", "neurological examination", {"strength": {}}, "strength", "must be a list"),
    entry("grade 6", "neurological examination", {"strength": [{"movement": "grip", "side": "left", "mrc": 6}]},
          "strength[0].mrc", "between 0 and 5"),
    entry("a movement without side", "neurological examination", {"strength": [{"movement": "grip", "mrc": 5}]},
          "strength[0].side is missing"),
    entry("an unknown movement", "neurological examination",
          {"strength": [{"movement": "nod", "side": "left"}]}, "strength[0]", "'nod'", "Known"),
    entry("an unknown antigen", "laboratory", {"antibodies": [{"antigen": "GM9"}]}, "antigen", "'GM1'"),
    entry("negative protein", "laboratory", {"csf_protein_g_l": -1}, "csf_protein_g_l", "negative"),
    entry("an unknown agent", "treatment", {"agent": "tea"}, "agent", "'IVIG'"),
    motor("a side missing", {"side": ...}, "side is missing"),
    motor("an unknown nerve", {"nerve": "medain"}, "'medain'", "Did you mean 'median'?"),
    motor("sites as text", {"sites": "wrist"}, "sites", "must be a list"),
    motor("no sites", {"sites": []}, "sites", "give at least the distal stimulation site"),
    motor("a proximal site alone", {"sites": [{"site": "erb"}]}, "sites[0].site", "add the wrist"),
    motor("a site twice", {"sites": [{"site": "wrist"}] * 2}, "sites[0].site", "keep one row"),
    site("an unknown site", {"site": "knee"}, "'knee'", "wrist"),
    site("unit in the number", {"latency_ms": "7.9 ms"}, "latency_ms", "without quotes or unit"),
    site("uV for mV", {"amplitude_mv": 2100}, "amplitude_mv", "write millivolts"),
    site("s for ms", {"latency_ms": 0.0079}, "latency_ms", "write milliseconds"),
    site("cm for mm", {"distance_mm": 8}, "distance_mm", "write millimetres"),
    site("a misspelled field", {"latency": 7.9}, "latency", "not a field"),
    site("a trace that goes back", {"waveform": {"start_ms": 0, "step_ms": -1, "samples_mv": [0, 1]}}, "waveform"),
    site("a marker by hand that is not there", {"by_hand": ["latency_ms"]}, "by_hand[0]", "it has none"),
    entry("inching of one step", "nerve conduction study", {"inching": [
          {"side": "right", "nerve": "median", "muscle": "APB", "steps": [{"site": "wrist + 5 mm"}]}]},
          "inching[0].steps", "at least two steps"),
    entry("a scan of uneven lists", "nerve conduction study", {"scans": [
          {"side": "right", "nerve": "median", "muscle": "APB", "site": "wrist", "current_ma": [1]}]},
          "scans[0].amplitude_mv", "one amplitude for each current"),
    entry("a needle amplitude in uV", "needle emg", {"muscles": [{"muscle": "APB", "amplitude_mv": 800}]},
          "muscles[0].amplitude_mv", "write millivolts"),
    patient("cramps yes and no at one time", record(
        *({**WHO, "kind": "history", "when": "2021-04-12", "cramps": cramps} for cramps in (True, False))),
        "timeline[1].cramps says no", "contradicts yes in timeline[0]", "keep what holds"),
    entry("wasting where there is none", "neurological examination",
          {"atrophy": "none", "strength": [{"movement": "grip", "side": "left", "wasted": True}]},
          "strength[0].wasted says yes", "no atrophy at all"),
    entry("a diagnosis as a finding", "needle emg", {"muscles": [{"muscle": "APB", "finding": "ALS"}]},
          "muscles[0].finding 'ALS' is a diagnosis, not a finding", "'given diagnosis'"),
    site("a trace without samples", {"waveform": {"start_ms": 0, "step_ms": 1, "samples_mv": []}}, "waveform"),
]  # fmt: skip

BAD = CSV + JSON
