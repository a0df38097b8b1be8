"""Diseases: what MMN and its mimics do to nodes, myelin, axons, neurons and muscle over years."""

from ranvier.disease.description import Disease, disease, diseases
from ranvier.disease.illness import Illness, Stage, fall_ill
from ranvier.disease.simulate import Simulated, VisitTruth, simulate

__all__ = [
    "Disease",
    "Illness",
    "Simulated",
    "Stage",
    "VisitTruth",
    "disease",
    "diseases",
    "fall_ill",
    "simulate",
]
