"""The assessment of one patient: blocks, quality, every criteria set asked for, and their basis."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ranvier.diagnosis.alerts import Alert, alerts
from ranvier.diagnosis.apparent_block import Explanation, alone, explanations
from ranvier.diagnosis.block import GradedSegment
from ranvier.diagnosis.chart import Chart, charts
from ranvier.diagnosis.criteria import CriteriaResult, evaluate
from ranvier.diagnosis.differential.classes import DEFAULT_SETTING
from ranvier.diagnosis.differential.next_test import NextTest, next_tests
from ranvier.diagnosis.differential.posterior import Differential, differential
from ranvier.diagnosis.differential.reading import observed
from ranvier.diagnosis.rule_file import criteria_set, shipped_sets
from ranvier.diagnosis.rules import CriteriaSet
from ranvier.evidence import Source, Value, registry
from ranvier.findings.norms import Norms, shipped_norms
from ranvier.findings.quality import spread_fall, undone
from ranvier.findings.study import ReportedFinding
from ranvier.patient import NerveConductionStudy, Patient

SCHEMA = "ranvier.assessment/1"
READ_BY = "EFNS_PNS_2010"
"""The set whose block table the differential, the alerts and the next tests go by."""


@dataclass(frozen=True)
class Block:
    """One segment: what each block table says of it. `graded[0]` is that of the first criteria set."""

    graded: tuple[GradedSegment, ...]
    tables: tuple[str, ...]
    explanations: tuple[Explanation, ...] = ()
    """What else could explain the fall; empty where there is no apparent block."""

    @property
    def pseudo_block_probability(self) -> float | None:
        """How probable it is that phase cancellation alone explains the fall; None where nobody can tell."""
        return next((one.probability for one in self.explanations if one.id == alone.ID), None)


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
    differential: Differential
    next_tests: tuple[NextTest, ...]
    alerts: tuple[Alert, ...]
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
    setting: str = DEFAULT_SETTING,
) -> Assessment:
    """Examine one patient: grade every segment, apply every criteria set, weigh MMN against its mimics.

    Without `criteria` every set that ships with the package is shown; without `norms` the published
    reference limits are used. `setting`: where the patient comes to, which says how common each disease is
    there. Real and simulated patients take the same path. Raises UnknownNameError for a setting that is not
    there.
    """
    limits, shipped = norms or shipped_norms(), tuple(map(criteria_set, shipped_sets()))
    sets = shipped if criteria is None else tuple(criteria)
    every = (*sets, *(one for one in shipped if one not in sets))
    read = charts(patient, limits, tuple(a_set.blocks for a_set in every))
    results = tuple(evaluate(a_set, chart) for a_set, chart in zip(every, read, strict=True))
    chart = next(one for a_set, one in zip(every, read, strict=True) if a_set.id == READ_BY)
    found = differential(observed(chart), setting)
    shown, asked = read[: len(sets)], results[: len(sets)]
    raised = alerts(patient, chart, results, found)
    return Assessment(
        patient=patient,
        norms=limits,
        blocks=tuple(blocks(sets, shown)),
        quality=quality(shown[0].segments if shown else ()),
        criteria=asked,
        differential=found,
        next_tests=next_tests(found, chart),
        alerts=raised,
        values=tuple(sorted(rested_on(asked, shown, raised) | set(found.values), key=lambda value: value.id)),
    )


def blocks(sets: tuple[CriteriaSet, ...], read: tuple[Chart, ...]) -> Iterator[Block]:
    """Each segment with its grade by each block table, and what else could explain its fall."""
    by_table = {a_set.blocks.id: chart for a_set, chart in reversed(list(zip(sets, read, strict=True)))}
    tables = tuple(dict.fromkeys(a_set.blocks.id for a_set in sets))
    for graded in zip(*(by_table[table].segments for table in tables), strict=True):
        yield Block(graded, tables, explanations(graded[0].examined))


def rested_on(
    results: tuple[CriteriaResult, ...], read: tuple[Chart, ...], raised: tuple[Alert, ...]
) -> set[Value]:
    """Every number that the assessment rests on."""
    found = {value for result in results for value in result.values}
    found |= {value for chart in read for graded in chart.segments for value in graded.basis}
    found |= {value for chart in read for felt in chart.sensory for value in felt.basis}
    return found | {value for alert in raised for value in alert.values}


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
