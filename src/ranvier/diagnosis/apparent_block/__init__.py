"""Block or dispersion: what besides a block can explain that a response falls along a nerve."""

from ranvier.diagnosis.apparent_block.alone import phase_cancellation_probability
from ranvier.diagnosis.apparent_block.cancellation import provenance
from ranvier.diagnosis.apparent_block.explanation import Explanation
from ranvier.diagnosis.apparent_block.explanations import explanations

__all__ = ["Explanation", "explanations", "phase_cancellation_probability", "provenance"]
