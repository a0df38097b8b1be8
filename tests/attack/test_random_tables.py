"""Random studies, most of them wrong: the record refuses them, or `examine` answers. Nothing else happens."""

import os
from collections import Counter
from math import inf, nan
from random import Random
from traceback import extract_tb

from ranvier.anatomy import motor_nerves
from ranvier.anatomy.nerves import tables
from ranvier.diagnosis import examine
from ranvier.findings.study import FWave, MotorSite, MotorStudy, SensoryStudy
from ranvier.patient import (
    History,
    Identity,
    NerveConductionStudy,
    NeurologicalExamination,
    Patient,
    Strength,
)
from ranvier.patient.check import RecordError, checked

TABLES = int(os.environ.get("RANVIER_TABLES", "2000"))
WHO = {"origin": "measured", "source": "attack"}
ODD = (0, 0.0, -0.0, -1.0, 5e-324, 1e-9, 1e9, 1e308, -1e308, inf, -inf, nan, 10**30)
NAMES = ("", " ", "medain", "ulnar", "MEDIAN", "Fibular ", "peroneal", "\u0000", "wrist\n", "Δ", "x" * 500)
NERVES = tuple(motor_nerves().values())
SENSORY = tuple(n for limb in tables()["sensory"].values() for n in limb)
STIMULI = (None, None, "supramaximal", "submaximal")
WHENS = ("unknown", "2024", "2024-05", "2024-05-31", "month 3", "month -2", "soon", "2024-13")
PLAUSIBLE = {
    "amplitude_mv": (0.1, 15), "duration_ms": (3, 12), "distance_mm": (100, 350),
    "velocity_m_s": (20, 70), "temperature_c": (20, 37),
}  # fmt: skip


class Maker:
    """Makes one random patient after another; `odd` is how often a value is a wrong one."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.odd = 0.0

    def number(self, low, high):
        if self.random.random() < self.odd:
            return self.random.choice(ODD)
        return self.random.choice((None, 0.0, *(self.random.uniform(low, high) for _ in range(6))))

    def name(self, right):
        return self.random.choice(NAMES) if self.random.random() < self.odd else right

    def side(self):
        return self.random.choice(("left", "right"))

    def site(self, name, latency):
        numbers = {field: self.number(*span) for field, span in PLAUSIBLE.items()}
        shape = self.random.choice((None, 0.2, 0.5, 0.9))
        known = shape and numbers["amplitude_mv"] and numbers["duration_ms"]
        area = shape * numbers["amplitude_mv"] * numbers["duration_ms"] if known else None
        if self.random.random() < 0.8:
            numbers["velocity_m_s"] = None
        numbers = {f: n for f, n in numbers.items() if n or f == "amplitude_mv" or self.odd}
        latency = self.random.choice((latency, latency, None))
        area = self.number(1, 60) if self.random.random() < self.odd else area
        stimulus = self.random.choice(STIMULI)
        return MotorSite(self.name(name), latency_ms=latency, area_mv_ms=area, stimulus=stimulus, **numbers)

    def motor(self):
        nerve = self.random.choice(NERVES)
        muscle = self.random.choice(tuple(nerve.distal_site))
        sites = list(nerve.sites)
        if self.random.random() < 0.9:
            sites = sites[nerve.sites.index(nerve.distal_site[muscle]) :]
        sites = sites[: self.random.randint(0 if self.odd else 1, len(sites))]
        if sites and self.random.random() < self.odd:
            sites.append(self.random.choice(sites))
        found = [self.site(name, 3.0 + 5.0 * n) for n, name in enumerate(sites)]
        self.random.shuffle(found)
        return MotorStudy(self.side(), self.name(nerve.name), self.name(muscle), tuple(found))

    def f_wave(self):
        nerve = self.random.choice(NERVES)
        muscle = self.random.choice(tuple(nerve.distal_site))
        return FWave(self.side(), self.name(nerve.name), muscle, self.number(20, 60), self.number(5, 100))

    def sensory(self):
        numbers = (self.number(1, 60), self.number(1, 5), self.number(2, 6), self.number(50, 200))
        numbers = numbers if self.odd else (numbers[0], *(n or None for n in numbers[1:]))
        return SensoryStudy(self.side(), self.name(self.random.choice(SENSORY)), "", *numbers)

    def several(self, make, most, key):
        made = [make() for _ in range(self.random.randint(0, most))]
        return tuple(made if self.random.random() < self.odd else {key(one): one for one in made}.values())

    def study(self):
        return NerveConductionStudy(
            **WHO,
            when=self.random.choice(WHENS[: None if self.odd else 6]),
            motor=self.several(self.motor, 4, lambda m: (m.side, m.nerve, m.muscle)),
            f_waves=self.several(self.f_wave, 2, lambda f: (f.side, f.nerve, f.muscle)),
            sensory=self.several(self.sensory, 3, lambda s: (s.side, s.nerve)),
        )

    def bedside(self):
        grade = self.random.choice((0, 2.0, 3, 4, 5.0, None, *(ODD if self.odd else ())))
        movement = self.name(self.random.choice(("thumb_abduction", "finger_extension", "grip")))
        onset = self.random.choice((None, "2024", "2024-05-20", *(("month 1", "x") if self.odd else ())))
        yield NeurologicalExamination(**WHO, strength=(Strength(movement, self.side(), grade),))
        yield History(**WHO, duration_months=self.number(1, 90), onset=onset)

    def patient(self):
        self.odd = self.random.choice((0.0, 0.0, 0.01, 0.05, 0.5))
        entries = [self.study() for _ in range(self.random.randint(1, 2))]
        if self.random.random() < 0.4:
            entries += self.bedside()
        height, age = (abs(self.random.gauss(m, s)) for m, s in ((172, 10), (50, 20)))
        return Patient(Identity("attack", height_cm=height, age_years=age), tuple(entries))


def attempt(patient):
    """'refused' or 'examined'; any other way to end is the failure that is looked for."""
    try:
        accepted = checked(patient)
    except RecordError as error:
        return "refused" if error.problems else "refused without a reason"
    found = examine(accepted)
    assert all(block.graded[0].verdict for block in found.blocks)
    return "examined"


def attack(seed, count):
    """How many tables ended in each way, and the first table that ended in each other way."""
    maker, ends, failures = Maker(seed), Counter(), {}
    for number in range(count):
        patient = maker.patient()
        try:
            ends[attempt(patient)] += 1
        except Exception as error:
            *_, last = extract_tb(error.__traceback__)
            end = f"{error!r} in {last.name}, line {last.lineno}"
            ends[end] += 1
            failures.setdefault(end, f"seed {seed}, table {number}: {patient!r}")
    return ends, failures


def test_no_random_table_ends_in_anything_but_an_answer_or_a_refusal():
    ends, failures = attack(seed=2026, count=TABLES)
    print(f"\n{dict(ends)}")
    assert sum(ends.values()) == TABLES
    assert not failures
    assert set(ends) == {"examined", "refused"}
    assert min(ends["examined"], ends["refused"]) > TABLES / 4
