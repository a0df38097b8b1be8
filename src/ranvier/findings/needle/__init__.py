"""Needle EMG: a recording taken apart into motor units and measured, blind to where it came from."""

from ranvier.findings.needle.analysis import NeedleAnalysis, analyse
from ranvier.findings.needle.finding import MuscleFinding, needle_finding
from ranvier.findings.needle.recording import Recording

__all__ = ["MuscleFinding", "NeedleAnalysis", "Recording", "analyse", "needle_finding"]
