"""What the sheet of a course shows, taken from the record and from the truth of a simulated patient."""

from collections.abc import Iterable, Iterator, Mapping

from ranvier.anatomy import SIDES, Side
from ranvier.disease import Simulated
from ranvier.disease.attack import Attack
from ranvier.evidence.value import number_in
from ranvier.patient import NeurologicalExamination
from ranvier.patient.entries import Scale
from ranvier.report.course.course import Course, Line, Nerve, Row, layout, percent
from ranvier.report.course.look import short

WORST = 3
"""Muscles whose lost axons are drawn."""


def told(found: Simulated) -> Course:
    """The course of a simulated patient."""
    who, disease = found.illness.healthy.person, found.illness.disease
    person = "man" if who.sex == "male" else "woman"
    return Course(
        title=f"{disease.title}, seed {found.seed}",
        who=f"A {person}, {found.onset_age_years:.0f} years old at the first symptom",
        years=tuple(visit.years for visit in found.visits),
        strength=tuple(strength(found)),
        nerves=tuple(nerves(found)),
        lost=tuple(lost(found)),
        scales=tuple(scales(found)),
    )


def strength(found: Simulated) -> Iterator[Row]:
    """The grades of the examinations, right side first; movements that nobody graded are left out."""
    examined = {entry.when: entry for entry in found.patient.entries(NeurologicalExamination)}
    grades = {
        (when, row.side, row.movement): row.mrc for when, entry in examined.items() for row in entry.strength
    }
    for side in reversed(SIDES):
        for name in layout()["movements"]:
            values = tuple(grades.get((visit.when, side, name)) for visit in found.visits)
            if any(value is not None for value in values):
                yield Row(side, name.removeprefix("ankle_").replace("_", " "), values)


def nerves(found: Simulated) -> Iterator[Nerve]:
    """Nerves and roots in which a focus began before the last visit, or axons are blocked."""
    last = found.visits[-1].years if found.visits else 0.0
    begun = [attack for attack in found.illness.attacks if attack.begins <= last]
    served = dict.fromkeys(supply.nerve for supply in found.illness.healthy.motor.values())
    roots = sorted({f"root {attack.place.root}" for attack in begun if attack.place.root})
    for name in (*served, *roots):
        for side in reversed(SIDES):
            begins = tuple(a.begins for a in begun if a.place.side == side and struck(a) == name)
            shares = () if name in roots else tuple(blocked(found, side, name))
            if begins or any(shares):
                yield Nerve(side, name, begins, shares)


def struck(attack: Attack) -> str:
    """The nerve or root that an attack strikes."""
    return f"root {attack.place.root}" if attack.place.root else attack.place.nerve


def blocked(found: Simulated, side: Side, nerve: str) -> Iterator[float]:
    """The share of a nerve's motor axons that is blocked at each visit, over all its muscles."""
    healthy = found.illness.healthy.motor
    axons = {key: len(each.pool) for key, each in healthy.items() if key[0] == side and each.nerve == nerve}
    for visit in found.visits:
        stopped = sum(count * float(visit.truth[f"blocked {' '.join(key)}"]) for key, count in axons.items())
        yield stopped / max(sum(axons.values()), 1)


def lost(found: Simulated) -> Iterator[Line]:
    """Motor and sensory axons lost, and the muscles that lost most by the last visit."""
    if not found.visits:
        return
    muscles = [" ".join(key) for key in found.illness.healthy.motor]
    last = found.visits[-1].truth
    worst = sorted(muscles, key=lambda name: -float(last[f"lost {name}"]))[:WORST]
    gone = [name for name in worst if float(last[f"lost {name}"]) > 0]
    for name in ("motor", *gone, "sensory"):
        shares = tuple(float(visit.truth[f"lost {name}"]) for visit in found.visits)
        yield Line(short(*name.split(" ", 1)) if name in gone else f"all {name}", shares, percent(shares[-1]))


def scales(found: Simulated) -> Iterator[Line]:
    """The scales of the record as a share of full health; those that nobody scored are left out."""
    scored = {(entry.when, entry.name): entry.score for entry in found.patient.entries(Scale)}
    for table in layout()["scale"]:
        full, none = (number_in(table, end, table["name"]) for end in ("full", "none"))
        sums = [added(scored, visit.when, table["entries"]) for visit in found.visits]
        shares = tuple(None if each is None else (each - none) / (full - none) for each in sums)
        known = [each for each in sums if each is not None]
        if known:
            yield Line(table["name"], shares, f"{known[-1]:.0f} of {max(full, none):.0f}")


def added(scored: Mapping[tuple[str, str], float | None], when: str, names: Iterable[str]) -> float | None:
    """The sum of several entries of a visit; None where one of them is missing."""
    found = [scored.get((when, name)) for name in names]
    known = [each for each in found if each is not None]
    return sum(known) if len(known) == len(found) else None
