"""What history and neurological examination answer to the rules."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar, get_args

from ranvier.anatomy import SIDES, movements, nerves_serving
from ranvier.diagnosis.answer import Answer, Word
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.findings.truth import Range, Truth, all_of, any_of
from ranvier.patient import Entry, History, NerveConductionStudy, NeurologicalExamination
from ranvier.patient.entries import UpperMotorNeuronSign
from ranvier.patient.when import DAYS_PER_MONTH

E = TypeVar("E", bound=Entry)
INFINITE = float("inf")
RAPID = {"rapidly progressive", "acute"}


def asked(chart: Chart, kind: type[E], read: Callable[[E], Word], what: str, every: bool = False) -> Answer:
    """One word from each entry of a kind, and the entries that do not say."""
    entries = chart.patient.entries(kind)
    words = tuple(read(entry) for entry in entries)
    silent = [e.when for e, word in zip(entries, words, strict=True) if word is None]
    dated = [when for when in silent if when != "unknown"]
    times = ", ".join(dated + ["undated"] * (len(dated) < len(silent) and len(entries) > 1))
    return Answer(words=words, every=every, missing=(f"{what} ({times})" if times else what,))


def sign(chart: Chart, read: Callable[[NeurologicalExamination], Word], what: str) -> Answer:
    """A sign that must be absent in every complete examination: what one does not mention is unknown.

    A sign can come later, so an early examination does not speak for a later one.
    """
    answer = asked(chart, NeurologicalExamination, read, f"examination: {what}", every=True)
    partial = [exam.scope == "strength only" for exam in chart.patient.entries(NeurologicalExamination)]
    words = tuple(w for w, part in zip(answer.words, partial, strict=True) if w is not None or not part)
    return replace(answer, words=words)


def course(chart: Chart, rule: Rule) -> Answer:
    """How the weakness has gone on, as the histories tell it.

    Unknown where one tells the course the rule asks for and another a rapid one.
    """
    answer = asked(chart, History, lambda h: h.course, "history: course")
    told, wanted = set(answer.words), set(rule.expected)
    if told & wanted and told & RAPID - wanted:
        both = " and ".join(sorted(map(str, told & (wanted | RAPID))))
        return replace(answer, words=(None,), missing=(f"history: course, told as {both}",))
    return answer


def predominant_limbs(chart: Chart, rule: Rule) -> Answer:
    """Whether arms or legs are affected most."""
    return asked(chart, History, lambda h: h.predominant_limbs, "history: arms or legs first")


def diffuse_symmetric_onset(chart: Chart, rule: Rule) -> Answer:
    """Whether weakness was diffuse and symmetric in the initial weeks."""
    told = [h.diffuse_symmetric_onset for h in chart.patient.entries(History)]
    return Answer(
        words=tuple(word for word in told if word is not None),
        every=True,
        missing=("history: whether weakness was diffuse and symmetric at the start",),
    )


def months_of_disease(chart: Chart, rule: Rule) -> Answer:
    """How many months the weakness has lasted when it was last told, examined or tested."""
    patient = chart.patient
    kinds = (History, NeurologicalExamination, NerveConductionStudy)
    entries = [entry for entry in patient.timeline if isinstance(entry, kinds)]
    spans = [span for entry in entries if (span := patient.days_of_disease(entry))]
    months = Range(
        max((low for low, _ in spans), default=0.0) / DAYS_PER_MONTH,
        max((high for _, high in spans), default=INFINITE) / DAYS_PER_MONTH,
    )
    return Answer(number=months, missing=("history: when weakness began, or for how long it lasts",))


def sensory_signs(chart: Chart, rule: Rule) -> Answer:
    """The sensory examination: normal, minor vibration loss in the legs, or abnormal."""
    return sign(chart, lambda exam: exam.sensory, "sensory")


def bulbar_signs(chart: Chart, rule: Rule) -> Answer:
    """Marked bulbar involvement."""
    return sign(chart, lambda exam: exam.bulbar_signs, "bulbar signs")


def cranial_nerve_signs(chart: Chart, rule: Rule) -> Answer:
    """Cranial nerve involvement."""
    return sign(chart, lambda exam: exam.cranial_nerve_signs, "cranial nerves")


def upper_motor_neuron_signs(chart: Chart, rule: Rule) -> Answer:
    """Whether one of the rule's upper motor neuron signs is present."""
    names = rule.words("signs")
    every_sign = set(get_args(UpperMotorNeuronSign)) <= set(names)

    def present(exam: NeurologicalExamination) -> Truth:
        # "Upper motor neuron signs are present" answers only a rule that asks for any of them.
        told = exam.upper_motor_neuron_signs if every_sign else None
        return any_of([sign_present(exam, name) for name in names] + [bool(told)])

    return sign(chart, present, ", ".join(names))


def sign_present(exam: NeurologicalExamination, name: str) -> Truth:
    """Whether one upper motor neuron sign is present on either side.

    'No such signs at all' rules out each that is not listed.
    """
    listed = [sign.present for sign in exam.upper_motor_neuron if sign.name == name]
    return any_of(listed) if listed else (False if exam.upper_motor_neuron_signs is False else None)


def reflexes_in_affected_limbs(chart: Chart, rule: Rule) -> Answer:
    """Tendon reflexes in the weak limbs, as the examiner sums them up."""
    what = "examination: reflexes in the affected limbs"
    return asked(chart, NeurologicalExamination, lambda e: e.reflexes_in_affected_limbs, what)


def cramps_and_fasciculations(chart: Chart, rule: Rule) -> Answer:
    """Both cramps and fasciculations, told or seen."""
    patient = chart.patient
    entries = (*patient.entries(History), *patient.entries(NeurologicalExamination))
    both = all_of((any_of(e.cramps for e in entries), any_of(e.fasciculations for e in entries)))
    return Answer(
        words=(both,) if entries else (), missing=("history or examination: cramps and fasciculations",)
    )


def asymmetric_weakness(chart: Chart, rule: Rule) -> Answer:
    """Whether, in one examination, a movement is weaker on one side by as much as the rule asks."""
    strong, small, large = (
        rule.limit(key) for key in ("strong_above", "difference_if_strong", "difference_if_weak")
    )

    def differs(pair: tuple[float, float]) -> bool:
        least = small if min(pair) > strong.number else large
        return round(max(pair) - min(pair), 2) >= least.number

    def asymmetric(exam: NeurologicalExamination) -> Truth:
        pairs = dict(graded_pairs(exam))
        # What was not graded may differ, unless the examiner says that nothing does.
        rest = False if set(pairs) == set(movements()) else exam.asymmetric
        return any_of([differs(pair) for pair in pairs.values()] + [rest])

    what = "examination: MRC grades of the same muscles on both sides"
    answer = asked(chart, NeurologicalExamination, asymmetric, what)
    return replace(answer, basis=(strong, small, large))


def graded_pairs(exam: NeurologicalExamination) -> Iterator[tuple[str, tuple[float, float]]]:
    """The movements graded on both sides, with the two grades."""
    grades = {(s.movement, s.side): s.mrc for s in exam.strength}
    for name in dict.fromkeys(s.movement for s in exam.strength):
        left, right = (grades.get((name, side)) for side in SIDES)
        if left is not None and right is not None:
            yield name, (left, right)


def weak_nerves(chart: Chart, rule: Rule) -> Answer:
    """In how many motor nerves there is weakness, as far as the MRC grades can tell.

    A weak movement served by two nerves counts once and for neither; a nerve of which no muscle
    was graded may be weak.
    """
    asked_for = rule.words("nerves") or tuple(sorted(all_nerves()))
    weakness = weakness_by_movement(chart)
    weak = {n for nerves, truth in weakness.items() if truth and len(nerves) == 1 for n in nerves}
    shared = [
        nerves
        for nerves, truth in weakness.items()
        if truth and len(nerves) > 1 and not weak.intersection(nerves)
    ]
    wanted = {(side, name) for side in SIDES for name in asked_for}
    certain = len(weak & wanted) + (1 if any(set(nerves) <= wanted for nerves in shared) else 0)
    spared = {nerve for nerve in wanted if weakness.get((nerve,)) is False}
    number = Range(certain, len(wanted - spared))
    told = [
        exam.weak_nerve_territories
        for exam in chart.patient.entries(NeurologicalExamination)
        if exam.weak_nerve_territories is not None
    ]
    if told:
        # Among the nerves that a rule names there are at most as many as among all.
        most = max(certain, *told)
        number = Range(certain, min(number.high, most)) if "nerves" in rule.with_ else Range(most, most)
    ungraded = by_side(wanted - spared - weak)
    return Answer(
        number=number,
        missing=(f"examination: MRC grades of muscles of these nerves: {ungraded}",),
    )


def by_side(nerves: set[tuple[str, str]]) -> str:
    """Nerves in words, those of both sides named once: `both sides femoral, tibial; left median`."""
    names = sorted({name for _, name in nerves})
    sides = {name: [side for side in SIDES if (side, name) in nerves] for name in names}
    groups = (("both sides", list(SIDES)), *((side, [side]) for side in SIDES))
    parts = [(word, [n for n in names if sides[n] == wanted]) for word, wanted in groups]
    return "; ".join(f"{word} {', '.join(found)}" for word, found in parts if found)


Served = tuple[tuple[str, str], ...]


def weakness_by_movement(chart: Chart) -> dict[Served, Truth]:
    """For each group of nerves that serves a graded movement, whether any such movement is weak."""
    found: dict[Served, list[Truth]] = {}
    for exam in chart.patient.entries(NeurologicalExamination):
        for s in exam.strength:
            served = tuple((s.side, nerve) for nerve in nerves_serving(s.movement))
            found.setdefault(served, []).append(s.weak)
    return {served: any_of(truths) for served, truths in found.items()}


def all_nerves() -> set[str]:
    """Every motor nerve that serves a movement graded at the bedside."""
    return {nerve for name in movements() for nerve in nerves_serving(name)}
