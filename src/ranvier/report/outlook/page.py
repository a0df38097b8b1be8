"""The plan of one patient on a page: the answer first, then options, tests, cautions and what it rests on."""

from collections.abc import Iterator

from ranvier.forecast.model import IGG
from ranvier.forecast.outlook import Outlook
from ranvier.report.outlook import guidance_words as guided
from ranvier.report.outlook.figure import plan_svg
from ranvier.report.outlook.table import chosen, marked, regimens
from ranvier.report.outlook.words import USE, banded, counted, target_words
from ranvier.report.sheet import Part, Sheet, who
from ranvier.report.wear_off_words import wear_off, wear_off_words
from ranvier.treatment.guidance import Guidance
from ranvier.treatment.plan import Induction, Plan, Taper, Withdrawal
from ranvier.treatment.wear_off import Watch

PERCENT, EVEN, FEW = 100, 0.5, 20
"""Fewer readings than the last are said to be few."""


def plan_sheet(
    outlook: Outlook,
    guidance: Guidance,
    *,
    whole: bool = True,
    wide: bool = False,
) -> Sheet:
    """The page of a plan; `whole`: every regimen compared, and what was learned of the patient.

    `wide`: the page holds a table of many columns.
    """
    patient = outlook.patient
    parts = (
        Part("In short", points=tuple(in_short(outlook, guidance))),
        *(
            of_plan(outlook.plan, outlook, whole, wide)
            if outlook.plan
            else first_course(outlook.first_course)
        ),
        Part("Strength as it was monitored", points=monitored(outlook.watch)),
        *guided.parts(guidance, whole=whole),
        rests_on(outlook, whole),
    )
    return Sheet(
        "Options for immunoglobulin",
        f"{who(patient.identity)}, {patient.weight_kg:g} kg",
        patient.simulated,
        tuple(part for part in parts if any((part.lines, part.points, part.after, part.table))),
        plan_svg(outlook),
        USE,
    )


def monitored(watch: Watch | None) -> tuple[str, ...]:
    """What the self-monitored series show."""
    return tuple(wear_off_words(watch)) if watch else ()


def in_short(outlook: Outlook, guidance: Guidance) -> Iterator[str]:
    """What a reader should know who reads nothing else: what happened first, then what could be done."""
    watch = outlook.watch
    if watch:
        yield from (each.words for each in watch.events[-1:])
        yield from wear_off(watch)
    if outlook.now is None or outlook.plan is None:
        yield "No present regimen of immunoglobulin is on the record: enter doses, or give --now."
    else:
        plan = outlook.plan
        yield f"Present regimen: {outlook.now.text}. Target: {'; '.join(t.text for t in plan.targets)}."
        present = plan.options[0].outcome
        yield (
            f"Under it the target is met {PERCENT * present.above.typical:.0f} % of the time "
            f"({PERCENT * present.above.low:.0f}-{PERCENT * present.above.high:.0f})."
        )
        yield from (f"Option, {each.title}: {each.outcome.candidate.text}." for each in plan.options[1:])
        yield from [interval(plan)] if len(plan.options) > 1 else plan.notes[:1]
    yield from thin(outlook)
    yield from (f"Caution: {text}" for text in guided.urgent(guidance))


def thin(outlook: Outlook) -> Iterator[str]:
    """That little was measured, where so."""
    read = {each.measure: len(each.day) for each in outlook.fitted.readings}
    igg = read.pop(IGG, 0)
    count = sum(read.values())
    if count < FEW or not igg:
        blood = f"{igg or 'no'} value{'' if igg == 1 else 's'} of IgG"
        yield (
            f"It rests on {count} readings of strength and {blood}; the rest is what is usual in patients."
        )


def interval(plan: Plan) -> str:
    """How long the present dose lasts."""
    found = plan.interval
    if found.is_unclear:
        return "How long the present dose keeps the target is not settled by the readings."
    more = " or longer" if found.any >= EVEN else ""
    return (
        f"The present dose keeps the target for about {found.chosen:.0f} days{more} (90 % of the draws: "
        f"{found.days.low:.0f} to {found.days.high:.0f}; {found.last:.0f} is the longest sought)."
    )


def of_plan(plan: Plan, outlook: Outlook, whole: bool, wide: bool) -> Iterator[Part]:
    """Target, options, regimens compared and tests."""
    named = {each.measure for each in plan.targets}
    yield Part("Target", points=tuple(target_words(each) for each in plan.targets))
    yield Part(
        "Options and their basis",
        points=tuple(f"{e.outcome.candidate.text} - {e.title}: {e.basis}." for e in plan.options),
        after=plan.notes,
    )
    shown = list(plan.outcomes) if whole else chosen(plan)
    yield Part(
        f"Regimens compared ({len(shown)} of {len(plan.outcomes)})",
        table=regimens(plan, shown, few=not wide),
        after=(
            "At steady state; middle and the range that holds 90 %."
            + (" Chance: probability that the target is kept as long as asked for." if wide else ""),
            *marked(shown),
            *priced(plan),
        ),
    )
    if outlook.withdrawal:
        yield Part("If it were stopped as a test", points=tuple(stopped(outlook.withdrawal, named)))
    if outlook.taper:
        yield Part("If it were tapered by longer intervals", points=tuple(tapered(outlook.taper, named)))


def priced(plan: Plan) -> Iterator[str]:
    """Which prices were taken."""
    cost = plan.outcomes[0].burden.cost
    if cost:
        given = "" if cost.administration is not None else "; the infusion itself is not in it: not known"
        yield f"Cost in {cost.currency}, {cost.basis}{given}."
    else:
        yield "Cost: no price is known; give your own with --gram-price."


def stopped(test: Withdrawal, named: set[str]) -> Iterator[str]:
    """What stopping is expected to do to the measures that have a target."""
    for name, fall in test.falls.items():
        if name not in named:
            continue
        when = f", first seen after {banded(fall.day)} days" if fall.day else ""
        yield f"{name}: a clear fall comes with a probability of {fall.chance:.2f}{when}."
    yield f"By day {test.over_by:.0f} after the last dose a fall would have shown: {test.basis}."


def tapered(test: Taper, named: set[str]) -> Iterator[str]:
    """What each step of a taper is expected to do to the measures that have a target."""
    for step in test.steps:
        told = "; ".join(
            f"{name}: lowest {banded(e.trough, 1)}, a clear fall {e.fall_chance:.2f}, stop below "
            f"{e.stop_below:.1f}"
            for name, e in step.expected.items()
            if name in named
        )
        yield f"{step.candidate.text}, look on day {step.look_day:.0f}: {told}."


def first_course(found: Induction | None) -> Iterator[Part]:
    """What a first course is expected to do."""
    if found is None:
        return
    points = [
        f"{name}: a clear rise comes with a probability of {rise.chance:.2f}"
        + (f", first seen after {banded(rise.day)} days" if rise.day else "")
        + f"; the most it rises: {banded(rise.most, 1)}."
        for name, rise in found.rises.items()
    ]
    yield Part(f"A first course, {found.given}", points=tuple(points), after=(f"Basis: {found.basis}.",))


def rests_on(outlook: Outlook, whole: bool) -> Part:
    """Readings, doses and what was learned."""
    fitted = outlook.fitted
    counts = [counted(each.measure, each.day, "reading") for each in fitted.readings]
    doses = [counted("doses", [each.day for each in fitted.given], "dose")] if fitted.given else []
    learned = [
        f"{e.name}: {e.best:.3g} ({e.low:.3g}-{e.high:.3g}) {'' if e.unit == '1' else e.unit}, typical "
        f"{e.typical:.3g}; {PERCENT * e.from_readings:.0f} % of the spread between patients taken away"
        for e in fitted.learned
        if whole and e.from_readings > 0.1
    ]
    return Part("What this rests on", points=(*counts, *doses, *learned), after=tuple(fitted.remarks))
