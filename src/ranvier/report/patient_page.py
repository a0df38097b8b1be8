"""For the patient, in plain words: what was tested, what it showed, and what to ask. No word on treatment."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ranvier.diagnosis import Assessment
from ranvier.diagnosis.differential.posterior import Candidate
from ranvier.evidence import read_toml
from ranvier.report.differential_words import ranked
from ranvier.report.sheet import Part, Sheet, about
from ranvier.report.table import sensory_rows

OTHER = "other"
PEOPLE, STEP, NAMED, TESTS = 100, 5, 3, 3
"""Of how many people the page speaks, in what steps, and how many diseases and tests it names."""
WHY = (
    "Some of your muscles may be weak. Your doctors want to know why. This page tells what was tested and "
    "what the tests showed.",
    "A computer program wrote it, for research and teaching. It does not decide what you have. Your doctor "
    "does. Please read this page together with your doctor.",
)
TOO_LITTLE = "The notes hold too little yet to say what it may be. That is not good news and not bad news."
UNLIKE = (
    "Your findings are not like those of the people the program knows. So it cannot say what it may be. Your "
    "doctor can."
)
PICTURE = (
    f"Think of {PEOPLE} people with the same findings as yours. As far as patients made up in a computer can "
    "tell:"
)
TRUST = (
    "Made-up patients are not real ones. So the numbers may be wrong for you.",
    "A new test can change the numbers a lot.",
)


@cache
def plain() -> dict[str, dict[str, Any]]:
    """The words of `plain.toml`."""
    return read_toml(Path(__file__).with_name("plain.toml"))


def patient_page(assessment: Assessment) -> Sheet:
    """The page for the patient."""
    parts = (
        Part("Why this page", WHY),
        Part("What was done", points=tuple(done(assessment))),
        Part("What it showed", tuple(showed(assessment))),
        may_be(assessment),
        Part("What could help to know more", tuple(open_lines(assessment)), tuple(could_help(assessment))),
        Part("Questions you can ask", points=tuple(plain()["questions"]["ask"])),
    )
    return Sheet("Your nerve tests in plain words", about(assessment), assessment.patient.simulated, parts)


def done(assessment: Assessment) -> Iterator[str]:
    """The kinds of test on record, each told once."""
    kinds = dict.fromkeys(entry.kind for entry in assessment.patient.in_order)
    told = [plain()["done"][kind] for kind in kinds if kind in plain()["done"]]
    yield from told or ["The notes hold no test yet."]


def showed(assessment: Assessment) -> Iterator[str]:
    """What the nerve tests showed, of moving and of feeling."""
    motor, feeling = list(blocks(assessment)), list(sensation(assessment))
    yield from motor + feeling or ["The notes hold no numbers of a nerve test yet."]


def blocks(assessment: Assessment) -> Iterator[str]:
    """Where signals are lost on the way to the muscles."""
    graded = [block.graded[0] for block in assessment.blocks]
    found, unclear = sum(g.blocked for g in graded), sum(g.open for g in graded)
    if found:
        yield (
            f"The nerve test found {places(found)} where a nerve lost a part of its signal on the way to the "
            "muscle. Doctors call this a conduction block."
        )
    elif any(g.verdict == "none" for g in graded):
        yield (
            "The nerve test found no place where a nerve lost its signal. But not each part of each nerve "
            "was tested."
        )
    if unclear:
        yield f"In {places(unclear)} the test could not tell."


def places(count: int) -> str:
    """A count of places."""
    return "one place" if count == 1 else f"{count} places"


def sensation(assessment: Assessment) -> Iterator[str]:
    """Whether the nerves for feeling work."""
    verdicts = {row.verdict for row in sensory_rows(assessment)}
    if "abnormal" in verdicts:
        yield "Some nerves for feeling did not work as they should."
    elif verdicts == {"normal"}:
        yield "The nerves for feeling worked well where they were tested."


def may_be(assessment: Assessment) -> Part:
    """Of a hundred people with the same findings, how many would have what; or why that cannot be said."""
    found, title = assessment.differential, "What it may be"
    if not found.enough or found.unusual:
        return Part(title, (UNLIKE if found.enough else TOO_LITTLE,))
    shown = [one for one in ranked(found.candidates) if people(one) and one.disease != OTHER][:NAMED]
    counts = {one.disease: people(one) for one in shown}
    counts[OTHER] = PEOPLE - sum(counts.values())
    return Part(title, (PICTURE,), tuple(share(id, count) for id, count in counts.items() if count), TRUST)


def share(disease: str, count: int) -> str:
    """How many of the hundred have one disease."""
    return f"{in_people(count)} of them would have {plain()['disease'][disease]}."


def people(candidate: Candidate) -> int:
    """Of a hundred people, how many: in steps, since it is not known better."""
    return round(candidate.probability * PEOPLE / STEP) * STEP


def in_people(count: int) -> str:
    """A number of people, said no more exactly than it is known."""
    if count >= PEOPLE:
        return f"More than {PEOPLE - STEP}"
    return f"Fewer than {2 * STEP}" if count <= STEP else f"About {count}"


def open_lines(assessment: Assessment) -> Iterator[str]:
    """What the list of tests means."""
    if list(could_help(assessment)):
        yield "These tests may tell more. Whether you need one is for you and your doctor to talk about."
    else:
        yield "Ask your doctor which test could tell more."


def could_help(assessment: Assessment) -> Iterator[str]:
    """The tests that would tell most, in plain words; a trial of a treatment is not among them."""
    told = (plain()["next"].get(test.id) for test in assessment.next_tests)
    yield from list(dict.fromkeys(filter(None, told)))[:TESTS]
