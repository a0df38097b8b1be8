"""On which record an investigation makes sense, where it would be done, and what it could still bring out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ranvier.anatomy import REGIONS, motor_nerve
from ranvier.anatomy.territories import territory
from ranvier.diagnosis import conduction
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.further_block import space, unseen
from ranvier.diagnosis.differential.investigation import Investigation, assumed, tables
from ranvier.diagnosis.rules import Grade
from ranvier.diagnosis.search import Stretch, covering, in_words, stretches
from ranvier.diagnosis.support import IMMUNOGLOBULIN
from ranvier.patient import NeedleEMG, NerveConductionStudy, Treatment

COUNTS: dict[Grade, str] = {"definite": "definite_blocks", "probable": "probable_blocks"}
"""The finding that counts nerves with block of a grade."""


@dataclass(frozen=True)
class Raise:
    """A count that an investigation can raise above what is known.

    `share`: of all that there is to find, how much this investigation would show. `unseen`: how much lies
    where nobody has looked yet.
    """

    finding: str
    share: float
    unseen: float


@dataclass(frozen=True)
class Offer:
    """An investigation that makes sense: where, and which count it can raise.

    Without a count it asks for the findings it answers.
    """

    where: str = ""
    raises: Raise | None = None


Occasion = Callable[[Chart, Investigation], Iterator[Offer]]


def always(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Whenever one of its findings is not known."""
    yield Offer()


def block_found(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Beside nerves in which there is block, whose sensory conduction is not known."""
    nerves = [n for n in conduction.nerves(chart, "probable") if n.blocked("probable")]
    named = [str(nerve) for nerve in nerves if nerve.sensory_normal is None]
    if named:
        yield Offer(", ".join(named))


def open_fall(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Across a segment where the response falls and the fall is no definite block."""
    falls = [g for g in chart.segments if g.numbers and g.verdict != "definite"]
    if falls:
        yield Offer(", ".join(dict.fromkeys(str(g.examined.segment) for g in falls)))


def after_conduction(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Where there is a conduction study: what goes beyond it comes after it."""
    if chart.patient.entries(NerveConductionStudy):
        yield Offer()


def no_immunoglobulin(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """After a conduction study, where immunoglobulin was not given as far as the record tells."""
    if not any(given.agent in IMMUNOGLOBULIN for given in chart.patient.entries(Treatment)):
        yield from after_conduction(chart, test)


def corticosteroid_given(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Where a corticosteroid was given."""
    if any(given.agent == "corticosteroid" for given in chart.patient.entries(Treatment)):
        yield Offer()


def unexamined_regions(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """In regions of which no muscle was examined with the needle; muscles are named."""
    muscles = [found.muscle for entry in chart.patient.entries(NeedleEMG) for found in entry.muscles]
    known = {served.region for served in map(territory, muscles) if served}
    left = [region for region in REGIONS if region not in known]
    share = len(left) / len(REGIONS)
    if left:
        named = ", ".join(muscle for region in left for muscle in tables()["muscles"][region])
        yield Offer(named, Raise("denervation_regions", share, share) if known else None)


def early_fall(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Where a response falls in a study so early that an interrupted axon may feign it."""
    early = [g for g in chart.segments if g.numbers and g.examined.late_enough is False]
    if early:
        named = ", ".join(dict.fromkeys(str(g.examined.segment) for g in early))
        yield Offer(named, Raise("definite_blocks", 1.0, 1.0))


def cold_limb(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Where a limb was so cold that a block may hide."""
    cold = [g for g in chart.segments if any(gate.id == "cold limb" for gate in g.examined.gates)]
    chances = space(chart, "definite")
    reached = [s for s in chances if any(graded in cold for graded in covering(chart, s))]
    if reached:
        limbs = dict.fromkeys(f"{s.side} {motor_nerve(s.nerve).limb}" for s in reached)
        share = assumed("where", "hidden_by_cold") * sum(chances[s] for s in reached)
        left = sum(unseen(chart, chances).values())
        yield Offer(", ".join(limbs), Raise("definite_blocks", share, max(share, left)))


def unstudied_stretches(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """In each nerve without block of which such a stretch was not studied."""
    for grade, finding in COUNTS.items():
        left = unseen(chart, space(chart, grade))
        for nerve in dict.fromkeys((s.side, s.nerve) for s in left):
            wanted = [s for s in left if (s.side, s.nerve) == nerve and to_stimulate(chart, test, s)]
            if wanted and (grade == "definite" or not surely(chart, wanted)):
                share = sum(left[s] for s in wanted)
                yield Offer(sites(wanted), Raise(finding, share, sum(left.values())))


def incomplete_search(chart: Chart, test: Investigation) -> Iterator[Offer]:
    """Over all that belongs to a complete search for block and was not studied, where some of it was."""
    needed = [s for s in stretches(chart, "complete") if not covering(chart, s)]
    for grade, finding in COUNTS.items() if needed and chart.segments else ():
        left = unseen(chart, space(chart, grade))
        share = sum(left.get(s, 0.0) for s in needed)
        yield Offer("; ".join(in_words(needed)), Raise(finding, share, sum(left.values())))


def to_stimulate(chart: Chart, test: Investigation, stretch: Stretch) -> bool:
    """Whether the investigation looks at this stretch, and no segment on record runs over it."""
    limb = motor_nerve(stretch.nerve).limb
    return stretch.name in test.stretches and test.limb in ("", limb) and not covering(chart, stretch)


def surely(chart: Chart, wanted: list[Stretch]) -> bool:
    """Whether a definite block could be called in one of these stretches of a nerve."""
    gradable = conduction.callable_stretches(chart.table, wanted[0].nerve, "definite")
    return any(stretch.name in gradable for stretch in wanted)


def sites(wanted: list[Stretch]) -> str:
    """`right ulnar at wrist, below elbow`: between which sites of one nerve these stretches lie."""
    first, nerve = wanted[0], motor_nerve(wanted[0].nerve)
    ends = [nerve.stretches.index(stretch.name) for stretch in wanted]
    named = [site for n, site in enumerate(nerve.sites) if n in ends or n - 1 in ends]
    return f"{first.side} {first.nerve} at {', '.join(named)}"


OCCASIONS: dict[str, Occasion] = {
    occasion.__name__: occasion
    for occasion in (
        after_conduction,
        always,
        block_found,
        cold_limb,
        corticosteroid_given,
        early_fall,
        incomplete_search,
        no_immunoglobulin,
        open_fall,
        unexamined_regions,
        unstudied_stretches,
    )
}
