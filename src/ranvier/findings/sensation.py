"""Whether a sensory nerve conducts normally."""

from ranvier.evidence import Value
from ranvier.findings.norms import Norms, Person
from ranvier.findings.study import SensoryStudy
from ranvier.findings.truth import Truth, all_of, exactly


def normal(study: SensoryStudy, norms: Norms, person: Person) -> tuple[Truth, tuple[Value, ...]]:
    """Whether one sensory study is normal, and the limits that say so.

    Normal takes an amplitude and a velocity or latency within the limits; without numbers the
    examiner's own verdict stands.
    """
    if study.amplitude_uv == 0:
        return False, ()

    def limit(measure: str) -> Value | None:
        return norms.limit("sensory", study.nerve, "", measure, person)

    checks: list[Truth] = [None, None]
    least = limit("amplitude_uv_min")
    if least:
        checks[0] = exactly(study.amplitude_uv).compare(">=", least.number)
    standard, onset, peak = (limit(m) for m in ("distance_mm", "onset_latency_ms_max", "peak_latency_ms_max"))
    velocity = velocity_m_s(study)
    if velocity is not None and standard and onset:
        checks[1] = velocity >= standard.number / onset.number
    elif peak and standard and study.distance_mm == standard.number:
        checks[1] = exactly(study.peak_latency_ms).compare("<=", peak.number)
    truth = all_of(checks)
    if truth is None and study.verdict:
        return study.verdict == "normal", ()
    return truth, tuple(value for value in (least, standard, onset, peak) if value)


def velocity_m_s(study: SensoryStudy) -> float | None:
    """Sensory velocity: as printed, else distance over onset latency."""
    if study.velocity_m_s is not None or study.distance_mm is None or not study.onset_latency_ms:
        return study.velocity_m_s
    return study.distance_mm / study.onset_latency_ms
