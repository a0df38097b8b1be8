"""An impulse in space and time: the trace of every node, one below the other, beside the axon itself.

Node 0 on top, time to the right, depolarisation up. One self-contained SVG that reads in light and in dark.
"""

from ranvier.report.spacetime.page import spacetime_svg

__all__ = ["spacetime_svg"]
