"""The limbs at a glance: which motor nerves were studied, and where they are blocked.

The body is seen from the front, the patient's right on the viewer's left. One self-contained SVG.
"""

from ranvier.report.limbs.drawing import safe
from ranvier.report.limbs.page import limbs_svg

__all__ = ["limbs_svg", "safe"]
