"""A nerve conduction study as the laboratory records it, real or simulated.

Amplitudes are baseline to negative peak; area and duration are those of the negative peak. A response
that was looked for and not found has amplitude 0; None always means that it is not known.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

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

    markers: ClassVar = ("latency_ms", "amplitude_mv", "area_mv_ms", "duration_ms")

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
    by_hand: tuple[str, ...] = ()
    """Markers of the waveform that were set by hand, by the names of their fields."""

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
    mean_latency_ms: float | None = None
    chronodispersion_ms: float | None = None
    """Latest minus earliest F latency."""
    stimuli: int | None = None
    waveforms: tuple[Waveform, ...] = ()


@dataclass(frozen=True)
class SensoryStudy:
    """One sensory nerve of one side. Amplitude 0 means no response.

    `verdict` is the examiner's own word where the source gives no number.
    """

    markers: ClassVar = ("amplitude_uv", "onset_latency_ms", "peak_latency_ms")

    side: Side
    nerve: str
    site: str = ""
    amplitude_uv: float | None = None
    onset_latency_ms: float | None = None
    peak_latency_ms: float | None = None
    distance_mm: float | None = None
    velocity_m_s: float | None = None
    verdict: Literal["normal", "abnormal"] | None = None
    temperature_c: float | None = None
    waveform: Waveform | None = None
    by_hand: tuple[str, ...] = ()
    """Markers of the waveform that were set by hand, by the names of their fields."""


@dataclass(frozen=True)
class Inching:
    """One motor nerve stimulated in short steps, each a `MotorSite` named `wrist + 25 mm`.

    `distance_mm` of a step is from the step below it. Block criteria speak of whole segments, so no rule
    grades these steps; they show where within a segment the response falls.
    """

    side: Side
    nerve: str
    muscle: str
    steps: tuple[MotorSite, ...]


@dataclass(frozen=True)
class RepetitiveStudy:
    """Trains at one rate: the first response and how much a later one falls below it (decrement)."""

    side: Side
    nerve: str
    muscle: str
    rate_hz: float
    site: str = ""
    amplitude_mv: float | None = None
    decrement_percent: float | None = None


@dataclass(frozen=True)
class ExerciseTest:
    """Motor responses before and after a maximal contraction: block that appears with activity."""

    side: Side
    nerve: str
    muscle: str
    seconds: float
    before: tuple[MotorSite, ...]
    after: tuple[MotorSite, ...]


@dataclass(frozen=True)
class TripleStimulation:
    """Collision study: the share of the nerve that conducts between two sites, without dispersion."""

    side: Side
    nerve: str
    muscle: str
    proximal: str
    distal: str
    amplitude_ratio_percent: float | None = None
    area_ratio_percent: float | None = None


@dataclass(frozen=True)
class CMAPScan:
    """The response against stimulus current from threshold to maximum, and the motor units counted in it."""

    side: Side
    nerve: str
    muscle: str
    site: str
    current_ma: tuple[float, ...] = field(default=(), repr=False)
    amplitude_mv: tuple[float, ...] = field(default=(), repr=False)
    units: float | None = None
    units_low: float | None = None
    units_high: float | None = None


@dataclass(frozen=True)
class ReportedFinding:
    """What a source says of a nerve in words, without numbers. It is shown and never graded."""

    nerve: str
    finding: str
    side: Side | None = None
    segment: str = ""
    block: bool | None = None
    """True where the source calls it conduction block."""
