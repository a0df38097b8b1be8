"""Which limbs are weak, and what reflexes and sensation say of them."""

from ranvier.anatomy import SIDES, Side, sensory_limb
from ranvier.anatomy.territories import reflex_movement, territory
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.bedside import graded_pairs
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.findings.truth import Range, Truth, any_of, count, opposite
from ranvier.patient import History, NerveConductionStudy, NeurologicalExamination
from ranvier.patient.entries import ReflexGrade

LOW: tuple[ReflexGrade, ...] = ("absent", "reduced")
ARM, LEG = "arm", "leg"


def weak_limbs(chart: Chart, rule: Rule) -> Answer:
    """How many of the four limbs were ever weak; one of which no movement was graded may be."""
    weak = weakness_by_limb(chart)
    open_ = ", ".join(f"{side} {limb}" for (side, limb), truth in weak.items() if truth is None)
    return Answer(
        number=count(weak.values()), missing=(f"examination: MRC grades of the {open_}",) if open_ else ()
    )


def weakness_by_limb(chart: Chart) -> dict[tuple[Side, str], Truth]:
    """Whether a movement of each limb was ever graded weak."""
    found: dict[tuple[Side, str], list[Truth]] = {(side, limb): [] for side in SIDES for limb in (ARM, LEG)}
    for exam in chart.patient.entries(NeurologicalExamination):
        for row in exam.strength:
            found[row.side, limb_of(row.movement)].append(row.weak)
    return {limb: any_of(truths or [None]) for limb, truths in found.items()}


def limb_of(movement: str) -> str:
    """The limb that a graded movement belongs to."""
    of = territory(movement)
    return ARM if of and of.region == "cervical" else LEG


def symmetric_weakness(chart: Chart, rule: Rule) -> Answer:
    """Whether in some examination the mean strength of the two sides differs by less than the rule's limit.

    Where no movement was graded on both sides, the examiner's word on asymmetry stands.
    """
    most = rule.limit("mean_difference")
    told = [symmetric(exam, most.number) for exam in chart.patient.entries(NeurologicalExamination)]
    known = [truth for truth in told if truth is not None]
    return Answer(
        words=(any_of(known),) if known else (),
        missing=("examination: MRC grades of the same muscles on both sides",),
        basis=(most,),
    )


def symmetric(exam: NeurologicalExamination, most: float) -> Truth:
    """Whether one examination finds both sides alike."""
    pairs = [pair for _, pair in graded_pairs(exam)]
    if not pairs:
        return opposite(exam.asymmetric)
    return abs(sum(left - right for left, right in pairs)) / len(pairs) < most


def reflexes_low_everywhere(chart: Chart, rule: Rule) -> Answer:
    """Whether in some examination a tendon reflex of each limb was reduced or absent, and none was brisk."""
    exams = chart.patient.entries(NeurologicalExamination)
    told = [truth for exam in exams if (truth := low_everywhere(exam)) is not None]
    return Answer(words=(any_of(told),) if told else (), missing=("examination: reflexes of arms and legs",))


def low_everywhere(exam: NeurologicalExamination) -> Truth:
    """Whether every limb has a low reflex in one examination; a reflex without a side is that of both."""
    grades: dict[tuple[Side, str], list[ReflexGrade]] = {}
    for row in exam.reflexes:
        for side in SIDES:
            if row.grade and row.side in (side, None):
                grades.setdefault((side, limb_of(reflex_movement(row.name))), []).append(row.grade)
    low = [any(grade in LOW for grade in of_limb) for of_limb in grades.values()]
    brisk = any("brisk" in of_limb for of_limb in grades.values())
    if brisk or not all(low) or exam.reflexes_in_affected_limbs in ("normal", "brisk"):
        return False
    return True if len(low) == len(SIDES) * len((ARM, LEG)) else None


def sensory_loss(chart: Chart, rule: Rule) -> Answer:
    """Whether an examination ever found one of the rule's sensory findings (`with.findings`).

    A complete examination that does not mention sensation leaves it unknown.
    """
    told: list[Truth] = [
        exam.sensory in rule.words("findings") if exam.sensory else None
        for exam in chart.patient.entries(NeurologicalExamination)
        if exam.sensory or exam.scope == "complete"
    ]
    return Answer(words=(any_of(told),) if told else (), missing=("examination: sensory",))


def sensory_nerves_abnormal(chart: Chart, rule: Rule) -> Answer:
    """In how many sensory nerves conduction is abnormal.

    `with.among`: 'tested' asks of the nerves that were tested alone; 'all' takes an untested one as unknown.
    `with.limbs` = 'weak': only nerves of weak limbs count.
    """
    found = list(sensory_nerves(chart, rule).values())
    number = count(found)
    verdicts = {entry.sensory_verdict for entry in chart.patient.entries(NerveConductionStudy)}
    closed = rule.word("among", ("tested", "all")) == "tested" and bool(found)
    if not found and verdicts - {None} == {"normal"}:
        closed = True
    if "abnormal" in verdicts and rule.with_.get("limbs") != "weak":
        number, closed = Range(max(number.low, 1), number.high), closed and bool(number.high)
    return Answer(
        number=number if closed else Range(number.low, float("inf")),
        missing=("sensory nerve conduction studies of more nerves",),
        basis=tuple(value for felt in chart.sensory for value in felt.basis),
    )


def sensory_nerves(chart: Chart, rule: Rule) -> dict[tuple[Side, str], Truth]:
    """Whether each sensory nerve that was tested is abnormal, in any study."""
    weak = weakness_by_limb(chart) if rule.with_.get("limbs") == "weak" else {}
    found: dict[tuple[Side, str], list[Truth]] = {}
    for felt in chart.sensory:
        key = felt.study.side, felt.study.nerve
        here = weak.get((felt.study.side, sensory_limb(felt.study.nerve)), True)
        if here is not False:
            found.setdefault(key, []).append(None if felt.normal is None or here is None else not felt.normal)
    return {key: any_of(truths) for key, truths in found.items()}


def complaint(chart: Chart, rule: Rule) -> Answer:
    """Whether a history ever tells of `with.what`: pain, sensory symptoms, systemic features, infection."""
    what = rule.word("what", ("pain", "sensory_symptoms", "systemic_features", "preceding_infection"))
    told = [said for entry in chart.patient.entries(History) if (said := getattr(entry, what)) is not None]
    return Answer(words=(any_of(told),) if told else (), missing=(f"history: {what.replace('_', ' ')}",))
