"""The next tests in words: what each costs, and what each outcome would do to the differential."""

from collections.abc import Iterator
from dataclasses import dataclass

from ranvier.diagnosis import Assessment
from ranvier.diagnosis.differential.next_test import NextTest, Outcome
from ranvier.report.differential_words import chance

SHOWN, OUTCOMES, PLACES = 6, 3, 3
"""How many tests are shown, how many outcomes of each, and how many other places for it."""
MEANING = (
    "Options and not orders, first those that are expected to move the largest share of the probability. "
    "Costs and burdens are assumed. Whether a test is right for this patient is for the clinician to say."
)


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome: how often it is expected, and which disease would then lead."""

    words: str
    chance: str
    then: str


@dataclass(frozen=True)
class NextTestRow:
    """One test as it is shown."""

    title: str
    change: str
    cost: str
    burden: str
    time: str
    also: str
    note: str
    outcomes: tuple[OutcomeRow, ...]

    @property
    def facts(self) -> str:
        """Change, cost, burden and time in one line."""
        return "; ".join(filter(None, (f"moves {self.change}", self.cost, self.burden, self.time)))


def rows(assessment: Assessment, most: int = SHOWN) -> Iterator[NextTestRow]:
    """The tests that would tell most."""
    titles = {one.disease: one.title for one in assessment.differential.candidates}
    for test in assessment.next_tests[:most]:
        yield NextTestRow(
            title=test.title,
            change=chance(test.expected_change),
            cost=f"{test.cost:g} EUR" if test.cost else "no cost",
            burden=test.burden,
            time=duration(test.minutes),
            also=elsewhere(test.also),
            note=test.note,
            outcomes=tuple(outcome_row(one, titles) for one in likeliest(test)),
        )


def duration(minutes: float) -> str:
    """A time in minutes, or in hours where it is long."""
    return f"{minutes / 60:.0f} h" if minutes >= 2 * 60 else f"{minutes:g} min" if minutes else ""


def elsewhere(places: tuple[str, ...]) -> str:
    """Other places where the same could be done: the first few, and how many more."""
    more = len(places) - PLACES
    return "; ".join(places[:PLACES]) + (f" and {more} more" if more > 0 else "")


def likeliest(test: NextTest) -> list[Outcome]:
    """The outcomes that are expected most often."""
    return sorted(test.outcomes, key=lambda one: -one.chance)[:OUTCOMES]


def outcome_row(one: Outcome, titles: dict[str, str]) -> OutcomeRow:
    """One outcome with the disease that would then lead."""
    leading = titles.get(one.leading, one.leading)
    return OutcomeRow(one.words, chance(one.chance), f"{leading} {chance(one.probabilities[one.leading])}")
