"""Why a regimen is an option, and what must be said beside the options, in words."""

from math import floor

from ranvier.treatment.plan.band import Band
from ranvier.treatment.plan.interval import LongestInterval
from ranvier.treatment.plan.outcome import Outcome
from ranvier.treatment.plan.rules import rules
from ranvier.treatment.plan.target import Target


def fewest_basis(fewest: Outcome, present: Outcome, count: int) -> str:
    """Why the regimen with fewest grams is an option."""
    saved = 100 * (1 - fewest.burden.grams / present.burden.grams) if present.burden.grams else 0.0
    rule = rules()["target"]
    change = f"{abs(saved):.0f} % {'fewer' if saved >= 0 else 'more'} grams than now"
    if round(saved) == 0:
        change = "as many grams as now"
    part, chance = f"{100 * rule['part_of_time']:.0f} % of the time", f"{rule['chance']:.2f}"
    return (
        f"fewest grams, from {count} regimens and to a vial, that keep the target {part} with a probability "
        f"of at least {chance} (here {fewest.chance:.2f}); {change}"
    )


def kept_interval(longest: LongestInterval) -> tuple[float, str, str]:
    """The longest interval in whole days that keeps the target as surely as asked, its title and basis.

    The nearest guess is no option: half of the draws do not hold out so long.
    """
    chance = f"{rules()['target']['chance']:.2f}"
    return (
        float(floor(longest.safe)),
        f"longest interval kept with a probability of {chance}",
        f"in a share of {chance} of the draws the present dose lasts {longest.safe:.1f} days or longer; the "
        f"nearest guess is {longest.chosen:.0f} days, {longest.days.low:.0f} to {longest.days.high:.0f} in "
        "90 % of the draws",
    )


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
