"""What guideline and evidence put before one patient: options and cautions with their basis, never orders."""

from ranvier.treatment.guidance.aids import Aid, aids
from ranvier.treatment.guidance.cautions import Caution, cautions
from ranvier.treatment.guidance.guidance import Guidance, guidance
from ranvier.treatment.guidance.measured import Measure
from ranvier.treatment.guidance.options import Monitoring, Option, Step, monitoring, options, steps
from ranvier.treatment.guidance.response import Change, Response, response_assessment
from ranvier.treatment.guidance.watching import Watching, watching

__all__ = [
    "Aid",
    "Caution",
    "Change",
    "Guidance",
    "Measure",
    "Monitoring",
    "Option",
    "Response",
    "Step",
    "Watching",
    "aids",
    "cautions",
    "guidance",
    "monitoring",
    "options",
    "response_assessment",
    "steps",
    "watching",
]
