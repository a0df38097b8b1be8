"""In how many motor nerves there is demyelination, counting what was not studied as unknown."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ranvier.anatomy import SIDES, Side, motor_nerve
from ranvier.diagnosis import slowing
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.bedside import by_side
from ranvier.diagnosis.block import GRADES
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.conduction import nerves
from ranvier.diagnosis.rules import Grade, Rule
from ranvier.diagnosis.slowing import Studied
from ranvier.evidence import EvidenceError, Value
from ranvier.findings.distal_duration import limits
from ranvier.findings.truth import Truth, any_of, count

Key = tuple[Side, str]
Item = Callable[[str, Studied], Truth]
NERVES = ("median", "ulnar", "fibular", "tibial")
SLOW = {"velocity": "velocity_below_lln", "latency": "latency_above_uln", "f_wave": "f_above_uln"}
ITEMS = ("latency", "velocity", "f_wave", "absent_f", "block", "dispersion", "distal_duration")


def demyelinated_nerves(chart: Chart, rule: Rule) -> Answer:
    """In how many nerves one of the items of `with.items` is found.

    latency: distal latency >= `latency_uln` x upper limit. velocity: <= `velocity_lln` x lower limit. f_wave:
    least F latency >= `f_uln` x upper limit, or `f_uln_if_small` where the distal response is below
    `small_lln` x lower limit. absent_f: no F wave while the distal response has `floor_lln` x its limit.
    block: of `with.grade` in the set's block table. dispersion: duration rises by more than `dispersion`
    (`dispersion_tibial`). distal_duration: the limits of the table `with.durations`.
    """
    wanted = rule.words("items")
    blocks = blocked_nerves(chart, rule) if "block" in wanted else {}
    found, of = studied(chart, rule), partial(measured, rule)
    truths = {
        key: any_of([blocks.get(key, False) if n == "block" else item(of, found, key, n) for n in wanted])
        for key in found
    }
    return Answer(number=count(truths.values()), missing=missing(truths, wanted), basis=basis(rule))


def nerves_with_slowing(chart: Chart, rule: Rule) -> Answer:
    """In how many nerves conduction is slow: velocity, distal latency or F wave beyond the rule's limits.

    Velocity < `velocity_below_lln` x lower limit; distal latency > `latency_above_uln` x upper limit; F
    latency > `f_above_uln` x upper limit, or no F wave. Each limit may be left out. A nerve whose distal
    response is not above `distal_floor_mv` is not judged.
    """
    wanted = tuple(name for name, key in SLOW.items() if key in rule.with_)
    found, of = studied(chart, rule), partial(slowed, rule)
    truths = {key: any_of([item(of, found, key, name) for name in wanted]) for key in found}
    return Answer(number=count(truths.values()), missing=missing(truths, wanted), basis=basis(rule))


def asked(rule: Rule) -> Iterator[Key]:
    """The nerves a rule counts, on both sides."""
    return ((side, name) for name in rule.words("nerves") or NERVES for side in SIDES)


def studied(chart: Chart, rule: Rule) -> dict[Key, tuple[Studied, ...]]:
    """The sessions of every nerve that a rule counts."""
    return {key: tuple(slowing.sessions(chart, *key)) for key in asked(rule)}


def item(of: Item, found: Mapping[Key, tuple[Studied, ...]], key: Key, name: str) -> Truth:
    """Whether one item is found in a nerve, in any session: what was once found stays.

    A late median response counts only beside a late ulnar one: alone it may be a carpal tunnel syndrome.
    """
    truth = any_of([of(name, session) for session in found.get(key, ())] or [None])
    if name == "latency" and truth and key[1] == "median":
        return True if item(of, found, (key[0], "ulnar"), name) else None
    return truth


def slowed(rule: Rule, name: str, nerve: Studied) -> Truth:
    """Whether one session shows slowing of a nerve; unknown where its distal response is too small."""
    ratio = rule.limit(SLOW[name]).number
    floor = rule.limit("distal_floor_mv").number if "distal_floor_mv" in rule.with_ else 0.0
    if not any(site.amplitude_mv is not None and site.amplitude_mv > floor for _, site in nerve.distal):
        return None
    if name == "velocity":
        return slowing.slow(nerve, "<", ratio)
    if name == "latency":
        return slowing.late(nerve, ">", ratio)
    return any_of((slowing.late_f(nerve, ">", ratio, ratio, 0.0), slowing.lost_f(nerve, 0.0)))


def measured(rule: Rule, name: str, nerve: Studied) -> Truth:
    """Whether one session shows an item in a nerve."""

    def number(key: str) -> float:
        return rule.limit(key).number

    if name == "latency":
        return slowing.late(nerve, ">=", number("latency_uln"))
    if name == "velocity":
        return slowing.slow(nerve, "<=", number("velocity_lln"))
    if name == "f_wave":
        return slowing.late_f(nerve, ">=", number("f_uln"), number("f_uln_if_small"), number("small_lln"))
    if name == "absent_f":
        return slowing.lost_f(nerve, number("floor_lln"))
    if name == "dispersion":
        return slowing.dispersed(
            nerve, number("dispersion_tibial" if nerve.name == "tibial" else "dispersion")
        )
    if name == "distal_duration":
        return slowing.long(nerve, rule.word("durations"))
    raise EvidenceError(
        f"rule '{rule.id}': '{name}' is no item of demyelination, which are: {', '.join(ITEMS)}."
    )


def blocked_nerves(chart: Chart, rule: Rule) -> dict[Key, Truth]:
    """Whether there is block in each nerve that the set's block table speaks about."""
    grade: Grade = "definite" if rule.word("grade", GRADES) == "definite" else "probable"
    return {(nerve.side, nerve.name): nerve.blocked(grade) for nerve in nerves(chart, grade)}


def missing(truths: Mapping[Key, Truth], items: tuple[str, ...]) -> tuple[str, ...]:
    """The nerves that are not settled, and what of them is asked."""
    open_ = by_side({key for key, truth in truths.items() if truth is None})
    what = ", ".join(name.replace("_", " ") for name in items)
    return (f"motor conduction ({what}): {open_}",) if open_ else ()


def basis(rule: Rule) -> tuple[Value, ...]:
    """Every number of the rule, and the limits of the distal duration that it names."""
    table = rule.with_.get("durations")
    muscles = [(name, muscle) for name in NERVES for muscle in motor_nerve(name).distal_site]
    durations = [v for name, muscle in muscles if isinstance(table, str) for v in limits(table, name, muscle)]
    return (*rule.values, *durations)
