"""The criteria engine: one criteria set applied to one chart, three-valued throughout."""

from collections.abc import Callable
from dataclasses import dataclass

from ranvier.diagnosis import (
    bedside,
    conduction,
    demyelination,
    exclusion,
    inching,
    inflammation,
    limbs,
    pattern,
    regions,
    sensory,
    support,
)
from ranvier.diagnosis.answer import Answer, RuleResult, apply
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.parameters import PARAMETERS
from ranvier.diagnosis.rules import CriteriaSet, Formula, Rule
from ranvier.evidence import EvidenceError, Value
from ranvier.evidence.tables import only
from ranvier.findings.truth import Truth, count

Measure = Callable[[Chart, Rule], Answer]
MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        bedside.asymmetric_weakness,
        bedside.bulbar_signs,
        bedside.course,
        bedside.cramps_and_fasciculations,
        bedside.cranial_nerve_signs,
        bedside.diffuse_symmetric_onset,
        bedside.months_of_disease,
        bedside.predominant_limbs,
        bedside.reflexes_in_affected_limbs,
        bedside.sensory_signs,
        bedside.upper_motor_neuron_signs,
        bedside.weak_nerves,
        conduction.nerves_with_block,
        conduction.segments_with_block,
        demyelination.demyelinated_nerves,
        demyelination.nerves_with_slowing,
        exclusion.block_ruled_out,
        inching.nerves_with_fall_over_short_distance,
        inflammation.biopsy,
        inflammation.blood,
        inflammation.csf_protein_without_cells,
        inflammation.enlarged_nerves,
        inflammation.treatment_response,
        limbs.complaint,
        limbs.reflexes_low_everywhere,
        limbs.sensory_loss,
        limbs.sensory_nerves_abnormal,
        limbs.symmetric_weakness,
        limbs.weak_limbs,
        pattern.distal_predominance,
        pattern.onset_age,
        regions.regions_with,
        regions.signs_above,
        sensory.sensory_conduction_normal,
        sensory.sensory_nerves_tested,
        support.antibody,
        support.csf_protein,
        support.csf_protein_raised,
        support.immunotherapy_response,
        support.ivig_improvement,
        support.plexus_mri,
    )
}
INDETERMINATE, NOT_MET = "indeterminate", "not met"


@dataclass(frozen=True)
class CriteriaResult:
    """What a criteria set says of a patient: a level, 'indeterminate', or 'not met'.

    'not met' says that the record fulfils none of the levels. It never says that the patient does not
    have the disease.
    """

    criteria: CriteriaSet
    level: str
    levels: dict[str, Truth]
    rules: tuple[RuleResult, ...]
    missing: tuple[str, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        """Every number the result rests on."""
        return tuple(v for r in self.rules for v in (*r.rule.values, *r.answer.basis))


def evaluate(criteria: CriteriaSet, chart: Chart) -> CriteriaResult:
    """Every rule and level of a set, applied to a chart."""
    results = {rule.id: apply(rule, measure(rule)(chart, rule)) for rule in criteria.rules}
    truths = {id: result.truth for id, result in results.items()}
    levels = {level.id: holds(level.formula, truths) for level in criteria.levels}
    return CriteriaResult(
        criteria=criteria,
        level=reached(levels),
        levels=levels,
        rules=tuple(results.values()),
        missing=missing(criteria, levels, results),
    )


def measure(rule: Rule) -> Measure:
    """The function that answers a rule; raises EvidenceError when there is none of that name."""
    if rule.measure not in MEASURES:
        known = ", ".join(MEASURES)
        raise EvidenceError(f"rule '{rule.id}': unknown measure '{rule.measure}'. Known: {known}.")
    only(rule.with_, PARAMETERS.get(rule.measure, ()), f"rule '{rule.id}', with")
    return MEASURES[rule.measure]


def holds(part: str | Formula, truths: dict[str, Truth]) -> Truth:
    """Whether a formula holds, given its rules."""
    if isinstance(part, str):
        return truths[part]
    return count(holds(p, truths) for p in part.parts).compare(">=", part.at_least)


def reached(levels: dict[str, Truth]) -> str:
    """The highest level that is met; else 'indeterminate' while one may be, else 'not met'."""
    for level, truth in levels.items():
        if truth:
            return level
    return INDETERMINATE if None in levels.values() else NOT_MET


def missing(
    criteria: CriteriaSet, levels: dict[str, Truth], results: dict[str, RuleResult]
) -> tuple[str, ...]:
    """What would settle the levels that are still open and above the one that is met."""
    said: dict[str, None] = {}
    for level in criteria.levels:
        if levels[level.id]:
            break
        if levels[level.id] is None:
            for id in level.formula.rule_ids():
                said.update(dict.fromkeys(results[id].missing))
    return tuple(said)
