"""What sensory conduction answers to the differential."""

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, counted, ever, limits
from ranvier.findings.truth import Truth, opposite
from ranvier.patient import NerveConductionStudy


def sensory_nerves(chart: Chart) -> Reading:
    """How many sensory nerves are abnormal, at least.

    The source's word on all studies together stands where none is listed: 'abnormal' is at least one nerve.
    """
    found: dict[tuple[str, str], list[Truth]] = {}
    for felt in chart.sensory:
        found.setdefault((felt.study.side, felt.study.nerve), []).append(opposite(felt.normal))
    truths = [ever(each) for each in found.values()]
    words = {study.sensory_verdict for study in chart.patient.entries(NerveConductionStudy)}
    judged = sum(truth is not None for truth in truths)
    normal = words - {None} == {"normal"} or judged >= limits()["sensory"]["nerves_needed"]
    return counted("sensory_nerves", max(truths.count(True), "abnormal" in words), normal)


READERS = (sensory_nerves,)
