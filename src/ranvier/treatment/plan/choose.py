"""Options from the outcomes, each with its basis. The dose is the physician's decision."""

from dataclasses import dataclass, replace

from ranvier.treatment.effect.treated import Treated
from ranvier.treatment.plan.band import Band, band
from ranvier.treatment.plan.basis import DECISION, DECLINE, fewest_basis, kept_interval, unclear, unreached
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
        days, title, basis = kept_interval(longest)
        lasting = replace(present.candidate, every_days=max(days, longest.first))
        (there,) = evaluate(treated, [lasting], targets, weight_kg, prices)
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
