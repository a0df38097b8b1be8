"""The differential in words: how likely, what speaks for and against, and how far to trust it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log

from ranvier.diagnosis.differential.posterior import Candidate, Contribution, Differential
from ranvier.report.calibration import calibration

LEADING, FINDINGS = 3, 3
"""How many candidates are explained, and by how many findings for and against."""
LISTED, EXPLAINED = 0.01, 0.05
"""The least probability of a candidate that has a row of its own, and of one that is explained."""
FELT = log(1.1)
"""The least a finding must move the odds, up or down, to be named."""
UNLIKE = "Unlike every disease the program knows"
TOO_LITTLE = (
    "Too little is known to say more than how common each disease is in this setting, which is where a "
    "search begins and not what it found."
)
BASIS = "The probabilities rest on simulated patients and published figures, not on a clinic's own."


def chance(probability: float) -> str:
    """A probability as whole percent, without a false certainty at either end."""
    if probability < 0.01:
        return "<1 %"
    return ">99 %" if probability > 0.99 else f"{round(probability * 100)} %"


def factor(contribution: Contribution) -> str:
    """How a finding moves the odds: `×12` for, `÷8` against."""
    size = exp(abs(contribution.log_ratio))
    number = f"{size:.1f}" if size < 10 else f"{size:.0f}" if size < 1000 else ">1000"
    return f"{'×' if contribution.log_ratio > 0 else '÷'}{number}"


def told(contribution: Contribution) -> str:
    """What was found, in clinical words."""
    return contribution.finding.worded(contribution.outcome)


def speaking_for(candidate: Candidate, most: int = FINDINGS) -> tuple[Contribution, ...]:
    """The findings that raise a candidate most, strongest first."""
    return strongest((c for c in candidate.contributions if c.log_ratio >= FELT), most)


def speaking_against(candidate: Candidate, most: int = FINDINGS) -> tuple[Contribution, ...]:
    """The findings that lower a candidate most, strongest first."""
    return strongest((c for c in candidate.contributions if c.log_ratio <= -FELT), most)


def strongest(found: Iterable[Contribution], most: int) -> tuple[Contribution, ...]:
    """So many contributions, those that move the odds most first."""
    return tuple(sorted(found, key=lambda one: -abs(one.log_ratio))[:most])


def ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates from the most to the least probable."""
    return tuple(sorted(candidates, key=lambda one: -one.probability))


def listed(found: Differential) -> tuple[Candidate, ...]:
    """The candidates that have a row of their own: at least the three most probable."""
    order = ranked(found.candidates)
    return order[: max(LEADING, sum(one.probability >= LISTED for one in order))]


def leading(found: Differential) -> tuple[Candidate, ...]:
    """The candidates whose findings are shown; none where nothing is known beyond the setting."""
    if not found.enough:
        return ()
    return tuple(one for one in ranked(found.candidates)[:LEADING] if one.probability >= EXPLAINED)


def rest(found: Differential) -> str:
    """How much the candidates without a row hold together."""
    others = ranked(found.candidates)[len(listed(found)) :]
    if not others:
        return ""
    together = chance(sum(one.probability for one in others))
    return f"{len(others)} other{'s' if len(others) > 1 else ''}, together {together}"


def trust() -> tuple[str, ...]:
    """What the probabilities rest on, and how well they came true; what was not measured is said."""
    found = calibration()
    if found is None:
        return (f"{BASIS} How well they are calibrated has not been measured for this version.",)
    return (
        f"{BASIS} In {found.patients} simulated patients on whom they were not estimated they were off by "
        f"{found.top_error:.3f} on average (expected calibration error, {found.setting}; of MMN's "
        f"probability {found.mmn_error:.3f}): docs/figures/calibration.svg. No real cohort has tested them.",
    )


def setting_in_words(found: Differential) -> str:
    """Where the patient is seen, which sets the odds before any finding."""
    known = len(found.observed)
    return (
        f'Setting: {found.setting}, {known} finding{"s" if known != 1 else ""} known. "before": before any '
        "finding, in this setting."
    )


def cautions(found: Differential) -> tuple[str, ...]:
    """What must be known before the figures are read."""
    said = () if found.enough else (TOO_LITTLE,)
    if found.unusual:
        said += (f"{found.unusual_reason.rstrip('.') or UNLIKE}. The figures below may not hold.",)
    return said


@dataclass(frozen=True)
class Step:
    """One step from the probability before to the one after, as shares of the width of a drawing."""

    label: str
    note: str
    left: float
    width: float
    rises: bool


EDGE, ROWS = 0.002, 6
"""The probability at which the drawing ends, on both sides, and how many findings have their own step."""


def steps(candidate: Candidate) -> tuple[Step, ...]:
    """From the prior to the probability, finding by finding, on a scale of log odds.

    The last step holds the findings without a row, and what findings share: it closes the sum exactly.
    """
    shown = strongest((c for c in candidate.contributions if abs(c.log_ratio) >= FELT), ROWS)
    at = odds(candidate.prior)
    found: list[Step] = []
    for one in shown:
        found.append(step(told(one), factor(one), at, at + one.log_ratio))
        at += one.log_ratio
    end = odds(candidate.probability)
    if abs(end - at) >= FELT:
        found.append(step("all other findings, and what findings share", "", at, end))
    return tuple(found)


def step(label: str, note: str, before: float, after: float) -> Step:
    """One step between two log odds."""
    ends = sorted((across(before), across(after)))
    return Step(label, note, ends[0], max(ends[1] - ends[0], 0.004), after > before)


def odds(probability: float) -> float:
    """The natural log odds of a probability."""
    safe = min(max(probability, 1e-9), 1 - 1e-9)
    return log(safe / (1 - safe))


def across(log_odds: float) -> float:
    """Where a log odds stands between the edges of the drawing, 0 to 1."""
    edge = odds(1 - EDGE)
    return (min(max(log_odds, -edge), edge) + edge) / (2 * edge)


TICKS = tuple((f"{p:.0%}".replace("%", " %"), across(odds(p))) for p in (0.01, 0.1, 0.5, 0.9, 0.99))
"""Where probabilities stand on that scale."""
