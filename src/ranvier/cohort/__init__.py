"""Cohorts: many virtual patients with the same disease, followed, kept and held against published figures."""

from ranvier.cohort.folder import read
from ranvier.cohort.run import CohortError, run

__all__ = ["CohortError", "read", "run"]
