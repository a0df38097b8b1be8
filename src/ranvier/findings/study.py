"""A nerve conduction study as the laboratory records it, real or simulated.

Amplitudes are baseline to negative peak; area and duration are those of the negative peak. A response
that was looked for and not found has amplitude 0; None always means that it is not known.
"""

from dataclasses import dataclass, field
from typing import Literal

from ranvier.anatomy import Side

Stimulus = Literal["supramaximal", "submaximal"]


@dataclass(frozen=True)
class Waveform:
    """A recorded trace: samples in mV from `start_ms` after the stimulus, `step_ms` apart."""

    start_ms: float
    step_ms: float
    samples_mv: tuple[float, ...] = field(repr=False)


@dataclass(frozen=True)
class MotorSite:
    """The response to one stimulation site of a motor nerve (one row of the table)."""

    site: str
    latency_ms: float | None = None
    amplitude_mv: float | None = None
    area_mv_ms: float | None = None
    duration_ms: float | None = None
    distance_mm: float | None = None
    """From the stimulation site next below it; for the most distal site, from the recording electrode."""
    velocity_m_s: float | None = None
    """Printed velocity of the segment that ends here; computed when distance and latencies are there."""
    temperature_c: float | None = None
    stimulus: Stimulus | None = None
    waveform: Waveform | None = None

    @property
    def absent(self) -> bool:
        """Whether the response was looked for and not found."""
        return self.amplitude_mv == 0


@dataclass(frozen=True)
class MotorStudy:
    """One motor nerve of one side, recorded from one muscle, stimulated at one or more sites."""

    side: Side
    nerve: str
    muscle: str
    sites: tuple[MotorSite, ...]


@dataclass(frozen=True)
class FWave:
    """F waves of one nerve. Persistence 0 means that none was obtained."""

    side: Side
    nerve: str
    muscle: str
    minimal_latency_ms: float | None = None
    persistence_percent: float | None = None


@dataclass(frozen=True)
class SensoryStudy:
    """One sensory nerve of one side. Amplitude 0 means no response.

    `verdict` is the examiner's own word where the source gives no number.
    """

    side: Side
    nerve: str
    site: str = ""
    amplitude_uv: float | None = None
    onset_latency_ms: float | None = None
    peak_latency_ms: float | None = None
    distance_mm: float | None = None
    velocity_m_s: float | None = None
    verdict: Literal["normal", "abnormal"] | None = None


@dataclass(frozen=True)
class ReportedFinding:
    """What a source says of a nerve in words, without numbers. It is shown and never graded."""

    nerve: str
    finding: str
    side: Side | None = None
    segment: str = ""
    block: bool | None = None
    """True where the source calls it conduction block."""
