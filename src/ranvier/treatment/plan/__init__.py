"""Options for the next months: regimens compared against the patient's own target, never an order."""

from ranvier.treatment.plan.band import Band
from ranvier.treatment.plan.burden import Burden, Cost, Prices, prices
from ranvier.treatment.plan.candidate import Candidate, candidate
from ranvier.treatment.plan.candidates import candidates
from ranvier.treatment.plan.choose import Option, Plan, plan, recommended
from ranvier.treatment.plan.interval import LongestInterval, longest_interval
from ranvier.treatment.plan.outcome import Level, Outcome, evaluate
from ranvier.treatment.plan.taper import Taper, taper
from ranvier.treatment.plan.target import Target, meant, target, targets, usual_targets
from ranvier.treatment.plan.withdrawal import Induction, Withdrawal, induction, withdrawal

__all__ = [
    "Band",
    "Burden",
    "Candidate",
    "Cost",
    "Induction",
    "Level",
    "LongestInterval",
    "Option",
    "Outcome",
    "Plan",
    "Prices",
    "Taper",
    "Target",
    "Withdrawal",
    "candidate",
    "candidates",
    "evaluate",
    "induction",
    "longest_interval",
    "meant",
    "plan",
    "prices",
    "recommended",
    "taper",
    "target",
    "targets",
    "usual_targets",
    "withdrawal",
]
