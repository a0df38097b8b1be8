"""From the record to block, criteria and level: the examining wing, blind to the simulator."""

from ranvier.diagnosis.assessment import Assessment, Block, Remark, examine
from ranvier.diagnosis.criteria import CriteriaResult
from ranvier.diagnosis.rule_file import criteria_set, shipped_sets
from ranvier.diagnosis.rules import CriteriaSet

__all__ = [
    "Assessment",
    "Block",
    "CriteriaResult",
    "CriteriaSet",
    "Remark",
    "criteria_set",
    "examine",
    "shipped_sets",
]
