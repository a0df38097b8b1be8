import re

import pytest

from builders import definite, feels, motor, patient, study
from ranvier.diagnosis import examine
from ranvier.diagnosis.differential.classes import classes
from ranvier.diagnosis.differential.investigation import investigations
from ranvier.formats.patient_json import read_patient
from ranvier.patient import ENTRY_KINDS
from ranvier.report.html import sheet_html
from ranvier.report.patient_page import TOO_LITTLE, UNLIKE, patient_page, plain
from ranvier.report.words import INTENDED_USE, SIMULATED
from report.weighing import candidate, differential, next_test, weighed

TREATMENTS = re.compile(
    r"immunoglobulin|ivig|steroid|cortison|plasma exchange|rituximab|cyclophosph|treat|therap|drug|medic|dose",
    re.I,
)
VOWELS = re.compile(r"[aeiouy]+")
UNSAID = {"ivig_trial", "steroid_history"}


def lines(sheet):
    return [line for part in sheet.parts for line in (*part.lines, *part.points, *part.after)]


def part(sheet, heading):
    found = next(one for one in sheet.parts if one.heading == heading)
    return [*found.lines, *found.points, *found.after]


def syllables(word):
    count = len(VOWELS.findall(word.lower()))
    return max(1, count - (word.lower().endswith("e") and count > 1))


def grade(text):
    """Flesch-Kincaid: the school year in which a text can be read."""
    sentences = [s for s in re.split(r"[.!?:]+\s", text) if s.strip()]
    found = re.findall(r"[A-Za-z'-]+", text)
    return 0.39 * len(found) / len(sentences) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def pages(cases):
    for file in sorted(cases.glob("*.json"))[::3]:
        yield read_patient(file)[0], patient_page(weighed(examine(read_patient(file)[0])))


def test_a_child_of_twelve_can_read_it(cases):
    for _, sheet in pages(cases):
        assert grade(" ".join(lines(sheet))) <= 6.5


def test_no_word_is_said_on_treatment(cases):
    everything = " ".join(str(words) for table in plain().values() for words in table.values())
    assert not TREATMENTS.search(everything)
    for _, sheet in pages(cases):
        assert not TREATMENTS.search(" ".join(lines(sheet)))


def test_a_trial_of_a_treatment_is_never_among_the_tests_that_could_help():
    tests = (
        next_test("ivig_trial", "Trial"),
        next_test("steroid_history", "Ask"),
        next_test("inching", "Inching"),
    )
    sheet = patient_page(weighed(examine(definite()), tests=tests))
    assert part(sheet, "What could help to know more")[1:] == [plain()["next"]["inching"]]
    none = patient_page(weighed(examine(definite()), tests=tests[:2]))
    assert part(none, "What could help to know more") == ["Ask your doctor which test could tell more."]


def test_every_disease_test_and_kind_of_entry_has_plain_words():
    assert set(plain()["disease"]) == set(classes())
    assert set(investigations()) - set(plain()["next"]) == UNSAID
    silent = {"given diagnosis", "treatment", "dose", "background", "scale", "note"}
    assert set(ENTRY_KINDS) - set(plain()["done"]) == silent


@pytest.mark.parametrize(
    ("chances", "told"),
    [
        ((0.72, 0.2), ["About 70", "About 20", "About 10"]),
        ((0.97, 0.01), ["About 95", "Fewer than 10"]),
        ((0.999, 0.0005), ["More than 95"]),
        ((0.5, 0.5), ["About 50", "About 50"]),
    ],
)
def test_people_are_counted_no_finer_than_it_is_known_and_make_a_hundred(chances, told):
    found = differential(
        candidate("mmn", chances[0]), candidate("als", chances[1]), candidate("other", 1 - sum(chances))
    )
    said = part(patient_page(weighed(examine(definite()), found)), "What it may be")
    assert [line.split(" of them")[0] for line in said if " of them " in line] == told
    assert said[0].startswith("Think of 100 people with the same findings")
    assert "Made-up patients are not real ones." in said[-2]


def test_no_number_is_told_where_too_little_is_known_or_the_findings_are_unlike_all():
    for changes, words in (
        ({"enough": False}, TOO_LITTLE),
        ({"unusual": True, "unusual_reason": "x"}, UNLIKE),
    ):
        sheet = patient_page(weighed(examine(definite()), differential(**changes)))
        assert part(sheet, "What it may be") == [words]


def test_what_the_nerve_test_showed_is_told():
    blocked = examine(patient(study(motor(drop=0.6), motor("median", "left"), sensory=[feels()])))
    said = part(patient_page(blocked), "What it showed")
    assert "found one place" in said[0]
    assert said[-1] == "The nerves for feeling worked well where they were tested."
    ill = examine(patient(study(sensory=[feels(), feels("sural", amplitude=0.0)])))
    assert part(patient_page(ill), "What it showed") == [
        "Some nerves for feeling did not work as they should."
    ]
    assert "no numbers of a nerve test" in part(patient_page(examine(patient())), "What it showed")[0]


def test_no_block_found_never_sounds_like_none_there():
    sound = examine(patient(study(motor(stimulus="supramaximal"))))
    said = " ".join(part(patient_page(sound), "What it showed"))
    assert "not each part of each nerve was tested" in said or "could not tell" in said


def test_the_page_says_what_it_is_for_and_marks_simulated_data(cases):
    for who, sheet in pages(cases):
        html = sheet_html(sheet)
        assert INTENDED_USE in " ".join(html.split())
        assert (html.count(SIMULATED) == 2) == who.simulated
        assert "not mmn" not in html.casefold()
        assert "together with your doctor" in html
