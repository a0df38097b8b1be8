"""Options from the outcomes, each with its basis. The dose is the physician's decision."""

from dataclasses import dataclass, replace
from math import floor

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.band import Band, band
from ranvier.treatment.plan.burden import Prices
from ranvier.treatment.plan.candidate import Candidate
from ranvier.treatment.plan.candidates import candidates, trimmed
from ranvier.treatment.plan.fall import Units
from ranvier.treatment.plan.interval import LongestInterval, longest_interval
from ranvier.treatment.plan.outcome import Outcome, evaluate
from ranvier.treatment.plan.rules import rules
from ranvier.treatment.plan.target import Target, usual_targets


@dataclass(frozen=True)
class Option:
    """A regimen worth weighing: what it is in this plan (`title`), its outcome, and why it is here."""

    title: str
    outcome: Outcome
    basis: str


@dataclass(frozen=True)
class Plan:
    """What there is to choose from.

    `outcomes`: of every regimen, the present one first. `options`: those that stand out. `interval`: the
    longest for the present dose. `ceiling`: the level of each measure that no amount of drug can pass.
    `notes`: what must be said, in sentences.
    """

    targets: tuple[Target, ...]
    outcomes: tuple[Outcome, ...]
    options: tuple[Option, ...]
    interval: LongestInterval
    ceiling: dict[str, Band]
    notes: tuple[str, ...]


def recommended(
    treated: Treated,
    outcomes: tuple[Outcome, ...],
    targets: tuple[Target, ...],
    weight_kg: float,
    prices: Prices | None = None,
) -> Plan:
    """The options among outcomes whose first is the present regimen; `treated` holds draws of one person."""
    present = outcomes[0]
    longest = longest_interval(treated, present.candidate, targets)
    fewest = fewer_still(treated, fewest_grams(outcomes), targets, weight_kg, prices)
    options = [Option("present regimen", present, "what is given now")]
    if fewest:
        options.append(Option("fewest grams", fewest, fewest_basis(fewest, present, len(outcomes))))
    if not (longest.is_unclear or longest.none > 1 - rules()["target"]["chance"]):
        for title, (days, basis) in intervals(longest).items():
            (there,) = evaluate(
                treated, [replace(present.candidate, every_days=days)], targets, weight_kg, prices
            )
            options.append(Option(title, there, basis))
    ceiling = {
        name: band(hand.strength(1 - treated.most[:, None])[:, 0]) for name, hand in treated.hands.items()
    }
    notes = (*unreached(outcomes, targets, ceiling, fewest), *unclear(longest), DECLINE, DECISION)
    return Plan(targets, outcomes, tuple(options), longest, ceiling, notes)


def plan(
    treated: Treated,
    current: Candidate,
    weight_kg: float,
    targets: tuple[Target, ...] = (),
    prices: Prices | None = None,
    units: Units | None = None,
) -> Plan:
    """The plan of one person, of whom `treated` holds draws, now on the regimen `current`.

    Without targets those of `usual_targets` are taken. Raises ValueError for a target whose measure this
    person has not, or a weight that is not positive.
    """
    wanted = targets or usual_targets(treated, current, units)
    found = evaluate(treated, candidates(current, weight_kg), wanted, weight_kg, prices)
    return recommended(treated, found, wanted, weight_kg, prices)


def fewest_grams(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """The regimen with fewest grams that keeps the target as surely as asked for; None if none does."""
    kept = [each for each in outcomes if each.chance >= rules()["target"]["chance"]]
    return min(kept, key=lambda each: (each.burden.grams, each.burden.infusions), default=None)


def fewer_still(
    treated: Treated,
    found: Outcome | None,
    targets: tuple[Target, ...],
    weight_kg: float,
    prices: Prices | None,
) -> Outcome | None:
    """The same at the same interval with fewer vials, as far as it keeps the target as surely."""
    if not found:
        return None
    chance = rules()["target"]["chance"]

    def keeps(each: Candidate) -> bool:
        return evaluate(treated, [each], targets, weight_kg)[0].chance >= chance

    least = trimmed(found.candidate, weight_kg, keeps)
    return evaluate(treated, [least], targets, weight_kg, prices)[0]


def fewest_basis(fewest: Outcome, present: Outcome, count: int) -> str:
    """Why the regimen with fewest grams is an option."""
    saved = 100 * (1 - fewest.burden.grams / present.burden.grams) if present.burden.grams else 0.0
    rule = rules()["target"]
    more = "fewer" if saved >= 0 else "more"
    part, chance = f"{100 * rule['part_of_time']:.0f} % of the time", f"{rule['chance']:.2f}"
    return (
        f"fewest grams, from {count} regimens and to a vial, that keep the target {part} with a probability "
        f"of at least {chance} (here {fewest.chance:.2f}); {abs(saved):.0f} % {more} grams than now"
    )


def intervals(longest: LongestInterval) -> dict[str, tuple[float, str]]:
    """The intervals to weigh, in whole days with the basis of each, by what they are."""
    chance = f"{rules()['target']['chance']:.2f}"
    found = {
        f"longest interval kept with a probability of {chance}": (
            float(floor(longest.safe)),
            f"in a share of {chance} of the draws the present dose lasts {longest.safe:.1f} days or longer",
        ),
        "longest interval, nearest guess": (
            float(round(longest.chosen)),
            f"most likely within 10 % of the longest interval that keeps the target, {longest.days.low:.0f} "
            f"to {longest.days.high:.0f} days in 90 % of the draws",
        ),
    }
    return {title: (days, basis) for title, (days, basis) in found.items() if days >= longest.first}


def unreached(
    outcomes: tuple[Outcome, ...],
    targets: tuple[Target, ...],
    ceiling: dict[str, Band],
    fewest: Outcome | None,
) -> tuple[str, ...]:
    """What to say when no regimen keeps the target."""
    if fewest:
        return ()
    best = max(outcomes, key=lambda each: each.chance)
    limits = "; ".join(
        f"{each.measure}: {ceiling[each.measure].typical:.1f} {each.unit} "
        f"({ceiling[each.measure].low:.1f}-{ceiling[each.measure].high:.1f}), wanted {each.at_least:g}"
        for each in targets
    )
    return (
        f"None of {len(outcomes)} regimens keeps the target with a probability of "
        f"{rules()['target']['chance']:.2f}; nearest is {best.candidate.text} with {best.chance:.2f}.",
        f"The most that any amount of drug is expected to reach: {limits}.",
    )


def unclear(longest: LongestInterval) -> tuple[str, ...]:
    """What to say when the draws do not settle the interval."""
    if longest.none > 1 - rules()["target"]["chance"]:
        return (
            f"At the present dose no interval from {longest.first:g} days on keeps the target, "
            f"with a probability of {longest.none:.2f}.",
        )
    if not longest.is_unclear:
        return ()
    return (
        f"The readings do not yet settle the interval ({longest.days.low:.0f} to {longest.days.high:.0f} "
        "days); grip on more days, above all in the last days before a dose, would narrow it.",
    )


DECLINE = (
    "The slow natural decline is not in a cycle: it lowers every level a little each year, whatever is given."
)
DECISION = (
    "These are options with their basis for research and education; the dose is the physician's decision."
)
