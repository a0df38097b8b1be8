"""Guidance for a record in words: response, cautions, what to watch, aids, and what else there is."""

from collections.abc import Iterator

from ranvier.report.sheet import Part
from ranvier.treatment.guidance import Caution, Guidance, Option

FEW = 6
RECALLED = "recalled"


def parts(guidance: Guidance, *, whole: bool) -> Iterator[Part]:
    """The parts of a page."""
    response = guidance.response
    step = guidance.next_step
    yield Part(
        "Response so far",
        lines=(f"{response.verdict.capitalize()}.",),
        points=(*response.told, f"Next, {step.title}: {step.text}{cited(step.source, step.mark)}"),
    )
    yield Part("Cautions", points=tuple(map(caution, holding(guidance))), after=tuple(unknown(guidance)))
    if guidance.watching.option:
        basis = (f"{each.text}{cited(each.source, each.mark)}" for each in spoken(guidance))
        yield Part("Watching is an option: disability on the record is mild", points=tuple(basis))
    yield Part("What is watched under treatment", points=tuple(watched(guidance, whole)))
    aids = tuple(f"{a.title}: {a.text} ({a.value}; {a.evidence})" for a in guidance.aids if a.fits)
    yield Part("Physiotherapy, occupational therapy and aids", points=aids)
    if whole:
        yield Part("Other treatments", points=tuple(map(option, guidance.options)))
    yield Part(
        "Not helpful in MMN", points=tuple(map(option, guidance.not_helpful)), after=(guidance.assumes,)
    )


def spoken(guidance: Guidance):
    """What is published for and against waiting."""
    return (*guidance.watching.speaks_for, *guidance.watching.speaks_against)


def cited(source: str, mark: str) -> str:
    """The source of a sentence, and that it is recalled where it was not read."""
    return f" [{source}{', recalled' if mark == RECALLED else ''}]"


def holding(guidance: Guidance) -> list[Caution]:
    """The cautions that hold on this record, of the drugs it is about first."""
    found = [each for each in guidance.cautions if each.holds]
    return sorted(found, key=lambda each: not set(each.drugs) & set(guidance.on))


def caution(each: Caution) -> str:
    """A caution with the value on the record and its source."""
    rule = each.rule
    about, source = f"{', '.join(each.drugs)}; {rule.says}", cited(each.source, each.mark)
    return f"{rule.title} ({about}): {rule.text} On record: {each.value}.{source}"


def urgent(guidance: Guidance) -> Iterator[str]:
    """The cautions that hold and bear on a drug that is given, in a few words."""
    for each in holding(guidance):
        given = [name for name in each.drugs if name in guidance.on]
        if given and each.rule.says in ("contraindicated", "caution"):
            yield f"{each.rule.title} with {', '.join(given)} ({each.value})."


def unknown(guidance: Guidance) -> Iterator[str]:
    """What would decide a caution and is not on the record."""
    if guidance.not_known:
        yield f"Not known, and asked for by a caution: {', '.join(guidance.not_known)}."


def watched(guidance: Guidance, whole: bool) -> Iterator[str]:
    """What the drugs' files say is watched."""
    rows = guidance.monitoring if whole else guidance.monitoring[:FEW]
    for each in rows:
        when = f", {each.watch.when}" if each.watch.when else ""
        yield f"{each.drug}: {each.watch.text.rstrip('.')}{when}{cited(each.watch.source, each.watch.mark)}"


def option(each: Option) -> str:
    """A treatment with its standing and source."""
    return f"{each.title}, {each.standing}: {each.text}{cited(each.source, each.mark)}"
