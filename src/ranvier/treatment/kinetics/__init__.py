"""What becomes of a dose of immunoglobulin: its course in the blood."""

from ranvier.treatment.kinetics.disposition import Disposition
from ranvier.treatment.kinetics.doses import Doses
from ranvier.treatment.kinetics.half_life import half_life_days
from ranvier.treatment.kinetics.linear import at_steady_state, concentration
from ranvier.treatment.kinetics.published import PublishedModel, model_ids, published, typical, usual_kg
from ranvier.treatment.kinetics.saturable import Blocked, Levels, Saturable, saturable

__all__ = [
    "Blocked",
    "Disposition",
    "Doses",
    "Levels",
    "PublishedModel",
    "Saturable",
    "at_steady_state",
    "concentration",
    "half_life_days",
    "model_ids",
    "published",
    "saturable",
    "typical",
    "usual_kg",
]
