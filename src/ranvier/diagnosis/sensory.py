"""Whether sensory conduction is normal: in one study, beside a motor nerve, and everywhere."""

from ranvier.anatomy import Side, motor_nerve
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.evidence import Value
from ranvier.findings.norms import Norms, Person
from ranvier.findings.study import SensoryStudy
from ranvier.findings.truth import Range, Truth, all_of, exactly
from ranvier.patient import NerveConductionStudy


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


def beside(chart: Chart, side: Side, nerve: str) -> Truth:
    """Whether sensory conduction is normal in the territory of a motor nerve on that side.

    Any abnormal study there speaks against it. Where no study is listed, a verdict on all sensory
    studies together counts if it is 'normal'; 'abnormal' does not say which nerve.
    """
    names = motor_nerve(nerve).sensory
    truths = [truth for study, truth, _ in studied(chart) if study.side == side and study.nerve in names]
    if truths:
        return all_of(truths)
    verdicts = {study.sensory_verdict for study in chart.patient.entries(NerveConductionStudy)}
    return True if verdicts == {"normal"} else None


def studied(chart: Chart) -> list[tuple[SensoryStudy, Truth, tuple[Value, ...]]]:
    """Every sensory study on the record, whether it is normal, and by which limits."""
    return [
        (study, *normal(study, chart.norms, chart.patient.person(entry.when)))
        for entry in chart.patient.entries(NerveConductionStudy)
        for study in entry.sensory
    ]


def sensory_conduction_normal(chart: Chart, rule: Rule) -> Answer:
    """Whether every sensory nerve that was tested is normal; a verdict on all stands where none is listed."""
    words: list[Truth] = []
    for entry in chart.patient.entries(NerveConductionStudy):
        truths = [normal(study, chart.norms, chart.patient.person(entry.when))[0] for study in entry.sensory]
        if entry.sensory_verdict == "abnormal":
            truths.append(False)
        elif entry.sensory_verdict == "normal" and not truths:
            truths.append(True)
        words.extend(truths)
    missing = sorted(
        f"amplitude, and velocity or latency with distance, of the {study.side} {study.nerve} sensory nerve"
        for study, truth, _ in studied(chart)
        if truth is None
    )
    basis = [value for _, _, values in studied(chart) for value in values]
    return Answer(
        words=(all_of(words),) if words else (),
        missing=tuple(missing) or ("sensory nerve conduction studies",),
        basis=tuple(basis),
    )


def sensory_nerves_tested(chart: Chart, rule: Rule) -> Answer:
    """How many sensory nerves were tested; there may be more than the record lists."""
    tested = {
        (study.side, study.nerve)
        for study, _, _ in studied(chart)
        if study.amplitude_uv is not None or study.verdict
    }
    return Answer(
        number=Range(len(tested), float("inf")),
        missing=(f"sensory studies of more nerves than the {len(tested)} on record",),
    )
