"""What an alert watches for: each function returns what its alert rests on, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ranvier.diagnosis.answer import RuleResult
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.criteria import INDETERMINATE, NOT_MET, CriteriaResult
from ranvier.diagnosis.differential.posterior import Differential
from ranvier.diagnosis.search import Search, off_entrapment, searched
from ranvier.diagnosis.support import IMMUNOGLOBULIN
from ranvier.evidence import read_toml
from ranvier.evidence.value import number_in
from ranvier.patient import GivenDiagnosis, Patient, Treatment

MMN = "multifocal motor neuropathy"
MOTOR_NEURON = ("ALS", "PMA")
Basis = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """What an alert may look at."""

    patient: Patient
    chart: Chart
    results: tuple[CriteriaResult, ...]
    found: Differential | None

    @cached_property
    def search(self) -> Search:
        """How complete the search for block was."""
        return searched(self.chart)

    @cached_property
    def given(self) -> tuple[GivenDiagnosis, ...]:
        """The labels the patient carries: the latest that are dated, and all that are not."""
        entries = self.patient.entries(GivenDiagnosis)
        dated = [entry.when for entry in entries if entry.when != "unknown"]
        return tuple(entry for entry in entries if entry.when in (*dated[-1:], "unknown"))

    def labelled(self, *labels: str) -> Basis:
        """The labels of these that the patient carries, each as one says it."""
        return tuple(said(entry) for entry in self.given if entry.label in labels)

    @property
    def mmn(self) -> tuple[CriteriaResult, ...]:
        """What the criteria for MMN say."""
        return tuple(result for result in self.results if result.criteria.disease == MMN)

    def ruled(self, truth: bool, *measures: str) -> Basis:
        """The rules on these measures that are surely met, or surely failed.

        They are those of the MMN set by whose block table the chart was read: sets differ in what they allow.
        """
        read = [result for result in self.mmn if result.criteria.blocks == self.chart.table]
        hits = [rule for result in read for rule in result.rules if rule.rule.measure in measures]
        return tuple(dict.fromkeys(verdict(rule) for rule in hits if rule.truth is truth))


@cache
def tables() -> dict[str, Any]:
    """The content of alerts.toml."""
    return read_toml(Path(__file__).with_name("alerts.toml"))


def said(entry: GivenDiagnosis) -> str:
    """`labelled ALS (2021-03, neurology clinic)`."""
    known = ", ".join(word for word in (entry.when, entry.by) if word and word != "unknown")
    return f"labelled {entry.label}" + (f" ({known})" if known else "")


def verdict(result: RuleResult) -> str:
    """A rule with its answer: `rule C8, failed: No upper motor neuron signs`."""
    return f"rule {result.rule.id}, {result.status}: {result.rule.text}"


def motor_neuron_label_search_incomplete(case: Case) -> Basis:
    """ALS or PMA in whom block was not looked for everywhere, and was not found."""
    return together(case.labelled(*MOTOR_NEURON), () if case.search.found else gaps(case.search))


def motor_neuron_label_block(case: Case) -> Basis:
    """ALS or PMA with block off the entrapment sites."""
    blocks = [g for g in case.chart.segments if off_entrapment(g) and g.at_least("probable")]
    found = tuple(f"{g.verdict} block: {g.examined.segment}" for g in blocks)
    return together(case.labelled(*MOTOR_NEURON), found)


def motor_neuron_label_criteria(case: Case) -> Basis:
    """ALS or PMA in whom a set for MMN is met at some level."""
    met = tuple(
        f"{result.criteria.title}: {result.level}"
        for result in case.mmn
        if result.level not in (INDETERMINATE, NOT_MET)
    )
    return together(case.labelled(*MOTOR_NEURON), met)


def motor_neuron_label_immunoglobulin(case: Case) -> Basis:
    """ALS or PMA that improved under immunoglobulin."""
    return together(case.labelled(*MOTOR_NEURON), treated(case, IMMUNOGLOBULIN, "improved"))


def label_and_findings_differ(case: Case) -> Basis:
    """The leading disease is many times more probable than the one the label stands for."""
    found, classes = case.found, tables()["classes"]
    meant = {classes[entry.label] for entry in case.given if entry.label in classes}
    if found is None or not found.enough or found.unusual or not meant:
        return ()
    lead, chance = found.candidates[0], {c.disease: c.probability for c in found.candidates}
    odds = number_in(tables()["alert"]["label_and_findings_differ"], "odds", "label_and_findings_differ")
    of_label = max(chance.get(disease, 0.0) for disease in meant)
    if lead.disease in meant or lead.probability < odds * of_label:
        return ()
    probable = f"differential: {lead.title} {lead.probability:.0%}, the label's {of_label:.0%}"
    return together(case.labelled(*classes), (probable,))


def steroid_worsening(case: Case) -> Basis:
    """Worse under a corticosteroid."""
    return treated(case, ("corticosteroid",), "worse")


def cidp_label_pure_motor(case: Case) -> Basis:
    """CIDP or its multifocal form, in a disease that is asymmetric and without sensory change."""
    asymmetric = case.ruled(True, "asymmetric_weakness")
    felt, conducted = (case.ruled(True, m) for m in ("sensory_signs", "sensory_conduction_normal"))
    motor = together(asymmetric, together(felt, conducted))
    return together(case.labelled("CIDP", "Lewis-Sumner"), motor)


def block_only_at_entrapment(case: Case) -> Basis:
    """The numbers of a block, and only across sites of common entrapment."""
    falls = [g for g in case.chart.segments if g.numbers]
    if not all(g.examined.segment.entrapments for g in falls):
        return ()
    return tuple(
        f"{g.examined.segment}, across {' and '.join(g.examined.segment.entrapments)}" for g in falls
    )


def mmn_label_upper_motor_neuron(case: Case) -> Basis:
    """MMN with upper motor neuron or marked bulbar signs."""
    return together(case.labelled("MMN"), case.ruled(False, "upper_motor_neuron_signs", "bulbar_signs"))


def mmn_label_sensory(case: Case) -> Basis:
    """MMN with sensory signs or sensory conduction that do not belong to it."""
    return together(case.labelled("MMN"), case.ruled(False, "sensory_signs", "sensory_conduction_normal"))


def mmn_label_no_search(case: Case) -> Basis:
    """MMN without a block on record and without a complete search for one."""
    return together(case.labelled("MMN"), () if case.search.found else gaps(case.search))


def early_study(case: Case) -> Basis:
    """The numbers of a block in a study that may be too early."""
    early = [g.examined for g in case.chart.segments if g.numbers and g.examined.late_enough is False]
    return tuple(f"{e.segment}{f' ({e.segment.when})' if e.segment.when else ''}" for e in early)


def together(label: Basis, rest: Basis) -> Basis:
    """What two things together rest on; nothing unless both hold."""
    return label + rest if label and rest else ()


def gaps(search: Search) -> Basis:
    """What keeps the search from being complete; nothing when it is."""
    told = ("not on record", search.missing), ("not gradable", search.doubtful)
    return tuple(f"{what}: {'; '.join(stretches)}" for what, stretches in told if stretches)


def treated(case: Case, agents: tuple[str, ...], response: str) -> Basis:
    """The treatments with these agents that had this response."""
    given = [t for t in case.patient.entries(Treatment) if t.agent in agents and t.response == response]
    return tuple(
        f"{t.agent} ({t.when}): {response}{', measured' if t.objective else ', not said to be measured'}"
        for t in given
    )


WATCHES: dict[str, Callable[[Case], Basis]] = {
    watch.__name__: watch
    for watch in (
        motor_neuron_label_search_incomplete,
        motor_neuron_label_block,
        motor_neuron_label_criteria,
        motor_neuron_label_immunoglobulin,
        label_and_findings_differ,
        steroid_worsening,
        cidp_label_pure_motor,
        block_only_at_entrapment,
        mmn_label_upper_motor_neuron,
        mmn_label_sensory,
        mmn_label_no_search,
        early_study,
    )
}
