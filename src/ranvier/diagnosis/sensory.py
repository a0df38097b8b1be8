"""Whether sensory conduction is normal: beside a motor nerve, and everywhere."""

from ranvier.anatomy import Side, motor_nerve
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.findings.truth import Range, Truth, all_of
from ranvier.patient import NerveConductionStudy


def beside(chart: Chart, side: Side, nerve: str) -> Truth:
    """Whether sensory conduction is normal in the territory of a motor nerve on that side.

    Any abnormal study there speaks against it. Where no study is listed, a verdict on all sensory
    studies together counts if it is 'normal'; 'abnormal' does not say which nerve.
    """
    names = motor_nerve(nerve).sensory
    truths = [f.normal for f in chart.sensory if f.study.side == side and f.study.nerve in names]
    if truths:
        return all_of(truths)
    verdicts = {study.sensory_verdict for study in chart.patient.entries(NerveConductionStudy)}
    return True if verdicts - {None} == {"normal"} else None


def sensory_conduction_normal(chart: Chart, rule: Rule) -> Answer:
    """Whether every sensory nerve that was tested is normal; a verdict on all stands where none is listed."""
    words = [felt.normal for felt in chart.sensory]
    for entry in chart.patient.entries(NerveConductionStudy):
        if entry.sensory_verdict == "abnormal":
            words.append(False)
        elif entry.sensory_verdict == "normal" and not entry.sensory:
            words.append(True)
    missing = sorted(
        f"amplitude, and velocity or latency with distance, of the {felt.study.side} "
        f"{felt.study.nerve} sensory nerve"
        for felt in chart.sensory
        if felt.normal is None
    )
    return Answer(
        words=(all_of(words),) if words else (),
        missing=tuple(missing) or ("sensory nerve conduction studies",),
        basis=tuple(value for felt in chart.sensory for value in felt.basis),
    )


def sensory_nerves_tested(chart: Chart, rule: Rule) -> Answer:
    """How many sensory nerves were tested; there may be more than the record lists."""
    tested = {
        (felt.study.side, felt.study.nerve)
        for felt in chart.sensory
        if felt.study.amplitude_uv is not None or felt.study.verdict
    }
    return Answer(
        number=Range(len(tested), float("inf")),
        missing=(f"sensory studies of more nerves than the {len(tested)} on record",),
    )
