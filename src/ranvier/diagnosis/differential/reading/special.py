"""What studies beyond routine, and the source's own words, answer to the differential."""

from ranvier.anatomy import motor_nerves
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, counted, ever, limits, yes_or_no
from ranvier.diagnosis.inching import steps
from ranvier.findings.segment import drop
from ranvier.findings.study import ExerciseTest, MotorSite, ReportedFinding
from ranvier.findings.truth import Truth, exactly
from ranvier.patient import NerveConductionStudy


def reported_block(chart: Chart) -> Reading:
    """In how many nerves the source calls something off the entrapment sites conduction block."""
    studies = chart.patient.entries(NerveConductionStudy)
    told = [each for study in studies for each in study.findings if off_entrapment(each)]
    blocked = {(each.side, each.nerve) for each in told if each.block}
    return counted("reported_block", len(blocked), any(each.block is False for each in told))


def off_entrapment(told: ReportedFinding) -> bool:
    """Whether a source's word is not about a common entrapment site of the nerve it names."""
    nerve = motor_nerves().get(told.nerve.casefold())
    return nerve is None or not any(site in told.segment.casefold() for site in nerve.entrapments)


def triple_stimulation(chart: Chart) -> Reading:
    """Whether triple stimulation shows fibres that do not conduct; the area counts before the amplitude."""
    least = limits()["conduction"]["triple_least"]
    studies = [triple for study in chart.patient.entries(NerveConductionStudy) for triple in study.triple]
    ratios = ((each.area_ratio_percent, each.amplitude_ratio_percent) for each in studies)
    told = (next((ratio for ratio in both if ratio is not None), None) for both in ratios)
    return yes_or_no((exactly(ratio).compare("<", least) for ratio in told), ("normal", "reduced"))


def exercise_block(chart: Chart) -> Reading:
    """Whether the fall of the response along a nerve grows with a maximal contraction."""
    tests = [test for study in chart.patient.entries(NerveConductionStudy) for test in study.exercise]
    return yes_or_no(map(grows, tests))


def grows(test: ExerciseTest) -> Truth:
    """Whether the fall grows by as much as counts."""
    before, after = fall(test.before), fall(test.after)
    if before is None or after is None:
        return None
    return after - before >= limits()["conduction"]["exercise_fall"]


def fall(rows: tuple[MotorSite, ...]) -> float | None:
    """The fall of the amplitude from the first site to the last."""
    return drop(rows[0].amplitude_mv, rows[-1].amplitude_mv) if len(rows) > 1 else None


def inching(chart: Chart) -> Reading:
    """Where the response falls within one step of a nerve; off the entrapment sites, if at several places."""
    least = limits()["conduction"]["step_fall"]
    found: dict[bool, list[Truth]] = {True: [], False: []}
    for step in steps(chart):
        segment = step.examined.segment
        found[bool(segment.entrapments)].append(exactly(segment.amplitude_drop).compare(">=", least))
    at, off = ever(found[True]), ever(found[False])
    return "elsewhere" if off else "entrapment" if at else None if (at, off) == (None, None) else "none"


READERS = (reported_block, triple_stimulation, exercise_block, inching)
