"""Markers on waveforms, recorded or simulated: found by rule, or set by hand, and always said which."""

from ranvier.findings.measure.baseline import Prepared, prepared
from ranvier.findings.measure.late import FWaves, f_waves
from ranvier.findings.measure.motor import Markers, measured
from ranvier.findings.measure.negative import NegativeWave
from ranvier.findings.measure.rows import measured_f, measured_sensory, measured_site, remeasured
from ranvier.findings.measure.sensory import SensoryMarkers, measured_snap
from ranvier.findings.measure.trace import Trace

__all__ = [
    "FWaves",
    "Markers",
    "NegativeWave",
    "Prepared",
    "SensoryMarkers",
    "Trace",
    "f_waves",
    "measured",
    "measured_f",
    "measured_sensory",
    "measured_site",
    "measured_snap",
    "prepared",
    "remeasured",
]
