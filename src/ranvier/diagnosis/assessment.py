"""The assessment of one patient: blocks, quality, every criteria set asked for, and their basis."""

from collections.abc import Iterable
from dataclasses import dataclass

from ranvier.diagnosis.block import GradedSegment
from ranvier.diagnosis.chart import charts
from ranvier.diagnosis.criteria import CriteriaResult, evaluate
from ranvier.diagnosis.rule_file import criteria_set, shipped_sets
from ranvier.diagnosis.rules import CriteriaSet
from ranvier.evidence import Source, Value, registry
from ranvier.findings.norms import Norms, shipped_norms
from ranvier.findings.quality import spread_fall, undone
from ranvier.findings.study import ReportedFinding
from ranvier.patient import NerveConductionStudy, Patient

SCHEMA = "ranvier.assessment/1"


@dataclass(frozen=True)
class Block:
    """One segment: what each block table says of it. `graded[0]` is that of the first criteria set."""

    graded: tuple[GradedSegment, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """A remark on the quality of the record: where it applies and what it means."""

    where: str
    gate: str
    text: str


@dataclass(frozen=True)
class Assessment:
    """Everything that `examine` found. It says what the record shows, and never what to do."""

    patient: Patient
    norms: Norms
    blocks: tuple[Block, ...]
    quality: tuple[Remark, ...]
    criteria: tuple[CriteriaResult, ...]
    values: tuple[Value, ...]

    @property
    def told(self) -> tuple[tuple[str, ReportedFinding], ...]:
        """What the record says of nerves in words, each with its time. No rule can weigh it."""
        studies = self.patient.entries(NerveConductionStudy)
        return tuple((study.when, finding) for study in studies for finding in study.findings)

    @property
    def reported(self) -> tuple[ReportedFinding, ...]:
        """The same without their times."""
        return tuple(finding for _, finding in self.told)

    def sources(self) -> tuple[Source, ...]:
        """Every source the assessment rests on, rules and values alike."""
        return tuple(registry().sources[id] for id in sorted(self.source_ids()))

    def source_ids(self) -> set[str]:
        """The ids of those sources that the registry knows; a rule file of one's own may cite others."""
        cited = {value.source for value in self.values}
        for result in self.criteria:
            cited |= {result.criteria.source, result.criteria.blocks.source}
            cited |= {r.rule.source for r in result.rules}
        return cited & set(registry().sources)

    def assumed(self) -> tuple[Value, ...]:
        """The values nobody has shown us: assumed or recalled."""
        return tuple(value for value in self.values if value.kind == "assumed")


def examine(
    patient: Patient,
    criteria: Iterable[CriteriaSet] | None = None,
    norms: Norms | None = None,
) -> Assessment:
    """Examine one patient: grade every segment, apply every criteria set, list what is missing.

    Without `criteria` every set that ships with the package is applied; without `norms` the
    published reference limits are used. Real and simulated patients take the same path.
    """
    sets = tuple(criteria) if criteria is not None else tuple(map(criteria_set, shipped_sets()))
    limits = norms or shipped_norms()
    read = charts(patient, limits, tuple(a_set.blocks for a_set in sets))
    results = tuple(evaluate(a_set, chart) for a_set, chart in zip(sets, read, strict=True))
    tables = tuple(a_set.blocks.id for a_set in sets)
    graded = zip(*(chart.segments for chart in read), strict=True)
    return Assessment(
        patient=patient,
        norms=limits,
        blocks=tuple(Block(row, tables) for row in graded),
        quality=quality(read[0].segments if read else ()),
        criteria=results,
        values=tuple(
            sorted(
                {v for result in results for v in result.values}
                | {v for chart in read for graded in chart.segments for v in graded.basis}
                | {v for chart in read for felt in chart.sensory for v in felt.basis},
                key=lambda value: value.id,
            )
        ),
    )


def quality(segments: tuple[GradedSegment, ...]) -> tuple[Remark, ...]:
    """Every doubt that bears on a segment's grade, and what the study leaves open.

    A doubt about a block does not bear on a segment that has none.
    """
    remarks = [
        Remark(str(graded.examined.segment), gate.id, gate.reason)
        for graded in segments
        for gate in graded.examined.gates
        if graded.verdict != "none" or not gate.takes_away
    ]
    remarks += spread_falls(segments)
    remarks += [
        Remark("study", "not recorded", text)
        for text in undone(graded.examined.segment for graded in segments)
    ]
    return tuple(remarks)


def spread_falls(segments: tuple[GradedSegment, ...]) -> list[Remark]:
    """The nerves without block in which the response fades step by step."""
    nerves: dict[tuple[str, ...], list[GradedSegment]] = {}
    for graded in sorted(segments, key=lambda g: g.examined.segment.depth):
        one = graded.examined.segment
        nerves.setdefault((one.when, one.side, one.nerve.name, one.muscle), []).append(graded)
    found = [
        (f"{side} {nerve} to {muscle}", spread_fall([g.examined.segment.area_drop for g in of_nerve]))
        for (_, side, nerve, muscle), of_nerve in nerves.items()
        if all(graded.verdict == "none" for graded in of_nerve)
    ]
    return [Remark(where, gate.id, gate.reason) for where, gate in found if gate]
